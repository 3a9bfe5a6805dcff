"""Absorbing chains: against sources, matrix powers and a direct solution; and what is wrong is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab.core.chains import absorption, fundamental

# Kemeny & Snell, Finite Markov Chains: a walk on 0..4 that stops at both ends.
WALK = pd.DataFrame(
    [[0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0.5, 0], [0, 0, 0.5, 0, 0.5]], index=[1, 2, 3], columns=[0, 1, 2, 3, 4]
)


@st.composite
def chains(draw: st.DrawFn) -> pd.DataFrame:
    """A chain of up to 4 open and 3 final states, each row with some way out; columns in any order."""
    n_open, n_final = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    rows = [
        draw(st.lists(st.integers(0, 5), min_size=n_open, max_size=n_open))
        + draw(st.lists(st.integers(0, 5), min_size=n_final, max_size=n_final).filter(any))
        for _ in range(n_open)
    ]
    weights = np.array(rows, dtype=float)
    states = [*(f"open {k}" for k in range(n_open)), *(f"end {k}" for k in range(n_final))]
    table = pd.DataFrame(weights / weights.sum(axis=1, keepdims=True), index=states[:n_open], columns=states)
    return table[draw(st.permutations(states))]


def split(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return Q, R and the names of the final states, in the order of the columns."""
    ends = [state for state in table.columns if state not in table.index]
    return table[list(table.index)].to_numpy(), table[ends].to_numpy(), ends


# --- sources ---


def test_walk_between_two_ends_kemeny_snell() -> None:
    found = fundamental(WALK)
    assert found.to_numpy() == pytest.approx(np.array([[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]]))
    assert absorption(WALK)[0].tolist() == pytest.approx([0.75, 0.5, 0.25])


def test_ageing_of_receivables_render_stair_form() -> None:
    book = pd.DataFrame(
        [[0.6, 0, 0.2, 0.2], [0.4, 0.1, 0.3, 0.2]],
        index=["0-30", "31-90"],
        columns=["paid", "bad", "0-30", "31-90"],
    )
    found = absorption(book)
    assert found.round(4).to_numpy().tolist() == [[0.9655, 0.0345], [0.8621, 0.1379]]
    assert (np.array([2000, 5000]) @ found.to_numpy()).round().tolist() == [6241, 759]


# --- laws ---


@settings(max_examples=40)
@given(chains())
def test_rows_sum_to_1_and_are_what_1000_periods_give(table: pd.DataFrame) -> None:
    found = absorption(table)
    _, _, ends = split(table)
    states = [*table.index, *ends]
    whole = pd.DataFrame(np.eye(len(states)), states, states)
    whole.loc[table.index] = table[states]
    share = np.eye(len(states))
    for _ in range(1000):
        share = share @ whole.to_numpy()
    assert found.columns.tolist() == ends
    assert found.index.tolist() == table.index.tolist()
    np.testing.assert_allclose(found.sum(axis=1), 1)
    np.testing.assert_allclose(found, share[: len(table), len(table) :], atol=1e-9)


@settings(max_examples=40)
@given(chains())
def test_absorption_solves_its_own_equations(table: pd.DataFrame) -> None:
    stay, leave, _ = split(table)
    np.testing.assert_allclose(absorption(table), np.linalg.solve(np.eye(len(stay)) - stay, leave), atol=1e-12)


@settings(max_examples=40)
@given(chains())
def test_fundamental_counts_the_visits_of_all_periods(table: pd.DataFrame) -> None:
    stay, _, _ = split(table)
    visits, now = np.zeros_like(stay), np.eye(len(stay))
    for _ in range(1000):
        visits, now = visits + now, now @ stay
    found = fundamental(table)
    np.testing.assert_allclose(found, visits, atol=1e-9)
    assert found.index.tolist() == found.columns.tolist() == table.index.tolist()


