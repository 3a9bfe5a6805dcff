"""What the models of chapter 02 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crmlab.core.charts import (
    DASHES,
    INK,
    PALE,
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
from crmlab.value_tiers.model import gini

MONEY = Text(en="yuan per year", zh="元/年")

TIERS: Mapping[str, Text] = {
    "top": Text(en="top", zh="高端"),
    "large": Text(en="large", zh="大"),
    "medium": Text(en="medium", zh="中等"),
    "small": Text(en="small", zh="小"),
}
COLUMNS: Mapping[str, Text] = {
    "customers": Text(en="customers", zh="客户"),
    "revenue": Text(en="revenue", zh="收入"),
    "profit": Text(en="profit", zh="利润"),
}
READINGS: Mapping[str, Text] = {
    "net": Text(en="half of the 80% of final profit", zh="最终利润 80% 的一半"),
    "top": Text(en="half of what the top group makes", zh="头部客户所创利润的一半"),
    "gross": Text(en="half of all that is made", zh="全部盈利的一半"),
}
CODINGS: Mapping[str, Text] = {
    "r": Text(en="recency alone: 5 cells", zh="只看 R：5 格"),
    "rf": Text(en="recency and frequency: 25 cells", zh="看 R 和 F：25 格"),
    "rfm": Text(en="all three: 125 cells", zh="R、F、M 都看：125 格"),
}
_TIER_COLOURS = (PALETTE["blue"], PALETTE["sky blue"], PALETTE["orange"], "#d9d9d9")


# --- the broken pyramid ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PyramidView:
    """A pyramid of four tiers: shares of customers, revenue and profit [percent].

    Attributes
    ----------
    table
        Rows as in ``TIERS``, columns as in ``COLUMNS``.
    curve
        Lorenz curve of the revenue; None while the numbers allow none.
    """

    table: pd.DataFrame
    curve: pd.DataFrame | None

    @property
    def sums(self) -> list[float]:
        """Total of each column."""
        return [float(total) for total in self.table.sum()]

    @property
    def adds_up(self) -> bool:
        """Whether every column adds up to 100."""
        return all(abs(total - 100) < 1e-9 for total in self.sums)

    @property
    def whole(self) -> bool:
        """Whether every column adds up to 100, and no tier without customers brings anything."""
        return self.adds_up and self.curve is not None


def pyramid_caption(view: PyramidView) -> str:
    """Say whether the columns are shares, and how unequal the customers then are."""
    sums = say(en=", ", zh="、").join(
        f"{name} {total:g}" for name, total in zip(COLUMNS.values(), view.sums, strict=True)
    )
    if view.adds_up and not view.whole:
        return say(
            en="Every column adds up to 100, but a tier without customers brings revenue.",
            zh="各列合计都是 100，但有一层没有客户却有收入。",
        )
    if not view.whole:
        return say(
            en=f"The columns add up to {sums}: shares must add up to 100, so a number is in the wrong place.",
            zh=f"各列合计：{sums}。份额之和应为 100，所以有数字放错了位置。",
        )
    customers, revenue, profit = (view.table[name].to_numpy(dtype=float) for name in COLUMNS)
    unequal = gini(customers, revenue)
    rates = say(en=", ", zh="、").join(f"{p / r:.2f}" if r else "–" for p, r in zip(profit, revenue, strict=True))
    head, brought = number(customers[0]), number(revenue[0])
    return say(
        en=f"Every column adds up to 100: {head}% of the customers bring {brought}% of the revenue "
        f"(Gini {unequal:.3f}); profit over revenue is {rates} from top to small.",
        zh=f"各列合计都是 100：{head}% 的客户带来 {brought}% 的收入"
        f"（基尼系数 {unequal:.3f}）；利润份额与收入份额之比自上而下为 {rates}。",
    )


@captioned(pyramid_caption, size=(6.6, 4.0), margins=Margins(left=0.5, right=0.3, bottom=0.45, top=0.65))
def pyramid(view: PyramidView, ax: Axes) -> Axes:
    """Draw the three columns as stacks against a line at 100, and beside them the Lorenz curve of the revenue."""
    numbers = view.table.to_numpy(dtype=float)
    top = 20 * math.ceil(max(115.0, 1.1 * max(view.sums)) / 20)
    ax.set_xlim(-0.5, 5.9)
    ax.set_ylim(0, top)
    bottom = np.zeros(3)
    for row, (colour, name) in enumerate(zip(_TIER_COLOURS, TIERS.values(), strict=True)):
        ax.bar(range(3), numbers[row], bottom=bottom, width=0.9, color=colour, edgecolor="white", linewidth=1.2)
        for place in range(3):
            if numbers[row, place] >= 0.035 * top:
                ax.text(
                    place,
                    bottom[place] + numbers[row, place] / 2,
                    f"{name} {number(numbers[row, place])}",
                    ha="center",
                    va="center_baseline",
                    color="white" if row == 0 else INK,
                )
        bottom = bottom + numbers[row]
    ax.plot([-0.5, 2.5], [100, 100], color=INK, linewidth=1, linestyle=(0, (3, 2)))
    for place, (name, total) in enumerate(zip(COLUMNS.values(), view.sums, strict=True)):
        right = abs(total - 100) < 1e-9
        ax.text(
            place,
            max(total, 100) + 0.02 * top,
            f"{'✓' if right else '✗'} {total:g}",
            ha="center",
            va="bottom",
            weight="bold",
            color=PALETTE["green"] if right else PALETTE["vermilion"],
        )
        ax.text(place, -0.02, str(name), transform=ax.get_xaxis_transform(), ha="center", va="top", color=INK)
    if view.curve is not None:
        _lorenz_inset(view.curve, ax, left=3.3, width=2.4)
    ax.set_xticks([])
    ax.set_yticks([0, 50, 100], ["0", "50", "100%"])
    ax.spines["bottom"].set_visible(False)
    headline(
        ax,
        say(en="Every column adds up to 100: the table is whole", zh="各列合计都是 100：表修好了")
        if view.whole
        else say(en="A tier without customers brings revenue", zh="有一层没有客户却有收入")
        if view.adds_up
        else say(
            en="The columns do not add up to 100: numbers are in the wrong place",
            zh="各列合计不是 100：有数字放错了位置",
        ),
        lines=1,
    )
    return ax


def _lorenz_inset(curve: pd.DataFrame, ax: Axes, left: float, width: float) -> None:
    """Draw a Lorenz curve beside the bars, in the same axes."""
    share, value = curve["share_of_customers"].to_numpy(), curve["share_of_value"].to_numpy()
    xs, ys = left + width * share, 100 * value
    ax.plot([left, left + width, left + width, left], [0, 0, 100, 0], color="#b0b0b0", linewidth=0.9)
    ax.fill(np.r_[xs, left], np.r_[ys, 0], color="#d5e5f0")
    ax.plot(xs, ys, color=PALETTE["blue"], linewidth=2, marker="o", markersize=4)
    unequal = 1 - float(np.sum(np.diff(share) * (value[1:] + value[:-1])))
    gini_text = say(en=f"Gini {unequal:.3f}", zh=f"基尼系数 {unequal:.3f}")
    ax.text(left + 0.1, 103, say(en="Lorenz curve of revenue", zh="收入的洛伦兹曲线"), va="bottom", color=PALE)
    ax.text(left + 0.12, 82, gini_text, va="center_baseline", weight="bold", color=INK)
    ax.text(
        left + width / 2,
        -0.02,
        say(en="customers, poorest first", zh="客户（从小到大）"),
        transform=ax.get_xaxis_transform(),
        ha="center",
        va="top",
        color=PALE,
    )


# --- the whale -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class WhaleView:
    """The whale curve of a sentence and that of a firm.

    Attributes
    ----------
    claimed, own
        Both curves, as :func:`crmlab.value_tiers.claimed_whale` and ``whale_curve`` return them.
    reading
        What "half" is half of.
    losers
        Share of the firm's customers that lose money.
    """

    claimed: pd.DataFrame
    own: pd.DataFrame
    reading: str
    losers: float


def whale_caption(view: WhaleView) -> str:
    """Say how high both curves rise."""
    claim, own = view.claimed["share_of_profit"].max(), view.own["share_of_profit"].max()
    return say(
        en=f"Read as {READINGS[view.reading].en}, the sentence describes a firm whose curve rises to {percent(claim)} "
        f"of the profit; Lanwan's rises to {percent(own)}, and {percent(view.losers)} of its accounts lose money.",
        zh=f"把“一半”理解为{READINGS[view.reading].zh}，这句话描述的企业，曲线最高达到利润的 {percent(claim)}；"
        f"蓝湾的曲线最高达到 {percent(own)}，有 {percent(view.losers)} 的客户亏损。",
    )


@captioned(whale_caption, size=(6.4, 4.4), margins=Margins(left=0.6, right=1.2, bottom=0.7, top=1.0))
def whale(view: WhaleView, ax: Axes) -> Axes:
    """Draw cumulative profit from the best customer to the worst: the claimed curve dashed, Lanwan's solid."""
    claimed = view.claimed.to_numpy() * 100
    own = view.own.to_numpy() * 100
    peak, height = claimed[claimed[:, 1].argmax()], own[own[:, 1].argmax()]
    top = round_up(1.08 * max(peak[1], height[1], 200.0))
    ax.set_xlim(0, 100)
    ax.set_ylim(0, top)
    ax.axhline(100, color="#8a8a8a", linewidth=0.9)
    ax.plot(own[:, 0], own[:, 1], color=PALETTE["blue"], linewidth=2.2)
    ax.plot(
        claimed[:, 0], claimed[:, 1], color=PALETTE["vermilion"], linewidth=2, linestyle="--", marker="o", markersize=4
    )
    for (x, y), colour in ((height, PALETTE["blue"]), (peak, PALETTE["vermilion"])):
        ax.plot([x], [y], "D", color="white", markeredgecolor=colour, markeredgewidth=1.6, markersize=7, zorder=3)
    places = spread([float(peak[1]), float(height[1])], 0.075 * top, 0, 0.97 * top)
    for y, colour, text in zip(
        places,
        (PALETTE["vermilion"], PALETTE["blue"]),
        (
            say(en=f"claim {number(peak[1])}%", zh=f"说法 {number(peak[1])}%"),
            say(en=f"Lanwan {number(height[1])}%", zh=f"蓝湾 {number(height[1])}%"),
        ),
        strict=True,
    ):
        ax.text(102, y, text, va="center_baseline", weight="bold", color=colour, clip_on=False)
    ax.text(99, 98, say(en="final profit", zh="最终利润"), ha="right", va="top", color=PALE)
    axis_titles(
        ax,
        x=say(en="customers, most profitable first [%]", zh="客户，从最盈利的排起（%）"),
        y=say(en="% of final profit", zh="占最终利润的 %"),
    )
    ax.yaxis.grid(True)
    headline(
        ax,
        say(
            en=f"If half means {READINGS[view.reading].en}, the curve rises to {number(peak[1])}%",
            zh=f"若“一半”指{READINGS[view.reading].zh}，曲线升到 {number(peak[1])}%",
        ),
        lines=2,
    )
    return ax


