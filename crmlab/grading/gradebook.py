"""The gradebook: what every submission earned, kept so that nothing is lost and nothing is graded twice.

SQLite in the class folder, or any database that SQLAlchemy knows by address. A submission and its results are written
in one transaction; a submission graded again moves its earlier rows to the history.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sql

from crmlab.core.text import Text

GRADEBOOK_FILE = "gradebook.sqlite"

_tables = sql.MetaData()
_KEY = ("set_name", "file", "sha256")
submissions = sql.Table(
    "submissions",
    _tables,
    sql.Column("set_name", sql.String(100), primary_key=True),
    sql.Column("file", sql.String(500), primary_key=True),
    sql.Column("sha256", sql.String(64), primary_key=True),
    sql.Column("student", sql.String(100), nullable=False),  # empty: nobody on the roster
    sql.Column("how", sql.String(10), nullable=False),
    sql.Column("received", sql.String(40), nullable=False),
    sql.Column("attempt", sql.Integer, nullable=False),
    sql.Column("late", sql.Boolean, nullable=False),
    sql.Column("doubtful", sql.Boolean, nullable=False),  # somebody else may have handed it in
    sql.Column("untouched", sql.Boolean, nullable=False, default=False),  # a set as it was handed out
    sql.Column("keep", sql.String(10), nullable=False, default="latest"),  # or best: what the last run let count
    sql.Column("lang", sql.String(10), nullable=False),  # of the notebook; empty: not known
    sql.Column("status", sql.String(20), nullable=False),  # ok, partial, failed, unreadable
    sql.Column("reason", sql.Text, nullable=False),  # sentences, as `written` puts them down
    sql.Column("notes", sql.Text, nullable=False),  # the same
    sql.Column("isolation", sql.String(20), nullable=False),
    sql.Column("version", sql.Text, nullable=False),  # as the notebook says
    sql.Column("points", sql.Float, nullable=False),
    sql.Column("max_points", sql.Float, nullable=False),
    sql.Column("seconds", sql.Float, nullable=False),
    sql.Column("graded_at", sql.String(40), nullable=False),
)
results = sql.Table(
    "results",
    _tables,
    sql.Column("set_name", sql.String(100), primary_key=True),
    sql.Column("file", sql.String(500), primary_key=True),
    sql.Column("sha256", sql.String(64), primary_key=True),
    sql.Column("item", sql.String(100), primary_key=True),
    sql.Column("part", sql.String(100), primary_key=True),  # empty: the item as a whole
    sql.Column("status", sql.String(20), nullable=False),
    sql.Column("trap", sql.String(100), nullable=False),
    sql.Column("points", sql.Float, nullable=False),
    sql.Column("max_points", sql.Float, nullable=False),
    sql.Column("follow_through", sql.Boolean, nullable=False),
    sql.Column("note", sql.Text, nullable=False),
    sql.Column("said", sql.Text, nullable=False),  # sentences: why this is not an answer of the asked kind
    sql.Column("answer", sql.Text, nullable=False),  # JSON
)
overrides = sql.Table(
    "overrides",
    _tables,
    sql.Column("set_name", sql.String(100), primary_key=True),
    sql.Column("student", sql.String(100), primary_key=True),
    sql.Column("item", sql.String(100), primary_key=True),
    sql.Column("points", sql.Float, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("at", sql.String(40), nullable=False),
)
history = sql.Table(
    "history",
    _tables,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("set_name", sql.String(100), nullable=False),
    sql.Column("student", sql.String(100), nullable=False),
    sql.Column("at", sql.String(40), nullable=False),
    sql.Column("what", sql.Text, nullable=False),  # JSON: the rows as they were
)

#: What differs between two runs over the same files.
TIMES = ("seconds", "graded_at")


class GradebookError(ValueError):
    """A gradebook that cannot be used; the message names it."""


def written(said: Iterable[Text]) -> str:
    """Return sentences as a column keeps them: JSON, in both languages where these differ.

    >>> written([Text(en="The file is empty.", zh="文件是空的。"), Text(en="KeyError: 3", zh="KeyError: 3")])
    '[{"en": "The file is empty.", "zh": "文件是空的。"}, "KeyError: 3"]'
    """
    kept = [one.en if one.en == one.zh else {"en": one.en, "zh": one.zh} for one in said]
    return json.dumps(kept, ensure_ascii=False)


def sentences(column: str) -> list[Text]:
    """Return the sentences that a column keeps.

    >>> sentences('["KeyError: 3"]')
    [Text(en='KeyError: 3', zh='KeyError: 3')]
    """
    return [Text(**one) if isinstance(one, dict) else Text(en=one, zh=one) for one in json.loads(column)]


def _url(address: str) -> sql.URL:
    if "://" not in address:
        return sql.URL.create("sqlite", database=address)
    url = sql.make_url(address)
    if "@" in (url.host or ""):
        raise ValueError("an @ in the password is taken for its end")
    if url.get_backend_name() == "postgresql" and "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": "10"})  # seconds; else minutes where nothing answers
    return url


def _shown(address: str) -> str:
    """Return an address without its password, however the rest is written.

    >>> _shown("postgresql+psycopg://ada:secret@db.example.org/grades")
    'postgresql+psycopg://ada:***@db.example.org/grades'
    >>> _shown("postgresql+psycopg://ada@db.example.org/grades")
    'postgresql+psycopg://ada@db.example.org/grades'
    """
    address = re.sub(r"^(?!\w:[\\/])((?:\w[\w+]*:/{1,2})?+[^:@]*:).*@", r"\1***@", address)
    return re.sub(r"(password=)[^&]*", r"\1***", address)


def _storable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without the null characters and halves of characters that not every database takes."""
    return {name: _text(value) if isinstance(value, str) else value for name, value in row.items()}


