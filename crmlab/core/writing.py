"""What writers of items share: draws that are the same on every machine, traps that stay silent, words.

A trap that leads to the right answer for a student stays silent: :data:`crmlab.core.checks.SILENT` for a number, None
for a label.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from crmlab.core.checks import SILENT, Item, NumberItem, Params
from crmlab.core.text import Text

_One = TypeVar("_One")
Labels = dict[str, str | None]

PUBLISHED = "published"  # the sample of the published example
_DRAWS = 10_000

# --- draws -----------------------------------------------------------------------------------------------------------


def hash_of(*fields: str) -> int:
    """Return a large number that is the same on every machine.

    >>> hash_of("item", "student") % 1000
    288
    """
    return int.from_bytes(hashlib.sha256("\x1f".join(fields).encode("utf-8")).digest()[:8], "big")


def chosen_by(values: Sequence[_One], *fields: str) -> _One:
    """Return one of the values.

    >>> chosen_by("abc", "item", "student")
    'c'
    """
    return values[hash_of(*fields) % len(values)]


def mixed_by(things: Iterable[_One], *fields: str) -> list[_One]:
    """Return the things in an order that tells nothing.

    >>> mixed_by("abcd", "item", "student")
    ['d', 'c', 'b', 'a']
    """
    return [one for _, one in sorted(enumerate(things), key=lambda pair: hash_of(*fields, str(pair[0])))]


def first_clear(draw: Callable[[str], _One], clear: Callable[[_One], bool]) -> _One:
    """Return the first of a row of draws with which all readings can be told apart.

    >>> first_clear(int, lambda number: number > 2)
    3
    """
    return next(one for one in (draw(str(number)) for number in range(_DRAWS)) if clear(one))


def sample_names(count: int) -> tuple[str, ...]:
    """Return the names of samples: the published one, and others for the students.

    >>> sample_names(3)
    ('published', '1', '2')
    """
    return (PUBLISHED, *(str(number) for number in range(1, count)))


# --- traps -----------------------------------------------------------------------------------------------------------


def too_close(question: Item, params: Params, gap: float = 0.02, least: float = 0.0) -> bool:
    """Whether a wrong model comes close to the truth or to another wrong model, so that a hint could mislead.

    ``gap`` is a share of the truth, ``least`` a distance; the wider counts.
    """
    right = float(question.solve(params))
    wrong = (float(trap.wrong(params)) for trap in question.traps)
    found = sorted([right, *filter(math.isfinite, wrong)])
    nearest = min((high - low for low, high in itertools.pairwise(found)), default=math.inf)
    return nearest < max(gap * abs(right), least)


def any_too_close(parts: Mapping[str, Item], params: Params, gap: float = 0.02, least: float = 0.0) -> bool:
    """Whether that is so in any part that asks for a number."""
    return any(too_close(part, params, gap, least) for part in parts.values() if isinstance(part, NumberItem))


def traps_meet(parts: Mapping[str, Item], params: Params) -> bool:
    """Whether a trap meets the truth, or the traps of two misconceptions meet each other."""
    for part in parts.values():
        truth = part.target(part.solve(params), params)
        pitfalls = part.pitfalls(params)
        if any(part.falls(truth, wrong) for _, wrong in pitfalls):
            return True
        pairs = itertools.combinations(pitfalls, 2)
        if any(one.name != two.name and part.falls(left, right) for (one, left), (two, right) in pairs):
            return True
    return False


def unless_close(truth: Callable[[Params], float], wrong: Callable[[Params], float]) -> Callable[[Params], float]:
    """Keep a wrong model silent where it counts right.

    >>> unless_close(lambda params: 2.0, lambda params: 2.0 + 1e-12)({})
    nan
    """
    return lambda params: SILENT if math.isclose(wrong(params), truth(params)) else wrong(params)


def unless_equal(wrong: Callable[[Params], float], right: Callable[[Params], float]) -> Callable[[Params], float]:
    """Keep a wrong model silent where it gives exactly the right number.

    >>> unless_equal(lambda params: 3, lambda params: 2)({})
    3
    """
    return lambda params: SILENT if wrong(params) == right(params) else wrong(params)


def other_label(truth: Callable[[Params], str], wrong: Callable[[Params], str]) -> Callable[[Params], str | None]:
    """Keep a wrong label silent where it is the right one.

    >>> other_label(lambda params: "keep", lambda params: "keep")({}) is None
    True
    """
    return lambda params: None if wrong(params) == truth(params) else wrong(params)


def changed_labels(wrong: Mapping[str, str], right: Mapping[str, str]) -> Labels:
    """Return only the labels that give a wrong reading away; silent if there are none.

    >>> changed_labels({"a": "x", "b": "y"}, {"a": "x", "b": "z"})
    {'b': 'y'}
    """
    found: Labels = {key: label for key, label in wrong.items() if label != right[key]}
    return found or {next(iter(right)): None}


# --- words -----------------------------------------------------------------------------------------------------------


def with_listing(text: Text, entries: Iterable[str]) -> Text:
    """Fill the place ``{found}`` with entries, set apart as each language does.

    >>> with_listing(Text(en="Look at {found}.", zh="看{found}。"), ["a", "b"]).zh
    '看a、b。'
    """
    listed = list(entries)
    return Text(en=text.en.replace("{found}", ", ".join(listed)), zh=text.zh.replace("{found}", "、".join(listed)))


def nearest_option(options: Iterable[str], value: float) -> str:
    """Return the option whose key is the number closest to a value.

    >>> nearest_option(["5", "19", "50"], 18.8)
    '19'
    """
    return min(options, key=lambda key: abs(value - float(key)))


def whole_percent(share: float) -> str:
    """Write a share in whole percent.

    >>> whole_percent(0.125)
    '12%'
    """
    return f"{100 * share:.0f}%"
