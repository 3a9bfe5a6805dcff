"""Values as JSON: written in the student's process, read in the grader's, never executed on the way.

``None``, truth values, whole numbers, finite decimals and text stand as JSON has them. Everything else is a list that
begins with a tag: ``["dict", [[key, value], ...]]``, ``["float", "nan"]``, ``["type", "Evil"]``. Only exact types are
read: an object of a class of the student's own is sent as the name of its class and none of its methods is called.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

#: The most values in one answer, table cells included; the most levels; the longest text; the largest whole number.
MOST_VALUES = 100_000
#: The most keys of a dictionary, members of a set and rows of a table: more could be chosen to collide, and take hours.
MOST_KEYS = 5_000
MOST_LEVELS = 40
MOST_SIGNS = 200_000
MOST_BITS = 40_000
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


class Function(Opaque):
    """Stands for a function; it cannot be called here."""

    def __init__(self, name: str) -> None:
        self.name = name


Function.__name__ = Function.__qualname__ = "function"  # what Python calls it, in a sentence to the student


class _TooLargeError(Exception):
    """The value has more parts than travel."""


# --- in the child ----------------------------------------------------------------------------------------------------

_name_of = type.__dict__["__name__"].__get__  # past a metaclass that answers something else


def type_name(value: object) -> str:
    """Return the name of a value's class, whatever the class says about itself.

    >>> type_name(3)
    'int'
    """
    return _clean(_name_of(type(value)))


def _clean(name: object) -> str:
    text = name if type(name) is str else ""
    return "".join(sign for sign in text[:80] if sign.isprintable()) or "object"


def encode(value: Any) -> Any:
    """Return a value as plain JSON data; what does not travel becomes the name of its type.

    >>> encode({"winner": "North", "gap": float("nan")})
    ['dict', [['winner', 'North'], ['gap', ['float', 'nan']]]]
    """
    try:
        return _Writer().write(value, 0)
    except Exception:  # too large, or a library object that a student has bent
        return ["type", type_name(value)]


class _Writer:
    def __init__(self) -> None:
        self.left = MOST_VALUES

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
            self.take(len(value) >> 4)
            return _text(value)
        if value is ...:
            return ["..."]
        if level >= MOST_LEVELS:
            return ["type", type_name(value)]
        write = _WRITERS.get(kind) or _library_writer(kind)
        return write(self, value, level + 1) if write else ["type", type_name(value)]

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _TooLargeError

    def keyed(self, values: Any) -> Any:
        if len(values) > MOST_KEYS:
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
    if value.dtype.kind not in "biufUO" or (value.dtype.kind == "f" and value.dtype.itemsize > 8):
        return ["type", "ndarray"]
    writer.take(value.size)
    dtype = (
        "U" if value.dtype.kind == "U" else "O" if value.dtype.kind == "O" else value.dtype.newbyteorder("=").str[1:]
    )
    return ["array", dtype, list(value.shape), writer.all(value.ravel().tolist(), level)]


def _column(writer: _Writer, value: Any, level: int) -> Any:
    """Write the values of an index or a Series with their dtype."""
    writer.take(len(value))
    return [str(value.dtype), writer.all(value.astype(object).tolist(), level)]


def _index(writer: _Writer, value: Any, level: int) -> Any:
    import pandas as pd

    writer.keyed(value)
    if isinstance(value, pd.MultiIndex):
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
    writer.take(value.size)  # before the work, not after it
    columns = [_column(writer, value.iloc[:, place], level) for place in range(value.shape[1])]
    return ["frame", _index(writer, value.columns, level), _index(writer, value.index, level), columns]


def _function(writer: _Writer, value: Any, level: int) -> Any:
    return ["function", _clean(value.__name__)]


def _listed(writer: _Writer, value: Any, level: int) -> Any:
    writer.take(len(value))
    return ["list", writer.all(value, level)]


def _numpy_scalar(writer: _Writer, value: Any, level: int) -> Any:
    return writer.write(float(value) if value.dtype.kind == "f" else value.item(), level)


_Write = Callable[[_Writer, Any, int], Any]
_WRITERS: dict[type, _Write] = {
    list: lambda w, v, n: ["list", w.all(v, n)],
    tuple: lambda w, v, n: ["tuple", w.all(v, n)],
    set: lambda w, v, n: ["set", w.all(w.keyed(v), n)],
    frozenset: lambda w, v, n: ["frozenset", w.all(w.keyed(v), n)],
    dict: lambda w, v, n: ["dict", [[w.write(key, n), w.write(one, n)] for key, one in dict.items(w.keyed(v))]],
    Fraction: lambda w, v, n: ["fraction", w.write(v.numerator, n), w.write(v.denominator, n)],
    type(lambda: 0): _function,
    type(len): _function,
    type({}.keys()): _listed,
    type({}.values()): _listed,
    range: _listed,
}


def _library_writer(kind: type) -> _Write | None:
    """Return how to write a kind of a library that may not be loaded at all."""
    return next((write for known, write in _library_writers() if kind is known), None)


def _library_writers() -> list[tuple[type, _Write]]:
    if "collections" not in _LIBRARIES and "collections" in sys.modules:
        import collections as c

        _LIBRARIES["collections"] = [(kind, _WRITERS[dict]) for kind in (c.OrderedDict, c.defaultdict, c.Counter)]
    if "numpy" not in _LIBRARIES and "numpy" in sys.modules:
        import numpy as np

        scalars = {np.dtype(code).type for code in "?bhilqBHILQefd"} | {np.longdouble, np.str_}
        _LIBRARIES["numpy"] = [(np.ndarray, _array), *((kind, _numpy_scalar) for kind in scalars)]
    if "pandas" not in _LIBRARIES and "pandas" in sys.modules:
        import pandas as pd

        missing = [(type(pd.NA), "NA"), (type(pd.NaT), "NaT")]
        indexes = (pd.Index, pd.RangeIndex, pd.MultiIndex, pd.CategoricalIndex, pd.DatetimeIndex)
        _LIBRARIES["pandas"] = [
            (pd.Series, _series),
            (pd.DataFrame, _frame),
            *((kind, _index) for kind in indexes),
            *((kind, lambda w, v, n, tag=tag: [tag]) for kind, tag in missing),
            (pd.Timestamp, lambda w, v, n: ["time", v.isoformat()]),
        ]
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


def decode(data: Any) -> Any:
    """Return the value that :func:`encode` wrote, of exact built-in, numpy or pandas types.

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
        _count(data)
        return _read(data, 0)
    except MalformedError:
        raise
    except Exception as error:  # a shape that does not fit, an unhashable key, a dtype that is none
        raise MalformedError(f"{type(error).__name__}: {error}"[:200]) from None


