"""Warm-ups, predictions and practice of chapter 12; every answer is computed by the chapter's model.

Warm-ups (``-w``) recall earlier chapters, predictions (``-q``) stand before a run, practice (``-p``) trains the ideas
of the graded set with other numbers. ``items.py`` joins them to the graded items. A trap that leads to the right
answer for a student stays silent: :data:`SILENT` for a number, ``None`` for a label.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Item,
    MappingItem,
    NumberItem,
    Params,
    PartsItem,
    TextItem,
    Trap,
    always,
    shown,
)
from crmlab.core.text import Text
from crmlab.core.writing import nearest_option, other_label, too_close, unless_close, whole_percent
from crmlab.credit_policy import simulate
from crmlab.credit_policy.model import (
    AgeingOutcome,
    Limits,
    RelaxStandard,
    SwitchToCredit,
    Terms,
    ageing_outcome,
    allocate_limits,
    cash_path,
    discount_break_even,
    discount_cost,
    dso,
    payment_pattern,
    relax_standard,
    solvent_growth,
    switch_to_credit,
)

_YUAN = Text(en="yuan", zh="元")
_PERCENT = Text(en="percent", zh="百分数")
_PERCENT_A_YEAR = Text(en="percent a year", zh="%（年利率）")
_SEE_WHOLE = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")
_YEARS = (360, 365)


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="credit_policy-w1",
    ask=Text(
        en="*From chapter 11.* A salon owes 1,000 yuan. Its chance of default is 4%, and in a default half of the debt "
        "is lost. What is the expected loss?",
        zh="*出自第 11 章。* 一家店欠 1,000 元，违约概率为 4%；如果违约，欠款的一半收不回来。预期损失是多少？",
    ),
    options={
        "20": Text(en="20 yuan", zh="20 元"),
        "40": Text(en="40 yuan", zh="40 元"),
        "500": Text(en="500 yuan", zh="500 元"),
    },
    solve=always("20"),
    traps=(
        Trap(
            "all-is-lost",
            always("40"),
            Text(
                en="Reminder: that would be so if a default took everything. What comes back?",
                zh="提示：违约时分文不回，才是这个数。还能收回多少？",
            ),
        ),
        Trap(
            "loss-for-sure",
            always("500"),
            Text(
                en="Reminder: that is lost if the salon defaults. How likely is that?",
                zh="提示：这是违约之后的损失。违约有多大可能？",
            ),
        ),
    ),
    hint=Text(en="Chance, times share lost, times amount.", zh="概率乘以损失率，再乘以金额。"),
    why=Text(
        en="4% × 50% × 1,000 = 20. One salon may cost 500 or nothing. A book of many loses about the expected amount, "
        "so this chapter can put a cap on it.",
        zh="4% × 50% × 1,000 = 20。单独一家店，要么损失 500 元，要么没有损失。很多家合在一起，"
        "损失就接近预期，所以本章可以给它定一个上限。",
    ),
)

warm_2 = ChoiceItem(
    id="credit_policy-w2",
    ask=Text(
        en="*From chapter 11.* A sale on credit leaves 12 yuan if it is paid. If not, 48 yuan are lost. Up to which "
        "chance of default does it pay?",
        zh="*出自第 11 章。* 一笔赊销，收到款赚 12 元，收不到亏 48 元。违约概率不超过多少，才划算？",
    ),
    options={
        "12": Text(en="12%: the margin", zh="12%：就是毛利"),
        "20": Text(en="20%: 12 over 60", zh="20%：12 除以 60"),
        "25": Text(en="25%: 12 over 48", zh="25%：12 除以 48"),
    },
    solve=always("20"),
    traps=(
        Trap(
            "margin-is-the-limit",
            always("12"),
            Text(
                en="Reminder: that compares the gain with 100. What is lost in a default?",
                zh="提示：这是拿赚的与 100 相比。违约时亏的是多少？",
            ),
        ),
        Trap(
            "odds-are-not-chances",
            always("25"),
            Text(
                en="Reminder: those are odds, bads per good customer. Which part of all customers is that?",
                zh="提示：这是坏客户与好客户之比。占全部客户的多大比例？",
            ),
        ),
    ),
    hint=Text(en="At the limit the expected gain equals the expected loss.", zh="在临界点上，预期赚的等于预期亏的。"),
    why=Text(
        en="80% × 12 = 20% × 48. That was one salon at a time. A credit standard does the same for all at once, and "
        "adds what waiting for the money costs.",
        zh="80% × 12 = 20% × 48。那是一家一家地决定。信用标准则是一次为所有的店作决定，还要加上等款的代价。",
    ),
)

warm_3 = ChoiceItem(
    id="credit_policy-w3",
    ask=Text(
        en="*From chapter 02.* Class A's share of all sales has fallen from 60% to 50%. All sales together have grown "
        "from 100 to 150 thousand yuan. What have the sales to class A done?",
        zh="*出自第 02 章。* A 类占销售额的比例从 60% 降到了 50%，总销售额则从 100 千元增加到 150 千元。"
        "A 类的销售额是升还是降？",
    ),
    options={
        "fallen": Text(en="they have fallen by a sixth", zh="降了六分之一"),
        "risen": Text(en="they have risen by a quarter", zh="升了四分之一"),
        "unknown": Text(en="shares do not tell", zh="凭比例看不出来"),
    },
    solve=always("risen"),
    traps=(
        Trap(
            "share-as-amount",
            always("fallen"),
            Text(
                en="Reminder: the share fell. Share of what, then and now?",
                zh="提示：降的是比例。两次各是占多少的比例？",
            ),
        ),
        Trap(
            "total-not-used",
            always("unknown"),
            Text(
                en="Reminder: shares alone do not, but the totals are given, too. What do they make together?",
                zh="提示：只有比例，确实不行；可是总额也给了。两者合起来呢？",
            ),
        ),
    ),
    hint=Text(en="Share times total, before and after.", zh="比例乘以总额，前后各算一次。"),
    why=Text(
        en="60% of 100 is 60, 50% of 150 is 75. A share moves when its whole moves. In this chapter old debts are a "
        "share of the book, and the book moves with sales.",
        zh="100 的 60% 是 60，150 的 50% 是 75。总额一变，比例就跟着变。本章里，旧账占账款的一个比例，而账款随销售额变"
        "动。",
    ),
)


# --- predictions: pick, commit, run ----------------------------------------------------------------------------------

_COSTS = {number: Text(en=f"about {number}%", zh=f"大约 {number}%") for number in ("2", "24", "37", "73")}

predict_1 = ChoiceItem(
    id="credit_policy-q1",
    ask=Text(
        en="Terms of 2/10 net 30: 2% off within 10 days, else everything in 30. What does it cost a year, nominal, "
        "to leave the discount and pay on the last day?",
        zh="付款条件为“2/10, net 30”：10 天内付款优惠 2%，否则 30 天内付全价。放弃折扣、最后一天才付，"
        "名义年利率是多少？",
    ),
    options=_COSTS,
    solve=lambda params: nearest_option(_COSTS, 100 * discount_cost(0.02, 10, 30)),
    traps=(
        Trap(
            "once",
            always("2"),
            Text(
                en="That is the price of waiting once. How often could one wait like that in a year?",
                zh="这是晚付一次的代价。一年里可以这样晚付多少次？",
            ),
        ),
        Trap(
            "whole-period",
            always("24"),
            Text(
                en="You counted twelve months. For the first days nothing is paid: how many days does one really buy?",
                zh="你按十二个月来算。可是头几天晚付不要钱：真正买来的是多少天？",
            ),
        ),
        Trap(
            "discount-period",
            always("73"),
            Text(
                en="You counted the days of the discount. Those are free. Which days does one pay for?",
                zh="你数的是折扣期的天数。那几天不要钱。付了代价的是哪几天？",
            ),
        ),
    ),
    hint=Text(
        en="Two percent buys the days between the two dates. How often do they fit into a year?",
        zh="百分之二买来的，是两个日期之间的天数。一年里有多少个这样的间隔？",
    ),
    why=lambda params: Text(
        en="2 buys the use of 98 for 20 days, and a year has {spans} such spans: 2 / 98 × {spans} = {rate}%. With a "
        "year of 360 days it is {bank}%.",
        zh="花 2 元，可以多用 98 元 20 天；一年有 {spans} 个这样的间隔：2 / 98 × {spans} = {rate}%。一年按 360 天计，则"
        "为 {bank}%。",
    ).format(
        spans=365 / 20,
        rate=f"{100 * discount_cost(0.02, 10, 30):.1f}",
        bank=f"{100 * discount_cost(0.02, 10, 30, year_days=360):.1f}",
    ),
    concepts=("policy.discount",),
)

_MORE = {
    "1": Text(en="about 1", zh="大约 1 件"),
    "3.4": Text(en="3 to 4", zh="3 至 4 件"),
    "50": Text(en="about 50", zh="大约 50 件"),
    "100": Text(en="about 100", zh="大约 100 件"),
}


@cache
def _locust() -> SwitchToCredit:
    """The textbook case: 100 programs a month at 49, cost 20, against 110 on credit at 2% a month."""
    return switch_to_credit(49, 20, 100, 110, rate=0.02)


predict_2 = ChoiceItem(
    id="credit_policy-q2",
    ask=Text(
        en="Locust sells 100 programs a month for cash, at 49; a program costs 20. Money costs 2% a month. All "
        "customers pay after a month instead, and all of them do pay. How many additional programs a month make up "
        "for that?",
        zh="Locust 公司每月现销 100 件软件，单价 49，变动成本 20，资金成本每月 2%。现在改为一个月后收款，"
        "而且人人都付。每月多卖多少件，才补得回来？",
    ),
    options=_MORE,
    solve=lambda params: nearest_option(_MORE, _locust().break_even_units),
    traps=(
        Trap(
            "every-sale-is-a-gain",
            always("1"),
            Text(
                en="An additional sale is a gain. What does it cost to wait for everybody else's money?",
                zh="多卖一件，确实是赚的。可是等其他所有人的货款，代价是多少？",
            ),
        ),
        Trap(
            "soon-paid-back",
            always("50"),
            Text(
                en="You want the delayed money back within months. For how long does the additional margin come?",
                zh="你想在几个月内把晚收的钱补回来。多出来的边际贡献会持续多久？",
            ),
        ),
        Trap(
            "month-is-lost",
            always("100"),
            Text(
                en="That would replace a whole month of sales. Is that month lost, or late?",
                zh="这等于补上整整一个月的销售。那个月的钱是没了，还是晚到？",
            ),
        ),
    ),
    hint=Text(
        en="One month's receipts come late, once. The margin of the additional units comes every month, for ever.",
        zh="晚收的是一个月的货款，只此一次；多卖的边际贡献却月月都有。",
    ),
    why=lambda params: Text(
        en="100 × 49 = 4,900 come a month later. A unit more a month is worth (49 - 20) / 0.02 - 20 = {worth:,.0f}: "
        "{units:.2f} units are enough. A month's delay costs 2%, not 100%.",
        zh="100 × 49 = 4,900 晚收一个月。每月多卖一件，价值为 (49 - 20) / 0.02 - 20 = {worth:,.0f}：{units:.2f} 件就够"
        "了。晚一个月的代价是 2%，不是 100%。",
    ).format(worth=100 * 49 / _locust().break_even_units, units=_locust().break_even_units),
    concepts=("policy.period",),
)

_EVEN, _RISING = (100, 100, 100), (70, 100, 130)  # thousand yuan, the oldest month first


def _days_outstanding(sales: tuple[int, ...]) -> int:
    """DSO after three months, with the payment pattern of the chapter."""
    return round(dso(payment_pattern(sales)["open"].sum(), sales, 90))


predict_3 = ChoiceItem(
    id="credit_policy-q3",
    ask=Text(
        en="In each month of last quarter sales were {sales[0]} thousand yuan. In this quarter they were {rising[0]}, "
        "{rising[1]} and {rising[2]} thousand. DSO at the end of the quarter has gone from {before} to {after} days. "
        "What do we know of the customers?",
        zh="上个季度每月的销售额为 {sales[0]} 千元，本季度三个月依次为 {rising[0]}、{rising[1]} 和 {rising[2]} 千元。"
        "季末的 DSO 从 {before} 天变为 {after} 天。关于客户，我们知道了什么？",
    ).format(sales=_EVEN, rising=_RISING, before=_days_outstanding(_EVEN), after=_days_outstanding(_RISING)),
    options={
        "later": Text(en="they pay later", zh="他们付款变晚了"),
        "earlier": Text(en="they pay earlier", zh="他们付款变早了"),
        "nothing": Text(en="nothing yet: look at each month's invoices", zh="还不知道：要看每个月的发票"),
    },
    solve=always("nothing"),
    traps=(
        Trap(
            "DSO-is-behaviour",
            always("later"),
            Text(
                en="So it seems. When was most of what is open sold, and is it due already?",
                zh="看起来是这样。可是未收的款大多是哪个月卖的？到期了吗？",
            ),
        ),
        Trap(
            "growth-taken-off-by-feel",
            always("earlier"),
            Text(
                en="You allowed for growth. By how much does growth alone move DSO? Work it out before you judge.",
                zh="你考虑了增长。可是单凭增长，DSO 会变多少？先算出来，再下判断。",
            ),
        ),
    ),
    hint=Text(
        en="DSO puts what is open over the average of three months. What if most was sold in the last of them?",
        zh="DSO 是用未收的款除以三个月的日均销售额。如果大部分是最后一个月卖的呢？",
    ),
    why=lambda params: Text(
        en="Let half of a month's sales be open a month later, and 20% after two months, always. These sales alone "
        "then move DSO from {before} to {after}. Behaviour shows in shares of each month's own sales.",
        zh="假设每个月的销售额，一个月后总有一半未收，两个月后总有 20% 未收。单凭这样的销售额，DSO 就会从 {before} "
        "变为 {after}。付款行为，要看占各月自身销售额的比例。",
    ).format(before=_days_outstanding(_EVEN), after=_days_outstanding(_RISING)),
    concepts=("policy.finance-type",),
)

_GROWTH = {number: Text(en=f"about {number}% a month", zh=f"每月大约 {number}%") for number in ("7", "12", "25")}


@lru_cache(maxsize=256)
def _bearable(lag: int, margin: float, start_months: float, months: int) -> float:
    """The highest growth that the cash allows, money coming in before bills are paid."""
    return solvent_growth(lag, margin, start_months, months)


_FIRM = (2, 0.12, 1.5, 36)  # lag, margin, cash in months of sales, months

predict_4 = ChoiceItem(
    id="credit_policy-q4",
    ask=Text(
        en="Margin 12%, cash for 1.5 months of sales. Customers pay after 2 months, and money comes in before bills "
        "are paid. How fast can sales grow for 36 months before the cash runs out?",
        zh="毛利率 12%，现金相当于 1.5 个月的销售额；客户 2 个月后付款，每月先收款、后付账。要让现金撑满 36 个月，"
        "销售额每月最多能增长多少？",
    ),
    options=_GROWTH,
    solve=lambda params: nearest_option(_GROWTH, 100 * _bearable(*_FIRM)),
    traps=(
        Trap(
            "margin-is-the-limit",
            always("12"),
            Text(
                en="That would do if customers paid after a month. How much does the bill grow while one waits longer?",
                zh="客户一个月后就付款，才差不多。等得更久，账单会增长多少？",
            ),
        ),
        Trap(
            "profit-is-cash",
            always("25"),
            Text(
                en="Every sale is profitable, but not yet paid. Which month's sales pay for this month's bills?",
                zh="每一笔都赚钱，可是钱还没有到。本月的账单，是用哪个月的货款来付的？",
            ),
        ),
    ),
    hint=Text(
        en="Today's bills are paid from sales of two months ago. How much smaller may those be?",
        zh="今天的账单，要用两个月前的货款来付。那时的销售额最多可以小多少？",
    ),
    why=lambda params: Text(
        en="About {rate:.1%} a month. Collections are two months behind; meanwhile, at growth g, the bills "
        "grow to (1 + g)² times. A margin of 12% covers about {even:.1%} a month, and the cash at the "
        "start buys a little more.",
        zh="大约每月 {rate:.1%}。收款落后两个月：增长率为 g，其间账单变为 (1 + g)² 倍；12% 的毛利，每月大约只够支撑 "
        "{even:.1%}。期初的现金可以让它再高一点。",
    ).format(rate=_bearable(*_FIRM), even=(1 - _FIRM[1]) ** -0.5 - 1),
    concepts=("policy.sales-type",),
)

# --- practice: growth and cash ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shortage:
    """When the cash of a growing firm is gone, and how much is missing [yuan].

    ``month`` is NaN if it never is; ``missing`` and ``first_gap`` are what is missing at the worst and in that month.
    """

    month: float
    missing: float
    worst_month: float
    first_gap: float


@lru_cache(maxsize=4096)
def _shortage(
    growth: float, lag: int, margin: float, start: float, months: int, bills_first: bool, old_sales: bool
) -> _Shortage:
    path = cash_path(growth, lag, margin, start, months, bills_first)
    from_before = path["collected"].where(path.index <= lag, 0.0).cumsum()  # what sales before month 1 bring in
    lowest = (path["lowest"] if old_sales else path["lowest"] - from_before).tolist()
    below = [month for month, cash in enumerate(lowest, start=1) if cash < 0]
    if not below:
        return _Shortage(SILENT, SILENT, SILENT, SILENT)
    worst = min(lowest)
    return _Shortage(below[0], -worst, lowest.index(worst) + 1, -lowest[below[0] - 1])


def _short(params: Params, *, bills_first: bool = False, old_sales: bool = True, **changes: float) -> _Shortage:
    """What the question's firm runs into, or one with something changed."""
    given = params | changes
    names = ("growth", "lag", "margin", "start_months", "months")
    return _shortage(*(given[name] for name in names), bills_first, old_sales)