# --- letting go ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class LetGoView:
    """Profit over the number of accounts let go, the worst first.

    Attributes
    ----------
    profit
        Total after letting 0, 1, 2, ... accounts go [currency per year].
    dropped
        How many are let go now.
    losers
        How many accounts lose money on paper.
    """

    profit: NDArray[np.float64]
    dropped: int
    losers: int

    @property
    def best(self) -> int:
        """The number at which profit is highest."""
        return int(self.profit.argmax())


def let_go_caption(view: LetGoView) -> str:
    """Say what letting them go changes, and how many would be best."""
    change = view.profit[view.dropped] - view.profit[0]
    gain = view.profit[view.best] - view.profit[0]
    start = say(
        en=f"Letting {view.dropped} accounts go {'raises' if change >= 0 else 'lowers'} profit by "
        f"{number(abs(change))} {MONEY.en}",
        zh=f"放弃 {view.dropped} 家客户，利润{'增加' if change >= 0 else '减少'} {number(abs(change))} {MONEY.zh}",
    )
    return say(
        en=f"{start}; best is {view.best}, which adds {number(gain)}, although {view.losers} lose money on paper.",
        zh=f"{start}；最好是放弃 {view.best} 家，利润增加 {number(gain)}；而账面亏损的有 {view.losers} 家。",
    )


