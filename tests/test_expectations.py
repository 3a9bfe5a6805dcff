"""Models of chapter 09: satisfaction against expectation, what to promise, where to improve first, thermometers."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations, pairwise, permutations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from crmlab.core.data import load, real, truth
from crmlab.expectations import (
    ATTRIBUTES,
    DIMENSIONS,
    FEATURES,
    KANO_ANSWERS,
    KANO_CLASSES,
    PROSPECT,
    KanoCoefficients,
    Promise,
    acsi,
    best_promise,
    fit_forms,
    importance_performance,
    kano_class,
    kano_coefficients,
    key_drivers,
    nps,
    outcome,
    penalty_reward,
    promise_outcome,
    satisfaction,
    servqual,
    simulate,
    stay_after_delay,
    top_box,
    update_expectation,
)
from crmlab.expectations.model import GARAGE_1977, lines_of

STUDENTS = ("", "s1", "s2", "s3")
every_student = pytest.mark.parametrize("student", STUDENTS)
CROSSHAIRS = ("mean", "median", "midpoint")
IDLE = {"polite", "van", "newsletter"}
#: Trial and repeat lines of the curriculum.
LINES: dict[str, Any] = {"trial": (0.05, 0.004), "repeat": (0.5, 0.012)}

points = st.floats(0, 100)
slopes = st.floats(0, 5)
seeds = st.integers(0, 2**32 - 1)


@lru_cache
def drawn(student: str) -> dict[str, pd.DataFrame]:
    return simulate.tables(student)


@lru_cache
def wide(student: str) -> tuple[pd.DataFrame, pd.Series[Any]]:
    """Performance with one column per attribute, and the overall rating."""
    ratings = drawn(student)["expectations_ratings"]
    table = ratings.pivot(index="rater_id", columns="attribute", values="performance")[list(ATTRIBUTES)]
    return table, ratings.groupby("rater_id")["overall"].first()


# --- satisfaction ---


@given(points, st.lists(points, min_size=2, max_size=10), slopes, slopes, st.floats(0, 20), st.floats(0.3, 2))
def test_who_gets_more_is_never_less_satisfied_and_who_expects_more_never_more(
    level: float, others: list[float], gain: float, loss: float, zone: float, power: float
) -> None:
    shape = {"gain": gain, "loss": loss, "zone": zone, "power": power}
    rising = np.sort(others)
    assert (np.diff(satisfaction(level, rising, **shape)) >= 0).all()
    assert (np.diff(satisfaction(rising, level, **shape)) <= 0).all()


@given(points, slopes, slopes, st.floats(0, 20), st.floats(0.6, 2), st.floats(-1, 1))
def test_nothing_happens_inside_the_zone_and_nothing_jumps_at_its_edges(
    base: float, gain: float, loss: float, zone: float, power: float, inside: float
) -> None:
    shape = {"base": base, "gain": gain, "loss": loss, "zone": zone, "power": power}
    assert satisfaction(0, inside * zone, **shape) == base
    for edge in (-zone, zone):
        assert satisfaction(0, edge, **shape) == base
        assert satisfaction(0, edge * (1 + 1e-12) + math.copysign(1e-12, edge), **shape) == pytest.approx(
            base, abs=1e-5
        )


def test_ten_visits_one_by_one() -> None:
    expected = [70, 70, 62, 80, 75, 66, 90, 58, 71, 64]
    perceived = [80, 60, 66, 75, 75, 71, 62, 90, 67, 60.5]
    found = satisfaction(expected, perceived, base=68, gain=0.8, loss=1.9, zone=4)
    for one, hoped, got in zip(found, expected, perceived, strict=True):
        gap = got - hoped
        if gap > 4:
            assert one == pytest.approx(68 + 0.8 * (gap - 4))
        elif gap < -4:
            assert one == pytest.approx(68 + 1.9 * (gap + 4))
        else:
            assert one == 68
    assert (satisfaction([70, 70], [80, 60]) == [79, 50]).all()  # 0.9 up, 2.0 down, no zone


def test_satisfaction_is_not_cut_off() -> None:
    assert satisfaction(0, 100) == 160
    assert satisfaction(100, 0) == -130


def test_the_power_form_is_the_value_function_of_tversky_and_kahneman() -> None:
    found = satisfaction(0, [10, -10], base=0, **PROSPECT)
    np.testing.assert_allclose(found, [7.586, -17.068], atol=5e-4)
    steps = np.array([0.5, 1, 3, 40])
    np.testing.assert_allclose(satisfaction(0, steps, base=0, **PROSPECT), steps**0.88)
    np.testing.assert_allclose(satisfaction(0, -steps, base=0, **PROSPECT), -2.25 * steps**0.88)


def test_one_expectation_serves_many_encounters_and_the_input_stays_as_it_is() -> None:
    perceived = np.array([80.0, 60.0])
    np.testing.assert_array_equal(satisfaction(70, perceived, zone=4), satisfaction([70, 70], perceived, zone=4))
    np.testing.assert_array_equal(satisfaction(perceived, 70), satisfaction(perceived, [70, 70]))
    assert perceived.tolist() == [80, 60]


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=20), st.integers(0, 10))
def test_the_outcome_says_on_which_side_of_the_zone_satisfaction_moved(gaps: list[int], zone: int) -> None:
    found = outcome(np.full(len(gaps), 50), 50 + np.array(gaps), zone=zone)
    moved = np.sign(satisfaction(50, 50 + np.array(gaps), zone=zone) - 70)
    assert found.tolist() == [{-1: "below", 0: "matches", 1: "above"}[side] for side in moved]
    assert found.cat.categories.tolist() == ["below", "matches", "above"] and found.cat.ordered


def test_outcomes_keep_the_labels_of_the_encounters() -> None:
    hoped, got = pd.Series([70, 70], index=["Ann", "Bo"]), pd.Series([80, 60], index=["Ann", "Bo"])
    for found in (outcome(hoped, [80, 60]), outcome([70, 70], got), outcome(70, got)):
        assert found.to_dict() == {"Ann": "above", "Bo": "below"}
        assert found.name == "outcome"


# --- forms of the function ---


def columns_of(gap: np.ndarray, zone: float, power: float) -> np.ndarray:
    """One, what lies above expectation, and what lies below it (negative)."""
    up = np.where(gap > zone, np.abs(np.abs(gap) - zone) ** power, 0)
    down = np.where(gap < -zone, np.abs(np.abs(gap) - zone) ** power, 0)
    return np.column_stack([np.ones(gap.size), up, -down])


def squares(gap: np.ndarray, felt: np.ndarray, zone: float, power: float) -> float:
    design = columns_of(gap, zone, power)
    found = np.linalg.lstsq(design, felt, rcond=None)[0]
    return float(((felt - design @ found) ** 2).sum())


@every_student
def test_the_fit_finds_the_truth_behind_the_encounters(student: str) -> None:
    table = drawn(student)["expectations_encounters"]
    found = fit_forms(table["expectation"], table["performance"], table["satisfaction"])
    true = simulate.truth(student)["expectations_encounters"]
    tolerance = {"base": 0.5, "gain": 0.1, "loss": 0.12, "zone": 0.5}
    for name, off in tolerance.items():
        assert found.loc["with_zone", name] == pytest.approx(true[name], abs=off)
    assert found.loc["with_zone", "error"] == pytest.approx(true["noise"], rel=0.05)
    assert found["aic"].sort_values().index.tolist() == ["with_zone", "s_shaped", "asymmetric", "linear"]


def test_the_forms_agree_with_least_squares_worked_out_alone() -> None:
    table = load("expectations_encounters")
    gap, felt = (table["performance"] - table["expectation"]).to_numpy(), table["satisfaction"].to_numpy()
    found = fit_forms(table["expectation"], table["performance"], felt)
    slope, level = np.polyfit(gap, felt, 1)
    rest = {"linear": float(((felt - level - slope * gap) ** 2).sum())}
    np.testing.assert_allclose(found.loc["linear", ["base", "gain", "loss"]].astype(float), [level, slope, slope])
    for form in ("asymmetric", "with_zone", "s_shaped"):
        row = found.loc[form]
        design = columns_of(gap, row["zone"], row["power"])
        np.testing.assert_allclose(
            row[["base", "gain", "loss"]].astype(float), np.linalg.lstsq(design, felt, rcond=None)[0]
        )
        rest[form] = squares(gap, felt, row["zone"], row["power"])
    for form, numbers in {"linear": 2, "asymmetric": 3, "with_zone": 4, "s_shaped": 4}.items():
        row = found.loc[form]
        assert row["error"] == pytest.approx(math.sqrt(rest[form] / 1500))
        assert row["aic"] == pytest.approx(1500 * math.log(rest[form] / 1500) + 2 * (numbers + 1))  # one for the noise
    assert found.loc[["linear", "asymmetric", "s_shaped"], "zone"].tolist() == [0, 0, 0]
    assert found.loc[["linear", "asymmetric", "with_zone"], "power"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("seed", range(4))
def test_no_other_zone_and_no_other_power_fits_better(seed: int) -> None:
    draw = np.random.default_rng(seed)
    gap = draw.normal(0, 10, 300)
    felt = satisfaction(0, gap, zone=2 + 2 * seed) + 4 * draw.standard_normal(300)
    found = fit_forms(np.zeros(300), gap, felt)
    fine = 1 + 1e-6
    for zone in np.linspace(0, np.quantile(np.abs(gap), 0.9), 200):
        assert found.loc["with_zone", "error"] ** 2 * 300 <= fine * squares(gap, felt, zone, 1)
    for power in np.linspace(0.3, 2, 200):
        assert found.loc["s_shaped", "error"] ** 2 * 300 <= fine * squares(gap, felt, 0, power)


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("with_zone", {"base": 60, "gain": 0.5, "loss": 1.5, "zone": 5}),
        ("s_shaped", {"base": 55, **PROSPECT}),
        ("asymmetric", {"base": 72, "gain": 2.0, "loss": 1.0}),
        ("linear", {"base": 50, "gain": 0.8, "loss": 0.8}),
    ],
)
def test_without_noise_the_fit_is_exact(form: str, shape: dict[str, float]) -> None:
    gap = np.linspace(-30, 30, 41)
    found = fit_forms(np.zeros(41), gap, satisfaction(0, gap, **shape)).loc[form]
    for name, true in shape.items():
        assert found[name] == pytest.approx(true, abs=1e-3)
    assert found["error"] < 1e-3


# --- how expectations move ---


@given(points, st.floats(1, 30), st.lists(points, min_size=1, max_size=6), st.floats(1, 30))
def test_visits_at_once_are_visits_one_by_one(mean: float, sd: float, visits: list[float], noise: float) -> None:
    one_by_one = (mean, sd)
    for visit in visits:
        one_by_one = update_expectation(*one_by_one, visit, noise)
    at_once = update_expectation(mean, sd, float(np.mean(visits)), noise, len(visits))
    assert at_once == pytest.approx(one_by_one)


@given(st.lists(st.tuples(points, st.floats(1, 30), st.integers(0, 5)), min_size=2, max_size=5), st.randoms())
def test_the_order_of_news_does_not_matter_and_precisions_add(
    news: list[tuple[float, float, int]], chance: Any
) -> None:
    mixed = list(news)
    chance.shuffle(mixed)
    found = []
    for order in (news, mixed):
        now = (62.0, 12.0)
        for level, sd, n in order:
            before, now = now, update_expectation(*now, level, sd, n)
            low, high = sorted((before[0], level))
            assert low - 1e-9 <= now[0] <= high + 1e-9
            assert now[1] <= before[1] + 1e-12
        found.append(now)
    assert found[0] == pytest.approx(found[1])
    weights = [1 / 12**2, *(n / sd**2 for _, sd, n in news)]
    assert found[0][0] == pytest.approx(np.average([62, *(level for level, *_ in news)], weights=weights))
    assert found[0][1] == pytest.approx(1 / math.sqrt(sum(weights)))


def test_no_news_is_no_news_and_four_reviews_of_twice_the_spread_are_one_visit() -> None:
    assert update_expectation(70, 10, 20, 15, 0) == pytest.approx((70, 10))
    assert update_expectation(62, 12, 80, 24, n=4) == pytest.approx(update_expectation(62, 12, 80, 12))


# --- what to promise ---


@pytest.mark.parametrize(
    ("horizon", "expectation", "promise", "direction"),
    [
        (1.5, 77.36, 94.72, "over"),
        (2, 70.42, 80.83, "over"),
        (3, 63.47, 66.94, "under"),
        (5, 57.92, 55.83, "under"),
    ],
)
def test_the_best_promises_of_the_curriculum(
    horizon: float, expectation: float, promise: float, direction: str
) -> None:
    best = best_promise(70, 60, 0.5, horizon, **LINES)
    assert (round(best.expectation, 2), round(best.promise, 2)) == (expectation, promise)
    assert (best.direction, best.capped) == (direction, False)


@pytest.mark.parametrize(
    ("quality", "expected", "reliance", "horizon", "best"),
    [
        (70, 60, 0.5, 1, Promise(80, 100, "over", True)),  # 122.5 if it could be said
        (70, 60, 0.5, 0, Promise(80, 100, "over", True)),
        (20, 90, 0.25, 4, Promise(67.5, 0, "under", True)),
        (100, 60, 0.5, 1, Promise(80, 100, "exact", True)),
        (0, 90, 0.25, 4, Promise(67.5, 0, "exact", True)),
    ],
)
def test_a_promise_beyond_0_or_100_is_capped_and_says_so(
    quality: float, expected: float, reliance: float, horizon: float, best: Promise
) -> None:
    assert best_promise(quality, expected, reliance, horizon, **LINES) == best


def test_the_horizon_that_rewards_honesty() -> None:
    # with E = 65, what a promise of 70 brings about: 1 + h (0.5 + 0.84) = 2 h 0.012 (65 + 0.05 / 0.008)
    honest = best_promise(70, 60, 0.5, 1 / 0.37, **LINES)
    assert honest.promise == pytest.approx(70)
    assert (honest.direction, honest.capped) == ("exact", False)


@given(
    points,
    points,
    st.floats(0.1, 1),
    st.floats(0.2, 6),
    st.tuples(st.floats(0, 0.3), st.floats(0.001, 0.01)),
    st.tuples(st.floats(0, 0.6), st.floats(0.002, 0.02)),
)
def test_no_promise_of_a_grid_earns_more(
    quality: float,
    expected: float,
    reliance: float,
    horizon: float,
    trial: tuple[float, float],
    repeat: tuple[float, float],
) -> None:
    given_: Any = (quality, expected, reliance, horizon, trial, repeat)
    best = best_promise(*given_)
    grid = promise_outcome(np.arange(0, 100.25, 0.25), *given_)
    mine = promise_outcome(best.promise, *given_).iloc[0]
    assert mine["profit"] >= grid["profit"].max() - 1e-9
    assert best.promise == pytest.approx(grid["promise"][grid["profit"].idxmax()], abs=0.26)
    assert best.expectation == pytest.approx(mine["expectation"])
    assert best.capped <= (best.promise in (0, 100))
    if abs(best.promise - quality) > 1e-6:
        assert best.direction == ("over" if best.promise > quality else "under")


def test_less_reliance_makes_the_best_promise_more_extreme() -> None:
    for horizon, away in ((2, 1), (8, -1)):
        promises = [best_promise(70, 60, w, horizon, **LINES).promise for w in (1, 0.8, 0.6, 0.4)]
        assert all(away * (more - less) > 0 for less, more in pairwise(promises))


@settings(max_examples=50)
@given(st.lists(points, min_size=1, max_size=5), points, points, st.floats(0, 1), st.floats(0, 6))
def test_each_promise_brings_what_it_brings_alone(
    promises: list[float], quality: float, before: float, reliance: float, horizon: float
) -> None:
    found = promise_outcome(promises, quality, before, reliance, horizon, **LINES)
    for promise, row in zip(promises, found.itertuples(index=False), strict=True):
        expected = before + reliance * (promise - before)
        trial, repeat = 0.05 + 0.004 * expected, 0.5 + 0.012 * (quality - expected)
        assert tuple(row) == pytest.approx((promise, expected, trial, repeat, trial * (1 + horizon * repeat)))


# --- telling them early ---


@pytest.mark.parametrize(("delay", "notice"), [(24, 0), (24, 12), (6, 30), (0, 8), (50, 71.5)])
def test_who_stays_worked_out_alone(delay: float, notice: float) -> None:
    surprise = 1.5 * delay * 0.5 ** (notice / 10)
    pleased = 1 / (1 + math.exp(-(70 - 2 * surprise - 50) / 8))
    found = stay_after_delay(delay, notice, patience=1.5, adjust_h=10, leave_per_day=0.1)
    assert found == pytest.approx(0.9 ** (notice / 24) * pleased)


def test_without_a_delay_silence_keeps_most_and_notice_only_sends_people_away() -> None:
    notice = np.arange(0, 97, 6)
    kept = stay_after_delay(0, notice)
    assert kept[0] == pytest.approx(1 / (1 + math.exp(-2.5)))
    assert (np.diff(kept) < 0).all()
    np.testing.assert_allclose(kept, kept[0] * 0.95 ** (notice / 24))
    np.testing.assert_allclose(stay_after_delay(0, notice, leave_per_day=0), kept[0])


@pytest.mark.parametrize("delay", [2, 6, 24, 72])
def test_the_best_notice_is_neither_none_nor_the_earliest(delay: float) -> None:
    hours = np.arange(0, 201)
    kept = stay_after_delay(delay, hours)
    best = int(kept.argmax())
    assert 0 < best < 96
    assert (np.diff(kept[: best + 1]) > 0).all() and (np.diff(kept[best:]) < 0).all()
    assert (np.diff(stay_after_delay(delay, hours, leave_per_day=0)) >= 0).all()
    if delay == 24:
        assert best in (49, 50, 51)


@given(st.floats(0, 72), st.floats(0, 72), st.floats(1, 48))
def test_after_the_time_to_adjust_half_of_the_delay_is_a_surprise(delay: float, notice: float, half: float) -> None:
    law: dict[str, float] = {"adjust_h": half, "leave_per_day": 0}
    assert stay_after_delay(delay, half, **law) == pytest.approx(float(stay_after_delay(delay / 2, 0, **law)))
    assert stay_after_delay(delay, notice, patience=2, **law) == pytest.approx(
        float(stay_after_delay(2 * delay, notice, **law))
    )
    assert stay_after_delay(delay, notice) >= stay_after_delay(delay + 1, notice)


def test_delays_and_notices_are_taken_in_their_common_shape() -> None:
    found = stay_after_delay([[6], [24]], [0, 12, 48])
    assert found.shape == (2, 3)
    assert found[1, 2] == stay_after_delay(24, 48)


# --- importance and performance ---


def placed(table: pd.DataFrame, crosshair: str, middle: float) -> dict[str, str]:
    """The quadrants of means, worked out alone; a value on a line is high."""
    lines = {"mean": table.mean(), "median": table.quantile(0.5), "midpoint": table * 0 + middle}[crosshair]
    names = {
        (True, False): "concentrate_here",
        (True, True): "keep_up",
        (False, False): "low_priority",
        (False, True): "possible_overkill",
    }
    high = table >= lines - 1e-9  # a mean on its line may differ in the last bit
    return {key: names[bool(row["importance"]), bool(row["performance"])] for key, row in high.iterrows()}


def garage() -> pd.DataFrame:
    return pd.DataFrame(
        [(name.en, *means) for name, *means in GARAGE_1977], columns=["attribute", "importance", "performance"]
    )


def test_the_garage_of_1977_has_four_movers_from_mean_to_median() -> None:
    grids = {rule: importance_performance(garage(), rule, scale=(1, 4)) for rule in CROSSHAIRS}  # type: ignore[arg-type]
    lines = {rule: lines_of(grids[rule], rule, (1, 4), "stated") for rule in CROSSHAIRS}  # type: ignore[arg-type]
    assert lines["mean"] == pytest.approx((3.15, 2.82), abs=0.005)
    assert lines["median"] == pytest.approx((3.375, 3.01))
    assert lines["midpoint"] == (2.5, 2.5)
    quadrants = {rule: grid["quadrant"].astype(str) for rule, grid in grids.items()}
    movers = quadrants["mean"].index[quadrants["mean"] != quadrants["median"]]
    assert movers.tolist() == ["any job done", "only necessary work", "low prices", "cleans up"]
    assert quadrants["median"][movers].tolist() == [
        "concentrate_here",
        "possible_overkill",
        "low_priority",
        "possible_overkill",
    ]
    for rule in CROSSHAIRS:
        assert quadrants[rule].to_dict() == placed(garage().set_index("attribute"), rule, 2.5)


def test_the_garage_stands_in_the_model_as_in_the_known_answers() -> None:
    table = garage()
    assert len(table) == 14 and table["attribute"].is_unique
    assert table[["importance", "performance"]].sum().round(2).tolist() == [44.12, 39.43]
    assert len({str(name.zh) for name, *_ in GARAGE_1977}) == 14


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("rule", CROSSHAIRS)
def test_quadrants_are_computed_from_the_ratings_of_whoever_was_asked(rule: Any, student: str) -> None:
    ratings = drawn(student)["expectations_ratings"]
    few = ratings[ratings["rater_id"].isin(ratings["rater_id"].unique()[:40])]
    for table in (ratings, few):
        found = importance_performance(table, rule)
        means = table.groupby("attribute")[["importance", "performance"]].mean()
        assert found["quadrant"].astype(str).to_dict() == placed(means, rule, 3)
        pd.testing.assert_frame_equal(found[["importance", "performance"]].sort_index(), means)
        assert list(found.index) == list(table["attribute"].unique())


def test_in_the_chapter_only_the_price_stays_first_under_all_three_rules() -> None:
    ratings = load("expectations_ratings")
    first: dict[str, list[set[str]]] = {
        importance: [
            set(grid.index[grid["quadrant"] == "concentrate_here"])
            for grid in (importance_performance(ratings, rule, importance) for rule in CROSSHAIRS)  # type: ignore[arg-type]
        ]
        for importance in ("stated", "derived")
    }
    assert set.intersection(*first["stated"]) == {"price"}
    assert first["stated"][0] - first["stated"][1] == {"phone"}
    assert all("price" not in names for names in first["derived"])


@pytest.mark.parametrize("rule", CROSSHAIRS)
def test_derived_importance_is_the_share_of_the_key_drivers(rule: Any) -> None:
    table, overall = wide("")
    found = importance_performance(load("expectations_ratings"), rule, "derived")
    shares = key_drivers(table, overall)
    np.testing.assert_allclose(found["importance"][list(ATTRIBUTES)], shares)
    line = shares.median() if rule == "median" else shares.mean()  # shares have no scale
    assert lines_of(found, rule, (1, 5), "derived")[0] == pytest.approx(line)
    high = found["quadrant"].isin(["concentrate_here", "keep_up"])
    assert (high == (found["importance"] >= line)).all()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9), st.sampled_from(CROSSHAIRS))
def test_a_value_on_a_line_is_high(answers: list[tuple[int, int]], rule: Any) -> None:
    table = pd.DataFrame(answers, columns=["importance", "performance"], dtype=float)
    table.index = pd.Index([f"a{place}" for place in range(len(answers))], name="attribute")
    found = importance_performance(table, rule)
    assert found["quadrant"].astype(str).to_dict() == placed(table, rule, 3)


def test_the_middle_of_another_scale_is_its_own() -> None:
    table = pd.DataFrame({"attribute": ["a", "b"], "importance": [6.0, 5.0], "performance": [5.5, 5.4]})
    found = importance_performance(table, "midpoint", scale=(1, 10))
    assert found["quadrant"].tolist() == ["keep_up", "low_priority"]
    assert lines_of(found, "midpoint", (1, 10), "stated") == (5.5, 5.5)


RATINGS = pd.DataFrame(
    {
        "rater_id": np.repeat(np.arange(8), 2),
        "attribute": ["speed", "care"] * 8,
        "importance": [5, 2, 4, 3, 5, 1, 4, 2, 3, 3, 5, 2, 4, 1, 5, 2],
        "performance": [2, 4, 1, 5, 3, 3, 2, 2, 4, 1, 2, 5, 5, 4, 1, 3],
        "overall": np.repeat([4, 3, 6, 3, 8, 5, 9, 2], 2),
    }
).astype({"importance": float, "performance": float, "overall": float})


def without(*places: tuple[int, str]) -> pd.DataFrame:
    table = RATINGS.copy()
    for place, column in places:
        table.loc[place, column] = np.nan
    return table


def test_missing_ratings_are_left_out_of_the_means() -> None:
    found = importance_performance(without((0, "importance"), (3, "performance")))
    assert found.loc["speed", "importance"] == pytest.approx(RATINGS["importance"][2::2].mean())
    assert found.loc["speed", "performance"] == pytest.approx(RATINGS["performance"][::2].mean())
    assert found.loc["care", "performance"] == pytest.approx(RATINGS["performance"][[1, *range(5, 16, 2)]].mean())


@pytest.mark.parametrize("lost", [[(3, "performance")], [(2, "overall"), (3, "overall")], [(3, "overall")]])
def test_derived_importance_leaves_out_raters_with_a_missing_rating(lost: list[tuple[int, str]]) -> None:
    found = importance_performance(without(*lost), importance="derived")["importance"]
    kept = RATINGS if lost == [(3, "overall")] else RATINGS[RATINGS["rater_id"] != 1]  # it stands in row 2 as well
    pd.testing.assert_series_equal(found, importance_performance(kept, importance="derived")["importance"])


@pytest.mark.parametrize("importance", ["stated", "derived"])
def test_neither_the_order_of_rows_nor_where_the_attribute_stands_matters(importance: Any) -> None:
    found = importance_performance(RATINGS, "median", importance)
    before = RATINGS.copy()
    mixed = importance_performance(RATINGS.sample(frac=1, random_state=4), "median", importance)
    pd.testing.assert_frame_equal(mixed.loc[found.index], found)
    pd.testing.assert_frame_equal(importance_performance(RATINGS.set_index("attribute"), "median", importance), found)
    pd.testing.assert_frame_equal(RATINGS, before)


# --- gaps ---


def test_servqual_with_the_weights_of_the_known_answer() -> None:
    expected = pd.DataFrame([[6.5, 6.2, 6.1, 5.9, 5.2]], columns=list("abcde"))
    perceived = pd.DataFrame([[5.8, 5.9, 6.0, 5.7, 5.4]], columns=list("abcde"))
    gaps, score = servqual(expected, perceived)
    assert score == pytest.approx(-0.22)
    weights = dict(zip("abcde", (0.32, 0.22, 0.19, 0.16, 0.11), strict=True))
    assert servqual(expected, perceived, weights)[1] == pytest.approx(-0.319)
    backwards = dict(reversed(weights.items()))
    assert servqual(expected, perceived, backwards)[1] == pytest.approx(-0.319)
    np.testing.assert_allclose(gaps["gap"], [-0.7, -0.3, -0.1, -0.2, 0.2])
    assert gaps[["low", "high"]].isna().all(axis=None)  # one rater says nothing about the others


def test_a_gap_has_the_usual_interval_of_a_mean_difference() -> None:
    answers = load("expectations_gaps").pivot(index="rater_id", columns="dimension")
    gaps, score = servqual(answers["expected"], answers["perceived"])
    for dimension, row in gaps.iterrows():
        each = (answers["perceived"] - answers["expected"])[dimension]
        low, high = stats.norm.interval(0.95, each.mean(), stats.sem(each))
        assert tuple(row) == pytest.approx((each.mean(), low, high))
    assert score == pytest.approx(gaps["gap"].mean())


def test_lanwan_falls_short_in_reliability_most_and_two_gaps_are_no_finding() -> None:
    answers = load("expectations_gaps").pivot(index="rater_id", columns="dimension")
    gaps, _ = servqual(answers["expected"], answers["perceived"])
    assert gaps["gap"].idxmin() == "reliability"
    assert set(gaps.index[(gaps["low"] < 0) & (gaps["high"] > 0)]) == {"tangibles", "assurance"}


# --- key drivers ---


def explained(x: np.ndarray, y: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(y)), x])
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(1 - (rest**2).sum() / ((y - y.mean()) ** 2).sum())


def by_orderings(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mean gain in R-squared over all orders, one after the other."""
    count = x.shape[1]
    known = {
        chosen: explained(x[:, list(chosen)], y)
        for size in range(count + 1)
        for chosen in combinations(range(count), size)
    }
    gains = np.zeros(count)
    for order in permutations(range(count)):
        for place, driver in enumerate(order):
            gains[driver] += known[tuple(sorted(order[: place + 1]))] - known[tuple(sorted(order[:place]))]
    return gains / math.factorial(count)


