"""The warm processes: one imports what students' notebooks import and forks zygotes; these fork a child per submission.

They are a fresh Python without the grader's environment, files or memory, and share what was imported. All a zygote
ever receives is its set-up and, for each submission, one end of a line to the grader, which it hands to the child
without reading from it.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import os
import pkgutil
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from crmlab.grading.engine import child, kernel, sandbox

#: What students' cells use; all else is imported when they ask for it.
_WARM = (
    "pandas",
    "numpy",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "scipy.optimize",
    "crmlab.core.data",
    "crmlab.core.charts",
)
_CHILD_LINE = 3
_MOST_LINES = 1 + len(kernel.CHANNELS)
_PATIENCE_S = 5.0


def warm() -> Callable[[str], str]:
    """Import everything once and return the transformer of cells. What cannot be imported is the student's to miss."""
    import crmlab

    topics = [one.name for one in pkgutil.iter_modules(crmlab.__path__) if one.ispkg and one.name != "grading"]
    for name in (*_WARM, *(f"crmlab.{topic}.{part}" for topic in topics for part in ("model", "chart"))):
        with suppress(Exception):  # a broken chapter is not to stop the grading of the others
            importlib.import_module(name)
    return child.transformer()


def main(number: int, fonts: str) -> None:
    """Import, then make a zygote for every line that comes through a socket, until the grader hangs up.

    Parameters
    ----------
    number
        The socket's file descriptor.
    fonts
        Where matplotlib finds its list of fonts, which takes seconds to make.
    """
    control = socket.socket(fileno=number)
    os.environ["MPLCONFIGDIR"] = fonts
    transform = warm()
    os.environ["MPLCONFIGDIR"] = "/tmp"
    gc.collect()
    gc.freeze()  # what is here now is not looked through again, so its pages stay shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while lines := socket.recv_fds(control, 64, 1)[1]:
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            _obey(socket.socket(fileno=lines[0]), transform)
        os.close(lines[0])
    os._exit(0)  # nothing to tidy up, and libraries may take long to


def _obey(control: socket.socket, transform: Callable[[str], str]) -> NoReturn:
    """Set up, say so, and do what the grader at the other end of a socket says until it hangs up."""
    try:
        _start(control, transform)
    except Exception as error:  # whoever waits at the other end reads why
        with suppress(OSError):
            control.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(0)


def _start(control: socket.socket, transform: Callable[[str], str]) -> None:
    asked = json.loads(control.recv(1 << 16))
    limits, sandboxed = asked["limits"], asked["sandbox"]
    control.send(json.dumps({"pid": os.getpid()}).encode())
    for name in asked["imports"]:
        importlib.import_module(name)
    own = _own_processes()
    note, rights = "", {"become_nobody": False}
    if sandboxed:
        try:
            sandbox.build(sandbox.view())
        except sandbox.SandboxError as error:
            control.send(json.dumps({"error": str(error)}).encode())
            return
    else:
        sandbox.adopt_orphans()
        if os.geteuid() == 0:
            rights = next((rights for rights in _RIGHTS if _can_run(rights)), {"become_nobody": False})
            note = {1: "", 2: _READS, 0: _IS_ROOT}[len(rights) if rights["become_nobody"] else 0]
    _Zygote(control, limits, sandboxed, transform, own, rights).run(note)


def _own_processes() -> int:
    """Count the processes and threads of this user: some kernels count them against the child's limit."""
    count, uid = 0, os.getuid()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError):
                if entry.stat().st_uid == uid:
                    count += len(os.listdir(f"/proc/{entry.name}/task"))
    return count


#: What a child may do where the grader is root without a sandbox: the first of these with which Python still works.
_RIGHTS = ({"become_nobody": True}, {"become_nobody": True, "keep_reading": True})
_READS = "Students' code can read all files of this machine, because this Python stands where only root may look."
_IS_ROOT = "Students' code runs as root: grade as another user, or where a sandbox is to be had."


def _can_run(rights: dict[str, bool]) -> bool:
    """Whether a process with no more than these rights can import from this Python."""
    tester = os.fork()
    if not tester:
        try:
            sandbox.drop_rights(**rights)
            for place in (os.__file__, sys.modules["numpy"].__file__, child.__file__):
                open(str(place), "rb").close()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(tester, 0)[1] == 0


