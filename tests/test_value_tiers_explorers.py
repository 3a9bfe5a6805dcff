"""What the explorers of chapter 02 show before anybody moves them, and that their tasks can be done."""

from __future__ import annotations

import re
from itertools import combinations, pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pictures import task_of

from crmlab.core.data import load, truth
from crmlab.core.text import use_language
from crmlab.value_tiers import let_go, lorenz, roll_out, whale_curve
from crmlab.value_tiers.chart import lorenz_lines, margin_by_size
from crmlab.value_tiers.explorer import let_them_go, mail_by_rfm, repair_pyramid, whale_maker

READING_ORDER = ["customers", "revenue", "profit"]
#: The pyramid of note 5, read like that from the top tier to the small one.
TWELVE = (1, 50, 49, 4, 23, 25, 15, 20, 21, 80, 7, 5)


def contributions() -> pd.Series[Any]:
    return load("value_tiers_accounts")["contribution"]


# --- repair the pyramid ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The columns add up to customers 105, revenue 102, profit 75: shares must add up to 100"),
        ("zh", "各列合计：客户 105、收入 102、利润 75。份额之和应为 100"),
    ],
    ids=["en", "zh"],
)
def test_the_misread_pyramid_does_not_add_up_and_says_so(lang: str, words: str) -> None:
    use_language(lang)
    explorer = repair_pyramid()
    assert explorer.result.sums == [105, 102, 75]
    assert not explorer.result.whole
    assert explorer.caption.startswith(words)
    assert "Gini" not in explorer.caption and "基尼" not in explorer.caption


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("1% of the customers bring 50% of the revenue (Gini 0.847)", "0.98, 1.09, 1.05, 0.71")),
        ("zh", ("1% 的客户带来 50% 的收入（基尼系数 0.847）", "0.98、1.09、1.05、0.71")),
    ],
    ids=["en", "zh"],
)
def test_typing_two_rows_repairs_the_pyramid(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = repair_pyramid()
    cells = explorer.controls["shares"].cells
    for row, numbers in (("large", (4, 23, 25)), ("medium", (15, 20, 21))):
        assert not explorer.result.whole
        for column, number in zip(READING_ORDER, numbers, strict=True):
            cells[row, column].value = number
    assert explorer.result.whole
    assert all(word in explorer.caption for word in words)
    assert explorer.result.table.to_numpy().flatten().tolist() == list(TWELVE)
    assert explorer.result.curve.equals(lorenz(*explorer.result.table[["customers", "revenue"]].to_numpy().T))


def test_the_start_is_the_note_with_4_and_5_taken_for_list_numbers() -> None:
    found = repair_pyramid().result.table.to_numpy()
    assert found[[0, 3]].flatten().tolist() == [1, 50, 49, 80, 7, 5]
    assert found[1].tolist() == [23, 25, 0]  # "4、23、25" without its 4
    assert found[2].tolist() == [1, 20, 21]  # "1 5、20、21" without its 5


def test_in_reading_order_only_one_grouping_of_the_digits_adds_up() -> None:
    printed, _, _ = task_of(repair_pyramid()).partition(";")
    digits = "".join(re.findall(r"\d", printed))
    whole = []
    for inner in combinations(range(1, len(digits)), 11):
        edges = (0, *inner, len(digits))
        numbers = [digits[start:end] for start, end in pairwise(edges)]
        columns = [[int(number) for number in numbers[column::3]] for column in range(3)]
        if all(sum(column) == 100 for column in columns):
            whole.append(tuple(map(int, numbers)))
    assert whole == [TWELVE]


def test_the_pyramid_takes_another_table() -> None:
    even = pd.DataFrame(25.0, index=["top", "large", "medium", "small"], columns=READING_ORDER)
    explorer = repair_pyramid(even)
    assert explorer.result.whole and "Gini 0.000" in explorer.caption


def test_a_half_repaired_pyramid_is_drawn_without_its_curve() -> None:
    explorer = repair_pyramid()
    whole = repair_pyramid(pd.DataFrame(np.reshape(TWELVE, (4, 3)), explorer.result.table.index, READING_ORDER))
    for each in (explorer, whole):
        each.controls["shares"].cells["small", "customers"].value = 0  # nobody can have brought the 7% of revenue
        assert each.result.curve is None and not each.result.whole
        assert each.png and each.caption.startswith("The columns add up to customers ")
    whole.controls["shares"].cells["medium", "customers"].value = 95
    assert whole.result.adds_up and not whole.result.whole
    assert whole.caption == "Every column adds up to 100, but a tier without customers brings revenue."


def test_columns_that_miss_100_by_a_little_are_not_called_100() -> None:
    start = repair_pyramid().result.table
    explorer = repair_pyramid(pd.DataFrame(np.reshape(TWELVE, (4, 3)), start.index, start.columns))
    explorer.controls["shares"].cells["top", "customers"].value = 1.4
    assert explorer.caption.startswith("The columns add up to customers 100.4, revenue 100, profit 100: ")


def test_a_tier_without_revenue_has_no_profit_over_revenue() -> None:
    table = pd.DataFrame([[20, 100, 90], [80, 0, 10]], index=["top", "small"], columns=READING_ORDER)
    explorer = repair_pyramid(table.reindex(["top", "large", "medium", "small"], fill_value=0))
    assert explorer.result.whole
    assert "profit over revenue is 0.90, –, –, – from top to small" in explorer.caption


# --- the whale ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("rises to 140% of the profit", "Lanwan's rises to 197%", "33% of its accounts lose money")),
        ("zh", ("最高达到利润的 140%", "蓝湾的曲线最高达到 197%", "有 33% 的客户亏损")),
    ],
    ids=["en", "zh"],
)
def test_the_sentence_claims_140_where_lanwan_has_nearly_200(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = whale_maker()
    assert explorer.result.claimed["share_of_profit"].max() == pytest.approx(1.4)
    assert explorer.result.own["share_of_profit"].max() == pytest.approx(2, abs=0.05)
    np.testing.assert_allclose(explorer.result.own, whale_curve(contributions()), atol=1e-9)
    assert explorer.result.losers == (contributions() < 0).mean()
    assert all(word in explorer.caption for word in words)


def test_lanwan_is_the_firm_of_the_sentence_when_half_is_half_of_all_that_is_made() -> None:
    explorer = whale_maker()
    off = {}
    for reading in ("net", "top", "gross"):
        explorer.controls["reading"].value = reading
        found = explorer.result
        off[reading] = abs(found.claimed["share_of_profit"].max() - found.own["share_of_profit"].max())
    assert min(off, key=off.__getitem__) == "gross"
    assert off["gross"] < 0.05 < 0.25 < off["top"] < off["net"]
    assert explorer.result.losers == pytest.approx(explorer.controls["losers"].value / 100, abs=0.05)


def test_serving_everybody_evenly_leaves_no_loss_maker_and_the_same_profit(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def noted(left: Any) -> pd.DataFrame:
        seen.append(left)
        return whale_curve(left)

    monkeypatch.setattr("crmlab.value_tiers.explorer.whale_curve", noted)
    explorer = whale_maker()
    losers, peaks = [], []
    for spread in (0, 50, 100, 120):
        explorer.controls["spread"].value = spread
        losers.append(explorer.result.losers)
        peaks.append(explorer.result.own["share_of_profit"].max())
    assert [left.sum() for left in seen] == pytest.approx([contributions().sum()] * len(seen))
    assert losers[0] == 0 and peaks[0] == pytest.approx(1)
    assert losers == sorted(set(losers)) and peaks == sorted(set(peaks))


def test_the_sentence_follows_its_sliders() -> None:
    explorer = whale_maker()
    explorer.controls["losers"].value = 20
    explorer.controls["cancelled"].value = 25
    claim = explorer.result.claimed.to_numpy()
    np.testing.assert_allclose(claim, [[0, 0], [0.2, 0.8], [0.8, 1.2], [1, 1]])


# --- letting go ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Letting 395 accounts go lowers profit by ", "best is 6, ", "although 395 lose money on paper")),
        ("zh", ("放弃 395 ", "利润减少 ", "最好是放弃 6 ", "账面亏损的有 395 ")),
    ],
    ids=["en", "zh"],
)
def test_letting_all_loss_makers_go_lowers_profit(lang: str, words: tuple[str, ...]) -> None:
    use_language(lang)
    explorer = let_them_go()
    found = explorer.result
    assert found.dropped == found.losers == (contributions() < 0).sum() == 395
    assert found.profit[395] < found.profit[0] < found.profit[found.best]
    assert found.profit[0] == pytest.approx(contributions().sum())
    assert all(word in explorer.caption for word in words)
    assert f"{found.profit[0] - found.profit[395]:,.0f}" in explorer.caption
    assert f"{found.profit[found.best] - found.profit[0]:,.0f}" in explorer.caption


