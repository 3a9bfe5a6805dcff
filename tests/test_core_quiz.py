"""What a student types: questions with own numbers, checks with the right amount of help, cards, progress."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import crmlab
from crmlab.core import answers as answers_module
from crmlab.core import checks, course, quiz
from crmlab.core.answers import FOLDER, MARKER, answers
from crmlab.core.checks import ChoiceItem, Item, NumberItem, Params, PartsItem, TextItem, Trap, always
from crmlab.core.text import Text, use_language


def both(words: str) -> Text:
    return Text(en=words, zh=f"{words}（中）")


def number(item_id: str) -> NumberItem:
    return NumberItem(
        id=item_id,
        ask=both("What is {price} x 3?"),
        unit=both("currency"),
        choices={"price": tuple(range(1000))},
        example={"price": 4},
        solve=lambda params: 3.0 * params["price"],
        traps=(Trap("sum", lambda params: params["price"] + 3.0, both("You added.")),),
        hint=both("Multiply."),
        why=both("Solution: 3 x {price} is {answer:g}."),
        exhibit=lambda params: pd.DataFrame({"price": [params["price"]] * 25, "share": 1 / 3}, index=range(25)),
    )


def choice(item_id: str) -> ChoiceItem:
    return ChoiceItem(
        id=item_id,
        ask=both("Which wins at {price}?"),
        options={"north": both("north at {price}"), "south": both("south"), "east": both("east")},
        choices={"price": (4, 5)},
        example={"price": 4},
        solve=always("north"),
        traps=(Trap("s", always("south"), both("Not *south*.")), Trap("e", always("east"), both("Not east."))),
        hint=both("Compare."),
        why=both("Solution: north is best."),
    )


ITEMS: tuple[Item, ...] = (
    number("topic-1"),
    PartsItem(
        id="topic-2",
        ask=both("Two things."),
        why=both("Solution: both."),
        choices={"price": (4, 5)},
        example={"price": 4},
        parts={"total": number(""), "winner": choice("")},
    ),
    number("topic-p1"),
    choice("topic-q1"),
    choice("topic-w1"),
    choice("topic-w2"),
    number("topic-w3"),
    TextItem(id="topic-p2", ask=both("Why?"), hint=both("Think."), why=both("Because."), solve=always(""), min_words=3),
)


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy as the current folder, and one chapter with the items above."""
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answers_module, "_open", {})

    def items(slug: str) -> tuple[Item, ...]:
        if slug != "topic":
            raise ValueError(f"there is no chapter {slug!r} with items")
        return ITEMS

    monkeypatch.setattr(checks, "items", items)
    return tmp_path


