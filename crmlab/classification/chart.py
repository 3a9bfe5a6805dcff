"""What the models of chapter 01 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crmlab.classification.model import PromptTargets
from crmlab.core.charts import INK, PALE, PALETTE, Margins, axis_titles, captioned, headline, number, percent, round_up
from crmlab.core.text import Text, say

DAYS = Text(en="days", zh="天")
MONEY = Text(en="yuan", zh="元")

TIERS: Mapping[str, Text] = {
    "urgent": Text(en="urgent", zh="急"),
    "moderate": Text(en="moderate", zh="缓急"),
    "non_urgent": Text(en="non-urgent", zh="不紧急"),
    "slow": Text(en="slow", zh="可慢反应"),
}
RULES: Mapping[str, Text] = {
    "fcfs": Text(en="First come, first served", zh="先到先服务"),
    "spt": Text(en="Shortest first", zh="最短工时优先"),
    "lpt": Text(en="Longest first", zh="最长工时优先"),
    "edd": Text(en="Earliest due first", zh="最早到期优先"),
    "wspt": Text(en="Most weight per hour first", zh="单位工时权重高者优先"),
}
SCORERS: Mapping[str, Text] = {
    "either": Text(en="the larger of deal and potential", zh="交易额与潜力取较大者"),
    "sum": Text(en="deal plus potential", zh="交易额加潜力"),
    "weighted": Text(en="a weighted mean of both", zh="两者加权平均"),
}
PROMPT_RULES: Mapping[str, Text] = {
    "value": Text(en="by value", zh="按价值"),
    "response": Text(en="by response", zh="按响应率"),
    "uplift": Text(en="by uplift", zh="按提升量"),
}
_TIER_COLOURS = (PALETTE["vermilion"], PALETTE["orange"], PALETTE["blue"], "#8a8a8a")
_MOST_MANAGERS, _LAST_WORKDAY = 4, 24.0
_ON_TIME, _LATE = PALETTE["sky blue"], PALETTE["vermilion"]


# --- edges -----------------------------------------------------------------------------------------------------------

_LAST_DAY = 120


@dataclass(frozen=True, eq=False)
class EdgesView:
    """Matters by due day and tier.

    Attributes
    ----------
    days
        Due days of the matters.
    tier
        Number of the tier of each, 0 = urgent.
    moved
        Whether its tier differs from that under the usual rule (7, 30, 90 days, closed on the right).
    cuts, closed
        The rule in force.
    """

    days: NDArray[np.int64]
    tier: NDArray[np.int64]
    moved: NDArray[np.bool_]
    cuts: tuple[float, ...]
    closed: str

    @property
    def sizes(self) -> list[int]:
        """Matters per tier."""
        return [int(size) for size in np.bincount(self.tier, minlength=len(TIERS))]


def due_days_caption(view: EdgesView) -> str:
    """Say how many matters each tier holds and how many the rule has moved."""
    moved = int(view.moved.sum())
    sizes = dict(zip(TIERS.values(), view.sizes, strict=True))
    counts = say(
        en=", ".join(f"{size} {name.en}" for name, size in sizes.items()),
        zh="、".join(f"{name.zh} {size}" for name, size in sizes.items()),
    )
    if not moved:
        return say(
            en=f"The usual rule: {counts}. No matter has moved.",
            zh=f"通常的规则：{counts}。没有一件事务换了类别。",
        )
    share = moved / len(view.days)
    return say(
        en=f"{moved} of {len(view.days)} matters ({share:.0%}) have another tier than under the usual rule: {counts}.",
        zh=f"{len(view.days)} 件事务中有 {moved} 件（{share:.0%}）与通常规则下的类别不同：{counts}。",
    )


@captioned(due_days_caption, size=(6.6, 4.0), margins=Margins(left=0.55, right=0.2, bottom=0.7, top=0.95))
def due_days(view: EdgesView, ax: Axes) -> Axes:
    """Draw how many matters are due on each day, the tiers apart; a triangle marks a day whose matters have moved."""
    first = int(view.days.min())
    shown = view.days <= _LAST_DAY
    counts = np.bincount(view.days[shown] - first, minlength=_LAST_DAY - first + 1)
    top = round_up(1.05 * counts.max())
    ax.set_xlim(first - 1, _LAST_DAY + 1)
    ax.set_ylim(-0.09 * top, top)
    for place, colour in enumerate(_TIER_COLOURS):
        days = np.unique(view.days[shown & (view.tier == place)])
        xs = np.repeat(days.astype(float), 3)
        ys = np.zeros(len(xs))
        ys[1::3], ys[2::3] = counts[days - first], np.nan
        ax.plot(xs, ys, color=colour, linewidth=3.2, solid_capstyle="butt")
    ax.axhline(0, color=INK, linewidth=1)
    for cut in view.cuts:
        # A cut lies behind its day when the day belongs to the more urgent tier, before it when not.
        edge = cut + (0.5 if view.closed == "right" else -0.5)
        ax.plot([edge, edge], [-0.09 * top, top], color=PALE, linewidth=1, linestyle=(0, (3, 2)))
    moved = np.unique(view.days[shown & view.moved])
    ax.plot(moved, np.full(len(moved), -0.05 * top), "^", color=INK, markersize=4)
    edges = [first, *view.cuts, _LAST_DAY]
    for place, (name, size) in enumerate(zip(TIERS.values(), view.sizes, strict=True)):
        middle = (edges[place] + edges[place + 1]) / 2
        ax.text(
            middle,
            1.02,
            f"{name}\n{size}",
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            weight="bold",
            color=INK,
            linespacing=1.2,
        )
    later = int((~shown).sum())
    ax.text(
        0.995,
        0.97,
        say(en=f"later: {later} more", zh=f"更晚的还有 {later} 件"),
        transform=ax.transAxes,
        ha="right",
        va="top",
        color=PALE,
    )
    ax.set_xticks([0, 7, 30, 60, 90, 120])
    axis_titles(ax, x=say(en="due in so many days", zh="距到期天数"), y="")
    ax.text(0.01, 0.97, say(en="matters per day", zh="每天的事务数"), transform=ax.transAxes, va="top", color=PALE)
    total = int(view.moved.sum())
    headline(
        ax,
        say(
            en=f"{total} of {len(view.days)} matters sit in another tier than under the usual rule",
            zh=f"{len(view.days)} 件事务中有 {total} 件与通常规则下的类别不同",
        ),
        lines=1,
    )
    return ax


# --- the triage desk -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class DeskView:
    """A week's matters in the order of one rule, and what the other rules would cost.

    Attributes
    ----------
    scheduled
        What :func:`crmlab.classification.schedule` returned.
    important
        Whether each job, in that order, is an important contact's.
    rule, managers
        The rule in force and how many work.
    delay
        Weighted days late under each rule.
    """

    scheduled: pd.DataFrame
    important: NDArray[np.bool_]
    rule: str
    managers: int
    delay: Mapping[str, float]

    @property
    def best(self) -> str:
        """The rule with the smallest weighted delay."""
        return min(self.delay, key=lambda rule: self.delay[rule])


def gantt_caption(view: DeskView) -> str:
    """Say how late the matters are under the rule and which rule would be best."""
    late = view.scheduled["tardiness_days"].to_numpy() > 0
    now, best = number(view.delay[view.rule]), number(view.delay[view.best])
    rule, other = RULES[view.rule], RULES[view.best]
    counts = say(
        en=f"{rule.en}: {int(late.sum())} of {len(late)} matters are late, {int((late & view.important).sum())} of "
        f"{int(view.important.sum())} important ones; weighted delay {now} days",
        zh=f"{rule.zh}：{len(late)} 件中有 {int(late.sum())} 件延误，其中重要客户 {int(view.important.sum())} 件中有 "
        f"{int((late & view.important).sum())} 件；加权延误 {now} 天",
    )
    if view.rule == view.best:
        return say(en=f"{counts}, the least of the five rules.", zh=f"{counts}，五种规则中最少。")
    return say(
        en=f"{counts}; least is {other.en.lower()} with {best}.", zh=f"{counts}；最少的是{other.zh}，{best} 天。"
    )


@captioned(gantt_caption, size=(6.8, 4.2), margins=Margins(left=0.85, right=1.9, bottom=0.7, top=0.75))
def gantt(view: DeskView, ax: Axes) -> Axes:
    """Draw each manager's week: late matters thin and red, important ones with a star; delays of all rules beside."""
    table = view.scheduled
    start, end = table["start_days"].to_numpy(), table["completion_days"].to_numpy()
    late, lane = table["tardiness_days"].to_numpy() > 0, table["manager"].to_numpy()
    # The frame holds four managers and the week of one, so that it stands still whatever is chosen.
    ax.set_xlim(0, max(_LAST_WORKDAY, math.ceil(end.max())))
    ax.set_ylim(_MOST_MANAGERS + 0.55, 0.45)
    for row in range(1, view.managers + 1):
        for is_late in (False, True):
            chosen = (lane == row) & (late == is_late)
            spans = list(zip(start[chosen].tolist(), (end - start)[chosen].tolist(), strict=True))
            height = 0.3 if is_late else 0.6
            ax.broken_barh(
                spans,
                (row - height / 2, height),
                facecolor=_LATE if is_late else _ON_TIME,
                edgecolor="white",
                linewidth=0.8,
            )
    stars = view.important
    ax.plot(((start + end) / 2)[stars], lane[stars] - 0.38, "*", color=INK, markersize=6, clip_on=False)
    lanes = range(1, _MOST_MANAGERS + 1)
    ax.set_yticks(lanes, [say(en=f"manager {row}", zh=f"经理 {row}") for row in lanes])
    ax.tick_params(axis="y", length=0)
    axis_titles(ax, x=say(en="working days from now", zh="从现在起的工作日"), y="")
    ax.text(1.04, 0.98, say(en="weighted days late", zh="加权延误天数"), transform=ax.transAxes, va="top", color=PALE)
    for place, (rule, delay) in enumerate(view.delay.items()):
        mark = "▸ " if rule == view.rule else "   "
        weight = "bold" if rule == view.rule else "normal"
        height = 0.86 - 0.145 * place
        ax.text(1.04, height, f"{mark}{number(delay)}", transform=ax.transAxes, va="top", weight=weight, color=INK)
        ax.text(1.17, height, str(_SHORT_RULES[rule]), transform=ax.transAxes, va="top", weight=weight, color=INK)
    ax.text(
        1.04,
        0.1,
        say(en="★ important\nthin, red: late", zh="★ 重要客户\n细红条：延误"),
        transform=ax.transAxes,
        va="top",
        color=PALE,
        linespacing=1.4,
    )
    headline(ax, _desk_title(view), lines=2)
    return ax


