"""The grader's engine: hostile cells cost themselves only, the sandbox shows nothing, values travel exactly."""

from __future__ import annotations

import json
import math
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import below, needs_fork, needs_sandbox, sleeping

from crmlab.core.checks import ChoiceItem, Item, NumberItem, SetItem
from crmlab.core.text import Text
from crmlab.grading.engine import CellJob, Failed, Isolation, Job, Limits, Outcome, Pool, pool, probe, sandbox, values
from crmlab.grading.marks import checked
from crmlab.grading.notebooks import graded, sets

LIMITS = Limits(cell_s=1, total_s=15, memory_mb=1500, output_bytes=2000, processes=40, file_mb=10)
MARK = f"{86_000 + secrets.randbelow(300)}.{secrets.randbelow(10**9):09d}"  # how long left-over processes would sleep
SECRET = f"crmlab-secret-{secrets.token_hex(16)}"  # in the grader's memory, environment and files


# --- helpers ---------------------------------------------------------------------------------------------------------


def job(*sources: str, key: str = "a", **more: Any) -> Job:
    """Make a job whose cell number k answers item x-k in answer_k."""
    cells = tuple(CellJob(f"c{k}", dedent(source), f"x-{k}", f"answer_{k}") for k, source in enumerate(sources))
    return Job(key, "2026001", "en", cells, **more)


def run(workers: Pool, *sources: str, **more: Any) -> Outcome:
    (outcome,) = workers.run([job(*sources, **more)])
    return outcome


@pytest.fixture(scope="module")
def sandboxed() -> Iterator[Pool]:
    """One worker in the sandbox."""
    os.environ["CRMLAB_SECRET"] = SECRET
    with Pool(1, LIMITS, "sandbox") as workers:
        yield workers
    del os.environ["CRMLAB_SECRET"]


@pytest.fixture(scope="module")
def bare() -> Iterator[Pool]:
    """One worker without a sandbox."""
    with Pool(1, LIMITS, "none") as workers:
        yield workers


@pytest.fixture(
    params=[
        pytest.param("sandboxed", marks=needs_sandbox, id="sandbox"),
        pytest.param("bare", marks=needs_fork, id="process"),
    ]
)
def workers(request: pytest.FixtureRequest) -> Pool:
    """Each kind of isolation in turn."""
    found: Pool = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """What macOS and Windows get: a fresh Python for each submission."""
    monkeypatch.setattr(pool, "FORKS", False)
    with Pool(1, LIMITS, "none") as workers:
        yield workers


# --- what an honest notebook finds -----------------------------------------------------------------------------------

TABLE = pd.DataFrame({"salon": ["A", "B"], "price": [3.5, 4.0]}, index=[10, 20])
QUESTIONS = {
    "x-0": {"params": {"price": 80, "shares": (1, 2)}, "table": TABLE, "text": "Which price?"},
    "x-1": {"params": {}, "table": None, "text": "No table"},
}


def test_cells_find_the_course_and_their_own_numbers(workers: Pool) -> None:
    outcome = run(
        workers,
        """
        from crmlab import check, item, load, new_numbers, practise, predict, progress, recall, student, use_language
        from crmlab.delivered_value import deliver
        use_language("zh")
        student("somebody else", numbers={"x-0": {"price": 1}})
        found = {"student": student(), "text": str(item("x-0")), "check": check("x-0", 3).status}
        answer_0 = item("x-0").params | found
        """,
        "answer_1 = item('x-0').table",
        "answer_2 = len(load('delivered_value_offers')), progress(), practise('start', 2)",
        "item('x-0').params['price'] = 1; answer_3 = item('x-0').params['price']",
        "answer_4 = item('x-1').table",
        "item('y-9')",
        questions=QUESTIONS,
    )
    assert outcome.status == "ok"
    assert outcome.answers["x-0"] == {
        "price": 80,
        "shares": (1, 2),
        "student": "2026001",
        "text": "Which price?",
        "check": "right",
    }
    pd.testing.assert_frame_equal(outcome.answers["x-1"], TABLE)
    assert outcome.answers["x-2"] == (3, None, None)
    assert outcome.answers["x-3"] == 80
    assert outcome.problems == {
        "c4": "ValueError: item 'x-1' has no table; its numbers are in .params",
        "c5": "ValueError: there is no item 'y-9' here; there are x-0, x-1",
    }


def test_a_table_may_come_encoded(workers: Pool) -> None:
    about = {"params": {}, "table": values.encode(TABLE), "text": ""}
    outcome = run(workers, "import crmlab; answer_0 = crmlab.item('x-0').table", questions={"x-0": about})
    pd.testing.assert_frame_equal(outcome.answers["x-0"], TABLE)


def test_a_table_of_the_course_has_no_limits(workers: Pool) -> None:
    table = pd.DataFrame({name: range(6_000) for name in "abcdefghijklmnopqrst"})
    cell = "import crmlab; t = crmlab.item('x-0').table; answer_0 = t.shape, int(t.to_numpy().sum())"
    outcome = run(workers, cell, questions={"x-0": {"params": {}, "table": table, "text": ""}})
    assert outcome.answers["x-0"] == ((6_000, 20), int(table.to_numpy().sum()))


@pytest.mark.parametrize(
    "item", [one for name in sets() for one in graded(name) if one.exhibit], ids=lambda one: one.id
)
def test_a_table_that_belongs_to_a_question_arrives_and_may_be_the_answer(item: Item) -> None:
    assert item.exhibit is not None
    table = item.exhibit(item.params("s1", salt="x"))
    for most in (math.inf, values.MOST_VALUES):  # to the student, and back
        came = values.decode(values.loads(values.dumps(values.encode(table, most))), most)
        pd.testing.assert_frame_equal(came, table, check_index_type=False, check_column_type=False)


def test_what_a_notebook_asks_of_jupyter_is_there(workers: Pool) -> None:
    cells = [
        "from crmlab import check, item\nassert check('x-0', 3).status == 'right'\nprint(check('x-0', 3))",
        "q = item('x-0')\nassert (q.item.id, q.note) == ('x-0', None) and q._repr_mimebundle_()['text/markdown']",
        "from IPython import get_ipython\nassert 'IPKernelApp' not in get_ipython().config\nget_ipython().kernel",
        "ip = get_ipython()\nip.magic('matplotlib inline'); ip.run_line_magic('load_ext', 'x'); ip.enable_gui('x')",
        "import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()",
        "%%capture out\nprint('caught')",
        "assert out.stdout == 'caught\\n'",
        "%%writefile helper.py\nK = 5",
        "%%writefile -a helper.py\nL = 6",
        "import helper\nassert (helper.K, helper.L) == (5, 6)",
        "3 * 7",
        "assert _ == 21 and Out and In\nawait __import__('asyncio').sleep(0, result=4)",
        "assert _ == 4",
        "import sys; sys.setrecursionlimit(9_000)",
        "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\ndepth(8_000)",
        "sys.setrecursionlimit(100_000); print('before'); sys.stdout.close()",
        "print('after')\nassert sys.getrecursionlimit() == 10_000",
    ]
    outcome = run(workers, *cells, questions=QUESTIONS)
    assert outcome.problems == {}
    assert outcome.output == "Not checked here.\nbefore\nafter\n"


def test_as_deep_as_jupyter_recursion_is_allowed_from_the_start(workers: Pool) -> None:
    outcome = run(workers, "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\nanswer_0 = depth(2_000)")
    assert outcome.answers == {"x-0": 2_000}


