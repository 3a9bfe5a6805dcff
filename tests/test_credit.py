"""Models of chapter 11: evidence, points, the quality of a score, the cut-off, and what a report is worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from crmlab.core.data import real
from crmlab.credit import (
    Bins,
    FiveC,
    Scorecard,
    Zone,
    altman_z,
    auc,
    break_even_default,
    calibration,
    cutoff,
    expected_loss,
    fit_scorecard,
    information_value,
    ks,
    one_shot_value,
    optimal_bins,
    points_scale,
    repeat_value,
    report_value,
    woe_table,
)

FIVE = ["character", "capacity", "capital", "conditions", "collateral"]
COEFFICIENTS = np.array([0.60, 0.85, 0.50, 0.35, 0.10])
TRENDS = (None, "ascending", "descending")

#: Goods and bads of each bin.
filled = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=8)
counts = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(any), min_size=1, max_size=8).filter(
    lambda bins: all(map(any, zip(*bins, strict=True)))
)
#: Scores with many ties, and who defaulted; both kinds are there.
scored = st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 1)), min_size=2, max_size=40).filter(
    lambda rows: len({bad for _, bad in rows}) == 2
)
chance = st.floats(0, 1)
few = settings(max_examples=40)  # where one example takes milliseconds


def applicants(seed: int, count: int) -> pd.DataFrame:
    """Draw the process of the chapter: five items, philosophy without an effect of its own, what follows from them."""
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(draw.standard_normal((count, 5)), columns=FIVE)
    table["capital"] = 0.3 * table["capacity"] + math.sqrt(1 - 0.3**2) * table["capital"]
    table["philosophy"] = 0.7 * table["character"] + math.sqrt(1 - 0.7**2) * draw.standard_normal(count)
    table["pd"] = 1 / (1 + np.exp(2.75 + table[FIVE] @ COEFFICIENTS))
    table["lgd"] = (0.85 - 0.60 * (0.5 + 0.35 * table["collateral"]).clip(0, 1.5)).clip(0.05, 0.95)
    table["default_12m"] = (draw.random(count) < table["pd"]).astype(int)
    return table


@lru_cache(maxsize=1)
def many() -> pd.DataFrame:
    return applicants(1, 200_000)


@lru_cache(maxsize=1)
def some() -> pd.DataFrame:
    return applicants(2, 3_000)


@lru_cache(maxsize=1)
def card() -> Scorecard:
    return fit_scorecard(some(), variables=FIVE)


def two(rows: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Split pairs into two arrays."""
    one, other = zip(*rows, strict=True)
    return np.array(one), np.array(other)


def test_the_five_cs_are_five_and_philosophy_is_none() -> None:
    assert sorted(FiveC) == ["capacity", "capital", "character", "collateral", "conditions"]


# --- weight of evidence ---


def test_three_bins_of_evidence_and_their_information_value() -> None:
    found = woe_table([400, 350, 250], [10, 30, 60])
    np.testing.assert_allclose(found["woe"], [1.3863, 0.1542, -0.8755], atol=5e-5)
    assert found["iv"].sum() == information_value([400, 350, 250], [10, 30, 60]) == pytest.approx(0.7300, abs=5e-5)


@few
@given(counts)
def test_evidence_turns_its_sign_when_goods_and_bads_change_places(bins: list[tuple[int, int]]) -> None:
    goods, bads = two(bins)
    one, other = woe_table(goods, bads), woe_table(bads, goods)
    np.testing.assert_allclose(one["woe"], -other["woe"], atol=1e-12)
    np.testing.assert_allclose(one["iv"], other["iv"], atol=1e-12)


@few
@given(counts)
def test_no_bin_takes_information_away(bins: list[tuple[int, int]]) -> None:
    goods, bads = two(bins)
    assert (woe_table(goods, bads)["iv"] >= 0).all()
    assert information_value(goods, bads) == pytest.approx(woe_table(goods, bads)["iv"].sum())


@few
@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(1, 9), st.integers(1, 9))
def test_bins_in_which_goods_and_bads_are_spread_alike_tell_nothing(shape: list[int], one: int, other: int) -> None:
    found = woe_table(np.array(shape) * one, np.array(shape) * other)
    np.testing.assert_allclose(found, 0, atol=1e-12)


@few
@given(filled)
def test_evidence_is_what_the_bin_adds_to_the_log_odds(bins: list[tuple[int, int]]) -> None:
    goods, bads = two(bins)
    expected = np.log(goods / bads) - np.log(goods.sum() / bads.sum())
    np.testing.assert_allclose(woe_table(goods, bads)["woe"], expected, atol=1e-12)


@few
@given(filled, st.integers(2, 50))
def test_ten_times_the_bads_are_the_same_evidence(bins: list[tuple[int, int]], times: int) -> None:
    goods, bads = two(bins)
    pd.testing.assert_frame_equal(woe_table(goods, bads * times), woe_table(goods, bads))


@few
@given(filled.filter(lambda bins: len(bins) > 1), st.data())
def test_merging_two_bins_never_adds_information(bins: list[tuple[int, int]], data: st.DataObject) -> None:
    goods, bads = two(bins)
    where = data.draw(st.integers(0, len(bins) - 2))
    merged = [np.add.reduceat(part, np.delete(np.arange(len(bins)), where + 1)) for part in (goods, bads)]
    assert information_value(*merged) <= information_value(goods, bads) + 1e-12


@pytest.mark.parametrize(
    ("goods", "bads"), [([0, 30, 10], [5, 5, 10]), ([9, 30, 10], [5, 0, 10]), ([9, 3, 0], [0, 5, 10])]
)
def test_one_bin_without_goods_or_bads_adds_a_half_to_both_counts_of_all_bins(
    goods: list[int], bads: list[int]
) -> None:
    found = woe_table(goods, bads)
    more, worse = np.array(goods) + 0.5, np.array(bads) + 0.5
    share, share_bad = more / (sum(goods) + 1.5), worse / (sum(bads) + 1.5)
    np.testing.assert_allclose(found["woe"], np.log(share / share_bad))
    np.testing.assert_allclose(found["iv"], (share - share_bad) * np.log(share / share_bad))


def test_named_bins_keep_their_names_and_others_are_numbered() -> None:
    goods = pd.Series([40, 10], index=pd.Index(["owns", "rents"], name="home"))
    bads = pd.Series([5, 5], index=goods.index)
    pd.testing.assert_index_equal(woe_table(goods, bads).index, goods.index)
    pd.testing.assert_index_equal(woe_table([40, 10], [5, 5]).index, pd.RangeIndex(2, name="bin"))
    np.testing.assert_array_equal(woe_table(goods, bads), woe_table([40, 10], [5, 5]))