def some_raters(seed: int, count: int, raters: int, together: float) -> tuple[pd.DataFrame, np.ndarray]:
    draw = np.random.default_rng(seed)
    mood = draw.standard_normal((raters, 1))
    x = together * mood + (1 - together) * draw.standard_normal((raters, count))
    y = x @ draw.normal(size=count) + draw.standard_normal(raters)
    return pd.DataFrame(10 * x + 50, columns=[f"d{place}" for place in range(count)]), y


@settings(max_examples=60)
@given(seeds, st.integers(1, 5), st.integers(2, 25), st.floats(0, 0.95))
def test_shares_are_the_mean_gain_over_all_orders_and_sum_to_r_squared(
    seed: int, count: int, more: int, together: float
) -> None:
    x, y = some_raters(seed, count, count + more, together)
    before = x.copy()
    found = key_drivers(x, y)
    np.testing.assert_allclose(found, by_orderings(x.to_numpy(), y), atol=1e-9)
    assert found.sum() == pytest.approx(explained(x.to_numpy(), y), abs=1e-10)
    assert list(found.index) == list(x.columns)
    pd.testing.assert_frame_equal(x, before)


@settings(max_examples=30)
@given(seeds, st.permutations(range(6)), st.floats(0, 0.95))
def test_the_order_of_the_columns_does_not_matter(seed: int, order: list[int], together: float) -> None:
    x, y = some_raters(seed, 6, 40, together)
    found = key_drivers(x, y)
    np.testing.assert_allclose(key_drivers(x.iloc[:, order], y)[found.index], found, atol=1e-10)
    np.testing.assert_allclose(key_drivers(3 - 7 * x, 20 * y - 4), found, atol=1e-10)


