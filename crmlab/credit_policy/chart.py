"""What the models of chapter 12 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crmlab.core.charts import (
    DASHES,
    INK,
    MARKERS,
    PALETTE,
    SERIES,
    Margins,
    axis_titles,
    captioned,
    headline,
    number,
    percent,
    round_up,
    spread,
)
from crmlab.core.text import Text, say
from crmlab.credit_policy.model import Limits, SwitchToCredit, dso

YUAN = Text(en="yuan", zh="元")
DAYS = Text(en="days", zh="天")
TYPE_NAMES: Mapping[str, Text] = {
    "finance": Text(en="finance-oriented", zh="财务型"),
    "balanced": Text(en="balanced", zh="均衡型"),
    "sales": Text(en="sales-oriented", zh="销售型"),
}
CONVENTIONS: Mapping[str, Text] = {
    "nominal_360": Text(en="nominal, 360 days", zh="名义，360 天"),
    "nominal_365": Text(en="nominal, 365 days", zh="名义，365 天"),
    "effective_360": Text(en="effective, 360 days", zh="实际，360 天"),
    "effective_365": Text(en="effective, 365 days", zh="实际，365 天"),
}
CUSTOMER_NAMES: Mapping[str, Text] = {
    "Crane": Text(en="Crane", zh="仙鹤店"),
    "Finch": Text(en="Finch", zh="燕雀店"),
    "Heron": Text(en="Heron", zh="苍鹭店"),
    "Lark": Text(en="Lark", zh="云雀店"),
    "Robin": Text(en="Robin", zh="知更店"),
}


# --- discount --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DiscountView:
    """What it costs a year to leave a discount.

    Attributes
    ----------
    rates
        By convention, the keys of :data:`CONVENTIONS`.
    discount
        Share of the price.
    extra_days
        What one buys by not taking it [days].
    loan
        What a bank asks a year, effective.
    """

    rates: Mapping[str, float]
    discount: float
    extra_days: float
    loan: float


def discount_caption(view: DiscountView) -> str:
    """Say what the extra days cost."""
    days, rates = number(view.extra_days), [percent(view.rates[key], 1) for key in CONVENTIONS]
    cheaper = view.rates["effective_365"] > view.loan
    return say(
        en=f"Giving up {percent(view.discount, 1)} to pay {days} days later costs {rates[0]} or {rates[1]} a year "
        "nominal, "
        f"{rates[2]} or {rates[3]} effective, on 360 or 365 days; the bank asks {percent(view.loan)} effective, so "
        + ("borrow and take the discount." if cheaper else "leave the discount."),
        zh=f"放弃 {percent(view.discount, 1)} 的折扣，晚付 {days} 天，按一年 360 天或 365 天，名义年利率为 "
        f"{rates[0]} 或 {rates[1]}，"
        f"实际年利率为 {rates[2]} 或 {rates[3]}；银行的实际年利率是 {percent(view.loan)}，"
        + ("所以不如借钱付款，享受折扣。" if cheaper else "所以不必享受折扣。"),
    )


@captioned(discount_caption, size=(6.6, 3.4), margins=Margins(left=1.55, right=0.85, bottom=0.65, top=0.6))
def discount_bars(view: DiscountView, ax: Axes) -> Axes:
    """Draw the annual cost in four conventions beside a bank's rate."""
    values = [100 * view.rates[key] for key in CONVENTIONS]
    ys = np.arange(len(values))
    top = round_up(max(*values, 100 * view.loan))
    ax.set_xlim(0, top)
    ax.set_ylim(len(values) - 0.4, -0.75)
    ax.set_yticks(ys, [str(name) for name in CONVENTIONS.values()])
    ax.tick_params(axis="y", length=0)
    ax.barh(ys, values, color=SERIES[0], height=0.6)
    for y, value in zip(ys.tolist(), values, strict=True):
        ax.text(value, y, f"  {percent(value / 100, 1)}", va="center_baseline", weight="bold", clip_on=False)
    bank = 100 * view.loan
    ax.plot([bank, bank], [-0.45, len(values) - 0.4], color=PALETTE["vermilion"], linewidth=1.8, linestyle=DASHES[1])
    ax.text(bank, -0.55, say(en=" bank", zh=" 银行"), va="bottom", color=PALETTE["vermilion"], weight="bold")
    axis_titles(ax, x=say(en="cost of not taking the discount, % a year", zh="不享受折扣的成本（每年 %）"), y="")
    cheaper = view.rates["effective_365"] > view.loan
    headline(
        ax,
        say(en="Borrow from the bank and take the discount", zh="不如向银行借钱，享受折扣")
        if cheaper
        else say(en="Leave the discount: the supplier lends more cheaply", zh="不必享受折扣：供应商的钱更便宜"),
        lines=1,
    )
    return ax


