"""Points set by hand: checked against roster and set before they go to the gradebook, and told with their past."""

from __future__ import annotations

import difflib
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crmlab.core.checks import Item
from crmlab.grading.assign import ROSTER_FILE
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook, open_gradebook
from crmlab.grading.notebooks import graded, sets
from crmlab.grading.report import by_hand
from crmlab.grading.roster import find_student, read_roster


class OverrideError(ValueError):
    """Points that cannot be set; the message says what was found and what is allowed."""


def find_item(given: str, likely: Sequence[str] = ()) -> tuple[str, Item]:
    """Return the set and the item that an id names; a number alone is told what it may mean in the ``likely`` sets.

    Raises
    ------
    OverrideError
        There is no such graded item; the message names those there are.

    >>> find_item("credit_policy-2")[0]
    '12_credit_policy'
    """
    slug = given.rpartition("-")[0]
    set_name = next((one for one in sets() if one.partition("_")[2] == slug), None)
    if set_name is None:
        known = [item.id for one in sets() for item in graded(one)]
        near = [item.id for one in likely or sets() for item in graded(one) if item.id.endswith(f"-{given}")]
        near = near or difflib.get_close_matches(given, known)
        meant = f"did you mean {' or '.join(near)}?" if near else f"give its chapter and number, such as {known[-1]}."
        raise OverrideError(f"there is no graded item {given!r}; {meant}")
    items = {item.id: item for item in graded(set_name)}
    if given not in items:
        raise OverrideError(f"{set_name} has no graded item {given!r}; it has {', '.join(items)}.")
    return set_name, items[given]


def set_points(student: str, item: str, points: float, reason: str, folder: Path, gradebook: str | None = None) -> str:
    """Set the points of one item by hand; return a sentence that says so.

    Parameters
    ----------
    student, item
        Their ids.
    points
        From 0 to the points of the item.
    reason
        Why, for the instructor's report and the student's feedback.
    folder
        The class folder.
    gradebook
        File or address; by default in the class folder, made if missing.

    Raises
    ------
    ValueError
        No such student or item, points out of range, or no reason; the message says what is allowed.
    """
    roster = read_roster(folder / ROSTER_FILE)
    who = find_student(roster, student, folder / ROSTER_FILE)
    set_name, found = find_item(item, _graded_sets(folder, gradebook))
    if not 0 <= points <= found.points:
        raise OverrideError(f"{item} allows from 0 to {found.points:g} points; {points:g} is outside.")
    reason = " ".join(reason.split())
    if not reason:
        raise OverrideError('the reason is missing: add --reason "..."; the student reads it in the feedback.')
    book = Gradebook(gradebook or folder / GRADEBOOK_FILE)
    book.override(set_name, who.id, item, points, reason)
    rows = by_hand(book, set_name, roster, book.keep(set_name))
    row = rows[(rows["student"] == who.id) & (rows["item"] == item)].to_dict("records")[0]
    return f"{_named(who.id, who.name)}, {item}: {_about(row)}. The next `crmlab report` shows it."


def take_back(student: str, item: str, folder: Path, gradebook: str | None = None) -> str:
    """Take back points set by hand; return a sentence that says so.

    Raises
    ------
    ValueError
        No such student or item, or its points were not set by hand.
    """
    who = find_student(read_roster(folder / ROSTER_FILE), student, folder / ROSTER_FILE)
    set_name, _ = find_item(item, _graded_sets(folder, gradebook))
    if not open_gradebook(folder, gradebook).take_back(set_name, who.id, item):
        raise OverrideError(f"{_named(who.id, who.name)} has no points set by hand in {item}.")
    return f"{_named(who.id, who.name)}, {item}: what the check gave counts again."


def listed(folder: Path, gradebook: str | None = None) -> list[str]:
    """Return what is set by hand, in lines to print: student by student, each with what it was before.

    Raises
    ------
    ValueError
        The roster or the gradebook cannot be read.
    """
    roster, book = read_roster(folder / ROSTER_FILE), open_gradebook(folder, gradebook)
    earlier: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in book.table("history").to_dict("records"):
        what = json.loads(row["what"])
        if "override" in what:
            old = what["override"]
            days = f"set {_day(old['at'])}, {what['became']} {_day(row['at'])}"
            said = f"    before: {old['points']:g} by hand, {days}: {old['reason']}"
            earlier[old["set_name"], old["student"], old["item"]].append(said)
    now = {
        (set_name, row["student"], row["item"]): f"{_about(row)}; set {_day(row['at'])}: {row['reason']}"
        for set_name in book.sets()
        for row in by_hand(book, set_name, roster, book.keep(set_name)).to_dict("records")
    }
    names = {one.id: one.name for one in roster}
    lines = []
    for key in sorted({*now, *earlier}):
        _, student, item = key
        said = now.get(key, "what the check gave counts again.")
        lines += [f"{_named(student, names.get(student, ''))}, {item}: {said}", *earlier[key]]
    return lines


def _graded_sets(folder: Path, gradebook: str | None) -> list[str]:
    if gradebook is None and not (folder / GRADEBOOK_FILE).exists():
        return []
    return [one for one in Gradebook(gradebook or folder / GRADEBOOK_FILE).sets() if one in sets()]


def _named(student: str, name: str) -> str:
    return f"{student} ({name})" if name else student


def _day(moment: str) -> str:
    return moment[:10]


def _about(row: dict[Any, Any]) -> str:
    most = "" if math.isnan(row["max_points"]) else f" of {row['max_points']:g}"
    check = row["checked_points"]
    gave = "nothing was handed in" if math.isnan(check) else f"the check gave {check:g}"
    return f"{row['points']:g}{most} points by hand; {gave}"