def _text(value: str) -> str:
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Gradebook:
    """A class's grades.

    Parameters
    ----------
    address
        A file, or a database address such as ``postgresql+psycopg://user@host/name``.

    Raises
    ------
    GradebookError
        It cannot be opened.
    """

    def __init__(self, address: Path | str) -> None:
        self.address = _shown(str(address))
        try:
            self._engine = sql.create_engine(_url(str(address)))
        except ImportError as error:
            more = "; pip install 'crmlab[cluster]' brings psycopg for PostgreSQL" if "psycopg" in str(error) else ""
            raise GradebookError(f"the gradebook {self.address} cannot be used ({error}{more}).") from None
        except (sql.exc.ArgumentError, ValueError):  # what they say may hold a part of the password
            raise GradebookError(
                f"{self.address} is no address of a database; one looks like "
                "postgresql+psycopg://user:password@host/name, with @ in a password written as %40."
            ) from None
        if self._engine.dialect.name == "sqlite" and self._engine.url.database:
            _make_private(Path(self._engine.url.database))
        with self._trouble():
            try:
                _tables.create_all(self._engine)
            except (sql.exc.IntegrityError, sql.exc.ProgrammingError):  # another grader makes them at this moment
                _tables.create_all(self._engine)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except sql.exc.DBAPIError as error:
            said = " ".join(str(error.orig).split())
            if said == "database is locked":  # SQLite's words
                raise GradebookError(
                    f"the gradebook {self.address} is in use by another program; close it and run the command again."
                ) from None
            raise GradebookError(f"the gradebook {self.address} cannot be used ({said})") from None

    def done(self, set_name: str) -> dict[tuple[str, str], tuple[str, bool, bool]]:
        """Return every submission of a set that has its row: file and SHA-256 -> student, late, doubtful."""
        columns = [submissions.c[name] for name in ("file", "sha256", "student", "late", "doubtful")]
        query = sql.select(*columns).where(submissions.c.set_name == set_name)
        with self._trouble(), self._engine.connect() as connection:
            return {(row.file, row.sha256): (row.student, row.late, row.doubtful) for row in connection.execute(query)}

    def set_keep(self, set_name: str, keep: str) -> None:
        """Put down for a set's submissions which of several tries counts: ``latest`` or ``best``."""
        with self._trouble(), self._engine.begin() as connection:
            mine = submissions.c.set_name == set_name
            connection.execute(submissions.update().where(mine).values(keep=keep))

    def keep(self, set_name: str) -> Literal["latest", "best"]:
        """Return which of several tries counted when a set was last graded; ``latest`` if it never was."""
        query = sql.select(submissions.c.keep).where(submissions.c.set_name == set_name, submissions.c.keep == "best")
        with self._trouble(), self._engine.connect() as connection:
            return "latest" if connection.execute(query.limit(1)).first() is None else "best"

    def students(self) -> set[str]:
        """Return the ids of all students of whom there is a row, in the history too."""
        query = sql.union(*(sql.select(one.c.student) for one in (submissions, overrides, history)))
        with self._trouble(), self._engine.connect() as connection:
            return set(connection.execute(query).scalars()) - {""}

    def write(self, submission: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep a submission and its results, all or nothing; rows of an earlier run move to the history."""
        submission, rows = _storable(submission), [_storable(row) for row in rows]
        with self._trouble():
            for left in (2, 1, 0):
                try:
                    with self._engine.begin() as connection:
                        _put(connection, submission, rows)
                    return
                except sql.exc.IntegrityError:  # another grader wrote the same submission at this moment
                    if not left:
                        raise

    def override(self, set_name: str, student: str, item: str, points: float, reason: str) -> None:
        """Set the points of one item by hand; it holds for every later run, too. Earlier ones move to the history."""
        key = {"set_name": set_name, "student": student, "item": item}
        with self._trouble(), self._engine.begin() as connection:
            _take_back(connection, key, "replaced")
            row = _storable({**key, "points": points, "reason": reason, "at": _now()})
            connection.execute(overrides.insert(), row)

    def take_back(self, set_name: str, student: str, item: str) -> bool:
        """Move points set by hand to the history; return whether there were any."""
        key = {"set_name": set_name, "student": student, "item": item}
        with self._trouble(), self._engine.begin() as connection:
            return _take_back(connection, key, "removed")

    def table(self, name: str, set_name: str | None = None) -> pd.DataFrame:
        """Return ``submissions``, ``results``, ``overrides`` or ``history`` as a table, in the order of their keys."""
        found = _tables.tables[name]
        query = sql.select(found)
        if set_name is not None:
            query = query.where(found.c.set_name == set_name)
        with self._trouble(), self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        key = [column.name for column in found.primary_key.columns]
        rows = sorted(rows, key=lambda row: [row[name] for name in key])  # here: databases differ in the order of texts
        return pd.DataFrame(rows, columns=[column.name for column in found.columns])

    def sets(self) -> list[str]:
        """Return the names of the sets that have submissions or points set by hand, sorted."""
        query = sql.union(sql.select(submissions.c.set_name), sql.select(overrides.c.set_name))
        with self._trouble(), self._engine.connect() as connection:
            return sorted(connection.execute(query).scalars())

    def forget(self, student: str) -> int:
        """Delete every row of a student, history and overrides too; return how many submissions there were."""
        mine = sql.select(submissions).where(submissions.c.student == student)
        with self._trouble(), self._engine.begin() as connection:
            found = connection.execute(mine).mappings().all()
            for row in found:
                connection.execute(results.delete().filter_by(**{name: row[name] for name in _KEY}))
            for one in (submissions, overrides, history):
                connection.execute(one.delete().where(one.c.student == student))
        if self._engine.dialect.name == "sqlite":  # which leaves what was deleted in its file until then
            with self._trouble(), self._engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
        return len(found)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _make_private(path: Path) -> None:
    """Make a gradebook's file, which only its owner may read; one that is there stays as it is."""
    with suppress(OSError):  # what cannot be made SQLite names better
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def open_gradebook(folder: Path, address: str | None) -> Gradebook:
    """Open a gradebook that grading has made: by its address, else that of a class folder.

    Raises
    ------
    GradebookError
        The class folder has none, or it cannot be opened.
    """
    file = folder / GRADEBOOK_FILE
    if address is None and not file.exists():
        raise GradebookError(f"{file}: there is no such file; `crmlab grade` makes it.")
    return Gradebook(address or file)


def _remember(connection: sql.Connection, row: Mapping[str, Any], what: Mapping[str, Any]) -> None:
    """Keep rows that are about to go in the history of their student."""
    kept = {"set_name": row["set_name"], "student": row["student"], "at": _now()}
    connection.execute(history.insert(), {**kept, "what": json.dumps(what, ensure_ascii=False)})


def _take_back(connection: sql.Connection, key: Mapping[str, str], why: str) -> bool:
    before = connection.execute(sql.select(overrides).filter_by(**key)).mappings().one_or_none()
    if before is not None:
        _remember(connection, dict(before), {"override": dict(before), "became": why})
        connection.execute(overrides.delete().filter_by(**key))
    return before is not None


def _put(connection: sql.Connection, submission: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert a submission and its results in place of those that there are."""
    key = {name: submission[name] for name in _KEY}
    before = connection.execute(sql.select(submissions).filter_by(**key)).mappings().one_or_none()
    if before is not None:
        old = connection.execute(sql.select(results).filter_by(**key)).mappings().all()
        old = sorted(old, key=lambda row: (row["item"], row["part"]))
        what = {"submission": dict(before), "results": [dict(row) for row in old]}
        _remember(connection, dict(before), what)
        connection.execute(results.delete().filter_by(**key))
        connection.execute(submissions.delete().filter_by(**key))
    connection.execute(submissions.insert(), {**submission, "graded_at": _now()})
    if rows:
        connection.execute(results.insert(), [{**key, **row} for row in rows])