# --- cash to credit --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class SwitchView:
    """What a switch to credit is worth over the additional units.

    Attributes
    ----------
    more
        Additional units per month, on the axis.
    npv
        For each [currency].
    now
        Additional units as set, and the switch with them.
    lost
        Value of what is never paid by the old, and by the new customers [currency].
    """

    more: NDArray[np.float64]
    npv: NDArray[np.float64]
    now: tuple[float, SwitchToCredit]
    lost: tuple[float, float]


def switch_caption(view: SwitchView) -> str:
    """Say what the switch is worth and where it breaks even."""
    more, found = view.now
    start = say(
        en=f"With {number(more)} more units a month the switch to credit is worth {number(found.npv)} yuan",
        zh=f"每月多卖 {number(more)} 件，改为赊销的净现值是 {number(found.npv)} 元",
    )
    if any(view.lost):
        old, new = (number(amount) for amount in view.lost)
        start += say(
            en=f", after {old} yuan that old customers never pay and {new} that new ones never pay",
            zh=f"，其中已扣除老客户不付的 {old} 元和新客户不付的 {new} 元",
        )
    if np.isinf(found.break_even_units):
        return start + say(en="; no number of additional units is enough.", zh="；多卖多少都不够。")
    units = number(found.break_even_units, 1)
    return start + say(en=f"; it breaks even at {units} more.", zh=f"；多卖 {units} 件，盈亏平衡。")


@captioned(switch_caption, size=(6.4, 4.0), margins=Margins(left=0.85, right=0.35, bottom=0.7, top=0.85))
def switch_line(view: SwitchView, ax: Axes) -> Axes:
    """Draw the net present value over the additional units."""
    low, high = float(view.npv.min()), float(view.npv.max())
    ax.set_xlim(view.more[0], view.more[-1])
    ax.set_ylim(-round_up(max(-low, 1.0)) / 1000, round_up(max(high, 1.0)) / 1000)
    ax.axhline(0, color="#8a8a8a", linewidth=1)
    ax.yaxis.grid(True)
    ax.plot(view.more, view.npv / 1000, color=PALETTE["blue"], linewidth=2.4)
    more, found = view.now
    if found.break_even_units <= view.more[-1]:
        ax.plot([found.break_even_units], [0], "D", color=PALETTE["vermilion"], markersize=8, clip_on=False)
    ax.plot([more], [found.npv / 1000], "o", color=INK, markersize=8, clip_on=False)
    axis_titles(
        ax,
        x=say(en="additional units a month (● set, ◆ breaks even)", zh="每月多卖的件数（● 当前，◆ 盈亏平衡）"),
        y=say(en="net present value, thousand yuan", zh="净现值（千元）"),
    )
    headline(
        ax,
        say(en="The switch to credit pays", zh="改为赊销，划算")
        if found.npv > 0
        else say(en="The switch to credit does not pay", zh="改为赊销，不划算"),
        lines=1,
    )
    return ax


# --- the ageing illusion ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class IllusionView:
    """Three months of sales and what is open of them.

    Attributes
    ----------
    sales
        The oldest first [currency].
    pattern
        As :func:`crmlab.credit_policy.payment_pattern` returns it, the newest first.
    dso
        Days sales outstanding.
    """

    sales: tuple[float, float, float]
    pattern: pd.DataFrame
    dso: float


def illusion_caption(view: IllusionView) -> str:
    """Say what the DSO reads, and what the customers do."""
    shares = [percent(share) for share in view.pattern["outstanding"]]
    book = [percent(share) for share in view.pattern["of_book"]]
    return say(
        en=f"DSO reads {number(view.dso)} days, and {book[0]}, {book[1]} and {book[2]} of the book are this month's, "
        "last "
        f"month's and older; of each month's sales {shares[0]}, {shares[1]} and {shares[2]} are open.",
        zh=f"DSO 为 {number(view.dso)} 天，账上 {book[0]}、{book[1]}、{book[2]} 分别是本月、上月和更早的；"
        f"而各月的销售中，未收的分别为 {shares[0]}、{shares[1]}、{shares[2]}。",
    )


