"""Run every check and say what was covered: what `make test` does, on any system.

``python tests/run_all.py`` runs all steps; ``python tests/run_all.py lint types`` only those; ``relock`` renews
requirements.lock. Each pytest step leaves its results in a JUnit file, from which the closing lines are counted.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
PLATFORMS = {
    "Linux": "x86_64-unknown-linux-gnu",
    "Linux on ARM": "aarch64-unknown-linux-gnu",
    "macOS": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
WORKERS = ("-n", str(os.cpu_count() or 2))
NO_NETWORK = re.compile(r"(?i)failed to fetch|error sending request|dns error|connect|timed out|network")


@dataclass
class Result:
    """What one step did: ``failed`` or not, one phrase for the closing line, and what was not run and why."""

    failed: bool = False
    covered: str = ""
    not_run: list[str] = field(default_factory=list)
    output: str = ""


# ---- what the machine offers ----


def real_data_folder() -> Path | None:
    """The folder with local copies of the public data sets: CRMLAB_DATA, then ../shared/data."""
    for folder in (os.environ.get("CRMLAB_DATA"), ROOT.parent / "shared" / "data"):
        if folder and Path(folder).is_dir():
            return Path(folder)
    return None


def chromium() -> Path | None:
    """A Chromium, Chrome or Edge that starts, or None. CRMLAB_CHROMIUM names another one."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"]
    found = [os.environ.get("CRMLAB_CHROMIUM"), *map(shutil.which, names)]
    if sys.platform == "darwin":
        apps = ("Google Chrome", "Chromium", "Microsoft Edge")
        found += [f"/Applications/{app}.app/Contents/MacOS/{app}" for app in apps]
    if sys.platform == "win32":  # asking these for their version opens a window
        folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        programs = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
        found = [rf"{folder}\{program}" for program in programs for folder in folders if folder]
        return next((Path(path) for path in found if path and Path(path).exists()), None)
    for path in found:  # Ubuntu's chromium-browser may be an empty shell that only names a snap
        if path and Path(path).exists() and _run([path, "--version"]).returncode == 0:
            return Path(path)
    return None


def postgresql() -> Path | None:
    """The folder with PostgreSQL's initdb and pg_ctl, the newest where there are several, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent  # its other programs stand there
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")  # Debian and Ubuntu, off the path
    return max((path.parent for path in versions), key=lambda folder: float(folder.parent.name), default=None)


def install(name: str, packages: Iterable[str], found: Callable[[], Path | None]) -> str:
    """Install a program with the system's package manager where that is permitted; return why it was not, or ''."""
    manager = next(filter(shutil.which, ("apt-get", "dnf")), None)
    if manager is None or sys.platform != "linux":
        return f"no {name} here"
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (not shutil.which("sudo") or _run(["sudo", "-n", "true"]).returncode):
        return f"no {name} here, and {manager} may not install it without a password"
    print(f"Installing {name} ...", flush=True)
    quiet = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", manager]
    if manager == "apt-get":
        _run([*quiet, "update"])
    for package in packages:
        if _run([*quiet, "install", "-y", package]).returncode == 0 and found():
            return ""
    return f"no {name} here, and {manager} could not install it"


# ---- steps ----


