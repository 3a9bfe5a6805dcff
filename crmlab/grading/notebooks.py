"""Notebooks that students hand in: read as plain JSON, recognised, and put in order before anything runs.

A submission is data of unknown origin. Nothing of it is executed here, nothing raises but :class:`NotAWork`, and what
was deleted, doubled, renamed or edited is repaired and said.
"""

from __future__ import annotations

import io
import json
import re
import tokenize
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from crmlab.core import checks
from crmlab.core.checks import Item, Params
from crmlab.core.data import course_root
from crmlab.core.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from crmlab.grading.engine.pool import CellJob

#: Larger files are not graded: a set with its outputs has less than a tenth of it.
MOST_BYTES = 20_000_000
#: What `crmlab submit` reads, since it leaves the outputs out.
MOST_WITH_OUTPUTS = 200_000_000
MOST_CELLS = 2_000
MOST_CODE = 2_000_000
_MOST_SIGNS = 100_000  # of a cell that is looked into; a longer one is taken as it is
_MOST_NAMES = 20
_MOST_TIMES = 200  # that a cell names a variable
_WIDTH = 108
_METADATA = "crmlab"

Numbers = Mapping[str, Params]
Use = Literal["", "blank", "filled"]


class NotAWork(Exception):  # noqa: N818  # what it says, not that something failed
    """A file that cannot be graded; ``reason`` says why in one sentence, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class WorkCell:
    """One cell of a submission; ``points`` is what its metadata claim."""

    id: str
    kind: str
    source: str
    grade_id: str | None = None
    points: float | None = None


@dataclass(frozen=True)
class Work:
    """A submission as it was read; ``named_by`` says whether its metadata or its visible cell name the student."""

    cells: list[WorkCell]
    student: str | None = None
    set_name: str | None = None
    lang: Language | None = None
    version: str | None = None
    numbers: dict[str, Any] | None = None
    notes: list[Text] = field(default_factory=list)
    named_by: Literal["metadata", "cell", ""] = ""
    name: str = ""


class Repaired(NamedTuple):
    """What is run of a submission, and what had to be put in order."""

    cells: list[CellJob]
    notes: list[Text]


class Answered(NamedTuple):
    """How far the answer of one item is: its cell gone, untouched, partly filled or filled; and what is still open."""

    item: str
    state: Literal["missing", "blank", "partly", "filled"]
    open: tuple[str, ...]


# --- the sets of this edition ----------------------------------------------------------------------------------------


def sets() -> list[str]:
    """Return the names of the graded sets.

    >>> "06_delivered_value" in sets()
    True
    """
    return sorted(path.stem for path in (course_root() / "exercises" / "en").glob("*.ipynb"))


def template(set_name: str, lang: Language) -> dict[str, Any]:
    """Return a set's notebook as it is published.

    Raises
    ------
    ValueError
        There is no such set; the message lists them.
    """
    if set_name not in sets():
        raise ValueError(f"there is no graded set {set_name!r}; there are {', '.join(sets())}")
    path = course_root() / "exercises" / lang / f"{set_name}.ipynb"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def graded(set_name: str) -> tuple[Item, ...]:
    """Return the graded items of a set.

    >>> [item.id for item in graded("06_delivered_value")][:2]
    ['delivered_value-1', 'delivered_value-2']
    """
    if set_name not in sets():
        raise ValueError(f"there is no graded set {set_name!r}; there are {', '.join(sets())}")
    return tuple(item for item in checks.items(set_name.partition("_")[2]) if item.graded)


def variable(item_id: str) -> str:
    """Return the variable that a set's notebook asks an item's answer in.

    >>> variable("credit_policy-3")
    'answer_3'
    """
    return f"answer_{item_id.rpartition('-')[2]}"


def numbers_of(set_name: str, student_id: str, salt: str) -> dict[str, Params]:
    """Derive a student's numbers for each item of a set from the class's salt."""
    return {item.id: item.params(student_id, salt=salt) for item in graded(set_name)}


def student_cell(student_id: str, numbers: Numbers, lang: Language) -> str:
    """Return the visible cell of a handed-out notebook that says whose numbers it uses."""
    about = Text(
        en="# Made for one student: leave the id and the numbers as they are. Edited ones do not count.",
        zh="# 本笔记本发给一位学生：请不要改动学号和数字，改动无效。",
    )
    label = Text(en="These numbers belong to:", zh="这些数字属于：")
    return "\n".join(
        [
            getattr(about, lang),
            f'print("{getattr(label, lang)}", student(',
            f"    {_literal(student_id)},",
            "    numbers={",
            *(line for item_id, params in numbers.items() for line in _lines(item_id, params)),
            "    },",
            "))",
        ]
    )


def _literal(value: Any) -> str:
    """Write a value as code, with the quotes of the rest of the notebook."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)


