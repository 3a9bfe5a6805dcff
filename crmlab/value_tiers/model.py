"""Value tiers: how unequal customers are, what that sentence is a share of, and whom to mail, serve or let go.

Money is in one currency per table; shares are 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from numbers import Real
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.allocation import allocate as allocate  # shared with chapter 01
from crmlab.core.data import categorical, require, require_number, require_numbers, require_one_of, require_whole


class ValueTier(StrEnum):
    """The pyramid of note 5, from the top."""

    TOP = "top"
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


class ParetoClass(StrEnum):
    """The A class of note 4, and everybody else."""

    A = "A"
    OTHER = "other"


class Portfolio(StrEnum):
    """What an account asks for, by how attractive it is and how strong we are with it (McDonald & Woodburn)."""

    STRATEGIC = "strategic"
    STAR = "star"
    STATUS = "status"
    STREAMLINE = "streamline"


Reading = Literal["net", "top", "gross"]
ScoreRule = Literal["value", "rank", "nested"]
Cut = Literal["customers", "value"]

TIER_CUTS = (0.01, 0.05, 0.20)  # note 5: 1%, the next 4%, the next 15%
_SUM = 1e-6  # how far printed shares may miss 1
_MOST = 2**53 / 100  # up to here sums of cents are exact in floats


# --- inequality ------------------------------------------------------------------------------------------------------


def lorenz(size: ArrayLike, value: ArrayLike) -> pd.DataFrame:
    """Line customers up from poor to rich and add up what they bring.

    Parameters
    ----------
    size
        Customers in each group (1 for single customers), >= 0.
    value
        What each group brings in all, >= 0 [currency, or percent].

    Returns
    -------
    ``share_of_customers`` and ``share_of_value``, rising from (0, 0) to (1, 1), poorest per head first; groups without
    customers are left out.

    Raises
    ------
    ValueError
        A number is missing or negative, the lengths differ, nobody is there, nothing is brought, or a group without
        customers brings something.

    References
    ----------
    Lorenz (1905), Methods of Measuring the Concentration of Wealth.

    Examples
    --------
    >>> lorenz([20, 80], [80, 20])
       share_of_customers  share_of_value
    0                 0.0             0.0
    1                 0.8             0.2
    2                 1.0             1.0
    """
    heads = _column("size", size, at_least=0)
    money = _column("value", value, at_least=0)
    if heads.shape != money.shape:
        raise ValueError(f"size has {heads.size} groups and value has {money.size}; needed is the same number.")
    if not heads.sum() or not money.sum():
        what = "customer" if not heads.sum() else "value"
        raise ValueError(f"lorenz: there is no {what}, so there are no shares.")
    if np.any((heads == 0) & (money > 0)):
        place = int(np.argmax((heads == 0) & (money > 0)))
        raise ValueError(f"size {place} is 0, but value {place} is {money[place]:g}; nobody can have brought it.")
    heads, money = heads[heads > 0], money[heads > 0]
    order = np.argsort(money / heads, kind="stable")
    people, brought = np.cumsum(heads[order]), np.cumsum(money[order])
    return pd.DataFrame(
        {
            "share_of_customers": np.r_[0.0, people / people[-1]],
            "share_of_value": np.r_[0.0, brought / brought[-1]],
        }
    )


def gini(size: ArrayLike, value: ArrayLike) -> float:
    """Return how unequal customers are: 0 when all bring the same, towards 1 when one brings all.

    Parameters
    ----------
    size, value
        As in :func:`lorenz`.

    Returns
    -------
    Twice the area between the Lorenz curve and the diagonal, at least 0 and below 1. Within a group all count alike,
    so that grouped figures give the smallest Gini that fits them.

    Raises
    ------
    ValueError
        As in :func:`lorenz`.

    References
    ----------
    Gini (1914), Sulla misura della concentrazione e della variabilità dei caratteri.

    Examples
    --------
    >>> round(gini([1, 4, 15, 80], [50, 23, 20, 7]), 4)
    0.8472
    """
    curve = lorenz(size, value)
    x, y = curve["share_of_customers"].to_numpy(), curve["share_of_value"].to_numpy()
    return max(0.0, float(1 - np.sum(np.diff(x) * (y[1:] + y[:-1]))))


def pareto_shape(top: float, share: float) -> float:
    """Return the shape of the Pareto law under which the top part of the customers brings a share of the value.

    Parameters
    ----------
    top
        Part of the customers, between 0 and 1.
    share
        Their share of the value, above ``top`` and below 1.

    Returns
    -------
    The shape alpha > 1; the smaller, the more unequal.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Pareto (1896); 80/20 is the shape log 5 / log 4.

    Examples
    --------
    >>> round(pareto_shape(0.2, 0.8), 5)
    1.16096
    """
    part = _between("top", top)
    held = _between("share", share)
    if held <= part:
        raise ValueError(f"share is {held:g}; allowed are numbers above top, which is {part:g}.")
    return float(1 / (1 - np.log(held) / np.log(part)))


def pareto_share(top: ArrayLike, shape: float) -> Any:
    """Return the share of the value that the top part of the customers brings under a Pareto law.

    Parameters
    ----------
    top
        Part of the customers, 0..1; a number or an array.
    shape
        Shape of the law, > 1.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> round(pareto_share(0.01, pareto_shape(0.2, 0.8)), 3)
    0.528
    """
    part = require_numbers("top", top, at_least=0, at_most=1)
    alpha = require_number("shape", shape, above=1)
    found = part ** (1 - 1 / alpha)
    return float(found) if found.ndim == 0 else found


def pareto_gini(shape: float) -> float:
    """Return the Gini coefficient of a Pareto law, ``1 / (2 shape - 1)``.

    Raises
    ------
    ValueError
        The shape is not above 1.

    Examples
    --------
    >>> round(pareto_gini(pareto_shape(0.2, 0.8)), 4)
    0.7565
    """
    return 1 / (2 * require_number("shape", shape, above=1) - 1)


def top_share(value: ArrayLike, top: float = 0.2) -> float:
    """Return what share of the total the top part of the customers brings.

    Parameters
    ----------
    value
        One number per customer [currency]; the total must be above 0, single customers may lose money.
    top
        Part of the customers, above 0 and at most 1; the nearest whole number of customers is taken, at least one.

    Returns
    -------
    The share; above 1 when the rest loses money.

    Raises
    ------
    ValueError
        There is no customer, a number is missing, the total is not above 0, or ``top`` is outside its limits.

    Examples
    --------
    >>> top_share([50, 20, 10, 10, 10], top=0.2)
    0.5
    """
    money = _brought("value", value)
    part = require_number("top", top, above=0, at_most=1)
    count = max(1, round(part * money.size))
    return float(np.sort(money)[::-1][:count].sum() / money.sum())


def top_share_interval(value: ArrayLike, top: float = 0.2, level: float = 0.95) -> tuple[float, float]:
    """Return how far the share of the top customers could differ had other customers come: a bootstrap interval.

    Parameters
    ----------
    value, top
        As in :func:`top_share`.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Lower and upper end (percentiles of 999 resamples with a fixed seed).

    Raises
    ------
    ValueError
        As in :func:`top_share`; there are fewer than two customers; or in some resample the losses outweigh the rest.

    References
    ----------
    Efron (1979), Bootstrap Methods: Another Look at the Jackknife.

    Examples
    --------
    >>> low, high = top_share_interval([50, 20, 10, 10, 10] * 20)
    >>> low < 0.5 < high
    True
    """
    money = _brought("value", value)
    if money.size < 2:
        raise ValueError(f"value has {money.size} customer; an interval needs at least two.")
    top_share(money, top)
    from scipy import stats  # late: it takes a second to load

    coverage = _between("level", level)
    try:
        found = stats.bootstrap(
            (money,),
            lambda drawn: top_share(drawn, top),
            n_resamples=999,
            vectorized=False,
            confidence_level=coverage,
            method="percentile",
            rng=np.random.default_rng(0),
        ).confidence_interval
    except ValueError:  # of top_share: a resample without a total above 0
        raise ValueError("value: the losses are so large that some resamples have no total above 0.") from None
    return float(found.low), float(found.high)


def hhi(share: ArrayLike) -> float:
    """Return the Herfindahl-Hirschman index: how much hangs on few customers.

    Parameters
    ----------
    share
        Each customer's share >= 0; they sum to 1.

    Returns
    -------
    Sum of squares, between 1/n (all alike) and 1 (one customer); its inverse is the number of equal customers that
    would be as concentrated.

    Raises
    ------
    ValueError
        There is no share, one is missing or negative, or they do not sum to 1.

    References
    ----------
    Herfindahl (1950); Hirschman (1945).

    Examples
    --------
    >>> hhi([0.5, 0.25, 0.25])
    0.375
    """
    parts = np.atleast_1d(require_numbers("share", share, at_least=0))
    if abs(parts.sum() - 1) > _SUM:
        raise ValueError(f"share sums to {parts.sum():g}; allowed is a sum of 1.")
    return float(np.sum(parts**2))


# --- who is A --------------------------------------------------------------------------------------------------------


def value_tier(value: ArrayLike, cuts: tuple[float, float, float] = TIER_CUTS) -> pd.Series[Any]:
    """Put customers into the pyramid of four by their rank: the top 1%, the next 4%, the next 15%, the rest.

    Parameters
    ----------
    value
        One number per customer [currency].
    cuts
        Cumulative shares of customers at which the tiers end, rising within 0..1.

    Returns
    -------
    Ordered categorical with the index of the input: top, large, medium, small. A customer belongs to a tier when its
    rank from the top is at most the cut times the number of customers; customers with equal value share the better
    rank.

    Raises
    ------
    ValueError
        There is no customer, a number is missing, or the cuts do not rise.

    Examples
    --------
    >>> value_tier(range(100)).value_counts(sort=False).tolist()
    [80, 15, 4, 1]
    """
    money = _customers("value", value)
    ends = require_numbers("cuts", cuts, at_least=0, at_most=1)
    if ends.shape != (3,) or np.any(np.diff(ends) <= 0):
        raise ValueError(f"cuts is {cuts!r}; allowed are three rising shares.")
    rank = pd.Series(-money).rank(method="min").to_numpy()
    places = np.searchsorted(np.floor(ends * money.size + 1e-9), rank, side="left")
    tiers = [str(tier) for tier in ValueTier]
    return categorical(3 - places, tiers[::-1], like=value, name="tier", ordered=True)


def pareto_class(value: ArrayLike, cut: Cut = "customers", at: float | None = None) -> pd.Series[Any]:
    """Say which customers are the A class: the top 20% of customers, or those who bring the first 80% of the value.

    Parameters
    ----------
    value
        One number per customer [currency]; the total must be above 0.
    cut
        ``customers`` takes a share of the customers, to the nearest whole number and at least one; ``value`` takes the
        best until a share of the total is reached.
    at
        That share; 0.2 of the customers or 0.8 of the value if not given.

    Returns
    -------
    Categorical with the index of the input: A, other. Of equals the earlier row comes first. Under ``value`` the
    customer who crosses the share belongs to A.

    Raises
    ------
    ValueError
        As in :func:`top_share`, or ``cut`` is another word.

    Examples
    --------
    >>> list(pareto_class([60, 25, 10, 3, 2])), list(pareto_class([60, 25, 10, 3, 2], "value"))
    (['A', 'other', 'other', 'other', 'other'], ['A', 'A', 'other', 'other', 'other'])
    """
    money = _brought("value", value)
    require_one_of("cut", cut, ("customers", "value"))
    share = require_number("at", (0.2 if cut == "customers" else 0.8) if at is None else at, above=0, at_most=1)
    order = np.argsort(-money, kind="stable")
    if cut == "customers":
        count = max(1, round(share * money.size))
    else:
        count = int(np.argmax(np.cumsum(money[order]) >= share * money.sum() - 1e-9 * money.sum())) + 1
    places = np.ones(money.size, dtype=int)
    places[order[:count]] = 0
    return categorical(places, ParetoClass, like=value, name="pareto_class")


def portfolio(accounts: pd.DataFrame, cut: float = 5.0) -> pd.Series[Any]:
    """Place key accounts by how attractive they are and how strong we are with them.

    Parameters
    ----------
    accounts
        One row per account: ``attractiveness`` and ``strength`` [points], >= 0.
    cut
        From this many points on a score is high.

    Returns
    -------
    Categorical with the index of the input: strategic (both high), star (attractive, we are weak), status (we are
    strong, it has little to give), streamline (neither).

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or negative.

    References
    ----------
    McDonald & Woodburn (2011), Key Account Management.

    Examples
    --------
    >>> list(portfolio(pd.DataFrame({"attractiveness": [8, 8, 2, 2], "strength": [9, 1, 9, 1]})))
    ['strategic', 'star', 'status', 'streamline']
    """
    table = require(accounts, ("attractiveness", "strength"), what="accounts")
    edge = require_number("cut", cut, at_least=0)
    places = 2 * (table["attractiveness"] < edge).to_numpy() + (table["strength"] < edge).to_numpy()
    return categorical(places, Portfolio, like=table, name="portfolio")


# --- whale curve -----------------------------------------------------------------------------------------------------


def whale_curve(contribution: ArrayLike) -> pd.DataFrame:
    """Line customers up from the most to the least profitable and add up.

    Parameters
    ----------
    contribution
        What each customer leaves [currency]; may be negative, the total must be above 0.

    Returns
    -------
    ``share_of_customers`` and ``share_of_profit`` from (0, 0) to (1, 1); the top of the hump is what there would be
    without the loss-makers.

    Raises
    ------
    ValueError
        There is no customer, a number is missing, or the total is not above 0.

    References
    ----------
    Cooper & Kaplan (1991), Profit Priorities from Activity-Based Costing.

    Examples
    --------
    >>> whale_curve([60, 80, -40, 0])
       share_of_customers  share_of_profit
    0                0.00              0.0
    1                0.25              0.8
    2                0.50              1.4
    3                0.75              1.4
    4                1.00              1.0
    """
    money = np.sort(_brought("contribution", contribution))[::-1]
    return pd.DataFrame(
        {
            "share_of_customers": np.arange(money.size + 1) / money.size,
            "share_of_profit": np.r_[0.0, np.cumsum(money)[:-1] / money.sum(), 1.0],
        }
    )


def whale_peak(top_share: float, cancelled: float, reading: Reading = "net") -> float:
    """Return how high the whale curve of a sentence rises, by what its shares are shares of.

    "The top customers make 80% of the profit, and loss-makers cancel half of it" is three different firms:

    ``net``
        80% of the final profit; the losses are half of those 80%: the peak is ``1 + top_share * cancelled``.
    ``top``
        80% of what the profitable customers make; the losses are half of those 80%: ``1 / (1 - top_share *
        cancelled)``.
    ``gross``
        The losses are half of all that the profitable customers make: ``1 / (1 - cancelled)``.

    Parameters
    ----------
    top_share
        Share of the profit that the top customers make, 0..1.
    cancelled
        Part that the loss-makers cancel, 0..1; some profit must be left.
    reading
        Which of the three.

    Returns
    -------
    Peak of the curve, as a multiple of the final profit.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, the reading is another word, or nothing is left of the profit.

    References
    ----------
    Sherden (1994), as quoted by Kotler, has the sentence with 80, 20 and 30; the readings are ours.

    Examples
    --------
    >>> [round(whale_peak(0.8, 0.5, reading), 3) for reading in ("net", "top", "gross")]
    [1.4, 1.667, 2.0]
    """
    share = require_number("top_share", top_share, at_least=0, at_most=1)
    part = require_number("cancelled", cancelled, at_least=0, at_most=1)
    require_one_of("reading", reading, ("net", "top", "gross"))
    lost = part if reading == "gross" else part * share
    if reading == "net":
        return 1 + lost
    if lost == 1:
        raise ValueError("cancelled is 1: the loss-makers cancel everything, and no profit is left to take shares of.")
    return 1 / (1 - lost)


def claimed_whale(
    top: float = 0.2, top_share: float = 0.8, losers: float = 0.3, cancelled: float = 0.5, reading: Reading = "net"
) -> pd.DataFrame:
    """Return the whale curve that a sentence such as 80/20/30 describes, in three straight pieces.

    Parameters
    ----------
    top, losers
        Parts of the customers that make most of the profit and that lose money; together at most 1.
    top_share, cancelled, reading
        As in :func:`whale_peak`.

    Returns
    -------
    Four rows ``share_of_customers``, ``share_of_profit``: start, end of the top, peak, end.

    Raises
    ------
    ValueError
        As in :func:`whale_peak`; or top and losers are more than everybody.

    Examples
    --------
    >>> claimed_whale().round(3)
       share_of_customers  share_of_profit
    0                 0.0              0.0
    1                 0.2              0.8
    2                 0.7              1.4
    3                 1.0              1.0
    """
    best = require_number("top", top, at_least=0, at_most=1)
    worst = require_number("losers", losers, at_least=0, at_most=1)
    if best + worst > 1:
        raise ValueError(f"top and losers are {best:g} and {worst:g}; together they can be at most 1.")
    peak = whale_peak(top_share, cancelled, reading)
    first = top_share if reading == "net" else top_share * peak
    end = max(best, 1 - worst)  # 1 - 0.8 is a little less than 0.2
    return pd.DataFrame({"share_of_customers": [0.0, best, end, 1.0], "share_of_profit": [0.0, first, peak, 1.0]})


# --- RFM -------------------------------------------------------------------------------------------------------------


def rfm(orders: pd.DataFrame, as_of: Any) -> pd.DataFrame:
    """Sum up each customer's orders: how long ago the last one was, how many there were, what they came to.

    Money is summed in whole cents, so that two customers who spent the same are equal to the last bit and no tie
    between them is broken by arithmetic.

    Up to about ten million orders this is the right tool: on one core it takes half a second and less memory than the
    orders themselves; from the same table polars takes about twice as long, duckdb and pandas' groupby longer
    (``tests/bench/RESULTS.md``). The exception are customers named by text or by numbers far apart: for them polars on
    two cores takes half to three quarters of the time. Above ten million the pandas table itself is the burden: group
    with polars straight from Parquet files, or with duckdb if they are larger than memory, and hand the small result to
    :func:`rfm_scores`.

    Parameters
    ----------
    orders
        One row per order: ``customer_id`` (numbers or text), ``date`` (without a time zone; or text such as
        2026-03-01), ``amount`` >= 0 [currency], rounded to the cent; if there is an ``order_id``, each once.
    as_of
        The day from which recency is counted; no order may be later.

    Returns
    -------
    Indexed by ``customer_id``, sorted: ``recency_days`` (whole days from the last order's day to ``as_of``),
    ``frequency`` (orders), ``monetary`` (total) [currency]. Without orders it is empty.

    Raises
    ------
    ValueError
        A column is missing or there twice, a customer, date or amount is missing or of another kind, an amount is
        negative, an order is later than ``as_of`` or listed twice, or a total is 2**53 cents or more; the message names
        the row, the order or the customer.

    References
    ----------
    Hughes (2005), Strategic Database Marketing.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["Ann", "Bo", "Ann"],
    ...     "date": pd.to_datetime(["2026-01-05", "2026-02-01", "2026-02-20"]),
    ...     "amount": [30.10, 80.0, 20.20],
    ... })
    >>> rfm(orders, as_of="2026-03-01")
                 recency_days  frequency  monetary
    customer_id
    Ann                     9          2      50.3
    Bo                     28          1      80.0
    """
    table = pd.DataFrame(orders)
    for column in ("customer_id", "date", "amount"):
        if (times := list(table.columns).count(column)) != 1:
            fault = "there more than once" if times else "missing"
            raise ValueError(f"orders: column {column!r} is {fault}; needed are customer_id, date, amount.")
    today = _day(as_of)
    stamps = _stamps(table["date"], today)
    if "order_id" in table.columns:
        codes, numbers = _codes(table["order_id"])
        listed = np.bincount(codes)
        if listed.max(initial=0) > 1:
            twice = _label(numbers, listed.argmax())
            raise ValueError(f"orders: order_id {twice} is listed more than once; allowed is one row per order.")
    codes, customers = _codes(table["customer_id"])
    count = np.bincount(codes, minlength=customers.size)
    last = np.full(customers.size, np.iinfo(np.int64).min)
    np.maximum.at(last, codes, stamps.view(np.int64))
    # bincount adds up floats; whole numbers below 2**53 stay exact in them.
    cents = np.bincount(codes, weights=_cents(table["amount"]), minlength=customers.size)
    if cents.max(initial=0) >= 2**53:
        rich = _label(customers, cents.argmax())
        raise ValueError(f"orders: customer {rich} comes to {cents.max() / 100:g}; allowed are sums below {_MOST:g}.")
    days = (today - last.view(stamps.dtype).astype("datetime64[D]")).astype(np.int64)
    found = pd.DataFrame({"recency_days": days, "frequency": count, "monetary": cents / 100}, index=customers)
    return found.iloc[_order(customers, count)]


def _day(as_of: Any) -> np.datetime64:
    try:
        found = pd.NaT if isinstance(as_of, Real) else pd.Timestamp(as_of)  # of a number: nanoseconds since 1970
    except (ValueError, TypeError):
        found = pd.NaT
    if pd.isna(found):
        raise ValueError(f"as_of is {as_of!r}; allowed is a date such as '2026-03-01'.")
    return np.datetime64(found.date(), "D")


def _stamps(dates: pd.Series[Any], today: np.datetime64) -> NDArray[np.datetime64]:
    if pd.api.types.is_numeric_dtype(dates.dtype) and dates.size:
        raise ValueError(f"orders: column 'date' holds {dates.dtype}; allowed are dates.")
    try:
        given = dates if dates.dtype.kind == "M" else pd.to_datetime(dates, format="ISO8601", errors="coerce")
        zone = given.dt.tz
    except ValueError:
        zone = "several"
    if zone is not None:
        raise ValueError(f"orders: column 'date' has a time zone ({zone}); allowed are dates without.")
    stamps = given.to_numpy()
    newest = stamps.max() if stamps.size else today
    if np.isnat(newest):
        place = int(np.isnat(stamps).argmax())
        row = f"orders: column 'date', row {_label(dates.index, place)}"
        raise ValueError(f"{row} is {dates.iloc[place]!r}; allowed are dates such as '2026-03-01'.")
    if newest.astype("datetime64[D]") > today:
        late = _label(dates.index, stamps.argmax())
        raise ValueError(f"orders: row {late} is of {newest.astype('datetime64[D]')}, after as_of, {today}.")
    return stamps


def _cents(amounts: pd.Series[Any]) -> NDArray[np.float64]:
    money = amounts.to_numpy()
    if not (money.dtype == np.float64 and money.size and money.min() >= 0 and money.max() < np.inf):
        money = require_numbers("orders: column 'amount', row", amounts, at_least=0)
    with np.errstate(over="ignore"):  # rfm refuses what is too much
        cents: NDArray[np.float64] = money * 100
    return np.rint(cents, out=cents)


def _codes(ids: pd.Series[Any]) -> tuple[NDArray[np.intp], pd.Index[Any]]:
    """Number what stands in a column; the places of the index are the numbers, and not each need be in the column."""
    if ids.dtype == np.int64 and ids.size:
        numbers = ids.to_numpy()
        low, high = int(numbers.min()), int(numbers.max())
        if low >= 0 and high <= ids.size:  # they are such numbers already
            return numbers, pd.RangeIndex(high + 1, name=ids.name)
        if high - low <= ids.size:
            return numbers - low, pd.RangeIndex(low, high + 1, name=ids.name)
    codes, found = pd.factorize(ids)
    if codes.min(initial=0) < 0:
        raise ValueError(f"orders: row {_label(ids.index, codes.argmin())} has no {ids.name}.")
    return codes, pd.Index(found, name=ids.name)


def _order(customers: pd.Index[Any], count: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the places of those who ordered, sorted."""
    if isinstance(customers, pd.RangeIndex):
        return np.flatnonzero(count)
    try:
        return customers.argsort()
    except TypeError:
        raise ValueError("orders: column 'customer_id' mixes numbers and text; allowed is one of them.") from None