@settings(max_examples=30)
@given(chains(), st.randoms())
def test_the_order_of_states_does_not_matter(table: pd.DataFrame, random: Any) -> None:
    rows = random.sample(list(table.index), len(table))
    found = absorption(table.loc[rows])
    pd.testing.assert_frame_equal(found, absorption(table).loc[rows])
    pd.testing.assert_frame_equal(fundamental(table.loc[rows]), fundamental(table).loc[rows, rows])


def test_two_ends_in_one_add_their_chances() -> None:
    deals = pd.DataFrame({"open": [0.5], "won": [0.2], "lost": [0.2], "lapsed": [0.1]}, index=["open"])
    merged = deals.assign(lost=deals["lost"] + deals["lapsed"]).drop(columns="lapsed")
    assert absorption(merged).loc["open", "lost"] == pytest.approx(
        absorption(deals).loc["open", ["lost", "lapsed"]].sum()
    )


def test_a_state_that_nobody_moves_to_needs_no_column() -> None:
    first_talk = pd.DataFrame([[0.4, 0.6, 0], [0.5, 0.25, 0.25]], ["new", "known"], ["known", "won", "lost"])
    full = first_talk.assign(new=0.0)
    pd.testing.assert_frame_equal(absorption(first_talk), absorption(full))
    assert fundamental(first_talk)["new"].tolist() == [1, 0]
    assert absorption(first_talk).loc["new"].tolist() == pytest.approx([0.6 + 0.4 * 0.5, 0.4 * 0.5])


def test_a_way_out_through_another_state_is_found() -> None:
    line = pd.DataFrame(np.eye(5)[1:], index=range(4), columns=range(5))  # 0 -> 1 -> 2 -> 3 -> 4
    assert absorption(line)[4].tolist() == [1, 1, 1, 1]
    assert fundamental(line).sum(axis=1).tolist() == [4, 3, 2, 1]


def test_a_chain_is_never_changed() -> None:
    before = WALK.copy()
    for found in (fundamental(WALK), absorption(WALK)):
        found.iloc[:, :] = 0
    pd.testing.assert_frame_equal(WALK, before)


# --- bad input ---


def chain(*rows: list[float], index: str = "ab", columns: str = "abw") -> pd.DataFrame:
    return pd.DataFrame(rows, index=list(index), columns=list(columns))


@pytest.mark.parametrize("verb", [fundamental, absorption])
@pytest.mark.parametrize(
    ("table", "message"),
    [
        (chain([0.5, 0.2, 0.3], [0.1, 0.2, 0.3]), "transitions: row 'b' sums to 0.6; probabilities of a row sum to 1."),
        (chain([0.5, 0.2, 0.4], [0.1, 0.2, 0.7]), "row 'a' sums to 1.1"),
        (chain([0.5, 0.5], [0.1, 0.9], columns="ab"), "transitions: there is no final state; needed is a column"),
        (chain([0.5, 0, 0.5], [0, 1, 0]), "transitions: no final state can be reached from 'b'."),
        (chain([0, 1, 0], [1, 0, 0]), "no final state can be reached from 'a'"),
        (chain([0.5, 0.2, 0.3], [0.1, 0.2, 0.7], index="aa"), "transitions: state 'a' has more than one row"),
        (chain([0.5, 0.2, 0.3], [0.1, 0.2, 0.7], columns="aww"), "column 'w' is there more than once"),
        (chain([0.5, -0.2, 0.7], [0.1, 0.2, 0.7]), "column 'b', row 'a' is -0.2; allowed are numbers of at least 0"),
        (chain([0.5, np.nan, 0.5], [0.1, 0.2, 0.7]), "column 'b', row 'a' is nan"),
        (WALK.iloc[:0], "transitions: there is no open state; needed is one row per open state."),
        (pd.DataFrame(), "transitions: there is no open state"),
    ],
)
def test_what_is_no_absorbing_chain_is_named(
    verb: Callable[[pd.DataFrame], pd.DataFrame], table: pd.DataFrame, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        verb(table)
