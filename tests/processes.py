"""What tests of grading ask of the system."""

from __future__ import annotations

import os
from pathlib import Path


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
