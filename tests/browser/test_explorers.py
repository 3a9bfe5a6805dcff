"""How explorers behave under a hand: no blank frame, nothing stale, all of it by keyboard, and what happens without."""

from __future__ import annotations

import base64
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, Route, expect
from student import Lab

from crmlab.core.text import use_language
from crmlab.delivered_value.explorer import whose_time

#: Watches one explorer from frame to frame: its picture must never be blank, nothing around it may move.
WATCH = """canvas => {
  const seen = window.seen = { frames: 0, blank: 0, shift: 0, pictures: 0, watching: true };
  const small = new OffscreenCanvas(40, 30), pen = small.getContext("2d", { willReadFrequently: true });
  let last = "";
  const here = ({ node }) => (node?.parentElement ?? node)?.closest?.(".jp-Notebook");  // not JupyterLab's status bar
  const note = (one) => { if (one.sources.some(here)) seen.shift += one.value; };
  new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({ type: "layout-shift" });
  (function look() {
    pen.clearRect(0, 0, 40, 30);
    pen.drawImage(canvas, 0, 0, 40, 30);
    const pixels = pen.getImageData(0, 0, 40, 30).data.join();
    seen.frames += 1;
    const empty = !canvas.isConnected || !canvas.checkVisibility() || !/(^|,)1?[0-9]{1,2}(,|$)/.test(pixels);
    if (empty) seen.blank += 1;
    if (pixels !== last) { seen.pictures += 1; last = pixels; }
    if (seen.watching) requestAnimationFrame(look);
  })();
}"""
#: Whether the canvas shows exactly this picture.
SHOWS = """async (canvas, png) => {
  const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const other = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  other.drawImage(bitmap, 0, 0);
  const area = [0, 0, bitmap.width, bitmap.height];
  const one = canvas.getContext("2d").getImageData(...area).data, two = other.getImageData(...area).data;
  return one.length === two.length && one.every((value, k) => value === two[k]);
}"""


def open_new(lab: Lab, *code: str) -> Page:
    """Open a new notebook with these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in code])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(notebook, lab.course.work / "en" / "mine.ipynb")
    lab.open("en/mine.ipynb")
    return lab.page


def run_new(lab: Lab, *code: str) -> Page:
    """Open a new notebook with these cells and run it."""
    page = open_new(lab, *code)
    lab.run("en/mine.ipynb")
    return page


def parts(explorer: Locator) -> tuple[Locator, Locator, Locator]:
    """Return picture, sentence and first slider of an explorer."""
    canvas, sentence = explorer.locator('canvas[role="img"]'), explorer.locator(".crmlab-caption")
    expect(sentence).not_to_be_empty()
    return canvas, sentence, explorer.locator('[role="slider"]').first


def shows(canvas: Locator, png: bytes) -> bool:
    """Whether a canvas shows a picture, pixel for pixel."""
    found: bool = canvas.evaluate(SHOWS, base64.b64encode(png).decode())
    return found


def test_a_drag_ends_with_the_right_picture_and_never_blinks(lab: Lab) -> None:
    use_language("en")
    page = run_new(lab, "from crmlab.delivered_value.explorer import whose_time", "whose_time()")
    canvas, sentence, slider = parts(page.locator(".crmlab-explorer"))
    canvas.evaluate(WATCH)
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in [*range(0, 160, 4), *range(160, 40, -4)]:
        page.mouse.move(x + step, y)
        page.wait_for_timeout(16)
    page.mouse.up()
    page.wait_for_timeout(1000)
    seen: dict[str, Any] = page.evaluate("window.seen.watching = false, window.seen")
    assert seen["pictures"] > 5 and seen["frames"] > 60
    assert (seen["blank"], seen["shift"]) == (0, 0)
    wage = int(slider.get_attribute("aria-valuetext") or "")
    assert wage != 12
    here = whose_time()
    here.controls["wage"].value = wage
    expect(sentence).to_have_text(here.caption)
    expect(canvas).to_have_attribute("aria-label", here.caption)
    assert shows(canvas, here.png)
    assert lab.errors == []


def test_a_reset_is_not_overtaken_by_moves_on_their_way(lab: Lab) -> None:
    use_language("en")
    page = run_new(lab, "from crmlab.delivered_value.explorer import whose_time", "whose_time()")
    canvas, sentence, slider = parts(page.locator(".crmlab-explorer"))
    start = whose_time()
    for _ in range(3):
        slider.focus()
        for _ in range(15):
            page.keyboard.press("ArrowRight")
        page.locator(".crmlab-reset").click()
        page.wait_for_timeout(700)
        expect(sentence).to_have_text(start.caption)
        expect(slider).to_have_attribute("aria-valuetext", "12")
        assert shows(canvas, start.png)
    assert lab.errors == []


def test_everything_can_be_done_and_read_without_mouse_and_screen(lab: Lab) -> None:
    page = run_new(lab, "from crmlab.delivered_value.explorer import split_the_pie", "split_the_pie()")
    explorer = page.locator(".crmlab-explorer")
    parts(explorer)
    explorer.locator('[role="slider"]').first.focus()
    reached = []
    for _ in range(9):
        reached.append(
            page.evaluate(
                "(n => [n.getAttribute('role') || n.tagName, n.getAttribute('aria-label') || n.textContent.trim()])"
                "(document.activeElement)"
            )
        )
        page.keyboard.press("Tab")
    sliders = [name for kind, name in reached if kind == "slider"]
    assert sliders == [
        "Price [yuan per order]",
        "Quality: worth of the offer to the customer [yuan per order]",
        "Rival's delivered value [yuan per order]",
    ]
    assert [name for kind, name in reached if kind == "BUTTON"] == ["Reset", "Projector"]
    assert explorer.locator('.crmlab-caption[aria-live="polite"]').count() == 1


def test_a_value_without_an_answer_shows_a_sentence_and_the_next_one_a_picture(lab: Lab) -> None:
    code = """
