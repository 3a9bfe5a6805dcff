"""What a gradebook tells: the class report, tables for other programs, and feedback for each student.

Everything is read from the gradebook and the roster; nothing is run. Pages are single HTML files that need no script,
no network and no colour.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
import numpy as np
import pandas as pd
from markupsafe import Markup, escape

import crmlab
from crmlab.core.answers import write_whole
from crmlab.core.checks import Feedback, FunctionItem, Item, NumberItem, Params, PartsItem
from crmlab.core.data import course_root
from crmlab.core.text import LANGUAGES, LOCALES, Language, Text
from crmlab.grading.assign import load_class
from crmlab.grading.collect import Whose, account
from crmlab.grading.gradebook import Gradebook, sentences
from crmlab.grading.marks import checked
from crmlab.grading.notebooks import graded, template
from crmlab.grading.roster import Student
from crmlab.grading.similarity import Evidence, Given, answer_code, similar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Keep = Literal["latest", "best"]
Numbers = Mapping[str, Mapping[str, Params]]  # student -> item -> parameters
Row = dict[str, Any]

REPORTS = "reports"
FEEDBACK = "feedback"
#: The status of a student in :func:`grades` who handed nothing in.
MISSING = "missing"
#: The status of an answer that is not there because its cell was stopped: by an error, or as it ran too long.
STOPPED = "stopped"

_MOST_EVIDENCE = 50  # rows of the report
_BINS = 10
_QUARTERS = 4
_FEWEST_FOR_QUARTERS = 8
_FEWEST_FOR_CORRELATION = 3
_COLOURS = 64  # of a chart that is kept in a page
_CELL = re.compile(r" \(<[^<>]*>, line (\d+)\)")  # as a SyntaxError names a cell and the line in it

_STATUS: dict[str, Text] = {
    "empty": Text(en="no answer", zh="未作答"),
    STOPPED: Text(en="no answer: the cell was stopped", zh="单元格中断，没有答案"),
    "type": Text(en="not an answer of the asked kind", zh="答案类型不对"),
    "right": Text(en="right", zh="正确"),
    "trap": Text(en="wrong", zh="错误"),
    "wrong": Text(en="wrong", zh="错误"),
    "noted": Text(en="read by a person", zh="由老师批阅"),
    "ok": Text(en="graded", zh="已批改"),
    "partial": Text(en="graded in part", zh="部分批改"),
    "failed": Text(en="could not run", zh="无法运行"),
    "unreadable": Text(en="unreadable", zh="无法读取"),
    MISSING: Text(en="missing", zh="未交"),
}
_NOT_WHOLE: dict[str, Text] = {
    "unreadable": Text(en="Your file could not be read: ", zh="文件无法读取："),
    "partial": Text(en="A part of your notebook could not be run: ", zh="笔记本有一部分没能运行："),
    "failed": Text(en="Your notebook could not be run: ", zh="笔记本没能运行："),
}
_NOT_OF_THE_KIND = Text(
    en="This is not an answer of the asked kind. Read in the question what is to be given, and in which form.",
    zh="答案的类型不对。请在题目中查看要求给出什么、以什么形式给出。",
)
_NO_SUCH_FUNCTION = Text(
    en="Give a function that returns one number for every input and never stops with an error; this one does not.",
    zh="请给出函数：对每个输入都返回一个数，不会出错中断；现在的答案做不到。",
)
_THINK_AGAIN = Text(en="Read the question again.", zh="请再读一遍题目。")
_ISOLATION: dict[str, Text] = {
    "sandbox": Text(en="sandbox", zh="沙箱"),
    "process": Text(en="a process without sandbox", zh="没有沙箱的进程"),
}
_STOPPED = {
    "timeout": Text(en="it ran too long", zh="运行超时"),
    "died": Text(en="it ended the program", zh="程序被终止"),
}


# --- what counts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scores:
    """One set's rows of the gradebook, put in order: the submission that counts for each student, and its results."""

    set_name: str
    items: tuple[Item, ...]
    roster: tuple[Student, ...]
    submissions: list[Row]
    counting: dict[str, Row]
    tries: Counter[str]
    rows: dict[str, dict[tuple[str, str], Row]]
    overrides: dict[tuple[str, str], Row]

    @property
    def max_points(self) -> float:
        return float(sum(item.points for item in self.items))

    @property
    def marked(self) -> list[Student]:
        """The students of the roster whose submission was checked."""
        return [one for one in self.roster if self.rows.get(one.id)]

    def points(self, student: str, item: str) -> float:
        """What an item counts; NaN where nothing was handed in."""
        by_hand = self.overrides.get((student, item))
        return self.checked_points(student, item) if by_hand is None else float(by_hand["points"])

    def checked_points(self, student: str, item: str) -> float:
        """What the check gave, whatever was set by hand; NaN where nothing was handed in."""
        if student not in self.counting:
            return math.nan
        row = self.rows.get(student, {}).get((item, ""))
        return float(row["points"]) if row is not None else 0.0

    def status(self, student: str, item: str, part: str) -> str:
        """The status of an answer that was checked; a blank one is not the same as one whose cell was stopped."""
        rows = self.rows.get(student, {})
        found = str(rows.get((item, part), {}).get("status", "empty"))
        return STOPPED if found == "empty" and rows.get((item, ""), {}).get("note") else found

    def language(self, student: Student, otherwise: Language) -> Language:
        """The language to write to a student in: the roster's, else that of the notebook that counts."""
        worked_in = self.counting.get(student.id, {}).get("lang")
        found: Language = next((one for one in LANGUAGES if one == worked_in), otherwise)
        return student.language or found


def _scores(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep) -> _Scores:
    submissions = _records(book.table("submissions", set_name))
    several: dict[str, list[Row]] = defaultdict(list)
    for row in submissions:
        if row["student"]:
            several[row["student"]].append(row)
    counting = {student: max(tries, key=lambda row: _rank(row, keep)) for student, tries in several.items()}
    owner = {(row["file"], row["sha256"]): student for student, row in counting.items()}
    rows: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
    for row in _records(book.table("results", set_name)):
        student = owner.get((row["file"], row["sha256"]))
        if student is not None:
            rows[student][row["item"], row["part"]] = row
    overrides = {(row["student"], row["item"]): row for row in _records(book.table("overrides", set_name))}
    return _Scores(
        set_name,
        graded(set_name),
        tuple(roster),
        submissions,
        counting,
        Counter(
            {who: sum(not one["doubtful"] or one is counting[who] for one in rows) for who, rows in several.items()}
        ),
        dict(rows),
        overrides,
    )


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _rank(row: Row, keep: Keep) -> tuple[Any, ...]:
    """The order of several tries: as collecting ranks them, then by when they were graded."""
    when = row["attempt"], _moment(row["received"]), row["graded_at"]
    points = row["points"] if keep == "best" else 0.0
    work = 0 if row["status"] == "unreadable" else 1 if row["untouched"] else 2
    return (not row["doubtful"], work, points, *when, row["file"], row["sha256"])


