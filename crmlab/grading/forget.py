"""Deleting what is stored of one student."""

from __future__ import annotations

from pathlib import Path

from crmlab.core.answers import write_whole
from crmlab.grading.assign import EXECUTED, ROSTER_FILE
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook
from crmlab.grading.roster import find_student, read_roster, roster_bytes


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
        The class has no such student, or its files cannot be used.
    """
    roster = read_roster(folder / ROSTER_FILE)
    known = find_student(roster, student, folder / ROSTER_FILE).id
    gone = []
    if gradebook or (folder / GRADEBOOK_FILE).exists():
        rows = Gradebook(gradebook or folder / GRADEBOOK_FILE).forget(known)
        gone.append(f"gradebook: {rows} submissions with their results and history")
    places = [folder / name for name in ("handout", "reports", EXECUTED)]
    own = [path for place in places for path in sorted(place.rglob("*.*")) if path.stem == known]
    of_class = sorted((folder / "reports").glob("*.*"))  # they name everybody
    for path in own + of_class:
        path.unlink()
    gone.append(f"files: {len(own)} of the student")
    if of_class:
        gone.append(f"class reports and tables: {len(of_class)}; `crmlab report` makes them again")
    write_whole(folder / ROSTER_FILE, roster_bytes([one for one in roster if one.id != known]))
    gone.append(f"roster: 1 line; left are {len(roster) - 1}")
    return gone
