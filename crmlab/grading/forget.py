"""Deleting what is stored of one student."""

from __future__ import annotations

from pathlib import Path

from crmlab.core.answers import write_whole
from crmlab.grading.assign import ROSTER_FILE
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook
from crmlab.grading.roster import read_roster, roster_bytes, same_id


def forget(student: str, folder: Path, gradebook: str | None = None) -> list[str]:
    """Delete a student from the gradebook, the hand-outs, the feedback and the roster of a class.

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
    known = next((one.id for one in roster if same_id(one.id) == same_id(student)), None)
    if known is None:
        raise ValueError(f"{folder / ROSTER_FILE}: there is no student {student!r}.")
    gone = []
    if gradebook or (folder / GRADEBOOK_FILE).exists():
        rows = Gradebook(gradebook or folder / GRADEBOOK_FILE).forget(known)
        gone.append(f"gradebook: {rows} submissions with their results and history")
    places = [folder / "handout", folder / "reports"]
    files = [path for place in places for path in sorted(place.rglob("*.*")) if path.stem == known]
    for path in files:
        path.unlink()
    gone.append(f"files: {len(files)}")
    write_whole(folder / ROSTER_FILE, roster_bytes([one for one in roster if one.id != known]))
    gone.append(f"roster: 1 line; left are {len(roster) - 1}")
    return gone
