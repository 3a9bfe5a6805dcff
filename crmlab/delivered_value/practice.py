"""Warm-ups, predictions and practice of chapter 06; every answer is computed by the chapter's model.

Warm-ups (``-w``) recall earlier chapters, predictions (``-q``) stand before a run, practice (``-p``) trains the ideas
of the graded set with other numbers. ``items.py`` joins them to the graded items.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import pandas as pd

from crmlab.core.checks import ChoiceItem, Item, MappingItem, NumberItem, Params, PartsItem, TextItem, Trap, always
from crmlab.core.data import load
from crmlab.core.text import Text
from crmlab.delivered_value.model import (
    AHP,
    COSTS,
    VALUES,
    ahp,
    deliver,
    delivered_by_wage,
    economic_value,
    pairwise,
    split_price,
    switch_wage,
)

_PER_ORDER = Text(en="yuan per order", zh="元/单")
_PER_HOUR = Text(en="yuan per hour", zh="元/小时")
_PER_POINT = Text(en="yuan per point", zh="元/分")


def _unclear(question: Item, params: Params, truth: float | None = None) -> bool:
    """Whether a wrong model comes close to the truth or to another wrong model, so that a hint could mislead."""
    right = float(question.solve(params)) if truth is None else truth
    found = sorted([right, *(float(trap.wrong(params)) for trap in question.traps)])
    return min(high - low for low, high in itertools.pairwise(found)) < 0.02 * abs(right)


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="delivered_value-w1",
    ask=Text(
        en="*From chapter 01.* Urgent means: due in at most 7 days. Moderate means: more than 7 and up to 30. A "
        "quote for a salon was due two days ago. Which class is it in?",
        zh="*出自第 01 章。* 急客户：7 天以内（含 7 天）到期；缓急客户：超过 7 天、不超过 30 天。"
        "给某店的报价两天前就该交了。它属于哪一类？",
    ),
    options={
        "moderate": Text(en="moderately urgent", zh="缓急"),
        "overdue": Text(en="a class of its own: overdue", zh="单列一类：逾期"),
        "urgent": Text(en="urgent", zh="急"),
    },
    solve=always("urgent"),
    traps=(
        Trap(
            "new-class",
            always("overdue"),
            Text(
                en="Reminder: a rule with edges leaves no number outside. Due in minus two days is a number too; "
                "which interval holds it?",
                zh="提示：边界清楚的规则不会漏掉任何一个数。“还有负两天到期”也是一个数，它落在哪个区间？",
            ),
        ),
        Trap(
            "too-late-to-hurry",
            always("moderate"),
            Text(
                en="Reminder: write each class as an interval with its brackets, then place minus 2 on the line.",
                zh="提示：先把每一类写成带括号的区间，再把“负 2”放到数轴上。",
            ),
        ),
    ),
    hint=Text(en="Write the two intervals with their brackets first.", zh="先写出两个区间及其括号。"),
    why=Text(
        en="Minus 2 is at most 7, so the quote is urgent. Edges decide classes; later in this chapter they decide "
        "who wins a customer.",
        zh="负 2 不超过 7，所以属于急客户。边界决定类别；本章稍后，边界还会决定谁赢得客户。",
    ),
)

warm_2 = ChoiceItem(
    id="delivered_value-w2",
    ask=Text(
        en="*From chapter 04.* A salon has bought your refills 24 months in a row. Asked, the owner says any brand "
        "would do. What is this?",
        zh="*出自第 04 章。* 某店连续 24 个月购买你的补充装。问起店主，她说哪个牌子都行。这是哪一种？",
    ),
    options={
        "loyal": Text(en="true loyalty", zh="真正忠诚"),
        "spurious": Text(en="spurious loyalty", zh="虚假忠诚"),
        "latent": Text(en="latent loyalty", zh="潜在忠诚"),
    },
    solve=always("spurious"),
    traps=(
        Trap(
            "behaviour-only",
            always("loyal"),
            Text(
                en="Reminder: loyalty takes two things, liking and repeat buying. Only one of them is on record here.",
                zh="提示：忠诚要有两样：心里偏爱，并且重复购买。这里只看到其中一样。",
            ),
        ),
        Trap(
            "attitude-behaviour-swapped",
            always("latent"),
            Text(
                en="Reminder: latent means that the heart is there and the orders are not. Which of the two is "
                "missing here?",
                zh="提示：“潜在”是有心而无行。这里缺的是心，还是行？",
            ),
        ),
    ),
    hint=Text(en="Ask twice: does she like it, does she repeat it?", zh="问两个问题：她喜欢吗？她重复买吗？"),
    why=Text(
        en="Behaviour without attitude is spurious loyalty (Dick & Basu 1994): it lasts until something easier "
        "comes along. What makes an offer easier is this chapter's business.",
        zh="有行为而无态度，是虚假忠诚（Dick & Basu 1994）：更省事的选择一出现，它就到头了。"
        "什么叫“更省事”，正是本章的内容。",
    ),
)

warm_3 = ChoiceItem(
    id="delivered_value-w3",
    ask=Text(
        en="*From chapter 05.* Lanwan's app holds five years of a salon's colour recipes. To leave, the owner would "
        "copy them by hand for two weekends. Which switching cost is that?",
        zh="*出自第 05 章。* 蓝湾的应用里存着某店五年的染发配方。要换供应商，店主得花两个周末手抄一遍。"
        "这属于哪种转换成本？",
    ),
    options={
        "financial": Text(en="financial", zh="财务转换成本"),
        "relational": Text(en="relational", zh="情感转换成本"),
        "procedural": Text(en="procedural", zh="程序转换成本"),
    },
    solve=always("procedural"),
    traps=(
        Trap(
            "every-cost-is-money",
            always("financial"),
            Text(
                en="Reminder: financial switching costs are benefits or money lost by leaving. What does she lose "
                "here?",
                zh="提示：财务转换成本是离开时损失的优惠或金钱。她在这里损失的是什么？",
            ),
        ),
        Trap(
            "habit-is-a-bond",
            always("relational"),
            Text(
                en="Reminder: relational switching costs are ties to people or to a brand. Would she miss anybody?",
                zh="提示：情感转换成本是与人、与品牌的联系。她会舍不得谁吗？",
            ),
        ),
    ),
    hint=Text(
        en="What would she lose by leaving: money, a bond, or time and effort?",
        zh="离开时她损失什么：钱、感情，还是时间和精力？",
    ),
    why=Text(
        en="Time and effort of changing are procedural costs. Chapter 05 counts them once, when she leaves; this "
        "chapter counts them in every order.",
        zh="更换所花的时间和精力是程序转换成本。第 05 章只在离开时算一次；本章在每一单里都算。",
    ),
)

# --- predictions: pick, commit, run ----------------------------------------------------------------------------------


@cache
def _case() -> pd.DataFrame:
    """The three bids of the case."""
    return load("delivered_value_offers").set_index("supplier")


def _name(supplier: object) -> str:
    return str(supplier).casefold()


_SUPPLIERS = {
    "granary": Text(en="Granary", zh="谷仓"),
    "laurel": Text(en="Laurel", zh="月桂"),
    "lanwan": Text(en="Lanwan", zh="蓝湾"),
}

predict_1 = ChoiceItem(
    id="delivered_value-q1",
    ask=Text(
        en="The owner's hour is worth 12 to her. All eight lines counted: which offer does she like *least*?",
        zh="店主的一小时值 12 元。八行全部算上，她*最不*看好哪一家？",
    ),
    options=_SUPPLIERS,
    solve=lambda params: _name(deliver(_case())["delivered_value"].idxmin()),
    traps=(
        Trap(
            "price-only",
            lambda params: _name(_case()["monetary_cost"].idxmax()),
            Text(
                en="You looked at the highest price. A price is one of four costs, and it also buys something: add "
                "up all eight lines.",
                zh="你看的是最高价。价格只是四项成本之一，而且它也换来东西：把八行都加起来。",
            ),
        ),
        Trap(
            "value-only",
            lambda params: _name(deliver(_case())["total_value"].idxmin()),
            Text(
                en="You looked at the smallest gain. What does that gain cost her, in money and in everything else?",
                zh="你看的是总价值最小的。为了得到这些价值，她在金钱和其他方面要付出多少？",
            ),
        ),
    ),
    hint=Text(en="Add four values, subtract four costs.", zh="四项价值相加，再减去四项成本。"),
    why=Text(
        en="Lanwan is neither cheap nor famous, and it saves time that this owner does not count dear.",
        zh="蓝湾既不便宜，也没有名气；它省下的时间，这位店主又不看重。",
    ),
    concepts=("value.delivered",),
)


def _two_deals(params: Params) -> pd.DataFrame:
    """A large and a small deal, totals only, with difference and ratio from the model."""
    rows = {
        name: dict.fromkeys(VALUES + COSTS, 0.0)
        | {"product_value": params[f"{name}_value"], "monetary_cost": params[f"{name}_cost"]}
        for name in ("large", "small")
    }
    return deliver(pd.DataFrame.from_dict(rows, orient="index"))


predict_2 = ChoiceItem(
    id="delivered_value-q2",
    ask=Text(
        en="A salon takes one of two deals, once. The large one is worth {large_value} and costs {large_cost}. The "
        "small one is worth {small_value} and costs {small_cost}. Which leaves the salon better off?",
        zh="某店在两种方案中选一种，只买一次。大方案价值 {large_value}、成本 {large_cost}；小方案价值 {small_value}、"
        "成本 {small_cost}。哪一种让店里得到更多？",
    ),
    options={
        "small": Text(en="the small deal", zh="小方案"),
        "large": Text(en="the large deal", zh="大方案"),
        "same": Text(en="both the same", zh="一样"),
    },
    example={"large_value": 100, "large_cost": 60, "small_value": 50, "small_cost": 25},
    choices={"large_value": (100,), "large_cost": (60,), "small_value": (50,), "small_cost": (25,)},
    solve=lambda params: str(_two_deals(params)["delivered_value"].idxmax()),
    traps=(
        Trap(
            "ratio-as-definition",
            lambda params: str(_two_deals(params)["ratio"].idxmax()),
            Text(
                en="You compared value per unit of cost. A ratio forgets size: how much does she carry home each time?",
                zh="你比较的是每一元成本换来的价值。比率不管大小：她每次实际带走多少？",
            ),
        ),
        Trap(
            "net-ignored",
            always("same"),
            Text(
                en="The small deal is not the large one cut in half. Subtract cost from value in each.",
                zh="小方案并不正好是大方案的一半。请分别用价值减成本。",
            ),
        ),
    ),
    hint=Text(en="Subtract cost from value in each deal.", zh="分别用价值减成本。"),
    why=Text(
        en="What can be spent is the difference. The ratio is a second view, useful when money is short; you meet "
        "that case in the practice cards.",
        zh="能花的是差额。比率提供另一个角度，在资金有限时有用；练习卡片里你会遇到这种情况。",
    ),
    concepts=("value.delivered",),
)

predict_3 = ChoiceItem(
    id="delivered_value-q3",
    ask=Text(
        en="The manager's hour is worth 40, not 12. No supplier changes anything. What happens to the ranking?",
        zh="经理的一小时值 40 元，而不是 12 元。各供应商什么都没改。排名会怎样？",
    ),
    options={
        "same": Text(en="Nothing: the offers are the same", zh="不变：报价一样"),
        "granary": Text(en="Granary stays first, by less", zh="谷仓仍第一，优势变小"),
        "laurel": Text(en="Laurel moves to first", zh="月桂升到第一"),
        "lanwan": Text(en="Lanwan moves to first", zh="蓝湾升到第一"),
    },
    solve=lambda params: _name(delivered_by_wage(_case(), [40.0]).iloc[0].idxmax()),
    traps=(
        Trap(
            "value-in-the-offer",
            always("same"),
            Text(
                en="You place value in the offer. Each offer also takes hours, and the hours now belong to somebody "
                "else.",
                zh="你以为价值就在报价里。每份报价还要占用时间，而现在占用的是另一个人的时间。",
            ),
        ),
        Trap(
            "price-dominates",
            always("granary"),
            Text(
                en="You let the low price decide. Multiply Granary's three hours by 40 before you trust it.",
                zh="你让低价说了算。先把谷仓的三小时乘以 40 再说。",
            ),
        ),
        Trap(
            "fame-for-the-busy",
            always("laurel"),
            Text(
                en="You let the next in line move up. Ask which offer takes the fewest hours instead.",
                zh="你让第二名顺势递补了。不妨问问：哪一家占用的时间最少？",
            ),
        ),
    ),
    hint=Text(en="Multiply each offer's hours by 40.", zh="把每份报价的小时数乘以 40。"),
    why=Text(
        en="The dearer the hour, the more each saved hour is worth. Lanwan takes half an hour an order, and wins "
        "the manager.",
        zh="时间越贵，省下的每小时就越值钱。蓝湾每单只占用半小时，因此赢得了经理。",
    ),
    concepts=("value.time-cost",),
)


def _consistent(product_to_service: float, service_to_image: float) -> str:
    """The comparison of product with image that leaves no contradiction."""
    found = ahp([[1, product_to_service], [1 / product_to_service, 1]]).weights
    other = ahp([[1, service_to_image], [1 / service_to_image, 1]]).weights
    return f"{found[0] / found[1] * other[0] / other[1]:.0f}"


predict_4 = ChoiceItem(
    id="delivered_value-q4",
    ask=Text(
        en="A salon says: product counts twice as much as service, and service three times as much as image. If it "
        "never contradicts itself, how many times as much as image does product count?",
        zh="某店说：产品的重要性是服务的两倍，服务的重要性是形象的三倍。若前后一致，产品的重要性是形象的几倍？",
    ),
    options={
        "3": Text(en="3 times", zh="3 倍"),
        "5": Text(en="5 times", zh="5 倍"),
        "6": Text(en="6 times", zh="6 倍"),
    },
    solve=lambda params: _consistent(2, 3),
    traps=(
        Trap(
            "adds",
            always("5"),
            Text(
                en='You added the two. "Twice as much as" is a multiplier: start from image = 1 and climb.',
                zh="你把两个数相加了。“两倍”是乘数：从形象 = 1 开始，一步步往上推。",
            ),
        ),
        Trap(
            "largest-step",
            always("3"),
            Text(
                en="You kept the larger step only. Put image at 1: what is service, and then product?",
                zh="你只取了较大的一步。设形象为 1：服务是多少？产品又是多少？",
            ),
        ),
    ),
    hint=Text(en="Put image at 1 and work upwards.", zh="设形象为 1，逐步往上推。"),
    why=Text(
        en="Image 1, service 3, product 6: comparisons multiply. Real people drift from this, and the drift can be "
        "measured.",
        zh="形象 1、服务 3、产品 6：比较要相乘。现实中的人会有偏离，而偏离的程度可以度量。",
    ),
)

predict_5 = ChoiceItem(
    id="delivered_value-q5",
    ask=Text(
        en="A salon values an order of Lanwan's at 110. It costs Lanwan 50. The director orders: \"Maximise "
        'customer-delivered value, but never sell below cost." What does Lanwan earn on each order?',
        zh="某店认为蓝湾的一单值 110 元，蓝湾的成本是 50 元。"
        "总经理要求：“让渡价值最大化，但不得低于成本销售。”蓝湾每单赚多少？",
    ),
    options={
        "half": Text(en="30: the two share the gain", zh="30：双方平分"),
        "all": Text(en="60: happy customers pay", zh="60：客户满意就肯付钱"),
        "nothing": Text(en="nothing", zh="一分不赚"),
    },
    solve=lambda params: "nothing" if split_price(110, 50, customer_share=1.0) == 50 else "half",
    traps=(
        Trap(
            "fairness-assumed",
            always("half"),
            Text(
                en="Sharing was not in the order. Each unit taken off the price goes straight into delivered value; "
                "where does it stop?",
                zh="总经理的话里没有“平分”。价格每降一元，让渡价值就多一元；降到哪里为止？",
            ),
        ),
        Trap(
            "value-becomes-profit",
            always("all"),
            Text(
                en="The same 60 cannot be in two purses. Which price makes the customer's part as large as possible?",
                zh="同一个 60 不能装进两个钱包。什么价格能让客户的那份最大？",
            ),
        ),
    ),
    hint=Text(
        en="Which price makes value minus price as large as the rule allows?",
        zh="在规则允许的范围内，什么价格让“价值减价格”最大？",
    ),
    why=Text(
        en="The highest delivered value lies at the lowest allowed price, and that is the cost. The slogan needs a "
        "second line: how much has to stay.",
        zh="价格降到允许的最低点，让渡价值最大，而最低点就是成本。这个口号还缺一句：企业要留下多少。",
    ),
    concepts=("value.maximise-delivered",),
)

# --- practice: one blank, then alone, then cards ---------------------------------------------------------------------

_BIDS = ("A", "B")
_FIELDS = (*VALUES, "monetary_cost", "physical_cost", "psychic_cost", "hours")


def _by_bid(params: Params, lines: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({line: [params[f"{line}_{bid}"] for bid in _BIDS] for line in lines}, index=list(_BIDS))


def _short_bids(params: Params) -> pd.DataFrame:
    """Two bids in four lines: all values, price, all effort, hours."""
    return _by_bid(params, ("value", "price", "effort", "hours"))


def _in_full(bids: pd.DataFrame) -> pd.DataFrame:
    """The same two bids as the model reads them."""
    full = pd.DataFrame(0.0, index=bids.index, columns=list(_FIELDS))
    return full.assign(
        product_value=bids["value"], monetary_cost=bids["price"], physical_cost=bids["effort"], hours=bids["hours"]
    )


def _flip_wage(offers: pd.DataFrame) -> float:
    """The value of an hour at which bid B draws level with bid A."""
    before_time = delivered_by_wage(offers, [0.0]).iloc[0]
    hours = offers["hours"].astype(float)
    return float(switch_wage(0, hours["A"], before_time["A"] - before_time["B"], hours["B"]))


def _lead(params: Params) -> float:
    left = [params[f"value_{bid}"] - params[f"price_{bid}"] - params[f"effort_{bid}"] for bid in _BIDS]
    return float(left[0] - left[1])


def _saved(params: Params) -> float:
    return float(params["hours_A"] - params["hours_B"])


faded_flip_wage: NumberItem = NumberItem(
    id="delivered_value-p1",
    ask=Text(
        en="Bid A is cheap and slow, bid B is dear and quick. At which value of an hour do both deliver the same?",
        zh="方案 A 便宜但费时，方案 B 贵但省时。一小时值多少元时，两者的让渡价值相等？",
    ),
    unit=_PER_HOUR,
    choices={
        "value_A": (160, 170, 180),
        "price_A": (60, 70, 80),
        "effort_A": (20, 25, 30),
        "hours_A": (3, 3.5, 4),
        "value_B": (180, 185, 190),
        "price_B": (130, 140, 150),
        "effort_B": (5, 10),
        "hours_B": (0.5, 1, 1.5),
    },
    example={
        "value_A": 170,
        "price_A": 70,
        "effort_A": 20,
        "hours_A": 3.5,
        "value_B": 190,
        "price_B": 140,
        "effort_B": 5,
        "hours_B": 1,
    },
    reject=lambda params: _lead(params) < 15 or _unclear(faded_flip_wage, params, _lead(params) / _saved(params)),
    exhibit=_short_bids,
    solve=lambda params: _flip_wage(_in_full(_short_bids(params))),
    traps=(
        Trap(
            "price-only",
            lambda params: switch_wage(params["price_A"], params["hours_A"], params["price_B"], params["hours_B"]),
            Text(
                en="You took the price gap alone. The bids differ in value and effort too: compare what is left "
                "before time is paid.",
                zh="你只用了价格差。两个方案的价值和费力程度也不同：请比较扣除时间成本之前还剩多少。",
            ),
        ),
        Trap(
            "total-hours",
            lambda params: _lead(params) / (params["hours_A"] + params["hours_B"]),
            Text(
                en="You divided by all the hours. Choosing B saves only some of them: how many?",
                zh="你除以的是全部小时数。选 B 只省下其中一部分：省了几小时？",
            ),
        ),
        Trap(
            "effort-forgotten",
            lambda params: (_lead(params) + params["effort_A"] - params["effort_B"]) / _saved(params),
            Text(
                en="Effort is a cost as well, and it is not the same in A and B.",
                zh="体力和精力也是成本，而且 A 与 B 不一样。",
            ),
        ),
        Trap(
            "gap-upside-down",
            lambda params: _saved(params) / _lead(params),
            Text(
                en="That is hours per unit of money. Turn the fraction over: the answer is money per hour.",
                zh="这是每一元对应的小时数。把分数倒过来：答案是每小时多少钱。",
            ),
        ),
    ),
    hint=Text(
        en="What does A leave before time is paid, what does B leave, and how many hours lie between them?",
        zh="扣除时间成本之前，A 剩多少？B 剩多少？两者相差几小时？",
    ),
    why=lambda params: Text(
        en="Before time is paid, A leaves {lead:g} more than B. B saves {saved:g} hours. {lead:g} / {saved:g} = "
        "{wage:.2f}.",
        zh="扣除时间成本之前，A 比 B 多剩 {lead:g}；B 省 {saved:g} 小时。{lead:g} / {saved:g} = {wage:.2f}。",
    ).format(lead=_lead(params), saved=_saved(params), wage=_lead(params) / _saved(params)),
    concepts=("value.time-cost", "value.delivered"),
)


def _bids(params: Params) -> pd.DataFrame:
    """Two bids with all their lines; time in hours, as a supplier would state it."""
    return _by_bid(params, _FIELDS)


def _delivered(params: Params) -> pd.Series[float]:
    row: pd.Series[float] = delivered_by_wage(_bids(params), [float(params["wage"])]).iloc[0]
    return row


_ONE_EFFORT = Text(
    en="One kind of effort is missing. 体力 and 精力 are two lines: body and mind.",
    zh="少算了一种付出。体力和精力是两行：一行耗身，一行费心。",
)


def _bid_part(bid: str) -> NumberItem:
    """The delivered value of one bid, with the traps of graded item 1."""

    def own(params: Params) -> float:
        return _now(params)[bid]

    def hours(params: Params) -> float:
        return float(params[f"hours_{bid}"])

    return NumberItem(
        ask=Text(en=f"Delivered value of bid {bid}", zh=f"方案 {bid} 的让渡价值"),
        unit=_PER_ORDER,
        solve=lambda params: float(_delivered(params)[bid]),
        traps=(
            Trap(
                "time-in-hours",
                lambda params: own(params) + hours(params) * (params["wage"] - 1),
                Text(
                    en="You subtracted hours from money. What is one of these hours worth?",
                    zh="你直接从钱数里减掉了小时数。这里的一小时值多少钱？",
                ),
            ),
            Trap(
                "time-is-free",
                lambda params: own(params) + hours(params) * params["wage"],
                Text(
                    en="Three costs are in, one is missing. Who waits, and for how long?",
                    zh="三项成本已计入，还差一项。谁在等？等多久？",
                ),
            ),
            Trap(
                "price-only",
                lambda params: (
                    own(params)
                    + hours(params) * params["wage"]
                    + params[f"physical_cost_{bid}"]
                    + params[f"psychic_cost_{bid}"]
                ),
                Text(
                    en="You subtracted the price and nothing else. A customer pays in four ways; name the other three.",
                    zh="你只减了价格。客户以四种方式付出，另外三种是什么？",
                ),
            ),
            Trap(
                "efforts-merged",
                lambda params: own(params) + params[f"psychic_cost_{bid}"],
                _ONE_EFFORT,
            ),
            Trap(
                "efforts-merged",
                lambda params: own(params) + params[f"physical_cost_{bid}"],
                _ONE_EFFORT,
            ),
            Trap(
                "image-twice",
                lambda params: own(params) + params[f"image_value_{bid}"],
                Text(
                    en="One value is counted twice. A good name is a line of its own, not a bonus on the product.",
                    zh="有一项价值算了两次。好名声单列一行，不再加进产品价值。",
                ),
            ),
        ),
        hint=Text(
            en="Bring every line to money, use each line once: four values added, four costs subtracted.",
            zh="每一行都折成钱，而且只用一次：加四项价值，减四项成本。",
        ),
        why=Text(en="{answer:.2f}", zh="{answer:.2f}"),
    )


def _before_time(params: Params, bid: str) -> float:
    """What a bid leaves before time is paid: its four values less price and efforts."""
    lines = [float(params[f"{line}_{bid}"]) for line in _FIELDS]
    return sum(lines[:4]) - sum(lines[4:7])


def _now(params: Params) -> dict[str, float]:
    """What each bid leaves at the buyer's hour."""
    return {bid: float(_before_time(params, bid) - params["wage"] * params[f"hours_{bid}"]) for bid in _BIDS}