def test_processes_and_threads_can_be_used(workers: Pool) -> None:
    outcome = run(
        workers,
        """
        import multiprocessing as mp
        def square(x): return x * x
        with mp.Pool(2) as p: answer_0 = p.map(square, range(3))
        """,
        """
        from concurrent.futures import ProcessPoolExecutor
        with ProcessPoolExecutor(2) as p: answer_1 = list(p.map(square, range(3)))
        """,
        "from multiprocessing.pool import ThreadPool\nwith ThreadPool(2) as p: answer_2 = p.map(square, range(3))",
        """
        from multiprocessing.shared_memory import SharedMemory
        m = SharedMemory(create=True, size=8); m.buf[0] = 7; answer_3 = m.buf[0]; m.close(); m.unlink()
        """,
        """
        import ctypes
        answer_4 = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x + 1)(4)
        """,
    )
    assert outcome.problems == {}
    assert outcome.answers == {"x-0": [0, 1, 4], "x-1": [0, 1, 4], "x-2": [0, 1, 4], "x-3": 7, "x-4": 5}


def test_cells_are_what_jupyter_takes(workers: Pool) -> None:
    outcome = run(
        workers,
        """
        %matplotlib inline
        !touch was-here
        %pip install nothing
        import os
        answer_0 = os.path.exists('was-here')
        """,
        "%%time\nanswer_1 = 1",
        "import asyncio\nawait asyncio.sleep(0)\nanswer_2 = 2",
        "%time answer_3 = 3\ndisplay(answer_3)\nanswer_3",
        "%%bash\nexit 3",
        "answer_5 = __name__, 5\nprint(answer_5",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()\nanswer_6 = ax",
        "answer_7 = '\\ud800 蓝湾'\nprint(answer_7)",
        "x = '\ud800'",
        "\0",
    )
    assert {item: outcome.answers[item] for item in ("x-0", "x-1", "x-2", "x-3", "x-7")} == {
        "x-0": False,
        "x-1": 1,
        "x-2": 2,
        "x-3": 3,
        "x-7": "\ud800 蓝湾",
    }
    assert type(outcome.answers["x-6"]).__name__ == "Axes"
    assert outcome.output == "3\n\\ud800 蓝湾\n"
    problems = {cell: words.split(":")[0] for cell, words in outcome.problems.items()}
    assert problems.pop("c9") in {"SyntaxError", "ValueError"}  # by the edition of Python
    assert problems == {"c5": "SyntaxError", "c8": "UnicodeEncodeError"}


def test_graded_again_a_notebook_that_draws_numbers_draws_the_same(workers: Pool) -> None:
    cell = "import random, numpy as np; answer_0 = random.random(), np.random.rand(), list({'a', 'b', 'c', 'd'})"
    assert run(workers, cell).answers == run(workers, cell).answers
    with Pool(1, LIMITS) as others:
        assert run(others, cell).answers == run(workers, cell).answers


def test_what_holds_answers_cannot_be_imported(workers: Pool) -> None:
    modules = ("credit.items", "credit.practice", "loyalty.vignettes", "grading", "grading.engine.pool")
    outcome = run(workers, *[f"import crmlab.{name}; answer_{k} = 1" for k, name in enumerate(modules)])
    assert outcome.answers.get("x-1") is None and outcome.problems.keys() >= {"c1"}
    assert "grading" not in str(outcome.answers)
    assert {words.split(":")[0] for words in outcome.problems.values()} <= {"ModuleNotFoundError", "ImportError"}
    assert len(outcome.problems) == 5


def test_the_last_value_counts_and_later_changes_are_seen(workers: Pool) -> None:
    outcome = run(workers, "answer_0 = {'a': ...}; answer_1 = 7", "answer_0['a'] = 3; answer_1 = 8", "del answer_1")
    assert outcome.answers == {"x-0": {"a": 3}, "x-1": 8}


def test_an_injected_reference_is_used_and_not_taken_for_the_answer(workers: Pool) -> None:
    outcome = run(workers, "answer_0 = 1", "answer_1 = answer_0 * 10", "answer_0 += 1", inject={"answer_0": 5})
    assert outcome.answers == {"x-0": 1, "x-1": 50}


STEAL = """
import sys, types
frame, found = sys._getframe(), []
while frame:
    for name, value in {**frame.f_globals, **frame.f_locals}.items():
        if name in ("job", "line", "answers") and name != "frame": found.append(repr(getattr(value, "__dict__", value)))
    frame = frame.f_back
answer_1 = "22" + "2.5" in "".join(found)
"""


def test_a_reference_arrives_after_the_answer_that_it_replaces(workers: Pool) -> None:
    outcome = run(
        workers, "answer_0 = 0", STEAL, "answer_2 = answer_1 + 1", inject={"answer_0": 111.5, "answer_1": 222.5}
    )
    assert outcome.answers == {"x-0": 0, "x-1": False, "x-2": 223.5}


def test_a_reference_cannot_be_reported_as_the_answer(workers: Pool) -> None:
    forger = """
        import sys, os
        frame = sys._getframe()
        while "line" not in frame.f_locals: frame = frame.f_back
        report = '{"cell":1,"answers":{"answer_0":%s},"problem":null,"output":""}' % answer_0
        os.write(3, b"\\n" + frame.f_locals["line"].token + report.encode() + b"\\n")
        """
    assert run(workers, "answer_0 = 0", forger, inject={"answer_0": 111.5}).answers["x-0"] == 0


def test_functions_are_called_on_inputs_that_come_last(workers: Pool) -> None:
    outcome = run(
        workers,
        """
        def answer_0(x):
            if x == 2: 1 / 0
            if x == 3:
                while True: pass
            if x == 4:
                import os; os._exit(0)
            if x == 5: raise SystemExit("enough")
            return {"twice": [x, x]}
        """,
        "answer_1 = 3",
        "answer_2 = lambda table: table.price.sum()",
        calls={"answer_0": [[n] for n in range(1, 7)], "answer_1": [[1]], "answer_2": [[TABLE]], "answer_9": [[1]]},
    )
    assert type(outcome.answers["x-0"]).__name__ == "function"
    assert outcome.calls["answer_0"] == [
        {"twice": [1, 1]},
        Failed("ZeroDivisionError", "division by zero"),
        Failed("timeout"),
        Failed("died"),
        Failed("SystemExit", "enough"),
        {"twice": [6, 6]},
    ]
    assert outcome.calls["answer_1"] == [Failed("TypeError", "answer_1 is no function")]
    assert outcome.calls["answer_2"] == [7.5]
    assert outcome.status == "partial"


def test_a_function_that_is_a_part_of_an_answer_is_called(workers: Pool) -> None:
    outcome = run(
        workers,
        "answer_0 = {'double': lambda x: 2 * x, 'size': 3}",
        "answer_1 = 5",
        calls={"answer_0.double": [[1], ["a"]], "answer_0.size": [[1]], "answer_0.none": [[1]], "answer_1.x": [[1]]},
    )
    assert outcome.calls["answer_0.double"] == [2, "aa"]
    assert outcome.calls["answer_0.size"] == [Failed("TypeError", "answer_0.size is no function")]
    assert outcome.calls["answer_0.none"] == [Failed("KeyError", "'none'")]
    assert [one.name for one in outcome.calls["answer_1.x"]] == ["AttributeError"]


# --- hostile and broken cells ----------------------------------------------------------------------------------------

KEPT = "kept"  # the hostile cell's own answer is 5 and stays
LOST = "lost"
EITHER = "either"

