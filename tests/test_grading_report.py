"""The class report, the tables for other programs, the feedback, and what counts as similar."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from crmlab.core.answers import plain
from crmlab.core.checks import FigureItem, FunctionItem, NumberItem, Params, PartsItem
from crmlab.core.fontsubset import is_chinese
from crmlab.core.text import Language, Text
from crmlab.grading import report
from crmlab.grading.assign import load_class
from crmlab.grading.demo import demo_class
from crmlab.grading.engine.pool import Limits, Outcome
from crmlab.grading.engine.values import Failed, decode
from crmlab.grading.gradebook import Gradebook, written
from crmlab.grading.marks import Mark, mark, rows_of
from crmlab.grading.notebooks import graded, numbers_of
from crmlab.grading.roster import Student, read_roster
from crmlab.grading.run import Run
from crmlab.grading.similarity import Evidence, Given, answer_code, digits, normalised, similar

SET = "12_credit_policy"
SALT = "7b" * 32
ITEMS = graded(SET)
Answers = Mapping[str, Any]
EMPTY = Text(en="The file is empty.", zh="文件是空的。")
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Reads a page strictly: every tag that opens closes, in order; keeps its text and what it would fetch."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def stands_alone(self) -> bool:
        names = {tag for tag, _ in self.tags}
        sources = [attrs.get("src") or "" for _, attrs in self.tags if "src" in attrs]
        return not names & {"script", "link", "iframe", "object"} and all(
            one.startswith("data:image/png;base64,") for one in sources
        )


def right(numbers: Mapping[str, Params]) -> dict[str, Any]:
    """Every answer as it should be."""
    return {item.id: plain(item.solve(numbers[item.id])) for item in ITEMS}


def numbers(student: str) -> dict[str, Params]:
    return numbers_of(SET, student, SALT)


def hand_in(
    book: Gradebook,
    student: str,
    answers: Answers,
    *,
    file: str = "",
    follow: str = "",
    marks: Sequence[Mark] = (),
    **about: Any,
) -> None:
    """Write a submission as a run would."""
    own = numbers(student) if student else {}
    if not marks and student and about.get("status") != "unreadable":
        marks = mark(ITEMS, own, Outcome(**outcome(answers)), [])
        if follow:
            item = next(one for one in ITEMS if one.id == follow)
            again = rows_of(item, item.check(answers[follow], own[follow]), answers[follow], follow_through=True)
            marks = [one for one in marks if one.item != follow] + again
    book.write(
        {
            "set_name": SET,
            "file": file or f"{SET}_{student}.ipynb",
            "sha256": hashlib.sha256(repr((student, file, answers)).encode()).hexdigest(),
            "student": student,
            "how": "notebook",
            "received": "2026-11-20T10:00:00+00:00",
            "attempt": 0,
            "late": False,
            "doubtful": False,
            "lang": "en",
            "status": "ok",
            "reason": "[]",
            "notes": "[]",
            "isolation": "sandbox",
            "version": "",
            "points": sum(one.points for one in marks if not one.part),
            "max_points": 20.0,
            "seconds": 0.1,
        }
        | about,
        [asdict(one) for one in marks],
    )


def outcome(answers: Answers) -> dict[str, Any]:
    return {
        "key": "",
        "answers": dict(answers),
        "problems": {},
        "calls": {},
        "output": "",
        "seconds": 0.1,
        "isolation": "sandbox",
        "status": "ok",
    }


def people(count: int) -> list[Student]:
    return [Student(f"s{number:03d}", f"Student {number}") for number in range(count)]


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook(tmp_path / "gradebook.sqlite")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of thirty, two of its files broken, in which one name is hostile."""
    folder = tmp_path_factory.mktemp("class")
    shutil.rmtree(folder)
    submissions = demo_class(folder, SET, 30)
    Run(submissions, SET, folder, workers=2, limits=Limits(cell_s=3)).grade(lambda: None)
    return folder


@pytest.fixture(scope="module")
def demo_numbers(demo: Path) -> dict[str, dict[str, Params]]:
    return report.class_numbers(demo, SET, [one.id for one in read_roster(demo / "roster.csv")])


def opened(demo: Path) -> tuple[Gradebook, list[Student]]:
    return Gradebook(demo / "gradebook.sqlite"), read_roster(demo / "roster.csv")


# --- tables ----------------------------------------------------------------------------------------------------------


def test_grades_have_one_row_per_student_with_what_counts(book: Gradebook) -> None:
    roster = people(5)
    hand_in(book, "s000", right(numbers("s000")))
    first = right(numbers("s001"))
    hand_in(book, "s001", first, file="a.ipynb", received="2026-11-19T10:00:00+08:00")
    hand_in(book, "s001", {}, file="b.ipynb", received="2026-11-19T09:00:00+00:00", late=True)
    hand_in(book, "s002", {}, status="unreadable", reason=written([EMPTY]), isolation="")
    book.override(SET, "s003", "credit_policy-2", 2.5, "handed in on paper")
    book.override(SET, "s000", "credit_policy-1", 0.5, "explained it wrongly")
    table = report.grades(book, SET, roster).set_index("student")
    assert list(table.index) == [one.id for one in roster]
    assert table.loc["s000", "points"] == 18.5 and table.loc["s000", "credit_policy-1"] == 0.5
    assert table.loc["s000", "by_hand"] == 1
    assert table.loc["s001", "points"] == 0 and table.loc["s001", "late"] and table.loc["s001", "attempts"] == 2
    assert table.loc["s002", "status"] == "unreadable" and table.loc["s002", "points"] == 0
    assert table.loc["s003", "status"] == "missing" and table.loc["s003", "points"] == 2.5
    assert table.loc["s004", "status"] == "missing" and table["points"].isna()["s004"]
    assert set(table["max_points"]) == {20.0}
    best = report.grades(book, SET, roster, keep="best").set_index("student")
    assert best.loc["s001", "points"] == 20 and not best.loc["s001", "late"]