def _lines(item_id: str, params: Params) -> Iterator[str]:
    """Yield the numbers of one item, as many in a line as a screen shows."""
    line = f"        {_literal(item_id)}: {{"
    for number, (name, value) in enumerate(params.items()):
        pair = f"{_literal(name)}: {_literal(value)}"
        if number and len(line) + len(pair) > _WIDTH:
            yield line.rstrip()
            line = " " * 12
        line += f"{pair}, " if number < len(params) - 1 else pair
    yield line + "},"


@dataclass(frozen=True)
class _Own:
    """What repair knows of a published set: its setup cell and its locked checks, in each language."""

    setup: dict[str, WorkCell]
    checks: dict[str, tuple[WorkCell, ...]]  # item id -> the same check in each language
    order: tuple[str, ...]  # the grade ids as they stand
    code: frozenset[str]  # of all cells, without white space


@cache
def _own(set_name: str) -> _Own:
    setup: dict[str, WorkCell] = {}
    locked: dict[str, tuple[WorkCell, ...]] = {}
    order: list[str] = []
    sources: set[str] = set()
    for lang in LANGUAGES:
        cells = _cells(template(set_name, lang))[0]
        code = [cell for cell in cells if cell.kind == "code"]
        setup[str(lang)] = code[0]
        sources |= {_bare(cell.source) for cell in code}
        order = [cell.grade_id for cell in cells if cell.grade_id is not None]
        for cell in code:
            if cell.grade_id is not None and cell.grade_id.endswith("-check"):
                item_id = cell.grade_id.removesuffix("-check")
                locked[item_id] = (*locked.get(item_id, ()), cell)
    return _Own(setup, locked, tuple(order), frozenset(sources))


# --- reading ---------------------------------------------------------------------------------------------------------

#: With ``most``, in MB.
TOO_LARGE = Text(
    en="The file is larger than {most} MB; clear its outputs, or hand in what `crmlab submit` makes of it.",
    zh="文件超过 {most} MB；请清除输出，或提交由 `crmlab submit` 生成的文件。",
)
_EMPTY = Text(en="The file is empty.", zh="文件是空的。")
_TOO_MANY_CELLS = Text(
    en=f"The notebook has more than {MOST_CELLS} cells; it was not read.",
    zh=f"笔记本的单元格超过 {MOST_CELLS} 个；未读取。",
)
_TOO_MUCH_CODE = Text(
    en=f"The notebook has more than {MOST_CODE // 1_000_000} MB of code; it was not read.",
    zh=f"笔记本的代码超过 {MOST_CODE // 1_000_000} MB；未读取。",
)
_CUT_OFF = Text(
    en="The file breaks off in the middle: it was not saved or not sent completely.",
    zh="文件在中间断开：没有保存完整，或没有上传完整。",
)
_DAMAGED = Text(en="The file is damaged and cannot be read as a notebook.", zh="文件已损坏，无法作为笔记本读取。")
_NO_NOTEBOOK = Text(en="The file is not a Jupyter notebook.", zh="文件不是 Jupyter 笔记本。")


def read(source: Path | bytes, name: str = "", most: int = MOST_BYTES) -> Work:
    """Read a submission as plain JSON; never runs or imports anything of it.

    Parameters
    ----------
    source
        The file, or its bytes.
    name
        The file's name, kept with the work.
    most
        Bytes; a larger file is not read.

    Raises
    ------
    NotAWork
        The file is empty, cut off, too large, or no notebook.
    """
    content = _content(source, most)
    text, notes = decoded(content)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAWork(_what_is_wrong(text, error)) from None
    cells, metadata, cell_notes = _cells_of(found)
    about = metadata.get(_METADATA)
    about = about if isinstance(about, dict) else {}
    shown_id, numbers = _student_shown(cells), about.get("numbers")
    student = _line(about.get("student"))
    lang = next((one for one in LANGUAGES if one == about.get("lang")), None)
    return Work(
        cells=cells,
        student=student or shown_id,
        set_name=_line(about.get("set")) or _set_by_content(cells),
        lang=lang or _language_shown(cells),
        version=_line(about.get("version")),
        numbers=numbers if isinstance(numbers, dict) else None,
        notes=notes + cell_notes,
        named_by="metadata" if student else "cell" if shown_id else "",
        name=name,
    )