def restart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel restart: memory is gone, the folder stays."""
    monkeypatch.setattr(answers_module, "_open", {})


def cells(markdown: str) -> list[list[str]]:
    """The cells of the table in a text, without the rule under its head."""
    rows = [line for line in markdown.splitlines() if line.startswith("|") and not set(line) <= set("|:- ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def solved(feedback: Any) -> bool:
    return "Solution" in feedback.message.en and "Solution" in feedback.message.zh


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_question_shows_the_students_numbers_and_the_head_of_its_table() -> None:
    shown = crmlab.item("topic-1")
    assert shown.params == {"price": 4}
    assert len(shown.table) == 25
    text = shown._repr_mimebundle_()["text/markdown"]
    assert text.startswith("What is 4 x 3?\n\n|")
    assert cells(text)[:2] == [["", "price", "share"], ["0", "4", "0.3333"]]
    assert len(cells(text)) == 1 + 20
    use_language("zh")
    assert "（中）" in shown._repr_mimebundle_()["text/plain"]


def test_a_question_without_a_table_says_so() -> None:
    with pytest.raises(ValueError, match=r"'topic-q1' has no table; its numbers are in \.params"):
        _ = crmlab.item("topic-q1").table
    assert crmlab.item("topic-q1")._repr_mimebundle_()["text/plain"] == "Which wins at 4?"


def test_unknown_items_are_named() -> None:
    for verb in (crmlab.item, crmlab.check, crmlab.new_numbers, crmlab.predict):
        with pytest.raises(ValueError, match="no item 'topic-9'; this chapter has topic-1, topic-2"):
            verb("topic-9")
        with pytest.raises(ValueError, match="no chapter 'nothing'"):
            verb("nothing-1")


def test_large_and_small_numbers_are_written_out() -> None:
    table = pd.DataFrame({"name": ["a", "b"], "n": [1, 1_234_567], "x": [1 / 3, 1_234_567.0]})
    assert cells(quiz._markdown(table, index=False))[1:] == [["a", "1", "0.3333"], ["b", "1234567", "1234567"]]


# --- the student's id ------------------------------------------------------------------------------------------------


def test_the_students_id_is_kept_and_decides_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert crmlab.student() == ""
    assert crmlab.student(" 2026001 ") == "2026001"
    own = crmlab.item("topic-1").params
    assert own == ITEMS[0].params("2026001") != {"price": 4}
    restart(monkeypatch)
    assert crmlab.student() == "2026001"
    assert crmlab.item("topic-1").params == own
    assert crmlab.check("topic-1", 3 * own["price"]).status == "right"
    assert crmlab.student("") == ""
    assert crmlab.item("topic-1").params == {"price": 4}


@pytest.mark.parametrize("wrong", [2026001, 1.5, ["a"], True, b"a"])
def test_an_id_that_is_no_text_is_refused_with_an_example(wrong: Any) -> None:
    with pytest.raises(ValueError, match="quotes"):
        crmlab.student(wrong)
    assert crmlab.student() == ""


# --- numbers that a class's notebook brings --------------------------------------------------------------------------

GIVEN: dict[str, Params] = {"topic-1": {"price": 777}, "topic-2": {"price": 5}}


def test_numbers_given_with_the_id_are_used_and_kept(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    assert crmlab.student("2026001", numbers=GIVEN) == "2026001"
    assert ITEMS[0].params("2026001") != GIVEN["topic-1"]
    for _ in range(2):
        assert crmlab.item("topic-1").params == {"price": 777}
        assert "777" in crmlab.item("topic-1").markdown
        assert crmlab.check("topic-1", 3 * 777).status == "right"
        assert crmlab.check("topic-1", 780).trap == "sum"
        assert crmlab.item("topic-2").params == {"price": 5}
        restart(monkeypatch)
        assert crmlab.student() == "2026001"
    kept = json.loads((copy / FOLDER / "student.json").read_text(encoding="utf-8"))
    assert kept == {"id": "2026001", "numbers": GIVEN}


def test_numbers_without_a_folder_last_for_the_session(copy: Path) -> None:
    (copy / MARKER).unlink()
    crmlab.student("2026001", numbers=GIVEN)
    assert crmlab.item("topic-1").params == {"price": 777}


def test_numbers_of_two_sets_add_up_and_another_student_starts_without() -> None:
    crmlab.student("2026001", numbers={"topic-1": {"price": 777}})
    crmlab.student("2026001", numbers={"topic-2": {"price": 5}})
    crmlab.student("2026001")  # as a notebook without numbers says it
    assert answers().numbers == GIVEN
    assert crmlab.student("2026002") == "2026002"
    assert answers().numbers == {}
    assert crmlab.item("topic-1").params == ITEMS[0].params("2026002")
    crmlab.student("2026001")
    assert crmlab.item("topic-1").params == ITEMS[0].params("2026001") != {"price": 777}


def test_practice_items_ignore_given_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    crmlab.student("2026001", numbers=GIVEN | {"topic-p1": {"price": 777}, "topic-w3": "odd"})
    assert crmlab.item("topic-p1").params == ITEMS[2].params("2026001")
    assert answers().numbers == GIVEN
    assert capsys.readouterr().out == ""
    before = crmlab.item("topic-p1").params
    assert crmlab.new_numbers("topic-p1").params != before


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        (5, "numbers"),
        ("{}", "numbers"),
        ([1], "numbers"),
        ({"topic-1": 5}, "topic-1"),
        ({"topic-1": {}}, "topic-1"),
        ({"topic-1": {"price": "a"}}, "topic-1"),
        ({"topic-1": {"price": 5000}}, "topic-1"),
        ({"topic-1": {"price": Ellipsis}}, "topic-1"),
        ({"topic-1": {"price": 5, "more": 1}}, "topic-1"),
        ({"topic-9": {"price": 5}}, "topic-9"),
        ({"elsewhere-1": {"price": 5}}, "elsewhere-1"),
        ({5: {"price": 5}, None: 1}, "5, None"),
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_damaged_or_foreign_numbers_are_said_in_one_sentence(
    numbers: Any, named: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    use_language(lang)
    assert crmlab.student("2026001", numbers=numbers) == "2026001"
    [line] = capsys.readouterr().out.splitlines()
    assert f"({named})" in line or f"（{named}）" in line
    question = crmlab.item("topic-1")
    assert question.params == ITEMS[0].params("2026001")
    feedback = crmlab.check("topic-1", 3 * question.params["price"])
    said = (
        "not yours" in question.markdown and "not yours" in feedback.message.en
        if lang == "en"
        else ("不是你的" in question.markdown and "不是你的" in feedback.message.zh)
    )
    assert said == (named == "topic-1")
    crmlab.student("2026001", numbers=GIVEN)  # a fresh copy mends it
    assert "yours" not in crmlab.item("topic-1").markdown and crmlab.item("topic-1").params == {"price": 777}


def test_numbers_need_an_id() -> None:
    with pytest.raises(ValueError, match="quotes"):
        crmlab.student(numbers=GIVEN)
    assert crmlab.student() == ""


def test_a_file_with_damaged_numbers_is_said_once_and_the_numbers_are_drawn(copy: Path) -> None:
    crmlab.student("2026001")
    (copy / FOLDER / "student.json").write_text('{"id": "2026001", "numbers": [1]}', encoding="utf-8")
    assert "student.json could not be read" in crmlab.check("topic-1", 12).message.en
    assert "student.json" not in crmlab.check("topic-1", 12).message.en


def test_json_makes_lists_of_tuples_and_the_item_gets_its_own_back(monkeypatch: pytest.MonkeyPatch) -> None:
    item = ChoiceItem(
        id="topic-3",
        ask=both("{pair}"),
        options={"north": both("north")},
        choices={"pair": ((1, 2), (3, 4)), "many": (1, 2)},
        reject=lambda params: params["many"] == 2,
        solve=always("north"),
        hint=both("Compare."),
        why=both("Solution."),
    )
    monkeypatch.setattr(checks, "items", lambda slug: (item,))
    crmlab.student("2026001", numbers=json.loads(json.dumps({"topic-3": {"pair": (3, 4), "many": 1}})))
    assert crmlab.item("topic-3").params == {"pair": (3, 4), "many": 1}
    crmlab.student("2026001", numbers={"topic-3": {"pair": [3, 4], "many": 2}})  # refused by the item
    assert crmlab.item("topic-3").note is not None


# --- checks ----------------------------------------------------------------------------------------------------------


def test_a_right_answer_explains_itself_and_is_kept(copy: Path) -> None:
    feedback = crmlab.check("topic-1", 12)
    assert feedback.status == "right"
    assert feedback.points == 1
    assert feedback.message.en == "Right. Solution: 3 x 4 is 12."
    [attempt] = json.loads((copy / FOLDER / "topic-1.json").read_text(encoding="utf-8"))["attempts"]
    assert (attempt["answer"], attempt["status"]) == (12, "right")


def test_no_answer_yet_is_not_an_attempt(copy: Path) -> None:
    for blank in (..., {"total": ..., "winner": ...}):
        assert crmlab.check("topic-2", blank).status == "empty"
    assert crmlab.check("topic-1").status == "empty"
    assert not (copy / FOLDER).exists()


def test_a_part_answered_alone_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    feedback = crmlab.check("topic-2", {"total": 12, "winner": ...})
    assert (feedback.status, feedback.points) == ("empty", 1)
    assert not solved(feedback)
    restart(monkeypatch)
    assert answers().record("topic-2")["attempts"][0]["answer"] == {"total": 12, "winner": "Ellipsis"}


@pytest.mark.parametrize("first", [7.0, 13, -3])
def test_the_solution_of_practice_opens_after_two_different_wrong_attempts(
    first: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not solved(crmlab.check("topic-p1", first))
    assert not solved(crmlab.check("topic-p1", first))
    restart(monkeypatch)
    assert not solved(crmlab.check("topic-p1", first))
    feedback = crmlab.check("topic-p1", 99)
    assert solved(feedback) and feedback.status == "wrong"
    assert "**Worked solution.**" in feedback.message.en and "**解答。**" in feedback.message.zh
    assert "3 x 4 is 12" in feedback.message.en
    assert solved(crmlab.check("topic-p1", 99))


def test_odd_answers_are_no_attempts_at_a_solution() -> None:
    for odd in ("a", "b", None, [1], math_nan := float("nan"), ...):
        assert not solved(crmlab.check("topic-p1", odd)), math_nan
    assert not solved(crmlab.check("topic-p1", 13))
    assert not solved(crmlab.check("topic-p1", "c"))


def test_a_graded_item_never_opens() -> None:
    for wrong in (7, 13, 14, 15, -1):
        feedback = crmlab.check("topic-1", wrong)
        assert feedback.status in ("wrong", "trap") and not solved(feedback) and "12" not in feedback.message.en
    for wrong in (7, 13, 14, 15):
        feedback = crmlab.check("topic-2", {"total": wrong, "winner": "south"})
        assert not solved(feedback) and "12" not in str(feedback)


def test_a_trap_is_named_with_its_hint_and_kept() -> None:
    feedback = crmlab.check("topic-1", 7)
    assert (feedback.trap, feedback.message.en) == ("sum", "You added.")
    assert answers().record("topic-1")["attempts"][0]["trap"] == "sum"


def test_free_text_is_noted_and_kept() -> None:
    assert crmlab.check("topic-p2", "Because time costs money.").status == "noted"
    assert answers().record("topic-p2")["attempts"][0]["answer"] == "Because time costs money."


class Liar:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        raise RuntimeError("no")


ODD: list[Any] = [
    None,
    "x",
    float("nan"),
    float("inf"),
    True,
    np.True_,
    pd.Series([1]),
    pd.DataFrame(),
    [..., 1],
    {1: 2},
]
ODD += [set(), lambda: 1, Liar(), 10**400, 10**5000, 1j, b"", np.array(3.0), pd.NA, "half \ud83d", int, np.float32(1)]


@pytest.mark.parametrize("odd", ODD, ids=[str(place) for place in range(len(ODD))])
def test_an_odd_answer_gets_a_sentence_and_no_traceback(odd: Any) -> None:
    for item in ITEMS:
        feedback = crmlab.check(item.id, odd)
        assert feedback.status in ("type", "wrong", "trap")
        assert str(feedback) and feedback._repr_mimebundle_()["text/plain"]
        assert feedback.points == 0
    for part in ("total", "winner"):
        assert crmlab.check("topic-2", {part: odd}).points == 0


def test_a_folder_that_cannot_be_written_is_said_in_the_feedback_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, copy: Path
) -> None:
    def denied(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", denied)
        feedback = crmlab.check("topic-p1", 13)
        assert feedback.status == "wrong"
        assert feedback.message.en.startswith("Multiply.")
        assert "Permission denied" in feedback.message.en and "Permission denied" in feedback.message.zh
        assert solved(crmlab.check("topic-p1", 14))  # the first attempt is remembered
    assert "denied" not in crmlab.check("topic-p1", 15).message.en
    kept = json.loads((copy / FOLDER / "topic-p1.json").read_text(encoding="utf-8"))["attempts"]
    assert [attempt["answer"] for attempt in kept] == [13, 14, 15]


def test_a_broken_file_is_said_once(copy: Path) -> None:
    (copy / FOLDER).mkdir()
    (copy / FOLDER / "topic-1.json").write_text("{", encoding="utf-8")
    feedback = crmlab.check("topic-1", 12)
    assert feedback.status == "right" and "topic-1.json could not be read; it is kept as" in feedback.message.en
    assert "could not" not in crmlab.check("topic-1", 12).message.en


# --- new numbers -----------------------------------------------------------------------------------------------------


def test_new_numbers_are_for_practice_only_and_start_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    crmlab.check("topic-p1", 13)
    crmlab.check("topic-p1", 14)
    seen = [crmlab.item("topic-p1").params]
    for _ in range(3):
        seen.append(crmlab.new_numbers("topic-p1").params)
        assert seen[-1] == crmlab.item("topic-p1").params
    assert len({params["price"] for params in seen}) == 4
    restart(monkeypatch)
    assert crmlab.item("topic-p1").params == seen[-1]
    assert not solved(crmlab.check("topic-p1", -13))  # attempts on other numbers do not count
    assert crmlab.check("topic-p1", 3 * seen[-1]["price"]).status == "right"


@pytest.mark.parametrize("graded", ["topic-1", "topic-2"])
def test_graded_items_keep_their_numbers(graded: str) -> None:
    before = crmlab.item(graded).params
    with pytest.raises(ValueError, match=f"'{graded}' is graded"):
        crmlab.new_numbers(graded)
    assert crmlab.item(graded).params == before
    assert answers().record(graded)["draw"] == 0


# --- cards -----------------------------------------------------------------------------------------------------------


def click(card: Any, answer: Any, question: int = 0) -> dict[str, Any]:
    """What the browser sends when a question is answered, and what it gets back."""
    card._answered(card, {"question": question, "answer": answer}, [])
    result: dict[str, Any] = card.results[question]
    return result


def test_a_prediction_card_commits_first_and_compares_after() -> None:
    card = crmlab.predict("topic-q1")
    [question] = card.questions
    assert question["commitFirst"] is True
    assert question["html"] == "<p>Which wins at 4?</p>\n"
    assert question["options"][0] == ["north", "<p>north at 4</p>\n"]
    assert card.results == [{"status": "", "html": "", "answer": ""}]
    result = click(card, "south")
    assert result["status"] == "trap" and "Not <em>south</em>." in result["html"] and result["answer"] == "south"
    assert click(card, "north")["status"] == "right"


def test_an_answer_on_a_card_survives_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    click(crmlab.predict("topic-q1"), "south")
    restart(monkeypatch)
    assert crmlab.predict("topic-q1").results[0]["answer"] == "south"
    assert [a["answer"] for a in answers().record("topic-q1")["attempts"]] == ["south"]


def test_recall_asks_the_warm_ups_one_after_the_other() -> None:
    card = crmlab.recall("topic")
    assert [question["id"] for question in card.questions] == ["topic-w1", "topic-w2", "topic-w3"]
    assert not any(question["commitFirst"] for question in card.questions)
    assert click(card, "east", question=1)["status"] == "trap"
    assert [result["status"] for result in card.results] == ["", "trap", ""]


@pytest.mark.parametrize("typed", ["12", " 12.0 ", "1,2", "1，2", "１２", "1.2e1"])
def test_a_typed_number_is_read(typed: str) -> None:
    card = crmlab.practise("topic", 1)
    assert card.questions[0]["unit"] == "currency"
    assert click(card, typed)["status"] == "right"


@pytest.mark.parametrize("typed", ["", "twelve", "12 %", "nan", "12 currency"])
def test_what_is_no_number_is_said_on_the_card(typed: str) -> None:
    result = click(crmlab.practise("topic", 1), typed)
    assert result["status"] == "type" and result["html"]


def test_a_card_in_chinese() -> None:
    use_language("zh")
    card = crmlab.recall("topic")
    assert card.lang == "zh" and card.words["check"] == "检查"
    assert "（中）" in card.questions[0]["html"]
    assert "（中）" in click(card, "south")["html"]


def test_a_cards_text_is_its_questions() -> None:
    lines = repr(crmlab.predict("topic-q1")).splitlines()
    assert lines == ["Which wins at 4?", "( ) north at 4", "( ) south", "( ) east"]


def test_only_choices_and_numbers_fit_on_a_card() -> None:
    with pytest.raises(ValueError, match="'topic-2' is a parts item"):
        crmlab.predict("topic-2")
    with pytest.raises(ValueError, match="'topic-p2' is a text item"):
        crmlab.practise("topic", 1, 2)


# --- progress --------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    def chapter(label: str, slug: str, ready: bool) -> Any:
        return SimpleNamespace(label=label, slug=slug, title=both(slug), file=f"{slug}.ipynb", ready=ready)

    monkeypatch.setattr(course, "chapters", lambda: (chapter("01", "topic", True), chapter("02", "later", False)))


def test_progress_counts_what_was_once_right(two_chapters: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def done() -> str:
        return str(crmlab.progress().table["done"].iloc[0])

    assert done() == "○○○○○○○○ 0/8"
    crmlab.check("topic-1", 13)
    assert done().endswith("0/8")
    crmlab.check("topic-1", 12)
    crmlab.check("topic-1", 13)
    crmlab.check("topic-p2", "Because time costs money.")
    click(crmlab.predict("topic-q1"), "north")
    restart(monkeypatch)
    assert done() == "●●●○○○○○ 3/8"
    assert quiz.done("topic", answers()) == (3, 8)
    crmlab.check("topic-p1", 12)
    crmlab.new_numbers("topic-p1")
    assert done() == "●●●●○○○○ 4/8"


def test_progress_links_chapters_and_says_where_the_work_is(two_chapters: None, copy: Path) -> None:
    shown = crmlab.progress()._repr_mimebundle_()["text/markdown"]
    assert [row[1:2] for row in cells(shown)[1:]] == [["[topic](topic.ipynb)"], ["later"]]
    assert cells(shown)[2][-1] == "in preparation"
    assert str(copy.resolve()) in shown
    use_language("zh")
    assert "编写中" in crmlab.progress()._repr_mimebundle_()["text/plain"]


def test_numbers_of_the_chapters_own_items_do_not_depend_on_the_answers() -> None:
    params: Params = crmlab.item("topic-1").params
    crmlab.check("topic-1", 1)
    assert crmlab.item("topic-1").params == params


def test_the_same_answer_given_again_is_answered_again() -> None:
    card = crmlab.practise("topic", 1)
    first, second = (dict(click(card, "12.5")) for _ in range(2))
    assert first.pop("report") != second.pop("report")
    assert first["status"] == second["status"] == "wrong"


def test_new_numbers_on_a_card_change_the_question_and_clear_the_answer() -> None:
    card = crmlab.practise("topic", 1)
    before = card.questions[0]
    assert before["renewable"] and not crmlab.predict("topic-q1").questions[0]["renewable"]
    click(card, "12.5")
    card._answered(card, {"question": 0, "renew": True}, [])
    assert card.questions[0]["html"] != before["html"]
    assert (card.results[0]["status"], card.results[0]["answer"]) == ("", "")
