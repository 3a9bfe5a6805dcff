"""What runs in a student's process: read the job, run the cells one by one, send back what the answers hold.

A student's code shares this process and may bend everything in it. So nothing here is trusted: the functions used for
reporting are bound before the first cell runs, and what arrives in the grader is read by :func:`values.decode`. A cell
that breaks the reporting costs that cell, because the grader then forks again and leaves it out.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import importlib
import inspect
import io
import json
import os
import random
import signal
import sys
import threading
import types
from collections.abc import Callable, Mapping
from pkgutil import iter_modules
from typing import Any, NoReturn

import crmlab
from crmlab.grading.engine import values
from crmlab.grading.engine.sandbox import SECRET_MODULES

_read, _write, _pid, _exit = os.read, os.write, os.getpid, os._exit
_trace, _profile, _recursion = sys.settrace, sys.setprofile, sys.setrecursionlimit
_parse: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]  # json.loads can be replaced
_encode, _decode, _dumps = values.encode, values.decode, values.dumps
_coroutine, _run_async, _type_name = inspect.CO_COROUTINE, asyncio.run, values.type_name
_MOST_WORDS = 300
_HIDDEN = [
    "crmlab.grading",
    *(f"crmlab.{topic.name}.{name}" for topic in iter_modules(crmlab.__path__) for name in SECRET_MODULES),
]
_TRIES = 50
_TIMERS = [getattr(signal, name) for name in ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF") if hasattr(signal, name)]
_set_timer: Callable[..., Any] = getattr(signal, "setitimer", print)  # no timers on Windows


def _plain_source(source: str) -> str:
    return source


def transformer() -> Callable[[str], str]:
    """Return what turns a notebook's cell into Python: magics become calls, which the stand-in answers."""
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:
        return _plain_source
    manager = TransformerManager()

    def transformed(source: str) -> str:
        lines: str = manager.transform_cell(source)
        return lines

    return transformed


