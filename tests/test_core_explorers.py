"""Every explorer of the kit, dragged to every end of its controls; and what the mechanism does when a model refuses."""

from __future__ import annotations

import gc
import io
import threading
import tracemalloc
import warnings
import weakref
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from crmlab.core.charts import SHARPNESS, captioned, house_style
from crmlab.core.course import chapters
from crmlab.core.explorers import Choice, Explorer, Pairs, Slider, Sliders, Table
from crmlab.core.text import Text, use_language

EXPLORERS = [
    (chapter.slug, name)
    for chapter in chapters()
    if chapter.ready
    for name in import_module(f"crmlab.{chapter.slug}.explorer").__all__
]

every_explorer = pytest.mark.parametrize(("slug", "name"), EXPLORERS)
in_both_languages = pytest.mark.parametrize("lang", ["en", "zh"])


def made(slug: str, name: str) -> Explorer[Any]:
    explorer: Explorer[Any] = getattr(import_module(f"crmlab.{slug}.explorer"), name)()
    return explorer


def ends(widget: Any) -> list[tuple[Any, Any, Any]]:
    """Return (widget, lowest, highest) of everything that moves inside a control."""
    if hasattr(widget, "cells"):
        return [end for cell in widget.cells.values() for end in ends(cell)]
    if hasattr(widget, "options"):
        values = [value[1] if isinstance(value, tuple) else value for value in widget.options]
        return [(widget, values[0], values[-1])]
    return [(widget, widget.min, widget.max)]


def assert_whole(explorer: Explorer[Any]) -> None:
    """The picture is a sharp PNG, and its sentence is what a stored notebook keeps."""
    picture = Image.open(io.BytesIO(explorer.png))
    data, metadata = explorer._repr_mimebundle_()
    assert picture.format == "PNG"
    assert picture.width == metadata["image/png"]["width"] * SHARPNESS
    assert data["text/plain"] == explorer.caption
    assert len(explorer.caption) > 20 and explorer.caption[-1] in ".。!?"


def cut_off(explorer: Explorer[Any]) -> list[Any]:
    """Return the words of a picture (titles, labels, ticks as drawn) that its edge cuts off."""
    figure = explorer._easel.figure
    renderer = explorer._easel.canvas.get_renderer()
    edge = figure.bbox.padded(2)
    parts = [
        part
        for ax in [*figure.axes, *(child for ax in figure.axes for child in ax.child_axes)]
        for part in (ax.xaxis, ax.yaxis, ax.title, ax._left_title, *ax.texts)
    ]
    with house_style():
        boxes = [(part, part.get_tightbbox(renderer)) for part in [*parts, *figure.texts]]
    return [
        getattr(part, "get_text", lambda part=part: part)()
        for part, box in boxes
        if box is not None
        and box.width > 0
        and not (edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1)
    ]


def test_the_kit_has_explorers() -> None:
    assert len(EXPLORERS) >= 5


