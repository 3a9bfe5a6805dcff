"""The chapters, and the learner's working copy that updates never overwrite."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from crmlab.core.answers import FOLDER, MARKER, working_copy, write_whole
from crmlab.core.data import course_root
from crmlab.core.text import LANGUAGES, Text, language, say

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Chapter:
    """One chapter: its number (empty for the start page), its slug, and its title."""

    number: str
    slug: str
    title: Text

    @property
    def stem(self) -> str:
        """The file name of source and notebook without its ending, for example ``06_delivered_value``."""
        return f"{self.number}_{self.slug}" if self.number else self.slug

    @property
    def file(self) -> str:
        """The notebook's file name."""
        return f"{self.stem}.ipynb"

    @property
    def label(self) -> str:
        """What stands before the title: the number, or a dash for the start page."""
        return self.number or "-"

    @property
    def ready(self) -> bool:
        """Whether the notebook exists in this edition."""
        return (course_root() / "notebooks" / "en" / self.file).is_file()


_CHAPTERS = (
    Chapter("", "start", Text(en="Start here", zh="从这里开始")),
    Chapter("00", "foundations", Text(en="Relationships, growth, and reading a claim", zh="关系、增长与论断的解读")),
    Chapter(
        "01",
        "classification",
        Text(en="Classification: status, importance, urgency", zh="客户分类：状态、重要性与紧急程度"),
    ),
    Chapter("02", "value_tiers", Text(en="Value tiers: ABC, 80/20, RFM", zh="价值分层：ABC、80/20 与 RFM")),
    Chapter("03", "lifetime_value", Text(en="Life cycle and lifetime value", zh="客户生命周期与生命周期价值")),
    Chapter("04", "loyalty", Text(en="Four kinds of loyalty", zh="四种客户忠诚")),
    Chapter("05", "lock_in", Text(en="Switching costs and lock-in", zh="转换成本与锁定")),
    Chapter("06", "delivered_value", Text(en="Customer-delivered value", zh="客户让渡价值")),
    Chapter("07", "test_and_learn", Text(en="Customising by experiment", zh="用实验推进客户化营销")),
    Chapter("08", "service_channels", Text(en="Channels and the call centre", zh="渠道与呼叫中心")),
    Chapter("09", "expectations", Text(en="Managing expectations", zh="期望管理与客户满意")),
    Chapter("10", "care", Text(en="Care and complaints", zh="客户关怀与投诉处理")),
    Chapter("11", "credit", Text(en="Credit 5C", zh="信用 5C")),
    Chapter("12", "credit_policy", Text(en="Credit policy", zh="信用政策")),
    Chapter("13", "people", Text(en="The people who serve", zh="服务客户的人")),
    Chapter("14", "capstone", Text(en="A year at Lanwan", zh="蓝湾的一年")),
)


def chapters() -> tuple[Chapter, ...]:
    """Return all chapters in the order of the course, those in preparation included.

    >>> [chapter.stem for chapter in chapters()][:2]
    ['start', '00_foundations']
    """
    return _CHAPTERS


@dataclass(frozen=True)
class Update:
    """What bringing a working copy up to date did: files made, renewed, and put beside a changed one."""

    made: tuple[str, ...]
    renewed: tuple[str, ...]
    beside: tuple[str, ...]


def update_working_copy(folder: Path, version: str) -> Update:
    """Make a learner's working copy, or bring it up to date without overwriting what the learner changed.

    Every notebook is issued without its outputs, so that a prediction comes before its result. A notebook whose cells
    still are as they were issued is renewed; beside a changed one the new edition is put under a name that carries the
    version.

    Parameters
    ----------
    folder
        The working copy; made if it does not exist.
    version
        The kit's version, for the names of new editions.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FOLDER).mkdir(exist_ok=True)
    manifest = _manifest(folder)
    made, renewed, beside = [], [], []
    for name, source in _issued():
        content = _without_outputs(source)
        digest = _digest(content)
        target = folder / name
        if not target.exists():
            made.append(name)
        elif manifest.get(name) == digest:
            continue
        elif _digest(target.read_bytes()) == manifest.get(name):
            renewed.append(name)
        else:
            target = _free_name(target, version)
            beside.append(target.relative_to(folder).as_posix())
        write_whole(target, content)
        manifest[name] = digest
    marker = {"version": version, "issued": manifest}
    write_whole(folder / MARKER, json.dumps(marker, indent=1, sort_keys=True).encode())
    return Update(tuple(made), tuple(renewed), tuple(beside))


def _free_name(changed: Path, version: str) -> Path:
    """Return a name beside a changed file that no earlier edition has taken."""
    editions = chain([version], (f"{version}-{number}" for number in count(2)))
    names = (changed.with_name(f"{changed.stem} ({edition}){changed.suffix}") for edition in editions)
    return next(name for name in names if not name.exists())


def retire_widgets(folder: Path) -> None:
    """Let every notebook of a working copy show the pictures and words of its last session.

    A widget lives as long as its kernel. When a notebook is opened again, JupyterLab would show an error in its place;
    without the dead view it shows what was stored beside it: the picture, the question, the sentence.
    """
    for path in folder.rglob("*.ipynb"):
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            dead = [
                output["data"]
                for cell in notebook["cells"]
                for output in cell.get("outputs", [])
                if _WIDGET_VIEW in output.get("data", {})
            ]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # no notebook that we know how to read, so none that we touch
        for data in dead:
            del data[_WIDGET_VIEW]
        if dead:
            write_whole(path, (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _issued() -> Iterator[tuple[str, Path]]:
    """Yield each file of the course: its name in a working copy and where this edition's stands."""
    for part, prefix in (("notebooks", ""), ("exercises", "exercises/")):
        for lang in LANGUAGES:
            for source in sorted((course_root() / part / lang).glob("*.ipynb")):
                yield f"{lang}/{prefix}{source.name}", source


def _digest(content: bytes) -> str:
    """Return a hash of what a learner can change: the cells. Opening or running a notebook changes only the rest."""
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(content)["cells"]]
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(json.dumps(cells).encode("utf-8")).hexdigest()


def _without_outputs(source: Path) -> bytes:
    notebook = json.loads(source.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _manifest(folder: Path) -> dict[str, str]:
    """Return the digests of the files as they were issued; empty for a new or a damaged working copy."""
    try:
        found: Any = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in found["issued"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def notes(here: Path) -> list[str]:
    """Say where the learner's work is kept, and which chapters have a new edition beside a changed one."""
    copy = working_copy(here)
    if copy is None:
        return [
            say(
                en="This is no working copy: answers count until you close the notebook. Start with `crmlab lab`.",
                zh="这里不是学习副本：关闭笔记本后，答案不会保留。请用 `crmlab lab` 启动。",
            )
        ]
    lines = [
        say(
            en=f"Your work is in `{copy}`, your answers in its folder `{FOLDER}`. Copy the whole folder to keep both.",
            zh=f"你的学习内容在 `{copy}`，答案在其中的文件夹 `{FOLDER}`。复制整个文件夹即可备份。",
        )
    ]
    editions = sorted((copy / language()).glob("**/* (*).ipynb"))
    if editions:
        names = ", ".join(f"[{path.stem}](<{path.relative_to(copy / language()).as_posix()}>)" for path in editions)
        lines.append(
            say(
                en=f"New editions stand beside the notebooks you changed: {names}.",
                zh=f"你改过的笔记本旁边有新版本：{names}。",
            )
        )
    return lines
