"""Grading beside nbgrader and otter on the same notebooks; `make bench` prints it. Ratios within one run count.

nbgrader and otter run where their programs are: on the path, or in the folder ``CRMLAB_GRADERS`` (the ``bin`` of an
environment with ``nbgrader`` and ``otter-grader``). They are timed on a few submissions and scaled to the class.
``CRMLAB_BENCH_LONG=10000`` grades so many submissions and prints the memory on the way.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from crmlab.grading.assign import load_class
from crmlab.grading.demo import demo_class
from crmlab.grading.engine import Limits, probe
from crmlab.grading.notebooks import graded, numbers_of, template, variable
from crmlab.grading.run import Run

SET = "12_credit_policy"
STUDENTS = 300
WORKERS = 2
BESIDE = 5  # submissions that the other graders are timed on
LOOP = "while True:\n    pass"
LONG = int(os.environ.get("CRMLAB_BENCH_LONG", "0"))


@dataclass
class Memory:
    """The most that a process and all below it used, in MB; shared pages are counted once (PSS where there is one)."""

    most: float = 0
    most_of_grader: float = 0
    seen: list[float] = field(default_factory=list)


def used(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 1e6
    except (AttributeError, psutil.AccessDenied):
        return float(process.memory_info().rss) / 1e6


@contextmanager
def watched(every_s: float = 0.1) -> Iterator[Memory]:
    """Look again and again at the memory of this process's children; a grader runs in one."""
    memory, over, me = Memory(), threading.Event(), psutil.Process()

    def look() -> None:
        while not over.wait(every_s):
            total = 0.0
            for one in me.children(recursive=True):
                try:
                    size = used(one)
                except psutil.Error:
                    continue
                total += size
                if one.ppid() == me.pid:
                    memory.most_of_grader = max(memory.most_of_grader, size)
            memory.most = max(memory.most, total)
            memory.seen.append(total)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        over.set()
        thread.join()


GRADE = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
from crmlab.grading.run import Run
place, set_name, folder, workers = sys.argv[1:]
summary = Run(Path(place), set_name, Path(folder), workers=int(workers)).grade(lambda: None)
print(json.dumps([time.perf_counter() - began, summary.graded, summary.isolation, dict(summary.by_status)]))
"""


def grade(place: Path, folder: Path, every_s: float = 0.1) -> tuple[list[Any], Memory]:
    """Grade in a process of its own, imports included."""
    with watched(every_s) as memory:
        run = subprocess.run(
            [sys.executable, "-c", GRADE, str(place), SET, str(folder), str(WORKERS)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: list[Any] = json.loads(run.stdout)
    return found, memory


def loops(place: Path) -> list[Path]:
    """Which submissions of a class have an endless loop."""
    return [path for path in sorted(place.glob("*.ipynb")) if b"while True" in path.read_bytes()]


def without_loops(place: Path) -> int:
    """Put a cell that does nothing where the loops are; return how many there were."""
    found = loops(place)
    for path in found:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["source"] == LOOP:
                cell["source"] = "pass"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return len(found)


@pytest.fixture(scope="module")
def class_seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Grade 300 submissions once, print seconds and memory, return the seconds; endless loops are timed apart."""
    folder = tmp_path_factory.mktemp("whole") / "class"
    place = demo_class(folder, SET, STUDENTS)
    endless = without_loops(place)
    (seconds, count, isolation, by_status), memory = grade(place, folder)
    assert count == STUDENTS
    print(
        f"\n{count} submissions ({by_status}), {WORKERS} workers, isolation {isolation}: {seconds:.1f} s with the "
        f"start ({seconds / count * 1000:.0f} ms each), memory at most {memory.most:.0f} MB in all, "
        f"{memory.most_of_grader:.0f} MB the grader; {endless} endless loops left out, each waits "
        f"{Limits().cell_s:.0f} s for its limit",
        end="",
    )
    return float(seconds)


def test_a_class(class_seconds: float) -> None:
    """Seconds and memory for 300 submissions."""
    assert class_seconds > 0


def test_an_endless_loop(tmp_path: Path) -> None:
    """What one endless loop costs beyond its limit: two submissions of one warm worker, the second with a loop."""
    folder = tmp_path / "class"
    place = demo_class(folder, SET, 3)
    path = sorted(place.glob("*.ipynb"))[-1]
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")["source"] += f"\n{LOOP}"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    limits = Limits(cell_s=2)
    run = Run(place, SET, folder, workers=1, limits=limits)
    run.grade(lambda: None)
    rows = run.book.table("submissions").sort_values("file")
    run.book.close()
    assert list(rows.status) == ["ok", "ok", "partial"]
    beyond = rows.seconds.iloc[2] - rows.seconds.iloc[1] - limits.cell_s
    print(f"\nan endless loop costs its limit of {limits.cell_s:.0f} s and {beyond * 1000:.0f} ms", end="")


