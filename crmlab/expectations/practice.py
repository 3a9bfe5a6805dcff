"""Warm-ups, predictions and practice of chapter 09; every answer is computed by the chapter's model.

Warm-ups (``-w``) recall earlier chapters, predictions (``-q``) stand before a run, practice (``-p``) trains the ideas
of the graded set with other numbers. ``items.py`` joins them to the graded items. A trap that leads to the right
answer for a student stays silent: :data:`SILENT` for a number, ``None`` for a label.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import pandas as pd

from crmlab.core.checks import (
    ChoiceItem,
    Item,
    MappingItem,
    NumberItem,
    Params,
    PartsItem,
    TextItem,
    Trap,
    always,
)
from crmlab.core.data import load
from crmlab.core.text import Text
from crmlab.core.writing import (
    any_too_close,
    changed_labels,
    nearest_option,
    other_label,
    too_close,
    unless_close,
    whole_percent,
    with_listing,
)
from crmlab.expectations import simulate
from crmlab.expectations.model import (
    ATTRIBUTES,
    DIMENSIONS,
    KANO_ANSWERS,
    Promise,
    acsi,
    best_promise,
    fit_forms,
    importance_performance,
    kano_class,
    kano_coefficients,
    key_drivers,
    nps,
    outcome,
    promise_outcome,
    satisfaction,
    servqual,
    stay_after_delay,
    update_expectation,
)

Labels = dict[str, str | None]  # of a mapping; None where a wrong model has nothing to say
Pool = Mapping[str, tuple[Text, ...]]

_POINTS = Text(en="points, 0 to 100", zh="分（0 至 100）")
_DECIMALS = Text(en="decimals, not percent", zh="小数，不用百分数")
_SEE_WHOLE = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="expectations-w1",
    ask=Text(
        en="*From chapter 04.* A salon's attitude to Lanwan is 6 on a scale from 1 to 7. Of the rivals she likes one "
        "best, with 6.5. What is her relative attitude to Lanwan?",
        zh="*出自第 04 章。* 一家店对蓝湾的态度为 6 分（1 至 7 分）。对手中她最喜欢的一家得 6.5 分。"
        "她对蓝湾的相对态度如何？",
    ),
    options={
        "high": Text(en="high: 6 is far above the middle of the scale", zh="高：6 分远高于量表中点"),
        "negative": Text(en="below zero: she likes a rival better", zh="小于零：有一个对手更讨她喜欢"),
        "zero": Text(en="zero: half a point is as good as no difference", zh="等于零：差半分等于没差"),
    },
    solve=always("negative"),
    traps=(
        Trap(
            "own-attitude-alone",
            always("high"),
            Text(
                en="Reminder: she can like you and leave you. What does relative attitude compare with?",
                zh="提示：她可以喜欢你，仍然离开你。相对态度是与谁相比？",
            ),
        ),
        Trap(
            "near-enough",
            always("zero"),
            Text(
                en="Reminder: subtract before you round. Which sign does the difference have?",
                zh="提示：先相减，再谈取整。差是正还是负？",
            ),
        ),
    ),
    hint=Text(en="Own attitude less that to the best rival.", zh="对自己的态度，减去对最好的对手的态度。"),
    why=Text(
        en="6 - 6.5 = -0.5. A good mark alone says little; it counts against something. In this chapter that something "
        "is what she expected.",
        zh="6 - 6.5 = -0.5。单独一个高分说明不了多少，要看与什么相比。在本章里，比较的对象是她的期望。",
    ),
)

warm_2 = ChoiceItem(
    id="expectations-w2",
    ask=Text(
        en="*From chapter 06.* For a salon, offer X is worth 1,000 yuan in all; it costs 600 yuan, and 250 yuan in "
        "time and trouble. Offer Y is worth 900; it costs 650 and 60. Which one delivers more value?",
        zh="*出自第 06 章。* 对一家店来说，报价 X 的总价值为 1,000 元，价格 600 元，时间和精力折合 250 元；"
        "报价 Y 的总价值为 900 元，价格 650 元，时间和精力折合 60 元。哪一个的客户让渡价值更大？",
    ),
    options={
        "value": Text(en="X: its value is higher", zh="X：总价值更高"),
        "price": Text(en="X: its price is lower", zh="X：价格更低"),
        "difference": Text(en="Y: more is left after all costs", zh="Y：扣除全部成本后剩得更多"),
    },
    solve=always("difference"),
    traps=(
        Trap(
            "value-without-cost",
            always("value"),
            Text(
                en="Reminder: what does she give up to get this value?",
                zh="提示：为了得到这些价值，她付出了什么？",
            ),
        ),
        Trap(
            "price-is-cost",
            always("price"),
            Text(
                en="Reminder: the price is one cost of several. Which others are named here?",
                zh="提示：价格只是成本之一。题目里还有哪些成本？",
            ),
        ),
    ),
    hint=Text(en="Total value less total cost, both in yuan.", zh="总价值减去总成本，都以元计。"),
    why=Text(
        en="X leaves 1,000 - 850 = 150, Y leaves 900 - 710 = 190. That is what she gets. Whether it satisfies her "
        "depends on what she expected.",
        zh="X 剩 1,000 - 850 = 150，Y 剩 900 - 710 = 190。这是她得到的；是否满意，还要看她原来期望什么。",
    ),
)

warm_3 = ChoiceItem(
    id="expectations-w3",
    ask=Text(
        en="*From chapter 04.* Competition is hard. Half of the customers who gave 4 points of 5 have left. Why do "
        "satisfied customers go?",
        zh="*出自第 04 章。* 市场竞争激烈。打 4 分（满分 5 分）的客户走了一半。满意的客户为什么会走？",
    ),
    options={
        "free": Text(
            en="leaving costs nothing, and a rival need only be a little better",
            zh="离开没有成本，对手只要好一点点就够了",
        ),
        "survey": Text(en="the survey was wrong: satisfied customers stay", zh="调查不准：满意的客户不会走"),
        "price": Text(en="satisfaction does not matter, only the price does", zh="满意度不起作用，起作用的只有价格"),
    },
    solve=always("free"),
    traps=(
        Trap(
            "satisfied-means-loyal",
            always("survey"),
            Text(
                en="Reminder: her mark looks back at one supplier. Who else was on offer?",
                zh="提示：她打分时回顾的是一家供应商。市场上还有谁？",
            ),
        ),
        Trap(
            "only-price-counts",
            always("price"),
            Text(
                en="Reminder: of those who gave 5 points nearly all stayed, at the same price. What follows?",
                zh="提示：价格一样，打 5 分的却几乎全部留下。这说明什么？",
            ),
        ),
    ),
    hint=Text(en="What holds a customer who may leave at any time?", zh="随时可以走的客户，靠什么留住？"),
    why=Text(
        en="Where leaving is free, only the very satisfied stay. So it matters where the mark comes from: this chapter "
        "takes satisfaction apart.",
        zh="离开没有代价时，只有非常满意的才留下。所以要弄清分数从何而来：本章就来拆解满意度。",
    ),
)


# --- predictions: pick, commit, run ----------------------------------------------------------------------------------


@cache
def _slopes() -> tuple[float, float]:
    """Gain and loss per point beyond the zone of tolerance, from the chapter's encounters."""
    table = load("expectations_encounters")
    found = fit_forms(table["expectation"], table["performance"], table["satisfaction"])
    return float(found["gain"]["with_zone"]), float(found["loss"]["with_zone"])


def _loss_to_gain() -> float:
    gain, loss = _slopes()
    return loss / gain


_POINTS_ABOVE = {
    "1": Text(en="about one", zh="大约一分"),
    "2": Text(en="about two", zh="大约两分"),
    "5": Text(en="about five", zh="大约五分"),
}

predict_1 = ChoiceItem(
    id="expectations-q1",
    ask=Text(
        en="One delivery falls short of what a salon expected. For each point of the shortfall that she notices, how "
        "many points above expectation make up for it another time?",
        zh="有一次送货低于一家店的期望。她察觉到的不足，每低一分，要靠另一次高出期望多少分才补得回来？",
    ),
    options=_POINTS_ABOVE,
    solve=lambda params: nearest_option(_POINTS_ABOVE, _loss_to_gain()),
    traps=(
        Trap(
            "a-point-is-a-point",
            always("1"),
            Text(
                en="You let a point up weigh as much as a point down. Which of the two would you tell a friend about?",
                zh="你把高一分与低一分看得同样重要。这两件事，哪一件你更会讲给朋友听？",
            ),
        ),
        Trap(
            "never-forgiven",
            always("5"),
            Text(
                en="A loss does weigh more, but not without measure. Fit the slopes to the encounters and compare.",
                zh="失的分量确实更重，但也有限度。用数据拟合两个斜率，再比较。",
            ),
        ),
    ),
    hint=Text(
        en="Compare the slope below expectation with the slope above.",
        zh="比较低于期望时的斜率与高于期望时的斜率。",
    ),
    why=lambda params: Text(
        en="In the fit with a zone of tolerance a point below costs {loss:.2f}, a point above brings {gain:.2f}: the "
        "ratio is {ratio:.1f}. Keeping a promise pays more than a pleasant surprise.",
        zh="在有容忍区间的拟合中，低一分扣 {loss:.2f}，高一分加 {gain:.2f}：比值为 {ratio:.1f}。守住承诺，"
        "胜过制造惊喜。",
    ).format(loss=_slopes()[1], gain=_slopes()[0], ratio=_loss_to_gain()),
    concepts=("expect.difference-function",),
)

_TRIAL, _REPEAT = (0.05, 0.004), (0.5, 0.012)
_QUALITY, _BEFORE, _RELIANCE, _REPEATS = 70.0, 60.0, 0.5, 2.0
_PROMISES = {number: Text(en=number, zh=f"{number} 分") for number in ("60", "70", "80", "100")}


@cache
def _profits() -> dict[str, float]:
    """What each of the four promises earns, per unit of margin."""
    said = [float(number) for number in _PROMISES]
    found = promise_outcome(said, _QUALITY, _BEFORE, _RELIANCE, _REPEATS, _TRIAL, _REPEAT)
    return dict(zip(_PROMISES, found["profit"].tolist(), strict=True))


@cache
def _top() -> Promise:
    return best_promise(_QUALITY, _BEFORE, _RELIANCE, _REPEATS, _TRIAL, _REPEAT)


predict_2 = ChoiceItem(
    id="expectations-q2",
    ask=Text(
        en="Lanwan's true quality is 70. New salons expect 60 and let its promise move them by half. Who expects more "
        "tries more often; who is disappointed repeats less often. A first purchase can bring two repeats. Which "
        "promise earns most?",
        zh="蓝湾的真实质量为 70 分。新店原来期望 60 分，对承诺只信一半。期望高的店更愿意尝试，失望的店更少再买。"
        "一次首购最多带来两次再购。哪一种承诺利润最高？",
    ),
    options=_PROMISES,
    solve=lambda params: max(_PROMISES, key=lambda number: _profits()[number]),
    traps=(
        Trap(
            "promise-what-they-expect",
            always("60"),
            Text(
                en="That confirms what they expect anyway, below the truth. Who learns that you are better?",
                zh="这只是印证了她们原来的期望，还低于真实质量。谁会知道你其实更好？",
            ),
        ),
        Trap(
            "promise-the-truth",
            always("70"),
            Text(
                en="You promise the truth. They believe half of it: what do they expect then, and who stays away?",
                zh="你如实承诺，她们只信一半。那么她们期望多少？谁因此没有来？",
            ),
        ),
        Trap(
            "promise-the-moon",
            always("100"),
            Text(
                en="That draws most first purchases. How many of these salons come back?",
                zh="这样首购最多。这些店里，有多少会再来？",
            ),
        ),
    ),
    hint=Text(
        en="Two forces: a higher promise brings more first purchases and fewer repeats.",
        zh="有两股力量：承诺越高，首购越多，再购越少。",
    ),
    why=lambda params: with_listing(
        Text(
            en="Profit per unit of margin: {found}. The top is at a promise of {said:.1f}, with an expectation of "
            "{wanted:.1f}, near the truth. The curve is flat: honesty costs little here, and it keeps trust, which the "
            "model leaves out.",
            zh="利润（以单位毛利计）：{found}。最高点在承诺 {said:.1f} 分处，这时期望为 {wanted:.1f} 分，接近真实质量。"
            "曲线很平：如实承诺的代价很小，还能保住信任，而模型没有算信任。",
        ).format(found="{found}", said=_top().promise, wanted=_top().expectation),
        (f"{number} → {profit:.3f}" for number, profit in _profits().items()),
    ),
    concepts=("expect.set-initial",),
)

_VISIT, _VARIES, _SURENESS, _REGULAR = 45.0, 12.0, 12.0, 20


@cache
def _moved_by_a_bad_visit(visits: int) -> float:
    """How far one bad visit lowers an expectation of 70 after so many visits of 70 [points]."""
    before = update_expectation(70, _SURENESS, 70, _VARIES, visits)
    return before[0] - update_expectation(*before, _VISIT, _VARIES)[0]


_DROPS = {
    "1": Text(en="by about 1 point", zh="大约 1 分"),
    "6": Text(en="by about 6 points, half as much", zh="大约 6 分，是新客户的一半"),
    f"{_moved_by_a_bad_visit(0):g}": Text(en="by just as much", zh="一样多"),
}
_HALF, _SAME = list(_DROPS)[1:]

