"""What lies in datasets/: it is what the schema says, what the generators make, and what the cards describe."""

from __future__ import annotations

import re
from pathlib import Path

import pandera.pandas as pa
import pytest

from crmlab.core.data import course_root, load, names, schema, truth, write_datasets

FOLDER = course_root() / "datasets"
SIMULATED = [name for name, about in schema().items() if "made_by" in about]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    write_datasets(folder)
    return folder


def checks(about: dict) -> list[pa.Check]:
    found = []
    if "allowed" in about:
        found.append(pa.Check.isin(about["allowed"]))
    if "min" in about:
        found.append(pa.Check.in_range(about["min"], about["max"]))
    return found


def test_the_schema_describes_every_file_and_no_other() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.csv")) == names()


@pytest.mark.parametrize("name", names())
def test_table_keeps_its_schema(name: str) -> None:
    about = schema()[name]
    columns = {
        column: pa.Column(described["type"], checks(described), nullable=described.get("missing", False))
        for column, described in about["columns"].items()
    }
    pa.DataFrameSchema(columns, strict=True, ordered=True, unique=about["key"]).validate(load(name))


@pytest.mark.parametrize("name", names())
def test_foreign_keys_are_found(name: str) -> None:
    for column, target in schema()[name].get("foreign_keys", {}).items():
        other, other_column = target.split(".")
        assert load(name)[column].isin(load(other)[other_column]).all()


@pytest.mark.parametrize("name", SIMULATED)
def test_regenerated_table_is_the_committed_one_byte_for_byte(name: str, fresh: Path) -> None:
    assert (fresh / f"{name}.csv").read_bytes() == (FOLDER / f"{name}.csv").read_bytes()


def test_every_simulated_table_is_written_and_has_a_truth(fresh: Path) -> None:
    assert sorted(file.stem for file in fresh.iterdir()) == sorted(SIMULATED)
    assert all(truth(name) for name in SIMULATED)


@pytest.mark.parametrize("name", names())
def test_file_is_small_and_plain(name: str) -> None:
    content = (FOLDER / f"{name}.csv").read_bytes()
    assert len(content) < 1_000_000
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", names())
def test_data_card_names_table_columns_and_units(name: str) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    card = re.search(rf"^## {name}\n(.*?)(?=^#{{1,2}} |\Z)", text, re.M | re.S)
    assert card, f"README.md has no card for {name}"
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", card[1], re.M))
    columns = schema()[name]["columns"]
    assert list(rows) == list(columns)
    for column, about in columns.items():
        assert rows[column] == about.get("unit", rows[column])
    for part in ("**What.**", "**How made.**", "**Population.**", "**中文摘要。**"):
        assert part in card[1]


def test_cards_say_simulated_and_the_licence() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "**simulated**" in text
    assert "CC BY 4.0" in text


def test_glossary_has_kebab_ids_both_languages_and_notes_on_clashing_pairs() -> None:
    glossary = load("glossary").set_index("id")
    assert len(glossary) == 179
    assert glossary.index.str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all()
    assert glossary["en"].str.contains("[A-Za-z]").all()
    assert glossary.drop(index="five-cs-of-credit")["zh"].str.contains("[\u4e00-\u9fff]").all()
    clashing = glossary.index[glossary["note"] != ""]
    assert set(clashing) == {
        "client",
        "buyer",
        "impulse-loyalty",
        "physical-cost",
        "psychic-cost",
        "customer-care",
        "customer-satisfaction",
        "credence-property",
        "credit-risk",
        "contribution",
        "tardiness",
        "lift",
        "uplift",
        "a-class",
        "double-jeopardy",
    }
