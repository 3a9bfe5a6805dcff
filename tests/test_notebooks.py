"""The anatomy of chapters, the pairing of languages, and what a generated notebook may hold."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crmlab import build
from crmlab.core.course import chapters
from crmlab.core.data import course_root

ROOT = course_root()
SOURCES = sorted(path for part in build.PARTS for path in (ROOT / part / "src").glob("*.py"))
CHAPTERS = [path for path in SOURCES if path.parent.parent.name == "notebooks" and path.stem[:2].isdigit()]
NOTEBOOKS = sorted(
    path for part in build.PARTS for lang in ("en", "zh") for path in (ROOT / part / lang).glob("*.ipynb")
)
CONCEPTS = ROOT.parent / "shared" / "concepts.csv"

by_name = pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
by_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
by_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT)))


def markdown(path: Path) -> list[build.Cell]:
    return [cell for cell in build.read_source(path) if cell.kind == "markdown"]


def student_cells(path: Path) -> list[build.Cell]:
    return [cell for cell in build.read_source(path) if not {"instructor", "solution"} & set(cell.tags)]


def words(text: str) -> int:
    """Count words of prose: no code spans, formulas, links or table rules."""
    text = re.sub(r"`[^`]*`|\$[^$]*\$|\(\S+\)|\|[-: |]+\|", " ", text)
    return len(re.findall(r"[A-Za-z][\w'-]*", text))


def test_every_source_belongs_to_a_chapter_and_has_both_notebooks() -> None:
    stems = {chapter.stem for chapter in chapters()} | {"primer"}
    assert SOURCES and {path.stem for path in SOURCES} <= stems
    wanted = {(path.parent.parent.name, lang, path.stem) for path in SOURCES for lang in ("en", "zh")}
    assert {(path.parent.parent.name, path.parent.name, path.stem) for path in NOTEBOOKS} == wanted


# --- both languages --------------------------------------------------------------------------------------------------


def headings(text: str) -> list[int]:
    return [len(mark) for mark in re.findall(r"^(#+) ", text, re.MULTILINE)]


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text; one to ten in words and 万 (ten thousand) read as their figures."""
    text = re.sub(r"\[[^\]]*\]\([^)]*\)", " ", text)
    return Counter(found.replace(",", "").rstrip(".") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text))


def formulas(text: str) -> list[str]:
    return [re.sub(r"\\text\{[^}]*\}", "", found) for found in re.findall(r"\$\$[^$]+\$\$|\$[^$]+\$", text)]


def links(text: str) -> list[str]:
    return [target.replace("/zh/", "/*/").replace("/en/", "/*/") for target in re.findall(r"\]\(<?([^)>]+)>?\)", text)]


@by_name
def test_twins_have_the_same_headings_numbers_formulas_and_links(path: Path) -> None:
    for cell in markdown(path):
        en, zh = cell.text["en"], cell.text["zh"]
        start = en.splitlines()[0]
        assert headings(en) == headings(zh), start
        assert numbers(en) == numbers(zh), start
        assert formulas(en) == formulas(zh), start
        assert links(en) == links(zh), start


@by_name
def test_twins_are_in_their_languages(path: Path) -> None:
    for cell in markdown(path):
        assert re.search("[\u4e00-\u9fff]", cell.text["zh"]), cell.text["zh"][:60]
        if words(cell.text["en"]) > 30:
            han = len(re.findall("[\u4e00-\u9fff]", cell.text["en"]))
            assert han < words(cell.text["en"]), cell.text["en"][:60]


HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]")


@by_name
def test_chinese_prose_uses_chinese_punctuation(path: Path) -> None:
    for cell in build.read_source(path):
        for line in cell.text["zh"].splitlines():
            if cell.kind == "markdown" or line.lstrip().startswith("#"):
                assert not HALF_WIDTH.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", line)), line


