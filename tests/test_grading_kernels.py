"""Whole notebooks: warm kernels in the sandbox, what a kernel can do to the grader, the pages."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from processes import below, needs_fork, needs_sandbox

from crmlab.cli import main
from crmlab.grading import kernels
from crmlab.grading.demo import demo_class
from crmlab.grading.engine import Job, Limits, Pool, pool
from crmlab.grading.execute import Execution
from crmlab.grading.kernels import IMPORTS, run_whole

SET = "12_credit_policy"
QUESTIONS = {"x-1": {"params": {"price": 5}, "table": None, "text": "What is the **price**?"}}
JOB = Job("k", "2026001", "en", (), QUESTIONS)
LIMITS = Limits(cell_s=1.5, total_s=30)


SANDBOX, PROCESS = pytest.param("sandbox", marks=needs_sandbox), pytest.param("none", marks=needs_fork)


@pytest.fixture(scope="module", params=[SANDBOX, PROCESS])
def workers(request: pytest.FixtureRequest) -> Iterator[Pool]:
    with Pool(1, LIMITS, request.param, IMPORTS) as made:
        yield made


def run(workers: Pool, *cells: str) -> tuple[list[Any], dict[int, str]]:
    """The cells after they have run, and which of them were ended."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    ended = run_whole(notebook, JOB, workers)
    return notebook.cells, ended


def shown(cell: Any) -> str:
    """What a cell shows as text."""
    return "".join(out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.outputs)


def test_a_notebook_has_its_pictures_tables_and_errors(workers: Pool) -> None:
    cells, ended = run(
        workers,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
        "import pandas as pd\npd.DataFrame({'price': [5]})",
        "1 / 0",
        "print('after'); 3",
        "from crmlab import check, item, student\nitem('x-1')",
        "check('x-1', 5); student(), item('x-1').params",
    )
    assert ended == {}
    assert cells[0].outputs[0].data["image/png"].startswith("iVBOR")
    assert "<table" in cells[1].outputs[0].data["text/html"]
    assert cells[2].outputs[0].ename == "ZeroDivisionError"
    assert [out.output_type for out in cells[3].outputs] == ["stream", "execute_result"]
    assert cells[4].outputs[0].data["text/markdown"] == "What is the **price**?"
    assert shown(cells[5]) == "('2026001', {'price': 5})"


HOSTILE = {
    "endless": ("while True: pass", "timeout"),
    "endless, ignores signals": (
        "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\n"
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "timeout",
    ),
    "dies": ("import os; os._exit(0)", "died"),
    "stops its kernel": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL) or os._exit(1)", "died"),
    "floods": ("while True: print('x' * 100_000)", "timeout"),
    "sends what is no message": (
        "import zmq\nfrom ipykernel.kernelapp import IPKernelApp as App\n"
        "k = get_ipython().kernel\n"
        "for content in (None, [], {'execution_state': 7}, {'data': 3}, {'name': None, 'text': None}):\n"
        "    for kind in ('status', 'stream', 'display_data', 'comm_open', 'execute_reply', 'error', 'nonsense'):\n"
        "        k.session.send(k.iopub_socket, kind, content=content, parent=k.get_parent())\n"
        "k.iopub_socket.send_multipart([b'junk'])",
        "either",
    ),
    "sends one huge message": ("print('x' * 100_000_000)", "either"),
    "asks for input": ("input()", ""),
    "leaves processes": ("import subprocess\n[subprocess.Popen(['sleep', '987']) for _ in range(5)]; None", ""),
}


@pytest.mark.parametrize("workers", [SANDBOX], indirect=True)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_costs_itself_only(workers: Pool, name: str) -> None:
    costs_itself_only(workers, name)


@pytest.mark.parametrize("workers", [PROCESS], indirect=True)
@pytest.mark.parametrize("name", ["endless", "dies", "leaves processes"])
def test_a_hostile_cell_costs_itself_only_without_a_sandbox_too(workers: Pool, name: str) -> None:
    costs_itself_only(workers, name)


def costs_itself_only(workers: Pool, name: str) -> None:
    source, why = HOSTILE[name]
    run(workers, "1")
    before = below()
    cells, ended = run(workers, "a = 1; a", source, "a + 1")
    assert ended.keys() <= {1}
    if why != "either":
        assert ended.get(1, "") == why
    assert (shown(cells[0]), shown(cells[2])) == ("1", "2")
    assert len(json.dumps(cells)) < 3 * kernels._MOST_SHOWN
    until = time.monotonic() + 10
    while below() - before and time.monotonic() < until:
        time.sleep(0.05)
    assert not below() - before, "left running"


def test_a_notebook_has_its_time_and_what_was_not_run_is_said(workers: Pool) -> None:
    slow = Pool.__new__(Pool)
    vars(slow).update(vars(workers), limits=Limits(cell_s=1, total_s=2))
    notebook = new_notebook(
        cells=[new_code_cell("1"), new_markdown_cell("text"), *[new_code_cell("while 1: pass") for _ in range(3)]]
    )
    assert run_whole(notebook, JOB, slow) == {2: "timeout", 3: "timeout", 4: "timeout"}