def test_a_later_number_behind_the_name_counts_more_than_the_time(book: Gradebook) -> None:
    hand_in(book, "s000", {}, file="a-1.ipynb", attempt=1, received="2026-11-19T10:00:00+00:00")
    hand_in(book, "s000", right(numbers("s000")), file="a.ipynb", received="2026-11-20T10:00:00+00:00")
    assert report.grades(book, SET, people(1))["points"][0] == 0


@pytest.mark.parametrize("keep", ["latest", "best"])
@pytest.mark.parametrize(
    ("odd", "attempts"),
    [
        ({"doubtful": True}, 1),
        ({"status": "unreadable", "reason": written([EMPTY]), "marks": []}, 2),
        ({"untouched": True}, 2),
    ],
)
def test_a_try_in_doubt_unreadable_or_untouched_never_takes_the_place_of_another(
    book: Gradebook, odd: dict[str, Any], attempts: int, keep: Any
) -> None:
    hand_in(book, "s000", {}, file="a.ipynb", received="2026-11-19T10:00:00+00:00")
    later = right(numbers("s000"))
    hand_in(book, "s000", later, file="b-9.ipynb", attempt=9, received="2026-11-20T10:00:00+00:00", **odd)
    table = report.grades(book, SET, people(1), keep)
    assert (table["points"][0], table["status"][0], table["attempts"][0]) == (0, "ok", attempts)


def test_a_try_in_doubt_counts_where_there_is_no_other_and_is_listed(book: Gradebook, tmp_path: Path) -> None:
    note = Text(en="Somebody handed it in.", zh="由某人提交。")
    hand_in(book, "s000", right(numbers("s000")), doubtful=True, notes=written([note]))
    hand_in(book, "s001", {})
    hand_in(book, "s001", right(numbers("s001")), file="other.ipynb", doubtful=True, notes=written([note]))
    assert list(report.grades(book, SET, people(2))["points"]) == [20, 0]
    own = {one.id: numbers(one.id) for one in people(2)}
    words = {
        "en": ("Perhaps handed in by somebody else", ["yes", "no"], note.en),
        "zh": ("可能由他人提交", ["是", "否"], note.zh),
    }
    for lang, (title, counts, why) in words.items():
        page = report.write_report(tmp_path, book, SET, people(2), lang=lang, numbers=own).read_text("utf-8")  # type: ignore[arg-type]
        rows = re.findall(r"<tr><td>(.*?)</td></tr>", page.partition(f"<h3>{title}</h3>")[2].partition("</table>")[0])
        assert [row.split("</td><td>")[1:] for row in rows] == [
            [f"{SET}_s000.ipynb", counts[0], why],
            ["other.ipynb", counts[1], why],
        ]


@pytest.mark.parametrize(("lang", "words"), [("en", "read and change"), ("zh", "读取和改动")])
def test_the_report_says_what_code_without_a_sandbox_could_do(
    book: Gradebook, tmp_path: Path, lang: Language, words: str
) -> None:
    own = {one.id: numbers(one.id) for one in people(1)}
    for isolation in ("sandbox", "process"):
        hand_in(book, "s000", {}, isolation=isolation)
        page = report.write_report(tmp_path, book, SET, people(1), lang=lang, numbers=own).read_text("utf-8")
        assert (words in page) == (isolation == "process")


def test_item_tables_say_how_hard_and_how_telling(book: Gradebook) -> None:
    roster = people(4)
    for place, one in enumerate(roster):
        answers = right(numbers(one.id))
        for item in ITEMS[: place * 2]:
            answers[item.id] = ...
        hand_in(book, one.id, answers)
    table = report.by_item(book, SET, roster).set_index(["item", "part"])
    whole = table.xs("", level="part")
    assert list(whole.index) == [item.id for item in ITEMS]
    assert list(whole["difficulty"]) == pytest.approx([0.25, 0.25, 0.5, 0.5, 0.75, 0.75])
    assert list(whole["blank"]) == pytest.approx([0.75, 0.75, 0.5, 0.5, 0.25, 0.25])
    points = report.grades(book, SET, roster)
    for item in ITEMS:
        rest = points["points"] - points[item.id]
        assert whole.loc[item.id, "discrimination"] == pytest.approx(points[item.id].corr(rest))
    assert table.loc[("credit_policy-4", "third"), "points"] == 1
    ideas = report.by_concept(book, SET, roster).set_index("concept")
    assert ideas.loc["policy.discount", "share"] == pytest.approx(0.25)
    assert ideas.loc["policy.discount", "answers"] == 1
    assert ideas.loc["policy.finance-type", "share"] == pytest.approx((0.5 + 0.75) / 2)
    assert (ideas["en"] != ideas["zh"]).all()


def test_misconceptions_are_counted_and_carry_their_hints(book: Gradebook) -> None:
    roster = people(6)
    part = ITEMS[4].parts["lost"]  # type: ignore[attr-defined]
    trap = next(one for one in part.traps if one.name == "one-step")
    for one in roster:
        own = numbers(one.id)
        answers = right(own)
        if one.id != "s000":
            answers["credit_policy-5"]["lost"] = trap.wrong(own["credit_policy-5"])
        answers["credit_policy-6"] = dict.fromkeys("ABCDE", 0)
        hand_in(book, one.id, answers)
    table = report.misconceptions(book, SET, roster, numbers={one.id: numbers(one.id) for one in roster})
    first = table[table["trap"] == "one-step"].iloc[0]
    assert (first["item"], first["parts"], first["count"]) == ("credit_policy-5", ("lost",), 5)
    assert (
        first["en"].startswith("You looked one month ahead") and " / " not in first["en"] and is_chinese(first["zh"][0])
    )
    unused = table[table["item"] == "credit_policy-6"].iloc[0]
    assert unused["count"] == 6 and len(unused["en"].split()) > 4, "a hint that the item makes by itself"
    assert "{" not in "".join(table["en"] + table["zh"])


