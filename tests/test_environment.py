"""conda's file, pyproject.toml and the lock agree; nothing tracked names a registry or a folder of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import crmlab

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # conda's name -> the Python package's
Bounds = dict[str, SpecifierSet]

ADDRESSES = re.compile(
    r"pypi\.org|pythonhosted\.org|anaconda\.org|registry\.npm|proxy\.golang\.org"
    r"|(?:mirrors?|pypi)\.[a-z0-9-]+\.(?:com|cn|edu|org)"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(?:root|home|Users|work|opt|mnt|tmp)/\w|[A-Z]:\\\\?Users\\")


def python_bounds(requirements: list[str]) -> Bounds:
    parsed = [Requirement(line) for line in requirements]
    return {canonicalize_name(one.name): one.specifier for one in parsed}


def conda_bounds() -> tuple[Bounds, list[str]]:
    """Names and bounds of environment.yml, and what it leaves to pip."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [Requirement(one) for one in listed if isinstance(one, str)]
    bounds = {CONDA_NAMES.get(one.name, canonicalize_name(one.name)): one.specifier for one in plain}
    return bounds, [line for one in listed if isinstance(one, dict) for line in one["pip"]]


def locked() -> dict[str, list[str]]:
    """Each locked package with its version, its marker and its hashes."""
    found: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", LOCK)[1:]:
        head, *hashes = [part.strip(" \\") for part in entry.strip().split("\n")]
        one = Requirement(head)
        assert one.name not in found, f"{one.name} is locked twice"
        found[one.name] = [next(iter(one.specifier)).version, str(one.marker or ""), *hashes]
    return found


def tracked() -> list[Path]:
    """The files git knows or would add; in a source archive without git, all files."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git here to list the tracked files")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_conda_and_pyproject_name_the_same_packages_with_the_same_bounds() -> None:
    conda, _ = conda_bounds()
    conda.pop("pip")
    assert conda.pop("python") == SpecifierSet(PROJECT["requires-python"])
    assert conda == python_bounds(PROJECT["dependencies"])


def test_conda_installs_the_kit_itself_and_nothing_else_with_pip() -> None:
    conda, pip = conda_bounds()
    assert "pip" in conda and pip == ["-e ."]


def test_the_lock_holds_every_package_at_a_version_within_its_bound() -> None:
    versions = {name: entry[0] for name, entry in locked().items()}
    wanted = python_bounds(PROJECT["dependencies"]), python_bounds(PYPROJECT["dependency-groups"]["test"])
    for name, bound in [*wanted[0].items(), *wanted[1].items()]:
        assert name in versions, f"{name} is not in requirements.lock: make lock"
        assert Version(versions[name]) in bound, f"{name} {versions[name]} is outside {bound}: make lock"


def test_every_bound_is_a_lower_bound() -> None:
    groups = [PROJECT["dependencies"], PYPROJECT["dependency-groups"]["test"], PYPROJECT["build-system"]["requires"]]
    for name, bound in [pair for group in groups for pair in python_bounds(group).items()]:
        assert [one.operator for one in bound] == [">="], f"{name} {bound}"


def test_what_builds_the_kit_is_locked_too() -> None:
    test_group = python_bounds(PYPROJECT["dependency-groups"]["test"])
    for name, bound in python_bounds(PYPROJECT["build-system"]["requires"]).items():
        assert test_group[name] == bound


def test_every_locked_package_has_hashes() -> None:
    assert len(locked()) > 100
    for name, (_, _, *hashes) in locked().items():
        assert hashes and all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), name


def test_the_lock_holds_no_address() -> None:
    found = re.findall(r"^.*(?:://|file:|--index|--find-links|\s@\s|-e ).*$", LOCK, re.MULTILINE)
    assert found == []


def test_no_locked_package_is_left_out_on_a_supported_python() -> None:
    """Markers choose systems; one that chose a Python would give classmates different versions."""
    markers = {name: entry[1] for name, entry in locked().items() if "python" in entry[1]}
    allowed = {
        "importlib-metadata",
        "lazy-importer",
        "librt",
        "overrides",
        "pycparser",
        "zipp",
    }  # needed on some Pythons only, one version each
    assert set(markers) <= allowed, markers


def test_the_workflow_runs_on_every_supported_python() -> None:
    pythons = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == pythons
    assert SpecifierSet(PROJECT["requires-python"]) == SpecifierSet(f">={pythons[0]}")
    assert PYPROJECT["tool"]["mypy"]["python_version"] == pythons[0]
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + pythons[0].replace(".", "")


def test_one_version_number_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert crmlab.__version__ == str(citation["version"]) == newest[1]


def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # fonts and pictures
        for number, line in enumerate(text.splitlines(), 1):
            if ADDRESSES.search(line) or MACHINE_PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_text_files_end_their_lines_alike() -> None:
    texts = [path for path in tracked() if path.suffix in {".py", ".ipynb", ".csv", ".md", ".toml", ".yml", ".lock"}]
    assert [path.name for path in texts if b"\r" in path.read_bytes()] == []
