"""The data of chapter 01 and their truth: 600 matters, 2,000 randomised calls, 120 notes on customers.

The matters belong to a sample of Lanwan's 1,200 salons. The calls are those of the retailer in the notes, another
population. The notes were written by hand; two colleagues coded them. A student id gives another sample.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crmlab.classification.model import TRAITS, DealStatus, service_code
from crmlab.classification.vignettes import VIGNETTES
from crmlab.core.lanwan import N_SALONS, stream, traits
from crmlab.core.text import Text

N_CONTACTS = 600
STATUS_SHARES = {"potential": 0.38, "negotiating": 0.34, "won": 0.16, "lost": 0.05, "lapsed": 0.07}
WIN_PROB = {"potential": (2, 6), "negotiating": (5, 4), "lapsed": (1, 9)}  # beta distributions; won is 1, lost is 0
DEAL_VALUE = {"median": 12_000.0, "log_sd": 0.9}  # currency
POTENTIAL_LOG_SD = 0.3  # error of the manager's estimate
PER_TIER = {"urgent": 60, "moderate": 180, "non_urgent": 210, "slow": 150}
DUE_DAYS = {"urgent": (-5, 7), "moderate": (8, 30), "non_urgent": (31, 90), "slow": (91, 240)}
ON_AN_EDGE = 0.25  # share of matters due on the first or last day of their tier
EFFORT_HOURS = {"shape": 2.0, "mean": 3.0}  # gamma
CODES = {"A": 60, "B": 150}  # of the 600; the rest is C

CALLS = {"A": 200, "B": 500, "C": 1300}
P_WITHOUT = {"A": 0.30, "B": 0.10, "C": 0.05}
P_WITH = {"A": 0.33, "B": 0.22, "C": 0.06}
VALUE_AND_HEADROOM = {"log_sd": 0.8, "correlation": 0.5}
MARGIN = (40, 80)  # currency per sale

CODER_ACCURACY = {"coder_a": 0.85, "coder_b": 0.80}


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the three tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws other matters, calls and codings.

    Returns
    -------
    ``classification_contacts`` (600 rows), ``classification_prompts`` (2,000), ``classification_vignettes`` (120);
    columns and units in ``datasets/schema.toml``.

    Examples
    --------
    >>> {name: len(table) for name, table in tables().items()}
    {'classification_contacts': 600, 'classification_prompts': 2000, 'classification_vignettes': 120}
    """
    return {
        "classification_contacts": _contacts(student),
        "classification_prompts": _prompts(student),
        "classification_vignettes": _vignettes(student),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name.

    Examples
    --------
    >>> truth()["classification_prompts"]["p_with"]["B"]
    0.22
    """
    return {
        "classification_contacts": {
            "salons": _sample(student),
            "win_prob": {name: list(law) for name, law in WIN_PROB.items()},
            "potential_log_sd": POTENTIAL_LOG_SD,
        },
        "classification_prompts": {"size": dict(CALLS), "p_without": dict(P_WITHOUT), "p_with": dict(P_WITH)},
        "classification_vignettes": {
            "trait": [trait for trait, _ in _shuffled()],
            "coder_accuracy": dict(CODER_ACCURACY),
        },
    }


def _sample(student: str) -> pd.DataFrame:
    """The salons behind the matters, in the order of the table, with their hidden traits."""
    chosen = stream("classification", "sample", student).choice(N_SALONS, N_CONTACTS, replace=False)
    return traits().iloc[chosen]


def _contacts(student: str) -> pd.DataFrame:
    salons = _sample(student)
    draw = stream("classification", "contacts", student)
    status: Any = draw.choice(list(DealStatus), N_CONTACTS, p=[STATUS_SHARES[name] for name in DealStatus])
    win_prob = np.where(status == DealStatus.WON, 1.0, 0.0)
    for name, (wins, losses) in WIN_PROB.items():
        win_prob = np.where(status == name, draw.beta(wins, losses, N_CONTACTS), win_prob)
    deal = DEAL_VALUE["median"] * np.exp(DEAL_VALUE["log_sd"] * draw.standard_normal(N_CONTACTS))
    potential = salons["headroom"].to_numpy() * np.exp(POTENTIAL_LOG_SD * draw.standard_normal(N_CONTACTS))
    tier = draw.permutation(np.repeat(list(PER_TIER), list(PER_TIER.values())))
    first, last = (np.array([DUE_DAYS[name][k] for name in tier]) for k in (0, 1))
    due = draw.integers(first, last + 1)
    edge = draw.random(N_CONTACTS) < ON_AN_EDGE
    # Not the first day of the first tier and the last of the last: these are no edges.
    on_edge = np.where(tier == "urgent", last, np.where(tier == "slow", first, np.where(due % 2 == 0, first, last)))
    effort = draw.gamma(EFFORT_HOURS["shape"], EFFORT_HOURS["mean"] / EFFORT_HOURS["shape"], N_CONTACTS)
    orders = draw.poisson(4 + 2 * np.log(salons["revenue"] / 2000))
    hours = draw.gamma(2.0, (1.5 + 0.4 * orders) * np.where(salons["difficult"], 2, 1) / 2)
    axes = pd.DataFrame({"value": salons["revenue"].to_numpy(), "headroom": salons["headroom"].to_numpy()})
    return pd.DataFrame(
        {
            "contact_id": [f"M{number:03d}" for number in range(1, N_CONTACTS + 1)],
            "salon_id": salons.index,
            "status": status,
            "deal_value": (np.rint(deal / 100) * 100).astype("int64"),
            "win_prob": (np.rint(win_prob * 20) / 20).round(2),
            "potential_annual": (np.rint(potential / 100) * 100).astype("int64"),
            "due_in_days": np.where(edge, on_edge, due),
            "effort_hours": np.maximum(0.25, np.rint(effort * 4) / 4),
            "contact_hours_12m": np.rint(hours * 2) / 2,
            "orders_12m": orders,
            "disputes": draw.poisson(np.where(salons["difficult"], 1.2, 0.3)),
            "code_true": service_code(axes, CODES["A"], CODES["B"]).astype("str"),
        }
    )


def _prompts(student: str) -> pd.DataFrame:
    draw = stream("classification", "prompts", student)
    size = sum(CALLS.values())
    rho = VALUE_AND_HEADROOM["correlation"]
    value = draw.standard_normal(size)
    headroom = rho * value + np.sqrt(1 - rho**2) * draw.standard_normal(size)
    spread = VALUE_AND_HEADROOM["log_sd"]
    axes = pd.DataFrame({"value": np.exp(spread * value), "headroom": np.exp(spread * headroom)})
    code = service_code(axes, CALLS["A"], CALLS["B"]).astype("str")
    # Half of each code is prompted, so that chance decides who and not how many.
    prompted = pd.Series(draw.random(size)).groupby(code).rank() % 2 == 0
    chance = np.where(prompted, code.map(P_WITH), code.map(P_WITHOUT))
    return pd.DataFrame(
        {
            "call_id": [f"P{number:04d}" for number in range(1, size + 1)],
            "code": code,
            "prompted": prompted.astype("int64"),
            "bought": (draw.random(size) < chance).astype("int64"),
            "margin": draw.integers(MARGIN[0], MARGIN[1] + 1, size),
        }
    )


def _shuffled() -> list[tuple[str, Text]]:
    """The notes with their traits, in an order that tells nothing."""
    rows = [(trait, text) for trait, texts in VIGNETTES.items() for text in texts]
    return [rows[place] for place in stream("classification", "order").permutation(len(rows))]


def _vignettes(student: str) -> pd.DataFrame:
    draw = stream("classification", "vignettes", student)
    rows = _shuffled()
    table = pd.DataFrame(
        {
            "vignette_id": [f"V{number:03d}" for number in range(1, len(rows) + 1)],
            "text": [text.en for _, text in rows],
            "text_zh": [text.zh for _, text in rows],
        }
    )
    trait = np.array([TRAITS.index(name) for name, _ in rows])
    for coder, accuracy in CODER_ACCURACY.items():
        slip = draw.integers(1, len(TRAITS), len(rows))
        seen = np.where(draw.random(len(rows)) < accuracy, trait, (trait + slip) % len(TRAITS))
        table[coder] = [TRAITS[place] for place in seen]
    return table
