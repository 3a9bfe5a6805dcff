"""Grading a folder of submissions from end to end: read, run, check, keep; what has its row is not done again."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import crmlab
from crmlab.core.checks import FunctionItem, Item, Params
from crmlab.core.text import Language, use_language
from crmlab.grading.assign import ROSTER_FILE, Class, load_class
from crmlab.grading.collect import Collected, Found, collect
from crmlab.grading.engine.pool import Job, Limits, Outcome, Pool
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook
from crmlab.grading.marks import Mark, follow_up, followed, mark
from crmlab.grading.notebooks import NotAWork, graded, read, repair, variable
from crmlab.grading.roster import Student, read_roster

Keep = Literal["latest", "best"]


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    graded: int
    already: int
    by_status: Mapping[str, int]
    unassigned: tuple[str, ...]
    missing: tuple[str, ...]
    isolation: str
    isolation_note: str
    gradebook: str


@dataclass
class _Seat:
    """A submission on its way through the engine."""

    found: Found
    sha256: str
    student: str
    numbers: Mapping[str, Params]
    job: Job
    notes: list[str]
    version: str
    marks: list[Mark] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    first: Outcome | None = None


class Run:
    """One run over a set's submissions.

    Parameters
    ----------
    place
        Folder, zip or notebook with what was handed in.
    set_name
        The set, such as ``12_credit_policy``.
    folder
        The class folder.
    workers, limits, isolation
        As in :class:`crmlab.grading.engine.pool.Pool`.
    keep
        ``latest``: of several tries the latest is graded; ``best``: all are, and the best counts.
    gradebook
        File or address; by default in the class folder.
    again
        Whether to grade what has its row already; the old rows go to the history.

    Raises
    ------
    ValueError
        The class, the roster, the place or the gradebook cannot be used; the message says which and why.
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
        keep: Keep = "latest",
        gradebook: str | None = None,
        again: bool = False,
    ) -> None:
        self.set_name = set_name
        self.items = graded(set_name)
        self.klass: Class = load_class(folder)
        self.roster: dict[str, Student] = {one.id: one for one in read_roster(folder / ROSTER_FILE)}
        self.collected: Collected = collect(place, list(self.roster.values()), set_name)
        self.book = Gradebook(gradebook or folder / GRADEBOOK_FILE)
        self.pool_options: dict[str, Any] = {"workers": workers, "limits": limits, "isolation": isolation}
        wanted = self.collected if keep == "best" else [*self.collected.counting, *self.collected.unassigned]
        self._todo: list[Found] = list(wanted)
        self._done = set() if again else self.book.done(set_name)
        self._seats: dict[str, _Seat] = {}
        self._again: deque[Job] = deque()
        self._counts: dict[str, int] = {}
        self._already = 0

    def __len__(self) -> int:
        return len(self._todo)

    def grade(self, done: Callable[[], None]) -> Summary:
        """Grade what is left, calling ``done`` after each submission.

        Interrupted at any point, even by a crash, what has its row is kept, and a later run goes on from there.
        """
        with Pool(**self.pool_options) as pool:
            for outcome in pool.run(self._jobs(done)):
                self._take(outcome, done)
            while self._again:
                jobs, self._again = list(self._again), deque()
                for outcome in pool.run(jobs):
                    self._take(outcome, done)
            found = pool.isolation
        return Summary(
            graded=sum(self._counts.values()),
            already=self._already,
            by_status=dict(sorted(self._counts.items())),
            unassigned=tuple(one.path_in for one in self.collected.unassigned),
            missing=tuple(one.id for one in self.collected.missing),
            isolation=found.name,
            isolation_note=found.note,
            gradebook=self.book.address,
        )

    def _jobs(self, done: Callable[[], None]) -> Iterator[Job]:
        for number, found in enumerate(self._todo):
            while self._again:
                yield self._again.popleft()
            job = self._seat(str(number), found, done)
            if job is not None:
                yield job

    def _seat(self, key: str, found: Found, done: Callable[[], None]) -> Job | None:
        """Read one submission; None, with its row written, if there is nothing to run."""
        sha256 = ""
        try:
            content = found.read()
            sha256 = hashlib.sha256(content).hexdigest()
            if (found.path_in, sha256) in self._done:
                self._already += 1
                done()
                return None
            work = read(content, found.path_in)
            student = found.student or ""
            numbers = self.klass.numbers(self.set_name, student) if student else {}
            repaired = repair(work, self.set_name, numbers or None)
        except NotAWork as problem:
            if (found.path_in, sha256) in self._done:
                self._already += 1
            else:
                self._write(found, sha256, "unreadable", problem.reason.en, [], "", "", 0.0, [])
            done()
            return None
        if not student:
            self._write(
                found, sha256, "unreadable", found.note or "It belongs to nobody on the roster.", [], "", "", 0.0, []
            )
            done()
            return None
        lang: Language = work.lang or self.roster[student].language or "en"
        job = Job(
            key=key,
            student=student,
            lang=lang,
            cells=tuple(repaired.cells),
            questions=self._questions(numbers, lang),
            calls={
                variable(item.id): [list(arguments) for arguments in item.inputs(numbers[item.id])]
                for item in self.items
                if isinstance(item, FunctionItem)
            },
        )
        notes = [note.en for note in repaired.notes] + ([found.note] if found.note else [])
        if work.version and work.version != crmlab.__version__:
            notes.append(f"The notebook was made with version {work.version} of the kit; this is {crmlab.__version__}.")
        self._seats[key] = _Seat(found, sha256, student, numbers, job, notes, work.version or "")
        return job

    def _questions(self, numbers: Mapping[str, Params], lang: Language) -> dict[str, dict[str, Any]]:
        use_language(lang)
        return {item.id: _question(item, numbers[item.id]) for item in self.items}

    def _take(self, outcome: Outcome, done: Callable[[], None]) -> None:
        seat = self._seats[outcome.key]
        if seat.first is None:
            seat.first = outcome
            seat.marks = mark(self.items, seat.numbers, outcome, seat.job.cells)
            more = None
            if outcome.status != "failed":
                more = follow_up(seat.job, self.items, seat.numbers, seat.marks, outcome.problems)
            if more is not None:
                job, seat.waiting = more
                self._again.append(job)
                return
        else:
            seat.marks = followed(self.items, seat.numbers, seat.marks, outcome, seat.waiting)
        first = seat.first
        del self._seats[outcome.key]
        self._write(
            seat.found,
            seat.sha256,
            first.status,
            "; ".join(dict.fromkeys(_told(first.problems)))[:1000],
            seat.notes,
            first.isolation,
            seat.version,
            first.seconds,
            seat.marks,
        )
        done()

    def _write(
        self,
        found: Found,
        sha256: str,
        status: str,
        reason: str,
        notes: list[str],
        isolation: str,
        version: str,
        seconds: float,
        marks: list[Mark],
    ) -> None:
        self._counts[status] = self._counts.get(status, 0) + 1
        whole = [row for row in marks if not row.part]
        self.book.write(
            {
                "set_name": self.set_name,
                "file": found.path_in,
                "sha256": sha256,
                "student": found.student or "",
                "how": found.how,
                "received": found.time.isoformat(timespec="seconds") if found.time else "",
                "attempt": found.attempt,
                "late": found.late or self._is_late(found),
                "status": status,
                "reason": reason,
                "notes": json.dumps(notes, ensure_ascii=False),
                "isolation": isolation,
                "version": version,
                "points": sum(row.points for row in whole),
                "max_points": sum(item.points for item in self.items),
                "seconds": seconds,
            },
            [asdict(row) for row in marks],
        )

    def _is_late(self, found: Found) -> bool:
        due = self.roster[found.student].due if found.student else None
        return bool(due and found.time and found.time > due)


def _told(problems: Mapping[str, str]) -> Iterator[str]:
    """Yield what went wrong, without the checks that only miss an answer whose cell went wrong before."""
    for cell_id, said in problems.items():
        if not (cell_id.endswith("-check") and said.startswith("NameError: name 'answer_")):
            yield said


def _question(item: Item, params: Params) -> dict[str, Any]:
    return {
        "params": params,
        "table": item.exhibit(params) if item.exhibit else None,
        "text": str(item.question(params)),
    }
