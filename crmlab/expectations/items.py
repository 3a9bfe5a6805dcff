"""The graded set of chapter 09 (E09.1 to E09.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers) or None (labels).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from statistics import NormalDist
from typing import Any, TypeVar, cast, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Item,
    MappingItem,
    NumberItem,
    Params,
    PartsItem,
    Trap,
    shown,
)
from crmlab.core.data import load
from crmlab.core.text import Text, language
from crmlab.core.writing import PUBLISHED, Labels, chosen_by, first_clear, hash_of, mixed_by, sample_names
from crmlab.expectations.model import (
    ATTRIBUTES,
    FEATURES,
    KANO_ANSWERS,
    KANO_CLASSES,
    Importance,
    Line,
    Outcome,
    Promise,
    Quadrant,
    acsi,
    best_promise,
    importance_performance,
    kano_class,
    kano_coefficients,
    nps,
    outcome,
    promise_outcome,
    satisfaction,
    top_box,
    update_expectation,
)
from crmlab.expectations.practice import PRACTICE
from crmlab.expectations.simulate import CHANCES

_POINTS = Text(en="points", zh="分")
_DECIMALS = Text(en="decimals, not percent", zh="小数，不用百分数")
_SEE_PARTS = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

_One = TypeVar("_One")
Readings = dict[str, dict[str, float]]  # part -> reading, right or wrong -> value


def _even(*fields: str) -> float:
    """An even draw between 0 and 1."""
    return (hash_of(*fields) % 1_000_000 + 0.5) / 1_000_000


def _normal(*fields: str) -> float:
    """A standard normal draw that is the same on every machine once it is rounded."""
    return NormalDist().inv_cdf(_even(*fields))


def _unclear(parts: Mapping[str, Item], params: Params) -> bool:
    """Whether a trap meets the truth, the traps of two misconceptions meet, or "0 of 3 parts are right" would tell."""
    for part in parts.values():
        truth = part.target(part.solve(params), params)
        if isinstance(part, NumberItem) and any(part.same(told, truth) for told in (0.0, float(len(parts)))):
            return True
        pitfalls = part.pitfalls(params)
        if any(part.falls(truth, wrong) for _, wrong in pitfalls):
            return True
        if not isinstance(part, NumberItem):
            continue  # of two labels that meet, the first trap speaks
        pairs = combinations(pitfalls, 2)
        if any(one.name != two.name and part.falls(left, right) for (one, left), (two, right) in pairs):
            return True
    return False


def _label_unless(wrong: Callable[[Params], str], right: Callable[[Params], str]) -> Callable[[Params], str | None]:
    """A wrong model of a label, silent where it gives the right one."""
    return lambda params: None if wrong(params) == right(params) else wrong(params)


# --- E09.1 ten visits ------------------------------------------------------------------------------------------------

_VISITS = tuple(f"v{number}" for number in range(1, 11))


@dataclass(frozen=True)
class Visits:
    """What a salon expected of ten deliveries, and what it perceived (whole points)."""

    expectation: NDArray[np.float64]
    performance: NDArray[np.float64]

    @property
    def gap(self) -> NDArray[np.float64]:
        """Performance less expectation."""
        return self.performance - self.expectation


def _drawn_visits(zone: int, *fields: str) -> Visits:
    """Ten visits: one exactly on the edge of the zone, some inside, the others beyond on both sides."""
    inside = chosen_by((1, 2, 3), *fields, "inside")
    gaps = [chosen_by((-zone, zone), *fields, "edge")]
    gaps += [chosen_by(range(1 - zone, zone), *fields, "gap", str(place)) for place in range(inside)]
    while len(gaps) < len(_VISITS):
        place = str(len(gaps))
        far = zone + chosen_by(range(1, 13), *fields, "gap", place)
        gaps.append(chosen_by((-far, far), *fields, "side", place))
    expected = [chosen_by(range(58, 83), *fields, "expected", visit) for visit in _VISITS]
    given = np.array(mixed_by(gaps, *fields, "order"), dtype=float)
    return Visits(np.array(expected, dtype=float), np.array(expected) + given)


def _clear_visits(zone: int) -> Callable[[Visits], bool]:
    """Whether best and worst are plain and not those of the highest and lowest performance, and counts differ."""

    def clear(visits: Visits) -> bool:
        gap, seen = visits.gap, visits.performance
        low, *_, high = np.sort(gap)
        counts = [(np.abs(gap) <= zone).sum(), (np.abs(gap) < zone).sum(), (gap == 0).sum()]
        counts += [(gap >= -zone).sum(), (np.abs(gap) > zone).sum()]
        return bool(
            len({int(count) for count in counts}) == len(counts)
            and (gap == low).sum() == 1 == (gap == high).sum()
            and low < -zone - 3
            and high > zone + 3
            and min((gap < -zone).sum(), (gap > zone).sum()) >= 2
            and gap[seen.argmin()] > low + 2
            and gap[seen.argmax()] < high - 2
            and (seen == seen.min()).sum() == 1 == (seen == seen.max()).sum()
        )

    return clear


@cache
def _visits(sample: str, zone: int) -> Visits:
    fields = ("expectations-1", sample, str(zone))
    return first_clear(lambda number: _drawn_visits(zone, *fields, number), _clear_visits(zone))


@cache
def _matching(sample: str, zone: int) -> int:
    """How many visits match expectations."""
    visits = _visits(sample, zone)
    return list(outcome(visits.expectation, visits.performance, zone)).count(Outcome.MATCHES.value)


@lru_cache(maxsize=4096)
def _read_visits(sample: str, zone: int, base: float, gain: float, loss: float) -> Readings:
    """The numbers asked, as they are meant ("right") and as they are misread."""
    visits = _visits(sample, zone)
    expected, seen, gap = visits.expectation, visits.performance, visits.gap

    def felt(
        edge: float = 0.0, up: float = gain, down: float = loss, *, turned: bool = False, mean: bool = False
    ) -> NDArray[np.float64]:
        one, two = (seen, expected) if turned else (expected, seen)
        if mean:
            one, two = one.mean(), two.mean()
        return satisfaction(one, two, base, up, down, zone=edge)

    whole = np.where(np.abs(gap) > zone, felt(), base)  # the gap counted from zero once it is outside
    worst, best, lowest, highest = gap.argmin(), gap.argmax(), seen.argmin(), seen.argmax()
    found: dict[str, dict[str, Any]] = {
        "mean without": {
            "right": felt().mean(),
            "as-gains": felt(down=gain).mean(),
            "as-losses": felt(up=loss).mean(),
            "sign": felt(turned=True).mean(),
            "zone-taken": felt(zone).mean(),
        },
        "mean with": {
            "right": felt(zone).mean(),
            "as-gains": felt(zone, down=gain).mean(),
            "as-losses": felt(zone, up=loss).mean(),
            "sign": felt(zone, turned=True).mean(),
            "of-means": felt(zone, mean=True),
            "whole-gap": whole.mean(),
            "zone-ignored": felt().mean(),
        },
        "worst without": {
            "right": felt()[worst],
            "as-gains": felt(down=gain)[worst],
            "sign": felt(turned=True)[worst],
            "performance-alone": felt()[lowest],
            "zone-taken": felt(zone)[worst],
        },
        "worst with": {
            "right": felt(zone)[worst],
            "as-gains": felt(zone, down=gain)[worst],
            "sign": felt(zone, turned=True)[worst],
            "performance-alone": felt(zone)[lowest],
            "whole-gap": whole[worst],
        },
        "best with": {
            "right": felt(zone)[best],
            "as-losses": felt(zone, up=loss)[best],
            "sign": felt(zone, turned=True)[best],
            "performance-alone": felt(zone)[highest],
            "whole-gap": whole[best],
        },
        "matches": {
            "right": _matching(sample, zone),
            "edge-outside": (np.abs(gap) < zone).sum(),
            "exact-only": (gap == 0).sum(),
            "not-below": (gap >= -zone).sum(),
            "outside": (np.abs(gap) > zone).sum(),
        },
    }
    return {part: {name: float(value) for name, value in readings.items()} for part, readings in found.items()}


def _visit(part: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _read_visits(*(params[name] for name in ("sample", "zone", "base", "gain", "loss")))[part][
        reading
    ]


_SYMMETRIC = Text(
    en="You let gains and losses count alike. Which of the two does a customer feel more for each point?",
    zh="你给“超出”和“不足”以同样的分量。同样差一分，客户对哪一种感受更强？",
)
_SIGN = Text(
    en="You subtracted the wrong way round. When performance beats expectation, does satisfaction rise or fall?",
    zh="你减反了。表现超过期望时，满意度是升还是降？",
)
_WHOLE_GAP = Text(
    en="You counted the whole gap. A gap goes unnoticed up to the edge of the zone: which part of it is felt?",
    zh="你把整个差距都计入了。容忍区间以内的差距不被察觉：能感受到的是其中哪一段？",
)
_PERFORMANCE_ALONE = Text(
    en="You picked the visit by its performance alone. She compares it with something: with what?",
    zh="你只按表现挑了这一次。她会拿表现与什么相比？",
)
_ZONE_TAKEN = Text(
    en="You took the zone of tolerance off the gaps. Is it asked for here?",
    zh="你从差距中扣掉了容忍区间。这一小题要求扣吗？",
)
_OF_MEANS = Text(
    en="You averaged first and judged then. Good visits do not make up for bad ones point by point: judge each visit, "
    "then average.",
    zh="你先求了平均，再算满意度。好的几次不能一分抵一分地弥补差的几次：先逐次算满意度，再平均。",
)
_SLOPES = Text(
    en="Performance minus expectation, and losses weigh more than gains.",
    zh="用表现减期望；“不足”比“超出”更重。",
)
_BEYOND_EDGE = Text(
    en="Performance minus expectation; only what lies beyond the edge of the zone counts, losses more than gains.",
    zh="用表现减期望；只计超出容忍区间边缘的部分，“不足”比“超出”更重。",
)
_VISIT_HINTS = {
    "as-gains": ("symmetric", _SYMMETRIC),
    "as-losses": ("symmetric", _SYMMETRIC),
    "sign": ("sign", _SIGN),
    "of-means": ("of-means", _OF_MEANS),
    "performance-alone": ("performance-alone", _PERFORMANCE_ALONE),
    "zone-taken": ("zone-taken", _ZONE_TAKEN),
    "whole-gap": ("whole-gap", _WHOLE_GAP),
    "zone-ignored": (
        "zone-ignored",
        Text(
            en="This is the mean without the zone. Which gaps does she not notice at all?",
            zh="这是不考虑容忍区间的平均。哪些差距她根本察觉不到？",
        ),
    ),
}


def _visit_part(part: str, ask: Text, hint: Text, *wrong: str) -> NumberItem:
    return NumberItem(
        ask=ask,
        unit=_POINTS,
        rel_tol=0.0,
        abs_tol=0.02,
        solve=_visit(part),
        traps=tuple(Trap(_VISIT_HINTS[name][0], _visit(part, name), _VISIT_HINTS[name][1]) for name in wrong),
        hint=hint,
        why=_SEE_PARTS,
        points=0.5,
    )


_VISIT_PARTS: dict[str, Item] = {
    "mean without": _visit_part(
        "mean without",
        Text(en="mean satisfaction of the ten, without a zone", zh="十次满意度的平均，不考虑容忍区间"),
        _SLOPES,
        *("as-gains", "as-losses", "sign", "zone-taken"),
    ),
    "mean with": _visit_part(
        "mean with",
        Text(en="mean satisfaction of the ten, with the zone", zh="十次满意度的平均，考虑容忍区间"),
        _BEYOND_EDGE,
        *("as-gains", "as-losses", "sign", "of-means", "whole-gap", "zone-ignored"),
    ),
    "worst without": _visit_part(
        "worst without",
        Text(
            en="satisfaction with the least satisfying visit, without a zone", zh="最不满意那次的满意度，不考虑容忍区间"
        ),
        _SLOPES,
        *("as-gains", "sign", "performance-alone", "zone-taken"),
    ),
    "worst with": _visit_part(
        "worst with",
        Text(en="satisfaction with the least satisfying visit, with the zone", zh="最不满意那次的满意度，考虑容忍区间"),
        _BEYOND_EDGE,
        *("as-gains", "sign", "performance-alone", "whole-gap"),
    ),
    "best with": _visit_part(
        "best with",
        Text(en="satisfaction with the most satisfying visit, with the zone", zh="最满意那次的满意度，考虑容忍区间"),
        _BEYOND_EDGE,
        *("as-losses", "sign", "performance-alone", "whole-gap"),
    ),
    "matches": NumberItem(
        ask=Text(en="visits that match expectations, with the zone", zh="表现与期望匹配的次数，考虑容忍区间"),
        unit=Text(en="visits", zh="次"),
        decimals=0,
        rel_tol=0.0,
        solve=_visit("matches"),
        traps=tuple(
            Trap(name, _visit("matches", name), hint)
            for name, hint in (
                (
                    "edge-outside",
                    Text(
                        en="You let a gap as wide as the zone stand out. Read again up to where a gap goes unnoticed.",
                        zh="你把恰好等于容忍区间宽度的差距算作被察觉了。再看一看：多大以内的差距不被察觉？",
                    ),
                ),
                (
                    "exact-only",
                    Text(
                        en="You counted only visits without any gap. What is the zone of tolerance for?",
                        zh="你只数了分毫不差的几次。容忍区间是做什么用的？",
                    ),
                ),
                (
                    "not-below",
                    Text(
                        en="You counted all visits that do not disappoint. What do you call those that surprise?",
                        zh="凡是没有让人失望的，你都数了。让人惊喜的那些算哪一类？",
                    ),
                ),
                (
                    "outside",
                    Text(
                        en="These are the visits whose gap is noticed. Asked are the others.",
                        zh="这是差距被察觉的次数。题目问的是其余几次。",
                    ),
                ),
            )
        ),
        hint=Text(
            en="A visit matches when its gap, up or down, is no wider than the zone.",
            zh="差距无论正负，只要不超过容忍区间的宽度，就算匹配。",
        ),
        why=_SEE_PARTS,
        points=0.5,
    ),
}


def _visit_table(params: Params) -> pd.DataFrame:
    visits = _visits(params["sample"], params["zone"])
    columns = {"expectation": visits.expectation, "performance": visits.performance}
    return pd.DataFrame(columns, index=pd.Index(_VISITS, name="visit")).astype("int64")


def _why_visits(params: Params) -> Text:
    visits = _visits(params["sample"], params["zone"])
    gap, base, zone = visits.gap, shown(params["base"]), shown(params["zone"])
    low, high = gap.min(), gap.max()
    worst, best = _VISITS[int(gap.argmin())], _VISITS[int(gap.argmax())]
    found = {part: shown(_visit(part)(params)) for part in _VISIT_PARTS}
    steps = {
        "worst without": f"{base} - {shown(params['loss'])} * {shown(-low)} = {found['worst without']}",
        "worst with": f"{base} - {shown(params['loss'])} * ({shown(-low)} - {zone}) = {found['worst with']}",
        "best with": f"{base} + {shown(params['gain'])} * ({shown(high)} - {zone}) = {found['best with']}",
    }
    return Text(
        en=f"Least satisfying is {worst}: {steps['worst without']}, with the zone {steps['worst with']}. Most "
        f"satisfying is {best}: {steps['best with']}. Gaps of at most {zone} go unnoticed, {found['matches']} of them. "
        f"The mean is {found['mean without']} without and {found['mean with']} with the zone.",
        zh=f"最不满意的是 {worst}：{steps['worst without']}；考虑容忍区间时 {steps['worst with']}。"
        f"最满意的是 {best}：{steps['best with']}。不超过 {zone} 的差距不被察觉，共 {found['matches']} 次。"
        f"平均满意度：不考虑容忍区间为 {found['mean without']}，考虑时为 {found['mean with']}。",
    )


item_1 = PartsItem(
    id="expectations-1",
    ask=Text(
        en="An owner has judged ten visits of Lanwan's driver. The table holds what she expected and perceived, in "
        "points. When expectations are met, satisfaction is {base}. Each point above adds {gain}, each point below "
        "takes {loss}. With a zone of tolerance, gaps of up to and including {zone} points go unnoticed; a wider gap "
        "counts from the edge of the zone. Compute the satisfaction of the ten visits without and with the zone. Give "
        "both means, the two extremes, and how many visits match expectations.",
        zh="一位店主评价了蓝湾司机的十次上门。表中是每次的期望（expectation）和感知表现（performance），单位为分。"
        "表现恰好等于期望时，满意度为 {base}；每超出一分加 {gain}，每不足一分减 {loss}。"
        "考虑容忍区间时，不超过 {zone} 分（含 {zone} 分）的差距不被察觉；更大的差距从区间的边缘算起。"
        "请分别计算不考虑与考虑容忍区间时十次的满意度，给出两个平均值、最不满意与最满意的一次，以及有几次与期望匹配。",
    ),
    choices={
        "sample": sample_names(40),
        "zone": (3, 4, 5, 6),
        "base": (65, 70, 75),
        "gain": (0.6, 0.7, 0.8, 0.9, 1.1),
        "loss": (1.6, 1.8, 2.0, 2.25, 2.5),
    },
    example={"sample": PUBLISHED, "zone": 4, "base": 70, "gain": 0.9, "loss": 2.0},
    reject=lambda params: _unclear(_VISIT_PARTS, params),
    exhibit=_visit_table,
    parts=_VISIT_PARTS,
    why=_why_visits,
    concepts=("expect.satisfaction-definition", "expect.three-outcomes", "expect.difference-function"),
)

# --- E09.2 what she expects now --------------------------------------------------------------------------------------


def _updated(params: Params, n: float | None = None) -> tuple[float, float]:
    """Mean and standard deviation of the expectation after the visits."""
    return update_expectation(
        params["prior_mean"],
        params["prior_sd"],
        params["visit_mean"],
        params["visit_sd"],
        params["visits"] if n is None else n,
    )


def _precision_of(params: Params, source: str) -> float:
    """What one observation of this kind adds to the precision of the expectation."""
    mean, before = params["prior_mean"], params["prior_sd"]
    after = update_expectation(mean, before, params["visit_mean"], params[source])[1]
    return float(after**-2 - before**-2)


def _reviews(params: Params) -> float:
    """How many reviews tell as much as one own visit."""
    return _precision_of(params, "visit_sd") / _precision_of(params, "review_sd")


def _weighed(params: Params, prior: float, visit: float) -> float:
    """The mean of prior and visits with these weights of the prior and of each visit."""
    seen = params["visits"] * visit
    return float((prior * params["prior_mean"] + seen * params["visit_mean"]) / (prior + seen))


_ONE_VISIT = Text(
    en="You let the visits count as one. How often has she seen it for herself?",
    zh="你把几次经历当成了一次。她亲身经历过几次？",
)
_UPDATE_PARTS: dict[str, Item] = {
    "mean": NumberItem(
        ask=Text(en="what she expects after the visits", zh="几次经历之后她的期望（均值）"),
        unit=_POINTS,
        rel_tol=0.0,
        abs_tol=0.02,
        solve=lambda params: _updated(params)[0],
        traps=(
            Trap(
                "simple-average",
                lambda params: (params["prior_mean"] + params["visit_mean"]) / 2,
                Text(
                    en="You took the plain average of the two means. Is she as sure of the one as of the other?",
                    zh="你把两个均值直接平均了。她对两者同样有把握吗？",
                ),
            ),
            Trap(
                "head-count",
                lambda params: _weighed(params, 1, 1),
                Text(
                    en="You counted the prior as one more visit. Is it worth as much as a visit?",
                    zh="你把先前的期望当成又一次经历。它抵得上一次亲身经历吗？",
                ),
            ),
            Trap(
                "sd-for-precision",
                lambda params: _weighed(params, 1 / params["prior_sd"], 1 / params["visit_sd"]),
                Text(
                    en="You divided by the standard deviations. What is precision one over?",
                    zh="你用的是标准差的倒数。精度是什么的倒数？",
                ),
            ),
            Trap(
                "weights-turned",
                lambda params: _weighed(params, params["prior_sd"] ** 2, params["visit_sd"] ** 2),
                Text(
                    en="Your less certain source got the larger weight. Which of them should count more?",
                    zh="你给了更不确定的一方更大的权重。应当更看重哪一方？",
                ),
            ),
            Trap(
                "prior-forgotten",
                lambda params: float(params["visit_mean"]),
                Text(
                    en="You believed the visits alone. What did she expect before, and how surely?",
                    zh="你只相信了这几次经历。她先前的期望是什么，有多确定？",
                ),
            ),
            Trap("one-visit", lambda params: _updated(params, 1)[0], _ONE_VISIT),
        ),
        hint=Text(en="Weight by precision, one over variance.", zh="按精度加权，精度是方差的倒数。"),
        why=_SEE_PARTS,
    ),
    "sd": NumberItem(
        ask=Text(en="standard deviation of that expectation", zh="这一期望的标准差"),
        unit=_POINTS,
        rel_tol=0.0,
        abs_tol=0.02,
        solve=lambda params: _updated(params)[1],
        traps=(
            Trap(
                "variance",
                lambda params: _updated(params)[1] ** 2,
                Text(en="This is the variance. In which unit is it?", zh="这是方差。它的单位是什么？"),
            ),
            Trap(
                "precision",
                lambda params: _updated(params)[1] ** -2,
                Text(
                    en="This is the precision. How do you get from there to points?",
                    zh="这是精度。怎样由它回到“分”？",
                ),
            ),
            Trap(
                "prior-forgotten",
                lambda params: params["visit_sd"] / math.sqrt(params["visits"]),
                Text(
                    en="This is the error of the visits' mean. Did she know nothing before?",
                    zh="这是几次经历的均值的误差。她先前什么都不知道吗？",
                ),
            ),
            Trap(
                "next-visit",
                lambda params: math.hypot(_updated(params)[1], params["visit_sd"]),
                Text(
                    en="This is how far the next single visit may lie off. Asked is how sure she is of its mean.",
                    zh="这是下一次经历可能偏离的程度。题目问的是她对平均水平有多确定。",
                ),
            ),
            Trap(
                "sd-for-precision",
                lambda params: 1 / (1 / params["prior_sd"] + params["visits"] / params["visit_sd"]),
                Text(
                    en="You added one over each standard deviation. What do independent sources add up in?",
                    zh="你把标准差的倒数相加了。相互独立的信息来源，相加的是什么？",
                ),
            ),
            Trap("one-visit", lambda params: _updated(params, 1)[1], _ONE_VISIT),
        ),
        hint=Text(
            en="Add up the precisions of the prior and of each visit. How does precision become a standard deviation?",
            zh="把先前期望的精度与每次经历的精度相加。怎样由精度得到标准差？",
        ),
        why=_SEE_PARTS,
    ),
    "reviews": NumberItem(
        ask=Text(en="reviews that tell her as much as one own visit", zh="多少条评价抵得上一次亲身经历"),
        unit=Text(en="reviews", zh="条"),
        solve=_reviews,
        traps=(
            Trap(
                "ratio-of-sds",
                lambda params: params["review_sd"] / params["visit_sd"],
                Text(
                    en="You compared the standard deviations. What has to be compared when sources are weighed?",
                    zh="你比的是标准差。给信息来源定权重时，要比的是什么？",
                ),
            ),
            Trap(
                "turned",
                lambda params: 1 / _reviews(params),
                Text(
                    en="You said how many visits one review is worth. Which of them is the noisier source?",
                    zh="你算的是一条评价抵得上几次经历。哪一种来源噪声更大？",
                ),
            ),
            Trap(
                "all-visits",
                lambda params: params["visits"] * _reviews(params),
                Text(
                    en="This outweighs all her visits together. Asked is a single one.",
                    zh="这抵得上她的全部经历。题目问的是一次。",
                ),
            ),
            Trap(
                "against-the-prior",
                lambda params: (params["review_sd"] / params["prior_sd"]) ** 2,
                Text(
                    en="This outweighs what she expected before. Asked is what it takes to outweigh one visit.",
                    zh="这抵得上她先前的期望。题目问的是抵得上一次经历要多少条。",
                ),
            ),
        ),
        hint=Text(
            en="Precision is one over variance. How many reviews add as much of it as one visit?",
            zh="精度是方差的倒数。多少条评价带来的精度等于一次经历带来的？",
        ),
        why=_SEE_PARTS,
    ),
}


def _why_update(params: Params) -> Text:
    (mean, sd), count = _updated(params), params["visits"]
    prior, visit, review = (shown(params[name]) for name in ("prior_sd", "visit_sd", "review_sd"))
    weights = (
        f"1 / {prior}^2 = {params['prior_sd'] ** -2:.5f}",
        f"{count} / {visit}^2 = {count / params['visit_sd'] ** 2:.5f}",
    )
    steps = (
        f"({params['prior_sd'] ** -2:.5f} * {shown(params['prior_mean'])} + {count / params['visit_sd'] ** 2:.5f} * "
        f"{shown(params['visit_mean'])}) / {sd**-2:.5f} = {mean:.2f}"
    )
    spread, equal = f"1 / sqrt({sd**-2:.5f}) = {sd:.2f}", f"({review} / {visit})^2 = {_reviews(params):.2f}"
    return Text(
        en=f"The prior has the precision {weights[0]}, the visits together {weights[1]}. Mean: {steps}. Standard "
        f"deviation: {spread}. One visit is worth {equal} reviews.",
        zh=f"先前期望的精度是 {weights[0]}，几次经历合计 {weights[1]}。平均：{steps}。标准差：{spread}。"
        f"一次亲身经历抵得上 {equal} 条评价。",
    )


item_2 = PartsItem(
    id="expectations-2",
    ask=Text(
        en="Before she knew Lanwan, an owner expected {prior_mean} points, with a standard deviation of {prior_sd}. "
        "Then she saw for herself: {visits} visits of Lanwan's fitter, {visit_mean} points on average. A single visit "
        "varies about the true level with a standard deviation of {visit_sd}, a review on the internet with "
        "{review_sd}. She weighs what she knows by its precision. What does she expect after the visits, how surely "
        "(standard deviation), and how many reviews would tell her as much as one visit of her own?",
        zh="一位店主在了解蓝湾之前，期望为 {prior_mean} 分，标准差 {prior_sd}。"
        "后来她亲身经历了 {visits} 次蓝湾师傅上门，平均 {visit_mean} 分。"
        "一次经历围绕真实水平波动，标准差为 {visit_sd}；网上一条评价的标准差为 {review_sd}。"
        "她按精度给所知的信息加权。这几次之后她的期望是多少、有多确定（标准差）？多少条评价抵得上她的一次亲身经历？",
    ),
    choices={
        "prior_mean": (60, 65, 70, 75, 80),
        "prior_sd": (6, 8, 10, 12),
        "visits": (2, 3, 4, 5, 6),
        "visit_mean": (50, 55, 60, 66, 72, 78, 84),
        "visit_sd": (10, 12, 15, 16, 20),
        "review_sd": (18, 20, 24, 25, 30, 36, 40),
    },
    example={"prior_mean": 70, "prior_sd": 10, "visits": 3, "visit_mean": 60, "visit_sd": 15, "review_sd": 30},
    reject=lambda params: (
        abs(params["prior_mean"] - params["visit_mean"]) < 5
        or params["review_sd"] < 1.2 * params["visit_sd"]
        or _unclear(_UPDATE_PARTS, params)
    ),
    parts=_UPDATE_PARTS,
    why=_why_update,
    concepts=("expect.reasonable-forecast", "expect.factor-experience", "expect.factor-word-of-mouth"),
)

# --- E09.3 what to promise -------------------------------------------------------------------------------------------

_BOAST = 100.0  # the highest promise there is


@dataclass(frozen=True)
class Plan:
    """The best promise, and what it, the boast, and a boast that is fully believed bring."""

    best: Promise
    at_best: dict[str, float]
    boast: dict[str, float]
    believed: dict[str, float]


@lru_cache(maxsize=4096)
def _plan_of(quality: float, expectation: float, reliance: float, horizon: float, trial: Line, repeat: Line) -> Plan:
    best = best_promise(quality, expectation, reliance, horizon, trial, repeat)
    said = promise_outcome([best.promise, _BOAST], quality, expectation, reliance, horizon, trial, repeat)
    believed = promise_outcome(_BOAST, quality, expectation, 1.0, horizon, trial, repeat)
    columns = ["trial", "repeat", "profit"]
    rows = [*said[columns].to_numpy().tolist(), *believed[columns].to_numpy().tolist()]
    return Plan(best, *(dict(zip(columns, row, strict=True)) for row in rows))


def _plan(params: Params) -> Plan:
    return _plan_of(**{name: tuple(value) if isinstance(value, list) else value for name, value in params.items()})


def _best(params: Params) -> Promise:
    return _plan(params).best


def _promise_for(params: Params, expectation: float) -> float:
    """The promise that brings about an expectation."""
    weight = params["reliance"]
    return float((expectation - (1 - weight) * params["expectation"]) / weight)


def _wanted(params: Params, *, trial: float = 0.5, halved: float = 2.0) -> float:
    """The best expectation by its formula, with one of its terms changed."""
    (t0, t1), (r0, g), later = params["trial"], params["repeat"], params["horizon"]
    return float((1 + later * (r0 + g * params["quality"])) / (halved * later * g) - trial * t0 / t1)


def _lost(column: str = "profit", to: str = "boast", base: str = "at_best") -> Callable[[Params], float]:
    """How many percent are lost with the boast."""

    def lost(params: Params) -> float:
        plan = _plan(params)
        best, other, whole = (getattr(plan, name)[column] for name in ("at_best", to, base))
        return float(100 * (best - other) / whole)

    return lost


def _lost_in_margins(params: Params) -> float:
    plan = _plan(params)
    return plan.at_best["profit"] - plan.boast["profit"]


def _side(found: float, of: float) -> str:
    return "over" if found > of else "under"


def _direction(params: Params) -> str:
    return str(_best(params).direction)


def _other_side(params: Params) -> str:
    return "under" if _direction(params) == "over" else "over"


_TRIAL_FORGOTTEN = Text(
    en="You left out a term. The promise also brings first-time buyers, some of them whatever you say: which term "
    "holds those?",
    zh="你漏了一项。承诺还会带来首次购买的客户，其中有些人不管你说什么都会买：哪一项代表他们？",
)
_HONEST = Text(
    en="You promised just what you deliver. That is fair, but does it earn most with these numbers?",
    zh="你承诺的恰好是实际水平。这很公道，但在这些数字下利润最高吗？",
)
_PROMISE_PARTS: dict[str, Item] = {
    "expectation": NumberItem(
        ask=Text(en="the expectation with the highest profit", zh="利润最高的期望"),
        unit=_POINTS,
        rel_tol=0.0,
        abs_tol=0.05,
        solve=lambda params: _best(params).expectation,
        traps=(
            Trap("trial-forgotten", lambda params: _wanted(params, trial=0), _TRIAL_FORGOTTEN),
            Trap("honest", lambda params: float(params["quality"]), _HONEST),
            Trap(
                "promise-for-expectation",
                lambda params: _best(params).promise,
                Text(
                    en="This is what to promise. Customers do not believe every word: what do they then expect?",
                    zh="这是应作的承诺。客户不会全信：他们随后的期望是多少？",
                ),
            ),
            Trap(
                "not-halved",
                lambda params: _wanted(params, trial=1),
                Text(
                    en="You took the trial line's ratio off in full. Set the derivative of the profit to zero again: "
                    "what does that term carry?",
                    zh="你把尝试那条直线的比值整个减掉了。再令利润的导数为零：那一项前面的系数是什么？",
                ),
            ),
            Trap(
                "not-halved",
                lambda params: _wanted(params, halved=1),
                Text(
                    en="In your sum the repeat term is not halved. Set the derivative of the profit to zero again.",
                    zh="你的算式里，再次购买那一项没有减半。再令利润的导数为零。",
                ),
            ),
        ),
        hint=Text(
            en="The promise also brings first-time buyers. Which term holds them?",
            zh="承诺还会带来首次购买的客户。哪一项代表他们？",
        ),
        why=_SEE_PARTS,
    ),
    "promise": NumberItem(
        ask=Text(en="the promise that brings it about", zh="带来这一期望的承诺"),
        unit=_POINTS,
        rel_tol=0.0,
        abs_tol=0.05,
        solve=lambda params: _best(params).promise,
        traps=(
            Trap("honest", lambda params: float(params["quality"]), _HONEST),
            Trap(
                "expectation-for-promise",
                lambda params: _best(params).expectation,
                Text(
                    en="You promised what they shall expect. How much of what they expect comes from the promise?",
                    zh="你把希望客户形成的期望直接当成了承诺。他们的期望有多少来自承诺？",
                ),
            ),
            Trap("trial-forgotten", lambda params: _promise_for(params, _wanted(params, trial=0)), _TRIAL_FORGOTTEN),
            Trap(
                "reliance-turned",
                lambda params: (
                    SILENT
                    if params["reliance"] == 0.5
                    else _promise_for(
                        params | {"reliance": round(1 - params["reliance"], 6)}, _best(params).expectation
                    )
                ),
                Text(
                    en="You swapped the two weights. Which one belongs to the promise?",
                    zh="你把两个权重弄反了。哪一个是承诺的权重？",
                ),
            ),
            Trap(
                "before-forgotten",
                lambda params: _best(params).expectation / params["reliance"],
                Text(
                    en="You let them expect nothing before. What does the other part of the weight belong to?",
                    zh="你当作客户先前没有期望。另一部分权重属于什么？",
                ),
            ),
        ),
        hint=Text(
            en="What they expect is a weighted mean of the promise and of what they expected before. Solve it for the "
            "promise.",
            zh="客户的期望是承诺与先前期望的加权平均。由此解出承诺。",
        ),
        why=_SEE_PARTS,
    ),
    "direction": ChoiceItem(
        ask=Text(en="the best promise against the true quality", zh="最优承诺与真实质量相比"),
        options={
            "over": Text(en="over-promise", zh="过度承诺"),
            "exact": Text(en="honest promise", zh="如实承诺"),
            "under": Text(en="under-promise", zh="保守承诺"),
        },
        solve=_direction,
        traps=(
            Trap(
                "against-what-was-expected",
                _label_unless(
                    lambda params: _side(_best(params).promise, params["expectation"]),
                    _direction,
                ),
                Text(
                    en="You compared with what customers expected before. What will they compare with once they have "
                    "bought?",
                    zh="你比的是客户先前的期望。他们买了以后，会拿承诺与什么比？",
                ),
            ),
            Trap(
                "expectation-compared",
                _label_unless(lambda params: _side(_best(params).expectation, params["quality"]), _direction),
                Text(
                    en="You compared what they expect with what you deliver. Asked is what you say.",
                    zh="你比的是客户的期望与实际水平。题目问的是你说出口的话。",
                ),
            ),
            Trap(
                "turned",
                _other_side,
                Text(
                    en="Put your promise beside what you really deliver. Which of the two is larger?",
                    zh="把你的承诺与实际水平放在一起。哪一个更大？",
                ),
            ),
            Trap("honest", lambda params: "exact", _HONEST),
        ),
        hint=Text(en="Put your promise beside what you really deliver.", zh="把你的承诺与实际水平放在一起比较。"),
        why=_SEE_PARTS,
        points=0.5,
    ),
    "lost": NumberItem(
        ask=Text(en="part of the best profit lost with a promise of 100", zh="若承诺 100 分，损失最优利润的百分之几"),
        unit=Text(en="percent of the best profit", zh="占最优利润的百分数"),
        solve=_lost(),
        traps=(
            Trap(
                "other-base",
                _lost(base="boast"),
                Text(
                    en="You divided by the profit of the boast. Percent of which profit is asked?",
                    zh="你除以了吹嘘时的利润。题目问的是占哪一个利润的百分数？",
                ),
            ),
            Trap(
                "in-margins",
                _lost_in_margins,
                Text(
                    en="This is the difference in margins. As a part of the best profit?",
                    zh="这是以毛利计的差额。它占最优利润的多少？",
                ),
            ),
            Trap(
                "reliance-forgotten",
                _lost(to="believed"),
                Text(
                    en="You let customers believe every word. How far do they rely on the promise?",
                    zh="你让客户全信了。他们相信承诺到什么程度？",
                ),
            ),
            Trap(
                "first-purchases-only",
                _lost("trial"),
                Text(
                    en="You looked only at first purchases. What happens to the repeat purchases?",
                    zh="你只看了首次购买。再次购买会怎样？",
                ),
            ),
            Trap(
                "repeat-purchases-only",
                _lost("repeat"),
                Text(
                    en="You looked only at the share that repeats. What does the promise do to first purchases?",
                    zh="你只看了再次购买的比例。承诺对首次购买有什么影响？",
                ),
            ),
        ),
        hint=Text(
            en="Compute the profit of both promises. By which part of the best one does the boast fall short?",
            zh="分别计算两种承诺的利润。吹嘘时的利润比最优的少了百分之几？",
        ),
        why=_SEE_PARTS,
        points=0.5,
    ),
}


def _no_promise(params: Params) -> bool:
    """Whether the best promise is at an end or nearly the truth, a share leaves 0..1, or readings meet."""
    best = _best(params)
    if best.capped or not 5 < best.promise < 95 or abs(best.promise - params["quality"]) < 3:
        return True
    plan = _plan(params)
    shares = [one[name] for one in (plan.at_best, plan.boast) for name in ("trial", "repeat")]
    return min(shares) < 0.02 or max(shares) > 0.98 or _unclear(_PROMISE_PARTS, params)


def _why_promise(params: Params) -> Text:
    best, (t0, t1), (r0, g) = _best(params), params["trial"], params["repeat"]
    weight, before, later, truth = (shown(params[name]) for name in ("reliance", "expectation", "horizon", "quality"))
    wanted = (
        f"(1 + {later} * ({r0} + {g} * {truth})) / (2 * {later} * {g}) - {t0} / (2 * {t1}) = {best.expectation:.2f}"
    )
    said = f"({best.expectation:.2f} - {shown(1 - params['reliance'])} * {before}) / {weight} = {best.promise:.2f}"
    top, boast = (f"{one['profit']:.4f}" for one in (_plan(params).at_best, _plan(params).boast))
    lost, words = f"{_lost()(params):.2f}", _PROMISE_PARTS["direction"]
    side = cast("ChoiceItem", words).options[_direction(params)]
    return Text(
        en=f"Best expectation: {wanted}. The promise for it: {said}, against a quality of {truth}: {side.en}. The "
        f"profit is {top} margins for each customer reached; a promise of 100 brings {boast}, {lost}% less.",
        zh=f"最优期望：{wanted}。相应的承诺：{said}，真实质量为 {truth}，属于{side.zh}。"
        f"每触达一位客户的利润是毛利的 {top} 倍；承诺 100 分时为 {boast} 倍，少了 {lost}%。",
    )


item_3 = PartsItem(
    id="expectations-3",
    ask=Text(
        en="Lanwan delivers a quality of {quality} points. Before they read the website, customers expect "
        "{expectation}. After it they expect {reliance} times the promise plus the rest of the weight times what they "
        "expected before; call that E. Of those reached, a share of {trial[0]} + {trial[1]} E tries it. Each first "
        "purchase brings {horizon} chances to buy again, and a share of {repeat[0]} + {repeat[1]} (quality - E) of "
        "them is taken. Each purchase earns one margin. Which expectation earns most, and which promise brings it "
        "about? Is that more or less than the quality? Which part of the best profit is lost when the website promises "
        "100?",
        zh="蓝湾的真实质量是 {quality} 分。客户看网站之前的期望是 {expectation} 分；"
        "看过之后的期望，等于 {reliance} 乘承诺，加上其余的权重乘先前的期望。"
        "以 E 表示看过之后的期望：触达的客户中，有 {trial[0]} + {trial[1]} E 会尝试。"
        "每次首购之后有 {horizon} 次再购的机会，其中 {repeat[0]} + {repeat[1]} (质量 - E) 会实现。每次购买挣一份毛利。"
        "哪一个期望的利润最高？怎样的承诺能带来它？这个承诺比真实质量高还是低？"
        "若网站承诺 100 分，会损失最优利润的百分之几？",
    ),
    choices={
        "quality": (60, 65, 70, 75, 80),
        "expectation": (50, 55, 60, 65, 70),
        "reliance": (0.4, 0.5, 0.6, 0.7, 0.8),
        "horizon": (1.5, 2, 2.5, 3, 4),
        "trial": ([0.05, 0.004], [0.1, 0.004], [0.08, 0.005]),
        "repeat": ([0.5, 0.012], [0.45, 0.012], [0.5, 0.01]),
    },
    example={
        "quality": 70,
        "expectation": 60,
        "reliance": 0.5,
        "horizon": 2,
        "trial": [0.05, 0.004],
        "repeat": [0.5, 0.012],
    },
    reject=_no_promise,
    parts=_PROMISE_PARTS,
    why=_why_promise,
    concepts=("expect.set-initial", "expect.moderate-advertising"),
)

# --- E09.4 where to improve first ------------------------------------------------------------------------------------

_RATERS, _ASKED = 120, 10
_SCALE = (1.0, 5.0)


@cache
def _all_ratings() -> pd.DataFrame:
    return load("expectations_ratings")


@cache
def _all_answers() -> NDArray[np.float64]:
    """Importance and performance by rater and attribute, for a quick look at many samples."""
    table = _all_ratings()
    wide = [table.pivot(index="rater_id", columns="attribute", values=name) for name in ("importance", "performance")]
    return np.stack([one[list(ATTRIBUTES)].to_numpy(float) for one in wide], axis=-1)


def _drawn_raters(*fields: str) -> tuple[list[int], list[int]]:
    """The places of some raters and of some attributes."""
    raters, attributes, _ = _all_answers().shape
    chosen = [
        sorted(sorted(range(count), key=lambda place: hash_of(*fields, kind, str(place)))[:size])
        for kind, count, size in (("rater", raters, _RATERS), ("attribute", attributes, _ASKED))
    ]
    return chosen[0], chosen[1]


def _ratings_of(raters: Sequence[int], asked: Sequence[int]) -> pd.DataFrame:
    table = _all_ratings()
    people, names = sorted(table["rater_id"].unique()), list(ATTRIBUTES)
    rows = table["rater_id"].isin([people[one] for one in raters])
    rows &= table["attribute"].isin([names[one] for one in asked])
    return table[rows].reset_index(drop=True)


@dataclass(frozen=True)
class Grid:
    """A sample of ratings and what is read off its grids.

    Attributes
    ----------
    ratings
        One row per rater and attribute.
    movers
        How many attributes change their quadrant, as it is meant ("right") and as it is misread.
    firsts
        By kind of importance: the attribute to improve first, as it is meant and as it is misread.
    places
        By kind of importance: why an attribute does not come first.
    steps
        By kind of importance: importance of the attributes to concentrate on, the first one first.
    """

    ratings: pd.DataFrame
    movers: dict[str, float]
    firsts: dict[Importance, dict[str, str]]
    places: dict[Importance, dict[str, str]]
    steps: dict[Importance, dict[str, float]]


def _counted_movers(answers: NDArray[np.float64]) -> dict[str, float]:
    """The attributes in another quadrant than at the mean crosshair, by each reading; a row for each rater."""
    means = answers.mean(axis=0)
    at_mean, at_median = means >= means.mean(axis=0), means >= np.median(means, axis=0)

    def moved(line: Any) -> float:
        return float(((means >= line) != at_mean).any(axis=1).sum())

    importance, performance = (at_median != at_mean).sum(axis=0).tolist()
    movers = moved(np.median(means, axis=0))
    return {
        "right": movers,
        "midpoint": moved(sum(_SCALE) / 2),
        "answers": moved(np.median(answers, axis=(0, 1))),
        "importance-line": float(importance),
        "performance-line": float(performance),
        "stay": len(means) - movers,
        "gap": float((means[:, 1] < means[:, 0]).sum()),
    }


def _plain(points: NDArray[np.float64], lead: float) -> bool:
    """Whether an attribute is to be concentrated on at the mean, one is ahead, and none lies next to a line."""
    lines = points.mean(axis=0)
    high = points >= lines
    ahead = np.sort(points[high[:, 0] & ~high[:, 1], 0])
    if not len(ahead) or np.abs(points - lines).min() < lead / 4:
        return False
    return len(ahead) == 1 or bool(ahead[-1] - ahead[-2] > lead)


def _worth_reading(answers: NDArray[np.float64]) -> bool:
    """Whether stated importance tells all readings apart; 0 and 3 would stand in "0 of 3 parts are right"."""
    means = answers.mean(axis=0)
    movers = _counted_movers(answers)
    told = [movers[name] for name in ("right", "midpoint", "answers", "stay", "gap")]
    return (
        movers["right"] in (1, 2, 4)
        and len(set(told)) == len(told)
        and _plain(means, 0.008)
        and bool(np.abs(means - np.median(means, axis=0)).min() > 0.002)
    )


def _why_not_first(found: pd.DataFrame, first: str) -> dict[str, str]:
    """What keeps each attribute from being the first to improve."""
    points = found[["importance", "performance"]].to_numpy()
    high = dict(zip(found.index, (points >= points.mean(axis=0)).tolist(), strict=True))
    reasons = {}
    for name in ATTRIBUTES:
        matters, good = high.get(name, (False, False))
        if name not in high:
            reasons[name] = "not-asked"
        elif good:
            reasons[name] = "performs-well"
        elif not matters:
            reasons[name] = "matters-little"
        else:
            reasons[name] = "first" if name == first else "runner-up"
    return reasons


def _inside(found: pd.DataFrame, quadrant: Quadrant) -> pd.DataFrame:
    return found[found["quadrant"].astype(str) == quadrant.value]


def _firsts(found: pd.DataFrame, gap: pd.Series[float], other: str) -> dict[str, str]:
    """The attribute to improve first, as it is meant ("right") and as it is misread."""
    turned = _inside(found, Quadrant.POSSIBLE_OVERKILL)
    return {
        "right": _first_to_improve(found),
        "other-importance": other,
        "gap": str(gap.idxmax()),
        "axes-swapped": str((turned if len(turned) else found)["performance"].idxmax()),
        "most-important": str(found["importance"].idxmax()),
        "lowest-performance": str(found["performance"].idxmin()),
    }


def _first_to_improve(found: pd.DataFrame) -> str:
    return str(_inside(found, Quadrant.CONCENTRATE_HERE)["importance"].idxmax())


def _read_grid(*fields: str) -> Grid | None:
    """What a sample tells, or None where it tells nothing plain."""
    raters, asked = _drawn_raters(*fields)
    answers = _all_answers()[np.ix_(raters, asked)]
    if not _worth_reading(answers):
        return None
    ratings = _ratings_of(raters, asked)
    stated, derived = (importance_performance(ratings, "mean", kind) for kind in get_args(Importance))
    if not _plain(derived[["importance", "performance"]].to_numpy(), 0.005):
        return None
    first, other = _first_to_improve(stated), _first_to_improve(derived)
    if first == other:
        return None
    quadrants = [found["quadrant"].astype(str) for found in (stated, importance_performance(ratings, "median"))]
    gap = stated["importance"] - stated["performance"]
    return Grid(
        ratings,
        _counted_movers(answers) | {"right": float((quadrants[0] != quadrants[1]).sum())},
        {"stated": _firsts(stated, gap, other), "derived": _firsts(derived, gap, first)},
        {"stated": _why_not_first(stated, first), "derived": _why_not_first(derived, other)},
        {"stated": _to_concentrate_on(stated), "derived": _to_concentrate_on(derived)},
    )


def _to_concentrate_on(found: pd.DataFrame) -> dict[str, float]:
    inside = _inside(found, Quadrant.CONCENTRATE_HERE)["importance"].sort_values(ascending=False)
    return {str(name): float(one) for name, one in inside.items()}


@cache
def _grid(sample: str) -> Grid:
    found = first_clear(lambda number: _read_grid("expectations-4", sample, number), lambda grid: grid is not None)
    return cast("Grid", found)


def _movers(reading: str = "right") -> Callable[[Params], float]:
    def count(params: Params) -> float:
        movers = _grid(params["sample"]).movers
        return SILENT if reading != "right" and movers[reading] == movers["right"] else movers[reading]

    return count


def _to_improve(importance: Importance, reading: str = "right") -> Callable[[Params], str]:
    return lambda params: _grid(params["sample"]).firsts[importance][reading]


def _named_for(importance: Importance, attribute: str, reason: str) -> Callable[[Params], str | None]:
    """An attribute, where this is what keeps it from coming first."""
    return lambda params: attribute if _grid(params["sample"]).places[importance][attribute] == reason else None


_MISREAD_FIRST = {
    "gap": Text(
        en="You took the widest gap between importance and performance. Importance is one axis, performance the other; "
        "a quadrant is not a gap.",
        zh="你取了重要度与表现差距最大的一项。重要度是一条轴，表现是另一条轴；象限看的不是差距。",
    ),
    "axes-swapped": Text(
        en="You swapped the axes: this one performs well and matters little. Which corner asks for effort?",
        zh="你把两条轴弄反了：这一项表现好而不重要。需要用力的是哪一角？",
    ),
    "most-important": Text(
        en="This one matters most of all. How well is it done already?",
        zh="在所有属性中，它最重要。可是它已经做得怎么样？",
    ),
    "lowest-performance": Text(
        en="This one is done worst of all. Do customers mind?",
        zh="在所有属性中，它做得最差。客户在意吗？",
    ),
}
_OTHER_IMPORTANCE: dict[Importance, Text] = {
    "stated": Text(
        en="You read the other kind of importance. Asked here is what customers say matters to them.",
        zh="你看的是另一种重要度。这一小题问的是客户自己说什么重要。",
    ),
    "derived": Text(
        en="You read the other kind of importance. Asked here is the share in explaining the overall rating.",
        zh="你看的是另一种重要度。这一小题问的是解释总体评分时占的份额。",
    ),
}
_NOT_FIRST = {
    "performs-well": Text(
        en="This one performs above the line. Which of those below it matters most?",
        zh="这一项的表现在线以上。线以下的，哪一项最重要？",
    ),
    "matters-little": Text(
        en="This one lies below both lines. Which line must lie beneath what you improve first?",
        zh="这一项在两条线以下。首先要改进的，应当在哪条线以上？",
    ),
    "runner-up": Text(
        en="This one stands in the right quadrant. Does another one there matter more?",
        zh="这一项所在的象限对了。同一象限里，还有更重要的吗？",
    ),
    "not-asked": Text(
        en="Nobody in your table was asked about this one. Look at the rows of the grid.",
        zh="你的表里没有问到这一项。请看四分图的各行。",
    ),
}


def _first_part(importance: Importance, ask: Text, points: float) -> ChoiceItem:
    right = _to_improve(importance)
    readings = ("gap", "axes-swapped", "most-important", "lowest-performance")
    hint = Text(
        en="At the mean crosshair, keep what matters more and is done worse than the lines say. Which of these matters "
        "most?",
        zh="以均值为十字线，留下重要度在线以上、表现在线以下的。其中哪一项最重要？",
    )
    return ChoiceItem(
        ask=ask,
        options=ATTRIBUTES,
        solve=right,
        traps=(
            Trap("other-importance", _to_improve(importance, "other-importance"), _OTHER_IMPORTANCE[importance]),
            *(
                Trap(name, _label_unless(_to_improve(importance, name), right), _MISREAD_FIRST[name])
                for name in readings
            ),
            *(
                Trap(reason, _named_for(importance, attribute, reason), words)
                for reason, words in _NOT_FIRST.items()
                for attribute in ATTRIBUTES
            ),
        ),
        hint=hint,
        why=_SEE_PARTS,
        points=points,
    )


_ONE_LINE = Text(
    en="You moved only one of the two lines. Both of them go to the median.",
    zh="你只移动了一条线。两条线都要移到中位数。",
)
_GRID_PARTS: dict[str, Item] = {
    "movers": NumberItem(
        ask=Text(
            en="attributes in another quadrant at the median than at the mean, by stated importance",
            zh="按陈述重要度，十字线由均值改为中位数时，换了象限的属性数",
        ),
        unit=Text(en="attributes", zh="项"),
        decimals=0,
        rel_tol=0.0,
        solve=_movers(),
        traps=(
            Trap(
                "gap",
                _movers("gap"),
                Text(
                    en="You counted attributes that perform below their importance. A gap is not a quadrant: "
                    "importance is one axis, performance the other.",
                    zh="你数的是表现低于重要度的属性。差距不等于象限：重要度是一条轴，表现是另一条轴。",
                ),
            ),
            Trap(
                "midpoint",
                _movers("midpoint"),
                Text(
                    en="You moved the lines to the middle of the scale. Asked is the median of the attributes.",
                    zh="你把线移到了量表的中点。题目问的是各属性的中位数。",
                ),
            ),
            Trap(
                "median-of-answers",
                _movers("answers"),
                Text(
                    en="You took the median of the single answers. The lines divide attributes: of what is the median?",
                    zh="你取了所有单个回答的中位数。线是用来划分属性的：该取什么的中位数？",
                ),
            ),
            Trap(
                "stay",
                _movers("stay"),
                Text(
                    en="These are the ones that keep their quadrant. Which ones change it?",
                    zh="这是没有换象限的。换了的有几项？",
                ),
            ),
            Trap("one-line", _movers("importance-line"), _ONE_LINE),
            Trap("one-line", _movers("performance-line"), _ONE_LINE),
        ),
        hint=Text(
            en="Name the quadrant of each attribute twice, once with each crosshair, and count where the names differ.",
            zh="用两种十字线分别确定每项属性的象限，再数一数有几项不同。",
        ),
        why=_SEE_PARTS,
    ),
    "stated first": _first_part(
        "stated",
        Text(en="the first to improve by stated importance", zh="按陈述重要度，应首先改进的属性"),
        0.5,
    ),
    "derived first": _first_part(
        "derived",
        Text(en="the first to improve by derived importance", zh="按推导重要度，应首先改进的属性"),
        1.5,
    ),
}


def _why_grid(params: Params) -> Text:
    grid = _grid(params["sample"])
    en, zh = [], []
    for inside in grid.steps.values():
        en.append(", ".join(f"{ATTRIBUTES[name].en} {value:.3f}" for name, value in inside.items()))
        zh.append("、".join(f"{ATTRIBUTES[name].zh} {value:.3f}" for name, value in inside.items()))
    count = round(grid.movers["right"])
    return Text(
        en=f"At the median {count} of {_ASKED} attributes stand in another quadrant than at the mean. To concentrate "
        f"on, with importance: stated {en[0]}; derived {en[1]}. The first of each list comes first.",
        zh=f"改用中位数后，{_ASKED} 项中有 {count} 项换了象限。“重点改进”象限中的属性及其重要度：陈述重要度 {zh[0]}；"
        f"推导重要度 {zh[1]}。各取排在最前的一项。",
    )


item_4 = PartsItem(
    id="expectations-4",
    ask=Text(
        en=f"{_RATERS} salons rate {_ASKED} attributes of Lanwan. The table has one row per rater and attribute, with "
        "importance and performance from 1 to 5. The rater's overall rating is the same in all her rows. Put the "
        "attributes into the grid of importance and performance, with the lines at the mean of the attributes' means. "
        "How many change their quadrant when both lines go to the median of the attributes' means (stated importance)? "
        "Then back to the mean. The first to improve is the attribute of the highest importance in the quadrant "
        "`concentrate_here`. Which one is it by stated importance? Which one by derived importance, the share in "
        "explaining the overall rating?",
        zh=f"{_RATERS} 家店评价了蓝湾的 {_ASKED} 项属性。表中每行是一位评价者对一项属性的重要度（importance）和表现"
        "（performance），都是 1 至 5 分，以及她的总体评分（overall，同一人各行相同）。"
        "请画重要度—满意度四分图，十字线取各属性平均分的均值。"
        "若两条线都改为各属性平均分的中位数，有几项属性换了象限（按陈述重要度）？"
        "再回到均值：应首先改进的，是“重点改进”（`concentrate_here`）象限中重要度最高的属性。"
        "按陈述重要度是哪一项？按推导重要度（对总体评分的解释份额）又是哪一项？",
    ),
    choices={"sample": sample_names(50)},
    example={"sample": PUBLISHED},
    exhibit=lambda params: _grid(params["sample"]).ratings.copy(),
    parts=_GRID_PARTS,
    why=_why_grid,
    concepts=("expect.analysis-ipa", "expect.analysis-key-drivers"),
)

# --- E09.5 what a feature does ---------------------------------------------------------------------------------------

_SURVEYED = ("no_leak", "app_stock", "night_hotline", "paper_invoice", "sms_ads")
_WEIGHED = ("app_stock", "paper_invoice")
_KANO = {
    "A": Text(en="attractive", zh="魅力"),
    "O": Text(en="one-dimensional", zh="期望（一维）"),
    "M": Text(en="must-be", zh="必备"),
    "I": Text(en="indifferent", zh="无差异"),
    "R": Text(en="reverse", zh="反向"),
    "Q": Text(en="questionable", zh="可疑"),
}
_WANTED, _COUNTED = "AOM", "AOMI"
Counts = dict[str, dict[str, int]]  # feature -> class -> answers


def _drawn_counts(*fields: str) -> Counts:
    """How the answers of another district fall into the classes: like Lanwan's own, but not quite."""
    answers = chosen_by(range(110, 200), *fields, "answers")
    counts: Counts = {}
    for feature in _SURVEYED:
        chances = [
            (chance + 0.04) * math.exp(0.35 * _normal(*fields, feature, letter))
            for letter, chance in zip(KANO_CLASSES, CHANCES[feature], strict=True)
        ]
        edges = np.cumsum(chances) / sum(chances)
        draws = [_even(*fields, feature, str(one)) for one in range(answers)]
        found = np.bincount(np.searchsorted(edges, draws).clip(max=len(edges) - 1), minlength=len(edges))
        counts[feature] = dict(zip(KANO_CLASSES, found.tolist(), strict=True))
    return counts


