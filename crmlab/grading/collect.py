"""What a class handed in: found in a folder tree or a zip file, and given to its students.

Nothing is unpacked to disk: files in zips are read where they are, so no name in them can lead anywhere. A file belongs
to the student whom it names itself; else to the one whom its path names; else to nobody, and is listed.

Limits: a notebook of 20 MB (:data:`crmlab.grading.notebooks.MOST_BYTES`), an inner zip of 200 MB, zips in zips three
deep, 20,000 files, 4 GB read in all.
"""

from __future__ import annotations

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
from typing import IO, Any, Literal

from crmlab.core.text import Text
from crmlab.grading.notebooks import MOST_BYTES, NotAWork, read, sets
from crmlab.grading.roster import Student, same_id

MOST_ZIP_BYTES = 200_000_000
MOST_FILES = 20_000
MOST_DEPTH = 3
MOST_IN_ALL = 4_000_000_000

_NOTEBOOK = (".ipynb", ".ipynb.txt", ".ipynb.json")  # what browsers make of a notebook's name
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
_CANVAS = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d+)_(?P<name>.+)", re.IGNORECASE)
_MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<name>.*))?")
_AGAIN = re.compile(r"(?:-(?P<dash>\d{1,2})|[ _]?\((?P<bracket>\d{1,2})\))$")

How = Literal["notebook", "path", "name", ""]


class CollectError(ValueError):
    """A place that cannot be searched; the message names it."""


@dataclass(frozen=True)
class Found:
    """One notebook that was handed in, read when it is asked for.

    ``how`` says what named the student: the notebook itself, an id in the path, or a name in the path. ``counts`` marks
    the try that counts for its student, ``late`` what Canvas marked late, ``doubtful`` that file and path name
    different students; ``note`` is what an instructor should know, in English.
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
    note: str = ""
    set_name: str | None = None

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises
        ------
        NotAWork
            It cannot be read: too large, damaged, encrypted, or gone.
        """
        return _bytes_of(self.place, self.members)


class Collected(list[Found]):
    """All notebooks found, students in the roster's order, those of nobody last; ``ignored`` counts other files."""

    def __init__(self, found: Iterable[Found], ignored: int, missing: Sequence[Student]) -> None:
        super().__init__(found)
        self.ignored = ignored
        self.missing = tuple(missing)

    @property
    def counting(self) -> list[Found]:
        """The one try of each student that counts."""
        return [one for one in self if one.counts]

    @property
    def unassigned(self) -> list[Found]:
        """What belongs to nobody on the roster."""
        return [one for one in self if one.student is None]


@dataclass(frozen=True)
class _File:
    """A file in sight: where it is, what it is called, when it was written."""

    path_in: str
    place: Path
    members: tuple[int, ...]
    time: datetime | None
    note: str = ""


# --- finding files ---------------------------------------------------------------------------------------------------


