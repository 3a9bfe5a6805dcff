"""Answers that are no plain values: charts, and functions alone and in parts, from a student's cell to the marks."""

from __future__ import annotations

import collections
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from textwrap import dedent
from types import MappingProxyType
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from crmlab import build
from crmlab.core import checks
from crmlab.core.answers import plain
from crmlab.core.checks import (
    ChoiceItem,
    FigureItem,
    FunctionItem,
    Item,
    MappingItem,
    NumberItem,
    OrderItem,
    PartsItem,
    SetItem,
    TextItem,
    Trap,
)
from crmlab.core.data import course_root
from crmlab.core.text import Text
from crmlab.grading.assign import handout
from crmlab.grading.engine import CellJob, Job, Limits, Outcome, Pool, values
from crmlab.grading.gradebook import sentences
from crmlab.grading.marks import Mark, calls, mark
from crmlab.grading.notebooks import graded, numbers_of, read, repair, sets, variable
from crmlab.grading.run import questions

SAID = Text(en="x", zh="x")
LIMITS = Limits(cell_s=5, total_s=60, memory_mb=1500)
Look = Callable[[Any], Sequence[float]]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker."""
    with Pool(1, LIMITS) as workers:
        yield workers


def run(pool: Pool, items: Sequence[Item], sources: Sequence[str]) -> tuple[list[Mark], Outcome]:
    """Run one cell for each item, which answers it in answer_1, answer_2, ..., and mark what came."""
    cells = [
        CellJob(f"c{place}", dedent(source), item.id, f"answer_{place + 1}")
        for place, (item, source) in enumerate(zip(items, sources, strict=True))
    ]
    numbers = {item.id: {"c": 3} for item in items}
    job = Job("a", "2026001", "en", tuple(cells), calls=calls(items, numbers, cells))
    [outcome] = pool.run([job])
    return mark(items, numbers, outcome, cells), outcome


# --- charts ----------------------------------------------------------------------------------------------------------

CHARTS: dict[str, tuple[str, Look]] = {  # cells that leave axes in ax, and what a check reads there
    "lines": (
        "ax = plt.figure().add_subplot(); ax.plot([1, 2, 3], [2, 4, 8], label='sales'); ax.plot([0, 5], label='cost')",
        lambda ax: [
            number
            for line in ax.get_lines()
            for number in (*line.get_xdata(), *line.get_ydata(), len(line.get_label()), *line.get_xydata()[0])
        ],
    ),
    "bars by the names below them": (
        "fig, ax = plt.subplots(); ax.bar(['South', 'North'], [3, 7.5], label='salons')",
        lambda ax: [
            bar.get_height()
            for _, bar in sorted(
                zip((text.get_text() for text in ax.get_xticklabels()), ax.containers[0], strict=True),
                key=lambda pair: pair[0],
            )
        ],
    ),
    "bars that lie": (
        "fig, ax = plt.subplots(); bars = ax.barh([1, 2], [3, 4], left=[1, 2]); ax.bar_label(bars)",
        lambda ax: [
            *ax.containers[0].datavalues,
            *(number for bar in ax.patches for number in (bar.get_x(), bar.get_y(), bar.get_width())),
            *(float(text.get_text()) for text in ax.texts),
        ],
    ),
    "points": (
        "fig, ax = plt.subplots(); ax.scatter([1, 2], [3, 4], s=[10, 40], c=[0.5, 1])",
        lambda ax: [
            number
            for points in ax.collections
            for number in (*points.get_offsets().ravel(), *points.get_sizes(), *points.get_array())
        ],
    ),
    "area and drops": (
        "fig, ax = plt.subplots(); ax.fill_between([0, 1, 2], [1, 3, 2]); ax.vlines([1, 2], 0, [3, 2]); ax.axhline(4)",
        lambda ax: [
            ax.collections[0].get_paths()[0].vertices[:, 1].max(),
            *np.concatenate(ax.collections[1].get_segments()).ravel(),
            *ax.get_lines()[0].get_ydata(),
        ],
    ),
    "errors": (
        "fig, ax = plt.subplots(); ax.errorbar([0, 1], [1, 2], yerr=[0.5, 0.25], fmt='o')",
        lambda ax: [*ax.containers[0][0].get_ydata(), *np.ptp(ax.collections[0].get_segments(), axis=1)[:, 1]],
    ),
    "counts": (
        "fig, ax = plt.subplots(); ax.hist([1, 1, 2, 5], bins=[0, 2, 4, 6]); ax.hist([1, 2], histtype='step')",
        lambda ax: [*(bar.get_height() for bar in ax.containers[0]), len(ax.patches), ax.patches[-1].get_xy().max()],
    ),
    "a pie": (
        "fig, ax = plt.subplots(); ax.pie([1, 3], labels=['a', 'b'])",
        lambda ax: [(wedge.theta2 - wedge.theta1) / 360 for wedge in ax.patches],
    ),
    "words, limits and ticks": (
        """
        fig, ax = plt.subplots()
        ax.plot([10, 1000])
        ax.set(title='Sales 2026', xlabel='month', ylabel='yuan', xlim=(5, -1), yscale='log', ylim=(1, 5000))
        ax.set_title('left 7', loc='left')
        ax.set_xticks([0, 1], ['Jan 1', 'Feb 2'])
        ax.annotate('peak 3', (1, 1000), (0.5, 20))
        """,
        lambda ax: [
            *(float(one.split()[1]) for one in (ax.get_title(), ax.get_title("left"), ax.texts[0].get_text())),
            *(len(one) for one in (ax.get_xlabel(), ax.get_ylabel())),
            *(*ax.get_xlim(), *ax.get_ylim(), *ax.get_xticks(), *ax.texts[0].get_position()),
            *(float(text.get_text().split()[1]) for text in ax.get_xticklabels()),
            *(float(one) for text in ax.get_yticklabels() for one in re.findall(r"10\^\{(\d+)\}", text.get_text())),
        ],
    ),
    "gaps": (
        """
        fig, ax = plt.subplots()
        ax.plot(np.ma.masked_greater([1.0, 2.0, 9.0], 5), [1, np.nan, 3])
        ax.scatter(np.ma.masked_less([1, 2], 2), [3, 4])
        ax.bar([0, 1], [np.nan, 2])
        """,
        lambda ax: [
            *np.nan_to_num(ax.get_lines()[0].get_xydata(), nan=-1).ravel(),
            *np.ma.filled(np.ma.masked_invalid(ax.collections[0].get_offsets()), -1).ravel(),
            *(np.nan_to_num(bar.get_height(), nan=-1) for bar in ax.patches),
        ],
    ),
    "of pandas": (
        "ax = pd.DataFrame({'a': [1, 2], 'b': [3, 5]}, index=['x', 'y']).plot.bar(stacked=True)",
        lambda ax: [bar.get_y() + bar.get_height() for group in ax.containers for bar in group],
    ),
    "dates": (
        "fig, ax = plt.subplots(); ax.plot(pd.to_datetime(['2026-01-01', '2026-03-01']), [1, 2])",
        lambda ax: [*np.diff(ax.get_lines()[0].get_xdata(orig=False)), *ax.get_lines()[0].get_ydata()],
    ),
    "closed": (
        "fig, ax = plt.subplots(); ax.plot([1, 2]); plt.close(fig); del fig",
        lambda ax: ax.get_lines()[0].get_ydata(),
    ),
    "taken out of its figure": (
        "fig, ax = plt.subplots(); ax.plot([1, 2]); ax.remove()",
        lambda ax: ax.get_lines()[0].get_ydata(),
    ),
    "empty": ("fig, ax = plt.subplots(); ax.axis('off')", lambda ax: [len(ax.get_lines()), *ax.get_xlim()]),
}
IMPORTS = "import matplotlib.pyplot as plt, numpy as np, pandas as pd\n"


def drawn(source: str) -> Any:
    """Run a cell here, as in the student's notebook."""
    space: dict[str, Any] = {}
    exec(IMPORTS + dedent(source), space)
    plt.close("all")
    return space["ax"]


