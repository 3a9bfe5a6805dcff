"""Cut the Chinese font that the kit ships down to the characters its labels use.

Most machines have no Chinese font, and the full one weighs 19 MB. After new labels, on a machine that has fonttools and
the system package ``fonts-noto-cjk``, run::

    python -m crmlab.core.fontsubset "$(fc-match -f '%{file}' 'Noto Sans CJK SC:regular')"

and commit the font file. The same labels always give the same bytes.
"""

from __future__ import annotations

import ast
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = Path(__file__).resolve().parents[1]
DATASETS = PACKAGE.parent / "datasets"
FONT_FILE = PACKAGE / "core" / "fonts" / "crmlab-sans-sc.otf"
FAMILY = "crmlab Sans SC"
#: Chinese punctuation, ideographs, full-width forms.
_BLOCKS = (("\u3001", "\u303f"), ("\u4e00", "\u9fa5"), ("\uff01", "\uff5e"))


def glyphs_needed() -> set[str]:
    """Return the Chinese characters and full-width marks of all labels: package strings and Chinese columns of data.

    >>> {"价", "，"} <= glyphs_needed()
    True
    """
    letters: set[str] = set()
    for source in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        prose = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                letters.update(node.value)
    for table in sorted(DATASETS.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                letters.update(*(str(row[name]) for name in row if name and ("zh" in name.split("_"))))
    return {letter for letter in letters if is_chinese(letter)}


def is_chinese(letter: str) -> bool:
    """Tell whether a character is a Chinese one or a full-width mark (a sign such as U+2705 is neither).

    >>> [is_chinese(letter) for letter in "价，a1\u2705"]
    [True, True, False, False, False]
    """
    return any(first <= letter <= last for first, last in _BLOCKS)


def _docstrings(tree: ast.AST) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def make_subset(source: Path, letters: Iterable[str] | None = None, target: Path = FONT_FILE) -> int:
    """Write the subset of Noto Sans CJK SC that has the given characters (all that are needed) and return its bytes.

    Raises
    ------
    ValueError
        The source font lacks one of the characters.
    """
    from fontTools import subset
    from fontTools.ttLib import TTCollection, TTFont

    wanted = sorted(glyphs_needed() if letters is None else set(letters))
    with TTCollection(source, lazy=True) as faces:
        names = [face["name"].getDebugName(4) for face in faces.fonts]
    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=[],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14],
        notdef_outline=True,
        drop_tables=["BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx"],
    )
    with TTFont(source, fontNumber=names.index("Noto Sans CJK SC"), recalcTimestamp=False) as font:
        missing = [letter for letter in wanted if ord(letter) not in font.getBestCmap()]
        if missing:
            raise ValueError(f"{source.name} has no glyph for {' '.join(missing)}; reword the label.")
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in wanted])
        cutter.subset(font)
        for name_id, text in {1: FAMILY, 3: f"{FAMILY} (subset)", 4: FAMILY, 6: "crmlabSansSC-Regular"}.items():
            font["name"].setName(text, name_id, 3, 1, 0x409)
        font["CFF "].cff.fontNames[0] = "crmlabSansSC-Regular"
        font.save(target)
    return target.stat().st_size


def main() -> None:
    """Rewrite the shipped font file from the collection named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    size = make_subset(Path(sys.argv[1]))
    print(f"{FONT_FILE.name}: {len(glyphs_needed())} characters, {size:,} bytes")


if __name__ == "__main__":
    main()
