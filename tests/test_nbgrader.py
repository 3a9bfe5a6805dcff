"""nbgrader takes the graded sets as they are and gives the points that our own grading gives.

nbgrader has one release for all students, so everything here uses the published numbers.
"""

from __future__ import annotations

import copy
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from traitlets.config import Config

import crmlab
from crmlab.core import answers as answers_module
from crmlab.core import checks
from crmlab.core.answers import FOLDER, MARKER, Answers, plain
from crmlab.core.checks import Item, NumberItem, Params, PartsItem
from crmlab.core.data import course_root
from crmlab.core.quiz import NoPointsError
from crmlab.core.text import LANGUAGES, Language, Text, use_language
from crmlab.grading.engine import Job, Pool
from crmlab.grading.marks import mark
from crmlab.grading.notebooks import graded, read, repair, sets, template, variable

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore:.*:DeprecationWarning")

SET = "12_credit_policy"
ITEMS = graded(SET)
NUMBERS = {item.id: item.params() for item in ITEMS}
NOTHING_YET = "○ No answer yet: replace the `...` and run this cell again."

Notebook = dict[str, Any]


# --- a course of nbgrader --------------------------------------------------------------------------------------------


class Course:
    """A course folder with one set as its assignment, in the release version.

    nbgrader is imported where it is used: that takes seconds, which runs of other tests should not wait for.
    """

    def __init__(self, folder: Path) -> None:
        from nbgrader.apps import NbGraderAPI

        self.folder = folder
        self.config = configured(folder)
        put(folder / "source" / "credit" / f"{SET}.ipynb", SET, "en")
        self.api = NbGraderAPI(config=self.config)
        self.run(self.api.generate_assignment("credit"))
        self.release = folder / "release" / "credit" / f"{SET}.ipynb"
        self.released: Notebook = nbformat.read(self.release, as_version=4)

    def run(self, result: dict[str, Any]) -> None:
        assert result["success"], result.get("error", result.get("log"))

    def hand_in(self, student: str, notebook: Notebook) -> Path:
        path = self.folder / "submitted" / student / "credit" / f"{SET}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    def points(self, student: str) -> dict[str, float]:
        """The points that nbgrader gives for each item; a person has nothing left to do."""
        self.run(self.api.autograde("credit", student))
        with self.api.gradebook as book:
            grades = book.find_submission_notebook(SET, "credit", student).grades
            assert not any(grade.needs_manual_grade for grade in grades)
            assert {grade.name: grade.max_score for grade in grades} == {f"{one.id}-check": one.points for one in ITEMS}
            return {grade.name.removesuffix("-check"): grade.auto_score for grade in grades}

    def autograded(self, student: str) -> Notebook:
        found: Notebook = nbformat.read(self.folder / "autograded" / student / "credit" / f"{SET}.ipynb", as_version=4)
        return found

    def complaints(self, path: Path) -> dict[str, str]:
        """What ``nbgrader validate`` says about each cell that fails."""
        from nbgrader.validator import Validator

        found = Validator(config=self.config).validate(str(path))
        assert found.keys() <= {"failed"}, found
        return {one["source"]: one["raw_error"] for one in found.get("failed", [])}


def configured(folder: Path) -> Config:
    """What the README tells an instructor to set: answer cells are forms to fill in, with nothing to clear."""
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.ClearSolutions.enabled = False
    return config