def figure(item_id: str, look: Look, truth: Sequence[float], *traps: Trap) -> FigureItem:
    return FigureItem(id=item_id, ask=SAID, hint=SAID, why=SAID, look=look, solve=lambda params: truth, traps=traps)


@pytest.fixture(scope="module")
def charts(pool: Pool) -> tuple[list[Mark], Outcome]:
    """All charts, answered by one student."""
    items = [figure(f"x-{place}", look, look(drawn(source))) for place, (source, look) in enumerate(CHARTS.values(), 1)]
    sources = [
        IMPORTS + dedent(source) + f"\nanswer_{place} = ax" for place, (source, _) in enumerate(CHARTS.values(), 1)
    ]
    return run(pool, items, sources)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_graded_as_it_was_checked_live(charts: tuple[list[Mark], Outcome], name: str) -> None:
    """What the check reads off the rebuilt axes is what it read off the student's own."""
    place = list(CHARTS).index(name)
    source, look = CHARTS[name]
    marks, outcome = charts
    assert outcome.problems == {}
    assert (marks[place].status, marks[place].points) == ("right", 1), sentences(marks[place].said)
    live, came = drawn(source), outcome.answers[f"x-{place + 1}"]
    assert type(came) is Axes
    assert list(look(came)) == pytest.approx(list(look(live)))
    wrong = figure("x-1", look, [number + 1 for number in look(live)], Trap("drawn", lambda params: look(live), SAID))
    assert wrong.check(came, {}).trap == wrong.check(live, {}).trap == "drawn"
    assert values.encode(came) == values.encode(values.decode(values.encode(came))), "the same again after another trip"


