"""Values as JSON: written in the student's process, read in the grader's, never executed on the way.

``None``, truth values, whole numbers, finite decimals and text stand as JSON has them. Everything else is a list that
begins with a tag: ``["dict", [[key, value], ...]]``, ``["float", "nan"]``, ``["type", "Evil"]``. What a library
makes of many values (a categorical, a deque, a generator) travels as the list of them, as the check in the notebook
reads it; an object of a class of the student's own is sent as the name of its class and none of its methods is called.

A chart travels as the numbers drawn on its axes (exact ``matplotlib.axes.Axes``; polar and 3-D axes by name): lines,
rectangles, wedges and other outlines, points, segments, texts, containers, labels, titles, limits and ticks. Numbers
are those of the drawing: a category is its place on the axis, a date its day number, a masked value NaN. Colours,
styles, legends and images stay behind.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

#: The most values in one answer, table cells included; the most levels; the longest text; the largest whole number.
MOST_VALUES = 100_000
#: The most keys of a dictionary, members of a set, rows of a table and artists of a chart.
MOST_KEYS = 5_000
#: The most values in what a function gives: a check wants one number of it.
MOST_RESULT = 1_000
MOST_LEVELS = 40
MOST_SIGNS = 200_000
MOST_BITS = 40_000
_MOST_COLUMNS = 1_000
_MOST_TICKS = 1_000  # of an axis; matplotlib itself warns from here on
_MOST_ALIKE = 20  # keys of one hash: whoever chooses more of them chooses hours
# What an object costs beside the values in it, in values: its memory and the time to make it.
_MADE = 10  # an array, an index, a column
_DRAWN = 5_000  # a chart
_PLAIN_BITS = 53  # what other readers of JSON keep, too


class MalformedError(ValueError):
    """What came is not what :func:`encode` writes."""


class Opaque:
    """Stands for an object that does not travel; its class has the name of the object's class."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


@dataclass(frozen=True)
class Failed:
    """What a call gave instead of a result: the error's name (``"timeout"``, ``"died"``) and its words."""

    name: str
    message: str = ""


class TooLarge(Opaque):
    """Stands for an answer of more values than travel."""


class Function(Opaque):
    """Stands for a function; it cannot be called here."""

    def __init__(self, name: str) -> None:
        self.name = name


Function.__name__ = Function.__qualname__ = "function"  # what Python calls it, in a sentence to the student


class _TooLargeError(Exception):
    """The value has more parts than travel."""


# --- in the child ----------------------------------------------------------------------------------------------------

_name_of = type.__dict__["__name__"].__get__  # past a metaclass that answers something else
_module_of = type.__dict__["__module__"].__get__


def type_name(value: object) -> str:
    """Return the name of a value's class, whatever the class says about itself.

    >>> type_name(3)
    'int'
    """
    return _clean(_name_of(type(value)))


def _clean(name: object) -> str:
    text = name if type(name) is str else ""
    return "".join(sign for sign in text[:80] if sign.isprintable()) or "object"


def encode(value: Any, most: float = MOST_VALUES) -> Any:
    """Return a value as plain JSON data; what does not travel becomes the name of its type.

    Parameters
    ----------
    value
        What an answer holds.
    most
        The most values, table cells included; ``math.inf`` for the course's own, which has no limits.

    >>> encode({"winner": "North", "gap": float("nan")})
    ['dict', [['winner', 'North'], ['gap', ['float', 'nan']]]]
    >>> encode("ABC" * 100, most=10)
    ['large', 'str']
    """
    try:
        return _Writer(most).write(value, 0)
    except _TooLargeError:
        return ["large", type_name(value)]
    except Exception:  # a library object that a student has bent
        return ["type", type_name(value)]


