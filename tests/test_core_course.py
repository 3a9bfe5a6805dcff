"""A learner's working copy: made once, brought up to date, never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmlab.core import course
from crmlab.core.answers import MARKER, working_copy
from crmlab.core.text import use_language


def notebook(text: str, output: str = "42") -> str:
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": output}],
        "source": text,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of the course with one notebook and one exercise in each language, where the kit looks for it."""
    root = tmp_path / "edition"
    for part in ("notebooks", "exercises"):
        for lang in ("en", "zh"):
            (root / part / lang).mkdir(parents=True)
            (root / part / lang / "06_delivered_value.ipynb").write_text(notebook(f"{part} {lang}"), encoding="utf-8")
    monkeypatch.setattr(course, "course_root", lambda: root)
    return root


def renew(edition: Path, text: str) -> None:
    (edition / "notebooks" / "en" / "06_delivered_value.ipynb").write_text(notebook(text), encoding="utf-8")


def test_a_new_working_copy_holds_every_notebook_without_outputs(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my course 课程"
    update = course.update_working_copy(copy, "1.0")
    assert set(update.made) == {
        f"{lang}/{name}"
        for lang in ("en", "zh")
        for name in ("06_delivered_value.ipynb", "exercises/06_delivered_value.ipynb")
    }
    cell = json.loads((copy / "en" / "06_delivered_value.ipynb").read_text(encoding="utf-8"))["cells"][0]
    assert (cell["outputs"], cell["execution_count"], cell["source"]) == ([], None, "notebooks en")
    assert working_copy(copy / "en") == copy


def test_nothing_is_done_twice(edition: Path, tmp_path: Path) -> None:
    course.update_working_copy(tmp_path / "copy", "1.0")
    assert course.update_working_copy(tmp_path / "copy", "1.0") == course.Update((), (), ())


def test_an_unchanged_notebook_is_renewed(edition: Path, tmp_path: Path) -> None:
    course.update_working_copy(tmp_path / "copy", "1.0")
    renew(edition, "second edition")
    assert course.update_working_copy(tmp_path / "copy", "1.1").renewed == ("en/06_delivered_value.ipynb",)
    assert "second edition" in (tmp_path / "copy" / "en" / "06_delivered_value.ipynb").read_text(encoding="utf-8")


def test_a_notebook_that_was_only_run_is_renewed(edition: Path, tmp_path: Path) -> None:
    course.update_working_copy(tmp_path / "copy", "1.0")
    opened = tmp_path / "copy" / "en" / "06_delivered_value.ipynb"
    ran = json.loads(notebook("notebooks en"))
    ran["metadata"]["language_info"] = {"name": "python", "version": "3.13.0"}
    opened.write_text(json.dumps(ran), encoding="utf-8")
    renew(edition, "second edition")
    assert course.update_working_copy(tmp_path / "copy", "1.1").renewed == ("en/06_delivered_value.ipynb",)


def test_widgets_of_the_last_session_leave_their_pictures_and_words(tmp_path: Path) -> None:
    ran = json.loads(notebook("whose_time()"))
    kept = {"image/png": "AAAA", "text/plain": "At 12, Granary wins."}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "gone"}}
    ran["cells"][0]["outputs"] = [{"output_type": "execute_result", "data": kept | view, "metadata": {}}]
    (tmp_path / "en").mkdir()
    opened, other, broken = (tmp_path / "en" / f"{name}.ipynb" for name in ("opened", "other", "broken"))
    opened.write_text(json.dumps(ran), encoding="utf-8")
    other.write_text(notebook("1 + 1"), encoding="utf-8")
    broken.write_text("half a noteb", encoding="utf-8")
    before = other.read_bytes(), broken.read_bytes()
    course.retire_widgets(tmp_path)
    cell = json.loads(opened.read_text(encoding="utf-8"))["cells"][0]
    assert cell["outputs"][0]["data"] == kept
    assert cell["source"] == "whose_time()"
    assert (other.read_bytes(), broken.read_bytes()) == before


def test_a_changed_notebook_is_kept_and_each_new_edition_arrives_once_beside_it(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    course.update_working_copy(copy, "1.0")
    mine = copy / "en" / "06_delivered_value.ipynb"
    mine.write_text("my own work", encoding="utf-8")
    renew(edition, "second edition")
    assert course.update_working_copy(copy, "1.1").beside == ("en/06_delivered_value (1.1).ipynb",)
    assert course.update_working_copy(copy, "1.1") == course.Update((), (), ())
    # Another edition of the same version, as in a checkout, takes the next free name.
    beside = copy / "en" / "06_delivered_value (1.1).ipynb"
    beside.write_text("work in the new edition", encoding="utf-8")
    renew(edition, "third edition")
    assert course.update_working_copy(copy, "1.1").beside == ("en/06_delivered_value (1.1-2).ipynb",)
    assert mine.read_text(encoding="utf-8") == "my own work"
    assert beside.read_text(encoding="utf-8") == "work in the new edition"


@pytest.mark.parametrize("damage", ["", "not json", "[]", '{"issued": 3}'])
def test_a_damaged_manifest_overwrites_nothing(edition: Path, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "copy"
    course.update_working_copy(copy, "1.0")
    mine = copy / "en" / "06_delivered_value.ipynb"
    mine.write_text("my own work", encoding="utf-8")
    (copy / MARKER).write_text(damage, encoding="utf-8")
    course.update_working_copy(copy, "1.0")
    assert mine.read_text(encoding="utf-8") == "my own work"


def test_a_deleted_notebook_comes_back(edition: Path, tmp_path: Path) -> None:
    course.update_working_copy(tmp_path / "copy", "1.0")
    (tmp_path / "copy" / "zh" / "06_delivered_value.ipynb").unlink()
    assert course.update_working_copy(tmp_path / "copy", "1.0").made == ("zh/06_delivered_value.ipynb",)


def test_the_notes_say_where_the_work_is_and_what_is_new(edition: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert "no working copy" in course.notes(tmp_path)[0]
    course.update_working_copy(copy, "1.0")
    (copy / "en" / "06_delivered_value.ipynb").write_text("my own work", encoding="utf-8")
    renew(edition, "second edition")
    course.update_working_copy(copy, "1.1")
    where, new = course.notes(copy / "en")
    assert str(copy) in where
    assert "06_delivered_value (1.1)" in new
    use_language("zh")
    try:
        assert len(course.notes(copy / "zh")) == 1
    finally:
        use_language("en")


def test_numbers_and_slugs_of_chapters_are_unique() -> None:
    stems = [chapter.stem for chapter in course.chapters()]
    assert len(set(stems)) == len(stems) == 16
    assert [chapter.number for chapter in course.chapters()][1:] == [f"{number:02}" for number in range(15)]