NO_CHARTS = {  # what stands in ax instead, and how the sentence names it
    "plt.figure()": "Figure",
    "plt.subplots(1, 2)[1]": "ndarray",
    "plt.subplots()": "row of values",
    "plt.figure().add_subplot(projection='polar')": "PolarAxes",
    "plt.figure().add_subplot(projection='3d')": "Axes3D",
    "plt.subplots()[1].plot([1, 2])": "list",
    "type('Evil', (plt.Axes,), {'get_lines': lambda self: 1 / 0})(plt.figure(), (0, 0, 1, 1))": "Evil",
    "type('Liar', (plt.Axes,), {'__class__': plt.Axes, 'lines': []})(plt.figure(), (0, 0, 1, 1))": "Liar",
    "3": "number 3",
}


def test_what_is_no_chart_is_named(pool: Pool) -> None:
    items = [figure(f"x-{place}", lambda ax: [1], [1]) for place in range(1, len(NO_CHARTS) + 1)]
    marks, outcome = run(
        pool, items, [f"{IMPORTS}answer_{place} = {source}" for place, source in enumerate(NO_CHARTS, 1)]
    )
    assert outcome.problems == {}
    for one, name in zip(marks, NO_CHARTS.values(), strict=True):
        [said] = sentences(one.said)
        assert one.status == "type" and f"Give the axes of a chart; this is: {name}" in said.en
        assert said.zh.startswith("请给出图的坐标轴")
        assert " at 0x" not in one.answer, "graded again, the row is the same"


HOSTILE = {  # after fig, ax = plt.subplots(); ax.plot([1, 2]): its own methods lie, raise or never end
    "raises": "def f(*a, **k): raise RuntimeError\nax.get_title = f",
    "gives what is no number": "ax.get_xlim = lambda: (0, object())",
    "gives no text": "class T:\n  def __str__(self): raise KeyError\nax.get_title = lambda *a: T()",
    "label of its own kind": "class S(str):\n  def __str__(self): return self\nax.get_lines()[0]._label = S('x')",
    "artist of its own kind": """
        class L(plt.Line2D):
            def get_data(self, orig=True): return np.zeros(10**7), np.zeros(10**7)
        ax.add_line(L([1], [1]))
    """,
    "too many points": "ax.plot(np.zeros(10**6))",
    "too many artists": "for _ in range(6000): ax.add_artist(plt.Line2D([0], [0]))",
    "ticks without end": "from matplotlib import ticker\nax.xaxis.set_major_locator(ticker.FixedLocator(range(10**5)))",
    "container of strangers": "ax.containers.append(plt.subplots()[1].bar([1], [2]))",
    "ends the cell": "def f(*a): raise SystemExit\nax.get_xlim = f",
}


def test_axes_that_were_bent_cost_their_own_item_at_most(pool: Pool) -> None:
    items = [
        figure(f"x-{place}", lambda ax: ax.get_lines()[0].get_ydata(), [1, 2]) for place in range(1, len(HOSTILE) + 2)
    ]
    begin = f"{IMPORTS}fig, ax = plt.subplots(); ax.plot([1, 2])\n"
    sources = [begin + dedent(source) + f"\nanswer_{place} = ax" for place, source in enumerate(HOSTILE.values(), 1)]
    marks, outcome = run(pool, items, [*sources, f"{begin}answer_{len(items)} = ax"])
    assert marks[-1].status == "right"
    status = dict(zip(HOSTILE, (one.status for one in marks), strict=False))
    assert status == dict.fromkeys(HOSTILE, "type") | {
        "label of its own kind": "right",
        "ticks without end": "right",
        "container of strangers": "right",
        "ends the cell": "empty",
    }
    assert outcome.problems == {f"c{list(HOSTILE).index('ends the cell')}": "died"}


