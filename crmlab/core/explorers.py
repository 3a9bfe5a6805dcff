"""Explorers: a few controls, a pure model, a chart, one sentence. Move a control and the thing itself moves.

An explorer computes and draws nothing of its own. It binds controls to a model function and hands the result to a
captioned chart; tests drive it without a browser through ``explorer.controls["price"].value = 90``.
"""

from __future__ import annotations

import asyncio
import base64
import html
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import ipywidgets as widgets
import pandas as pd
import traitlets

from crmlab.core.agg import png
from crmlab.core.charts import Chart, Easel
from crmlab.core.picture import Drawing, Picture, Stage, running_cell
from crmlab.core.text import Text, language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

R = TypeVar("R")
MOST_CONTROLS = 4
PATIENCE_S = 8  # how long a browser may take to show the first picture before it is given a plain one
_log = logging.getLogger(__name__)
#: JupyterLab may handle the messages of different controls in different threads at once, as when all are reset.
_one_move = threading.RLock()


class Control(Protocol):
    """What an explorer asks of a control: a new widget at the start value; its ``value`` goes to the model."""

    def widget(self) -> Any:
        """Make the widget."""


@dataclass(frozen=True)
class Slider:
    """One number.

    Parameters
    ----------
    label, unit
        Shown together, as in ``Price [yuan per month]``.
    low, high, step, start
        Ends of the range, width of a step and the start value, in the unit.
    """

    label: Text
    unit: Text
    low: float
    high: float
    step: float
    start: float

    def __post_init__(self) -> None:
        if not self.low <= self.start <= self.high:
            raise ValueError(f"slider {self.label.en!r} starts at {self.start}; allowed is {self.low} to {self.high}.")

    def widget(self) -> widgets.FloatSlider:
        """Make the slider."""
        return widgets.FloatSlider(
            value=self.start,
            min=self.low,
            max=self.high,
            step=self.step,
            description=f"{self.label} [{self.unit}]",
            readout_format=f",.{_decimals(self.step)}f",
            style={"description_width": "initial"},
        )


@dataclass(frozen=True)
class Choice:
    """One of several named options; the model receives the key."""

    label: Text
    options: Mapping[str, Text]
    start: str

    def widget(self) -> widgets.Dropdown:
        """Make the menu."""
        return widgets.Dropdown(
            options=[(str(text), key) for key, text in self.options.items()],
            value=self.start,
            description=str(self.label),
            style={"description_width": "initial"},
        )


@dataclass(frozen=True)
class Table:
    """A small table of numbers to edit; the model receives a DataFrame with the keys as labels.

    Parameters
    ----------
    label, unit
        Shown together above the table; all cells share the unit.
    rows, columns
        Key and shown name of each row and column.
    start
        Anything that ``pandas.DataFrame`` takes, with those rows and columns.
    low, high, step
        Ends of the range of each cell and width of a step.
    """

    label: Text
    unit: Text
    rows: Mapping[str, Text]
    columns: Mapping[str, Text]
    start: Any
    low: float = 0.0
    high: float = 1000.0
    step: float = 1.0

    def widget(self) -> TableGrid:
        """Make the grid."""
        return TableGrid(self)


class TableGrid(widgets.VBox):  # type: ignore[misc]
    """The grid of a :class:`Table`: ``.value`` is the DataFrame, ``.cells[row, column]`` one field."""

    value = traitlets.Any()

    def __init__(self, table: Table) -> None:
        start = pd.DataFrame(table.start).loc[list(table.rows), list(table.columns)].astype(float)
        self.cells = {
            (row, column): widgets.BoundedFloatText(
                value=start.loc[row, column],
                min=table.low,
                max=table.high,
                step=table.step,
                description=f"{column_name}, {row_name} [{table.unit}]",
                style={"description_width": "initial"},
            )
            for row, row_name in table.rows.items()
            for column, column_name in table.columns.items()
        }
        grid: list[Any] = [widgets.HTML()]
        grid += [_html(f"<b>{html.escape(str(name))}</b>") for name in table.columns.values()]
        for row, row_name in table.rows.items():
            grid += [_html(html.escape(str(row_name))), *(self.cells[row, column] for column in table.columns)]
        body = widgets.GridBox(
            grid,
            layout={
                "grid_template_columns": f"minmax(5.5rem, 1.4fr) repeat({len(table.columns)}, minmax(4.2rem, 1fr))"
            },
        )
        body.add_class("crmlab-table")
        super().__init__([_heading(f"{table.label} [{table.unit}]"), body], value=start)
        self._filling = False
        for cell in self.cells.values():
            cell.observe(self._typed, "value")
        self.observe(self._filled, "value")

    def _typed(self, change: Any) -> None:
        with _one_move:
            if not self._filling:
                place = next(place for place, cell in self.cells.items() if cell is change["owner"])
                numbers = self.value.copy()
                numbers.loc[place] = change["new"]
                self.value = numbers

    def _filled(self, change: Any) -> None:
        with _one_move:
            self._filling = True
            for cell, number in zip(self.cells.values(), change["new"].to_numpy().flat, strict=True):
                cell.value = number
            self._filling = False