def _month(params: Params) -> float:
    return _short(params).month


def _missing(params: Params) -> float:
    return _short(params).missing


def _growing_late(params: Params) -> _Shortage:
    """A firm that grows from month 2: after a month that only adds its margin, it is the question's."""
    return _short(params, start_months=params["start_months"] + params["margin"], months=params["months"] - 1)


def _month_without_old_sales(params: Params) -> float:
    return _short(params, old_sales=False).month


_LAG_TOO_LONG = Text(
    en="You let customers pay a month too late. Go back by the lag: which month's sales come in now?",
    zh="你让客户晚付了一个月。按滞后往回数：现在收到的是哪个月的货款？",
)
_NO_OLD_SALES = Text(
    en="You let nothing come in at first. Which sales were made before month 1, and when are they paid?",
    zh="你让头几个月分文不收。第 1 个月以前有哪些销售，它们什么时候收款？",
)
_GROWTH_LATE = Text(
    en="You let growth start in month 2. How large are the sales of month 1 already?",
    zh="你让增长从第 2 个月才开始。第 1 个月的销售额已经是多少？",
)
_CASH_PARTS: dict[str, Item] = {
    "month": NumberItem(
        ask=Text(en="First month whose cash is below 0", zh="现金首次低于 0 的月份"),
        unit=Text(en="number of the month", zh="第几个月"),
        decimals=0,
        rel_tol=0.0,
        solve=_month,
        traps=(
            Trap(
                "counted-from-zero",
                lambda params: _month(params) - 1,
                Text(
                    en="Nearly. Is that the last month above zero, or did you count from 0?",
                    zh="差一点。这是现金还够的最后一个月，还是你从 0 开始数了？",
                ),
            ),
            Trap(
                "lowest-month",
                lambda params: _short(params).worst_month,
                Text(
                    en="In that month the cash is lowest. When does it first fall below zero?",
                    zh="这是现金最少的月份。它第一次低于零是在什么时候？",
                ),
            ),
            Trap(
                "lag-too-short",
                lambda params: _short(params, lag=params["lag"] - 1).month,
                Text(
                    en="You let customers pay a month too soon. Go back by the lag: which month's sales come in now?",
                    zh="你让客户早付了一个月。按滞后往回数：现在收到的是哪个月的货款？",
                ),
            ),
            Trap(
                "bills-first",
                lambda params: _short(params, bills_first=True).month,
                Text(
                    en="You paid the bills before the money came in. Which order does the question give?",
                    zh="你先付了账，后收的款。题目给的是什么次序？",
                ),
            ),
            Trap("lag-too-long", lambda params: _short(params, lag=params["lag"] + 1).month, _LAG_TOO_LONG),
            Trap("growth-a-month-late", lambda params: _growing_late(params).month + 1, _GROWTH_LATE),
            Trap("no-old-sales", _month_without_old_sales, _NO_OLD_SALES),
            # Often the same month; then the likelier mistake, just above, is the one that speaks.
            Trap(
                "start-forgotten",
                unless_close(_month_without_old_sales, lambda params: _short(params, start_months=0).month),
                Text(
                    en="You began with an empty till. What does the firm have at the start?",
                    zh="你让企业从零现金开始。它期初有多少？",
                ),
            ),
        ),
        hint=Text(
            en="Cash of last month, plus what is collected, less costs; look for the first minus.",
            zh="上月的现金，加上收款，减去成本；找第一个负数。",
        ),
        why=_SEE_WHOLE,
    ),
    "missing": NumberItem(
        ask=Text(en="What is missing at worst", zh="最多时缺多少"),
        unit=_YUAN,
        decimals=0,
        rel_tol=0.003,
        abs_tol=1,
        solve=_missing,
        traps=(
            Trap("no-old-sales", lambda params: _short(params, old_sales=False).missing, _NO_OLD_SALES),
            Trap(
                "start-forgotten",
                lambda params: _short(params, start_months=0).missing,
                Text(
                    en="That is what growth swallows in all. How much of it does the firm already have?",
                    zh="这是增长一共吃掉的钱。其中多少是企业本来就有的？",
                ),
            ),
            Trap(
                "lag-too-short",
                lambda params: _short(params, lag=params["lag"] - 1).missing,
                Text(
                    en="You let customers pay a month too soon. Go back by the lag: which month's sales come in now?",
                    zh="你让客户早付了一个月。按滞后往回数：现在收到的是哪个月的货款？",
                ),
            ),
            Trap(
                "bills-first",
                lambda params: _short(params, bills_first=True).missing,
                Text(
                    en="You paid the bills before the money came in. Which order does the question give?",
                    zh="你先付了账，后收的款。题目给的是什么次序？",
                ),
            ),
            Trap("lag-too-long", lambda params: _short(params, lag=params["lag"] + 1).missing, _LAG_TOO_LONG),
            Trap("growth-a-month-late", lambda params: _growing_late(params).missing, _GROWTH_LATE),
            Trap(
                "first-gap",
                lambda params: _short(params).first_gap,
                Text(
                    en="That is missing when the cash first runs out. Does it get worse after that?",
                    zh="这是现金刚用完时的缺口。以后会不会更大？",
                ),
            ),
        ),
        hint=Text(en="The lowest cash of all months, without its minus sign.", zh="各月现金中的最小值，去掉负号。"),
        why=_SEE_WHOLE,
    ),
}


