"""Items, the wrong models behind typical wrong answers, and the feedback they earn.

An item draws its numbers from a student's id, computes its answer with the chapter's own model and knows a list of
traps: wrong models written as functions. The check tries the right answer first, then the nearest trap, so a student
reads a sentence about their own mistake and never a bare mark. Nothing here needs pandas, matplotlib or widgets.
"""

from __future__ import annotations

import hashlib
import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from crmlab.core.text import LANGUAGES, Text

Params = dict[str, Any]
Status = Literal["empty", "type", "right", "trap", "wrong", "noted"]

_REDRAWS = 100
_DIGITS = 0.005  # how close digits must be to count as the same in another unit


@dataclass(frozen=True)
class Trap:
    """A misconception as a wrong model: the answer it leads to, and the hint that names it."""

    name: str
    wrong: Callable[[Params], Any]
    hint: Text


#: What a number trap gives where the wrong way happens to lead to the right answer.
SILENT = float("nan")


def always(value: Any) -> Callable[[Params], Any]:
    """Return a model that gives the same value for every student; for options and labels.

    >>> always("north")({"price": 3})
    'north'
    """
    return lambda params: value


def key_of(params: Params) -> tuple[tuple[str, Any], ...]:
    """Return parameters in a form that a cache can hold.

    >>> dict(key_of({"price": 3}))
    {'price': 3}
    """
    return tuple(sorted(params.items()))


def shown(value: float) -> str:
    """Print a number with thousands marks and without needless zeros, for a worked solution.

    >>> shown(1234.5), shown(0.1 + 0.2)
    ('1,234.5', '0.3')
    """
    return f"{round(value, 6):,.10g}"


@dataclass(frozen=True)
class Feedback:
    """What a check found.

    ``status`` is ``empty`` (no answer yet), ``type`` (not an answer of the asked kind), ``right``, ``trap`` (a known
    misconception, named in ``trap``), ``wrong`` or ``noted`` (free text, read by a person).
    """

    status: Status
    message: Text
    trap: str | None = None
    points: float = 0.0
    parts: Mapping[str, Feedback] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{_MARKS[self.status]} {self.message}".rstrip()]
        lines += [f"- {name}: {part}" for name, part in self.parts.items()]
        return "\n".join(lines)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        return {"text/plain": str(self), "text/markdown": str(self)}


# Signs that every system's text fonts have; emoji are missing on many machines.
_MARKS: dict[Status, str] = {"empty": "○", "type": "✎", "right": "✓", "trap": "◆", "wrong": "✗", "noted": "✎"}
_RIGHT = Text(en="Right.", zh="答对了。")
_PARTS = Text(en="{right} of {all} parts are right.", zh="共 {all} 小题，答对 {right} 小题。")
_EMPTY = Text(
    en="No answer yet: replace the `...` and run this cell again.",
    zh="还没有答案：把 `...` 换成你的答案，再运行本单元格。",
)


