"""Handing out, collecting and reading submissions: every file ends in a notebook in order or in one sentence."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import stat
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import crmlab
from crmlab.core import answers as answers_module
from crmlab.core.answers import FOLDER, MARKER, Answers
from crmlab.core.checks import Item
from crmlab.grading import assign as assign_module
from crmlab.grading import collect as collect_module
from crmlab.grading import notebooks
from crmlab.grading.assign import ClassError, assign, changes, handout, load_class
from crmlab.grading.collect import CollectError, collect
from crmlab.grading.gradebook import Gradebook
from crmlab.grading.notebooks import NotAWork, answered, graded, numbers_of, read, repair, sets
from crmlab.grading.roster import RosterError, Student, read_roster, roster_bytes, why_no_file_name
from crmlab.grading.submit import submit

SET = "12_credit_policy"
SALT = "5a" * 32
ROSTER = [
    Student("2026001", "Wang Xiaoming"),
    Student("2026002", "李雷", language="zh"),
    Student("CS-2026-3", "Ana María López"),
    Student("7-1", "Han Meimei"),
    Student("12", "Twelve"),
]
Notebook = dict[str, Any]


def issued(student: str = "2026001", set_name: str = SET, lang: Any = "en") -> Notebook:
    """A student's notebook as it is handed out."""
    found: Notebook = json.loads(handout(student, set_name, lang, numbers_of(set_name, student, SALT)))
    return found


def data(notebook: Any) -> bytes:
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8")


