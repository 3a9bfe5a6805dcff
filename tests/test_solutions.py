"""The instructor's edition, run: every solution in the sources is one that the check calls right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmlab import build
from crmlab.core import checks
from crmlab.core.data import course_root

SOURCES = sorted(path for part in build.PARTS for path in (course_root() / part / "src").glob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_every_solution_is_right(path: Path, tmp_path: Path) -> None:
    notebook = build.make_notebook(path, "en", "instructor")
    build.run(notebook, tmp_path, path.name)
    checked = {}
    for cell in notebook.cells:
        found = re.search(r'^check\("([\w-]+)"', cell.source, re.MULTILINE) if cell.cell_type == "code" else None
        if found:
            checked[found[1]] = "".join(cell.outputs[-1]["data"]["text/plain"])
    assert checked
    if path.parent.parent.name == "exercises":
        assert set(checked) == {item.id for item in checks.items(path.stem[3:]) if item.graded}
    for item_id, shown in checked.items():
        by_a_person = isinstance(checks.find(item_id), checks.TextItem)
        assert shown.startswith("✎" if by_a_person else "✓"), f"{item_id}: {shown}"
