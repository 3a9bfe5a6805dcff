"""The four explorers of chapter 12."""

from __future__ import annotations

import numpy as np

from crmlab.core.explorers import Explorer, Slider
from crmlab.core.text import Text
from crmlab.credit_policy.chart import (
    DAYS,
    YUAN,
    DiscountView,
    IllusionView,
    PolicyView,
    SwitchView,
    cash_and_profit,
    discount_bars,
    sales_and_open,
    switch_line,
)
from crmlab.credit_policy.model import discount_cost, dso, payment_pattern, simulate_policy, switch_to_credit

__all__ = ["price_of_a_discount", "cash_to_credit", "ageing_illusion", "three_policies"]  # noqa: RUF022 - as in the chapter

_PERCENT = Text(en="%", zh="%")
_LOAN = 0.08
_MONTHS = 36


def price_of_a_discount() -> Explorer[DiscountView]:
    """Vary the terms and how late one really pays; see what leaving the discount costs a year."""

    def model(discount: float, early: float, net: float, stretch: float) -> DiscountView:
        share, paid = discount / 100, net + stretch

        def rate(days: int, compound: bool) -> float:
            return discount_cost(share, early, paid, days, compound)

        return DiscountView(
            rates={
                "nominal_360": rate(360, False),
                "nominal_365": rate(365, False),
                "effective_360": rate(360, True),
                "effective_365": rate(365, True),
            },
            discount=share,
            extra_days=paid - early,
            loan=_LOAN,
        )

    return Explorer(
        controls={
            "discount": Slider(Text(en="Discount", zh="折扣"), _PERCENT, low=0.5, high=5, step=0.1, start=2),
            "early": Slider(Text(en="if paid within", zh="折扣期"), DAYS, low=0, high=20, step=1, start=10),
            "net": Slider(Text(en="Else due after", zh="信用期限"), DAYS, low=25, high=90, step=1, start=30),
            "stretch": Slider(Text(en="and paid late by", zh="实际拖延"), DAYS, low=0, high=60, step=1, start=0),
        },
        model=model,
        chart=discount_bars,
        task=Text(
            en="Read off 2/10 net 30 in all four conventions. Lanwan pays on day 45 instead: what does the discount "
            "cost "
            "it now? Find terms at which it should leave the discount.",
            zh="先读出“2/10, net 30”按四种算法的代价。如果蓝湾拖到第 45 天才付，放弃折扣的代价变为多少？再找出不该享受"
            "折扣的条件。",
        ),
    )


def cash_to_credit() -> Explorer[SwitchView]:
    """Vary the additional sales, the rate, the defaults and the price; see whether thirty days' credit pays."""
    now, cost = 100.0, 20.0
    range_ = np.linspace(0, 40, 41)

    def model(more: float, rate: float, default: float, price: float) -> SwitchView:
        def at(units: float) -> float:
            return switch_to_credit(price, cost, now, now + units, rate / 100, default / 100).npv

        ends = at(range_[0]), at(range_[-1])  # a straight line
        npv = ends[0] + (ends[1] - ends[0]) * range_ / range_[-1]
        found = switch_to_credit(price, cost, now, now + more, rate / 100, default / 100)
        per_unit = price * default / rate  # for ever, a month's share each month
        return SwitchView(range_, npv, (more, found), (now * per_unit, more * per_unit))

    return Explorer(
        controls={
            "more": Slider(
                Text(en="Additional sales", zh="多卖"),
                Text(en="units a month", zh="件/月"),
                low=0,
                high=40,
                step=1,
                start=10,
            ),
            "rate": Slider(
                Text(en="Cost of money", zh="资金成本"),
                Text(en="% a month", zh="%/月"),
                low=0.5,
                high=5,
                step=0.1,
                start=2,
            ),
            "default": Slider(Text(en="Never paid", zh="永远收不回的"), _PERCENT, low=0, high=20, step=0.5, start=0),
            "price": Slider(Text(en="Price of a unit", zh="单价"), YUAN, low=25, high=80, step=1, start=49),
        },
        model=model,
        chart=switch_line,
        task=Text(
            en="100 units a month are sold for cash. How many more make thirty days' credit pay? Then let 5% never "
            "pay: how "
            "many now? Who causes most of that loss, the new customers or the old ones?",
            zh="现在每月现销 100 件。改为赊销 30 天，要多卖几件才划算？假如 5% 永远收不回，又要多卖几件？这笔损失，主"
            "要来自新客户还是老客户？",
        ),
    )


def ageing_illusion() -> Explorer[IllusionView]:
    """Vary the trend of sales and how customers pay; see what DSO and the ageing report make of it."""

    def model(trend: float, one: float, two: float) -> IllusionView:
        sales = (100 - trend, 100.0, 100 + trend)
        pattern = payment_pattern(sales, (1.0, one / 100, min(two, one) / 100))
        return IllusionView(sales, pattern, dso(pattern["open"].sum(), sales, 90))

    return Explorer(
        controls={
            "trend": Slider(
                Text(en="Sales change each month by", zh="销售每月的变化"),
                Text(en="thousand yuan", zh="千元"),
                low=-50,
                high=50,
                step=5,
                start=0,
            ),
            "one": Slider(
                Text(en="Open a month later", zh="一个月后未收"), _PERCENT, low=20, high=80, step=1, start=50
            ),
            "two": Slider(
                Text(en="Open two months later", zh="两个月后未收"), _PERCENT, low=0, high=60, step=1, start=20
            ),
        },
        model=model,
        chart=sales_and_open,
        task=Text(
            en="Leave the customers alone and move only the trend: between which values does DSO swing? Then let sales "
            "slump, and bring DSO back to 51: do the customers now pay better or worse?",
            zh="不改客户的付款，只改销售的变化：DSO 在什么范围内摆动？然后让销售下滑，再设法使 DSO 回到 51："
            "客户的付款变好了，还是变坏了？",
        ),
    )


def three_policies() -> Explorer[PolicyView]:
    """Vary the credit period, the standard, the collection and the cash at the start; see profit and cash."""

    def model(period: float, standard: float, collection: float, cash: float) -> PolicyView:
        return PolicyView(simulate_policy(period, standard, collection / 100, cash, _MONTHS), _MONTHS)

    return Explorer(
        controls={
            "period": Slider(Text(en="Credit period", zh="信用期限"), DAYS, low=0, high=90, step=5, start=60),
            "standard": Slider(
                Text(en="Standard, looser by", zh="信用标准放宽"),
                Text(en="steps", zh="级"),
                low=0,
                high=4,
                step=0.5,
                start=3,
            ),
            "collection": Slider(
                Text(en="Effort of collection", zh="收账力度"), _PERCENT, low=0, high=100, step=5, start=50
            ),
            "cash": Slider(
                Text(en="Cash at the start", zh="期初现金"),
                Text(en="months of cash sales", zh="个月的现销额"),
                low=0.5,
                high=12,
                step=0.5,
                start=1.5,
            ),
        },
        model=model,
        chart=cash_and_profit,
        task=Text(
            en="This is the sales head's wish. Try to save it with cash alone, then with collection alone. Then go "
            "back to "
            "1.5 months of cash and save it with the terms: can you earn more than 2,336 thousand in 36 months?",
            zh="这是销售主管想要的政策。先只加现金，再只加收账力度，看看能不能救活它。然后回到 1.5 个月的现金，改付款"
            "条件来救：36 个月的利润能超过 2,336 千元吗？",
        ),
    )
