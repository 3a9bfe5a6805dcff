"""Handing in, on the student's side: one file without outputs, and a receipt that says what is in it.

What is missing is said and does not stop anything: a half set handed in is better than none.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import crmlab
from crmlab.core.answers import FOLDER, Answers, working_copy, write_whole
from crmlab.core.text import Language, Text
from crmlab.grading.notebooks import MOST_WITH_OUTPUTS, Answered, NotAWork, Work, answered, decoded, read, repair, sets
from crmlab.grading.roster import why_no_file_name

_MAGIC = re.compile(r"^\s*[%!?]|=\s*[%!]|\?\s*$", re.MULTILINE)  # which IPython takes and Python does not


@dataclass(frozen=True)
class Receipt:
    """What was handed in: the hash of the file, when, by whom, and how far each answer is."""

    path: Path
    file: Path
    sha256: str
    time: datetime
    student: str
    set_name: str
    version: str
    items: tuple[Answered, ...]
    broken: Mapping[str, int]  # items whose cell is no valid Python -> the line that is not
    lang: Language

    @property
    def complete(self) -> bool:
        """Whether every answer is filled in."""
        return self._filled == len(self.items)

    @property
    def _filled(self) -> int:
        return sum(one.state == "filled" and one.item not in self.broken for one in self.items)

    @property
    def text(self) -> Text:
        """The receipt in words."""
        head = Text(
            en="crmlab receipt\n\nset      {set}\nstudent  {student}\nfile     {file}\nSHA-256  {sha}\n"
            "time     {time}\nkit      {version}\nitems    {filled} of {all} answered\n",
            zh="crmlab 提交回执\n\n练习     {set}\n学号     {student}\n文件     {file}\nSHA-256  {sha}\n"
            "时间     {time}\n版本     {version}\n答题     共 {all} 题，已答 {filled} 题\n",
        ).format(
            set=self.set_name,
            student=self.student,
            file=self.file.name,
            sha=self.sha256,
            time=self.time.isoformat(timespec="seconds"),
            version=self.version,
            filled=self._filled,
            all=len(self.items),
        )
        lines = [_line(one, self.broken.get(one.item)) for one in self.items]
        end = Text(
            en="The set is complete."
            if self.complete
            else "You can still fill in what is missing, save, and run this again.",
            zh="全部答完。" if self.complete else "可以补上缺少的答案，保存后再运行一次。",
        )
        return Text(
            en="\n".join([head.en, *(line.en for line in lines), "", end.en, ""]),
            zh="\n".join([head.zh, *(line.zh for line in lines), "", end.zh, ""]),
        )


_STATES = {
    "filled": Text(en="answered", zh="已作答"),
    "partly": Text(en="partly answered", zh="部分作答"),
    "blank": Text(en="no answer yet", zh="还没有答案"),
    "missing": Text(en="the answer cell is missing", zh="缺少答案单元格"),
}


HAND_IN = Text(en="Hand in this file: {path}", zh="请提交这个文件：{path}")


def _line(one: Answered, broken: int | None) -> Text:
    number, state = one.item.rpartition("-")[2], _STATES[one.state]
    if broken is not None:
        return Text(
            en=f"the cell of item {number} has a syntax error in line {broken}",
            zh=f"第 {number} 题的单元格第 {broken} 行有语法错误",
        )
    return Text(
        en=f"item {number}: {state.en}" + (f"; still open: {', '.join(one.open)}" if one.open else ""),
        zh=f"第 {number} 题：{state.zh}" + (f"；尚缺：{'、'.join(one.open)}" if one.open else ""),
    )


def submit(notebook: Path, folder: Path | None = None) -> tuple[Path, Receipt]:
    """Write the file to hand in, ``<set>_<student>.ipynb`` without outputs, and a receipt beside it.

    Parameters
    ----------
    notebook
        The saved notebook of a graded set.
    folder
        Where the two files go; the notebook's folder if None.

    Returns
    -------
    The file, and the receipt; ``receipt.text`` says what is still missing.

    Raises
    ------
    NotAWork
        The file is no graded set, or names no student; ``reason`` says it in both languages.
    OSError
        The folder cannot be written.
    """
    if not notebook.is_file():
        raise NotAWork(Text(en=f"There is no file {notebook}.", zh=f"没有文件 {notebook}。"))
    with notebook.open("rb") as file:
        content = file.read(MOST_WITH_OUTPUTS + 1)
    work = read(content, notebook.name, MOST_WITH_OUTPUTS)
    if work.set_name not in sets():
        raise NotAWork(Text(en="The notebook is no graded set.", zh="这个笔记本不是评分练习。"))
    states = answered(work, work.set_name)
    student = _student(work, notebook)
    plain = _without_outputs(content, work, student, work.set_name)
    target = (folder or notebook.parent) / f"{work.set_name}_{student}.ipynb"
    if target.exists() and target.samefile(notebook):
        target = target.with_name(f"{target.stem}_submitted.ipynb")  # a learner's own file is never written over
    path = target.with_name(f"{target.stem}_receipt.txt")
    receipt = Receipt(
        path=path,
        file=target,
        sha256=hashlib.sha256(plain).hexdigest(),
        time=datetime.now().astimezone(),
        student=student,
        set_name=work.set_name,
        version=crmlab.__version__,
        items=tuple(states),
        broken=_broken(work, work.set_name),
        lang=work.lang or "en",
    )
    write_whole(target, plain)
    write_whole(path, getattr(receipt.text, receipt.lang).encode("utf-8"))
    return target, receipt


def _broken(work: Work, set_name: str) -> dict[str, int]:
    """Return the items whose cell is no valid Python, each with the line that is not."""
    found = {}
    for cell in repair(work, set_name).cells:
        if cell.item and not _MAGIC.search(cell.source):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # what is odd and valid is no matter of handing in
                    compile(cell.source, cell.item, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            except SyntaxError as error:
                found[cell.item] = error.lineno or 1
            except (ValueError, RecursionError, MemoryError):  # too long or too deep for the compiler: the grader says
                continue
    return found


def _student(work: Work, notebook: Path) -> str:
    """Return whose work it is: as the notebook says, else as the working copy around it knows."""
    student = work.student or ""
    copy = working_copy(notebook.parent)
    if not student and copy is not None:
        student = Answers(copy / FOLDER).student
    if not student:
        raise NotAWork(
            Text(
                en="The notebook names no student: write your student id into student(), in quotes, and save.",
                zh="笔记本里没有学号：请把学号写进 student() 的括号里，加上引号，然后保存。",
            )
        )
    if why_no_file_name(student) is not None:
        raise NotAWork(
            Text(
                en=f"The student id {student!r} cannot be the name of a file: write it as your roster has it.",
                zh=f"学号 {student!r} 不能用作文件名：请按名单上的写法填写。",
            )
        )
    return student


def _without_outputs(content: bytes, work: Work, student: str, set_name: str) -> bytes:
    """Return the notebook as it is, without outputs and widgets, and with the name of its student and set."""
    found: dict[str, Any] = json.loads(decoded(content)[0])
    metadata = found["metadata"] = found["metadata"] if isinstance(found.get("metadata"), dict) else {}
    metadata.pop("widgets", None)
    about = metadata["crmlab"] if isinstance(metadata.get("crmlab"), dict) else {}
    missing = {"student": student, "set": set_name, "lang": work.lang or "en", "version": crmlab.__version__}
    metadata["crmlab"] = missing | about
    for sheet in [found, *_listed(found.get("worksheets"))]:
        for cell in _listed(sheet.get("cells")) if isinstance(sheet, dict) else []:
            if isinstance(cell, dict) and "outputs" in cell:
                cell["outputs"] = []
                for count in ("execution_count", "prompt_number"):
                    if count in cell:
                        cell[count] = None
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace")


def _listed(found: Any) -> list[Any]:
    """Return a list as it is; nothing in place of what should be one."""
    return found if isinstance(found, list) else []
