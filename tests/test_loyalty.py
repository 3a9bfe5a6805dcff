"""Models of chapter 04: one equation for four types, its diagnosis from a panel, and what breaks which type."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from crmlab.core.data import load, truth
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
    join_panel,
    loyalty_variable,
    relative_attitude,
    repeat_rate,
    satisfaction_to_loyalty,
    share_of_requirements,
    stress,
    survival,
)
from crmlab.loyalty.model import Scenes, buy, fit_terms, habits, scenes, weights_of

SLOW_NEWS_FULL_SHELVES = replace(MARKET, out_of_stock=0.0, news_persistence=1.0)
BRANDS = ["Lanwan", "Granary", "Laurel", "Meadow"]
SHOCKS = ("promotion", "facts", "scandal", "stock_out")
OFFERS = ("discount", "facts", "care", "standing_order")
#: Term -> the type it names; the price is not among them.
NAMED = {"promo": "impulse", "attitude": "affective", "info": "cognitive", "habit": "behavioural"}


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


@lru_cache(maxsize=1)
def chapter_panel() -> pd.DataFrame:
    liking = attitudes(load("loyalty_survey").set_index("customer_id"), BRANDS)
    district = load("lanwan_salons").set_index("salon_id")["district"]
    return join_panel(load("loyalty_choices"), load("loyalty_market"), liking, district)


def test_the_400_salons_are_diagnosed_better_with_every_20_orders() -> None:
    panel, types = chapter_panel(), truth("loyalty_choices")["type"]
    right = []
    for occasions in (20, 40, 60):
        found = diagnose(panel[panel["occasion"] <= occasions]).type
        assert len(found) == 400
        right.append((found.astype(str) == types[found.index]).mean())
    assert right[0] < right[1] < right[2]
    assert right[2] >= 0.85


def test_the_four_salons_of_the_case_repeat_alike_and_are_of_four_types() -> None:
    case = dict(zip(["S0546", "S0285", "S0421", "S0172"], WEIGHTS, strict=True))
    strips = load("loyalty_choices").groupby("customer_id")["chosen"].agg(list)[list(case)]
    assert strips.map(repeat_rate).tolist() == [24 / 59] * 4
    assert truth("loyalty_choices")["type"][list(case)].to_dict() == case
    found = diagnose(chapter_panel())
    assert found.type[list(case)].astype(str).tolist() == ["impulse", "affective", "cognitive", "affective"]
    assert found.mix.loc["S0172"].max() < 0.4  # nearly flat, and wrong


def test_of_a_hundred_habits_18_are_taken_for_liking_and_nearly_all_spurious_loyals_are_behavioural() -> None:
    panel, types = chapter_panel(), truth("loyalty_choices")["type"]
    found = diagnose(panel).type.astype(str)
    assert ((types[found.index] == "behavioural") & (found == "affective")).sum() == 18
    liking = panel.pivot_table("attitude", "customer_id", "brand")
    strips = load("loyalty_choices").groupby("customer_id")["chosen"]
    usual = strips.agg(lambda strip: strip.mode()[0])
    ahead = pd.Series({who: relative_attitude(liking.loc[who], brand) for who, brand in usual.items()})
    spurious = dick_basu(ahead, strips.agg(repeat_rate)) == "spurious"
    for named in (found, types[found.index]):
        assert (named[spurious] == "behavioural").mean() > 0.85


def test_smaller_brands_have_fewer_buyers_who_repeat_less() -> None:
    choices = load("loyalty_choices").sort_values(["customer_id", "occasion"])
    again = choices["chosen"] == choices.groupby("customer_id")["chosen"].shift(-1)
    by_brand = choices.assign(again=again)[choices["occasion"] < 60].groupby("chosen")["again"].mean()
    sizes = choices["chosen"].value_counts(ascending=True)
    buyers = choices.groupby("chosen")["customer_id"].nunique()[sizes.index]
    assert buyers.is_monotonic_increasing and buyers.iloc[0] < buyers.iloc[1] < buyers.iloc[-1]
    for faithful in (by_brand[sizes.index], sizes / buyers):
        assert faithful.is_monotonic_increasing and faithful.is_unique


def test_relations_that_still_run_must_not_count_as_ended() -> None:
    relations, life = load("loyalty_relations"), truth("loyalty_relations")
    curve = survival(relations["months"], relations["ended"])
    months = curve.index.to_numpy()
    true = np.exp(-((months / life["scale"]) ** life["shape"]))
    as_if_ended = survival(relations["months"], np.ones(len(relations))).reindex(months, method="ffill")
    assert np.abs(curve - true).max() < 0.06
    assert (as_if_ended - true).min() < -0.1


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(
    ("who", "enemy"),
    [("impulse", "promotion"), ("affective", "scandal"), ("cognitive", "facts"), ("behavioural", "stock_out")],
)
def test_each_type_falls_deepest_before_its_own_enemy(who: str, enemy: str, seed: int) -> None:
    falls = {
        shock: stress(who, seed=seed) - stress(who, shock, seed=seed)  # type: ignore[arg-type]
        for shock in SHOCKS
    }
    assert max(falls, key=lambda shock: falls[shock]) == enemy


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("shock", ["none", *SHOCKS])
def test_each_type_is_held_best_by_its_own_offer_and_each_offer_holds_its_own_type_best(shock: str, seed: int) -> None:
    own = dict(zip(WEIGHTS, ("discount", "care", "facts", "standing_order"), strict=True))
    gains = pd.DataFrame(
        {
            who: {
                offer: stress(who, shock, offer=offer, seed=seed) - stress(who, shock, seed=seed)  # type: ignore[arg-type]
                for offer in OFFERS
            }
            for who in own
        }
    )
    assert gains.idxmax().to_dict() == own
    assert gains.idxmax(axis=1).to_dict() == {offer: who for who, offer in own.items()}
    assert (gains > 0).all(axis=None)


# --- stress ---

MIXED = {"price": -0.5, "promo": 1.1, "info": 0.7, "attitude": 0.9, "habit": 2.3}
TWO_BRANDS = Market(brands=2, promo_cut=0.7, attitude_sd=1.3)  # so that "elsewhere" is one brand


def stay(shock: str, size: float, offer: str, seed: int) -> float:
    """The chance to stay, worked out customer by customer from all that is true of both brands."""
    customers, warm_up = 40, 12
    draw = np.random.default_rng(seed)  # drawn in the order of stress
    liking = TWO_BRANDS.attitude_sd * draw.standard_normal((customers, 2))
    scene = scenes(draw, customers, warm_up, TWO_BRANDS)
    weights = np.array([MIXED[term] for term in TERMS])
    bought, _ = buy(np.tile(weights, (customers, 1)), liking, scene, draw.gumbel(size=scene.price.shape))
    chances = []
    for likes, strip in zip(liking, bought, strict=True):
        own = strip[-1]
        rival = 1 - own
        brands = pd.DataFrame({"price": 5.0, "promo": 0.0, "info": 0.0, "attitude": likes}, index=[0, 1])
        orders = list(strip)
        if shock == "promotion":
            brands.loc[rival, ["price", "promo"]] += np.array([-0.7, 1]) * size
        elif shock == "facts":
            brands.loc[rival, "info"] += 1.5 * size
        elif shock == "scandal":
            brands.loc[own, "attitude"] -= 1.5 * size
        elif shock == "stock_out":
            orders += [rival] * round(3 * size)
        if offer == "discount":
            brands.loc[own, ["price", "promo"]] += [-0.7, 1]
        elif offer == "facts":
            brands.loc[own, "info"] += 1
        elif offer == "care":
            brands.loc[own, "attitude"] += 1
        elif offer == "standing_order":
            orders += [own] * 3
        brands["habit"] = loyalty_variable(orders, [0, 1]).iloc[-1]
        worth = np.exp((brands[list(TERMS)] * weights).sum(axis=1))
        chances.append(worth[own] / worth.sum())
    return float(np.mean(chances))


@pytest.mark.parametrize(
    ("shock", "size", "offer"),
    [
        ("none", 1, "none"),
        ("promotion", 1, "none"),
        ("promotion", 0.5, "facts"),
        ("facts", 1, "none"),
        ("facts", 1.6, "discount"),
        ("scandal", 1, "none"),
        ("scandal", 0.4, "standing_order"),
        ("stock_out", 1, "none"),  # three purchases
        ("stock_out", 2, "none"),  # six
        ("stock_out", 0.4, "care"),  # one
        ("stock_out", 1, "standing_order"),  # three elsewhere, then three deliveries
        ("none", 1, "discount"),
        ("none", 1, "care"),
        ("none", 1, "facts"),
        ("none", 1, "standing_order"),
    ],
)
def test_stress_agrees_with_every_customer_worked_out_alone(shock: str, size: float, offer: str) -> None:
    found = stress(MIXED, shock, size, offer, customers=40, warm_up=12, market=TWO_BRANDS, seed=5)  # type: ignore[arg-type]
    assert found == pytest.approx(stay(shock, size, offer, seed=5))


@pytest.mark.parametrize("offer", ["none", *OFFERS])
@pytest.mark.parametrize("shock", SHOCKS)
def test_a_shock_of_size_0_is_none(shock: str, offer: str) -> None:
    assert stress(MIXED, shock, 0, offer) == stress(MIXED, "none", offer=offer)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", list(WEIGHTS))
@pytest.mark.parametrize(
    ("shock", "size", "offer"), [("promotion", 1, "discount"), ("facts", 2 / 3, "facts"), ("scandal", 2 / 3, "care")]
)
def test_an_offer_undoes_the_shock_of_its_own_kind(who: str, shock: str, size: float, offer: str) -> None:
    assert stress(who, shock, size, offer) == pytest.approx(stress(who))  # type: ignore[arg-type]


def test_purchases_elsewhere_are_whole_ones_and_more_of_them_make_it_worse() -> None:
    chances = [stress("behavioural", "stock_out", number / 3) for number in range(7)]
    assert all(more < less for less, more in pairwise(chances))
    assert stress("behavioural", "stock_out", 0.9) == stress("behavioural", "stock_out", 1.1) == chances[3]


def test_who_weighs_nothing_stays_by_chance() -> None:
    assert stress(dict.fromkeys(TERMS, 0.0), "scandal", offer="care") == pytest.approx(1 / MARKET.brands)


# --- the market and what is bought there ---


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_news_keeps_its_spread_and_its_share(keep: float) -> None:
    news = scenes(np.random.default_rng(1), 2000, 12, replace(MARKET, news_persistence=keep, news_sd=1.5)).info
    np.testing.assert_allclose(news.std(axis=(0, 2)), 1.5, rtol=0.05)
    assert np.corrcoef(news[:, 1:].ravel(), news[:, :-1].ravel())[0, 1] == pytest.approx(keep, abs=0.02)


def test_news_that_never_fades_walks_by_0_4() -> None:
    news = scenes(np.random.default_rng(1), 2000, 12, replace(MARKET, news_persistence=1.0, news_sd=1.5)).info
    np.testing.assert_allclose(np.diff(news, axis=1).std(axis=(0, 2)), 1.5 * 0.4, rtol=0.03)
    np.testing.assert_allclose(news.var(axis=(0, 2)), 1.5**2 * (1 + 0.16 * np.arange(12)), rtol=0.1)


def test_prices_promotions_and_stocks_are_those_of_the_market() -> None:
    market = Market(brands=3, price=8, price_sd=0.4, promo_share=0.2, promo_cut=1.5, out_of_stock=0.1)
    scene = scenes(np.random.default_rng(1), 500, 40, market)
    assert scene.price.shape == scene.info.shape == scene.available.shape == (500, 40, 3)
    assert set(np.unique(scene.promo)) == {0, 1}
    assert scene.promo.mean() == pytest.approx(0.2, abs=0.01)
    assert scene.price[scene.promo == 0].mean() == pytest.approx(8, abs=0.01)
    assert scene.price[scene.promo == 1].mean() == pytest.approx(6.5, abs=0.01)
    assert scene.price[scene.promo == 0].std() == pytest.approx(0.4, abs=0.01)
    assert 1 - scene.available.mean() == pytest.approx(0.1, abs=0.012)
    assert scene.available.sum(axis=2).min() == 2


def test_two_brands_are_there_even_when_all_should_be_missing_and_all_when_none_should() -> None:
    for share, there in ((1.0, 2), (0.0, 4)):
        scene = scenes(np.random.default_rng(1), 20, 10, replace(MARKET, out_of_stock=share))
        assert (scene.available.sum(axis=2) == there).all()


def test_customers_buy_the_best_brand_in_stock_and_habit_follows() -> None:
    draw = np.random.default_rng(3)
    scene = scenes(draw, 5, 9, replace(MARKET, out_of_stock=0.4))
    weights, liking = draw.normal(size=(5, 5)), draw.normal(size=(5, 4))
    errors = draw.gumbel(size=scene.price.shape)
    bought, habit = buy(weights, liking, scene, errors, carry_over=0.7)
    for who in range(5):
        before = loyalty_variable(bought[who], range(4), 0.7).to_numpy()
        terms = np.stack([scene.price[who], scene.promo[who], scene.info[who], np.tile(liking[who], (9, 1))], axis=2)
        worth = terms @ weights[who, :4] + weights[who, 4] * before[:-1] + errors[who]
        assert (np.where(scene.available[who], worth, -np.inf).argmax(axis=1) == bought[who]).all()
        np.testing.assert_allclose(habit[who], before[-1])


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


def test_importance_is_the_size_of_a_coefficient_times_the_mean_spread_among_what_was_there() -> None:
    table, _ = panel(4, 15, replace(MARKET, out_of_stock=0.3), per_type=1)
    table = table[(table["customer_id"] != 2) | (table["occasion"] < 6)]
    found = diagnose(table)
    for customer, rows in table.groupby("customer_id"):
        x, _, there = _terms(rows)
        spread = [np.std(one[here], axis=0) for one, here in zip(x, there, strict=True)]
        expected = found.coefficients.loc[customer].abs() * np.mean(spread, axis=0)
        pd.testing.assert_series_equal(found.importance.loc[customer], expected, check_names=False)


def test_the_mix_is_the_softmax_of_the_importance_and_its_largest_part_names_the_type() -> None:
    table, _ = panel(3, 30, per_type=5)
    found = diagnose(table)
    strength = found.importance[list(NAMED)].rename(columns=NAMED)
    assert list(found.mix.columns) == list(found.type.cat.categories) == list(WEIGHTS)
    np.testing.assert_allclose(found.mix.sum(axis=1), 1)
    np.testing.assert_allclose(np.log(found.mix).diff(axis=1), strength[found.mix.columns].diff(axis=1), atol=1e-9)
    assert (found.mix.idxmax(axis=1) == found.type.astype(str)).all()
    assert (found.mix.idxmax(axis=1) == strength.idxmax(axis=1)).all()


def test_the_price_names_no_type() -> None:
    draw = np.random.default_rng(2)
    scene = scenes(draw, 30, 60)
    weights = np.tile([-6.0, 0, 0, 0, 0], (30, 1))
    liking = draw.standard_normal((30, 4))
    bought, _ = buy(weights, liking, scene, draw.gumbel(size=scene.price.shape))
    found = diagnose(_long(scene, liking, bought))
    assert (found.importance.idxmax(axis=1) == "price").all()
    others = found.importance.drop(columns="price").idxmax(axis=1).map(NAMED)
    assert (found.type.astype(str) == others).all()
    assert found.type.nunique() > 1
    assert list(found.mix.columns) == list(WEIGHTS)


def _long(scene: Scenes, liking: np.ndarray, bought: np.ndarray) -> pd.DataFrame:
    """What stands in arrays, as the table that :func:`diagnose` reads."""
    who, when, brand = (axis.ravel() for axis in np.indices(scene.price.shape))
    table = pd.DataFrame({"customer_id": who, "occasion": when, "brand": brand, "attitude": liking[who, brand]})
    for name in ("price", "promo", "info", "available"):
        table[name] = np.asarray(getattr(scene, name), dtype=float).ravel()
    return table.assign(chosen=(bought[who, when] == brand).astype(int))


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=15), st.floats(0, 1))
def test_habits_are_the_loyalty_variable_before_each_choice(strip: list[tuple[int, bool]], carry_over: float) -> None:
    bought, real = (np.array(part) for part in zip(*strip, strict=True))
    found = habits(np.eye(3)[bought][None], real[None], carry_over)
    expected = loyalty_variable(bought[real], range(3), carry_over).to_numpy()
    np.testing.assert_allclose(found[0], expected[np.cumsum(real) - real], atol=1e-12)


def fit_input(seed: int) -> tuple[Any, ...]:
    draw = np.random.default_rng(seed)
    scene = scenes(draw, 6, 25, replace(MARKET, out_of_stock=0.2))
    liking = draw.standard_normal((6, 4))
    weights = np.array([weights_of(one) for one in (*WEIGHTS, "impulse", "cognitive")])
    bought, _ = buy(weights, liking, scene, draw.gumbel(size=scene.price.shape))
    chosen, real = np.eye(4)[bought], np.ones(bought.shape, dtype=bool)
    felt = np.broadcast_to(liking[:, None, :], chosen.shape)
    x = np.stack([scene.price, scene.promo, scene.info, felt, habits(chosen, real, 0.8)], axis=-1)
    return (x, scene.available, chosen, real), diagnose(_long(scene, liking, bought), ridge=0.7)


def test_the_fit_from_arrays_is_that_from_the_table() -> None:
    arrays, table = fit_input(1)
    coefficients, importance = fit_terms(*arrays, ridge=0.7)
    np.testing.assert_allclose(coefficients, table.coefficients, atol=1e-8)
    np.testing.assert_allclose(importance, table.importance, atol=1e-8)


def test_what_stands_in_occasions_that_do_not_count_changes_nothing() -> None:
    (x, there, chosen, real), _ = fit_input(2)
    shorter = fit_terms(x[:, :20], there[:, :20], chosen[:, :20], real[:, :20], ridge=0.5)
    real[:, 20:] = False
    x[:, 20:] += 3
    for one, other in zip(fit_terms(x, there, chosen, real, ridge=0.5), shorter, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-8)


def test_a_larger_penalty_makes_all_coefficients_together_smaller() -> None:
    arrays, _ = fit_input(3)
    sizes = [np.linalg.norm(fit_terms(*arrays, ridge=ridge)[0], axis=1) for ridge in (0.1, 0.5, 5, 500)]
    assert all((after < before).all() for before, after in pairwise(sizes))
    assert sizes[-1].max() < 0.1


def test_only_who_never_changes_the_brand_is_marked_as_separated() -> None:
    table, _ = panel(1, 12, replace(MARKET, out_of_stock=0.0), per_type=2)
    table = table[(table["customer_id"] != 5) | (table["occasion"] < 7)]
    true_to_one = table["customer_id"].isin([1, 5])
    table.loc[true_to_one, "chosen"] = (table["brand"] == 3).astype(int)
    assert diagnose(table).separated.pipe(lambda marked: marked[marked].index.tolist()) == [1, 5]


# --- the table that is diagnosed ---

CHOICES = pd.DataFrame({"customer_id": ["Bo", "Ann", "Ann"], "occasion": [1, 1, 2], "chosen": ["C", "B", "A"]})
MARKETS = pd.DataFrame(
    [
        ("North", 1, "A", 5.0, 0, 0.5, 1),
        ("North", 1, "B", 4.0, 1, -0.5, 1),
        ("North", 2, "A", 5.5, 0, 0.0, 1),
        ("North", 2, "B", 4.5, 0, 1.0, 0),
        ("South", 1, "A", 6.0, 0, 0.1, 1),
        ("South", 1, "C", 3.0, 1, 0.2, 1),
        ("South", 2, "A", 9.0, 1, 0.3, 1),  # nobody was there
    ],
    columns=["district", "occasion", "brand", "price", "promo", "info", "available"],
)
LIKING = pd.DataFrame({"A": [1.0, 0.0, 9.0], "B": [-1.0, 2.0, 9.0], "C": [0.5, 1.5, 9.0]}, index=["Ann", "Bo", "Cai"])
PLACES = pd.Series({"Ann": "North", "Bo": "South", "Cai": "South"})


def joined(**changes: Any) -> pd.DataFrame:
    return join_panel(**{"choices": CHOICES, "market": MARKETS, "liking": LIKING, "offered_in": PLACES, **changes})


def test_beside_each_choice_stands_all_that_was_offered_there_and_then() -> None:
    expected = pd.DataFrame(
        [
            ("Ann", 1, "A", 5.0, 0, 0.5, 1, 1.0, 0),
            ("Ann", 1, "B", 4.0, 1, -0.5, 1, -1.0, 1),
            ("Ann", 2, "A", 5.5, 0, 0.0, 1, 1.0, 1),
            ("Ann", 2, "B", 4.5, 0, 1.0, 0, -1.0, 0),
            ("Bo", 1, "A", 6.0, 0, 0.1, 1, 0.0, 0),
            ("Bo", 1, "C", 3.0, 1, 0.2, 1, 1.5, 1),
        ],
        columns=["customer_id", "occasion", "brand", "price", "promo", "info", "available", "attitude", "chosen"],
    )
    found = joined().sort_values(["customer_id", "occasion", "brand"], ignore_index=True)
    pd.testing.assert_frame_equal(found[list(expected)], expected, check_dtype=False)


def test_neither_the_order_of_rows_nor_their_labels_matter_to_the_joined_table() -> None:
    def mixed(table: Any, seed: int) -> Any:
        return table.sample(frac=1, random_state=seed)

    keys = ["customer_id", "occasion", "brand"]
    given = [CHOICES.copy(), MARKETS.copy(), LIKING.copy(), PLACES.copy()]
    found = join_panel(*(mixed(table, seed) for seed, table in enumerate(given)))
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True), joined().sort_values(keys, ignore_index=True)
    )
    assert all(table.equals(same) for table, same in zip(given, (CHOICES, MARKETS, LIKING, PLACES), strict=True))


def test_the_joined_panel_of_the_chapter_gives_each_salon_the_offers_of_its_district() -> None:
    panel = chapter_panel()
    assert len(panel) == 400 * 60 * 4
    bought = panel[panel["chosen"] == 1]
    assert len(bought) == 400 * 60 and (bought["available"] == 1).all()
    one = panel.groupby(["district", "occasion", "brand"])["price"].nunique()
    assert (one == 1).all()
    mixed = diagnose(panel[panel["occasion"] <= 10].sample(frac=1, random_state=1))
    pd.testing.assert_series_equal(mixed.type, diagnose(panel[panel["occasion"] <= 10]).type)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"offered_in": PLACES[["Ann", "Cai"]]}, "choices: customer 'Bo' has no place."),
        ({"offered_in": PLACES[["Cai"]]}, "choices: customer 'Bo' has no place."),  # the first one
        ({"liking": LIKING.loc[["Bo", "Cai"]]}, "choices: customer 'Ann' has no attitude."),
        ({"market": MARKETS.iloc[[0, 1, 4, 5]]}, "choices: customer 'Ann', occasion 2: nothing was offered."),
        (
            {"liking": LIKING[["A", "C"]]},
            "choices: customer 'Ann', occasion 1: a brand was offered that has no attitude.",
        ),
        (
            {"liking": LIKING.replace(1.5, np.nan)},
            "choices: customer 'Bo', occasion 1: a brand was offered that has no attitude.",
        ),
        (
            {"choices": CHOICES.assign(chosen=["C", "B", "C"])},
            "choices: customer 'Ann', occasion 2: the chosen brand was not offered.",
        ),
        (
            {"market": MARKETS.drop(index=1)},
            "choices: customer 'Ann', occasion 1: the chosen brand was not offered.",
        ),
        (
            {"choices": CHOICES.drop(columns="chosen")},
            "choices: column 'chosen' is missing; needed are customer_id, occasion, chosen.",
        ),
        (
            {"choices": pd.concat([CHOICES, CHOICES.iloc[[1]]])},
            f"choices: customer {CHOICES['customer_id'].iloc[1]!r}, occasion {CHOICES['occasion'].iloc[1]!r}, "
            "stands there more than once.",
        ),
        (
            {"liking": pd.concat([LIKING, LIKING.loc[["Bo"]]])},
            "liking: customer 'Bo' stands there more than once.",
        ),
        (
            {"offered_in": pd.concat([PLACES, PLACES[["Ann"]]])},
            "offered_in: customer 'Ann' stands there more than once.",
        ),
    ],
)
def test_what_does_not_fit_together_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        joined(**changes)
    assert str(caught.value) == message


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
        (lambda: stress("impulse", "flood"), r"shock is 'flood'; allowed are 'none', 'promotion', 'facts', 'scandal'"),  # type: ignore[arg-type]
        (lambda: stress("impulse", offer="gift"), r"offer is 'gift'; allowed are 'none', 'discount', 'facts', 'care'"),  # type: ignore[arg-type]
        (lambda: stress("impulse", "facts", -1), r"size is -1; allowed are numbers of at least 0"),
        (lambda: stress("impulse", customers=0), r"customers is 0; allowed are whole numbers from 1"),
        (lambda: stress("impulse", warm_up=0), r"warm_up is 0; allowed are whole numbers from 1"),
        (lambda: stress({"price": 1.0}), r"needed are price, promo, info, attitude, habit"),
        (lambda: satisfaction_to_loyalty(6), r"satisfaction is 6"),
        (lambda: share_of_requirements(9, 8), r"own is more than category"),
        (lambda: relative_attitude({"A": 1}, "A"), r"at least one rival"),
    ],
)
def test_bad_input_is_named(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()


def test_a_market_has_at_least_two_brands() -> None:
    with pytest.raises(ValueError, match="brands is 1; allowed are whole numbers from 2"):
        Market(brands=1)