# --- the best bins ---


def rows_of(goods: Sequence[int], bads: Sequence[int], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """One row per customer in mixed order; the value is the number of the prebin."""
    value = np.repeat(np.arange(len(goods)), np.add(goods, bads))
    marks = np.concatenate([[0] * good + [1] * bad for good, bad in zip(goods, bads, strict=True)])
    order = np.random.default_rng(seed).permutation(len(value))
    return value[order], marks[order]


def best_by_hand(goods: Sequence[int], bads: Sequence[int], trend: str | None, most: int, share: float) -> float:
    """The highest information value of all ways to cut."""
    count, all_goods, all_bads = len(goods), sum(goods), sum(bads)
    best = -math.inf
    for cuts in chain.from_iterable(combinations(range(1, count), number) for number in range(most)):
        bins = [(sum(goods[i:j]), sum(bads[i:j])) for i, j in pairwise((0, *cuts, count))]
        if any(not good or not bad or good + bad < share * (all_goods + all_bads) for good, bad in bins):
            continue
        change = [later[1] * first[0] - first[1] * later[0] for first, later in pairwise(bins)]  # sign: of the bad rate
        if (trend == "ascending" and min(change, default=0) < 0) or (
            trend == "descending" and max(change, default=0) > 0
        ):
            continue
        value = sum((g / all_goods - b / all_bads) * math.log(g * all_bads / (all_goods * b)) for g, b in bins)
        best = max(best, value)
    return best


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9),
    st.integers(1, 9),
    st.sampled_from([0, 1 / 16, 1 / 8, 1 / 4, 1 / 2]),
)
def test_the_bins_are_the_best_of_all_that_are_allowed(prebins: list[tuple[int, int]], most: int, share: float) -> None:
    goods, bads = two(prebins)
    assume(goods.any() and bads.any())
    compare(goods.tolist(), bads.tolist(), most, share)


@pytest.mark.parametrize("seed", range(20))
def test_the_bins_are_the_best_of_256_ways_to_cut(seed: int) -> None:
    draw = np.random.default_rng(seed)
    goods, bads = draw.integers(0, 30, 9).tolist(), draw.integers(0, 15, 9).tolist()
    compare(goods, bads, int(draw.integers(2, 10)), float(draw.choice([0, 1 / 16, 1 / 8])))


def compare(goods: list[int], bads: list[int], most: int, share: float) -> None:
    """The bins found are allowed, and no others are better."""
    value, marks = rows_of(goods, bads)
    for trend in TRENDS:
        found = optimal_bins(value, marks, trend, most, range(1, len(goods)), share)  # type: ignore[arg-type]
        assert found.iv == pytest.approx(best_by_hand(goods, bads, trend, most, share), abs=1e-12)
        table = found.table
        assert len(table) == len(found.edges) + 1 <= most
        assert ((table["goods"] > 0) & (table["bads"] > 0)).all()
        assert (table["goods"] + table["bads"] >= share * len(value)).all()
        steps = table["bad_rate"].diff().iloc[1:]
        assert trend is None or (steps >= 0 if trend == "ascending" else steps <= 0).all()
        check(found, value, marks)


def check(found: Bins, value: np.ndarray, marks: np.ndarray) -> None:
    """The table is that of the rows in the bins."""
    table = found.table
    assert list(table.columns) == ["low", "high", "goods", "bads", "bad_rate", "woe", "iv"]
    assert table["low"].tolist() == [-np.inf, *found.edges] and table["high"].tolist() == [*found.edges, np.inf]
    for number, row in table.iterrows():
        inside = (value >= row["low"]) & (value < row["high"])
        assert (found.place(value)[inside] == number).all() and (found.woe(value)[inside] == row["woe"]).all()
        assert row["goods"] == (marks[inside] == 0).sum() and row["bads"] == marks[inside].sum()
        assert row["bad_rate"] == pytest.approx(marks[inside].mean())
    pd.testing.assert_frame_equal(table[["woe", "iv"]], woe_table(table["goods"], table["bads"]))
    assert found.iv == pytest.approx(table["iv"].sum())


@few
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), min_size=4, max_size=60), st.integers(1, 30))
def test_bins_from_quantiles_hold_their_promise_and_only_the_order_of_the_values_counts(
    rows: list[tuple[int, int]], prebins: int
) -> None:
    value, marks = two(rows)
    assume(0 < marks.sum() < len(marks))
    found = optimal_bins(value, marks, prebins=prebins, min_share=0)
    check(found, value, marks)
    assert set(found.edges) <= set(value.tolist()) - {value.min()}
    assert len(found.table) <= prebins
    other = optimal_bins(np.exp(value / 3), marks, prebins=prebins, min_share=0)
    pd.testing.assert_frame_equal(other.table.drop(columns=["low", "high"]), found.table.drop(columns=["low", "high"]))
    shuffled = np.random.default_rng(1).permutation(len(value))
    pd.testing.assert_frame_equal(
        optimal_bins(value[shuffled], marks[shuffled], prebins=prebins, min_share=0).table, found.table
    )