@pytest.mark.parametrize(("lang", "parts"), [("en", "first, second, third"), ("zh", "first、second、third")])
def test_who_falls_for_one_misconception_in_several_parts_is_one_student(
    book: Gradebook, tmp_path: Path, lang: Language, parts: str
) -> None:
    roster, item = people(3), ITEMS[3]
    assert isinstance(item, PartsItem)
    for one, names in zip(roster, (["first", "second", "third"], ["second"], []), strict=True):
        own = numbers(one.id)
        answers = right(own)
        for name in names:
            trap = next(trap for trap in item.parts[name].traps if trap.name == "last-month")
            answers[item.id][name] = trap.wrong(own[item.id])
        hand_in(book, one.id, answers)
    [row] = report.misconceptions(book, SET, roster).to_dict("records")
    assert (row["item"], row["parts"], row["trap"], row["count"]) == (item.id, tuple(item.parts)[:3], "last-month", 2)
    assert row["share"] == pytest.approx(2 / 3)
    assert " / " not in row["en"] and " / " not in row["zh"], "a hint of several parts stands there once"
    traps = report.by_item(book, SET, roster).set_index(["item", "part"])["traps"]
    assert [dict(traps[item.id, part]) for part in ("", "first", "second", "behaviour")] == [
        {"last-month": 2},
        {"last-month": 1},
        {"last-month": 2},
        {},
    ]
    own = {one.id: numbers(one.id) for one in roster}
    text = Page(report.write_report(tmp_path, book, SET, roster, lang=lang, numbers=own).read_bytes()).text
    assert f"(last-month) 4 {parts} 2 67%" in text


def test_an_answer_whose_cell_was_stopped_is_not_blank(book: Gradebook, tmp_path: Path) -> None:
    roster = people(3)
    for one in roster:
        answers = right(numbers(one.id)) | ({} if one.id == "s000" else {"credit_policy-1": ...})
        marks = mark(ITEMS, numbers(one.id), Outcome(**outcome(answers)), [])
        if one.id == "s001":
            marks = [replace(row, note="timeout") if row.item == "credit_policy-1" else row for row in marks]
        hand_in(book, one.id, answers, marks=marks)
    table = report.by_item(book, SET, roster).set_index(["item", "part"])
    for part in ("", "nominal"):
        shares = table.loc[("credit_policy-1", part), ["blank", "stopped"]]
        assert list(shares) == pytest.approx([1 / 3, 1 / 3])
    assert table["stopped"].sum() == pytest.approx(3 * 1 / 3), "the item and its two parts, and nothing else"
    assert report.by_concept(book, SET, roster).set_index("concept").loc["policy.discount", "answers"] == 1
    rows = read_csv(report.questions_csv(book, SET, roster))
    first = [dict(zip(rows[0], row, strict=True)) for row in rows if row[3:5] == ["credit_policy-1", ""]]
    assert [row["status"] for row in first] == ["right", "stopped", "empty"]
    pages = report.write_feedback(tmp_path, book, SET, roster, numbers={one.id: numbers(one.id) for one in roster})
    texts = [Page(path.read_bytes()).text for path in pages]
    assert ["no answer: the cell was stopped" in text for text in texts] == [False, True, False]


def test_the_mean_is_that_of_whose_file_was_graded_and_the_items_add_up_to_it(book: Gradebook, tmp_path: Path) -> None:
    """An unreadable file, and points by hand for who handed nothing in, are in neither."""
    roster = people(7)
    for place, one in enumerate(roster[:4]):
        hand_in(book, one.id, {} if place == 3 else right(numbers(one.id)))
    book.override(SET, "s003", "credit_policy-1", 0.4, "oral exam")
    book.override(SET, "s002", "credit_policy-1", 0, "copied")
    book.override(SET, "s002", "credit_policy-6", 0, "copied")
    hand_in(book, "s004", {}, status="unreadable", reason=written([EMPTY]))
    book.override(SET, "s004", "credit_policy-1", 1, "on paper")
    book.override(SET, "s005", "credit_policy-1", 2, "on paper")
    points = report.grades(book, SET, roster)["points"][:4]
    items = report.by_item(book, SET, roster).query("part == ''")
    mean = float(points.mean())
    assert float((items["difficulty"] * items["points"]).sum()) == pytest.approx(mean)
    own = {one.id: numbers(one.id) for one in roster}
    for lang, (who, sentence) in {
        "en": ("Graded: the numbers below are of these 4 Mean", "could be graded (4) have {} of 20 points on average"),
        "zh": ("已批改（以下各项只统计这些学生） 4 平均分", "能批改的学生共 4 名，满分 20 分：平均 {} 分"),
    }.items():
        text = Page(report.write_report(tmp_path, book, SET, roster, lang=lang, numbers=own).read_bytes()).text  # type: ignore[arg-type]
        shown = re.search(rf"{re.escape(who)} ([\d.]+)", text)
        assert shown is not None and abs(float(shown[1]) - mean) <= 0.05 + 1e-9
        assert sentence.format(shown[1]) in text


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(12.85, 1, "12.9"), (12.849999999999998, 1, "12.9"), (12.84, 1, "12.8"), (12.5, 0, "13"), (0.0, 1, "0.0")],
)
def test_a_half_is_rounded_up(value: float, decimals: int, shown: str) -> None:
    assert report._rounded(value, decimals) == shown


def test_tables_of_nobody_are_empty(book: Gradebook) -> None:
    roster = people(2)
    assert report.grades(book, SET, roster)["points"].isna().all()
    assert report.by_item(book, SET, roster)["difficulty"].isna().all()
    assert report.by_concept(book, SET, roster)["share"].isna().all()
    assert report.misconceptions(book, SET, roster).empty


# --- files for other programs ----------------------------------------------------------------------------------------


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


