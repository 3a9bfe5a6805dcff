"""What the models of chapter 04 find, drawn: one caption function per chart says it in one sentence."""

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
    PALE,
    PALETTE,
    SERIES,
    Margins,
    axis_titles,
    captioned,
    headline,
    number,
    percent,
)
from crmlab.core.text import Text, say

TYPES: Mapping[str, Text] = {
    "impulse": Text(en="impulse", zh="冲动型"),
    "affective": Text(en="affective", zh="情感型"),
    "cognitive": Text(en="cognitive", zh="认知型"),
    "behavioural": Text(en="behavioural", zh="行为型"),
}
TERM_NAMES: Mapping[str, Text] = {
    "price": Text(en="dislike of a high price", zh="对高价的反感"),
    "promo": Text(en="promotion", zh="促销"),
    "info": Text(en="news on quality", zh="质量信息"),
    "attitude": Text(en="liking", zh="喜爱"),
    "habit": Text(en="habit", zh="习惯"),
}
SHOCKS: Mapping[str, Text] = {
    "promotion": Text(en="all rivals are on promotion", zh="对手全都促销"),
    "facts": Text(en="all rivals have better news", zh="对手全都传出更好的质量信息"),
    "scandal": Text(en="a scandal of the own brand", zh="常买的品牌爆出丑闻"),
    "stock_out": Text(en="own brand out of stock for a while", zh="常买的品牌断货一阵"),
}
CLASSES: Mapping[str, Text] = {
    "loyalty": Text(en="loyalty", zh="真正忠诚"),
    "latent": Text(en="latent", zh="潜在忠诚"),
    "spurious": Text(en="spurious", zh="虚假忠诚"),
    "none": Text(en="none", zh="不忠诚"),
}


# --- one equation, four people ---------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class StripsView:
    """A year of choices of four people and of one more, all before the same shelf.

    Attributes
    ----------
    brands
        Names of the brands.
    strips
        Number of the brand chosen (person, occasion); the last person is the one whose weights are set.
    repeat
        Long-run repeat rate of each person, 0..1.
    """

    brands: tuple[str, ...]
    strips: NDArray[np.int64]
    repeat: NDArray[np.float64]

    @property
    def nearest(self) -> tuple[str, float]:
        """The type whose repeat rate is closest to the last person's, and that rate."""
        place = int(np.abs(self.repeat[:-1] - self.repeat[-1]).argmin())
        return list(TYPES)[place], float(self.repeat[place])


def strips_caption(view: StripsView) -> str:
    """Say how often the person set repeats, and which of the four comes closest."""
    kind, rate = view.nearest
    return say(
        en=f"With your weights a salon repeats its last brand in {percent(view.repeat[-1])} of its orders; of the "
        f"four, the {TYPES[kind].en} one comes closest, with {percent(rate)}.",
        zh=f"按你设的权重，一家店有 {percent(view.repeat[-1])} 的订单重复上一次的品牌；"
        f"四种类型里最接近的是{TYPES[kind].zh}，为 {percent(rate)}。",
    )


