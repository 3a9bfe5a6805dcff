"""Models of chapter 04: one equation for four types, its diagnosis from a panel, and what breaks which type."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from crmlab.loyalty import (
    MARKET,
    TERMS,
    WEIGHTS,
    Market,
    attitudes,
    choice_probabilities,
    colombo_morrison,
    diagnose,
    dick_basu,
    elasticity,
    loyalty_variable,
    relative_attitude,
    repeat_rate,
    satisfaction_to_loyalty,
    share_of_requirements,
    stress,
)
from crmlab.loyalty.model import buy, scenes, weights_of

SLOW_NEWS_FULL_SHELVES = replace(MARKET, out_of_stock=0.0, news_persistence=1.0)


def panel(seed: int, occasions: int, market: Market = MARKET, per_type: int = 50) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw customers of each type and what they buy; the attitude is measured by three items, as in the survey."""
    draw = np.random.default_rng(seed)
    types = np.repeat(list(WEIGHTS), per_type)
    weights = np.array([weights_of(one) for one in types]) * np.exp(0.15 * draw.standard_normal((len(types), 5)))
    attitude = market.attitude_sd * draw.standard_normal((len(types), market.brands))
    scene = scenes(draw, len(types), occasions, market)
    bought, _ = buy(weights, attitude, scene, draw.gumbel(size=scene.price.shape))
    measured = 0.8 * attitude + 0.6 * draw.standard_normal((3, *attitude.shape)).mean(axis=0)
    who, when, brand = (axis.ravel() for axis in np.indices(scene.price.shape))
    table = pd.DataFrame({"customer_id": who, "occasion": when, "brand": brand})
    table["price"], table["promo"], table["info"] = scene.price.ravel(), scene.promo.ravel(), scene.info.ravel()
    table["attitude"] = measured[who, brand]
    table["available"] = scene.available.ravel().astype(int)
    table["chosen"] = (bought[who, when] == brand).astype(int)
    return table, types


def accuracy(seed: int, occasions: int, market: Market = MARKET) -> float:
    table, types = panel(seed, occasions, market)
    return float((diagnose(table).type.astype(str).to_numpy() == types).mean())


# --- the loyalty variable and the choice ---


@given(st.lists(st.sampled_from("ABCD"), max_size=30), st.floats(0, 1))
def test_the_loyalty_variable_sums_to_1_and_never_leaves_0_to_1(choices: list[str], carry_over: float) -> None:
    found = loyalty_variable(choices, "ABCD", carry_over)
    assert len(found) == len(choices) + 1
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert ((found >= -1e-12) & (found <= 1 + 1e-12)).all(axis=None)


def test_lambda_keeps_the_past_and_the_rest_goes_to_the_newest_choice() -> None:
    found = loyalty_variable(["B"], ["A", "B"], carry_over=0.875)
    assert found.loc[1, "B"] == pytest.approx(0.875 * 0.5 + 0.125)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5), st.floats(-100, 100))
def test_chances_sum_to_1_and_only_differences_of_utility_count(utility: list[float], shift: float) -> None:
    chance = choice_probabilities(utility)
    assert chance.sum() == pytest.approx(1)
    np.testing.assert_allclose(choice_probabilities(np.array(utility) + shift), chance, atol=1e-12)


def test_what_is_not_in_stock_is_not_chosen() -> None:
    chance = choice_probabilities([[0.0, 5.0, 1.0]], [[True, False, True]])
    assert chance[0, 1] == 0
    assert chance.sum() == pytest.approx(1)


# --- measures ---


def test_the_first_purchase_repeats_nothing() -> None:
    assert repeat_rate("AAAB") == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match=r"choices has 1 purchases; a repeat needs at least two"):
        repeat_rate("A")


def test_an_attitude_is_relative_to_the_best_rival() -> None:
    table = pd.DataFrame({"A": [6, 3], "B": [5, 4], "C": [1, 7]}, index=["Ann", "Bo"])
    assert relative_attitude(table, "A").to_dict() == {"Ann": 1, "Bo": -4}


def test_dick_and_basu_have_four_fields_and_the_cut_of_repeat_belongs_above() -> None:
    found = dick_basu([0.1, 0.1, 0.0, -1.0], [0.5, 0.49, 0.5, 0.1])
    assert list(found) == ["loyalty", "latent", "spurious", "none"]


