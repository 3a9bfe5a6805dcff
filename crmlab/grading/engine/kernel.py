"""What runs in a student's process that is a Jupyter kernel: its sockets were opened by the grader.

The sockets stand in a folder of the grader's that the sandbox does not show; the kernel gets them already listening, so
it needs neither a network nor a shared folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from crmlab.grading.engine import child

#: A kernel's sockets, in the order in which they are handed over. No heartbeat: the zygote sees the kernel die.
CHANNELS = ("shell_port", "stdin_port", "control_port", "iopub_port")


def serve(line: child.Line, listening: Sequence[int]) -> NoReturn:
    """Be a kernel until the grader ends this process."""
    try:
        import zmq
        from ipykernel import kernelapp

        base: Any = kernelapp.IPKernelApp

        job = line.receive()
        path = Path("kernel.json")
        path.write_text(json.dumps(job["connection"]), encoding="ascii")
        child.prepare(job)
        numbers = {job["connection"][name]: number for name, number in zip(CHANNELS, listening, strict=True)}

        class App(base):  # type: ignore[misc]
            def _try_bind_socket(self, s: Any, port: int) -> int:
                s.setsockopt(zmq.USE_FD, numbers[port])
                bound: int = super()._try_bind_socket(s, port)
                return bound

            def init_heartbeat(self) -> None:
                pass

            def log_connection_info(self) -> None:
                pass

        app = App.instance(connection_file=str(path.resolve()))
        app.initialize([])
        path.unlink()
        app.shell.enable_matplotlib("inline")
        app.start()
    finally:
        os._exit(1)
