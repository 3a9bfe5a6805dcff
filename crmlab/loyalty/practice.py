"""Predictions and practice of chapter 04; every answer is computed by the chapter's model.

Predictions (``-q``) stand before a run, practice (``-p``) trains the ideas of the graded set with other numbers and
other salons. ``items.py`` joins them to the graded items. A trap that leads to the right answer for a student stays
silent: :data:`SILENT` for a number, ``None`` for a label.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
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
    too_close,
    unless_close,
    whole_percent,
    with_listing,
)
from crmlab.loyalty import simulate
from crmlab.loyalty.model import (
    MARKET,
    TERMS,
    ColomboMorrison,
    Shock,
    allocate,
    buy,
    choice_probabilities,
    colombo_morrison,
    dick_basu,
    elasticity,
    loyalty_variable,
    relative_attitude,
    repeat_rate,
    satisfaction_to_loyalty,
    scenes,
    share_of_requirements,
    stress,
    weights_of,
)

Labels = dict[str, str | None]  # of a mapping; None where a wrong model has nothing to say

_YUAN = Text(en="yuan", zh="元")
_DECIMALS = Text(en="decimals, not percent", zh="小数，不用百分数")
_SEE_WHOLE = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

_TYPES: Mapping[str, Text] = {
    "impulse": Text(en="impulse", zh="冲动型"),
    "affective": Text(en="affective", zh="情感型"),
    "cognitive": Text(en="cognitive", zh="认知型"),
    "behavioural": Text(en="behavioural", zh="行为型"),
}


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="loyalty-w1",
    ask=Text(
        en="*From chapter 01.* Two colleagues code 100 notes, each as yes or no. They agree on 70. By chance alone "
        "they would agree on 50. How good is their agreement, as Cohen's kappa?",
        zh="*出自第 01 章。* 两位同事给 100 条记录编码，每条编为“是”或“否”，有 70 条一致。仅凭偶然也会有 50 条一致。"
        "用 Kappa 系数衡量，一致程度是多少？",
    ),
    options={
        "0.7": Text(en="0.70: they agree on 70 of 100", zh="0.70：100 条中有 70 条一致"),
        "0.4": Text(en="0.40: 20 of the 50 that chance leaves open", zh="0.40：偶然之外的 50 条中占 20 条"),
        "0.2": Text(en="0.20: 70 less 50", zh="0.20：70 减去 50"),
    },
    solve=always("0.4"),
    traps=(
        Trap(
            "agreement-as-kappa",
            always("0.7"),
            Text(
                en="Reminder: two people who toss coins agree, too. What does kappa take away first?",
                zh="提示：两个人各抛硬币，也会有一致的时候。Kappa 系数先扣除什么？",
            ),
        ),
        Trap(
            "kappa-without-scaling",
            always("0.2"),
            Text(
                en="Reminder: the gain over chance is compared with the most that could be gained. How much is that?",
                zh="提示：超出偶然的部分，要与最多能超出的相比。最多能超出多少？",
            ),
        ),
    ),
    hint=Text(
        en="Agreement beyond chance, over all that lies beyond chance.", zh="超出偶然的一致，除以偶然之外的全部。"
    ),
    why=Text(
        en="(0.70 - 0.50) / (1 - 0.50) = 0.40. In this chapter you name types of loyalty; kappa says how much better "
        "than guessing you are.",
        zh="(0.70 - 0.50) / (1 - 0.50) = 0.40。本章要判断忠诚类型；Kappa 系数说明你比瞎猜强多少。",
    ),
)

warm_2 = ChoiceItem(
    id="loyalty-w2",
    ask=Text(
        en="*From chapter 02.* RFM codes a customer by her last order, the number of her orders and her spending. What "
        "does it measure?",
        zh="*出自第 02 章。* RFM 按最近一次购买、购买频率和购买金额给客户编码。它衡量的是什么？",
    ),
    options={
        "liking": Text(en="how much she likes us", zh="她有多喜欢我们"),
        "behaviour": Text(en="how she has behaved", zh="她过去的行为"),
        "profit": Text(en="how much we earn with her", zh="我们在她身上赚多少"),
    },
    solve=always("behaviour"),
    traps=(
        Trap(
            "orders-as-attitude",
            always("liking"),
            Text(
                en="Reminder: which of the three scores asks her anything?",
                zh="提示：三个得分里，哪一个问过她的感受？",
            ),
        ),
        Trap(
            "money-as-profit",
            always("profit"),
            Text(
                en="Reminder: spending is revenue. Which costs does an order list not show?",
                zh="提示：购买金额是收入。哪些成本在订单清单上看不到？",
            ),
        ),
    ),
    hint=Text(en="Think of what an order list contains.", zh="想一想订单清单里有什么。"),
    why=Text(
        en="Three facts about behaviour, none about feeling or cost. This chapter adds the feeling.",
        zh="三项都是行为，没有感受，也没有成本。本章补上感受。",
    ),
)

warm_3 = ChoiceItem(
    id="loyalty-w3",
    ask=Text(
        en="*From chapter 02.* A visit to the A class brings 5,000 on average, a visit to the C class 800. You have "
        "one visit more. Where does it go?",
        zh="*出自第 02 章。* 拜访 A 类客户平均每次带来 5,000 元，C 类 800 元。现在可以多拜访一次，去哪一类？",
    ),
    options={
        "A": Text(en="to the A class: its average is higher", zh="A 类：平均更高"),
        "next": Text(
            en="where the next visit brings most; averages do not say",
            zh="去下一次拜访带来最多的一类；看平均数看不出来",
        ),
        "C": Text(en="to the C class: A has enough", zh="C 类：A 类已经够了"),
    },
    solve=always("next"),
    traps=(
        Trap(
            "average-as-margin",
            always("A"),
            Text(
                en="Reminder: the average looks back at all visits. What has the last one to A brought?",
                zh="提示：平均数回顾的是全部拜访。最近一次拜访 A 类带来了多少？",
            ),
        ),
        Trap(
            "fair-shares",
            always("C"),
            Text(
                en="Reminder: it may be so. From which number would you know?",
                zh="提示：也许如此。可是看哪个数才能知道？",
            ),
        ),
    ),
    hint=Text(en="One more visit: what changes?", zh="再多拜访一次，会改变什么？"),
    why=Text(
        en="The first visits bring most, later ones less. Share out so that the next one is worth the same everywhere.",
        zh="头几次拜访带来的多，以后越来越少。分配要做到：下一次无论去哪里，带来的都一样多。",
    ),
)


# --- predictions: pick, commit, run ----------------------------------------------------------------------------------

_CROWD, _YEAR = 1000, 26  # salons behind a repeat rate, fortnights


@cache
def _repeats(kind: str) -> float:
    """The share of a year's orders that repeat the last brand, in a crowd of one type before the usual shelves."""
    draw = np.random.default_rng(0)
    scene = scenes(draw, _CROWD, _YEAR)
    gumbel = draw.gumbel(size=scene.price.shape)
    liking = MARKET.attitude_sd * draw.standard_normal((_CROWD, MARKET.brands))
    bought, _ = buy(np.broadcast_to(weights_of(kind), (_CROWD, len(TERMS))), liking, scene, gumbel)
    return float((bought[:, 1:] == bought[:, :-1]).mean())


def _who_repeats() -> str:
    loving, habitual = _repeats("affective"), _repeats("behavioural")
    if max(loving, habitual) < 1 / MARKET.brands + 0.05:
        return "chance"
    if abs(loving - habitual) <= 0.1:
        return "alike"
    return "loving" if loving > habitual else "habitual"


predict_1 = ChoiceItem(
    id="loyalty-q1",
    ask=Text(
        en="Two salons choose among four brands every fortnight. One decides by liking, the other by habit. Over a "
        "year, which one buys more often what she bought last time?",
        zh="两家店每两周在四个品牌中选一个。一家凭喜爱决定，另一家凭习惯决定。一年下来，哪一家更常买与上次相同的品牌？",
    ),
    options={
        "loving": Text(en="the loving one, by far", zh="凭喜爱的那家，高出许多"),
        "habitual": Text(en="the one with the habit, about twice as often", zh="凭习惯的那家，约为两倍"),
        "alike": Text(en="about the same, within ten points of percent", zh="差不多，相差不到十个百分点"),
        "chance": Text(en="neither repeats more than by chance (25%)", zh="两家都不比碰运气（25%）高"),
    },
    solve=lambda params: _who_repeats(),
    traps=(
        Trap(
            "love-is-stronger",
            always("loving"),
            Text(
                en="You took the feeling for the stronger tie. Habit, too, puts one brand ahead on each order. What "
                "can a repeat rate see of the reason?",
                zh="你认为感情的纽带更牢。习惯同样让某个品牌每次都占先。重复购买率看得出原因吗？",
            ),
        ),
        Trap(
            "habit-is-repeating",
            always("habitual"),
            Text(
                en="You took habit for another word for repeating. Is it the only thing that brings a salon back to "
                "the same brand?",
                zh="你把习惯当成了重复购买的同义词。让一家店回到同一品牌的，只有习惯吗？",
            ),
        ),
        Trap(
            "four-brands-a-quarter",
            always("chance"),
            Text(
                en="That is the rate of a salon that draws lots. Does either of these two treat the brands as equal?",
                zh="这是一家抽签决定的店的重复购买率。这两家店会把各品牌一视同仁吗？",
            ),
        ),
    ),
    hint=Text(
        en="What makes each of them come back? And would the invoices show a difference?",
        zh="让她们各自回头的是什么？从发票上看得出区别吗？",
    ),
    why=lambda params: Text(
        en="In our simulation the loving salon repeats {loving} of its orders, the one with the habit {habitual}. A "
        "repeat rate measures behaviour; it cannot separate the causes.",
        zh="在模拟中，凭喜爱的店，重复购买率为 {loving}；凭习惯的店，为 {habitual}。"
        "重复购买率衡量的是行为，分不出原因。",
    ).format(loving=whole_percent(_repeats("affective")), habitual=whole_percent(_repeats("behavioural"))),
    concepts=("loyalty.four-degrees", "loyalty.measure-repeat"),
)

_EVENTS: Mapping[Shock, Text] = {
    "promotion": Text(en="all rivals are on promotion", zh="所有对手都在促销"),
    "facts": Text(en="all rivals come out with better test results", zh="所有对手都公布了更好的检测结果"),
    "scandal": Text(en="a scandal of her brand", zh="她常买的品牌出了丑闻"),
    "stock_out": Text(
        en="her brand is out of stock three times, and she buys another", zh="她常买的品牌断货三次，只好买别的"
    ),
}

predict_2 = ChoiceItem(
    id="loyalty-q2",
    ask=Text(
        en="A salon buys out of habit: behavioural loyalty. Four events, each alone. After which one is she least "
        "likely to stay with her brand?",
        zh="一家店凭习惯购买，属于行为型忠诚。下面四件事各自单独发生。发生哪一件之后，她最不可能留在原品牌？",
    ),
    options={str(event): words for event, words in _EVENTS.items()},
    solve=lambda params: str(min(_EVENTS, key=lambda event: stress("behavioural", event))),
    traps=(
        Trap(
            "everybody-follows-the-price",
            always("promotion"),
            Text(
                en="A discount wins those who look at the price on each order. Does she look?",
                zh="折扣能吸引每次都看价格的人。她看吗？",
            ),
        ),
        Trap(
            "facts-decide",
            always("facts"),
            Text(
                en="Facts have to be read before they work. What does she do before she orders?",
                zh="资料要读了才起作用。她订货之前会做什么？",
            ),
        ),
        Trap(
            "feelings-hold-her",
            always("scandal"),
            Text(
                en="A scandal hurts liking. Is liking what brings her back?",
                zh="丑闻伤害的是喜爱。让她回来的是喜爱吗？",
            ),
        ),
    ),
    hint=Text(
        en="Her tie is made of past purchases. Which event changes these?",
        zh="维系她的是过去的购买。哪一件事会改变它？",
    ),
    why=lambda params: Text(
        en="Before the event {before} would stay; after three stock-outs {after}. Each forced purchase builds the "
        "habit of another brand. The other three events cost far less.",
        zh="事发之前有 {before} 会留下；断货三次之后只有 {after}。每一次被迫的购买，都在养成买另一个品牌的习惯。"
        "另外三件事的损失小得多。",
    ).format(before=whole_percent(stress("behavioural")), after=whole_percent(stress("behavioural", "stock_out"))),
    concepts=("loyalty.behavioural",),
)

_SHORT, _LONG, _NEVER_FADES, _SOME_STOCK_OUTS = 20, 120, 1.0, 0.08


@cache
def _right_diagnoses(occasions: int) -> float:
    """The share of right diagnoses when news never fades, after so many orders."""
    grid = load("loyalty_watching")
    here = grid[
        grid["yardstick"].eq("watched")
        & grid["persistence"].eq(_NEVER_FADES)
        & grid["stock_out"].eq(_SOME_STOCK_OUTS)
        & grid["occasions"].eq(occasions)
    ]
    return float(here.loc[here["type"] == here["diagnosed"], "customers"].sum() / here["customers"].sum())


def _after_long_watch() -> str:
    share = _right_diagnoses(_LONG)
    return "rises" if share > 0.9 else "falls" if share < 0.35 else "stuck"


