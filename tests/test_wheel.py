"""A wheel built here, installed in an empty environment elsewhere, opens the course."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from run_all import NO_NETWORK, ROOT

WINDOWS = sys.platform == "win32"
UV = str(Path(sys.executable).with_name("uv.exe" if WINDOWS else "uv"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not list(ROOT.glob("notebooks/en/*.ipynb")):
        pytest.fail("no notebooks to put into the wheel: make build")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("crmlab-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a space and Chinese in its name, with the wheel installed in an environment inside it."""
    folder = tmp_path_factory.mktemp("else") / "my course 课程"
    folder.mkdir()
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, "env"], cwd=folder, check=True, timeout=120)
    lock = ROOT / "requirements.lock"
    install = [UV, "pip", "install", "-q", "--python", "env", "-c", str(lock), str(wheel)]
    done = subprocess.run([*install, "--offline"], cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:  # not all in uv's store yet
        done = subprocess.run(install, cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode and NO_NETWORK.search(done.stderr):
        pytest.skip("the wheel's packages could not be fetched (no network)")
    assert done.returncode == 0, done.stderr
    return folder


def program(folder: Path, name: str) -> str:
    return str(folder / "env" / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name))


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a user who knows nothing of this checkout, with a home of their own."""
    ours = ("PYTHON", "JUPYTER", "VIRTUAL_ENV", "CRMLAB", "CONDA", "XDG_", "IPYTHON", "MPL", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return kept | {"HOME": str(home), "USERPROFILE": str(home)}


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Start ``crmlab lab``; give its address and token once it answers, stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = folder / "said.txt"
    command = [program(folder, "crmlab"), "lab", "--no-browser", "--port", str(port), *options]
    with said.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=folder, env=surroundings(folder), stdout=out, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 90
            address = None
            while address is None:
                text = said.read_text(encoding="utf-8", errors="replace")
                assert server.poll() is None, f"crmlab lab ended early:\n{text}"
                assert time.monotonic() < deadline, f"crmlab lab gave no address in 90 s:\n{text}"
                address = re.search(rf"(http://(?:localhost|127\.0\.0\.1):{port}/)\S*token=(\w+)", text)
                time.sleep(0.1)
            yield address[1], address[2]
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def fetch(address: str) -> tuple[int, str]:
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with straight.open(address, timeout=30) as answer:
        return answer.status, answer.read().decode()


def test_the_wheel_carries_the_course_and_no_solutions(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        course = {name for name in names if name.startswith("crmlab/_course/")}
        marked = [name for name in course if b"BEGIN SOLUTION" in archive.read(name)]
    wanted = {
        f"crmlab/_course/{path.relative_to(ROOT).as_posix()}"
        for pattern in ("notebooks/en/*.ipynb", "notebooks/zh/*.ipynb", "exercises/??/*.ipynb", "datasets/*")
        for path in ROOT.glob(pattern)
        if path.is_file()
    }
    assert course == wanted
    assert marked == []
    assert not [name for name in names if "/src/" in name]


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "crmlab"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True)
    if done.returncode:
        pytest.skip("no git here to list the package's files")
    wanted = {name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as archive:
        assert wanted <= set(archive.namelist())


def test_the_wheel_names_its_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        licences = {name.split("/licenses/")[1] for name in archive.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-CONTENT", "crmlab/core/fonts/OFL.txt"}


def test_the_installed_kit_finds_nothing_missing(elsewhere: Path) -> None:
    done = subprocess.run(
        [program(elsewhere, "crmlab"), "doctor"],
        cwd=elsewhere,
        env=surroundings(elsewhere),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(ROOT) not in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_installed_kit_opens_the_start_page(elsewhere: Path, lang: str) -> None:
    with serving(elsewhere, "--lang", lang) as (address, token):
        status, page = fetch(f"{address}lab/tree/{lang}/start.ipynb?token={token}")
        assert status == 200 and "JupyterLab" in page
        status, start = fetch(f"{address}api/contents/{lang}/start.ipynb?content=0&token={token}")
        assert status == 200 and '"notebook"' in start
    assert (elsewhere / "home" / "crmlab-course" / lang / "start.ipynb").is_file()
