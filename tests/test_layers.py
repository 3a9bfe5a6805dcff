"""The layers of the package, read from its imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import crmlab

PACKAGE = Path(crmlab.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TOPICS = sorted(path.parent.name for path in PACKAGE.glob("*/model.py"))

LIGHT_CORE = {
    f"crmlab.core.{name}" for name in ("text", "data", "checks", "chains", "allocation", "survival", "writing")
}
# What each part of a topic may import: from core, and from its own topic.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "__init__": (set(), {"model"}),
    "model": (LIGHT_CORE, set()),
    "chart": (LIGHT_CORE | {"crmlab.core.charts"}, {"model"}),
    "explorer": (LIGHT_CORE | {"crmlab.core.charts", "crmlab.core.explorers"}, {"model", "chart"}),
    "vignettes": (LIGHT_CORE, {"model"}),
    "simulate": (LIGHT_CORE | {"crmlab.core.lanwan"}, {"model", "vignettes"}),
    "practice": (LIGHT_CORE, {"model", "simulate"}),
    "items": (LIGHT_CORE, {"model", "simulate", "practice"}),
}


def imports(path: Path) -> set[str]:
    """Return the full names of all crmlab modules a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                inside = PACKAGE.parent / Path(*name.split("."))
                found.add(name if inside.with_suffix(".py").is_file() or inside.is_dir() else node.module)
    return {name for name in found if name.split(".")[0] == "crmlab"} - {"crmlab"}


def test_the_topics_are_found() -> None:
    assert {"start", "delivered_value"} <= set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_imports_only_what_its_layer_may(topic: str) -> None:
    for path in (PACKAGE / topic).glob("*.py"):
        core, own = ALLOWED[path.stem]
        allowed = (
            core | {f"crmlab.{topic}.{name}" for name in own} | {f"crmlab.{topic}" for name in own if name == "model"}
        )
        assert imports(path) <= allowed, path.name


def test_core_imports_no_topic_by_name() -> None:
    for path in (PACKAGE / "core").rglob("*.py"):
        assert all(name.startswith("crmlab.core") for name in imports(path)), path.name


def test_the_light_core_stays_light() -> None:
    for name in LIGHT_CORE:
        path = PACKAGE.parent / Path(*name.split(".")).with_suffix(".py")
        if path.is_file():
            assert imports(path) <= LIGHT_CORE, name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_pyplot_and_no_warnings_filter(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert "pyplot" not in {part for node in ast.walk(ast.parse(code)) for part in _imported_parts(node)}
    assert "filterwarnings" not in code


def _imported_parts(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {part for alias in node.names for part in alias.name.split(".")}
    if isinstance(node, ast.ImportFrom):
        return set((node.module or "").split(".")) | {alias.name for alias in node.names}
    return set()


LIGHT = ["crmlab", *(f"crmlab.{topic}" for topic in TOPICS), "crmlab.delivered_value.items", "crmlab.grading.run"]


@pytest.mark.parametrize("name", LIGHT)
def test_importing_a_model_or_items_brings_no_charts_and_no_widgets(name: str) -> None:
    code = (
        f"import sys, {name}; print(*sorted({{'matplotlib', 'ipywidgets', 'anywidget', 'scipy'}} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.split() == []