def put(path: Path, name: str, lang: Language) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((course_root() / "exercises" / lang / f"{name}.ipynb").read_bytes())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course stands in the working copy of somebody with a student id: of no concern to nbgrader."""
    home = tmp_path_factory.mktemp("nbgrader")
    (home / MARKER).write_text("{}", encoding="utf-8")
    Answers(home / FOLDER).student = "2026001"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader calls alembic by name
        patch.setenv("PYTHONPATH", str(Path(crmlab.__file__).parents[1]))  # of its kernels
        yield Course(home / "course")
        for name in ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):  # nbgrader leaves them when it stops with an error
            os.environ.pop(name, None)


def cell(notebook: Notebook, grade_id: str) -> Notebook:
    found: Notebook = next(one for one in notebook["cells"] if about(one).get("grade_id") == grade_id)
    return found


def about(one: Notebook) -> dict[str, Any]:
    found: dict[str, Any] = one["metadata"].get("nbgrader", {})
    return found


def outputs(notebook: Notebook, item: Item) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cell(notebook, f"{item.id}-check")["outputs"]
    return found


# --- submissions -----------------------------------------------------------------------------------------------------


def right(item: Item) -> Any:
    return plain(item.solve(NUMBERS[item.id]))


def wrong(item: Item, params: Params) -> Any:
    """What the first misconception leads to that shows with these numbers; without one, a number out of reach."""
    values = [trap.wrong(params) for trap in item.traps]
    return plain(next((value for value in values if value is not None and value == value), -12345))


def wrong_in(item: Item, parts: slice) -> Any:
    """An answer with some of its parts wrong."""
    assert isinstance(item, PartsItem)
    names = list(item.parts)[parts]
    return right(item) | {name: wrong(item.parts[name], NUMBERS[item.id]) for name in names}


def answered(notebook: Notebook, answers: dict[str, Any]) -> Notebook:
    """A student's notebook with these answers; the others are left open."""
    done = copy.deepcopy(notebook)
    for item_id, answer in answers.items():
        cell(done, item_id)["source"] = f"{variable(item_id)} = {answer!r}"
    return done


def all_right(released: Notebook) -> Notebook:
    done = answered(released, {item.id: right(item) for item in ITEMS})
    cell(done, ITEMS[0].id)["source"] += "\nimport sys; print('a warning', file=sys.stderr)"
    return done


def all_wrong(released: Notebook) -> Notebook:
    """Every answer a misconception; and the checks changed, which changes nothing."""
    answers = {
        item.id: wrong_in(item, slice(None)) if isinstance(item, PartsItem) else wrong(item, NUMBERS[item.id])
        for item in ITEMS
    }
    done = answered(released, answers)
    first, second, third = (cell(done, f"{item.id}-check") for item in ITEMS[:3])
    first["source"] = "20"
    about(second)["points"] = 1000
    about(third)["locked"] = False
    return done


def half_right(released: Notebook) -> Notebook:
    """Parts of the first items right; then a cell that stops with an error, one left open, and one of a wrong kind.

    The answers are those to the published numbers; the notebook names a student who has others.
    """
    done = answered(released, {item.id: wrong_in(item, slice(1, None)) for item in ITEMS[:3]})
    cell(done, ITEMS[3].id)["source"] += "\nanswer_4['first'] = missing"
    cell(done, ITEMS[5].id)["source"] = "answer_6 = 'all of it'"
    second = [one for one in done["cells"] if one["cell_type"] == "code"][1]
    second["source"] = 'print("Numbers of:", student("2026002") or "the published example")'
    return done


SUBMISSIONS = (all_right, all_wrong, half_right)


@pytest.fixture(scope="module")
def ours(course: Course) -> dict[str, dict[str, float]]:
    """The points that ``crmlab grade`` gives for the same notebooks."""
    jobs = []
    for make in SUBMISSIONS:
        content = json.dumps(make(course.released)).encode("utf-8")
        cells = tuple(repair(read(content, make.__name__), SET, NUMBERS).cells)
        questions = {
            item.id: {
                "params": NUMBERS[item.id],
                "table": item.exhibit(NUMBERS[item.id]) if item.exhibit else None,
                "text": str(item.question(NUMBERS[item.id])),
            }
            for item in ITEMS
        }
        jobs.append(Job(key=make.__name__, student="", lang="en", cells=cells, questions=questions))
    cells_of = {job.key: job.cells for job in jobs}
    with Pool(workers=1) as pool:
        return {
            outcome.key: {
                row.item: row.points for row in mark(ITEMS, NUMBERS, outcome, cells_of[outcome.key]) if not row.part
            }
            for outcome in pool.run(jobs)
        }


