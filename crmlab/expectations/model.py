"""Expectations: what customers expect, how they judge against it, what to promise, and where to improve first.

Expectation, performance and satisfaction run from 0 to 100 unless stated otherwise; answers keep their own scale.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.data import categorical, require, require_number, require_numbers, require_one_of, require_whole
from crmlab.core.text import Text

Crosshair = Literal["mean", "median", "midpoint"]
Importance = Literal["stated", "derived"]
Direction = Literal["over", "exact", "under"]


class Outcome(StrEnum):
    """How performance compares with expectation, given a zone of tolerance."""

    BELOW = "below"
    MATCHES = "matches"
    ABOVE = "above"


class Quadrant(StrEnum):
    """Fields of the importance-performance grid (Martilla & James 1977)."""

    CONCENTRATE_HERE = "concentrate_here"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"


class Factor(StrEnum):
    """Kinds of attributes by what their failure and their excellence do to overall satisfaction."""

    BASIC = "basic"
    PERFORMANCE = "performance"
    EXCITEMENT = "excitement"
    NEITHER = "neither"


#: Names of what the chapter's tables ask about.
ATTRIBUTES: Mapping[str, Text] = {
    "on_time": Text(en="delivered on time", zh="按时送达"),
    "complete": Text(en="order complete", zh="到货不缺件"),
    "undamaged": Text(en="arrives undamaged", zh="完好无损"),
    "quality": Text(en="refill quality", zh="补充装质量"),
    "phone": Text(en="phone is answered", zh="电话有人接"),
    "invoice": Text(en="invoice is right", zh="账单无误"),
    "price": Text(en="price", zh="价格"),
    "fitter": Text(en="fitter comes soon", zh="安装师傅来得快"),
    "training": Text(en="training for staff", zh="员工培训"),
    "samples": Text(en="free samples", zh="免费试用装"),
    "polite": Text(en="driver is polite", zh="司机有礼貌"),
    "van": Text(en="van is clean", zh="送货车整洁"),
    "newsletter": Text(en="newsletter", zh="电子简报"),
    "app": Text(en="app is easy", zh="手机应用好用"),
}
FEATURES: Mapping[str, Text] = {
    "no_leak": Text(en="pump does not leak", zh="泵头不漏"),
    "next_day": Text(en="next-day delivery", zh="次日送达"),
    "app_stock": Text(en="app shows stock", zh="手机应用显示库存"),
    "colour_course": Text(en="free colour course", zh="免费染发课程"),
    "birthday_card": Text(en="birthday card", zh="生日贺卡"),
    "sms_ads": Text(en="advertising by text message", zh="短信广告"),
    "paper_invoice": Text(en="invoice on paper", zh="纸质账单"),
    "night_hotline": Text(en="hotline at night", zh="夜间热线"),
}
DIMENSIONS: Mapping[str, Text] = {
    "tangibles": Text(en="tangibles", zh="有形性"),
    "reliability": Text(en="reliability", zh="可靠性"),
    "responsiveness": Text(en="responsiveness", zh="响应性"),
    "assurance": Text(en="assurance", zh="保证性"),
    "empathy": Text(en="empathy", zh="移情性"),
}
#: Fourteen attributes of a car dealer's workshop: name, importance and performance on four-point scales, quoted from
#: memory of Martilla & James (1977), not from the article.
GARAGE_1977: tuple[tuple[Text, float, float], ...] = (
    (Text(en="right first time", zh="一次修好"), 3.83, 2.63),
    (Text(en="complaints handled", zh="处理投诉"), 3.63, 2.73),
    (Text(en="warranty work", zh="保修"), 3.60, 3.15),
    (Text(en="any job done", zh="什么都能修"), 3.56, 3.00),
    (Text(en="available when needed", zh="随到随修"), 3.41, 3.05),
    (Text(en="courteous", zh="态度有礼"), 3.41, 3.29),
    (Text(en="ready when promised", zh="按约交车"), 3.38, 3.03),
    (Text(en="only necessary work", zh="只修该修的"), 3.37, 3.11),
    (Text(en="low prices", zh="价格低"), 3.29, 2.00),
    (Text(en="cleans up", zh="修后清洁"), 3.27, 3.02),
    (Text(en="near home", zh="离家近"), 2.52, 2.25),
    (Text(en="near work", zh="离单位近"), 2.43, 2.49),
    (Text(en="courtesy buses", zh="接送车"), 2.37, 2.35),
    (Text(en="sends notices", zh="寄保养通知"), 2.05, 3.33),
)

BASE, GAIN, LOSS = 70.0, 0.9, 2.0
#: Gains and losses felt less than in step, losses 2.25 times as strongly (Tversky & Kahneman 1992).
PROSPECT: Mapping[str, float] = {"gain": 1.0, "loss": 2.25, "power": 0.88}
MOST_DRIVERS = 16
_Z95 = 1.959963984540054


# --- satisfaction ----------------------------------------------------------------------------------------------------


def satisfaction(
    expectation: ArrayLike,
    performance: ArrayLike,
    base: float = BASE,
    gain: float = GAIN,
    loss: float = LOSS,
    zone: float = 0.0,
    power: float = 1.0,
) -> NDArray[np.float64]:
    """Return how satisfied customers are: what was delivered against what was expected.

    Parameters
    ----------
    expectation, performance
        Of each encounter, one array each or one number for all.
    base
        Satisfaction when expectations are met.
    gain, loss
        Points for each point above and below expectation, >= 0.
    zone
        Gaps up to this size go unnoticed; beyond it they count from its edge. >= 0.
    power
        Curvature of gains and losses, above 0; 1 is a straight line. ``PROSPECT`` holds the values of prospect theory.

    Returns
    -------
    Satisfaction of each encounter; not cut off at 0 or 100.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ.

    References
    ----------
    Oliver (1980), A Cognitive Model of the Antecedents and Consequences of Satisfaction Decisions; Anderson & Sullivan
    (1993); for the zone Parasuraman, Zeithaml & Berry (1994).

    Examples
    --------
    >>> satisfaction([70, 70, 70], [80, 70, 60])
    array([79., 70., 50.])
    >>> satisfaction([70, 70, 70], [80, 70, 60], zone=4)
    array([75.4, 70. , 58. ])
    """
    gap = _gap(expectation, performance)
    edge = require_number("zone", zone, at_least=0)
    bend = require_number("power", power, above=0)
    up = np.maximum(gap - edge, 0) ** bend
    down = np.maximum(-gap - edge, 0) ** bend
    return np.asarray(
        require_number("base", base)
        + require_number("gain", gain, at_least=0) * up
        - require_number("loss", loss, at_least=0) * down
    )


def outcome(expectation: ArrayLike, performance: ArrayLike, zone: float = 0.0) -> pd.Series[Any]:
    """Say of each encounter whether performance was below, matched or above expectation.

    Parameters
    ----------
    expectation, performance
        As in :func:`satisfaction`.
    zone
        A gap of at most this size still matches, >= 0. The notes give none; without it hardly anything ever matches.

    Returns
    -------
    Categorical: below, matches, above.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ.

    Examples
    --------
    >>> list(outcome([70, 70, 70], [80, 72, 60], zone=4))
    ['above', 'matches', 'below']
    """
    gap = np.atleast_1d(_gap(expectation, performance))
    edge = require_number("zone", zone, at_least=0)
    like = next((one for one in (expectation, performance) if isinstance(one, pd.Series)), None)
    return categorical(1 + (gap > edge).astype(int) - (gap < -edge), Outcome, like=like, name="outcome", ordered=True)


def _gap(expectation: ArrayLike, performance: ArrayLike) -> NDArray[np.float64]:
    expected = require_numbers("expectation", expectation)
    perceived = require_numbers("performance", performance)
    if expected.shape != perceived.shape and expected.ndim and perceived.ndim:
        raise ValueError(
            f"expectation has {expected.size} encounters and performance {perceived.size}; needed is the same."
        )
    return perceived - expected


FORMS = ("linear", "asymmetric", "with_zone", "s_shaped")


def fit_forms(expectation: ArrayLike, performance: ArrayLike, satisfaction: ArrayLike) -> pd.DataFrame:
    """Fit four forms of the satisfaction function by least squares and compare them.

    Parameters
    ----------
    expectation, performance, satisfaction
        Of each encounter, arrays of one length, at least ten.

    Returns
    -------
    One row per form: ``base``, ``gain``, ``loss``, ``zone``, ``power``, ``error`` (root mean square) and ``aic``, the
    smaller the better: ``linear`` (gain equals loss), ``asymmetric``, ``with_zone`` (asymmetric beyond a zone of
    tolerance), ``s_shaped`` (asymmetric with a power).

    Raises
    ------
    ValueError
        A number is missing, the lengths differ, there are too few encounters, or all gaps are alike or on one side.

    References
    ----------
    Akaike (1974) for the criterion; Anderson & Sullivan (1993) for the asymmetry.
    """
    from scipy import optimize  # imported here: models load without scipy

    gap = np.atleast_1d(_gap(expectation, performance))
    felt = require_numbers("satisfaction", satisfaction).ravel()
    if gap.size != felt.size or gap.size < 10:
        raise ValueError(
            f"satisfaction has {felt.size} encounters and the gaps {gap.size}; needed are the same, from 10."
        )
    if np.ptp(gap) == 0:
        raise ValueError("performance is ahead of expectation by the same everywhere; the gaps must differ.")
    if (gap >= 0).all() or (gap <= 0).all():
        raise ValueError("performance is never above, or never below expectation; both slopes need gaps on their side.")

    def fitted(edge: float, bend: float, *, even: bool = False) -> tuple[NDArray[np.float64], float]:
        up, down = np.maximum(gap - edge, 0) ** bend, np.maximum(-gap - edge, 0) ** bend
        columns = [np.ones(gap.size), up - down] if even else [np.ones(gap.size), up, -down]
        found, *_ = np.linalg.lstsq(np.column_stack(columns), felt, rcond=None)
        values = np.array([found[0], found[1], found[-1]])
        return values, float(((felt - np.column_stack(columns) @ found) ** 2).sum())

    widest = float(np.quantile(np.abs(gap), 0.9))
    edge = optimize.minimize_scalar(lambda one: fitted(one, 1.0)[1], bounds=(0, widest), method="bounded").x
    bend = optimize.minimize_scalar(lambda one: fitted(0.0, one)[1], bounds=(0.3, 2.0), method="bounded").x
    rows = []
    for form, zone, power, even, free in (
        ("linear", 0.0, 1.0, True, 2),
        ("asymmetric", 0.0, 1.0, False, 3),
        ("with_zone", float(edge), 1.0, False, 4),
        ("s_shaped", 0.0, float(bend), False, 4),
    ):
        (base, gain, loss), rest = fitted(zone, power, even=even)
        aic = gap.size * math.log(max(rest, 1e-300) / gap.size) + 2 * (free + 1)
        rows.append((form, base, gain, loss, zone, power, math.sqrt(rest / gap.size), aic))
    columns = ["form", "base", "gain", "loss", "zone", "power", "error", "aic"]
    return pd.DataFrame(rows, columns=columns).set_index("form")


# --- how expectations move -------------------------------------------------------------------------------------------


def update_expectation(
    prior_mean: float, prior_sd: float, observed_mean: float, observed_sd: float, n: float = 1
) -> tuple[float, float]:
    """Return mean and standard deviation of an expectation after ``n`` observations.

    Parameters
    ----------
    prior_mean, prior_sd
        What was expected before, and how uncertainly (> 0).
    observed_mean
        Mean of what was seen or heard.
    observed_sd
        How much one observation varies about the truth, > 0.
    n
        How many observations, >= 0.

    Returns
    -------
    Mean weighted by precision (one over variance), and the standard deviation left.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Rust, Inman, Jia & Zahorik (1999), What You Don't Know About Customer-Perceived Quality.

    Examples
    --------
    >>> mean, sd = update_expectation(70, 10, 60, 15, n=3)
    >>> round(mean, 2), round(sd, 2)
    (64.29, 6.55)
    """
    before = require_number("prior_sd", prior_sd, above=0) ** -2
    seen = require_number("n", n, at_least=0) * require_number("observed_sd", observed_sd, above=0) ** -2
    mean = before * require_number("prior_mean", prior_mean) + seen * require_number("observed_mean", observed_mean)
    return mean / (before + seen), (before + seen) ** -0.5


# --- what to promise -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Promise:
    """The promise that earns most.

    Attributes
    ----------
    expectation
        What customers then expect.
    promise
        What to promise, 0..100.
    direction
        ``over``, ``exact`` or ``under``: the promise against the true quality.
    capped
        True if the best promise lay outside 0..100 and the nearest end was taken.
    """

    expectation: float
    promise: float
    direction: str
    capped: bool


Line = tuple[float, float]


def promise_outcome(
    promise: ArrayLike,
    quality: float,
    expectation: float,
    reliance: float,
    horizon: float,
    trial: Line,
    repeat: Line,
) -> pd.DataFrame:
    """Return what a promise brings: first purchases, repeat purchases and profit per unit of margin.

    Parameters
    ----------
    promise
        One or more, 0..100.
    quality, expectation
        True quality, and what customers expect before the promise.
    reliance
        Weight of the promise in what they then expect, 0..1.
    horizon
        How many repeat purchases a first one can bring, >= 0.
    trial
        ``(t0, t1)``: share that tries is ``t0 + t1 E``.
    repeat
        ``(r0, g)``: share that repeats is ``r0 + g (quality - E)``.

    Returns
    -------
    One row per promise: ``promise``, ``expectation``, ``trial``, ``repeat``, ``profit``. The lines are not cut off, so
    choose values for which shares stay within 0..1.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> lines = {"trial": (0.05, 0.004), "repeat": (0.5, 0.012)}
    >>> promise_outcome([70, 90], 70, 60, reliance=0.5, horizon=2, **lines).round(3)
       promise  expectation  trial  repeat  profit
    0     70.0         65.0   0.31    0.56   0.657
    1     90.0         75.0   0.35    0.44   0.658
    """
    said = np.atleast_1d(require_numbers("promise", promise, at_least=0, at_most=100))
    weight = require_number("reliance", reliance, at_least=0, at_most=1)
    (t0, t1), (r0, g) = _line("trial", trial), _line("repeat", repeat)
    truth = require_number("quality", quality, at_least=0, at_most=100)
    before = require_number("expectation", expectation, at_least=0, at_most=100)
    expected = weight * said + (1 - weight) * before
    tries, again = t0 + t1 * expected, r0 + g * (truth - expected)
    later = require_number("horizon", horizon, at_least=0)
    return pd.DataFrame(
        {
            "promise": said,
            "expectation": expected,
            "trial": tries,
            "repeat": again,
            "profit": tries * (1 + later * again),
        }
    )


def best_promise(
    quality: float, expectation: float, reliance: float, horizon: float, trial: Line, repeat: Line
) -> Promise:
    """Return the promise with the highest profit: it draws first purchases and costs repeat purchases.

    Parameters
    ----------
    quality, expectation, reliance, horizon, trial, repeat
        As in :func:`promise_outcome`, but ``reliance`` and both slopes above 0. With a horizon of 0 the best promise is
        the highest.

    Returns
    -------
    Best expectation ``E* = (1 + h (r0 + g Q)) / (2 h g) - t0 / (2 t1)``, the promise ``(E* - (1 - w) E0) / w`` that
    brings it about, its direction and whether it was capped.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Kopalle & Lehmann (2006), Setting Quality Expectations When Entering a Market; a linear version in two periods.

    Examples
    --------
    >>> best = best_promise(70, 60, reliance=0.5, horizon=2, trial=(0.05, 0.004), repeat=(0.5, 0.012))
    >>> round(best.expectation, 2), round(best.promise, 2), best.direction
    (70.42, 80.83, 'over')
    """
    weight = require_number("reliance", reliance, above=0, at_most=1)
    (t0, t1), (r0, g) = _line("trial", trial), _line("repeat", repeat)
    for name, slope in (("trial", t1), ("repeat", g)):
        require_number(f"{name}: its slope", slope, above=0)
    truth = require_number("quality", quality, at_least=0, at_most=100)
    before = require_number("expectation", expectation, at_least=0, at_most=100)
    later = require_number("horizon", horizon, at_least=0)
    wanted = (1 + later * (r0 + g * truth)) / (2 * later * g) - t0 / (2 * t1) if later else math.inf
    free = (wanted - (1 - weight) * before) / weight
    promise = min(max(free, 0.0), 100.0)
    gap = promise - truth
    direction: Direction = "exact" if math.isclose(gap, 0, abs_tol=1e-9) else "over" if gap > 0 else "under"
    return Promise(weight * promise + (1 - weight) * before, promise, direction, promise != free)


def _line(name: str, line: Line) -> Line:
    numbers = require_numbers(name, list(line))
    if numbers.shape != (2,):
        raise ValueError(f"{name} has {numbers.size} numbers; needed are two, level and slope.")
    return float(numbers[0]), float(numbers[1])


# --- telling them early ----------------------------------------------------------------------------------------------


def stay_after_delay(
    delay_h: ArrayLike,
    notice_h: ArrayLike,
    *,
    patience: float = 1.0,
    adjust_h: float = 12.0,
    leave_per_day: float = 0.05,
) -> NDArray[np.float64]:
    """Return the share of customers that stays after a late delivery that was announced some hours before it was due.

    An early word moves the expectation before performance is seen, and leaves more time to order elsewhere.

    Parameters
    ----------
    delay_h
        Hours late, >= 0.
    notice_h
        Hours of notice before the promised time, >= 0; 0 is not announced.
    patience
        Points of performance that an hour costs, >= 0.
    adjust_h
        After this much notice half of the delay is expected, > 0 [hours].
    leave_per_day
        Share that uses a day of notice to go elsewhere, 0..1.

    Returns
    -------
    Shares in the common shape of delay and notice: ``1 / (1 + exp(-(S - 50) / 8))`` of those who did not order
    elsewhere, where ``S`` is :func:`satisfaction` with the expectation as far as it has moved.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Maister (1985), The Psychology of Waiting Lines: uncertain and unexplained waits feel longer. The law is ours.

    Examples
    --------
    >>> stay_after_delay(24, [0, 12, 48]).round(2)
    array([0.03, 0.37, 0.81])
    """
    late = require_numbers("delay_h", delay_h, at_least=0)
    early = require_numbers("notice_h", notice_h, at_least=0)
    half = require_number("adjust_h", adjust_h, above=0)
    cost = require_number("patience", patience, at_least=0)
    gone = require_number("leave_per_day", leave_per_day, at_least=0, at_most=1)
    adjusted = 1 - 0.5 ** (early / half)
    surprise = cost * late * (1 - adjusted)
    judged = satisfaction(BASE, BASE - surprise)
    return np.asarray((1 - gone) ** (early / 24) / (1 + np.exp(-(judged - 50) / 8)))


# --- where to improve first ------------------------------------------------------------------------------------------


def importance_performance(
    ratings: pd.DataFrame,
    crosshair: Crosshair = "mean",
    importance: Importance = "stated",
    scale: tuple[float, float] = (1, 5),
) -> pd.DataFrame:
    """Place attributes in the grid of importance and performance.

    Parameters
    ----------
    ratings
        One row per rater and attribute, or one per attribute: ``attribute`` (a column or the index), ``importance``,
        ``performance``; for derived importance also ``rater_id`` and ``overall``. Missing ratings are left out of the
        means; for derived importance, raters with a missing rating are left out.
    crosshair
        Where the lines cross: ``mean`` or ``median`` of the attributes' means, or ``midpoint`` of the scale (for
        derived importance, whose shares have no scale, the mean).
    importance
        ``stated``: mean of what raters say; ``derived``: share in explaining the overall rating
        (:func:`key_drivers`).
    scale
        Ends of the answers.

    Returns
    -------
    One row per attribute: ``importance``, ``performance``, ``quadrant``. A value on a line counts as high.

    Raises
    ------
    ValueError
        A column is missing, an answer is outside the scale (the scales of the two columns do not match, perhaps), an
        attribute has no answer, or derived importance is asked of too few raters.

    References
    ----------
    Martilla & James (1977), Importance-Performance Analysis.

    Examples
    --------
    >>> means = pd.DataFrame({"importance": [3.8, 2.1], "performance": [2.6, 3.3]}, index=["done right", "notices"])
    >>> importance_performance(means.rename_axis("attribute"))["quadrant"].tolist()
    ['concentrate_here', 'possible_overkill']
    """
    require_one_of("crosshair", crosshair, ("mean", "median", "midpoint"))
    require_one_of("importance", importance, ("stated", "derived"))
    table = ratings.reset_index() if "attribute" in ratings.index.names else pd.DataFrame(ratings)
    needed = ("performance", "importance") if importance == "stated" else ("performance", "overall", "rater_id")
    missing = [name for name in ("attribute", *needed) if name not in table.columns]
    if missing:
        raise ValueError(f"ratings: column {missing[0]!r} is missing; needed are attribute, {', '.join(needed)}.")
    ends = require_numbers("scale", list(scale))
    if ends.size != 2 or ends[0] >= ends[1]:
        raise ValueError(f"scale is {tuple(scale)}; needed are its lowest and its highest answer.")
    low, high = ends
    if table.empty or table["attribute"].isna().any():
        raise ValueError("ratings has no attribute in a row, or no row; needed is one attribute per row.")
    if "rater_id" in table.columns and table.duplicated(["rater_id", "attribute"]).any():
        row = table[table.duplicated(["rater_id", "attribute"])].iloc[0]
        raise ValueError(f"ratings: rater {row['rater_id']!r} rates {row['attribute']!r} twice; needed is once.")
    for name in (name for name in ("importance", "performance") if name in needed):
        answers = table[name].dropna()
        require_numbers(f"ratings: column {name!r}, row", answers, at_least=low, at_most=high)
    means = table.groupby("attribute", sort=False)[[name for name in needed if name != "rater_id"]].mean()
    bare = means.index[means["performance"].isna() | (importance == "stated" and means.iloc[:, 1].isna())]
    if len(bare):
        raise ValueError(f"ratings: attribute {bare[0]!r} has no answer.")
    if importance == "derived":
        wide = table.pivot(index="rater_id", columns="attribute", values="performance")[means.index].dropna()
        overall = table.groupby("rater_id")["overall"].first().loc[wide.index]
        shares = key_drivers(wide[overall.notna()], overall.dropna())
        means["importance"] = shares
    found = means[["importance", "performance"]].copy()
    across, up = lines_of(found, crosshair, scale, importance)
    # A mean that equals its line may differ from it in the last bit.
    matters, good = found["importance"] >= across - 1e-9, found["performance"] >= up - 1e-9
    places = np.select([matters & ~good, matters & good, ~matters & ~good], [0, 1, 2], 3)
    found["quadrant"] = categorical(places, Quadrant, like=found, name="quadrant")
    return found


def lines_of(
    found: pd.DataFrame, crosshair: Crosshair, scale: tuple[float, float], importance: Importance
) -> tuple[float, float]:
    """Return where the lines of a grid cross: importance, performance."""
    middle = sum(scale) / 2
    centre = found[["importance", "performance"]].agg("median" if crosshair == "median" else "mean")
    if crosshair == "midpoint":
        return (float(centre["importance"]) if importance == "derived" else middle), middle
    return float(centre["importance"]), float(centre["performance"])


def servqual(
    expected: pd.DataFrame, perceived: pd.DataFrame, weights: Mapping[str, float] | None = None
) -> tuple[pd.DataFrame, float]:
    """Return the gaps between what customers perceive and what they expect, dimension by dimension.

    Parameters
    ----------
    expected, perceived
        One row per rater, the same columns (dimensions or items), the same scale.
    weights
        Importance of each column, >= 0, summing to 1; equal if not given.

    Returns
    -------
    Table with the mean ``gap`` (perceived less expected), ``low`` and ``high`` of its 95% interval by column; and the
    weighted sum of the gaps.

    Raises
    ------
    ValueError
        The columns or raters differ, a number is missing, or the weights do not fit.

    References
    ----------
    Parasuraman, Zeithaml & Berry (1988), SERVQUAL; Brown, Churchill & Peter (1993) on difference scores.

    Examples
    --------
    >>> expected = pd.DataFrame({"reliability": [6, 7], "empathy": [5, 5]})
    >>> perceived = pd.DataFrame({"reliability": [4, 5], "empathy": [5, 6]})
    >>> gaps, score = servqual(expected, perceived)
    >>> gaps["gap"].tolist(), score
    ([-2.0, 0.5], -0.75)
    """
    columns = list(expected.columns)
    if expected.empty:
        raise ValueError("expected has no rater or no column; needed is at least one of each.")
    if list(perceived.columns) != columns or not perceived.index.equals(expected.index):
        raise ValueError("expected and perceived have different columns or raters; needed are the same.")
    gap = require(perceived, columns, at_least=None, what="perceived") - require(
        expected, columns, at_least=None, what="expected"
    )
    weight = _weights(weights, columns)
    error = gap.std() / math.sqrt(len(gap)) if len(gap) > 1 else gap.mean() * math.nan
    table = pd.DataFrame({"gap": gap.mean(), "low": gap.mean() - _Z95 * error, "high": gap.mean() + _Z95 * error})
    return table, float(table["gap"] @ weight)


def _weights(weights: Mapping[str, float] | None, names: Sequence[Any]) -> NDArray[np.float64]:
    if weights is None:
        return np.full(len(names), 1 / len(names))
    missing = [name for name in names if name not in weights]
    if missing or len(weights) != len(names):
        raise ValueError(f"weights has {', '.join(map(str, weights))}; needed are {', '.join(map(str, names))}.")
    numbers = require_numbers("weights", [weights[name] for name in names], at_least=0)
    if abs(numbers.sum() - 1) > 1e-6:
        raise ValueError(f"weights sum to {numbers.sum():g}; allowed is a sum of 1.")
    return numbers


def key_drivers(drivers: pd.DataFrame, outcome: ArrayLike) -> pd.Series[float]:
    """Share out the explained variance among the drivers: the mean gain in R-squared over all orders of entry.

    Parameters
    ----------
    drivers
        One row per rater, one column per driver, at most sixteen.
    outcome
        Overall rating, one per rater.

    Returns
    -------
    Share of each driver; they sum to the R-squared of the regression on all. Drivers that move together share their
    credit, so a driver without any effect of its own gets some of it.

    Raises
    ------
    ValueError
        A number is missing, a column or the outcome is constant, a driver is a combination of others, there are not
        more raters than drivers plus one, or too many drivers.

    References
    ----------
    Lindeman, Merenda & Gold (1980); Kruskal (1987), Relative Importance by Averaging Over Orderings. All subset
    regressions come from one correlation matrix.

    Examples
    --------
    >>> drivers = pd.DataFrame({"speed": [1, 2, 3, 4, 5], "care": [1, 3, 2, 5, 3]})
    >>> key_drivers(drivers, [1, 2, 4, 3, 6]).round(3).to_dict()
    {'speed': 0.853, 'care': 0.114}
    """
    columns = list(drivers.columns)
    x = require(drivers, columns, at_least=None, what="drivers").to_numpy()
    y = require_numbers("outcome", outcome).ravel()
    if x.shape[0] != y.size:
        raise ValueError(f"drivers has {x.shape[0]} raters and outcome {y.size}; needed is the same.")
    if x.shape[0] < x.shape[1] + 2:
        raise ValueError(f"drivers has {x.shape[0]} raters for {x.shape[1]} drivers; needed are at least two more.")
    if not 1 <= x.shape[1] <= MOST_DRIVERS:
        raise ValueError(f"drivers has {x.shape[1]} columns; allowed are 1 to {MOST_DRIVERS}.")
    both = np.column_stack([x, y])
    both = both - both.mean(axis=0)
    size = np.sqrt((both**2).sum(axis=0))
    scale = np.abs(np.column_stack([x, y])).max(axis=0)
    flat = size <= 1e-12 * np.maximum(scale, 1)
    if flat.any():
        name = [*columns, "outcome"][int(flat.argmax())]
        raise ValueError(f"drivers: {name!r} is the same for all raters; it explains nothing.")
    both /= size
    gram = both.T @ both
    among, with_y = gram[:-1, :-1], gram[:-1, -1]
    if np.linalg.eigvalsh(among)[0] < 1e-10:
        raise ValueError(f"drivers: {columns[_dependent(among)]!r} is a combination of the columns before it.")
    return pd.Series(_lmg(among, with_y), index=drivers.columns, name="share")


def _dependent(among: NDArray[np.float64]) -> int:
    """Return the first column that those before it determine."""
    return next(k for k in range(1, len(among)) if np.linalg.eigvalsh(among[: k + 1, : k + 1])[0] < 1e-10)


def _lmg(among: NDArray[np.float64], with_y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average each driver's gain in R-squared over all orders, from the R-squared of every subset."""
    count = len(with_y)
    explained = np.zeros(2**count)  # by subset, as bits
    for size in range(1, count + 1):
        subsets = np.array(list(combinations(range(count), size)))
        inner = with_y[subsets]
        solved = np.linalg.solve(among[subsets[:, :, None], subsets[:, None, :]], inner[..., None])[..., 0]
        explained[(1 << subsets).sum(axis=1)] = (inner * solved).sum(axis=1)
    codes = np.arange(2**count)
    sizes = np.array([int(code).bit_count() for code in codes])
    # A subset of s others comes before a driver in s! (n - s - 1)! of the n! orders.
    orders = np.array([1 / (count * math.comb(count - 1, s)) for s in range(count)])
    shares = np.empty(count)
    for driver in range(count):
        without = codes[(codes >> driver) & 1 == 0]
        shares[driver] = orders[sizes[without]] @ (explained[without | (1 << driver)] - explained[without])
    return shares