def array(*shape: int) -> list[Any]:
    return ["array", "f8", list(shape), [0.0] * int(np.prod(shape))]


def axes(**parts: Any) -> list[Any]:
    """Axes as they travel, with nothing on them but what is given."""
    none = {
        "words": [""] * 5,
        "limits": ["array", "f8", [4], [0.0, 1.0, 0.0, 1.0]],
        "ticks": [[array(0), []], [array(0), []]],
        "lines": [],
        "patches": [],
        "collections": [],
        "texts": [],
        "containers": [],
    }
    return ["axes", *(none | parts).values()]


def test_empty_axes_arrive() -> None:
    assert type(values.decode(axes())) is Axes


def test_more_axes_than_fit_in_a_figure_are_refused_before_they_are_drawn() -> None:
    assert len(values.decode(["list", [axes()] * 10])) == 10
    with pytest.raises(values.MalformedError, match="too many parts"):
        values.decode(["list", [axes()] * 41])
    many = plt.subplots(6, 6)[1]
    plt.close("all")
    assert isinstance(values.decode(values.encode(many)), values.TooLarge)


@pytest.mark.parametrize(
    "parts",
    [
        {"words": []},
        {"words": [["axes"]] * 5},
        {"limits": array(4)},
        {"limits": array(3)},
        {"limits": ["array", "f8", [4], [0.0, ["float", "nan"], 0.0, 1.0]]},
        {"limits": ["array", "f8", [4], [0.0, ["float", "inf"], 0.0, 1.0]]},
        {"ticks": []},
        {"ticks": [[array(1001), [""] * 1001]] * 2},
        {"ticks": [[array(2), ["one"]]] * 2},
        {"lines": 3},
        {"lines": [["x", array(2)]]},
        {"lines": [["x", array(2), array(3)]]},
        {"lines": [["x", array(2, 1), array(2, 1)]]},
        {"lines": [["x", ["array", "O", [1], ["a"]], array(1)]]},
        {"lines": [["x", ["axes"], array(1)]]},
        {"lines": [["x", array(0), array(0)]] * 5001},
        {"lines": [["x", array(0), array(0)]] * 3000, "texts": [["x", array(2)]] * 3000},
        {"patches": [["x", "rectangle", array(4)]]},
        {"patches": [["x", "os.system", array(5)]]},
        {"patches": [["x", "outline", array(3)]]},
        {"patches": [[["x"], "outline", array(3, 2)]]},
        {"collections": [["x", "points", None, [array(2, 2)]]]},
        {"collections": [["x", "points", None, [array(2, 3), array(1)]]]},
        {"collections": [["x", "segments", None, [array(2)]]]},
        {"collections": [["x", ["list", []], None, []]]},
        {"collections": [["x", "outlines", 3, [array(2, 2)]]]},
        {"texts": [["x", array(3)]]},
        {"containers": [["x", "vertical", [0]]]},
        {"containers": [["x", "vertical", [-1]]], "patches": [["x", "rectangle", array(5)]]},
        {"containers": [["x", "vertical", [0]]], "lines": [["x", array(1), array(1)]]},
        {"containers": [["x", "upright", []]]},
        {"containers": [["x", "other", [True]]]},
        {"containers": [["x", "other", 3]]},
    ],
    ids=lambda parts: json.dumps(parts)[:60],
)
def test_axes_that_no_child_writes_are_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(values.MalformedError):
        values.decode(values.loads(json.dumps(axes(**parts))))