@every_explorer
@in_both_languages
def test_every_end_of_every_control_gives_a_picture_and_a_sentence(slug: str, name: str, lang: str) -> None:
    use_language(lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing Chinese glyph is a warning of matplotlib
        explorer = made(slug, name)
        start, said = explorer.png, explorer.caption
        assert_whole(explorer)
        assert cut_off(explorer) == []
        seen = set()
        for widget in explorer.controls.values():
            for part, low, high in ends(widget):
                for value in (low, high):
                    part.value = value
                    assert_whole(explorer)
                    seen.add(explorer.png)
                explorer.reset()
                assert (explorer.png, explorer.caption) == (start, said)
        assert len(seen - {start}) >= len(explorer.controls)


@every_explorer
def test_all_controls_at_their_ends_at_once(slug: str, name: str) -> None:
    explorer = made(slug, name)
    widgets = [end for widget in explorer.controls.values() for end in ends(widget)]
    corners = product((1, 2), repeat=len(widgets)) if len(widgets) <= 4 else [(1,) * len(widgets), (2,) * len(widgets)]
    for corner in corners:
        with explorer._one_update():
            for (part, *values), side in zip(widgets, corner, strict=True):
                part.value = values[side - 1]
        assert_whole(explorer)
        assert cut_off(explorer) == []


@every_explorer
@in_both_languages
def test_controls_are_few_and_named_with_their_unit(slug: str, name: str, lang: str) -> None:
    use_language(lang)
    explorer = made(slug, name)
    assert len(explorer.controls) <= 4
    for widget in explorer.controls.values():
        if hasattr(widget, "max") and not hasattr(widget, "cells"):
            assert widget.description.rstrip(":：").endswith("]"), widget.description


@every_explorer
def test_the_first_line_says_what_is_varied(slug: str, name: str) -> None:
    doc = getattr(import_module(f"crmlab.{slug}.explorer"), name).__doc__
    assert doc.startswith("Vary ")


# --- the mechanism --------------------------------------------------------------------------------------------------


@captioned(lambda number: f"The bar is {number:g} high, as the slider says.")
def bar(number: float, ax: Any) -> Any:
    ax.bar([0], [number])
    ax.set_ylim(0, 10)
    return ax


def slider(**changes: Any) -> Slider:
    words = {"label": Text(en="Height", zh="高度"), "unit": Text(en="metres", zh="米")}
    return Slider(**{**words, "low": 0, "high": 10, "step": 1, "start": 3, **changes})


def half(height: float) -> float:
    if height > 8:
        raise ValueError("height is above 8; allowed are 0 to 8.")
    return height / 2


def test_a_move_changes_result_picture_and_sentence() -> None:
    explorer = Explorer({"height": slider()}, half, bar, Text(en="Move it.", zh="动一动。"))
    before = explorer.png
    explorer.controls["height"].value = 6
    assert (explorer.result, explorer.caption) == (3, "The bar is 3 high, as the slider says.")
    assert explorer.png != before


def test_a_model_that_refuses_shows_its_sentence_and_recovers() -> None:
    explorer = Explorer({"height": slider()}, half, bar, Text(en="Move it.", zh="动一动。"))
    before = explorer.png
    explorer.controls["height"].value = 10
    assert (explorer.result, explorer.caption, explorer.png) == (None, "height is above 8; allowed are 0 to 8.", b"")
    assert "image/png" not in explorer._repr_mimebundle_()[0]
    explorer.controls["height"].value = 3
    assert (explorer.result, explorer.png) == (1.5, before)


def test_a_model_that_fails_shows_a_sentence_instead_of_the_last_picture_and_recovers() -> None:
    explorer = Explorer({"height": slider()}, lambda height: 6 / (height - 7), bar, Text(en="Move it.", zh="动一动。"))
    before = explorer.png
    explorer.controls["height"].value = 7
    assert (explorer.result, explorer.png) == (None, b"")
    assert explorer.caption.startswith("There is no picture for these values (ZeroDivisionError: ")
    explorer.controls["height"].value = 3
    assert explorer.png == before


def test_a_chart_that_fails_shows_a_sentence_too() -> None:
    @captioned(lambda number: "The bar is as high as the slider says.")
    def refusing(number: float, ax: Any) -> Any:
        if number > 8:
            raise ValueError("number is above 8; allowed are 0 to 8.")
        return bar.drawing(number, ax)

    explorer = Explorer({"height": slider()}, lambda height: height, refusing, Text(en="Move it.", zh="动一动。"))
    explorer.controls["height"].value = 9
    assert (explorer.png, explorer.caption) == (b"", "number is above 8; allowed are 0 to 8.")


def test_a_fifth_control_is_refused() -> None:
    controls = {f"height_{number}": slider() for number in range(5)}
    with pytest.raises(ValueError, match="5 controls"):
        Explorer(controls, lambda **heights: 1.0, bar, Text(en="Move it.", zh="动一动。"))


def test_reset_draws_once() -> None:
    drawn = []

    def model(one: float, other: float) -> float:
        drawn.append((one, other))
        return one

    explorer = Explorer({"one": slider(), "other": slider()}, model, bar, Text(en="Move it.", zh="动一动。"))
    explorer.controls["one"].value = 5
    explorer.controls["other"].value = 5
    explorer.reset()
    assert drawn == [(3, 3), (5, 3), (5, 5), (3, 3)]


def test_a_table_gives_the_model_a_table_and_takes_one_back() -> None:
    import pandas as pd

    start = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=["x", "y"])
    words = {key: Text(en=key, zh=key) for key in "abxy"}
    control = Table(
        label=words["a"],
        unit=Text(en="m", zh="米"),
        rows={key: words[key] for key in "xy"},
        columns={key: words[key] for key in "ab"},
        start=start,
        low=0,
        high=10,
        step=1,
    )
    explorer = Explorer({"table": control}, lambda table: float(table.to_numpy().sum()), bar, words["a"])
    assert explorer.result == 10
    explorer.controls["table"].cells["y", "b"].value = 9
    assert explorer.result == 15
    explorer.reset()
    assert explorer.result == 10
    assert explorer.controls["table"].cells["x", "a"].description == "a, x [m]"