@captioned(let_go_caption, size=(6.4, 4.2), margins=Margins(left=0.75, right=0.3, bottom=0.7, top=1.0))
def let_go_curve(view: LetGoView, ax: Axes) -> Axes:
    """Draw total profit over the number let go, with today, the best number and all loss-makers marked."""
    profit = view.profit / 1000
    last = len(profit) - 1
    # Fixed limits: what falls out of them is far below today, and the dot waits at the edge.
    bottom, top = -round_up(0.6 * float(profit[0])), round_up(1.6 * float(profit[0]))
    ax.set_xlim(0, last)
    ax.set_ylim(bottom, top)
    ax.axhline(profit[0], color="#8a8a8a", linewidth=0.9, linestyle=(0, (3, 2)))
    ax.axvline(view.losers, color="#c9c9c9", linewidth=0.9)
    ax.plot(range(last + 1), profit, color=PALETTE["blue"], linewidth=2.2)
    ax.plot([view.best], [profit[view.best]], "*", color=PALETTE["green"], markersize=13)
    now = max(float(profit[view.dropped]), bottom)
    ax.plot([view.dropped], [now], "o", color=PALETTE["vermilion"], markersize=8, clip_on=False)
    ax.text(
        view.losers - 4,
        bottom + 0.03 * (top - bottom),
        say(en=f"all {view.losers} that lose\nmoney on paper", zh=f"账面亏损的\n全部 {view.losers} 家"),
        ha="right",
        va="bottom",
        color=PALE,
        linespacing=1.3,
    )
    ax.text(
        last * 0.99, profit[0] + 0.015 * (top - bottom), say(en="today", zh="现状"), ha="right", va="bottom", color=PALE
    )
    ax.text(
        0.02,
        0.98,
        say(en=f"★ best: {view.best}\n● now: {view.dropped}", zh=f"★ 最好：{view.best} 家\n● 现在：{view.dropped} 家"),
        transform=ax.transAxes,
        va="top",
        linespacing=1.5,
        color=INK,
    )
    axis_titles(
        ax,
        x=say(en="accounts let go, the worst on paper first", zh="放弃的客户数（从账面最差的开始）"),
        y=say(en="profit, thousand yuan per year", zh="利润（千元/年）"),
    )
    ax.yaxis.grid(True)
    change = (view.profit[view.dropped] - view.profit[0]) / 1000
    thousand = ("+" if change >= 0 else "") + number(change)
    headline(
        ax,
        say(
            en=f"{view.dropped} let go: {thousand} thousand yuan; best would be {view.best}",
            zh=f"放弃 {view.dropped} 家：利润 {thousand} 千元；最好是 {view.best} 家",
        ),
        lines=2,
    )
    return ax


