"""What all tests share: the language is English again after each test, and what a machine lacks is said, not hidden."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from run_all import chromium as find_chromium
from run_all import real_data_folder

from crmlab.core.text import use_language

collect_ignore = ["run_all.py", "browser/screenshots.py"]  # programs, not tests

os.environ.setdefault("MPLBACKEND", "agg")
if _data := real_data_folder():
    os.environ["CRMLAB_DATA"] = str(_data)  # where crmlab.core.data.real looks first

settings.register_profile("crmlab", deadline=None, derandomize=True)  # the same examples on every run
settings.load_profile("crmlab")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium for browser tests; without one they are skipped with the reason."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium, Chrome or Edge here")
    return path


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip ``real_data`` tests without a copy of the data; ``real_data("cdnow_sample.txt")`` asks for these files."""
    for mark in item.iter_markers("real_data"):
        folder = real_data_folder()
        if folder is None:
            pytest.skip("real data: no copy in CRMLAB_DATA or ../shared/data")
        for name in mark.args:
            if not (folder / name).is_file():
                pytest.skip(f"real data: no {name} in the data folder")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests first, so that no processor waits for them at the end."""
    items.sort(key=lambda item: "test_wheel" not in item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once whether tests on real data could run."""
    if real_data_folder() is None:
        terminalreporter.write_line("Tests on real data were not run: no copy in CRMLAB_DATA or ../shared/data.")