_SHORT_RULES: Mapping[str, Text] = {
    "fcfs": Text(en="first come", zh="先到先服务"),
    "spt": Text(en="shortest", zh="最短工时优先"),
    "lpt": Text(en="longest", zh="最长工时优先"),
    "edd": Text(en="earliest due", zh="最早到期优先"),
    "wspt": Text(en="weight per hour", zh="权重/工时"),
}


def _desk_title(view: DeskView) -> str:
    hours = say(
        en=f"{number(view.delay[view.rule])} weighted days late", zh=f"加权延误 {number(view.delay[view.rule])} 天"
    )
    if view.rule == view.best:
        return say(
            en=f"{RULES[view.rule].en}: {hours}, the least of the five",
            zh=f"{RULES[view.rule].zh}：{hours}，五种中最少",
        )
    return say(
        en=f"{RULES[view.rule].en}: {hours}; {RULES[view.best].en.lower()}: {number(view.delay[view.best])}",
        zh=f"{RULES[view.rule].zh}：{hours}；{RULES[view.best].zh}只需 {number(view.delay[view.best])} 天",
    )


# --- importance and urgency ------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class MatrixView:
    """Contacts by due day and score.

    Attributes
    ----------
    days, score
        Of each contact [days], [currency].
    flips
        Whether its label differs from that of the larger-of-two reading at the same threshold.
    scorer, threshold
        The reading in force.
    """

    days: NDArray[np.int64]
    score: NDArray[np.float64]
    flips: NDArray[np.bool_]
    scorer: str
    threshold: float

    @property
    def important(self) -> NDArray[np.bool_]:
        """Whether each contact is important."""
        return self.score >= self.threshold


