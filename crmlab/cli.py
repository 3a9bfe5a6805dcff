"""The ``crmlab`` command."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import click

import crmlab
from crmlab.core import course
from crmlab.core.answers import FOLDER, MARKER, working_copy
from crmlab.core.data import course_root, names
from crmlab.core.text import LANGUAGES, use_language
from crmlab.grading.commands import COMMANDS

_LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the course."
)


@contextmanager
def _folder_trouble(folder: Path, option: str = "--work") -> Iterator[None]:
    """Turn what the operating system says of a folder into one sentence."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            f"the folder {folder} cannot be used ({error.strerror or error}); choose another one with {option}."
        ) from None


def _default_work() -> Path:
    """A checkout keeps the working copy beside the code; an installed kit, in the home folder."""
    root = course_root()
    return root / "my-course" if (root / "pyproject.toml").is_file() else Path.home() / "crmlab-course"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(crmlab.__version__, prog_name="crmlab")
def main() -> None:
    """The customer-relationship course that runs.

    Students: `crmlab lab`, `crmlab submit`. Instructors: `crmlab build --instructor`, `crmlab export`, and for graded
    sets `crmlab assign`, `crmlab grade`, `crmlab report`; try them with `crmlab demo-class`.
    """


for _command in COMMANDS:
    main.add_command(_command)


@main.command()
@_LANG
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening a browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to use; without it, the first free one from 8888.")
@click.option("--work", type=click.Path(path_type=Path), help="Folder of your working copy (made if missing).")
def lab(lang: Any, no_browser: bool, port: int | None, work: Path | None) -> None:
    """Open the course in JupyterLab, on your own working copy.

    What you change is never overwritten: a new edition of a notebook you changed arrives beside it.
    """
    from crmlab.lab import port_is_free, serve

    if port is not None and not port_is_free(port):
        raise click.ClickException(f"port {port} is in use; give another one, or leave --port out to take a free one.")
    folder = (work or _default_work()).expanduser().resolve()
    with _folder_trouble(folder):
        update = course.update_working_copy(folder, crmlab.__version__)
        course.retire_widgets(folder)
    for name in update.beside:
        click.echo(f"New edition beside the notebook you changed: {name}")
    click.echo(f"Your work is in {folder}. Ctrl-C here ends the course; your answers stay.")
    with _folder_trouble(folder):
        serve(folder, lang, browser=not no_browser, port=port)


@main.command()
def doctor() -> None:
    """Check this installation and say what to do about what is missing; exit 1 if the course cannot run."""
    failed = False
    for label, trial in _CHECKS.items():
        try:
            click.echo(f"ok       {label}: {trial()}")
        except Exception as error:  # a doctor reports whatever it finds
            failed = True
            click.echo(f"PROBLEM  {label}: {error}")
    sys.exit(failed)


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _packages() -> str:
    from packaging.requirements import Requirement

    wanted = [Requirement(line) for line in metadata.requires("crmlab") or []]
    wanted = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    for one in wanted:
        found = metadata.version(one.name)
        if not one.specifier.contains(found, prereleases=True):
            raise RuntimeError(f"{one.name} is {found}, needed is {one.specifier}; install the lock file again")
    return f"{len(wanted)} of {len(wanted)} as needed"


def _course() -> str:
    ready = [chapter.stem for chapter in course.chapters() if chapter.ready]
    if not ready:
        raise RuntimeError(f"no notebooks in {course_root()}; run `crmlab build` or install again")
    return f"{len(ready)} notebooks, {len(names())} data sets in {course_root()}"


def _kernel() -> str:
    from jupyter_client.kernelspec import KernelSpecManager

    return f"Jupyter kernel 'python3' in {KernelSpecManager().get_kernel_spec('python3').resource_dir}"


def _chinese() -> str:
    from crmlab.core.charts import CHINESE_FONT_FILE

    if not CHINESE_FONT_FILE.is_file():
        raise RuntimeError(f"the chart font {CHINESE_FONT_FILE} is missing; install again")
    return f"chart font, JupyterLab language pack {metadata.version('jupyterlab-language-pack-zh-CN')}"


def _work() -> str:
    folder = working_copy() or _default_work()
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(existing, os.W_OK):
        raise RuntimeError(f"{existing} cannot be written; use `crmlab lab --work FOLDER`")
    return f"{folder}" + ("" if (folder / MARKER).is_file() else " (made at the first `crmlab lab`)")


_CHECKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "packages": _packages,
    "course": _course,
    "kernel": _kernel,
    "Chinese": _chinese,
    "working copy": _work,
}


