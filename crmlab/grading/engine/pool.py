"""The grader's side: hand jobs to warm workers, hold the clock, keep every answer that came in.

A cell that runs too long, dies or garbles its report costs that cell: the child is ended with all it started, a new one
is forked and the cells are run again without the guilty one. What came back before is kept.
"""

from __future__ import annotations

import json
import math
import os
import queue
import re
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from crmlab.core.text import Language
from crmlab.grading.engine import values
from crmlab.grading.engine.sandbox import ENVIRONMENT, Isolation, SandboxError, probe, python
from crmlab.grading.engine.values import Failed, MalformedError

#: Whether warm processes can be forked here; elsewhere each submission gets a fresh Python.
FORKS = sys.platform == "linux"

_MOST_LINE = 8 << 20  # one message of a child: more than values.encode makes of one answer
_MOST_PARTS = 10 * values.MOST_VALUES  # in one message; an empty list takes two bytes there and 64 in memory
_MOST_JUNK = 256 << 20  # what a cell may write to a line that is not its own, before it is ended for it
_MOST_WORDS = 400
_Done = TypeVar("_Done")
_START_S = 180.0  # for the imports of a zygote on a busy machine
_READY_S = 60.0  # for a child
_END_S = 20.0
_CALL_DEATHS = 3  # a function that dies on so many inputs is not called on the others
_STARVED = 0.5  # of a cell's limit: with less processor time than this it was kept from running, or waited
_MORE_TIME = 3  # times its limit, for a cell that was starved


@dataclass(frozen=True)
class CellJob:
    """A cell to run; ``item`` and ``name`` say that it answers an item in a variable."""

    id: str
    source: str
    item: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Job:
    """One submission.

    Parameters
    ----------
    key
        Returned with the outcome.
    student, lang
        What ``student()`` gives, and the language of messages.
    cells
        In the order to run them.
    questions
        Item id -> ``params``, ``table`` (a table, :func:`values.encode` of one, or None) and ``text``.
    calls
        Variable name -> argument lists, sent one by one after all cells have run; ``answer_3.price`` is a function
        that stands under ``"price"`` in the variable.
    inject
        Variable name -> value that replaces the answer after the cell that gives it has been read.
    """

    key: str
    student: str
    lang: Language
    cells: tuple[CellJob, ...]
    questions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    calls: Mapping[str, list[list[Any]]] = field(default_factory=dict)
    inject: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    ``answers`` holds, by item id, what each answer variable held last (nothing if it never held anything); ``problems``
    says by cell id what stopped a cell: ``timeout``, ``died``, or the error in words. ``calls`` holds results and
    :class:`values.Failed`. ``status`` is ``ok`` (every cell ran to its end or raised an error), ``partial`` (a cell was
    ended or left out) or ``failed`` (nothing could be run).
    """

    key: str
    answers: dict[str, Any]
    problems: dict[str, str]
    calls: dict[str, list[Any]]
    output: str
    seconds: float
    isolation: str
    status: Literal["ok", "partial", "failed"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use: seconds per cell and in all, memory per process, output kept, processes, file size.

    In the sandbox ``file_mb`` is also all that ``/tmp`` holds, and all that ``/dev/shm`` holds.
    """

    cell_s: float = 10
    total_s: float = 60
    memory_mb: int = 2048
    output_bytes: int = 20_000
    processes: int = 64
    file_mb: int = 50


class _LateError(Exception):
    """Nothing came in time."""


class _GoneError(Exception):
    """The child is dead, or has closed or spoiled its line."""


class _Link(Protocol):
    """The grader's end of a line to one child."""

    lost: bool
    """Whether more than the child is gone: its zygote, too. Known after ``end``."""

    def send(self, data: bytes) -> None:
        """Send a message; raises ``_GoneError``."""

    def receive(self, until: float) -> bytes:
        """Return what came next, waiting until a time of the monotonic clock; raises ``_LateError``, ``_GoneError``."""

    def used_s(self) -> float | None:
        """Return the processor time that the child and all that it started have used; None where it is not known."""

    def end(self) -> None:
        """End the child and all that it started; may be called more than once."""


class _Worker(Protocol):
    """Makes children, one at a time."""

    note: str

    def start(self) -> None:
        """Get ready; raises ``SandboxError`` where that is impossible."""

    def open(self) -> _Link:
        """Make a child."""

    def close(self) -> None:
        """End everything; may be called from another thread and more than once."""