def _need(sound: bool, what: str) -> None:
    if not sound:
        raise MalformedError(what)


def _count(data: Any) -> None:
    """Refuse more parts than :func:`encode` sends, before any work is done on them."""
    waiting, parts = [data], 0
    while waiting:
        one = waiting.pop()
        if type(one) is list:
            parts += len(one)
            _need(parts <= 5 * MOST_VALUES, "too many parts")
            waiting += one


def _read(data: Any, level: int) -> Any:
    kind = type(data)
    if data is None or kind in (bool, int, str):
        return data
    if kind is float:
        _need(math.isfinite(data), "a number beyond all bounds")  # 1e999 is JSON
        return data
    _need(kind is list and bool(data) and type(data[0]) is str, "no tag")
    _need(level <= MOST_LEVELS + 2, "too many levels")
    tag, *rest = data
    _need(tag in _READERS and len(rest) == _READERS[tag][0], f"unknown tag {tag[:40]!r} with {len(rest)} parts")
    return _READERS[tag][1](*rest, level + 1)


def _all(data: Any, level: int, most: int = 5 * MOST_VALUES) -> list[Any]:
    _need(type(data) is list and len(data) <= most, "no list, or too long")
    return [_read(one, level) for one in data]


def _keys(data: Any, level: int) -> list[Any]:
    return _all(data, level, MOST_KEYS)


def _read_float(text: Any, level: int) -> float:
    _need(text in ("nan", "inf", "-inf"), "not nan and not infinite")
    return float(text)


def _read_int(text: Any, level: int) -> int:
    _need(type(text) is str and re.fullmatch(rf"-?0x[0-9a-f]{{1,{MOST_BITS // 4}}}", text) is not None, "no integer")
    return int(text, 16)


def _read_halves(codes: Any, level: int) -> str:
    _need(type(codes) is list and len(codes) <= MOST_SIGNS and all(type(one) is int for one in codes), "no text")
    return "".join(map(chr, codes))


def _read_dict(pairs: Any, level: int) -> dict[Any, Any]:
    _need(type(pairs) is list and len(pairs) <= MOST_KEYS, "too many keys")
    _need(all(type(pair) is list and len(pair) == 2 for pair in pairs), "no pairs")
    return {_read(key, level): _read(one, level) for key, one in pairs}


