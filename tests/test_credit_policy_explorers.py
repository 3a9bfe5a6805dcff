"""What the explorers of chapter 12 show before anybody moves them, and that their tasks can be done."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pictures import marks_of, set_to, task_of, texts_of, words_of

from crmlab.core.data import load
from crmlab.core.explorers import Explorer
from crmlab.core.text import use_language
from crmlab.credit_policy import (
    Limits,
    allocate_limits,
    discount_cost,
    dso,
    frontier,
    payment_pattern,
    simulate_policy,
    switch_to_credit,
)
from crmlab.credit_policy.chart import (
    CONVENTIONS,
    CUSTOMER_NAMES,
    TYPE_NAMES,
    DiscountView,
    IllusionView,
    PolicyView,
    SwitchView,
    cash_and_profit,
    discount_bars,
    dso_and_pattern,
    limit_bars,
    policy_frontier,
    sales_and_open,
    switch_line,
)
from crmlab.credit_policy.explorer import ageing_illusion, cash_to_credit, price_of_a_discount, three_policies

EXPLORERS = [price_of_a_discount, cash_to_credit, ageing_illusion, three_policies]


def picture_of(explorer: Explorer[Any]) -> Any:
    (ax,) = explorer._easel.figure.axes
    return ax


def bars_of(ax: Any) -> list[Any]:
    """The bars that are shown; the containers of an explorer keep older ones."""
    return list(ax.patches)


def ends_of(make: Any) -> list[dict[str, float]]:
    """The values at the start, and with each control at each of its ends."""
    start = make()
    found = [start.values]
    for name, widget in start.controls.items():
        found += [{**start.values, name: end} for end in (widget.min, widget.max) if end != start.values[name]]
    return found


# --- the price of a discount ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "Giving up 2.0% to pay 20 days later costs 36.7% or 37.2% a year nominal, 43.9% or 44.6% effective, on "
            "360 or 365 days; the bank asks 8% effective, so borrow and take the discount.",
            "Borrow from the bank and take the discount",
        ),
        (
            "zh",
            "放弃 2.0% 的折扣，晚付 20 天，按一年 360 天或 365 天，名义年利率为 36.7% 或 37.2%，"
            "实际年利率为 43.9% 或 44.6%；银行的实际年利率是 8%，所以不如借钱付款，享受折扣。",
            "不如向银行借钱，享受折扣",
        ),
    ],
    ids=["en", "zh"],
)
def test_2_10_net_30_costs_36_7_37_2_43_9_or_44_6(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = price_of_a_discount()
    assert explorer.values == {"discount": 2, "early": 10, "net": 30, "stretch": 0}
    assert explorer.caption == words
    shown = words_of(explorer, lang)
    assert title in shown
    assert [text.strip() for text in shown if "%" in text] == ["36.7%", "37.2%", "43.9%", "44.6%"]


def test_who_pays_on_day_45_gives_up_21_3_percent() -> None:
    explorer = price_of_a_discount()
    found = set_to(explorer, stretch=15)
    assert found.rates["nominal_365"] == pytest.approx(0.213, abs=5e-4)
    assert "21.3%" in [text.strip() for text in words_of(explorer)]
    assert "to pay 35 days later costs 21.0% or 21.3% a year nominal" in explorer.caption
    assert set_to(explorer, stretch=0, net=45).rates == found.rates


def test_a_small_discount_for_many_days_should_be_left() -> None:
    explorer = price_of_a_discount()
    assert set_to(explorer, discount=0.5, net=50).rates["effective_365"] < 0.08
    assert "Leave the discount: the supplier lends more cheaply" in words_of(explorer)
    assert explorer.caption.endswith("the bank asks 8% effective, so leave the discount.")
    use_language("zh")
    explorer = price_of_a_discount()
    set_to(explorer, discount=0.5, stretch=60)
    assert "不必享受折扣：供应商的钱更便宜" in words_of(explorer, "zh")
    assert explorer.caption.endswith("银行的实际年利率是 8%，所以不必享受折扣。")


@pytest.mark.parametrize("values", ends_of(price_of_a_discount), ids=str)
def test_the_bars_are_the_four_rates_beside_the_bank(values: dict[str, float]) -> None:
    explorer = price_of_a_discount()
    found = set_to(explorer, **values)
    share, extra = values["discount"] / 100, values["net"] + values["stretch"] - values["early"]
    once = share / (1 - share)
    expected = {
        "nominal_360": once * 360 / extra,
        "nominal_365": once * 365 / extra,
        "effective_360": (1 + once) ** (360 / extra) - 1,
        "effective_365": (1 + once) ** (365 / extra) - 1,
    }
    assert found.rates == pytest.approx(expected) and list(found.rates) == list(CONVENTIONS)
    assert (found.discount, found.extra_days, found.loan) == (share, extra, 0.08)
    ax = picture_of(explorer)
    assert [bar.get_width() for bar in bars_of(ax)] == pytest.approx([100 * rate for rate in expected.values()])
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert labels == ["nominal, 360 days", "nominal, 365 days", "effective, 360 days", "effective, 365 days"]
    (bank,) = [line for line in ax.lines if len(set(line.get_xdata())) == 1]
    assert bank.get_xdata()[0] == 8 < ax.get_xlim()[1]
    assert max(expected.values()) * 100 <= ax.get_xlim()[1]
    shown = [f"{rate:.1%}" for rate in expected.values()]
    assert [text.strip() for text in words_of(explorer) if "%" in text] == shown
    said = f"Giving up {share:.1%} to pay {extra:g} days later costs {shown[0]} or {shown[1]} a year nominal, "
    assert explorer.caption.startswith(said + f"{shown[2]} or {shown[3]} effective, on 360 or 365 days; the bank")
    cheaper = expected["effective_365"] > 0.08
    assert ("Borrow from the bank and take the discount" in words_of(explorer)) == cheaper
    assert ("borrow and take the discount." in explorer.caption) == cheaper


def test_it_is_the_strictest_rate_that_is_compared_with_the_bank() -> None:
    titles = []
    for effective in (0.079, 0.08, 0.081):
        rates = {"nominal_360": 0.07, "nominal_365": 0.071, "effective_360": 0.078, "effective_365": effective}
        view = DiscountView(rates, 0.01, 50, 0.08)
        title = "Borrow from the bank and take the discount" in texts_of(discount_bars(view, Figure().add_subplot()))
        titles.append((title, discount_bars.caption(view).endswith("so borrow and take the discount.")))
    assert titles == [(False, False), (False, False), (True, True)]


# --- cash to credit ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "With 10 more units a month the switch to credit is worth 9,400 yuan; it breaks even at 3.4 more.",
            "The switch to credit pays",
        ),
        ("zh", "每月多卖 10 件，改为赊销的净现值是 9,400 元；多卖 3.4 件，盈亏平衡。", "改为赊销，划算"),
    ],
    ids=["en", "zh"],
)
def test_ten_more_are_worth_9400_and_3_4_are_enough(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = cash_to_credit()
    assert explorer.values == {"more": 10, "rate": 2, "default": 0, "price": 49}
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "With 10 more units a month the switch to credit is worth −4,075 yuan, after 12,250 yuan that old "
            "customers never pay and 1,225 that new ones never pay; it breaks even at 13.1 more.",
            "The switch to credit does not pay",
        ),
        (
            "zh",
            "每月多卖 10 件，改为赊销的净现值是 −4,075 元，其中已扣除老客户不付的 12,250 元和新客户不付的 1,225 元；"
            "多卖 13.1 件，盈亏平衡。",
            "改为赊销，不划算",
        ),
    ],
    ids=["en", "zh"],
)
def test_if_5_percent_never_pay_ten_more_do_not_pay_and_13_1_are_needed(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = cash_to_credit()
    set_to(explorer, default=5)
    assert explorer.caption == words
    assert title in words_of(explorer, lang)
    assert set_to(explorer, more=13).now[1].npv < 0 < set_to(explorer, more=14).now[1].npv


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "never pay; no number of additional units is enough."), ("zh", " 元；多卖多少都不够。")],
    ids=["en", "zh"],
)
def test_where_the_paid_price_only_covers_the_cost_no_number_is_enough(lang: str, words: str) -> None:
    use_language(lang)
    explorer = cash_to_credit()
    set_to(explorer, default=20, price=25)
    assert explorer.caption.endswith(words)
    assert marks_of(picture_of(explorer), "D") == []


@pytest.mark.parametrize("values", ends_of(cash_to_credit), ids=str)
def test_the_line_of_the_switch_is_that_of_the_model(values: dict[str, float]) -> None:
    explorer = cash_to_credit()
    found = set_to(explorer, **values)

    def at(units: float) -> Any:
        return switch_to_credit(values["price"], 20, 100, 100 + units, values["rate"] / 100, values["default"] / 100)

    np.testing.assert_array_equal(found.more, np.arange(41))
    np.testing.assert_allclose(found.npv, [at(units).npv for units in range(41)], atol=1e-6)
    more, now = found.now
    assert (more, now) == (values["more"], at(values["more"]))
    ax = picture_of(explorer)
    line = next(line for line in ax.lines if len(line.get_xdata()) == 41)
    np.testing.assert_allclose(line.get_ydata(), found.npv / 1000)
    assert marks_of(ax, "o") == [(more, pytest.approx(now.npv / 1000))]
    inside = now.break_even_units <= 40
    assert marks_of(ax, "D") == ([(pytest.approx(now.break_even_units), 0)] if inside else [])
    low, high = ax.get_ylim()
    assert low < 0 < high and low <= min(line.get_ydata()) and max(line.get_ydata()) <= high
    assert ("The switch to credit pays" in words_of(explorer)) == (now.npv > 0)
    assert f"With {more:g} more units" in explorer.caption
    assert f"{abs(now.npv):,.0f} yuan" in explorer.caption
    assert explorer.caption.endswith(f"; it breaks even at {now.break_even_units:,.1f} more.")
    # What is never paid is the difference to customers who all pay; the new ones' part is that of the additional units.
    paid = switch_to_credit(values["price"], 20, 100, 100 + more, values["rate"] / 100)
    assert sum(found.lost) == pytest.approx(paid.npv - now.npv, abs=1e-6)
    assert found.lost[1] == pytest.approx(found.lost[0] * more / 100)
    named = f"after {found.lost[0]:,.0f} yuan that old customers never pay and {found.lost[1]:,.0f} that new ones never"
    assert (named in explorer.caption) == (values["default"] > 0)
    assert ("never pay" in explorer.caption) == (values["default"] > 0)


def test_a_switch_that_is_worth_nothing_does_not_pay() -> None:
    view = cash_to_credit().result
    nothing = switch_to_credit(20, 20, 0, 0, 0.02)
    ax = switch_line(SwitchView(view.more, view.npv, (0.0, nothing), (0.0, 0.0)), Figure().add_subplot())
    assert nothing.npv == 0 and "The switch to credit does not pay" in texts_of(ax)


# --- the ageing illusion ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "DSO reads {days} days, and {book} of the book are this month's, last month's and older; of each month's "
            "sales 100%, 50% and 20% are open.",
            "DSO reads {days} days",
        ),
        (
            "zh",
            "DSO 为 {days} 天，账上 {book} 分别是本月、上月和更早的；而各月的销售中，未收的分别为 100%、50%、20%。",
            "DSO 为 {days} 天",
        ),
    ],
    ids=["en", "zh"],
)
def test_with_the_same_customers_dso_reads_39_51_and_63(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = ageing_illusion()
    assert explorer.values == {"trend": 0, "one": 50, "two": 20}
    for trend, days, book in ((0, 51, (59, 29, 12)), (-50, 39, (38, 38, 23)), (50, 63, (71, 24, 5))):
        found = set_to(explorer, trend=trend)
        assert found.dso == pytest.approx(days)
        shares = "{}%, {}% and {}%" if lang == "en" else "{}%、{}%、{}%"
        assert explorer.caption == words.format(days=days, book=shares.format(*book))
        assert title.format(days=days) in words_of(explorer, lang)


def test_only_customers_who_pay_worse_bring_dso_back_to_51_in_a_slump() -> None:
    explorer = ageing_illusion()
    assert set_to(explorer, trend=-50, one=75, two=30).dso == pytest.approx(51)
    for one, two in ((50, 20), (40, 20), (50, 10), (20, 0)):
        assert set_to(explorer, one=one, two=two).dso < 40
    days = [set_to(explorer, trend=trend, one=50, two=20).dso for trend in range(-50, 51, 25)]
    assert all(less < more for less, more in pairwise(days))


@pytest.mark.parametrize("values", [*ends_of(ageing_illusion), {"trend": -20, "one": 30, "two": 60}], ids=str)
def test_the_bars_of_three_months_are_sales_and_what_is_open_of_them(values: dict[str, float]) -> None:
    explorer = ageing_illusion()
    found = set_to(explorer, **values)
    sales = [100 - values["trend"], 100, 100 + values["trend"]]
    still = [min(values["two"], values["one"]) / 100, values["one"] / 100, 1]  # an older debt is never more open
    open_ = [sold * share for sold, share in zip(sales, still, strict=True)]
    assert found.sales == tuple(sales)
    assert found.dso == pytest.approx(sum(open_) / (sum(sales) / 90))
    pd.testing.assert_frame_equal(found.pattern, payment_pattern(sales, still[::-1]))
    assert found.dso == dso(found.pattern["open"].sum(), sales, 90)
    ax = picture_of(explorer)
    bars = sorted(bars_of(ax), key=lambda bar: (bar.get_x(), bar.get_hatch() is not None))
    heights = [height for pair in zip(sales, open_, strict=True) for height in pair]
    assert [bar.get_height() for bar in bars] == pytest.approx(heights)
    assert [bar.get_hatch() for bar in bars] == [None, "////"] * 3
    assert max(sales) <= ax.get_ylim()[1]
    labels = sorted((text.get_position()[0], text.get_text()) for text in ax.texts if text.get_text().endswith(" open"))
    assert labels == [(place, f"{share:.0%} open") for place, share in enumerate(still)]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["two months ago", "last month", "this month"]
    assert explorer.caption.endswith(f"sales 100%, {still[1]:.0%} and {still[0]:.0%} are open.")
    assert f"DSO reads {found.dso:.0f} days" in words_of(explorer)


def test_the_newest_month_of_the_table_stands_on_the_right() -> None:
    sales = (10.0, 20.0, 40.0)
    view = IllusionView(sales, payment_pattern(sales), 63.4)
    ax = sales_and_open(view, Figure().add_subplot())
    assert "DSO reads 63 days" in texts_of(ax)
    heights = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in bars_of(ax) if not bar.get_hatch()}
    assert heights == {0: 10, 1: 20, 2: 40}


# --- three policies ---


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "In month 7 the cash runs out, at a profit of 33.9 thousand yuan a month; 191 thousand had been earned on "
            "paper, 55 thousand given up as bad.",
            "Profitable on paper, out of cash in month 7",
        ),
        (
            "zh",
            "第 7 个月资金链断裂，而当月账面利润为 33.9 千元；账面上累计赚了 191 千元，坏账 55 千元。",
            "账面盈利，第 7 个月现金用尽",
        ),
    ],
    ids=["en", "zh"],
)
def test_the_wish_of_the_sales_head_is_out_of_cash_in_month_7(lang: str, words: str, title: str) -> None:
    use_language(lang)
    explorer = three_policies()
    assert explorer.values == {"period": 60, "standard": 3, "collection": 50, "cash": 1.5}
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


@pytest.mark.parametrize(
    ("lang", "words", "title"),
    [
        (
            "en",
            "After 36 months 2,336 thousand yuan are earned, the last month 150.7 thousand, 511 thousand are bad, and "
            "the cash was never below 158 thousand.",
            "Solvent for 36 months",
        ),
        (
            "zh",
            "36 个月累计利润 2,336 千元，最后一个月 150.7 千元，坏账 511 千元；现金最低时为 158 千元。",
            "36 个月，资金始终周转得开",
        ),
    ],
    ids=["en", "zh"],
)
def test_cash_alone_and_collection_alone_do_not_save_it_and_a_period_of_30_days_does(
    lang: str, words: str, title: str
) -> None:
    use_language(lang)
    explorer = three_policies()
    assert len(set_to(explorer, cash=12).path) == 22 and explorer.result.broke
    assert len(set_to(explorer, cash=1.5, collection=100).path) == 8 and explorer.result.broke
    assert set_to(explorer, collection=50, period=35).broke
    assert not set_to(explorer, period=30).broke
    assert explorer.caption == words
    assert title in words_of(explorer, lang)


DEEP = {"period": 90.0, "standard": 4.0, "collection": 0.0, "cash": 0.5}  # the cash falls below the picture


@pytest.mark.parametrize("values", [*ends_of(three_policies), DEEP], ids=str)
def test_the_lines_of_a_policy_are_those_of_the_model(values: dict[str, float]) -> None:
    explorer = three_policies()
    found = set_to(explorer, **values)
    path = simulate_policy(values["period"], values["standard"], values["collection"] / 100, values["cash"], 36)
    pd.testing.assert_frame_equal(found.path, path)
    broke = path["cash"].iloc[-1] < 0
    assert (found.months, found.broke) == (36, broke) and broke == (len(path) < 36)
    ax = picture_of(explorer)
    low, high = ax.get_ylim()
    profit, cash, bad = (line for line in ax.lines if len(line.get_xdata()) == len(path) and line.get_linewidth() > 2)
    for line, amounts in ((profit, path["profit"].cumsum()), (cash, path["cash"]), (bad, path["bad_debt"].cumsum())):
        assert line.get_xdata().tolist() == list(range(1, len(path) + 1))
        np.testing.assert_allclose(line.get_ydata(), np.maximum(amounts / 1000, low))
        assert low < 0 < max(line.get_ydata()) + 1e-9 <= high + 1e-9
    assert ax.get_xlim() == (1, 36)
    assert marks_of(ax, "X") == ([(len(path), 0)] if broke else [])
    assert {"profit so far", "cash", "bad debts"} <= set(words_of(explorer))
    earned, lost, last = path["profit"].sum() / 1000, path["bad_debt"].sum() / 1000, path["profit"].iloc[-1] / 1000
    if broke:
        said = f"In month {len(path)} the cash runs out, at a profit of {last:,.1f} thousand yuan a month; "
        said += f"{earned:,.0f} thousand had been earned on paper, {lost:,.0f} thousand given up as bad."
    else:
        said = f"After 36 months {earned:,.0f} thousand yuan are earned, the last month {last:,.1f} thousand, "
        said += f"{lost:,.0f} thousand are bad, and the cash was never below {path['cash'].min() / 1000:,.0f} thousand."
    assert explorer.caption == said


@pytest.mark.parametrize(
    "terms", [{"period": 20, "standard": 4}, {"period": 35, "standard": 3, "collection": 100}], ids=str
)
def test_other_terms_earn_more_than_2336_thousand_in_36_months(terms: dict[str, float]) -> None:
    explorer = three_policies()
    assert explorer.values["cash"] == 1.5
    found = set_to(explorer, **terms)
    assert not found.broke and found.path["profit"].sum() > 2_336_000


def test_a_firm_whose_cash_is_just_used_up_is_not_out_of_cash() -> None:
    path = simulate_policy(0, months=2)
    path.loc[2, "cash"] = 0.0
    view = PolicyView(path, 2)
    assert not view.broke
    ax = cash_and_profit(view, Figure().add_subplot())
    assert "Solvent for 2 months" in texts_of(ax) and marks_of(ax, "X") == []
    assert cash_and_profit.caption(view).endswith("the cash was never below 0 thousand.")


# --- tasks ---


@pytest.mark.parametrize("make", EXPLORERS)
def test_every_task_has_the_same_numbers_in_both_languages(make: Any) -> None:
    shown = {}
    for lang in ("en", "zh"):
        use_language(lang)
        shown[lang] = task_of(make())
    assert not re.search("[\u4e00-\u9fff]", shown["en"]) and re.search("[\u4e00-\u9fff]", shown["zh"])
    found = {lang: sorted(re.findall(r"\d+", text.replace("thirty", "30"))) for lang, text in shown.items()}
    assert found["en"] == found["zh"]


@pytest.mark.parametrize("make", EXPLORERS)
def test_every_end_of_every_control_is_said_with_the_same_numbers_in_both_languages(make: Any) -> None:
    said: dict[str, list[list[str]]] = {"en": [], "zh": []}
    for lang, captions in said.items():
        use_language(lang)
        explorer = make()
        for values in ends_of(make):
            caption = explorer._chart.caption(explorer._model(**values))
            captions.append(sorted(re.findall(r"−?[\d,.]*\d", caption)))
    assert said["en"] == said["zh"]
    assert all(said["en"])


# --- charts of the text ---


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        (
            "en",
            "Over two years DSO moves between 44 and 64 days, while of each month's sales 46% to 53% are still open a "
            "month later.",
            "DSO follows the season; the payment does not",
        ),
        (
            "zh",
            "两年间，DSO 在 44 至 64 天之间起伏；而各月的销售，一个月后仍未收的，始终在 46% 至 53% 之间。",
            "DSO 随淡旺季起伏，付款却没有变",
        ),
    ],
    ids=["en", "zh"],
)
def test_dso_swings_with_the_season_and_the_payment_does_not(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    ageing = load("credit_policy_ageing")
    assert dso_and_pattern.caption(ageing) == sentence
    ax = dso_and_pattern(ageing, Figure().add_subplot())
    assert title in texts_of(ax, lang)
    open_ = ageing[["open_0", "open_1", "open_2", "open_3_plus"]].sum(axis=1)
    window = open_ / ageing["sales"].rolling(3).sum() * 90
    still = ageing["open_1"] / ageing["sales"].shift()
    lines = [line for line in ax.lines if len(line.get_xdata()) == 22]
    for line, measure in zip(lines, (window.iloc[2:], still.iloc[2:]), strict=True):
        assert line.get_xdata().tolist() == list(range(3, 25))
        np.testing.assert_allclose(line.get_ydata(), 100 * measure / measure.mean())
        assert ax.get_ylim()[0] < min(line.get_ydata()) <= max(line.get_ydata()) < ax.get_ylim()[1]
    swings = [np.ptp(line.get_ydata()) for line in lines]
    assert swings[0] > 2 * swings[1]


@pytest.mark.parametrize(
    ("lang", "sentence", "title"),
    [
        (
            "en",
            "Of 49 policies 11 are efficient. finance-oriented: 15 days, 2% discount, standard 0; balanced: 45 days, "
            "2% discount, standard 1; sales-oriented: 60 days, 2% discount, standard 3.",
            "More sales cost more bad debts",
        ),
        (
            "zh",
            "49 种政策中，有效的有 11 种。财务型：15 天，折扣 2%，标准放宽 0 级；均衡型：45 天，折扣 2%，"
            "标准放宽 1 级；销售型：60 天，折扣 2%，标准放宽 3 级。",
            "销售越多，坏账越多",
        ),
    ],
    ids=["en", "zh"],
)
def test_the_three_types_are_named_on_the_frontier(lang: str, sentence: str, title: str) -> None:
    use_language(lang)
    found = frontier(load("credit_policy_grid"))
    assert policy_frontier.caption(found) == sentence
    ax = policy_frontier(found, Figure().add_subplot())
    assert title in texts_of(ax, lang)
    best = found[found["efficient"]].sort_values("sales")
    joined, dots, *named = ax.lines
    np.testing.assert_allclose(joined.get_xdata(), 100 * best["bad_debt"])
    np.testing.assert_allclose(joined.get_ydata(), best["sales"] / 1000)
    np.testing.assert_allclose(dots.get_xdata(), 100 * found["bad_debt"])
    np.testing.assert_allclose(dots.get_ydata(), found["sales"] / 1000)
    for line, kind in zip(named, TYPE_NAMES, strict=True):
        row = found[found["type"] == kind].iloc[0]
        assert (line.get_xdata()[0], line.get_ydata()[0]) == pytest.approx((100 * row["bad_debt"], row["sales"] / 1000))
        (label,) = [text for text in ax.texts if text.get_text() == str(TYPE_NAMES[kind])]
        assert label.get_position() == pytest.approx((100 * row["bad_debt"], row["sales"] / 1000), abs=6)
        assert label.get_color() == line.get_color()
    right, top = ax.get_xlim()[1], ax.get_ylim()[1]
    assert (100 * found["bad_debt"]).max() <= right and found["sales"].max() / 1000 <= top
    assert best["bad_debt"].is_monotonic_increasing


def limits_of(cap: float) -> tuple[pd.DataFrame, Limits]:
    customers = load("credit_policy_customers")
    return customers, allocate_limits(
        *(customers[name] for name in ("margin", "demand", "default", "slope", "lgd")), cap=cap
    )


@pytest.mark.parametrize(
    ("lang", "cap", "sentence"),
    [
        (
            "en",
            3000,
            "These limits earn 15,946 yuan at an expected loss of 3,000; one more yuan of allowed loss would earn "
            "2.43; full demand goes to: Crane, Robin.",
        ),
        (
            "zh",
            3000,
            "这些额度的利润为 15,946 元，预期损失为 3,000 元；预期损失的上限每放宽 1 元，多赚 2.43 元；"
            "需求得到满足的有：仙鹤店、知更店。",
        ),
        (
            "en",
            20,
            "These limits earn {profit} yuan at an expected loss of 20; one more yuan of allowed loss would earn "
            "{price}; full demand goes to: nobody.",
        ),
        (
            "zh",
            20,
            "这些额度的利润为 {profit} 元，预期损失为 20 元；预期损失的上限每放宽 1 元，多赚 {price} 元；"
            "需求得到满足的有：没有一家。",
        ),
    ],
    ids=["en", "zh", "en-nobody", "zh-nobody"],
)
def test_the_limits_are_said_and_drawn_over_the_demand(lang: str, cap: float, sentence: str) -> None:
    use_language(lang)
    customers, found = limits_of(cap)
    profit, price = f"{found.profit:,.0f}", f"{found.price_of_risk:.2f}"
    assert limit_bars.caption(customers, found) == sentence.format(profit=profit, price=price)
    ax = limit_bars(customers, found, Figure().add_subplot())
    demand, given = ([bar.get_width() for bar in container] for container in ax.containers)
    np.testing.assert_allclose(demand, customers["demand"] / 1000)
    np.testing.assert_allclose(given, found.limit / 1000)
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        str(CUSTOMER_NAMES[one]) for one in customers["customer"]
    ]
    shown = [text.strip() for text in texts_of(ax, lang)]
    assert [f"{limit / 1000:.0f}" for limit in found.limit] == shown[:5]
    assert max(demand) <= ax.get_xlim()[1]
    title = "Limits go where the next yuan of risk earns most"
    title = title if lang == "en" else "下一元风险在哪里赚得最多，额度就给哪里"
    assert title in shown


def test_full_demand_is_what_is_shown_as_full() -> None:
    customers, found = limits_of(3000)
    parts = np.array([0.994, 0.996, 1, 0.5, 0])
    shown = Limits(customers["demand"].to_numpy() * parts, found.profit, found.expected_loss, 0.0)
    assert limit_bars.caption(customers, shown).endswith("would earn 0.00; full demand goes to: Finch, Heron.")


def test_the_rates_of_the_first_explorer_are_those_of_the_model() -> None:
    found = price_of_a_discount().result.rates
    for name, rate in found.items():
        way, year = name.split("_")
        assert rate == discount_cost(0.02, 10, 30, int(year), way == "effective")