def _moment(text: str) -> float:
    try:
        return pd.Timestamp(text).timestamp() if text else 0.0
    except ValueError:
        return 0.0


def _leaves(item: Item) -> list[tuple[str, Item]]:
    return list(item.parts.items()) if isinstance(item, PartsItem) else [("", item)]


def _part_of(item: Item, name: str) -> Item:
    return item.parts[name] if isinstance(item, PartsItem) and name in item.parts else item


def _number(item_id: str) -> str:
    return item_id.rpartition("-")[2]


# --- tables ----------------------------------------------------------------------------------------------------------


def grades(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> pd.DataFrame:
    """Return one row per student of the roster.

    Parameters
    ----------
    book, set_name, roster
        The gradebook, the set in it, and the class.
    keep
        Of several tries the ``latest`` counts, or the ``best``.

    Returns
    -------
    ``student``, ``name``, ``section``, ``status`` (of the submission that counts, or ``missing``), ``points`` (with
    overrides; NaN where nothing was handed in or set by hand), ``max_points``, ``late``, ``attempts``, ``isolation``,
    ``by_hand`` (items whose points were set by a person), ``to_read`` (items that wait for one), and the points of each
    item under its id. ``attempts`` leaves out what somebody else may have handed in, unless it counts.
    """
    return _grades(_scores(book, set_name, roster, keep))


def _grades(scores: _Scores) -> pd.DataFrame:
    table = []
    for one in scores.roster:
        row = scores.counting.get(one.id)
        points = {item.id: scores.points(one.id, item.id) for item in scores.items}
        earned = [value for value in points.values() if not math.isnan(value)]
        mine = scores.rows.get(one.id, {})
        table.append(
            {
                "student": one.id,
                "name": one.name,
                "section": one.section,
                "status": row["status"] if row else MISSING,
                "points": float(sum(earned)) if earned else math.nan,
                "max_points": scores.max_points,
                "late": bool(row["late"]) if row else False,
                "attempts": scores.tries[one.id],
                "isolation": row["isolation"] if row else "",
                "by_hand": sum((one.id, item.id) in scores.overrides for item in scores.items),
                "to_read": sum(
                    any(mine.get((item.id, name), {}).get("status") == "noted" for name, _ in _leaves(item))
                    for item in scores.items
                    if (one.id, item.id) not in scores.overrides
                ),
                **points,
            }
        )
    columns = ["student", "name", "section", "status", "points", "max_points", "late", "attempts", "isolation"]
    return pd.DataFrame(table, columns=[*columns, "by_hand", "to_read", *(item.id for item in scores.items)])


def by_hand(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> pd.DataFrame:
    """Return one row for each item of a student whose points were set by hand.

    Returns
    -------
    ``student``, ``name`` (empty: no longer on the roster), ``item``, ``points``, ``checked_points`` (what the check
    gave; NaN where nothing was handed in), ``max_points`` (NaN: no longer an item), ``reason`` and ``at`` (ISO 8601).
    """
    return _by_hand(_scores(book, set_name, roster, keep))


def _by_hand(scores: _Scores) -> pd.DataFrame:
    names = {one.id: one.name for one in scores.roster}
    most = {item.id: float(item.points) for item in scores.items}
    table = [
        {
            "student": student,
            "name": names.get(student, ""),
            "item": item,
            "points": float(row["points"]),
            "checked_points": scores.checked_points(student, item),
            "max_points": most.get(item, math.nan),
            "reason": row["reason"],
            "at": row["at"],
        }
        for (student, item), row in scores.overrides.items()
    ]
    columns = ["student", "name", "item", "points", "checked_points", "max_points", "reason", "at"]
    return pd.DataFrame(table, columns=columns)


def by_item(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> pd.DataFrame:
    """Return one row per item, followed by one per part where it has parts.

    Students whose submission could not be checked are left out.

    Returns
    -------
    ``item``, ``part`` (empty: the whole), ``points``, ``students``, ``difficulty`` (mean share of points: low is hard),
    ``discrimination`` (correlation with the rest of the score; NaN for fewer than three students or no differences),
    ``blank`` (share without an answer), ``stopped`` (share without one because its cell was stopped by an error or ran
    too long) and ``traps`` (pairs of name and number of students, the most frequent first; who falls for one in several
    parts counts once for the whole).
    """
    return _by_item(_scores(book, set_name, roster, keep))


def _by_item(scores: _Scores) -> pd.DataFrame:
    students = [one.id for one in scores.marked]
    total = np.array([sum(scores.points(one, item.id) for item in scores.items) for one in students])
    table = []
    for item in scores.items:
        whole = np.array([scores.points(one, item.id) for one in students])
        table.append(_item_row(scores, item, "", item.points, whole, total))
        for name, part in _leaves(item):
            if name:
                rows = [scores.rows[one].get((item.id, name), {}) for one in students]
                earned = np.array([float(row.get("points", 0.0)) for row in rows])
                table.append(_item_row(scores, item, name, part.points, earned, total))
    columns = ["item", "part", "points", "students", "difficulty", "discrimination", "blank", "stopped", "traps"]
    return pd.DataFrame(table, columns=columns)


def _item_row(scores: _Scores, item: Item, part: str, points: float, earned: Any, total: Any) -> Row:
    students = [one.id for one in scores.marked]
    status = Counter(scores.status(one, item.id, part) for one in students)
    traps = {
        trap: len(parts.get(part, ()) if part else set().union(*parts.values()))
        for trap, parts in _fallen(scores, item).items()
    }
    return {
        "item": item.id,
        "part": part,
        "points": float(points),
        "students": len(students),
        "difficulty": float(earned.mean() / points) if students and points else math.nan,
        "discrimination": _correlation(earned, total - earned),
        "blank": status["empty"] / len(students) if students else math.nan,
        "stopped": status[STOPPED] / len(students) if students else math.nan,
        "traps": sorted(((trap, count) for trap, count in traps.items() if count), key=lambda one: (-one[1], one[0])),
    }


def _fallen(scores: _Scores, item: Item) -> dict[str, dict[str, set[str]]]:
    """Return who showed which misconception where in an item: its name -> part -> students."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, _ in _leaves(item):
        for one in scores.marked:
            trap = scores.rows[one.id].get((item.id, name), {}).get("trap")
            if trap:
                found[str(trap)][name].add(one.id)
    return found


def _correlation(one: Any, other: Any) -> float:
    if len(one) < _FEWEST_FOR_CORRELATION or np.ptp(one) < 1e-9 or np.ptp(other) < 1e-9:
        return math.nan
    return float(np.corrcoef(one, other)[0, 1])


@cache
def concept_names(set_name: str) -> dict[str, Text]:
    """Return what each concept of a set is called for a reader: the heading of the section that teaches it.

    >>> concept_names("12_credit_policy")["policy.discount"].en
    'The discount'
    """
    folder = course_root() / "notebooks"
    cells = [
        json.loads((folder / lang / f"{set_name}.ipynb").read_text(encoding="utf-8"))["cells"] for lang in LANGUAGES
    ]
    found = {
        concept: Text(en=_heading(en), zh=_heading(zh))
        for en, zh in zip(*cells, strict=True)
        for concept in en["metadata"].get("crmlab", {}).get("teaches", [])
    }
    for item in graded(set_name):
        for concept in item.concepts:
            found.setdefault(concept, Text(en=concept, zh=concept))
    return found


def _heading(cell: Mapping[str, Any]) -> str:
    first = "".join(cell["source"]).splitlines()[0].lstrip("# ")
    return re.sub(r"^\d+\s*·\s*", "", first)


def _items_by_concept(scores: _Scores) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in scores.items:
        for concept in item.concepts:
            found[concept].append(item)
    return dict(found)


def _concept_share(scores: _Scores, students: Iterable[str], items: Sequence[Item]) -> float:
    shares = [scores.points(one, item.id) / item.points for one in students for item in items if item.points]
    known = [share for share in shares if not math.isnan(share)]
    return float(np.mean(known)) if known else math.nan


def by_concept(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> pd.DataFrame:
    """Return one row per concept of the set.

    Returns
    -------
    ``concept``, ``en`` and ``zh`` (the section that teaches it), ``items``, ``answers`` (how many there are) and
    ``share`` (mean share of points over the students whose submission was checked; a blank counts as nothing).
    """
    return _by_concept(_scores(book, set_name, roster, keep))


def _by_concept(scores: _Scores) -> pd.DataFrame:
    names = concept_names(scores.set_name)
    students = [one.id for one in scores.marked]
    table = [
        {
            "concept": concept,
            "en": names[concept].en,
            "zh": names[concept].zh,
            "items": tuple(item.id for item in items),
            "answers": sum(
                scores.status(one, item.id, "") not in ("empty", STOPPED) for one in students for item in items
            ),
            "share": _concept_share(scores, students, items),
        }
        for concept, items in _items_by_concept(scores).items()
    ]
    return pd.DataFrame(table, columns=["concept", "en", "zh", "items", "answers", "share"])


def misconceptions(
    book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest", numbers: Numbers | None = None
) -> pd.DataFrame:
    """Return which known misconception how many students have, the most frequent first.

    Parameters
    ----------
    numbers
        As :func:`class_numbers` gives them; with them, a hint that an item makes by itself is found, too.

    Returns
    -------
    One row per item and misconception: ``item``, ``parts`` (those where it showed), ``trap`` (its name), ``count``
    (students, each once), ``share`` (of those whose submission was checked), ``en`` and ``zh``: the hints, with the
    numbers of the published example.
    """
    return _misconceptions(_scores(book, set_name, roster, keep), numbers or {})


def _misconceptions(scores: _Scores, numbers: Numbers) -> pd.DataFrame:
    table = []
    for item in scores.items:
        sample = item.params()
        for trap, where in sorted(_fallen(scores, item).items()):
            hints = [
                _hint(_part_of(item, name), trap, sample) or _hint_given(scores, item, name, trap, numbers)
                for name in where
            ]
            hint = _each([one for one in hints if one.en != trap] or hints)
            count = len(set().union(*where.values()))
            parts = tuple(name for name in where if name)
            table.append((item.id, parts, trap, count, count / len(scores.marked), hint.en, hint.zh))
    table.sort(key=lambda row: -row[3])  # which keeps the order of items among equals
    return pd.DataFrame(table, columns=["item", "parts", "trap", "count", "share", "en", "zh"])


def _each(hints: Iterable[Text]) -> Text:
    """Return several hints as one, each once."""
    each = list(dict.fromkeys(hints))
    return Text(en=" / ".join(one.en for one in each), zh=" / ".join(one.zh for one in each))


def _hint_given(scores: _Scores, item: Item, name: str, trap: str, numbers: Numbers) -> Text:
    """Return the sentence that the first student with a misconception reads; its name where that is not known."""
    for one in scores.marked:
        mine = scores.rows[one.id]
        if mine.get((item.id, name), {}).get("trap") == trap:
            found = _checked_again(item, mine[item.id, ""], numbers.get(one.id, {}).get(item.id))
            leaf = found.parts.get(name, found) if found is not None else None
            if leaf is not None and leaf.trap == trap and not leaf.parts:
                return leaf.message
    return Text(en=trap, zh=trap)


def _hint(part: Item, trap: str, params: Params) -> Text | None:
    """Return the hint of a trap with a student's numbers; traps that share a name lend all their hints."""
    hints = [one.hint.format(**params) for one in part.traps if one.name == trap]
    if hints:
        return _each(hints)
    if trap == "unit" and isinstance(part, NumberItem):
        return Text(
            en=f"The digits are right, the unit is not: answer in {part.unit.en}.",
            zh=f"数字对了，单位不对：请以“{part.unit.zh}”作答。",
        )
    return None


# --- files for other programs ----------------------------------------------------------------------------------------

_FORMULA = tuple("=+-@\t\r\n")


def csv_safe(text: str) -> str:
    """Return text that a spreadsheet takes for text, not for a formula.

    >>> csv_safe('=HYPERLINK("http://x")'), csv_safe("Ana María")
    ('\\'=HYPERLINK("http://x")', 'Ana María')
    """
    plain = unicodedata.normalize("NFKC", text)  # a full-width sign counts as the sign
    return f"'{text}" if plain.startswith(_FORMULA) or plain.lstrip(" \ufeff").startswith(_FORMULA) else text


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]], *, mark: bool) -> bytes:
    """Return a CSV file; ``mark`` puts in front the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([csv_safe(one) if isinstance(one, str) else _cell(one) for one in row])
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return "" if math.isnan(value) else _points(value)
    return value


def _points(value: float) -> str:
    return f"{round(value, 4):g}" if not math.isnan(value) else "–"


def grades_csv(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> bytes:
    """Return :func:`grades` as a file for Excel."""
    table = grades(book, set_name, roster, keep)
    return _csv([str(name) for name in table.columns], table.itertuples(index=False, name=None), mark=True)


def questions_csv(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> bytes:
    """Return one row per student, item and part, for Excel.

    ``points`` of whole items are those that count, ``checked_points`` those that the check gave. An item whose points
    were set by hand has its row even if nothing was handed in.
    """
    scores = _scores(book, set_name, roster, keep)
    rows = []
    for one in scores.roster:
        for item in scores.items:
            for name in ["", *(name for name, _ in _leaves(item) if name)]:
                row = scores.rows.get(one.id, {}).get((item.id, name))
                by_hand = scores.overrides.get((one.id, item.id)) if not name else None
                if row is None and by_hand is None:
                    continue
                found = row or {"trap": "", "points": math.nan, "follow_through": False}
                status = scores.status(one.id, item.id, name) if row else MISSING
                checked_points = float(found["points"])
                points = float(by_hand["points"]) if by_hand else checked_points
                most = float(_part_of(item, name).points)
                about = [one.id, one.name, one.section, item.id, name, status, found["trap"]]
                reason = str(by_hand["reason"]) if by_hand else ""
                rows.append([*about, points, checked_points, most, bool(found["follow_through"]), reason])
    head = ["student", "name", "section", "item", "part", "status", "misconception", "points", "checked_points"]
    return _csv([*head, "max_points", "follow_through", "override_reason"], rows, mark=True)


def concepts_csv(book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest") -> bytes:
    """Return one row per student and concept, for Excel."""
    scores = _scores(book, set_name, roster, keep)
    names = concept_names(set_name)
    rows = [
        [one.id, one.name, one.section, concept, names[concept].en, names[concept].zh, len(items), share]
        for one in scores.marked
        for concept, items in _items_by_concept(scores).items()
        for share in [_concept_share(scores, [one.id], items)]
    ]
    head = ["student", "name", "section", "concept", "idea_en", "idea_zh", "items", "share_of_points"]
    return _csv(head, rows, mark=True)


def canvas_csv(
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    keep: Keep = "latest",
    *,
    assignment: str = "",
    assignment_id: str = "",
) -> bytes:
    """Return grades as Canvas's gradebook imports them.

    Canvas finds students by ``ID``, which its own file names carry, then by ``SIS User ID`` (the roster's id), then by
    ``SIS Login ID`` (the e-mail address). Without a byte order mark, which its importer does not expect.

    Parameters
    ----------
    assignment, assignment_id
        Canvas's title and number of the assignment; by title alone Canvas may make a new one.
    """
    scores = _scores(book, set_name, roster, keep)
    numbers = _lms_numbers(scores, "canvas")
    title = assignment or set_name
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows: list[list[Any]] = [["    Points Possible", "", "", "", "", scores.max_points]]
    for one, points in zip(roster, _grades(scores)["points"], strict=True):
        rows.append([one.name, numbers.get(one.id, ""), one.id, one.email, one.section, float(points)])
    return _csv([*head, f"{title} ({assignment_id})" if assignment_id else title], rows, mark=False)


def moodle_csv(
    book: Gradebook, set_name: str, roster: Sequence[Student], keep: Keep = "latest", lang: Language = "en"
) -> bytes:
    """Return grades as Moodle's offline grading worksheet, with feedback in each student's language.

    Moodle finds students by ``Identifier`` ("Participant" and a number), which the names of its own files carry; where
    it is empty, copy it from the worksheet that Moodle offers. The columns have Moodle's English names.
    """
    scores = _scores(book, set_name, roster, keep)
    numbers = _lms_numbers(scores, "moodle")
    rows = []
    for one, points in zip(roster, _grades(scores)["points"], strict=True):
        number = numbers.get(one.id, "")
        comment = "" if math.isnan(points) else _comment(scores, one, scores.language(one, lang))
        identifier = f"Participant {number}" if number else ""
        rows.append([identifier, one.name, one.email, float(points), scores.max_points, "", comment])
    head = ["Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Last modified (grade)"]
    return _csv([*head, "Feedback comments"], rows, mark=True)


def _lms_numbers(scores: _Scores, platform: Literal["canvas", "moodle"]) -> dict[str, str]:
    """Return the number that a learning platform gave each student, as far as its file names tell it beyond doubt.

    A file that somebody else may have handed in tells none, nor does an account that has another student's name. One
    whose name is nobody's on the roster tells it only where there is no other, and only in the outermost part of the
    path, which no student writes.
    """
    ids, whose = {one.id for one in scores.roster}, Whose(scores.roster)
    sure: dict[str, set[str]] = defaultdict(set)
    perhaps: dict[str, set[str]] = defaultdict(set)
    for row in scores.submissions:
        by = account(row["file"])
        if by is None or by.platform != platform or by.user in ids or not row["student"] or row["doubtful"]:
            continue
        known = whose.of(by.who)
        if row["student"] in known:
            sure[row["student"]].add(by.user)
        elif not known and by.place == 0:
            perhaps[row["student"]].add(by.user)
    told = perhaps | sure
    owners = Counter(number for numbers in told.values() for number in numbers)
    single = {student: numbers.copy().pop() for student, numbers in told.items() if len(numbers) == 1}
    return {student: number for student, number in single.items() if owners[number] == 1}


def _comment(scores: _Scores, student: Student, lang: Language) -> str:
    """Say in one line what each item earned and what to look at again, or why nothing could be graded."""
    submission, checked_items = scores.counting.get(student.id), scores.rows.get(student.id)
    say = _said(lang)
    items = [
        f"{_number(item.id)}: {_points(scores.points(student.id, item.id))}/{_points(item.points)}"
        for item in scores.items
        if checked_items or (student.id, item.id) in scores.overrides
    ]
    ideas = _ideas(scores, student.id, lang) if checked_items else []
    said = [_not_whole(submission, lang)] if submission and submission["status"] not in ("ok", "partial") else []
    if items:
        said.append(say("; ", "；").join(items) + say(".", "。"))
    if ideas:
        said.append(say(f"Look again at: {', '.join(ideas)}.", f"建议再看：{'、'.join(ideas)}。"))
    return say(" ", "").join(said)


def write_exports(
    folder: Path,
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    keep: Keep = "latest",
    lang: Language = "en",
) -> list[Path]:
    """Write all tables of a set into the class folder's ``reports``; return the files."""
    tables = {
        "grades": grades_csv(book, set_name, roster, keep),
        "questions": questions_csv(book, set_name, roster, keep),
        "concepts": concepts_csv(book, set_name, roster, keep),
        "canvas": canvas_csv(book, set_name, roster, keep),
        "moodle": moodle_csv(book, set_name, roster, keep, lang),
    }
    files = []
    for name, content in tables.items():
        files.append(folder / REPORTS / f"{set_name}_{name}.csv")
        write_whole(files[-1], content)
    return files


# --- pages -----------------------------------------------------------------------------------------------------------


def _in(text: Text, lang: Language) -> str:
    return text.zh if lang == "zh" else text.en


def _said(lang: Language) -> Callable[[str, str], str]:
    return lambda en, zh: zh if lang == "zh" else en


@cache
def _pages() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).with_name("templates"))
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False)