def penalty_reward(ratings: pd.DataFrame, overall: ArrayLike, low: float, high: float) -> pd.DataFrame:
    """Return what a bad and what an excellent rating of each attribute does to overall satisfaction.

    Parameters
    ----------
    ratings
        One row per rater, one column per attribute.
    overall
        Overall rating, one per rater.
    low, high
        A rating of at most ``low`` counts as bad, of at least ``high`` as excellent; ``low`` < ``high``.

    Returns
    -------
    One row per attribute: ``penalty`` and ``reward``, points of overall satisfaction against an ordinary rating, from
    one regression on all; ``penalty_se`` and ``reward_se``, their standard errors; ``factor``: ``basic`` if only the
    penalty is clear (two-sided 95%), ``excitement`` if only the reward, ``performance`` if both, else ``neither``.

    Raises
    ------
    ValueError
        A number is missing, the cuts do not fit, an attribute is never bad or never excellent, or raters are too few.

    References
    ----------
    Brandt (1987), A Procedure for Identifying Value-Enhancing Service Components; Matzler & Sauerwein (2002).
    """
    columns = list(ratings.columns)
    x = require(ratings, columns, at_least=None, what="ratings").to_numpy()
    y = require_numbers("overall", overall).ravel()
    bottom, top = require_number("low", low), require_number("high", high)
    if x.shape[0] != y.size:
        raise ValueError(f"ratings has {x.shape[0]} raters and overall {y.size}; needed is the same.")
    if bottom >= top:
        raise ValueError(f"low is {bottom:g} and high {top:g}; needed is low below high.")
    bad, excellent = (x <= bottom).astype(float), (x >= top).astype(float)
    for marks, word in ((bad, "bad"), (excellent, "excellent")):
        if not marks.any(axis=0).all():
            raise ValueError(f"ratings: attribute {columns[int((~marks.any(axis=0)).argmax())]!r} is never {word}.")
    design = np.column_stack([np.ones(y.size), bad, excellent])
    spare = y.size - design.shape[1]
    if spare < 1 or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(f"ratings has {y.size} raters, too few or too alike for {design.shape[1]} coefficients.")
    inverse = np.linalg.inv(design.T @ design)
    effect = inverse @ design.T @ y
    error = np.sqrt(np.diag(inverse) * ((y - design @ effect) ** 2).sum() / spare)
    count = len(columns)
    table = pd.DataFrame(
        {
            "penalty": effect[1 : count + 1],
            "reward": effect[count + 1 :],
            "penalty_se": error[1 : count + 1],
            "reward_se": error[count + 1 :],
        },
        index=pd.Index(columns, name="attribute"),
    )
    punished = table["penalty"] < -_Z95 * table["penalty_se"]
    rewarded = table["reward"] > _Z95 * table["reward_se"]
    places = np.select([punished & ~rewarded, punished & rewarded, rewarded], [0, 1, 2], 3)
    return table.assign(factor=categorical(places, Factor, like=table, name="factor"))