def _most(row: Mapping[str, int], letters: Iterable[str] = KANO_CLASSES) -> str:
    return max(letters, key=row.__getitem__)


def _by_coefficients(row: Mapping[str, int]) -> str:
    """The class that the two coefficients suggest, with a half as the border."""
    found = kano_coefficients(row)
    pleases, hurts = found.better >= 0.5, found.worse <= -0.5
    return ("O" if hurts else "A") if pleases else ("M" if hurts else "I")


def _wanted_first(row: Mapping[str, int]) -> str:
    """The largest of attractive, one-dimensional and must-be, if these together outnumber the others."""
    others = [letter for letter in KANO_CLASSES if letter not in _WANTED]
    wanted = sum(row[letter] for letter in _WANTED) > sum(row[letter] for letter in others)
    return _most(row, _WANTED if wanted else others)


def _clear_counts(counts: Counts) -> bool:
    """Whether every class is plain, most of them occur, and enough answers are reverse or questionable."""
    tops = [sorted(row.values(), reverse=True) for row in counts.values()]
    return (
        all(first - second >= 5 for first, second, *_ in tops)
        and len({_most(row) for row in counts.values()}) >= 4
        and all(counts[name]["R"] + counts[name]["Q"] >= 7 for name in _WEIGHED)
    )