# --- warm workers ----------------------------------------------------------------------------------------------------


class _Source:
    """The process that has imported everything, from which all zygotes of a pool are forked."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def line(self) -> socket.socket:
        """Return a line to a new zygote, which may have to wait for the imports."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self._lock, theirs:
            if self._closed:
                raise SandboxError("the pool is closed")
            if self._process is None or self._process.poll() is not None:
                self._start()
            assert self._control is not None
            with suppress(OSError):  # it has just died: the zygote's line is at its end, too
                socket.send_fds(self._control, [b"zygote"], [theirs.fileno()])
        return ours

    def _start(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                python(
                    f"from crmlab.grading.engine.zygote import main; main({theirs.fileno()}, {_font_list()!r})",
                ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the grader
            )

    def close(self) -> None:
        """End it; the zygotes end with their own lines."""
        with self._lock:
            self._closed = True
            if self._control is not None:
                self._control.close()
            if self._process is not None:
                try:
                    self._process.wait(_END_S)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()


class Warm:
    """A zygote and its children."""

    def __init__(self, source: _Source, limits: Limits, sandboxed: bool, imports: tuple[str, ...]) -> None:
        self.source, self.limits, self.sandboxed, self.imports = source, limits, sandboxed, imports
        self.note = ""
        self._control: socket.socket | None = None
        self._pid = 0
        self._lock = threading.Lock()  # against closing while starting
        self._closed = threading.Event()

    def start(self) -> None:
        with self._lock:
            if self._closed.is_set():
                raise SandboxError("the pool is closed")
            self._control = control = self.source.line()
        until = time.monotonic() + _START_S
        try:
            asked = {"limits": asdict(self.limits), "sandbox": self.sandboxed, "imports": self.imports}
            control.send(json.dumps(asked).encode())
            said = self.heard(until)
            if "pid" in said:
                self._pid = said["pid"]
                said = self.heard(until)
        except (_GoneError, OSError):
            said = {"error": "the pool is closed" if self._closed.is_set() else "the warm process ended while starting"}
        except _LateError:
            said = {"error": f"the warm process was not ready after {_START_S:.0f} s"}
        if "error" in said:
            self.stop()
            raise SandboxError(said["error"])
        self.note = said["note"]

    def open(self, listening: Sequence[socket.socket] = ()) -> WarmLink:
        """Make a child; one that is given sockets to listen at becomes a kernel."""
        if self._control is None:
            self.start()
        control = self._control
        if control is None:  # another thread has closed it
            raise SandboxError("the pool is closed")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                socket.send_fds(control, [b"fork"], [one.fileno() for one in (theirs, *listening)])
            except OSError:
                self.stop()
                ours.close()
                raise _GoneError from None
        return WarmLink(self, ours, control)

    def heard(self, until: float) -> dict[str, Any]:
        """Return what the zygote says next."""
        control = self._control
        if control is None:
            raise _GoneError
        if not _wait([control], until):
            raise _LateError
        with suppress(OSError):
            if said := control.recv(1 << 16):
                found: dict[str, Any] = json.loads(said)
                return found
        raise _GoneError

    def used_s(self) -> float | None:
        """Return the processor time of all processes below the zygote; None where the system does not tell."""
        return _used_s(self._pid)

    def stop(self) -> None:
        """End the zygote and all below it; the next child needs a new one."""
        with self._lock:
            control, self._control = self._control, None
            pid, self._pid = self._pid, 0
        if control is None:
            return
        with control, suppress(OSError):
            control.shutdown(socket.SHUT_WR)  # the zygote ends its child, then itself, and so the line
            until = time.monotonic() + _END_S
            while _wait([control], until):
                if not control.recv(1 << 16):
                    return
            if pid:
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        self._closed.set()
        self.stop()


def _wait(sockets: list[socket.socket], until: float) -> list[int]:
    """Return the numbers of the sockets that have something to read."""
    poll = select.poll()
    for one in sockets:
        if one.fileno() < 0:
            return [one.fileno()]  # closed by another thread: reading says so
        poll.register(one, select.POLLIN)
    left = max(0.0, until - time.monotonic())
    return [number for number, _ in poll.poll(math.ceil(left * 1000))]


def _used_s(pid: int) -> float | None:
    ticks, below = 0, [pid]
    for one in below:
        try:
            if one != pid:
                times = Path(f"/proc/{one}/stat").read_text(errors="replace").rpartition(")")[2].split()[11:15]
                ticks += sum(map(int, times))  # its own and those of children that it waited for
            for task in os.listdir(f"/proc/{one}/task"):
                below += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:  # it has just ended; the first one has not, so the system has no such files
            if one == pid:
                return None
    return ticks / os.sysconf("SC_CLK_TCK")


def _font_list() -> str:
    """Where this user's matplotlib keeps its list of fonts."""
    configured = os.environ.get("MPLCONFIGDIR")
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return configured or os.path.join(cache, "matplotlib")


class WarmLink:
    def __init__(self, worker: Warm, line: socket.socket, control: socket.socket) -> None:
        self.worker, self.line, self.control = worker, line, control
        self.ended = self.lost = False

    def send(self, data: bytes) -> None:
        self.line.settimeout(_READY_S)
        try:
            self.line.sendall(data)
        except OSError:
            raise _GoneError from None

    def receive(self, until: float) -> bytes:
        while True:
            watched = [self.line] if self.ended else [self.line, self.control]
            ready = _wait(watched, until)
            if not ready:
                raise _LateError
            if self.line.fileno() in ready:
                with suppress(OSError):
                    if data := self.line.recv(1 << 18):
                        return data
                raise _GoneError
            self._note_end(until)

    def _note_end(self, until: float) -> None:
        try:
            self.worker.heard(until)
        except _GoneError:
            self._lose()
            raise
        self.ended = True  # what it sent before is still to be read

    def alive(self) -> bool:
        """Whether the child is there: a kernel, which has nothing to say on this line."""
        try:
            self.receive(0.0)
        except _LateError:
            return True
        except _GoneError:
            return False
        return True

    def used_s(self) -> float | None:
        return self.worker.used_s()

    def end(self) -> None:
        try:
            if not self.ended:
                self.control.send(b"kill")
                self._note_end(time.monotonic() + _END_S)
        except (_GoneError, _LateError, OSError):
            self._lose()
        finally:
            self.line.close()

    def _lose(self) -> None:
        if not self.lost:
            self.ended = self.lost = True
            self.worker.stop()


# --- where nothing can be forked -------------------------------------------------------------------------------------


class _Fresh:
    """A fresh Python for each submission (macOS, Windows)."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.note = f"Each submission runs in a fresh Python on {sys.platform}."
        self._links: set[_FreshLink] = set()
        self._closed = False

    def start(self) -> None:
        """Nothing is kept warm here."""

    def open(self) -> _Link:
        if self._closed:
            raise _GoneError
        link = _FreshLink(self._links)
        self._links.add(link)
        link.send(values.dumps(asdict(self.limits)).encode("ascii") + b"\n")
        return link

    def close(self) -> None:
        self._closed = True
        for link in list(self._links):
            link.end()


def environment(folder: str) -> dict[str, str]:
    """Return what a fresh Python outside of a sandbox gets of this user's environment; its home is a folder."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "PATHEXT") if name in os.environ}  # Windows
    path = ENVIRONMENT["PATH"] if os.name == "posix" else os.environ.get("PATH", "")
    return {**kept, **ENVIRONMENT, "PATH": path, **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder)}


