"""Answers on disk: nothing a learner checked is lost, whatever happens to the folder, and no check stops over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.core import answers as module
from crmlab.core.answers import FOLDER, MARKER, Answers, answers, plain, working_copy, write_whole
from crmlab.core.checks import Feedback
from crmlab.core.text import Text

WRONG = Feedback("wrong", Text(en="No.", zh="不对。"))
TRAP = Feedback("trap", Text(en="No.", zh="不对。"), trap="sum")
RIGHT = Feedback("right", Text(en="Yes.", zh="对。"), points=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "我的 course" / FOLDER


@pytest.fixture
def store(folder: Path) -> Answers:
    return Answers(folder)


def given_answers(store: Answers, item_id: str = "topic-1") -> list[Any]:
    return [attempt["answer"] for attempt in store.record(item_id)["attempts"]]


def test_nothing_kept_yet(store: Answers, folder: Path) -> None:
    assert store.record("topic-1") == {"draw": 0, "attempts": []}
    assert store.student == ""
    assert store.trouble is None
    assert not folder.exists()


def test_attempts_are_kept_in_order_with_time_draw_status_and_trap(store: Answers) -> None:
    store.add("topic-1", 13, WRONG)
    store.add("topic-1", 42, TRAP)
    record = store.add("topic-1", 12.0, RIGHT)
    assert record == store.record("topic-1")
    assert [(a["answer"], a["status"], a["trap"], a["draw"]) for a in record["attempts"]] == [
        (13, "wrong", None, 0),
        (42, "trap", "sum", 0),
        (12.0, "right", None, 0),
    ]
    assert all(a["time"].endswith("+00:00") for a in record["attempts"])
    assert store.record("topic-2")["attempts"] == []


def test_another_object_and_another_process_read_what_was_kept(store: Answers, folder: Path) -> None:
    store.student = "王小明 2026001"
    store.add("topic-1", {"赢家": "北方", "gap": 2.5}, WRONG)
    assert given_answers(Answers(folder)) == [{"赢家": "北方", "gap": 2.5}]
    code = (
        "import sys, json, pathlib; from crmlab.core.answers import Answers;"
        "store = Answers(pathlib.Path(sys.argv[1]));"
        "print(json.dumps([store.student, store.record('topic-1')['attempts'][0]['answer']]))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == ["王小明 2026001", {"赢家": "北方", "gap": 2.5}]


def test_the_file_reads_well(store: Answers, folder: Path) -> None:
    store.add("topic-1", "北方", WRONG)
    assert "北方" in (folder / "topic-1.json").read_text(encoding="utf-8")


def test_two_notebooks_on_one_folder_see_each_others_attempts(store: Answers, folder: Path) -> None:
    other = Answers(folder)
    store.add("topic-1", 1, WRONG)
    other.add("topic-1", 2, WRONG)
    store.add("topic-1", 3, WRONG)
    assert given_answers(store) == given_answers(other) == [1, 2, 3]
    other.student = "2026001"
    assert store.student == "2026001"
    other.renew("topic-1")
    assert store.record("topic-1")["draw"] == 1


def test_new_numbers_keep_earlier_attempts(store: Answers) -> None:
    store.add("topic-p1", 1, WRONG)
    assert store.renew("topic-p1")["draw"] == 1
    record = store.add("topic-p1", 2, RIGHT)
    assert [a["draw"] for a in record["attempts"]] == [0, 1]


def test_without_a_folder_answers_live_in_memory() -> None:
    store = Answers(None)
    store.student = "2026001"
    store.add("topic-1", 1, WRONG)
    store.add("topic-1", 2, WRONG)
    assert (store.student, given_answers(store), store.trouble) == ("2026001", [1, 2], None)
    assert given_answers(Answers(None)) == []


# --- what can happen to files ----------------------------------------------------------------------------------------


def test_a_crash_while_writing_leaves_the_old_file_and_no_rest(
    store: Answers, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add("topic-1", 1, WRONG)
    before = (folder / "topic-1.json").read_bytes()

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            store.add("topic-1", 2, WRONG)
    assert (folder / "topic-1.json").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["topic-1.json"]


def test_a_file_is_whole_before_it_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[bytes] = []
    replace = os.replace

    def watch(source: Path, target: Path) -> None:
        moved.append(Path(source).read_bytes())
        assert Path(source).parent == Path(target).parent
        replace(source, target)

    monkeypatch.setattr(os, "replace", watch)
    write_whole(tmp_path / "new" / "a.json", b"whole")
    assert moved == [b"whole"]
    assert (tmp_path / "new" / "a.json").read_bytes() == b"whole"


GOOD_ATTEMPT = {"time": "", "draw": 0, "answer": 1, "status": "wrong", "trap": None}
BROKEN = {
    "cut off": b'{"draw": 0, "attem',
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "null": b"null",
    "draw is text": b'{"draw": "0", "attempts": []}',
    "no attempts": b'{"draw": 0}',
    "attempts are numbers": b'{"draw": 0, "attempts": [1]}',
    "attempt without status": json.dumps({"draw": 0, "attempts": [{**GOOD_ATTEMPT} | {"status": 1}]})
    .replace('"status": 1, ', "")
    .encode(),
    "too deep": b"[" * 100_000,
    "long number": b'{"draw": ' + b"1" * 5000 + b', "attempts": []}',
}


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_kept_aside_and_reported(store: Answers, folder: Path, content: str) -> None:
    folder.mkdir(parents=True)
    (folder / "topic-1.json").write_bytes(BROKEN[content])
    assert store.record("topic-1") == {"draw": 0, "attempts": []}
    assert store.trouble is not None
    kept = [path for path in folder.iterdir() if path.suffix.startswith(".broken-")]
    assert [path.read_bytes() for path in kept] == [BROKEN[content]]
    assert kept[0].name in store.trouble.en and kept[0].name in store.trouble.zh
    store.add("topic-1", 2, WRONG)
    assert given_answers(Answers(folder)) == [2]
    assert kept[0].exists()


def test_a_broken_student_file_gives_the_empty_id(store: Answers, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "student.json").write_text('{"id": 7}', encoding="utf-8")
    assert store.student == ""
    assert store.trouble is not None and "student.json" in store.trouble.en


def test_a_file_that_may_not_be_read_is_not_overwritten(
    store: Answers, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add("topic-1", 1, WRONG)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", denied)
        assert given_answers(store) == []
        assert store.trouble is not None and "topic-1.json" in store.trouble.en
    store.add("topic-1", 2, WRONG)
    kept = [path for path in folder.iterdir() if path.suffix.startswith(".broken-")]
    assert json.loads(kept[0].read_text(encoding="utf-8"))["attempts"][0]["answer"] == 1


def denied(*_: Any, **__: Any) -> Any:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(("place", "name"), [(os, "replace"), (Path, "mkdir"), (Path, "write_bytes")])
def test_a_folder_that_cannot_be_written_loses_nothing_in_the_session(
    store: Answers, folder: Path, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(place, name, denied)
        store.student = "2026001"
        store.add("topic-1", 1, WRONG)
        record = store.add("topic-1", 2, TRAP)
        assert [a["answer"] for a in record["attempts"]] == given_answers(store) == [1, 2]
        assert store.student == "2026001"
        assert store.renew("topic-1")["draw"] == 1
        assert store.trouble is not None
        assert "Permission denied" in store.trouble.en and "until you close" in store.trouble.en
        assert "Permission denied" in store.trouble.zh
    store.add("topic-1", 3, RIGHT)  # writable again: everything gets there
    assert given_answers(Answers(folder)) == [1, 2, 3]
    assert Answers(folder).record("topic-1")["draw"] == 1
    assert not list(folder.glob("*.tmp"))


def test_an_error_without_a_reason_is_still_said(store: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise PermissionError("the disk is on holiday")

    monkeypatch.setattr(os, "replace", fail)
    store.add("topic-1", 1, WRONG)
    assert store.trouble is not None and "the disk is on holiday" in store.trouble.en


# --- what an answer looks like on disk -------------------------------------------------------------------------------


class Sulky:
    """Answers no question about itself."""

    def __repr__(self) -> str:
        raise RuntimeError("no")

    def __float__(self) -> float:
        raise RuntimeError("no")


PLAIN: list[tuple[Any, Any]] = [
    (None, None),
    (True, True),
    (np.True_, 1.0),
    (3, 3),
    (np.int64(3), 3.0),
    (np.float32(0.5), 0.5),
    (float("nan"), "nan"),
    (-float("inf"), "-inf"),
    (..., "Ellipsis"),
    ("字", "字"),
    (np.str_("north"), "north"),
    ((1, [2, ...]), [1, [2, "Ellipsis"]]),
    ({"b", "a"}, ["a", "b"]),
    ({1: {"x": np.float64(2)}}, {"1": {"x": 2.0}}),
    (10**5000, "<int>"),
    (np.array(3.0), 3.0),
    (1j, "1j"),
    (b"x", "b'x'"),
    (Sulky(), "<Sulky>"),
    ([Sulky()], ["<Sulky>"]),
    ("half \ud83d", "half ?"),
]


@pytest.mark.parametrize(("answer", "kept"), PLAIN, ids=[str(number) for number in range(len(PLAIN))])
def test_plain(answer: Any, kept: Any, store: Answers, folder: Path) -> None:
    assert plain(answer) == kept
    store.add("topic-1", answer, WRONG)
    assert given_answers(Answers(folder)) == [kept]
    assert store.trouble is None


@pytest.mark.parametrize(
    "answer",
    [pd.Series([1.0]), pd.DataFrame({"a": range(1000)}), np.arange(5000), len, lambda: 1, b"x" * 999, Answers],
    ids=lambda answer: type(answer).__name__,
)
def test_other_objects_are_kept_in_a_few_words(answer: Any, store: Answers, folder: Path) -> None:
    store.add("topic-1", answer, WRONG)
    [kept] = given_answers(Answers(folder))
    assert isinstance(kept, str) and 0 < len(kept) <= 200


def test_an_answer_that_holds_itself_is_no_trap(store: Answers) -> None:
    endless: list[Any] = []
    endless.append(endless)
    store.add("topic-1", endless, WRONG)
    assert store.trouble is None
    assert len(given_answers(store)) == 1


def test_a_half_character_in_the_id_does_no_harm(store: Answers, folder: Path) -> None:
    store.student = "half \ud83d"
    assert Answers(folder).student == "half ?"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.tuples(inner),
        max_leaves=8,
    )
)
def test_plain_answers_survive_json(answer: Any) -> None:
    kept = plain(answer)
    assert json.loads(json.dumps(kept, allow_nan=False).encode("utf-8")) == kept


# --- where the answers are -------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(module, "_open", {})
    folder = tmp_path / "my-course"
    (folder / "zh" / "exercises").mkdir(parents=True)
    (folder / MARKER).write_text("{}", encoding="utf-8")
    yield folder


def test_the_working_copy_is_found_from_every_folder_in_it(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert working_copy(copy / "zh" / "exercises") == working_copy(copy) == copy.resolve()
    assert working_copy(tmp_path) is None
    monkeypatch.chdir(copy / "zh" / "exercises")
    answers().add("topic-1", 1, WRONG)
    assert (copy / FOLDER / "topic-1.json").is_file()
    monkeypatch.chdir(copy)
    assert given_answers(answers()) == [1]


def test_outside_a_working_copy_answers_are_kept_for_the_session(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answers().add("topic-1", 1, WRONG)
    assert given_answers(answers()) == [1]
    assert answers().folder is None
    monkeypatch.chdir(copy)
    assert given_answers(answers()) == []
