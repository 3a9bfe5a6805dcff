"""What the models of chapter 11 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crmlab.core.charts import (
    DASHES,
    INK,
    MARKERS,
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
from crmlab.credit.model import ITEM_NAMES, ReportValue

#: The columns of the applicants as a picture names them.
COLUMNS: Mapping[str, Text] = {
    "late_ratio": Text(en="share of invoices paid late", zh="逾期付款的发票比例"),
    "cash_cover": Text(en="cash from operations over debt due", zh="经营现金对到期债务的倍数"),
    "leverage": Text(en="debt over total assets", zh="资产负债率"),
    "collateral_cover": Text(en="collateral over the credit", zh="抵押价值对赊销额的倍数"),
    "sector_outlook": Text(en="outlook of trade and district, 0 to 100", zh="行业和地段的景气（0 至 100）"),
}
SALONS: Mapping[str, Text] = {"Kite": Text(en="Kite", zh="风筝店"), "Mirror": Text(en="Mirror", zh="镜子店")}
YUAN = Text(en="yuan", zh="元")


# --- evidence --------------------------------------------------------------------------------------------------------


def _range(low: float, high: float) -> str:
    if np.isinf(low):
        return say(en=f"below {high:g}", zh=f"{high:g} 以下")
    if np.isinf(high):
        return say(en=f"{low:g} and more", zh=f"{low:g} 以上")
    return say(en=f"{low:g} to {high:g}", zh=f"{low:g} 至 {high:g}")


def points_caption(points: pd.DataFrame, variable: str) -> str:
    """Say how many points lie between the best and the worst bin."""
    rows = points[points["variable"] == variable]
    best, worst = rows.iloc[int(rows["points"].argmax())], rows.iloc[int(rows["points"].argmin())]
    name = str(COLUMNS[variable])
    gap = number(best["points"] - worst["points"])
    return say(
        en=f"By {name}, the bin {_range(best['low'], best['high'])} ({percent(best['bad_rate'])} default) gets {gap} "
        "points "
        f"more than the bin {_range(worst['low'], worst['high'])} ({percent(worst['bad_rate'])}).",
        zh=f"看{name}，{_range(best['low'], best['high'])}的一箱（违约率 {percent(best['bad_rate'])}）"
        f"比{_range(worst['low'], worst['high'])}的一箱（{percent(worst['bad_rate'])}）多 {gap} 分。",
    )


@captioned(points_caption, size=(6.4, 3.4), margins=Margins(left=1.35, right=0.9, bottom=0.65, top=0.6))
def points_by_bin(points: pd.DataFrame, variable: str, ax: Axes) -> Axes:
    """Draw the share of defaults of each bin of one variable, with its points beside the bar."""
    rows = points[points["variable"] == variable].reset_index(drop=True)
    ys = np.arange(len(rows))
    ax.barh(ys, 100 * rows["bad_rate"], color=SERIES[0], height=0.62)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, round_up(100 * float(rows["bad_rate"].max())))
    ax.set_yticks(ys, [_range(low, high) for low, high in zip(rows["low"], rows["high"], strict=True)])
    ax.tick_params(axis="y", length=0)
    for y, bad, score in zip(ys.tolist(), 100 * rows["bad_rate"], rows["points"], strict=True):
        ax.text(
            bad,
            y,
            say(en=f"  {number(score)} points", zh=f"  {number(score)} 分"),
            va="center_baseline",
            weight="bold",
            clip_on=False,
        )
    axis_titles(
        ax,
        x=say(
            en=f"default within 12 months, %, by {COLUMNS[variable]}",
            zh=f"12 个月内的违约率（%），按{COLUMNS[variable]}分箱",
        ),
        y="",
    )
    gap = number(float(rows["points"].max() - rows["points"].min()))
    headline(ax, say(en=f"{gap} points between best and worst bin", zh=f"最好与最差的箱相差 {gap} 分"), lines=1)
    return ax


def calibration_caption(groups: pd.DataFrame) -> str:
    """Say what was promised to the riskiest group and what came, and how far off the worst group is."""
    worst = groups.iloc[-1]
    return say(
        en=f"Of the riskiest tenth the scorecard expects {percent(worst['promised'])} to default, and "
        f"{percent(worst['observed'])} did; in no tenth is it off by more than {_most_off(groups)} percentage points.",
        zh=f"风险最高的十分之一，评分卡预计有 {percent(worst['promised'])} 违约，实际为 {percent(worst['observed'])}；"
        f"十组之中，最多相差 {_most_off(groups)} 个百分点。",
    )


def _most_off(groups: pd.DataFrame) -> str:
    return number(100 * float((groups["promised"] - groups["observed"]).abs().max()), 1)


@captioned(calibration_caption, size=(5.4, 4.2), margins=Margins(left=0.7, right=0.3, bottom=0.7, top=0.85))
def promised_and_observed(groups: pd.DataFrame, ax: Axes) -> Axes:
    """Draw for each tenth of the applicants the expected share of defaults against the observed one."""
    top = round_up(100 * float(groups[["promised", "observed"]].to_numpy().max()))
    ax.set_xlim(0, top)
    ax.set_ylim(0, top)
    ax.plot([0, top], [0, top], color="#8a8a8a", linewidth=1, linestyle=DASHES[1])
    ax.plot(
        100 * groups["promised"], 100 * groups["observed"], "o-", color=PALETTE["blue"], markersize=6, linewidth=1.4
    )
    ax.text(0.03 * top, 0.92 * top, say(en="above the line: worse than promised", zh="线上方：比预计的差"), color=PALE)
    ax.yaxis.grid(True)
    axis_titles(
        ax,
        x=say(en="expected to default, % (each dot a tenth)", zh="预计违约率（%，每点为十分之一的申请人）"),
        y=say(en="defaulted, %", zh="实际违约率（%）"),
    )
    above = int((groups["observed"] > groups["promised"]).sum())
    headline(
        ax,
        say(
            en=f"{above} of {len(groups)} groups default more often than promised",
            zh=f"{len(groups)} 组里有 {above} 组，违约比预计的多",
        ),
        lines=1,
    )
    return ax


# --- two ledgers -----------------------------------------------------------------------------------------------------


def ledger_caption(trend: pd.DataFrame) -> str:
    """Say what both ageing reports show, and what the payment pattern shows."""
    book, open_ = _ledger(trend)
    last = {salon: (book[salon][-1], open_[salon][-1]) for salon in book}
    return say(
        en="In the last month the ageing report gives "
        + " and ".join(f"{salon} {percent(share)}" for salon, (share, _) in last.items())
        + " as one month old; of last month's orders, "
        + " and ".join(f"{salon} still owes {percent(share)}" for salon, (_, share) in last.items())
        + ".",
        zh="最后一个月的账龄表中，上月的账款所占的比例，"
        + "，".join(f"{salon}为 {percent(share)}" for salon, (share, _) in last.items())
        + "；上月的订货款中还没有付的，"
        + "，".join(f"{salon}为 {percent(share)}" for salon, (_, share) in last.items())
        + "。",
    )


def _ledger(trend: pd.DataFrame) -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.float64]]]:
    book, open_ = {}, {}
    for salon, rows in trend.groupby("salon", sort=True):
        total = rows[["open_0", "open_1", "open_2"]].sum(axis=1)
        name = str(SALONS[str(salon)])
        book[name] = (rows["open_1"] / total).to_numpy()[1:]
        open_[name] = rows["open_1"].to_numpy()[1:] / rows["ordered"].to_numpy()[:-1]
    return book, open_


@captioned(ledger_caption, size=(6.6, 3.8), margins=Margins(left=0.6, right=1.7, bottom=0.65, top=0.8))
def ageing_and_pattern(trend: pd.DataFrame, ax: Axes) -> Axes:
    """Draw how both salons' payment changes, and what their ageing reports show of it."""
    book, open_ = _ledger(trend)
    months = np.arange(2, 2 + len(next(iter(book.values()))))
    ax.set_xlim(months[0], months[-1])
    ax.set_ylim(0, 80)
    lines = [(say(en=f"{salon}: still owed", zh=f"{salon}：未付"), 100 * path) for salon, path in open_.items()]
    lines.append((say(en="both: ageing report", zh="两家：账龄表"), 100 * next(iter(book.values()))))
    ends = spread([float(path[-1]) for _, path in lines], 6, 2, 78)
    for place, ((name, path), y) in enumerate(zip(lines, ends, strict=True)):
        ax.plot(months, path, color=SERIES[place], linestyle=DASHES[place], linewidth=2.2)
        ax.text(months[-1] + 0.25, y, name, va="center_baseline", color=SERIES[place], weight="bold", clip_on=False)
    ax.yaxis.grid(True)
    axis_titles(ax, x=say(en="month", zh="月"), y=say(en="one month old, %", zh="上月的部分（%）"))
    headline(
        ax,
        say(en="One pays ever later; the ageing report does not see it", zh="一家越付越晚，账龄表却看不出来"),
        lines=1,
    )
    return ax