def place(notebook: Notebook, grade_id: str) -> int:
    return next(
        number
        for number, cell in enumerate(notebook["cells"])
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def cell(notebook: Notebook, number: int, *, check: bool = False) -> Notebook:
    found: Notebook = notebook["cells"][place(notebook, f"credit_policy-{number}{'-check' * check}")]
    return found


def fill(notebook: Notebook, number: int = 1, source: str = "") -> Notebook:
    cell(notebook, number)["source"] = source or f'answer_{number} = {{"value": {number}}}'
    return notebook


def repaired(notebook: Notebook, set_name: str = SET) -> tuple[dict[str, Any], list[str]]:
    """The cell job of each item, and the notes."""
    cells, notes = repair(read(data(notebook)), set_name, numbers_of(set_name, "2026001", SALT))
    assert len({one.id for one in cells}) == len(cells)
    assert all(note.zh and note.en for note in notes)
    return {one.item: one for one in cells if one.item}, [note.en for note in notes]


def untouched() -> dict[str, Any]:
    return repaired(fill(issued()))[0]


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("set_name", sets())
def test_a_handed_out_notebook_needs_no_repair(set_name: str, lang: Any) -> None:
    work = read(data(issued(set_name=set_name, lang=lang)), "a.ipynb")
    assert (work.student, work.set_name, work.lang, work.named_by) == ("2026001", set_name, lang, "metadata")
    numbers = numbers_of(set_name, "2026001", SALT)
    cells, notes = repair(work, set_name, numbers)
    assert notes == []
    assert [(one.item, one.name) for one in cells if one.item] == [
        (item.id, notebooks.variable(item.id)) for item in graded(set_name)
    ]
    assert {one.state for one in answered(work, set_name)} == {"blank"}
    assert work.numbers == json.loads(json.dumps(numbers))


def nested(depth: int) -> bytes:
    return b'{"cells": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\0\0\n", "is empty"),
        (b"\xef\xbb\xbf", "is not a Jupyter notebook"),
        (data({"cells": [{"cell_type": "code", "source": "x = 1"}]})[:-9], "breaks off"),
        (data({"cells": []})[:-1], "breaks off"),
        (b'{"cells": [}', "is damaged"),
        (b"<<<<<<< HEAD", "is not a Jupyter notebook"),
        (b"%PDF-1.7\n\x80\x81", "is not a Jupyter notebook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not a Jupyter notebook"),
        (b"[]", "is not a Jupyter notebook"),
        (b"5", "is not a Jupyter notebook"),
        (b'"cells"', "is not a Jupyter notebook"),
        (b"{}", "is not a Jupyter notebook"),
        (b'{"cells": 5}', "is not a Jupyter notebook"),
        (b'{"worksheets": {}}', "is not a Jupyter notebook"),
        (nested(100_000), "is not a Jupyter notebook"),
        (b'{"cells": ' + b"1" * 5000 + b"}", "is not a Jupyter notebook"),
        (b'{"cells": []}' + b" " * notebooks.MOST_BYTES, "is larger than 20 MB; clear its outputs"),
        (data({"cells": [{"cell_type": "code"}] * 2001}), "more than 2000 cells"),
        (data({"cells": [{"cell_type": "code", "source": "#" * 2_000_001}]}), "2 MB of code"),
    ],
    ids=lambda value: f"{value[:20]!r}" if isinstance(value, bytes) else None,
)
def test_what_is_no_notebook_is_said_in_one_sentence(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(content)
    for source in (content, tmp_path / "a.ipynb"):
        with pytest.raises(NotAWork) as raised:
            read(source)
        assert reason in raised.value.reason.en and raised.value.reason.zh.endswith("。")


def test_a_file_that_cannot_be_opened_is_no_work(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.ipynb"):
        with pytest.raises(NotAWork, match="cannot be read"):
            read(path)


def test_every_place_where_a_file_breaks_off_is_survived() -> None:
    whole = data(fill(issued()))
    for end in range(0, len(whole) - 1, 97):
        with pytest.raises(NotAWork):
            read(whole[:end])


@pytest.mark.parametrize("odd", [None, 5, "x", [], [1], {}, {"a": 1}, True, 1e400, [None, "x = 1"]], ids=str)
def test_odd_values_anywhere_are_survived(odd: Any) -> None:
    for path in (("cells", 6), ("cells", 6, "source"), ("cells", 6, "metadata"), ("cells", 6, "id"), ("metadata",)):
        notebook = issued()
        target: Any = notebook
        for key in path[:-1]:
            target = target[key]
        target[path[-1]] = odd
        repaired(notebook)
    for key in ("nbgrader", "crmlab"):
        for inner in ("grade_id", "points", "student", "set", "lang", "version", "numbers"):
            notebook = issued()
            about = notebook["metadata"] if key == "crmlab" else notebook["cells"][6]["metadata"]
            about[key][inner] = odd
            repaired(notebook)
            about[key] = odd
            repaired(notebook)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = json.dumps(issued("2026002", lang="zh"), ensure_ascii=False)
    work = read(text.encode(encoding))
    assert "数字" in work.cells[3].source
    assert [note.en for note in work.notes] == (
        [] if encoding == "utf-8-sig" else [f"The file was saved as {encoding.upper()}, not as UTF-8."]
    )


def test_what_a_disk_padded_is_read() -> None:
    whole = data(fill(issued()))
    for padded in (whole + bytes(4096), whole + b"\n" + bytes(3), json.dumps(issued()).encode("utf-16") + bytes(2)):
        assert len(read(padded).cells) == len(issued()["cells"])


def test_a_name_in_the_metadata_steers_no_screen() -> None:
    notebook = issued("2026\u202e001\x1b[2J\u200b")
    assert read(data(notebook)).student == "2026\ufffd001\ufffd[2J\ufffd"


def test_half_characters_and_nul_are_replaced() -> None:
    notebook = fill(issued(), 1, 'answer_1 = "\ud83d\0"')
    work = read(json.dumps(notebook).encode())
    assert [one.source for one in work.cells if one.grade_id == "credit_policy-1"] == ['answer_1 = "?"']


def test_sources_may_be_lists_of_lines() -> None:
    notebook = issued()
    for one in notebook["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)
    assert [one.source for one in read(data(notebook)).cells] == [one.source for one in read(data(issued())).cells]


def test_format_3_and_missing_or_doubled_ids_are_read() -> None:
    notebook = fill(issued())
    for one in notebook["cells"]:
        one.pop("id")
    assert repaired(notebook)[0]["credit_policy-1"].source == cell(notebook, 1)["source"]
    for one in notebook["cells"]:
        one["id"] = "same"
    assert repaired(notebook)[0]["credit_policy-1"].source == cell(notebook, 1)["source"]
    source = cell(notebook, 1)["source"]
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
    old = {"metadata": notebook["metadata"], "nbformat": 3, "worksheets": [{"cells": notebook["cells"]}, 5]}
    jobs, notes = repaired(old)
    assert jobs["credit_policy-1"].source == source
    assert notes == ["The file has an old notebook format (3)."]


def test_the_visible_cell_names_the_student_when_the_metadata_do_not() -> None:
    notebook = issued()
    del notebook["metadata"]["crmlab"]
    work = read(data(notebook))
    assert (work.student, work.named_by, work.lang, work.set_name) == ("2026001", "cell", "en", SET)
    published = notebooks.template(SET, "zh")
    assert read(data(published)).student is None
    published["cells"][3]["source"] = '# student("1")\nprint(student( "2026009" ))'
    assert read(data(published)).student == "2026009"


# --- repair ----------------------------------------------------------------------------------------------------------


def test_a_wrong_set_is_named() -> None:
    with pytest.raises(NotAWork, match="is the set 06_delivered_value, not 12_credit_policy"):
        repaired(issued(set_name="06_delivered_value"))
    with pytest.raises(NotAWork, match="is no graded set"):
        repaired({"cells": [{"cell_type": "code", "source": "answer_1 = 5"}]})
    notebook = issued()
    notebook["metadata"]["crmlab"]["set"] = "06_delivered_value"  # edited, but the cells speak
    assert len(repaired(notebook)[0]) == 6
    with pytest.raises(ValueError, match=r"no graded set '\.\./x'; there are 01_classification"):
        graded("../x")


def drop(notebook: Notebook, number: int) -> None:
    del notebook["cells"][place(notebook, f"credit_policy-{number}-check")]


def double(notebook: Notebook, number: int) -> None:
    where = place(notebook, f"credit_policy-{number}-check")
    notebook["cells"].insert(where, copy.deepcopy(notebook["cells"][where]))


def edit(notebook: Notebook, number: int) -> None:
    cell(notebook, number, check=True)["source"] = "answer_1 = 99  # all right now"


def turn(notebook: Notebook, number: int) -> None:
    cell(notebook, number, check=True)["cell_type"] = "markdown"


def revalue(notebook: Notebook, number: int) -> None:
    cell(notebook, number, check=True)["metadata"]["nbgrader"]["points"] = 1000


def move(notebook: Notebook, number: int) -> None:
    notebook["cells"].insert(2, notebook["cells"].pop(place(notebook, f"credit_policy-{number}-check")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop, "Checks deleted (item 1, 4)"),
        (double, "Checks doubled (item 1, 4)"),
        (edit, "Checks edited (item 1, 4)"),
        (turn, "Checks edited (item 1, 4)"),
        (revalue, "Points changed (item 1, 4)"),
        (move, "Cells of the set were moved"),
    ],
)
def test_checks_are_those_of_the_published_set(change: Callable[[Notebook, int], None], said: str) -> None:
    notebook = fill(issued())
    for number in (1, 4):
        change(notebook, number)
    jobs, notes = repaired(notebook)
    assert jobs == untouched()
    assert len(notes) == 1 and notes[0].startswith(said)
    cells, _ = repair(read(data(notebook)), SET)
    assert [one.source for one in cells if one.id.endswith("-check")] == [
        f'check("credit_policy-{number}", answer_{number})' for number in range(1, 7)
    ]


def test_edited_numbers_are_named_wherever_they_stand() -> None:
    in_metadata, in_cell, both = issued(), issued(), issued()
    in_metadata["metadata"]["crmlab"]["numbers"]["credit_policy-1"]["percent"] = 99
    in_cell["cells"][3]["source"] = in_cell["cells"][3]["source"].replace('"percent": ', '"percent": 9')
    both["cells"][3]["source"] = 'student("2026001")'
    for notebook in (in_metadata, in_cell, both):
        jobs, notes = repaired(fill(notebook))
        assert jobs == untouched() and notes == [
            "The numbers in the notebook were edited; the student's own were used."
        ]
    spaced = fill(issued())
    spaced["cells"][3]["source"] += "\n\n"
    assert repaired(spaced)[1] == []


def test_of_doubled_answer_cells_the_last_that_is_filled_counts() -> None:
    notebook = fill(issued())
    where = place(notebook, "credit_policy-1")
    blank = copy.deepcopy(issued()["cells"][where])
    second = copy.deepcopy(notebook["cells"][where]) | {"source": "answer_1 = 2", "id": "second"}
    notebook["cells"][where + 1 : where + 1] = [second, blank]
    jobs, notes = repaired(notebook)
    assert jobs["credit_policy-1"].source == "answer_1 = 2"
    assert notes == ["Item 1 has several answer cells; the last one that is filled in counts."]
    cells, _ = repair(read(data(notebook)), SET)
    assert blank["source"] not in [one.source for one in cells]  # it would put ... back


def test_a_deleted_answer_cell_is_named_and_the_others_count() -> None:
    notebook = fill(fill(issued()), 2)
    del notebook["cells"][place(notebook, "credit_policy-2")]
    jobs, notes = repaired(notebook)
    assert set(jobs) == {f"credit_policy-{number}" for number in (1, 3, 4, 5, 6)}
    assert notes == ["The answer cell of item 2 is missing."]


@pytest.mark.parametrize("strip", ["grade id", "metadata", "all metadata"])
def test_an_answer_cell_is_found_by_its_name(strip: str) -> None:
    notebook = fill(issued())
    if strip == "grade id":
        cell(notebook, 1)["metadata"]["nbgrader"]["grade_id"] = "mine"
    elif strip == "metadata":
        cell(notebook, 1)["metadata"] = {}
    else:
        for one in notebook["cells"]:
            one["metadata"] = {}
    jobs, notes = repaired(notebook)
    assert {item: (one.source, one.name) for item, one in jobs.items()} == {
        item: (one.source, one.name) for item, one in untouched().items()
    }
    assert "The answer to item 1 was found in another cell, by its name answer_1." in notes


def test_an_answer_given_in_another_cell_counts_when_its_own_is_blank() -> None:
    notebook = issued()
    where = place(notebook, "credit_policy-1")
    notebook["cells"].insert(where, {"cell_type": "code", "metadata": {}, "source": "answer_1 = {'nominal': 5}"})
    cells, _ = repair(read(data(notebook)), SET)
    assert [one.source for one in cells if one.item == "credit_policy-1"] == ["answer_1 = {'nominal': 5}"]
    assert not any("..." in one.source and "answer_1" in one.source for one in cells)


@pytest.mark.parametrize("name", ["Answer_1", "answer1", "my_result"])
def test_an_answer_in_a_renamed_variable_is_found(name: str) -> None:
    jobs, notes = repaired(fill(issued(), 1, f"import math\n{name} = {{'nominal': math.pi}}"))
    assert jobs["credit_policy-1"].name == name
    assert notes == [f"The answer to item 1 stands in {name} instead of answer_1; it was taken from there."]


def test_cells_joined_into_one_answer_both_items_and_run_once() -> None:
    notebook = fill(fill(issued()), 2)
    two = notebook["cells"].pop(place(notebook, "credit_policy-2"))["source"]
    cell(notebook, 1)["source"] += f"\n{two}"
    cells, _ = repair(read(data(notebook)), SET)
    here = [one for one in cells if one.item in ("credit_policy-1", "credit_policy-2")]
    assert [(one.name, bool(one.source)) for one in here] == [("answer_1", True), ("answer_2", False)]


def test_an_answer_cell_that_became_prose_is_run() -> None:
    notebook = fill(issued())
    cell(notebook, 1)["cell_type"] = "markdown"
    assert repaired(notebook)[0] == untouched()


def test_a_cell_that_no_longer_sets_its_variable_is_named_and_run() -> None:
    jobs, notes = repaired(fill(issued(), 1, "exec('answer_1 = 5')"))
    assert jobs["credit_policy-1"].name == "answer_1"
    assert notes == ["The answer cell of item 1 no longer sets answer_1."]


def test_deleted_imports_are_restored() -> None:
    notebook = issued()
    del notebook["cells"][2]
    cells, notes = repair(read(data(notebook)), SET)
    assert "from crmlab import" in cells[0].source and [note.en for note in notes] == [
        "The cell with the imports is missing; it was restored."
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "change",
    [
        lambda source: "import seaborn\n" + source,
        lambda source: "# from crmlab import nothing",
        lambda source: "import crmlab",
        lambda source: source.replace("check, ", ""),
    ],
)
def test_the_published_imports_come_before_what_became_of_them(change: Callable[[str], str], lang: Any) -> None:
    notebook = issued(lang=lang)
    published = notebook["cells"][2]["source"]
    notebook["cells"][2]["source"] = change(published)
    cells, notes = repair(read(data(notebook)), SET)
    assert [one.source for one in cells[:2]] == [published, change(published)] and not notes


def test_untouched_imports_run_once_and_those_that_were_moved_twice() -> None:
    notebook = issued()
    published = notebook["cells"][2]["source"]
    notebook["cells"][2]["source"] = published.replace("\n\n", "\n") + "\n"
    cells, _ = repair(read(data(notebook)), SET)
    assert sum("from crmlab import" in one.source for one in cells) == 1
    notebook["cells"][2]["id"] = "setup"
    notebook["cells"].append(notebook["cells"].pop(2))
    cells, _ = repair(read(data(notebook)), SET)
    assert cells[0].source == published and len({one.id for one in cells}) == len(cells)


HAND = "{'nominal': 36.7,  # 信用\n 'effective': [44.6][0]}"


@pytest.mark.parametrize(
    ("check", "given"),
    [
        (f"answer_1 = {HAND}\ncheck('credit_policy-1', answer_1)", ""),
        (f'check("credit_policy-1", {HAND})', HAND),
        (f'x = "信"; check("credit_policy-1", {HAND}); y = 5', HAND),
        ('mine = 5\ncheck("credit_policy-1", mine)', "mine"),
    ],
)
def test_an_answer_in_the_cell_of_the_check_is_found(check: str, given: str) -> None:
    notebook = issued()
    cell(notebook, 1, check=True)["source"] = check
    [state, *_] = answered(read(data(notebook)), SET)
    assert state.state == "filled"
    jobs, notes = repaired(notebook)
    more = f"\nanswer_1 = (\n{given}\n)" if given else ""
    assert (jobs["credit_policy-1"].source, jobs["credit_policy-1"].name) == (check + more, "answer_1")
    assert "The answer to item 1 was written into the cell of its check; it was taken from there." in notes
    fill(notebook)
    assert repaired(notebook)[0]["credit_policy-1"].source == cell(notebook, 1)["source"], "its own cell comes first"


@pytest.mark.parametrize("check", ["check('credit_policy-1', ...)", "check('credit_policy-2', 5)", "check(", "5"])
def test_a_check_without_an_answer_gives_none(check: str) -> None:
    notebook = issued()
    cell(notebook, 1, check=True)["source"] = check
    assert repaired(notebook)[0]["credit_policy-1"].source == cell(notebook, 1)["source"]


def test_names_in_full_width_letters_are_those_that_python_reads() -> None:
    source = "ａｎｓｗｅｒ_１ = {'nominal': 5}"
    jobs, notes = repaired(fill(issued(), 1, source))
    assert (jobs["credit_policy-1"].source, jobs["credit_policy-1"].name, notes) == (source, "answer_1", [])
    jobs, _ = repaired(fill(issued(), 1, "Ａnswer1 = {'nominal': 5}"))
    assert jobs["credit_policy-1"].name == "Answer1"


@pytest.mark.parametrize(
    ("source", "use"),
    [
        ("answer_1 = ...", "blank"),
        ("answer_1 = {\n  'a': ...,  # an id\n  'b': [..., ...],\n}", "blank"),
        ("answer_1: dict = {'a': ...}", "blank"),
        ("x = 5\nanswer_1 = ...; y = 2", "blank"),
        ("%time\nanswer_1 = (...)", "blank"),
        ("def answer_1(x):\n    '''What?'''\n    return ...", "blank"),
        ("answer_1[0] = ...", "blank"),
        ("answer_1 = {'a': ..., 'b': 5}", "filled"),
        ("answer_1 = {'a': 'north'}", "filled"),
        ("answer_1 = {}", "filled"),
        ("answer_1 = ...\nanswer_1 = 5", "filled"),
        ("answer_1 = {'a': ...}\nanswer_1['a'] = 5", "filled"),
        ("answer_1 = {'a': ...}\nanswer_1.update(a=5)", "filled"),
        ("for k in 'ab':\n    answer_1[k] = 5", "filled"),
        ("answer_1, x = 1, 2", "filled"),
        ("answer_1 += 5", "filled"),
        ("print(answer_1 := 5)", "filled"),
        ("if True:\n    answer_1 = 5", "filled"),
        ("def answer_1(x):\n    return 2 * x", "filled"),
        ("answer_1 = (5", "filled"),
        ("answer_1 = 5 $ 'a", "filled"),
        ("answer_10 = 5", ""),
        ("f(answer_1=5)", ""),
        ("answer_1 == 5", ""),
        ("print(answer_1[0] == 5, answer_1)", ""),
        ("answer_1", ""),
        ("answer_1.pop()", ""),
        ("# answer_1 = 5", ""),
        ("'answer_1 = 5'", ""),
        ("", ""),
    ],
)
def test_what_a_cell_does_with_its_variable(source: str, use: str) -> None:
    assert notebooks._uses(source, ["answer_1"])["answer_1"] == use


@pytest.mark.parametrize(
    "bad",
    [
        "(" * 50_000,
        "-" * 90_000 + "1",
        "answer_1 = " * 8000 + "5",
        "answer_1[" * 150 + "x, " * 20_000,
        "[" * 40_000 + "..." + "]" * 40_000,
        "x\n" * 40_000,
        "if 1:\n" + " if 1:\n" * 14_000,
        "f'{" * 20_000,
        "'" * 90_001,
        "\\\n" * 40_000,
        "answer_1 = 5\n" * 7000,
        "".join(f"x{n} = 1\n" for n in range(9000)),
        "\x0c\x00\x1a$?`" * 9000,
    ],
    ids=lambda bad: bad[:12].encode("unicode_escape").decode(),
)
def test_no_text_keeps_repair_busy_or_stops_it(bad: str) -> None:
    began = time.perf_counter()
    repaired(fill(issued(), 1, bad))
    repaired(fill(issued(), 1, f"answer_1 = {bad}"))
    assert time.perf_counter() - began < 20  # a second or two; minutes where something grows with the square


# --- roster ----------------------------------------------------------------------------------------------------------


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_roster_is_read(encoding: str, sign: str, end: str, tmp_path: Path) -> None:
    rows = [
        " Student ID ,name,email,section,language,due,seat",
        '0026001,"Wang, Xiaoming",w@x.cn,A,EN,2026-12-01,9',
        ",,,,,,",
        "2026002,李雷,,,zh,2026-12-01 18:00,",
        "2026003,,,,,2026-12-01T18:00:00+08:00,",
    ]
    text = end.join(row.replace(",", sign).replace(f"Wang{sign}", "Wang,") for row in rows)
    first, second, third = read_roster(write(tmp_path / "roster.csv", text, encoding))
    assert first == Student("0026001", "Wang, Xiaoming", "w@x.cn", "A", "en", first.due)
    assert first.due == datetime(2026, 12, 1, 23, 59, 59).astimezone()
    assert (second.name, second.language, second.due) == ("李雷", "zh", datetime(2026, 12, 1, 18).astimezone())
    assert third.due == datetime.fromisoformat("2026-12-01T18:00:00+08:00") and third.language is None
    (tmp_path / "again.csv").write_bytes(roster_bytes([first, second, third]))
    assert read_roster(tmp_path / "again.csv") == [first, second, third]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no students"),
        ("student_id,name\n", "has no students"),
        ("id,name\n1,a\n", "row 1: missing column student_id; it has id, name"),
        ("student_id\n1\n", "row 1: missing column name"),
        ("student_id,name,name\n1,a,b\n", "row 1: column name stands there twice"),
        ("student_id,name\n1,a\n\n2,b\n１,c\n", "row 5: student_id '１' stands in row 2, too"),
        ("student_id,name\na1,a\nA1,b\n", "row 3: student_id 'A1' stands in row 2, too"),
        ("student_id,name\n,a\n", "row 2: the student_id is empty"),
        ("student_id,name\n../x,a\n", "row 2: student_id '../x': '/' cannot stand in a file name"),
        ("student_id,name\n..,a\n", "row 2: student_id '..': a file name cannot begin with a point"),
        ("student_id,name\nCON.1,a\n", "row 2: student_id 'CON.1': Windows keeps"),
        ("student_id,name\na:b,a\n", "row 2: student_id 'a:b': ':' cannot stand"),
        (f"student_id,name\n{'学' * 30},a\n", "longer than 64 bytes"),
        ("student_id,name\n2.026E+09,a\n", "row 2: student_id '2.026E+09' was rounded by a spreadsheet"),
        ("student_id,name,language\n1,a,fr\n", "row 2: language 'fr' is unknown; allowed are en, zh or nothing"),
        ("student_id,name,due\n1,a,1.12.2026\n", "row 2: due '1.12.2026' is no date such as 2026-12-01"),
        ("student_id,name,due\n1,a,2026-02-30\n", "row 2: due '2026-02-30' is no date"),
        ("student_id,name\n1,Li, Wei\n", "row 2: 3 fields under 2 columns; put a name with a comma in quotes"),
        ('student_id,name\n1,"a\n', "row 2: unexpected end of data"),
        (
            "student_id,name,language\n,a,fr\n../x,b,\n",
            "row 2: the student_id is empty; row 2: language 'fr' is unknown",
        ),
        ('student_id,name\n1,"a\nb"\n,c\n', "row 4: the student_id is empty"),
    ],
)
def test_a_wrong_roster_is_named_with_file_and_row(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RosterError) as raised:
        read_roster(write(tmp_path / "class A.csv", text))
    assert str(raised.value).startswith("class A.csv") and said in str(raised.value)