class NotAnAnswerError(Exception):
    """What a student gave cannot be read as an answer of the asked kind; carries the sentence that says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


# What Python calls a type means nothing to a beginner; other types keep their name.
_KINDS: dict[type, Text] = {
    type(None): Text(en="empty value", zh="空值"),
    bool: Text(en="truth value", zh="真假值"),
    int: Text(en="number", zh="数"),
    float: Text(en="number", zh="数"),
    str: Text(en="text", zh="文字"),
    list: Text(en="list", zh="列表"),
    tuple: Text(en="row of values (decimals take a point, not a comma)", zh="一组值（小数请用小数点，不用逗号）"),
    dict: Text(en="dictionary", zh="字典"),
}


def _found(answer: Any) -> Text:
    """Name what was given, shortly enough for a sentence."""
    try:
        shown = repr(answer) if isinstance(answer, (str, bool, int, float, type(None))) else ""
    except ValueError:  # Python refuses to print integers of thousands of digits
        shown = ""
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    name = type(answer).__name__
    kind = _KINDS.get(type(answer), Text(en=name, zh=name))
    return Text(en=f"{kind.en} {shown}".strip(), zh=f"{kind.zh} {shown}".strip())


def _blank(answer: Any) -> bool:
    """Whether every place still holds ``...``."""
    if isinstance(answer, (dict, list, tuple)):
        return bool(answer) and all(_blank(one) for one in (answer.values() if isinstance(answer, dict) else answer))
    return answer is ...


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question with its own numbers for each student; the kinds below say what an answer looks like.

    Parameters
    ----------
    id
        ``<slug>-<n>`` for graded items, ``-p<n>`` practice, ``-q<n>`` predictions, ``-w<n>`` warm-ups. Parts have none.
    ask, hint, why
        The question, the hint for an unknown wrong answer, and the worked solution; ``{name}`` places are filled with
        the parameters, in ``why`` also ``{answer}``. ``why`` may be a function of the parameters.
    solve
        The answer, computed by the chapter's model from the parameters.
    choices, example, reject
        Teachable values per parameter, the published example (the empty student id), and a rule for degenerate draws.
    exhibit
        The table that belongs to the question, from the parameters.
    after
        Ids of earlier items whose answers this one goes on with: where such an answer is wrong, grading runs the
        student's cells again with the right one (follow-through).
    """

    id: str = ""
    ask: Text
    solve: Callable[[Params], Any]
    hint: Text
    why: Text | Callable[[Params], Text]
    traps: tuple[Trap, ...] = ()
    choices: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    example: Params = field(default_factory=dict)
    reject: Callable[[Params], bool] | None = None
    exhibit: Callable[[Params], Any] | None = None
    concepts: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    points: float = 1
    version: int = 1

    @property
    def kind(self) -> str:
        """The kind as one lower-case word, for the syllabus."""
        return type(self).__name__.removesuffix("Item").lower()

    @property
    def graded(self) -> bool:
        """Whether this item belongs to a graded set (``<slug>-<n>``)."""
        return self.id.rpartition("-")[2].isdigit()

    def params(self, student: str = "", salt: str = "", draw: int = 0) -> Params:
        """Return a student's numbers: the published example for the empty id, otherwise drawn by SHA-256.

        Each value is picked by the hash of salt, student id, item id, version, parameter name and draw number, joined
        by U+001F, so it can be derived again on any machine. Draws that ``reject`` refuses are skipped.
        """
        if not student and not draw and self.example:
            return dict(self.example)
        for number in range(draw * _REDRAWS, (draw + 1) * _REDRAWS):
            drawn = {
                name: _pick(values, (salt, student, self.id, str(self.version), name, str(number)))
                for name, values in self.choices.items()
            }
            if self.reject is None or not self.reject(drawn):
                return drawn
        raise ValueError(f"item {self.id!r} refused {_REDRAWS} draws in a row for student {student!r}; widen `choices`")

    def question(self, params: Params) -> Text:
        """Return the question with the numbers filled in."""
        return self.ask.format(**params)

    def explain(self, params: Params) -> Text:
        """Return the worked solution with the numbers filled in."""
        why = self.why(params) if callable(self.why) else self.why
        return why.format(**params, answer=self.solve(params))

    def check(self, answer: Any, params: Params) -> Feedback:
        """Compare an answer with the truth, then with each trap; never raises for anything a student can give."""
        if _blank(answer):
            return Feedback("empty", _EMPTY)
        try:
            value = self.read(answer, params)
        except NotAnAnswerError as problem:
            return Feedback("type", problem.message)
        if self.same(value, self.target(self.solve(params), params)):
            return Feedback("right", _RIGHT, points=self.points)
        fallen = [
            (self.distance(value, wrong), trap) for trap, wrong in self.pitfalls(params) if self.falls(value, wrong)
        ]
        if fallen:
            trap = min(fallen, key=lambda pair: pair[0])[1]
            return Feedback("trap", trap.hint.format(**params), trap=trap.name)
        return Feedback("wrong", self.hint.format(**params))

    def pitfalls(self, params: Params) -> list[tuple[Trap, Any]]:
        """Return each trap with the value that its wrong model gives."""
        return [(trap, self.target(trap.wrong(params), params)) for trap in self.traps]

    # What a kind decides: how to read an answer, what to compare, and when two answers are the same.

    def read(self, answer: Any, params: Params) -> Any:
        """Return the answer in the form that is compared, or raise :class:`NotAnAnswerError`."""
        return answer

    def target(self, solution: Any, params: Params) -> Any:
        """Return what ``solve`` or a wrong model gave, in the form that is compared."""
        return solution

    def same(self, value: Any, target: Any) -> bool:
        """Whether an answer counts as the target."""
        return bool(value == target)

    def falls(self, value: Any, wrong: Any) -> bool:
        """Whether an answer is what a wrong model gives."""
        return self.same(value, wrong)

    def distance(self, value: Any, wrong: Any) -> float:
        """How far an answer is from a trap it fell into; the nearest trap speaks."""
        return 0.0


