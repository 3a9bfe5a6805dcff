"""How explorers feel in a real browser, beside the other ways to do the same; `make bench` runs this after bench_kit.

One `crmlab lab`, one Chromium. Each chapter has a notebook with a cell for each way: its explorers, the same figures
under ``interact``, one figure in bqplot and in plotly, and the floor. All ways of a notebook take turns, so that a
busy machine hits all alike. The numbers go to RESULTS.md; nothing here fails because of a number.

The kernel of these notebooks imports this file too, for the cells' code.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, WebSocket

ROUNDS = 6
PAUSE_MS, PATIENCE_MS, CALM_MS = 350, 2000, 1000
DRAG_S, MOVE_S, SWEEP_S, REPEAT_S = 3.0, 0.016, 0.5, 0.033
PACKAGES = ("matplotlib", "ipywidgets", "jupyterlab", "anywidget", "bqplot", "plotly")
TOP_WAGE = 60
# In bqplot the title changes first, the marks a frame later: the points on the lines, which follow the customer's line.
POINTS = ".bqplot g:has(> .curve) ~ g:has(> .curve) ~ g:has(> .object_grp)"

# ---- what the cells of the notebooks show ----------------------------------------------------------------------------


def kit(slug: str, name: str) -> Any:
    """An explorer of the kit, as its chapter shows it."""
    return getattr(import_module(f"crmlab.{slug}.explorer"), name)()


def under_interact(slug: str, name: str, sharpness: str = "png") -> None:
    """The same figure with the same sliders as most teaching notebooks do it: a plain function under `interact`.

    The inline backend's own sharpness is one pixel of the picture for one of the screen; "retina" is the kit's, two.
    """
    import matplotlib.pyplot as plt
    from ipywidgets import interact
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    explorer = kit(slug, name)
    chart, model = explorer._chart, explorer._model
    plain = {control: _plain(widget) for control, widget in explorer.controls.items()}

    def show(**values: Any) -> None:
        set_matplotlib_formats(sharpness)
        figure, ax = plt.subplots(figsize=chart.size)
        room, (width, height) = chart.margins, chart.size
        figure.subplots_adjust(
            left=room.left / width,
            right=1 - room.right / width,
            bottom=room.bottom / height,
            top=1 - room.top / height,
        )
        chart(model(**{control: plain[control][1](value) for control, value in values.items()}), ax)
        plt.show()

    interact(show, **{control: slider for control, (slider, _) in plain.items()})


def _plain(widget: Any) -> tuple[Any, Callable[[Any], Any]]:
    """A plain slider for a control, and what turns its value into the control's; of a table or pairs, for one cell."""
    import ipywidgets

    if not hasattr(widget, "cells"):
        return _copy(widget, type(widget)), lambda value: value
    key, cell = next(iter(widget.cells.items()))
    start = widget.value

    def fill(value: Any) -> Any:
        if isinstance(start, dict):
            return {**start, key: value}
        table = start.copy()
        table.loc[key] = value
        return table

    return _copy(cell, ipywidgets.FloatSlider if hasattr(cell, "max") else type(cell)), fill


def _copy(widget: Any, kind: type) -> Any:
    names = [name for name in ("options", "min", "max", "step", "value", "description") if hasattr(widget, name)]
    look = {"style": {"description_width": "initial"}, "layout": {"width": "600px"}}  # room for label and track
    return kind(**{name: getattr(widget, name) for name in names}, **look)


