"""Absorbing Markov chains: where those who are still on their way end up.

A chain is a table with one row per open state and one column per state, open and final. A state without a row is final.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.data import require

_SUM = 1e-9


def fundamental(transitions: Any) -> pd.DataFrame:
    """Return how many periods a chain spends in each open state, by the state it starts in.

    Parameters
    ----------
    transitions
        One row per open state, one column per state; each row holds probabilities that sum to 1. An open state without
        a column is one that nobody moves to.

    Returns
    -------
    One row and one column per open state [periods], the first period counted: the inverse of ``I - Q``.

    Raises
    ------
    ValueError
        A row does not sum to 1, a probability is missing or outside 0..1, there is no final state, or one cannot be
        reached; the message names the state.

    References
    ----------
    Kemeny & Snell (1960), Finite Markov Chains.

    Examples
    --------
    >>> fundamental(pd.DataFrame({"open": [0.5], "paid": [0.5]}, index=["open"]))
          open
    open   2.0
    """
    table = _checked(transitions)
    stay = table.reindex(columns=table.index, fill_value=0.0).to_numpy()
    visits = np.linalg.solve(np.eye(len(table)) - stay, np.eye(len(table)))
    return pd.DataFrame(visits, index=table.index, columns=table.index)


def absorption(transitions: Any) -> pd.DataFrame:
    """Return with which probability a chain ends in each final state, by the state it starts in.

    Parameters
    ----------
    transitions
        As in :func:`fundamental`.

    Returns
    -------
    One row per open state, one column per final state; each row sums to 1.

    Raises
    ------
    ValueError
        As in :func:`fundamental`.

    Examples
    --------
    >>> absorption(pd.DataFrame({"open": [0.5], "paid": [0.4], "bad": [0.1]}, index=["open"])).round(2)
          paid  bad
    open   0.8  0.2
    """
    table = _checked(transitions)
    ends = table.drop(columns=table.index, errors="ignore")
    return fundamental(table) @ ends


def _checked(transitions: Any) -> pd.DataFrame:
    table = pd.DataFrame(transitions)
    if table.empty:
        raise ValueError("transitions: there is no open state; needed is one row per open state.")
    if not table.index.is_unique:
        twice = table.index[table.index.duplicated()][0]
        raise ValueError(f"transitions: state {twice!r} has more than one row; allowed is one.")
    table = require(table, list(table.columns), what="transitions")
    total = table.sum(axis=1)
    wrong = (total - 1).abs() > _SUM
    if wrong.any():
        state: Any = wrong.idxmax()
        raise ValueError(f"transitions: row {state!r} sums to {total[state]:g}; probabilities of a row sum to 1.")
    ends = [state for state in table.columns if state not in table.index]
    if not ends:
        raise ValueError("transitions: there is no final state; needed is a column without a row of its own.")
    reach = table[ends].gt(0).any(axis=1)
    moves = table.reindex(columns=table.index, fill_value=0.0).gt(0)
    for _ in table.index:
        reach = reach | moves.loc[:, reach].any(axis=1)
    if not reach.all():
        raise ValueError(f"transitions: no final state can be reached from {reach.idxmin()!r}.")
    return table