@pytest.mark.parametrize("count", [14, 16])
def test_many_drivers_that_do_not_move_together_have_their_squared_correlations(count: int) -> None:
    draw = np.random.default_rng(count)
    raw = draw.standard_normal((300, count))
    apart, _ = np.linalg.qr(raw - raw.mean(axis=0))
    y = apart @ draw.normal(size=count) + 0.1 * draw.standard_normal(300)
    found = key_drivers(pd.DataFrame(apart), y)
    np.testing.assert_allclose(found, [np.corrcoef(one, y)[0, 1] ** 2 for one in apart.T], atol=1e-10)


@every_student
def test_fourteen_drivers_of_three_hundred_raters_share_out_r_squared(student: str) -> None:
    table, overall = wide(student)
    found = key_drivers(table, overall)
    assert found.sum() == pytest.approx(explained(table.to_numpy(), overall.to_numpy()), abs=1e-10)
    assert (found > 0).all()
    turned = key_drivers(table[list(reversed(table.columns))], overall)
    np.testing.assert_allclose(turned[found.index], found, atol=1e-10)


@every_student
def test_two_attributes_that_change_nothing_get_clear_shares_since_they_move_with_a_driver(student: str) -> None:
    table, overall = wide(student)
    effects = simulate.truth(student)["expectations_ratings"]["effects"]
    assert set(effects.index[(effects == 0).all(axis=1)]) == IDLE
    assert (table[["polite", "van"]].corrwith(table["on_time"]) > 0.7).all()
    assert abs(table["newsletter"].corr(table["on_time"])) < 0.4  # a rater's mood only
    share = key_drivers(table, overall)
    assert share[["polite", "van"]].min() > 0.015
    assert share[["polite", "van"]].sum() > 0.12 * share.sum()


