"""Credit: whom to trust with terms. Evidence, points, quality of a score, cut-off, and what a report is worth.

``bad`` is 1 for a customer who defaulted and 0 for one who paid. A higher score means a safer customer. Money is in one
currency throughout; rates are per period.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pandas import DataFrame, RangeIndex  # where an argument has the field's name, pd

from crmlab.core.data import require, require_number, require_numbers, require_one_of, require_whole
from crmlab.core.text import Text

Trend = Literal["ascending", "descending"]
Convention = Literal["perpetuity", "collected"]


class FiveC(StrEnum):
    """The five Cs of credit; the notes' sixth item, business philosophy, is none of them."""

    CHARACTER = "character"
    CAPACITY = "capacity"
    CAPITAL = "capital"
    COLLATERAL = "collateral"
    CONDITIONS = "conditions"


class Zone(StrEnum):
    """Altman's zones."""

    DISTRESS = "distress"
    GREY = "grey"
    SAFE = "safe"


#: The five Cs and the notes' sixth item, in the order of the notes.
ITEM_NAMES: Mapping[str, Text] = {
    "character": Text(en="character", zh="品质"),
    "capacity": Text(en="capacity", zh="能力"),
    "philosophy": Text(en="business philosophy", zh="经营理念"),
    "capital": Text(en="capital", zh="资本"),
    "collateral": Text(en="collateral", zh="抵押"),
    "conditions": Text(en="conditions", zh="条件"),
}
#: Of the logit of default, per standard deviation of each C; philosophy has no effect of its own.
TRUE_LOGIT: Mapping[str, float] = {
    "intercept": -2.75,
    "character": -0.60,
    "capacity": -0.85,
    "capital": -0.50,
    "collateral": -0.10,
    "conditions": -0.35,
    "philosophy": 0.0,
}

SMOOTHING = 0.5  # added to goods and bads of every bin when a bin lacks one of them (Haldane 1955; Anscombe 1956)


# --- weight of evidence ----------------------------------------------------------------------------------------------


def woe_table(goods: ArrayLike, bads: ArrayLike) -> pd.DataFrame:
    """Return the weight of evidence of each bin, and what each adds to the information value.

    Parameters
    ----------
    goods, bads
        Counts by bin, >= 0, of one length; both totals above 0, and no bin empty.

    Returns
    -------
    One row per bin: ``woe = ln(share of all goods / share of all bads)`` and ``iv``, the difference of the shares times
    the woe. If a bin has no goods or no bads, 0.5 is added to both counts of every bin first.

    Raises
    ------
    ValueError
        A count is missing or negative, a bin is empty, or there are no goods or no bads at all.

    References
    ----------
    Good (1950) for the weight of evidence; Siddiqi (2006), Credit Risk Scorecards.

    Examples
    --------
    >>> woe_table([400, 350, 250], [10, 30, 60]).round(4)
            woe      iv
    bin
    0    1.3863  0.4159
    1    0.1542  0.0077
    2   -0.8755  0.3064
    """
    good = np.atleast_1d(require_numbers("goods", goods, at_least=0))
    bad = np.atleast_1d(require_numbers("bads", bads, at_least=0))
    if good.shape != bad.shape or good.ndim != 1:
        raise ValueError(f"goods has {good.size} bins and bads {bad.size}; needed is the same.")
    if not good.sum() or not bad.sum():
        raise ValueError("goods or bads are all zero; needed is at least one of each.")
    empty = good + bad == 0
    if empty.any():
        raise ValueError(f"bin {int(empty.argmax())} is empty; leave it out or merge it with a neighbour.")
    if not (good.all() and bad.all()):
        good, bad = good + SMOOTHING, bad + SMOOTHING
    share, share_bad = good / good.sum(), bad / bad.sum()
    woe = np.log(share / share_bad)
    index = goods.index if isinstance(goods, pd.Series) else pd.RangeIndex(good.size, name="bin")
    return pd.DataFrame({"woe": woe, "iv": (share - share_bad) * woe}, index=index)


def information_value(goods: ArrayLike, bads: ArrayLike) -> float:
    """Return how much the bins tell goods from bads: 0 if nothing; as in :func:`woe_table`.

    >>> round(information_value([400, 350, 250], [10, 30, 60]), 4)
    0.73
    """
    return float(woe_table(goods, bads)["iv"].sum())