predict_3 = ChoiceItem(
    id="expectations-q3",
    ask=Text(
        en="A newcomer expects 70. One visit of 45 lowers her expectation by {drop:.1f} points. A regular expects 70, "
        "too, after 20 visits. By how much does the same bad visit lower hers?",
        zh="一位新客户期望 70 分。一次 45 分的到访，使她的期望降低 {drop:.1f} 分。一位老客户有过 20 次到访，期望也是 "
        "70 分。同样糟糕的一次到访，使老客户的期望降低多少？",
    ).format(drop=_moved_by_a_bad_visit(0)),
    options=_DROPS,
    solve=lambda params: nearest_option(_DROPS, _moved_by_a_bad_visit(_REGULAR)),
    traps=(
        Trap(
            "half-old-half-new",
            always(_HALF),
            Text(
                en="You let twenty visits weigh about as much as a first idea. Count how many visits speak for 70.",
                zh="你让二十次到访与最初的印象差不多一样重。数一数，有多少次到访支持 70 分。",
            ),
        ),
        Trap(
            "same-gap-same-effect",
            always(_SAME),
            Text(
                en="The gap is the same. Is the person, who has seen so much more, as easy to surprise?",
                zh="差距一样。可是她见得多了，还会同样轻易改变看法吗？",
            ),
        ),
    ),
    hint=Text(
        en="What weight has one visit among all that a regular knows?",
        zh="在老客户知道的一切中，一次到访占多大分量？",
    ),
    why=lambda params: Text(
        en="A newcomer's expectation falls by {new:.1f}, a regular's by {old:.1f}. Her first idea counts as one visit, "
        "so the bad one is one of {count}. Bad days cost most with new customers.",
        zh="新客户的期望降低 {new:.1f} 分，老客户的只降低 {old:.1f} 分。最初印象相当于一次到访，糟糕的一次只占 {count} "
        "分之一。糟糕的一天，代价最大的是在新客户身上。",
    ).format(new=_moved_by_a_bad_visit(0), old=_moved_by_a_bad_visit(_REGULAR), count=_REGULAR + 2),
    concepts=("expect.factor-experience",),
)

_IDLE = tuple(name for name, (bad, good, *_) in simulate.EFFECTS.items() if bad == good == 0)
_CREDIT = {
    "0": Text(en="0%", zh="0%"),
    "14": Text(en="about 14%", zh="大约 14%"),
    "50": Text(en="about 50%", zh="大约 50%"),
}


@cache
def _idle_credit() -> float:
    """Share of the explained variance credited to the attributes without any effect."""
    table = load("expectations_ratings")
    wide = table.pivot(index="rater_id", columns="attribute", values="performance")
    shares = key_drivers(wide, table.groupby("rater_id")["overall"].first())
    return float(shares[list(_IDLE)].sum() / shares.sum())


predict_4 = ChoiceItem(
    id="expectations-q4",
    ask=Text(
        en="Three of fourteen attributes change nothing in truth: a polite driver, a clean van, the newsletter. Two of "
        "them are rated high where deliveries are on time. Which part of the explained variance does key-driver "
        "analysis credit to the three?",
        zh="十四项属性中有三项其实毫无作用：司机有礼貌、送货车整洁、电子简报。送货准时的地方，其中两项的评分也高。"
        "关键绩效因素分析会把解释方差的多大部分记在这三项名下？",
    ),
    options=_CREDIT,
    solve=lambda params: nearest_option(_CREDIT, 100 * _idle_credit()),
    traps=(
        Trap(
            "analysis-knows-the-truth",
            always("0"),
            Text(
                en="The analysis sees ratings, not causes. What does it do with two columns that rise together?",
                zh="分析看到的是评分，不是原因。两列同升同降时，它会怎么办？",
            ),
        ),
        Trap(
            "shadows-take-half",
            always("50"),
            Text(
                en="Shadows share the credit of the driver that they follow. How many other drivers are there?",
                zh="影子只能从它所跟随的那个属性分走功劳。其他属性还有多少？",
            ),
        ),
    ),
    hint=Text(
        en="Some orders of entry take a shadow before its driver. What does the shadow get then?",
        zh="有些次序里，影子先于它所跟随的属性放入。这时影子得到多少？",
    ),
    why=lambda params: Text(
        en="They get {share} of what is explained. Drivers that move together share their credit, so a share of R² is "
        "no proof that improving it would help. Only an experiment tells.",
        zh="它们得到解释方差的 {share}。同进退的属性分享功劳，所以占有 R² 份额，并不证明改进它就有用。要知道有没有"
        "用，只有做试验。",
    ).format(share=whole_percent(_idle_credit())),
    concepts=("expect.analysis-key-drivers",),
)

_LATE_H, _NOTICE_H = 24.0, 24.0
_TOLD = {
    "10": Text(en="about 10%", zh="大约 10%"),
    "40": Text(en="about 40%", zh="大约 40%"),
    "70": Text(en="about 70%", zh="大约 70%"),
}


@cache
def _stays(notice_h: float) -> float:
    return float(stay_after_delay(_LATE_H, notice_h))


predict_5 = ChoiceItem(
    id="expectations-q5",
    ask=Text(
        en="A delivery is 24 hours late. If nobody was told, {untold} of the salons stay. How many stay if they hear "
        "of it 24 hours before it is due?",
        zh="一批货晚到 24 小时。如果谁也没有通知，只有 {untold} 的店留下。如果提前 24 小时告知，有多少店留下？",
    ).format(untold=whole_percent(_stays(0))),
    options=_TOLD,
    solve=lambda params: nearest_option(_TOLD, 100 * _stays(_NOTICE_H)),
    traps=(
        Trap(
            "late-is-late",
            always("10"),
            Text(
                en="The delay stays the same. Against which expectation will it be judged?",
                zh="延误没有变。可是，它会与怎样的期望相比？",
            ),
        ),
        Trap(
            "most-use-the-time",
            always("40"),
            Text(
                en="Some use the day to order elsewhere. Look at the curve: how many, and how much surprise is left?",
                zh="有些店会用这一天转向别家。看看曲线：有多少？剩下的意外又有多大？",
            ),
        ),
    ),
    hint=Text(
        en="After half a day of notice half of the delay is expected. And after a whole day?",
        zh="提前半天告知，延误的一半已在预料之中。提前一天呢？",
    ),
    why=lambda params: Text(
        en="Told a day ahead, {told} stay; untold, {untold}. The word moves the expectation before the delivery is "
        "judged. The law is ours; the chapter's delays follow it.",
        zh="提前一天告知，{told} 留下；不告知，{untold}。消息先改变了期望，然后才轮到评价送货。这条规律是我们设定的，"
        "本章的延误数据由它生成。",
    ).format(told=whole_percent(_stays(_NOTICE_H)), untold=whole_percent(_stays(0))),
    concepts=("expect.communicate-early",),
)

# --- practice: satisfaction ------------------------------------------------------------------------------------------

_FORM = ("base", "gain", "loss", "zone")


def _felt(params: Params, expectation: float, performance: float, **changes: float) -> float:
    """Satisfaction with the form that the question gives, or with some of it changed."""
    form: dict[str, float] = {name: params[name] for name in _FORM if name in params} | changes
    return float(satisfaction(expectation, performance, **form))


def _edge_gap(expectation: float, performance: float, zone: float) -> float:
    """The gap as far as it lies beyond the edge of the zone, with its sign."""
    return float(satisfaction(expectation, performance, base=0, gain=1, loss=1, zone=zone))


def _gap(params: Params) -> float:
    return float(params["performance"] - params["expectation"])


def _beyond(params: Params) -> float:
    return _edge_gap(params["expectation"], params["performance"], params["zone"])


def _wider(params: Params) -> float:
    """The gap made larger by the zone instead of smaller."""
    return _gap(params) + math.copysign(params["zone"], _gap(params))


def _satisfied(params: Params) -> float:
    return _felt(params, params["expectation"], params["performance"])


_ZONE_PARTS: dict[str, Item] = {
    "beyond": NumberItem(
        ask=Text(en="Gap beyond the edge of the zone, with its sign", zh="超出容忍区间边界的差距（带正负号）"),
        unit=Text(en="points, below expectation negative", zh="分，低于期望为负"),
        decimals=1,
        solve=_beyond,
        traps=(
            Trap(
                "whole-gap",
                _gap,
                Text(
                    en="That is the whole gap. Which part of it does she not notice?",
                    zh="这是全部差距。其中哪一部分她并不在意？",
                ),
            ),
            Trap(
                "zone-makes-it-larger",
                _wider,
                Text(
                    en="You moved away from zero by the width of the zone. Does a zone of tolerance make a gap weigh "
                    "more?",
                    zh="你让差距离零更远了一个区间的宽度。容忍区间会让差距显得更大吗？",
                ),
            ),
            Trap(
                "expected-less-received",
                lambda params: -_beyond(params),
                Text(
                    en="The size is right. Which comes first: what she got, or what she expected?",
                    zh="大小对了。谁减谁：得到的减期望的，还是反过来？",
                ),
            ),
        ),
        hint=Text(
            en="Performance less expectation; then bring it nearer to zero by the zone.",
            zh="表现减期望；再按区间宽度向零靠近。",
        ),
        why=_SEE_WHOLE,
    ),
    "satisfaction": NumberItem(
        ask=Text(en="Satisfaction", zh="满意度"),
        unit=_POINTS,
        decimals=2,
        solve=_satisfied,
        traps=(
            Trap(
                "zone-forgotten",
                lambda params: _felt(params, params["expectation"], params["performance"], zone=0),
                Text(
                    en="You counted the whole gap. It counts from the edge of the zone only.",
                    zh="你把全部差距都算进去了。只从区间的边界算起。",
                ),
            ),
            Trap(
                "one-slope-for-both",
                lambda params: _felt(
                    params, params["expectation"], params["performance"], gain=params["loss"], loss=params["gain"]
                ),
                Text(
                    en="A point above and a point below do not weigh the same. On which side is this encounter?",
                    zh="高一分与低一分的分量不同。这次表现在哪一边？",
                ),
            ),
            Trap(
                "expected-less-received",
                lambda params: _felt(params, params["performance"], params["expectation"]),
                Text(
                    en="You took expectation less performance. Is she better or worse off than she expected?",
                    zh="你用期望减去了表现。与期望相比，她得到的是多了还是少了？",
                ),
            ),
            Trap(
                "change-alone",
                lambda params: _felt(params, params["expectation"], params["performance"], base=0),
                Text(
                    en="That is how far satisfaction moves. From which level does it start when expectations are met?",
                    zh="这是满意度变动了多少。期望得到满足时，满意度从什么水平算起？",
                ),
            ),
        ),
        hint=Text(
            en="Start from the level of met expectations, then add slope times the gap beyond the zone.",
            zh="从期望得到满足时的水平出发，再加上斜率乘以超出区间的差距。",
        ),
        why=_SEE_WHOLE,
    ),
}


def _worked_and_blank(params: Params) -> pd.DataFrame:
    """One encounter worked out on the other side of expectation, and the student's own with blanks."""
    start = 60
    reached = start - round(math.copysign(params["zone"] + 5, _gap(params)))
    edge, felt = _edge_gap(start, reached, params["zone"]), _felt(params, start, reached)
    rows = [
        (start, reached, reached - start, round(edge, 2), round(felt, 2)),
        (params["expectation"], params["performance"], "?", "?", "?"),
    ]
    columns = ["expectation", "performance", "gap", "beyond", "satisfaction"]
    return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, 3, name="encounter"))


beyond_the_zone = PartsItem(
    id="expectations-p1",
    ask=Text(
        en="Satisfaction is {base} when expectations are met. Gaps of up to {zone} points go unnoticed. Beyond this "
        "zone each point above adds {gain}, and each point below takes off {loss}. The first encounter in the table is "
        "worked out. In the second a salon expected {expectation} and got {performance}. Give a dictionary with "
        "`beyond` (her gap beyond the zone's edge, with its sign) and `satisfaction`.",
        zh="期望得到满足时，满意度为 {base}。差距不超过 {zone} 分时没有反应；超出这一容忍区间以后，每高一分加 {gain}，"
        "每低一分扣 {loss}。表中第一次已经算好。第二次，一家店期望 {expectation}，得到 {performance}。请给出字典："
        "`beyond`（超出区间边界的差距，带正负号）和 `satisfaction`（满意度）。",
    ),
    choices={
        "expectation": (66, 70, 74, 78),
        "performance": (55, 60, 63, 84, 90),
        "base": (68, 70, 72),
        "gain": (0.6, 0.8, 0.9),
        "loss": (1.6, 2, 2.4),
        "zone": (2, 3, 4),
    },
    example={"expectation": 74, "performance": 63, "base": 70, "gain": 0.9, "loss": 2, "zone": 4},
    reject=lambda params: (
        abs(_gap(params)) < params["zone"] + 2
        or not 0 <= _felt(params, params["expectation"], params["performance"], gain=params["loss"]) <= 100
        or any_too_close(_ZONE_PARTS, params, least=0.5)
    ),
    exhibit=_worked_and_blank,
    parts=_ZONE_PARTS,
    why=lambda params: Text(
        en="{performance} - {expectation} = {gap:+.0f}. Beyond the zone of {zone} that leaves {edge:+.0f}. "
        "Satisfaction: {base} {sign} {size:.0f} × {slope} = {felt:.2f}.",
        zh="{performance} - {expectation} = {gap:+.0f}。扣除 {zone} 分的区间，剩下 {edge:+.0f}。"
        "满意度：{base} {sign} {size:.0f} × {slope} = {felt:.2f}。",
    ).format(
        **params,
        gap=_gap(params),
        edge=_beyond(params),
        sign="+" if _gap(params) > 0 else "-",
        size=abs(_beyond(params)),
        slope=params["gain"] if _gap(params) > 0 else params["loss"],
        felt=_satisfied(params),
    ),
    concepts=("expect.difference-function",),
)


def _learnt(params: Params, visits: float | None = None) -> tuple[float, float]:
    """Mean and standard deviation of the expectation after the visits, or after so many of them."""
    count = params["visits"] if visits is None else visits
    return update_expectation(params["prior_mean"], params["prior_sd"], params["seen_mean"], params["seen_sd"], n=count)


def _expects(params: Params) -> float:
    return _learnt(params)[0]


def _unsure(params: Params) -> float:
    return _learnt(params)[1]


def _by_sd(params: Params) -> float:
    """Weighted by one over the standard deviation instead of one over the variance."""
    before, seen = 1 / params["prior_sd"], params["visits"] / params["seen_sd"]
    return float((before * params["prior_mean"] + seen * params["seen_mean"]) / (before + seen))


