"""What a class handed in: found in a folder tree or a zip file, and given to its students.

Nothing is unpacked to disk: files in zips are read where they are, so no name in them can lead anywhere. A file belongs
to the student whom it names itself; else to the one whom its path names; else to nobody, and is listed.

Limits: a notebook of 20 MB (:data:`crmlab.grading.notebooks.MOST_BYTES`), an inner zip of 200 MB, zips in zips three
deep, 20,000 files and 4 GB in the place itself. A zip in it has limits of its own (:class:`_Budget`); beyond them it is
one row with its reason, and nobody else notices.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from crmlab.core.text import Text
from crmlab.grading.notebooks import MOST_BYTES, TOO_LARGE, NotAWork, read, sets, untouched
from crmlab.grading.roster import Student, same_id

MOST_ZIP_BYTES = 200_000_000
MOST_FILES = 20_000
MOST_DEPTH = 3
MOST_IN_ALL = 4_000_000_000
MOST_WORKS = 200  # notebooks and zips in one student's zip
MOST_UNPACKED = 500_000_000  # bytes of these
MOST_ENTRIES = 100_000  # files of any kind in a zip: some zip a whole Python environment along
MOST_PATH = 500  # signs
_MOST_SIGNS = 255  # of a part of a path that is looked into; no file system has longer ones
_MOST_PARTS = 40
_MOST_OTHERS = 10  # other files that are named
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory
_RECEIPT = "_receipt.txt"  # which `crmlab submit` writes beside a notebook

_NOTEBOOK = (".ipynb", ".ipynb.txt", ".ipynb.json")  # what browsers make of a notebook's name
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
_CANVAS = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d+)_(?P<name>.+)", re.IGNORECASE)
_MOODLE = re.compile(r"(?P<who>.+?)_(?P<user>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<name>.*))?")
_AGAIN = re.compile(r"(?:-(?P<dash>\d{1,2})|[ _]?\((?P<bracket>\d{1,2})\))$")

How = Literal["notebook", "path", "name", ""]
Source = tuple[str, str, str] | None  # an account's platform, user and name; None: the file tells of none

_NOTHING = Text(en="", zh="")
_LEADS_OUT = Text(
    en="Its name in the zip leads out of the folder; it was read where it is.",
    zh="它在压缩包里的文件名指向文件夹之外；已就地读取。",
)
_TOO_DEEP = Text(
    en=f"Zips more than {MOST_DEPTH} deep are not opened.", zh=f"压缩包里再套压缩包，超过 {MOST_DEPTH} 层的不打开。"
)


class CollectError(ValueError):
    """A place that cannot be searched; the message names it."""


class Account(NamedTuple):
    """What a platform wrote into a path: its user's name and number; of Canvas also the number of the file."""

    platform: Literal["canvas", "moodle"]
    who: str
    user: str
    late: bool = False
    file: str = "0"
    name: str = ""
    place: int = 0  # of the part of the path


def account(path_in: str) -> Account | None:
    """Return what the platform wrote into a path: the outermost part in its form, since students name what is inside.

    >>> account("export.zip/leeann_LATE_11_101_work.zip/wudan_14_104_set.ipynb")[:5]
    ('canvas', 'leeann', '11', True, '101')
    """
    parts = _parts(path_in)
    for place, part in enumerate(parts):
        moodle = _MOODLE.fullmatch(part)
        if moodle:
            return Account("moodle", moodle["who"], moodle["user"], name=moodle["name"] or "", place=place)
        canvas = _CANVAS.fullmatch(part)
        if canvas and (place == len(parts) - 1 or part.casefold().endswith(".zip")):
            return Account(
                "canvas", canvas["who"], canvas["user"], bool(canvas["late"]), canvas["file"], canvas["name"], place
            )
    return None


def _parts(path_in: str) -> list[str]:
    """Return the parts of a path, as far as they are looked into: nobody can keep that busy with long names."""
    parts = [part[:_MOST_SIGNS] for part in path_in.split("/")]
    return parts if len(parts) <= _MOST_PARTS else [*parts[: _MOST_PARTS - 1], parts[-1]]