def _why_cash(params: Params) -> Text:
    names = ("growth", "lag", "margin", "start_months", "months")
    growth, lag, margin, start, months = (params[name] for name in names)
    path = cash_path(growth, lag, margin, start, months)
    month = int(_month(params))
    row = path.loc[month]
    return Text(
        en="At the end of month {before} there are {cash:,.0f}. In month {month}, {collected:,.0f} come in "
        "and {cost:,.0f} go out: {rest:,.0f}. At worst {missing:,.0f} are missing. Growth of "
        "{bearable:.1%} a month is the most that this cash allows for {months} months.",
        zh="第 {before} 个月末有 {cash:,.0f} 元。第 {month} 个月收款 {collected:,.0f} 元，付出 {cost:,.0f} 元："
        "余额 {rest:,.0f} 元。最多时缺 {missing:,.0f} 元。这些现金要撑满 {months} 个月，每月最多只能增长 "
        "{bearable:.1%}。",
    ).format(
        before=month - 1,
        cash=path.loc[month - 1, "cash"],
        month=month,
        collected=row["collected"],
        cost=row["cost"],
        rest=row["cash"],
        missing=_missing(params),
        bearable=_bearable(lag, margin, start, months),
        months=months,
    )


growth_and_cash = PartsItem(
    id="credit_policy-p1",
    ask=Text(
        en="So far a firm has sold for 100,000 yuan each month. From month 1 on sales grow by {growth:.0%} "
        "a month: month 1 is already {growth:.0%} above 100,000. The margin is {margin:.0%}, and costs "
        "are paid in the month of the sale. Customers pay {lag} months after the sale, as they did "
        "before. Within a month money comes in before bills are paid. The cash at the start is "
        "{start_months} times 100,000. Look at {months} months. Give a dictionary with `month` and "
        "`missing`. The first is the month whose cash, at its end, is below 0 for the first time. The "
        "second is what is missing at worst, in whole yuan, as a positive number. "
        '`cash_path(**item("credit_policy-p1").params)` takes these numbers.',
        zh="一家企业以前每月销售 100,000 元。从第 1 个月起，销售额每月增长 {growth:.0%}：第 1 个月就已经比 100,000 "
        "元高 {growth:.0%}。毛利率为 {margin:.0%}，成本在销售当月支付。客户在销售 {lag} 个月后付款，以前也是如此。"
        "每个月都是先收款，后付账。期初现金是 100,000 元的 {start_months} 倍。考察 {months} 个月。请给出字典："
        "`month`（月末现金首次低于 0 的月份）和 `missing`（最多时缺多少，取整到元，写成正数）。"
        '`cash_path(**item("credit_policy-p1").params)` 可以直接使用这些数字。',
    ),
    choices={
        "growth": (0.06, 0.08, 0.09, 0.1, 0.12),
        "lag": (2, 3, 4),
        "margin": (0.1, 0.12, 0.15, 0.18, 0.2),
        "start_months": (1.5, 2, 2.5, 3),
        "months": (24, 30, 36),
    },
    example={"growth": 0.1, "lag": 3, "margin": 0.15, "start_months": 2.5, "months": 24},
    reject=lambda params: (
        not 5 <= _month(params) <= params["months"] - 3
        or not 50_000 <= _missing(params) <= 3_000_000
        or too_close(_CASH_PARTS["month"], params, gap=0, least=0.5)
        or too_close(_CASH_PARTS["missing"], params)
    ),
    parts=_CASH_PARTS,
    why=_why_cash,
    concepts=("policy.sales-type",),
)

# --- practice: discount and period -----------------------------------------------------------------------------------

_DISCOUNT = ("discount", "discount_days", "net_days", "year_days")


def _leaving(params: Params, **changes: Any) -> float:
    """What it costs a year not to take the discount, in percent; a year has 365 days if nothing else is said."""
    return 100 * discount_cost(**{name: params[name] for name in _DISCOUNT if name in params} | changes)


def _of_price(params: Params) -> float:
    # x / (1 - x) is the discount itself for x = discount / (1 + discount).
    return _leaving(params, discount=params["discount"] / (1 + params["discount"]))


def _from_the_first_day(params: Params) -> float:
    return _leaving(params, discount_days=0)


def _in_another_year(params: Params) -> float:
    return _leaving(params, year_days=sum(_YEARS) - params["year_days"])


def _twelve_times(params: Params) -> float:
    return _leaving(params, discount_days=0, net_days=1, year_days=12)


_LEAVING_TRAPS = (
    Trap(
        "of-price",
        _of_price,
        Text(
            en="You took the discount as a share of the full price. How much money does one really keep so long?",
            zh="你把折扣除以了全价。这几天里，真正多占用的钱是多少？",
        ),
    ),
    Trap(
        "whole-period",
        _from_the_first_day,
        Text(
            en="You counted from the first day. Until the discount ends, waiting costs nothing. Which days are left?",
            zh="你从第一天算起。折扣期结束以前，等待不要钱。剩下的是哪几天？",
        ),
    ),
    Trap(
        "other-year",
        _in_another_year,
        Text(
            en="You used another year. How many days does the question give it?",
            zh="你用了另一种年的天数。题目规定一年多少天？",
        ),
    ),
    Trap(
        "once",
        lambda params: _leaving(params, year_days=params["net_days"] - params["discount_days"]),
        Text(
            en="That is the cost of one delay. How often do the extra days fit into a year?",
            zh="这是晚付一次的代价。一年里有多少个这样的间隔？",
        ),
    ),
    Trap(
        "days-of-the-discount",
        unless_close(_leaving, lambda params: _leaving(params, discount_days=0, net_days=params["discount_days"])),
        Text(
            en="You counted the days of the discount itself. Those are free: which days are paid for?",
            zh="你数的是折扣期的天数。那几天不要钱：付了代价的是哪几天？",
        ),
    ),
    Trap(
        "12-months",
        unless_close(_leaving, unless_close(_from_the_first_day, unless_close(_in_another_year, _twelve_times))),
        Text(
            en="You counted twelve months. Is what the discount buys a month? How often does it fit into a year?",
            zh="你按十二个月来算。放弃折扣换来的是一个月吗？一年里有多少个这样的间隔？",
        ),
    ),
    Trap(
        "compounded",
        lambda params: _leaving(params, compound=True),
        Text(
            en="You compounded, which gives the effective rate. The nominal one only multiplies.",
            zh="你用了复利，那是实际年利率。名义年利率只做乘法。",
        ),
    ),
)
_LEAVING_HINT = Text(
    en="The discount over what is left of the price, times the number of such spans of extra days in a year.",
    zh="折扣除以打折后的价格，再乘以一年里这种间隔的个数。",
)


def _why_leaving(params: Params) -> Text:
    share, extra = params["discount"], params["net_days"] - params["discount_days"]
    return Text(
        en="{share} / {rest} × {year} / {extra} = {found:.2f}% a year.",
        zh="{share} / {rest} × {year} / {extra} = {found:.2f}%（年利率）。",
    ).format(share=shown(share), rest=shown(1 - share), year=params["year_days"], extra=extra, found=_leaving(params))


_SWITCH = ("price", "variable_cost", "now", "new", "rate", "default")


@lru_cache(maxsize=8192)
def _switched(price: float, cost: float, now: float, new: float, rate: float, default: float) -> SwitchToCredit:
    return switch_to_credit(price, cost, now, new, rate, default)


def _switch(params: Params, **changes: float) -> SwitchToCredit:
    """What the switch to credit of the question is worth, or one with something changed."""
    given = params | changes
    return _switched(*(given[name] for name in _SWITCH))


def _npv(params: Params) -> float:
    return _switch(params).npv


def _units(params: Params) -> float:
    return _switch(params).break_even_units


_UNITS_GAP, _UNITS_LEAST = 0.01, 0.08  # how far apart readings of the break-even must be


def _units_rounded_up(params: Params) -> float:
    """The next whole unit, silent where it is nearly the right number."""
    units = _units(params)
    up = math.ceil(units)
    return up if up - units > max(_UNITS_GAP * up, _UNITS_LEAST) else SILENT


def _more(params: Params) -> float:
    return float(params["new"] - params["now"])


def _old_defaults(params: Params) -> float:
    """What defaults of the old customers cost, for ever."""
    return float(params["price"] * params["default"] * params["now"] / params["rate"])


def _worth_of_a_unit(params: Params) -> float:
    """What an additional unit a month is worth, for ever."""
    kept = params["price"] * (1 - params["default"]) - params["variable_cost"]
    return float(kept / params["rate"] - params["variable_cost"])


