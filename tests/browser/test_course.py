"""What a student does, in real JupyterLab in real Chromium: open, run, drag, answer, restart, find it all again."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from student import RUN_S, Lab, running_course

from crmlab.core import checks
from crmlab.core.course import Chapter, chapters
from crmlab.core.text import say, use_language

CHAPTER = "06_delivered_value.ipynb"

in_both_languages = pytest.mark.parametrize("lang", ["en", "zh"])


def text_of(item_id: str, trap: str) -> str:
    """Return the start of a trap's hint in the language in use, as it appears on the page."""
    item = checks.find(item_id)
    hint = next(one.hint for one in item.traps if one.name == trap).format(**item.params())
    return re.split(r"[*`]", str(hint))[0].strip()[:40]


def pixels(canvas: Locator) -> str:
    """Return the picture on a canvas."""
    found: str = canvas.evaluate("node => node.toDataURL()")
    return found


def attempts(lab: Lab, item_id: str) -> list[dict[str, Any]]:
    """Return what the learner's file of an item holds."""
    file = lab.course.work / "answers" / f"{item_id}.json"
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["attempts"]
    return found


def run_without_error(lab: Lab, notebook: str) -> dict[str, Any]:
    """Open a notebook, run all of it, save it, and find every cell run and none in error."""
    lab.open(notebook)
    saved = lab.run(notebook)
    for cell in (cell for cell in saved["cells"] if cell["cell_type"] == "code"):
        on_purpose = "raises-exception" in cell["metadata"].get("tags", [])
        for output in cell["outputs"]:
            assert on_purpose or output["output_type"] != "error", output
            assert output.get("name") != "stderr", output
    return saved