# --- what nbgrader does with a set -----------------------------------------------------------------------------------


def test_nbgrader_releases_every_set_with_its_points_its_forms_and_no_solution(tmp_path: Path) -> None:
    from nbgrader import nbgraderformat
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    every = {f"{name}_{lang}": (name, lang) for name in sets() for lang in LANGUAGES}
    for stem, (name, lang) in every.items():
        put(tmp_path / "source" / "all" / f"{stem}.ipynb", name, lang)
    config = configured(tmp_path)
    config.CourseDirectory.assignment_id = "all"
    config.SaveCells.enabled = False  # this and the next are its --no-db
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, no_database=True).start()
    assert nbgraderformat.MetadataValidator.schema_version == 3
    for stem, (name, lang) in every.items():
        before, items = template(name, lang), graded(name)
        nbgraderformat.MetadataValidator().validate_nb(nbformat.from_dict(before))
        after = nbgraderformat.read(str(tmp_path / "release" / "all" / f"{stem}.ipynb"), as_version=4)
        assert [one.source for one in after.cells] == ["".join(one["source"]) for one in before["cells"]]
        points = {about(one)["grade_id"]: about(one)["points"] for one in after.cells if about(one).get("grade")}
        assert points == {f"{item.id}-check": item.points for item in items}
        assert sum(points.values()) == 20
        for item in items:
            form, check = cell(after, item.id), cell(after, f"{item.id}-check")
            assert about(form)["solution"]
            assert not about(form)["locked"]
            assert about(check)["locked"]
            assert check["metadata"]["editable"] is False
        source = (course_root() / "exercises" / "src" / f"{name}.py").read_text(encoding="utf-8")
        solutions = re.findall(r"# BEGIN SOLUTION\n(.*?)\n# END SOLUTION", source, re.DOTALL)
        assert len(solutions) == len(items)
        assert not [one for one in solutions if one in "\n".join(cell.source for cell in after.cells)]


def test_validate_fails_on_the_release_and_passes_on_a_right_submission(course: Course) -> None:
    open_cells = course.complaints(course.release)
    assert open_cells == {f'check("{item.id}", {variable(item.id)})': NOTHING_YET for item in ITEMS}
    assert course.complaints(course.hand_in("valid", all_right(course.released))) == {}


def test_autograde_gives_the_points_that_we_give(course: Course, ours: dict[str, dict[str, float]]) -> None:
    theirs = {}
    for make in SUBMISSIONS:
        course.hand_in(make.__name__, make(course.released))
        theirs[make.__name__] = course.points(make.__name__)
    assert theirs == ours
    full = {item.id: item.points for item in ITEMS}
    none = dict.fromkeys(full, 0)
    assert theirs["all_right"] == full
    assert theirs["all_wrong"] == none
    assert theirs["half_right"] == none | {f"credit_policy-{n}": points for n, points in ((1, 1), (2, 1.5), (3, 2))}

    failed = course.autograded("all_wrong")
    assert cell(failed, f"{ITEMS[0].id}-check")["source"] == f'check("{ITEMS[0].id}", answer_1)'
    for item in ITEMS:
        (said,) = outputs(failed, item)
        assert (said["output_type"], said["ename"]) == ("error", "NoPointsError")
        assert said["traceback"][0][0] in "◆✗", "the words, no traceback"
    partly = course.autograded("half_right")
    (said,) = outputs(partly, ITEMS[1])
    assert said["data"]["text/plain"] == "1.5"
    words = r"◆ 1 of 2 parts are right\. Under nbgrader .*\n- NPV: ✓ Right\.\n- break-even: ◆ .*"
    assert re.fullmatch(words, said["data"]["text/markdown"])
    assert "Numbers of: the published example" in json.dumps(partly)
    home = course.folder.parent / FOLDER
    assert [path.name for path in home.iterdir()] == ["student.json"], "attempts of others are not kept"


