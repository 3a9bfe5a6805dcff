"""The server's end of the line between a notebook page and its kernel."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A connection that sends small messages at once, instead of waiting whether another one follows (Nagle).

    A move of a slider is answered by several small messages; the wait costs up to 40 ms on some systems.
    """

    def connect(self) -> Any:
        """Connect the page with its kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