_SWITCH_PARTS: dict[str, Item] = {
    "rate": NumberItem(
        ask=Text(en="Nominal cost of not taking the discount", zh="放弃折扣的名义年利率"),
        unit=_PERCENT_A_YEAR,
        rel_tol=0.001,
        abs_tol=0.02,
        solve=_leaving,
        traps=_LEAVING_TRAPS,
        hint=_LEAVING_HINT,
        why=_SEE_WHOLE,
    ),
    "npv": NumberItem(
        ask=Text(en="Net present value of the switch", zh="改为赊销的净现值"),
        unit=_YUAN,
        decimals=0,
        rel_tol=0.002,
        abs_tol=2,
        solve=_npv,
        traps=(
            Trap(
                "old-customers-all-pay",
                lambda params: _npv(params) + _old_defaults(params),
                Text(
                    en="You let only the new customers default. Who else buys on credit now?",
                    zh="你只让新客户违约。现在还有谁也赊账？",
                ),
            ),
            Trap(
                "nobody-defaults",
                lambda params: _switch(params, default=0).npv,
                Text(
                    en="You let everybody pay. Which share of the credit sales never comes in?",
                    zh="你让人人都付了款。赊销额中有多大比例永远收不回来？",
                ),
            ),
            Trap(
                "delay-forgotten",
                lambda params: _npv(params) + params["price"] * params["now"],
                Text(
                    en="You left something out today: which money, paid at once until now, does not come this month?",
                    zh="今天少算了一笔：以前当场就付、这个月却收不到的是哪笔钱？",
                ),
            ),
            Trap(
                "new-units-at-price",
                lambda params: _npv(params) - (params["price"] - params["variable_cost"]) * _more(params),
                Text(
                    en="You put the additional units in at their price. What do they cost Lanwan before they are paid?",
                    zh="你按售价计算了多卖的货。收到款之前，蓝湾为它们垫付的是多少？",
                ),
            ),
        ),
        hint=Text(
            en="New margin for ever, defaults of all customers taken off, less what is given up today.",
            zh="永续的新增边际贡献（扣除全部客户的违约），减去今天放弃的现金。",
        ),
        why=_SEE_WHOLE,
    ),
    "units": NumberItem(
        ask=Text(en="Additional units at which it breaks even", zh="盈亏平衡时每月多卖的件数"),
        unit=Text(en="units a month", zh="件/月"),
        rel_tol=0.002,
        abs_tol=0.02,
        solve=_units,
        traps=(
            Trap(
                "old-customers-all-pay",
                lambda params: params["price"] * params["now"] / _worth_of_a_unit(params),
                Text(
                    en="You let only the new customers default. Who else buys on credit now?",
                    zh="你只让新客户违约。现在还有谁也赊账？",
                ),
            ),
            Trap(
                "nobody-defaults",
                lambda params: _switch(params, default=0).break_even_units,
                Text(
                    en="You let everybody pay. Which share of the credit sales never comes in?",
                    zh="你让人人都付了款。赊销额中有多大比例永远收不回来？",
                ),
            ),
            Trap(
                "delay-forgotten",
                lambda params: _old_defaults(params) / _worth_of_a_unit(params),
                Text(
                    en="That makes up for the defaults. What about the month's receipts that come late?",
                    zh="这只补上了违约。那么晚收的一个月货款呢？",
                ),
            ),
            Trap(
                "total",
                lambda params: params["now"] + _units(params),
                Text(
                    en="That is all it must sell. How much of it is additional?",
                    zh="这是必须达到的总销量。其中多卖的是多少？",
                ),
            ),
            Trap(
                "rounded-up",
                _units_rounded_up,
                Text(
                    en="You rounded up to whole packs. Which precision is asked?",
                    zh="你进位取了整数。题目要求精确到什么程度？",
                ),
            ),
        ),
        hint=Text(
            en="What the old customers cost, by delay and default, over what one more unit a month is worth.",
            zh="老客户带来的代价（晚收和违约），除以每月多卖一件的价值。",
        ),
        why=_SEE_WHOLE,
    ),
}


def _why_terms(params: Params) -> Text:
    price, cost, now, new, rate = (params[name] for name in _SWITCH[:5])
    kept = 1 - params["default"]
    gain = (price * kept - cost) * new - (price - cost) * now
    leaving = _why_leaving(params)
    given = f"{price} × {now} + {cost} × {_more(params):g} = {_switch(params).cost:,.0f}"
    gained = f"({price} × {shown(kept)} - {cost}) × {new} - ({price} - {cost}) × {now} = {shown(gain)}"
    npv = f"{shown(gain)} / {rate} - {_switch(params).cost:,.0f} = {_npv(params):,.0f}"
    old = f"{price * now:,} + {_old_defaults(params):,.0f}"
    units = f"({old}) / {_worth_of_a_unit(params):,.2f} = {_units(params):.2f}"
    return Text(
        en=f"Discount: {leaving.en} Given up today: {given}. Margin gained a month: {gained}. Net present value: "
        f"{npv}. Break-even: the cost of the old customers, by delay and default, over the worth of a unit more a "
        f"month: {units}.",
        zh=f"折扣：{leaving.zh}今天放弃的现金：{given}。每月新增的边际贡献：{gained}。净现值：{npv}。"
        f"盈亏平衡：老客户晚付和违约的代价，除以每月多卖一件的价值：{units}。",
    )


two_terms = PartsItem(
    id="credit_policy-p2",
    ask=Text(
        en="Two matters of terms. First, Lanwan buys pumps with {discount:.0%} off if it pays within "
        "{discount_days} days; else it pays the full price on day {net_days}. A year has {year_days} "
        "days. Second, Lanwan sells {now} packs of refills a month for cash. A pack sells at {price} "
        "yuan and costs {variable_cost} yuan to make. With payment a month after delivery it would sell "
        "{new}. Then {default:.0%} of all sales, to old and new customers alike, would never be paid. "
        "Money costs {rate:.1%} a month; suppose it goes on for ever. Give a dictionary with `rate`, "
        "`npv` and `units`. `rate` is the nominal cost of leaving the discount, in percent a year (two "
        "decimals). `npv` is the net present value of the switch to credit, in whole yuan. `units` are "
        "the additional packs a month at which the switch breaks even (two decimals, not rounded up).",
        zh="两个付款条件的问题。第一，蓝湾采购泵头，{discount_days} 天内付款优惠 {discount:.0%}，否则第 {net_days} "
        "天付全价。一年按 {year_days} 天计。第二，蓝湾每月现款售出补充装 {now} 件，每件售价 {price} 元，变动成本 "
        "{variable_cost} 元。如果改为交货一个月后付款，每月可售出 {new} 件，而全部销售额（新老客户一样）的 "
        "{default:.0%} 永远收不回来。资金成本为每月 {rate:.1%}，假设永远持续下去。请给出字典：`rate`（放弃折扣的名义"
        "年利率，以百分数表示，取两位小数）、`npv`（改为赊销的净现值，取整到元）和 `units`（盈亏平衡时每月多卖的件数，"
        "取两位小数，不必进位取整）。",
    ),
    choices={
        "discount": (0.01, 0.02, 0.03, 0.04),
        "discount_days": (5, 7, 10, 15),
        "net_days": (30, 45, 60),
        "year_days": _YEARS,
        "price": (42, 50, 56, 64),
        "variable_cost": (18, 22, 26, 29),
        "now": (180, 190, 200),
        "new": (210, 215, 220, 228),
        "rate": (0.01, 0.015, 0.02),
        "default": (0.01, 0.02, 0.03),
    },
    example={
        "discount": 0.03,
        "discount_days": 10,
        "net_days": 45,
        "year_days": 365,
        "price": 50,
        "variable_cost": 22,
        "now": 200,
        "new": 220,
        "rate": 0.015,
        "default": 0.02,
    },
    reject=lambda params: (
        not 1.05 <= params["new"] / params["now"] <= 1.25
        or params["variable_cost"] > 0.65 * params["price"]
        or abs(_npv(params)) < 500
        or too_close(_SWITCH_PARTS["rate"], params, gap=0.003, least=0.05)
        or too_close(_SWITCH_PARTS["npv"], params, least=100)
        or too_close(_SWITCH_PARTS["units"], params, gap=_UNITS_GAP, least=_UNITS_LEAST)
    ),
    parts=_SWITCH_PARTS,
    why=_why_terms,
    concepts=("policy.discount", "policy.period"),
)

# --- practice: the parts and the types -------------------------------------------------------------------------------

_DECISIONS = {
    "d1": Text(
        en="The salon at the station may owe 12,000 yuan at most, not 8,000 as before.",
        zh="车站旁的店最多可以欠 12,000 元，以前是 8,000 元。",
    ),
    "d2": Text(
        en="A friendly call goes out on the third day after the due date, not on the tenth.",
        zh="到期后第 3 天就打电话友好地提醒，不再等到第 10 天。",
    ),
    "d3": Text(
        en="Whoever pays within a week may take 1% off.",
        zh="一周之内付款的，可以少付 1%。",
    ),
    "d4": Text(
        en="From now on salons less than a year old may buy on credit, too.",
        zh="从现在起，开业不到一年的店也可以赊购。",
    ),
    "d5": Text(
        en="Invoices fall due after 45 days, not after 30.",
        zh="账单改为 45 天到期，以前是 30 天。",
    ),
    "d6": Text(
        en="A salon that cannot pay at once is offered three instalments.",
        zh="一时付不出的店，可以分三期付清。",
    ),
}

six_decisions = MappingItem(
    id="credit_policy-p3",
    ask=Text(
        en='Six decisions of one week at Lanwan. Which part of the credit policy is each? Use `"period"`, '
        '`"discount"`, `"standard"`, `"limit"` or `"collection"`.',
        zh='蓝湾一周之内的六项决定。每一项属于信用政策的哪一部分？用 `"period"`（信用期限）、`"discount"`（现金折扣）、'
        '`"standard"`（信用标准）、`"limit"`（信用额度）或 `"collection"`（收账）作答。',
    ),
    keys={key: Text(en=key, zh=key) for key in _DECISIONS},
    labels={
        "period": Text(en="credit period", zh="信用期限"),
        "discount": Text(en="cash discount", zh="现金折扣"),
        "standard": Text(en="credit standard", zh="信用标准"),
        "limit": Text(en="credit limit", zh="信用额度"),
        "collection": Text(en="collection", zh="收账"),
    },
    exhibit=lambda params: pd.DataFrame(
        {"decision": [str(words) for words in _DECISIONS.values()]}, index=list(_DECISIONS)
    ),
    solve=always(
        {"d1": "limit", "d2": "collection", "d3": "discount", "d4": "standard", "d5": "period", "d6": "collection"}
    ),
    traps=(
        Trap(
            "how-much-as-who",
            always({"d1": "standard"}),
            Text(
                en="The salon at the station is a credit customer already. What about it is decided here?",
                zh="车站旁的店本来就可以赊购。这里决定的是它的什么？",
            ),
        ),
        Trap(
            "who-as-how-much",
            always({"d4": "limit"}),
            Text(
                en="No amount is named for the young salons. What were they not allowed to do so far?",
                zh="对新开的店，没有提到任何金额。它们以前不可以做什么？",
            ),
        ),
        Trap(
            "days-of-reminding",
            always({"d2": "period"}),
            Text(
                en="The call comes on another day. Has the due date moved, too?",
                zh="打电话的日子变了。到期日也变了吗？",
            ),
        ),
        Trap(
            "days-of-discount",
            always({"d3": "period"}),
            Text(
                en="The week is there. But who does not pay within it, and when is the full price due?",
                zh="这里确实有一周。可是一周之内没有付的，全价什么时候到期？变了吗？",
            ),
        ),
        Trap(
            "early-payment-as-collection",
            always({"d3": "collection"}),
            Text(
                en="It brings money early. Is anybody late yet?",
                zh="这样能让钱早到。可是有谁逾期了吗？",
            ),
        ),
        Trap(
            "terms-as-collection",
            always({"d5": "collection"}),
            Text(
                en="This stands on every invoice before anybody is late. What does it set?",
                zh="谁也还没有逾期，这一条就写在每张账单上。它规定的是什么？",
            ),
        ),
        Trap(
            "instalments-as-terms",
            always({"d6": "period"}),
            Text(
                en="She does get more time. Is that offered to every customer with the invoice, or when?",
                zh="她的时间确实多了。这是开票时就给每位客户的吗？什么时候才给？",
            ),
        ),
        Trap(
            "unable-as-unfit",
            always({"d6": "standard"}),
            Text(
                en="She has her goods already. Is it still a question of who gets credit?",
                zh="货已经在她手里了。这时候还是谁可以赊购的问题吗？",
            ),
        ),
    ),
    hint=Text(
        en="Ask of each decision: how long, what for paying early, who, how much, or what if nobody pays?",
        zh="每项决定问一问：多久、早付有什么好处、谁可以、多少，还是不付怎么办？",
    ),
    why=Text(
        en="d1 limit, d2 collection, d3 discount, d4 standard, d5 period, d6 collection. Before the sale one decides "
        "who, how much, how long and what early payment earns. Collection is what happens when the money does not "
        "come; note 5 leaves it out.",
        zh="d1 信用额度，d2 收账，d3 现金折扣，d4 信用标准，d5 信用期限，d6 收账。赊销之前，要定谁可以、多少、多久、"
        "早付有什么好处；钱没有来时怎么办，就是收账，笔记 5 没有列出这一项。",
    ),
    concepts=("policy.components", "policy.period", "policy.discount", "policy.standard", "policy.limit"),
)

