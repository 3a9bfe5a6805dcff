"""The shipped Chinese font holds every character of the kit's labels, and comes out of the system's font unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from crmlab.core.charts import CHINESE_FONT, CHINESE_FONT_FILE
from crmlab.core.fontsubset import FONT_FILE, glyphs_needed, make_subset

SYSTEM_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def test_the_font_holds_every_character_that_labels_need() -> None:
    font = TTFont(CHINESE_FONT_FILE)
    missing = glyphs_needed() - {chr(code) for code in font.getBestCmap()}
    assert not missing, f"run python -m crmlab.core.fontsubset (see its docstring): {''.join(sorted(missing))}"


def test_the_font_is_small_named_and_licensed() -> None:
    assert FONT_FILE == CHINESE_FONT_FILE
    assert CHINESE_FONT_FILE.stat().st_size < 500_000
    assert TTFont(CHINESE_FONT_FILE)["name"].getDebugName(1) == CHINESE_FONT
    assert "SIL OPEN FONT LICENSE" in CHINESE_FONT_FILE.with_name("OFL.txt").read_text(encoding="utf-8")


def test_labels_are_found_where_they_stand() -> None:
    needed = glyphs_needed()
    assert {"价", "，", "蓝"} <= needed
    assert not {"a", "1", ",", "é"} & needed


@pytest.mark.skipif(not SYSTEM_FONT.is_file(), reason="the system package fonts-noto-cjk is not here")
def test_the_same_labels_give_the_same_font(tmp_path: Path) -> None:
    first, second = tmp_path / "a.otf", tmp_path / "b.otf"
    make_subset(SYSTEM_FONT, "客户价值，", first)
    make_subset(SYSTEM_FONT, "值价户客，", second)
    assert first.read_bytes() == second.read_bytes()
    assert {chr(code) for code in TTFont(first).getBestCmap()} >= set("客户价值，")
