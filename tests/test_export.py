"""Pages to hand out: pictures and sentences in place, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import html
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from crmlab import export
from crmlab.cli import main
from crmlab.core.text import use_language
from crmlab.start.explorer import regulars_or_newcomers


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pages")
    result = CliRunner().invoke(main, ["export", "--lang", "zh", "--to", str(folder / "给学生"), "start"])
    assert result.exit_code == 0, result.output
    assert "1 page in " in result.output
    return (folder / "给学生" / "start.html").read_text(encoding="utf-8")


def test_an_explorer_shows_its_first_picture_and_sentence(page: str) -> None:
    use_language("zh")
    explorer = regulars_or_newcomers()
    words = re.search(r'<figure lang="zh".*?<figcaption[^>]*>(.*?)</figcaption></figure>', page, re.DOTALL)
    assert words is not None
    assert html.unescape(words[1]) == explorer.caption
    picture = re.search(r'src="data:image/png;base64,([^"]+)"', words[0])
    assert picture is not None
    assert f'alt="{html.escape(explorer.caption)}"' in words[0]
    shown, drawn = (Image.open(io.BytesIO(data)) for data in (base64.b64decode(picture[1]), explorer.png))
    assert shown.size == drawn.size


def test_a_page_fetches_nothing(page: str) -> None:
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']*""", page) == []
    assert re.findall(r"""(?:import\(|import .* from |url\()\s*["']?https?://[^"')]*""", page) == []
    assert "widget-view" not in page


def test_links_lead_to_other_pages(page: str) -> None:
    assert 'href="06_delivered_value.html"' in page


def test_a_formula_needs_no_script(tmp_path: Path) -> None:
    import nbformat

    cells = [nbformat.v4.new_markdown_cell(r"So $$w = \frac{a}{b}$$ it is: [there](other.ipynb), [web](x://y.ipynb).")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "short.ipynb")
    page = export.export(tmp_path / "short.ipynb", "en", tmp_path).read_text(encoding="utf-8")
    assert "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>" in page and "$$w" not in page
    assert 'href="other.html"' in page and 'href="x://y.ipynb"' in page


def test_an_unknown_notebook_is_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", "--to", str(tmp_path), "07_magic"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: there is no notebook '07_magic'; there are ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    result = CliRunner().invoke(main, ["export", "--to", str(tmp_path / "file" / "pages"), "start"])
    assert result.exit_code == 1
    assert "cannot be used (" in result.output and "choose another one with --to." in result.output
