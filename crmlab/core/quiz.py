"""What a student types in a notebook: questions with their own numbers, checks, prediction cards, progress."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmlab.core import checks, course
from crmlab.core.answers import Answers, Attempt, Record, answers, by_nbgrader, plain
from crmlab.core.checks import ChoiceItem, Feedback, Item, NumberItem, Params
from crmlab.core.text import Text, say

if TYPE_CHECKING:
    import pandas as pd

    from crmlab.core.card import Card

_MOST_ROWS, _MOST_COLUMNS = 20, 7  # what fits beside a laptop's file list
_REDRAWS = 20  # a draw may give the same numbers again
_SOLUTION_AFTER = 2  # distinct wrong attempts (Aleven et al. 2006)


def _markdown(table: pd.DataFrame, *, index: bool) -> str:
    from pandas.api.types import is_numeric_dtype

    align = ["left"] * index + ["right" if is_numeric_dtype(kind) else "left" for kind in table.dtypes]
    short = table.map(lambda cell: f"{round(cell, 4):.10g}" if isinstance(cell, float) else cell)
    return str(short.to_markdown(index=index, disable_numparse=True, colalign=align))


class Question:
    """One item with one student's numbers; shows itself as the question and its table."""

    def __init__(self, item: Item, params: Params, note: Text | None = None) -> None:
        self.item = item
        self.params = params
        self.note = note  # what is wrong with the numbers, if anything is

    @property
    def table(self) -> pd.DataFrame:
        """The table that belongs to the question.

        Raises
        ------
        ValueError
            The item has no table.
        """
        if self.item.exhibit is None:
            raise ValueError(f"item {self.item.id!r} has no table; its numbers are in .params")
        table: pd.DataFrame = self.item.exhibit(self.params)
        return table

    @property
    def markdown(self) -> str:
        """The question in words, with the first rows of its table; a wide table with few rows is shown on its side."""
        text = str(self.item.question(self.params))
        if self.note is not None:
            text = f"{self.note}\n\n{text}"
        if self.item.exhibit is None:
            return text
        shown = self.table.head(_MOST_ROWS)
        wide = len(shown.columns) > _MOST_COLUMNS and len(shown) < len(shown.columns)
        return f"{text}\n\n{_markdown(shown.T if wide else shown, index=True)}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": self.markdown, "text/markdown": self.markdown}


def student(student_id: str | None = None, *, numbers: Mapping[str, Params] | None = None) -> str:
    """Set or show whose numbers the items use; the empty id gives the published example.

    Parameters
    ----------
    student_id
        The id as text; None only shows the one that is set.
    numbers
        The student's numbers by item id, as they stand in the notebook that a class hands out. Graded items use them
        until another student is set. Numbers that cannot be used are named in one printed sentence.

    Returns
    -------
    The id that is set; where nbgrader grades, always the empty one.

    Raises
    ------
    ValueError
        The id is not text, or there are numbers and no id.
    """
    if student_id is None and numbers is None:
        return _owner()
    if not isinstance(student_id, str):
        raise ValueError(f"student got {student_id!r}; give the id as text in quotes, for example student('2026001')")
    kept, odd = _sorted_out(numbers)
    answers().enrol(student_id.strip(), kept)
    if odd:
        print(_ODD_NUMBERS.format(which=", ".join(odd)))
    return _owner()


def _owner() -> str:
    """Whose numbers graded items use; nbgrader has one release for all students, with the published numbers."""
    return "" if by_nbgrader() else answers().student


_ODD_NUMBERS = Text(
    en="The numbers in student() are damaged or belong to another edition of the course ({which}): take a fresh copy "
    "of the notebook that your instructor gave you.",
    zh="student() 里的数字已损坏，或属于本课程的其他版本（{which}）：请重新取用老师发给你的笔记本。",
)
_NOT_YOURS = Text(
    en="Your own numbers for this item are damaged or belong to another edition of the course, so these are not yours: "
    "take a fresh copy of the notebook that your instructor gave you.",
    zh="这道题的个人数字已损坏，或属于本课程的其他版本；现在的数字不是你的：请重新取用老师发给你的笔记本。",
)
_PUBLISHED = Text(
    en='Under nbgrader the published numbers count, not those of a student id: write `student("")`, run the notebook '
    "again and answer with the numbers it shows then.",
    zh='在 nbgrader 中以公开的示例数字为准，不用学号的数字：请写 `student("")`，重新运行笔记本，按看到的数字作答。',
)


