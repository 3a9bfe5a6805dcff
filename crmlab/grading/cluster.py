"""Grading on a Dask cluster: the same sandboxed processes, on as many machines as there are workers.

A job goes to a worker as one JSON text and its outcome comes back as one. The grader alone has the salt, the roster and
the gradebook, and it alone writes rows: each once, however often a worker died over the job.
"""

from __future__ import annotations

import asyncio
import logging
import platform
import queue
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

import crmlab
from crmlab.grading.engine import values
from crmlab.grading.engine.pool import Job, Limits, Outcome, Pool
from crmlab.grading.engine.sandbox import Isolation, SandboxError, probe
from crmlab.grading.engine.values import MalformedError
from crmlab.grading.engine.wire import job_from_json, job_to_json, outcome_from_json, outcome_to_json

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 3  # jobs on their way for each thread of a worker
_CONNECT_S = 10
_LOOK_S = 1.0  # between counts of the workers
_PATIENCE_S = 60.0  # for a new worker when the last one is gone
_IDLE_S = 120.0  # after which a worker takes its grader for dead
_FETCH_S = 10.0  # for an outcome, of some megabytes at most
_END_S = 30
_GO_ON = "What was graded is kept; run the same command again to go on."


class ClusterError(ValueError):
    """A cluster that cannot be used; the message says what is wrong and what to do."""


# --- on a worker -----------------------------------------------------------------------------------------------------


class _Station:
    """What a worker keeps warm for one run of a grader."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.busy = 0
        self.ending: threading.Timer | None = None


_stations: dict[str, _Station] = {}
_over: set[str] = set()  # runs whose grader has said goodbye: what was on its way here is not begun
_lock = threading.Lock()


@contextmanager
def _pool(run: str, limits: Limits, isolation: Literal["sandbox", "none"]) -> Iterator[Pool]:
    """Lend the worker's pool for one job; a grader that falls silent, as one that was killed does, loses it."""
    from distributed import get_worker

    with _lock:
        if run in _over:
            raise SandboxError("its grader has gone")
        if run not in _stations:
            _stations[run] = _Station(Pool(get_worker().state.nthreads, limits, isolation))
        station = _stations[run]
        station.busy += 1
        if station.ending is not None:
            station.ending.cancel()
    try:
        yield station.pool
    finally:
        with _lock:
            station.busy -= 1
            if not station.busy:
                station.ending = threading.Timer(_IDLE_S, _leave, [run])
                station.ending.daemon = True
                station.ending.start()


def _leave(run: str, *, at_once: bool = False) -> None:
    """End what is kept for a run, if it is idle or ``at_once``."""
    with _lock:
        if at_once:
            _over.add(run)
        station = _stations.get(run)
        if station is None or (station.busy and not at_once):
            return
        del _stations[run]
    station.pool.close()


async def _goodbye(run: str) -> None:
    await asyncio.to_thread(_leave, run, at_once=True)  # the worker's own loop goes on


def _trouble(order: dict[str, Any]) -> str:
    """Return why this worker cannot do what is asked of it, or ''."""
    if crmlab.__version__ != order["version"]:
        return f"it has crmlab {crmlab.__version__}, the grader {order['version']}; install the same on both"
    if _python() != order["python"]:
        return f"it runs Python {_python()}, the grader {order['python']}; use the same for both"
    if order["isolation"] == "sandbox" and (found := probe()).name != "sandbox":
        return (
            f"it has no sandbox ({found.note}); run it on Linux where user namespaces are allowed, "
            "or do without on all workers with --isolation none (SECURITY.md says what that means)"
        )
    return ""


async def _look(order: bytes) -> str:
    return await asyncio.to_thread(_trouble, values.loads(order))


def _grade(order: bytes, job: bytes) -> bytes:
    """Run one job on this worker."""
    from distributed import get_worker

    about = values.loads(order)
    try:
        if trouble := _trouble(about):
            raise SandboxError(trouble)
        with _pool(about["run"], Limits(**about["limits"]), about["isolation"]) as pool:
            return outcome_to_json(pool.one(job_from_json(job)))
    except SandboxError as error:
        raise ClusterError(f"{_unusable(get_worker().address, error)} {_GO_ON}") from None
    except Exception as error:  # as text: an error that cannot be pickled would never arrive, nor anything in its place
        words = f"{type(error).__name__}: {error}"[:400]
        return outcome_to_json(_failed(values.loads(job)["key"], words, about["isolation"]))


def _failed(key: str, why: str, isolation: Literal["sandbox", "none"]) -> Outcome:
    return Outcome(key, {}, {"": why}, {}, "", 0.0, "sandbox" if isolation == "sandbox" else "process", "failed")


def _unusable(worker: str, why: object) -> ClusterError:
    return ClusterError(f"The worker {worker} cannot be used: {why}.")


def _python() -> str:
    return ".".join(platform.python_version_tuple()[:2])


# --- in the grader ---------------------------------------------------------------------------------------------------