def _pick(values: Sequence[Any], fields: tuple[str, ...]) -> Any:
    digest = hashlib.sha256("\x1f".join(fields).encode("utf-8")).digest()
    return values[int.from_bytes(digest[:8], "big") % len(values)]


def _number(answer: Any) -> float:
    """Read one finite number, or say what was given instead."""
    if isinstance(answer, numbers.Real) and not _is_span(answer) and not isinstance(answer, bool):
        try:
            number = float(answer)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
        raise NotAnAnswerError(
            Text(
                en=f"Your answer is {number}, which is not a finite number.",
                zh=f"你的答案是 {number}，不是有限的数。",
            )
        )
    raise NotAnAnswerError(
        Text(
            en=f"Give one number, for example 12.5; this is: {_found(answer).en}.",
            zh=f"请给出一个数，例如 12.5；现在的答案是 {_found(answer).zh}。",
        )
    )


def _is_span(answer: Any) -> bool:
    """Whether this is a span of time of numpy, which calls it a whole number."""
    return getattr(getattr(answer, "dtype", None), "kind", "") == "m"


def _close(value: float, target: float, rel_tol: float, abs_tol: float) -> bool:
    return abs(value - target) <= max(rel_tol * abs(target), abs_tol)


@dataclass(frozen=True, kw_only=True)
class NumberItem(Item):
    """One number. Right within ``rel_tol`` of the truth or ``abs_tol`` units, whichever is wider.

    A share given in percent, or the other way round, is recognised in every number item.
    """

    unit: Text
    decimals: int = 2
    rel_tol: float = 0.005
    abs_tol: float = 0.01

    def read(self, answer: Any, params: Params) -> float:
        return _number(answer)

    def same(self, value: float, target: float) -> bool:
        return _close(value, target, self.rel_tol, self.abs_tol)

    def distance(self, value: float, wrong: float) -> float:
        return abs(value - wrong)

    def check(self, answer: Any, params: Params) -> Feedback:
        feedback = super().check(answer, params)
        if feedback.status != "wrong":
            return feedback
        truth = self.solve(params)
        if any(_close(float(answer) * factor, truth, max(self.rel_tol, _DIGITS), 0) for factor in (100, 0.01)):
            return Feedback(
                "trap",
                Text(
                    en=f"The digits are right, the unit is not: answer in {self.unit.en}.",
                    zh=f"数字对了，单位不对：请以“{self.unit.zh}”作答。",
                ),
                trap="unit",
            )
        return feedback


def _label(answer: Any, options: Mapping[str, Text]) -> str:
    """Read an option given by its key or by its words in either language."""
    given = str(answer).strip().casefold() if isinstance(answer, str) else None
    for key, words in options.items():
        if given in {key.casefold(), words.en.casefold(), words.zh.casefold()}:
            return key
    allowed = {lang: ", ".join(f"'{key}'" for key in options) for lang in LANGUAGES}
    raise NotAnAnswerError(
        Text(
            en=f"This {_found(answer).en} is not one of the options; allowed are {allowed['en']}.",
            zh=f"{_found(answer).zh} 不在选项中；可选：{allowed['zh']}。",
        )
    )