def _lead_in_full(params: Params) -> float:
    return _before_time(params, "A") - _before_time(params, "B")


def _blurred(params: Params) -> bool:
    """Whether B never overtakes A, the two are nearly level now, one leaves next to nothing, or a trap is unclear."""
    lead, saved, now = _lead_in_full(params), _saved(params), _now(params)
    if lead < 10 or abs(now["A"] - now["B"]) < 4 or min(now.values()) < 5:
        return True
    return any(
        _unclear(own_bids.parts[name], params, truth) for name, truth in (now | {"flip_wage": lead / saved}).items()
    )


own_bids: PartsItem = PartsItem(
    id="delivered_value-p2",
    ask=Text(
        en="Two bids, your own numbers. The buyer's hour is worth {wage}. Give a dictionary with `A` and `B` "
        '(delivered value), `winner` (`"A"` or `"B"`) and `flip_wage` (the value of an hour at which both '
        "deliver the same).",
        zh='两个方案，用你自己的数字。买方的一小时值 {wage} 元。请给出字典：`A` 和 `B`（让渡价值）、`winner`（`"A"` '
        '或 `"B"`）、`flip_wage`（使两者让渡价值相等的一小时价值）。',
    ),
    choices={
        "wage": (10, 15, 20, 25, 30),
        "product_value_A": (110, 120, 130),
        "service_value_A": (20, 25, 30),
        "personnel_value_A": (15, 20),
        "image_value_A": (12, 18, 24),
        "monetary_cost_A": (60, 65, 70),
        "physical_cost_A": (8, 10, 14),
        "psychic_cost_A": (6, 9, 11),
        "hours_A": (2.5, 3, 4),
        "product_value_B": (115, 125, 135),
        "service_value_B": (35, 40, 45),
        "personnel_value_B": (20, 25),
        "image_value_B": (16, 22, 28),
        "monetary_cost_B": (110, 120, 130),
        "physical_cost_B": (2, 4),
        "psychic_cost_B": (3, 5),
        "hours_B": (0.5, 1, 1.5),
    },
    example={
        "wage": 20,
        "product_value_A": 110,
        "service_value_A": 25,
        "personnel_value_A": 20,
        "image_value_A": 18,
        "monetary_cost_A": 60,
        "physical_cost_A": 8,
        "psychic_cost_A": 11,
        "hours_A": 3,
        "product_value_B": 115,
        "service_value_B": 45,
        "personnel_value_B": 25,
        "image_value_B": 16,
        "monetary_cost_B": 130,
        "physical_cost_B": 2,
        "psychic_cost_B": 3,
        "hours_B": 1,
    },
    reject=_blurred,
    exhibit=_bids,
    parts={
        "A": _bid_part("A"),
        "B": _bid_part("B"),
        "winner": ChoiceItem(
            ask=Text(en="Who delivers more?", zh="哪个方案的让渡价值更大？"),
            options={"A": Text(en="A", zh="A"), "B": Text(en="B", zh="B")},
            solve=lambda params: str(_delivered(params).idxmax()),
            traps=(
                Trap(
                    "not-the-larger",
                    lambda params: str(_delivered(params).idxmin()),
                    Text(
                        en="Put the two delivered values side by side at this buyer's hour, not at yours.",
                        zh="按这位买方（而不是你自己）的时间价值，把两个让渡价值放在一起比。",
                    ),
                ),
            ),
            hint=Text(en="Compare the two delivered values.", zh="比较两个让渡价值。"),
            why=Text(en="{answer}", zh="{answer}"),
        ),
        "flip_wage": NumberItem(
            ask=Text(en="Value of an hour at which both deliver the same", zh="两者让渡价值相等时的一小时价值"),
            unit=_PER_HOUR,
            solve=lambda params: _flip_wage(_bids(params)),
            traps=(
                Trap(
                    "price-only",
                    lambda params: switch_wage(
                        params["monetary_cost_A"], params["hours_A"], params["monetary_cost_B"], params["hours_B"]
                    ),
                    Text(
                        en="You took the price gap alone. Seven lines differ, not one: what does each bid leave "
                        "before time is paid?",
                        zh="你只用了价格差。不同的有七行：扣除时间成本之前，两个方案各剩多少？",
                    ),
                ),
                Trap(
                    "total-hours",
                    lambda params: _lead_in_full(params) / (params["hours_A"] + params["hours_B"]),
                    Text(
                        en="You divided by all the hours. Choosing B saves only some of them: how many?",
                        zh="你除以的是全部小时数。选 B 只省下其中一部分：省了几小时？",
                    ),
                ),
                Trap(
                    "gap-after-time",
                    lambda params: abs(_lead_in_full(params) / _saved(params) - params["wage"]),
                    Text(
                        en="Your gap already contains time at this buyer's hour. Leave time out first, then ask "
                        "which hour closes the gap.",
                        zh="你的差额里已按这位买方的时间价值扣除了时间成本。请先不计时间，再问一小时值多少能补上差额。",
                    ),
                ),
            ),
            hint=Text(
                en="Leave time out, take the gap between the bids, divide by the hours that B saves.",
                zh="先不计时间，求两个方案之差，再除以 B 省下的小时数。",
            ),
            why=Text(en="{answer:.2f}", zh="{answer:.2f}"),
        ),
    },
    why=lambda params: Text(
        en="At {wage} an hour A delivers {A:g} and B {B:g}. Before time A leads by {lead:g}; B saves {saved:g} "
        "hours; the quotient, {flip:.2f}, is the flip wage.",
        zh="一小时值 {wage} 时，A 的让渡价值为 {A:g}，B 为 {B:g}。不计时间，A 领先 {lead:g}；B 省 {saved:g} 小时；两"
        "者之商 {flip:.2f} 就是使排名翻转的时间价值。",
    ).format(
        wage=params["wage"],
        lead=_lead_in_full(params),
        saved=_saved(params),
        flip=_lead_in_full(params) / _saved(params),
        **_now(params),
    ),
    concepts=(
        "value.delivered",
        "value.product",
        "value.service",
        "value.personnel",
        "value.image",
        "value.monetary-cost",
        "value.time-cost",
        "value.physical-cost",
        "value.psychic-cost",
    ),
)


