"""The quick canvas: its text is where matplotlib thinks it is, and what changed is told without loss."""

from __future__ import annotations

import io
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from crmlab.core.agg import Changes, Pixels, QuickCanvas, changes, png
from crmlab.core.charts import ems, house_style


def painted(before: Pixels, new: Changes) -> Pixels:
    """Paint changes over a picture, as picture.js does."""
    after = before.copy()
    pixels = np.repeat(new.colours, new.lengths)
    for left, top, width, height in new.areas:
        area, pixels = pixels[: width * height], pixels[width * height :]
        after.view(np.uint32)[top : top + height, left : left + width, 0] = area.reshape(height, width)
    assert pixels.size == 0
    return after


places = st.tuples(
    st.integers(0, 119), st.integers(0, 159), st.integers(1, 60), st.integers(1, 80), st.integers(0, 255)
)


@given(st.lists(places, max_size=6))
def test_painting_the_changes_gives_the_new_picture(rectangles: list[tuple[int, ...]]) -> None:
    before = np.full((120, 160, 4), 255, np.uint8)
    after = before.copy()
    for top, left, height, width, colour in rectangles:
        after[top : top + height, left : left + width, :3] = colour
    new = changes(before, after)
    assert np.array_equal(painted(before, new), after)
    assert np.array_equal(painted(~after, changes(~after, after)), after)
    assert sum(width * height for _, _, width, height in new.areas) <= 120 * 160


def test_a_small_change_far_from_another_one_brings_nothing_between_them() -> None:
    before = np.full((200, 300, 4), 255, np.uint8)
    after = before.copy()
    after[10:12, 20:25, :3] = after[10:12, 200:203, :3] = after[150, 7, :3] = 0
    assert changes(before, after).areas == [(20, 10, 5, 2), (200, 10, 3, 2), (7, 150, 1, 1)]


def test_no_change_is_no_area() -> None:
    same = np.full((20, 30, 4), 255, np.uint8)
    new = changes(same, same.copy())
    assert (new.areas, new.lengths.size, new.colours.size) == ([], 0, 0)


def test_a_png_holds_the_pixels() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 30, 4), np.uint8)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png(pixels)))), pixels[..., :3])


def drawn(canvas: type[Any], text: str, **look: Any) -> tuple[Any, Pixels]:
    """Draw one text and return its box [pixels, from below] and the pixels."""
    with house_style():
        figure = Figure(figsize=(4, 1), dpi=200)
        paper = canvas(figure)
        label = figure.text(0.5, 0.5, text, **look)
        paper.draw()
        return label.get_window_extent(), np.asarray(paper.buffer_rgba())[..., :3].copy()


TEXTS = ["The difference prefers Large", "让渡价值最大：56 元/单", "−12.5 %", "jgpq Éß", "价 a 值 b"]


@pytest.mark.parametrize("look", [{}, {"ha": "right", "va": "top"}, {"weight": "bold", "ha": "center", "size": 14}])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_drawn_in_its_box(text: str, look: dict[str, Any]) -> None:
    box, pixels = drawn(QuickCanvas, text, **look)
    rows, columns = np.nonzero((pixels < 128).any(axis=2))
    height = pixels.shape[0]
    assert box.x0 - 2 <= columns.min() and columns.max() <= box.x1 + 2
    assert box.y0 - 2 <= height - rows.max() and height - rows.min() <= box.y1 + 2
    assert columns.max() - columns.min() > 0.85 * box.width


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_as_large_as_matplotlib_draws_it(text: str) -> None:
    quick, _ = drawn(QuickCanvas, text)
    usual, _ = drawn(FigureCanvasAgg, text)
    assert quick.width == pytest.approx(usual.width, rel=0.04)
    assert quick.height == pytest.approx(usual.height, rel=0.2)


def test_turned_and_mathematical_text_is_matplotlibs_own() -> None:
    for text, look in (("turned", {"rotation": 40}), (r"$\frac{a}{b}$", {})):
        quick, usual = (drawn(canvas, text, **look)[1] for canvas in (QuickCanvas, FigureCanvasAgg))
        assert (quick < 128).sum() == pytest.approx((usual < 128).sum(), rel=0.05)


def test_colour_and_transparency_are_kept() -> None:
    _, pixels = drawn(QuickCanvas, "■■■", color="#D55E00", size=20)
    assert (pixels == (0xD5, 0x5E, 0)).all(axis=2).any()
    _, pale = drawn(QuickCanvas, "■■■", color="black", alpha=0.5, size=20)
    assert 120 <= pale.min() <= 135


def test_a_character_that_no_font_has_is_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match=r"no font of the charts has the character '龘' \(U\+9F98\)"):
            drawn(QuickCanvas, "龘")


def test_the_width_of_a_text_is_what_is_drawn() -> None:
    text = "a wide 价值 text"
    box, _ = drawn(QuickCanvas, text, size=10)
    assert ems(text) * 10 * 200 / 72 == pytest.approx(box.width, rel=0.02)