def _labels(answer: Any, options: Mapping[str, Text]) -> list[str]:
    if isinstance(answer, (str, Mapping)) or not isinstance(answer, Iterable) or getattr(answer, "ndim", 1) == 0:
        raise NotAnAnswerError(
            Text(
                en=f"Give a list such as {list(options)[:2]}; this is: {_found(answer).en}.",
                zh=f"请给出一个列表，例如 {list(options)[:2]}；现在的答案是 {_found(answer).zh}。",
            )
        )
    return [_label(entry, options) for entry in answer]


@dataclass(frozen=True, kw_only=True)
class ChoiceItem(Item):
    """One of several options; every wrong option is a trap."""

    options: Mapping[str, Text]

    def read(self, answer: Any, params: Params) -> str:
        return _label(answer, self.options)


@dataclass(frozen=True, kw_only=True)
class OrderItem(Item):
    """All options, in order."""

    options: Mapping[str, Text]

    def read(self, answer: Any, params: Params) -> list[str]:
        order = _labels(answer, self.options)
        if sorted(order) != sorted(self.options):
            raise NotAnAnswerError(
                Text(
                    en=f"Name each of {list(self.options)} exactly once; yours is {order}.",
                    zh=f"{list(self.options)} 每项恰好出现一次；现在的答案是 {order}。",
                )
            )
        return order


@dataclass(frozen=True, kw_only=True)
class SetItem(Item):
    """Those of the options that belong, in any order."""

    options: Mapping[str, Text]

    def read(self, answer: Any, params: Params) -> set[str]:
        return set(_labels(answer, self.options))

    def target(self, solution: Any, params: Params) -> set[str]:
        return set(solution)


@dataclass(frozen=True, kw_only=True)
class MappingItem(Item):
    """A label for each key, given as a dictionary. A trap may name only the labels that give it away."""

    keys: Mapping[str, Text]
    labels: Mapping[str, Text]

    def read(self, answer: Any, params: Params) -> dict[str, str]:
        if not isinstance(answer, Mapping):
            raise NotAnAnswerError(
                Text(
                    en=f"Give a dictionary `{{key: label}}`; this is: {_found(answer).en}.",
                    zh=f"请给出字典 `{{键: 标签}}`；现在的答案是 {_found(answer).zh}。",
                )
            )
        given = {_label(key, self.keys): label for key, label in answer.items()}
        missing = [key for key in self.keys if given.get(key, ...) is ...]
        if missing:
            raise NotAnAnswerError(
                Text(en=f"No label yet for {', '.join(missing)}.", zh=f"还缺标签：{'、'.join(missing)}。")
            )
        return {key: _label(given[key], self.labels) for key in self.keys}

    def falls(self, value: dict[str, str], wrong: dict[str, str]) -> bool:
        return all(value[key] == label for key, label in wrong.items())


@dataclass(frozen=True, kw_only=True)
class TableItem(Item):
    """A pandas table; the columns of the solution are compared, rows matched by index."""

    rel_tol: float = 0.005
    abs_tol: float = 0.01

    def read(self, answer: Any, params: Params) -> Any:
        import pandas as pd

        if not isinstance(answer, pd.DataFrame):
            raise NotAnAnswerError(
                Text(
                    en=f"Give a table (DataFrame); this is: {_found(answer).en}.",
                    zh=f"请给出表格（DataFrame）；现在的答案是 {_found(answer).zh}。",
                )
            )
        wanted = self.solve(params)
        answer = answer.loc[:, ~answer.columns.duplicated()]
        missing = [str(name) for name in wanted.columns if name not in answer.columns]
        if missing:
            raise NotAnAnswerError(
                Text(
                    en=f"Missing column {', '.join(missing)}; it has {', '.join(map(str, answer.columns))}.",
                    zh=f"表格缺少列 {'、'.join(missing)}；现有列：{'、'.join(map(str, answer.columns))}。",
                )
            )
        if answer.index.has_duplicates or set(answer.index) != set(wanted.index):
            raise NotAnAnswerError(
                Text(
                    en=f"The rows should be {list(wanted.index)}, each once; yours are {list(answer.index)}.",
                    zh=f"行应为 {list(wanted.index)}，每行一次；现在是 {list(answer.index)}。",
                )
            )
        return answer.loc[wanted.index, wanted.columns]

    def same(self, value: Any, target: Any) -> bool:
        import numpy as np
        import pandas as pd

        for name in target.columns:
            column = value[name]
            if pd.api.types.is_numeric_dtype(target[name]):
                given = pd.to_numeric(column, errors="coerce").to_numpy(float)
                wanted = target[name].to_numpy(float)
                if not bool(np.all(np.abs(given - wanted) <= np.maximum(self.rel_tol * np.abs(wanted), self.abs_tol))):
                    return False
            elif [str(one) for one in column] != [str(one) for one in target[name]]:
                return False
        return True


