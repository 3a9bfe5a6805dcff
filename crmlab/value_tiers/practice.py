"""Warm-ups, predictions and practice of chapter 02; every answer is computed by the chapter's model.

Warm-ups (``-w``) recall earlier chapters, predictions (``-q``) stand before a run, practice (``-p``) trains the ideas
of the graded set with other numbers. ``items.py`` joins them to the graded items. A trap that leads to the right
answer for a student gives :data:`SILENT`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import get_args

import numpy as np
import pandas as pd

from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Item,
    MappingItem,
    NumberItem,
    OrderItem,
    Params,
    PartsItem,
    TextItem,
    Trap,
    always,
)
from crmlab.core.text import Text
from crmlab.core.writing import too_close
from crmlab.value_tiers import simulate
from crmlab.value_tiers.model import (
    Reading,
    RollOut,
    ScoreRule,
    break_even_response,
    gini,
    hhi,
    let_go,
    pareto_shape,
    pareto_share,
    portfolio,
    rfm_scores,
    roll_out,
    top_share,
    whale_curve,
    whale_peak,
)

_YUAN = Text(en="yuan", zh="元")
_PERCENT = Text(en="percent", zh="%（百分数）")
_CUSTOMERS = Text(en="customers", zh="位客户")
_SEE_WHOLE = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")


def _unless(truth: Callable[[Params], float], wrong: Callable[[Params], float]) -> Callable[[Params], float]:
    """Keep a wrong model silent where it counts right; for whole numbers."""
    return lambda params: SILENT if wrong(params) == truth(params) else wrong(params)


def _nearest(options: Iterable[str], value: float) -> str:
    """The option whose key is the number closest to a value, by ratio."""
    return min(options, key=lambda key: abs(math.log(value / float(key))))


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="value_tiers-w1",
    ask=Text(
        en="*From chapter 01.* Moderately urgent means: due in more than 7 and up to 30 days. Non-urgent means: more "
        "than 30 and up to 90. A quote is due in exactly 30 days. Which class holds it?",
        zh="*出自第 01 章。* 缓急客户：超过 7 天、不超过 30 天到期；不紧急客户：超过 30 天、不超过 90 天。"
        "一份报价正好 30 天后到期。它属于哪一类？",
    ),
    options={
        "both": Text(en="both: it sits on the edge", zh="两类都属于：它正好在边界上"),
        "non_urgent": Text(en="non-urgent only", zh="只属于不紧急"),
        "moderate": Text(en="moderately urgent only", zh="只属于缓急"),
        "neither": Text(en="neither: it falls between them", zh="都不属于：它落在两类之间"),
    },
    solve=always("moderate"),
    traps=(
        Trap(
            "edge-in-both",
            always("both"),
            Text(
                en="Reminder: classes may touch and must not overlap. Which of the two rules says that its own edge "
                "is included?",
                zh="提示：两类可以相接，不能重叠。哪一条规则说明包含这个边界？",
            ),
        ),
        Trap(
            "closed-side-swapped",
            always("non_urgent"),
            Text(
                en='Reminder: "more than" leaves the edge out, "up to" takes it in. Read both rules once more.',
                zh="提示：“超过”不含边界，“不超过”包含边界。请把两条规则再读一遍。",
            ),
        ),
        Trap(
            "edge-in-none",
            always("neither"),
            Text(
                en="Reminder: a rule without gaps leaves no day out. Write both intervals with their brackets.",
                zh="提示：没有遗漏的规则不会落下任何一天。请写出两个带括号的区间。",
            ),
        ),
    ),
    hint=Text(en="Write the two intervals with their brackets first.", zh="先写出两个区间及其括号。"),
    why=Text(
        en="Up to 30 includes 30, so the quote is moderately urgent and nothing else. This chapter cuts customers "
        "into tiers; the same care decides who is in the top one.",
        zh="“不超过 30 天”包含 30 天，所以它只属于缓急。本章把客户分层，谁在最高一层，靠的是同样的仔细。",
    ),
)


def _extra(params: Params, code: str) -> float:
    return float(params[f"{code}_with"] - params[f"{code}_without"])


warm_2 = ChoiceItem(
    id="value_tiers-w2",
    ask=Text(
        en="*From chapter 01.* Of 100 salons with code A, {A_with} buy when the agent prompts them and {A_without} "
        "when she does not. Of 100 with code B it is {B_with} and {B_without}. She has time for one group. Which?",
        zh="*出自第 01 章。* 代码为 A 的 100 家店，话务员提示时有 {A_with} 家购买，不提示时有 {A_without} 家；"
        "代码为 B 的 100 家店，分别是 {B_with} 家和 {B_without} 家。话务员只来得及提示一组。选哪一组？",
    ),
    options={
        "A": Text(en="the group with code A", zh="代码为 A 的一组"),
        "B": Text(en="the group with code B", zh="代码为 B 的一组"),
        "either": Text(en="either: a prompt is a prompt", zh="哪组都行：提示就是提示"),
    },
    choices={"A_with": (40,), "A_without": (36,), "B_with": (20,), "B_without": (8,)},
    example={"A_with": 40, "A_without": 36, "B_with": 20, "B_without": 8},
    solve=lambda params: max("AB", key=lambda code: _extra(params, code)),
    traps=(
        Trap(
            "response-as-uplift",
            lambda params: max("AB", key=lambda code: float(params[f"{code}_with"])),
            Text(
                en="Reminder: you counted who buys. How many of them would have bought without the prompt?",
                zh="提示：你数的是谁会买。其中有多少家不提示也会买？",
            ),
        ),
        Trap(
            "every-prompt-alike",
            always("either"),
            Text(
                en="Reminder: a prompt earns what it changes. Subtract, in each group, what happens anyway.",
                zh="提示：一次提示值多少，要看它改变了什么。请在每组中减去本来就会发生的购买。",
            ),
        ),
    ),
    hint=Text(en="With the prompt minus without it, in each group.", zh="每组都用“提示时”减去“不提示时”。"),
    why=Text(
        en="The difference counts: {A_with} - {A_without} against {B_with} - {B_without}. The best customers need not "
        "be those on whom a prompt works best.",
        zh="要看差额：{A_with} - {A_without} 对 {B_with} - {B_without}。最好的客户，未必是提示效果最好的客户。",
    ),
)

_BASE = {
    "133": Text(en="at 133", zh="稳定在 133 家"),
    "1200": Text(en="at 1,200", zh="稳定在 1,200 家"),
    "grows": Text(en="nowhere: it grows by {won} a year", zh="不会稳定：每年多 {won} 家"),
    "start": Text(en="that depends on where it starts", zh="取决于起点"),
}

warm_3 = ChoiceItem(
    id="value_tiers-w3",
    ask=Text(
        en="*From chapter 00.* Each year {kept}% of Lanwan's salons stay, and {won} new ones come. Where does their "
        "number settle in the long run?",
        zh="*出自第 00 章。* 蓝湾每年有 {kept}% 的店留下，并新增 {won} 家。长期来看，店数会稳定在多少？",
    ),
    options=_BASE,
    choices={"kept": (90,), "won": (120,)},
    example={"kept": 90, "won": 120},
    solve=lambda params: _nearest(("133", "1200"), params["won"] / (1 - params["kept"] / 100)),
    traps=(
        Trap(
            "divided-by-stayers",
            lambda params: _nearest(("133", "1200"), params["won"] / (params["kept"] / 100)),
            Text(
                en="Reminder: you divided by who stays. In a steady state the new ones replace the leavers: which "
                "share leaves?",
                zh="提示：你除以的是留下的比例。稳态时，新来的正好补上离开的：离开的比例是多少？",
            ),
        ),
        Trap(
            "no-leak",
            always("grows"),
            Text(
                en="Reminder: the bucket leaks. The larger the base, the more salons leave each year; when are there "
                "as many as come?",
                zh="提示：桶是漏的。客户越多，每年离开的也越多；什么时候离开的与新来的一样多？",
            ),
        ),
        Trap(
            "start-matters",
            always("start"),
            Text(
                en="Reminder: the start decides how long it takes, not where it ends. Who comes, and which share goes?",
                zh="提示：起点决定要花多久，不决定终点。每年来多少？离开的比例是多少？",
            ),
        ),
    ),
    hint=Text(
        en="At which number do as many leave each year as come?",
        zh="店数为多少时，每年离开的与新来的一样多？",
    ),
    why=Text(
        en="In a steady state the leavers, 100% less {kept}% of the base, equal the {won} new ones. Who leaves counts "
        "as much as how many; so this chapter asks who is worth keeping.",
        zh="稳态时，每年离开的是总数的 100% 减 {kept}%，正好等于新增的 {won} 家。走了多少重要，走的是谁同样重要；"
        "所以本章要问：谁值得留。",
    ),
)

# --- predictions: pick, commit, run ----------------------------------------------------------------------------------

_TIMES = {
    "7": Text(en="about 7 times as much", zh="约 7 倍"),
    "50": Text(en="about 50 times as much", zh="约 50 倍"),
    "570": Text(en="about 570 times as much", zh="约 570 倍"),
    "4000": Text(en="about 4,000 times as much", zh="约 4,000 倍"),
}

predict_1 = ChoiceItem(
    id="value_tiers-q1",
    ask=Text(
        en="In the pyramid of the revision notes, the top {top_customers}% of customers bring {top_revenue}% of the "
        "revenue. The small ones, {small_customers}% of customers, bring {small_revenue}%. What does one top customer "
        "bring, compared with one small customer?",
        zh="在复习笔记的客户金字塔里，高端客户占客户数的 {top_customers}%，带来 {top_revenue}% 的收入；"
        "小客户占客户数的 {small_customers}%，带来 {small_revenue}% 的收入。"
        "一位高端客户带来的收入，是一位小客户的多少倍？",
    ),
    options=_TIMES,
    choices={"top_customers": (1,), "top_revenue": (50,), "small_customers": (80,), "small_revenue": (7,)},
    example={"top_customers": 1, "top_revenue": 50, "small_customers": 80, "small_revenue": 7},
    solve=lambda params: _nearest(
        _TIMES, params["top_revenue"] / params["top_customers"] / params["small_revenue"] * params["small_customers"]
    ),
    traps=(
        Trap(
            "tiers-not-heads",
            lambda params: _nearest(_TIMES, params["top_revenue"] / params["small_revenue"]),
            Text(
                en="You compared the two tiers. How many customers share each of these amounts?",
                zh="你比较的是两层的总额。每一层的总额由多少客户分担？",
            ),
        ),
        Trap(
            "against-the-average",
            lambda params: _nearest(_TIMES, params["top_revenue"] / params["top_customers"]),
            Text(
                en="You compared a top customer with the average one. A small customer brings less than the average: "
                "how much less?",
                zh="你比较的是高端客户与平均客户。小客户不到平均水平：差多少？",
            ),
        ),
        Trap(
            "small-revenue-forgotten",
            lambda params: _nearest(_TIMES, params["top_revenue"] * params["small_customers"]),
            Text(
                en="You counted heads and forgot that the small ones bring something, too. Divide by their share.",
                zh="你算上了人数，却忘了小客户也带来收入。请再除以他们的收入占比。",
            ),
        ),
    ),
    hint=Text(
        en="Revenue share by customer share, in each tier; then compare.",
        zh="每一层都用收入占比除以客户占比，再相比。",
    ),
    why=Text(
        en="Per percent of customers the top brings {top_revenue} / {top_customers}, the small ones {small_revenue} / "
        "{small_customers}. A pyramid hides how steep it is: compare heads, not tiers.",
        zh="每 1% 的客户，高端带来 {top_revenue} / {top_customers}，小客户带来 {small_revenue} / {small_customers}。"
        "光看金字塔，看不出它有多陡：要按人均比，不要按层比。",
    ),
    concepts=("tiers.abc-pyramid",),
)


def _peak(reading: Reading) -> str:
    return f"{100 * whale_peak(0.8, 0.5, reading):.0f}"


predict_2 = ChoiceItem(
    id="value_tiers-q2",
    ask=Text(
        en='"80% of the profit comes from 20% of the customers, and 30% lose half of it." Line customers up, best '
        "first, and add up. How high does the curve rise, in percent of the final profit?",
        zh="“80% 的利润来自 20% 的客户，另有 30% 的客户把其中一半抵消掉了。”把客户从最好到最差排开，利润逐个累加。"
        "曲线最高达到最终利润的百分之几？",
    ),
    options={
        "100": Text(en="100%: that is all there is", zh="100%：总共就这么多"),
        "140": Text(en="140%", zh="140%"),
        "167": Text(en="167%", zh="167%"),
        "200": Text(en="200%", zh="200%"),
        "base": Text(en="the sentence does not say", zh="这句话没有说清"),
    },
    solve=lambda params: "base" if len({_peak(reading) for reading in get_args(Reading)}) > 1 else _peak("net"),
    traps=(
        Trap(
            "no-hump",
            always("100"),
            Text(
                en="The curve ends there. On its way it has not yet met those who lose money: where is it then?",
                zh="曲线的终点在那里。半路上还没有轮到亏损客户：那时它在哪里？",
            ),
        ),
        Trap(
            "one-base-taken-for-granted",
            lambda params: _peak("net"),
            Text(
                en="You took the final profit as the base, and half of the 80% as the loss. Which words say so?",
                zh="你以最终利润为基数，把 80% 的一半当作亏损。这句话里，哪几个字是这个意思？",
            ),
        ),
        Trap(
            "one-base-taken-for-granted",
            lambda params: _peak("top"),
            Text(
                en="You let the losses take half of what the top group makes. Which words say so?",
                zh="你让亏损抵消头部客户所创利润的一半。这句话里，哪几个字是这个意思？",
            ),
        ),
        Trap(
            "one-base-taken-for-granted",
            lambda params: _peak("gross"),
            Text(
                en="You let the losses take half of all that the others make. Which words say so?",
                zh="你让亏损抵消其他客户全部利润的一半。这句话里，哪几个字是这个意思？",
            ),
        ),
    ),
    hint=Text(en="A percentage of what? Ask it for each number.", zh="每个百分数都问一句：是什么的百分之几？"),
    why=Text(
        en="Three readings give three firms. A share without a base is half a sentence; the explorer draws all three.",
        zh="三种读法，是三家不同的企业。没有基数的百分数只是半句话；探索器把三种都画出来。",
    ),
    concepts=("tiers.80-20-30",),
)


@cache
def _best_tenth() -> str:
    """The size group, of those asked about, that leaves most of each yuan of revenue."""
    accounts = simulate.tables()["value_tiers_accounts"].sort_values("revenue")
    tenth = np.arange(len(accounts)) * 10 // len(accounts)
    sums = accounts[["contribution", "revenue"]].groupby(tenth).sum()
    left = sums["contribution"] / sums["revenue"]
    return max(_TENTHS, key=lambda group: float(left[_TENTHS[group]]))


_TENTHS = {"smallest": 0, "middle": 4, "second": 8, "largest": 9}

predict_3 = ChoiceItem(
    id="value_tiers-q3",
    ask=Text(
        en="Sort Lanwan's accounts by size into ten groups. Which of these groups leaves most of each yuan of revenue?",
        zh="把蓝湾的客户按规模从小到大分成十组。下面哪一组，每一元收入留下的最多？",
    ),
    options={
        "smallest": Text(en="the smallest tenth", zh="最小的一组"),
        "middle": Text(en="the fifth group, in the middle", zh="居中的第 5 组"),
        "second": Text(en="the largest but one", zh="第二大的一组"),
        "largest": Text(en="the largest tenth", zh="最大的一组"),
    },
    solve=lambda params: _best_tenth(),
    traps=(
        Trap(
            "largest-is-best",
            always("largest"),
            Text(
                en="Size saves some costs. Who at the table knows that, and asks for it in the price?",
                zh="规模确实能省一些成本。谈判桌上谁知道这一点，并要求在价格上让利？",
            ),
        ),
        Trap(
            "small-is-cheap-to-serve",
            always("smallest"),
            Text(
                en="The small ones cannot bargain, true. But a visit costs the same, however little they buy.",
                zh="小客户确实压不了价。可是上门一趟，不管买多买少，花的钱一样多。",
            ),
        ),
        Trap(
            "the-golden-mean",
            always("middle"),
            Text(
                en="Two forces pull: fixed visits against the small, discounts against the large. Where is the "
                "first one spent and the second one still weak?",
                zh="有两股力量：固定的上门成本不利于小客户，折扣不利于大客户。到哪里，前一股已经用尽，后一股还不强？",
            ),
        ),
    ),
    hint=Text(
        en="What costs the same for all, and what does a large account ask for that a small one cannot?",
        zh="哪些成本人人一样？哪些要求是大客户提得出、小客户提不出的？",
    ),
    why=Text(
        en="A visit costs the same for all, so size helps at first. Discounts grow with size, so a yuan from the "
        "largest accounts leaves less gross margin. This is Lanwan's finding, not a law.",
        zh="上门一趟，谁都一样贵，所以起初规模越大越好。折扣也随规模增加，所以最大的客户，一元收入留下的毛利较少。"
        "这是在蓝湾测出来的，不是定律。",
    ),
    concepts=("tiers.largest-not-best",),
)


@cache
def _twins_differ(rule: ScoreRule) -> bool:
    """Whether two customers who did the same get different scores under a rule."""
    twins = pd.DataFrame({"recency_days": [20, 20], "frequency": [6, 6], "monetary": [900, 900]})
    return rfm_scores(twins, bins=2, rule=rule)["score"].nunique() > 1


predict_4 = ChoiceItem(
    id="value_tiers-q4",
    ask=Text(
        en="Two customers ordered on the same day, equally often, for the same sum. One stands higher in the table. "
        "May their RFM scores differ?",
        zh="两位客户最近一次购买在同一天，购买次数相同，金额也相同，只是一位在表中排得靠前。"
        "他们的 RFM 得分可能不同吗？",
    ),
    options={
        "never": Text(en="never: equal customers, equal scores", zh="绝不会：客户一样，得分就一样"),
        "rule": Text(en="under some rules they may", zh="在某些规则下可能"),
        "always": Text(en="always: no two rows share a place", zh="总会不同：没有两行名次相同"),
    },
    solve=lambda params: "rule" if _twins_differ("rank") and not _twins_differ("value") else "never",
    traps=(
        Trap(
            "scores-measure",
            always("never"),
            Text(
                en="That holds when values are compared. Many firms want five bins of equal size: what happens to "
                "equals on an edge?",
                zh="按数值比较时是这样。许多企业要求五组人数相等：相同的客户正好落在分界处时，会怎样？",
            ),
        ),
        Trap(
            "rank-only",
            always("always"),
            Text(
                en="That holds when places are counted, and only on an edge. What if a score compares values?",
                zh="按名次计数、又恰好落在分界处时才会这样。如果按数值比较呢？",
            ),
        ),
    ),
    hint=Text(en="How does a rule break a tie?", zh="规则怎样处理并列？"),
    why=Text(
        en="The value rule gives equals the same score, and bins of unequal size. The rank rule makes bins equal and "
        "breaks ties by the order of the table. State the rule.",
        zh="按数值计分，相同的客户得分相同，但各组人数可能不等；按名次计分，各组人数相等，并列者按表中顺序拆开。"
        "用哪条规则，要写明。",
    ),
    concepts=("tiers.rfm",),
)


def _next_mailing() -> str:
    """A campaign that loses as a whole and wins in one half, in the smallest example."""
    halves = pd.DataFrame({"mailed": [100, 100], "responded": [3, 0]})
    found = roll_out(halves, names=200, cost_per_piece=1, margin_per_order=50)
    return "above" if found.profit > max(0, found.profit_all) else "all" if found.profit_all > 0 else "none"


predict_5 = ChoiceItem(
    id="value_tiers-q5",
    ask=Text(
        en="A test mailing goes to all cells of the list. Its orders leave less than its postage. Which letters should "
        "go out next time?",
        zh="一次测试邮寄寄给了名单上的每一格。订单的毛利抵不上邮费。下一次该寄哪些信？",
    ),
    options={
        "none": Text(en="none: the test has shown that letters lose", zh="都不寄：测试已经表明寄信亏本"),
        "above": Text(en="those to the cells above break-even", zh="只寄给响应率高于盈亏平衡的格"),
        "all": Text(en="all: good cells pay for the bad ones", zh="全寄：好的格可以贴补差的格"),
    },
    solve=lambda params: _next_mailing(),
    traps=(
        Trap(
            "whole-for-each-part",
            always("none"),
            Text(
                en="The whole loses. Does each part lose? An average hides who answers and who does not.",
                zh="整体亏本。每一部分都亏吗？平均数看不出谁回应、谁不回应。",
            ),
        ),
        Trap(
            "good-pay-for-bad",
            always("all"),
            Text(
                en="Nobody makes you mail the bad cells. What does each further letter to them bring?",
                zh="没有人强迫你给差的格寄信。每多寄一封，带来什么？",
            ),
        ),
    ),
    hint=Text(en="Ask each cell on its own: does a letter to it pay?", zh="逐格问：寄给它的信划算吗？"),
    why=Text(
        en="A letter pays when its cell answers above break-even, whatever the others do. A losing campaign can hide a "
        "winning one.",
        zh="一格的响应率高于盈亏平衡，寄给它的信就划算，与其他格无关。亏本的邮寄里，可能藏着一次赚钱的邮寄。",
    ),
    concepts=("tiers.rfm",),
)

# --- practice: one blank, then alone ---------------------------------------------------------------------------------


def _tested_cell(params: Params) -> pd.DataFrame:
    """One tested cell with what a letter costs and an order leaves."""
    columns = ("mailed", "responded", "names", "cost_per_piece", "margin_per_order", "price")
    return pd.DataFrame({column: [params[column]] for column in columns}, index=["r5"])


@lru_cache(maxsize=4096)
def _mailed_out(mailed: int, responded: tuple[int, ...], names: int, cost: float, per_order: float) -> RollOut:
    test = pd.DataFrame({"mailed": [mailed] * len(responded), "responded": responded})
    return roll_out(test, names, cost, per_order)


def _cell_out(params: Params, per_order: str = "margin_per_order") -> float:
    found = _mailed_out(
        params["mailed"], (params["responded"],), params["names"], params["cost_per_piece"], params[per_order]
    )
    return found.profit_all


def _orders(params: Params) -> float:
    return float(params["names"] * params["responded"] / params["mailed"])


_POSTAGE_FORGOTTEN = Text(
    en="That is what the orders leave. The letters have to be paid as well, answered or not.",
    zh="这是订单留下的毛利。信也要花钱，不管有没有回应。",
)
_PRICE_FOR_MARGIN = Text(
    en="You counted the price of an order. What does an order leave after the goods are paid?",
    zh="你用的是一单的售价。付掉货款之后，一单还留下多少？",
)

one_cell: NumberItem = NumberItem(
    id="value_tiers-p1",
    ask=Text(
        en="A test wrote to {mailed} of the most recent buyers; {responded} ordered. Their cell holds {names} names. A "
        "letter costs {cost_per_piece}; an order sells for {price} and leaves {margin_per_order}. Which profit does "
        "mailing all names of the cell promise?",
        zh="测试给最近购买过的客户寄了 {mailed} 封信，{responded} 位下了单。这一格共有 {names} 人。"
        "一封信成本 {cost_per_piece} 元；一单售价 {price} 元，毛利 {margin_per_order} 元。给整格寄信，"
        "预期利润是多少？",
    ),
    unit=_YUAN,
    choices={
        "mailed": (400, 500),
        "responded": (9, 11, 12, 14, 16),
        "names": (2000, 3000, 4500),
        "cost_per_piece": (0.5, 0.6, 0.8),
        "margin_per_order": (35, 40, 45),
        "price": (110, 130),
    },
    example={
        "mailed": 400,
        "responded": 12,
        "names": 3000,
        "cost_per_piece": 0.6,
        "margin_per_order": 40,
        "price": 110,
    },
    reject=lambda params: _cell_out(params) < 0.1 * params["names"] or too_close(one_cell, params),
    exhibit=_tested_cell,
    solve=_cell_out,
    traps=(
        Trap("price-for-margin", lambda params: _cell_out(params, "price"), _PRICE_FOR_MARGIN),
        Trap(
            "postage-forgotten",
            lambda params: _orders(params) * params["margin_per_order"],
            _POSTAGE_FORGOTTEN,
        ),
        Trap(
            "postage-for-answers-only",
            lambda params: _orders(params) * (params["margin_per_order"] - params["cost_per_piece"]),
            Text(
                en="You paid only for letters that were answered. How many letters does one order take?",
                zh="你只为有回应的信付了钱。换来一单，要寄多少封信？",
            ),
        ),
        Trap(
            "test-for-cell",
            lambda params: _cell_out({**params, "names": params["mailed"]}),
            Text(
                en="That is what the test letters earned. How many names does the whole cell hold?",
                zh="这是测试信赚到的。整格有多少人？",
            ),
        ),
        Trap(
            "orders-not-money",
            lambda params: (
                _orders(params)
                - params["names"] * break_even_response(params["cost_per_piece"], params["margin_per_order"])
            ),
            Text(
                en="That many orders come on top of break-even. What does each of them leave?",
                zh="这是超过盈亏平衡点的订单数。每一单留下多少？",
            ),
        ),
    ),
    hint=Text(
        en="What does one letter bring on average, less what it costs? Then take it times the names.",
        zh="一封信平均带来多少，减去它的成本？再乘以人数。",
    ),
    why=lambda params: Text(
        en="Break-even is {cost_per_piece} / {margin_per_order} = {edge:.4f} orders per letter; the cell gives "
        "{responded} / {mailed} = {rate:.4f}. {names} × ({rate:.4f} × {margin_per_order} - {cost_per_piece}) = "
        "{profit:.2f}.",
        zh="盈亏平衡响应率为 {cost_per_piece} / {margin_per_order} = {edge:.4f}；这一格为 {responded} / {mailed} = "
        "{rate:.4f}。{names} × ({rate:.4f} × {margin_per_order} - {cost_per_piece}) = {profit:.2f}。",
    ).format(
        **params,
        edge=break_even_response(params["cost_per_piece"], params["margin_per_order"]),
        rate=params["responded"] / params["mailed"],
        profit=_cell_out(params),
    ),
    concepts=("tiers.rfm",),
)

_RECENCY = (5, 4, 3, 2, 1)


def _answers(params: Params) -> tuple[int, ...]:
    return tuple(params[f"r{score}"] for score in _RECENCY)


def _by_recency(params: Params) -> pd.DataFrame:
    """A mail test by recency score alone."""
    index = pd.Index(_RECENCY, name="r")
    return pd.DataFrame({"mailed": params["mailed"], "responded": _answers(params)}, index=index)


def _mail(params: Params, per_order: str = "margin") -> RollOut:
    return _mailed_out(params["mailed"], _answers(params), params["names"], params["cost"], params[per_order])


def _edge(params: Params) -> float:
    return float(break_even_response(params["cost"], params["margin"]))


def _paying(params: Params) -> float:
    return float(_mail(params).cells)


def _above_average(params: Params) -> float:
    answers = _answers(params)
    return float(sum(answer > sum(answers) / len(answers) for answer in answers))


_RECENCY_PARTS: dict[str, Item] = {
    "break_even": NumberItem(
        ask=Text(en="Break-even response", zh="盈亏平衡响应率"),
        unit=Text(en="orders per letter", zh="每封信的订单数"),
        decimals=4,
        abs_tol=0.0001,
        solve=_edge,
        traps=(
            Trap(
                "price-for-margin",
                lambda params: break_even_response(params["cost"], params["price"]),
                _PRICE_FOR_MARGIN,
            ),
            Trap(
                "upside-down",
                lambda params: params["margin"] / params["cost"],
                Text(
                    en="That many letters may go out per order. Turn the fraction over: orders per letter.",
                    zh="这是一单可以负担的信数。把分数倒过来：每封信的订单数。",
                ),
            ),
            Trap(
                "average-response",
                lambda params: sum(_answers(params)) / (len(_RECENCY) * params["mailed"]),
                Text(
                    en="That is how many did answer. Break-even is how many must: it takes no customer, only cost and "
                    "margin.",
                    zh="这是实际有多少回应。盈亏平衡点说的是必须有多少：它只取决于成本和毛利，与客户无关。",
                ),
            ),
        ),
        hint=Text(
            en="How much of an order's margin does one letter use up?",
            zh="一封信的成本，占一单毛利的多少？",
        ),
        why=_SEE_WHOLE,
    ),
    "cells": NumberItem(
        ask=Text(en="Number of cells that pay", zh="划算的格数"),
        unit=Text(en="cells", zh="格"),
        decimals=0,
        solve=_paying,
        traps=(
            Trap(
                "price-for-margin",
                _unless(_paying, lambda params: float(_mail(params, "price").cells)),
                _PRICE_FOR_MARGIN,
            ),
            Trap(
                "above-average",
                _unless(_paying, _above_average),
                Text(
                    en="You counted cells above the average answer. An average pays no postage: compare with "
                    "break-even.",
                    zh="你数的是高于平均响应率的格。高于平均不等于不亏：要与盈亏平衡响应率比较。",
                ),
            ),
            Trap(
                "any-order-pays",
                _unless(_paying, lambda params: float(sum(answer > 0 for answer in _answers(params)))),
                Text(
                    en="Every cell has some orders. Do they pay for the letters that nobody answered?",
                    zh="每一格都有一些订单。它们够付那些没人回应的信吗？",
                ),
            ),
        ),
        hint=Text(
            en="Orders by letters in each cell; then compare with break-even.",
            zh="每一格都用订单数除以信数，再与盈亏平衡响应率比较。",
        ),
        why=_SEE_WHOLE,
    ),
    "profit": NumberItem(
        ask=Text(en="Expected profit of mailing these cells", zh="给这些格寄信的预期利润"),
        unit=_YUAN,
        solve=lambda params: _mail(params).profit,
        traps=(
            Trap(
                "mails-everybody",
                lambda params: _mail(params).profit_all,
                Text(
                    en="That is the profit of writing to everybody. Which letters would you rather keep?",
                    zh="这是给所有人寄信的利润。哪些信不如不寄？",
                ),
            ),
            Trap("price-for-margin", lambda params: _mail(params, "price").profit, _PRICE_FOR_MARGIN),
            Trap(
                "postage-forgotten",
                lambda params: _mail(params).profit + _mail(params).names * params["cost"],
                _POSTAGE_FORGOTTEN,
            ),
            Trap(
                "test-for-list",
                lambda params: _mail({**params, "names": len(_RECENCY) * params["mailed"]}).profit,
                Text(
                    en="That is what the test letters to these cells earned. How many names of the list are in them?",
                    zh="这是寄给这些格的测试信赚到的。名单上有多少人属于这些格？",
                ),
            ),
        ),
        hint=Text(
            en="Names in the paying cells, times what one letter brings, less what it costs.",
            zh="划算的格共有多少人，乘以（一封信带来的毛利减去信的成本）。",
        ),
        why=_SEE_WHOLE,
    ),
}

by_recency: PartsItem = PartsItem(
    id="value_tiers-p2",
    ask=Text(
        en="Your own test, by recency alone; 5 is newest. A letter costs {cost}, an order sells for {price} and leaves "
        "{margin}. The list holds {names} names, as many in each cell. Give a dictionary with `break_even` (orders "
        "per letter), `cells` (how many pay) and `profit` (of mailing those).",
        zh="你自己的测试，只按最近一次购买分组，5 为最近。一封信成本 {cost} 元；一单售价 {price} 元，毛利 {margin} 元。"
        "名单上共有 {names} 人，各格人数相等。请给出字典：`break_even`（每封信的订单数）、`cells`"
        "（几格划算）、`profit`（给这些格寄信的预期利润）。",
    ),
    choices={
        "mailed": (500,),
        "r5": (20, 24),
        "r4": (12, 14),
        "r3": (8, 9),
        "r2": (5, 6),
        "r1": (2,),
        "names": (6000, 9000),
        "cost": (0.5, 0.7, 0.8),
        "margin": (30, 40, 50),
        "price": (100, 120),
    },
    example={
        "mailed": 500,
        "r5": 24,
        "r4": 14,
        "r3": 8,
        "r2": 5,
        "r1": 2,
        "names": 6000,
        "cost": 0.5,
        "margin": 40,
        "price": 100,
    },
    reject=lambda params: (
        any(abs(answer / params["mailed"] / _edge(params) - 1) < 0.04 for answer in _answers(params))
        or any(too_close(part, params) for part in _RECENCY_PARTS.values())
    ),
    exhibit=_by_recency,
    parts=_RECENCY_PARTS,
    why=lambda params: Text(
        en="Break-even is {cost} / {margin} = {edge:.4f}. {cells} cells lie above it, with {reached:.0f} names and a "
        "response of {rate:.4f}. {reached:.0f} × ({rate:.4f} × {margin} - {cost}) = {profit:.2f}; mailing everybody "
        "would give {profit_all:.2f}.",
        zh="盈亏平衡响应率为 {cost} / {margin} = {edge:.4f}。高于它的有 {cells} 格，共 {reached:.0f} 人，"
        "响应率为 {rate:.4f}。{reached:.0f} × ({rate:.4f} × {margin} - {cost}) = {profit:.2f}；给所有人寄信则为 "
        "{profit_all:.2f}。",
    ).format(
        cost=params["cost"],
        margin=params["margin"],
        edge=_edge(params),
        cells=_mail(params).cells,
        reached=_mail(params).names,
        rate=_mail(params).response,
        profit=_mail(params).profit,
        profit_all=_mail(params).profit_all,
    ),
    concepts=("tiers.rfm",),
)

# --- practice: shares and curves -------------------------------------------------------------------------------------

_KINDS = ("chains", "single salons", "hotels")


Group = tuple[float, float]  # percent of customers, percent of revenue


def _groups(params: Params) -> list[Group]:
    """Three groups, neither rising nor falling by wealth."""
    chains, hotels = ((params[f"{kind}_size"], params[f"{kind}_value"]) for kind in ("chains", "hotels"))
    return [chains, (100 - chains[0] - hotels[0], 100 - chains[1] - hotels[1]), hotels]


@lru_cache(maxsize=1024)
def _inequality(size: tuple[float, ...], value: tuple[float, ...]) -> float:
    return gini(size, value)


def _group_gini(params: Params) -> float:
    size, value = zip(*_groups(params), strict=True)
    return _inequality(size, value)


def _gini_in_order(groups: list[Group]) -> float:
    """The formula of the Gini applied to groups as they stand."""
    people, money, area = 0.0, 0.0, 0.0
    for size, value in groups:
        area += size * (2 * money + value)
        people, money = people + size, money + value
    return 1 - area / (people * money)


three_groups: NumberItem = NumberItem(
    id="value_tiers-p3",
    ask=Text(
        en="Three groups of customers, with their percent of customers and of revenue. How unequal are customers: "
        "what is the Gini coefficient (three decimals)?",
        zh="三类客户各占客户数和收入的百分之多少，见下表。客户之间有多不平均：基尼系数是多少（三位小数）？",
    ),
    unit=Text(en="0 = all alike, towards 1 = one brings all", zh="0 = 完全平均，越接近 1 越不平均"),
    decimals=3,
    abs_tol=0.002,
    choices={
        "chains_size": (5, 8, 10),
        "hotels_size": (20, 25, 30),
        "chains_value": (24, 28, 32, 36),
        "hotels_value": (40, 45, 50),
    },
    example={"chains_size": 5, "hotels_size": 25, "chains_value": 32, "hotels_value": 45},
    reject=lambda params: too_close(three_groups, params),
    exhibit=lambda params: pd.DataFrame(_groups(params), index=list(_KINDS), columns=["customers", "revenue"]),
    solve=_group_gini,
    traps=(
        Trap(
            "unsorted",
            lambda params: _gini_in_order(_groups(params)),
            Text(
                en="You took the rows as they stand. A Lorenz curve starts with those who bring least.",
                zh="你按表中的顺序计算。洛伦兹曲线要从带来最少的客户开始。",
            ),
        ),
        Trap(
            "sorted-by-totals",
            lambda params: _gini_in_order(sorted(_groups(params), key=lambda group: group[1])),
            Text(
                en="You sorted groups by what they bring in all. A large group of poor customers brings much, too: "
                "sort by revenue per customer.",
                zh="你按各类的总收入排序。人多的一类，即使人均很少，总额也不小：请按人均收入排序。",
            ),
        ),
        Trap(
            "area-not-doubled",
            lambda params: _group_gini(params) / 2,
            Text(
                en="That is the area between curve and diagonal. The coefficient compares it with the whole triangle.",
                zh="这是曲线与对角线之间的面积。基尼系数是拿它与整个三角形相比。",
            ),
        ),
        Trap(
            "one-minus-forgotten",
            lambda params: 1 - _group_gini(params),
            Text(
                en="That is twice the area under the curve. The unequal part lies above it.",
                zh="这是曲线下方面积的两倍。不平均的部分在曲线上方。",
            ),
        ),
    ),
    hint=Text(
        en="Poorest per customer first. In a new cell: `table = item('value_tiers-p3').table`, then "
        "`gini(table['customers'], table['revenue'])`.",
        zh="按人均从低到高排。新建一个单元格：`table = item('value_tiers-p3').table`，再 "
        "`gini(table['customers'], table['revenue'])`。",
    ),
    why=lambda params: Text(
        en="Poorest per head first: single salons, hotels, chains. Twice the area between curve and diagonal is "
        "{gini:.3f}. Inside a group all count alike, so the true value is at least that.",
        zh="按人均从低到高：单店、酒店、连锁。曲线与对角线之间面积的两倍为 {gini:.3f}。同一类内部按相同计算，"
        "所以真实值不会低于它。",
    ).format(gini=_group_gini(params)),
    concepts=("tiers.abc-pyramid",),
)


def _top_percent(params: Params) -> float:
    share = pareto_share(params["asked"] / 100, pareto_shape(params["top"] / 100, params["share"] / 100))
    return 100 * float(share)


def _straight(params: Params) -> float:
    """The share if, inside the top and inside the rest, all customers were alike."""
    top, share, asked = params["top"], params["share"], params["asked"]
    if asked <= top:
        return float(share * asked / top)
    return float(share + (100 - share) * (asked - top) / (100 - top))


other_top: NumberItem = NumberItem(
    id="value_tiers-p4",
    ask=Text(
        en="The top {top}% of customers bring {share}% of sales, and sales follow a Pareto law. What percent of sales "
        "do the top {asked}% bring?",
        zh="前 {top}% 的客户带来 {share}% 的销售额，销售额服从帕累托分布。前 {asked}% 的客户带来百分之几的销售额？",
    ),
    unit=_PERCENT,
    decimals=1,
    abs_tol=0.1,
    choices={"top": (20,), "share": (60, 65, 70, 75, 80, 85), "asked": (1, 2, 3, 4, 5, 8, 10, 40)},
    example={"top": 20, "share": 80, "asked": 4},
    reject=lambda params: too_close(other_top, params),
    solve=_top_percent,
    traps=(
        Trap(
            "straight-line",
            _straight,
            Text(
                en="You took equal steps, as if all in the top were alike. They are as unequal among themselves as "
                "everybody is.",
                zh="你按比例推算，好像排在前面的客户彼此一样。其实他们内部与全体同样不平均。",
            ),
        ),
        Trap(
            "the-rest",
            lambda params: 100 - _top_percent(params),
            Text(en="That is what all the others bring.", zh="这是其余客户带来的份额。"),
        ),
        Trap(
            "wrong-exponent",
            lambda params: (
                100 * (params["asked"] / 100) ** (1 / pareto_shape(params["top"] / 100, params["share"] / 100))
            ),
            Text(
                en="The exponent is one minus the inverse of the shape. Test it: it must give back the stated share.",
                zh="指数是一减去形状参数的倒数。检验一下：它应当还原出题中给定的份额。",
            ),
        ),
        Trap(
            "rule-is-a-constant",
            lambda params: params["share"],
            Text(
                en="That share belongs to another part of the customers. A smaller or larger part brings less or more.",
                zh="这个份额属于另一部分客户。人数比例变了，份额也会变。",
            ),
        ),
    ),
    hint=Text(
        en="First the shape: `pareto_shape(...)`. Then `pareto_share(...)` with it. Both take numbers from 0 to 1.",
        zh="先用 `pareto_shape(...)` 求形状参数，再代入 `pareto_share(...)`。两者都用 0 到 1 的小数。",
    ),
    why=lambda params: Text(
        en="The shape is {shape:.4f}; {part:g} to the power {power:.4f} is {found:.1f}%. The law also holds inside the "
        "top: there, too, {top}% bring {share}%. Whether profit follows it is another question.",
        zh="形状参数为 {shape:.4f}；{part:g} 的 {power:.4f} 次方为 {found:.1f}%。这一规律在头部客户内部同样成立：其中"
        "的前 {top}% 也带来 {share}%。利润是否也服从它，是另一个问题。",
    ).format(
        top=params["top"],
        share=params["share"],
        part=params["asked"] / 100,
        shape=pareto_shape(params["top"] / 100, params["share"] / 100),
        power=1 - 1 / pareto_shape(params["top"] / 100, params["share"] / 100),
        found=_top_percent(params),
    ),
    concepts=("tiers.pareto-sales", "tiers.pareto-profit"),
)

_EIGHT = tuple("ABCDEFGH")


def _contributions(params: Params) -> tuple[float, ...]:
    return tuple(float(params[name]) for name in _EIGHT)


def _eight(params: Params) -> pd.DataFrame:
    return pd.DataFrame({"contribution": [params[name] for name in _EIGHT]}, index=list(_EIGHT))


@lru_cache(maxsize=1024)
def _whale(contributions: tuple[float, ...]) -> tuple[int, float]:
    """Number of customers at the peak, and its height in percent of the final profit."""
    curve = whale_curve(contributions)["share_of_profit"].to_numpy()
    return int(curve.argmax()), 100 * float(curve.max())


def _at_peak(params: Params) -> float:
    return float(_whale(_contributions(params))[0])


def _peak_percent(params: Params) -> float:
    return _whale(_contributions(params))[1]


def _running(params: Params) -> list[float]:
    """The running total in the order of the table."""
    return list(itertools.accumulate(_contributions(params)))


_WHALE_UNSORTED = Text(
    en="You added up in the order of the table. Line customers up first, the most profitable in front.",
    zh="你按表中的顺序累加。先把客户按利润从高到低排好。",
)
_WHALE_PARTS: dict[str, Item] = {
    "customers": NumberItem(
        ask=Text(en="Number of customers at the peak", zh="到达峰值时的客户数"),
        unit=_CUSTOMERS,
        decimals=0,
        solve=_at_peak,
        traps=(
            Trap(
                "loss-makers-counted",
                _unless(_at_peak, lambda params: len(_EIGHT) - _at_peak(params)),
                Text(
                    en="You counted those after the peak. How many does it take to get up there?",
                    zh="你数的是峰值之后的客户。要累加几位，才到峰值？",
                ),
            ),
            Trap(
                "unsorted",
                _unless(_at_peak, lambda params: float(1 + _running(params).index(max(_running(params))))),
                _WHALE_UNSORTED,
            ),
            Trap(
                "peak-at-the-end",
                _unless(_at_peak, lambda params: float(len(_EIGHT))),
                Text(
                    en="The curve ends with everybody. Some of them take it down again: from whom on?",
                    zh="所有人都加进去，是曲线的终点。有些客户会把它拉下来：从哪一位开始？",
                ),
            ),
        ),
        hint=Text(
            en="Up to whom does each further customer add something?", zh="加到哪一位为止，每加一位都使总数增加？"
        ),
        why=_SEE_WHOLE,
    ),
    "peak": NumberItem(
        ask=Text(en="Height of the peak", zh="峰值的高度"),
        unit=Text(en="percent of the final profit", zh="%（占最终利润）"),
        decimals=1,
        abs_tol=0.06,
        solve=_peak_percent,
        traps=(
            Trap(
                "base-swapped",
                lambda params: 100 * 100 / _peak_percent(params),
                Text(
                    en="You divided the final profit by the peak. The question takes the final profit as the base.",
                    zh="你用最终利润除以峰值。题目以最终利润为基数。",
                ),
            ),
            Trap(
                "losses-only",
                lambda params: _peak_percent(params) - 100,
                Text(
                    en="That is how much the loss-makers take away. How high does the curve stand before they come?",
                    zh="这是亏损客户拉低的部分。轮到他们之前，曲线有多高？",
                ),
            ),
            Trap(
                "money-not-percent",
                lambda params: sum(_contributions(params)) * _peak_percent(params) / 100,
                Text(
                    en="That is the peak in yuan. What percent of the final profit is it?",
                    zh="这是峰值的金额。它是最终利润的百分之几？",
                ),
            ),
            Trap(
                "unsorted",
                lambda params: 100 * max(_running(params)) / _running(params)[-1],
                _WHALE_UNSORTED,
            ),
        ),
        hint=Text(
            en="Add up all that is above zero; divide by the sum of all eight.",
            zh="把大于零的全部加起来，再除以八位客户之和。",
        ),
        why=_SEE_WHOLE,
    ),
}

whale: PartsItem = PartsItem(
    id="value_tiers-p5",
    ask=Text(
        en="What eight customers leave in a year, in yuan. Draw their whale curve in your mind, or with `whale_curve`. "
        "Give a dictionary with `customers` (how many at the peak) and `peak` (percent of the final profit).",
        zh="八位客户一年的贡献（元）见下表。请在心里或用 `whale_curve` 画出鲸鱼曲线。请给出字典：`customers`"
        "（到峰值时有几位）和 `peak`（占最终利润的百分数）。",
    ),
    choices={
        "A": (-30, -40, -50),
        "B": (90, 110, 120),
        "C": (-15, 20),
        "D": (60, 70),
        "E": (25, -12),
        "F": (-20, -25),
        "G": (45, 55),
        "H": (-10, -35, 8),
    },
    example={"A": -40, "B": 110, "C": 20, "D": 60, "E": 25, "F": -20, "G": 55, "H": -10},
    reject=lambda params: any(too_close(part, params) for part in _WHALE_PARTS.values()),
    exhibit=_eight,
    parts=_WHALE_PARTS,
    why=lambda params: Text(
        en="{customers:.0f} customers leave something, {gross:g} in all; after the losses {final:g} is left. {gross:g} "
        "/ {final:g} = {peak:.1f}%.",
        zh="有 {customers:.0f} 位客户带来利润，共 {gross:g}；扣除亏损后剩 {final:g}。{gross:g} / {final:g} = "
        "{peak:.1f}%。",
    ).format(
        customers=_at_peak(params),
        gross=sum(one for one in _contributions(params) if one > 0),
        final=sum(_contributions(params)),
        peak=_peak_percent(params),
    ),
    concepts=("tiers.80-20-30", "tiers.pareto-profit"),
)

# --- practice: codes and risks ---------------------------------------------------------------------------------------

_TEN = tuple(f"C{number}" for number in range(1, 11))
_BINS = 5


def _ten(params: Params) -> pd.DataFrame:
    return pd.DataFrame({"recency_days": [params[name] for name in _TEN]}, index=list(_TEN))


def _days(params: Params) -> tuple[int, ...]:
    return tuple(params[name] for name in _TEN)


@lru_cache(maxsize=4096)
def _recency_scores(days: tuple[int, ...], rule: ScoreRule) -> tuple[int, ...]:
    orders = pd.DataFrame({"recency_days": days, "frequency": 1, "monetary": 1})
    return tuple(int(score) for score in rfm_scores(orders, bins=_BINS, rule=rule)["r"])


def _place(params: Params) -> int:
    return _TEN.index(params["asked"])


def _score(params: Params) -> float:
    return float(_recency_scores(_days(params), "value")[_place(params)])


def _reversed_score(params: Params) -> float:
    return float(_recency_scores(tuple(-day for day in _days(params)), "value")[_place(params)])


def _rank_score(params: Params) -> float:
    return float(_recency_scores(_days(params), "rank")[_place(params)])


def _equal_width_score(params: Params) -> float:
    """Five bands of days of the same width."""
    days = _days(params)
    own, new, old = params[params["asked"]], min(days), max(days)
    return float(_BINS - min(_BINS - 1, _BINS * (own - new) // (old - new)))


def _worse(params: Params) -> int:
    return sum(day > params[params["asked"]] for day in _days(params))


def _equals_as_worse(params: Params) -> float:
    """As if the customer, and those with equal days, were worse."""
    counted = sum(day >= params[params["asked"]] for day in _days(params))
    return float(min(_BINS, 1 + _BINS * counted // len(_TEN)))


def _heard(place: int) -> Callable[[Params], float]:
    """One of the wrong scores, silent where it is right or where one before it says the same: there are only five."""

    def wrong(params: Params) -> float:
        found = [_score(params), *(model(params) for model in _WRONG_SCORES)]
        return SILENT if found[place + 1] in found[: place + 1] else found[place + 1]

    return wrong


_WRONG_SCORES = (_reversed_score, _rank_score, _equal_width_score, _equals_as_worse)

recency_score: NumberItem = NumberItem(
    id="value_tiers-p6",
    ask=Text(
        en="Days since the last order of ten customers. Scores run from 1 to 5. Under the value rule, a score is 1 "
        "plus 5 times the share of customers who are strictly worse, rounded down. Which recency score does {asked} "
        "get?",
        zh="十位客户距最近一次购买的天数见下表。得分从 1 到 5。按数值规则，得分等于 1 加上“严格更差的客户所占比例的 "
        "5 倍，向下取整”。{asked} 的“最近一次购买”得分是多少？",
    ),
    unit=Text(en="score, 1 to 5", zh="分，1 到 5"),
    decimals=0,
    choices={
        "C1": (4,),
        "C2": (30, 35),
        "C3": (12,),
        "C4": (60,),
        "C5": (12, 15),
        "C6": (4, 6),
        "C7": (30, 45),
        "C8": (120,),
        "C9": (15, 30),
        "C10": (45, 60),
        "asked": ("C1", "C2", "C3", "C5", "C6", "C7", "C9", "C10"),
    },
    example={
        "C1": 4,
        "C2": 30,
        "C3": 12,
        "C4": 60,
        "C5": 12,
        "C6": 6,
        "C7": 45,
        "C8": 120,
        "C9": 30,
        "C10": 60,
        "asked": "C10",
    },
    reject=lambda params: _reversed_score(params) == _score(params),
    exhibit=_ten,
    solve=_score,
    traps=(
        Trap(
            "recency-reversed",
            _heard(0),
            Text(
                en="You gave many days a good score. Who is more likely to order next: who came lately, or long ago?",
                zh="你给天数多的打了高分。谁更可能再下单：最近来过的，还是很久没来的？",
            ),
        ),
        Trap(
            "ties-by-table-order",
            _heard(1),
            Text(
                en="You made bins of equal size and let the order of the table break a tie. Right idea, other rule: "
                "equal days, equal scores.",
                zh="你让每组人数相等，并列者按表中顺序拆开。思路对，但那是另一条规则：天数相同，得分相同。",
            ),
        ),
        Trap(
            "bands-of-equal-width",
            _heard(2),
            Text(
                en="You cut the days into bands of equal width. The rule counts customers, not days.",
                zh="你把天数切成等宽的几段。规则数的是客户，不是天数。",
            ),
        ),
        Trap(
            "counts-equals",
            _heard(3),
            Text(
                en="You counted the customer, and those with equal days, among the worse. Strictly worse means more "
                "days.",
                zh="你把这位客户自己和天数相同的客户也算作更差。“严格更差”是指天数更多。",
            ),
        ),
    ),
    hint=Text(
        en="Count those whose last order is longer ago, divide by ten, then apply the rule.",
        zh="数一数有几位的最近一次购买更早，除以总人数，再套用规则。",
    ),
    why=lambda params: Text(
        en="{worse} of 10 ordered longer ago than {asked}. 1 + 5 × {worse} / 10, rounded down, is {score:.0f}. The "
        "newest get 5; always say which end is good.",
        zh="10 位中有 {worse} 位的最近一次购买比 {asked} 更早。1 + 5 × {worse} / 10，向下取整，得 {score:.0f}。"
        "最近的得 5 分；哪一端为好，一定要写明。",
    ).format(worse=_worse(params), asked=params["asked"], score=_score(params)),
    concepts=("tiers.rfm",),
)

_FOUR = ("K1", "K2", "K3", "K4")


def _column(params: Params, what: str) -> dict[str, float]:
    return {name: float(params[f"{what}_{name}"]) for name in _FOUR}


def _key_accounts(params: Params) -> pd.DataFrame:
    return pd.DataFrame({what: _column(params, what) for what in ("revenue", "profit")})


def _concentration(params: Params, what: str = "revenue") -> float:
    amounts = list(_column(params, what).values())
    return hhi([amount / sum(amounts) for amount in amounts])


def _largest(params: Params) -> str:
    revenue = _column(params, "revenue")
    return max(revenue, key=lambda name: revenue[name])


def _lost(params: Params) -> float:
    profit = _column(params, "profit")
    return 100 * profit[_largest(params)] / sum(profit.values())


def _largest_share(params: Params, what: str) -> float:
    amounts = _column(params, what)
    return top_share(list(amounts.values()), 1 / len(_FOUR))


_KEY_PARTS: dict[str, Item] = {
    "hhi": NumberItem(
        ask=Text(en="HHI of revenue (four decimals)", zh="收入的 HHI（四位小数）"),
        unit=Text(en="an index, 0 to 1", zh="指数，0 到 1"),
        decimals=4,
        abs_tol=0.0005,
        solve=_concentration,
        traps=(
            Trap(
                "points-of-percent",
                lambda params: 10_000 * _concentration(params),
                Text(
                    en="Right idea, other convention: you squared percentages. Here shares are numbers from 0 to 1.",
                    zh="思路对，口径不同：你平方的是百分数。这里的份额用 0 到 1 的小数。",
                ),
            ),
            Trap(
                "largest-share",
                lambda params: _largest_share(params, "revenue"),
                Text(
                    en="That is the share of the largest. The index looks at all of them, the large ones more.",
                    zh="这是最大客户的份额。指数要看所有客户，大的权重更高。",
                ),
            ),
            Trap(
                "inverse",
                lambda params: 1 / _concentration(params),
                Text(
                    en="That is the number of equal customers that would be as concentrated. Turn it over.",
                    zh="这是集中程度相当的“等量客户数”。取倒数就是所求。",
                ),
            ),
            Trap(
                "profit-shares",
                lambda params: _concentration(params, "profit"),
                Text(en="You used shares of profit. Read the question again.", zh="你用的是利润份额。请再读一遍题目。"),
            ),
        ),
        hint=Text(en="Share of each, squared, then added.", zh="各客户的份额平方后相加。"),
        why=_SEE_WHOLE,
    ),
    "lost": NumberItem(
        ask=Text(en="Profit lost when the largest by revenue leaves", zh="收入最大的客户离开时损失的利润"),
        unit=Text(en="percent of today's profit", zh="%（占目前利润）"),
        decimals=1,
        abs_tol=0.06,
        solve=_lost,
        traps=(
            Trap(
                "revenue-for-profit",
                lambda params: 100 * _largest_share(params, "revenue"),
                Text(
                    en="That much revenue leaves. What does it leave you with today?",
                    zh="这是离开的收入。它目前给你留下多少利润？",
                ),
            ),
            Trap(
                "share-of-the-rest",
                lambda params: 100 * _lost(params) / (100 - _lost(params)),
                Text(
                    en="You divided by what is left afterwards. A loss is measured on what there was before.",
                    zh="你除以的是离开之后剩下的利润。损失要以离开之前为基数。",
                ),
            ),
            Trap(
                "most-profitable-leaves",
                _unless(_lost, lambda params: 100 * _largest_share(params, "profit")),
                Text(
                    en="You let the most profitable one go. The question asks for the largest by revenue.",
                    zh="你让利润最高的客户离开了。题目问的是收入最大的客户。",
                ),
            ),
            Trap(
                "money-not-percent",
                lambda params: _column(params, "profit")[_largest(params)],
                Text(
                    en="That is the profit in money. What percent of all profit is it?",
                    zh="这是利润的金额。它占全部利润的百分之几？",
                ),
            ),
        ),
        hint=Text(
            en="Find the largest by revenue, then divide its profit by the profit of all.",
            zh="先找出收入最大的客户，再用它的利润除以全部利润。",
        ),
        why=_SEE_WHOLE,
    ),
}

concentration: PartsItem = PartsItem(
    id="value_tiers-p7",
    ask=Text(
        en="Four key accounts, revenue and profit in thousand yuan. Give a dictionary with `hhi` (of revenue, shares "
        "from 0 to 1) and `lost` (percent of profit that goes when the largest by revenue leaves).",
        zh="四家大客户的收入和利润（千元）见下表。请给出字典：`hhi`（收入的 HHI，份额用 0 到 1 的小数）和 `lost`"
        "（收入最大的客户离开时，利润损失百分之几）。",
    ),
    choices={
        "revenue_K1": (100, 150),
        "revenue_K2": (200, 250),
        "revenue_K3": (400, 500, 600),
        "revenue_K4": (50, 90),
        "profit_K1": (22, 26),
        "profit_K2": (38, 50),
        "profit_K3": (32, 44, 66),
        "profit_K4": (11, 15),
    },
    example={
        "revenue_K1": 150,
        "revenue_K2": 250,
        "revenue_K3": 500,
        "revenue_K4": 90,
        "profit_K1": 22,
        "profit_K2": 50,
        "profit_K3": 44,
        "profit_K4": 11,
    },
    reject=lambda params: any(too_close(part, params) for part in _KEY_PARTS.values()),
    exhibit=_key_accounts,
    parts=_KEY_PARTS,
    why=lambda params: Text(
        en="The squared revenue shares add up to {hhi:.4f}, as if there were {equal:.1f} equal customers. {name} is "
        "the largest; its {profit:g} are {lost:.1f}% of all profit.",
        zh="收入份额的平方和为 {hhi:.4f}，相当于 {equal:.1f} 家同样大的客户。收入最大的是 {name}，它的利润 {profit:g} "
        "占全部利润的 {lost:.1f}%。",
    ).format(
        hhi=_concentration(params),
        equal=1 / _concentration(params),
        name=_largest(params),
        profit=_column(params, "profit")[_largest(params)],
        lost=_lost(params),
    ),
    concepts=("tiers.big-customer-downsides",),
)

# --- practice: hours and letting go ----------------------------------------------------------------------------------

_TIERS = ("key", "small")


def _effort(params: Params) -> pd.DataFrame:
    columns = ("scale", "rate", "hours")
    return pd.DataFrame(
        {column: [params[f"{column}_{tier}"] for tier in _TIERS] for column in columns}, index=list(_TIERS)
    )


def _brings(params: Params, tier: str, hours: float) -> float:
    """What so many hours bring, by the response that ``allocate`` shares out."""
    return float(params[f"scale_{tier}"] * (1 - math.exp(-params[f"rate_{tier}"] * hours)))


def _first(params: Params, tier: str) -> float:
    return float(params[f"scale_{tier}"] * params[f"rate_{tier}"])


def _next(params: Params, tier: str) -> float:
    return _first(params, tier) * math.exp(-params[f"rate_{tier}"] * params[f"hours_{tier}"])


def _average(params: Params, tier: str) -> float:
    return _brings(params, tier, params[f"hours_{tier}"]) / float(params[f"hours_{tier}"])


def _best_tier(params: Params, worth: Callable[[Params, str], float] = _next) -> str:
    return max(_TIERS, key=lambda tier: worth(params, tier))


def _other_tier(params: Params) -> str:
    return next(tier for tier in _TIERS if tier != _best_tier(params))


_NEXT_HOUR_PARTS: dict[str, Item] = {
    "tier": ChoiceItem(
        ask=Text(en="Where the next hour goes", zh="下一小时投向哪里"),
        options={
            "key": Text(en="key accounts", zh="大客户"),
            "small": Text(en="small accounts", zh="小客户"),
            "same": Text(en="both bring the same", zh="两边一样"),
        },
        solve=_best_tier,
        traps=(
            Trap(
                "average-return",
                lambda params: _best_tier(params, _average),
                Text(
                    en="You compared what an hour has brought on average. Those hours are spent: what does one more "
                    "bring?",
                    zh="你比较的是过去每小时的平均回报。那些时间已经花掉了：再多一小时带来什么？",
                ),
            ),
            Trap(
                "hours-are-equal",
                always("same"),
                Text(
                    en="An hour is an hour on the clock, not in what it brings. Put the hours into the formula.",
                    zh="一小时的长短一样，带来的却不一样。请把已投入的小时数代入公式。",
                ),
            ),
        ),
        hint=Text(en="Compare the next hour, not the average hour.", zh="比较下一小时，不要比较平均每小时。"),
        why=_SEE_WHOLE,
    ),
    "next_hour": NumberItem(
        ask=Text(en="What it brings there, at the edge", zh="它在那里带来的边际回报"),
        unit=Text(en="yuan per hour", zh="元/小时"),
        solve=lambda params: _next(params, _best_tier(params)),
        traps=(
            Trap(
                "average-return",
                lambda params: _average(params, _best_tier(params)),
                Text(
                    en="That is the average of the hours already spent. The next one comes after them and brings less.",
                    zh="这是已投入时间的平均回报。下一小时排在它们之后，带来的更少。",
                ),
            ),
            Trap(
                "first-hour",
                lambda params: _first(params, _best_tier(params)),
                Text(
                    en="That is what the very first hour brings. How many hours have gone in before?",
                    zh="这是最初一小时的回报。之前已经投入了多少小时？",
                ),
            ),
            Trap(
                "other-tier",
                lambda params: _next(params, _other_tier(params)),
                Text(
                    en="That is the next hour in the other tier. Where does it bring more?",
                    zh="这是另一层客户下一小时的回报。哪一边更多？",
                ),
            ),
            Trap(
                "whole-hour",
                lambda params: (
                    _brings(params, _best_tier(params), params[f"hours_{_best_tier(params)}"] + 1)
                    - _brings(params, _best_tier(params), params[f"hours_{_best_tier(params)}"])
                ),
                Text(
                    en="Right idea, other convention: you took a whole hour at once. The question gives the formula "
                    "for the edge.",
                    zh="思路对，口径不同：你一次取了整整一小时。题目给的是边际公式。",
                ),
            ),
        ),
        hint=Text(
            en="Put scale, rate and hours of that tier into the formula.",
            zh="把这一层的 scale、rate、hours 代入公式。",
        ),
        why=_SEE_WHOLE,
    ),
}

next_hour: PartsItem = PartsItem(
    id="value_tiers-p8",
    ask=Text(
        en="Hours already spent on two tiers this month are in the table. After x hours, the next one brings "
        'scale × rate × exp(-rate × x) yuan. Give a dictionary with `tier` (`"key"`, `"small"` or `"same"`: where '
        "it brings more) and `next_hour` (how much it brings there).",
        zh="本月已在两层客户上投入的小时数见下表。投入 x 小时之后，下一小时带来 scale × rate × exp(-rate × x) 元。"
        '请给出字典：`tier`（`"key"`、`"small"` 或 `"same"`：下一小时投向哪边更多）和 `next_hour`（在那里带来多少）。',
    ),
    choices={
        "scale_key": (900, 1000, 1200),
        "rate_key": (0.03, 0.06),
        "hours_key": (20, 40, 50),
        "scale_small": (240, 300, 360),
        "rate_small": (0.04, 0.25),
        "hours_small": (8, 10, 12),
    },
    example={
        "scale_key": 1000,
        "rate_key": 0.06,
        "hours_key": 50,
        "scale_small": 300,
        "rate_small": 0.04,
        "hours_small": 10,
    },
    reject=lambda params: (
        _best_tier(params, _average) == _best_tier(params) or too_close(_NEXT_HOUR_PARTS["next_hour"], params, 0.012)
    ),
    exhibit=_effort,
    parts=_NEXT_HOUR_PARTS,
    why=lambda params: Text(
        en="The next hour brings {key:.2f} with key accounts and {small:.2f} with small ones. On average an hour has "
        "brought {key_mean:.2f} and {small_mean:.2f}: the average points the other way.",
        zh="下一小时在大客户处带来 {key:.2f}，在小客户处带来 {small:.2f}。过去平均每小时分别为 {key_mean:.2f} 和 "
        "{small_mean:.2f}：平均数指向了相反的一边。",
    ).format(
        key=_next(params, "key"),
        small=_next(params, "small"),
        key_mean=_average(params, "key"),
        small_mean=_average(params, "small"),
    ),
    concepts=("tiers.focus-resources",),
)

_LINES = ("revenue", "product_cost", "service_cost", "allocated_cost", "referral_value")


@lru_cache(maxsize=4096)
def _account(lines: tuple[float, ...], avoidable: float) -> tuple[float, float]:
    """Keep value and profit at full cost of one account."""
    found = let_go(pd.DataFrame([lines], columns=list(_LINES), dtype=float), avoidable)
    return float(found["keep_value"].iloc[0]), float(found["full_cost_profit"].iloc[0])


def _worth(params: Params, part: float | None = None) -> tuple[float, float]:
    avoidable = params["avoidable"] / 100 if part is None else part
    return _account(tuple(float(params[line]) for line in _LINES), avoidable)


def _keep(params: Params) -> float:
    return _worth(params)[0]


keep_or_not: NumberItem = NumberItem(
    id="value_tiers-p9",
    ask=Text(
        en="An account buys for {revenue} a year. Its goods cost {product_cost}, its service {service_cost}; "
        "{avoidable}% of that service cost would end if it left. Head office charges it {allocated_cost}, which stays "
        "anyway. Customers it brought in, with a margin of {referral_value}, would follow it. What is its keep value "
        "(negative if better gone)?",
        zh="某客户一年购买 {revenue} 元，产品成本 {product_cost} 元，服务成本 {service_cost} 元，其中 {avoidable}% "
        "在它离开后可以省下。总部分摊给它 {allocated_cost} 元，无论如何都要花。它介绍来的客户毛利 {referral_value} "
        "元，会随它一起离开。它的保留价值是多少（离开更好则为负）？",
    ),
    unit=Text(en="yuan per year", zh="元/年"),
    choices={
        "revenue": (2400, 3000),
        "product_cost": (1700, 1900),
        "service_cost": (800, 1100),
        "avoidable": (40, 60, 75),
        "allocated_cost": (180, 260),
        "referral_value": (90, 140),
    },
    example={
        "revenue": 2400,
        "product_cost": 1700,
        "service_cost": 800,
        "avoidable": 75,
        "allocated_cost": 260,
        "referral_value": 90,
    },
    reject=lambda params: abs(_keep(params)) < 40 or too_close(keep_or_not, params),
    solve=_keep,
    traps=(
        Trap(
            "allocated-cost-counted",
            lambda params: _keep(params) - params["allocated_cost"],
            Text(
                en="You took off the head office's charge. If the account left tomorrow, would that cost disappear?",
                zh="你减去了总部的分摊。如果这家客户明天离开，这笔成本会消失吗？",
            ),
        ),
        Trap(
            "full-cost",
            lambda params: _worth(params)[1],
            Text(
                en="That is its profit at full cost, an accountant's view. Which cost lines would end with it, and who "
                "would leave with it?",
                zh="这是按完全成本计算的利润，是会计的角度。它离开后哪些成本会消失？谁会跟着走？",
            ),
        ),
        Trap(
            "referral-ignored",
            lambda params: _keep(params) - params["referral_value"],
            Text(
                en="You looked at this account alone. Who goes when it goes?",
                zh="你只看了这一家客户。它走了，还有谁会走？",
            ),
        ),
        Trap(
            "all-service-ends",
            lambda params: _worth(params, 1.0)[0],
            Text(
                en="You let all of the service cost disappear. The agents are paid anyway: which part really ends?",
                zh="你让服务成本全部消失了。话务员的工资照付：真正省下的是哪一部分？",
            ),
        ),
        Trap(
            "wrong-part-of-service",
            lambda params: _worth(params, 1 - params["avoidable"] / 100)[0],
            Text(
                en="You took off the part that stays. Only what ends with the account counts against it.",
                zh="你减去的是留下来的那部分。只有随客户离开而消失的成本，才算在它头上。",
            ),
        ),
    ),
    hint=Text(
        en="If this account left tomorrow, which money would come in less, and which cost would end?",
        zh="如果这家客户明天离开，哪些钱会少收？哪些成本会消失？",
    ),
    why=lambda params: Text(
        en="{revenue} - {product_cost} - {avoidable}% of {service_cost} + {referral_value} = {keep:g}. At full cost it "
        "shows {full:g}. The {allocated_cost} of head office would only move to other accounts.",
        zh="{revenue} - {product_cost} - {service_cost} 的 {avoidable}% + {referral_value} = {keep:g}。按完全成本则为 "
        "{full:g}。总部的 {allocated_cost} 只会转到别的客户头上。",
    ).format(**params, keep=_keep(params), full=_worth(params)[1]),
    concepts=("tiers.cull-worst",),
)

# --- practice: sort, place, order, decide ----------------------------------------------------------------------------

which_a = MappingItem(
    id="value_tiers-p10",
    ask=Text(
        en='Three people say "A customer". Which A does each remark mean? Use `"pyramid"` (top tier by rank), '
        '`"pareto"` (those who make the first 80% of profit) or `"service_code"` (the code on the agent\'s screen).',
        zh='三个人都说“A 类客户”。每句话说的是哪一种 A？用 `"pyramid"`（按名次的最高一层）、`"pareto"`'
        '（创造前 80% 利润的客户）或 `"service_code"`（话务员屏幕上的代码）作答。',
    ),
    keys={
        "twelfth": Text(en="She is twelfth of our 1,200: just inside", zh="她在 1,200 家里排第十二：刚好在内"),
        "four_tiers": Text(en="Below A come large, medium and small", zh="A 下面还有大客户、中等客户和小客户"),
        "add_up": Text(
            en="Add up profit from the best down; who is needed for 80% is A",
            zh="从最好的客户起累加利润，加到 80% 为止的都是 A",
        ),
        "unknown_size": Text(
            en="How many are A, I only know after adding up",
            zh="A 有多少家，要加完才知道",
        ),
        "pops_up": Text(en="When she rings, an A pops up", zh="她一来电，就跳出一个 A"),
        "next_to_b": Text(
            en="A is served best; B is the one to sell more to",
            zh="A 要服务得最好；B 才是要多推销的",
        ),
    },
    labels={
        "pyramid": Text(en="top tier of the pyramid", zh="金字塔最高层"),
        "pareto": Text(en="A class of the 80/20 rule", zh="80/20 法则的 A 类"),
        "service_code": Text(en="service code A", zh="客户代码 A"),
    },
    solve=always(
        {
            "twelfth": "pyramid",
            "four_tiers": "pyramid",
            "add_up": "pareto",
            "unknown_size": "pareto",
            "pops_up": "service_code",
            "next_to_b": "service_code",
        }
    ),
    traps=(
        Trap(
            "share-of-heads-is-share-of-value",
            always({"twelfth": "pareto"}),
            Text(
                en="A rank counts customers. Does this remark say anything about how much profit they make?",
                zh="名次数的是客户。这句话提到他们创造多少利润了吗？",
            ),
        ),
        Trap(
            "every-a-is-the-top-tier",
            always({"add_up": "pyramid"}),
            Text(
                en="A tier of the pyramid ends at a share of customers. What ends this list?",
                zh="金字塔的一层，到一定比例的客户为止。这份名单到哪里为止？",
            ),
        ),
        Trap(
            "tier-has-no-fixed-size",
            always({"unknown_size": "pyramid"}),
            Text(
                en="The pyramid fixes how many customers are on top before anybody adds up.",
                zh="金字塔最高层有多少客户，不用累加就已确定。",
            ),
        ),
        Trap(
            "screen-shows-the-rank",
            always({"pops_up": "pyramid"}),
            Text(
                en="What is shown while she talks tells the agent what to do now. Who gave that letter its meaning?",
                zh="通话时显示的内容，是告诉话务员现在该怎么做。这个字母的含义是谁定的？",
            ),
        ),
        Trap(
            "b-is-the-second-tier",
            always({"next_to_b": "pyramid"}),
            Text(
                en="Here B is no smaller A: it stands for headroom. Which of the three systems has such a B?",
                zh="这里的 B 不是“小一号的 A”，而是指增长空间。三种体系里，哪一种有这样的 B？",
            ),
        ),
    ),
    hint=Text(
        en="Ask what cuts the list off: a share of customers, a share of profit, or a rule for the next call?",
        zh="问一问名单凭什么划界：客户的比例、利润的比例，还是下一通电话的处理规则？",
    ),
    why=Text(
        en="Rank and tiers belong to the pyramid, adding up to 80% to the A class, screen and selling to the service "
        "code. One letter, three lists: intersect ids, not percentages.",
        zh="名次和分层属于金字塔，累加到 80% 属于 A 类，屏幕和推销属于客户代码。同一个字母，三份名单："
        "要用客户编号求交集，不要拿百分比去比。",
    ),
    concepts=("tiers.a-class", "tiers.abc-pyramid"),
)

_CUT = 5
_SEGMENTS = {
    "strategic": Text(en="strategic: invest together", zh="战略型：共同投入"),
    "star": Text(en="star: attractive, win it over", zh="明星型：有吸引力，要争取"),
    "status": Text(en="status: keep it, no new investment", zh="维持型：稳住，不再加码"),
    "streamline": Text(en="streamline: serve simply", zh="精简型：从简服务"),
}


Scores = tuple[int, int]  # attractiveness, strength


def _points(params: Params) -> dict[str, Scores]:
    return {name: (params[f"attractiveness_{name}"], params[f"strength_{name}"]) for name in _FOUR}


@cache
def _segment(attractiveness: int, strength: int, cut: float) -> str:
    account = pd.DataFrame({"attractiveness": [attractiveness], "strength": [strength]})
    return str(portfolio(account, cut).iloc[0])


def _placed(params: Params, cut: float = _CUT) -> dict[str, str]:
    return {name: _segment(*scores, cut) for name, scores in _points(params).items()}


def _changed(params: Params, wrong: dict[str, str]) -> dict[str, str]:
    """Only the labels that give a wrong reading away."""
    right = _placed(params)
    return {name: label for name, label in wrong.items() if label != right[name]}


def _edge_is_low(params: Params) -> dict[str, str]:
    return _changed(params, _placed(params, cut=_CUT + 0.5))


def _axes_swapped(params: Params) -> dict[str, str]:
    return _changed(params, {name: _segment(s, a, _CUT) for name, (a, s) in _points(params).items()})


def _total_decides(params: Params) -> dict[str, str]:
    """As if the sum of both scores said it all: high is strategic, low is streamline."""
    high, low = _segment(_CUT, _CUT, _CUT), _segment(0, 0, _CUT)
    return _changed(
        params, {name: high if sum(scores) >= 2 * _CUT else low for name, scores in _points(params).items()}
    )


place_accounts: MappingItem = MappingItem(
    id="value_tiers-p11",
    ask=Text(
        en="Place four key accounts. A score is high from 5 points on. Use "
        '`"strategic"`, `"star"`, `"status"` or `"streamline"`.',
        zh='给四家大客户定位。分数达到 5 分即为高。用 `"strategic"`（战略型）、`"star"`（明星型）、`"status"`（维持型）'
        '或 `"streamline"`（精简型）作答。',
    ),
    keys={name: Text(en=name, zh=name) for name in _FOUR},
    labels=_SEGMENTS,
    choices={f"{what}_{name}": (2, 3, 5, 6, 8) for what in ("attractiveness", "strength") for name in _FOUR},
    example={
        "attractiveness_K1": 8,
        "attractiveness_K2": 6,
        "attractiveness_K3": 3,
        "attractiveness_K4": 5,
        "strength_K1": 6,
        "strength_K2": 2,
        "strength_K3": 8,
        "strength_K4": 3,
    },
    reject=lambda params: (
        len(set(_placed(params).values())) < 3
        or _edge_is_low(params) in ({}, _total_decides(params))
        or not {"star", "status"} <= set(_placed(params).values())
    ),
    exhibit=lambda params: pd.DataFrame.from_dict(
        _points(params), orient="index", columns=["attractiveness", "strength"]
    ),
    solve=_placed,
    traps=(
        Trap(
            "axes-swapped",
            _axes_swapped,
            Text(
                en="You swapped the two scores. A star shines for others so far: is it the account that is attractive, "
                "or are we strong?",
                zh="你把两项分数弄反了。明星眼下还在为别人发光：是客户有吸引力，还是我们强？",
            ),
        ),
        Trap(
            "edge-is-low",
            _edge_is_low,
            Text(
                en="Look at the scores on the cut itself. The rule says from there on; is the cut in or out?",
                zh="看看正好在分界上的分数。规则说“达到”即为高：分界本身算在内吗？",
            ),
        ),
        Trap(
            "total-decides",
            _total_decides,
            Text(
                en="You added the two scores. An attractive account where we are weak needs something else than a "
                "dull one where we are strong.",
                zh="你把两项分数加起来了。有吸引力而我们弱的客户，与没有吸引力而我们强的客户，做法并不一样。",
            ),
        ),
    ),
    hint=Text(
        en="Two questions for each account: is it attractive? Are we strong with it?",
        zh="每家客户问两个问题：它有吸引力吗？我们在它那里强吗？",
    ),
    why=lambda params: Text(
        en="High on both is strategic, attractive alone star, strong alone status, neither streamline: {placed}.",
        zh="两项都高为战略型，只有吸引力高为明星型，只有我们强为维持型，都不高为精简型：{placed}。",
    ).format(placed=", ".join(f"{name} {label}" for name, label in _placed(params).items())),
    concepts=("tiers.key-account-plan",),
)

_STEPS = ("know", "rivals", "profit", "plan", "crm", "service", "win_win", "act")


def _moved(step: str, place: int) -> list[str]:
    """The eight steps with one of them put to another place."""
    order = [one for one in _STEPS if one != step]
    return [*order[:place], step, *order[place:]]


eight_steps = OrderItem(
    id="value_tiers-p12",
    ask=Text(
        en="Put the eight steps of the nine-step article's key-account process in order, as a list: "
        '`"act"` (act persistently), `"crm"` (build a CRM system for the account), `"know"` (know the account), '
        '`"plan"` (draw up the plan), `"profit"` (determine how profitable it is), `"rivals"` (analyse rivals), '
        '`"service"` (control the service flow), `"win_win"` (keep it a win for both).',
        zh="把《九步法》一文中的大客户营销八大流程按顺序排成列表："
        '`"act"`（执著地行动）、`"crm"`（建立大客户 CRM 系统）、`"know"`（了解大客户）、`"plan"`（制定营销计划）、'
        '`"profit"`（确定获利能力）、`"rivals"`（分析竞争对手）、`"service"`（把握服务流程）、`"win_win"`（维护双赢关系）。',
    ),
    options={
        "act": Text(en="act persistently", zh="执著地行动"),
        "crm": Text(en="build the account's CRM system", zh="建立大客户 CRM 系统"),
        "know": Text(en="know the account", zh="了解大客户"),
        "plan": Text(en="draw up the plan", zh="制定大客户营销计划"),
        "profit": Text(en="determine profitability", zh="确定获利能力"),
        "rivals": Text(en="analyse rivals", zh="分析竞争对手"),
        "service": Text(en="control the service flow", zh="把握服务流程"),
        "win_win": Text(en="keep it a win for both", zh="维护双赢关系"),
    },
    solve=always(list(_STEPS)),
    traps=(
        Trap(
            "plan-before-profit",
            always(_moved("plan", _STEPS.index("profit"))),
            Text(
                en="You plan before you know what the account leaves. How much may a plan cost, then?",
                zh="还不知道这家客户能留下多少利润，你就开始制定计划了。那么，计划可以花多少钱？",
            ),
        ),
        Trap(
            "system-first",
            always(_moved("crm", 0)),
            Text(
                en="You begin by buying software. What is to be stored in it, and for which plan?",
                zh="你一开始就上系统。里面要存什么？为哪个计划服务？",
            ),
        ),
        Trap(
            "system-before-plan",
            always(_moved("crm", _STEPS.index("plan"))),
            Text(
                en="A system serves a plan. In your order, what does it serve?",
                zh="系统是为计划服务的。按你的顺序，它为谁服务？",
            ),
        ),
        Trap(
            "rivals-after-profit",
            always(_moved("rivals", _STEPS.index("profit"))),
            Text(
                en="You count the profit before you look at who else bids for it. What may rivals do to the price?",
                zh="你还没看谁在争，就先算利润。对手可能怎样影响价格？",
            ),
        ),
        Trap(
            "rivals-before-the-account",
            always(_moved("rivals", 0)),
            Text(
                en="Rivals for what? Whose needs do they compete for?",
                zh="对手争夺的是什么？是谁的需求？",
            ),
        ),
        Trap(
            "act-first",
            always(_moved("act", 0)),
            Text(
                en="Acting first and thinking later is persistence without a direction. What must be known before?",
                zh="先行动、后思考，是没有方向的执著。行动之前要先知道什么？",
            ),
        ),
    ),
    hint=Text(
        en="Learn first, then count, then plan, then build, then keep it going. Which step needs which before it?",
        zh="先了解，再算账，再计划，再建设，最后坚持。哪一步必须以哪一步为前提？",
    ),
    why=Text(
        en="Know the account, analyse rivals, determine profitability, plan, build its CRM, control the service flow, "
        "keep win-win, act persistently. Each step needs the output of the one before.",
        zh="了解大客户、分析竞争对手、确定获利能力、制定营销计划、建立大客户 CRM 系统、把握服务流程、维护双赢关系、"
        "执著地行动。每一步都要用到上一步的结果。",
    ),
    concepts=("tiers.key-account-eight-steps", "tiers.key-account-plan"),
)

salons_for_the_old = TextItem(
    id="value_tiers-p13",
    ask=Text(
        en="Silver Comb runs three small salons for elderly people. It loses Lanwan money, because its owner, herself "
        "over seventy, calls twice a day. Let it go, raise its price, or change the service? Say which costs would "
        "really end, who is affected, by which rule you decide, and what you would tell her.",
        zh="银梳（Silver Comb）有三家小店，专为老人理发。蓝湾在它身上亏钱，因为店主自己也年过七旬，每天打两次电话。"
        "该放弃它、提高价格，还是改变服务？写明哪些成本真的会消失、谁会受影响、依据什么规则，以及你会怎么对她说。",
    ),
    min_words=40,
    rubric=Text(
        en="One decision stated; avoidable and allocated cost told apart; the owner and her clients named; a rule (the "
        "same terms for all, fairness, the firm's own interest) applied to the facts; a sentence one could say to her.",
        zh="有一个明确决定；区分可避免成本与分摊成本；指出店主和她的顾客会受影响；把一条规则（对所有客户条件相同、公平、"
        "企业自身利益）用到事实上；有一句能当面对她说的话。",
    ),
    solve=always(""),
    hint=Text(
        en="Count first what would end with her. Then decide, and name person, rule and sentence.",
        zh="先算一算随她离开会消失什么，再作决定，然后写人、规则和那句话。",
    ),
    why=Text(
        en="Letting go is the last of three levers. A service that costs less, or a fee per call on a list open to "
        "all, may turn the sign. Neither slogan helps: she is no god, and no line to be deleted.",
        zh="放弃是三种办法里的最后一种。降低服务成本，或公开对所有客户按次收取电话服务费，也许就能扭亏。"
        "两句口号都帮不上忙：她不是上帝，也不是可以随手删掉的一行。",
    ),
    concepts=("tiers.cull-worst", "tiers.customer-is-god"),
)

big_downsides = MappingItem(
    id="value_tiers-p14",
    ask=Text(
        en='Which downside of a big customer is each case about? Use `"financial"`, `"profit"`, `"management"` or '
        '`"churn"`.',
        zh='每个情形说的是大客户的哪一种风险？用 `"financial"`（财务）、`"profit"`（利润）、`"management"`（管理）或 '
        '`"churn"`（流失）作答。',
    ),
    keys={
        "unpaid": Text(
            en="It owes a third of all our open invoices, and pays late",
            zh="它占我们应收账款的三分之一，还常常拖延付款",
        ),
        "insolvent": Text(
            en="If it goes bankrupt, we cannot pay our own suppliers",
            zh="它一旦破产，我们就付不出供应商的货款",
        ),
        "discount": Text(
            en="It buys most, and after discounts little is left",
            zh="它买得最多，打完折却所剩无几",
        ),
        "special_rules": Text(
            en="Three colleagues spend their days on its special rules",
            zh="三位同事整天忙着应付它的特殊规定",
        ),
        "one_signature": Text(
            en="One signature with a rival, and a third of our revenue is gone",
            zh="它在对手的合同上签个字，我们就少三分之一的收入",
        ),
        "courted": Text(
            en="Every rival courts its buyer, and she listens",
            zh="每个对手都在拉拢它的采购员，而她也听得进去",
        ),
    },
    labels={
        "financial": Text(en="financial risk", zh="财务风险"),
        "profit": Text(en="profit risk", zh="利润风险"),
        "management": Text(en="management risk", zh="管理风险"),
        "churn": Text(en="churn risk, easily tempted away", zh="流失风险，易见异思迁"),
    },
    solve=always(
        {
            "unpaid": "financial",
            "insolvent": "financial",
            "discount": "profit",
            "special_rules": "management",
            "one_signature": "churn",
            "courted": "churn",
        }
    ),
    traps=(
        Trap(
            "cash-is-profit",
            always({"unpaid": "profit"}),
            Text(
                en="The profit may be booked already. What has not arrived yet?",
                zh="利润也许已经入账。还没有到的是什么？",
            ),
        ),
        Trap(
            "bankrupt-is-churn",
            always({"insolvent": "churn"}),
            Text(
                en="It does not go to a rival. What does the case say we could no longer do?",
                zh="它并没有投向对手。这个情形说我们会做不到什么？",
            ),
        ),
        Trap(
            "margin-is-finance",
            always({"discount": "financial"}),
            Text(
                en="Suppose it pays on time. What is small here: what comes in, or what stays?",
                zh="就算它按时付款，这里少的是收进来的，还是留下来的？",
            ),
        ),
        Trap(
            "attention-is-money",
            always({"special_rules": "profit"}),
            Text(
                en="In the end everything costs money. What does the case say is used up first?",
                zh="归根到底什么都要花钱。这个情形说，首先被占用的是什么？",
            ),
        ),
        Trap(
            "revenue-is-finance",
            always({"one_signature": "financial"}),
            Text(
                en="No invoice stays unpaid here. What makes the revenue disappear?",
                zh="这里没有一张账单收不回来。收入是因为什么消失的？",
            ),
        ),
        Trap(
            "courting-is-management",
            always({"courted": "management"}),
            Text(
                en="Nobody at Lanwan is kept busy here. What may the buyer do next?",
                zh="蓝湾没有人为此忙碌。这位采购员接下来可能怎么做？",
            ),
        ),
    ),
    hint=Text(
        en="Ask what is at stake: cash, what is left of a sale, our own time, or the customer itself?",
        zh="问一问危及的是什么：现金、一笔生意留下的利润、我们自己的精力，还是客户本身？",
    ),
    why=Text(
        en="Open invoices and our own payments are financial, discounts eat profit, special rules eat management, and "
        "the last two are churn. The notes run the list together; we read it as four risks.",
        zh="应收账款和自己的付款能力属于财务，折扣侵蚀利润，特殊规定占用管理，最后两项是流失。"
        "笔记把它们写在一起；我们读作四种风险。",
    ),
    concepts=("tiers.big-customer-downsides", "tiers.largest-not-best"),
)

PRACTICE: tuple[Item, ...] = (
    warm_1,
    warm_2,
    warm_3,
    predict_1,
    predict_2,
    predict_3,
    predict_4,
    predict_5,
    one_cell,
    by_recency,
    three_groups,
    other_top,
    whale,
    recency_score,
    concentration,
    next_hour,
    keep_or_not,
    which_a,
    place_accounts,
    eight_steps,
    salons_for_the_old,
    big_downsides,
)