_FIRMS = {"A": "sales", "B": "balanced", "C": "finance"}


def _type(params: Params) -> str:
    return _FIRMS[params["firm"]]


which_type = ChoiceItem(
    id="credit_policy-p4",
    ask=Text(
        en="Three suppliers. A: its market is young and doubles every year; a rich parent firm backs it, and eight "
        "trained people check and collect credit. B: it grows about as fast as its market, has some cash, and one "
        "clerk looks after credit. C: it has led its market for thirty years; the market hardly grows, and every salon "
        "knows its name. Which type of credit policy fits firm {firm}?",
        zh="三家供应商。A：市场很新，每年翻一番；母公司资金雄厚，有八个人专门审查信用、催收账款。B：增长与市场大致同"
        "步，有一些现金，由一名职员兼管赊销。C：三十年来一直主导市场，市场几乎不再增长，每家店都知道它。哪一类信用政策"
        "适合企业 {firm}？",
    ),
    options={
        "finance": Text(
            en="finance-oriented: few bad debts and delays, even if some growth is lost",
            zh="财务型：少坏账、少拖欠，哪怕放弃一些增长",
        ),
        "sales": Text(
            en="sales-oriented: easy terms and lenient handling, for fast growth",
            zh="销售型：条件优惠、处理宽松，以求快速增长",
        ),
        "balanced": Text(
            en="balanced: as much risk as pays best, by a measure",
            zh="均衡型：用指标衡量，承担最合算的那么多风险",
        ),
    },
    choices={"firm": tuple(_FIRMS)},
    example={"firm": "C"},
    solve=_type,
    traps=(
        Trap(
            "prudence-suits-all",
            other_label(_type, always("finance")),
            Text(
                en="Caution sounds right for everybody. Is this firm's market won already, so that it may refuse "
                "customers?",
                zh="谨慎听起来总没有错。可是这家企业已经赢得了市场，可以放走客户吗？",
            ),
        ),
        Trap(
            "growth-suits-all",
            other_label(_type, always("sales")),
            Text(
                en="Easy terms bring sales anywhere. Has this firm the money, the credit people and the market for it?",
                zh="条件优惠，到哪里都能增加销售。可是这家企业有这样的资金、人手和市场吗？",
            ),
        ),
        Trap(
            "middle-suits-all",
            other_label(_type, always("balanced")),
            Text(
                en="Balance sounds right for everybody. What does this firm have much more of than others, or need "
                "much less?",
                zh="均衡听起来对谁都好。可是与别家相比，这家企业有什么特别多，或者特别不需要什么？",
            ),
        ),
    ),
    hint=Text(
        en="Look at the market's age, the money behind the firm, and who looks after credit.",
        zh="看市场的新旧、背后的资金，还有谁在管信用。",
    ),
    why=Text(
        en="C leads a mature market: finance-oriented. A has money, a credit system and a young market: "
        "sales-oriented. B leads no market and has little money; that it fits the balanced type is our reading. The "
        "note names this type and says no more, so a measure must define it.",
        zh="C 主导成熟的市场：财务型。A 有资金，有信用管理制度，市场又新：销售型。B 不主导市场，资金也不多；"
        "说它适合均衡型，是本课的解读。笔记只列出了均衡型的名称，没有说明，所以要用指标来定义。",
    ),
    concepts=("policy.finance-type", "policy.sales-type", "policy.balanced-type"),
)

# --- practice: the discount ------------------------------------------------------------------------------------------

_TERMS_ON_OFFER = {
    "discount": (0.01, 0.02, 0.03, 0.04),
    "discount_days": (5, 7, 10, 15, 20),
    "net_days": (30, 40, 45, 60, 90),
}

cost_of_waiting: NumberItem = NumberItem(
    id="credit_policy-p5",
    ask=Text(
        en="A supplier of Lanwan's takes {discount:.0%} off if it is paid within {discount_days} days; else the full "
        "price is due on day {net_days}. What is the nominal cost of leaving the discount, in percent a year (two "
        "decimals)? A year has {year_days} days.",
        zh="蓝湾的一家供应商规定：{discount_days} 天内付款优惠 {discount:.0%}，否则第 {net_days} 天付全价。放弃折扣的名"
        "义年利率是多少（以百分数表示，取两位小数）？一年按 {year_days} 天计。",
    ),
    unit=_PERCENT_A_YEAR,
    rel_tol=0.001,
    abs_tol=0.02,
    choices={**_TERMS_ON_OFFER, "year_days": _YEARS},
    example={"discount": 0.03, "discount_days": 15, "net_days": 60, "year_days": 360},
    reject=lambda params: too_close(cost_of_waiting, params, gap=0.003, least=0.05),
    solve=_leaving,
    traps=_LEAVING_TRAPS,
    hint=_LEAVING_HINT,
    why=_why_leaving,
    concepts=("policy.discount",),
)


def _take_or_leave(params: Params) -> str:
    return "take" if _leaving(params) > params["loan"] else "leave"


take_or_leave = ChoiceItem(
    id="credit_policy-p6",
    ask=Text(
        en="A salon may take {discount:.0%} off if it pays within {discount_days} days; else the full price is due on "
        "day {net_days}. It has no cash, but the bank lends at {loan}% a year, as a nominal rate on 365 days. Should "
        "it borrow and take the discount?",
        zh="一家店 {discount_days} 天内付款可优惠 {discount:.0%}，否则第 {net_days} 天付全价。店里没有现金，但可以向银"
        "行借款，名义年利率为 {loan}%（一年 365 天）。它应该借钱来享受折扣吗？",
    ),
    options={
        "take": Text(
            en="yes: leaving the discount costs more a year than the loan",
            zh="应该：放弃折扣的年利率高于贷款",
        ),
        "always": Text(en="yes: a discount is a gift, so take every one", zh="应该：折扣是白送的，有就要享受"),
        "small": Text(
            en="no: the discount is a smaller percentage than the loan",
            zh="不应该：折扣的百分数比贷款利率小",
        ),
        "leave": Text(
            en="no: the loan costs more a year than leaving the discount",
            zh="不应该：贷款的年利率高于放弃折扣",
        ),
    },
    choices={
        "discount": (0.01, 0.02),
        "discount_days": (5, 7, 10, 15),
        "net_days": (30, 45, 60, 90),
        "loan": (8, 10, 14, 18),
    },
    example={"discount": 0.01, "discount_days": 7, "net_days": 30, "loan": 10},
    reject=lambda params: 0.75 < _leaving(params) / params["loan"] < 1.3,
    solve=_take_or_leave,
    traps=(
        Trap(
            "percent-against-percent",
            always("small"),
            Text(
                en="One percentage is for some days, the other for a year. How often do these days fit into a year?",
                zh="一个百分数是几十天的，另一个是一年的。一年里有多少个这样的几十天？",
            ),
        ),
        Trap(
            "discount-is-a-gift",
            always("always"),
            Text(
                en="To take it one must pay early, with borrowed money. What if the extra days are many?",
                zh="要享受折扣，就得借钱提前付。如果换来的天数很多呢？",
            ),
        ),
        Trap(
            "loan-overrated",
            other_label(_take_or_leave, always("leave")),
            Text(
                en="You compare the right things. Work out the cost of leaving the discount once more, for the extra "
                "days only.",
                zh="比较的对象是对的。再算一次放弃折扣的年利率，只算多出来的天数。",
            ),
        ),
        Trap(
            "discount-overrated",
            other_label(_take_or_leave, always("take")),
            Text(
                en="You compare the right things. How many extra days are there, and how often do they fit into a "
                "year?",
                zh="比较的对象是对的。多出来的有多少天？一年里有多少个这样的间隔？",
            ),
        ),
    ),
    hint=Text(en="Put both in percent a year, then compare.", zh="两者都化成年利率，再比较。"),
    why=lambda params: Text(
        en="{share} / {rest} × 365 / {extra} = {found:.1f}% a year, against {loan}% at the bank. So `{way}`. A low "
        "percentage for a few days is dear money; for many days it may be cheap.",
        zh="{share} / {rest} × 365 / {extra} = {found:.1f}%（年利率），银行为 {loan}%。所以选 `{way}`。百分数小而天数"
        "少，钱就贵；天数多，也可能便宜。",
    ).format(
        share=shown(params["discount"]),
        rest=shown(1 - params["discount"]),
        extra=params["net_days"] - params["discount_days"],
        found=_leaving(params),
        loan=params["loan"],
        way=_take_or_leave(params),
    ),
    concepts=("policy.discount",),
)


def _never_paid(params: Params) -> float:
    """Share of never-payers at which credit is as good as the discount, in percent."""
    return 100 * discount_break_even(params["discount"], params["rate"])


