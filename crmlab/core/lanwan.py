"""Lanwan Salon Supply's 1,200 salons: what everybody sees, and the hidden traits every chapter draws from.

Each column and each trait has a random stream of its own, seeded by its name, so that a trait added later changes none
that was there before.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

N_SALONS = 1200
DISTRICTS = {"Harbour": "港湾", "Old Town": "老城", "Station": "车站", "University": "大学城", "Riverside": "滨江"}
VALUE_OF_TIME = {"median": 15.0, "log_sd": 0.6}  # currency per hour
EFFORT_DISLIKE = {"median": 1.0, "log_sd": 0.3}  # 1 = the typical salon
VALUE_WEIGHTS = {"product": 0.40, "service": 0.25, "personnel": 0.15, "image": 0.20}  # Dirichlet means
CONCENTRATION = 60.0
REVENUE = {"shape": 1.16, "floor": 2_000.0, "cap": 400_000.0, "size_correlation": 0.7}  # truncated Pareto, per year
HEADROOM_PER_CHAIR = {"median": 900.0, "log_sd": 0.8}  # currency per year and chair, bought elsewhere
DIFFICULT = 0.25  # share of salons that take twice the hours


def stream(*name: str) -> np.random.Generator:
    """Return the random stream of a name: numpy's PCG64 seeded with the SHA-256 of its parts.

    >>> stream("trait", "value_of_time").integers(100, size=3).tolist()
    [43, 11, 10]
    """
    digest = hashlib.sha256("\x1f".join(("lanwan", *name)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest)))


def salons() -> pd.DataFrame:
    """Return what everybody sees of the 1,200 salons.

    Returns
    -------
    One row per salon: ``salon_id`` ("S0001" to "S1200"), ``district`` and ``district_zh``, ``opened_year``,
    ``chairs``, ``staff`` [persons], ``chain`` (belongs to a chain), ``members`` [persons with a membership card].

    >>> salons()["salon_id"].iloc[[0, -1]].tolist()
    ['S0001', 'S1200']
    """
    district = stream("salon", "district").choice(list(DISTRICTS), N_SALONS, p=[0.18, 0.30, 0.16, 0.14, 0.22])
    chairs = 2 + stream("salon", "chairs").poisson(stream("salon", "size").gamma(2.0, 2.0, N_SALONS))
    staff = np.maximum(1, np.rint(chairs * stream("salon", "staff").uniform(0.7, 1.3, N_SALONS))).astype(int)
    age_years = np.minimum(30, stream("salon", "opened_year").exponential(8.0, N_SALONS)).astype(int)
    return pd.DataFrame(
        {
            "salon_id": [f"S{number:04d}" for number in range(1, N_SALONS + 1)],
            "district": district,
            "district_zh": [DISTRICTS[name] for name in district],
            "opened_year": 2025 - age_years,
            "chairs": chairs,
            "staff": staff,
            "chain": stream("salon", "chain").random(N_SALONS) < np.minimum(0.6, 0.04 * chairs),
            "members": stream("salon", "members").poisson(45.0 * chairs),
        }
    )


def traits() -> pd.DataFrame:
    """Return the hidden truth about the same salons.

    Returns
    -------
    Indexed by ``salon_id``: ``value_of_time`` [currency per hour], ``effort_dislike`` [times the typical salon's],
    the weights ``product``, ``service``, ``personnel``, ``image`` that its purchases follow (each row sums to 1),
    ``revenue`` with Lanwan and ``headroom``, what it buys elsewhere [currency per year], ``difficult`` (True/False).

    >>> round(float(traits()[["product", "service", "personnel", "image"]].sum(axis=1).max()), 6)
    1.0
    """
    table = pd.DataFrame(index=pd.Index(salons()["salon_id"]))
    for name, trait in (("value_of_time", VALUE_OF_TIME), ("effort_dislike", EFFORT_DISLIKE)):
        table[name] = trait["median"] * np.exp(trait["log_sd"] * stream("trait", name).standard_normal(N_SALONS))
    gammas = {
        name: stream("trait", "weight", name).gamma(CONCENTRATION * mean, size=N_SALONS)
        for name, mean in VALUE_WEIGHTS.items()
    }
    total = np.sum(list(gammas.values()), axis=0)
    table = table.assign(**{name: gamma / total for name, gamma in gammas.items()})
    chairs = salons()["chairs"].to_numpy()
    table["revenue"] = _revenue(chairs)
    table["headroom"] = (
        chairs
        * HEADROOM_PER_CHAIR["median"]
        * np.exp(HEADROOM_PER_CHAIR["log_sd"] * stream("trait", "headroom").standard_normal(N_SALONS))
    )
    table["difficult"] = stream("trait", "difficult").random(N_SALONS) < DIFFICULT
    return table


def _revenue(chairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the quantiles of the truncated Pareto law, the larger ones rather to the salons with more chairs."""
    size, own = np.log(chairs), stream("trait", "revenue").standard_normal(N_SALONS)
    rho = REVENUE["size_correlation"]
    standing = rho * (size - size.mean()) / size.std() + np.sqrt(1 - rho**2) * own
    above = (np.argsort(np.argsort(-standing)) + 0.5) / N_SALONS
    left = (REVENUE["floor"] / REVENUE["cap"]) ** REVENUE["shape"]
    return np.asarray(REVENUE["floor"] * (left + (1 - left) * above) ** (-1 / REVENUE["shape"]))


def tables() -> dict[str, pd.DataFrame]:
    """Return the table of this module, ready to be written: ``lanwan_salons``."""
    return {"lanwan_salons": salons()}


def truth() -> dict[str, dict[str, Any]]:
    """Return the parameters of the hidden traits and the traits themselves, salon by salon."""
    parameters: dict[str, Any] = {
        "value_of_time": dict(VALUE_OF_TIME),
        "effort_dislike": dict(EFFORT_DISLIKE),
        "weights": dict(VALUE_WEIGHTS),
        "concentration": CONCENTRATION,
        "revenue": dict(REVENUE),
        "headroom_per_chair": dict(HEADROOM_PER_CHAIR),
        "difficult": DIFFICULT,
    }
    return {"lanwan_salons": {**parameters, "salons": traits()}}
