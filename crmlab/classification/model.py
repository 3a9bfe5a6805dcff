"""Classification: which class a customer is in, which matter comes first, and whom a prompt persuades.

Classes are rules with explicit edges. Days and hours are working units of one calendar; money is in one currency per
table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crmlab.core.allocation import allocate as allocate  # shared with chapter 02
from crmlab.core.chains import absorption
from crmlab.core.data import categorical, require, require_number, require_numbers, require_one_of, require_whole


class DealStatus(StrEnum):
    """Where a deal stands. The notes name the first three; the last two are ours."""

    POTENTIAL = "potential"
    NEGOTIATING = "negotiating"
    WON = "won"
    LOST = "lost"
    LAPSED = "lapsed"


class Importance(StrEnum):
    """Whether a customer is important, by the amount at stake now or later."""

    IMPORTANT = "important"
    NOT_IMPORTANT = "not_important"


class Urgency(StrEnum):
    """How soon a matter must be handled."""

    URGENT = "urgent"
    MODERATE = "moderate"
    NON_URGENT = "non_urgent"
    SLOW = "slow"


class ServiceCode(StrEnum):
    """What the retailer's service screen shows: best, much headroom, ordinary."""

    A = "A"
    B = "B"
    C = "C"


Closed = Literal["right", "left"]
Scorer = Literal["either", "sum", "weighted"]
DispatchRule = Literal["fcfs", "spt", "lpt", "edd", "wspt"]
PromptRule = Literal["value", "response", "uplift"]

CUTS = (7, 30, 90)  # days; note 1 says a week, a month, three months
CAPTURE = 0.3  # share of a customer's potential that a good year wins over
THRESHOLD = 10_000.0  # currency; from this score on a customer is important
TRAITS = ("urgent_need", "buying_power", "low_cost_to_serve", "small_risk", "lasting_relation")


# --- urgency ---------------------------------------------------------------------------------------------------------


def urgency(due_in_days: ArrayLike, cuts: Sequence[float] = CUTS, closed: Closed = "right") -> pd.Series[Any]:
    """Sort matters into four tiers by the days within which they must be handled.

    With ``closed="right"`` the tiers are (-inf, 7], (7, 30], (30, 90] and (90, inf): a day on an edge belongs to the
    more urgent tier. With ``"left"`` it belongs to the next one: (-inf, 7), [7, 30), [30, 90), [90, inf). What is
    overdue is urgent.

    Parameters
    ----------
    due_in_days
        Days until each matter is due; negative when overdue.
    cuts
        The three edges, rising [days]; a week, 30 days and 90 days if not given. :func:`calendar_cuts` counts months
        by the calendar.
    closed
        The closed side of each interval.

    Returns
    -------
    Ordered categorical, most urgent first, with the index of the input: urgent, moderate, non_urgent, slow.

    Raises
    ------
    ValueError
        A day is missing, the cuts do not rise, or ``closed`` is another word; the message says which.

    Examples
    --------
    >>> list(urgency([-2, 7, 8, 30, 31, 90, 91]))
    ['urgent', 'urgent', 'moderate', 'moderate', 'non_urgent', 'non_urgent', 'slow']
    >>> list(urgency([7, 30, 90], closed="left"))
    ['moderate', 'non_urgent', 'slow']
    """
    days = np.atleast_1d(require_numbers("due_in_days", due_in_days))
    if days.ndim != 1:
        raise ValueError("due_in_days has rows and columns; allowed is one list or column of days.")
    edges = require_numbers("cuts", cuts)
    if edges.shape != (3,) or np.any(np.diff(edges) <= 0):
        raise ValueError(f"cuts is {cuts!r}; allowed are three rising numbers of days.")
    require_one_of("closed", closed, ("right", "left"))
    places = np.searchsorted(edges, days, side="left" if closed == "right" else "right")
    return categorical(places, Urgency, like=due_in_days, name="urgency", ordered=True)