cash_or_credit: NumberItem = NumberItem(
    id="credit_policy-p7",
    ask=Text(
        en="Lanwan can sell to a group of salons for cash at {discount:.0%} off, or at full price on credit, paid a "
        "month later. They buy the same either way. Money costs {rate:.1%} a month. Up to which share of never-payers "
        "is credit at least as good as cash (percent, two decimals)?",
        zh="蓝湾可以让一批店付现款，优惠 {discount:.0%}；也可以按全价赊销，一个月后收款。两种办法，店的购买量一样。资金"
        "成本为每月 {rate:.1%}。永远不付款的比例不超过多少，赊销就不比现款差（以百分数表示，取两位小数）？",
    ),
    unit=_PERCENT,
    rel_tol=0.001,
    abs_tol=0.006,
    choices={"discount": (0.02, 0.03, 0.04, 0.05, 0.06, 0.08), "rate": (0.005, 0.01, 0.015, 0.02, 0.025, 0.03)},
    example={"discount": 0.05, "rate": 0.02},
    reject=lambda params: _never_paid(params) < 0.8 or too_close(cash_or_credit, params, gap=0.006, least=0.018),
    solve=_never_paid,
    traps=(
        Trap(
            "waiting-is-free",
            lambda params: 100 * params["discount"],
            Text(
                en="You let the discount pay for defaults alone. What does waiting for the money cost?",
                zh="你让折扣只用来抵违约。可是等款的代价呢？",
            ),
        ),
        Trap(
            "simply-subtracted",
            lambda params: 100 * (params["discount"] - params["rate"]),
            Text(
                en="Nearly. The month's cost is paid on what cash would bring. Is that the full price?",
                zh="差一点。一个月的资金成本，是按现款所得来算的。现款所得是全价吗？",
            ),
        ),
        Trap(
            "wrong-one-waits",
            lambda params: 100 * (1 - (1 - params["discount"]) / (1 + params["rate"])),
            Text(
                en="You made the cash come later. Which of the two payments arrives after a month?",
                zh="你让现款晚到了。两种付款中，一个月后才到的是哪一种？",
            ),
        ),
        Trap(
            "share-that-pays",
            lambda params: 100 - _never_paid(params),
            Text(
                en="That is the share that must pay. The question asks for those who never do.",
                zh="这是必须付款的比例。题目问的是永远不付的。",
            ),
        ),
    ),
    hint=Text(
        en="Price times share of payers, discounted by a month, equals the price after the discount.",
        zh="全价乘以付款的比例，贴现一个月，等于打折后的价格。",
    ),
    why=lambda params: Text(
        en="(1 - p) / {growth:g} = {rest}, so p = 1 - {rest} × {growth:g} = {found:.2f}%. A discount for cash buys "
        "time and safety at once; compare it with both.",
        zh="(1 - p) / {growth:g} = {rest}，所以 p = 1 - {rest} × {growth:g} = {found:.2f}%。现款折扣同时买来时间和安"
        "全；比较时两样都要算。",
    ).format(growth=1 + params["rate"], rest=shown(1 - params["discount"]), found=_never_paid(params)),
    concepts=("policy.discount",),
)

# --- practice: the standard ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _relaxed(now: Terms, then: Terms, price: float, cost: float, rate: float, year_days: float) -> RelaxStandard:
    return relax_standard(now, then, price, cost, rate, year_days)


def _tied(params: Params, **changes: float) -> float:
    """Cost of the additional money tied up, in a year; bad debts play no part in it."""
    given = params | changes
    now, then = (Terms(given[f"quantity_{when}"], given[f"days_{when}"], 0.0) for when in ("now", "then"))
    return _relaxed(
        now, then, given["price"], given["variable_cost"], given["rate"], given["year_days"]
    ).investment_cost


money_tied_up: NumberItem = NumberItem(
    id="credit_policy-p8",
    ask=Text(
        en="With a looser standard Lanwan would sell {quantity_then:,} kits a year instead of {quantity_now:,}. All "
        "customers together would then pay after {days_then} days on average, not {days_now}. A kit sells at {price} "
        "yuan and has a variable cost of {variable_cost} yuan. Money costs {rate:.0%} a year, and a year has "
        "{year_days} days. What does the additional money tied up in receivables cost a year (yuan, two decimals)?",
        zh="放宽信用标准，蓝湾每年可售出套装 {quantity_then:,} 件，以前是 {quantity_now:,} 件；全部客户平均付款的天数，"
        "则从 {days_now} 天变为 {days_then} 天。每件售价 {price} 元，变动成本 {variable_cost} 元。资金成本为每年 "
        "{rate:.0%}，一年按 {year_days} 天计。应收账款多占用的资金，一年的成本是多少（元，取两位小数）？",
    ),
    unit=_YUAN,
    rel_tol=0.001,
    abs_tol=0.02,
    choices={
        "quantity_now": (20_000, 24_000, 30_000, 36_000),
        "quantity_then": (22_000, 23_000, 27_000, 33_000, 34_000, 40_000),
        "days_now": (24, 30, 35),
        "days_then": (40, 45, 50, 60),
        "price": (15, 18, 22, 25),
        "variable_cost": (8, 10, 13, 16),
        "rate": (0.08, 0.1, 0.12, 0.18),
        "year_days": _YEARS,
    },
    example={
        "quantity_now": 30_000,
        "quantity_then": 33_000,
        "days_now": 30,
        "days_then": 45,
        "price": 25,
        "variable_cost": 16,
        "rate": 0.12,
        "year_days": 360,
    },
    reject=lambda params: (
        not 1.05 <= params["quantity_then"] / params["quantity_now"] <= 1.2
        or params["variable_cost"] > 0.8 * params["price"]
        or too_close(money_tied_up, params, gap=0.008)
    ),
    solve=_tied,
    traps=(
        Trap(
            "at-price",
            lambda params: _tied(params, variable_cost=params["price"]),
            Text(
                en="You tied the money up at the price. What has Lanwan itself put into a kit that is not paid?",
                zh="你按售价计算了占用的资金。一件没有收款的套装，蓝湾自己投入了多少？",
            ),
        ),
        Trap(
            "whole-amount",
            lambda params: _tied(params, rate=1),
            Text(
                en="That is the money tied up. It comes back: what does a year without it cost?",
                zh="这是占用的资金本身。它会收回来：一年用不了它，代价是多少？",
            ),
        ),
        Trap(
            "additional-kits-only",
            lambda params: _tied(
                params, quantity_now=0, quantity_then=params["quantity_then"] - params["quantity_now"]
            ),
            Text(
                en="You took the additional kits only. Do the old customers still pay as early as before?",
                zh="你只算了多卖的套装。老客户付款还像以前那么早吗？",
            ),
        ),
        Trap(
            "present-amount-ignored",
            lambda params: _tied(params, quantity_now=0),
            Text(
                en="You charged all the money that the looser standard ties up. How much of it is tied up today "
                "already?",
                zh="你把放宽以后占用的资金全部算上了。其中多少是现在就占用的？",
            ),
        ),
        Trap(
            "old-kits-only",
            lambda params: _tied(params, quantity_then=params["quantity_now"]),
            Text(
                en="You let the old kits wait longer. Who waits for the money of the additional ones?",
                zh="你只算了原有的套装等得更久。多卖的套装，货款不用等吗？",
            ),
        ),
        Trap(
            "other-year",
            lambda params: _tied(params, year_days=sum(_YEARS) - params["year_days"]),
            Text(
                en="You used another year. How many days does the question give it?",
                zh="你用了另一种年的天数。题目规定一年多少天？",
            ),
        ),
    ),
    hint=Text(
        en="Variable cost of a day's sales, times days, then and now; the difference, times the rate.",
        zh="日均销量的变动成本乘以天数，前后各算一次；求差，再乘以利率。",
    ),
    why=lambda params: Text(
        en="{rate:g} × {variable_cost} × ({quantity_then:,} × {days_then} - {quantity_now:,} × {days_now}) / "
        "{year_days} = {found:,.2f} yuan. Customers owe the price, but what Lanwan cannot use elsewhere is what it has "
        "spent.",
        zh="{rate:g} × {variable_cost} × ({quantity_then:,} × {days_then} - {quantity_now:,} × {days_now}) / "
        "{year_days} = {found:,.2f} 元。客户欠的是售价，可是蓝湾真正垫出去、不能另作他用的，是成本。",
    ).format(**params, found=_tied(params)),
    concepts=("policy.standard",),
)


def _more_bad_debts(params: Params) -> float:
    """Additional bad debts of a year [thousand yuan]: a unit is a thousand yuan of sales."""
    now, then = (Terms(params[f"sales_{when}"], 0, params[f"bad_{when}"]) for when in ("now", "then"))
    return _relaxed(now, then, 1, 0, 0, 365).bad_debt_cost


rate_on_which_sales = ChoiceItem(
    id="credit_policy-p9",
    ask=Text(
        en="Lanwan sells {sales_now} thousand yuan a year on credit, and {bad_now:.0%} is never paid. With a looser "
        "standard it would sell {sales_then} thousand, and the bad-debt rate would be {bad_then:.0%}. To which sales "
        "does the new rate apply when you compare the two?",
        zh="蓝湾每年赊销 {sales_now} 千元，其中 {bad_now:.0%} 永远收不回来。放宽标准后，可赊销 {sales_then} 千元，"
        "坏账率为 {bad_then:.0%}。比较两种标准时，新的坏账率适用于哪些销售？",
    ),
    options={
        "all": Text(en="to all sales under the looser standard", zh="放宽标准后的全部销售"),
        "new": Text(en="to the additional sales only", zh="只是新增的销售"),
        "old": Text(en="to last year's sales only", zh="只是去年的销售"),
    },
    choices={
        "sales_now": (400, 500, 600),
        "sales_then": (650, 700, 750),
        "bad_now": (0.01, 0.02),
        "bad_then": (0.03, 0.04),
    },
    example={"sales_now": 600, "sales_then": 650, "bad_now": 0.01, "bad_then": 0.03},
    solve=always("all"),
    traps=(
        Trap(
            "bad-debts-on-new",
            always("new"),
            Text(
                en="It is quoted as a share. Of which sales is it a share, and who makes up those sales?",
                zh="坏账率是一个比例。它是占哪些销售的比例？这些销售由谁构成？",
            ),
        ),
        Trap(
            "bad-debts-on-old",
            always("old"),
            Text(
                en="Those were sold under the present standard. Whom does the looser one let in?",
                zh="那是按现行标准卖出的。放宽以后，又放进了谁？",
            ),
        ),
    ),
    hint=Text(en="A rate is a share of a whole. Which whole?", zh="比率总是占某个总体的比例。哪个总体？"),
    why=lambda params: Text(
        en="{bad_then:g} × {sales_then} - {bad_now:g} × {sales_now} = {found:g} thousand yuan of additional bad debts. "
        "The rate is the average over old and new customers. It is given like that because nobody knows who will not "
        "pay.",
        zh="{bad_then:g} × {sales_then} - {bad_now:g} × {sales_now} = {found:g} 千元，就是新增的坏账。坏账率是新老客户"
        "合起来的平均数；之所以这样给，是因为谁也不知道哪一家会不付。",
    ).format(**params, found=round(_more_bad_debts(params), 6)),
    concepts=("policy.standard",),
)

# --- practice: reading the book --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _ends(book: float, paid: float, bad: float) -> AgeingOutcome:
    """What becomes of a book with a single open state."""
    chain = pd.DataFrame({"paid": [paid], "bad": [bad], "open": [round(1 - paid - bad, 10)]}, index=["open"])
    return ageing_outcome(chain, {"open": book})