def test_a_roster_that_is_no_utf8_or_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="not UTF-8; in Excel, save it as 'CSV UTF-8'"):
        read_roster(write(tmp_path / "roster.csv", "student_id,name\n1,李雷", "gb18030"))
    with pytest.raises(RosterError, match="No such file"):
        read_roster(tmp_path / "none.csv")


def test_many_wrong_rows_are_named_up_to_a_limit(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"row 11: .*; and 15 more$"):
        read_roster(write(tmp_path / "roster.csv", "student_id,name\n" + ",a\n" * 25))


# --- assign ----------------------------------------------------------------------------------------------------------


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_assign_writes_one_notebook_per_student_and_the_same_again(tmp_path: Path) -> None:
    folder = tmp_path / "班 A"
    paths = assign(ROSTER, SET, folder)
    assert [path.relative_to(folder).as_posix() for path in paths] == [
        f"handout/{SET}/{one.id}.ipynb" for one in ROSTER
    ]
    before = tree(folder)
    assert set(before) == {"class.json", "roster.csv"} | {f"handout/{SET}/{one.id}.ipynb" for one in ROSTER}
    assert assign(ROSTER, SET, folder) == paths
    assert tree(folder) == before
    assert read_roster(folder / "roster.csv") == ROSTER
    known = load_class(folder)
    assert len(known.salt) == 64 and known.salt not in repr(known)
    assert known.sets == {SET: {"version": crmlab.__version__, "items": {one.id: one.version for one in graded(SET)}}}
    salts = {load_class(tmp_path / name).salt for name in "ab" if assign(ROSTER[:1], SET, tmp_path / name)}
    assert len(salts | {known.salt}) == 3
    for student, path in zip(ROSTER, paths, strict=True):
        work = read(path)
        assert (work.student, work.lang, work.version) == (student.id, student.language or "en", crmlab.__version__)
        assert work.numbers == json.loads(json.dumps(known.numbers(SET, student.id)))
        assert known.salt not in path.read_text(encoding="utf-8")
        assert student.name not in path.read_text(encoding="utf-8")


