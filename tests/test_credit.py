"""Models of chapter 11: evidence, points, the quality of a score, the cut-off, and what a report is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise, permutations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

from crmlab.core.data import load, real, truth
from crmlab.credit import (
    ITEM_NAMES,
    TRUE_LOGIT,
    Bins,
    FiveC,
    Scorecard,
    Zone,
    altman_z,
    auc,
    break_even_default,
    calibration,
    cohen_kappa,
    cutoff,
    expected_loss,
    fit_logit,
    fit_scorecard,
    information_value,
    item_marks,
    ks,
    loss_given_default,
    one_shot_value,
    optimal_bins,
    points_scale,
    rater_bias,
    repeat_value,
    report_value,
    simulate,
    woe_table,
)

FIVE = ["character", "capacity", "capital", "conditions", "collateral"]
COEFFICIENTS = np.array([0.60, 0.85, 0.50, 0.35, 0.10])
TRENDS = (None, "ascending", "descending")
STUDENTS = ("", "s1", "s2")
every_student = pytest.mark.parametrize("student", STUDENTS)

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


@lru_cache
def drawn(student: str) -> dict[str, pd.DataFrame]:
    return simulate.tables(student)


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


def test_the_reasons_are_what_cost_most_against_the_average_applicant_of_the_fit_worst_first() -> None:
    parts = card().contributions(some())
    average = parts.mean()
    for count in (1, 3, 5, 9):
        found = card().reasons(some(), count)
        assert list(found.columns) == [f"reason_{number}" for number in range(1, min(count, 5) + 1)]
        assert found.index.equals(some().index)
        for customer, named in found.iloc[:200].iterrows():
            lost = {name: average[name] - parts.loc[customer, name] for name in FIVE}
            assert named.tolist() == sorted(FIVE, key=lambda name: -lost[name])[:count]
    pd.testing.assert_frame_equal(card().reasons(some()), card().reasons(some(), 3))
    one = some().iloc[[7]]  # alone she is not her own average
    pd.testing.assert_frame_equal(card().reasons(one), card().reasons(some()).iloc[[7]])


def test_a_scorecard_uses_all_numeric_columns_but_the_target_unless_told() -> None:
    table = some()[["default_12m", "capacity", "character"]].assign(salon=some().index.map("S{}".format))
    found = fit_scorecard(table)
    assert list(found.bins) == list(found.weights.index) == ["capacity", "character"]
    assert list(fit_scorecard(table, variables=["character"]).bins) == ["character"]
    renamed = fit_scorecard(table.rename(columns={"default_12m": "late"}), "late")
    pd.testing.assert_frame_equal(renamed.points, found.points)


@pytest.mark.parametrize("limits", [{}, {"max_bins": 2}, {"min_share": 0.3}], ids=str)
def test_the_bins_of_a_scorecard_are_the_best_ones_within_its_limits(limits: dict[str, Any]) -> None:
    table = some()[["capacity", "default_12m"]].assign(late=-some()["character"], bent=some()["capital"].abs())
    for monotone in (None, True, False):
        found = fit_scorecard(table, **({} if monotone is None else {"monotone": monotone}), **limits)
        assert list(found.bins) == ["capacity", "late", "bent"]
        for name, bins in found.bins.items():
            trends = (None,) if monotone is False else ("ascending", "descending")
            within = {"max_bins": 5, "min_share": 0.05, **limits}
            each = [optimal_bins(table[name], table["default_12m"], trend, **within) for trend in trends]  # type: ignore[arg-type]
            assert bins.iv == max(one.iv for one in each)
            pd.testing.assert_frame_equal(bins.table, max(each, key=lambda one: one.iv).table)


def test_a_way_that_is_known_beforehand_binds_its_variable_alone() -> None:
    table = some()[["capacity", "default_12m"]].assign(late=-some()["character"], bent=some()["capital"].abs())
    for monotone in (True, False):
        plain = fit_scorecard(table, monotone=monotone)
        found = fit_scorecard(table, monotone=monotone, trends={"late": "descending", "capacity": "descending"})
        for name, way in (("late", "descending"), ("capacity", "descending")):
            expected = optimal_bins(table[name], table["default_12m"], way, 5)  # type: ignore[arg-type]
            pd.testing.assert_frame_equal(found.bins[name].table, expected.table)
        assert found.bins["late"].iv < plain.bins["late"].iv / 10  # who is late more defaults more
        pd.testing.assert_frame_equal(found.bins["bent"].table, plain.bins["bent"].table)
    assert fit_scorecard(table, trends={}).points.equals(fit_scorecard(table).points)


def test_only_a_free_scorecard_follows_a_risk_that_is_highest_in_the_middle_and_free_bins_fit_chance() -> None:
    draw = np.random.default_rng(4)
    noise = [f"noise_{number}" for number in range(5)]
    table = pd.DataFrame(draw.standard_normal((2000, 6)), columns=["value", *noise])
    bad = (draw.random(2000) < np.where(table["value"].abs() < 0.7, 0.3, 0.05)).astype(int)
    table["default_12m"] = bad
    free, one_way = fit_scorecard(table, monotone=False), fit_scorecard(table)
    rates = {name: card.bins["value"].table["bad_rate"] for name, card in (("free", free), ("one_way", one_way))}
    assert rates["free"].idxmax() not in (0, len(rates["free"]) - 1)
    assert rates["one_way"].is_monotonic_increasing or rates["one_way"].is_monotonic_decreasing
    assert auc(free.score(table), bad) > auc(one_way.score(table), bad) + 0.05
    assert sum(free.bins[name].iv for name in noise) > 1.5 * sum(one_way.bins[name].iv for name in noise)
    assert fit_scorecard(table, monotone=True).points.equals(one_way.points)


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


# --- the logistic fit ---


@pytest.mark.parametrize("seed", range(3))
def test_the_weights_are_those_of_statsmodels(seed: int) -> None:
    from statsmodels.discrete.discrete_model import Logit

    draw = np.random.default_rng(seed)
    items = pd.DataFrame(draw.standard_normal((400, 4)), columns=list("abcd"), index=draw.permutation(400))
    bad = (draw.random(400) < 1 / (1 + np.exp(1.5 - items @ [0.7, -1.2, 0.0, 0.3]))).astype(int)
    before = items.copy()
    intercept, weights = fit_logit(items, bad)
    expected = Logit(bad.to_numpy(), np.column_stack([np.ones(400), items])).fit(disp=0, tol=1e-12).params
    np.testing.assert_allclose([intercept, *weights], expected, atol=1e-5)
    assert type(intercept) is float and type(weights) is np.ndarray and weights.shape == (4,)
    pd.testing.assert_frame_equal(items, before)
    chance = 1 / (1 + np.exp(-(intercept + items.to_numpy() @ weights)))
    np.testing.assert_allclose((chance - bad) @ items, 0, atol=1e-4)  # its own score equations
    assert chance.mean() == pytest.approx(bad.mean(), abs=1e-6)


@few
@given(st.lists(st.integers(1, 40), min_size=4, max_size=4))
def test_one_item_of_yes_or_no_gets_the_log_odds_ratio(counts: list[int]) -> None:
    good_no, bad_no, good_yes, bad_yes = counts
    item = np.repeat([0, 0, 1, 1], counts)
    bad = np.repeat([0, 1, 0, 1], counts)
    intercept, weights = fit_logit(item, bad)  # one item may come as a plain row of numbers
    assert intercept == pytest.approx(math.log(bad_no / good_no), abs=1e-3)
    assert weights.tolist() == pytest.approx([math.log(bad_yes * good_no / (good_yes * bad_no))], abs=1e-3)
    assert fit_logit(item[:, None], bad)[1].tolist() == weights.tolist()


def test_units_zero_points_and_sides_of_the_items_change_only_how_the_fit_is_written() -> None:
    items, bad = some()[FIVE].to_numpy(), some()["default_12m"].to_numpy()
    intercept, weights = fit_logit(items, bad)
    units, start = np.array([1e-9, 5, 1e9, -1, 1]), np.array([0, -3, 0, 0, 50.0])
    other, changed = fit_logit(items * units + start, bad)
    np.testing.assert_allclose(changed * units, weights, rtol=1e-4)
    assert other == pytest.approx(intercept - changed @ start, rel=1e-4)
    turned, opposite = fit_logit(items, 1 - bad)
    np.testing.assert_allclose([turned, *opposite], [-intercept, *-weights], atol=1e-6)


@pytest.mark.parametrize("bad", [[0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0]])
@pytest.mark.parametrize("item", [[1, 2, 3, 4, 5, 6], [1, 2, 3, 3.001, 5, 6], [0, 0, 0, 1, 1, 1], [1, 2, 3, 3, 4, 5]])
@pytest.mark.filterwarnings("error")
def test_an_item_that_divides_them_without_a_mistake_gets_a_large_weight_and_no_error(
    item: list[float], bad: list[int]
) -> None:
    """There the likelihood has no highest point. The fit stops where it hardly rises any more, sooner where the gap is
    narrow: how large the weight is says nothing, but its sign and on which side each applicant stands are right."""
    intercept, weights = fit_logit(item, bad)
    chance = special.expit(intercept + np.array(item) * weights[0])
    assert np.isfinite([intercept, *weights]).all() and abs(weights[0]) > 5
    assert (weights[0] > 0) == (bad[0] == 0)
    tied = np.array([item.count(one) > 1 and len(set(item)) > 2 for one in item])
    assert ((chance > 0.5) == bad)[~tied].all()
    if 3.001 not in item:
        np.testing.assert_allclose(chance[~tied], np.array(bad)[~tied], atol=1e-3)
    np.testing.assert_allclose(chance[tied], 0.5, atol=1e-3)  # at 3 one of two defaulted


def test_items_that_say_the_same_share_one_weight() -> None:
    item, bad = some()["capacity"].to_numpy(), some()["default_12m"]
    intercept, (weight,) = fit_logit(item, bad)
    both, weights = fit_logit(np.column_stack([item, 2 * item]), bad)
    assert both == pytest.approx(intercept, abs=1e-4)
    assert weights[0] + 2 * weights[1] == pytest.approx(weight, abs=1e-4)


# --- marks of the six items ---

SALONS = pd.DataFrame(
    {
        "salon": ["Ann", "Bo", "Cy", "Di"],
        "late_ratio": [0.1, 0.5, 0.3, 0.2],
        "cash_cover": [1.0, 0.5, 2.0, 3.0],
        "leverage": [0.4, 0.8, 0.5, 0.1],
        "collateral_cover": [0.0, 1.5, 0.5, 0.2],
        "sector_outlook": [40, 60, 55, 50],
        "philosophy_1to5": [5, 1, 3, 3],
    },
    index=["a", "b", "c", "d"],
)


def test_marks_have_mean_0_and_spread_1_and_stand_in_the_order_of_the_notes() -> None:
    before = SALONS.copy()
    for table in (SALONS, drawn("")["credit_applicants"]):
        found = item_marks(table)
        assert list(found.columns) == list(ITEM_NAMES)
        pd.testing.assert_index_equal(found.index, table.index)
        np.testing.assert_allclose(found.mean(), 0, atol=1e-9)
        np.testing.assert_allclose(found.std(ddof=1), 1)
    pd.testing.assert_frame_equal(SALONS, before)


def test_shares_are_marked_by_their_log_odds_cash_by_its_logarithm_and_the_rest_as_they_are() -> None:
    found = item_marks(SALONS)
    raw = {
        "character": [math.log(9), 0, math.log(7 / 3), math.log(4)],
        "capacity": [0, -math.log(2), math.log(2), math.log(3)],
        "philosophy": [5, 1, 3, 3],
        "capital": [math.log(1.5), -math.log(4), 0, math.log(9)],
        "collateral": [0, 1.5, 0.5, 0.2],
        "conditions": [40, 60, 55, 50],
    }
    for name, levels in raw.items():
        np.testing.assert_allclose(found[name], (np.array(levels) - np.mean(levels)) / np.std(levels, ddof=1))


@every_student
def test_a_higher_mark_is_better_in_each_item(student: str) -> None:
    table = drawn(student)["credit_applicants"]
    found = item_marks(table)
    for column, name, side in (
        ("late_ratio", "character", -1),
        ("cash_cover", "capacity", 1),
        ("leverage", "capital", -1),
        ("collateral_cover", "collateral", 1),
        ("sector_outlook", "conditions", 1),
        ("philosophy_1to5", "philosophy", 1),
    ):
        assert stats.spearmanr(table[column], found[name]).statistic == pytest.approx(side)


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


@lru_cache(maxsize=1)
def latent() -> pd.DataFrame:
    """A large draw of the chapter's own process."""
    return simulate.latents(np.random.default_rng(64), 200_000)