# --- the RFM cube ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class MailView:
    """Which cells of a mail test pay, and what mailing them earns.

    Attributes
    ----------
    cells
        One row per cell of 125: ``r``, ``f``, ``m``, ``earned`` per letter in its group [currency], ``mail``.
    promised, real
        Profit of mailing the cells that pay, by the test and by their true response [currency].
    everybody
        Profit of mailing all, by the test [currency].
    names
        How many letters go to the cells that pay.
    """

    cells: pd.DataFrame
    promised: float
    real: float
    everybody: float
    names: float


def mail_caption(view: MailView) -> str:
    """Say what mailing the cells that pay earns, against mailing everybody and against the truth."""
    count = int(view.cells["mail"].sum())
    return say(
        en=f"Mailing the {count} of 125 cells above break-even promises {number(view.promised)} yuan, mailing all "
        f"{number(view.everybody)}; at their true response the {count} cells would earn {number(view.real)}.",
        zh=f"只寄给 125 格中高于盈亏平衡的 {count} 格，预计赚 {number(view.promised)} 元，"
        f"全部寄出则为 {number(view.everybody)} 元；按真实响应率，这 {count} 格能赚 {number(view.real)} 元。",
    )


_SHADES = ("#a9520b", "#e08a4a", "#f3d3ba", "#cfe0ee", "#6fa8d3", "#0b5c98")


