"""From one bilingual source to the notebooks of both languages.

A source is a percent script (jupytext). Each markdown cell with ``lang="en"`` is followed by its ``lang="zh"`` twin;
code stands once, and a code line marked ``# [en]`` or ``# [zh]`` goes to that language only. ``# BEGIN SOLUTION`` to
``# END SOLUTION`` and cells tagged ``solution`` or ``instructor`` appear in the instructor's edition only.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from crmlab.core import checks
from crmlab.core.data import LEFT_OUT
from crmlab.core.text import LANGUAGES, Language

Edition = Literal["student", "instructor", "recall"]
PARTS = ("notebooks", "exercises")
TRANSLATIONS = Path("notebooks/src/translations.json")

_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
_MARKED_LINE = re.compile(r"^(?P<before>.*?)#\s*\[(?P<lang>en|zh)\]\s?(?P<after>.*)$")
_SOLUTION = re.compile(r"^[ \t]*# BEGIN SOLUTION\n(?P<inside>.*?)^[ \t]*# END SOLUTION\n?", re.MULTILINE | re.DOTALL)
_CHINESE = r"[\u4e00-\u9fff\u3001-\u301f\uff01-\uff5e]"
_WRAPPED = re.compile(f"(?<={_CHINESE})\n(?={_CHINESE})")
_NEVER_STORED = ("image/png", "image/jpeg", "image/svg+xml", "application/vnd.jupyter.widget-view+json")


class BuildError(Exception):
    """A source cannot become a notebook; the message says where and why."""


@dataclass(frozen=True)
class Cell:
    """One cell of a source; ``text`` has one entry per language for markdown, the same code twice otherwise."""

    kind: Literal["markdown", "code"]
    text: dict[Language, str]
    options: dict[str, Any]

    @property
    def tags(self) -> list[str]:
        """The cell's tags."""
        return list(self.options.get("tags", []))


@dataclass(frozen=True)
class Job:
    """One notebook to make."""

    source: Path
    lang: Language
    edition: Edition
    target: Path
    run: bool


def read_source(path: Path) -> list[Cell]:
    """Return the cells of a percent script, markdown twins joined.

    Raises
    ------
    BuildError
        A markdown cell has no twin right after it.
    """
    cells: list[Cell] = []
    waiting: tuple[str, dict[str, Any]] | None = None
    for raw in jupytext.read(path, fmt="py:percent").cells:
        options = dict(raw.metadata)
        lang = options.pop("lang", None)
        start = raw.source.strip().splitlines()[0][:60] if raw.source.strip() else ""
        if (lang == "zh") != (waiting is not None) or (raw.cell_type == "markdown") != (lang in LANGUAGES):
            raise BuildError(f"{path.name}: each markdown cell needs an en cell and then its zh twin; see {start!r}")
        if lang == "en":
            waiting = raw.source, options
        elif waiting is not None:
            cells.append(Cell("markdown", {"en": waiting[0], "zh": raw.source}, waiting[1]))
            waiting = None
        else:
            cells.append(Cell("code", {one: _in_language(raw.source, one) for one in LANGUAGES}, options))
    if waiting is not None:
        raise BuildError(f"{path.name}: the last markdown cell has no zh twin")
    return cells


def _in_language(code: str, lang: Language) -> str:
    """Keep the unmarked lines and those marked for one language, without the mark.

    >>> print(_in_language('use_language("en")  # [en]\\nuse_language("zh")  # [zh]\\n# [en] Add.\\nx = 1', "en"))
    use_language("en")
    # Add.
    x = 1
    """
    kept = []
    for line in code.splitlines():
        mark = _MARKED_LINE.match(line)
        if mark is None:
            kept.append(line)
        elif mark["lang"] == lang:
            kept.append(f"{mark['before']}# {mark['after']}" if mark["after"] else mark["before"].rstrip())
    return "\n".join(kept)


def make_notebook(source: Path, lang: Language, edition: Edition = "student") -> nbformat.NotebookNode:
    """Return one language's notebook of a source, not yet run.

    Cell ids are hashes of the English text, so a cell keeps its id until it changes.
    """
    seen: Counter[str] = Counter()
    made = []
    for cell in read_source(source):
        digest = hashlib.sha256(cell.text["en"].encode("utf-8")).hexdigest()[:12]
        seen[digest] += 1
        if edition != "instructor" and {"instructor", "solution"} & set(cell.tags):
            continue
        text = _unwrapped(cell.text[lang]) if lang == "zh" and cell.kind == "markdown" else cell.text[lang]
        if cell.kind == "code":
            text = _SOLUTION.sub(lambda found: found["inside"] if edition == "instructor" else "", text).rstrip("\n")
        elif edition == "recall":
            text = "\n\n".join(line for line in text.splitlines() if line.startswith("#"))
            if not text:
                continue
        new: Callable[..., Any] = nbformat.v4.new_code_cell if cell.kind == "code" else nbformat.v4.new_markdown_cell
        made.append(new(text, id=f"{digest}-{seen[digest]}", metadata=_metadata(cell)))
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=made, metadata=_KERNEL)
    return notebook


def _unwrapped(chinese: str) -> str:
    """Join lines that a source wraps inside a paragraph: between Chinese characters a line end would show as a space.

    >>> print(_unwrapped("## 标题\\n\\n先看，\\n再想。"))
    ## 标题
    <BLANKLINE>
    先看，再想。
    """
    return _WRAPPED.sub("", chinese)


