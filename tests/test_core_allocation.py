"""Sharing out a budget: against a search, a general optimiser and the condition that makes the split the best."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from crmlab.core.allocation import allocate

budgets = st.floats(1e-20, 1000)
some_rows = st.lists(st.tuples(st.floats(0.01, 1e5), st.floats(0.001, 10)), min_size=1, max_size=8)


def response(units: np.ndarray, scale: np.ndarray, rate: np.ndarray) -> np.ndarray:
    return scale * (1 - np.exp(-rate * units))


def columns(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    scale, rate = np.array(rows).T
    return scale, rate


# --- by hand ---


def test_equal_rows_share_equally() -> None:
    assert allocate(10, [100, 100], [0.2, 0.2]).tolist() == [5, 5]


def test_the_second_row_starts_when_the_first_has_come_down_to_it() -> None:
    # e times the scale at rate 1: level with the other after one unit, and then they share
    assert allocate(1, [np.e, 1], [1, 1]) == pytest.approx([1, 0])
    assert allocate(2, [np.e, 1], [1, 1]) == pytest.approx([1.5, 0.5])


def test_one_row_takes_all() -> None:
    assert allocate(7, [3], [0.1]).tolist() == [7]
    assert allocate(7, 3, 0.1).tolist() == [7]


def test_who_brings_nothing_gets_nothing() -> None:
    assert allocate(5, [0, 10, 0], [1, 2, 3]) == pytest.approx([0, 5, 0])
    assert allocate(5, [0, 0], [1, 1]).tolist() == [0, 0]


def test_without_budget_nobody_gets_anything() -> None:
    assert allocate(0, [5, 3], [1, 1]).tolist() == [0, 0]
    assert allocate(5, [], []).tolist() == []


def test_a_budget_too_small_to_matter_is_still_shared_out() -> None:
    assert allocate(1e-20, [5, 5], [1, 1]) == pytest.approx([5e-21, 5e-21], abs=0)
    assert allocate(1e-12, [5, 3], [1, 1]) == pytest.approx([1e-12, 0], abs=0)


# --- laws ---


@given(budgets, some_rows)
def test_it_spends_all_and_the_next_unit_brings_the_same_wherever_some_is_spent(
    budget: float, rows: list[tuple[float, float]]
) -> None:
    scale, rate = columns(rows)
    units = allocate(budget, scale, rate)
    assert units.sum() == pytest.approx(budget)
    assert (units >= 0).all()
    log_return = np.log(scale * rate) - rate * units
    edge = log_return[units > 0]
    np.testing.assert_allclose(edge, edge[0], rtol=1e-9, atol=1e-7)
    assert (log_return[units == 0] <= edge[0] + 1e-7).all()


@given(budgets, some_rows)
def test_it_agrees_with_a_search_for_the_common_return(budget: float, rows: list[tuple[float, float]]) -> None:
    scale, rate = columns(rows)
    first = np.log(scale * rate)

    def wanted(edge: float) -> np.ndarray:
        return np.maximum(0, (first - edge) / rate)

    edge = brentq(
        lambda edge: wanted(edge).sum() - budget, first.max() - budget * rate.max() - 1, first.max(), xtol=1e-13
    )
    np.testing.assert_allclose(allocate(budget, scale, rate), wanted(edge), rtol=1e-6, atol=1e-6)


@settings(max_examples=50)
@given(budgets, some_rows, st.integers(0, 2**32 - 1))
def test_no_random_split_brings_more(budget: float, rows: list[tuple[float, float]], seed: int) -> None:
    scale, rate = columns(rows)
    best = response(allocate(budget, scale, rate), scale, rate).sum()
    for split in np.random.default_rng(seed).dirichlet(np.ones(len(rows)), size=50):
        assert response(budget * split, scale, rate).sum() <= best * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_it_agrees_with_a_general_optimiser(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 7))
    scale, rate, budget = random.uniform(1, 100, n), random.uniform(0.05, 1, n), random.uniform(1, 40)
    peer = minimize(
        lambda units: -response(units, scale, rate).sum() / scale.sum(),
        np.full(n, budget / n),
        jac=lambda units: -scale * rate * np.exp(-rate * units) / scale.sum(),
        bounds=[(0, budget)] * n,
        constraints={"type": "eq", "fun": lambda units: units.sum() - budget, "jac": lambda units: np.ones(n)},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    np.testing.assert_allclose(allocate(budget, scale, rate), peer.x, atol=1e-3 * budget)


@given(budgets, some_rows, st.floats(1, 3))
def test_a_larger_budget_takes_from_nobody(budget: float, rows: list[tuple[float, float]], times: float) -> None:
    scale, rate = columns(rows)
    assert (allocate(times * budget, scale, rate) >= allocate(budget, scale, rate) - 1e-7).all()


@given(budgets, some_rows, st.randoms())
def test_neither_the_order_of_rows_nor_the_currency_matters(
    budget: float, rows: list[tuple[float, float]], random: Any
) -> None:
    scale, rate = columns(rows)
    order = random.sample(range(len(rows)), len(rows))
    units = allocate(budget, scale, rate)
    np.testing.assert_allclose(allocate(budget, scale[order], rate[order]), units[order], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(allocate(budget, 7.1 * scale, rate), units, rtol=1e-6, atol=1e-6)


def test_columns_of_a_table_are_taken_and_left_as_they_are() -> None:
    table = pd.DataFrame({"scale": [1.0, 4.0, 0.0], "rate": [1.0, 0.5, 2.0]}, index=list("abc"))
    before = table.copy()
    units = allocate(3, table["scale"], table["rate"])
    units[:] = -1
    pd.testing.assert_frame_equal(table, before)


# --- bad input ---


@pytest.mark.parametrize(
    ("capacity", "scale", "rate", "message"),
    [
        (-1, [1], [1], "capacity is -1; allowed are numbers of at least 0."),
        (np.nan, [1], [1], "capacity is nan"),
        (None, [1], [1], "capacity is None"),
        (1, [1, -2], [1, 1], "scale 1 is -2; allowed are numbers of at least 0."),
        (1, [1, np.nan], [1, 1], "scale 1 is nan"),
        (1, [1, 2], [1, 0], "rate 1 is 0; allowed are numbers above 0."),
        (1, [1, 2], [1, "fast"], "rate 1 is 'fast'"),
        (1, [[1, 2]], [[1, 1]], "scale has 2"),
        (1, [1, 2], [1], "scale has 2 numbers and rate has 1; allowed is one of each per row."),
    ],
)
def test_bad_numbers_are_named(capacity: Any, scale: list[Any], rate: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        allocate(capacity, scale, rate)
