"""The map of the course that tests and instructors read: what each chapter teaches, lets vary, and asks."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from crmlab.core import checks
from crmlab.core.checks import Item, PartsItem
from crmlab.core.course import Chapter, chapters
from crmlab.core.data import course_root


def syllabus() -> list[dict[str, Any]]:
    """Return one entry per chapter of this edition: slug, number, title, concepts, explorers, items.

    Each concept names the notebook heading that teaches it, in English and in Chinese.
    """
    return [
        {
            "slug": chapter.slug,
            "number": chapter.number,
            "title": chapter.title.en,
            "title_zh": chapter.title.zh,
            "concepts": _concepts(chapter),
            "explorers": _explorers(chapter),
            "items": [_item(item) for item in checks.items(chapter.slug)],
        }
        for chapter in chapters()
        if chapter.ready
    ]


def _concepts(chapter: Chapter) -> list[dict[str, str]]:
    folder = course_root() / "notebooks"
    english, chinese = (
        json.loads((folder / lang / chapter.file).read_text(encoding="utf-8"))["cells"] for lang in ("en", "zh")
    )
    return [
        {"id": concept, "heading": _heading(en), "heading_zh": _heading(zh)}
        for en, zh in zip(english, chinese, strict=True)
        for concept in en["metadata"].get("crmlab", {}).get("teaches", [])
    ]


def _heading(cell: dict[str, Any]) -> str:
    return "".join(cell["source"]).splitlines()[0].lstrip("# ")


def _explorers(chapter: Chapter) -> list[dict[str, str]]:
    module = import_module(f"crmlab.{chapter.slug}.explorer")
    return [
        {
            "id": f"W{chapter.number}.{place}" if chapter.number else f"{chapter.slug}.{place}",
            "name": name,
            "varies": getattr(module, name).__doc__.splitlines()[0],
        }
        for place, name in enumerate(module.__all__, start=1)
    ]


def _item(item: Item) -> dict[str, Any]:
    parts = item.parts.values() if isinstance(item, PartsItem) else ()
    return {
        "id": item.id,
        "kind": item.kind,
        "points": item.points,
        "graded": item.graded,
        "concepts": list(item.concepts),
        "traps": [trap.name for one in (item, *parts) for trap in one.traps],
    }