def _page(name: str, lang: Language, title: str, **values: Any) -> bytes:
    return (
        _pages()
        .get_template(name)
        .render(
            locale=LOCALES[lang].replace("_", "-"),
            title=title,
            say=_said(lang),
            percent=_percent,
            shade=_shade,
            **values,
        )
        .encode("utf-8")
    )


def _marked_up(text: str) -> Markup:
    """Return a hint as HTML: `code` and *stress* are kept, everything else is text."""
    html = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"(?<![\w*])\*([^*<>\n]+)\*(?![\w*])", r"<em>\1</em>", html))


def _rounded(value: float, decimals: int = 1) -> str:
    """Return a number as one rounds by hand: a half goes up.

    >>> _rounded(12.85), _rounded(12.5, 0), _rounded(3.0)
    ('12.9', '13', '3.0')
    """
    exact = Decimal(f"{value:.9f}")  # without what binary fractions leave behind
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{_rounded(100 * share, 0)}%"


def _signed(value: float) -> str:
    return "–" if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _shade(share: float) -> str:
    """Return a grey on which black print reads well: white for all points, darker for fewer."""
    return "#fff" if math.isnan(share) else f"hsl(0 0% {62 + 38 * min(max(share, 0.0), 1.0):.0f}%)"


def class_numbers(folder: Path, set_name: str, students: Iterable[str]) -> dict[str, dict[str, Params]]:
    """Derive the numbers of students again from the class's salt: student -> item id -> parameters.

    Raises
    ------
    ClassError
        ``class.json`` is missing or damaged.
    """
    klass = load_class(folder)
    return {student: klass.numbers(set_name, student) for student in students}


