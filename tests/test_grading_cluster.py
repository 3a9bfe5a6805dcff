"""Grading on a cluster, with the gradebook on a server: a Dask scheduler, its workers and PostgreSQL, on loopback.

Every process is a real one and is ended when its test or the module is done.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle
import distributed
import numpy as np
import pandas as pd
import psycopg
import pytest
from click.testing import CliRunner, Result
from matplotlib.figure import Figure
from processes import below, needs_sandbox
from run_all import postgresql

from crmlab.cli import main
from crmlab.grading import cluster
from crmlab.grading.assign import ROSTER_FILE, load_class
from crmlab.grading.cluster import Cluster, ClusterError
from crmlab.grading.collect import MOST_PATH, collect
from crmlab.grading.demo import demo_class
from crmlab.grading.engine import CellJob, Failed, Job, Limits, Outcome, values
from crmlab.grading.engine.wire import job_from_json, job_to_json, outcome_from_json, outcome_to_json
from crmlab.grading.gradebook import TIMES, Gradebook, GradebookError
from crmlab.grading.roster import Student, read_roster
from crmlab.grading.run import Run, Summary

SET = "12_credit_policy"
STUDENTS = 24  # the last one's notebook never ends, the twelfth's is cut off
LIMITS = Limits(cell_s=1)


def until(true: Callable[[], Any], what: str, seconds: float = 90) -> Any:
    """Wait for something and return it."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)
    return found


# --- a cluster -------------------------------------------------------------------------------------------------------

# What a worker runs first: two kinds of submissions that no sandbox lets through, and a machine without a sandbox.
ODD_WORKER = """
import os, signal
from dataclasses import replace
from crmlab.grading import cluster
from crmlab.grading.engine.pool import Pool
from crmlab.grading.engine.sandbox import Isolation

usual = Pool.usual = getattr(Pool, "usual", Pool.one)  # Dask may run this more than once

def one(self, job):
    code = "".join(cell.source for cell in job.cells)
    if "# BRINGS ITS WORKER DOWN" in code:
        os.kill(os.getpid(), signal.SIGKILL)
    outcome = usual(self, job)
    return replace(outcome, problems={"a": 5}) if "# GARBLES ITS OUTCOME" in code else outcome

Pool.one = one
cluster._IDLE_S = 1
if os.environ.get("ODD_WORKER"):
    cluster.probe = lambda: Isolation("process", "no name spaces")
"""


class Dask:
    """A scheduler and its workers, each with a process group of its own.

    ``failures`` is how many workers may die over a job before the scheduler gives it up.
    """

    def __init__(self, folder: Path, failures: int) -> None:
        if sys.platform == "win32":
            pytest.skip("the processes of a cluster are ended by their groups, which Windows does not have")
        self.folder = folder
        self.environment = {
            "DASK_CONFIG": str(folder),  # this user's own settings stay out of it
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures),
        }
        self.groups: dict[str, subprocess.Popen[bytes]] = {}
        self.numbers = itertools.count(1)
        (folder / "odd_worker.py").write_text(ODD_WORKER, encoding="utf-8")
        self._start("scheduler", ["--port", "0", "--scheduler-file", folder / "scheduler.json"])
        file = folder / "scheduler.json"
        until(lambda: file.exists() and file.read_text(encoding="utf-8"), "the scheduler")
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        self.client = distributed.Client(self.address, set_as_default=False)

    def _start(self, name: str, options: Sequence[str | Path], **environment: str) -> None:
        common = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        with (self.folder / f"{name}.log").open("wb") as log:
            self.groups[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", name.partition("-")[0], *common, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | self.environment | environment,
            )

    def workers(self) -> dict[str, str]:
        """The address of each worker by its name."""
        return {about["name"]: address for address, about in self.client.scheduler_info()["workers"].items()}

    def fill(self, count: int, **environment: str) -> Dask:
        """Start workers until there are so many."""
        for _ in range(count - len(self.groups) + 1):
            name = f"worker-{next(self.numbers)}"
            options = [self.address, "--name", name, "--nthreads", "1", "--local-directory", self.folder / name]
            self._start(name, [*options, "--preload", self.folder / "odd_worker.py"], **environment)
        until(lambda: len(self.client.run(os.getpid)) == count, f"{count} workers")
        return self

    def signal(self, name: str, number: int) -> None:
        os.killpg(self.groups[name].pid, number)

    def kill(self, name: str) -> None:
        """Kill a worker with its nanny, or the scheduler; what it started has to end by itself."""
        started = below(self.groups[name].pid)
        self.signal(name, signal.SIGKILL)
        self.groups.pop(name).wait()
        until(lambda: not [pid for pid in started if _command(pid)], "the end of what it started")

    def sandboxes(self) -> list[int]:
        """Processes of the engine below the workers."""
        started = set().union(*(below(group.pid) for group in self.groups.values()))
        return [pid for pid in started if b"engine.zygote" in _command(pid)]

    def close(self) -> None:
        with suppress(Exception):
            self.client.close()
        for group in self.groups.values():
            with suppress(ProcessLookupError):
                os.killpg(group.pid, signal.SIGKILL)
        for group in self.groups.values():
            group.wait()