def _collected(params: Params) -> float:
    return _ends(params["book"], params["paid"], params["bad"]).collected


def _lost(params: Params) -> float:
    return _ends(params["book"], params["paid"], params["bad"]).lost


def _within(params: Params, column: str, months: int) -> float:
    """What leaves the book by one of the two ends within the first months."""
    stay = 1 - params["paid"] - params["bad"]
    return float(params["book"] * params[column] * sum(stay**month for month in range(months)))


_BOOK_PARTS: dict[str, Item] = {
    "collected": NumberItem(
        ask=Text(en="Collected in the end", zh="最终收回"),
        unit=_YUAN,
        decimals=0,
        rel_tol=0.002,
        abs_tol=1,
        solve=_collected,
        traps=(
            Trap(
                "one-step",
                lambda params: _within(params, "paid", 1),
                Text(
                    en="That comes in within a month. What becomes of the yuan that stay open?",
                    zh="这是一个月内收回的。还没有收的那部分，后来会怎样？",
                ),
            ),
            Trap(
                "two-steps",
                lambda params: _within(params, "paid", 2),
                Text(
                    en="You stopped after two months. Is nothing open any more?",
                    zh="你算了两个月就停了。账上没有未收的款了吗？",
                ),
            ),
            Trap(
                "not-yet-bad-is-good",
                lambda params: params["book"] - _within(params, "bad", 1),
                Text(
                    en="You counted all that is not written off within a month. Will all of it be paid?",
                    zh="凡是一个月内没有核销的，你都算作收回了。它们都会付吗？",
                ),
            ),
            Trap(
                "other-end",
                _lost,
                Text(en="That is the other end. Which one is asked?", zh="这是另一个结局。题目问的是哪一个？"),
            ),
        ),
        hint=Text(
            en="All that leaves the book goes one of two ways. In which proportion, month after month?",
            zh="离开账面的款只有两个去向。每个月，两者的比例是多少？",
        ),
        why=_SEE_WHOLE,
    ),
    "lost": NumberItem(
        ask=Text(en="Lost in the end", zh="最终损失"),
        unit=_YUAN,
        decimals=0,
        rel_tol=0.002,
        abs_tol=1,
        solve=_lost,
        traps=(
            Trap(
                "one-step",
                lambda params: _within(params, "bad", 1),
                Text(
                    en="That is written off within a month. What becomes of the yuan that stay open?",
                    zh="这是一个月内核销的。还没有收的那部分，后来会怎样？",
                ),
            ),
            Trap(
                "two-steps",
                lambda params: _within(params, "bad", 2),
                Text(
                    en="You stopped after two months. Is nothing open any more?",
                    zh="你算了两个月就停了。账上没有未收的款了吗？",
                ),
            ),
            Trap(
                "not-yet-is-never",
                lambda params: params["book"] - _within(params, "paid", 1),
                Text(
                    en="You counted all that is not paid within a month. Is it gone for good?",
                    zh="凡是一个月内没有付的，你都算作损失了。它们真的收不回来了吗？",
                ),
            ),
            Trap(
                "other-end",
                _collected,
                Text(en="That is the other end. Which one is asked?", zh="这是另一个结局。题目问的是哪一个？"),
            ),
        ),
        hint=Text(
            en="All that leaves the book goes one of two ways. In which proportion, month after month?",
            zh="离开账面的款只有两个去向。每个月，两者的比例是多少？",
        ),
        why=_SEE_WHOLE,
    ),
}

one_open_state = PartsItem(
    id="credit_policy-p10",
    ask=Text(
        en="A simpler book, with debts of one kind only: {book:,} yuan are open. Each month {paid:.0%} of "
        "what is open is paid and {bad:.0%} is written off. The rest stays open and moves in the same "
        "way next month. Nothing new is sold. Give a dictionary with `collected` (what comes in, all "
        "months together) and `lost` (what never does), in whole yuan.",
        zh="一本更简单的账，欠款只有一种：未收的款为 {book:,} 元。每个月，未收的款中有 {paid:.0%} 付清，{bad:.0%} "
        "核销为坏账；其余仍未收，下个月再照样变动。没有新的销售。请给出字典：`collected`（所有月份一共收回多少）和 "
        "`lost`（永远收不回的有多少），取整到元。",
    ),
    choices={
        "book": (36_000, 48_000, 60_000, 75_000, 90_000, 120_000),
        "paid": (0.3, 0.4, 0.5, 0.55, 0.6),
        "bad": (0.03, 0.04, 0.05, 0.08, 0.1),
    },
    example={"book": 60_000, "paid": 0.5, "bad": 0.04},
    reject=lambda params: any(too_close(part, params, gap=0.01) for part in _BOOK_PARTS.values()),
    parts=_BOOK_PARTS,
    why=lambda params: Text(
        en="Of each yuan that leaves the book {paid:g} / ({paid:g} + {bad:g}) = {share:.4f} are paid. So {collected} "
        "yuan are collected and {lost} lost, though only {step} are written off in the first month.",
        zh="每一元离开账面的款中，有 {paid:g} / ({paid:g} + {bad:g}) = {share:.4f} 元是付清的。所以收回 {collected} "
        "元，损失 {lost} 元，而第一个月核销的只有 {step} 元。",
    ).format(
        paid=params["paid"],
        bad=params["bad"],
        share=_collected(params) / params["book"],
        collected=f"{_collected(params):,.0f}",
        lost=f"{_lost(params):,.0f}",
        step=f"{_within(params, 'bad', 1):,.0f}",
    ),
    concepts=("policy.finance-type",),
)

two_cartons = ChoiceItem(
    id="credit_policy-p11",
    ask=Text(
        en="An invoice is 20 days overdue. The salon, which has always paid, says that two cartons were missing. What "
        "comes first?",
        zh="一张账单逾期 20 天。这家店以前一直按时付款，这次说少了两箱货。先做什么？",
    ),
    options={
        "settle": Text(
            en="Find out about the cartons and settle that; ask for the undisputed part meanwhile.",
            zh="查清那两箱货，把争议解决；没有争议的部分，请她先付。",
        ),
        "threaten": Text(en="Send a last warning, with a date for the court.", zh="发最后通知，写明起诉的日期。"),
        "stop": Text(en="Stop deliveries until everything is paid.", zh="全部付清之前，停止发货。"),
        "write_off": Text(en="Write the invoice off; it costs more to argue.", zh="把账单核销算了，争下去更费钱。"),
    },
    solve=always("settle"),
    traps=(
        Trap(
            "late-is-unwilling",
            always("threaten"),
            Text(
                en="A threat answers unwillingness. Why has she not paid this time?",
                zh="威胁是用来对付不愿付的人的。她这次为什么没有付？",
            ),
        ),
        Trap(
            "last-rung-first",
            always("stop"),
            Text(
                en="That is a high rung, and if two cartons are missing, the fault is ours. Which rung is cheap?",
                zh="这一级很重；而且如果真的少了两箱，错在我们。哪一级代价小？",
            ),
        ),
        Trap(
            "late-is-lost",
            always("write_off"),
            Text(
                en="She is late, not gone. What would she probably pay today, if she were asked for it?",
                zh="她是晚付，不是不付。现在去问，哪一部分她多半会付？",
            ),
        ),
    ),
    hint=Text(
        en="Cannot, will not, or may not yet: which of the three is it?",
        zh="付不出、不愿付，还是觉得不该付：是哪一种？",
    ),
    why=Text(
        en="A dispute needs a solution. Most old invoices of good customers hide one, and each week makes it harder to "
        "find the cartons. Threats and stops are for those who can pay and will not.",
        zh="争议需要解决。好客户的旧账，背后多半有争议；拖一个星期，那两箱货就更难查。威胁和停货，是用来对付付得起却不愿付"
        "的人的。",
    ),
    concepts=("policy.components",),
)


def _older(sales: tuple[int, ...]) -> float:
    """Share of the book that is older than a month, with the payment pattern of the chapter."""
    return float(payment_pattern(sales)["of_book"].iloc[1:].sum())


_BOOM = (50, 100, 150)  # thousand yuan, the oldest month first

younger_book = ChoiceItem(
    id="credit_policy-p12",
    ask=Text(
        en="Sales rise, and the ageing report improves: the share of the book that is older than a month "
        "falls from {before} to {after}. What follows?",
        zh="销售额逐月上升，账龄表也变好看了：账款中超过一个月的比例从 {before} 降到 {after}。由此可知什么？",
    ).format(before=whole_percent(_older(_EVEN)), after=whole_percent(_older(_BOOM))),
    options={
        "sooner": Text(en="customers pay sooner", zh="客户付款变快了"),
        "collection": Text(en="collection has improved", zh="收账工作改进了"),
        "allowance": Text(en="the allowance for bad debts may be cut by as much", zh="坏账准备可以按同样的幅度减少"),
        "nothing": Text(
            en="nothing about payment, until each month's share is seen", zh="看到各月的比例以前，无从得知付款情况"
        ),
    },
    solve=always("nothing"),
    traps=(
        Trap(
            "age-is-behaviour",
            always("sooner"),
            Text(
                en="Perhaps. What else makes a book young when sales rise?",
                zh="也许。可是销售额上升时，还有什么会让账款变“年轻”？",
            ),
        ),
        Trap(
            "credit-for-collectors",
            always("collection"),
            Text(
                en="Collectors would like that. Which number would show it, whatever sales do?",
                zh="收账的人当然愿意这么说。不管销售额怎样变，哪个数字才看得出来？",
            ),
        ),
        Trap(
            "share-as-amount",
            always("allowance"),
            Text(
                en="The share has fallen. Have the old debts, in yuan, fallen as well?",
                zh="降的是比例。旧账的金额也降了吗？",
            ),
        ),
    ),
    hint=Text(
        en="A share of the book has the whole book below it. What fills the book in a boom?",
        zh="占账款的比例，分母是全部账款。销售旺的时候，账上多的是什么？",
    ),
    why=lambda params: Text(
        en="With unchanged customers the share is {before} in even times. After three months of {sales[0]}, {sales[1]} "
        "and {sales[2]} thousand yuan it is {after}. Young debts crowd the book. In a slump the same customers would "
        "look bad.",
        zh="客户没有变，销售额平稳时这个比例为 {before}；三个月依次卖出 {sales[0]}、{sales[1]} 和 {sales[2]} 千元之后，"
        "则为 {after}。新账把账面挤满了。到了淡季，同样的客户又会显得很差。",
    ).format(before=whole_percent(_older(_EVEN)), after=whole_percent(_older(_BOOM)), sales=_BOOM),
    concepts=("policy.finance-type",),
)

# --- practice: the limit ---------------------------------------------------------------------------------------------


def _two_bounds(params: Params) -> tuple[float, float]:
    """A tenth of the salon's own capital, and two months of its purchases."""
    return params["capital"] / 10, 2.0 * params["purchases"]


def _thumb(params: Params) -> float:
    return min(_two_bounds(params))