class Line:
    """The child's end of its line to the grader: lines of JSON, each with the job's token in front."""

    def __init__(self, source: int, sink: int) -> None:
        self.source, self.sink = source, sink
        self.token = b""
        self._held = b""

    def receive(self) -> Any:
        """Return the next message; the end of the line ends this process."""
        while b"\n" not in self._held:
            part = _read(self.source, 1 << 16)
            if not part:
                _exit(0)
            self._held += part
        line, _, self._held = self._held.partition(b"\n")
        return _parse(line.decode("ascii"), 0)[0]

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one message, on a line of its own whatever was written before."""
        data = b"\n" + self.token + _dumps(dict(message)).encode("ascii") + b"\n"
        while data:
            data = data[_write(self.sink, data) :]


class _Output(io.BufferedIOBase):
    """Keeps the first bytes of what is printed, and takes the rest without keeping it."""

    name = "<output>"

    def __init__(self, most: int) -> None:
        self.left = most
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        kept = part[: self.left]
        self.left -= len(kept)
        self.kept += kept
        return len(part)

    def take(self) -> str:
        """Return what was kept since the last time."""
        text = bytes(self.kept).decode("utf-8", "replace")
        self.kept.clear()
        return text


def serve(line: Line, transform: Callable[[str], str], output_bytes: int) -> NoReturn:
    """Run one job and answer calls until the grader ends this process."""
    me = _pid()
    try:
        job = line.receive()
        line.token = job["token"].encode("ascii")
        output = _Output(output_bytes)
        printed = io.TextIOWrapper(output, encoding="utf-8", errors="backslashreplace", write_through=True)
        typed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # nobody is there to type
        vars(sys).update(dict.fromkeys(("stdout", "stderr", "__stdout__", "__stderr__"), printed))
        vars(sys).update(stdin=typed, __stdin__=typed)
        space = _prepare(job, transform)
        answers = _Answers(space, [cell["name"] for cell in job["cells"] if cell["name"]])
        line.send({"ready": True})
        for number, cell in enumerate(job["cells"]):
            problem = _run(transform, cell["source"], f"<cell {cell['id']}>", space)
            _settle()
            if _pid() != me:  # the cell forked: only the first process reports
                _exit(0)
            changed = answers.changed()
            line.send({"cell": number, "answers": changed, "problem": problem, "output": output.take()})
            if cell["name"] in job["inject"] and cell["name"] not in answers.given:
                answers.given.add(cell["name"])
                space[cell["name"]] = _decode(job["inject"][cell["name"]])
        while True:
            asked = line.receive()
            reply = _called(space, asked["call"], asked["with"])
            if _pid() != me:
                _exit(0)
            line.send(reply)
    finally:
        _exit(1)


def _settle() -> None:
    """Take back what a cell may have left that would strike the next one: tracers, limits, alarms."""
    _trace(None)
    _profile(None)
    _recursion(1000)
    for _ in range(_TRIES):  # an alarm may ring even now
        try:
            for timer in _TIMERS:
                _set_timer(timer, 0)
            return
        except BaseException:
            continue


class _Answers:
    """The answer variables: which of them hold something else than was last sent."""

    def __init__(self, space: dict[str, Any], names: list[str]) -> None:
        self.space, self.names = space, names
        self.sent: dict[str, str] = {}
        self.given: set[str] = set()  # replaced by the reference, so no longer the student's

    def changed(self) -> dict[str, Any]:
        found = {}
        for name in self.names:
            if name in self.given or name not in self.space:
                continue
            data = _encode(self.space[name])
            text = _dumps(data)
            if self.sent.get(name) != text:
                self.sent[name] = text
                found[name] = data
        return found


def _run(transform: Callable[[str], str], source: str, name: str, space: dict[str, Any]) -> str | None:
    """Run one cell; return the error in words, or None."""
    try:
        code = compile(transform(source), name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        if code.co_flags & _coroutine:
            _run_async(eval(code, space))
        else:
            exec(code, space)
    except BaseException as error:  # SystemExit, KeyboardInterrupt and what students make of them, too
        return _words(error)
    return None


def _words(error: BaseException) -> str:
    name = _type_name(error)
    try:
        text = "".join(str(error)[:_MOST_WORDS])
    except BaseException:  # a student's own __str__
        text = ""
    return f"{name}: {text}" if text else name


def _called(space: dict[str, Any], name: str, arguments: list[Any]) -> dict[str, Any]:
    """Call a student's function once; ``answer_3.price`` stands under ``"price"`` in the variable ``answer_3``."""
    try:
        variable, _, part = name.partition(".")
        function: Any = space.get(variable)
        if part:
            function = function[part]
        if not callable(function):
            return {"failed": ["TypeError", f"{name} is no function"]}
        return {"result": _encode(function(*[_decode(one) for one in arguments]))}
    except BaseException as error:
        head, _, text = _words(error).partition(": ")
        return {"failed": [head, text]}


# --- what the cells find ---------------------------------------------------------------------------------------------


def _prepare(job: Mapping[str, Any], transform: Callable[[str], str]) -> dict[str, Any]:
    """Make the notebook's name space, its own copy of ``builtins``, and stand-ins for the course's verbs."""
    import crmlab.core as core
    from crmlab.core.text import use_language

    use_language(job["lang"])
    for name in [name for name in sys.modules if name.startswith("crmlab.grading")]:
        del sys.modules[name]
    vars(sys)["modules"].update(
        dict.fromkeys(_HIDDEN)
    )  # the import of these fails; in the sandbox they are not there at all
    quiz = types.ModuleType("crmlab.core.quiz", "Stand-ins that answer from the job; nothing is checked here.")
    vars(quiz).update(_verbs(job))
    sys.modules["crmlab.core.quiz"] = quiz
    vars(core)["quiz"] = quiz
    main = types.ModuleType("__main__")
    space = vars(main)
    own = types.ModuleType("builtins")  # so that replacing len() does not replace ours
    vars(own).update(vars(builtins))
    shell = _Shell(space, transform)
    vars(own).update(get_ipython=lambda: shell, display=_display)
    space["__builtins__"] = own
    sys.modules["builtins"] = own
    sys.modules["__main__"] = main
    sys.argv = [""]
    random.seed(0)  # graded again, a notebook that draws numbers draws the same ones
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    threading.excepthook = threading.__excepthook__
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return space