class _Search:
    """Goes through folders and zips; counts what it meets, so that no archive can keep it busy for ever."""

    def __init__(self, whose: _Whose) -> None:
        self.whose = whose
        self.found: list[Found] = []
        self.ignored = 0
        self._files = 0
        self._left = MOST_IN_ALL

    def folder(self, place: Path) -> None:
        for root, folders, names in os.walk(place, onerror=_raise):
            folders[:] = sorted(one for one in folders if not _hidden(one))
            for name in sorted(names):
                self.file(Path(root) / name, _readable((Path(root) / name).relative_to(place).as_posix()))

    def file(self, path: Path, shown: str) -> None:
        about = path.lstat()
        self._met()
        if _hidden(path.name) or not stat.S_ISREG(about.st_mode):  # a link leads elsewhere, a pipe never ends
            self.ignored += 1
            return
        time = datetime.fromtimestamp(about.st_mtime).astimezone()
        self._one(_File(shown, path, (), time), lambda: path.open("rb"), 1)

    def zip(self, shown: str, place: Path, members: tuple[int, ...], file: IO[bytes], depth: int) -> None:
        with zipfile.ZipFile(file) as archive:
            for number, info in enumerate(archive.infolist()):
                if info.is_dir():
                    continue
                self._met()
                name = _member_name(info)
                if any(_hidden(part) for part in name.split("/")):
                    self.ignored += 1
                    continue
                path_in = f"{shown}/{name}" if shown else name
                inside = _File(path_in, place, (*members, number), _member_time(info), _odd(info))
                self._one(inside, partial(archive.open, info), depth + 1)

    def _met(self) -> None:
        self._files += 1
        if self._files > MOST_FILES:
            raise CollectError(f"there are more than {MOST_FILES} files; collect one assignment at a time")

    def _read(self, opened: Callable[[], IO[bytes]], most: int) -> bytes:
        with opened() as stream:
            content = _limited(stream, min(most, self._left))
        self._left -= len(content)
        return content

    def _one(self, file: _File, opened: Callable[[], IO[bytes]], depth: int) -> None:
        """Keep a notebook, open a zip, count anything else; whatever is wrong with one file stays with that file."""
        name = file.path_in.casefold()
        content, note = None, ""
        try:
            if name.endswith(_NOTEBOOK):
                content = self._read(opened, MOST_BYTES)
            elif not name.endswith(".zip"):
                self.ignored += 1
                return
            elif depth > MOST_DEPTH:
                note = f"zips more than {MOST_DEPTH} deep are not opened"
            else:
                inner = io.BytesIO(self._read(opened, MOST_ZIP_BYTES))
                self.zip(file.path_in, file.place, file.members, inner, depth)
                return
        except CollectError:
            raise
        except NotAWork as problem:
            if self._left < MOST_BYTES:
                raise CollectError(f"the files are larger than {MOST_IN_ALL // 10**9} GB in all") from None
            note = problem.reason.en
        except _BROKEN as error:
            note = f"it cannot be read ({_reason(error)})"
        self.found.append(_identify(file, content, note, self.whose))


def _raise(error: OSError) -> None:
    raise error


def _reason(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or "") or str(error) or type(error).__name__


def _limited(stream: IO[bytes], most: int) -> bytes:
    """Read to the end or to the limit, whatever size the archive claims."""
    content = stream.read(most + 1)
    if len(content) > most:
        raise NotAWork(
            Text(en=f"The file is larger than {most // 1_000_000} MB.", zh=f"文件超过 {most // 1_000_000} MB。")
        )
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
        reason = _reason(error)
        raise NotAWork(Text(en=f"The file cannot be read ({reason}).", zh=f"无法读取文件（{reason}）。")) from None


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


def _odd(info: zipfile.ZipInfo) -> str:
    up = ".." in info.filename.replace("\\", "/").split("/") or info.filename.startswith(("/", "\\"))
    return "its name in the zip leads out of the folder; it was read where it is" if up else ""


# --- whose is it -----------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _tokens(text: str) -> list[tuple[int, int]]:
    """Return where the runs of letters and digits stand."""
    return [found.span() for found in re.finditer(r"[^\W_]+", text)]


class _Whose:
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

    def by_path(self, path_in: str) -> tuple[str | None, How, str]:
        """Return whom a path names, how, and what is doubtful.

        What an LMS wrote counts first, then the folders from the outermost in, at last the name of the file.
        """
        *folders, name = path_in.split("/")
        claims: list[tuple[set[str], How, str]] = []
        for part in (*folders, name):
            lms = _MOODLE.fullmatch(part) or (_CANVAS.fullmatch(part) if part == name else None)
            if lms is not None:
                claims += [(self.by_id(lms["who"]), "path", lms["who"]), (self.by_name(lms["who"]), "name", lms["who"])]
        for part in folders:
            if not _MOODLE.fullmatch(part):
                claims.append((self.by_id(_stem(part)), "path", part))
        lms = _CANVAS.fullmatch(name) or _MOODLE.fullmatch(name)
        claims.append((self.by_id(_stem((lms["name"] or "") if lms else name)), "path", name))
        claims = [claim for claim in claims if claim[0]]
        several = {student for students, _, _ in claims for student in students}
        for students, how, part in claims:
            if len(students) > 1:
                return None, "", f"{part} may be {' or '.join(sorted(students))}"
            doubt = f"its path names {' and '.join(sorted(several))}" if len(several) > 1 else ""
            return next(iter(students)), how, doubt
        return None, "", ""