# --- Kano ------------------------------------------------------------------------------------------------------------

KANO_ANSWERS = ("like", "must-be", "neutral", "live-with", "dislike")
KANO_CLASSES = {
    "A": "attractive",
    "O": "one-dimensional",
    "M": "must-be",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
#: Rows: answer if the feature is there; columns: answer if it is missing, both in the order of ``KANO_ANSWERS``.
_EVALUATION = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")


def kano_class(functional: ArrayLike | str, dysfunctional: ArrayLike | str) -> pd.Series[Any]:
    """Classify paired answers: how would you feel with the feature, and how without it?

    Parameters
    ----------
    functional, dysfunctional
        Answers with and without the feature: ``like``, ``must-be``, ``neutral``, ``live-with`` or ``dislike``.

    Returns
    -------
    Categorical of A (attractive), O (one-dimensional), M (must-be), I (indifferent), R (reverse), Q (questionable).

    Raises
    ------
    ValueError
        An answer is none of the five, or the lengths differ.

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji (1984); evaluation table of Berger et al. (1993).

    Examples
    --------
    >>> list(kano_class(["like", "like", "neutral"], ["neutral", "dislike", "dislike"]))
    ['A', 'O', 'M']
    """
    one = pd.Series([functional] if isinstance(functional, str) else functional, dtype=object)
    other = pd.Series([dysfunctional] if isinstance(dysfunctional, str) else dysfunctional, dtype=object)
    if len(one) != len(other):
        raise ValueError(f"functional has {len(one)} answers and dysfunctional {len(other)}; needed is the same.")
    for name, answers in (("functional", one), ("dysfunctional", other)):
        wrong = ~answers.isin(KANO_ANSWERS)
        if wrong.any():
            place = int(wrong.to_numpy().argmax())
            raise ValueError(
                f"{name}: answer {place} is {answers.iloc[place]!r}; allowed are {', '.join(KANO_ANSWERS)}."
            )
    letters = "".join(KANO_CLASSES)
    places = [
        letters.index(_EVALUATION[KANO_ANSWERS.index(with_it)][KANO_ANSWERS.index(without)])
        for with_it, without in zip(one, other, strict=True)
    ]
    return categorical(places, KANO_CLASSES, like=functional, name="kano")


@dataclass(frozen=True)
class KanoCoefficients:
    """How much a feature can please, and how much its lack can displease.

    Attributes
    ----------
    better
        ``(A + O) / (A + O + M + I)``, 0..1.
    worse
        ``-(O + M) / (A + O + M + I)``, -1..0.
    """

    better: float
    worse: float


def kano_coefficients(counts: Mapping[str, float]) -> KanoCoefficients:
    """Return the two coefficients of a feature; reverse and questionable answers stay out.

    Parameters
    ----------
    counts
        How many answers fell in A, O, M, I (and R, Q, which do not count), >= 0.

    Raises
    ------
    ValueError
        A class is unknown, a count is negative or missing, or no answer is left.

    References
    ----------
    Berger et al. (1993), Kano's Methods for Understanding Customer-Defined Quality.

    Examples
    --------
    >>> kano_coefficients({"A": 30, "O": 50, "M": 10, "I": 10, "R": 3, "Q": 1})
    KanoCoefficients(better=0.8, worse=-0.6)
    """
    for name in counts:
        require_one_of("counts: class", name, tuple(KANO_CLASSES))
    number = {name: require_number(f"counts: {name!r}", counts.get(name, 0), at_least=0) for name in KANO_CLASSES}
    total = sum(number[name] for name in "AOMI")
    if total == 0:
        raise ValueError("counts has no answer in A, O, M or I; needed is at least one.")
    return KanoCoefficients((number["A"] + number["O"]) / total, -(number["O"] + number["M"]) / total)


# --- thermometers ----------------------------------------------------------------------------------------------------


def acsi(ratings: Mapping[str, float] | ArrayLike | pd.DataFrame, weights: ArrayLike | Mapping[str, float]) -> float:
    """Return the satisfaction index of the American kind, 0..100.

    Parameters
    ----------
    ratings
        Mean ratings on scales from 1 to 10, or a table with one column per question and one row per rater.
    weights
        Of the questions in the same order, >= 0, summing to 1.

    Returns
    -------
    ``100 * sum of weight * (mean - 1) / 9``: a 1 maps to 0, a 10 to 100.

    Raises
    ------
    ValueError
        A rating is outside 1..10, or the weights do not fit.

    References
    ----------
    Fornell et al. (1996), The American Customer Satisfaction Index.

    Examples
    --------
    >>> round(acsi([8.2, 7.5, 7.3], [0.38, 0.32, 0.30]), 2)
    74.51
    """
    if isinstance(ratings, pd.DataFrame):
        if ratings.empty:
            raise ValueError("ratings has no answer; needed is at least one rater and one question.")
        names = list(ratings.columns)
        numbers = require_numbers("ratings", ratings.to_numpy(), at_least=1, at_most=10).mean(axis=0)
    else:
        named = dict(ratings) if isinstance(ratings, Mapping | pd.Series) else {}
        names, values = list(named), list(named.values()) or ratings
        numbers = require_numbers("ratings", values, at_least=1, at_most=10).ravel()
    if isinstance(weights, Mapping | pd.Series) and names:
        share = _weights(dict(weights), names)
    else:
        share = require_numbers("weights", weights, at_least=0).ravel()
        if share.size != numbers.size or abs(share.sum() - 1) > 1e-6:
            raise ValueError(
                f"weights has {share.size} numbers that sum to {share.sum():g}; needed is one per question, sum 1."
            )
    return float(100 * share @ (numbers - 1) / 9)


@dataclass(frozen=True)
class Nps:
    """Net promoter score with its uncertainty.

    Attributes
    ----------
    score
        Percent promoters less percent detractors, -100..100.
    half_width
        Of the 95% interval [points].
    n
        How many answered.
    """

    score: float
    half_width: float
    n: int


def nps(scores: ArrayLike) -> Nps:
    """Return promoters (9, 10) less detractors (0 to 6) in percent of all, with a 95% interval.

    Parameters
    ----------
    scores
        Whole answers from 0 to 10, at least one; a missing answer (NaN) is left out.

    Raises
    ------
    ValueError
        An answer is no whole number from 0 to 10, or there is none.

    References
    ----------
    Reichheld (2003), The One Number You Need to Grow. The variance is that of a difference of two shares of the same
    sample, ``p + q - (p - q)^2`` over n.

    Examples
    --------
    >>> found = nps([10] * 90 + [7] * 70 + [3] * 40)
    >>> found.score, round(found.half_width, 1), found.n
    (25.0, 10.6, 200)
    """
    given = pd.Series(np.asarray(scores).ravel()).dropna()
    if given.empty:
        raise ValueError("scores has no answer; needed is at least one.")
    answers = require_numbers("scores", given, at_least=0, at_most=10)
    if (answers % 1 != 0).any():
        raise ValueError(f"scores holds {answers[answers % 1 != 0][0]:g}; allowed are whole numbers from 0 to 10.")
    promoters, detractors = float((answers >= 9).mean()), float((answers <= 6).mean())
    spread = promoters + detractors - (promoters - detractors) ** 2
    return Nps(100 * (promoters - detractors), 100 * _Z95 * math.sqrt(spread / answers.size), answers.size)


def top_box(scores: ArrayLike, best: float, boxes: int = 2) -> tuple[float, float]:
    """Return the share of answers in the highest boxes, and the half width of its 95% interval.

    Parameters
    ----------
    scores
        Whole answers up to ``best``, at least one.
    best
        Highest answer possible.
    boxes
        How many answers from the top count.

    Returns
    -------
    Share and half width, 0..1.

    Raises
    ------
    ValueError
        There is no answer, or one above the best.

    Examples
    --------
    >>> share, half = top_box([5, 4, 3, 5, 2], best=5)
    >>> share, round(half, 2)
    (0.6, 0.43)
    """
    answers = require_numbers("scores", scores, at_most=require_number("best", best)).ravel()
    if answers.size == 0:
        raise ValueError("scores has no answer; needed is at least one.")
    if (answers % 1 != 0).any():
        raise ValueError(f"scores holds {answers[answers % 1 != 0][0]:g}; allowed are whole answers up to {best:g}.")
    share = float((answers > best - require_whole("boxes", boxes, at_least=1)).mean())
    return share, _Z95 * math.sqrt(share * (1 - share) / answers.size)