@captioned(mail_caption, size=(6.8, 3.3), margins=Margins(left=0.55, right=0.2, bottom=0.8, top=0.95))
def mail_cells(view: MailView, ax: Axes) -> Axes:
    """Draw the 125 cells, five blocks by recency: blue cells earn, orange ones lose, a dot marks those mailed."""
    cells = view.cells
    x = ((5 - cells["r"]) * 6 + cells["m"]).to_numpy(dtype=float)
    y = cells["f"].to_numpy(dtype=float)
    earned = cells["earned"].to_numpy()
    edge = max(float(np.abs(earned).max()), 0.01)
    shade = np.digitize(earned / edge, [-0.4, -0.15, 0.0, 0.15, 0.4])
    ax.set_xlim(0.2, 29.8)
    ax.set_ylim(0.4, 5.6)
    for place, colour in enumerate(_SHADES):
        ax.plot(x[shade == place], y[shade == place], "s", color=colour, markersize=14, markeredgewidth=0)
    mail = cells["mail"].to_numpy()
    ax.plot(x[mail], y[mail], "o", color="white", markeredgecolor=INK, markeredgewidth=0.8, markersize=5)
    for r in range(5, 0, -1):
        name = {5: say(en=" (newest)", zh="（最近）"), 1: say(en=" (oldest)", zh="（最久）")}.get(r, "")
        middle = (5 - r) * 6 + 3
        ax.text(
            middle, 1.01, f"R {r}{name}", transform=ax.get_xaxis_transform(), ha="center", va="bottom", weight="bold"
        )
        ax.text(
            middle,
            -0.02,
            say(en="M 1 to 5", zh="M 1 到 5"),
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="top",
            color=PALE,
        )
    ax.text(
        0.5,
        -0.17,
        say(
            en=f"○ mailed: promised {number(view.promised)} yuan, truly {number(view.real)}",
            zh=f"○ 寄送：预计 {number(view.promised)} 元，按真实响应率 {number(view.real)} 元",
        ),
        transform=ax.transAxes,
        ha="center",
        va="top",
        color=INK,
    )
    ax.set_xticks([])
    ax.set_yticks(range(1, 6), [f"F {f}" for f in range(1, 6)])
    ax.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    count = int(mail.sum())
    headline(
        ax,
        say(
            en=f"{count} of 125 cells pay: {number(view.promised)} yuan promised, {number(view.everybody)} by all",
            zh=f"125 格中有 {count} 格划算：预计 {number(view.promised)} 元，全部寄出为 {number(view.everybody)} 元",
        ),
        lines=2,
    )
    return ax


# --- charts of the text ----------------------------------------------------------------------------------------------


def margin_by_size_caption(accounts: pd.DataFrame) -> str:
    """Say where the margin is widest and how the largest accounts do."""
    rates = _margin_by_decile(accounts)
    best = int(np.argmax(rates)) + 1
    return say(
        en=f"Of each yuan of revenue, size group {best} of 10 leaves most ({rates.max():.1%}); the largest tenth "
        f"leaves {rates[-1]:.1%}.",
        zh=f"按规模分十组，每一元收入留下最多的是第 {best} 组（{rates.max():.1%}）；最大的一组留下 {rates[-1]:.1%}。",
    )


def _margin_by_decile(accounts: pd.DataFrame) -> NDArray[np.float64]:
    """Contribution over revenue in ten groups of equal size, the smallest accounts first."""
    ordered = accounts.sort_values("revenue")
    group = np.arange(len(ordered)) * 10 // len(ordered)
    sums = ordered[["contribution", "revenue"]].groupby(group).sum()
    return (sums["contribution"] / sums["revenue"]).to_numpy()


