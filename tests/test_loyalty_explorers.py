"""What the explorers of chapter 04 show before anybody moves them, and that their tasks can be done."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pictures import set_to, task_of

from crmlab.core.data import load
from crmlab.core.explorers import Explorer
from crmlab.core.lanwan import stream
from crmlab.core.text import use_language
from crmlab.loyalty import (
    MARKET,
    TERMS,
    WEIGHTS,
    attitudes,
    dick_basu,
    relative_attitude,
    repeat_rate,
    satisfaction_to_loyalty,
    stress,
    survival,
)
from crmlab.loyalty.chart import (
    SHOCKS,
    TYPES,
    BreakView,
    StripsView,
    WatchView,
    attitude_and_repeat,
    break_bars,
    lasting,
    strips,
    watch_matrix,
)
from crmlab.loyalty.explorer import break_loyalty, four_people, how_long, satisfied_and_gone
from crmlab.loyalty.model import buy, scenes
from crmlab.loyalty.simulate import LENGTHS, QUIET_NEWS_SPREAD, confusions

ENEMIES = dict(zip(TYPES, ("promotion", "scandal", "facts", "stock_out"), strict=True))
CLOSE = 0.03  # two repeat rates that the picture calls the same


def words_of(explorer: Explorer[Any]) -> list[str]:
    return [text.get_text() for ax in explorer._easel.figure.axes for text in ax.texts]


# --- one equation, four people ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("repeats its last brand in 58% of its orders", "the behavioural one comes closest, with 58%")),
        ("zh", ("一家店有 58% 的订单重复上一次的品牌", "最接近的是行为型，为 58%")),
    ],
    ids=["en", "zh"],
)
def test_at_first_yours_is_the_behavioural_salon(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = four_people()
    assert explorer.controls["weights"].cells["preset"].value == "behavioural"
    assert explorer.values["weights"] == {term: abs(weight) for term, weight in WEIGHTS["behavioural"].items()}
    assert explorer.result.strips.shape == (5, 26)
    assert all(word in explorer.caption for word in words)


@pytest.mark.parametrize("kind", list(TYPES))
def test_a_ready_made_salon_buys_as_its_type_does(kind: str) -> None:
    explorer = four_people()
    explorer.controls["weights"].cells["preset"].value = kind
    place = list(TYPES).index(kind)
    assert explorer.result.strips[-1].tolist() == explorer.result.strips[place].tolist()
    assert explorer.result.repeat[-1] == explorer.result.repeat[place]
    assert explorer.result.nearest == (kind, explorer.result.repeat[place])


def test_the_repeat_rates_are_those_of_the_types_and_not_of_one_strip() -> None:
    draw = np.random.default_rng(8)
    liking, scene = draw.standard_normal((800, MARKET.brands)), scenes(draw, 800, 26)
    shown = four_people().result
    for place, weights in enumerate(WEIGHTS.values()):
        bought, _ = buy(
            np.tile([weights[term] for term in TERMS], (800, 1)), liking, scene, draw.gumbel(size=scene.price.shape)
        )
        long_run = np.mean([repeat_rate(one) for one in bought])
        assert shown.repeat[place] == pytest.approx(long_run, abs=0.04)
    assert len({tuple(strip) for strip in shown.strips[:-1]}) == 4
    np.testing.assert_array_less([0.5, 0.5], shown.repeat[[1, 3]])
    np.testing.assert_array_less(shown.repeat[[0, 2]], [0.4, 0.4])
    assert np.bincount(shown.strips[1]).argmax() == 0  # Lanwan, which it likes best
    assert np.bincount(shown.strips[3]).argmax() == 3  # Meadow, which it likes least


def test_without_habit_only_liking_brings_the_repeat_rate_back() -> None:
    explorer = four_people()
    weights = explorer.controls["weights"]
    before = explorer.result.repeat[-1]
    weights.cells["habit"].value = 0
    assert explorer.result.repeat[-1] < before - 0.25
    assert weights.cells["preset"].value == "own"
    brought_back = set()
    for term in ("price", "promo", "info", "attitude"):
        at_first = weights.cells[term].value
        for tenths in range(0, 51, 5):
            weights.cells[term].value = tenths / 10
            if abs(explorer.result.repeat[-1] - before) < CLOSE and explorer.result.nearest[0] == "behavioural":
                brought_back.add(term)
                assert "as the behavioural salon does" in " ".join(words_of(explorer)).replace("\n", " ")
        weights.cells[term].value = at_first
    assert brought_back == {"attitude"}


def test_a_dislike_of_high_prices_makes_promotions_count() -> None:
    explorer = four_people()
    weights = dict.fromkeys(TERMS, 0.0)
    scene = scenes(np.random.default_rng(55), 150, 26)  # as the explorer draws it
    cheapest = scene.price[0] == np.where(scene.available[0], scene.price[0], np.inf).min(axis=1, keepdims=True)
    explorer.controls["weights"].value = weights | {"price": 5.0}
    took = cheapest[np.arange(26), explorer.result.strips[-1]].mean()
    explorer.controls["weights"].value = weights
    assert took > 0.7 > cheapest[np.arange(26), explorer.result.strips[-1]].mean() + 0.2


@pytest.mark.parametrize(
    ("lang", "same", "other"),
    [("en", "as the cognitive salon does", "like none of the four"), ("zh", "与认知型相近", "与四种都不同")],
    ids=["en", "zh"],
)
def test_the_title_says_whether_yours_repeats_like_one_of_the_four(lang: str, same: str, other: str) -> None:
    use_language(lang)
    for own, words in ((0.329, same), (0.4, other)):
        view = StripsView(tuple("ABCD"), np.zeros((5, 26), int), np.array([0.26, 0.54, 0.31, 0.58, own]))
        ax = strips(view, Figure().add_subplot())
        shown = [text.get_text().replace("\n", " " if lang == "en" else "") for text in ax.texts]
        assert sum(words in one for one in shown) == 1
        assert view.nearest == ("cognitive", 0.31)
        assert [one for one in shown if re.fullmatch(r"\d+%", one)] == ["26%", "54%", "31%", "58%", f"{own:.0%}"]


# --- break the loyalty ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ("all rivals are on promotion, strength 1.0", "the impulse salons fall deepest: from 28% who stay to 2%"),
        ),
        ("zh", ("对手全都促销（强度 1.0）", "冲动型客户降得最多：留下的比例从 28% 降到 2%")),
    ],
    ids=["en", "zh"],
)
def test_at_first_promotions_break_the_impulse_salons(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = break_loyalty()
    assert explorer.values == {"shock": "promotion", "size": 1}
    assert all(word in explorer.caption for word in words)
    assert any(("by 25 points" if lang == "en" else "下降 25 个百分点") in text for text in words_of(explorer))


def test_each_type_has_its_own_enemy_and_each_event_its_own_victim() -> None:
    explorer = break_loyalty()
    falls = pd.DataFrame({shock: set_to(explorer, shock=shock).falls for shock in SHOCKS}, index=list(TYPES))
    assert falls.idxmax(axis=1).to_dict() == ENEMIES
    assert falls.idxmax().to_dict() == {shock: kind for kind, shock in ENEMIES.items()}
    for kind, shock in ENEMIES.items():
        set_to(explorer, shock=shock)
        assert f"({SHOCKS[shock].en}, strength 1.0), the {kind} salons fall deepest" in explorer.caption
    use_language("zh")
    explorer = break_loyalty()
    for shock, event, victim in (
        ("promotion", "对手全都促销", "冲动型"),
        ("scandal", "品牌爆出丑闻", "情感型"),
        ("facts", "更好的质量信息", "认知型"),
        ("stock_out", "品牌断货", "行为型"),
    ):
        set_to(explorer, shock=shock)
        assert f"{event}（强度 1.0），{victim}客户" in explorer.caption.replace("一阵", "")


@pytest.mark.parametrize(("shock", "size"), [("scandal", 0.5), ("facts", 2), ("stock_out", 1.4)])
def test_the_bars_are_those_of_the_model(shock: str, size: float) -> None:
    found = set_to(break_loyalty(), shock=shock, size=size)
    np.testing.assert_allclose(found.before, [stress(kind) for kind in TYPES])
    np.testing.assert_allclose(found.after, [stress(kind, shock, size) for kind in TYPES])  # type: ignore[arg-type]
    assert (found.shock, found.size) == (shock, size)
    np.testing.assert_allclose(found.falls, found.before - found.after)


def test_a_scandal_of_0_7_halves_the_affective_salons_and_up_to_1_9_nobody_else() -> None:
    explorer = break_loyalty()
    explorer.controls["shock"].value = "scandal"
    halved = {}
    for tenths in range(20):
        found = set_to(explorer, size=tenths / 10)
        halved[tenths] = [kind for kind, share in zip(TYPES, found.after / found.before, strict=True) if share <= 0.5]
    assert halved == {tenths: ["affective"] if tenths >= 7 else [] for tenths in range(20)}


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        ("en", "Nothing happens, and nobody's loyalty falls.", "Nobody falls"),
        ("zh", "什么也没有发生，四类客户里，哪一类都没有流失。", "哪一类客户都没有流失"),
    ],
    ids=["en", "zh"],
)
@pytest.mark.parametrize("shock", list(SHOCKS))
def test_an_event_without_strength_breaks_nobody(shock: str, lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    explorer = break_loyalty()
    assert set_to(explorer, shock=shock, size=0).falls.tolist() == [0, 0, 0, 0]
    assert explorer.caption == sentence
    assert title in words_of(explorer)


@pytest.mark.parametrize("worst", range(4))
def test_the_deepest_fall_is_marked_named_and_counted(worst: int) -> None:
    before = np.array([0.31, 0.62, 0.33, 0.74])
    after = before - np.where(np.arange(4) == worst, 0.21, 0.1)
    view = BreakView(before, after, "facts", 1.3)
    name = list(TYPES)[worst]
    assert break_bars.caption(view) == (
        f"When it comes to this (all rivals have better news, strength 1.3), the {name} salons fall deepest: "
        f"from {before[worst]:.0%} who stay to {after[worst]:.0%}."
    )
    ax = break_bars(view, Figure().add_subplot())
    shown = [text.get_text() for text in ax.texts]
    assert f"The {name} salons fall deepest, by 21 points" in " ".join(shown).replace("\n", " ")
    pairs = [f"{share:.0%}" for pair in zip(before, after, strict=True) for share in pair]
    assert [one for one in shown if one.endswith("%")] == pairs
    marked = ax.containers[-1].patches
    assert [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in marked] == [
        (pytest.approx(worst + 0.21), pytest.approx(after[worst]))
    ]


# --- how long must we watch ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("After 20 orders 70% of the diagnoses are right", "takes 52% of the behavioural salons for affective")),
        ("zh", ("观察 20 次订货后，70% 的诊断正确", "把 52% 的行为型客户当成情感型")),
    ],
    ids=["en", "zh"],
)
def test_after_20_orders_habit_is_taken_for_liking(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = how_long()
    assert explorer.values == {"occasions": 20, "news": "0.3", "stock_out": 8, "yardstick": "watched"}
    assert all(word in explorer.caption for word in words)


def test_nine_of_ten_are_right_after_80_orders_when_news_is_soon_forgotten() -> None:
    explorer = how_long()
    right = {occasions: set_to(explorer, occasions=occasions).accuracy for occasions in LENGTHS}
    assert list(right.values()) == sorted(set(right.values()))
    assert right[60] < 0.9 <= right[80]
    assert right[60] >= 0.85
    never_fading = set_to(explorer, occasions=60, news="1", stock_out=0).accuracy
    assert right[60] - never_fading >= 0.1


def test_when_news_never_fades_more_orders_do_not_help_and_wrong_ones_seem_cognitive() -> None:
    explorer = how_long()
    for stock_out in (0, 8, 16):
        right = {
            occasions: set_to(explorer, occasions=occasions, news="1", stock_out=stock_out).accuracy
            for occasions in LENGTHS
        }
        assert right[120] < 0.75
        assert right[120] < right[40] + 0.04  # hardly any better for three times the orders
        counts = explorer.result.counts
        wrong = counts - np.diag(np.diag(counts))
        assert wrong[:, list(TYPES).index("cognitive")].sum() > 0.7 * wrong.sum()
        assert explorer.result.most_common_mistake[1] == "cognitive"


@pytest.mark.parametrize("stock_out", [0, 8, 16])
def test_with_the_yardstick_of_a_quiet_market_the_names_come_right(stock_out: int) -> None:
    explorer = how_long()
    quiet, watched = (
        set_to(explorer, occasions=120, news="1", stock_out=stock_out, yardstick=yardstick).accuracy
        for yardstick in ("quiet", "watched")
    )
    soon_forgotten = set_to(explorer, news="0.3").accuracy
    assert quiet >= 0.9
    assert soon_forgotten - quiet < 0.04 < 0.2 < quiet - watched


def test_the_quiet_market_is_the_one_in_which_news_is_soon_forgotten() -> None:
    scene = scenes(np.random.default_rng(4), 500, 20)
    spread = np.nanstd(np.where(scene.available, scene.info, np.nan), axis=2).mean()
    assert pytest.approx(spread, abs=0.01) == QUIET_NEWS_SPREAD


@pytest.mark.parametrize(("yardstick", "points"), [("watched", 6), ("quiet", 7)])
def test_stock_outs_move_the_accuracy_by_a_few_points_only(yardstick: str, points: int) -> None:
    grid = load("loyalty_watching").query("yardstick == @yardstick")
    settings = ["persistence", "occasions", "stock_out"]
    right = grid[grid["type"] == grid["diagnosed"]].groupby(settings)["customers"].sum() / 4
    apart = right.unstack().pipe(lambda table: table.max(axis=1) - table.min(axis=1))
    assert apart.max() <= points
    changes = right.unstack().diff(axis=1)
    assert changes.min(axis=None) < 0 < changes.max(axis=None)  # in either direction


def test_every_setting_shows_its_own_part_of_the_table() -> None:
    explorer, grid = how_long(), load("loyalty_watching")
    for news, stock_out, yardstick in product(("0.3", "0.9", "1"), (0, 8, 16), ("watched", "quiet")):
        occasions = {0: 20, 8: 60, 16: 120}[stock_out]
        found = set_to(explorer, occasions=occasions, news=news, stock_out=stock_out, yardstick=yardstick)
        rows = grid[
            (grid["yardstick"] == yardstick)
            & (grid["occasions"] == occasions)
            & (grid["persistence"] == float(news))
            & np.isclose(grid["stock_out"], stock_out / 100)
        ].set_index(["type", "diagnosed"])["customers"]
        assert found.counts.tolist() == [[rows[true, said] for said in TYPES] for true in TYPES]
        assert found.counts.sum(axis=1).tolist() == [100] * 4
        assert found.accuracy == pytest.approx(sum(rows[kind, kind] for kind in TYPES) / 400)
        assert found.occasions == occasions


def test_the_table_of_the_watching_can_be_simulated_again() -> None:
    market = replace(MARKET, out_of_stock=0.0, news_persistence=1.0)
    found = confusions(stream("loyalty", "watching", "0", "1", ""), market)
    explorer = how_long()
    set_to(explorer, news="1", stock_out=0)
    assert set(found) == set(product(("watched", "quiet"), LENGTHS))
    for (yardstick, occasions), counts in found.items():
        shown = set_to(explorer, occasions=occasions, yardstick=yardstick)
        assert shown.counts.tolist() == counts.tolist()


def test_another_watching_can_be_shown() -> None:
    grid = load("loyalty_watching")
    all_right = grid.assign(customers=np.where(grid["type"] == grid["diagnosed"], 100, 0))
    assert how_long(all_right).result.accuracy == 1


def test_the_most_common_mistake_is_a_share_of_its_own_type() -> None:
    counts = np.array([[40, 5, 3, 2], [6, 80, 7, 7], [1, 2, 9, 8], [0, 1, 2, 3]])
    view = WatchView(counts, 60)
    assert view.accuracy == pytest.approx(132 / 176)
    assert view.most_common_mistake == ("cognitive", "behavioural", 0.4)
    ax = watch_matrix(view, Figure().add_subplot())
    shown = [text.get_text() for text in ax.texts]
    shares = counts / counts.sum(axis=1, keepdims=True)
    assert [one for one in shown if one.endswith("%")] == [f"{share:.0%}" for share in shares.flat if share]
    assert any("75% right after 60 orders" in one for one in shown)


# --- satisfied and gone ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "Of those who give a 3, 8% stay; of those who give a 4, 50%; of those who give a 5, 92%.",
            "From satisfied to very satisfied: 42 points more stay",
        ),
        ("zh", "打 3 分的客户有 8% 留下，打 4 分的有 50%，打 5 分的有 92%。", "从满意到非常满意：留下的多 42 个百分点"),
    ],
    ids=["en", "zh"],
)
def test_in_an_open_market_a_4_is_not_enough(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = satisfied_and_gone()
    assert explorer.caption == words
    assert title in " ".join(words_of(explorer)).replace("\n", " " if lang == "en" else "")


@pytest.mark.parametrize(("competition", "switching_cost"), [(2.5, 0), (0.7, 1.3), (4, 6)])
def test_the_curve_is_that_of_the_model(competition: float, switching_cost: float) -> None:
    found = set_to(satisfied_and_gone(), competition=competition, switching_cost=switching_cost)
    expected = satisfaction_to_loyalty(found.satisfaction, competition, switching_cost)
    np.testing.assert_allclose(found.stay, expected)
    np.testing.assert_allclose(found.marks, np.interp([3, 4, 5], found.satisfaction, expected))
    assert (found.satisfaction.min(), found.satisfaction.max()) == (1, 5)


def test_where_leaving_is_dear_and_competition_weak_nearly_all_stay_whatever_they_answer() -> None:
    explorer = satisfied_and_gone()
    everybody = []
    for competition, switching_cost in product((0, 1, 2, 3, 4), (0, 3, 6)):
        found = set_to(explorer, competition=competition, switching_cost=switching_cost)
        if found.stay.min() >= 0.95:
            everybody.append((competition, switching_cost))
    assert everybody == [(0, 3), (0, 6), (1, 6)]


# --- tasks ---


@pytest.mark.parametrize("make", [four_people, break_loyalty, how_long, satisfied_and_gone])
def test_every_task_has_the_same_numbers_in_both_languages(make: Any) -> None:
    shown = {}
    for lang in ("en", "zh"):
        use_language(lang)
        shown[lang] = task_of(make())
    assert shown["en"].isascii() and not shown["zh"].isascii()
    assert re.findall(r"\d+", shown["en"]) == re.findall(r"\d+", shown["zh"])


# --- charts of the text ---


def salons() -> pd.DataFrame:
    strips_of = load("loyalty_choices").groupby("customer_id")["chosen"].agg(list)
    liking = attitudes(load("loyalty_survey").set_index("customer_id"), ["Lanwan", "Granary", "Laurel", "Meadow"])
    usual = strips_of.map(lambda strip: pd.Series(strip).mode()[0])
    ahead = pd.DataFrame({brand: relative_attitude(liking, brand) for brand in liking})
    table = pd.DataFrame({"repeat_rate": strips_of.map(repeat_rate)})
    table["relative_attitude"] = [ahead.loc[salon, brand] for salon, brand in usual.items()]
    return table.assign(loyalty_class=dick_basu(table["relative_attitude"], table["repeat_rate"]))


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        ("en", "Of {often} salons that repeat at least every second time, {spurious} like", "{spurious} salons keep"),
        ("zh", "重复购买率不低于一半的店有 {often} 家，其中 {spurious} 家对别的", "有 {spurious} 家店一直买的"),
    ],
    ids=["en", "zh"],
)
def test_the_spurious_are_counted_among_those_who_repeat(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    table = salons()
    often = table[table["repeat_rate"] >= 0.5]
    spurious = int((often["relative_attitude"] <= 0).sum())
    assert 0 < spurious < len(often) < len(table)
    assert sentence.format(often=len(often), spurious=spurious) in attitude_and_repeat.caption(table)
    ax = attitude_and_repeat(table, Figure().add_subplot())
    shown = " ".join(text.get_text() for text in ax.texts).replace("\n", " " if lang == "en" else "")
    assert title.format(spurious=spurious) in shown
    for count in table["loyalty_class"].value_counts():
        assert f" {count}" in shown


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        (
            "en",
            "Half of the relations last longer than {median} months; neither mean says how long a new one lasts "
            "(ended: 12.3; all: 20.6).",
            "Half of the relations end within {median} months",
        ),
        (
            "zh",
            "有一半的关系持续超过 {median} 个月；两个平均数都说明不了新关系能持续多久（ended 12.3；all 20.6）。",
            "一半的关系在 {median} 个月内结束",
        ),
    ],
    ids=["en", "zh"],
)
def test_half_of_the_relations_outlast_the_median(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    relations = load("loyalty_relations")
    curve = survival(relations["months"], relations["ended"])
    median = int(curve.index[curve <= 0.5].min())
    assert curve[median] <= 0.5 < curve[:median].iloc[-2]
    means = {"ended": 12.34, "all": 20.56}
    assert lasting.caption(curve, means) == sentence.format(median=median)
    ax = lasting(curve, means, Figure().add_subplot())
    shown = [text.get_text().replace("\n", " " if lang == "en" else "") for text in ax.texts]
    assert title.format(median=median) in shown
    assert {"ended: 12.3", "all: 20.6"} < set(shown)


def test_a_curve_that_falls_to_exactly_one_half_has_its_median_there() -> None:
    assert "longer than 2 months" in lasting.caption(survival([1, 2, 3, 4], [1, 1, 1, 1]), {})