@pytest.mark.skipif(not LONG, reason="set CRMLAB_BENCH_LONG=10000 to grade so many")
def test_memory_stays_flat(tmp_path: Path) -> None:
    """The most memory in each tenth of the time that so many submissions take."""
    folder = tmp_path / "class"
    place = demo_class(folder, SET, LONG)
    without_loops(place)
    (seconds, count, isolation, _), memory = grade(place, folder, every_s=1)
    tenths = [memory.seen[len(memory.seen) * tenth // 10 :][: len(memory.seen) // 10] for tenth in range(10)]
    print(
        f"\n{count} submissions, isolation {isolation}: {seconds:.0f} s ({seconds / count * 1000:.0f} ms each); memory "
        f"[MB] in each tenth of the time: {', '.join(f'{max(tenth):.0f}' for tenth in tenths)}",
        end="",
    )


# --- the others, on the same notebooks -------------------------------------------------------------------------------


def program(name: str) -> str | None:
    """Where another grader's program is."""
    return shutil.which(name, path=os.environ.get("CRMLAB_GRADERS")) or shutil.which(name)


def with_a_test(notebook: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """Replace the checks by assertions that need no crmlab state: what an instructor of nbgrader would write."""
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id.endswith("-check"):
            name = variable(grade_id.removesuffix("-check"))
            cell["source"] = f"assert {name} == {right[name]!r}"
        cell.setdefault("outputs", [])
    return notebook


def environment(command: str) -> dict[str, str]:
    """The other graders' kernels import this crmlab; their helpers are found beside them."""
    root, programs = str(Path(__file__).resolve().parents[2]), str(Path(command).parent)
    path = os.pathsep.join([programs, os.environ.get("PATH", "")])
    return os.environ | {"PYTHONPATH": root, "PATH": path, "MPLBACKEND": "agg"}


def sample(tmp_path: Path) -> tuple[list[Path], dict[str, Any]]:
    """A few submissions of the class, and the right answers of the first."""
    folder = tmp_path / "class"
    place = demo_class(folder, SET, BESIDE)
    paths = sorted(place.glob("*.ipynb"))
    numbers = numbers_of(SET, "2026001", load_class(folder).salt)
    return paths, {variable(item.id): item.solve(numbers[item.id]) for item in graded(SET)}


def test_beside_nbgrader_and_otter(tmp_path: Path, class_seconds: float) -> None:
    """Minutes for the class on two processors; the others, which use one, are scaled from a few submissions."""
    paths, right = sample(tmp_path)
    print(f"\n{STUDENTS} submissions: crmlab {class_seconds:.1f} s, isolation {probe().name}", end="")
    for name, run in {"nbgrader autograde": nbgrader, "otter run": otter}.items():
        found = program(name.partition(" ")[0])
        if found is None:
            print(f"; {name.partition(' ')[0]} is not installed", end="")
            continue
        seconds = run(found, tmp_path / name, paths, right) / BESIDE
        print(
            f"; {name} {seconds * STUDENTS / 60:.1f} min, scaled from {BESIDE} of {seconds:.2f} s each: "
            f"{seconds * STUDENTS / class_seconds:.0f} times as long",
            end="",
        )


def nbgrader(command: str, folder: Path, paths: list[Path], right: dict[str, Any]) -> float:
    """Seconds of ``nbgrader autograde`` for all submissions, the release made before."""
    source = folder / "source" / "ps1" / "set.ipynb"
    source.parent.mkdir(parents=True)
    model = with_a_test(template(SET, "en"), right)
    source.write_text(json.dumps(model), encoding="utf-8")
    for number, path in enumerate(paths):
        goal = folder / "submitted" / f"s{number}" / "ps1" / "set.ipynb"
        goal.parent.mkdir(parents=True)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        goal.write_text(json.dumps(with_a_test(notebook, right)), encoding="utf-8")
    timed([command, "generate_assignment", "ps1", "--create", "--force"], folder)
    return timed([command, "autograde", "ps1", "--create"], folder)


def otter(command: str, folder: Path, paths: list[Path], right: dict[str, Any]) -> float:
    """Seconds of ``otter run`` for the submissions one by one, with one test per item."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name, value in right.items():
        case = {"code": f">>> {name} == {value!r}\nTrue", "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": 1, "suites": [suite]}
        (tests / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n", encoding="utf-8")
    shutil.make_archive(str(folder / "autograder"), "zip", folder, "tests")
    seconds = 0.0
    for number, path in enumerate(paths):
        place = folder / f"s{number}"
        place.mkdir()
        notebook = json.loads(path.read_text(encoding="utf-8"))
        checks = [cell for cell in notebook["cells"] if cell["source"].startswith("check(")]
        notebook["cells"] = [cell for cell in notebook["cells"] if cell not in checks]  # otter runs its own at the end
        (place / "set.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        seconds += timed([command, "run", "-a", str(folder / "autograder.zip"), "-o", ".", "set.ipynb"], place)
    return seconds


def timed(command: list[str], folder: Path) -> float:
    began = time.perf_counter()
    run = subprocess.run(command, cwd=folder, env=environment(command[0]), capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    if run.returncode:
        print(f"\n{' '.join(command[:2])} ended with {run.returncode}: {(run.stderr or run.stdout)[-600:]}", end="")
    return taken
