"""Points for answers: checked outside the student's process, with the student's own numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crmlab.core.answers import plain
from crmlab.core.checks import Feedback, FigureItem, FunctionItem, Item, NumberItem, Params, PartsItem, TableItem
from crmlab.core.text import Text
from crmlab.grading.engine.pool import CellJob, Job, Outcome
from crmlab.grading.engine.values import MOST_KEYS, MOST_VALUES, Failed, Opaque, TooLarge
from crmlab.grading.gradebook import written
from crmlab.grading.notebooks import variable

_MOST_SIGNS = 2_000  # of an answer that is kept
_MOST_WORDS = 500  # of a sentence about one
_COUNTED = (NumberItem, TableItem, FunctionItem, FigureItem)
_ENDED = ("timeout", "died")


@dataclass(frozen=True)
class Mark:
    """What one item, or one part of it, earned.

    ``note`` says what stopped its cell; ``said``, as the gradebook keeps sentences, why it is no answer of the asked
    kind.
    """

    item: str
    part: str
    status: str
    trap: str
    points: float
    max_points: float
    follow_through: bool = False
    note: str = ""
    said: str = "[]"
    answer: str = ""


_TOO_LARGE = Text(
    en=f"Your answer ({{kind}}) is too large to be graded: it may hold {MOST_VALUES:,} values, and {MOST_KEYS:,} rows, "
    "keys or members.",
    zh=f"你的答案（{{kind}}）太大，无法评分：最多 {MOST_VALUES:,} 个值，行、键或元素最多 {MOST_KEYS:,} 个。",
)


def names(items: Sequence[Item], cells: Sequence[CellJob]) -> dict[str, str]:
    """Return the variable that each item is answered in: the asked one, or the one that its cell was found to set."""
    found = {cell.item: cell.name for cell in cells if cell.item and cell.name}
    return {item.id: found.get(item.id, variable(item.id)) for item in items}


def calls(items: Sequence[Item], numbers: Mapping[str, Params], cells: Sequence[CellJob]) -> dict[str, list[list[Any]]]:
    """Return the hidden inputs of functions by where each function is: ``answer_3``, ``answer_3.price`` for a part."""
    where = names(items, cells)
    return {
        key: [list(arguments) for arguments in function.inputs(numbers[item.id])]
        for item in items
        for key, function in _functions(item, where[item.id])
    }


def _functions(item: Item, name: str) -> Iterator[tuple[str, FunctionItem]]:
    parts = {f"{name}.{part}": one for part, one in item.parts.items()} if isinstance(item, PartsItem) else {name: item}
    for key, one in parts.items():
        if isinstance(one, FunctionItem):
            yield key, one


def mark(
    items: Sequence[Item], numbers: Mapping[str, Params], outcome: Outcome, cells: Sequence[CellJob]
) -> list[Mark]:
    """Check every item of a set against what a submission gave.

    Parameters
    ----------
    items
        Of the set.
    numbers
        Item id -> the student's own parameters.
    outcome
        What the engine brought back.
    cells
        What was run; a cell that was stopped lends its reason to its item.

    Returns
    -------
    One row per item with ``part`` empty, followed by one per part.
    """
    stopped = {cell.item: outcome.problems[cell.id] for cell in cells if cell.item and cell.id in outcome.problems}
    where = names(items, cells)
    marks: list[Mark] = []
    for item in items:
        given = outcome.answers.get(item.id, ...)
        found = checked(item, _played(item, given, outcome, where[item.id]), numbers[item.id])
        marks += rows_of(item, found, given, note=stopped.get(item.id, ""))
    return marks


def checked(item: Item, value: Any, params: Params) -> Feedback:
    """Check one answer; whatever a decoded value does, there is a feedback."""
    if isinstance(value, TooLarge):
        return Feedback("type", _TOO_LARGE.format(kind=type(value).__name__))
    try:
        return item.check(value, params)
    except Exception as error:  # the one bad answer, not the batch
        words = f"This answer could not be checked ({type(error).__name__})."
        return Feedback("type", Text(en=words, zh=f"这个答案无法检查（{type(error).__name__}）。"))


def _played(item: Item, given: Any, outcome: Outcome, name: str) -> Any:
    """Return an answer with functions that give again what they gave in the student's process."""
    if not isinstance(item, PartsItem):
        return _replay(outcome.calls[name]) if _was_called(given, name, outcome) else given
    if not isinstance(given, dict):
        return given
    keys = {part.casefold(): f"{name}.{part}" for part in item.parts}  # as the item reads them
    called = {one: keys.get(one.strip().casefold(), "") for one in given if isinstance(one, str)}
    return given | {
        one: _replay(outcome.calls[key]) for one, key in called.items() if _was_called(given[one], key, outcome)
    }


