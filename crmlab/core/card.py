"""Question cards: radio buttons or a number field, feedback that a screen reader announces, answers that stay."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import Any, Protocol

import anywidget
import traitlets
from markdown_it import MarkdownIt

from crmlab.core.checks import ChoiceItem, Feedback, Item, NumberItem
from crmlab.core.text import language, say

_HERE = pathlib.Path(__file__).parent


class Asked(Protocol):
    """One question on a card."""

    item: Item
    question: Any
    earlier: Any

    def check(self, answer: Any) -> Feedback:
        """Check and keep an answer."""

    def renew(self) -> None:
        """Take new numbers."""


def _html(text: str) -> str:
    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return rendered


class Card(anywidget.AnyWidget):
    """One or more questions on one card; the browser asks, Python checks and keeps the answer."""

    _esm = _HERE / "card.js"
    _css = _HERE / "card.css"
    words = traitlets.Dict().tag(sync=True)
    questions: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    results: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)

    def __init__(self, asked: Sequence[Asked], *, commit_first: bool) -> None:
        self._asked = list(asked)
        self._reports = 0
        super().__init__(
            words={
                "check": say(en="Check", zh="检查"),
                "commit": say(en="Commit", zh="确定"),
                "compare": say(en="Compare", zh="对照"),
                "committed": say(
                    en="Noted. Now run the next cell, then compare.", zh="已记下。请运行下一个单元格，再回来对照。"
                ),
                "again": say(en="Try again", zh="再试一次"),
                "silent": say(
                    en="Python does not answer. Run this cell again, then check.",
                    zh="Python 没有回应。请重新运行本单元格，再检查。",
                ),
                "renew": say(en="New numbers", zh="换一组数字"),
                "number": say(en="Your number", zh="你的答案"),
                "earlier": say(en="Your earlier answer is kept.", zh="已保留你先前的答案。"),
            },
            questions=[_shown(one, commit_first) for one in self._asked],
            results=[_result(one, None) for one in self._asked],
            lang=language(),
        )
        self.on_msg(self._answered)

    def _answered(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        number = content["question"]
        asked = self._asked[number]
        if content.get("renew"):
            asked.renew()
            # The results first: a question that is drawn anew shows what stands there.
            self._report(number, _result(asked, None))
            self.questions = [
                *self.questions[:number],
                _shown(asked, commit_first=False),
                *self.questions[number + 1 :],
            ]
            return
        typed = content["answer"]
        feedback = asked.check(_read_number(typed) if isinstance(asked.item, NumberItem) else typed)
        self._report(number, _result(asked, feedback, answer=typed))

    def _report(self, number: int, result: dict[str, Any]) -> None:
        """Send one question's result; counted, so that the same answer given again is answered again."""
        self._reports += 1
        self.results = [*self.results[:number], {**result, "report": self._reports}, *self.results[number + 1 :]]

    def __repr__(self) -> str:
        """The questions as text: what a stored notebook and a reader without widgets see."""
        lines = []
        for one in self._asked:
            lines.append(one.question.markdown)
            if isinstance(one.item, ChoiceItem):
                lines += [f"( ) {option.format(**one.question.params)}" for option in one.item.options.values()]
        return "\n".join(lines)


def _shown(asked: Asked, commit_first: bool) -> dict[str, Any]:
    item, params = asked.item, asked.question.params
    options = item.options if isinstance(item, ChoiceItem) else {}
    return {
        "id": item.id,
        "html": _html(asked.question.markdown),
        "options": [[key, _html(str(option.format(**params)))] for key, option in options.items()],
        "unit": str(item.unit) if isinstance(item, NumberItem) else "",
        "commitFirst": commit_first,
        "renewable": not (item.graded or commit_first) and any(len(values) > 1 for values in item.choices.values()),
    }


def _result(asked: Asked, feedback: Feedback | None, answer: Any = None) -> dict[str, Any]:
    if feedback is None:
        return {"status": "", "html": "", "answer": "" if asked.earlier is None else str(asked.earlier)}
    return {"status": feedback.status, "html": _html(str(feedback)), "answer": str(answer)}


def _read_number(text: str) -> Any:
    """Read what was typed as a number, with a comma as thousands mark or a full-width digit; else leave the text."""
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return text