def test_pairs_give_ratios_and_choices_give_keys() -> None:
    items = {key: Text(en=key, zh=key) for key in "abc"}
    explorer = Explorer(
        {
            "pairs": Pairs(items["a"], items, {("a", "b"): 3.0, ("b", "c"): 1 / 2}),
            "kind": Choice(items["a"], {"one": items["a"], "two": items["b"]}, "one"),
        },
        lambda pairs, kind: pairs["a", "b"] / pairs["b", "c"] * (2 if kind == "two" else 1),
        bar,
        items["a"],
    )
    assert explorer.result == 6
    explorer.controls["kind"].value = "two"
    assert explorer.result == 12
    explorer.controls["pairs"].cells["a", "b"].value = 1.0
    assert explorer.result == pytest.approx(4)


def mixer() -> tuple[Explorer[float], list[dict[str, float]]]:
    """An explorer with two numbers and two ready-made sets of them, and what its model has been given."""
    words = {key: Text(en=key, zh=f"{key} 项") for key in "ab"}
    given = []

    def model(mixture: dict[str, float]) -> float:
        given.append(dict(mixture))
        return sum(mixture.values())

    control = Sliders(
        label=Text(en="Start from", zh="先选"),
        unit=Text(en="m", zh="米"),
        items=words,
        presets={"low": (Text(en="little", zh="少"), {"a": 1, "b": 0.3}), "high": (words["b"], {"a": 7, "b": 0.9})},
        start="low",
        low=0,
        high=8,
        step=0.1,
    )
    return Explorer({"mixture": control}, model, bar, Text(en="Mix.", zh="调。")), given


def test_sliders_start_at_a_ready_made_set_and_are_named() -> None:
    explorer, given = mixer()
    menu, a, b = explorer.controls["mixture"].children
    assert given == [{"a": 1, "b": 0.3}] and explorer.result == 1.3
    assert (menu.value, a.value, b.value) == ("low", 1, 0.3)
    assert (menu.description, menu.options) == (
        "Start from",
        (("little", "low"), ("b", "high"), ("a mixture of your own", "own")),
    )
    assert [(one.description, one.min, one.max, one.step) for one in (a, b)] == [
        ("a [m]", 0, 8, 0.1),
        ("b [m]", 0, 8, 0.1),
    ]
    use_language("zh")
    menu, a, _ = mixer()[0].controls["mixture"].children
    assert (menu.description, menu.options[-1], a.description) == ("先选", ("自己调配", "own"), "a 项 [米]")


