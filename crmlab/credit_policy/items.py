"""The graded set of chapter 12 (E12.1 to E12.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers) or None (labels and limits).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Feedback,
    Item,
    NotAnAnswerError,
    NumberItem,
    Params,
    PartsItem,
    Trap,
    key_of,
    shown,
)
from crmlab.core.text import Text
from crmlab.core.writing import PUBLISHED, chosen_by, mixed_by, sample_names
from crmlab.credit_policy.model import (
    PATTERN,
    AgeingOutcome,
    Limits,
    RelaxStandard,
    Terms,
    ageing_chain,
    ageing_outcome,
    allocate_limits,
    discount_cost,
    dso,
    payment_pattern,
    relax_standard,
    switch_to_credit,
)
from crmlab.credit_policy.practice import PRACTICE

_DRAWS = 10_000
_MONEY = Text(en="yuan", zh="元")
_SEE_PARTS = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

_One = TypeVar("_One")
Key = tuple[tuple[str, Any], ...]
Readings = dict[str, float]  # reading, right or wrong -> value


def _unclear(parts: Mapping[str, Item], params: Params) -> bool:
    """Whether a trap meets the truth, the traps of two misconceptions meet, or "0 of 3 parts are right" would tell."""
    for part in parts.values():
        truth = part.target(part.solve(params), params)
        if isinstance(part, NumberItem) and any(part.same(told, truth) for told in (0.0, float(len(parts)))):
            return True
        pitfalls = part.pitfalls(params)
        if any(part.falls(truth, wrong) or part.falls(wrong, truth) for _, wrong in pitfalls):
            return True
        if not isinstance(part, NumberItem):
            continue  # of two labels that meet, the first trap speaks
        pairs = combinations(pitfalls, 2)
        if any(one.name != two.name and part.falls(left, right) for (one, left), (two, right) in pairs):
            return True
    return False


def _silent_near(readings: Readings, gap: float) -> Readings:
    """The readings, silent where a wrong one leads to the right number or nearly so."""
    truth = readings["right"]
    return {
        name: SILENT if name != "right" and not abs(value - truth) > gap else value for name, value in readings.items()
    }


def _traps(read: Callable[[str], Callable[[Params], float]], wrong: Mapping[str, tuple[str, Text]]) -> tuple[Trap, ...]:
    """Traps from readings: each reading with the name of its misconception and the hint."""
    return tuple(Trap(name, read(reading), hint) for reading, (name, hint) in wrong.items())


# --- E12.1 what a discount costs -------------------------------------------------------------------------------------

_YEARS = (360, 365)
_PERCENT = Text(en="percent a year", zh="%（年利率）")


@lru_cache(maxsize=4096)
def _read_discount(percent: float, early: int, late: int, year: int) -> dict[str, Readings]:
    """Both rates in percent, as they are meant ("right") and as they are misread."""
    share = percent / 100

    def rates(given: float = share, start: int = early, end: int = late, days: int = year) -> tuple[float, float]:
        nominal, effective = (100 * discount_cost(given, start, end, days, compound) for compound in (False, True))
        return nominal, effective

    found = {
        "right": rates(),
        # x / (1 - x) is the share itself for x = share / (1 + share): the discount is taken for what is paid for it.
        "of-price": rates(given=share / (1 + share)),
        "whole-period": rates(start=0),
        "other-year": rates(days=sum(_YEARS) - year),
        "once": (once := 100 * share / (1 - share), once),
        "discount-days": rates(start=0, end=early),
        "twelve-times": rates(start=0, end=1, days=12),
    }
    both = {
        kind: {reading: pair[place] for reading, pair in found.items()}
        for place, kind in enumerate(("nominal", "effective"))
    }
    both["nominal"]["other-rate"], both["effective"]["other-rate"] = (
        both["effective"]["right"],
        both["nominal"]["right"],
    )
    for readings in both.values():  # a number of spans may be the same on two ways; then the commoner one speaks
        for late_comer, others in (
            ("discount-days", ("right",)),
            ("twelve-times", ("right", "whole-period", "other-year")),
        ):
            if any(math.isclose(readings[late_comer], readings[other]) for other in others):
                readings[late_comer] = SILENT
    return both


def _discount(kind: str) -> Callable[[str], Callable[[Params], float]]:
    names = ("percent", "discount_days", "net_days", "year_days")
    return lambda reading: lambda params: _read_discount(*(params[name] for name in names))[kind][reading]


_DISCOUNT_WRONG = {
    "of-price": (
        "of-price",
        Text(
            en="You took the discount as a share of the full price. A salon that does not take it borrows less than "
            "that: what would it pay on the last day of the discount?",
            zh="你把折扣除以了全价。放弃折扣的店借到的钱比全价少：如果在折扣期最后一天付款，它要付多少？",
        ),
    ),
    "whole-period": (
        "whole-period",
        Text(
            en="You counted from the day of the invoice. Up to the end of the discount period waiting is free: for "
            "how many days does the salon pay?",
            zh="你从开票那天算起。折扣期以内，晚付不要钱：店主到底为多少天付了代价？",
        ),
    ),
    "other-year": (
        "other-year",
        Text(
            en="You used another year. How many days does your question give it?",
            zh="你用了另一种年的天数。题目规定一年多少天？",
        ),
    ),
    "once": (
        "once",
        Text(
            en="This is the cost of waiting once. How often do the extra days fit into a year?",
            zh="这是晚付一次的代价。一年里能有多少个这样的间隔？",
        ),
    ),
    "discount-days": (
        "days-of-the-discount",
        Text(
            en="You counted the days of the discount itself. Those are free: which days are paid for?",
            zh="你数的是折扣期的天数。那几天不要钱：付了代价的是哪几天？",
        ),
    ),
    "twelve-times": (
        "12-months",
        Text(
            en="You counted twelve months. Is what the discount buys a month? How often does it fit into a year?",
            zh="你按十二个月来算。放弃折扣换来的是一个月吗？一年里有多少个这样的间隔？",
        ),
    ),
}
_DISCOUNT_PARTS: dict[str, Item] = {
    "nominal": NumberItem(
        ask=Text(en="nominal rate", zh="名义年利率"),
        unit=_PERCENT,
        rel_tol=0.002,
        abs_tol=0.02,
        solve=_discount("nominal")("right"),
        traps=_traps(
            _discount("nominal"),
            {
                **_DISCOUNT_WRONG,
                "other-rate": (
                    "compounded",
                    Text(
                        en="You compounded. The nominal rate only multiplies: by how many spans?",
                        zh="你用了复利。名义利率只做乘法：乘以多少个间隔？",
                    ),
                ),
            },
        ),
        hint=Text(
            en="You pay d to keep 1 - d for the extra days only. Multiply by the number of such spans in a year.",
            zh="多占用 1 - d 的钱，代价是 d，而且只多占用几天。再乘以一年里这种间隔的个数。",
        ),
        why=_SEE_PARTS,
    ),
    "effective": NumberItem(
        ask=Text(en="effective rate", zh="实际年利率"),
        unit=_PERCENT,
        rel_tol=0.002,
        abs_tol=0.02,
        solve=_discount("effective")("right"),
        traps=_traps(
            _discount("effective"),
            {
                **_DISCOUNT_WRONG,
                "other-rate": (
                    "not-compounded",
                    Text(
                        en="You multiplied. A salon that waits again and again also pays on what it paid before: how "
                        "does that grow in a year?",
                        zh="你只做了乘法。一再晚付的店，前面的代价还要再生代价：一年下来会增长成多少？",
                    ),
                ),
            },
        ),
        hint=Text(
            en="You pay d to keep 1 - d for the extra days only. Compound it over all such spans in a year.",
            zh="多占用 1 - d 的钱，代价是 d，而且只多占用几天。再按一年里这种间隔的个数计复利。",
        ),
        why=_SEE_PARTS,
    ),
}


def _why_discount(params: Params) -> Text:
    share, extra = params["percent"] / 100, params["net_days"] - params["discount_days"]
    nominal, effective = (f"{part.solve(params):.2f}%" for part in _DISCOUNT_PARTS.values())
    once = f"{shown(share)} / {shown(1 - share)} = {share / (1 - share):.6f}"
    spans = f"{params['year_days']} / {extra} = {params['year_days'] / extra:.4f}"
    return Text(
        en=f"Not to take the discount costs {once} of what could be paid early. It buys {extra} days, and the year has "
        f"{spans} such spans. Their product is the nominal rate, {nominal}; compounded it is {effective}.",
        zh=f"放弃折扣的代价，是提前付款金额的 {once}。换来的是 {extra} 天，一年有 {spans} 个这样的间隔。"
        f"两者相乘得名义年利率 {nominal}；按复利计则为 {effective}。",
    )


item_1 = PartsItem(
    id="credit_policy-1",
    ask=Text(
        en='Lanwan sells on terms of "{percent:g}/{discount_days}, net {net_days}": {percent:g}% off if the salon pays '
        "by day {discount_days}, else the full price on day {net_days}. A salon never takes the discount and pays on "
        "the last day. What does that cost it a year? Give the nominal and the effective rate, in percent. Count "
        "{year_days} days to the year.",
        zh="蓝湾的付款条件是“{percent:g}/{discount_days}, net {net_days}”：{discount_days} 天内付款优惠 {percent:g}%，"
        "否则第 {net_days} 天付全价。有一家店从不享受折扣，总在最后一天付款。这样做一年的代价是多少？"
        "请给出名义年利率和实际年利率（以百分数表示），一年按 {year_days} 天计。",
    ),
    choices={
        "percent": (1, 1.5, 2, 2.5, 3),
        "discount_days": (5, 7, 10, 15),
        "net_days": (30, 40, 45, 60),
        "year_days": _YEARS,
    },
    example={"percent": 2, "discount_days": 10, "net_days": 30, "year_days": 365},
    reject=lambda params: _unclear(_DISCOUNT_PARTS, params),
    parts=_DISCOUNT_PARTS,
    why=_why_discount,
    concepts=("policy.discount", "policy.components"),
)

# --- E12.2 from cash to credit ---------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _read_switch(price: float, cost: float, now: float, new: float, rate: float) -> dict[str, Readings]:
    """Value and break-even, as they are meant ("right") and as they are misread."""
    found = switch_to_credit(price, cost, now, new, rate)
    more = new - now
    gain = (price - cost) * more
    delayed, worth = price * now, (price - cost) / rate  # worth: of a unit more per month, for ever
    units = found.break_even_units

    def unless_near(wrong: float) -> float:
        """Silent where it counts as right, or nearly."""
        return wrong if abs(wrong - units) > max(0.02, 0.01 * units) else SILENT

    return {
        "NPV": {
            "right": found.npv,
            "delay-forgotten": gain / rate - cost * more,
            "price-on-new": gain / rate - price * more,
            "price-on-all": gain / rate - price * new,
            "new-units-free": gain / rate - delayed,
            "no-cost": gain / rate,
            "one-month": gain - found.cost,
            "revenue-for-margin": price * more / rate - found.cost,
        },
        "break-even": {
            "right": units,
            "new-units-free": delayed / worth,
            "price-on-all": delayed / (worth - price),
            "one-month": delayed / (price - cost),
            "revenue-for-margin": delayed / (price / rate - cost),
            "total": now + units,
            "given-up-as-set": unless_near(found.cost / worth),
            "rounded-up": unless_near(math.ceil(units) if math.isfinite(units) else math.inf),
            "delay-forgotten": 0.0,
        },
    }


def _switch(kind: str) -> Callable[[str], Callable[[Params], float]]:
    names = ("price", "variable_cost", "quantity_now", "quantity_new", "rate")
    return lambda reading: lambda params: _read_switch(*(params[name] for name in names))[kind][reading]


_DELAY = Text(
    en="You forgot the old customers. They, too, will pay a month after delivery: what does not come in this month?",
    zh="你漏掉了老客户。他们也要等一个月才付款：这个月有哪笔钱收不进来？",
)
_PRICE_AS_COST = Text(
    en="You counted additional packs at their price. What does Lanwan itself spend on such a pack before it is paid?",
    zh="你按售价计算了增加的销量。在收到货款之前，蓝湾自己为每件付出的是多少？",
)
_UNITS_FREE = Text(
    en="You let the additional packs cost nothing at first. They must be made before anyone pays for them: at what "
    "cost?",
    zh="你没有计入增加的销量一开始要垫付的钱。货要先做出来才有人付款：要垫多少？",
)
_ONE_MONTH = Text(
    en="You looked at one month. The additional margin comes every month, for ever: what is that worth today?",
    zh="你只看了一个月。增加的边际贡献每个月都有，一直下去：它今天值多少？",
)
_REVENUE = Text(
    en="You counted the whole price as a gain. What is left of it after variable cost?",
    zh="你把整个售价都当成了收益。扣除变动成本后还剩多少？",
)
_NPV_WRONG = {
    "delay-forgotten": ("delay-forgotten", _DELAY),
    "price-on-new": ("price-as-cost", _PRICE_AS_COST),
    "price-on-all": ("price-as-cost", _PRICE_AS_COST),
    "new-units-free": ("new-units-free", _UNITS_FREE),
    "no-cost": (
        "no-cost",
        Text(
            en="This is what the additional margin is worth. What does the switch cost in cash today?",
            zh="这是增加的边际贡献的现值。改为赊销，今天要少收、多付多少现金？",
        ),
    ),
    "one-month": ("one-month", _ONE_MONTH),
    "revenue-for-margin": ("revenue-for-margin", _REVENUE),
}
_BREAK_EVEN_WRONG = {
    "new-units-free": ("new-units-free", _UNITS_FREE),
    "price-on-all": ("price-as-cost", _PRICE_AS_COST),
    "one-month": ("one-month", _ONE_MONTH),
    "revenue-for-margin": ("revenue-for-margin", _REVENUE),
    "total": (
        "total",
        Text(
            en="This is all that must be sold. How much of it is additional?",
            zh="这是需要达到的总销量。其中增加的是多少？",
        ),
    ),
    "given-up-as-set": (
        "given-up-as-set",
        Text(
            en="The cost of the new packs belongs to the number you seek; did you fix it?",
            zh="增加的件数正是要求的数，它的成本也随之变动；你是不是把它固定了？",
        ),
    ),
    "rounded-up": (
        "rounded-up",
        Text(
            en="You rounded up to whole packs. Which precision is asked?",
            zh="你进位取了整数。题目要求精确到什么程度？",
        ),
    ),
    "delay-forgotten": ("delay-forgotten", _DELAY),
}
_SWITCH_PARTS: dict[str, Item] = {
    "NPV": NumberItem(
        ask=Text(en="net present value of the switch", zh="改为赊销的净现值"),
        unit=_MONEY,
        decimals=0,
        rel_tol=0.001,
        abs_tol=1.0,
        solve=_switch("NPV")("right"),
        traps=_traps(_switch("NPV"), _NPV_WRONG),
        hint=Text(
            en="What cash do you give up today to start receiving a month from now? Set it against the additional "
            "margin, for ever.",
            zh="为了改成晚一个月收款，今天要放弃多少现金？再与永续的新增边际贡献相比。",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
    "break-even": NumberItem(
        ask=Text(en="additional packs a month at which it breaks even", zh="盈亏平衡时每月需增加的件数"),
        unit=Text(en="packs a month", zh="件/月"),
        solve=_switch("break-even")("right"),
        traps=_traps(_switch("break-even"), _BREAK_EVEN_WRONG),
        hint=Text(
            en="Set the value to zero. Each additional pack earns its margin for ever, and must be paid for first.",
            zh="令净现值为零。每增加一件，边际贡献永续，但成本要先垫付。",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _no_switch(params: Params) -> bool:
    """Whether no number of packs is enough, the value is nearly zero, or two readings meet."""
    names = ("price", "variable_cost", "quantity_now", "quantity_new", "rate")
    found = switch_to_credit(*(params[name] for name in names))
    worth = (params["price"] - params["variable_cost"]) / params["rate"]
    return worth < 2 * params["price"] or abs(found.npv) < 200 or _unclear(_SWITCH_PARTS, params)


def _why_switch(params: Params) -> Text:
    price, cost, now, rate = (shown(params[name]) for name in ("price", "variable_cost", "quantity_now", "rate"))
    more = shown(params["quantity_new"] - params["quantity_now"])
    value, units = (part.solve(params) for part in _SWITCH_PARTS.values())
    spent = params["price"] * params["quantity_now"] + params["variable_cost"] * (
        params["quantity_new"] - params["quantity_now"]
    )
    given_up = f"{price} * {now} + {cost} * {more} = {shown(spent)}"
    npv = f"({price} - {cost}) * {more} / {rate} - {shown(spent)} = {value:,.0f}"
    even = f"{price} * {now} / (({price} - {cost}) / {rate} - {cost}) = {units:.2f}"
    return Text(
        en=f"Given up today: a month of revenue from today's sales, and the cost of the additional packs: {given_up}. "
        f"Net present value: {npv}. Break-even: {even}.",
        zh=f"今天放弃的现金，是现有销量一个月的收入，加上增加件数的成本：{given_up}。净现值：{npv}。盈亏平衡：{even}。",
    )


item_2 = PartsItem(
    id="credit_policy-2",
    ask=Text(
        en="In one region Lanwan sells {quantity_now} packs of refills a month, for cash. A pack sells at {price} yuan "
        "and costs {variable_cost} yuan to make. With payment a month after delivery it would sell {quantity_new}, to "
        "old and new customers on the same terms, and everybody pays. Money costs {rate:.1%} a month. Suppose it goes "
        "on for ever. What is the net present value of the switch? How many additional packs a month would just pay "
        "for it? (Two decimals, not rounded up.)",
        zh="在某地区，蓝湾每月现款售出补充装 {quantity_now} 件，每件售价 {price} 元，变动成本 {variable_cost} 元。"
        "如果改为交货一个月后付款，每月可售出 {quantity_new} 件；新老客户条件相同，而且都会付款。"
        "资金成本为每月 {rate:.1%}。假设永远持续下去，改为赊销的净现值是多少？每月至少要增加多少件才不亏？"
        "（保留两位小数，不必进位取整。）",
    ),
    choices={
        "price": (40, 45, 49, 55, 60),
        "variable_cost": (18, 20, 24, 28, 32),
        "quantity_now": (100, 150, 200, 300),
        "quantity_new": (105, 110, 156, 162, 206, 210, 215, 308, 315, 325),
        "rate": (0.01, 0.015, 0.02, 0.025, 0.03),
    },
    example={"price": 49, "variable_cost": 20, "quantity_now": 100, "quantity_new": 110, "rate": 0.02},
    reject=lambda params: (
        not 1.02 <= params["quantity_new"] / params["quantity_now"] <= 1.12
        or params["variable_cost"] > 0.65 * params["price"]
        or _no_switch(params)
    ),
    parts=_SWITCH_PARTS,
    why=_why_switch,
    concepts=("policy.period", "policy.components"),
)

# --- E12.3 a looser standard -----------------------------------------------------------------------------------------


def _standards(params: Params) -> pd.DataFrame:
    """The two standards as the student sees them."""
    rows = {
        when: [params[f"quantity_{when}"], params[f"days_{when}"], params[f"bad_debt_{when}"]]
        for when in ("now", "then")
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["quantity", "days", "bad_debt"])


def _relaxed(params: Params, year_days: float, *, rounded: bool = False) -> RelaxStandard:
    """What the looser standard changes, on request with turnovers rounded to one decimal."""

    def terms(when: str) -> Terms:
        days = params[f"days_{when}"]
        days = year_days / round(year_days / days, 1) if rounded else days
        return Terms(params[f"quantity_{when}"], days, params[f"bad_debt_{when}"])

    return relax_standard(
        terms("now"), terms("then"), params["price"], params["variable_cost"], params["rate"], year_days
    )


@lru_cache(maxsize=4096)
def _read_standard(key: Key) -> Readings:
    """The net gain, as it is meant ("right") and as it is misread."""
    params = dict(key)
    year, price, cost = params["year_days"], params["price"], params["variable_cost"]
    found = _relaxed(params, year)
    now, then = params["quantity_now"], params["quantity_then"]
    more = then - now
    earned, tied, bad = found.contribution, found.investment_cost, found.bad_debt_cost
    a_day = params["rate"] * cost / year  # what a pack costs for each day that it waits for its money
    return _silent_near(
        {
            "right": found.net,
            "at-price": earned - tied * price / cost - bad,
            "not-yearly": earned - tied / params["rate"] - bad,
            "new-only-tied": earned - a_day * more * params["days_then"] - bad,
            "old-only-tied": earned - a_day * now * (params["days_then"] - params["days_now"]) - bad,
            "all-tied": earned - a_day * then * params["days_then"] - bad,
            "bad-on-new": earned - tied - price * more * params["bad_debt_then"],
            "bad-difference": earned - tied - price * then * (params["bad_debt_then"] - params["bad_debt_now"]),
            "bad-whole": earned - tied - price * then * params["bad_debt_then"],
            "bad-at-cost": earned - tied - bad * cost / price,
            "bad-forgotten": earned - tied,
            "tied-forgotten": earned - bad,
            "revenue-for-margin": price * more - tied - bad,
            "sign": -found.net,
            "other-year": _relaxed(params, sum(_YEARS) - year).net,
            "rounded": _relaxed(params, year, rounded=True).net,
        },
        gap=3,
    )


def _standard(reading: str) -> Callable[[Params], float]:
    return lambda params: _read_standard(key_of(params))[reading]


def _decision(params: Params) -> str:
    return "relax" if _standard("right")(params) > 0 else "keep"


def _unless_decided(label: str) -> Callable[[Params], str | None]:
    """A decision that looks at one thing only, silent where it is the right one."""
    return lambda params: None if _decision(params) == label else label


_STANDARD_WRONG = {
    "at-price": (
        "investment-at-price",
        Text(
            en="You tied up money at the price. What has Lanwan itself put into a pack that is not paid yet?",
            zh="你按售价计算了占用的资金。一件货款未收的货，蓝湾自己投入了多少？",
        ),
    ),
    "not-yearly": (
        "whole-investment",
        Text(
            en="You took off the whole amount tied up. It comes back; what does it cost for a year to have it out?",
            zh="你把占用的资金全额扣掉了。这笔钱会收回来；把它放在外面一年，代价是多少？",
        ),
    ),
    "new-only-tied": (
        "new-sales-tied",
        Text(
            en="You tied up money for the new sales only. Do the old customers go on paying as fast as before?",
            zh="你只为新增的销售计算了占用的资金。老客户还会像以前那样快付款吗？",
        ),
    ),
    "old-only-tied": (
        "old-sales-tied",
        Text(
            en="You let only the present packs wait longer. Who waits for the money of the additional ones?",
            zh="你只算了原有的销量等得更久。增加的销量，货款不用等吗？",
        ),
    ),
    "all-tied": (
        "present-investment-ignored",
        Text(
            en="You charged all the money that the looser standard ties up. How much of it is tied up today already?",
            zh="你把放宽以后占用的资金全部算上了。其中多少是现在就占用的？",
        ),
    ),
    "bad-on-new": (
        "bad-debts-on-new",
        Text(
            en="You let only the new sales go bad. To which sales does the new bad-debt rate apply?",
            zh="你只对新增的销售计算了坏账。新的坏账率适用于哪些销售？",
        ),
    ),
    "bad-difference": (
        "bad-debts-difference",
        Text(
            en="You applied the rise of the rate alone. The additional sales lose at the old rate as well: compare all "
            "bad debts afterwards with all of today.",
            zh="你只用了坏账率的增幅。新增的销售还要承担原来的那部分比率：请比较放宽后与现在的坏账总额。",
        ),
    ),
    "bad-whole": (
        "bad-debts-whole",
        Text(
            en="You took off all bad debts. Which of them does Lanwan have today already?",
            zh="你扣掉了全部坏账。其中哪些是现在就有的？",
        ),
    ),
    "bad-at-cost": (
        "bad-debts-at-cost",
        Text(
            en="You valued bad debts at cost. The rate is a share of *sales*: at what are sales counted?",
            zh="你按成本计算了坏账。坏账率是占“销售额”的比例：销售额按什么计算？",
        ),
    ),
    "bad-forgotten": (
        "bad-debts-forgotten",
        Text(
            en="You left out the bad debts. What does the looser standard lose?",
            zh="你漏了坏账。标准变松后会损失什么？",
        ),
    ),
    "tied-forgotten": (
        "investment-forgotten",
        Text(
            en="You left out the money tied up in receivables. What does it cost a year?",
            zh="你漏了应收账款占用的资金。它一年的成本是多少？",
        ),
    ),
    "revenue-for-margin": (
        "revenue-for-margin",
        Text(
            en="You counted additional sales in full. What is left of them after variable cost?",
            zh="你把新增的销售收入全额计入了。扣除变动成本后还剩多少？",
        ),
    ),
    "sign": (
        "sign-turned",
        Text(
            en="You turned the sign. A net gain is what comes in less what it costs: which of the two is larger here?",
            zh="你把正负号弄反了。净收益是增加的收益减去增加的代价：这里哪一个更大？",
        ),
    ),
    "other-year": (
        "other-year",
        Text(
            en="You used another year. How many days does your question give it?",
            zh="你用了另一种年的天数。题目规定一年多少天？",
        ),
    ),
    "rounded": (
        "rounded-turnovers",
        Text(
            en="You rounded the turnovers on the way. Carry all decimals to the end.",
            zh="你在中途把周转次数取了近似值。小数要一直保留到最后。",
        ),
    ),
}
_STANDARD_PARTS: dict[str, Item] = {
    "net": NumberItem(
        ask=Text(en="net gain a year", zh="每年的净收益"),
        unit=_MONEY,
        rel_tol=0.0,
        abs_tol=1.0,
        solve=_standard("right"),
        traps=_traps(_standard, _STANDARD_WRONG),
        hint=Text(
            en="Money is tied up at variable cost; the new bad-debt rate applies to all sales; carry all decimals.",
            zh="资金按变动成本占用；新的坏账率适用于全部销售；小数要保留到最后。",
        ),
        why=_SEE_PARTS,
        points=2,
    ),
    "decision": ChoiceItem(
        ask=Text(en="the decision", zh="决定"),
        options={
            "relax": Text(en="relax the standard", zh="放宽标准"),
            "keep": Text(en="keep the standard", zh="维持标准"),
        },
        solve=_decision,
        traps=(
            Trap(
                "sales-alone",
                _unless_decided("relax"),
                Text(
                    en="You went by the additional sales. What do slower payment and bad debts take away from them?",
                    zh="你看的是增加的销售。付款变慢和坏账会吃掉其中多少？",
                ),
            ),
            Trap(
                "bad-debts-alone",
                _unless_decided("keep"),
                Text(
                    en="You went by what is lost. What do the additional sales earn against it?",
                    zh="你看的是损失。与之相比，增加的销售能带来多少边际贡献？",
                ),
            ),
        ),
        hint=Text(en="Is the net gain above or below zero?", zh="净收益大于零还是小于零？"),
        why=_SEE_PARTS,
    ),
}


def _no_standard(params: Params) -> bool:
    """Whether the looser standard brings no growth worth the name, is neither good nor bad, or readings meet."""
    growth = params["quantity_then"] / params["quantity_now"]
    return (
        not 1.03 <= growth <= 1.15
        or params["variable_cost"] > 0.8 * params["price"]
        or abs(_standard("right")(params)) < 500
        or _unclear(_STANDARD_PARTS, params)
    )


def _why_standard(params: Params) -> Text:
    found = _relaxed(params, params["year_days"])
    price, cost, rate, year = (shown(params[name]) for name in ("price", "variable_cost", "rate", "year_days"))
    now, then = (shown(params[f"quantity_{when}"]) for when in ("now", "then"))
    more = shown(params["quantity_then"] - params["quantity_now"])
    earned = f"({price} - {cost}) * {more} = {shown(round(found.contribution, 2))}"
    out = [f"{cost} * {units} * {params[f'days_{when}']} / {year}" for when, units in (("then", then), ("now", now))]
    tied = f"{rate} * ({out[0]} - {out[1]}) = {shown(round(found.investment_cost, 2))}"
    lost = [f"{price} * {units} * {params[f'bad_debt_{when}']}" for when, units in (("then", then), ("now", now))]
    bad = f"{lost[0]} - {lost[1]} = {shown(round(found.bad_debt_cost, 2))}"
    net = shown(round(found.net, 2))
    gains = found.net > 0
    return Text(
        en=f"Additional contribution: {earned}. Cost of the additional money tied up: {tied}. Additional bad debts: "
        f"{bad}. Net gain: {net}, so {'relax' if gains else 'keep'} the standard.",
        zh=f"新增边际贡献：{earned}。新增占用资金的成本：{tied}。新增坏账：{bad}。净收益：{net}，"
        f"所以应{'放宽' if gains else '维持'}标准。",
    )


item_3 = PartsItem(
    id="credit_policy-3",
    ask=Text(
        en="Lanwan could sell on credit to salons that it has refused so far. The table describes a year with the "
        "present standard (`now`) and with the looser one (`then`): packs sold, days until customers pay, and share of "
        "sales that is never paid. A pack sells at {price} yuan and has a variable cost of {variable_cost} yuan. Money "
        "costs {rate:.0%} a year, and a year has {year_days} days. What is the net gain of the looser standard in a "
        "year? Would you `relax` or `keep` the standard?",
        zh="蓝湾可以向以前拒绝赊销的店开放赊销。表中是现行标准（`now`）和放宽后（`then`）各一年的情况："
        "销量（quantity，件）、客户多少天付款（days）、收不回来的销售额占比（bad_debt）。"
        "每件售价 {price} 元，变动成本 {variable_cost} 元。资金成本为每年 {rate:.0%}，一年按 {year_days} 天计。"
        "放宽标准每年的净收益是多少？应当放宽（`relax`）还是维持（`keep`）标准？",
    ),
    choices={
        "quantity_now": (40_000, 50_000, 60_000, 80_000),
        "quantity_then": (42_000, 43_000, 54_000, 55_000, 63_000, 66_000, 84_000, 88_000),
        "days_now": (25, 28, 30, 33, 35),
        "days_then": (42, 45, 48, 50, 55),
        "bad_debt_now": (0.005, 0.01, 0.015),
        "bad_debt_then": (0.02, 0.025, 0.03, 0.04),
        "price": (10, 12, 15, 20),
        "variable_cost": (6, 7, 8, 9, 11, 13),
        "rate": (0.1, 0.12, 0.15, 0.18),
        "year_days": _YEARS,
    },
    example={
        "quantity_now": 60_000,
        "quantity_then": 63_000,
        "days_now": 30,
        "days_then": 45,
        "bad_debt_now": 0.01,
        "bad_debt_then": 0.02,
        "price": 10,
        "variable_cost": 6,
        "rate": 0.15,
        "year_days": 365,
    },
    reject=_no_standard,
    exhibit=_standards,
    parts=_STANDARD_PARTS,
    why=_why_standard,
    concepts=("policy.standard", "policy.components"),
)

# --- E12.4 the illusion of days sales outstanding --------------------------------------------------------------------

_QUARTERS = {
    "first": Text(en="first quarter", zh="第一季度"),
    "second": Text(en="second quarter", zh="第二季度"),
    "third": Text(en="third quarter", zh="第三季度"),
}
_MONTHS, _MONTH_DAYS = 3, 30  # of a quarter, of a month
_QUARTER_DAYS = _MONTHS * _MONTH_DAYS
_SHAPES = (  # three months' sales as multiples of a level
    *((1.5, 1.0, 0.5), (1.4, 1.0, 0.6), (1.3, 0.9, 0.6), (1.2, 1.1, 0.7), (1.2, 0.9, 0.8)),
    *((1.0, 1.0, 1.0), (0.9, 1.1, 1.0), (1.1, 0.9, 1.0)),
    *((0.8, 1.0, 1.2), (0.7, 1.1, 1.2), (0.6, 1.0, 1.4), (0.6, 0.8, 1.6), (0.5, 1.0, 1.5)),
)
_LEVELS = (80_000, 100_000, 120_000, 150_000, 200_000)
_DRAWN_FROM: dict[str, Sequence[Any]] = {"level": _LEVELS, "shape": _SHAPES}
_OTHER_PATTERNS = {
    "later": ((1.0, 0.6, 0.3), (1.0, 0.65, 0.25), (1.0, 0.7, 0.3)),
    "sooner": ((1.0, 0.4, 0.1), (1.0, 0.35, 0.15), (1.0, 0.4, 0.15)),
}


@dataclass(frozen=True)
class Quarter:
    """A quarter's monthly sales, the oldest first, what is open of each at its end, and the oldest in the book."""

    sales: tuple[float, ...]
    open: tuple[float, ...]
    oldest_share: float

    @property
    def days(self) -> float:
        """Days sales outstanding at the end of the quarter."""
        return dso(sum(self.open), self.sales, _QUARTER_DAYS)