def test_in_the_chapter_a_clean_van_gets_twice_the_credit_of_the_training() -> None:
    share = key_drivers(*wide(""))
    assert share["van"] / share["training"] == pytest.approx(2, abs=0.1)
    assert share["newsletter"] < share.drop("newsletter").min()
    assert truth("expectations_ratings")["effects"]["reward"].idxmax() == "training"


# --- penalties and rewards ---


@every_student
def test_penalties_are_those_of_one_least_squares_fit_with_the_usual_errors(student: str) -> None:
    table, overall = wide(student)
    found = penalty_reward(table, overall, low=2, high=5)
    y = overall.to_numpy(float)
    design = np.column_stack([np.ones(len(y)), table <= 2, table >= 5]).astype(float)
    effect, rest, *_ = np.linalg.lstsq(design, y, rcond=None)
    np.testing.assert_allclose(found[["penalty", "reward"]].to_numpy().T.ravel(), effect[1:])
    variance = rest[0] / (len(y) - design.shape[1])
    errors = []
    for place in range(1, design.shape[1]):  # one over what the others leave of a column (Frisch & Waugh)
        others = np.delete(design, place, axis=1)
        left = design[:, place] - others @ np.linalg.lstsq(others, design[:, place], rcond=None)[0]
        errors.append(math.sqrt(variance / (left @ left)))
    np.testing.assert_allclose(found[["penalty_se", "reward_se"]].to_numpy().T.ravel(), errors)
    t = found["penalty"] / found["penalty_se"], found["reward"] / found["reward_se"]
    kinds = {(True, False): "basic", (True, True): "performance", (False, True): "excitement"}
    for name in found.index:
        kind = kinds.get((t[0][name] < -1.96, t[1][name] > 1.96), "neither")
        assert found.loc[name, "factor"] == kind
    assert list(found.index) == list(ATTRIBUTES) and found.index.name == "attribute"


def test_one_attribute_agrees_with_scipy() -> None:
    ratings = np.array([1, 2, 2, 5, 5, 5, 4.5, 1, 5, 2, 2.5])
    overall = np.array([3, 4, 3, 8, 9, 7, 6, 2, 8, 5, 7])
    ordinary = (ratings == 4.5) | (ratings == 2.5)
    plain = stats.linregress(ratings[~ordinary] == 5, overall[~ordinary])
    found = penalty_reward(pd.DataFrame({"a": ratings}), overall, low=2, high=5).loc["a"]
    assert found["reward"] - found["penalty"] == pytest.approx(plain.slope)
    assert found["penalty"] == pytest.approx(overall[ratings <= 2].mean() - overall[ordinary].mean())


def test_the_four_kinds_are_told_apart() -> None:
    draw = np.random.default_rng(3)
    x = pd.DataFrame(draw.integers(1, 6, (2000, 5)), columns=["basic", "performance", "excitement", "neither", "odd"])
    bad, good = x <= 2, x >= 5
    overall = 6 - bad["basic"] - bad["performance"] + good["performance"] + good["excitement"]
    overall = overall + bad["odd"] - good["odd"]  # clear, but the wrong way round: neither punishes nor rewards
    found = penalty_reward(x, overall + 0.5 * draw.standard_normal(2000), low=2, high=5)
    assert found["factor"].to_dict() == {name: name for name in x.columns[:4]} | {"odd": "neither"}
    assert found["factor"].cat.categories.tolist() == ["basic", "performance", "excitement", "neither"]
    np.testing.assert_allclose(found["penalty"], [-1, -1, 0, 0, 1], atol=0.12)