@given(st.integers(0, 50), st.integers(1, 50))
def test_share_of_requirements_is_a_share(own: int, other: int) -> None:
    assert 0 <= share_of_requirements(own, own + other) < 1


def test_elasticity_agrees_with_a_small_change_of_the_price() -> None:
    def share(price: float) -> float:
        return float(choice_probabilities([-0.6 * price, -0.6 * 5, -0.6 * 5])[0])

    step = 1e-6
    numeric = (share(5 + step) - share(5)) / step * 5 / share(5)
    assert elasticity(-0.6, 5, share(5)) == pytest.approx(numeric, rel=1e-4)


# --- known answers ---


def test_colombo_morrison_with_loyal_7_5_3_and_preference_5_3_2() -> None:
    found = colombo_morrison([0.7, 0.5, 0.3], [0.5, 0.3, 0.2])
    np.testing.assert_allclose(found.transition, [[0.85, 0.09, 0.06], [0.25, 0.65, 0.10], [0.35, 0.21, 0.44]])
    np.testing.assert_allclose(found.steady_state, [0.653, 0.235, 0.112], atol=5e-4)
    np.testing.assert_allclose(found.steady_state @ found.transition, found.steady_state)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_diagnosis_gets_better_with_the_panel_and_needs_stock_outs_and_fast_news(seed: int) -> None:
    short, middle, long = (accuracy(seed, occasions) for occasions in (20, 60, 120))
    assert short < middle < long + 0.03
    assert middle >= 0.85
    assert accuracy(seed, 60, SLOW_NEWS_FULL_SHELVES) <= middle - 0.1


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(
    ("who", "enemy"),
    [("impulse", "promotion"), ("affective", "scandal"), ("cognitive", "facts"), ("behavioural", "stock_out")],
)
def test_each_type_falls_deepest_before_its_own_enemy(who: str, enemy: str, seed: int) -> None:
    falls = {
        shock: stress(who, seed=seed) - stress(who, shock, seed=seed)  # type: ignore[arg-type]
        for shock in ("promotion", "facts", "scandal", "stock_out")
    }
    assert max(falls, key=lambda shock: falls[shock]) == enemy


# --- the fit ---


@pytest.mark.parametrize("seed", range(5))
def test_the_batched_fit_agrees_with_scipy_on_each_customer(seed: int) -> None:
    table, _ = panel(seed, 25, per_type=1)
    found = diagnose(table, ridge=0.5)
    for customer, rows in table.groupby("customer_id"):
        x, chosen, there = _terms(rows)

        def loss(beta: np.ndarray, x=x, chosen=chosen, there=there) -> float:  # type: ignore[no-untyped-def]
            chance = choice_probabilities(x @ beta, there)
            return float(-np.log(chance[chosen]).sum() + 0.25 * beta @ beta)

        other = optimize.minimize(loss, np.zeros(5), method="BFGS", options={"gtol": 1e-9})
        np.testing.assert_allclose(found.coefficients.loc[customer], other.x, atol=1e-5)