@captioned(illusion_caption, size=(6.4, 4.0), margins=Margins(left=0.65, right=0.35, bottom=0.7, top=0.85))
def sales_and_open(view: IllusionView, ax: Axes) -> Axes:
    """Draw each month's sales with the open part hatched."""
    rows = view.pattern.iloc[::-1]
    ax.set_xlim(-0.6, 2.6)
    ax.set_ylim(0, 175)
    ax.yaxis.grid(True)
    names = (say(en="two months ago", zh="上上月"), say(en="last month", zh="上月"), say(en="this month", zh="本月"))
    ax.set_xticks(range(3), list(names))
    ax.tick_params(axis="x", length=0)
    for x, (sold, open_, share) in enumerate(zip(rows["sales"], rows["open"], rows["outstanding"], strict=True)):
        ax.bar([x], [sold], width=0.62, color="#d9d9d9")
        ax.bar([x], [open_], width=0.62, color=PALETTE["blue"], hatch="////")
        ax.text(
            x,
            sold + 4,
            say(en=f"{percent(share)} open", zh=f"{percent(share)} 未收"),
            ha="center",
            va="bottom",
            weight="bold",
        )
    axis_titles(
        ax,
        x=say(en="sales of the month, hatched: still open", zh="各月的销售，斜线：尚未收回"),
        y=say(en="thousand yuan", zh="千元"),
    )
    headline(ax, say(en=f"DSO reads {number(view.dso)} days", zh=f"DSO 为 {number(view.dso)} 天"), lines=1)
    return ax


def ledger_caption(ageing: pd.DataFrame) -> str:
    """Say how far DSO and payment swing."""
    days, still = _ledger_lines(ageing)
    return say(
        en=f"Over two years DSO moves between {number(days.min())} and {number(days.max())} days, while of each "
        "month's sales "
        f"{percent(still.min())} to {percent(still.max())} are still open a month later.",
        zh=f"两年间，DSO 在 {number(days.min())} 至 {number(days.max())} 天之间起伏；而各月的销售，"
        f"一个月后仍未收的，始终在 {percent(still.min())} 至 {percent(still.max())} 之间。",
    )