def test_another_set_keeps_the_salt_and_the_first_set(tmp_path: Path) -> None:
    assign(ROSTER, SET, tmp_path)
    first = load_class(tmp_path)
    assign(ROSTER[:1], "06_delivered_value", tmp_path, "zh")
    second = load_class(tmp_path)
    assert second.salt == first.salt and set(second.sets) == {SET, "06_delivered_value"}
    assert read(tmp_path / "handout" / "06_delivered_value" / "2026001.ipynb").lang == "zh"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_salt_is_its_owners_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        assign(ROSTER, SET, tmp_path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "class.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"salt": "abc", "version": "1"}', f'{{"salt": "{SALT}", "version": 1}}']
)
def test_a_damaged_class_file_never_gets_a_new_salt(content: str, tmp_path: Path) -> None:
    (tmp_path / "class.json").write_text(content, encoding="utf-8")
    with pytest.raises(ClassError, match=r"class\.json is damaged; bring back a copy"):
        assign(ROSTER, SET, tmp_path)
    assert tree(tmp_path) == {"class.json": content.encode()}
    with pytest.raises(ClassError, match=r"none is no class folder \(no class\.json\); add --class FOLDER"):
        load_class(tmp_path / "none")


@pytest.mark.parametrize(
    ("roster", "set_name", "lang"),
    [
        (ROSTER, "../x", "en"),
        (ROSTER, SET, "fr"),
        ([*ROSTER, Student("../x", "Mallory")], SET, "en"),
        ([*ROSTER, ROSTER[0]], SET, "en"),
        ([], SET, "en"),
    ],
)
def test_nothing_is_half_assigned(roster: Any, set_name: str, lang: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        assign(roster, set_name, tmp_path / "class", lang)
    assert not (tmp_path / "class").exists()


def test_a_crash_leaves_whole_files_and_the_same_salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def crash(path: Path, content: bytes) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(path)
        answers_module.write_whole(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(assign_module, "write_whole", crash)
        with pytest.raises(KeyboardInterrupt):
            assign(ROSTER, SET, tmp_path)
    half = tree(tmp_path)
    assign(ROSTER, SET, tmp_path)
    whole = tree(tmp_path)
    assert len(half) == 4 and {name: whole[name] for name in half} == half


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("set_name", sets())
def test_the_visible_cell_sets_the_numbers_and_the_prose_fits(
    set_name: str, lang: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answers_module, "_open", {})
    notebook, numbers = issued(set_name=set_name, lang=lang), numbers_of(set_name, "2026001", SALT)
    [source] = [one["source"] for one in notebook["cells"] if "numbers=" in one["source"]]
    assert max(map(len, source.splitlines())) <= 120
    exec(source, {"student": crmlab.student})
    assert capsys.readouterr().out.splitlines() == [source.split('"')[1] + " 2026001"]
    assert {item_id: crmlab.item(item_id).params for item_id in numbers} == numbers
    prose = "".join(one["source"] for one in notebook["cells"] if one["cell_type"] == "markdown")
    assert "Write your student id" not in prose and "写上你的学号" not in prose
    assert ("stand in the second code cell already" in prose) if lang == "en" else ("里已经有你的学号" in prose)


# --- own numbers -----------------------------------------------------------------------------------------------------


def shared(drawn: list[str]) -> float:
    """The share of pairs that have the same numbers."""
    pairs = sum(count * (count - 1) for count in Counter(drawn).values())
    return pairs / (len(drawn) * (len(drawn) - 1))


@pytest.mark.parametrize("item", graded(SET), ids=lambda item: item.id)
def test_a_thousand_students_share_numbers_no_more_than_chance(item: Item) -> None:
    own = [json.dumps(item.params(f"2026{number:04}", salt=SALT)) for number in range(1000)]
    other = [json.dumps(item.params(f"2026{number:04}", salt="5b" * 32)) for number in range(300)]
    again = sum(one == two for one, two in zip(own, other, strict=False)) / 300  # another class, other numbers
    # What chance gives: the same choices, drawn by Python's generator.
    dice = random.Random(7)
    chance = []
    while len(chance) < 1500:
        drawn = {name: dice.choice(list(values)) for name, values in item.choices.items()}
        if item.reject is None or not item.reject(drawn):
            chance.append(json.dumps(drawn))
    expected = shared(chance)
    assert shared(own) <= expected * 1.2 + 1e-4
    assert again <= expected + 5 * (expected / 300) ** 0.5 + 0.01


def test_numbers_are_derived_again_in_another_process(tmp_path: Path) -> None:
    code = (
        "import json, sys; from crmlab.grading.notebooks import numbers_of;"
        "print(json.dumps(numbers_of(sys.argv[1], sys.argv[2], sys.argv[3])))"
    )
    run = subprocess.run([sys.executable, "-c", code, SET, "学号 1", SALT], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == json.loads(json.dumps(numbers_of(SET, "学号 1", SALT)))


# --- collect ---------------------------------------------------------------------------------------------------------


def nameless(set_name: str = SET) -> bytes:
    """The published set: nothing in it names a student."""
    return data(notebooks.template(set_name, "en"))


def put(folder: Path, files: dict[str, bytes], when: dict[str, float] | None = None) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        moment = (when or {}).get(name, 1_700_000_000)
        os.utime(path, (moment, moment))
    return folder


def pack(files: dict[str, bytes], when: dict[str, tuple[int, ...]] | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            moment: Any = (when or {}).get(name, (2026, 11, 1, 12, 0, 0))
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def whose(place: Path) -> dict[str, tuple[str | None, str]]:
    return {one.path_in: (one.student, one.how) for one in collect(place, ROSTER)}


PATHS = {
    "12_credit_policy_2026001.ipynb": ("2026001", "path"),
    "2026002/12_credit_policy.ipynb": ("2026002", "path"),
    "section b/cs-2026-3/12_credit_policy (1).ipynb": ("CS-2026-3", "path"),
    "7-1.ipynb": ("7-1", "path"),
    "12_credit_policy.ipynb": (None, ""),
    "12_credit_policy-12.ipynb": (None, ""),
    "12/work.ipynb": ("12", "path"),
    "x2026001y.ipynb": (None, ""),
    "20260012.ipynb": (None, ""),
    "2026001 and 2026002.ipynb": (None, ""),
    "wangxiaoming_2026002_55_12_credit_policy.ipynb": ("2026001", "name"),
    "xiaomingwang_LATE_9_55_12_credit_policy.ipynb": ("2026001", "name"),
    "lópezanamaría_77_88_12_credit_policy-1.ipynb": ("CS-2026-3", "name"),
    "doe_77_2026001_a.ipynb": (None, ""),
    "doe_77_88_work 2026001.ipynb": ("2026001", "path"),
    "李雷_123_assignsubmission_file_/12_credit_policy.ipynb": ("2026002", "name"),
    "Wang Xiaoming_2026002_assignsubmission_file_/2026002.ipynb": ("2026001", "name"),
    "Xiaoming Wang_5_assignsubmission_file/x.ipynb": ("2026001", "name"),
    "Han Meimei 7-1_5_assignsubmission_file_/x.ipynb": ("7-1", "path"),
    "Han Meimei_5_assignsubmission_file_12_credit_policy.ipynb": ("7-1", "name"),
    "Somebody Else_2026001_assignsubmission_file_/x.ipynb": (None, ""),
}


@pytest.mark.parametrize(("path", "expected"), PATHS.items(), ids=str)
def test_a_nameless_file_belongs_to_whom_its_path_names(
    path: str, expected: tuple[str | None, str], tmp_path: Path
) -> None:
    assert whose(put(tmp_path / "in", {path: nameless()})) == {path: expected}
    (tmp_path / "in.zip").write_bytes(pack({path: nameless()}))
    assert whose(tmp_path / "in.zip") == {path: expected}


def test_what_the_notebook_says_comes_first_and_a_contradiction_is_noted(tmp_path: Path) -> None:
    own = data(fill(issued("2026001"), 1, "answer_1 = 'own'"))
    alien = data(fill(issued("2026001"), 1, "answer_1 = 'alien'"))
    put(
        tmp_path,
        {"renamed.ipynb": own, "李雷_5_assignsubmission_file_/x.ipynb": alien},
        {"李雷_5_assignsubmission_file_/x.ipynb": 1_800_000_000},
    )
    found = collect(tmp_path, ROSTER)
    assert [(one.student, one.how, one.counts, one.note.en) for one in found] == [
        ("2026001", "notebook", False, "The notebook names 2026001, its path names 2026002."),
        ("2026001", "notebook", True, ""),
    ]  # handing in under another's name does not push out the other's own file
    assert found[0].note.zh == "笔记本上的学号是 2026001，路径上的是 2026002。"
    assert found.counting[0].read() == own
    assert [one.id for one in found.missing] == ["2026002", "CS-2026-3", "7-1", "12"]


def handed_in(place: Path) -> dict[str, tuple[bool, bool]]:
    return {one.path_in: (one.counts, one.doubtful) for one in collect(place, ROSTER, SET)}


OWN = "wangxiaoming_11_101_set.ipynb"


@pytest.mark.parametrize("who", ["nicky", "李雷", "hanmeimei", "2026002"])
@pytest.mark.parametrize("inside", [True, False])
def test_no_later_try_of_another_account_takes_the_place_of_a_students_own(
    who: str, inside: bool, tmp_path: Path
) -> None:
    alien = f"{who}_14_104_set-9.ipynb" if inside else f"{who}_14_104_set 2026001-9.ipynb"
    content = data(fill(issued("2026001"))) if inside else nameless()
    put(tmp_path, {OWN: data(fill(issued("2026001"))), alien: content}, {alien: 1.8e9})
    found = collect(tmp_path, ROSTER, SET)
    assert [one.path_in for one in found.counting if one.student == "2026001"] == [OWN]
    [odd] = [one for one in found if one.path_in == alien]
    assert odd.student != "2026001" or (odd.doubtful and who in odd.note.en + "2026002李雷7-1hanmeimei")
    (tmp_path / OWN).unlink()
    if inside:
        found = collect(tmp_path, ROSTER, SET)
        assert [one.path_in for one in found.counting] == [alien], "it is all there is"
        assert bool(found.doubtful) == (who != "nicky"), "a platform may have other names than the roster"


def test_of_two_students_of_one_name_the_account_tells_who_handed_in(tmp_path: Path) -> None:
    roster = [Student("1", "Bo Chen"), Student("2", "Bo Chen")]
    one, other = "chenbo_12_101_set.ipynb", "chenbo_13_102_set.ipynb"
    put(tmp_path, {one: data(fill(issued("1"))), other: data(fill(issued("2")))})
    assert not collect(tmp_path, roster, SET).doubtful
    forged = "chenbo_13_103_set-1.ipynb"
    put(tmp_path, {forged: data(fill(issued("1")))})
    found = collect(tmp_path, roster, SET)
    assert {odd.path_in for odd in found.counting} == {one, other}
    assert [(odd.path_in, odd.note.en) for odd in found.doubtful] == [
        (forged, "Accounts 12 and 13 of the platform handed in files of 1.")
    ]
    (tmp_path / other).unlink()
    assert {odd.path_in for odd in collect(tmp_path, roster, SET).doubtful} == {one, forged}, "nobody can tell"


def test_one_of_two_students_of_one_name_is_not_taken_for_a_third(tmp_path: Path) -> None:
    roster = [Student("1", "Bo Chen"), Student("2", "Bo Chen"), ROSTER[0]]
    put(tmp_path, dict.fromkeys([OWN, "chenbo_14_104_set-9.ipynb"], data(fill(issued("2026001")))))
    found = collect(tmp_path, roster, SET)
    assert [one.path_in for one in found.counting] == [OWN]
    assert [one.note.en for one in found.doubtful] == ["chenbo, who handed it in, is not known to be 2026001."]


def test_what_a_student_names_inside_a_zip_says_nothing_of_the_platform(tmp_path: Path) -> None:
    inner = pack({"lilei_LATE_9_99_x-7.ipynb": data(fill(issued("2026001")))})
    put(tmp_path, {"wangxiaoming_11_101_work-2.zip": inner})
    [found] = collect(tmp_path, ROSTER, SET)
    assert (found.student, found.doubtful, found.late, found.attempt) == ("2026001", False, False, 2)
    assert found.account is not None and found.account.user == "11"


def test_late_stays_late_whatever_a_zip_says_inside(tmp_path: Path) -> None:
    old: dict[str, tuple[int, ...]] = {"set.ipynb": (2020, 1, 1, 0, 0, 0), "b.ipynb": (2021, 1, 1, 0, 0, 0)}
    inner = pack(dict.fromkeys(old, data(fill(issued("2026001")))), old)
    canvas = {"wangxiaoming_LATE_11_101_work.zip": inner}
    exported = {"wangxiaoming_LATE_11_101_work.zip": (2026, 11, 5, 0, 0, 0)}
    put(tmp_path / "folder", canvas, dict.fromkeys(canvas, 1.8e9))
    (tmp_path / "export.zip").write_bytes(pack(canvas, exported))
    put(tmp_path / "both", {"export.zip": pack(canvas, exported)}, {"export.zip": 1.8e9})
    zipped = datetime(2026, 11, 5).astimezone()
    for place, came in (
        ("folder", datetime.fromtimestamp(1.8e9).astimezone()),
        ("export.zip", zipped),
        ("both", zipped),
    ):
        found = collect(tmp_path / place, ROSTER, SET)
        assert {(one.late, one.time) for one in found} == {(True, came)}
        assert [one.path_in.rpartition("/")[2] for one in found.counting] == ["b.ipynb"], "the last one saved"


def test_work_counts_before_what_has_none_in_it(tmp_path: Path) -> None:
    good, blank = data(fill(issued("2026001"))), data(issued("2026001"))
    for later, what in (
        (good[:5000], "cannot be graded"),
        (data({"cells": []}), "cannot be graded"),
        (blank, "has no answer in it"),
        (nameless(), "has no answer in it"),
    ):
        files = {"wangxiaoming_11_101_set.ipynb": good, "wangxiaoming_11_102_Untitled-1.ipynb": later}
        found = collect(put(tmp_path / "in", files), ROSTER, SET)
        assert [(one.path_in, one.note.en) for one in found.counting] == [
            (OWN, f"Another file, wangxiaoming_11_102_Untitled-1.ipynb, {what}; this one counts.")
        ]
        assert found.counting[0].note.zh.endswith("以本文件为准。")
    again = {OWN: good, "wangxiaoming_11_102_set-1.ipynb": data(fill(issued("2026001"), 2))}
    assert [one.path_in for one in collect(put(tmp_path / "again", again), ROSTER, SET).counting] == [
        "wangxiaoming_11_102_set-1.ipynb"
    ]
    earlier = put(tmp_path / "earlier", {"2026001 a.ipynb": blank, "2026001 b.ipynb": good}, {"2026001 b.ipynb": 1.8e9})
    assert [one.note.en for one in collect(earlier, ROSTER, SET).counting] == [""]


def test_a_student_who_is_not_on_the_roster_is_noted(tmp_path: Path) -> None:
    put(tmp_path, {"a.ipynb": data(issued("2026999")), "2026002/b.ipynb": data(issued("2026999"))})
    found = collect(tmp_path, ROSTER)
    assert [(one.student, one.note.en) for one in found] == [
        ("2026002", "The notebook names 2026999, who is not on the roster."),
        (None, "The notebook names 2026999, who is not on the roster."),
    ]
    assert [one.path_in for one in found.unassigned] == ["a.ipynb"]


def test_of_several_tries_the_latest_counts(tmp_path: Path) -> None:
    def counting(place: Path) -> list[str]:
        return [one.path_in for one in collect(place, ROSTER).counting]

    canvas = ["wangxiaoming_9_50_set-2.ipynb", "wangxiaoming_9_60_set.ipynb", "wangxiaoming_9_55_set-1.ipynb"]
    times = {name: (2026, 11, day, 0, 0, 0) for day, name in enumerate(canvas, start=1)}
    (tmp_path / "canvas.zip").write_bytes(pack(dict.fromkeys(canvas, nameless()), times))
    assert counting(tmp_path / "canvas.zip") == [canvas[0]]  # the number of the try, whatever the clock says
    same = ["wangxiaoming_9_50_b.ipynb", "wangxiaoming_9_60_a.ipynb"]
    (tmp_path / "same.zip").write_bytes(pack(dict.fromkeys(same, nameless())))
    assert counting(tmp_path / "same.zip") == [same[1]]
    plain = {"2026001.ipynb": (2026, 11, 2, 0, 0, 0), "2026001 (1).ipynb": (2026, 11, 1, 0, 0, 0)}
    (tmp_path / "plain.zip").write_bytes(pack(dict.fromkeys(plain, nameless()), plain))
    assert counting(tmp_path / "plain.zip") == ["2026001.ipynb"]
    put(tmp_path / "in", {"a/2026001.ipynb": nameless(), "b/2026001.ipynb": nameless()}, {"a/2026001.ipynb": 1.8e9})
    assert counting(tmp_path / "in") == ["a/2026001.ipynb"]
    late = [one.late for one in collect(put(tmp_path / "l", {"wangxiaoming_LATE_9_5_a.ipynb": nameless()}), ROSTER)]
    assert late == [True]


def test_a_notebook_of_another_set_counts_only_without_a_right_one(tmp_path: Path) -> None:
    other = data(issued("2026001", "06_delivered_value"))
    put(tmp_path, {"a.ipynb": data(issued("2026001")), "b.ipynb": other}, {"b.ipynb": 1.8e9})
    assert [one.path_in for one in collect(tmp_path, ROSTER, SET).counting] == ["a.ipynb"]
    assert [one.path_in for one in collect(tmp_path, ROSTER).counting] == ["b.ipynb"]
    (tmp_path / "a.ipynb").unlink()
    assert [one.path_in for one in collect(tmp_path, ROSTER, SET).counting] == ["b.ipynb"]


def test_zips_in_zips_and_in_folders_are_searched(tmp_path: Path) -> None:
    own = data(issued("2026001"))
    inner = pack({"mine/12_credit_policy.ipynb": own, "notes.txt": b"x"})
    moodle = pack(
        {
            "李雷_5_assignsubmission_file_/all.zip": pack({"x.ipynb": nameless()}),
            "a_6_assignsubmission_file_/b.ZIP": inner,
        }
    )
    (tmp_path / "moodle.zip").write_bytes(moodle)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "part 1.zip").write_bytes(moodle)
    for place in (tmp_path / "moodle.zip", tmp_path / "folder"):
        found = collect(place, ROSTER)
        assert [(one.student, one.path_in.split("/", place.is_dir())[-1]) for one in found] == [
            ("2026001", "a_6_assignsubmission_file_/b.ZIP/mine/12_credit_policy.ipynb"),
            ("2026002", "李雷_5_assignsubmission_file_/all.zip/x.ipynb"),
        ]
        assert found[0].read() == own and found.ignored == 1


def test_other_files_are_counted_and_links_are_not_followed(tmp_path: Path) -> None:
    put(
        tmp_path / "in",
        {
            "a/2026001.ipynb": nameless(),
            "a/2026001_receipt.txt": b"x",
            "a/.ipynb_checkpoints/2026001-checkpoint.ipynb": nameless(),
            "a/._2026001.ipynb": b"x",
            "__MACOSX/a.ipynb": b"x",
            "2026002.ipynb.txt": nameless(),
            "data.csv": b"x",
        },
    )
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(nameless())
    links = 0
    if os.name != "nt":
        (tmp_path / "in" / "2026001 link.ipynb").symlink_to(secret)
        (tmp_path / "in" / "out").symlink_to(tmp_path)
        os.mkfifo(tmp_path / "in" / "pipe.ipynb")
        links = 2
    found = collect(tmp_path / "in", ROSTER)
    assert [one.path_in for one in found] == ["a/2026001.ipynb", "2026002.ipynb.txt"]
    assert found.ignored == 1 + links
    assert found.others == (("2026001 link.ipynb", "data.csv", "pipe.ipynb") if links else ("data.csv",))


def test_names_in_any_encoding_are_read(tmp_path: Path) -> None:
    for number, encoding in enumerate(("utf-8", "gb18030")):
        raw = "李雷_5_assignsubmission_file_/信用.ipynb".encode(encoding)
        held = pack({"x" * len(raw): nameless()}).replace(b"x" * len(raw), raw)
        (tmp_path / f"{number}.zip").write_bytes(held)
        assert whose(tmp_path / f"{number}.zip") == {"李雷_5_assignsubmission_file_/信用.ipynb": ("2026002", "name")}
    if sys.platform == "linux":
        odd = tmp_path / "in"
        odd.mkdir()
        (odd / os.fsdecode("2026001_信用.ipynb".encode("gb18030"))).write_bytes(nameless())
        (odd / os.fsdecode(b"2026002_\xff\xfe\x80.ipynb")).write_bytes(nameless())
        for one in collect(odd, ROSTER):
            assert one.path_in.encode("utf-8") and one.student is not None and one.read() == nameless()


def test_names_that_lead_out_of_a_zip_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../2026001.ipynb", "/etc/2026002.ipynb", "..\\7-1.ipynb", "C:\\x\\a.ipynb"]
    (tmp_path / "in.zip").write_bytes(pack(dict.fromkeys(names, nameless())))
    before = set(tmp_path.parent.rglob("*"))
    found = collect(tmp_path / "in.zip", ROSTER)
    assert set(tmp_path.parent.rglob("*")) == before
    assert [(one.path_in, one.student, bool(one.note.en)) for one in found] == [
        ("2026001.ipynb", "2026001", True),
        ("etc/2026002.ipynb", "2026002", True),
        ("7-1.ipynb", "7-1", True),
        ("C:/x/a.ipynb", None, False),
    ]
    assert all(one.read() == nameless() for one in found)


def damage(archive: bytes) -> bytes:
    """Change a byte in the middle of the first member."""
    return archive[:200] + bytes([archive[200] ^ 255]) + archive[201:]


def test_one_bad_file_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_module, "MOST_ZIP_BYTES", 1_000_000)
    bomb = pack({"x.ipynb": b"0" * 30_000_000})
    deep = nameless()
    for _ in range(6):
        deep = pack({"z.zip" if deep[:2] == b"PK" else "x.ipynb": deep})
    put(
        tmp_path,
        {
            "2026001/good.ipynb": data(issued("2026001")),
            "2026002/bomb.zip": bomb,
            "CS-2026-3/wide.zip": pack({"inner.zip": b"0" * 2_000_000}),
            "7-1/broken.zip": b"PK\x03\x04 not really",
            "12/deep.zip": deep,
            "damaged.zip": damage(pack({"2026002.ipynb": nameless()})),
        },
    )
    found = {one.path_in: one for one in collect(tmp_path, ROSTER)}
    assert {path: (one.student, one.reason.en.partition(" (")[0]) for path, one in found.items()} == {
        "2026001/good.ipynb": ("2026001", ""),
        "2026002/bomb.zip/x.ipynb": ("2026002", notebooks.TOO_LARGE.en.format(most=20)),
        "CS-2026-3/wide.zip/inner.zip": ("CS-2026-3", "The zip is larger than 1 MB."),
        "7-1/broken.zip": ("7-1", "The file cannot be read"),
        "12/deep.zip/z.zip/z.zip/z.zip": ("12", "Zips more than 3 deep are not opened."),
        "damaged.zip/2026002.ipynb": ("2026002", "The file cannot be read"),
    }
    for path in (
        "2026002/bomb.zip/x.ipynb",
        "12/deep.zip/z.zip/z.zip/z.zip",
        "7-1/broken.zip",
        "damaged.zip/2026002.ipynb",
    ):
        with pytest.raises(NotAWork):
            read(found[path].read())


def many(files: dict[str, bytes], count: int) -> bytes:
    """A zip of these and as many small files."""
    return pack(files | {f"venv/{number}.py": b"" for number in range(count)})


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_zip_of_one_student_stops_nobody_else(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_module, "MOST_FILES", 9)
    monkeypatch.setattr(collect_module, "MOST_WORKS", 3)
    monkeypatch.setattr(collect_module, "MOST_UNPACKED", 2_000_000)
    monkeypatch.setattr(collect_module, "MOST_ENTRIES", 40)
    own = data(fill(issued("2026001")))
    large = b'{"cells": 1}' + b" " * 1_100_000
    files = {
        "2026001 venv.zip": many({"set.ipynb": own}, 30),  # more files than the class has, and nothing wrong with it
        "2026002 many.zip": pack(dict.fromkeys([f"{number}.ipynb" for number in range(4)], nameless())),
        "7-1 large.zip": pack({"in.zip": pack(dict.fromkeys(["a.ipynb", "b.ipynb"], large))}),
        "12 entries.zip": many({"set.ipynb": nameless()}, 41),
        "CS-2026-3.ipynb": nameless(),
    }
    put(tmp_path / "in", files)
    (tmp_path / "in.zip").write_bytes(pack(files))
    found = collect(tmp_path / ("in" if kind == "folder" else "in.zip"), ROSTER, SET)
    assert {one.path_in: (one.student, one.reason.en) for one in found} == {
        "2026001 venv.zip/set.ipynb": ("2026001", ""),
        "2026002 many.zip": ("2026002", "The zip holds more than 3 notebooks and zips; hand in the notebook alone."),
        "7-1 large.zip": ("7-1", "The zip holds more than 2 MB of notebooks; hand in the notebook alone."),
        "12 entries.zip": ("12", "The zip holds more than 40 files; hand in the notebook alone."),
        "CS-2026-3.ipynb": ("CS-2026-3", ""),
    }
    assert (found.ignored, found.others) == (30, ("2026001 venv.zip/venv/0.py",))
    with pytest.raises(NotAWork, match="more than 3 notebooks"):
        next(one for one in found if one.student == "2026002").read()


def test_a_zip_of_the_class_in_a_folder_has_room_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_module, "MOST_WORKS", 3)
    files = {f"{one.id}.ipynb": nameless() for one in ROSTER}
    files["2026001 more.zip"] = pack(dict.fromkeys([f"{number}.ipynb" for number in range(4)], nameless()))
    put(tmp_path, {"export.zip": pack(files)})
    found = collect(tmp_path, ROSTER, SET)
    assert [one.path_in for one in found if one.reason.en] == ["export.zip/2026001 more.zip"]
    assert {one.student for one in found.counting} == {one.id for one in ROSTER}


def test_no_directory_of_a_zip_is_read_before_it_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_module, "MOST_ENTRIES", 10)
    opened: list[int] = []

    class Counted(zipfile.ZipFile):
        def infolist(self) -> list[zipfile.ZipInfo]:
            opened.append(len(super().infolist()))
            return super().infolist()

    put(tmp_path, {"2026001.zip": many({}, 500), "2026002.zip": pack({"in.zip": many({}, 500)})})
    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    assert all(one.reason.en for one in collect(tmp_path, ROSTER)) and opened == [1]