@pytest.mark.parametrize("workers", [SANDBOX], indirect=True)
def test_a_kernel_sees_nothing_of_the_grader(workers: Pool, tmp_path: Path) -> None:
    secret = tmp_path / "class.json"
    secret.write_text("{}")
    cells, _ = run(
        workers,
        f"""
        import os, socket, importlib.util
        found = [os.path.exists({str(secret)!r}), os.listdir(os.getcwd()), os.environ.get("CRMLAB_DATA"), os.getuid()]
        try:
            socket.create_connection(("127.0.0.1", 1), 1)
        except OSError as error:
            found.append(error.strerror)
        try:
            import crmlab.credit_policy.items
        except ImportError:
            found.append("hidden")
        print(found)
        """.replace("\n        ", "\n"),
    )
    assert shown(cells[0]) == "[False, ['.ipython'], None, 65534, 'Network is unreachable', 'hidden']\n"


def test_where_nothing_can_be_forked_an_ordinary_kernel_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pool, "FORKS", False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with Pool(1, Limits(cell_s=20, total_s=60), "none") as fresh:
        cells, ended = run(fresh, "import os; os._exit(1)", "6 * 7", "os = __import__('os'); os.environ['HOME']")
    assert (ended, shown(cells[1])) == ({0: "died"}, "42")
    assert str(tmp_path) not in shown(cells[2])


# --- a class ---------------------------------------------------------------------------------------------------------

SCRIPTS = "<script>alert(1)</script><img src=x onerror='alert(2)'><form action='x'></form>"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a class of three that was executed: two notebooks, one damaged file; and what was printed."""
    folder = tmp_path_factory.mktemp("whole") / "class"
    place = demo_class(folder, SET, 3)
    first, _, third = sorted(place.glob("*.ipynb"))
    notebook = json.loads(first.read_text(encoding="utf-8"))
    plot = new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()")
    hostile = new_code_cell(
        f"from IPython.display import *\ndisplay(HTML({SCRIPTS!r}), Javascript('alert(3)'), Markdown({SCRIPTS!r}))"
    )
    notebook["cells"] += [
        plot,
        hostile,
        new_markdown_cell(f"# My reasons\n{SCRIPTS} <svg onload='alert(4)'>"),
        new_code_cell("while True: pass"),
    ]
    first.write_text(json.dumps(notebook), encoding="utf-8")
    third.write_text("{", encoding="utf-8")
    said = CliRunner().invoke(
        main, ["execute", str(place), "--set", SET, "--class", str(folder), "--cell-seconds", "2"]
    )
    assert said.exit_code == 0, said.output
    return folder / "executed" / SET, said.output


def test_each_student_has_a_notebook_and_a_page(executed: tuple[Path, str]) -> None:
    folder, said = executed
    assert sorted(path.name for path in folder.iterdir()) == [
        f"202600{number}.{kind}" for number in (1, 2) for kind in ("html", "ipynb")
    ]
    assert "2 notebooks and pages" in said
    assert re.search(r"2026003.ipynb: The file breaks off", said)


def test_an_executed_notebook_holds_the_text_the_answers_and_what_they_show(executed: tuple[Path, str]) -> None:
    notebook = nbformat.read(executed[0] / "2026001.ipynb", as_version=4)
    outputs = [out for cell in notebook["cells"] for out in cell.get("outputs", [])]
    assert any("image/png" in out.get("data", {}) for out in outputs)
    assert any(cell["source"].startswith("# My reasons") for cell in notebook["cells"])
    assert any(cell["source"].startswith("answer_1") for cell in notebook["cells"])
    assert any("numbers belong to: 2026001" in out.get("text", "") for out in outputs)
    assert outputs[-1]["text"] == "[stopped: the cell ran too long]\n"


def test_a_page_runs_no_script_and_fetches_nothing(executed: tuple[Path, str]) -> None:
    page = (executed[0] / "2026001.html").read_text(encoding="utf-8")
    head, _, body = page.partition("<body")
    assert "Content-Security-Policy\" content=\"default-src 'none'" in head
    assert "My reasons</h1>" in body.replace('<a class="anchor-link" href="#My-reasons">¶</a>', "")
    for planted in ("<script>alert", '<img src="x"', "<img src=x", "<form", "<svg onload", "alert(3)</script"):
        assert planted not in body, planted


def test_running_again_replaces_what_was_there(tmp_path: Path) -> None:
    place = demo_class(tmp_path / "class", SET, 1)
    page = tmp_path / "class" / "executed" / SET / "2026001.html"
    page.parent.mkdir(parents=True)
    page.write_text("old")
    done = list(Execution(place, SET, tmp_path / "class", workers=1, limits=LIMITS).run())
    assert [one.page for one in done] == [page]
    assert page.read_text(encoding="utf-8") != "old" and len(os.listdir(page.parent)) == 2


def test_what_was_handed_out_is_not_run(executed: tuple[Path, str]) -> None:
    folder = executed[0].parents[1]
    said = CliRunner().invoke(main, ["execute", str(folder / "handout"), "--set", SET, "--class", str(folder)])
    assert said.exit_code == 1 and "holds what the class was handed out" in said.output


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    said = CliRunner().invoke(main, ["execute", str(tmp_path / "in"), "--set", SET, "--class", str(tmp_path)])
    assert said.exit_code == 1 and said.output.count("\n") == 1 and "class.json" in said.output