def _next_time(params: Params) -> float:
    return _felt(params, _expects(params), params["performance"])


_UPDATE_PARTS: dict[str, Item] = {
    "expectation": NumberItem(
        ask=Text(en="What she expects now (mean)", zh="现在的期望（均值）"),
        unit=_POINTS,
        rel_tol=0.001,
        abs_tol=0.05,
        solve=_expects,
        traps=(
            Trap(
                "each-visit-like-the-first-idea",
                lambda params: (params["prior_mean"] + params["visits"] * params["seen_mean"]) / (1 + params["visits"]),
                Text(
                    en="You gave the first idea and each visit the same weight. Are they equally sure?",
                    zh="你给最初印象与每次到访以相同的权重。它们同样可靠吗？",
                ),
            ),
            Trap(
                "weights-by-sd",
                _by_sd,
                Text(
                    en="You weighted by one over the standard deviation. Precision is one over the variance.",
                    zh="你用标准差的倒数加权。精度是方差的倒数。",
                ),
            ),
            Trap(
                "number-of-visits-forgotten",
                lambda params: _learnt(params, 1)[0],
                Text(
                    en="You let all visits count as a single one. How many were there?",
                    zh="你把所有到访当成一次。一共有几次？",
                ),
            ),
            Trap(
                "midway",
                lambda params: (params["prior_mean"] + params["seen_mean"]) / 2,
                Text(
                    en="You met halfway between first idea and visits. What decides how far she moves?",
                    zh="你取了最初印象与到访的中间。她移动多远，由什么决定？",
                ),
            ),
        ),
        hint=Text(
            en="Weight by precision, one over variance; n visits have n times the precision of one.",
            zh="按精度（方差的倒数）加权；n 次到访的精度是一次的 n 倍。",
        ),
        why=_SEE_WHOLE,
    ),
    "sd": NumberItem(
        ask=Text(en="Standard deviation of her expectation now", zh="现在期望的标准差"),
        unit=Text(en="points", zh="分"),
        abs_tol=0.02,
        solve=_unsure,
        traps=(
            Trap(
                "variance",
                lambda params: _unsure(params) ** 2,
                Text(
                    en="That is the variance. Which step is left?",
                    zh="这是方差。还差哪一步？",
                ),
            ),
            Trap(
                "number-of-visits-forgotten",
                lambda params: _learnt(params, 1)[1],
                Text(
                    en="So unsure she would be after a single visit. How many has she had?",
                    zh="这是一次到访之后的不确定程度。她有过几次？",
                ),
            ),
            Trap(
                "visits-alone",
                lambda params: params["seen_sd"] / math.sqrt(params["visits"]),
                Text(
                    en="That is what the visits alone leave open. Did she know nothing before?",
                    zh="这只是到访留下的不确定。此前她一无所知吗？",
                ),
            ),
        ),
        hint=Text(
            en="Add the precisions; the variance is one over their sum.",
            zh="把精度相加；方差是其和的倒数。",
        ),
        why=_SEE_WHOLE,
    ),
    "satisfaction": NumberItem(
        ask=Text(en="Satisfaction at the next encounter", zh="下一次的满意度"),
        unit=_POINTS,
        abs_tol=0.15,
        rel_tol=0.002,
        solve=_next_time,
        traps=(
            Trap(
                "first-idea-kept",
                lambda params: _felt(params, params["prior_mean"], params["performance"]),
                Text(
                    en="You judged against her first idea. What does she expect by now?",
                    zh="你用的还是最初印象。她现在期望多少？",
                ),
            ),
            Trap(
                "zone-forgotten",
                lambda params: _felt(params, _expects(params), params["performance"], zone=0),
                Text(
                    en="You counted the whole gap. Up to the edge of the zone nothing is noticed.",
                    zh="你把全部差距都算进去了。在区间之内，她并不在意。",
                ),
            ),
            Trap(
                "one-slope-for-both",
                lambda params: _felt(
                    params, _expects(params), params["performance"], gain=params["loss"], loss=params["gain"]
                ),
                Text(
                    en="The two slopes differ. Did she get more than she now expects, or less?",
                    zh="两个斜率不同。与现在的期望相比，她得到的是多了还是少了？",
                ),
            ),
            Trap(
                "expected-less-received",
                lambda params: _felt(params, params["performance"], _expects(params)),
                Text(
                    en="You took expectation less performance. Turn the difference round.",
                    zh="你用期望减去了表现。请把差反过来。",
                ),
            ),
        ),
        hint=Text(
            en="`satisfaction(...)` with the expectation that she has now.",
            zh="用她现在的期望计算 `satisfaction(...)`。",
        ),
        why=_SEE_WHOLE,
    ),
}

after_some_visits = PartsItem(
    id="expectations-p2",
    ask=Text(
        en="A salon expected {prior_mean} (standard deviation {prior_sd}). Since then {visits} visits have averaged "
        "{seen_mean}; one visit varies by {seen_sd} about the truth. Satisfaction is {base} when expectations are met; "
        "beyond a zone of {zone} points each point above adds {gain}, each point below takes off {loss}. The next "
        "visit gives {performance}. Give a dictionary with `expectation` (what she expects before it), `sd` (how "
        "unsure she is) and `satisfaction`, to two decimals.",
        zh="一家店原来期望 {prior_mean}（标准差 {prior_sd}）。此后 {visits} 次到访平均 {seen_mean}；"
        "每次到访围绕真实水平波动，标准差 {seen_sd}。期望得到满足时满意度为 {base}；超出 {zone} 分的容忍区间以后，"
        "每高一分加 {gain}，每低一分扣 {loss}。下一次到访为 {performance}。请给出字典：`expectation`（此前的期望）、"
        "`sd`（期望的标准差）和 `satisfaction`（满意度），取两位小数。",
    ),
    choices={
        "prior_mean": (68, 72, 76, 80),
        "prior_sd": (6, 8, 10),
        "visits": (2, 3, 4, 6),
        "seen_mean": (52, 56, 60),
        "seen_sd": (12, 15, 18),
        "performance": (48, 55, 78, 86),
        "base": (70,),
        "gain": (0.8, 0.9),
        "loss": (1.8, 2, 2.2),
        "zone": (3, 4),
    },
    example={
        "prior_mean": 76,
        "prior_sd": 6,
        "visits": 4,
        "seen_mean": 56,
        "seen_sd": 15,
        "performance": 55,
        "base": 70,
        "gain": 0.9,
        "loss": 2,
        "zone": 4,
    },
    reject=lambda params: (
        abs(params["performance"] - _expects(params)) < params["zone"] + 2
        or not 0 <= _next_time(params) <= 100
        or any_too_close(_UPDATE_PARTS, params, gap=0.01, least=0.4)
    ),
    parts=_UPDATE_PARTS,
    why=lambda params: Text(
        en="Precisions: 1/{prior_sd}² = {before:.4f} before, {visits}/{seen_sd}² = {seen:.4f} from the visits. Mean "
        "({before:.4f} × {prior_mean} + {seen:.4f} × {seen_mean}) / {both:.4f} = {mean:.2f}, standard deviation "
        "1/√{both:.4f} = {sd:.2f}. Then {performance} against {mean:.2f} gives {felt:.2f}.",
        zh="精度：此前 1/{prior_sd}² = {before:.4f}，到访 {visits}/{seen_sd}² = {seen:.4f}。均值 ({before:.4f} × "
        "{prior_mean} + {seen:.4f} × {seen_mean}) / {both:.4f} = {mean:.2f}，标准差 1/√{both:.4f} = {sd:.2f}。"
        "{performance} 与 {mean:.2f} 相比，满意度为 {felt:.2f}。",
    ).format(
        **params,
        before=params["prior_sd"] ** -2,
        seen=params["visits"] * params["seen_sd"] ** -2,
        both=_unsure(params) ** -2,
        mean=_expects(params),
        sd=_unsure(params),
        felt=_next_time(params),
    ),
    concepts=("expect.factor-experience", "expect.satisfaction-definition"),
)

# --- practice: where expectations come from --------------------------------------------------------------------------