@cache
def _quarter(sales: tuple[float, ...], pattern: tuple[float, ...]) -> Quarter:
    found = payment_pattern(sales, pattern)
    left = tuple(round(float(one)) for one in found["open"].iloc[::-1])
    return Quarter(sales, left, float(found["of_book"].iloc[-1]))


@dataclass(frozen=True)
class Year:
    """Three quarters, and how customers paid in one of them, against the other two."""

    quarters: tuple[Quarter, ...]
    behaviour: str


def _trend(values: Sequence[float]) -> str:
    """What a rise or a fall of a number seems to say of the customers."""
    return "later" if values[-1] > values[0] else "sooner"


def _drawn_year(behaviour: str, *fields: str) -> Year:
    other = chosen_by(range(len(_QUARTERS)), *fields, "when")
    quarters = []
    for place in range(len(_QUARTERS)):
        level, shape = (chosen_by(values, *fields, name, str(place)) for name, values in _DRAWN_FROM.items())
        sales = tuple(float(round(level * month)) for month in shape)
        changed = behaviour != "unchanged" and place == other
        pattern = chosen_by(_OTHER_PATTERNS[behaviour], *fields, "pattern") if changed else PATTERN
        quarters.append(_quarter(sales, pattern))
    return Year(tuple(quarters), behaviour)