@pytest.mark.parametrize("path", sorted((ROOT / "crmlab").rglob("*.py")), ids=lambda path: path.stem)
def test_chinese_messages_use_chinese_punctuation(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[\u4e00-\u9fff]", node.value):
            assert not HALF_WIDTH.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", node.value)), node.value


def test_no_translation_is_stale() -> None:
    assert build.stale_translations(ROOT) == []


# --- anatomy of a chapter --------------------------------------------------------------------------------------------


@by_chapter
def test_a_chapter_has_its_size(path: Path) -> None:
    cells = student_cells(path)
    taught = {concept for cell in cells for concept in cell.options.get("teaches", "").split()}
    most_cells, most_words = (60, 3500) if len(taught) > 20 else (50, 2500)
    prose = sum(words(cell.text["en"]) for cell in cells if cell.kind == "markdown")
    assert 35 <= len(cells) <= most_cells
    assert 1800 <= prose <= most_words


@by_chapter
def test_a_chapter_has_every_part(path: Path) -> None:
    cells = student_cells(path)
    prose = "\n".join(cell.text["en"] for cell in cells if cell.kind == "markdown")
    code = "\n".join(cell.text["en"] for cell in cells if cell.kind == "code")
    slug = path.stem[3:]
    for part in ("You will be able to", "Warm-up", "Source check", "Key points", "Glossary", "Sources", "Next"):
        assert re.search(rf"^#+ .*{part}", prose, re.MULTILINE), part
    assert f'recall("{slug}")' in code
    assert len(re.findall(rf'predict\("{slug}-q\d+"\)', code)) >= 3
    assert len(re.findall(rf'check\("{slug}-p\d+"', code)) >= 3
    objectives = re.search(r"^#+ You will be able to\n(.*?)(?=^#|\Z)", prose, re.MULTILINE | re.DOTALL)
    assert objectives and 3 <= len(re.findall(r"^[-*\d]", objectives[1], re.MULTILINE)) <= 6


@by_chapter
def test_a_chapter_shows_all_its_explorers_predicts_all_its_predictions_and_checks_all_its_practice(path: Path) -> None:
    from importlib import import_module

    from crmlab.core import checks

    slug = path.stem[3:]
    code = "\n".join(cell.text["en"] for cell in student_cells(path) if cell.kind == "code")
    for name in import_module(f"crmlab.{slug}.explorer").__all__:
        assert re.search(rf"\b{name}\(", code), name
    shown = set(re.findall(rf'"({slug}-[qp]\d+)"', code))
    for numbers in re.findall(rf'practise\("{slug}", ([\d, ]+)\)', code):
        shown |= {f"{slug}-p{number}" for number in numbers.split(", ")}
    assert shown == {item.id for item in checks.items(slug) if not item.graded and "-w" not in item.id}


@by_name
def test_code_cells_are_short_and_plain(path: Path) -> None:
    for cell in student_cells(path):
        if cell.kind == "code":
            code = re.sub(build._SOLUTION, "", cell.text["en"])
            assert len(code.splitlines()) <= 12, code
            for banned in ("filterwarnings", "!pip", "%pip", "sys.path", "../", "interact(", "Output("):
                assert banned not in code, code
            functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
            assert not functions or "item" in cell.options, code


@by_name
def test_code_of_both_languages_differs_only_in_words(path: Path) -> None:
    for cell in build.read_source(path):
        if cell.kind == "code":
            en, zh = (_shape(cell.text[lang]) for lang in ("en", "zh"))
            assert en == zh, cell.text["en"]


def _shape(code: str) -> str:
    """Return a syntax tree with the words of strings taken out."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


@by_chapter
def test_sentences_are_short(path: Path) -> None:
    """Nine in ten sentences keep to 25 words, and none goes beyond 40."""
    lengths = []
    for cell in student_cells(path):
        if cell.kind == "markdown":
            prose = "\n".join(line for line in cell.text["en"].splitlines() if not line.startswith(("|", "#")))
            for sentence in re.split(r"(?<=[.!?])\s+|\n\s*\n|\n(?=[-*\d])", prose):
                if words(sentence):
                    lengths.append(words(sentence))
                    assert lengths[-1] <= 40, sentence
    assert sum(length <= 25 for length in lengths) >= 0.9 * len(lengths)


# --- what is taught --------------------------------------------------------------------------------------------------


def concepts() -> dict[str, dict[str, str]]:
    if not CONCEPTS.is_file():
        pytest.skip("the concept list ../shared/concepts.csv is not here")
    with CONCEPTS.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@by_chapter
def test_every_core_and_supporting_concept_of_a_chapter_is_taught_under_a_heading(path: Path) -> None:
    taught = [concept for cell in student_cells(path) for concept in cell.options.get("teaches", "").split()]
    wanted = {
        key
        for key, row in concepts().items()
        if row["topic"].startswith(path.stem[:3]) and row["priority"] in ("core", "supporting")
    }
    assert wanted <= set(taught)
    assert set(taught) <= set(concepts())
    assert len(taught) == len(set(taught))
    for cell in student_cells(path):
        if "teaches" in cell.options:
            assert cell.text["en"].startswith("#"), cell.text["en"][:60]


# --- generated files -------------------------------------------------------------------------------------------------


def cells_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


@by_notebook
def test_a_notebook_holds_no_pictures_no_widget_state_no_addresses_and_no_solutions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for banned in ("image/png", "widget-view+json", "widget-state", "BEGIN SOLUTION", str(ROOT)):
        assert banned not in text
    assert not re.search(r" at 0x[0-9a-f]{6,}", text)
    for cell in cells_of(path):
        for output in cell.get("outputs", []):
            assert output["output_type"] != "stream" or output["name"] != "stderr", output


@by_notebook
def test_cell_ids_are_unique_and_names_the_kernel(path: Path) -> None:
    ids = [cell["id"] for cell in cells_of(path)]
    assert len(ids) == len(set(ids))
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]["name"] == "python3"


@by_notebook
def test_notebooks_are_run_and_graded_sets_are_not(path: Path) -> None:
    counts = [cell["execution_count"] for cell in cells_of(path) if cell["cell_type"] == "code"]
    run = path.parent.parent.name == "notebooks"
    assert counts == (list(range(1, len(counts) + 1)) if run else [None] * len(counts))
