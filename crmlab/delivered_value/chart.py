"""What the models of chapter 06 find, drawn: one caption function per chart says it in one sentence."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

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
    round_up,
    spread,
)
from crmlab.core.data import load
from crmlab.core.text import Text, say
from crmlab.delivered_value.model import AHP, COSTS, VALUES

MONEY = Text(en="yuan per order", zh="元/单")
WAGE = Text(en="yuan per hour", zh="元/小时")
HOURS = Text(en="hours per order", zh="小时/单")

#: The eight components by column, and the four compared in pairs.
COMPONENTS: Mapping[str, Text] = {
    "product_value": Text(en="Product value", zh="产品价值"),
    "service_value": Text(en="Service value", zh="服务价值"),
    "personnel_value": Text(en="Personnel value", zh="人员价值"),
    "image_value": Text(en="Image value", zh="形象价值"),
    "monetary_cost": Text(en="Monetary cost", zh="货币成本"),
    "time_cost": Text(en="Time cost", zh="时间成本"),
    "physical_cost": Text(en="Physical effort", zh="体力成本"),
    "psychic_cost": Text(en="Mental effort", zh="精力成本"),
}
CRITERIA: Mapping[str, Text] = {
    "product": Text(en="Product", zh="产品"),
    "service": Text(en="Service", zh="服务"),
    "personnel": Text(en="Personnel", zh="人员"),
    "image": Text(en="Image", zh="形象"),
}
_SHORT: Mapping[str, Text] = {
    "product_value": Text(en="product", zh="产品"),
    "service_value": Text(en="service", zh="服务"),
    "personnel_value": Text(en="personnel", zh="人员"),
    "image_value": Text(en="image", zh="形象"),
    "monetary_cost": Text(en="money", zh="货币"),
    "time_cost": Text(en="time", zh="时间"),
    "physical_cost": Text(en="body", zh="体力"),
    "psychic_cost": Text(en="mind", zh="精力"),
}
#: The two offers of the value scale.
_NAMES: Mapping[str, Text] = {"large": Text(en="Large", zh="大方案"), "small": Text(en="Small", zh="小方案")}
#: The buyers of the case and their values of time.
OWNER = Text(en="owner", zh="店主")
MANAGER = Text(en="manager", zh="经理")

GAIN, PAIN = PALETTE["blue"], PALETTE["vermilion"]
ACCEPTED_RATIO = 0.10  # Saaty (1980)
_TIE = 1e-9


def name(offer: Hashable) -> str:
    """Return the name of an offer in the language in use.

    >>> name("Lanwan")
    'Lanwan'
    """
    known = _NAMES.get(str(offer)) or _suppliers().get(str(offer))
    return str(offer if known is None else known)


@cache
def _suppliers() -> dict[str, Text]:
    bids = load("delivered_value_offers")
    return {en: Text(en=en, zh=zh) for en, zh in zip(bids["supplier"], bids["supplier_zh"], strict=True)}


def _number(amount: float, decimals: int = 1) -> str:
    """Write a number with a minus sign and only the decimals it has.

    >>> _number(40.0), _number(-12.25), _number(1234.5), _number(-0.01)
    ('40', '−12.2', '1,234.5', '0')
    """
    text = f"{amount:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return say(en=" and ", zh="和").join((say(en=", ", zh="、").join(names[:-1]), names[-1]))


# --- values up, costs down -------------------------------------------------------------------------------------------


def gain_and_pain_caption(delivered: pd.DataFrame) -> str:
    """Say which offer delivers most."""
    best = delivered["delivered_value"].max()
    winners = [name(offer) for offer in delivered.index[delivered["delivered_value"] > best - _TIE]]
    if len(winners) > 1:
        return say(
            en=f"{_listed(winners)} deliver equally much: {_number(best)} {MONEY.en}.",
            zh=f"{_listed(winners)}的让渡价值一样多：{_number(best)} {MONEY.zh}。",
        )
    first = int(delivered["delivered_value"].argmax())
    value, cost = (_number(delivered[column].iloc[first]) for column in ("total_value", "total_cost"))
    return say(
        en=f"{winners[0]} delivers most: {value} of value less {cost} of cost leave {_number(best)} {MONEY.en}.",
        zh=f"{winners[0]}的让渡价值最大：总价值 {value} 减总成本 {cost}，得 {_number(best)} {MONEY.zh}。",
    )


@captioned(gain_and_pain_caption, margins=Margins(left=0.6, right=0.2, bottom=0.4, top=1.0))
def gain_and_pain(delivered: pd.DataFrame, ax: Axes) -> Axes:
    """Draw what :func:`crmlab.delivered_value.deliver` returned: value up, cost down, a diamond for the difference."""
    places = range(len(delivered))
    value, cost, left = (delivered[column] for column in ("total_value", "total_cost", "delivered_value"))
    ax.bar(places, value, width=0.42, color=GAIN)
    ax.bar(places, -cost, width=0.42, color=PAIN, hatch="////", edgecolor="white", linewidth=0)
    ax.plot(places, left, "D", color="white", markeredgecolor=INK, markeredgewidth=1.6, markersize=8)
    ax.axhline(0, color=INK, linewidth=1)
    up, down = _room(value.max(), cost.max())
    words = (say(en="value", zh="总价值"), say(en="cost", zh="总成本"), say(en="left over", zh="让渡价值"))
    for place in places:
        texts = [_number(amount.iloc[place]) for amount in (value, cost, left)]
        if place == 0:
            texts = [f"{word} {text}" for word, text in zip(words, texts, strict=True)]
        ax.annotate(texts[0], (place, value.iloc[place]), (0, 3), textcoords="offset points", ha="center", va="bottom")
        ax.annotate(texts[1], (place, -cost.iloc[place]), (0, -3), textcoords="offset points", ha="center", va="top")
        ax.annotate(texts[2], (place + 0.24, left.iloc[place]), ha="left", va="center", weight="bold")
    ax.set_xlim(-0.5, len(delivered) - 0.3)
    ax.set_ylim(-down, up)
    ax.set_xticks(list(places), [name(offer) for offer in delivered.index])
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)
    ax.yaxis.grid(True)
    axis_titles(ax, x="", y=str(MONEY))
    best = left.max()
    winners = [name(offer) for offer in delivered.index[left > best - _TIE]]
    headline(
        ax,
        say(
            en=f"{_listed(winners)} {'deliver' if len(winners) > 1 else 'delivers'} most: {_number(best)} {MONEY.en}",
            zh=f"{_listed(winners)}的让渡价值最大：{_number(best)} {MONEY.zh}",
        ),
    )
    return ax


def _room(up: float, down: float) -> tuple[float, float]:
    """Return round limits above and below zero, each with room for its labels."""
    top, bottom = round_up(max(1.12 * up, 10)), round_up(max(1.12 * down, 10))
    return max(top, 0.4 * bottom), max(bottom, 0.4 * top)


# --- difference and ratio --------------------------------------------------------------------------------------------


def value_stacks_caption(offers: pd.DataFrame) -> str:
    """Say whether difference and ratio prefer the same offer."""
    by_difference, by_ratio = (_winners(offers[column]) for column in ("delivered_value", "ratio"))
    sums = say(en="; ", zh="；").join(
        say(
            en=f"{name(offer)} {_number(left)} and {_ratio(ratio)}",
            zh=f"{name(offer)}差额 {_number(left)}、比率 {_ratio(ratio)}",
        )
        for offer, left, ratio in zip(offers.index, offers["delivered_value"], offers["ratio"], strict=True)
    )
    return say(
        en=f"{_verdict(by_difference, by_ratio)} (difference and ratio: {sums}).",
        zh=f"{_verdict(by_difference, by_ratio)}（{sums}）。",
    )


def _winners(scores: pd.Series[float]) -> list[Hashable]:
    best = scores.max()
    if math.isinf(best):
        return list(scores.index[scores == best])
    return list(scores.index[scores > best - _TIE])


def _ratio(ratio: float) -> str:
    if math.isnan(ratio):
        return say(en="no ratio", zh="无比率")
    return say(en="without limit", zh="无穷大") if math.isinf(ratio) else f"{ratio:.2f}"


def _verdict(by_difference: list[Hashable], by_ratio: list[Hashable]) -> str:
    one, other = _listed([name(offer) for offer in by_difference]), _listed([name(offer) for offer in by_ratio])
    if by_difference == by_ratio:
        if len(by_difference) > 1:
            return say(en="Neither the difference nor the ratio tells the offers apart", zh="差额和比率都分不出高下")
        return say(en=f"Difference and ratio agree on {one}", zh=f"差额和比率都选{one}")
    return say(en=f"The difference prefers {one}, the ratio prefers {other}", zh=f"按差额选{one}，按比率选{other}")


@captioned(value_stacks_caption, size=(5.8, 4.8), margins=Margins(left=0.55, right=0.1, bottom=0.85, top=1.0))
def value_stacks(offers: pd.DataFrame, ax: Axes) -> Axes:
    """Draw two offers, their components and totals (``offers.join(deliver(offers))``): values up, costs down."""
    up, down = _room(offers["total_value"].max(), offers["total_cost"].max())
    ax.set_xlim(-0.42, len(offers) - 0.3)
    ax.set_ylim(-down, up)
    gap = (up + down) * 0.048
    places = range(len(offers))
    # Lines from point to point, the pen lifted at each gap: between the parts of a bar, and from a part to its label.
    cuts: list[tuple[float, float]] = []
    leaders: list[tuple[float, float]] = []
    lift = (math.nan, math.nan)
    for columns, sign, low, high in ((VALUES, 1, gap / 2, up - gap / 2), (COSTS, -1, gap / 2 - down, -gap / 2)):
        parts = offers[list(columns)].to_numpy(dtype=float)
        ax.bar(
            places,
            sign * parts.sum(axis=1),
            width=0.34,
            color=GAIN if sign > 0 else PAIN,
            hatch=None if sign > 0 else "////",
            edgecolor="white",
            linewidth=0,
            zorder=1 + 0.1 * sign,  # hatches take longest to draw: they lie lowest
        )
        for place, sizes in enumerate(parts.tolist()):
            shown = [
                (column, size, sign * end)
                for column, size, end in zip(columns, sizes, accumulate(sizes), strict=True)
                if size
            ]
            middles = [end - sign * size / 2 for _, size, end in shown]
            heights = spread(middles, gap, low, high)
            for (column, size, end), middle, height in zip(shown, middles, heights, strict=True):
                cuts += [(place - 0.17, end), (place + 0.17, end), lift]
                leaders += [(place + 0.175, middle), (place + 0.215, height), lift]
                ax.text(place + 0.225, height, f"{_SHORT[column]} {_number(size)}", va="center_baseline")
    ax.plot(*zip(*cuts, strict=True), color="white", linewidth=1.2)
    ax.plot(*zip(*leaders, strict=True), color="#8a8a8a", linewidth=0.7)
    left = offers["delivered_value"].to_numpy()
    ax.plot(places, left, "D", color="white", markeredgecolor=INK, markeredgewidth=1.6, markersize=8)
    for place, amount, label in zip(places, left, _labels(offers), strict=True):
        ax.annotate(_number(amount), (place - 0.19, amount), ha="right", va="center", weight="bold")
        ax.text(place, -0.03, label, transform=ax.get_xaxis_transform(), ha="center", va="top", linespacing=1.35)
    ax.axhline(0, color=INK, linewidth=1)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.yaxis.grid(True)
    axis_titles(ax, x="", y=str(MONEY))
    headline(ax, _verdict(_winners(offers["delivered_value"]), _winners(offers["ratio"])))
    return ax


def _labels(offers: pd.DataFrame) -> list[str]:
    """Return what stands below each offer: its name, and how its difference and ratio come about."""
    sums = (
        f"{_number(value)} − {_number(cost)} = {_number(left)}"
        for value, cost, left in offers[["total_value", "total_cost", "delivered_value"]].to_numpy()
    )
    return [
        say(
            en=f"{name(offer)}\ndifference {sum_}\nratio {_ratio(ratio)}",
            zh=f"{name(offer)}\n差额 {sum_}\n比率 {_ratio(ratio)}",
        )
        for offer, sum_, ratio in zip(offers.index, sums, offers["ratio"], strict=True)
    ]


# --- whose time ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class TimeView:
    """Delivered value along the wage axis and one customer on it.

    Attributes
    ----------
    lines
        Delivered value of each offer (columns) at the wages that matter (rows): ends, crossings, this customer's.
    segments
        Who wins where, from :func:`crmlab.delivered_value.wage_segments`.
    wage
        This customer's value of an hour [currency per hour].
    """

    lines: pd.DataFrame
    segments: pd.DataFrame
    wage: float

    @cached_property
    def now(self) -> pd.Series[float]:
        """Delivered value of each offer to this customer."""
        return self.lines.T[self.wage]


def whose_time_caption(view: TimeView) -> str:
    """Say who wins at this customer's value of time and where the winner changes."""
    winners = [name(offer) for offer in _winners(view.now)]
    amount = _number(view.now.max())
    wage = _number(view.wage)
    delivers = "deliver" if len(winners) > 1 else "delivers"
    now = say(
        en=f"At {wage} {WAGE.en}, {_listed(winners)} {delivers} most ({amount} {MONEY.en})",
        zh=f"一小时值 {wage} 元时，{_listed(winners)}的让渡价值最大（{amount} {MONEY.zh}）",
    )
    segments = view.segments
    if len(segments) == 1:
        return say(en=f"{now}; no value of time changes the winner.", zh=f"{now}；时间价值再变，赢家也不变。")
    parts = [
        say(en=f"{name(winner)} from {_number(wage)}", zh=f"{_number(wage)} 起换成{name(winner)}")
        for winner, wage in zip(segments["winner"][1:], segments["from_wage"][1:], strict=True)
    ]
    first = name(segments["winner"].iloc[0])
    return say(
        en=f"{now}; the winner is {first} at low values of time, {', '.join(parts)}.",
        zh=f"{now}；时间价值低时{first}领先，{'，'.join(parts)}。",
    )