def test_a_ready_made_set_moves_the_sliders_and_draws_once() -> None:
    explorer, given = mixer()
    cells = explorer.controls["mixture"].cells
    cells["preset"].value = "high"
    assert (cells["a"].value, cells["b"].value, cells["preset"].value) == (7, 0.9, "high")
    assert given == [{"a": 1, "b": 0.3}, {"a": 7, "b": 0.9}]
    cells["preset"].value = "low"
    assert (cells["a"].value, cells["preset"].value, explorer.result) == (1, "low", 1.3)


def test_a_moved_slider_makes_the_mixture_ones_own_until_the_numbers_are_those_of_a_set() -> None:
    explorer, given = mixer()
    cells = explorer.controls["mixture"].cells
    cells["a"].value = 2.5
    assert (cells["preset"].value, cells["b"].value, explorer.result) == ("own", 0.3, 2.8)
    assert given[1:] == [{"a": 2.5, "b": 0.3}]
    for item, number, name in (("a", 7, "own"), ("b", 0.9, "high"), ("a", 1, "own"), ("b", 0.3, "low")):
        cells[item].value = number
        assert cells["preset"].value == name
    assert len(given) == 6


def test_calling_a_mixture_ones_own_moves_nothing() -> None:
    explorer, given = mixer()
    cells = explorer.controls["mixture"].cells
    cells["preset"].value = "own"
    assert (cells["a"].value, cells["b"].value, len(given)) == (1, 0.3, 1)
    assert cells["preset"].value == "low"  # the menu says what the sliders show


def test_sliders_return_to_their_set_and_take_numbers_from_outside() -> None:
    explorer, given = mixer()
    group = explorer.controls["mixture"]
    start = explorer.png
    group.cells["a"].value = 4
    group.cells["b"].value = 0
    explorer.reset()
    assert (group.cells["preset"].value, group.cells["a"].value, group.cells["b"].value) == ("low", 1, 0.3)
    assert (given[-1], explorer.png) == ({"a": 1, "b": 0.3}, start)
    group.value = {"a": 5, "b": 2}
    assert (group.cells["preset"].value, group.cells["a"].value, group.cells["b"].value) == ("own", 5, 2)
    group.value = {"a": 7, "b": 0.9}
    assert group.cells["preset"].value == "high"


@every_explorer
def test_the_browser_knows_where_every_control_starts(slug: str, name: str) -> None:
    explorer = made(slug, name)
    start, said = explorer.png, explorer.caption
    parts = [part for widget in explorer.controls.values() for part, *_ in ends(widget)]
    for part, _, high in (end for widget in explorer.controls.values() for end in ends(widget)):
        part.value = high
    assert explorer.png != start
    for part in parts:
        part.set_state(explorer._picture.start[part.model_id])  # as a message from the browser does
    assert set(explorer._picture.start) == {part.model_id for part in parts}
    assert (explorer.png, explorer.caption) == (start, said)


def test_the_page_has_the_first_picture_before_python_answers_and_never_an_old_one() -> None:
    explorer = explorer_of_no_name()
    explorer._repr_mimebundle_()
    first = explorer._picture.first
    assert (first["caption"], first["message"]) == (explorer.caption, "")
    assert Image.open(io.BytesIO(first["png"])).size == Image.open(io.BytesIO(explorer.png)).size
    explorer.controls["height"].value = 6
    assert explorer._picture.first == {}


# --- where anywidget is missing in the browser -----------------------------------------------------------------------


def test_without_anywidget_a_plain_image_follows_the_controls() -> None:
    explorer = Explorer({"height": slider()}, half, bar, Text(en="Move it.", zh="动一动。"))
    explorer._stage.fall_back()
    room, image, words = explorer._stage.children
    assert room.layout.display == "none"
    assert (image.value, words.value) == (explorer.png, explorer.caption)
    explorer.controls["height"].value = 6
    assert (image.value, words.value) == (explorer.png, "The bar is 3 high, as the slider says.")
    explorer.controls["height"].value = 10
    assert (image.layout.visibility, words.value) == ("hidden", "height is above 8; allowed are 0 to 8.")