# --- a check, with and without nbgrader ------------------------------------------------------------------------------


def loud(params: Params) -> float:
    print("a warning", file=sys.stderr)
    return 3.0 * params["price"]


WORDS = Text(en="What is {price} x 3?", zh="{price} 的三倍是多少？")
TRIPLE = NumberItem(
    ask=WORDS, hint=Text(en="Multiply.", zh="请用乘法。"), why=WORDS, unit=Text(en="", zh=""), solve=loud
)
PRICES: dict[str, Any] = {"choices": {"price": range(5, 1000)}, "example": {"price": 4}}
TOPIC = (
    PartsItem(id="topic-1", ask=WORDS, why=WORDS, parts={"a": TRIPLE, "b": replace(TRIPLE, points=0.5)}, **PRICES),
    replace(TRIPLE, id="topic-p1", **PRICES),
)


@pytest.fixture
def working_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working copy of the student 2026001, who has a chapter with one graded item and one to practise."""
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answers_module, "_open", {})
    monkeypatch.setattr(checks, "items", lambda slug: TOPIC)
    crmlab.student("2026001")
    return tmp_path


@pytest.mark.parametrize("phase", ["validate", "autograde"])
def test_under_nbgrader_a_check_gives_points_or_raises(
    phase: str, working_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", phase)
    assert crmlab.student() == ""
    assert crmlab.item("topic-1").params == {"price": 4}
    capsys.readouterr()  # a question may warn
    for answer, points in (({"a": 12, "b": 12}, "1.5"), ({"a": 12, "b": 7}, "1.0"), ({"a": ..., "b": 12}, "0.5")):
        shown = crmlab.check("topic-1", answer)._repr_mimebundle_()
        assert shown["text/plain"] == points
        assert "✓ Right." in shown["text/markdown"]
    for answer, words in (({"a": 1, "b": 7}, "✗ 0 of 2 parts"), ("a", "✎ Give a dictionary"), (..., "○ No answer yet")):
        with pytest.raises(NoPointsError, match=words) as error:
            crmlab.check("topic-1", answer)
        assert error.value._render_traceback_() == str(error.value).splitlines()
    use_language("zh")
    with pytest.raises(NoPointsError, match="✗ 共 2 小题，答对 0 小题。\\n- a: ✗ 请用乘法。"):
        crmlab.check("topic-1", {"a": 1, "b": 7})
    assert capsys.readouterr().err == "", "nbgrader gives no points where a check writes to stderr"
    assert crmlab.check("topic-p1", 7).status == "wrong", "practice items are no grades"
    assert crmlab.student("2026002") == ""
    assert crmlab.item("topic-1").params == {"price": 4}
    with pytest.raises(NoPointsError, match=r'请写 `student\(""\)`'):
        crmlab.check("topic-1", {"a": 1, "b": 7})
    assert [path.name for path in (working_copy / FOLDER).iterdir()] == ["student.json"], "attempts are not kept"


def test_a_live_check_says_what_is_wrong_and_raises_nothing(working_copy: Path) -> None:
    assert crmlab.student() == "2026001"
    price = crmlab.item("topic-1").params["price"]
    assert price != 4
    for answer, status in (({"a": 1, "b": 7}, "wrong"), ({"a": 3 * price, "b": ...}, "empty"), (..., "empty")):
        feedback = crmlab.check("topic-1", answer)
        assert feedback.status == status
        assert feedback._repr_mimebundle_() == dict.fromkeys(("text/plain", "text/markdown"), str(feedback))
    assert len(json.loads((working_copy / FOLDER / "topic-1.json").read_text(encoding="utf-8"))["attempts"]) == 2


def test_the_package_needs_no_nbgrader() -> None:
    for path in Path(crmlab.__file__).parent.rglob("*.py"):
        assert not re.search(r"\b(import|from) nbgrader\b", path.read_text(encoding="utf-8")), path.name