def _clear_year(year: Year) -> bool:
    """Whether days sales outstanding go one way all year, and the age of the book goes the other way."""
    days = [quarter.days for quarter in year.quarters]
    steps = np.diff(days)
    oldest = [quarter.oldest_share for quarter in year.quarters]
    return bool((abs(steps) >= 3).all() and steps[0] * steps[1] > 0 and abs(oldest[-1] - oldest[0]) > 0.02)


@cache
def _year(sample: str) -> Year:
    if sample == PUBLISHED:  # a slump, a flat quarter and a boom, with customers who never change
        paths = (_SHAPES[0], _SHAPES[5], _SHAPES[-1])
        return Year(tuple(_quarter(tuple(100_000 * month for month in path), PATTERN) for path in paths), "unchanged")
    fields = ("credit_policy-4", sample)
    kind = chosen_by(("unchanged", "unchanged", "later", "sooner"), *fields, "kind")
    draws = (_drawn_year(kind, *fields, str(number)) for number in range(_DRAWS))
    return next(year for year in draws if _clear_year(year))


@cache
def _read_quarter(sample: str, place: int) -> Readings:
    """Days sales outstanding of a quarter, as they are meant ("right") and as they are misread."""
    year = _year(sample)
    quarter = year.quarters[place]
    left, sold = sum(quarter.open), quarter.sales
    all_sold = [month for each in year.quarters for month in each.sales]
    return _silent_near(
        {
            "right": quarter.days,
            "last-month": dso(left, sold[-1:], _MONTH_DAYS),
            "newest-only": dso(quarter.open[-1], sold, _QUARTER_DAYS),
            "all-quarters": dso(left, all_sold, len(year.quarters) * _QUARTER_DAYS),
            "a-months-days": dso(left, sold, _MONTH_DAYS),
            "a-months-sales": dso(left, sold, _MONTHS * _QUARTER_DAYS),  # mean sales of a month, days of a quarter
            "a-years-days": dso(left, sold, 365),
            "no-days": dso(left, sold, 1),
        },
        gap=0.5,
    )