def calendar_cuts(today: str | date) -> tuple[int, int, int]:
    """Return the edges of the four tiers when a month is a calendar month: a week, the same day in one and in three.

    Where the month has no such day, its last day counts.

    Parameters
    ----------
    today
        The day from which is counted, such as ``"2026-03-02"``.

    Returns
    -------
    Three numbers of days.

    Raises
    ------
    ValueError
        ``today`` is no date.

    Examples
    --------
    >>> calendar_cuts("2026-03-02"), calendar_cuts("2026-01-31")
    ((7, 31, 92), (7, 28, 89))
    """
    given: Any = today
    try:
        start = pd.Timestamp(given if isinstance(given, str | date) else "")  # a number would be read as nanoseconds
        one, three = ((start + pd.DateOffset(months=months) - start).days for months in (1, 3))
    except ValueError:
        one = None
    if not isinstance(one, int):
        raise ValueError(f"today is {today!r}; allowed is a date such as '2026-03-02'.")
    return 7, one, three


# --- importance ------------------------------------------------------------------------------------------------------


def importance_score(
    contacts: pd.DataFrame, scorer: Scorer = "either", weight: float = 0.5, capture: float = CAPTURE
) -> pd.Series[float]:
    """Score how much is at stake with each contact: the deal on the table, the potential behind it, or both.

    ``either`` takes the larger of the two, ``sum`` adds them, ``weighted`` takes ``weight`` of the deal and
    ``1 - weight`` of the potential.

    Parameters
    ----------
    contacts
        One row per contact: ``win_prob`` (0..1), ``deal_value`` [currency], ``potential_annual`` [currency per year],
        all >= 0. The deal counts ``win_prob * deal_value``, the potential ``capture * potential_annual``.
    scorer, weight, capture
        The reading of "important", the weight of the deal (0..1) and the share of the potential that can be won (0..1).

    Returns
    -------
    Same index [currency].

    Raises
    ------
    ValueError
        A column is missing, a number is missing or outside its limits, or the scorer is another word.

    References
    ----------
    Zeithaml, Rust & Lemon (2001), The Customer Pyramid.

    Examples
    --------
    >>> two = pd.DataFrame({"win_prob": [0.5, 0.1], "deal_value": [8000, 9000], "potential_annual": [5000, 40000]})
    >>> importance_score(two).tolist(), importance_score(two, "sum").tolist()
    ([4000.0, 12000.0], [5500.0, 12900.0])
    """
    table = require(contacts, ("win_prob", "deal_value", "potential_annual"), what="contacts")
    require_numbers("contacts: column 'win_prob', row", table["win_prob"], at_least=0, at_most=1)
    share = require_number("weight", weight, at_least=0, at_most=1)
    won_over = require_number("capture", capture, at_least=0, at_most=1)
    require_one_of("scorer", scorer, ("either", "sum", "weighted"))
    deal, potential = table["win_prob"] * table["deal_value"], won_over * table["potential_annual"]
    if scorer == "either":
        score = np.maximum(deal, potential)
    elif scorer == "sum":
        score = deal + potential
    else:
        score = share * deal + (1 - share) * potential
    return pd.Series(score, name="score")


def importance(
    contacts: pd.DataFrame,
    scorer: Scorer = "either",
    weight: float = 0.5,
    capture: float = CAPTURE,
    threshold: float | None = None,
    top: int | None = None,
) -> pd.Series[Any]:
    """Say which contacts are important: those that score at least a threshold, or the top so many.

    Parameters
    ----------
    contacts, scorer, weight, capture
        As in :func:`importance_score`.
    threshold
        Smallest score of an important contact [currency]; 10,000 if neither it nor ``top`` is given.
    top
        How many are important; contacts that tie with the last of them are important too, so there may be more.

    Returns
    -------
    Categorical with the index of the input: important, not_important.

    Raises
    ------
    ValueError
        As in :func:`importance_score`; or both ``threshold`` and ``top`` are given, or ``top`` is no whole number.

    Examples
    --------
    >>> two = pd.DataFrame({"win_prob": [0.5, 0.1], "deal_value": [8000, 9000], "potential_annual": [5000, 40000]})
    >>> list(importance(two, threshold=4000)), list(importance(two, top=1))
    (['important', 'important'], ['not_important', 'important'])
    """
    score = importance_score(contacts, scorer, weight, capture)
    if top is None:
        cut = require_number("threshold", THRESHOLD if threshold is None else threshold)
    elif threshold is not None:
        raise ValueError("importance got both threshold and top; allowed is one of them.")
    else:
        count = require_whole("top", top)
        cut = float(score.nlargest(count).min())  # nan, which no score reaches, if there is none
    return categorical(np.where(score >= cut, 0, 1), Importance, like=score, name="importance")


