"""The data of chapter 04 and their truth: what 400 salons chose in 60 fortnights, what they say, how long salons stay.

The 400 salons are a sample of Lanwan's 1,200, a hundred of each type. Prices, promotions, news and stocks are those of
the wholesaler of their district. A student id gives another market, other salons and other choices.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmlab.core.lanwan import DISTRICTS, stream
from crmlab.core.lanwan import salons as all_salons
from crmlab.loyalty.model import (
    CARRY_OVER,
    MARKET,
    RIDGE,
    TERMS,
    TYPE_OF,
    WEIGHTS,
    Market,
    Scenes,
    buy,
    fit_terms,
    habits,
    scenes,
    weights_of,
)
from crmlab.loyalty.vignettes import TRANSCRIPTS

BRANDS = ("Lanwan", "Granary", "Laurel", "Meadow")
BRAND_ATTITUDE = {"Lanwan": 0.3, "Granary": -0.1, "Laurel": 0.3, "Meadow": -0.5}
PER_TYPE = 100
OCCASIONS = 60
WEIGHT_LOG_SD = 0.15
ITEMS = 3  # questions per brand
LOADING, ITEM_NOISE = 0.8, 0.6  # of an answer on the attitude; an answer is 4 + 1.5 times that, rounded
CHOICE_SECONDS = {"impulse": 14.0, "affective": 20.0, "cognitive": 75.0, "behavioural": 9.0}  # medians
CHOICE_LOG_SD = 0.4

N_RELATIONS = 600
SEEN_MONTHS = 96
LIFE_MONTHS = {"shape": 0.8, "scale": 30.0}  # Weibull: the longer it has lasted, the longer it will

# What W04.3 looks up: the confusion of truth and diagnosis for every setting of the watching.
LENGTHS = (20, 40, 60, 80, 100, 120)
STOCK_OUTS = (0.0, 0.08, 0.16)
PERSISTENCES = (0.3, 0.9, 1.0)
WATCHED_PER_TYPE = 100
QUIET_NEWS_SPREAD = 0.77  # standard deviation of the news within a choice where it is soon forgotten


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws others.

    Returns
    -------
    ``loyalty_market`` (1,200 rows), ``loyalty_choices`` (24,000), ``loyalty_survey`` (400), ``loyalty_relations``
    (600), ``loyalty_transcripts`` (80), ``loyalty_watching`` (1,728); columns and units in ``datasets/schema.toml``.
    """
    market = _market(student)
    people = _people(student)
    return {
        "loyalty_market": market,
        "loyalty_choices": _choices(market, people, student),
        "loyalty_survey": _survey(people, student),
        "loyalty_relations": _relations(student),
        "loyalty_transcripts": _transcripts(student),
        "loyalty_watching": _watching(student),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name.

    Examples
    --------
    >>> set(truth()["loyalty_choices"]["type"].value_counts())
    {100}
    """
    people = _people(student)
    coded = _coded(student)
    watching = {"weight_log_sd": WEIGHT_LOG_SD, "per_type": WATCHED_PER_TYPE}
    return {
        "loyalty_market": {"market": MARKET},
        "loyalty_choices": {
            "type": people["type"],
            "weights": people[list(TERMS)],
            "attitude": people[list(BRANDS)],
            "carry_over": CARRY_OVER,
        },
        "loyalty_survey": {"loading": LOADING, "noise": ITEM_NOISE, "choice_seconds": dict(CHOICE_SECONDS)},
        "loyalty_relations": dict(LIFE_MONTHS),
        "loyalty_transcripts": {"type": coded.set_index("transcript_id")["type"]},
        "loyalty_watching": watching,
    }


def _market(student: str) -> pd.DataFrame:
    """Draw what each district's wholesaler offers in each fortnight."""
    found = scenes(stream("loyalty", "market", student), len(DISTRICTS), OCCASIONS, MARKET)
    places = pd.DataFrame(
        list(product(DISTRICTS, range(1, OCCASIONS + 1), BRANDS)), columns=["district", "occasion", "brand"]
    )
    return places.assign(
        price=found.price.round(2).ravel(),
        promo=found.promo.astype("int64").ravel(),
        info=found.info.round(1).ravel(),
        available=found.available.astype("int64").ravel(),
    )


def _people(student: str) -> pd.DataFrame:
    """Draw the salons: type, weights of the five terms, true attitude to each brand, indexed by ``customer_id``."""
    draw = stream("loyalty", "people", student)
    chosen = np.sort(draw.choice(len(all_salons()), PER_TYPE * len(WEIGHTS), replace=False))
    salons = all_salons().iloc[chosen].set_index("salon_id").rename_axis("customer_id")
    types = draw.permutation(np.repeat(list(WEIGHTS), PER_TYPE))
    usual = np.array([weights_of(one) for one in types])
    weights = usual * np.exp(WEIGHT_LOG_SD * draw.standard_normal(usual.shape))
    liking = np.array(list(BRAND_ATTITUDE.values())) + draw.standard_normal((len(types), len(BRANDS)))
    return pd.DataFrame(
        np.c_[weights, MARKET.attitude_sd * liking], index=salons.index, columns=[*TERMS, *BRANDS]
    ).assign(type=types, district=salons["district"])


def _choices(market: pd.DataFrame, people: pd.DataFrame, student: str) -> pd.DataFrame:
    shape = (len(DISTRICTS), OCCASIONS, len(BRANDS))
    where = [list(DISTRICTS).index(district) for district in people["district"]]
    price, promo, info, available = (
        market[name].to_numpy().reshape(shape)[where] for name in ("price", "promo", "info", "available")
    )
    errors = stream("loyalty", "choices", student).gumbel(size=price.shape)
    bought, _ = buy(
        people[list(TERMS)].to_numpy(),
        people[list(BRANDS)].to_numpy(),
        Scenes(price, promo, info, available.astype(bool)),
        errors,
    )
    return pd.DataFrame(
        {
            "customer_id": np.repeat(people.index, OCCASIONS),
            "occasion": np.tile(np.arange(1, OCCASIONS + 1), len(people)),
            "chosen": np.array(BRANDS)[bought.ravel()],
        }
    )


def _survey(people: pd.DataFrame, student: str) -> pd.DataFrame:
    draw = stream("loyalty", "survey", student)
    table = pd.DataFrame({"customer_id": people.index})
    for brand in BRANDS:
        for number in range(1, ITEMS + 1):
            felt = LOADING * people[brand].to_numpy() + ITEM_NOISE * draw.standard_normal(len(people))
            table[f"{brand}_{number}"] = np.clip(np.rint(4 + 1.5 * felt), 1, 7).astype("int64")
    usual = people["type"].map(CHOICE_SECONDS).to_numpy(dtype=float)
    table["choice_seconds"] = np.rint(usual * np.exp(CHOICE_LOG_SD * draw.standard_normal(len(people)))).astype("int64")
    return table


def _relations(student: str) -> pd.DataFrame:
    draw = stream("loyalty", "relations", student)
    began = draw.integers(0, SEEN_MONTHS, N_RELATIONS)
    life = np.ceil(LIFE_MONTHS["scale"] * draw.weibull(LIFE_MONTHS["shape"], N_RELATIONS))
    seen = SEEN_MONTHS - began
    return pd.DataFrame(
        {
            "relation_id": [f"R{number:03d}" for number in range(1, N_RELATIONS + 1)],
            "months": np.minimum(life, seen).astype("int64"),
            "ended": (life <= seen).astype("int64"),
        }
    )


def _coded(student: str) -> pd.DataFrame:
    pairs = [(kind, text) for kind, texts in TRANSCRIPTS.items() for text in texts]
    order = stream("loyalty", "transcripts", student).permutation(len(pairs))
    return pd.DataFrame(
        {
            "transcript_id": [f"T{number:02d}" for number in range(1, len(pairs) + 1)],
            "text": [pairs[place][1].en for place in order],
            "text_zh": [pairs[place][1].zh for place in order],
            "type": [pairs[place][0] for place in order],
        }
    )


def _transcripts(student: str) -> pd.DataFrame:
    return _coded(student).drop(columns="type")


def _watching(student: str) -> pd.DataFrame:
    """Watch customers of known type under every setting; a longer watch goes on where the shorter one ended.

    The yardstick of importance is either the spread of each term while watching, or, for the news, that of a market in
    which news is soon forgotten.
    """
    rows = []
    types = list(WEIGHTS)
    for stock_out, persistence in product(STOCK_OUTS, PERSISTENCES):
        market = replace(MARKET, out_of_stock=stock_out, news_persistence=persistence)
        draw = stream("loyalty", "watching", f"{stock_out:g}", f"{persistence:g}", student)
        for (yardstick, length), counts in confusions(draw, market).items():
            rows += [
                (yardstick, stock_out, persistence, length, true, said, int(counts[i, j]))
                for (i, true), (j, said) in product(enumerate(types), repeat=2)
            ]
    columns = ["yardstick", "stock_out", "persistence", "occasions", "type", "diagnosed", "customers"]
    return pd.DataFrame(rows, columns=columns)


def confusions(draw: np.random.Generator, market: Market) -> dict[tuple[str, int], NDArray[np.int64]]:
    """Return by yardstick and length of watching how many customers of a type (row) got each diagnosis (column)."""
    types = np.repeat(np.arange(len(WEIGHTS)), WATCHED_PER_TYPE)
    weights = np.array([weights_of(one) for one in WEIGHTS])[types]
    weights = weights * np.exp(WEIGHT_LOG_SD * draw.standard_normal(weights.shape))
    liking = market.attitude_sd * draw.standard_normal((len(types), market.brands))
    scene = scenes(draw, len(types), max(LENGTHS), market)
    bought, _ = buy(weights, liking, scene, draw.gumbel(size=scene.price.shape))
    said = LOADING * liking + ITEM_NOISE * draw.standard_normal((ITEMS, *liking.shape)).mean(axis=0)
    chosen = np.eye(market.brands)[bought]
    real = np.ones(bought.shape, dtype=bool)
    felt = np.broadcast_to((said / said.std())[:, None, :], scene.price.shape)
    x = np.stack([scene.price, scene.promo, scene.info, felt, habits(chosen, real, CARRY_OVER)], axis=-1)
    named = [TERMS.index(next(term for term, kind in TYPE_OF.items() if kind == one)) for one in WEIGHTS]
    news = TERMS.index("info")
    found = {}
    for length in LENGTHS:
        coefficients, importance = fit_terms(
            x[:, :length], scene.available[:, :length], chosen[:, :length], real[:, :length], RIDGE
        )
        quiet = importance.copy()
        quiet[:, news] = np.abs(coefficients[:, news]) * QUIET_NEWS_SPREAD
        for yardstick, strength in (("watched", importance), ("quiet", quiet)):
            places = len(WEIGHTS) * types + strength[:, named].argmax(axis=1)
            found[yardstick, length] = np.bincount(places, minlength=len(WEIGHTS) ** 2).reshape(4, 4)
    return found