class _Writer:
    def __init__(self, most: float) -> None:
        self.left = most
        self.limited = most < math.inf

    def write(self, value: Any, level: int) -> Any:
        self.take(1)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            self.take(value.bit_length() >> 6)
            return _whole(value)
        if kind is float:
            return _decimal(value)
        if kind is str:
            self.take(len(value) >> 2)
            return _text(value)
        if value is ...:
            return ["..."]
        students_own = _module_of(kind) == "__main__"
        write = None if students_own or level >= MOST_LEVELS else _writer(kind)  # type: ignore[arg-type]  # mypy: a type is Hashable
        return write(self, value, level + 1) if write else ["type", type_name(value)]

    def take(self, count: int) -> None:
        self.need(count)
        self.left -= count

    def need(self, count: int) -> None:
        """Refuse what will not fit before any work is done on it."""
        if count > self.left:
            raise _TooLargeError

    def words(self, value: Any) -> Any:
        text = "" if value is None else "".join(str(value))
        self.take(1 + (len(text) >> 2))
        return _text(text)

    def keyed(self, values: Any, most: int = MOST_KEYS) -> Any:
        if self.limited and len(values) > most:
            raise _TooLargeError
        return values

    def all(self, values: Iterable[Any], level: int) -> list[Any]:
        return [self.write(value, level) for value in values]


def _whole(value: int) -> Any:
    bits = value.bit_length()
    if bits <= _PLAIN_BITS:
        return value
    return ["int", hex(value)] if bits <= MOST_BITS else ["type", "int"]


def _decimal(value: float) -> Any:
    return value if math.isfinite(value) else ["float", float.__repr__(value)]


def _text(value: str) -> Any:
    if len(value) > MOST_SIGNS:
        return ["type", "str"]
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # halves of characters: two of them would join on the way
        return ["str", [ord(sign) for sign in value]]
    return value


def _array(writer: _Writer, value: Any, level: int) -> Any:
    import numpy as np

    value = np.asarray(value)
    kind = value.dtype.kind
    if kind not in "biufUTO" or (kind == "f" and value.dtype.itemsize > 8):
        return ["type", "ndarray"]
    writer.take(_MADE)
    writer.need(value.size)
    dtype = "O" if kind in "UTO" else value.dtype.newbyteorder("=").str[1:]
    return ["array", dtype, list(value.shape), writer.all(value.ravel().tolist(), level)]


def _column(writer: _Writer, value: Any, level: int) -> Any:
    """Write the values of an index or a Series with their dtype."""
    writer.take(_MADE)
    writer.need(len(value))
    return [str(value.dtype), writer.all(value.astype(object).tolist(), level)]


def _index(writer: _Writer, value: Any, level: int) -> Any:
    import pandas as pd

    writer.keyed(value)
    if isinstance(value, pd.MultiIndex):
        writer.take(_MADE)
        return ["levels", writer.all(value.names, level), writer.all(value.tolist(), level)]
    return ["index", writer.write(value.name, level), *_column(writer, value, level)]


def _series(writer: _Writer, value: Any, level: int) -> Any:
    return [
        "series",
        writer.write(value.name, level),
        _index(writer, value.index, level),
        *_column(writer, value, level),
    ]


def _frame(writer: _Writer, value: Any, level: int) -> Any:
    writer.need(value.size)
    writer.keyed(value.columns, _MOST_COLUMNS)
    columns = [_column(writer, value.iloc[:, place], level) for place in range(value.shape[1])]
    return ["frame", _index(writer, value.columns, level), _index(writer, value.index, level), columns]


def _function(writer: _Writer, value: Any, level: int) -> Any:
    return ["function", _clean(value.__name__)]


_taken: dict[int, tuple[Any, Any]] = {}  # iterators that were read, which can be done once, and what they gave


def _listed(writer: _Writer, value: Any, level: int) -> Any:
    if id(value) in _taken:
        return _taken[id(value)][1]
    written = ["list", writer.all(value, level)]
    if issubclass(type(value), Iterator):
        _taken[id(value)] = value, written
    return written


def _floats(writer: _Writer, value: Any) -> list[Any]:
    import numpy as np

    masked: Any = np.ma.asarray(value)
    array = masked.astype(float).filled(math.nan)
    writer.take(_MADE + array.size)
    return ["array", "f8", list(array.shape), [_decimal(one) for one in array.ravel().tolist()]]