EXPORTS: Sequence[Callable[..., bytes]] = (
    report.grades_csv,
    report.questions_csv,
    report.concepts_csv,
    report.canvas_csv,
    report.moodle_csv,
)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_name_becomes_a_formula(book: Gradebook, export: Callable[..., bytes], name: str) -> None:
    hand_in(book, "s000", right(numbers("s000")))
    rows = read_csv(export(book, SET, [Student("s000", name, email=name, section=name)]))
    cells = [cell for row in rows for cell in row]
    assert f"'{name}" in cells
    assert not any(cell.strip().startswith(("=", "+", "@", "＝")) for cell in cells)


def test_canvas_gets_its_columns(book: Gradebook) -> None:
    roster = [Student("s000", "王小明", "w@x.cn", "A"), Student("s001", "Ana López")]
    hand_in(book, "s000", right(numbers("s000")), file=f"wangxiaoming_4711_99_{SET}.ipynb")
    content = report.canvas_csv(book, SET, roster, assignment="Credit policy", assignment_id="815")
    rows = read_csv(content)
    assert not content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Credit policy (815)"]
    assert rows[1][0].strip() == "Points Possible" and rows[1][-1] == "20"
    assert rows[2] == ["王小明", "4711", "s000", "w@x.cn", "A", "20"]
    assert rows[3] == ["Ana López", "", "s001", "", "", ""], "not handed in is not 0"


def test_moodle_gets_its_columns_and_feedback_in_the_students_language(book: Gradebook) -> None:
    roster = [Student("s000", "王小明", "w@x.cn", language="zh"), Student("s001", "Ana López", "a@x.es")]
    hand_in(book, "s000", {}, file="王小明_31_assignsubmission_file_/x.ipynb")
    hand_in(book, "s001", right(numbers("s001")), file="Ana López_32_assignsubmission_file_/x.ipynb")
    content = report.moodle_csv(book, SET, roster)
    rows = [dict(zip(read_csv(content)[0], row, strict=True)) for row in read_csv(content)[1:]]
    assert content.startswith(b"\xef\xbb\xbf")
    assert [row["Identifier"] for row in rows] == ["Participant 31", "Participant 32"]
    assert [row["Grade"] for row in rows] == ["0", "20"]
    assert "建议再看" in rows[0]["Feedback comments"] and "Look again" not in rows[1]["Feedback comments"]
    assert "Last modified (grade)" in rows[0], "Moodle refuses a worksheet without it"


def test_a_doubtful_number_of_a_platform_is_left_out(book: Gradebook) -> None:
    for one in people(2):
        hand_in(book, one.id, {}, file=f"name_4711_{one.id[-1]}_{SET}.ipynb")
    assert [row[1] for row in read_csv(report.canvas_csv(book, SET, people(2)))[2:]] == ["", ""]


def test_no_name_inside_a_zip_gives_or_takes_a_number_of_a_platform(book: Gradebook) -> None:
    hand_in(book, "s000", {}, file=f"student0_11_101_{SET}.ipynb")
    hand_in(book, "s001", {}, file=f"student1_14_104_work.zip/x_11_6_{SET}.ipynb")
    hand_in(book, "s002", {}, file=f"dan.zip/x_13_6_{SET}.ipynb")
    hand_in(book, "s003", {}, file=f"nick_15_6_{SET}.ipynb")
    hand_in(book, "s000", {}, file=f"nick_15_7_{SET}-9.ipynb", doubtful=True)
    hand_in(book, "s000", {}, file=f"student0_16_7_{SET}-9.ipynb", doubtful=True)
    assert [row[1] for row in read_csv(report.canvas_csv(book, SET, people(4)))[2:]] == ["11", "14", "", "15"]


@pytest.mark.parametrize("doubtful", [True, False])
def test_an_account_of_another_student_never_gives_its_number(book: Gradebook, doubtful: bool) -> None:
    """Bob hands in Chen Jing's notebook; with his number in her row, the platform would give him her points."""
    roster = [Student("s000", "陈静"), Student("s001", "Bob Tree")]
    hand_in(book, "s000", right(numbers("s000")), file=f"treebob_1009_55_{SET}.ipynb", doubtful=doubtful)
    assert [row[1] for row in read_csv(report.canvas_csv(book, SET, roster))[2:]] == ["", ""]
    book.forget("s000")
    hand_in(book, "s000", {}, file="Bob Tree_1009_assignsubmission_file_/x.ipynb", doubtful=doubtful)
    assert [row[0] for row in read_csv(report.moodle_csv(book, SET, roster))[1:]] == ["", ""]


def test_an_unknown_account_in_doubt_gives_no_number(book: Gradebook) -> None:
    hand_in(book, "s000", {}, file=f"nick_15_6_{SET}.ipynb", doubtful=True)
    hand_in(book, "s001", {}, file="nick_16_assignsubmission_file_/x.ipynb", doubtful=True)
    assert [row[1] for row in read_csv(report.canvas_csv(book, SET, people(2)))[2:]] == ["", ""]
    assert [row[0] for row in read_csv(report.moodle_csv(book, SET, people(2)))[1:]] == ["", ""]


def test_moodle_says_why_a_file_could_not_be_graded_instead_of_zeros(book: Gradebook) -> None:
    other = Text(en="The notebook is the set 05_loyalty, not this.", zh="这个笔记本是评分练习 05_loyalty，不是这个。")
    roster = [Student("s000", "甲", language="zh"), Student("s001", "B"), Student("s002", "C"), Student("s003", "D")]
    hand_in(book, "s000", {}, status="unreadable", reason=written([EMPTY]))
    hand_in(book, "s001", {}, status="unreadable", reason=written([other]))
    hand_in(book, "s002", {}, status="unreadable", reason=written([EMPTY]), lang="zh")
    book.override(SET, "s002", "credit_policy-2", 2, "on paper")
    hand_in(book, "s003", {}, status="failed", reason=written([Text(en="died", zh="died")]))
    comments = [row[-1] for row in read_csv(report.moodle_csv(book, SET, roster))[1:]]
    assert comments[:3] == [
        "文件无法读取：文件是空的。",
        "Your file could not be read: The notebook is the set 05_loyalty, not this.",
        "文件无法读取：文件是空的。2: 2/3。",
    ]
    assert comments[3].startswith("Your notebook could not be run: a cell was stopped (it ended the program). 1: 0/")