# --- scorecard -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class RocView:
    """How well a set of weights tells goods from bads.

    Attributes
    ----------
    weights
        Of the six items, >= 0.
    goods, bads
        Shares of goods and bads at or below each score, from 0 to 1.
    auc, ks
        Quality of the score.
    best
        AUC of the fitted five Cs.
    """

    weights: Mapping[str, float]
    goods: NDArray[np.float64]
    bads: NDArray[np.float64]
    auc: float
    ks: float
    best: float


def roc_caption(view: RocView) -> str:
    """Say how good the weights are."""
    if not any(view.weights.values()):
        return say(
            en="With no weight at all everybody gets the same score, and the AUC is 0.50: a coin.",
            zh="所有权重都是 0，人人得分相同，AUC 为 0.50：与抛硬币无异。",
        )
    sixth = view.weights["philosophy"]
    return say(
        en=f"With these weights the AUC is {view.auc:.3f} and the KS {view.ks:.2f}; the fitted five Cs reach "
        f"{view.best:.3f}; the sixth item carries {percent(sixth / sum(view.weights.values()))} of the weight.",
        zh=f"按这组权重，AUC 为 {view.auc:.3f}，KS 为 {view.ks:.2f}；拟合五个 C 的 AUC 为 {view.best:.3f}；"
        f"第六项占全部权重的 {percent(sixth / sum(view.weights.values()))}。",
    )