@dataclass(frozen=True, kw_only=True)
class FunctionItem(Item):
    """A function, called on inputs the student does not see; ``solve`` and traps return functions, too."""

    inputs: Callable[[Params], Sequence[tuple[Any, ...]]]
    rel_tol: float = 0.005
    abs_tol: float = 0.01

    def read(self, answer: Any, params: Params) -> list[float]:
        if not callable(answer):
            raise NotAnAnswerError(
                Text(
                    en=f"Give a function; this is: {_found(answer).en}.",
                    zh=f"请给出函数；现在的答案是 {_found(answer).zh}。",
                )
            )
        results = []
        for arguments in self.inputs(params):
            try:
                results.append(_number(answer(*arguments)))
            except NotAnAnswerError as problem:
                raise NotAnAnswerError(
                    Text(
                        en=f"For the input {arguments} your function gives no number. {problem.message.en}",
                        zh=f"输入 {arguments} 时函数没有给出数。{problem.message.zh}",
                    )
                ) from None
            except Exception as error:
                raise NotAnAnswerError(
                    Text(
                        en=f"For the input {arguments} your function stops with {type(error).__name__}: {error}.",
                        zh=f"输入 {arguments} 时函数出错：{type(error).__name__}: {error}。",
                    )
                ) from None
        return results

    def target(self, solution: Any, params: Params) -> list[float]:
        return [float(solution(*arguments)) for arguments in self.inputs(params)]

    def same(self, value: list[float], target: list[float]) -> bool:
        return all(_close(one, other, self.rel_tol, self.abs_tol) for one, other in zip(value, target, strict=True))


@dataclass(frozen=True, kw_only=True)
class FigureItem(Item):
    """A matplotlib chart; ``look`` reads the numbers drawn on its axes, and these are compared, not pixels."""

    look: Callable[[Any], Sequence[float]]
    rel_tol: float = 0.005
    abs_tol: float = 0.01

    def read(self, answer: Any, params: Params) -> list[float]:
        if not hasattr(answer, "get_lines"):
            raise NotAnAnswerError(
                Text(
                    en=f"Give the axes of a chart; this is: {_found(answer).en}.",
                    zh=f"请给出图的坐标轴（axes）；现在的答案是 {_found(answer).zh}。",
                )
            )
        try:
            return [float(number) for number in self.look(answer)]
        except Exception as error:  # another chart than the asked one: look finds nothing where it looks
            raise NotAnAnswerError(
                Text(
                    en=f"This chart does not show what is asked ({type(error).__name__}).",
                    zh=f"这张图没有画出所要求的内容（{type(error).__name__}）。",
                )
            ) from None

    def same(self, value: list[float], target: Sequence[float]) -> bool:
        return len(value) == len(target) and all(
            _close(one, float(other), self.rel_tol, self.abs_tol) for one, other in zip(value, target, strict=True)
        )


