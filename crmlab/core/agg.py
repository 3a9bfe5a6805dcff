"""Matplotlib's Agg canvas, quick enough to follow a finger: text is drawn by Pillow, and no PNG is packed for a move.

Of the time that matplotlib 3.11 needs for a chart at twice the screen's sharpness, text takes most (0.08 ms a letter)
and packing a PNG much of the rest. Everything else is matplotlib's own.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_BLEED = 2  # pixels around a text for what its letters draw beyond their box
_CLOSE = 24  # changes with fewer pixels between them are told as one
_WORDS = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+")
_SHIFTS = 4  # places between two pixels where a text can start

Pixels = NDArray[np.uint8]


class _Face(NamedTuple):
    """One font at one size, and the characters it has."""

    font: ImageFont.FreeTypeFont
    has: frozenset[int]


class _Piece(NamedTuple):
    """Letters that are drawn together; the box goes from the start and down from the baseline [pixels]."""

    word: str
    font: ImageFont.FreeTypeFont
    length: float
    box: tuple[float, float, float, float]


class QuickRenderer(RendererAgg):
    """Agg whose upright text is drawn by Pillow, word by word."""

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw one line of text whose baseline starts at x, y [pixels from the left and from the top]."""
        if ismath or angle:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        for piece in _pieces(s, _faces_of(prop, self.dpi)):
            column = math.floor(x)
            shift = round((x - column) * _SHIFTS) / _SHIFTS
            letters, top = _letters(piece, gc.get_rgb(), shift)
            below = self.height - round(y) - top - len(letters)  # Agg counts rows from below
            self.draw_image(gc, column - _BLEED, below, letters)
            x += piece.length

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Return width, height and what hangs below the baseline of one line of text [pixels]."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-any-return, no-untyped-call]
        pieces = _pieces(s, _faces_of(prop, self.dpi))
        top, bottom = (pick(piece.box[edge] for piece in pieces) for pick, edge in ((min, 1), (max, 3)))
        return sum(piece.length for piece in pieces), bottom - top, bottom

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        """Return how far letters reach up and down, and the gap between lines [pixels]; matplotlib asks for it."""
        return (*_faces_of(prop, self.dpi)[0].font.getmetrics(), 0.0)


def text_width(text: str, prop: FontProperties) -> float:
    """Return how wide a line of text is [points]."""
    return sum(piece.length for piece in _pieces(text, _faces_of(prop, 72)))


def _faces_of(prop: FontProperties, dpi: float) -> tuple[_Face, ...]:
    return _faces(tuple(prop.get_family()), prop.get_style(), prop.get_weight(), prop.get_size_in_points() * dpi / 72)


@cache
def _faces(families: tuple[str, ...], style: Any, weight: int | str, pixels: float) -> tuple[_Face, ...]:
    """Return the fonts that a text may use, the preferred one first."""
    return tuple(
        _Face(ImageFont.truetype(file, pixels, layout_engine=ImageFont.Layout.BASIC), _characters(file))
        for family in families
        for file in [font_manager.findfont(FontProperties(family=family, style=style, weight=weight))]
    )


@cache
def _characters(file: str) -> frozenset[int]:
    return frozenset(font_manager.get_font(file).get_charmap())


@cache
def _font_of(letter: str, faces: tuple[_Face, ...]) -> ImageFont.FreeTypeFont:
    for face in faces:
        if ord(letter) in face.has:
            return face.font
    warnings.warn(f"no font of the charts has the character {letter!r} (U+{ord(letter):04X}).", stacklevel=2)
    return faces[0].font


@lru_cache(maxsize=4096)
def _pieces(text: str, faces: tuple[_Face, ...]) -> tuple[_Piece, ...]:
    """Cut a text into words and Chinese characters: they come again when a number between them changes."""
    return tuple(
        _piece(word, font)
        for run in _WORDS.findall(text)
        for font, letters in groupby(run, key=lambda letter: _font_of(letter, faces))
        for word in ["".join(letters)]
    )