def _ledger_lines(ageing: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return DSO over a quarter, and the share of last month's sales still open, from the third month on."""
    open_ = ageing[["open_0", "open_1", "open_2", "open_3_plus"]].sum(axis=1).to_numpy()
    sales = ageing["sales"].to_numpy()
    days = [dso(float(open_[k]), sales[k - 2 : k + 1], 90) for k in range(2, len(sales))]
    return np.array(days), ageing["open_1"].to_numpy()[2:] / sales[1:-1]


@captioned(ledger_caption, size=(6.6, 3.8), margins=Margins(left=0.6, right=1.5, bottom=0.65, top=0.8))
def dso_and_pattern(ageing: pd.DataFrame, ax: Axes) -> Axes:
    """Draw DSO and the payment of each month's sales, both in parts of their mean."""
    days, still = _ledger_lines(ageing)
    months = ageing["month"].to_numpy()[2:]
    ax.set_xlim(months[0], months[-1])
    ax.set_ylim(50, 150)
    ax.axhline(100, color="#8a8a8a", linewidth=1)
    ax.set_xticks(months[::3])
    lines = [
        ("DSO", 100 * days / days.mean()),
        (say(en="open after a month", zh="一个月后未收"), 100 * still / still.mean()),
    ]
    ends = spread([float(path[-1]) for _, path in lines], 8, 54, 146)
    for place, ((name, path), y) in enumerate(zip(lines, ends, strict=True)):
        ax.plot(months, path, MARKERS[place], color=SERIES[place], linestyle=DASHES[place], linewidth=2, markersize=4)
        ax.text(months[-1] + 0.4, y, name, va="center_baseline", color=SERIES[place], weight="bold", clip_on=False)
    ax.yaxis.grid(True)
    axis_titles(ax, x=say(en="month", zh="月"), y=say(en="% of the two years' mean", zh="相当于两年平均的 %"))
    headline(ax, say(en="DSO follows the season; the payment does not", zh="DSO 随淡旺季起伏，付款却没有变"), lines=1)
    return ax


# --- policies --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PolicyView:
    """A firm's months under a policy.

    Attributes
    ----------
    path
        As :func:`crmlab.credit_policy.simulate_policy` returns it.
    months
        How many were asked for.
    """

    path: pd.DataFrame
    months: int

    @property
    def broke(self) -> bool:
        """Whether the cash ran out."""
        return bool(self.path["cash"].iloc[-1] < 0)


def policy_caption(view: PolicyView) -> str:
    """Say how far the firm came, and what it earned and lost on the way."""
    path = view.path
    earned = number(path["profit"].sum() / 1000)
    lost = number(path["bad_debt"].sum() / 1000)
    monthly = number(path["profit"].iloc[-1] / 1000, 1)
    if view.broke:
        return say(
            en=f"In month {len(path)} the cash runs out, at a profit of {monthly} thousand yuan a month; {earned} "
            "thousand had "
            f"been earned on paper, {lost} thousand given up as bad.",
            zh=f"第 {len(path)} 个月资金链断裂，而当月账面利润为 {monthly} 千元；账面上累计赚了 {earned} 千元，坏账 "
            f"{lost} 千元。",
        )
    return say(
        en=f"After {view.months} months {earned} thousand yuan are earned, the last month {monthly} thousand, {lost} "
        "thousand "
        f"are bad, and the cash was never below {number(path['cash'].min() / 1000)} thousand.",
        zh=f"{view.months} 个月累计利润 {earned} 千元，最后一个月 {monthly} 千元，坏账 {lost} 千元；"
        f"现金最低时为 {number(path['cash'].min() / 1000)} 千元。",
    )


#: Money grows by half in a few months, so the axis takes long steps: it would jump with each move otherwise.
_TOPS = tuple(step * 10.0**power for power in range(9) for step in (2, 6))


@captioned(policy_caption, size=(6.8, 4.2), margins=Margins(left=0.75, right=1.25, bottom=0.7, top=0.85))
def cash_and_profit(view: PolicyView, ax: Axes) -> Axes:
    """Draw cash, accumulated profit and accumulated bad debts until the firm ends or the cash does."""
    path = view.path / 1000
    lines = [
        (say(en="profit so far", zh="累计利润"), path["profit"].cumsum().to_numpy()),
        (say(en="cash", zh="现金"), path["cash"].to_numpy()),
        (say(en="bad debts", zh="累计坏账"), path["bad_debt"].cumsum().to_numpy()),
    ]
    highest = max(float(line.max()) for _, line in lines)
    top = next(limit for limit in _TOPS if limit >= highest)
    low = -0.08 * top
    ax.set_xlim(1, view.months)
    ax.set_ylim(low, top)
    ax.axhline(0, color="#8a8a8a", linewidth=1)
    ax.yaxis.grid(True)
    months = path.index.to_numpy()
    ends = spread([float(line[-1]) for _, line in lines], 0.075 * top, 0.5 * low, 0.97 * top)
    for place, ((name, line), y) in enumerate(zip(lines, ends, strict=True)):
        ax.plot(months, np.maximum(line, low), color=SERIES[place], linestyle=DASHES[place], linewidth=2.4)
        ax.text(months[-1] + 0.5, y, name, va="center_baseline", color=SERIES[place], weight="bold", clip_on=False)
    if view.broke:
        ax.plot([months[-1]], [0], "X", color=PALETTE["vermilion"], markersize=13, clip_on=False)
    axis_titles(
        ax,
        x=say(en="month (✖ no cash left)", zh="月（✖ 现金用尽）"),
        y=say(en="thousand yuan", zh="千元"),
    )
    headline(
        ax,
        say(en=f"Profitable on paper, out of cash in month {len(path)}", zh=f"账面盈利，第 {len(path)} 个月现金用尽")
        if view.broke
        else say(en=f"Solvent for {view.months} months", zh=f"{view.months} 个月，资金始终周转得开"),
        lines=1,
    )
    return ax


def _named(policies: pd.DataFrame, kind: str) -> pd.Series[Any]:
    return policies[[kind in kinds.split() for kinds in policies["type"]]].iloc[0]


def frontier_caption(policies: pd.DataFrame) -> str:
    """Name the three types."""
    parts_en, parts_zh = [], []
    for kind, name in TYPE_NAMES.items():
        row = _named(policies, kind)
        terms = (int(row["period_days"]), percent(row["discount"]), int(row["standard"]))
        parts_en.append(f"{name.en}: {terms[0]} days, {terms[1]} discount, standard {terms[2]}")
        parts_zh.append(f"{name.zh}：{terms[0]} 天，折扣 {terms[1]}，标准放宽 {terms[2]} 级")
    return say(
        en=f"Of {len(policies)} policies {int(policies['efficient'].sum())} are efficient. "
        + "; ".join(parts_en)
        + ".",
        zh=f"{len(policies)} 种政策中，有效的有 {int(policies['efficient'].sum())} 种。" + "；".join(parts_zh) + "。",
    )


@captioned(frontier_caption, size=(6.6, 4.2), margins=Margins(left=0.7, right=0.5, bottom=0.7, top=0.85))
def policy_frontier(policies: pd.DataFrame, ax: Axes) -> Axes:
    """Draw sales over bad debts for each policy, the efficient ones joined, the three types named."""
    xs, ys = 100 * policies["bad_debt"], policies["sales"] / 1000
    ax.set_xlim(-0.1, round_up(float(xs.max()) * 1.05))
    ax.set_ylim(80, round_up(float(ys.max()) * 1.05))
    best = policies[policies["efficient"]].sort_values("bad_debt")
    ax.plot(100 * best["bad_debt"], best["sales"] / 1000, color="#8a8a8a", linewidth=1.4, linestyle=DASHES[1])
    ax.plot(xs, ys, "o", color="#b0b0b0", markersize=5, linestyle="none")
    for place, (kind, name) in enumerate(TYPE_NAMES.items()):
        row = _named(policies, kind)
        x, y = 100 * row["bad_debt"], row["sales"] / 1000
        ax.plot([x], [y], MARKERS[place], color=SERIES[place], markersize=11)
        right = kind == "finance"  # the others lie above the frontier, where there is room on the left
        ax.text(
            x + (0.08 if right else -0.04),
            y + (-4 if right else 5),
            str(name),
            ha="left" if right else "right",
            va="top" if right else "bottom",
            color=SERIES[place],
            weight="bold",
        )
    axis_titles(
        ax,
        x=say(en="bad debts, % of sales (each dot a policy)", zh="坏账占销售额的 %（每点为一种政策）"),
        y=say(en="sales, thousand yuan a month", zh="销售额（千元/月）"),
    )
    headline(ax, say(en="More sales cost more bad debts", zh="销售越多，坏账越多"), lines=1)
    return ax


# --- limits ----------------------------------------------------------------------------------------------------------


def limits_caption(customers: pd.DataFrame, found: Limits) -> str:
    """Say what the limits earn and risk."""
    full = [
        str(CUSTOMER_NAMES[name])
        for name, limit, most in zip(customers["customer"], found.limit, customers["demand"], strict=True)
        if limit >= 0.995 * most
    ]
    who_en = ", ".join(full) if full else "nobody"
    who_zh = "、".join(full) if full else "没有一家"
    return say(
        en=f"These limits earn {number(found.profit)} yuan at an expected loss of {number(found.expected_loss)}; one "
        "more yuan "
        f"of allowed loss would earn {number(found.price_of_risk, 2)}; full demand goes to: {who_en}.",
        zh=f"这些额度的利润为 {number(found.profit)} 元，预期损失为 {number(found.expected_loss)} 元；"
        f"预期损失的上限每放宽 1 元，多赚 {number(found.price_of_risk, 2)} 元；需求得到满足的有：{who_zh}。",
    )


@captioned(limits_caption, size=(6.4, 3.4), margins=Margins(left=0.85, right=0.6, bottom=0.65, top=0.6))
def limit_bars(customers: pd.DataFrame, found: Limits, ax: Axes) -> Axes:
    """Draw each customer's limit over her demand."""
    ys = np.arange(len(customers))
    demand, limit = customers["demand"].to_numpy() / 1000, found.limit / 1000
    ax.set_xlim(0, round_up(float(demand.max())))
    ax.set_ylim(len(ys) - 0.4, -0.6)
    ax.set_yticks(ys, [str(CUSTOMER_NAMES[name]) for name in customers["customer"]])
    ax.tick_params(axis="y", length=0)
    ax.barh(ys, demand, height=0.62, color="#e4e4e4")
    ax.barh(ys, limit, height=0.62, color=PALETTE["blue"])
    for y, most, given in zip(ys.tolist(), demand, limit, strict=True):
        ax.text(most, y, f"  {number(given)}", va="center_baseline", weight="bold", clip_on=False)
    axis_titles(ax, x=say(en="limit, thousand yuan; pale: demand", zh="额度（千元）；浅色：需求"), y="")
    headline(
        ax,
        say(en="Limits go where the next yuan of risk earns most", zh="下一元风险在哪里赚得最多，额度就给哪里"),
        lines=1,
    )
    return ax