@dataclass(frozen=True, eq=False)
class Bins:
    """The best way to cut a variable.

    Attributes
    ----------
    edges
        Inner edges; a value belongs to the bin that starts at the last edge not above it.
    table
        One row per bin: ``low``, ``high``, ``goods``, ``bads``, ``bad_rate``, ``woe``, ``iv``.
    iv
        Information value.
    """

    edges: NDArray[np.float64]
    table: pd.DataFrame
    iv: float

    def place(self, x: ArrayLike) -> NDArray[np.int64]:
        """Return the number of the bin of each value."""
        return np.searchsorted(self.edges, np.asarray(x, dtype=float), side="right")

    def woe(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the weight of evidence of each value."""
        return self.table["woe"].to_numpy()[self.place(x)]


def optimal_bins(
    x: ArrayLike,
    bad: ArrayLike,
    trend: Trend | None = None,
    max_bins: int = 8,
    prebins: int | Sequence[float] = 20,
    min_share: float = 0.05,
) -> Bins:
    """Merge fine prebins into the bins with the highest information value: exactly, by dynamic programming.

    Parameters
    ----------
    x
        Values of one variable.
    bad
        1 or 0 for each.
    trend
        ``ascending``: the bad rate must not fall from bin to bin; ``descending``: not rise; None: free.
    max_bins
        Most bins, at least 1.
    prebins
        How many quantile bins to start from, at most 100, or their inner edges.
    min_share
        Least share of all rows in a bin, 0..0.5. A bin also needs a good and a bad.

    Returns
    -------
    The best bins; a single one with information value 0 if nothing else is allowed.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, the lengths differ, or there is only one class.

    References
    ----------
    Navas-Palencia (2020), Optimal Binning: Mathematical Programming Formulation, states the problem.

    Examples
    --------
    >>> found = optimal_bins([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 0, 1, 0, 0, 1, 0], prebins=4, min_share=0.2)
    >>> found.edges.tolist(), found.table["bad_rate"].round(2).tolist()
    ([5.0], [0.75, 0.25])
    """
    values = require_numbers("x", x).ravel()
    marks = _marks(bad, values.size)
    if trend is not None:
        require_one_of("trend", trend, ("ascending", "descending"))
    most = require_whole("max_bins", max_bins, at_least=1)
    least = require_number("min_share", min_share, at_least=0, at_most=0.5) * values.size
    edges = _prebins(values, prebins)
    place = np.searchsorted(edges, values, side="right")
    bads: NDArray[np.float64] = np.bincount(place, weights=marks, minlength=edges.size + 1).astype(np.float64)
    goods: NDArray[np.float64] = np.bincount(place, minlength=edges.size + 1) - bads
    cuts = _best_cuts(goods, bads, trend, min(most, goods.size), least)
    inner = edges[np.array(cuts[1:-1], dtype=np.int64) - 1]
    table = _bin_table(inner, goods, bads, cuts)
    return Bins(inner, table, float(table["iv"].sum()))


def _prebins(values: NDArray[np.float64], prebins: int | Sequence[float]) -> NDArray[np.float64]:
    if np.ndim(prebins):
        return np.unique(require_numbers("prebins", np.asarray(prebins, dtype=float)))
    count = require_whole("prebins", prebins, at_least=1, at_most=100)
    edges: NDArray[np.float64] = np.unique(np.quantile(values, np.arange(1, count) / count, method="higher"))
    found: NDArray[np.float64] = edges[edges > values.min()]
    return found


def _best_cuts(
    goods: NDArray[np.float64], bads: NDArray[np.float64], trend: Trend | None, most: int, least: float
) -> list[int]:
    """Return the borders of the best bins among the prebins, from 0 to their number.

    ``best[k, i, j]`` is the highest information value of prebins 0..j cut into k + 1 bins of which the last is i..j.
    """
    count = goods.size
    total_good, total_bad = np.r_[0.0, np.cumsum(goods)], np.r_[0.0, np.cumsum(bads)]
    good = total_good[None, :] - total_good[:, None]  # of prebins i..j at [i, j]
    bad = total_bad[None, :] - total_bad[:, None]
    allowed = (good > 0) & (bad > 0) & (good + bad >= least)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, share_bad = good / total_good[-1], bad / total_bad[-1]
        value = np.where(allowed, (share - share_bad) * np.log(share / share_bad), -np.inf)
        rate = bad / (good + bad)
    best = np.full((most, count + 1, count + 1), -np.inf)
    came = np.zeros((most, count + 1, count + 1), dtype=np.int64)
    best[0, 0] = value[0]
    for end in range(2, count + 1):
        for start in range(1, end):
            if not allowed[start, end]:
                continue
            before = best[:-1, :start, start]  # bins that end where this one starts, by their own start
            if trend is not None:
                step = rate[start, end] - rate[:start, start]
                before = np.where(step >= 0 if trend == "ascending" else step <= 0, before, -np.inf)
            if before.size:
                from_ = before.argmax(axis=1)
                best[1:, start, end] = before[np.arange(most - 1), from_] + value[start, end]
                came[1:, start, end] = from_
    k, start = (int(place) for place in np.unravel_index(int(best[:, :, count].argmax()), (most, count + 1)))
    if not np.isfinite(best[k, start, count]):
        return [0, count]
    cuts = [count, start]
    while k:
        cuts.append(int(came[k, cuts[-1], cuts[-2]]))
        k -= 1
    return cuts[::-1]


def _bin_table(
    inner: NDArray[np.float64], goods: NDArray[np.float64], bads: NDArray[np.float64], cuts: list[int]
) -> pd.DataFrame:
    good, bad = np.add.reduceat(goods, cuts[:-1]), np.add.reduceat(bads, cuts[:-1])
    table = pd.DataFrame(
        {
            "low": np.r_[-np.inf, inner],
            "high": np.r_[inner, np.inf],
            "goods": good.astype(np.int64),
            "bads": bad.astype(np.int64),
            "bad_rate": bad / (good + bad),
        }
    )
    return table.join(woe_table(good, bad)).rename_axis("bin")


def _marks(bad: ArrayLike, count: int) -> NDArray[np.float64]:
    marks = require_numbers("bad", np.asarray(bad, dtype=float), at_least=0, at_most=1).ravel()
    if not count:
        raise ValueError("there are no customers; needed are some who paid and some who did not.")
    if marks.size != count:
        raise ValueError(f"bad has {marks.size} marks for {count} values; needed is one for each.")
    if ((marks != 0) & (marks != 1)).any():
        raise ValueError(f"bad holds {marks[(marks != 0) & (marks != 1)][0]:g}; allowed are 0 and 1.")
    if marks.min() == marks.max():
        raise ValueError("bad holds one class only; needed are customers who paid and customers who did not.")
    return marks


# --- points ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PointsScale:
    """Points from odds of good to bad.

    Attributes
    ----------
    factor, offset
        Score = offset + factor * ln(odds).
    """

    factor: float
    offset: float

    def score(self, odds: ArrayLike) -> Any:
        """Return the points of odds good:bad, > 0."""
        points = self.offset + self.factor * np.log(require_numbers("odds", odds, above=0))
        return float(points) if points.ndim == 0 else points

    def odds(self, score: ArrayLike) -> Any:
        """Return the odds good:bad of points."""
        odds = np.exp((require_numbers("score", score) - self.offset) / self.factor)
        return float(odds) if odds.ndim == 0 else odds


def points_scale(score: float, odds: float, pdo: float) -> PointsScale:
    """Return the scale on which some odds have some score, and doubling the odds adds a fixed number of points.

    Parameters
    ----------
    score, odds
        Points at these odds of good to bad, odds > 0.
    pdo
        Points to double the odds, > 0.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Siddiqi (2006), Credit Risk Scorecards.

    Examples
    --------
    >>> scale = points_scale(600, odds=50, pdo=20)
    >>> round(scale.factor, 4), round(scale.offset, 3), round(scale.score(25), 2)
    (28.8539, 487.123, 580.0)
    """
    factor = require_number("pdo", pdo, above=0) / math.log(2)
    return PointsScale(
        factor, require_number("score", score) - factor * math.log(require_number("odds", odds, above=0))
    )


@dataclass(frozen=True, eq=False)
class Scorecard:
    """A table of points.

    Attributes
    ----------
    bins
        The bins of each variable.
    weights
        Coefficient of each variable's weight of evidence in the log odds of *bad*.
    intercept
        Of the same.
    scale
        From odds to points.
    """

    bins: Mapping[str, Bins]
    weights: pd.Series[float]
    intercept: float
    scale: PointsScale

    @property
    def points(self) -> pd.DataFrame:
        """Points of each bin: ``variable``, ``low``, ``high``, ``bad_rate``, ``points``."""
        parts = []
        for name, found in self.bins.items():
            table = found.table[["low", "high", "bad_rate"]].reset_index(drop=True)
            parts.append(table.assign(variable=name, points=self._points(name, found.table["woe"].to_numpy())))
        return pd.concat(parts, ignore_index=True)[["variable", "low", "high", "bad_rate", "points"]]

    def _points(self, name: str, woe: NDArray[np.float64]) -> NDArray[np.float64]:
        share = self.scale.offset / len(self.bins)
        return share - self.scale.factor * (self.weights[name] * woe + self.intercept / len(self.bins))

    def contributions(self, applicants: pd.DataFrame) -> pd.DataFrame:
        """Return the points of each applicant by variable."""
        table = require(applicants, list(self.bins), at_least=None, what="applicants")
        parts = {name: self._points(name, found.woe(table[name])) for name, found in self.bins.items()}
        return pd.DataFrame(parts, index=applicants.index)

    def score(self, applicants: pd.DataFrame) -> pd.Series[float]:
        """Return the points of each applicant; more is safer."""
        total: pd.Series[float] = self.contributions(applicants).sum(axis=1).rename("score")
        return total

    def default_probability(self, applicants: pd.DataFrame) -> pd.Series[float]:
        """Return the chance that each applicant defaults, 0..1."""
        score = self.score(applicants)
        chance = 1 / (1 + self.scale.odds(score))
        return pd.Series(chance, index=score.index, name="default_probability")

    def reasons(self, applicants: pd.DataFrame, count: int = 3) -> pd.DataFrame:
        """Return for each applicant the variables that cost her most points against the average one, worst first.

        The average applicant is the one of those the card was fitted to.
        """
        lost = pd.Series({name: self._average(name) for name in self.bins}) - self.contributions(applicants)
        order = np.argsort(-lost.to_numpy(), axis=1, kind="stable")[:, : require_whole("count", count, at_least=1)]
        names = np.array(list(self.bins))[order]
        return pd.DataFrame(names, index=applicants.index, columns=[f"reason_{k + 1}" for k in range(names.shape[1])])

    def _average(self, name: str) -> float:
        table = self.bins[name].table
        return float(np.average(self._points(name, table["woe"].to_numpy()), weights=table["goods"] + table["bads"]))


def fit_logit(items: ArrayLike, bad: ArrayLike) -> tuple[float, NDArray[np.float64]]:
    """Fit the log odds of default as a weighted sum of the items, by maximum likelihood.

    Parameters
    ----------
    items
        One row per applicant, one column per item.
    bad
        1 or 0 for each.

    Returns
    -------
    Intercept and one weight per item; a negative weight makes default less likely; an item all alike gets 0. Where the
    items tell goods from bads without a single error, the weights have no limit: their signs hold, their size does not.

    Raises
    ------
    ValueError
        The lengths differ, a number is missing, or there is one class only.

    Examples
    --------
    >>> intercept, weights = fit_logit([[0], [0], [0], [1], [1], [1]], [0, 1, 1, 0, 0, 1])
    >>> round(intercept, 3), weights.round(3).tolist()
    (0.693, [-1.386])
    """
    from scipy import optimize  # imported here: models load without scipy

    columns = np.atleast_1d(require_numbers("items", items))
    marks = _marks(bad, len(columns))
    columns = columns.reshape(len(columns), -1)
    flat = columns.max(axis=0) == columns.min(axis=0)
    middle, spread = columns.mean(axis=0), np.where(flat, 1.0, columns.std(axis=0))
    # Whatever the units, the search is as easy; an item that is the same for all gets no weight.
    full = np.column_stack([np.ones(len(columns)), np.where(flat, 0.0, (columns - middle) / spread)])

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = full @ beta
        return float(np.logaddexp(0, logit).sum() - marks @ logit), full.T @ (_expit(logit) - marks)

    def curvature(beta: NDArray[np.float64]) -> NDArray[np.float64]:
        chance = _expit(full @ beta)
        bent: NDArray[np.float64] = (full * (chance * (1 - chance))[:, None]).T @ full + 1e-9 * np.eye(full.shape[1])
        return bent

    found = optimize.minimize(loss, np.zeros(full.shape[1]), jac=True, hess=curvature, method="trust-exact").x
    weights: NDArray[np.float64] = np.where(flat, 0.0, found[1:] / spread)
    return float(found[0] - middle @ weights), weights


def _expit(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logit, -500, 500)))
    return chance


def fit_scorecard(
    applicants: pd.DataFrame,
    target: str = "default_12m",
    variables: Sequence[str] | None = None,
    *,
    max_bins: int = 5,
    min_share: float = 0.05,
    monotone: bool = True,
    trends: Mapping[str, Trend] | None = None,
    scale: PointsScale | None = None,
) -> Scorecard:
    """Fit a scorecard: bins by information value, weights of evidence, logistic regression, points.

    Parameters
    ----------
    applicants
        One row per applicant.
    target
        Column with 1 for default and 0 for none.
    variables
        Columns to use; all other numeric ones if not given.
    max_bins, min_share
        As in :func:`optimal_bins`.
    monotone
        Whether the bad rate of each variable may only rise, or only fall, from bin to bin: the way with the higher
        information value. Free bins fit chance.
    trends
        Way of the bad rate of single variables, where it is known beforehand.
    scale
        Points; 600 at 50:1 and 20 to double the odds if not given.

    Raises
    ------
    ValueError
        A column is missing, a number is missing, or there is one class only.

    References
    ----------
    Siddiqi (2006), Credit Risk Scorecards.
    """
    if target not in applicants.columns:
        raise ValueError(f"applicants: column {target!r} is missing; it marks who defaulted.")
    names = (
        list(variables)
        if variables is not None
        else [name for name in applicants.select_dtypes("number").columns if name != target]
    )
    if not names:
        raise ValueError("applicants has no variable to score by; needed is at least one numeric column.")
    table = require(applicants, names, at_least=None, what="applicants")
    marks = _marks(applicants[target], len(table))
    ways: tuple[Trend | None, ...] = ("ascending", "descending") if monotone else (None,)
    known = trends or {}
    for name in known:
        require_one_of("trends", name, names)
    bins = {
        name: max(
            (
                optimal_bins(table[name], marks, way, max_bins, min_share=min_share)
                for way in ([known[name]] if name in known else ways)
            ),
            key=lambda found: found.iv,
        )
        for name in names
    }
    evidence = np.column_stack([bins[name].woe(table[name]) for name in names])
    intercept, weights = fit_logit(evidence, marks)
    return Scorecard(
        bins=bins,
        weights=pd.Series(weights, index=names, name="weight"),
        intercept=intercept,
        scale=scale or points_scale(600, 50, 20),
    )


# --- how good is a score ---------------------------------------------------------------------------------------------


def auc(score: ArrayLike, bad: ArrayLike) -> float:
    """Return the chance that a good customer scores above a bad one; a tie counts half.

    Parameters
    ----------
    score
        Higher is safer. For chances of default give their negative.
    bad
        1 or 0 for each.

    Returns
    -------
    0..1; 0.5 is a coin. Gini = 2 AUC - 1.

    Raises
    ------
    ValueError
        The lengths differ, a number is missing, or there is one class only.

    References
    ----------
    Mann & Whitney (1947); Hanley & McNeil (1982).

    Examples
    --------
    >>> auc([700, 650, 600, 550], [0, 0, 1, 0])
    0.6666666666666666
    """
    points = require_numbers("score", score).ravel()
    marks = _marks(bad, points.size) == 1
    ranks = pd.Series(points).rank().to_numpy()
    goods = int((~marks).sum())
    above = ranks[~marks].sum() - goods * (goods + 1) / 2
    return float(above / (goods * int(marks.sum())))


def roc(score: ArrayLike, bad: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the shares of goods and of bads at or below each score, both from 0 to 1; a tie is crossed at once.

    >>> goods, bads = roc([700, 650, 600, 550], [0, 0, 1, 0])
    >>> goods.round(2).tolist(), bads.tolist()
    ([0.0, 0.33, 0.33, 0.67, 1.0], [0.0, 0.0, 1.0, 1.0, 1.0])
    """
    points = require_numbers("score", score).ravel()
    marks = _marks(bad, points.size)
    order = np.argsort(points, kind="stable")
    last = np.r_[np.diff(points[order]) > 0, True]
    bads = np.cumsum(marks[order])[last] / marks.sum()
    goods = np.cumsum(1 - marks[order])[last] / (1 - marks).sum()
    return np.r_[0.0, goods], np.r_[0.0, bads]


def ks(score: ArrayLike, bad: ArrayLike) -> float:
    """Return the largest distance between the shares of bads and goods at or below a score, 0..1.

    >>> ks([700, 650, 600, 550], [0, 0, 1, 0])
    0.6666666666666667
    """
    goods, bads = roc(score, bad)
    return float(np.abs(bads - goods).max())


def calibration(pd: ArrayLike, bad: ArrayLike, bins: int = 10) -> DataFrame:
    """Return promised and observed default rates in groups of equal size, the safest first.

    Parameters
    ----------
    pd
        Chance of default of each, 0..1.
    bad
        1 or 0 for each.
    bins
        How many groups, at least 2.

    Returns
    -------
    One row per group: ``customers``, ``promised`` (mean chance), ``observed`` (share of bads).

    Raises
    ------
    ValueError
        A chance is outside 0..1, the lengths differ, there is one class only, or more groups than customers.

    Examples
    --------
    >>> calibration([0.1, 0.1, 0.5, 0.7], [0, 0, 0, 1], bins=2)["observed"].tolist()
    [0.0, 0.5]
    """
    chance = require_numbers("pd", pd, at_least=0, at_most=1).ravel()
    marks = _marks(bad, chance.size)
    count = require_whole("bins", bins, at_least=2, at_most=chance.size)
    order = np.argsort(chance, kind="stable")
    groups = np.array_split(order, count)
    return DataFrame(
        {
            "customers": [len(group) for group in groups],
            "promised": [float(chance[group].mean()) for group in groups],
            "observed": [float(marks[group].mean()) for group in groups],
        },
        index=RangeIndex(1, count + 1, name="group"),
    )


def item_marks(applicants: pd.DataFrame) -> pd.DataFrame:
    """Return one mark for each of the six items: mean 0, standard deviation 1, more is better.

    Parameters
    ----------
    applicants
        ``late_ratio`` for character and ``leverage`` for capital (shares, 0..1, less is better), ``cash_cover`` for
        capacity (> 0), ``collateral_cover``, ``sector_outlook`` for conditions, ``philosophy_1to5``.

    Returns
    -------
    Same index; columns in the order of :data:`ITEM_NAMES`. Shares are taken as log odds and cash cover as its
    logarithm, so that no few extremes rule the mark.

    Raises
    ------
    ValueError
        A column is missing, a number is missing, or all applicants are alike in one.
    """
    columns = ["late_ratio", "cash_cover", "leverage", "collateral_cover", "sector_outlook", "philosophy_1to5"]
    given = require(applicants, columns, at_least=0, what="applicants")
    shares = given[["late_ratio", "leverage"]]
    if ((shares <= 0) | (shares >= 1)).any(axis=None) or (given["cash_cover"] <= 0).any():
        raise ValueError(
            "late_ratio, leverage or cash_cover lies on or outside its limits; allowed are 0..1 and above 0."
        )
    raw = pd.DataFrame(
        {
            "character": -np.log(given["late_ratio"] / (1 - given["late_ratio"])),
            "capacity": np.log(given["cash_cover"]),
            "philosophy": given["philosophy_1to5"],
            "capital": -np.log(given["leverage"] / (1 - given["leverage"])),
            "collateral": given["collateral_cover"],
            "conditions": given["sector_outlook"],
        }
    )
    for name in raw.columns:
        if not raw[name].min() < raw[name].max():  # true of no rows, too
            raise ValueError(f"applicants are all alike in {name}; a mark needs a difference.")
    return (raw - raw.mean()) / raw.std()


# --- visit reports ---------------------------------------------------------------------------------------------------


def rater_bias(grades: ArrayLike, raters: ArrayLike, prior: float = 10.0) -> pd.Series[float]:
    """Return how lenient each rater is, shrunk towards 0 where she has graded little.

    Parameters
    ----------
    grades
        One per report.
    raters
        Who gave it.
    prior
        How many reports it takes until half of a rater's difference is believed, >= 0.

    Returns
    -------
    One row per rater: her mean less the mean of all, times ``n / (n + prior)`` with n her reports; subtract it from her
    grades.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ.

    References
    ----------
    Buehlmann (1967) for the credibility weight.

    Examples
    --------
    >>> rater_bias([8, 8, 5, 5, 5, 5], ["Ann", "Ann", "Bo", "Bo", "Bo", "Bo"], prior=2).round(2).to_dict()
    {'Ann': 1.0, 'Bo': -0.67}
    """
    given = require_numbers("grades", grades).ravel()
    who = np.asarray(raters).ravel()
    if who.size != given.size:
        raise ValueError(f"raters has {who.size} names for {given.size} grades; needed is one for each.")
    if not given.size or pd.isna(who).any():
        raise ValueError("grades are empty or a rater's name is missing; needed is a name for each grade.")
    weight = require_number("prior", prior, at_least=0)
    by = pd.Series(given - given.mean()).groupby(who)
    shrunk: pd.Series[float] = (by.mean() * by.size() / (by.size() + weight)).rename_axis("rater").rename("bias")
    return shrunk


def cohen_kappa(first: ArrayLike, second: ArrayLike) -> float:
    """Return how far two raters agree beyond chance.

    Parameters
    ----------
    first, second
        The labels that each gave to the same cases.

    Returns
    -------
    1 for full agreement, 0 for what chance brings; 1 if both use one and the same label throughout.

    Raises
    ------
    ValueError
        The lengths differ, or there are no cases.

    References
    ----------
    Cohen (1960), A Coefficient of Agreement for Nominal Scales.

    Examples
    --------
    >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    one, two = pd.Series(np.asarray(first).ravel()), pd.Series(np.asarray(second).ravel())
    if len(one) != len(two) or not len(one):
        raise ValueError(f"first has {len(one)} labels and second {len(two)}; needed is the same number, at least 1.")
    if one.isna().any() or two.isna().any():
        raise ValueError("a label is missing in first or second; needed is one from each rater for every case.")
    agreed = float((one == two).mean())
    by_chance = float((one.value_counts(normalize=True) * two.value_counts(normalize=True)).sum())
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


# --- decisions -------------------------------------------------------------------------------------------------------


def expected_loss(pd: ArrayLike, lgd: ArrayLike, ead: ArrayLike) -> Any:
    """Return the chance of default times the loss given default times the exposure at default.

    Parameters
    ----------
    pd
        Chance of default, 0..1.
    lgd
        Share of the exposure that is lost then, 0..1. Collateral acts here and not on the chance.
    ead
        Open amount, >= 0 [currency].

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> round(expected_loss(0.1, 0.54, 1000), 2)
    54.0
    """
    loss = (
        require_numbers("pd", pd, at_least=0, at_most=1)
        * require_numbers("lgd", lgd, at_least=0, at_most=1)
        * require_numbers("ead", ead, at_least=0)
    )
    return float(loss) if np.ndim(loss) == 0 else loss


def cutoff(price: float, variable_cost: float, rate: float, lgd: ArrayLike) -> Any:
    """Return the chance of default at which credit just pays.

    Parameters
    ----------
    price, variable_cost
        Of one sale, paid one period later; variable cost above 0, and below the discounted price [currency].
    rate
        Cost of money per period, >= 0.
    lgd
        Share of the variable cost that is lost in a default, 0..1.

    Returns
    -------
    ``m / (m + variable_cost * lgd)`` with the margin ``m = price / (1 + rate) - variable_cost``; accept below.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the sale loses money even when it is paid.

    Examples
    --------
    >>> [round(cutoff(100, 88, 0.01, lgd), 3) for lgd in (0.25, 0.54, 0.95)]
    [0.334, 0.188, 0.116]
    """
    margin = _margin(price, variable_cost, rate)
    loss = require_number("variable_cost", variable_cost) * require_numbers("lgd", lgd, at_least=0, at_most=1)
    found = margin / (margin + loss)
    return float(found) if np.ndim(found) == 0 else found


def _margin(price: float, variable_cost: float, rate: float) -> float:
    cost = require_number("variable_cost", variable_cost, above=0)
    margin = require_number("price", price, above=0) / (1 + require_number("rate", rate, at_least=0)) - cost
    if margin <= 0:
        raise ValueError(
            f"price {price:g} does not cover the variable cost {cost:g} after discounting; no credit pays."
        )
    return margin


def loss_given_default(cover: ArrayLike) -> Any:
    """Return the share of a debt that is lost in a default, by how far collateral covers it; the law of chapter 11.

    Parameters
    ----------
    cover
        Value of the collateral over the debt, >= 0.

    Returns
    -------
    ``0.85 - 0.60 cover``, between 0.05 and 0.95.

    Raises
    ------
    ValueError
        A number is missing or negative.

    Examples
    --------
    >>> loss_given_default([0, 0.5, 1.5]).round(2).tolist()
    [0.85, 0.55, 0.05]
    """
    lost = np.clip(0.85 - 0.60 * require_numbers("cover", cover, at_least=0), 0.05, 0.95)
    return float(lost) if lost.ndim == 0 else lost


def one_shot_value(price: float, variable_cost: float, rate: float, default: float) -> float:
    """Return what one sale on credit to a stranger is worth, if a default pays nothing.

    ``-variable_cost + (1 - default) * price / (1 + rate)``; it is 0 at :func:`break_even_default`.

    >>> round(one_shot_value(49, 20, 0.02, 0.2), 2)
    18.43
    """
    paid = 1 - require_number("default", default, at_least=0, at_most=1)
    return -require_number("variable_cost", variable_cost, at_least=0) + paid * require_number(
        "price", price, at_least=0
    ) / (1 + require_number("rate", rate, at_least=0))


def repeat_value(
    price: float, variable_cost: float, rate: float, default: float, convention: Convention = "perpetuity"
) -> float:
    """Return what credit is worth if a customer who pays comes back for ever.

    Parameters
    ----------
    price, variable_cost
        Of one sale per period [currency].
    rate
        Cost of money per period, > 0.
    default
        Chance that she does not pay the first time, 0..1; who pays once always pays.
    convention
        ``perpetuity``: ``-v + (1 - p) (P - v) / R``, the first cost is paid now and the margins follow (Ross,
        Westerfield & Jordan); ``collected``: ``(1 - p) (P - v) / R - p v``, the cost is lost only in a default.

    Returns
    -------
    Present value [currency].

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the convention is unknown.

    Examples
    --------
    >>> round(repeat_value(49, 20, 0.02, 0.2)), round(repeat_value(100, 96, 0.01, 0.07, "collected"), 2)
    (1140, 365.28)
    """
    require_one_of("convention", convention, ("perpetuity", "collected"))
    cost = require_number("variable_cost", variable_cost, at_least=0)
    lost = require_number("default", default, at_least=0, at_most=1)
    stream = (1 - lost) * (require_number("price", price, at_least=0) - cost) / require_number("rate", rate, above=0)
    return stream - (cost if convention == "perpetuity" else lost * cost)


def break_even_default(
    price: float, variable_cost: float, rate: float, business: Literal["one_shot", "perpetuity", "collected"]
) -> float:
    """Return the chance of default at which credit is worth nothing, in one-shot or repeat business.

    >>> round(break_even_default(49, 20, 0.02, "one_shot"), 3), round(break_even_default(49, 20, 0.02, "perpetuity"), 3)
    (0.584, 0.986)
    """
    require_one_of("business", business, ("one_shot", "perpetuity", "collected"))
    cost, money = require_number("variable_cost", variable_cost, above=0), require_number("price", price, above=0)
    if business == "one_shot":
        return 1 - cost * (1 + require_number("rate", rate, at_least=0)) / money
    stream = (money - cost) / require_number("rate", rate, above=0)
    return 1 - cost / stream if business == "perpetuity" else stream / (stream + cost)


class ReportValue(NamedTuple):
    """What a report is worth, and the chance that a customer is bad after a bad and after a good one."""

    value: float
    posterior_bad: float
    posterior_good: float


def report_value(prior: float, sensitivity: float, specificity: float, gain: float, loss: float) -> ReportValue:
    """Return the most that a credit report is worth: it is worth something only where it changes the decision.

    Parameters
    ----------
    prior
        Chance that the customer is bad, 0..1.
    sensitivity
        Chance that the report on a bad customer is bad, 0..1.
    specificity
        Chance that the report on a good customer is good, 0..1.
    gain, loss
        From accepting a good, and a bad customer, >= 0 [currency].

    Returns
    -------
    Expected profit with the report less that without; the chances of a bad customer after each kind of report (NaN for
    a report that never comes).

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Raiffa & Schlaifer (1961), Applied Statistical Decision Theory: expected value of sample information.

    Examples
    --------
    >>> found = report_value(0.15, 0.70, 0.85, gain=11.01, loss=47.52)
    >>> round(found.value, 2), round(found.posterior_bad, 3), round(found.posterior_good, 3)
    (3.59, 0.452, 0.059)
    """
    before = require_number("prior", prior, at_least=0, at_most=1)
    hit = require_number("sensitivity", sensitivity, at_least=0, at_most=1)
    clear = require_number("specificity", specificity, at_least=0, at_most=1)
    win, lose = require_number("gain", gain, at_least=0), require_number("loss", loss, at_least=0)
    without = max((1 - before) * win - before * lose, 0.0)
    with_it, after = 0.0, []
    for bad, good in ((before * hit, (1 - before) * (1 - clear)), (before * (1 - hit), (1 - before) * clear)):
        with_it += max(good * win - bad * lose, 0.0)
        after.append(bad / (bad + good) if bad + good > 0 else math.nan)
    return ReportValue(with_it - without, *after)


def altman_z(
    working_capital: float,
    retained_earnings: float,
    ebit: float,
    market_equity: float,
    sales: float,
    total_assets: float,
    total_liabilities: float,
) -> tuple[float, Zone]:
    """Return Altman's Z of a listed manufacturer, and its zone.

    Parameters
    ----------
    working_capital, retained_earnings, ebit, sales
        From the accounts of one year; may be negative [currency].
    market_equity
        Market value of the shares, >= 0 [currency].
    total_assets, total_liabilities
        Above 0 [currency].

    Returns
    -------
    ``1.2 X1 + 1.4 X2 + 3.3 X3 + 0.6 X4 + 0.999 X5``; below 1.81 distress, above 2.99 safe, between them grey.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Altman (1968), Financial Ratios, Discriminant Analysis and the Prediction of Corporate Bankruptcy.

    Examples
    --------
    >>> z, zone = altman_z(20, 30, 15, 80, 120, total_assets=100, total_liabilities=50)
    >>> round(z, 3), str(zone)
    (3.314, 'safe')
    """
    assets = require_number("total_assets", total_assets, above=0)
    z = (
        1.2 * require_number("working_capital", working_capital)
        + 1.4 * require_number("retained_earnings", retained_earnings)
        + 3.3 * require_number("ebit", ebit)
        + 0.999 * require_number("sales", sales)
    ) / assets + 0.6 * require_number("market_equity", market_equity, at_least=0) / require_number(
        "total_liabilities", total_liabilities, above=0
    )
    return z, Zone.DISTRESS if z < 1.81 else Zone.SAFE if z > 2.99 else Zone.GREY
