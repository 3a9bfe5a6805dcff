"""What the explorers of chapter 11 show before anybody moves them, that their tasks can be done, and the charts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from pictures import marks_of, set_to, task_of, texts_of, words_of

from crmlab.core.charts import PALETTE, Chart
from crmlab.core.data import load
from crmlab.core.explorers import Explorer
from crmlab.core.text import use_language
from crmlab.credit import (
    ITEM_NAMES,
    TRUE_LOGIT,
    ReportValue,
    Scorecard,
    auc,
    calibration,
    cutoff,
    expected_loss,
    fit_logit,
    fit_scorecard,
    item_marks,
    ks,
    loss_given_default,
    report_value,
)
from crmlab.credit.chart import (
    COLUMNS,
    CutoffView,
    ReportView,
    RocView,
    ageing_and_pattern,
    collateral_caption,
    cutoff_caption,
    default_and_loss,
    points_by_bin,
    profit_by_acceptance,
    promised_and_observed,
    report_caption,
    report_tent,
    roc_caption,
    roc_curve,
)
from crmlab.credit.explorer import buy_the_report, weigh_the_cs, what_collateral_does, where_to_cut

HALF = 2000
FIVE = ("character", "capacity", "capital", "collateral", "conditions")
MAKERS: dict[Callable[[], Explorer[Any]], Chart[Any]] = {
    weigh_the_cs: roc_curve,
    where_to_cut: profit_by_acceptance,
    what_collateral_does: default_and_loss,
    buy_the_report: report_tent,
}
every_explorer = pytest.mark.parametrize("make", MAKERS)
in_both_languages = pytest.mark.parametrize("lang", ["en", "zh"])


def curves_of(ax: Any) -> list[tuple[np.ndarray, np.ndarray]]:
    """Lines of many points."""
    return [line.get_data() for line in ax.lines if len(line.get_xdata()) > 2]


def numbers_of(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))


def assert_both_languages_say_the_same(caption: Callable[..., str], *view: Any) -> None:
    said = {}
    for lang in ("en", "zh"):
        use_language(lang)
        said[lang] = caption(*view)
    use_language("en")
    assert numbers_of(said["en"]) == numbers_of(said["zh"])
    assert not re.search("[一-鿿，。：；？！（）]", said["en"]) and said["en"].endswith(".")
    assert not re.search("[a-z]{2}|[,;:?!] ", said["zh"]) and said["zh"].endswith("。")


@every_explorer
def test_at_each_end_of_each_control_both_languages_say_the_same(make: Any) -> None:
    explorer = make()
    chart = MAKERS[make]
    start, seen = explorer.values, set()
    for widget in explorer.controls.values():
        for part in getattr(widget, "cells", {"": widget}).values():
            ends = [key for _, key in part.options] if hasattr(part, "options") else [part.min, part.max]
            for value in ends:
                part.value = value
                assert_both_languages_say_the_same(chart.caption, explorer.result)
                assert explorer.caption == chart.caption(explorer.result)
                seen.add((explorer.caption, *words_of(explorer)))
            explorer.reset()
            assert explorer.values == start
    assert len(seen) > len(explorer.controls)


@pytest.mark.parametrize(
    ("make", "controls"),
    [
        (weigh_the_cs, {"weights": None}),
        (where_to_cut, {"limit": (1, 80, 1), "margin": (2, 40, 1), "lgd": (5, 95, 1), "later": (0, 100, 2)}),
        (what_collateral_does, {"collateral": (0, 150, 5), "character": (-2, 2, 0.1), "outlook": (-2, 2, 0.1)}),
        (
            buy_the_report,
            {"bad": (1, 60, 1), "sensitivity": (0, 100, 1), "specificity": (0, 100, 1), "price": (0, 10, 0.1)},
        ),
    ],
)
def test_the_controls_have_the_ends_of_their_chart(make: Any, controls: Mapping[str, Any]) -> None:
    explorer = make()
    assert list(explorer.controls) == list(controls)
    for name, ends in controls.items():
        widget = explorer.controls[name]
        if ends is None:
            sliders = [part for key, part in widget.cells.items() if key != "preset"]
            assert {(part.min, part.max, part.step) for part in sliders} == {(0, 2, 0.05)}
        else:
            assert (widget.min, widget.max, widget.step) == ends


@every_explorer
def test_no_end_of_a_control_drives_a_curve_off_the_picture(make: Any) -> None:
    explorer = make()
    ends = {
        name: [{item: value for item in ITEM_NAMES} for value in (0.0, 2.0)]
        if name == "weights"
        else [widget.min, widget.max]
        for name, widget in explorer.controls.items()
    }
    for corner in product(*ends.values()):
        view = explorer._model(**dict(zip(ends, corner, strict=True)))
        ax = MAKERS[make](view, Figure().add_subplot())
        (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
        for xs, ys in curves_of(ax):
            assert left - 1e-9 <= min(xs) and max(xs) <= right + 1e-9
            assert low - 1e-9 <= min(ys) and max(ys) <= high + 1e-9, corner


# --- weigh the Cs ---


@lru_cache(maxsize=1)
def halves() -> tuple[pd.DataFrame, pd.Series[int]]:
    table = load("credit_applicants")
    return item_marks(table), table["default_12m"]


@lru_cache
def fitted(names: tuple[str, ...]) -> tuple[float, np.ndarray]:
    marks, bad = halves()
    return fit_logit(marks[list(names)][:HALF], bad[:HALF])


@lru_cache(maxsize=1)
def scorecard() -> Explorer[RocView]:
    """One for all tests that say in English where its weights stand."""
    return weigh_the_cs()


def weigh(**weights: float) -> RocView:
    explorer = scorecard()
    explorer.controls["weights"].value = {**dict.fromkeys(ITEM_NAMES, 0.0), **weights}
    assert explorer.result is not None
    return explorer.result


def preset(key: str) -> RocView:
    explorer = scorecard()
    explorer.reset()
    explorer.controls["weights"].cells["preset"].value = key
    assert explorer.result is not None
    return explorer.result


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "With these weights the AUC is 0.755 and the KS 0.40; the fitted five Cs reach 0.786; the sixth item "
            "carries 0% of the weight.",
            "A good customer beats a bad one 75 times in 100",
        ),
        (
            "zh",
            "按这组权重，AUC 为 0.755，KS 为 0.40；拟合五个 C 的 AUC 为 0.786；第六项占全部权重的 0%。",
            "任取一好一坏两位客户，100 次中有 75 次好客户得分更高",
        ),
    ],
    ids=["en", "zh"],
)
def test_equal_weights_for_the_five_cs_come_first(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = weigh_the_cs()
    assert explorer.values == {"weights": {**dict.fromkeys(ITEM_NAMES, 1.0), "philosophy": 0.0}}
    assert explorer.caption == words
    shown = words_of(explorer, lang)
    assert {title, "KS 0.40", "AUC 0.75", *map(str, ITEM_NAMES.values())} <= set(shown)
    assert shown.count("20") == 5 and shown.count("0") == 1  # points out of 100


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {"capacity": 2.0},
        {"character": 0.35, "capacity": 1.2, "philosophy": 1.65, "capital": 0.8, "collateral": 2, "conditions": 0.05},
    ],
)
def test_curve_auc_and_ks_are_those_of_the_weighted_marks_on_the_hold_out(weights: dict[str, float]) -> None:
    view = weigh(**weights)
    marks, bad = halves()
    score = sum((marks[name][HALF:] * weight for name, weight in weights.items()), pd.Series(0.0, marks.index[HALF:]))
    assert view.auc == pytest.approx(auc(score, bad[HALF:])) and view.ks == pytest.approx(ks(score, bad[HALF:]))
    assert view.weights == {**dict.fromkeys(ITEM_NAMES, 0.0), **weights}
    # the area under the curve is the AUC, and its largest height over the diagonal the KS
    assert np.trapezoid(view.bads, view.goods) == pytest.approx(view.auc)
    assert np.abs(view.bads - view.goods).max() == pytest.approx(view.ks)
    assert (view.goods[0], view.bads[0], view.goods[-1], view.bads[-1]) == (0, 0, 1, 1)
    assert (np.diff(view.goods) >= 0).all() and (np.diff(view.bads) >= 0).all()
    for level in (-0.5, 0.3):
        turned_away = (score[bad[HALF:] == 0] <= level).mean(), (score[bad[HALF:] == 1] <= level).mean()
        assert any(turned_away == pytest.approx(point) for point in zip(view.goods, view.bads, strict=True))


def test_the_ready_made_weights_are_fitted_to_the_first_half_and_the_best_is_that_of_the_five() -> None:
    marks, bad = halves()
    for key, names in (
        ("five", FIVE),
        ("six", tuple(ITEM_NAMES)),
        ("instead", ("philosophy", *FIVE[1:])),
    ):
        view = preset(key)
        expected = dict(zip(names, -fitted(names)[1], strict=True))
        for name in ITEM_NAMES:
            assert view.weights[name] == pytest.approx(max(expected.get(name, 0), 0), abs=0.00501)
        fine = auc(marks[list(names)][HALF:] @ -fitted(names)[1], bad[HALF:])
        assert view.auc == pytest.approx(fine, abs=5e-4)
        assert view.best == pytest.approx(auc(marks[list(FIVE)][HALF:] @ -fitted(FIVE)[1], bad[HALF:]), abs=5e-4)
    assert list(scorecard().controls["weights"]._presets) == ["equal", "five", "six", "instead"]
    assert preset("instead").weights["character"] == 0 < preset("instead").weights["philosophy"]
    assert preset("five").weights["philosophy"] == 0
    assert preset("five").auc == preset("five").best
    assert preset("instead").auc < preset("five").auc - 0.02


def test_equal_weights_can_be_beaten_by_hand() -> None:
    equal = preset("equal")
    better = weigh(character=1, capacity=1.5, capital=1, collateral=0.1, conditions=0.5)
    assert equal.auc + 0.02 < better.auc < better.best + 0.002


def test_adding_the_sixth_item_to_the_fitted_five_only_lowers_the_auc_that_is_shown() -> None:
    five = dict(preset("five").weights)
    for weight in (0.05, 0.1, 0.5):
        assert weigh(**{**five, "philosophy": weight}).auc < preset("five").best
    said = roc_caption(weigh(**{**five, "philosophy": 0.5}))
    assert [float(number) for number in re.findall(r"0\.\d{3}", said)] == [0.767, 0.786]


def test_the_sixth_item_never_lifts_the_curve_above_that_of_the_fitted_five() -> None:
    explorer = scorecard()
    five = dict(preset("five").weights)
    best = preset("five").best
    added = [weigh(**{**five, "philosophy": weight}).auc for weight in np.arange(0, 2.05, 0.25)]
    assert all(more < less for less, more in pairwise(added)) and added[-1] < best - 0.08
    draw = np.random.default_rng(11)
    for _ in range(200):  # any weights that a hand may set
        weights = dict(zip(ITEM_NAMES, draw.uniform(0, 2, 6), strict=True))
        assert explorer._model(weights=weights).auc < best + 0.005
    for near in draw.normal(0, 0.1, (100, 6)):
        weights = {name: max(five[name] + off, 0) for name, off in zip(ITEM_NAMES, near, strict=True)}
        assert explorer._model(weights=weights).auc < best + 0.005


@in_both_languages
def test_with_no_weight_at_all_everybody_is_alike(lang: str) -> None:
    use_language(lang)
    view = weigh()
    assert (view.auc, view.ks) == (0.5, 0)
    expected = {
        "en": "With no weight at all everybody gets the same score, and the AUC is 0.50: a coin.",
        "zh": "所有权重都是 0，人人得分相同，AUC 为 0.50：与抛硬币无异。",
    }
    assert roc_caption(view) == expected[lang]
    ax = roc_curve(view, Figure().add_subplot())
    assert texts_of(ax, lang).count("0") == 6


def test_the_picture_shows_the_curve_its_gap_and_the_points_of_each_item() -> None:
    view = weigh(character=0.5, capacity=1, philosophy=0.4, capital=0.1)
    assert "the sixth item carries 20% of the weight." in roc_caption(view)
    ax = roc_curve(view, Figure().add_subplot())
    ((goods, bads),) = curves_of(ax)
    np.testing.assert_array_equal(goods, view.goods)
    np.testing.assert_array_equal(bads, view.bads)
    gaps = [line.get_data() for line in ax.lines if line.get_color() == PALETTE["vermilion"]]
    (((x, again), (low, high)),) = gaps
    assert x == again == low and high - low == pytest.approx(view.ks)
    bars = {round(bar.get_y() + bar.get_height() / 2, 6): bar for box in ax.containers for bar in box}
    shown = {text.get_text(): round(text.get_position()[1], 6) for text in ax.texts}
    for item, name in ITEM_NAMES.items():
        bar = bars[shown[str(name)]]
        assert bar.get_width() == pytest.approx(0.5 * view.weights[item] / 2)
        assert bar.get_x() == 1.5
        assert (bar.get_facecolor() == to_rgba(PALETTE["vermilion"])) == (item == "philosophy") == bool(bar.get_hatch())
    written = [text.get_text() for text in ax.texts]
    assert {"25", "50", "20", "5"} <= set(written) and written.count("0") == 2


def test_other_applicants_can_be_weighed_and_their_labels_do_not_matter() -> None:
    table = load("credit_applicants")
    view = weigh_the_cs(table.set_index("applicant_id")).result
    usual = preset("equal")
    assert view is not None and (view.auc, view.ks, view.best) == (usual.auc, usual.ks, usual.best)
    swapped = weigh_the_cs(pd.concat([table[HALF:], table[:HALF]])).result
    marks, bad = halves()
    assert swapped is not None and swapped.auc == pytest.approx(auc(marks[list(FIVE)][:HALF].sum(axis=1), bad[:HALF]))


# --- where to cut ---


@lru_cache(maxsize=1)
def chances() -> np.ndarray:
    """Chances of default of the second half, as fitted to the first."""
    marks, _ = halves()
    intercept, weights = fitted(FIVE)
    return np.asarray(1 / (1 + np.exp(-(intercept + marks[list(FIVE)][HALF:] @ weights))))


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "Accepting up to a chance of default of 50% takes 98% of the applicants and is expected to earn 5.21 yuan "
            "per applicant; a cut-off of 19% takes 83% and earns 6.15.",
            "This cut-off leaves 0.93 yuan per applicant on the table",
        ),
        (
            "zh",
            "违约概率不高于 50% 的都接受，占申请人的 98%，每位申请人预计平均赚 5.21 元；临界点设在 19%，接受 83%，"
            "预计赚 6.15 元。",
            "按这个临界点，每位申请人少赚 0.93 元",
        ),
    ],
    ids=["en", "zh"],
)
def test_half_a_chance_of_default_is_far_too_much(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = where_to_cut()
    assert explorer.values == {"limit": 50, "margin": 12, "lgd": 54, "later": 0}
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


def test_the_best_cut_off_is_19_percent_and_52_if_each_payer_brings_40_yuan_later() -> None:
    explorer = where_to_cut()
    for later, best, earned in ((0, 19, 6.15), (40, 52, 40.70)):
        found = set_to(explorer, later=later, limit=best)
        assert round(100 * found.best[0]) == best and found.best[2] == pytest.approx(earned, abs=0.005)
        assert "This cut-off earns the most" in words_of(explorer)
        start = explorer.values
        profits = {limit: explorer._model(**{**start, "limit": limit}).now[2] for limit in range(1, 81)}
        assert max(profits, key=lambda limit: profits[limit]) == best
    everybody = explorer._model(limit=80, margin=12, lgd=54, later=0)
    assert everybody.profit[-1] == pytest.approx(4.79, abs=0.005) and everybody.accepted[-1] == 1
    assert everybody.best[1] == pytest.approx(5 / 6, abs=0.01)


@pytest.mark.parametrize(
    ("name", "values", "side"),
    [("margin", (2, 12, 25, 40), 1), ("later", (0, 10, 40, 100), 1), ("lgd", (5, 30, 54, 95), -1)],
)
def test_margin_and_later_business_make_generous_and_loss_makes_strict(
    name: str, values: tuple[float, ...], side: int
) -> None:
    explorer = where_to_cut()
    best = [explorer._model(**{**explorer.values, name: value}).best for value in values]
    for less, more in pairwise(best):
        assert side * (more[0] - less[0]) > 0.02 and side * (more[1] - less[1]) > 0
        assert side * (more[2] - less[2]) > 0


@pytest.mark.parametrize(
    ("limit", "margin", "lgd", "later"), [(50, 12, 54, 0), (7, 12, 54, 40), (80, 4, 90, 0), (33, 40, 5, 2)]
)
def test_the_profit_is_that_of_the_safest_first(limit: float, margin: float, lgd: float, later: float) -> None:
    explorer = where_to_cut()
    found = explorer._model(limit=limit, margin=margin, lgd=lgd, later=later)
    cost = 100 - margin
    each = np.sort(chances())
    earned = (1 - each) * (100 / 1.01 - cost + later) - each * cost * lgd / 100
    for share, profit in zip(found.accepted[::10], found.profit[::10], strict=True):
        assert profit == pytest.approx(earned[: round(share * HALF)].sum() / HALF, abs=1e-9)
    assert (found.accepted[0], found.profit[0], found.accepted[-1]) == (0, 0, 1)
    assert len(found.accepted) == len(found.profit) == HALF / 20 + 1
    taken = chances() <= limit / 100
    assert found.now == pytest.approx((limit / 100, taken.mean(), earned[each <= limit / 100].sum() / HALF))
    gain, loss = 100 / 1.01 - cost + later, cost * lgd / 100
    assert found.best[0] == pytest.approx(gain / (gain + loss))
    assert found.best[1] == (each <= found.best[0]).mean()
    assert found.best[2] == pytest.approx(np.r_[0, np.cumsum(earned)].max() / HALF)
    if not later:
        assert found.best[0] == pytest.approx(cutoff(100, cost, 0.01, lgd / 100))


def test_the_picture_of_the_cut_off_has_a_star_where_most_is_earned_and_a_dot_where_one_stands() -> None:
    explorer = where_to_cut()
    found = set_to(explorer, limit=8, later=20)
    (ax,) = explorer._easel.figure.axes
    assert marks_of(ax, "*") == [pytest.approx((100 * found.best[1], found.best[2]))]
    assert marks_of(ax, "o") == [pytest.approx((100 * found.now[1], found.now[2]))]
    ((xs, ys),) = curves_of(ax)
    np.testing.assert_allclose(xs, 100 * found.accepted)
    np.testing.assert_allclose(ys, found.profit)
    assert max(ys) < ax.get_ylim()[1] and ax.get_xlim() == (0, 100)
    missed = found.best[2] - found.now[2]
    assert f"This cut-off leaves {missed:.2f} yuan per applicant on the table" in words_of(explorer)


@pytest.mark.parametrize(
    ("lang", "missed", "title"),
    [
        ("en", 0.0049, "This cut-off earns the most"),
        ("en", 0.0051, "This cut-off leaves 0.01 yuan per applicant on the table"),
        ("zh", 0.0, "这个临界点，利润最高"),
        ("zh", 1.234, "按这个临界点，每位申请人少赚 1.23 元"),
    ],
)
def test_the_title_says_what_is_missed_as_far_as_fen_show_it(lang: str, missed: float, title: str) -> None:
    use_language(lang)
    view = CutoffView(np.array([0.0, 0.5, 1]), np.array([0.0, 4, 3]), (0.5, 1.0, 4 - missed), (0.2, 0.5, 4.0))
    assert title in texts_of(profit_by_acceptance(view, Figure().add_subplot()), lang)
    assert "4.00" in cutoff_caption(view)


def test_other_applicants_can_be_cut_off() -> None:
    table = load("credit_applicants")
    usual = where_to_cut().result
    found = where_to_cut(table.set_index("applicant_id")).result
    assert found is not None and usual is not None and (found.now, found.best) == (usual.now, usual.best)
    safe = where_to_cut(table.assign(default_12m=(np.arange(len(table)) % 50 == 0).astype(int))).result
    assert safe is not None and safe.now[1] == 1


# --- what collateral does ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "With collateral worth 50% of the credit 6.0% default and 3.3% of the credit is lost; from none to one and "
            "a half times the credit, default moves from 6.9% to 4.6%, loss from 5.8% to 0.2%.",
            "Collateral works on the loss, far less on default",
        ),
        (
            "zh",
            "抵押价值为赊销额的 50% 时，6.0% 违约，赊销额损失 3.3%；抵押从没有到一倍半，违约率从 6.9% 变为 4.6%，"
            "损失从 5.8% 变为 0.2%。",
            "抵押主要减少损失，对违约作用不大",
        ),
    ],
    ids=["en", "zh"],
)
def test_half_the_credit_in_collateral_leaves_6_percent_default(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = what_collateral_does()
    assert explorer.values == {"collateral": 50, "character": 0, "outlook": 0}
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


def test_collateral_of_85_percent_makes_up_for_a_step_of_character_in_loss_and_default_rises_to_9_5() -> None:
    explorer = what_collateral_does()
    assert explorer.result is not None
    _, chance, loss = explorer.result.now
    lost = {cover: set_to(explorer, character=-1, collateral=cover).now for cover in range(50, 151, 5)}
    assert min(lost, key=lambda cover: abs(lost[cover][2] - loss)) == 85
    assert (round(100 * chance, 1), round(100 * lost[85][1], 1), round(100 * lost[85][2], 1)) == (6.0, 9.5, 3.2)
    assert all(one[1] > chance for one in lost.values())  # no collateral makes up for it in default
    worse = set_to(explorer, collateral=50, character=0, outlook=-1)
    assert round(100 * worse.now[1], 1) == 8.3  # and if conditions fall by a step


@pytest.mark.parametrize(("character", "outlook"), list(product((-2, 0, 2), repeat=2)))
def test_loss_falls_by_far_more_than_default_whoever_she_is(character: float, outlook: float) -> None:
    found = what_collateral_does()._model(collateral=100, character=character, outlook=outlook)
    assert (np.diff(found.default) < 0).all() and (np.diff(found.loss) < 0).all()
    assert found.loss[-1] < 0.06 * found.loss[0] and found.default[-1] > 0.6 * found.default[0]
    half = len(found.cover) // 2  # from none to three quarters of the credit
    assert found.default[half] > 0.78 * found.default[0] and found.loss[half] < 0.5 * found.loss[0]


@pytest.mark.parametrize(("collateral", "character", "outlook"), [(0, 0.3, -1.2), (95, -2, 1), (150, 2, 2)])
def test_default_follows_the_true_weights_and_loss_the_cover(
    collateral: float, character: float, outlook: float
) -> None:
    explorer = what_collateral_does()
    found = set_to(explorer, collateral=collateral, character=character, outlook=outlook)

    def by_hand(cover: float) -> tuple[float, float]:
        logit = -2.75 - 0.60 * character - 0.35 * outlook - 0.10 * (cover - 0.5) / 0.35
        chance = 1 / (1 + math.exp(-logit))
        return chance, chance * min(max(0.85 - 0.6 * cover, 0.05), 0.95)

    assert TRUE_LOGIT["character"] == -0.6
    np.testing.assert_allclose(found.cover, np.linspace(0, 1.5, 61))
    np.testing.assert_allclose(np.c_[found.default, found.loss], [by_hand(cover) for cover in found.cover])
    assert found.now == pytest.approx((collateral / 100, *by_hand(collateral / 100)))
    (ax,) = explorer._easel.figure.axes
    for (xs, ys), path in zip(curves_of(ax), (found.default, found.loss), strict=True):
        np.testing.assert_allclose(xs, 100 * found.cover)
        np.testing.assert_allclose(ys, 100 * path)
    assert marks_of(ax, "o") == [pytest.approx((collateral, 100 * found.now[1]))]
    assert marks_of(ax, "s") == [pytest.approx((collateral, 100 * found.now[2]))]
    assert collateral_caption(found).startswith(f"With collateral worth {collateral}% of the credit")
    np.testing.assert_allclose(found.loss, expected_loss(found.default, loss_given_default(found.cover), 1))


# --- buy the report ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "With 15% bad customers the report is worth 3.59 yuan, worth its price of 2.00; after a bad one 45% are "
            "bad, after a good one 6%.",
            "Buy the report",
        ),
        (
            "zh",
            "坏客户占 15% 时，报告的价值是 3.59 元，值 2.00 元的价格；报告不好的，45% 是坏客户，报告好的，6%。",
            "买这份报告",
        ),
    ],
    ids=["en", "zh"],
)
def test_the_report_of_the_chapter_is_worth_3_59(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = buy_the_report()
    assert explorer.values == {"bad": 15, "sensitivity": 70, "specificity": 85, "price": 2}
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


def test_the_report_is_worth_its_price_from_11_to_31_percent_and_most_at_the_cut_off() -> None:
    explorer = buy_the_report()
    start = explorer.values
    worth = {bad: explorer._model(**{**start, "bad": bad}).now[1].value for bad in range(1, 61)}
    assert [bad for bad, value in worth.items() if value > 2] == list(range(11, 32))
    assert max(worth, key=lambda bad: worth[bad]) == 19
    assert [bad for bad, value in worth.items() if value > 1e-9] == list(range(5, 40))
    assert explorer.result is not None
    assert explorer.result.threshold == pytest.approx(cutoff(100, 88, 0.01, 0.54))
    for rates in ((70, 85), (95, 60), (40, 99), (100, 100)):
        view = explorer._model(bad=15, sensitivity=rates[0], specificity=rates[1], price=2)
        assert view.prior[view.value.argmax()] == pytest.approx(view.threshold, abs=0.0051)


@pytest.mark.parametrize(
    ("lang", "bad", "words"),
    [
        ("en", 3, "With 3% bad customers the report is worth nothing: even a bad report would not stop you."),
        ("en", 40, "With 40% bad customers the report is worth nothing: even a good report would not persuade you."),
        ("zh", 3, "坏客户占 3% 时，报告一文不值：哪怕报告不好，你也照样赊。"),
        ("zh", 40, "坏客户占 40% 时，报告一文不值：哪怕报告再好，你也不会赊。"),
    ],
)
def test_outside_its_range_the_report_is_worth_nothing(lang: str, bad: float, words: str) -> None:
    use_language(lang)
    explorer = buy_the_report()
    found = set_to(explorer, bad=bad)
    assert found.now[1].value == pytest.approx(0, abs=1e-9)
    assert explorer.caption == words
    assert {"en": "Do not buy the report", "zh": "不买这份报告"}[lang] in words_of(explorer, lang)


@pytest.mark.parametrize(("sensitivity", "specificity"), [(30, 70), (0, 100), (100, 0), (50, 50)])
def test_a_report_that_says_nothing_is_worth_nothing_anywhere(sensitivity: float, specificity: float) -> None:
    found = buy_the_report()._model(bad=19, sensitivity=sensitivity, specificity=specificity, price=0)
    np.testing.assert_allclose(found.value, 0, atol=1e-12)
    assert_both_languages_say_the_same(report_caption, found)


@pytest.mark.parametrize(
    ("bad", "sensitivity", "specificity", "price"), [(15, 70, 85, 2), (19, 100, 100, 8.5), (33, 90, 60, 1.2)]
)
def test_the_tent_is_that_of_the_model(bad: float, sensitivity: float, specificity: float, price: float) -> None:
    explorer = buy_the_report()
    found = set_to(explorer, bad=bad, sensitivity=sensitivity, specificity=specificity, price=price)
    gain, loss = 100 / 1.01 - 88, 88 * 0.54
    np.testing.assert_allclose(found.prior, np.linspace(0, 0.6, 121))
    expected = [report_value(float(one), sensitivity / 100, specificity / 100, gain, loss).value for one in found.prior]
    np.testing.assert_allclose(found.value, expected)
    assert found.now[0] == bad / 100 and found.price == price
    assert found.now[1] == pytest.approx(report_value(bad / 100, sensitivity / 100, specificity / 100, gain, loss))
    (ax,) = explorer._easel.figure.axes
    ((xs, ys),) = curves_of(ax)
    np.testing.assert_allclose(xs, 100 * found.prior)
    np.testing.assert_allclose(ys, found.value)
    assert marks_of(ax, "o") == [pytest.approx((bad, found.now[1].value))]
    straight = [tuple(map(tuple, line.get_data())) for line in ax.lines if len(line.get_xdata()) == 2]
    assert ((0, 60), (price, price)) in straight
    assert (pytest.approx((18.81, 18.81), abs=0.005)) in [xs for xs, _ in straight]
    assert ("Buy the report" in words_of(explorer)) == (found.now[1].value > price)
    assert ("not worth its price" in explorer.caption) == (found.now[1].value <= price)


@pytest.mark.parametrize(
    ("lang", "price", "words"),
    [
        ("en", 3.58, "worth 3.59 yuan, worth its price of 3.58; after a bad one 45% are bad, after a good one 6%."),
        ("en", 3.6, "worth 3.59 yuan, not worth its price of 3.60; after a bad one 45% are bad, after a good one 6%."),
        ("zh", 3.58, "报告的价值是 3.59 元，值 3.58 元的价格；报告不好的，45% 是坏客户，报告好的，6%。"),
        ("zh", 3.6, "报告的价值是 3.59 元，不值 3.60 元的价格；报告不好的，45% 是坏客户，报告好的，6%。"),
    ],
)
def test_price_and_value_are_weighed_in_words(lang: str, price: float, words: str) -> None:
    use_language(lang)
    prior = np.array([0.0, 0.15, 0.6])
    view = ReportView(prior, np.array([0, 3.59, 0]), (0.15, ReportValue(3.59, 0.452, 0.059)), price, 0.188)
    assert report_caption(view).endswith(words)
    title = {"en": ("Do not buy the report", "Buy the report"), "zh": ("不买这份报告", "买这份报告")}[lang]
    assert title[price < 3.59] in texts_of(report_tent(view, Figure().add_subplot()), lang)
    nothing = replace(view, now=(0.15, ReportValue(0.004, 0.4, 0.1)))
    assert numbers_of(report_caption(nothing)) == ["15"]


# --- tasks ---


@every_explorer
def test_every_task_has_the_same_numbers_in_both_languages(make: Any) -> None:
    shown = {}
    for lang in ("en", "zh"):
        use_language(lang)
        shown[lang] = task_of(make())
    assert shown["en"].isascii() and not shown["zh"].isascii()
    assert numbers_of(shown["en"]) == numbers_of(shown["zh"])


# --- charts of the text ---


@lru_cache(maxsize=1)
def card() -> Scorecard:
    return fit_scorecard(load("credit_applicants")[:HALF], variables=list(COLUMNS))


@pytest.mark.parametrize(
    ("lang", "sentence", "title", "label"),
    [
        (
            "en",
            "By cash from operations over debt due, the bin 2.155 and more (1% default) gets 110 points more than the "
            "bin below 0.887 (28%).",
            "110 points between best and worst bin",
            "0.887 to 1.424",
        ),
        (
            "zh",
            "看经营现金对到期债务的倍数，2.155 以上的一箱（违约率 1%）比0.887 以下的一箱（28%）多 110 分。",
            "最好与最差的箱相差 110 分",
            "0.887 至 1.424",
        ),
    ],
    ids=["en", "zh"],
)
def test_cash_is_worth_110_points(lang: str, sentence: str, title: str, label: str) -> None:
    use_language(lang)
    # without a look at how Chinese and digits are spaced
    assert points_by_bin.caption(card().points, "cash_cover").replace(" ", "") == sentence.replace(" ", "")
    ax = points_by_bin(card().points, "cash_cover", Figure().add_subplot())
    assert title in texts_of(ax, lang)
    rows = card().points[card().points["variable"] == "cash_cover"]
    bars = [bar for box in ax.containers for bar in box]
    np.testing.assert_allclose([bar.get_width() for bar in bars], 100 * rows["bad_rate"])
    assert [text.get_text() for text in ax.get_yticklabels()][1] == label and len(bars) == 5
    points = [int(re.findall(r"\d+", text)[0]) for text in texts_of(ax, lang)[:5]]
    assert points == [round(one) for one in rows["points"]]
    assert [text.get_position() for text in ax.texts[:5]] == [
        (bar.get_width(), pytest.approx(bar.get_y() + bar.get_height() / 2)) for bar in bars
    ]
    assert ax.get_xlim()[0] == 0 and max(bar.get_width() for bar in bars) <= ax.get_xlim()[1]


@pytest.mark.parametrize("variable", list(COLUMNS))
def test_the_points_of_each_figure_are_said_alike_in_both_languages(variable: str) -> None:
    assert_both_languages_say_the_same(points_by_bin.caption, card().points, variable)
    rows = card().points[card().points["variable"] == variable]
    gap = rows["points"].max() - rows["points"].min()
    assert f"gets {gap:.0f} points more than" in points_by_bin.caption(card().points, variable)
    assert str(COLUMNS[variable]) in points_by_bin.caption(card().points, variable)


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        (
            "en",
            "Of the riskiest tenth the scorecard expects 40% to default, and 38% did; in no tenth is it off by more "
            "than 2.6 percentage points.",
            "8 of 10 groups default more often than promised",
        ),
        (
            "zh",
            "风险最高的十分之一，评分卡预计有 40% 违约，实际为 38%；十组之中，最多相差 2.6 个百分点。",
            "10 组里有 8 组，违约比预计的多",
        ),
    ],
    ids=["en", "zh"],
)
def test_the_scorecard_keeps_its_promises(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    table = load("credit_applicants")[HALF:]
    groups = calibration(card().default_probability(table), table["default_12m"])
    assert promised_and_observed.caption(groups) == sentence
    ax = promised_and_observed(groups, Figure().add_subplot())
    assert title in texts_of(ax, lang)
    ((xs, ys),) = curves_of(ax)
    np.testing.assert_allclose(xs, 100 * groups["promised"])
    np.testing.assert_allclose(ys, 100 * groups["observed"])
    assert ax.get_xlim() == ax.get_ylim() and max(*xs, *ys) <= ax.get_xlim()[1] < 2 * max(*xs, *ys)
    assert ([0, ax.get_xlim()[1]],) * 2 in [tuple(map(list, line.get_data())) for line in ax.lines]


def test_off_by_no_more_than_is_true_when_the_error_lies_between_two_percents() -> None:
    groups = pd.DataFrame({"promised": [0.1, 0.2, 0.3], "observed": [0.124, 0.2, 0.29]}, index=[1, 2, 3])
    assert "off by more than 2.4 percentage points." in promised_and_observed.caption(groups)
    assert "29% did" in promised_and_observed.caption(groups)
    assert "1 of 3 groups default more often than promised" in texts_of(
        promised_and_observed(groups, Figure().add_subplot())
    )
    assert_both_languages_say_the_same(promised_and_observed.caption, groups)


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        (
            "en",
            "In the last month the ageing report gives Kite 29% and Mirror 29% as one month old; of last month's "
            "orders, Kite still owes 50% and Mirror still owes 62%.",
            "One pays ever later; the ageing report does not see it",
        ),
        (
            "zh",
            "最后一个月的账龄表中，上月的账款所占的比例，风筝店为 29%，镜子店为 29%；上月的订货款中还没有付的，"
            "风筝店为 50%，镜子店为 62%。",
            "一家越付越晚，账龄表却看不出来",
        ),
    ],
    ids=["en", "zh"],
)
def test_only_orders_beside_payments_show_that_mirror_pays_ever_later(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    trend = load("credit_trend")
    assert ageing_and_pattern.caption(trend) == sentence
    ax = ageing_and_pattern(trend, Figure().add_subplot())
    assert title in texts_of(ax, lang)
    names = {"en": ["Kite", "Mirror", "both"], "zh": ["风筝店", "镜子店", "两家"]}[lang]
    written = texts_of(ax, lang)[:3]
    assert [text.split("：" if lang == "zh" else ":")[0] for text in written] == names
    kite, mirror, book = (ys for _, ys in curves_of(ax))
    rows = trend[trend["salon"] == "Mirror"].reset_index(drop=True)
    np.testing.assert_allclose(kite, 50)
    np.testing.assert_allclose(mirror, 100 * rows["open_1"][1:] / rows["ordered"].shift()[1:])
    assert (np.diff(mirror) > 0).all() and mirror[0] == pytest.approx(51.1, abs=0.1)
    np.testing.assert_allclose(book, 100 * 0.5 / 1.7, atol=0.05)
    assert [xs.tolist() for xs, _ in curves_of(ax)] == [list(range(2, 13))] * 3


def test_a_picture_of_the_ledger_has_room_for_its_lines() -> None:
    ax = ageing_and_pattern(load("credit_trend"), Figure().add_subplot())
    low, high = ax.get_ylim()
    assert all(low <= min(ys) and max(ys) <= high for _, ys in curves_of(ax))