@cache
def _arrangements(labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """All ways to label six rows so that each label stands at least once."""
    return tuple(row for row in itertools.product(labels, repeat=6) if set(row) == set(labels))


class _SixRows:
    """Six texts drawn from a pool, each to be given its label; every label stands at least once."""

    def __init__(self, pool: Pool, letter: str) -> None:
        self._pool = pool
        self._ways = _arrangements(tuple(pool))
        rows = tuple(f"{letter}{number}" for number in range(1, 7))
        self.keys = {key: Text(en=key, zh=key) for key in rows}
        self.choices = {
            "order": tuple(range(len(self._ways))),
            **dict.fromkeys(rows, tuple(range(min(map(len, pool.values()))))),
        }

    def labels(self, params: Params) -> dict[str, str]:
        return dict(zip(self.keys, self._ways[params["order"]], strict=True))

    def texts(self, params: Params) -> list[Text]:
        return [self._pool[label][params[key]] for key, label in self.labels(params).items()]

    def repeats(self, params: Params) -> bool:
        """Whether a text stands twice."""
        return len({text.en for text in self.texts(params)}) < len(self.keys)

    def filed(self, key: str, label: str) -> Callable[[Params], Labels]:
        """The label given to a row that is not its own."""
        return lambda params: {key: None if self.labels(params)[key] == label else label}

    def traps(self, hints: Mapping[str, Text]) -> tuple[Trap, ...]:
        """A trap for each label in each row."""
        return tuple(Trap(f"not-{label}", self.filed(key, label), hints[label]) for label in hints for key in self.keys)


_REMARKS: Pool = {
    "experience": (
        Text(
            en="Nine of my ten deliveries came on time. So will the next one.",
            zh="我收过十次货，九次准时。下一次也会准时。",
        ),
        Text(
            en="Last winter the van was late three times. I count on no better this year.",
            zh="去年冬天货晚到过三次。今年我也不指望更好。",
        ),
        Text(
            en="Since my first case, every refill has smelt the same. I take that for granted.",
            zh="从我买的第一箱起，每瓶补充装的气味都一样。我觉得理所当然。",
        ),
        Text(
            en="Both times the fitter came to me within two days. I expect him by Thursday.",
            zh="两次报修，师傅都在两天内到了我店里。这次我估计星期四之前会来。",
        ),
        Text(
            en="My last three invoices were right. I no longer check them.",
            zh="最近三张账单都没有错。我不再核对了。",
        ),
    ),
    "needs": (
        Text(
            en="I have three brides on Saturday. It has to be here by Friday.",
            zh="星期六我有三位新娘要做头发。货星期五之前一定得到。",
        ),
        Text(
            en="My clients have sensitive skin. For me every batch must be tested.",
            zh="我的顾客皮肤敏感。每一批货对我来说都必须检测过。",
        ),
        Text(
            en="I have no store room, so two small deliveries a week it must be.",
            zh="我没有库房，所以一周得分两次少量送货。",
        ),
        Text(
            en="I work alone and cannot leave a client: the driver has to carry the boxes in.",
            zh="我一个人开店，走不开：司机得把箱子搬进来。",
        ),
        Text(
            en="I open at seven. A hotline that starts at nine is no use to me.",
            zh="我七点开门。九点才有人接的热线对我没有用。",
        ),
    ),
    "word_of_mouth": (
        Text(
            en="My sister has been with Lanwan for years. She says that they always find a way.",
            zh="我姐姐用蓝湾好几年了。她说蓝湾总有办法。",
        ),
        Text(
            en="Four stars on the map app, from two hundred salons. It should be decent.",
            zh="地图应用上两百家店给了四星。应该不差。",
        ),
        Text(
            en="At the owners' evening two of three complained about the hotline. I am prepared for the worst.",
            zh="店主聚会上，三个人里有两个抱怨热线。我作了最坏的打算。",
        ),
        Text(
            en="The owner across the street tells me that her pump has never leaked. Mine will not either.",
            zh="对街的店主告诉我，她的泵头从没漏过。我的也不会漏。",
        ),
        Text(
            en="In our chat group everybody praises the training. I look forward to it.",
            zh="我们的聊天群里人人都夸它的培训。我很期待。",
        ),
    ),
    "quality": (
        Text(
            en="I have not ordered yet. But in their showroom every bottle stands straight: they will pack with care.",
            zh="我还没有订过货。不过展厅里每个瓶子都摆得整整齐齐：他们打包也会用心。",
        ),
        Text(
            en="When I asked for the price list, somebody picked up at the second ring. They will be quick later, too.",
            zh="我打电话要价目表，响两声就有人接。以后他们办事也会快。",
        ),
        Text(
            en="Their seller knew every ingredient by heart. From such people I expect sound advice.",
            zh="他们的销售员对每种成分都倒背如流。这样的人，应该能给出可靠的建议。",
        ),
        Text(
            en="I held the dispenser at the fair: heavy and solid. It will last.",
            zh="我在展会上掂过那个分液器：又重又结实。应该很耐用。",
        ),
        Text(
            en="Their vans in the street are clean and new. A firm like that will keep its times.",
            zh="街上看到的他们的送货车又新又干净。这样的公司会守时的。",
        ),
    ),
    "promise": (
        Text(en="The website says next day. So I expect it tomorrow.", zh="网站上写着次日送达。所以我等明天收货。"),
        Text(
            en="Their seller gave me his word: no price rise this year. I rely on that.",
            zh="他们的销售员亲口答应我：今年不涨价。我就信这句话。",
        ),
        Text(
            en='Their poster says "never empty again". I take them at their word.',
            zh="他们的海报写着“再也不会空瓶”。那我就当真了。",
        ),
        Text(
            en="In the contract Lanwan undertakes to send the fitter within two days. So he has to.",
            zh="蓝湾在合同里保证师傅两天内到。那就得到。",
        ),
        Text(
            en="Lanwan's leaflet offers free training to all my staff. I expect all four of us to be invited.",
            zh="蓝湾的宣传单说免费培训全体员工。我想我们四个人都会受邀。",
        ),
    ),
}
_SOURCES = _SixRows(_REMARKS, "f")
_WRONG_SOURCE = {
    "experience": Text(
        en="A remark that you filed under experience does not look back on her own orders. Where does she have it "
        "from?",
        zh="你归入“经历”的话中，有一句并没有回顾她自己的订货。她是从哪里知道的？",
    ),
    "needs": Text(
        en="A remark that you filed under needs says nothing about what her own business requires. What does she go "
        "by?",
        zh="你归入“个人需求”的话中，有一句没有提到她的生意需要什么。她凭的是什么？",
    ),
    "word_of_mouth": Text(
        en="A remark that you filed under word of mouth does not come from other customers. Who or what speaks here?",
        zh="你归入“口碑”的话中，有一句不是其他客户说的。说话的是谁，或者是什么？",
    ),
    "quality": Text(
        en="A remark that you filed under quality elements does not judge by what she sees before she buys. Has she "
        "bought already, or did somebody tell her?",
        zh="你归入“质量要素”的话中，有一句并不是凭购买之前看到的东西来推断。她已经买过，还是听谁说的？",
    ),
    "promise": Text(
        en="A remark that you filed under promise does not quote Lanwan. Did Lanwan say it, or did she gather it "
        "elsewhere?",
        zh="你归入“承诺”的话中，有一句不是蓝湾说的。是蓝湾说的，还是她从别处得来的？",
    ),
}

six_sources = MappingItem(
    id="expectations-p3",
    ask=Text(
        en='Six salons say what they expect. Where does each expectation come from? Use `"experience"` (own earlier '
        'orders), `"needs"` (what her business requires), `"word_of_mouth"` (other customers), `"quality"` (people and '
        'things that she sees before she buys) or `"promise"` (what Lanwan itself says).',
        zh='六家店说了各自的期望。每个期望从何而来？用 `"experience"`（经历：自己以前的订货）、`"needs"`（个人需求：'
        '生意的需要）、`"word_of_mouth"`（口碑：其他客户）、`"quality"`（质量要素：购买之前看到的人和物）或 '
        '`"promise"`（承诺：蓝湾自己说的）作答。',
    ),
    keys=_SOURCES.keys,
    labels={
        "experience": Text(en="experience", zh="经历"),
        "needs": Text(en="needs", zh="个人需求"),
        "word_of_mouth": Text(en="word of mouth", zh="口碑"),
        "quality": Text(en="quality elements", zh="质量要素"),
        "promise": Text(en="promise", zh="承诺"),
    },
    choices=_SOURCES.choices,
    example={"order": 700, "f1": 0, "f2": 1, "f3": 2, "f4": 3, "f5": 4, "f6": 0},
    reject=_SOURCES.repeats,
    exhibit=lambda params: pd.DataFrame(
        {"remark": [str(text) for text in _SOURCES.texts(params)]}, index=list(_SOURCES.keys)
    ),
    solve=_SOURCES.labels,
    traps=_SOURCES.traps(_WRONG_SOURCE),
    hint=Text(
        en="Who or what tells her: her own past, her business, other owners, what she sees, or Lanwan?",
        zh="是谁、是什么让她这样期望：自己的过去、生意、别的店主、亲眼所见，还是蓝湾？",
    ),
    why=lambda params: with_listing(
        Text(
            en="{found}. The notes name the first four influences. As dimensions, quality elements are what "
            "customers judge by; seen before buying, they work as an implicit promise. What the firm itself says is "
            "missing from the notes' list.",
            zh="{found}。笔记列出了前四项影响因素。质量要素作为维度，是客户评判的依据；购买之前就看得到的，则相当于隐"
            "性的承诺。"
            "而企业自己说的话，笔记的清单里没有。",
        ),
        (f"{key} {label}" for key, label in _SOURCES.labels(params).items()),
    ),
    concepts=(
        "expect.factor-experience",
        "expect.factor-needs",
        "expect.factor-word-of-mouth",
        "expect.factor-quality",
    ),
)


def _reviews_for_a_visit(params: Params) -> float:
    """How many reviews carry the precision of one own visit."""
    return float((params["sd_review"] / params["sd_own"]) ** 2)


reviews_for_a_visit: NumberItem = NumberItem(
    id="expectations-p4",
    ask=Text(
        en="About the true quality one own visit varies by {sd_own} points (standard deviation), one review by "
        "{sd_review}. In what a salon expects, how many reviews weigh as much as one own visit (two decimals)?",
        zh="围绕真实质量，一次亲身到访的标准差是 {sd_own} 分，一条评价的标准差是 {sd_review} 分。在一家店的期望中，"
        "多少条评价抵得上一次亲身到访（取两位小数）？",
    ),
    unit=Text(en="reviews", zh="条评价"),
    choices={"sd_own": (8, 10, 12, 15), "sd_review": (18, 20, 24, 27, 30)},
    example={"sd_own": 12, "sd_review": 24},
    reject=lambda params: too_close(reviews_for_a_visit, params, gap=0.03, least=0.1),
    solve=_reviews_for_a_visit,
    traps=(
        Trap(
            "ratio-of-sds",
            lambda params: params["sd_review"] / params["sd_own"],
            Text(
                en="You compared standard deviations. Weight goes by precision: one over what?",
                zh="你比较的是标准差。权重看精度：精度是什么的倒数？",
            ),
        ),
        Trap(
            "upside-down",
            lambda params: 1 / _reviews_for_a_visit(params),
            Text(
                en="That is how many visits one review is worth. Turn it round.",
                zh="这是一条评价抵得上多少次到访。请反过来。",
            ),
        ),
        Trap(
            "difference-of-sds",
            lambda params: params["sd_review"] - params["sd_own"],
            Text(
                en="You subtracted. How many times as precise is an own visit?",
                zh="你做的是减法。亲身到访的精度是评价的几倍？",
            ),
        ),
    ),
    hint=Text(
        en="n reviews have the precision n / (sd of a review)². When does it equal that of a visit?",
        zh="n 条评价的精度是 n /（评价的标准差）²。它何时等于一次到访的精度？",
    ),
    why=lambda params: Text(
        en="n / {sd_review}² = 1 / {sd_own}², so n = ({sd_review} / {sd_own})² = {found:.2f}. This holds for honest, "
        "independent reviews; copies of one opinion count once.",
        zh="n / {sd_review}² = 1 / {sd_own}²，所以 n = ({sd_review} / {sd_own})² = {found:.2f}。"
        "前提是评价诚实且彼此独立；同一个意见抄很多遍，只能算一条。",
    ).format(**params, found=_reviews_for_a_visit(params)),
    concepts=("expect.factor-word-of-mouth",),
)

# --- practice: what to promise ---------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _best(
    quality: float, before: float, reliance: float, horizon: float, t0: float, t1: float, r0: float, g: float
) -> Promise:
    return best_promise(quality, before, reliance, horizon, (t0, t1), (r0, g))


def _promised(params: Params) -> Promise:
    return _best(*(params[name] for name in ("quality", "before", "reliance", "horizon", "t0", "t1", "r0", "g")))


def _wanted(params: Params) -> float:
    return _promised(params).expectation


def _to_promise(params: Params) -> float:
    return _promised(params).promise


def _no_trial_term(params: Params) -> float:
    """The best expectation without its second term, the one that first purchases bring in."""
    return float(_wanted(params) + params["t0"] / (2 * params["t1"]))


def _promise_for(params: Params, wanted: float, weight: float) -> float:
    return float((wanted - (1 - weight) * params["before"]) / weight)


def _direction(params: Params) -> str:
    return _promised(params).direction


def _direction_of_expectation(params: Params) -> str:
    """The sign read from the expectation instead of the promise."""
    return "over" if _wanted(params) > params["quality"] else "under"


_PROMISE_PARTS: dict[str, Item] = {
    "expectation": NumberItem(
        ask=Text(en="Expectation that earns most (E*)", zh="利润最高的期望（E*）"),
        unit=_POINTS,
        rel_tol=0.002,
        abs_tol=0.1,
        solve=_wanted,
        traps=(
            Trap(
                "expectation-is-quality",
                lambda params: params["quality"],
                Text(
                    en="You let them expect the truth. A little more or less: what happens to first purchases, and "
                    "what to repeats?",
                    zh="你让期望等于真实质量。再高一点或低一点，首购会怎样？再购又会怎样？",
                ),
            ),
            Trap(
                "trial-term-forgotten",
                _no_trial_term,
                Text(
                    en="Some try without being promised anything. Which term of the formula holds them?",
                    zh="有些店没有任何承诺也会尝试。公式中哪一项反映这一点？",
                ),
            ),
            Trap(
                "one-repeat-only",
                lambda params: _wanted(params) + (1 - 1 / params["horizon"]) / (2 * params["g"]),
                Text(
                    en="You reckoned with a single repeat purchase. How many can a first one bring?",
                    zh="你只算了一次再购。一次首购能带来几次？",
                ),
            ),
        ),
        hint=Text(
            en="`best_promise(...)` gives it; or set the slope of the profit in E to zero.",
            zh="用 `best_promise(...)`；或者令利润对 E 的斜率为零。",
        ),
        why=_SEE_WHOLE,
    ),
    "promise": NumberItem(
        ask=Text(en="Promise that brings it about (A*)", zh="实现它的承诺（A*）"),
        unit=_POINTS,
        rel_tol=0.002,
        abs_tol=0.15,
        solve=_to_promise,
        traps=(
            Trap(
                "promise-is-quality",
                lambda params: params["quality"],
                Text(
                    en="You promise the truth. Do they then expect what earns most?",
                    zh="你如实承诺。这样她们的期望就是利润最高的那个吗？",
                ),
            ),
            Trap(
                "promise-is-expectation",
                _wanted,
                Text(
                    en="That is what they should come to expect. They believe your words only in part: what must you "
                    "say?",
                    zh="这是希望她们形成的期望。她们对你的话只信一部分：那你该怎么说？",
                ),
            ),
            Trap(
                "weights-swapped",
                unless_close(_to_promise, lambda params: _promise_for(params, _wanted(params), 1 - params["reliance"])),
                Text(
                    en="You swapped the two weights. Which one belongs to the promise?",
                    zh="你把两个权重弄反了。属于承诺的是哪一个？",
                ),
            ),
            Trap(
                "trial-term-forgotten",
                lambda params: _promise_for(params, _no_trial_term(params), params["reliance"]),
                Text(
                    en="The step from expectation to promise is right. The expectation itself lacks a term: who tries "
                    "anyway?",
                    zh="从期望到承诺这一步是对的。期望本身漏了一项：谁本来就会尝试？",
                ),
            ),
        ),
        hint=Text(
            en="Solve E* = w A + (1 - w) E0 for A.",
            zh="由 E* = w A + (1 - w) E0 解出 A。",
        ),
        why=_SEE_WHOLE,
    ),
    "direction": ChoiceItem(
        ask=Text(en="Promise against true quality", zh="承诺与真实质量相比"),
        options={
            "over": Text(en="over-promise", zh="过度承诺"),
            "exact": Text(en="exact", zh="如实承诺"),
            "under": Text(en="under-promise", zh="保守承诺"),
        },
        solve=_direction,
        traps=(
            Trap(
                "expectation-for-promise",
                other_label(_direction, _direction_of_expectation),
                Text(
                    en="You compared the expectation with the truth. The label is about what is said.",
                    zh="你拿期望与真实质量相比。这里问的是说出来的承诺。",
                ),
            ),
            Trap(
                "honesty-by-rule",
                always("exact"),
                Text(
                    en="A good rule for other reasons. Which number does the formula give, and which is the truth?",
                    zh="从别的理由看，这是好规矩。可是公式给出多少？真实质量又是多少？",
                ),
            ),
            Trap(
                "boast-by-rule",
                other_label(_direction, always("over")),
                Text(
                    en="Boasting draws first purchases. With this horizon, what do the lost repeats cost?",
                    zh="夸口能带来首购。按这里的期限，失去的再购值多少？",
                ),
            ),
            Trap(
                "modesty-by-rule",
                other_label(_direction, always("under")),
                Text(
                    en='"Promise less, deliver more" is a saying. Who never tries because of it?',
                    zh="“少承诺、多兑现”只是一句格言。谁会因此根本不来尝试？",
                ),
            ),
        ),
        hint=Text(en="Compare A* with the true quality.", zh="比较 A* 与真实质量。"),
        why=_SEE_WHOLE,
    ),
}

what_to_promise = PartsItem(
    id="expectations-p5",
    ask=Text(
        en="Lanwan's true quality is Q = {quality}; new salons expect E0 = {before}. After a promise A they expect "
        "E = w A + (1 - w) E0, with w = {reliance}. A share {t0} + {t1} E tries; a share {r0} + {g} (Q - E) repeats. "
        "Each first purchase has {horizon} chances of a repeat, and all purchases leave the same margin. Give a "
        "dictionary with `expectation` (the E that earns most), `promise` (the A that brings it about) and `direction` "
        '(`"over"`, `"exact"` or `"under"`: the promise against Q).',
        zh="蓝湾的真实质量 Q = {quality}；新店原来期望 E0 = {before}。听到承诺 A 之后，期望为 E = w A + (1 - w) E0，"
        "其中 w = {reliance}。尝试的比例为 {t0} + {t1} E，再购的比例为 {r0} + {g} (Q - E)。一次首购有 {horizon} 次"
        "再购的机会，每次购买的毛利相同。请给出字典：`expectation`（利润最高的 E）、`promise`（实现它的 A）和 "
        "`direction`"
        '（承诺与 Q 相比：`"over"` 过度、`"exact"` 如实、`"under"` 保守）。',
    ),
    choices={
        "quality": (66, 70, 74, 78),
        "before": (55, 60, 64),
        "reliance": (0.4, 0.5, 0.6, 0.7),
        "horizon": (1.5, 2, 2.5, 3, 4),
        "t0": (0.04, 0.05, 0.06),
        "t1": (0.004, 0.005),
        "r0": (0.5,),
        "g": (0.01, 0.012),
    },
    example={
        "quality": 74,
        "before": 60,
        "reliance": 0.5,
        "horizon": 3,
        "t0": 0.05,
        "t1": 0.004,
        "r0": 0.5,
        "g": 0.012,
    },
    reject=lambda params: (
        _promised(params).capped
        or abs(_to_promise(params) - params["quality"]) < 2
        or abs(_wanted(params) - params["quality"]) < 0.5
        or any_too_close(_PROMISE_PARTS, params, gap=0.01, least=0.6)
    ),
    parts=_PROMISE_PARTS,
    why=lambda params: Text(
        en="E* = (1 + {horizon} × ({r0} + {g} × {quality})) / (2 × {horizon} × {g}) - {t0} / (2 × {t1}) = "
        "{wanted:.2f}. A* = ({wanted:.2f} - {rest:g} × {before}) / {reliance} = {said:.2f}, against a truth of "
        "{quality}: {way}. A longer horizon rewards modesty; a promise that is hardly believed must be more extreme.",
        zh="E* = (1 + {horizon} × ({r0} + {g} × {quality})) / (2 × {horizon} × {g}) - {t0} / (2 × {t1}) = "
        "{wanted:.2f}。A* = ({wanted:.2f} - {rest:g} × {before}) / {reliance} = {said:.2f}，真实质量为 {quality}："
        "{way}。期限越长，越应保守；客户越不相信承诺，最优的承诺就越极端。",
    ).format(
        **params,
        wanted=_wanted(params),
        rest=round(1 - params["reliance"], 2),
        said=_to_promise(params),
        way=_direction(params),
    ),
    concepts=("expect.set-initial", "expect.moderate-advertising"),
)

