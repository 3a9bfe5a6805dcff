"""The learner's answers on disk: one JSON file per item, so that a kernel restart or a broken file loses nothing.

Answers live in the folder ``answers`` of the learner's working copy, recognised by the file ``.crmlab.json`` that
``crmlab lab`` puts there. Outside a working copy, and in a notebook that nbgrader runs, they are kept for the session
only.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from crmlab.core.checks import Feedback
from crmlab.core.text import Text

MARKER = ".crmlab.json"
FOLDER = "answers"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside and move it over: a crash leaves the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        new.write_bytes(content)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


class Attempt(TypedDict):
    """One checked answer."""

    time: str
    draw: int
    answer: Any
    status: str
    trap: str | None


class Record(TypedDict):
    """What is kept of one item: which draw of numbers is current, and all attempts on all draws."""

    draw: int
    attempts: list[Attempt]


def working_copy(start: Path | None = None) -> Path | None:
    """Return the working copy that holds a folder (default: the current one), or None outside of one."""
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / MARKER).is_file()), None)


class Answers:
    """Answers and attempts by item id; reads and writes never raise, ``trouble`` says what could not be kept.

    Parameters
    ----------
    folder
        Where the JSON files stand; None keeps everything in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.trouble: Text | None = None
        self._memory: dict[str, Any] = {}

    def record(self, item_id: str) -> Record:
        """Return what is kept of an item; an empty record if nothing is."""
        found = self._read(item_id)
        return Record(draw=found["draw"], attempts=found["attempts"]) if found else Record(draw=0, attempts=[])

    def add(self, item_id: str, answer: Any, feedback: Feedback) -> Record:
        """Keep one attempt and return the record with it."""
        record = self.record(item_id)
        record["attempts"].append(
            Attempt(
                time=datetime.now(UTC).isoformat(timespec="seconds"),
                draw=record["draw"],
                answer=plain(answer),
                status=feedback.status,
                trap=feedback.trap,
            )
        )
        self._write(item_id, record)
        return record

    def renew(self, item_id: str) -> Record:
        """Move an item to its next draw of numbers; earlier attempts stay."""
        record = self.record(item_id)
        record["draw"] += 1
        self._write(item_id, record)
        return record

    @property
    def student(self) -> str:
        """The student's id; empty for the published example numbers."""
        found = self._read("student")
        return str(found["id"]) if found else ""

    @student.setter
    def student(self, student_id: str) -> None:
        self.enrol(student_id)

    @property
    def numbers(self) -> dict[str, dict[str, Any]]:
        """The student's own numbers by item id, as they came with a class's notebook; empty without one."""
        found = self._read("student")
        return dict(found.get("numbers", {})) if found else {}

    def enrol(self, student_id: str, numbers: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Keep whose answers these are, with the numbers that came with the id.

        The numbers of several sets add up for one student, since two notebooks may be open at once; another student
        starts without any.
        """
        kept = self.numbers if student_id == self.student else {}
        kept |= plain(numbers or {})
        self._write("student", {"id": plain(student_id)} | ({"numbers": kept} if kept else {}))

    def _path(self, name: str) -> Path | None:
        return self.folder / f"{name}.json" if self.folder else None

    def _read(self, name: str) -> Any:
        if name in self._memory:
            return self._memory[name]
        path = self._path(name)
        if path is None:
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if not _sound(found, name):
                raise ValueError(f"{path.name} holds something else")
            return found
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):  # set aside, or the next answer would overwrite it
            kept = path.with_suffix(f".broken-{datetime.now(UTC):%Y%m%dT%H%M%S}")
            self._complain(
                f"{path.name} could not be read; it is kept as {kept.name}",
                f"{path.name} 无法读取，已保留为 {kept.name}",
            )
            try:
                path.rename(kept)
            except OSError as error:
                self._complain(*[f"{path.name}: {error.strerror or error}"] * 2)
            return None

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        path = self._path(name)
        self._memory[name] = content
        if path is None:
            return
        try:
            write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            self._complain(
                f"{path} could not be written ({reason}); your answers count until you close this notebook",
                f"无法写入 {path}（{reason}）；关闭本笔记本后，答案不会保留",
            )
        else:
            # The file is the truth again: another notebook may change it.
            del self._memory[name]

    def _complain(self, en: str, zh: str) -> None:
        self.trouble = Text(en=f"{en}.", zh=f"{zh}。")


def _sound(found: Any, name: str) -> bool:
    """Whether a file holds what this module writes."""
    if not isinstance(found, dict):
        return False
    if name == "student":
        numbers = found.get("numbers", {})
        return (
            isinstance(found.get("id"), str)
            and isinstance(numbers, dict)
            and all(isinstance(one, dict) for one in numbers.values())
        )
    attempts = found.get("attempts")
    return (
        isinstance(found.get("draw"), int)
        and isinstance(attempts, list)
        and all(isinstance(one, dict) and one.keys() >= Attempt.__required_keys__ for one in attempts)
    )


def plain(answer: Any) -> Any:
    """Return an answer as JSON can hold it: numbers, text, lists and dictionaries as they are, the rest in words.

    >>> plain({"winner": "North", "gap": 2.5, "why": ...})
    {'winner': 'North', 'gap': 2.5, 'why': 'Ellipsis'}
    """
    try:
        if isinstance(answer, str):
            return str(answer).encode("utf-8", "replace").decode("utf-8")  # half a character cannot be written
        if isinstance(answer, (bool, int, type(None))):
            json.dumps(answer)  # refuses integers of thousands of digits
            return answer
        if isinstance(answer, Mapping):
            return {plain(str(key)): plain(value) for key, value in answer.items()}
        if isinstance(answer, (list, tuple)):
            return [plain(value) for value in answer]
        if isinstance(answer, (set, frozenset)):
            return sorted(plain(str(value)) for value in answer)
        if hasattr(answer, "__float__") and getattr(answer, "ndim", 0) == 0:
            number = float(answer)
            return number if math.isfinite(number) else repr(number)
        return plain(repr(answer)[:200])
    except Exception:  # whatever a student's own object does when asked what it is
        return f"<{type(answer).__name__}>"


_open: dict[Path | None, Answers] = {}


def by_nbgrader() -> bool:
    """Whether nbgrader runs this notebook, to validate or to grade it; it says so in the environment."""
    return "NBGRADER_EXECUTION" in os.environ


def answers() -> Answers:
    """Return the answers of the working copy around the current folder; in memory outside of one.

    What nbgrader runs is kept in memory too: the folder is the instructor's, the attempts are a student's.
    """
    copy = None if by_nbgrader() else working_copy()
    return _open.setdefault(copy, Answers(copy / FOLDER if copy else None))