def matrix_caption(view: MatrixView) -> str:
    """Say how many are important, how many of them urgent, and how many changed sides."""
    both = int((view.important & (view.days <= 7)).sum())
    flips, cut = int(view.flips.sum()), number(view.threshold)
    scorer, some = SCORERS[view.scorer], int(view.important.sum())
    start = say(
        en=f"By {scorer.en}, {some} of {len(view.days)} contacts reach {cut} {MONEY.en}, {both} of them urgent",
        zh=f"按“{scorer.zh}”，{len(view.days)} 位客户中有 {some} 位达到 {cut} {MONEY.zh}，其中 {both} 位紧急",
    )
    if not flips:
        return say(
            en=f"{start}; no label differs from the usual reading.", zh=f"{start}；与通常读法相比，没有标签改变。"
        )
    return say(
        en=f"{start}; {flips} have another label than by the larger of the two.",
        zh=f"{start}；与取较大者相比，{flips} 位的标签变了。",
    )


_SHOWN_DAYS = (-8, 130)
_SHOWN_LOG = (2.0, 5.6)


@captioned(matrix_caption, size=(6.4, 4.4), margins=Margins(left=0.75, right=0.2, bottom=0.7, top=1.0))
def matrix(view: MatrixView, ax: Axes) -> Axes:
    """Draw importance over urgency: filled dots are important, a ring marks a contact whose label has changed."""
    x = np.clip(view.days, _SHOWN_DAYS[0], _SHOWN_DAYS[1] - 4).astype(float)
    y = np.clip(np.log10(np.maximum(view.score, 1.0)), *_SHOWN_LOG)
    ax.set_xlim(*_SHOWN_DAYS)
    ax.set_ylim(*_SHOWN_LOG)
    for cut in (7, 30, 90):
        ax.axvline(cut + 0.5, color="#c9c9c9", linewidth=0.9)
    ax.axhline(math.log10(view.threshold), color=INK, linewidth=1.2, linestyle="--")
    important = view.important
    ax.plot(x[~important], y[~important], "o", color="#a9a9a9", markersize=2.6, markeredgewidth=0)
    ax.plot(x[important], y[important], "o", color=PALETTE["blue"], markersize=4, markeredgewidth=0)
    ax.plot(
        x[view.flips], y[view.flips], "o", color="none", markeredgecolor=PALETTE["vermilion"], markersize=8, zorder=3
    )
    for middle, name in zip((-0.5, 18.5, 60, 110), TIERS.values(), strict=True):
        ax.text(middle, 0.985, str(name), transform=ax.get_xaxis_transform(), ha="center", va="top", color=PALE)
    ax.set_xticks([0, 7, 30, 60, 90])
    ax.set_yticks([2, 3, 4, 5], ["100", "1,000", "10,000", "100,000"])
    axis_titles(
        ax,
        x=say(en="due in so many days (last column: later)", zh="距到期天数（最右一列：更晚）"),
        y=say(en="score in yuan", zh="得分（元）"),
    )
    flips = int(view.flips.sum())
    headline(
        ax,
        say(
            en=f"{int(important.sum())} are important by {SCORERS[view.scorer].en}; {flips} have changed their label",
            zh=f"按“{SCORERS[view.scorer].zh}”，{int(important.sum())} 位重要；{flips} 位的标签变了",
        ),
        lines=2,
    )
    return ax


