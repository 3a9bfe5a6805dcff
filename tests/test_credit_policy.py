"""Models of chapter 12: the price of terms, standards and limits, a book of debts, growth and the cash it takes."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize

from crmlab.core.data import load, truth
from crmlab.credit_policy import (
    Limits,
    Terms,
    ageing_chain,
    ageing_outcome,
    allocate_limits,
    cash_path,
    discount_break_even,
    discount_cost,
    dso,
    frontier,
    payment_pattern,
    relax_standard,
    respond,
    simulate,
    simulate_policy,
    solvent_growth,
    switch_to_credit,
)

STUDENTS = ("", "s1", "s2", "s3")
every_student = pytest.mark.parametrize("student", STUDENTS)
few = settings(max_examples=40)  # where one example takes milliseconds
share = st.floats(0, 1)
money = st.floats(1, 1000)


@lru_cache
def drawn(student: str) -> dict[str, pd.DataFrame]:
    return simulate.tables(student)


def cents(column: Any) -> list[int]:
    """The amounts as whole cents, and that is what they were."""
    amounts = np.asarray(column, dtype=float)
    whole = [round(100 * amount) for amount in amounts.tolist()]
    assert [amount / 100 for amount in whole] == amounts.tolist()
    return whole


# --- the price of a discount ---


def test_2_10_net_30_costs_36_73_nominal_and_43_86_effective_360() -> None:
    assert discount_cost(0.02, 10, 30, 360) == pytest.approx(0.3673, abs=5e-5)
    assert discount_cost(0.02, 10, 30, year_days=360, compound=True) == pytest.approx(0.4386, abs=5e-5)


def test_2_10_net_30_costs_37_24_nominal_and_44_59_effective_365() -> None:
    assert discount_cost(0.02, 10, 30) == discount_cost(0.02, 10, 30, 365) == pytest.approx(0.3724, abs=5e-5)
    assert discount_cost(0.02, 10, 30, compound=True) == pytest.approx(0.4459, abs=5e-5)


def test_who_pays_on_day_45_gives_up_21_3_a_year_nominal_365() -> None:
    assert discount_cost(0.02, 10, 45) == pytest.approx(0.213, abs=5e-4)


terms = {
    "discount": st.floats(0.001, 0.3),
    "early": st.floats(0, 60),
    "extra": st.floats(1, 300),
    "year": st.floats(300, 400),
}


@given(**terms)
def test_at_its_cost_the_discounted_price_grows_to_the_full_one_in_the_extra_days(
    discount: float, early: float, extra: float, year: float
) -> None:
    nominal, effective = (discount_cost(discount, early, early + extra, year, way) for way in (False, True))
    years = extra / year
    assert (1 - discount) * (1 + nominal * years) == pytest.approx(1)  # simple interest
    assert (1 - discount) * math.exp(years * math.log1p(effective)) == pytest.approx(1)  # on interest as well


@given(**terms)
def test_the_effective_rate_is_above_the_nominal_one_if_the_extra_days_are_less_than_a_year(
    discount: float, early: float, extra: float, year: float
) -> None:
    def gap(days: float) -> float:
        late = early + days
        return discount_cost(discount, early, late, year, True) - discount_cost(discount, early, late, year)

    assert gap(extra) >= -1e-9
    assert gap(year) == pytest.approx(0, abs=1e-9)
    assert gap(2 * year) < 0


@given(**terms)
def test_a_discount_costs_more_if_larger_and_less_if_it_buys_more_days(
    discount: float, early: float, extra: float, year: float
) -> None:
    for way in (False, True):
        cost = discount_cost(discount, early, early + extra, year, way)
        assert discount_cost(discount * 1.01, early, early + extra, year, way) > cost > 0
        assert discount_cost(discount, early, early + extra + 0.5, year, way) < cost
        assert discount_cost(discount, early + 0.5, early + extra, year, way) > cost
        assert discount_cost(discount, early, early + extra, year + 1, way) > cost
        # how early the first day is does not matter, the days between do
        assert discount_cost(discount, 0, extra, year, way) == pytest.approx(cost)


def test_a_discount_of_2_for_cash_is_worth_a_default_of_0_04_percent_at_2_percent_a_month() -> None:
    assert discount_break_even(0.02, 0.02) == pytest.approx(0.0004, abs=1e-12)


@given(share, st.floats(0, 2))
def test_at_the_break_even_share_late_money_is_worth_the_discounted_price(discount: float, rate: float) -> None:
    never = discount_break_even(discount, rate)
    assert 0 <= never <= 1
    if never > 0:
        assert (1 - never) / (1 + rate) == pytest.approx(1 - discount)
    else:
        assert 1 / (1 + rate) <= 1 - discount + 1e-12  # even if all pay, cash now is better


# --- from cash to credit ---


def test_locust_software_pays_5100_for_9400_and_needs_3_43_more_units() -> None:
    found = switch_to_credit(49, 20, 100, 110, 0.02)
    assert (found.cost, found.npv) == (pytest.approx(5100), pytest.approx(9400))
    assert found.break_even_units == pytest.approx(3.43, abs=5e-3)
    assert switch_to_credit(49, 20, 100, 105, 0.02).npv == pytest.approx(2250)


switches = {
    "price": money,
    "variable_cost": money,
    "now": st.floats(1, 500),
    "more": st.floats(-0.9, 2),
    "rate": st.floats(0.04, 0.5),
    "default": st.floats(0, 0.9),
}


@given(**switches)
def test_the_switch_is_worth_its_cash_flows_month_by_month(
    price: float, variable_cost: float, now: float, more: float, rate: float, default: float
) -> None:
    new = now * (1 + more)
    found = switch_to_credit(price, variable_cost, now, new, rate, default)
    for_cash = np.full(801, (price - variable_cost) * now)
    collected = np.r_[0, np.full(800, price * (1 - default) * new)]  # the first money comes in a period late
    change = collected - variable_cost * new - for_cash
    scale = (price + variable_cost) * (now + new) / rate
    assert found.npv == pytest.approx((change / (1 + rate) ** np.arange(801)).sum(), abs=1e-9 * scale)
    assert found.cost == pytest.approx(-change[0], abs=1e-9 * scale)


@given(**switches)
def test_the_switch_is_worth_nothing_at_the_break_even_units(
    price: float, variable_cost: float, now: float, more: float, rate: float, default: float
) -> None:
    def npv(units: float) -> float:
        return switch_to_credit(price, variable_cost, now, now + units, rate, default).npv

    units = switch_to_credit(price, variable_cost, now, now * (1 + more), rate, default).break_even_units
    if math.isinf(units):
        assert npv(10**9) <= npv(10) <= npv(0) < 0
    else:
        scale = (price + variable_cost) * (now + units) / rate
        assert units > 0
        assert npv(units) == pytest.approx(0, abs=1e-9 * scale)
        assert npv(units * 0.9) < 0 < npv(units * 1.1)


@given(money, money, st.floats(0.01, 0.5))
def test_without_defaults_the_formulas_of_the_chapter_hold(price: float, cost: float, rate: float) -> None:
    found = switch_to_credit(price, cost, 80, 95, rate)
    assert found.cost == pytest.approx(price * 80 + cost * 15)
    assert found.npv == pytest.approx((price - cost) * 15 / rate - found.cost, abs=1e-6)
    divisor = (price - cost) / rate - cost
    assume(abs(divisor) > 1e-9)
    assert found.break_even_units == (pytest.approx(price * 80 / divisor) if divisor > 0 else math.inf)


def test_a_price_that_only_pays_the_cost_is_never_enough() -> None:
    assert switch_to_credit(20, 20, 100, 150, 0.02).break_even_units == math.inf
    assert switch_to_credit(25, 20, 100, 150, 0.02, default=0.2).break_even_units == math.inf
    assert math.isfinite(switch_to_credit(25, 20, 100, 150, 0.02, default=0.1).break_even_units)


def test_who_has_no_customer_yet_gives_up_nothing_but_the_first_goods() -> None:
    found = switch_to_credit(49, 20, 0, 10, 0.02)
    assert (found.cost, found.break_even_units) == (200, 0)


def test_if_5_percent_never_pay_13_1_more_are_needed_because_the_old_customers_default_too() -> None:
    units = switch_to_credit(49, 20, 100, 110, 0.02, 0.05).break_even_units
    assert units == pytest.approx(13.1, abs=0.05)
    assert 100 / (100 + units) > 0.85  # of the defaults
    only_new = optimize.brentq(lambda more: (49 * 0.95 - 20) * more / 0.02 - (4900 + 20 * more), 0, 50)
    without = switch_to_credit(49, 20, 100, 110, 0.02).break_even_units
    assert only_new - without < 0.05 * (units - without)


# --- the standard ---

DODD_NOW, DODD_THEN = Terms(60_000, 30, 0.01), Terms(63_000, 45, 0.02)


def test_the_dodd_tool_earns_2812_50_of_12000_360() -> None:
    found = relax_standard(DODD_NOW, DODD_THEN, 10, 6, 0.15, year_days=360)
    assert found.investment_cost / 0.15 == pytest.approx(17_250)
    assert found.investment_cost == pytest.approx(2587.50)
    assert (found.contribution, found.bad_debt_cost) == (pytest.approx(12_000), pytest.approx(6600))
    assert found.net == pytest.approx(2812.50)


def test_the_dodd_tool_earns_2847_95_365() -> None:
    assert relax_standard(DODD_NOW, DODD_THEN, 10, 6, 0.15).net == pytest.approx(2847.95, abs=5e-3)
    assert relax_standard(DODD_NOW, DODD_THEN, 10, 6, 0.15, 365).net == pytest.approx(2847.95, abs=5e-3)


def test_the_dodd_tool_earns_2826_rounded_turnover() -> None:
    now, then = Terms(60_000, 365 / 12.2, 0.01), Terms(63_000, 365 / 8.1, 0.02)
    assert round(365 / 30, 1) == 12.2 and round(365 / 45, 1) == 8.1
    found = relax_standard(now, then, 10, 6, 0.15)
    assert found.investment_cost / 0.15 == pytest.approx(17_158, abs=0.6)
    assert round(360_000 / 12.2) == 29_508 and round(378_000 / 8.1) - 29_508 == 17_159  # rounded steps
    assert (round(found.investment_cost), round(found.net)) == (2574, 2826)


standards = st.builds(Terms, st.floats(0, 1e5), st.floats(0, 120), share)


@given(standards, standards, money, money, st.floats(0, 1), st.sampled_from([360, 365]))
def test_a_standard_changes_contribution_money_tied_up_at_cost_and_bad_debts_of_all_sales(
    now: Terms, then: Terms, price: float, cost: float, rate: float, year: float
) -> None:
    found = relax_standard(now, then, price, cost, rate, year)

    def profit(standard: Terms) -> float:
        tied = cost * standard.quantity / year * standard.days
        return (price * (1 - standard.bad_debt) - cost) * standard.quantity - rate * tied

    scale = (price + cost) * (now.quantity + then.quantity + 1)
    assert found.net == pytest.approx(profit(then) - profit(now), abs=1e-9 * scale)
    assert found.net == pytest.approx(found.contribution - found.investment_cost - found.bad_debt_cost)
    assert found.contribution == pytest.approx((price - cost) * (then.quantity - now.quantity))
    free = relax_standard(now, then, price, cost, 0, year)
    assert free.investment_cost == 0 and free.bad_debt_cost == found.bad_debt_cost
    back = relax_standard(then, now, price, cost, rate, year)
    for part in ("contribution", "investment_cost", "bad_debt_cost", "net"):
        assert getattr(back, part) == pytest.approx(-getattr(found, part), abs=1e-9 * scale)


def test_of_three_amounts_of_the_dodd_tool_the_contribution_is_largest_and_a_quarter_of_it_is_left() -> None:
    found = relax_standard(DODD_NOW, DODD_THEN, price=10, variable_cost=6, rate=0.15, year_days=360)
    assert found.net / found.contribution == pytest.approx(0.25, abs=0.02)
    assert found.contribution > found.bad_debt_cost > found.investment_cost > 0


# --- days sales outstanding and the payment pattern ---

PATHS = {"flat": ([100, 100, 100], 51, (59, 29, 12)), "boom": ([50, 100, 150], 63, (71, 24, 5))}
PATHS["slump"] = ([150, 100, 50], 39, (38, 38, 23))


@pytest.mark.parametrize("path", PATHS)
def test_the_same_customers_read_51_63_and_39_days(path: str) -> None:
    sales, days, book = PATHS[path]
    found = payment_pattern(sales)
    assert dso(found["open"].sum(), sales, 90) == pytest.approx(days)
    assert tuple((100 * found["of_book"]).round().astype(int)) == book
    assert found["outstanding"].tolist() == [1, 0.5, 0.2]


@given(st.floats(0, 1e6), st.lists(st.floats(0.01, 1e5), min_size=1, max_size=12), st.floats(1, 365), st.randoms())
def test_dso_depends_neither_on_the_currency_nor_on_how_sales_fall_within_the_window(
    receivables: float, sales: list[float], days: float, random: Any
) -> None:
    found = dso(receivables, sales, days)
    assert type(found) is float
    assert found * sum(sales) == pytest.approx(receivables * days)
    assert dso(7.8 * receivables, 7.8 * np.array(sales), days) == pytest.approx(found)
    assert dso(receivables, random.sample(sales, len(sales)), days) == pytest.approx(found)
    assert dso(receivables, sum(sales), days) == pytest.approx(found)
    assert dso(receivables, [*sales, 0], days) == pytest.approx(found)
    assert dso(2 * receivables, sales, days) == pytest.approx(2 * found)
    assert dso(receivables, sales * 2, 2 * days) == pytest.approx(found)  # twice the window, sold as before


sold = st.lists(st.just(0.0) | st.floats(0.01, 1e5), min_size=1, max_size=8)
falling = st.lists(share, max_size=6).map(lambda shares: sorted(shares, reverse=True))


@given(sold, falling)
def test_the_open_part_of_each_month_and_its_share_of_the_book(sales: list[float], pattern: list[float]) -> None:
    found = payment_pattern(sales, pattern)
    assert list(found.columns) == ["sales", "open", "outstanding", "of_book"]
    assert found.index.tolist() == list(range(len(sales))) and found.index.name == "months_ago"
    total = 0.0
    for ago, row in enumerate(found.itertuples(index=False)):
        left = pattern[ago] if ago < len(pattern) else 0
        assert (row.sales, row.outstanding) == (sales[-1 - ago], left)
        assert row.open == sales[-1 - ago] * left
        total += row.open
    if total > 0:
        assert found["of_book"].sum() == pytest.approx(1)
        np.testing.assert_allclose(found["of_book"] * total, found["open"], atol=1e-9)
    else:
        assert (found["of_book"] == 0).all()


@given(sold, st.floats(0.1, 10))
def test_what_is_outstanding_depends_on_the_customers_alone_and_the_book_on_growth_as_well(
    sales: list[float], times: float
) -> None:
    found, larger = payment_pattern(sales), payment_pattern(np.array(sales) * times)
    assert found["outstanding"].tolist() == larger["outstanding"].tolist() == [1, 0.5, 0.2, *[0] * 8][: len(sales)]
    np.testing.assert_allclose(larger["of_book"], found["of_book"], atol=1e-9)
    grown = payment_pattern(100 * 1.1 ** np.arange(len(sales)))
    steady = payment_pattern(np.full(len(sales), 100))
    assert grown["outstanding"].equals(steady["outstanding"])
    if len(sales) > 1:
        assert grown["of_book"].iloc[0] > steady["of_book"].iloc[0]
        assert dso(grown["open"].sum(), grown["sales"], 90) > dso(steady["open"].sum(), steady["sales"], 90)


def test_no_sales_are_no_book_and_months_without_sales_leave_no_gap() -> None:
    assert len(payment_pattern([])) == 0
    assert payment_pattern([0, 0])["of_book"].tolist() == [0, 0]
    assert payment_pattern([80, 0, 40])["open"].tolist() == [40, 0, 16]
    assert payment_pattern([80, 0, 40], [0.5, 0.5])["outstanding"].tolist() == [0.5, 0.5, 0]
    assert payment_pattern(40, 1)["open"].tolist() == [40]


# --- the ageing chain ---


def months(*rows: list[float], index: Any = ("one", "three"), columns: Any = None) -> pd.DataFrame:
    columns = columns or ["paid", "bad", *index]
    return pd.DataFrame(rows, index=list(index), columns=list(columns))


RENDER = months([0.6, 0.0, 0.2, 0.2], [0.4, 0.1, 0.3, 0.2])


def test_render_and_stair_collect_6241_and_lose_759() -> None:
    found = ageing_chain(RENDER)
    assert found.paid.round(4).tolist() == [0.9655, 0.8621]
    assert found.bad.round(4).tolist() == [0.0345, 0.1379]
    outcome = ageing_outcome(RENDER, {"one": 2000, "three": 5000})
    assert (round(outcome.collected), round(outcome.lost)) == (6241, 759)


@st.composite
def chains(draw: st.DrawFn) -> pd.DataFrame:
    """A chain of up to 5 open states, each with some way out; columns in any order."""
    size = draw(st.integers(1, 5))
    weights = np.array(
        [
            draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
            + draw(st.lists(st.integers(0, 5), min_size=2, max_size=2).filter(any))
            for _ in range(size)
        ],
        dtype=float,
    )
    states = [*(f"open {k}" for k in range(size)), "paid", "bad"]
    table = pd.DataFrame(weights / weights.sum(axis=1, keepdims=True), index=states[:size], columns=states)
    return table[draw(st.permutations(states))]


@few
@given(chains(), st.data())
def test_all_open_money_is_paid_or_lost_in_the_end(table: pd.DataFrame, data: st.DataObject) -> None:
    found = ageing_chain(table)
    np.testing.assert_allclose(found.paid + found.bad, 1)
    assert found.paid.index.equals(table.index) and found.bad.index.equals(table.index)
    assert ((found.paid >= 0) & (found.bad >= 0)).all()
    book = {state: data.draw(st.floats(0, 1e5)) for state in data.draw(st.permutations(list(table.index)))}
    outcome = ageing_outcome(table, book)
    assert outcome.collected + outcome.lost == pytest.approx(sum(book.values()))
    # month by month, until nothing is open
    states = [*table.index, "paid", "bad"]
    month = pd.DataFrame(np.eye(len(states)), states, states)
    month.loc[table.index] = table[states]
    start = np.array([book.get(state, 0) for state in states])
    *open_, paid, bad = start @ np.linalg.matrix_power(month.to_numpy(), 4096)
    assert sum(open_) == pytest.approx(0, abs=1e-6)
    assert (outcome.collected, outcome.lost) == pytest.approx((paid, bad), abs=1e-6)


@few
@given(chains())
def test_the_expected_time_is_one_month_and_then_that_of_the_next_state(table: pd.DataFrame) -> None:
    found = ageing_chain(table).expected_time
    assert found.name == "expected_time"
    np.testing.assert_allclose(found, 1 + table[table.index] @ found)
    assert (found >= 1 - 1e-12).all()


def test_one_state_that_pays_a_half_each_month_is_open_for_two_months() -> None:
    found = ageing_chain(months([0.4, 0.1, 0.5], index=["open"]))
    assert (found.paid["open"], found.bad["open"]) == (pytest.approx(0.8), pytest.approx(0.2))
    assert found.expected_time["open"] == pytest.approx(2)


def test_a_book_may_leave_states_out_and_be_empty() -> None:
    only = ageing_outcome(RENDER, {"three": 5000})
    assert only.lost == pytest.approx(5000 * ageing_chain(RENDER).bad["three"])
    nothing = ageing_outcome(RENDER, {})
    assert (nothing.collected, nothing.lost) == (0, 0)


def test_the_chain_is_not_changed_by_following_it() -> None:
    before = RENDER.copy()
    ageing_outcome(RENDER, {"one": 1})
    pd.testing.assert_frame_equal(RENDER, before)


# --- growth and cash ---


@few
@given(
    st.floats(-0.2, 0.4),
    st.integers(0, 6),
    share,
    st.floats(0, 5),
    st.integers(1, 30),
    st.booleans(),
    st.floats(0.01, 1e6),
)
def test_cash_is_conserved_to_the_cent(
    growth: float, lag: int, margin: float, start: float, count: int, pay_first: bool, sales: float
) -> None:
    found = cash_path(growth, lag, margin, start, count, pay_first, sales)
    assert list(found.columns) == ["sales", "cost", "collected", "cash", "lowest"]
    assert found.index.tolist() == list(range(1, count + 1)) and found.index.name == "month"
    sold = cents(found["sales"])
    for month, amount in enumerate(sold, start=1):
        assert amount == pytest.approx(100 * sales * (1 + growth) ** month, abs=0.51, rel=1e-12)
    arrivals = [round(100 * sales)] * lag + sold
    cash, costs, path, worst = round(100 * sales * start), [], [], []
    for amount, arrival in zip(sold, arrivals, strict=False):
        costs.append(round(amount * (1 - margin)))
        within = cash - costs[-1]
        cash = within + arrival
        path.append(cash)
        worst.append(within if pay_first else cash)
    assert cents(found["cost"]) == costs
    assert cents(found["collected"]) == arrivals[:count]
    assert cents(found["cash"]) == path
    assert cents(found["lowest"]) == worst


def test_a_firm_starts_with_one_and_a_half_months_a_margin_of_12_and_collects_first_for_36_months() -> None:
    usual = cash_path(0.05, 2)
    pd.testing.assert_frame_equal(usual, cash_path(0.05, 2, 0.12, 1.5, 36, False, 100_000))
    assert usual.loc[1].tolist() == [105_000, 92_400, 100_000, 157_600, 157_600]
    assert (usual["lowest"] == usual["cash"]).all()


LIQUIDITY = [(1, 0.139), (2, 0.072), (3, 0.050)]


@pytest.mark.parametrize(("lag", "growth"), LIQUIDITY)
def test_the_cash_allows_13_9_7_2_and_5_0_a_month_collecting_first(lag: int, growth: float) -> None:
    found = solvent_growth(lag)
    assert found == pytest.approx(growth, abs=5e-4)
    assert found == solvent_growth(lag, 0.12, 1.5, 36, False)


@pytest.mark.parametrize(("lag", "growth", "part"), [(1, 0.068, 0.49), (2, 0.046, 0.64), (3, 0.035, 0.71)])
def test_the_cash_allows_about_half_of_it_at_one_month_and_two_thirds_at_more_paying_first(
    lag: int, growth: float, part: float
) -> None:
    found = solvent_growth(lag, pay_first=True)
    assert found == pytest.approx(growth, abs=5e-4)
    assert found / solvent_growth(lag) == pytest.approx(part, abs=5e-3)


@pytest.mark.parametrize(("lag", "line"), [(1, 0.136), (2, 0.066), (3, 0.044)])
def test_beyond_13_6_6_6_and_4_4_a_month_no_cash_is_enough_for_ever(lag: int, line: float) -> None:
    growth = (1 - 0.12) ** (-1 / lag) - 1
    assert growth == pytest.approx(line, abs=5e-4)
    assert smallest(growth - 0.001, lag, 0.12, 3, 2000, False) > 0
    assert smallest(growth + 0.001, lag, 0.12, 24, 2000, False) < 0
    allowed = [solvent_growth(lag, start_months=start) for start in (1.5, 3, 6, 12)]
    assert all(growth < less < more for less, more in pairwise(allowed))  # cash buys time


def smallest(growth: float, lag: int, margin: float, start: float, count: int, pay_first: bool) -> float:
    """The lowest cash in months of sales, without rounding."""
    level = [1.0] * lag + [(1 + growth) ** month for month in range(1, count + 1)]
    cash, least = start, math.inf
    for month in range(count):
        cost = (1 - margin) * level[lag + month]
        least = min(least, cash - cost if pay_first else cash - cost + level[month])
        cash += level[month] - cost
    return least


@pytest.mark.parametrize("pay_first", [False, True])
@pytest.mark.parametrize(
    ("lag", "margin", "start", "count"), [(1, 0.05, 1, 12), (1, 0.3, 2.5, 24), (2, 0.12, 1.5, 36), (4, 0.2, 3, 18)]
)
def test_at_the_solvent_growth_the_lowest_cash_is_nothing_and_at_any_higher_one_it_runs_out(
    lag: int, margin: float, start: float, count: int, pay_first: bool
) -> None:
    found = solvent_growth(lag, margin, start, count, pay_first)
    assert found == pytest.approx(
        optimize.bisect(smallest, 0, 1, (lag, margin, start, count, pay_first), xtol=1e-9), abs=1e-6
    )
    for growth in np.linspace(0, 1, 41):
        if abs(growth - found) > 1e-5:
            path = cash_path(growth, lag, margin, start, count, pay_first)
            assert (path["lowest"].min() >= 0) == (growth < found)


def test_later_customers_less_cash_a_thinner_margin_and_more_months_allow_less_growth() -> None:
    growths = {
        "lag": [solvent_growth(lag) for lag in (1, 2, 3, 4)],
        "start": [solvent_growth(2, start_months=start) for start in (6, 3, 1.5, 0.5)],
        "margin": [solvent_growth(2, margin) for margin in (0.4, 0.2, 0.12, 0.05)],
        "months": [solvent_growth(2, months=count) for count in (3, 12, 24, 36)],
    }
    for path in growths.values():
        assert all(less < more for more, less in pairwise(path)) and path[-1] > 0
    assert solvent_growth(2, months=36, pay_first=True) < growths["months"][-1]


def test_who_is_paid_at_once_can_grow_without_end_if_money_comes_first() -> None:
    assert solvent_growth(0) == solvent_growth(0, margin=0) == math.inf
    assert 0 < solvent_growth(0, pay_first=True) < 1


# --- the answer of the market ---


def law(days: float, steps: float, effort: float, cut: float) -> dict[str, float]:
    """The numbers that the chapter states."""
    if days == 0:
        return {"sales": 1.0, "growth": 0.01, "delay_days": 0.0, "bad_debt": 0.0, "cost": 0.0}
    takers = min(20 * cut, 0.8)
    odds = 0.008 * 1.25 ** (days / 30) * 1.4**steps * 0.6**effort
    return {
        "sales": 1.3 * (1 + 0.15 * days / 30) * (1 + 0.10 * steps) * (1 + 3 * cut),
        "growth": 0.01 + 0.02 * days / 30 + 0.01 * steps,
        "delay_days": takers * 10 + (1 - takers) * (days + 20 * (1 - effort) + 4 * steps),
        "bad_debt": (1 - takers) * odds / (1 + odds),
        "cost": takers * cut + 0.008 * effort,
    }


policies = st.tuples(st.sampled_from([0, 0.5, 15, 45, 120]), st.floats(0, 4), share, st.floats(0, 0.05))


@few
@given(st.lists(policies, min_size=1, max_size=6))
def test_the_market_answers_by_its_law(asked: list[tuple[float, float, float, float]]) -> None:
    found = respond(*(np.array(column) for column in zip(*asked, strict=True)))
    expected = pd.DataFrame([law(*one) for one in asked])
    pd.testing.assert_frame_equal(found, expected)
    for place, (days, steps, effort, cut) in enumerate(asked):
        pd.testing.assert_frame_equal(respond(days, steps, effort, cut), expected.iloc[[place]].reset_index(drop=True))


def test_one_step_half_the_effort_and_no_discount_are_the_usual_policy() -> None:
    pd.testing.assert_frame_equal(respond(30), respond(30, 1, 0.5, 0))
    pd.testing.assert_frame_equal(respond([15, 30], 2), respond([15, 30], [2, 2], [0.5, 0.5], [0, 0]))


def test_the_odds_rise_by_25_percent_for_30_days_and_40_for_a_step_and_demand_by_15_percent() -> None:
    found = respond([30, 60, 30, 30], [1, 1, 2, 1], [0, 0, 0, 1])
    odds = found["bad_debt"] / (1 - found["bad_debt"])
    np.testing.assert_allclose(odds / odds[0], [1, 1.25, 1.4, 0.6])
    assert found["sales"][1] / found["sales"][0] == pytest.approx(1.30 / 1.15)
    assert found["sales"][0] / respond(1e-9)["sales"][0] == pytest.approx(1.15)


# --- a firm under a policy ---


@few
@given(
    st.sampled_from([0, 5, 20, 30, 47, 90, 120]),
    st.floats(0, 4),
    share,
    st.floats(0, 12),
    st.integers(1, 40),
    share,
    st.floats(1, 1e6),
)
def test_cash_and_receivables_change_by_the_profit_to_the_cent(
    days: float, steps: float, effort: float, start: float, count: int, margin: float, sales: float
) -> None:
    found = simulate_policy(days, steps, effort, start, count, margin, sales)
    assert list(found.columns) == ["sales", "cost", "bad_debt", "profit", "collected", "receivables", "cash"]
    assert found.index.tolist() == list(range(1, len(found) + 1)) and found.index.name == "month"
    table = {name: cents(found[name]) for name in found}
    answer = law(days, steps, effort, 0)
    for month, amount in enumerate(table["sales"], start=1):
        level = 100 * sales * answer["sales"] * (1 + answer["growth"]) ** month
        assert amount == pytest.approx(level, abs=0.51, rel=1e-12)

    # Every month's sales, the even ones before the first included, are followed to the month in which they are paid.
    whole = int(answer["delay_days"] / 30)
    part = respond(days, steps, effort)["delay_days"][0] / 30 - whole
    bad_share, cost_share = (float(respond(days, steps, effort)[name][0]) for name in ("bad_debt", "cost"))
    before = round(100 * sales * answer["sales"])
    due: Counter[int] = Counter()
    for month in range(-whole, len(found) + 1):
        amount = before if month < 1 else table["sales"][month - 1]
        good = amount - round(amount * bad_share)
        later = round(good * part)
        due[month + whole] += good - later
        due[month + whole + 1] += later
    assert table["collected"] == [due[month] for month in range(1, len(found) + 1)]
    assert table["bad_debt"] == [round(amount * bad_share) for amount in table["sales"]]
    assert table["cost"] == [round(amount * ((1 - margin) + cost_share)) for amount in table["sales"]]

    good_before = before - round(before * bad_share)
    open_ = good_before * whole + round(good_before * part)  # at the start
    cash = round(100 * sales * start)
    for place in range(len(found)):
        earned = table["sales"][place] - table["cost"][place] - table["bad_debt"][place]
        assert table["profit"][place] == earned
        wealth = cash + open_
        cash += table["collected"][place] - table["cost"][place]
        open_ += table["sales"][place] - table["bad_debt"][place] - table["collected"][place]
        assert (table["cash"][place], table["receivables"][place]) == (cash, open_)
        assert cash + open_ == wealth + earned
    assert all(amount >= 0 for amount in table["cash"][:-1])
    assert len(found) == count or table["cash"][-1] < 0


def test_money_tied_up_at_the_start_is_what_is_sold_in_the_days_until_payment() -> None:
    for days, steps in ((15, 0), (30, 1), (60, 3), (110, 2)):
        found, answer = simulate_policy(days, steps, start_months=12), respond(days, steps).iloc[0]
        first = found.iloc[0]
        at_start = first["receivables"] - (first["sales"] - first["bad_debt"] - first["collected"])
        a_day = 100_000 * answer["sales"] * (1 - answer["bad_debt"]) / 30
        assert at_start / a_day == pytest.approx(answer["delay_days"], rel=1e-6)


def test_more_cash_at_the_start_changes_nothing_but_the_cash() -> None:
    poor, rich = simulate_policy(60, 3), simulate_policy(60, 3, start_months=12)
    assert len(poor) < len(rich) < 36
    both = rich.head(len(poor))
    pd.testing.assert_frame_equal(both.drop(columns="cash"), poor.drop(columns="cash"))
    np.testing.assert_allclose(both["cash"] - poor["cash"], 1_050_000)


def test_the_usual_firm_sells_100000_for_cash_at_12_percent_with_cash_for_a_month_and_a_half_for_36_months() -> None:
    found = simulate_policy(30)
    pd.testing.assert_frame_equal(found, simulate_policy(30, 1, 0.5, 1.5, 36, 0.12, 100_000))
    for_cash = simulate_policy(0)
    assert for_cash.loc[1].tolist() == [101_000, 88_880, 0, 12_120, 101_000, 0, 162_120]
    assert (for_cash["receivables"] == 0).all() and len(for_cash) == 36


# --- three types ---


@st.composite
def grids(draw: st.DrawFn) -> pd.DataFrame:
    """One policy for cash and others on credit, no two alike in both sales and bad debts."""
    rows = draw(
        st.lists(
            st.tuples(st.integers(1, 12), st.integers(1, 12), st.floats(-50, 50), st.floats(0.1, 20)),
            min_size=1,
            max_size=9,
            unique_by=lambda row: row[:2],
        )
    )
    table = pd.DataFrame(rows, columns=["sales", "bad_debt", "profit", "loss_sd"]).assign(period_days=30.0)
    table.loc[len(table)] = {
        "sales": 3,
        "bad_debt": 0,
        "profit": 5,
        "loss_sd": draw(st.sampled_from([0, 2])),
        "period_days": 0,
    }
    table.index = pd.Index(draw(st.permutations(range(100, 100 + len(table)))))
    return table.loc[draw(st.permutations(list(table.index)))]


def efficient_by_hand(table: pd.DataFrame) -> list[bool]:
    """Whether no other sells at least as much with as few bad debts, and is better in one of both."""
    rows = list(zip(table["sales"], table["bad_debt"], strict=True))
    return [
        not any(one >= sold and other <= lost and (one, other) != (sold, lost) for one, other in rows)
        for sold, lost in rows
    ]


@few
@given(grids())
def test_a_policy_is_efficient_if_no_other_sells_as_much_with_as_little_bad_debt(table: pd.DataFrame) -> None:
    before = table.copy()
    found = frontier(table)
    assert found["efficient"].tolist() == efficient_by_hand(table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(found[list(table.columns)], before)
    best = found[found["efficient"]].sort_values("bad_debt")
    assert best["sales"].is_monotonic_increasing


@few
@given(grids())
def test_the_three_types_have_the_fewest_bad_debts_the_most_sales_and_the_highest_gain_per_risk(
    table: pd.DataFrame,
) -> None:
    found = frontier(table)
    credit = found[found["period_days"] > 0]
    base = found.loc[found["period_days"] == 0, "profit"].item()
    assert math.isnan(found.loc[found["period_days"] == 0, "gain_per_risk"].item())
    for row in credit.itertuples():
        assert row.gain_per_risk == pytest.approx((row.profit - base) / row.loss_sd)
    assert found.loc[found["period_days"] == 0, "type"].item() == ""
    best = {
        "finance": credit["bad_debt"] == credit["bad_debt"].min(),
        "sales": credit["sales"] == credit["sales"].max(),
        "balanced": credit["gain_per_risk"] == credit["gain_per_risk"].max(),
    }
    for kind, among in best.items():
        named = credit.loc[[kind in kinds.split() for kinds in credit["type"]]]
        assert len(named) == 1 and among[named.index].all()


def test_the_types_of_five_policies_in_any_order_and_currency() -> None:
    grid = pd.DataFrame(
        {
            "period_days": [0, 15, 30, 60, 90],
            "sales": [100.0, 120, 150, 170, 140],
            "bad_debt": [0, 0.01, 0.02, 0.06, 0.07],
            "profit": [12, 12.5, 16, 14, 20],
            "loss_sd": [0, 0.5, 1.2, 4, 0],
        },
        index=list("abcde"),
    )
    found = frontier(grid)
    assert found["type"].tolist() == ["", "finance", "balanced", "sales", ""]
    assert found["gain_per_risk"].round(2).tolist()[1:4] == [1, 3.33, 0.5]
    assert found["gain_per_risk"].isna().tolist() == [True, False, False, False, True]  # without a risk there is none
    assert found["efficient"].tolist() == [True, True, True, True, False]
    pd.testing.assert_frame_equal(frontier(grid.iloc[::-1]), found.iloc[::-1])
    dear = frontier(grid.assign(**{name: 7 * grid[name] for name in ("sales", "profit", "loss_sd")}))
    added = ["efficient", "gain_per_risk", "type"]
    pd.testing.assert_frame_equal(dear[added], found[added])


# --- limits under a cap ---

#: Margin, demand, chance of default of the first unit, its rise, loss given default.
asks = st.lists(
    st.tuples(st.floats(0.01, 0.5), st.floats(1, 1000), st.floats(0, 0.3), st.floats(0.01, 0.3), st.floats(0.05, 1.0)),
    min_size=1,
    max_size=5,
)


def columns_of(customers: list[tuple[float, ...]]) -> list[np.ndarray]:
    return [np.array(column) for column in zip(*customers, strict=True)]


def earned(limits: Any, margin: Any, demand: Any, default: Any, slope: Any, lgd: Any) -> tuple[float, float]:
    """Profit and expected loss of limits."""
    chance = default + slope * limits / demand
    lost = limits * chance * lgd
    return float((margin * limits * (1 - chance) - lost).sum()), float(lost.sum())


@few
@given(asks, st.floats(0.02, 1.3))
def test_limits_stay_within_the_cap_and_the_price_of_risk_says_that_none_is_better(
    customers: list[tuple[float, ...]], part: float
) -> None:
    margin, demand, default, slope, lgd = given_ = columns_of(customers)
    free = allocate_limits(*given_, cap=1e9)
    cap = part * free.expected_loss + 1e-6
    found = allocate_limits(*given_, cap=cap)
    assert (found.profit, found.expected_loss) == pytest.approx(earned(found.limit, *given_))
    assert found.expected_loss <= cap * (1 + 1e-9)
    assert ((found.limit >= 0) & (found.limit <= demand)).all()
    assert found.price_of_risk >= 0 and free.price_of_risk == 0
    if part < 0.999 and free.expected_loss > 1e-3:
        assert found.expected_loss == pytest.approx(cap) and found.price_of_risk > 0
    if part > 1.001:
        assert found.price_of_risk == 0 and found.limit.tolist() == free.limit.tolist()
    # Karush-Kuhn-Tucker, which is enough: profit is concave, expected loss convex.
    used = found.limit / demand
    next_loss = lgd * (default + 2 * slope * used)
    next_profit = margin * (1 - default - 2 * slope * used) - next_loss
    gain = next_profit - found.price_of_risk * next_loss
    close = 1e-6 * (1 + found.price_of_risk)
    assert (gain[used < 1 - 1e-9] <= close).all()
    assert (gain[used > 1e-9] >= -close).all()


@few
@given(asks, st.floats(0.02, 0.98), st.integers(0, 2**32 - 1))
def test_no_limits_that_keep_the_cap_earn_more(customers: list[tuple[float, ...]], part: float, seed: int) -> None:
    given_ = columns_of(customers)
    cap = part * allocate_limits(*given_, cap=1e9).expected_loss + 1e-6
    found = allocate_limits(*given_, cap=cap)
    draw = np.random.default_rng(seed)
    for _ in range(20):
        limits = draw.random(len(customers)) * given_[1]
        while earned(limits, *given_)[1] > cap:
            limits = limits * 0.9
        assert earned(limits, *given_)[0] <= found.profit + 1e-9


def some_customers(seed: int) -> list[np.ndarray]:
    """Five customers of usual size."""
    draw = np.random.default_rng(seed)
    ranges = [(0.05, 0.3), (20, 90), (0.01, 0.1), (0.02, 0.12), (0.3, 0.8)]
    return [draw.uniform(low, high, 5) for low, high in ranges]


@pytest.mark.parametrize("seed", range(6))
def test_the_limits_are_those_that_scipy_finds(seed: int) -> None:
    given_ = some_customers(seed)
    demand = given_[1]
    cap = 0.3 * allocate_limits(*given_, cap=1e9).expected_loss
    found = allocate_limits(*given_, cap=cap)
    slack = {"type": "ineq", "fun": lambda used: cap - earned(used * demand, *given_)[1]}
    other = optimize.minimize(
        lambda used: -earned(used * demand, *given_)[0],
        np.full(5, 0.2),
        bounds=[(0, 1)] * 5,
        constraints=[slack],
        method="SLSQP",
        options={"ftol": 1e-10},
    )
    assert earned(other.x * demand, *given_)[1] == pytest.approx(cap)
    assert found.profit == pytest.approx(-other.fun, rel=1e-6)
    np.testing.assert_allclose(found.limit / demand, other.x, atol=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_the_price_of_risk_is_what_one_more_unit_of_it_would_earn(seed: int) -> None:
    given_ = some_customers(seed)
    whole = allocate_limits(*given_, cap=1e9).expected_loss
    for cap in (0.1 * whole, 0.5 * whole, 0.9 * whole):
        step = 1e-4 * whole
        less, found, more = (allocate_limits(*given_, cap=one) for one in (cap - step, cap, cap + step))
        assert found.price_of_risk == pytest.approx((more.profit - less.profit) / (2 * step), rel=1e-3)
        assert less.price_of_risk > found.price_of_risk > more.price_of_risk > 0


def test_two_limits_on_a_fine_grid() -> None:
    given_ = columns_of([(0.2, 100, 0.05, 0.10, 0.5), (0.12, 80, 0.02, 0.05, 0.6)])
    one, other = np.meshgrid(np.linspace(0, 100, 401), np.linspace(0, 80, 401))
    limits = np.stack([one.ravel(), other.ravel()], axis=1)
    chance = given_[2] + given_[3] * limits / given_[1]
    lost = (limits * chance * given_[4]).sum(axis=1)
    profit = (given_[0] * limits * (1 - chance)).sum(axis=1) - lost
    for cap in (1.0, 2.5, 4.0, 9.0):
        best = profit[lost <= cap].max()
        found = allocate_limits(*given_, cap=cap)
        assert best <= found.profit + 1e-9
        assert found.profit == pytest.approx(best, rel=5e-3)


def test_the_order_of_customers_does_not_matter() -> None:
    given_ = some_customers(1)
    found, turned = allocate_limits(*given_, cap=1), allocate_limits(*(column[::-1] for column in given_), cap=1)
    np.testing.assert_allclose(turned.limit, found.limit[::-1])
    assert turned.profit == pytest.approx(found.profit)


def test_no_demand_no_margin_or_no_cap_is_no_limit() -> None:
    found = allocate_limits([0.2, 0.2, 0], [0, 100, 100], [0.02] * 3, [0.1] * 3, [0.5] * 3, cap=1e6)
    assert found.limit[[0, 2]].tolist() == [0, 0] and found.limit[1] > 0
    nothing = allocate_limits([0.2, 0.2], [50, 100], [0.02] * 2, [0.1] * 2, [0.5] * 2, cap=0)
    assert (nothing.limit.tolist(), nothing.profit, nothing.expected_loss) == ([0, 0], 0, 0)
    sure = allocate_limits([0.2, 0.2], [50, 100], [0, 0], [0.1] * 2, [0.5] * 2, cap=0)  # the first unit is safe
    assert sure.expected_loss == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(sure.limit, 0, atol=1e-6)


def test_a_risk_that_does_not_rise_is_taken_in_full_where_it_pays() -> None:
    found = allocate_limits([0.2, 0.05], [50, 100], [0.1, 0.1], [0, 0], [0.5, 0.5], cap=100)
    assert found.limit.tolist() == [50, 0]


def test_limits_can_be_counted_with_like_an_array() -> None:
    found = allocate_limits([0.2], [100], [0.02], [0.1], [0.5], cap=1e6)
    assert isinstance(found, Limits)
    np.testing.assert_array_equal(np.asarray(found), found.limit)
    assert (np.array(found, dtype=int) == found.limit.astype(int)).all()
    copied = np.asarray(found)
    copied[0] = -1
    assert found.limit[0] > 0


# --- the tables ---

COUNTS = [96, 144, 192, 240, 288, 336, 384, 384, 312, 240, 168, 96] * 2


@every_student
def test_the_invoices_of_a_month_follow_the_season_and_are_numbered(student: str) -> None:
    ledger = drawn(student)["credit_policy_ledger"]
    assert ledger.groupby("month").size().tolist() == COUNTS
    assert ledger["month"].is_monotonic_increasing
    assert ledger["invoice_id"].tolist() == [f"I{number:04d}" for number in range(1, sum(COUNTS) + 1)]
    assert (ledger["terms_days"] == 30).all()
    salon = ledger["salon_id"].str[1:].astype(int)
    assert salon.between(1, 1200).all() and salon.nunique() > 1150
    assert salon.mean() == pytest.approx(600.5, abs=4 * 346 / math.sqrt(len(salon)))
    logs = np.log(ledger["amount"])
    assert logs.mean() == pytest.approx(5.9, abs=4 * 0.5 / math.sqrt(len(logs)))
    assert logs.std() == pytest.approx(0.5, rel=0.04)


@every_student
def test_in_every_month_a_half_pays_a_month_later_30_percent_after_two_and_1_percent_never(student: str) -> None:
    ledger = drawn(student)["credit_policy_ledger"]
    wait = ledger["paid_month"] - ledger["month"]
    assert wait.dropna().isin([1, 2, 3]).all() and ledger["paid_month"].max() == 24
    left = dict.fromkeys((1, 2, 3), 0)
    for month, group in wait.groupby(ledger["month"]):
        still = len(group)
        for later, pattern in ((1, 0.5), (2, 0.2), (3, 0.01)):
            still -= int((group == later).sum())
            if month + later <= 24:
                assert abs(still - pattern * len(group)) <= 0.5 + 1e-9
                left[later] += still
            else:
                assert not (group == later).any()  # not known yet
    for later, pattern in ((1, 0.5), (2, 0.2), (3, 0.01)):
        assert left[later] / sum(COUNTS[: 24 - later]) == pytest.approx(pattern, abs=0.001)
    place = ledger.groupby("month").cumcount() / ledger.groupby("month")["month"].transform("size")
    for other in (place, ledger["amount"]):  # who pays late is chance
        assert abs(wait.corr(other)) < 4 / math.sqrt(len(ledger))


@every_student
def test_of_invoices_paid_late_or_never_a_tenth_is_disputed_and_of_others_a_fiftieth(student: str) -> None:
    ledger = drawn(student)["credit_policy_ledger"]
    known = ledger[ledger["month"] <= 21]
    late = (known["paid_month"] - known["month"]).fillna(9) >= 3
    for group, chance in ((known[late], 0.10), (known[~late], 0.02)):
        error = math.sqrt(chance * (1 - chance) / len(group))
        assert group["disputed"].mean() == pytest.approx(chance, abs=4 * error)


@every_student
def test_the_ageing_is_the_ledger_counted_again(student: str) -> None:
    ledger, ageing = drawn(student)["credit_policy_ledger"], drawn(student)["credit_policy_ageing"]
    open_: Counter[tuple[int, int]] = Counter()
    sales: Counter[int] = Counter()
    for invoice in ledger.itertuples():
        sales[invoice.month] += invoice.amount
        paid = 25 if math.isnan(invoice.paid_month) else int(invoice.paid_month)
        for month in range(invoice.month, paid):  # at the end of each of these it is open
            open_[month, min(month - invoice.month, 3)] += invoice.amount
    assert ageing["month"].tolist() == list(range(1, 25))
    assert ageing["sales"].tolist() == [sales[month] for month in range(1, 25)]
    for age, column in enumerate(["open_0", "open_1", "open_2", "open_3_plus"]):
        assert ageing[column].tolist() == [open_[month, age] for month in range(1, 25)]
    assert ageing["open_0"].equals(ageing["sales"])  # nobody pays in the month of the sale
    assert ageing["open_3_plus"].is_monotonic_increasing  # what is open after three months is never paid


def test_the_grid_is_the_law_for_48_policies_on_credit_and_one_for_cash() -> None:
    grid = drawn("")["credit_policy_grid"]
    asked = {(0, 0.0, 0)}
    asked |= {(days, cut, step) for days in (15, 30, 45, 60) for cut in (0, 0.01, 0.02) for step in range(4)}
    assert len(grid) == 49
    assert set(zip(grid["period_days"], grid["discount"], grid["standard"], strict=True)) == asked
    for row in grid.itertuples():
        answer = law(row.period_days, row.standard, 0.5, row.discount)
        sales, rate = 100_000 * answer["sales"], answer["bad_debt"]
        odds = [times * rate / (1 - rate) for times in (0.6, 1, 1.6)]  # a good, a usual and a bad year
        lost = [sales * one / (1 + one) for one in odds]
        mean = sum(lost) / 3
        tied = sales * 0.88 * answer["delay_days"] / 30
        desk = 2000 if row.period_days else 0
        assert row.sales == pytest.approx(sales, abs=0.51)
        assert row.delay_days == pytest.approx(answer["delay_days"], abs=0.051)
        assert row.bad_debt == pytest.approx(rate, abs=0.000051)
        assert row.profit == pytest.approx(sales * (0.12 - answer["cost"]) - 0.01 * tied - desk - mean, abs=0.51)
        assert row.loss_sd == pytest.approx(math.sqrt(sum((one - mean) ** 2 for one in lost) / 3), abs=0.51)


def test_a_student_gets_another_ledger_always_the_same_one_and_the_same_grid_and_customers() -> None:
    for name, published in drawn("").items():
        pd.testing.assert_frame_equal(published, load(name), check_dtype=False)
        for one, other in combinations(STUDENTS, 2):
            same = drawn(one)[name].equals(drawn(other)[name])
            assert same == (name in ("credit_policy_grid", "credit_policy_customers"))
    for one, other in combinations(STUDENTS, 2):
        first, second = drawn(one)["credit_policy_ledger"], drawn(other)["credit_policy_ledger"]
        equal = first.eq(second).mean()
        assert (equal[["invoice_id", "month", "terms_days"]] == 1).all()
        assert equal["salon_id"] < 0.01 and equal["amount"] < 0.02
        assert equal["paid_month"] < 0.5 and equal["disputed"] < 0.97
        columns = ["sales", "open_1", "open_2"]
        assert (
            not drawn(one)["credit_policy_ageing"][columns]
            .eq(drawn(other)["credit_policy_ageing"][columns])
            .all()
            .any()
        )
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, drawn("s1")[name])


def test_the_truth_is_the_same_for_all_and_cannot_be_changed_from_outside() -> None:
    assert simulate.truth("s1") == simulate.truth("") and set(simulate.truth()) == set(drawn(""))
    assert truth("credit_policy_ledger") == {
        "pattern": (1.0, 0.5, 0.2),
        "never": 0.01,
        "season": (0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.6, 1.3, 1.0, 0.7, 0.4),
    }
    assert sum(truth("credit_policy_ledger")["season"]) == pytest.approx(12)
    assert truth("credit_policy_grid")["bad_years"] == (0.6, 1.0, 1.6)
    assert truth("credit_policy_grid")["desk"] == 2000
    before = truth("credit_policy_grid")["response"].copy()
    truth("credit_policy_grid")["response"]["odds"] = 9.0
    assert truth("credit_policy_grid")["response"] == before
    assert float(respond(30)["bad_debt"][0]) == pytest.approx(law(30, 1, 0.5, 0)["bad_debt"])


# --- what the chapter says of its case ---


def test_sixty_days_for_everybody_more_than_double_sales_at_2_6_percent_of_bad_debts() -> None:
    wish = respond(60, 3).iloc[0]
    assert wish["sales"] > 2
    assert wish["bad_debt"] == pytest.approx(0.026, abs=5e-4)


def test_the_wish_of_the_sales_head_earns_most_in_every_month_it_lives_and_ends_in_month_7() -> None:
    wish = simulate_policy(60, 3)
    assert len(wish) == 7 and wish["cash"].iloc[-1] < 0
    assert all(len(simulate_policy(days, step)) == 36 for days, step in ((0, 0), (30, 1)))  # the others of the vote
    others = [(days, step) for days in (0, 15, 30, 45, 60) for step in range(4) if (days, step) != (60, 3)]
    for days, step in others:
        assert (simulate_policy(days, step)["profit"].head(7) < wish["profit"]).all()
    assert wish["profit"].is_monotonic_increasing and wish["profit"].iloc[0] > 0


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        ({"start_months": 12}, 22),  # twelve months of cash buy until month 22
        ({"collection": 1}, 8),  # full collection buys one month
        ({"period_days": 35}, 26),
    ],
)
def test_neither_cash_nor_collection_nor_a_period_of_35_days_saves_it(policy: dict[str, float], last: int) -> None:
    found = simulate_policy(**{"period_days": 60, "standard": 3, **policy})  # type: ignore[arg-type]
    assert len(found) == last and found["cash"].iloc[-1] < 0


def test_a_period_of_30_days_saves_it_and_45_days_at_standard_1_live_on_no_cash_at_all() -> None:
    for days, step, start in ((30, 3, 1.5), (45, 1, 1.5), (45, 1, 0.5), (45, 1, 0)):
        found = simulate_policy(days, step, start_months=start)
        assert len(found) == 36 and found["cash"].min() > 0


def test_the_receivables_that_go_with_the_wish_are_585_thousand() -> None:
    first = simulate_policy(60, 3).iloc[0]
    assert round((first["receivables"] - first["profit"] - first["cost"] + first["collected"]) / 1000) == 585


OPEN = ["open_0", "open_1", "open_2", "open_3_plus"]


def test_dso_of_the_ledger_moves_between_44_and_64_days_though_no_customer_changed() -> None:
    ageing = load("credit_policy_ageing")
    sales, receivables = ageing["sales"], ageing[OPEN].sum(axis=1)
    days = [dso(receivables[k], sales.iloc[k - 2 : k + 1], 90) for k in range(2, 24)]
    assert (round(min(days)), round(max(days))) == (44, 64)
    still = (ageing["open_1"] / sales.shift()).iloc[2:]
    assert (round(100 * still.min()), round(100 * still.max())) == (46, 53)


@every_student
def test_dso_swings_with_the_season_and_the_payment_of_a_month_does_not(student: str) -> None:
    ageing = drawn(student)["credit_policy_ageing"]
    window = ageing[OPEN].sum(axis=1) / ageing["sales"].rolling(3).sum() * 90
    assert window.max() > 1.3 * window.min()
    still = (ageing["open_1"] / ageing["sales"].shift()).iloc[2:]
    assert still.mean() == pytest.approx(0.5, abs=0.01) and still.between(0.44, 0.57).all()
    growth = (ageing["sales"] / ageing["sales"].shift(2)).iloc[2:]
    assert window.iloc[2:].corr(growth, method="spearman") > 0.8 > 0.6 > abs(still.corr(growth, method="spearman"))


BOOK_STATES = ("new", "month_old", "older")
LANWAN = months([0.5, 0, 0, 0.5, 0], [0.6, 0, 0, 0, 0.4], [0.5, 0.2, 0, 0, 0.3], index=BOOK_STATES)


def test_of_a_book_of_113908_yuan_17512_would_be_lost_and_the_next_month_shows_less_than_half_of_it() -> None:
    last = load("credit_policy_ageing")[OPEN].iloc[-1]
    book = dict(zip(BOOK_STATES, [last.iloc[0], last.iloc[1], last.iloc[2:].sum()], strict=True))
    assert list(book.values()) == [39_276, 35_327, 39_305] and sum(book.values()) == 113_908
    found = ageing_outcome(LANWAN, book)
    assert round(found.lost) == 17_512
    assert 0.4 < sum(amount * LANWAN.loc[state, "bad"] for state, amount in book.items()) / found.lost < 0.5
    assert LANWAN.loc["new", "bad"] == 0 and round(100 * ageing_chain(LANWAN).bad["new"]) == 6


@lru_cache(maxsize=1)
def five() -> tuple[pd.DataFrame, Limits]:
    customers = load("credit_policy_customers").set_index("customer")
    columns = [customers[name] for name in ("margin", "demand", "default", "slope", "lgd")]
    return customers, allocate_limits(*columns, cap=3000)


def test_the_same_cap_in_proportion_to_demand_earns_11264_instead_of_15946() -> None:
    customers, found = five()
    columns = [customers[name].to_numpy(float) for name in ("margin", "demand", "default", "slope", "lgd")]
    part = optimize.brentq(lambda one: earned(one * columns[1], *columns)[1] - 3000, 0, 1)
    assert round(earned(part * columns[1], *columns)[0]) == 11_264
    assert round(found.profit) == 15_946 and found.expected_loss == pytest.approx(3000)
    assert found.price_of_risk == pytest.approx(2.43, abs=5e-3)


def test_the_highest_margin_gets_least_and_the_next_yuan_of_risk_earns_2_43_with_all_who_get_a_part() -> None:
    customers, found = five()
    used = pd.Series(found.limit, index=customers.index) / customers["demand"]
    assert customers["margin"].idxmax() == "Lark" == pd.Series(found.limit, index=customers.index).idxmin()
    assert customers["demand"].idxmax() == "Heron" and used["Heron"] == pytest.approx(0.2, abs=0.02)
    chance = customers["default"] + 2 * customers["slope"] * used  # of the next yuan, and what it does to the others
    risk = chance * customers["lgd"]
    earns = (customers["margin"] * (1 - chance) - risk) / risk
    assert earns.round(2).to_dict() == {"Crane": 3.56, "Finch": 2.43, "Heron": 2.43, "Lark": 2.43, "Robin": 3.05}
    assert set(used.index[used == 1]) == {"Crane", "Robin"}


def test_of_49_policies_11_are_efficient_and_the_balanced_one_gives_45_days_2_percent_and_standard_1() -> None:
    grid = load("credit_policy_grid")
    found = frontier(grid)
    assert found["efficient"].tolist() == efficient_by_hand(grid) and found["efficient"].sum() == 11
    types = found[found["type"] != ""].set_index("type")[["period_days", "discount", "standard"]].T.to_dict("list")
    assert types == {"finance": [15, 0.02, 0], "balanced": [45, 0.02, 1], "sales": [60, 0.02, 3]}


def balanced(grid: pd.DataFrame) -> list[float]:
    found = frontier(grid)
    return found.loc[found["type"] == "balanced", ["period_days", "discount", "standard"]].squeeze().tolist()


def test_another_desk_gives_another_balanced_policy() -> None:
    grid = load("credit_policy_grid")

    def with_a_desk_of(cost: float) -> pd.DataFrame:
        return grid.assign(profit=grid["profit"] + np.where(grid["period_days"] > 0, 2000 - cost, 0))

    assert balanced(with_a_desk_of(2000)) == balanced(grid) == [45, 0.02, 1]
    assert balanced(with_a_desk_of(0))[::2] == [30, 0]
    assert balanced(with_a_desk_of(3000))[::2] == [60, 1]
    profit = grid.set_index(["period_days", "discount", "standard"])["profit"]
    assert (profit[45, 0.02, 1], profit[0, 0, 0]) == (14_487, 12_000)


def test_a_firm_that_grows_by_8_percent_is_out_of_cash_in_month_24() -> None:
    cash = cash_path(0.08, 2)["cash"]
    assert int((cash < 0).idxmax()) == 24 and round(cash.min()) == -300_508
    assert (cash.loc[:23] >= 0).all()
    assert solvent_growth(2) < 0.08


def test_full_collection_costs_0_8_percent_of_sales_and_saves_0_6_in_bad_debts_and_0_6_in_waiting() -> None:
    found = pd.concat([respond(45, 1, effort) for effort in (0, 0.5, 1)], ignore_index=True)
    assert found["cost"].tolist() == [0, 0.004, 0.008]
    assert found["delay_days"].tolist() == [69, 59, 49]
    assert found["sales"].nunique() == 1 and found["bad_debt"].is_monotonic_decreasing
    assert found["bad_debt"][0] - found["bad_debt"][2] == pytest.approx(0.006, abs=5e-4)
    saved = 0.88 * (found["delay_days"][0] - found["delay_days"][2]) / 30  # months of sales, at cost
    assert 0.01 * saved == pytest.approx(0.006, abs=5e-4)


def test_the_bank_at_8_percent_is_cheaper_than_leaving_most_discounts() -> None:
    usual = [(0.01, 10, 30), (0.02, 10, 30), (0.02, 10, 60), (0.03, 10, 45), (0.01, 7, 30)]
    assert all(discount_cost(*one) > 0.08 for one in usual)


# --- bad input ---

GRID = pd.DataFrame(
    {"period_days": [0, 15], "sales": [1, 2], "bad_debt": [0, 0.1], "profit": [1, 2], "loss_sd": [0, 1]}
)
ASK: dict[str, Any] = {"margin": [0.2], "demand": [100], "default": [0.02], "slope": [0.1], "lgd": [0.5], "cap": 5}


def limits(**changes: Any) -> Limits:
    return allocate_limits(**{**ASK, **changes})


def relax(now: Any = (1, 30, 0.01), then: Any = (2, 45, 0.02), **changes: Any) -> Any:
    return relax_standard(Terms(*now), Terms(*then), **{"price": 10, "variable_cost": 6, "rate": 0.15, **changes})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: discount_cost(0.02, 30, 30), "discount_days is 30 and net_days 30; needed is a shorter discount peri"),
        (lambda: discount_cost(0.02, 40, 30), "discount_days is 40 and net_days 30; needed is a shorter discount peri"),
        (lambda: discount_cost(0, 10, 30), "discount is 0; allowed are numbers above 0 and of at most 1."),
        (lambda: discount_cost(1, 10, 30), "discount is 1; allowed are shares below 1."),
        (lambda: discount_cost(2, 10, 30), "discount is 2; allowed are numbers above 0 and of at most 1."),
        (lambda: discount_cost(-0.02, 10, 30), "discount is -0.02"),
        (lambda: discount_cost(0.02, -1, 30), "discount_days is -1; allowed are numbers of at least 0."),
        (lambda: discount_cost(0.02, 0, 0), "net_days is 0; allowed are numbers above 0."),
        (lambda: discount_cost(0.02, 10, 30, 0), "year_days is 0; allowed are numbers above 0."),
        (lambda: discount_cost(np.nan, 10, 30), "discount is nan"),
        (lambda: discount_cost([0.01, 0.02], 10, 30), "discount is [0.01, 0.02]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: discount_cost(0.02, "10", 30), "discount_days is '10'"),  # type: ignore[arg-type]
        (lambda: discount_cost(0.02, 10, None), "net_days is None"),  # type: ignore[arg-type]
        (lambda: discount_cost(0.02, 10, 30, np.inf), "year_days is inf"),
        (lambda: discount_break_even(1.1, 0.02), "discount is 1.1; allowed are numbers of at least 0 and of at most 1"),
        (lambda: discount_break_even(-0.1, 0.02), "discount is -0.1"),
        (lambda: discount_break_even(0.02, -0.02), "rate is -0.02; allowed are numbers of at least 0."),
        (lambda: discount_break_even(0.02, np.nan), "rate is nan"),
        (lambda: switch_to_credit(-49, 20, 100, 110, 0.02), "price is -49; allowed are numbers of at least 0."),
        (lambda: switch_to_credit(49, -20, 100, 110, 0.02), "variable_cost is -20; allowed are numbers of at least 0."),
        (lambda: switch_to_credit(49, 20, -100, 110, 0.02), "quantity_now is -100"),
        (lambda: switch_to_credit(49, 20, 100, -110, 0.02), "quantity_new is -110"),
        (lambda: switch_to_credit(49, 20, 100, 110, 0), "rate is 0; allowed are numbers above 0."),
        (lambda: switch_to_credit(49, 20, 100, 110, -0.02), "rate is -0.02; allowed are numbers above 0."),
        (lambda: switch_to_credit(49, 20, 100, 110, 0.02, 1.5), "default is 1.5; allowed are numbers of at least 0 an"),
        (lambda: switch_to_credit(49, 20, 100, 110, 0.02, -0.5), "default is -0.5"),
        (lambda: switch_to_credit(49, 20, 100, np.nan, 0.02), "quantity_new is nan"),
        (lambda: switch_to_credit(49, 20, 100, [110, 120], 0.02), "quantity_new is [110, 120]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: relax(now=(-1, 30, 0.01)), "now: quantity is -1; allowed are numbers of at least 0."),
        (lambda: relax(then=(1, -30, 0.01)), "then: days is -30; allowed are numbers of at least 0."),
        (lambda: relax(then=(1, 30, 1.01)), "then: bad_debt is 1.01; allowed are numbers of at least 0 and of at mos"),
        (lambda: relax(now=(1, 30, -0.01)), "now: bad_debt is -0.01"),
        (lambda: relax(now=([1], 30, 0.01)), "now: quantity is [1]; allowed is one number."),
        (lambda: relax(now=(1, np.nan, 0.01)), "now: days is nan"),
        (lambda: relax(price=-1), "price is -1"),
        (lambda: relax(variable_cost=-1), "variable_cost is -1"),
        (lambda: relax(rate=-0.1), "rate is -0.1; allowed are numbers of at least 0."),
        (lambda: relax(year_days=0), "year_days is 0; allowed are numbers above 0."),
        (lambda: dso(100, [], 90), "sales sum to 0; days sales outstanding need sales in the window."),
        (lambda: dso(100, [0, 0], 90), "sales sum to 0"),
        (lambda: dso(100, [5, -1], 90), "sales 1 is -1; allowed are numbers of at least 0."),
        (lambda: dso(100, [5, np.nan], 90), "sales 1 is nan"),
        (lambda: dso(-100, [5], 90), "receivables is -100; allowed are numbers of at least 0."),
        (lambda: dso([60, 40], [5], 90), "receivables is [60, 40]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: dso(100, [5], 0), "days is 0; allowed are numbers above 0."),
        (lambda: dso(100, [5], [30, 30]), "days is [30, 30]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: payment_pattern([5, -1]), "sales 1 is -1; allowed are numbers of at least 0."),
        (lambda: payment_pattern([5, np.nan]), "sales 1 is nan"),
        (lambda: payment_pattern(["5"]), "sales 0 is '5'"),
        (lambda: payment_pattern([5, 5], [0.5, 0.6]), "pattern rises; what is open of a month's sales can only fall."),
        (lambda: payment_pattern([5, 5], [1.2, 0.6]), "pattern 0 is 1.2; allowed are numbers of at least 0 and of at"),
        (lambda: payment_pattern([5, 5], [1, -0.1]), "pattern 1 is -0.1"),
        (lambda: payment_pattern([5, 5], [1, np.nan]), "pattern 1 is nan"),
        (
            lambda: ageing_chain(months([0.4, 0.6], [0.5, 0.5], columns=("one", "three"))),
            "transitions: there is no final state; needed is a column without a row of its own.",
        ),
        (
            lambda: ageing_chain(months([0.5, 0, 0.5], [0, 1, 0], columns=("one", "three", "paid"))),
            "transitions: no final state can be reached from 'three'.",
        ),
        (
            lambda: ageing_chain(RENDER.rename(columns={"bad": "lost"})),
            "transitions: the final states are ['paid', 'lost']; needed are 'paid' and 'bad'.",
        ),
        (
            lambda: ageing_chain(months([0.6, 0.4], [0.5, 0.5], columns=("paid", "one"))),
            "transitions: the final states are ['paid']; needed are 'paid' and 'bad'.",
        ),
        (
            lambda: ageing_chain(RENDER.assign(sold=0.0)),
            "transitions: the final states are ['paid', 'bad', 'sold']; needed are 'paid' and 'bad'.",
        ),
        (lambda: ageing_chain(RENDER * 0.9), "transitions: row 'one' sums to 0.9; probabilities of a row sum to 1."),
        (lambda: ageing_chain(RENDER.replace(0.6, 1.6)), "transitions: row 'one' sums to 2"),
        (lambda: ageing_chain(RENDER.replace(0.6, -0.6)), "transitions: column 'paid', row 'one' is -0.6"),
        (lambda: ageing_chain(RENDER.replace(0.6, np.nan)), "transitions: column 'paid', row 'one' is nan"),
        (lambda: ageing_chain(RENDER.head(0)), "transitions: there is no open state; needed is one row per open state"),
        (lambda: ageing_outcome(RENDER, {"two": 5}), "book: 'two' is no open state; allowed are 'one', 'three'."),
        (
            lambda: ageing_outcome(RENDER, {"one": 5, "paid": 5}),
            "book: 'paid' is no open state; allowed are 'one', 'th",
        ),
        (lambda: ageing_outcome(RENDER, {"one": -5}), "book: 'one' is -5; allowed are numbers of at least 0."),
        (lambda: ageing_outcome(RENDER, {"one": np.nan}), "book: 'one' is nan"),
        (lambda: ageing_outcome(RENDER, {"one": [5]}), "book: 'one' is [5]; allowed is one number."),  # type: ignore[dict-item]
        (lambda: cash_path(-1, 1), "growth is -1; allowed are numbers above -1."),
        (lambda: cash_path(0.1, -1), "lag is -1; allowed are whole numbers from 0."),
        (lambda: cash_path(0.1, 1.5), "lag is 1.5; allowed are whole numbers from 0."),  # type: ignore[arg-type]
        (lambda: cash_path(0.1, [1, 2]), "lag is [1, 2]; allowed is one whole number."),  # type: ignore[arg-type]
        (lambda: cash_path(0.1, 1, 1.1), "margin is 1.1; allowed are numbers of at least 0 and of at most 1."),
        (lambda: cash_path(0.1, 1, -0.1), "margin is -0.1"),
        (lambda: cash_path(0.1, 1, 0.1, -1), "start_months is -1; allowed are numbers of at least 0."),
        (lambda: cash_path(0.1, 1, 0.1, 1, 0), "months is 0; allowed are whole numbers from 1."),
        (lambda: cash_path(0.1, 1, sales=0), "sales is 0; allowed are numbers above 0."),
        (lambda: cash_path(0.1, 1, sales=[1, 2]), "sales is [1, 2]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: cash_path(np.nan, 1), "growth is nan"),
        (lambda: solvent_growth(-1), "lag is -1"),
        (lambda: solvent_growth(1, margin=2), "margin is 2"),
        (lambda: solvent_growth(1, start_months=-1), "start_months is -1"),
        (lambda: solvent_growth(1, start_months=0, pay_first=True), "even without growth the cash runs out; the margi"),
        (lambda: respond(121), "period_days is 121; allowed are numbers of at least 0 and of at most 120."),
        (lambda: respond([30, -1]), "period_days 1 is -1"),
        (lambda: respond(30, 4.5), "standard is 4.5; allowed are numbers of at least 0 and of at most 4."),
        (lambda: respond(30, -1), "standard is -1"),
        (lambda: respond(30, 1, 1.1), "collection is 1.1; allowed are numbers of at least 0 and of at most 1."),
        (lambda: respond(30, 1, -0.1), "collection is -0.1"),
        (lambda: respond(30, 1, 0.5, 0.06), "discount is 0.06; allowed are numbers of at least 0 and of at most 0.05."),
        (lambda: respond(30, 1, 0.5, -0.01), "discount is -0.01"),
        (lambda: respond([30, np.nan]), "period_days 1 is nan"),
        (lambda: simulate_policy(150), "period_days is 150"),
        (lambda: simulate_policy(30, 5), "standard is 5"),
        (lambda: simulate_policy(30, 1, 2), "collection is 2"),
        (lambda: simulate_policy(30, start_months=-1), "start_months is -1; allowed are numbers of at least 0."),
        (lambda: simulate_policy(30, start_months=[1, 2]), "start_months is [1, 2]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: simulate_policy(30, months=0), "months is 0; allowed are whole numbers from 1."),
        (lambda: simulate_policy(30, months=2.5), "months is 2.5"),  # type: ignore[arg-type]
        (lambda: simulate_policy(30, margin=1.5), "margin is 1.5; allowed are numbers of at least 0 and of at most 1."),
        (lambda: simulate_policy(30, margin=-0.5), "margin is -0.5"),
        (lambda: simulate_policy(30, sales=0), "sales is 0; allowed are numbers above 0."),
        (lambda: simulate_policy(30, sales=np.nan), "sales is nan"),
        (
            lambda: frontier(GRID.drop(columns="loss_sd")),
            "policies: column 'loss_sd' is missing; needed are period_days",
        ),
        (lambda: frontier(GRID.assign(sales=[1, np.nan])), "policies: column 'sales', row 1 is nan"),
        (lambda: frontier(GRID.assign(bad_debt="few")), "policies: column 'bad_debt', row 0 is 'few'"),
        (lambda: frontier(GRID.tail(1)), "policies has 0 rows with period_days 0; needed are one, and one on credit."),
        (lambda: frontier(GRID.head(1)), "policies has 1 rows with period_days 0; needed are one, and one on credit."),
        (lambda: frontier(GRID.assign(period_days=0)), "policies has 2 rows with period_days 0; needed are one, and"),
        (lambda: frontier(pd.concat([GRID, GRID.head(1)])), "policies has 2 rows with period_days 0; needed are one"),
        (lambda: frontier(GRID.head(0)), "policies has 0 rows with period_days 0"),
        (
            lambda: limits(demand=[100, 50]),
            "margin, demand, default, slope and lgd have different lengths; needed is o",
        ),
        (lambda: limits(lgd=[]), "margin, demand, default, slope and lgd have different lengths"),
        (
            lambda: limits(default=[0.6], slope=[0.5]),
            "default plus slope, or lgd, is outside its limits; allowed are ch",
        ),
        (lambda: limits(default=[1.6]), "default plus slope, or lgd, is outside its limits"),
        (lambda: limits(lgd=[1.1]), "default plus slope, or lgd, is outside its limits"),
        (lambda: limits(lgd=[0]), "default plus slope, or lgd, is outside its limits"),
        (lambda: limits(default=[-0.1]), "default 0 is -0.1; allowed are numbers of at least 0."),
        (lambda: limits(slope=[-0.1]), "slope 0 is -0.1; allowed are numbers of at least 0."),
        (lambda: limits(margin=[-0.1]), "margin 0 is -0.1; allowed are numbers of at least 0."),
        (lambda: limits(demand=[-1]), "demand 0 is -1; allowed are numbers of at least 0."),
        (lambda: limits(demand=[np.nan]), "demand 0 is nan"),
        (lambda: limits(cap=-1), "cap is -1; allowed are numbers of at least 0."),
        (lambda: limits(cap=[1, 2]), "cap is [1, 2]; allowed is one number."),
        (lambda: limits(cap=np.nan), "cap is nan"),
    ],
)
def test_bad_input_is_named(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


def test_the_borders_of_what_is_allowed_are_allowed() -> None:
    assert discount_cost(0.02, 0, 30) > 0
    assert discount_break_even(0, 0) == 0 and discount_break_even(1, 0) == 1
    assert switch_to_credit(49, 0, 100, 0, 0.02, 1).npv < 0
    assert relax((0, 0, 0), (1, 0, 1), rate=0, variable_cost=0).net == 0
    assert dso(0, [1], 90) == 0
    assert cash_path(0, 0, 1, 0, 1)["cash"].tolist() == [100_000]
    assert cash_path(0, 0, 0, 0, 1)["cash"].tolist() == [0]
    assert len(respond([0, 120], [0, 4], [0, 1], [0, 0.05])) == 2
    assert len(simulate_policy(0, 0, 0, 0, 1, 0)) == len(simulate_policy(120, 4, 1, 0, 1, 1)) == 1
    assert limits(default=[0.9], slope=[0.1], lgd=[1], margin=[0]).limit.tolist() == [0]


# --- at the borders ---


@pytest.mark.parametrize("seed", range(5))
def test_where_a_risk_does_not_rise_the_cap_is_filled_up_best_first(seed: int) -> None:
    draw = np.random.default_rng(seed)
    margin, demand, default, lgd = (draw.uniform(*ends, 4) for ends in ((0.1, 0.3), (20, 90), (0.01, 0.1), (0.3, 0.8)))
    cap = 0.4 * float((demand * default * lgd).sum())
    found = allocate_limits(margin, demand, default, np.zeros(4), lgd, cap)
    gain, risk = margin * (1 - default) - default * lgd, default * lgd  # a knapsack that may be cut
    left, best = cap, 0.0
    for one in np.argsort(-gain / risk):
        used = min(demand[one], left / risk[one]) if gain[one] > 0 else 0.0
        best, left = best + used * gain[one], left - used * risk[one]
    assert found.expected_loss <= cap * (1 + 1e-9)
    assert found.profit == pytest.approx(best)


def test_one_customer_whose_risk_does_not_rise_gets_what_the_cap_allows() -> None:
    found = allocate_limits([0.2], [1000], [0.1], [0], [0.5], cap=10)
    assert found.limit.tolist() == [pytest.approx(200)]


def test_the_price_of_risk_at_no_cap_is_what_the_first_unit_would_earn() -> None:
    ask: Any = ([0.2, 0.3], [1000, 1000], [0.1, 0.1], [0.1, 0.1], [0.5, 0.5])
    nearly = allocate_limits(*ask, cap=1e-6)
    assert allocate_limits(*ask, cap=0).price_of_risk == pytest.approx(nearly.price_of_risk, rel=1e-3)  # 4.4, not 8


def test_a_column_beside_rows_is_no_matrix_of_limits() -> None:
    with pytest.raises(ValueError):
        allocate_limits([[0.2], [0.3]], [1000, 1000], [0.1, 0.1], [0.1, 0.1], [0.5, 0.5], cap=30)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: simulate_policy([15, 60]), "period_days is [15, 60]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: simulate_policy([]), "period_days is []; allowed is one number."),  # type: ignore[arg-type]
        (lambda: simulate_policy(15, [1, 2]), "standard is [1, 2]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: simulate_policy(15, 1, [0.5]), "collection is [0.5]; allowed is one number."),  # type: ignore[arg-type]
        (lambda: respond([0, 30], [0, 1, 2]), "standard"),
    ],
)
def test_lists_where_one_number_is_asked_and_other_lengths_are_named(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


def test_a_huge_effective_cost_is_infinite_or_named() -> None:
    try:
        found = discount_cost(0.9, 0, 1, 365, compound=True)
    except ValueError:
        return
    assert found == math.inf


def test_a_rich_firm_with_late_customers_cannot_grow_without_end() -> None:
    found = solvent_growth(1, start_months=12, months=3)
    assert 1.3 < found < 2
    assert cash_path(2, 1, start_months=12, months=3)["cash"].min() < 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: cash_path(10, 1),
        lambda: solvent_growth(1, months=48),
        lambda: simulate_policy(60, 3, months=400),
    ],
)
def test_amounts_beyond_whole_cents_are_named_or_avoided(call: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            call()
        except ValueError as named:
            assert str(named)


RISKLESS = pd.DataFrame(
    {
        "period_days": [0, 15, 30],
        "sales": [1, 2, 3],
        "bad_debt": [0, 0.1, 0.2],
        "profit": [1, 2, 3],
        "loss_sd": [0, 0, 0],
    }
)


def test_cash_is_never_the_balanced_policy() -> None:
    assert frontier(RISKLESS).loc[0, "type"] == ""


def test_two_policies_alike_are_both_efficient_or_both_not() -> None:
    found = frontier(pd.concat([RISKLESS, RISKLESS.tail(1)], ignore_index=True))["efficient"]
    assert found[2] == found[3]


def test_labels_that_stand_twice_are_no_matter_or_named() -> None:
    found = frontier(RISKLESS.iloc[::-1].set_axis([0, 0, 1]))
    assert found["efficient"].tolist() == [True, True, True]


def test_who_gives_up_nothing_breaks_even_at_once() -> None:
    found = switch_to_credit(20, 20, 0, 0, 0.02)
    assert found.npv == 0 and found.break_even_units == 0