def _axes(writer: _Writer, value: Any, level: int) -> Any:
    from matplotlib.axes import Axes

    if type(value) is not Axes:
        return ["type", type_name(value)]
    writer.take(_DRAWN)
    writer.keyed(value.get_children())
    lines, patches, collections = list(value.lines), list(value.patches), list(value.collections)
    places = {id(one): place for place, one in enumerate([*lines, *patches, *collections])}
    titles = [value.get_title(), value.get_title("left"), value.get_title("right")]
    return [
        "axes",
        [writer.words(one) for one in (*titles, value.get_xlabel(), value.get_ylabel())],
        _floats(writer, [*value.get_xlim(), *value.get_ylim()]),
        [_ticks(writer, axis) for axis in (value.xaxis, value.yaxis)],
        [[writer.words(one.get_label()), *map(partial(_floats, writer), one.get_data(orig=False))] for one in lines],
        [[writer.words(one.get_label()), *_outline(writer, one)] for one in patches],
        [[writer.words(one.get_label()), *_collection(writer, one)] for one in collections],
        [[writer.words(one.get_text()), _floats(writer, one.get_unitless_position())] for one in value.texts],
        [_container(writer, one, places) for one in value.containers],
    ]


def _ticks(writer: _Writer, axis: Any) -> list[Any]:
    ticks = axis.get_majorticklocs()[:_MOST_TICKS]
    return [_floats(writer, ticks), [writer.words(one) for one in axis.get_major_formatter().format_ticks(ticks)]]


def _outline(writer: _Writer, patch: Any) -> list[Any]:
    from matplotlib.patches import Rectangle, Wedge

    if isinstance(patch, Rectangle):
        return ["rectangle", _floats(writer, [*patch.get_xy(), patch.get_width(), patch.get_height(), patch.angle])]
    if isinstance(patch, Wedge):
        return ["wedge", _floats(writer, [*patch.center, patch.r, patch.theta1, patch.theta2])]
    path = patch.get_patch_transform().transform_path(patch.get_path())
    return ["outline", _floats(writer, path.vertices)]


def _collection(writer: _Writer, collection: Any) -> list[Any]:
    from matplotlib.collections import LineCollection, PathCollection

    colours = collection.get_array()
    array = None if colours is None else _floats(writer, colours)
    if isinstance(collection, PathCollection):
        return ["points", array, [_floats(writer, collection.get_offsets()), _floats(writer, collection.get_sizes())]]
    kind = "segments" if isinstance(collection, LineCollection) else "outlines"
    return [kind, array, [_floats(writer, path.vertices) for path in writer.keyed(collection.get_paths())]]


def _container(writer: _Writer, container: Any, places: dict[int, int]) -> list[Any]:
    from matplotlib.container import BarContainer

    kind = container.orientation or "vertical" if isinstance(container, BarContainer) else "other"
    members = [places[id(one)] for one in container.get_children() if id(one) in places]
    writer.take(len(members))
    return [writer.words(container.get_label()), kind, members]


def _numpy_scalar(writer: _Writer, value: Any, level: int) -> Any:
    return writer.write(float(value) if value.dtype.kind == "f" else value.item(), level)


_Write = Callable[[_Writer, Any, int], Any]
_WRITERS: dict[type, _Write] = {
    list: lambda w, v, n: ["list", w.all(v, n)],
    tuple: lambda w, v, n: ["tuple", w.all(v, n)],
    set: lambda w, v, n: ["set", w.all(w.keyed(v), n)],
    frozenset: lambda w, v, n: ["frozenset", w.all(w.keyed(v), n)],
    Fraction: lambda w, v, n: ["fraction", w.write(v.numerator, n), w.write(v.denominator, n)],
    type(lambda: 0): _function,
    type(len): _function,
    Function: lambda w, v, n: ["function", _clean(v.name)],
    TooLarge: lambda w, v, n: ["large", type_name(v)],
}


def _mapping(writer: _Writer, value: Any, level: int) -> Any:
    pairs = writer.keyed(value).items()
    return ["dict", [[writer.write(key, level), writer.write(one, level)] for key, one in pairs]]


@lru_cache(1_000)
def _writer(kind: type) -> _Write | None:
    """Return how to write a kind of value; None if by its name."""
    known = _WRITERS | dict(_library_writers())
    for base in type.mro(kind):
        if base in known:
            return known[base]
    if issubclass(kind, Mapping):
        return _mapping
    single = issubclass(kind, (str, bytes, bytearray)) or issubclass(kind, Callable)  # type: ignore[arg-type]
    return _listed if issubclass(kind, Iterable) and not single else None