def test_question_rows_carry_overrides_and_their_reasons(book: Gradebook) -> None:
    hand_in(book, "s000", {})
    book.override(SET, "s000", "credit_policy-6", 3, "oral exam")
    rows = read_csv(report.questions_csv(book, SET, people(1)))
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    last = next(row for row in table if row["item"] == "credit_policy-6")
    assert last["points"] == "3" and last["override_reason"] == "oral exam" and last["status"] == "empty"
    assert {row["part"] for row in table if row["item"] == "credit_policy-1"} == {"", "nominal", "effective"}


# --- the class report ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_stands_alone_and_says_everything_twice(
    demo: Path, demo_numbers: dict[str, dict[str, Params]], lang: Language
) -> None:
    book, roster = opened(demo)
    path = report.write_report(
        demo, book, SET, roster, lang=lang, numbers=demo_numbers, submissions=demo / "submissions"
    )
    content = path.read_bytes()
    page = Page(content)
    assert page.stands_alone()
    assert page.tags[0][0] == "html" and page.tags[0][1]["lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    pictures = [attrs for tag, attrs in page.tags if tag == "img"]
    assert len(pictures) == 2
    assert all(attrs["alt"] and attrs["alt"] in page.text for attrs in pictures)
    words = {
        "en": ("How the class did", "Discrimination", "misconception", "evidence", "sandbox", "breaks off", "too long"),
        "zh": ("全班表现", "区分度", "误解", "线索", "沙箱", "中间断开", "运行超时"),
    }
    assert all(word in page.text for word in words[lang]), [one for one in words[lang] if one not in page.text]
    for one in roster:
        assert one.id in page.text
    hint = report.misconceptions(book, SET, roster)[lang][0]
    assert hint.replace("`", "").replace("*", "")[:40] in page.text
    assert load_class(demo).salt.encode() not in content
    again = report.write_report(
        demo, book, SET, roster, lang=lang, numbers=demo_numbers, submissions=demo / "submissions"
    )
    assert again.read_bytes() == content
    if lang == "zh":
        prose = re.sub(r"[\x00-\x7f]+", " ", page.text)
        assert sum(map(is_chinese, prose)) > 500


def test_a_hostile_name_is_text_on_every_page(tmp_path: Path, book: Gradebook) -> None:
    evil = "<script>alert(1)</script><img src=http://x>\"'"
    roster = [Student("s000", evil, section=evil), Student("s001", "B", section="&amp;")]
    said = written([Text(en=evil, zh=evil)])
    hand_in(book, "s000", {}, file=f"{evil}.ipynb", reason=said, notes=said, late=True, status="partial")
    hand_in(book, "s001", right(numbers("s001")) | {"credit_policy-1": {"nominal": evil, "effective": evil}})
    hand_in(book, "", {}, file=f"nobody {evil}.ipynb", status="unreadable", reason=said)
    book.override(SET, "s000", "credit_policy-1", 1, evil)
    own = {one.id: numbers(one.id) for one in roster}
    pages = [report.write_report(tmp_path, book, SET, roster, numbers=own)]
    pages += report.write_feedback(tmp_path, book, SET, roster, numbers=own)
    assert len(pages) == 3
    for path in pages:
        page = Page(path.read_bytes())
        assert page.stands_alone()
    assert Page(pages[0].read_bytes()).text.count("<script>alert(1)</script>") >= 6


def test_a_report_on_nothing_is_a_page(tmp_path: Path, book: Gradebook) -> None:
    page = Page(report.write_report(tmp_path, book, SET, people(2), numbers={"": {}}).read_bytes())
    assert "Nothing stands out" in page.text and not [tag for tag, _ in page.tags if tag == "img"]


@pytest.mark.parametrize(("files", "compared"), [(0, False), (1, False), (2, True)])
def test_code_that_was_not_compared_is_said_with_submissions_too(
    demo: Path, demo_numbers: dict[str, dict[str, Params]], tmp_path: Path, files: int, compared: bool
) -> None:
    book, roster = opened(demo)
    place = tmp_path / "submissions"
    place.mkdir()
    (place / "notes.txt").write_text("nothing to compare")
    for one in roster[:files]:
        shutil.copy(demo / "submissions" / f"{SET}_{one.id}.ipynb", place)
    for lang, words in {
        "en": ("was not compared: no two", "was not compared: the report"),
        "zh": ("没有比较答案单元格的代码：给出", "没有比较答案单元格的代码：生成"),
    }.items():
        texts = [
            Page(
                report.write_report(tmp_path, book, SET, roster, lang=lang, numbers=demo_numbers, **given).read_bytes()
            ).text  # type: ignore[arg-type]
            for given in ({"submissions": place}, {})
        ]
        assert [words[0] in texts[0], words[1] in texts[0], words[1] in texts[1]] == [not compared, False, True]


def test_a_run_without_sandbox_is_said(tmp_path: Path, book: Gradebook) -> None:
    hand_in(book, "s000", {}, isolation="process")
    page = Page(report.write_report(tmp_path, book, SET, people(1), numbers={"s000": numbers("s000")}).read_bytes())
    assert "Not every submission ran in the sandbox" in page.text and "a process without sandbox" in page.text


# --- feedback --------------------------------------------------------------------------------------------------------


def test_feedback_holds_no_answer_and_nobody_else(demo: Path, demo_numbers: dict[str, dict[str, Params]]) -> None:
    book, roster = opened(demo)
    pages = report.write_feedback(demo, book, SET, roster, numbers=demo_numbers)
    assert [path.stem for path in pages] == [one.id for one in roster]
    for one, path in zip(roster, pages, strict=True):
        page = Page(path.read_bytes())
        assert page.stands_alone()
        assert one.id in page.text
        assert not [other.id for other in roster if other.id != one.id and other.id in page.text]
        assert told(page.text, demo_numbers[one.id]) == []
        leaky = f"{page.text} {right(demo_numbers[one.id])}"
        assert len(told(leaky, demo_numbers[one.id])) > 3, "the search finds what is there"


def told(text: str, own: Mapping[str, Params]) -> list[str]:
    """Right numbers of four digits or more that stand in a text, beside points."""
    prose = re.sub(r"[\d.]+ / [\d.]+", "", text)
    shown = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", prose)]
    shown = [number for number in shown if digits(number) >= 3]  # not the number of the chapter
    parts = [
        (f"{item.id} {name}", part.solve(own[item.id]))
        for item in ITEMS
        if isinstance(item, PartsItem)
        for name, part in item.parts.items()
        if isinstance(part, NumberItem)
    ]
    return [
        name
        for name, truth in parts
        if digits(round(truth, 4)) >= 4 and any(abs(number - truth) <= 1e-3 * abs(truth) for number in shown)
    ]


def test_feedback_speaks_the_students_language_with_the_students_numbers(tmp_path: Path, book: Gradebook) -> None:
    roster = [Student("s000", "甲", language="zh"), Student("s001", "B")]
    for one in roster:
        answers = right(numbers(one.id))
        answers["credit_policy-1"] = {"nominal": 5.0, "effective": "five"}
        hand_in(book, one.id, answers)
    book.override(SET, "s001", "credit_policy-2", 1, "rounded on purpose")
    pages = report.write_feedback(tmp_path, book, SET, roster, numbers={one.id: numbers(one.id) for one in roster})
    chinese, english = (Page(path.read_bytes()) for path in pages)
    assert "建议再看" in chinese.text and "points" not in chinese.text
    assert "Give one number" in english.text and "five" in english.text
    assert "rounded on purpose" in english.text and "rounded on purpose" not in chinese.text
    assert "The discount" in english.text
    assert "现金折扣" in chinese.text


def test_follow_through_is_marked_and_tells_no_reference(tmp_path: Path, book: Gradebook) -> None:
    """With the right earlier answer put in, a student's cell could print it into a sentence."""
    own = numbers("s000")
    answers = right(own)
    answers["credit_policy-2"] = {"NPV": answers["credit_policy-2"]["NPV"], "break-even": "secret 12345.67"}
    hand_in(book, "s000", answers, follow="credit_policy-2")
    path = report.write_feedback(tmp_path, book, SET, people(1), numbers={"s000": own})[0]
    page = Page(path.read_bytes())
    assert "builds on an earlier answer" in page.text
    assert "secret" not in page.text and "12345.67" not in page.text


def test_nobody_gets_feedback_on_nothing_and_a_broken_file_gets_its_reason(tmp_path: Path, book: Gradebook) -> None:
    roster = people(2)
    hand_in(book, "s001", {}, status="unreadable", reason=written([EMPTY]))
    pages = report.write_feedback(tmp_path, book, SET, roster, numbers={"s001": numbers("s001")})
    assert [path.stem for path in pages] == ["s001"]
    assert "The file is empty." in Page(pages[0].read_bytes()).text


@pytest.mark.parametrize(
    ("roster", "notebook", "option", "chinese"),
    [
        (None, "", "en", False),
        (None, "", "zh", True),
        (None, "zh", "en", True),
        (None, "en", "zh", False),
        ("en", "zh", "zh", False),
        ("zh", "en", "en", True),
    ],
)
def test_feedback_is_in_the_rosters_language_then_the_notebooks_then_the_reports(
    tmp_path: Path, book: Gradebook, roster: Language | None, notebook: str, option: Language, chinese: bool
) -> None:
    student = Student("s000", "A", language=roster)
    hand_in(book, "s000", right(numbers("s000")), lang=notebook)
    [path] = report.write_feedback(tmp_path, book, SET, [student], lang=option, numbers={"s000": numbers("s000")})
    page = report.feedback(book, SET, [student], student, numbers("s000"), lang=option)
    assert page == path.read_bytes() and ("你的反馈" in Page(page).text) == chinese
    hand_in(book, "s000", {}, lang=notebook, file="b.ipynb", attempt=1)
    comment = read_csv(report.moodle_csv(book, SET, [student], lang=option))[1][-1]
    assert ("建议再看" in comment) == chinese


def test_reasons_and_notes_are_in_the_language_of_the_page(tmp_path: Path, book: Gradebook) -> None:
    roster = [Student("s000", "A"), Student("s001", "B"), Student("s002", "C")]
    moved = Text(en="Cells of the set were moved.", zh="练习的单元格被移动过。")
    late = Text(en="The file was saved as GB18030.", zh="文件以 GB18030 保存。")
    ended = [Text(en="timeout", zh="timeout"), Text(en="KeyError: 3", zh="KeyError: 3")]
    for name, lang in (("s000", "en"), ("s001", "zh")):
        reason = written(ended)
        hand_in(
            book, name, right(numbers(name)), lang=lang, status="partial", reason=reason, notes=written([moved, late])
        )
    hand_in(book, "s002", {}, lang="zh", status="unreadable", reason=written([EMPTY]))
    own = {one.id: numbers(one.id) for one in roster}
    english, chinese = (
        Page(report.write_report(tmp_path, book, SET, roster, lang=lang, numbers=own).read_bytes()).text
        for lang in ("en", "zh")
    )
    assert f"{moved.en} {late.en}" in english and moved.zh not in english
    assert "a cell was stopped (it ran too long); KeyError: 3" in english and EMPTY.en in english
    assert f"{moved.zh}{late.zh}" in chinese and moved.en not in chinese
    assert "有单元格中断（运行超时）；KeyError: 3" in chinese and EMPTY.zh in chinese
    pages = [Page(path.read_bytes()).text for path in report.write_feedback(tmp_path, book, SET, roster, numbers=own)]
    assert "A part of your notebook could not be run: a cell was stopped (it ran too long); KeyError: 3" in pages[0]
    assert "笔记本有一部分没能运行：有单元格中断（运行超时）；KeyError: 3" in pages[1]
    assert pages[2].endswith(f"文件无法读取：{EMPTY.zh} 如果对结果有疑问，请写信给老师并注明题号。"), (
        "no table of nothing"
    )


def test_no_name_that_grading_gave_a_cell_is_shown(tmp_path: Path, book: Gradebook) -> None:
    said = "SyntaxError: '[' was never closed (<cell 33a34189ccfe-1>, line 1)"
    roster = [Student("s000", "A"), Student("s001", "B", language="zh")]
    for one in roster:
        marks = [
            replace(row, note=said if row.item == "credit_policy-1" and not row.part else "")
            for row in mark(ITEMS, numbers(one.id), Outcome(**outcome({})), [])
        ]
        hand_in(book, one.id, {}, marks=marks, status="partial", reason=written([Text(en=said, zh=said)]))
    own = {one.id: numbers(one.id) for one in roster}
    pages = report.write_feedback(tmp_path, book, SET, roster, numbers=own)
    pages += [report.write_report(tmp_path, book, SET, roster, lang=lang, numbers=own) for lang in ("en", "zh")]
    texts = [Page(path.read_bytes()).text for path in pages]
    shown = "SyntaxError: '[' was never closed (in line 1)", "SyntaxError: '[' was never closed（第 1 行）"
    assert [text.count(shown[place % 2]) for place, text in enumerate(texts)] == [2, 2, 2, 2]
    assert not [text for text in texts if "<cell" in text]


def test_feedback_names_what_was_given_instead_of_an_answer_and_no_hidden_input(
    tmp_path: Path, book: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Text(en="x", zh="x")
    asked: dict[str, Any] = {"ask": words, "hint": words, "why": words, "concepts": ()}
    number = NumberItem(**asked, solve=lambda params: 1, unit=words)
    chart = FigureItem(id="credit_policy-1", **asked, solve=lambda params: [1], look=lambda ax: [1])
    rule = FunctionItem(id="credit_policy-2", **asked, solve=lambda params: abs, inputs=lambda params: [(8642,)])
    three = PartsItem(id="credit_policy-3", ask=words, why=words, parts={"n": number, "t": number, "f": rule})
    items = (chart, rule, three)
    monkeypatch.setattr(report, "graded", lambda set_name: items)
    roster = [Student("s000", "A"), Student("s001", "B", language="zh")]
    given = {
        "credit_policy-1": decode(["type", "Figure"]),
        "credit_policy-2": decode(["function", "f"]),
        "credit_policy-3": {"n": decode(["type", "Evil"]), "t": "<Evil>", "f": decode(["function", "f"])},
    }
    failed = [Failed("ZeroDivisionError", "not for 8642")]
    calls = {"answer_2": failed, "answer_3.f": failed}
    for one in roster:
        marks = mark(items, {item.id: {} for item in items}, Outcome(**outcome(given) | {"calls": calls}), [])
        hand_in(book, one.id, {}, marks=marks)
    own: dict[str, Any] = {one.id: {item.id: {} for item in items} for one in roster}
    english, chinese = report.write_feedback(tmp_path, book, SET, roster, numbers=own)
    text = Page(english.read_bytes()).text
    assert "Give the axes of a chart; this is: Figure." in text
    assert "this is: Evil." in text and "this is: text '<Evil>'." in text
    assert text.count("Give a function that returns one number for every input") == 2
    assert "请给出图的坐标轴（axes）；现在的答案是 Figure。" in Page(chinese.read_bytes()).text
    assert not [path for path in (english, chinese) if "8642" in path.read_text(encoding="utf-8")]
    assert "8642" not in book.table("results").to_json()


# --- similar submissions ---------------------------------------------------------------------------------------------


def off(answers: Answers, factor: float) -> dict[str, Any]:
    """Every number wrong in a way that no trap knows."""

    def bend(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bend(one) for name, one in value.items()}
        return value * factor if isinstance(value, (int, float)) else value

    return {item: bend(value) for item, value in answers.items()}


def found(
    book: Gradebook, roster: Sequence[Student], code: Mapping[str, Mapping[str, str]] | None = None
) -> list[Evidence]:
    return report.find_similar(book, SET, roster, {one.id: numbers(one.id) for one in roster}, code=code)


def test_copied_answers_are_found_and_honest_ones_are_not(book: Gradebook) -> None:
    roster = people(12)
    for place, one in enumerate(roster):
        hand_in(book, one.id, right(numbers(one.id)) if place % 2 else off(right(numbers(one.id)), 1.1 + place / 70))
    assert found(book, roster) == []
    hand_in(book, "s004", right(numbers("s007")), received="2026-11-21T10:00:00+00:00")
    evidence = found(book, roster)
    kinds = {(one.kind, one.student, one.other) for one in evidence}
    assert {("answers", "s004", "s007"), ("numbers", "s004", "s007")} <= kinds
    assert {(one.student, one.other) for one in evidence} == {("s004", "s007")}
    strongest = evidence[0]
    assert len(strongest.items) >= 3 and strongest.expected < 0.01
    assert "by chance" in strongest.chance.en and "偶然" in strongest.chance.zh
    assert evidence == found(book, roster)


def test_two_wrong_alike_are_found_but_a_shared_misconception_is_not(book: Gradebook) -> None:
    roster = people(10)
    for place, one in enumerate(roster):
        own = numbers(one.id)
        answers = off(right(own), 1.2 + place / 50)
        part = ITEMS[4].parts["lost"]  # type: ignore[attr-defined]
        answers["credit_policy-5"]["lost"] = part.traps[0].wrong(own["credit_policy-5"])
        hand_in(book, one.id, answers)
    assert found(book, roster) == []
    same = off(right(numbers("s001")), 1.37)
    for name in ("s001", "s002"):
        hand_in(book, name, same, received="2026-11-21T10:00:00+00:00")
    assert {(one.student, one.other, one.kind) for one in found(book, roster)} == {("s001", "s002", "answers")}


def test_the_published_numbers_are_told_apart_from_copying(book: Gradebook) -> None:
    roster = people(6)
    example = {item.id: plain(item.solve(item.params())) for item in ITEMS}
    for one in roster:
        hand_in(book, one.id, example if one.id in ("s001", "s004") else right(numbers(one.id)))
    evidence = found(book, roster)
    assert {(one.kind, one.student, one.other) for one in evidence} >= {
        ("example", "s001", ""),
        ("example", "s004", ""),
    }
    assert {one.kind for one in evidence} == {"example"}


def handed(count: int, alike: int, values: Sequence[Any], status: str) -> list[Evidence]:
    """A class in which the first students gave the same to items 1 to 5; the others left them blank."""
    places = [(f"credit_policy-{item}", next(iter(ITEMS[item - 1].parts))) for item in range(1, 6)]  # type: ignore[attr-defined]
    answers: dict[str, list[Given]] = {one.id: [] for one in people(count)}
    for one in people(alike):
        answers[one.id] = [Given(*place, value, status) for place, value in zip(places, values, strict=False)]
    return similar(ITEMS, answers, {one: numbers(one) for one in answers})


EXACT = (1234.5, 17.921, 9876.1, 55.55, 3141.59)


@pytest.mark.parametrize(
    ("count", "alike", "values", "status", "pairs"),
    [
        (12, 2, EXACT, "wrong", 1),
        (2, 2, EXACT, "wrong", 1),
        (30, 5, EXACT, "wrong", 10),  # a ring
        (30, 20, EXACT, "wrong", 0),  # a source that the whole class has
        (12, 2, EXACT, "trap", 0),  # one misconception in two heads
        (12, 2, EXACT, "right", 0),
        (3, 2, EXACT[:1], "wrong", 0),  # one item is no pattern
        (12, 2, (0, 1), "wrong", 0),  # hit by chance
        (30, 8, (0, 0, 0, 0, 0), "wrong", 0),  # given up, not copied
    ],
)
def test_only_what_chance_and_misconceptions_leave_open_is_evidence(
    count: int, alike: int, values: Sequence[Any], status: str, pairs: int
) -> None:
    found_pairs = handed(count, alike, values, status)
    assert len(found_pairs) == pairs
    assert all(one.kind == "answers" and one.expected <= 0.1 for one in found_pairs)


@pytest.mark.parametrize(
    "value",
    [10**400, "Infinity", [[[1]]], {"a": {"b": "Ellipsis"}}, None, True, "x" * 3000, {str(n): n for n in range(500)}],
    ids=["huge", "word", "nested", "open", "none", "bool", "long", "cut off"],
)
def test_odd_answers_break_no_page(tmp_path: Path, book: Gradebook, value: Any) -> None:
    roster = people(3)
    for one in roster:
        part = {name: value for item in ITEMS if isinstance(item, PartsItem) for name in item.parts}
        answers = {item.id: value for item in ITEMS} | {"credit_policy-4": part}
        answers["credit_policy-6"] = dict.fromkeys("ABCDE", value)
        hand_in(book, one.id, answers)
    own = {one.id: numbers(one.id) for one in roster}
    for path in [
        report.write_report(tmp_path, book, SET, roster, numbers=own),
        *report.write_feedback(tmp_path, book, SET, roster, numbers=own),
    ]:
        assert Page(path.read_bytes()).stands_alone()
    assert found(book, roster) == []
    given = [Given("credit_policy-1", "nominal", value, "wrong")]
    assert similar(ITEMS, {"s000": given, "s001": given}, own) == []


LONG = """
base = item("credit_policy-{number}").params
rows = [value * 2 for value in base.values() if isinstance(value, (int, float))]
total = sum(row ** 2 for row in rows) / max(len(rows), 1)
answer_{number} = {{"a": total - min(rows), "b": total + max(rows) * {own}}}
"""


def test_the_same_code_under_other_names_is_found() -> None:
    roster = people(8)
    code = {
        one.id: {item.id: LONG.format(number=item.id[-1], own=place + 3) for item in ITEMS[:3]}
        for place, one in enumerate(roster)
    }
    assert similar(ITEMS, {}, {}, code) == []
    code["s005"] = {
        item: text.replace("base", "given").replace("rows", "list_of_mine") + "\n# mine"
        for item, text in code["s002"].items()
    }
    evidence = similar(ITEMS, {}, {}, code)
    assert [(one.kind, one.student, one.other, len(one.items)) for one in evidence] == [("code", "s002", "s005", 3)]
    everyone = {one.id: code["s002"] for one in roster}
    assert similar(ITEMS, {}, {}, everyone) == [], "what all share is common"


@pytest.mark.parametrize(
    "source", ["x = " + "-" * 9000 + "1", "x = " + "1+" * 9000 + "1", "(" * 9000, "x = ", "\0", "x = " * 30000, ""]
)
def test_code_that_no_parser_survives_is_no_evidence(source: str) -> None:
    assert normalised(source) is None


def test_answer_cells_are_read_from_what_was_handed_in(demo: Path) -> None:
    code = answer_code(demo / "submissions", read_roster(demo / "roster.csv"), SET)
    assert len(code) == 29, "one file is broken"
    assert code["2026001"]["credit_policy-5"].startswith("answer_5 = ")