# --- the order of work -----------------------------------------------------------------------------------------------


def schedule(jobs: pd.DataFrame, rule: DispatchRule = "fcfs", managers: int = 1) -> pd.DataFrame:
    """Put jobs in the order of a dispatch rule and give each to the first manager who is free.

    ``fcfs`` keeps the order of the table, ``spt`` takes the shortest first, ``lpt`` the longest, ``edd`` the earliest
    due, ``wspt`` the highest weight per day of work. Ties keep the order of the table.

    Parameters
    ----------
    jobs
        One row per job: ``work_days`` > 0, ``due_days`` (from now; negative when overdue) and, if jobs do not count
        alike, ``weight`` >= 0.
    rule
        The dispatch rule.
    managers
        How many work side by side, at least 1.

    Returns
    -------
    One row per job in the order of work, with the index of the input: ``work_days``, ``due_days``, ``weight``,
    ``manager`` (1 = the first), ``start_days``, ``completion_days`` (from now, waiting included), ``lateness_days``
    (negative when early) and ``tardiness_days`` (lateness, but never below 0).

    Raises
    ------
    ValueError
        A column is missing, a number is missing or outside its limits, the rule is another word, or ``managers`` is
        no whole number above 0.

    References
    ----------
    Jackson (1955): earliest due date first makes the largest lateness as small as one manager can. Smith (1956):
    shortest first makes the mean completion smallest, highest weight per day the weighted mean.

    Examples
    --------
    >>> jobs = pd.DataFrame({"work_days": [6, 2, 8, 3, 9], "due_days": [8, 6, 18, 15, 23]}, index=list("ABCDE"))
    >>> schedule(jobs, "spt")[["completion_days", "tardiness_days"]].T
                       B    D     A     C     E
    completion_days  2.0  5.0  11.0  19.0  28.0
    tardiness_days   0.0  0.0   3.0   1.0   5.0
    """
    table = require(jobs, ("work_days", "due_days"), at_least=None, what="jobs")
    require_numbers("jobs: column 'work_days', row", table["work_days"], above=0)
    weighted = "weight" in pd.DataFrame(jobs).columns
    table["weight"] = require(jobs, ("weight",), what="jobs")["weight"] if weighted else 1.0
    require_one_of("rule", rule, ("fcfs", "spt", "lpt", "edd", "wspt"))
    desks = require_whole("managers", managers, at_least=1)
    keys = {
        "fcfs": np.zeros(len(table)),
        "spt": table["work_days"].to_numpy(),
        "lpt": -table["work_days"].to_numpy(),
        "edd": table["due_days"].to_numpy(),
        "wspt": -(table["weight"] / table["work_days"]).to_numpy(),
    }
    order = table.iloc[np.argsort(keys[rule], kind="stable")]
    free = [0.0] * desks
    manager, start = [], []
    for work in order["work_days"].tolist():
        first = free.index(min(free))
        manager.append(first + 1)
        start.append(free[first])
        free[first] += work
    order = order.assign(manager=np.array(manager, dtype="int64"), start_days=np.array(start, dtype=float))
    order["completion_days"] = order["start_days"] + order["work_days"]
    order["lateness_days"] = order["completion_days"] - order["due_days"]
    order["tardiness_days"] = order["lateness_days"].clip(lower=0)
    return order


