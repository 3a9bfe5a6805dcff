"""The picture as a reader sees it: drawn without flicker, with its sentence below, spoken by a screen reader."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Picture(anywidget.AnyWidget):
    """A PNG, its caption, and in its place a sentence when there is nothing to draw.

    The front end (picture.js) decodes a new picture first and swaps it in afterwards, so that dragging a control never
    shows a blank frame and an older picture never covers a newer one.
    """

    _esm = _HERE / "picture.js"
    _css = _HERE / "picture.css"

    png = traitlets.Bytes(b"").tag(sync=True)
    #: The finding in one sentence: visible below the picture and its label for screen readers.
    caption = traitlets.Unicode("").tag(sync=True)
    #: Why there is no picture; empty when there is one.
    message = traitlets.Unicode("").tag(sync=True)
    #: Language of both sentences, as an HTML language tag.
    lang = traitlets.Unicode("en").tag(sync=True)
    #: Size in CSS pixels.
    width = traitlets.Int(720).tag(sync=True)
    height = traitlets.Int(400).tag(sync=True)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return mimebundle(self, self)


def mimebundle(widget: Any, picture: Picture) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook stores for a widget that shows a picture: the live view, the PNG and the sentence."""
    data: dict[str, Any] = {
        "application/vnd.jupyter.widget-view+json": {
            "version_major": 2,
            "version_minor": 0,
            "model_id": widget.model_id,
        },
        "text/plain": picture.message or picture.caption,
    }
    if picture.message or not picture.png:
        return data, {}
    data["image/png"] = base64.b64encode(picture.png).decode("ascii")
    return data, {"image/png": {"width": picture.width, "height": picture.height}}