@captioned(whose_time_caption, size=(5.8, 4.4), margins=Margins(left=0.55, right=0.95, bottom=0.95, top=1.0))
def whose_time_lines(view: TimeView, ax: Axes) -> Axes:
    """Draw delivered value over the value of an hour: one line per offer, crossings marked, winners named below."""
    lines, end = view.lines, view.lines.index.max()
    lowest, highest = lines.to_numpy().min(), lines.to_numpy().max()
    bottom, top = -round_up(-1.02 * lowest), round_up(1.02 * highest)
    bottom -= 0.14 * (top - bottom)
    ax.set_xlim(0, end)
    ax.set_ylim(bottom, top)
    gap = (top - bottom) * 0.06
    first, last = lines.loc[0].to_numpy(), lines.loc[end].to_numpy()
    labels = spread(list(last), gap, bottom + gap, top)
    for k, offer in enumerate(lines.columns):
        ax.plot(
            [0, end], [first[k], last[k]], DASHES[k], marker=MARKERS[k], color=SERIES[k], linewidth=2, clip_on=False
        )
        ax.text(end * 1.025, labels[k], name(offer), va="center_baseline")
    ax.axhline(0, color="#8a8a8a", linewidth=0.8)
    edges = [edge for edge in view.segments["from_wage"].iloc[1:] if edge < end]
    heights = [lines.loc[edge].max() for edge in edges]
    for edge, height in zip(edges, heights, strict=True):
        ax.annotate(
            _number(edge),
            (edge, height),
            (0, 7),
            textcoords="offset points",
            ha="center",
            va="bottom",
            zorder=6,
            **_PAPER,
        )
    ax.vlines(edges, bottom, heights, color=PALE, linewidth=0.9, linestyle=(0, (1, 2)))
    ax.plot(edges, heights, "o", color="white", markeredgecolor=INK, markersize=7, zorder=4)
    starts = [0.0, *edges, end]
    for left, right, offer in zip(starts, starts[1:], view.segments["winner"], strict=False):
        label = name(offer)
        if (right - left) / end > 0.028 * len(label.encode("gb2312", "replace")):
            ax.text((left + right) / 2, bottom + 0.02 * (top - bottom), label, ha="center", va="bottom", color=PALE)
    ax.axvline(view.wage, color=INK, linewidth=1.4)
    for k, height in enumerate(view.now):
        ax.plot(
            view.wage,
            height,
            MARKERS[k],
            color=SERIES[k],
            markeredgecolor=INK,
            markersize=7,
            zorder=5,
        )
    ax.set_xticks([0, 12, 20, 30, 40, 50, 60], ["0", f"12\n{OWNER}", "20", "30", f"40\n{MANAGER}", "50", "60"])
    ax.yaxis.grid(True)
    axis_titles(
        ax,
        x=say(en=f"value of an hour [{WAGE.en}]", zh=f"一小时的价值 [{WAGE.zh}]"),
        y=say(en=f"delivered value [{MONEY.en}]", zh=f"让渡价值 [{MONEY.zh}]"),
    )
    winners = [name(offer) for offer in _winners(view.now)]
    delivers = "deliver" if len(winners) > 1 else "delivers"
    headline(
        ax,
        say(
            en=f"For a customer whose hour is worth {_number(view.wage)}, {_listed(winners)} {delivers} most",
            zh=f"一小时值 {_number(view.wage)} 元的客户，选{_listed(winners)}，让渡价值最大",
        ),
    )
    return ax


