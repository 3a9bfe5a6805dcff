"""What a student does, in real JupyterLab in real Chromium: open, run, drag, answer, restart, find it all again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from student import RUN_S, Course, Lab

from crmlab.core import checks
from crmlab.core.text import use_language

LANGUAGES = ("en", "zh")
CHAPTER = "06_delivered_value.ipynb"


def text_of(item_id: str, trap: str) -> str:
    """Return the start of a trap's hint in the language in use, as it appears on the page."""
    item = checks.find(item_id)
    hint = next(one.hint for one in item.traps if one.name == trap).format(**item.params())
    return re.split(r"[*`]", str(hint))[0].strip()[:40]


def pixels(canvas: Locator) -> str:
    """Return the picture on a canvas."""
    found: str = canvas.evaluate("node => node.toDataURL()")
    return found


def outputs(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def test_the_course_asks_nothing_of_the_network_and_shows_no_dialog(lab: Lab) -> None:
    """The first thing a student sees is the start page, with a kernel, and nothing on top of it."""
    lab.open("en/start.ipynb")
    lab.page.wait_for_timeout(3000)  # news and update notices come late
    expect(lab.page.locator(".jp-Dialog")).to_have_count(0)
    expect(lab.page.locator(".Toastify__toast")).to_have_count(0)
    expect(lab.page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName")).to_contain_text("Python 3")
    assert lab.elsewhere == []
    assert lab.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["start.ipynb", "primer.ipynb", CHAPTER])
def test_a_notebook_runs_without_an_error_in_the_browser_or_the_kernel(lab: Lab, lang: str, name: str) -> None:
    lab.open(f"{lang}/{name}")
    lab.restart_and_run_all()
    saved = lab.save(f"{lang}/{name}")
    code = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    allowed = {cell["id"] for cell in code if "raises-exception" in cell["metadata"].get("tags", [])}
    for cell in code:
        for output in cell["outputs"]:
            assert output["output_type"] != "error" or cell["id"] in allowed, output
            assert output.get("name") != "stderr", output
    assert lab.errors == []
    assert lab.elsewhere == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slider_moved_by_keyboard_changes_the_picture_and_the_sentence(lab: Lab, lang: str) -> None:
    lab.open(f"{lang}/{CHAPTER}")
    lab.restart_and_run_all()
    lab.find("whose_time(")
    explorer = lab.page.locator(".crmlab-explorer", has=lab.page.locator('[role="slider"]')).first
    canvas, sentence = explorer.locator('canvas[role="img"]'), explorer.locator(".crmlab-caption")
    slider = explorer.locator('[role="slider"]').first
    before, said = pixels(canvas), sentence.inner_text()
    assert canvas.get_attribute("aria-label") == said
    assert re.search(r"\[.+\]|\(.+\)|（.+）", slider.get_attribute("aria-label") or ""), (
        "a slider's name holds its unit"
    )
    slider.focus()
    for _ in range(12):
        lab.page.keyboard.press("ArrowRight")
    expect(sentence).not_to_have_text(said)
    lab.page.wait_for_function("([node, old]) => node.toDataURL() !== old", arg=[canvas.element_handle(), before])
    assert canvas.get_attribute("aria-label") == sentence.inner_text()
    explorer.locator(".crmlab-reset").click()
    expect(sentence).to_have_text(said)
    lab.page.wait_for_function("([node, old]) => node.toDataURL() === old", arg=[canvas.element_handle(), before])
    assert lab.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_answer_meets_its_hint_the_right_one_is_kept_over_a_restart(lab: Lab, lang: str) -> None:
    use_language(lang)
    item = checks.find("delivered_value-w1")
    assert isinstance(item, checks.ChoiceItem)
    right = item.solve(item.params())
    trap = item.traps[0]
    lab.open(f"{lang}/{CHAPTER}")
    lab.restart_and_run_all()
    lab.find('recall("')
    card = lab.page.locator(f'[data-item="{item.id}"]')
    card.locator(f'input[value="{trap.wrong(item.params())}"]').check()
    card.locator("button").click()
    feedback = card.locator('[role="status"]')
    expect(feedback).to_contain_text(text_of(item.id, trap.name))
    expect(feedback).to_have_attribute("data-status", "trap")
    card.locator(f'input[value="{right}"]').check()
    card.locator("button").click()
    expect(feedback).to_have_attribute("data-status", "right")

    record = json.loads((lab.course.work / "answers" / f"{item.id}.json").read_text(encoding="utf-8"))
    assert [attempt["status"] for attempt in record["attempts"]][-2:] == ["trap", "right"]
    assert record["attempts"][-2]["trap"] == trap.name

    lab.restart_and_run_all()
    lab.find('recall("')
    card = lab.page.locator(f'[data-item="{item.id}"]')
    expect(card.locator(f'input[value="{right}"]')).to_be_checked()
    assert lab.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_typed_in_a_cell_meets_its_hint_and_is_kept(lab: Lab, lang: str) -> None:
    use_language(lang)
    item = checks.find("start-p1")
    trap = item.traps[0]
    lab.open(f"{lang}/start.ipynb")
    lab.restart_and_run_all()
    for answer, status, words in (
        (trap.wrong(item.params()), "trap", text_of(item.id, trap.name)),
        (item.solve(item.params()), "right", "✓"),
    ):
        cell = lab.find("answer = ")
        cell.locator(".cm-content").click()
        lab.page.keyboard.press("Control+a")
        lab.page.keyboard.type(f"from crmlab import check\nanswer = {answer!r}\ncheck('start-p1', answer)")
        lab.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-OutputArea")).to_contain_text(words, timeout=RUN_S * 1000)
        record = json.loads((lab.course.work / "answers" / "start-p1.json").read_text(encoding="utf-8"))
        assert record["attempts"][-1]["status"] == status
    assert lab.errors == []


def test_the_progress_of_the_learner_is_on_the_start_page(lab: Lab, course: Course) -> None:
    lab.open("en/start.ipynb")
    lab.restart_and_run_all()
    saved = lab.save("en/start.ipynb")
    table = next(o["data"]["text/markdown"] for o in outputs(saved) if "06_delivered_value" in str(o.get("data")))
    assert "[Customer-delivered value](06_delivered_value.ipynb)" in "".join(table)
    assert str(course.work) in "".join(table)