def _label(index: pd.Index[Any], place: Any) -> str:
    return repr(index[[place]].tolist()[0])  # Python's 7, not np.int64(7)


def rfm_scores(rfm: pd.DataFrame, bins: int = 5, rule: ScoreRule = "value") -> pd.DataFrame:
    """Score recency, frequency and money from 1 to ``bins``; the newest, most frequent and largest get the best score.

    ``value`` compares values: a customer's score is 1 plus ``bins`` times the share of customers who are strictly
    worse, rounded down, so that equal customers get equal scores and bins may be of unequal size. ``rank`` makes bins
    of equal size and breaks ties by the order of the table. ``nested`` does so with recency, then with frequency
    within each recency score, then with money within each of those (Hughes).

    Parameters
    ----------
    rfm
        One row per customer: ``recency_days``, ``frequency``, ``monetary``, as :func:`rfm` returns them.
    bins
        2 to 9.
    rule
        How ties and bins are treated.

    Returns
    -------
    Same index: ``r``, ``f``, ``m`` (1 = worst) and ``score``, the three as one number: 543 is r 5, f 4, m 3.

    Raises
    ------
    ValueError
        A column is missing, a number is missing, ``bins`` is no whole number from 2 to 9, or the rule is another word.

    References
    ----------
    Hughes (2005), Strategic Database Marketing.

    Examples
    --------
    >>> four = pd.DataFrame({"recency_days": [3, 90, 40, 40], "frequency": [9, 1, 2, 2], "monetary": [70, 5, 20, 30]})
    >>> rfm_scores(four, bins=4)["score"].tolist()
    [444, 111, 222, 223]
    """
    table = require(rfm, ("recency_days", "frequency", "monetary"), at_least=None, what="rfm")
    count = require_whole("bins", bins, at_least=2, at_most=9)
    require_one_of("rule", rule, ("value", "rank", "nested"))
    better = {"r": -table["recency_days"], "f": table["frequency"], "m": table["monetary"]}
    cells = np.zeros(len(table), dtype=np.int64)
    scores: dict[str, NDArray[np.int64]] = {}
    for name, values in better.items():
        numbers = values.to_numpy()
        if rule == "value":
            scores[name] = _by_value(numbers, count)
        else:
            scores[name] = _by_rank(numbers, cells, count)
        if rule == "nested":
            cells = cells * 10 + scores[name]
    scores["score"] = 100 * scores["r"] + 10 * scores["f"] + scores["m"]
    return pd.DataFrame(scores, index=table.index)