def _library_writers() -> list[tuple[type, _Write]]:
    """Return the writers for libraries, which may not be loaded at all."""
    if "numpy" not in _LIBRARIES and "numpy" in sys.modules:
        import numpy as np

        scalars = {np.dtype(code).type for code in "?bhilqBHILQefd"} | {np.longdouble, np.str_}
        _LIBRARIES["numpy"] = [(np.ndarray, _array), *((kind, _numpy_scalar) for kind in scalars)]
    if "pandas" not in _LIBRARIES and "pandas" in sys.modules:
        import pandas as pd

        missing = [(type(pd.NA), "NA"), (type(pd.NaT), "NaT")]
        _LIBRARIES["pandas"] = [
            (pd.Series, _series),
            (pd.DataFrame, _frame),
            (pd.Index, _index),
            *((kind, lambda w, v, n, tag=tag: [tag]) for kind, tag in missing),
            (pd.Timestamp, lambda w, v, n: ["time", v.isoformat()]),
        ]
    if "matplotlib" not in _LIBRARIES and "matplotlib.axes" in sys.modules:
        from matplotlib.axes import Axes

        _LIBRARIES["matplotlib"] = [(Axes, _axes)]
    return [pair for pairs in _LIBRARIES.values() for pair in pairs]


_LIBRARIES: dict[str, list[tuple[type, Any]]] = {}


def dumps(data: Any) -> str:
    """Return plain JSON data as text, with nothing that a student's process can have replaced in :mod:`json`.

    >>> dumps({"n": 1, "values": [None, True, 0.5, "蓝"]})
    '{"n":1,"values":[null,true,0.5,"\\\\u84dd"]}'
    """
    kind = type(data)
    if kind is str:
        return _quoted(data)
    if data is None:
        return "null"
    if kind is bool:
        return "true" if data else "false"
    if kind is int:
        return int.__repr__(data)
    if kind is float and math.isfinite(data):
        return float.__repr__(data)
    if kind is list:
        return f"[{','.join([dumps(one) for one in data])}]"
    if kind is dict:
        return f"{{{','.join([f'{_quoted(key)}:{dumps(one)}' for key, one in data.items()])}}}"
    raise MalformedError(f"{type_name(data)} is no JSON")


# --- in the grader ---------------------------------------------------------------------------------------------------


def _no_constant(name: str) -> Any:
    raise MalformedError(f"{name} is no JSON")


def loads(line: bytes | str) -> Any:
    """Read one line of JSON strictly.

    Raises
    ------
    MalformedError
        It is no JSON, has ``NaN``, numbers of thousands of digits, or too many levels.
    """
    try:
        return json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedError(str(error)[:200]) from None


def decode(data: Any, most: float = MOST_VALUES) -> Any:
    """Return the value that :func:`encode` wrote, of exact built-in, numpy or pandas types.

    Parameters
    ----------
    data
        Plain JSON data.
    most
        As :func:`encode` had it; ``math.inf`` for what a process that runs no student's code has written.

    Raises
    ------
    MalformedError
        ``encode`` never writes this.

    >>> decode(["tuple", [1, ["..."]]])
    (1, Ellipsis)
    >>> type(decode(["type", "Evil"])).__name__
    'Evil'
    """
    try:
        return _Reader(most).read(data, 0)
    except MalformedError:
        raise
    except Exception as error:  # a shape that does not fit, an unhashable key, a dtype that is none
        raise MalformedError(f"{type(error).__name__}: {error}"[:200]) from None


def _need(sound: bool, what: str) -> None:
    if not sound:
        raise MalformedError(what)


