"""Jobs and outcomes as JSON, for the way to a worker on another machine and back.

Values stand as :mod:`values` writes them, so that nothing that came from a student is ever unpickled. Their size is not
limited here: a worker limits what it reads from a child, and what it has read comes whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from crmlab.grading.engine import values
from crmlab.grading.engine.pool import CellJob, Job, Outcome
from crmlab.grading.engine.values import Failed, MalformedError

_encode = partial(values.encode, most=math.inf)
_decode = partial(values.decode, most=math.inf)


def job_to_json(job: Job) -> bytes:
    """Return a job as JSON: all that a worker is told of a submission."""
    data = {
        "key": job.key,
        "student": job.student,
        "lang": job.lang,
        "cells": [[cell.id, cell.source, cell.item, cell.name] for cell in job.cells],
        "questions": {item: _encoded(about) for item, about in job.questions.items()},
        "calls": {name: [[_encode(one) for one in given] for given in lists] for name, lists in job.calls.items()},
        "inject": _encoded(job.inject),
    }
    return values.dumps(data).encode("ascii")


def job_from_json(text: bytes) -> Job:
    """Return the job that :func:`job_to_json` wrote.

    >>> job = Job("7", "2026001", "en", (CellJob("a", "x = 1"),), {"a-1": {"params": {"n": 3}}}, {"f": [[1, (2, 3)]]})
    >>> job_from_json(job_to_json(job)) == job
    True
    """
    data = values.loads(text)
    return Job(
        key=data["key"],
        student=data["student"],
        lang=data["lang"],
        cells=tuple(CellJob(*cell) for cell in data["cells"]),
        questions={item: _decoded(about) for item, about in data["questions"].items()},
        calls={name: [[_decode(one) for one in given] for given in lists] for name, lists in data["calls"].items()},
        inject=_decoded(data["inject"]),
    )


def outcome_to_json(outcome: Outcome) -> bytes:
    """Return an outcome as JSON."""
    data = {
        "key": outcome.key,
        "answers": _encoded(outcome.answers),
        "problems": outcome.problems,
        "calls": {name: [_sent(result) for result in results] for name, results in outcome.calls.items()},
        "output": outcome.output,
        "seconds": outcome.seconds,
        "isolation": outcome.isolation,
        "status": outcome.status,
    }
    return values.dumps(data).encode("ascii")


def outcome_from_json(text: bytes) -> Outcome:
    """Return the outcome that :func:`outcome_to_json` wrote.

    Raises
    ------
    MalformedError
        It wrote something else.

    >>> done = Outcome("7", {"a-1": (1, {2})}, {"c": "timeout"}, {"f": [Failed("died"), 2.5]}, "", 0.1, "sandbox", "ok")
    >>> outcome_from_json(outcome_to_json(done)) == done
    True
    """
    data = values.loads(text)
    try:
        words = [data[name] for name in ("key", "output", "isolation", "status")]
        sound = (
            all(type(word) is str for word in (*words, *data["problems"], *data["problems"].values()))
            and type(data["seconds"]) in (int, float)
            and data["isolation"] in ("sandbox", "process")
            and data["status"] in ("ok", "partial", "failed")
        )
        if not sound:
            raise MalformedError("no outcome")
        return Outcome(
            key=data["key"],
            answers=_decoded(data["answers"]),
            problems=data["problems"],
            calls={name: [_received(result) for result in results] for name, results in data["calls"].items()},
            output=data["output"],
            seconds=data["seconds"],
            isolation=data["isolation"],
            status=data["status"],
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise MalformedError(f"no outcome ({type(error).__name__})") from None


def _encoded(named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _encode(value) for name, value in named.items()}


def _decoded(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _decode(value) for name, value in data.items()}


def _sent(result: Any) -> dict[str, Any]:
    if isinstance(result, Failed):
        return {"failed": [result.name, result.message]}
    return {"result": _encode(result)}


def _received(data: Any) -> Any:
    if data.keys() == {"failed"} and [type(word) for word in data["failed"]] == [str, str]:
        return Failed(*data["failed"])
    return _decode(data["result"])