def in_bqplot() -> Any:
    """The picture of `whose_time` in bqplot, updated in place."""
    import bqplot
    import ipywidgets

    sliders, look = _whose_time()
    now = look()
    scales = {"x": bqplot.LinearScale(min=0, max=TOP_WAGE), "y": bqplot.LinearScale(min=now.bottom, max=now.top)}
    offers = bqplot.Lines(x=[0, TOP_WAGE], y=now.ends, colors=now.colors, scales=scales)
    names = bqplot.Label(
        x=now.right,
        y=now.last,
        text=now.names,
        scales=scales,
        x_offset=8,
        colors=["black"],
        font_weight="normal",
        default_size=12,
    )
    customer = bqplot.Lines(x=now.at, y=[now.bottom, now.top], colors=["black"], scales=scales)
    points = bqplot.Scatter(x=now.at_each, y=now.values, colors=now.colors, stroke="black", scales=scales)
    crossings = bqplot.Scatter(
        x=now.edges, y=now.heights, names=now.words, colors=["white"], stroke="black", scales=scales
    )
    figure = bqplot.Figure(
        marks=[offers, names, customer, points, crossings],
        axes=[
            bqplot.Axis(scale=scales["x"], label="value of an hour [yuan per hour]"),
            bqplot.Axis(scale=scales["y"], orientation="vertical", label="delivered value [yuan per order]"),
        ],
        title=now.title,
        fig_margin={"top": 60, "bottom": 50, "left": 60, "right": 95},
        layout={"width": "580px", "height": "440px"},
    )

    def move(_change: Any) -> None:
        now = look()
        with ExitStack() as parts:
            for part in (figure, offers, names, customer, points, crossings):
                parts.enter_context(part.hold_sync())
            offers.y, names.y = now.ends, now.last
            customer.x = now.at
            points.x, points.y = now.at_each, now.values
            crossings.x, crossings.y, crossings.names = now.edges, now.heights, now.words
            figure.title = now.title

    return _observed(ipywidgets.VBox([*sliders, figure]), sliders, move)


def in_plotly() -> Any:
    """The picture of `whose_time` in a plotly FigureWidget, updated in place."""
    import ipywidgets
    from plotly.graph_objects import FigureWidget, Scatter

    sliders, look = _whose_time()
    now = look()
    edge = {"color": "black", "width": 1}
    figure = FigureWidget(
        [
            *[Scatter(x=[0, TOP_WAGE], y=ends, line_color=now.colors[k]) for k, ends in enumerate(now.ends)],
            Scatter(mode="text", x=now.right, y=now.last, text=now.names, textposition="middle right"),
            Scatter(mode="lines", x=now.at, y=[now.bottom, now.top], line_color="black"),
            Scatter(mode="markers", x=now.at_each, y=now.values, marker={"color": now.colors, "size": 9, "line": edge}),
            Scatter(
                mode="markers+text",
                x=now.edges,
                y=now.heights,
                text=now.words,
                textposition="top center",
                marker={"color": "white", "size": 9, "line": edge},
            ),
        ],
        {
            "width": 580,
            "height": 440,
            "showlegend": False,
            "template": "plotly_white",
            "title": {"text": now.title, "font_size": 14},
            "margin": {"t": 60, "b": 50, "l": 60, "r": 95},
            "xaxis": {"range": [0, TOP_WAGE], "title": "value of an hour [yuan per hour]"},
            "yaxis": {"range": [now.bottom, now.top], "title": "delivered value [yuan per order]"},
        },
    )
    *offers, names, customer, points, crossings = figure.data

    def move(_change: Any) -> None:
        now = look()
        with figure.batch_update():
            for offer, ends in zip(offers, now.ends, strict=True):
                offer.y = ends
            names.y, customer.x = now.last, now.at
            points.x, points.y = now.at_each, now.values
            crossings.x, crossings.y, crossings.text = now.edges, now.heights, now.words
            figure.layout.title.text = now.title

    figure.update_traces(cliponaxis=False)
    return _observed(ipywidgets.VBox([*sliders, figure]), sliders, move)


@dataclass
class _Look:
    """What the picture of `whose_time` shows, as lists that bqplot and plotly take."""

    view: Any
    names: list[str]
    title: str

    def __post_init__(self) -> None:
        from crmlab.core.charts import SERIES

        lines = self.view.lines
        self.colors = list(SERIES[: len(self.names)])
        self.ends = [[float(line.iloc[0]), float(line.iloc[-1])] for _, line in lines.items()]
        self.right, self.last = [TOP_WAGE] * len(self.names), [end for _, end in self.ends]
        self.bottom, self.top = -200.0, 150.0
        self.at = [self.view.wage, self.view.wage]
        self.at_each = [self.view.wage] * len(self.names)
        self.values = [float(value) for value in self.view.now]
        self.edges = [float(edge) for edge in self.view.segments["from_wage"].iloc[1:] if edge < TOP_WAGE]
        self.heights = [float(lines.loc[edge].max()) for edge in self.edges]
        self.words = [f"{edge:g}" for edge in self.edges]