def _terms(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One customer's terms with habit made by :func:`loyalty_variable`, what she chose, and what was there."""
    brands = sorted(rows["brand"].unique())
    wide = {
        name: rows.pivot(index="occasion", columns="brand", values=name).to_numpy()
        for name in (*TERMS[:-1], "chosen", "available")
    }
    bought = [brands[place] for place in wide["chosen"].argmax(axis=1)]
    habit = loyalty_variable(bought, brands).to_numpy()[:-1]
    x = np.stack([*(wide[name] for name in TERMS[:-1]), habit], axis=2)
    return x, wide["chosen"] > 0, wide["available"] > 0


def test_a_customer_who_always_buys_one_brand_is_marked_and_still_diagnosed() -> None:
    table, _ = panel(1, 20, replace(MARKET, out_of_stock=0.0), per_type=1)
    table["chosen"] = (table["brand"] == 0).astype(int)
    found = diagnose(table)
    assert found.separated.all()
    assert np.isfinite(found.coefficients.to_numpy()).all()


def test_order_of_rows_does_not_matter_and_shorter_panels_may_stand_beside_longer_ones() -> None:
    table, _ = panel(2, 15, per_type=2)
    short = table[(table["customer_id"] != 3) | (table["occasion"] < 8)]
    one = diagnose(short)
    pd.testing.assert_frame_equal(diagnose(short.sample(frac=1, random_state=1)).coefficients, one.coefficients)
    alone = diagnose(short[short["customer_id"] == 3])
    pd.testing.assert_frame_equal(alone.coefficients, one.coefficients.loc[[3]], atol=1e-8)


# --- satisfaction ---


def test_monopoly_looks_loyal_and_open_markets_punish_the_merely_satisfied() -> None:
    levels = [1, 2, 3, 4, 5]
    monopoly = satisfaction_to_loyalty(levels, competition=0.2, switching_cost=3)
    market = satisfaction_to_loyalty(levels, competition=3)
    assert monopoly.min() > 0.9
    assert market[3] == pytest.approx(0.5)
    assert market[4] - market[3] > 0.4


# --- bad input ---


def some(**changes: object) -> pd.DataFrame:
    table, _ = panel(1, 4, replace(MARKET, out_of_stock=0.0), per_type=1)
    return table.assign(**changes)


def test_a_chosen_brand_that_was_not_available_is_named() -> None:
    table = some()
    table.loc[table["chosen"] == 1, "available"] = 0
    with pytest.raises(ValueError, match=r"panel: customer 0, occasion 1, has a chosen brand that was not available"):
        diagnose(table)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (some(chosen=0), r"customer 0, occasion 1, has not exactly one chosen brand"),
        (some(brand="only"), r"there is one brand only, 'only'"),
        (some(occasion=1).drop_duplicates(["customer_id", "brand"]), r"has (one occasion only|not exactly one)"),
        (some().drop(columns="price"), r"column 'price' is missing"),
        (some().drop(columns="brand"), r"column 'brand' is missing"),
        (some(price=np.nan), r"column 'price', row 0 is nan"),
        (some().iloc[1:], r"customer 0, occasion 1: brand 0 stands there 0 times"),
    ],
)
def test_a_bad_panel_is_named(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        diagnose(table)


def test_missing_answers_are_left_out_and_a_customer_without_any_is_named() -> None:
    survey = pd.DataFrame({"A_1": [7, 4], "A_2": [np.nan, 4], "B_1": [4, 1], "B_2": [4, 1]}, index=["Ann", "Bo"])
    found = attitudes(survey, ["A", "B"])
    assert found.loc["Ann", "A"] == pytest.approx(-found.loc["Bo", "B"])
    with pytest.raises(ValueError, match=r"survey: customer 'Bo' has no answer on brand 'A'"):
        attitudes(survey.assign(A_1=[7, np.nan], A_2=np.nan), ["A", "B"])
    with pytest.raises(ValueError, match=r"customer 'Ann' answers outside 1 to 7 on brand 'A'"):
        attitudes(survey.assign(A_1=[8, 4]), ["A", "B"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: loyalty_variable(["C"], ["A", "B"]), r"choices: number 0 is 'C'"),
        (lambda: loyalty_variable([], ["A"]), r"at least two different brands"),
        (lambda: loyalty_variable([], ["A", "B"], start=[0.5, 0.4]), r"sum to 0.9"),
        (lambda: loyalty_variable([], ["A", "B"], carry_over=1.2), r"carry_over is 1.2"),
        (lambda: choice_probabilities([1, 2], [False, False]), r"no brand to choose from"),
        (lambda: colombo_morrison([0.5, 0.5], [0.5, 0.4]), r"preference sums to 0.9"),
        (lambda: colombo_morrison([1, 1, 0], [0.4, 0.3, 0.3]), r"more than one brand has only loyal buyers"),
        (lambda: stress("angry"), r"type is 'angry'"),
        (lambda: stress("impulse", "flood"), r"shock is 'flood'"),  # type: ignore[arg-type]
        (lambda: stress({"price": 1.0}), r"needed are price, promo, info, attitude, habit"),
        (lambda: satisfaction_to_loyalty(6), r"satisfaction is 6"),
        (lambda: share_of_requirements(9, 8), r"own is more than category"),
        (lambda: relative_attitude({"A": 1}, "A"), r"at least one rival"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()