class Cluster:
    """Runs submissions on the workers of a Dask scheduler; used like :class:`crmlab.grading.engine.pool.Pool`.

    Workers may come and go; a job whose worker died is run again on another. Each worker runs as many submissions at
    once as it has threads.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.
    limits
        What each submission may use.
    isolation
        ``auto`` and ``sandbox`` insist on a sandbox on every worker, since code without one could send the scheduler
        code of its own; ``none`` does without.

    Raises
    ------
    ClusterError
        Nothing answers, there are no workers, or one of them cannot be used; the message names it.
    """

    def __init__(
        self,
        address: str,
        limits: Limits | None = None,
        isolation: Literal["auto", "sandbox", "none"] = "auto",
    ) -> None:
        self.address = address
        self._isolation: Literal["sandbox", "none"] = "none" if isolation == "none" else "sandbox"
        self._run = secrets.token_hex(8)
        order = {
            "run": self._run,
            "version": crmlab.__version__,
            "python": _python(),
            "limits": asdict(limits or Limits()),
            "isolation": self._isolation,
        }
        self._order = values.dumps(order).encode("ascii")
        self._flying: dict[Future[bytes], Job] = {}
        self._done: queue.SimpleQueue[Future[bytes]] = queue.SimpleQueue()
        self._client = self._connected()
        try:
            self._check()
            self._count()
        except BaseException:
            self.close()
            raise

    def _connected(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterError(f"A cluster needs more packages ({error}): pip install 'crmlab[cluster]'") from None
        for name in ("distributed", "distributed.client"):  # a lost connection is told in one sentence, not in many
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            return Client(self.address, timeout=_CONNECT_S, set_as_default=False, name="crmlab")
        except Exception as error:  # not only OSError and ValueError: it depends on what is wrong with the address
            why = f" ({error})" if str(error) else ""
            raise ClusterError(f"No Dask scheduler answers at {self.address}{why}.") from None

    def _check(self) -> None:
        """Look at the scheduler and every worker before anything is sent."""
        here = f"crmlab {crmlab.__version__}"
        try:
            self._client.run_on_scheduler(_python)  # it unpacks what it passes on
        except Exception as error:
            raise ClusterError(
                f"The scheduler at {self.address} cannot run {here} ({error}); install it there."
            ) from None
        found = self._client.run(_look, self._order, on_error="return")
        if not found:
            raise ClusterError(
                f"The scheduler at {self.address} has no workers; start some: dask worker {self.address}"
            )
        for worker, said in found.items():
            if isinstance(said, Exception):
                said = f"it cannot run {here} ({said}); install it there"
            if said:
                raise _unusable(worker, said)

    @property
    def isolation(self) -> Isolation:
        """What every submission has: a worker that cannot give it is refused."""
        return (
            Isolation("sandbox")
            if self._isolation == "sandbox"
            else Isolation("process", "The sandbox is switched off.")
        )

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Take back what is on its way, have the workers end what they keep for this run, and disconnect."""
        client = self._client
        with suppress(Exception):  # the scheduler may be gone
            if client.status == "running":
                client.cancel(list(self._flying))
                client.sync(client.run, _goodbye, self._run, on_error="ignore", callback_timeout=_END_S)
        self._flying.clear()
        with suppress(Exception):
            client.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Run jobs and yield their outcomes as they come, in any order; jobs are asked for a few ahead at most.

        A job that was on several workers when they died is run once more, alone, so that it does not pay for another.
        If it kills workers then, too, its outcome is ``failed``.

        Raises
        ------
        ClusterError
            The scheduler is lost, no worker is left, or a new worker cannot be used.
        """
        suspects: list[Job] = []
        for job in jobs:
            self._send(job)
            while len(self._flying) >= self._room():
                yield from self._landed(suspects)
        while self._flying:
            yield from self._landed(suspects)
        for job in suspects:
            self._send(job)
            while self._flying:
                yield from self._landed(None)

    def _send(self, job: Job) -> None:
        future = self._client.submit(_grade, self._order, job_to_json(job), pure=False)
        self._flying[future] = job
        future.add_done_callback(self._done.put)

    def _room(self) -> int:
        """Return how many jobs may be on their way."""
        if time.monotonic() > self._counted + _LOOK_S:
            self._count()
        return max(1, _AHEAD * self._threads)

    def _count(self) -> None:
        """Count the workers' threads, and give up when there have been none for long."""
        try:
            self._threads: int = sum(self._client.nthreads().values())
        except Exception:  # what it is depends on how far the connection is gone
            raise self._lost() from None
        self._counted = time.monotonic()
        if self._threads:
            self._seen = self._counted
        elif self._counted > self._seen + _PATIENCE_S:
            raise ClusterError(f"The scheduler at {self.address} has no workers any more. {_GO_ON}")

    def _lost(self) -> ClusterError:
        return ClusterError(f"The scheduler at {self.address} does not answer any more. {_GO_ON}")

    def _landed(self, suspects: list[Job] | None) -> Iterator[Outcome]:
        """Wait for one job and yield its outcome; none if it goes to the suspects."""
        from distributed import KilledWorker

        future = self._next()
        job = self._flying[future]
        try:
            outcome = outcome_from_json(future.result(timeout=_FETCH_S))
        except ClusterError:
            raise
        except KilledWorker:
            if suspects is not None:
                suspects.append(job)
                outcome = None
            else:
                outcome = _failed(job.key, "KilledWorker: each worker died while it ran this.", self._isolation)
        except MalformedError as error:
            outcome = _failed(job.key, f"A worker sent no outcome: {error}.", self._isolation)
        except TimeoutError:  # the worker that had it may just have died; then another makes it again
            future.add_done_callback(self._done.put)
            self._count()
            return
        except (CancelledError, OSError):
            raise self._lost() from None
        except Exception as error:  # a worker that came later and lacks something
            why = " ".join(f"{type(error).__name__}: {error}".split())
            raise ClusterError(f"A worker cannot grade ({why}). {_GO_ON}") from None
        del self._flying[future]
        if outcome is not None:
            yield outcome

    def _next(self) -> Future[bytes]:
        """Wait until a job has come to its end; watch the workers meanwhile."""
        while True:
            with suppress(queue.Empty):
                future = self._done.get(timeout=_LOOK_S)
                if future.done():
                    return future
                future.add_done_callback(self._done.put)  # its worker died with the outcome: another makes it again
            self._count()
