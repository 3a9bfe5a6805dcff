"""Grading from end to end: hand out, hostile notebooks, grade; every row of the gradebook is the deserved one.

The hostile suite of the shared page on exercises, section 4, and more of its kind, in one class and one run for each
kind of isolation. Then graders that are killed, follow-through, and each student's own numbers.
"""

from __future__ import annotations

import copy
import hashlib
import itertools
import json
import math
import os
import random
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from processes import below, needs_fork, needs_sandbox, sleeping

from crmlab import build
from crmlab.core.answers import plain
from crmlab.core.checks import ChoiceItem, FunctionItem, Item, NumberItem, Params, Trap
from crmlab.core.data import course_root
from crmlab.core.text import Text
from crmlab.grading import marks, notebooks
from crmlab.grading.assign import assign, handout, load_class
from crmlab.grading.demo import demo_class
from crmlab.grading.engine import Limits
from crmlab.grading.gradebook import TIMES, Gradebook, sentences
from crmlab.grading.notebooks import graded, numbers_of, variable
from crmlab.grading.roster import Student
from crmlab.grading.run import Run

SET = "12_credit_policy"
ITEMS = graded(SET)
POINTS = {item.id: item.points for item in ITEMS}
LIMITS = Limits(cell_s=1.5, total_s=20, memory_mb=1500, output_bytes=2000, processes=60, file_mb=10)
MARK = f"{85_000 + secrets.randbelow(300)}.{secrets.randbelow(10**9):09d}"  # how long left-over processes would sleep
NEIGHBOUR = "honest-right"


START = time.time()

Notebook = dict[str, Any]

# --- notebooks as students hand them in ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """What a case may know of the class it is in."""

    folder: Path
    submissions: Path
    salt: str
    port: int

    def numbers(self, student: str) -> dict[str, Params]:
        return numbers_of(SET, student, self.salt)