def find_similar(
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    numbers: Numbers,
    keep: Keep = "latest",
    code: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Evidence]:
    """Return what agrees between submissions that should not; see :mod:`crmlab.grading.similarity`.

    Parameters
    ----------
    numbers
        As :func:`class_numbers` gives them.
    code
        As :func:`crmlab.grading.similarity.answer_code` gives it.
    """
    return _similar(_scores(book, set_name, roster, keep), numbers, code)


def _similar(scores: _Scores, numbers: Numbers, code: Mapping[str, Mapping[str, str]] | None = None) -> list[Evidence]:
    answers: dict[str, list[Given]] = {}
    for one in scores.marked:
        mine = scores.rows[one.id]
        given = answers.setdefault(one.id, [])
        for item in scores.items:
            value = _decoded(str(mine.get((item.id, ""), {}).get("answer", "")))
            if value is ...:
                continue
            for name, _ in _leaves(item):
                row = mine.get((item.id, name))
                inner = value.get(name, ...) if name and isinstance(value, dict) else value
                if row is not None and inner is not ...:
                    given.append(Given(item.id, name, inner, str(row["status"])))
    return similar(scores.items, answers, numbers, code)


def _decoded(answer: str) -> Any:
    """Return an answer as it was kept; ``...`` where there is none, or not the whole of it."""

    def opened(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: opened(one) for name, one in value.items()}
        if isinstance(value, list):
            return [opened(one) for one in value]
        return ... if value == "Ellipsis" else value

    try:
        return opened(json.loads(answer)) if answer else ...
    except (ValueError, RecursionError):
        return ...