@lru_cache(maxsize=4096)
def _piece(word: str, font: ImageFont.FreeTypeFont) -> _Piece:
    left, top, right, bottom = font.getbbox(word, anchor="ls")
    return _Piece(word, font, font.getlength(word), (left, min(top, 0), right, max(bottom, 0)))


@lru_cache(maxsize=2048)
def _letters(piece: _Piece, colour: tuple[float, ...], shift: float) -> tuple[Pixels, int]:
    """Return a piece as an image, its rows from below, and the image's top [pixels down from the baseline]."""
    _, top, right, bottom = (math.floor(edge) for edge in piece.box)
    mask = Image.new("L", (right + 2 * _BLEED + 2, bottom - top + 2 * _BLEED + 1))
    ImageDraw.Draw(mask).text((_BLEED + shift, _BLEED - top), piece.word, 255, piece.font, anchor="ls")
    letters = np.empty((mask.height, mask.width, 4), np.uint8)
    letters[..., :3] = [round(255 * part) for part in colour[:3]]
    letters[..., 3] = np.rint(np.asarray(mask) * colour[3])
    return letters[::-1], top - _BLEED


@cache
def _paper(width: int, height: int, dpi: float) -> tuple[Any, Pixels]:
    """Return what all canvases of one size share: a renderer and its pixels."""
    renderer: Any = QuickRenderer(width, height, dpi)  # type: ignore[no-untyped-call]
    return renderer, np.asarray(renderer.buffer_rgba())


class QuickCanvas(FigureCanvasAgg):
    """The canvas of a figure that keeps its size; what was drawn on another one of that size is drawn over.

    Attributes
    ----------
    pixels
        What is drawn now: rows, columns, and red, green, blue, alpha.
    """

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        width, height = (round(side) for side in figure.bbox.size)
        self.renderer, self.pixels = _paper(width, height, figure.dpi)

    def get_renderer(self) -> Any:
        """Return the one renderer of this canvas."""
        return self.renderer


def png(pixels: Pixels) -> bytes:
    """Return pixels as a PNG."""
    data = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(data, "PNG", compress_level=1)
    return data.getvalue()


class Changes(NamedTuple):
    """Where a picture differs from the one before, and what is there now.

    Attributes
    ----------
    areas
        Rectangles: left, top, width, height [pixels].
    lengths, colours
        The pixels of one area after the other, row by row, as runs of one colour.
    """

    areas: list[tuple[int, int, int, int]]
    lengths: NDArray[np.uint32]
    colours: NDArray[np.uint32]


def changes(before: Pixels, after: Pixels) -> Changes:
    """Compare two pictures of one size.

    Runs are quicker than a PNG: the browser unpacks them at once, without waiting for its picture decoder.
    """
    old, new = (pixels.view(np.uint32)[..., 0] for pixels in (before, after))
    differ = old != new
    places = [
        (rows, columns)
        for rows in _stretches(differ.any(axis=1))
        for columns in _stretches(differ[slice(*rows)].any(axis=0))
    ]
    flat = np.concatenate(
        [np.empty(0, np.uint32), *(new[slice(*rows), slice(*columns)].ravel() for rows, columns in places)]
    )
    starts = np.flatnonzero(np.diff(flat, prepend=~flat[:1]))
    return Changes(
        [(left, top, right - left, bottom - top) for (top, bottom), (left, right) in places],
        np.diff(starts, append=flat.size).astype(np.uint32),
        flat[starts],
    )


def _stretches(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return from where to where pixels are marked; stretches closer than a line of text are one."""
    places = np.flatnonzero(marked)
    if not places.size:
        return []
    cuts = np.flatnonzero(np.diff(places) > _CLOSE)
    starts, ends = places[np.r_[0, cuts + 1]], places[np.r_[cuts, -1]] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
