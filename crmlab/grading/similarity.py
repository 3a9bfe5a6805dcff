"""Submissions that agree where own numbers should keep them apart: evidence for a talk, never a verdict.

Three kinds of agreement between two students are looked for: the same answers although the right ones differ, answers
that are wrong for one student and right for another's numbers, and the same code. A fourth, without a partner, is a set
answered with the numbers of the published example. What much of the class shares is common and left out; how often
pairs of this class agree on each item says how much an agreement means.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
import warnings
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from crmlab.core.checks import (
    ChoiceItem,
    FigureItem,
    FunctionItem,
    Item,
    MappingItem,
    NotAnAnswerError,
    NumberItem,
    Params,
    PartsItem,
    TableItem,
    TextItem,
)
from crmlab.core.text import LANGUAGES, Text
from crmlab.grading.collect import collect
from crmlab.grading.notebooks import NotAWork, read, repair, sets, template
from crmlab.grading.roster import Student

Kind = Literal["answers", "numbers", "code", "example"]
Numbers = Mapping[str, Params]
Pair = tuple[str, str]

_RARE = 0.1  # so many pairs by chance in a class like this, or fewer, are worth a look
_FEWEST_ITEMS = 2
_COMMON = 0.5  # of the class: what more of them share tells nothing
_COMMON_CODE = 0.15  # code comes from the chapter, too
_COMMON_AT_LEAST = 4  # a round number or a label that so many share tells nothing
_EXACT = 4  # digits from which a number is hardly hit by chance
_TELLING = 3  # digits from which a number is compared with the right ones of others
_PRECISE = 0.02  # chance that is granted to one agreement where the class is too small to count
_VAGUE = 0.05  # the same for labels and round numbers
_SHORT = 0.2  # the same for short code
_MUCH_RARER = 1e-3
_MANY_LABELS = 5  # from which a pattern of labels is hardly hit by chance
_LONG_CODE = 40  # nodes of a syntax tree, a line or two
_LONGEST_CODE = 100  # from here on one item is enough
_LARGEST = 1e300  # of a number that is compared; an integer may be larger than any float
_MOST_CODE = 20_000  # signs of a cell; a longer one is not parsed


@dataclass(frozen=True)
class Given:
    """One answer: which item and part, its value as it was kept, and how it was marked."""

    item: str
    part: str
    value: Any
    status: str


@dataclass(frozen=True)
class Evidence:
    """What agrees between two students, or between one and the published example (``other`` empty).

    ``expected`` is how many such pairs a class of this size would show by chance, if items agreed independently.
    """

    kind: Kind
    student: str
    other: str
    items: tuple[str, ...]
    what: Text
    chance: Text
    expected: float


def similar(
    items: Sequence[Item],
    answers: Mapping[str, Sequence[Given]],
    numbers: Mapping[str, Numbers],
    code: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Evidence]:
    """Look for submissions that agree more than own numbers allow.

    Parameters
    ----------
    items
        Of the set.
    answers
        Student -> what the submission that counts gave, one entry per part (per item where it has no parts).
    numbers
        Student -> item id -> the student's own parameters.
    code
        Student -> item id -> the answer cell's code, as :func:`answer_code` reads it; without it, code is not compared.

    Returns
    -------
    The strongest evidence first; the same input gives the same list.
    """
    parts = {(item.id, name): part for item in items for name, part in _parts(item)}
    places: dict[tuple[str, str], list[tuple[str, Given]]] = defaultdict(list)
    for student in sorted(answers):
        for one in answers[student]:
            part = parts.get((one.item, one.part))
            if part is not None and _comparable(part) and one.status not in ("empty", "type", "noted"):
                places[one.item, one.part].append((student, one))
    class_size = len(answers)
    found, as_example = _example(items, parts, places)
    found += _without_shadows(_same_answers(parts, places, numbers, class_size, as_example))
    found += _without_shadows(_right_for_another(parts, places, numbers, class_size, as_example))
    found += _same_code(items, code or {})
    return sorted(found, key=lambda one: (one.expected, one.student, one.other, one.kind))


def answer_code(place: Path, roster: Sequence[Student], set_name: str) -> dict[str, dict[str, str]]:
    """Read the answer cells of what was handed in: student -> item id -> code; what cannot be read is left out.

    Raises
    ------
    CollectError
        The place cannot be searched.
    """
    found: dict[str, dict[str, str]] = {}
    for one in collect(place, roster, set_name).counting:
        try:
            cells = repair(read(one.read(), one.path_in), set_name).cells
        except NotAWork:
            continue
        found[one.student or ""] = {cell.item: cell.source for cell in cells if cell.item}
    return found


def _parts(item: Item) -> list[tuple[str, Item]]:
    return list(item.parts.items()) if isinstance(item, PartsItem) else [("", item)]


def _comparable(part: Item) -> bool:
    """Whether the kept answer says enough: one of few options does not, and these others are not kept whole."""
    return not isinstance(part, (ChoiceItem, FigureItem, FunctionItem, TableItem, TextItem))


# --- how much an agreement means -------------------------------------------------------------------------------------


Agreement = Mapping[str, Sequence[tuple[str, bool]]]  # item id -> part, and whether its value is hardly hit by chance


def _expected(pairs: int, agreeing: Iterable[tuple[int, float]]) -> float:
    """Return how many pairs agree like this by chance.

    Each item brings the number of pairs that agree on it, this one included, and the chance that is granted where no
    other pair does.
    """
    chances = [max((count - 1) / pairs, least) for count, least in agreeing]
    return pairs * math.prod(chances)


def _counted(agreements: Iterable[Agreement]) -> dict[tuple[str, int], int]:
    """Return for each item how many pairs agree on at least so many of its parts."""
    found: Counter[tuple[str, int]] = Counter()
    for which in agreements:
        for item_id, parts in which.items():
            found.update((item_id, number) for number in range(1, len(parts) + 1))
    return dict(found)


def _chance(which: Agreement, counts: Mapping[tuple[str, int], int], pairs: int) -> float:
    """Return how many pairs agree like this one by chance."""
    agreeing = []
    for item_id, parts in which.items():
        exact = any(one for _, one in parts)
        least = min(0.5 / pairs, _PRECISE) if exact else max(0.5 / pairs, _VAGUE ** len(parts))
        agreeing.append((counts[item_id, len(parts)], least))
    return _expected(pairs, agreeing)


def _without_shadows(found: Sequence[Evidence]) -> list[Evidence]:
    """Leave out what a much stronger agreement of one of the two, on the same items and more, explains.

    Who copied agrees by chance with those with whom the source agrees by chance.
    """
    stronger: dict[str, list[tuple[float, frozenset[str]]]] = defaultdict(list)
    for one in found:
        for student in (one.student, one.other):
            stronger[student].append((one.expected, frozenset(one.items)))
    return [
        one
        for one in found
        if not any(
            expected < _MUCH_RARER * one.expected and items >= set(one.items)
            for student in (one.student, one.other)
            for expected, items in stronger[student]
        )
    ]


def _in_words(expected: float) -> Text:
    classes = 1 / max(expected, 1e-9)
    if classes > 1000:
        return Text(
            en="Hardly ever by chance: fewer than one such case in 1,000 classes like this.",
            zh="几乎不会偶然出现：1,000 个这样的班级里不到一例。",
        )
    rounded = f"{float(f'{classes:.1g}'):,.0f}"
    return Text(
        en=f"Rare by chance: about one such case in {rounded} classes like this.",
        zh=f"偶然出现的可能很小：大约 {rounded} 个这样的班级里有一例。",
    )


def _numbers_of(items: Iterable[str]) -> Text:
    shown = [item.rpartition("-")[2] for item in items]
    return Text(en=", ".join(shown), zh="、".join(shown))


def digits(value: Any) -> int:
    """Return how many digits a number has that matter; of several, the most; 0 for what holds no number.

    >>> digits(17757.53), digits(5000), digits({"A": 0.25, "B": 1200}), digits("north")
    (7, 1, 2, 0)
    """
    if isinstance(value, dict):
        return max((digits(one) for one in value.values()), default=0)
    if isinstance(value, list):
        return max((digits(one) for one in value), default=0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _LARGEST:
        return 0
    mantissa = f"{abs(value):.12g}".partition("e")[0]
    return max(len(mantissa.replace(".", "").strip("0")), 1)


def _key(value: Any) -> str:
    """Return a value as text that is the same for equal answers: order of keys and of sets, 2 and 2.0 do not matter."""

    def tidy(one: Any) -> Any:
        if isinstance(one, bool) or one is None or isinstance(one, str):
            return one
        if isinstance(one, dict):
            return {str(name): tidy(inner) for name, inner in one.items()}
        if isinstance(one, list):
            return [tidy(inner) for inner in one]
        return f"{one:.10g}" if abs(one) < _LARGEST else str(one)

    return json.dumps(tidy(value), sort_keys=True, ensure_ascii=False)


def _is_common(value: Any, shared_by: int, class_size: int) -> bool:
    weak = digits(value) < _TELLING and not _is_exact(value)
    return shared_by >= _COMMON_AT_LEAST and (weak or shared_by > _COMMON * class_size)


# --- the published example -------------------------------------------------------------------------------------------


def _example(
    items: Sequence[Item],
    parts: Mapping[tuple[str, str], Item],
    places: Mapping[tuple[str, str], Sequence[tuple[str, Given]]],
) -> tuple[list[Evidence], set[tuple[str, str, str]]]:
    """Find wrong answers that are right for the example; they agree with each other for this reason alone."""
    samples = {item.id: item.params() for item in items}
    explained: set[tuple[str, str, str]] = set()
    fits: dict[str, set[str]] = defaultdict(set)
    for (item_id, name), given in places.items():
        part = parts[item_id, name]
        sample = samples[item_id]
        target = part.target(part.solve(sample), sample)  # once: asking each check again would take seconds
        for student, one in given:
            if one.status in ("wrong", "trap") and _fits(part, one.value, sample, target):
                explained.add((student, item_id, name))
                if digits(one.value) >= _TELLING:
                    fits[student].add(item_id)
    order = [item.id for item in items]
    found = []
    for student, which in sorted(fits.items()):
        if len(which) >= _FEWEST_ITEMS:
            chosen = tuple(item_id for item_id in order if item_id in which)
            shown = _numbers_of(chosen)
            found.append(
                Evidence(
                    "example",
                    student,
                    "",
                    chosen,
                    Text(
                        en=f"Wrong answers to items {shown.en} are right for the numbers of the published example.",
                        zh=f"第 {shown.zh} 题答错，但对公开样例的数字来说是对的。",
                    ),
                    Text(
                        en="Often no copying: the notebook ran without the student's own numbers.",
                        zh="多半不是照抄：运行时没有用自己的数字。",
                    ),
                    _PRECISE ** len(chosen),
                )
            )
    return found, explained


def _fits(part: Item, value: Any, params: Params, target: Any) -> bool:
    try:
        return part.same(part.read(value, params), target)
    except NotAnAnswerError:  # with these numbers it is none
        return False


# --- the same answers ------------------------------------------------------------------------------------------------


def _same_answers(
    parts: Mapping[tuple[str, str], Item],
    places: Mapping[tuple[str, str], Sequence[tuple[str, Given]]],
    numbers: Mapping[str, Numbers],
    class_size: int,
    as_example: set[tuple[str, str, str]],
) -> list[Evidence]:
    """Pairs that gave the same although the right answers differ and no known misconception explains both."""
    agree: dict[Pair, dict[str, list[tuple[str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for (item_id, name), given in places.items():
        groups: dict[str, list[tuple[str, Given]]] = defaultdict(list)
        for student, one in given:
            if (student, item_id, name) not in as_example:
                groups[_key(one.value)].append((student, one))
        for group in groups.values():
            if _is_common(group[0][1].value, len(group), class_size):
                continue
            exact = _is_exact(group[0][1].value)
            for (left, one), (right, other) in combinations(group, 2):
                if not _explained(parts[item_id, name], one, other) and numbers[left].get(item_id) != numbers[
                    right
                ].get(item_id):
                    agree[left, right][item_id].append((name, exact))
    pairs = max(class_size * (class_size - 1) // 2, 1)
    counts = _counted(agree.values())
    found = []
    for (left, right), which in agree.items():
        if len(which) < _FEWEST_ITEMS or _chance(which, counts, pairs) > _RARE:
            continue
        apart = {
            item_id: kept
            for item_id, names in which.items()
            if (kept := [one for one in names if _differ(parts[item_id, one[0]], item_id, numbers, left, right)])
        }
        expected = _chance(apart, counts, pairs)
        if len(apart) < _FEWEST_ITEMS or expected > _RARE:
            continue
        answers = sum(len(names) for names in apart.values())
        chosen = tuple(sorted(apart, key=_place))
        shown = _numbers_of(chosen)
        found.append(
            Evidence(
                "answers",
                left,
                right,
                chosen,
                Text(
                    en=f"{answers} equal answers in items {shown.en}, although the right answers differ.",
                    zh=f"第 {shown.zh} 题共有 {answers} 个答案相同，而两人的正确答案不同。",
                ),
                _in_words(expected),
                expected,
            )
        )
    return found


def _is_exact(value: Any) -> bool:
    labels = isinstance(value, (dict, list)) and len(value) >= _MANY_LABELS
    return labels or digits(value) >= _EXACT


def _explained(part: Item, one: Given, other: Given) -> bool:
    """Whether each of two equal answers comes from its student's own numbers: right, or a known misconception.

    A trap of a pattern of labels names some of them only; it explains the whole where both fell into it.
    """
    status = {one.status, other.status}
    return status in ({"right"}, {"trap"}) or (status == {"right", "trap"} and not isinstance(part, MappingItem))


def _place(item_id: str) -> int:
    return int(item_id.rpartition("-")[2])


def _differ(part: Item, item_id: str, numbers: Mapping[str, Numbers], left: str, right: str) -> bool:
    """Whether the right answers of two students differ."""
    mine, theirs = numbers[left][item_id], numbers[right][item_id]
    try:
        return not part.same(part.target(part.solve(mine), mine), part.target(part.solve(theirs), theirs))
    except Exception:  # an item whose answers cannot be compared across numbers: they are not the same question
        return True


# --- right for another's numbers -------------------------------------------------------------------------------------


def _right_for_another(
    parts: Mapping[tuple[str, str], Item],
    places: Mapping[tuple[str, str], Sequence[tuple[str, Given]]],
    numbers: Mapping[str, Numbers],
    class_size: int,
    as_example: set[tuple[str, str, str]],
) -> list[Evidence]:
    """Students whose wrong answers are right for another; candidates are near what that other answered rightly."""
    near: dict[Pair, dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for (item_id, name), given in places.items():
        if not isinstance(parts[item_id, name], NumberItem):
            continue
        right = sorted(
            (float(one.value), student)
            for student, one in given
            if one.status == "right" and digits(one.value) >= _TELLING
        )
        if not right:
            continue
        widest = max(_half_step(value) for value, _ in right)
        for student, one in given:
            wrong = one.status == "wrong" and digits(one.value) >= _TELLING
            if not wrong or (student, item_id, name) in as_example:
                continue
            value = float(one.value)
            reach = max(_half_step(value), widest)
            start = bisect_left(right, (value - reach, ""))
            for target, other in right[start:]:
                if target > value + reach:
                    break
                if abs(target - value) <= max(_half_step(value), _half_step(target)):
                    near[student, other][item_id].append((name, value))
    pairs = max(class_size * (class_size - 1), 1)
    as_agreements = {
        pair: {item_id: [(name, digits(value) >= _EXACT) for name, value in names] for item_id, names in which.items()}
        for pair, which in near.items()
    }
    counts = _counted(as_agreements.values())
    found = []
    for (student, other), which in near.items():
        told = as_agreements[student, other]
        if len(which) < _FEWEST_ITEMS or _chance(told, counts, pairs) > _RARE:
            continue
        sure = {
            item_id: names
            for item_id, names in which.items()
            if all(_is_right(parts[item_id, name], value, numbers[other][item_id]) for name, value in names)
        }
        expected = _chance({item_id: told[item_id] for item_id in sure}, counts, pairs)
        if len(sure) < _FEWEST_ITEMS or expected > _RARE:
            continue
        answers = sum(len(names) for names in sure.values())
        chosen = tuple(sorted(sure, key=_place))
        shown = _numbers_of(chosen)
        found.append(
            Evidence(
                "numbers",
                student,
                other,
                chosen,
                Text(
                    en=f"{answers} wrong answers of {student} in items {shown.en} are right for the numbers of "
                    f"{other}.",
                    zh=f"{student} 在第 {shown.zh} 题有 {answers} 个答案是错的，但对 {other} 的数字来说是对的。",
                ),
                _in_words(expected),
                expected,
            )
        )
    return found


def _half_step(value: float) -> float:
    """Return half a unit of the last digit that was given: what rounding may have changed."""
    text = f"{value:.12g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 0
    return max(0.5 * 10.0**-decimals, 1e-9 * abs(value)) * (1 + 1e-9)


def _is_right(part: Item, value: float, params: Params) -> bool:
    try:
        return part.check(value, params).status == "right"
    except (ValueError, ArithmeticError):
        return False


# --- the same code ---------------------------------------------------------------------------------------------------


def _same_code(items: Sequence[Item], code: Mapping[str, Mapping[str, str]]) -> list[Evidence]:
    """Pairs whose answer cells say the same beyond the published cell, whatever names and comments they use."""
    class_size = len(code)
    pairs = max(class_size * (class_size - 1) // 2, 1)
    agree: dict[Pair, dict[str, int]] = defaultdict(dict)
    for item in items:
        issued = _issued(item.id)
        groups: dict[str, list[str]] = defaultdict(list)
        sizes: dict[str, int] = {}
        for student in sorted(code):
            told = normalised(code[student].get(item.id, ""))
            if told is not None and told[0] not in issued:
                groups[told[0]].append(student)
                sizes[told[0]] = told[1]
        for told_code, group in groups.items():
            if len(group) < _COMMON_AT_LEAST or len(group) <= _COMMON_CODE * class_size:
                for left, right in combinations(group, 2):
                    agree[left, right][item.id] = sizes[told_code]
    counts = Counter(item_id for which in agree.values() for item_id in which)
    found = []
    for (left, right), which in agree.items():
        expected = _expected(pairs, ((counts[item_id], _least_code(pairs, size)) for item_id, size in which.items()))
        if expected > _RARE:
            continue
        chosen = tuple(sorted(which, key=_place))
        shown, size = _numbers_of(chosen), sum(which.values())
        words = _in_words(expected)
        found.append(
            Evidence(
                "code",
                left,
                right,
                chosen,
                Text(
                    en=f"The same code in items {shown.en}, {size} elements long, names and comments left aside.",
                    zh=f"第 {shown.zh} 题的代码相同，共 {size} 个代码元素，不计变量名和注释。",
                ),
                Text(
                    en=f"{words.en} A common source, such as the chapter or a course of tutorials, explains it, too.",
                    zh=f"{words.zh}共同的来源（例如本章或课上的讲解）也能解释。",
                ),
                expected,
            )
        )
    return found


def _least_code(pairs: int, size: int) -> float:
    if size < _LONG_CODE:
        return _SHORT
    return min((0.5 if size < _LONGEST_CODE else 0.05) / pairs, _PRECISE)


@lru_cache(maxsize=256)
def _issued(item_id: str) -> frozenset[str]:
    """Return the answer cell as published, normalised, in each language."""
    slug = item_id.rpartition("-")[0]
    names = [one for one in sets() if one.partition("_")[2] == slug]
    cells = [
        cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        for name in names
        for lang in LANGUAGES
        for cell in template(name, lang)["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == item_id
    ]
    return frozenset(told[0] for told in map(_normal_form, cells) if told is not None)


def normalised(source: str) -> tuple[str, int] | None:
    """Return code as a digest that names, comments and layout do not change, and its size in nodes.

    None for what is no code that a student had to think of: it does not parse, or holds values alone.

    >>> normalised("a = f(2) + 1") == normalised("b  = f(2) + 1  # mine")
    True
    >>> normalised("a = {'net': 17}") is None
    True
    """
    told = _normal_form(source)
    return None if told is None or not told[2] else told[:2]


def _normal_form(source: str) -> tuple[str, int, bool] | None:
    if not source.strip() or len(source) > _MOST_CODE:
        return None
    try:
        with warnings.catch_warnings(record=True):  # of the student's code, for the student
            tree = ast.parse(source)
        nodes = list(ast.walk(tree))
        _rename(nodes)
        digest = hashlib.sha256(ast.dump(tree).encode("utf-8", "replace")).hexdigest()
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what no parser survives is no evidence
        return None
    works = any(isinstance(node, (ast.Call, ast.BinOp, ast.FunctionDef, ast.comprehension)) for node in nodes)
    size = sum(not isinstance(node, (ast.expr_context, ast.operator)) for node in nodes)
    return digest, size, works


def _rename(nodes: Sequence[ast.AST]) -> None:
    """Number the names that the code makes itself, in the order in which they come."""
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    names: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in own:
            node.id = names.setdefault(node.id, f"_{len(names)}")
        elif isinstance(node, ast.arg):
            node.arg = names.setdefault(node.arg, f"_{len(names)}")
        elif isinstance(node, ast.FunctionDef):
            node.name = names.setdefault(node.name, f"_{len(names)}")
