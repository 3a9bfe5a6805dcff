"""Customer-delivered value: what a customer gains from an offer less what it costs her in money, time and effort.

Money is in one currency per table; hours are hours per order; weights of value components sum to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.data import require, require_number, require_numbers

VALUES = ("product_value", "service_value", "personnel_value", "image_value")
COSTS = ("monetary_cost", "time_cost", "physical_cost", "psychic_cost")
ATTRIBUTES = ("product", "service", "personnel", "image", "hours", "physical", "psychic")
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)  # n = 1..10, Saaty (1980)
_SAME = 1e-9  # differences below this are arithmetic, not preference


def deliver(offers: pd.DataFrame) -> pd.DataFrame:
    """Total the four values and four costs of each offer and take the difference.

    Parameters
    ----------
    offers
        One row per offer; the columns of ``VALUES`` and ``COSTS``, each >= 0 [currency per order].

    Returns
    -------
    Same index: ``total_value``, ``total_cost``, ``delivered_value`` [currency per order], ``ratio`` of value to cost
    (infinite where the cost is 0), ``rank`` by delivered value (1 = best; ties share the better rank).

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or negative; the message names it.

    References
    ----------
    Kotler, Marketing Management: customer-delivered value is the difference; the ratio is a second view.

    Examples
    --------
    >>> from crmlab.core.data import load
    >>> deliver(load("delivered_value_offers").set_index("supplier"))[["delivered_value", "rank"]]
              delivered_value  rank
    supplier
    Granary              56.0     1
    Lanwan               34.0     3
    Laurel               50.0     2
    """
    amounts = require(offers, VALUES + COSTS)
    numbers = amounts.to_numpy()
    total_value = numbers[:, : len(VALUES)].sum(axis=1)
    total_cost = numbers[:, len(VALUES) :].sum(axis=1)
    delivered_value = total_value - total_cost
    ratio = np.divide(total_value, total_cost, out=np.full(len(numbers), np.inf), where=total_cost > 0)
    return pd.DataFrame(
        {
            "total_value": total_value,
            "total_cost": total_cost,
            "delivered_value": delivered_value,
            "ratio": ratio,
            "rank": pd.Series(delivered_value.round(9)).rank(ascending=False, method="min").to_numpy("int64"),
        },
        index=amounts.index,
    )


# --- time ------------------------------------------------------------------------------------------------------------


def switch_wage(price_1: ArrayLike, hours_1: ArrayLike, price_2: ArrayLike, hours_2: ArrayLike) -> Any:
    """Return the value of an hour at which two offers, equal in all but price and hours, cost the same.

    Above it the offer with fewer hours is better, below it the other. A negative result means that one offer is both
    dearer and slower, so that no customer is indifferent.

    Parameters
    ----------
    price_1, price_2
        Prices >= 0 [currency]; numbers or arrays of one shape.
    hours_1, hours_2
        Hours >= 0 the customer spends on the offer.

    Returns
    -------
    ``(price_2 - price_1) / (hours_1 - hours_2)`` [currency per hour]; a float, or an array for arrays.

    Raises
    ------
    ValueError
        The hours are equal, or a number is missing or negative; the message names it.

    References
    ----------
    Becker (1965), A Theory of the Allocation of Time.

    Examples
    --------
    >>> switch_wage(80, 3, 110, 0.5)
    12.0
    """
    p_1, h_1, p_2, h_2 = _aligned(
        price_1=require_numbers("price_1", price_1, at_least=0),
        hours_1=require_numbers("hours_1", hours_1, at_least=0),
        price_2=require_numbers("price_2", price_2, at_least=0),
        hours_2=require_numbers("hours_2", hours_2, at_least=0),
    )
    saved = h_1 - h_2
    if np.any(saved == 0):
        raise ValueError("hours_1 and hours_2 are equal, so no value of time changes the order of the two offers.")
    return _plain((p_2 - p_1) / saved)


def delivered_by_wage(offers: pd.DataFrame, wages: ArrayLike) -> pd.DataFrame:
    """Return the delivered value of each offer for customers who value an hour differently.

    Parameters
    ----------
    offers
        One row per offer; ``VALUES``, ``monetary_cost``, ``physical_cost``, ``psychic_cost`` [currency per order] and
        ``hours`` [hours per order], each >= 0. A ``time_cost`` column is not used.
    wages
        Values of time >= 0 [currency per hour].

    Returns
    -------
    One row per wage, one column per offer [currency per order].

    Raises
    ------
    ValueError
        A column is missing, or a number is missing or negative; the message names it.

    References
    ----------
    Becker (1965), A Theory of the Allocation of Time.

    Examples
    --------
    >>> from crmlab.core.data import load
    >>> delivered_by_wage(load("delivered_value_offers").set_index("supplier"), [12, 40])
    supplier  Granary  Lanwan  Laurel
    wage
    12.0         56.0    34.0    50.0
    40.0        -28.0    20.0     8.0
    """
    height, slope = _lines(offers)
    hourly = np.atleast_1d(require_numbers("wages", wages, at_least=0))
    return pd.DataFrame(
        height.to_numpy() - np.outer(hourly, slope),
        index=pd.Index(hourly, name="wage"),
        columns=height.index,
    )


def wage_segments(offers: pd.DataFrame) -> pd.DataFrame:
    """Cut the values of time into intervals, each with the offer that delivers most there.

    Parameters
    ----------
    offers
        As in :func:`delivered_by_wage`.

    Returns
    -------
    From the lowest wage up: ``from_wage``, ``to_wage`` [currency per hour; the last is infinite], ``winner`` (the
    offer's label). Of two offers that are equal throughout the first one wins; an offer that wins nowhere is absent.

    Raises
    ------
    ValueError
        There is no offer, a column is missing, or a number is missing or negative; the message names it.

    Examples
    --------
    >>> from crmlab.core.data import load
    >>> wage_segments(load("delivered_value_offers").set_index("supplier"))
       from_wage  to_wage   winner
    0        0.0     16.0  Granary
    1       16.0     28.0   Laurel
    2       28.0      inf   Lanwan
    """
    lines = _lines(offers)
    labels, height, slope = lines[0].index, lines[0].round(9).to_numpy(), lines[1].to_numpy()
    if not height.size:
        raise ValueError("offers: there is no row; needed is at least one offer.")
    winner = int(np.lexsort((slope, -height))[0])
    edges, winners = [0.0], [winner]
    while (faster := slope < slope[winner]).any():
        crossing = np.full(height.size, np.inf)
        crossing[faster] = (height[winner] - height[faster]) / (slope[winner] - slope[faster])
        edge = crossing.min()
        ties = np.flatnonzero(crossing <= edge + _SAME)
        winner = int(ties[slope[ties].argmin()])
        edges.append(float(edge))
        winners.append(winner)
    return pd.DataFrame({"from_wage": edges, "to_wage": [*edges[1:], np.inf], "winner": labels[winners]})


def _lines(offers: pd.DataFrame) -> tuple[pd.Series[float], pd.Series[float]]:
    """Delivered value before time, and hours: the height at wage 0 and the slope of each offer's line."""
    other_costs = [cost for cost in COSTS if cost != "time_cost"]
    amounts = require(offers, [*VALUES, *other_costs, "hours"])
    numbers = amounts.to_numpy()
    height = numbers[:, : len(VALUES)].sum(axis=1) - numbers[:, len(VALUES) : -1].sum(axis=1)
    return pd.Series(height, index=amounts.index), amounts["hours"]


# --- weights from paired comparisons ---------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class AHP:
    """Weights from paired comparisons and how consistent the comparisons are; made by :func:`ahp`.

    Attributes
    ----------
    weights
        One per criterion, summing to 1.
    lambda_max
        The largest eigenvalue; n when perfectly consistent.
    consistency_index
        ``(lambda_max - n) / (n - 1)``.
    consistency_ratio
        The index over its mean for random judgements; Saaty accepts up to 0.10.
    worst_pair
        The comparison that departs most from the ratio of its two weights, the first of several; None when none
        departs. Of three criteria all three depart as much: three judgements cannot tell which one slipped.
    """

    weights: pd.Series[float]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    worst_pair: tuple[Any, Any] | None

    def __repr__(self) -> str:
        weights = ", ".join(f"{name} {weight:.3f}" for name, weight in self.weights.items())
        pair = "none" if self.worst_pair is None else " and ".join(map(str, self.worst_pair))
        return (
            f"weights: {weights}\nlambda_max: {self.lambda_max:.3f}\nconsistency ratio: {self.consistency_ratio:.3f}"
            f"\nworst pair: {pair}"
        )


def pairwise(judgements: Mapping[Any, float] | pd.Series[float]) -> pd.DataFrame:
    """Lay one judgement per pair out as the square table that :func:`ahp` reads.

    Parameters
    ----------
    judgements
        How many times the first counts as much as the second, > 0; keys ``("product", "image")`` or
        ``"product_vs_image"``. Each pair once.

    Returns
    -------
    n x n, ones on the diagonal, reciprocals across it; labels in the order in which they first appear.

    Raises
    ------
    ValueError
        A key names no pair, a pair is missing or there twice, or a judgement is not above 0; the message names it.

    Examples
    --------
    >>> pairwise({"product_vs_image": 4, "product_vs_service": 2, "service_vs_image": 2})
             product  image  service
    product     1.00    4.0      2.0
    image       0.25    1.0      0.5
    service     0.50    2.0      1.0
    """
    pairs: dict[tuple[Any, ...], float] = {}
    given: Iterable[tuple[Any, Any]] = judgements.items()
    for key, judgement in given:
        pair = tuple(key.split("_vs_")) if isinstance(key, str) else key if isinstance(key, tuple) else (key,)
        if len(pair) != 2 or pair[0] == pair[1]:
            raise ValueError(f"judgements: {key!r} names no pair; write ('product', 'image') or 'product_vs_image'.")
        if pair in pairs or pair[::-1] in pairs:
            raise ValueError(f"judgements: {pair[0]!r} and {pair[1]!r} are compared twice; allowed is once per pair.")
        pairs[pair] = require_number(f"judgements: {pair[0]!r} against {pair[1]!r}", judgement, above=0)
    labels = list(dict.fromkeys(label for pair in pairs for label in pair))
    table = pd.DataFrame(np.eye(len(labels)), index=labels, columns=labels)
    for row, column in ((a, b) for place, a in enumerate(labels) for b in labels[place + 1 :]):
        if (row, column) not in pairs and (column, row) not in pairs:
            raise ValueError(f"judgements: {row!r} is not compared with {column!r}; needed is every pair.")
    for (row, column), judgement in pairs.items():
        table.loc[row, column] = judgement
        table.loc[column, row] = 1 / judgement
    return table


def ahp(comparisons: Sequence[Sequence[float]] | NDArray[np.float64] | pd.DataFrame) -> AHP:
    """Turn paired comparisons into weights and say how consistent they are.

    Parameters
    ----------
    comparisons
        Square and reciprocal, 2 to 10 criteria: row i, column j says how many times i counts as much as j, > 0.
        Reciprocals may be rounded (0.33 for 1/3): their products may miss 1 by 0.05. Labels are taken from a
        DataFrame and are 0, 1, 2 ... otherwise.

    Returns
    -------
    AHP
        Principal eigenvector, summing to 1, with Saaty's consistency index and ratio (0 for two criteria).

    Raises
    ------
    ValueError
        The table is not square, of another size, not reciprocal, or holds a number that is not above 0; the message
        names the place.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process.

    Examples
    --------
    >>> found = ahp([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> found.weights.round(3).tolist(), round(found.consistency_ratio, 3), found.worst_pair
    ([0.643, 0.255, 0.101], 0.046, (0, 1))
    """
    table = comparisons if isinstance(comparisons, pd.DataFrame) else pd.DataFrame(list(comparisons))
    n = len(table)
    if table.shape != (n, n) or not 2 <= n <= len(RANDOM_INDEX):
        size = " x ".join(map(str, table.shape))
        raise ValueError(f"comparisons are {size}; needed is a square table of 2 to {len(RANDOM_INDEX)} criteria.")
    labels = list(table.index)
    if labels != list(table.columns):
        columns = list(table.columns)
        raise ValueError(f"comparisons: rows are {labels}, columns are {columns}; needed are the same labels.")
    names = [f"comparisons: row {label!r}, column" for label in labels]
    ratios = np.vstack([require_numbers(name, table.iloc[row], above=0) for row, name in enumerate(names)])
    products = ratios * ratios.T
    if (wrong := np.abs(products - 1) > 0.05).any():
        i, j = np.argwhere(wrong)[0]
        raise ValueError(
            f"comparisons: {labels[i]!r} against {labels[j]!r} is {ratios[i, j]:g} and the other way round "
            f"{ratios[j, i]:g}; needed are reciprocals, such as {ratios[i, j]:g} and {1 / ratios[i, j]:g}."
        )
    eigenvalues, eigenvectors = np.linalg.eig(ratios)
    top = eigenvalues.real.argmax()
    weights = np.abs(eigenvectors[:, top].real)
    weights /= weights.sum()
    lambda_max = float(eigenvalues[top].real)
    index = max(0.0, (lambda_max - n) / (n - 1))
    departure = np.triu(np.abs(np.log(ratios * weights / weights[:, None])), 1)
    i, j = np.argwhere(departure >= departure.max() - _SAME)[0]  # the first of several that depart as much
    return AHP(
        weights=pd.Series(weights, index=table.index, name="weight"),
        lambda_max=lambda_max,
        consistency_index=index,
        consistency_ratio=index / RANDOM_INDEX[n - 1] if n > 2 else 0.0,
        worst_pair=(labels[i], labels[j]) if departure[i, j] > _SAME else None,
    )


# --- weights from choices --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ChoiceFit:
    """A conditional logit with its weights in money; made by :func:`fit_choices`.

    Attributes
    ----------
    weights
        Worth of one more unit of each attribute [currency per unit]: its coefficient over minus the price's.
    standard_errors
        Of ``weights``, by the delta method, treating the choices as independent.
    coefficients
        Of each attribute and ``price`` [utility per unit], in units of the choice error.
    log_likelihood
        At the maximum.
    n_choices
        Number of tasks.
    """

    weights: pd.Series[float]
    standard_errors: pd.Series[float]
    coefficients: pd.Series[float]
    log_likelihood: float
    n_choices: int


def fit_choices(choices: pd.DataFrame, attributes: Sequence[str] = ATTRIBUTES) -> ChoiceFit:
    """Estimate from choices what a unit of each attribute is worth in money.

    Parameters
    ----------
    choices
        One row per alternative: ``task_id`` (the rows among which one choice was made), ``chosen`` (1 or True for the
        one taken), ``price`` [currency] and the attributes.
    attributes
        The columns to weigh besides the price.

    Returns
    -------
    ChoiceFit
        Maximum likelihood estimates of ``P(j) = exp(u_j) / sum exp(u)``, ``u = sum_k b_k x_k + b_price price``, and
        the money weights ``b_k / -b_price``.

    Raises
    ------
    ValueError
        A column or number is missing, a task has one alternative or not exactly one chosen, an attribute does not
        vary independently within tasks, the attributes predict every choice (no maximum exists), or a higher price
        attracts (no money weights exist); the message names the column or task.

    References
    ----------
    McFadden (1974), Conditional logit analysis of qualitative choice behavior.

    Examples
    --------
    >>> from crmlab.core.data import load
    >>> fit = fit_choices(load("delivered_value_choices"))
    >>> round(float(fit.weights["service"]), 2), fit.n_choices
    (0.26, 1920)
    """
    from scipy.optimize import minimize

    choices = pd.DataFrame(choices)
    if choices.empty:
        raise ValueError("choices: there is no row; needed is at least one task.")
    names = [*attributes, "price"]
    x = require(choices, names, at_least=None, what="choices").to_numpy()
    for column in ("task_id", "chosen"):
        if column not in choices:
            raise ValueError(f"choices: column {column!r} is missing; needed are task_id, chosen, {', '.join(names)}.")
    chosen = choices["chosen"].to_numpy()
    if not np.isin(chosen, (0, 1)).all():
        place = int(np.isin(chosen, (0, 1)).argmin())
        row, found = choices.index.tolist()[place], choices["chosen"].tolist()[place]
        raise ValueError(f"choices: column 'chosen', row {row!r} is {found!r}; allowed are 0 and 1.")
    task, tasks = pd.factorize(choices["task_id"])
    if (task < 0).any():
        raise ValueError(f"choices: column 'task_id', row {choices.index[task < 0].tolist()[0]!r} is missing.")
    order = np.argsort(task, kind="stable")
    task, x, taken = task[order], x[order], chosen[order].astype(bool)
    sizes, n_taken = np.bincount(task), np.bincount(task, weights=taken)
    for wrong, fault in ((sizes < 2, "one alternative; needed are two or more"), (n_taken != 1, "")):
        if wrong.any():
            first = int(wrong.argmax())
            fault = fault or f"{n_taken[first]:g} chosen alternatives; needed is exactly one"
            raise ValueError(f"choices: task {tasks.tolist()[first]!r} has {fault}.")
    starts = np.r_[0, sizes.cumsum()[:-1]]

    gap = x - x[taken][task]  # an alternative less the chosen one of its task
    scale = np.sqrt((gap**2).mean(axis=0))
    for name, spread in zip(names, scale, strict=True):
        if spread == 0:
            raise ValueError(f"choices: column {name!r} never varies within a task, so it has no weight.")
    gap /= scale
    if (rank := np.linalg.matrix_rank(gap)) < len(names):
        raise ValueError(
            f"choices: only {rank} of the {len(names)} columns {', '.join(names)} vary independently within tasks."
        )

    def parts(b: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        u = gap @ b
        high = np.maximum.reduceat(u, starts)
        e = np.exp(u - high[task])
        sums = np.add.reduceat(e, starts)
        p = e / sums[task]
        return high + np.log(sums), p, np.add.reduceat(p[:, None] * gap, starts)

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        log_sum, _, mean = parts(b)
        return float(log_sum.sum()), mean.sum(axis=0)

    def hessian(b: NDArray[np.float64]) -> NDArray[np.float64]:
        _, p, mean = parts(b)
        spread: NDArray[np.float64] = (gap.T * p) @ gap - mean.T @ mean
        return spread

    best = minimize(loss, np.zeros(len(names)), jac=True, hess=hessian, method="trust-exact", options={"gtol": 1e-8})
    curvature = hessian(best.x)
    if np.linalg.eigvalsh(curvature)[0] < 1e-6:  # the likelihood still rises far out: some choices are certain
        raise ValueError("choices: the attributes predict some choices perfectly, so no finite weights fit best.")
    b = best.x / scale
    if b[-1] >= 0:
        raise ValueError(f"choices: the price coefficient is {b[-1]:.3g}; money weights need one below 0.")
    weights = b[:-1] / -b[-1]
    covariance = np.linalg.inv(curvature) / np.outer(scale, scale)
    slope = np.column_stack([np.eye(len(weights)), weights]) / -b[-1]  # d weight / d coefficient
    errors = np.sqrt(np.einsum("ij,jk,ik->i", slope, covariance, slope))
    return ChoiceFit(
        weights=pd.Series(weights, index=list(attributes), name="weight"),
        standard_errors=pd.Series(errors, index=list(attributes), name="standard_error"),
        coefficients=pd.Series(b, index=names, name="coefficient"),
        log_likelihood=-float(best.fun),
        n_choices=len(tasks),
    )


# --- sharing the value -----------------------------------------------------------------------------------------------


def economic_value(reference_price: float, differentials: ArrayLike | Mapping[str, float]) -> float:
    """Return the economic value of an offer to the customer.

    Parameters
    ----------
    reference_price
        Price >= 0 of the best alternative [currency].
    differentials
        What each difference from that alternative is worth to the customer, savings included [currency]; negative
        where the alternative is better. A discount is no difference: value is there before it is given.

    Returns
    -------
    The price at which the customer is indifferent [currency].

    Raises
    ------
    ValueError
        A number is missing, or the reference price is negative; the message names it.

    References
    ----------
    Kotler & Keller, Marketing Management (the tractor); Anderson, Narus & van Rossum (2006).

    Examples
    --------
    >>> economic_value(90_000, {"durability": 7_000, "reliability": 6_000, "service": 5_000, "warranty": 2_000})
    110000.0
    """
    named = pd.Series(differentials) if isinstance(differentials, Mapping) else differentials
    reference = require_numbers("reference_price", reference_price, at_least=0)
    return float(reference + require_numbers("differentials", named).sum())


def split_price(value: ArrayLike, cost: ArrayLike, customer_share: ArrayLike) -> Any:
    """Return the price that leaves the customer a share of the value created.

    Parameters
    ----------
    value
        Worth to the customer [currency], at least the cost.
    cost
        Unit cost >= 0 [currency].
    customer_share
        0 (all to the firm) to 1 (all to the customer).

    Returns
    -------
    ``cost + (1 - customer_share) * (value - cost)`` [currency]; a float, or an array for arrays.

    Raises
    ------
    ValueError
        A number is missing or outside its limits, or a value is below its cost; the message names it.

    Examples
    --------
    >>> split_price(value=110, cost=50, customer_share=0.25)
    95.0
    """
    v, c, share = _aligned(
        value=require_numbers("value", value),
        cost=require_numbers("cost", cost, at_least=0),
        customer_share=require_numbers("customer_share", customer_share, at_least=0, at_most=1),
    )
    if np.any(v < c):
        raise ValueError("value is below cost, so there is no created value to split; needed is value >= cost.")
    return _plain(c + (1 - share) * (v - c))


def nash_split(joint_value: float, firm_outside: float, customer_outside: float) -> tuple[float, float]:
    """Split what firm and customer make together: each gets its outside option and half of the rest.

    Parameters
    ----------
    joint_value
        What the two make together [currency].
    firm_outside, customer_outside
        What each would have without the other [currency].

    Returns
    -------
    The firm's and the customer's part [currency].

    Raises
    ------
    ValueError
        A number is missing, or the two have more apart than together; the message says so.

    References
    ----------
    Nash (1950), The Bargaining Problem.

    Examples
    --------
    >>> nash_split(100, firm_outside=20, customer_outside=40)
    (40.0, 60.0)
    """
    joint = require_number("joint_value", joint_value)
    firm = require_number("firm_outside", firm_outside)
    customer = require_number("customer_outside", customer_outside)
    gain = joint - firm - customer
    if gain < 0:
        raise ValueError(f"joint_value {joint:g} is below the two outside options together ({firm + customer:g}).")
    return firm + gain / 2, customer + gain / 2


def market(
    price: ArrayLike, value: ArrayLike, unit_cost: ArrayLike, rival_value: ArrayLike, scale: ArrayLike
) -> pd.DataFrame:
    """Split a market between an offer and its rival, and the value between customers and firm.

    Parameters
    ----------
    price
        One or several prices >= 0 [currency]; the other arguments are numbers or as many.
    value
        Worth of the offer to the customer before the price [currency].
    unit_cost
        >= 0 [currency].
    rival_value
        Delivered value of the rival's offer [currency].
    scale
        Spread of the tastes the numbers leave out, > 0 [currency].

    Returns
    -------
    One row per price: ``price``, ``delivered_value`` (value - price), ``share`` of customers who buy (logit),
    ``customer_surplus`` (expected gain over having the rival alone), ``firm_profit`` [currency per customer in the
    market].

    Raises
    ------
    ValueError
        A number is missing or outside its limits; the message names it.

    References
    ----------
    McFadden (1974); Small & Rosen (1981) for the surplus.

    Examples
    --------
    >>> market(price=[50, 60], value=100, unit_cost=50, rival_value=40, scale=10).round(2)
       price  delivered_value  share  customer_surplus  firm_profit
    0   50.0             50.0   0.73             13.13          0.0
    1   60.0             40.0   0.50              6.93          5.0
    """
    p, v, c, rival, spread = _aligned(
        price=np.atleast_1d(require_numbers("price", price, at_least=0)),
        **_market_numbers(value, unit_cost, rival_value, scale),
    )
    lead = (v - p - rival) / spread
    share = np.exp(-np.logaddexp(0, -lead))
    return pd.DataFrame(
        {
            "price": p,
            "delivered_value": v - p,
            "share": share,
            "customer_surplus": spread * np.logaddexp(0, lead),
            "firm_profit": share * (p - c),
        }
    )


def best_price(value: ArrayLike, unit_cost: ArrayLike, rival_value: ArrayLike, scale: ArrayLike) -> Any:
    """Return the price at which the firm in :func:`market` earns most.

    Parameters
    ----------
    value, unit_cost, rival_value, scale
        As in :func:`market`.

    Returns
    -------
    Price [currency]; a float, or an array for arrays.

    Raises
    ------
    ValueError
        A number is missing or outside its limits; the message names it.

    References
    ----------
    Aravindakshan & Ratchford (2011), closed form of the logit price with the Lambert W function.

    Examples
    --------
    >>> round(best_price(value=100, unit_cost=50, rival_value=40, scale=10), 2)
    65.67
    """
    from scipy.special import wrightomega

    v, c, rival, spread = _aligned(**_market_numbers(value, unit_cost, rival_value, scale))
    return _plain(c + spread * (1 + wrightomega((v - rival - c) / spread - 1)))


def _market_numbers(
    value: ArrayLike, unit_cost: ArrayLike, rival_value: ArrayLike, scale: ArrayLike
) -> dict[str, NDArray[np.float64]]:
    return {
        "value": require_numbers("value", value),
        "unit_cost": require_numbers("unit_cost", unit_cost, at_least=0),
        "rival_value": require_numbers("rival_value", rival_value),
        "scale": require_numbers("scale", scale, above=0),
    }


def demand_value(spend: ArrayLike, share_of_wallet: ArrayLike, related: ArrayLike = 0.0) -> pd.DataFrame:
    """Return the three parts of what a customer's demand can be worth to the firm.

    Parameters
    ----------
    spend
        What the customer spends with the firm >= 0 [currency per year].
    share_of_wallet
        Part of her whole spending in the category that goes to the firm, above 0 and at most 1.
    related
        What she could buy of the firm's other products >= 0 [currency per year].

    Returns
    -------
    One row per customer: ``present``, ``related``, ``latent`` (``spend / share_of_wallet - spend``, bought elsewhere
    today), ``total`` [currency per year].

    Raises
    ------
    ValueError
        A number is missing or outside its limits; the message names it.

    References
    ----------
    After Kumar et al. (2010), Undervalued or Overvalued Customers.

    Examples
    --------
    >>> demand_value(spend=600, share_of_wallet=0.4, related=150)
       present  related  latent   total
    0    600.0    150.0   900.0  1650.0
    """
    now, share, other = _aligned(
        spend=np.atleast_1d(require_numbers("spend", spend, at_least=0)),
        share_of_wallet=require_numbers("share_of_wallet", share_of_wallet, above=0, at_most=1),
        related=require_numbers("related", related, at_least=0),
    )
    latent = now / share - now
    return pd.DataFrame({"present": now, "related": other, "latent": latent, "total": now + other + latent})


def _aligned(**arguments: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Bring single numbers and arrays of one shape to that shape."""
    try:
        return np.broadcast_arrays(*arguments.values())
    except ValueError:
        counts = ", ".join(f"{name} has {argument.size}" for name, argument in arguments.items() if argument.ndim)
        raise ValueError(f"Numbers of values differ: {counts}; allowed are single numbers or equally many.") from None


def _plain(numbers: NDArray[np.float64]) -> Any:
    """Return a float for a single number, the array otherwise."""
    return numbers if np.ndim(numbers) else float(numbers)
