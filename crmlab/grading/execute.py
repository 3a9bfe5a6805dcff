"""Every submission of a class run whole, with pictures and tables, as notebooks and pages to grade by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crmlab.core.answers import write_whole
from crmlab.core.text import Text
from crmlab.export import html
from crmlab.grading.assign import EXECUTED
from crmlab.grading.collect import Found
from crmlab.grading.engine.pool import CellJob, Job, Limits, Pool
from crmlab.grading.engine.sandbox import Isolation, SandboxError
from crmlab.grading.kernels import IMPORTS, run_whole
from crmlab.grading.notebooks import NotAWork, Work, graded, read, repair
from crmlab.grading.run import gather, questions


@dataclass(frozen=True)
class Executed:
    """One submission: its page, or None with the reason why there is none."""

    path_in: str
    page: Path | None
    reason: Text | None = None


class Execution:
    """Runs the submissions of a set that count, one notebook and one page for each.

    Parameters
    ----------
    place, set_name, folder, workers, limits, isolation
        As in :class:`crmlab.grading.run.Run`.

    Raises
    ------
    ValueError
        The class, the roster or the place cannot be used; the message says which and why.
    """

    def __init__(
        self,
        place: Path,
        set_name: str,
        folder: Path,
        *,
        workers: int | None = None,
        limits: Limits | None = None,
        isolation: Literal["auto", "sandbox", "none"] = "auto",
    ) -> None:
        self.set_name = set_name
        self.items = graded(set_name)
        self.klass, self.roster, collected = gather(place, set_name, folder)
        self.todo = collected.counting
        self.target = folder / EXECUTED / set_name
        self.pool = Pool(workers, limits, isolation, IMPORTS)

    def __len__(self) -> int:
        return len(self.todo)

    @property
    def isolation(self) -> Isolation:
        """How far students' code was shut in."""
        return self.pool.isolation

    def run(self) -> Iterator[Executed]:
        """Run the submissions and yield them as they are done, in any order."""
        with self.pool as pool:
            yield from pool.each(self._prepare(found) for found in self.todo)

    def _prepare(self, found: Found) -> Callable[[], Executed]:
        student = found.student or ""
        try:
            work = read(found.read(), found.path_in)
            numbers = self.klass.numbers(self.set_name, student)
            cells = repair(work, self.set_name, numbers).cells
        except NotAWork as problem:
            return partial(Executed, found.path_in, None, problem.reason)
        lang = work.lang or self.roster[student].language or "en"
        job = Job(found.path_in, student, lang, (), questions(self.items, numbers, lang))
        return partial(self._run, found.path_in, job, _notebook(work, cells))

    def _run(self, path_in: str, job: Job, notebook: Any) -> Executed:
        try:
            ended = run_whole(notebook, job, self.pool)
        except RuntimeError as error:
            if isinstance(error, SandboxError):
                raise
            return Executed(
                path_in, None, Text(en=f"Its kernel did not start ({error}).", zh=f"内核未能启动（{error}）。")
            )
        for place, why in ended.items():
            said = vars(_ENDED[why])[job.lang]
            notebook.cells[place].outputs.append(new_output("stream", name="stderr", text=f"{said}\n"))
        page = self.target / f"{job.student}.html"
        write_whole(page.with_suffix(".ipynb"), nbformat.writes(notebook).encode())
        write_whole(page, html(notebook, job.lang, job.student, trusted=False).encode())
        return Executed(path_in, page)


_ENDED = {
    "timeout": Text(en="[stopped: the cell ran too long]", zh="[已停止：单元格运行时间过长]"),
    "died": Text(en="[the cell ended its kernel]", zh="[该单元格使内核停止运行]"),
}


def _notebook(work: Work, jobs: list[CellJob]) -> Any:
    """Return a notebook of the cells that are graded, with the student's text between them."""
    left = [job for job in jobs if job.source.strip()]
    cells = []
    ids = {cell.id for cell in work.cells}
    for cell in work.cells:
        if cell.kind != "code":
            cells.append(new_markdown_cell(cell.source))
        while left and (left[0].id == cell.id or left[0].id not in ids):
            cells.append(new_code_cell(left.pop(0).source))
    return new_notebook(
        cells=[*cells, *(new_code_cell(job.source) for job in left)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}},
    )
