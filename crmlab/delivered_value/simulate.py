"""The data of chapter 06 and their truth: three bids, 240 raters, 1,920 choices.

The three bids are the case and the same for everybody. Raters are a sample of Lanwan's 1,200 salons; they compare the
four values and choose among described offers with the hidden weights, value of time and dislike of effort of their
salon. A student id gives another sample.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.lanwan import CONCENTRATION, EFFORT_DISLIKE, VALUE_OF_TIME, VALUE_WEIGHTS, stream, traits

N_RATERS = 240
N_TASKS = 8
OWNER_WAGE, MANAGER_WAGE = 12.0, 40.0  # currency per hour
EFFORT_PRICE = {"physical": 2.0, "psychic": 3.0}  # currency per effort point, typical salon
JUDGEMENT_LOG_SD = 0.5  # slip of one paired comparison
CHOICE_SCALE = 8.0  # of the Gumbel error, currency
SCALE_OF_SAATY = np.r_[1 / np.arange(9, 1, -1), np.arange(1, 10)]
LEVELS: dict[str, list[float]] = {
    **{name: [20, 40, 60, 80, 100] for name in VALUE_WEIGHTS},  # points
    "price": [20, 30, 40, 50, 60],  # currency per order
    "hours": [0.5, 1.0, 1.5, 2.0, 2.5, 3.0],  # hours per order
    "physical": [0, 1, 2, 3, 4, 5, 6],  # effort points
    "psychic": [0, 1, 2, 3, 4, 5, 6],
}


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the three tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws another sample of raters.

    Returns
    -------
    ``delivered_value_offers`` (3 rows), ``delivered_value_raters`` (240), ``delivered_value_choices`` (1,920 tasks of
    two or three alternatives); columns and units in ``datasets/schema.toml``.

    Examples
    --------
    >>> {name: len(table) for name, table in tables().items()}
    {'delivered_value_offers': 3, 'delivered_value_raters': 240, 'delivered_value_choices': 4826}
    """
    sample = _sample(student)
    return {
        "delivered_value_offers": _offers(),
        "delivered_value_raters": _raters(sample, student),
        "delivered_value_choices": _choices(sample, student),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name.

    Examples
    --------
    >>> truth()["delivered_value_choices"]["scale"]
    8.0
    """
    population: dict[str, Any] = {
        "weights": dict(VALUE_WEIGHTS),
        "concentration": CONCENTRATION,
        "value_of_time": dict(VALUE_OF_TIME),
        "effort_dislike": dict(EFFORT_DISLIKE),
        "raters": _sample(student),
    }
    return {
        "delivered_value_offers": {
            "owner_wage": OWNER_WAGE,
            "manager_wage": MANAGER_WAGE,
            "effort_price": dict(EFFORT_PRICE),
        },
        "delivered_value_raters": {**population, "judgement_log_sd": JUDGEMENT_LOG_SD},
        "delivered_value_choices": {**population, "effort_price": dict(EFFORT_PRICE), "scale": CHOICE_SCALE},
    }


def _sample(student: str) -> pd.DataFrame:
    chosen = stream("delivered_value", "sample", student).choice(1200, N_RATERS, replace=False)
    return traits().iloc[np.sort(chosen)]


def _offers() -> pd.DataFrame:
    offers = pd.DataFrame(
        {
            "supplier": ["Granary", "Lanwan", "Laurel"],
            "supplier_zh": ["谷仓", "蓝湾", "月桂"],
            "product_value": [110.0, 100.0, 130.0],
            "service_value": [24.0, 50.0, 34.0],
            "personnel_value": [22.0, 20.0, 30.0],
            "image_value": [20.0, 15.0, 90.0],
            "monetary_cost": [60.0, 140.0, 200.0],
            "hours": [3.0, 0.5, 1.5],
            "physical_points": [6, 1, 2],
            "psychic_points": [4, 1, 4],
            "unit_cost": [45.0, 95.0, 120.0],
        }
    )
    costs = {
        "time_cost": offers["hours"] * OWNER_WAGE,
        "physical_cost": offers["physical_points"] * EFFORT_PRICE["physical"],
        "psychic_cost": offers["psychic_points"] * EFFORT_PRICE["psychic"],
    }
    for place, (name, cost) in enumerate(costs.items(), start=list(offers).index("monetary_cost") + 1):
        offers.insert(place, name, cost)
    return offers


def _raters(sample: pd.DataFrame, student: str) -> pd.DataFrame:
    slips = stream("delivered_value", "judgements", student)
    raters = pd.DataFrame({"salon_id": sample.index})
    for first, second in combinations(VALUE_WEIGHTS, 2):
        ratio = (sample[first] / sample[second]).to_numpy()
        felt = np.log(ratio) + JUDGEMENT_LOG_SD * slips.standard_normal(len(sample))
        nearest = np.abs(felt[:, None] - np.log(SCALE_OF_SAATY)).argmin(axis=1)
        raters[f"{first}_vs_{second}"] = SCALE_OF_SAATY[nearest].round(4)
    raters["value_of_time"] = sample["value_of_time"].round(2).to_numpy()
    raters["effort_dislike"] = sample["effort_dislike"].round(2).to_numpy()
    return raters


def _choices(sample: pd.DataFrame, student: str) -> pd.DataFrame:
    draw = stream("delivered_value", "choices", student)
    n_tasks = len(sample) * N_TASKS
    task = np.repeat(np.arange(n_tasks), draw.integers(2, 4, n_tasks))
    choices = pd.DataFrame({"salon_id": sample.index[task // N_TASKS]})
    choices["task_id"] = [f"{salon}-{t % N_TASKS + 1}" for salon, t in zip(choices["salon_id"], task, strict=True)]
    choices["alternative"] = choices.groupby("task_id", sort=False).cumcount() + 1
    for name, levels in LEVELS.items():
        choices[name] = draw.choice(levels, len(choices))
    own = sample.iloc[task // N_TASKS].reset_index(drop=True)
    worth = (
        sum(own[name] * choices[name] for name in VALUE_WEIGHTS)
        - choices["price"]
        - own["value_of_time"] * choices["hours"]
        - own["effort_dislike"] * sum(price * choices[name] for name, price in EFFORT_PRICE.items())
        + draw.gumbel(scale=CHOICE_SCALE, size=len(choices))
    )
    choices["chosen"] = (worth == worth.groupby(task).transform("max")).astype(int)
    return choices