def _metadata(cell: Cell) -> dict[str, Any]:
    metadata: dict[str, Any] = {"tags": cell.tags} if cell.tags else {}
    if "teaches" in cell.options:
        metadata["crmlab"] = {"teaches": cell.options["teaches"].split()}
    for role in ("item", "check"):
        if role in cell.options:
            metadata["nbgrader"] = _nbgrader(cell.options[role], role)
    return metadata


def _nbgrader(item_id: str, role: str) -> dict[str, Any]:
    """Return nbgrader's metadata (schema 3) for the answer cell or the check cell of a graded item."""
    answer = role == "item"
    metadata = {
        "grade": not answer,
        "grade_id": item_id if answer else f"{item_id}-check",
        "locked": not answer,
        "schema_version": 3,
        "solution": answer,
        "task": False,
    }
    return metadata if answer else {**metadata, "points": checks.find(item_id).points}


def execute(notebook: nbformat.NotebookNode, folder: Path, name: str) -> None:
    """Run a notebook in a folder; it keeps pictures and words, and no live widgets.

    Raises
    ------
    BuildError
        A cell raises; the message names the notebook and the cell.
    """
    client = NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        try:
            client.execute()
        except RuntimeError:  # a port that was free when it was chosen is taken when the kernel has started
            client.execute()
    except CellExecutionError as error:
        raise BuildError(f"{name}: a cell stopped with {error.ename}: {error.evalue}\n{error.traceback}") from None


def run(notebook: nbformat.NotebookNode, folder: Path, name: str) -> None:
    """Run a notebook as :func:`execute` does and keep its text outputs: no pictures, no times."""
    execute(notebook, folder, name)
    notebook.metadata = nbformat.from_dict(_KERNEL)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            for kind in _NEVER_STORED:
                output.get("data", {}).pop(kind, None)


def _do(job: Job) -> bool:
    """Make one notebook; False, and nothing written, if it reads public data that are not to be had here."""
    notebook = make_notebook(job.source, job.lang, job.edition)
    job.target.parent.mkdir(parents=True, exist_ok=True)
    if job.run:
        run(notebook, job.target.parent, f"{job.source.name} [{job.lang}]")
        said = [output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])]
        if any(getattr(LEFT_OUT, job.lang) in text for text in said):
            return False
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    job.target.write_bytes(text.encode("utf-8"))
    return True


def jobs(root: Path, output: Path, edition: Edition = "student") -> list[Job]:
    """Return all notebooks to make of the sources under ``root``; graded sets run in the instructor's edition only."""
    return [
        Job(
            source,
            lang,
            edition,
            output / part / lang / f"{source.stem}.ipynb",
            run=part == "notebooks" or edition == "instructor",
        )
        for part in PARTS
        for source in sorted((root / part / "src").glob("*.py"))
        for lang in LANGUAGES
        if not (edition == "recall" and part == "exercises")
    ]


def build(todo: list[Job], done: Callable[[Job], None]) -> list[Path]:
    """Make notebooks, as many at a time as there are cores, and call ``done`` after each.

    Returns
    -------
    Those not written because their public data are not to be had here.
    """
    left = []
    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, len(todo) or 1)) as pool:
        running = {pool.submit(_do, job): job for job in todo}
        try:
            for future in as_completed(running):
                if not future.result():
                    left.append(running[future].target)
                done(running[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return left


def differences(root: Path, done: Callable[[Job], None]) -> list[str]:
    """Rebuild everything to a temporary folder and return the generated files that are not the committed ones.

    A notebook whose public data are not to be had here is not compared.
    """
    from crmlab.core.data import write_datasets

    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        left = {path.relative_to(fresh) for path in build(jobs(root, fresh), done)}
        (fresh / "datasets").mkdir()
        write_datasets(fresh / "datasets")
        made = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
        kept = {
            path.relative_to(root)
            for part in PARTS
            for lang in LANGUAGES
            for path in (root / part / lang).glob("*.ipynb")
        }
        return sorted(
            str(name)
            for name in (made | kept) - left
            if name not in made
            or not (root / name).is_file()
            or not filecmp.cmp(fresh / name, root / name, shallow=False)
        )


def stale_translations(root: Path) -> list[str]:
    """Return the markdown pairs of which one side changed alone since both were last accepted."""
    accepted = _accepted(root)
    stale = []
    for name, pairs in _pairs(root):
        known = accepted.get(name, {})
        for english, (en, zh) in pairs:
            if known.get(en) == zh:
                continue
            # A pair of which neither side is known is new or was rewritten in both languages.
            if en in known or zh in known.values():
                stale.append(f"{name}: {'zh' if en in known else 'en'} changed alone in {english!r}")
    return stale


def accept_translations(root: Path) -> None:
    """Record every pair as it stands now; call it after the other side was looked at."""
    content = {name: dict(hashes for _, hashes in pairs) for name, pairs in _pairs(root)}
    (root / TRANSLATIONS).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _accepted(root: Path) -> dict[str, dict[str, str]]:
    path = root / TRANSLATIONS
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _pairs(root: Path) -> Iterator[tuple[str, list[tuple[str, tuple[str, str]]]]]:
    """Yield each source's name with, per markdown pair, its first English line and the hashes of both sides."""
    for part in PARTS:
        for source in sorted((root / part / "src").glob("*.py")):
            yield (
                f"{part}/{source.name}",
                [
                    (cell.text["en"].splitlines()[0][:60], (_short_hash(cell.text["en"]), _short_hash(cell.text["zh"])))
                    for cell in read_source(source)
                    if cell.kind == "markdown"
                ],
            )


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