def test_no_long_name_keeps_anybody_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    by_id = collect_module.Whose.by_id
    monkeypatch.setattr(collect_module.Whose, "by_id", lambda self, text: seen.append(len(text)) or by_id(self, text))
    long = "2026001 " * 7000 + ".ipynb"
    deep = "2026002/" * 7000 + "x.ipynb"
    (tmp_path / "in.zip").write_bytes(pack({long: nameless(), deep: nameless()}))
    found = collect(tmp_path / "in.zip", ROSTER)
    assert [one.student for one in found] == ["2026001", "2026002"]
    assert max(seen) <= 255 and len(seen) < 200


def test_files_that_are_no_notebooks_still_are_their_students(tmp_path: Path) -> None:
    put(tmp_path, {"2026001.ipynb": b"", "2026002.ipynb": b"{", "7-1.ipynb": b" " * (notebooks.MOST_BYTES + 1)})
    found = collect(tmp_path, ROSTER)
    assert [one.student for one in found] == ["2026001", "2026002", "7-1"]
    for one in found:
        with pytest.raises(NotAWork):
            read(one.read())
    (tmp_path / "2026001.ipynb").unlink()
    with pytest.raises(NotAWork, match="cannot be read"):
        found[0].read()


def test_a_place_that_cannot_be_searched_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK")
    with pytest.raises(CollectError, match=r"x\.zip is neither a folder nor a sound zip file"):
        collect(tmp_path / "x.zip", ROSTER)
    with pytest.raises(CollectError, match=r"none cannot be read \(No such file"):
        collect(tmp_path / "none", ROSTER)
    put(tmp_path / "in", {f"{number}.ipynb": nameless() for number in range(5)})
    with monkeypatch.context() as patch:
        patch.setattr(collect_module, "MOST_FILES", 4)
        with pytest.raises(CollectError, match="more than 4 files"):
            collect(tmp_path / "in", ROSTER)
    monkeypatch.setattr(collect_module, "MOST_IN_ALL", 2 * len(nameless()))
    with pytest.raises(CollectError, match="larger than"):
        collect(tmp_path / "in", ROSTER)