HOSTILE: dict[str, tuple[str, str, str | None]] = {  # cell, what becomes of its answer, its problem
    "endless loop that ignores signals": (
        """
        import signal
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        answer_1 = 5
        while True:
            try:
                while True: pass
            except BaseException: pass
        """,
        LOST,
        "timeout",
    ),
    "endless loop in C": ("answer_1 = 5; sum(iter(int, 1))", LOST, "timeout"),
    "end of the process": ("answer_1 = 5; import os; os._exit(0)", LOST, "died"),
    "segmentation fault": ("answer_1 = 5; import ctypes; ctypes.string_at(0)", LOST, "died"),
    "abort": ("answer_1 = 5; import os; os.abort()", LOST, "died"),
    "8 GB at once": ("b = bytearray(8 << 30); answer_1 = 5", LOST, "MemoryError"),
    "8 GB little by little": ("b = []\nwhile True: b.append(b'x' * (50 << 20))\n", LOST, "MemoryError|died|timeout"),
    "fork bomb": (
        """
        import os
        answer_1 = 5
        while True:
            try: os.fork()
            except OSError: pass
        """,
        LOST,
        "timeout",
    ),
    "a fork that goes on with the notebook": ("import os; os.fork(); answer_1 = 5", KEPT, None),
    "sys.exit": ("import sys; answer_1 = 5; sys.exit(3)", KEPT, "SystemExit: 3"),
    "exit()": ("answer_1 = 5; exit()", KEPT, "SystemExit.*"),
    "input": ("answer_1 = 5; input('your name?')", KEPT, "EOFError.*"),
    "breakpoint": ("answer_1 = 5; breakpoint()", KEPT, "BdbQuit|EOFError.*|"),
    "50 MB of output": ("answer_1 = 5\nfor _ in range(50): print('x' * 1_000_000)", KEPT, None),
    "50 MB past Python": ("import os\nanswer_1 = 5\nfor _ in range(50): os.write(1, b'x' * 1_000_000)", KEPT, None),
    "50 detached processes": (
        f"""
        import subprocess
        answer_1 = 5
        for _ in range(50):
            try: subprocess.Popen(["sleep", "{MARK}"], start_new_session=True)
            except OSError: break
        """,
        KEPT,
        None,
    ),
    "a daemon's grandchild": (
        f"""
        import os
        answer_1 = 5
        if not os.fork():
            os.setsid()
            if not os.fork():
                os.execvp("sleep", ["sleep", "{MARK}"])
            os._exit(0)
        """,
        KEPT,
        None,
    ),
    "a grandchild that holds the line": (
        f"""
        import os
        if not os.fork():
            os.setsid()
            os.set_inheritable(3, True)
            os.execvp("sleep", ["sleep", "{MARK}"])
        os._exit(1)
        """,
        LOST,
        "died",
    ),
    "ending its parents": (
        "import os\nanswer_1 = 5\ntry: os.getppid() and os.kill(os.getppid(), 9)\nexcept OSError: pass",
        EITHER,
        "died",
    ),
    "closing all descriptors": ("import os; answer_1 = 5; os.closerange(0, 4096)", LOST, "died"),
    "another file in place of the line": (
        "import os; answer_1 = 5; os.dup2(os.open('/dev/null', os.O_RDWR), 3)",
        LOST,
        "timeout|died",
    ),
    "garbage on all descriptors": (
        """
        import os
        answer_1 = 5
        for number in range(64):
            report = b'\\n{"cell":1,"answers":{"answer_2":7},"problem":null,"output":""}\\n'
            for junk in (b"{", report, b"\\xff" * 3_000_000):
                try: os.write(number, junk)
                except OSError: pass
        """,
        KEPT,
        None,
    ),
    "reports on standard output": (
        """
        import sys
        answer_1 = 5
        print('{"cell": 1, "answers": {"answer_1": 99}, "problem": null, "output": ""}')
        print('\\n{"result": 1}\\n', file=sys.__stderr__)
        """,
        KEPT,
        None,
    ),
    "endless garbage": ("import os\nwhile True: os.write(3, b'x' * 100_000)", LOST, "timeout|died"),
    "an exception past Exception": ("class Mine(BaseException): pass\nanswer_1 = 5\nraise Mine('!')", KEPT, "Mine: !"),
    "an exception that cannot be shown": (
        """
        class Mine(Exception):
            def __str__(self): raise KeyboardInterrupt
            __repr__ = __str__
        answer_1 = 5
        raise Mine
        """,
        KEPT,
        "Mine",
    ),
    "endless recursion": ("answer_1 = 5\ndef f(): f()\nf()", KEPT, "RecursionError.*"),
    "recursion past the stack": (
        "import sys\nanswer_1 = 5\nsys.setrecursionlimit(10**9)\nf = lambda x: repr(x)\nx = []\n"
        "for _ in range(10**6): x = [x]\nf(x)",
        EITHER,
        "died|timeout|RecursionError.*|MemoryError.*",
    ),
    "a limit of recursion that stops everything": (
        "import sys; answer_1 = 5; sys.setrecursionlimit(len(__import__('inspect').stack()) + 10)",
        EITHER,
        "died|RecursionError.*",
    ),
    "brackets without end": ("(" * 5000 + ")" * 5000, LOST, "(Syntax|Memory|Recursion)Error.*"),
    "patched builtins": (
        "import builtins\nanswer_1 = 5\nfor name in ('len', 'type', 'str'): setattr(builtins, name, None)",
        KEPT,
        None,
    ),
    "the real builtins patched": (
        "b = len.__self__\nanswer_1 = 5\nfor name in ('len', 'isinstance', 'type', 'dict'): setattr(b, name, None)",
        EITHER,
        "died",
    ),
    "patched json and os": (
        """
        import json, os
        answer_1 = 5
        for name in ("dumps", "loads", "JSONEncoder", "JSONDecoder"): setattr(json, name, None)
        json.encoder.JSONEncoder.encode = json.encoder.encode_basestring_ascii = json.decoder.JSONDecoder.decode = None
        os.write = os.read = os.getpid = lambda *a: 1
        """,
        KEPT,
        None,
    ),
    "patched crmlab": (
        """
        import crmlab, sys
        from crmlab.core import checks
        answer_1 = 5
        checks.Item.check = checks.NumberItem.check = lambda *a: checks.Feedback("right", None, points=99)
        crmlab.check = None
        sys.modules.clear()
        """,
        KEPT,
        None,
    ),
    "the engine found and patched": (
        """
        import sys
        answer_1 = 5
        frame = sys._getframe()
        while frame:
            for name, value in {**frame.f_globals}.items():
                if name.startswith("_") and callable(value): frame.f_globals[name] = lambda *a, **k: {}
            frame = frame.f_back
        """,
        EITHER,
        "died|timeout",
    ),
    "a tracer": ("import sys\nanswer_1 = 5\ndef t(*a): 1 / 0\nsys.settrace(t); sys.setprofile(t)", EITHER, ".*"),
    "an alarm": (
        """
        import signal
        def ring(*a): raise BaseException("ring")
        signal.signal(signal.SIGALRM, ring); signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        answer_1 = 5
        while True: pass
        """,
        EITHER,
        ".*",
    ),
    "a thread that goes on": (
        """
        import threading, time
        def on():
            while True: print("still here"); time.sleep(0.01)
        threading.Thread(target=on).start()
        answer_1 = 5
        """,
        KEPT,
        None,
    ),
    "warnings": ("import warnings, sys; warnings.warn('old'); sys.stderr.write('oh'); answer_1 = 5", KEPT, None),
    "no memory for the report": (
        "import resource; answer_1 = 5; resource.setrlimit(resource.RLIMIT_AS, (1, 1)); x = [0] * 10",
        EITHER,
        "died|MemoryError.*",
    ),
    "a large file": (
        "import os\nanswer_1 = 5\nwith open('large', 'wb') as f:\n  while True: f.write(b'x' * 1_000_000)",
        KEPT,
        "OSError.*",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_costs_itself_only(workers: Pool, name: str) -> None:
    source, own, problem = HOSTILE[name]
    before = below()
    outcome = run(workers, "answer_0 = 1", source, "answer_2 = answer_0 + 1", "answer_3 = 3")
    assert (outcome.answers["x-0"], outcome.answers["x-2"], outcome.answers["x-3"]) == (1, 2, 3), outcome
    if own != EITHER:
        assert outcome.answers.get("x-1") == (5 if own == KEPT else None), outcome
    assert outcome.problems.keys() <= {"c1"}
    if own == EITHER and not outcome.problems:
        assert outcome.answers["x-1"] == 5
    else:
        assert re.fullmatch(problem or "", outcome.problems.get("c1", ""), re.DOTALL), outcome
    assert len(outcome.output) <= LIMITS.output_bytes
    assert not sleeping(MARK)
    assert len(below()) <= max(len(before), 5), "left running"  # both pools' importer and zygote, in the sandbox two


def test_a_forged_report_spoils_its_own_submission_at_most(workers: Pool) -> None:
    forger = """
        import sys
        frame = sys._getframe()
        while "line" not in frame.f_locals: frame = frame.f_back
        line = frame.f_locals["line"]
        deep = "[" * 100_000 + "]" * 100_000
        import os
        for forged in ('{"cell":1,"answers":{"answer_2":["dict",[[["list",[]],1]]]},"problem":null,"output":""}',
                       '{"cell":1,"answers":{"answer_2":' + deep + '},"problem":null,"output":""}',
                       '{"cell":1e999}', "1" * 10_000, '["ready"]', "\\udcff"):
            os.write(3, b"\\n" + line.token + forged.encode("utf-8", "surrogateescape") + b"\\n")
        """
    first, second = workers.run([job("answer_0 = 1", forger, key="forger"), job("answer_0 = 2", key="next")])
    assert (first.key, first.answers["x-0"], second.answers) == ("forger", 1, {"x-0": 2})
    assert first.problems == {"c1": "died"}


def test_objects_with_tricks_arrive_as_the_name_of_their_class(workers: Pool) -> None:
    outcome = run(
        workers,
        """
        class Any:
            def __eq__(self, other): return True
            def __float__(self): return 80.0
            def __repr__(self): raise SystemExit
            def __getattribute__(self, name): raise KeyboardInterrupt
            __hash__ = None
        answer_0 = Any()
        """,
        "class Meta(type):\n  __name__ = 'int'\nclass Number(float, metaclass=Meta):\n"
        "  __eq__ = lambda s, o: True\n  __class__ = int\nanswer_1 = Number(3)",
        "class Text(str): __eq__, __hash__ = (lambda s, o: True), str.__hash__\nanswer_2 = [Text('x'), {Text('y'): 1}]",
        "x = []; x.append(x); answer_3 = x",
        "y = [1]\nfor _ in range(200): y = [y, y]\nanswer_4 = y",
        "answer_5 = 'x' * 10**7; answer_5 = [answer_5[:150_000]] * 1000",
        "answer_6 = 10 ** 10 ** 6",
        "import numpy as np; answer_7 = np.zeros(10**7)",
        "import pandas as pd\nclass Cell: __eq__ = lambda s, o: True\nanswer_8 = pd.DataFrame({'a': [Cell()]})",
        "class Deep(dict):\n  def items(self): \n    while True: pass\nanswer_9 = Deep(a=1)",
    )
    assert outcome.problems == {}
    named = [type(outcome.answers[f"x-{k}"]).__name__ for k in (0, 1, 4, 5, 6, 7, 9)]
    assert named == ["Any", "Number", "list", "list", "int", "ndarray", "Deep"]
    assert not isinstance(outcome.answers["x-1"], float) and not isinstance(outcome.answers["x-6"], int)
    assert type(outcome.answers["x-2"][0]).__name__ == "Text"
    assert type(outcome.answers["x-8"].loc[0, "a"]).__name__ == "Cell"
    assert outcome.answers["x-0"] != 80.0


def test_the_time_of_a_whole_submission_is_limited_and_earlier_answers_stay() -> None:
    limits = Limits(cell_s=0.5, total_s=1.2, memory_mb=1500)  # less than warming up takes
    with Pool(1, limits) as workers:
        outcome = run(workers, "answer_0 = 1", *["while True: pass"] * 6, "answer_7 = 1")
    assert (outcome.status, outcome.answers) == ("partial", {"x-0": 1})
    assert outcome.problems == dict.fromkeys([f"c{k}" for k in range(1, 8)], "timeout")
    assert outcome.seconds < 10


SLOW = "import time\nend = time.monotonic() + 0.4\nwhile time.monotonic() < end: pass\n"


def test_cells_that_are_run_again_for_another_cell_are_not_charged_twice() -> None:
    with Pool(1, Limits(cell_s=1.2, total_s=5, memory_mb=1500)) as workers:
        endless = ["while True: pass"] * 2
        outcome = run(workers, *[SLOW] * 4, *endless, f"{SLOW}answer_6 = 1")  # 4.4 s, and 3.2 s of running again
    assert outcome.problems == {"c4": "timeout", "c5": "timeout"}
    assert outcome.answers == {"x-6": 1}


@needs_sandbox
def test_a_cell_that_waited_is_tried_once_more_with_more_time(sandboxed: Pool) -> None:
    slow = run(sandboxed, "answer_0 = 1", "import time; time.sleep(1.5); answer_1 = 2", "answer_2 = 3")
    assert (slow.problems, slow.answers, slow.status) == ({}, {"x-0": 1, "x-1": 2, "x-2": 3}, "ok")
    asleep = run(sandboxed, "import time; time.sleep(99)", "import time; time.sleep(99)", "answer_2 = 3")
    assert (asleep.problems, asleep.answers) == ({"c0": "timeout", "c1": "timeout"}, {"x-2": 3})
    assert LIMITS.cell_s * (1 + 3 + 1) <= asleep.seconds < LIMITS.cell_s * (1 + 3 + 3), "one of them, once"


@needs_fork
def test_an_endless_loop_is_not_tried_again(workers: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_STARVED", 0.05)  # this machine may be busy
    outcome = run(workers, "answer_0 = 1", "while True: pass")
    assert outcome.problems == {"c1": "timeout"} and outcome.seconds < LIMITS.cell_s * 3


@needs_sandbox
def test_a_hog_costs_its_neighbour_nothing() -> None:
    hog = """
        import os, time
        for _ in range(min(35, 8 * os.cpu_count())):
            if not os.fork():
                os.setsid()  # a share of its own, where the kernel shares by session
                end = time.monotonic() + 3
                while time.monotonic() < end: pass
                os._exit(0)
        """
    honest = "import time\nwhile time.process_time() < start + 0.35: pass\nanswer_1 = 1"
    with Pool(2, LIMITS, "sandbox") as workers:
        list(workers.run([job("answer_0 = 1", key=str(n)) for n in range(4)]))  # warm
        jobs = [job(hog, "time.sleep(0.9)", "time.sleep(0.9)", "time.sleep(0.9)", key="hog")]
        jobs.append(job("import time; time.sleep(0.2); start = time.process_time()", honest, key="honest"))
        done = {outcome.key: outcome for outcome in workers.run(jobs)}
    assert (done["honest"].problems, done["honest"].answers) == ({}, {"x-1": 1})


def test_an_empty_job_is_ok(workers: Pool) -> None:
    outcome = run(workers)
    assert (outcome.status, outcome.answers, outcome.problems, outcome.output) == ("ok", {}, {}, "")


# --- the border ------------------------------------------------------------------------------------------------------


@needs_sandbox
def test_the_sandbox_shows_system_and_course_only(sandboxed: Pool, tmp_path: Path) -> None:
    (tmp_path / "gradebook.sqlite").write_text(SECRET)
    outside = ["/root", "/home", "/var", "/opt", "/srv", "/sys", "/mnt", "/etc/shadow", "/etc/hosts", str(tmp_path)]
    course = Path(__file__).resolve().parents[1]
    closed = [course / name for name in ("tests", "notebooks", "exercises", ".git", "crmlab/grading", "pyproject.toml")]
    topics = [path.parent.name for path in (course / "crmlab").glob("*/items.py")]
    outcome = run(
        sandboxed,
        f"""
        import os, pathlib, stat
        def sees(path):
            try: return os.listdir(path) if os.path.isdir(path) else pathlib.Path(path).read_bytes()
            except OSError: return []
        found = {{path: sees(path) for path in {[*outside, *map(str, closed)]!r}}}
        answer_0 = {{path: seen for path, seen in found.items() if seen}}
        """,
        f"""
        package = pathlib.Path({str(course / "crmlab")!r})
        answer_1 = [str(p) for p in package.rglob("*") if p.is_file() and p.stat().st_size
                    and (p.name in ("items.py", "practice.py", "vignettes.py") or "__pycache__" in p.parts)]
        """,
        f"""
        import importlib
        answer_2 = []
        for name in {[*(f"crmlab.{topic}.items" for topic in topics), "crmlab.grading"]!r}:
            try: answer_2 += [name] if getattr(importlib.import_module(name), "ITEMS", name == "crmlab.grading") else []
            except ImportError: pass
        """,
        """
        answer_3 = []
        for folder, folders, files in os.walk("/"):
            if folder.startswith("/proc"): folders.clear(); continue
            try:
                name = os.path.join(folder, "mine"); open(name, "w").close(); answer_3.append(folder); os.remove(name)
            except OSError: pass
            if len(pathlib.PurePath(folder).parts) > 3: folders.clear()
        """,
        """
        answer_4 = sorted(os.listdir('/dev')), [n for n in os.listdir('/proc') if n.isdigit()], os.getuid(), os.getpid()
        """,
        "answer_5 = [(line.split()[1], line.split()[3].split(',')) for line in open('/proc/mounts')]",
        "answer_6 = dict(os.environ), open('/proc/self/environ').read(), open('/proc/self/cmdline').read()",
        "answer_7 = sorted(int(n) for n in os.listdir('/proc/self/fd'))[:-1]",  # the last one lists the folder
        "answer_8 = dict(l.split(':\t') for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNew')))",
    )
    assert outcome.problems == {}
    prefixes = {str(above) for prefix in (sys.prefix, sys.base_prefix) for above in Path(prefix).parents}
    leaks = {path: seen for path, seen in outcome.answers["x-0"].items() if path not in prefixes and path != "/root"}
    assert leaks == {} and set(outcome.answers["x-0"].get("/root", [])) <= {".pyenv", ".local"}
    assert outcome.answers["x-1"] == []
    assert outcome.answers["x-2"] == []
    own = outcome.answers["x-6"][0]["TMPDIR"]  # another one than usual where the course itself stands below it
    assert sorted(outcome.answers["x-3"]) == ["/dev/shm", own]
    assert outcome.answers["x-4"] == (["null", "shm", "urandom", "zero"], ["1"], 65534, 1)
    assert not any(str(tmp_path) in point or "/old" in point for point, _ in outcome.answers["x-5"])
    writable = {point for point, options in dict(outcome.answers["x-5"]).items() if "ro" not in options}
    assert writable <= {own, "/dev/shm", "/dev/null", "/dev/zero", "/dev/urandom"}
    assert all("nosuid" in options for point, options in outcome.answers["x-5"] if not point.startswith("/dev/"))
    assert SECRET not in json.dumps(outcome.answers["x-6"])
    assert outcome.answers["x-6"][0].keys() <= sandbox.ENVIRONMENT.keys() | {"LC_CTYPE"}
    assert outcome.answers["x-7"] == [0, 1, 2, 3]
    assert {int(value, 16) for name, value in outcome.answers["x-8"].items() if name != "NoNewPrivs"} == {0}
    assert outcome.answers["x-8"]["NoNewPrivs"].strip() == "1"


@needs_sandbox
def test_the_sandbox_has_no_network_no_mounts_and_no_new_rights(sandboxed: Pool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        outcome = run(
            sandboxed,
            f"import socket; answer_0 = 5; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 1)",
            "answer_1 = [name for _, name in socket.if_nameindex() if name != 'lo']",
            """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            answer_2 = [libc.unshare(0x10000000), libc.unshare(0x20000),
                        libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/proc", 2),
                        libc.chroot(b"/tmp"), libc.setuid(0), libc.sethostname(b"x", 1)]
            """,
            "answer_3 = 5; open('/proc/sys/kernel/hostname', 'w').write('x')",
            "import resource; resource.setrlimit(resource.RLIMIT_NPROC, (10**6, 10**6)); answer_4 = 5",
            "answer_5 = os.getppid(); os.kill(-1, 9)",
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert outcome.answers == {"x-0": 5, "x-1": [], "x-2": [-1] * 7, "x-3": 5, "x-5": 0}
    assert set(outcome.problems) >= {"c0", "c3", "c4"}


SEARCH = """
    import gc, re, sys
    pattern = "".join(["crmlab-", "secret-", "[0-9a-f]{32}"])
    texts = [one for one in gc.get_objects() if isinstance(one, (str, bytes))]
    for holder in gc.get_objects():
        if type(holder) in (dict, list, tuple, set):
            texts += [one for one in (holder.values() if type(holder) is dict else holder) if type(one) in (str, bytes)]
    found = [one for one in texts if re.search(pattern, one if type(one) is str else one.decode("latin-1"))]
    held = 0
    with open("/proc/self/mem", "rb", 0) as memory:
        for line in open("/proc/self/maps"):
            span, rights = line.split()[:2]
            start, end = (int(part, 16) for part in span.split("-"))
            if rights.startswith("rw"):
                try:
                    memory.seek(start)
                    held += len(re.findall(pattern.encode(), memory.read(end - start)))
                except (OSError, ValueError, OverflowError): pass
    answer_0 = len(found), held
    """


def test_nothing_of_the_grader_and_of_other_students_is_in_memory(workers: Pool) -> None:
    assert os.environ.get("CRMLAB_SECRET", SECRET) == SECRET
    mine = run(workers, f"answer_0 = '{SECRET}'", f"answer_1 = ['{SECRET}'] * 100", questions={}, inject={"z": SECRET})
    assert mine.answers["x-0"] == SECRET
    found = run(workers, SEARCH)
    assert found.problems == {} and found.answers["x-0"] == (0, 0)


def test_the_search_would_find_it(workers: Pool) -> None:
    found = run(workers, f"keep = ['{SECRET}']\n" + dedent(SEARCH))
    assert min(found.answers["x-0"]) > 0


def test_each_child_begins_with_an_empty_folder(workers: Pool) -> None:
    first = run(workers, "open('x', 'w').write('for you'); import os; answer_0 = os.getcwd()")
    second = run(workers, f"import os; answer_0 = os.listdir('.'), os.path.exists({first.answers['x-0'] + '/x'!r})")
    assert second.answers["x-0"] == ([], False)


@needs_sandbox
def test_keys_of_the_kernel_and_sockets_to_a_host_are_refused(sandboxed: Pool) -> None:
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers are those of x86_64")
    outcome = run(
        sandboxed,
        """
        import ctypes, socket, subprocess
        libc = ctypes.CDLL(None, use_errno=True)
        answer_0 = [libc.syscall(n, 0, 0, 0, 0, 0) for n in (248, 249, 250, 321, 323, 425)], ctypes.get_errno()
        """,
        "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)",
        "answer_2 = len([socket.socket(family) for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)])",
        "answer_3 = subprocess.run(['echo', 'still works'], capture_output=True, text=True).stdout",
    )
    assert outcome.answers == {"x-0": ([-1] * 6, 1), "x-2": 3, "x-3": "still works\n"}
    assert outcome.problems == {"c1": "PermissionError: [Errno 1] Operation not permitted"}


@needs_sandbox
def test_an_installed_course_is_shown_without_its_solutions_either(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "crmlab"
    shutil.copytree(Path(__file__).resolve().parents[1] / "crmlab", package)
    (package / "_course" / "datasets").mkdir(parents=True)
    (package / "_course" / "datasets" / "x.csv").write_text("1")
    (package / "_course" / "exercises").mkdir()
    code = f"""
    import os, sys
    from crmlab.grading.engine import sandbox
    home, package = {str(package.parent)!r}, {str(package)!r}
    report = os.dup(1)
    seen = sandbox.view()
    sandbox.build(sandbox.View((*seen.shown, home), package, package + "/_course/datasets"))
    child = sandbox.fork()
    if not child:
        assert sandbox.close_door(1) == os.getcwd() == "/student"
        found = [os.listdir(package + "/_course"), os.path.getsize(package + "/credit/items.py"),
                 os.path.exists(package + "/grading"), os.listdir(package + "/_course/datasets")]
        for place in (home, package, package + "/credit", package + "/_course", package + "/_course/datasets"):
            try: os.mkdir(place + "/mine"); found.append(place)
            except OSError: pass
        os.write(report, repr(found).encode())
        os._exit(0)
    os.waitpid(child, 0)
    """
    command = sandbox.python(dedent(code))
    found = subprocess.run(command, env=sandbox.ENVIRONMENT, capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout == "[['datasets'], 0, False, ['x.csv']]"


@needs_sandbox
def test_shared_memory_of_one_child_is_gone_for_the_next(sandboxed: Pool) -> None:
    use = "import os; answer_0 = os.path.exists('/dev/shm/x'); open('/dev/shm/x', 'w').write('for you')"
    assert [run(sandboxed, use).answers["x-0"] for _ in range(2)] == [False, False]


@needs_sandbox
def test_memory_that_counts_for_no_process_is_refused(sandboxed: Pool) -> None:
    if os.uname().machine not in sandbox._REFUSED:
        pytest.skip("the numbers of this machine's calls are not known")
    outcome = run(
        sandboxed,
        "import os; os.memfd_create('m')",
        "import ctypes; answer_1 = ctypes.CDLL(None).shmget(4711, 4096, 0o1666)",
        """
        with open("/dev/shm/large", "wb") as f:
            while True: f.write(b"x" * 1_000_000)
        """,
        "answer_3 = os.path.getsize('/dev/shm/large') >> 20",
        "open('/proc/self/oom_score_adj', 'w').write('0')",
        "answer_5 = int(open('/proc/self/oom_score_adj').read())",
        "import resource; answer_6 = resource.getrlimit(resource.RLIMIT_CORE)[1]",
    )
    assert outcome.problems.keys() == {"c0", "c2", "c4"}
    assert outcome.answers["x-1"] == -1 and outcome.answers["x-3"] <= LIMITS.file_mb
    assert (outcome.answers["x-5"], outcome.answers["x-6"] in (0, 1)) == (1000, True)


# --- the pool --------------------------------------------------------------------------------------------------------


def test_jobs_are_taken_a_few_ahead_and_all_come_back() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(12):
            taken.append(number)
            yield job(f"answer_0 = {number}", key=str(number))

    done: dict[str, Outcome] = {}
    with Pool(2, LIMITS) as workers:
        for outcome in workers.run(jobs()):
            done[outcome.key] = outcome
            assert len(taken) <= len(done) + 3
    assert {key: outcome.answers["x-0"] for key, outcome in done.items()} == {str(n): n for n in range(12)}
    assert {outcome.isolation for outcome in done.values()} == {probe().name if pool.FORKS else "process"}


@needs_fork
def test_a_pool_that_is_left_early_or_closed_can_be_used_again() -> None:
    before = below()
    with Pool(1, LIMITS) as workers:
        for outcome in workers.run([job("answer_0 = 1"), job("while True: pass")]):
            assert outcome.answers == {"x-0": 1}
            break
        assert run(workers, "answer_0 = 2").answers == {"x-0": 2}
    assert below() <= before


def test_a_job_that_cannot_be_sent_is_a_row_and_the_batch_goes_on(workers: Pool) -> None:
    bad = job("answer_0 = 1", key="bad", questions={"x-0": {"text": "no params"}})
    found = {outcome.key: outcome for outcome in workers.run([bad, job("answer_0 = 2", key="good")])}
    assert (found["bad"].status, found["good"].answers) == ("failed", {"x-0": 2})


def test_workers_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="workers is 0; allowed are whole numbers from 1"):
        Pool(0)


@needs_fork
@pytest.mark.parametrize("ended", [["zygote"], ["source"], ["source", "zygote"]])
def test_a_warm_process_that_is_ended_is_replaced(workers: Pool, ended: list[str]) -> None:
    run(workers, "answer_0 = 1")
    pids = {"zygote": workers._workers[0]._pid, "source": workers._source._process.pid}  # type: ignore[attr-defined]
    for name in ended:
        os.kill(pids[name], signal.SIGKILL)
    outcome = run(workers, "answer_0 = 2")
    assert outcome.answers == {"x-0": 2} and outcome.problems == {}


BATCH = """
import sys
from crmlab.grading.engine import CellJob, Job, Pool, Limits
start = "import subprocess; subprocess.Popen(['sleep', '{mark}'], start_new_session=True)"
cell = CellJob("c", start + "\\nwhile True: pass")
with Pool(1, Limits(cell_s=60), {isolation!r}) as pool:
    list(pool.run(Job(str(n), "s", "en", (cell,)) for n in range(9)))
"""


@pytest.mark.parametrize(
    "isolation", [pytest.param("sandbox", marks=needs_sandbox), pytest.param("none", marks=needs_fork)]
)
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_grader_that_is_interrupted_or_killed_leaves_nothing_running(isolation: str, sign: signal.Signals) -> None:
    code = BATCH.format(mark=MARK, isolation=isolation)
    grader = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not sleeping(MARK) and time.monotonic() < until:
            time.sleep(0.05)
        assert len(sleeping(MARK)) == 1
        os.killpg(grader.pid, sign)  # as a terminal does
        assert grader.wait(30) != 0
        while sleeping(MARK) and time.monotonic() < until:
            time.sleep(0.05)
        assert not sleeping(MARK)
    finally:
        grader.kill()
        grader.wait()


# --- levels of isolation ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare to compare with")
def test_the_sandbox_is_had_wherever_name_spaces_are() -> None:
    spaces = ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--net", "--ipc", "--uts", "--mount-proc"]
    allowed = subprocess.run(["unshare", *spaces, "true"], capture_output=True, timeout=60).returncode == 0
    assert not allowed or probe() == Isolation("sandbox")


def test_what_there_is_is_said(workers: Pool) -> None:
    outcome = run(workers, "answer_0 = 1")
    assert outcome.isolation == workers.isolation.name
    assert (workers.isolation.note == "") == (workers.isolation.name == "sandbox")


def test_without_a_sandbox_the_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "probe", lambda: Isolation("process", "user name space: not permitted"))
    with pytest.raises(sandbox.SandboxError, match="user name space: not permitted"):
        Pool(1, isolation="sandbox")
    assert "user name space: not permitted" in Pool(1).isolation.note


@needs_sandbox
def test_a_machine_that_bars_user_name_spaces_is_recognised() -> None:
    code = """
    from crmlab.grading.engine import sandbox
    sandbox._new_user_space()
    sandbox._write("/proc/sys/user/max_user_namespaces", "0")
    print(sandbox.probe())
    """
    found = subprocess.run([sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=True, timeout=60)
    assert "name='process', note='user name space: " in found.stdout


def test_a_fresh_python_for_each_submission_does_the_same(fresh: Pool) -> None:
    before = below() if sys.platform == "linux" else set()
    outcome = run(
        fresh,
        "from crmlab import item\nimport pandas as pd\nanswer_0 = item('x-0').table\nprint('hello')",
        "import os; os._exit(3)",
        "import os\nfor n in range(64):\n  try: os.write(n, b'{junk')\n  except OSError: pass\nanswer_2 = 2",
        "answer_3 = lambda x: x + 1",
        questions=QUESTIONS,
        calls={"answer_3": [[1], ["a"]]},
    )
    assert outcome.isolation == "process" and "fresh Python" in fresh.isolation.note
    pd.testing.assert_frame_equal(outcome.answers["x-0"], TABLE)
    assert outcome.answers["x-2"] == 2 and outcome.output == "hello\n"
    assert outcome.problems == {"c1": "died"}
    assert outcome.calls["answer_3"][0] == 2 and outcome.calls["answer_3"][1].name == "TypeError"
    if sys.platform == "linux":
        assert below() <= before


@needs_fork
def test_a_fresh_python_is_ended_with_its_group(fresh: Pool) -> None:
    endless = f"import subprocess; subprocess.Popen(['sleep', '{MARK}'])\nwhile True: pass"
    outcome = run(fresh, "answer_0 = 1", endless)
    assert (outcome.answers, outcome.problems) == ({"x-0": 1}, {"c1": "timeout"})
    assert not sleeping(MARK)


# --- values ----------------------------------------------------------------------------------------------------------


def there_and_back(value: Any) -> Any:
    return values.decode(values.loads(values.dumps(values.encode(value))))


def alike(one: Any, other: Any) -> bool:
    """Whether two plain values are the same in type and content, NaN included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return repr(one) == repr(other)
    if isinstance(one, dict):
        pairs = zip(one.items(), other.items(), strict=True)
        return len(one) == len(other) and all(alike(k, m) and alike(v, w) for (k, v), (m, w) in pairs)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(alike(v, w) for v, w in zip(one, other, strict=True))
    return bool(one == other)


texts = st.text(st.characters(exclude_categories=[]), max_size=20)  # halves of characters, too
keys = st.one_of(st.none(), st.booleans(), st.integers(), texts, st.floats(allow_nan=False))
atoms = st.one_of(keys, st.floats(), st.just(...), st.integers(-(2**5000), 2**5000), st.fractions())
plain = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(keys, st.tuples(keys, keys)), inner, max_size=4),
        st.sets(keys, max_size=4),
        st.frozensets(keys, max_size=4),
    ),
    max_leaves=12,
)


@given(plain)
def test_plain_values_arrive_as_they_were(value: Any) -> None:
    assert alike(there_and_back(value), value)


@given(plain)
def test_the_line_is_the_json_that_everybody_reads(value: Any) -> None:
    data = values.encode(value)
    assert json.loads(values.dumps(data)) == data


def test_two_halves_of_a_character_do_not_join() -> None:
    assert len(there_and_back("\ud83d\ude00")) == 2


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(2.5), 2.5),
        (np.float32(0.5), 0.5),
        (np.longdouble(2), 2.0),
        (np.int64(-3), -3),
        (np.uint8(200), 200),
        (np.bool_(True), True),
        (np.str_("蓝"), "蓝"),
        (OrderedDict(a=1), {"a": 1}),
        (defaultdict(int, a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        ({"a": 1}.keys(), ["a"]),
        ({"a": 1}.values(), [1]),
        (range(3), [0, 1, 2]),
        (Fraction(1, 3), Fraction(1, 3)),
        ({"a": np.array([1.5])[0]}, {"a": 1.5}),
    ],
)
def test_kin_of_plain_values_become_plain(value: Any, plain: Any) -> None:
    assert alike(there_and_back(value), plain)


@pytest.mark.parametrize(
    "array",
    [
        np.array([[1.5, np.nan], [np.inf, -0.0]]),
        np.array([1, 2], dtype="int16"),
        np.array([True, False]),
        np.array(3.5),
        np.zeros((0, 3)),
        np.array([1, 2], dtype=">i4"),
    ],
)
def test_arrays_keep_shape_kind_and_values(array: Any) -> None:
    back = there_and_back(array)
    assert back.dtype == array.dtype.newbyteorder("=")
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize("dtype", ["U", "O", np.dtypes.StringDType()])
def test_text_in_an_array_takes_the_room_of_the_text(dtype: Any) -> None:
    back = there_and_back(np.array([["a", "蓝湾"]], dtype=dtype))
    assert back.dtype == object and back.tolist() == [["a", "蓝湾"]]


FRAME = pd.DataFrame(
    {
        "whole": [1, 2, 3],
        "part": [1.5, np.nan, math.inf],
        "small": np.array([1, 2, 3], dtype="int8"),
        "text": ["a", None, "蓝湾"],
        "yes": [True, False, True],
        "maybe": pd.array([1, None, 3], dtype="Int64"),
        "day": pd.to_datetime(["2026-01-01", None, "2026-01-03"]),
        "kind": pd.Categorical(["x", "y", "x"]),
        "any": [1, "b", ...],
        7: [0, 0, 0],
    },
    index=pd.Index(["r1", "r2", "r3"], name="salon"),
)


@pytest.mark.parametrize(
    "table",
    [
        FRAME,
        FRAME.reset_index(drop=True),
        FRAME[["whole", "part"]].T,
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]),
        pd.DataFrame({"a": [1, 2]}, index=[5, 5]),
        pd.DataFrame({"n": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None])),
        pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "mean"), ("a", "sum")])),
        pd.DataFrame({"n": [1.0]}, index=pd.to_datetime(["2026-05-01"])),
    ],
)
def test_tables_keep_labels_kinds_and_values(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(there_and_back(table), table, check_index_type=False, check_column_type=False)


@pytest.mark.parametrize("series", [FRAME["part"], FRAME["text"], FRAME["kind"], pd.Series([1, 2], name=("a", 1))])
def test_series_keep_name_labels_and_values(series: Any) -> None:
    pd.testing.assert_series_equal(there_and_back(series), series, check_index_type=False)


def test_a_table_says_its_kinds_in_json() -> None:
    assert values.encode(pd.DataFrame({"a": [1.5]}))[3] == [["float64", [1.5]]]


class Evil(float):
    """Claims to be everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


TEXT = Text(en="x", zh="x")
NUMBER = NumberItem(ask=TEXT, hint=TEXT, why=TEXT, solve=lambda params: 80, unit=TEXT)


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (80, "right", "Right"),
        (np.float64(80), "right", "Right"),
        (Evil(80), "type", "Evil"),
        (lambda: 80, "type", "function"),
        (sum, "type", "function"),
        (pd.Series([80.0]), "type", "Series"),
        (np.array([80]), "type", "ndarray"),
        (float("nan"), "type", "nan"),
        pytest.param(10**5000, "type", "inf", id="huge"),
        ("80", "type", "text '80'"),
        (True, "type", "truth value True"),
        (..., "empty", "No answer yet"),
        (None, "type", "empty value"),
        (80j, "type", "complex"),
        (pd.NA, "type", "NAType"),
        (np.timedelta64(1, "D"), "type", "timedelta64"),
        (np.timedelta64(80, "ns"), "type", "timedelta64"),
        (np.datetime64("2026-01-01"), "type", "datetime64"),
    ],
)
def test_what_arrives_is_checked_and_named_as_in_the_notebook(answer: Any, status: str, words: str) -> None:
    feedback = NUMBER.check(there_and_back(answer), {})
    assert feedback.status == status and words in feedback.message.en
    if type(answer) is not Evil:
        assert NUMBER.check(answer, {}).status == status


def test_choices_and_sets_are_checked_as_in_the_notebook() -> None:
    options = {"north": Text(en="North", zh="北"), "south": Text(en="South", zh="南")}
    choice = ChoiceItem(ask=TEXT, hint=TEXT, why=TEXT, solve=lambda params: "north", options=options)
    several = SetItem(ask=TEXT, hint=TEXT, why=TEXT, solve=lambda params: {"north", "south"}, options=options)
    assert choice.check(there_and_back("北"), {}).status == "right"
    for answer in ({"north", "south"}, ["south", "north"], pd.Index(["north", "south"]), np.array(["north", "south"])):
        assert several.check(there_and_back(answer), {}).status == "right"


ALIKE = [f'["int","{hex(number * (2**61 - 1))}"]' for number in range(1, 31)]  # all with the same hash


def index(count: int) -> str:
    return json.dumps(["index", None, "int64", list(range(count))])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[",
        "NaN",
        "1" * 5000,
        "[" * 200_000,
        "{}",
        "[]",
        "[1]",
        '["unknown",1]',
        '["dict"]',
        '["dict",[[1]]]',
        '["dict",[[["list",[]],1]]]',
        '["set",[["list",[]]]]',
        '["int","12"]',
        '["int","0x' + "f" * 20_000 + '"]',
        '["float","1"]',
        "1e999",
        '["str",[-1]]',
        '["str",[1114112]]',
        '["str","x"]',
        '["array","f8",[2],[1.0]]',
        '["array","O8",[1],[1]]',
        '["array","U",[2],["x","y"]]',  # as wide as the longest: one long text, and thousands that are empty
        f'["list",["{"x" * 200_001}"]]',
        f'["list",[{",".join([chr(34) + "x" * 100_000 + chr(34)] * 10)}]]',
        f'["frame",{index(1001)},{index(0)},{json.dumps([["category", []]] * 1001)}]',
        f'["dict",[{",".join(f"[{key},0]" for key in ALIKE)}]]',
        f'["series",null,{index(30)},"category",[{",".join(ALIKE)}]]',
        f'["series",null,["index",null,"object",[{",".join(ALIKE)}]],"int64",{list(range(30))}]',
        f'["levels",[null,null],[{",".join(f"""["tuple",[{key},1]]""" for key in ALIKE)}]]',
        '["array","f8",[-1],[]]',
        '["array","f8",[1],["x"]]',
        '["array","V1000000000",[0],[]]',
        '["frame",1,2,3]',
        '["series",null,["list",[]],"int64",[1]]',
        '["fraction",1,0]',
        '["time","yesterday"]',
        '["levels",["x"],[1]]',
        '["type"]',
        '["tuple",' * 100 + "1" + "]" * 100,
        '{"__class__":"os.system"}',
        '["set",[' + ",".join(str(n * (2**61 - 1)) for n in range(6000)) + "]]",  # all with the same hash
        '["list",[' + "0," * 600_000 + "0]]",
    ],
    ids=lambda line: repr(line[:30]),
)
def test_what_no_child_writes_is_refused(line: str) -> None:
    with pytest.raises(values.MalformedError):
        values.decode(values.loads(line))


@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats()), st.lists, max_leaves=9))
def test_decoding_refuses_or_gives_a_value_and_nothing_else(data: Any) -> None:
    for tag in values._READERS:
        with suppress(values.MalformedError):
            values.decode([tag, *data] if isinstance(data, list) else [tag, data])


