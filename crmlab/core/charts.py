"""How every chart of the kit looks, what it says, and how it becomes a picture.

A chart is a function ``(result, ..., ax) -> Axes`` that draws what a model returned and computes nothing of its own. It
carries its finding with it: :func:`captioned` ties it to the function that says in one sentence what the picture shows.
That sentence is the caption, the text a screen reader speaks, and what a notebook stores.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, update_wrapper
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, ParamSpec

import matplotlib
from cycler import cycler
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from crmlab.core.agg import Pixels, QuickCanvas, png, text_width
from crmlab.core.sheet import Tape
from crmlab.core.text import language

if TYPE_CHECKING:
    from crmlab.core.picture import Drawing

P = ParamSpec("P")

#: Okabe & Ito's colours, told apart by readers with every common colour blindness.
PALETTE = MappingProxyType(
    {
        "black": "#000000",
        "orange": "#E69F00",
        "sky blue": "#56B4E9",
        "green": "#009E73",
        "yellow": "#F0E442",
        "blue": "#0072B2",
        "vermilion": "#D55E00",
        "purple": "#CC79A7",
    }
)
#: Colour, hatch and marker number n belong together, so that no difference is told by colour alone.
SERIES = (PALETTE["blue"], PALETTE["orange"], PALETTE["green"], PALETTE["purple"])
HATCHES = ("", "////", "....", "xxxx")
MARKERS = ("o", "s", "^", "D")
DASHES = ("-", "--", "-.", ":")
INK = "#222222"
PALE = "#595959"

#: The Chinese glyphs of the kit's labels, under a name of their own, so that every machine draws the same ones.
CHINESE_FONT = "crmlab Sans SC"
CHINESE_FONT_FILE = Path(__file__).with_name("fonts") / "crmlab-sans-sc.otf"

CSS_PIXELS_PER_INCH = 100
_MEASURE = 100.0  # text is measured at this size [points]
SHARPNESS = 2

_STYLE: Any = MappingProxyType(
    {
        "font.family": ["DejaVu Sans", CHINESE_FONT],
        "font.size": 9.0,
        "axes.prop_cycle": cycler(color=["#222222"]),  # what is given no colour is drawn in ink, in whatever order
        "axes.titlesize": 11.5,
        "axes.labelsize": 9.0,
        "axes.labelcolor": PALE,
        "axes.edgecolor": "#8a8a8a",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "text.color": INK,
        "xtick.color": PALE,
        "ytick.color": PALE,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "grid.color": "#e4e4e4",
        "grid.linewidth": 0.8,
        "hatch.linewidth": 0.9,
        "hatch.color": "white",
        "legend.frameon": False,
        "figure.facecolor": "white",
        "axes.facecolor": "white",
    }
)


class Margins(NamedTuple):
    """Room around the axes [inch], fixed so that nothing jumps while a control moves."""

    left: float = 0.7
    right: float = 0.25
    bottom: float = 0.6
    top: float = 0.85


class Chart(Generic[P]):
    """A drawing function together with its caption function; made by :func:`captioned`."""

    def __init__(
        self, drawing: Callable[P, Axes], caption: Callable[..., str], size: tuple[float, float], margins: Margins
    ) -> None:
        self.drawing = drawing
        self.caption = caption
        self.size = size
        self.margins = margins
        update_wrapper(self, drawing)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Axes:
        """Draw on the given axes in the style of the kit."""
        with house_style():
            return self.drawing(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<chart {self.drawing.__name__}>"


def captioned(
    caption: Callable[..., str], *, size: tuple[float, float] = (7.2, 4.0), margins: Margins | None = None
) -> Callable[[Callable[P, Axes]], Chart[P]]:
    """Tie a chart to its caption function.

    Parameters
    ----------
    caption
        Takes the chart's arguments without the axes and returns its finding in one sentence.
    size
        Width and height that suit the chart [inch; 1 inch = 100 CSS pixels].
    margins
        Room around the axes for title, labels and ticks.

    Examples
    --------
    >>> @captioned(lambda heights: f"The tallest of {len(heights)} is {max(heights)}.")
    ... def towers(heights, ax):
    ...     ax.bar(range(len(heights)), heights)
    ...     return ax
    >>> towers.caption([3, 7, 5])
    'The tallest of 3 is 7.'
    """

    def tie(drawing: Callable[P, Axes]) -> Chart[P]:
        return Chart(drawing, caption, size, margins or Margins())

    return tie


def draw(chart: Chart[Any], *args: Any, size: tuple[float, float] | None = None) -> Drawing:
    """Draw a chart and return the picture, which displays itself with its caption below.

    Parameters
    ----------
    chart
        A chart of the kit, such as ``crmlab.delivered_value.chart.gain_and_pain``.
    args
        What the chart draws, without the axes.
    size
        Width and height [inch; 1 inch = 100 CSS pixels]; the chart's own if not given.

    Raises
    ------
    TypeError
        ``chart`` is no chart of the kit.
    """
    if not isinstance(chart, Chart):
        raise TypeError(f"draw got a {type(chart).__name__}; first comes a chart of the kit, then what it draws.")
    from crmlab.core.picture import Drawing  # widgets are needed from here on, not for drawing

    easel = Easel(chart, size)
    return Drawing(
        png=png(easel.draw(*args)),
        caption=chart.caption(*args),
        lang=language(),
        width=easel.width,
        height=easel.height,
    )


class Easel:
    """One persistent figure for one chart, redrawn in place.

    An explorer keeps its easel as long as it lives. Of each move only what differs from the last one is made anew, and
    only what lies above something that moves is drawn anew; :mod:`crmlab.core.sheet` finds both.
    """

    def __init__(self, chart: Chart[Any], size: tuple[float, float] | None = None) -> None:
        self.chart = chart
        inches = size or chart.size
        self.width = round(inches[0] * CSS_PIXELS_PER_INCH)
        self.height = round(inches[1] * CSS_PIXELS_PER_INCH)
        with house_style():
            self.figure = Figure(figsize=inches, dpi=CSS_PIXELS_PER_INCH * SHARPNESS)
        self.canvas: Any = QuickCanvas(self.figure)  # Any: matplotlib's canvases carry no types
        self._tape: Tape | None = None
        self._frame: Any = None
        self._ground: Any = None  # the frame and the artists that stand still below those that move
        self._artists: list[Artist] = []
        self._still = self._still_before = 0

    def draw(self, *args: Any) -> Pixels:
        """Redraw the chart for new arguments and return its pixels, twice as sharp as its CSS size.

        They are the paper itself: the next drawing of that size, here or on another easel, changes them.
        """
        with house_style():
            if self._tape is None or not self._tape.replay(self.chart.drawing, args):
                self._tape = None  # for good, should the chart fail now
                self._tape = self._draw_afresh(args)
            self._draw_over(self._tape.artists())
        pixels: Pixels = self.canvas.pixels
        return pixels

    def _draw_over(self, artists: list[Artist]) -> None:
        """Draw the artists over the picture of the frame, starting with the lowest that moved in the last two moves."""
        same = 0
        for artist, before in zip(artists, self._artists, strict=False):
            if artist is not before or artist.stale:
                break
            same += 1
        still = min(same, self._still_before)
        self._artists, self._still_before = artists, same
        self.canvas.restore_region(self._ground if still == self._still else self._frame)
        if still != self._still:
            self._draw_all(artists[:still])
            self._ground, self._still = self.canvas.copy_from_bbox(self.figure.bbox), still
        self._draw_all(artists[still:])

    def _draw_all(self, artists: list[Artist]) -> None:
        for artist in artists:
            artist.draw(self.canvas.renderer)

    def _draw_afresh(self, args: tuple[Any, ...]) -> Tape:
        """Draw the chart on new axes and keep the picture of the frame alone."""
        tape = Tape(self._axes())
        try:
            tape.record(self.chart.drawing, args)
        except Exception:  # the chart's own mistake, or it cannot draw on a sheet: real axes tell
            tape = Tape(self._axes())
            tape.give_up()
            self.chart.drawing(*args, tape.sheet.axes)
        for artist in tape.artists():
            artist.set_animated(True)  # not part of the frame
        self.canvas.draw()
        self._frame = self._ground = self.canvas.copy_from_bbox(self.figure.bbox)
        self._artists, self._still, self._still_before = [], 0, 0
        return tape

    def _axes(self) -> Axes:
        self.figure.clear()
        width, height = self.figure.get_size_inches()
        room = self.chart.margins
        return self.figure.add_axes(
            (
                room.left / width,
                room.bottom / height,
                1 - (room.left + room.right) / width,
                1 - (room.bottom + room.top) / height,
            )
        )


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of the kit, with Chinese glyphs that do not depend on the machine."""
    _register_chinese_font()
    with matplotlib.rc_context(dict(_STYLE)):
        yield