def _days(quarter: str) -> Callable[[str], Callable[[Params], float]]:
    place = list(_QUARTERS).index(quarter)
    return lambda reading: lambda params: _read_quarter(params["sample"], place)[reading]


_OTHER_DAYS = (
    "other-days",
    Text(
        en="Your daily sales spread the quarter's sales over another number of days. How long is the window?",
        zh="你把这个季度的销售额摊到了别的天数上。窗口有多长？",
    ),
)
_DAYS_WRONG = {
    "last-month": (
        "last-month",
        Text(
            en="You divided by the daily sales of the last month alone. Which window does the question give?",
            zh="你只用了最后一个月的日均销售额。题目给的窗口是多长？",
        ),
    ),
    "newest-only": (
        "newest-only",
        Text(
            en="You counted only the last month's invoices as open. What is still owed from the months before?",
            zh="你只算了最后一个月未收的款。前几个月还有多少没收回？",
        ),
    ),
    "all-quarters": (
        "all-quarters",
        Text(
            en="You took the daily sales of all months of the table. Which months belong to this quarter?",
            zh="你用了全表各月的日均销售额。这个季度包括哪几个月？",
        ),
    ),
    "a-months-days": _OTHER_DAYS,
    "a-months-sales": _OTHER_DAYS,
    "a-years-days": _OTHER_DAYS,
    "no-days": (
        "no-days",
        Text(
            en="This is a share of the quarter's sales. How many days of sales is it?",
            zh="这是占本季度销售额的比例。它相当于多少天的销售额？",
        ),
    ),
}


