"""One notebook per student, with the student's own numbers inside; the class's salt decides them and stays secret.

A class folder holds ``class.json`` (the salt, readable by its owner only), ``roster.csv`` (a copy) and
``handout/<set>/<student id>.ipynb``.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import crmlab
from crmlab.core.answers import write_whole
from crmlab.core.checks import Params
from crmlab.core.text import LANGUAGES, Language
from crmlab.grading.notebooks import graded, numbers_of, student_cell, template
from crmlab.grading.roster import RosterError, Student, read_roster, roster_bytes, same_id, why_no_file_name

CLASS_FILE = "class.json"
ROSTER_FILE = "roster.csv"
EXECUTED = "executed"  # folder of notebooks and pages to grade by hand
HANDOUT = "handout"

_ASKS_FOR_ID = re.compile(r"\bstudent\(\s*\)")
# What a published set says of an id that is written by hand; handed-out notebooks have it already.
_BY_HAND: dict[Language, tuple[str, str]] = {
    "en": (
        "Write your student id into the second code cell. It decides your numbers; in most items your\n  neighbour has "
        "others.",
        "Your student id and your numbers stand in the second code cell already: run it and leave it as it is.\n  In "
        "most items your neighbour has other numbers.",
    ),
    "zh": (
        "在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。",
        "第二个代码单元格里已经有你的学号和你的数字：运行它，不要改动。多数题目里，你和旁边同学的数字不同。",
    ),
}


class ClassError(ValueError):
    """A class folder that cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True)
class Class:
    """What a class folder knows; the salt is never shown.

    ``sets`` holds for each set that was handed out the kit's version and the items' versions at that time.
    """

    folder: Path
    version: str
    sets: dict[str, dict[str, Any]]
    salt: str = field(repr=False)

    def numbers(self, set_name: str, student_id: str) -> dict[str, Params]:
        """Derive a student's numbers for each item of a set again."""
        return numbers_of(set_name, student_id, self.salt)


def must_be_class(folder: Path) -> None:
    """Raise :class:`ClassError` where a folder has no ``class.json``."""
    if not (folder / CLASS_FILE).exists():
        name = "The current folder" if folder == Path() else str(folder)
        raise ClassError(f"{name} is no class folder (no {CLASS_FILE}); add --class FOLDER. `crmlab assign` makes one.")


def load_class(folder: Path) -> Class:
    """Read ``class.json``.

    Raises
    ------
    ClassError
        There is none, or it is damaged. A new one would give every student other numbers, so none is made here.
    """
    must_be_class(folder)
    path = folder / CLASS_FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ClassError(f"{path} cannot be read ({error.strerror or error})") from None
    except (ValueError, RecursionError):
        raise ClassError(f"{path} {_DAMAGED}") from None
    found = found if isinstance(found, dict) else {}
    salt, version, sets = found.get("salt"), found.get("version"), found.get("sets", {})
    if (
        not isinstance(salt, str)
        or not re.fullmatch(r"[0-9a-f]{64}", salt)
        or not isinstance(version, str)
        or not isinstance(sets, dict)
        or not all(isinstance(one, dict) for one in sets.values())
    ):
        raise ClassError(f"{path} {_DAMAGED}")
    return Class(folder, version, sets, salt)


_DAMAGED = "is damaged; bring back a copy of it, since without its salt nobody's numbers can be derived again"


def handout(student_id: str, set_name: str, lang: Language, numbers: dict[str, Params]) -> bytes:
    """Return one student's notebook of a set.

    Raises
    ------
    ValueError
        There is no such set, or its notebook has no cell that asks for the id.
    """
    notebook = template(set_name, lang)
    plain = json.loads(json.dumps(numbers))
    cell = next(
        (one for one in notebook["cells"] if one["cell_type"] == "code" and _ASKS_FOR_ID.search(one["source"])), None
    )
    if cell is None:
        raise ValueError(f"the set {set_name!r} [{lang}] has no cell with student()")
    cell["source"] = student_cell(student_id, plain, lang)
    for one in notebook["cells"]:
        if one["cell_type"] == "markdown":
            one["source"] = one["source"].replace(*_BY_HAND[lang])
    notebook["metadata"]["crmlab"] = {
        "student": student_id,
        "set": set_name,
        "lang": lang,
        "version": crmlab.__version__,
        "numbers": plain,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def assign(
    roster: Sequence[Student], set_name: str, class_folder: Path, lang: Language = "en", *, given: Path | None = None
) -> list[Path]:
    """Write one notebook of a set for each student of a roster; the same call writes the same files again.

    Parameters
    ----------
    roster
        The students, as :func:`crmlab.grading.roster.read_roster` gives them.
    set_name
        The set's file name without its ending, such as ``12_credit_policy``.
    class_folder
        Where the class is kept; made if missing, with a new salt.
    lang
        The language of those whose row names none.
    given
        The file that the roster was read from. If it is the class's own, it stays as its owner wrote it.

    Returns
    -------
    The notebooks, in the order of the roster.

    Raises
    ------
    ValueError
        There is no such set or language.
    RosterError
        An id stands there twice or cannot be the name of a file.
    ClassError
        ``class.json`` is damaged.
    OSError
        The folder cannot be written.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"assign got the language {lang!r}; allowed are {', '.join(LANGUAGES)}")
    items = graded(set_name)
    _usable(roster)
    new = not (class_folder / CLASS_FILE).exists()
    known = Class(class_folder, crmlab.__version__, {}, secrets.token_hex(32)) if new else load_class(class_folder)
    # Everything is made before anything is written.
    files = {
        class_folder / HANDOUT / set_name / f"{one.id}.ipynb": handout(
            one.id, set_name, one.language or lang, known.numbers(set_name, one.id)
        )
        for one in roster
    }
    about = {"version": crmlab.__version__, "items": {item.id: item.version for item in items}}
    class_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = {"salt": known.salt, "version": known.version, "sets": known.sets | {set_name: about}}
    _write_secret(class_folder / CLASS_FILE, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())
    own = class_folder / ROSTER_FILE
    if given is None or not own.exists() or not own.samefile(given):
        write_whole(own, roster_bytes(roster))
    for path, notebook in files.items():
        write_whole(path, notebook)
    return list(files)


class Changes(NamedTuple):
    """How many students a roster has that another had not, and the other way round."""

    new: int
    left: int


def changes(roster: Sequence[Student], class_folder: Path) -> Changes | None:
    """Compare a roster with that of a class folder; None if there is none, or it says the same."""
    try:
        before = read_roster(class_folder / ROSTER_FILE)
    except RosterError:  # none, or one that is no loss
        return None
    if before == list(roster):
        return None
    now, then = ({same_id(one.id) for one in students} for students in (roster, before))
    return Changes(len(now - then), len(then - now))


def _usable(roster: Sequence[Student]) -> None:
    seen: set[str] = set()
    for one in roster:
        reason = why_no_file_name(one.id)
        if reason is not None:
            raise RosterError(f"student_id {one.id!r}: {reason}")
        if same_id(one.id) in seen:
            raise RosterError(f"student_id {one.id!r} stands in the roster twice")
        seen.add(same_id(one.id))
    if not roster:
        raise RosterError("the roster has no students")


def _write_secret(path: Path, content: bytes) -> None:
    """Write a whole file that only its owner may read, at no moment otherwise."""
    new = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