def _was_called(given: Any, key: str, outcome: Outcome) -> bool:
    return key in outcome.calls and isinstance(given, Opaque)  # a number that stands there is named as one


def _replay(replies: Sequence[Any]) -> Callable[..., Any]:
    """Return a function that gives the student's own results again, in the order in which it is asked."""
    left: Iterator[Any] = iter(replies)

    def answer(*_: Any) -> Any:
        reply = next(left)
        if isinstance(reply, Failed):  # the item names the error that the student's function stopped with
            raise type(reply.name, (Exception,), {})(reply.message)
        return reply

    return answer


def rows_of(item: Item, feedback: Feedback, value: Any, *, note: str = "", follow_through: bool = False) -> list[Mark]:
    """Return the rows of one checked item; ``value`` is the answer as it came."""
    kept = json.dumps(plain(value), ensure_ascii=False)[:_MOST_SIGNS] if value is not ... else ""
    rows = [
        Mark(
            item.id,
            "",
            feedback.status,
            feedback.trap or "",
            feedback.points,
            item.points,
            follow_through,
            note,
            _said(item, feedback, follow_through),
            kept,
        )
    ]
    if isinstance(item, PartsItem):
        for name, part in item.parts.items():
            one = feedback.parts.get(name)
            rows.append(
                Mark(
                    item.id,
                    name,
                    one.status if one else feedback.status,
                    (one.trap or "") if one else "",
                    one.points if one else 0.0,
                    part.points,
                    follow_through,
                    said=_said(part, one or feedback, follow_through),
                )
            )
    return rows


def _said(item: Item, found: Feedback, follow_through: bool) -> str:
    """Keep why this is not an answer of the asked kind, where that tells neither hidden inputs nor a reference."""
    if found.status != "type" or found.parts or follow_through or isinstance(item, FunctionItem):
        return written([])
    return written([Text(en=found.message.en[:_MOST_WORDS], zh=found.message.zh[:_MOST_WORDS])])


# --- follow-through --------------------------------------------------------------------------------------------------


def follow_up(
    job: Job,
    items: Sequence[Item],
    numbers: Mapping[str, Params],
    marks: Sequence[Mark],
    problems: Mapping[str, str],
) -> tuple[Job, set[str]] | None:
    """Return the job that runs a submission again with the reference where an earlier answer is wrong.

    A cell that was ended is not run again; where it was to answer, the reference stands in its place.

    Returns
    -------
    The job and the items that build on those answers and are not right themselves; None if there are none.
    """
    earned = {row.item: row for row in marks if not row.part}
    wrong = {name for name, row in earned.items() if row.points < row.max_points}
    after = {item.id: wrong & set(item.after) for item in items if item.id in wrong}
    waiting = {name for name, earlier in after.items() if earlier}
    if not waiting:
        return None
    given = set().union(*(after[name] for name in waiting))
    where = names(items, job.cells)
    reference = {where[item.id]: item.solve(numbers[item.id]) for item in items if item.id in given}
    cells = tuple(replace(cell, source="") if problems.get(cell.id) in _ENDED else cell for cell in job.cells)
    return replace(job, cells=cells, inject=reference), waiting


def followed(
    items: Sequence[Item],
    numbers: Mapping[str, Params],
    marks: Sequence[Mark],
    again: Outcome,
    waiting: set[str],
    cells: Sequence[CellJob],
) -> list[Mark]:
    """Return the marks with those that came out better with the reference before them.

    Only answers that are counted, not chosen, can gain: code that notices the reference could choose a second time.
    """
    by_id, where = {item.id: item for item in items}, names(items, cells)
    again_marks: dict[tuple[str, str], Mark] = {}
    for item in items:
        if item.id in waiting:
            given = again.answers.get(item.id, ...)
            found = checked(item, _played(item, given, again, where[item.id]), numbers[item.id])
            rows = rows_of(item, found, given, follow_through=True)
            again_marks |= {(row.item, row.part): row for row in rows}
    done: list[Mark] = []
    for row in marks:
        new, item = again_marks.get((row.item, row.part)), by_id[row.item]
        asked = item.parts[row.part] if isinstance(item, PartsItem) and row.part else item
        gains = new is not None and new.points > row.points and isinstance(asked, _COUNTED)
        done.append(replace(new, note=row.note) if new is not None and gains else row)
    return [_summed(row, done, by_id[row.item]) for row in done]


def _summed(row: Mark, rows: Sequence[Mark], item: Item) -> Mark:
    """Give an item in parts what its parts earned after the second run."""
    if row.part or not isinstance(item, PartsItem):
        return row
    parts = [one for one in rows if one.item == row.item and one.part]
    if not any(one.follow_through for one in parts):
        return row
    points = sum(one.points for one in parts)
    status = "right" if points >= row.max_points else row.status
    return replace(row, points=points, status=status, follow_through=True)