@dataclass(frozen=True)
class Found:
    """One notebook that was handed in, read when it is asked for.

    ``how`` says what named the student: the notebook itself, an id in the path, or a name in the path. ``counts`` marks
    the try that counts for its student, ``late`` what Canvas marked late, ``untouched`` a set as it was handed out.
    ``doubtful`` says that somebody else may have handed it in: its path names another student, or an account of the
    platform that seems to be another student's. ``saved`` is the time that a student's own zip gives a file in it:
    it helps to choose among these, and says nothing else. ``reason`` says why the file cannot be read, if that is known
    already, and ``note`` what else an instructor should know; both are empty if there is nothing to say.
    """

    path_in: str
    student: str | None
    how: How
    time: datetime | None
    place: Path
    members: tuple[int, ...] = ()
    attempt: int = 0
    late: bool = False
    counts: bool = False
    doubtful: bool = False
    note: Text = _NOTHING
    reason: Text = _NOTHING
    set_name: str | None = None
    untouched: bool = False
    saved: datetime | None = None
    account: Account | None = None

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises
        ------
        NotAWork
            It cannot be read: too large, damaged, encrypted, or gone.
        """
        if self.reason.en:
            raise NotAWork(self.reason)
        return _bytes_of(self.place, self.members)


class Collected(list[Found]):
    """All notebooks found, students in the roster's order, those of nobody last.

    ``ignored`` counts the other files, but for receipts and what systems leave behind; ``others`` names the first few,
    one of each folder or zip.
    """

    def __init__(self, found: Iterable[Found], ignored: int, others: Iterable[str], missing: Sequence[Student]) -> None:
        super().__init__(found)
        self.ignored = ignored
        self.others = tuple(others)
        self.missing = tuple(missing)

    @property
    def counting(self) -> list[Found]:
        """The one try of each student that counts."""
        return [one for one in self if one.counts]

    @property
    def doubtful(self) -> list[Found]:
        """What somebody else than the named student may have handed in."""
        return [one for one in self if one.doubtful]

    @property
    def unassigned(self) -> list[Found]:
        """What belongs to nobody on the roster."""
        return [one for one in self if one.student is None]


@dataclass(frozen=True)
class _File:
    """A file in sight: where it is, what it is called, when it came; ``saved`` as in :class:`Found`."""

    path_in: str
    place: Path
    members: tuple[int, ...]
    time: datetime | None
    note: Text = _NOTHING
    saved: datetime | None = None


# --- finding files ---------------------------------------------------------------------------------------------------


class _FullError(Exception):
    """A zip holds more than its budget allows; ``reason`` says of what."""

    def __init__(self, budget: _Budget, reason: Text) -> None:
        super().__init__(reason.en)
        self.budget, self.reason = budget, reason


@dataclass(eq=False)
class _Budget:
    """What a zip, with the zips in it, may hold: notebooks and zips, bytes of these, and files of any kind.

    A zip of many students, as a platform exports it, pays for those of one student in it, too (``around``).
    """

    of_one: bool
    around: _Budget | None = None

    def __post_init__(self) -> None:
        self.works, self.size = (MOST_WORKS, MOST_UNPACKED) if self.of_one else (MOST_FILES, MOST_IN_ALL)
        self.entries = MOST_ENTRIES
        self.most = (self.works, self.size, self.entries)

    def pay(self, *, works: int = 0, size: int = 0, entries: int = 0) -> None:
        self.works, self.size, self.entries = self.works - works, self.size - size, self.entries - entries
        if min(self.works, self.size, self.entries) < 0:
            most_works, most_size, most = self.most
            over = (
                (f"{most} files", f"{most} 个文件")
                if self.entries < 0
                else (f"{most_works} notebooks and zips", f"{most_works} 个笔记本和压缩包")
                if self.works < 0
                else (f"{most_size // 1_000_000} MB of notebooks", f"{most_size // 1_000_000} MB 的笔记本")
            )
            en = f"The zip holds more than {over[0]}; hand in the notebook alone."
            raise _FullError(self, Text(en=en, zh=f"压缩包里超过 {over[1]}；请只提交笔记本。"))
        if self.around is not None:
            self.around.pay(works=works, size=size)


class _Search:
    """Goes through folders and zips; counts what it meets, so that no archive can keep it busy for ever."""

    def __init__(self, whose: Whose) -> None:
        self.whose = whose
        self.found: list[Found] = []
        self.ignored = 0
        self.others: dict[str, str] = {}
        self._files = 0
        self._left = MOST_IN_ALL

    def folder(self, place: Path) -> None:
        for root, folders, names in os.walk(place, onerror=_raise):
            folders[:] = sorted(one for one in folders if not _hidden(one))
            for name in sorted(names):
                self.file(Path(root) / name, _readable((Path(root) / name).relative_to(place).as_posix()))

    def file(self, path: Path, shown: str) -> None:
        about = path.lstat()
        if _hidden(path.name):
            return
        if not stat.S_ISREG(about.st_mode):  # a link leads elsewhere, a pipe never ends
            self._other(shown)
            return
        self._met(about.st_size if shown.casefold().endswith((*_NOTEBOOK, ".zip")) else 0)
        time = datetime.fromtimestamp(about.st_mtime).astimezone()
        self._one(_File(shown, path, (), time), lambda: path.open("rb"), 1, None)

    def zip(self, file: _File, stream: IO[bytes], depth: int, budget: _Budget | None) -> None:
        """Search a zip; ``budget`` is None for the place itself, whose files are many students'."""
        with zipfile.ZipFile(stream) as archive:
            for number, info in enumerate(archive.infolist()):
                name = _member_name(info)
                if info.is_dir() or any(_hidden(part) for part in name.split("/")):
                    continue
                if budget is None:
                    self._met(info.compress_size)
                path_in = f"{file.path_in}/{name}" if file.path_in else name
                time = _member_time(info)
                inside = _File(path_in, file.place, (*file.members, number), time, _odd(info))
                if budget is not None and budget.of_one:
                    # What its student says of times; when it came is known from outside.
                    inside = replace(inside, time=file.time, saved=time)
                self._one(inside, partial(archive.open, info), depth + 1, budget)

    def _met(self, size: int) -> None:
        self._files, self._left = self._files + 1, self._left - size
        if self._files > MOST_FILES:
            raise CollectError(f"there are more than {MOST_FILES} files; collect one assignment at a time")
        if self._left < 0:
            raise CollectError(f"the files are larger than {MOST_IN_ALL // 10**9} GB in all")

    def _other(self, path_in: str) -> None:
        if not path_in.endswith(_RECEIPT):
            self.ignored += 1
            if len(self.others) < _MOST_OTHERS:
                self.others.setdefault(path_in.partition("/")[0], _short(path_in))

    def _one(self, file: _File, opened: Callable[[], IO[bytes]], depth: int, budget: _Budget | None) -> None:
        """Keep a notebook, open a zip, count anything else; whatever is wrong with one file stays with that file."""
        name = file.path_in.casefold()
        content, reason = None, _NOTHING
        before = len(self.found)
        try:
            if not name.endswith((*_NOTEBOOK, ".zip")):
                self._other(file.path_in)
                return
            if budget is not None:
                budget.pay(works=1)
            if name.endswith(_NOTEBOOK):
                content = _paid(opened, MOST_BYTES, budget)
            elif depth > MOST_DEPTH:
                reason = _TOO_DEEP
            else:
                held = _paid(opened, MOST_ZIP_BYTES, budget)
                inner = self._budget(file, budget)
                inner.pay(entries=held.count(_ENTRY))  # before anything is made of each
                self.zip(file, io.BytesIO(held), depth, inner)
                return
        except _FullError as problem:
            if problem.budget is budget:  # the zip around is over its limit
                raise
            reason = problem.reason
        except NotAWork as problem:
            reason = problem.reason
        except _BROKEN as error:
            reason = _unreadable(error)
        del self.found[before:]
        self.found.append(_identify(file, content, reason, self.whose))

    def _budget(self, file: _File, around: _Budget | None) -> _Budget:
        """Return the budget of a zip: its own if it is one student's, or if it stands in no other."""
        if around is not None and around.of_one:
            return around
        of_one = self.whose.speaks_of(file.path_in)
        return _Budget(of_one, around) if of_one or around is None else around