def test_all_should_go_only_if_all_their_cost_ends_and_nobody_follows() -> None:
    explorer = let_them_go()
    all_go = []
    for avoidable, referral in product((100, 95, 80, 60), (0, 5, 20)):
        explorer.controls["avoidable"].value = avoidable
        explorer.controls["referral"].value = referral
        found = explorer.result
        if found.best == found.losers:
            all_go.append((avoidable, referral))
            lost = contributions().clip(upper=0).sum()
            assert found.profit[found.best] - found.profit[0] == pytest.approx(-lost)
            assert "raises profit" in explorer.caption
    assert all_go == [(100, 0)]


@pytest.mark.parametrize(("avoidable", "referral"), [(70, 10), (100, 0), (40, 25)])
def test_the_curve_of_letting_go_is_that_of_the_model(avoidable: int, referral: int) -> None:
    explorer = let_them_go()
    explorer.controls["avoidable"].value = avoidable
    explorer.controls["referral"].value = referral
    accounts = load("value_tiers_accounts").sort_values("contribution")
    ledger = pd.DataFrame(
        {
            "revenue": accounts["gross_margin"],
            "product_cost": 0,
            "service_cost": accounts["gross_margin"] - accounts["contribution"],
            "referral_value": referral / 100 * accounts["gross_margin"],
        }
    )
    keep = let_go(ledger, avoidable / 100)["keep_value"].to_numpy()
    for dropped in (0, 5, 250, 500):
        explorer.controls["dropped"].value = dropped
        found = explorer.result
        assert found.dropped == dropped
        assert found.profit[dropped] - found.profit[0] == pytest.approx(-keep[:dropped].sum())


