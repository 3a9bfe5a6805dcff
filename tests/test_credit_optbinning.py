"""Bins beside those of optbinning, which solves the same problem as an integer program.

Both get the same prebins, trend, most bins and least share. Three habits of optbinning are set aside, so that both
choose among the same bins:

- It merges a pure prebin into the next one before it starts; so here each prebin holds a good and a bad.
- With a trend, it allows no cut between two prebins that go against it, though with a least share such a cut may be the
  best. It allows them where neighbours' rates must differ, and it counts a difference of 1e-9 as none.
- It counts in whole millionths, rounded down: each of its bins may cost it a millionth, and no more. Rates of bins from
  at most 2,000 rows differ by a millionth or not at all, so that rounding leaves the trend as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from crmlab.core.data import real
from crmlab.credit import fit_scorecard, optimal_bins

# optbinning writes its table in a way that pandas 3 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:Setting an item of incompatible dtype")

UP: Literal["ascending"] = "ascending"
DOWN: Literal["descending"] = "descending"
MILLIONTH, MOST_ROWS = 1e-6, 2_000
Fit = Callable[..., float]


@pytest.fixture(scope="module")
def optbinning() -> Fit:
    """Its information value. It is imported for these tests only: that takes seconds and loads several solvers."""
    package = pytest.importorskip("optbinning", reason="optbinning is not installed")

    def fit(
        value: np.ndarray,
        bad: np.ndarray,
        trend: str | None,
        most: int,
        edges: np.ndarray,
        share: float,
        difference: float = 1e-9,
    ) -> float:
        found = package.OptimalBinning(
            monotonic_trend=trend,
            max_n_bins=most,
            user_splits=edges,
            min_bin_size=share or None,
            min_event_rate_diff=difference,
            solver="cp",
            time_limit=20,
        ).fit(value, bad)
        assert found.status == "OPTIMAL"
        return float(found.binning_table.build().loc["Totals", "IV"])

    return fit


def assert_equal(fit: Fit, value: np.ndarray, bad: np.ndarray, most: int, edges: np.ndarray, share: float) -> None:
    """Both find the same information value with each trend."""
    place = np.searchsorted(edges, value, side="right")
    assert value.size <= MOST_ROWS and np.bincount(place * 2 + bad, minlength=2 * edges.size + 2).all()
    for trend in (None, UP, DOWN):
        ours = optimal_bins(value, bad, trend, most, edges, share)
        more = ours.iv - fit(value, bad, trend, most, edges, share)
        assert -1e-12 <= more <= MILLIONTH * len(ours.table), (trend, most, share)


# --- drawn ---


def rows_of(goods: np.ndarray, bads: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One row per customer: the number of the prebin, and 1 for a bad; then the edges between the prebins."""
    value = np.repeat(np.arange(goods.size, dtype=float), goods + bads)
    bad = np.concatenate([np.repeat([0, 1], both) for both in zip(goods, bads, strict=True)])
    return value, bad, np.arange(1.0, goods.size)


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Up to twenty prebins. By turns the bad rate falls, has no trend, and rises; always with noise."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(4, 21))
    slope = np.exp(np.linspace(-1, 1, count) * (seed % 3 - 1))
    return rows_of(draw.integers(1, 60, count), np.maximum(1, draw.integers(1, 25, count) * slope).astype(int))


@pytest.mark.parametrize(("most", "share"), [(8, 0), (3, 0.05), (8, 0.15)])
@pytest.mark.parametrize("seed", range(12))
def test_drawn_bins_tell_as_much_as_those_of_optbinning(optbinning: Fit, seed: int, most: int, share: float) -> None:
    value, bad, edges = drawn(seed)
    assert_equal(optbinning, value, bad, most, edges, share)


def test_optbinning_with_its_own_settings_never_finds_more(optbinning: Fit) -> None:
    """It may find less: 0.087 once among these, where a cut against the trend is the best with a least share."""
    for seed in range(12):
        value, bad, edges = drawn(seed)
        for trend in (UP, DOWN):
            ours = optimal_bins(value, bad, trend, 8, edges, 0.15)
            assert ours.iv >= optbinning(value, bad, trend, 8, edges, 0.15, difference=0) - 1e-12