_MEASURES: Pool = {
    "set_initial": (
        Text(
            en='The welcome call tells each new salon: "next day on 70 days in 100, else the day after".',
            zh="欢迎电话告诉每家新店：“100 天里有 70 天次日送达，其余的隔日到。”",
        ),
        Text(
            en="Before a salon's first order, the form says what the fitter does and what he does not do.",
            zh="新店首次下单之前，订单表上写明安装师傅做什么、不做什么。",
        ),
        Text(
            en="A new contract names the response time that Lanwan can really keep.",
            zh="新签的合同写明蓝湾确实能做到的响应时间。",
        ),
        Text(
            en="On signing, each newcomer gets a page on how the first month usually goes, hiccups included.",
            zh="签约时，每家新店会拿到一页说明：头一个月通常会怎样，包括可能的小毛病。",
        ),
        Text(
            en="When a salon joins, the seller says aloud what is not included.",
            zh="新店加入时，销售员当面说清不包括什么。",
        ),
    ),
    "forecast": (
        Text(
            en="Ask sixty salons what they count on this season; note mean and spread.",
            zh="询问六十家店这一季指望什么，记下均值和离散程度。",
        ),
        Text(
            en="From each salon's past deliveries, compute what she is going to expect next time.",
            zh="根据每家店以往的送货，推算她下一次会期望什么。",
        ),
        Text(
            en="Put this month's reviews into the estimate of what newcomers expect.",
            zh="把本月的评价计入对新客户期望的估计。",
        ),
        Text(
            en="Estimate for each district which delivery time owners now take for granted.",
            zh="估计各区的店主现在把多快送达看作理所当然。",
        ),
        Text(
            en="Track how a rival's same-day service raises what salons think normal.",
            zh="跟踪对手的当日达如何抬高各店心目中的“正常”。",
        ),
    ),
    "communicate_early": (
        Text(
            en="The van is held up: those who wait get a message two days before the due date.",
            zh="货在路上要耽搁：提前两天给等货的店发消息。",
        ),
        Text(
            en="A scent will be out of stock in March; those who use it hear of it in February.",
            zh="一款香型三月会缺货，二月就告诉用它的店。",
        ),
        Text(
            en="From next month the driver comes on Tuesdays; all his salons are called beforehand.",
            zh="下个月起司机改为星期二来，事先给他送的各家店打电话。",
        ),
        Text(
            en="The bridge closes in May; in April the salons beyond it learn the new times.",
            zh="大桥五月封闭，四月就把新的时间通知桥那边的店。",
        ),
        Text(
            en="When the factory reports a shortage, salons with open orders learn the new date at once.",
            zh="工厂一报缺料，就把新日期告诉已经下单的店。",
        ),
    ),
    "moderate_advertising": (
        Text(en='Take "never empty again" off the poster.', zh="把“再也不会空瓶”从海报上拿掉。"),
        Text(
            en='The banner says "usually next day" instead of "always next day".',
            zh="网站横幅由“保证次日达”改成“通常次日达”。",
        ),
        Text(
            en="The commercial shows an ordinary salon rather than a palace.",
            zh="广告片里拍一家普通的店，不拍宫殿。",
        ),
        Text(
            en='The leaflet for the fair quotes the tested figure and drops "the best in the world".',
            zh="展会传单只写检测得到的数字，去掉“世界第一”。",
        ),
        Text(
            en='The advertisement keeps its picture and loses the word "guaranteed".',
            zh="广告的画面不变，删去“保证”二字。",
        ),
    ),
}
_ACTIONS = _SixRows(_MEASURES, "m")
_WRONG_ACTION = {
    "set_initial": Text(
        en="A measure that you filed under initial expectations does not meet a customer at her start. Whom does it "
        "reach, and when?",
        zh="你归入“设置初始期望”的措施中，有一项针对的不是刚开始合作的客户。它面向谁？在什么时候？",
    ),
    "forecast": Text(
        en="A measure that you filed under forecast changes what customers hear. A forecast only finds out what they "
        "expect.",
        zh="你归入“预测期望”的措施中，有一项改变了客户听到的内容。预测只是弄清客户期望什么。",
    ),
    "communicate_early": Text(
        en="A measure that you filed under early word announces no coming change to those concerned. What does it do?",
        zh="你归入“提前沟通”的措施中，有一项没有把即将发生的变化告诉有关的客户。它做的是什么？",
    ),
    "moderate_advertising": Text(
        en="A measure that you filed under advertising does not touch what the public is told. To whom does it speak, "
        "if to anybody?",
        zh="你归入“广告适度”的措施中，有一项与对公众的宣传无关。它是对谁说的？还是根本没有对谁说？",
    ),
}

six_measures = MappingItem(
    id="expectations-p6",
    ask=Text(
        en='Six measures of Lanwan\'s. Which action of expectation management is each one? Use `"set_initial"` (what '
        'new customers are told), `"forecast"` (find out what customers expect), `"communicate_early"` (adjust '
        'expectations before a change) or `"moderate_advertising"`.',
        zh='蓝湾的六项措施。每一项属于期望管理的哪一种做法？用 `"set_initial"`（合理设置初始期望：对新客户说什么）、'
        '`"forecast"`（合理预测：弄清客户期望什么）、`"communicate_early"`（提前沟通：变化之前调整期望）或 '
        '`"moderate_advertising"`（广告与宣传适度）作答。',
    ),
    keys=_ACTIONS.keys,
    labels={
        "set_initial": Text(en="set initial expectations", zh="合理设置初始期望"),
        "forecast": Text(en="forecast expectations", zh="合理预测期望"),
        "communicate_early": Text(en="communicate early", zh="提前沟通"),
        "moderate_advertising": Text(en="moderate advertising", zh="广告适度"),
    },
    choices=_ACTIONS.choices,
    example={"order": 600, "m1": 0, "m2": 1, "m3": 2, "m4": 3, "m5": 4, "m6": 0},
    reject=_ACTIONS.repeats,
    exhibit=lambda params: pd.DataFrame(
        {"measure": [str(text) for text in _ACTIONS.texts(params)]}, index=list(_ACTIONS.keys)
    ),
    solve=_ACTIONS.labels,
    traps=_ACTIONS.traps(_WRONG_ACTION),
    hint=Text(
        en="Who hears it: nobody yet, newcomers, those concerned by a change, or everybody?",
        zh="谁会听到：暂时没有人、新客户、受变化影响的客户，还是所有人？",
    ),
    why=lambda params: with_listing(
        Text(
            en='{found}. The notes\' second action reads "reasonable expectation of expectations"; we take it as the '
            "firm's forecast of what its customers expect. It comes before the other three.",
            zh="{found}。笔记的第二种做法写作“合理的期望预期”；我们理解为企业对客户期望的预测。它是其余三种做法的前提。"
            "",
        ),
        (f"{key} {label}" for key, label in _ACTIONS.labels(params).items()),
    ),
    concepts=(
        "expect.set-initial",
        "expect.reasonable-forecast",
        "expect.communicate-early",
        "expect.moderate-advertising",
    ),
)

# --- practice: where to improve first --------------------------------------------------------------------------------

_ROLES = ("wobbly", "worst", "mild", "even", "ahead")  # what a dimension's gap is made to look like
_ROLE_ORDERS = tuple(itertools.permutations(_ROLES))


def _profile(params: Params) -> dict[str, tuple[float, float, int, float]]:
    """Expected and perceived mean, weight [percent] and half width of the gap's interval, by dimension."""
    rows = {}
    for name, role, weight in zip(DIMENSIONS, _ROLE_ORDERS[params["order"]], params["weights"].split(), strict=True):
        expected = params[f"expected_{name}"]
        perceived = round(expected + params[f"gap_{role}"], 1)
        rows[name] = (expected, perceived, int(weight), params[f"half_{role}"])
    return rows


@lru_cache(maxsize=4096)
def _servqual(
    expected: tuple[float, ...], perceived: tuple[float, ...], weights: tuple[int, ...]
) -> tuple[dict[str, float], float]:
    """The gap of each dimension and their weighted sum, from means."""
    one, other = (pd.DataFrame([side], columns=list(DIMENSIONS)) for side in (expected, perceived))
    share = {name: weight / 100 for name, weight in zip(DIMENSIONS, weights, strict=True)}
    table, score = servqual(one, other, share)
    return {str(name): round(float(gap), 6) for name, gap in table["gap"].items()}, score


def _found_gaps(params: Params) -> tuple[dict[str, float], float]:
    expected, perceived, weights, _ = zip(*_profile(params).values(), strict=True)
    return _servqual(expected, perceived, weights)


def _gaps(params: Params) -> dict[str, float]:
    return _found_gaps(params)[0]


def _weighted(params: Params) -> float:
    return _found_gaps(params)[1]


def _clear(params: Params) -> dict[str, float]:
    """The gaps whose interval leaves zero out."""
    profile = _profile(params)
    return {name: gap for name, gap in _gaps(params).items() if abs(gap) > profile[name][3]}


def _worst(params: Params) -> str:
    found = _clear(params)
    return min(found, key=lambda name: found[name])


def _extreme(worth: Callable[[Params], Mapping[str, float]]) -> Callable[[Params], str | None]:
    """The dimension with the smallest value by some rule; silent where it is the right one."""

    def lowest(params: Params) -> str:
        found = worth(params)
        return min(found, key=lambda name: found[name])

    return other_label(_worst, lowest)


def _heavy_gaps(params: Params) -> dict[str, float]:
    gaps = _gaps(params)
    return {name: gaps[name] * weight for name, (_, _, weight, _) in _profile(params).items()}


def _perceived(params: Params) -> dict[str, float]:
    return {name: perceived for name, (_, perceived, _, _) in _profile(params).items()}


def _clear_only(params: Params) -> float:
    """The weighted sum without the gaps whose interval holds zero."""
    clear = _clear(params)
    return sum(gap for name, gap in _heavy_gaps(params).items() if name in clear) / 100


_SERVQUAL_RULES: tuple[tuple[str, Callable[[Params], Mapping[str, float]], Text], ...] = (
    (
        "interval-ignored",
        _gaps,
        Text(
            en="That gap is the largest in the sample. Does its interval leave zero out?",
            zh="这是样本中最大的差距。它的区间不含零吗？",
        ),
    ),
    (
        "expected-less-perceived",
        lambda params: {name: -gap for name, gap in _gaps(params).items()},
        Text(
            en="There Lanwan gives more than is expected. Which sign has a shortfall?",
            zh="这一维度上，蓝湾给的比期望的多。不足的差距是正还是负？",
        ),
    ),
    (
        "weight-counted-in",
        _heavy_gaps,
        Text(
            en="You multiplied by the weight. That belongs to the score; here the size of the gap counts.",
            zh="你乘上了权重。权重用于总分；这里看的是差距的大小。",
        ),
    ),
    (
        "lowest-mark",
        _perceived,
        Text(
            en="That is the lowest mark. Perhaps less is expected there, too.",
            zh="这是感知得分最低的维度。可是那里的期望也许同样低。",
        ),
    ),
)
_NOT_THE_WORST = Text(
    en="Its gap is small, or its interval holds zero. Line up the five gaps with their intervals.",
    zh="它的差距小，或者区间包含零。请把五个差距连同区间排列出来。",
)


def _left_over(name: str) -> Callable[[Params], str | None]:
    """A dimension that no other wrong rule leads to."""

    def wrong(params: Params) -> str | None:
        named = {_worst(params), *(_extreme(rule)(params) for _, rule, _ in _SERVQUAL_RULES)}
        return None if name in named else name

    return wrong