def test_the_best_number_can_be_tried_to_the_nearest_step() -> None:
    explorer = let_them_go()
    explorer.controls["dropped"].value = 5 * round(explorer.result.best / 5)
    found = explorer.result
    assert found.dropped == 5
    assert found.profit[0] < found.profit[5] < found.profit[found.best]
    assert "raises profit" in explorer.caption


# --- mailing ---


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Mailing the 38 of 125 cells above break-even promises 55,040 yuan", "mailing all −14,200", "48,675")),
        ("zh", ("只寄给 125 格中高于盈亏平衡的 38 格，预计赚 55,040 元", "全部寄出则为 −14,200 元", "48,675")),
    ],
    ids=["en", "zh"],
)
def test_mailing_all_loses_the_paying_cells_earn_and_promise_more_than_the_truth(
    lang: str, words: tuple[str, ...]
) -> None:
    use_language(lang)
    explorer = mail_by_rfm()
    found = explorer.result
    assert found.everybody < 0 < found.real < found.promised
    assert (found.cells.loc[found.cells["mail"], "earned"] > 0).all()
    assert all(word in explorer.caption for word in words)


@pytest.mark.parametrize(("cost", "margin"), [(0.55, 40), (0.2, 15), (1.4, 90)])
def test_the_cells_of_all_three_letters_are_those_of_the_roll_out(cost: float, margin: float) -> None:
    explorer = mail_by_rfm()
    explorer.controls["cost"].value = cost
    explorer.controls["margin"].value = margin
    found = explorer.result
    plan = roll_out(load("value_tiers_mail_test"), 300_000, cost, margin)
    assert found.cells["mail"].tolist() == plan.mail.tolist()
    assert (found.names, found.promised, found.everybody) == pytest.approx((plan.names, plan.profit, plan.profit_all))
    response = truth("value_tiers_mail_test")["response"]["response"]
    assert found.real == pytest.approx(2400 * (response[plan.mail] * margin - cost).sum())