# --- the class report ------------------------------------------------------------------------------------------------


def write_report(
    folder: Path,
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    *,
    lang: Language = "en",
    keep: Keep = "latest",
    submissions: Path | None = None,
    numbers: Numbers | None = None,
) -> Path:
    """Write the class report of a set: one HTML file that needs nothing else.

    Parameters
    ----------
    folder
        The class folder; the page goes to its ``reports``.
    lang
        Of the page.
    keep
        Of several tries the ``latest`` counts, or the ``best``.
    submissions
        Folder or zip of what was handed in; with it, the code of answer cells is compared, too.
    numbers
        As :func:`class_numbers` gives them; derived if not given, which takes a moment.

    Raises
    ------
    ClassError, CollectError
        The class folder, or the submissions, cannot be read.
    """
    scores = _scores(book, set_name, roster, keep)
    own = numbers or class_numbers(folder, set_name, (one.id for one in scores.marked))
    code = answer_code(submissions, roster, set_name) if submissions is not None else None
    say = _said(lang)
    table = _grades(scores)
    content = _page(
        "class_report.html",
        lang,
        say("Class report: ", "班级报告：") + set_title(set_name, lang),
        set_name=set_name,
        version=crmlab.__version__,
        as_of=_when(max((str(row["graded_at"]) for row in scores.submissions), default="")),
        keep_words=say(
            "the best try counts" if keep == "best" else "the latest try counts",
            "多次提交取最好的一次" if keep == "best" else "多次提交取最后一次",
        ),
        code_given=code is not None,
        code_compared=sum(map(bool, (code or {}).values())) > 1,
        **_about_points(scores, table, lang),
        **_about_items(scores, own, lang),
        **_about_ideas(scores, table, lang),
        **_about_similar(_similar(scores, own, code), roster, lang),
        **_about_files(scores, lang),
        **_about_times(scores, lang),
    )
    target = folder / REPORTS / f"{set_name}_{lang}.html"
    write_whole(target, content)
    return target


def _about_points(scores: _Scores, table: pd.DataFrame, lang: Language) -> dict[str, Any]:
    say = _said(lang)
    checked_ids = {one.id for one in scores.marked}
    points = [float(row["points"]) for row in _records(table) if row["student"] in checked_ids]
    status = Counter(str(value) for value in table["status"])
    facts = [
        (say("Students on the roster", "名单人数"), len(table)),
        (say("Handed in", "已交"), len(table) - status[MISSING]),
        (say("Unreadable", "无法读取"), status["unreadable"]),
        (say("Late", "迟交"), int(table["late"].sum())),
        (say("Points possible", "满分"), _points(scores.max_points)),
    ]
    if points:
        facts += [
            (say("Graded: the numbers below are of these", "已批改（以下各项只统计这些学生）"), len(points)),
            (say("Mean", "平均分"), _rounded(float(np.mean(points)))),
            (say("Median", "中位数"), _rounded(float(np.median(points)))),
            (
                say("Standard deviation", "标准差"),
                _rounded(float(np.std(points, ddof=1))) if len(points) > 1 else "–",
            ),
            (say("Lowest and highest", "最低与最高"), f"{_points(min(points))} – {_points(max(points))}"),
        ]
    waiting = int((table["to_read"] > 0).sum())
    if waiting:
        facts.append((say("Wait for a person to read", "有待老师批阅"), waiting))
    bins = _binned(points, scores.max_points) if points else []
    chart = _picture(_draw_histogram, _say_histogram(points, scores.max_points, lang), bins, lang) if points else None
    return {"facts": facts, "bins": bins, "histogram": chart}