_PAPER: Mapping[str, Any] = {
    "bbox": {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
}


# --- weights from pairs ----------------------------------------------------------------------------------------------


def pair_weights_caption(found: AHP) -> str:
    """Say whether the comparisons hold together, and which one holds least."""
    ratio = f"{found.consistency_ratio:.2f}"
    top = found.weights.idxmax()
    weight = f"{found.weights.max():.0%}"
    heaviest = say(
        en=f"{_criterion(top).capitalize()} weighs most ({weight})", zh=f"{_criterion(top)}的权重最大（{weight}）"
    )
    if found.worst_pair is None:
        return say(
            en=f"{heaviest}; the answers agree with each other perfectly (consistency ratio 0).",
            zh=f"{heaviest}；各项判断完全一致（一致性比率为 0）。",
        )
    pair = _listed([_criterion(label) for label in found.worst_pair])
    if found.consistency_ratio > ACCEPTED_RATIO:
        return say(
            en=f"{heaviest}, but the answers contradict each other: the consistency ratio is {ratio}, above 0.10; "
            f"look again at {pair}.",
            zh=f"{heaviest}，但各项判断互相矛盾：一致性比率 {ratio}，超过 0.10；请重新比较{pair}。",
        )
    return say(
        en=f"{heaviest}; the answers hold together: the consistency ratio is {ratio}, not above 0.10.",
        zh=f"{heaviest}；各项判断基本一致：一致性比率 {ratio}，不超过 0.10。",
    )


def _criterion(label: Hashable) -> str:
    text = CRITERIA.get(str(label))
    return str(label) if text is None else say(en=text.en.lower(), zh=text.zh)


@captioned(pair_weights_caption, size=(5.8, 4.7), margins=Margins(left=1.0, right=0.35, bottom=1.7, top=0.85))
def pair_weights(found: AHP, ax: Axes) -> Axes:
    """Draw the weights as bars, and below them how far the comparisons contradict each other."""
    places = range(len(found.weights))
    ax.barh(places, found.weights, height=0.55, color=GAIN)
    for place, weight in zip(places, found.weights, strict=True):
        ax.annotate(f"{weight:.0%}", (weight, place), (4, 0), textcoords="offset points", va="center", weight="bold")
    ax.set_xlim(0, 0.8)
    ax.set_ylim(len(found.weights) - 0.5, -0.5)
    ax.set_yticks(places, [str(CRITERIA.get(str(label), label)) for label in found.weights.index])
    ax.tick_params(axis="y", length=0)
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8], ["0%", "20%", "40%", "60%", "80%"])
    ax.xaxis.grid(True)
    axis_titles(ax, x=say(en="weight [% of the total]", zh="权重 [占总和的 %]"), y="")
    _gauge(found.consistency_ratio, ax.inset_axes((0, -0.54, 1, 0.1)))
    if found.consistency_ratio > ACCEPTED_RATIO and found.worst_pair is not None:
        one, other = (_criterion(label) for label in found.worst_pair)
        finding = say(
            en=f"The answers contradict each other: look again at {one} or {other}",
            zh=f"各项判断互相矛盾：请重新比较{one}和{other}",
        )
    else:
        top = _criterion(found.weights.idxmax())
        finding = say(en=f"The answers hold together, and {top} weighs most", zh=f"各项判断基本一致，{top}最重要")
    headline(ax, finding)
    return ax