@cache
def _counts(sample: str) -> Counts:
    fields = ("expectations-5", sample)
    return first_clear(lambda number: _drawn_counts(*fields, number), _clear_counts)


_CLASS_READINGS: dict[str, Callable[[Mapping[str, int]], str]] = {
    "right": _most,
    "reverse-left-out": lambda row: _most(row, _COUNTED),
    "by-coefficients": _by_coefficients,
    "wanted-first": _wanted_first,
    "attractive-or-not": lambda row: _most(row, "AI"),
}


def _classes(params: Params) -> dict[str, str]:
    return {feature: _most(row) for feature, row in _counts(params["sample"]).items()}


def _misclassed(reading: str) -> Callable[[Params], Labels]:
    """The labels that a wrong reading gives away, or none."""

    def labels(params: Params) -> Labels:
        right = _classes(params)
        found = {feature: _CLASS_READINGS[reading](row) for feature, row in _counts(params["sample"]).items()}
        wrong: Labels = {feature: label for feature, label in found.items() if label != right[feature]}
        return wrong or {_SURVEYED[0]: None}

    return labels


@cache
def _read_coefficients(sample: str) -> Readings:
    """Both coefficients of two features, as they are meant ("right") and as they are misread."""
    found: Readings = {}
    for feature in _WEIGHED:
        row = _counts(sample)[feature]
        right, answers, asked = kano_coefficients(row), sum(row.values()), sum(row[letter] for letter in _COUNTED)
        pleased, hurt = row["A"] + row["O"], row["O"] + row["M"]
        found[f"{feature} better"] = {
            "right": right.better,
            "all-answers": pleased / answers,
            "other-letters": (row["A"] + row["M"]) / asked,
            "one-letter": row["A"] / asked,
            "other-coefficient": -right.worse,
            "indifferent-left-out": pleased / (asked - row["I"]),
        }
        found[f"{feature} worse"] = {
            "right": right.worse,
            "all-answers": -hurt / answers,
            "no-minus": -right.worse,
            "other-letters": -(row["A"] + row["M"]) / asked,
            "one-letter": -row["M"] / asked,
            "other-coefficient": -right.better,
            "indifferent-left-out": -hurt / (asked - row["I"]),
        }
    return found


