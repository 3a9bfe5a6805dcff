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
import math
import os
import random
import signal
import sys
import threading
import types
from collections.abc import Callable, Mapping
from functools import partial
from pkgutil import iter_modules
from typing import Any, NoReturn

import crmlab
from crmlab.core import checks
from crmlab.core.text import Text
from crmlab.grading.engine import values
from crmlab.grading.engine.sandbox import SECRET_MODULES

_read, _write, _pid, _exit = os.read, os.write, os.getpid, os._exit
_trace, _profile = sys.settrace, sys.setprofile
_depth, _set_depth = sys.getrecursionlimit, sys.setrecursionlimit
_parse: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]  # json.loads can be replaced
_encode, _dumps = values.encode, values.dumps
_decode = partial(values.decode, most=math.inf)  # all that comes here comes from the grader
_compile: Callable[..., Any] = compile
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_coroutine, _run_async, _type_name = inspect.CO_COROUTINE, asyncio.run, values.type_name
_MOST_WORDS = 300
_MOST_RESULT = values.MOST_RESULT
_DEPTH, _MOST_DEPTH = 3_000, 10_000  # levels of recursion: Jupyter's own, and the most that a cell may set for the next
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

    def close(self) -> None:
        """Stay open: in Jupyter, too, the next cell prints again."""

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
        prepare(job)
        space = _notebook(transform)
        _set_depth(_DEPTH)
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
                space[cell["name"]] = _decode(line.receive())
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
    _set_depth(min(max(_depth(), _DEPTH), _MOST_DEPTH))
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
        tree = _compile(transform(source), name, "exec", ast.PyCF_ONLY_AST | _AWAIT, dont_inherit=True)
        last = [tree.body.pop()] if tree.body and type(tree.body[-1]) is ast.Expr else []  # its value becomes _
        for part, mode in ((tree, "exec"), (ast.Interactive(last), "single")):
            code = _compile(part, name, mode, _AWAIT, dont_inherit=True)
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
        if part:  # by its name as the checks read it
            function = {str(key).strip().casefold(): value for key, value in function.items()}[part.casefold()]
        if not callable(function):
            return {"failed": ["TypeError", f"{name} is no function"]}
        return {"result": _encode(function(*[_decode(one) for one in arguments]), _MOST_RESULT)}
    except BaseException as error:
        head, _, text = _words(error).partition(": ")
        return {"failed": [head, text]}


# --- what the cells find ---------------------------------------------------------------------------------------------


def prepare(job: Mapping[str, Any]) -> None:
    """Put stand-ins for the course's verbs in the place of those that check, and hide what holds answers."""
    import crmlab.core as core
    from crmlab.core.text import use_language

    use_language(job["lang"])
    for name in [name for name in sys.modules if name.startswith("crmlab.grading")]:
        del sys.modules[name]
    # The import of these fails; in the sandbox they are not there at all.
    vars(sys)["modules"].update(dict.fromkeys(_HIDDEN))
    quiz = types.ModuleType("crmlab.core.quiz", "Stand-ins that answer from the job; nothing is checked here.")
    vars(quiz).update(_verbs(job))
    sys.modules["crmlab.core.quiz"] = quiz
    vars(core)["quiz"] = quiz
    sys.argv = [""]
    random.seed(0)  # graded again, a notebook that draws numbers draws the same ones
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    threading.excepthook = threading.__excepthook__
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _notebook(transform: Callable[[str], str]) -> dict[str, Any]:
    """Make the notebook's name space and its own copy of ``builtins``."""
    main = types.ModuleType("__main__")
    space = vars(main)
    own = types.ModuleType("builtins")  # so that replacing len() does not replace ours
    vars(own).update(vars(builtins))
    shell = _Shell(space, transform)
    vars(own).update(get_ipython=lambda: shell, display=_display)
    for name in ("IPython", "IPython.core.getipython"):
        if name in sys.modules:
            vars(sys.modules[name])["get_ipython"] = lambda: shell
    space["__builtins__"] = own
    shown: dict[int, Any] = {}
    space.update(In=[""], Out=shown, _="", __="", ___="")
    sys.displayhook = partial(_keep, space, shown)
    sys.path.insert(0, "")  # the notebook's folder, as in Jupyter
    sys.modules["builtins"] = own
    sys.modules["__main__"] = main
    return space