def test_quantile_prebins_are_of_equal_size_if_no_values_are_tied() -> None:
    value = np.random.default_rng(3).permutation(np.arange(1, 41))
    marks = (value % 10 < np.array([2, 8, 1, 9])[(value - 1) // 10]).astype(int)  # 2, 8, 1, 9 bads of ten
    found = optimal_bins(value, marks, prebins=4, min_share=0)
    assert found.edges.tolist() == [11, 21, 31]
    assert found.table["bads"].tolist() == [2, 8, 1, 9]
    assert (found.table["goods"] + found.table["bads"]).tolist() == [10] * 4


def test_twenty_prebins_eight_bins_and_a_share_of_5_percent_are_the_defaults() -> None:
    value = np.arange(400)
    marks = (value % 20 < np.where(value // 20 % 2, 4, 12)).astype(int)  # the rate changes twenty times
    found = optimal_bins(value, marks)
    assert len(found.table) == 8
    assert set(found.edges) <= set(range(20, 400, 20))
    pd.testing.assert_frame_equal(found.table, optimal_bins(value, marks, None, 8, 20, 0.05).table)
    assert len(optimal_bins(value, marks, max_bins=30).table) == 20
    assert len(optimal_bins(value, marks, max_bins=30, min_share=0.0501).table) < 20


def test_equal_values_stay_together_and_an_edge_belongs_to_the_bin_that_starts_there() -> None:
    found = optimal_bins([1, 1, 1, 5, 5, 5, 5, 9], [0, 0, 1, 1, 0, 1, 1, 0], min_share=0)
    assert found.edges.tolist() == [5]
    assert found.place([4.999, 5, -100, 100]).tolist() == [0, 1, 0, 1]
    assert found.table[["goods", "bads"]].to_numpy().tolist() == [[2, 1], [2, 3]]


@pytest.mark.parametrize("prebins", [20, 1, [], [7], [3], [9], [1, 7, 12]])
def test_a_variable_with_a_single_value_gives_one_bin_that_tells_nothing(prebins: int | list[float]) -> None:
    found = optimal_bins([7] * 6, [0, 1, 0, 0, 1, 0], prebins=prebins)
    assert found.edges.size == 0 and found.iv == 0
    assert found.table.drop(columns=["low", "high"]).to_numpy().tolist() == [[4, 2, 1 / 3, 0, 0]]
    assert found.place([0, 7, 9]).tolist() == [0, 0, 0]


def test_one_bin_or_one_prebin_is_no_cut() -> None:
    for changes in ({"max_bins": 1}, {"prebins": 1}, {"prebins": []}):
        found = optimal_bins(range(40), [1] * 20 + [0] * 19 + [1], **changes)  # type: ignore[arg-type]
        assert len(found.table) == 1 and found.iv == 0


def test_given_prebins_may_stand_in_any_order_twice_and_outside_the_values() -> None:
    value, marks = rows_of([9, 5, 2, 7], [1, 5, 8, 3])
    plain = optimal_bins(value, marks, prebins=[1, 2, 3], min_share=0)
    assert plain.edges.tolist() == [1, 2, 3]
    mixed = optimal_bins(value, marks, prebins=[3, 99, 1, 2, -5, 2], min_share=0)
    pd.testing.assert_frame_equal(mixed.table, plain.table)
    assert optimal_bins(value, marks, prebins=(2.5,), min_share=0).edges.tolist() == [2.5]


def test_a_bin_of_just_the_smallest_share_is_allowed_and_a_pure_one_is_not() -> None:
    value, marks = rows_of([1, 29], [4, 6])
    assert optimal_bins(value, marks, prebins=[1], min_share=0.125).edges.tolist() == [1]
    assert optimal_bins(value, marks, prebins=[1], min_share=0.126).edges.tolist() == []
    assert optimal_bins(*rows_of([0, 29], [4, 6]), prebins=[1], min_share=0).edges.tolist() == []


@pytest.mark.parametrize("seed", range(5))
def test_more_freedom_never_lowers_the_information_value(seed: int) -> None:
    draw = np.random.default_rng(seed)
    value = draw.standard_normal(400)
    marks = (draw.random(400) < 1 / (1 + np.exp(1 + value - value**2))).astype(int)
    edges = np.quantile(value, np.arange(1, 24) / 24)

    def best(prebins: Any = edges, **changes: Any) -> float:
        return optimal_bins(value, marks, prebins=prebins, **changes).iv

    assert max(best(trend="ascending"), best(trend="descending")) < best()
    for looser in (
        [best(edges[::step]) for step in (6, 3, 1)],  # each contains the one before
        [best(max_bins=most) for most in range(1, 10)],
        [best(min_share=share) for share in (0.4, 0.2, 0.1, 0.05, 0)],
    ):
        assert all(less <= more + 1e-12 for less, more in pairwise(looser)) and looser[0] < looser[-1]


# --- points ---


def test_points_600_at_50_to_1_and_20_to_double_the_odds() -> None:
    scale = points_scale(600, odds=50, pdo=20)
    assert scale.factor == pytest.approx(28.8539, abs=5e-5)
    assert scale.offset == pytest.approx(487.123, abs=5e-4)
    np.testing.assert_allclose(scale.score([10, 25, 50, 100]), [553.56, 580, 600, 620], atol=5e-3)


@given(st.floats(0, 1000), st.floats(0.01, 100), st.floats(10, 100), st.floats(0.001, 1000), st.floats(0, 1000))
def test_points_and_odds_are_two_names_of_one_thing(
    score: float, base: float, pdo: float, odds: float, points: float
) -> None:
    scale = points_scale(score, base, pdo)
    assert scale.score(base) == pytest.approx(score, abs=1e-9)
    assert scale.odds(scale.score(odds)) == pytest.approx(odds)
    assert scale.score(scale.odds(points)) == pytest.approx(points, abs=1e-8)
    assert scale.score(2 * odds) - scale.score(odds) == pytest.approx(pdo)
    assert type(scale.score(odds)) is type(scale.odds(points)) is float


def test_the_points_of_an_applicant_sum_to_her_score() -> None:
    parts, score, table = card().contributions(some()), card().score(some()), card().points
    assert list(parts.columns) == FIVE and list(table.columns) == ["variable", "low", "high", "bad_rate", "points"]
    assert table["variable"].drop_duplicates().tolist() == FIVE
    assert len(table) == sum(len(bins.table) for bins in card().bins.values())
    assert score.name == "score" and score.index.equals(some().index)
    by_hand = pd.DataFrame(0.0, index=some().index, columns=FIVE)
    for row in table.itertuples():
        value = some()[row.variable]
        inside = (value >= row.low) & (value < row.high)
        by_hand.loc[inside, row.variable] = row.points
        assert row.bad_rate == pytest.approx(some().loc[inside, "default_12m"].mean())
    pd.testing.assert_frame_equal(parts, by_hand)
    pd.testing.assert_series_equal(score, by_hand.sum(axis=1), check_names=False)


def evidence(scorecard: Scorecard, table: pd.DataFrame) -> pd.DataFrame:
    """The weights of evidence, looked up another way."""
    found = {}
    for name, bins in scorecard.bins.items():
        places = pd.cut(table[name], [-np.inf, *bins.edges, np.inf], right=False, labels=False)
        found[name] = bins.table["woe"].loc[places].to_numpy()
    return pd.DataFrame(found, index=table.index)


def test_the_chance_of_default_is_the_logistic_of_the_fitted_model() -> None:
    logit = card().intercept + evidence(card(), some()) @ card().weights
    found = card().default_probability(some())
    assert found.name == "default_probability"
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-logit)), rtol=1e-9)
    np.testing.assert_allclose(card().score(some()), card().scale.score(np.exp(-logit)), rtol=1e-9)
    assert found.mean() == pytest.approx(some()["default_12m"].mean(), abs=1e-7)


def test_the_fit_agrees_with_one_found_another_way() -> None:
    x, bad = evidence(card(), some()).assign(intercept=1.0).to_numpy(), some()["default_12m"].to_numpy()

    def surprise(beta: np.ndarray) -> float:
        return float(-stats.bernoulli.logpmf(bad, 1 / (1 + np.exp(-x @ beta))).sum())

    expected = optimize.minimize(surprise, np.zeros(6), method="BFGS").x
    np.testing.assert_allclose(card().weights, expected[:5], atol=1e-3)
    assert card().intercept == pytest.approx(expected[5], abs=1e-3)
    assert list(card().weights.index) == FIVE and (card().weights < 0).all()
    chance = card().default_probability(some()).to_numpy()
    np.testing.assert_allclose(x.T @ (chance - bad), 0, atol=1e-4)  # where the likelihood is highest


def test_more_points_are_safer_and_the_five_items_tell_defaults() -> None:
    score = card().score(some())
    assert auc(score, some()["default_12m"]) == auc(-card().default_probability(some()), some()["default_12m"]) > 0.78
    table = card().points
    for name, bins in card().bins.items():
        points = table.loc[table["variable"] == name, "points"]
        assert points.to_numpy()[bins.table["bad_rate"].argmin()] == points.max()


def test_the_reasons_are_the_variables_that_cost_most_worst_first() -> None:
    parts, best = card().contributions(some()), card().points.groupby("variable")["points"].max()
    for count in (1, 3, 5, 9):
        found = card().reasons(some(), count)
        assert list(found.columns) == [f"reason_{number}" for number in range(1, min(count, 5) + 1)]
        assert found.index.equals(some().index)
        for customer, named in found.iloc[:200].iterrows():
            lost = {name: best[name] - parts.loc[customer, name] for name in FIVE}
            assert named.tolist() == sorted(FIVE, key=lambda name: -lost[name])[:count]
    pd.testing.assert_frame_equal(card().reasons(some()), card().reasons(some(), 3))


def test_a_scorecard_uses_all_numeric_columns_but_the_target_unless_told() -> None:
    table = some()[["default_12m", "capacity", "character"]].assign(salon=some().index.map("S{}".format))
    found = fit_scorecard(table)
    assert list(found.bins) == list(found.weights.index) == ["capacity", "character"]
    assert list(fit_scorecard(table, variables=["character"]).bins) == ["character"]
    renamed = fit_scorecard(table.rename(columns={"default_12m": "late"}), "late")
    pd.testing.assert_frame_equal(renamed.points, found.points)


def test_the_bins_of_a_scorecard_are_the_best_ones_within_its_limits() -> None:
    table = some()[["capacity", "character", "default_12m"]]
    for limits in ({}, {"max_bins": 2}, {"min_share": 0.3}):
        found = fit_scorecard(table, **limits)  # type: ignore[arg-type]
        for name, bins in found.bins.items():
            expected = optimal_bins(table[name], table["default_12m"], **{"max_bins": 5, "min_share": 0.05, **limits})  # type: ignore[arg-type]
            pd.testing.assert_frame_equal(bins.table, expected.table)


def test_another_scale_gives_other_points_and_the_same_chances() -> None:
    table = some()[["capacity", "character", "default_12m"]]
    one, other = fit_scorecard(table), fit_scorecard(table, scale=points_scale(100, 1, 10))
    assert one.scale == points_scale(600, 50, 20) and other.scale == points_scale(100, 1, 10)
    np.testing.assert_allclose(one.default_probability(table), other.default_probability(table))
    np.testing.assert_allclose(other.scale.odds(other.score(table)), one.scale.odds(one.score(table)))
    assert not np.allclose(one.score(table), other.score(table))


def test_neither_the_order_of_rows_nor_their_labels_matter_and_the_table_stays_as_it_was() -> None:
    table = some()[["capacity", "character", "default_12m"]].head(1000)
    before = table.copy()
    plain = fit_scorecard(table)
    mixed = table.sample(frac=1, random_state=1).set_axis([f"S{number}" for number in range(1000)])
    pd.testing.assert_frame_equal(fit_scorecard(mixed).points, plain.points, rtol=1e-6)
    pd.testing.assert_frame_equal(table, before)
    one = plain.score(mixed.iloc[[5, 3]])
    assert one.index.tolist() == ["S5", "S3"]
    assert one.tolist() == plain.score(mixed)[["S5", "S3"]].tolist()


# --- how good is a score ---


@few
@given(scored)
def test_auc_is_the_share_of_pairs_in_the_right_order_a_tie_counts_half(rows: list[tuple[int, int]]) -> None:
    score, bad = two(rows)
    pairs = list(product(score[bad == 0], score[bad == 1]))
    expected = sum((good > poor) + 0.5 * (good == poor) for good, poor in pairs) / len(pairs)
    assert auc(score, bad) == pytest.approx(expected)


@few
@given(scored)
def test_only_the_order_of_the_scores_counts_for_auc_and_ks(rows: list[tuple[int, int]]) -> None:
    score, bad = two(rows)
    for measure in (auc, ks):
        for changed in (np.exp(score), 3.0 * score - 7, score**3):
            assert measure(changed, bad) == measure(score, bad)
        assert measure(score[::-1], bad[::-1]) == pytest.approx(measure(score, bad))
    assert auc(-score, bad) == pytest.approx(1 - auc(score, bad))
    assert auc(score, 1 - bad) == pytest.approx(1 - auc(score, bad))


@few
@given(scored)
def test_ks_agrees_with_scipy(rows: list[tuple[int, int]]) -> None:
    score, bad = two(rows)
    expected = stats.ks_2samp(score[bad == 0], score[bad == 1]).statistic
    assert ks(score, bad) == pytest.approx(expected)
    assert ks(-score, bad) == pytest.approx(expected)


def test_a_perfect_score_a_coin_and_a_score_upside_down() -> None:
    assert auc([3, 4, 1, 2], [0, 0, 1, 1]) == ks([3, 4, 1, 2], [0, 0, 1, 1]) == 1
    assert auc([5, 5, 5, 5], [0, 0, 1, 1]) == 0.5 and ks([5, 5, 5, 5], [0, 0, 1, 1]) == 0
    assert auc([3, 4, 1, 2], [True, True, False, False]) == 0 and ks([3, 4, 1, 2], [1, 1, 0, 0]) == 1


@few
@given(st.lists(chance, min_size=4, max_size=60, unique=True), st.integers(2, 12), st.data())
def test_calibration_puts_equal_groups_side_by_side_the_safest_first(
    promised: list[float], bins: int, data: st.DataObject
) -> None:
    count = len(promised)
    assume(bins <= count)
    bad = np.array(data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    assume(0 < bad.sum() < count)
    found = calibration(promised, bad, bins)
    assert list(found.columns) == ["customers", "promised", "observed"]
    assert found.index.tolist() == list(range(1, bins + 1)) and found.index.name == "group"
    assert found["customers"].sum() == count and found["customers"].max() - found["customers"].min() <= 1
    pairs, place = sorted(zip(promised, bad, strict=True)), 0
    for row in found.itertuples():
        group = pairs[place : place + row.customers]
        place += row.customers
        assert row.promised == pytest.approx(np.mean([one for one, _ in group]))
        assert row.observed == pytest.approx(np.mean([one for _, one in group]))


def test_calibration_is_in_tenths_and_a_true_model_keeps_its_promises() -> None:
    found = calibration(many()["pd"], many()["default_12m"])
    assert found["customers"].tolist() == [20_000] * 10
    assert found["promised"].is_monotonic_increasing
    np.testing.assert_allclose(found["observed"], found["promised"], atol=0.012)
    assert found["promised"].mean() == pytest.approx(many()["pd"].mean())
    assert found["observed"].mean() == pytest.approx(many()["default_12m"].mean())


def test_the_process_of_the_chapter_gives_its_long_run_auc_and_ks() -> None:
    table, bad = many(), many()["default_12m"]
    assert bad.mean() == pytest.approx(0.104, abs=0.002)
    assert auc(-table["pd"], bad) == pytest.approx(0.804, abs=0.005)
    assert ks(-table["pd"], bad) == pytest.approx(0.455, abs=0.01)
    assert auc(table[FIVE].sum(axis=1), bad) == pytest.approx(0.776, abs=0.005)
    in_place = table.assign(character=0.7 * table["philosophy"])  # all that philosophy says of character
    assert auc(in_place[FIVE] @ COEFFICIENTS, bad) == pytest.approx(0.788, abs=0.005)


# --- decisions ---


@given(chance, chance, st.floats(0, 1e6))
def test_the_expected_loss_is_a_product(default: float, lgd: float, exposure: float) -> None:
    found = expected_loss(default, lgd, exposure)
    assert type(found) is float and found == pytest.approx(default * lgd * exposure)
    assert expected_loss([default, 0], lgd, [exposure, 9]).tolist() == [found, 0]


def test_one_sale_has_a_cut_off_for_each_recovery() -> None:
    found = cutoff(100, 88, 0.01, [0.25, 0.54, 0.95])
    np.testing.assert_allclose(found, [0.334, 0.188, 0.116], atol=5e-4)
    assert [cutoff(100, 88, 0.01, lgd) for lgd in (0.25, 0.54, 0.95)] == found.tolist()
    assert type(cutoff(100, 88, 0.01, 0.54)) is float
    assert cutoff(100, 88, 0.01, 0) == 1


def test_a_cut_off_earns_more_than_trust_in_all_and_one_for_each_recovery_most() -> None:
    default, lgd = many()["pd"], many()["lgd"]
    profit = (1 - default) * (100 / 1.01 - 88) - expected_loss(default, lgd, 88)
    one, own = default < cutoff(100, 88, 0.01, lgd.mean()), default < cutoff(100, 88, 0.01, lgd)
    assert one.mean() == pytest.approx(0.837, abs=0.003)
    assert profit.mean() == pytest.approx(4.78, abs=0.04)
    assert profit[one].sum() / len(profit) == pytest.approx(6.23, abs=0.03)
    assert profit[own].sum() / len(profit) == pytest.approx(6.34, abs=0.03)
    assert own.equals(profit > 0)


@few
@given(
    st.lists(chance, min_size=1, max_size=40),
    st.floats(1, 1000),
    st.floats(1.01, 5),
    st.floats(0, 0.3),
    st.floats(0.01, 1),
)
def test_no_other_cut_off_earns_more(default: list[float], cost: float, markup: float, rate: float, lgd: float) -> None:
    price, chances = cost * markup * (1 + rate), np.array(default)
    profit = (1 - chances) * (price / (1 + rate) - cost) - chances * cost * lgd
    best = cutoff(price, cost, rate, lgd)
    assert 0 < best < 1
    earned = profit[chances < best].sum()
    for other in np.linspace(0, 1, 101):
        assert profit[chances < other].sum() <= earned + 1e-9 * cost
    assert cutoff(price * 1.1, cost, rate, lgd) > best > cutoff(price, cost, rate + 0.001, lgd)


def test_a_stranger_on_credit_is_worth_18_43_and_a_regular_1_140() -> None:
    assert one_shot_value(49, 20, 0.02, 0.2) == pytest.approx(18.43, abs=5e-3)
    assert break_even_default(49, 20, 0.02, "one_shot") == pytest.approx(0.584, abs=5e-4)
    assert repeat_value(49, 20, 0.02, 0.2) == pytest.approx(1140)
    assert break_even_default(49, 20, 0.02, "perpetuity") == pytest.approx(0.986, abs=5e-4)


def test_where_the_cost_is_lost_only_in_a_default_the_same_business_is_worth_365_28() -> None:
    assert repeat_value(100, 96, 0.01, 0.07, "collected") == pytest.approx(365.28)
    assert 1 - break_even_default(100, 96, 0.01, "collected") == pytest.approx(0.194, abs=5e-4)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0.05, 0.5), chance)
