"""Times of the kit without a browser; `make bench` prints them. Ratios within one run count, not seconds."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module

import pytest

from crmlab.core import checks
from crmlab.core.course import chapters

READY = [chapter.slug for chapter in chapters() if chapter.ready]


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


@pytest.mark.parametrize("slug", READY)
def test_explorer_updates(slug: str) -> None:
    """Kernel-side milliseconds of one move of each slider: model, drawing, encoding."""
    module = import_module(f"crmlab.{slug}.explorer")
    for name in module.__all__:
        explorer = getattr(module, name)()
        for control, widget in explorer.controls.items():
            if hasattr(widget, "step") and hasattr(widget, "max"):
                ends = iter([widget.min, widget.max] * 100)

                def move(widget: object = widget, ends: object = ends) -> None:
                    widget.value = next(ends)  # type: ignore[attr-defined, call-overload]

                print(f"\n{slug}.{name}, {control}: {milliseconds(move):.1f} ms per update", end="")


@pytest.mark.parametrize("slug", READY)
def test_checks(slug: str) -> None:
    """Milliseconds of checking a right answer, the slowest item of each chapter."""
    taken = {
        item.id: milliseconds(lambda item=item: item.check(item.solve(item.params()), item.params()), times=5)
        for item in checks.items(slug)
    }
    slowest = max(taken, key=lambda key: taken[key])
    print(f"\n{slug}: {len(taken)} items, slowest check {slowest} {taken[slowest]:.1f} ms")
