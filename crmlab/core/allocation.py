"""Sharing out a limited budget where each next unit brings less than the last."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crmlab.core.data import require_number, require_numbers


def allocate(capacity: float, scale: ArrayLike, rate: ArrayLike) -> NDArray[np.float64]:
    """Split a budget so that the total response is largest: the next unit brings the same wherever some is spent.

    The response of row i to x units is ``scale * (1 - exp(-rate * x))``. The split is exact, not stepwise: rows are
    served in the order of their first unit's return, ``scale * rate``, and the common return at the edge is solved for.

    Parameters
    ----------
    capacity
        The budget >= 0, such as hours.
    scale
        Most that each row can bring, >= 0 [currency].
    rate
        How fast each row gives in, > 0 [per unit of budget].

    Returns
    -------
    Units per row, in the order given; they sum to ``capacity`` unless no row brings anything (then all are 0).

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ; the message names the argument.

    References
    ----------
    Koopman (1953), The Optimum Distribution of Effort.

    Examples
    --------
    >>> allocate(10, scale=[100, 100], rate=[0.2, 0.2])
    array([5., 5.])
    >>> allocate(1, scale=[100, 10], rate=[0.2, 0.2])
    array([1., 0.])
    """
    budget = require_number("capacity", capacity, at_least=0)
    most = np.atleast_1d(require_numbers("scale", scale, at_least=0))
    speed = np.atleast_1d(require_numbers("rate", rate, above=0))
    if most.ndim != 1 or most.shape != speed.shape:
        raise ValueError(f"scale has {most.size} numbers and rate has {speed.size}; allowed is one of each per row.")
    first = most * speed
    units = np.zeros(most.size)
    order = np.argsort(-first, kind="stable")
    order = order[first[order] > 0]
    if not order.size:
        return units
    # With the k best rows served, the log of the common return at the edge is linear in the budget.
    log_first, slack = np.log(first[order]), 1 / speed[order]
    log_first -= log_first[0]  # so that a tiny budget is not lost in rounding
    edge = (np.cumsum(log_first * slack) - budget) / np.cumsum(slack)
    served = int(np.flatnonzero(edge < log_first)[-1]) + 1 if budget > 0 else 0
    units[order[:served]] = (log_first[:served] - edge[served - 1]) * slack[:served] if served else 0.0
    return units