def test_repeat_business_is_its_discounted_margins_added_up(
    price: float, cost: float, rate: float, default: float
) -> None:
    margins = ((price - cost) / (1 + rate) ** np.arange(1, 801)).sum()
    expected = {
        "perpetuity": -cost + (1 - default) * margins,
        "collected": (1 - default) * margins - default * cost,
    }
    for convention, value in expected.items():
        assert repeat_value(price, cost, rate, default, convention) == pytest.approx(value)  # type: ignore[arg-type]
    assert repeat_value(price, cost, rate, default) == repeat_value(price, cost, rate, default, "perpetuity")


@given(st.floats(1, 100), st.floats(1.6, 10), st.floats(0.01, 0.5))
def test_at_the_break_even_chance_credit_is_worth_nothing(cost: float, markup: float, rate: float) -> None:
    price = cost * markup
    for business in ("one_shot", "perpetuity", "collected"):
        found = break_even_default(price, cost, rate, business)  # type: ignore[arg-type]
        assert 0 <= found < 1
        value = [
            one_shot_value(price, cost, rate, default)
            if business == "one_shot"
            else repeat_value(price, cost, rate, default, business)  # type: ignore[arg-type]
            for default in (found, found + 1e-3)
        ]
        assert value[0] == pytest.approx(0, abs=1e-9 * price / rate)
        assert value[1] < 0