def _by_value(numbers: NDArray[np.float64], bins: int) -> NDArray[np.int64]:
    """Return 1 plus how many of the edges between bins lie below each number: equal numbers, equal scores."""
    scores = np.ones(numbers.size, dtype=np.int8)
    if numbers.size:
        edges = [-(-k * numbers.size // bins) - 1 for k in range(1, bins)]
        for edge in np.partition(numbers, edges)[edges]:
            scores += numbers > edge
    return scores.astype(np.int64)


def _by_rank(numbers: NDArray[np.float64], cells: NDArray[np.int64], bins: int) -> NDArray[np.int64]:
    """Return bins of equal size within each cell; ties go by the order of the table."""
    order = np.lexsort((numbers, cells))
    sizes = np.unique(cells, return_counts=True)[1]
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    scores = np.empty(numbers.size, dtype=np.int64)
    scores[order] = 1 + bins * (np.arange(numbers.size) - first) // np.repeat(sizes, sizes)
    return scores


def rfm_segments(scores: pd.DataFrame) -> pd.Series[Any]:
    """Name what a customer is like by recency and frequency; scores from 1 to 5.

    ============  ==========================================
    champions     r 4-5, f 4-5: here lately, here often
    loyal         r 3, f 3-5, or r 4-5, f 3
    new           r 4-5, f 1-2: here lately, not yet often
    at_risk       r 1-2, f 3-5: was here often, not lately
    fading        r 3, f 1-2
    lost          r 1-2, f 1-2
    ============  ==========================================

    Parameters
    ----------
    scores
        One row per customer: ``r`` and ``f`` from 1 to 5.

    Returns
    -------
    Categorical with the index of the input. The names are ours; there is no standard.

    Raises
    ------
    ValueError
        A column is missing, or a score is not 1, 2, 3, 4 or 5.

    Examples
    --------
    >>> list(rfm_segments(pd.DataFrame({"r": [5, 1, 4], "f": [5, 5, 1]})))
    ['champions', 'at_risk', 'new']
    """
    table = require(scores, ("r", "f"), what="scores")
    for column in ("r", "f"):
        odd = ~table[column].isin((1, 2, 3, 4, 5)).to_numpy()
        if odd.any():
            place = int(odd.argmax())
            raise ValueError(
                f"scores: column {column!r}, row {table.index[place]!r} is {table[column].iloc[place]:g}; "
                "allowed are 1 to 5."
            )
    recent, often = table["r"].to_numpy(), table["f"].to_numpy()
    names = ["champions", "loyal", "new", "at_risk", "fading", "lost"]
    places = np.select(
        [(recent >= 4) & (often >= 4), (recent >= 3) & (often >= 3), recent >= 4, (recent <= 2) & (often >= 3)],
        [0, 1, 2, 3],
        default=np.where(recent == 3, 4, 5),
    )
    return categorical(places, names, like=table, name="segment")


# --- mailing, visiting, letting go -----------------------------------------------------------------------------------


def break_even_response(cost_per_piece: ArrayLike, margin_per_order: ArrayLike) -> Any:
    """Return the response at which a mailing pays its postage.

    Parameters
    ----------
    cost_per_piece
        >= 0 [currency per piece].
    margin_per_order
        What an order leaves, not its price, > 0 [currency per order].

    Returns
    -------
    Orders per piece; above 1 when no response can pay.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Hughes (2005), Strategic Database Marketing.

    Examples
    --------
    >>> round(break_even_response(0.55, 40), 5)
    0.01375
    """
    cost = require_numbers("cost_per_piece", cost_per_piece, at_least=0)
    margin = require_numbers("margin_per_order", margin_per_order, above=0)
    if cost.ndim and margin.ndim and cost.shape != margin.shape:
        raise ValueError(f"cost_per_piece has {cost.size} numbers and margin_per_order has {margin.size}.")
    found = cost / margin
    return float(found) if found.ndim == 0 else found


@dataclass(frozen=True, eq=False)
class RollOut:
    """Whom to mail after a test, and what that is expected to earn.

    Attributes
    ----------
    mail
        True for each cell that pays.
    cells
        How many pay.
    names
        How many names are in them.
    response
        Their response in the test, orders per piece; 0 if no cell pays.
    profit, profit_all
        Expected profit of mailing them, and of mailing everybody [currency].
    """

    mail: pd.Series[bool]
    cells: int
    names: float
    response: float
    profit: float
    profit_all: float


def roll_out(test: pd.DataFrame, names: float, cost_per_piece: float, margin_per_order: float) -> RollOut:
    """Mail the cells of a test whose response was above break-even.

    Parameters
    ----------
    test
        One row per cell: ``mailed`` > 0 and ``responded``, between 0 and ``mailed`` [pieces].
    names
        Names on the whole list; they fall on the cells as the test did, >= 0.
    cost_per_piece, margin_per_order
        As in :func:`break_even_response`.

    Returns
    -------
    The test's responses are taken for the list's. That flatters: among many cells some were lucky.

    Raises
    ------
    ValueError
        There is no row, a column is missing, a number is missing or outside its limits, or more responded than were
        mailed.

    References
    ----------
    Hughes (2005), Strategic Database Marketing.

    Examples
    --------
    >>> test = pd.DataFrame({"mailed": [100, 100], "responded": [3, 1]})
    >>> found = roll_out(test, names=10_000, cost_per_piece=0.55, margin_per_order=40)
    >>> found.cells, round(found.profit), round(found.profit_all)
    (1, 3250, 2500)
    """
    table = require(test, ("mailed", "responded"), what="test")
    require_numbers("test: column 'mailed', row", table["mailed"], above=0)
    if table.empty:
        raise ValueError("test: there is no row.")
    over = (table["responded"] > table["mailed"]).to_numpy()
    if over.any():
        place = int(over.argmax())
        mailed, responded = table.iloc[place]
        raise ValueError(f"test: in row {table.index[place]!r} {responded:g} responded of {mailed:g} mailed.")
    total = require_number("names", names, at_least=0)
    edge = break_even_response(cost_per_piece, margin_per_order)
    rate = table["responded"] / table["mailed"]
    listed = total * table["mailed"] / table["mailed"].sum()
    earned = listed * (rate * margin_per_order - cost_per_piece)
    mail = rate > edge
    reached = float(listed[mail].sum())
    return RollOut(
        mail=mail,
        cells=int(mail.sum()),
        names=reached,
        response=float((listed * rate)[mail].sum() / reached) if reached else 0.0,
        profit=float(earned[mail].sum()),
        profit_all=float(earned.sum()),
    )


def let_go(accounts: pd.DataFrame, avoidable: float = 1.0) -> pd.DataFrame:
    """Say which accounts a firm is better off without: those that cost more than all that hangs on them brings.

    Parameters
    ----------
    accounts
        One row per account [currency per year]: ``revenue``, ``product_cost``, ``service_cost`` (spent because of it),
        and optionally ``allocated_cost`` (its share of what stays anyway), ``option_value`` (worth of what it may
        become) and ``referral_value`` (margin of those who would leave with it), each >= 0.
    avoidable
        Part of the service cost that ends when the account leaves, 0..1.

    Returns
    -------
    Same index: ``full_cost_profit`` (with all costs, allocated ones too), ``keep_value`` (revenue less product cost and
    avoidable service cost, plus option and referral value), ``let_go`` (True where the keep value is below 0). Profit
    changes by minus the keep values of those let go; allocated cost does not change at all.

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or outside its limits.

    References
    ----------
    Haenlein & Kaplan (2012), The Impact of Unprofitable Customer Abandonment; Mittal, Sarkees & Murshed (2008).

    Examples
    --------
    >>> two = pd.DataFrame({"revenue": [900, 900], "product_cost": [500, 500], "service_cost": [300, 450],
    ...                     "allocated_cost": [150, 150]})
    >>> let_go(two)
       full_cost_profit  keep_value  let_go
    0             -50.0       100.0   False
    1            -200.0       -50.0    True
    """
    table = require(accounts, ("revenue", "product_cost", "service_cost"), what="accounts")
    part = require_number("avoidable", avoidable, at_least=0, at_most=1)
    given = pd.DataFrame(accounts)
    more = {
        column: require(given, (column,), what="accounts")[column] if column in given.columns else 0.0
        for column in ("allocated_cost", "option_value", "referral_value")
    }
    gross = table["revenue"] - table["product_cost"]
    keep = gross - part * table["service_cost"] + more["option_value"] + more["referral_value"]
    keep = keep.round(9) + 0.0  # worth 0 is worth 0 in spite of rounding
    return pd.DataFrame(
        {
            "full_cost_profit": gross - table["service_cost"] - more["allocated_cost"],
            "keep_value": keep,
            "let_go": keep < 0,
        }
    )


# --- helpers ---------------------------------------------------------------------------------------------------------


def _column(name: str, values: ArrayLike, at_least: float | None = None) -> NDArray[np.float64]:
    numbers = np.atleast_1d(require_numbers(name, values, at_least=at_least))
    if numbers.ndim > 1:  # a DataFrame of one column would be sorted along the wrong axis
        raise ValueError(f"{name} is a table of {' x '.join(map(str, numbers.shape))}; needed is one column of it.")
    return numbers


def _customers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    money = _column(name, values)
    if not money.size:
        raise ValueError(f"{name}: there is no customer; needed is at least one.")
    return money


def _brought(name: str, values: ArrayLike) -> NDArray[np.float64]:
    money = _customers(name, values)
    if money.sum() <= 0:
        raise ValueError(f"{name} sums to {money.sum():g}; shares need a total above 0.")
    return money


def _between(name: str, number: float) -> float:
    found = require_number(name, number, above=0)
    if found >= 1:
        raise ValueError(f"{name} is {found:g}; allowed are numbers between 0 and 1.")
    return found