def _whose_time() -> tuple[list[Any], Callable[[], _Look]]:
    from crmlab.delivered_value.chart import name

    explorer = kit("delivered_value", "whose_time")
    sliders = {control: _plain(widget)[0] for control, widget in explorer.controls.items()}

    def look() -> _Look:
        view = explorer._model(**{control: slider.value for control, slider in sliders.items()})
        return _Look(view, [name(offer) for offer in view.lines], explorer._chart.caption(view).split(";")[0])

    return list(sliders.values()), look


def _observed(shown: Any, sliders: list[Any], move: Callable[[Any], None]) -> Any:
    for slider in sliders:
        slider.observe(move, "value")
    return shown


def echo() -> Any:
    """The floor with the kernel: a label that says a slider's value."""
    import ipywidgets

    slider, label = ipywidgets.FloatSlider(max=TOP_WAGE, step=1), ipywidgets.Label("0")
    label.add_class("bench-label")
    return _observed(
        ipywidgets.VBox([slider, label]), [slider], lambda change: setattr(label, "value", str(change["new"]))
    )


def without_kernel() -> Any:
    """The floor without the kernel: `jslink`; what moves is the readout of a second slider."""
    import ipywidgets

    slider, other = (ipywidgets.FloatSlider(max=TOP_WAGE, step=1) for _ in range(2))
    other.add_class("bench-label")
    ipywidgets.jslink((slider, "value"), (other, "value"))
    return ipywidgets.VBox([slider, other])


# ---- what the page notes ---------------------------------------------------------------------------------------------

# A change counts from the first animation frame in which the picture differs from the one seen before: canvases by
# their pixels, images by their address once decoded, the others by their markup or text.
NOTE = """
(() => {
  const bench = (window.bench = {});
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  const paper = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  let cell, selector, picture, touched, last, running = false;
  let changes = [], blanks = 0, shift = 0, began = 0, pressed = Infinity, released = Infinity;

  const touch = (kind, name) => {
    const original = kind.prototype[name];
    kind.prototype[name] = function (...args) { touched = true; return original.apply(this, args); };
  };
  touch(CanvasRenderingContext2D, "drawImage");
  touch(CanvasRenderingContext2D, "putImageData");
  touch(ImageBitmapRenderingContext, "transferFromImageBitmap");
  const observer = new MutationObserver((records) => {
    touched ||= records.some((one) => picture?.contains(one.target));
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.startTime >= began) shift += entry.value;
  }).observe({ type: "layout-shift" });
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  for (const name of ["pointerup", "keyup"]) addEventListener(name, (event) => { released = event.timeStamp; }, true);

  function pixels(canvas) {  // every fourth row is enough to tell two pictures apart, and quick
    const width = canvas.width, height = Math.ceil(canvas.height / 4);
    if (!width || !height) return "";
    Object.assign(paper.canvas, { width, height });
    paper.imageSmoothingEnabled = false;
    draw.call(paper, canvas, 0, 0, width, height);
    let hash = 0, ink = 0;
    for (const word of new Uint32Array(paper.getImageData(0, 0, width, height).data.buffer)) {
      hash = (Math.imul(hash, 31) + word) | 0;
      ink |= word;
    }
    return ink && `${hash}`;
  }
  function signature(node) {
    if (node.tagName === "CANVAS") return pixels(node);
    if (node.tagName === "IMG") return node.complete && node.naturalWidth && node.currentSrc;
    return node.children.length ? node.innerHTML : node.textContent;
  }

  function look() {
    if (!running) return;
    const now = performance.now();
    const node = cell.querySelector(selector);
    const box = node?.getBoundingClientRect();
    const there = box?.width && box.height && node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const anew = touched || node !== picture || node?.tagName === "IMG";
    touched = false;
    picture = node;
    const seen = there ? (anew ? signature(node) : last) : "";
    if (!seen) blanks += 1;
    else if (seen !== last) { last = seen; changes.push(now); }
    requestAnimationFrame(look);
  }

  bench.watch = (node, what) => {
    [cell, selector, last, touched] = [node, what, undefined, true];
    observer.observe(cell, { subtree: true, childList: true, characterData: true, attributes: true });
    if (!running) { running = true; requestAnimationFrame(look); }
  };
  bench.rest = () => { running = false; observer.disconnect(); };
  bench.begin = () => { [changes, blanks, shift, began, released] = [[], 0, 0, performance.now(), Infinity]; };
  const until = (done) => new Promise((resolve) => (function ask() {
    const found = done();
    if (found === undefined) setTimeout(ask, 20); else resolve(found);
  })());
  // Milliseconds from the last press to the first change after it, null when there was none.
  bench.answer = (pause, patience) => until(() => {
    const since = performance.now() - pressed, change = changes.find((at) => at >= pressed);
    return change && since > pause ? change - pressed : since > patience ? null : undefined;
  });
  // What happened since `begin`, once nothing has changed for a while after the release.
  bench.calm = (pause) => until(() => {
    const quiet = performance.now() - Math.max(released, changes.at(-1) ?? 0);
    return quiet > pause ? {
      seconds: (released - began) / 1000, pictures: changes.filter((at) => at <= released).length, blanks, shift,
      after: Math.max(0, (changes.at(-1) ?? 0) - released),
    } : undefined;
  });
})();
"""