def _for_budget(params: Params) -> dict[str, float]:
    """What each deal adds up to when as many as the budget allows are made."""
    deals = _two_deals(params)
    return dict(deals["delivered_value"] * (params["budget"] // deals["total_cost"]))


budget = ChoiceItem(
    id="delivered_value-p3",
    ask=Text(
        en="Now money is short. A salon has {budget} in all, for as many deals of one kind as it can pay. A large "
        "deal is worth {large_value} and costs {large_cost}; a small one is worth {small_value} and costs "
        "{small_cost}. Which kind?",
        zh="现在资金有限：某店共有 {budget} 元，只做一种交易，做到钱用完为止。大单价值 {large_value}、"
        "成本 {large_cost}；小单价值 {small_value}、成本 {small_cost}。选哪种？",
    ),
    options={"large": Text(en="large deals", zh="大单"), "small": Text(en="small deals", zh="小单")},
    choices={
        "budget": (240, 480),
        "large_value": (120, 130, 140),
        "large_cost": (80,),
        "small_value": (54, 57),
        "small_cost": (30,),
    },
    example={"budget": 240, "large_value": 120, "large_cost": 80, "small_value": 54, "small_cost": 30},
    solve=lambda params: max((total, deal) for deal, total in _for_budget(params).items())[1],
    traps=(
        Trap(
            "one-deal-only",
            lambda params: str(_two_deals(params)["delivered_value"].idxmax()),
            Text(
                en="One deal of that kind leaves more, true. How many of each does the budget buy?",
                zh="只做一笔，这种确实剩得多。但预算够做几笔？两种都算一算。",
            ),
        ),
    ),
    hint=Text(en="Count the deals first, then multiply.", zh="先数能做几笔，再相乘。"),
    why=lambda params: Text(
        en="The budget leaves {large:g} with large and {small:g} with small deals. When money is the bottleneck and "
        "deals repeat, the ratio ranks rightly.",
        zh="做大单共得 {large:g}，做小单共得 {small:g}。资金是瓶颈、交易可重复时，按比率排序才对。",
    ).format(**_for_budget(params)),
    concepts=("value.delivered",),
)


@cache
def _judged(a: float, b: float, c: float) -> pd.DataFrame:
    return pairwise({("product", "service"): a, ("product", "image"): c, ("service", "image"): b})


@cache
def _weighed(a: float, b: float, c: float) -> AHP:
    return ahp(_judged(a, b, c))


def _three(params: Params) -> AHP:
    return _weighed(params["a"], params["b"], params["c"])


def _row_share(params: Params) -> float:
    table = _judged(params["a"], params["b"], params["c"])
    return float(table.loc["product"].sum() / table.to_numpy().sum())


def _ratio(params: Params) -> float:
    return _three(params).consistency_ratio


weight: NumberItem = NumberItem(
    id="delivered_value-p4",
    ask=Text(
        en="Product counts {a} times as much as service, service {b} times as much as image, product {c} times as "
        "much as image. What weight does `ahp` give to product (three decimals)?",
        zh="产品的重要性是服务的 {a} 倍，服务是形象的 {b} 倍，产品是形象的 {c} 倍。`ahp` 给产品的权重是多少（三位小"
        "数）？",
    ),
    unit=Text(en="a share of 1", zh="份额，总和为 1"),
    decimals=3,
    abs_tol=0.002,
    choices={"a": (2, 3, 4), "b": (2, 3), "c": (2, 3, 4, 5, 8, 9)},
    example={"a": 3, "b": 3, "c": 4},
    reject=lambda params: not 0.01 < _ratio(params) < 0.5 or _unclear(weight, params),
    solve=lambda params: float(_three(params).weights["product"]),
    traps=(
        Trap(
            "row-sums",
            _row_share,
            Text(
                en="You took the share of the row sum. That lets one loud judgement shout; `ahp` weighs each "
                "judgement by whom it is about.",
                zh="你用的是行和的占比。那样，一个夸张的判断就会压倒一切；`ahp` 会按比较对象的权重来衡量每个判断。",
            ),
        ),
        Trap(
            "first-pair-only",
            lambda params: params["a"] / (params["a"] + 1),
            Text(
                en="You used the first comparison only. There are three criteria and three comparisons.",
                zh="你只用了第一个比较。这里有三个准则、三个比较。",
            ),
        ),
    ),
    hint=Text(
        en="In a new cell: `ahp([[1, a, c], [1/a, 1, b], [1/c, 1/b, 1]]).weights`, with your numbers.",
        zh="新建一个单元格：`ahp([[1, a, c], [1/a, 1, b], [1/c, 1/b, 1]]).weights`，代入你的数。",
    ),
    why=Text(
        en="The principal eigenvector of the three by three table gives product {answer:.3f}.",
        zh="三阶判断矩阵的主特征向量给出产品的权重 {answer:.3f}。",
    ),
    concepts=("value.delivered",),
)

consistency: NumberItem = NumberItem(
    id="delivered_value-p5",
    ask=Text(
        en="Product counts {a} times as much as service, service {b} times as much as image, product {c} times as "
        "much as image. What is the consistency ratio (three decimals)?",
        zh="产品的重要性是服务的 {a} 倍，服务是形象的 {b} 倍，产品是形象的 {c} 倍。一致性比率是多少（三位小数）？",
    ),
    unit=Text(en="a ratio, 0 = no contradiction", zh="比率，0 = 没有矛盾"),
    decimals=3,
    abs_tol=0.002,
    choices={"a": (2, 3, 4), "b": (2, 3), "c": (2, 3, 5, 8, 9)},
    example={"a": 3, "b": 3, "c": 3},
    reject=lambda params: not 0.03 < _ratio(params) < 0.6 or _unclear(consistency, params),
    solve=_ratio,
    traps=(
        Trap(
            "index-not-ratio",
            lambda params: _three(params).consistency_index,
            Text(
                en="That is the consistency index. The ratio divides it by what random answers would give.",
                zh="这是一致性指标。一致性比率还要除以随机判断的平均指标。",
            ),
        ),
        Trap(
            "wrong-random-index",
            lambda params: _three(params).consistency_index / 0.90,
            Text(
                en="Right idea, other table: that random index belongs to four criteria. How many are compared here?",
                zh="思路对，查错了表：那个随机一致性指标是四个准则用的。这里比较了几个？",
            ),
        ),
        Trap(
            "no-division-by-n-1",
            lambda params: 2 * _ratio(params),
            Text(
                en="The excess of the eigenvalue over n is divided by n - 1 first.",
                zh="特征值超出 n 的部分，要先除以 n - 1。",
            ),
        ),
    ),
    hint=Text(
        en="`ahp(...)` gives `.consistency_ratio`; by hand it is the index over the random index for n criteria.",
        zh="`ahp(...)` 的结果里有 `.consistency_ratio`；手算时，用一致性指标除以 n 个准则的随机一致性指标。",
    ),
    why=lambda params: Text(
        en="A consistent salon would say {said:g}, not {c:g}, for product against image; the ratio {ratio:.3f} says "
        "how far off that is. Saaty's limit is 0.10.",
        zh="若前后一致，产品应是形象的 {said:g} 倍，而不是 {c:g} 倍；比率 {ratio:.3f} 说明偏离的程度。Saaty 的界限"
        "是 0.10。",
    ).format(said=params["a"] * params["b"], c=params["c"], ratio=_ratio(params)),
    concepts=("value.delivered",),
)


def _paid(params: Params) -> float:
    return float(params["listed"] - params["discount"])


def _evc(params: Params) -> float:
    return economic_value(params["reference"], [params["water"], params["time"], -params["drawback"]])


value_left: NumberItem = NumberItem(
    id="delivered_value-p6",
    ask=Text(
        en="A salon's best alternative costs {reference}. Lanwan's dispenser saves it {water} of product and {time} "
        "of time, but needs {drawback} of extra cleaning. Lanwan lists it at {listed} and takes off {discount}. How "
        "much value is left to the salon?",
        zh="某店的最佳替代方案要 {reference} 元。蓝湾的挂墙分液器能省料 {water} 元，省时折合 {time} 元，"
        "但要多花 {drawback} 元做清洁。蓝湾标价 {listed} 元，再优惠 {discount} 元。留给这家店的价值是多少？",
    ),
    unit=_PER_ORDER,
    choices={
        "reference": (80, 90, 100, 120),
        "water": (14, 16, 18),
        "time": (11, 12, 13),
        "drawback": (3, 4),
        "listed": (95, 105, 115, 135),
        "discount": (5, 6, 8),
    },
    example={"reference": 100, "water": 16, "time": 12, "drawback": 4, "listed": 115, "discount": 5},
    reject=lambda params: params["listed"] - params["reference"] != 15 or _unclear(value_left, params),
    solve=lambda params: _evc(params) - _paid(params),
    traps=(
        Trap(
            "discount-added",
            lambda params: _evc(params) + params["discount"] - _paid(params),
            Text(
                en="The discount is in twice. Value is created before the discount is given; it only changes the "
                "price.",
                zh="优惠算了两次。价值在打折之前就已产生；优惠只改变价格。",
            ),
        ),
        Trap(
            "drawback-forgotten",
            lambda params: _evc(params) + params["drawback"] - _paid(params),
            Text(
                en="You added what is better and left out what is worse than the alternative.",
                zh="你加上了比替代方案好的地方，漏了不如它的地方。",
            ),
        ),
        Trap(
            "drawback-added",
            lambda params: _evc(params) + 2 * params["drawback"] - _paid(params),
            Text(
                en="Extra cleaning is a difference too. In which direction?",
                zh="多做清洁也是一种差异。它朝哪个方向？",
            ),
        ),
        Trap(
            "list-price",
            lambda params: _evc(params) - params["listed"],
            Text(
                en="Nobody pays the list price here. What does the salon pay?",
                zh="这里没人付标价。店里实际付多少？",
            ),
        ),
        Trap(
            "premium-for-value-left",
            lambda params: _paid(params) - params["reference"],
            Text(
                en="That is the premium it pays over the alternative. What does it get for it, and what remains?",
                zh="这是它比替代方案多付的钱（溢价）。它换来了什么？还剩多少？",
            ),
        ),
    ),
    hint=Text(
        en="Start from the alternative's price, add and subtract what differs, then take off what the salon pays.",
        zh="从替代方案的价格出发，加减各项差异，再减去店里实际支付的钱。",
    ),
    why=lambda params: Text(
        en="Worth to the salon: {reference} + {water} + {time} - {drawback} = {worth:g}. It pays {listed} - "
        "{discount} = {paid:g}. {left:g} is left.",
        zh="对该店的价值：{reference} + {water} + {time} - {drawback} = {worth:g}。它支付 {listed} - {discount} = "
        "{paid:g}，剩下 {left:g}。",
    ).format(**params, worth=_evc(params), paid=_paid(params), left=_evc(params) - _paid(params)),
    concepts=("value.for-customer-product", "value.seller-material"),
)

service_point: NumberItem = NumberItem(
    id="delivered_value-p7",
    ask=Text(
        en="A choice model gives one point of service the coefficient {service} and one unit of price {price}. What "
        "is a point of service worth in money?",
        zh="选择模型给出：服务每 1 分的系数是 {service}，价格每 1 元的系数是 {price}。服务每 1 分值多少钱？",
    ),
    unit=_PER_POINT,
    decimals=3,
    abs_tol=0.002,
    choices={"service": (0.018, 0.024, 0.03, 0.036), "price": (-0.08, -0.09, -0.12)},
    example={"service": 0.024, "price": -0.08},
    solve=lambda params: params["service"] / -params["price"],
    traps=(
        Trap(
            "raw-coefficient",
            lambda params: params["service"],
            Text(
                en="That is utility, and nobody pays in utility. Which coefficient says what a unit of money is worth?",
                zh="这是效用，而没有人用效用付账。哪个系数说明一元钱值多少效用？",
            ),
        ),
        Trap(
            "ratio-upside-down",
            lambda params: -params["price"] / params["service"],
            Text(
                en="That is points per unit of money. The question asks for money per point.",
                zh="这是每一元对应多少分。题目问的是每一分值多少钱。",
            ),
        ),
        Trap(
            "sign",
            lambda params: params["service"] / params["price"],
            Text(
                en="Would a salon pay to have less service? The price coefficient is negative because money is "
                "given away.",
                zh="谁会花钱买更少的服务？价格系数为负，是因为钱是付出去的。",
            ),
        ),
    ),
    hint=Text(
        en="Divide by the price coefficient, with its sign turned, to leave utility units.",
        zh="除以变号后的价格系数，就从效用换算成了钱。",
    ),
    why=Text(
        en="{service} / {price:.2f} with the sign turned gives {answer:.3f} per point.",
        zh="{service} 除以 {price:.2f} 的相反数，得每分值 {answer:.3f} 元。",
    ),
    concepts=("value.service",),
)


def _split(params: Params, percent: float) -> float:
    return float(split_price(params["value"], params["cost"], percent / 100))


shared_price: NumberItem = NumberItem(
    id="delivered_value-p8",
    ask=Text(
        en="An order is worth {value} to a salon and costs Lanwan {cost}. Which price leaves the salon {percent}% "
        "of the value created?",
        zh="一单对某店值 {value} 元，蓝湾的成本是 {cost} 元。什么价格能把所创造价值的 {percent}% 留给该店？",
    ),
    unit=_PER_ORDER,
    choices={"value": (110, 120, 130), "cost": (50, 60, 70), "percent": (20, 25, 40, 60, 75)},
    example={"value": 110, "cost": 50, "percent": 25},
    reject=lambda params: _unclear(shared_price, params),
    solve=lambda params: _split(params, params["percent"]),
    traps=(
        Trap(
            "share-of-all-value",
            lambda params: _share_of_everything(params),
            Text(
                en="You split the whole value. The cost is spent anyway; only what lies above it can be shared.",
                zh="你把全部价值拿来分了。成本反正要花掉；能分的只是超出成本的部分。",
            ),
        ),
        Trap(
            "shares-swapped",
            lambda params: _other_share(params),
            Text(
                en="That price leaves the salon the other share. Who gets what is below the price, and what is "
                "above it?",
                zh="这个价格留给店里的是另一份。价格以下归谁？价格以上归谁？",
            ),
        ),
        Trap(
            "cost-forgotten",
            lambda params: _gain_only(params),
            Text(
                en="That is the firm's part of the gain. A price also has to pay the cost.",
                zh="这只是企业分得的那一份。价格还要补回成本。",
            ),
        ),
    ),
    hint=Text(
        en="How much is created, and how much of it does the firm keep above its cost?",
        zh="一共创造了多少价值？企业在成本之上留下多少？",
    ),
    why=lambda params: Text(
        en="Created: {value} - {cost} = {created:g}. The firm keeps {kept:g}% of it on top of the cost: {price:.2f}.",
        zh="创造的价值：{value} - {cost} = {created:g}。企业在成本之上留下其中的 {kept:g}%，价格为 {price:.2f}。",
    ).format(
        **params,
        created=params["value"] - params["cost"],
        kept=100 - params["percent"],
        price=_split(params, params["percent"]),
    ),
    concepts=("value.maximise-delivered",),
)


def _share_of_everything(params: Params) -> float:
    return float(params["value"] * (1 - params["percent"] / 100))


def _other_share(params: Params) -> float:
    return _split(params, 100 - params["percent"])


def _gain_only(params: Params) -> float:
    return _split(params, params["percent"]) - float(params["cost"])


def _most_delivered(params: Params) -> float:
    created = params["value"] - params["cost"]
    return float(params["value"] - split_price(params["value"], params["cost"], 1 - params["keep"] / created))


kept_profit: NumberItem = NumberItem(
    id="delivered_value-p9",
    ask=Text(
        en="An order is worth {value} to a salon before the price, and costs Lanwan {cost}. Lanwan must keep at "
        "least {keep} per order. What is the largest delivered value it can offer?",
        zh="一单在付款前对某店值 {value} 元，蓝湾的成本是 {cost} 元，每单至少要留下 {keep} 元。"
        "它能给出的最大让渡价值是多少？",
    ),
    unit=_PER_ORDER,
    choices={"value": (110, 120, 130), "cost": (50, 55, 60), "keep": (12, 15, 18)},
    example={"value": 120, "cost": 50, "keep": 15},
    reject=lambda params: _unclear(kept_profit, params),
    solve=_most_delivered,
    traps=(
        Trap(
            "no-profit-constraint",
            lambda params: params["value"] - split_price(params["value"], params["cost"], 1.0),
            Text(
                en="At that price Lanwan keeps nothing. Set the lowest price it may ask first.",
                zh="按这个价格，蓝湾一分钱也留不下。先定出它能要的最低价。",
            ),
        ),
        Trap(
            "price-reported",
            lambda params: params["cost"] + params["keep"],
            Text(
                en="That is the lowest price. What does the customer keep after paying it?",
                zh="这是最低价。客户付完之后还剩多少？",
            ),
        ),
        Trap(
            "cost-ignored",
            lambda params: params["value"] - params["keep"],
            Text(en="The price pays the cost first and the profit second.", zh="价格先要补回成本，然后才有利润。"),
        ),
    ),
    hint=Text(
        en="Lowest allowed price first, then value minus that price.",
        zh="先求允许的最低价，再用价值减去它。",
    ),
    why=Text(
        en="The lowest price is {cost} + {keep}; of {value} the salon keeps {answer:g}. Under a profit constraint, "
        "the slogan has an answer that a firm can live on.",
        zh="最低价为 {cost} + {keep}；在 {value} 中，该店留下 {answer:g}。有了利润约束，这个口号才是企业活得下去的目"
        "标。",
    ),
    concepts=("value.maximise-delivered",),
)

_COST_KINDS = {
    "monetary": Text(en="monetary cost", zh="货币成本"),
    "time": Text(en="time cost", zh="时间成本"),
    "physical": Text(en="physical cost", zh="体力成本"),
    "psychic": Text(en="psychic cost", zh="精力成本"),
}

sort_costs = MappingItem(
    id="delivered_value-p10",
    ask=Text(
        en='Which cost is each remark about? Use `"monetary"`, `"time"`, `"physical"` or `"psychic"`.',
        zh='每句话说的是哪种成本？用 `"monetary"`（货币）、`"time"`（时间）、`"physical"`（体力）或 '
        '`"psychic"`（精力）作答。',
    ),
    keys={
        "fee": Text(en="A disposal fee for empty canisters", zh="空桶处理费"),
        "waiting": Text(en="Forty minutes waiting for the van", zh="等送货车四十分钟"),
        "stairs": Text(en="Six canisters up the stairs", zh="把六桶药水扛上楼"),
        "deadlines": Text(en="Three order deadlines to keep in mind", zh="心里得记着三个订货截止日"),
        "worry": Text(en="The fear that a new colour turns green", zh="担心新染膏染出绿头发"),
        "bending": Text(en="Kneeling to refill the dispenser", zh="蹲在地上给分液器加液"),
    },
    labels=_COST_KINDS,
    solve=always(
        {
            "fee": "monetary",
            "waiting": "time",
            "stairs": "physical",
            "deadlines": "psychic",
            "worry": "psychic",
            "bending": "physical",
        }
    ),
    traps=(
        Trap(
            "one-energy",
            always({"worry": "physical"}),
            Text(
                en="A worry lifts nothing. A dictionary calls 体力 and 精力 both energy; which of the two does "
                "worrying use up?",
                zh="担心的时候，身子并没有动。体力和精力都可以译成 energy；担心耗掉的是哪一种？",
            ),
        ),
        Trap(
            "body-as-mind",
            always({"stairs": "psychic"}),
            Text(en="Canisters are heavy for the arms, not for the mind.", zh="扛药水桶，累的是胳膊，不是心。"),
        ),
        Trap(
            "mind-as-time",
            always({"deadlines": "time"}),
            Text(
                en="Deadlines are dates, but a salon pays for them in attention. No clock runs while she remembers.",
                zh="截止日是日期，但店里付出的是心神：把它记在心里，并不占用工作的钟点。",
            ),
        ),
        Trap(
            "waiting-as-mind",
            always({"waiting": "psychic"}),
            Text(
                en="Waiting may annoy, but what does the remark measure?",
                zh="等待也许烦人，但这句话里量的是什么？",
            ),
        ),
    ),
    hint=Text(
        en="Ask what is used up: money, minutes, muscles or peace of mind.",
        zh="问一问耗掉的是什么：钱、工夫、力气，还是心神？",
    ),
    why=Text(
        en="Fees are money, waiting is time, carrying and kneeling are physical, deadlines and worries are psychic.",
        zh="费用是货币成本，等待是时间成本，搬扛和下蹲是体力成本，记挂和担心是精力成本。",
    ),
    concepts=("value.monetary-cost", "value.time-cost", "value.physical-cost", "value.psychic-cost"),
)

sort_directions = MappingItem(
    id="delivered_value-p11",
    ask=Text(
        en='Who gets the value? Use `"firm"`, `"customer"` or `"together"`.',
        zh='价值归谁？用 `"firm"`（企业）、`"customer"`（客户）或 `"together"`（共同创造）作答。',
    ),
    keys={
        "latent": Text(en="Refills that a salon still buys elsewhere", zh="某店至今还在别家买的补充装"),
        "praise": Text(en="A famous stylist recommends Lanwan at a fair", zh="知名发型师在展会上推荐蓝湾"),
        "idea": Text(
            en="A salon's nozzle idea, which Lanwan may use freely",
            zh="某店想出的喷嘴改进，蓝湾可以无偿使用",
        ),
        "fragrance": Text(en="A shampoo that clients like to smell", zh="顾客喜欢闻的洗发水香味"),
        "driver": Text(en="A driver who never grumbles", zh="从不抱怨的送货司机"),
        "know_how": Text(en="Lanwan's bookkeeping tips for salons", zh="蓝湾传授给店里的记账诀窍"),
        "lab": Text(en="A colour lab that both pay for and both use", zh="双方共同出资、共同使用的染色实验室"),
        "training": Text(en="Joint training evenings, takings shared", zh="合办晚间培训，收入分享"),
    },
    labels={
        "firm": Text(en="for the firm", zh="为企业"),
        "customer": Text(en="for the customer", zh="为客户"),
        "together": Text(en="made together", zh="共同创造"),
    },
    solve=always(
        {
            "latent": "firm",
            "praise": "firm",
            "idea": "firm",
            "fragrance": "customer",
            "driver": "customer",
            "know_how": "customer",
            "lab": "together",
            "training": "together",
        }
    ),
    traps=(
        Trap(
            "customer-value-is-one-thing",
            always({"latent": "customer"}),
            Text(
                en='"Customer value" has more than one direction. Whose accounts would grow if these orders came?',
                zh="“客户价值”不止一个方向。如果这些订单来了，谁的账上会多出钱来？",
            ),
        ),
        Trap(
            "every-gift-is-joint",
            always({"idea": "together"}),
            Text(
                en="Both sides are involved, but who gives and who receives? Made together means that both invest "
                "and both gain.",
                zh="双方都参与了，但谁给、谁得？共同创造是双方都投入、双方都受益。",
            ),
        ),
        Trap(
            "know-how-stays",
            always({"know_how": "firm"}),
            Text(en="Lanwan owns the know-how. Who saves money with it?", zh="诀窍归蓝湾所有。谁用它省了钱？"),
        ),
        Trap(
            "joint-as-gift",
            always({"lab": "customer"}),
            Text(en="Look at who pays and who uses it.", zh="看看谁出资、谁使用。"),
        ),
    ),
    hint=Text(
        en="Ask who ends up better off: Lanwan, the salon, or both because both put something in.",
        zh="问一问最后谁受益：是蓝湾，是店里，还是双方都投入、双方都受益？",
    ),
    why=Text(
        en="Demand, advocacy and resources are value for the firm. Product forms, staff and the firm's resources "
        "are value for the customer. Lab and training are made together.",
        zh="客户的需求、宣传和资源是为企业创造的价值；产品形式、员工和企业资源是为客户创造的价值；实验室和培训是共同创造的价值。",
    ),
    concepts=(
        "value.for-firm-demand",
        "value.for-firm-advocacy",
        "value.for-firm-resource",
        "value.for-customer-product",
        "value.for-customer-staff",
        "value.for-customer-firm-resource",
        "value.relationship-co-created",
    ),
)

product_form = ChoiceItem(
    id="delivered_value-p12",
    ask=Text(
        en="Stylists mix their own shade in Lanwan's app, and like it better because they made it. Which form of "
        "product value is that?",
        zh="发型师在蓝湾的应用里自己调色，因为是自己调的，所以更喜欢。这是哪种产品价值？",
    ),
    options={
        "functional": Text(en="functional", zh="功能"),
        "sensory": Text(en="sensory", zh="感觉"),
        "participatory": Text(en="participatory", zh="参与"),
    },
    solve=always("participatory"),
    traps=(
        Trap(
            "colour-is-seen",
            always("sensory"),
            Text(
                en="A colour is seen, true. But why do they like this one better?",
                zh="颜色当然是看的。但他们为什么更喜欢这一种？",
            ),
        ),
        Trap(
            "app-is-a-tool",
            always("functional"),
            Text(
                en="The app works, but another shade would work as well. What makes this one dearer to them?",
                zh="应用确实好用，但换一种颜色也一样好用。为什么偏爱这一种？",
            ),
        ),
    ),
    hint=Text(
        en="Does the liking come from working, from feeling, or from taking part?",
        zh="这份喜欢来自好用、感受，还是参与？",
    ),
    why=Text(
        en="Taking part creates it. The notes list it as a product value; later writers would call it made together.",
        zh="这份价值来自参与。课程笔记把它列为产品价值；后来的学者会说它是共同创造的。",
    ),
    concepts=("value.for-customer-product", "value.relationship-co-created"),
)

untold_price = TextItem(
    id="delivered_value-p13",
    ask=Text(
        en="Allow, change or refuse the proposal? Name who is worse off, the rule you apply, and what you would "
        "tell the manager if she asked.",
        zh="同意、修改还是否决这个提议？写明谁受损、依据什么规则，以及经理若问起，你会怎么说。",
    ),
    min_words=40,
    rubric=Text(
        en="Decision stated; affected person named; a rule (law, fairness, the firm's own interest) applied to the "
        "facts; a sentence one could say to the manager's face.",
        zh="有明确决定；指出受影响的人；把一条规则（法律、公平或企业自身利益）用到事实上；有一句能当面对经理说的话。",
    ),
    solve=always(""),
    hint=Text(en="Decide first, then name person, rule and sentence.", zh="先作决定，再写人、规则和那句话。"),
    why=Text(
        en="A faster service at a higher price, offered openly to all, is a menu. The same price difference, hidden "
        "and tied to a person's data, is what article 24 is about.",
        zh="服务更快、价格更高，并向所有人公开，这是明码标价；同样的差价，若暗中与个人数据挂钩，就是第 24 条要管的事。",
    ),
    concepts=("value.time-cost", "value.maximise-delivered"),
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
    faded_flip_wage,
    own_bids,
    budget,
    weight,
    consistency,
    value_left,
    service_point,
    shared_price,
    kept_profit,
    sort_costs,
    sort_directions,
    product_form,
    untold_price,
)
