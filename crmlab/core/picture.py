"""The picture as a reader sees it: drawn without flicker, with its sentence below, spoken by a screen reader."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from IPython.core.getipython import get_ipython
from PIL import Image

from crmlab.core import agg
from crmlab.core.agg import Changes, Pixels, changes
from crmlab.core.charts import SHARPNESS

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Drawing:
    """A picture that stands still.

    Attributes
    ----------
    png
        The picture, twice as sharp as its size on the page.
    caption
        The finding in one sentence.
    lang
        Its language, as an HTML language tag.
    width, height
        Size on the page [CSS pixels].
    """

    png: bytes
    caption: str
    lang: str
    width: int
    height: int

    def __repr__(self) -> str:
        return self.caption

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the picture for paper, the sentence for all else and, where a page shows it, both as one figure.

        No figure is made where a notebook runs without a page: what is stored then is compared word by word (nbval),
        and a picture must not take part in that.
        """
        small = base64.b64encode(_packed(self.png)).decode("ascii")
        data = {"image/png": small, "text/plain": self.caption}
        if running_cell()[0]:
            data["text/html"] = figure(small, self.caption, self.lang, self.width)
        return data, {"image/png": {"width": self.width, "height": self.height}}


def figure(png: str, caption: str, lang: str, width: int) -> str:
    """Return a picture (in base64) and its sentence in HTML; the picture needs no other file."""
    words = html.escape(caption)
    return (
        f'<figure lang="{lang}" style="margin: 0">'
        f'<img alt="{words}" width="{width}" src="data:image/png;base64,{png}" style="max-width: 100%; height: auto">'
        f'<figcaption style="max-width: 46rem; font-size: 1rem; line-height: 1.5">{words}</figcaption></figure>'
    )


def running_cell() -> tuple[str, Any]:
    """Return which cell of a page is running and which of its runs this is; both empty where no page is."""
    shell: Any = get_ipython()
    request = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str(request.get("metadata", {}).get("cellId", "")), request.get("header", {}).get("msg_id")


def _packed(png: bytes) -> bytes:
    """Pack a PNG for keeping: a chart has few colours, so 256 of them tell no difference."""
    data = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256).save(data, "PNG", optimize=True)
    return data.getvalue()


class Picture(anywidget.AnyWidget):
    """A picture that moves, its caption, and in its place a sentence when there is nothing to draw.

    Of a new picture only what differs from the last one travels to the browser. There picture.js, which asks for the
    whole when it begins, paints it in one go, so that dragging a control never shows a blank frame.

    Attributes
    ----------
    pixels
        The picture: rows, columns, and red, green, blue, alpha; twice as sharp as its size on the page.
    caption
        The finding in one sentence: visible below the picture and its label for screen readers.
    message
        Why there is no picture; empty when there is one.
    alive
        Whether a browser has asked for the picture; without anywidget's part in the browser none ever does.
    """

    _esm = _HERE / "picture.js"
    _css = _HERE / "picture.css"

    alive = traitlets.Bool(False)
    #: Language of both sentences, as an HTML language tag.
    lang = traitlets.Unicode("en").tag(sync=True)
    #: Size in CSS pixels.
    width = traitlets.Int(720).tag(sync=True)
    height = traitlets.Int(400).tag(sync=True)
    #: What a reset sets: for each control's model its state at the start.
    start: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    #: What the button says that enlarges type and hides code.
    projector = traitlets.Unicode("").tag(sync=True)
    #: Picture (PNG) and sentences when it was put on the page; empty once it has moved.
    first: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.pixels: Pixels = np.full((SHARPNESS * self.height, SHARPNESS * self.width, 4), 255, np.uint8)
        self.caption = self.message = ""
        self.on_msg(self._asked)

    def show(self, pixels: Pixels | None, caption: str, message: str) -> None:
        """Show a new picture with its caption, or a message in place of both."""
        self.caption, self.message = caption, message
        before = self.pixels
        if pixels is not None:
            self.pixels = pixels.copy()
        self.first = {}
        if self.alive:
            self._tell(changes(before, self.pixels))

    def _asked(self, _widget: Any, _content: Any, _buffers: Any) -> None:
        self.alive = True
        self._tell(changes(~self.pixels, self.pixels))

    def _tell(self, new: Changes) -> None:
        words = {"caption": self.caption, "message": self.message}
        self.send({"areas": new.areas, **words}, [new.lengths, new.colours])


class Stage(widgets.VBox):  # type: ignore[misc]
    """A moving picture, or a plain image with its sentence where anywidget's part in the browser is missing."""

    def __init__(self, picture: Picture) -> None:
        self._room = widgets.Box([picture])  # can be hidden, which a widget without its front end cannot
        super().__init__([self._room])
        self.add_class("crmlab-stage")
        self.picture = picture
        self._plain: list[Any] = []
        picture.observe(self._come_alive, "alive")

    def show(self, pixels: Pixels | None, caption: str, message: str) -> None:
        """Show a new picture with its caption, or a message in place of both."""
        self.picture.show(pixels, caption, message)
        if self._plain:
            self._fill_plain()

    def fall_back(self) -> None:
        """Show the plain image, unless a browser has asked for the picture."""
        if self.picture.alive or self._plain:
            return
        self._room.layout.display = "none"
        self._plain = [widgets.Image(format="png", width=self.picture.width), widgets.HTML()]
        self.children = [self._room, *self._plain]
        self._fill_plain()

    def _fill_plain(self) -> None:
        image, words = self._plain
        image.value = agg.png(self.picture.pixels)
        image.layout.visibility = "hidden" if self.picture.message else "visible"
        words.value = html.escape(self.picture.message or self.picture.caption)

    def _come_alive(self, _change: Any) -> None:
        self._room.layout.display = None
        self.children = [self._room]
        for widget in self._plain:
            widget.close()
        self._plain = []