from crmlab.core.charts import captioned
from crmlab.core.explorers import Explorer, Slider
from crmlab.core.text import Text

def root(number):
    if number < 0:
        raise ValueError("number is negative; allowed are numbers of at least 0.")
    return number ** 0.5

@captioned(lambda height: f"The bar is {height:.1f} high.")
def bar(height, ax):
    ax.bar([0], [height])
    ax.set_ylim(0, 4)
    ax.set_xlim(-1, 1)

Explorer({"number": Slider(Text(en="Number", zh="数"), Text(en="pieces", zh="个"), -1, 9, 1, 1)}, root, bar,
         Text(en="Go below zero.", zh="小于零试试。"))
"""
    page = run_new(lab, code.strip())
    canvas, sentence, slider = parts(page.locator(".crmlab-explorer"))
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    alert = page.locator('.crmlab-explorer [role="alert"]')
    expect(alert).to_have_text("number is negative; allowed are numbers of at least 0.")
    expect(canvas).not_to_be_visible()
    expect(sentence).to_be_empty()
    page.keyboard.press("ArrowRight")
    expect(sentence).to_have_text("The bar is 0.0 high.")
    expect(canvas).to_be_visible()
    expect(alert).to_be_empty()
    assert lab.errors == []


def test_the_projector_button_enlarges_type_and_hides_code(lab: Lab) -> None:
    page = run_new(lab, "from crmlab.delivered_value.explorer import whose_time", "whose_time()")
    parts(page.locator(".crmlab-explorer"))
    button = page.get_by_role("button", name="Projector")
    code = page.locator(".jp-CodeCell .jp-InputArea").last
    task = page.locator(".crmlab-task")
    usual = task.evaluate("node => parseFloat(getComputedStyle(node.querySelector('.widget-html-content')).fontSize)")
    expect(code).to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(code).not_to_be_visible()
    expect(page.locator("#filebrowser")).not_to_be_visible()
    large = task.evaluate("node => parseFloat(getComputedStyle(node.querySelector('.widget-html-content')).fontSize)")
    assert large >= 1.4 * usual
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(code).to_be_visible()
    expect(page.locator("#filebrowser")).to_be_visible()
    assert lab.errors == []


def test_ten_explorers_answer_in_one_notebook_and_a_closed_one_is_gone(lab: Lab) -> None:
    code = (
        "from crmlab.delivered_value.explorer import whose_time",
        "ten = [whose_time() for _ in range(10)]\nfor one in ten:\n    display(one)",
    )
    page = run_new(lab, *code, "ten[0].close()")
    explorers = page.locator(".crmlab-explorer")
    expect(explorers).to_have_count(9)
    for number in (0, 4, 8):
        canvas, sentence, slider = parts(explorers.nth(number))
        slider.focus()
        page.keyboard.press("ArrowRight")
        expect(sentence).to_contain_text("At 13 yuan per hour")
        expect(canvas).to_have_attribute("aria-label", sentence.text_content() or "")
    expect(explorers.nth(1).locator(".crmlab-caption")).to_contain_text("At 12 yuan per hour")
    assert lab.errors == []


def test_without_anywidget_in_the_browser_a_plain_image_takes_its_place(lab: Lab) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    lab.page.route("**/lab/extensions/anywidget/**", refuse)
    page = run_new(lab, "from crmlab.delivered_value.explorer import whose_time", "whose_time()")
    explorer = page.locator(".crmlab-explorer")
    image = explorer.locator("img.widget-image")
    expect(image).to_be_visible(timeout=20_000)  # the page is given time to show the picture itself
    expect(explorer.get_by_text("javascript error")).not_to_be_visible()
    before = image.get_attribute("src")
    explorer.locator('[role="slider"]').first.focus()
    page.keyboard.press("ArrowRight")
    expect(explorer).to_contain_text("At 13 yuan per hour")
    page.wait_for_function(
        "([node, old]) => node.src !== old && node.naturalWidth > 0", arg=[image.element_handle(), before]
    )
    explorer.locator(".crmlab-reset").click()
    expect(explorer).to_contain_text("At 12 yuan per hour")


def test_a_first_picture_does_not_wait_for_the_cells_below(lab: Lab) -> None:
    code = ("from crmlab.delivered_value.explorer import whose_time", "whose_time()", "import time; time.sleep(20)")
    page = open_new(lab, *code)

    def first_picture_while_busy() -> bool:
        sentence = page.locator(".crmlab-caption")
        return sentence.count() == 1 and "At 12 yuan per hour" in (sentence.text_content() or "")

    lab.restart_until(first_picture_while_busy)
    expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]')).to_be_attached()
    canvas = page.locator('.crmlab-explorer canvas[role="img"]')
    drawn = canvas.evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(one => one < 100)"
    )
    assert drawn