class _Zygote:
    def __init__(
        self,
        control: socket.socket,
        limits: dict[str, Any],
        sandboxed: bool,
        transform: Callable[[str], str],
        own: int,
        rights: dict[str, bool],
    ) -> None:
        self.control, self.limits, self.sandboxed, self.transform = control, limits, sandboxed, transform
        self.own, self.rights = own, rights
        self.child = 0
        self.folder = ""

    def run(self, note: str) -> None:
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(woken, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.control.send(json.dumps({"ready": True, "note": note}).encode())
        while True:
            watched: list[Any] = [self.control, woken]
            ready = select.select(watched, [], [])[0]
            if woken in ready:
                with suppress(BlockingIOError):
                    os.read(woken, 4096)
                self.reap()
            if self.control in ready:
                command, lines, _, _ = socket.recv_fds(self.control, 64, _MOST_LINES)
                if command == b"fork":
                    self.start(lines)
                elif command == b"kill":
                    self.kill()
                else:  # the grader is gone
                    self.kill()
                    return

    def start(self, lines: list[int]) -> None:
        if not self.sandboxed:
            self.folder = tempfile.mkdtemp(prefix="crmlab-")
            if self.rights["become_nobody"]:
                os.chown(self.folder, 65534, 65534)
        try:
            pid = sandbox.fork() if self.sandboxed else os.fork()
        except OSError as error:
            _close(lines)
            self.control.send(json.dumps({"ended": f"fork: {error}"}).encode())
            return
        if not pid:
            self.become_child(lines)
        _close(lines)
        self.child = pid

    def become_child(self, lines: list[int]) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, _CHILD_LINE + len(lines)) for one in lines]
            lines = [os.dup2(one, _CHILD_LINE + place, inheritable=False) for place, one in enumerate(high)]
            os.closerange(_CHILD_LINE + len(lines), 65536)
            child.quiet()
            limits = self.limits
            with suppress(OSError):  # the first to go where memory runs short
                Path("/proc/self/oom_score_adj").write_text("1000")
            if self.sandboxed:
                self.folder = sandbox.close_door(limits["file_mb"])
            else:
                os.chdir(self.folder)
                sandbox.drop_rights(**self.rights)
            os.environ.update(HOME=self.folder, TMPDIR=self.folder, MPLCONFIGDIR=self.folder)
            extra = 0 if self.rights["become_nobody"] or (self.sandboxed and _counts_per_space()) else self.own
            child.limit(limits["memory_mb"], limits["file_mb"], limits["processes"] + extra, limits["total_s"])
            self.control.detach()  # closed above; not to be closed again
            line = child.Line(_CHILD_LINE, _CHILD_LINE)
            if len(lines) > 1:
                kernel.serve(line, lines[1:])
            child.serve(line, self.transform, limits["output_bytes"])
        finally:
            os._exit(1)

    def reap(self) -> None:
        """Notice that the child ended; end what it left behind."""
        if not self.child:
            return
        pid, status = os.waitpid(self.child, os.WNOHANG)
        if pid:
            self.ended(status)

    def kill(self) -> None:
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            self.ended(os.waitpid(self.child, 0)[1])

    def ended(self, status: int) -> None:
        self.child = 0
        if not self.sandboxed:  # in the sandbox the kernel has ended all of them by now
            end_descendants()
            shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            self.control.send(json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode())


def _close(lines: list[int]) -> None:
    for one in lines:
        os.close(one)


def _counts_per_space() -> bool:
    """Whether the kernel counts processes per user name space (Linux 5.14), not all of this user's."""
    release = os.uname().release.split(".")
    return tuple(int(part) for part in release[:2] if part.isdigit()) >= (5, 14)


def end_descendants() -> None:
    """End every process below this one, however it has detached itself."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        below = _descendants()
        for sign in (signal.SIGSTOP, signal.SIGKILL):  # stop all first: none may fork while others die
            for pid in below:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, sign)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        if below:
            time.sleep(0.002)


def _descendants() -> list[int]:
    parents = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError, ValueError):
                fields = Path(entry.path, "stat").read_text(errors="replace").rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
    found = [os.getpid()]
    for pid in found:
        found += [one for one, parent in parents.items() if parent == pid]
    return found[1:]
