"""What tests of explorers and charts ask of a picture."""

from __future__ import annotations

import html
from typing import Any

from crmlab.core.explorers import Explorer


def task_of(explorer: Explorer[Any]) -> str:
    return html.unescape(explorer._card.children[0].value)


def texts_of(ax: Any, lang: str = "en") -> list[str]:
    """The words on a picture, its wrapped lines joined again."""
    return [text.get_text().replace("\n", " " if lang == "en" else "") for text in ax.texts]


def words_of(explorer: Explorer[Any], lang: str = "en") -> list[str]:
    return [text for ax in explorer._easel.figure.axes for text in texts_of(ax, lang)]


def set_to(explorer: Explorer[Any], **values: Any) -> Any:
    for name, value in values.items():
        explorer.controls[name].value = value
    return explorer.result


def marks_of(ax: Any, marker: str) -> list[tuple[float, float]]:
    """Where single marks of one kind stand."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return [(float(x), float(y)) for line in lines for x, y in zip(*line.get_data(), strict=True)]