def logit_of(table: pd.DataFrame) -> pd.Series[float]:
    return TRUE_LOGIT["intercept"] + sum(table[name] * TRUE_LOGIT[name] for name in ITEM_NAMES)


def test_the_true_weights_are_those_of_the_chapter_and_the_sixth_item_has_none() -> None:
    assert dict(TRUE_LOGIT) == {
        "intercept": -2.75,
        **dict(zip(FIVE, -COEFFICIENTS, strict=True)),
        "philosophy": 0,
    }
    assert [TRUE_LOGIT[one] < 0 for one in FiveC] == [True] * 5
    assert set(ITEM_NAMES) == {*FiveC, "philosophy"}


def test_the_latents_are_standard_normal_with_two_correlations() -> None:
    table = latent()
    error = 4 / math.sqrt(len(table))
    expected = pd.DataFrame(np.eye(6), index=list(ITEM_NAMES), columns=list(ITEM_NAMES))
    for one, other, level in (("capacity", "capital", 0.3), ("philosophy", "character", 0.7)):
        expected.loc[one, other] = expected.loc[other, one] = level
    items = table[list(ITEM_NAMES)]
    assert (items.corr() - expected).abs().max(axis=None) < error
    assert items.mean().abs().max() < error and (items.var() - 1).abs().max() < 1.5 * error
    for name in items:
        assert stats.kstest(items[name], "norm").pvalue > 1e-4
    assert set(table["bad"]) == {0, 1}