class _Reader:
    def __init__(self, most: float) -> None:
        self.left = 2 * most  # some parts count twice here
        self.limited = most < math.inf

    def read(self, data: Any, level: int) -> Any:
        kind = type(data)
        if data is None or kind in (bool, int):
            return data
        if kind is str:
            self.take(len(data) >> 2)
            _need(len(data) <= MOST_SIGNS, "a text too long")
            return data
        if kind is float:
            _need(math.isfinite(data), "a number beyond all bounds")  # 1e999 is JSON
            return data
        _need(kind is list and bool(data) and type(data[0]) is str, "no tag")
        _need(level <= MOST_LEVELS + 2, "too many levels")
        tag, *rest = data
        _need(tag in _READERS and len(rest) == _READERS[tag][0], f"unknown tag {tag[:40]!r} with {len(rest)} parts")
        return _READERS[tag][1](self, *rest, level + 1)

    def take(self, count: int) -> None:
        """Refuse more than :func:`encode` sends before any work is done on it."""
        self.left -= count
        _need(self.left >= 0, "too many parts")

    def all(self, data: Any, level: int) -> list[Any]:
        _need(type(data) is list, "no list")
        self.take(len(data))
        return [self.read(one, level) for one in data]

    def keyed(self, data: Any, most: int = MOST_KEYS) -> list[Any]:
        _need(type(data) is list and (len(data) <= most or not self.limited), "no list, or too long")
        found: list[Any] = data
        return found

    def keys(self, data: Any, level: int) -> list[Any]:
        return self.spread(self.all(self.keyed(data), level))

    def spread(self, keys: list[Any]) -> list[Any]:
        """Refuse keys that were chosen to have one hash: to look them up takes hours."""
        if self.limited:
            by_hash: dict[int, list[Any]] = {}
            for key in keys:
                alike = by_hash.setdefault(hash(key), [])
                if key not in alike:
                    alike.append(key)
                    _need(len(alike) <= _MOST_ALIKE, "keys that collide")
        return keys


def _read_float(reader: _Reader, text: Any, level: int) -> float:
    _need(text in ("nan", "inf", "-inf"), "not nan and not infinite")
    return float(text)


def _read_int(reader: _Reader, text: Any, level: int) -> int:
    _need(type(text) is str and re.fullmatch(rf"-?0x[0-9a-f]{{1,{MOST_BITS // 4}}}", text) is not None, "no integer")
    return int(text, 16)


def _read_halves(reader: _Reader, codes: Any, level: int) -> str:
    _need(type(codes) is list and len(codes) <= MOST_SIGNS and all(type(one) is int for one in codes), "no text")
    reader.take(len(codes) >> 2)
    return "".join(map(chr, codes))


def _read_dict(reader: _Reader, pairs: Any, level: int) -> dict[Any, Any]:
    _need(all(type(pair) is list and len(pair) == 2 for pair in reader.keyed(pairs)), "no pairs")
    reader.take(2 * len(pairs))
    keys = reader.spread([reader.read(key, level) for key, _ in pairs])
    return dict(zip(keys, [reader.read(one, level) for _, one in pairs], strict=True))


def _read_array(reader: _Reader, dtype: Any, shape: Any, values: Any, level: int) -> Any:
    import numpy as np

    _need(type(dtype) is str and re.fullmatch(r"b1|[iu][1248]|f[248]|O", dtype) is not None, "no dtype")
    _need(type(shape) is list and all(type(n) is int and n >= 0 for n in shape), "no shape")
    reader.take(_MADE)
    flat = reader.all(values, level)
    _need(len(flat) == math.prod(shape), "shape and values differ")
    array: Any = np.empty(len(flat), dtype=object)
    array[:] = flat
    return array.astype(dtype).reshape(shape)


_DTYPES = re.compile(
    r"bool|boolean|u?int(8|16|32|64)|U?Int(8|16|32|64)|float(16|32|64)|Float(32|64)|str|string|category"
)


def _read_column(reader: _Reader, dtype: Any, values: Any, level: int) -> tuple[Any, list[Any]]:
    _need(type(dtype) is str, "no dtype")
    reader.take(_MADE)
    read = reader.all(values, level)
    if dtype == "category":
        reader.spread(read)
    times = re.fullmatch(r"datetime64\[(s|ms|us|ns)\]", dtype) and not any(type(one) is str for one in read)
    return (dtype if times or _DTYPES.fullmatch(dtype) else object), read


def _typed(maker: Any, values: list[Any], dtype: Any, **more: Any) -> Any:
    """Make an index or a Series of a dtype; of plain objects where the values do not have it."""
    made = maker(values, dtype=object, **more)
    try:
        return made if dtype is object else made.astype(dtype)
    except (ValueError, TypeError, OverflowError):
        return made


def _read_index(reader: _Reader, name: Any, dtype: Any, values: Any, level: int) -> Any:
    import pandas as pd

    kind, read = _read_column(reader, dtype, reader.keyed(values), level)
    return _typed(pd.Index, reader.spread(read), kind, name=reader.read(name, level), tupleize_cols=False)


def _read_levels(reader: _Reader, names: Any, rows: Any, level: int) -> Any:
    import pandas as pd

    reader.take(_MADE)
    return pd.MultiIndex.from_tuples(reader.keys(rows, level), names=reader.all(names, level))