# --- whom to prompt --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PromptView:
    """What each rule would earn with the same prompts.

    Attributes
    ----------
    found
        Result of each rule.
    rule
        The rule in force.
    """

    found: Mapping[str, PromptTargets]
    rule: str

    @property
    def best(self) -> str:
        """The rule with the highest profit."""
        return max(self.found, key=lambda rule: self.found[rule].profit)


def _given(found: PromptTargets) -> str:
    return say(en=", ", zh="、").join(f"{code} {size:,}" for code, size in found.allocation.items() if size) or say(
        en="nobody", zh="无人"
    )


def prompt_profit_caption(view: PromptView) -> str:
    """Say whom the rule prompts, what that adds, and what the best rule would add."""
    now, best = view.found[view.rule], view.found[view.best]
    start = say(
        en=f"{PROMPT_RULES[view.rule].en.capitalize()}: prompt {_given(now)}; {number(now.extra_sales, 1)} extra "
        f"sales of {number(now.sales, 1)}, profit {number(now.profit)} {MONEY.en}",
        zh=f"{PROMPT_RULES[view.rule].zh}：提示 {_given(now)}；{number(now.sales, 1)} 笔成交中有 "
        f"{number(now.extra_sales, 1)} 笔是额外成交，利润 {number(now.profit)} {MONEY.zh}",
    )
    if best.profit <= now.profit + 1e-9:
        return say(en=f"{start}, the most that any rule earns.", zh=f"{start}，是各规则中最高的。")
    return say(
        en=f"{start}; {PROMPT_RULES[view.best].en} it would be {number(best.profit)}.",
        zh=f"{start}；{PROMPT_RULES[view.best].zh}则为 {number(best.profit)}。",
    )