def test_defaults_come_with_the_true_chance() -> None:
    chance = 1 / (1 + np.exp(-logit_of(latent())))
    for part in np.array_split(np.argsort(chance.to_numpy()), 20):
        expected, came = chance.iloc[part], latent()["bad"].iloc[part]
        assert abs(came.sum() - expected.sum()) < 4 * math.sqrt((expected * (1 - expected)).sum())


@lru_cache
def fitted(names: tuple[str, ...]) -> tuple[float, np.ndarray]:
    return fit_logit(latent()[list(names)], latent()["bad"])


CS = ("character", "capacity", "capital", "collateral", "conditions")


def test_a_fit_to_many_finds_the_true_weights_and_none_for_philosophy_unless_character_is_missing() -> None:
    intercept, weights = fitted((*CS, "philosophy"))
    off = [intercept - TRUE_LOGIT["intercept"], *(weights - [TRUE_LOGIT[name] for name in (*CS, "philosophy")])]
    assert np.abs(off).max() < 0.045  # four of the larger standard errors: philosophy and character share theirs
    _, instead = fitted((*CS[1:], "philosophy"))
    assert instead[-1] == pytest.approx(0.7 * TRUE_LOGIT["character"], abs=0.04)


#: One sample of 10,000 has a standard deviation of .007 (KS .013); three of this draw, and half of the last digit.
AUC_ERROR, KS_ERROR = (3 * sd / math.sqrt(20) + 0.0005 for sd in (0.007, 0.013))


def test_known_answer_64_default_auc_and_ks_of_the_process() -> None:
    table, bad = latent(), latent()["bad"]
    assert bad.mean() == pytest.approx(0.104, abs=3 * math.sqrt(0.104 * 0.896 / len(table)) + 0.0005)
    five = table[list(CS)] @ -fitted(CS)[1]
    assert auc(five, bad) == pytest.approx(0.804, abs=AUC_ERROR)
    assert ks(five, bad) == pytest.approx(0.455, abs=KS_ERROR)
    six = auc(table[[*CS, "philosophy"]] @ -fitted((*CS, "philosophy"))[1], bad)
    assert six == pytest.approx(0.804, abs=AUC_ERROR) and six == pytest.approx(auc(five, bad), abs=5e-4)
    instead = table[[*CS[1:], "philosophy"]] @ -fitted((*CS[1:], "philosophy"))[1]
    assert auc(instead, bad) == pytest.approx(0.788, abs=AUC_ERROR)
    assert auc(table[list(CS)].sum(axis=1), bad) == pytest.approx(0.776, abs=AUC_ERROR)


def expected_quality(score: pd.Series[float], chance: pd.Series[float]) -> tuple[float, float]:
    """AUC and KS if of every applicant the part `chance` defaulted: no luck of who did."""
    order = np.argsort(score.to_numpy())
    bads, goods = (np.r_[0, np.cumsum(part.to_numpy()[order])] / part.sum() for part in (chance, 1 - chance))
    return float(np.trapezoid(bads, goods)), float((bads - goods).max())


def test_known_answer_64_to_a_thousandth_without_the_luck_of_who_defaults() -> None:
    table = latent()
    logit = logit_of(table)
    chance = 1 / (1 + np.exp(-logit))
    assert chance.mean() == pytest.approx(0.104, abs=0.001)
    found = expected_quality(-logit, chance)
    assert found == (pytest.approx(0.804, abs=0.002), pytest.approx(0.455, abs=0.003))
    in_place = (
        sum(table[name] * TRUE_LOGIT[name] for name in CS[1:]) + 0.7 * TRUE_LOGIT["character"] * table["philosophy"]
    )
    assert expected_quality(-in_place, chance)[0] == pytest.approx(0.788, abs=0.002)
    assert expected_quality(table[list(CS)].sum(axis=1), chance)[0] == pytest.approx(0.776, abs=0.002)


# --- visit reports ---

graded = st.lists(st.tuples(st.integers(1, 10), st.sampled_from(["Ann", "Bo", "Cy"])), min_size=1, max_size=30)


@few
@given(graded, st.floats(0, 50))
def test_a_rater_is_as_lenient_as_her_mean_says_and_is_believed_as_far_as_she_has_reported(
    reports: list[tuple[int, str]], prior: float
) -> None:
    grades, raters = [grade for grade, _ in reports], [who for _, who in reports]
    found = rater_bias(grades, raters, prior)
    assert found.index.tolist() == sorted(set(raters)) and (found.index.name, found.name) == ("rater", "bias")
    overall = sum(grades) / len(grades)
    for who, bias in found.items():
        hers = [grade for grade, one in reports if one == who]
        raw = sum(hers) / len(hers) - overall
        assert bias == pytest.approx(raw * len(hers) / (len(hers) + prior), abs=1e-9)
        assert abs(bias) <= abs(raw) + 1e-9
    # without shrinking, all corrected grades have the same mean
    plain = rater_bias(grades, raters, prior=0)
    corrected = pd.Series(grades) - plain[raters].to_numpy()
    np.testing.assert_allclose(corrected.groupby(raters).mean(), overall)


def test_half_is_believed_after_as_many_reports_as_the_prior_says_ten_unless_told() -> None:
    raters = ["Ann"] * 10 + ["Bo"] * 10
    grades = pd.Series([8] * 10 + [6] * 10, index=range(100, 120))
    assert rater_bias(grades, raters).to_dict() == {"Ann": 0.5, "Bo": -0.5}
    pd.testing.assert_series_equal(rater_bias(grades, raters), rater_bias(grades, raters, prior=10))
    assert rater_bias(grades, raters, prior=0).to_dict() == {"Ann": 1, "Bo": -1}
    assert rater_bias(grades, pd.Series(raters), prior=30)["Ann"] == 0.25


labels = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=30)


def test_kappa_of_fifty_cases_both_yes_20_only_one_5_only_the_other_10() -> None:
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.40)