def _days_part(quarter: str) -> NumberItem:
    words = _QUARTERS[quarter]
    return NumberItem(
        ask=Text(en=f"DSO at the end of the {words.en}", zh=f"{words.zh}末的 DSO"),
        unit=Text(en="days", zh="天"),
        decimals=1,
        rel_tol=0.0,
        abs_tol=0.15,
        solve=_days(quarter)("right"),
        traps=_traps(_days(quarter), _DAYS_WRONG),
        hint=Text(
            en="Divide all that is open at the end of the quarter by the average daily sales of that quarter.",
            zh="用季末全部未收款除以该季度的日均销售额。",
        ),
        why=_SEE_PARTS,
    )


def _behaviour(params: Params) -> str:
    return _year(params["sample"]).behaviour


def _seems(reading: Callable[[Quarter], float]) -> Callable[[Params], str | None]:
    """What a number seems to say from the first quarter to the last, silent where it is true."""

    def seems(params: Params) -> str | None:
        year = _year(params["sample"])
        found = _trend([reading(quarter) for quarter in year.quarters])
        return None if found == year.behaviour else found

    return seems


_BEHAVIOUR_PARTS: dict[str, Item] = {
    **{quarter: _days_part(quarter) for quarter in _QUARTERS},
    "behaviour": ChoiceItem(
        ask=Text(
            en="how customers paid in the quarter that differs, if one does", zh="若有一个季度不同，客户付款的变化"
        ),
        options={
            "unchanged": Text(en="they paid alike in all three", zh="三个季度一样"),
            "later": Text(en="they paid later", zh="付款变慢"),
            "sooner": Text(en="they paid sooner", zh="付款变快"),
        },
        solve=_behaviour,
        traps=(
            Trap(
                "DSO-alone",
                _seems(lambda quarter: quarter.days),
                Text(
                    en="You read it off the DSO. That moves with sales, too. Follow one month's invoices: did their "
                    "payment change?",
                    zh="你是从 DSO 读出来的。可是销售额变了，它也会变。请跟踪某一个月的发票：它们的付款情况变了吗？",
                ),
            ),
            Trap(
                "age-of-the-book",
                _seems(lambda quarter: quarter.oldest_share),
                Text(
                    en="You read it off the age of the book. Rising sales fill it with fresh invoices. Compare what is "
                    "open with the sales of its own month.",
                    zh="你是从账龄结构读出来的。销售额上升时，新发票自然占得多。请把未收的款与它自己那个月的销售额相比。",
                ),
            ),
            Trap(
                "all-from-sales",
                lambda params: None if _behaviour(params) == "unchanged" else "unchanged",
                Text(
                    en="You put it all down to sales. Divide what is open by the sales of its own month: do invoices "
                    "of the same age look the same in every quarter?",
                    zh="你把变化都归因于销售额。请用未收的款除以它自己那个月的销售额：同样账龄的发票，每个季度都一样吗？",
                ),
            ),
            Trap(
                "turned",
                lambda params: {"later": "sooner", "sooner": "later"}.get(_behaviour(params)),
                Text(
                    en="One quarter does differ. In that quarter, is more or less of a month's sales still open than "
                    "in the others, at the same age?",
                    zh="确实有一个季度不同。在同样的账龄上，那个季度未收的比例比其他季度高还是低？",
                ),
            ),
        ),
        hint=Text(
            en="Follow one month's invoices. Did their payment change?",
            zh="请跟踪某一个月的发票。它们的付款情况变了吗？",
        ),
        why=_SEE_PARTS,
    ),
}


def _ledger(params: Params) -> pd.DataFrame:
    """Nine months as the student sees them: sales, and what of them is open when their quarter ends."""
    year = _year(params["sample"])
    rows = [
        (name, round(sold), round(left))
        for name, quarter in zip(_QUARTERS, year.quarters, strict=True)
        for sold, left in zip(quarter.sales, quarter.open, strict=True)
    ]
    index = pd.RangeIndex(1, len(rows) + 1, name="month")
    return pd.DataFrame(rows, columns=["quarter", "sales", "open"], index=index)


def _why_year(params: Params) -> Text:
    year = _year(params["sample"])
    en, zh = [], []
    for words, quarter in zip(_QUARTERS.values(), year.quarters, strict=True):
        left, sold = sum(quarter.open), sum(quarter.sales)
        days = f"{shown(left)} / ({shown(sold)} / {_QUARTER_DAYS}) = {quarter.days:.1f}"
        shares = [f"{100 * one / month:.0f}%" for one, month in zip(quarter.open, quarter.sales, strict=True)][::-1]
        en.append(f"{words.en.capitalize()}: {days}; open by age {', '.join(shares)}")
        zh.append(f"{words.zh}：{days}；各账龄未收的比例 {'、'.join(shares)}")
    said = _BEHAVIOUR_PARTS["behaviour"]
    assert isinstance(said, ChoiceItem)
    verdict = said.options[year.behaviour]
    return Text(
        en=f"{'. '.join(en)}. Shares of a month's own sales do not depend on growth: {verdict.en}.",
        zh=f"{'。'.join(zh)}。占当月销售额的比例不受增长影响：{verdict.zh}。",
    )