@dataclass(frozen=True)
class ScheduleMeasures:
    """What an order of work achieves.

    Attributes
    ----------
    mean_completion_days
        From now to completion, waiting included.
    mean_tardiness_days, weighted_tardiness_days
        Days late, early counted as 0: the mean, and the sum of weight times days.
    max_lateness_days
        The worst; negative when every job is early.
    utilisation
        Work done over time spent in the house, 0..1.
    mean_jobs
        Jobs in the house on average.
    """

    mean_completion_days: float
    mean_tardiness_days: float
    weighted_tardiness_days: float
    max_lateness_days: float
    utilisation: float
    mean_jobs: float


def measure(scheduled: pd.DataFrame) -> ScheduleMeasures:
    """Return the measures of an order of work.

    Parameters
    ----------
    scheduled
        What :func:`schedule` returned, at least one job.

    Raises
    ------
    ValueError
        There is no job.

    References
    ----------
    Heizer & Render, Operations Management: utilisation is total work over total flow time, jobs in the house total
    flow time over the time until the last job is done.

    Examples
    --------
    >>> jobs = pd.DataFrame({"work_days": [6, 2, 8, 3, 9], "due_days": [8, 6, 18, 15, 23]})
    >>> found = measure(schedule(jobs, "edd"))
    >>> found.mean_completion_days, found.mean_tardiness_days, round(found.utilisation, 3)
    (13.6, 1.2, 0.412)
    """
    columns = ("work_days", "weight", "completion_days", "lateness_days", "tardiness_days")
    table = require(scheduled, columns, at_least=None, what="schedule")
    if table.empty:
        raise ValueError("schedule: there is no job; needed is at least one.")
    flow = float(table["completion_days"].sum())
    return ScheduleMeasures(
        mean_completion_days=flow / len(table),
        mean_tardiness_days=float(table["tardiness_days"].mean()),
        weighted_tardiness_days=float((table["weight"] * table["tardiness_days"]).sum()),
        max_lateness_days=float(table["lateness_days"].max()),
        utilisation=float(table["work_days"].sum()) / flow,
        mean_jobs=flow / float(table["completion_days"].max()),
    )


def desk(
    contacts: pd.DataFrame, weight: float = 5.0, within_days: float = 7.0, hours_per_day: float = 8.0
) -> pd.DataFrame:
    """Turn the matters that are due soon into jobs for :func:`schedule`.

    Parameters
    ----------
    contacts
        One row per matter: ``due_in_days``, ``effort_hours`` > 0 and the columns of :func:`importance_score`.
    weight
        What a day of delay counts for an important contact (by :func:`importance`), where 1 is an ordinary one; >= 0.
    within_days
        Matters due later are left out.
    hours_per_day
        Working hours of a manager's day.

    Returns
    -------
    The matters due in time, in the order given: ``work_days``, ``due_days``, ``weight``.

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or outside its limits.

    Examples
    --------
    >>> from crmlab.core.data import load
    >>> len(desk(load("classification_contacts")))
    60
    """
    table = require(contacts, ("due_in_days", "effort_hours"), at_least=None, what="contacts")
    require_numbers("contacts: column 'effort_hours', row", table["effort_hours"], above=0)
    horizon = require_number("within_days", within_days)
    important = importance(contacts) == Importance.IMPORTANT
    jobs = pd.DataFrame(
        {
            "work_days": table["effort_hours"] / require_number("hours_per_day", hours_per_day, above=0),
            "due_days": table["due_in_days"],
            "weight": np.where(important, require_number("weight", weight, at_least=0), 1.0),
        }
    )
    return jobs[table["due_in_days"] <= horizon]


# --- the pipeline ----------------------------------------------------------------------------------------------------


def absorb(transitions: Any) -> pd.DataFrame:
    """Return with which probability a deal is won or lost in the end, by the stage it is in.

    Parameters
    ----------
    transitions
        One row per open stage, one column per stage, open and final; probabilities per period, each row sums to 1.

    Returns
    -------
    One row per open stage, one column per final stage; each row sums to 1.

    Raises
    ------
    ValueError
        As in :func:`crmlab.core.chains.fundamental`.

    Examples
    --------
    >>> pipeline = pd.DataFrame(
    ...     {"potential": [0.6, 0.0], "negotiating": [0.2, 0.5], "won": [0.0, 0.3], "lost": [0.2, 0.2]},
    ...     index=["potential", "negotiating"],
    ... )
    >>> absorb(pipeline).round(2)
                 won  lost
    potential    0.3   0.7
    negotiating  0.6   0.4
    """
    return absorption(transitions)