@dataclass
class Way:
    """One cell of a bench notebook, where its picture is, and what was measured."""

    name: str
    code: str
    picture: str
    waits: list[float] = field(default_factory=list)
    missing: int = 0
    presses: int = 0
    received: int = 0
    drags: list[dict[str, float]] = field(default_factory=list)
    held: bool = False
    forward: bool = True


class Traffic:
    """Bytes that came over the kernels' sockets, and how often the server said that it dropped some."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        self.dropped = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framereceived", self._note)

    def _note(self, frame: str | bytes) -> None:
        content = frame.encode() if isinstance(frame, str) else frame
        self.received += len(content)
        self.dropped += b"rate exceeded" in content


def ways(slug: str, names: list[str]) -> list[Way]:
    """The ways of one chapter's notebook: its explorers in both forms, and what they are compared with."""
    canvas, image = '.crmlab-explorer canvas[role="img"]', ".widget-output img"
    found = [
        way
        for name in names
        for way in (
            Way(name, f'kit("{slug}", "{name}")', canvas),
            Way(f"{name} under interact", f'under_interact("{slug}", "{name}")', image),
            Way(f"{name} under interact, 2x", f'under_interact("{slug}", "{name}", "retina")', image),
        )
    ]
    found += [
        Way("whose_time in bqplot", "in_bqplot()", POINTS),
        Way("echo label", "echo()", ".bench-label"),
    ]
    if slug == "delivered_value":
        found += [
            Way("whose_time in plotly", "in_plotly()", ".js-plotly-plot"),
            Way("jslink", "without_kernel()", ".bench-label .widget-readout"),
        ]
    return found


def write_notebook(path: Path, listed: list[Way]) -> None:
    """Write a notebook with one cell for each way after a first one that imports them."""
    import nbformat

    begin = f"import sys\nsys.path.insert(0, {str(HERE)!r})\nfrom bench_browser import *"
    cells = [nbformat.v4.new_code_cell(code) for code in (begin, *[way.code for way in listed])]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


@contextmanager
def watched(cell: Locator, picture: str) -> Iterator[Locator]:
    """Look at a cell's picture for a while; yields the control that moves it, with the focus on it."""
    cell.locator(".jp-OutputArea").first.evaluate("node => node.scrollIntoView({block: 'center'})")
    handle = cell.locator(".noUi-handle, .crmlab-table input").first
    handle.focus()
    cell.page.wait_for_timeout(PAUSE_MS)
    cell.evaluate("(node, picture) => bench.watch(node, picture)", picture)
    cell.page.wait_for_timeout(PAUSE_MS)
    try:
        yield handle
    finally:
        cell.evaluate("() => bench.rest()")