class _FreshLink:
    lost = False

    def __init__(self, register: set[_FreshLink]) -> None:
        self._register = register
        self.folder = tempfile.mkdtemp(prefix="crmlab-")
        self.process = subprocess.Popen(
            python("from crmlab.grading.engine.child import main; main()"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(self.folder) | {"MPLCONFIGDIR": _font_list()},
            cwd=self.folder,
            start_new_session=os.name == "posix",
        )
        self._parts: queue.Queue[bytes] = queue.Queue(64)  # full: the child waits
        self._done = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while True:
            part = b""
            with suppress(OSError, ValueError):
                part = os.read(self.process.stdout.fileno(), 1 << 16)
            while not self._done.is_set():
                with suppress(queue.Full):
                    self._parts.put(part, timeout=0.1)
                    break
            if not part or self._done.is_set():
                return

    def send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except (OSError, ValueError):
            raise _GoneError from None

    def receive(self, until: float) -> bytes:
        while True:
            try:
                part = self._parts.get(timeout=max(0.0, min(0.2, until - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= until:
                    raise _LateError from None
                if self.process.poll() is not None and self._parts.empty():
                    raise _GoneError from None  # a process that it left behind may hold the line
                continue
            if not part:
                raise _GoneError
            return part

    def used_s(self) -> float | None:
        return None

    def end(self) -> None:
        self._register.discard(self)
        self._done.set()
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        for end in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if end is not None:
                    end.close()
        shutil.rmtree(self.folder, ignore_errors=True)


# --- one job ---------------------------------------------------------------------------------------------------------


class _Run:
    """One job on one worker, from the first child to the last."""

    def __init__(self, job: Job, worker: _Worker, limits: Limits, isolation: str) -> None:
        self.job, self.worker, self.limits, self.isolation = job, worker, limits, isolation
        self.token = f"{secrets.token_hex(16)} "
        self.answers: dict[str, Any] = {}
        self.problems: dict[str, str] = {}
        self.calls: dict[str, list[Any]] = {}
        self.output: dict[int, str] = {}
        self.left_out: set[int] = set()
        self.forgiven: set[int] = set()  # cells during which a zygote went, which need not be their doing
        self.starved: int | None = None  # the cell that is given more time
        self.given: set[str] = set()  # answers that the reference has replaced
        self.items = {cell.name: cell.item for cell in job.cells if cell.name and cell.item}
        self.partial = False
        self.came_up = False
        self._lines: deque[bytes] = deque()  # that came and were not looked at
        self._held = b""  # the beginning of the next one
        self._junk = 0
        self._room = 0  # for what the child prints
        self._spare = limits.total_s  # for running cells again

    def outcome(self) -> Outcome:
        began = time.monotonic()
        self.until = began + self.limits.total_s
        failures = deaths = 0
        while failures < 2 and time.monotonic() < self.until:
            progress, opening = self._progress(), time.monotonic()
            try:
                link = self.worker.open()
            except _GoneError:
                failures += 1
                continue
            self._lines.clear()
            self._held, self._junk, self._room, ready = b"", 0, self.limits.output_bytes, False
            try:
                self._hand_over(link)
                ready = self.came_up = True
                self.until += time.monotonic() - opening  # warming up is not the student's time
                if self._cells(link) and self._calls(link):
                    break
                if self._progress() == progress:
                    deaths += 1  # in a call: what is missing is called again
                    if deaths >= _CALL_DEATHS:
                        break
            except (_GoneError, _LateError, MalformedError):
                failures += not ready
            finally:
                link.end()
        self._fill(out_of_time=time.monotonic() >= self.until)
        return Outcome(
            self.job.key,
            self.answers,
            self.problems,
            self.calls,
            "".join(self.output[place] for place in sorted(self.output))[: self.limits.output_bytes],
            time.monotonic() - began,
            self.isolation,
            "failed" if not self.came_up else "partial" if self.partial else "ok",
        )

    def _progress(self) -> tuple[int, int, int | None]:
        return len(self.left_out), len(self.forgiven), self.starved

    def _hand_over(self, link: _Link) -> None:
        todo = [cell for place, cell in enumerate(self.job.cells) if place not in self.left_out]
        message = {
            **about(self.job),
            "token": self.token,
            "cells": [{"id": cell.id, "source": cell.source, "name": cell.name or ""} for cell in todo],
            "inject": list(self.job.inject),
        }
        link.send(values.dumps(message).encode("ascii") + b"\n")
        if self._next(link, time.monotonic() + _READY_S) != {"ready": True}:
            raise _GoneError

    def _next(self, link: _Link, until: float) -> Any:
        """Return the next message of the child; what it did not send itself is passed over."""
        token = self.token.encode("ascii")
        while True:
            while self._lines:
                line = self._lines.popleft()
                if line.startswith(token):
                    if line.count(b",") + line.count(b"[") > _MOST_PARTS:
                        raise MalformedError("too many parts")
                    return values.loads(line[len(token) :])
                self._junk += len(line) + 1
            if len(self._held) > _MOST_LINE or self._junk > _MOST_JUNK:
                raise _GoneError
            if time.monotonic() >= until:
                raise _LateError
            *whole, self._held = self._joined(link, until).split(b"\n")
            self._lines.extend(whole)

    def _joined(self, link: _Link, until: float) -> bytes:
        """Read on until a line is whole, without copying a long one again and again."""
        parts, size = [self._held], len(self._held)
        while size <= _MOST_LINE and time.monotonic() < until:
            parts.append(part := link.receive(until))
            size += len(part)
            if b"\n" in part:
                break
        return b"".join(parts)

    def _cells(self, link: _Link) -> bool:
        """Follow the child through the cells; False if it has to be begun again."""
        todo = [place for place in range(len(self.job.cells)) if place not in self.left_out]
        given: set[str] = set()  # to this child
        for number, place in enumerate(todo):
            cell, used, began = self.job.cells[place], link.used_s(), time.monotonic()
            spare = self._spare if place in self.output else 0.0  # that a later cell failed is not this one's time
            limit = self.limits.cell_s * (_MORE_TIME if place == self.starved else 1)
            try:
                if began >= self.until + spare:
                    raise _LateError
                self._report(self._next(link, min(self.until + spare, began + limit)), number, place)
                name = cell.name or ""
                if name in self.job.inject and name not in given:
                    given.add(name)
                    self.given.add(name)  # only now: the student's own answer has been read
                    link.send(values.dumps(values.encode(self.job.inject[name], math.inf)).encode("ascii") + b"\n")
            except (_GoneError, _LateError, MalformedError) as error:
                late = isinstance(error, _LateError)
                starved = late and self.starved is None and time.monotonic() < self.until and _idled(link, used, limit)
                link.end()
                if link.lost and place not in self.forgiven:
                    self.forgiven.add(place)  # tried once more
                    return False
                if starved:
                    self.starved = place  # tried once more, and neither is charged
                    self.until += time.monotonic() - began + _MORE_TIME * limit
                    return False
                self.problems[cell.id] = "timeout" if late else "died"
                self.left_out.add(place)
                self.partial = True
                return False
            spent = min(spare, time.monotonic() - began)
            self._spare -= spent
            self.until += spent
        return True

    def _report(self, message: Any, number: int, place: int) -> None:
        """Keep what one cell's report says."""
        sound = (
            type(message) is dict
            and message.keys() == {"cell", "answers", "problem", "output"}
            and message["cell"] == number
            and type(message["answers"]) is dict
            and message["answers"].keys() <= self.items.keys() | {cell.name for cell in self.job.cells}
            and type(message["output"]) is str
            and (message["problem"] is None or type(message["problem"]) is str)
        )
        if not sound:
            raise MalformedError("no report of this cell")
        answers = {name: values.decode(data) for name, data in message["answers"].items() if name not in self.given}
        self.answers |= {self.items[name]: value for name, value in answers.items() if name in self.items}
        self.output[place] = _writable(message["output"][: self._room])
        self._room -= len(self.output[place])
        cell = self.job.cells[place]
        if message["problem"] is not None:
            self.problems[cell.id] = _writable(message["problem"])[:_MOST_WORDS]

    def _calls(self, link: _Link) -> bool:
        """Have the child call functions; False if a call killed it or took too long."""
        for name, lists in self.job.calls.items():
            item = self.items.get(name.partition(".")[0])
            if item is not None and item not in self.answers:
                continue
            results = self.calls.setdefault(name, [])
            for arguments in lists[len(results) :]:
                try:
                    asked = {"call": name, "with": [values.encode(one, math.inf) for one in arguments]}
                    link.send(values.dumps(asked).encode("ascii") + b"\n")
                    reply = self._next(link, min(self.until, time.monotonic() + self.limits.cell_s))
                    results.append(_result(reply))
                except (_GoneError, _LateError, MalformedError) as error:
                    results.append(Failed("timeout" if isinstance(error, _LateError) else "died"))
                    self.partial = True
                    return False
        return True

    def _fill(self, *, out_of_time: bool) -> None:
        """Say of what was not run why it was not."""
        for name, lists in self.job.calls.items():
            if name in self.calls:
                missing = len(lists) - len(self.calls[name])
                self.calls[name] += [Failed("timeout")] * missing
        for place, cell in enumerate(self.job.cells):
            if place not in self.output and place not in self.left_out:
                self.problems.setdefault(cell.id, "timeout" if out_of_time else "died")
                self.partial = True


def about(job: Job) -> dict[str, Any]:
    """Return what the course's verbs answer from, as it is sent to a child."""
    return {
        "student": job.student,
        "lang": job.lang,
        "questions": {item_id: _question(told) for item_id, told in job.questions.items()},
    }


def _question(told: Mapping[str, Any]) -> dict[str, Any]:
    table = told.get("table")
    return {
        "params": values.encode(told["params"], math.inf),
        "table": table if type(table) is list else values.encode(table, math.inf),
        "text": str(told.get("text", "")),
    }


def _idled(link: _Link, before: float | None, limit: float) -> bool:
    """Whether a child used so little time in a cell that it was kept from running, or waited for something."""
    used = link.used_s()
    return used is not None and before is not None and used - before < _STARVED * limit


def _result(reply: Any) -> Any:
    if type(reply) is dict and reply.keys() == {"result"}:
        return values.decode(reply["result"], values.MOST_RESULT)
    failed = reply.get("failed") if type(reply) is dict and reply.keys() == {"failed"} else None
    if type(failed) is list and len(failed) == 2 and all(type(word) is str for word in failed):
        return Failed(_writable(failed[0])[:80], _writable(failed[1])[:_MOST_WORDS])
    raise MalformedError("no result")


def _writable(text: str) -> str:
    """Replace signs that not every file, database and screen takes: halves of characters, controls, marks of order."""
    return re.sub(r"[^\n\t -~]", lambda sign: "\ufffd" if unicodedata.category(sign[0]) in _UNSEEN else sign[0], text)


_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


# --- many jobs -------------------------------------------------------------------------------------------------------


class Pool:
    """Runs submissions, several at a time.

    Parameters
    ----------
    workers
        How many run at once; by default one per processor.
    limits
        What each submission may use.
    isolation
        ``auto`` takes the sandbox where it is to be had, ``sandbox`` insists on it, ``none`` does without.
    imports
        What warm workers import besides.

    Raises
    ------
    SandboxError
        ``isolation`` is ``sandbox`` and there is none here; the message says why.
    """

    def __init__(
        self,
        workers: int | None = None,
        limits: Limits | None = None,
        isolation: Literal["auto", "sandbox", "none"] = "auto",
        imports: tuple[str, ...] = (),
    ) -> None:
        self.limits, self._imports = limits or Limits(), imports
        found = Isolation("process", "The sandbox is switched off.") if isolation == "none" else probe()
        if isolation == "sandbox" and found.name != "sandbox":
            raise SandboxError(found.note)
        self._found = found
        self._count = workers if workers is not None else os.cpu_count() or 1
        if self._count < 1:
            raise ValueError(f"workers is {self._count}; allowed are whole numbers from 1.")
        self._furnish()

    def _furnish(self) -> None:
        self._source = _Source()
        self._workers: list[_Worker] = [self._worker() for _ in range(self._count)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    @property
    def isolation(self) -> Isolation:
        """What there is, and why not more; complete once a job has run."""
        notes = dict.fromkeys(note for note in (self._found.note, *(worker.note for worker in self._workers)) if note)
        return Isolation(self._found.name, " ".join(notes))

    def _worker(self) -> _Worker:
        if not FORKS:
            return _Fresh(self.limits)
        return Warm(self._source, self.limits, self._found.name == "sandbox", self._imports)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers and everything they run."""
        workers, source = self._workers, self._source
        self._furnish()
        for worker in workers:
            worker.close()
        source.close()

    def one(self, job: Job) -> Outcome:
        """Run one job, waiting for a free worker; threads may share a pool.

        Raises
        ------
        SandboxError
            No worker can be started.
        """
        with self.worker() as worker:
            began = time.monotonic()
            try:
                return _Run(job, worker, self.limits, self._found.name).outcome()
            except SandboxError:
                raise
            except Exception as error:  # a row for the bad one, and the batch goes on
                words = f"{type(error).__name__}: {error}"[:_MOST_WORDS]
                seconds = time.monotonic() - began
                return Outcome(job.key, {}, {"": words}, {}, "", seconds, self._found.name, "failed")

    @contextmanager
    def worker(self) -> Iterator[Any]:
        """Lend a worker, waiting for a free one."""
        idle = self._idle
        worker = idle.get()
        try:
            yield worker
        finally:
            idle.put(worker)

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Run jobs and yield their outcomes as they come, in any order; jobs are asked for a few ahead at most.

        Raises
        ------
        SandboxError
            No worker can be started.
        """
        return self.each(partial(self.one, job) for job in jobs)

    def each(self, tasks: Iterable[Callable[[], _Done]]) -> Iterator[_Done]:
        """Do tasks that use workers, as many at once as there are, and yield what they return as it comes."""
        with ThreadPoolExecutor(self._count) as threads:
            running: set[Future[_Done]] = set()
            try:
                for task in tasks:
                    running.add(threads.submit(task))
                    if len(running) > self._count:
                        done, running = wait(running, return_when=FIRST_COMPLETED)
                        yield from (one.result() for one in done)
                while running:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                if running:
                    self.close()  # interrupted: nothing is left running
