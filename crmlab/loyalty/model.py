"""Loyalty: four types as four weightings of one choice model, diagnosed from a panel and broken by their own enemies.

Prices are in one currency per table; attitudes are in standard deviations of the population; shares are 0..1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.allocation import allocate as allocate  # shared with chapters 01 and 02
from crmlab.core.data import categorical, require, require_number, require_numbers, require_one_of, require_whole
from crmlab.core.survival import survival as survival  # shared with chapter 03


class LoyaltyType(StrEnum):
    """The four types of note 1, in its order; Oliver's order is cognitive, affective, conative (impulse), action."""

    IMPULSE = "impulse"
    AFFECTIVE = "affective"
    COGNITIVE = "cognitive"
    BEHAVIOURAL = "behavioural"


class LoyaltyClass(StrEnum):
    """Attitude and behaviour together (Dick & Basu 1994)."""

    LOYALTY = "loyalty"
    LATENT = "latent"
    SPURIOUS = "spurious"
    NONE = "none"


Shock = Literal["none", "promotion", "facts", "scandal", "stock_out"]
Offer = Literal["none", "discount", "facts", "care", "standing_order"]

TERMS = ("price", "promo", "info", "attitude", "habit")
#: Weight of each term in the utility of a brand, by type (kit's own values).
WEIGHTS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "impulse": {"price": -0.6, "promo": 2.2, "info": 0.3, "attitude": 0.3, "habit": 0.4},
        "affective": {"price": -0.3, "promo": 0.3, "info": 0.3, "attitude": 2.0, "habit": 0.4},
        "cognitive": {"price": -0.6, "promo": 0.3, "info": 2.0, "attitude": 0.3, "habit": 0.4},
        "behavioural": {"price": -0.3, "promo": 0.3, "info": 0.3, "attitude": 0.3, "habit": 4.0},
    }
)
#: Term -> type it names. The price names none: impulsive and well-informed customers both watch it.
TYPE_OF = MappingProxyType({"promo": "impulse", "attitude": "affective", "info": "cognitive", "habit": "behavioural"})
CARRY_OVER = 0.8  # of the loyalty variable; Guadagni & Little's coffee panel had .875
RIDGE = 0.5  # penalty on each squared coefficient
_TOLERANCE = 1e-10


# --- one equation ----------------------------------------------------------------------------------------------------


def loyalty_variable(
    choices: Sequence[Any],
    brands: Sequence[Any],
    carry_over: float = CARRY_OVER,
    start: Sequence[float] | Mapping[Any, float] | None = None,
) -> pd.DataFrame:
    """Follow a customer's habit: after each choice the old value keeps ``carry_over``, the bought brand gets the rest.

    Parameters
    ----------
    choices
        The brands bought, oldest first; may be empty.
    brands
        All brands, at least two.
    carry_over
        Lambda, 0..1: what is kept of the past.
    start
        Habit before the first choice, summing to 1; equal shares if not given.

    Returns
    -------
    One row per moment, 0 = before the first choice, n = after the nth; one column per brand. Each row sums to 1.

    Raises
    ------
    ValueError
        A choice is no brand of the list, the brands are not at least two different ones, the carry-over is outside
        0..1, or the start does not fit.

    References
    ----------
    Guadagni & Little (1983), A Logit Model of Brand Choice Calibrated on Scanner Data.

    Examples
    --------
    >>> loyalty_variable(["A", "A", "B"], ["A", "B"], carry_over=0.8).round(3)
               A      B
    after
    0      0.500  0.500
    1      0.600  0.400
    2      0.680  0.320
    3      0.544  0.456
    """
    names = list(brands)
    if len(names) < 2 or len(set(names)) != len(names):
        raise ValueError(f"brands is {names}; needed are at least two different brands.")
    keep = require_number("carry_over", carry_over, at_least=0, at_most=1)
    if start is None:
        habit = np.full(len(names), 1 / len(names))
    else:
        given = [start[name] for name in names] if isinstance(start, Mapping) else list(start)
        habit = require_numbers("start", given, at_least=0)
        if habit.shape != (len(names),) or abs(habit.sum() - 1) > 1e-9:
            raise ValueError(
                f"start holds {habit.size} shares that sum to {habit.sum():g}; needed is one per brand, sum 1."
            )
    rows = [habit]
    for place, brand in enumerate(choices):
        if brand not in names:
            raise ValueError(f"choices: number {place} is {brand!r}; allowed are {', '.join(map(repr, names))}.")
        habit = keep * habit
        habit[names.index(brand)] += 1 - keep
        rows.append(habit)
    return pd.DataFrame(rows, columns=names, index=pd.RangeIndex(len(rows), name="after"))


