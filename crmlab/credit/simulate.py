"""The data of chapter 11 and their truth: applicants, visit reports, and two ledgers that look alike.

The applicants are salons in the whole region that ask for thirty days; most are not among Lanwan's 1,200. A student id
gives other samples.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.lanwan import stream
from crmlab.credit.model import TRUE_LOGIT, loss_given_default

N_APPLICANTS = 4000
CAPACITY_CAPITAL, PHILOSOPHY_CHARACTER = 0.3, 0.7  # correlations of the latents

N_VISITED = 120
#: How lenient each salesperson is [grades], and her share of the visits.
SALESPEOPLE: dict[str, tuple[float, float]] = {
    "Ada": (1.2, 0.28),
    "Bing": (0.5, 0.26),
    "Chen": (0.0, 0.24),
    "Dora": (-0.3, 0.16),
    "Emil": (-0.9, 0.04),
    "Fang": (0.6, 0.02),
}
#: Of a report by form: how much of the character it shows, of the rater's leniency it carries, and its noise.
FORMS = {"free": (0.5, 1.0, 1.0), "structured": (0.9, 0.3, 0.5)}
GRADES = {"mean": 6.5, "spread": 1.6}

MONTHS = 12
PATTERN = (1.0, 0.5, 0.2)  # of a month's orders open at its end, one and two months later, for Kite


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws other samples.

    Returns
    -------
    ``credit_applicants`` (4,000 rows), ``credit_visits`` (480), ``credit_trend`` (24); columns and units in
    ``datasets/schema.toml``.

    Examples
    --------
    >>> [len(table) for table in tables().values()]
    [4000, 480, 24]
    """
    return {
        "credit_applicants": _applicants(student),
        "credit_visits": _visits(student),
        "credit_trend": _trend(),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name; they are the same for every student.

    Examples
    --------
    >>> truth()["credit_applicants"]["logit"]["philosophy"]
    0.0
    """
    del student
    return {
        "credit_applicants": {
            "logit": dict(TRUE_LOGIT),
            "correlations": {"capacity, capital": CAPACITY_CAPITAL, "philosophy, character": PHILOSOPHY_CHARACTER},
            "lgd": "crmlab.credit.loss_given_default",
        },
        "credit_visits": {
            "leniency": {name: lenient for name, (lenient, _) in SALESPEOPLE.items()},
            "forms": dict(FORMS),
        },
        "credit_trend": {"pattern": {"Kite": PATTERN}, "payment of Mirror": "worsens by as much as its orders grow"},
    }


def latents(draw: np.random.Generator, count: int) -> pd.DataFrame:
    """Draw the five Cs and philosophy as standard normal numbers; more is better.

    Returns
    -------
    One row per applicant: the six items, and ``bad``, drawn with the chance of :data:`crmlab.credit.TRUE_LOGIT`.
    """
    own = {name: draw.standard_normal(count) for name in TRUE_LOGIT if name != "intercept"}
    own["capital"] = CAPACITY_CAPITAL * own["capacity"] + np.sqrt(1 - CAPACITY_CAPITAL**2) * own["capital"]
    rho = PHILOSOPHY_CHARACTER
    own["philosophy"] = rho * own["character"] + np.sqrt(1 - rho**2) * own["philosophy"]
    logit = TRUE_LOGIT["intercept"] + sum(TRUE_LOGIT[name] * level for name, level in own.items())
    return pd.DataFrame(own).assign(bad=(draw.random(count) < 1 / (1 + np.exp(-logit))).astype("int64"))


def _applicants(student: str) -> pd.DataFrame:
    draw = stream("credit", "applicants", student)
    latent = latents(draw, N_APPLICANTS)
    noise = {name: draw.standard_normal(N_APPLICANTS) for name in ("years", "ratio", "text", "philosophy")}
    cover = np.clip(0.5 + 0.35 * latent["collateral"], 0, 1.5).round(3)
    felt = 0.3 * latent["character"] + 0.5 * latent["philosophy"] + 1.0 * noise["text"]
    return pd.DataFrame(
        {
            "applicant_id": [f"A{number:04d}" for number in range(1, N_APPLICANTS + 1)],
            "late_ratio": (1 / (1 + np.exp(1.4 + 0.9 * latent["character"]))).round(3),
            "years_trading": np.rint(np.exp(1.8 + 0.25 * latent["character"] + 0.6 * noise["years"])).astype("int64"),
            "disputes": draw.poisson(np.exp(-0.4 - 0.5 * latent["character"])).astype("int64"),
            "current_ratio": np.exp(0.35 + 0.2 * latent["capacity"] + 0.25 * noise["ratio"]).round(2),
            "cash_cover": np.exp(0.4 + 0.4 * latent["capacity"]).round(3),
            "leverage": (1 / (1 + np.exp(-0.2 + 0.7 * latent["capital"]))).round(3),
            "collateral_cover": cover,
            "sector_outlook": np.clip(50 + 10 * latent["conditions"], 0, 100).round(1),
            "philosophy_1to5": np.clip(np.rint(3.2 + 0.9 * latent["philosophy"]), 1, 5).astype("int64"),
            "visit_text_score": np.clip(np.rint(7.2 + felt), 1, 10).astype("int64"),
            "default_12m": latent["bad"],
            "lgd": loss_given_default(cover).round(3),
        }
    )


def _visits(student: str) -> pd.DataFrame:
    draw = stream("credit", "visits", student)
    names, shares = list(SALESPEOPLE), [share for _, share in SALESPEOPLE.values()]
    rows = []
    for number in range(1, N_VISITED + 1):
        one, two = draw.choice(len(names), 2, replace=False, p=shares)
        character = draw.standard_normal()
        for form, (signal, lenient, noise) in FORMS.items():
            for visit, who in ((1, names[one]), (2, names[two])):
                felt = signal * character + lenient * SALESPEOPLE[who][0] / GRADES["spread"] + noise * draw.normal()
                grade = int(np.clip(np.rint(GRADES["mean"] + GRADES["spread"] * felt), 1, 10))
                rows.append((f"V{number:03d}", visit, who, form, grade))
    return pd.DataFrame(rows, columns=["salon", "visit", "salesperson", "form", "grade"])


def _trend() -> pd.DataFrame:
    """Kite orders and pays evenly. Mirror orders ever more and pays ever later, so that both books look alike."""
    orders = {
        "Kite": np.full(MONTHS, 8000.0),
        "Mirror": 8000 * np.cumprod(1 + np.linspace(0, 0.25, MONTHS)),
    }
    rows = []
    for salon, path in orders.items():
        for month, now in enumerate(path, start=1):
            open_ = [int(round(now * share, -1)) for share in PATTERN]  # the same shares of the book for both
            rows.append((salon, month, int(round(now, -1)), *open_))
    return pd.DataFrame(rows, columns=["salon", "month", "ordered", "open_0", "open_1", "open_2"])
