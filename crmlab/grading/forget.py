"""Deleting what is stored of one student."""

from __future__ import annotations

from pathlib import Path

from crmlab.core.answers import write_whole
from crmlab.grading.assign import EXECUTED, HANDOUT, ROSTER_FILE
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook
from crmlab.grading.roster import Student, find_student, read_roster, roster_bytes, same_id

_PLACES = (HANDOUT, "reports", EXECUTED)  # of a class folder


def find(student: str, folder: Path, gradebook: str | None = None) -> Student:
    """Return whom an id means: a student of the roster, or of whom rows or files are left; then the name is empty.

    Raises
    ------
    ValueError
        Nothing is stored of such a student, or the class's files cannot be used.
    """
    roster = read_roster(folder / ROSTER_FILE)
    wanted = same_id(student)
    book = _book(folder, gradebook)
    left = {path.stem for path in _files(folder)} | (book.students() if book else set())
    known = {same_id(one): Student(one, "") for one in left} | {same_id(one.id): one for one in roster}
    return known[wanted] if wanted in known else find_student(roster, student, folder / ROSTER_FILE)


def _files(folder: Path) -> list[Path]:
    """Return the files that are of one student each."""
    of_class = set((folder / "reports").glob("*.*"))
    return [path for name in _PLACES for path in sorted((folder / name).rglob("*.*")) if path not in of_class]


def _book(folder: Path, gradebook: str | None) -> Gradebook | None:
    own = folder / GRADEBOOK_FILE
    return Gradebook(gradebook or own) if gradebook or own.exists() else None


def forget(student: str, folder: Path, gradebook: str | None = None) -> list[str]:
    """Delete a student from the gradebook, the hand-outs, the pages and the roster of a class.

    Reports on the whole class are deleted, too, since they name everybody.

    Parameters
    ----------
    student
        The id.
    folder
        The class folder.
    gradebook
        File or address; by default in the class folder.

    Returns
    -------
    One sentence for each kind of thing that was deleted.

    Raises
    ------
    ValueError
        Nothing is stored of such a student, or the class's files cannot be used.
    """
    roster = read_roster(folder / ROSTER_FILE)
    known = find(student, folder, gradebook).id
    gone = []
    book = _book(folder, gradebook)
    if book is not None:
        gone.append(f"gradebook: {book.forget(known)} submissions with their results and history")
    own = [path for path in _files(folder) if path.stem == known]
    of_class = sorted((folder / "reports").glob("*.*"))  # they name everybody
    for path in own + of_class:
        path.unlink()
    gone.append(f"files: {len(own)} of the student")
    if of_class:
        gone.append(f"class reports and tables: {len(of_class)}; `crmlab report` makes them again")
    left = [one for one in roster if one.id != known]
    if len(left) < len(roster):
        write_whole(folder / ROSTER_FILE, roster_bytes(left))
        gone.append(f"roster: 1 line; left are {len(left)}")
    gone.append(
        "What was handed in stays where you keep it: delete it there, or grading it again brings the student back."
    )
    return gone
