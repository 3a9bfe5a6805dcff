"""The crmlab command: what it prints, what it refuses, and its exit codes."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import crmlab
from crmlab import lab
from crmlab.cli import main
from crmlab.core import checks
from crmlab.core.answers import FOLDER, Answers
from crmlab.core.course import update_working_copy


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Catch what would be served instead of serving it."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(lab, "serve", lambda *given, **named: calls.append((*given, named)))
    return calls


def test_version_and_help() -> None:
    assert run("--version").output.strip().endswith(crmlab.__version__)
    assert {"lab", "doctor", "build", "syllabus", "progress"} <= set(run("--help").output.split())


def test_lab_makes_a_working_copy_in_a_folder_with_spaces_and_chinese(tmp_path: Path, served: list[Any]) -> None:
    work = tmp_path / "my course 课程"
    result = run("lab", "--no-browser", "--lang", "zh", "--work", work)
    assert result.exit_code == 0
    assert (work / "zh" / "start.ipynb").is_file() and (work / "en" / "06_delivered_value.ipynb").is_file()
    assert served == [(work, "zh", {"browser": False, "port": None})]
    assert str(work) in result.output


def test_a_port_in_use_is_one_sentence(tmp_path: Path, served: list[Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("lab", "--port", str(port), "--work", tmp_path / "copy")
    assert (result.exit_code, served) == (1, [])
    assert result.output == f"Error: port {port} is in use; give another one, or leave --port out to take a free one.\n"
    assert run("lab", "--port", str(port), "--work", tmp_path / "copy").exit_code == 0


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path, served: list[Any]) -> None:
    (tmp_path / "file").write_text("no folder")
    result = run("lab", "--work", tmp_path / "file" / "copy")
    assert (result.exit_code, served) == (1, [])
    assert result.output.startswith(f"Error: the folder {tmp_path / 'file' / 'copy'} cannot be used (")
    assert result.output.count("\n") == 1 and "--work" in result.output


def test_a_read_only_folder_is_one_sentence(tmp_path: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run("lab", "--work", tmp_path / "copy")
    assert (result.exit_code, served) == (1, [])
    assert result.output.endswith("cannot be used (Permission denied); choose another one with --work.\n")


def test_settings_turn_off_news_updates_and_whatever_asks_the_network(tmp_path: Path) -> None:
    folder = lab.write_settings(tmp_path, "zh") / "labconfig"
    defaults = json.loads((folder / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert defaults["@jupyterlab/translation-extension:plugin"] == {"locale": "zh_CN"}
    assert defaults["@jupyterlab/apputils-extension:notification"] == {"checkForUpdates": False, "fetchNews": "false"}


def test_doctor_finds_this_installation_well() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert all(line.startswith("ok ") for line in result.output.splitlines())


def test_doctor_names_a_package_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    from crmlab import cli

    found = cli.metadata.version
    monkeypatch.setattr(cli.metadata, "version", lambda name: "1.5" if name == "pandas" else found(name))
    result = run("doctor")
    assert result.exit_code == 1
    assert "PROBLEM  packages: pandas is 1.5, needed is >=3.0" in result.output


def test_syllabus_tells_what_is_taught_where() -> None:
    chapters = {one["slug"]: one for one in json.loads(run("syllabus", "--json").output)["chapters"]}
    chapter = chapters["delivered_value"]
    assert chapter["number"] == "06"
    headings = {concept["id"]: concept["heading"] for concept in chapter["concepts"]}
    assert len(headings) >= 19 and all(headings.values())
    assert [one["id"] for one in chapter["explorers"]] == ["W06.1", "W06.2", "W06.3", "W06.4"]
    assert [one["name"] for one in chapter["explorers"]] == [
        "value_scale",
        "whose_time",
        "compare_pairs",
        "split_the_pie",
    ]
    items = {one["id"]: one for one in chapter["items"]}
    assert {f"delivered_value-{number}" for number in range(1, 7)} == {
        key for key, one in items.items() if one["graded"]
    }
    assert all(one["traps"] for one in items.values() if one["graded"])
    assert "delivered_value" in run("syllabus").output


def test_progress_counts_what_was_answered_right(tmp_path: Path) -> None:
    assert "crmlab lab" in run("progress", "--work", tmp_path).output
    update_working_copy(tmp_path, "1.0")
    before = run("progress", "--work", tmp_path).output
    item = checks.find("start-p1")
    answer = item.solve(item.params())
    Answers(tmp_path / FOLDER).add(item.id, answer, item.check(answer, item.params()))
    after = run("progress", "--work", tmp_path).output
    assert before.splitlines()[0].split()[1].split("/")[0] == "0"
    assert after.splitlines()[0].split()[1].split("/")[0] == "1"
    assert before.splitlines()[1:] == after.splitlines()[1:]


def test_build_without_sources_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crmlab import cli

    monkeypatch.setattr(cli, "course_root", lambda: tmp_path)
    result = run("build")
    assert result.exit_code == 1
    assert result.output.startswith("Error: an installed kit holds no sources")