def _binned(points: Sequence[float], most: float) -> list[Row]:
    """Count students in steps of a tenth of all points; the last step holds its upper end, too."""
    edges = [most * place / _BINS for place in range(_BINS + 1)]
    places = Counter(min(max(int(value / most * _BINS + 1e-9), 0), _BINS - 1) for value in points)
    return [
        {
            "label": f"{_points(low)}–{_points(high)}" if place == _BINS - 1 else f"{_points(low)}–<{_points(high)}",
            "count": places[place],
            "low": low,
        }
        for place, (low, high) in enumerate(pairwise(edges))
    ]


def _about_items(scores: _Scores, numbers: Numbers, lang: Language) -> dict[str, Any]:
    say = _said(lang)
    table = _records(_by_item(scores))
    rows = [
        {
            "number": _number(row["item"]),
            "part": row["part"] or say("whole", "整题"),
            "points": _points(row["points"]),
            "difficulty": row["difficulty"],
            "discrimination": _signed(row["discrimination"]),
            "blank": row["blank"],
            "stopped": row["stopped"],
            "traps": ", ".join(f"{name} ({count})" for name, count in row["traps"][:3]),
        }
        for row in table
    ]
    whole = [row for row in table if not row["part"] and not math.isnan(row["difficulty"])]
    chart = _picture(_draw_difficulty, _say_difficulty(whole, lang), whole, lang) if whole else None
    known = [
        {
            "number": _number(row["item"]),
            "parts": say(", ", "、").join(row["parts"]),
            "trap": row["trap"],
            "count": row["count"],
            "share": row["share"],
            "hint": _marked_up(row[lang]),
        }
        for row in _records(_misconceptions(scores, numbers))
    ]
    return {"items": rows, "difficulty": chart, "misconceptions": known}


def _about_ideas(scores: _Scores, table: pd.DataFrame, lang: Language) -> dict[str, Any]:
    say = _said(lang)
    marked = {one.id: one for one in scores.marked}
    ranked = sorted(marked, key=lambda one: (sum(scores.points(one, item.id) for item in scores.items), one))
    groups: list[tuple[str, list[str]]] = [(say("All", "全班"), ranked)]
    if len(ranked) >= _FEWEST_FOR_QUARTERS:
        quarters = [[str(one) for one in quarter] for quarter in np.array_split(np.array(ranked), _QUARTERS)]
        names = (
            say("Lowest quarter", "后四分之一"),
            say("Second", "第二组"),
            say("Third", "第三组"),
            say("Highest quarter", "前四分之一"),
        )
        groups += list(zip(names, quarters, strict=True))
    sections = sorted({one.section for one in marked.values() if one.section})
    if len(sections) > 1:
        groups += [
            (say(f"Section {name}", f"{name} 班"), [one for one in ranked if marked[one].section == name])
            for name in sections
        ]
    by_idea = _items_by_concept(scores)
    concepts = [
        {
            "name": row[lang],
            "id": row["concept"],
            "items": ", ".join(map(_number, row["items"])),
            "answers": row["answers"],
            "shares": [_concept_share(scores, members, by_idea[row["concept"]]) for _, members in groups],
        }
        for row in _records(_by_concept(scores))
    ]
    students = [
        {
            "name": row["name"],
            "id": row["student"],
            "points": _points(row["points"]),
            "status": _in(_STATUS.get(row["status"], Text(en=row["status"], zh=row["status"])), lang)
            + (say(f", {row['by_hand']} by hand", f"，{row['by_hand']} 题由老师评定") if row["by_hand"] else ""),
            "shares": [
                _concept_share(scores, [row["student"]] if row["student"] in marked else [], items)
                for items in by_idea.values()
            ],
        }
        for row in _records(table)
    ]
    return {"groups": [name for name, _ in groups], "concepts": concepts, "students": students}


def _about_similar(evidence: Sequence[Evidence], roster: Sequence[Student], lang: Language) -> dict[str, Any]:
    names = {one.id: one.name for one in roster}
    rows = [
        {
            "who": " · ".join(f"{names.get(one, '')} ({one})" for one in (row.student, row.other) if one),
            "what": _in(row.what, lang),
            "chance": _in(row.chance, lang),
        }
        for row in evidence[:_MOST_EVIDENCE]
    ]
    return {"similar": rows, "similar_left": max(len(evidence) - _MOST_EVIDENCE, 0)}


def _about_files(scores: _Scores, lang: Language) -> dict[str, Any]:
    say = _said(lang)
    names = {one.id: one.name for one in scores.roster}

    def who(row: Row) -> str:
        return f"{names.get(row['student'], '')} ({row['student']})"

    def state(row: Row) -> str:
        return _in(_STATUS.get(row["status"], _STATUS["failed"]), lang)

    counting = list(scores.counting.values())
    student, file, reason = say("Student", "学生"), say("File", "文件"), say("Reason", "原因")
    late = [row for row in counting if row["late"]]
    broken = [row for row in counting if row["status"] != "ok"]
    nobody = [row for row in scores.submissions if not row["student"]]
    odd = [(row, _notes(row, lang)) for row in counting if _notes(row, lang)]
    strangers = [row for row in counting if row["student"] not in names]
    doubtful = [row for row in scores.submissions if row["doubtful"]]
    yes, no = say("yes", "是"), say("no", "否")
    tables = [
        {
            "title": say("Perhaps handed in by somebody else", "可能由他人提交"),
            "head": [student, file, say("Counts", "是否计分"), reason],
            "rows": [[who(row), row["file"], yes if row in counting else no, _notes(row, lang)] for row in doubtful],
        },
        {
            "title": say("Late", "迟交"),
            "head": [student, file, say("Received", "收到时间")],
            "rows": [[who(row), row["file"], _when(row["received"])] for row in late],
        },
        {
            "title": say("Unreadable, or graded in part", "无法读取或只批改了一部分"),
            "head": [student, file, say("Status", "状态"), reason],
            "rows": [[who(row), row["file"], state(row), _reason(row, lang)] for row in broken],
        },
        {
            "title": say("Belong to nobody on the roster", "不属于名单上的任何人"),
            "head": [file, reason],
            "rows": [[row["file"], _reason(row, lang)] for row in nobody + strangers],
        },
        {
            "title": say("Nothing handed in", "没有提交"),
            "head": [student],
            "rows": [[f"{one.name} ({one.id})"] for one in scores.roster if one.id not in scores.counting],
        },
        {
            "title": say("Repaired, or noted", "修复与说明"),
            "head": [student, file, say("Notes", "说明")],
            "rows": [[who(row), row["file"], notes] for row, notes in odd],
        },
        {
            "title": say("Points set by hand", "由老师评定的分数"),
            "head": [student, say("Item", "题"), say("Points", "得分"), say("By the check", "自动评分"), reason],
            "rows": [
                [who(row), _number(row["item"]), _points(row["points"]), _points(row["checked_points"]), row["reason"]]
                for row in _records(_by_hand(scores))
            ],
        },
    ]
    return {"files": tables}


