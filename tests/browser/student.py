"""A real course in a real browser: `crmlab lab` on a fresh working copy, Chromium driven by playwright."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

START_S = 60
TRIES = 3
RUN_S = 150
SAVE_S = 3
# JupyterLab's own word for a request that a restart of the kernel overtook; nothing is lost by it.
OVERTAKEN = re.compile(r"Canceled future for \w+ message before replies were done")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Course:
    """A running course: its address, its token, and the working copy it serves."""

    address: str
    token: str
    work: Path


@contextmanager
def running_course(folder: Path) -> Iterator[Course]:
    """Start the course as a student does, on a working copy whose path holds a space and Chinese characters."""
    work = folder / "my course 课程"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log.txt"
    with log.open("w") as out:
        command = [sys.executable, "-m", "crmlab", "lab", "--no-browser", "--port", str(port), "--work", str(work)]
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + START_S
            while not (found := re.search(r"http://localhost:\d+/\S*token=(\w+)", log.read_text())):
                assert server.poll() is None and time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            yield Course(f"http://localhost:{port}", found[1], work)
        finally:
            server.terminate()
            server.wait(timeout=30)


@dataclass
class Lab:
    """One JupyterLab page, with all that went wrong in its console and every address it asked for."""

    page: Page
    course: Course
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("request", lambda request: self._ask(request.url))

    def _note(self, error: str) -> None:
        if not OVERTAKEN.search(error):
            self.errors.append(error)

    def _ask(self, address: str) -> None:
        if not address.startswith((self.course.address, "data:", "blob:")):
            self.elsewhere.append(address)

    def _kernel_is_idle(self, notebook: str) -> bool:
        sessions = self.page.request.get(f"{self.course.address}/api/sessions?token={self.course.token}").json()
        states = [one["kernel"]["execution_state"] for one in sessions if one["path"] == notebook and one["kernel"]]
        return states == ["idle"]

    def open(self, notebook: str) -> None:
        """Open a notebook of the working copy and wait until it stands there with a kernel."""
        self.page.goto(f"{self.course.address}/lab/tree/{notebook}?token={self.course.token}&reset")
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", timeout=START_S * 1000)
        self.page.wait_for_selector(
            '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status="idle"]',
            state="attached",
        )
        while not self._kernel_is_idle(notebook):
            self.page.wait_for_timeout(200)
        self.page.wait_for_timeout(1000)  # as long as a person takes to look

    def restart_until(self, done: Callable[[], bool]) -> None:
        """Press the toolbar's restart-and-run-all button and wait; on a busy machine JupyterLab may lose a press."""
        for _ in range(TRIES):
            self.page.click('.jp-NotebookPanel:not(.lm-mod-hidden) [data-command="notebook:restart-run-all"]')
            self.page.click(".jp-Dialog .jp-mod-accept")
            deadline = time.monotonic() + RUN_S / TRIES
            while time.monotonic() < deadline:
                if done():
                    return
                self.page.wait_for_timeout(300)
        raise AssertionError(f"not done after {TRIES} restarts")

    def run(self, notebook: str) -> dict[str, Any]:
        """Run a notebook that was not run before from top to bottom, and return what is saved."""
        saved: dict[str, Any] = {}

        def all_ran() -> bool:
            saved.update(self.save(notebook))
            counts = [cell["execution_count"] for cell in saved["cells"] if cell["cell_type"] == "code"]
            return counts == list(range(1, len(counts) + 1)) and self._kernel_is_idle(notebook)

        self.restart_until(all_ran)
        return saved

    def find(self, code: str) -> Locator:
        """Scroll to the first code cell that holds some code and return it; cells far away are not in the page."""
        notebook = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer")
        cell = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell", has_text=code).first
        notebook.evaluate("node => node.scrollTo(0, 0)")
        for _ in range(80):
            if cell.count() and cell.is_visible():
                cell.scroll_into_view_if_needed()
                return cell
            notebook.evaluate("node => node.scrollBy(0, 300)")
            self.page.wait_for_timeout(100)
        raise AssertionError(f"no cell with {code!r}")

    def save(self, notebook: str) -> dict[str, Any]:
        """Save the notebook and return what is on disk."""
        file = self.course.work / notebook
        before = file.stat().st_mtime_ns
        self.page.click('.jp-NotebookPanel:not(.lm-mod-hidden) [data-command="docmanager:save"]')
        deadline = time.monotonic() + SAVE_S
        while file.stat().st_mtime_ns == before and time.monotonic() < deadline:
            self.page.wait_for_timeout(100)
        while True:
            try:
                content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
                return content
            except ValueError:  # the server is still writing
                self.page.wait_for_timeout(100)