# --- identifying customers -------------------------------------------------------------------------------------------


def kappa(labels_a: Sequence[Any], labels_b: Sequence[Any]) -> float:
    """Return how far two coders agree beyond chance: 1 is full agreement, 0 what guessing would give.

    Parameters
    ----------
    labels_a, labels_b
        One label per case, in the same order.

    Raises
    ------
    ValueError
        The lengths differ, there is no case, a label is missing, or both coders use one and the same label throughout,
        so that chance alone explains everything.

    References
    ----------
    Cohen (1960), A Coefficient of Agreement for Nominal Scales.

    Examples
    --------
    >>> kappa(["yes"] * 25 + ["no"] * 25, ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    0.4
    """
    one, other = pd.Series(list(labels_a), dtype=object), pd.Series(list(labels_b), dtype=object)
    if len(one) != len(other) or not len(one):
        raise ValueError(f"kappa got {len(one)} and {len(other)} labels; needed is the same number, at least one.")
    if one.isna().any() or other.isna().any():
        raise ValueError(f"kappa: case {(one.isna() | other.isna()).idxmax()} has no label; every case needs one.")
    observed = float((one == other).mean())
    shares = one.value_counts(normalize=True), other.value_counts(normalize=True)
    expected = float((shares[0] * shares[1]).sum())
    if expected == 1:
        raise ValueError(f"kappa: both coders say {one[0]!r} to every case; kappa needs at least two labels.")
    return round((observed - expected) / (1 - expected), 12)


def contribution(customers: pd.DataFrame, hour_rate: float) -> pd.DataFrame:
    """Take product cost and the cost of serving from each customer's revenue.

    Parameters
    ----------
    customers
        One row per customer: ``revenue``, ``product_cost`` [currency per year], ``service_hours`` [hours per year],
        all >= 0.
    hour_rate
        What an hour of service costs >= 0 [currency per hour].

    Returns
    -------
    Same index: ``gross_profit`` (revenue less product cost), ``cost_to_serve``, ``contribution`` (what is left)
    [currency per year].

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or negative.

    References
    ----------
    Kaplan & Cooper (1998), Cost & Effect.

    Examples
    --------
    >>> contribution(pd.DataFrame({"revenue": [900], "product_cost": [500], "service_hours": [12]}), hour_rate=35)
       gross_profit  cost_to_serve  contribution
    0         400.0          420.0         -20.0
    """
    table = require(customers, ("revenue", "product_cost", "service_hours"), what="customers")
    rate = require_number("hour_rate", hour_rate, at_least=0)
    gross, serve = table["revenue"] - table["product_cost"], rate * table["service_hours"]
    return pd.DataFrame({"gross_profit": gross, "cost_to_serve": serve, "contribution": gross - serve})


