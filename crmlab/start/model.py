"""A customer base that leaks: some customers leave each quarter, others join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmlab.core.data import require_number


@dataclass(frozen=True)
class CustomerBase:
    """How a customer base develops.

    Attributes
    ----------
    size
        Customers at the end of each quarter, indexed by quarter; quarter 0 is now.
    long_run
        The size at which as many join as leave [customers].
    stay
        Share of the customers that stay from one quarter to the next [0..1].
    newcomers
        Customers that join [customers per quarter].
    """

    size: pd.Series[float]
    long_run: float
    stay: float
    newcomers: float


def customer_base(stay: float, newcomers: float, start: float = 1200.0, quarters: int = 40) -> CustomerBase:
    """Follow a customer base from quarter to quarter: those who stay, plus those who join.

    With r the share that stays and A the newcomers, ``N[t+1] = r N[t] + A``. The base settles at ``A / (1 - r)``,
    wherever it starts, so from r = 0.90 five more points double it.

    Parameters
    ----------
    stay
        Share of the customers that stay from one quarter to the next [0..1, below 1].
    newcomers
        Customers that join [customers per quarter], >= 0.
    start
        Customers now, >= 0.
    quarters
        How many quarters to follow, a whole number >= 1.

    Returns
    -------
    ``size`` (one value per quarter, 0 to ``quarters``), ``long_run`` and the two inputs.

    Raises
    ------
    ValueError
        A number is missing or outside its range; the message names it.

    References
    ----------
    The balance of acquisition and retention: Blattberg & Deighton (1996), "Manage marketing by the customer equity
    test", Harvard Business Review 74(4), 136-144.

    Examples
    --------
    >>> round(customer_base(stay=0.90, newcomers=120).long_run)
    1200
    >>> round(customer_base(stay=0.95, newcomers=120).long_run)
    2400
    >>> customer_base(stay=95, newcomers=120)
    Traceback (most recent call last):
    ...
    ValueError: stay is 95; allowed are numbers of at least 0 and of at most 1.
    """
    r = _share_that_stays(stay)
    joining = require_number("newcomers", newcomers, at_least=0)
    now = require_number("start", start, at_least=0)
    last = require_number("quarters", quarters, at_least=1)
    if not last.is_integer():
        raise ValueError(f"quarters is {quarters}; allowed are whole numbers of at least 1.")
    long_run = joining / (1 - r)
    quarter = np.arange(int(last) + 1)
    size = pd.Series(long_run + (now - long_run) * r**quarter, index=pd.RangeIndex(len(quarter), name="quarter"))
    return CustomerBase(size=size, long_run=long_run, stay=r, newcomers=joining)


def leavers(customers: float, stay: float) -> float:
    """Return how many customers leave in a quarter: the newcomers that keep the base as it is.

    Parameters
    ----------
    customers
        Customers now, >= 0.
    stay
        Share of the customers that stay from one quarter to the next [0..1, below 1].

    Returns
    -------
    Customers that leave [customers per quarter].

    Raises
    ------
    ValueError
        A number is missing or outside its range; the message names it.

    References
    ----------
    Blattberg & Deighton (1996), see :func:`customer_base`.

    Examples
    --------
    >>> round(leavers(1200, stay=0.90), 6)
    120.0
    """
    return require_number("customers", customers, at_least=0) * (1 - _share_that_stays(stay))


def _share_that_stays(stay: float) -> float:
    share = require_number("stay", stay, at_least=0, at_most=1)
    if share == 1:
        raise ValueError("stay is 1; allowed are shares below 1, because a base that nobody leaves grows for ever.")
    return share