def _stem(name: str) -> str:
    endings = [one for one in (*reversed(_NOTEBOOK), ".zip") if name.casefold().endswith(one)]
    return name[: len(name) - len(endings[0])] if endings else name


def _attempt(canvas: re.Match[str] | None, student: str | None) -> int:
    """Return the number that Canvas put behind the name of a second try."""
    stem = _stem(canvas["name"]) if canvas else ""
    ends_with_id = student is not None and "-" in student and _plain(stem).endswith(_plain(student))
    again = None if ends_with_id else _AGAIN.search(stem)
    return int(again["dash"] or 0) if again else 0


def _identify(file: _File, content: bytes | None, note: str, whose: _Whose) -> Found:
    notes = [one for one in (file.note, note) if one]
    student, how, doubt = whose.by_path(file.path_in)
    set_name = None
    try:
        work = None if content is None else read(content, file.path_in)
    except NotAWork:  # grading says why; here it only has no name inside
        work = None
    if work is not None:
        set_name = work.set_name
        named = whose.ids.get(same_id(work.student)) if work.student else None
        if named is not None:
            doubt = f"it names {named}, its path names {student}" if student not in (None, named) else ""
            student, how = named, "notebook"
        elif work.student:
            notes.append(f"it names {work.student}, who is not on the roster")
    canvas = _CANVAS.fullmatch(file.path_in.rpartition("/")[2])
    return Found(
        path_in=file.path_in,
        student=student,
        how=how,
        time=file.time,
        place=file.place,
        members=file.members,
        attempt=_attempt(canvas, student),
        late=bool(canvas and canvas["late"]),
        doubtful=bool(doubt),
        note="; ".join([*notes, doubt] if doubt else notes),
        set_name=set_name,
    )


def collect(place: Path, roster: Sequence[Student], set_name: str | None = None) -> Collected:
    """Find what was handed in, in a folder tree or a zip as Canvas and Moodle export it.

    Of several tries the latest counts: by the number behind the name (-1, -2), then by time, then by Canvas's number of
    the file. A file whose path names another student than the file itself never takes the place of one without doubt.

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
    search = _Search(_Whose(roster))
    try:
        if place.is_dir():
            search.folder(place)
        elif place.name.casefold().endswith(_NOTEBOOK):
            search.file(place, _readable(place.name))
        else:
            with place.open("rb") as file:
                search.zip("", place, (), file, 0)
    except CollectError as error:
        raise CollectError(f"{place}: {error}") from None
    except OSError as error:
        raise CollectError(f"{error.filename or place} cannot be read ({_reason(error)})") from None
    except _BROKEN as error:
        raise CollectError(f"{place} is neither a folder nor a sound zip file ({_reason(error)})") from None
    return _in_order(search.found, roster, set_name, search.ignored)


def _in_order(found: Sequence[Found], roster: Sequence[Student], set_name: str | None, ignored: int) -> Collected:
    tries: dict[str, list[Found]] = {one.id: [] for one in roster}
    for one in found:
        if one.student is not None:
            tries[one.student].append(one)
    ordered: list[Found] = []
    for several in tries.values():
        several.sort(key=lambda one: _rank(one, set_name))
        ordered += [replace(one, counts=one is several[-1]) for one in several]
    ordered += sorted((one for one in found if one.student is None), key=lambda one: one.path_in)
    return Collected(ordered, ignored, [one for one in roster if not tries[one.id]])


def _rank(one: Found, set_name: str | None) -> tuple[Any, ...]:
    canvas = _CANVAS.fullmatch(one.path_in.rpartition("/")[2])
    right_set = set_name is None or one.set_name in (None, set_name)
    time = one.time.timestamp() if one.time else 0.0
    return (right_set, not one.doubtful, one.attempt, time, int(canvas["file"][:18]) if canvas else 0, one.path_in)