def _sorted_out(numbers: Any) -> tuple[dict[str, Params], list[str]]:
    """Return the numbers of graded items, those that cannot be used emptied, and the names of what cannot be used."""
    if numbers is None:
        return {}, []
    if not isinstance(numbers, Mapping):
        return {}, ["numbers"]
    kept: dict[str, Params] = {}
    odd = []
    for item_id, given in numbers.items():
        try:
            found = checks.find(item_id)
        except ValueError:
            odd.append(str(item_id)[:40])
            continue
        if found.graded:
            kept[found.id] = _own(found, given) or {}
            if _own(found, given) is None:
                odd.append(found.id)
    return kept, odd


def _own(item: Item, given: Any) -> Params | None:
    """Return an item's own values for the given ones, which JSON may have changed; None if they cannot be drawn."""
    if not isinstance(given, Mapping):
        return None
    drawable = [item.choices] + ([{name: (value,) for name, value in item.example.items()}] if item.example else [])
    for possible in drawable:
        if possible.keys() == given.keys():
            own = {name: [one for one in possible[name] if plain(one) == plain(given[name])] for name in possible}
            if all(own.values()):
                drawn = {name: values[0] for name, values in own.items()}
                return None if possible is item.choices and item.reject and item.reject(drawn) else drawn
    return None


def _params(item: Item, record: Record) -> tuple[Params, Text | None]:
    """Return the numbers an item uses, and what is wrong with them."""
    if item.graded and by_nbgrader():
        return item.params(), _PUBLISHED if answers().student else None
    given = answers().numbers.get(item.id) if item.graded else None
    own = None if given is None else _own(item, given)
    if own is not None:
        return own, None
    return item.params(answers().student, draw=record["draw"]), None if given is None else _NOT_YOURS


def item(item_id: str) -> Question:
    """Return a question with this student's numbers: it shows itself, ``.params`` and ``.table`` hold the numbers.

    Raises
    ------
    ValueError
        There is no such item; the message lists those of the chapter.
    """
    found = checks.find(item_id)
    params, note = _params(found, answers().record(item_id))
    found.solve(params)  # what this imports and keeps, the check need not wait for
    return Question(found, params, note)


def new_numbers(item_id: str) -> Question:
    """Draw new numbers for a practice item and show the question again.

    Raises
    ------
    ValueError
        The item is graded, or there is no such item.
    """
    if checks.find(item_id).graded:
        raise ValueError(f"{item_id!r} is graded: its numbers are yours and stay; practice items (-p) give new ones")
    before = item(item_id)
    for _ in range(_REDRAWS):
        answers().renew(item_id)
        drawn = item(item_id)
        if drawn.params != before.params:
            break
    return drawn