def press(way: Way, handle: Locator) -> float | None:
    """Press an arrow key, away from the end of the range, and return the milliseconds to a new picture."""
    keyboard = handle.page.keyboard
    if handle.get_attribute("role") == "slider":
        now, low, high = (float(handle.get_attribute(f"aria-value{one}") or 0) for one in ("now", "min", "max"))
        if not low < now < high:
            way.forward = now <= low
        keyboard.press("ArrowRight" if way.forward else "ArrowLeft")
    else:
        keyboard.press("ArrowUp" if way.forward else "ArrowDown")
    found: float | None = handle.page.evaluate("([pause, most]) => bench.answer(pause, most)", [PAUSE_MS, PATIENCE_MS])
    return found


def press_often(way: Way, handle: Locator, times: int, traffic: Traffic) -> None:
    """Press after a first press that warms up, and note the waits and the bytes."""
    page = handle.page
    page.evaluate("() => bench.begin()")
    press(way, handle)
    before = traffic.received
    for _ in range(times):
        waited = press(way, handle)
        way.presses += 1
        if waited is None:
            way.missing += 1
        else:
            way.waits.append(waited)
    way.received += traffic.received - before
    if handle.get_attribute("role") != "slider":
        way.forward = not way.forward  # a table's cell has no range to read: back to where it was


def drag(way: Way, handle: Locator, seconds: float) -> None:
    """Drag the handle to and fro with the mouse, or hold the arrow keys where there is no handle."""
    page, mouse, keyboard = handle.page, handle.page.mouse, handle.page.keyboard
    way.held = handle.get_attribute("role") != "slider"
    if not way.held:
        place = handle.bounding_box()
        track = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box()
        assert place and track
        height = place["y"] + place["height"] / 2
        mouse.move(place["x"] + place["width"] / 2, height)
        mouse.down()
    page.evaluate("() => bench.begin()")
    key = "ArrowUp"
    begin = next_move = time.monotonic()
    while (since := time.monotonic() - begin) < seconds:
        turn, part = divmod(since / SWEEP_S, 1)
        if not way.held:
            mouse.move(track["x"] + track["width"] * (1 - part if turn % 2 else part), height)
        else:
            before, key = key, "ArrowDown" if turn % 2 else "ArrowUp"
            if key != before:
                keyboard.up(before)
            keyboard.down(key)
        next_move += REPEAT_S if way.held else MOVE_S
        time.sleep(max(0.0, next_move - time.monotonic()))
    if way.held:
        keyboard.up(key)
    else:
        mouse.up()
    way.drags.append(page.evaluate("pause => bench.calm(pause)", CALM_MS))