@in_both_languages
def test_the_first_page_greets_alone_answers_and_shows_the_way(lab: Lab, lang: str) -> None:
    use_language(lang)
    lab.open(f"{lang}/start.ipynb")
    expect(lab.page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName")).to_contain_text("Python 3")
    lab.page.wait_for_timeout(2000)  # news and update notices come late
    expect(lab.page.locator(".jp-Dialog")).to_have_count(0)
    expect(lab.page.locator(".Toastify__toast")).to_have_count(0)

    saved = run_without_error(lab, f"{lang}/start.ipynb")
    map_ = next(
        "".join(output["data"]["text/markdown"])
        for cell in saved["cells"]
        for output in cell.get("outputs", [])
        if "06_delivered_value" in str(output.get("data"))
    )
    assert "](06_delivered_value.ipynb)" in map_ and str(lab.course.work) in map_

    item = checks.find("start-p1")
    trap = item.traps[0]
    for answer, status, words in (
        (trap.wrong(item.params()), "trap", text_of(item.id, trap.name)),
        (item.solve(item.params()), "right", "✓"),
    ):
        cell = lab.find("answer = ")
        cell.locator(".cm-content").click()
        lab.page.keyboard.press("Control+a")
        lab.page.keyboard.type(f"answer = {answer!r}\ncheck('start-p1', answer)")
        lab.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-OutputArea")).to_contain_text(words, timeout=RUN_S * 1000)
        assert attempts(lab, item.id)[-1]["status"] == status
    assert lab.errors == []
    assert lab.elsewhere == []


@in_both_languages
def test_the_primer_runs(lab: Lab, lang: str) -> None:
    run_without_error(lab, f"{lang}/primer.ipynb")
    assert lab.errors == []


@in_both_languages
def test_a_chapter_runs_moves_answers_and_remembers(lab: Lab, lang: str) -> None:
    use_language(lang)
    run_without_error(lab, f"{lang}/{CHAPTER}")

    # A slider moved by keyboard changes the picture and the sentence; the reset brings both back.
    explorer = lab.find("whose_time(").locator(".crmlab-explorer")
    canvas, sentence = explorer.locator('canvas[role="img"]'), explorer.locator(".crmlab-caption")
    expect(sentence).not_to_be_empty()
    said, before = sentence.text_content(), pixels(canvas)
    assert said
    assert canvas.get_attribute("aria-label") == said
    slider = explorer.locator('[role="slider"]').first
    assert re.search(r"\[.+\]|[(（].+[)）]", slider.get_attribute("aria-label") or ""), "a slider's name holds its unit"
    slider.focus()
    for _ in range(12):
        lab.page.keyboard.press("ArrowRight")
    expect(sentence).to_contain_text("24")  # the last move has arrived
    lab.page.wait_for_function("([node, old]) => node.toDataURL() !== old", arg=[canvas.element_handle(), before])
    expect(canvas).to_have_attribute("aria-label", sentence.text_content() or "")
    explorer.locator(".crmlab-reset").click()
    expect(sentence).to_have_text(said)
    lab.page.wait_for_function("([node, old]) => node.toDataURL() === old", arg=[canvas.element_handle(), before])

    # A wrong answer meets the hint of its misconception, the right one is praised, and both are on disk.
    item = checks.find("delivered_value-w1")
    right, trap = item.solve(item.params()), item.traps[0]
    card = lab.find('recall("').locator(f'[data-item="{item.id}"]')
    feedback = card.locator('[role="status"]')
    card.locator(f'input[value="{trap.wrong(item.params())}"]').check()
    card.locator("button").click()
    expect(feedback).to_have_attribute("data-status", "trap")
    expect(feedback).to_contain_text(text_of(item.id, trap.name))
    card.locator(f'input[value="{right}"]').check()
    card.locator("button").click()
    expect(feedback).to_have_attribute("data-status", "right")
    assert [attempt["status"] for attempt in attempts(lab, item.id)][-2:] == ["trap", "right"]
    assert attempts(lab, item.id)[-2]["trap"] == trap.name

    # After a restart of the kernel a new card stands there, and it knows the answer.
    card = lab.find('recall("').locator(f'[data-item="{item.id}"]')
    kept = say(en="Your earlier answer is kept.", zh="已保留你先前的答案。")
    lab.restart_until(lambda: kept in (feedback.text_content() or "" if feedback.count() else ""))
    expect(card.locator(f'input[value="{right}"]')).to_be_checked()
    assert lab.errors == []
    assert lab.elsewhere == []


#: The other chapters, in one language each by turns: every chapter twice would take too long.
FURTHER = [
    (("en", "zh")[place % 2], chapter)
    for place, chapter in enumerate(one for one in chapters() if one.ready and one.number and one.file != CHAPTER)
]


@pytest.mark.parametrize(("lang", "chapter"), FURTHER, ids=[f"{lang}-{chapter.stem}" for lang, chapter in FURTHER])
def test_a_further_chapter_runs_and_all_its_explorers_move(lab: Lab, lang: str, chapter: Chapter) -> None:
    run_without_error(lab, f"{lang}/{chapter.file}")
    for name in import_module(f"crmlab.{chapter.slug}.explorer").__all__:
        explorer = lab.find(f"{name}(").locator(".crmlab-explorer")
        canvas, sentence = explorer.locator('canvas[role="img"]'), explorer.locator(".crmlab-caption")
        expect(sentence).not_to_be_empty()
        said, before = sentence.text_content() or "", pixels(canvas)
        expect(canvas).to_have_attribute("aria-label", said)
        controls = explorer.locator('[role="slider"], input[type="number"]')
        for place in range(min(controls.count(), 3)):  # one of them may wait for a choice in a menu
            controls.nth(place).focus()
            for _ in range(5):
                lab.page.keyboard.press("ArrowUp")
        if controls.count() == 0:  # nothing but menus
            menu = explorer.locator("select").first
            menu.select_option(index=menu.locator("option").count() - 1)
        lab.page.wait_for_function("([node, old]) => node.toDataURL() !== old", arg=[canvas.element_handle(), before])
        explorer.locator(".crmlab-reset").click()
        expect(sentence).to_have_text(said)
        lab.page.wait_for_function("([node, old]) => node.toDataURL() === old", arg=[canvas.element_handle(), before])
    assert lab.errors == []
    assert lab.elsewhere == []


def test_the_next_day_shows_pictures_and_words_where_widgets_were(browser: Browser, tmp_path: Path) -> None:
    for day in (1, 2):
        with running_course(tmp_path) as course:
            context = browser.new_context(viewport={"width": 1280, "height": 1400})
            lab = Lab(context.new_page(), course)
            lab.open("en/start.ipynb")
            if day == 1:
                lab.run("en/start.ipynb")
            else:
                expect(lab.find('predict("start-q1")').locator(".jp-OutputArea")).to_contain_text("( ) It doubles")
                expect(lab.find("regulars_or_newcomers()").locator(".jp-OutputArea img")).to_be_visible()
            assert lab.errors == []
            context.close()