def _keep(space: dict[str, Any], shown: dict[int, Any], value: Any) -> None:
    """Keep what a cell's last line gives under the names that Jupyter has for it; nothing is shown."""
    if value is not None:
        space.update(_=value, __=space.get("_"), ___=space.get("__"))
        shown[len(shown) + 1] = value


class Asked:
    """A question with this student's numbers, as the notebook's ``item()`` returns it."""

    note = None

    def __init__(self, item_id: str, about: Mapping[str, Any]) -> None:
        self.item = types.SimpleNamespace(id=item_id)
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
            raise ValueError(f"item {self.item.id!r} has no table; its numbers are in .params")
        return table

    @property
    def markdown(self) -> str:
        """The question in words."""
        return str(self._about["text"])

    def __repr__(self) -> str:
        return self.markdown

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": self.markdown, "text/markdown": self.markdown}


class Feedback(checks.Feedback):
    """What ``check()`` says of every answer: code that goes on after a right answer goes on, and learns nothing."""

    def __str__(self) -> str:
        return str(self.message)


_UNCHECKED = Feedback("right", Text(en="Not checked here.", zh="此处不检查。"))


def _verbs(job: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    def item(item_id: str) -> Asked:
        if item_id not in job["questions"]:
            raise ValueError(f"there is no item {item_id!r} here; there are {', '.join(job['questions'])}")
        return Asked(item_id, job["questions"][item_id])

    def student(*given: Any, **numbers: Any) -> str:
        return str(job["student"])

    def nothing(*given: Any, **more: Any) -> None:
        return None

    def check(*given: Any, **more: Any) -> Feedback:
        return _UNCHECKED

    silent = dict.fromkeys(("practise", "predict", "recall", "progress"), nothing)
    return {"item": item, "new_numbers": item, "student": student, "check": check, **silent}


def _display(*shown: Any, **more: Any) -> None:
    for one in shown:
        print(repr(one))


def _nothing(*given: Any, **more: Any) -> None:
    return None


class _Shell:
    """Stands for IPython: does what ``%time``, ``%%capture`` and ``%%writefile`` do, and leaves all else alone."""

    _RUNNING = frozenset({"time", "timeit", "prun"})

    def __init__(self, space: dict[str, Any], transform: Callable[[str], str]) -> None:
        self.user_ns = space
        self.config: dict[str, Any] = {}
        self.kernel = None
        self.events = types.SimpleNamespace(register=_nothing, unregister=_nothing)
        self._transform = transform

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing

    def magic(self, line: str) -> None:
        self.run_line_magic(*line.lstrip("%").partition(" ")[::2])

    def run_line_magic(self, name: str, line: str, *more: Any) -> None:
        if name in self._RUNNING:
            self.run_cell(line)

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        if name in self._RUNNING:
            self.run_cell(cell)
        elif name == "capture":
            from IPython.utils.capture import capture_output

            with capture_output(display=False) as kept:
                self.run_cell(cell)
            self.user_ns.update({word: kept for word in line.split() if not word.startswith("-")})
        elif name in ("writefile", "file"):
            *options, file = line.split()
            with open(file, "a" if "-a" in options else "w", encoding="utf-8") as writing:
                writing.write(cell)

    def run_cell(self, source: str, *more: Any, **options: Any) -> None:
        exec(compile(self._transform(source), "<magic>", "exec", dont_inherit=True), self.user_ns)

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
        "RLIMIT_CORE": 1,  # 0 would not keep a core from a program that collects them
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
