"""The commands for graded sets, as an instructor and a student type them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crmlab.cli import main
from crmlab.grading.gradebook import Gradebook

SET = "12_credit_policy"


def crmlab(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def lines(result: Result) -> Sequence[str]:
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "class"
    lines(crmlab("demo-class", folder, "--set", SET, "--students", "5"))
    return folder


@pytest.fixture(scope="module")
def graded(demo: Path) -> Path:
    said = lines(crmlab("grade", demo / "submissions", "--set", SET, "--class", demo, "--workers", "1"))
    assert any(line.startswith("5 graded (5 ok), 0 had their row already") for line in said)
    return demo


def test_grading_again_does_nothing_twice(graded: Path) -> None:
    said = lines(crmlab("grade", graded / "submissions", "--set", SET, "--class", graded))
    assert any(line.startswith("0 graded (nothing new), 5 had their row already") for line in said)
    assert Gradebook(graded / "gradebook.sqlite").table("history").empty


def test_again_keeps_the_earlier_rows_in_the_history(graded: Path) -> None:
    book = Gradebook(graded / "gradebook.sqlite")
    before = book.table("results")
    lines(crmlab("grade", graded / "submissions", "--set", SET, "--class", graded, "--again"))
    assert book.table("results").equals(before)
    assert sorted(book.table("history")["student"]) == sorted(book.table("submissions")["student"])


def test_the_report_its_tables_and_the_feedback_are_written(graded: Path) -> None:
    said = lines(crmlab("report", "--set", SET, "--class", graded))
    page = Path(said[0].removeprefix("class report: "))
    assert "<html" in page.read_text(encoding="utf-8")
    assert {f"{SET}_canvas.csv", f"{SET}_moodle.csv"} <= {path.name for path in page.parent.glob("*.csv")}
    assert len(list((page.parent / "feedback" / SET).glob("*.html"))) == 5


def test_a_student_is_forgotten_everywhere(graded: Path) -> None:
    book = Gradebook(graded / "gradebook.sqlite")
    assert "2026002" in set(book.table("submissions")["student"])
    lines(crmlab("forget", "2026002", "--class", graded, "--yes"))
    for name in ("submissions", "overrides", "history"):
        assert "2026002" not in set(book.table(name)["student"])
    assert not [path for path in graded.rglob("2026002.*") if "submissions" not in path.parts]
    assert "2026002" not in (graded / "roster.csv").read_text(encoding="utf-8")
    files = set(book.table("submissions")["file"])
    assert set(book.table("results")["file"]) <= files and len(files) == 4


def test_a_student_hands_in_one_file_with_a_receipt(demo: Path, tmp_path: Path) -> None:
    said = "\n".join(lines(crmlab("submit", demo / "handout" / SET / "2026001.ipynb", "--to", tmp_path)))
    assert "credit_policy-1" in said or "1" in said
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".ipynb", ".txt"]


def test_the_visible_cell_carries_the_students_own_numbers(demo: Path) -> None:
    one, other = (
        json.loads((demo / "handout" / SET / f"{name}.ipynb").read_text(encoding="utf-8"))["metadata"]["crmlab"][
            "numbers"
        ]
        for name in ("2026001", "2026003")
    )
    assert one.keys() == other.keys() and one != other


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grade", ".", "--set", "99_x"], "there is no set '99_x'; there are 01_classification"),
        (
            ["grade", ".", "--set", SET, "--class", "{tmp}"],
            "class.json: there is no such file; `crmlab assign` makes it",
        ),
        (
            ["report", "--set", SET, "--class", "{tmp}"],
            "gradebook.sqlite: there is no such file; `crmlab grade` makes it.",
        ),
        (["forget", "1", "--class", "{tmp}", "--yes"], "roster.csv"),
        (["demo-class", "{tmp}/..", "--set", SET], "is not empty; name a new folder."),
        (["assign", "{roster}", "--set", SET, "--class", "{tmp}"], "student_id"),
    ],
)
def test_bad_input_is_one_sentence(words: list[str], sentence: str, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    roster = tmp_path / "roster.csv"
    roster.write_text("name\nAda\n", encoding="utf-8")
    result = crmlab(*(word.format(tmp=tmp_path / "class", roster=roster) for word in words))
    assert result.exit_code == 1 and result.exception is not None and isinstance(result.exception, SystemExit)
    assert sentence in result.output and "Traceback" not in result.output