predict_3 = ChoiceItem(
    id="loyalty-q3",
    ask=Text(
        en="Suppose news on quality never fades: the brand that is ahead stays ahead for months. You diagnose four "
        "types from their orders, and watch 120 orders per salon instead of 20. What share of the diagnoses is right "
        "then?",
        zh="假设质量信息永不消退：领先的品牌会领先好几个月。你根据订货诊断四种类型，每家店观察 120 次，而不是 20 次。"
        "这时有多少诊断是对的？",
    ),
    options={
        "rises": Text(en="it rises above 90%", zh="升到 90% 以上"),
        "stuck": Text(en="it gets stuck at about 70%", zh="停在 70% 左右"),
        "falls": Text(en="it falls to 25%, pure chance", zh="降到 25%，等于碰运气"),
    },
    solve=lambda params: _after_long_watch(),
    traps=(
        Trap(
            "more-rows-always-help",
            always("rises"),
            Text(
                en="You counted rows. What does each further order do to the spread of news that wanders?",
                zh="你数的是行数。信息一直在漂移：每多一次订货，它的变动幅度会怎样？",
            ),
        ),
        Trap(
            "nothing-can-be-seen",
            always("falls"),
            Text(
                en="Only the news wanders off. Prices, promotions and stocks move as before: whom do they give away?",
                zh="漂走的只有质量信息。价格、促销和有货与否，都和以前一样变化：它们会让谁露出真面目？",
            ),
        ),
    ),
    hint=Text(
        en="Importance is weight times spread. What does the spread of such news do, order by order?",
        zh="重要度等于权重乘变动幅度。这样的信息，变动幅度会随订货次数怎样变化？",
    ),
    why=lambda params: Text(
        en="After 20 orders {short} of the diagnoses are right, after 120 orders {long}. News that never fades drifts "
        "ever further. So even a small weight on it outweighs the other terms, and ever more salons are called "
        "cognitive.",
        zh="观察 20 次，{short} 的诊断是对的；观察 120 次，{long}。永不消退的信息越漂越远，哪怕权重很小，"
        "也压过了其他各项，于是越来越多的店被诊断为认知型。",
    ).format(short=whole_percent(_right_diagnoses(_SHORT)), long=whole_percent(_right_diagnoses(_LONG))),
    concepts=("loyalty.four-degrees",),
)

_STAY = {
    "55": Text(en="about as many (55%)", zh="差不多（55%）"),
    "65": Text(en="a few more (65%)", zh="略多一些（65%）"),
    "92": Text(en="nearly all (92%)", zh="几乎全部（92%）"),
}
_HARD = 2.5


def _stays(satisfaction: float, competition: float, switching_cost: float = 0.0) -> float:
    return float(satisfaction_to_loyalty(satisfaction, competition, switching_cost)[0])


predict_4 = ChoiceItem(
    id="loyalty-q4",
    ask=Text(
        en="In a market with hard competition leaving costs nothing. Of the customers who give their supplier 4 points "
        "of 5, half stay. How many stay of those who give 5?",
        zh="某个市场竞争激烈，离开没有任何成本。给供应商打 4 分（满分 5 分）的客户，有一半留下。打 5 分的客户，"
        "有多少留下？",
    ),
    options=_STAY,
    solve=lambda params: nearest_option(_STAY, 100 * _stays(5, _HARD)),
    traps=(
        Trap(
            "satisfied-is-satisfied",
            always("55"),
            Text(
                en="You put both into one box: satisfied. Where a rival is one call away, what keeps those who are "
                "merely content?",
                zh="你把两者都归进了“满意”一类。打个电话就能换到对手那里，仅仅觉得还行的人，凭什么留下？",
            ),
        ),
        Trap(
            "loyalty-in-step",
            always("65"),
            Text(
                en="You let loyalty grow in step with satisfaction, a quarter more for a quarter more. Does the link "
                "have to be a straight line?",
                zh="你让忠诚与满意同步增长：满意多四分之一，忠诚也多四分之一。两者的关系一定是直线吗？",
            ),
        ),
    ),
    hint=Text(
        en="What does the last point tell about a customer who has a choice?",
        zh="对于有选择的客户，最后这一分说明了什么？",
    ),
    why=lambda params: Text(
        en="{top} stay at 5, {middle} at 4, {low} at 3. Where leaving is easy, only the very satisfied are safe; the "
        "average of a satisfaction survey hides this.",
        zh="打 5 分的留下 {top}，打 4 分的留下 {middle}，打 3 分的只留下 {low}。离开容易时，只有非常满意的客户才稳固；"
        "满意度调查的平均分看不出这一点。",
    ).format(
        top=whole_percent(_stays(5, _HARD)), middle=whole_percent(_stays(4, _HARD)), low=whole_percent(_stays(3, _HARD))
    ),
    concepts=("loyalty.result-of-satisfaction",),
)

# --- practice: what loyalty is ---------------------------------------------------------------------------------------

_SALONS = ("A", "B", "C", "D")
_STORIES: Mapping[str, tuple[Text, ...]] = {
    "committed": (
        Text(
            en="Granary offers her 15% less. She stays: Lanwan suits her oldest clients, and she will not gamble with "
            "them.",
            zh="谷仓给她便宜 15%，她还是不换：蓝湾适合跟她最久的老顾客，她不愿拿她们冒险。",
        ),
        Text(
            en="When the bridge was closed she waited nine days for Lanwan and turned down Laurel's free case. She "
            "says what she values in it.",
            zh="大桥封闭时，她为等蓝湾的货等了九天，谢绝了月桂免费送的一箱。她说得出看重蓝湾什么。",
        ),
        Text(
            en="A rival's seller puts a gift card on her counter. She gives it back: she chose Lanwan, knows why, and "
            "means to go on.",
            zh="对手的销售员在柜台上放了一张礼品卡，她退了回去：选蓝湾是她的决定，她知道为什么，也打算一直用下去。",
        ),
        Text(
            en="In spring Lanwan became dearer while two rivals were on promotion. She paid, and says she would choose "
            "it again.",
            zh="春天蓝湾涨价，两家对手正在促销。她照样付钱，还说重选一次也选它。",
        ),
    ),
    "nearest": (
        Text(
            en="Nothing but Lanwan for six years. The wholesaler that stocks it is next door; she could not name "
            "another brand.",
            zh="六年来只买蓝湾。卖蓝湾的批发商就在隔壁；别的品牌她一个也说不出来。",
        ),
        Text(
            en="Lanwan every fortnight without a gap. It comes on the same van as her towels; she has never looked "
            "further.",
            zh="每两周一次蓝湾，从不间断。它和毛巾同车送来，她从没看过别的。",
        ),
        Text(
            en="A whole year of Lanwan orders in a row. Asked why, she shrugs: it stands beside the till.",
            zh="整整一年，每次都订蓝湾。问她为什么，她耸耸肩：它就摆在收银台旁边。",
        ),
        Text(
            en="She takes Lanwan as no other brand is delivered to her street. Another one would do as well, she says.",
            zh="她用蓝湾，是因为没有别的品牌往她那条街送货。她说换一个也行。",
        ),
    ),
    "cheapest": (
        Text(
            en="Five Lanwan orders in a row, each while it was on promotion. She follows the red price tags, she says.",
            zh="连续五次订蓝湾，每次都赶上促销。她说，自己只认红色价签。",
        ),
        Text(
            en="Lanwan is cheapest in her district this season, so she buys it. Last season it was Granary, for the "
            "same reason.",
            zh="这一季蓝湾在她那个片区最便宜，所以她买蓝湾。上一季是谷仓，理由一样。",
        ),
        Text(
            en="She compares four prices every fortnight. Since March Lanwan has been lowest, and since March she has "
            "bought it.",
            zh="她每两周比较四家的价格。三月以来蓝湾最低，三月以来她就买蓝湾。",
        ),
        Text(
            en="She came to Lanwan for its opening discount, buys it since, and asks when the next discount begins.",
            zh="她冲着开业折扣来买蓝湾，之后一直在买，并打听下一次折扣什么时候开始。",
        ),
    ),
    "praises": (
        Text(
            en="She calls Lanwan the best brand there is. Of her last twenty orders three were Lanwan's.",
            zh="她说没有比蓝湾更好的品牌。最近二十次订货，只有三次是蓝湾。",
        ),
        Text(
            en="She recommends Lanwan at the owners' evening. Her own shelf is full of Meadow.",
            zh="她在店主聚会上推荐蓝湾。她自己的货架上摆满了青禾。",
        ),
        Text(
            en="She gives Lanwan top marks in every survey, and buys Laurel from her landlord's wife.",
            zh="每次调查她都给蓝湾打最高分，货却向房东太太买月桂。",
        ),
        Text(
            en="For two years she has said how much she would love to work with Lanwan. She orders Granary.",
            zh="两年来她一直说多么想用蓝湾。她订的是谷仓。",
        ),
    ),
    "satisfied": (
        Text(
            en="She tried Lanwan once, in May, and was fully satisfied. She has not ordered since.",
            zh="她五月试过一次蓝湾，完全满意。此后没有再订。",
        ),
        Text(
            en="Her first delivery from Lanwan came on time and complete: five stars. What she buys next is open, she "
            "says.",
            zh="蓝湾的第一次送货准时、齐全，她给了五星。下次买什么，她说还没定。",
        ),
        Text(
            en="She is pleased with last week's order from Lanwan, her only one so far.",
            zh="她对上周订的蓝湾很满意，那是她至今唯一的一单。",
        ),
        Text(
            en="She rates Lanwan very good after one order, and wants to try the other three as well.",
            zh="订过一次，她给蓝湾的评价是“很好”，还想把另外三家也试试。",
        ),
    ),
}
_LINE_UPS = tuple(
    order
    for wrong in itertools.combinations([role for role in _STORIES if role != "committed"], len(_SALONS) - 1)
    for order in itertools.permutations(("committed", *wrong))
)


def _line_up(params: Params) -> tuple[str, ...]:
    """The role of each of the four salons."""
    return _LINE_UPS[params["line_up"]]


def _stories(params: Params) -> pd.DataFrame:
    told = [str(_STORIES[role][params[role]]) for role in _line_up(params)]
    return pd.DataFrame({"fact": told}, index=list(_SALONS))


def _in_role(role: str) -> Callable[[Params], str | None]:
    return lambda params: dict(zip(_line_up(params), _SALONS, strict=True)).get(role)


which_loyal = ChoiceItem(
    id="loyalty-p1",
    ask=Text(
        en="For Oliver (1999), loyalty is a deep commitment to buy a preferred brand again and again, whatever the "
        "circumstances and rivals' marketing. Which of the four salons is loyal to Lanwan in his sense?",
        zh="奥利弗（1999）认为，忠诚是一种深层的承诺：不管环境如何、对手怎样营销，今后都一再购买自己偏爱的品牌。"
        "按他的定义，哪一家店忠诚于蓝湾？",
    ),
    options={name: Text(en=name, zh=name) for name in _SALONS},
    choices={
        "line_up": tuple(range(len(_LINE_UPS))),
        **{role: tuple(range(len(texts))) for role, texts in _STORIES.items()},
    },
    example={"line_up": 11, "committed": 0, "nearest": 0, "cheapest": 0, "praises": 0, "satisfied": 0},
    exhibit=_stories,
    solve=_in_role("committed"),
    traps=(
        Trap(
            "repeats-for-want-of-another",
            _in_role("nearest"),
            Text(
                en="She buys without a break. Which offer, which obstacle has ever put that to the test?",
                zh="她买起来从不间断。可是有哪个优惠、哪个障碍考验过她？",
            ),
        ),
        Trap(
            "price-for-commitment",
            _in_role("cheapest"),
            Text(
                en="She is true to something, but to what? Suppose a rival is cheaper next month.",
                zh="她确实忠于某样东西，但忠于什么？假如下个月对手更便宜呢？",
            ),
        ),
        Trap(
            "words-for-deeds",
            _in_role("praises"),
            Text(
                en="You went by her words. What does the definition ask of her purchases?",
                zh="你听的是她的话。定义对她的购买有什么要求？",
            ),
        ),
        Trap(
            "satisfaction-for-loyalty",
            _in_role("satisfied"),
            Text(
                en="Satisfaction looks back on one purchase. To what has she committed herself?",
                zh="满意是对一次购买的回顾。今后的事，她承诺了什么？",
            ),
        ),
    ),
    hint=Text(
        en="Two tests: does she buy again when a rival tempts her, and can she say why?",
        zh="两项检验：对手引诱时她还买吗？她说得出为什么吗？",
    ),
    why=Text(
        en="{answer} keeps buying against an offer or an obstacle, and out of conviction. Take away the place, the "
        "price or the pleasant memory, and the other three have no reason to stay.",
        zh="{answer} 面对优惠或障碍仍然购买，而且出于信念。去掉位置、价格或一次愉快的回忆，另外三家就没有理由留下。",
    ),
    concepts=("loyalty.oliver-definition",),
)


@cache
def _remarks() -> tuple[tuple[str, Text], ...]:
    """The coded transcripts of the chapter: type and words."""
    table = load("loyalty_transcripts")
    kinds = table["transcript_id"].map(simulate.truth()["loyalty_transcripts"]["type"])
    return tuple(
        (str(kind), Text(en=en, zh=zh)) for kind, en, zh in zip(kinds, table["text"], table["text_zh"], strict=True)
    )


_N_REMARKS = 80
_REMARKS = tuple(f"r{number}" for number in range(1, 7))


def _said(params: Params) -> dict[str, str]:
    return {key: _remarks()[params[key]][0] for key in _REMARKS}


def _misread(key: str, kind: str, taken_for: str) -> Callable[[Params], Labels]:
    return lambda params: {key: taken_for if _said(params)[key] == kind else None}


_PRICE_TALK = Text(
    en="Two of the types talk about prices and products. In one remark you mixed them up: does she weigh things up, or "
    "does the moment decide?",
    zh="有两种类型都会谈价格、谈产品。有一句话你弄混了：她是在权衡，还是当场一念就定了？",
)
_COMING_BACK = Text(
    en="Two of the types come back without comparing. In one remark you mixed them up: does she say what she feels, or "
    "only what she does?",
    zh="有两种类型不作比较就会再买。有一句话你弄混了：她说的是自己的感受，还是只说自己怎么做？",
)
_MIXED_UP = {
    ("impulse", "cognitive"): _PRICE_TALK,
    ("cognitive", "impulse"): _PRICE_TALK,
    ("affective", "behavioural"): _COMING_BACK,
    ("behavioural", "affective"): _COMING_BACK,
    ("impulse", "affective"): Text(
        en="In one remark you heard liking. Delight in what lies before her is not yet liking of a brand: what would "
        "she buy next week?",
        zh="有一句话你听成了喜爱。为眼前的东西高兴，还不是喜爱品牌：下周她会买什么？",
    ),
    ("affective", "cognitive"): Text(
        en="In one remark you heard reasons. Does she give a fact that a colleague could check, or a feeling?",
        zh="有一句话你听成了理由。她说的是同行可以核实的事实，还是感受？",
    ),
    ("behavioural", "impulse"): Text(
        en="In one remark you took little thought for impulse. Would a tempting offer move her, or would she go on as "
        "before?",
        zh="有一句话你把“不多想”当成了冲动。遇到诱人的优惠，她会动心，还是照旧？",
    ),
}