def _notes(row: Row, lang: Language) -> str:
    return _said(lang)(" ", "").join(_in(one, lang) for one in sentences(row["notes"]))


def _not_whole(row: Row, lang: Language) -> str:
    """Say to the student why a file could not be graded, or not all of it."""
    said = _in(_NOT_WHOLE[row["status"]], lang) + _reason(row, lang)
    return said if said.endswith((".", "。")) else said + _said(lang)(".", "。")


def _reason(row: Row, lang: Language) -> str:
    say = _said(lang)
    told = []
    for one in sentences(row["reason"]):
        stopped = _STOPPED.get(one.en)
        told.append(
            say(f"a cell was stopped ({stopped.en})", f"有单元格中断（{stopped.zh}）")
            if stopped
            else _in(_without_cell(one), lang)
        )
    return say("; ", "；").join(told)


def _without_cell(said: Text) -> Text:
    """Return what Python said of a cell without the name that only grading gives it.

    >>> _without_cell(Text(en="'[' was never closed (<cell 33a3-1>, line 1)", zh="")).en
    "'[' was never closed (in line 1)"
    """
    return Text(en=_CELL.sub(r" (in line \1)", said.en), zh=_CELL.sub(r"（第 \1 行）", said.zh))


def _when(moment: str) -> str:
    """Return a moment in ISO 8601 as one reads it.

    >>> _when("2026-11-22T14:56:59+00:00")
    '2026-11-22 14:56 UTC'
    """
    zone = moment[19:].replace("+00:00", "")
    return f"{moment[:10]} {moment[11:16]} UTC{zone}" if moment else "–"


def _about_times(scores: _Scores, lang: Language) -> dict[str, Any]:
    ran: dict[str, list[float]] = defaultdict(list)
    for row in scores.counting.values():
        if row["isolation"]:
            ran[row["isolation"]].append(float(row["seconds"]))
    times = [
        {
            "name": _in(_ISOLATION[name], lang),
            "count": len(seconds),
            "median": f"{np.median(seconds):.2f}",
            "longest": f"{max(seconds):.2f}",
            "total": f"{sum(seconds):.1f}",
        }
        for name, seconds in sorted(ran.items())
    ]
    return {"times": times, "unsafe": any(name != "sandbox" for name in ran)}


# --- pictures of the report ------------------------------------------------------------------------------------------


def _picture(drawing: Callable[..., Axes], caption: str, data: Any, lang: Language) -> Row:
    """Draw a chart in the style of the kit and return it for a page, with its sentence."""
    from PIL import Image

    from crmlab.core.charts import Chart, Easel, Margins

    chart: Chart[Any] = Chart(drawing, lambda *_: caption, (7.2, 3.4), Margins(left=0.5, top=0.75))
    easel = Easel(chart)
    file = io.BytesIO()
    pixels = Image.fromarray(easel.draw(data, lang)).convert("RGB")
    pixels.quantize(_COLOURS).save(file, "PNG", optimize=True)
    png = base64.b64encode(file.getvalue()).decode("ascii")
    return {"png": png, "caption": caption, "width": easel.width, "height": easel.height}


def _say_histogram(points: Sequence[float], most: float, lang: Language) -> str:
    mean, middle = _rounded(float(np.mean(points))), _rounded(float(np.median(points)))
    return _in(
        Text(
            en=f"Of the students who handed in, those whose file could be graded ({len(points)}) have {mean} of "
            f"{_points(most)} points on average; the median is {middle}.",
            zh=f"已交且能批改的学生共 {len(points)} 名，满分 {_points(most)} 分：平均 {mean} 分，中位数 {middle} 分。",
        ),
        lang,
    )


def _bars(ax: Axes, heights: Sequence[float], said: Sequence[str], names: Sequence[str], top: float) -> None:
    """Draw bars with words on them and names below; their heights need no axis then."""
    from crmlab.core.charts import SERIES

    places = range(len(heights))
    ax.bar(places, heights, width=0.8, color=SERIES[0])
    for place, height, words in zip(places, heights, said, strict=True):
        ax.text(place, height, words, ha="center", va="bottom")
    ax.set_xticks(list(places), names)
    ax.set_ylim(0, top)
    ax.set_yticks([])


def _draw_histogram(bins: Sequence[Row], lang: Language, ax: Axes) -> Axes:
    from crmlab.core.charts import axis_titles, headline

    most = max(bins, key=lambda one: one["count"])
    said = [str(one["count"]) if one["count"] else "" for one in bins]
    _bars(ax, [one["count"] for one in bins], said, [one["label"] for one in bins], 1.12 * most["count"])
    say = _said(lang)
    axis_titles(ax, x=say("Points", "得分"), y=say("Students", "人数"))
    headline(
        ax,
        say(
            f"The largest group, {most['count']} of {sum(one['count'] for one in bins)}, has {most['label']} points",
            f"{most['label']} 分的学生最多：{sum(one['count'] for one in bins)} 人中有 {most['count']} 人",
        ),
    )
    return ax


def _say_difficulty(rows: Sequence[Row], lang: Language) -> str:
    hard = min(rows, key=lambda row: row["difficulty"])
    easy = max(rows, key=lambda row: row["difficulty"])
    low, high = _percent(hard["difficulty"]), _percent(easy["difficulty"])
    return _in(
        Text(
            en=f"Item {_number(hard['item'])} is the hardest with {low} of its points on average, "
            f"item {_number(easy['item'])} the easiest with {high}.",
            zh=f"第 {_number(hard['item'])} 题最难，平均得分率 {low}；第 {_number(easy['item'])} 题最容易，{high}。",
        ),
        lang,
    )