@captioned(strips_caption, size=(6.8, 3.9), margins=Margins(left=1.15, right=0.95, bottom=0.7, top=0.85))
def strips(view: StripsView, ax: Axes) -> Axes:
    """Draw one row of marks per person: shape and colour say which brand was bought."""
    people, occasions = view.strips.shape
    ax.set_xlim(0, occasions + 1)
    ax.set_ylim(-0.6, people - 0.4)
    ax.axhspan(-0.5, 0.5, color="#f1f1f1", linewidth=0)
    for brand, name in enumerate(view.brands):
        who, when = np.nonzero(view.strips == brand)
        look: dict[str, Any] = {
            "marker": MARKERS[brand],
            "color": SERIES[brand],
            "markersize": 6.5,
            "linestyle": "none",
        }
        ax.plot(when + 1, people - 1 - who, **look)
        place = (0.02 + 0.25 * brand, -0.115)
        ax.plot([place[0]], [place[1]], transform=ax.transAxes, clip_on=False, **look)
        ax.text(place[0] + 0.025, place[1], name, transform=ax.transAxes, va="center_baseline", color=INK)
    names = [*(str(name) for name in TYPES.values()), say(en="yours", zh="你的")]
    for row, (name, rate) in enumerate(zip(names, view.repeat, strict=True)):
        own = row == people - 1
        place_y = people - 1 - row
        ax.text(0, place_y, name, ha="right", va="center_baseline", weight="bold" if own else "normal")
        ax.text(
            occasions + 1.3, place_y, percent(rate), va="center_baseline", weight="bold" if own else "normal", color=INK
        )
    ax.text(occasions + 1.3, people - 0.42, say(en="repeats", zh="重复购买率"), va="bottom", color=PALE)
    ax.text(0, people - 0.42, say(en="26 orders, first to last", zh="26 次订货，从左到右"), va="bottom", color=PALE)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    kind, rate = view.nearest
    close = abs(rate - view.repeat[-1]) < 0.03
    headline(
        ax,
        say(
            en=f"Yours repeats {percent(view.repeat[-1])}, "
            + (f"as the {TYPES[kind].en} salon does" if close else "like none of the four"),
            zh=f"你的店重复购买率 {percent(view.repeat[-1])}，"
            + (f"与{TYPES[kind].zh}相近" if close else "与四种都不同"),
        ),
        lines=1,
    )
    return ax