@every_student
def test_penalties_and_rewards_lie_near_their_truth(student: str) -> None:
    found, effects = penalty_reward(*wide(student), low=2, high=5), truth("expectations_ratings")["effects"]
    for side in ("penalty", "reward"):
        off = (found[side] - effects[side]) / found[f"{side}_se"]
        assert off.abs().max() < 4 and (off**2).mean() < 2.5


def test_in_the_chapter_the_three_idle_attributes_are_found_out() -> None:
    kinds = penalty_reward(*wide(""), low=2, high=5)["factor"]
    assert set(kinds.index[kinds == "neither"]) == IDLE
    assert kinds["training"] == "excitement" and kinds["complete"] == kinds["undamaged"] == "basic"
    assert kinds["on_time"] == "performance"


# --- Kano ---


def kano_of(with_it: str, without_it: str) -> str:
    """The evaluation table in words: who likes both or dislikes both is not to be believed."""
    if with_it == without_it and with_it in ("like", "dislike"):
        return "Q"
    if with_it == "dislike" or without_it == "like":
        return "R"
    if with_it == "like":
        return "O" if without_it == "dislike" else "A"
    return "M" if without_it == "dislike" else "I"


def test_the_evaluation_table_of_all_25_pairs() -> None:
    pairs = list(product(("like", "must-be", "neutral", "live-with", "dislike"), repeat=2))
    found = kano_class(*zip(*pairs, strict=True))
    assert found.tolist() == [kano_of(*pair) for pair in pairs]
    rows = "".join(found).replace("", " ").split()
    assert "".join(rows) == "QAAAO" + 3 * "RIIIM" + "RRRRQ"
    assert KANO_ANSWERS == ("like", "must-be", "neutral", "live-with", "dislike")
    assert found.cat.categories.tolist() == list(KANO_CLASSES) == list("AOMIRQ")


def test_one_pair_may_be_asked_alone_and_labels_stay() -> None:
    assert kano_class("like", "dislike").tolist() == ["O"]
    asked = pd.Series(["like", "neutral"], index=["app", "van"])
    assert kano_class(asked, ["neutral", "dislike"]).to_dict() == {"app": "A", "van": "M"}


@given(st.lists(st.integers(0, 200), min_size=6, max_size=6))
def test_coefficients_stay_within_their_bounds_and_leave_reverse_and_questionable_out(numbers: list[int]) -> None:
    assume(sum(numbers[:4]) > 0)
    a, o, m, i, *_ = numbers
    counts = dict(zip("AOMIRQ", numbers, strict=True))
    found = kano_coefficients(counts)
    assert 0 <= found.better <= 1 and -1 <= found.worse <= 0
    assert found.better == pytest.approx((a + o) / (a + o + m + i))
    assert found.worse == pytest.approx(-(o + m) / (a + o + m + i))
    assert kano_coefficients({**counts, "R": 999, "Q": 0}) == found


def test_the_ends_of_the_coefficients() -> None:
    assert kano_coefficients({"O": 3}) == KanoCoefficients(1, -1)
    assert kano_coefficients({"I": 3}) == KanoCoefficients(0, 0)
    assert kano_coefficients({"A": 1, "M": 3}) == KanoCoefficients(0.25, -0.75)


@every_student
def test_features_have_the_classes_they_were_drawn_with(student: str) -> None:
    answers, chances = drawn(student)["expectations_kano"], simulate.truth(student)["expectations_kano"]["chances"]
    found = kano_class(answers["functional"], answers["dysfunctional"])
    counts = pd.crosstab(answers["feature"], found.astype(str))
    assert set(counts.index) == set(FEATURES) == set(chances.index)
    counts = counts.reindex(index=chances.index, columns=chances.columns, fill_value=0)
    assert (counts.sum(axis=1) == 200).all()
    error = np.sqrt(200 * chances * (1 - chances)).clip(lower=1)
    assert ((counts - 200 * chances).abs() < 4 * error).all(axis=None)
    clear = counts.idxmax(axis=1).drop("paper_invoice")  # must-be and indifferent are equally likely there
    assert clear.to_dict() == chances.idxmax(axis=1).drop("paper_invoice").to_dict()
    assert set(clear) == set("AOMIR")


# --- thermometers ---


def test_acsi_of_the_known_answer() -> None:
    assert acsi([8.2, 7.5, 7.3], [0.38, 0.32, 0.30]) == pytest.approx(74.51, abs=0.005)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 10), min_size=3, max_size=30), seeds)
def test_acsi_of_a_table_is_that_of_its_means_and_lies_within_0_to_100(answers: list[int], seed: int) -> None:
    table = pd.DataFrame(np.resize(answers, (len(answers) // 3, 3)), columns=["a", "b", "c"])
    weights = np.random.default_rng(seed).dirichlet(np.ones(3))
    found = acsi(table, weights)
    assert found == pytest.approx(acsi(table.mean().to_numpy(), weights))
    assert found == pytest.approx(
        sum(100 * (table[name].mean() - 1) / 9 * weight for name, weight in zip("abc", weights, strict=True))
    )
    assert -1e-9 <= found <= 100 + 1e-9
    named = dict(zip("abc", weights, strict=True))
    assert acsi(table, dict(reversed(named.items()))) == pytest.approx(found)
    assert acsi(table.mean().to_dict(), named) == pytest.approx(found)


def test_a_1_maps_to_0_and_a_10_to_100() -> None:
    assert acsi([1, 1], [0.5, 0.5]) == 0
    assert acsi([10, 10], [0.3, 0.7]) == pytest.approx(100)
    assert acsi([1, 10], [0.3, 0.7]) == pytest.approx(70)


def test_nps_of_the_known_answer() -> None:
    found = nps([9] * 90 + [8] * 70 + [6] * 40)
    assert (found.score, round(found.half_width, 1), found.n) == (25, 10.6, 200)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_nps_counts_9_and_10_for_and_0_to_6_against(answers: list[int]) -> None:
    each = np.array([1 if one > 8 else -1 if one < 7 else 0 for one in answers])
    found = nps(answers)
    assert found.score == pytest.approx(100 * each.mean())
    assert found.half_width == pytest.approx(100 * 1.959964 * each.std() / math.sqrt(len(answers)), abs=1e-4)
    assert -100 <= found.score <= 100 and found.n == len(answers)


def test_a_missing_answer_is_left_out_of_the_nps() -> None:
    assert nps([10, np.nan, 7, 3]) == nps([10, 7, 3])


@pytest.mark.parametrize(("promoters", "detractors"), [(0.45, 0.2), (0.3, 0.3), (0.1, 0.05)])
def test_the_half_width_of_the_nps_is_what_samples_scatter(promoters: float, detractors: float) -> None:
    draw = np.random.default_rng(1)
    samples = draw.choice([10, 8, 2], (1500, 200), p=[promoters, 1 - promoters - detractors, detractors])
    found = [nps(sample) for sample in samples]
    scores, widths = np.array([one.score for one in found]), np.array([one.half_width for one in found])
    assert widths.mean() / 1.96 == pytest.approx(scores.std(), rel=0.06)
    covered = np.abs(scores - 100 * (promoters - detractors)) <= widths
    assert covered.mean() == pytest.approx(0.95, abs=0.02)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 10), min_size=1, max_size=60), st.integers(1, 5))
def test_top_box_is_a_share_with_the_usual_interval(answers: list[int], boxes: int) -> None:
    share, half = top_box(answers, best=10, boxes=boxes)
    among_best = [one in range(11 - boxes, 11) for one in answers]
    assert share == pytest.approx(np.mean(among_best))
    assert half == pytest.approx(1.959964 * np.std(among_best) / math.sqrt(len(answers)), abs=1e-6)
    assert top_box(answers, best=10) == top_box(answers, best=10, boxes=2)


@lru_cache
def readings(student: str) -> pd.DataFrame:
    rows = {}
    for branch, group in drawn(student)["expectations_branches"].groupby("branch"):
        questions = group[["overall", "against_expectation", "against_ideal"]]
        index = 100 * (questions @ [0.38, 0.32, 0.30] - 1) / 9
        net, (top, half) = nps(group["recommend"]), top_box(group["overall"], best=10)
        rows[branch] = {
            "acsi": acsi(questions, [0.38, 0.32, 0.30]),
            "acsi_half": 1.96 * stats.sem(index),
            "nps": net.score,
            "nps_half": net.half_width,
            "top": top,
            "top_half": half,
        }
    return pd.DataFrame(rows)


