"""What the models of chapter 09 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crmlab.core.charts import (
    DASHES,
    HATCHES,
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
    spread,
)
from crmlab.core.text import Text, say
from crmlab.expectations.model import Promise, satisfaction

QUADRANTS: Mapping[str, Text] = {
    "concentrate_here": Text(en="concentrate here", zh="重点改进"),
    "keep_up": Text(en="keep it up", zh="继续保持"),
    "low_priority": Text(en="low priority", zh="低优先级"),
    "possible_overkill": Text(en="possible overkill", zh="可能过度"),
}
CROSSHAIRS: Mapping[str, Text] = {
    "mean": Text(en="at the mean", zh="均值"),
    "median": Text(en="at the median", zh="中位数"),
    "midpoint": Text(en="at the middle of the scale", zh="量表中点"),
}
KANO_NAMES: Mapping[str, Text] = {
    "A": Text(en="attractive", zh="魅力"),
    "O": Text(en="one-dimensional", zh="期望（一维）"),
    "M": Text(en="must-be", zh="必备"),
    "I": Text(en="indifferent", zh="无差异"),
    "R": Text(en="reverse", zh="反向"),
    "Q": Text(en="questionable", zh="可疑"),
}
POINTS = Text(en="points", zh="分")


# --- the promise -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PromiseView:
    """What each promise brings.

    Attributes
    ----------
    outcomes
        As :func:`crmlab.expectations.promise_outcome` returns them, over the whole range of promises.
    now
        The same for the promise set, one row.
    best
        The promise that earns most.
    quality
        The truth.
    """

    outcomes: pd.DataFrame
    now: pd.Series[float]
    best: Promise
    quality: float

    @property
    def direction(self) -> str:
        """Direction of the best promise, as far as whole points show it."""
        return "exact" if abs(self.best.promise - self.quality) < 0.5 else self.best.direction


def promise_caption(view: PromiseView) -> str:
    """Say what the promise set brings, and which would earn most."""
    now, best = view.now, view.best
    gap = number(abs(best.promise - view.quality))
    side = {
        "over": say(en=f"{gap} above the truth", zh=f"比真实质量高 {gap} 分"),
        "under": say(en=f"{gap} below the truth", zh=f"比真实质量低 {gap} 分"),
        "exact": say(en="the truth", zh="正是真实质量"),
    }[view.direction]
    return say(
        en=f"A promise of {number(now['promise'])} makes {percent(now['trial'])} try and {percent(now['repeat'])} of "
        f"them repeat; most is earned with a promise of {number(best.promise)}, {side}.",
        zh=f"承诺 {number(now['promise'])} 分，有 {percent(now['trial'])} 的人来试，"
        f"其中 {percent(now['repeat'])} 会再买；利润最高的承诺是 {number(best.promise)} 分，{side}。",
    )


@captioned(promise_caption, size=(6.4, 4.2), margins=Margins(left=0.6, right=0.75, bottom=0.7, top=0.75))
def promise_curves(view: PromiseView, ax: Axes) -> Axes:
    """Draw who tries, who repeats and what is earned, over the promise."""
    xs = view.outcomes["promise"].to_numpy()
    ax.set_xlim(xs[0], xs[-1])
    ax.set_ylim(0, 1.08)
    ax.axvline(view.quality, color="#8a8a8a", linewidth=1, linestyle=DASHES[1])
    ax.text(view.quality, 0.02, say(en=" truth", zh=" 真实质量"), va="bottom", color=PALE)
    names = (
        ("trial", say(en="try", zh="尝试")),
        ("repeat", say(en="repeat", zh="再买")),
        ("profit", say(en="profit", zh="利润")),
    )
    most = float(view.outcomes["profit"].max())
    units = {"trial": 1.0, "repeat": 1.0, "profit": most}  # the profit is drawn in parts of the highest
    ends = [float(view.outcomes[column].iloc[-1]) / units[column] for column, _ in names]
    for place, ((column, name), y) in enumerate(zip(names, spread(ends, 0.07, 0.02, 1.05), strict=True)):
        ys, now = view.outcomes[column].to_numpy() / units[column], view.now[column] / units[column]
        ax.plot(xs, ys, color=SERIES[place], linestyle=DASHES[place], linewidth=2.2)
        ax.plot([view.now["promise"]], [now], MARKERS[place], color=SERIES[place], markersize=7)
        ax.text(xs[-1] + 1.2, y, name, va="center_baseline", color=SERIES[place], weight="bold", clip_on=False)
    highest = view.outcomes.iloc[int(view.outcomes["profit"].argmax())]
    ax.plot([highest["promise"]], [1.0], "*", color=PALETTE["vermilion"], markersize=14, clip_on=False)
    axis_titles(
        ax,
        x=say(en="promise, 0 to 100 (★ earns most)", zh="承诺（0 至 100 分；★ 利润最高）"),
        y=say(en="shares; profit in % of the highest", zh="比例；利润占最高值的 %"),
    )
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    ax.yaxis.grid(True)
    headline(
        ax,
        {
            "over": say(en="It pays to promise more than the truth", zh="承诺高于真实质量，利润最高"),
            "under": say(en="It pays to promise less than the truth", zh="承诺低于真实质量，利润最高"),
            "exact": say(en="It pays to promise the truth", zh="如实承诺，利润最高"),
        }[view.direction],
        lines=1,
    )
    return ax


# --- memory of service -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class MemoryView:
    """An expectation before and after one visit.

    Attributes
    ----------
    before, after
        Mean and standard deviation.
    visit
        How the visit went.
    visits
        How many there were before.
    """

    before: tuple[float, float]
    after: tuple[float, float]
    visit: float
    visits: int

    @property
    def shift(self) -> float:
        """How far the mean moved."""
        return self.after[0] - self.before[0]


def memory_caption(view: MemoryView) -> str:
    """Say how far one visit moved the expectation."""
    moved = number(abs(view.shift), 1)
    if moved == number(0, 1):
        return say(
            en=f"After {view.visits} earlier visits, one visit of {number(view.visit)} leaves the expectation at "
            f"{number(view.before[0], 1)}; it only makes it surer.",
            zh=f"此前已有 {view.visits} 次到访，再来一次 {number(view.visit)} 分的到访，期望仍为 "
            f"{number(view.before[0], 1)}，只是更有把握。",
        )
    way = say(en="lowers" if view.shift < 0 else "raises", zh="降低" if view.shift < 0 else "提高")
    return say(
        en=f"After {view.visits} earlier visits, one visit of {number(view.visit)} {way} the expectation by {moved}, "
        f"from {number(view.before[0], 1)} to {number(view.after[0], 1)}.",
        zh=f"此前已有 {view.visits} 次到访，再来一次 {number(view.visit)} 分的到访，使期望{way} {moved} 分，"
        f"从 {number(view.before[0], 1)} 变为 {number(view.after[0], 1)}。",
    )


@captioned(memory_caption, size=(6.4, 4.0), margins=Margins(left=0.35, right=0.35, bottom=0.7, top=0.5))
def memory_curves(view: MemoryView, ax: Axes) -> Axes:
    """Draw the expectation as a distribution, before (dashed) and after (full) the visit."""
    xs = np.linspace(20, 100, 161)
    ax.set_xlim(20, 100)
    ax.set_ylim(0, 1.25)
    curves = []
    for mean, sd in (view.before, view.after):
        curves.append(np.exp(-0.5 * ((xs - mean) / sd) ** 2) / sd)
    top = max(float(curve.max()) for curve in curves)
    ax.plot(xs, curves[0] / top, color="#6b6b6b", linewidth=1.8, linestyle=DASHES[1])
    ax.plot(xs, curves[1] / top, color=PALETTE["blue"], linewidth=2.4)
    ax.plot([view.visit], [0.03], "v", color=PALETTE["vermilion"], markersize=10, clip_on=False)
    ax.text(
        0.01,
        0.98,
        say(en=f"▼ the visit: {number(view.visit)}", zh=f"▼ 这次到访：{number(view.visit)}"),
        transform=ax.transAxes,
        va="top",
        color=INK,
    )
    for mean, height, colour, name in (
        (view.before[0], 1.2, "#6b6b6b", say(en="before", zh="之前")),
        (view.after[0], 1.1, PALETTE["blue"], say(en="after", zh="之后")),
    ):
        ax.plot([mean, mean], [0, height - 0.04], color=colour, linewidth=0.9)
        ax.text(
            mean, height, f"{name} {number(mean, 1)}", ha="center", va="center_baseline", color=colour, weight="bold"
        )
    axis_titles(ax, x=say(en="performance expected, 0 to 100", zh="期望的表现（0 至 100 分）"), y="")
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    moved = number(abs(view.shift), 1)
    headline(
        ax,
        say(
            en=f"One visit moves the expectation by {moved} points",
            zh=f"一次到访使期望移动 {moved} 分",
        ),
        lines=1,
    )
    return ax


# --- the grid --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class GridView:
    """Attributes in the grid of importance and performance.

    Attributes
    ----------
    grid
        As :func:`crmlab.expectations.importance_performance` returns it, indexed by shown names.
    usual
        The quadrants with stated importance and the crosshair at the mean.
    lines
        Where the lines cross: importance, performance.
    limits
        Of the axes: lowest and highest importance, lowest and highest performance.
    stated
        Whether the importance is what raters say.
    """

    grid: pd.DataFrame
    usual: pd.Series[str]
    lines: tuple[float, float]
    limits: tuple[float, float, float, float]
    stated: bool

    @property
    def movers(self) -> list[str]:
        """Attributes that stand in another quadrant than usual."""
        return [
            str(name)
            for name, before, now in zip(self.grid.index, self.usual, self.grid["quadrant"].astype(str), strict=True)
            if before != now
        ]

    @property
    def first(self) -> list[str]:
        """Attributes to concentrate on."""
        return [str(name) for name in self.grid.index[self.grid["quadrant"] == "concentrate_here"]]


def grid_caption(view: GridView) -> str:
    """Say where to concentrate, and what changed quadrant against the usual grid."""
    first = say(en=", ", zh="、").join(view.first) or say(en="nothing", zh="无")
    movers = say(en=", ", zh="、").join(view.movers) or say(en="nothing", zh="无")
    return say(
        en=f"Concentrate on: {first}. Changed quadrant against stated importance and the mean: {movers}.",
        zh=f"重点改进：{first}。与“陈述重要度、均值十字线”相比，换了象限的：{movers}。",
    )


@captioned(grid_caption, size=(7.2, 4.6), margins=Margins(left=0.55, right=2.1, bottom=0.7, top=0.75))
def grid(view: GridView, ax: Axes) -> Axes:
    """Draw the attributes by number, the crosshair, the names beside, and rings around what changed quadrant."""
    left, right, low, high = view.limits
    ax.set_xlim(left, right)
    ax.set_ylim(low, high)
    for place, name in enumerate(view.grid.index):  # what stands still comes first: it is not drawn anew
        ax.text(
            1.04,
            0.985 - 0.073 * place,
            f"{place + 1}  {name}",
            transform=ax.transAxes,
            va="center_baseline",
            fontsize=8.5,
            color=INK,
        )
    for key, (side, top, ha, va) in {
        "concentrate_here": (0.99, 0.015, "right", "bottom"),
        "keep_up": (0.99, 0.985, "right", "top"),
        "low_priority": (0.01, 0.015, "left", "bottom"),
        "possible_overkill": (0.01, 0.985, "left", "top"),
    }.items():
        ax.text(side, top, str(QUADRANTS[key]), transform=ax.transAxes, ha=ha, va=va, color=PALE)
    across, up = view.lines
    ax.fill_between([across, right], [up, up], [low, low], color="#fbe6da", linewidth=0, alpha=0.6)
    ax.plot([left, right], [up, up], color="#8a8a8a", linewidth=1)
    ax.plot([across, across], [low, high], color="#8a8a8a", linewidth=1)
    x, y = view.grid["importance"].to_numpy(), view.grid["performance"].to_numpy()
    moved = view.grid.index.isin(view.movers)
    ax.plot(x, y, "o", color=PALETTE["blue"], markersize=12, markeredgewidth=0)
    ax.plot(
        x[moved], y[moved], "o", color="none", markeredgecolor=PALETTE["vermilion"], markersize=17, markeredgewidth=2
    )
    for place in range(len(view.grid)):
        ax.text(x[place], y[place], str(place + 1), ha="center", va="center_baseline", color="white", fontsize=7.5)
    axis_titles(
        ax,
        x=say(en="importance, as stated", zh="陈述重要度")
        if view.stated
        else say(en="importance, derived: share of R² [%]", zh="推导重要度：R² 份额（%）"),
        y=say(en="performance", zh="表现"),
    )
    count = len(view.movers)
    headline(
        ax,
        say(
            en=f"{count} of {len(view.grid)} attributes changed quadrant (ringed)"
            if count
            else "The usual grid: stated importance, lines at the mean",
            zh=f"{len(view.grid)} 项属性中有 {count} 项换了象限（带圈）"
            if count
            else "通常的四分图：陈述重要度，十字线在均值",
        ),
        lines=1,
    )
    return ax


# --- tell them early -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class NoticeView:
    """Who stays after a late delivery, over the notice given.

    Attributes
    ----------
    notice
        Hours before the promised time.
    stay
        Share that stays at each, 0..1.
    now
        The notice set [hours] and the share that then stays.
    delay
        Hours late.
    """

    notice: NDArray[np.float64]
    stay: NDArray[np.float64]
    now: tuple[float, float]
    delay: float

    @property
    def best(self) -> tuple[float, float]:
        """The notice that keeps most customers [hours], and the share."""
        place = int(self.stay.argmax())
        return float(self.notice[place]), float(self.stay[place])


def notice_caption(view: NoticeView) -> str:
    """Say who stays with this notice, without any, and at best."""
    hours, most = view.best
    none = percent(float(view.stay[0]))
    if not view.now[0]:
        return say(
            en=f"A delivery {number(view.delay)} hours late of which nobody was told keeps {none} of the customers; "
            f"at best {percent(most)} stay, told {number(hours)} hours before it is due.",
            zh=f"晚到 {number(view.delay)} 小时而没有告知，留住 {none} 的客户；"
            f"提前 {number(hours)} 小时告知最好，能留住 {percent(most)}。",
        )
    return say(
        en=f"A delivery {number(view.delay)} hours late, announced {number(view.now[0])} hours before it is due, keeps "
        f"{percent(view.now[1])} of the customers; unannounced {none}, at best {percent(most)} "
        f"with {number(hours)} hours.",
        zh=f"晚到 {number(view.delay)} 小时的货，提前 {number(view.now[0])} 小时告知，"
        f"留住 {percent(view.now[1])} 的客户；不告知为 {none}，提前 {number(hours)} 小时最好，为 {percent(most)}。",
    )


@captioned(notice_caption, size=(6.4, 4.0), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=0.75))
def notice_curve(view: NoticeView, ax: Axes) -> Axes:
    """Draw the share that stays over the hours of notice."""
    ax.set_xlim(0, 96)
    ax.set_ylim(0, 1.05)
    ax.plot(view.notice, view.stay, color=PALETTE["blue"], linewidth=2.4)
    (hours, most), (hours_now, kept) = view.best, view.now
    ax.plot([hours], [most], "*", color=PALETTE["green"], markersize=14, clip_on=False)
    ax.plot([view.now[0]], [view.now[1]], "o", color=PALETTE["vermilion"], markersize=9, clip_on=False)
    ax.text(
        0.98,
        0.04,
        say(
            en=f"★ best: {number(hours)} h, {percent(most)}\n● now: {number(hours_now)} h, {percent(kept)}",
            zh=f"★ 最好：{number(hours)} 小时，{percent(most)}\n● 现在：{number(hours_now)} 小时，{percent(kept)}",
        ),
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        linespacing=1.5,
        color=INK,
    )
    axis_titles(
        ax,
        x=say(en="notice, hours before the delivery is due", zh="提前告知（距约定时间的小时数）"),
        y=say(en="customers who stay", zh="留下的客户"),
    )
    ax.set_xticks(range(0, 97, 12))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    ax.yaxis.grid(True)
    gain = 100 * (view.now[1] - float(view.stay[0]))
    more = gain >= -0.5
    headline(
        ax,
        say(
            en=f"{number(view.now[0])} hours of notice keep {number(abs(gain))} points {'more' if more else 'fewer'} "
            "than none"
            if view.now[0]
            else "Nobody was told",
            zh=f"提前 {number(view.now[0])} 小时告知，比不告知{'多' if more else '少'}留住 {number(abs(gain))} 个百分点"
            if view.now[0]
            else "没有告知任何人",
        ),
        lines=1,
    )
    return ax


# --- charts of the text ----------------------------------------------------------------------------------------------


def gap_caption(encounters: pd.DataFrame, form: pd.Series[float]) -> str:
    """Say how much steeper losses are than gains, and how wide the zone is."""
    return say(
        en=f"Within {form['zone']:.1f} points of the expectation nothing happens; beyond, a missed point costs "
        f"{form['loss']:.1f} and a point on top brings {form['gain']:.1f}.",
        zh=f"与期望相差不到 {form['zone']:.1f} 分时满意度不变；超出以后，少一分扣 {form['loss']:.1f} 分，"
        f"多一分只加 {form['gain']:.1f} 分。",
    )


@captioned(gap_caption, size=(6.4, 4.2), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=1.0))
def gap_and_satisfaction(encounters: pd.DataFrame, form: pd.Series[float], ax: Axes) -> Axes:
    """Draw satisfaction over the gap between performance and expectation, with the fitted form.

    ``encounters`` has ``expectation``, ``performance``, ``satisfaction``; ``form`` is a row of
    :func:`crmlab.expectations.fit_forms`.
    """
    gap = (encounters["performance"] - encounters["expectation"]).to_numpy()
    ax.set_xlim(-35, 35)
    ax.set_ylim(0, 105)
    ax.axvspan(-form["zone"], form["zone"], color="#efefef", linewidth=0)
    ax.axvline(0, color="#8a8a8a", linewidth=0.9)
    ax.plot(gap, encounters["satisfaction"], "o", color=PALETTE["sky blue"], markersize=2.2, markeredgewidth=0)
    xs = np.linspace(-35, 35, 141)
    shape = {key: float(form[key]) for key in ("base", "gain", "loss", "zone", "power")}
    ax.plot(xs, satisfaction(0.0, xs, **shape), color=INK, linewidth=2.2)
    axis_titles(
        ax,
        x=say(en="performance less expectation, points", zh="表现减期望（分）"),
        y=say(en="satisfaction", zh="满意度"),
    )
    headline(
        ax,
        say(
            en=f"A missed point costs {form['loss'] / form['gain']:.1f} times what an extra point brings",
            zh=f"少一分扣的，是多一分加的 {form['loss'] / form['gain']:.1f} 倍",
        ),
    )
    return ax


def drivers_caption(table: pd.DataFrame) -> str:
    """Say which share of the explained variance goes to attributes without any effect."""
    idle = table[(table["true"] == 0)]
    share = float(idle["share"].sum() / table["share"].sum())
    names = say(en=", ", zh="、").join(map(str, idle.index))
    return say(
        en=f"{percent(share)} of the explained variance is credited to attributes that change nothing: {names}.",
        zh=f"解释方差中有 {percent(share)} 记在了毫无作用的属性名下：{names}。",
    )


@captioned(drivers_caption, size=(7.0, 4.8), margins=Margins(left=1.75, right=0.3, bottom=0.7, top=1.0))
def drivers(table: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the share of each attribute in the explained variance; hatched where its true effect is zero.

    ``table`` is indexed by shown names, with ``share`` (of R-squared) and ``true`` (effect).
    """
    ordered = table.sort_values("share")
    ax.set_xlim(0, 1.15 * float(100 * ordered["share"].max()))
    ax.set_ylim(-0.6, len(ordered) - 0.4)
    for idle, colour, hatch in ((False, PALETTE["blue"], HATCHES[0]), (True, PALETTE["orange"], HATCHES[1])):
        rows = np.flatnonzero((ordered["true"] == 0).to_numpy() == idle)
        ax.barh(rows, 100 * ordered["share"].to_numpy()[rows], color=colour, hatch=hatch, height=0.72)
    for place, share in enumerate(100 * ordered["share"].to_numpy()):
        ax.text(share + 0.1, place, number(share, 1), va="center_baseline", color=INK)
    ax.set_yticks(range(len(ordered)), [str(name) for name in ordered.index])
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(say(en="share of R² [%]; hatched: changes nothing in truth", zh="R² 份额（%）；斜线：其实毫无作用"))
    headline(
        ax,
        say(
            en="Attributes that change nothing get credit, above all those in good company",
            zh="毫无作用的属性也分到了功劳，与真正的原因同进退的尤其多",
        ),
    )
    return ax