def _command(pid: int) -> bytes:
    """The command line of a process; nothing if it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@pytest.fixture(scope="module")
def one_scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    dask = Dask(tmp_path_factory.mktemp("dask"), failures=1)
    yield dask
    dask.close()


@pytest.fixture
def two_workers(one_scheduler: Dask) -> Dask:
    return one_scheduler.fill(2)


@pytest.fixture
def own_scheduler(tmp_path: Path) -> Iterator[Dask]:
    dask = Dask(tmp_path, failures=0)
    yield dask
    dask.close()


# --- a database server -----------------------------------------------------------------------------------------------


class Server:
    """PostgreSQL in a folder of its own, reached through a socket there, with a password."""

    def __init__(self) -> None:
        programs = postgresql()
        if programs is None or sys.platform == "win32":
            pytest.skip("no PostgreSQL here")
        self.folder, self.password = Path(tempfile.mkdtemp(prefix="crmlab-")), secrets.token_hex(8)
        self.names = (f"grades{number}" for number in itertools.count())
        self._as: dict[str, Any] = {"cwd": self.folder, "check": True, "capture_output": True, "timeout": 120}
        if os.geteuid() == 0:  # whom initdb refuses
            import pwd

            who = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
            os.chown(self.folder, who.pw_uid, who.pw_gid)
            self._as |= {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        self._pg_ctl = [programs / "pg_ctl", "-D", self.folder / "data", "-w"]
        (self.folder / "password").write_text(self.password, encoding="utf-8")
        version = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
        newer = int(re.findall(r"\d+", version)[0]) >= 15  # has orders of text beyond the system's: not SQLite's one
        order = ["--locale-provider=icu", "--icu-locale=en"] if newer else []
        access = ["--username=crmlab", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}"]
        try:
            data = ["-D", self.folder / "data", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8"]
            subprocess.run([programs / "initdb", *data, *order, *access], **self._as)
            options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
            subprocess.run([*self._pg_ctl, "-l", self.folder / "log", "-o", options, "start"], **self._as)
        except subprocess.CalledProcessError as error:
            self.close()
            raise AssertionError((error.stderr or error.stdout).decode()) from error

    def address(self, name: str, password: str | None = None) -> str:
        return f"postgresql+psycopg://crmlab:{password or self.password}@/{name}?host={self.folder}"

    def new(self) -> str:
        """Make an empty database and return its address."""
        name = next(self.names)
        with psycopg.connect(
            host=str(self.folder), user="crmlab", password=self.password, dbname="postgres", autocommit=True
        ) as line:
            line.execute(f"create database {name}")
        return self.address(name)

    def close(self) -> None:
        with suppress(subprocess.SubprocessError):
            subprocess.run([*self._pg_ctl, "-m", "immediate", "stop"], **self._as)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def database(server: Server) -> str:
    return server.new()


# --- a class ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def klass(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "class"
    demo_class(folder, SET, STUDENTS)
    for number in (*range(4, 12), *range(13, 20)):  # slow enough for a worker to be at one when it is killed
        change(folder, f"2026{number:03d}", "import time; time.sleep(0.4)")
    return folder


def grade(folder: Path, address: str | None = None, done: Callable[[], None] = lambda: None, **more: Any) -> Summary:
    run = Run(folder / "submissions", SET, folder, limits=LIMITS, cluster=address, **more)
    return run.grade(done)


def tables(gradebook: Path | str) -> list[str]:
    """What a gradebook says of a class, line by line, but for times."""
    book = Gradebook(gradebook)
    found = {name: book.table(name).drop(columns=list(TIMES), errors="ignore") for name in ("submissions", "results")}
    book.close()
    return [line for table in found.values() for line in table.to_csv().splitlines()]


@pytest.fixture(scope="module")
def expected(klass: Path) -> list[str]:
    """The rows of an ordinary run on this machine."""
    grade(klass, workers=2)
    return tables(klass / "gradebook.sqlite")


def crmlab(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def graded_once(gradebook: Path | str, expected: list[str]) -> None:
    book = Gradebook(gradebook)
    rows = book.table("submissions")
    assert len(rows) == STUDENTS and not rows.duplicated(["set_name", "file"]).any()
    assert book.table("history").empty, "graded twice"
    book.close()
    assert tables(gradebook) == expected


# --- the whole way ---------------------------------------------------------------------------------------------------


@needs_sandbox
def test_a_worker_is_killed_in_the_middle_and_every_submission_is_graded_once(
    two_workers: Dask, database: str, klass: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dask, victim = two_workers, sorted(two_workers.workers())[0]
    address = dask.workers()[victim]
    sent: list[bytes] = []
    submit = distributed.Client.submit

    def watched(client: distributed.Client, *what: Any, **how: Any) -> Any:
        sent.append(cloudpickle.dumps((what, how)))
        return submit(client, *what, **how)

    held: list[Any] = []
    rows = itertools.count(1)

    def done() -> None:
        if next(rows) < 4 or held:
            return
        dask.signal(victim, signal.SIGSTOP)
        time.sleep(0.3)  # what it said before is heard
        held.extend(dask.client.processing()[address])
        dask.kill(victim) if held else dask.signal(victim, signal.SIGCONT)

    monkeypatch.setattr(distributed.Client, "submit", watched)
    summary = grade(klass, dask.address, done, gradebook=database)
    assert held, "the worker had nothing to do when it was killed"
    assert summary.graded == STUDENTS and summary.isolation == "sandbox"
    graded_once(database, expected)

    # What went to the workers: each time one student's work, and nothing of the class.
    roster = read_roster(klass / ROSTER_FILE)
    assert len(sent) >= STUDENTS - 1
    for message in sent:
        assert sum(one.id.encode() in message for one in roster) == 1
        for secret in (load_class(klass).salt, database, database.split(":")[2].split("@")[0], str(klass)):
            assert secret.encode() not in message


class Grader:
    """``crmlab grade`` on a cluster, as a process of its own."""

    def __init__(self, dask: Dask, folder: Path, gradebook: str, cell_s: float) -> None:
        where = ["--set", SET, "--class", folder, "--cluster", dask.address, "--gradebook", gradebook]
        command = [sys.executable, "-m", "crmlab", "grade", folder / "submissions", *where, "--cell-seconds", cell_s]
        self.book = Gradebook(gradebook)
        self.process = subprocess.Popen(
            [str(word) for word in command], stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def stop(self, number: int, rows: int) -> tuple[int, str]:
        """Send a signal once there are so many rows; return exit code and what it said."""
        until(lambda: len(self.book.table("submissions")) >= rows or self.process.poll() is not None, "rows")
        self.process.send_signal(number)
        said = self.process.communicate(timeout=90)[1]
        return self.process.returncode, said

    def rows(self) -> int:
        return len(self.book.table("submissions"))


@needs_sandbox
def test_a_killed_and_an_interrupted_grader_leave_nothing_behind_and_the_next_one_goes_on(
    two_workers: Dask, database: str, klass: Path, expected: list[str], tmp_path: Path
) -> None:
    dask, password = two_workers, database.split(":")[2].split("@")[0]
    folder = tmp_path / "class"
    shutil.copytree(klass, folder)

    killed = Grader(dask, folder, database, cell_s=3)
    assert killed.stop(signal.SIGKILL, rows=3)[0] == -signal.SIGKILL
    kept = killed.rows()
    assert 3 <= kept < STUDENTS
    until(lambda: not dask.sandboxes(), "the workers to notice")

    interrupted = Grader(dask, folder, database, cell_s=60)
    code, said = interrupted.stop(signal.SIGINT, rows=kept + 3)
    assert not dask.sandboxes(), "the notebook that never ends goes on"
    assert code == 1 and said.endswith("Run the same command again to go on.\n") and "Traceback" not in said, said
    assert kept + 3 <= interrupted.rows() < STUDENTS
    kept = interrupted.rows()

    words = ["--set", SET, "--class", folder, "--gradebook", database]
    done = crmlab("grade", folder / "submissions", *words, "--cluster", dask.address, "--cell-seconds", "1")
    assert done.exit_code == 0, done.output
    assert f"{STUDENTS - kept} graded" in done.output and f"{kept} had their row already" in done.output
    assert "postgresql+psycopg://crmlab:***@/" in done.output and password not in done.output
    graded_once(database, expected)

    # The other commands on the server's gradebook.
    report = crmlab("report", *words)
    assert report.exit_code == 0 and f"{STUDENTS} pages" in report.output, report.output
    gone = crmlab("forget", "2026003", "--class", folder, "--gradebook", database, "--yes")
    assert gone.exit_code == 0 and "gradebook: 1 submissions" in gone.output, gone.output
    left = tables(database)
    assert len(left) < len(expected) and not [line for line in left if "2026003" in line]


def change(folder: Path, student: str, comment: str) -> None:
    """Put a comment into a student's first answer."""
    path = folder / "submissions" / f"{SET}_{student}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    answer = next(one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("solution"))
    answer["source"] = f"{answer['source']}\n{comment}"
    path.write_text(json.dumps(notebook), encoding="utf-8")