rule_of_thumb: NumberItem = NumberItem(
    id="credit_policy-p13",
    ask=Text(
        en="A salon has {capital:,} yuan of its own capital and buys for {purchases:,} yuan a month. Which limit does "
        "the rule of thumb give, with 10% of the capital and two months of purchases (yuan)?",
        zh="一家店的自有资本为 {capital:,} 元，每月进货 {purchases:,} 元。按“自有资本的 10%、两个月的进货额”这一经验"
        "法则，额度是多少元？",
    ),
    unit=_YUAN,
    decimals=0,
    rel_tol=0.0,
    abs_tol=0.5,
    choices={
        "capital": (40_000, 60_000, 90_000, 120_000, 150_000, 200_000),
        "purchases": (1_500, 2_400, 3_200, 4_500, 5_500, 7_000, 8_500),
    },
    example={"capital": 90_000, "purchases": 5_500},
    reject=lambda params: too_close(rule_of_thumb, params, gap=0.05),
    solve=_thumb,
    traps=(
        Trap(
            "larger",
            lambda params: max(_two_bounds(params)),
            Text(
                en="You took the larger of the two. Are the two amounts hopes or bounds?",
                zh="你取了两者中较大的。这两个数是愿望，还是界限？",
            ),
        ),
        Trap(
            "sum",
            lambda params: sum(_two_bounds(params)),
            Text(
                en="You added them. May the limit exceed what either of them allows?",
                zh="你把两者相加了。额度可以超过其中任何一个允许的数吗？",
            ),
        ),
        Trap(
            "mean",
            lambda params: sum(_two_bounds(params)) / 2,
            Text(
                en="You met halfway. Each of the two is a reason not to give more. What if one is passed?",
                zh="你取了中间。这两个数各是不能再多给的一个理由。超过其中一个会怎样？",
            ),
        ),
        Trap(
            "one-month",
            unless_close(_thumb, lambda params: min(params["capital"] / 10, params["purchases"])),
            Text(
                en="You counted one month of purchases. How many does the rule allow?",
                zh="你只算了一个月的进货额。法则允许几个月？",
            ),
        ),
    ),
    hint=Text(
        en="One bound comes from what the salon could lose, one from what it needs. Both must hold.",
        zh="一个界限来自它能承受多少，一个来自它需要多少。两个都要满足。",
    ),
    why=lambda params: Text(
        en="10% × {capital:,} = {by_capital:,.0f}, 2 × {purchases:,} = {by_purchases:,.0f}: the smaller is the limit. "
        "The rule knows neither margin nor chance of default, so it is a start, not a best limit.",
        zh="10% × {capital:,} = {by_capital:,.0f}，2 × {purchases:,} = {by_purchases:,.0f}：取较小的作为额度。这条法则"
        "既不看毛利，也不看违约概率，只能当起点，不是最优额度。",
    ).format(**params, by_capital=_two_bounds(params)[0], by_purchases=_two_bounds(params)[1]),
    concepts=("policy.limit",),
)

_CAP = 3000  # of the chapter [yuan]


@cache
def _limits(cap: float) -> Limits:
    """The best limits of the chapter's five customers."""
    demand, *rest = zip(*simulate.CUSTOMERS.values(), strict=True)
    margin, default, slope, lgd = rest
    return allocate_limits(margin, demand, default, slope, lgd, cap)


price_of_risk = ChoiceItem(
    id="credit_policy-p14",
    ask=Text(
        en="The chapter's five salons share a cap of 3,000 yuan on their expected losses. At the best limits the price "
        "of risk is 2.43. What does that say?",
        zh="本章五家店的预期损失合计不得超过 3,000 元。在最优额度下，风险的价格为 2.43。这说明什么？",
    ),
    options={
        "loss": Text(
            en="one more yuan of allowed expected loss would earn 2.43 yuan more",
            zh="允许的预期损失多 1 元，利润多 2.43 元",
        ),
        "limit": Text(en="one more yuan of limit would earn 2.43 yuan more", zh="额度多给 1 元，利润多 2.43 元"),
        "average": Text(
            en="each yuan of expected loss earns 2.43 yuan on average", zh="平均每 1 元预期损失带来 2.43 元利润"
        ),
        "cost": Text(en="risk costs 2.43% of the credit given", zh="风险的代价是赊销额的 2.43%"),
    },
    solve=always("loss"),
    traps=(
        Trap(
            "limit-for-loss",
            always("limit"),
            Text(
                en="What is scarce here: credit, or something that credit uses up?",
                zh="这里稀缺的是什么：是赊销的额度，还是额度所消耗的某样东西？",
            ),
        ),
        Trap(
            "average-for-margin",
            always("average"),
            Text(
                en="Divide the whole profit by the cap: is that the same number? Which yuan does the price speak of?",
                zh="用全部利润除以上限，得到的是这个数吗？这个价格说的是哪 1 元？",
            ),
        ),
        Trap(
            "price-as-rate",
            always("cost"),
            Text(
                en="It is no percentage, and nobody pays it. What would be different with a slightly higher cap?",
                zh="它不是百分数，也没有人付这笔钱。如果上限稍高一点，会有什么不同？",
            ),
        ),
    ),
    hint=Text(
        en="Raise the cap by one yuan and share it out again. What changes?",
        zh="把上限提高一元，重新分配。什么会变？",
    ),
    why=lambda params: Text(
        en="With a cap of {higher:,} instead of {cap:,} profit rises by {more:.2f} yuan. On average a yuan of expected "
        "loss earns {mean:.2f}: the first ones earn most. Whoever argues about the cap should know this price.",
        zh="上限从 {cap:,} 元提高到 {higher:,} 元，利润多 {more:.2f} 元。平均每 1 元预期损失带来 {mean:.2f} 元：最先的"
        "几元带来最多。要讨论上限，先要知道这个价格。",
    ).format(
        cap=_CAP,
        higher=_CAP + 1,
        more=_limits(_CAP + 1).profit - _limits(_CAP).profit,
        mean=_limits(_CAP).profit / _CAP,
    ),
    concepts=("policy.limit",),
)

# --- practice: deciding ----------------------------------------------------------------------------------------------

define_balanced = TextItem(
    id="credit_policy-p15",
    ask=Text(
        en="Note 5 names the balanced policy and leaves the line blank. Define it in your own words. Your "
        "definition must hold a measure that one could compute from numbers like those of the 49 policies. Say how it "
        "picks a policy from such a table.",
        zh="笔记 5 只列出了均衡型的名称，没有说明。请用自己的话给它下定义。定义里要有一个指标，能用那 49 "
        "种政策那样的数字算出来。请说明按这个指标，怎样从那样的一张表中选出一种政策。",
    ),
    min_words=25,
    rubric=Text(
        en="A measure with its parts named (profit, sales, bad debts, cash or their swings, over which time) that one "
        "could compute from a table with a row per policy; a rule that picks one row of it (highest, lowest, best "
        "above a bound), which policy that is need not be said; why this balances growth and risk, rather than just "
        "naming a middle; bonus for what the measure leaves out, such as cash.",
        zh="写明指标由什么构成（利润、销售额、坏账、现金或其波动，以及多长时间），能用每种政策一行的表算出来；有从表中选出"
        "一行的规则（最高、最低、满足某个约束下最好），不必写出选中的是哪一种；说明它为什么平衡了增长与风险，"
        "而不只是取中间；如果能指出这个指标漏了什么（例如现金），更好。",
    ),
    solve=always(""),
    hint=Text(
        en="Name what is to be as large as possible, and what must not be exceeded.",
        zh="写明什么要尽可能大，什么不得超过。",
    ),
    why=Text(
        en="There is no right one. Ours is the gain over cash sales per yuan by which losses swing between years; it "
        "ignores the cash that growth needs. Another is the highest profit among the policies that keep cash above a "
        "bound; for that the table needs one more column.",
        zh="没有唯一正确的答案。本章的定义是：与现销相比多赚的利润，除以各年损失的波动；它没有考虑增长所需的现金。另一种"
        "是：在现金不低于某个下限的政策中，取利润最高的；为此，表中要再加一列。",
    ),
    concepts=("policy.balanced-type",),
)

day_ninety = TextItem(
    id="credit_policy-p16",
    ask=Text(
        en="Lanwan's largest customer, a chain of sixty salons, pays on day 90, though the contract says "
        "30. It takes the 2% for early payment as well. Nobody calls. Small salons get a call on day 31. "
        "Decide what to do. Say who pays for the chain's habit, which rule you apply to all, what you "
        "would tell the chain, and what it might cost.",
        zh="蓝湾最大的客户是一家有六十家店的连锁企业。合同规定 30 天付款，它到第 90 天才付，还照样扣掉提前付款的 2%，"
        "却没有人去催。小店到第 31 天就会接到电话。请写出你的决定：谁为连锁店的习惯买单，你对所有客户适用"
        "什么规则，怎样对连锁店说，可能要付出什么代价。",
    ),
    min_words=40,
    rubric=Text(
        en="A clear decision; the small salons, Lanwan's own suppliers or owners named as those who pay; a rule that "
        "holds for all (same terms for same conduct, no discount after its day, or open terms by size) applied to the "
        "facts; a sentence one could say to the chain; the cost named (margin at risk against the money tied up).",
        zh="决定明确；指出小店、蓝湾的供应商或股东在为此买单；有一条对所有客户都适用的规则（行为相同则条件相同、"
        "过了折扣期就没有折扣，或者按规模公开定价）并用到事实上；有一句能当面对连锁店说的话；指出代价（可能失去的毛利，"
        "与占用的资金相比）。",
    ),
    solve=always(""),
    hint=Text(
        en="What would a small salon say if it saw the chain's invoices? And what does the habit cost a year?",
        zh="小店如果看到连锁店的账单，会怎么说？这个习惯一年要花多少钱？",
    ),
    why=Text(
        en="A habit that nobody objects to has become the terms, and the others pay for it. Size may earn better "
        "terms, if they are open and priced. Call the chain, name the yearly cost, end the discount that it has not "
        "earned, and offer a longer period at its price. Work out first what would be lost if it left.",
        zh="没有人反对的习惯，就成了条件，而由别人买单。规模大可以换来更好的条件，但要公开、要有价格。应当给连锁店打电"
        "话，说明一年的代价，取消它不该享受的折扣，并提出以合理价格延长期限。先算清楚：如果它离开，会失去什么。",
    ),
    concepts=("policy.components", "policy.discount"),
)

PRACTICE: tuple[Item, ...] = (
    warm_1,
    warm_2,
    warm_3,
    predict_1,
    predict_2,
    predict_3,
    predict_4,
    growth_and_cash,
    two_terms,
    six_decisions,
    which_type,
    cost_of_waiting,
    take_or_leave,
    cash_or_credit,
    money_tied_up,
    rate_on_which_sales,
    one_open_state,
    two_cartons,
    younger_book,
    rule_of_thumb,
    price_of_risk,
    define_balanced,
    day_ninety,
)
