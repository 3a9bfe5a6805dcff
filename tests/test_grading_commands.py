"""The commands for graded sets, as an instructor and a student type them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql
from click.testing import CliRunner, Result

from crmlab.cli import main
from crmlab.grading.assign import assign, handout, load_class
from crmlab.grading.gradebook import Gradebook
from crmlab.grading.roster import Student

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


ANN, DAN = Student("2026001", "Ann Lee"), Student("2026004", "Dan Wu")


def blank(folder: Path, student: Student) -> bytes:
    return handout(student.id, SET, "en", load_class(folder).numbers(SET, student.id))


def grade(folder: Path) -> list[str]:
    return list(lines(crmlab("grade", folder / "in", "--set", SET, "--class", folder, "--workers", "1")))


def rows(folder: Path) -> list[tuple[Any, ...]]:
    book = Gradebook(folder / "gradebook.sqlite")
    table = book.table("submissions")
    book.close()
    return list(zip(table["file"], table["student"], table["status"], table["late"], table["doubtful"], strict=True))


def test_nothing_that_was_handed_in_is_passed_over_in_silence(tmp_path: Path) -> None:
    assign([ANN, DAN], SET, tmp_path)
    (tmp_path / "in").mkdir()
    own, copied, bad = "leeann_11_101_set.ipynb", "wudan_14_104_set.ipynb", "wudan_14_105_set 2026001.zip"
    for name in (own, copied):
        (tmp_path / "in" / name).write_bytes(blank(tmp_path, ANN))
    for name in (bad, "leeann_11_102_set.rar", "leeann_11_103_set_receipt.txt", ".DS_Store"):
        (tmp_path / "in" / name).write_bytes(b"x")
    said = grade(tmp_path)
    assert f"in doubt: {copied}: The notebook names 2026001, its path names 2026004." in said
    assert "1 other file, not graded: leeann_11_102_set.rar" in said
    assert "nothing from 1: 2026004" not in said
    assert rows(tmp_path) == [
        (own, "2026001", "ok", False, False),
        (copied, "2026001", "ok", False, True),
        (bad, "2026004", "unreadable", False, True),
    ]
    book = Gradebook(tmp_path / "gradebook.sqlite")
    table = book.table("submissions").set_index("file")
    book.close()
    assert "cannot be read" in table["reason"][bad] and "Its path names 2026001 and 2026004." in table["notes"][bad]
    for number in range(20):
        (tmp_path / "in" / f"{number}.rar").write_bytes(b"x")
    assert any(line.startswith("21 other files, not graded: 0.rar, 1.rar, 10.rar,") for line in grade(tmp_path))


def test_what_belongs_to_another_student_or_is_late_now_is_graded_again(tmp_path: Path) -> None:
    assign([ANN], SET, tmp_path)
    (tmp_path / "in").mkdir()
    for one in (ANN, DAN):
        (tmp_path / "in" / f"{one.id}.ipynb").write_bytes(blank(tmp_path, one))

    def again(roster: list[Student]) -> tuple[str, list[tuple[Any, ...]]]:
        assign(roster, SET, tmp_path)
        [said] = [line for line in grade(tmp_path) if " graded (" in line]
        return said.partition(";")[0], rows(tmp_path)

    ann, dan = ("2026001.ipynb", "2026001", "ok", False, False), ("2026004.ipynb", "2026004", "ok", False, False)
    nobodys = ("2026004.ipynb", "", "unreadable", False, False)
    assert again([ANN]) == ("2 graded (1 ok, 1 unreadable), 0 had their row already", [ann, nobodys])
    assert again([ANN, DAN]) == ("1 graded (1 ok), 1 had their row already", [ann, dan])
    past = datetime.now().astimezone() - timedelta(days=1)
    late = ("2026001.ipynb", "2026001", "ok", True, False)
    assert again([replace(ANN, due=past), DAN]) == ("1 graded (1 ok), 1 had their row already", [late, dan])
    assert again([replace(ANN, due=past), DAN])[0] == "0 graded (nothing new), 2 had their row already"


def test_without_a_sandbox_it_says_what_students_code_could_do(tmp_path: Path) -> None:
    assign([ANN], SET, tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2026001.ipynb").write_bytes(blank(tmp_path, ANN))
    words = ["--set", SET, "--class", tmp_path, "--workers", "1", "--isolation", "none"]
    said = crmlab("grade", tmp_path / "in", *words).output
    assert "read and change whatever you can, the gradebook and the class's salt too, and use your network." in said


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
    def as_most_systems_have_it(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA secure_delete = OFF")

    sql.event.listen(sql.engine.Engine, "connect", as_most_systems_have_it)
    try:
        forgotten_everywhere(graded)
    finally:
        sql.event.remove(sql.engine.Engine, "connect", as_most_systems_have_it)


def forgotten_everywhere(graded: Path) -> None:
    book = Gradebook(graded / "gradebook.sqlite")
    assert "2026002" in set(book.table("submissions")["student"])
    page = graded / "executed" / SET / "2026002.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("2026002", encoding="utf-8")
    lines(crmlab("forget", "2026002", "--class", graded, "--yes"))
    for name in ("submissions", "overrides", "history"):
        assert "2026002" not in set(book.table(name)["student"])
    assert not [path for path in graded.rglob("2026002.*") if "submissions" not in path.parts]
    assert "2026002" not in (graded / "roster.csv").read_text(encoding="utf-8")
    kept = [path for path in graded.rglob("*") if path.is_file() and "submissions" not in path.parts]
    assert not [path for path in kept if b"2026002" in path.read_bytes()], "left in a report or in freed pages"
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
