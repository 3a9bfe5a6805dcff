"""A class of simulated students, to try grading with: right answers, misconceptions that the traps know, broken files.

Nobody in it is real; names and answers are drawn at random with a fixed seed.
"""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import crmlab
from crmlab.core.answers import plain, write_whole
from crmlab.core.checks import Item, Params, PartsItem
from crmlab.grading.assign import CLASS_FILE, assign
from crmlab.grading.notebooks import graded, numbers_of, variable
from crmlab.grading.roster import Student

_FAMILY = ("Chen", "Garcia", "Ito", "Kim", "Li", "Müller", "Nowak", "Okafor", "Rossi", "Singh", "Wang", "Zhao")
_GIVEN = ("Ada", "Bo", "Cora", "Deng", "Eva", "Finn", "Gita", "Hao", "Ida", "Jun", "Kofi", "Lin", "Mei", "Noa", "Omar")
_SKILL = (0.35, 0.95)  # from the weakest student to the best: chance to know an item
_FAVOURITE = 0.7  # a wrong answer is as likely as this the set's most common misconception
_BLANK = 0.08
_SUBMISSIONS = "submissions"


def demo_class(folder: Path, set_name: str = "12_credit_policy", students: int = 30, seed: int = 1) -> Path:
    """Make a class folder and what its students handed in.

    Parameters
    ----------
    folder
        Made if missing; must be empty.
    set_name
        The set they worked on.
    students
        How many.
    seed
        Another number, another class.

    Returns
    -------
    The folder with the submissions.

    Raises
    ------
    ValueError
        The folder is not empty.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty; name a new folder.")
    draw = random.Random(seed)
    roster = [
        Student(f"2026{number:03d}", f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}", section="AB"[number % 2])
        for number in range(1, students + 1)
    ]
    salt = hashlib.sha256(f"demo class {seed}".encode()).hexdigest()  # no secret: the same class on every machine
    write_whole(folder / CLASS_FILE, json.dumps({"salt": salt, "version": crmlab.__version__, "sets": {}}).encode())
    handed_out = assign(roster, set_name, folder)
    items = graded(set_name)
    for number, (student, path) in enumerate(zip(roster, handed_out, strict=True)):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        numbers = numbers_of(set_name, student.id, salt)
        skill = _SKILL[0] + (_SKILL[1] - _SKILL[0]) * number / max(students - 1, 1)
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            item = next((one for one in items if one.id == name), None)
            if item is not None and draw.random() > _BLANK:
                cell["source"] = f"{variable(item.id)} = {_given(item, numbers[item.id], skill, draw)!r}"
        content = json.dumps(notebook, ensure_ascii=False).encode("utf-8")
        write_whole(folder / _SUBMISSIONS / f"{set_name}_{student.id}.ipynb", _broken(content, number))
    return folder / _SUBMISSIONS


def _given(item: Item, params: Params, skill: float, draw: random.Random) -> Any:
    """Return what a student of some skill writes down."""
    if isinstance(item, PartsItem):
        return {name: _given(part, params, skill, draw) for name, part in item.parts.items()}
    if draw.random() < skill:
        return plain(item.solve(params))
    known = [wrong for trap in item.traps if _tells(wrong := trap.wrong(params))]
    if not known:
        return plain(0)
    return plain(known[0] if draw.random() < _FAVOURITE else draw.choice(known))


def _tells(wrong: Any) -> bool:
    """Whether a trap shows with these numbers; silent ones give NaN, None or a set with None."""
    return wrong is not None and wrong == wrong and wrong != {None}


def _broken(content: bytes, number: int) -> bytes:
    """Break two of thirty: one file cut off, one with an endless loop in its first cell of code."""
    if number % 30 == 11:
        return content[: len(content) // 2]
    if number % 30 == 23:
        notebook = json.loads(content)
        first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        first["source"] = "while True:\n    pass"
        return json.dumps(notebook).encode("utf-8")
    return content