def _gauge(ratio: float, ax: Axes) -> None:
    """Draw the consistency ratio on a scale whose end means "or more", the part that is too high hatched."""
    end = 0.4
    ax.axvspan(0, ACCEPTED_RATIO, color="#d9efe8", linewidth=0)
    ax.axvspan(ACCEPTED_RATIO, end, facecolor="#f6d0bd", edgecolor=PAIN, hatch="////", linewidth=0)
    ax.set_xlim(0, end)
    ax.set_ylim(0, 1)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xticks([0, 0.1, 0.2, 0.3, 0.4], ["0", "0.10", "0.20", "0.30", "0.40+"])
    ax.set_xlabel(say(en="consistency ratio [0 = no contradiction]", zh="一致性比率 [0 = 毫无矛盾]"))
    ax.plot(
        min(ratio, end),
        0.5,
        ">" if ratio > end else "D",
        color=INK,
        markeredgecolor="white",
        markersize=11,
        clip_on=False,
    )
    for middle, words in (
        (ACCEPTED_RATIO / 2, say(en="fine", zh="可接受")),
        ((ACCEPTED_RATIO + end) / 2, say(en="too much contradiction", zh="矛盾太多")),
    ):
        ax.annotate(
            words,
            (middle, 1),
            (0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=PALE,
            annotation_clip=False,
        )


# --- splitting the pie -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PieView:
    """One market at every price and at the price asked now.

    Attributes
    ----------
    curve
        Rows of :func:`crmlab.delivered_value.market`, from the lowest price up.
    now
        The row of the price asked now.
    best_price
        Where the firm earns most [currency].
    unit_cost
        [currency].
    """

    curve: pd.DataFrame
    now: pd.Series[float]
    best_price: float
    unit_cost: float


def split_pie_caption(view: PieView) -> str:
    """Say who gets what at this price."""
    price, value, gain, profit = (
        _number(view.now[key]) for key in ("price", "delivered_value", "customer_surplus", "firm_profit")
    )
    share, best = f"{view.now['share']:.0%}", _number(view.best_price, 0)
    return say(
        en=f"At a price of {price} the offer delivers {value}; {share} of customers buy, customers gain {gain} and the "
        f"firm earns {profit} {MONEY.en} (most at {best}).",
        zh=f"价格为 {price} 时让渡价值为 {value}；{share} 的客户购买，客户剩余 {gain}，"
        f"企业利润 {profit} {MONEY.zh}（价格约 {best} 时利润最大）。",
    )


@captioned(split_pie_caption, size=(5.8, 4.4), margins=Margins(left=0.55, right=0.3, bottom=0.6, top=1.0))
def split_pie(view: PieView, ax: Axes) -> Axes:
    """Draw customer surplus and firm profit over the price, with the price asked now."""
    curve, now = view.curve, view.now
    price = now["price"]
    first, last = curve["price"].iloc[0], curve["price"].iloc[-1]
    top = round_up(1.15 * max(curve["customer_surplus"].max(), curve["firm_profit"].max(), 20))
    bottom = min(-0.12 * top, -round_up(-1.1 * curve["firm_profit"].min()))
    ax.set_xlim(first, last)
    ax.set_ylim(bottom, top)
    ax.axhline(0, color=INK, linewidth=1)
    ax.axvline(price, color=INK, linewidth=1.2)
    ax.axvline(view.unit_cost, color=PALE, linewidth=0.9, linestyle=(0, (1, 2)))
    ax.annotate(
        say(en="unit cost", zh="单位成本"),
        (view.unit_cost, top),
        (3, -1),
        textcoords="offset points",
        va="top",
        color=PALE,
    )
    series = (
        ("customer_surplus", say(en="customers gain", zh="客户剩余")),
        ("firm_profit", say(en="firm earns", zh="企业利润")),
    )
    gap = (top - bottom) * 0.065
    heights = spread([float(now[column]) for column, _ in series], gap, bottom + gap, top - gap)
    right = price < (first + last) / 2
    for k, (column, words) in enumerate(series):
        ax.plot(curve["price"], curve[column], DASHES[k], color=SERIES[k], linewidth=2.2)
        ax.plot(price, now[column], MARKERS[k], color=SERIES[k], markeredgecolor=INK, markersize=8, zorder=5)
        ax.annotate(
            f"{words} {_number(now[column])}",
            (price + (0.025 if right else -0.025) * (last - first), heights[k]),
            ha="left" if right else "right",
            va="center_baseline",
            zorder=6,
            weight="bold",
            **_PAPER,
        )
    if first <= view.best_price <= last:
        highest = curve["firm_profit"].max()
        ax.plot(
            view.best_price,
            highest,
            "^",
            color="white",
            markeredgecolor=SERIES[1],
            markeredgewidth=1.6,
            markersize=8,
            zorder=4,
        )
    ax.yaxis.grid(True)
    axis_titles(
        ax,
        x=say(en=f"price [{MONEY.en}]", zh=f"价格 [{MONEY.zh}]"),
        y=say(en=f"{MONEY.en}, for each customer in the market", zh=f"{MONEY.zh}，按市场中每位客户平均"),
    )
    headline(ax, _split_finding(view))
    return ax


def _split_finding(view: PieView) -> str:
    price, share = _number(view.now["price"]), f"{view.now['share']:.0%}"
    margin = view.now["price"] - view.unit_cost
    if abs(margin) < _TIE:
        return say(
            en=f"At cost, {share} of customers buy and gain most: nothing is left for the firm",
            zh=f"按成本定价时 {share} 的客户购买、得益最多，企业一无所得",
        )
    if margin < 0:
        return say(
            en=f"Below cost, {share} of customers buy and the firm pays for each of them",
            zh=f"价格低于成本时 {share} 的客户购买，企业每单都亏",
        )
    if abs(view.now["price"] - view.best_price) < 1:
        return say(
            en=f"At {price} the firm earns most, and {share} of customers buy",
            zh=f"价格为 {price} 时企业利润最大，{share} 的客户购买",
        )
    if view.now["price"] < view.best_price:
        return say(
            en=f"At {price}, {share} of customers buy; a higher price would earn the firm more",
            zh=f"价格为 {price} 时 {share} 的客户购买；提价还能增加利润",
        )
    return say(
        en=f"At {price}, only {share} of customers buy; a lower price would earn the firm more",
        zh=f"价格为 {price} 时只有 {share} 的客户购买；降价反而增加利润",
    )