_SERVQUAL_PARTS: dict[str, Item] = {
    "score": NumberItem(
        ask=Text(en="Weighted sum of the gaps", zh="加权差距之和"),
        unit=Text(en="points of the scale", zh="量表的分"),
        decimals=3,
        rel_tol=0.005,
        abs_tol=0.003,
        solve=_weighted,
        traps=(
            Trap(
                "unweighted",
                lambda params: sum(_gaps(params).values()) / len(DIMENSIONS),
                Text(
                    en="You gave all dimensions the same weight. The table has other ones.",
                    zh="你让各维度权重相同。表中另有权重。",
                ),
            ),
            Trap(
                "expected-less-perceived",
                lambda params: -_weighted(params),
                Text(
                    en="The size is right. By convention a shortfall is negative: which is taken from which?",
                    zh="大小对了。按惯例，不足为负：谁减谁？",
                ),
            ),
            Trap(
                "clear-gaps-only",
                _clear_only,
                Text(
                    en="You left out the gaps whose interval holds zero. An unsure gap is no gap of zero: the best "
                    "guess counts.",
                    zh="你去掉了区间包含零的差距。不确定不等于零：应当计入最佳估计值。",
                ),
            ),
        ),
        hint=Text(
            en="Perceived less expected, times weight in decimals, summed over five dimensions.",
            zh="感知减期望，乘以权重（化成小数），五个维度相加。",
        ),
        why=_SEE_WHOLE,
    ),
    "worst": ChoiceItem(
        ask=Text(en="Largest shortfall that is clear of zero", zh="区间不含零的最大不足"),
        options=DIMENSIONS,
        solve=_worst,
        traps=(
            *(Trap(name, _extreme(rule), words) for name, rule, words in _SERVQUAL_RULES),
            *(Trap(f"not-{name}", _left_over(name), _NOT_THE_WORST) for name in DIMENSIONS),
        ),
        hint=Text(
            en="Gap plus and minus half width: which intervals lie below zero? Then the largest of these.",
            zh="差距加减半宽：哪些区间全部小于零？再取其中最大的。",
        ),
        why=_SEE_WHOLE,
    ),
}

largest_clear_gap = PartsItem(
    id="expectations-p7",
    ask=Text(
        en="Salons say what they expect of an excellent supplier and what they get from Lanwan, from 1 to 7. There are "
        "five dimensions: `tangibles`, `reliability`, `responsiveness`, `assurance`, `empathy`. The table has both "
        "means, the weight in percent and the half width of the 95% interval of the gap. Give a dictionary with "
        "`score` (the weighted sum of the gaps) and `worst` (the dimension with the largest shortfall whose interval "
        "leaves zero out). Give `score` to three decimals.",
        zh="各店就五个维度说出对优秀供应商的期望和从蓝湾得到的感知（1 至 7 分）：`tangibles`（有形性）、"
        "`reliability`（可靠性）、`responsiveness`（响应性）、`assurance`（保证性）、`empathy`（移情性）。"
        "表中有两个均值、权重（%）和差距的 95% 置信区间的半宽。请给出字典：`score`（加权差距之和）和 "
        "`worst`（区间不含零的维度中，不足最大的一个）。`score` 取三位小数。",
    ),
    choices={
        "order": tuple(range(len(_ROLE_ORDERS))),
        "weights": (
            "15 30 20 25 10",
            "10 35 25 18 12",
            "20 28 14 12 26",
            "12 18 32 28 10",
            "25 15 10 30 20",
            "30 24 22 14 10",
        ),
        **{
            f"expected_{name}": levels
            for name, levels in zip(
                DIMENSIONS, ((5.1, 5.4), (6.3, 6.6), (5.9, 6.2), (5.8, 6.0), (5.2, 5.6)), strict=True
            )
        },
        "gap_wobbly": (-1.0, -1.1, -1.2),
        "half_wobbly": (1.3, 1.4),
        "gap_worst": (-0.7, -0.8),
        "half_worst": (0.3, 0.4),
        "gap_mild": (-0.4, -0.5),
        "half_mild": (0.2, 0.3),
        "gap_even": (-0.1, -0.2),
        "half_even": (0.3, 0.4),
        "gap_ahead": (0.2, 0.3),
        "half_ahead": (0.1, 0.4),
    },
    example={
        "order": 21,
        "weights": "15 30 20 25 10",
        "expected_tangibles": 5.1,
        "expected_reliability": 6.3,
        "expected_responsiveness": 6.2,
        "expected_assurance": 5.8,
        "expected_empathy": 5.6,
        "gap_wobbly": -1.1,
        "half_wobbly": 1.4,
        "gap_worst": -0.7,
        "half_worst": 0.3,
        "gap_mild": -0.4,
        "half_mild": 0.2,
        "gap_even": -0.1,
        "half_even": 0.3,
        "gap_ahead": 0.3,
        "half_ahead": 0.1,
    },
    reject=lambda params: any_too_close(_SERVQUAL_PARTS, params, least=0.02),
    exhibit=lambda params: pd.DataFrame.from_dict(
        _profile(params), orient="index", columns=["expected", "perceived", "weight", "half_width"]
    ),
    parts=_SERVQUAL_PARTS,
    why=lambda params: with_listing(
        Text(
            en="Gaps: {found}. Weighted sum {score:.3f}. Of the shortfalls clear of zero, {worst} is the largest. A "
            "larger one with zero in its interval asks for more answers before it asks for money.",
            zh="差距：{found}。加权和为 {score:.3f}。区间不含零的不足中，{worst} 最大。差距更大、区间却含零的，"
            "先收集更多的回答，再谈投入。",
        ).format(found="{found}", score=_weighted(params), worst=_worst(params)),
        (f"{name} {gap:+.1f} ± {_profile(params)[name][3]:.1f}" for name, gap in _gaps(params).items()),
    ),
    concepts=("expect.analysis-gap", "expect.feelings-into-quality"),
)

_SHOWN = ("on_time", "price", "training", "van", "complete", "phone", "samples")
_ASKED = _SHOWN[:4]
_MIDDLE = 3.0  # of the scale from 1 to 5


def _means(params: Params) -> tuple[tuple[float, float], ...]:
    return tuple((float(params[f"importance_{name}"]), float(params[f"performance_{name}"])) for name in _SHOWN)


@lru_cache(maxsize=4096)
def _grid(means: tuple[tuple[float, float], ...]) -> dict[str, str]:
    table = pd.DataFrame(means, columns=["importance", "performance"], index=pd.Index(_SHOWN, name="attribute"))
    found = importance_performance(table, "mean")["quadrant"]
    return {name: str(found[name]) for name in _ASKED}


def _quadrants(params: Params) -> dict[str, str]:
    return _grid(_means(params))


def _lines(params: Params) -> tuple[float, float]:
    """The means of importance and performance over all that are shown."""
    across, up = (sum(side) / len(_SHOWN) for side in zip(*_means(params), strict=True))
    return across, up


def _placed(params: Params, across: float, up: float) -> dict[str, str]:
    """Quadrants with lines somewhere else."""
    names = {(True, False): "concentrate_here", (True, True): "keep_up", (False, False): "low_priority"}
    sides = {name: (one >= across, other >= up) for name, (one, other) in zip(_SHOWN, _means(params), strict=True)}
    return {name: names.get(sides[name], "possible_overkill") for name in _ASKED}


_MIRRORED = {"concentrate_here": "possible_overkill", "possible_overkill": "concentrate_here"}


def _axes_swapped(params: Params) -> Labels:
    """Importance read as performance and the other way round."""
    right = _quadrants(params)
    return changed_labels({name: _MIRRORED.get(quadrant, quadrant) for name, quadrant in right.items()}, right)


def _by_gap(params: Params) -> Labels:
    """Every attribute whose performance stays behind its importance."""
    means = dict(zip(_SHOWN, _means(params), strict=True))
    behind = {name: "concentrate_here" for name in _ASKED if means[name][1] < means[name][0]}
    return changed_labels(behind, _quadrants(params))


def _on_a_line(params: Params) -> bool:
    asked = _means(params)[: len(_ASKED)]
    return any(abs(one - line) < 0.05 for means in asked for one, line in zip(means, _lines(params), strict=True))


_QUADRANTS = {
    "concentrate_here": Text(en="concentrate here", zh="重点改进"),
    "keep_up": Text(en="keep it up", zh="继续保持"),
    "low_priority": Text(en="low priority", zh="低优先级"),
    "possible_overkill": Text(en="possible overkill", zh="可能过度"),
}

four_attributes: MappingItem = MappingItem(
    id="expectations-p8",
    ask=Text(
        en="Importance and performance of seven attributes, means from 1 to 5. The lines cross at the means of all "
        "seven. In which quadrant are `on_time`, `price`, `training` and `van`? Use "
        '`"concentrate_here"`, `"keep_up"`, `"low_priority"` or `"possible_overkill"`.',
        zh="七项属性的重要度和表现见下表（1 至 5 分的均值）。十字线位于七项的均值处。`on_time`（按时送达）、"
        '`price`（价格）、`training`（员工培训）和 `van`（送货车整洁）各在哪个象限？用 `"concentrate_here"`（重'
        '点改进）、`"keep_up"`（继续保持）、`"low_priority"`（低优先级）或 `"possible_overkill"`（可能过度）作答。',
    ),
    keys={name: ATTRIBUTES[name] for name in _ASKED},
    labels=_QUADRANTS,
    choices={
        "importance_on_time": (4.1, 4.4, 4.6),
        "importance_price": (3.2, 3.9, 4.3),
        "importance_training": (2.8, 3.3, 4.0),
        "importance_van": (2.1, 2.6, 3.3),
        "importance_complete": (3.9, 4.2),
        "importance_phone": (3.4, 3.7),
        "importance_samples": (2.9, 3.2),
        "performance_on_time": (3.1, 3.5, 4.2),
        "performance_price": (2.6, 3.0, 3.9),
        "performance_training": (2.8, 3.2, 4.1),
        "performance_van": (3.2, 3.8, 4.4),
        "performance_complete": (3.6, 4.0),
        "performance_phone": (3.0, 3.4),
        "performance_samples": (3.3, 3.6),
    },
    example={
        "importance_on_time": 4.4,
        "importance_price": 4.3,
        "importance_training": 2.8,
        "importance_van": 2.1,
        "importance_complete": 4.2,
        "importance_phone": 3.7,
        "importance_samples": 2.9,
        "performance_on_time": 4.2,
        "performance_price": 3.0,
        "performance_training": 2.8,
        "performance_van": 3.8,
        "performance_complete": 3.6,
        "performance_phone": 3.0,
        "performance_samples": 3.3,
    },
    reject=lambda params: _on_a_line(params) or len(set(_quadrants(params).values())) < 3,
    exhibit=lambda params: pd.DataFrame(
        [(str(ATTRIBUTES[name]), *means) for name, means in zip(_SHOWN, _means(params), strict=True)],
        columns=["attribute", "importance", "performance"],
        index=list(_SHOWN),
    ),
    solve=_quadrants,
    traps=(
        Trap(
            "axes-swapped",
            _axes_swapped,
            Text(
                en="You swapped the axes. Where does one stand that matters much and goes badly?",
                zh="你把两条轴弄反了。很重要却做得差的属性，应该在哪里？",
            ),
        ),
        Trap(
            "middle-of-the-scale",
            lambda params: changed_labels(_placed(params, _MIDDLE, _MIDDLE), _quadrants(params)),
            Text(
                en="You let the lines cross at the middle of the scale. Where does the question put them?",
                zh="你把十字线放在了量表中点。题目要求放在哪里？",
            ),
        ),
        Trap(
            "gap-for-quadrant",
            _by_gap,
            Text(
                en="You went by performance behind importance. A quadrant is not a gap: compare each with its own "
                "line.",
                zh="你看的是表现是否低于重要度。象限不是差距：两者要各与自己的线比较。",
            ),
        ),
    ),
    hint=Text(
        en="Two means first. Then two questions for each attribute: above or below the one, and the other?",
        zh="先算两个均值。再对每项属性各问两个问题：高于还是低于各自的线？",
    ),
    why=lambda params: with_listing(
        Text(
            en="The lines are at importance {across:.2f} and performance {up:.2f}: {found}. Another rule for the lines "
            "moves attributes that lie near them.",
            zh="十字线位于重要度 {across:.2f}、表现 {up:.2f}：{found}。换一种画线规则，靠近线的属性就会换象限。",
        ).format(
            found="{found}",
            across=_lines(params)[0],
            up=_lines(params)[1],
        ),
        (f"{name} {quadrant}" for name, quadrant in _quadrants(params).items()),
    ),
    concepts=("expect.analysis-ipa",),
)


@lru_cache(maxsize=4096)
def _two_drivers(first: float, second: float, both: float) -> tuple[float, float]:
    """R-squared of the regression on two drivers, and the first one's share, from their correlations."""
    rest = math.sqrt(1 - both**2)
    slope = (second - both * first) / rest
    # Three directions of mean zero at right angles make four raters with exactly these correlations.
    one, two, three = (pd.Series(signs) for signs in ((1, -1, 1, -1), (1, 1, -1, -1), (1, -1, -1, 1)))
    overall = first * one + slope * two + math.sqrt(1 - first**2 - slope**2) * three
    raters = pd.DataFrame({"first": one, "second": both * one + rest * two, "overall": overall})
    shares = key_drivers(raters[["first", "second"]], raters["overall"])
    return float(shares.sum()), float(shares["first"])


def _explained(params: Params) -> float:
    return _two_drivers(params["r_1"], params["r_2"], params["r_12"])[0]


def _share_of_first(params: Params) -> float:
    return 100 * _two_drivers(params["r_1"], params["r_2"], params["r_12"])[1]


_CORRELATED = (
    Text(en="punctuality with overall", zh="准时与总体"),
    Text(en="politeness with overall", zh="礼貌与总体"),
    Text(en="punctuality with politeness", zh="准时与礼貌"),
    Text(en="R² of both together", zh="两者一起的 R²"),
)