@few
@given(labels)
def test_kappa_is_the_agreement_beyond_that_of_any_two_cases_matched_at_random(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(one == other for one in first for other in second) / len(pairs) ** 2
    found = cohen_kappa(first, second)
    assert found == pytest.approx(1 if chance == 1 else (agreed - chance) / (1 - chance))
    assert found == pytest.approx(cohen_kappa(second, first)) and found <= 1
    renamed = {"a": 3, "b": 1, "c": 2, "d": 7}
    assert cohen_kappa([renamed[one] for one in first], [renamed[other] for other in second]) == pytest.approx(found)


def test_full_agreement_is_1_chance_0_and_the_opposite_below() -> None:
    assert cohen_kappa([True, False, True], [True, False, True]) == cohen_kappa(["a", "a"], ["a", "a"]) == 1
    assert cohen_kappa([1, 1, 0, 0], [1, 0, 1, 0]) == 0 == cohen_kappa(["a", "a"], ["b", "b"])
    assert cohen_kappa([1, 1, 0, 0], [0, 0, 1, 1]) == -1
    one, other = pd.Series([1, 0, 1], index=[7, 8, 9]), pd.Series([1, 0, 1], index=[9, 7, 8])
    assert cohen_kappa(one, other) == 1  # cases stand in the same order; their labels do not matter


# --- decisions ---


@given(chance, chance, st.floats(0, 1e6))
def test_the_expected_loss_is_a_product(default: float, lgd: float, exposure: float) -> None:
    found = expected_loss(default, lgd, exposure)
    assert type(found) is float and found == pytest.approx(default * lgd * exposure)
    assert expected_loss([default, 0], lgd, [exposure, 9]).tolist() == [found, 0]


def test_collateral_for_the_whole_debt_leaves_a_quarter_of_the_loss_and_never_nothing() -> None:
    found = loss_given_default([0, 0.25, 0.5, 1, 4 / 3, 1.5, 20])
    np.testing.assert_allclose(found, [0.85, 0.70, 0.55, 0.25, 0.05, 0.05, 0.05])
    assert [loss_given_default(cover) for cover in (0, 0.5, 20)] == [found[0], found[2], found[6]]
    assert type(loss_given_default(0.5)) is float and type(found) is np.ndarray
    assert (np.diff(loss_given_default(np.linspace(0, 3, 301))) <= 0).all()
    np.testing.assert_allclose(loss_given_default((0.5 + 0.35 * many()["collateral"]).clip(0, 1.5)), many()["lgd"])
    assert many()["lgd"].mean() == pytest.approx(0.54, abs=0.005)


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


# --- simulated tables ---


def latent_of(table: pd.DataFrame) -> pd.DataFrame:
    """The latents behind the columns that follow from one alone."""
    late, debt = (np.log(table[name] / (1 - table[name])) for name in ("late_ratio", "leverage"))
    return pd.DataFrame(
        {
            "character": (-1.4 - late) / 0.9,
            "capacity": (np.log(table["cash_cover"]) - 0.4) / 0.4,
            "capital": (0.2 - debt) / 0.7,
            "collateral": (table["collateral_cover"] - 0.5) / 0.35,
            "conditions": (table["sector_outlook"] - 50) / 10,
        }
    )


@every_student
def test_the_figures_of_an_applicant_follow_from_her_latents(student: str) -> None:
    table = drawn(student)["credit_applicants"]
    latents, philosophy = latent_of(table), table["philosophy_1to5"]
    error = 4 / math.sqrt(len(table))
    for name in latents.columns.drop("collateral"):
        assert stats.kstest(latents[name], "norm").pvalue > 1e-4
        assert abs(latents[name].mean()) < error and latents[name].std() == pytest.approx(1, abs=error / math.sqrt(2))
    inside = latents["collateral"][table["collateral_cover"].between(0.001, 1.499)]
    assert stats.kstest(inside, stats.truncnorm(-0.5 / 0.35, 1 / 0.35).cdf).pvalue > 1e-4
    assert table["collateral_cover"].between(0, 1.5).all()
    assert (table["collateral_cover"] == 0).mean() == pytest.approx(stats.norm.cdf(-0.5 / 0.35), abs=0.018)
    together = latents.assign(philosophy=philosophy).corr()
    expected = pd.DataFrame(np.eye(6), index=together.index, columns=together.columns)
    for one, other, link in (("capacity", "capital", 0.3), ("philosophy", "character", 0.66)):
        expected.loc[one, other] = expected.loc[other, one] = link  # .7 before philosophy is cut to 1..5
    assert (together - expected).abs().max(axis=None) < error
    levels = stats.norm.cdf((np.array([1.5, 2.5, 3.5, 4.5]) - 3.2) / 0.9)
    for level, below in zip(range(1, 5), levels, strict=True):
        assert (philosophy <= level).mean() == pytest.approx(below, abs=error * math.sqrt(below * (1 - below)))
    assert philosophy.between(1, 5).all()
    np.testing.assert_allclose(table["lgd"], loss_given_default(table["collateral_cover"]), atol=5.1e-4)


def test_defaults_of_the_applicants_follow_the_true_law_and_philosophy_adds_nothing() -> None:
    table = pd.concat([drawn(student)["credit_applicants"] for student in STUDENTS], ignore_index=True)
    latents, bad = latent_of(table), table["default_12m"]
    logit = TRUE_LOGIT["intercept"] + sum(latents[name] * TRUE_LOGIT[name] for name in CS)
    chance = 1 / (1 + np.exp(-logit))
    for part in np.array_split(np.argsort(chance.to_numpy()), 10):
        expected = chance.iloc[part]
        assert abs(bad.iloc[part].sum() - expected.sum()) < 4 * math.sqrt((expected * (1 - expected)).sum())
    design = np.column_stack([np.ones(len(table)), latents[list(CS)], table["philosophy_1to5"]])
    _, weights = fit_logit(design[:, 1:], bad)
    spread = np.linalg.inv((design.T * (chance * (1 - chance)).to_numpy()) @ design).diagonal() ** 0.5
    assert (np.abs(weights - [*(TRUE_LOGIT[name] for name in CS), 0]) < 4 * spread[1:]).all()
    assert spread[1:].max() < 0.06
    for student in STUDENTS:
        rate = drawn(student)["credit_applicants"]["default_12m"].mean()
        assert rate == pytest.approx(0.1035, abs=4 * math.sqrt(0.104 * 0.896 / 4000))


@every_student
def test_soft_figures_say_something_of_what_they_are_drawn_from_and_less_of_default(student: str) -> None:
    table = drawn(student)["credit_applicants"]
    latents, philosophy, bad = latent_of(table), table["philosophy_1to5"], table["default_12m"]
    glow = table["visit_text_score"]
    assert glow.between(1, 10).all() and glow.mean() == pytest.approx(7.2, abs=0.1)
    assert glow.corr(philosophy) == pytest.approx(0.53, abs=0.05) and glow.std() == pytest.approx(1.26, abs=0.06)
    assert glow.corr(latents["character"]) == pytest.approx(0.51, abs=0.05)  # mostly through philosophy
    for soft in (glow, philosophy):
        assert 0.52 < auc(soft, bad) < auc(-table["leverage"], bad) - 0.05
    for column, driver, link in (
        ("years_trading", "character", 0.37),
        ("current_ratio", "capacity", 0.61),
        ("disputes", "character", -0.36),
    ):
        assert table[column].corr(latents[driver], method="spearman") == pytest.approx(link, abs=0.06)
        other = "capacity" if driver == "character" else "character"
        assert abs(table[column].corr(latents[other], method="spearman")) < 0.07
    assert np.log(table["current_ratio"]).mean() == pytest.approx(0.35, abs=0.03)
    assert table["years_trading"].median() == pytest.approx(math.exp(1.8), abs=0.6)
    assert table["disputes"].mean() == pytest.approx(math.exp(-0.4 + 0.125), abs=0.07)
    assert table["applicant_id"].tolist() == [f"A{number:04d}" for number in range(1, 4001)]


@every_student
def test_each_salon_is_visited_by_two_people_who_both_write_and_fill_in_a_form(student: str) -> None:
    visits = drawn(student)["credit_visits"]
    assert len(visits) == 480 and visits["salon"].nunique() == 120
    by = visits.pivot(index="salon", columns=["form", "visit"], values="salesperson")
    assert (by["free"] == by["structured"]).all(axis=None)
    assert (by["free"][1] != by["free"][2]).all()
    assert visits["grade"].between(1, 10).all()
    reports = by["free"].stack().value_counts()
    assert set(reports.index) == set(simulate.SALESPEOPLE)
    assert set(reports.nsmallest(2).index) == {"Emil", "Fang"} and reports["Fang"] < reports["Emil"] < 25


@every_student
def test_free_reports_carry_the_leniency_and_forms_the_character(student: str) -> None:
    visits = drawn(student)["credit_visits"]
    true = simulate.truth(student)["credit_visits"]
    spread = simulate.GRADES["spread"]
    lenient = visits["salesperson"].map(true["leniency"])
    agreement = {}
    for form, (signal, carried, noise) in true["forms"].items():
        part = visits["form"] == form
        rest = visits["grade"][part] - 6.5 - carried * lenient[part]  # cut off at 10, and so a little low
        assert rest.mean() == pytest.approx(0, abs=0.4)
        assert rest.std() == pytest.approx(spread * math.hypot(signal, noise), rel=0.15)
        off = rest.groupby(visits["salesperson"]).agg(["mean", "size"])
        assert ((off["mean"] - rest.mean()).abs() < 4 * rest.std() / np.sqrt(off["size"])).all()
        pairs = visits[part].assign(rest=rest).pivot(index="salon", columns="visit", values="rest")
        link = signal**2 / (signal**2 + noise**2)
        assert pairs[1].corr(pairs[2]) == pytest.approx(link, abs=4 * (1 - link**2) / math.sqrt(120))
        grades = visits[part].pivot(index="salon", columns="visit", values="grade") >= 7
        agreement[form] = cohen_kappa(grades[1], grades[2])
    assert agreement["structured"] > agreement["free"] + 0.15


def test_both_ageing_reports_are_alike_and_the_same_all_year() -> None:
    trend = drawn("")["credit_trend"]
    book = trend[["open_0", "open_1", "open_2"]]
    shares = book.div(book.sum(axis=1), axis=0)
    assert (shares - np.array([1, 0.5, 0.2]) / 1.7).abs().max(axis=None) < 4e-4  # amounts are in whole tens
    assert shares.round(3).nunique().max() <= 2 and trend["salon"].value_counts().to_dict() == {
        "Kite": 12,
        "Mirror": 12,
    }


def test_mirror_pays_ever_later_by_as_much_as_its_orders_grow_and_kite_does_not() -> None:
    for salon, rows in drawn("")["credit_trend"].groupby("salon"):
        ordered, *open_ = (rows[name].to_numpy() for name in ("ordered", "open_0", "open_1", "open_2"))
        growth = ordered[1:] / ordered[:-1] - 1
        late = open_[1][1:] / ordered[:-1]
        expected = np.linspace(0, 0.25, 12)[1:] if salon == "Mirror" else np.zeros(11)
        np.testing.assert_allclose(growth, expected, atol=2e-3)
        np.testing.assert_allclose(late, 0.5 * (1 + growth), atol=1e-3)
        np.testing.assert_allclose(open_[2][2:] / ordered[:-2], 0.2 * ordered[2:] / ordered[:-2], atol=1e-3)
        assert (open_[0] == ordered).all() and ordered[0] == 8000
        # of no month's orders is more open later than before
        assert (open_[1][1:] <= open_[0][:-1]).all() and (open_[2][2:] <= open_[1][1:-1]).all()
        assert (late[-1], late[0]) == ((0.5, 0.5) if salon == "Kite" else (pytest.approx(0.625, abs=1e-3), late.min()))


def test_a_student_gets_other_samples_and_always_the_same_ones_and_the_two_ledgers_of_all() -> None:
    varied = {
        "credit_applicants": ["late_ratio", "cash_cover", "leverage", "collateral_cover", "visit_text_score", "lgd"],
        "credit_visits": ["salesperson", "grade"],
    }
    for name, published in drawn("").items():
        pd.testing.assert_frame_equal(published, load(name), check_dtype=False)
        for one, other in permutations(STUDENTS, 2):
            same = drawn(one)[name].eq(drawn(other)[name]).all()
            assert same.all() if name == "credit_trend" else not same[varied[name]].any()
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, drawn("s1")[name])