@captioned(margin_by_size_caption, size=(6.6, 4.0), margins=Margins(left=0.65, right=0.25, bottom=0.7, top=1.0))
def margin_by_size(accounts: pd.DataFrame, ax: Axes) -> Axes:
    """Draw what each account leaves of a yuan over its size, and the mean of ten size groups."""
    revenue = accounts["revenue"].to_numpy()
    rate = (accounts["contribution"] / accounts["revenue"]).to_numpy()
    size = np.log10(revenue)
    ax.set_xlim(3.2, 5.7)
    ax.set_ylim(-0.8, 0.5)
    ax.axhline(0, color=INK, linewidth=1)
    wins = rate >= 0
    ax.plot(
        size[wins], np.clip(rate, -0.78, 0.48)[wins], "o", color=PALETTE["sky blue"], markersize=2.5, markeredgewidth=0
    )
    ax.plot(size[~wins], np.clip(rate, -0.78, 0.48)[~wins], "x", color=PALETTE["vermilion"], markersize=3)
    groups = np.array_split(np.sort(size), 10)
    ax.plot(
        [float(group.mean()) for group in groups],
        _margin_by_decile(accounts),
        "D-",
        color=INK,
        markersize=5,
        linewidth=1.5,
    )
    ax.text(5.68, 0.46, say(en="◆ mean of a tenth", zh="◆ 十分之一组的平均"), ha="right", va="top", color=INK)
    ax.set_xticks(
        [np.log10(amount) for amount in (2000, 5000, 20000, 100000, 400000)],
        ["2,000", "5,000", "20,000", "100,000", "400,000"],
    )
    ax.set_yticks([-0.8, -0.4, 0, 0.4], ["−80%", "−40%", "0", "40%"])
    axis_titles(ax, x=say(en="revenue, yuan per year", zh="收入（元/年）"), y=say(en="left of a yuan", zh="每元留下"))
    headline(
        ax,
        say(
            en="The largest tenth leaves less of a yuan than the tenth before it",
            zh="最大的十分之一，每元留下的少于前一组",
        )
        if _margin_by_decile(accounts)[-1] < _margin_by_decile(accounts)[-2]
        else margin_by_size_caption(accounts).rstrip(".。"),
        lines=2,
    )
    return ax


def lorenz_lines_caption(curves: Mapping[str, pd.DataFrame]) -> str:
    """Say what the top fifth brings in each curve."""
    parts = [
        say(en=f"{name}: {_top_fifth(curve):.0%}", zh=f"{name}：{_top_fifth(curve):.0%}")
        for name, curve in curves.items()
    ]
    return say(
        en=f"The top 20% of customers bring, {'; '.join(parts)}.", zh=f"前 20% 的客户带来的份额：{'；'.join(parts)}。"
    )


def _top_fifth(curve: pd.DataFrame) -> float:
    return 1 - float(np.interp(0.8, curve["share_of_customers"], curve["share_of_value"]))


@captioned(lorenz_lines_caption, size=(5.6, 4.4), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=0.85))
def lorenz_lines(curves: Mapping[str, pd.DataFrame], ax: Axes) -> Axes:
    """Draw up to four Lorenz curves, named in a list with the share of the top fifth."""
    ax.set_xlim(0, 100)
    ax.set_ylim(0, 100)
    ax.plot([0, 100], [0, 100], color="#b0b0b0", linewidth=0.9)
    ax.axvline(80, color="#c9c9c9", linewidth=0.9)
    for place, (name, curve) in enumerate(curves.items()):
        xs, ys = 100 * curve["share_of_customers"], 100 * curve["share_of_value"]
        ax.plot(xs, ys, color=SERIES[place], linestyle=DASHES[place], linewidth=2)
        y = 92 - 8 * place
        ax.plot([3, 10], [y, y], color=SERIES[place], linestyle=DASHES[place], linewidth=2)
        share = f"{_top_fifth(curve):.0%}"
        ax.text(
            12, y, say(en=f"{name}: top 20% bring {share}", zh=f"{name}：前 20% 带来 {share}"), va="center_baseline"
        )
    axis_titles(
        ax,
        x=say(en="customers, poorest first [%]", zh="客户，从小到大（%）"),
        y=say(en="% of the total", zh="占总额的 %"),
    )
    headline(
        ax,
        say(en="How much the top fifth brings is a finding, not a law", zh="前五分之一带来多少，是测出来的，不是定律"),
    )
    return ax