@main.command()
@click.option(
    "--check", is_flag=True, help="Compare with the committed files instead of writing; exit 1 on a difference."
)
@click.option(
    "--instructor", "edition", flag_value="instructor", help="Make the lecture edition: speaker notes, solutions."
)
@click.option(
    "--recall", "edition", flag_value="recall", help="Make the second-pass edition: headings, code, questions."
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Folder for the other editions  [default: build/EDITION]"
)
@click.option("--accept-translations", is_flag=True, help="Record that both languages of every cell say the same.")
def build(check: bool, edition: str | None, output: Path | None, accept_translations: bool) -> None:
    """Make the notebooks of both languages, and the simulated data, from their sources."""
    from crmlab import build as builder
    from crmlab.core.data import write_datasets

    root = course_root()
    if not (root / "notebooks" / "src").is_dir():
        raise click.ClickException("an installed kit holds no sources; `crmlab build` needs a checkout of the project.")
    if accept_translations:
        builder.accept_translations(root)
    target = (output or root / "build" / edition).resolve() if edition else root
    left = []
    todo = builder.jobs(root, target, edition or "student")  # type: ignore[arg-type]
    try:
        stale = builder.stale_translations(root)
        with click.progressbar(length=len(todo), label="notebooks", file=sys.stderr) as bar:
            if check:
                changed = builder.differences(root, lambda job: bar.update(1))
            else:
                left = builder.build(todo, lambda job: bar.update(1))
    except builder.BuildError as error:
        raise click.ClickException(str(error)) from None
    for line in stale:
        click.echo(f"translation to look at: {line}")
    if check:
        for name in changed:
            click.echo(f"not as built from the sources: {name}")
        click.echo(f"{len(todo)} notebooks and {len(names())} data sets compared, {len(changed)} differ.")
        sys.exit(bool(changed or stale))
    if not edition:
        write_datasets(root / "datasets")
        if not stale:
            builder.accept_translations(root)
    for path in left:
        click.echo(f"not made, its public data are not to be had here (see CRMLAB_DATA): {path.relative_to(target)}")
    click.echo(f"{len(todo) - len(left)} notebooks in {target}")
    sys.exit(bool(left))


@main.command()
@_LANG
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default="pages", show_default=True, help="Folder for the pages."
)
@click.argument("names", nargs=-1, metavar="[NOTEBOOK]...")
def export(lang: Any, folder: Path, names: tuple[str, ...]) -> None:
    """Write notebooks as HTML pages that need no server and no network.

    NOTEBOOK is a name such as 06_delivered_value; without one, all notebooks are written. Each explorer shows its first
    picture with its sentence.
    """
    from crmlab.build import BuildError
    from crmlab.export import export as write
    from crmlab.export import notebooks

    known = notebooks(lang)
    for name in names:
        if name not in known:
            raise click.ClickException(f"there is no notebook {name!r}; there are {', '.join(known)}.")
    chosen = names or tuple(known)
    with (
        _folder_trouble(folder, "--to"),
        click.progressbar(chosen, label="pages", file=sys.stderr, item_show_func=lambda name: name) as bar,
    ):
        try:
            for name in bar:
                write(known[name], lang, folder)
        except BuildError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{len(chosen)} {'page' if len(chosen) == 1 else 'pages'} in {folder.resolve()}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def syllabus(as_json: bool) -> None:
    """Print what is taught where: concepts with the heading that teaches them, explorers, items."""
    from crmlab.core.syllabus import syllabus as chapters

    content = chapters()
    if as_json:
        click.echo(json.dumps({"chapters": content}, ensure_ascii=False, indent=1))
        return
    for chapter in content:
        click.echo(
            f"{chapter['number']:>2}  {chapter['slug']:<18} {len(chapter['concepts']):>3} concepts "
            f"{len(chapter['explorers']):>2} explorers {len(chapter['items']):>3} items  {chapter['title']}"
        )


@main.command()
@_LANG
@click.option("--work", type=click.Path(path_type=Path), help="Folder of your working copy.")
def progress(lang: str, work: Path | None) -> None:
    """Print what you have done in each chapter."""
    folder = (work or working_copy() or _default_work()).expanduser().resolve()
    if not (folder / MARKER).is_file():
        raise click.ClickException(f"there is no working copy in {folder}; `crmlab lab` makes one.")
    from crmlab.core.answers import Answers
    from crmlab.core.quiz import done

    use_language(lang)
    store = Answers(folder / FOLDER)
    for chapter in course.chapters():
        if chapter.ready:
            right, total = done(chapter.slug, store)
            click.echo(f"{chapter.label:>2}  {right:>3}/{total:<3}  {chapter.title}")