@cache
def _register_chinese_font() -> None:
    fonts = font_manager.fontManager
    fonts.addfont(CHINESE_FONT_FILE)
    fonts.ttflist.append(replace(fonts.ttflist[-1], weight=700))  # one weight is shipped; bold text uses it silently


def headline(ax: Axes, finding: str, lines: int = 2) -> None:
    """Set the title: the finding, from the left edge of the figure, wrapped to its width.

    Parameters
    ----------
    finding
        A sentence without a full stop.
    lines
        Most lines the title may take; a longer one is a mistake of its author.

    Raises
    ------
    ValueError
        The finding does not fit.
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("headline got axes that stand on no figure; make them with Figure().add_subplot().")
    points = matplotlib.rcParams["axes.titlesize"]
    ems = (figure.get_figwidth() - 0.3) * 72 / points
    wrapped = wrap(finding, ems)
    if len(wrapped) > lines:
        raise ValueError(f"the title {finding!r} takes {len(wrapped)} lines; at most {lines} fit.")
    box = ax.get_position()
    left = (0.15 / figure.get_figwidth() - box.x0) / box.width
    top = 1 + (1 - 0.12 / figure.get_figheight() - box.y1) / box.height
    ax.text(left, top, "\n".join(wrapped), transform=ax.transAxes, fontsize=points, va="top", linespacing=1.25)


def axis_titles(ax: Axes, *, x: str, y: str) -> None:
    """Name both axes with their units; the vertical one is written upright above its axis."""
    ax.set_xlabel(x)
    if y:
        ax.set_ylabel(y, rotation=0, ha="left", va="bottom")
        ax.yaxis.set_label_coords(0.0, 1.03)


def number(amount: float, decimals: int = 0) -> str:
    """Write a number with thousands marks and a minus sign.

    >>> number(-1234.5), number(0.25, 2), number(-0.01)
    ('−1,234', '0.25', '0')
    """
    text = f"{amount:,.{decimals}f}"
    return "0" if text in ("-0", "-0.0") else text.replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """Write a share as percent.

    >>> percent(1.4), percent(-0.0525, 1)
    ('140%', '−5.2%')
    """
    return f"{share:.{decimals}%}".replace("-", "−")


def ems(text: str) -> float:
    """Return how wide a text is in a chart [em].

    >>> ems("价格"), round(ems("price"), 1)
    (2.0, 2.5)
    """
    _register_chinese_font()
    return text_width(text, FontProperties(family=_STYLE["font.family"], size=_MEASURE)) / _MEASURE


def wrap(text: str, width: float) -> list[str]:
    """Break a text into lines of at most ``width`` [em]; English between words, Chinese between characters.

    A Chinese line never begins with a closing mark.

    >>> wrap("the price of an hour", 7)
    ['the price of', 'an hour']
    >>> wrap("一小时值多少，你说", 6)
    ['一小时值多', '少，你说']
    """
    pieces = _breakable(text)
    lines = [""]
    for piece in pieces:
        if lines[-1] and ems((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


_CLOSING = "，。；：！？、）》”’％%"


def _breakable(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        previous = pieces[-1] if pieces else ""
        starts = (
            not previous
            or (wide and letter not in _CLOSING)
            or previous.endswith(" ")
            or (not wide and letter not in _CLOSING and unicodedata.east_asian_width(previous[-1]) in "WF")
        )
        if starts and letter != " ":
            pieces.append(letter)
        else:
            pieces[-1:] = [previous + letter]
    return pieces


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label positions apart until neighbours keep ``gap``, staying between ``low`` and ``high``.

    Order is kept and labels move as little as a single sweep up and down allows; where all do not fit, they are spaced
    evenly.

    >>> spread([10, 10.5, 20], gap=2, low=0, high=21)
    [9.25, 11.25, 20.0]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    count = len(order)
    if count == 0:
        return []
    gap = min(gap, (high - low) / max(count - 1, 1))
    groups: list[tuple[float, int]] = []  # centre and number of labels that touch
    for i in order:
        centre, size = float(heights[i]), 1
        while True:
            half = (size - 1) * gap / 2
            centre = min(max(centre, low + half), high - half)
            if not groups:
                break
            before, n = groups[-1]
            if centre - half - (before + (n - 1) * gap / 2) >= gap - 1e-12:
                break
            groups.pop()
            centre, size = (before * n + centre * size) / (n + size), n + size
        groups.append((centre, size))
    places = [centre + (k - (size - 1) / 2) * gap for centre, size in groups for k in range(size)]
    result = [0.0] * count
    for i, place in zip(order, places, strict=True):
        result[i] = place
    return result


def round_up(amount: float) -> float:
    """Round an axis limit up, coarsely, so that the axis stands still while a control moves a little.

    >>> [round_up(amount) for amount in (0.7, 43, 112, 187, 1040)]
    [0.8, 50.0, 150.0, 200.0, 1500.0]
    >>> round_up(-43)
    -40.0
    """
    if amount == 0:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(abs(amount)))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    size = abs(amount) / unit
    if amount > 0:
        return unit * next(step for step in steps if step >= size - 1e-9)
    return -unit * next(step for step in reversed(steps) if step <= size + 1e-9)