@dataclass(frozen=True)
class Pairs:
    """Paired comparisons on Saaty's scale from 9 (the first is far more important) over 1 (equal) to 1/9.

    The model receives a mapping from each pair to how many times its first counts as much as its second.

    Parameters
    ----------
    label
        The question asked of each pair.
    items
        Key and shown name of each thing compared.
    start
        Start value of each pair, as in ``{("product", "service"): 3}``; these pairs are asked, in this order.
    """

    label: Text
    items: Mapping[str, Text]
    start: Mapping[tuple[str, str], float]

    def widget(self) -> PairSliders:
        """Make the row of sliders."""
        return PairSliders(self)


#: From "the first is far more important" to "the second is": the answers that Saaty's scale allows.
SAATY = (*(float(n) for n in range(9, 1, -1)), 1.0, *(1 / n for n in range(2, 10)))
_MORE = (
    Text(en="{one} slightly more", zh="{one}稍微重要"),
    Text(en="{one} clearly more", zh="{one}明显重要"),
    Text(en="{one} much more", zh="{one}强烈重要"),
    Text(en="{one} extremely more", zh="{one}极端重要"),
)
_EQUAL = Text(en="equally important", zh="同等重要")


class PairSliders(widgets.VBox):  # type: ignore[misc]
    """The sliders of :class:`Pairs`: ``.value`` maps pairs to ratios, ``.cells[first, second]`` is one slider."""

    value: traitlets.Dict[tuple[str, str], float] = traitlets.Dict()

    def __init__(self, pairs: Pairs) -> None:
        self.cells = {
            (one, other): widgets.SelectionSlider(
                options=_saaty_words(pairs.items[one], pairs.items[other]),
                index=_nearest(ratio),
                description=say(
                    en=f"{pairs.items[one].en} or {_low(pairs.items[other].en)}:",
                    zh=f"{pairs.items[one].zh}与{pairs.items[other].zh}：",
                ),
                style={"description_width": "initial"},
            )
            for (one, other), ratio in pairs.start.items()
        }
        super().__init__([_heading(str(pairs.label)), *self.cells.values()], value=self._ratios())
        self.add_class("crmlab-pairs")
        self._filling = False
        for cell in self.cells.values():
            cell.observe(self._moved, "value")
        self.observe(self._filled, "value")

    def _ratios(self) -> dict[tuple[str, str], float]:
        return {pair: cell.value for pair, cell in self.cells.items()}

    def _moved(self, change: Any) -> None:
        with _one_move:
            if not self._filling:
                pair = next(pair for pair, cell in self.cells.items() if cell is change["owner"])
                self.value = {**self.value, pair: change["new"]}

    def _filled(self, change: Any) -> None:
        with _one_move:
            self._filling = True
            for pair, cell in self.cells.items():
                cell.index = _nearest(change["new"][pair])
            self._filling = False


