"""A notebook as one HTML page that needs no server, no network and no other file: to read, to print, to hand out."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

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
    writer = HTMLExporter(  # type: ignore[no-untyped-call]
        language_code=LOCALES[lang].replace("_", "-"),
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        **dict.fromkeys(_FETCHED, ""),
    )
    page, _ = writer.from_notebook_node(notebook, resources={"metadata": {"name": source.stem}})
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}.html"
    target.write_text(page, encoding="utf-8")
    return target


def notebooks(lang: Language) -> dict[str, Path]:
    """Return the course's notebooks by name, as in ``06_delivered_value``."""
    return {path.stem: path for path in sorted((course_root() / "notebooks" / lang).glob("*.ipynb"))}
