"""What makes a chart quick without its author's help: what stands still is kept, what moves is drawn over it.

A chart is an ordinary function on axes. It is given a :class:`Sheet`, which passes everything on to the real axes and
remembers it on a :class:`Tape`. When the chart draws again, a call with the same arguments is not done again. So

- the frame (limits, ticks, labels, grid, spines) stays as it is when the chart does to it what it did last time;
- an artist (a line, a bar, a text) is made anew only when it differs from last time.

When the frame changes, or the chart uses something that the sheet does not know, everything is drawn afresh: slower,
and right. Artists lie over the frame, sorted by ``zorder``; where two are equal the later one lies above.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from operator import methodcaller
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

#: Methods of axes that add artists and look at nothing but their arguments; ``legend`` looks at the other artists.
_ARTISTS = frozenset(
    {
        *("add_artist", "add_collection", "add_line", "add_patch", "annotate", "arrow", "axhline", "axhspan", "axline"),
        *("axvline", "axvspan", "bar", "barh", "broken_barh", "errorbar", "eventplot", "fill"),
        *("fill_between", "fill_betweenx", "hist", "hlines", "pcolormesh", "plot", "scatter", "stackplot"),
        *("stairs", "stem", "step", "table", "text", "vlines"),
    }
)
#: Methods that shape the frame or read it; the limits may be read once they are set.
_FRAME = frozenset(
    {
        *("get_xlim", "get_xticklabels", "get_xticks", "get_ylim", "get_yticklabels", "get_yticks", "grid"),
        *("inset_axes", "invert_xaxis", "invert_yaxis", "locator_params", "minorticks_off", "minorticks_on"),
        *("set_aspect", "set_axis_off", "set_axisbelow", "set_box_aspect", "set_facecolor", "set_frame_on"),
        *("set_title", "set_xlabel", "set_xlim", "set_xscale", "set_xticklabels", "set_xticks", "set_ylabel"),
        *("set_ylim", "set_yscale", "set_yticklabels", "set_yticks", "tick_params", "ticklabel_format"),
    }
)
#: What never changes as long as the axes live.
_FIXED = frozenset({"get_position", "get_xaxis_transform", "get_yaxis_transform", "transAxes", "transData"})
_PARTS = frozenset({"figure", "patch", "spines", "title", "xaxis", "yaxis"})
_READ = {
    "get_xlim": ("get_autoscalex_on",),
    "get_ylim": ("get_autoscaley_on",),
    "transData": ("get_autoscalex_on", "get_autoscaley_on"),
}

Path = tuple[Any, ...]


class _FrameChangedError(Exception):
    """The chart does something else to the frame than last time."""


class _Call(NamedTuple):
    """One call and what came of it; it keeps what it was given, so that no address is used twice."""

    key: bytes | None
    given: Any
    result: Any
    artists: tuple[Artist, ...] = ()


class Tape:
    """What a chart did to its axes, call by call."""

    def __init__(self, ax: Axes) -> None:
        self._frame: list[_Call] = []
        self._drawn: list[list[_Call]] = []  # for each sheet
        self._before: list[dict[bytes, list[_Call]]] = []
        self._sheets: list[Sheet] = []
        self._replayed: int | None = None
        self._complete = True
        self.sheet = self._add_sheet(ax, ())

    def record(self, drawing: Callable[..., Any], args: tuple[Any, ...]) -> None:
        """Let a chart draw on fresh axes and remember what it does."""
        drawing(*args, self.sheet)
        self._forget_changed()
        self._complete &= all(sheet.artists_are(calls) for sheet, calls in zip(self._sheets, self._drawn, strict=True))

    def replay(self, drawing: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        """Let a chart draw again, keeping what is the same; return whether frame and artists are right now."""
        if not self._complete or any(sheet.moves_by_itself() for sheet in self._sheets):
            return False
        self._replayed = 0
        for number, calls in enumerate(self._drawn):
            self._before[number] = {}
            for call in calls:
                if call.key is None:
                    _remove(call)
                else:
                    self._before[number].setdefault(call.key, []).append(call)
            calls.clear()
        try:
            drawing(*args, self.sheet)
        except Exception:  # whatever it is, drawing afresh meets it again or shows that it was the sheet's fault
            return False
        for left in self._before:
            for calls in left.values():
                for call in calls:
                    _remove(call)
        self._forget_changed()
        return self._replayed == len(self._frame) and not any(
            sheet.touched() or not sheet.artists_are(calls)
            for sheet, calls in zip(self._sheets, self._drawn, strict=True)
        )

    def _forget_changed(self) -> None:
        """Forget how those artists were made that the chart changed afterwards: their calls do not say it all."""
        for calls in self._drawn:
            for place, call in enumerate(calls):
                if any(artist.stale for artist in call.artists):
                    calls[place] = call._replace(key=None)

    def artists(self) -> list[Artist]:
        """Return what the chart drew on the frame, in the order of drawing."""
        return [
            artist
            for calls in self._drawn
            for artist in sorted((one for call in calls for one in call.artists), key=methodcaller("get_zorder"))
        ]

    def give_up(self) -> None:
        """Say that the chart does what the tape cannot remember."""
        if self._replayed is not None:
            raise _FrameChangedError
        self._complete = False

    def shape(self, path: Path, name: str, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Do something to the frame, unless it was done last time at the same place."""
        key = _fingerprint((path, name, args, kwargs))
        if self._replayed is not None:
            if key is None or self._replayed >= len(self._frame) or self._frame[self._replayed].key != key:
                raise _FrameChangedError
            self._replayed += 1
            return self._frame[self._replayed - 1].result
        result = self._wrapped(function(*_real(args), **_real(kwargs)), (len(self._frame),))
        self._frame.append(_Call(key, (args, kwargs), result))
        return result

    def draw(self, number: int, name: str, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Make artists, unless the same ones were made last time."""
        key = _fingerprint((name, args, kwargs))
        same = self._before[number].get(key) if key else None
        if same:
            call = same.pop(0)
        else:
            result = function(*_real(args), **_real(kwargs))
            call = _Call(key, (args, kwargs), result, tuple(_artists_in(result)))
            for artist in call.artists:
                artist.stale = False  # so that a later change shows
        self._drawn[number].append(call)
        return call.result

    def _add_sheet(self, ax: Axes, path: Path) -> Sheet:
        sheet = Sheet(self, ax, path, len(self._sheets))
        self._sheets.append(sheet)
        self._drawn.append([])
        self._before.append({})
        return sheet

    def _wrapped(self, found: Any, path: Path) -> Any:
        if isinstance(found, Axes):
            return self._add_sheet(found, path)
        if isinstance(found, Artist):
            return _Part(self, found, path)
        if isinstance(found, list):
            return [self._wrapped(one, (*path, place)) for place, one in enumerate(found)]
        return found


class _Part:
    """A part of the frame: whatever is called on it goes on the tape."""

    def __init__(self, tape: Tape, real: Any, path: Path) -> None:
        self._tape, self._real, self._path = tape, real, path

    def __getattr__(self, name: str) -> Any:
        return self._part(name, getattr(self._real, name))

    def __getitem__(self, key: Any) -> Any:
        return self._part(key, self._real[key])

    def _part(self, key: Any, found: Any) -> Any:
        if callable(found):
            return lambda *args, **kwargs: self._tape.shape(self._path, key, found, args, kwargs)
        return _Part(self._tape, found, (*self._path, str(key)))


class Sheet(_Part):
    """The axes as a chart sees them."""

    def __init__(self, tape: Tape, ax: Axes, path: Path, number: int) -> None:
        super().__init__(tape, ax, path)
        self._number = number
        self._bare = set(ax.get_children())

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name in _ARTISTS:
            return lambda *args, **kwargs: self._tape.draw(self._number, name, found, args, kwargs)
        if name == "get_figure":
            return lambda root=False: self._part(name, found(root=root))
        unsure = any(getattr(self._real, fits)() for fits in _READ.get(name, ()))
        if unsure or name not in _FRAME | _PARTS | _FIXED:
            self._tape.give_up()
        return self._part(name, found) if name in _FRAME | _PARTS else found

    @property
    def axes(self) -> Axes:
        """The real axes."""
        real: Axes = self._real
        return real

    def moves_by_itself(self) -> bool:
        """Whether the frame follows what is drawn: limits that fit themselves, axes that learn dates or categories."""
        ax = self.axes
        return bool(ax.get_autoscalex_on() or ax.get_autoscaley_on() or ax.xaxis.have_units() or ax.yaxis.have_units())

    def touched(self) -> bool:
        """Whether something changed the frame behind the tape's back, as ``bar(..., tick_label=...)`` does."""
        return self.axes.xaxis.stale or self.axes.yaxis.stale or self.moves_by_itself()

    def artists_are(self, calls: list[_Call]) -> bool:
        """Whether the tape knows all that was drawn here."""
        here = {one for one in self.axes.get_children() if one not in self._bare and not isinstance(one, Axes)}
        return here == {artist for call in calls for artist in call.artists}


def _artists_in(result: Any) -> Iterator[Artist]:
    if isinstance(result, Artist):
        yield result
    elif isinstance(result, list | tuple):  # matplotlib's containers are tuples
        for one in result:
            yield from _artists_in(one)


def _remove(call: _Call) -> None:
    for artist in call.artists:
        artist.remove()


class _Fingerprint(pickle.Pickler):
    """Structure of a call's arguments; parts of the figure are told by who they are."""

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, _Part):
            return str, (str(obj._path),)
        return (str, (str(id(obj)),)) if isinstance(obj, Artist | Transform) else NotImplemented


def _fingerprint(call: Any) -> bytes | None:
    data = io.BytesIO()
    try:
        _Fingerprint(data, pickle.HIGHEST_PROTOCOL).dump(call)
    except Exception:  # a function written in place, an open file: never the same twice
        return None
    return data.getvalue()


def _real(value: Any) -> Any:
    """Return arguments with the real objects in place of parts and sheets."""
    if isinstance(value, _Part):
        return value._real
    if type(value) in (list, tuple):
        return type(value)(_real(one) for one in value)
    return {key: _real(one) for key, one in value.items()} if type(value) is dict else value