# --- break the loyalty -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class BreakView:
    """The chance to stay with the own brand, by type.

    Attributes
    ----------
    before, after
        Without and with the shock, in the order of ``TYPES``, 0..1.
    shock
        What happens.
    size
        How strong it is.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    shock: str
    size: float

    @property
    def falls(self) -> NDArray[np.float64]:
        """How far each type falls."""
        return self.before - self.after


def break_caption(view: BreakView) -> str:
    """Say which type falls deepest, and from where to where."""
    worst = int(view.falls.argmax())
    name = TYPES[list(TYPES)[worst]]
    if view.falls[worst] < 0.005:
        return say(
            en="Nothing happens, and nobody's loyalty falls.", zh="什么也没有发生，四类客户里，哪一类都没有流失。"
        )
    return say(
        en=f"When it comes to this ({SHOCKS[view.shock].en}, strength {number(view.size, 1)}), the {name.en} salons "
        f"fall deepest: from {percent(view.before[worst])} who stay to {percent(view.after[worst])}.",
        zh=f"若{SHOCKS[view.shock].zh}（强度 {number(view.size, 1)}），{name.zh}客户降得最多："
        f"留下的比例从 {percent(view.before[worst])} 降到 {percent(view.after[worst])}。",
    )


@captioned(break_caption, size=(6.4, 4.0), margins=Margins(left=0.5, right=0.2, bottom=0.45, top=0.75))
def break_bars(view: BreakView, ax: Axes) -> Axes:
    """Draw for each type who stays without the shock (pale) and with it (full)."""
    places = np.arange(len(TYPES), dtype=float)
    worst = int(view.falls.argmax())
    ax.set_xlim(-0.6, len(TYPES) - 0.4)
    ax.set_ylim(0, 1.0)
    ax.bar(places - 0.21, view.before, width=0.38, color="#cfcfcf")
    ax.bar(places + 0.21, view.after, width=0.38, color=PALETTE["blue"])
    ax.bar(places[[worst]] + 0.21, view.after[[worst]], width=0.38, color=PALETTE["vermilion"])
    for place, name, before, after in zip(places, TYPES.values(), view.before, view.after, strict=True):
        ax.text(place - 0.21, before + 0.015, percent(before), ha="center", va="bottom", color=PALE)
        ax.text(place + 0.21, after + 0.015, percent(after), ha="center", va="bottom", weight="bold", color=INK)
        ax.text(place, -0.035, str(name), transform=ax.get_xaxis_transform(), ha="center", va="top", color=INK)
    ax.text(
        0.995,
        0.99,
        say(en="left: quiet times; right: now", zh="左：平时；右：现在"),
        transform=ax.transAxes,
        ha="right",
        va="top",
        color=PALE,
    )
    ax.set_xticks([])
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    ax.yaxis.grid(True)
    axis_titles(ax, x="", y=say(en="stay with their brand", zh="留在原品牌的比例"))
    name = TYPES[list(TYPES)[worst]]
    headline(
        ax,
        say(en="Nobody falls", zh="哪一类客户都没有流失")
        if view.falls[worst] < 0.005
        else say(
            en=f"The {name.en} salons fall deepest, by {number(100 * view.falls[worst])} points",
            zh=f"{name.zh}客户降得最多，下降 {number(100 * view.falls[worst])} 个百分点",
        ),
        lines=1,
    )
    return ax


# --- how long must we watch ------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class WatchView:
    """Truth against diagnosis.

    Attributes
    ----------
    counts
        Customers of each true type (row) with each diagnosis (column), in the order of ``TYPES``.
    occasions
        How many purchases of each were watched.
    """

    counts: NDArray[np.int64]
    occasions: int

    @property
    def accuracy(self) -> float:
        """Share of right diagnoses."""
        return float(np.trace(self.counts) / self.counts.sum())

    @property
    def most_common_mistake(self) -> tuple[str, str, float]:
        """True type, wrong diagnosis and the share of that type which gets it."""
        wrong = self.counts - np.diag(np.diag(self.counts))
        row, column = np.unravel_index(int(wrong.argmax()), wrong.shape)
        labels = list(TYPES)
        return labels[row], labels[column], float(wrong[row, column] / self.counts[row].sum())


def watch_caption(view: WatchView) -> str:
    """Say how many diagnoses are right, and which mistake is most common."""
    true, said, share = view.most_common_mistake
    return say(
        en=f"After {view.occasions} orders {percent(view.accuracy)} of the diagnoses are right; the most common "
        f"mistake takes {percent(share)} of the {TYPES[true].en} salons for {TYPES[said].en} ones.",
        zh=f"观察 {view.occasions} 次订货后，{percent(view.accuracy)} 的诊断正确；"
        f"最常见的错误，是把 {percent(share)} 的{TYPES[true].zh}客户当成{TYPES[said].zh}。",
    )


@captioned(watch_caption, size=(6.2, 4.3), margins=Margins(left=1.25, right=0.3, bottom=0.75, top=0.75))
def watch_matrix(view: WatchView, ax: Axes) -> Axes:
    """Draw the confusion matrix: true types in rows, diagnoses in columns, right ones framed."""
    size = len(TYPES)
    ax.set_xlim(0, size)
    ax.set_ylim(size, 0)
    shares = view.counts / view.counts.sum(axis=1, keepdims=True)
    ax.pcolormesh(np.arange(size + 1), np.arange(size + 1), shares, cmap="Blues", vmin=0, vmax=1.15, edgecolors="white")
    for row in range(size):
        ax.plot(
            [row, row + 1, row + 1, row, row],
            [row, row, row + 1, row + 1, row],
            color=PALETTE["green"],
            linewidth=2.2,
        )
        for column in range(size):
            if view.counts[row, column]:
                ax.text(
                    column + 0.5,
                    row + 0.5,
                    percent(shares[row, column]),
                    ha="center",
                    va="center_baseline",
                    color="white" if shares[row, column] > 0.6 else INK,
                    weight="bold" if row == column else "normal",
                )
    names = [str(name) for name in TYPES.values()]
    ax.set_xticks(np.arange(size) + 0.5, names)
    ax.set_yticks(np.arange(size) + 0.5, names)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_xlabel(say(en="diagnosis, % of the true type", zh="诊断结果（占真实类型的 %）"))
    ax.set_ylabel(say(en="true type", zh="真实类型"), rotation=0, ha="right", va="bottom")
    ax.yaxis.set_label_coords(-0.02, 1.01)
    headline(
        ax,
        say(
            en=f"{percent(view.accuracy)} right after {view.occasions} orders",
            zh=f"观察 {view.occasions} 次订货：{percent(view.accuracy)} 诊断正确",
        ),
        lines=1,
    )
    return ax


# --- satisfied and gone ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class StayView:
    """Chance to stay over satisfaction.

    Attributes
    ----------
    satisfaction
        1 to 5.
    stay
        Chance to stay at each, 0..1.
    marks
        The chance at 3, 4 and 5.
    """

    satisfaction: NDArray[np.float64]
    stay: NDArray[np.float64]
    marks: NDArray[np.float64]


def stay_caption(view: StayView) -> str:
    """Say who stays among the satisfied and the very satisfied."""
    middle, satisfied, delighted = (percent(share) for share in view.marks)
    return say(
        en=f"Of those who give a 3, {middle} stay; of those who give a 4, {satisfied}; of those who give a 5, "
        f"{delighted}.",
        zh=f"打 3 分的客户有 {middle} 留下，打 4 分的有 {satisfied}，打 5 分的有 {delighted}。",
    )


@captioned(stay_caption, size=(6.2, 4.0), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=0.75))
def stay_curve(view: StayView, ax: Axes) -> Axes:
    """Draw the curve from satisfaction to loyalty, with the answers 3, 4 and 5 marked."""
    ax.set_xlim(1, 5.15)
    ax.set_ylim(0, 1.1)
    ax.plot(view.satisfaction, view.stay, color=PALETTE["blue"], linewidth=2.4)
    ax.plot([3, 4, 5], view.marks, "o", color=PALETTE["vermilion"], markersize=8, clip_on=False)
    for level, share in zip((3, 4, 5), view.marks, strict=True):
        above = share < 0.93
        ax.text(
            level - 0.07,
            share + (0.035 if above else -0.05),
            percent(share),
            ha="right",
            va="bottom" if above else "top",
            weight="bold",
            color=INK,
        )
    axis_titles(
        ax, x=say(en="satisfaction, 1 to 5", zh="满意度（1 至 5 分）"), y=say(en="chance to stay", zh="留下的概率")
    )
    ax.set_xticks([1, 2, 3, 4, 5])
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    ax.yaxis.grid(True)
    lift = 100 * (view.marks[2] - view.marks[1])
    headline(
        ax,
        say(
            en=f"From satisfied to very satisfied: {number(lift)} points more stay",
            zh=f"从满意到非常满意：留下的多 {number(lift)} 个百分点",
        ),
        lines=1,
    )
    return ax


# --- charts of the text ----------------------------------------------------------------------------------------------


def attitude_and_repeat_caption(salons: pd.DataFrame) -> str:
    """Say how many of those who keep coming do not like the brand best."""
    counts = salons["loyalty_class"].value_counts()
    regulars = int(counts["loyalty"] + counts["spurious"])
    return say(
        en=f"Of {regulars} salons that repeat at least every second time, {counts['spurious']} like another brand at "
        "least as much: their loyalty is spurious.",
        zh=f"重复购买率不低于一半的店有 {regulars} 家，其中 {counts['spurious']} 家"
        "对别的某个品牌至少同样喜欢，属于虚假忠诚。",
    )


@captioned(attitude_and_repeat_caption, size=(6.4, 4.4), margins=Margins(left=0.6, right=0.25, bottom=0.7, top=1.0))
def attitude_and_repeat(salons: pd.DataFrame, ax: Axes) -> Axes:
    """Draw relative attitude against repeat rate, one mark per salon, with the four fields of Dick and Basu.

    ``salons`` has the columns ``relative_attitude``, ``repeat_rate`` and ``loyalty_class``.
    """
    ax.set_xlim(-2.6, 3.4)
    ax.set_ylim(0, 1.05)
    ax.axvline(0, color="#8a8a8a", linewidth=0.9)
    ax.axhline(0.5, color="#8a8a8a", linewidth=0.9)
    corners = {"loyalty": (3.35, 1.03, "right"), "spurious": (-2.55, 1.03, "left")}
    corners |= {"latent": (3.35, 0.06, "right"), "none": (-2.55, 0.06, "left")}
    for place, (key, name) in enumerate(CLASSES.items()):
        rows = salons[salons["loyalty_class"] == key]
        ax.plot(
            rows["relative_attitude"].clip(-2.5, 3.3),
            rows["repeat_rate"],
            MARKERS[place],
            color=SERIES[place],
            markersize=3.5,
            markeredgewidth=0,
        )
        x, y, side = corners[key]
        ax.text(x, y, f"{name} {len(rows)}", ha=side, va="top", weight="bold", color=INK)
    axis_titles(
        ax,
        x=say(
            en="liking of the usual brand, less that of the best rival",
            zh="对常买品牌的喜爱，减去对最强对手的喜爱",
        ),
        y=say(en="repeat rate", zh="重复购买率"),
    )
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    spurious = int((salons["loyalty_class"] == "spurious").sum())
    headline(
        ax,
        say(
            en=f"{spurious} salons keep buying a brand that they do not like best",
            zh=f"有 {spurious} 家店一直买的，并不是自己最喜欢的品牌",
        ),
    )
    return ax


def lasting_caption(curve: pd.Series[float], means: Mapping[str, float]) -> str:
    """Say when half of the relations have ended, and what the two means claim."""
    median = _median(curve)
    means_said = say(en="; ", zh="；").join(
        say(en=f"{name}: {number(value, 1)}", zh=f"{name} {number(value, 1)}") for name, value in means.items()
    )
    return say(
        en=f"Half of the relations last longer than {median:g} months; neither mean says how long a new one "
        f"lasts ({means_said}).",
        zh=f"有一半的关系持续超过 {median:g} 个月；两个平均数都说明不了新关系能持续多久（{means_said}）。",
    )


def _median(curve: pd.Series[float]) -> float:
    """The first duration that at most half outlast; the last one seen if more than half do."""
    half = curve.to_numpy() <= 0.5
    return float(curve.index[int(half.argmax()) if half.any() else -1])


@captioned(lasting_caption, size=(6.4, 4.0), margins=Margins(left=0.6, right=0.3, bottom=0.7, top=1.0))
def lasting(curve: pd.Series[float], means: Mapping[str, float], ax: Axes) -> Axes:
    """Draw the share of relations that outlast each month, its median, and means that mislead."""
    ax.set_xlim(0, 96)
    ax.set_ylim(0, 1.05)
    ax.step(curve.index, curve.to_numpy(), where="post", color=PALETTE["blue"], linewidth=2.2)
    median = _median(curve)
    ax.plot([0, median, median], [0.5, 0.5, 0], color=PALETTE["green"], linewidth=1.5, linestyle=DASHES[1])
    ax.text(median + 1, 0.51, say(en=f"median {median:g}", zh=f"中位数 {median:g}"), va="bottom", weight="bold")
    for place, (name, value) in enumerate(means.items()):
        y = 0.92 - 0.1 * place
        ax.plot([value, value], [0, y], color=PALETTE["vermilion"], linewidth=1.2, linestyle=DASHES[3])
        ax.text(value + 1, y, f"{name}: {number(value, 1)}", va="center_baseline", color=INK)
    axis_titles(
        ax,
        x=say(en="months since the first order", zh="自首次订货起的月数"),
        y=say(en="relations still alive", zh="仍在延续的关系"),
    )
    ax.set_xticks(range(0, 97, 12))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100%"])
    ax.yaxis.grid(True)
    headline(
        ax,
        say(
            en=f"Half of the relations end within {median:g} months",
            zh=f"一半的关系在 {median:g} 个月内结束",
        ),
    )
    return ax