@pytest.mark.parametrize(
    "many",
    [
        set(range(5001)),
        dict.fromkeys(range(5001)),
        pd.Series(range(5001)),
        [0] * 100_001,
        iter(range(100_001)),
        pd.DataFrame(0, index=range(1), columns=range(1001)),
        [pd.Series([1])] * 5_000,
    ],
)
def test_what_is_too_large_travels_as_its_name_and_is_called_too_large(many: Any) -> None:
    came = there_and_back(many)
    assert isinstance(came, values.TooLarge) and type(came).__name__ == type(many).__name__
    found = checked(NUMBER, there_and_back(came), {})  # from a worker on another machine
    assert found.status == "type" and found.message.en.startswith(f"Your answer ({type(many).__name__}) is too large")


def test_a_function_gives_a_result_and_no_table(workers: Pool) -> None:
    outcome = run(workers, "answer_0 = lambda n: [0] * n", calls={"answer_0": [[5], [2_000]]})
    assert outcome.calls["answer_0"][0] == [0] * 5 and isinstance(outcome.calls["answer_0"][1], values.TooLarge)


def test_what_a_child_reports_is_bounded_before_it_is_kept() -> None:
    one = pool._Run(job(*["x = 1"] * 50), None, LIMITS, "sandbox")  # type: ignore[arg-type]
    one._room = LIMITS.output_bytes
    for number in range(50):
        one._report({"cell": number, "answers": {}, "problem": None, "output": "x" * 100_000}, number, number)
    assert sum(map(len, one.output.values())) == LIMITS.output_bytes