six_remarks = MappingItem(
    id="loyalty-p2",
    ask=Text(
        en="Six salons say why they buy what they buy. Which kind of loyalty does each remark show? Use "
        '`"impulse"`, `"affective"`, `"cognitive"` or `"behavioural"`.',
        zh="六家店各说了自己为什么买。每句话表现的是哪一种忠诚？用 "
        '`"impulse"`（冲动型）、`"affective"`（情感型）、`"cognitive"`（认知型）或 `"behavioural"`（行为型）作答。',
    ),
    keys={key: Text(en=key, zh=key) for key in _REMARKS},
    labels=_TYPES,
    choices={key: tuple(range(_N_REMARKS)) for key in _REMARKS},
    example={"r1": 0, "r2": 2, "r3": 5, "r4": 6, "r5": 9, "r6": 13},
    reject=lambda params: (
        len({params[key] for key in _REMARKS}) < len(_REMARKS) or set(_said(params).values()) != set(_TYPES)
    ),
    exhibit=lambda params: pd.DataFrame(
        {"text": [str(_remarks()[params[key]][1]) for key in _REMARKS]}, index=list(_REMARKS)
    ),
    solve=_said,
    traps=tuple(
        Trap(f"{kind}-for-{taken_for}", _misread(key, kind, taken_for), words)
        for (kind, taken_for), words in _MIXED_UP.items()
        for key in _REMARKS
    ),
    hint=Text(
        en="Ask what each one follows: today's offer, a feeling, facts, or what she did last time?",
        zh="问一问，每个人跟着什么走：今天的优惠、感情、事实，还是上次的做法？",
    ),
    why=lambda params: with_listing(
        Text(
            en="Swayed by the moment is impulse, liking affective, facts cognitive, repeating without a thought "
            "behavioural: {found}. Oliver's order is cognitive, affective, conative, action; the notes' \"impulse\" is "
            "a loose label for his conative stage.",
            zh="被眼前的东西打动是冲动型，喜爱是情感型，讲事实是认知型，不假思索地重复是行为型：{found}。奥利弗的顺序"
            "是认知、情感、意动、行动；笔记用“冲动型”称呼他的意动阶段，并不贴切。",
        ),
        (f"{key} {kind}" for key, kind in _said(params).items()),
    ),
    concepts=("loyalty.four-degrees", "loyalty.affective"),
)

# --- practice: measures ----------------------------------------------------------------------------------------------

_BRAND = {"L": "Lanwan", "G": "Granary", "U": "Laurel", "M": "Meadow"}
_OWN = "L"


def _bottles(params: Params) -> list[int]:
    """Bottles of each order; the drawn row is as long as the longest strip."""
    return [int(digit) for digit in params["bottles"][: len(params["strip"])]]


def _orders(params: Params) -> pd.DataFrame:
    index = pd.RangeIndex(1, len(params["strip"]) + 1, name="order")
    return pd.DataFrame({"brand": [_BRAND[code] for code in params["strip"]], "bottles": _bottles(params)}, index=index)


def _again(params: Params) -> float:
    return repeat_rate(params["strip"])


def _own_bottles(params: Params) -> int:
    return sum(count for code, count in zip(params["strip"], _bottles(params), strict=True) if code == _OWN)


def _requirements(params: Params) -> float:
    return float(share_of_requirements(_own_bottles(params), sum(_bottles(params))))


def _most_bought(params: Params) -> float:
    strip: str = params["strip"]
    return max(strip.count(code) for code in _BRAND) / len(strip)


def _own_pairs(params: Params) -> float:
    """Repeats of one's own brand alone, among all chances to repeat."""
    pairs = list(itertools.pairwise(params["strip"]))
    return pairs.count((_OWN, _OWN)) / len(pairs)


