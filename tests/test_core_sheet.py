"""A moved picture is the picture drawn afresh, whatever the chart does; and what stands still is not drawn again."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator
from test_core_explorers import ends, every_explorer

from crmlab.core.charts import Chart, Easel, captioned, headline
from crmlab.core.text import use_language


def chart(drawing: Any) -> Chart[Any]:
    return captioned(lambda *_: "What the picture shows.", size=(3.0, 2.0))(drawing)


def framed(ax: Axes) -> None:
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 10)


def lines(n: int, ax: Axes) -> None:
    framed(ax)
    ax.plot([0, 10], [1, 9], color="grey")
    ax.plot([0, 10], [n, n], color="black")
    ax.text(5, 5, f"n is {n}")


def more_or_fewer(n: int, ax: Axes) -> None:
    framed(ax)
    for k in range(n):
        ax.text(k, k, str(k))
    ax.axhline(4)


def limits_follow(n: int, ax: Axes) -> None:
    ax.plot([0, n], [0, n * n])


def limits_are_read(n: int, ax: Axes) -> None:
    ax.plot([0, n], [0, n])
    top = ax.get_ylim()[1]
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 2 * top)


def limits_are_set_then_read(n: int, ax: Axes) -> None:
    framed(ax)
    ax.text(1, ax.get_ylim()[1] - n, "below the top")


def a_spine_comes_and_goes(n: int, ax: Axes) -> None:
    framed(ax)
    if n % 2:
        ax.spines["left"].set_visible(False)
        ax.spines[["top", "right"]].set_visible(True)


def ticks_change(n: int, ax: Axes) -> None:
    framed(ax)
    ax.set_xticks([0, n], ["none", f"{n}"])
    ax.xaxis.set_major_locator(MultipleLocator(1 + n % 3))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y * n:g}"))


def labels_turn(n: int, ax: Axes) -> None:
    framed(ax)
    ax.set_xticks([1, 2, 3])
    for label in ax.get_xticklabels():
        label.set_rotation(10 * (n % 3))


def a_title_changes(n: int, ax: Axes) -> None:
    framed(ax)
    if n > 2:
        ax.set_title(f"n is {n}", color="red")
    ax.set_xlabel("x" * (n % 3))


def a_finding_changes(n: int, ax: Axes) -> None:
    framed(ax)
    headline(ax, f"The number is {n}")


def ticks_by_the_back_door(n: int, ax: Axes) -> None:
    framed(ax)
    ax.bar([1, 2], [n, 3], tick_label=[f"first {n}", "second"])


def categories(n: int, ax: Axes) -> None:
    ax.set_xlim(-1, 3)
    ax.set_ylim(0, 10)
    ax.bar(["a", f"b{n}"], [1, n])


def dates(n: int, ax: Axes) -> None:
    ax.set_ylim(0, 10)
    ax.plot([datetime.date(2026, 1, 1), datetime.date(2026, 1, 1 + n)], [0, n])


def artists_change_after_birth(n: int, ax: Axes) -> None:
    framed(ax)
    (line,) = ax.plot([0, 10], [0, 10], color="blue")
    bars = ax.bar([2, 4], [3, 6], color="orange")
    if n % 3 == 0:
        line.set_color("red")
        bars[1].set_hatch("//")
        line.set_zorder(5)


def without_colours(n: int, ax: Axes) -> None:
    framed(ax)
    for k in range(3):
        ax.plot([0, 10], [k, n if k == 1 else 2 * k])


def own_colours(n: int, ax: Axes) -> None:
    framed(ax)
    ax.set_prop_cycle(color=["red", "green", "blue"])
    ax.plot([0, 10], [1, 2])
    ax.plot([0, 10], [n, n])


def two_axes(n: int, ax: Axes) -> None:
    framed(ax)
    other = ax.twinx()
    other.set_ylim(0, 2 * n + 1)
    other.plot([0, 10], [n, 0])


def an_inset(n: int, ax: Axes) -> None:
    framed(ax)
    inset = ax.inset_axes((0.6, 0.6, 0.3, 0.3))
    inset.set_xlim(0, 10)
    inset.set_ylim(0, 1)
    inset.set_yticks([])
    inset.plot([n], [0.5], "o")
    if n > 5:
        inset.text(n, 0.2, "high")


def a_legend(n: int, ax: Axes) -> None:
    framed(ax)
    (line,) = ax.plot([0, 10], [n, n], label=f"n is {n}")
    still = ax.plot([0, 10], [1, 1], label="one")
    ax.legend(handles=[line, *still])


def a_legend_that_looks_for_itself(n: int, ax: Axes) -> None:
    framed(ax)
    ax.plot([0, 10], [1, 1], label=f"n is {n}")
    ax.legend()


def labels_of_bars_that_change(n: int, ax: Axes) -> None:
    framed(ax)
    bars = ax.bar([1, 2], [4, 5])
    if n % 3 == 0:
        bars[0].set_height(n)
    ax.bar_label(bars)


def places_are_read(n: int, ax: Axes) -> None:
    x, _ = ax.transData.transform((0.5, 0.5))
    framed(ax)
    ax.text(5, n, f"{x:.0f}")


def containers(n: int, ax: Axes) -> None:
    framed(ax)
    bars = ax.barh([1, 2], [n, 3])
    ax.bar_label(bars)
    ax.errorbar([2, 4], [3, n], yerr=1)
    ax.stem([1, 2], [n, 5])
    ax.fill_between([0, 10], [0, n], alpha=0.3)
    ax.hist([1, 2, 2, n], bins=[0, 2, 4, 10])


def words_on_the_figure(n: int, ax: Axes) -> None:
    framed(ax)
    figure = ax.get_figure()
    assert figure is not None
    figure.text(0.5, 0.5, f"{n % 2}")


def pandas_draws(n: int, ax: Axes) -> None:
    pd.Series([1.0, n, 3.0]).plot(ax=ax)


def unknown_to_the_sheet(n: int, ax: Axes) -> None:
    ax.imshow(np.full((2, 2), n), vmin=0, vmax=10)
    ax.semilogx([1, 10 * (n + 1)], [0, 1])


def scale_changes(n: int, ax: Axes) -> None:
    ax.set_xscale("log" if n % 2 else "linear")
    ax.set_xlim(1, 100)
    ax.set_ylim(0, 10)
    ax.plot([1, 50], [n, 5])


def drawn_in_layers(n: int, ax: Axes) -> None:
    framed(ax)
    ax.scatter([2, 5], [5, n], s=900, color="orange", zorder=4)
    ax.axvline(n, color="black", linewidth=5)
    ax.text(2, 5, "above all", zorder=9)
    ax.axhspan(0, n, color="green", zorder=1)


def rotated_and_mathematical(n: int, ax: Axes) -> None:
    framed(ax)
    ax.text(2, 2, f"turned {n}", rotation=30)
    ax.text(5, 5, rf"$x^{n}$")
    ax.annotate(f"{n}", (n, n), (5, 1), arrowprops={"arrowstyle": "->"}, bbox={"facecolor": "white"})


ODD = [
    value
    for value in list(globals().values())
    if getattr(value, "__annotations__", {}).get("n") == "int" and value.__module__ == __name__
]


@pytest.mark.parametrize("drawing", ODD, ids=lambda drawing: drawing.__name__)
def test_a_moved_picture_is_the_picture_drawn_afresh(drawing: Any) -> None:
    easel = Easel(chart(drawing))
    fresh = {n: Easel(chart(drawing)).draw(n).copy() for n in range(1, 7)}
    assert len({picture.tobytes() for picture in fresh.values()}) > 1
    for n in (1, 2, 3, 3, 2, 6, 5, 4, 5, 6, 3, 1, 1, 1, 2):
        assert np.array_equal(easel.draw(n), fresh[n]), n


@every_explorer
def test_a_walk_through_an_explorer_ends_where_a_direct_way_does(slug: str, name: str) -> None:
    use_language("zh")
    make = getattr(import_module(f"crmlab.{slug}.explorer"), name)
    explorer = make()
    parts = [part for widget in explorer.controls.values() for part, *_ in ends(widget)]

    @given(st.lists(st.tuples(st.sampled_from(range(len(parts))), st.floats(0, 1)), min_size=1, max_size=8))
    @settings(max_examples=8, deadline=None)
    def walk(moves: list[tuple[int, float]]) -> None:
        for number, share in moves:
            part = parts[number]
            if hasattr(part, "options"):
                part.index = round(share * (len(part.options) - 1))
            else:
                part.value = part.min + round(share * (part.max - part.min) / part.step) * part.step
        assert np.array_equal(explorer._picture.pixels, Easel(explorer._chart).draw(explorer.result))

    walk()


class Counted(Easel):
    """An easel that counts what it draws."""

    def __init__(self, drawing: Any) -> None:
        super().__init__(chart(drawing))
        self.frames = 0
        self.drawn: list[int] = []

    def _draw_afresh(self, args: tuple[Any, ...]) -> Any:
        self.frames += 1
        return super()._draw_afresh(args)

    def _draw_all(self, artists: list[Any]) -> None:
        self.drawn.append(len(artists))
        super()._draw_all(artists)


def test_a_frame_that_stands_still_is_drawn_once() -> None:
    easel = Counted(lines)
    for n in range(9):
        easel.draw(n)
    assert easel.frames == 1


def test_artists_below_those_that_move_are_drawn_once() -> None:
    easel = Counted(lines)
    for n in range(6):
        easel.draw(n)
    assert easel.drawn[-3:] == [2, 2, 2]  # of three: the moving line and the text above it


def test_a_changed_limit_draws_the_frame_again() -> None:
    def growing(n: int, ax: Axes) -> None:
        ax.set_xlim(0, 10)
        ax.set_ylim(0, 10 if n < 3 else 20)

    easel = Counted(growing)
    for n in range(6):
        easel.draw(n)
    assert easel.frames == 2


def test_a_chart_that_fails_says_what_it_would_say_on_axes() -> None:
    def failing(n: int, ax: Axes) -> None:
        framed(ax)
        if n > 2:
            raise ValueError("n is too high.")

    easel = Easel(chart(failing))
    before = easel.draw(1).copy()
    with pytest.raises(ValueError, match=r"n is too high\."):
        easel.draw(3)
    assert np.array_equal(easel.draw(1), before)
