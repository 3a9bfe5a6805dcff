"""Charts: captions, the palette, fonts that do not depend on the machine, pictures that do not change."""

from __future__ import annotations

import io
import warnings
from itertools import combinations, pairwise
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure
from PIL import Image

from crmlab.core import charts
from crmlab.core.agg import png
from crmlab.core.charts import HATCHES, MARKERS, PALETTE, SERIES, Easel, captioned, draw, house_style, spread
from crmlab.core.text import use_language


@captioned(lambda numbers: f"The largest of {len(numbers)} numbers is {max(numbers)}.", size=(5.0, 3.0))
def bars(numbers: list[float], ax: Any) -> Any:
    """Bars with Chinese and English words."""
    ax.bar(range(len(numbers)), numbers)
    ax.set_title("客户让渡价值 of customers")
    return ax


def test_a_picture_is_sharp_small_and_carries_its_sentence() -> None:
    picture = draw(bars, [3, 7, 5])
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (1000, 600) and (picture.width, picture.height) == (500, 300)
    assert picture.caption == "The largest of 3 numbers is 7."
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == picture.caption
    assert metadata["image/png"] == {"width": 500, "height": 300}


def test_what_is_no_chart_is_named() -> None:
    with pytest.raises(TypeError, match="draw got a list; first comes a chart"):
        draw([3, 7, 5], bars)  # type: ignore[arg-type]


def test_the_same_data_give_the_same_picture_on_a_used_easel() -> None:
    easel = Easel(bars)
    first = png(easel.draw([3, 7, 5]))
    assert png(easel.draw([1, 2])) != first
    assert png(easel.draw([3, 7, 5])) == first == draw(bars, [3, 7, 5]).png


def test_drawing_leaves_no_trace_in_the_settings_of_matplotlib() -> None:
    before = dict(matplotlib.rcParams)
    draw(bars, [1])
    assert dict(matplotlib.rcParams) == before


def test_chinese_needs_no_font_of_the_machine() -> None:
    use_language("zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(bars, [1])
    with house_style():
        text = Figure().text(0, 0, "价")
        assert text.get_fontfamily() == ["DejaVu Sans", charts.CHINESE_FONT]


def test_a_chart_draws_on_given_axes() -> None:
    ax = Figure().add_subplot()
    assert bars([1, 2], ax) is ax
    assert len(ax.patches) == 2


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_series_differ_in_more_than_colour() -> None:
    assert len(SERIES) == len(HATCHES) == len(MARKERS) == 4
    assert len(set(HATCHES)) == len(set(MARKERS)) == 4
    assert set(SERIES) <= set(PALETTE.values())
    assert all(abs(luminance(one) - luminance(other)) > 0.01 for one, other in combinations(SERIES, 2))


@pytest.mark.parametrize("heights", [[1, 1.1, 1.2], [5, 0, 9], [0, 0, 0, 0], [10, 10]])
def test_spread_keeps_order_gap_and_limits(heights: list[float]) -> None:
    moved = spread(heights, gap=2, low=0, high=10)
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    places = [moved[k] for k in order]
    assert all(later - earlier >= 2 - 1e-9 for earlier, later in pairwise(places))
    assert min(moved) >= -1e-9 and max(moved) <= 10 + 1e-9