def _content(source: Path | bytes, most: int) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(most + 1)
        except OSError as error:
            reason = error.strerror or str(error)
            raise NotAWork(Text(en=f"The file cannot be read ({reason}).", zh=f"无法读取文件（{reason}）。")) from None
    if len(content) > most:
        raise NotAWork(TOO_LARGE.format(most=most // 1_000_000))
    if not content.strip(b"\0 \t\r\n"):
        raise NotAWork(_EMPTY)
    return content


def decoded(content: bytes) -> tuple[str, list[Text]]:
    """Decode a file, with a note if it is not UTF-8; what an editor saved in another encoding is still read.

    Raises
    ------
    NotAWork
        The bytes are no text.
    """
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings.insert(0, "utf-16")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.rstrip("\0 \t\r\n")  # some disks pad a sound file
        if encoding == "utf-8-sig":
            return text, []
        name = encoding.upper()
        return text, [Text(en=f"The file was saved as {name}, not as UTF-8.", zh=f"文件以 {name} 保存，不是 UTF-8。")]
    raise NotAWork(_NO_NOTEBOOK)


def _what_is_wrong(text: str, error: Exception) -> Text:
    if not text.lstrip().startswith("{") or not isinstance(error, json.JSONDecodeError):
        return _NO_NOTEBOOK
    cut = error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())
    return _CUT_OFF if cut else _DAMAGED


def _cells_of(found: Any) -> tuple[list[WorkCell], dict[str, Any], list[Text]]:
    if not isinstance(found, dict):
        raise NotAWork(_NO_NOTEBOOK)
    metadata = found.get("metadata")
    cells, notes = _cells(found)
    return cells, metadata if isinstance(metadata, dict) else {}, notes


def _cells(found: dict[str, Any]) -> tuple[list[WorkCell], list[Text]]:
    """Return the cells of notebook format 4 or 3, each with an id of its own."""
    raw = found.get("cells")
    notes = []
    if raw is None and isinstance(found.get("worksheets"), list):
        sheets = [sheet for sheet in found["worksheets"] if isinstance(sheet, dict)]
        raw = [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
        notes.append(Text(en="The file has an old notebook format (3).", zh="文件是旧的笔记本格式（3）。"))
    if not isinstance(raw, list):
        raise NotAWork(_NO_NOTEBOOK)
    if len(raw) > MOST_CELLS:
        raise NotAWork(_TOO_MANY_CELLS)
    cells: list[WorkCell] = []
    seen: set[str] = set()
    for place, cell in enumerate(raw, start=1):
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            continue
        cell_id = _line(cell.get("id")) or f"cell-{place}"
        if cell_id in seen:
            cell_id = f"{cell_id}~{place}"
        seen.add(cell_id)
        about = cell.get("metadata")
        about = about.get("nbgrader") if isinstance(about, dict) else None
        about = about if isinstance(about, dict) else {}
        points = about.get("points")
        cells.append(
            WorkCell(
                id=cell_id,
                kind=cell["cell_type"],
                source=_source(cell.get("source", cell.get("input"))),
                grade_id=_line(about.get("grade_id")),
                points=points if isinstance(points, (int, float)) else None,
            )
        )
    if sum(len(cell.source) for cell in cells if cell.kind == "code") > MOST_CODE:
        raise NotAWork(_TOO_MUCH_CODE)
    if len(cells) < len(raw):
        notes.append(
            Text(
                en=f"{len(raw) - len(cells)} damaged cells were left out.",
                zh=f"略去 {len(raw) - len(cells)} 个损坏的单元格。",
            )
        )
    return cells, notes


def _clean(text: str) -> str:
    """Half a character cannot be written anywhere; a NUL cannot be run."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _source(found: Any) -> str:
    if isinstance(found, list):
        found = "".join(part for part in found if isinstance(part, str))
    return _clean(found) if isinstance(found, str) else ""


def _line(found: Any) -> str | None:
    """Return a short name from metadata, without signs that steer a screen; None for anything else."""
    if not isinstance(found, str):
        return None
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(_clean(found).split()))
    return line if 0 < len(line) <= 200 else None


_STUDENT = re.compile(r"""^[^#\n]*\bstudent\(\s*(['"])(?P<id>[^'"\n]{1,200})\1""", re.MULTILINE)
_LANGUAGE = re.compile(r"""^use_language\(\s*['"](?P<lang>en|zh)['"]\s*\)""", re.MULTILINE)
_ITEM = re.compile(r"""\b(?:item|check)\(\s*['"](?P<slug>[a-z_]+)-\d+['"]""")


def _student_shown(cells: Sequence[WorkCell]) -> str | None:
    for cell in cells:
        found = _STUDENT.search(cell.source[:_MOST_SIGNS]) if cell.kind == "code" else None
        if found:
            return _line(found["id"])
    return None


def _language_shown(cells: Sequence[WorkCell]) -> Language | None:
    for cell in cells:
        found = _LANGUAGE.search(cell.source[:_MOST_SIGNS]) if cell.kind == "code" else None
        if found:
            return "zh" if found["lang"] == "zh" else "en"
    return None


def _set_by_content(cells: Sequence[WorkCell]) -> str | None:
    """Name the set that most cells speak of."""
    slugs: Counter[str] = Counter()
    for cell in cells:
        if cell.grade_id is not None:
            slugs[cell.grade_id.removesuffix("-check").rpartition("-")[0]] += 1
        slugs.update({found["slug"] for found in _ITEM.finditer(cell.source[:_MOST_SIGNS])})
    known = {name.partition("_")[2]: name for name in sets()}
    return next((known[slug] for slug, _ in slugs.most_common() if slug in known), None)


# --- what a cell does with an answer ---------------------------------------------------------------------------------

_LAYOUT = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
_OPENING, _CLOSING = {"(", "[", "{"}, {")", "]", "}"}
_ENDS = {tokenize.NEWLINE, tokenize.ENDMARKER}


def _tokens(source: str) -> list[tokenize.TokenInfo]:
    """Split code into tokens, as far as it can be; read rather than parsed, since no parser survives every text."""
    lines = ["" if line.startswith(("%", "!", "?")) else line for line in source.splitlines()]
    found: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.type == tokenize.NAME:
                token = token._replace(string=_folded(token.string))
            if token.type not in _LAYOUT:
                found.append(token)
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass
    return found


def _folded(text: str) -> str:
    """Return text with names as Python reads them: it does not tell full-width letters from others."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _values(tokens: list[tokenize.TokenInfo], name: str) -> Iterator[list[tokenize.TokenInfo] | None]:
    """Yield what code assigns to a variable, in order; None for a change whose value does not stand there alone."""
    depth, begins = 0, True
    for place, token in enumerate(tokens):
        text = token.string
        if token.type == tokenize.NAME and text == name:
            following = tokens[place + 1].string if place + 1 < len(tokens) else ""
            if place and tokens[place - 1].string == "def":
                yield _body(tokens, place + 1)
            elif following == ":=":
                yield None
            elif depth == 0 and following == "=":
                yield _value(tokens, place + 2)
            elif begins and following in (":", ",", "[", "."):
                yield from _changed(tokens, place + 1)
            elif begins and _assigns(following):
                yield None
        depth += _step(token)
        begins = token.type == tokenize.NEWLINE or (token.type == tokenize.OP and text == ";")


def _step(token: tokenize.TokenInfo) -> int:
    return (token.string in _OPENING) - (token.string in _CLOSING) if token.type == tokenize.OP else 0


def _assigns(sign: str) -> bool:
    return sign.endswith("=") and sign not in ("==", "!=", "<=", ">=")


def _changed(tokens: list[tokenize.TokenInfo], start: int) -> Iterator[list[tokenize.TokenInfo] | None]:
    """Yield the value of ``name: type = value``; None for ``name[...] = value``, ``name, x = ...``, ``.update()``."""
    first = tokens[start].string
    if first == ".":
        if tokens[start + 1 : start + 2] and tokens[start + 1].string in ("update", "append", "extend"):
            yield None
        return
    depth = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.type in _ENDS or (depth == 0 and token.string == ";"):
            return
        depth += _step(token)
        if depth == 0 and _assigns(token.string):
            yield _value(tokens, place + 1) if first in (":", "[") and token.string == "=" else None
            return


def _value(tokens: list[tokenize.TokenInfo], start: int) -> list[tokenize.TokenInfo]:
    value, depth = [], 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.type in _ENDS or (depth == 0 and token.string == ";"):
            break
        depth += _step(token)
        value.append(token)
    return value


def _body(tokens: list[tokenize.TokenInfo], start: int) -> list[tokenize.TokenInfo]:
    """Return what a function does: ``...`` if nothing yet."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += _step(tokens[place])
        if depth == 0 and tokens[place].string == ":":
            body = [one for one in tokens[place + 1 :] if one.type not in _ENDS and one.type != tokenize.STRING]
            return [one for one in body if one.string not in ("return", "pass")]
    return []


def _nothing_yet(value: list[tokenize.TokenInfo]) -> bool:
    """Whether a value is made of ``...`` alone, with the keys of dictionaries around them."""
    signs = [one.string for one in value]
    return "..." in signs and all(
        sign in ("...", ",", ":") or sign in _OPENING or sign in _CLOSING or _is_key(value, place)
        for place, sign in enumerate(signs)
    )


def _is_key(value: list[tokenize.TokenInfo], place: int) -> bool:
    return value[place].type == tokenize.STRING and [one.string for one in value[place + 1 : place + 2]] == [":"]


def _open_places(value: list[tokenize.TokenInfo]) -> list[str]:
    """Return the keys that still hold ``...``; empty text for a place without one."""
    return [
        value[place - 2].string.strip("\"'") if place > 1 and _is_key(value, place - 2) else ""
        for place, token in enumerate(value)
        if token.string == "..." and token.type == tokenize.OP
    ]


def _uses(source: str, names: Sequence[str]) -> dict[str, Use]:
    """Say for each variable whether a cell gives it a value, leaves it at ``...``, or does not set it."""
    folded = _folded(source)
    there = [name for name in names if name in folded]
    uses: dict[str, Use] = dict.fromkeys(names, "")
    if len(source) > _MOST_SIGNS or any(folded.count(name) > _MOST_TIMES for name in there):
        return uses | {name: "filled" for name in there if re.search(rf"^{name}\s*=[^=]", folded, re.MULTILINE)}
    tokens = _tokens(source) if there else []
    for name in there:
        given = list(_values(tokens, name))
        if any(value is None or not _nothing_yet(value) for value in given):
            uses[name] = "filled"
        elif given:
            uses[name] = "blank"
    return uses


def _other_name(source: str, name: str) -> str | None:
    """Return the variable that a cell sets instead of the asked one: one of its kind, or the only one."""
    if len(source) > _MOST_SIGNS:
        return None
    found = re.findall(r"^([^\W\d]\w*)\s*(?::[^=\n]+)?=(?!=)", _folded(source), re.MULTILINE)
    names = list(dict.fromkeys(found))[:_MOST_NAMES]
    filled = [one for one, use in _uses(source, names).items() if use == "filled"]
    like = [one for one in filled if one.replace("_", "").casefold() == name.replace("_", "")]
    return like[0] if like else filled[0] if len(filled) == 1 else None


# --- putting in order ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where the answer of an item stands: which cell, in which variable; ``more`` is code that the cell lacks."""

    cell: int
    name: str
    use: Use
    more: str = ""


def repair(work: Work, set_name: str, numbers: Numbers | None = None) -> Repaired:
    """Put a submission in order for the engine, and say what was done.

    Each answer cell is found by its grade id, else by the variable it sets. Checks are those of the published set,
    right after the answer. Of several answer cells the last that is filled in counts.

    Parameters
    ----------
    work
        What was read.
    set_name
        The set that is graded.
    numbers
        The student's numbers as they are derived again; with them, edited ones are named.

    Raises
    ------
    NotAWork
        The notebook belongs to another set, or to none.
    """
    own, items = _own(set_name), graded(set_name)
    _must_be(work, set_name, own, items)
    notes = list(work.notes)
    uses = _all_uses(work, items)
    places = {item.id: _find(work, item, uses, notes) for item in items}
    notes += _said_of_checks(work, own, items)
    if numbers is not None and _edited_numbers(work, numbers):
        notes.append(
            Text(
                en="The numbers in the notebook were edited; the student's own were used.",
                zh="笔记本里的数字被改动过；评分使用该生自己的数字。",
            )
        )
    return Repaired(_jobs(work, own, places, uses, notes), notes)


def untouched(work: Work) -> bool:
    """Whether a notebook is a graded set as it was handed out: nobody has written any code into it."""
    if work.set_name not in sets():
        return False
    own = _own(work.set_name)
    return all(
        _bare(cell.source) in own.code | {""}
        or (_STUDENT.search(cell.source[:_MOST_SIGNS]) and "answer_" not in cell.source)
        for cell in work.cells
        if cell.kind == "code" or cell.grade_id in own.order
    )


def answered(work: Work, set_name: str) -> list[Answered]:
    """Say for each item of a set how far its answer is, without running anything.

    Raises
    ------
    NotAWork
        The notebook belongs to another set, or to none.
    """
    own, items = _own(set_name), graded(set_name)
    _must_be(work, set_name, own, items)
    states = []
    uses = _all_uses(work, items)
    for item in items:
        place = _find(work, item, uses, [])
        if place is None or not place.use:
            states.append(Answered(item.id, "missing", ()))
            continue
        source = work.cells[place.cell].source
        given = [] if len(source) > _MOST_SIGNS else list(_values(_tokens(source), place.name))
        still = tuple(dict.fromkeys(one for one in _open_places(given[-1]) if one)) if given and given[-1] else ()
        any_open = bool(given and given[-1] and _open_places(given[-1]))
        state: Literal["blank", "partly", "filled"]
        state = "blank" if place.use == "blank" else "partly" if any_open else "filled"
        states.append(Answered(item.id, state, still if state == "partly" else ()))
    return states


def _number(item_id: str) -> str:
    return item_id.rpartition("-")[2]


def _must_be(work: Work, set_name: str, own: _Own, items: Sequence[Item]) -> None:
    ids = {item.id for item in items}
    spoken = any(
        cell.grade_id in own.order or any(f"{quote}{one}{quote}" in cell.source for one in ids for quote in "'\"")
        for cell in work.cells
    )
    if spoken or work.set_name == set_name:
        return
    if work.set_name is None:
        raise NotAWork(Text(en="The notebook is no graded set.", zh="这个笔记本不是评分练习。"))
    raise NotAWork(
        Text(
            en=f"The notebook is the set {work.set_name}, not {set_name}.",
            zh=f"这个笔记本是评分练习 {work.set_name}，不是 {set_name}。",
        )
    )


def _all_uses(work: Work, items: Sequence[Item]) -> dict[str, dict[int, Use]]:
    """Return for each item what each cell does with its variable; checks and prose are left out."""
    names = {item.id: variable(item.id) for item in items}
    locked = {f"{item_id}-check" for item_id in names}
    uses: dict[str, dict[int, Use]] = {item_id: {} for item_id in names}
    for place, cell in enumerate(work.cells):
        # An answer cell that was turned into prose still is an answer cell.
        if cell.grade_id in names or (cell.kind == "code" and cell.grade_id not in locked):
            found = _uses(cell.source, tuple(names.values()))
            for item_id, name in names.items():
                if cell.kind == "code" or cell.grade_id == item_id:
                    uses[item_id][place] = found[name]
    return uses


def _find(work: Work, item: Item, all_uses: Mapping[str, Mapping[int, Use]], notes: list[Text]) -> _Place | None:
    """Find the cell that answers an item; what is unusual about it goes to the notes."""
    name, number, uses = variable(item.id), _number(item.id), all_uses[item.id]
    with_id = [place for place, cell in enumerate(work.cells) if cell.grade_id == item.id]
    filled = [place for place in with_id if uses[place] == "filled"]
    if sum(bool(uses[place]) for place in with_id) > 1:
        notes.append(
            Text(
                en=f"Item {number} has several answer cells; the last one that is filled in counts.",
                zh=f"第 {number} 题有多个答案单元格；以最后一个填写了的为准。",
            )
        )
    if filled:
        return _Place(filled[-1], name, "filled")
    elsewhere = [place for place, use in uses.items() if use == "filled" and place not in with_id]
    if elsewhere:
        notes.append(
            Text(
                en=f"The answer to item {number} was found in another cell, by its name {name}.",
                zh=f"第 {number} 题的答案按变量名 {name} 在别的单元格里找到。",
            )
        )
        return _Place(elsewhere[-1], name, "filled")
    for place in reversed(with_id):
        other = _other_name(work.cells[place].source, name)
        if other is not None and other not in {variable(one) for one in all_uses}:
            notes.append(
                Text(
                    en=f"The answer to item {number} stands in {other} instead of {name}; it was taken from there.",
                    zh=f"第 {number} 题的答案写在变量 {other} 里，而不是 {name}；已从该变量读取。",
                )
            )
            return _Place(place, other, "filled")
    in_check = _in_check(work, item.id, name)
    if in_check is not None:
        notes.append(
            Text(
                en=f"The answer to item {number} was written into the cell of its check; it was taken from there.",
                zh=f"第 {number} 题的答案写在检查单元格里；已从那里读取。",
            )
        )
        return in_check
    blank = [place for place, use in uses.items() if use == "blank"]
    if blank:
        return _Place(blank[-1], name, "blank")
    gone = not with_id
    notes.append(
        Text(
            en=f"The answer cell of item {number} is missing."
            if gone
            else f"The answer cell of item {number} no longer sets {name}.",
            zh=f"缺少第 {number} 题的答案单元格。" if gone else f"第 {number} 题的答案单元格不再给 {name} 赋值。",
        )
    )
    return None if gone else _Place(with_id[-1], name, "")


def _in_check(work: Work, item_id: str, name: str) -> _Place | None:
    """Find an answer in the cell of the check: given to the variable there, or to the check itself."""
    for place, cell in reversed(list(enumerate(work.cells))):
        if cell.grade_id != f"{item_id}-check" or cell.kind != "code":
            continue
        if _uses(cell.source, [name])[name] == "filled":
            return _Place(place, name, "filled")
        given = _checked(cell.source, item_id, name)
        if given:
            return _Place(place, name, "filled", f"\n{name} = (\n{given}\n)")
    return None


def _checked(source: str, item_id: str, name: str) -> str:
    """Return what stands in a check in place of the variable; nothing if it is the variable, or no answer yet."""
    tokens = _tokens(source) if len(source) <= _MOST_SIGNS else []
    for place in range(len(tokens) - 4):
        head = [token.string for token in tokens[place : place + 4]]
        if head[:2] != ["check", "("] or head[2][1:-1] != item_id or head[3] != ",":
            continue
        depth, end = 1, place + 4
        while end < len(tokens) and depth:
            depth += _step(tokens[end])
            end += 1
        value = tokens[place + 4 : end - 1]
        if not depth and value and not _nothing_yet(value) and [one.string for one in value] != [name]:
            lines = source.splitlines()[value[0].start[0] - 1 : value[-1].end[0]]
            lines[-1] = lines[-1][: value[-1].end[1]]
            lines[0] = lines[0][value[0].start[1] :]
            return "\n".join(lines)
    return ""


def _said_of_checks(work: Work, own: _Own, items: Sequence[Item]) -> list[Text]:
    """Name the checks that were deleted, doubled, edited or moved, and points that were changed."""
    if not any(cell.grade_id in own.order for cell in work.cells):
        return [
            Text(
                en="The cells have lost their grading metadata; answers were found by their names.",
                zh="单元格的评分元数据已丢失；答案按变量名查找。",
            )
        ]
    deleted, doubled, edited, points = [], [], [], []
    for item in items:
        number = _number(item.id)
        here = [cell for cell in work.cells if cell.grade_id == f"{item.id}-check"]
        published = {_bare(cell.source) for cell in own.checks.get(item.id, ())}
        if not here:
            deleted.append(number)
        if len(here) > 1:
            doubled.append(number)
        if any(_bare(cell.source) not in published or cell.kind != "code" for cell in here):
            edited.append(number)
        if any(cell.points is not None and cell.points != item.points for cell in here):
            points.append(number)
    order = list(dict.fromkeys(cell.grade_id for cell in work.cells if cell.grade_id in own.order))
    moved = order != [one for one in own.order if one in order]
    said = []
    for which, en, zh in (
        (deleted, "deleted", "被删除"),
        (doubled, "doubled", "有重复"),
        (edited, "edited", "被改动"),
    ):
        if which:
            said.append(
                Text(
                    en=f"Checks {en} (item {', '.join(which)}); those of the published set were used.",
                    zh=f"检查单元格{zh}（第 {'、'.join(which)} 题）；评分使用公开版本的检查。",
                )
            )
    if points:
        said.append(
            Text(
                en=f"Points changed (item {', '.join(points)}); those of the published set count.",
                zh=f"分值被改动（第 {'、'.join(points)} 题）；以公开版本的分值为准。",
            )
        )
    if moved:
        said.append(Text(en="Cells of the set were moved.", zh="练习的单元格被移动过。"))
    return said


def _bare(source: str) -> str:
    return "".join(source.split())


def _edited_numbers(work: Work, numbers: Numbers) -> bool:
    """Whether the metadata or the visible cell hold other numbers than the student's own."""
    own = json.loads(json.dumps(numbers))
    if work.numbers is not None and work.numbers != own:
        return True
    shown = [cell for cell in work.cells if cell.kind == "code" and _STUDENT.search(cell.source[:_MOST_SIGNS])]
    if not shown or work.named_by != "metadata" or work.student is None:
        return False
    expected = {_bare(student_cell(work.student, own, lang)) for lang in LANGUAGES}
    return _bare(shown[0].source) not in expected


def _jobs(
    work: Work,
    own: _Own,
    places: Mapping[str, _Place | None],
    uses: Mapping[str, Mapping[int, Use]],
    notes: list[Text],
) -> list[CellJob]:
    """Return the cells to run: the student's in their order, the published checks right after their answers.

    The published imports come first, whatever became of them: a line of the student's own among them that fails, such
    as an import of what is not installed, then costs nothing.
    """
    # Handing in needs this module and no engine.
    from crmlab.grading.engine.pool import CellJob

    jobs = []
    first = next((cell for cell in work.cells if cell.kind == "code" and cell.source.strip()), None)
    if first is None or _bare(first.source) not in {_bare(cell.source) for cell in own.setup.values()}:
        ids = {cell.id for cell in work.cells}
        free = next(name for name in ("setup", *(f"setup~{number}" for number in range(len(ids)))) if name not in ids)
        jobs.append(CellJob(id=free, source=own.setup[work.lang or "en"].source))
        if not any("crmlab" in cell.source and "import" in cell.source for cell in work.cells if cell.kind == "code"):
            notes.append(
                Text(en="The cell with the imports is missing; it was restored.", zh="缺少导入单元格，已补上。")
            )
    answers: dict[int, list[tuple[str, _Place]]] = {}
    for item_id, place in places.items():
        if place is not None:
            answers.setdefault(place.cell, []).append((item_id, place))
    locked = {f"{item_id}-check" for item_id in places}
    for number, cell in enumerate(work.cells):
        if number in answers:
            source, cell_id = cell.source + "".join(place.more for _, place in answers[number]), cell.id
            for item_id, place in answers[number]:
                jobs.append(CellJob(id=cell_id, source=source, item=item_id, name=place.name))
                source, cell_id = "", f"{cell.id}~{item_id}"  # a second answer is read after the cell has run once
            for item_id, _ in answers[number]:
                for check in own.checks.get(item_id, ())[:1]:
                    jobs.append(CellJob(id=f"{item_id}-check", source=check.source))
        elif cell.kind != "code" or not cell.source.strip() or cell.grade_id in locked:
            continue
        elif not _undoes(number, places, uses):
            jobs.append(CellJob(id=cell.id, source=cell.source))
    return jobs


def _undoes(number: int, places: Mapping[str, _Place | None], uses: Mapping[str, Mapping[int, Use]]) -> bool:
    """Whether a cell would put ``...`` back where an earlier cell has an answer."""
    return any(
        place is not None and place.cell < number and uses[item_id].get(number) == "blank"
        for item_id, place in places.items()
    )