def _read_array(dtype: Any, shape: Any, values: Any, level: int) -> Any:
    import numpy as np

    _need(type(dtype) is str and re.fullmatch(r"b1|[iu][1248]|f[248]|U|O", dtype) is not None, "no dtype")
    _need(type(shape) is list and all(type(n) is int and n >= 0 for n in shape), "no shape")
    flat = _all(values, level)
    _need(len(flat) == math.prod(shape), "shape and values differ")
    array: Any = np.empty(len(flat), dtype=object)
    array[:] = flat
    return array.astype(dtype).reshape(shape)


_DTYPES = re.compile(
    r"bool|boolean|u?int(8|16|32|64)|U?Int(8|16|32|64)|float(16|32|64)|Float(32|64)|str|string|category"
)


def _read_column(dtype: Any, values: Any, level: int) -> tuple[Any, list[Any]]:
    _need(type(dtype) is str, "no dtype")
    known = _DTYPES.fullmatch(dtype) or re.fullmatch(r"datetime64\[(s|ms|us|ns)\]", dtype)
    return (dtype if known else object), _all(values, level)


def _typed(maker: Any, values: list[Any], dtype: Any, **more: Any) -> Any:
    """Make an index or a Series of a dtype; of plain objects where the values do not have it."""
    made = maker(values, dtype=object, **more)
    try:
        return made if dtype is object else made.astype(dtype)
    except (ValueError, TypeError, OverflowError):
        return made


def _read_index(name: Any, dtype: Any, values: Any, level: int) -> Any:
    import pandas as pd

    _need(type(values) is list and len(values) <= MOST_KEYS, "too many labels")
    kind, read = _read_column(dtype, values, level)
    return _typed(pd.Index, read, kind, name=_read(name, level), tupleize_cols=False)


def _read_levels(names: Any, rows: Any, level: int) -> Any:
    import pandas as pd

    return pd.MultiIndex.from_tuples(_keys(rows, level), names=_all(names, level))


def _labels(data: Any, level: int) -> Any:
    _need(type(data) is list and bool(data) and data[0] in ("index", "levels"), "no index")
    return _read(data, level)


def _read_series(name: Any, index: Any, dtype: Any, values: Any, level: int) -> Any:
    import pandas as pd

    kind, read = _read_column(dtype, values, level)
    return _typed(pd.Series, read, kind, index=_labels(index, level), name=_read(name, level))


def _read_frame(columns: Any, index: Any, parts: Any, level: int) -> Any:
    import pandas as pd

    names, rows = _labels(columns, level), _labels(index, level)
    _need(type(parts) is list and len(parts) == len(names), "columns and names differ")
    _need(all(type(part) is list and len(part) == 2 for part in parts), "a column is dtype and values")
    read = [_read_series(None, index, dtype, column, level) for dtype, column in parts]
    table = pd.concat(read, axis=1) if read else pd.DataFrame(index=rows)
    table.columns = names
    table.index = rows
    return table


def _read_type(name: Any, level: int) -> Any:
    return type(_clean(name), (Opaque,), {})()


def _missing(name: str) -> Callable[[int], Any]:
    def read(level: int) -> Any:
        import pandas as pd

        return getattr(pd, name)

    return read


def _read_time(text: Any, level: int) -> Any:
    import pandas as pd

    _need(type(text) is str and len(text) <= 40, "no time")
    return pd.Timestamp(text)


_READERS: dict[str, tuple[int, Callable[..., Any]]] = {  # tag: how many parts follow it, how to read them
    "...": (0, lambda level: ...),
    "int": (1, _read_int),
    "float": (1, _read_float),
    "str": (1, _read_halves),
    "list": (1, _all),
    "tuple": (1, lambda parts, level: tuple(_all(parts, level))),
    "set": (1, lambda parts, level: set(_keys(parts, level))),
    "frozenset": (1, lambda parts, level: frozenset(_keys(parts, level))),
    "dict": (1, _read_dict),
    "fraction": (2, lambda over, under, level: Fraction(_read(over, level), _read(under, level))),
    "array": (3, _read_array),
    "index": (3, _read_index),
    "levels": (2, _read_levels),
    "series": (4, _read_series),
    "frame": (3, _read_frame),
    "function": (1, lambda name, level: Function(_clean(name))),
    "type": (1, _read_type),
    "NA": (0, _missing("NA")),
    "NaT": (0, _missing("NaT")),
    "time": (1, _read_time),
}