def _run(command: Iterable[str | Path], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, keep what it prints; 20 minutes are the most any step may take."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=1200,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(list(map(str, command)), 1, f"{error}\n")


def _tool(name: str) -> str:
    """A program of the environment this script runs in."""
    return str(Path(sys.executable).with_name(f"{name}.exe" if sys.platform == "win32" else name))


def _quiet(covered: str, *commands: list[str]) -> Result:
    done = [_run(command) for command in commands]
    return Result(any(one.returncode for one in done), covered, output="".join(one.stdout for one in done))


def _pytest(*options: str | Path) -> tuple[int, Counter[str], list[str]]:
    """Run pytest with its output in sight; return its exit code, a count per file and the reasons for skips."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", "-o", "junit_family=xunit1", *options]
        code = subprocess.run([str(part) for part in command], cwd=ROOT).returncode
        ran: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
            reason = case.find("skipped")
            if reason is None:
                ran[case.get("file") or case.get("classname") or ""] += 1
            elif reason.get("type") != "pytest.xfail":
                skipped[reason.get("message") or "no reason given"] += 1
    return code, ran, [f"{count} {'test' if count == 1 else 'tests'}: {why}" for why, count in skipped.items()]


def lint() -> Result:
    """Style: ruff's rules and layout."""
    return _quiet("style", [_tool("ruff"), "check", "-q"], [_tool("ruff"), "format", "--check", "-q"])


def types() -> Result:
    """Types: mypy, strict on the package."""
    return _quiet("types", [sys.executable, "-m", "mypy"])


def build() -> Result:
    """Freshness: generated files are what their sources give."""
    return _quiet("generated files fresh", [sys.executable, "-m", "crmlab", "build", "--check"])


def supported_pythons() -> list[str]:
    """The Python versions pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))


def compile_lock(output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Write the lock: every dependency, tests too, one version for all systems and Pythons, hashes, no address."""
    what = ["pyproject.toml", "--group", "test", "--python-version", supported_pythons()[0]]
    kind = ["--universal", "--fork-strategy", "fewest", "--generate-hashes"]
    form = ["--no-emit-index-url", "--no-annotate", "--custom-compile-command", "make lock", "-q"]
    return _run([_tool("uv"), "pip", "compile", *what, *kind, *form, "-o", str(output), *options])


def lock() -> Result:
    """The lock: follows from pyproject.toml, and has a wheel of everything for every system and Python."""
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / LOCK.name
        again.write_bytes(LOCK.read_bytes())
        done = compile_lock(again)
        if done.returncode and NO_NETWORK.search(done.stdout):
            return Result(not_run=["the lock's check on other systems (no network)"])
        if done.returncode or again.read_bytes() != LOCK.read_bytes():
            why = "requirements.lock is not what pyproject.toml asks for; `make lock` renews it."
            return Result(True, output=f"{done.stdout}{why}\n")
        fixed = [_tool("uv"), "pip", "install", "-q", "--dry-run", "--require-hashes", "--only-binary", ":all:"]
        wanted = [(system, python) for system in PLATFORMS for python in supported_pythons()]

        def resolves(case: tuple[str, str]) -> str:
            where = ["--python-platform", PLATFORMS[case[0]], "--python-version", case[1], "--target", f"{folder}/none"]
            done = _run([*fixed, *where, "-r", str(LOCK)], Path(folder))
            return f"{case[0]}, Python {case[1]}: {done.stdout}" if done.returncode else ""

        with ThreadPoolExecutor(4) as pool:
            problems = "".join(pool.map(resolves, wanted))
    systems, pythons = ", ".join(PLATFORMS), " ".join(supported_pythons())
    return Result(bool(problems), f"the lock has wheels for {systems} with Python {pythons}", output=problems)


def unit() -> Result:
    """Unit tests and doctests."""
    if not postgresql():  # where it cannot be installed either, the tests that need it are skipped and say so
        install("PostgreSQL", ("postgresql", "postgresql-server"), postgresql)
    code, ran, skipped = _pytest(*WORKERS, "crmlab", "tests", "--ignore=tests/browser", "--ignore=tests/bench")
    return Result(code != 0, f"{ran.total()} unit tests and doctests", skipped)


def notebooks() -> Result:
    """Every notebook in both languages: each output as stored (nbval)."""
    files = [path for lang in ("en", "zh") for path in sorted((ROOT / "notebooks" / lang).glob("*.ipynb"))]
    if not files:
        return Result(True, output="No notebook in notebooks/en and notebooks/zh: make build\n")
    # One after the other: of two kernels that start at once, one may take the port that the other was promised.
    code, ran, skipped = _pytest("--nbval", "--nbval-current-env", "-o", "addopts=", *files)
    covered = f"{len(ran)} notebooks, {ran.total()} cells, English and Chinese"
    return Result(code != 0 or len(ran) != len(files), covered, skipped)


def browser() -> Result:
    """Real JupyterLab in a real Chromium."""
    why = "" if chromium() else install("Chromium", ("chromium", "chromium-browser"), chromium)
    path = chromium()
    if path is None:
        return Result(not_run=[f"browser tests ({why})"])
    version = path.stem if sys.platform == "win32" else _run([path, "--version"]).stdout.strip().splitlines()[-1]
    code, ran, skipped = _pytest(*WORKERS, "tests/browser")
    return Result(code != 0, f"{ran.total()} browser tests in {version}", skipped)


AT_ONCE: tuple[Callable[[], Result], ...] = (types, build, lint, lock)  # two at a time, printed when done
IN_TURN: tuple[Callable[[], Result], ...] = (unit, notebooks, browser)  # each uses all processors


def main(chosen: list[str]) -> int:
    """Run the chosen steps (all when none is named) and print what was covered."""
    if chosen == ["relock"]:
        done = compile_lock(LOCK, "--upgrade")
        print(done.stdout, end="")
        return done.returncode
    steps = {step.__name__: step for step in (*AT_ONCE, *IN_TURN)}
    if unknown := sorted(set(chosen) - set(steps)):
        print(f"No step {unknown[0]!r}; there are {', '.join(steps)}, relock.")
        return 2
    begin = time.monotonic()
    results: dict[str, Result] = {}
    data = real_data_folder()
    if data:
        os.environ["CRMLAB_DATA"] = str(data)

    def report(name: str, result: Result, seconds: float) -> None:
        results[name] = result
        print(result.output, end="")
        verdict = "FAILED" if result.failed else "ok" if result.covered else "not run"
        print(f"== {name}: {verdict} ({seconds:.0f} s)", flush=True)

    def timed(step: Callable[[], Result]) -> tuple[str, Result, float]:
        start = time.monotonic()
        return step.__name__, step(), time.monotonic() - start

    quick = [step for step in AT_ONCE if not chosen or step.__name__ in chosen]
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(timed, quick):
            report(*outcome)
    for step in IN_TURN:
        if not chosen or step.__name__ in chosen:
            print(f"\n== {step.__name__}: {(step.__doc__ or '').strip()}", flush=True)
            report(*timed(step))

    failed = [name for name, result in results.items() if result.failed]
    not_run = [why for result in results.values() for why in result.not_run]
    covered = [result.covered for result in results.values() if result.covered and not result.failed]
    print(f"\nCovered: {'; '.join(covered) or 'nothing'}.")
    if "unit" in results:
        where = "CRMLAB_DATA" if data and data != ROOT.parent / "shared" / "data" else "../shared/data"
        print(f"Real data: {f'yes, from {where}' if data else 'not run (no copy in CRMLAB_DATA or ../shared/data)'}.")
    here = {"Darwin": "macOS"}.get(platform.system(), platform.system())
    others = " and ".join(name for name in ("Linux", "macOS", "Windows") if name != here)
    print("\n".join(f"Not run: {one}." for one in [*not_run, f"anything on {others}"]))
    verdict = f"FAILED: {', '.join(failed)}" if failed else "All passed"
    print(f"{verdict}; {here}, Python {platform.python_version()}, {time.monotonic() - begin:.0f} s.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
