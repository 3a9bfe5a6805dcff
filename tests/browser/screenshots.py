"""Take the README's pictures from a running course: ``python tests/browser/screenshots.py [FOLDER]``.

Without a folder they go to ``docs``. Each picture is one element of the page, at twice the resolution.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

# The folders must be on the path first.
import student  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from run_all import chromium  # noqa: E402

CHAPTER = "06_delivered_value.ipynb"
ITEM = "delivered_value-q2"
WRONG = "small"


def main(folder: Path) -> None:
    """Open the chapter in both languages, and take an explorer and a check that names a misconception."""
    found = chromium()
    if found is None:
        sys.exit("no Chromium, Chrome or Edge here")
    with (
        tempfile.TemporaryDirectory() as work,
        sync_playwright() as playwright,
        student.running_course(Path(work)) as course,
    ):
        browser = playwright.chromium.launch(executable_path=str(found), args=list(student.FLAGS))
        for lang, ending in (("en", ""), ("zh", "-zh")):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
            lab = student.Lab(context.new_page(), course)
            lab.open(f"{lang}/{CHAPTER}")
            lab.run(f"{lang}/{CHAPTER}")
            lab.find("whose_time(").locator(".crmlab-explorer").screenshot(path=folder / f"explorer{ending}.png")
            card = lab.find(f'predict("{ITEM}")').locator(f'[data-item="{ITEM}"]')
            card.locator(f'input[value="{WRONG}"]').check()
            card.locator("button").click()
            card.locator("button").click()
            card.locator('[data-status="trap"]').wait_for()
            card.screenshot(path=folder / f"check{ending}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "docs")
