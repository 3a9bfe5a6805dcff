"""A notebook as one HTML page that needs no server, no network and no other file: to read, to print, to hand out."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import bleach
import nbformat
from latex2mathml.converter import convert
from nbconvert import HTMLExporter

from crmlab.build import execute
from crmlab.core.data import course_root
from crmlab.core.picture import figure
from crmlab.core.text import LOCALES, Language

_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
#: What the template would fetch from the network; the page has its formulas and pictures in it.
_FETCHED = (
    *("mathjax_url", "mermaid_js_url", "mermaid_layout_elk_js_url", "require_js_url", "jquery_url"),
    *("jupyter_widgets_base_url", "widget_renderer_url"),
)
_NO_SCRIPTS = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; font-src data:; '
    "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">"
)
_STYLE = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)  # what bleach would show as text
#: Besides what bleach allows: what notebooks make of Markdown, code and tables.
_TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span", "pre", "del", "sub", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {**bleach.ALLOWED_ATTRIBUTES, "*": ["class", "id"]}
_LINK = re.compile(r"(\]\((?!\w+:)[^)#]+)\.ipynb")


def export(source: Path, lang: Language, folder: Path) -> Path:
    """Run a notebook and write it as a page.

    Parameters
    ----------
    source
        A notebook of the course.
    lang
        Its language.
    folder
        Where the page goes; it has the notebook's name.

    Raises
    ------
    BuildError
        A cell raises; the message names the notebook and the cell.
    """
    notebook = nbformat.read(source, as_version=4)
    with tempfile.TemporaryDirectory() as elsewhere:
        execute(notebook, Path(elsewhere), source.name)
    _settle(notebook, lang)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}.html"
    target.write_text(html(notebook, lang, source.stem), encoding="utf-8")
    return target


def _settle(notebook: Any, lang: Language) -> None:
    """Put formulas, the kit's pictures and links between notebooks in a form that a page can hold."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            formulas = _FORMULA.sub(lambda found: convert(found[1], display="block"), cell.source)
            cell.source = _LINK.sub(r"\1.html", formulas)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            size = output.get("metadata", {}).get("image/png")
            if size:  # a picture of the kit, whose plain text is its sentence
                data["text/html"] = figure(data["image/png"].strip(), data["text/plain"], lang, size["width"])
            if "text/markdown" in data:
                data["text/markdown"] = _LINK.sub(r"\1.html", data["text/markdown"])


def html(notebook: Any, lang: Language, title: str, *, trusted: bool = True) -> str:
    """Return a notebook that has been run as a page.

    Parameters
    ----------
    notebook
        An nbformat notebook.
    lang
        Its language.
    title
        The page's title.
    trusted
        Whether its HTML is the course's own. The page of a stranger's notebook runs no script and fetches nothing.
    """
    writer = HTMLExporter(  # type: ignore[no-untyped-call]
        language_code=LOCALES[lang].replace("_", "-"),
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        sanitize_html=not trusted,
        filters={"clean_html": _clean},
        **dict.fromkeys(_FETCHED, ""),
    )
    page: str = writer.from_notebook_node(notebook, resources={"metadata": {"name": title}})[0]
    return page if trusted else page.replace("<head>", f"<head>{_NO_SCRIPTS}", 1)


def _clean(markup: str | bytes) -> str:
    text = markup.decode("utf-8", "replace") if isinstance(markup, bytes) else str(markup)
    clean: str = bleach.clean(_STYLE.sub("", text), tags=_TAGS, attributes=_ATTRIBUTES)
    return clean


def notebooks(lang: Language) -> dict[str, Path]:
    """Return the course's notebooks by name, as in ``06_delivered_value``."""
    return {path.stem: path for path in sorted((course_root() / "notebooks" / lang).glob("*.ipynb"))}