def _saaty_words(one: Text, other: Text) -> list[tuple[str, float]]:
    words = []
    for ratio in SAATY:
        size = round(max(ratio, 1 / ratio))
        if size == 1:
            words.append((str(_EQUAL), ratio))
        else:
            winner = one if ratio > 1 else other
            more = _MORE[(size - 2) // 2].format(one=say(en=_low(winner.en), zh=winner.zh))
            words.append((f"{more} ({size})", ratio))
    return words


def _nearest(ratio: float) -> int:
    return min(range(len(SAATY)), key=lambda i: abs(SAATY[i] / ratio - 1))


@dataclass(frozen=True)
class Sliders:
    """Several numbers of one kind under one heading, with ready-made sets of them to start from.

    The model receives a mapping from each item to its number.

    Parameters
    ----------
    label
        Of the menu of ready-made sets.
    unit
        Of all sliders.
    items
        Key and shown name of each number.
    presets
        Key of each ready-made set, its shown name, and its numbers by item.
    start
        Key of the set at the start.
    low, high, step
        Ends of each slider and width of a step.
    """

    label: Text
    unit: Text
    items: Mapping[str, Text]
    presets: Mapping[str, tuple[Text, Mapping[str, float]]]
    start: str
    low: float
    high: float
    step: float

    def widget(self) -> SliderGroup:
        """Make the menu and the sliders."""
        return SliderGroup(self)


class SliderGroup(widgets.VBox):  # type: ignore[misc]
    """The sliders of :class:`Sliders`: ``.value`` maps items to numbers, ``.cells[item]`` is one slider.

    ``.cells["preset"]`` is the menu; it says so when the sliders stand at none of the ready-made sets.
    """

    value: traitlets.Dict[str, float] = traitlets.Dict()

    def __init__(self, group: Sliders) -> None:
        self._presets = {key: dict(numbers) for key, (_, numbers) in group.presets.items()}
        names = [(str(name), key) for key, (name, _) in group.presets.items()]
        menu = widgets.Dropdown(
            options=[*names, (say(en="a mixture of your own", zh="自己调配"), "own")],
            value=group.start,
            description=str(group.label),
            style={"description_width": "initial"},
        )
        sliders = {
            item: Slider(name, group.unit, group.low, group.high, group.step, self._presets[group.start][item]).widget()
            for item, name in group.items.items()
        }
        self.cells = {**sliders, "preset": menu}
        super().__init__([menu, *sliders.values()], value=dict(self._presets[group.start]))
        self.add_class("crmlab-pairs")
        self._sliders, self._filling = sliders, False
        for slider in sliders.values():
            slider.observe(self._moved, "value")
        menu.observe(self._chosen, "value")
        self.observe(self._filled, "value")

    def _moved(self, change: Any) -> None:
        with _one_move:
            if not self._filling:
                item = next(item for item, slider in self._sliders.items() if slider is change["owner"])
                self.value = {**self.value, item: change["new"]}

    def _chosen(self, change: Any) -> None:
        with _one_move:
            if change["new"] in self._presets:
                self.value = dict(self._presets[change["new"]])
            elif not self._filling:  # a mixture of one's own is made with the sliders; until then the name stays
                self._filled({"new": self.value})

    def _filled(self, change: Any) -> None:
        with _one_move:
            self._filling = True
            for item, slider in self._sliders.items():
                slider.value = change["new"][item]
            self.cells["preset"].value = next(
                (key for key, numbers in self._presets.items() if numbers == change["new"]), "own"
            )
            self._filling = False


class Explorer(Generic[R]):
    """Controls, model, chart and caption bound together; the last expression of a cell displays it.

    Parameters
    ----------
    controls
        Name and control of each argument of the model, at most four.
    model
        Takes the controls' values by name. A ``ValueError`` shows its sentence in place of the picture.
    chart
        Draws what the model returned.
    task
        One sentence: what to try.

    Attributes
    ----------
    controls
        The widgets by name: ``explorer.controls["price"].value = 90`` is a move.
    result
        What the model returned last; None while the model refuses the values.
    caption
        What the picture shows, in one sentence; the model's objection while it refuses the values.
    png
        The picture, empty while the model refuses the values.
    """

    def __init__(self, controls: Mapping[str, Control], model: Callable[..., R], chart: Chart[Any], task: Text) -> None:
        if len(controls) > MOST_CONTROLS:
            raise ValueError(
                f"an explorer got {len(controls)} controls ({', '.join(controls)}); at most {MOST_CONTROLS} fit."
            )
        self._model = model
        self._chart = chart
        self._easel = Easel(chart)
        self._waiting = False
        self.controls: dict[str, Any] = {name: control.widget() for name, control in controls.items()}
        self._start = self.values
        self._picture = Picture(
            width=self._easel.width,
            height=self._easel.height,
            lang=language(),
            start={part.model_id: state for widget in self.controls.values() for part, state in _states(widget)},
            projector=say(en="Projector", zh="投影模式"),
        )
        self._stage = Stage(self._picture)
        self.result: R | None = None
        for widget in self.controls.values():
            widget.observe(self._update, "value")
        self._card = self._lay_out(task)
        self._cells: set[str] = set()
        self._update()

    @property
    def values(self) -> dict[str, Any]:
        """What the controls say now, by name."""
        return {name: widget.value for name, widget in self.controls.items()}

    @property
    def caption(self) -> str:
        """What the picture shows, in one sentence."""
        return self._picture.message or self._picture.caption

    @property
    def png(self) -> bytes:
        """The picture, twice as sharp as its size in CSS pixels."""
        return b"" if self._picture.message else png(self._picture.pixels)

    def reset(self) -> None:
        """Return every control to its start value.

        In the browser the button does the same by itself (picture.js), so that a move still on its way to Python
        cannot overtake it.
        """
        with self._one_update():
            for name, value in self._start.items():
                self.controls[name].value = value

    @contextmanager
    def _one_update(self) -> Iterator[None]:
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
            self._update()

    def _update(self, _change: Any = None) -> None:
        """Bring result, picture and sentence up to the controls.

        A slider sends its next value only when the kernel has finished with the last one, and then the newest: moves
        that come faster than pictures are dropped, and the last one is always drawn.
        """
        if not self._waiting:
            with _one_move:
                self._draw()

    def _draw(self) -> None:
        pixels, caption, message = None, "", ""
        try:
            self.result = self._model(**self.values)
            pixels, caption = self._easel.draw(self.result), self._chart.caption(self.result)
        except ValueError as objection:
            message = str(objection)
        except Exception as failure:  # a mistake of ours; the learner's picture must not be a stale one
            _log.debug("%s at %s", self._chart, self.values, exc_info=True)
            found = f"{type(failure).__name__}: {failure}"
            message = say(
                en=f"There is no picture for these values ({found}). Move a control back.",
                zh=f"这组取值画不出图（{found}）。请把控件调回去。",
            )
        if message:
            self.result = None
        self._stage.show(pixels, caption, message)

    def close(self) -> None:
        """Remove the explorer from every notebook that shows it and free its memory."""
        for cell in self._cells:
            _showing[cell][1].remove(self)
        self._cells.clear()
        for widget in list(_family(self._card)):
            widget.unobserve_all()
            widget.close()

    def _lay_out(self, task: Text) -> Any:
        reset = widgets.Button(description=say(en="Reset", zh="恢复初始值"), icon="undo")
        reset.add_class("crmlab-reset")
        reset.on_click(lambda _button: self.reset())
        controls = widgets.VBox([*self.controls.values(), reset])
        controls.add_class("crmlab-controls")
        body = widgets.Box([controls, self._stage])
        body.add_class("crmlab-body")
        heading = _html(html.escape(str(task)))
        heading.add_class("crmlab-task")
        card = widgets.VBox([heading, body])
        card.add_class("crmlab-explorer")
        return card

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook stores: the live view, and for where it is dead the picture and its sentence."""
        _shown_here(self)
        with suppress(RuntimeError):  # no loop, so no browser
            asyncio.get_running_loop().call_later(PATIENCE_S, self._stage.fall_back)
        view = {"version_major": 2, "version_minor": 0, "model_id": self._card.model_id}
        live = {"application/vnd.jupyter.widget-view+json": view}
        if self._picture.message:
            return {**live, "text/plain": self._picture.message}, {}
        drawing = Drawing(self.png, self.caption, self._picture.lang, self._easel.width, self._easel.height)
        data, metadata = drawing._repr_mimebundle_()
        self._picture.first = {"png": base64.b64decode(data["image/png"]), "caption": self.caption, "message": ""}
        return {**live, **data}, metadata


_showing: dict[str, tuple[Any, list[Explorer[Any]]]] = {}  # by cell: the run that filled it, and what it shows


def _shown_here(explorer: Explorer[Any]) -> None:
    """Close what the running cell showed when it was run before: it is gone from the page."""
    cell, run = running_cell()
    if not cell:
        return
    last_run, shown = _showing.get(cell, (None, []))
    if run != last_run:
        for other in shown:
            other._cells.remove(cell)
            if other is not explorer and not other._cells:
                other.close()
        shown = []
    if explorer not in shown:
        explorer._cells.add(cell)
        _showing[cell] = (run, [*shown, explorer])


def _parts(widget: Any) -> list[Any]:
    """Return the widgets that a control is made of and that a hand can move."""
    return [part for cell in widget.cells.values() for part in _parts(cell)] if hasattr(widget, "cells") else [widget]


def _states(widget: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Return each part of a control with its state as the browser knows it."""
    return [(part, part.get_state("index" if hasattr(part, "options") else "value")) for part in _parts(widget)]


def _family(widget: Any) -> Iterator[Any]:
    """Yield a widget and all that belongs to it: children, layout, style."""
    yield widget
    for name in widget.keys:
        held = getattr(widget, name)
        for one in held if isinstance(held, list | tuple) else [held]:
            if isinstance(one, widgets.Widget):
                yield from _family(one)


def _html(text: str) -> Any:
    return widgets.HTML(text)


def _heading(text: str) -> Any:
    heading = _html(html.escape(text))
    heading.add_class("crmlab-heading")
    return heading


def _low(english: str) -> str:
    return english[:1].lower() + english[1:]


def _decimals(step: float) -> int:
    """Return how many decimals tell one step from the next.

    >>> [_decimals(step) for step in (5, 1.0, 0.5, 0.05)]
    [0, 0, 1, 2]
    """
    text = f"{step:.6f}".rstrip("0")
    return len(text) - text.index(".") - 1