def cell(notebook: Notebook, grade_id: str) -> Notebook:
    found: Notebook = next(
        one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def solved(item: Item, params: Params) -> str:
    return f"{variable(item.id)} = {plain(item.solve(params))!r}"


def right(student: str, at: Place) -> Notebook:
    """A student's notebook with every answer right."""
    numbers = at.numbers(student)
    notebook: Notebook = json.loads(handout(student, SET, "en", numbers))
    for item in ITEMS:
        cell(notebook, item.id)["source"] = solved(item, numbers[item.id])
    return notebook


def add(notebook: Notebook, source: str, before: int = 1) -> Notebook:
    """Put a cell of the student's own before an answer; 0 means at the end."""
    new = {"cell_type": "code", "id": secrets.token_hex(4), "metadata": {}, "outputs": [], "execution_count": None}
    new["source"] = dedent(source)
    cells = notebook["cells"]
    place = cells.index(cell(notebook, f"credit_policy-{before}")) if before else len(cells)
    cells.insert(place, new)
    return notebook


def prefix(notebook: Notebook, number: int, source: str) -> Notebook:
    """Put code before the answer in its own cell."""
    found = cell(notebook, f"credit_policy-{number}")
    found["source"] = dedent(source).strip() + "\n" + found["source"]
    return notebook


def suffix(notebook: Notebook, number: int, source: str) -> Notebook:
    found = cell(notebook, f"credit_policy-{number}")
    found["source"] += "\n" + dedent(source).strip()
    return notebook


Change = Callable[[Notebook, Place], Notebook | bytes]


@dataclass(frozen=True)
class Case:
    """A submission and what it deserves.

    ``earned`` holds points by item number; items not named have all of theirs. ``item_status`` likewise. ``said`` and
    ``noted`` must stand in the row's reason and notes; ``None`` for ``noted`` means that there are no notes.
    """

    change: Change
    earned: dict[int, float] | None = None
    status: str = "ok"
    said: str = ""
    noted: str | None = None
    item_status: dict[int, str] | None = None
    item_note: dict[int, str] | None = None
    shown: dict[int, str] | None = None  # what the kept answer begins with or names
    file: bytes | None = None
    may_keep: int = 0  # this item may be graded, too: the first process of a name space does not hear its own signals
    sandbox: bool = False  # makes sense, or is harmless, only in the sandbox


def own(source: str, before: int = 1) -> Change:
    return lambda notebook, _: add(notebook, source, before)


def first(number: int, source: str) -> Change:
    return lambda notebook, _: prefix(notebook, number, source)


def then(number: int, source: str) -> Change:
    return lambda notebook, _: suffix(notebook, number, source)


def instead(number: int, source: str) -> Change:
    def change(notebook: Notebook, _: Place) -> Notebook:
        cell(notebook, f"credit_policy-{number}")["source"] = dedent(source)
        return notebook

    return change


def only(*wrong: int) -> dict[int, float]:
    return dict.fromkeys(wrong, 0.0)


ALL = only(1, 2, 3, 4, 5, 6)
CASES: dict[str, Case] = {}

# Row by row as in the table.

CASES |= {
    "honest-right": Case(lambda notebook, _: notebook),
    "honest-blank": Case(
        lambda notebook, at: json.loads(handout("honest-blank", SET, "en", at.numbers("honest-blank"))),
        ALL,
        item_status=dict.fromkeys(range(1, 7), "empty"),
    ),
    # Loops, deaths, memory: this cell's item 0, the others graded, the row says why.
    "endless": Case(first(2, "while True:\n    pass"), only(2), "partial", "timeout", item_note={2: "timeout"}),
    "endless-after": Case(then(2, "while True:\n    pass"), only(2), "partial", "timeout", item_note={2: "timeout"}),
    "endless-deaf": Case(
        first(
            2,
            """
            import signal
            for number in range(1, 65):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            while True:
                try:
                    while True: pass
                except BaseException: pass
            """,
        ),
        only(2),
        "partial",
        "timeout",
    ),
    "stopped": Case(first(2, "import os; os.kill(os.getpid(), 19); [0 for _ in iter(int, 1)]"), only(2), "partial"),
    "exit-hard": Case(first(3, "import os; os._exit(0)"), only(3), "partial", "died", item_note={3: "died"}),
    "killed": Case(first(3, "import os; os.kill(os.getpid(), 9)"), only(3), "", may_keep=3),
    "crash": Case(first(3, "import ctypes; ctypes.string_at(0)"), only(3), "partial", "died"),
    "memory": Case(first(4, "block = bytearray(8 << 30)"), only(4), "ok", "MemoryError", item_note={4: "MemoryError"}),
    "memory-touched": Case(
        first(4, "blocks = []\nwhile len(blocks) < 128:\n    blocks.append(b'x' * (64 << 20))"), only(4), ""
    ),
    "two-die": Case(
        lambda notebook, _: prefix(prefix(notebook, 2, "import os; os._exit(1)"), 5, "while True: pass"),
        only(2, 5),
        "partial",
        "died; timeout",
    ),
    "die-own-cell": Case(own("import os; os._exit(1)"), {}, "partial", "died"),
    # Answers as given are graded.
    "exit": Case(own("import sys; sys.exit(1)"), said="SystemExit"),
    "exit-after-answer": Case(then(1, "import sys; sys.exit()"), said="SystemExit"),
    "input": Case(own("name = input('Your name? ')"), said="EOFError"),
    "detached": Case(
        own(
            f"""
            import os, subprocess
            for number in range(50):
                subprocess.Popen(["sleep", "{MARK}"], start_new_session=True)
            if not os.fork():
                os.setsid()
                if not os.fork():
                    os.execvp("sleep", ["sleep", "{MARK}"])
                os._exit(0)
            """
        )
    ),
    "output": Case(own("for _ in range(50):\n    print('x' * 1_000_000)\nimport os; os.write(1, b'y' * 1_000_000)")),
    "stderr-output": Case(own("import sys\nfor _ in range(50):\n    print('x' * 1_000_000, file=sys.stderr)")),
    "loopback": Case(
        lambda notebook, at: add(
            notebook,
            f"import socket\nfor host in ('127.0.0.1', 'localhost', '::1'):\n"
            f"    try: socket.create_connection((host, {at.port}), 0.3).send(b'leak')\n    except OSError: pass",
        ),
        sandbox=True,
    ),
    "disk": Case(
        own("try:\n    open('big', 'wb').write(b'x' * (100 << 20))\nexcept OSError as error:\n    print(error)"),
        sandbox=True,
    ),
    "threads": Case(
        own(
            """
            import threading, atexit
            def spin():
                while True: pass
            threading.Thread(target=spin).start()
            threading.Thread(target=spin, daemon=True).start()
            atexit.register(spin)
            """,
            6,
        )
    ),
    # Objects that lie: wrong, with the type named.
    "always-equal": Case(
        instead(
            1,
            """
            class Evil(float):
                def __eq__(self, other): return True
                def __ne__(self, other): return False
                __lt__ = __le__ = __gt__ = __ge__ = __eq__
                def __abs__(self): return 0.0
                def __sub__(self, other): return 0.0
                __rsub__ = __float__ = __sub__
                def __hash__(self): return 0
                def __reduce__(self): return (exit, ())
            answer_1 = {"nominal": Evil(1), "effective": Evil(1)}
            """,
        ),
        only(1),
        item_status={1: "type"},
        shown={1: "Evil"},
    ),
    "evil-dictionary": Case(
        instead(
            1,
            """
            class Always(dict):
                def __getitem__(self, key): return self
                def get(self, *key): return self
                def items(self): return [("nominal", self), ("effective", self)]
                def __eq__(self, other): return True
            answer_1 = Always()
            """,
        ),
        only(1),
        item_status={1: "type"},
        shown={1: "Always"},
    ),
    "nan": Case(
        instead(1, 'answer_1 = {"nominal": float("nan"), "effective": float("-inf")}'),
        only(1),
        item_status={1: "type"},
    ),
    "series": Case(
        instead(1, 'import pandas as pd\nanswer_1 = {"nominal": pd.Series([1.0]), "effective": "two"}'),
        only(1),
        item_status={1: "type"},
        shown={1: "two"},
    ),
    "frame": Case(
        instead(1, 'import pandas as pd\nanswer_1 = pd.DataFrame({"a": [1]})'), only(1), item_status={1: "type"}
    ),
    # Changing the tool: no effect.
    "transformer": Case(
        lambda notebook, _: add(
            instead(1, 'answer_1 = {"nominal": 0, "effective": 0}')(notebook, _),  # type: ignore[arg-type]
            """
            import ast, builtins, sys
            class NoAsserts(ast.NodeTransformer):
                def visit_Assert(self, node): return ast.Pass()
                def visit_Call(self, node): return ast.Constant(True)
            try: get_ipython().ast_transformers.append(NoAsserts())
            except Exception: pass
            real = compile
            def soft(source, *rest, **more):
                return real(ast.fix_missing_locations(NoAsserts().visit(ast.parse(source))), *rest, **more)
            builtins.compile = soft
            __builtins__.compile = soft
            """,
        ),
        only(1),
    ),
    "patched": Case(
        lambda notebook, _: add(
            instead(1, 'answer_1 = {"nominal": 0, "effective": 0}')(notebook, _),  # type: ignore[arg-type]
            """
            import gc, json, sys, types
            import crmlab, crmlab.core.checks as checks
            good = checks.Feedback("right", checks._RIGHT, points=100.0)
            for kind in (checks.Item, checks.NumberItem, checks.PartsItem, checks.ChoiceItem):
                kind.check = lambda self, answer, params: good
                kind.same = lambda self, value, target: True
            crmlab.check = checks.find = lambda *given: good
            json.dumps = json.loads = lambda *given, **more: {"points": 100}
            for one in gc.get_objects():
                if isinstance(one, types.ModuleType) and "grading" in getattr(one, "__name__", ""):
                    for name in ("encode", "dumps", "type_name"):
                        if hasattr(one, name): setattr(one, name, lambda *given: "right")
            """,
        ),
        only(1),
    ),
    "forged": Case(
        lambda notebook, _: add(
            instead(1, 'answer_1 = {"nominal": 0, "effective": 0}')(notebook, _),  # type: ignore[arg-type]
            """
            import os
            for number in range(3, 30):
                for text in (b'{"cell":0,"answers":{"answer_1":{}},"problem":null,"output":""}\\n', b"\\n" * 3):
                    try: os.write(number, text)
                    except OSError: pass
            """,
        ),
        only(1),
    ),
    "check-redefined": Case(own("import os\ndef check(*given): os._exit(0)"), {}, "partial", "died"),
    "answers-erased": Case(own("for n in range(1, 7): globals()[f'answer_{n}'] = ...", 0), ALL),
    "line-closed": Case(first(1, "import os; os.closerange(0, 4096)"), only(1), "partial", "died"),
    "write-broken": Case(
        own(
            "import os, sys\nos.write = os.read = lambda *given: 0\n"
            "sys.stdout = sys.stderr = None\n__builtins__.len = None"
        )
    ),
    # Test cells deleted, doubled, edited, moved; points and parameters edited: as if untouched, and noted.
    "checks-deleted": Case(
        lambda notebook, _: (
            notebook
            | {
                "cells": [
                    one
                    for one in notebook["cells"]
                    if "check" not in one["metadata"].get("nbgrader", {}).get("grade_id", "")
                ]
            }
        ),
        noted="Checks deleted",
    ),
    "checks-doubled": Case(
        lambda notebook, _: (
            notebook
            | {"cells": notebook["cells"] + [copy.deepcopy(cell(notebook, "credit_policy-2-check")) | {"id": "again"}]}
        ),
        noted="Checks doubled (item 2)",
    ),
    "checks-edited": Case(
        lambda notebook, _: (
            (
                cell(notebook, "credit_policy-1-check").update(source="answer_1 = None; raise SystemExit"),
                cell(notebook, "credit_policy-2-check").update(source="while True: pass"),
            )
            and notebook
        ),
        noted="Checks edited (item 1, 2)",
    ),
    "moved": Case(
        lambda notebook, _: notebook | {"cells": notebook["cells"][:3] + notebook["cells"][:2:-1]}, noted="moved"
    ),
    "points-edited": Case(
        lambda notebook, _: (
            cell(notebook, "credit_policy-1-check")["metadata"]["nbgrader"].update(points=1000) or notebook
        ),
        noted="Points changed (item 1)",
    ),
    "numbers-edited": Case(
        # All of a neighbour's numbers and answers under the own name: graded with the own numbers.
        lambda notebook, at: _neighbours(notebook, at, numbers=True),
        earned=None,
        noted="numbers in the notebook were edited",
    ),
    "metadata-gone": Case(
        lambda notebook, _: notebook | {"cells": [one | {"metadata": {}} for one in notebook["cells"]]},
        noted="lost their grading metadata",
    ),
    "answers-doubled": Case(
        lambda notebook, _: (
            notebook
            | {
                "cells": [
                    *notebook["cells"],
                    copy.deepcopy(cell(notebook, "credit_policy-1"))
                    | {"source": "answer_1 = {'nominal': 0}", "id": "new"},
                ]
            }
        ),
        only(1),
        noted="Item 1 has several answer cells",
    ),
    "answer-deleted": Case(
        lambda notebook, _: notebook["cells"].remove(cell(notebook, "credit_policy-4")) or notebook,
        only(4),
        noted="answer cell of item 4 is missing",
    ),
    # The imports are those of the published set, whatever became of them; an answer counts wherever it was typed.
    "setup-fails": Case(
        lambda *_: _setup(_with_the_tool("setup-fails", *_), "import no_such_module\n{}"), said="ModuleNotFoundError"
    ),
    "setup-commented": Case(lambda *_: _setup(_with_the_tool("setup-commented", *_), "# from crmlab import nothing")),
    "setup-ends-all": Case(
        lambda *_: _setup(_with_the_tool("setup-ends-all", *_), "{}\nimport os; os._exit(0)"), {}, "partial", "died"
    ),
    "in-the-check": Case(lambda notebook, _: _in_the_check(notebook), noted="written into the cell of its check"),
    "full-width": Case(
        lambda notebook, _: (
            cell(notebook, "credit_policy-1").update(
                source=cell(notebook, "credit_policy-1")["source"].replace("answer_1", "ａｎｓｗｅｒ_１")
            )
            or notebook
        )
    ),
    # Files that are no submissions: a row with the reason, no points, and the batch goes on.
    "truncated": Case(lambda notebook, _: json.dumps(notebook).encode()[:9000], ALL, "unreadable", "breaks off"),
    "empty": Case(lambda *_: b"", ALL, "unreadable", "empty"),
    "zeros": Case(lambda *_: b"\0" * 5000, ALL, "unreadable", "empty"),
    "no-notebook": Case(lambda *_: b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj", ALL, "unreadable", "not a Jupyter notebook"),
    "a-list": Case(lambda *_: b"[1, 2, 3]", ALL, "unreadable", "not a Jupyter notebook"),
    "nested": Case(lambda *_: b"[" * 200_000, ALL, "unreadable", "not a Jupyter notebook"),
    "wrong-set": Case(
        lambda *_: handout("wrong-set", "06_delivered_value", "en", numbers_of("06_delivered_value", "wrong-set", "x")),
        ALL,
        "unreadable",
        "06_delivered_value, not 12_credit_policy",
    ),
    "100-mb": Case(
        lambda notebook, _: json.dumps(notebook).encode() + b" " * 100_000_000, ALL, "unreadable", "larger than"
    ),
    "bad-name": Case(lambda notebook, _: notebook, file="作业 张三.ipynb".encode("gb18030")),
    "bad-name-2": Case(lambda notebook, _: notebook, file=b"a\xff\xfe\n\x1b[31m'\"<b>.ipynb"),
    # Full points.
    "renamed": Case(lambda notebook, _: notebook, file=b"final FINAL (2) copy.ipynb"),
    "warnings": Case(
        own(
            "import sys, warnings\nwarnings.warn('old')\nprint('Traceback: error', file=sys.stderr)\n"
            "warnings.simplefilter('error')"
        )
    ),
    "own-functions": Case(lambda *_: _with_the_tool("own-functions", *_)),
    # Another student's answers.
    "copied": Case(lambda notebook, at: _neighbours(notebook, at), earned=None),
}

# More of the kind.

CASES |= {
    "raises-after": Case(then(1, "1 / 0"), said="ZeroDivisionError", item_note={1: "ZeroDivisionError"}),
    "raises-before": Case(first(1, "1 / 0"), only(1), said="ZeroDivisionError", item_note={1: "ZeroDivisionError"}),
    "evil-error": Case(
        own(
            """
            class Error(BaseException):
                def __str__(self): raise SystemExit
                __repr__ = __str__
            raise Error
            """
        ),
        said="Error",
    ),
    "error-of-half-characters": Case(own("raise ValueError('\\ud800' * 5000)"), said="ValueError"),
    "syntax": Case(instead(1, "answer_1 = {"), only(1), said="SyntaxError"),
    "elsewhere": Case(
        lambda notebook, at: _elsewhere(notebook, 3),
        noted="The answer to item 3 was found in another cell",
    ),
    "numpy": Case(lambda notebook, at: _wrapped(notebook, at, "numpy", "numpy"), noted=None),
    "ordered": Case(lambda notebook, at: _wrapped(notebook, at, "ordered", "ordered"), noted=None),
    "huge-int": Case(
        instead(1, 'answer_1 = {"nominal": 10**5000, "effective": -(10**400)}'), only(1), item_status={1: "type"}
    ),
    "huger-int": Case(instead(1, "answer_1 = 1 << 10_000_000"), only(1), item_status={1: "type"}, shown={1: "int"}),
    "half-characters": Case(
        instead(3, 'answer_3 = {"net": "\\ud800", "decision": "\\udfff\\ud800", "\\ud800": 1}'),
        only(3),
        item_status={3: "type"},
    ),
    "half-characters-kept": Case(instead(6, 'answer_6 = ["\\ud800", "\\0", {"\\udcff": None}]'), only(6)),
    "itself": Case(instead(1, "answer_1 = {}\nanswer_1['nominal'] = answer_1"), only(1), item_status={1: "type"}),
    "deep": Case(
        instead(1, "answer_1 = []\nfor _ in range(100_000):\n    answer_1 = [answer_1]"),
        only(1),
        item_status={1: "type"},
    ),
    "generator": Case(instead(1, "answer_1 = (n for n in iter(int, 1))"), only(1), shown={1: "generator"}),
    "many": Case(instead(1, "answer_1 = list(range(5_000_000))"), only(1), item_status={1: "type"}),
    "large-text": Case(instead(1, "answer_1 = 'x' * 10**8"), only(1), item_status={1: "type"}),
    "long-code": Case(then(2, "x = 1 if 0 else (" + "answer_1, " * 12_000 + ")")),
    "strange-unicode": Case(own("ａ = '\\N{ZERO WIDTH SPACE}'  # \u202e")),
    "magics": Case(own("%matplotlib inline\n!rm -rf ~ /\n%%time?\n")),
    "recursion": Case(first(5, "def f(): f()\nf()"), only(5), said="RecursionError"),
    "kill-group": Case(first(2, "import os; os.killpg(0, 9)"), only(2), "", may_keep=2, sandbox=True),
    "kill-all": Case(
        first(2, "import os\nos.kill(-1, 9)\nos.kill(os.getppid() or 1, 9)"), only(2), "", may_keep=2, sandbox=True
    ),
    "fork-bomb": Case(
        first(2, "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
        only(2),
        "partial",
        sandbox=True,
    ),
    "spy": Case(lambda notebook, at: instead(1, spying(at))(notebook, at), only(1), shown={1: "[]"}, sandbox=True),
    "vandal": Case(lambda notebook, at: add(notebook, vandalism(at)), sandbox=True),
}


def _neighbours(notebook: Notebook, at: Place, *, numbers: bool = False) -> Notebook:
    """The answers of the neighbour, written into the own notebook; with ``numbers``, theirs as well."""
    other = at.numbers(NEIGHBOUR)
    for item in ITEMS:
        cell(notebook, item.id)["source"] = solved(item, other[item.id])
    if numbers:
        notebook["metadata"]["crmlab"]["numbers"] = other
        shown = next(one for one in notebook["cells"] if "student(" in one["source"] and one["cell_type"] == "code")
        shown["source"] = notebooks.student_cell(notebook["metadata"]["crmlab"]["student"], other, "en")
    return notebook


def _elsewhere(notebook: Notebook, number: int) -> Notebook:
    found = cell(notebook, f"credit_policy-{number}")
    source, found["source"] = found["source"], f"answer_{number} = ..."
    return add(notebook, source, number + 1)


def _setup(notebook: Notebook, how: str) -> Notebook:
    found = next(one for one in notebook["cells"] if one["source"].startswith("from crmlab import"))
    found["source"] = how.format(found["source"])
    return notebook


def _in_the_check(notebook: Notebook) -> Notebook:
    """Two answers typed into their checks, one as it stands there, one in place of the variable."""
    for number, how in ((1, "{0}\ncheck('credit_policy-1', answer_1)"), (2, "check('credit_policy-2', {1})")):
        found = cell(notebook, f"credit_policy-{number}")
        source, found["source"] = found["source"], f"answer_{number} = ..."
        check = cell(notebook, f"credit_policy-{number}-check")
        check["source"] = how.format(source, source.partition("= ")[2])
    return notebook


def _with_the_tool(student: str, notebook: Notebook, at: Place) -> Notebook:
    """The instructor's own solutions: the package's functions on the numbers of ``item().params``."""
    model = build.make_notebook(course_root() / "exercises" / "src" / f"{SET}.py", "en", "instructor")
    for one in model.cells:
        grade_id = one.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id in POINTS:
            cell(notebook, grade_id)["source"] = one.source
    return notebook


def _wrapped(notebook: Notebook, at: Place, student: str, how: str) -> Notebook:
    """Right answers as numpy numbers, or in dictionaries of other kinds."""
    for number in range(1, len(ITEMS) + 1):
        tail = {
            "numpy": f"import numpy as np\nanswer_{number} = {{k: np.float64(v) if isinstance(v, (int, float)) else "
            f"np.str_(v) for k, v in answer_{number}.items()}}",
            "ordered": f"from collections import OrderedDict\n"
            f"answer_{number} = OrderedDict(reversed(answer_{number}.items()))",
        }[how]
        suffix(notebook, number, tail)
    return notebook


def spying(at: Place) -> str:
    """A cell that looks for everything that is nobody's business; ``answer_1`` is the list of what it found."""
    hidden = [hashlib.sha256(one.encode()).hexdigest() for one in (at.salt, NEIGHBOUR, os.environ["CRMLAB_SECRET"])]
    files = [
        at.folder,
        at.folder / "class.json",
        at.folder / "roster.csv",
        at.folder / "gradebook.sqlite",
        at.submissions,
        at.submissions / f"{NEIGHBOUR}.ipynb",
        course_root() / "exercises",
        Path(__file__),
        Path(marks.__file__),
        "/root/.bashrc",
        "/root/.ssh",
        "/etc/shadow",
        "/etc/hostname",
    ]
    return dedent(
        f"""
        import gc, hashlib, importlib, os, sys, glob
        answer_1 = []
        hidden, files = {hidden!r}, {[str(one) for one in files]!r}
        secret_of = lambda text: hashlib.sha256(str(text).encode("utf-8", "replace")).hexdigest() in hidden
        for place in files:
            try:
                if os.listdir(place) if os.path.isdir(place) else open(place, "rb").read(1): answer_1.append(place)
            except OSError: pass
        for place in glob.glob("/proc/[0-9]*"):
            for name in ("environ", "cmdline"):
                try: words = open(f"{{place}}/{{name}}").read().split("\\0")
                except OSError: continue
                answer_1 += [place for one in words if secret_of(one.partition("=")[2] or one)]
        answer_1 += ["environ " + name for name, value in os.environ.items() if secret_of(value)]
        def strings(objects):
            for one in objects:
                try:
                    if type(one) is str and secret_of(one): yield "memory"
                    if type(one) is dict:
                        yield from ("memory " + str(n) for n, v in list(one.items()) if type(v) is str and secret_of(v))
                except Exception: pass
        answer_1 += strings(gc.get_objects())
        for frame in [sys._getframe(n) for n in range(3)]:
            answer_1 += strings([frame.f_globals, frame.f_locals, *frame.f_globals.values()])
        for name in ("crmlab.grading.run", "crmlab.grading.gradebook", "crmlab.grading.marks", "crmlab.grading.assign"):
            try: importlib.import_module(name); answer_1.append(name)
            except ImportError: pass
        try:
            if importlib.import_module("crmlab.credit_policy.items").ITEMS: answer_1.append("items")
        except (ImportError, AttributeError): pass
        for number in range(64):
            try: answer_1 += [f"descriptor {{number}}"] if number > 3 and os.fstat(number) else []
            except OSError: pass
        answer_1 = answer_1[:20]
        """
    )


def vandalism(at: Place) -> str:
    return f"""
    import os, shutil, sqlite3
    for place in ({str(at.folder / "gradebook.sqlite")!r}, "gradebook.sqlite"):
        try:
            book = sqlite3.connect(place)
            book.execute("UPDATE submissions SET points = 1000"); book.execute("DELETE FROM results"); book.commit()
        except sqlite3.Error: pass
    for place in ({str(at.folder)!r}, {str(at.submissions)!r}, {str(Path(marks.__file__).parent)!r}):
        shutil.rmtree(place, ignore_errors=True)
        try:
            os.makedirs(place, exist_ok=True); open(os.path.join(place, "mine.txt"), "w").write("x")
        except OSError: pass
    """


# --- the class -------------------------------------------------------------------------------------------------------


@dataclass
class Graded:
    """A class after its run."""

    at: Place
    isolation: str
    cases: dict[str, Case]
    submissions: pd.DataFrame
    results: pd.DataFrame
    history: pd.DataFrame
    before: dict[str, bytes]
    after: dict[str, bytes]
    left: list[str]
    called: list[bytes]
    steps: int
    summary: Any

    def row(self, student: str) -> pd.Series:
        rows = self.submissions[self.submissions.student == student]
        assert len(rows) == 1, student
        return rows.iloc[0]

    def items(self, student: str) -> pd.DataFrame:
        file = self.row(student)["file"]
        rows = self.results[(self.results["file"] == file) & (self.results["part"] == "")]
        return rows.set_index("item")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        os.fsdecode(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).digest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("gradebook")
    }


def grade_all(folder: Path, isolation: Any) -> Graded:
    """Hand out, break, hand in, grade."""
    cases = {name: case for name, case in CASES.items() if isolation == "sandbox" or not case.sandbox}
    assign([Student(name, f"Name {name}") for name in cases], SET, folder)
    submissions = folder.parent / "handed in"
    submissions.mkdir()
    called: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    at = Place(folder, submissions, load_class(folder).salt, listener.getsockname()[1])

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            called.append(connection.recv(10))

    threading.Thread(target=listen, daemon=True).start()
    for name, case in cases.items():
        made = case.change(right(name, at), at)
        content = made if isinstance(made, bytes) else json.dumps(made).encode()
        path = os.path.join(os.fsencode(submissions), case.file or os.fsencode(f"{name}.ipynb"))
        Path(os.fsdecode(path)).write_bytes(content)
    stranger = json.loads(handout("stranger", SET, "en", numbers_of(SET, "stranger", "another class")))
    (submissions / "nobody.ipynb").write_bytes(json.dumps(stranger).encode())
    (submissions / "link.ipynb").symlink_to(folder / "class.json")
    before, processes = contents(folder.parent), below()
    steps: list[None] = []
    run = Run(submissions, SET, folder, workers=2, limits=LIMITS, isolation=isolation)
    try:
        summary = run.grade(lambda: steps.append(None))
    finally:
        listener.close()
    tables = [run.book.table(name) for name in ("submissions", "results", "history")]
    run.book.close()
    time.sleep(0.2)
    left = [str(pid) for pid in below() - processes] + sleeping(MARK)
    return Graded(at, isolation, cases, *tables, before, contents(folder.parent), left, called, len(steps), summary)


@pytest.fixture(
    scope="module",
    params=[pytest.param("sandbox", marks=needs_sandbox), pytest.param("none", marks=needs_fork)],
)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """The class of all cases, graded once for each kind of isolation."""
    os.environ["CRMLAB_SECRET"] = f"secret-{secrets.token_hex(8)}"
    yield grade_all(tmp_path_factory.mktemp("hostile") / "class", request.param)
    del os.environ["CRMLAB_SECRET"]


def deserved(student: str, case: Case, at: Place) -> dict[str, float]:
    if case.earned is not None or student not in ("copied", "numbers-edited"):
        return POINTS | {f"credit_policy-{number}": points for number, points in (case.earned or {}).items()}
    own_numbers, other = at.numbers(student), at.numbers(NEIGHBOUR)
    return {item.id: item.check(plain(item.solve(other[item.id])), own_numbers[item.id]).points for item in ITEMS}


@pytest.mark.parametrize("student", CASES)
def test_each_submission_gets_what_it_deserves(hostile: Graded, student: str) -> None:
    case = CASES[student]
    if student not in hostile.cases:
        pytest.skip("in the sandbox only")
    row = hostile.row(student)
    expected = deserved(student, case, hostile.at)
    items = hostile.items(student)
    if case.may_keep and row.points == sum(POINTS.values()):
        expected[f"credit_policy-{case.may_keep}"] = POINTS[f"credit_policy-{case.may_keep}"]
    if case.status:
        assert row.status == case.status, row.reason
    else:
        assert row.status in ("ok", "partial") and (sentences(row.reason) or case.may_keep)
    assert case.said in "; ".join(one.en for one in sentences(row.reason))
    if not case.said and case.status == "ok":
        assert row.reason == "[]"
    assert all(note.en != note.zh for note in sentences(row.notes))
    assert row.lang == "en" or case.status == "unreadable"
    notes = [note.en for note in sentences(row.notes)]
    if case.noted is not None:
        assert any(case.noted in note for note in notes), notes
    assert row.points == pytest.approx(sum(expected.values()))
    assert row.max_points == sum(POINTS.values())
    assert row.isolation == ("" if case.status == "unreadable" else hostile.summary.isolation)
    if case.status == "unreadable":
        assert items.empty
        return
    assert dict(items.points) == expected
    assert dict(items.max_points) == POINTS
    assert not items.follow_through.any()
    for number, status in (case.item_status or {}).items():
        assert items.status[f"credit_policy-{number}"] == status
    for number, note in (case.item_note or {}).items():
        assert note in items.note[f"credit_policy-{number}"]
    for number, shown in (case.shown or {}).items():
        assert shown in items.answer[f"credit_policy-{number}"]
    assert row.seconds < LIMITS.total_s


def test_every_file_has_its_row_and_nothing_else_has(hostile: Graded) -> None:
    assert sorted(hostile.submissions.student) == sorted([*hostile.cases, ""])
    assert hostile.steps == len(hostile.cases) + 1 == sum(hostile.summary.by_status.values()) == hostile.summary.graded
    assert hostile.summary.unassigned == ("nobody.ipynb",)
    assert hostile.summary.missing == ()
    nobody = hostile.row("")
    assert (nobody.status, nobody.points) == ("unreadable", 0)
    assert "stranger" in nobody.reason and "not on the roster" in nobody.reason
    assert hostile.history.empty
    assert hostile.summary.isolation == ("sandbox" if hostile.isolation == "sandbox" else "process")
    assert set(hostile.submissions.isolation) == {"", hostile.summary.isolation}
    names = " ".join(hostile.submissions["file"])
    assert "作业 张三.ipynb" in names and all(sign.isprintable() for sign in names)


def test_nothing_is_left_running_written_or_called(hostile: Graded) -> None:
    assert hostile.left == []
    assert hostile.called == []
    assert hostile.after == hostile.before
    if hostile.isolation == "none" and "PYTEST_XDIST_WORKER" not in os.environ:  # others grade at the same time there
        assert not [one for one in Path(tempfile.gettempdir()).glob("crmlab-*") if one.stat().st_mtime > START]


def test_rows_are_short_whatever_is_printed_or_given(hostile: Graded) -> None:
    for table in (hostile.submissions, hostile.results):
        assert max(len(json.dumps(row)) for row in table.to_dict("records")) < 10_000


def test_a_copy_is_wrong_by_value(hostile: Graded) -> None:
    """Not a single item of a neighbour with other numbers is right; the neighbour has all points."""
    assert hostile.row(NEIGHBOUR).points == sum(POINTS.values())
    same = {item.id for item in ITEMS if deserved("copied", CASES["copied"], hostile.at)[item.id] == item.points}
    items = hostile.items("copied")
    assert {name for name in POINTS if items.points[name] == POINTS[name]} == same
    assert len(same) < len(ITEMS) / 2


def test_the_spy_would_find_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cell outside of the sandbox finds nearly everything, so an empty list says something."""
    monkeypatch.setenv("CRMLAB_SECRET", "here I am")
    assign([Student(NEIGHBOUR, "A B")], SET, tmp_path / "class")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{NEIGHBOUR}.ipynb").write_bytes(b"{}")
    at = Place(tmp_path / "class", tmp_path / "in", load_class(tmp_path / "class").salt, 0)
    Gradebook(tmp_path / "class" / "gradebook.sqlite").close()
    space: dict[str, Any] = {"held": {"salt": "".join(at.salt)}}
    code = spying(at).replace("answer_1 = answer_1[:20]", "")
    exec(compile(code, "spy", "exec"), space)
    found = " ".join(space["answer_1"])
    for thing in ("class.json", "gradebook.sqlite", f"{NEIGHBOUR}.ipynb", "environ CRMLAB_SECRET", "memory", "items"):
        assert thing in found
    assert "crmlab.grading.marks" in found and "descriptor" in found


# --- graders that are killed -----------------------------------------------------------------------------------------

KILLS = 20
# A process that has imported all it needs, and forks a grader for each line it reads. The grader ends itself at its
# n-th word with the database, or is killed from outside.
GRADERS = """
import json, os, signal, sys
import sqlalchemy as sql
from pathlib import Path
from crmlab.grading.assign import load_class
from crmlab.grading.engine import pool
from crmlab.grading.notebooks import graded
from crmlab.grading.roster import read_roster
from crmlab.grading.run import Run

klass = load_class(Path(sys.argv[1]))
for student in read_roster(klass.folder / "roster.csv"):  # what every grader would compute again
    numbers = klass.numbers(sys.argv[2], student.id)
    for item in graded(sys.argv[2]):
        item.check(0, numbers[item.id]), item.solve(numbers[item.id]), item.question(numbers[item.id])
python = pool.python  # few imports, so that a worker is soon ready
pool.python = lambda statement: python(
    "import crmlab.grading.engine.zygote as z; z._WARM = ('crmlab.credit_policy',);"
    "z.pkgutil.iter_modules = lambda path: ();" + statement
)
pool.probe()  # once for all
print("ready", flush=True)
for line in sys.stdin:
    place, set_name, folder, book, words = json.loads(line)
    pid = os.fork()
    if not pid:
        left = [words]
        def word(*given):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sql.event.listen(sql.engine.Engine, event, word)
        limits = pool.Limits(cell_s=10, total_s=60)
        Run(Path(place), set_name, Path(folder), workers=1, limits=limits, gradebook=book).grade(lambda: None)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Graders:
    """One after the other, over the same submissions."""

    def __init__(self, place: Path, folder: Path) -> None:
        self.place, self.folder = place, folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", GRADERS, str(folder), SET], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None and self.process.stdout.readline() == "ready\n"

    def grade(self, book: Path, *, words: int = 0, seconds: float | None = None) -> int:
        """Run a grader; return how it ended."""
        assert self.process.stdin is not None and self.process.stdout is not None
        order = [str(self.place), SET, str(self.folder), str(book), words]
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(int(self.process.stdout.readline()))

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)


def kept(book: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a gradebook without what differs from run to run."""
    with sqlite3.connect(book) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = Gradebook(book)
    tables = {name: found.table(name) for name in ("submissions", "results", "history", "overrides")}
    found.close()
    return {
        name: table.drop(columns=[one for one in TIMES if one in table]).to_dict("records")
        for name, table in tables.items()
    }


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Twelve submissions: right, wrong, cut off, ended, followed up, and one of nobody."""
    folder = tmp_path_factory.mktemp("killed") / "class"
    place = demo_class(folder, SET, 12, seed=3)
    paths = sorted(place.glob("*.ipynb"))
    for number, source in {
        2: "import os; os._exit(1)\nanswer_2 = 0",
        4: "answer_2 = {'NPV': 0 * len(answer_1), 'break-even': 1}",
    }.items():
        notebook = json.loads(paths[number].read_text(encoding="utf-8"))
        cell(notebook, "credit_policy-1")["source"] = "answer_1 = {'nominal': 1, 'effective': 2}"
        cell(notebook, "credit_policy-2")["source"] = source
        paths[number].write_text(json.dumps(notebook), encoding="utf-8")
    (place / "nobody.ipynb").write_bytes(handout("x", SET, "en", numbers_of(SET, "x", "y")))
    return place, folder


def disturbed(small_class: tuple[Path, Path], folder: Path, how: str, seed: int) -> int:
    """Kill graders until there were enough, each time going on with the same gradebook; return how many books."""
    draw, kills, books = random.Random(seed), 0, 0
    graders = Graders(*small_class)
    try:
        began = time.monotonic()
        assert graders.grade(folder / f"{how}.sqlite") == 0
        whole = time.monotonic() - began
        undisturbed = kept(folder / f"{how}.sqlite")
        assert len(undisturbed["submissions"]) == 13 and not undisturbed["history"]
        assert Counter(row["status"] for row in undisturbed["submissions"]) == {"ok": 10, "partial": 1, "unreadable": 2}
        while kills < KILLS // 2:
            books += 1
            book, ended, rows = folder / f"{how}-{books}.sqlite", -1, 0
            while ended != 0:
                words, moment = 1 + draw.randrange(70), draw.uniform(0.2, 1) * whole
                if kills >= KILLS // 2:
                    ended = graders.grade(book)
                elif how == "words":
                    ended = graders.grade(book, words=words)
                else:
                    ended = graders.grade(book, seconds=moment)
                assert ended in (0, -signal.SIGKILL)
                kills += ended != 0
                if book.exists() and book.stat().st_size:
                    found = Gradebook(book)
                    assert rows <= (rows := len(found.table("submissions")))  # nothing that was kept is lost
                    found.close()
            assert kept(book) == undisturbed
    finally:
        graders.close()
    return kills


@needs_fork
def test_a_grader_that_is_killed_and_run_again_ends_with_the_same_gradebook(
    small_class: tuple[Path, Path], tmp_path: Path
) -> None:
    """Half of the graders end themselves at a word with the database, half are killed at a moment."""
    with ThreadPoolExecutor(2) as two:
        kills = two.map(partial(disturbed, small_class, tmp_path), ("words", "moments"), (8, 9))
        assert sum(kills) == KILLS


# --- a set that is made for the tests --------------------------------------------------------------------------------

TRIAL = "99_trial"
_SAID = Text(en="Why?", zh="为什么？")


def _number(item_id: str, solve: Callable[[Params], float], *traps: Trap) -> NumberItem:
    return NumberItem(
        id=item_id,
        ask=Text(en="{a} and {b}?", zh="{a}，{b}？"),
        solve=solve,
        hint=_SAID,
        why=_SAID,
        traps=traps,
        choices={"a": range(11, 60), "b": range(61, 99), "c": range(3, 9)},
        unit=Text(en="yuan", zh="元"),
        points=2,
    )


TRIAL_ITEMS: tuple[Item, ...] = (
    _number("trial-1", lambda p: p["a"] * p["b"], Trap("added", lambda p: p["a"] + p["b"], _SAID)),
    # Item 1's answer and number of item 2.
    replace(
        _number("trial-2", lambda p: 0),
        solve=lambda p: p["one"] + p["c"],
        choices={"one": (0,), "c": range(300, 400)},
        ask=_SAID,
        after=("trial-1",),
    ),
    FunctionItem(
        id="trial-3",
        ask=_SAID,
        solve=lambda p: lambda x: x * x + p["c"],
        hint=_SAID,
        why=_SAID,
        choices={"c": range(1, 9)},
        inputs=lambda p: [(2,), (3,), (p["c"] + 20,), (-5,)],
        points=3,
    ),
    ChoiceItem(
        id="trial-4",
        ask=_SAID,
        solve=lambda p: p["best"],
        hint=_SAID,
        why=_SAID,
        choices={"best": ("north", "south")},
        after=("trial-1",),
        options={"north": Text(en="North", zh="北"), "south": Text(en="South", zh="南")},
        points=2,
    ),
)


@dataclass(frozen=True, kw_only=True)
class _AfterOne(NumberItem):
    """Item 2, which goes on with the answer of item 1 of the same student."""

    def params(self, student: str = "", salt: str = "", draw: int = 0) -> Params:
        found = super().params(student, salt, draw)
        return found | {"one": TRIAL_ITEMS[0].solve(TRIAL_ITEMS[0].params(student, salt, draw))}


TRIAL_ITEMS = (
    TRIAL_ITEMS[0],
    _AfterOne(**{name: value for name, value in vars(TRIAL_ITEMS[1]).items()}),
    *TRIAL_ITEMS[2:],
)


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A course with one more set."""
    slug = TRIAL.partition("_")[2]

    def made(source: str, **about: Any) -> Notebook:
        return {"cell_type": "code", "id": secrets.token_hex(4), "metadata": about, "source": source, "outputs": []}

    def graders(grade_id: str, **more: Any) -> Notebook:
        return {"grade_id": grade_id, "schema_version": 3, "task": False, **more}

    cells = [made("from crmlab import check, item, student"), made("student()")]
    for item in TRIAL_ITEMS:
        name, points = variable(item.id), item.points
        answer = graders(item.id, grade=False, solution=True, locked=False)
        check = graders(f"{item.id}-check", grade=True, solution=False, locked=True, points=points)
        cells.append(made(f"{name} = ...", nbgrader=answer))
        cells.append(made(f'check("{item.id}", {name})', nbgrader=check))
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    for lang in ("en", "zh"):
        path = tmp_path / "course" / "exercises" / lang / f"{TRIAL}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    module = ModuleType(f"crmlab.{slug}.items")
    vars(module)["ITEMS"] = TRIAL_ITEMS
    monkeypatch.setitem(sys.modules, f"crmlab.{slug}", ModuleType(f"crmlab.{slug}"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(notebooks, "course_root", lambda: tmp_path / "course")
    yield
    notebooks._own.cache_clear()


def grade_trial(
    tmp_path: Path, students: dict[str, dict[int, str]], limits: Limits = LIMITS
) -> dict[str, pd.DataFrame]:
    """Grade answers by student and item number; return each student's items."""
    folder, place = tmp_path / "class", tmp_path / "in"
    handed_out = assign([Student(name, f"Name {name}") for name in students], TRIAL, folder)
    place.mkdir()
    for path, answers in zip(handed_out, students.values(), strict=True):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for number, source in answers.items():
            cell(notebook, f"trial-{number}")["source"] = dedent(source)
        (place / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    run = Run(place, TRIAL, folder, workers=1, limits=limits)
    run.grade(lambda: None)
    results, submissions = run.book.table("results"), run.book.table("submissions")
    run.book.close()
    assert set(submissions.student) == set(students)
    whole = results[results.part == ""].set_index("item")
    for _, row in submissions.iterrows():
        assert row.points == whole[whole.file == row.file].points.sum()
    return {Path(name).stem: rows for name, rows in whole.groupby("file")}


WRONG_ONE = 'p = item("trial-1").params\nanswer_1 = p["a"] + p["b"]'
RIGHT_ONE = 'p = item("trial-1").params\nanswer_1 = p["a"] * p["b"]'
GOES_ON = 'answer_2 = answer_1 + item("trial-2").params["c"]'


def test_what_builds_on_a_wrong_answer_is_checked_against_the_reference(trial: None, tmp_path: Path) -> None:
    found = grade_trial(
        tmp_path,
        {
            "right": {1: RIGHT_ONE, 2: GOES_ON},
            "follows": {1: WRONG_ONE, 2: GOES_ON},
            "goes-astray": {1: WRONG_ONE, 2: "answer_2 = answer_1 * 2"},
            "copies": {1: WRONG_ONE, 2: "answer_2 = answer_1; answer_1 = answer_2", 4: "answer_4 = answer_1"},
            "blank-first": {2: GOES_ON},
            "raises-first": {1: "answer_1 = 1 / 0", 2: GOES_ON},
            "dies-first": {1: "import os; os._exit(0)\nanswer_1 = 1", 2: GOES_ON},
            "by-hand": {1: WRONG_ONE, 2: "answer_2 = 5"},
            "writes-back": {1: WRONG_ONE, 2: f"{GOES_ON}\nkeep = answer_1", 4: "answer_1 = keep\nanswer_4 = keep"},
        },
    )
    points = {name: list(rows.points) for name, rows in found.items()}
    assert points == {
        "right": [2, 2, 0, 0],
        "follows": [0, 2, 0, 0],
        "goes-astray": [0, 0, 0, 0],
        "copies": [0, 0, 0, 0],
        "blank-first": [0, 2, 0, 0],
        "raises-first": [0, 2, 0, 0],
        "dies-first": [0, 2, 0, 0],
        "by-hand": [0, 0, 0, 0],
        "writes-back": [0, 2, 0, 0],
    }
    marked = {(name, item) for name, rows in found.items() for item in rows.index[rows.follow_through]}
    follow = ("follows", "blank-first", "raises-first", "dies-first", "writes-back")
    assert marked == {(name, "trial-2") for name in follow}
    assert found["follows"].trap["trial-1"] == "added"


def test_follow_through_is_no_second_guess(trial: None, tmp_path: Path) -> None:
    guess = {1: "answer_1 = -1", 4: "answer_4 = 'north' if answer_1 == -1 else 'south'"}
    found = grade_trial(tmp_path, {f"student-{number}": guess for number in range(16)})
    assert 0 < sum(rows.points["trial-4"] for rows in found.values()) < 32


def test_functions_are_called_on_inputs_that_nobody_has_seen(trial: None, tmp_path: Path) -> None:
    right = 'c = item("trial-3").params["c"]\ndef answer_3(x): return x * x + c'
    found = grade_trial(
        tmp_path,
        {
            "right": {3: right},
            "lambda": {3: 'c = item("trial-3").params["c"]\nanswer_3 = lambda x: x * x + c'},
            "hard-coded": {3: 'c = item("trial-3").params["c"]\nanswer_3 = {2: 4 + c, 3: 9 + c}.get'},
            "constant": {3: "answer_3 = lambda *x: 13"},
            "no-function": {3: "answer_3 = 13"},
            "loops": {3: "def answer_3(x):\n    while True: pass"},
            "exits": {3: "def answer_3(x):\n    import os; os._exit(0)"},
            "exits-python": {3: "def answer_3(x):\n    raise SystemExit"},
            "lies": {3: "class E(float):\n    __eq__ = lambda *x: True\ndef answer_3(x): return E(x)"},
            "searches": {
                3: """
                import gc
                seen = [one for one in gc.get_objects() if type(one) is list and one[:1] and type(one[0]) is tuple]
                def answer_3(x):
                    return len([one for one in seen if (2,) in one])
                """
            },
        },
        replace(LIMITS, cell_s=0.5),
    )
    points = {name: rows.points["trial-3"] for name, rows in found.items()}
    assert points == dict.fromkeys(found, 0) | {"right": 3, "lambda": 3}
    assert found["hard-coded"].status["trial-3"] == "type"  # of the hidden inputs it knows none
    assert set(found["loops"].status) == {"empty", "type"}


# --- each student's own numbers --------------------------------------------------------------------------------------


def test_numbers_are_derived_again_from_salt_id_and_version(tmp_path: Path) -> None:
    paths = assign([Student("2026001", "A"), Student("张-3", "B")], SET, tmp_path)
    salt = load_class(tmp_path).salt
    for path in paths:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"]["crmlab"]
        assert about["numbers"] == json.loads(json.dumps(numbers_of(SET, about["student"], salt)))
    item = next(item for item in ITEMS if item.choices)
    name, values = next((name, values) for name, values in item.choices.items() if len(values) > 1)
    drawn = replace(item, reject=None).params("2026001", salt=salt)[name]
    digest = hashlib.sha256("\x1f".join((salt, "2026001", item.id, str(item.version), name, "0")).encode()).digest()
    assert drawn == values[int.from_bytes(digest[:8], "big") % len(values)]
    ids = [f"2026{number:03}" for number in range(60)]
    for other in (replace(item, version=item.version + 1), replace(item, id="credit_policy-99")):
        assert [other.params(one, salt=salt) for one in ids] != [item.params(one, salt=salt) for one in ids]
    assert [item.params(one, salt=salt) for one in ids] != [item.params(one, salt=f"{salt}0") for one in ids]


STUDENTS = 10_000


def pairs(labels: Sequence[Any]) -> float:
    return sum(count * (count - 1) / 2 for count in Counter(labels).values())


def test_ten_thousand_students_share_no_more_items_than_chance_says() -> None:
    """Of all pairs, as many share an item, or two of them, as have the same numbers by chance."""
    salt, dice = secrets.token_hex(32), random.Random(5)
    drawn: dict[str, list[str]] = {}
    chance: dict[str, float] = {}
    for item in ITEMS:
        known: dict[str, bool] = {}

        def refused(params: Params, item: Item = item, known: dict[str, bool] = known) -> bool:
            if (key := str(params)) not in known:
                known[key] = bool(item.reject and item.reject(params))
            return known[key]

        quick = replace(item, reject=refused)
        drawn[item.id] = [str(quick.params(f"2026{number:05}", salt=salt)) for number in range(STUDENTS)]
        tries = [{name: dice.choice(list(values)) for name, values in item.choices.items()} for _ in range(1500)]
        accepted = [not refused(one) for one in tries]
        chance[item.id] = 1 / (math.prod(len(values) for values in item.choices.values()) * sum(accepted) / 1500)
    all_pairs = STUDENTS * (STUDENTS - 1) / 2
    for some in (*itertools.combinations(chance, 1), *itertools.combinations(chance, 2)):
        expected = all_pairs * math.prod(chance[one] for one in some)
        found = pairs(list(zip(*(drawn[one] for one in some), strict=True)))
        # The share accepted is itself counted in 1,500 draws; pairs of one student with many are not independent.
        assert found <= expected * 1.2 + 6 * math.sqrt(expected) + 6, some
    assert pairs(list(zip(*drawn.values(), strict=True))) == 0