def _draw_difficulty(rows: Sequence[Row], lang: Language, ax: Axes) -> Axes:
    from crmlab.core.charts import axis_titles, headline

    shares = [row["difficulty"] for row in rows]
    _bars(ax, shares, [_percent(share) for share in shares], [_number(row["item"]) for row in rows], 1.1)
    say = _said(lang)
    axis_titles(ax, x=say("Item", "题"), y=say("Mean share of points", "平均得分率"))
    hard = min(rows, key=lambda row: row["difficulty"])
    headline(ax, say(f"Item {_number(hard['item'])} costs the most points", f"第 {_number(hard['item'])} 题失分最多"))
    return ax


# --- feedback --------------------------------------------------------------------------------------------------------


def feedback(
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    student: Student,
    numbers: Mapping[str, Params],
    *,
    keep: Keep = "latest",
    lang: Language = "en",
) -> bytes | None:
    """Return one student's feedback as an HTML page, in the student's language; None if nothing was handed in.

    It says what each part earned and what to think about; it holds no answer, no check and nothing about others.

    Parameters
    ----------
    numbers
        Item id -> the student's own parameters.
    lang
        Where neither the roster nor the notebook says which language. The roster comes first: it is what the
        instructor said, and can correct.
    """
    scores = _scores(book, set_name, roster, keep)
    return _feedback(scores, student, numbers, scores.language(student, lang))


def write_feedback(
    folder: Path,
    book: Gradebook,
    set_name: str,
    roster: Sequence[Student],
    *,
    keep: Keep = "latest",
    lang: Language = "en",
    numbers: Numbers | None = None,
) -> list[Path]:
    """Write one page per student who handed in, into ``reports/feedback/<set>``; return the files.

    Raises
    ------
    ClassError
        The class folder cannot be read.
    """
    scores = _scores(book, set_name, roster, keep)
    own = numbers or class_numbers(folder, set_name, (one.id for one in scores.marked))
    files = []
    for one in roster:
        page = _feedback(scores, one, own.get(one.id, {}), scores.language(one, lang))
        if page is not None:
            files.append(folder / REPORTS / FEEDBACK / set_name / f"{one.id}.html")
            write_whole(files[-1], page)
    return files


def _feedback(scores: _Scores, student: Student, numbers: Mapping[str, Params], lang: Language) -> bytes | None:
    submission = scores.counting.get(student.id)
    points = [scores.points(student.id, item.id) for item in scores.items]
    earned = [value for value in points if not math.isnan(value)]
    if not earned:
        return None
    say = _said(lang)
    notes = []
    if submission is None:
        notes.append(say("Nothing was handed in.", "没有收到你的提交。"))
    elif submission["status"] != "ok":
        notes.append(_not_whole(submission, lang))
    checked_items = scores.rows.get(student.id, {})
    shown = [item for item in scores.items if checked_items or (student.id, item.id) in scores.overrides]
    return _page(
        "feedback.html",
        lang,
        set_title(scores.set_name, lang),
        student=student,
        points=_points(sum(earned)),
        max_points=_points(scores.max_points),
        late=bool(submission["late"]) if submission else False,
        notes=notes,
        items=[_item_feedback(scores, student.id, item, numbers.get(item.id), lang) for item in shown],
        ideas=_ideas(scores, student.id, lang) if checked_items else [],
        chapter=scores.set_name.partition("_")[0],
    )


def set_title(set_name: str, lang: Language) -> str:
    """Return a set's title as its notebook has it."""
    cell = template(set_name, lang)["cells"][0]
    return "".join(cell["source"]).splitlines()[0].lstrip("# ")


def _item_feedback(scores: _Scores, student: str, item: Item, params: Params | None, lang: Language) -> Row:
    mine = scores.rows.get(student, {})
    whole = mine.get((item.id, ""), {})
    again = _checked_again(item, whole, params)
    rows = []
    for name, part in _leaves(item) if mine else []:
        row = mine.get((item.id, name), {"status": "empty", "trap": "", "points": 0.0})
        found = again.parts.get(name, again) if name and again is not None else again
        rows.append(
            {
                "part": name,
                "status": _in(_STATUS.get(scores.status(student, item.id, name), _STATUS["wrong"]), lang),
                "points": _points(float(row["points"])),
                "max_points": _points(float(part.points)),
                "hint": _marked_up(_in(_think(item, part, row, found, params), lang)),
            }
        )
    by_hand = scores.overrides.get((student, item.id))
    note = str(whole.get("note", ""))
    return {
        "number": _number(item.id),
        "points": _points(scores.points(student, item.id)),
        "max_points": _points(item.points),
        "has_parts": isinstance(item, PartsItem),
        "rows": rows,
        "override": str(by_hand["reason"]) if by_hand else "",
        "follow_through": bool(whole.get("follow_through", False)),
        "note": _in(_STOPPED.get(note) or _without_cell(Text(en=note, zh=note)), lang),
    }


def _checked_again(item: Item, whole: Row, params: Params | None) -> Feedback | None:
    """Check the kept answer once more for its sentences; None where it would not be the student's own alone.

    After follow-through the kept answer was computed from a reference, and a sentence that quotes it would tell that.
    """
    if not whole or params is None or whole["follow_through"]:
        return None
    value = _decoded(str(whole["answer"]))
    return None if value is ... else checked(item, value, params)


def _think(item: Item, part: Item, row: Row, found: Feedback | None, params: Params | None) -> Text:
    """Return what a student should think about: what the check said, else the trap's hint, else the item's."""
    status, trap = row["status"], row["trap"]
    if status in ("right", "empty", "noted"):
        return Text(en="", zh="")
    if status == "type":
        said = sentences(row["said"])
        return said[0] if said else _NO_SUCH_FUNCTION if isinstance(part, FunctionItem) else _NOT_OF_THE_KIND
    if found is not None and found.status == status and (found.trap or "") == trap and not found.parts:
        return found.message
    if params is None:
        return _THINK_AGAIN
    hint = _hint(part, trap, params) if trap else None
    if hint is None:
        hint = (part.hint if part.hint.en else item.hint).format(**params)
    return hint if hint.en else _THINK_AGAIN


def _ideas(scores: _Scores, student: str, lang: Language) -> list[str]:
    """Name the ideas that a student should look at again, the weakest first."""
    names = concept_names(scores.set_name)
    shares = {concept: _concept_share(scores, [student], items) for concept, items in _items_by_concept(scores).items()}
    weak = sorted((share, concept) for concept, share in shares.items() if share < 1 - 1e-9)
    return list(dict.fromkeys(_in(names[concept], lang) for _, concept in weak))