def measure(page: Page, listed: list[Way], presses: int, rounds: int, seconds: float, traffic: Traffic) -> None:
    """Let all ways of a notebook take turns."""
    cells = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")
    for number, way in enumerate(listed, 1):
        cells.nth(number).scroll_into_view_if_needed()
        cells.nth(number).locator(way.picture).first.wait_for(state="visible")
    for turn in range(rounds):
        for number, way in enumerate(listed, 1):
            with watched(cells.nth(number), way.picture) as handle:
                press_often(way, handle, presses // rounds, traffic)
                if turn % 2 == 0:
                    drag(way, handle, seconds)
        print(f"  round {turn + 1} of {rounds}", flush=True)


# ---- the report ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """What one way came to."""

    p50: float
    p95: float
    missing: int
    fps: float
    blanks: int
    shift: float
    after: float
    kilobytes: float

    @classmethod
    def of(cls, way: Way) -> Numbers:
        """Sum up all rounds."""
        from bench_kit import percentile

        return cls(
            p50=percentile(way.waits, 50),
            p95=percentile(way.waits, 95),
            missing=way.missing,
            fps=sum(one["pictures"] for one in way.drags) / sum(one["seconds"] for one in way.drags),
            blanks=round(sum(one["blanks"] for one in way.drags)),
            shift=sum(one["shift"] for one in way.drags),
            after=max(one["after"] for one in way.drags),
            kilobytes=way.received / way.presses / 1000,
        )


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, first column to the left, numbers to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def browser_table(measured: dict[str, list[Way]]) -> str:
    """One row for each way of each chapter's notebook."""
    head = [
        "way",
        "p50 [ms]",
        "p95 [ms]",
        "presses",
        "lost",
        "pictures per second",
        "blank frames",
        "layout shift",
        "after release [ms]",
        "KB per move",
    ]
    rows = []
    for slug, listed in measured.items():
        rows.append([f"*{slug}*", *[""] * (len(head) - 1)])
        for way in listed:
            n = Numbers.of(way)
            name = f"**{way.name}**" if way.code.startswith("kit") else way.name
            fps = f"{n.fps:.1f}{' (key held)' if way.held else ''}"
            row = [name, f"{n.p50:.0f}", f"{n.p95:.0f}", f"{way.presses}", f"{n.missing}", fps, f"{n.blanks}"]
            rows.append([*row, f"{n.shift:.4f}", f"{n.after:.0f}", f"{n.kilobytes:.1f}"])
    return table(head, rows)


def bars_table(measured: dict[str, list[Way]], kernel: dict[tuple[str, str], float]) -> str:
    """Each explorer against each bar, from the numbers of this run."""
    head = [
        "explorer",
        "p50 over the echo's: at most 20 ms",
        "times as fast as interact: at least 4",
        "the same at the same sharpness",
        "p50 not above bqplot's",
        "pictures per second: at least 15",
        "blank frames: 0",
        "layout shift: 0",
        "right after release: within 100 ms",
        "kernel's share: at most 15 ms",
    ]

    def judged(number: str, held: bool) -> str:
        return f"{number} held" if held else f"**{number} missed**"

    rows = []
    for slug, listed in measured.items():
        found = {way.name: Numbers.of(way) for way in listed}
        echoed, plot = found["echo label"].p50, found["whose_time in bqplot"].p50
        for name in (way.name for way in listed if way.code.startswith("kit")):
            n, share = found[name], kernel[slug, name]
            slow, sharp = (found[f"{name} under interact{more}"] for more in ("", ", 2x"))
            rows.append(
                [
                    f"{slug}.{name}",
                    judged(f"{n.p50 - echoed:.0f}", n.p50 - echoed <= 20),
                    judged(f"{slow.p50 / n.p50:.1f}", slow.p50 >= 4 * n.p50),
                    judged(f"{sharp.p50 / n.p50:.1f}", sharp.p50 >= 4 * n.p50),
                    judged(f"{n.p50:.0f} to {plot:.0f}", n.p50 <= plot),
                    judged(f"{n.fps:.1f}", n.fps >= 15),
                    judged(f"{n.blanks}", n.blanks == 0),
                    judged(f"{n.shift:.4f}", n.shift == 0),
                    judged(f"{n.after:.0f}", n.after <= 100),
                    judged(f"{share:.1f}", share <= 15),
                ]
            )
    return table(head, rows)


def machine() -> str:
    """Processor, cores and system, without anything that names this one machine."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    system = platform.system()
    if system == "Linux":
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
    return f"{model or platform.processor() or platform.machine()}, {os.cpu_count()} cores, {system}"


def kernel_table(moved: dict[tuple[str, str], Any]) -> str:
    """One row for each explorer: what a move costs before anything is sent."""
    from bench_kit import percentile

    rows = []
    for (slug, name), (milliseconds, sizes) in moved.items():
        times = [f"{percentile(milliseconds, share):.1f}" for share in (50, 95)]
        rows.append([f"{slug}.{name}", f"{len(milliseconds)}", *times, f"{percentile(sizes, 50) / 1000:.0f}"])
    return table(["explorer", "moves", "median [ms]", "p95 [ms]", "sent [KB]"], rows)


def report(
    moved: dict[tuple[str, str], Any], measured: dict[str, list[Way]], memory: str, chromium: str, wrong: list[str]
) -> str:
    """What RESULTS.md says."""
    from bench_kit import percentile

    kernel = {explorer: percentile(milliseconds, 50) for explorer, (milliseconds, _) in moved.items()}
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Timings: explorers

Written by `make bench` on {date.today()}. Do not edit.

- Machine: {machine()}.
- Versions: Python {platform.python_version()}, {versions}, Chromium {chromium}.
- Compare numbers of one run only. Another machine has other milliseconds.

## Kernel side, no browser

Each control is moved through its range and back. One move is model, drawing and encoding.

{kernel_table(moved)}

Memory of the process {memory}.

## In the browser

Each chapter has one notebook with one cell for each way. The ways take turns in {ROUNDS} rounds. Window 1280 x 800.

- p50, p95: from the key press on the focused slider (in a table: on a number) to the first animation frame with a new
  picture. Of bqplot's picture the marks count; its title changes one frame earlier.
- lost: presses without a new picture within {PATIENCE_MS / 1000:g} s.
- pictures per second, blank frames and layout shift (sums): while the mouse drags the handle to and fro over its whole
  range, {DRAG_S:g} s in every second round. In a table the arrow keys are held instead.
- after release: from the release to the last new picture, the longest of all drags.
- KB per move: what came over the kernel's socket for each key press.

{browser_table(measured)}

## Bars

Each number is from the tables above. The echo label and bqplot are those of the same notebook.

{bars_table(measured, kernel)}

## What went wrong

{chr(10).join(f"- {one}" for one in wrong) or "Nothing: no error in the browser's console, no message dropped."}
"""


def write_part(text: str) -> None:
    """Put a benchmark's part into RESULTS.md, in place of the one with the same first line."""
    file = HERE / "RESULTS.md"
    written = file.read_text(encoding="utf-8") if file.exists() else ""
    parts = {part.splitlines()[0]: part.strip() for part in re.split(r"^(?=# )", written, flags=re.MULTILINE) if part}
    parts[text.splitlines()[0]] = text.strip()
    file.write_text("\n\n".join(parts.values()) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure, print, and after a full run write RESULTS.md."""
    parser = argparse.ArgumentParser(description="Timings of the explorers in a real browser.")
    parser.add_argument("--presses", type=int, default=60, help="key presses for each way (60)")
    parser.add_argument("--quick", action="store_true", help="one short round; RESULTS.md stays as it is")
    parser.add_argument("--only", metavar="NAME", help="one explorer and the anchors; RESULTS.md stays as it is")
    options = parser.parse_args(arguments)
    presses, rounds, seconds = (6, 1, 1.0) if options.quick else (options.presses, ROUNDS, DRAG_S)

    sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "browser")]
    from bench_kit import READY, kernel_side, memory
    from playwright.sync_api import sync_playwright
    from run_all import chromium
    from student import FLAGS, Lab, running_course

    found = chromium()
    if found is None:
        sys.exit("no Chromium, Chrome or Edge here")
    moved: dict[tuple[str, str], Any] = {}
    for slug in READY:
        for moves in kernel_side(slug):
            if options.only in (None, moves.explorer):
                times, sizes = moved.setdefault((slug, moves.explorer), ([], []))
                times += moves.milliseconds
                sizes += moves.bytes
    if not moved:
        sys.exit(f"no explorer {options.only}")

    measured: dict[str, list[Way]] = {}
    wrong: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_course(Path(folder)) as course,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(found), args=list(FLAGS))
        for slug in dict.fromkeys(slug for slug, _ in moved):
            print(f"{slug}:", flush=True)
            listed = measured[slug] = ways(slug, [name for chapter, name in moved if chapter == slug])
            notebook = f"bench_{slug}.ipynb"
            write_notebook(course.work / notebook, listed)
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.add_init_script(NOTE)
            lab = Lab(context.new_page(), course)
            traffic = Traffic(lab.page)
            lab.open(notebook)
            lab.run(notebook)
            measure(lab.page, listed, presses, rounds, seconds, traffic)
            wrong += [f"{slug}, console: {error.splitlines()[0][:200]}" for error in lab.errors]
            wrong += [f"{slug}: the server dropped messages {traffic.dropped} times"] if traffic.dropped else []
            context.close()
        chromium_version = browser.version
        browser.close()
    full = not options.quick and not options.only
    grown = "after 1,000 and after 10,000 updates: {:.1f} MB, {:.1f} MB".format(*memory()) if full else "not looked at"
    text = report(moved, measured, grown, chromium_version, wrong)
    print(text)
    if full:
        write_part(text)


if __name__ == "__main__":
    main(sys.argv[1:])