@captioned(roc_caption, size=(7.0, 4.2), margins=Margins(left=0.6, right=0.5, bottom=0.7, top=0.85))
def roc_curve(view: RocView, ax: Axes) -> Axes:
    """Draw the ROC curve with its KS distance, and the weights as points out of 100."""
    ax.set_xlim(0, 2.0)
    ax.set_ylim(0, 1.0)
    ax.plot([0, 1], [0, 1], color="#8a8a8a", linewidth=1, linestyle=DASHES[1])
    ax.spines["bottom"].set_bounds(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100"])
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100"])
    axis_titles(
        ax,
        x=say(en="good customers turned away, %", zh="被拒的好客户（%）"),
        y=say(en="bad customers caught, %", zh="识别出的坏客户（%）"),
    )
    ax.xaxis.set_label_coords(0.25, -0.11)
    total = sum(view.weights.values())
    ys = np.linspace(0.9, 0.25, len(view.weights))
    ax.text(1.5, 1.0, say(en="points out of 100", zh="100 分中的分值"), ha="left", va="center_baseline", color=PALE)
    for y, (item, weight) in zip(ys, view.weights.items(), strict=True):
        share = weight / total if total else 0.0
        sixth = item == "philosophy"
        ax.text(1.47, y, str(ITEM_NAMES[item]), ha="right", va="center_baseline", style="italic" if sixth else "normal")
        ax.barh(
            [y],
            [0.5 * share],
            left=1.5,
            height=0.07,
            color=PALETTE["vermilion"] if sixth else SERIES[0],
            hatch="////" if sixth else "",
        )
        ax.text(1.5 + 0.5 * share + 0.02, y, number(100 * share), va="center_baseline", clip_on=False)
    at = int(np.argmax(np.abs(view.bads - view.goods)))
    ax.plot(view.goods, view.bads, color=PALETTE["blue"], linewidth=2.4)
    ax.plot([view.goods[at]] * 2, [view.goods[at], view.bads[at]], color=PALETTE["vermilion"], linewidth=1.8)
    ax.text(0.98, 0.1, f"KS {view.ks:.2f}", ha="right", color=PALETTE["vermilion"], weight="bold")
    ax.text(0.98, 0.18, f"AUC {view.auc:.2f}", ha="right", color=PALETTE["blue"], weight="bold")
    headline(
        ax,
        say(
            en=f"A good customer beats a bad one {number(100 * view.auc)} times in 100",
            zh=f"任取一好一坏两位客户，100 次中有 {number(100 * view.auc)} 次好客户得分更高",
        ),
        lines=1,
    )
    return ax


# --- cut-off ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class CutoffView:
    """Profit per applicant over the share that is accepted.

    Attributes
    ----------
    accepted
        Share of the applicants accepted, 0..1, the safest first.
    profit
        Expected profit per applicant [currency].
    now, best
        Cut-off, share accepted and profit: as set, and where the profit is highest.
    """

    accepted: NDArray[np.float64]
    profit: NDArray[np.float64]
    now: tuple[float, float, float]
    best: tuple[float, float, float]


def cutoff_caption(view: CutoffView) -> str:
    """Say what the cut-off earns, and which would earn most."""
    (limit, share, profit), (best, best_share, most) = view.now, view.best
    return say(
        en=f"Accepting up to a chance of default of {percent(limit)} takes {percent(share)} of the applicants and is "
        f"expected to earn {number(profit, 2)} yuan per applicant; a cut-off of {percent(best)} takes "
        f"{percent(best_share)} and earns {number(most, 2)}.",
        zh=f"违约概率不高于 {percent(limit)} 的都接受，占申请人的 {percent(share)}，每位申请人预计平均赚 "
        f"{number(profit, 2)} 元；临界点设在 {percent(best)}，接受 {percent(best_share)}，预计赚 {number(most, 2)} "
        "元。",
    )


@captioned(cutoff_caption, size=(6.6, 4.2), margins=Margins(left=0.75, right=0.35, bottom=0.7, top=0.85))
def profit_by_acceptance(view: CutoffView, ax: Axes) -> Axes:
    """Draw the expected profit per applicant over the share accepted."""
    top = round_up(max(float(view.profit.max()), 1.0) * 1.15)
    low = min(float(view.profit.min()), 0.0)
    ax.set_xlim(0, 100)
    ax.set_ylim(-round_up(-low) if low < 0 else 0, top)
    ax.axhline(0, color="#8a8a8a", linewidth=1)
    ax.yaxis.grid(True)
    ax.plot(100 * view.accepted, view.profit, color=PALETTE["blue"], linewidth=2.4)
    (_, share, profit), (_, best_share, most) = view.now, view.best
    ax.plot([100 * best_share], [most], "*", color=PALETTE["vermilion"], markersize=14, clip_on=False)
    ax.plot([100 * share], [profit], "o", color=INK, markersize=8, clip_on=False)
    axis_titles(
        ax,
        x=say(
            en="applicants accepted, %, the safest first (● set, ★ best)",
            zh="接受的申请人（%），从最安全的开始（● 当前，★ 最优）",
        ),
        y=say(en="yuan per applicant", zh="每位申请人的利润（元）"),
    )
    missed = most - profit
    headline(
        ax,
        say(en="This cut-off earns the most", zh="这个临界点，利润最高")
        if missed < 0.005
        else say(
            en=f"This cut-off leaves {number(missed, 2)} yuan per applicant on the table",
            zh=f"按这个临界点，每位申请人少赚 {number(missed, 2)} 元",
        ),
        lines=1,
    )
    return ax


# --- collateral ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class CollateralView:
    """Chance of default and expected loss over the collateral's cover.

    Attributes
    ----------
    cover
        Values on the axis, 0..1.5.
    default, loss
        Chance of default, and expected loss per yuan of credit.
    now
        Cover, chance and loss as set.
    """

    cover: NDArray[np.float64]
    default: NDArray[np.float64]
    loss: NDArray[np.float64]
    now: tuple[float, float, float]


def collateral_caption(view: CollateralView) -> str:
    """Say what more collateral changes."""
    cover, default, loss = view.now
    return say(
        en=f"With collateral worth {percent(cover)} of the credit {percent(default, 1)} default and "
        f"{percent(loss, 1)} of the "
        "credit is lost; from none to one and a half times the credit, default moves from "
        f"{percent(view.default[0], 1)} "
        f"to {percent(view.default[-1], 1)}, loss from {percent(view.loss[0], 1)} to {percent(view.loss[-1], 1)}.",
        zh=f"抵押价值为赊销额的 {percent(cover)} 时，{percent(default, 1)} 违约，赊销额损失 {percent(loss, 1)}；"
        f"抵押从没有到一倍半，违约率从 {percent(view.default[0], 1)} 变为 {percent(view.default[-1], 1)}，"
        f"损失从 {percent(view.loss[0], 1)} 变为 {percent(view.loss[-1], 1)}。",
    )


@captioned(collateral_caption, size=(6.4, 4.0), margins=Margins(left=0.65, right=1.25, bottom=0.7, top=0.85))
def default_and_loss(view: CollateralView, ax: Axes) -> Axes:
    """Draw the chance of default and the expected loss over the cover."""
    xs = 100 * view.cover
    ax.set_xlim(0, 150)
    ax.set_ylim(0, round_up(100 * max(float(view.default.max()), float(view.loss.max())) * 1.05))
    ax.yaxis.grid(True)
    _, top = ax.get_ylim()
    lines = ((view.default, say(en="default", zh="违约")), (view.loss, say(en="loss", zh="损失")))
    ends = spread([100 * float(path[-1]) for path, _ in lines], 0.07 * top, 0.02 * top, 0.98 * top)
    for place, ((path, name), y, now) in enumerate(zip(lines, ends, view.now[1:], strict=True)):
        ax.plot(xs, 100 * path, color=SERIES[place], linestyle=DASHES[place], linewidth=2.4)
        ax.text(153, y, name, va="center_baseline", color=SERIES[place], weight="bold", clip_on=False)
        ax.plot([100 * view.now[0]], [100 * now], MARKERS[place], color=SERIES[place], markersize=8, clip_on=False)
    axis_titles(
        ax,
        x=say(en="collateral, % of the credit", zh="抵押价值占赊销额的 %"),
        y=say(en="% of customers, % of the credit", zh="占客户的 %，占赊销额的 %"),
    )
    headline(
        ax, say(en="Collateral works on the loss, far less on default", zh="抵押主要减少损失，对违约作用不大"), lines=1
    )
    return ax


# --- report ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ReportView:
    """What a report is worth over the share of bad customers.

    Attributes
    ----------
    prior
        Values on the axis, 0..1.
    value
        Of a report at each [currency].
    now
        The share as set, and the report there.
    price
        Of a report [currency].
    threshold
        Share of bads above which nobody gets credit without a report.
    """

    prior: NDArray[np.float64]
    value: NDArray[np.float64]
    now: tuple[float, ReportValue]
    price: float
    threshold: float


def report_caption(view: ReportView) -> str:
    """Say what the report is worth, and whether to buy it."""
    prior, found = view.now
    worth = number(found.value, 2)
    if found.value < 0.005:
        why = (
            say(en="even a bad report would not stop you", zh="哪怕报告不好，你也照样赊")
            if prior < view.threshold
            else say(en="even a good report would not persuade you", zh="哪怕报告再好，你也不会赊")
        )
        return say(
            en=f"With {percent(prior)} bad customers the report is worth nothing: {why}.",
            zh=f"坏客户占 {percent(prior)} 时，报告一文不值：{why}。",
        )
    verdict = (
        say(en=f"worth its price of {number(view.price, 2)}", zh=f"值 {number(view.price, 2)} 元的价格")
        if found.value > view.price
        else say(en=f"not worth its price of {number(view.price, 2)}", zh=f"不值 {number(view.price, 2)} 元的价格")
    )
    return say(
        en=f"With {percent(prior)} bad customers the report is worth {worth} yuan, {verdict}; after a bad one "
        f"{percent(found.posterior_bad)} are bad, after a good one {percent(found.posterior_good)}.",
        zh=f"坏客户占 {percent(prior)} 时，报告的价值是 {worth} 元，{verdict}；报告不好的，"
        f"{percent(found.posterior_bad)} 是坏客户，报告好的，{percent(found.posterior_good)}。",
    )


@captioned(report_caption, size=(6.4, 4.0), margins=Margins(left=0.65, right=0.35, bottom=0.7, top=0.85))
def report_tent(view: ReportView, ax: Axes) -> Axes:
    """Draw the value of a report over the share of bad customers, with its price."""
    ax.set_xlim(0, 60)
    ax.set_ylim(0, 10)
    ax.yaxis.grid(True)
    ax.axvline(100 * view.threshold, color="#8a8a8a", linewidth=1, linestyle=DASHES[3])
    ax.text(
        100 * view.threshold + 0.8,
        9.7,
        say(en="without a report: credit to the left, none to the right", zh="没有报告时：线左赊，线右不赊"),
        va="top",
        color=PALE,
    )
    ax.plot(100 * view.prior, view.value, color=PALETTE["blue"], linewidth=2.4)
    ax.plot([0, 60], [view.price, view.price], color=PALETTE["vermilion"], linewidth=1.8, linestyle=DASHES[1])
    ax.text(
        59.5,
        view.price + 0.12,
        say(en="price", zh="价格"),
        ha="right",
        va="bottom",
        color=PALETTE["vermilion"],
        weight="bold",
    )
    prior, found = view.now
    ax.plot([100 * prior], [found.value], "o", color=INK, markersize=8, clip_on=False)
    axis_titles(
        ax,
        x=say(en="bad customers among the applicants, %", zh="坏客户占申请人的 %"),
        y=say(en="value of a report, yuan", zh="一份报告的价值（元）"),
    )
    headline(
        ax,
        say(en="Buy the report", zh="买这份报告")
        if found.value > view.price
        else say(en="Do not buy the report", zh="不买这份报告"),
        lines=1,
    )
    return ax