def _labels(reader: _Reader, data: Any, level: int) -> Any:
    _need(type(data) is list and bool(data) and data[0] in ("index", "levels"), "no index")
    return reader.read(data, level)


def _read_series(reader: _Reader, name: Any, index: Any, dtype: Any, values: Any, level: int) -> Any:
    import pandas as pd

    kind, read = _read_column(reader, dtype, values, level)
    return _typed(pd.Series, read, kind, index=_labels(reader, index, level), name=reader.read(name, level))


def _read_frame(reader: _Reader, columns: Any, index: Any, parts: Any, level: int) -> Any:
    import pandas as pd

    names, rows = _labels(reader, columns, level), _labels(reader, index, level)
    _need(len(reader.keyed(parts, _MOST_COLUMNS)) == len(names), "columns and names differ")
    _need(all(type(part) is list and len(part) == 2 for part in parts), "a column is dtype and values")
    read = [_read_column(reader, dtype, values, level) for dtype, values in parts]
    columns = [_typed(pd.Series, values, dtype, index=rows) for dtype, values in read]
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=rows)
    table.columns = names
    return table


@lru_cache(1_000)
def _class(name: str, kind: type[Opaque]) -> type[Opaque]:
    return type(name, (kind,), {})


def _missing(name: str) -> Callable[[_Reader, int], Any]:
    def read(reader: _Reader, level: int) -> Any:
        import pandas as pd

        return getattr(pd, name)

    return read


def _read_time(reader: _Reader, text: Any, level: int) -> Any:
    import pandas as pd

    _need(type(text) is str and len(text) <= 40, "no time")
    return pd.Timestamp(text)


def _read_axes(
    reader: _Reader,
    words: Any,
    limits: Any,
    ticks: Any,
    lines: Any,
    patches: Any,
    collections: Any,
    texts: Any,
    groups: Any,
    level: int,
) -> Any:
    """Draw again what was drawn, without pyplot and without computing limits."""
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    reader.take(_DRAWN)
    ax: Any = Figure().add_subplot()
    center, left, right, across, up = _strings(reader, words, 5, level)
    ax.set(title=center, xlabel=across, ylabel=up)
    ax.set_title(left, loc="left")
    ax.set_title(right, loc="right")
    for axis, (places, labels) in zip((ax.xaxis, ax.yaxis), _rows(reader, ticks, 2), strict=True):
        _set_ticks(reader, axis, places, labels, level)
    _need(sum(map(len, (lines, patches, collections, texts, groups))) <= MOST_KEYS, "too much is drawn")
    drawn: list[Any] = []
    for label, x, y in _rows(reader, lines, 3):
        data = _line(reader, x, level), _line(reader, y, level)
        _need(data[0].size == data[1].size, "x and y differ")
        drawn.append(Line2D(*data, label=_string(reader, label, level)))
    drawn += [_read_patch(reader, label, kind, data, level) for label, kind, data in _rows(reader, patches, 3)]
    for label, kind, array, parts in _rows(reader, collections, 4):
        drawn.append(_read_collection(reader, label, kind, array, parts, level))
    for one in drawn:
        ax.add_artist(one)
    for text, place in _rows(reader, texts, 2):
        ax.text(*_line(reader, place, level, 2), _string(reader, text, level))
    for label, kind, members in _rows(reader, groups, 3):
        ax.add_container(_read_container(reader, _string(reader, label, level), kind, members, drawn))
    begin, end, low, high = _line(reader, limits, level, 4).tolist()
    _need(begin != end and low != high, "limits without a width")
    ax.set_xlim(begin, end)
    ax.set_ylim(low, high)
    return ax


def _rows(reader: _Reader, data: Any, parts: int) -> list[list[Any]]:
    found = reader.keyed(data)
    _need(all(type(one) is list and len(one) == parts for one in found), f"not rows of {parts}")
    return found


def _string(reader: _Reader, data: Any, level: int) -> str:
    reader.take(1)
    found = reader.read(data, level)
    return found if type(found) is str else ""  # too long to travel


def _strings(reader: _Reader, data: Any, count: int, level: int) -> list[str]:
    _need(type(data) is list and len(data) == count, f"not {count} texts")
    return [_string(reader, one, level) for one in data]