@captioned(prompt_profit_caption, size=(6.2, 4.2), margins=Margins(left=0.7, right=0.2, bottom=0.85, top=1.0))
def prompt_profit(view: PromptView, ax: Axes) -> Axes:
    """Draw the profit of each rule; the bar of the rule in force is filled."""
    profits = [found.profit for found in view.found.values()]
    top, bottom = round_up(1.2 * max(*profits, 100)), -round_up(1.2 * max(-min(profits), 0.0))
    bottom = min(bottom, -0.02 * top)
    ax.set_xlim(-0.6, 2.6)
    ax.set_ylim(bottom, top)
    for place, (rule, found) in enumerate(view.found.items()):
        now = rule == view.rule
        ax.bar(
            [place],
            [found.profit],
            width=0.55,
            color=PALETTE["blue"] if now else "#d5e5f0",
            edgecolor=PALETTE["blue"],
            linewidth=1.2,
        )
        ax.text(
            place,
            max(found.profit, 0) + 0.02 * top,
            say(
                en=f"{number(found.profit)}\n{number(found.extra_sales, 1)} extra sales",
                zh=f"{number(found.profit)}\n额外成交 {number(found.extra_sales, 1)} 笔",
            ),
            ha="center",
            va="bottom",
            weight="bold" if now else "normal",
            color=INK,
            linespacing=1.3,
        )
        ax.text(
            place,
            -0.03,
            f"{PROMPT_RULES[rule]}\n{_given(found)}",
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="top",
            weight="bold" if now else "normal",
            color=INK,
            linespacing=1.4,
        )
    ax.axhline(0, color=INK, linewidth=1)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.yaxis.grid(True)
    axis_titles(ax, x="", y=str(MONEY))
    best = view.found[view.best].profit
    now_best = view.found[view.rule].profit >= best - 1e-9
    headline(
        ax,
        say(
            en=f"Prompting {PROMPT_RULES[view.rule].en} earns {number(view.found[view.rule].profit)} {MONEY.en}"
            + (", the most" if now_best else f"; {PROMPT_RULES[view.best].en} it would be {number(best)}"),
            zh=f"{PROMPT_RULES[view.rule].zh}提示，利润 {number(view.found[view.rule].profit)} {MONEY.zh}"
            + ("，最高" if now_best else f"；{PROMPT_RULES[view.best].zh}则为 {number(best)}"),
        ),
        lines=2,
    )
    return ax


