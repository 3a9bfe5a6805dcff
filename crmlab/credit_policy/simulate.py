"""The data of chapter 12 and their truth: a ledger, its ageing, a grid of policies, customers who ask for limits.

A student id gives another ledger.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.lanwan import stream
from crmlab.credit_policy.model import PATTERN, RESPONSE, respond

MONTHS = 24
NEVER = 0.01  # of the invoices are never paid
#: Sales by month of the year, in parts of the average: a slow wave, from the quiet winter to the busy summer and back.
SEASON = (0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.6, 1.3, 1.0, 0.7, 0.4)
INVOICES = 240  # in an average month
MARGIN, CAPITAL_COST = 0.12, 0.01  # share of sales; per month
CASH_SALES = 100_000.0  # a month [yuan]
CREDIT_DESK = 2_000.0  # a month, for whoever sells on credit at all [yuan]
BAD_YEARS = (0.6, 1.0, 1.6)  # odds of default in a good, a usual and a bad year, equally likely

#: Customer: demand [yuan], margin, chance of default of the first yuan, its rise up to the full demand, LGD.
CUSTOMERS: dict[str, tuple[float, float, float, float, float]] = {
    "Crane": (60_000, 0.12, 0.01, 0.02, 0.50),
    "Finch": (40_000, 0.20, 0.04, 0.06, 0.60),
    "Heron": (80_000, 0.10, 0.02, 0.08, 0.55),
    "Lark": (30_000, 0.25, 0.08, 0.10, 0.70),
    "Robin": (50_000, 0.15, 0.03, 0.04, 0.30),
}


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws another ledger.

    Returns
    -------
    ``credit_policy_ledger`` (5,760 rows), ``credit_policy_ageing`` (24), ``credit_policy_grid`` (49),
    ``credit_policy_customers`` (5); columns and units in ``datasets/schema.toml``.

    Examples
    --------
    >>> [len(table) for table in tables().values()][1:]
    [24, 49, 5]
    """
    ledger = _ledger(student)
    return {
        "credit_policy_ledger": ledger,
        "credit_policy_ageing": _ageing(ledger),
        "credit_policy_grid": _grid(),
        "credit_policy_customers": _customers(),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name; they are the same for every student.

    Examples
    --------
    >>> truth()["credit_policy_ledger"]["pattern"]
    (1.0, 0.5, 0.2)
    """
    del student
    return {
        "credit_policy_ledger": {"pattern": PATTERN, "never": NEVER, "season": SEASON},
        "credit_policy_ageing": {"made of": "credit_policy_ledger"},
        "credit_policy_grid": {"response": dict(RESPONSE), "bad_years": BAD_YEARS, "desk": CREDIT_DESK},
        "credit_policy_customers": {"law": "crmlab.credit_policy.allocate_limits"},
    }


def _ledger(student: str) -> pd.DataFrame:
    draw = stream("credit_policy", "ledger", student)
    paid = [before - after for before, after in pairwise([*PATTERN, NEVER])]  # 1, 2 and 3 months on
    rows = []
    for month in range(1, MONTHS + 1):
        count = round(INVOICES * SEASON[(month - 1) % 12])
        # Months until each is paid, in the exact shares, so that chance does not look like a change of behaviour.
        wait = draw.permutation(np.searchsorted(np.cumsum(paid), (np.arange(count) + 0.5) / count) + 1)
        amounts = np.rint(np.exp(draw.normal(5.9, 0.5, count))).astype(np.int64)
        salons = draw.integers(1, 1201, count)
        disputed = draw.random(count) < np.where(wait >= 3, 0.10, 0.02)
        for salon, amount, late, fight in zip(salons, amounts, wait, disputed, strict=True):
            due = month + int(late) if late <= len(paid) else np.inf
            rows.append((f"S{salon:04d}", month, amount, 30, due if due <= MONTHS else np.nan, bool(fight)))
    table = pd.DataFrame(rows, columns=["salon_id", "month", "amount", "terms_days", "paid_month", "disputed"])
    table.insert(0, "invoice_id", [f"I{number:04d}" for number in range(1, len(table) + 1)])
    return table.astype({"paid_month": "float64"})


def _ageing(ledger: pd.DataFrame) -> pd.DataFrame:
    paid = ledger["paid_month"].fillna(np.inf)
    rows = []
    for month in range(1, MONTHS + 1):
        unpaid = ledger[(ledger["month"] <= month) & (paid > month)]
        by_age = unpaid.groupby((month - unpaid["month"]).clip(upper=3))["amount"].sum()
        sales = int(ledger.loc[ledger["month"] == month, "amount"].sum())
        rows.append((month, sales, *(int(by_age.get(age, 0)) for age in range(4))))
    return pd.DataFrame(rows, columns=["month", "sales", "open_0", "open_1", "open_2", "open_3_plus"])


def _grid() -> pd.DataFrame:
    policies = [(0, 0.0, 0)]
    policies += [(days, cut, steps) for days in (15, 30, 45, 60) for cut in (0.0, 0.01, 0.02) for steps in (0, 1, 2, 3)]
    period, cut, steps = (np.array(column, dtype=float) for column in zip(*policies, strict=True))
    answer = respond(period, steps, 0.5, cut)
    sales = CASH_SALES * answer["sales"]
    tied = CAPITAL_COST * (1 - MARGIN) * sales * answer["delay_days"] / 30
    before = sales * (MARGIN - answer["cost"]) - tied - CREDIT_DESK * (period > 0)
    rate = answer["bad_debt"]
    odds = np.array(BAD_YEARS)[:, None] * (rate / (1 - rate)).to_numpy()
    losses = sales.to_numpy() * odds / (1 + odds)
    return pd.DataFrame(
        {
            "period_days": period.astype("int64"),
            "discount": cut,
            "standard": steps.astype("int64"),
            "sales": np.rint(sales).astype("int64"),
            "delay_days": answer["delay_days"].round(1),
            "bad_debt": rate.round(4),
            "profit": np.rint(before - losses.mean(axis=0)).astype("int64"),
            "loss_sd": np.rint(losses.std(axis=0)).astype("int64"),
        }
    )


def _customers() -> pd.DataFrame:
    columns = ["demand", "margin", "default", "slope", "lgd"]
    table = pd.DataFrame(CUSTOMERS, index=columns).T.rename_axis("customer").reset_index()
    return table.astype({"demand": "int64"})
