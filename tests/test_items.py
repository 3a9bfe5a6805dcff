"""What every item of every chapter must do, for a thousand students.

A trap never falls on the truth, the truth may be rounded as asked, every wrong option names its misconception, both
languages say the same, and nothing a student can hand in stops the check.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from crmlab.core import checks
from crmlab.core.checks import (
    ChoiceItem,
    Feedback,
    FunctionItem,
    Item,
    MappingItem,
    NumberItem,
    OrderItem,
    Params,
    PartsItem,
    SetItem,
    TextItem,
)
from crmlab.core.course import chapters
from crmlab.core.data import course_root
from crmlab.core.text import LANGUAGES, Text, use_language

STUDENTS = 1000
GRADED_POINTS = 20  # of each chapter's set


def _items() -> dict[str, Item]:
    found: list[Item] = []
    for chapter in chapters():
        try:
            found += checks.items(chapter.slug)
        except ValueError:
            continue  # in preparation
    by_id = {item.id: item for item in found}
    assert len(by_id) == len(found), [name for name, times in Counter(item.id for item in found).items() if times > 1]
    return by_id


ITEMS = _items()
GRADED = [name for name, item in ITEMS.items() if item.graded]
CONCEPTS = course_root().parent / "shared" / "concepts.csv"

every_item = pytest.mark.parametrize("item_id", ITEMS)
every_graded_item = pytest.mark.parametrize("item_id", GRADED)


def pieces(item: Item) -> dict[str, Item]:
    """The parts of an item, or the item itself."""
    return dict(item.parts) if isinstance(item, PartsItem) else {"": item}


@cache
def draws(item_id: str) -> list[Params]:
    """The numbers of a thousand students, each set of numbers once, the published example among them."""
    item = ITEMS[item_id]
    drawn = [item.params()] + [item.params(f"2026{number:04d}", salt="spring") for number in range(STUDENTS)]
    return list({json.dumps(params, sort_keys=True): params for params in drawn}.values())


@dataclass(frozen=True)
class Case:
    """One student's numbers, one part of the item, its true answer, and what each trap gives."""

    params: Params
    name: str
    part: Item
    truth: Any
    wrong: list[Any]


@cache
def cases(item_id: str) -> list[Case]:
    """Every part of the item for every student; free text has no true answer."""
    return [
        Case(params, name, part, part.target(part.solve(params), params), [trap.wrong(params) for trap in part.traps])
        for params in draws(item_id)
        for name, part in pieces(ITEMS[item_id]).items()
        if not isinstance(part, TextItem)
    ]


def some_cases(item_id: str, students: int) -> list[Case]:
    """The cases of the first so many students."""
    return cases(item_id)[: students * len(pieces(ITEMS[item_id]))]


# --- a thousand students ---------------------------------------------------------------------------------------------


@every_item
def test_numbers_lie_in_the_stated_lists(item_id: str) -> None:
    item = ITEMS[item_id]
    for params in draws(item_id):
        assert params.keys() == item.choices.keys()
        assert all(params[name] in values for name, values in item.choices.items()), params
        assert json.loads(json.dumps(params)) == params


@every_item
def test_the_published_example_is_what_the_empty_id_gets(item_id: str) -> None:
    item = ITEMS[item_id]
    if item.choices:
        assert item.example.keys() == item.choices.keys()
        assert item.params() == item.example
        assert item.reject is None or not item.reject(item.example)


@every_graded_item
def test_students_get_numbers_of_their_own(item_id: str) -> None:
    assert len(draws(item_id)) >= 40


@every_item
def test_no_trap_falls_on_the_truth(item_id: str) -> None:
    for case in cases(item_id):
        for trap, wrong in zip(case.part.traps, case.wrong, strict=True):
            falls = case.part.falls(case.truth, case.part.target(wrong, case.params))
            assert not falls, f"{case.name}: trap {trap.name} gives the truth {case.truth} for {case.params}"


@every_item
def test_the_truth_rounded_as_asked_is_right(item_id: str) -> None:
    for case in cases(item_id):
        if isinstance(case.part, NumberItem):
            assert math.isfinite(case.truth), case
            assert case.part.same(round(case.truth, case.part.decimals), case.truth), case


@every_item
def test_every_wrong_option_names_a_misconception(item_id: str) -> None:
    for case in cases(item_id):
        if isinstance(case.part, ChoiceItem):
            missing = case.part.options.keys() - {case.truth} - set(case.wrong)
            assert not missing, f"{case.name}: no trap for {missing}; {case.params}"


