"""Credit policy: what terms cost, whom and how much to trust, how a book ages, and how fast a firm can grow.

Money is in one currency throughout; rates are shares per period or per year as each function says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.chains import absorption, fundamental
from crmlab.core.data import require, require_number, require_numbers, require_whole

_DEAREST = 1e12  # beyond this price of risk nobody gets credit
_MOST_CENTS = 2.0**62  # whole cents are counted in 64 bits

# --- terms -----------------------------------------------------------------------------------------------------------


def discount_cost(
    discount: float, discount_days: float, net_days: float, year_days: float = 365, compound: bool = False
) -> float:
    """Return what it costs a year not to take a cash discount.

    Parameters
    ----------
    discount
        Share of the price, 0..1, both ends excluded; 0.02 in "2/10 net 30".
    discount_days, net_days
        Last day for the discount, >= 0, and last day to pay, later.
    year_days
        Days in a year, > 0: 365 or, by an older custom, 360.
    compound
        False for the nominal rate, True for the effective one.

    Returns
    -------
    Rate per year: ``d / (1 - d)`` for the extra days, times the number of such spans in a year, or compounded; infinite
    where it is beyond all numbers.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the discount period is not shorter than the net period.

    Examples
    --------
    >>> [round(100 * discount_cost(0.02, 10, 30, days), 2) for days in (360, 365)]
    [36.73, 37.24]
    >>> [round(100 * discount_cost(0.02, 10, 30, days, compound=True), 2) for days in (360, 365)]
    [43.86, 44.59]
    """
    share = require_number("discount", discount, above=0, at_most=1)
    early = require_number("discount_days", discount_days, at_least=0)
    late = require_number("net_days", net_days, above=0)
    if share == 1:
        raise ValueError("discount is 1; allowed are shares below 1.")
    if early >= late:
        raise ValueError(f"discount_days is {early:g} and net_days {late:g}; needed is a shorter discount period.")
    spans = require_number("year_days", year_days, above=0) / (late - early)
    once = share / (1 - share)
    try:
        return (1 + once) ** spans - 1 if compound else once * spans
    except OverflowError:
        return math.inf


def discount_break_even(discount: float, rate: float) -> float:
    """Return the share of customers who never pay at which a discount for cash is as good as credit at full price.

    Parameters
    ----------
    discount
        Share of the price, 0..1, given to those who pay at once.
    rate
        Cost of money for the length of the credit, >= 0.

    Returns
    -------
    ``1 - (1 - discount)(1 + rate)``, at least 0.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Ross, Westerfield & Jordan, Fundamentals of Corporate Finance.

    Examples
    --------
    >>> round(discount_break_even(0.02, 0.02), 4)
    0.0004
    """
    share = require_number("discount", discount, at_least=0, at_most=1)
    return max(1 - (1 - share) * (1 + require_number("rate", rate, at_least=0)), 0.0)


@dataclass(frozen=True)
class SwitchToCredit:
    """Selling on credit instead of for cash.

    Attributes
    ----------
    cost
        Cash given up now [currency].
    npv
        Net present value for ever [currency].
    break_even_units
        Additional units per period at which it is 0; infinite if no number is enough.
    """

    cost: float
    npv: float
    break_even_units: float


def switch_to_credit(
    price: float,
    variable_cost: float,
    quantity_now: float,
    quantity_new: float,
    rate: float,
    default: float = 0.0,
) -> SwitchToCredit:
    """Value a switch from cash to payment one period later, in a business that goes on for ever.

    Parameters
    ----------
    price, variable_cost
        Of a unit, >= 0 [currency].
    quantity_now, quantity_new
        Units per period for cash and on credit, >= 0.
    rate
        Cost of money per period, > 0.
    default
        Share of the credit sales that is never paid, 0..1.

    Returns
    -------
    One period's revenue is collected a period late and the additional units are paid for first; from then on the margin
    changes for ever.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Ross, Westerfield & Jordan, Fundamentals of Corporate Finance.

    Examples
    --------
    >>> found = switch_to_credit(49, 20, 100, 110, rate=0.02)
    >>> round(found.cost), round(found.npv), round(found.break_even_units, 2)
    (5100, 9400, 3.43)
    """
    money, cost = require_number("price", price, at_least=0), require_number("variable_cost", variable_cost, at_least=0)
    now = require_number("quantity_now", quantity_now, at_least=0)
    more = require_number("quantity_new", quantity_new, at_least=0) - now
    interest = require_number("rate", rate, above=0)
    paid = money * (1 - require_number("default", default, at_least=0, at_most=1))
    given_up = money * now + cost * more
    gain = (paid - cost) * (now + more) - (money - cost) * now  # per period, from the first collection on
    per_unit = (paid - cost) / interest - cost
    lost = money * now + (money - paid) * now / interest
    enough = 0.0 if lost == 0 else lost / per_unit if per_unit > 0 else math.inf
    return SwitchToCredit(given_up, gain / interest - given_up, enough)


@dataclass(frozen=True)
class Terms:
    """A standard and what it brings.

    Attributes
    ----------
    quantity
        Units per year.
    days
        Average collection period [days].
    bad_debt
        Share of sales that is never paid, 0..1.
    """

    quantity: float
    days: float
    bad_debt: float


@dataclass(frozen=True)
class RelaxStandard:
    """What a looser standard changes in a year [currency].

    Attributes
    ----------
    contribution
        Additional margin.
    investment_cost
        Cost of the additional money tied up.
    bad_debt_cost
        Additional bad debts.
    net
        Contribution less both.
    """

    contribution: float
    investment_cost: float
    bad_debt_cost: float
    net: float


def relax_standard(
    now: Terms, then: Terms, price: float, variable_cost: float, rate: float, year_days: float = 365
) -> RelaxStandard:
    """Compare two credit standards over a year.

    Parameters
    ----------
    now, then
        Before and after.
    price, variable_cost
        Of a unit, >= 0 [currency]; money is tied up at variable cost.
    rate
        Cost of money per year, >= 0.
    year_days
        Days in a year, > 0.

    Returns
    -------
    The four amounts; the new bad-debt rate applies to all sales.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Gitman, Principles of Managerial Finance, with its example (Dodd Tool).

    Examples
    --------
    >>> found = relax_standard(Terms(60_000, 30, 0.01), Terms(63_000, 45, 0.02), 10, 6, 0.15, year_days=360)
    >>> round(found.investment_cost, 2), round(found.net, 2)
    (2587.5, 2812.5)
    """
    money, cost = require_number("price", price, at_least=0), require_number("variable_cost", variable_cost, at_least=0)
    interest = require_number("rate", rate, at_least=0)
    length = require_number("year_days", year_days, above=0)
    for name, terms in (("now", now), ("then", then)):
        require_number(f"{name}: quantity", terms.quantity, at_least=0)
        require_number(f"{name}: days", terms.days, at_least=0)
        require_number(f"{name}: bad_debt", terms.bad_debt, at_least=0, at_most=1)
    contribution = (money - cost) * (then.quantity - now.quantity)
    tied = [cost * terms.quantity * terms.days / length for terms in (now, then)]
    lost = [money * terms.quantity * terms.bad_debt for terms in (now, then)]
    investment, bad = interest * (tied[1] - tied[0]), lost[1] - lost[0]
    return RelaxStandard(contribution, investment, bad, contribution - investment - bad)


# --- the book --------------------------------------------------------------------------------------------------------


def dso(receivables: float, sales: ArrayLike, days: float) -> float:
    """Return days sales outstanding: receivables over average daily sales in a window.

    Parameters
    ----------
    receivables
        Open at the end of the window, >= 0 [currency].
    sales
        In the window, summing to more than 0 [currency].
    days
        Length of the window, > 0.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> paths = ([100, 100, 100], [50, 100, 150], [150, 100, 50])
    >>> [round(dso(payment_pattern(sales)["open"].sum(), sales, 90)) for sales in paths]
    [51, 63, 39]
    """
    total = float(require_numbers("sales", sales, at_least=0).sum())
    if total == 0:
        raise ValueError("sales sum to 0; days sales outstanding need sales in the window.")
    return require_number("receivables", receivables, at_least=0) / (total / require_number("days", days, above=0))


PATTERN = (1.0, 0.5, 0.2)  # of a month's sales still open at the end of it, one and two months later


def payment_pattern(sales: ArrayLike, pattern: ArrayLike = PATTERN) -> pd.DataFrame:
    """Return what is open of each month's sales, and in which share of the book it shows.

    Parameters
    ----------
    sales
        Of the months, the oldest first, >= 0 [currency].
    pattern
        Share of a month's sales open at its own end, a month later, and so on; falling, 0..1.

    Returns
    -------
    One row per month, the newest first: ``sales``, ``open`` [currency], ``outstanding`` (share of the month's sales,
    which does not depend on growth) and ``of_book`` (share of all that is open, which does).

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the pattern rises.

    References
    ----------
    Lewellen & Johnson (1972), Better Way to Monitor Accounts Receivable.

    Examples
    --------
    >>> payment_pattern([100, 100, 100])["of_book"].round(2).tolist()
    [0.59, 0.29, 0.12]
    """
    sold = require_numbers("sales", sales, at_least=0).ravel()[::-1]
    left = require_numbers("pattern", pattern, at_least=0, at_most=1).ravel()
    if (np.diff(left) > 0).any():
        raise ValueError("pattern rises; what is open of a month's sales can only fall.")
    share = np.zeros(sold.size)
    share[: min(left.size, sold.size)] = left[: sold.size]
    open_ = sold * share
    total = open_.sum()
    return pd.DataFrame(
        {
            "sales": sold,
            "open": open_,
            "outstanding": share,
            "of_book": open_ / total if total else np.zeros(sold.size),
        },
        index=pd.RangeIndex(sold.size, name="months_ago"),
    )


@dataclass(frozen=True, eq=False)
class Ageing:
    """Where open money ends up, by the state it is in.

    Attributes
    ----------
    paid, bad
        Chance of being paid, and of never being paid.
    expected_time
        Months until one of the two.
    """

    paid: pd.Series[float]
    bad: pd.Series[float]
    expected_time: pd.Series[float]


def ageing_chain(transitions: pd.DataFrame) -> Ageing:
    """Follow open invoices to their end.

    Parameters
    ----------
    transitions
        One row per open state, one column per state, open and final; the final ones are called ``paid`` and ``bad``.

    Raises
    ------
    ValueError
        As in :func:`crmlab.core.chains.fundamental`, or the final states are others.

    References
    ----------
    Cyert, Davidson & Thompson (1962), Estimation of the Allowance for Doubtful Accounts by Markov Chains.

    Examples
    --------
    >>> months = pd.DataFrame(
    ...     {"paid": [0.6, 0.4], "bad": [0.0, 0.1], "one": [0.2, 0.3], "three": [0.2, 0.2]}, index=["one", "three"]
    ... )
    >>> ageing_chain(months).paid.round(4).tolist()
    [0.9655, 0.8621]
    """
    ends = absorption(transitions)
    if set(ends.columns) != {"paid", "bad"}:
        raise ValueError(f"transitions: the final states are {list(ends.columns)}; needed are 'paid' and 'bad'.")
    time = fundamental(transitions).sum(axis=1)
    return Ageing(ends["paid"], ends["bad"], time.rename("expected_time"))


@dataclass(frozen=True)
class AgeingOutcome:
    """What will be collected and lost of a book [currency]."""

    collected: float
    lost: float


def ageing_outcome(transitions: pd.DataFrame, book: Mapping[Any, float]) -> AgeingOutcome:
    """Return what today's book will bring in the end.

    Parameters
    ----------
    transitions
        As in :func:`ageing_chain`.
    book
        Open amount by state, >= 0 [currency].

    Raises
    ------
    ValueError
        As in :func:`ageing_chain`, or a state of the book is no open state.

    Examples
    --------
    >>> months = pd.DataFrame(
    ...     {"paid": [0.6, 0.4], "bad": [0.0, 0.1], "one": [0.2, 0.3], "three": [0.2, 0.2]}, index=["one", "three"]
    ... )
    >>> found = ageing_outcome(months, {"one": 2000, "three": 5000})
    >>> round(found.collected), round(found.lost)
    (6241, 759)
    """
    ends = ageing_chain(transitions)
    for state in book:
        if state not in ends.paid.index:
            raise ValueError(f"book: {state!r} is no open state; allowed are {', '.join(map(repr, ends.paid.index))}.")
    amounts = {state: require_number(f"book: {state!r}", amount, at_least=0) for state, amount in book.items()}
    collected = sum(amount * float(ends.paid[state]) for state, amount in amounts.items())
    return AgeingOutcome(collected, sum(amounts.values()) - collected)


# --- growth and cash -------------------------------------------------------------------------------------------------


def cash_path(
    growth: float,
    lag: int,
    margin: float = 0.12,
    start_months: float = 1.5,
    months: int = 36,
    pay_first: bool = False,
    sales: float = 100_000.0,
) -> pd.DataFrame:
    """Follow a growing firm's cash when customers pay late.

    Parameters
    ----------
    growth
        Of sales per month, above -1.
    lag
        Months until customers pay, >= 0.
    margin
        Share of sales that is not cost, 0..1; costs are paid in the month of the sale.
    start_months
        Cash at the start, in months of sales before growth, >= 0.
    months
        Length, at least 1.
    pay_first
        Whether costs leave before collections arrive within a month.
    sales
        Of each month before the first, > 0 [currency]; growth begins with the first month.

    Returns
    -------
    One row per month: ``sales``, ``cost``, ``collected``, ``cash`` at the end and ``lowest`` within the month, each in
    whole cents [currency]: cash at the end is cash before, plus collected, less cost, to the cent.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.
    """
    rate = require_number("growth", growth, above=-1)
    delay = require_whole("lag", lag)
    count = require_whole("months", months, at_least=1)
    first = require_number("sales", sales, above=0)
    cost_share = 1 - require_number("margin", margin, at_least=0, at_most=1)
    sold = _cents(np.asarray(100 * first * (1 + rate) ** np.arange(1, count + 1), dtype=np.float64))
    cost = np.rint(sold * cost_share).astype(np.int64)
    before = np.full(delay, round(100 * first), dtype=np.int64)
    collected = np.r_[before, sold][:count]
    start = round(100 * first * require_number("start_months", start_months, at_least=0))
    cash = start + np.cumsum(collected - cost)
    lowest = cash - collected if pay_first else cash
    cents = {"sales": sold, "cost": cost, "collected": collected, "cash": cash, "lowest": lowest}
    table: pd.DataFrame = pd.DataFrame(cents, index=pd.RangeIndex(1, count + 1, name="month")) / 100
    return table


def _cents(amounts: NDArray[np.float64]) -> NDArray[np.int64]:
    if not np.cumsum(amounts)[-1] < _MOST_CENTS:
        raise ValueError(
            f"sales grow beyond what can be counted in cents ({_MOST_CENTS:.0e}); fewer months or less growth are "
            "needed."
        )
    return np.rint(amounts).astype(np.int64)


def solvent_growth(
    lag: int,
    margin: float = 0.12,
    start_months: float = 1.5,
    months: int = 36,
    pay_first: bool = False,
) -> float:
    """Return the highest monthly growth at which the firm never runs out of cash.

    Parameters
    ----------
    lag, margin, start_months, months, pay_first
        As in :func:`cash_path`.

    Returns
    -------
    Growth per month, to 1e-6; infinite if the cash lasts however fast sales grow, as when customers pay at once.

    Raises
    ------
    ValueError
        As in :func:`cash_path`, or even without growth the cash runs out.

    Examples
    --------
    >>> [round(solvent_growth(lag), 3) for lag in (1, 2, 3)]
    [0.139, 0.072, 0.05]
    """
    from scipy import optimize  # imported here: models load without scipy

    def lowest(growth: float) -> float:
        return float(cash_path(growth, lag, margin, start_months, months, pay_first)["lowest"].min())

    if lowest(0.0) < 0:
        raise ValueError("even without growth the cash runs out; the margin or the cash at the start is too small.")
    high = 0.01
    while True:
        try:
            if lowest(high) < 0:
                return float(optimize.brentq(lowest, high / 2, high, xtol=1e-7))
        except ValueError:  # more than can be counted, and still solvent
            return math.inf
        high *= 2


# --- policies --------------------------------------------------------------------------------------------------------

#: How the market answers to a policy; our own numbers, which chapter 12 states. Demand is in shares of cash sales.
RESPONSE: Mapping[str, float] = {
    "demand_on_credit": 0.30,  # of those who cannot pay cash, on any credit at all
    "demand_per_30_days": 0.15,
    "demand_per_step": 0.10,
    "demand_per_discount": 3.0,  # a discount of 1% adds 3%
    "growth": 0.01,  # per month, of cash sales to the safest
    "growth_per_30_days": 0.02,
    "growth_per_step": 0.01,
    "odds": 0.008,  # of default of the safest on credit of 0 days without any collection
    "odds_per_30_days": 1.25,
    "odds_per_step": 1.40,
    "odds_at_full_effort": 0.6,
    "late_days": 20.0,  # beyond the period, without any collection
    "late_days_per_step": 4.0,
    "effort_cost": 0.008,  # full collection, share of credit sales
    "takers_per_discount": 20.0,  # a discount of 1% is taken by 20% of the sales
    "taken_after_days": 10.0,
}


def respond(
    period_days: ArrayLike, standard: ArrayLike = 1.0, collection: ArrayLike = 0.5, discount: ArrayLike = 0.0
) -> pd.DataFrame:
    """Return how customers answer to a credit policy, by the law of chapter 12 (:data:`RESPONSE`).

    Parameters
    ----------
    period_days
        Credit period, 0..120 [days]; 0 is selling for cash.
    standard
        How many steps it is looser than taking only the safest, 0..4.
    collection
        Effort of collecting, 0..1.
    discount
        Share of the price for paying within ten days, 0..0.05.

    Returns
    -------
    One row per policy: ``sales`` (in parts of cash sales), ``growth`` (per month), ``delay_days`` (until payment),
    ``bad_debt`` (share of sales), ``cost`` (of discount and collection, share of sales).

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> respond([0, 30, 60], standard=[0, 1, 3]).round(3)[["sales", "growth", "delay_days", "bad_debt"]]
       sales  growth  delay_days  bad_debt
    0  1.000    0.01         0.0     0.000
    1  1.644    0.04        44.0     0.011
    2  2.197    0.08        82.0     0.026
    """
    law = RESPONSE
    given = (
        np.atleast_1d(require_numbers("period_days", period_days, at_least=0, at_most=120)),
        require_numbers("standard", standard, at_least=0, at_most=4),
        require_numbers("collection", collection, at_least=0, at_most=1),
        require_numbers("discount", discount, at_least=0, at_most=0.05),
    )
    try:
        days, steps, effort, share = np.broadcast_arrays(*given)
    except ValueError:
        raise ValueError(
            "period_days, standard, collection and discount have different lengths; needed is one of each per policy."
        ) from None
    credit = days > 0
    months = days / 30
    takers = np.where(credit, np.minimum(law["takers_per_discount"] * share, 0.8), 0.0)
    odds = law["odds"] * law["odds_per_30_days"] ** months * law["odds_per_step"] ** steps
    odds = odds * law["odds_at_full_effort"] ** effort
    late = law["late_days"] * (1 - effort) + law["late_days_per_step"] * steps
    sales = (1 + law["demand_on_credit"]) * (1 + law["demand_per_30_days"] * months)
    sales = sales * (1 + law["demand_per_step"] * steps) * (1 + law["demand_per_discount"] * share)
    return pd.DataFrame(
        {
            "sales": np.where(credit, sales, 1.0),
            "growth": np.where(
                credit,
                law["growth"] + law["growth_per_30_days"] * months + law["growth_per_step"] * steps,
                law["growth"],
            ),
            "delay_days": np.where(credit, takers * law["taken_after_days"] + (1 - takers) * (days + late), 0.0),
            "bad_debt": np.where(credit, (1 - takers) * odds / (1 + odds), 0.0),
            "cost": np.where(credit, takers * share + law["effort_cost"] * effort, 0.0),
        }
    )


def simulate_policy(
    period_days: float,
    standard: float = 1.0,
    collection: float = 0.5,
    start_months: float = 1.5,
    months: int = 36,
    margin: float = 0.12,
    sales: float = 100_000.0,
) -> pd.DataFrame:
    """Follow a firm under a credit policy month by month, until it can no longer pay.

    Parameters
    ----------
    period_days, standard, collection
        As in :func:`respond`.
    start_months
        Cash at the start, in months of cash sales, >= 0.
    months
        Length, at least 1.
    margin
        Share of sales that is not cost, 0..1; costs are paid in the month of the sale.
    sales
        A month, if sold for cash, > 0 [currency].

    Returns
    -------
    One row per month: ``sales``, ``cost`` (of goods and of collection), ``bad_debt`` (set aside at the sale),
    ``profit``, ``collected``, ``receivables`` (net of what is set aside) and ``cash`` at the end, each in whole cents
    [currency]. Cash plus receivables change by the profit, to the cent. Before the first month the firm sold evenly on
    the same terms. The table ends with the first month whose cash is below 0.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    Examples
    --------
    >>> finance, bold = simulate_policy(15, standard=0), simulate_policy(60, standard=3)
    >>> len(finance), len(bold), bool(bold["cash"].iloc[-1] < 0)
    (36, 7, True)
    """
    answer = respond(
        require_number("period_days", period_days),
        require_number("standard", standard),
        require_number("collection", collection),
    ).iloc[0]
    count = require_whole("months", months, at_least=1)
    base = 100 * require_number("sales", sales, above=0)
    start = round(base * require_number("start_months", start_months, at_least=0))
    goods = 1 - require_number("margin", margin, at_least=0, at_most=1)
    lag = answer["delay_days"] / 30
    whole = int(lag)
    past = whole + 1  # months before the first whose sales are still open
    level = base * answer["sales"] * (1 + answer["growth"]) ** np.r_[np.zeros(past), np.arange(1, count + 1)]
    sold = _cents(level)
    bad = np.rint(sold * answer["bad_debt"]).astype(np.int64)
    cost = np.rint(sold * (goods + answer["cost"])).astype(np.int64)
    later = np.rint((sold - bad) * (lag - whole)).astype(np.int64)  # comes a month after the rest
    sooner = sold - bad - later
    collected = sooner[past - whole :][:count] + later[past - whole - 1 :][:count]
    sold, bad, cost = sold[past:], bad[past:], cost[past:]
    profit = sold - cost - bad
    open_before = int(later[past - whole - 1 : past].sum() + sooner[past - whole : past].sum())
    cents = {
        "sales": sold,
        "cost": cost,
        "bad_debt": bad,
        "profit": profit,
        "collected": collected,
        "receivables": open_before + np.cumsum(sold - bad - collected),
        "cash": start + np.cumsum(collected - cost),
    }
    table: pd.DataFrame = pd.DataFrame(cents, index=pd.RangeIndex(1, count + 1, name="month")) / 100
    broke = np.flatnonzero(table["cash"] < 0)
    return table.iloc[: broke[0] + 1] if broke.size else table


def frontier(policies: pd.DataFrame) -> pd.DataFrame:
    """Say which policies are efficient, and name the three types among them.

    Parameters
    ----------
    policies
        One row per policy: ``period_days``, ``sales``, ``bad_debt`` (share of sales), ``profit`` and ``loss_sd`` (the
        standard deviation of losses between years) [currency per month]; one row sells for cash (``period_days`` 0).

    Returns
    -------
    Same index, with ``efficient`` (no other policy sells more at a bad-debt rate as low, or as much at a lower one),
    ``gain_per_risk`` (profit above that of cash, per unit of ``loss_sd``) and ``type``: ``finance`` (lowest bad-debt
    rate on credit), ``sales`` (most sales), ``balanced`` (highest gain per risk; our definition, the tangency from the
    cash policy), several of them with spaces between, or empty.

    Raises
    ------
    ValueError
        A column or a number is missing, or no policy or more than one sells for cash, or none on credit.

    Examples
    --------
    >>> grid = pd.DataFrame(
    ...     {
    ...         "period_days": [0, 15, 30, 60],
    ...         "sales": [100.0, 120.0, 150.0, 170.0],
    ...         "bad_debt": [0.0, 0.01, 0.02, 0.06],
    ...         "profit": [12.0, 12.5, 16.0, 14.0],
    ...         "loss_sd": [0.0, 0.5, 1.2, 4.0],
    ...     }
    ... )
    >>> frontier(grid)[["gain_per_risk", "type"]].round(2).to_dict("list")
    {'gain_per_risk': [nan, 1.0, 3.33, 0.5], 'type': ['', 'finance', 'balanced', 'sales']}
    """
    columns = ["period_days", "sales", "bad_debt", "profit", "loss_sd"]
    given = require(policies, columns, at_least=None, what="policies")
    cash = given["period_days"] == 0
    if cash.sum() != 1 or cash.all():
        raise ValueError(f"policies has {int(cash.sum())} rows with period_days 0; needed are one, and one on credit.")
    sales, bad = given["sales"].to_numpy(), given["bad_debt"].to_numpy()
    more, safer = sales[:, None] > sales, bad[:, None] < bad  # of the row's policy, against the column's
    beaten = (more & (bad[:, None] <= bad)) | (safer & (sales[:, None] >= sales))
    risk = given["loss_sd"].where((given["loss_sd"] > 0) & ~cash)
    gain = (given["profit"] - float(given["profit"][cash].iloc[0])) / risk
    winners = {
        "finance": bad == bad[~cash].min(),
        "balanced": (gain == gain.max()).to_numpy(),
        "sales": sales == sales[~cash].max(),
    }
    kind = [
        " ".join(name for name, won in winners.items() if place == np.argmax(won & ~cash) and (won & ~cash).any())
        for place in range(len(given))
    ]
    efficient: NDArray[np.bool_] = np.logical_not(beaten.any(axis=0))
    return policies.assign(efficient=efficient, gain_per_risk=gain, type=kind)


# --- limits ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Limits:
    """Credit limits under a cap.

    Attributes
    ----------
    limit
        Of each customer [currency].
    profit, expected_loss
        Of all together [currency].
    price_of_risk
        What one more unit of allowed expected loss would earn; 0 if the cap does not bind.
    """

    limit: NDArray[np.float64]
    profit: float
    expected_loss: float
    price_of_risk: float

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[np.float64]:
        """Return the limits, so that they can be counted with like any array."""
        return np.array(self.limit, dtype=dtype)


def allocate_limits(
    margin: ArrayLike, demand: ArrayLike, default: ArrayLike, slope: ArrayLike, lgd: ArrayLike, cap: float
) -> Limits:
    """Share out credit so that profit is highest while the expected loss stays below a cap.

    Parameters
    ----------
    margin
        Earned per unit of limit used and paid, >= 0, one per customer.
    demand
        Most that each can use, >= 0 [currency].
    default, slope
        Chance of default of the first unit, 0..1, and by how much it rises up to the full demand; together at most 1.
    lgd
        Share lost in a default, 0..1, above 0.
    cap
        Largest expected loss of all, >= 0 [currency].

    Returns
    -------
    With ``p(L) = default + slope * L / demand``, the limits with the highest sum of
    ``margin * L * (1 - p) - L * p * lgd``, while the sum of ``L * p * lgd`` is at most ``cap``.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ.

    Examples
    --------
    >>> found = allocate_limits([0.2, 0.2], [1000, 1000], [0.02, 0.10], [0.05, 0.05], [0.5, 0.5], cap=50)
    >>> found.limit.round().tolist(), round(found.expected_loss, 2)
    ([1000.0, 265.0], 50.0)
    """
    names = ("margin", "demand", "default", "slope", "lgd")
    given = [
        np.atleast_1d(require_numbers(name, values, at_least=0))
        for name, values in zip(names, (margin, demand, default, slope, lgd), strict=True)
    ]
    if len({array.size for array in given}) != 1 or any(array.ndim != 1 for array in given):
        raise ValueError(
            "margin, demand, default, slope and lgd have different lengths; needed is one of each per customer."
        )
    earn, most, base, rise, lost = given
    if (base + rise > 1).any() or (lost > 1).any() or (lost == 0).any():
        raise ValueError(
            "default plus slope, or lgd, is outside its limits; allowed are chances up to 1 and lgd above 0."
        )
    top = require_number("cap", cap, at_least=0)
    safe = np.where(most > 0, most, 1.0)

    def best(price: float) -> NDArray[np.float64]:
        # Maximise earn*L*(1-p) - (1+price)*L*p*lost, a parabola in L.
        weight = earn + (1 + price) * lost
        linear, square = earn - weight * base, weight * rise / safe
        free = np.where(square > 0, linear / (2 * np.where(square > 0, square, 1.0)), np.where(linear > 0, np.inf, 0.0))
        limits: NDArray[np.float64] = np.clip(free, 0.0, most)
        return limits

    def loss(limits: NDArray[np.float64]) -> float:
        return float((limits * (base + rise * limits / safe) * lost).sum())

    price, limits = 0.0, best(0.0)
    if loss(limits) > top:
        low, high = 0.0, 1.0
        while loss(best(high)) > top and high < _DEAREST:
            low, high = high, 2 * high
        for _ in range(200):  # the lowest price at which the cap holds
            middle = (low + high) / 2
            if not low < middle < high:
                break
            low, high = (middle, high) if loss(best(middle)) > top else (low, middle)
        # Where a risk does not rise, credit is all or nothing at its price: a part of it fills the cap.
        under, over = best(high), best(low)
        part = (top - loss(under)) / (loss(over) - loss(under)) if loss(under) < top else 0.0
        price, limits = high, under + part * (over - under)
        if high >= _DEAREST:
            price, limits = math.inf, np.where((base + rise) * lost > 0, 0.0, most)
    chance = base + rise * limits / safe
    profit = float((earn * limits * (1 - chance) - limits * chance * lost).sum())
    return Limits(limits, profit, loss(limits), price)