item_4 = PartsItem(
    id="credit_policy-4",
    ask=Text(
        en="Lanwan's finance head watches days sales outstanding (DSO) at the end of each quarter. The table gives "
        "nine months in yuan: sales, and what of them is still open when their quarter ends. By then all older "
        "invoices are settled. A quarter has 90 days; DSO takes the sales of the quarter. Give the three DSO. Then "
        'judge the customers. They may have paid `"later"` or `"sooner"` in one quarter than in the other two. Or '
        'nothing changed in how they pay: `"unchanged"`. Which is it?',
        zh="蓝湾的财务主管每季末都看应收账款周转天数（DSO）。表中是九个月的数字（元）：销售额（sales），"
        "以及到该季度末仍未收回的部分（open）。更早的发票到那时都已结清。一个季度按 90 天计，DSO 用该季度的销售额计算。"
        '请给出三个 DSO，再判断客户的行为：可能有一个季度，他们付款比另外两个季度慢（`"later"`）'
        '或快（`"sooner"`）；也可能付款方式一直没有变（`"unchanged"`）。是哪一种？',
    ),
    choices={"sample": sample_names(200)},
    example={"sample": PUBLISHED},
    reject=lambda params: _unclear(_BEHAVIOUR_PARTS, params),
    exhibit=_ledger,
    parts=_BEHAVIOUR_PARTS,
    why=_why_year,
    concepts=("policy.finance-type", "policy.sales-type"),
)

# --- E12.5 what becomes of the book ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """Open amounts by age, and what becomes of a yuan of each within a month."""

    transitions: pd.DataFrame
    amounts: dict[str, float]


def _drawn_rows(*fields: str) -> dict[str, dict[str, float]]:
    """What becomes of a yuan of each age; what is left of it ages on."""

    def pick(name: str, values: Sequence[float]) -> float:
        return chosen_by(values, *fields, name)

    rows = {
        "current": {
            "paid": pick("fresh paid", (0.55, 0.6, 0.65, 0.7)),
            "bad": 0.0,
            "current": pick("fresh stays", (0.05, 0.1, 0.15)),
        },
        "1-30": {
            "paid": pick("late paid", (0.35, 0.4, 0.45, 0.5)),
            "bad": pick("late bad", (0.0, 0.01, 0.02)),
            "current": pick("late back", (0.05, 0.1)),
            "1-30": pick("late stays", (0.1, 0.15, 0.2)),
        },
        "31-60": {
            "paid": pick("old paid", (0.2, 0.25, 0.3, 0.35)),
            "bad": pick("old bad", (0.1, 0.15, 0.2, 0.25)),
            "current": pick("old back", (0.0, 0.05)),
            "1-30": pick("old younger", (0.05, 0.1, 0.15)),
        },
    }
    for row, oldest in zip(rows.values(), ("1-30", "31-60", "31-60"), strict=True):
        row[oldest] = round(1 - sum(row.values()), 2)
    return rows


