"""What tests of grading ask of the system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crmlab.grading.engine import pool, probe

needs_sandbox = pytest.mark.skipif(probe().name != "sandbox", reason=f"no sandbox here: {probe().note}")
needs_fork = pytest.mark.skipif(not pool.FORKS, reason="warm processes are forked on Linux only")


def below(pid: int | None = None) -> set[int]:
    """All processes below one, by default below this one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found = [pid or os.getpid()]
    for above in found:
        found += [one for one, parent in parents.items() if parent == above]
    return set(found[1:])


def sleeping(mark: str) -> list[str]:
    """What sleeps on this machine, wherever it hangs, with a mark in its words."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if words.startswith(("sleep", "/usr/bin/sleep", "/bin/sleep")) and mark in words:
                found.append(f"{entry.name} {words}")
    return found