share_of_a_driver: NumberItem = NumberItem(
    id="expectations-p9",
    ask=Text(
        en="Ratings of punctuality correlate with the overall rating at {r_1}, ratings of politeness at {r_2}; the two "
        "correlate with each other at {r_12}. The table has the R² of the regression on both. Which part of the "
        "variance of the overall rating is credited to punctuality, averaged over both orders of entry?",
        zh="准时评分与总体评分的相关系数为 {r_1}，礼貌评分与总体评分为 {r_2}，两者之间为 {r_12}。对两者一起回归的 R² "
        "见下表。按两种放入次序平均，总体评分的方差有多少记在准时名下？",
    ),
    unit=Text(en="percent of the variance of the overall rating", zh="总体评分方差的百分之几（%）"),
    decimals=1,
    abs_tol=0.1,
    choices={
        "r_1": (0.5, 0.55, 0.6, 0.65, 0.7),
        "r_2": (0.3, 0.35, 0.4, 0.45),
        "r_12": (0.3, 0.4, 0.5, 0.6),
    },
    example={"r_1": 0.6, "r_2": 0.4, "r_12": 0.5},
    reject=lambda params: (
        params["r_2"] <= params["r_1"] * params["r_12"] or too_close(share_of_a_driver, params, gap=0.03, least=0.5)
    ),
    exhibit=lambda params: pd.DataFrame(
        {
            "what": [str(words) for words in _CORRELATED],
            "value": [params["r_1"], params["r_2"], params["r_12"], round(_explained(params), 4)],
        },
        index=["r_1", "r_2", "r_12", "r_squared"],
    ),
    solve=_share_of_first,
    traps=(
        Trap(
            "enters-first",
            lambda params: 100 * params["r_1"] ** 2,
            Text(
                en="That is what punctuality explains when it enters first. What does it add when it enters last?",
                zh="这是准时最先放入时解释的部分。它最后放入时能添多少？",
            ),
        ),
        Trap(
            "enters-last",
            lambda params: 100 * (_explained(params) - params["r_2"] ** 2),
            Text(
                en="That is what punctuality adds when it enters last. And when it enters first?",
                zh="这是准时最后放入时增加的部分。最先放入时呢？",
            ),
        ),
        Trap(
            "half-each",
            lambda params: 100 * _explained(params) / 2,
            Text(
                en="You split evenly. Do both explain the same?",
                zh="你平均分了。两者解释得一样多吗？",
            ),
        ),
        Trap(
            "share-of-the-explained",
            lambda params: _share_of_first(params) / _explained(params),
            Text(
                en="That is its part of what is explained. The question asks for its part of all variance.",
                zh="这是它占已解释部分的比例。题目问的是占全部方差的比例。",
            ),
        ),
    ),
    hint=Text(
        en="Two orders: punctuality first, or after politeness. Average what it adds to R².",
        zh="两种次序：准时在先，或在礼貌之后。把它对 R² 的贡献取平均。",
    ),
    why=lambda params: Text(
        en="First it explains {r_1}² = {first:.4f}; last it adds {both:.4f} - {r_2}² = {last:.4f}. The mean is "
        "{share:.1f}% of the variance. The overlap is shared out by halves, whoever causes it.",
        zh="最先放入，解释 {r_1}² = {first:.4f}；最后放入，增加 {both:.4f} - {r_2}² = {last:.4f}。平均为方差的 "
        "{share:.1f}%。重叠的部分对半分，不论由谁引起。",
    ).format(
        **params,
        first=params["r_1"] ** 2,
        both=_explained(params),
        last=_explained(params) - params["r_2"] ** 2,
        share=_share_of_first(params),
    ),
    concepts=("expect.analysis-key-drivers",),
)

# --- practice: Kano --------------------------------------------------------------------------------------------------

_PAIRS = tuple(itertools.product(KANO_ANSWERS, KANO_ANSWERS))
_FEATURES = tuple(f"f{number}" for number in range(1, 6))
_KANO: Mapping[str, Text] = {
    "A": Text(en="attractive", zh="魅力"),
    "O": Text(en="one-dimensional", zh="期望（一维）"),
    "M": Text(en="must-be", zh="必备"),
    "I": Text(en="indifferent", zh="无差异"),
    "R": Text(en="reverse", zh="反向"),
    "Q": Text(en="questionable", zh="可疑"),
}


@cache
def _letter(with_it: str, without: str) -> str:
    return str(kano_class(with_it, without).iloc[0])


def _answers(params: Params) -> dict[str, tuple[str, str]]:
    return {key: _PAIRS[params[key]] for key in _FEATURES}


def _letters(params: Params) -> dict[str, str]:
    return {key: _letter(*pair) for key, pair in _answers(params).items()}


def _by_rule(rule: Callable[[str, str], str | None]) -> Callable[[Params], Labels]:
    """What a wrong rule makes of the answers with and without; None where it does not speak."""

    def wrong(params: Params) -> Labels:
        said = {key: rule(*pair) for key, pair in _answers(params).items()}
        return changed_labels({key: letter for key, letter in said.items() if letter}, _letters(params))

    return wrong


def _poor_mix(params: Params) -> bool:
    """Whether too few classes stand in the table, or no pair that looks attractive and is not."""
    tempting = any(pair[0] == "like" and _letter(*pair) != "A" for pair in _answers(params).values())
    return len(set(_letters(params).values())) < 4 or not tempting or len(set(_answers(params).values())) < 5


five_features = MappingItem(
    id="expectations-p10",
    ask=Text(
        en="A salon answers two questions on each of five features: how would you feel with it (`functional`), how "
        "without it (`dysfunctional`)? Which Kano class follows? Use the letters "
        '`"A"` (attractive), `"O"` (one-dimensional), `"M"` (must-be), `"I"` (indifferent), `"R"` (reverse) or `"Q"` '
        "(questionable).",
        zh="一家店就五项功能各回答两个问题：有它时感觉如何（`functional`）？没有它时感觉如何（`dysfunctional`）？"
        "回答有 like（喜欢）、must-be（理应如此）、neutral（无所谓）、live-with（能忍受）、dislike（不喜欢）。各属于 "
        'Kano 的哪一类？用字母 `"A"`（魅力）、`"O"`（期望，一维）、`"M"`（必备）、`"I"`（无差异）、`"R"`（反向）或 '
        '`"Q"`（可疑）作答。',
    ),
    keys={key: Text(en=key, zh=key) for key in _FEATURES},
    labels=_KANO,
    choices={key: tuple(range(len(_PAIRS))) for key in _FEATURES},
    example={"f1": 2, "f2": 4, "f3": 14, "f4": 6, "f5": 20},
    reject=_poor_mix,
    exhibit=lambda params: pd.DataFrame.from_dict(
        _answers(params), orient="index", columns=["functional", "dysfunctional"]
    ),
    solve=_letters,
    traps=(
        Trap(
            "dysfunctional-first",
            _by_rule(lambda with_it, without: _letter(without, with_it)),
            Text(
                en="You entered the table with the wrong question first. Rows are the answer with the feature.",
                zh="你先用了后一个问题查表。表的行是“有它时”的回答。",
            ),
        ),
        Trap(
            "like-is-attractive",
            _by_rule(lambda with_it, without: "A" if with_it == "like" else None),
            Text(
                en="Not everything she likes is attractive. How does she feel when it is missing?",
                zh="有它时喜欢，未必就是魅力。没有它时她感觉如何？",
            ),
        ),
        Trap(
            "dislike-is-must-be",
            _by_rule(lambda with_it, without: "M" if without == "dislike" else None),
            Text(
                en="Not everything that she would miss is a must. How does she feel when it is there?",
                zh="没有它时不喜欢，未必就是必备。有它时她感觉如何？",
            ),
        ),
        Trap(
            "word-for-class",
            _by_rule(lambda with_it, without: "M" if with_it == "must-be" else None),
            Text(
                en='The answer "must-be" is not yet the class of that name. What if the feature is missing?',
                zh="回答“理应如此”（must-be）还不等于“必备”这一类。没有它时又如何？",
            ),
        ),
    ),
    hint=Text(
        en="Row: the answer with the feature; column: the answer without. `kano_class(...)` holds the table.",
        zh="行：有它时的回答；列：没有它时的回答。`kano_class(...)` 就是这张表。",
    ),
    why=lambda params: with_listing(
        Text(
            en="{found}. Pleased with it and displeased without it is one-dimensional; pleased only, attractive; "
            "displeased only, must-be.",
            zh="{found}。有它高兴、没有它不高兴，是期望（一维）；只有前者，是魅力；只有后者，是必备。",
        ),
        (
            f"{key} ({with_it} / {without}) {_letter(with_it, without)}"
            for key, (with_it, without) in _answers(params).items()
        ),
    ),
    concepts=("expect.analysis-classification",),
)


def _counts(params: Params) -> dict[str, float]:
    return {letter: params[letter] for letter in _KANO}


def _displeased(params: Params) -> float:
    return kano_coefficients(_counts(params)).worse


missing_it: NumberItem = NumberItem(
    id="expectations-p11",
    ask=Text(
        en="Of the answers on one feature {A} are attractive, {O} one-dimensional, {M} must-be, {I} indifferent, {R} "
        "reverse and {Q} questionable. What is its worse coefficient, the one for displeasure when the feature is "
        "missing (three decimals)?",
        zh="对某项功能的回答中，魅力 {A} 个、期望（一维）{O} 个、必备 {M} 个、无差异 {I} 个、反向 {R} 个、可疑 {Q} 个。"
        "它的不满意系数（worse，缺少该功能时的不满）是多少（取三位小数）？",
    ),
    unit=Text(en="decimals, from -1 to 0", zh="小数，-1 至 0"),
    decimals=3,
    abs_tol=0.003,
    choices={
        "A": (18, 26, 40, 62),
        "O": (24, 36, 52, 70),
        "M": (20, 34, 48, 84),
        "I": (16, 28, 44),
        "R": (12, 16, 22),
        "Q": (4, 6, 8),
    },
    example={"A": 26, "O": 52, "M": 84, "I": 16, "R": 16, "Q": 6},
    reject=lambda params: too_close(missing_it, params, gap=0.03),
    solve=_displeased,
    traps=(
        Trap(
            "reverse-and-questionable-counted",
            lambda params: -(params["O"] + params["M"]) / sum(_counts(params).values()),
            Text(
                en="You divided by all answers. Which two classes stay out?",
                zh="你除以的是全部回答。哪两类不计入？",
            ),
        ),
        Trap(
            "attractive-for-must-be",
            lambda params: -kano_coefficients(_counts(params)).better,
            Text(
                en="Those are the answers that please when the feature is there. Which ones hurt when it is missing?",
                zh="这些是“有它就高兴”的回答。缺少时会不满的是哪些？",
            ),
        ),
        Trap(
            "sign",
            lambda params: -_displeased(params),
            Text(
                en="The size is right. By convention displeasure carries a sign.",
                zh="大小对了。按惯例，不满意系数带什么符号？",
            ),
        ),
        Trap(
            "must-be-alone",
            lambda params: -params["M"] / sum(params[letter] for letter in "AOMI"),
            Text(
                en="You counted the must-be answers only. Who else is displeased when it is missing?",
                zh="你只数了必备。缺少时还有谁会不满？",
            ),
        ),
    ),
    hint=Text(
        en="One-dimensional and must-be, over attractive, one-dimensional, must-be and indifferent; below zero.",
        zh="（期望 + 必备）除以（魅力 + 期望 + 必备 + 无差异）；小于零。",
    ),
    why=lambda params: Text(
        en="-({O} + {M}) / ({A} + {O} + {M} + {I}) = {found:.3f}. Reverse and questionable answers stay out. The "
        "better coefficient is {better:.3f}.",
        zh="-({O} + {M}) / ({A} + {O} + {M} + {I}) = {found:.3f}。反向和可疑的回答不计入。满意系数（better）为 "
        "{better:.3f}。",
    ).format(**params, found=_displeased(params), better=kano_coefficients(_counts(params)).better),
    concepts=("expect.analysis-classification",),
)

# --- practice: thermometers ------------------------------------------------------------------------------------------

_QUESTIONS = ("overall", "against_expectation", "against_ideal")


def _answered(params: Params) -> list[float]:
    return [params[name] for name in _QUESTIONS]


def _question_weights(params: Params) -> list[float]:
    return [float(weight) for weight in params["weights"].split("/")]


def _weighted_mean(params: Params) -> float:
    return sum(weight * mean for weight, mean in zip(_question_weights(params), _answered(params), strict=True))


def _index(params: Params) -> float:
    return acsi(_answered(params), _question_weights(params))


index_of_three: NumberItem = NumberItem(
    id="expectations-p12",
    ask=Text(
        en="Mean answers from 1 to 10: {overall} overall, {against_expectation} against expectation, {against_ideal} "
        "against an ideal. The weights are, in this order, {weights}. What is the satisfaction index (ACSI)?",
        zh="三个问题的平均回答（1 至 10 分）：总体 {overall}，与期望相比 {against_expectation}，与理想相比 "
        "{against_ideal}。权重依次为 {weights}。顾客满意度指数（ACSI）是多少？",
    ),
    unit=_POINTS,
    rel_tol=0.001,
    abs_tol=0.05,
    choices={
        "overall": (7.6, 8.0, 8.4, 8.8),
        "against_expectation": (6.4, 6.9, 7.3),
        "against_ideal": (5.4, 5.9, 6.6),
        "weights": ("0.50 / 0.30 / 0.20", "0.45 / 0.35 / 0.20", "0.25 / 0.30 / 0.45", "0.20 / 0.25 / 0.55"),
    },
    example={"overall": 8.4, "against_expectation": 7.3, "against_ideal": 6.6, "weights": "0.50 / 0.30 / 0.20"},
    reject=lambda params: too_close(index_of_three, params, gap=0, least=1),
    solve=_index,
    traps=(
        Trap(
            "tenths",
            lambda params: 10 * _weighted_mean(params),
            Text(
                en="You divided by ten. What should a customer count who gave the lowest answer, 1?",
                zh="你除以了 10。打最低分 1 分的客户，应该算多少？",
            ),
        ),
        Trap(
            "ninths-without-shift",
            lambda params: 100 * _weighted_mean(params) / 9,
            Text(
                en="You divided by the nine steps of the scale. At which answer do the steps begin?",
                zh="你除以了量表的 9 个间隔。间隔从哪个回答算起？",
            ),
        ),
        Trap(
            "unweighted",
            lambda params: acsi(_answered(params), [1 / 3] * 3),
            Text(
                en="You gave the three questions the same weight. Use the given ones.",
                zh="你让三个问题权重相同。请用给定的权重。",
            ),
        ),
    ),
    hint=Text(
        en="The lowest answer must become 0 and the highest 100. Shift first, then scale.",
        zh="最低的回答要变成 0，最高的变成 100。先平移，再缩放。",
    ),
    why=lambda params: Text(
        en="The weighted mean is {mean:.3f}; 100 × ({mean:.3f} - 1) / 9 = {found:.2f}.",
        zh="加权平均为 {mean:.3f}；100 × ({mean:.3f} - 1) / 9 = {found:.2f}。",
    ).format(mean=_weighted_mean(params), found=_index(params)),
    concepts=("expect.quantified-index",),
)