_STRIP_PARTS: dict[str, Item] = {
    "repeat_rate": NumberItem(
        ask=Text(en="Repeat rate", zh="重复购买率"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_again,
        traps=(
            Trap(
                "first-purchase-counted",
                lambda params: _again(params) * (len(params["strip"]) - 1) / len(params["strip"]),
                Text(
                    en="You divided by all orders. What could the very first one repeat?",
                    zh="你除以的是全部订货次数。第一次订货能重复什么？",
                ),
            ),
            Trap(
                "most-bought-brand",
                unless_close(_again, _most_bought),
                Text(
                    en="That is the share of the brand she buys most. A repeat looks at two orders that follow each "
                    "other.",
                    zh="这是她买得最多的品牌所占的比例。重复购买要看前后相邻的两次订货。",
                ),
            ),
            Trap(
                "own-brand-only",
                unless_close(_again, _own_pairs),
                Text(
                    en="You counted repeats of Lanwan only. She repeats another brand, too, when she buys it twice "
                    "running.",
                    zh="你只数了蓝湾的重复。别的品牌连买两次，也是重复。",
                ),
            ),
            Trap(
                "switches",
                unless_close(_again, lambda params: 1 - _again(params)),
                Text(
                    en="That is how often she changes the brand. The question asks for the opposite.",
                    zh="这是她转换品牌的比例。题目问的正好相反。",
                ),
            ),
        ),
        hint=Text(
            en="Compare each order with the one before. How many comparisons are there?",
            zh="把每次订货与前一次比较。一共比较了几次？",
        ),
        why=_SEE_WHOLE,
    ),
    "share": NumberItem(
        ask=Text(en="Lanwan's share of her requirements, in bottles", zh="蓝湾的品类份额（按瓶数）"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_requirements,
        traps=(
            Trap(
                "orders-not-bottles",
                lambda params: params["strip"].count(_OWN) / len(params["strip"]),
                Text(
                    en="You counted orders. Some are larger than others: what does she need in bottles?",
                    zh="你数的是订货次数。各次的数量不同：按瓶数算，她的需求是多少？",
                ),
            ),
            Trap(
                "upside-down",
                lambda params: 1 / _requirements(params),
                Text(
                    en="A share cannot be above 1. Which number is the part, and which the whole?",
                    zh="份额不可能大于 1。哪个数是部分，哪个数是全部？",
                ),
            ),
            Trap(
                "market-share",
                lambda params: params["market"] / 100,
                Text(
                    en="That is Lanwan's share of the whole city. The question asks about this one customer.",
                    zh="这是蓝湾在全市的市场份额。题目问的是这一位客户。",
                ),
            ),
            Trap(
                "own-by-rest",
                lambda params: _own_bottles(params) / (sum(_bottles(params)) - _own_bottles(params)),
                Text(
                    en="You divided by what she buys elsewhere. Her requirements are all she buys of the category.",
                    zh="你除以的是她从别家买的。她的需求是她在这个品类的全部购买。",
                ),
            ),
        ),
        hint=Text(
            en="Lanwan's bottles by all bottles of this salon.",
            zh="这家店买的蓝湾瓶数，除以它买的全部瓶数。",
        ),
        why=_SEE_WHOLE,
    ),
}

strip_of_orders = PartsItem(
    id="loyalty-p3",
    ask=Text(
        en="One salon's orders, oldest first. In the whole city Lanwan sells {market}% of all bottles. Give a "
        "dictionary with `repeat_rate` (how often she buys again what she bought last) and `share` (Lanwan's share of "
        "her requirements, in bottles), both to three decimals.",
        zh="一家店的历次订货见下表，从最早到最近。蓝湾（Lanwan）占全市销量（瓶数）的 {market}%。请给出字典："
        "`repeat_rate`（重复购买率：这次买的与上次相同的比例）和 `share`（品类份额：蓝湾在她这一品类的全部需求中"
        "所占的比例，按瓶数），都取三位小数。",
    ),
    choices={
        "strip": (
            "LLLGLLLMLL",
            "LLGGLLLLGLL",
            "GLLLLMLLLGLL",
            "GGGGLLLLLLUU",
            "MLLLLLGLLL",
            "LUUULLLGLLLL",
            "LGLLGULLGLLG",
            "LLLLMMLLGLLL",
            "ULLLLLUULL",
            "UULLLUUULUU",
        ),
        "bottles": ("243324422334", "324412335242", "512433241325", "232514342143", "425231334252"),
        "market": (22, 27, 31),
    },
    example={"strip": "LLGGLLLLGLL", "bottles": "243324422334", "market": 27},
    reject=lambda params: any_too_close(_STRIP_PARTS, params, least=0.008),
    exhibit=_orders,
    parts=_STRIP_PARTS,
    why=lambda params: Text(
        en="{times} of {chances} orders repeat the one before: {rate:.3f}. The first repeats nothing. Lanwan got {own} "
        "of {all} bottles: {share:.3f}.",
        zh="{chances} 次中有 {times} 次与前一次相同：{rate:.3f}。第一次没有什么可重复。{all} 瓶中有 {own} 瓶是蓝湾："
        "{share:.3f}。",
    ).format(
        times=round(_again(params) * (len(params["strip"]) - 1)),
        chances=len(params["strip"]) - 1,
        rate=_again(params),
        own=_own_bottles(params),
        all=sum(_bottles(params)),
        share=_requirements(params),
    ),
    concepts=("loyalty.measure-repeat",),
)


def _moves(params: Params) -> float:
    return float(elasticity(params["weight"], params["price"], params["share"]))


price_moves: NumberItem = NumberItem(
    id="loyalty-p4",
    ask=Text(
        en="In a salon's choices one yuan more weighs {weight}. Lanwan costs {price} yuan per 100 ml; she chooses it "
        "with a chance of {share}. By what percent does this chance change when Lanwan's price rises by 1%?",
        zh="在一家店的选择中，价格的权重是每元 {weight}。蓝湾每 100 毫升 {price} 元；她选蓝湾的概率是 {share}。"
        "蓝湾涨价 1%，这个概率变化百分之几？",
    ),
    unit=Text(en="percent per 1% of price (price elasticity)", zh="%（价格变动 1% 时，即价格弹性）"),
    choices={"weight": (-0.3, -0.4, -0.5, -0.6), "price": (4, 5, 6), "share": (0.2, 0.3, 0.4, 0.6, 0.7, 0.8)},
    example={"weight": -0.6, "price": 5, "share": 0.3},
    reject=lambda params: too_close(price_moves, params, least=0.03),
    solve=_moves,
    traps=(
        Trap(
            "share-forgotten",
            lambda params: params["weight"] * params["price"],
            Text(
                en="So strongly moves somebody who never buys it yet. Of those who buy anyway, how many are left to be "
                "lost?",
                zh="只有从不买它的人，才会变动这么多。反正要买的人，还能流失多少？",
            ),
        ),
        Trap(
            "own-share",
            lambda params: params["weight"] * params["price"] * params["share"],
            Text(
                en="You multiplied by her chance to buy Lanwan. Then the surest buyer would be the most sensitive: is "
                "she?",
                zh="你乘的是她买蓝湾的概率。照此算来，最肯定会买的人反而最敏感：是这样吗？",
            ),
        ),
        Trap(
            "price-forgotten",
            lambda params: params["weight"] * (1 - params["share"]),
            Text(
                en="That is the change per yuan. How many yuan are one percent of the price?",
                zh="这是每变动一元的变化。价格的百分之一是多少元？",
            ),
        ),
        Trap(
            "sign",
            lambda params: -_moves(params),
            Text(
                en="Your size is right. Does a dearer Lanwan gain buyers or lose them?",
                zh="大小对了。蓝湾变贵，是赢得买家，还是失去买家？",
            ),
        ),
    ),
    hint=Text(
        en="Weight times price, times the part of her choices that is still open: `elasticity(...)`.",
        zh="权重乘以价格，再乘以她选择中尚未确定的部分：`elasticity(...)`。",
    ),
    why=lambda params: Text(
        en="{weight} × {price} × (1 - {share}) = {found:.2f}. The same weight makes a rare buyer sensitive and a sure "
        "one insensitive: compare weights, not elasticities, when you look for a type.",
        zh="{weight} × {price} × (1 - {share}) = {found:.2f}。权重相同，偶尔买的人敏感，几乎总买的人不敏感："
        "判断类型时要比权重，不要比弹性。",
    ).format(**params, found=_moves(params)),
    concepts=("loyalty.measure-price-sensitivity",),
)


def _mean_answers(params: Params) -> dict[str, float]:
    return {brand: sum(map(int, params[brand].split())) / 3 for brand in simulate.BRANDS}


@lru_cache(maxsize=4096)
def _ahead_of_best(means: tuple[float, ...], brand: str) -> float:
    return float(relative_attitude(dict(zip(simulate.BRANDS, means, strict=True)), brand))


def _relative(params: Params) -> float:
    return _ahead_of_best(tuple(_mean_answers(params).values()), params["brand"])


def _against(compare: Callable[[list[float]], float]) -> Callable[[Params], float]:
    """Own attitude less something made of the rivals' attitudes."""

    def wrong(params: Params) -> float:
        means = _mean_answers(params)
        own = means.pop(params["brand"])
        return own - compare(list(means.values()))

    return wrong


ahead_of_rivals: NumberItem = NumberItem(
    id="loyalty-p5",
    ask=Text(
        en="One salon answers three statements on each of four brands, from 1 (disagree) to 7 (fully agree). Her "
        "attitude is the mean of the three. What is her relative attitude to {brand}?",
        zh="一家店就四个品牌（蓝湾 Lanwan、谷仓 Granary、月桂 Laurel、青禾 Meadow）各给三个说法打分，从 1（不同意）到 7"
        "（完全同意）。她对一个品牌的态度是三个分数的平均数。她对 {brand} 的相对态度是多少？",
    ),
    unit=Text(en="points of the scale", zh="量表的分"),
    choices={
        "Lanwan": ("6 5 7", "5 6 5", "4 6 5", "7 6 6"),
        "Granary": ("5 5 4", "3 4 4", "4 2 3", "6 5 6"),
        "Laurel": ("6 4 5", "7 6 7", "5 4 4", "3 5 3"),
        "Meadow": ("2 3 2", "4 3 3", "1 3 2", "3 3 4"),
        "brand": ("Lanwan", "Granary", "Laurel"),
    },
    example={"Lanwan": "6 5 7", "Granary": "3 4 4", "Laurel": "6 4 5", "Meadow": "2 3 2", "brand": "Lanwan"},
    reject=lambda params: too_close(ahead_of_rivals, params, least=0.05),
    exhibit=lambda params: (
        pd.DataFrame(
            {brand: [int(one) for one in params[brand].split()] for brand in simulate.BRANDS},
            index=["answer_1", "answer_2", "answer_3"],
        ).T
    ),
    solve=_relative,
    traps=(
        Trap(
            "own-alone",
            lambda params: _mean_answers(params)[params["brand"]],
            Text(
                en="That is her attitude alone. She may like a rival as much or better: compare.",
                zh="这只是她对该品牌的态度。她也许同样喜欢、甚至更喜欢某个对手：请作比较。",
            ),
        ),
        Trap(
            "mean-of-rivals",
            _against(lambda rivals: sum(rivals) / len(rivals)),
            Text(
                en="You compared with the average rival. To whom would she go if she went?",
                zh="你拿它与对手的平均相比。她若离开，会去哪一家？",
            ),
        ),
        Trap(
            "worst-rival",
            _against(min),
            Text(
                en="You compared with the rival she likes least. Which one threatens the relation?",
                zh="你拿它与她最不喜欢的对手相比。真正威胁这段关系的是哪一个？",
            ),
        ),
        Trap(
            "middle-of-the-scale",
            _against(lambda rivals: 4.0),
            Text(
                en="You compared with the middle of the scale. No brand stands there that she could buy.",
                zh="你拿它与量表的中点相比。那里并没有可买的品牌。",
            ),
        ),
    ),
    hint=Text(
        en="Four means first. Then own less the best of the rivals.",
        zh="先算四个平均数，再用该品牌的减去对手中最高的。",
    ),
    why=lambda params: with_listing(
        Text(
            en="The means are {found}. Own less best rival: {ahead:.2f}. Above zero means that she likes no rival as "
            "much.",
            zh="平均数为 {found}。该品牌的减去最强对手的：{ahead:.2f}。大于零，说明对任何一个对手，她都没有这么喜欢。",
        ).format(found="{found}", ahead=_relative(params)),
        (f"{brand} {mean:.2f}" for brand, mean in _mean_answers(params).items()),
    ),
    concepts=("loyalty.measure-emotion",),
)


def _lives() -> tuple[float, float]:
    """Mean life of a new relation, and mean age of those present in a firm that has always run [months]."""
    shape, scale = simulate.LIFE_MONTHS["shape"], simulate.LIFE_MONTHS["scale"]
    mean, square = scale * math.gamma(1 + 1 / shape), scale**2 * math.gamma(1 + 2 / shape)
    return mean, square / (2 * mean)


mean_tenure = ChoiceItem(
    id="loyalty-p6",
    ask=Text(
        en="The {salons} salons that buy from Lanwan today have been doing so for {months} months on average. A new "
        "salon signs today. May Lanwan expect her to stay {months} months?",
        zh="今天向蓝湾购买的 {salons} 家店，平均已经买了 {months} 个月。今天又有一家新店签约。蓝湾可以预期她留 "
        "{months} 个月吗？",
    ),
    options={
        "yes": Text(en="yes: it is the mean of all customers", zh="可以：这是全部客户的平均数"),
        "sample": Text(en="not from so few: with more salons, yes", zh="样本太小：店再多一些就可以"),
        "low": Text(
            en="no, it is always too low: none of these relations has ended",
            zh="不可以，总是偏低：这些关系都还没有结束",
        ),
        "high": Text(
            en="no, it is always too high: only those who stayed are counted",
            zh="不可以，总是偏高：只算了留下来的店",
        ),
        "biased": Text(
            en="no: long relations are over-represented, and none has ended; the errors pull in opposite directions",
            zh="不可以：长的关系占比偏大，又都没有结束；两种偏差方向相反",
        ),
    },
    choices={"salons": (180, 240, 310, 420), "months": (29, 33, 38, 41, 46)},
    example={"salons": 240, "months": 38},
    solve=always("biased"),
    traps=(
        Trap(
            "mean-of-all",
            always("yes"),
            Text(
                en="All who are here today, yes. Where are those who came and left after two months?",
                zh="确实是今天在这里的全部客户。那些来了两个月就走的，在哪里？",
            ),
        ),
        Trap(
            "only-chance",
            always("sample"),
            Text(
                en="More salons make the number steadier. Do they bring back those who have left?",
                zh="店再多，数字会更稳。可是已经走了的店，会因此被数进来吗？",
            ),
        ),
        Trap(
            "only-censoring",
            always("low"),
            Text(
                en="Right, they all go on. But who has the best chance to be among those you meet today?",
                zh="对，它们都还在延续。可是，什么样的关系最容易在今天被你碰上？",
            ),
        ),
        Trap(
            "only-survivors",
            always("high"),
            Text(
                en="Right, short relations are missing. But is what you measured on the others their whole length?",
                zh="对，短的关系不在其中。可是对其余的关系，你量到的是它们的全长吗？",
            ),
        ),
    ),
    hint=Text(
        en="Two questions: who is missing from today's list, and what is not yet known about those on it?",
        zh="两个问题：今天的名单上缺了谁？名单上的店，还有什么不知道？",
    ),
    why=lambda params: Text(
        en="With lives as in our data, a new relation lasts {new:.0f} months on average. Those present in a firm that "
        "has always run have already lasted {here:.0f}; were all lives equal, they would have lasted half a life. Take "
        "all that ever began, mark those that have ended, and estimate survival.",
        zh="按我们数据中的寿命分布，一段新关系平均持续 {new:.0f} 个月；而在一家长年经营的企业里，现有的关系平均已持续 "
        "{here:.0f} 个月；假如寿命都一样，到今天平均只过了一半。正确的做法：取所有曾经开始的关系，标明哪些已经结束，"
        "再估计生存曲线。",
    ).format(new=_lives()[0], here=_lives()[1]),
    concepts=("loyalty.measure-time",),
)

_FACTS: Mapping[str, tuple[Text, ...]] = {
    "impulse": (
        Text(en="took a rival's brand because of the gift packed with it", zh="因为有赠品，拿了对手的品牌"),
        Text(
            en="changed twice this month, each time to what was on promotion", zh="这个月换了两次，每次都换成促销的品牌"
        ),
        Text(en="came for Granary and left with today's special offer", zh="本来要买谷仓，结果买走了当天的特价品"),
    ),
    "affective": (
        Text(
            en="a rival's test was better; she stayed, as she is fond of hers",
            zh="对手的检测结果更好，她没有换，因为就是喜欢现在这个",
        ),
        Text(
            en="left at once when her brand's scandal disappointed her", zh="自己用的品牌出了丑闻，她很失望，马上就走了"
        ),
        Text(en="keeps hers on the counter, as it is so much her style", zh="把它摆在柜台上，说这正是她的风格"),
    ),
    "cognitive": (
        Text(en="changed after reading a new test of all four", zh="读了一份四个品牌的新检测报告，然后换了"),
        Text(en="asks for the active ingredients, and the cost per wash", zh="要问有效成分，还要问每洗一次的成本"),
        Text(
            en="pointed out a weakness of hers that the seller did not know",
            zh="指出了自己所用品牌的一个缺点，连销售员都不知道",
        ),
    ),
    "behavioural": (
        Text(en="did not notice that two rivals were on promotion", zh="两个对手在促销，她没有注意到"),
        Text(en="tells the app to order as last time, and has done so all year", zh="一年来总是在应用里点“与上次相同”"),
        Text(
            en="had to take another brand for six weeks, and has taken it since",
            zh="被迫用了六周别的品牌，从此就用那个了",
        ),
    ),
}
_FOUR = ("S1", "S2", "S3", "S4")
_TYPE_ORDERS = tuple(itertools.permutations(_TYPES))
_BY_PACE = sorted(simulate.CHOICE_SECONDS, key=lambda kind: simulate.CHOICE_SECONDS[kind])


def _types_of_four(params: Params) -> dict[str, str]:
    return dict(zip(_FOUR, _TYPE_ORDERS[params["order"]], strict=True))


def _at_the_shelf(params: Params) -> pd.DataFrame:
    kinds = _types_of_four(params)
    return pd.DataFrame(
        {
            "seconds": [params[f"{kind}_seconds"] for kind in kinds.values()],
            "fact": [str(_FACTS[kind][params[f"{kind}_fact"]]) for kind in kinds.values()],
        },
        index=list(_FOUR),
    )


def _pace_alone(params: Params) -> Labels:
    """As if the order of the seconds were the order of the types' usual times."""
    right = _types_of_four(params)
    by_seconds = sorted(_FOUR, key=lambda name: float(params[f"{right[name]}_seconds"]))
    return changed_labels(dict(zip(by_seconds, _BY_PACE, strict=True)), right)


def _taken_for(kind: str, label: str) -> Callable[[Params], Labels]:
    return lambda params: {name: label for name, found in _types_of_four(params).items() if found == kind}


time_and_fact: MappingItem = MappingItem(
    id="loyalty-p7",
    ask=Text(
        en="Seconds that four salons take to choose, and one more fact on each. Which kind of loyalty is each one's? "
        'Use `"impulse"`, `"affective"`, `"cognitive"` or `"behavioural"`.',
        zh="四家店挑选各用了多少秒，另有一条事实，见下表。每家店属于哪一种忠诚？用 "
        '`"impulse"`（冲动型）、`"affective"`（情感型）、`"cognitive"`（认知型）或 `"behavioural"`（行为型）作答。',
    ),
    keys={name: Text(en=name, zh=name) for name in _FOUR},
    labels=_TYPES,
    choices={
        "order": tuple(range(len(_TYPE_ORDERS))),
        **{f"{kind}_fact": tuple(range(len(texts))) for kind, texts in _FACTS.items()},
        "impulse_seconds": (7, 8, 10, 12),
        "behavioural_seconds": (7, 8, 10, 12),
        "affective_seconds": (17, 19, 22),
        "cognitive_seconds": (58, 70, 85),
    },
    example={
        "order": 9,
        "impulse_fact": 0,
        "affective_fact": 0,
        "cognitive_fact": 0,
        "behavioural_fact": 0,
        "impulse_seconds": 8,
        "behavioural_seconds": 10,
        "affective_seconds": 19,
        "cognitive_seconds": 70,
    },
    reject=lambda params: params["impulse_seconds"] == params["behavioural_seconds"],
    exhibit=_at_the_shelf,
    solve=_types_of_four,
    traps=(
        Trap(
            "seconds-decide",
            _pace_alone,
            Text(
                en="You went by the seconds alone. Two of these types are quick: what does the second column say?",
                zh="你只看了秒数。有两种类型都很快：后一列说了什么？",
            ),
        ),
        Trap(
            "quick-is-habit",
            _taken_for("impulse", "behavioural"),
            Text(
                en="Quick need not mean habit. Would a salon with a habit let today's offer change her mind?",
                zh="快，未必就是习惯。有习惯的店会因为当天的优惠改主意吗？",
            ),
        ),
        Trap(
            "quick-is-impulse",
            _taken_for("behavioural", "impulse"),
            Text(
                en="Quick need not mean impulse. Did an offer move this salon, or her last purchases?",
                zh="快，未必就是冲动。左右这家店的是优惠，还是以前的购买？",
            ),
        ),
        Trap(
            "faithful-is-habit",
            _taken_for("affective", "behavioural"),
            Text(
                en="One salon's brand means something to her, for better or worse. Is that habit?",
                zh="有一家店在乎自己的品牌，喜也好，怒也好。这是习惯吗？",
            ),
        ),
        Trap(
            "reasons-for-feelings",
            _taken_for("cognitive", "affective"),
            Text(
                en="One salon's interest is in facts that can be checked. Is that liking?",
                zh="有一家店关心的是可以核实的事实。这是喜爱吗？",
            ),
        ),
    ),
    hint=Text(
        en="Use the seconds to part the quick from the slow, then the fact to part the quick ones.",
        zh="先用秒数分出快和慢，再用事实区分两家快的。",
    ),
    why=lambda params: with_listing(
        Text(
            en="A short choice fits habit and impulse alike, so the seconds leave two candidates; the fact decides: "
            "{found}.",
            zh="挑选时间短，既可能是习惯，也可能是冲动；秒数留下两个候选，由事实来定：{found}。",
        ),
        (f"{name} {kind}" for name, kind in _types_of_four(params).items()),
    ),
    concepts=("loyalty.measure-choice-time",),
)

# --- practice: habit -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _habit(bought: str, carry_over: float, start: float = 0.5) -> tuple[float, ...]:
    """Lanwan's habit before the first order and after each, beside one rival."""
    return tuple(loyalty_variable(list(bought), ("L", "G"), carry_over, (start, 1 - start))["L"].tolist())


def _after(orders: int) -> Callable[[Params], float]:
    return lambda params: _habit(params["bought"], params["carry_over"])[orders]


def _newest_by_lambda(orders: int) -> Callable[[Params], float]:
    return lambda params: _habit(params["bought"], round(1 - params["carry_over"], 2))[orders]


def _share_of_orders(orders: int) -> Callable[[Params], float]:
    return lambda params: params["bought"][:orders].count("L") / orders


def _blanks(params: Params) -> pd.DataFrame:
    first = round(_after(1)(params), 4)
    return pd.DataFrame(
        {"bought": ["", *(_BRAND[code] for code in params["bought"])], "habit": [0.5, first, "?", "?"]},
        index=pd.RangeIndex(4, name="after"),
    )


def _habit_part(orders: int) -> NumberItem:
    """Lanwan's loyalty variable after so many orders."""
    return NumberItem(
        ask=Text(en=f"Habit for Lanwan after order {orders}", zh=f"第 {orders} 次订货之后对蓝湾的习惯"),
        unit=_DECIMALS,
        decimals=4,
        abs_tol=0.001,
        solve=_after(orders),
        traps=(
            Trap(
                "newest-by-lambda",
                _newest_by_lambda(orders),
                Text(
                    en="You gave the newest order the weight λ. λ keeps the past: what is left for the newest?",
                    zh="你把 λ 给了最新一次订货。λ 留住的是过去：留给最新一次的有多少？",
                ),
            ),
            Trap(
                "share-of-orders",
                unless_close(_after(orders), _share_of_orders(orders)),
                Text(
                    en="You counted Lanwan's share of the orders. Habit starts before the first one and fades step by "
                    "step.",
                    zh="你算的是蓝湾占订货次数的比例。习惯在第一次之前就有起点，并一步步衰减。",
                ),
            ),
            Trap(
                "other-brand",
                unless_close(_after(orders), lambda params: 1 - _after(orders)(params)),
                Text(
                    en="That is the habit for the other brand. The two add up to one.",
                    zh="这是对另一个品牌的习惯。两者之和为一。",
                ),
            ),
            Trap(
                "step-forgotten",
                _after(orders - 1),
                Text(
                    en="That is the habit before this order. What does this order change?",
                    zh="这是这次订货之前的习惯。这次订货改变了什么？",
                ),
            ),
        ),
        hint=Text(
            en="Old habit times λ; add what λ leaves over if the order was Lanwan's.",
            zh="旧习惯乘以 λ；如果这次订的是蓝湾，再加上 λ 之外剩下的部分。",
        ),
        why=_SEE_WHOLE,
    )


_HABIT_PARTS: dict[str, Item] = {f"after_{orders}": _habit_part(orders) for orders in (2, 3)}

faded_habit = PartsItem(
    id="loyalty-p8",
    ask=Text(
        en="Two brands, Lanwan and Granary; a salon's habit starts at 0.5 for each. Each order keeps {carry_over} of "
        "the habit so far (the carry-over λ) and gives the rest to the brand bought. The first step is done. Give a "
        "dictionary with `after_2` and `after_3`: her habit for Lanwan after the second and the third order, to "
        "three decimals.",
        zh="两个品牌：蓝湾（Lanwan）和谷仓（Granary）；一家店对两者的习惯都从 0.5 开始。每次订货保留原有习惯的 "
        "{carry_over}（结转系数 λ），其余的给这次买的品牌。第一步已经算好。请给出字典：`after_2` 和 `after_3`，"
        "即第二次和第三次订货之后对蓝湾的习惯，取三位小数。",
    ),
    choices={"bought": ("LLG", "LGL", "LGG", "GLL", "GLG", "GGL", "LLL"), "carry_over": (0.6, 0.7, 0.75, 0.8, 0.9)},
    example={"bought": "LLG", "carry_over": 0.7},
    reject=lambda params: any_too_close(_HABIT_PARTS, params, gap=0.01),
    exhibit=_blanks,
    parts=_HABIT_PARTS,
    why=lambda params: Text(
        en="λ = {keep}. After the second order: {keep} × {one:.4f}{second} = {two:.4f}. After the third: {keep} × "
        "{two:.4f}{third} = {three:.4f}.",
        zh="λ = {keep}。第二次之后：{keep} × {one:.4f}{second} = {two:.4f}。第三次之后：{keep} × {two:.4f}{third} = "
        "{three:.4f}。",
    ).format(
        keep=params["carry_over"],
        one=_after(1)(params),
        two=_after(2)(params),
        three=_after(3)(params),
        second=f" + {1 - params['carry_over']:.2f}" if params["bought"][1] == "L" else "",
        third=f" + {1 - params['carry_over']:.2f}" if params["bought"][2] == "L" else "",
    ),
    concepts=("loyalty.behavioural",),
)


def _left(params: Params) -> float:
    """Her habit for Lanwan after the stock-outs."""
    return _habit("G" * params["stock_outs"], params["carry_over"], params["habit"])[-1]


def _back(own: float, rival: float, weight: float) -> float:
    return float(choice_probabilities([weight * own, weight * rival])[0])


def _comes_back(params: Params) -> float:
    return _back(_left(params), 1 - _left(params), params["weight"])


_STOCK_OUT_PARTS: dict[str, Item] = {
    "habit": NumberItem(
        ask=Text(en="Habit for Lanwan after the stock-outs", zh="断货之后对蓝湾的习惯"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_left,
        traps=(
            Trap(
                "newest-by-lambda",
                lambda params: params["habit"] * (1 - params["carry_over"]) ** params["stock_outs"],
                Text(
                    en="You let the newest order weigh λ. λ is what remains of the past.",
                    zh="你把 λ 给了最新一次订货。λ 留住的是过去。",
                ),
            ),
            Trap(
                "rival-habit",
                lambda params: 1 - _left(params),
                Text(
                    en="That is the habit for the rival by now. The two add up to one.",
                    zh="这是此时对那个对手的习惯。两者之和为一。",
                ),
            ),
            Trap(
                "straight-line",
                unless_close(
                    _left, lambda params: params["habit"] * (1 - params["stock_outs"] * (1 - params["carry_over"]))
                ),
                Text(
                    en="You took off the same amount each time. Each forced order fades what is then left.",
                    zh="你每次减去同样多。每次被迫的购买，衰减的是当时还剩下的部分。",
                ),
            ),
            Trap(
                "one-stock-out",
                unless_close(_left, lambda params: params["habit"] * params["carry_over"]),
                Text(
                    en="That is her habit after the first of them. How often was Lanwan missing?",
                    zh="这是第一次断货之后的习惯。蓝湾断货了几次？",
                ),
            ),
        ),
        hint=Text(
            en="Each forced order multiplies what is left by λ.",
            zh="每次被迫购买，剩下的习惯都乘以 λ。",
        ),
        why=_SEE_WHOLE,
    ),
    "chance": NumberItem(
        ask=Text(en="Chance that she then buys Lanwan", zh="此后她买蓝湾的概率"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_comes_back,
        traps=(
            Trap(
                "habit-is-chance",
                _left,
                Text(
                    en="You took the habit itself as her chance. It enters with its weight, and through the logit.",
                    zh="你把习惯本身当成了概率。它要先乘以权重，再代入 logit 公式。",
                ),
            ),
            Trap(
                "rival-without-habit",
                lambda params: _back(_left(params), 0.0, params["weight"]),
                Text(
                    en="You left the rival at zero. What have the forced orders built up for it?",
                    zh="你让对那个对手的习惯停在零。被迫的购买为它积累了什么？",
                ),
            ),
            Trap(
                "before-the-stock-outs",
                lambda params: _back(params["habit"], 1 - params["habit"], params["weight"]),
                Text(
                    en="That was her chance before Lanwan was missing. Put in the habit that is left.",
                    zh="这是断货之前的概率。请代入断货之后剩下的习惯。",
                ),
            ),
            Trap(
                "weight-forgotten",
                lambda params: _back(_left(params), 1 - _left(params), 1),
                Text(
                    en="You gave habit a weight of one. How strongly does it count for her?",
                    zh="你给习惯的权重是一。习惯对她来说有多重要？",
                ),
            ),
        ),
        hint=Text(
            en="Utility is weight times habit, for both brands; then `choice_probabilities(...)`.",
            zh="两个品牌的效用都是权重乘以习惯；再用 `choice_probabilities(...)`。",
        ),
        why=_SEE_WHOLE,
    ),
}

after_stock_outs = PartsItem(
    id="loyalty-p9",
    ask=Text(
        en="Lanwan and one rival are alike but for habit, which counts with weight {weight}. A salon's habit for "
        "Lanwan is {habit}, for the rival the rest to 1; λ is {carry_over}. Now Lanwan is out of stock for her next "
        "orders: {stock_outs} times she has to buy the rival. Then both are there again. Give a dictionary with "
        "`habit` (for Lanwan) and `chance` (that she buys Lanwan), to three decimals.",
        zh="蓝湾与一个对手除习惯之外完全相同，习惯的权重为 {weight}。一家店对蓝湾的习惯为 {habit}，其余的"
        "是对对手的习惯，两者之和为 1；λ 为 {carry_over}。接下来蓝湾断货，她被迫买了 {stock_outs} 次对手的产品。"
        "之后两者又都有货。请给出字典：`habit`（对蓝湾的习惯）和 `chance`（她买蓝湾的概率），取三位小数。",
    ),
    choices={
        "weight": (2, 3, 4, 5),
        "habit": (0.75, 0.8, 0.85, 0.9),
        "carry_over": (0.7, 0.75, 0.8, 0.9),
        "stock_outs": (1, 2, 3),
    },
    example={"weight": 4, "habit": 0.85, "carry_over": 0.8, "stock_outs": 2},
    reject=lambda params: any_too_close(_STOCK_OUT_PARTS, params, least=0.008),
    parts=_STOCK_OUT_PARTS,
    why=lambda params: Text(
        en="{habit} × {carry_over}^{stock_outs} = {left:.4f}; the rival has the rest, {rest:.4f}. Her chance is 1 / "
        "(1 + exp(-{weight} × ({left:.4f} - {rest:.4f}))) = {chance:.3f}; before it was {before:.3f}. That loss "
        "belongs to the price of an empty shelf.",
        zh="{habit} × {carry_over}^{stock_outs} = {left:.4f}；其余 {rest:.4f} 属于对手。概率为 1 / (1 + exp(-{weight} "
        "× ({left:.4f} - {rest:.4f}))) = {chance:.3f}；断货之前是 {before:.3f}。空货架的代价，也包括这笔损失。",
    ).format(
        **params,
        left=_left(params),
        rest=1 - _left(params),
        chance=_comes_back(params),
        before=_back(params["habit"], 1 - params["habit"], params["weight"]),
    ),
    concepts=("loyalty.behavioural",),
)

# --- practice: attitude and behaviour, switching, satisfaction -------------------------------------------------------

_CLASSES = {
    "loyalty": Text(en="loyalty", zh="真正忠诚"),
    "latent": Text(en="latent", zh="潜在忠诚"),
    "spurious": Text(en="spurious", zh="虚假忠诚"),
    "none": Text(en="none", zh="不忠诚"),
}
_MEASURES = ("attitude", "best_rival", "repeat_rate")


def _measured(params: Params) -> dict[str, tuple[Any, ...]]:
    """Own attitude, best rival's attitude and repeat rate of each salon."""
    return {name: tuple(params[f"{what}_{name}"] for what in _MEASURES) for name in _FOUR}


@cache
def _class(relative: float, repeat: float) -> str:
    return str(dick_basu([relative], [repeat]).iloc[0])


def _classes(params: Params) -> dict[str, str]:
    return {name: _class(own - rival, repeat) for name, (own, rival, repeat) in _measured(params).items()}


def _misclassed(rule: Callable[[float, float, float], str]) -> Callable[[Params], Labels]:
    """What a wrong rule makes of own attitude, best rival's attitude and repeat rate."""
    return lambda params: changed_labels(
        {name: rule(*measured) for name, measured in _measured(params).items()}, _classes(params)
    )


_HIGH, _LOW = 1.0, 0.0
_behaviour_alone = _misclassed(lambda own, rival, repeat: _class(_HIGH if repeat >= 0.5 else -_HIGH, repeat))
_attitude_alone = _misclassed(lambda own, rival, repeat: _class(own - rival, _HIGH if own > rival else _LOW))
_own_attitude = _misclassed(lambda own, rival, repeat: _class(own, repeat))
_axes_swapped = _misclassed(
    lambda own, rival, repeat: {"latent": "spurious", "spurious": "latent"}.get(
        found := _class(own - rival, repeat), found
    )
)

four_salons: MappingItem = MappingItem(
    id="loyalty-p10",
    ask=Text(
        en="Attitude to Lanwan and to her best-liked rival (in standard deviations), and repeat rate, of four salons. "
        "Relative attitude is high above 0, repeat purchase from 0.5 on. Use "
        '`"loyalty"`, `"latent"`, `"spurious"` or `"none"`.',
        zh="四家店对蓝湾的态度、对最喜欢的对手的态度（以标准差为单位）和重复购买率，见下表。相对态度大于 0 为高，"
        '重复购买率不低于 0.5 为高。用 `"loyalty"`（真正忠诚）、`"latent"`（潜在忠诚）、`"spurious"`（虚假忠诚）或 '
        '`"none"`（不忠诚）作答。',
    ),
    keys={name: Text(en=name, zh=name) for name in _FOUR},
    labels=_CLASSES,
    choices={
        **{f"attitude_{name}": (-0.8, -0.2, 0.4, 0.9, 1.4) for name in _FOUR},
        **{f"best_rival_{name}": (-0.6, 0.1, 0.6, 1.2) for name in _FOUR},
        **{f"repeat_rate_{name}": (0.25, 0.4, 0.5, 0.65, 0.8) for name in _FOUR},
    },
    example={
        "attitude_S1": 1.4,
        "attitude_S2": 0.9,
        "attitude_S3": 0.4,
        "attitude_S4": -0.2,
        "best_rival_S1": 0.6,
        "best_rival_S2": 1.2,
        "best_rival_S3": 0.1,
        "best_rival_S4": 0.1,
        "repeat_rate_S1": 0.8,
        "repeat_rate_S2": 0.65,
        "repeat_rate_S3": 0.4,
        "repeat_rate_S4": 0.25,
    },
    reject=lambda params: (
        not {"latent", "spurious"} <= set(_classes(params).values())
        or len(set(_classes(params).values())) < 3
        or None in _own_attitude(params).values()
    ),
    exhibit=lambda params: pd.DataFrame.from_dict(_measured(params), orient="index", columns=list(_MEASURES)),
    solve=_classes,
    traps=(
        Trap(
            "behaviour-alone",
            _behaviour_alone,
            Text(
                en="You went by the invoices alone. Buying again with little liking has another name, and so has "
                "liking without buying.",
                zh="你只看了发票。不怎么喜欢却一再购买，另有名称；喜欢却不买，也另有名称。",
            ),
        ),
        Trap(
            "attitude-alone",
            _attitude_alone,
            Text(
                en="You went by what she feels alone. What does she do?",
                zh="你只看了她的感受。她实际怎么做？",
            ),
        ),
        Trap(
            "axes-swapped",
            _axes_swapped,
            Text(
                en="You swapped the two mixed cases. Which one cannot be seen in the invoices yet?",
                zh="你把两种混合情形弄反了。哪一种在发票上还看不出来？",
            ),
        ),
        Trap(
            "own-attitude",
            _own_attitude,
            Text(
                en="You judged by the attitude to Lanwan alone. She may like it, and a rival even more.",
                zh="你只按对蓝湾的态度判断。她可能喜欢蓝湾，但更喜欢某个对手。",
            ),
        ),
    ),
    hint=Text(
        en="Subtract first: own less rival's. Then two questions each: does she like it better, does she buy again?",
        zh="先相减：对蓝湾的减去对对手的。再各问两个问题：更喜欢它吗？会再买吗？",
    ),
    why=lambda params: with_listing(
        Text(
            en="Relative attitude and repeat rate together: {found}. The spurious ones look loyal until a rival comes "
            "near; the latent ones need an obstacle removed.",
            zh="相对态度与重复购买率合起来看：{found}。虚假忠诚的店看似忠诚，直到对手靠近；潜在忠诚的店，要替它们"
            "扫除障碍。",
        ),
        (
            f"{name} ({own - rival:+.1f} / {repeat}) {_class(own - rival, repeat)}"
            for name, (own, rival, repeat) in _measured(params).items()
        ),
    ),
    concepts=("loyalty.attitude-and-behaviour",),
)

_THREE = ("Lanwan", "Granary", "Laurel")


def _stayers(params: Params) -> tuple[float, ...]:
    return tuple(float(params[f"loyal_{brand}"]) for brand in _THREE)


def _preferences(params: Params) -> tuple[float, ...]:
    first, second = params["prefer_Lanwan"], params["prefer_Granary"]
    return float(first), float(second), round(1 - first - second, 2)


@lru_cache(maxsize=4096)
def _split(loyal: tuple[float, ...], preference: tuple[float, ...]) -> ColomboMorrison:
    return colombo_morrison(dict(zip(_THREE, loyal, strict=True)), preference)


def _chance_to_buy_lanwan(params: Params, after: str) -> float:
    return float(_split(_stayers(params), _preferences(params)).transition["Lanwan"][after])


def _lanwan_keeps(params: Params) -> float:
    return _chance_to_buy_lanwan(params, "Lanwan")


def _lanwan_wins(params: Params) -> float:
    return _chance_to_buy_lanwan(params, "Granary")


def _in_the_long_run(params: Params) -> float:
    return float(_split(_stayers(params), _preferences(params)).steady_state["Lanwan"])


_SWITCHING_PARTS: dict[str, Item] = {
    "stay": NumberItem(
        ask=Text(en="Chance that a buyer of Lanwan buys Lanwan again", zh="蓝湾的买家再次购买蓝湾的概率"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_lanwan_keeps,
        traps=(
            Trap(
                "only-the-loyal",
                lambda params: params["loyal_Lanwan"],
                Text(
                    en="Those are the loyal ones. May one who chooses freely not choose Lanwan again?",
                    zh="这只是忠诚的那部分。自由选择的买家，就不会又选中蓝湾吗？",
                ),
            ),
            Trap(
                "all-choose-freely",
                lambda params: params["prefer_Lanwan"],
                Text(
                    en="You let everybody choose freely. Some of Lanwan's buyers do not choose at all.",
                    zh="你让所有人都自由选择。蓝湾的一部分买家根本不挑选。",
                ),
            ),
            Trap(
                "added-without-leavers",
                lambda params: params["loyal_Lanwan"] + params["prefer_Lanwan"],
                Text(
                    en="You gave the preference to all buyers. Only those who are not loyal choose by it.",
                    zh="你让所有买家都按偏好选。只有不忠诚的那部分才按偏好选择。",
                ),
            ),
        ),
        hint=Text(
            en="The loyal ones, plus that part of the others that comes back by preference.",
            zh="忠诚的部分，再加上其余买家中按偏好又选回来的部分。",
        ),
        why=_SEE_WHOLE,
    ),
    "win": NumberItem(
        ask=Text(en="Chance that a buyer of Granary buys Lanwan next", zh="谷仓的买家下次购买蓝湾的概率"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_lanwan_wins,
        traps=(
            Trap(
                "loyal-ones-move",
                lambda params: params["loyal_Granary"] * params["prefer_Lanwan"],
                Text(
                    en="You sent Granary's loyal buyers to Lanwan. Which of its buyers are free to move?",
                    zh="你让谷仓的忠诚买家去买蓝湾了。谷仓的哪些买家会走？",
                ),
            ),
            Trap(
                "everybody-moves",
                lambda params: params["prefer_Lanwan"],
                Text(
                    en="So many of the free ones choose Lanwan. How many of Granary's buyers are free?",
                    zh="这是自由选择者中选蓝湾的比例。谷仓的买家中有多少是自由的？",
                ),
            ),
            Trap(
                "wrong-row",
                unless_close(_lanwan_wins, lambda params: (1 - params["loyal_Lanwan"]) * params["prefer_Lanwan"]),
                Text(
                    en="You let Lanwan's own buyers go. Whose buyers does the question ask about?",
                    zh="你放走的是蓝湾自己的买家。题目问的是哪一家的买家？",
                ),
            ),
        ),
        hint=Text(
            en="The part of Granary's buyers that is not loyal, times the preference for Lanwan.",
            zh="谷仓买家中不忠诚的部分，乘以对蓝湾的偏好。",
        ),
        why=_SEE_WHOLE,
    ),
    "long_run": NumberItem(
        ask=Text(en="Lanwan's share in the long run", zh="蓝湾的长期份额"),
        unit=_DECIMALS,
        decimals=3,
        abs_tol=0.002,
        solve=_in_the_long_run,
        traps=(
            Trap(
                "preference-is-share",
                lambda params: params["prefer_Lanwan"],
                Text(
                    en="That is its share of those who choose freely. Who holds on to the buyers that it wins?",
                    zh="这是它在自由选择者中的份额。赢来的买家，谁留得住？",
                ),
            ),
            Trap(
                "loyalty-is-share",
                lambda params: params["loyal_Lanwan"] / sum(_stayers(params)),
                Text(
                    en="You shared the market out by loyalty alone. A brand must also be reached by those who choose.",
                    zh="你只按忠诚分配市场。一个品牌，还得有自由的买家选它。",
                ),
            ),
            Trap(
                "one-order-ahead",
                lambda params: sum(_chance_to_buy_lanwan(params, brand) for brand in _THREE) / len(_THREE),
                Text(
                    en="That is one order ahead, from equal shares. Split the new buyers again, and go on until the "
                    "shares "
                    "no longer change.",
                    zh="这是从相同份额出发、一次订货之后的份额。把新的买家再划分一次，一直算下去，直到份额不再变化。",
                ),
            ),
        ),
        hint=Text(
            en="Where do shares no longer change? `colombo_morrison(...)` has `steady_state`.",
            zh="份额到哪里不再变化？`colombo_morrison(...)` 的结果里有 `steady_state`。",
        ),
        why=_SEE_WHOLE,
    ),
}

loyal_and_free = PartsItem(
    id="loyalty-p11",
    ask=Text(
        en="Of those who bought a brand last, a part is loyal and buys it again; the others choose freely, with the "
        "preferences in the table. The split applies anew at each purchase. Give a dictionary with `stay` (a buyer "
        "of Lanwan buys Lanwan again), `win` (a buyer of Granary buys "
        "Lanwan next) and `long_run` (Lanwan's share in the end), to three decimals.",
        zh="上一次买某品牌的人中，一部分忠诚，再买这个品牌；其余的自由选择，偏好见下表。每次购买都重新这样划分。"
        "请给出字典：`stay`"
        "（蓝湾 Lanwan 的买家再次购买蓝湾）、`win`（谷仓 Granary 的买家下次购买蓝湾）和 `long_run`"
        "（蓝湾的长期份额），都取三位小数。",
    ),
    choices={
        "loyal_Lanwan": (0.4, 0.5, 0.6, 0.7),
        "loyal_Granary": (0.2, 0.3, 0.6),
        "loyal_Laurel": (0.1, 0.3, 0.4),
        "prefer_Lanwan": (0.25, 0.35, 0.45),
        "prefer_Granary": (0.2, 0.3, 0.4),
    },
    example={
        "loyal_Lanwan": 0.6,
        "loyal_Granary": 0.3,
        "loyal_Laurel": 0.1,
        "prefer_Lanwan": 0.35,
        "prefer_Granary": 0.4,
    },
    reject=lambda params: any_too_close(_SWITCHING_PARTS, params, least=0.008),
    exhibit=lambda params: pd.DataFrame(
        {"loyal": _stayers(params), "preference": _preferences(params)}, index=list(_THREE)
    ),
    parts=_SWITCHING_PARTS,
    why=lambda params: Text(
        en="Stay: {own} + (1 - {own}) × {wish} = {stay:.3f}. Win: (1 - {other}) × {wish} = {win:.3f}. In the long run "
        "Lanwan has {share:.3f}: shares go with preference divided by (1 - loyal).",
        zh="留下：{own} + (1 - {own}) × {wish} = {stay:.3f}。赢得：(1 - {other}) × {wish} = {win:.3f}。长期来看，"
        "蓝湾占 {share:.3f}：份额与“偏好 /（1 - 忠诚比例）”成正比。",
    ).format(
        own=params["loyal_Lanwan"],
        other=params["loyal_Granary"],
        wish=params["prefer_Lanwan"],
        stay=_lanwan_keeps(params),
        win=_lanwan_wins(params),
        share=_in_the_long_run(params),
    ),
    concepts=("loyalty.four-degrees",),
)

_MARKETS = ("X", "Y")
_LEVELS = (3, 4, 5)


def _stay_of(params: Params, market: str) -> list[float]:
    """Who stays at each level, in the market that is locked in or in the one with hard competition."""
    if market == params["locked_in"]:
        return [_stays(level, params["weak"], params["switching_cost"]) for level in _LEVELS]
    return [_stays(level, params["hard"]) for level in _LEVELS]


def _stay_table(params: Params) -> pd.DataFrame:
    index = pd.Index(_LEVELS, name="satisfaction")
    shown = {market: [round(100 * one) for one in _stay_of(params, market)] for market in _MARKETS}
    return pd.DataFrame(shown, index=index)


def _flatter(params: Params) -> str:
    """The market in which satisfaction makes less of a difference."""
    rise = {market: stay[-1] - stay[0] for market in _MARKETS for stay in [_stay_of(params, market)]}
    return min(rise, key=lambda market: rise[market])


two_markets = ChoiceItem(
    id="loyalty-p12",
    ask=Text(
        en="Two markets: of the customers who give 3, 4 or 5 points of 5 for satisfaction, so many percent stay. Which "
        "markets are these?",
        zh="两个市场：满意度打 3 分、4 分、5 分（满分 5 分）的客户各有百分之几留下，见下表。它们是怎样的市场？",
    ),
    options={
        "lock_X": Text(en="X locks its customers in, Y has hard competition", zh="X 把客户锁定，Y 竞争激烈"),
        "lock_Y": Text(en="X has hard competition, Y locks its customers in", zh="X 竞争激烈，Y 把客户锁定"),
        "same": Text(
            en="the same competition; one of them just has happier customers",
            zh="竞争一样激烈，只是其中一个的客户更满意",
        ),
        "both_hard": Text(
            en="hard competition in both: at 5 points nearly all stay in both",
            zh="两个都竞争激烈：打 5 分的都几乎全部留下",
        ),
    },
    choices={
        "locked_in": _MARKETS,
        "weak": (0.2, 0.4, 0.6),
        "switching_cost": (2.5, 3.0, 3.5),
        "hard": (2.5, 3.0, 3.5),
    },
    example={"locked_in": "X", "weak": 0.4, "switching_cost": 2.5, "hard": 3.0},
    exhibit=_stay_table,
    solve=lambda params: f"lock_{_flatter(params)}",
    traps=(
        Trap(
            "high-means-hard-won",
            lambda params: "lock_X" if _flatter(params) == "Y" else "lock_Y",
            Text(
                en="You took a high share for the mark of competition. Where even the lukewarm stay, what holds them?",
                zh="你把留下的比例高当成了竞争的标志。连不冷不热的客户都留下，是什么留住了他们？",
            ),
        ),
        Trap(
            "happier-customers",
            always("same"),
            Text(
                en="Each row holds satisfaction fixed. So what differs within a row?",
                zh="每一行的满意度是一样的。那么同一行里的差别从何而来？",
            ),
        ),
        Trap(
            "looks-at-the-top",
            always("both_hard"),
            Text(
                en="You compared the last row. A market shows itself in what the merely satisfied do.",
                zh="你比较的是最后一行。一个市场怎样，要看那些仅仅满意的客户怎么做。",
            ),
        ),
    ),
    hint=Text(
        en="How much does each point of satisfaction change, in each market?",
        zh="在每个市场里，满意度每多一分，变化有多大？",
    ),
    why=lambda params: Text(
        en="In {locked} satisfaction changes little and nearly all stay: leaving is dear, so this is no proof of "
        "loyalty. In {open} {four}% stay at 4 and {five}% at 5: only delight binds where leaving is free.",
        zh="在 {locked}，满意度影响很小，几乎人人留下：离开的代价高，这不能证明忠诚。在 {open}，打 4 分的留下 {four}%，"
        "打 5 分的留下 {five}%：离开没有代价时，只有非常满意才留得住人。",
    ).format(
        locked=_flatter(params),
        open=next(market for market in _MARKETS if market != _flatter(params)),
        four=round(100 * _stays(4, params["hard"])),
        five=round(100 * _stays(5, params["hard"])),
    ),
    concepts=("loyalty.result-of-satisfaction", "loyalty.delight-bond"),
)

# --- practice: keeping in touch, visiting, winning back --------------------------------------------------------------


def _halvings(start: float, end: float) -> float:
    """How many half-lives it takes from one level down to another."""
    return math.log2(start / end)


def _gaps(params: Params) -> tuple[float, float]:
    """How far satisfaction lies above its resting level, after the visit and at the threshold."""
    return params["start"] - params["rest"], params["threshold"] - params["rest"]


def _weeks(params: Params) -> float:
    return float(params["half_life"] * _halvings(*_gaps(params)))


def _linear_weeks(params: Params, weeks_to_rest: float) -> float:
    """As if satisfaction fell by the same amount each week until it rests."""
    above, left = _gaps(params)
    return weeks_to_rest * (above - left) / above


next_visit_due: NumberItem = NumberItem(
    id="loyalty-p13",
    ask=Text(
        en="After a visit a salon's satisfaction is {start} of 10. It fades towards a resting level of {rest}; what "
        "lies above that level halves every {half_life} weeks. After how many weeks has satisfaction fallen to "
        "{threshold}, so that a contact is due?",
        zh="拜访之后，一家店的满意度为 {start}（满分 10）。它逐渐回落到平常水平 {rest}；高出平常水平的部分每 "
        "{half_life} 周减半。多少周之后满意度降到 {threshold}，该再联系了？",
    ),
    unit=Text(en="weeks", zh="周"),
    decimals=1,
    abs_tol=0.06,
    choices={
        "start": (8.5, 9, 9.5),
        "rest": (5, 5.5, 6),
        "half_life": (4, 6, 8, 12),
        "threshold": (6.5, 7, 7.5),
    },
    example={"start": 9, "rest": 6, "half_life": 6, "threshold": 7},
    reject=lambda params: too_close(next_visit_due, params, gap=0.03, least=0.2),
    solve=_weeks,
    traps=(
        Trap(
            "straight-line",
            lambda params: _linear_weeks(params, 2 * params["half_life"]),
            Text(
                en="You let it fall by the same amount each week. Halving takes off less and less.",
                zh="你让它每周下降同样多。每次减半，降下的会越来越少。",
            ),
        ),
        Trap(
            "half-life-is-whole-life",
            lambda params: _linear_weeks(params, params["half_life"]),
            Text(
                en="You let all of it fade within one half-life. How much is left by then?",
                zh="你让它在一个半衰期内全部消退。到那时还剩多少？",
            ),
        ),
        Trap(
            "e-fold-for-half",
            lambda params: _weeks(params) * math.log(2),
            Text(
                en="You took the natural logarithm. That counts how often it shrinks by the factor e, not by half.",
                zh="你用了自然对数。它数的是缩小到 1/e 的次数，不是减半的次数。",
            ),
        ),
        Trap(
            "no-resting-level",
            lambda params: params["half_life"] * _halvings(params["start"], params["threshold"]),
            Text(
                en="You let all of the satisfaction halve. Only what lies above the resting level fades.",
                zh="你让全部满意度减半。会消退的只是高出平常水平的部分。",
            ),
        ),
    ),
    hint=Text(
        en="How far above the resting level, now and then? How many halvings lie between?",
        zh="现在和那时各高出平常水平多少？中间要减半几次？",
    ),
    why=lambda params: Text(
        en="{above:g} above the resting level must shrink to {left:g}: {times:.2f} halvings of {half_life} weeks, "
        "{weeks:.1f} weeks. Each contact starts the clock again; a deal that is done is no relation that is over.",
        zh="高出平常水平的 {above:g} 要缩小到 {left:g}：减半 {times:.2f} 次，每次 {half_life} 周，共 {weeks:.1f} 周。"
        "每联系一次，就重新计时；交易结束并不意味着关系结束。",
    ).format(
        above=_gaps(params)[0],
        left=_gaps(params)[1],
        times=_halvings(*_gaps(params)),
        half_life=params["half_life"],
        weeks=_weeks(params),
    ),
    concepts=("loyalty.after-sale-contact",),
)

_TIERS = ("A", "B", "C")


def _response(params: Params, tier: str, visits: float) -> float:
    """What so many visits bring in a month, by the response that ``allocate`` shares out."""
    return float(params[f"scale_{tier}"] * (1 - math.exp(-params[f"rate_{tier}"] * visits)))


def _so_far(params: Params, tier: str) -> float:
    return _response(params, tier, params[f"visits_{tier}"])


def _next_visit(params: Params, tier: str) -> float:
    return _response(params, tier, params[f"visits_{tier}"] + 1) - _so_far(params, tier)


def _average_visit(params: Params, tier: str) -> float:
    return _so_far(params, tier) / float(params[f"visits_{tier}"])


def _first_visit(params: Params, tier: str) -> float:
    return _response(params, tier, 1)


def _fewest(params: Params, tier: str) -> float:
    return -float(params[f"visits_{tier}"])


def _unexploited(params: Params, tier: str) -> float:
    return float(params[f"scale_{tier}"]) - _so_far(params, tier)


def _next_but_a(params: Params, tier: str) -> float:
    return 0.0 if tier == "A" else _next_visit(params, tier)


Worth = Callable[[Params, str], float]


def _tier_by(worth: Worth) -> Callable[[Params], str]:
    return lambda params: max(_TIERS, key=lambda tier: worth(params, tier))


_best_tier = _tier_by(_next_visit)


def _other_tier_by(worth: Worth) -> Callable[[Params], str | None]:
    return lambda params: None if _tier_by(worth)(params) == _best_tier(params) else _tier_by(worth)(params)


def _visits_in_all(params: Params) -> float:
    return float(sum(params[f"visits_{tier}"] for tier in _TIERS))


def _best_for_a(params: Params) -> float:
    scale, rate = ([params[f"{what}_{tier}"] for tier in _TIERS] for what in ("scale", "rate"))
    return float(allocate(_visits_in_all(params), scale, rate)[0])


_VISIT_PARTS: dict[str, Item] = {
    "next": ChoiceItem(
        ask=Text(en="Class that gets the next visit", zh="下一次拜访给哪一类"),
        options={tier: Text(en=tier, zh=tier) for tier in _TIERS},
        solve=_best_tier,
        traps=(
            Trap(
                "a-first-by-rule",
                lambda params: None if _best_tier(params) == "A" else "A",
                Text(
                    en="The rule says: visit key customers most. How much have their visits brought already, and what "
                    "can one more add?",
                    zh="规则说：对重点客户要高密度拜访。这些拜访已经带来多少？再多一次还能添多少？",
                ),
            ),
            Trap(
                "largest-total",
                _other_tier_by(_so_far),
                Text(
                    en="You looked at what all visits to a class bring. They are made; what does one more bring?",
                    zh="你看的是一类客户的全部拜访带来多少。那些拜访已经做完；再多一次带来多少？",
                ),
            ),
            Trap(
                "average-visit",
                _other_tier_by(_average_visit),
                Text(
                    en="You compared the average visit. The next one comes after all of these.",
                    zh="你比较的是平均每次带来多少。下一次排在这些之后。",
                ),
            ),
            Trap(
                "first-visit",
                _other_tier_by(_first_visit),
                Text(
                    en="You compared the very first visits. How many have gone before?",
                    zh="你比较的是最初一次拜访。之前已经去过多少次？",
                ),
            ),
            Trap(
                "most-left-to-win",
                _other_tier_by(_unexploited),
                Text(
                    en="You went where most is left to be won. How much of that does one visit win? The rate counts.",
                    zh="你选了剩余潜力最大的一类。一次拜访能赢得其中多少？rate 也要算进去。",
                ),
            ),
            Trap(
                "fewest-so-far",
                _other_tier_by(_fewest),
                Text(
                    en="You went where nobody goes. Few visits may be many for what there is to win.",
                    zh="你选了去得最少的一类。次数虽少，相对于能赢得的，也许已经够多。",
                ),
            ),
            Trap(
                "a-has-enough",
                _other_tier_by(_next_but_a),
                Text(
                    en="You left key customers out because they get most. Many visits are not yet too many: compute.",
                    zh="你因为重点客户的次数最多，就把这一类排除了。次数多，不等于过多：请算一算。",
                ),
            ),
        ),
        hint=Text(
            en="For each class: response to one visit more, less response to today's visits.",
            zh="每一类都算：多一次拜访的回报，减去目前拜访的回报。",
        ),
        why=_SEE_WHOLE,
    ),
    "brings": NumberItem(
        ask=Text(en="What this visit brings", zh="这次拜访带来多少"),
        unit=_YUAN,
        solve=lambda params: _next_visit(params, _best_tier(params)),
        traps=(
            Trap(
                "total",
                lambda params: _so_far(params, _best_tier(params)),
                Text(
                    en="That is what today's visits bring together. What does one more add?",
                    zh="这是目前的拜访合计带来的。再多一次添多少？",
                ),
            ),
            Trap(
                "average-visit",
                lambda params: _average_visit(params, _best_tier(params)),
                Text(
                    en="That is the average of today's visits. The next one brings less than each of them.",
                    zh="这是目前平均每次带来的。下一次比其中任何一次都少。",
                ),
            ),
            Trap(
                "first-visit",
                lambda params: _first_visit(params, _best_tier(params)),
                Text(
                    en="That is what the very first visit brings. How many have gone before?",
                    zh="这是最初一次拜访带来的。之前已经去过多少次？",
                ),
            ),
        ),
        hint=Text(
            en="Put today's visits, and one more, into the formula; subtract.",
            zh="把目前的次数和多一次的次数分别代入公式，再相减。",
        ),
        why=_SEE_WHOLE,
    ),
    "best_A": NumberItem(
        ask=Text(en="Visits for A if today's total were split best", zh="总次数不变、分配最优时 A 的拜访次数"),
        unit=Text(en="visits per month, decimals allowed", zh="次/月，可以有小数"),
        decimals=1,
        abs_tol=0.06,
        solve=_best_for_a,
        traps=(
            Trap(
                "as-today",
                lambda params: float(params["visits_A"]),
                Text(
                    en="That is what A gets today. Is the next visit worth the same in all classes?",
                    zh="这是 A 目前的次数。下一次拜访在各类中带来的一样多吗？",
                ),
            ),
            Trap(
                "equal-parts",
                lambda params: _visits_in_all(params) / len(_TIERS),
                Text(
                    en="You gave each class the same. Where does a visit meet more that can still be won?",
                    zh="你让各类次数相同。在哪一类，一次拜访还能赢得更多？",
                ),
            ),
            Trap(
                "by-size",
                lambda params: (
                    _visits_in_all(params) * params["scale_A"] / sum(params[f"scale_{tier}"] for tier in _TIERS)
                ),
                Text(
                    en="You split by what each class can bring at most. How fast it gets there counts as well.",
                    zh="你按各类最多能带来的分配。达到的快慢也要算进去。",
                ),
            ),
        ),
        hint=Text(
            en="`allocate(total, scale, rate)` makes the next visit worth the same everywhere.",
            zh="`allocate(total, scale, rate)`（total 为总次数）会使下一次拜访在各处带来的一样多。",
        ),
        why=_SEE_WHOLE,
    ),
}


def _uncovered(params: Params) -> bool:
    """Whether a wrong class is what no wrong model says."""
    wrong = {trap.wrong(params) for trap in _VISIT_PARTS["next"].traps}
    return not set(_TIERS) - {_best_tier(params)} <= wrong


def _close_race(params: Params) -> bool:
    _, second, first = sorted(_next_visit(params, tier) for tier in _TIERS)
    return second > 0.93 * first


whom_to_visit = PartsItem(
    id="loyalty-p14",
    ask=Text(
        en="A seller's {visits_A} + {visits_B} + {visits_C} visits a month go to classes A, B and C. With x visits a "
        "class brings scale × (1 - exp(-rate × x)) yuan a month. The notes say: visit key customers (A) most densely. "
        'Give a dictionary with `next` (`"A"`, `"B"` or `"C"`: where one more visit brings most), `brings` (how much) '
        "and `best_A` (visits for A if today's total were split best, to one "
        "decimal).",
        zh="一位销售员每月给 A、B、C 三类客户的拜访次数为 {visits_A} + {visits_B} + {visits_C}。拜访 x 次，"
        "一类客户每月带来 scale × (1 - exp(-rate × x)) 元。笔记说：对重点客户（A）要高密度拜访。请给出字典："
        '`next`（`"A"`、`"B"` 或 `"C"`：再多一次，去哪一类带来的最多）、`brings`（带来多少元）和 `best_A`'
        "（总次数不变、分配最优时 A 的次数，取一位小数）。",
    ),
    choices={
        "scale_A": (4000, 5000, 6000),
        "scale_B": (2000, 2500, 3000),
        "scale_C": (1200, 1600),
        "rate_A": (0.04, 0.06, 0.12, 0.15),
        "rate_B": (0.06, 0.08, 0.1),
        "rate_C": (0.05, 0.12, 0.2),
        "visits_A": (16, 20, 26),
        "visits_B": (10, 14, 18),
        "visits_C": (4, 6, 9),
    },
    example={
        "scale_A": 5000,
        "scale_B": 2500,
        "scale_C": 1200,
        "rate_A": 0.15,
        "rate_B": 0.08,
        "rate_C": 0.05,
        "visits_A": 26,
        "visits_B": 10,
        "visits_C": 6,
    },
    reject=lambda params: (
        _close_race(params) or _uncovered(params) or any_too_close(_VISIT_PARTS, params, gap=0.03, least=0.2)
    ),
    exhibit=lambda params: pd.DataFrame(
        {what: [params[f"{what}_{tier}"] for tier in _TIERS] for what in ("scale", "rate", "visits")},
        index=list(_TIERS),
    ),
    parts=_VISIT_PARTS,
    why=lambda params: Text(
        en="One more visit brings {a:.2f} in A, {b:.2f} in B and {c:.2f} in C, so it goes to {best}. The best split "
        "gives A {best_a:.1f} of {all:.0f} visits; today it has {today}. The class that brings most in all "
        "need not be where a further visit brings most.",
        zh="再多一次拜访，在 A 带来 {a:.2f}，在 B 带来 {b:.2f}，在 C 带来 {c:.2f}，所以给 {best}。最优分配下 A 得 "
        "{all:.0f} 次中的 {best_a:.1f} 次；目前是 {today} 次。总共带来最多的一类，再多一次未必带来最多。",
    ).format(
        **{tier.lower(): _next_visit(params, tier) for tier in _TIERS},
        best=_best_tier(params),
        best_a=_best_for_a(params),
        all=_visits_in_all(params),
        today=params["visits_A"],
    ),
    concepts=("retention.abc-visits",),
)


def _returning(params: Params) -> float:
    return float(params["lapsed"] * params["return_share"] / 100)


def _won_back(params: Params) -> float:
    return float(_returning(params) * params["months"] * params["margin"] - params["lapsed"] * params["cost"])


win_back: NumberItem = NumberItem(
    id="loyalty-p15",
    ask=Text(
        en="Lanwan calls {lapsed} salons that have left, at {cost} yuan a call. {return_share}% of them return; each "
        "stays {months} months more and leaves a margin of {margin} yuan a month. What is this win-back worth in all "
        "(negative if it costs more than it brings)?",
        zh="蓝湾给 {lapsed} 家已经流失的店打电话，每通成本 {cost} 元。其中 {return_share}% 回来；每家再留 {months} "
        "个月，每月毛利 {margin} 元。这次客户再生（赢回）总共值多少（得不偿失则为负）？",
    ),
    unit=_YUAN,
    choices={
        "lapsed": (120, 150, 200, 250),
        "cost": (15, 20, 30, 40),
        "return_share": (6, 8, 10, 12),
        "months": (8, 10, 14),
        "margin": (30, 45, 60),
    },
    example={"lapsed": 200, "cost": 30, "return_share": 8, "months": 10, "margin": 60},
    reject=lambda params: abs(_won_back(params)) < 300 or too_close(win_back, params),
    solve=_won_back,
    traps=(
        Trap(
            "calls-to-returners-only",
            lambda params: _returning(params) * (params["months"] * params["margin"] - params["cost"]),
            Text(
                en="You paid only for calls that worked. Who else was called?",
                zh="你只算了有成效的那些电话的钱。还给谁打了电话？",
            ),
        ),
        Trap(
            "all-return",
            lambda params: params["lapsed"] * (params["months"] * params["margin"] - params["cost"]),
            Text(
                en="You let everybody return. How many of those called come back?",
                zh="你让所有店都回来了。接到电话的店，有多少回来？",
            ),
        ),
        Trap(
            "months-forgotten",
            lambda params: _returning(params) * params["margin"] - params["lapsed"] * params["cost"],
            Text(
                en="You counted one month of margin. How long do those who return stay?",
                zh="你只算了一个月的毛利。回来的店会留多久？",
            ),
        ),
        Trap(
            "calls-are-free",
            lambda params: _returning(params) * params["months"] * params["margin"],
            Text(
                en="That is what the returners leave. What did it take to win them?",
                zh="这是回来的店留下的毛利。为赢回它们花了多少？",
            ),
        ),
        Trap(
            "per-call",
            lambda params: _won_back(params) / params["lapsed"],
            Text(
                en="That is the value of one call. The question asks for all of them.",
                zh="这是一通电话的价值。题目问的是全部。",
            ),
        ),
    ),
    hint=Text(
        en="What one returner leaves, times how many return; less what all calls cost.",
        zh="一家回来的店留下多少，乘以回来的家数；再减去全部电话的成本。",
    ),
    why=lambda params: Text(
        en="{back:g} salons return and leave {months} × {margin} each; each of the {lapsed} calls costs {cost}: "
        "{back:g} × {life} - {spent} = {found:g}. It breaks even when {edge:.1%} return.",
        zh="{back:g} 家店回来，每家留下 {months} × {margin}；{lapsed} 通电话每通 {cost}："
        "{back:g} × {life} - {spent} = {found:g}。回来的比例达到 {edge:.1%} 时盈亏平衡。",
    ).format(
        **params,
        back=_returning(params),
        life=params["months"] * params["margin"],
        spent=params["lapsed"] * params["cost"],
        found=_won_back(params),
        edge=params["cost"] / (params["months"] * params["margin"]),
    ),
    concepts=("loyalty.develop-maintain-regenerate",),
)

# --- practice: telling apart, deciding -------------------------------------------------------------------------------

_FINDINGS: Mapping[str, tuple[Text, ...]] = {
    "awareness": (
        Text(
            en="Asked for makers of wall dispensers, most owners think of Lanwan",
            zh="问起壁挂分液器的厂家，多数店主会想到蓝湾",
        ),
        Text(en="Shown five logos, she points to Lanwan's at once", zh="给她看五个标志，她一眼指出蓝湾的"),
        Text(
            en="Owners in the new district have heard the name, and no more", zh="新城区的店主听说过这个名字，仅此而已"
        ),
        Text(
            en="After the fair, twice as many owners know what Lanwan sells",
            zh="展会之后，知道蓝湾卖什么的店主多了一倍",
        ),
        Text(
            en="She knows Lanwan's vans from the street and has never tried it", zh="她在街上见过蓝湾的送货车，从没试过"
        ),
    ),
    "reputation": (
        Text(
            en="Owners who know Lanwan call it good, customers or not", zh="知道蓝湾的店主都说它好，无论是不是它的客户"
        ),
        Text(en="A trade journal praises the care with which Lanwan works", zh="行业杂志称赞蓝湾做事细致"),
        Text(
            en="An owner who buys elsewhere says she hears only good of it",
            zh="一位在别家进货的店主说，听到的都是它的好话",
        ),
        Text(en="Even rivals' customers give its quality high marks", zh="连对手的客户也给它的质量打高分"),
        Text(en="In town, people speak well of how it treats its drivers", zh="城里人都说它待送货司机不错"),
    ),
    "trust": (
        Text(en="She gives Lanwan's driver the key to her store room", zh="她把库房钥匙交给蓝湾的司机"),
        Text(en="She pays in advance and does not count the bottles", zh="她预付货款，也不点瓶数"),
        Text(en="Both sides tell each other their plans before they are settled", zh="双方在计划定下来之前就互相通气"),
        Text(en="When Lanwan says Tuesday, she need not ask again", zh="蓝湾说星期二，她就不必再问"),
        Text(
            en="Lanwan reports a faulty batch first, and she takes its word on the rest",
            zh="蓝湾主动告知有一批次品，其余的货，它怎么说她就怎么信",
        ),
    ),
    "loyalty": (
        Text(
            en="She put Laurel's discount letter away and ordered Lanwan again",
            zh="她把月桂的折扣信放到一边，又订了蓝湾",
        ),
        Text(
            en="A rival opened next door; she still buys Lanwan, because she wants to",
            zh="对手开到了隔壁，她仍然买蓝湾，因为她愿意",
        ),
        Text(en="Lanwan was out of stock; she waited rather than change", zh="蓝湾断货，她宁可等，也不换"),
        Text(
            en="Year after year she prefers Lanwan and buys it, against every offer",
            zh="年复一年，她偏爱蓝湾，也买蓝湾，什么优惠都不动心",
        ),
        Text(
            en="Lanwan became dearer than its rivals; she goes on buying, and gladly",
            zh="蓝湾比对手贵了，她继续买，而且乐意",
        ),
    ),
}
_POOL = tuple((label, text) for label, texts in _FINDINGS.items() for text in texts)
_ROWS = tuple(f"f{number}" for number in range(1, 7))


def _found(params: Params) -> dict[str, str]:
    return {key: _POOL[params[key]][0] for key in _ROWS}


def _filed(key: str, label: str) -> Callable[[Params], Labels]:
    return lambda params: {key: None if _found(params)[key] == label else label}


_TOO_WIDE = {
    "awareness": Text(
        en="A finding that you filed under awareness says more than that the name is known. What does it add?",
        zh="你归入“知名度”的发现中，有一条说的不只是知道名字。它还说了什么？",
    ),
    "reputation": Text(
        en="A finding that you filed under reputation is not about what people say of the firm. Does she know it, rely "
        "on it, or keep buying?",
        zh="你归入“美誉度”的发现中，有一条说的不是大家怎么评价企业。她是知道它、依靠它，还是一直买它？",
    ),
    "trust": Text(
        en="A finding that you filed under trust risks nothing. What could she lose if the firm broke its word?",
        zh="你归入“信任”的发现中，有一条没有任何风险。如果企业食言，她会损失什么？",
    ),
    "loyalty": Text(
        en="A finding that you filed under loyalty shows no purchase that was put to the test. What does it show?",
        zh="你归入“忠诚”的发现中，有一条看不到经受过考验的购买。它表明的是什么？",
    ),
}

six_findings = MappingItem(
    id="loyalty-p16",
    ask=Text(
        en='Six findings of a survey. What does each one show? Use `"awareness"` (the name is known), `"reputation"` '
        '(it is well spoken of), `"trust"` (one side relies on the other) or `"loyalty"`.',
        zh='一次调查的六条发现。每一条说明的是什么？用 `"awareness"`（知名度：知道名字）、`"reputation"`'
        '（美誉度：评价好）、`"trust"`（信任：一方依靠另一方）或 `"loyalty"`（忠诚）作答。',
    ),
    keys={key: Text(en=key, zh=key) for key in _ROWS},
    labels={
        "awareness": Text(en="awareness", zh="知名度"),
        "reputation": Text(en="reputation", zh="美誉度"),
        "trust": Text(en="trust", zh="信任"),
        "loyalty": Text(en="loyalty", zh="忠诚"),
    },
    choices={key: tuple(range(len(_POOL))) for key in _ROWS},
    example={"f1": 10, "f2": 5, "f3": 0, "f4": 15, "f5": 7, "f6": 12},
    reject=lambda params: (
        len({params[key] for key in _ROWS}) < len(_ROWS) or set(_found(params).values()) != set(_FINDINGS)
    ),
    exhibit=lambda params: pd.DataFrame({"finding": [str(_POOL[params[key]][1]) for key in _ROWS]}, index=list(_ROWS)),
    solve=_found,
    traps=tuple(
        Trap(f"{label}-too-wide", _filed(key, label), _TOO_WIDE[label]) for label in _FINDINGS for key in _ROWS
    ),
    hint=Text(
        en="Known, praised, relied on, or bought again against temptation?",
        zh="是被知道、被称赞、被依靠，还是在诱惑面前仍被购买？",
    ),
    why=lambda params: with_listing(
        Text(
            en="Known is awareness, praised reputation, relied on trust, bought again against temptation loyalty: "
            "{found}. Note 4 speaks of all four in one breath; a survey asks for each with its own question.",
            zh="被知道是知名度，被称赞是美誉度，被依靠是信任，在诱惑面前仍被购买是忠诚：{found}。"
            "笔记 4 把四者连在一起说；做调查时，应各设问题。",
        ),
        (f"{key} {label}" for key, label in _found(params).items()),
    ),
    concepts=("loyalty.awareness-goal", "loyalty.mutual-trust"),
)

favours = TextItem(
    id="loyalty-p17",
    ask=Text(
        en="The buyer of a key customer asks Lanwan's sales manager to use his contacts: a place at a good school for "
        "her daughter, a job for her son. He also keeps a list of the birthdays of buyers' families, to send wishes. "
        "Permit, limit or refuse each of the two? Say who is affected, whose data it is, by which rule you decide, "
        "and what "
        "you would tell her.",
        zh="一家大客户的采购员请蓝湾的销售经理动用人脉：帮女儿进一所好学校，给儿子找份工作。他还存着一份采购员家人的"
        "生日名单，好送上祝福。这两件事，各是允许、限制还是拒绝？写明谁会受影响、数据是谁的、依据什么规则，"
        "以及你会怎么对她说。",
    ),
    min_words=40,
    rubric=Text(
        en="A decision on each of the two; those who are passed over and the child named; a rule (conflict of "
        "interest, bribery, the same terms for all, consent and purpose of personal data) applied to the facts; a "
        "sentence one could say to her.",
        zh="两件事各有明确决定；指出被挤掉的人和孩子会受影响；把一条规则（利益冲突、商业贿赂、对所有客户条件相同、"
        "个人信息的同意与目的）用到事实上；有一句能当面对她说的话。",
    ),
    solve=always(""),
    hint=Text(
        en="Take the two one by one. Who pays for the favour, and who gave the data?",
        zh="两件事分开看。这份人情由谁买单？数据是谁给的？",
    ),
    why=Text(
        en="The place and the job belong to others, so the favour is paid by somebody who is not asked, and may be "
        "bribery. Wishes to the customer herself are harmless if she agrees; data on her children needs a reason that "
        "Lanwan does not have.",
        zh="名额和工作本属于别人。没人问过他们，却由他们为这份人情买单；这还可能构成商业贿赂。只要客户本人同意，给她"
        "送祝福无妨；"
        "保存她孩子的信息，需要正当的理由，蓝湾并没有。",
    ),
    concepts=("retention.personal-favours", "retention.personal-dates"),
)

PRACTICE: tuple[Item, ...] = (
    warm_1,
    warm_2,
    warm_3,
    predict_1,
    predict_2,
    predict_3,
    predict_4,
    which_loyal,
    six_remarks,
    strip_of_orders,
    price_moves,
    ahead_of_rivals,
    mean_tenure,
    time_and_fact,
    faded_habit,
    after_stock_outs,
    four_salons,
    loyal_and_free,
    two_markets,
    next_visit_due,
    whom_to_visit,
    win_back,
    six_findings,
    favours,
)
