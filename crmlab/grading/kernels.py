"""Whole notebooks with their pictures and tables, for whoever grades by hand: run by nbclient in warm, shut-in kernels.

A kernel is forked from the engine's warm process like any other child, into the same sandbox with the same stand-ins
for the course's verbs. The grader opens its sockets in a folder of its own and hands them over.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
from typing import Any

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from nbclient import NotebookClient

from crmlab.grading.engine import values
from crmlab.grading.engine.kernel import CHANNELS
from crmlab.grading.engine.pool import Job, Limits, Pool, Warm, WarmLink, about, environment

_MOST_MESSAGE = 32 << 20  # bytes; a kernel that sends more at once loses its line
_MOST_SHOWN = 2_000_000  # characters of output kept of one notebook
_READY_S = 60.0
_Ended = tuple[int, str]
#: What a warm process imports for kernels.
IMPORTS = ("ipykernel.kernelapp", "matplotlib_inline.backend_inline")


class WarmProvisioner(KernelProvisionerBase):
    """Starts the kernel of a :class:`_Manager` as a child of its warm worker."""

    _link: WarmLink | None = None

    def _manager(self) -> _Manager:
        assert isinstance(self.parent, _Manager)
        return self.parent

    @property
    def has_process(self) -> bool:
        return self._link is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        manager = self._manager()
        for number, name in enumerate((*CHANNELS, "hb_port"), start=1):
            setattr(manager, name, number)
        self.connection_info = manager.get_connection_info()
        return {**await super().pre_launch(**kwargs), "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        manager = self._manager()
        listening = []
        for number in range(1, len(CHANNELS) + 1):
            one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            one.bind(f"{manager.ip}-{number}")
            one.listen(8)
            one.setblocking(False)
            listening.append(one)
        try:
            self._link = manager.worker.open(listening)
        finally:
            for one in listening:
                one.close()
        connection = {**self.connection_info, "key": manager.session.key.decode("ascii"), "ip": "kernel"}
        self._link.send(values.dumps({**about(manager.job), "connection": connection}).encode("ascii") + b"\n")
        return self.connection_info

    async def poll(self) -> int | None:
        return None if self._link is not None and self._link.alive() else 1

    async def wait(self) -> int | None:
        while await self.poll() is None:
            await asyncio.sleep(0.02)
        self._link = None
        return 0

    async def send_signal(self, signum: int) -> None:
        """Do nothing: interrupts go as messages, and what ends a kernel is :meth:`kill`."""

    async def kill(self, restart: bool = False) -> None:
        if self._link is not None:
            self._link.end()

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        await self.kill()


class _Manager(AsyncKernelManager):
    """Manages the kernel of one job on one worker."""

    def __init__(self, job: Job, worker: Warm, folder: str) -> None:
        context = zmq.asyncio.Context()
        context.maxmsgsize = _MOST_MESSAGE
        super().__init__(context=context, transport="ipc", ip=f"{folder}/k")
        self.job, self.worker = job, worker
        self._kernel_spec = KernelSpec(
            language="python",
            display_name="Python",
            interrupt_mode="message",
            metadata={"kernel_provisioner": {"provisioner_name": "crmlab-warm"}},
        )


class _Client(NotebookClient):
    """Leaves out an output that would make the notebook too large to look at."""

    left = _MOST_SHOWN

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: Any) -> Any:
        content = msg["content"]
        parts = [content.get("text"), *(content.get("data") or {}).values(), *(content.get("traceback") or [])]
        size = sum(len(part) for part in parts if isinstance(part, str))
        if size > self.left:
            msg = {
                **msg,
                "msg_type": "stream",
                "content": {"name": "stderr", "text": f"[{size} characters left out]\n"},
            }
            msg["header"] = {**msg["header"], "msg_type": "stream"}
        else:
            self.left -= size
        return super().output(outs, msg, display_id, cell_index)


def run_whole(notebook: Any, job: Job, pool: Pool) -> dict[int, str]:
    """Run a notebook's cells in place, in a kernel of its own.

    A cell that runs too long or takes the kernel with it costs that cell: the others are run again without it.

    Parameters
    ----------
    notebook
        An nbformat notebook; its outputs are replaced.
    job
        Whose questions the course's verbs answer; its cells are not looked at.
    pool
        Made with :data:`IMPORTS`.

    Returns
    -------
    Which cells were ended, and why: ``timeout`` or ``died``.

    Raises
    ------
    SandboxError
        No worker can be started.
    """
    with pool.worker() as worker:
        return asyncio.run(_run_whole(notebook, job, worker, pool.limits))


async def _run_whole(notebook: Any, job: Job, worker: Any, limits: Limits) -> dict[int, str]:
    ended: dict[int, str] = {}
    until = time.monotonic() + limits.total_s
    code = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    while len(ended) < len(code) and time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            manager = _Manager(job, worker, folder) if isinstance(worker, Warm) else AsyncKernelManager()
            await manager.start_kernel(cwd=folder, env=environment(folder))
            kernel = manager.client()
            try:
                kernel.start_channels()
                await kernel.wait_for_ready(_READY_S)
                kernel.allow_stdin = False
                client = _Client(notebook, km=manager, allow_errors=True, timeout=None)
                client.kc = kernel
                guilty = await _cells(client, [place for place in code if place not in ended], until, limits.cell_s)
            finally:
                kernel.stop_channels()
                await manager.shutdown_kernel(now=True)
                manager.context.destroy(linger=0)
        if guilty is None:
            return ended
        ended[guilty[0]] = guilty[1]
    return {place: ended.get(place, "timeout") for place in code if place in ended or place > max(ended, default=-1)}


async def _cells(client: _Client, places: list[int], until: float, cell_s: float) -> _Ended | None:
    """Run cells until one has to be ended; return which and why."""
    for place in places:
        cell = asyncio.ensure_future(client.async_execute_cell(client.nb.cells[place], place))
        await asyncio.wait({cell}, timeout=min(cell_s, until - time.monotonic()))
        late = not cell.done()
        cell.cancel()
        try:
            await cell
        except (Exception, asyncio.CancelledError):  # a dead kernel, or one that sends what nbclient cannot read
            return place, "timeout" if late else "died"
    return None