def test_the_truth_is_the_same_for_all_and_cannot_be_changed_from_outside() -> None:
    before, true = simulate.tables("s1"), simulate.truth("s1")
    assert true == simulate.truth() == {name: truth(name) for name in true}
    true["credit_applicants"]["logit"]["philosophy"] = -9.0
    true["credit_applicants"]["correlations"].clear()
    true["credit_visits"]["leniency"]["Ada"] = 9.0
    true["credit_visits"]["forms"].clear()
    true["credit_trend"]["pattern"].clear()
    again = simulate.truth("")
    assert again["credit_applicants"]["logit"] == dict(TRUE_LOGIT)
    assert again["credit_applicants"]["correlations"] == {"capacity, capital": 0.3, "philosophy, character": 0.7}
    assert again["credit_applicants"]["lgd"] == "crmlab.credit.loss_given_default"
    assert again["credit_visits"]["leniency"] == {
        "Ada": 1.2,
        "Bing": 0.5,
        "Chen": 0.0,
        "Dora": -0.3,
        "Emil": -0.9,
        "Fang": 0.6,
    }
    assert again["credit_visits"]["forms"] == {"free": (0.5, 1.0, 1.0), "structured": (0.9, 0.3, 0.5)}
    assert again["credit_trend"]["pattern"] == {"Kite": (1.0, 0.5, 0.2)}
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, before[name])


# --- what the chapter says of its data ---

FIGURES = ["late_ratio", "cash_cover", "leverage", "collateral_cover", "sector_outlook"]
WAYS = ["ascending", "descending", "ascending", "descending", "descending"]
HALF = 2000


@lru_cache(maxsize=1)
def chapter_card() -> Scorecard:
    """The scorecard of the chapter: fitted to the first half of the file."""
    trends = dict(zip(FIGURES, WAYS, strict=True))
    return fit_scorecard(load("credit_applicants")[:HALF], variables=FIGURES, trends=trends, scale=SCALE)  # type: ignore[arg-type]