def test_on_the_two_branches_the_thermometers_disagree() -> None:
    found = readings("")
    assert found.loc["acsi", "Harbour"] > found.loc["acsi", "Station"]
    assert found.loc["nps", "Harbour"] < found.loc["nps", "Station"]
    assert found.loc["top", "Station"] == pytest.approx(3 * found.loc["top", "Harbour"], rel=0.02)
    beyond_chance = {
        name: abs(found.loc[name, "Harbour"] - found.loc[name, "Station"]) > math.hypot(*found.loc[f"{name}_half"])
        for name in ("acsi", "nps", "top")
    }
    assert beyond_chance == {"acsi": False, "nps": True, "top": True}


@every_student
def test_a_divided_branch_has_more_top_answers_and_a_wider_interval_at_the_same_true_mean(student: str) -> None:
    (harbour, even), (station, divided) = simulate.truth(student)["expectations_branches"].values()
    assert harbour == station and divided > 2 * even
    found = readings(student)
    assert found.loc["top", "Station"] > 1.5 * found.loc["top", "Harbour"]
    assert found.loc["nps_half", "Station"] > 1.1 * found.loc["nps_half", "Harbour"]
    by_branch = drawn(student)["expectations_branches"].groupby("branch")[["overall", "recommend"]]
    assert (by_branch.std().loc["Station"] > 1.6 * by_branch.std().loc["Harbour"]).all()
    assert (by_branch.mean() - harbour).abs().max(axis=None) < 0.5


# --- simulated tables ---


@every_student
def test_an_expectation_is_the_mean_of_its_sources_weighted_by_precision(student: str) -> None:
    table, true = drawn(student)["expectations_encounters"], simulate.truth(student)["expectations_encounters"]
    sd = true["sd"]
    for row in table.head(300).itertuples():
        mean, spread = update_expectation(true["prior"]["mean"], true["prior"]["sd"], row.promise, sd["promise"])
        if row.n_past:
            mean, spread = update_expectation(mean, spread, row.past_mean, sd["experience"], row.n_past)
        if row.wom_n:
            mean, spread = update_expectation(mean, spread, row.wom_mean, sd["review"], row.wom_n)
        assert row.expectation == pytest.approx(mean + true["need"] * row.need, abs=0.11)  # shown to a tenth
    assert table["past_mean"].isna().equals(table["n_past"] == 0)
    assert table["wom_mean"].isna().equals(table["wom_n"] == 0)
    assert 0.15 < (table["n_past"] == 0).mean() < 0.35


@every_student
def test_who_was_promised_more_expects_more_gets_the_same_and_is_less_satisfied(student: str) -> None:
    table = drawn(student)["expectations_encounters"]
    means = table.groupby("promise")[["expectation", "performance", "satisfaction"]].mean()
    assert means.index.tolist() == [70, 80, 90]
    assert means["expectation"].is_monotonic_increasing
    assert np.ptp(means["performance"]) < 2
    assert means["satisfaction"].is_monotonic_decreasing
    assert table["performance"].std() == pytest.approx(10, rel=0.06)


@every_student
def test_satisfied_salons_order_again_by_the_logistic_law(student: str) -> None:
    table = drawn(student)["expectations_encounters"]
    law = simulate.truth(student)["expectations_encounters"]["repurchase"]
    chance = 1 / (1 + np.exp(-law["slope"] * (table["satisfaction"] - law["middle"])))
    for part in np.array_split(np.argsort(table["satisfaction"].to_numpy(), kind="stable"), 5):
        expected = chance.iloc[part]
        error = math.sqrt((expected * (1 - expected)).sum())
        assert abs(table["repurchase"].iloc[part].sum() - expected.sum()) < 4 * error


@every_student
def test_ratings_have_the_levels_they_were_drawn_with_and_one_overall_rating_each(student: str) -> None:
    ratings = drawn(student)["expectations_ratings"]
    assert (ratings.groupby("rater_id")["overall"].nunique() == 1).all()
    assert (ratings.groupby("rater_id")["attribute"].nunique() == 14).all()
    means = ratings.groupby("attribute")[["importance", "performance"]].mean()
    for name, (_, _, stated, level) in simulate.EFFECTS.items():
        assert means.loc[name, "importance"] == pytest.approx(stated, abs=0.2)  # cut off at 5
        assert means.loc[name, "performance"] == pytest.approx(level, abs=0.2)


@every_student
def test_the_delays_follow_the_law_and_silence_keeps_fewest(student: str) -> None:
    table = drawn(student)["expectations_delays"]
    chance = pd.Series(stay_after_delay(table["delay_h"], table["notice_h"]))
    for column in ("notice_h", "delay_h"):
        groups = (
            pd.DataFrame({"off": table["stayed"] - chance, "var": chance * (1 - chance)}).groupby(table[column]).sum()
        )
        assert (groups["off"].abs() < 4 * np.sqrt(groups["var"])).all()
    kept = table.groupby("notice_h")["stayed"].mean()
    assert kept.idxmin() == 0 and kept.index.tolist() == [0, 4, 12, 24, 48, 72]
    assert kept[48] > kept[12] > kept[4]


@every_student
def test_gaps_lie_near_their_truth(student: str) -> None:
    answers = drawn(student)["expectations_gaps"].pivot(index="rater_id", columns="dimension")
    gaps, _ = servqual(answers["expected"], answers["perceived"])
    true = pd.Series(simulate.truth(student)["expectations_gaps"]["gap"])
    assert set(gaps.index) == set(DIMENSIONS) == set(true.index)
    assert (gaps["gap"] - true).abs().max() < 0.35  # answers are rounded and cut off at 7
    assert gaps["gap"].idxmin() == "reliability"


def test_a_student_gets_other_samples_and_always_the_same_ones() -> None:
    for name, published in drawn("").items():
        pd.testing.assert_frame_equal(published, load(name), check_dtype=False)
        for one, other in combinations(STUDENTS, 2):
            same = drawn(one)[name].eq(drawn(other)[name]).all()
            assert not drawn(one)[name].equals(drawn(other)[name])
            varied = {
                "expectations_encounters": ["n_past", "promise", "need", "performance", "satisfaction"],
                "expectations_ratings": ["importance", "performance", "overall"],
                "expectations_kano": ["functional", "dysfunctional"],
                "expectations_delays": ["notice_h", "delay_h", "stayed"],
                "expectations_gaps": ["expected", "perceived"],
                "expectations_branches": ["overall", "against_ideal", "recommend"],
            }[name]
            assert not same[varied].any()
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, drawn("s1")[name])


def test_the_truth_is_the_same_for_all_and_cannot_be_changed_from_outside() -> None:
    before, true = simulate.tables("s1"), simulate.truth("s1")
    true["expectations_encounters"]["prior"]["mean"] = 0.0
    true["expectations_encounters"]["repurchase"]["slope"] = 9.0
    true["expectations_ratings"]["effects"]["penalty"] = 9.0
    true["expectations_ratings"]["shadows"].clear()
    true["expectations_kano"]["chances"]["A"] = 1.0
    true["expectations_gaps"]["gap"]["empathy"] = 9.0
    true["expectations_branches"]["Harbour"] = (1.0, 1.0)
    again = simulate.truth("")
    assert again["expectations_encounters"]["prior"] == {"mean": 62, "sd": 12}
    assert again["expectations_encounters"]["repurchase"]["slope"] == 0.12
    assert again["expectations_ratings"]["effects"].loc["training"].tolist() == [0, 0.7]
    assert list(again["expectations_ratings"]["shadows"]) == ["polite", "van"]
    assert again["expectations_kano"]["chances"].loc["no_leak", "M"] == 0.7
    assert again["expectations_gaps"]["gap"]["empathy"] == -0.2
    assert again["expectations_branches"]["Harbour"] == (7.0, 1.0)
    for name, table in simulate.tables("s1").items():
        pd.testing.assert_frame_equal(table, before[name])


# --- real data ---


@lru_cache
def airport() -> pd.DataFrame:
    """The fifteen answers of 2,831 passengers; 0 is blank and 6 is not used."""
    survey = real("sfo_survey")
    answers = survey[[column for column in survey if column.startswith("Q7")]].astype(float)
    return answers.where(answers.isin(range(1, 6)))


@pytest.mark.real_data("sfo_survey_2017.csv")
def test_at_the_airport_food_and_stores_are_rated_lowest_and_parking_goes_with_the_whole() -> None:
    answers = airport()
    assert len(answers) == 2831 and answers.shape[1] == 15
    assert round(answers["Q7ALL"].mean(), 2) == 4.06
    parts = answers.drop(columns="Q7ALL")
    long = parts.melt(var_name="attribute", value_name="performance", ignore_index=False)
    grid = importance_performance(long.assign(importance=3.0))
    found = grid["performance"].sort_values()
    assert found.head(2).round(2).to_dict() == {"Q7FOOD": 3.62, "Q7STORE": 3.64}
    assert round(found["Q7PARK"], 2) == 3.87
    assert round(parts["Q7PARK"].corr(answers["Q7ALL"]), 2) == 0.63