def penalty_caption(table: pd.DataFrame) -> str:
    """Say how many attributes only punish and how many only reward."""
    counts = table["factor"].value_counts()
    return say(
        en=f"{counts['basic']} attributes only punish, {counts['excitement']} only reward, {counts['performance']} do "
        f"both and {counts['neither']} do neither.",
        zh=f"只会扣分的属性有 {counts['basic']} 项，只会加分的有 {counts['excitement']} 项，"
        f"两者都有的 {counts['performance']} 项，两者都没有的 {counts['neither']} 项。",
    )


@captioned(penalty_caption, size=(7.0, 4.8), margins=Margins(left=1.75, right=0.3, bottom=0.7, top=1.0))
def penalties_and_rewards(table: pd.DataFrame, ax: Axes) -> Axes:
    """Draw what a bad (left, hatched) and an excellent rating (right) of each attribute does to the overall rating.

    ``table`` is what :func:`crmlab.expectations.penalty_reward` returns, indexed by shown names.
    """
    ordered = table.sort_values("penalty", ascending=False)
    ax.set_xlim(-1.2, 1.2)
    ax.set_ylim(-0.6, len(ordered) - 0.4)
    rows = np.arange(len(ordered))
    for side, up, colour, hatch in (
        ("penalty", 0.2, PALETTE["vermilion"], HATCHES[1]),
        ("reward", -0.2, PALETTE["green"], HATCHES[0]),
    ):
        middle, half = ordered[side].to_numpy(), 1.96 * ordered[f"{side}_se"].to_numpy()
        ax.barh(rows + up, middle, color=colour, hatch=hatch, height=0.38)
        ax.plot(np.vstack([middle - half, middle + half]), np.vstack([rows + up] * 2), color=INK, linewidth=1)
    ax.axvline(0, color=INK, linewidth=1)
    ax.set_yticks(rows, [str(name) for name in ordered.index])
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(
        say(
            en="overall rating, points: if rated 1 or 2 (hatched), if rated 5",
            zh="总体评分的变化（分）：打 1、2 分时（斜线）与打 5 分时",
        )
    )
    headline(
        ax,
        say(en="Some attributes can only punish, some can only reward", zh="有的属性只会扣分，有的只会加分"),
    )
    return ax