@lru_cache
def held_out(names: tuple[str, ...]) -> tuple[float, dict[str, float]]:
    """AUC on the second half, and the weights fitted to the first."""
    table = load("credit_applicants")
    marks, bad = item_marks(table)[list(names)], table["default_12m"]
    _, weights = fit_logit(marks[:HALF], bad[:HALF])
    return auc(-(marks[HALF:] @ weights), bad[HALF:]), dict(zip(names, weights, strict=True))


def test_a_kit_on_credit_costs_1188_yuan_on_average_and_one_in_nine_defaults() -> None:
    table = load("credit_applicants")
    chance, lost = table["default_12m"].mean(), table["lgd"].mean()
    assert round(expected_loss(chance, lost, 20_000)) == 1188
    assert round(1 / chance) == 9 and lost == pytest.approx(0.5, abs=0.05)


def test_capacity_tells_most_by_far_and_collateral_next_to_nothing() -> None:
    table = load("credit_applicants")[:HALF]
    found = {
        name: optimal_bins(table[name], table["default_12m"], way).iv  # type: ignore[arg-type]
        for name, way in zip(FIGURES, WAYS, strict=True)
    }
    first, second, *_, last = sorted(found, key=lambda name: -found[name])
    assert (first, second, last) == ("cash_cover", "leverage", "collateral_cover")
    assert found[first] > 2 * found[second] and found[second] > 0.3 and found[last] < 0.02
    assert 0.02 < found["sector_outlook"] < 0.1


def test_the_first_auc_flatters_by_four_points_and_the_praise_of_the_visits_is_hardly_better_than_a_coin() -> None:
    table = load("credit_applicants")
    score, bad = chapter_card().score(table), table["default_12m"]
    seen, unseen = auc(score[:HALF], bad[:HALF]), auc(score[HALF:], bad[HALF:])
    assert round(seen - unseen, 2) == 0.04 and unseen < 0.786  # bins lose a little
    assert 0.5 < auc(table["visit_text_score"][HALF:], bad[HALF:]) < 0.57 < unseen - 0.2


def test_eight_of_ten_groups_default_more_than_the_card_promises() -> None:
    table = load("credit_applicants")[HALF:]
    chance, bad = chapter_card().default_probability(table), table["default_12m"]
    groups = calibration(chance, bad)
    assert (groups["observed"] > groups["promised"]).sum() == 8
    assert (round(100 * chance.mean(), 1), bad.mean()) == (10.8, pytest.approx(0.1185))
    assert (groups["promised"] - groups["observed"]).abs().max() < 0.04


def test_a_clerk_finds_the_points_of_the_best_bin_of_cash_by_the_formula() -> None:
    card = chapter_card()
    woe = card.bins["cash_cover"].table["woe"].iloc[-1]
    points = card.scale.offset / 5 - card.scale.factor * (card.weights["cash_cover"] * woe + card.intercept / 5)
    rows = card.points[card.points["variable"] == "cash_cover"]
    assert rows["points"].iloc[-1] == rows["points"].max() == pytest.approx(points)


def test_the_sixth_item_changes_nothing_and_in_place_of_character_it_takes_a_weight() -> None:
    five, six, instead = (held_out(names) for names in (CS, (*CS, "philosophy"), (*CS[1:], "philosophy")))
    assert [round(quality, 3) for quality, _ in (five, six, instead)] == [0.786, 0.786, 0.763]
    assert abs(six[1]["philosophy"]) < 0.05 and instead[1]["philosophy"] < -0.3
    assert round(held_out(("philosophy",))[0], 2) == 0.58
    assert truth("credit_applicants")["logit"]["philosophy"] == 0


@every_student
def test_on_any_sample_the_sixth_item_adds_less_than_half_a_point(student: str) -> None:
    table = drawn(student)["credit_applicants"]
    marks, bad = item_marks(table), table["default_12m"]
    found = []
    for names in (CS, (*CS, "philosophy")):
        _, weights = fit_logit(marks[list(names)][:HALF], bad[:HALF])
        found.append(auc(-(marks[list(names)][HALF:] @ weights), bad[HALF:]))
    assert found[1] < found[0] + 0.005


def test_the_two_of_the_ten_that_fail_have_the_highest_chances_and_good_reports() -> None:
    ten = load("credit_applicants").iloc[3880:3890].set_index("applicant_id")
    chance = chapter_card().default_probability(ten).sort_values(ascending=False)
    failed = chance.head(2)
    assert list(failed.index) == ["A3885", "A3883"] and set(failed.index) == set(ten.index[ten["default_12m"] == 1])
    assert [round(100 * one) for one in failed] == [32, 21]
    assert ten.loc[failed.index, "visit_text_score"].tolist() == [8, 9]
    assert ten["visit_text_score"].idxmin() == "A3889" and ten.loc["A3889", "visit_text_score"] == 4
    assert ten.loc["A3889", "default_12m"] == 0
    limit = cutoff(100, 88, 0.01, 0.54)
    assert set(chance.index[chance > limit]) == {"A3883", "A3885", "A3889"}  # seven lie below the line
    own = [round(100 * line) for line in cutoff(100, 88, 0.01, ten["lgd"])]
    assert (min(own), max(own)) == (13, 32)
    assert (chapter_card().reasons(ten.loc[failed.index], count=1)["reason_1"] == "cash_cover").all()


def test_at_the_cut_off_of_19_percent_the_owner_takes_five_in_six_and_earns_most() -> None:
    table = load("credit_applicants")
    marks, bad = item_marks(table)[list(CS)], table["default_12m"]
    intercept, weights = fit_logit(marks[:HALF], bad[:HALF])
    chance = 1 / (1 + np.exp(-(intercept + marks[HALF:] @ weights)))
    profit = (1 - chance) * (100 / 1.01 - 88) - expected_loss(chance, 0.54, 88)
    limit = cutoff(100, 88, 0.01, 0.54)
    assert round(100 * limit) == 19 and (chance < limit).mean() == pytest.approx(5 / 6, abs=0.01)
    earned = {cut: profit[chance < cut].sum() / HALF for cut in (limit, 0.15, 0.12, 0.25, 1)}
    assert max(earned, key=lambda cut: earned[cut]) == limit
    assert earned[limit] == pytest.approx(6.15, abs=0.005) and round(earned[1], 2) == 4.79
    later = cutoff((100 / 1.01 + 40) * 1.01, 88, 0.01, 0.54)
    assert round(100 * later) == 52


def test_what_came_with_the_line_of_the_card_is_5_40_against_4_07() -> None:
    held = load("credit_applicants")[HALF:]
    gain, lost = 100 / 1.01 - 88, 88 * 0.54
    came = np.where(held["default_12m"] == 1, -lost, gain)
    granted = chapter_card().default_probability(held) < cutoff(100, 88, 0.01, 0.54)
    assert (round(came[granted].sum() / HALF, 2), round(came.mean(), 2)) == (5.40, 4.07)
    strangers, regulars = (break_even_default(100, 88, 0.01, business) for business in ("one_shot", "collected"))  # type: ignore[arg-type]
    assert (round(100 * strangers), round(100 * regulars)) == (11, 93)