def test_matplotlib_is_imported_for_charts_alone_and_never_pyplot() -> None:
    code = f"""
    import sys
    from crmlab.grading.engine import values
    values.decode(values.encode({{"a": [1.5]}}))
    assert not [name for name in sys.modules if name.startswith("matplotlib")]
    values.decode({axes()!r})
    assert "matplotlib.axes" in sys.modules and "matplotlib.pyplot" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", dedent(code)], check=True)


# --- forms in which labels and numbers come ---------------------------------------------------------------------------

OPTIONS = {name: Text(en=name, zh=name) for name in ("north", "south", "west")}
LISTS: dict[str, Callable[[list[str]], Any]] = {  # what a student makes of a list of labels
    "list": list,
    "tuple": tuple,
    "generator": lambda labels: (one for one in labels),
    "map": lambda labels: map(str, labels),
    "filter": lambda labels: filter(None, labels),
    "reversed": lambda labels: reversed(labels[::-1]),
    "iterator": iter,
    "chain": itertools.chain,
    "zip": lambda labels: zip(labels, labels, strict=True),
    "keys": lambda labels: dict.fromkeys(labels).keys(),
    "values": lambda labels: dict(enumerate(labels)).values(),
    "items": lambda labels: dict(enumerate(labels)).items(),
    "deque": collections.deque,
    "user list": collections.UserList,
    "array": np.array,
    "array of objects": lambda labels: np.array(labels, dtype=object),
    "array of StringDType": lambda labels: np.array(labels, dtype=np.dtypes.StringDType()),
    "array of bytes": lambda labels: np.array(labels, dtype="S"),
    "array of two rows": lambda labels: np.array([labels, labels]),
    "array of none": lambda labels: np.array(labels[0]),
    "masked array": np.ma.array,
    "matrix": np.matrix,
    "array of dates": lambda labels: np.array(["2026-01-01"], dtype="M8[D]"),
    "numpy texts": lambda labels: [np.str_(one) for one in labels],
    "series": pd.Series,
    "index": pd.Index,
    "unique": lambda labels: pd.Series(labels).unique(),
    "extension array": lambda labels: pd.Series(labels).array,
    "string array": lambda labels: pd.array(labels, dtype="string"),
    "categorical": pd.Categorical,
    "unique of categories": lambda labels: pd.Series(labels, dtype="category").unique(),
    "categorical index": pd.CategoricalIndex,
    "multi index": lambda labels: pd.MultiIndex.from_arrays([labels, labels]),
    "range index": lambda labels: pd.RangeIndex(len(labels)),
    "numbers": lambda labels: range(len(labels)),
    "integer array": lambda labels: pd.array([1, None], dtype="Int64"),
    "table": lambda labels: pd.DataFrame({"label": labels}),
    "columns": lambda labels: pd.DataFrame([labels], columns=labels),
    "text": " ".join,
    "bytes": lambda labels: labels[0].encode(),
    "counter": collections.Counter,
    "counter's elements": lambda labels: collections.Counter(labels).elements(),
    "nothing": lambda labels: None,
    "a list in it": lambda labels: [labels],
}
SETS: dict[str, Callable[[list[str]], Any]] = {"set": set, "frozen set": frozenset}
MAPPINGS: dict[str, Callable[[dict[str, str]], Any]] = {
    "dict": dict,
    "ordered": collections.OrderedDict,
    "default": lambda labels: collections.defaultdict(str, labels),
    "chain": lambda labels: collections.ChainMap({}, labels),
    "user dict": collections.UserDict,
    "proxy": MappingProxyType,
    "series": pd.Series,
    "series' dict": lambda labels: pd.Series(labels).to_dict(),
    "numpy texts": lambda labels: {np.str_(key): np.str_(one) for key, one in labels.items()},
    "items": lambda labels: labels.items(),
    "pairs": lambda labels: list(labels.items()),
}
NUMBERS: dict[str, Callable[[float], Any]] = {
    "float": float,
    "int": int,
    **{f"numpy {code}": np.dtype(code).type for code in "bhilqBHILQefdgFD"},
    "fraction": Fraction,
    "decimal": Decimal,
    "complex": complex,
    "span": lambda number: np.timedelta64(int(number), "ns"),
    "span of pandas": pd.Timedelta,
    "array of none": np.array,
    "array of one": lambda number: np.array([number]),
    "cell of a series": lambda number: pd.Series([number], dtype="Float64").iloc[0],
    "masked": lambda number: np.ma.masked_equal([number], number)[0],
    "truth": lambda number: np.bool_(number),
    "text": str,
}
LABELLED = {
    SetItem: (
        SetItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: {"north", "west"}, options=OPTIONS),
        LISTS | SETS,
        (["north", "west"], ["west"], ["north", "east"]),
    ),
    OrderItem: (
        OrderItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: ["west", "north", "south"], options=OPTIONS),
        LISTS,
        (["west", "north", "south"], ["north", "west", "south"], ["north"]),
    ),
    MappingItem: (
        MappingItem(
            ask=SAID,
            hint=SAID,
            why=SAID,
            solve=lambda params: {"north": "south", "west": "west"},
            keys={name: OPTIONS[name] for name in ("north", "west")},
            labels=OPTIONS,
        ),
        MAPPINGS,
        ({"west": "West", "north": "south"}, {"north": "north", "west": "west"}, {"north": "south"}),
    ),
    ChoiceItem: (
        ChoiceItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: "north", options=OPTIONS),
        {"text": str, "numpy text": np.str_, "array": np.array, "bytes": str.encode, "list": lambda one: [one]},
        ("north", "south", "nowhere"),
    ),
    NumberItem: (
        NumberItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: 80, unit=SAID),
        NUMBERS,
        (80, 81),
    ),
}


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize(
    ("kind", "form", "given"),
    [(kind, form, given) for kind, (_, forms, answers) in LABELLED.items() for form in forms for given in answers],
    ids=lambda one: one.__name__ if isinstance(one, type) else str(one),
)
def test_a_form_that_the_live_check_takes_is_carried_and_no_other(kind: Any, form: str, given: Any) -> None:
    item, forms, _ = LABELLED[kind]
    both = PartsItem(ask=SAID, why=SAID, parts={"a": item, "b": item})

    def came(answer: Any) -> Any:
        return values.decode(values.loads(values.dumps(values.encode(answer))))

    live, found = item.check(forms[form](given), {}), item.check(came(forms[form](given)), {})
    assert (found.status, found.points) == (live.status, live.points)
    parts = both.check(came({"a": forms[form](given), "b": forms[form](given)}), {}).parts
    assert {(one.status, one.points) for one in parts.values()} == {(live.status, live.points)}
    if form in ("generator", "string array", "categorical", "proxy", "numpy e"):
        assert live.status != "type" or given in (["north", "east"], ["north"], {"north": "south"})


def test_what_can_be_read_once_counts_as_it_was_read_first(pool: Pool) -> None:
    item, *_ = LABELLED[SetItem]
    both = [replace(item, id=f"x-{number}") for number in (1, 2)]
    marks, outcome = run(pool, both, ["answer_1 = filter(None, ['west', 'north'])", "answer_2 = list(answer_1)"])
    assert [one.status for one in marks] == ["right", "wrong"], outcome


# --- the instructor's own solutions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("set_name", sets())
def test_the_solutions_of_a_set_earn_all_of_its_points(pool: Pool, set_name: str) -> None:
    items, numbers = graded(set_name), numbers_of(set_name, "2026001", "salt")
    model = build.make_notebook(course_root() / "exercises" / "src" / f"{set_name}.py", "en", "instructor")
    solutions = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in model.cells}
    notebook = json.loads(handout("2026001", set_name, "en", numbers))
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in numbers:
            cell["source"] = solutions[grade_id]
            if re.search(r"^from crmlab\.\w+\.(items|vignettes) import", cell["source"], re.MULTILINE):
                answer = checks.find(grade_id).solve(numbers[grade_id])  # the solution looks into the key
                cell["source"] = f"{variable(grade_id)} = {plain(answer)!r}"
    cells = tuple(repair(read(json.dumps(notebook).encode()), set_name, numbers).cells)
    job = Job("a", "2026001", "en", cells, questions(items, numbers, "en"), calls(items, numbers, cells))
    [outcome] = pool.run([job])
    assert outcome.problems == {}
    marks = [row for row in mark(items, numbers, outcome, cells) if not row.part]
    assert {row.item: row.points for row in marks} == {item.id: item.points for item in items}
    assert sum(row.points for row in marks) == 20


# --- functions, alone and in parts -----------------------------------------------------------------------------------


def function(**more: Any) -> FunctionItem:
    return FunctionItem(
        ask=SAID,
        hint=SAID,
        why=SAID,
        solve=lambda params: lambda x: x * x + params["c"],
        traps=(Trap("without-c", lambda params: lambda x: x * x, Text(en="And the c?", zh="c 呢？")),),
        inputs=lambda params: [(2,), (5,), (-30 - params["c"],)],
        **more,
    )


def parts(item_id: str) -> PartsItem:
    """A price, the function behind it, and a reason."""
    price = NumberItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: 80, unit=SAID, points=1)
    reason = TextItem(ask=SAID, hint=SAID, why=SAID, solve=lambda params: "", min_words=1)
    return PartsItem(
        id=item_id, ask=SAID, why=SAID, parts={"price": price, "rule": function(points=2), "reason": reason}
    )


def rows(marks: Sequence[Mark], item: str) -> dict[str, Mark]:
    return {one.part: one for one in marks if one.item == item}


def test_functions_are_asked_for_where_they_stand() -> None:
    items = [function(id="x-1"), parts("x-2"), figure("x-3", lambda ax: [], [])]
    numbers = {item.id: {"c": 3} for item in items}
    inputs = [[2], [5], [-33]]
    assert calls(items, numbers, []) == {"answer_1": inputs, "answer_2.rule": inputs}
    renamed = [CellJob("c", "", "x-1", "my_rule"), CellJob("c~", "", "x-2", "mine")]
    assert calls(items, numbers, renamed) == {"my_rule": inputs, "mine.rule": inputs}


RIGHT = "lambda x: x * x + 3"
FUNCTIONS = {  # what a student gives for the part, and its status
    RIGHT: "right",
    "lambda x: x * x": "trap",
    "lambda x: 7": "wrong",
    "lambda x: x * x + 3 if x < 5 else 1 / 0": "type",
    "lambda x: '12'": "type",
    "{2: 7, 5: 28}.get": "type",
    "...": "empty",
    "12": "type",
    "'lambda x: x'": "type",
    "type('Evil', (), {'__call__': lambda self, x: x * x + 3})()": "right",
    "type('Evil', (), {})()": "type",
}


@pytest.fixture(scope="module")
def functions(pool: Pool) -> list[Mark]:
    """Each of them as a part, one of them under a key of the student's own writing; two alone; one in no dictionary."""
    items: list[Item] = [parts(f"x-{place}") for place in range(1, len(FUNCTIONS) + 1)]
    sources = [f"answer_{place} = {{'price': 80, 'rule': {one}}}" for place, one in enumerate(FUNCTIONS, 1)]
    last = len(items)
    items += [
        parts(f"x-{last + 1}"),
        function(id=f"x-{last + 2}"),
        function(id=f"x-{last + 3}"),
        parts(f"x-{last + 4}"),
    ]
    sources += [
        f"answer_{last + 1} = {{' Rule ': {RIGHT}, 'price': 79}}",
        f"def mine(x): return x * x + 3\nanswer_{last + 2} = mine",
        f"answer_{last + 3} = 12",
        f"answer_{last + 4} = {RIGHT}",
    ]
    return run(pool, items, sources)[0]


