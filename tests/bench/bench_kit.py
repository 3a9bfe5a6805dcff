"""Times of the kit without a browser; `make bench` prints them. Ratios within one run count, not seconds."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import pytest

from crmlab.core import checks
from crmlab.core.course import chapters

READY = [chapter.slug for chapter in chapters() if chapter.ready]
MOVES = 30


def percentile(numbers: Sequence[float], percent: float) -> float:
    """Return the smallest number that is not below so many percent of them; NaN of none."""
    return sorted(numbers)[max(0, math.ceil(len(numbers) * percent / 100) - 1)] if numbers else math.nan


def milliseconds(work: Callable[[], object], times: int = 30) -> float:
    """Return the median of several runs after a first one that warms up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def test_import_beyond_pandas() -> None:
    """The cost of the model's import over pandas' own, each in fresh processes."""

    def seconds(code: str) -> float:
        runs = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            runs.append(time.perf_counter() - start)
        return statistics.median(runs)

    pandas, model = seconds("import pandas"), seconds("import pandas, crmlab.delivered_value")
    print(f"\nimport pandas {pandas:.3f} s, with crmlab.delivered_value {model:.3f} s: {model - pandas:+.3f} s")


@dataclass(frozen=True)
class Moves:
    """What moving one control of an explorer through its range cost."""

    explorer: str
    control: str
    milliseconds: list[float]
    bytes: list[int]


def kernel_side(slug: str) -> Iterator[Moves]:
    """Move each control of a chapter's explorers through its range and back: model, drawing, encoding."""
    module = import_module(f"crmlab.{slug}.explorer")
    for name in module.__all__:
        explorer = getattr(module, name)()
        sent = listen(explorer)
        for control, widget in explorer.controls.items():
            trait, values = _range(widget)
            cell = _cell(widget)
            setattr(cell, trait, values[0])  # warms up, too
            sent.clear()
            moves = Moves(name, control, [], [])
            for value in [*values[1:], *values[-2::-1]]:
                start = time.perf_counter()
                setattr(cell, trait, value)
                moves.milliseconds.append((time.perf_counter() - start) * 1000)
                moves.bytes.append(sent.pop())
            explorer.reset()
            yield moves


def listen(explorer: Any) -> list[int]:
    """Ask for the picture as a browser does; the list returned takes the bytes of each picture sent."""
    sent: list[int] = []
    explorer._picture.send = lambda _words, buffers: sent.append(sum(part.nbytes for part in buffers))
    explorer._picture._handle_custom_msg({"ask": "picture"}, [])
    return sent


def memory(updates: int = 10_000) -> tuple[float, float]:
    """Return the process's memory [MB] after a tenth of so many updates of one explorer, and after all of them."""
    import psutil

    from crmlab.delivered_value.explorer import whose_time

    explorer = whose_time()
    listen(explorer)
    wage, found = explorer.controls["wage"], []
    for update in range(updates):
        if update in (updates // 10, updates - 1):
            found.append(psutil.Process().memory_info().rss / 1e6)
        wage.value = update % 61
    return found[0], found[1]


def _cell(widget: Any) -> Any:
    """The control itself; of a table or pairs, its first cell."""
    return next(iter(widget.cells.values())) if hasattr(widget, "cells") else widget


def _range(widget: Any) -> tuple[str, list[float]]:
    """What to set on a control, and about as many values as ``MOVES`` from one end of its range to the other."""
    cell = _cell(widget)
    if hasattr(cell, "options"):
        return "index", list(range(len(cell.options)))
    steps = round((cell.max - cell.min) / cell.step)
    return "value", [cell.min + cell.step * step for step in range(0, steps + 1, max(1, steps // MOVES))]


@pytest.mark.parametrize("slug", READY)
def test_explorer_updates(slug: str) -> None:
    """Kernel-side milliseconds of one move of each control: model, drawing, encoding."""
    for moves in kernel_side(slug):
        median = percentile(moves.milliseconds, 50)
        print(f"\n{slug}.{moves.explorer}, {moves.control}: {median:.1f} ms per update", end="")


def test_memory() -> None:
    """Memory before and after many updates."""
    before, after = memory()
    print(f"\nmemory after 1,000 updates {before:.1f} MB, after 10,000 {after:.1f} MB")


@pytest.mark.parametrize("slug", READY)
def test_checks(slug: str) -> None:
    """Milliseconds of checking a right answer, the slowest item of each chapter."""
    taken = {
        item.id: milliseconds(lambda item=item: item.check(item.solve(item.params()), item.params()), times=5)
        for item in checks.items(slug)
    }
    slowest = max(taken, key=lambda key: taken[key])
    print(f"\n{slug}: {len(taken)} items, slowest check {slowest} {taken[slowest]:.1f} ms")


def test_heavy_models() -> None:
    """Milliseconds of the models that fit or search, on the sizes that the chapters promise."""
    from crmlab.core.data import load
    from crmlab.expectations import key_drivers
    from crmlab.loyalty import attitudes, diagnose, join_panel

    places = load("lanwan_salons").set_index("salon_id")["district"]
    liking = attitudes(load("loyalty_survey").set_index("customer_id"), ["Lanwan", "Granary", "Laurel", "Meadow"])
    panel = join_panel(load("loyalty_choices"), load("loyalty_market"), liking, places)
    ratings = load("expectations_ratings")
    wide = ratings.pivot(index="rater_id", columns="attribute", values="performance")
    overall = ratings.groupby("rater_id")["overall"].first()
    work: dict[str, Callable[[], object]] = {
        "diagnose 400 customers, 60 occasions": lambda: diagnose(panel),
        "key_drivers, 14 drivers, 300 raters": lambda: key_drivers(wide, overall),
    }
    for name, one in work.items():
        print(f"\n{name}: {milliseconds(one, times=5):.0f} ms", end="")


def beside(ways: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Return the median milliseconds of ways that take turns, after a first round that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


@pytest.mark.parametrize("trend", [None, "ascending"])
@pytest.mark.parametrize("size", [1_000, 100_000])
def test_optimal_bins(size: int, trend: Literal["ascending"] | None) -> None:
    """Milliseconds for the best bins of 20 variables, beside optbinning where it is installed.

    Both start from the same 20 quantiles; optbinning is handed them, and it is not asked for its table.
    """
    import numpy as np

    from crmlab.credit import optimal_bins

    draw = np.random.default_rng(0)
    table = draw.standard_normal((20, size))
    bad = (draw.random(size) < 1 / (1 + np.exp(2 - table[0]))).astype(int)
    ways: dict[str, Callable[[], object]] = {"crmlab": lambda: [optimal_bins(value, bad, trend) for value in table]}
    if find_spec("optbinning"):
        from optbinning import OptimalBinning

        edges = [np.quantile(value, np.arange(1, 20) / 20, method="higher") for value in table]
        limits = {"monotonic_trend": trend, "max_n_bins": 8, "min_bin_size": 0.05}
        ways["optbinning"] = lambda: [
            OptimalBinning(user_splits=splits, **limits).fit(value, bad)
            for value, splits in zip(table, edges, strict=True)
        ]
    found = beside(ways)
    print(f"\noptimal_bins, 20 variables of {size:,} rows, trend {trend}: {found['crmlab']:.0f} ms", end="")
    if "optbinning" in found:
        times = found["optbinning"] / found["crmlab"]
        print(f"; optbinning {found['optbinning']:.0f} ms, {times:.1f} times as long", end="")