@cache
def _book(sample: str) -> Book:
    rows: dict[str, dict[str, float]]
    if sample == PUBLISHED:  # the form of Render and Stair
        rows = {
            "0-30": {"paid": 0.6, "bad": 0.0, "0-30": 0.2, "31-90": 0.2},
            "31-90": {"paid": 0.4, "bad": 0.1, "0-30": 0.3, "31-90": 0.2},
        }
        amounts = {"0-30": 2000.0, "31-90": 5000.0}
    else:
        fields = ("credit_policy-5", sample)
        rows = _drawn_rows(*fields)
        most = {"current": range(160, 321, 20), "1-30": range(50, 131, 10), "31-60": range(30, 91, 10)}
        amounts = {age: 1000.0 * chosen_by(values, *fields, "amount", age) for age, values in most.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").fillna(0.0)
    return Book(table[["paid", "bad", *rows]], amounts)


@cache
def _outcome(sample: str) -> AgeingOutcome:
    book = _book(sample)
    return ageing_outcome(book.transitions, book.amounts)


@cache
def _read_book(sample: str) -> dict[str, Readings]:
    """What is collected and lost, as it is meant ("right") and as it is misread."""
    book, found = _book(sample), _outcome(sample)
    amounts = np.array(list(book.amounts.values()))
    paid, bad = book.transitions["paid"].to_numpy(), book.transitions["bad"].to_numpy()
    moves = book.transitions[list(book.amounts)].to_numpy()
    total = float(amounts.sum())
    both = {"collected": (found.collected, paid, bad), "lost": (found.lost, bad, paid)}
    readings = {
        end: {
            "right": right,
            "one-step": float(amounts @ this),
            "two-steps": float(amounts @ this + amounts @ moves @ this),
            "all-but-other": total - float(amounts @ that),
            "never-moves": float(amounts @ (this / (this + that))),
            "other-end": total - right,
            "share": right / total,
            "percent": 100 * right / total,
        }
        for end, (right, this, that) in both.items()
    }
    return {end: _silent_near(values, gap=0.01 * values["right"]) for end, values in readings.items()}


def _end(end: str) -> Callable[[str], Callable[[Params], float]]:
    return lambda reading: lambda params: _read_book(params["sample"])[end][reading]


_SHARE = (
    "share",
    Text(
        en="That is a share. How many yuan of the book is it?",
        zh="这是一个比例。它相当于账款中的多少元？",
    ),
)
_BOOK_WRONG = {
    "one-step": (
        "one-step",
        Text(
            en="You looked one month ahead. What is open after it keeps moving: where does it end?",
            zh="你只看了一个月。一个月后未收的款还会继续变动：最后会到哪里？",
        ),
    ),
    "two-steps": (
        "two-steps",
        Text(
            en="You followed the book for a while and stopped. Sum over all the months, however many.",
            zh="你跟踪了一段就停了。要把以后所有的月份都加起来。",
        ),
    ),
    "never-moves": (
        "never-moves",
        Text(
            en="You let every account stay at its age until its end. What becomes of one that ages, or gets younger, "
            "on the way?",
            zh="你假定每笔账一直停在原来的账龄上。中途账龄变长或变短的账会怎样？",
        ),
    ),
    "other-end": (
        "other-end",
        Text(
            en="This is the other half of the book. Which of the two columns leads to the end that is asked?",
            zh="这是账款的另一部分。题目问的结局对应哪一列？",
        ),
    ),
    "share": _SHARE,
    "percent": _SHARE,
}
_NOT_YET = {
    "collected": Text(
        en="You counted all that is not written off within the month. Is it sure to be paid?",
        zh="凡是一个月内没有核销的，你都算作收回了。它们一定会付吗？",
    ),
    "lost": Text(
        en="You counted all that is not paid within the month. Is it gone for good?",
        zh="凡是一个月内没有付的，你都算作损失了。它们真的收不回来了吗？",
    ),
}


def _end_part(end: str, ask: Text) -> NumberItem:
    return NumberItem(
        ask=ask,
        unit=_MONEY,
        decimals=0,
        rel_tol=0.003,
        abs_tol=1.0,
        solve=_end(end)("right"),
        traps=_traps(_end(end), {**_BOOK_WRONG, "all-but-other": ("not-yet-is-never", _NOT_YET[end])}),
        hint=Text(
            en="Debts keep moving next month. Sum over all the months; `ageing_outcome` does it.",
            zh="下个月账款还会继续变动。把所有月份加起来；`ageing_outcome` 会这样做。",
        ),
        why=_SEE_PARTS,
        points=2,
    )


_BOOK_PARTS: dict[str, Item] = {
    "collected": _end_part("collected", Text(en="collected of the book in the end", zh="账款最终收回的金额")),
    "lost": _end_part("lost", Text(en="lost of the book in the end", zh="账款最终损失的金额")),
}


def _shown_book(params: Params) -> pd.DataFrame:
    """The chances of a month, and what is open today, as the student sees them."""
    book = _book(params["sample"])
    return book.transitions.assign(book=pd.Series(book.amounts)).rename_axis("age")


def _why_book(params: Params) -> Text:
    book, found = _book(params["sample"]), _outcome(params["sample"])
    bad = ageing_chain(book.transitions).bad
    chances = [f"`{age}` {float(bad[age]):.4f}" for age in book.amounts]
    steps = " + ".join(f"{shown(amount)} * {float(bad[age]):.4f}" for age, amount in book.amounts.items())
    collected, lost = f"{found.collected:,.0f}", f"{found.lost:,.0f}"
    return Text(
        en=f"All months together, `ageing_chain` gives each age its chance of never being paid: {', '.join(chances)}. "
        f"Lost: {steps} = {lost}. The rest is collected: {collected}.",
        zh=f"把所有月份合起来，`ageing_chain` 给出各账龄最终成为坏账的概率：{'，'.join(chances)}。"
        f"损失：{steps} = {lost}。其余收回：{collected}。",
    )


item_5 = PartsItem(
    id="credit_policy-5",
    ask=Text(
        en="The table is Lanwan's ageing schedule as a chain, one row per age in days past due. Its columns say what "
        "becomes of a yuan of that age within a month: it is `paid`, written off (`bad`), or open at one of the ages. "
        "A part payment can make an account younger again. The last column, `book`, holds the yuan that are open "
        "today. "
        "How much of this book will be collected in the end, and how much will be lost?",
        zh="表中把蓝湾的账龄表写成一条账龄链，每行是一个账龄（逾期天数）。各列表示该账龄的每一元在一个月内的去向："
        "付清（`paid`）、核销为坏账（`bad`），或停留在某一账龄。客户付了一部分后，账龄可能变短。"
        "最后一列（`book`）是今天未收的金额（元）。这些账款最终会收回多少，损失多少？",
    ),
    choices={"sample": sample_names(100)},
    example={"sample": PUBLISHED},
    reject=lambda params: _unclear(_BOOK_PARTS, params),
    exhibit=_shown_book,
    parts=_BOOK_PARTS,
    why=_why_book,
    concepts=("policy.finance-type",),
)

# --- E12.6 limits under a cap ----------------------------------------------------------------------------------------

_SALONS = tuple("ABCDE")
_NEAR_ENOUGH = 0.98  # of the best profit
_OVER = 0.001  # of the cap, for limits rounded to whole yuan
_TERMS = ("margin", "demand", "default", "slope", "lgd")
_NO_CAP = 1e12


@dataclass(frozen=True)
class Salon:
    """What decides on a salon's limit; the names are those of ``allocate_limits``."""

    margin: float
    demand: float
    default: float
    slope: float
    lgd: float

    def loss(self, limit: float) -> float:
        """Expected loss with a limit."""
        return limit * (self.default + self.slope * limit / self.demand) * self.lgd

    def profit(self, limit: float) -> float:
        """Expected profit with a limit, the expected loss taken off."""
        chance = self.default + self.slope * limit / self.demand
        return self.margin * limit * (1 - chance) - self.loss(limit)


@dataclass(frozen=True)
class ShareOut:
    """Limits of the five, what they earn, by which part of the cap they exceed it, and what each could use."""

    limits: tuple[float, ...]
    profit: float
    over: float
    demand: tuple[float, ...]


_SORTS: dict[str, tuple[Sequence[float], ...]] = {  # margin, demand, default, slope, lgd
    "safe": ((0.06, 0.07, 0.08), (30_000, 40_000, 50_000), (0.005, 0.01), (0.01, 0.02, 0.03), (0.4, 0.5)),
    "sound": ((0.12, 0.14, 0.16), (40_000, 60_000, 80_000), (0.02, 0.03), (0.06, 0.08, 0.1), (0.5, 0.6)),
    "large": ((0.1, 0.12), (90_000, 120_000), (0.03, 0.04, 0.05), (0.08, 0.12, 0.16), (0.5, 0.6, 0.7)),
    "growing": ((0.2, 0.24, 0.28), (30_000, 50_000, 70_000), (0.04, 0.05, 0.06), (0.16, 0.2, 0.24), (0.5, 0.6, 0.7)),
    "risky": ((0.26, 0.3, 0.34), (40_000, 60_000, 80_000), (0.09, 0.11, 0.13), (0.2, 0.26, 0.3), (0.7, 0.8, 0.9)),
}


@cache
def _salons(sample: str) -> tuple[Salon, ...]:
    fields = ("credit_policy-6", sample)
    drawn = [
        Salon(*(chosen_by(values, *fields, sort, name) for name, values in zip(_TERMS, columns, strict=True)))
        for sort, columns in _SORTS.items()
    ]
    return tuple(mixed_by(drawn, *fields, "order"))


def _applicants(params: Params) -> pd.DataFrame:
    """The five salons as the student sees them."""
    rows = [[getattr(salon, name) for name in _TERMS] for salon in _salons(params["sample"])]
    return pd.DataFrame(rows, index=pd.Index(_SALONS, name="salon"), columns=list(_TERMS))


@lru_cache(maxsize=4096)
def _allocated(sample: str, cap: float) -> Limits:
    salons = _salons(sample)
    margin, demand, default, slope, lgd = ([getattr(salon, name) for salon in salons] for name in _TERMS)
    return allocate_limits(margin, demand, default, slope, lgd, cap)


def _named(limits: Iterable[float]) -> dict[str, float]:
    return {name: float(limit) for name, limit in zip(_SALONS, limits, strict=True)}


def _best_limits(params: Params) -> dict[str, float]:
    return _named(_allocated(params["sample"], params["cap"]).limit)


def _shared_out(limits: Sequence[float], params: Params) -> ShareOut:
    salons, cap = _salons(params["sample"]), params["cap"]
    pairs = list(zip(salons, limits, strict=True))
    return ShareOut(
        tuple(limits),
        sum(salon.profit(limit) for salon, limit in pairs),
        sum(salon.loss(limit) for salon, limit in pairs) / cap - 1,
        tuple(salon.demand for salon in salons),
    )


def _fitting(limits: Sequence[float], salons: Sequence[Salon], allowed: float) -> float:
    """By which factor, at most 1, limits have to be multiplied so that their expected loss is what is allowed."""
    first = sum(salon.default * salon.lgd * limit for salon, limit in zip(salons, limits, strict=True))
    second = sum(salon.slope * salon.lgd * limit**2 / salon.demand for salon, limit in zip(salons, limits, strict=True))
    return min(1.0, (math.sqrt(first**2 + 4 * second * allowed) - first) / (2 * second))


def _shrunk(limits: Callable[[Params], Sequence[float]]) -> Callable[[Params], list[float]]:
    """Limits in fixed proportions, as large as the cap allows."""

    def shrunk(params: Params) -> list[float]:
        wanted = limits(params)
        factor = _fitting(wanted, _salons(params["sample"]), params["cap"])
        return [factor * limit for limit in wanted]

    return shrunk


def _in_turn(rank: Callable[[Salon], float], *, only: int = len(_SALONS)) -> Callable[[Params], list[float]]:
    """Full limits in the order of a rank, the lowest first, until the cap is reached."""

    def in_turn(params: Params) -> list[float]:
        salons, left = _salons(params["sample"]), float(params["cap"])
        limits = [0.0] * len(salons)
        for place in sorted(range(len(salons)), key=lambda place: rank(salons[place]))[:only]:
            salon = salons[place]
            limits[place] = salon.demand * _fitting([salon.demand], [salon], left)
            left = max(0.0, left - salon.loss(limits[place]))
        return limits

    return in_turn


def _first_yuan(salon: Salon) -> float:
    """Profit per yuan of expected loss, of the first yuan of limit."""
    return salon.margin * (1 - salon.default) / (salon.default * salon.lgd) - 1


def _demands(params: Params) -> list[float]:
    return [salon.demand for salon in _salons(params["sample"])]


def _without_cap(params: Params) -> list[float]:
    return [float(limit) for limit in _allocated(params["sample"], _NO_CAP).limit]


def _unless_good(limits: Callable[[Params], Sequence[float]]) -> Callable[[Params], dict[str, float] | None]:
    """Wrong limits, silent where they would count as right, or nearly."""

    def wrong(params: Params) -> dict[str, float] | None:
        found = _shared_out(limits(params), params)
        close = _allocated(params["sample"], params["cap"]).profit * (2 * _NEAR_ENOUGH - 1)
        return None if found.over <= 2 * _OVER and found.profit >= close else _named(found.limits)

    return wrong


_AMOUNT = NumberItem(  # reads one number, or says what was given instead
    ask=Text(en="", zh=""), solve=lambda params: 0.0, hint=Text(en="", zh=""), why=Text(en="", zh=""), unit=_MONEY
)


def _as_dictionary(answer: Any) -> Mapping[Any, Any] | None:
    if isinstance(answer, Mapping):
        return answer
    return answer.to_dict() if isinstance(answer, pd.Series) and set(answer.index) == set(_SALONS) else None


def _one_each(answer: Any) -> list[Any]:
    """What is given for each salon, from a dictionary or from five numbers in the order of the table."""
    named = _as_dictionary(answer)
    if named is not None:
        given = {name.strip().upper(): limit for name, limit in named.items() if isinstance(name, str)}
        if given.keys() <= set(_SALONS) and len(given) == len(named):
            return [given.get(name, ...) for name in _SALONS]
    else:
        try:
            row = np.asarray(answer, dtype=object)
        except Exception:  # an object that fails when asked for an array
            row = np.empty(())
        if row.shape == (len(_SALONS),):
            return list(row)
    raise NotAnAnswerError(
        Text(
            en="Give a limit for each salon: a dictionary with A, B, C, D and E, or a list of numbers in this order.",
            zh="请给出每家店的额度：一个含 A、B、C、D、E 的字典，或按此顺序排列的一列数。",
        )
    )


_OVER_THE_CAP = Text(
    en="The expected losses of your limits add up to more than the cap. Where does a yuan of loss earn least?",
    zh="按你的额度，预期损失合计超过了上限。哪里的一元预期损失换来的利润最少？",
)
_CAP_UNUSED = Text(
    en="Your limits leave a part of the allowed loss unused. Where would it earn most?",
    zh="按你的额度，允许的预期损失还没有用完。用在哪里利润最高？",
)


@dataclass(frozen=True, kw_only=True)
class LimitsItem(Item):
    """One limit per salon, judged by regret: right within the cap and near the best profit, whatever the limits."""

    def read(self, answer: Any, params: Params) -> ShareOut:
        given = _one_each(answer)
        missing = [name for name, limit in zip(_SALONS, given, strict=True) if limit is ...]
        if missing:
            raise NotAnAnswerError(
                Text(en=f"No limit yet for {', '.join(missing)}.", zh=f"还缺额度：{'、'.join(missing)}。")
            )
        limits = []
        for name, limit, salon in zip(_SALONS, given, _salons(params["sample"]), strict=True):
            number = _AMOUNT.read(limit, params)
            if not 0 <= number <= salon.demand * (1 + 1e-6):
                raise NotAnAnswerError(
                    Text(
                        en=f"A limit for {name} lies between 0 and what {name} can use, its demand.",
                        zh=f"{name} 的额度应在 0 与它的需求（demand）之间。",
                    )
                )
            limits.append(number)
        return _shared_out(limits, params)

    def target(self, solution: Any, params: Params) -> ShareOut | None:
        return None if solution is None else self.read(solution, params)

    def same(self, value: ShareOut, target: ShareOut) -> bool:
        return value.over <= _OVER and value.profit >= _NEAR_ENOUGH * target.profit

    def falls(self, value: ShareOut, wrong: ShareOut | None) -> bool:
        if wrong is None:
            return False
        return all(
            abs(one - other) <= 0.01 * most
            for one, other, most in zip(value.limits, wrong.limits, value.demand, strict=True)
        )

    def check(self, answer: Any, params: Params) -> Feedback:
        feedback = super().check(answer, params)
        if feedback.status != "wrong":
            return feedback
        over = self.read(answer, params).over
        if over > _OVER:
            return Feedback("trap", _OVER_THE_CAP, trap="over-the-cap")
        return Feedback("trap", _CAP_UNUSED, trap="cap-unused") if over < -0.05 else feedback


_SAFEST = Text(
    en="You served the safest first. Little is lost on them, but what do they earn? Compare profit per yuan of "
    "expected loss.",
    zh="你先满足最安全的店。它们的损失小，可是利润呢？请比较每一元预期损失带来的利润。",
)
_LIMIT_TRAPS: tuple[Trap, ...] = (
    Trap(
        "by-demand",
        _unless_good(_shrunk(_demands)),
        Text(
            en="You shared the credit out in proportion to demand. Does a yuan of expected loss earn the same with "
            "each of them?",
            zh="你按需求的比例分配。每家店的一元预期损失，带来的利润都一样吗？",
        ),
    ),
    Trap("safest", _unless_good(_in_turn(lambda salon: salon.default, only=1)), _SAFEST),
    # Often this is the order of safety, too; then its hint is the one that fits both.
    Trap(
        "first-yuan",
        _unless_good(_in_turn(lambda salon: -_first_yuan(salon))),
        Text(
            en="You ranked the salons once and filled them up one after the other. The chance of default rises with "
            "the limit: what does the last yuan of a full limit earn?",
            zh="你只排了一次名次，然后逐家给足。违约概率随额度上升：给足时的最后一元额度带来多少？",
        ),
    ),
    Trap("safest", _unless_good(_in_turn(lambda salon: salon.default)), _SAFEST),
    Trap(
        "equal",
        _unless_good(_shrunk(lambda params: [min(_demands(params))] * len(_SALONS))),
        Text(
            en="You gave everybody the same limit. Does the last yuan of it earn the same everywhere, too?",
            zh="你给每家店同样的额度。最后一元额度在各店带来的也一样多吗？",
        ),
    ),
    Trap(
        "by-margin",
        _unless_good(_in_turn(lambda salon: -salon.margin)),
        Text(
            en="You served the highest margin first. What does it cost in expected loss, which is what is scarce here?",
            zh="你先满足 `margin` 最高的店。为此要付出多少预期损失？这里稀缺的正是它。",
        ),
    ),
    Trap(
        "no-cap",
        _unless_good(_without_cap),
        Text(
            en="You took the best limit of each salon alone. What do their expected losses add up to?",
            zh="你给每家店的是它单独看时最好的额度。它们的预期损失合计是多少？",
        ),
    ),
    Trap(
        "shrunk",
        _unless_good(_shrunk(_without_cap)),
        Text(
            en="You cut the best limits of all by the same factor. Where does a yuan of expected loss earn least? "
            "Cut there first.",
            zh="你把各家单独最好的额度按同一比例压缩了。哪里的一元预期损失换来的利润最少？应先从那里削减。",
        ),
    ),
)


def _no_limits(params: Params) -> bool:
    """Whether the cap hardly matters, the answer has no middle, or one of the two common ways does nearly as well."""
    best = _allocated(params["sample"], params["cap"])
    between = [0 < limit < most for limit, most in zip(best.limit, _demands(params), strict=True)]
    plain = ("by-demand", "safest")
    return (
        best.price_of_risk < 0.2
        or sum(between) < 2
        or any(trap.wrong(params) is None for trap in _LIMIT_TRAPS if trap.name in plain)
    )


def _why_limits(params: Params) -> Text:
    best = _allocated(params["sample"], params["cap"])
    limits = [f"{name} {limit:,.0f}" for name, limit in _best_limits(params).items()]
    profit, price, cap = f"{best.profit:,.0f}", f"{best.price_of_risk:.2f}", shown(params["cap"])
    even = f"{_shared_out(_shrunk(_demands)(params), params).profit:,.0f}"
    return Text(
        en=f"Best limits: {', '.join(limits)}. They use the cap of {cap} and earn {profit}. For each salon in between, "
        f"one more yuan of expected loss earns {price}: the price of risk. Limits in proportion to demand earn {even}.",
        zh=f"最优额度：{'，'.join(limits)}。它们用足上限 {cap} 元，利润 {profit} 元。凡额度居中的店，"
        f"多一元预期损失都带来 {price} 元利润，这就是风险的价格。按需求的比例分配，利润只有 {even} 元。",
    )


item_6 = LimitsItem(
    id="credit_policy-6",
    ask=Text(
        en="Five salons ask Lanwan for credit. The table gives for each what a yuan of paid credit earns (`margin`) "
        "and the most it can use, in yuan (`demand`). A salon uses its whole limit L. Its chance of default rises with "
        "it: p = default + slope * L / demand. In a default the share `lgd` of the limit is lost. So the expected loss "
        "is L times p times lgd, and the expected profit is margin times L times (1 - p), less the expected loss. The "
        "expected losses of the five may add up to {cap:,} yuan at most. Give the limits with the highest total "
        "profit. (A profit within 2% of it counts in full.)",
        zh="五家店向蓝湾申请赊购。表中给出每家店：已付款的每一元赊销带来的利润（`margin`）和最多能用的金额"
        "（`demand`，元）。每家店都会用足额度 L，违约概率随额度上升：p = default + slope * L / demand。"
        "违约时损失额度的 `lgd` 部分。因此，预期损失等于 L 乘 p 乘 lgd；预期利润等于 margin 乘 L 乘 (1 - p)，"
        "再减去预期损失。五家店的预期损失合计不得超过 {cap:,} 元。请给出总利润最高的额度。"
        "（利润与最高值相差不超过 2% 即得满分。）",
    ),
    choices={"sample": sample_names(100), "cap": (2_000, 2_500, 3_000, 3_500, 4_000, 5_000)},
    example={"sample": PUBLISHED, "cap": 3_000},
    reject=_no_limits,
    solve=_best_limits,
    exhibit=_applicants,
    traps=_LIMIT_TRAPS,
    hint=Text(
        en="Give the next unit of limit to the salon with the best profit per unit of expected loss. At the end this "
        "ratio is equal for all whose limit lies between nothing and their demand.",
        zh="把下一单位额度给每单位预期损失带来利润最多的店。到最后，凡额度在零与需求之间的店，这个比值都相等。",
    ),
    why=_why_limits,
    concepts=("policy.limit",),
    points=4,
)


GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
