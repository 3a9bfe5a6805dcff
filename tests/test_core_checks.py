"""Every kind of item: right, a known misconception, merely wrong, not an answer, no answer yet."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from crmlab.core import checks
from crmlab.core.checks import (
    ChoiceItem,
    FigureItem,
    FunctionItem,
    Item,
    MappingItem,
    NumberItem,
    OrderItem,
    Params,
    PartsItem,
    SetItem,
    TableItem,
    TextItem,
    Trap,
    always,
)
from crmlab.core.text import Text, use_language


def both(words: str) -> Text:
    return Text(en=words, zh=f"{words}（中）")


WORDS: dict[str, Any] = {"ask": both("How much?"), "hint": both("Think again."), "why": both("Because {answer}.")}
NAMES = {"north": Text(en="the north", zh="北方"), "south": Text(en="the south", zh="南方"), "east": both("the east")}


def trap(name: str, wrong: Any) -> Trap:
    return Trap(name, wrong if callable(wrong) else always(wrong), both(f"This is the {name} trap."))


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns, index=["a", "b"])


def axes(*heights: float) -> Any:
    ax = Figure().subplots()
    ax.plot(heights)
    return ax


number = NumberItem(**WORDS, unit=both("currency"), solve=always(12.0), traps=(trap("sum", 42.0), trap("sign", -12.0)))
choice = ChoiceItem(**WORDS, options=NAMES, solve=always("north"), traps=(trap("south", "south"), trap("east", "east")))
order = OrderItem(
    **WORDS,
    options=NAMES,
    solve=always(["north", "south", "east"]),
    traps=(trap("reversed", ["east", "south", "north"]),),
)
chosen = SetItem(**WORDS, options=NAMES, solve=always({"north", "east"}), traps=(trap("all", set(NAMES)),))
mapping = MappingItem(
    **WORDS,
    keys={"price": both("price"), "queue": both("queue")},
    labels={"money": both("money"), "time": both("time"), "effort": both("effort")},
    solve=always({"price": "money", "queue": "time"}),
    traps=(trap("queue-is-effort", {"queue": "effort"}), trap("swapped", {"price": "time", "queue": "money"})),
)
frame = TableItem(
    **WORDS,
    solve=always(table(total=[10.0, 20.0], rank=["first", "second"])),
    traps=(trap("doubled", table(total=[20.0, 40.0], rank=["first", "second"])),),
)
function = FunctionItem(
    **WORDS,
    inputs=always([(1,), (2,), (5,)]),
    solve=always(lambda x: 2 * x),
    traps=(trap("squared", always(lambda x: x * x)),),
)
figure = FigureItem(
    **WORDS,
    look=lambda ax: ax.get_lines()[0].get_ydata(),
    solve=always([1.0, 3.0]),
    traps=(trap("upside-down", [3.0, 1.0]),),
)
free = TextItem(**WORDS, min_words=5, solve=always(""))
parts = PartsItem(
    ask=both("Three things."),
    why=both("Because."),
    parts={"price": number, "winner": choice, "rest": mapping},
)


@dataclass(frozen=True)
class Case:
    """One kind with an answer of each sort; ``trapped`` maps trap names to answers."""

    item: Item
    right: tuple[Any, ...]
    trapped: Mapping[str, Any]
    wrong: tuple[Any, ...]
    type: tuple[Any, ...]


CASES = {
    "number": Case(
        number,
        right=(12, 12.0, 12.05, np.float64(12), np.int64(12), np.float32(12)),
        trapped={"sum": 42, "sign": -12, "unit": 1200, "unit ": 0.12},
        wrong=(0, 13, 1e9),
        type=(
            "12",
            None,
            True,
            np.True_,
            [12],
            math.nan,
            math.inf,
            10**400,
            10**5000,
            1j,
            pd.Series([12.0]),
            {"a": 12},
        ),
    ),
    "choice": Case(
        choice,
        right=("north", " NORTH ", "the north", "北方", np.str_("north")),
        trapped={"south": "南方", "east": "east"},
        wrong=(),
        type=("west", "", None, 0, True, ["north"], ("north",), 10**5000, b"north"),
    ),
    "order": Case(
        order,
        right=(["north", "south", "east"], ("北方", "南方", "east"), pd.Series(["north", "south", "east"])),
        trapped={"reversed": ["east", "south", "north"]},
        wrong=(["south", "north", "east"],),
        type=(
            ["north"],
            ["north", "north", "south"],
            "north",
            {"north": 1},
            3,
            np.array(3),
            ["north", ..., "east"],
            [],
        ),
    ),
    "set": Case(
        chosen,
        right=({"north", "east"}, ["east", "north", "east"], ("the east", "北方")),
        trapped={"all": ["north", "south", "east"]},
        wrong=({"north"}, set()),
        type=("north", {"west"}, None, {"north": 1}, np.array("north"), 1),
    ),
    "mapping": Case(
        mapping,
        right=({"price": "money", "queue": "time"}, {"PRICE": "Money", "queue（中）": "time（中）"}),
        trapped={
            "queue-is-effort": {"price": "money", "queue": "effort"},
            "swapped": {"price": "time", "queue": "money"},
        },
        wrong=({"price": "effort", "queue": "time"}, {"price": "time", "queue": "time"}),
        type=(
            {"price": "money"},
            {"price": "money", "queue": ...},
            {"price": "gold", "queue": "time"},
            ["money"],
            {},
            1,
        ),
    ),
    "table": Case(
        frame,
        right=(
            table(total=[10.02, 20.0], rank=["first", "second"]),
            table(total=[10, 20], rank=["first", "second"], more=[1, 2]),
            table(rank=["second", "first"], total=[20, 10]).set_axis(["b", "a"]),
            table(total=["10", "20"], rank=["first", "second"]),
        ),
        trapped={"doubled": table(total=[20.0, 40.0], rank=["first", "second"])},
        wrong=(
            table(total=[10.0, 21.0], rank=["first", "second"]),
            table(total=[10.0, math.nan], rank=["first", "second"]),
            table(total=[10.0, pd.NA], rank=["first", "second"]),
            table(total=["ten", "twenty"], rank=["first", "second"]),
            table(total=[10.0, 20.0], rank=[np.array([1, 2]), pd.NA]),
        ),
        type=(
            table(total=[10.0, 20.0]),
            table(total=[10.0, 20.0], rank=["first", "second"]).reset_index(),
            table(total=[10.0, 20.0], rank=["first", "second"]).set_axis(["a", "a"]),
            pd.DataFrame(),
            pd.Series([10.0, 20.0]),
            [[10, "first"]],
            None,
        ),
    ),
    "function": Case(
        function,
        right=(lambda x: x + x, lambda x: np.multiply(2.0, x)),
        trapped={"squared": lambda x: x**2},
        wrong=(lambda x: 2,),
        type=(12, lambda: 2, lambda x: "4", lambda x: 1 / 0, lambda x: None, "lambda x: 2 * x", lambda x: math.nan),
    ),
    "figure": Case(
        figure,
        right=(axes(1, 3),),
        trapped={"upside-down": axes(3, 1)},
        wrong=(axes(1, 2), axes(1, 3, 5)),
        type=(Figure().subplots(), Figure(), 3, "chart", type(axes())),
    ),
}


every_kind = pytest.mark.parametrize("kind", CASES)


@every_kind
def test_right(kind: str) -> None:
    for answer in CASES[kind].right:
        feedback = CASES[kind].item.check(answer, {})
        assert (feedback.status, feedback.trap, feedback.points) == ("right", None, 1), answer


@every_kind
def test_a_trap_names_itself_and_gives_no_points(kind: str) -> None:
    for name, answer in CASES[kind].trapped.items():
        feedback = CASES[kind].item.check(answer, {})
        assert (feedback.status, feedback.trap, feedback.points) == ("trap", name.strip(), 0), answer
        if name.strip() != "unit":
            assert feedback.message == both(f"This is the {name} trap.")


@every_kind
def test_wrong_gives_the_hint(kind: str) -> None:
    for answer in CASES[kind].wrong:
        feedback = CASES[kind].item.check(answer, {})
        assert (feedback.status, feedback.trap, feedback.points) == ("wrong", None, 0), answer
        assert feedback.message == WORDS["hint"]


@every_kind
def test_no_answer_of_the_kind_is_said_in_both_languages(kind: str) -> None:
    for answer in CASES[kind].type:
        feedback = CASES[kind].item.check(answer, {})
        assert (feedback.status, feedback.trap, feedback.points) == ("type", None, 0), answer
        assert feedback.message.en and feedback.message.zh and feedback.message.en != feedback.message.zh


@every_kind
def test_dots_are_no_answer_yet(kind: str) -> None:
    for blank in (..., [..., ...], {"a": ..., "b": [..., ...]}):
        assert CASES[kind].item.check(blank, {}).status == "empty"


def test_the_message_says_what_was_given_and_what_is_allowed() -> None:
    assert "text 'west'" in choice.check("west", {}).message.en
    assert "'north', 'south', 'east'" in choice.check("west", {}).message.zh
    assert "truth value True" in number.check(True, {}).message.en
    assert "Series" in number.check(pd.Series([1]), {}).message.en
    assert "rank" in frame.check(table(total=[10.0, 20.0]), {}).message.en
    assert "ZeroDivisionError" in function.check(lambda x: x / 0, {}).message.en
    assert len(number.check("x" * 10_000, {}).message.en) < 150


def test_the_first_column_counts_when_a_name_is_there_twice() -> None:
    doubled = pd.concat([table(total=[10.0, 20.0], rank=["first", "second"])] * 2, axis=1)
    assert frame.check(doubled, {}).status == "right"


def test_a_function_is_called_on_fresh_inputs_and_may_spoil_them() -> None:
    spoiled = FunctionItem(**WORDS, inputs=lambda params: [([1, 2],), ([3],)], solve=always(sum))

    def clear(values: list[int]) -> int:
        total = sum(values)
        values.clear()
        return total

    assert spoiled.check(clear, {}).status == "right"
    assert spoiled.check(sum, {}).status == "right"


# --- tolerance and the nearest trap ----------------------------------------------------------------------------------


def test_tolerance_is_the_wider_of_share_and_units() -> None:
    item = NumberItem(**WORDS, unit=both("currency"), solve=always(1000.0), rel_tol=0.005, abs_tol=0.01)
    small = NumberItem(**WORDS, unit=both("share"), solve=always(0.1), rel_tol=0.005, abs_tol=0.01)
    assert [item.check(1000 + off, {}).status for off in (4.99, 5.01, -5)] == ["right", "wrong", "right"]
    assert [small.check(0.1 + off, {}).status for off in (0.0099, 0.0101)] == ["right", "wrong"]


def test_the_truth_comes_before_a_trap_and_the_nearest_trap_before_others() -> None:
    item = NumberItem(
        **WORDS,
        unit=both("currency"),
        solve=always(100.0),
        traps=(trap("far", 110.0), trap("near", 110.4), trap("on-truth", 100.1)),
    )
    assert item.check(100.1, {}).status == "right"
    assert item.check(110.3, {}).trap == "near"
    assert item.check(110.1, {}).trap == "far"


def test_a_trap_that_gives_no_number_is_silent() -> None:
    item = NumberItem(**WORDS, unit=both("currency"), solve=always(1.0), traps=(trap("silent", math.nan),))
    assert item.check(5, {}).status == "wrong"


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_every_number_is_right_exactly_within_tolerance(truth: float, answer: float) -> None:
    item = NumberItem(**WORDS, unit=both("currency"), solve=always(truth))
    close = abs(answer - truth) <= max(0.005 * abs(truth), 0.01)
    assert (item.check(answer, {}).status == "right") == close


@given(st.permutations(list(NAMES)))
def test_only_the_right_order_is_right(answer: list[str]) -> None:
    assert (order.check(answer, {}).status == "right") == (answer == ["north", "south", "east"])
    assert chosen.check(answer[:2], {}).status == ("right" if set(answer[:2]) == {"north", "east"} else "wrong")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.complex_numbers()
    | st.just(...),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner) | st.sets(st.integers())
    ),
    max_leaves=6,
)


@given(ANYTHING)
def test_whatever_is_given_gets_feedback(answer: Any) -> None:
    for item in (*(case.item for case in CASES.values()), free, parts):
        feedback = item.check(answer, {})
        assert feedback.status in ("empty", "type", "wrong", "trap", "right", "noted")
        assert str(feedback)


# --- free text and parts ---------------------------------------------------------------------------------------------


def test_free_text_is_noted_in_either_language_when_long_enough() -> None:
    assert free.check("Price is not the only cost.", {}).status == "noted"
    assert free.check("价格只是四项成本之一呀", {}).status == "noted"
    assert free.check("价格 price 只是 one", {}).status == "type"
    assert free.check("Too short.", {}).status == "type"
    assert "2" in free.check("Too short.", {}).message.en
    assert free.check(12, {}).status == "type"
    assert free.check(..., {}).status == "empty"
    assert free.check("Price is not the only cost.", {}).points == 0


FULL = {"price": 12, "winner": "north", "rest": {"price": "money", "queue": "time"}}


def test_parts_add_up_their_points() -> None:
    assert parts.points == 3
    assert parts.check(FULL, {}).status == "right"
    assert parts.check(FULL, {}).points == 3
    assert parts.check(parts.solve({}), {}).points == 3
    feedback = parts.check({**FULL, "price": 42}, {})
    assert (feedback.status, feedback.trap, feedback.points) == ("trap", "sum", 2)
    assert feedback.message.en == "2 of 3 parts are right."
    assert {name: part.status for name, part in feedback.parts.items()} == {
        "price": "trap",
        "winner": "right",
        "rest": "right",
    }


def test_part_names_are_read_in_any_case_and_missing_parts_are_open() -> None:
    feedback = parts.check({" PRICE": 12}, {})
    assert (feedback.status, feedback.points) == ("empty", 1)
    assert feedback.parts["winner"].status == "empty"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"price": 42, "winner": "west"}, "trap"),
        ({"price": 13, "winner": "west"}, "type"),
        ({"price": 13, "winner": ...}, "wrong"),
        ({"winner": ...}, "empty"),
    ],
)
def test_what_to_look_at_first_decides_the_status_of_the_whole(change: Params, status: str) -> None:
    assert parts.check({**FULL, **change}, {}).status == status


def test_parts_are_no_list_and_have_no_other_names() -> None:
    assert parts.check([12, "north"], {}).status == "type"
    assert parts.check({"prize": 12}, {}).status == "type"
    assert "'winner'" in parts.check({"prize": 12}, {}).message.en
    assert parts.check({1: 12}, {}).status == "type"
    assert parts.check(..., {}).status == "empty"
    assert parts.check({"price": ..., "winner": ..., "rest": {"price": ..., "queue": ...}}, {}).status == "empty"


def test_parts_get_the_numbers_of_the_whole() -> None:
    item = PartsItem(
        ask=both("{n}?"),
        why=both("See."),
        choices={"n": (1, 2, 3)},
        example={"n": 2},
        parts={"double": NumberItem(**WORDS, unit=both("n"), solve=lambda params: 2 * params["n"])},
    )
    assert item.check({"double": 6}, {"n": 3}).status == "right"
    assert item.solve({"n": 5}) == {"double": 10}
    assert item.question({"n": 3}).en == "3?"


def test_feedback_shows_itself_in_the_language_in_use() -> None:
    feedback = parts.check({**FULL, "price": 42}, {})
    english = str(feedback)
    use_language("zh")
    chinese = str(feedback)
    assert "- price: " in english and "This is the sum trap." in english and "（中）" not in english
    assert "This is the sum trap.（中）" in chinese and "答对 2 小题" in chinese
    assert feedback._repr_mimebundle_() == {"text/plain": chinese, "text/markdown": chinese}


# --- numbers of one's own --------------------------------------------------------------------------------------------


def drawn(**changes: Any) -> NumberItem:
    settings: dict[str, Any] = {
        **WORDS,
        "id": "topic-1",
        "unit": both("currency"),
        "choices": {"price": (60, 70, 80, 90, 100), "hours": (0.5, 1, 2, 3)},
        "example": {"price": 80, "hours": 3},
        "solve": lambda params: params["price"] * params["hours"],
    }
    return NumberItem(**settings | changes)


def by_hand(item: Item, student: str, salt: str, number: int) -> Params:
    """The same numbers from the sentence of house.md alone."""
    found = {}
    for name, values in item.choices.items():
        digest = hashlib.sha256()
        for place, text in enumerate([salt, student, item.id, str(item.version), name, str(number)]):
            digest.update((b"\x1f" if place else b"") + text.encode("utf-8"))
        found[name] = values[int(digest.hexdigest()[:16], 16) % len(values)]
    return found


@given(st.text(min_size=1).filter(lambda name: name.isprintable()), st.text(), st.integers(0, 50), st.integers(1, 9))
def test_numbers_come_from_the_hash_of_their_names_alone(student: str, salt: str, draw: int, version: int) -> None:
    item = drawn(version=version)
    assert item.params(student, salt, draw) == by_hand(item, student, salt, 100 * draw)
    assert item.params(student, salt, draw) == drawn(version=version, solve=always(0.0)).params(student, salt, draw)


def test_one_known_student_keeps_these_numbers_for_ever() -> None:
    assert drawn().params("2026001", "spring") == {"price": 70, "hours": 0.5}


def test_student_item_version_salt_and_draw_each_change_the_numbers() -> None:
    wide = {"seed": tuple(range(10_000))}
    base = drawn(choices=wide, example={"seed": 0})
    others = [
        base.params("b"),
        base.params("a", "salt"),
        base.params("a", draw=1),
        drawn(choices=wide, example={"seed": 0}, version=2).params("a"),
        drawn(choices=wide, example={"seed": 0}, id="topic-2").params("a"),
        drawn(choices={"sand": wide["seed"]}, example={"sand": 0}).params("a"),
    ]
    assert base.params("a") not in others
    assert base.params("a") == base.params("a")
    assert base.params("ab", "c") != base.params("b", "ca")  # the separator keeps fields apart


def test_the_empty_id_gets_the_example_and_new_numbers_after_it() -> None:
    assert drawn().params() == {"price": 80, "hours": 3}
    assert drawn().params("", "salt") == {"price": 80, "hours": 3}
    item = drawn()
    item.params()["price"] = 0
    assert item.params() == {"price": 80, "hours": 3}
    assert drawn().params(draw=1) == by_hand(drawn(), "", "", 100)


def test_rejected_draws_are_skipped_in_order_and_too_many_are_an_error() -> None:
    item = drawn(reject=lambda params: params["hours"] < 2)
    for name in map(str, range(50)):
        number = next(n for n in range(100) if by_hand(item, name, "", n)["hours"] >= 2)
        assert item.params(name) == by_hand(item, name, "", number)
    with pytest.raises(ValueError, match=r"'topic-1' refused 100 draws .* 'a'"):
        drawn(reject=always(True)).params("a")


def test_question_hint_and_solution_are_filled_in() -> None:
    item = drawn(
        ask=both("{price} for {hours} h?"), hint=both("Not {price}."), why=both("{price} x {hours} = {answer}")
    )
    params = {"price": 80, "hours": 3}
    assert item.question(params).zh == "80 for 3 h?（中）"
    assert item.check(1, params).message.en == "Not 80."
    assert item.explain(params).en == "80 x 3 = 240"
    told: Callable[[Params], Text] = lambda params: both(f"{params['price']:,}")  # noqa: E731
    assert drawn(why=told).explain(params).en == "80"


# --- finding items ---------------------------------------------------------------------------------------------------


def test_an_item_is_found_by_its_id_and_a_missing_one_is_named() -> None:
    assert checks.find("delivered_value-3").id == "delivered_value-3"
    with pytest.raises(ValueError, match="no item 'delivered_value-99'; this chapter has delivered_value-1, "):
        checks.find("delivered_value-99")
    for slug in ("nothing", "", "core.quiz", "delivered_value.model"):
        with pytest.raises(ValueError, match=f"no chapter '{slug}'"):
            checks.find(f"{slug}-1")


def test_kind_and_graded_are_read_off() -> None:
    assert [case.item.kind for case in CASES.values()] == list(CASES)
    assert (parts.kind, free.kind) == ("parts", "text")
    assert drawn().graded
    assert not any(drawn(id=f"topic-{kind}1").graded for kind in "pqw")
