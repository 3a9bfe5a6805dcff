"""Instant checks: what the first one costs beyond what the notebook has imported, and the later ones.

Each graded item is checked in fresh processes, as in a fresh kernel: the cells before the first question are run, the
question is shown, and then its check is run again and again; once beginning with a wrong answer, once with the right
one. `make bench` prints the milliseconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import crmlab
from crmlab.core.answers import MARKER, plain
from crmlab.core.checks import Item, PartsItem
from crmlab.grading.notebooks import graded, sets, template

FIRST_MS, LATER_MS = 100, 20  # the bars
TIMES = 10

# Runs in the fresh process: before the clock starts, nothing but the notebook's own cells has imported anything.
KERNEL = """
import contextlib, io, json, sys, time

root, cells, item_id, answers, times = json.load(sys.stdin)
sys.path.insert(0, root)
space = {}
with contextlib.redirect_stdout(io.StringIO()):
    for cell in cells:
        exec(cell, space)
taken = []
for verb, *given in [("item",), *[("check", answer) for answer in answers] * times]:
    start = time.perf_counter()
    space[verb](item_id, *given)._repr_mimebundle_()
    taken.append((time.perf_counter() - start) * 1000)
print(json.dumps(taken))
"""


def before_questions(set_name: str) -> list[str]:
    """The code of a set's notebook up to its first question: imports, language, student id."""
    code = ["".join(cell["source"]) for cell in template(set_name, "en")["cells"] if cell["cell_type"] == "code"]
    return code[: next(place for place, source in enumerate(code) if source.startswith("item("))]


def answers(item: Item) -> list[Any]:
    """Wrong everywhere, wrong by a known misconception, right."""
    params = item.params()
    parts = item.parts if isinstance(item, PartsItem) else {"": item}
    misled = {name: (_misled(part, params) or [0])[0] for name, part in parts.items()}
    wrong = [dict.fromkeys(parts, 0), misled] if isinstance(item, PartsItem) else [0, misled[""]]
    return [*wrong, plain(item.solve(params))]


def _misled(item: Item, params: dict[str, Any]) -> list[Any]:
    """What the misconceptions lead to that show with these numbers."""
    values = [trap.wrong(params) for trap in item.traps]
    return [plain(value) for value in values if value is not None and value == value]


def milliseconds(item: Item, cells: list[str], given: list[Any], folder: Path) -> list[float]:
    """Return the milliseconds of the question and of each check, in a fresh process."""
    job = json.dumps([str(Path(crmlab.__file__).parents[1]), cells, item.id, given, TIMES])
    command = [sys.executable, "-c", KERNEL]
    done = subprocess.run(command, input=job, cwd=folder, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("set_name", sets())
def test_instant_checks(set_name: str, tmp_path: Path) -> None:
    """Milliseconds of the question, the first check (the slower of two) and the later ones; answers go to the disk."""
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    cells = before_questions(set_name)
    for item in graded(set_name):
        given = answers(item)
        runs = [milliseconds(item, cells, one, tmp_path) for one in (given, given[::-1])]
        question, first = (max(run[place] for run in runs) for place in (0, 1))
        later = statistics.median(number for run in runs for number in run[2:])
        missed = "".join(f", over {bar} ms" for number, bar in ((first, FIRST_MS), (later, LATER_MS)) if number > bar)
        print(
            f"\n{item.id}: question {question:.0f} ms, first check {first:.0f} ms, later ones {later:.1f} ms{missed}",
            end="",
        )