def _array_of(reader: _Reader, data: Any, level: int) -> Any:
    _need(type(data) is list and data[:2] == ["array", "f8"], "no array of decimals")
    return reader.read(data, level)


def _line(reader: _Reader, data: Any, level: int, count: int | None = None) -> Any:
    found = _array_of(reader, data, level)
    _need(found.ndim == 1 and count in (None, found.size), "not so many numbers")
    return found


def _pairs(reader: _Reader, data: Any, level: int) -> Any:
    found = _array_of(reader, data, level)
    _need(found.ndim == 2 and found.shape[1] == 2, "no pairs")
    return found


def _set_ticks(reader: _Reader, axis: Any, places: Any, labels: Any, level: int) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator

    there = _line(reader, places, level)
    _need(there.size <= _MOST_TICKS, "too many ticks")
    axis.set_major_locator(FixedLocator(there))
    axis.set_major_formatter(FixedFormatter(_strings(reader, labels, there.size, level)))


def _read_patch(reader: _Reader, label: Any, kind: Any, data: Any, level: int) -> Any:
    from matplotlib.patches import Polygon, Rectangle, Wedge

    if kind == "rectangle":
        x, y, width, height, angle = _line(reader, data, level, 5)
        return Rectangle((x, y), width, height, angle=angle, label=_string(reader, label, level))
    if kind == "wedge":
        x, y, radius, begin, end = _line(reader, data, level, 5)
        return Wedge((x, y), radius, begin, end, label=_string(reader, label, level))
    _need(kind == "outline", "no kind of patch")
    return Polygon(_pairs(reader, data, level), closed=False, label=_string(reader, label, level))


def _read_collection(reader: _Reader, label: Any, kind: Any, array: Any, parts: Any, level: int) -> Any:
    from matplotlib.collections import LineCollection, PathCollection, PolyCollection

    if kind == "points":
        _need(len(reader.keyed(parts)) == 2, "not offsets and sizes")
        made: Any = PathCollection([], _line(reader, parts[1], level), offsets=_pairs(reader, parts[0], level))
    else:
        _need(kind in ("segments", "outlines"), "no kind of collection")
        shapes = [_pairs(reader, one, level) for one in reader.keyed(parts)]
        made = LineCollection(shapes) if kind == "segments" else PolyCollection(shapes, closed=False)
    made.set_label(_string(reader, label, level))
    if array is not None:
        made.set_array(_array_of(reader, array, level))
    return made


def _read_container(reader: _Reader, label: str, kind: Any, members: Any, drawn: list[Any]) -> Any:
    from matplotlib.container import BarContainer, Container

    _need(kind in ("vertical", "horizontal", "other"), "no kind of container")
    _need(all(type(one) is int and 0 <= one < len(drawn) for one in reader.keyed(members)), "no member of the chart")
    artists = [drawn[place] for place in members]
    if kind == "other":
        return Container(artists, label=label)
    heights = [one.get_height() if kind == "vertical" else one.get_width() for one in artists]
    return BarContainer(artists, datavalues=heights, orientation=kind, label=label)


_READERS: dict[str, tuple[int, Callable[..., Any]]] = {  # tag: how many parts follow it, how to read them
    "...": (0, lambda reader, level: ...),
    "int": (1, _read_int),
    "float": (1, _read_float),
    "str": (1, _read_halves),
    "list": (1, _Reader.all),
    "tuple": (1, lambda reader, parts, level: tuple(reader.all(parts, level))),
    "set": (1, lambda reader, parts, level: set(reader.keys(parts, level))),
    "frozenset": (1, lambda reader, parts, level: frozenset(reader.keys(parts, level))),
    "dict": (1, _read_dict),
    "fraction": (2, lambda reader, over, under, level: Fraction(*reader.all([over, under], level))),
    "array": (3, _read_array),
    "index": (3, _read_index),
    "levels": (2, _read_levels),
    "series": (4, _read_series),
    "frame": (3, _read_frame),
    "function": (1, lambda reader, name, level: Function(_clean(name))),
    "type": (1, lambda reader, name, level: _class(_clean(name), Opaque)()),
    "large": (1, lambda reader, name, level: _class(_clean(name), TooLarge)()),
    "axes": (8, _read_axes),
    "NA": (0, _missing("NA")),
    "NaT": (0, _missing("NaT")),
    "time": (1, _read_time),
}