def test_a_single_notebook_is_a_place_too(tmp_path: Path) -> None:
    put(tmp_path, {"2026001.ipynb": nameless()})
    assert whose(tmp_path / "2026001.ipynb") == {"2026001.ipynb": ("2026001", "path")}
    assert whose(put(tmp_path / "empty", {"a.txt": b""})) == {}


def test_two_students_of_one_name_are_not_guessed(tmp_path: Path) -> None:
    put(tmp_path, {"Li Wei_5_assignsubmission_file_/x.ipynb": nameless()})
    [found] = collect(tmp_path, [Student("1", "Li Wei"), Student("2", "Wei Li")])
    assert (found.student, found.note.en) == (None, "Li Wei may be 1 or 2.")


# --- submit ----------------------------------------------------------------------------------------------------------


def solved() -> Notebook:
    notebook = issued()
    for number in range(1, 7):
        fill(notebook, number)
        cell(notebook, number)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 1000}]
        cell(notebook, number)["execution_count"] = 5
    notebook["metadata"]["widgets"] = {"state": {}}
    return notebook


def test_submit_writes_one_file_without_outputs_and_a_receipt(tmp_path: Path) -> None:
    source = put(tmp_path, {"2026001.ipynb": data(solved())}) / "2026001.ipynb"
    file, receipt = submit(source)
    assert (file.name, receipt.path.name) == (f"{SET}_2026001.ipynb", f"{SET}_2026001_receipt.txt")
    assert source.read_bytes() == data(solved())
    handed = json.loads(file.read_bytes())
    assert not any(one.get("outputs") or one.get("execution_count") for one in handed["cells"])
    assert "widgets" not in handed["metadata"]
    assert repaired(handed) == repaired(solved())
    text = receipt.path.read_text(encoding="utf-8")
    assert receipt.complete and "6 of 6 answered" in text and "The set is complete." in text
    assert f"SHA-256  {receipt.sha256}" in text and crmlab.__version__ in text
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import hashlib, pathlib; print(hashlib.sha256(pathlib.Path({str(file)!r}).read_bytes()).hexdigest())",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == receipt.sha256
    again, same = submit(source)
    assert (again, same.sha256) == (file, receipt.sha256)