def test_a_wholesaler_refuses_whom_a_software_firm_welcomes() -> None:
    strict, generous = cutoff(100, 96, 0.01, 0.54), cutoff(100, 60, 0.01, 0.54)
    ten = load("credit_applicants").iloc[3880:3890]
    chance = chapter_card().default_probability(ten)
    assert ((strict < chance) & (chance < generous)).sum() >= 5


def test_a_step_of_character_weighs_as_much_as_collateral_for_a_third_of_the_credit() -> None:
    def risk(cover: float, character: float, conditions: float = 0) -> tuple[float, float]:
        logit = TRUE_LOGIT["intercept"] + TRUE_LOGIT["character"] * character + TRUE_LOGIT["conditions"] * conditions
        chance = 1 / (1 + math.exp(-logit - TRUE_LOGIT["collateral"] * (cover - 0.5) / 0.35))
        return chance, expected_loss(chance, loss_given_default(cover), 1)

    (chance, lost), (worse, covered) = risk(0.5, 0), risk(0.85, -1)
    assert (round(100 * chance, 1), round(100 * worse, 1)) == (6.0, 9.5)
    assert round(100 * covered, 1) == 3.2 and lost == pytest.approx(covered, rel=0.025)
    assert round(100 * risk(0.5, 0, -1)[0], 1) == 8.3  # and if conditions fall by a step


def test_a_form_nearly_doubles_the_agreement_and_emil_is_more_than_a_grade_too_strict() -> None:
    visits = load("credit_visits")
    kappa = {}
    for form, reports in visits.groupby("form"):
        pairs = reports.pivot(index="salon", columns="visit", values="grade") >= 7
        kappa[form] = cohen_kappa(pairs[1], pairs[2])
    assert {form: round(one, 2) for form, one in kappa.items()} == {"free": 0.27, "structured": 0.47}
    assert 1.6 < kappa["structured"] / kappa["free"] < 2
    free = visits[visits["form"] == "free"]
    bias, raw = (rater_bias(free["grade"], free["salesperson"], prior) for prior in (10, 0))
    assert bias.idxmin() == "Emil" and bias["Emil"] < -1
    reports = free["salesperson"].value_counts()
    lenient = pd.Series(truth("credit_visits")["leniency"])
    true = lenient - (lenient * reports).sum() / len(free)
    fang = [round(float(one["Fang"]), 2) for one in (raw, bias, true)]
    assert (reports["Fang"], *fang) == (4, 1.18, 0.34, 0.27)


def test_a_report_is_worth_its_2_yuan_between_11_and_31_percent_and_most_at_19() -> None:
    gain, loss = 100 / 1.01 - 88, 88 * 0.54
    worth = {share: report_value(share / 100, 0.70, 0.85, gain, loss).value for share in range(1, 61)}
    assert [share for share, value in worth.items() if value > 2] == list(range(11, 32))
    assert max(worth, key=lambda share: worth[share]) == 19 == round(100 * cutoff(100, 88, 0.01, 0.54))
    assert worth[3] == worth[40] == pytest.approx(0, abs=1e-12)
    everybody, cleared = 0.85 * 11.01 - 0.15 * 47.52, 0.85 * 0.85 * 11.01 - 0.15 * 0.30 * 47.52
    assert (round(everybody, 2), round(cleared, 2), round(worth[15], 2)) == (2.23, 5.82, 3.59)
    assert cleared - everybody == pytest.approx(worth[15], abs=0.005)
    limit = cutoff(100, 88, 0.01, 0.54)
    peak = report_value(limit, 0.70, 0.85, gain, loss).value
    for share in np.linspace(0, 0.6, 121):
        assert report_value(float(share), 0.70, 0.85, gain, loss).value <= peak


def test_a_salon_with_560_points_is_granted_credit() -> None:
    odds = points_scale(600, odds=50, pdo=20).odds(560)
    chance = 1 / (1 + odds)
    assert odds == pytest.approx(12.5) and chance < cutoff(100, 88, 0.01, 0.6)
    assert (1 - chance) * (100 / 1.01 - 88) > expected_loss(chance, 0.6, 88)


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
@pytest.mark.parametrize(("monotone", "seen", "flattered"), [(False, 0.83, 0.05), (True, 0.823, 0.04)])
def test_a_scorecard_judged_on_the_loans_it_was_fitted_to_flatters_itself(
    monotone: bool, seen: float, flattered: float
) -> None:
    bad = loans()["default_12m"]
    fold = np.random.default_rng(0).permutation(np.arange(1000) % 10)
    unseen = []
    for number in range(10):
        out = loans()[fold == number]
        unseen.append(auc(fit_scorecard(loans()[fold != number], monotone=monotone).score(out), out["default_12m"]))
    found = auc(fit_scorecard(loans(), monotone=monotone).score(loans()), bad)
    assert found == pytest.approx(seen, abs=0.005)
    assert np.mean(unseen) == pytest.approx(0.782, abs=0.01)
    assert found - np.mean(unseen) == pytest.approx(flattered, abs=0.01)


@pytest.mark.real_data("south_german_credit.asc")
def test_without_sex_age_and_origin_the_thousand_loans_are_told_apart_as_well() -> None:
    table = loans().rename(columns={"default_12m": "bad"})
    assert round(auc(fit_scorecard(table, "bad").score(table), table["bad"]), 3) == 0.823
    found = []
    for dropped in ([], ["personal_status_sex", "age_years", "foreign_worker"]):
        kept, unseen = table.drop(columns=dropped), []
        for fold in range(10):
            held = table.index % 10 == fold
            unseen.append(fit_scorecard(kept[~held], "bad").default_probability(kept[held]))
        found.append(round(auc(-pd.concat(unseen).sort_index(), table["bad"]), 3))
    assert found == [0.783, 0.781]


@pytest.mark.real_data("south_german_credit.asc")
def test_394_people_have_money_on_account_and_foreign_origin_never_gets_points() -> None:
    bad = loans()["default_12m"].groupby(loans()["status"]).agg(["size", "mean"])
    assert (bad.loc[4, "size"], round(100 * bad.loc[4, "mean"])) == (394, 12)
    assert (bad.loc[1, "size"], round(100 * bad.loc[1, "mean"])) == (274, 49)
    assert len(fit_scorecard(loans()).bins["foreign_worker"].table) == 1