@every_item
def test_the_true_answer_earns_all_points(item_id: str) -> None:
    item = ITEMS[item_id]
    for params in draws(item_id)[:20]:
        if isinstance(item, TextItem):
            continue
        feedback = item.check(item.solve(params), params)
        assert feedback.status == "right" or "noted" in {part.status for part in feedback.parts.values()}, feedback
        assert feedback.points == item.points or feedback.status == "noted"


# --- traps and hints -------------------------------------------------------------------------------------------------


def _given(part: Item, wrong: Any) -> bool:
    """Whether a wrong model's value is an answer a student can give (not silent, not a part of a mapping)."""
    silent = wrong is None or wrong == {None} or (isinstance(wrong, float) and not math.isfinite(wrong))
    partial = isinstance(part, MappingItem) and set(wrong) != set(part.keys)
    return not (silent or partial)


def wrong_answers(item_id: str) -> Iterator[tuple[Case, Any]]:
    """Each trap's own value, and some that no wrong model gives, for some students."""
    for case in some_cases(item_id, 12):
        part, truth = case.part, case.truth
        yield from ((case, wrong) for wrong in case.wrong if _given(part, wrong))
        if isinstance(part, NumberItem):
            others = (truth * 1.37 + 3.1, truth * 100, -7.77 * truth - 1, 0.123456)
            yield from ((case, wrong) for wrong in others if not part.same(wrong, truth))


@every_item
def test_each_trap_is_named_when_its_value_is_handed_in(item_id: str) -> None:
    for case in some_cases(item_id, 50):
        for trap, wrong in zip(case.part.traps, case.wrong, strict=True):
            if _given(case.part, wrong):
                feedback = case.part.check(wrong, case.params)
                assert feedback.status == "trap", f"{case.name}: {trap.name} is not found for {case.params}"
                assert feedback.points == 0
                assert _both_languages(feedback.message), feedback


@every_item
def test_every_trap_shows_for_some_student(item_id: str) -> None:
    seen = {
        (case.name, trap.name)
        for case in cases(item_id)
        for trap, wrong in zip(case.part.traps, case.wrong, strict=True)
        if isinstance(case.part, MappingItem) or _given(case.part, wrong)
    }
    assert {(name, trap.name) for name, part in pieces(ITEMS[item_id]).items() for trap in part.traps} == seen


@every_graded_item
def test_graded_feedback_keeps_the_answer(item_id: str) -> None:
    item = ITEMS[item_id]
    for case, wrong in wrong_answers(item_id):
        feedback = case.part.check(wrong, case.params)
        assert feedback.status in ("trap", "wrong"), (case, wrong, feedback)
        whole = item.check({case.name: wrong} if case.name else wrong, case.params)
        for lang in LANGUAGES:
            use_language(lang)
            for shown in map(str, (feedback.message, whole.message, *(part.message for part in whole.parts.values()))):
                assert not _tells(case.part, case.truth, shown), f"{case.name}: {shown!r} tells {case.truth}"