def _coefficient(part: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _read_coefficients(params["sample"])[part][reading]


_COEFFICIENT_HINTS = {
    "all-answers": Text(
        en="You divided by all answers. Reverse and questionable answers stay out of the denominator: why?",
        zh="你除以了全部回答。反向和可疑的回答不进分母：为什么？",
    ),
    "no-minus": Text(
        en="The size is right. On which side of zero does a missing feature push satisfaction?",
        zh="大小对了。缺少这项功能，会把满意度推向零的哪一边？",
    ),
    "other-letters": Text(
        en="You added attractive and must-be. Which two classes respond on the side that is asked here?",
        zh="你把魅力和必备加在了一起。这一小题问的那一侧，有反应的是哪两类？",
    ),
    "one-letter": Text(
        en="You counted one class. Another one responds on this side, too, because it responds on both.",
        zh="你只数了一类。还有一类在这一侧也有反应，因为它在两侧都有反应。",
    ),
    "other-coefficient": Text(
        en="This belongs to the other coefficient. Is the question what the feature adds, or what its lack costs?",
        zh="这是另一个系数的大小。题目问的是有这项功能带来多少，还是缺了它失去多少？",
    ),
    "indifferent-left-out": Text(
        en="You left out those who do not care. They answered clearly: where do they belong?",
        zh="你把无所谓的人排除了。他们的回答很清楚：应当归在哪里？",
    ),
}


def _coefficient_part(feature: str, side: str) -> NumberItem:
    part = f"{feature} {side}"
    better = side == "better"
    words = FEATURES[feature]
    wrong = [name for name in _COEFFICIENT_HINTS if not (better and name == "no-minus")]
    return NumberItem(
        ask=Text(en=f"{side} coefficient of: {words.en}", zh=f"“{words.zh}”的{'满意系数' if better else '不满意系数'}"),
        unit=_DECIMALS,
        decimals=3,
        rel_tol=0.0,
        abs_tol=0.002,
        solve=_coefficient(part),
        traps=tuple(Trap(name, _coefficient(part, name), _COEFFICIENT_HINTS[name]) for name in wrong),
        hint=Text(
            en="Which classes are pleased by it, and which are hurt without it? Reverse and questionable answers stay "
            "out of the denominator.",
            zh="有了它，哪些类别会更满意？缺了它，哪些类别会不满？反向和可疑的回答不进分母。",
        ),
        why=_SEE_PARTS,
        points=0.5,
    )


@cache
def _class_of_pair(functional: str, dysfunctional: str) -> str:
    return str(kano_class(functional, dysfunctional).iloc[0])


def _pair(params: Params) -> str:
    return _class_of_pair(params["functional"], params["dysfunctional"])


def _pair_turned(params: Params) -> str:
    return _class_of_pair(params["dysfunctional"], params["functional"])


def _misread_pair(letter: str) -> Callable[[Params], str | None]:
    return lambda params: None if letter in (_pair(params), _pair_turned(params)) else letter


_KANO_PARTS: dict[str, Item] = {
    "classes": MappingItem(
        ask=Text(en="the most frequent class of each feature", zh="每项功能出现最多的类别"),
        keys={feature: FEATURES[feature] for feature in _SURVEYED},
        labels=_KANO,
        solve=_classes,
        traps=(
            Trap(
                "reverse-left-out",
                _misclassed("reverse-left-out"),
                Text(
                    en="You left reverse answers out of the count. They stay out of the coefficients only: may a "
                    "feature be unwanted?",
                    zh="你没有数反向的回答。它们只是不进系数：一项功能难道不能让人反感吗？",
                ),
            ),
            Trap(
                "by-coefficients",
                _misclassed("by-coefficients"),
                Text(
                    en="You read the classes off the two coefficients. Asked is what most raters answered.",
                    zh="你是从两个系数读出类别的。题目问的是多数人的回答属于哪一类。",
                ),
            ),
            Trap(
                "wanted-first",
                _misclassed("wanted-first"),
                Text(
                    en="You first pooled all who want the feature. Asked is the single class with most answers.",
                    zh="你先把想要这项功能的人合并了。题目问的是单独哪一类的回答最多。",
                ),
            ),
            Trap(
                "attractive-or-not",
                _misclassed("attractive-or-not"),
                Text(
                    en="You asked only whether a feature pleases. What of features whose lack annoys?",
                    zh="你只看一项功能是否讨人喜欢。缺了会让人恼火的功能怎么算？",
                ),
            ),
        ),
        hint=Text(
            en="Take each row of the table: which of its six letters has the most answers?",
            zh="看表的每一行：六个字母中，哪一个的回答最多？",
        ),
        why=_SEE_PARTS,
    ),
    "pair": ChoiceItem(
        ask=Text(
            en="class of the answers `{functional}` with and `{dysfunctional}` without the feature",
            zh="有它时答 `{functional}`、没有它时答 `{dysfunctional}`，属于哪一类",
        ),
        options=_KANO,
        solve=_pair,
        # The hints name no class by its letter, and so hold no article "a" either.
        traps=(
            Trap(
                "without-read-first",
                _pair_turned,
                Text(
                    en="You read the two answers in the other order. Which one tells how she feels if she has it?",
                    zh="你把两个回答的先后读反了。哪一个说的是有它时的感觉？",
                ),
            ),
            *(
                Trap(
                    "other-cell",
                    _misread_pair(letter),
                    Text(
                        en="Take the row of her answer with the feature, then the column of her answer without it.",
                        zh="先按有它时的回答找行，再按没有它时的回答找列。",
                    ),
                )
                for letter in KANO_CLASSES
            ),
        ),
        hint=Text(
            en="Take the row of her answer with the feature, then the column of her answer without it.",
            zh="先按有它时的回答找行，再按没有它时的回答找列。",
        ),
        why=_SEE_PARTS,
        points=0.5,
    ),
    **{f"{feature} {side}": _coefficient_part(feature, side) for feature in _WEIGHED for side in ("better", "worse")},
}


def _kano_table(params: Params) -> pd.DataFrame:
    counts = _counts(params["sample"])
    table = pd.DataFrame(list(counts.values()), index=pd.Index(list(counts), name="feature"))
    names = [FEATURES[feature].zh if language() == "zh" else FEATURES[feature].en for feature in counts]
    table.insert(0, "text", names)
    return table


def _why_kano(params: Params) -> Text:
    counts, classes = _counts(params["sample"]), _classes(params)
    en = "; ".join(f"{FEATURES[name].en}: {_KANO[letter].en}" for name, letter in classes.items())
    zh = "；".join(f"{FEATURES[name].zh}：{_KANO[letter].zh}" for name, letter in classes.items())
    steps = []
    for feature in _WEIGHED:
        row = counts[feature]
        asked = sum(row[letter] for letter in _COUNTED)
        better, worse = (f"{_coefficient(f'{feature} {side}')(params):.3f}" for side in ("better", "worse"))
        steps.append(f"({row['A']} + {row['O']}) / {asked} = {better}, -({row['O']} + {row['M']}) / {asked} = {worse}")
    names = [FEATURES[feature] for feature in _WEIGHED]
    pair = _KANO[_pair(params)]
    return Text(
        en=f"Most frequent: {en}. The single pair of answers is {pair.en}. Better and worse, over A + O + M + I: "
        f"{names[0].en} {steps[0]}; {names[1].en} {steps[1]}.",
        zh=f"出现最多的类别：{zh}。单独那一对回答属于{pair.zh}。满意系数与不满意系数，分母为 A + O + M + I："
        f"{names[0].zh} {steps[0]}；{names[1].zh} {steps[1]}。".replace(", -", "，-"),
    )


item_5 = PartsItem(
    id="expectations-5",
    ask=Text(
        en="Salons of another district answered two questions about each of five features: how would you feel with it, "
        "and how without? The table counts the classes of their answers by the evaluation table: A attractive, O "
        "one-dimensional, M must-be, I indifferent, R reverse, Q questionable. Name the class with most answers for "
        "each feature. One more owner answers `{functional}` with a feature and `{dysfunctional}` without it: which "
        "class is that? Give the better and the worse coefficient of `app_stock` and `paper_invoice`.",
        zh="另一个区的店就五项功能各回答了两个问题：有这项功能，你感觉如何？没有呢？"
        "表中列出按评价表归类后，各类回答的个数：A 魅力、O 期望（一维）、M 必备、I 无差异、R 反向、Q 可疑。"
        "请写出每项功能回答最多的类别。另有一位店主，对某项功能，有它时答 `{functional}`，没有它时答 "
        "`{dysfunctional}`："
        "属于哪一类？再求 `app_stock` 和 `paper_invoice` 的满意系数（better）和不满意系数（worse）。",
    ),
    choices={"sample": sample_names(80), "functional": KANO_ANSWERS, "dysfunctional": KANO_ANSWERS},
    example={"sample": PUBLISHED, "functional": "neutral", "dysfunctional": "dislike"},
    # Pairs that read the same both ways would say nothing about the order.
    reject=lambda params: _pair(params) == _pair_turned(params) or _unclear(_KANO_PARTS, params),
    exhibit=_kano_table,
    parts=_KANO_PARTS,
    why=_why_kano,
    concepts=("expect.analysis-classification",),
)

# --- E09.6 three thermometers ----------------------------------------------------------------------------------------

_BRANCHES = ("north", "south")
_QUESTIONS = ("overall", "against_expectation", "against_ideal")
_RECOMMEND = "recommend"
_BEST = 10
_Z95 = NormalDist().inv_cdf(0.975)
Answers = dict[str, NDArray[np.int64]]  # question -> answers of one branch
Verdict = str


def _drawn_answers(*fields: str) -> Answers:
    """What the customers of one branch answer: one feeling behind all four questions."""
    size = chosen_by(range(90, 161), *fields, "size")
    mean, sd = 7.2 + 1.3 * _even(*fields, "mean"), 1.1 + 1.1 * _even(*fields, "sd")
    shifts = {"overall": 0.3, "against_expectation": -0.3, "against_ideal": -0.9, _RECOMMEND: 0.0}
    felt = [mean + sd * _normal(*fields, "felt", str(one)) for one in range(size)]
    answers = {}
    for question, shift in shifts.items():
        apart = shift + 0.3 * _normal(*fields, question)
        said = [one + apart + 0.6 * _normal(*fields, question, str(place)) for place, one in enumerate(felt)]
        answers[question] = np.clip(np.rint(said), 0 if question == _RECOMMEND else 1, _BEST).astype(np.int64)
    return answers


def _read_nps(scores: NDArray[np.int64], overall: NDArray[np.int64]) -> Readings:
    """Score and half width of one branch, as they are meant ("right") and as they are misread."""
    right, decided = nps(scores), nps(scores[(scores > 8) | (scores < 7)])
    promoters, detractors = float((scores >= 9).mean()), float((scores <= 6).mean())
    share = promoters * (1 - promoters), detractors * (1 - detractors)
    return {
        "NPS": {
            "right": right.score,
            "passives-left-out": decided.score,
            "eights-promote": 100 * (float((scores >= 8).mean()) - detractors),
            "promoters-only": 100 * promoters,
            "turned": -right.score,
            "overall-column": nps(overall).score,
        },
        "half": {
            "right": right.half_width,
            "passives-left-out": decided.half_width,
            "as-if-apart": 100 * _Z95 * math.sqrt(sum(share) / len(scores)),
            "promoters-only": 100 * _Z95 * math.sqrt(share[0] / len(scores)),
            "standard-error": right.half_width / _Z95,
        },
    }


def _read_top(answers: Answers) -> dict[str, float]:
    overall = answers["overall"]
    return {
        "right": top_box(overall, _BEST, 2)[0],
        "one-box": top_box(overall, _BEST, 1)[0],
        "three-boxes": top_box(overall, _BEST, 3)[0],
        "recommend-column": top_box(answers[_RECOMMEND], _BEST, 2)[0],
    }


def _read_acsi(means: Sequence[float], weights: Sequence[float]) -> dict[str, float]:
    even = [1 / len(_QUESTIONS)] * len(_QUESTIONS)
    weighed = sum(weight * mean for weight, mean in zip(weights, means, strict=True))
    return {
        "right": acsi(list(means), list(weights)),
        "tenths": 10 * weighed,
        "even-weights": acsi(list(means), even),
        "overall-only": acsi([means[0]], [1.0]),
        "not-stretched": weighed,
        "weights-turned": acsi(list(means), list(reversed(weights))),
    }


@dataclass(frozen=True)
class Thermometers:
    """Two branches and what is read off them.

    Attributes
    ----------
    answers
        By branch.
    found
        Readings of NPS, half width and top-two-box, by branch.
    verdicts
        Which branch has the higher NPS, as it is meant ("right") and as it is misread.
    """

    answers: dict[str, Answers]
    found: dict[str, Readings]
    verdicts: dict[str, Verdict]


def _read_branches(answers: dict[str, Answers]) -> Thermometers:
    found = {
        branch: {**_read_nps(given[_RECOMMEND], given["overall"]), "top": _read_top(given)}
        for branch, given in answers.items()
    }
    (north, half_n), (south, half_s) = ((one["NPS"]["right"], one["half"]["right"]) for one in found.values())
    gap, higher = abs(north - south), "north" if north > south else "south"
    verdicts = {
        "right": higher if gap > math.hypot(half_n, half_s) else "unclear",
        "overlap": higher if gap > half_n + half_s else "unclear",
        "higher": higher,
        "lower": "south" if higher == "north" else "north",
    }
    return Thermometers(answers, found, verdicts)


def _clear_branches(kind: str) -> Callable[[Thermometers], bool]:
    """Whether the verdict is of the kind that was meant, by a margin."""

    def clear(both: Thermometers) -> bool:
        (north, half_n), (south, half_s) = ((one["NPS"]["right"], one["half"]["right"]) for one in both.found.values())
        gap, edge, touch = abs(north - south), math.hypot(half_n, half_s), half_n + half_s
        named = {
            "unclear": 3 < gap < edge - 1,
            "overlap": edge + 0.7 < gap < touch - 0.7,
            "apart": touch + 1 < gap < 45,
        }
        return named[kind]

    return clear


@cache
def _branches(sample: str) -> Thermometers:
    fields = ("expectations-6", sample)
    kind = "overlap" if sample == PUBLISHED else chosen_by(("unclear", "overlap", "apart"), *fields, "kind")
    return first_clear(
        lambda number: _read_branches({name: _drawn_answers(*fields, number, name) for name in _BRANCHES}),
        _clear_branches(kind),
    )


@lru_cache(maxsize=4096)
def _indices(sample: str, weights: tuple[float, ...]) -> Readings:
    """The satisfaction index of each branch, by each reading."""
    found = {}
    for branch, given in _branches(sample).answers.items():
        found[branch] = _read_acsi([float(given[name].mean()) for name in _QUESTIONS], weights)
    return found


def _index(branch: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _indices(params["sample"], tuple(params["weights"]))[branch][reading]


def _measured(branch: str, measure: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _branches(params["sample"]).found[branch][measure][reading]


def _verdict(reading: str = "right") -> Callable[[Params], Verdict]:
    return lambda params: _branches(params["sample"]).verdicts[reading]


def _by_index(params: Params) -> Verdict:
    return max(_BRANCHES, key=lambda branch: _index(branch)(params))


_PASSIVES = Text(
    en="You left the passives out. They neither add nor take away: do they count among those who answered?",
    zh="你把被动者排除了。他们既不加分也不减分：他们算不算在回答的人数里？",
)
_PROMOTERS_ONLY = Text(
    en="You looked at promoters alone. Who else moves the score?", zh="你只看了推荐者。还有谁会影响得分？"
)
_BRANCH_WORDS = {"north": Text(en="north branch", zh="北店"), "south": Text(en="south branch", zh="南店")}


@dataclass(frozen=True)
class _Thermometer:
    """What is asked of each branch."""

    ask: Text
    unit: Text
    decimals: int
    abs_tol: float
    hint: Text
    wrong: dict[str, tuple[str, Text]]  # reading -> name of the trap, hint


_THERMOMETERS = {
    "ACSI": _Thermometer(
        Text(en="satisfaction index (ACSI) of the {branch}", zh="{branch}的顾客满意度指数（ACSI）"),
        Text(en="points of the index", zh="指数的分"),
        2,
        0.02,
        Text(
            en="A 1 on a ten-point scale must map to zero. Do that with each mean, then weigh.",
            zh="十分制的 1 分应当对应零。先对每个平均分这样换算，再加权。",
        ),
        {
            "tenths": (
                "tenths",
                Text(
                    en="You divided by the top of the scale. Where does its lowest answer end up, and where should it?",
                    zh="你除以了量表的最高分。这样一来，最低的回答会落在哪里？应当落在哪里？",
                ),
            ),
            "even-weights": (
                "even-weights",
                Text(
                    en="You let the three questions count alike. Which weights does your question state?",
                    zh="你让三个问题同样重要。题目给的权重是多少？",
                ),
            ),
            "overall-only": (
                "overall-only",
                Text(
                    en="You used one question. The index has three.",
                    zh="你只用了一个问题。指数由三个问题构成。",
                ),
            ),
            "not-stretched": (
                "not-stretched",
                Text(
                    en="This is the weighted mean on the scale of the answers. How does the index stretch it?",
                    zh="这是原量表上的加权平均。指数要怎样换算它？",
                ),
            ),
            "weights-turned": (
                "weights-turned",
                Text(
                    en="You gave the weights to the questions in another order. Read it again.",
                    zh="你把权重按别的顺序分给了三个问题。请再看一遍。",
                ),
            ),
        },
    ),
    "NPS": _Thermometer(
        Text(en="net promoter score of the {branch}", zh="{branch}的净推荐值（NPS）"),
        _POINTS,
        1,
        0.06,
        Text(
            en="Promoters less detractors, in percent of everybody who answered.",
            zh="推荐者减贬损者，占全部回答者的百分数。",
        ),
        {
            "passives-left-out": ("passives-left-out", _PASSIVES),
            "eights-promote": (
                "eights-promote",
                Text(
                    en="You were generous to those just below the top. From which answer on is one a promoter?",
                    zh="你把次一等的回答也算进去了。从几分起才算推荐者？",
                ),
            ),
            "promoters-only": ("promoters-only", _PROMOTERS_ONLY),
            "turned": (
                "turned",
                Text(
                    en="You took the promoters off the detractors. Which of them should raise the score?",
                    zh="你用贬损者减了推荐者。应当使得分上升的是哪一方？",
                ),
            ),
            "overall-column": (
                "other-column",
                Text(
                    en="You read the column of overall satisfaction. Which question asks about recommending?",
                    zh="你用的是总体满意度那一列。哪个问题问的是推荐？",
                ),
            ),
        },
    ),
    "half": _Thermometer(
        Text(en="half width of its 95% interval", zh="其 95% 置信区间的半宽"),
        _POINTS,
        1,
        0.06,
        Text(
            en="The variance of the difference is p + q - (p - q)^2 over everybody who answered.",
            zh="差的方差是 p + q - (p - q)^2，再除以全部回答者的人数。",
        ),
        {
            "passives-left-out": ("passives-left-out", _PASSIVES),
            "as-if-apart": (
                "as-if-apart",
                Text(
                    en="You added two variances, as if promoters and detractors came from different samples. Where one "
                    "share is high, what about the other?",
                    zh="你把两个方差直接相加，好像推荐者和贬损者来自不同的样本。一个比例高，另一个会怎样？",
                ),
            ),
            "promoters-only": ("promoters-only", _PROMOTERS_ONLY),
            "standard-error": (
                "standard-error",
                Text(
                    en="This is the standard error. How many of them reach to the end of the interval?",
                    zh="这是标准误。到区间的端点是它的几倍？",
                ),
            ),
        },
    ),
    "top": _Thermometer(
        Text(en="top-two-box share of the {branch}, overall satisfaction", zh="{branch}总体满意度的高分占比（前两档）"),
        _DECIMALS,
        3,
        0.002,
        Text(
            en="Count the two highest answers to the question of overall satisfaction, and divide by all.",
            zh="数一数总体满意度问题中最高两档的回答，除以全部。",
        ),
        {
            "one-box": (
                "one-box",
                Text(en="You counted the best answer alone.", zh="你只数了最高的一档。"),
            ),
            "three-boxes": (
                "three-boxes",
                Text(en="You counted a box too many.", zh="你多数了一档。"),
            ),
            "recommend-column": (
                "other-column",
                Text(
                    en="You read the column of recommending. Which question asks about satisfaction?",
                    zh="你用的是推荐那一列。哪个问题问的是满意度？",
                ),
            ),
        },
    ),
}


def _thermometer_part(measure: str, branch: str) -> NumberItem:
    kind, words = _THERMOMETERS[measure], _BRANCH_WORDS[branch]

    def read(reading: str) -> Callable[[Params], float]:
        return _index(branch, reading) if measure == "ACSI" else _measured(branch, measure, reading)

    return NumberItem(
        ask=Text(en=kind.ask.en.format(branch=words.en), zh=kind.ask.zh.format(branch=words.zh)),
        unit=kind.unit,
        decimals=kind.decimals,
        rel_tol=0.0,
        abs_tol=kind.abs_tol,
        solve=read("right"),
        traps=tuple(Trap(name, read(reading), hint) for reading, (name, hint) in kind.wrong.items()),
        hint=kind.hint,
        why=_SEE_PARTS,
        points=0.5,
    )


_BRANCH_PARTS: dict[str, Item] = {
    **{f"{branch} {measure}": _thermometer_part(measure, branch) for measure in _THERMOMETERS for branch in _BRANCHES},
    "verdict": ChoiceItem(
        ask=Text(en="the branch with the higher NPS, beyond chance", zh="净推荐值更高、且不是出于偶然的店"),
        options={
            "north": Text(en="the north branch", zh="北店"),
            "south": Text(en="the south branch", zh="南店"),
            "unclear": Text(en="cannot be told", zh="看不出来"),
        },
        solve=_verdict(),
        traps=(
            Trap(
                "overlap",
                _label_unless(_verdict("overlap"), _verdict()),
                Text(
                    en="You looked whether the two intervals overlap. They may do so and the difference still be real: "
                    "which interval belongs to the difference?",
                    zh="你看的是两个区间是否重叠。区间重叠，差别仍可能是真的：差本身的区间是多少？",
                ),
            ),
            Trap(
                "score-alone",
                _label_unless(_verdict("higher"), _verdict()),
                Text(
                    en="You compared the scores alone. Would other customers of the same two branches give the same "
                    "order?",
                    zh="你只比了两个得分。换一批顾客来答，两店的高低还会一样吗？",
                ),
            ),
            Trap(
                "by-index",
                lambda params: (
                    None if _by_index(params) in (_verdict()(params), _verdict("higher")(params)) else _by_index(params)
                ),
                Text(
                    en="You went by the satisfaction index. Thermometers can disagree: which one is asked?",
                    zh="你看的是满意度指数。几支“温度计”可能不一致：题目问的是哪一支？",
                ),
            ),
            Trap(
                "turned",
                _verdict("lower"),
                Text(
                    en="Compare the two scores again: which one is larger?",
                    zh="再比较一次两个得分：哪一个更大？",
                ),
            ),
            Trap(
                "too-careful",
                lambda params: None if _verdict()(params) == "unclear" else "unclear",
                Text(
                    en="Compare the difference of the scores with its own half width: is zero within reach?",
                    zh="把两个得分之差与差的半宽相比：零在不在区间里？",
                ),
            ),
        ),
        hint=Text(
            en="Compare the difference of the scores with its own half width.",
            zh="把两个得分之差与差的半宽相比。",
        ),
        why=_SEE_PARTS,
        points=0.5,
    ),
}


def _why_branches(params: Params) -> Text:
    both = _branches(params["sample"])
    en, zh = [], []
    for branch, words in _BRANCH_WORDS.items():
        index, score, half, top = (
            shown(round(_BRANCH_PARTS[f"{branch} {measure}"].solve(params), kind.decimals))
            for measure, kind in _THERMOMETERS.items()
        )
        en.append(f"{words.en}: ACSI {index}, NPS {score} ± {half}, top two {top}")
        zh.append(f"{words.zh}：ACSI {index}，NPS {score} ± {half}，高分占比 {top}")
    (north, half_n), (south, half_s) = ((one["NPS"]["right"], one["half"]["right"]) for one in both.found.values())
    gap, reach = (
        f"{abs(north - south):.1f}",
        f"sqrt({half_n:.1f}^2 + {half_s:.1f}^2) = {math.hypot(half_n, half_s):.1f}",
    )
    beyond = both.verdicts["right"] != "unclear"
    return Text(
        en=f"{'. '.join(en)}. The scores differ by {gap}, the half width of the difference is {reach}: the difference "
        f"{'is beyond chance' if beyond else 'may be chance'}.",
        zh=f"{'。'.join(zh)}。两店得分相差 {gap}，差的半宽为 {reach}："
        f"{'差别是真实的' if beyond else '差别可能只是偶然'}。",
    )


def _branch_table(params: Params) -> pd.DataFrame:
    parts = []
    for branch, given in _branches(params["sample"]).answers.items():
        customers = np.arange(1, len(given[_RECOMMEND]) + 1)
        parts.append(pd.DataFrame({"branch": branch, "customer": customers, **given}))
    return pd.concat(parts, ignore_index=True)


item_6 = PartsItem(
    id="expectations-6",
    ask=Text(
        en="Customers of two salons of a chain, `north` and `south`, answered four questions, three from 1 to 10 and "
        "the last from 0 to 10; 10 is best. "
        "How satisfied are they overall, against what they expected, and against an ideal salon? Would they recommend "
        "it? The satisfaction index (ACSI) weighs the first three with {weights}, in this order. Give for each branch "
        "the index, and the share of the two highest answers to the overall question. Give its net promoter score "
        "(NPS), too, with the half width of its 95% interval. Which branch has the higher NPS? The verdict is "
        '`"unclear"` when zero lies in the interval of the difference. The half width of that interval is the root of '
        "the sum of the two squared half widths.",
        zh="某连锁两家店（`north` 北店、`south` 南店）的顾客回答了四个问题，前三个 1 至 10 分，最后一个 0 至 10 分，"
        "10 分最好："
        "总体满意度（overall）、与期望相比（against_expectation）、与理想的店相比（against_ideal）、"
        "是否愿意推荐（recommend）。"
        "顾客满意度指数（ACSI）对前三个问题依次加权 {weights}。"
        "请给出每家店的指数、净推荐值（NPS）及其 95% 置信区间的半宽，以及总体满意度中最高两档回答的占比。"
        '哪家店的净推荐值更高？若差的置信区间包含零，就答 `"unclear"`；差的半宽等于两个半宽的平方和的平方根。',
    ),
    choices={
        "sample": sample_names(80),
        "weights": ([0.38, 0.32, 0.3], [0.5, 0.3, 0.2], [0.45, 0.3, 0.25], [0.2, 0.35, 0.45], [0.4, 0.35, 0.25]),
    },
    example={"sample": PUBLISHED, "weights": [0.38, 0.32, 0.3]},
    reject=lambda params: _unclear(_BRANCH_PARTS, params),
    exhibit=_branch_table,
    parts=_BRANCH_PARTS,
    why=_why_branches,
    concepts=("expect.quantified-index",),
)

GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
