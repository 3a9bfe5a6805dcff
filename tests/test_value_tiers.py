"""Chapter 02: the models against sources, properties and independent implementations; the data against their truth."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from crmlab.core.data import load, real
from crmlab.core.data import truth as truth_of
from crmlab.core.lanwan import REVENUE, traits
from crmlab.value_tiers import (
    TIER_CUTS,
    break_even_response,
    claimed_whale,
    gini,
    hhi,
    let_go,
    lorenz,
    pareto_class,
    pareto_gini,
    pareto_shape,
    pareto_share,
    portfolio,
    rfm,
    rfm_scores,
    rfm_segments,
    roll_out,
    simulate,
    top_share,
    top_share_interval,
    value_tier,
    whale_curve,
    whale_peak,
)

READINGS: tuple[Any, ...] = ("net", "top", "gross")
PYRAMID = pd.DataFrame(
    [[1, 50, 49], [4, 23, 25], [15, 20, 21], [80, 7, 5]],
    index=["top", "large", "medium", "small"],
    columns=["customers", "revenue", "profit"],
)

money = st.integers(0, 10_000)
groups = st.lists(st.tuples(st.integers(1, 500), money), min_size=1, max_size=8).filter(lambda g: any(v for _, v in g))
customers = st.lists(money, min_size=1, max_size=30).filter(any)
profits = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30).filter(lambda values: sum(values) > 0)
share = st.floats(0.01, 0.99)


def split(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [heads for heads, _ in pairs], [value for _, value in pairs]


# --- published numbers ---


def test_pyramid_of_note_5_adds_up_and_its_gini_is_8472_and_8676() -> None:
    assert PYRAMID.sum().tolist() == [100, 100, 100]
    assert gini(PYRAMID["customers"], PYRAMID["revenue"]) == pytest.approx(0.8472)
    assert gini(PYRAMID["customers"], PYRAMID["profit"]) == pytest.approx(0.8676)


def test_pyramid_of_note_5_top_5_and_top_20_percent() -> None:
    for column, at_5, at_20 in (("revenue", 0.73, 0.93), ("profit", 0.74, 0.95)):
        curve = lorenz(PYRAMID["customers"], PYRAMID[column])
        held = 1 - np.interp([0.95, 0.80], curve["share_of_customers"], curve["share_of_value"])
        np.testing.assert_allclose(held, [at_5, at_20])


def test_pyramid_of_note_5_the_top_is_not_the_most_profitable_per_yuan() -> None:
    assert (PYRAMID["profit"] / PYRAMID["revenue"]).round(3).tolist() == [0.98, 1.087, 1.05, 0.714]
    steps = lorenz(PYRAMID["revenue"], PYRAMID["profit"]).diff().iloc[1:]  # yuan lined up by the profit they bring
    rates = steps["share_of_value"] / steps["share_of_customers"]
    assert rates.round(3).tolist() == [0.714, 0.98, 1.05, 1.087]


def test_pyramid_of_note_5_a_top_customer_brings_571_times_a_small_one() -> None:
    steps = lorenz(PYRAMID["customers"], PYRAMID["revenue"]).diff().iloc[1:]
    per_head = steps["share_of_value"] / steps["share_of_customers"]
    assert round(per_head.iloc[-1] / per_head.iloc[0]) == 571


def test_tiers_of_curry_and_note_5_are_1_4_15_and_80_percent() -> None:
    assert TIER_CUTS == (0.01, 0.05, 0.20)
    counts = value_tier(load("value_tiers_accounts")["revenue"]).value_counts()
    assert counts[["top", "large", "medium", "small"]].tolist() == [12, 48, 180, 960]


def test_pareto_80_20_has_shape_1_16096_gini_7565_and_its_top_1_and_5_percent() -> None:
    shape = pareto_shape(0.2, 0.8)
    assert shape == pytest.approx(1.16096, abs=5e-6) == np.log(5) / np.log(4)
    assert pareto_gini(shape) == pytest.approx(0.7565, abs=5e-5)
    np.testing.assert_allclose(pareto_share([0.01, 0.05], shape), [0.528, 0.660], atol=5e-4)


def test_80_20_30_is_three_firms_with_peaks_140_167_and_200() -> None:
    peaks = [whale_peak(0.8, 0.5, reading) for reading in READINGS]
    assert peaks == pytest.approx([1.4, 5 / 3, 2])
    assert whale_peak(0.8, 0.5) == peaks[0]


def test_whale_where_20_percent_make_140_and_the_last_20_lose_40() -> None:
    ten = whale_curve([70, 70, 0, 0, 0, 0, 0, 0, -20, -20])
    assert ten.loc[ten["share_of_profit"] == 1.4, "share_of_customers"].tolist() == pytest.approx(np.arange(2, 9) / 10)
    claim = claimed_whale(0.2, 1, 0.2, 0.4 / 1.4, "gross")
    np.testing.assert_allclose(claim, [[0, 0], [0.2, 1.4], [0.8, 1.4], [1, 1]])


def hughes() -> pd.DataFrame:
    """A test of 30,000 that answers 1.3%, in which 34 of 125 cells, 27.7% of the letters, answer 2.76%."""
    rest = (0.013 - 0.277 * 0.0276) / 0.723
    cells = [[0.277 / 34, 0.0276]] * 34 + [[0.723 / 91, rest]] * 91
    return pd.DataFrame([(30_000 * part, 30_000 * part * rate) for part, rate in cells], columns=list(LETTERS))


def test_hughes_roll_out_mails_554_000_of_2_000_000_for_307_000() -> None:
    found = roll_out(hughes(), names=2_000_000, cost_per_piece=0.55, margin_per_order=40)
    assert found.cells == found.mail.sum() == 34
    assert found.names == pytest.approx(554_000)
    assert found.response == pytest.approx(0.0276)
    assert found.profit == pytest.approx(306_916)
    assert round(found.profit, -3) == 307_000


def test_hughes_mailing_all_loses_60_000_since_break_even_is_1_375_percent() -> None:
    assert break_even_response(0.55, 40) == pytest.approx(0.01375)
    found = roll_out(hughes(), names=2_000_000, cost_per_piece=0.55, margin_per_order=40)
    assert found.profit_all == pytest.approx(-60_000)


# --- inequality ---


@given(groups)
def test_lorenz_rises_convexly_from_0_to_1_below_the_diagonal(pairs: list[tuple[int, int]]) -> None:
    curve = lorenz(*split(pairs)).to_numpy()
    assert curve[0].tolist() == [0, 0]
    assert curve[-1].tolist() == [1, 1]
    assert (curve[:, 1] <= curve[:, 0] + 1e-12).all()
    slope = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
    assert (np.diff(slope) >= -1e-9).all()


@given(groups, st.floats(0.01, 1000), st.floats(0.01, 1000))
def test_gini_is_free_of_scale(pairs: list[tuple[int, int]], more_heads: float, more_money: float) -> None:
    heads, brought = split(pairs)
    found = gini(heads, brought)
    assert gini(np.multiply(heads, more_heads), brought) == pytest.approx(found, abs=1e-12)
    assert gini(heads, np.multiply(brought, more_money)) == pytest.approx(found, abs=1e-12)


@given(groups)
def test_gini_lies_between_0_and_1(pairs: list[tuple[int, int]]) -> None:
    assert 0 <= gini(*split(pairs)) < 1


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.floats(0.01, 1000))
def test_gini_of_equals_is_0(heads: list[int], each: float) -> None:
    assert 0 <= gini(heads, np.multiply(heads, each)) < 1e-12


@given(groups, share)
def test_gini_does_not_change_when_a_group_is_split_into_equal_heads(pairs: list[tuple[int, int]], part: float) -> None:
    heads, brought = split(pairs)
    apart = [part * heads[0], (1 - part) * heads[0], *heads[1:]]
    theirs = [part * brought[0], (1 - part) * brought[0], *brought[1:]]
    assert gini(apart, theirs) == pytest.approx(gini(heads, brought), abs=1e-12)


@given(groups, st.randoms())
def test_gini_does_not_depend_on_the_order_of_groups(pairs: list[tuple[int, int]], random: Any) -> None:
    assert gini(*split(random.sample(pairs, len(pairs)))) == pytest.approx(gini(*split(pairs)), abs=1e-12)


@given(customers)
def test_gini_of_single_customers_is_half_the_relative_mean_difference(values: list[int]) -> None:
    gaps = np.abs(np.subtract.outer(values, values)).mean()
    assert gini(np.ones(len(values)), values) == pytest.approx(gaps / 2 / np.mean(values), abs=1e-12)


def test_grouping_hides_inequality_and_empty_groups_are_left_out() -> None:
    revenue = np.sort(load("value_tiers_accounts")["revenue"])[::-1]
    grouped = [part.sum() for part in np.split(revenue, [12, 60, 240])]
    assert gini([12, 48, 180, 960], grouped) < gini(np.ones(1200), revenue)
    assert lorenz([20, 0, 80], [80, 0, 20]).equals(lorenz([20, 80], [80, 20]))


@given(share, share)
def test_pareto_shape_and_pareto_share_are_inverse(one: float, other: float) -> None:
    top, held = min(one, other), max(one, other)
    if held - top > 0.001:
        assert pareto_share(top, pareto_shape(top, held)) == pytest.approx(held)


@given(share, st.floats(1.05, 20))
def test_pareto_share_and_pareto_shape_are_inverse(top: float, shape: float) -> None:
    assert pareto_shape(top, pareto_share(top, shape)) == pytest.approx(shape, rel=1e-6)


@given(st.floats(1.05, 20))
def test_pareto_gini_is_twice_the_area_above_its_lorenz_curve(shape: float) -> None:
    area, _ = quad(lambda poorest: 1 - pareto_share(1 - poorest, shape), 0, 1)
    assert pareto_gini(shape) == pytest.approx(1 - 2 * area, abs=1e-6)


@pytest.mark.parametrize(("top", "shape"), [(0.01, 1.16), (0.2, 1.5), (0.5, 3)])
def test_pareto_share_is_the_partial_mean_of_scipys_pareto_law(top: float, shape: float) -> None:
    law = stats.pareto(shape)
    tail, _ = quad(law.isf, 0, top)
    assert pareto_share(top, shape) == pytest.approx(tail / law.mean())


def test_pareto_share_ends_and_arrays() -> None:
    np.testing.assert_array_equal(pareto_share(pd.Series([0, 1]), 1.5), [0, 1])
    assert type(pareto_share(0.2, 1.5)) is float


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_hhi_lies_between_1_over_n_and_1(raw: list[int]) -> None:
    found = hhi(np.array(raw) / sum(raw))
    assert 1 / len(raw) - 1e-12 <= found <= 1 + 1e-12
    assert found == pytest.approx(sum(Fraction(part, sum(raw)) ** 2 for part in raw))


@pytest.mark.parametrize("n", [1, 3, 7, 100])
def test_the_inverse_of_hhi_counts_equal_customers(n: int) -> None:
    assert 1 / hhi(np.full(n, 1 / n)) == pytest.approx(n)
    assert hhi([1] + [0] * (n - 1)) == 1


@given(customers, share, share)
def test_top_share_rises_with_top_to_1(values: list[int], one: float, other: float) -> None:
    less, more = min(one, other), max(one, other)
    assert top_share(values, less) <= top_share(values, more) + 1e-12
    assert top_share(values, 1) == pytest.approx(1)
    assert top_share(values, less) >= less - 0.5 / len(values) - 1e-12  # the count is rounded, the best are above mean


def test_top_share_takes_at_least_one_customer_and_passes_1_where_the_rest_loses() -> None:
    assert top_share([50, 20, 10, 10, 10], top=0.01) == 0.5
    assert top_share([10, 60, -20], top=1 / 3) == 1.2
    assert top_share(load("value_tiers_accounts")["contribution"]) > 1


def test_top_share_interval_covers_the_share_of_the_law() -> None:
    sigma, covered = 0.5, []
    true = stats.norm.cdf(sigma - stats.norm.isf(0.2))  # of a log-normal law
    for seed in range(30):
        low, high = top_share_interval(np.random.default_rng(seed).lognormal(sigma=sigma, size=400))
        covered.append(low < true < high)
    assert 0.85 <= np.mean(covered) < 1


def test_top_share_interval_is_the_same_every_time_and_widens_with_its_level() -> None:
    revenue = load("value_tiers_accounts")["revenue"].head(300)
    low, high = top_share_interval(revenue)
    assert (low, high) == top_share_interval(revenue)
    assert low < top_share(revenue) < high
    wide_low, wide_high = top_share_interval(revenue, level=0.99)
    assert wide_low < low and high < wide_high
    assert max(top_share_interval(revenue, top=0.05)) < low  # of another top


def test_top_share_interval_of_equals_is_a_point() -> None:
    assert top_share_interval([7] * 10) == pytest.approx((0.2, 0.2))


# --- who is A ---


@given(st.lists(st.integers(-5, 50), min_size=1, max_size=150))
def test_value_tier_goes_by_rank_and_equals_share_a_tier(values: list[int]) -> None:
    cuts = (Fraction(1, 100), Fraction(5, 100), Fraction(20, 100))
    found = value_tier(values)
    for value, tier in zip(values, found, strict=True):
        rank = 1 + sum(other > value for other in values)
        below = sum(rank > cut * len(values) for cut in cuts)
        assert tier == ("top", "large", "medium", "small")[below]


@given(st.integers(1, 400), st.integers(0, 1000))
def test_value_tier_sizes_of_different_values(n: int, seed: int) -> None:
    found = value_tier(np.random.default_rng(seed).permutation(n))
    ends = [n // 100, 5 * n // 100, 20 * n // 100, n]
    assert found.value_counts()[["top", "large", "medium", "small"]].tolist() == np.diff([0, *ends]).tolist()


def test_value_tier_is_ordered_and_takes_other_cuts() -> None:
    found = value_tier([5, 1, 4, 2, 3], cuts=(0.2, 0.4, 0.8))
    assert found.tolist() == ["top", "small", "large", "medium", "medium"]
    assert found.min() == "small" and found.max() == "top"


def test_value_tier_gives_equals_the_better_tier() -> None:
    assert value_tier([5, 1, 5, 5], cuts=(0.25, 0.5, 0.75)).tolist() == ["top", "small", "top", "top"]
    assert set(value_tier([7] * 100)) == {"top"}


@given(profits, st.floats(0.05, 1))
def test_pareto_class_by_customers_is_that_share_of_the_best(values: list[int], at: float) -> None:
    is_a = (pareto_class(values, at=at) == "A").to_numpy()
    assert abs(is_a.sum() - at * len(values)) <= 0.5 or is_a.sum() == 1
    best = sorted(range(len(values)), key=lambda place: (-values[place], place))[: is_a.sum()]  # of equals the earlier
    assert np.flatnonzero(is_a).tolist() == sorted(best)


@given(profits, st.integers(1, 100))
def test_pareto_class_by_value_is_the_fewest_that_reach_the_share(values: list[int], percent: int) -> None:
    is_a = (pareto_class(values, "value", at=percent / 100) == "A").to_numpy()
    best = sorted(range(len(values)), key=lambda place: (-values[place], place))
    count = next(k for k in range(1, len(values) + 1) if 100 * sum(sorted(values)[-k:]) >= percent * sum(values))
    assert np.flatnonzero(is_a).tolist() == sorted(best[:count])


def test_pareto_class_cuts_at_20_percent_of_customers_or_80_percent_of_value() -> None:
    revenue = load("value_tiers_accounts")["revenue"]
    assert (pareto_class(revenue) == "A").sum() == 240
    by_value = pareto_class(revenue, "value") == "A"
    assert revenue[by_value].sum() >= 0.8 * revenue.sum() > revenue[by_value].sum() - revenue[by_value].min()
    assert pareto_class(revenue).equals(pareto_class(revenue, "customers", 0.2))


def test_pareto_class_by_value_stops_where_the_share_is_reached_exactly() -> None:
    assert pareto_class([50, 30, 20], "value").tolist() == ["A", "A", "other"]
    assert 0.6 + 0.3 < 0.9 * (0.1 + 0.3 + 0.6)  # in floats
    assert pareto_class([0.1, 0.3, 0.6], "value", at=0.9).tolist() == ["other", "A", "A"]


def test_the_a_class_by_revenue_is_another_than_by_profit() -> None:
    accounts = load("value_tiers_accounts")
    both = (pareto_class(accounts["revenue"]) == "A") & (pareto_class(accounts["contribution"]) == "A")
    assert 120 < both.sum() < 220


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 10))
def test_portfolio_has_four_quadrants(attractiveness: float, strength: float, cut: float) -> None:
    table = pd.DataFrame({"attractiveness": [attractiveness], "strength": [strength]})
    names = {
        (True, True): "strategic",
        (True, False): "star",
        (False, True): "status",
        (False, False): "streamline",
    }
    assert portfolio(table, cut).tolist() == [names[attractiveness >= cut, strength >= cut]]


def test_portfolio_counts_5_points_as_high() -> None:
    table = pd.DataFrame({"attractiveness": [5, 5, 4.9, 4.9], "strength": [5, 4.9, 5, 4.9]})
    assert portfolio(table).tolist() == ["strategic", "star", "status", "streamline"]


# --- whale curve ---


@given(profits)
def test_whale_curve_is_concave_ends_at_1_and_peaks_at_the_positive_sum(values: list[int]) -> None:
    curve = whale_curve(values)
    assert curve.iloc[[0, -1]].to_numpy().tolist() == [[0, 0], [1, 1]]
    np.testing.assert_allclose(np.diff(curve["share_of_customers"]), 1 / len(values))
    assert curve["share_of_profit"].max() == pytest.approx(sum(v for v in values if v > 0) / sum(values))
    assert (np.diff(curve["share_of_profit"], 2) <= 1e-9).all()


def test_whale_curve_of_winners_is_the_lorenz_curve_turned_round() -> None:
    whale, poorest_first = whale_curve([5, 1, 4]), lorenz([1, 1, 1], [5, 1, 4])
    np.testing.assert_allclose(1 - whale.to_numpy()[::-1], poorest_first)


def firm(reading: str) -> list[float]:
    """A hundred customers as the sentence says: 20 make 80%, 30 cancel half; the profit that they share is 1."""
    losses = 0.5 if reading == "gross" else 0.4
    total = 1 + losses if reading == "net" else 1  # all that the profitable customers make
    return [0.8 / 20] * 20 + [(total - 0.8) / 50] * 50 + [-losses / 30] * 30


@pytest.mark.parametrize("reading", READINGS)
def test_a_firm_built_from_the_sentence_has_the_claimed_whale(reading: Any) -> None:
    curve, claim = whale_curve(firm(reading)), claimed_whale(reading=reading)
    at = np.interp(claim["share_of_customers"], curve["share_of_customers"], curve["share_of_profit"])
    np.testing.assert_allclose(claim["share_of_profit"], at)
    assert curve["share_of_profit"].max() == pytest.approx(whale_peak(0.8, 0.5, reading))


@given(share, share, st.floats(0, 0.99), st.floats(0, 0.99), st.sampled_from(READINGS))
def test_claimed_whale_passes_through_its_knots(top: float, held: float, losers: float, lost: float, way: Any) -> None:
    losers = min(losers, 1 - top)
    claim, peak = claimed_whale(top, held, losers, lost, way), whale_peak(held, lost, way)
    made = 1 if way == "net" else peak  # what the top's share is a share of, in final profits
    np.testing.assert_allclose(claim, [[0, 0], [top, held * made], [1 - losers, peak], [1, 1]], atol=1e-12)
    assert claim["share_of_profit"].max() == peak >= 1
    assert claim["share_of_customers"].is_monotonic_increasing


@given(st.floats(0, 1), st.floats(0, 0.99))
def test_the_readings_are_rising_firms(held: float, lost: float) -> None:
    net, top, gross = (whale_peak(held, lost, reading) for reading in READINGS)
    assert 1 <= net <= top + 1e-12
    assert top <= gross + 1e-12


# --- RFM segments ---

#: Rows r 5 to 1, columns f 1 to 5, as in the table of the docstring.
SEGMENTS = """
    new     new     loyal    champions champions
    new     new     loyal    champions champions
    fading  fading  loyal    loyal     loyal
    lost    lost    at_risk  at_risk   at_risk
    lost    lost    at_risk  at_risk   at_risk