@needs_sandbox
def test_a_submission_that_kills_workers_or_garbles_its_outcome_fails_alone(
    own_scheduler: Dask, tmp_path: Path
) -> None:
    dask, folder = own_scheduler.fill(2), tmp_path / "class"
    demo_class(folder, SET, 8)
    change(folder, "2026002", "# BRINGS ITS WORKER DOWN")
    change(folder, "2026005", "# GARBLES ITS OUTCOME")
    grade(folder, workers=2)
    here = Gradebook(folder / "gradebook.sqlite").table("submissions").set_index("student")
    grade(folder, dask.address, gradebook=str(tmp_path / "other.sqlite"))
    there = Gradebook(tmp_path / "other.sqlite").table("submissions").set_index("student")
    assert dict(there.status[there.status != here.status]) == {"2026002": "failed", "2026005": "failed"}
    assert "KilledWorker" in there.reason["2026002"] and "no outcome" in there.reason["2026005"]
    same = [student for student in here.index if student not in ("2026002", "2026005")]
    assert there.points[same].equals(here.points[same]) and there.points["2026002"] == there.points["2026005"] == 0


# --- clusters that cannot be used ------------------------------------------------------------------------------------


def refused(*words: str | Path) -> str:
    """Run ``crmlab grade`` and return the one sentence with which it ends."""
    result = crmlab("grade", *words)
    assert result.exit_code in (1, 2) and isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result.output.rpartition("Error: ")[2]


