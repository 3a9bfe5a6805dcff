"""The roster of a class: one row per student, read whole or not at all."""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from crmlab.core.text import LANGUAGES, Language

COLUMNS = ("student_id", "name", "email", "section", "language", "due")
_IN_CHINESE = dict(zip(("学号", "姓名", "邮箱", "班级", "语言", "截止日期"), COLUMNS, strict=True))
_NEEDED = ("student_id", "name")
_MOST_PROBLEMS = 10
_MOST_NEAR = 3
_MOST_SIGNS = 64
# What Windows keeps for itself, with or without an ending.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)


class RosterError(ValueError):
    """A roster that cannot be used; the message names the file and each row with what is wrong there."""


@dataclass(frozen=True)
class Student:
    """One student of a class. ``due`` carries a time zone; a date alone means the end of that day here."""

    id: str
    name: str
    email: str = ""
    section: str = ""
    language: Language | None = None
    due: datetime | None = None


def same_id(student_id: str) -> str:
    """Return an id in the form in which two ids count as one: file systems do not tell ``a1`` from ``A1``.

    >>> same_id("A１")
    'a1'
    """
    return unicodedata.normalize("NFKC", student_id).casefold()


def find_student(roster: Sequence[Student], given: str, path: Path) -> Student:
    """Return the student with an id.

    Parameters
    ----------
    path
        Of the roster's file, for the message.

    Raises
    ------
    RosterError
        There is none; the message names those whose ids or names are near.
    """
    wanted = same_id(given)
    for one in roster:
        if same_id(one.id) == wanted:
            return one
    known = {same_id(one.name): one for one in roster} | {same_id(one.id): one for one in roster}
    near = [one for one in roster if wanted and wanted in same_id(one.name)]
    near += [known[one] for one in difflib.get_close_matches(wanted, known)]
    names = " or ".join([f"{one.id} ({one.name})" for one in dict.fromkeys(near)][:_MOST_NEAR])
    meant = f"; did you mean {names}?" if near else "."
    raise RosterError(f"{path}: there is no student {given!r}{meant}")


def why_no_file_name(student_id: str) -> str | None:
    """Say why an id cannot be the name of a file on every system; None if it can.

    >>> why_no_file_name("../x")
    "'/' cannot stand in a file name"
    >>> why_no_file_name("2026001") is None
    True
    """
    odd = next((sign for sign in student_id if sign in '/\\:*?"<>|' or not sign.isprintable()), None)
    if odd is not None:
        return f"{odd!r} cannot stand in a file name"
    if not student_id or student_id.startswith((".", " ", "-")) or student_id.endswith((".", " ")):
        return "a file name cannot begin with a point, a dash or a space, nor end with a point or a space"
    if same_id(student_id.partition(".")[0].rstrip()) in _RESERVED:  # COM² is COM2 to it
        return "Windows keeps this name for itself"
    if len(student_id.encode("utf-8")) > _MOST_SIGNS:
        return f"it is longer than {_MOST_SIGNS} bytes"
    return None


def read_roster(path: Path) -> list[Student]:
    """Read a roster: a CSV file in UTF-8, with commas or semicolons, with the columns of :data:`COLUMNS`.

    ``student_id`` and ``name`` are needed; the columns may have their Chinese names (``学号`` and so on).
    Other columns than these six are ignored, and so are empty rows.

    Raises
    ------
    RosterError
        The file cannot be read, a column is missing, or rows are wrong; the message names the file and the rows.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path}: the roster cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError:
        raise RosterError(f"{path.name}: the roster is not UTF-8; in Excel, save it as 'CSV UTF-8'") from None
    head = next((line for line in text.splitlines() if line.strip()), "")
    if "\t" in head and not set(",;") & set(head):
        raise RosterError(f"{path.name}: the columns are separated by tabs; save the roster as CSV, with commas")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    columns: list[str] | None = None
    students: list[Student] = []
    problems: list[str] = []
    rows_of: dict[str, int] = {}
    before = 0
    try:
        for fields in reader:
            row, before = before + 1, reader.line_num
            if not any(one.strip() for one in fields):
                continue
            if columns is None:
                columns = _columns(fields, path)
                continue
            student, wrong = _student(fields, columns)
            if student.id:
                first = rows_of.setdefault(same_id(student.id), row)
                if first != row:
                    wrong.append(f"student_id {student.id!r} stands in row {first}, too")
            problems += [f"row {row}: {one}" for one in wrong]
            students.append(student)
    except csv.Error as error:
        raise RosterError(f"{path.name}, row {before + 1}: {error}") from None
    if columns is None or not students:
        raise RosterError(f"{path.name}: the roster has no students")
    if problems:
        more = [f"and {len(problems) - _MOST_PROBLEMS} more"] if len(problems) > _MOST_PROBLEMS else []
        raise RosterError(f"{path.name}: " + "; ".join(problems[:_MOST_PROBLEMS] + more))
    return students


def _columns(fields: Sequence[str], path: Path) -> list[str]:
    columns = [one.strip().casefold().replace(" ", "_") for one in fields]
    columns = [_IN_CHINESE.get(one, one) for one in columns]
    missing = [one for one in _NEEDED if one not in columns]
    if missing:
        found = ", ".join(one for one in columns if one)
        raise RosterError(f"{path.name}, row 1: missing column {', '.join(missing)}; it has {found}")
    twice = sorted({one for one in columns if one in COLUMNS and columns.count(one) > 1})
    if twice:
        raise RosterError(f"{path.name}, row 1: column {', '.join(twice)} stands there twice")
    return columns


def _student(fields: Sequence[str], columns: Sequence[str]) -> tuple[Student, list[str]]:
    """Return one row as a student, with what is wrong in it."""
    wrong = []
    if len(fields) > len(columns) and any(one.strip() for one in fields[len(columns) :]):
        wrong.append(f"{len(fields)} fields under {len(columns)} columns; put a name with a comma in quotes")
    row = {name: " ".join(field.split()) for name, field in zip(columns, fields, strict=False)}
    given = {name: row.get(name, "") for name in COLUMNS}
    student_id = given["student_id"]
    if not student_id:
        wrong.append("the student_id is empty")
    elif _ROUNDED.fullmatch(student_id):
        wrong.append(f"student_id {student_id!r} was rounded by a spreadsheet; format the column as text")
    elif (reason := why_no_file_name(student_id)) is not None:
        wrong.append(f"student_id {student_id!r}: {reason}")
    language = next((one for one in LANGUAGES if one == given["language"].casefold()), None)
    if given["language"] and language is None:
        wrong.append(f"language {given['language']!r} is unknown; allowed are en, zh or nothing")
    due = None
    if given["due"]:
        try:
            due = _due(given["due"])
        except (ValueError, OverflowError, OSError):
            wrong.append(f"due {given['due']!r} is no date such as 2026-12-01 or 2026-12-01 18:00")
    return Student(student_id, given["name"], given["email"], given["section"], language, due), wrong


def _due(text: str) -> datetime:
    try:
        moment = datetime.combine(date.fromisoformat(text), time(23, 59, 59))
    except ValueError:
        moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


def roster_bytes(students: Sequence[Student]) -> bytes:
    """Return a roster as the file that :func:`read_roster` reads, with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in students:
        due = one.due.isoformat(sep=" ") if one.due else ""
        writer.writerow([one.id, one.name, one.email, one.section, one.language or "", due])
    return text.getvalue().encode("utf-8-sig")