"""


def test_rfm_segments_name_all_25_combinations() -> None:
    scores = pd.DataFrame(list(product(range(5, 0, -1), range(1, 6))), columns=["r", "f"])
    assert rfm_segments(scores).tolist() == SEGMENTS.split()


def test_rfm_segments_follow_from_orders() -> None:
    accounts = load("value_tiers_accounts")
    table = accounts.set_axis(accounts["salon_id"]).rename(
        columns={"last_order_days": "recency_days", "orders_24m": "frequency", "spend_24m": "monetary"}
    )
    found = rfm_segments(rfm_scores(table))
    assert found.index.equals(table.index)
    assert set(found) == set(SEGMENTS.split())
    champions, lost = table[found == "champions"], table[found == "lost"]
    assert champions["recency_days"].max() < lost["recency_days"].min()
    assert champions["frequency"].min() > lost["frequency"].max()


# --- mailing ---

cells = st.lists(st.tuples(st.integers(1, 300), st.floats(0, 0.1)), min_size=1, max_size=7)


def mail_test(pairs: list[tuple[int, float]]) -> pd.DataFrame:
    return pd.DataFrame([(mailed, round(mailed * rate)) for mailed, rate in pairs], columns=list(LETTERS))


@given(cells, st.integers(0, 100_000), st.floats(0.1, 2), st.floats(5, 100))
def test_roll_out_earns_what_the_best_set_of_cells_earns(
    pairs: list[tuple[int, float]], names: int, cost: float, margin: float
) -> None:
    test = mail_test(pairs)
    found = roll_out(test, names, cost, margin)
    each = [
        names * mailed / test["mailed"].sum() * (responded / mailed * margin - cost)
        for mailed, responded in test.to_numpy()
    ]
    subsets = [sum(chosen) for size in range(len(each) + 1) for chosen in combinations(each, size)]
    assert found.profit == pytest.approx(max(subsets), abs=1e-6)
    assert found.profit_all == pytest.approx(sum(each), abs=1e-6)
    assert found.profit >= max(0, found.profit_all) - 1e-6


@given(cells, st.floats(0.1, 2), st.floats(5, 100))
def test_roll_out_mails_a_cell_exactly_when_it_pays(pairs: list[tuple[int, float]], cost: float, margin: float) -> None:
    test = mail_test(pairs)
    found = roll_out(test, 1000, cost, margin)
    pays = test["responded"] * margin - test["mailed"] * cost
    assert (pays[found.mail] > -1e-9).all() and (pays[~found.mail] < 1e-9).all()
    assert found.cells == found.mail.sum()
    mailed = test[found.mail].sum()
    assert found.names == pytest.approx(1000 * mailed["mailed"] / test["mailed"].sum())
    assert found.response == pytest.approx(mailed["responded"] / max(1, mailed["mailed"]))


@given(st.floats(0, 100), st.floats(0.01, 100))
def test_at_break_even_a_letter_earns_its_postage(cost: float, margin: float) -> None:
    assert break_even_response(cost, margin) * margin == pytest.approx(cost)


def test_break_even_works_row_by_row_and_passes_1_where_nothing_pays() -> None:
    np.testing.assert_allclose(break_even_response([1, 2, 50], pd.Series([20, 20, 20])), [0.05, 0.1, 2.5])
    assert type(break_even_response(1, 20)) is float


def test_where_no_cell_pays_nobody_is_mailed() -> None:
    found = roll_out(pd.DataFrame({"mailed": [100, 100], "responded": [1, 2]}), 1000, 1, 20)
    assert (found.cells, found.names, found.response, found.profit) == (0, 0, 0, 0)
    assert found.profit_all < 0


def test_a_test_of_30_000_promises_more_than_the_truth_holds() -> None:
    test, true = load("value_tiers_mail_test"), truth_of("value_tiers_mail_test")["response"]["response"]
    found = roll_out(test, 300_000, 0.55, 40)
    held = 2400 * (true[found.mail] * 40 - 0.55).sum()
    assert found.profit_all < 0 < held < found.profit


# --- letting go ---

amount = st.integers(0, 900)
books = st.lists(st.lists(amount, min_size=6, max_size=6), min_size=1, max_size=6)
LEDGER = ["revenue", "product_cost", "service_cost", "allocated_cost", "option_value", "referral_value"]


def firm_profit(rows: list[list[int]], gone: tuple[int, ...], avoidable: float) -> float:
    """Profit of a firm without some accounts; its friends and prospects are part of what it has."""
    profit = 0.0
    for place, (revenue, product_cost, service_cost, allocated_cost, option, friends) in enumerate(rows):
        left = (1 - avoidable) * service_cost  # what serving still costs when the account has gone
        profit += -left if place in gone else revenue - product_cost - service_cost + option + friends
        profit -= allocated_cost
    return profit


@given(books, st.floats(0, 1))
def test_letting_go_changes_profit_by_minus_the_keep_values_and_nobody_does_better(
    rows: list[list[int]], avoidable: float
) -> None:
    found = let_go(pd.DataFrame(rows, columns=LEDGER), avoidable)
    keep = found["keep_value"].tolist()
    changes = {
        gone: firm_profit(rows, gone, avoidable) - firm_profit(rows, (), avoidable)
        for size in range(len(rows) + 1)
        for gone in combinations(range(len(rows)), size)
    }
    for gone, change in changes.items():
        assert change == pytest.approx(-sum(keep[place] for place in gone), abs=1e-6)
    assert changes[tuple(np.flatnonzero(found["let_go"]))] == pytest.approx(max(changes.values()), abs=1e-6)


@given(books, st.floats(0, 1), st.integers(0, 10_000))
def test_allocated_cost_never_changes_who_goes(rows: list[list[int]], avoidable: float, more: int) -> None:
    accounts = pd.DataFrame(rows, columns=LEDGER)
    found = let_go(accounts, avoidable)
    dearer = let_go(accounts.assign(allocated_cost=accounts["allocated_cost"] + more), avoidable)
    pd.testing.assert_frame_equal(dearer.drop(columns="full_cost_profit"), found.drop(columns="full_cost_profit"))
    assert (found["full_cost_profit"] - dearer["full_cost_profit"]).tolist() == [more] * len(rows)
    full = accounts["revenue"] - accounts[["product_cost", "service_cost", "allocated_cost"]].sum(axis=1)
    assert found["full_cost_profit"].tolist() == full.tolist()


@given(books, st.floats(0, 1), st.floats(0, 1))
def test_the_more_can_be_avoided_the_less_an_account_is_worth_keeping(
    rows: list[list[int]], one: float, other: float
) -> None:
    accounts = pd.DataFrame(rows, columns=LEDGER)
    less, more = let_go(accounts, min(one, other)), let_go(accounts, max(one, other))
    assert (less["keep_value"] >= more["keep_value"]).all()
    assert (more["let_go"] | ~less["let_go"]).all()


def test_let_go_without_the_optional_columns_counts_them_as_0() -> None:
    accounts = pd.DataFrame([[900, 500, 400], [900, 500, 401]], columns=LEDGER[:3])
    zeros = accounts.assign(allocated_cost=0, option_value=0, referral_value=0)
    pd.testing.assert_frame_equal(let_go(accounts), let_go(zeros))
    assert let_go(accounts)["let_go"].tolist() == [False, True]  # worth nothing is kept


def test_an_account_worth_nothing_is_kept_in_spite_of_rounding() -> None:
    assert 900.3 - 500.1 - 400.2 < 0
    found = let_go(pd.DataFrame([[900.3, 500.1, 400.2]], columns=LEDGER[:3]))
    assert (found["keep_value"].item(), found["let_go"].item()) == (0, False)


# --- simulated tables ---

STUDENTS = ("", "s1", "s2", "s3", "s4", "s5")
every_student = pytest.mark.parametrize("student", STUDENTS)


@lru_cache
def accounts_of(student: str) -> pd.DataFrame:
    return simulate.tables(student)["value_tiers_accounts"]


@lru_cache
def mail_of(student: str) -> pd.DataFrame:
    return simulate.tables(student)["value_tiers_mail_test"]


def size_of(accounts: pd.DataFrame) -> pd.Series[Any]:
    return np.log(accounts["revenue"] / accounts["revenue"].median())


def test_a_third_of_the_accounts_lose_money_and_cancel_half_of_what_the_others_make() -> None:
    left = load("value_tiers_accounts")["contribution"]
    assert (left < 0).mean() == pytest.approx(1 / 3, abs=0.03)
    assert whale_curve(left)["share_of_profit"].max() == pytest.approx(2, abs=0.1)


@every_student
def test_every_student_has_a_whale(student: str) -> None:
    left = accounts_of(student)["contribution"]
    assert 0.25 < (left < 0).mean() < 0.4
    assert whale_curve(left)["share_of_profit"].max() > 1.2


@every_student
def test_contribution_is_margin_less_a_visit_the_hours_and_returns(student: str) -> None:
    accounts = accounts_of(student)
    true = simulate.truth(student)["value_tiers_accounts"]
    assert (true["visit_cost"], true["hour_cost"]) == (120, 35)
    left = accounts["gross_margin"] - 120 - 35 * accounts["service_hours"] - accounts["returns"]
    np.testing.assert_allclose(accounts["contribution"], left, atol=0.0051)


@every_student
def test_revenue_follows_the_truncated_pareto_law(student: str) -> None:
    revenue = accounts_of(student)["revenue"]
    law = stats.truncpareto(1.16, 200, scale=2000)
    assert REVENUE["shape"] == 1.16 and REVENUE["cap"] / REVENUE["floor"] == 200
    assert traits()["revenue"].between(2000, 400_000).all()
    levels = np.linspace(0.1, 0.95, 18)
    np.testing.assert_allclose(revenue.quantile(levels), law.ppf(levels), rtol=0.1)
    assert 0.6 < top_share(revenue) < 0.75


@every_student
def test_margin_rate_falls_with_size_as_discounts_rise(student: str) -> None:
    accounts = accounts_of(student)
    law = simulate.truth(student)["value_tiers_accounts"]["margin_rate"]
    fit = stats.linregress(size_of(accounts), accounts["gross_margin"] / accounts["revenue"])
    assert abs(fit.slope - law["per_log_revenue"]) < 4 * fit.stderr
    assert abs(fit.intercept - law["median_account"]) < 4 * fit.intercept_stderr
    assert fit.slope < -0.01 and stats.linregress(size_of(accounts), accounts["discount_rate"]).slope > 0.01


@every_student
def test_difficult_accounts_take_twice_the_hours(student: str) -> None:
    accounts, true = accounts_of(student), simulate.truth(student)["value_tiers_accounts"]
    difficult = true["difficult"].to_numpy()
    hours = accounts["service_hours"] / np.exp(true["hours"]["elasticity"] * size_of(accounts))
    assert hours[~difficult].mean() == pytest.approx(true["hours"]["median_account"], rel=0.08)
    assert hours[difficult].mean() / hours[~difficult].mean() == pytest.approx(2, rel=0.12)
    assert 0.2 < difficult.mean() < 0.3
    assert "difficult" not in accounts.columns


@every_student
def test_order_history_fits_the_year(student: str) -> None:
    accounts = accounts_of(student)
    assert accounts["last_order_days"].between(0, 730).all()
    assert (accounts["orders_24m"] >= 1).all()
    assert accounts["spend_24m"].sum() == pytest.approx(2 * accounts["revenue"].sum(), rel=0.05)
    assert stats.spearmanr(accounts["revenue"], accounts["orders_24m"]).statistic > 0.4
    assert stats.spearmanr(accounts["last_order_days"], accounts["orders_24m"]).statistic < -0.1


@every_student
def test_mail_test_has_125_cells_30_000_letters_and_orders_near_their_truth(student: str) -> None:
    test, true = mail_of(student), simulate.truth(student)["value_tiers_mail_test"]["response"]
    assert set(test[["r", "f", "m"]].itertuples(index=False, name=None)) == set(product(range(1, 6), repeat=3))
    assert len(test) == 125 and test["mailed"].sum() == 30_000
    assert test[["r", "f", "m"]].equals(true[["r", "f", "m"]])
    expected = test["mailed"] * true["response"]
    error = np.sqrt(expected * (1 - true["response"]))
    assert abs(test["responded"].sum() - expected.sum()) < 4 * np.sqrt((error**2).sum())
    for letter in "rfm":  # single cells expect too few orders to be near normal
        groups = pd.DataFrame({"off": test["responded"] - expected, "var": error**2}).groupby(test[letter]).sum()
        assert (groups["off"].abs() < 4 * np.sqrt(groups["var"])).all()


@every_student
def test_newer_customers_answer_more_often(student: str) -> None:
    test, true = mail_of(student), simulate.truth(student)["value_tiers_mail_test"]["response"]
    assert true.groupby("r")["response"].mean().is_monotonic_increasing
    assert test.groupby("r")["responded"].sum().is_monotonic_increasing
    levels = {letter: true.groupby(letter)["response"].mean() for letter in "rfm"}
    lift = {letter: level[5] / level[1] for letter, level in levels.items()}
    assert lift["r"] > lift["f"] > lift["m"] > 1


def test_a_student_gets_another_year_of_the_same_salons_and_another_test() -> None:
    for one, other in combinations(STUDENTS, 2):
        assert accounts_of(one)["salon_id"].equals(accounts_of(other)["salon_id"])
        for column in accounts_of(one).columns.drop("salon_id"):
            assert not accounts_of(one)[column].equals(accounts_of(other)[column])
        true = [simulate.truth(student)["value_tiers_mail_test"]["response"]["response"] for student in (one, other)]
        luck = [mail_of(student)["responded"] - 240 * rate for student, rate in zip((one, other), true, strict=True)]
        assert not true[0].equals(true[1])
        assert abs(np.corrcoef(luck)[0, 1]) < 0.4
    pd.testing.assert_frame_equal(accounts_of("s1"), simulate.tables("s1")["value_tiers_accounts"])
    pd.testing.assert_frame_equal(mail_of("s1"), simulate.tables("s1")["value_tiers_mail_test"])


def test_truth_cannot_be_changed_from_outside() -> None:
    before = simulate.tables("s1")
    true = simulate.truth("s1")
    true["value_tiers_accounts"]["hours"]["median_account"] = 0.0
    true["value_tiers_accounts"]["margin_rate"]["sd"] = 9.0
    true["value_tiers_accounts"]["difficult"][:] = True
    true["value_tiers_mail_test"]["law"]["r"] = 9.0
    true["value_tiers_mail_test"]["response"]["response"] = 0.0
    again = simulate.truth("s1")
    assert again["value_tiers_accounts"]["hours"]["median_account"] == 19.5
    assert again["value_tiers_accounts"]["margin_rate"]["sd"] == 0.03
    assert not again["value_tiers_accounts"]["difficult"].all()
    assert again["value_tiers_mail_test"]["law"]["r"] == 0.55
    assert (again["value_tiers_mail_test"]["response"]["response"] > 0).all()
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, before[name])


# --- real data ---


@pytest.mark.real_data("cdnow_sample.txt")
def test_cdnow_has_2_357_customers_with_6_919_orders() -> None:
    found = rfm(real("cdnow"), as_of="1998-06-30")
    assert len(found) == 2357
    assert found["frequency"].sum() == 6919


@pytest.mark.real_data("cdnow_sample.txt")
def test_cdnow_champions_of_october_1997_come_back_and_the_lost_do_not() -> None:
    orders = real("cdnow")
    known = orders["date"] < "1997-10-01"
    segment = rfm_segments(rfm_scores(rfm(orders[known], as_of="1997-10-01")))
    assert len(segment) == 2357
    back = pd.Series(segment.index.isin(orders.loc[~known, "customer_id"]), index=segment.index)
    rate = back.groupby(segment, observed=True).mean()
    assert rate["champions"] == pytest.approx(2 / 3, abs=0.02)
    assert rate["lost"] == pytest.approx(1 / 8, abs=0.02)
    assert rate.idxmax() == "champions" and rate.idxmin() == "lost"


# --- bad input, one customer, and what stays as it was ---

ACCOUNT = pd.DataFrame([[900, 500, 300, 100, 50, 20]] * 2, index=["North", "South"], columns=LEDGER)
PLACED = pd.DataFrame({"attractiveness": [8, 2], "strength": [9, 1]}, index=["North", "South"])
LETTERS = pd.DataFrame({"mailed": [100, 100], "responded": [3, 1]}, index=["new", "old"])
SCORES = pd.DataFrame({"r": [5, 1], "f": [5, 1]}, index=["Ann", "Bo"])


def bad(table: pd.DataFrame, column: str, value: object) -> pd.DataFrame:
    changed = table.astype(object)
    changed.loc[changed.index[1], column] = value
    return changed


def twice(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return pd.concat([table, table[[column]]], axis=1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lorenz([1, 2], [5, -1]), "value 1 is -1; allowed are numbers of at least 0."),
        (lambda: lorenz([1, -2], [5, 1]), "size 1 is -2; allowed are numbers of at least 0."),
        (lambda: lorenz([1, np.nan], [5, 1]), "size 1 is nan"),
        (lambda: lorenz([1, 2], [5, "many"]), "value 1 is 'many'"),
        (lambda: lorenz([1, 2], [5, None]), "value 1 is None"),
        (lambda: lorenz([1, 2], [True, False]), "value 0 is True"),
        (lambda: lorenz([1, 2, 3], [5, 1]), "size has 3 groups and value has 2; needed is the same number."),
        (lambda: lorenz([], []), "lorenz: there is no customer, so there are no shares."),
        (lambda: lorenz([0, 0], [0, 0]), "lorenz: there is no customer, so there are no shares."),
        (lambda: lorenz([1, 2], PLACED[["strength"]]), "value is a table of 2 x 1; needed is one column of it."),
        (lambda: gini(PLACED, PLACED), "size is a table of 2 x 2; needed is one column of it."),
        (lambda: lorenz([1, 2], [0, 0]), "lorenz: there is no value, so there are no shares."),
        (lambda: lorenz([1, 0], [5, 3]), "size 1 is 0, but value 1 is 3; nobody can have brought it."),
        (lambda: gini([1, 1], pd.Series([5, -2], index=["a", "b"])), "value 'b' is -2; allowed are numbers of at"),
        (lambda: gini([1, 2, 3], [5, 1]), "size has 3 groups and value has 2"),
        (lambda: gini([1, 2], [0, 0]), "there is no value"),
        (lambda: gini([1, 0], [5, 3]), "nobody can have brought it"),
        (lambda: pareto_shape(0.2, 0.1), "share is 0.1; allowed are numbers above top, which is 0.2."),
        (lambda: pareto_shape(0.2, 0.2), "share is 0.2; allowed are numbers above top, which is 0.2."),
        (lambda: pareto_shape(0, 0.8), "top is 0; allowed are numbers above 0."),
        (lambda: pareto_shape(20, 80), "top is 20; allowed are numbers between 0 and 1."),
        (lambda: pareto_shape(0.2, 1), "share is 1; allowed are numbers between 0 and 1."),
        (lambda: pareto_shape(np.nan, 0.8), "top is nan"),
        (lambda: pareto_shape(0.2, "80%"), "share is '80%'"),
        (lambda: pareto_share(1.2, 1.5), "top is 1.2; allowed are numbers of at least 0 and of at most 1."),
        (lambda: pareto_share([0.1, np.nan], 1.5), "top 1 is nan"),
        (lambda: pareto_share(0.2, 1), "shape is 1; allowed are numbers above 1."),
        (lambda: pareto_gini(0.9), "shape is 0.9; allowed are numbers above 1."),
        (lambda: pareto_gini("1.16"), "shape is '1.16'"),
        (lambda: hhi([0.5, 0.4]), "share sums to 0.9; allowed is a sum of 1."),
        (lambda: hhi([50, 50]), "share sums to 100; allowed is a sum of 1."),
        (lambda: hhi([]), "share sums to 0; allowed is a sum of 1."),
        (lambda: hhi([1.5, -0.5]), "share 1 is -0.5; allowed are numbers of at least 0."),
        (lambda: hhi([1, np.nan]), "share 1 is nan"),
        (lambda: top_share([]), "value: there is no customer; needed is at least one."),
        (lambda: top_share([5, -5]), "value sums to 0; shares need a total above 0."),
        (lambda: top_share([5, -8]), "value sums to -3; shares need a total above 0."),
        (lambda: top_share([5, np.nan]), "value 1 is nan; allowed are finite numbers."),
        (lambda: top_share([5, np.inf]), "value 1 is inf; allowed are finite numbers."),
        (lambda: top_share([5, "x"]), "value 1 is 'x'"),
        (lambda: top_share([5, 6], 0), "top is 0; allowed are numbers above 0 and of at most 1."),
        (lambda: top_share([5, 6], 20), "top is 20; allowed are numbers above 0 and of at most 1."),
        (lambda: top_share(PLACED[["strength"]]), "value is a table of 2 x 1; needed is one column of it."),
        (lambda: top_share_interval([100, -60, -30]), "value: the losses are so large that some resamples have no"),
        (lambda: top_share_interval([5]), "value has 1 customer; an interval needs at least two."),
        (lambda: top_share_interval([]), "value: there is no customer"),
        (lambda: top_share_interval([5, -5]), "value sums to 0"),
        (lambda: top_share_interval([5, 6], top=0), "top is 0"),
        (lambda: top_share_interval([5, 6], level=95), "level is 95; allowed are numbers between 0 and 1."),
        (lambda: top_share_interval([5, 6], level=0), "level is 0; allowed are numbers above 0."),
        (lambda: value_tier([]), "value: there is no customer; needed is at least one."),
        (lambda: value_tier(PLACED[["strength"]]), "value is a table of 2 x 1; needed is one column of it."),
        (lambda: value_tier([5, 6], 0.2), "cuts is 0.2; allowed are three rising shares."),
        (lambda: value_tier([5, np.nan]), "value 1 is nan; allowed are finite numbers."),
        (lambda: value_tier(pd.Series([5, "x"], index=["a", "b"])), "value 'b' is 'x'"),
        (lambda: value_tier([5, 6], (0.05, 0.01, 0.2)), "cuts is (0.05, 0.01, 0.2); allowed are three rising shares."),
        (lambda: value_tier([5, 6], (0.1, 0.1, 0.2)), "cuts is (0.1, 0.1, 0.2); allowed are three rising shares."),
        (lambda: value_tier([5, 6], (0.1, 0.2)), "cuts is (0.1, 0.2); allowed are three"),
        (lambda: value_tier([5, 6], (1, 5, 20)), "cuts 1 is 5; allowed are numbers of at least 0 and of at most 1."),
        (lambda: pareto_class([]), "value: there is no customer"),
        (lambda: pareto_class(PLACED[["strength"]]), "value is a table of 2 x 1; needed is one column of it."),
        (lambda: pareto_class([5, -5], "value"), "value sums to 0; shares need a total above 0."),
        (lambda: pareto_class([5, np.nan]), "value 1 is nan"),
        (lambda: pareto_class([5, 6], "sales"), "cut is 'sales'; allowed are 'customers', 'value'."),
        (lambda: pareto_class([5, 6], at=0), "at is 0; allowed are numbers above 0 and of at most 1."),
        (lambda: pareto_class([5, 6], "value", at=80), "at is 80; allowed are numbers above 0 and of at most 1."),
        (lambda: portfolio(PLACED.drop(columns="strength")), "accounts: column 'strength' is missing"),
        (lambda: portfolio(bad(PLACED, "strength", -1)), "accounts: column 'strength', row 'South' is -1; allowed are"),
        (lambda: portfolio(bad(PLACED, "attractiveness", np.nan)), "column 'attractiveness', row 'South' is nan"),
        (lambda: portfolio(twice(PLACED, "strength")), "accounts: column 'strength' is there more than once"),
        (lambda: portfolio(PLACED, cut=-1), "cut is -1; allowed are numbers of at least 0."),
        (lambda: whale_curve([]), "contribution: there is no customer; needed is at least one."),
        (lambda: whale_curve(PLACED[["strength"]]), "contribution is a table of 2 x 1; needed is one column of it."),
        (lambda: whale_curve([5, -5]), "contribution sums to 0; shares need a total above 0."),
        (lambda: whale_curve([5, -9]), "contribution sums to -4"),
        (lambda: whale_curve([5, None]), "contribution 1 is None; allowed are finite numbers."),
        (lambda: whale_peak(80, 0.5), "top_share is 80; allowed are numbers of at least 0 and of at most 1."),
        (lambda: whale_peak(0.8, -0.1), "cancelled is -0.1; allowed are numbers of at least 0 and of at most 1."),
        (lambda: whale_peak(0.8, np.nan), "cancelled is nan"),
        (lambda: whale_peak(0.8, 1, "gross"), "cancelled is 1: the loss-makers cancel everything"),
        (lambda: whale_peak(1, 1, "top"), "cancelled is 1: the loss-makers cancel everything"),
        (lambda: whale_peak(0.8, 0.5, "half"), "reading is 'half'; allowed are 'net', 'top', 'gross'."),
        (lambda: claimed_whale(0.8, 0.8, 0.3), "top and losers are 0.8 and 0.3; together they can be at most 1."),
        (lambda: claimed_whale(20), "top is 20; allowed are numbers of at least 0 and of at most 1."),
        (lambda: claimed_whale(losers="30%"), "losers is '30%'"),
        (lambda: claimed_whale(cancelled=1, reading="gross"), "cancelled is 1: the loss-makers cancel everything"),
        (lambda: claimed_whale(reading="all"), "reading is 'all'"),
        (lambda: rfm_segments(SCORES.drop(columns="f")), "scores: column 'f' is missing; needed are r, f."),
        (lambda: rfm_segments(bad(SCORES, "r", 6)), "scores: column 'r', row 'Bo' is 6; allowed are 1 to 5."),
        (lambda: rfm_segments(bad(SCORES, "r", 6).set_axis(["Bo", "Bo"])), "column 'r', row 'Bo' is 6; allowed are 1"),
        (lambda: rfm_segments(bad(SCORES, "f", 0)), "scores: column 'f', row 'Bo' is 0; allowed are 1 to 5."),
        (lambda: rfm_segments(bad(SCORES, "f", 2.5)), "scores: column 'f', row 'Bo' is 2.5; allowed are 1 to 5."),
        (lambda: rfm_segments(bad(SCORES, "r", np.nan)), "scores: column 'r', row 'Bo' is nan"),
        (lambda: rfm_segments(bad(SCORES, "r", "5")), "scores: column 'r', row 'Bo' is '5'"),
        (lambda: rfm_segments(twice(SCORES, "r")), "scores: column 'r' is there more than once"),
        (lambda: break_even_response(-1, 40), "cost_per_piece is -1; allowed are numbers of at least 0."),
        (lambda: break_even_response(1, 0), "margin_per_order is 0; allowed are numbers above 0."),
        (lambda: break_even_response([1, 2], [40, 50, 60]), "cost_per_piece has 2 numbers and margin_per_order has 3."),
        (lambda: break_even_response([1, np.nan], 40), "cost_per_piece 1 is nan"),
        (lambda: break_even_response(1, "40"), "margin_per_order is '40'"),
        (lambda: roll_out(LETTERS.drop(columns="mailed"), 10, 1, 40), "test: column 'mailed' is missing"),
        (lambda: roll_out(twice(LETTERS, "responded"), 10, 1, 40), "test: column 'responded' is there more than once"),
        (
            lambda: roll_out(bad(LETTERS, "responded", 101), 10, 1, 40),
            "in row 'old' 101 responded of 100 mailed.",
        ),
        (lambda: roll_out(bad(LETTERS, "mailed", 0), 10, 1, 40), "test: column 'mailed', row 'old' is 0; allowed are"),
        (lambda: roll_out(bad(LETTERS, "responded", -1), 10, 1, 40), "test: column 'responded', row 'old' is -1"),
        (lambda: roll_out(bad(LETTERS, "responded", "two"), 10, 1, 40), "test: column 'responded', row 'old' is 'two'"),
        (lambda: roll_out(LETTERS.iloc[:0], 10, 1, 40), "test: there is no row."),
        (
            lambda: roll_out(bad(LETTERS, "responded", 101).set_axis(["old", "old"]), 10, 1, 40),
            "in row 'old' 101 responded of 100 mailed.",
        ),
        (lambda: roll_out(LETTERS, -10, 1, 40), "names is -10; allowed are numbers of at least 0."),
        (lambda: roll_out(LETTERS, 10, -1, 40), "cost_per_piece is -1"),
        (lambda: roll_out(LETTERS, 10, 1, 0), "margin_per_order is 0; allowed are numbers above 0."),
        (lambda: let_go(ACCOUNT.drop(columns="service_cost")), "accounts: column 'service_cost' is missing"),
        (lambda: let_go(bad(ACCOUNT, "product_cost", -1)), "accounts: column 'product_cost', row 'South' is -1"),
        (lambda: let_go(bad(ACCOUNT, "revenue", "much")), "accounts: column 'revenue', row 'South' is 'much'"),
        (
            lambda: let_go(bad(ACCOUNT, "allocated_cost", np.nan)),
            "column 'allocated_cost', row 'South' is nan",
        ),
        (lambda: let_go(bad(ACCOUNT, "option_value", -1)), "accounts: column 'option_value', row 'South' is -1"),
        (lambda: let_go(twice(ACCOUNT, "referral_value")), "accounts: column 'referral_value' is there more than once"),
        (lambda: let_go(ACCOUNT, avoidable=70), "avoidable is 70; allowed are numbers of at least 0 and of at most 1."),
    ],
)
def test_bad_input_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_one_customer_is_equal_to_herself_and_holds_everything() -> None:
    assert gini([1], [5]) == 0
    assert top_share([5], 0.01) == hhi([1]) == 1
    assert whale_curve([5]).to_numpy().tolist() == [[0, 0], [1, 1]]
    assert pareto_class([5]).tolist() == pareto_class([5], "value").tolist() == ["A"]
    assert value_tier([5]).tolist() == ["small"]  # rank 1 is above 1%, 5% and 20% of one customer


ODD = pd.Index(["c", "a", "b", "a"])  # out of order, and one twice


@pytest.mark.parametrize(
    "call",
    [
        lambda: value_tier(pd.Series([4, 2, 3, 1], index=ODD)),
        lambda: pareto_class(pd.Series([4, 2, 3, 1], index=ODD)),
        lambda: pareto_class(pd.Series([4, 2, 3, 1], index=ODD), "value"),
        lambda: portfolio(pd.DataFrame({"attractiveness": [1, 2, 8, 9], "strength": [1, 8, 2, 9]}, index=ODD)),
        lambda: rfm_segments(pd.DataFrame({"r": [1, 2, 4, 5], "f": [1, 4, 2, 5]}, index=ODD)),
        lambda: roll_out(pd.DataFrame({"mailed": [9, 9, 9, 9], "responded": [1, 2, 3, 4]}, index=ODD), 9, 1, 5).mail,
        lambda: let_go(pd.DataFrame([[9, 5, 3]] * 4, index=ODD, columns=LEDGER[:3])),
    ],
)
def test_the_index_is_kept(call: Callable[[], pd.Series[Any]]) -> None:
    found = call()
    assert found.index.equals(ODD)
    assert len(found) == 4


def test_inputs_are_never_changed() -> None:
    size, value, part = np.array([3.0, 1.0, 2.0]), np.array([1.0, 5.0, 4.0]), np.array([0.25, 0.75])
    series = pd.Series(value, index=["c", "a", "b"])
    tables = [table.copy() for table in (PLACED, LETTERS, ACCOUNT, SCORES)]
    for call in (top_share, top_share_interval, value_tier, pareto_class, whale_curve):
        call(value)
        call(series)
    gini(size, value)
    hhi(part)
    results: list[Any] = [portfolio(tables[0]), roll_out(tables[1], 9, 0.55, 40).mail, let_go(tables[2])["keep_value"]]
    for found in [*results, rfm_segments(tables[3])]:
        found.iloc[0] = found.iloc[-1]  # changing what came out changes nothing that went in
    assert (size.tolist(), value.tolist(), part.tolist()) == ([3, 1, 2], [1, 5, 4], [0.25, 0.75])
    assert series.to_dict() == {"c": 1, "a": 5, "b": 4}
    for table, original in zip(tables, (PLACED, LETTERS, ACCOUNT, SCORES), strict=True):
        pd.testing.assert_frame_equal(table, original)