def test_a_browser_that_shows_the_picture_late_gets_it_back() -> None:
    explorer = Explorer({"height": slider()}, half, bar, Text(en="Move it.", zh="动一动。"))
    explorer._stage.fall_back()
    explorer._picture._handle_custom_msg({"ask": "picture"}, [])  # as the front end does when it begins
    (room,) = explorer._stage.children
    assert (room.children, room.layout.display) == ((explorer._picture,), None)
    explorer._stage.fall_back()
    assert explorer._stage.children == (room,)


# --- memory ----------------------------------------------------------------------------------------------------------


def explorer_of_no_name() -> Explorer[float]:
    return Explorer({"height": slider()}, half, bar, Text(en="Move it.", zh="动一动。"))


def test_closing_an_explorer_frees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmlab.core.explorers.running_cell", lambda: ("a", 1))
    widgets = set(_instances)
    explorer = explorer_of_no_name()
    explorer._repr_mimebundle_()
    explorer.controls["height"].value = 5
    gone = [weakref.ref(explorer), weakref.ref(explorer._easel), weakref.ref(explorer._easel.figure)]
    explorer.close()
    del explorer
    gc.collect()
    assert [one() for one in gone] == [None] * 3
    assert set(_instances) == widgets


def test_a_cell_run_again_frees_what_it_showed(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(cell: str, number: int, explorer: Explorer[float]) -> None:
        monkeypatch.setattr("crmlab.core.explorers.running_cell", lambda: (cell, number))
        explorer._repr_mimebundle_()

    closed = []

    class Noted(Explorer[float]):
        def close(self) -> None:
            closed.append(self)
            super().close()

    one, two, three = (Noted({"height": slider()}, half, bar, Text(en="Go.", zh="走。")) for _ in range(3))
    run("a", 1, one)
    run("a", 1, two)  # two in one cell
    run("b", 2, two)  # and one of them in another cell as well
    assert closed == []
    run("a", 3, three)
    assert closed == [one]
    run("b", 4, three)
    assert closed == [one, two]
    run("a", 5, three)
    assert closed == [one, two]


def test_memory_is_flat_while_a_control_moves() -> None:
    explorer = explorer_of_no_name()

    def there_and_back(times: int) -> None:
        for _ in range(times):
            for height in (*range(11), *range(9, 0, -1)):
                explorer.controls["height"].value = height

    there_and_back(3)
    gc.collect()
    tracemalloc.start()
    there_and_back(1)
    before, _ = tracemalloc.get_traced_memory()
    there_and_back(10)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 100_000


def test_moves_from_several_threads_at_once_all_arrive_and_draw_one_after_the_other() -> None:
    # JupyterLab 4.6 handles messages of widgets in a thread of their own, beside the cells.
    explorer, given = mixer()
    drawing, at_once = threading.Lock(), []
    draw = explorer._easel.draw

    def alone(*args: Any) -> Any:
        at_once.append(not drawing.acquire(blocking=False))
        try:
            return draw(*args)
        finally:
            if drawing.locked():
                drawing.release()

    explorer._easel.draw = alone
    cells = explorer.controls["mixture"].cells

    def move(item: str, numbers: list[float]) -> None:
        for number in numbers:
            cells[item].value = number

    threads = [
        threading.Thread(target=move, args=("a", [k / 10 for k in range(20)])),
        threading.Thread(target=move, args=("b", [k / 10 for k in range(20, 0, -1)])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not any(at_once) and len(at_once) > 20
    assert (cells["a"].value, cells["b"].value) == (1.9, 0.1)
    assert given[-1] == {"a": 1.9, "b": 0.1} and explorer.result == pytest.approx(2.0)
    assert not explorer._picture.message
