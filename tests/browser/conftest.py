"""One course and one Chromium for all browser tests, a fresh page for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from student import FLAGS, Course, Lab, running_course


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory, chromium: Path) -> Iterator[Course]:
    """One course for all tests."""
    with running_course(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def lab(browser: Browser, course: Course) -> Iterator[Lab]:
    """A page at laptop width."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Lab(page, course)
    context.close()