def test_submit_says_what_is_missing_and_does_not_forbid(tmp_path: Path) -> None:
    notebook = issued("2026002", lang="zh")
    fill(notebook, 1)
    cell(notebook, 4)["source"] = 'answer_4 = {\n "first": 5,\n "second": ...,\n "third": 7, "behaviour": ...}'
    del notebook["cells"][place(notebook, "credit_policy-5")]
    file, receipt = submit(put(tmp_path, {"my.ipynb": data(notebook)}) / "my.ipynb", tmp_path / "out")
    assert file.parent == tmp_path / "out" and file.is_file()
    assert [one.state for one in receipt.items] == ["filled", "blank", "blank", "partly", "missing", "blank"]
    assert "item 4: partly answered; still open: second, behaviour" in receipt.text.en
    shown = receipt.path.read_text(encoding="utf-8")
    assert "第 4 题：部分作答；尚缺：second、behaviour" in shown and "共 6 题，已答 1 题" in shown


def test_submit_never_writes_over_the_learners_own_file(tmp_path: Path) -> None:
    name = f"{SET}_2026001.ipynb"
    file, _ = submit(put(tmp_path, {name: data(solved())}) / name)
    assert file.name == f"{SET}_2026001_submitted.ipynb"
    assert (tmp_path / name).read_bytes() == data(solved())
    assert whose(file) == {file.name: ("2026001", "notebook")}