def uplift_bars_caption(estimates: pd.DataFrame) -> str:
    """Say in which code a prompt adds most, and how sure that is."""
    best = str(estimates["uplift"].idxmax())
    row: Any = estimates.loc[best]
    plus, low, high = (number(100 * (row["uplift"] + k * row["std_error"]), 1) for k in (0, -2, 2))
    return say(
        en=f"A prompt adds most in code {best}: of 100 prompted, {plus} more buy, between {low} and {high} within two "
        "standard errors.",
        zh=f"提示对 {best} 类作用最大：每提示 100 人，多 {plus} 人购买，两个标准误的范围为 {low} 到 {high} 人。",
    )


@captioned(uplift_bars_caption, size=(6.4, 3.8), margins=Margins(left=0.6, right=0.2, bottom=0.55, top=1.0))
def uplift_bars(estimates: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the chance to buy without and with a prompt, and the uplift with two standard errors either way."""
    ax.set_xlim(-0.6, len(estimates) - 0.35)
    top = round_up(1.25 * float(estimates[["p_without", "p_with"]].to_numpy().max()))
    ax.set_ylim(0, top)
    for place, (code, row) in enumerate(estimates.iterrows()):
        ax.bar([place - 0.2], [row["p_without"]], width=0.36, color="#c9c9c9", edgecolor="#8a8a8a", linewidth=0.8)
        ax.bar(
            [place + 0.2], [row["p_with"]], width=0.36, color=PALETTE["blue"], edgecolor=PALETTE["blue"], linewidth=0.8
        )
        words = ("without", "with") if place == 0 else ("", "")
        twins = ("未提示", "提示") if place == 0 else ("", "")
        for shift, word, twin, share in zip((-0.2, 0.2), words, twins, row[["p_without", "p_with"]], strict=True):
            label = say(en=f"{word} {share:.1%}", zh=f"{twin} {share:.1%}").strip()
            ax.text(
                place + shift, share + 0.01 * top, label.replace(" ", "\n"), ha="center", va="bottom", linespacing=1.2
            )
        plus = f"{percent(row['uplift'], 1)} ± {percent(2 * row['std_error'], 1)}"
        ax.text(
            place, 1.0, f"{code}: {plus}", transform=ax.get_xaxis_transform(), ha="center", va="bottom", weight="bold"
        )
    ax.set_xticks(range(len(estimates)), [f"{code} (n = {size:,})" for code, size in estimates["size"].items()])
    ax.tick_params(axis="x", length=0)
    ax.set_yticks([share for share in (0, 0.1, 0.2, 0.3, 0.4, 0.5) if share <= top])
    ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axis_titles(ax, x="", y="")
    headline(
        ax,
        say(
            en=f"A prompt changes most in code {estimates['uplift'].idxmax()}, and not where most buy anyway",
            zh=f"提示改变最多的是 {estimates['uplift'].idxmax()} 类，而不是本来就买得最多的一类",
        )
        if estimates["uplift"].idxmax() != estimates["p_without"].idxmax()
        else say(
            en=f"A prompt changes most in code {estimates['uplift'].idxmax()}",
            zh=f"提示改变最多的是 {estimates['uplift'].idxmax()} 类",
        ),
        lines=2,
    )
    return ax
