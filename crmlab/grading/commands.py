"""The commands for graded sets: hand out, hand in, grade, set points by hand, run whole, report, forget."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

_WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="How many submissions at once  [default: one per processor]"
)
_ISOLATION = click.option(
    "--isolation",
    type=click.Choice(["auto", "sandbox", "none"]),
    default="auto",
    show_default=True,
    help="sandbox: refuse to run anything without it. none: let students' code read and change whatever you can, the "
    "gradebook and the salt too.",
)
_CELL_SECONDS = click.option(
    "--cell-seconds", type=click.FloatRange(0.1), default=10, show_default=True, help="Limit for one cell."
)
_TOTAL_SECONDS = click.option(
    "--total-seconds", type=click.FloatRange(1), default=60, show_default=True, help="Limit for one notebook."
)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a module of the kit says of bad input into one sentence, without a traceback."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        name = str(error.filename or "a file")
        if name.endswith(".tmp"):  # as a file is called until it is whole
            name = f"the folder {Path(name).parent}"
        raise click.ClickException(f"{name} cannot be used ({error.strerror or error}).") from None
    except RuntimeError as error:
        from crmlab.grading.engine.sandbox import SandboxError

        if not isinstance(error, SandboxError):
            raise
        raise click.ClickException(f"there is no sandbox here: {error}") from None


def _warn(why: str) -> None:
    """Say what students' code could do."""
    click.echo(f"Without a sandbox here: {why}")
    click.echo(
        "Students' code could read and change whatever you can, the gradebook and the class's salt too, and use your "
        "network."
    )


def _known(set_name: str) -> str:
    from crmlab.grading.notebooks import sets

    if set_name in sets():
        return set_name
    number = set_name.isdecimal() and int(set_name)
    near = [one for one in sets() if number and int(one.partition("_")[0]) == number]
    names = {one.partition("_")[2]: one for one in sets()} | {one: one for one in sets()}
    near = near or list(dict.fromkeys(names[one] for one in difflib.get_close_matches(set_name.casefold(), names)))
    meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(sets())}."
    raise click.ClickException(f"there is no set {set_name!r}; {meant}")


def _known_class(folder: Path) -> Path:
    from crmlab.grading.assign import must_be_class

    must_be_class(folder)
    return folder


