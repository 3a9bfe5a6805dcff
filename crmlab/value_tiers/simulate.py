"""The data of chapter 02 and their truth: Lanwan's 1,200 accounts, and a mail test of 30,000 letters.

The accounts are all of Lanwan's salons, with their hidden revenue and manners. The letters went to members of salons,
another population. A student id gives another year of the accounts and another test.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.lanwan import N_SALONS, stream, traits

MARGIN_RATE = {"median_account": 0.32, "per_log_revenue": -0.02, "sd": 0.03}
DISCOUNT_PER_LOG_REVENUE = 0.02
VISIT_COST = 120.0  # currency per account and year, whatever it buys
HOUR_COST = 35.0  # currency per hour of service
HOURS = {"median_account": 19.5, "elasticity": 0.95, "shape": 3.0}  # gamma mean grows with revenue
DIFFICULT_FACTOR = 2.0
RETURNS = 0.02  # mean share of revenue
ORDERS_24M = {"median_account": 10.0, "elasticity": 0.35}

N_LETTERS = 30_000
RESPONSE = {"base": 0.0090, "r": 0.55, "f": 0.28, "m": 0.15, "cell_log_sd": 0.25}  # per quintile, log scale


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the two tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws another year and another test.

    Returns
    -------
    ``value_tiers_accounts`` (1,200 rows), ``value_tiers_mail_test`` (125 cells); columns and units in
    ``datasets/schema.toml``.

    Examples
    --------
    >>> {name: len(table) for name, table in tables().items()}
    {'value_tiers_accounts': 1200, 'value_tiers_mail_test': 125}
    """
    return {"value_tiers_accounts": _accounts(student), "value_tiers_mail_test": _mail_test(student)}


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name.

    Examples
    --------
    >>> truth()["value_tiers_accounts"]["hour_cost"]
    35.0
    """
    return {
        "value_tiers_accounts": {
            "margin_rate": dict(MARGIN_RATE),
            "visit_cost": VISIT_COST,
            "hour_cost": HOUR_COST,
            "hours": dict(HOURS),
            "difficult": traits()["difficult"],
        },
        "value_tiers_mail_test": {"law": dict(RESPONSE), "response": _response(student)},
    }


def _accounts(student: str) -> pd.DataFrame:
    salons = traits()
    draw = stream("value_tiers", "accounts", student)
    revenue = salons["revenue"].to_numpy() * np.exp(0.1 * draw.standard_normal(N_SALONS))
    size = np.log(revenue / np.median(revenue))
    slip = MARGIN_RATE["sd"] * draw.standard_normal(N_SALONS)
    rate = MARGIN_RATE["median_account"] + MARGIN_RATE["per_log_revenue"] * size + slip
    discount = np.maximum(0, 0.03 + DISCOUNT_PER_LOG_REVENUE * size - 0.5 * slip)
    mean_hours = HOURS["median_account"] * np.exp(HOURS["elasticity"] * size)
    mean_hours = mean_hours * np.where(salons["difficult"], DIFFICULT_FACTOR, 1)
    hours = draw.gamma(HOURS["shape"], mean_hours / HOURS["shape"])
    returns = revenue * RETURNS * draw.exponential(1.0, N_SALONS)
    orders = 1 + draw.poisson(ORDERS_24M["median_account"] * np.exp(ORDERS_24M["elasticity"] * size))
    table = pd.DataFrame(
        {
            "salon_id": salons.index,
            "revenue": revenue.round(0),
            "discount_rate": discount.round(3),
            "gross_margin": (rate * revenue).round(0),
            "service_hours": hours.round(1),
            "returns": returns.round(0),
        }
    )
    table["contribution"] = (
        table["gross_margin"] - VISIT_COST - HOUR_COST * table["service_hours"] - table["returns"]
    ).round(2)
    table["last_order_days"] = np.minimum(730, draw.exponential(500 / orders)).astype("int64")
    table["orders_24m"] = orders
    table["spend_24m"] = (2 * revenue * np.exp(0.15 * draw.standard_normal(N_SALONS))).round(2)
    return table


def _response(student: str) -> pd.DataFrame:
    """The true response of each cell."""
    cells = pd.DataFrame(list(product(range(1, 6), repeat=3)), columns=["r", "f", "m"])
    steps = sum(RESPONSE[name] * (cells[name] - 3) for name in ("r", "f", "m"))
    own = RESPONSE["cell_log_sd"] * stream("value_tiers", "response", student).standard_normal(len(cells))
    return cells.assign(response=RESPONSE["base"] * np.exp(steps + own))


def _mail_test(student: str) -> pd.DataFrame:
    cells = _response(student)
    mailed = N_LETTERS // len(cells)
    responded = stream("value_tiers", "mail_test", student).binomial(mailed, cells["response"])
    return cells[["r", "f", "m"]].assign(mailed=mailed, responded=responded)
