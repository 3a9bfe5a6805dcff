"""The commands for graded sets: hand out, hand in, grade, report, forget."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from crmlab.core.text import LANGUAGES

_SET = click.option("--set", "set_name", required=True, metavar="SET", help="The graded set, such as 12_credit_policy.")
_CLASS = click.option(
    "--class",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default="the current folder",
    help="The class folder: salt, roster, hand-outs and gradebook of one class. Keep it to yourself.",
)
_GRADEBOOK = click.option(
    "--gradebook", metavar="ADDRESS", help="File or database address of the gradebook  [default: in the class folder]"
)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a module of the kit says of bad input into one sentence, without a traceback."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'a file'} cannot be used ({error.strerror or error})."
        ) from None


def _known(set_name: str) -> str:
    from crmlab.grading.notebooks import sets

    if set_name not in sets():
        raise click.ClickException(f"there is no set {set_name!r}; there are {', '.join(sets())}.")
    return set_name


@click.command()
@click.argument("roster", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_SET
@_CLASS
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Where the roster says none."
)
def assign(roster: Path, set_name: str, folder: Path, lang: Any) -> None:
    """Make one notebook for each student, with numbers of their own.

    ROSTER is a CSV file with the columns student_id and name and, if you like, email, section, language and due. The
    notebooks stand in handout/SET of the class folder afterwards: send each student theirs. The first run makes the
    class's secret salt (class.json). Whoever has it can derive everybody's numbers: keep a copy and show it to nobody.

    \b
    Example
        crmlab assign roster.csv --set 12_credit_policy --class spring
    """
    from crmlab.grading.assign import assign as hand_out
    from crmlab.grading.roster import read_roster

    with _plainly():
        made = hand_out(read_roster(roster), _known(set_name), folder, lang)
    click.echo(f"{len(made)} notebooks in {made[0].parent if made else folder}")


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), help="Folder  [default: that of NOTEBOOK]"
)
def submit(notebook: Path, target: Path | None) -> None:
    """Check a set for completeness and write the one file to hand in, with a receipt."""
    from crmlab.grading.notebooks import NotAWork
    from crmlab.grading.submit import submit as hand_in

    try:
        with _plainly():
            path, receipt = hand_in(notebook, target)
    except NotAWork as problem:
        raise click.ClickException(str(problem.reason)) from None
    click.echo(str(receipt.text))
    click.echo(str(path))


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@_SET
@_CLASS
@_GRADEBOOK
@click.option("--workers", type=click.IntRange(1), help="How many submissions at once  [default: one per processor]")
@click.option(
    "--keep", type=click.Choice(["latest", "best"]), default="latest", show_default=True, help="Of several tries."
)
@click.option("--again", is_flag=True, help="Grade what has its row already, too; earlier rows stay in the history.")
@click.option(
    "--isolation",
    type=click.Choice(["auto", "sandbox", "none"]),
    default="auto",
    show_default=True,
    help="sandbox: refuse to grade without it.",
)
@click.option("--cell-seconds", type=click.FloatRange(0.1), default=10, show_default=True, help="Limit for one cell.")
@click.option(
    "--total-seconds", type=click.FloatRange(1), default=60, show_default=True, help="Limit for one notebook."
)
def grade(
    submissions: Path,
    set_name: str,
    folder: Path,
    gradebook: str | None,
    workers: int | None,
    keep: Any,
    again: bool,
    isolation: Any,
    cell_seconds: float,
    total_seconds: float,
) -> None:
    """Grade a folder or zip of submissions, as Canvas and Moodle export it, or any other tree of notebooks.

    Each notebook runs in a sandbox of its own; answers are checked outside of it with the student's own numbers.
    Ctrl-C, or a crash, loses nothing: run the same command again, and it goes on where it was.

    \b
    Example
        crmlab grade downloads.zip --set 12_credit_policy --class spring
    """
    from crmlab.grading.engine.pool import Limits
    from crmlab.grading.run import Run

    with _plainly():
        run = Run(
            submissions,
            _known(set_name),
            folder,
            workers=workers,
            limits=Limits(cell_s=cell_seconds, total_s=total_seconds),
            isolation=isolation,
            keep=keep,
            gradebook=gradebook,
            again=again,
        )
        try:
            with click.progressbar(length=len(run), label="submissions", file=sys.stderr) as bar:
                summary = run.grade(lambda: bar.update(1))
        except KeyboardInterrupt:
            raise click.ClickException(
                "stopped; what was graded is kept. Run the same command again to go on."
            ) from None
    said = ", ".join(f"{count} {status}" for status, count in summary.by_status.items()) or "nothing new"
    click.echo(
        f"{summary.graded} graded ({said}), {summary.already} had their row already; gradebook {summary.gradebook}"
    )
    if summary.isolation != "sandbox":
        click.echo(f"Without a sandbox here: {summary.isolation_note}")
    for name in summary.unassigned:
        click.echo(f"belongs to nobody on the roster: {name}")
    if summary.missing:
        click.echo(f"nothing from {len(summary.missing)}: {', '.join(summary.missing)}")


@click.command()
@_SET
@_CLASS
@_GRADEBOOK
@click.option(
    "--keep", type=click.Choice(["latest", "best"]), default="latest", show_default=True, help="Of several tries."
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the report.")
@click.option(
    "--submissions",
    type=click.Path(path_type=Path, exists=True),
    help="What was handed in; with it, the code of the answers is compared, too.",
)
def report(set_name: str, folder: Path, gradebook: str | None, keep: Any, lang: Any, submissions: Path | None) -> None:
    """Write the class report, the tables for Canvas and Moodle, and a page of feedback for each student.

    Everything goes to the folder reports of the class folder. The feedback holds no answers.

    \b
    Example
        crmlab report --set 12_credit_policy --class spring
    """
    from crmlab.grading import report as pages
    from crmlab.grading.assign import ROSTER_FILE
    from crmlab.grading.gradebook import GRADEBOOK_FILE, Gradebook
    from crmlab.grading.roster import read_roster

    with _plainly():
        _known(set_name)
        if gradebook is None and not (folder / GRADEBOOK_FILE).exists():
            raise click.ClickException(f"{folder / GRADEBOOK_FILE}: there is no such file; `crmlab grade` makes it.")
        roster = read_roster(folder / ROSTER_FILE)
        book = Gradebook(gradebook or folder / GRADEBOOK_FILE)
        if set_name not in book.sets():
            raise click.ClickException(f"the gradebook has nothing of {set_name}; `crmlab grade` puts it there.")
        page = pages.write_report(folder, book, set_name, roster, lang=lang, keep=keep, submissions=submissions)
        tables = pages.write_exports(folder, book, set_name, roster, keep, lang)
        feedback = pages.write_feedback(folder, book, set_name, roster, keep=keep, lang=lang)
    click.echo(f"class report: {page}")
    click.echo(f"tables: {', '.join(path.name for path in tables)}")
    click.echo(f"feedback: {len(feedback)} pages" + (f" in {feedback[0].parent}" if feedback else ""))


@click.command()
@click.argument("student")
@_CLASS
@_GRADEBOOK
@click.confirmation_option(prompt="Delete everything that is stored of this student?")
def forget(student: str, folder: Path, gradebook: str | None) -> None:
    """Delete one student: rows in the gradebook and its history, hand-outs, feedback, the line in the roster.

    What the student handed in stays where you keep it; delete it there.
    """
    from crmlab.grading.forget import forget as delete

    with _plainly():
        gone = delete(student, folder, gradebook)
    for line in gone:
        click.echo(line)


@click.command("demo-class")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_SET
@click.option("--students", type=click.IntRange(1, 10_000), default=30, show_default=True)
def demo_class(folder: Path, set_name: str, students: int) -> None:
    """Make a class of simulated students with what they handed in, to try grading with.

    \b
    Example
        crmlab demo-class demo --set 12_credit_policy
        crmlab grade demo/submissions --set 12_credit_policy --class demo
    """
    from crmlab.grading.demo import demo_class as simulate

    with _plainly():
        place = simulate(folder, _known(set_name), students)
    click.echo(f"{students} simulated students in {folder}; what they handed in is in {place}")
    click.echo(f"next: crmlab grade {place} --set {set_name} --class {folder}")


COMMANDS = (assign, submit, grade, report, forget, demo_class)