def test_coarser_coding_lowers_the_promise_but_not_the_truth() -> None:
    explorer = mail_by_rfm()
    promised, real, everybody = {}, {}, []
    for coding in ("rfm", "rf", "r"):
        explorer.controls["coding"].value = coding
        found = explorer.result
        promised[coding], real[coding] = found.promised, found.real
        everybody.append(found.everybody)
        assert (found.cells.groupby(list(coding))["mail"].nunique() == 1).all()  # a group is mailed as a whole
    assert promised["rfm"] > promised["rf"] > promised["r"] > 0
    assert min(real["rf"], real["r"]) > real["rfm"]
    assert everybody == pytest.approx(everybody[:1] * 3)


def test_dear_letters_for_small_orders_reach_nobody() -> None:
    explorer = mail_by_rfm()
    explorer.controls["cost"].value = 1.5
    explorer.controls["margin"].value = 10
    found = explorer.result
    assert (found.cells["mail"].sum(), found.promised, found.names) == (0, 0, 0)
    assert "0 of 125 cells" in explorer.caption


@pytest.mark.parametrize("make", [repair_pyramid, whale_maker, let_them_go, mail_by_rfm])
def test_every_task_has_the_same_numbers_in_both_languages(make: Any) -> None:
    shown = {}
    for lang in ("en", "zh"):
        use_language(lang)
        shown[lang] = task_of(make())
    assert shown["en"].isascii() and not shown["zh"].isascii()
    assert re.findall(r"\d+", shown["en"]) == re.findall(r"\d+", shown["zh"])


# --- charts of the text ---


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "The largest tenth leaves less of a yuan"), ("zh", "最大的十分之一，每元留下的少于")],
    ids=["en", "zh"],
)
def test_the_largest_tenth_leaves_less_of_a_yuan_than_the_tenth_before_it(lang: str, title: str) -> None:
    use_language(lang)
    accounts = load("value_tiers_accounts")
    tenths = pd.qcut(accounts["revenue"].rank(method="first"), 10, labels=range(1, 11))
    sums = accounts.groupby(tenths, observed=True)[["contribution", "revenue"]].sum()
    rates = sums["contribution"] / sums["revenue"]
    assert rates[10] < rates[9]
    ax = margin_by_size(accounts, Figure().add_subplot())
    assert any(title in text.get_text().replace("\n", " " if lang == "en" else "") for text in ax.texts)
    caption = margin_by_size.caption(accounts)
    for found in (f" {rates.idxmax()} ", f"{rates.max():.1%}", f"{rates[10]:.1%}"):
        assert found in caption


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "revenue: 66%; the sentence: 80%"), ("zh", "收入：66%；这句话：80%")],
    ids=["en", "zh"],
)
def test_lorenz_lines_name_the_share_of_the_top_fifth(lang: str, words: str) -> None:
    use_language(lang)
    names = ("revenue", "the sentence") if lang == "en" else ("收入", "这句话")
    revenue = load("value_tiers_accounts")["revenue"]
    curves = dict(zip(names, (lorenz(np.ones(1200), revenue), lorenz([80, 20], [20, 80])), strict=True))
    ax = lorenz_lines(curves, Figure().add_subplot())
    assert words in lorenz_lines.caption(curves)
    for share in ("66%", "80%"):
        assert sum(share in text.get_text() for text in ax.texts) == 1