def kano_caption(table: pd.DataFrame) -> str:
    """Say which feature pleases most and which one's lack displeases most."""
    best, worst = table["better"].idxmax(), table["worse"].idxmin()
    return say(
        en=f"Most pleased by: {best} ({table['better'].max():.2f}); most displeased without: {worst} "
        f"({number(float(table['worse'].min()), 2)}).",
        zh=f"最让人满意的：{best}（{table['better'].max():.2f}）；缺了最让人不满的：{worst}"
        f"（{number(float(table['worse'].min()), 2)}）。",
    )


@captioned(kano_caption, size=(6.6, 4.4), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=1.0))
def kano_map(table: pd.DataFrame, ax: Axes) -> Axes:
    """Draw each feature by what having it and lacking it does, with its class as a letter.

    ``table`` is indexed by shown names, with ``better``, ``worse`` and ``kano`` (the most frequent class).
    """
    ax.set_xlim(0, 1.0)
    ax.set_ylim(0, 1.0)
    ax.axhline(0.5, color="#c9c9c9", linewidth=0.9)
    ax.axvline(0.5, color="#c9c9c9", linewidth=0.9)
    x, y = -table["worse"].to_numpy(), table["better"].to_numpy()
    ax.plot(x, y, "o", color=PALETTE["blue"], markersize=15, markeredgewidth=0)
    for place, name in enumerate(table.index):
        ax.text(x[place], y[place], str(table["kano"].iloc[place]), ha="center", va="center_baseline", color="white")
        if x[place] < 0.45:
            ax.text(x[place] + 0.035, y[place], str(name), va="center_baseline", color=INK)
            continue
        above = y - y[place]
        crowded = bool(((above > 0) & (above < 0.15) & (np.abs(x - x[place]) < 0.3)).any())
        height = y[place] + (-0.05 if crowded else 0.05)
        ax.text(x[place], height, str(name), ha="center", va="top" if crowded else "bottom", color=INK)
    axis_titles(
        ax,
        x=say(en="displeased if it is missing (0 to 1)", zh="缺少时不满的比例（0 至 1）"),
        y=say(en="pleased if it is there (0 to 1)", zh="具备时高兴的比例（0 至 1）"),
    )
    headline(
        ax,
        say(
            en="What pleases when there is not what displeases when missing",
            zh="有了让人高兴的，未必就是缺了让人不满的",
        ),
    )
    return ax