def _paid(opened: Callable[[], IO[bytes]], most: int, budget: _Budget | None) -> bytes:
    with opened() as stream:
        content = _limited(stream, most)
    if budget is not None:
        budget.pay(size=len(content))
    return content


def _raise(error: OSError) -> None:
    raise error


def _reason(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or "") or str(error) or type(error).__name__


def _unreadable(error: BaseException) -> Text:
    reason = _reason(error)
    return Text(en=f"The file cannot be read ({reason}).", zh=f"无法读取文件（{reason}）。")


def _limited(stream: IO[bytes], most: int) -> bytes:
    """Read to the end or to the limit, whatever size the archive claims."""
    content = stream.read(most + 1)
    if len(content) > most:
        zipped = Text(en="The zip is larger than {most} MB.", zh="压缩包超过 {most} MB。")
        raise NotAWork((TOO_LARGE if most == MOST_BYTES else zipped).format(most=most // 1_000_000))
    return content


def _bytes_of(place: Path, members: tuple[int, ...]) -> bytes:
    try:
        with place.open("rb") as file:
            if not members:
                return _limited(file, MOST_BYTES)
            opened: IO[bytes] = file
            for depth, number in enumerate(members, start=1):
                with zipfile.ZipFile(opened) as archive, archive.open(archive.infolist()[number]) as stream:
                    last = depth == len(members)
                    content = _limited(stream, MOST_BYTES if last else MOST_ZIP_BYTES)
                opened = io.BytesIO(content)
            return content
    except (*_BROKEN, IndexError) as error:
        raise NotAWork(_unreadable(error)) from None


def _hidden(name: str) -> bool:
    """What systems and editors leave behind."""
    return name.startswith((".", "~$")) or name in ("__MACOSX", "__pycache__")


def _readable(name: str) -> str:
    """Return a name that can be shown and written, whatever bytes the file system holds."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return _tidy(name)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a zip member's name; without the UTF-8 mark it may be UTF-8 or GBK all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return _tidy(name)
        for encoding in ("utf-8", "gb18030"):
            try:
                return _tidy(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
    return _tidy(name)


def _tidy(name: str) -> str:
    """Return a path for showing: forward slashes, no way up, no control characters, half characters replaced."""
    name = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")
    parts = ("".join(sign if sign.isprintable() else "�" for sign in part) for part in name.split("/"))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "�"


def _member_time(info: zipfile.ZipInfo) -> datetime | None:
    """Return when a zip member was written, by the clock of here; 1980 means nobody knows."""
    try:
        return datetime(*info.date_time).astimezone() if info.date_time[0] > 1980 else None
    except (ValueError, OverflowError, OSError):
        return None


def _odd(info: zipfile.ZipInfo) -> Text:
    up = ".." in info.filename.replace("\\", "/").split("/") or info.filename.startswith(("/", "\\"))
    return _LEADS_OUT if up else _NOTHING


# --- whose is it -----------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _tokens(text: str) -> list[tuple[int, int]]:
    """Return where the runs of letters and digits stand."""
    return [found.span() for found in re.finditer(r"[^\W_]+", text)]


class Whose:
    """Finds students by what files and paths say."""

    def __init__(self, roster: Sequence[Student]) -> None:
        self.ids = {same_id(one.id): one.id for one in roster}
        self.words: dict[tuple[str, ...], set[str]] = {}
        self.joined: dict[str, set[str]] = {}
        for one in roster:
            words = [_plain(one.name)[begin:end] for begin, end in _tokens(_plain(one.name))]
            if words:
                self.words.setdefault(tuple(sorted(words)), set()).add(one.id)
            for turn in range(len(words)):  # Canvas joins the name, the last word first
                self.joined.setdefault("".join(words[turn:] + words[:turn]), set()).add(one.id)
        self.longest = max((len(_tokens(student_id)) for student_id in self.ids), default=1)
        self.set_names = [_plain(name) for name in sets()]

    def by_id(self, text: str) -> set[str]:
        """Return whose ids stand in a text as whole words; a longer id hides the shorter ones inside it."""
        text = _plain(text)
        for name in self.set_names:  # 12_credit_policy is nobody's 12
            text = text.replace(name, " " * len(name))
        again = _AGAIN.search(text)
        end_of_name = again.start() if again else len(text)  # the number of a try is nobody's id, but may end one: 7-1
        spans = _tokens(text)
        hits = []
        for first in range(len(spans)):
            for last in range(first, min(first + self.longest, len(spans))):
                begin, end = spans[first][0], spans[last][1]
                if begin < end_of_name and text[begin:end] in self.ids:
                    hits.append((begin, end))
        inner = {one for one in hits for other in hits if one != other and other[0] <= one[0] and one[1] <= other[1]}
        return {self.ids[text[begin:end]] for begin, end in hits if (begin, end) not in inner}

    def by_name(self, who: str) -> set[str]:
        """Return whose name an LMS wrote."""
        who = _plain(who)
        words = [who[begin:end] for begin, end in _tokens(who)]
        return self.words.get(tuple(sorted(words)), set()) or self.joined.get("".join(words), set())

    def of(self, who: str) -> set[str]:
        """Return whom a platform may mean: several where students share a name."""
        return self.by_id(who) or self.by_name(who)

    def speaks_of(self, path_in: str) -> bool:
        """Whether a path names a student, or an account of a platform."""
        return account(path_in) is not None or bool(self._claims(path_in))

    def by_path(self, path_in: str) -> tuple[str | None, How, Text]:
        """Return whom a path names, how, and what is doubtful.

        What a platform wrote counts first, then the folders from the outermost in, at last the name of the file.
        """
        claims = self._claims(path_in)
        several = {student for students, _, _ in claims for student in students}
        for students, how, part in claims:
            if len(students) > 1:
                who = sorted(students)
                return None, "", Text(en=f"{part} may be {' or '.join(who)}.", zh=f"{part} 可能是 {' 或 '.join(who)}。")
            who = sorted(several)
            doubt = Text(en=f"Its path names {' and '.join(who)}.", zh=f"路径上同时有 {' 和 '.join(who)}。")
            return next(iter(students)), how, doubt if len(who) > 1 else _NOTHING
        return None, "", _NOTHING

    def _claims(self, path_in: str) -> list[tuple[set[str], How, str]]:
        parts, lms = _parts(path_in), account(path_in)
        claims: list[tuple[set[str], How, str]] = []
        if lms is not None:
            claims += [(self.by_id(lms.who), "path", lms.who), (self.by_name(lms.who), "name", lms.who)]
        for place, part in enumerate(parts):
            said = lms.name if lms is not None and place == lms.place else part
            claims.append((self.by_id(_stem(said)), "path", part))
        return [claim for claim in claims if claim[0]]


def _stem(name: str) -> str:
    endings = [one for one in (*reversed(_NOTEBOOK), ".zip") if name.casefold().endswith(one)]
    return name[: len(name) - len(endings[0])] if endings else name


def _attempt(lms: Account | None, student: str | None) -> int:
    """Return the number that Canvas put behind the name of a second try."""
    stem = _stem(lms.name) if lms is not None and lms.platform == "canvas" else ""
    ends_with_id = student is not None and "-" in student and _plain(stem).endswith(_plain(student))
    again = None if ends_with_id else _AGAIN.search(stem)
    return int(again["dash"] or 0) if again else 0


def _short(path_in: str) -> str:
    """Return a path that fits the gradebook's key: of a longer one begin and end, and a hash that tells it from others.

    >>> _short("spring/2026001.ipynb")
    'spring/2026001.ipynb'
    """
    if len(path_in) <= MOST_PATH:
        return path_in
    return f"{path_in[:200]}…{hashlib.sha256(path_in.encode()).hexdigest()[:16]}…{path_in[-200:]}"


def _identify(file: _File, content: bytes | None, reason: Text, whose: Whose) -> Found:
    notes = [file.note]
    student, how, doubt = whose.by_path(file.path_in)
    lms = account(file.path_in)
    try:
        work = None if content is None else read(content, file.path_in)
    except NotAWork:  # grading says why; here it only has no name inside
        work = None
    if work is not None and work.student:
        named = whose.ids.get(same_id(work.student))
        if named is not None:
            both = Text(
                en=f"The notebook names {named}, its path names {student}.",
                zh=f"笔记本上的学号是 {named}，路径上的是 {student}。",
            )
            doubt = both if student not in (None, named) else _NOTHING
            student, how = named, "notebook"
        else:
            notes.append(
                Text(
                    en=f"The notebook names {work.student}, who is not on the roster.",
                    zh=f"笔记本上的学号 {work.student} 不在名单上。",
                )
            )
    if lms is not None and student is not None and not doubt.en and student not in (whose.of(lms.who) or {student}):
        doubt = _not_known(lms, student)
    return Found(
        path_in=_short(file.path_in),
        student=student,
        how=how,
        time=file.time,
        place=file.place,
        members=file.members,
        attempt=_attempt(lms, student),
        late=lms is not None and lms.late,
        doubtful=bool(doubt.en) and student is not None,
        note=_together([*notes, doubt]),
        reason=reason,
        set_name=work.set_name if work is not None else None,
        untouched=work is not None and untouched(work),
        saved=file.saved,
        account=lms,
    )


def _together(notes: Sequence[Text]) -> Text:
    said = [one for one in notes if one.en]
    return Text(en=" ".join(one.en for one in said), zh="".join(one.zh for one in said))


def collect(place: Path, roster: Sequence[Student], set_name: str | None = None) -> Collected:
    """Find what was handed in, in a folder tree or a zip as Canvas and Moodle export it.

    Of several tries the latest counts: by the number behind the name (-1, -2), then by time, then by Canvas's number of
    the file. A file that somebody else may have handed in never takes the place of one without doubt, nor one that
    cannot be read, is of no set or was never touched that of one with work in it.

    Parameters
    ----------
    place
        A folder, a zip file, or one notebook.
    roster
        The class.
    set_name
        The set that is graded; a notebook of another set counts only if a student has no other.

    Raises
    ------
    CollectError
        The place does not exist, is a damaged zip, or holds too much.
    """
    search = _Search(Whose(roster))
    try:
        if place.is_dir():
            search.folder(place)
        elif place.name.casefold().endswith(_NOTEBOOK):
            search.file(place, _readable(place.name))
        else:
            with place.open("rb") as file:
                search.zip(_File("", place, (), None), file, 0, None)
    except CollectError as error:
        raise CollectError(f"{place}: {error}") from None
    except OSError as error:
        raise CollectError(f"{error.filename or place} cannot be read ({_reason(error)})") from None
    except _BROKEN as error:
        raise CollectError(f"{place} is neither a folder nor a sound zip file ({_reason(error)})") from None
    found = _in_order(_doubted(search.found, search.whose), roster, set_name)
    handed_in = {one.student for one in found}
    missing = [one for one in roster if one.id not in handed_in]
    return Collected(found, search.ignored, search.others.values(), missing)


def _doubted(found: Sequence[Found], whose: Whose) -> list[Found]:
    """Doubt what names a student, but came another way than the rest that names this student.

    An account whose name is not on the roster is believed only where nothing else speaks against it: names there often
    differ from those of a platform. Of several accounts, one that names nobody else is the student's, if it is alone.
    """
    names: dict[Source, set[str]] = {}  # whom the files of an account name
    ways: dict[str, set[Source]] = {}  # in which ways files came that name a student
    for one in found:
        if one.student is not None:
            names.setdefault(_source(one), set()).add(one.student)
            if not one.doubtful:
                ways.setdefault(one.student, set()).add(_source(one))

    def doubt(one: Found) -> Text:
        if one.student is None or one.account is None or one.doubtful:
            return _NOTHING
        known = {way for way in ways[one.student] if way is None or whose.of(way[2])}
        if known and _source(one) not in known:
            return _not_known(one.account, one.student)
        several = sorted(way for way in known or ways[one.student] if way and way[0] == one.account.platform)
        own = [way for way in several if names[way] == {one.student}]
        if len(several) == 1 or own == [_source(one)]:
            return _NOTHING
        users = [way[1] for way in several]
        return Text(
            en=f"Accounts {' and '.join(users)} of the platform handed in files of {one.student}.",
            zh=f"平台账号 {' 和 '.join(users)} 都提交了 {one.student} 的文件。",
        )

    doubts = [doubt(one) for one in found]
    return [
        replace(one, doubtful=True, note=_together([one.note, why])) if why.en else one
        for one, why in zip(found, doubts, strict=True)
    ]


def _source(one: Found) -> Source:
    return (one.account.platform, one.account.user, one.account.who) if one.account is not None else None


def _not_known(by: Account, student: str) -> Text:
    return Text(
        en=f"{by.who}, who handed it in, is not known to be {student}.",
        zh=f"提交者是 {by.who}，无法确认就是 {student}。",
    )


def _in_order(found: Sequence[Found], roster: Sequence[Student], set_name: str | None) -> list[Found]:
    tries: dict[str, list[Found]] = {one.id: [] for one in roster}
    for one in found:
        if one.student is not None:
            tries[one.student].append(one)
    ordered: list[Found] = []
    for several in tries.values():
        if several:
            *others, best = sorted(several, key=lambda one: _rank(one, set_name))
            ordered += [*others, replace(best, counts=True, note=_together([best.note, *_passed_over(others, best)]))]
    return ordered + sorted((one for one in found if one.student is None), key=lambda one: one.path_in)


def _passed_over(others: Sequence[Found], best: Found) -> list[Text]:
    """Say which file would count by its time, had it any work in it."""
    for one in reversed(others):
        later = (one.attempt, _seconds(one.time)) >= (best.attempt, _seconds(best.time))
        if later and not one.doubtful and _work(one) < _work(best):
            name = one.path_in.rpartition("/")[2][:_MOST_SIGNS]
            what = ("has no answer in it", "里没有答案") if one.set_name else ("cannot be graded", "无法批改")
            return [
                Text(
                    en=f"Another file, {name}, {what[0]}; this one counts.",
                    zh=f"另一个文件 {name} {what[1]}；以本文件为准。",
                )
            ]
    return []


def _rank(one: Found, set_name: str | None) -> tuple[Any, ...]:
    """The order of a student's tries; that of rows in :mod:`crmlab.grading.report` follows it."""
    right_set = set_name is None or one.set_name in (None, set_name)
    file = int(one.account.file[:18]) if one.account is not None else 0
    when = one.attempt, _seconds(one.time), _seconds(one.saved), file
    return (right_set, not one.doubtful, _work(one), *when, one.path_in)


def _work(one: Found) -> int:
    """How much is in a file: nothing that could be graded, nothing but the set, or more."""
    return 0 if one.set_name is None else 1 if one.untouched else 2


def _seconds(time: datetime | None) -> float:
    return time.timestamp() if time else 0.0
