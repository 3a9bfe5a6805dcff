"""Matplotlib's Agg canvas, quick enough to follow a finger: text drawn by Pillow, PNG packed by zlib-ng.

Of the time that matplotlib 3.11 needs for a chart at twice the screen's sharpness, text takes most (0.08 ms a letter)
and packing the PNG much of the rest. Both are done here in a tenth of the time; everything else is matplotlib's.
"""

from __future__ import annotations

import math
import struct
import warnings
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from zlib_ng import zlib_ng

_BLEED = 2  # pixels around a text for what its letters draw beyond their box
_SHIFTS = 4  # places between two pixels where a text can start


class _Face(NamedTuple):
    """One font at one size, and the characters it has."""

    font: ImageFont.FreeTypeFont
    has: frozenset[int]


_Runs = tuple[tuple[str, ImageFont.FreeTypeFont], ...]


class QuickRenderer(RendererAgg):
    """Agg whose upright text is drawn by Pillow, one call for a whole line."""

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
        column = math.floor(x)
        shift = round((x - column) * _SHIFTS) / _SHIFTS
        letters, top = _letters(s, self._faces(prop), gc.get_rgb()[:3], shift)
        below = self.height - round(y) - top - len(letters)  # Agg counts rows from below
        self.draw_image(gc, column - _BLEED, below, letters)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Return width, height and what hangs below the baseline of one line of text [pixels]."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-any-return, no-untyped-call]
        left, top, right, bottom = _box(_runs(s, self._faces(prop)))
        return right - left, bottom - top, bottom

    def _faces(self, prop: FontProperties) -> tuple[_Face, ...]:
        return _faces_of(prop, self.dpi)


def text_width(text: str, prop: FontProperties) -> float:
    """Return how wide a line of text is [points]."""
    _, _, right, _ = _box(_runs(text, _faces_of(prop, 72)))
    return right


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
def _runs(text: str, faces: tuple[_Face, ...]) -> _Runs:
    """Cut a text where its font changes."""
    runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for letter in text:
        font = _font_of(letter, faces)
        if runs and runs[-1][1] is font:
            runs[-1] = (runs[-1][0] + letter, font)
        else:
            runs.append((letter, font))
    return tuple(runs)


@lru_cache(maxsize=512)
def _letters(
    text: str, faces: tuple[_Face, ...], colour: tuple[float, ...], shift: float
) -> tuple[NDArray[np.uint8], int]:
    """Return a line of text as an image, its rows from below, and the image's top [pixels down from the baseline]."""
    runs = _runs(text, faces)
    _, top, right, bottom = (math.floor(edge) for edge in _box(runs))
    mask = Image.new("L", (right + 2 * _BLEED + 2, bottom - top + 2 * _BLEED + 1))
    pen = ImageDraw.Draw(mask)
    at = _BLEED + shift
    for words, font in runs:
        pen.text((at, _BLEED - top), words, 255, font, anchor="ls")
        at += font.getlength(words)
    letters = np.empty((mask.height, mask.width, 4), np.uint8)
    letters[..., :3] = [round(255 * part) for part in colour]
    letters[..., 3] = np.asarray(mask)
    return letters[::-1], top - _BLEED


@lru_cache(maxsize=4096)
def _box(runs: _Runs) -> tuple[float, float, float, float]:
    """Return the box of a text: left, top, right, bottom [pixels from its start and down from its baseline]."""
    boxes = [font.getbbox(words, anchor="ls") for words, font in runs]
    width = sum(font.getlength(words) for words, font in runs)
    return 0.0, min((box[1] for box in boxes), default=0.0), width, max((*(box[3] for box in boxes), 0.0))


@cache
def _paper(width: int, height: int, dpi: float) -> tuple[Any, NDArray[np.uint8], NDArray[np.uint8]]:
    """Return what all canvases of one size share: a renderer, its pixels, and room for the rows of a PNG.

    A row starts with the number of its filter, here 0 for none: on charts, mostly white, filters make the file larger.
    """
    renderer: Any = QuickRenderer(width, height, dpi)  # type: ignore[no-untyped-call]
    return renderer, np.asarray(renderer.buffer_rgba()), np.zeros((height, 1 + 4 * width), np.uint8)


class QuickCanvas(FigureCanvasAgg):
    """The canvas of a figure that keeps its size; what was drawn on another one of that size is drawn over."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        width, height = (int(side) for side in figure.bbox.size)
        self.renderer, self._pixels, self._rows = _paper(width, height, figure.dpi)

    def get_renderer(self) -> Any:
        """Return the one renderer of this canvas."""
        return self.renderer

    def png(self) -> bytes:
        """Return what is drawn as a PNG."""
        height, width, _ = self._pixels.shape
        self._rows[:, 1:] = self._pixels.reshape(height, -1)
        head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)  # 8 bits of red, green, blue and alpha
        parts = ((b"IHDR", head), (b"IDAT", zlib_ng.compress(self._rows, 1)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib_ng.crc32(kind + data))
            for kind, data in parts
        )