@dataclass(frozen=True, kw_only=True)
class TextItem(Item):
    """Free text of at least ``min_words`` words (Chinese: two characters count as a word), read by a person."""

    min_words: int = 20
    rubric: Text = Text(en="", zh="")

    def read(self, answer: Any, params: Params) -> str:
        if not isinstance(answer, str):
            raise NotAnAnswerError(
                Text(
                    en=f"Write your answer as text in quotes; this is: {_found(answer).en}.",
                    zh=f"请用引号写一段文字；现在的答案是 {_found(answer).zh}。",
                )
            )
        han = sum("\u4e00" <= sign <= "\u9fff" for sign in answer)
        words = len("".join(" " if "\u4e00" <= sign <= "\u9fff" else sign for sign in answer).split()) + han // 2
        if words < self.min_words:
            raise NotAnAnswerError(
                Text(
                    en=f"Write at least {self.min_words} words; so far there are {words}.",
                    zh=f"至少写 {self.min_words * 2} 个字；现在约 {words * 2} 个字。",
                )
            )
        return answer

    def check(self, answer: Any, params: Params) -> Feedback:
        if _blank(answer):
            return Feedback("empty", _EMPTY)
        try:
            self.read(answer, params)
        except NotAnAnswerError as problem:
            return Feedback("type", problem.message)
        return Feedback("noted", Text(en="Noted. A person reads this one.", zh="已记录。这道题由老师批阅。"))


@dataclass(frozen=True, kw_only=True)
class PartsItem(Item):
    """Several named answers of any kind in one item, given as a dictionary; each part has its own points and traps."""

    parts: Mapping[str, Item]
    solve: Callable[[Params], Any] = field(init=False)
    hint: Text = field(init=False, default=Text(en="", zh=""))
    points: float = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "solve", lambda params: {name: part.solve(params) for name, part in self.parts.items()}
        )
        object.__setattr__(self, "points", sum(part.points for part in self.parts.values()))

    def check(self, answer: Any, params: Params) -> Feedback:
        if _blank(answer):
            return Feedback("empty", _EMPTY)
        names = {name: Text(en=name, zh=name) for name in self.parts}
        try:
            if not isinstance(answer, Mapping):
                raise NotAnAnswerError(
                    Text(
                        en=f"Give a dictionary with {', '.join(names)}; this is: {_found(answer).en}.",
                        zh=f"请给出字典，含 {'、'.join(names)}；现在的答案是 {_found(answer).zh}。",
                    )
                )
            given = {_label(name, names): value for name, value in answer.items()}
        except NotAnAnswerError as problem:
            return Feedback("type", problem.message)
        parts = {name: part.check(given.get(name, ...), params) for name, part in self.parts.items()}
        if all(part.status == "empty" for part in parts.values()):
            return Feedback("empty", _EMPTY)
        right = sum(part.status == "right" for part in parts.values())
        # What a student should look at first decides the status of the whole.
        order: tuple[Status, ...] = ("trap", "type", "wrong", "empty", "noted", "right")
        worst = min(parts.values(), key=lambda part: order.index(part.status))
        return Feedback(
            worst.status,
            _PARTS.format(right=right, all=len(parts)),
            trap=worst.trap,
            points=sum(part.points for part in parts.values()),
            parts=parts,
        )


def items(slug: str) -> tuple[Item, ...]:
    """Return all items of a chapter, graded and practice, in their order.

    Raises
    ------
    ValueError
        There is no such chapter.
    """
    try:
        module = import_module(f"crmlab.{slug}.items")
    except ModuleNotFoundError as error:
        if error.name and not f"crmlab.{slug}.items".startswith(error.name):
            raise
        raise ValueError(f"there is no chapter {slug!r} with items") from None
    found: tuple[Item, ...] = module.ITEMS
    return found


def find(item_id: str) -> Item:
    """Return the item with an id such as ``delivered_value-1``.

    Raises
    ------
    ValueError
        No chapter of that name, or no such item in it; the message lists the chapter's items.
    """
    known = items(str(item_id).rpartition("-")[0])
    for item in known:
        if item.id == item_id:
            return item
    raise ValueError(f"there is no item {item_id!r}; this chapter has {', '.join(item.id for item in known)}")