def test_submit_takes_the_id_of_the_working_copy_when_the_notebook_has_none(tmp_path: Path) -> None:
    path = put(tmp_path / "en" / "exercises", {f"{SET}.ipynb": nameless()}) / f"{SET}.ipynb"
    with pytest.raises(NotAWork, match="names no student"):
        submit(path)
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    Answers(tmp_path / FOLDER).student = "2026009"
    file, _ = submit(path)
    assert read(file).student == "2026009" and file.name == f"{SET}_2026009.ipynb"
    Answers(tmp_path / FOLDER).student = "../x"
    with pytest.raises(NotAWork, match="cannot be the name of a file"):
        submit(path)


@pytest.mark.parametrize("content", [None, b"", b"{", data({"cells": []})])
def test_submit_refuses_what_is_no_set_in_one_sentence(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(NotAWork) as raised:
        submit(tmp_path / "a.ipynb")
    assert raised.value.reason.zh.endswith("。")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ipynb"] * (content is not None)


@pytest.mark.parametrize("odd", [5, "abc", [5], [{"cells": 5}], [{"cells": "abc"}], [{"cells": [5]}], {}], ids=str)
def test_submit_survives_odd_worksheets(odd: Any, tmp_path: Path) -> None:
    file, receipt = submit(put(tmp_path, {"a.ipynb": data(solved() | {"worksheets": odd})}) / "a.ipynb")
    assert receipt.complete and read(file).student == "2026001"


def test_submit_leaves_out_what_makes_a_file_too_large(tmp_path: Path) -> None:
    notebook = solved()
    cell(notebook, 1)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * notebooks.MOST_BYTES}]
    file, receipt = submit(put(tmp_path, {"a.ipynb": data(notebook)}) / "a.ipynb")
    assert receipt.complete and file.stat().st_size < 1_000_000


def test_submit_keeps_old_formats_readable(tmp_path: Path) -> None:
    notebook = solved()
    old = {"metadata": {}, "nbformat": 3, "worksheets": [{"cells": notebook["cells"]}]}
    file, receipt = submit(put(tmp_path, {"old.ipynb": data(old)}) / "old.ipynb")
    assert receipt.complete and read(file).student == "2026001"


# --- what is light ---------------------------------------------------------------------------------------------------


def test_importing_brings_no_charts_no_widgets_and_no_notebook_format() -> None:
    code = (
        "import sys, crmlab.grading.assign, crmlab.grading.collect, crmlab.grading.submit;"
        "print(*sorted({'matplotlib', 'ipywidgets', 'anywidget', 'nbformat', 'jupytext'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == []


@pytest.mark.parametrize("good", ["2026001", "学号1", "a b", "S-1", "x.y", "com10"])
def test_usual_ids_can_name_files(good: str) -> None:
    assert why_no_file_name(good) is None


@pytest.mark.parametrize(
    "bad",
    [
        "",
        ".",
        "a.",
        " a",
        "a ",
        "-x",
        "a/b",
        "a\\b",
        "a\nb",
        "nul",
        "LPT1.x",
        "COM²",
        "lpt¹.x",
        "con .x",
        "a\u202eb",
        "a|b",
    ],
)
def test_ids_that_no_file_can_have_are_refused(bad: str) -> None:
    assert why_no_file_name(bad)


# --- what a new instructor met ---------------------------------------------------------------------------------------


def test_a_roster_with_chinese_columns_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "roster.csv", "学号,姓名,邮箱,班级,语言,截止日期\n1,李雷,a@b.c,一班,zh,2026-12-01\n")
    [one] = read_roster(path)
    assert (one.id, one.name, one.email, one.section, one.language) == ("1", "李雷", "a@b.c", "一班", "zh")
    assert one.due is not None and one.due.day == 1
    with pytest.raises(RosterError, match="column student_id stands there twice"):
        read_roster(write(tmp_path / "twice.csv", "学号,student_id,姓名\n1,2,李雷\n"))


def test_a_roster_with_tabs_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="separated by tabs; save the roster as CSV, with commas"):
        read_roster(write(tmp_path / "roster.csv", "student_id\tname\n1\tAda\n"))


def test_the_class_s_own_roster_stays_as_its_owner_wrote_it(tmp_path: Path) -> None:
    path = write(tmp_path / "roster.csv", "student_id,name,phone,due\n1,Ada,555,2026-12-01\n")
    before = path.read_bytes()
    students = read_roster(path)
    assert changes(students, tmp_path) is None
    assign(students, SET, tmp_path, given=path)
    assert path.read_bytes() == before and load_class(tmp_path)
    other = write(tmp_path / "other.csv", "student_id,name\n2,Bob\n3,Cleo\n")
    assert changes(read_roster(other), tmp_path) == (2, 1)
    assign(read_roster(other), SET, tmp_path, given=other)
    assert [one.id for one in read_roster(path)] == ["2", "3"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_class_folder_and_its_gradebook_are_their_owners_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        assign(ROSTER, SET, tmp_path / "class")
        Gradebook(tmp_path / "gradebook.sqlite").close()
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "class").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "gradebook.sqlite").stat().st_mode) == 0o600


def test_submit_names_what_is_no_python(tmp_path: Path) -> None:
    notebook = solved()
    cell(notebook, 2)["source"] = "answer_2 = {\n  'value' 3}"
    cell(notebook, 3)["source"] = "%time x = 1\n" + cell(notebook, 3)["source"]  # Python only to IPython
    (tmp_path / "mine.ipynb").write_bytes(data(notebook))
    _, receipt = submit(tmp_path / "mine.ipynb")
    assert "the cell of item 2 has a syntax error in line 2\n" in receipt.text.en
    assert "第 2 题的单元格第 2 行有语法错误" in receipt.text.zh and "已答 5 题" in receipt.text.zh
    assert "item 3: answered" in receipt.text.en and not receipt.complete