class NoPointsError(Exception):
    """A graded answer without points, where nbgrader grades; a notebook shows its sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class _Points(Feedback):
    """Feedback as nbgrader reads it: the plain text is the points, and the words stand beside it."""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": str(self.points), "text/markdown": str(self)}


def check(item_id: str, answer: Any = ...) -> Feedback:
    """Say whether an answer is right; if not, which misconception leads to it. The attempt is kept.

    The worked solution of a practice item opens after two different wrong attempts; a graded item keeps its own.

    Raises
    ------
    NoPointsError
        nbgrader runs the notebook, and the answer to a graded item earns nothing. Where it earns something, nbgrader
        reads the points from the cell's output.
    """
    found = checks.find(item_id)
    if not (found.graded and by_nbgrader()):
        return _checked(found, answer)
    with contextlib.redirect_stderr(io.StringIO()):  # to nbgrader, a warning in a check is a failed check
        feedback = _checked(found, answer)
    if not feedback.points:
        raise NoPointsError(feedback)
    return _Points(feedback.status, feedback.message, feedback.trap, feedback.points, feedback.parts)


def _checked(found: Item, answer: Any) -> Feedback:
    store = answers()
    params, note = _params(found, store.record(found.id))
    feedback = found.check(answer, params)
    if feedback.status == "empty" and not feedback.parts:
        return feedback
    record = store.add(found.id, answer, feedback)
    tries = [a for a in record["attempts"] if a["draw"] == record["draw"] and a["status"] in ("wrong", "trap")]
    message = feedback.message
    if feedback.status == "right":
        message = _joined(message, found.explain(params))
    elif feedback.status != "type" and not found.graded and _distinct(tries) >= _SOLUTION_AFTER:
        message = _joined(message, _SOLUTION, found.explain(params))
    if note is not None:
        message = _joined(message, note)
    if store.trouble:
        message = _joined(message, store.trouble)
        store.trouble = None
    return Feedback(feedback.status, message, feedback.trap, feedback.points, feedback.parts)


def _distinct(tries: list[Attempt]) -> int:
    """Count different answers; 12 and 12.0 are one."""
    return len({a["answer"] if isinstance(a["answer"], (int, float)) else repr(a["answer"]) for a in tries})


_SOLUTION = Text(en="\n\n**Worked solution.**", zh="\n\n**解答。** ")


def _joined(*texts: Text) -> Text:
    return Text(en=" ".join(text.en for text in texts).strip(), zh="".join(text.zh for text in texts).strip())


def predict(item_id: str) -> Card:
    """Show a prediction card: pick, commit, run the next cell, then compare.

    Raises
    ------
    ValueError
        There is no such item, or it is not a choice or a number.
    """
    return _card(item_id, commit_first=True)


def recall(slug: str) -> Card:
    """Show the three warm-up questions of a chapter, one after the other, each with feedback at once.

    Raises
    ------
    ValueError
        There is no such chapter.
    """
    return _card(*(one.id for one in checks.items(slug) if "-w" in one.id), commit_first=False)


def practise(slug: str, *numbers: int) -> Card:
    """Show some practice items of a chapter as cards, each with feedback at once: ``practise("start", 2, 3)``.

    Raises
    ------
    ValueError
        There is no such item, or it is not a choice or a number.
    """
    return _card(*(f"{slug}-p{number}" for number in numbers), commit_first=False)


def _card(*item_ids: str, commit_first: bool) -> Card:
    from crmlab.core.card import Card

    for item_id in item_ids:
        if not isinstance(checks.find(item_id), (ChoiceItem, NumberItem)):
            raise ValueError(f"{item_id!r} is a {checks.find(item_id).kind} item; a card shows choices and numbers")
    return Card([_Asked(item_id) for item_id in item_ids], commit_first=commit_first)


class _Asked:
    """What a card needs of one item: its words, the earlier answer, and the check."""

    def __init__(self, item_id: str) -> None:
        self.question = item(item_id)
        self.item = self.question.item
        record = answers().record(item_id)
        tries = [
            a for a in record["attempts"] if a["draw"] == record["draw"] and a["status"] in ("right", "wrong", "trap")
        ]
        self.earlier: Any = tries[-1]["answer"] if tries else None

    def check(self, answer: Any) -> Feedback:
        return check(self.item.id, answer)

    def renew(self) -> None:
        self.question = new_numbers(self.item.id)
        self.earlier = None


class Progress:
    """The map of chapters with what this learner has done; shows itself as a table with links."""

    def __init__(self, table: pd.DataFrame, notes: Sequence[str]) -> None:
        self.table = table
        self.notes = notes

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        text = "\n\n".join([_markdown(self.table, index=False), *self.notes])
        return {"text/plain": text, "text/markdown": text}


def done(slug: str, store: Answers) -> tuple[int, int]:
    """Return how many items of a chapter were answered right at least once, and how many there are."""
    ids = [one.id for one in checks.items(slug)]
    return sum(any(a["status"] in ("right", "noted") for a in store.record(one)["attempts"]) for one in ids), len(ids)


def _bar(right: int, total: int) -> str:
    """Draw progress as at most ten circles; the last is filled only when all is done."""
    circles = min(total, 10)
    filled = right * circles // total
    return f"{'●' * filled}{'○' * (circles - filled)} {right}/{total}"


def progress() -> Progress:
    """Return the map of chapters with this learner's progress and where the work is kept."""
    import pandas as pd

    rows = []
    for chapter in course.chapters():
        right, total = done(chapter.slug, answers()) if chapter.ready else (0, 0)
        rows.append(
            {
                say(en="chapter", zh="章"): chapter.label,
                say(en="title", zh="标题"): f"[{chapter.title}]({chapter.file})"
                if chapter.ready
                else str(chapter.title),
                say(en="done", zh="完成"): (
                    _bar(right, total) if chapter.ready else say(en="in preparation", zh="编写中")
                ),
            }
        )
    return Progress(pd.DataFrame(rows), course.notes(Path.cwd()))