def good_customer(scores: pd.DataFrame, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Score customers on the five traits of a good one and find those that another beats on every count.

    A customer is dominated when another is at least as good on all traits and better on one: then no weights whatever
    can put it before that other.

    Parameters
    ----------
    scores
        One row per customer; the columns of ``TRAITS``, >= 0, more is better.
    weights
        Weight of each trait, summing to 1; equal weights if not given.

    Returns
    -------
    Same index: ``score`` (weighted mean), ``rank`` (1 = best; ties share the better rank), ``dominated`` (True/False).

    Raises
    ------
    ValueError
        A column is missing, a number is missing or negative, or the weights do not fit.

    Examples
    --------
    >>> salons = pd.DataFrame([[5, 4, 3, 4, 4], [2, 4, 2, 3, 4], [1, 5, 5, 5, 5]], list("PQR"), list(TRAITS))
    >>> good_customer(salons)
       score  rank  dominated
    P    4.0     2      False
    Q    3.0     3       True
    R    4.2     1      False
    """
    table = require(scores, TRAITS, what="scores")
    given = dict.fromkeys(TRAITS, 1 / len(TRAITS)) if weights is None else dict(weights)
    if set(given) != set(TRAITS):
        raise ValueError(f"weights has {', '.join(map(str, given))}; needed are {', '.join(TRAITS)}.")
    shares = require_numbers("weights", pd.Series(given, dtype=object)[list(TRAITS)], at_least=0)
    if abs(shares.sum() - 1) > 1e-9:
        raise ValueError(f"weights sum to {shares.sum():g}; allowed is a sum of 1.")
    points = table.to_numpy()
    as_good = (points[:, None, :] >= points[None, :, :]).all(axis=2)
    better = (points[:, None, :] > points[None, :, :]).any(axis=2)
    score = pd.Series(points @ shares, index=table.index)
    return pd.DataFrame(
        {
            "score": score,
            "rank": score.round(9).rank(ascending=False, method="min").astype("int64"),
            "dominated": (as_good & better).any(axis=0),
        }
    )


def service_code(customers: pd.DataFrame, best: int, promising: int) -> pd.Series[Any]:
    """Give each customer the code of the service screen: A by value, then B by headroom, the rest C.

    Two axes keep the codes apart: without them a customer of high value with much headroom is both A and B.

    Parameters
    ----------
    customers
        One row per customer: ``value`` and ``headroom`` [currency per year].
    best, promising
        How many get A and B; together at most the number of customers. Of equals the earlier row comes first.

    Returns
    -------
    Categorical with the index of the input: A, B, C.

    Raises
    ------
    ValueError
        A column is missing, a number is missing, or there are fewer customers than codes.

    Examples
    --------
    >>> four = pd.DataFrame({"value": [9, 8, 2, 1], "headroom": [1, 7, 9, 2]})
    >>> list(service_code(four, best=1, promising=2))
    ['A', 'B', 'B', 'C']
    """
    table = require(customers, ("value", "headroom"), at_least=None, what="customers")
    a, b = require_whole("best", best), require_whole("promising", promising)
    if a + b > len(table):
        raise ValueError(f"best and promising are {a} and {b}, but there are only {len(table)} customers.")
    by_value = np.argsort(-table["value"].to_numpy(), kind="stable")
    rest = np.sort(by_value[a:])
    by_headroom = rest[np.argsort(-table["headroom"].to_numpy()[rest], kind="stable")]
    places = np.full(len(table), 2)
    places[by_value[:a]], places[by_headroom[:b]] = 0, 1
    return categorical(places, ServiceCode, like=table, name="code")


def similarity(prospects: pd.DataFrame, loyal: pd.DataFrame) -> pd.Series[float]:
    """Return how much each prospect resembles the loyal customers: 1 at their centre, less with each step away.

    Traits are measured in standard deviations of the loyal customers; the similarity of a prospect d of them away
    from the centre is ``1 / (1 + d)``.

    Parameters
    ----------
    prospects, loyal
        The same columns of numbers; at least two loyal customers.

    Returns
    -------
    Index of ``prospects``, above 0 and at most 1.

    Raises
    ------
    ValueError
        A column is missing, a number is missing, there are fewer than two loyal customers, or they are all alike in
        some trait, so that its spread is 0.

    Examples
    --------
    >>> loyal = pd.DataFrame({"chairs": [6, 8, 10], "members": [300, 400, 500]})
    >>> similarity(pd.DataFrame({"chairs": [8, 12], "members": [400, 400]}), loyal).round(2).tolist()
    [1.0, 0.33]
    """
    known = require(loyal, list(pd.DataFrame(loyal).columns), at_least=None, what="loyal")
    table = require(prospects, list(known.columns), at_least=None, what="prospects")
    if len(known) < 2:
        raise ValueError(f"loyal has {len(known)} rows; needed are at least two.")
    alike = known.max() == known.min()  # the spread of equal numbers need not be exactly 0
    if alike.any() or alike.empty:
        which = f"column {alike.idxmax()!r} is the same for all" if alike.any() else "there is no column"
        raise ValueError(f"loyal: {which}; a trait must vary to be compared.")
    steps = (table - known.mean()) / known.std()
    return pd.Series(1 / (1 + np.sqrt((steps**2).sum(axis=1))), name="similarity")


def lift(score: ArrayLike, positive: ArrayLike, share: float = 0.1) -> float:
    """Return how many times as many positives the best-scored share holds as a random share of that size would.

    Parameters
    ----------
    score
        One number per case, more is better. Of equals the earlier row comes first.
    positive
        One 0 or 1 per case.
    share
        Which part is taken, above 0 and at most 1; at least one case.

    Raises
    ------
    ValueError
        The lengths differ, a number is missing, ``positive`` holds anything but 0 and 1, or there is no positive.

    References
    ----------
    Provost & Fawcett (2013), Data Science for Business.

    Examples
    --------
    >>> lift([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0], share=0.2)
    5.0
    """
    points = np.atleast_1d(require_numbers("score", score))
    hits = np.atleast_1d(np.asarray(positive))
    hits = hits.astype(float) if hits.dtype == bool else np.atleast_1d(require_numbers("positive", positive))
    if points.ndim != 1 or points.shape != hits.shape:
        raise ValueError(f"score has {points.size} cases and positive has {hits.size}; needed is the same number.")
    if not np.isin(hits, (0, 1)).all() or not hits.any():
        raise ValueError("positive must hold 0 and 1 only, and at least one 1.")
    part = require_number("share", share, above=0, at_most=1)
    count = max(1, round(part * points.size))
    best = np.argsort(-points, kind="stable")[:count]
    return float(hits[best].mean() / hits.mean())


# --- whom to prompt --------------------------------------------------------------------------------------------------


def uplift(prompts: pd.DataFrame) -> pd.DataFrame:
    """Estimate from randomised calls how much a prompt adds to the chance to buy, code by code.

    Parameters
    ----------
    prompts
        One row per call: ``code``, ``prompted`` and ``bought`` (0 or 1), ``margin`` [currency per sale]. Every code
        needs calls with and without a prompt.

    Returns
    -------
    One row per code: ``size`` (calls), ``p_without``, ``p_with``, ``uplift`` (their difference), ``std_error`` of the
    uplift, ``margin`` (mean).

    Raises
    ------
    ValueError
        A column is missing, a number is not allowed, or a code was called in one way only.

    References
    ----------
    Lo (2002), The True Lift Model.

    Examples
    --------
    >>> calls = pd.DataFrame({"code": ["B"] * 4, "prompted": [0, 0, 1, 1], "bought": [0, 0, 1, 0], "margin": 50})
    >>> uplift(calls)[["size", "p_without", "p_with", "uplift"]]
          size  p_without  p_with  uplift
    code
    B        4        0.0     0.5     0.5
    """
    calls = pd.DataFrame(prompts)
    table = require(calls, ("prompted", "bought", "margin"), what="prompts")
    for column in ("prompted", "bought"):
        odd = ~table[column].isin((0, 1)).to_numpy()
        if odd.any():
            row = int(odd.argmax())
            raise ValueError(
                f"prompts: column {column!r}, row {table.index.tolist()[row]!r} is {table[column].iloc[row]:g}; "
                "allowed are 0 and 1."
            )
    if list(calls.columns).count("code") != 1:
        raise ValueError("prompts: column 'code' is missing; needed are code, prompted, bought, margin.")
    table["code"] = calls["code"]
    if table["code"].isna().any():
        raise ValueError(f"prompts: row {table['code'].isna().idxmax()!r} has no code; every call needs one.")
    rates: Any = table.groupby(["code", "prompted"], observed=True)["bought"].agg(["mean", "size"]).unstack()
    if rates.isna().any(axis=None) or rates.shape[1] != 4:
        raise ValueError("prompts: every code needs calls with a prompt and calls without.")
    rate, size = rates["mean"], rates["size"]
    return pd.DataFrame(
        {
            "size": size.sum(axis=1).astype("int64"),
            "p_without": rate[0],
            "p_with": rate[1],
            "uplift": rate[1] - rate[0],
            "std_error": np.sqrt((rate * (1 - rate) / size).sum(axis=1)),
            "margin": table.groupby("code", observed=True)["margin"].mean(),
        }
    )


@dataclass(frozen=True, eq=False)
class PromptTargets:
    """Whom a rule prompts, and what that adds.

    Attributes
    ----------
    allocation
        Prompts per code, in the order of the table.
    extra_sales
        Sales that the prompts cause: prompts times uplift.
    sales
        Sales among the prompted; most of them would have come anyway.
    profit
        Margin of the extra sales less the cost of the prompts [currency].
    """

    allocation: pd.Series[int]
    extra_sales: float
    sales: float
    profit: float


def prompt_targets(
    codes: pd.DataFrame, capacity: int, rule: PromptRule = "uplift", cost_per_prompt: float = 0.0
) -> PromptTargets:
    """Prompt as many customers as there is capacity for, code by code in the order of a rule.

    ``value`` starts with the codes that bring most without a prompt (``p_without * margin``), ``response`` with those
    that buy most often when prompted (``p_with``), ``uplift`` with those in which a prompt adds most money
    (``(p_with - p_without) * margin``); it leaves out codes in which a prompt adds no more than it costs.

    Parameters
    ----------
    codes
        One row per code: ``size`` (customers, whole numbers), ``p_without`` and ``p_with`` (chance to buy, 0..1) and,
        if sales do not all earn the same, ``margin`` [currency per sale].
    capacity
        Most prompts, a whole number.
    rule
        Whom to prompt first; of equals the earlier row.
    cost_per_prompt
        >= 0 [currency].

    Raises
    ------
    ValueError
        A column is missing, a number is missing or outside its limits, or the rule is another word.

    References
    ----------
    Lo (2002), The True Lift Model.

    Examples
    --------
    >>> codes = pd.DataFrame(
    ...     {"size": [200, 500, 1300], "p_without": [0.30, 0.10, 0.05], "p_with": [0.33, 0.22, 0.06]}, list("ABC")
    ... )
    >>> [round(prompt_targets(codes, 500, rule).extra_sales, 9) for rule in ("value", "response", "uplift")]
    [42.0, 42.0, 60.0]
    """
    table = require(codes, ("size", "p_without", "p_with"), what="codes")
    for column in ("p_without", "p_with"):
        require_numbers(f"codes: column {column!r}, row", table[column], at_least=0, at_most=1)
    priced = "margin" in pd.DataFrame(codes).columns
    margin = require(codes, ("margin",), at_least=None, what="codes")["margin"] if priced else 1.0
    part = table["size"].to_numpy() % 1 != 0
    if part.any():
        row = int(part.argmax())
        found = f"row {table.index.tolist()[row]!r} is {table['size'].iloc[row]:g}"
        raise ValueError(f"codes: column 'size', {found}; allowed are whole numbers from 0.")
    limit = require_whole("capacity", capacity)
    cost = require_number("cost_per_prompt", cost_per_prompt, at_least=0)
    require_one_of("rule", rule, ("value", "response", "uplift"))
    added = (table["p_with"] - table["p_without"]) * margin
    key = {"value": table["p_without"] * margin, "response": table["p_with"], "uplift": added}[rule]
    sizes = table["size"].where(added > cost, 0) if rule == "uplift" else table["size"]
    order = np.argsort(-key.to_numpy(), kind="stable")
    before = np.r_[0.0, np.cumsum(sizes.to_numpy()[order])[:-1]]
    given = np.zeros(len(table))
    given[order] = np.clip(limit - before, 0, sizes.to_numpy()[order])
    prompts = pd.Series(given, index=table.index)
    extra = prompts * (table["p_with"] - table["p_without"])
    return PromptTargets(
        allocation=prompts.astype("int64"),
        extra_sales=float(extra.sum()),
        sales=float((prompts * table["p_with"]).sum()),
        profit=float((prompts * (added - cost)).sum()),
    )
