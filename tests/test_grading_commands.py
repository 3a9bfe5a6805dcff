"""The commands for graded sets, as an instructor and a student type them."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql
from click.testing import CliRunner, Result

from crmlab.cli import main
from crmlab.grading.assign import assign, handout, load_class
from crmlab.grading.engine import pool
from crmlab.grading.engine.sandbox import Isolation
from crmlab.grading.gradebook import Gradebook, GradebookError
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


ANN, DAN, EVE = Student("2026001", "Ann Lee"), Student("2026004", "Dan Wu"), Student("2026009", "Eve Yu")


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
            "is no class folder (no class.json); add --class FOLDER.",
        ),
        (["report", "--set", SET, "--class", "{tmp}"], "is no class folder (no class.json); add --class FOLDER."),
        (["override", "--class", "{tmp}"], "is no class folder (no class.json); add --class FOLDER."),
        (["forget", "1", "--class", "{tmp}"], "is no class folder (no class.json); add --class FOLDER."),
        (["grade", ".", "--set", "6"], "there is no set '6'; did you mean 06_delivered_value?"),
        (["grade", ".", "--set", "credit-policy"], "there is no set 'credit-policy'; did you mean 12_credit_policy or"),
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


# --- what cannot be meant ----------------------------------------------------------------------------------------


def refused(folder: Path, place: Path, set_name: str = SET) -> str:
    result = crmlab("grade", place, "--set", set_name, "--class", folder, "--workers", "1")
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.output
    assert not (folder / "gradebook.sqlite").exists()
    return result.output.strip()


def put_in(folder: Path, *students: Student, set_name: str = SET, of: Path | None = None) -> Path:
    """Put students' blank notebooks of a class where a folder's work is handed in."""
    place = folder / "in"
    place.mkdir(parents=True, exist_ok=True)
    for one in students:
        numbers = load_class(of or folder).numbers(set_name, one.id)
        (place / f"{one.id}.ipynb").write_bytes(handout(one.id, set_name, "en", numbers))
    return place


def test_the_numbers_of_another_class_stop_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        assign([ANN, DAN], SET, folder)
    said = refused(here, put_in(here, ANN, DAN, of=there))
    assert said == "Error: 2 of 2 notebooks carry numbers of another class; check --class. Nothing was graded."
    put_in(here, ANN)  # one of them alone may have edited hers
    assert len(grade(here)) > 0 and len(rows(here)) == 2


def test_notebooks_of_another_set_stop_it(tmp_path: Path) -> None:
    assign([ANN, DAN], SET, tmp_path)
    place = put_in(tmp_path, ANN, DAN, set_name="06_delivered_value")
    said = refused(tmp_path, place)
    assert said == f"Error: The notebooks here are of 06_delivered_value, not of {SET}. Nothing was graded."
    put_in(tmp_path, ANN)
    grade(tmp_path)
    assert [(name, status) for name, _, status, _, _ in rows(tmp_path)] == [
        ("2026001.ipynb", "ok"),
        ("2026004.ipynb", "unreadable"),
    ]


def test_edited_metadata_alone_make_no_other_set(tmp_path: Path) -> None:
    assign([ANN], SET, tmp_path)
    path = put_in(tmp_path, ANN) / "2026001.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"set": "{SET}"', '"set": "06_delivered_value"'), "utf-8")
    grade(tmp_path)
    assert [status for _, _, status, _, _ in rows(tmp_path)] == ["ok"]


@pytest.mark.parametrize("inner", ["", SET, f"{SET}/2026001.ipynb"])
def test_hand_outs_are_not_taken_for_work(inner: str, tmp_path: Path) -> None:
    assign([ANN, DAN], SET, tmp_path)
    said = refused(tmp_path, tmp_path / "handout" / inner)
    assert "holds what the class was handed out, not what it handed in" in said and said.count("\n") == 0


def test_a_row_says_whether_a_set_is_untouched(tmp_path: Path) -> None:
    assign([ANN, DAN], SET, tmp_path)
    path = put_in(tmp_path, ANN, DAN) / "2026001.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("answer_1 = ", "answer_1 = 5 #"), "utf-8")
    grade(tmp_path)
    with closing(Gradebook(tmp_path / "gradebook.sqlite")) as book:
        table = book.table("submissions")
    assert dict(zip(table["student"], table["untouched"], strict=True)) == {"2026001": False, "2026004": True}


def test_of_canvas_only_the_mark_says_late(tmp_path: Path) -> None:
    past = datetime.now().astimezone() - timedelta(days=1)
    assign([replace(ANN, due=past), replace(DAN, due=past), replace(EVE, due=past)], SET, tmp_path)
    (tmp_path / "in").mkdir()
    for name, one in (("leeann_11_101_set", ANN), ("wudan_LATE_14_104_set", DAN), (EVE.id, EVE)):
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(blank(tmp_path, one))
    grade(tmp_path)
    assert {student: late for _, student, _, late, _ in rows(tmp_path)} == {ANN.id: False, DAN.id: True, EVE.id: True}


def test_the_report_counts_the_try_that_grading_counted(tmp_path: Path) -> None:
    assign([ANN], SET, tmp_path)
    place = put_in(tmp_path, ANN)
    words = (place, "--set", SET, "--class", tmp_path, "--workers", "1")

    def counts(*more: str) -> str:
        page = Path(lines(crmlab("report", "--set", SET, "--class", tmp_path, *more))[0].removeprefix("class report: "))
        text = page.read_text(encoding="utf-8")
        return next(one for one in ("the best try counts", "the latest try counts") if one in text)

    lines(crmlab("grade", *words))
    assert counts() == "the latest try counts" and counts("--keep", "best") == "the best try counts"
    lines(crmlab("grade", *words, "--keep", "best"))  # nothing new to grade, but the last word
    assert counts() == "the best try counts" and counts("--keep", "latest") == "the latest try counts"
    lines(crmlab("grade", *words, "--again"))
    assert counts() == "the latest try counts"


def test_without_a_sandbox_it_stops_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "probe", lambda: Isolation("process", "no user namespaces"))
    assign([ANN], SET, tmp_path)
    place = put_in(tmp_path, ANN)
    for command in ("grade", "execute"):
        words = (place, "--set", SET, "--class", tmp_path, "--isolation", "sandbox")
        result = crmlab(command, *words)
        assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exception
        assert "no user namespaces" in result.output and "Traceback" not in result.output


def test_a_folder_without_a_class_is_called_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert crmlab("report", "--set", SET).output.startswith("Error: The current folder is no class folder")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("student_id,name\n1,Ada\n", encoding="utf-8")

    def barred(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path.with_name(f"{path.name}.7.tmp")))

    monkeypatch.setattr("crmlab.grading.assign.write_whole", barred)
    said = crmlab("assign", roster, "--set", SET, "--class", tmp_path / "class").output
    assert said == f"Error: the folder {tmp_path / 'class'} cannot be used (Permission denied).\n"


def test_a_gradebook_in_use_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Gradebook(tmp_path / "gradebook.sqlite")
    error = sqlite3.OperationalError("database is locked")

    def locked(*_: Any) -> None:
        raise sql.exc.OperationalError("BEGIN", {}, error)

    monkeypatch.setattr("crmlab.grading.gradebook._put", locked)
    with pytest.raises(GradebookError, match="is in use by another program; close it and run the command again"):
        book.write({}, [])
    book.close()


def test_forget_asks_with_student_and_class(tmp_path: Path) -> None:
    assign([ANN, DAN], SET, tmp_path)
    for given in ("2026007", "Ann"):
        said = crmlab("forget", given, "--class", tmp_path)
        assert said.exit_code == 1 and f"there is no student '{given}'" in said.output and "Delete" not in said.output
    asked = crmlab("forget", ANN.id, "--class", tmp_path)  # and nobody answers
    assert asked.exit_code == 1 and f"stored of 2026001 (Ann Lee) in the class folder {tmp_path}" in asked.output
    assert (tmp_path / "handout" / SET / "2026001.ipynb").exists()


def test_who_is_no_longer_on_the_roster_is_forgotten_too(tmp_path: Path) -> None:
    assign([ANN, DAN, EVE], SET, tmp_path)
    put_in(tmp_path, ANN)
    grade(tmp_path)
    assign([EVE], SET, tmp_path)
    for one in (ANN, DAN):  # of Dan there is a hand-out and no row
        said = lines(crmlab("forget", one.id, "--class", tmp_path, "--yes"))
        assert "files: 1 of the student" in said and not any(line.startswith("roster") for line in said)
        assert said[-1].startswith("What was handed in stays where you keep it: delete it there, or grading it again")
        assert crmlab("forget", one.id, "--class", tmp_path, "--yes").exit_code == 1
    assert rows(tmp_path) == [] and (tmp_path / "handout" / SET / f"{EVE.id}.ipynb").exists()


def test_assign_says_how_the_roster_changed(tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text("student_id,name\n1,Ada\n2,Bo\n", encoding="utf-8")
    words = ("assign", given, "--set", SET, "--class", tmp_path / "class")
    assert len(lines(crmlab(*words))) == len(lines(crmlab(*words))) == 1
    given.write_text("student_id,name\n2,Bo\n3,Cy\n4,Di\n", encoding="utf-8")
    assert lines(crmlab(*words))[0].endswith("took its place: 2 new, 1 left.")


@pytest.mark.parametrize(("lang", "said"), [("en", "Hand in this file: "), ("zh", "请提交这个文件：")])
def test_submit_ends_with_the_file_in_the_notebooks_language(lang: Any, said: str, tmp_path: Path) -> None:
    assign([replace(ANN, language=lang)], SET, tmp_path)
    told = lines(crmlab("submit", tmp_path / "handout" / SET / "2026001.ipynb", "--to", tmp_path / "to"))
    assert told[-1] == f"{said}{tmp_path / 'to' / f'{SET}_2026001.ipynb'}"
    receipt = (tmp_path / "to" / f"{SET}_2026001_receipt.txt").read_text(encoding="utf-8")
    assert "\n".join(told).startswith(receipt.strip())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_the_commands_write_is_their_users_alone(graded: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text("student_id,name\n1,Ada\n", encoding="utf-8")
    mask = os.umask(0)
    try:
        lines(crmlab("assign", given, "--set", SET, "--class", tmp_path / "class"))
        lines(crmlab("report", "--set", SET, "--class", graded))
    finally:
        os.umask(mask)
    files = [path for folder in (tmp_path / "class", graded / "reports") for path in folder.rglob("*.*")]
    assert files and {stat.S_IMODE(path.stat().st_mode) for path in files if path.is_file()} == {0o600}