def choice_probabilities(utility: ArrayLike, available: ArrayLike | None = None) -> NDArray[np.float64]:
    """Return the chance of each brand: the multinomial logit.

    Parameters
    ----------
    utility
        Of each brand along the last axis, any number of axes before it.
    available
        True where a brand can be bought, in the shape of ``utility``; all if not given.

    Returns
    -------
    Chances in the shape of ``utility``; 0 where a brand is not available, each set sums to 1.

    Raises
    ------
    ValueError
        A number is missing, the shapes differ, or a set has no available brand.

    References
    ----------
    McFadden (1974), Conditional Logit Analysis of Qualitative Choice Behavior.

    Examples
    --------
    >>> choice_probabilities([0.0, 0.0, 9.0], available=[True, True, False])
    array([0.5, 0.5, 0. ])
    """
    worth = require_numbers("utility", utility)
    there = np.ones(worth.shape, dtype=bool) if available is None else np.asarray(available, dtype=bool)
    if there.shape != worth.shape:
        raise ValueError(f"available has the shape {there.shape} and utility {worth.shape}; needed is the same.")
    if not there.any(axis=-1).all():
        raise ValueError("available: a set has no brand to choose from; needed is at least one.")
    return _softmax(worth, there)


def _softmax(worth: NDArray[np.float64], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    shifted = np.where(there, worth, -np.inf)
    powers = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    found: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return found


# --- measures --------------------------------------------------------------------------------------------------------


def repeat_rate(choices: Sequence[Any]) -> float:
    """Return how often a customer buys again what she bought last.

    Parameters
    ----------
    choices
        The brands bought, oldest first, at least two: the first purchase repeats nothing.

    Raises
    ------
    ValueError
        There are fewer than two choices, or one is missing.

    Examples
    --------
    >>> repeat_rate(["A", "A", "B", "B", "B"])
    0.75
    """
    bought = pd.Series(list(choices), dtype=object)
    if len(bought) < 2:
        raise ValueError(f"choices has {len(bought)} purchases; a repeat needs at least two.")
    if bought.isna().any():
        raise ValueError(f"choices: number {bought.isna().idxmax()} is missing.")
    return float((bought.to_numpy()[1:] == bought.to_numpy()[:-1]).mean())


def share_of_requirements(own: ArrayLike, category: ArrayLike) -> Any:
    """Return which part of what a brand's customers buy of the category they buy of the brand.

    Parameters
    ----------
    own, category
        Purchases of the brand, and of the whole category by the same customers; numbers or arrays of one shape,
        ``category`` > 0 and at least ``own``.

    Returns
    -------
    0..1; a float, or an array for arrays.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Ehrenberg (1988), Repeat-Buying.

    Examples
    --------
    >>> share_of_requirements(6, 8)
    0.75
    """
    bought = require_numbers("own", own, at_least=0)
    needed = require_numbers("category", category, above=0)
    if bought.shape != needed.shape or np.any(bought > needed):
        raise ValueError("own is more than category, or of another length; own purchases are part of the category's.")
    return _plain(bought / needed)


def relative_attitude(attitudes: Mapping[Any, float] | pd.Series[float] | pd.DataFrame, brand: Any) -> Any:
    """Return how far the attitude to a brand is ahead of that to its best rival.

    Parameters
    ----------
    attitudes
        Attitude by brand of one customer, or a table with one row per customer and one column per brand.
    brand
        The brand.

    Returns
    -------
    Own attitude less the best rival's, in the unit given; a float, or a Series by customer. Negative when a rival is
    liked better.

    Raises
    ------
    ValueError
        The brand is not there, has no rival, or an attitude is missing.

    References
    ----------
    Dick & Basu (1994), Customer Loyalty: Toward an Integrated Conceptual Framework.

    Examples
    --------
    >>> relative_attitude({"Lanwan": 5.5, "Laurel": 6.0, "Granary": 3.0}, "Lanwan")
    -0.5
    """
    one = not isinstance(attitudes, pd.DataFrame)
    table = pd.DataFrame([dict(attitudes)]) if one else pd.DataFrame(attitudes)
    if brand not in table.columns or table.shape[1] < 2:
        raise ValueError(f"attitudes holds {list(table.columns)}; needed are {brand!r} and at least one rival.")
    numbers = require(table, list(table.columns), at_least=None, what="attitudes")
    ahead = numbers[brand] - numbers.drop(columns=brand).max(axis=1)
    return float(ahead.iloc[0]) if one else ahead.rename("relative_attitude")


def dick_basu(
    relative_attitude: ArrayLike, repeat: ArrayLike, attitude_cut: float = 0.0, repeat_cut: float = 0.5
) -> pd.Series[Any]:
    """Put attitude and behaviour together: who is loyal, who only seems so, who would be if she could.

    Parameters
    ----------
    relative_attitude
        Own attitude less the best rival's, one per customer.
    repeat
        Repeat patronage 0..1, one per customer.
    attitude_cut, repeat_cut
        A value above the first, and at least the second, is high.

    Returns
    -------
    Categorical with the index of the input: loyalty (both high), latent (attitude only), spurious (repeat only), none.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or the lengths differ.

    References
    ----------
    Dick & Basu (1994), Customer Loyalty: Toward an Integrated Conceptual Framework.

    Examples
    --------
    >>> list(dick_basu([1.0, 1.0, -1.0, -1.0], [0.9, 0.2, 0.9, 0.2]))
    ['loyalty', 'latent', 'spurious', 'none']
    """
    ahead = np.atleast_1d(require_numbers("relative_attitude", relative_attitude))
    again = np.atleast_1d(require_numbers("repeat", repeat, at_least=0, at_most=1))
    if ahead.shape != again.shape:
        raise ValueError(f"relative_attitude has {ahead.size} customers and repeat {again.size}; needed is the same.")
    likes = ahead > require_number("attitude_cut", attitude_cut)
    stays = again >= require_number("repeat_cut", repeat_cut, at_least=0, at_most=1)
    places = 2 * (~likes).astype(int) + (~stays).astype(int)
    return categorical(places, LoyaltyClass, like=relative_attitude, name="loyalty_class")


def elasticity(price_weight: ArrayLike, price: ArrayLike, share: ArrayLike) -> Any:
    """Return by how many percent the chance to buy moves when the own price rises by one percent.

    In the logit it is ``price_weight * price * (1 - share)``: those who buy anyway can hardly be lost or won.

    Parameters
    ----------
    price_weight
        Coefficient of the price [1 / currency].
    price
        >= 0 [currency].
    share
        Chance to buy now, 0..1.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Guadagni & Little (1983); Krishnamurthi & Raj (1991).

    Examples
    --------
    >>> elasticity(-0.6, 5, 0.25)
    -2.25
    """
    weight = require_numbers("price_weight", price_weight)
    money = require_numbers("price", price, at_least=0)
    chance = require_numbers("share", share, at_least=0, at_most=1)
    return _plain(weight * money * (1 - chance))


# --- diagnosis -------------------------------------------------------------------------------------------------------


def attitudes(survey: pd.DataFrame, brands: Sequence[str]) -> pd.DataFrame:
    """Turn answers on seven-point scales into one attitude per customer and brand.

    Parameters
    ----------
    survey
        Indexed by customer; for each brand the columns ``<brand>_1``, ``<brand>_2``, ... with answers 1 to 7. A missing
        answer is left out of the mean.
    brands
        The brands.

    Returns
    -------
    One column per brand: the mean answer, less 4 and divided by the standard deviation of all such means.

    Raises
    ------
    ValueError
        A brand has no column, an answer is outside 1..7, or a customer has answered no question on a brand; the message
        names it.

    Examples
    --------
    >>> survey = pd.DataFrame({"A_1": [7, 1], "A_2": [5, 3], "B_1": [4, 4], "B_2": [4, 4]}, index=["Ann", "Bo"])
    >>> attitudes(survey, ["A", "B"]).round(2)
            A    B
    Ann  1.41  0.0
    Bo  -1.41  0.0
    """
    means = {}
    for brand in brands:
        items = [column for column in survey.columns if str(column).rpartition("_")[0] == brand]
        if not items:
            raise ValueError(f"survey: brand {brand!r} has no column; needed is at least {brand}_1.")
        answers = survey[items].astype(float)
        odd = answers.lt(1) | answers.gt(7)
        if odd.to_numpy().any():
            who: Any = odd.any(axis=1).idxmax()
            raise ValueError(f"survey: customer {who!r} answers outside 1 to 7 on brand {brand!r}.")
        means[brand] = answers.mean(axis=1)
        if means[brand].isna().any():
            raise ValueError(f"survey: customer {means[brand].isna().idxmax()!r} has no answer on brand {brand!r}.")
    table = pd.DataFrame(means) - 4
    spread = float(table.to_numpy().std())
    return table / spread if spread else table


def join_panel(
    choices: pd.DataFrame, market: pd.DataFrame, liking: pd.DataFrame, offered_in: pd.Series[Any]
) -> pd.DataFrame:
    """Put beside each choice what the customer could have bought instead: the table that :func:`diagnose` reads.

    Parameters
    ----------
    choices
        One row per purchase: ``customer_id``, ``occasion``, ``chosen`` (a brand).
    market
        One row per place, occasion and brand: ``district``, ``occasion``, ``brand`` and what was true of the brand then
        (``price``, ``promo``, ``info``, ``available``).
    liking
        Attitude by customer (index) and brand (columns), as :func:`attitudes` returns it.
    offered_in
        Place of each customer, indexed by customer.

    Returns
    -------
    One row per purchase and brand, with ``attitude`` and ``chosen`` (0 or 1) added.

    Raises
    ------
    ValueError
        A column is missing, a row stands there twice, a customer has no place or no attitude, a place has no offers at
        an occasion, or the chosen brand was not offered; the message names the first one.
    """
    _each_once("choices", choices, ["customer_id", "occasion"], also=["chosen"])
    _each_once("market", market, ["district", "occasion", "brand"])
    for what, index in (("liking", liking.index), ("offered_in", offered_in.index)):
        if index.has_duplicates:
            raise ValueError(f"{what}: customer {index[index.duplicated()][0]!r} stands there more than once.")
    bought = choices[["customer_id", "occasion", "chosen"]].assign(district=choices["customer_id"].map(offered_in))
    for missing, words in (
        (bought["district"].isna(), "has no place"),
        (~bought["customer_id"].isin(liking.index), "has no attitude"),
    ):
        if missing.any():
            raise ValueError(f"choices: customer {bought['customer_id'].iloc[int(missing.argmax())]!r} {words}.")
    long = liking.rename_axis("customer_id").reset_index().melt("customer_id", var_name="brand", value_name="attitude")
    table = bought.merge(market, on=["district", "occasion"], how="left").merge(
        long, on=["customer_id", "brand"], how="left"
    )
    for missing, words in (
        (table["brand"].isna(), "nothing was offered"),
        (table["brand"].notna() & table["attitude"].isna(), "a brand was offered that has no attitude"),
    ):
        if missing.any():
            row = table.iloc[int(missing.argmax())]
            raise ValueError(f"choices: customer {row['customer_id']!r}, occasion {row['occasion']}: {words}.")
    table["chosen"] = (table["chosen"] == table["brand"]).astype(int)
    once = table.groupby(["customer_id", "occasion"], sort=False)["chosen"].sum()
    if (once != 1).any():
        where: Any = once.index[int((once != 1).argmax())]
        raise ValueError(f"choices: customer {where[0]!r}, occasion {where[1]}: the chosen brand was not offered.")
    return table


def _each_once(what: str, table: pd.DataFrame, key: list[str], also: Sequence[str] = ()) -> None:
    missing = [name for name in (*key, *also) if name not in table.columns]
    if missing:
        raise ValueError(f"{what}: column {missing[0]!r} is missing; needed are {', '.join((*key, *also))}.")
    twice = table.duplicated(key)
    if twice.any():
        row = table.iloc[int(twice.to_numpy().argmax())]
        named = ", ".join(f"{name.removesuffix('_id')} {row[name]!r}" for name in key)
        raise ValueError(f"{what}: {named}, stands there more than once.")


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What moves each customer's choices.

    Attributes
    ----------
    type
        The diagnosed type of each customer, a categorical.
    importance
        One row per customer, one column per term: size of the coefficient times the mean spread of the term within a
        choice [utility].
    mix
        One row per customer, one column per type: the softmax of the importance, since real people mix types.
    coefficients
        The penalised logit coefficients behind it.
    separated
        True for customers who always bought one and the same brand: no likelihood has a best value there, and only the
        penalty keeps the coefficients finite.
    """

    type: pd.Series[Any]
    importance: pd.DataFrame
    mix: pd.DataFrame
    coefficients: pd.DataFrame
    separated: pd.Series[bool]


def diagnose(panel: pd.DataFrame, carry_over: float = CARRY_OVER, ridge: float = RIDGE) -> Diagnosis:
    """Fit one penalised logit per customer and name the term that moves her choices most.

    All customers are fitted at once, by Newton's method on arrays.

    Parameters
    ----------
    panel
        One row per customer, occasion and brand: ``customer_id``, ``occasion`` (a number that rises), ``brand``,
        ``price``, ``promo``, ``info``, ``attitude``, ``chosen`` (0 or 1, one 1 per occasion) and, if brands are
        sometimes out of stock, ``available`` (0 or 1). Every customer meets every brand on each of her occasions.
    carry_over
        Of the loyalty variable that stands for habit.
    ridge
        Penalty on each squared coefficient, > 0.

    Returns
    -------
    Types, importance, mix and coefficients by customer, in sorted order. Of promotion (impulse), attitude (affective),
    information (cognitive) and habit (behavioural) the most important one names the type; the price names none.

    Raises
    ------
    ValueError
        A column or number is missing, a chosen brand was not available, an occasion has not exactly one choice, there
        is one brand only, or a customer has one occasion only; the message names customer and occasion.

    References
    ----------
    Guadagni & Little (1983), A Logit Model of Brand Choice Calibrated on Scanner Data; le Cessie & van Houwelingen
    (1992), Ridge Estimators in Logistic Regression.
    """
    penalty = require_number("ridge", ridge, above=0)
    x, there, chosen, real, customers = _arrays(panel, carry_over)
    coefficients, importance_of = fit_terms(x, there, chosen, real, penalty)
    importance = pd.DataFrame(importance_of, index=customers, columns=list(TERMS))
    labels = [str(label) for label in LoyaltyType]
    strength = importance[list(TYPE_OF)].rename(columns=TYPE_OF)[labels]
    first = chosen.argmax(axis=2)
    always: Any = np.where(real, first == first[:, :1], True).all(axis=1)
    return Diagnosis(
        type=categorical(strength.to_numpy().argmax(axis=1), labels, like=importance, name="type"),
        importance=importance,
        mix=pd.DataFrame(choice_probabilities(strength), index=customers, columns=labels),
        coefficients=pd.DataFrame(coefficients, index=customers, columns=list(TERMS)),
        separated=pd.Series(always, index=customers, name="separated"),
    )


Arrays = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64], NDArray[np.bool_], Any]


def _arrays(panel: pd.DataFrame, carry_over: float) -> Arrays:
    """Return the panel as arrays: terms (customer, occasion, brand, term), available, chosen, and real occasions."""
    given = pd.DataFrame(panel)
    for column in ("customer_id", "occasion", "brand"):
        if column not in given.columns:
            raise ValueError(
                f"panel: column {column!r} is missing; needed are customer_id, occasion, brand and the terms."
            )
    terms = TERMS[:-1]
    numbers = require(given, (*terms, "chosen"), at_least=None, what="panel")
    numbers["available"] = (
        require(given, ("available",), what="panel")["available"] if "available" in given.columns else 1.0
    )
    who, names = pd.factorize(given["customer_id"], sort=True)
    brand, labels = pd.factorize(given["brand"], sort=True)
    customers, brands = names.tolist(), labels.tolist()
    if len(brands) < 2:
        raise ValueError(f"panel: there is one brand only, {brands[0]!r}; a choice needs at least two.")
    times = given.groupby("customer_id")["occasion"].rank(method="dense").astype("int64").to_numpy() - 1
    shape = (len(customers), int(times.max()) + 1, len(brands))
    rows = np.bincount((who * shape[1] + times) * shape[2] + brand, minlength=np.prod(shape)).reshape(shape)
    real: NDArray[np.bool_] = np.asarray(rows.any(axis=2))
    if np.any(rows[real] != 1):
        place = np.argwhere((rows != 1) & real[..., None])[0]
        raise ValueError(
            f"panel: customer {customers[place[0]]!r}, occasion {place[1] + 1}: brand {brands[place[2]]!r} stands "
            f"there {rows[tuple(place)]} times; needed is once."
        )
    if (real.sum(axis=1) < 2).any():
        alone = customers[int((real.sum(axis=1) < 2).argmax())]
        raise ValueError(f"panel: customer {alone!r} has one occasion only; a habit needs at least two.")
    x = np.zeros((*shape, len(TERMS)))
    there, chosen = np.zeros(shape, dtype=bool), np.zeros(shape)
    x[who, times, brand, : len(terms)] = numbers[list(terms)].to_numpy()
    there[who, times, brand] = numbers["available"].to_numpy() > 0
    chosen[who, times, brand] = numbers["chosen"].to_numpy()
    _one_available_choice(chosen, there, real, customers)
    x[..., -1] = habits(chosen, real, require_number("carry_over", carry_over, at_least=0, at_most=1))
    there[~real] = True  # padding: all brands alike, and the occasion does not count
    x[~real] = 0.0
    return x, there, chosen, real, pd.Index(customers, name="customer_id")


def habits(chosen: NDArray[np.float64], real: NDArray[np.bool_], carry_over: float) -> NDArray[np.float64]:
    """Return the loyalty variable before each choice, in the shape of ``chosen`` (customer, occasion, brand)."""
    found = np.empty(chosen.shape)
    habit = np.full((chosen.shape[0], chosen.shape[2]), 1 / chosen.shape[2])
    for time in range(chosen.shape[1]):
        found[:, time] = habit
        habit = np.where(real[:, time, None], carry_over * habit + (1 - carry_over) * chosen[:, time], habit)
    return found


def _one_available_choice(
    chosen: NDArray[np.float64], there: NDArray[np.bool_], real: NDArray[np.bool_], customers: Any
) -> None:
    wrong = real & ~(np.isin(chosen, (0, 1)).all(axis=2) & (chosen.sum(axis=2) == 1))
    gone = real & ((chosen > 0) & ~there).any(axis=2)
    for fault, words in (
        (wrong, "has not exactly one chosen brand"),
        (gone, "has a chosen brand that was not available"),
    ):
        if fault.any():
            customer, time = np.argwhere(fault)[0]
            raise ValueError(f"panel: customer {customers[customer]!r}, occasion {time + 1}, {words}.")


def fit_terms(
    x: NDArray[np.float64],
    there: NDArray[np.bool_],
    chosen: NDArray[np.float64],
    real: NDArray[np.bool_],
    ridge: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coefficients and importance (customer, term) from arrays: :func:`diagnose` without its table.

    ``x`` is (customer, occasion, brand, term); ``there`` and ``chosen`` say which brands could be and were bought,
    ``real`` which occasions count.
    """
    coefficients = _fit_all(x, there, chosen, real, ridge)
    return coefficients, np.abs(coefficients) * _within_set_sd(x, there, real)


def _fit_all(
    x: NDArray[np.float64],
    there: NDArray[np.bool_],
    chosen: NDArray[np.float64],
    real: NDArray[np.bool_],
    ridge: float,
) -> NDArray[np.float64]:
    """Maximise each customer's log-likelihood less ``ridge / 2`` times the squared coefficients, all at once."""
    customers, _, _, count = x.shape
    flat = x.reshape(customers, -1, count)
    turned = np.ascontiguousarray(flat.transpose(0, 2, 1))  # (customer, term, occasion and brand)
    beta = np.zeros((customers, count))
    counts = real.astype(float)[..., None]
    for _ in range(100):
        chance = counts * _softmax((flat @ beta[..., None]).reshape(there.shape), there)
        slope = (turned @ (counts * chosen - chance).reshape(customers, -1, 1))[..., 0] - ridge * beta
        # Covariance of the terms within each choice: second moments less the products of the means.
        mean = (chance[..., None, :] @ x)[..., 0, :]
        moments = (turned * chance.reshape(customers, 1, -1)) @ flat
        bend = moments - mean.transpose(0, 2, 1) @ mean + ridge * np.eye(count)
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        # The penalised likelihood is concave; a long first step is shortened so that it never overshoots.
        step /= np.maximum(1.0, np.abs(step).max(axis=1, keepdims=True) / 4.0)
        beta = beta + step
        if np.abs(step).max() < _TOLERANCE:
            break
    return beta


def _within_set_sd(x: NDArray[np.float64], there: NDArray[np.bool_], real: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how much each term varies between the brands of a choice, on average over a customer's occasions."""
    here = (there & real[..., None]).astype(float)[..., None]
    size = np.maximum(here.sum(axis=2), 1)
    mean = (here * x).sum(axis=2) / size
    sd = np.sqrt((here * (x - mean[:, :, None, :]) ** 2).sum(axis=2) / size)
    found: NDArray[np.float64] = (sd * real[..., None]).sum(axis=1) / real.sum(axis=1)[:, None]
    return found


# --- stress ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Market:
    """How much prices, promotions, news and stocks move (kit's own values).

    Attributes
    ----------
    brands
        How many.
    price, price_sd
        Usual price and how far it moves [currency].
    promo_share, promo_cut
        How often a brand is on promotion, and by how much its price is then lower [currency].
    news_sd, news_persistence
        Spread of the news on quality, and how much of it lasts to the next occasion (0..1).
    out_of_stock
        How often a brand is missing, 0..1.
    attitude_sd
        Spread of true attitudes between brands.
    """

    brands: int = 4
    price: float = 5.0
    price_sd: float = 0.5
    promo_share: float = 0.3
    promo_cut: float = 1.0
    news_sd: float = 1.0
    news_persistence: float = 0.3
    out_of_stock: float = 0.08
    attitude_sd: float = 1.0

    def __post_init__(self) -> None:
        require_whole("brands", self.brands, at_least=2)


MARKET = Market()
WALK_STEP = 0.4  # of news that never fades: a random walk


@dataclass(frozen=True, eq=False)
class Scenes:
    """Simulated occasions.

    Attributes
    ----------
    price, promo, info
        (customer, occasion, brand).
    available
        True where a brand is in stock; every occasion has at least two.
    """

    price: NDArray[np.float64]
    promo: NDArray[np.float64]
    info: NDArray[np.float64]
    available: NDArray[np.bool_]


def scenes(draw: np.random.Generator, customers: int, occasions: int, market: Market = MARKET) -> Scenes:
    """Draw prices, promotions, news and stocks; the news follows a first-order autoregression."""
    shape = (customers, occasions, market.brands)
    promo = (draw.random(shape) < market.promo_share).astype(float)
    price = market.price + market.price_sd * draw.standard_normal(shape) - market.promo_cut * promo
    keep = market.news_persistence
    step = np.sqrt(1 - keep**2) if keep < 1 else WALK_STEP
    shocks = draw.standard_normal(shape)
    info = np.empty(shape)
    info[:, 0] = shocks[:, 0]
    for time in range(1, occasions):
        info[:, time] = keep * info[:, time - 1] + step * shocks[:, time]
    missing = draw.random(shape)
    # At least two brands are always there: of the others only those whose draw is small are missing.
    available = (missing >= market.out_of_stock) | (missing >= np.sort(missing, axis=2)[..., [-2]])
    return Scenes(price, promo, market.news_sd * info, available)


def buy(
    weights: NDArray[np.float64],
    attitude: NDArray[np.float64],
    scene: Scenes,
    gumbel: NDArray[np.float64],
    carry_over: float = CARRY_OVER,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Let customers choose, occasion by occasion.

    Parameters
    ----------
    weights
        (customer, term), terms as in ``TERMS``.
    attitude
        (customer, brand).
    scene
        The occasions.
    gumbel
        Errors (customer, occasion, brand).

    Returns
    -------
    Brand chosen (customer, occasion), and habit after the last occasion (customer, brand).
    """
    customers, occasions, brands = scene.price.shape
    habit = np.full((customers, brands), 1 / brands)
    bought = np.empty((customers, occasions), dtype=np.int64)
    fixed = (
        weights[:, None, None, 0] * scene.price
        + weights[:, None, None, 1] * scene.promo
        + weights[:, None, None, 2] * scene.info
        + (weights[:, 3, None] * attitude)[:, None, :]
        + gumbel
    )
    rows = np.arange(customers)
    for time in range(occasions):
        worth = np.where(scene.available[:, time], fixed[:, time] + weights[:, 4, None] * habit, -np.inf)
        bought[:, time] = worth.argmax(axis=1)
        habit = carry_over * habit
        habit[rows, bought[:, time]] += 1 - carry_over
    return bought, habit


def stress(
    who: str | Mapping[str, float],
    shock: Shock = "none",
    size: float = 1.0,
    offer: Offer = "none",
    *,
    customers: int = 1000,
    warm_up: int = 30,
    market: Market = MARKET,
    seed: int = 0,
) -> float:
    """Return the chance that a customer stays with her brand when something happens.

    Customers with these weights first buy for a while; their brand is the one they bought last. Then comes one occasion
    with equal news, usual prices, full shelves and no promotion, but for the shock and the own brand's offer.

    Parameters
    ----------
    who
        A type, or weights of the five terms.
    shock
        ``promotion``: all rivals are on promotion; ``facts``: all rivals have better news, by 1.5; ``scandal``: the own
        brand loses 1.5 of attitude; ``stock_out``: three purchases elsewhere are forced before the occasion.
    size
        Times the shock; of ``stock_out``, times three purchases, rounded.
    offer
        ``discount``: the own brand is on promotion; ``facts``: its news is better by 1; ``care``: it is liked better by
        1; ``standing_order``: its next three deliveries come by themselves before the occasion (after a stock-out).
    customers, warm_up, market, seed
        The simulation behind it.

    Returns
    -------
    Mean chance to choose the own brand at that occasion, 0..1.

    Raises
    ------
    ValueError
        The type, the shock, the offer or a term is unknown, or a number is outside its limits.

    References
    ----------
    Oliver (1999), Whence Consumer Loyalty?, names the vulnerability of each stage; the numbers are the kit's own.

    Examples
    --------
    >>> stress("affective") > stress("affective", "scandal")
    True
    """
    weights = tuple(weights_of(who).tolist())
    require_one_of("shock", shock, get_args(Shock))
    require_one_of("offer", offer, get_args(Offer))
    force = require_number("size", size, at_least=0)
    count = require_whole("customers", customers, at_least=1)
    attitude, habit, own = _customers_of(weights, count, require_whole("warm_up", warm_up, at_least=1), market, seed)
    price, promo, info, liking, _ = weights
    rows, is_own = np.arange(count), np.eye(market.brands)[own]
    elsewhere = np.eye(market.brands)[(own + 1) % market.brands]
    if shock == "stock_out":
        habit = _after(habit, elsewhere, round(3 * force))
    if offer == "standing_order":
        habit = _after(habit, is_own, 3)
    worth = liking * attitude + weights[4] * habit
    on_promotion = promo - price * market.promo_cut
    lead = {"discount": on_promotion, "facts": info, "care": liking}.get(offer, 0.0)
    lead -= force * {"promotion": on_promotion, "facts": 1.5 * info, "scandal": 1.5 * liking}.get(shock, 0.0)
    chance = _softmax(worth + lead * is_own, np.ones(worth.shape, dtype=bool))
    return float(chance[rows, own].mean())


def _after(habit: NDArray[np.float64], bought: NDArray[np.float64], times: int) -> NDArray[np.float64]:
    """Return habit after buying the same so many times."""
    kept = CARRY_OVER**times
    return kept * habit + (1 - kept) * bought


@lru_cache(maxsize=64)
def _customers_of(
    weights: tuple[float, ...], count: int, warm_up: int, market: Market, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return attitude and habit (customer, brand) and the last brand of customers who have bought for a while."""
    draw = np.random.default_rng(seed)
    attitude = market.attitude_sd * draw.standard_normal((count, market.brands))
    scene = scenes(draw, count, warm_up, market)
    many = np.broadcast_to(np.array(weights), (count, len(TERMS)))
    bought, habit = buy(many, attitude, scene, draw.gumbel(size=scene.price.shape))
    return attitude, habit, bought[:, -1]


def weights_of(who: str | Mapping[str, float]) -> NDArray[np.float64]:
    """Return the five weights of a type, or check given ones.

    Raises
    ------
    ValueError
        The type is unknown, or a term is missing or no number.

    Examples
    --------
    >>> weights_of("behavioural")
    array([-0.3,  0.3,  0.3,  0.3,  4. ])
    """
    if isinstance(who, Mapping):
        if set(who) != set(TERMS):
            raise ValueError(f"weights has {', '.join(map(str, who))}; needed are {', '.join(TERMS)}.")
        return require_numbers("weights", [who[term] for term in TERMS])
    require_one_of("type", who, tuple(WEIGHTS))
    return np.array([WEIGHTS[who][term] for term in TERMS])


# --- switching and satisfaction --------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ColomboMorrison:
    """Who moves where, and where that ends.

    Attributes
    ----------
    transition
        Chance to buy the column's brand after the row's.
    steady_state
        Long-run share of each brand.
    """

    transition: pd.DataFrame
    steady_state: pd.Series[float]


def colombo_morrison(loyal: Mapping[Any, float] | Sequence[float], preference: Sequence[float]) -> ColomboMorrison:
    """Split each brand's buyers into loyal ones, who stay, and others, who choose by preference.

    Parameters
    ----------
    loyal
        Share of each brand's buyers that is loyal, 0..1; a mapping names the brands.
    preference
        Share that each brand gets of those who choose freely; sums to 1.

    Returns
    -------
    ``transition``: ``p_jj = a_j + (1 - a_j) pi_j``, ``p_ij = (1 - a_i) pi_j``; ``steady_state``: shares that such moves
    leave unchanged. A brand with only loyal buyers keeps all that come to it.

    Raises
    ------
    ValueError
        The lengths differ, a number is outside 0..1, the preferences do not sum to 1, or more than one brand has only
        loyal buyers, so that the long run depends on the start.

    References
    ----------
    Colombo & Morrison (1989), A Brand Switching Model with Implications for Marketing Strategies.

    Examples
    --------
    >>> found = colombo_morrison([0.7, 0.5, 0.3], [0.5, 0.3, 0.2])
    >>> found.steady_state.round(3).tolist()
    [0.653, 0.235, 0.112]
    """
    names = list(loyal) if isinstance(loyal, Mapping) else list(range(1, len(loyal) + 1))
    stay = require_numbers(
        "loyal", list(loyal.values()) if isinstance(loyal, Mapping) else list(loyal), at_least=0, at_most=1
    )
    wish = require_numbers("preference", list(preference), at_least=0, at_most=1)
    if stay.shape != wish.shape or stay.size < 2:
        raise ValueError(f"loyal has {stay.size} brands and preference {wish.size}; needed is the same, at least two.")
    if abs(wish.sum() - 1) > 1e-9:
        raise ValueError(f"preference sums to {wish.sum():g}; allowed is a sum of 1.")
    if (stay == 1).sum() > 1:
        raise ValueError("loyal: more than one brand has only loyal buyers; the long run then depends on the start.")
    moves = np.outer(1 - stay, wish) + np.diag(stay)
    if (stay == 1).any():
        shares = (stay == 1).astype(float) if wish[stay == 1][0] > 0 else np.full(stay.size, np.nan)
        if np.isnan(shares).any():
            raise ValueError("loyal: a brand with only loyal buyers that nobody prefers is never reached.")
    else:
        # Each brand loses (1 - a_j) of its buyers and gets pi_j of all who are free: shares go with pi_j / (1 - a_j).
        free = wish / (1 - stay)
        shares = free / free.sum()
    return ColomboMorrison(
        transition=pd.DataFrame(moves, index=names, columns=names),
        steady_state=pd.Series(shares, index=names, name="share"),
    )


def satisfaction_to_loyalty(
    satisfaction: ArrayLike, competition: float = 2.0, switching_cost: float = 0.0, threshold: float = 4.0
) -> NDArray[np.float64]:
    """Return the chance to stay at a level of satisfaction, in a market with so much competition.

    Parameters
    ----------
    satisfaction
        On a scale from 1 to 5.
    competition
        How steeply loyalty answers, >= 0; near 0 in a monopoly, 3 where leaving is one click.
    switching_cost
        What leaving costs, >= 0 [utility].
    threshold
        Satisfaction at which a customer without switching cost is as likely to leave as to stay.

    Returns
    -------
    ``1 / (1 + exp(-(competition * (satisfaction - threshold) + switching_cost)))``, 0..1.

    Raises
    ------
    ValueError
        A number is missing or outside its limits.

    References
    ----------
    Jones & Sasser (1995), Why Satisfied Customers Defect; the curves are theirs, the formula is ours.

    Examples
    --------
    >>> satisfaction_to_loyalty([3, 4, 5], competition=3).round(2)
    array([0.05, 0.5 , 0.95])
    """
    level = np.atleast_1d(require_numbers("satisfaction", satisfaction, at_least=1, at_most=5))
    steep = require_number("competition", competition, at_least=0)
    cost = require_number("switching_cost", switching_cost, at_least=0)
    middle = require_number("threshold", threshold)
    return np.asarray(1 / (1 + np.exp(-(steep * (level - middle) + cost))))


def _plain(numbers: NDArray[np.float64]) -> Any:
    return float(numbers) if numbers.ndim == 0 else numbers