@needs_sandbox
def test_a_lost_scheduler_loses_no_rows(own_scheduler: Dask, klass: Path, expected: list[str], tmp_path: Path) -> None:
    dask, file, rows = own_scheduler.fill(1), tmp_path / "gradebook.sqlite", itertools.count(1)
    with pytest.raises(ClusterError, match=r"does not answer any more\. What was graded is kept"):
        grade(klass, dask.address, lambda: dask.kill("scheduler") if next(rows) == 4 else None, gradebook=str(file))
    assert len(Gradebook(file).table("submissions")) == 4
    grade(klass, workers=2, gradebook=str(file))
    graded_once(file, expected)


@needs_sandbox
def test_workers_that_are_missing_leave_or_have_no_sandbox_are_named(
    own_scheduler: Dask, klass: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask, file = own_scheduler, tmp_path / "gradebook.sqlite"
    words = [klass / "submissions", "--set", SET, "--class", klass, "--gradebook", file, "--cluster", dask.address]
    assert (
        refused(*words) == f"The scheduler at {dask.address} has no workers; start some: dask worker {dask.address}\n"
    )

    # One without a sandbox comes later: it runs nothing, and is named.
    dask.fill(1)
    rows = itertools.count(1)
    with pytest.raises(ClusterError) as stopped:
        grade(klass, dask.address, lambda: next(rows) == 2 and dask.fill(2, ODD_WORKER="1"), gradebook=str(file))
    odd = dask.workers()["worker-2"]
    assert str(stopped.value).startswith(f"The worker {odd} cannot be used: it has no sandbox (no name spaces); ")
    assert "What was graded is kept" in str(stopped.value)
    assert set(Gradebook(file).table("submissions").query("status != 'unreadable'").isolation) == {"sandbox"}
    dask.kill("worker-1")
    until(lambda: len(dask.workers()) == 1, "the scheduler to notice")
    assert f"The worker {odd} cannot be used: it has no sandbox (no name spaces); " in refused(*words)

    # Asked to, it grades; then it leaves, too.
    monkeypatch.setattr(cluster, "_PATIENCE_S", 1)
    done, rows = Run.grade, itertools.count(1)
    monkeypatch.setattr(Run, "grade", lambda run, _: done(run, lambda: next(rows) == 12 and dask.kill("worker-2")))
    said = refused(*words, "--isolation", "none", "--again")
    assert said.startswith(f"The scheduler at {dask.address} has no workers any more. What was graded is kept; ")
    assert "process" in set(Gradebook(file).table("submissions").isolation)


def test_other_versions_are_named(two_workers: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    version = cluster.crmlab.__version__
    with monkeypatch.context() as patch:
        patch.setattr("crmlab.__version__", "9.9")
        with pytest.raises(ClusterError, match=rf"^The worker tcp:.* it has crmlab {version}, the grader 9\.9; "):
            Cluster(two_workers.address)
    with monkeypatch.context() as patch:
        patch.setattr(cluster, "_python", lambda: "3.99")
        with pytest.raises(ClusterError, match=r"^The worker tcp:.* it runs Python 3\.\d+, the grader 3\.99; "):
            Cluster(two_workers.address)
    with monkeypatch.context() as patch:  # as a worker without the package sees it
        module = ModuleType("only_here")
        exec("def look(*order): return ''", module.__dict__)
        patch.setitem(sys.modules, "only_here", module)
        patch.setattr(cluster, "_look", module.look)
        with pytest.raises(
            ClusterError, match=rf"^The worker tcp:.* it cannot run crmlab {version} \(.*No module named"
        ):
            Cluster(two_workers.address)
        patch.setattr(cluster, "_python", module.look)
        with pytest.raises(ClusterError, match=rf"^The scheduler at tcp:.* cannot run crmlab {version} \(No module"):
            Cluster(two_workers.address)


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:9", "foo://127.0.0.1:9", "tls://127.0.0.1:9", ""])
def test_an_address_without_a_scheduler_is_one_sentence(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match=rf"^No Dask scheduler answers at {address}"):
        Cluster(address)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'crmlab\[cluster\]'"):
        Cluster("tcp://127.0.0.1:9")


def test_the_number_of_workers_is_the_clusters_own(tmp_path: Path) -> None:
    words = [tmp_path, "--set", SET, "--class", tmp_path, "--cluster", "tcp://127.0.0.1:9"]
    assert refused(*words, "--workers", "3").startswith("--workers is for this machine")


def test_nobody_else_pays_for_dask() -> None:
    code = "import sys, crmlab.grading.run, crmlab.grading.commands; print(*{'dask', 'distributed'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.split() == []


# --- what travels ----------------------------------------------------------------------------------------------------


def _chart() -> Any:
    """One of each kind of thing that is drawn."""
    ax = Figure().subplots()
    ax.plot([1, 2, 4], [2.0, float("nan"), 1.0], label="sales")
    ax.bar(["a", "b"], [3, 4], label="costs")
    ax.scatter([1, 2], [3, 4], c=[0.1, 0.2], s=[5, 6])
    ax.hlines([1, 2], 0, 3)
    ax.fill_between([0, 1, 2], [0, 1, 0])
    ax.pie([1, 2, 3])
    ax.text(1, 2, "here")
    ax.set(title="收入", xlabel="week", ylabel="yuan", xlim=(0, 5))
    return ax


VALUES = [
    ...,
    2**70,
    -0.0,
    float("nan"),
    float("-inf"),
    "half \ud800 and \0",
    (1, [2, {3}], frozenset({"四"})),
    {1: "a", (2, 3): None, False: 0.1},
    Fraction(1, 3),
    len,
    np.arange(6.0).reshape(2, 3),
    np.array([1, "a", None], dtype=object),
    pd.NA,
    pd.NaT,
    pd.Timestamp("2027-03-01 12:00"),
    pd.Series(["a", "b", "a"], dtype="category", name="tier"),
    pd.Series([1, None], dtype="Int64", index=pd.to_datetime(["2027-01-01", "2027-01-02"])),
    pd.DataFrame({"a": [1.5, None], "b": ["x", "y"]}, index=pd.MultiIndex.from_tuples([(1, 2), (3, 4)])),
    type("Evil", (), {})(),
    values.TooLarge(),
    values.decode(values.encode("ABC" * 100, most=10)),
    _chart(),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_an_answer_reaches_the_grader_over_a_worker_as_it_left_the_student(value: Any) -> None:
    here = values.decode(values.encode(value))
    sent = Outcome(
        "7", {"a-1": here}, {"cell": "died"}, {"f": [here, Failed("x", "y")]}, "…", 0.5, "sandbox", "partial"
    )
    there = outcome_from_json(outcome_to_json(sent))
    assert values.encode(there.answers["a-1"]) == values.encode(there.calls["f"][0]) == values.encode(value)
    assert (there.key, there.problems, there.calls["f"][1]) == ("7", {"cell": "died"}, Failed("x", "y"))
    assert (there.output, there.seconds, there.isolation, there.status) == ("…", 0.5, "sandbox", "partial")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_job_reaches_the_worker_as_it_left_the_grader(value: Any) -> None:
    given = values.decode(values.encode(value))
    cells = (CellJob("a", "x = '四'"), CellJob("b", "answer_1 = x", "s-1", "answer_1"))
    questions = {"s-1": {"params": {"n": given}, "table": given, "text": "?"}}
    sent = Job("7", "2026001", "zh", cells, questions, {"answer_1": [[given, 1]]}, {"answer_1": given})
    there = job_from_json(job_to_json(sent))
    assert (there.key, there.student, there.lang, there.cells) == ("7", "2026001", "zh", cells)
    parts = [there.questions["s-1"]["params"]["n"], there.questions["s-1"]["table"], there.calls["answer_1"][0][0]]
    assert all(values.encode(part) == values.encode(value) for part in [*parts, there.inject["answer_1"]])
    assert there.questions["s-1"]["text"] == "?" and there.calls["answer_1"][0][1] == 1


WHOLE = outcome_to_json(Outcome("7", {"a-1": 1}, {}, {"f": [2]}, "", 0.5, "sandbox", "ok"))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\x80\x04N.",
        WHOLE[:-2],
        WHOLE.replace(b'"sandbox"', b'"none"'),
        WHOLE.replace(b'"ok"', b'"done"'),
        WHOLE.replace(b'"key":"7"', b'"key":7'),
        WHOLE.replace(b'"problems":{}', b'"problems":{"a":[]}'),
        WHOLE.replace(b'"problems":{}', b'"problems":[]'),
        WHOLE.replace(b'"a-1":1', b'"a-1":["pickle","..."]'),
        WHOLE.replace(b'{"result":2}', b'{"failed":[1,2]}'),
        WHOLE.replace(b'{"result":2}', b"2"),
        WHOLE.replace(b"0.5", b"NaN"),
    ],
)
def test_what_is_no_outcome_is_refused(text: bytes) -> None:
    with pytest.raises(values.MalformedError):
        outcome_from_json(text)


# --- the gradebook on a server ---------------------------------------------------------------------------------------


def submission(file: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("student", "how", "received", "lang", "notes", "reason", "version"), "")
    numbers = {"attempt": 0, "late": False, "doubtful": False, "points": 1.5, "max_points": 20.0, "seconds": 0.1}
    return {
        "set_name": SET,
        "file": file,
        "sha256": "0" * 64,
        "status": "ok",
        "isolation": "",
        **row,
        **numbers,
        **more,
    }


def result(item: str, part: str = "", **more: Any) -> dict[str, Any]:
    row = {"item": item, "part": part, "status": "right", "trap": "", "note": "", "said": "[]", "answer": ""}
    return {**row, "points": 1.0, "max_points": 1.0, "follow_through": False, **more}


def fill(book: Gradebook) -> None:
    """Everything a gradebook does, with what students and file systems come up with."""
    for number, name in enumerate(
        ["b.ipynb", "A.ipynb", "a_1.ipynb", "_x", "a-1.ipynb", "Ä", "作业/甲.ipynb", "x" * 500]
    ):
        rows = [result(f"credit_policy-{item}", part) for item in (10, 2) for part in ("", "b", "A", "名")]
        book.write(submission(name, student=f"202600{number}", version="9" * 200, points=0.1 + 0.2), rows)
    book.write(submission("nul", reason="a\0b", notes="half \ud800", student="甲"), [result("s-1", note="\0")])
    book.write(submission("b.ipynb", student="2026000", status="partial"), [result("credit_policy-1", points=0.0)])
    book.override(SET, "甲", "credit_policy-1", 1.5, "said so \0 \ud800")
    book.override(SET, "甲", "credit_policy-1", 2.5, "y" * 5000)
    book.override(SET, "2026001", "credit_policy-2", 1, "once")
    assert book.take_back(SET, "2026001", "credit_policy-2")
    assert book.forget("2026004") == 1
    book.write(submission("other", set_name="01_classification"), [])


def test_a_server_keeps_what_sqlite_keeps_in_the_same_order(database: str, tmp_path: Path) -> None:
    here, there = Gradebook(tmp_path / "gradebook.sqlite"), Gradebook(database)
    for book in (here, there):
        fill(book)
    assert there.sets() == here.sets() == ["01_classification", SET]
    assert there.done(SET) == here.done(SET) and len(here.done(SET)) == 8
    for name in ("submissions", "results", "overrides", "history"):
        for set_name in (None, SET):
            one, other = here.table(name, set_name), there.table(name, set_name)
            for table in (one, other):
                assert len(table)
                for column in ("at", "graded_at"):
                    if column in table:
                        table[column] = ""
                if "what" in table:
                    table["what"] = table["what"].str.replace(r'"(at|graded_at)": "[^"]*"', "", regex=True)
            pd.testing.assert_frame_equal(one, other)
    there.close()


def test_paths_too_long_for_a_key_are_cut_and_still_name_student_and_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(2):
            archive.writestr(f"{'档' * 300}{number}/{'x' * 300}/2026001.ipynb", f"{number}")
    found = list(collect(tmp_path / "all.zip", [Student("2026001", "Ada")], SET))
    assert {one.student for one in found} == {"2026001"}
    assert len({one.path_in for one in found}) == 2 and all(len(one.path_in) <= MOST_PATH for one in found)


def test_two_graders_at_once_write_each_row_once(database: str) -> None:
    start, trouble = threading.Barrier(2), []

    def grader() -> None:
        try:
            start.wait(30)
            book = Gradebook(database)  # both make the tables
            for number in range(40):
                start.wait(30)
                book.write(submission(f"{number}.ipynb", student="1"), [result(f"s-{item}") for item in range(6)])
            book.close()
        except Exception as error:
            trouble.append(error)
            start.abort()

    threads = [threading.Thread(target=grader) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    book = Gradebook(database)
    assert [len(book.table(name)) for name in ("submissions", "results", "history")] == [40, 240, 40]
    book.close()


def test_an_address_that_does_not_work_is_one_sentence_without_the_password(server: Server, tmp_path: Path) -> None:
    place, at = tmp_path / "none", "postgresql+psycopg://crmlab:"
    wrong = {
        server.address("postgres", "se-cret"): "password authentication failed",
        f"{at}se-cret@/postgres?host={place}": "No such file or directory",
        server.address("postgres").replace(f":{server.password}", "") + "&password=se-cret": "authentication failed",
        server.address("nowhere"): "does not exist",
        f"{at}a@se-cret@127.0.0.1/postgres": "with @ in a password written as %40",
        f"{at}a@b:se-cret@127.0.0.1/postgres": "with @ in a password written as %40",
        f"{at}se-cret@127.0.0.1:port/postgres": "is no address of a database",
        "nosuch://crmlab:se-cret@127.0.0.1/postgres": "is no address of a database",
        "postgresql:/crmlab:se-cret@127.0.0.1/postgres": "cannot be used",
    }
    for address, why in wrong.items():
        with pytest.raises(GradebookError) as said:
            Gradebook(address)
        message = str(said.value)
        assert why in message and "\n" not in message, (address, message)
        assert "se-cret" not in message and server.password not in message, message