def test_a_pure_prebin_may_join_either_neighbour_and_with_optbinning_the_next(optbinning: Fit) -> None:
    for bads, edge, same in (([20, 0, 5], 1, True), ([5, 0, 20], 2, False)):
        value, bad, edges = rows_of(np.array([20, 30, 20]), np.array(bads))
        ours = optimal_bins(value, bad, None, 8, edges, 0)
        theirs = optbinning(value, bad, None, 8, edges, 0)
        assert ours.edges.tolist() == [edge]
        assert theirs == pytest.approx(ours.iv, abs=2 * MILLIONTH) if same else theirs < ours.iv - 1


# --- scorecards ---


def shapes() -> pd.DataFrame:
    """The chance of default rises with one variable, falls with one, is lowest in the middle of one, free of one."""
    draw = np.random.default_rng(5)
    table = pd.DataFrame(draw.standard_normal((MOST_ROWS, 4)), columns=["up", "down", "middle", "none"])
    chance = 1 / (1 + np.exp(1.8 - 0.6 * table["up"] + 0.6 * table["down"] - 0.5 * table["middle"] ** 2))
    return table.assign(default_12m=(draw.random(MOST_ROWS) < chance).astype(int))


def test_the_bad_rates_of_a_scorecard_only_rise_or_only_fall_unless_asked_otherwise() -> None:
    table = shapes()
    bins, free = fit_scorecard(table).bins, fit_scorecard(table, monotone=False).bins
    for name in ("up", "down", "middle", "none"):
        rates = bins[name].table["bad_rate"]
        assert rates.is_monotonic_increasing or rates.is_monotonic_decreasing, name
        both = [optimal_bins(table[name], table["default_12m"], trend, 5).iv for trend in (UP, DOWN)]
        assert max(both) == bins[name].iv <= free[name].iv + 1e-12
        assert free[name].iv == optimal_bins(table[name], table["default_12m"], None, 5).iv
    assert bins["up"].table["bad_rate"].is_monotonic_increasing and len(bins["up"].table) > 2
    assert bins["down"].table["bad_rate"].is_monotonic_decreasing and len(bins["down"].table) > 2
    middle = free["middle"].table["bad_rate"]
    assert not middle.is_monotonic_increasing and not middle.is_monotonic_decreasing


def test_the_bins_of_a_scorecard_tell_as_much_as_the_better_trend_of_optbinning(optbinning: Fit) -> None:
    table = shapes()
    bad = table["default_12m"].to_numpy()
    for name, bins in fit_scorecard(table).bins.items():
        value = table[name].to_numpy()
        edges = np.quantile(value, np.arange(1, 20) / 20, method="higher")
        theirs = max(optbinning(value, bad, trend, 5, edges, 0.05) for trend in (UP, DOWN))
        assert -1e-12 <= bins.iv - theirs <= MILLIONTH * len(bins.table), name


# --- the South German credit data ---


@lru_cache(maxsize=1)
def loans() -> pd.DataFrame:
    """The twenty columns, and 1 for a loan that was not repaid."""
    table = real("south_german_credit")
    return table.drop(columns="credit_risk").assign(default_12m=1 - table["credit_risk"])


def mixed(value: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """Edges at the values, at most 40, such that each prebin holds goods and bads."""
    known = np.unique(value)[1:]
    kept = [-np.inf]
    for edge in known[:: known.size // 40 + 1]:
        parts = (value >= kept[-1]) & (value < edge), value >= edge
        if all(0 < bad[part].sum() < part.sum() for part in parts):
            kept.append(edge)
    return np.array(kept[1:])


@pytest.mark.real_data("south_german_credit.asc")
@pytest.mark.parametrize(("most", "share"), [(8, 0.05), (5, 0.1)])
def test_bins_of_1000_loans_tell_as_much_as_those_of_optbinning(optbinning: Fit, most: int, share: float) -> None:
    bad = loans()["default_12m"].to_numpy()
    columns = loans().columns.drop("default_12m")
    assert len(columns) == 20
    for name in columns:
        value = loans()[name].to_numpy(float)
        assert_equal(optbinning, value, bad, most, mixed(value, bad), share)


@pytest.mark.real_data("south_german_credit.asc")
def test_the_bad_rates_of_a_scorecard_of_1000_loans_only_rise_or_only_fall() -> None:
    for name, bins in fit_scorecard(loans()).bins.items():
        rates = bins.table["bad_rate"]
        assert rates.is_monotonic_increasing or rates.is_monotonic_decreasing, name
