"""Points set by hand: what is allowed, where they show, that grading again keeps them, and that their past is kept."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_grading_report import Page

from crmlab.cli import main
from crmlab.grading import report
from crmlab.grading.gradebook import Gradebook
from crmlab.grading.roster import Student, read_roster

SET = "12_credit_policy"
ITEM = "credit_policy-2"
MISSING = "2026004"  # handed nothing in


def crmlab(*words: str | Path | float) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def lines(result: Result) -> Sequence[str]:
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four students, of whom one handed nothing in, after a run."""
    folder = tmp_path_factory.mktemp("overrides") / "class"
    lines(crmlab("demo-class", folder, "--set", SET, "--students", 4))
    (folder / "submissions" / f"{SET}_{MISSING}.ipynb").unlink()
    lines(crmlab("grade", folder / "submissions", "--set", SET, "--class", folder, "--workers", 1))
    return folder


@pytest.fixture
def demo(graded: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    folder = tmp_path / "class"
    shutil.copytree(graded, folder)
    return folder


def opened(folder: Path) -> tuple[Gradebook, list[Student]]:
    return Gradebook(folder / "gradebook.sqlite"), read_roster(folder / "roster.csv")


def counts(folder: Path, student: str, item: str = ITEM) -> float:
    book, roster = opened(folder)
    return float(report.grades(book, SET, roster).set_index("student").loc[student, item])


def named(folder: Path, student: str) -> str:
    """A student as the command names one."""
    return next(f"{one.id} ({one.name})" for one in read_roster(folder / "roster.csv") if one.id == student)


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_points_set_by_hand_count_everywhere_and_the_report_says_why_and_instead_of_what(demo: Path) -> None:
    before = counts(demo, "2026001")
    said = lines(crmlab("override", "2026001", ITEM, 0.5, "--reason", "Slip in the  last\nstep", "--class", demo))
    gave = f"0.5 of 3 points by hand; the check gave {before:g}"
    assert said == [f"{named(demo, '2026001')}, {ITEM}: {gave}. The next `crmlab report` shows it."]
    name = named(demo, "2026001")[9:-1]
    for lang in ("en", "zh"):
        lines(crmlab("report", "--set", SET, "--class", demo, "--lang", lang))
        page = Page((demo / "reports" / f"{SET}_{lang}.html").read_bytes())
        title = {"en": "Points set by hand", "zh": "由老师评定的分数"}[lang]
        assert f"{name} (2026001) 2 0.5 {before:g} Slip in the last step" in page.text.partition(title)[2]
        assert {"en": "graded, 1 by hand", "zh": "已批改，1 题由老师评定"}[lang] in page.text
    feedback = Page((demo / "reports" / "feedback" / SET / "2026001.html").read_bytes()).text
    assert (
        "Item 2 · 0.5 / 3 Your instructor set these points by hand: Slip in the last step The table shows" in feedback
    )
    total = sum(
        float(row["points"])
        for row in read(demo / "reports" / f"{SET}_questions.csv")
        if row["student"] == "2026001" and not row["part"]
    )
    assert f"{total:g} / 20 points" in feedback
    [row] = [
        row
        for row in read(demo / "reports" / f"{SET}_questions.csv")
        if (row["student"], row["item"], row["part"]) == ("2026001", ITEM, "")
    ]
    assert (row["points"], row["checked_points"], row["override_reason"]) == (
        "0.5",
        f"{before:g}",
        "Slip in the last step",
    )
    [row] = [row for row in read(demo / "reports" / f"{SET}_grades.csv") if row["student"] == "2026001"]
    assert (float(row["points"]), row[ITEM], row["by_hand"]) == (total, "0.5", "1")
    [row] = [row for row in read(demo / "reports" / f"{SET}_canvas.csv") if row["SIS User ID"] == "2026001"]
    assert float(row[SET]) == total
    [row] = [row for row in read(demo / "reports" / f"{SET}_moodle.csv") if row["Full name"] == name]
    assert float(row["Grade"]) == total and "2: 0.5/3" in row["Feedback comments"]


def test_feedback_in_chinese_says_who_set_the_points(demo: Path) -> None:
    book, roster = opened(demo)
    book.override(SET, "2026001", ITEM, 1, "口头补充")
    roster = [Student(one.id, one.name, language="zh") for one in roster]
    page = Page(report.write_feedback(demo, book, SET, roster)[0].read_bytes()).text
    assert "第 2 题 · 1 / 3 分数由老师评定： 口头补充 下表是自动评分的结果。" in page


def test_grading_again_keeps_points_set_by_hand_and_the_history_of_both(demo: Path) -> None:
    lines(crmlab("override", "2026001", ITEM, 1, "--reason", "one", "--class", demo))
    lines(crmlab("override", "2026001", ITEM, 2, "--reason", "two", "--class", demo))
    book, roster = opened(demo)
    before = book.table("overrides")
    lines(crmlab("grade", demo / "submissions", "--set", SET, "--class", demo, "--again", "--workers", 1))
    assert book.table("overrides").equals(before)
    assert report.grades(book, SET, roster).set_index("student").loc["2026001", ITEM] == 2
    what = [json.loads(one) for one in book.table("history")["what"]]
    assert [one["override"]["reason"] for one in what if "override" in one] == ["one"]
    assert sum("submission" in one for one in what) == 3


def test_what_is_replaced_or_taken_back_stays_in_the_history_and_is_listed(demo: Path) -> None:
    before, other = counts(demo, "2026002"), counts(demo, "2026001", "credit_policy-1")
    for points, reason in ((1, "first"), (2.5, "second")):
        lines(crmlab("override", "2026002", ITEM, points, "--reason", reason, "--class", demo))
    lines(crmlab("override", "2026001", "credit_policy-1", 0, "--reason", "copied", "--class", demo))
    listing = lines(crmlab("override", "--class", demo))
    assert [re.sub(r"20\d\d-\d\d-\d\d", "DAY", line) for line in listing] == [
        f"{named(demo, '2026001')}, credit_policy-1: 0 of 2 points by hand; the check gave {other:g}; set DAY: copied",
        f"{named(demo, '2026002')}, {ITEM}: 2.5 of 3 points by hand; the check gave {before:g}; set DAY: second",
        "    before: 1 by hand, set DAY, replaced DAY: first",
    ]
    [said] = lines(crmlab("override", "2026002", ITEM, "--remove", "--class", demo))
    assert said.endswith("what the check gave counts again.")
    assert counts(demo, "2026002") == before
    listing = lines(crmlab("override", "--class", demo))
    assert [line.rpartition(": ")[2] for line in listing[1:]] == [
        "what the check gave counts again.",
        "first",
        "second",
    ]
    assert "removed" in listing[3]
    again = crmlab("override", "2026002", ITEM, "--remove", "--class", demo)
    assert again.exit_code == 1 and "has no points set by hand in credit_policy-2." in again.output


def test_who_handed_nothing_in_can_be_given_points(demo: Path) -> None:
    [said] = lines(crmlab("override", MISSING, ITEM, 3, "--reason", "On paper", "--class", demo))
    assert "3 of 3 points by hand; nothing was handed in." in said
    lines(crmlab("report", "--set", SET, "--class", demo))
    assert f"({MISSING}) 2 3 – On paper" in Page((demo / "reports" / f"{SET}_en.html").read_bytes()).text
    [row] = [row for row in read(demo / "reports" / f"{SET}_questions.csv") if row["student"] == MISSING]
    assert (row["status"], row["points"], row["checked_points"]) == ("missing", "3", "")
    feedback = Page((demo / "reports" / "feedback" / SET / f"{MISSING}.html").read_bytes()).text
    assert "3 / 20 points Nothing was handed in. Item 2 · 3 / 3" in feedback
    assert "Item 1" not in feedback and "no answer" not in feedback


def test_a_class_that_handed_in_on_paper_has_its_report(graded: Path, tmp_path: Path) -> None:
    shutil.copytree(graded, tmp_path / "class", ignore=shutil.ignore_patterns("*.sqlite", "reports"))
    lines(crmlab("override", "2026001", ITEM, 3, "--reason", "On paper", "--class", tmp_path / "class"))
    assert "feedback: 1 pages" in lines(crmlab("report", "--set", SET, "--class", tmp_path / "class"))[-1]


def test_another_gradebook_is_named_by_its_address(demo: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    lines(crmlab("override", "2026001", ITEM, 1, "--reason", "x", "--class", demo, "--gradebook", other))
    assert len(lines(crmlab("override", "--class", demo, "--gradebook", other))) == 1
    assert lines(crmlab("override", "--class", demo)) == ["No points are set by hand."]


def test_forgetting_a_student_forgets_points_set_by_hand_and_their_history(demo: Path) -> None:
    for points in (1, 2):
        lines(crmlab("override", "2026001", ITEM, points, "--reason", "private", "--class", demo))
    lines(crmlab("forget", "2026001", "--class", demo, "--yes"))
    assert opened(demo)[0].table("history").empty
    assert lines(crmlab("override", "--class", demo)) == ["No points are set by hand."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([ITEM], "give STUDENT, ITEM, POINTS and --reason; to take points back, STUDENT, ITEM and --remove"),
        (["--remove"], "give STUDENT, ITEM, POINTS and --reason"),
        (["2026001", ITEM, 1, "--remove"], "STUDENT, ITEM and --remove"),
        (["2026001", ITEM, "--remove", "--reason", "x"], "STUDENT, ITEM and --remove"),
        (["20260022", ITEM, 1, "--reason", "x"], "there is no student '20260022'; did you mean {who}"),
        (["{name}", ITEM, 1, "--reason", "x"], "there is no student '{name}'; did you mean {who}"),
        (["{first}", ITEM, 1, "--reason", "x"], "there is no student '{first}'; did you mean {who}"),
        (["nobody", ITEM, 1, "--reason", "x"], "roster.csv: there is no student 'nobody'."),
        (
            ["2026001", "credit_polcy-2", 1, "--reason", "x"],
            "no graded item 'credit_polcy-2'; did you mean credit_policy-2",
        ),
        (
            ["2026001", "2", 1, "--reason", "x"],
            "no graded item '2'; did you mean classification-2 or value_tiers-2 or ",
        ),
        (
            ["2026001", "credit_policy-9", 1, "--reason", "x"],
            f"{SET} has no graded item 'credit_policy-9'; it has credit_",
        ),
        (["2026001", "credit_policy-p1", 1, "--reason", "x"], f"{SET} has no graded item 'credit_policy-p1'"),
        (["2026001", ITEM, 3.5, "--reason", "x"], "credit_policy-2 allows from 0 to 3 points; 3.5 is outside."),
        (["2026001", ITEM, -1, "--reason", "x"], "credit_policy-2 allows from 0 to 3 points; -1 is outside."),
        (["2026001", ITEM, "nan", "--reason", "x"], "credit_policy-2 allows from 0 to 3 points; nan is outside."),
        (["2026001", ITEM, "inf", "--reason", "x"], "credit_policy-2 allows from 0 to 3 points; inf is outside."),
        (["2026001", ITEM, "1,5", "--reason", "x"], "'1,5' is no number; write 1.5."),
        (["2026001", ITEM, "half", "--reason", "x"], "'half' is no number, such as 1.5."),
        (["2026001", ITEM, 1], "the reason is missing"),
        (["2026001", ITEM, 1, "--reason", " \n"], "the reason is missing"),
        ([], "gradebook.sqlite: there is no such file; `crmlab grade` makes it."),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(
    words: list[str | float], sentence: str, graded: Path, tmp_path: Path
) -> None:
    for name in ("class.json", "roster.csv"):
        shutil.copy(graded / name, tmp_path)
    who = named(tmp_path, "2026002")
    told = {"who": who, "name": who[9:-1], "first": who[9:-1].partition(" ")[0]}
    result = crmlab("override", *(str(word).format(**told) for word in words), "--class", tmp_path)
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert result.output.count("\n") == 1 and sentence.format(**told) in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.json", "roster.csv"]


def test_a_number_alone_is_told_what_it_may_mean(demo: Path) -> None:
    result = crmlab("override", "2026001", "2", 1, "--reason", "x", "--class", demo)
    assert result.output == "Error: there is no graded item '2'; did you mean credit_policy-2?\n"


def test_the_help_teaches_with_an_example() -> None:
    said = crmlab("override", "--help").output
    assert 'crmlab override 2026003 credit_policy-2 1.5 --reason "Right idea' in said and "--remove" in said