@pytest.mark.parametrize("source", FUNCTIONS)
def test_a_function_in_a_part_is_called_on_inputs_that_come_last(functions: list[Mark], source: str) -> None:
    item = f"x-{list(FUNCTIONS).index(source) + 1}"
    found = rows(functions, item)
    assert found["rule"].status == FUNCTIONS[source]
    assert found["price"].status == "right" and found["reason"].status == "empty"
    assert (
        found[""].points
        == 1 + (2 if FUNCTIONS[source] == "right" else 0)
        == found["price"].points + found["rule"].points
    )
    assert "-33" not in found["rule"].said + found[""].said, "hidden inputs stay hidden"
    assert " at 0x" not in found[""].answer, "graded again, the row is the same"
    live = parts(item).check(eval(f"{{'price': 80, 'rule': {source}}}"), {"c": 3})
    assert {name: one.status for name, one in live.parts.items()} == {
        name: one.status for name, one in found.items() if name
    }


def test_a_part_is_found_as_the_item_reads_its_name(functions: list[Mark]) -> None:
    found = rows(functions, f"x-{len(FUNCTIONS) + 1}")
    assert (found["rule"].status, found["price"].status) == ("right", "wrong")


def test_a_function_alone_is_called_and_what_is_none_is_named(functions: list[Mark]) -> None:
    last = len(FUNCTIONS)
    assert rows(functions, f"x-{last + 2}")[""].status == "right"
    assert rows(functions, f"x-{last + 3}")[""].status == "type"
    assert rows(functions, f"x-{last + 4}")["rule"].status == "type"
    assert "dictionary" in sentences(rows(functions, f"x-{last + 4}")["price"].said)[0].en
