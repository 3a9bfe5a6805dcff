"""The gradebook: what every submission earned, kept so that nothing is lost and nothing is graded twice.

SQLite in the class folder, or any database that SQLAlchemy knows by address. A submission and its results are written
in one transaction; a submission graded again moves its earlier rows to the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sql

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
    sql.Column("status", sql.String(20), nullable=False),  # ok, partial, failed, unreadable
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("notes", sql.Text, nullable=False),
    sql.Column("isolation", sql.String(20), nullable=False),
    sql.Column("version", sql.String(40), nullable=False),
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
        self.address = str(address)
        url = self.address if "://" in self.address else f"sqlite:///{self.address}"
        try:
            self._engine = sql.create_engine(url)
            with self._trouble():
                _tables.create_all(self._engine)
        except (sql.exc.ArgumentError, ImportError) as error:
            raise GradebookError(
                f"{self.address} is no address of a database that can be used here ({error})"
            ) from None

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except sql.exc.DBAPIError as error:
            raise GradebookError(f"the gradebook {self.address} cannot be used ({error.orig})") from None

    def done(self, set_name: str) -> set[tuple[str, str]]:
        """Return file and SHA-256 of every submission of a set that has its row."""
        query = sql.select(submissions.c.file, submissions.c.sha256).where(submissions.c.set_name == set_name)
        with self._trouble(), self._engine.connect() as connection:
            return {(row.file, row.sha256) for row in connection.execute(query)}

    def write(self, submission: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep a submission and its results, all or nothing; rows of an earlier run move to the history."""
        key = {name: submission[name] for name in _KEY}
        with self._trouble(), self._engine.begin() as connection:
            before = connection.execute(sql.select(submissions).filter_by(**key)).mappings().one_or_none()
            if before is not None:
                old = connection.execute(sql.select(results).filter_by(**key)).mappings().all()
                what = {"submission": dict(before), "results": [dict(row) for row in old]}
                connection.execute(
                    history.insert(),
                    {
                        "set_name": before["set_name"],
                        "student": before["student"],
                        "at": _now(),
                        "what": json.dumps(what, ensure_ascii=False),
                    },
                )
                connection.execute(results.delete().filter_by(**key))
                connection.execute(submissions.delete().filter_by(**key))
            connection.execute(submissions.insert(), {**submission, "graded_at": _now()})
            if rows:
                connection.execute(results.insert(), [{**key, **row} for row in rows])

    def override(self, set_name: str, student: str, item: str, points: float, reason: str) -> None:
        """Set the points of one item by hand; it holds for every later run, too."""
        key = {"set_name": set_name, "student": student, "item": item}
        with self._trouble(), self._engine.begin() as connection:
            connection.execute(overrides.delete().filter_by(**key))
            connection.execute(overrides.insert(), {**key, "points": points, "reason": reason, "at": _now()})

    def table(self, name: str, set_name: str | None = None) -> pd.DataFrame:
        """Return ``submissions``, ``results``, ``overrides`` or ``history`` as a table, in the order of their keys."""
        found = _tables.tables[name]
        query = sql.select(found).order_by(*found.primary_key.columns)
        if set_name is not None:
            query = query.where(found.c.set_name == set_name)
        with self._trouble(), self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return pd.DataFrame(rows, columns=[column.name for column in found.columns])

    def sets(self) -> list[str]:
        """Return the names of the sets that have rows, sorted."""
        with self._trouble(), self._engine.connect() as connection:
            return sorted(connection.execute(sql.select(submissions.c.set_name).distinct()).scalars())

    def forget(self, student: str) -> int:
        """Delete every row of a student, history and overrides too; return how many submissions there were."""
        mine = sql.select(submissions).where(submissions.c.student == student)
        with self._trouble(), self._engine.begin() as connection:
            found = connection.execute(mine).mappings().all()
            for row in found:
                connection.execute(results.delete().filter_by(**{name: row[name] for name in _KEY}))
            for one in (submissions, overrides, history):
                connection.execute(one.delete().where(one.c.student == student))
            return len(found)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