@pytest.mark.parametrize("bomb", ["b'[],' * 2_500_000", "b'9,' * 1_100_000", "b'x' * 20_000_000"])
def test_a_line_that_would_fill_the_memory_is_refused_before_it_is_read(
    workers: Pool, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    forger = f"""
        import sys, os
        frame = sys._getframe()
        while "line" not in frame.f_locals: frame = frame.f_back
        data = b"\\n" + frame.f_locals["line"].token + b'["' + {bomb} + b'"]\\n'
        while data: data = data[os.write(3, data):]
        """
    read: list[int] = []
    loads = values.loads
    monkeypatch.setattr(values, "loads", lambda line: read.append(len(line)) or loads(line))
    outcome = run(workers, "answer_0 = 1", forger, "answer_2 = 3")
    assert (outcome.answers, outcome.problems) == ({"x-0": 1, "x-2": 3}, {"c1": "died"})
    assert max(read) < 1_000_000


def test_what_is_said_of_a_cell_can_be_shown_anywhere(workers: Pool) -> None:
    outcome = run(workers, r"print('a\x1b[2J\u202eb\0\tc\u3000蓝湾\r'); raise ValueError('\x1b\u202e')")
    assert outcome.output == "a\ufffd[2J\ufffdb\ufffd\tc\u3000蓝湾\ufffd\n"
    assert outcome.problems == {"c0": "ValueError: \ufffd\ufffd"}


def test_names_of_types_are_harmless() -> None:
    bad = type("x\n<b>\u202e" + "y" * 500, (), {})()
    assert type(there_and_back(bad)).__name__ == ("x<b>" + "y" * 500)[:78]
    assert type(values.decode(["type", "\0"])).__name__ == "object"


def test_the_writer_writes_json_only() -> None:
    with pytest.raises(values.MalformedError, match="set is no JSON"):
        values.dumps({1})