@contextmanager
def _privately() -> Iterator[None]:
    """Let only the user read what is written."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _number(said: str) -> float:
    with suppress(ValueError):
        return float(said)
    try:
        meant = f"; write {float(said.replace(',', '.')):g}"
    except ValueError:
        meant = ", such as 1.5"
    raise click.ClickException(f"{said!r} is no number{meant}.")


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
    from crmlab.grading.assign import changes
    from crmlab.grading.roster import read_roster

    with _plainly(), _privately():
        students = read_roster(roster)
        changed = changes(students, folder)
        made = hand_out(students, _known(set_name), folder, lang, given=roster)
    if changed is not None:
        click.echo(f"The class had another roster; this one took its place: {changed.new} new, {changed.left} left.")
    click.echo(f"{len(made)} notebooks in {made[0].parent if made else folder}")


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), help="Folder  [default: that of NOTEBOOK]"
)
def submit(notebook: Path, target: Path | None) -> None:
    """Check a set for completeness and write the one file to hand in, with a receipt."""
    from crmlab.grading.notebooks import NotAWork
    from crmlab.grading.submit import HAND_IN
    from crmlab.grading.submit import submit as hand_in

    try:
        with _plainly():
            path, receipt = hand_in(notebook, target)
    except NotAWork as problem:
        raise click.ClickException(str(problem.reason)) from None
    click.echo(getattr(receipt.text, receipt.lang))
    click.echo(getattr(HAND_IN.format(path=path), receipt.lang))


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@_SET
@_CLASS
@_GRADEBOOK
@_WORKERS
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Grade on the workers of a Dask scheduler, such as tcp://10.0.0.5:8786. Needs crmlab[cluster] and, unless "
    "--isolation none is given, a sandbox on each.",
)
@click.option(
    "--keep", type=click.Choice(["latest", "best"]), default="latest", show_default=True, help="Of several tries."
)
@click.option("--again", is_flag=True, help="Grade what has its row already, too; earlier rows stay in the history.")
@_ISOLATION
@_CELL_SECONDS
@_TOTAL_SECONDS
def grade(
    submissions: Path,
    set_name: str,
    folder: Path,
    gradebook: str | None,
    workers: int | None,
    cluster: str | None,
    keep: Any,
    again: bool,
    isolation: Any,
    cell_seconds: float,
    total_seconds: float,
) -> None:
    """Grade a folder or zip of submissions, as Canvas and Moodle export it, or any other tree of notebooks.

    Each notebook runs in a sandbox of its own; answers are checked outside of it with the student's own numbers.
    Ctrl-C, or a crash, loses nothing: run the same command again, and it goes on where it was.

    What somebody else than the student named in it may have handed in is listed as in doubt; it counts only where that
    student has nothing else. Files that are no notebooks are listed, too.

    \b
    Example
        crmlab grade downloads.zip --set 12_credit_policy --class spring
    """
    from crmlab.grading.engine.pool import Limits
    from crmlab.grading.run import Run

    if cluster and workers:
        raise click.UsageError(
            "--workers is for this machine; on a cluster, each worker grades as many as its --nthreads."
        )
    with _plainly():
        run = Run(
            submissions,
            _known(set_name),
            folder,
            workers=workers,
            limits=Limits(cell_s=cell_seconds, total_s=total_seconds),
            isolation=isolation,
            cluster=cluster,
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
        _warn(summary.isolation_note)
    for name in summary.unassigned:
        click.echo(f"belongs to nobody on the roster: {name}")
    for name, why in summary.doubtful:
        click.echo(f"in doubt: {name}: {why.en}")
    if summary.ignored:
        more = ", …" if summary.ignored > len(summary.others) else ""
        files = "file" if summary.ignored == 1 else "files"
        click.echo(f"{summary.ignored} other {files}, not graded: {', '.join(summary.others)}{more}")
    if summary.missing:
        click.echo(f"nothing from {len(summary.missing)}: {', '.join(summary.missing)}")


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@_SET
@_CLASS
@_WORKERS
@_ISOLATION
@_CELL_SECONDS
@_TOTAL_SECONDS
def execute(
    submissions: Path,
    set_name: str,
    folder: Path,
    workers: int | None,
    isolation: Any,
    cell_seconds: float,
    total_seconds: float,
) -> None:
    """Run whole notebooks, with their pictures and tables, for grading by hand.

    Each student's notebook and a page to read it stand in executed/SET of the class folder afterwards. They run in the
    same sandbox as for grading; the pages run no script. Marks are not changed: see `crmlab grade`.

    \b
    Example
        crmlab execute downloads.zip --set 12_credit_policy --class spring
    """
    from crmlab.grading.engine.pool import Limits
    from crmlab.grading.execute import Execution

    with _plainly():
        limits = Limits(cell_s=cell_seconds, total_s=total_seconds)
        execution = Execution(
            submissions, _known(set_name), folder, workers=workers, limits=limits, isolation=isolation
        )
        try:
            with click.progressbar(execution.run(), length=len(execution), label="notebooks", file=sys.stderr) as bar:
                done = list(bar)
        except KeyboardInterrupt:
            raise click.ClickException(f"stopped; what was run is in {execution.target}.") from None
    click.echo(f"{sum(one.page is not None for one in done)} notebooks and pages in {execution.target}")
    if execution.isolation.name != "sandbox":
        _warn(execution.isolation.note)
    for one in done:
        if one.reason is not None:
            click.echo(f"{one.path_in}: {one.reason.en}")


@click.command()
@_SET
@_CLASS
@_GRADEBOOK
@click.option(
    "--keep", type=click.Choice(["latest", "best"]), help="Of several tries  [default: as when the set was graded last]"
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the report. A page of feedback is in the student's own: that of roster or notebook.",
)
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
    from crmlab.grading.gradebook import open_gradebook
    from crmlab.grading.roster import read_roster

    with _plainly(), _privately():
        _known(set_name)
        book = open_gradebook(_known_class(folder), gradebook)
        roster = read_roster(folder / ROSTER_FILE)
        if set_name not in book.sets():
            raise click.ClickException(f"the gradebook has nothing of {set_name}; `crmlab grade` puts it there.")
        keep = keep or book.keep(set_name)
        page = pages.write_report(folder, book, set_name, roster, lang=lang, keep=keep, submissions=submissions)
        tables = pages.write_exports(folder, book, set_name, roster, keep, lang)
        feedback = pages.write_feedback(folder, book, set_name, roster, keep=keep, lang=lang)
    click.echo(f"class report: {page}")
    click.echo(f"tables: {', '.join(path.name for path in tables)}")
    click.echo(f"feedback: {len(feedback)} pages" + (f" in {feedback[0].parent}" if feedback else ""))


@click.command(context_settings={"ignore_unknown_options": True})  # so that -1 is told what is allowed
@click.argument("student", required=False)
@click.argument("item", required=False)
@click.argument("points", required=False)
@click.option("--reason", metavar="TEXT", help="Why; the student reads it in the feedback.")
@click.option("--remove", is_flag=True, help="Take points set by hand back: those of the check count again.")
@_CLASS
@_GRADEBOOK
def override(
    student: str | None,
    item: str | None,
    points: str | None,
    reason: str | None,
    remove: bool,
    folder: Path,
    gradebook: str | None,
) -> None:
    """Set the points of one item of one student by hand, with a reason.

    They count in every report from then on, whatever is graded again; what the check gave is kept beside them. Replaced
    or taken back, they stay in the history. Without STUDENT, ITEM and POINTS, all points set by hand are listed, each
    with what it was before.

    \b
    Example
        crmlab override 2026003 credit_policy-2 1.5 --reason "Right idea, slip in the last step" --class spring
        crmlab override 2026003 credit_policy-2 --remove --class spring
        crmlab override --class spring
    """
    from crmlab.grading.overrides import listed, set_points, take_back

    with _plainly():
        _known_class(folder)
        if student is None and reason is None and not remove:
            said = "\n".join(listed(folder, gradebook)) or "No points are set by hand."
        elif student is None or item is None or (points is None) != remove or (remove and reason is not None):
            raise click.ClickException(
                "give STUDENT, ITEM, POINTS and --reason; to take points back, STUDENT, ITEM and --remove; to see what "
                "is set by hand, none of them."
            )
        elif points is None:
            said = take_back(student, item, folder, gradebook)
        else:
            said = set_points(student, item, _number(points), reason or "", folder, gradebook)
    click.echo(said)


@click.command()
@click.argument("student")
@_CLASS
@_GRADEBOOK
@click.option("--yes", is_flag=True, help="Delete without asking.")
def forget(student: str, folder: Path, gradebook: str | None, yes: bool) -> None:
    """Delete one student: rows in the gradebook and its history, hand-outs, feedback, the line in the roster.

    What the student handed in stays where you keep it; delete it there.
    """
    from crmlab.grading.forget import find
    from crmlab.grading.forget import forget as delete

    with _plainly():
        who = find(student, _known_class(folder), gradebook)
        named = f"{who.id} ({who.name})" if who.name else f"{who.id}, who is not on the roster"
        where = folder.resolve()
        if not yes:
            click.confirm(f"Delete everything that is stored of {named} in the class folder {where}?", abort=True)
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


COMMANDS = (assign, submit, grade, override, execute, report, forget, demo_class)
