"""Grading a folder of submissions from end to end: read, run, check, keep; what has its row is not done again."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import crmlab
from crmlab.core.checks import Item, Params
from crmlab.core.text import Language, Text, use_language
from crmlab.grading.assign import HANDOUT, ROSTER_FILE, Class, load_class
from crmlab.grading.cluster import Cluster
from crmlab.grading.collect import Collected, Found, collect
from crmlab.grading.engine.pool import Job, Limits, Outcome, Pool
from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook, written
from crmlab.grading.marks import Mark, calls, follow_up, followed, mark
from crmlab.grading.notebooks import NotAWork, graded, read, repair, sets
from crmlab.grading.roster import Student, read_roster

Keep = Literal["latest", "best"]

_MOST_WORDS = 1_000  # of a row's reason
_MOST_LOOKS = 20  # notebooks whose numbers are compared before anything is graded
_NOTHING_GRADED = "Nothing was graded."
_NOBODYS = Text(en="It belongs to nobody on the roster.", zh="不属于名单上的任何人。")
_OTHER_VERSION = Text(
    en="The notebook was made with version {made} of the kit; this is {here}.",
    zh="这个笔记本由 {made} 版生成；当前版本是 {here}。",
)


class GradingError(ValueError):
    """What was handed in cannot be what is to be graded; the message says why."""


@dataclass(frozen=True)
class Summary:
    """What a run did; ``doubtful``, ``ignored`` and ``others`` as collecting found them."""

    graded: int
    already: int
    by_status: Mapping[str, int]
    unassigned: tuple[str, ...]
    doubtful: tuple[tuple[str, Text], ...]
    ignored: int
    others: tuple[str, ...]
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
    notes: list[Text]
    version: str
    lang: str
    marks: list[Mark] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    first: Outcome | None = None


def gather(place: Path, set_name: str, folder: Path) -> tuple[Class, dict[str, Student], Collected]:
    """Return a class, its roster by id and what it handed in.

    Raises
    ------
    ValueError
        The class, the roster or the place cannot be used, or the set or the class cannot be the one that is meant, so
        that every mark would be wrong; the message says which and why.
    """
    klass = load_class(folder)
    if place.resolve().is_relative_to((folder / HANDOUT).resolve()):
        raise GradingError(
            f"{place} holds what the class was handed out, not what it handed in; name the folder or zip of its "
            f"work. {_NOTHING_GRADED}"
        )
    roster = {one.id: one for one in read_roster(folder / ROSTER_FILE)}
    collected = collect(place, list(roster.values()), set_name)
    named = {one.set_name for one in collected if one.set_name in sets()}
    if named and set_name not in named and not any(_is_of(set_name, found) for found in collected):
        raise GradingError(
            f"The notebooks here are of {' and '.join(sorted(filter(None, named)))}, not of {set_name}. "
            f"{_NOTHING_GRADED}"
        )
    with_numbers = others = 0
    for found in collected.counting:
        if with_numbers == _MOST_LOOKS:
            break
        with suppress(NotAWork):
            numbers = read(found.read(), found.path_in).numbers if found.set_name == set_name else None
            own = klass.numbers(set_name, found.student or "")
            with_numbers += bool(numbers)
            others += bool(numbers) and numbers != json.loads(json.dumps(own))
    if others == with_numbers > 1:
        raise GradingError(
            f"{others} of {with_numbers} notebooks carry numbers of another class; check --class. {_NOTHING_GRADED}"
        )
    return klass, roster, collected


def _is_of(set_name: str, found: Found) -> bool:
    """Whether a notebook's cells are those of the set, whatever its metadata say."""
    try:
        repair(read(found.read(), found.path_in), set_name)
    except NotAWork:
        return False
    return True


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
    cluster
        Address of a Dask scheduler; its workers are used instead of this machine.
    keep
        ``latest``: of several tries the latest is graded; ``best``: all are, and the best counts. A file that somebody
        else may have handed in is graded in any case, so that it has its row; it counts only where there is no other.
    gradebook
        File or address; by default in the class folder.
    again
        Whether to grade what has its row already; the old rows go to the history. What belongs to another student now
        than then, or is late now and was not, is graded again in any case.

    Raises
    ------
    ValueError
        The class, the roster, the place or the gradebook cannot be used, or what was handed in belongs to another set
        or another class; the message says which and why.
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
        cluster: str | None = None,
        keep: Keep = "latest",
        gradebook: str | None = None,
        again: bool = False,
    ) -> None:
        self.set_name = set_name
        self.items = graded(set_name)
        self.klass, self.roster, self.collected = gather(place, set_name, folder)
        self.book = Gradebook(gradebook or folder / GRADEBOOK_FILE)
        self.keep: Keep = keep
        self.workers, self.limits, self.isolation, self.cluster = workers, limits, isolation, cluster
        # What is in doubt has its row, too: whoever handed it in must be found somewhere.
        self._todo: list[Found] = [
            one for one in self.collected if keep == "best" or one.counts or one.doubtful or one.student is None
        ]
        self._done = {} if again else self.book.done(set_name)
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
        with self._pool() as pool:
            self.book.set_keep(self.set_name, self.keep)  # what has its row already counts in the same way
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
            doubtful=tuple((one.path_in, one.note) for one in self.collected.doubtful),
            ignored=self.collected.ignored,
            others=self.collected.others,
            missing=tuple(one.id for one in self.collected.missing),
            isolation=found.name,
            isolation_note=found.note,
            gradebook=self.book.address,
        )

    def _pool(self) -> Pool | Cluster:
        if self.cluster is None:
            return Pool(self.workers, self.limits, self.isolation)
        return Cluster(self.cluster, self.limits, self.isolation)

    def _jobs(self, done: Callable[[], None]) -> Iterator[Job]:
        for number, found in enumerate(self._todo):
            while self._again:
                yield self._again.popleft()
            job = self._seat(str(number), found, done)
            if job is not None:
                yield job

    def _seat(self, key: str, found: Found, done: Callable[[], None]) -> Job | None:
        """Read one submission; None, with its row written, if there is nothing to run."""
        sha256, lang_shown = "", ""
        try:
            content = found.read()
            sha256 = hashlib.sha256(content).hexdigest()
            if self._has_its_row(found, sha256):
                self._already += 1
                done()
                return None
            work = read(content, found.path_in)
            lang_shown = work.lang or ""
            student = found.student or ""
            numbers = self.klass.numbers(self.set_name, student) if student else {}
            repaired = repair(work, self.set_name, numbers or None)
        except NotAWork as problem:
            if self._has_its_row(found, sha256):
                self._already += 1
            else:
                notes = [found.note] if found.note.en else []
                self._write(found, sha256, lang_shown, "unreadable", [problem.reason], notes=notes)
            done()
            return None
        if not student:
            self._write(found, sha256, lang_shown, "unreadable", [found.note if found.note.en else _NOBODYS])
            done()
            return None
        lang: Language = work.lang or self.roster[student].language or "en"
        job = Job(
            key=key,
            student=student,
            lang=lang,
            cells=tuple(repaired.cells),
            questions=questions(self.items, numbers, lang),
            calls=calls(self.items, numbers, repaired.cells),
        )
        notes = repaired.notes + ([found.note] if found.note.en else [])
        if work.version and work.version != crmlab.__version__:
            notes.append(_OTHER_VERSION.format(made=work.version, here=crmlab.__version__))
        self._seats[key] = _Seat(found, sha256, student, numbers, job, notes, work.version or "", lang_shown)
        return job

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
            seat.marks = followed(self.items, seat.numbers, seat.marks, outcome, seat.waiting, seat.job.cells)
        first = seat.first
        del self._seats[outcome.key]
        self._write(
            seat.found,
            seat.sha256,
            seat.lang,
            first.status,
            _told(first.problems),
            notes=seat.notes,
            isolation=first.isolation,
            version=seat.version,
            seconds=first.seconds,
            marks=seat.marks,
        )
        done()

    def _write(
        self,
        found: Found,
        sha256: str,
        lang: str,
        status: str,
        reason: list[Text],
        *,
        notes: Sequence[Text] = (),
        isolation: str = "",
        version: str = "",
        seconds: float = 0.0,
        marks: Sequence[Mark] = (),
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
                "late": self._is_late(found),
                "doubtful": found.doubtful,
                "untouched": found.untouched,
                "keep": self.keep,
                "lang": lang,
                "status": status,
                "reason": written(reason),
                "notes": written(notes),
                "isolation": isolation,
                "version": version,
                "points": sum(row.points for row in whole),
                "max_points": sum(item.points for item in self.items),
                "seconds": seconds,
            },
            [asdict(row) for row in marks],
        )

    def _has_its_row(self, found: Found, sha256: str) -> bool:
        """Whether a file was graded, and for the same student, as late and as doubtful as it is now."""
        now = (found.student or "", self._is_late(found), found.doubtful)
        return self._done.get((found.path_in, sha256)) == now

    def _is_late(self, found: Found) -> bool:
        if found.account is not None and found.account.platform == "canvas":
            return found.late  # the times in its zip are those of the download
        due = self.roster[found.student].due if found.student else None
        return found.late or bool(due and found.time and found.time > due)


def _told(problems: Mapping[str, str]) -> list[Text]:
    """Return what went wrong, without the checks that only miss an answer whose cell went wrong before."""
    told: list[Text] = []
    left = _MOST_WORDS
    for said in dict.fromkeys(
        said
        for cell_id, said in problems.items()
        if not (cell_id.endswith("-check") and said.startswith("NameError: name 'answer_"))
    ):
        if left > 0:
            told.append(Text(en=said[:left], zh=said[:left]))
            left -= len(said)
    return told


def questions(items: Iterable[Item], numbers: Mapping[str, Params], lang: Language) -> dict[str, dict[str, Any]]:
    """Return what the course's verbs answer from in a student's process."""
    use_language(lang)
    return {
        item.id: {
            "params": numbers[item.id],
            "table": item.exhibit(numbers[item.id]) if item.exhibit else None,
            "text": str(item.question(numbers[item.id])),
        }
        for item in items
    }