class Asked:
    """A question with this student's numbers, as the notebook's ``item()`` returns it."""

    def __init__(self, item_id: str, about: Mapping[str, Any]) -> None:
        self.id = item_id
        self._about = about

    @property
    def params(self) -> dict[str, Any]:
        """The student's numbers."""
        found: dict[str, Any] = _decode(self._about["params"])
        return found

    @property
    def table(self) -> Any:
        """The table that belongs to the question."""
        table = _decode(self._about["table"])
        if table is None:
            raise ValueError(f"item {self.id!r} has no table; its numbers are in .params")
        return table

    @property
    def markdown(self) -> str:
        """The question in words."""
        return str(self._about["text"])

    def __repr__(self) -> str:
        return self.markdown


def _verbs(job: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    def item(item_id: str) -> Asked:
        if item_id not in job["questions"]:
            raise ValueError(f"there is no item {item_id!r} here; there are {', '.join(job['questions'])}")
        return Asked(item_id, job["questions"][item_id])

    def student(*given: Any, **numbers: Any) -> str:
        return str(job["student"])

    def nothing(*given: Any, **more: Any) -> None:
        return None

    silent = dict.fromkeys(("check", "practise", "predict", "recall", "progress"), nothing)
    return {"item": item, "new_numbers": item, "student": student, **silent}


def _display(*shown: Any, **more: Any) -> None:
    for one in shown:
        print(repr(one))


class _Shell:
    """Stands for IPython: runs what ``%time`` and ``%%time`` would run, and leaves all other magics alone."""

    _RUNNING = frozenset({"time", "timeit", "capture", "prun"})

    def __init__(self, space: dict[str, Any], transform: Callable[[str], str]) -> None:
        self.user_ns = space
        self._transform = transform

    def run_line_magic(self, name: str, line: str, *more: Any) -> None:
        if name in self._RUNNING:
            exec(compile(self._transform(line), "<magic>", "exec", dont_inherit=True), self.user_ns)

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        if name in self._RUNNING:
            exec(compile(self._transform(cell), "<magic>", "exec", dont_inherit=True), self.user_ns)

    def system(self, command: str) -> None:
        return None

    def getoutput(self, command: str, *more: Any, **options: Any) -> list[str]:
        return []


# --- limits ----------------------------------------------------------------------------------------------------------


def limit(memory_mb: int, file_mb: int, processes: int, cpu_s: float) -> None:
    """Set hard limits on this process and what it starts, as far as the system has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    megabyte, seconds = 1 << 20, int(cpu_s) + 1
    for name, most in {
        "RLIMIT_CORE": 0,
        "RLIMIT_AS": memory_mb * megabyte,
        "RLIMIT_FSIZE": file_mb * megabyte,
        "RLIMIT_NPROC": processes,
        "RLIMIT_CPU": seconds,
        "RLIMIT_NOFILE": 256,
    }.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS knows some of them by name only
            continue


def quiet() -> None:
    """Put the null device on standard input, output and error."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    if null > 2:
        os.close(null)


def main() -> None:
    """Serve one job on standard input and output: where no warm process can be forked."""
    line = Line(os.dup(0), os.dup(1))
    limits = line.receive()
    quiet()
    for name in ("pandas", "crmlab.core.data"):
        importlib.import_module(name)
    transform = transformer()
    limit(limits["memory_mb"], limits["file_mb"], limits["processes"], limits["total_s"])
    serve(line, transform, limits["output_bytes"])