def test_a_report_of_the_chapter_is_worth_3_59() -> None:
    found = report_value(0.15, 0.70, 0.85, gain=11.01, loss=47.52)
    assert found.value == pytest.approx(3.59, abs=5e-3)
    assert (found.posterior_bad, found.posterior_good) == pytest.approx((0.452, 0.059), abs=5e-4)


@given(chance, chance, chance, st.floats(0, 100), st.floats(0, 100))
def test_a_report_is_worth_what_the_best_use_of_it_adds_and_never_more_than_certainty(
    prior: float, sensitivity: float, specificity: float, gain: float, loss: float
) -> None:
    def profit(after_bad: int, after_good: int) -> float:
        """Expected profit of accepting after a bad and after a good report: of a good and of a bad customer."""
        good = (1 - prior) * ((1 - specificity) * after_bad + specificity * after_good)
        bad = prior * (sensitivity * after_bad + (1 - sensitivity) * after_good)
        return good * gain - bad * loss

    plans = {plan: profit(*plan) for plan in product((0, 1), repeat=2)}
    blind = max(plans[0, 0], plans[1, 1])
    found = report_value(prior, sensitivity, specificity, gain, loss)
    assert found.value == pytest.approx(max(plans.values()) - blind, abs=1e-9)
    assert -1e-12 <= found.value <= (1 - prior) * gain - blind + 1e-9
    certain = report_value(prior, 1, 1, gain, loss)
    assert certain.value == pytest.approx((1 - prior) * gain - blind, abs=1e-9)
    upside_down = report_value(prior, 1 - sensitivity, 1 - specificity, gain, loss)
    assert upside_down.value == pytest.approx(found.value, abs=1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_after_a_report_the_chance_is_that_of_bayes(prior: float, sensitivity: float, specificity: float) -> None:
    found = report_value(prior, sensitivity, specificity, 1, 1)
    odds = prior / (1 - prior)
    for posterior, ratio in (
        (found.posterior_bad, sensitivity / (1 - specificity)),
        (found.posterior_good, (1 - sensitivity) / specificity),
    ):
        assert posterior / (1 - posterior) == pytest.approx(odds * ratio)


@pytest.mark.parametrize(
    ("prior", "sensitivity", "specificity", "gain", "loss"),
    [
        (0.15, 0.3, 0.7, 11, 48),  # says nothing
        (0.05, 0.6, 0.8, 30, 40),  # accepts after any answer
        (0.60, 0.6, 0.8, 5, 90),  # refuses after any answer
        (0.00, 0.7, 0.9, 5, 90),
        (1.00, 0.7, 0.9, 5, 90),
        (0.30, 0.9, 0.9, 5, 0),
        (0.30, 0.9, 0.9, 0, 5),
    ],
)
def test_a_report_that_changes_no_decision_is_worth_nothing(
    prior: float, sensitivity: float, specificity: float, gain: float, loss: float
) -> None:
    assert report_value(prior, sensitivity, specificity, gain, loss).value == pytest.approx(0, abs=1e-12)


def test_what_never_comes_says_nothing() -> None:
    always_good, always_bad = report_value(0.2, 0, 1, 10, 50), report_value(0.2, 1, 0, 10, 50)
    assert math.isnan(always_good.posterior_bad) and always_good.posterior_good == pytest.approx(0.2)
    assert math.isnan(always_bad.posterior_good) and always_bad.posterior_bad == pytest.approx(0.2)
    assert always_good.value == always_bad.value == 0


@pytest.mark.parametrize(
    ("changes", "z"),
    [
        ({"working_capital": 20}, 0.24),
        ({"working_capital": -20}, -0.24),
        ({"retained_earnings": 30}, 0.42),
        ({"ebit": 15}, 0.495),
        ({"market_equity": 80}, 0.96),
        ({"sales": 120}, 1.1988),
        (
            {"working_capital": 20, "ebit": 15, "market_equity": 80, "total_assets": 200, "total_liabilities": 25},
            2.2875,
        ),
    ],
)
def test_each_ratio_of_altman_has_its_weight(changes: dict[str, float], z: float) -> None:
    nothing = dict.fromkeys(["working_capital", "retained_earnings", "ebit", "market_equity", "sales"], 0.0)
    found = altman_z(**{**nothing, "total_assets": 100.0, "total_liabilities": 50.0, **changes})
    assert found[0] == pytest.approx(z)


def test_the_borders_of_altman_are_grey() -> None:
    def zone(z: float) -> Zone:
        return altman_z(0, 0, z / 3.3, 0, 0, total_assets=1, total_liabilities=1)[1]

    assert [zone(z) for z in (-1, 1.8099, 1.8101, 2.9899, 2.9901)] == ["distress", "distress", "grey", "grey", "safe"]
    assert altman_z(1.81 / 1.2, 0, 0, 0, 0, total_assets=1, total_liabilities=1) == (1.81, Zone.GREY)
    assert altman_z(0, 0, 2.99 / 3.3, 0, 0, total_assets=1, total_liabilities=1) == (2.99, Zone.GREY)


# --- real data ---


@lru_cache(maxsize=1)
def loans() -> pd.DataFrame:
    """The twenty columns of the South German credit data, and 1 for a loan that was not repaid."""
    table = real("south_german_credit")
    return table.drop(columns="credit_risk").assign(default_12m=1 - table["credit_risk"])


@pytest.mark.real_data("south_german_credit.asc")
def test_the_checking_account_of_1000_loans_has_an_information_value_of_0_666012() -> None:
    table = pd.crosstab(loans()["status"], loans()["default_12m"])
    found = woe_table(table[0], table[1])
    assert found["iv"].sum() == pytest.approx(0.666012, abs=5e-7)
    assert found["woe"].idxmin() == 1 and table.loc[1].sum() == 274  # they have no account: the corrected code table
    cut = optimal_bins(loans()["status"], loans()["default_12m"], "descending")
    assert cut.iv == pytest.approx(0.666012, abs=5e-7) and cut.edges.tolist() == [2, 3, 4]


@pytest.mark.real_data("south_german_credit.asc")
@pytest.mark.parametrize("share", [0.02, 0.05])
def test_longer_loans_default_more_and_monotone_bins_of_all_durations_have_0_2890(share: float) -> None:
    months = loans()["duration_months"]
    found = optimal_bins(
        months, loans()["default_12m"], "ascending", prebins=sorted(months.unique())[1:], min_share=share
    )
    assert found.iv == pytest.approx(0.2890, abs=5e-5)
    assert found.edges.tolist() == [9, 12, 16, 27, 36, 45]
    assert found.table["bad_rate"].is_monotonic_increasing
    coarse = optimal_bins(months, loans()["default_12m"], "ascending", min_share=share)
    assert coarse.iv == pytest.approx(0.2816, abs=5e-5)  # from twenty quantiles
    assert optimal_bins(months, loans()["default_12m"], "descending").iv == 0


@pytest.mark.real_data("south_german_credit.asc")
def test_a_scorecard_judged_on_the_loans_it_was_fitted_to_flatters_itself_by_0_05() -> None:
    bad = loans()["default_12m"]
    fold = np.random.default_rng(0).permutation(np.arange(1000) % 10)
    unseen = []
    for number in range(10):
        out = loans()[fold == number]
        unseen.append(auc(fit_scorecard(loans()[fold != number]).score(out), out["default_12m"]))
    seen = auc(fit_scorecard(loans()).score(loans()), bad)
    assert seen == pytest.approx(0.83, abs=0.005)
    assert np.mean(unseen) == pytest.approx(0.782, abs=0.01)
    assert seen - np.mean(unseen) == pytest.approx(0.05, abs=0.01)


# --- bad input ---

ROWS = pd.DataFrame({"character": [1.0, 2, 3, 4], "salon": list("abcd"), "default_12m": [1, 0, 1, 0]})
SCALE = points_scale(600, 50, 20)
LISTED = {"working_capital": 1, "retained_earnings": 1, "ebit": 1, "market_equity": 1, "sales": 1}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: woe_table([4, 0, 5], [1, 0, 2]), r"bin 1 is empty; leave it out or merge it with a neighbour"),
        (lambda: woe_table([0, 0], [1, 2]), r"goods or bads are all zero; needed is at least one of each"),
        (lambda: woe_table([1, 2], [0, 0]), r"goods or bads are all zero"),
        (lambda: woe_table([1, 2, 3], [1, 2]), r"goods has 3 bins and bads 2; needed is the same"),
        (lambda: woe_table([[1, 2]], [[1, 2]]), r"goods has 2 bins and bads 2"),
        (lambda: woe_table([1, -2], [1, 2]), r"goods 1 is -2; allowed are numbers of at least 0"),
        (lambda: woe_table([1, 2], [np.nan, 2]), r"bads 0 is nan"),
        (lambda: information_value([4, 0], [1, 0]), r"bin 1 is empty"),
        (lambda: optimal_bins([1, 2, 3], [0, 1]), r"bad has 2 marks for 3 values; needed is one for each"),
        (lambda: optimal_bins([1, 2], [0, 0]), r"bad holds one class only"),
        (lambda: optimal_bins([1, 2], [1, 1]), r"bad holds one class only"),
        (lambda: optimal_bins([1, 2, 3], [0, 1, 0.5]), r"bad holds 0.5; allowed are 0 and 1"),
        (lambda: optimal_bins([1, 2], [0, 2]), r"bad 1 is 2; allowed are numbers of at least 0 and of at most 1"),
        (lambda: optimal_bins([1, 2], [0, None]), r"bad 1 is nan"),
        (lambda: optimal_bins([1, np.nan], [0, 1]), r"x 1 is nan; allowed are finite numbers"),
        (lambda: optimal_bins([1, np.inf], [0, 1]), r"x 1 is inf"),
        (lambda: optimal_bins(["a", "b"], [0, 1]), r"x 0 is 'a'"),  # type: ignore[list-item]
        (lambda: optimal_bins([1, 2], [0, 1], "up"), r"trend is 'up'; allowed are 'ascending', 'descending'"),  # type: ignore[arg-type]
        (lambda: optimal_bins([1, 2], [0, 1], max_bins=0), r"max_bins is 0; allowed are whole numbers from 1"),
        (lambda: optimal_bins([1, 2], [0, 1], max_bins=2.5), r"max_bins is 2.5"),  # type: ignore[arg-type]
        (lambda: optimal_bins([1, 2], [0, 1], prebins=0), r"prebins is 0; allowed are whole numbers from 1 to 100"),
        (lambda: optimal_bins([1, 2], [0, 1], prebins=101), r"prebins is 101; allowed are whole numbers from 1 to 100"),
        (lambda: optimal_bins([1, 2], [0, 1], prebins=[2, np.nan]), r"prebins 1 is nan"),
        (lambda: optimal_bins([1, 2], [0, 1], min_share=-0.1), r"min_share is -0.1"),
        (lambda: optimal_bins([1, 2], [0, 1], min_share=0.51), r"min_share is 0.51; allowed .* of at most 0.5"),
        (lambda: points_scale(600, 0, 20), r"odds is 0; allowed are numbers above 0"),
        (lambda: points_scale(600, 50, 0), r"pdo is 0; allowed are numbers above 0"),
        (lambda: points_scale(np.nan, 50, 20), r"score is nan"),
        (lambda: SCALE.score([2, 0]), r"odds 1 is 0; allowed are numbers above 0"),
        (lambda: SCALE.odds([600, np.nan]), r"score 1 is nan"),
        (lambda: fit_scorecard(ROWS, "late"), r"applicants: column 'late' is missing; it marks who defaulted"),
        (lambda: fit_scorecard(ROWS[["salon", "default_12m"]]), r"applicants has no variable to score by"),
        (lambda: fit_scorecard(ROWS, variables=[]), r"applicants has no variable to score by"),
        (lambda: fit_scorecard(ROWS, variables=["age"]), r"applicants: column 'age' is missing"),
        (lambda: fit_scorecard(ROWS, variables=["salon"]), r"applicants: column 'salon', row 0 is 'a'"),
        (lambda: fit_scorecard(ROWS.replace(3.0, np.nan)), r"applicants: column 'character', row 2 is nan"),
        (lambda: fit_scorecard(ROWS.assign(default_12m=[0, 1, np.nan, 1])), r"bad 2 is nan"),
        (lambda: fit_scorecard(ROWS.assign(default_12m=0)), r"bad holds one class only"),
        (lambda: card().score(some().drop(columns="capital")), r"applicants: column 'capital' is missing"),
        (lambda: card().score(some().head(2).assign(capital=[1, np.nan])), r"column 'capital', row 1 is nan"),
        (lambda: card().reasons(some(), 0), r"count is 0; allowed are whole numbers from 1"),
        (lambda: auc([1, 2, 3], [0, 1]), r"bad has 2 marks for 3 values"),
        (lambda: auc([1, 2], [0, 0]), r"bad holds one class only"),
        (lambda: auc([1, np.nan], [0, 1]), r"score 1 is nan"),
        (lambda: ks([1, 2, 3], [0, 1]), r"bad has 2 marks for 3 values"),
        (lambda: ks([1, 2], [1, 1]), r"bad holds one class only"),
        (lambda: ks([1, np.nan], [0, 1]), r"score 1 is nan"),
        (lambda: calibration([0.1, 0.2, 0.3], [0, 1], 2), r"bad has 2 marks for 3 values"),
        (lambda: calibration([0.1, 0.2], [0, 0], 2), r"bad holds one class only"),
        (
            lambda: calibration([0.1, 1.2], [0, 1], 2),
            r"pd 1 is 1.2; allowed are numbers of at least 0 and of at most 1",
        ),
        (lambda: calibration([-0.1, 0.2], [0, 1], 2), r"pd 0 is -0.1"),
        (lambda: calibration([0.1, np.nan], [0, 1], 2), r"pd 1 is nan"),
        (lambda: calibration([0.1, 0.2], [0, 1], 1), r"bins is 1; allowed are whole numbers from 2 to 2"),
        (lambda: calibration([0.1, 0.2], [0, 1]), r"bins is 10; allowed are whole numbers from 2 to 2"),
        (lambda: expected_loss(1.1, 0.5, 100), r"default is 1.1; allowed are numbers of at least 0 and of at most 1"),
        (lambda: expected_loss(0.1, [0.5, -0.5], 100), r"lgd 1 is -0.5"),
        (lambda: expected_loss(0.1, 1.5, 100), r"lgd is 1.5"),
        (lambda: expected_loss(0.1, 0.5, -100), r"exposure is -100; allowed are numbers of at least 0"),
        (lambda: expected_loss(-0.1, 0.5, 100), r"default is -0.1"),
        (lambda: cutoff(88, 88, 0, 0.5), r"price 88 does not cover the variable cost 88 after discounting; no credit"),
        (lambda: cutoff(100, 99.5, 0.01, 0.5), r"price 100 does not cover the variable cost 99.5 after discounting"),
        (lambda: cutoff(100, 0, 0.01, 0.5), r"variable_cost is 0; allowed are numbers above 0"),
        (lambda: cutoff(0, 88, 0.01, 0.5), r"price is 0; allowed are numbers above 0"),
        (lambda: cutoff(100, 88, -0.01, 0.5), r"rate is -0.01"),
        (lambda: cutoff(100, 88, 0.01, 1.5), r"lgd is 1.5"),
        (lambda: cutoff(100, 88, 0.01, [0.5, -1]), r"lgd 1 is -1"),
        (lambda: one_shot_value(49, 20, 0.02, 1.2), r"default is 1.2"),
        (lambda: one_shot_value(49, -20, 0.02, 0.2), r"variable_cost is -20"),
        (lambda: one_shot_value(-49, 20, 0.02, 0.2), r"price is -49"),
        (lambda: one_shot_value(49, 20, -0.02, 0.2), r"rate is -0.02"),
        (lambda: repeat_value(49, 20, 0.02, 0.2, "net"), r"convention is 'net'; allowed are 'perpetuity', 'collected'"),  # type: ignore[arg-type]
        (lambda: repeat_value(49, 20, 0, 0.2), r"rate is 0; allowed are numbers above 0"),
        (lambda: repeat_value(49, 20, 0.02, -0.2), r"default is -0.2"),
        (lambda: repeat_value(49, 20, 0.02, 1.2), r"default is 1.2"),
        (lambda: repeat_value(-49, 20, 0.02, 0.2), r"price is -49"),
        (lambda: repeat_value(49, -20, 0.02, 0.2), r"variable_cost is -20"),
        (lambda: break_even_default(49, 20, 0.02, "net"), r"business is 'net'; allowed are 'one_shot', 'perpetuity', "),  # type: ignore[arg-type]
        (lambda: break_even_default(49, 0, 0.02, "one_shot"), r"variable_cost is 0; allowed are numbers above 0"),
        (lambda: break_even_default(0, 20, 0.02, "one_shot"), r"price is 0; allowed are numbers above 0"),
        (lambda: break_even_default(49, 20, -0.1, "one_shot"), r"rate is -0.1"),
        (lambda: break_even_default(49, 20, 0, "collected"), r"rate is 0; allowed are numbers above 0"),
        (lambda: report_value(1.2, 0.7, 0.9, 5, 9), r"prior is 1.2"),
        (lambda: report_value(0.2, -0.7, 0.9, 5, 9), r"sensitivity is -0.7"),
        (lambda: report_value(0.2, 0.7, 1.9, 5, 9), r"specificity is 1.9"),
        (lambda: report_value(0.2, 0.7, 0.9, -5, 9), r"gain is -5; allowed are numbers of at least 0"),
        (lambda: report_value(0.2, 0.7, 0.9, 5, -9), r"loss is -9; allowed are numbers of at least 0"),
        (lambda: report_value(np.nan, 0.7, 0.9, 5, 9), r"prior is nan"),
        (
            lambda: altman_z(**LISTED, total_assets=0, total_liabilities=1),
            r"total_assets is 0; allowed are numbers above",
        ),
        (
            lambda: altman_z(**LISTED, total_assets=1, total_liabilities=0),
            r"total_liabilities is 0; allowed are numbers",
        ),
        (lambda: altman_z(1, 1, 1, -1, 1, 1, 1), r"market_equity is -1; allowed are numbers of at least 0"),
        (lambda: altman_z(1, 1, np.nan, 1, 1, 1, 1), r"ebit is nan"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()