@lru_cache(maxsize=4096)
def _nps(promoters: int, passives: int, detractors: int) -> tuple[float, float]:
    found = nps([9] * promoters + [7] * passives + [3] * detractors)
    return found.score, found.half_width


def _groups(params: Params) -> tuple[int, int, int]:
    return params["promoters"], params["passives"], params["detractors"]


def _half_width(params: Params) -> float:
    return _nps(*_groups(params))[1]


def _half_width_from(spread: Callable[[float, float], float]) -> Callable[[Params], float]:
    """The half width with another variance, made of the shares of promoters and detractors."""

    def wrong(params: Params) -> float:
        for_, _, against = _groups(params)
        count = sum(_groups(params))
        right = for_ / count + against / count - ((for_ - against) / count) ** 2
        return _half_width(params) * math.sqrt(spread(for_ / count, against / count) / right)

    return wrong


def _one_error(params: Params) -> float:
    """The standard error of the score, from the same variance as the model's."""
    for_, _, against = _groups(params)
    count = sum(_groups(params))
    return 100 * math.sqrt((for_ / count + against / count - ((for_ - against) / count) ** 2) / count)


how_sure_is_nps: NumberItem = NumberItem(
    id="expectations-p13",
    ask=Text(
        en="{promoters} customers of a branch answer 9 or 10, {passives} answer 7 or 8, {detractors} answer 6 or less. "
        "How wide is the 95% interval of the net promoter score to either side?",
        zh="一家分店的顾客中，{promoters} 位打 9 分或 10 分，{passives} 位打 7 分或 8 分，{detractors} 位打 6 "
        "分及以下。净推荐值（NPS）的 95% 置信区间的半宽是多少？",
    ),
    unit=Text(en="points of the score", zh="净推荐值的点数"),
    decimals=2,
    abs_tol=0.03,
    choices={
        "promoters": (70, 90, 110, 130),
        "passives": (30, 50, 70),
        "detractors": (10, 16, 24, 40),
    },
    example={"promoters": 110, "passives": 50, "detractors": 40},
    reject=lambda params: too_close(how_sure_is_nps, params, gap=0.03),
    solve=_half_width,
    traps=(
        Trap(
            "square-forgotten",
            _half_width_from(lambda for_, against: for_ + against),
            Text(
                en="Your variance lacks a term: what is taken off for the mean itself?",
                zh="你的方差缺了一项：均值本身要减去什么？",
            ),
        ),
        Trap(
            "promoters-alone",
            _half_width_from(lambda for_, against: for_ * (1 - for_)),
            Text(
                en="That is the interval of the share of promoters. The score is a difference of two shares.",
                zh="这是推荐者比例的区间。净推荐值是两个比例之差。",
            ),
        ),
        Trap(
            "two-samples",
            _half_width_from(lambda for_, against: for_ * (1 - for_) + against * (1 - against)),
            Text(
                en="You added the variances as if two groups of customers had been asked. Both shares come from the "
                "same answers.",
                zh="你把两个方差相加，好像问的是两批顾客。两个比例来自同一批回答。",
            ),
        ),
        Trap(
            "one-standard-error",
            _one_error,
            Text(
                en="That is one standard error. How many of them does a 95% interval reach to either side?",
                zh="这是一个标准误。95% 区间向两边各延伸多少个标准误？",
            ),
        ),
    ),
    hint=Text(
        en="Each customer counts +1, 0 or -1. Variance of that, over n; then the root, times 1.96, in points.",
        zh="每位顾客计 +1、0 或 -1。求其方差，除以 n；开方，乘以 1.96，再化成点数。",
    ),
    why=lambda params: Text(
        en="p = {p:.4f}, q = {q:.4f} of {n}: 100 × 1.96 × √((p + q - (p - q)²) / {n}) = {found:.2f}. The score is "
        "{score:.1f} ± {found:.1f}: few answers, wide interval.",
        zh="p = {p:.4f}，q = {q:.4f}，共 {n} 位：100 × 1.96 × √((p + q - (p - q)²) / {n}) = {found:.2f}。净推荐值为 "
        "{score:.1f} ± {found:.1f}：回答少，区间就宽。",
    ).format(
        p=params["promoters"] / sum(_groups(params)),
        q=params["detractors"] / sum(_groups(params)),
        n=sum(_groups(params)),
        found=_half_width(params),
        score=_nps(*_groups(params))[0],
    ),
    concepts=("expect.quantified-index",),
)


@lru_cache(maxsize=4096)
def _outcome(expectation: float, performance: float, zone: float) -> str:
    return str(outcome(expectation, performance, zone).iloc[0])


def _verdict(params: Params) -> str:
    return _outcome(params["expectation"], params["performance"], params["zone"])


three_outcomes = ChoiceItem(
    id="expectations-p14",
    ask=Text(
        en="A salon expected {expectation} and got {performance}. A gap of at most {zone} points goes unnoticed. How "
        "does performance compare with her expectation?",
        zh="一家店期望 {expectation}，得到 {performance}。差距不超过 {zone} 分时，她不会在意。表现与期望相比如何？",
    ),
    options={
        "below": Text(en="below expectation", zh="低于期望"),
        "matches": Text(en="matches expectation", zh="与期望匹配"),
        "above": Text(en="above expectation", zh="高于期望"),
    },
    choices={
        "expectation": (62, 66, 70, 74, 78),
        "performance": (60, 63, 67, 69, 71, 73, 75, 80),
        "zone": (3, 4, 5, 6),
    },
    example={"expectation": 70, "performance": 67, "zone": 4},
    reject=lambda params: not 1 <= abs(_gap(params)) <= 12,
    solve=_verdict,
    traps=(
        Trap(
            "edge-left-out",
            other_label(
                _verdict, lambda params: _outcome(params["expectation"], params["performance"], params["zone"] - 0.5)
            ),
            Text(
                en='This gap sits on the edge or within it. Does "at most" take the edge in?',
                zh="这个差距正好在边界上，或在边界之内。“不超过”包含边界吗？",
            ),
        ),
        Trap(
            "zone-forgotten",
            other_label(_verdict, lambda params: _outcome(params["expectation"], params["performance"], 0)),
            Text(
                en="You compared the two numbers as they are. Does she notice such a gap?",
                zh="你直接比较了两个数。这样的差距她会在意吗？",
            ),
        ),
        Trap(
            "expected-less-received",
            other_label(
                _verdict, lambda params: _outcome(params["performance"], params["expectation"], params["zone"])
            ),
            Text(
                en="You turned the comparison round. What did she get, and what had she expected?",
                zh="你把比较弄反了。她得到的是多少？原来期望的是多少？",
            ),
        ),
        Trap(
            "near-enough",
            other_label(_verdict, always("matches")),
            Text(
                en="You let it pass as near enough. Is the gap larger than the zone?",
                zh="你把差距当作小得察觉不到。它是否超过了区间？",
            ),
        ),
        Trap(
            "turned-round-without-zone",
            other_label(_verdict, lambda params: _outcome(params["performance"], params["expectation"], 0)),
            Text(
                en="You turned the comparison round, and left the zone out. Begin with performance less expectation.",
                zh="你把比较弄反了，又漏了容忍区间。先算表现减期望。",
            ),
        ),
    ),
    hint=Text(
        en="Performance less expectation; then compare its size with the zone.", zh="表现减期望；再与区间比较大小。"
    ),
    why=lambda params: Text(
        en="{performance} - {expectation} = {gap:+.0f}; the zone reaches from -{zone} to +{zone}. Without a zone "
        "hardly anything would ever match.",
        zh="{performance} - {expectation} = {gap:+.0f}；区间从 -{zone} 到 +{zone}。没有区间，几乎就不会有“匹配”。",
    ).format(**params, gap=_gap(params)),
    concepts=("expect.three-outcomes",),
)


def _again(params: Params, answer: int) -> float:
    """Share of those with this answer who bought again."""
    return float(params[f"again_{answer}"] / params[f"asked_{answer}"])


def _fives_to_fours(params: Params) -> float:
    return _again(params, 5) / _again(params, 4)


fives_to_fours: NumberItem = NumberItem(
    id="expectations-p15",
    ask=Text(
        en="Customers gave 4 or 5 points of 5 for satisfaction. The table says how many of them there were and how "
        "many bought again within the year. How many times as high is the repurchase rate of the 5s as that of the 4s "
        "(two decimals)?",
        zh="客户的满意度为 4 分或 5 分（满分 5 分）。表中是各有多少人、一年之内有多少人再次购买。打 5 分的客户，再购"
        "率是打 4 "
        "分的客户的多少倍（取两位小数）？",
    ),
    unit=Text(en="times, a ratio", zh="倍"),
    choices={
        "asked_5": (80, 120, 150, 180),
        "asked_4": (210, 260, 320),
        "again_5": (56, 66, 75),
        "again_4": (36, 48, 63, 78),
    },
    example={"asked_5": 80, "asked_4": 260, "again_5": 66, "again_4": 78},
    reject=lambda params: (
        not 1.3 <= _fives_to_fours(params) <= 7 or too_close(fives_to_fours, params, gap=0.05, least=0.1)
    ),
    exhibit=lambda params: pd.DataFrame(
        {what: [params[f"{what}_{answer}"] for answer in (5, 4)] for what in ("asked", "again")},
        index=pd.Index([5, 4], name="satisfaction"),
    ),
    solve=_fives_to_fours,
    traps=(
        Trap(
            "ratio-of-counts",
            lambda params: params["again_5"] / params["again_4"],
            Text(
                en="You compared heads. How many customers were there in each row?",
                zh="你比较的是人数。每一行共有多少客户？",
            ),
        ),
        Trap(
            "points-of-percent",
            lambda params: 100 * (_again(params, 5) - _again(params, 4)),
            Text(
                en="That is the difference of the rates in points of percent. The question asks how many times.",
                zh="这是两个比率相差的百分点。题目问的是多少倍。",
            ),
        ),
        Trap(
            "upside-down",
            lambda params: 1 / _fives_to_fours(params),
            Text(
                en="You divided the other way round. Which group should come out ahead?",
                zh="你除反了。哪一组应该更高？",
            ),
        ),
    ),
    hint=Text(
        en="Two rates first: bought again, over all in the row. Then one by the other.",
        zh="先算两个比率：再次购买的人数除以该行的总人数。再相除。",
    ),
    why=lambda params: Text(
        en="{again_5} of {asked_5} is {five:.3f}, {again_4} of {asked_4} is {four:.3f}: {found:.2f} times. Jones and "
        "Sasser (1995) report six times in one firm. It depends on competition, so do not carry it over.",
        zh="{again_5} / {asked_5} = {five:.3f}，{again_4} / {asked_4} = {four:.3f}：{found:.2f} 倍。Jones 与 Sasser（"
        "1995）"
        "报告过一家企业相差六倍。这取决于竞争，不能照搬。",
    ).format(**params, five=_again(params, 5), four=_again(params, 4), found=_fives_to_fours(params)),
    concepts=("expect.merely-satisfied-switch",),
)

# --- practice: deciding ----------------------------------------------------------------------------------------------

begged_scores = TextItem(
    id="expectations-p16",
    ask=Text(
        en='The driver hands the tablet over and says: "Anything below 9 costs me my bonus." His branch has the best '
        "net promoter score of the city. You run customer service. Forbid the sentence, change the measure, or leave "
        "it? Say who is affected, what the score still measures, by which rule you decide, and what you would tell the "
        "driver.",
        zh="司机递上平板电脑，说：“低于 9 分，我的奖金就没了。”他那个分部的净推荐值是全市最高的。你负责客户服务："
        "是禁止这句话，修改考核办法，还是不管？写明谁会受影响、这个分数还能衡量什么、依据什么规则，"
        "以及你会怎么对司机说。",
    ),
    min_words=40,
    rubric=Text(
        en="A clear decision; the driver, the salons, the honest branches and those who rely on the score named; the "
        "score then measures pity or pressure, not recommendation; a rule (a measure that becomes a target stops "
        "measuring, nobody who is paid by an answer collects it, answers are given freely) applied to the facts; a "
        "sentence one could say to the driver.",
        zh="决定明确；指出司机、各店、如实打分的分部和使用这个分数的人都受影响；说明分数此时衡量的是同情或压力，"
        "不是推荐意愿；把一条规则（指标一旦成了目标，就不再是好指标；靠回答拿奖金的人，不应由他收集回答；回答应出于自"
        "愿）"
        "用到事实上；有一句能当面对司机说的话。",
    ),
    solve=always(""),
    hint=Text(
        en="What would the score be if he had said nothing? And who set his bonus?",
        zh="如果他什么也不说，分数会是多少？他的奖金又是谁定的？",
    ),
    why=Text(
        en="The driver acts as his bonus tells him to; the fault lies with whoever tied pay to single answers. "
        "Forbidding the sentence leaves the pressure. Let a neutral party ask, after the delivery and unseen by him. "
        "Pay him for what he can influence, such as arriving on time. Mark the branch's scores so far as not "
        "comparable.",
        zh="司机只是照奖金办法行事；问题出在把奖金与单个回答挂钩的人身上。只禁止这句话，压力仍在。"
        "应由中立的一方在送货之后询问，司机看不到回答；奖金与他能左右的事挂钩，例如准时；并注明该分部至今的分数不可比。"
        "",
    ),
    concepts=("expect.quantified-index",),
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
    beyond_the_zone,
    after_some_visits,
    six_sources,
    reviews_for_a_visit,
    what_to_promise,
    six_measures,
    largest_clear_gap,
    four_attributes,
    share_of_a_driver,
    five_features,
    missing_it,
    index_of_three,
    how_sure_is_nps,
    three_outcomes,
    fives_to_fours,
    begged_scores,
)