def _tells(part: Item, truth: Any, shown: str) -> bool:
    """Whether a sentence holds the answer."""
    if isinstance(part, NumberItem):
        found = re.findall(r"-?\d[\d,]*(?:\.\d+)?", shown)
        return any(part.same(float(number.replace(",", "")), truth) for number in found)
    if isinstance(part, ChoiceItem):
        words = part.options[truth]
        return any(
            re.search(rf"(?<!\w){re.escape(said)}(?!\w)", shown, re.IGNORECASE) for said in (truth, words.en, words.zh)
        )
    if isinstance(part, OrderItem):
        return bool(re.search(r"\W+".join(map(re.escape, truth)), shown))
    if isinstance(part, SetItem):
        return all(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", shown) for label in truth)
    return False


# --- both languages --------------------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HAN_NUMBERS = "零一二三四五六七八九十"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _both_languages(text: Text) -> bool:
    """Whether both sides say something, each in its own language; labels such as ``A`` need no translation."""
    if not text.en.strip() or not text.zh.strip():
        return False
    if not re.search("[a-z]{2}", text.en):
        return not _HAN.search(text.en)
    # A term may stand beside its twin, so a few characters of the other language are no fault.
    return bool(_HAN.search(text.zh)) and len(_HAN.findall(text.en)) < len(text.en) / 10


def _texts(item: Item, params: Params) -> Iterator[tuple[str, Text]]:
    for name, part in pieces(item).items():
        yield f"{name} ask", part.question(params)
        yield f"{name} hint", part.hint.format(**params)
        for trap in part.traps:
            yield f"{name} trap {trap.name}", trap.hint.format(**params)
        for options in ("options", "labels", "keys"):
            for label, words in getattr(part, options, {}).items():
                yield f"{name} option {label}", words.format(**params)
        if isinstance(part, NumberItem):
            yield f"{name} unit", part.unit
        if isinstance(part, TextItem):
            yield f"{name} rubric", part.rubric
    yield "ask", item.question(params)
    if not isinstance(item, TextItem):
        yield "why", item.explain(params)


@every_item
def test_both_languages_say_something_and_the_same_numbers(item_id: str) -> None:
    for params in draws(item_id)[:10]:
        for place, text in _texts(ITEMS[item_id], params):
            if "option" in place:
                code = text.en == text.zh and place.endswith(f" option {text.en}")
                assert code or _both_languages(text), (place, text)
            else:
                assert _both_languages(text), (place, text)
                english, chinese = (set(_DIGITS.findall(side)) - {"1", "01"} for side in (text.en, text.zh))
                assert english - chinese <= {str(_HAN_NUMBERS.index(sign)) for sign in _HAN_NUMBERS if sign in text.zh}
                assert chinese - english <= {str(_NUMBERS.index(w)) for w in _NUMBERS if w in text.en.casefold()}


@every_item
def test_no_placeholder_is_left_open(item_id: str) -> None:
    for params in draws(item_id)[:3]:
        for place, text in _texts(ITEMS[item_id], params):
            assert not re.search(r"[{}]", text.en + text.zh), (place, text)


# --- identity --------------------------------------------------------------------------------------------------------


def test_ids_are_well_formed_and_graded_ones_count_from_1() -> None:
    for chapter in chapters():
        own = [name for name in ITEMS if name.rpartition("-")[0] == chapter.slug]
        assert all(re.fullmatch(rf"{chapter.slug}-[pqw]?[1-9]\d*", name) for name in own)
        graded = [name for name in own if ITEMS[name].graded]
        assert graded == [f"{chapter.slug}-{number}" for number in range(1, len(graded) + 1)]
    assert {name.rpartition("-")[0] for name in ITEMS} <= {chapter.slug for chapter in chapters()}


def test_every_graded_set_is_worth_the_same() -> None:
    points: Counter[str] = Counter()
    for name in GRADED:
        assert ITEMS[name].points > 0
        points[name.rpartition("-")[0]] += ITEMS[name].points  # type: ignore[assignment]
    assert set(points.values()) <= {GRADED_POINTS}


def test_parts_have_names_that_differ_beyond_case_and_no_ids() -> None:
    for item in ITEMS.values():
        if isinstance(item, PartsItem):
            assert len({name.casefold() for name in item.parts}) == len(item.parts)
            assert not any(part.id for part in item.parts.values())


@pytest.mark.skipif(not CONCEPTS.is_file(), reason="no ../shared/concepts.csv beside this checkout")
def test_concepts_are_those_of_the_course() -> None:
    with CONCEPTS.open(encoding="utf-8", newline="") as file:
        topic = {row["id"]: row["topic"][:2] for row in csv.DictReader(file)}  # a topic begins with its chapter
    label = {chapter.slug: chapter.number for chapter in chapters()}
    for item in ITEMS.values():
        assert set(item.concepts) <= topic.keys(), item.id
        if item.graded:
            assert item.concepts
            assert {topic[one] for one in item.concepts} == {label[item.id.rpartition("-")[0]]}, item.id


@every_item
def test_the_same_student_gets_the_same_numbers_and_the_same_answer(item_id: str) -> None:
    item = ITEMS[item_id]
    assert item.params("王小明", "spring", draw=1) == item.params("王小明", "spring", draw=1)
    for params in draws(item_id)[:3]:
        before = dict(params)
        if not isinstance(item, (TextItem, FunctionItem)):
            assert str(item.solve(params)) == str(item.solve(params))
        item.check(..., params)
        assert params == before


# --- odd answers -----------------------------------------------------------------------------------------------------


class Liar:
    """Says yes to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 12.0

    def __str__(self) -> str:
        return "difference"

    def __bool__(self) -> bool:
        return True


ODD: Mapping[str, Any] = {
    "ellipsis": ...,
    "None": None,
    "text": "text",
    "empty text": "",
    "number in quotes": "12.5",
    "NaN": float("nan"),
    "numpy NaN": np.float64("nan"),
    "True": True,
    "numpy True": np.True_,
    "infinity": float("inf"),
    "minus infinity": -math.inf,
    "Series": pd.Series([1.0, 2.0]),
    "one-row Series": pd.Series([12.0]),
    "DataFrame": pd.DataFrame({"a": [1]}),
    "empty DataFrame": pd.DataFrame(),
    "array": np.array([1, 2]),
    "array of no dimension": np.array(3.0),
    "list": [1, "a", None],
    "empty list": [],
    "nested list": [[1], [2]],
    "dict": {"a": 1},
    "dict of dots": {"a": ...},
    "empty dict": {},
    "set": {1, 2},
    "empty set": set(),
    "lambda": lambda *given: given,
    "function that stops": lambda *given: 1 / 0,
    "type": int,
    "liar": Liar(),
    "numpy single": np.float32(1e30),
    "huge integer": 10**400,
    "integer too long to print": 10**5000,
    "complex": 1 + 2j,
    "NA": pd.NA,
    "NaT": pd.NaT,
    "bytes": b"12",
    "range": range(3),
}


@every_item
@pytest.mark.parametrize("odd", ODD)
def test_odd_answers_get_a_sentence_and_never_points(item_id: str, odd: str) -> None:
    item = ITEMS[item_id]
    params = item.params()
    for name, part in pieces(item).items():
        _helpful(part.check(ODD[odd], params))
        if name:
            _helpful(item.check({name: ODD[odd]}, params))
            _helpful(item.check(ODD[odd], params))


def _helpful(feedback: Feedback) -> None:
    assert feedback.status in ("empty", "type", "wrong", "trap"), feedback
    assert feedback.points == 0
    assert feedback.message.en and feedback.message.zh
    assert str(feedback)


@every_item
def test_numbers_of_every_python_and_numpy_kind_are_read(item_id: str) -> None:
    for case in some_cases(item_id, 3):
        part, truth = case.part, case.truth
        if isinstance(part, NumberItem):
            for given in (truth, np.float64(truth), np.float32(truth)):
                assert part.check(given, case.params).status == "right", (case, given)
            if float(truth).is_integer():
                assert part.check(int(truth), case.params).status == "right"
                assert part.check(np.int64(truth), case.params).status == "right"


# --- the published numbers -------------------------------------------------------------------------------------------


def test_published_flip_wage_80_and_3_hours_against_110_and_half_an_hour() -> None:
    item = ITEMS["delivered_value-3"]
    assert item.solve(item.params()) == 12


def test_flip_wages_are_easy_to_say() -> None:
    for case in cases("delivered_value-3"):
        assert (2 * case.truth).is_integer() and 5 <= case.truth <= 60


def test_published_tractor_of_kotler_and_keller() -> None:
    item = ITEMS["delivered_value-5"]
    assert item.solve(item.params()) == {"economic value": 110_000, "premium": 10_000, "value left": 10_000}


def test_published_pair_100_60_against_50_25_is_ranked_both_ways() -> None:
    item = ITEMS["delivered_value-2"]
    assert item.exhibit is not None
    table = item.exhibit(item.params())
    assert table.loc[["A", "B"]].to_numpy().tolist() == [[100, 60], [50, 25]]
    found = item.solve(item.params())
    assert (found["by difference"][0], found["by ratio"][0]) == ("A", "B")


def test_published_case_is_the_chapters_table() -> None:
    from crmlab import load

    item = ITEMS["delivered_value-1"]
    case = load("delivered_value_offers").set_index("supplier")
    assert item.exhibit is not None
    shown = item.exhibit(item.params())
    pd.testing.assert_frame_equal(shown, case[shown.columns], check_names=False)
    assert item.solve(item.params())["winner"] == "Granary"


def test_published_sample_is_the_chapters_choices() -> None:
    from crmlab import load

    item = ITEMS["delivered_value-6"]
    assert item.exhibit is not None
    pd.testing.assert_frame_equal(item.exhibit(item.params()), load("delivered_value_choices"), check_dtype=False)


def test_a_changed_exhibit_changes_no_answer() -> None:
    item = ITEMS["delivered_value-6"]
    params = item.params()
    before = item.solve(params)
    assert item.exhibit is not None
    table = item.exhibit(params)
    table["price"] = 0
    assert item.solve(params) == before
    assert (item.exhibit(params)["price"] > 0).all()