@pytest.mark.real_data("south_german_credit.asc")
def test_goods_taken_for_bads_give_the_same_auc_and_refuse_the_wrong_people() -> None:
    table = loans()
    right = fit_scorecard(table)
    wrong = fit_scorecard(table.assign(default_12m=1 - table["default_12m"]))
    quality = auc(wrong.score(table), 1 - table["default_12m"])
    assert quality == pytest.approx(auc(right.score(table), table["default_12m"]), abs=1e-3)
    assert auc(wrong.score(table), table["default_12m"]) == pytest.approx(1 - quality)


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
        (
            lambda: fit_scorecard(ROWS, variables=["character"], trends={"character": "up"}),  # type: ignore[dict-item]
            r"trend is 'up'; allowed are 'ascending', 'descending'",
        ),
        (lambda: fit_scorecard(ROWS, variables=["salon"]), r"applicants: column 'salon', row 0 is 'a'"),
        (lambda: fit_scorecard(ROWS.replace(3.0, np.nan)), r"applicants: column 'character', row 2 is nan"),
        (lambda: fit_scorecard(ROWS.assign(default_12m=[0, 1, np.nan, 1])), r"bad 2 is nan"),
        (lambda: fit_scorecard(ROWS.assign(default_12m=0)), r"bad holds one class only"),
        (lambda: card().score(some().drop(columns="capital")), r"applicants: column 'capital' is missing"),
        (lambda: card().score(some().head(2).assign(capital=[1, np.nan])), r"column 'capital', row 1 is nan"),
        (lambda: card().reasons(some(), 0), r"count is 0; allowed are whole numbers from 1"),
        (lambda: fit_logit([[1, 2], [3, 4], [5, 6]], [0, 1]), r"bad has 2 marks for 3 values"),
        (lambda: fit_logit([1, 2], [0, 0]), r"bad holds one class only"),
        (lambda: fit_logit([1, 2, 3], [0, 1, 0.5]), r"bad holds 0.5; allowed are 0 and 1"),
        (lambda: fit_logit([[1, 2], [3, np.nan]], [0, 1]), r"items 3 is nan; allowed are finite numbers"),
        (lambda: fit_logit([["a"], ["b"]], [0, 1]), r"items 0 is 'a'"),  # type: ignore[list-item]
        (lambda: item_marks(SALONS.drop(columns="leverage")), r"applicants: column 'leverage' is missing"),
        (lambda: item_marks(SALONS.assign(cash_cover=[1, 2, np.nan, 3])), r"column 'cash_cover', row 'c' is nan"),
        (
            lambda: item_marks(SALONS.assign(cash_cover=[1, 2, 0, 3])),
            r"or cash_cover lies on or outside its limits; al",
        ),
        (lambda: item_marks(SALONS.assign(late_ratio=[0.1, 0.2, 0, 0.3])), r"late_ratio, leverage or cash_cover lies"),
        (lambda: item_marks(SALONS.assign(late_ratio=[0.1, 0.2, 1, 0.3])), r"late_ratio, leverage or cash_cover lies"),
        (lambda: item_marks(SALONS.assign(leverage=[0.1, 0.2, 1.2, 0.3])), r"late_ratio, leverage or cash_cover lies"),
        (lambda: item_marks(SALONS.assign(collateral_cover=-1)), r"column 'collateral_cover', row 'a' is -1"),
        (lambda: item_marks(SALONS.assign(sector_outlook=50)), r"applicants are all alike in conditions; a mark needs"),
        (lambda: item_marks(SALONS.head(1)), r"applicants are all alike in character"),
        (lambda: item_marks(SALONS.head(0)), r"applicants are all alike in character"),
        (lambda: rater_bias([7, 8, 9], ["Ann", "Bo"]), r"raters has 2 names for 3 grades; needed is one for each"),
        (lambda: rater_bias([7, np.nan], ["Ann", "Bo"]), r"grades 1 is nan"),
        (lambda: rater_bias([7, 8], ["Ann", "Bo"], prior=-1), r"prior is -1; allowed are numbers of at least 0"),
        (lambda: cohen_kappa(["a", "b"], ["a"]), r"first has 2 labels and second 1; needed is the same number, at lea"),
        (lambda: cohen_kappa([], []), r"first has 0 labels and second 0; needed is the same number, at least 1"),
        (lambda: loss_given_default([0.5, -0.1]), r"cover 1 is -0.1; allowed are numbers of at least 0"),
        (lambda: loss_given_default(np.nan), r"cover is nan"),
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
        (lambda: expected_loss(1.1, 0.5, 100), r"pd is 1.1; allowed are numbers of at least 0 and of at most 1"),
        (lambda: expected_loss(0.1, [0.5, -0.5], 100), r"lgd 1 is -0.5"),
        (lambda: expected_loss(0.1, 1.5, 100), r"lgd is 1.5"),
        (lambda: expected_loss(0.1, 0.5, -100), r"ead is -100; allowed are numbers of at least 0"),
        (lambda: expected_loss(-0.1, 0.5, 100), r"pd is -0.1"),
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


# --- odd input ---


@pytest.mark.parametrize("column", ["cash_cover", "sector_outlook", "collateral_cover"])
def test_applicants_all_alike_are_named_in_spite_of_rounding(column: str) -> None:
    level = 0.37 if column == "cash_cover" else 0.83  # the mean of five differs from each in the last bit
    table = pd.concat([SALONS, SALONS.head(1)])
    with pytest.raises(ValueError, match="applicants are all alike"):
        item_marks(table.assign(**{column: level}))


@pytest.mark.parametrize(
    "call",
    [
        lambda: auc([], []),
        lambda: ks([], []),
        lambda: calibration([], [], 2),
        lambda: optimal_bins([], []),
        lambda: fit_logit([], []),
        lambda: fit_logit(np.zeros((0, 2)), []),
        lambda: fit_logit(3, [1]),
        lambda: rater_bias([], []),
        lambda: rater_bias([7, 8], ["Ann", None]),
        lambda: rater_bias([7, 8, 9], pd.Series(["Ann", np.nan, "Bo"])),
        lambda: cohen_kappa(["a", None, "b"], ["a", None, "b"]),
        lambda: cohen_kappa(["a", "a"], ["a", None]),
        lambda: cohen_kappa([1, np.nan, 2], [1, 1, 2]),
    ],
)
def test_no_rows_and_missing_names_are_named(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"needed|allowed|missing"):
        call()


@pytest.mark.parametrize("level", [0.3, 0.001])
def test_an_item_that_is_the_same_for_all_changes_no_other_weight(level: float) -> None:
    items, bad = some()[["capacity", "character"]].to_numpy(), some()["default_12m"]
    _, weights = fit_logit(items, bad)
    _, found = fit_logit(np.column_stack([items, np.full(len(items), level)]), bad)
    np.testing.assert_allclose(found[:2], weights, rtol=1e-3)


@pytest.mark.parametrize("level", [0, 7])
def test_an_item_that_is_the_same_for_all_gets_no_weight(level: float) -> None:
    draw = np.random.default_rng(0)
    items = draw.standard_normal((2000, 3))
    bad = (draw.random(2000) < 1 / (1 + np.exp(2 - items @ [0.5, -0.8, 0.1]))).astype(int)
    intercept, _ = fit_logit(items, bad)
    found, weights = fit_logit(np.column_stack([items, np.full(2000, level)]), bad)
    assert weights[3] == 0 and found == pytest.approx(intercept, abs=1e-6)


def test_items_far_from_zero_are_fitted_as_well() -> None:
    items, bad = some()[["capacity", "character"]].to_numpy(), some()["default_12m"]
    np.testing.assert_allclose(fit_logit(items + 1e6, bad)[1], fit_logit(items, bad)[1], rtol=1e-6)
