"""The builder: one bilingual source, three editions, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmlab import build

SOURCE = """# %% [markdown] lang="en" teaches="value.delivered value.product"
# # Value
#
# Prose.

# %% [markdown] lang="zh"
# # 价值
#
# 正文。

# %% [markdown] lang="en" tags=["instructor"]
# Ask the room.

# %% [markdown] lang="zh" tags=["instructor"]
# 提问。

# %%
from crmlab import use_language
use_language("en")  # [en]
use_language("zh")  # [zh]
# [en] Add them.
# [zh] 相加。
print(1 + 1)

# %% item="delivered_value-1"
answer = ...
# BEGIN SOLUTION
answer = 3
# END SOLUTION

# %% check="delivered_value-1"
print(answer)

# %% tags=["solution"]
print("solution")
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "notebooks" / "src" / "06_delivered_value.py"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def texts(path: Path, lang: str, edition: str = "student") -> list[str]:
    return [cell.source for cell in build.make_notebook(path, lang, edition).cells]  # type: ignore[arg-type]


def test_each_language_gets_its_cells_and_lines(source: Path) -> None:
    en, zh = texts(source, "en"), texts(source, "zh")
    assert en[0] == "# Value\n\nProse." and zh[0] == "# 价值\n\n正文。"
    assert en[1].splitlines()[1:] == ['use_language("en")', "# Add them.", "print(1 + 1)"]
    assert zh[1].splitlines()[1:] == ['use_language("zh")', "# 相加。", "print(1 + 1)"]


def test_students_see_no_solutions_and_no_speaker_notes(source: Path) -> None:
    assert texts(source, "en")[2:] == ["answer = ...", "print(answer)"]


def test_instructors_see_both(source: Path) -> None:
    en = texts(source, "en", "instructor")
    assert "Ask the room." in en
    assert en[-3:] == ["answer = ...\nanswer = 3", "print(answer)", 'print("solution")']


def test_recall_keeps_headings_and_code(source: Path) -> None:
    assert texts(source, "en", "recall")[0] == "# Value"
    assert "Prose." not in "".join(texts(source, "en", "recall"))


def test_ids_come_from_the_text_and_are_shared_by_the_languages(source: Path) -> None:
    before = [cell.id for cell in build.make_notebook(source, "en").cells]
    assert before == [cell.id for cell in build.make_notebook(source, "zh").cells]
    source.write_text(SOURCE.replace("# Prose.", "# Other prose."), encoding="utf-8")
    after = [cell.id for cell in build.make_notebook(source, "en").cells]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True, True]


def test_graded_cells_carry_nbgrader_metadata_and_headings_their_concepts(source: Path) -> None:
    cells = build.make_notebook(source, "en").cells
    assert cells[0].metadata["crmlab"]["teaches"] == ["value.delivered", "value.product"]
    answer, check = (cell.metadata["nbgrader"] for cell in cells[2:4])
    assert (answer["solution"], answer["grade"], answer["locked"]) == (True, False, False)
    assert (check["solution"], check["grade"], check["locked"]) == (False, True, True)
    assert check["points"] > 0 and answer["schema_version"] == check["schema_version"] == 3


@pytest.mark.parametrize(
    "broken",
    [
        SOURCE.replace('# %% [markdown] lang="zh"\n# # 价值\n#\n# 正文。\n', ""),
        SOURCE.replace(' lang="en" teaches="value.delivered value.product"', ""),
        SOURCE + '\n# %% [markdown] lang="en"\n# Last.\n',
    ],
)
def test_a_cell_without_its_twin_is_named(source: Path, broken: str) -> None:
    source.write_text(broken, encoding="utf-8")
    with pytest.raises(build.BuildError, match=r"06_delivered_value\.py: .*twin"):
        build.read_source(source)


def make(root: Path) -> dict[str, bytes]:
    build.build(build.jobs(root, root), lambda job: None)
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("notebooks/*/*.ipynb"))}


def test_building_twice_gives_the_same_bytes_and_check_finds_a_difference(source: Path) -> None:
    root = source.parents[2]
    first = make(root)
    assert list(first) == ["notebooks/en/06_delivered_value.ipynb", "notebooks/zh/06_delivered_value.ipynb"]
    assert make(root) == first
    notebook = json.loads(first["notebooks/en/06_delivered_value.ipynb"])
    assert notebook["cells"][1]["outputs"][0]["text"] == "2\n"
    (root / "notebooks" / "en" / "06_delivered_value.ipynb").write_bytes(b"edited by hand")
    (root / "notebooks" / "en" / "07_left_over.ipynb").write_bytes(b"no source")
    found = [name for name in build.differences(root, lambda job: None) if name.startswith("notebooks")]
    assert found == ["notebooks/en/06_delivered_value.ipynb", "notebooks/en/07_left_over.ipynb"]


def test_a_cell_that_stops_is_named(source: Path) -> None:
    source.write_text(SOURCE.replace("print(1 + 1)", "print(1 / 0)"), encoding="utf-8")
    with pytest.raises(
        build.BuildError, match=r"06_delivered_value\.py \[(en|zh)\]: a cell stopped with ZeroDivisionError"
    ):
        make(source.parents[2])


def test_a_translation_that_was_left_behind_is_listed_until_accepted(source: Path) -> None:
    root = source.parents[2]
    assert build.stale_translations(root) == []
    build.accept_translations(root)
    source.write_text(SOURCE.replace("# Prose.", "# Better prose."), encoding="utf-8")
    assert build.stale_translations(root) == ["notebooks/06_delivered_value.py: en changed alone in '# Value'"]
    source.write_text(SOURCE.replace("正文。", "更好的正文。"), encoding="utf-8")
    assert build.stale_translations(root) == ["notebooks/06_delivered_value.py: zh changed alone in '# Value'"]
    build.accept_translations(root)
    assert build.stale_translations(root) == []
    source.write_text(SOURCE.replace("# Prose.", "# Best.").replace("正文。", "最好的。"), encoding="utf-8")
    assert build.stale_translations(root) == []


def test_a_notebook_whose_public_data_are_missing_is_not_written_over(tmp_path: Path) -> None:
    cell = 'from crmlab.core.data import LEFT_OUT\nprint("No copy.", LEFT_OUT)'
    source = tmp_path / "notebooks" / "src" / "01_classification.py"
    source.parent.mkdir(parents=True)
    source.write_text(f"# %%\n{cell}\n", encoding="utf-8")
    kept = tmp_path / "notebooks" / "en" / "01_classification.ipynb"
    kept.parent.mkdir()
    kept.write_text("made where the data are", encoding="utf-8")
    job = build.Job(source, "en", "student", kept, run=True)
    assert build.build([job], lambda job: None) == [kept]
    assert kept.read_text(encoding="utf-8") == "made where the data are"