@pytest.mark.real_data("sfo_survey_2017.csv")
def test_at_the_airport_grid_drivers_and_contrast_agree_on_the_food() -> None:
    asked = ["ART", "FOOD", "STORE", "SIGN", "WALKWAYS", "SCREENS", "WIFI"]
    rated = airport()[[f"Q7{one}" for one in [*asked, "ALL"]]].dropna()
    parts, overall = rated.drop(columns="Q7ALL"), rated["Q7ALL"]
    assert len(rated) == 1548
    assert round(1 - len(rated) / 2831, 2) == 0.45
    share, kinds = key_drivers(parts, overall), penalty_reward(parts, overall, low=2, high=5)["factor"]
    assert parts.mean().idxmin() == share.idxmax() == "Q7FOOD" and round(parts["Q7FOOD"].mean(), 2) == 3.64
    assert share.sum() == pytest.approx(explained(parts.to_numpy(), overall.to_numpy()), abs=1e-10)
    assert (kinds["Q7FOOD"], kinds["Q7STORE"]) == ("performance", "basic")


# --- bad input ---

X = pd.DataFrame({"a": [1, 2, 3, 4, 5, 6.0], "b": [2, 1, 4, 3, 6, 5.0]})
Y = [1, 2, 2, 4, 5, 7]
MANY = pd.DataFrame(np.random.default_rng(1).standard_normal((30, 17)))
STARS = pd.DataFrame({"a": [1, 2, 3, 4, 5, 5, 3, 1], "b": [5, 3, 1, 4, 2, 3, 5, 1]})
HOPED = pd.DataFrame({"r": [6, 7], "e": [5, 5]})
GOT = pd.DataFrame({"r": [4, 5], "e": [5, 6]})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: satisfaction([70, np.nan], 70), "expectation 1 is nan; allowed are finite numbers."),
        (lambda: satisfaction(70, "good"), "performance is 'good'; allowed are finite numbers."),
        (lambda: satisfaction([70, 71], [1, 2, 3]), "expectation has 2 encounters and performance 3"),
        (lambda: satisfaction(70, 80, zone=-1), "zone is -1; allowed are numbers of at least 0."),
        (lambda: satisfaction(70, 80, gain=-1), "gain is -1; allowed are numbers of at least 0."),
        (lambda: satisfaction(70, 80, loss=-1), "loss is -1; allowed are numbers of at least 0."),
        (lambda: satisfaction(70, 80, power=0), "power is 0; allowed are numbers above 0."),
        (lambda: satisfaction(70, 80, base=np.inf), "base is inf"),
        (lambda: outcome([70], [80], zone=np.nan), "zone is nan"),
        (lambda: outcome([70, 71], [80]), "expectation has 2 encounters and performance 1"),
        (lambda: fit_forms(range(9), range(1, 10), range(9)), "satisfaction has 9 encounters and the gaps 9; needed"),
        (lambda: fit_forms(range(12), range(1, 13), range(11)), "satisfaction has 11 encounters and the gaps 12"),
        (lambda: fit_forms([], [], []), "satisfaction has 0 encounters and the gaps 0"),
        (lambda: fit_forms(range(12), range(1, 13), range(12)), "ahead of expectation by the same everywhere"),
        (lambda: fit_forms(range(10), range(10, 0, -1), [np.nan] * 10), "satisfaction 0 is nan"),
        (lambda: update_expectation(70, 0, 60, 15), "prior_sd is 0; allowed are numbers above 0."),
        (lambda: update_expectation(70, 10, 60, 0), "observed_sd is 0; allowed are numbers above 0."),
        (lambda: update_expectation(70, 10, 60, 15, -1), "n is -1; allowed are numbers of at least 0."),
        (lambda: update_expectation(np.nan, 10, 60, 15), "prior_mean is nan"),
        (lambda: update_expectation(70, 10, None, 15), "observed_mean is None"),
        (lambda: promise_outcome([70, 101], 70, 60, 0.5, 2, **LINES), "promise 1 is 101; allowed are numbers of at le"),
        (lambda: promise_outcome(70, 70, 60, 1.5, 2, **LINES), "reliance is 1.5"),
        (lambda: promise_outcome(70, 170, 60, 0.5, 2, **LINES), "quality is 170"),
        (lambda: promise_outcome(70, 70, -1, 0.5, 2, **LINES), "expectation is -1"),
        (lambda: promise_outcome(70, 70, 60, 0.5, -2, **LINES), "horizon is -2"),
        (lambda: promise_outcome(70, 70, 60, 0.5, 2, (1, 2, 3), (1, 2)), "trial has 3 numbers; needed are two"),
        (lambda: promise_outcome(70, 70, 60, 0.5, 2, (1, 2), (1, np.nan)), "repeat 1 is nan"),
        (lambda: best_promise(70, 60, 0, 2, **LINES), "reliance is 0; allowed are numbers above 0"),
        (lambda: best_promise(70, 60, 0.5, -1, **LINES), "horizon is -1"),
        (lambda: best_promise(70, 60, 0.5, 2, (0.05, 0), (0.5, 0.012)), "trial: its slope is 0; allowed are numbers a"),
        (lambda: best_promise(70, 60, 0.5, 2, (0.05, 0.004), (0.5, -1)), "repeat: its slope is -1; allowed"),
        (lambda: best_promise(101, 60, 0.5, 2, **LINES), "quality is 101"),
        (lambda: best_promise(70, 101, 0.5, 2, **LINES), "expectation is 101"),
        (lambda: stay_after_delay(-1, 0), "delay_h is -1; allowed are numbers of at least 0."),
        (lambda: stay_after_delay(1, [0, -2]), "notice_h 1 is -2; allowed are numbers of at least 0."),
        (lambda: stay_after_delay(1, 0, adjust_h=0), "adjust_h is 0; allowed are numbers above 0."),
        (lambda: stay_after_delay(1, 0, patience=-1), "patience is -1"),
        (lambda: stay_after_delay(1, 0, leave_per_day=1.1), "leave_per_day is 1.1"),
        (lambda: importance_performance(RATINGS, "centre"), "crosshair is 'centre'; allowed are 'mean', 'median', 'mi"),  # type: ignore[arg-type]
        (lambda: importance_performance(RATINGS, "mean", "asked"), "importance is 'asked'; allowed are 'stated', 'de"),  # type: ignore[arg-type]
        (lambda: importance_performance(RATINGS, scale=(1, 4)), "ratings: column 'importance', row 0 is 5; allowed"),
        (
            lambda: importance_performance(RATINGS.assign(performance=2 * RATINGS["performance"])),  # 1 to 10
            "ratings: column 'performance', row 1 is 8; allowed are numbers of at least 1 and of at most 5.",
        ),
        (lambda: importance_performance(RATINGS.assign(importance=0)), "column 'importance', row 0 is 0; allowed"),
        (lambda: importance_performance(RATINGS.assign(performance="4")), "column 'performance', row 0 is '4'"),
        (lambda: importance_performance(RATINGS.drop(columns="importance")), "ratings: column 'importance' is missing"),
        (lambda: importance_performance(RATINGS.drop(columns="attribute")), "ratings: column 'attribute' is missing"),
        (
            lambda: importance_performance(RATINGS.drop(columns="rater_id"), importance="derived"),
            "ratings: column 'rater_id' is missing; needed are attribute, performance, overall, rater_id.",
        ),
        (
            lambda: importance_performance(without(*((place, "importance") for place in range(1, 16, 2)))),
            "ratings: attribute 'care' has no answer.",
        ),
        (
            lambda: importance_performance(without(*((place, "performance") for place in range(0, 16, 2)))),
            "ratings: attribute 'speed' has no answer.",
        ),
        (
            lambda: importance_performance(
                without(*((place, "performance") for place in range(0, 16, 2))), importance="derived"
            ),
            "ratings: attribute 'speed' has no answer.",
        ),
        (
            lambda: importance_performance(RATINGS.head(6), importance="derived"),
            "drivers has 3 raters for 2 drivers; needed are at least two more.",
        ),
        (
            lambda: importance_performance(
                without(*((2 * who, "performance") for who in range(5))), importance="derived"
            ),
            "drivers has 3 raters for 2 drivers; needed are at least two more.",
        ),
        (lambda: servqual(HOPED, GOT[["e", "r"]]), "expected and perceived have different columns or raters"),
        (lambda: servqual(HOPED, GOT.set_axis([1, 2])), "expected and perceived have different columns or raters"),
        (lambda: servqual(HOPED, GOT.assign(e=[1, np.nan])), "perceived: column 'e', row 1 is nan"),
        (lambda: servqual(HOPED.assign(r=np.nan), GOT), "expected: column 'r', row 0 is nan"),
        (lambda: servqual(HOPED, GOT, {"r": 0.5, "e": 0.4}), "weights sum to 0.9; allowed is a sum of 1."),
        (lambda: servqual(HOPED, GOT, {"r": 1.5, "e": -0.5}), "weights 1 is -0.5; allowed are numbers of at least 0."),
        (lambda: servqual(HOPED, GOT, {"r": 1}), "weights has r; needed are r, e."),
        (lambda: servqual(HOPED, GOT, {"r": 0.5, "e": 0.5, "x": 0}), "weights has r, e, x; needed are r, e."),
        (lambda: key_drivers(X.assign(b=[1, np.nan, 3, 4, 5, 6]), Y), "drivers: column 'b', row 1 is nan"),
        (lambda: key_drivers(X, [*Y[:5], None]), "outcome 5 is None"),
        (lambda: key_drivers(X, Y[:5]), "drivers has 6 raters and outcome 5; needed is the same."),
        (lambda: key_drivers(X.head(3), Y[:3]), "drivers has 3 raters for 2 drivers; needed are at least two more."),
        (lambda: key_drivers(X.head(0), []), "drivers has 0 raters for 2 drivers; needed are at least two more."),
        (lambda: key_drivers(MANY, np.arange(30)), "drivers has 17 columns; allowed are 1 to 16."),
        (lambda: key_drivers(X[[]], Y), "drivers has 0 columns; allowed are 1 to 16."),
        (lambda: key_drivers(X.assign(b=3.3), Y), "drivers: 'b' is the same for all raters; it explains nothing."),
        (lambda: key_drivers(X, [5] * 6), "drivers: 'outcome' is the same for all raters; it explains nothing."),
        (lambda: key_drivers(X.assign(c=X["a"] - 2 * X["b"] + 1), Y), "drivers: 'c' is a combination of the columns b"),
        (lambda: key_drivers(X.assign(c=-X["a"], d=[1, 0, 0, 2, 0, 3]), Y), "'c' is a combination"),
        (lambda: penalty_reward(STARS, range(8), 5, 2), "low is 5 and high 2; needed is low below high."),
        (lambda: penalty_reward(STARS, range(8), 2, 2), "low is 2 and high 2; needed is low below high."),
        (lambda: penalty_reward(STARS, range(7), 2, 5), "ratings has 8 raters and overall 7; needed is the same."),
        (lambda: penalty_reward(STARS.assign(b=STARS["b"].clip(3)), range(8), 2, 5), "attribute 'b' is never bad."),
        (lambda: penalty_reward(STARS.clip(upper=4), range(8), 2, 5), "attribute 'a' is never excellent."),
        (lambda: penalty_reward(STARS.assign(b=3), range(8), 2, 5), "attribute 'b' is never bad."),
        (lambda: penalty_reward(STARS.assign(c=STARS["a"]), range(8), 2, 5), "ratings has 8 raters, too few or too al"),
        (lambda: penalty_reward(STARS.iloc[[0, 2, 4, 5]][["a"]].iloc[:3], range(3), 2, 5), "has 3 raters, too few"),
        (lambda: penalty_reward(STARS.assign(b=np.nan), range(8), 2, 5), "ratings: column 'b', row 0 is nan"),
        (lambda: penalty_reward(STARS, [np.nan] * 8, 2, 5), "overall 0 is nan"),
        (
            lambda: kano_class(["like", "love"], ["like", "like"]),
            "functional: answer 1 is 'love'; allowed are like, mu",
        ),
        (lambda: kano_class(["like"], [None]), "dysfunctional: answer 0 is None; allowed are like, must-be"),
        (lambda: kano_class(["like"], ["like", "like"]), "functional has 1 answers and dysfunctional 2"),
        (lambda: kano_coefficients({"A": 1, "X": 2}), "counts: class is 'X'; allowed are 'A', 'O', 'M', 'I', 'R', 'Q'"),
        (lambda: kano_coefficients({"A": 1, "O": -2}), "counts: 'O' is -2; allowed are numbers of at least 0."),
        (lambda: kano_coefficients({"A": np.nan}), "counts: 'A' is nan"),
        (lambda: kano_coefficients({"R": 3}), "counts has no answer in A, O, M or I; needed is at least one."),
        (lambda: kano_coefficients({}), "counts has no answer in A, O, M or I; needed is at least one."),
        (lambda: acsi([0.5, 5], [0.5, 0.5]), "ratings 0 is 0.5; allowed are numbers of at least 1 and of at most 10."),
        (lambda: acsi([82, 75], [0.5, 0.5]), "ratings 0 is 82"),
        (lambda: acsi(pd.DataFrame({"a": [1, np.nan]}), [1]), "ratings 1 is nan"),
        (lambda: acsi([8, 7], [0.5, 0.4]), "weights has 2 numbers that sum to 0.9; needed is one per question, sum 1."),
        (lambda: acsi([8, 7], [1]), "weights has 1 numbers that sum to 1; needed is one per question, sum 1."),
        (lambda: acsi([8, 7], [1.5, -0.5]), "weights 1 is -0.5; allowed are numbers of at least 0."),
        (lambda: acsi({"a": 8, "b": 7}, {"a": 0.5, "b": 0.4}), "weights sum to 0.9; allowed is a sum of 1."),
        (lambda: acsi({"a": 8, "b": 7}, {"a": 1}), "weights has a; needed are a, b."),
        (lambda: acsi([], []), "weights has 0 numbers that sum to 0"),
        (lambda: nps([9, 10.5]), "scores 1 is 10.5; allowed are numbers of at least 0 and of at most 10."),
        (lambda: nps([9, 9.5]), "scores holds 9.5; allowed are whole numbers from 0 to 10."),
        (lambda: nps([-1]), "scores 0 is -1"),
        (lambda: nps([]), "scores has no answer; needed is at least one."),
        (lambda: nps([np.nan]), "scores has no answer; needed is at least one."),
        (lambda: top_box([6], best=5), "scores 0 is 6; allowed are numbers of at most 5."),
        (lambda: top_box([5, np.nan], best=5), "scores 1 is nan"),
        (lambda: top_box([], best=5), "scores has no answer; needed is at least one."),
        (lambda: top_box([5], best=5, boxes=0), "boxes is 0; allowed are whole numbers from 1."),
        (lambda: top_box([5], best=np.inf), "best is inf"),
    ],
)
def test_bad_input_is_named(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert message in str(caught.value)


# --- odd input ---

RATINGS = pd.DataFrame(
    {
        "rater_id": np.repeat(np.arange(8), 2),
        "attribute": ["speed", "care"] * 8,
        "importance": [5, 2, 4, 3, 5, 1, 4, 2, 3, 3, 5, 2, 4, 1, 5, 2],
        "performance": [2, 4, 1, 5, 3, 3, 2, 2, 4, 1, 2, 5, 5, 4, 1, 3],
        "overall": np.repeat([4, 3, 6, 3, 8, 5, 9, 2], 2),
    }
)
HOPED = pd.DataFrame({"r": [6, 7], "e": [5, 5]})


def test_a_mean_on_the_line_is_high_in_spite_of_rounding() -> None:
    table = pd.DataFrame({"importance": [1.0, 1.6, 2.2], "performance": [1.0, 1.6, 2.2]}, index=list("abc"))
    found = importance_performance(table.rename_axis("attribute"))
    assert found["quadrant"].tolist() == ["low_priority", "keep_up", "keep_up"]


@pytest.mark.parametrize("kind", [dict, pd.Series])
@pytest.mark.parametrize(
    "ratings", [{"a": 8.0, "b": 7.0}, pd.Series({"a": 8.0, "b": 7.0}), pd.DataFrame({"a": [8.0], "b": [7.0]})]
)
def test_weights_belong_to_their_questions(ratings: Any, kind: Any) -> None:
    assert acsi(ratings, kind({"b": 0.25, "a": 0.75})) == pytest.approx(0.75 * 700 / 9 + 0.25 * 600 / 9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kano_coefficients({"A": 1, "R": -2}), "counts: 'R' is -2"),
        (lambda: kano_coefficients({"A": 1, "Q": np.nan}), "counts: 'Q' is nan"),
        (lambda: acsi(pd.DataFrame({"a": [], "b": []}), [0.5, 0.5]), "no answer"),
        (lambda: servqual(HOPED.head(0), HOPED.head(0)), "no rater or no column"),
        (lambda: servqual(HOPED[[]], HOPED[[]]), "no rater or no column"),
        (lambda: importance_performance(RATINGS.head(0)), "no attribute in a row, or no row"),
        (lambda: importance_performance(pd.concat([RATINGS, RATINGS.head(1)]), importance="derived"), "twice"),
        (lambda: importance_performance(RATINGS, scale=(5, 1)), "scale"),
        (lambda: importance_performance(RATINGS, scale=(1, 3, 5)), "scale"),
        (lambda: nps(["ten"]), "scores 0 is 'ten'"),
        (lambda: nps([True]), "scores 0 is True"),
        (lambda: top_box([4.5], best=5, boxes=1), "whole"),
        (lambda: fit_forms([0] * 12, range(1, 13), range(12)), "never below expectation"),
    ],
)
def test_what_is_odd_is_named(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
