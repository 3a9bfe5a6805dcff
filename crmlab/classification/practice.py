"""Warm-ups, predictions and practice of chapter 01; every answer is computed by the chapter's model.

Warm-ups (``-w``) stand on ideas of chapter 00, predictions (``-q``) stand before a run, practice (``-p``) trains the
ideas of the graded set with other numbers. ``items.py`` joins them to the graded items.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from crmlab.classification import simulate
from crmlab.classification.model import (
    THRESHOLD,
    TRAITS,
    Closed,
    DispatchRule,
    Importance,
    PromptRule,
    Urgency,
    absorb,
    allocate,
    contribution,
    desk,
    good_customer,
    importance,
    kappa,
    lift,
    measure,
    prompt_targets,
    schedule,
    service_code,
    urgency,
)
from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Item,
    MappingItem,
    NumberItem,
    Params,
    PartsItem,
    TextItem,
    Trap,
    always,
    key_of,
)
from crmlab.core.text import Text

Key = tuple[tuple[str, Any], ...]

_YUAN = Text(en="yuan", zh="元")
_PER_YEAR = Text(en="yuan per year", zh="元/年")


def _unclear(question: Item, params: Params) -> bool:
    """Whether a wrong model comes close to the truth or to another wrong model, so that a hint could mislead."""
    right = float(question.solve(params))
    wrong = (float(trap.wrong(params)) for trap in question.traps)
    found = sorted([right, *(value for value in wrong if math.isfinite(value))])
    return any(high - low < 0.02 * max(abs(low), abs(high)) for low, high in itertools.pairwise(found))


def _unless(wrong: Callable[[Params], Any], right: Callable[[Params], Any]) -> Callable[[Params], Any]:
    """Keep a trap silent where the wrong way happens to lead to the right label."""

    def label(params: Params) -> Any:
        found = wrong(params)
        return None if found == right(params) else found

    return label


# --- warm-ups: chapter 00 in one line each ---------------------------------------------------------------------------

_STAY, _JOIN = 0.8, 100

warm_1 = ChoiceItem(
    id="classification-w1",
    ask=Text(
        en="*From chapter 00.* Lanwan's app has 1,000 users. Each year 8 in 10 users stay, and 100 new ones join. How "
        "many users does it have in the long run?",
        zh="*出自第 00 章。* 蓝湾的应用有 1,000 个用户。每年 10 个用户中有 8 个留下，另有 100 个新用户加入。"
        "长期来看，用户数是多少？",
    ),
    options={
        "endless": Text(en="more each year, without end", zh="逐年增加，没有尽头"),
        "1000": Text(en="1,000, as today", zh="1,000 个，与现在一样"),
        "500": Text(en="500 users", zh="500 个"),
        "125": Text(en="125 users", zh="125 个"),
    },
    solve=lambda params: f"{_JOIN / (1 - _STAY):.0f}",
    traps=(
        Trap(
            "stayers-for-leavers",
            lambda params: f"{_JOIN / _STAY:.0f}",
            Text(
                en="Reminder: you divided by the share that stays. Whom do the newcomers have to replace?",
                zh="提示：你除以的是留下的比例。新用户要补上的是哪些人？",
            ),
        ),
        Trap(
            "start-decides",
            always("1000"),
            Text(
                en="Reminder: count one year from today. How many leave, how many join, and are these equal?",
                zh="提示：从现在起数一年：走了多少，来了多少？两者相等吗？",
            ),
        ),
        Trap(
            "growth-without-end",
            always("endless"),
            Text(
                en="Reminder: the newcomers are the same number each year, the leavers are a share of the base. What "
                "happens to them as the base grows?",
                zh="提示：新用户每年人数相同，流失的却是总数的一个比例。总数变大时，流失人数会怎样？",
            ),
        ),
    ),
    hint=Text(
        en="At which size do as many users leave as join?",
        zh="总数是多少时，流失的人数正好等于加入的人数？",
    ),
    why=Text(
        en="The base settles where leavers equal newcomers: A/(1-r) = 100 / (1 - 0.8) = 500. To know who leaves, "
        "customers must be told apart; that starts in this chapter.",
        zh="流失等于新增时，总数不再变化：A/(1-r) = 100 / (1 - 0.8) = 500。要知道谁会走，先要把客户区分开，"
        "本章就从这里开始。",
    ),
)

warm_2 = ChoiceItem(
    id="classification-w2",
    ask=Text(
        en="*From chapter 00.* Revenue is the product of four levers: customers, products per customer, quantity per "
        "order, and orders. Each lever rises by 10%. By how much does revenue rise?",
        zh="*出自第 00 章。* 收入是四个因素之积：客户数、每个客户购买的产品种数、每单数量、订单次数。"
        "每个因素都提高 10%，收入提高多少？",
    ),
    options={
        "10": Text(en="by 10%", zh="提高 10%"),
        "40": Text(en="by 40%", zh="提高 40%"),
        "46.4": Text(en="by 46.4%", zh="提高 46.4%"),
    },
    solve=lambda params: f"{100 * (1.1**4 - 1):.1f}",
    traps=(
        Trap(
            "levers-added",
            lambda params: f"{4 * 10}",
            Text(
                en="Reminder: levers multiply. What does the second rise work on, the old revenue or the new one?",
                zh="提示：各因素是相乘的。第二次提高，是在原来的收入上，还是在已经提高的收入上？",
            ),
        ),
        Trap(
            "levers-averaged",
            always("10"),
            Text(
                en="Reminder: four levers move, not one. Start from a revenue of 1 and move them one after the other.",
                zh="提示：变动的是四个因素，不是一个。从收入 1 开始，一个一个地调。",
            ),
        ),
    ),
    hint=Text(en="Multiply four times.", zh="连乘四次。"),
    why=Text(
        en="1.1 to the power of 4 is 1.464: 46.4%. Small gains on every lever beat one large gain, and each lever "
        "asks for other customers first.",
        zh="1.1 的 4 次方是 1.464，即提高 46.4%。每个因素各进一小步，胜过单个因素的一大步；"
        "而每个因素首先要找的客户并不相同。",
    ),
)

warm_3 = ChoiceItem(
    id="classification-w3",
    ask=Text(
        en="*From chapter 00.* Put five questions to a number: of what (base), when (period), compared with whom "
        '(comparator), counted by whom (source), why (mechanism)? The claim: "Our invoices show: in 2025, salons with '
        'our app ordered 13 refills a month, salons without it 10: 30% more." Which question stays open?',
        zh="*出自第 00 章。* 对一个数字要问五个问题：相对于什么（基数）、在什么时期（时期）、与谁相比（对照）、"
        "谁统计的（来源）、为什么会这样（机制）？某论断说：“我们的发票显示：2025 年，用我们应用的店每月订 13 份补充装，"
        "不用的店订 10 份，所以多 30%。”哪个问题还没有回答？",
    ),
    options={
        "base": Text(en="of what: the base", zh="相对于什么：基数"),
        "period": Text(en="when: the period", zh="什么时候：时期"),
        "comparator": Text(en="compared with whom: the comparator", zh="与谁相比：对照"),
        "source": Text(en="counted by whom: the source", zh="谁统计的：来源"),
        "mechanism": Text(en="why: the mechanism", zh="为什么会这样：机制"),
    },
    solve=always("mechanism"),
    traps=(
        Trap(
            "base-overlooked",
            always("base"),
            Text(
                en="Reminder: the base is the number that the percentage is taken of. Is it in the claim?",
                zh="提示：基数就是百分比所依据的那个数。论断里有没有？",
            ),
        ),
        Trap(
            "period-overlooked",
            always("period"),
            Text(
                en="Reminder: does the claim say when these orders were made?",
                zh="提示：论断说没说这些订单是何时下的？",
            ),
        ),
        Trap(
            "comparator-overlooked",
            always("comparator"),
            Text(
                en="Reminder: more than whom? Look for a second group in the claim.",
                zh="提示：比谁多？看看论断里有没有另一组店。",
            ),
        ),
        Trap(
            "source-overlooked",
            always("source"),
            Text(
                en="Reminder: from which records were the orders counted? Read how the claim begins.",
                zh="提示：订单是根据什么记录统计的？再读一读论断的开头。",
            ),
        ),
    ),
    hint=Text(
        en="Tick off each question that the claim answers.",
        zh="论断回答了哪些问题，逐个划掉。",
    ),
    why=Text(
        en="Nothing says why the app should bring orders: perhaps it is the salons that order much that install it. "
        "The same doubt returns in this chapter, with prompts.",
        zh="论断没有说明为什么应用会带来订单：也许本来就订得多的店才装应用。本章讲到提示推销时，还会遇到同样的疑问。",
    ),
)

# --- predictions: pick, commit, run ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _contacts() -> pd.DataFrame:
    """The 600 matters of the chapter."""
    return simulate.tables()["classification_contacts"]


@lru_cache(maxsize=1)
def _moved() -> int:
    """How many matters change tier when only the closed side changes."""
    due = _contacts()["due_in_days"]
    return int((urgency(due).astype(str) != urgency(due, closed="left").astype(str)).sum())


_HOW_MANY = {"none": 0, "ten": 10, "hundred": 100, "half": 300}

predict_1 = ChoiceItem(
    id="classification-q1",
    ask=Text(
        en="The edges stay at 7, 30 and 90 days. Only one thing changes: a day exactly on an edge now belongs to the "
        "*less urgent* tier. How many of the 600 matters change tier?",
        zh="边界仍是 7、30、90 天，只改一点：正好落在边界上的那一天，改归*较缓的一类*。"
        "600 件事务中，有多少件换了类别？",
    ),
    options={
        "none": Text(en="none: no edge has moved", zh="一件也没有：边界没动"),
        "ten": Text(en="about ten", zh="十件左右"),
        "hundred": Text(en="about a hundred", zh="一百件左右"),
        "half": Text(en="about half of them", zh="一半左右"),
    },
    solve=lambda params: min(_HOW_MANY, key=lambda name: abs(_HOW_MANY[name] - _moved())),
    traps=(
        Trap(
            "edges-hold-nobody",
            always("none"),
            Text(
                en="No edge has moved, and yet the rule has changed. Which matters does it now put elsewhere?",
                zh="边界没动，规则却变了。哪些事务因此换了地方？",
            ),
        ),
        Trap(
            "days-spread-evenly",
            always("ten"),
            Text(
                en="You spread the due dates evenly over the calendar. Which deadlines do people like to set?",
                zh="你以为到期日是均匀分布的。人们定期限时，喜欢定几天？",
            ),
        ),
        Trap(
            "all-near-an-edge",
            always("half"),
            Text(
                en="Only days exactly on an edge move. How many of 600 matters can sit on three single days?",
                zh="只有正好落在边界上的才会动。600 件事务中，能有多少件落在这三天？",
            ),
        ),
    ),
    hint=Text(en="Which due dates are touched at all?", zh="究竟哪些到期日会受影响？"),
    why=lambda params: Text(
        en="{moved} matters are due on day 7, 30 or 90 exactly: people promise a week, a month, three months. One "
        "bracket decides about all of them.",
        zh="有 {moved} 件事务正好在第 7、30 或 90 天到期：人们爱承诺一周、一个月、三个月。一个括号就决定了它们的类别。",
    ).format(moved=_moved()),
    concepts=("classification.urgency",),
)


@lru_cache(maxsize=1)
def _desk() -> dict[DispatchRule, tuple[float, float, float]]:
    """Weighted tardiness, mean completion and largest lateness of Monday's desk under each rule, two at work."""
    rules: tuple[DispatchRule, ...] = ("edd", "spt", "wspt", "fcfs")
    found = {rule: measure(schedule(desk(_contacts()), rule, managers=2)) for rule in rules}
    return {
        rule: (one.weighted_tardiness_days, one.mean_completion_days, one.max_lateness_days)
        for rule, one in found.items()
    }


def _best_rule(place: int) -> Callable[[Params], str]:
    return lambda params: str(min(_desk(), key=lambda rule: _desk()[rule][place]))


predict_2 = ChoiceItem(
    id="classification-q2",
    ask=Text(
        en="Monday: 60 matters are overdue or due within 7 days, and two account managers work side by side. Weighted "
        "tardiness adds up days late; a day of an important customer's matter counts 5 times. Which order of work "
        "makes it smallest?",
        zh="周一：60 件事务已逾期或 7 天内到期，两位客户经理同时处理。加权延误是延误天数之和，"
        "其中重要客户的事务每延误一天按 5 天计。按哪种顺序处理，加权延误最小？",
    ),
    options={
        "edd": Text(en="earliest due first", zh="最早到期优先"),
        "spt": Text(en="shortest first", zh="最短工时优先"),
        "wspt": Text(en="highest weight per hour first", zh="单位工时权重高者优先"),
        "fcfs": Text(en="first come, first served", zh="先到先服务"),
    },
    solve=_best_rule(0),
    traps=(
        Trap(
            "urgent-is-all",
            _best_rule(2),
            Text(
                en="Due dates alone keep the *worst* delay small. Does this order know which matters weigh more, or "
                "which long ones block the desk?",
                zh="只看到期日，能让*最长*的延误较短。可它知道哪些事务更重要、哪些太耗时会堵住后面的吗？",
            ),
        ),
        Trap(
            "short-is-all",
            _best_rule(1),
            Text(
                en="Short ones first make the average wait small. Does this order see which matters weigh more?",
                zh="最短工时优先，平均等待时间短。可它看得出哪些事务更重要吗？",
            ),
        ),
        Trap(
            "fair-is-good",
            always("fcfs"),
            Text(
                en="The order of arrival looks at neither work, nor weight, nor due date. Should one of these help?",
                zh="先到先服务既不看工时，也不看权重和到期日。这些信息难道没有用？",
            ),
        ),
    ),
    hint=Text(
        en="More work lies there than can be done in time. What should wait?",
        zh="事情太多，不可能都按时办完。让哪些等？",
    ),
    why=lambda params: Text(
        en="Weighted days late: {wspt:.0f} by weight per hour, {spt:.0f} shortest first, {edd:.0f} earliest due "
        "first, {fcfs:.0f} first come. With more managers another rule may win: the explorer shows it.",
        zh="加权延误天数：单位工时权重高者优先 {wspt:.0f}，最短工时优先 {spt:.0f}，最早到期优先 {edd:.0f}，"
        "先到先服务 {fcfs:.0f}。客户经理增多时，胜出的可能是另一种规则：探索器里可以看到。",
    ).format(**{rule: found[0] for rule, found in _desk().items()}),
    concepts=("classification.urgency", "classification.importance"),
)


@lru_cache(maxsize=1)
def _only_by_larger() -> float:
    """The share of matters that are important by the larger of deal and potential, but not by their sum."""
    larger, both = (importance(_contacts(), scorer) == Importance.IMPORTANT for scorer in ("either", "sum"))
    return float((larger & ~both).mean())


def _how_often(share: float) -> str:
    if share == 0:
        return "never"
    return "sometimes" if share < 0.1 else "often"


predict_3 = ChoiceItem(
    id="classification-q3",
    ask=Text(
        en="A customer is important from a score of 10,000 on. One reading scores the *larger* of deal and potential, "
        "another their *sum*. How often is a customer important by the larger, but not by the sum?",
        zh="得分达到 10,000 的客户为重要客户。一种读法取交易额与潜力中*较大*的一个，另一种取两者*之和*。"
        "按“较大者”重要、按“之和”却不重要的客户，有多常见？",
    ),
    options={
        "never": Text(en="never", zh="从来没有"),
        "sometimes": Text(en="sometimes", zh="偶尔有"),
        "often": Text(en="often", zh="经常有"),
    },
    solve=lambda params: _how_often(_only_by_larger()),
    traps=(
        Trap(
            "flips-both-ways",
            always("sometimes"),
            Text(
                en="You let labels flip in both directions. Neither amount is negative: can a sum lie below its larger "
                "part?",
                zh="你以为两个方向都会变。两个金额都不是负数：和会比其中较大的一个还小吗？",
            ),
        ),
        Trap(
            "readings-unrelated",
            always("often"),
            Text(
                en="The two readings use the same two amounts. Write down one customer and score it both ways.",
                zh="两种读法用的是同样两个金额。写下一个客户，用两种办法各打一次分。",
            ),
        ),
    ),
    hint=Text(en="Can adding something make a score smaller?", zh="再加上一个数，得分会变小吗？"),
    why=lambda params: Text(
        en="The sum is never below the larger part, so all flips go one way: the sum adds important customers. At "
        'the same {threshold:,.0f}, the little word "or" decides about them.',
        zh="和不会小于其中较大的一个，所以变化只有一个方向：按“之和”，重要客户只增不减。门槛同为 {threshold:,.0f}，"
        "区区一个“或”字就决定了他们的类别。",
    ).format(threshold=THRESHOLD),
    concepts=("classification.importance",),
)


@lru_cache(maxsize=4)
def _first_prompted(rule: PromptRule) -> str:
    """The code that a rule prompts first in the retailer of the notes."""
    codes = pd.DataFrame({"size": simulate.CALLS, "p_without": simulate.P_WITHOUT, "p_with": simulate.P_WITH})
    return str(prompt_targets(codes, capacity=1, rule=rule).allocation.idxmax())


predict_4 = ChoiceItem(
    id="classification-q4",
    ask=Text(
        en="A retailer's screen shows A (best customers), B (much still to win) or C (ordinary), and can prompt the "
        "agent to offer something. A buys most often, prompted or not. Each sale earns the same, and 500 of 2,000 "
        "customers can be prompted. Who comes first?",
        zh="某零售商话务员的屏幕上显示客户代码：A（最好的客户）、B（增长空间大）、C（普通客户），"
        "还能提示话务员推荐商品。无论提示与否，A 都买得最勤。每笔成交赚得一样多，2,000 位客户中只能提示 500 位。"
        "先提示谁？",
    ),
    options={
        "A": Text(en="A: the best customers", zh="A：最好的客户"),
        "B": Text(en="B: those with most left to buy", zh="B：还能多买的客户"),
        "C": Text(en="C: ordinary, and there are most of them", zh="C：普通客户，人数最多"),
        "alike": Text(en="some of each code: that is fair", zh="各类都分一些：这样公平"),
    },
    solve=lambda params: _first_prompted("uplift"),
    traps=(
        Trap(
            "response-for-uplift",
            lambda params: _first_prompted("response"),
            Text(
                en="They buy most often, true. How many of them would have bought with no prompt at all?",
                zh="他们确实买得最勤。可是其中有多少人，没有提示也会买？",
            ),
        ),
        Trap(
            "largest-class",
            lambda params: max(simulate.CALLS, key=lambda code: simulate.CALLS[code]),
            Text(
                en="There are enough of them, but you can prompt 500 only. What does one prompt bring in each class?",
                zh="他们人确实多，但只能提示 500 位。在每一类中，提示一次能带来什么？",
            ),
        ),
        Trap(
            "uniform-treatment",
            always("alike"),
            Text(
                en="Treating all alike spends most prompts where they change least. Is that what the firm pays for?",
                zh="一视同仁，会把大多数提示花在改变最小的地方。企业花钱是为了这个吗？",
            ),
        ),
    ),
    hint=Text(
        en="What counts is what a prompt changes, not who buys.",
        zh="要看提示改变了什么，而不是谁在买。",
    ),
    why=lambda params: Text(
        en="A prompt lifts the chance to buy from {a0:g} to {a1:g} with A, from {b0:g} to {b1:g} with B, from {c0:g} "
        "to {c1:g} with C. The largest step is with B.",
        zh="提示使购买概率在 A 类从 {a0:g} 升到 {a1:g}，B 类从 {b0:g} 升到 {b1:g}，C 类从 {c0:g} 升到 {c1:g}。"
        "升得最多的是 B 类。",
    ).format(
        **{
            f"{code.lower()}{k}": law[code]
            for k, law in enumerate((simulate.P_WITHOUT, simulate.P_WITH))
            for code in law
        }
    ),
    concepts=("classification.code-and-cross-sell", "classification.abc-code"),
)


@lru_cache(maxsize=1)
def _three_kappas() -> tuple[float, float, float]:
    """Kappa at 70 agreements in 100: five labels used alike, two used alike, and one used for nearly everything."""
    one = [place for place in range(5) for _ in range(20)]
    other = [place if number < 14 else (place + 1) % 5 for place in range(5) for number in range(20)]
    five = kappa(one, other)
    two = kappa(["yes"] * 50 + ["no"] * 50, ["yes"] * 35 + ["no"] * 15 + ["yes"] * 15 + ["no"] * 35)
    lopsided = kappa(["yes"] * 85 + ["no"] * 15, ["yes"] * 70 + ["no"] * 15 + ["yes"] * 15)
    return five, two, lopsided


predict_5 = ChoiceItem(
    id="classification-q5",
    ask=Text(
        en="Two colleagues label the same 100 notes on customers, each alone. They agree on 70. Is that good?",
        zh="两位同事各自给同样的 100 条客户记录贴标签，有 70 条一致。这样的一致程度好吗？",
    ),
    options={
        "good": Text(en="yes: 70% is 70%", zh="好：70% 就是 70%"),
        "poor": Text(en="no: 30% is too much to differ", zh="不好：30% 不一致，太多了"),
        "unknown": Text(en="that cannot be said yet", zh="现在还不能下结论"),
    },
    # Good from 0.6 on; if the three cases fall on both sides, the 70 alone decide nothing.
    solve=lambda params: {3: "good", 0: "poor"}.get(sum(value >= 0.6 for value in _three_kappas()), "unknown"),
    traps=(
        Trap(
            "raw-agreement",
            always("good"),
            Text(
                en="If both write the same label on every note without reading, they agree on 100. What has to be "
                "taken off?",
                zh="如果两人看都不看，每条都贴同一个标签，就有 100 条一致。应当扣掉什么？",
            ),
        ),
        Trap(
            "fixed-bar",
            always("poor"),
            Text(
                en="With many labels, agreeing is hard even for careful readers. On how many would two guessers agree?",
                zh="标签种类很多时，认真的人也不容易一致。两个瞎猜的人会有多少条一致？",
            ),
        ),
    ),
    hint=Text(
        en="How often would two people agree who only guess?",
        zh="两个人如果都只是猜，会有多少条一致？",
    ),
    why=lambda params: Text(
        en="Take off what chance gives. With five labels used alike, 70 of 100 is a kappa of {five:.2f}, with two it "
        "is {two:.2f}. If nearly all notes carry one label, it is {lopsided:.2f}.",
        zh="要扣掉偶然的一致。五种标签各占一样多时，100 条中 70 条一致，Kappa 系数为 {five:.2f}；"
        "两种标签时为 {two:.2f}；如果几乎都是同一种标签，则为 {lopsided:.2f}。",
    ).format(**dict(zip(("five", "two", "lopsided"), _three_kappas(), strict=True))),
    concepts=("ident.qualitative",),
)

# --- practice: whom to prompt ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _prompted(
    codes: tuple[tuple[str, float, float, float, float], ...], capacity: int, rule: PromptRule, cost: float
) -> dict[str, float]:
    """Prompts per code, extra sales, sales and profit of a rule, as plain numbers."""
    table = pd.DataFrame(codes, columns=["code", "size", "p_without", "p_with", "margin"]).set_index("code")
    found = prompt_targets(table, capacity, rule, cost)
    return {
        **{str(code): float(count) for code, count in found.allocation.items()},
        "extra_sales": found.extra_sales,
        "sales": found.sales,
        "profit": found.profit,
    }


def _one_code(params: Params) -> pd.DataFrame:
    """The code that is prompted, in one row."""
    return pd.DataFrame(params, index=["B"])


def _one_code_prompted(params: Params) -> dict[str, float]:
    code = ("B", params["prompts"], params["p_without"], params["p_with"], params["margin"])
    return _prompted((code,), params["prompts"], "response", params["cost_per_prompt"])


def _prompt_bill(params: Params) -> float:
    return float(params["prompts"] * params["cost_per_prompt"])


faded_profit: NumberItem = NumberItem(
    id="classification-p1",
    ask=Text(
        en="Every customer of code B in the table is prompted once. Which profit do these prompts bring, after their "
        "own cost?",
        zh="表中代码为 B 的客户每人提示一次。扣除提示成本后，这些提示带来多少利润？",
    ),
    unit=_YUAN,
    choices={
        "prompts": (200, 300, 400, 500),
        "p_without": (0.08, 0.1, 0.12),
        "p_with": (0.2, 0.22, 0.25),
        "margin": (40, 50, 60),
        "cost_per_prompt": (2, 3),
    },
    example={"prompts": 400, "p_without": 0.12, "p_with": 0.2, "margin": 50, "cost_per_prompt": 2},
    reject=lambda params: _one_code_prompted(params)["profit"] < 200 or _unclear(faded_profit, params),
    exhibit=_one_code,
    solve=lambda params: _one_code_prompted(params)["profit"],
    traps=(
        Trap(
            "response-for-uplift",
            lambda params: _one_code_prompted(params)["sales"] * params["margin"] - _prompt_bill(params),
            Text(
                en="You credited the prompts with every sale. How many of these would have come with no prompt?",
                zh="你把所有成交都算成了提示的功劳。没有提示，其中有多少笔也会成交？",
            ),
        ),
        Trap(
            "cost-forgotten",
            lambda params: _one_code_prompted(params)["extra_sales"] * params["margin"],
            Text(
                en="The extra sales are right. What does the firm pay for the prompts, whether they work or not?",
                zh="额外成交算对了。可是提示不管有没有用都要花钱，花了多少？",
            ),
        ),
        Trap(
            "cost-per-sale",
            lambda params: _one_code_prompted(params)["extra_sales"] * (params["margin"] - params["cost_per_prompt"]),
            Text(
                en="You paid only for prompts that led to an extra sale. Who else was prompted?",
                zh="你只付了带来额外成交的那些提示的钱。其余的提示呢？",
            ),
        ),
        Trap(
            "relative-uplift",
            lambda params: (
                params["prompts"] * (params["p_with"] / params["p_without"] - 1) * params["margin"]
                - _prompt_bill(params)
            ),
            Text(
                en="You took the rise in percent. Extra sales come from the difference of the two chances.",
                zh="你用的是上升的百分比。额外成交来自两个概率之差。",
            ),
        ),
        Trap(
            "sales-for-profit",
            lambda params: _one_code_prompted(params)["extra_sales"],
            Text(
                en="That is the number of extra sales. What does each of them earn, and what did the prompts cost?",
                zh="这是额外成交的笔数。每笔赚多少？提示又花了多少？",
            ),
        ),
    ),
    hint=Text(
        en="Three steps: how many extra sales, what they earn, what the prompts cost.",
        zh="分三步：额外成交多少笔，它们赚多少，提示花多少。",
    ),
    why=lambda params: Text(
        en="Extra sales: {prompts} x ({p_with} - {p_without}) = {extra:g}. They earn {extra:g} x {margin} = "
        "{earned:,g}; the prompts cost {prompts} x {cost_per_prompt} = {bill:,g}. {profit:,g} is left.",
        zh="额外成交：{prompts} x ({p_with} - {p_without}) = {extra:g}。毛利 {extra:g} x {margin} = {earned:,g}，"
        "提示成本 {prompts} x {cost_per_prompt} = {bill:,g}，净剩 {profit:,g}。",
    ).format(
        **params,
        extra=_rounded(_one_code_prompted(params)["extra_sales"]),
        earned=_rounded(_one_code_prompted(params)["extra_sales"] * params["margin"]),
        bill=_prompt_bill(params),
        profit=_rounded(_one_code_prompted(params)["profit"]),
    ),
    concepts=("classification.code-and-cross-sell",),
)


def _rounded(value: float) -> float:
    return round(value, 6)


_CODES = ("A", "B", "C")
_CODE_COLUMNS = ("size", "p_without", "p_with")


def _codes(params: Params) -> pd.DataFrame:
    """The three codes as the student sees them."""
    rows = {code: [params[f"{column}_{code}"] for column in _CODE_COLUMNS] for code in _CODES}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_CODE_COLUMNS)).assign(margin=params["margin"])


def _targets(params: Params, rule: PromptRule = "uplift", cost: float | None = None) -> dict[str, float]:
    """What a rule gives with the student's numbers; another cost than the stated one for wrong models."""
    codes = tuple(
        (code, *(params[f"{column}_{code}"] for column in _CODE_COLUMNS), params["margin"]) for code in _CODES
    )
    return _prompted(codes, params["capacity"], rule, params["cost"] if cost is None else cost)


def _total_prompts(params: Params) -> float:
    return sum(_targets(params)[code] for code in _CODES)


def _differs(wrong: Callable[[Params], float], right: Callable[[Params], float]) -> Callable[[Params], float]:
    """Keep a trap silent where the wrong way happens to lead to the right number."""

    def value(params: Params) -> float:
        found, truth = wrong(params), right(params)
        return SILENT if abs(found - truth) <= max(0.02 * abs(truth), 0.5) else found

    return value


_BY_RESPONSE = Text(
    en="You started with those who buy most when prompted. Start where a prompt *changes* most instead.",
    zh="你从提示后买得最多的人开始。应当从提示带来的*改变*最大的人开始。",
)


def _code_part(code: str) -> NumberItem:
    """How many customers of one code are prompted."""

    def right(params: Params) -> float:
        return _targets(params)[code]

    def alike(params: Params) -> float:
        share = params[f"size_{code}"] / sum(params[f"size_{one}"] for one in _CODES)
        return float(min(params[f"size_{code}"], round(params["capacity"] * share)))

    traps = [
        Trap("ranks-by-response", _differs(lambda params: _targets(params, "response")[code], right), _BY_RESPONSE),
        Trap(
            "uniform-treatment",
            _differs(alike, right),
            Text(
                en="You gave each code its share of the prompts. Does a prompt bring the same in each?",
                zh="你按各类代码的人数分配提示。提示在各类中带来的一样多吗？",
            ),
        ),
    ]
    if code == "A":
        traps.append(
            Trap(
                "fills-the-capacity",
                _differs(lambda params: _targets(params, cost=0.0)[code], right),
                Text(
                    en="You used up every prompt. Does each of the last ones earn more than it costs?",
                    zh="你把提示名额全用完了。最后那些提示，每次赚的比花的多吗？",
                ),
            )
        )
    return NumberItem(
        ask=Text(en=f"Customers of code {code} to prompt", zh=f"代码为 {code} 的客户中应提示的人数"),
        unit=Text(en="customers", zh="位客户"),
        decimals=0,
        solve=right,
        traps=tuple(traps),
        hint=Text(
            en="What does one prompt add in each code, in yuan, and does that pay for it?",
            zh="在每一类代码中，提示一次多赚几元？够不够付提示的成本？",
        ),
        why=Text(en="{answer:g}", zh="{answer:g}"),
    )


def _total(name: str) -> Callable[[Params], float]:
    return lambda params: _targets(params)[name]


def _left_over(params: Params) -> float:
    """The profit when prompts left over go to code A, although each costs more than it adds."""
    loss = params["cost"] - (params["p_with_A"] - params["p_without_A"]) * params["margin"]
    return float(_targets(params)["profit"] - (params["capacity"] - _total_prompts(params)) * loss)


_TARGET_PARTS: dict[str, Item] = {
    **{code: _code_part(code) for code in _CODES},
    "extra_sales": NumberItem(
        ask=Text(en="Extra sales in all", zh="额外成交总笔数"),
        unit=Text(en="sales", zh="笔"),
        solve=_total("extra_sales"),
        traps=(
            Trap(
                "response-for-uplift",
                _total("sales"),
                Text(
                    en="You counted all sales among the prompted. Which of them did the prompt bring?",
                    zh="你数的是被提示客户的全部成交。其中哪些才是提示带来的？",
                ),
            ),
            Trap(
                "ranks-by-response",
                _differs(lambda params: _targets(params, "response")["extra_sales"], _total("extra_sales")),
                _BY_RESPONSE,
            ),
        ),
        hint=Text(en="Prompts times uplift, code by code.", zh="逐类代码计算：提示人数乘以提升量。"),
        why=Text(en="{answer:.2f}", zh="{answer:.2f}"),
    ),
    "profit": NumberItem(
        ask=Text(en="Profit after the cost of the prompts", zh="扣除提示成本后的利润"),
        unit=_YUAN,
        solve=_total("profit"),
        traps=(
            Trap(
                "cost-forgotten",
                lambda params: _targets(params)["extra_sales"] * params["margin"],
                Text(
                    en="The prompts themselves cost money. Take their cost off.",
                    zh="提示本身也要花钱。请扣除提示成本。",
                ),
            ),
            Trap(
                "response-for-uplift",
                lambda params: _targets(params)["sales"] * params["margin"] - params["cost"] * _total_prompts(params),
                Text(
                    en="You credited the prompts with every sale. Count only those that would not have come anyway.",
                    zh="你把所有成交都算成了提示的功劳。只数那些本来不会有的成交。",
                ),
            ),
            Trap(
                "ranks-by-response",
                _differs(lambda params: _targets(params, "response")["profit"], _total("profit")),
                _BY_RESPONSE,
            ),
            Trap(
                "fills-the-capacity",
                _differs(_left_over, _total("profit")),
                Text(
                    en="You used up every prompt. Some of them cost more than they add; may a prompt stay unused?",
                    zh="你把提示名额全用完了。有些提示花的比赚的多；名额可以不用完吗？",
                ),
            ),
        ),
        hint=Text(
            en="Margin of the extra sales, less the cost of all prompts.", zh="额外成交的毛利，减去全部提示的成本。"
        ),
        why=Text(en="{answer:.2f}", zh="{answer:.2f}"),
    ),
}

own_targets = PartsItem(
    id="classification-p2",
    ask=Text(
        en="At most {capacity} customers can be prompted, and each prompt costs {cost} yuan. The table gives the "
        "customers of each code, their chance to buy without and with a prompt, and the margin of a sale. Prompt so "
        "that profit is largest. Give a dictionary with `A`, `B`, `C` (customers to prompt), `extra_sales` and "
        "`profit`.",
        zh="最多能提示 {capacity} 位客户，每次提示花 {cost} 元。表中是各类代码的客户数、没有提示与有提示时的购买概率，"
        "以及每笔成交的毛利。怎样提示，利润最大？请给出字典：`A`、`B`、`C`（各提示多少位客户）、`extra_sales`（额外成交）"
        "和 `profit`（利润）。",
    ),
    choices={
        "size_A": (150, 200),
        "p_without_A": (0.3,),
        "p_with_A": (0.31,),
        "size_B": (350, 400, 450),
        "p_without_B": (0.1,),
        "p_with_B": (0.22, 0.25),
        "size_C": (90, 800),
        "p_without_C": (0.05,),
        "p_with_C": (0.11, 0.12),
        "margin": (50, 60),
        "capacity": (550, 600),
        "cost": (2, 2.5),
    },
    example={
        "size_A": 150,
        "p_without_A": 0.3,
        "p_with_A": 0.31,
        "size_B": 400,
        "p_without_B": 0.1,
        "p_with_B": 0.22,
        "size_C": 90,
        "p_without_C": 0.05,
        "p_with_C": 0.11,
        "margin": 60,
        "capacity": 550,
        "cost": 2.5,
    },
    reject=lambda params: any(_unclear(_TARGET_PARTS[name], params) for name in ("extra_sales", "profit")),
    exhibit=_codes,
    parts=_TARGET_PARTS,
    why=lambda params: Text(
        en="A prompt adds {a:g} yuan with A, {b:g} with B and {c:g} with C, and it costs {cost}. So B comes first, "
        "then C, and A is left alone: {B:g}, {C:g} and {A:g} prompts. Extra sales {extra_sales:g}, profit {profit:,g}.",
        zh="提示一次，A 多赚 {a:g} 元，B 多赚 {b:g} 元，C 多赚 {c:g} 元，成本为 {cost} 元。所以先提示 B，再提示 C，"
        "不提示 A：分别为 {B:g}、{C:g}、{A:g} 位。额外成交 {extra_sales:g} 笔，利润 {profit:,g} 元。",
    ).format(
        **{
            code.lower(): _rounded((params[f"p_with_{code}"] - params[f"p_without_{code}"]) * params["margin"])
            for code in _CODES
        },
        **{name: _rounded(value) for name, value in _targets(params).items()},
        cost=params["cost"],
    ),
    concepts=("classification.code-and-cross-sell", "classification.abc-code"),
)

# --- practice: edges, agreement, order of work, pipeline -------------------------------------------------------------

_TIERS = {
    "urgent": Text(en="urgent", zh="急"),
    "moderate": Text(en="moderately urgent", zh="缓急"),
    "non_urgent": Text(en="non-urgent", zh="不紧急"),
    "slow": Text(en="slow-response", zh="可慢反应"),
}
_RULES: dict[Closed, str] = {
    "right": "(-∞, 7], (7, 30], (30, 90], (90, ∞)",
    "left": "(-∞, 7), [7, 30), [30, 90), [90, ∞)",
}
_MATTERS = {
    "a": Text(en="matter a", zh="事务 a"),
    "b": Text(en="matter b", zh="事务 b"),
    "c": Text(en="matter c", zh="事务 c"),
    "d": Text(en="matter d", zh="事务 d"),
    "e": Text(en="matter e", zh="事务 e"),
    "f": Text(en="matter f", zh="事务 f"),
}


def _due(params: Params) -> pd.DataFrame:
    return pd.DataFrame({"due_in_days": {matter: params[matter] for matter in _MATTERS}})


@lru_cache(maxsize=256)
def _sorted_days(days: tuple[int, ...], closed: Closed) -> dict[str, str]:
    return dict(zip(_MATTERS, map(str, urgency(days, closed=closed)), strict=True))


def _tiers(params: Params, *, other: bool = False) -> dict[str, str]:
    """The tier of each matter; with ``other`` under the rule that closes the intervals on the other side."""
    closed: Closed = "right" if (params["rule"] == _RULES["right"]) != other else "left"
    return _sorted_days(tuple(params[matter] for matter in _MATTERS), closed)


def _wrong_side(matter: str) -> Callable[[Params], dict[str, str]]:
    return lambda params: {matter: _tiers(params, other=True)[matter]}


tiers = MappingItem(
    id="classification-p3",
    ask=Text(
        en="Six matters are due in the days of the table; a minus sign means overdue. The four tiers, from urgent to "
        'slow response, are {rule}. Give a dictionary with `"urgent"`, `"moderate"`, `"non_urgent"` or `"slow"` for '
        "each matter.",
        zh="表中是六件事务距到期的天数，负数表示已经逾期。从急到可慢反应，四类依次为 {rule}。请给出字典，"
        '为每件事务写上 `"urgent"`（急）、`"moderate"`（缓急）、`"non_urgent"`（不紧急）或 `"slow"`（可慢反应）。',
    ),
    keys=_MATTERS,
    labels=_TIERS,
    choices={
        "rule": tuple(_RULES.values()),
        "a": (-1, -3, -5),
        "b": (7,),
        "c": (8, 15, 29),
        "d": (30,),
        "e": (90,),
        "f": (31, 60, 91),
    },
    example={"rule": _RULES["left"], "a": -3, "b": 7, "c": 29, "d": 30, "e": 90, "f": 91},
    exhibit=_due,
    solve=_tiers,
    traps=(
        Trap(
            "day-7-on-the-wrong-side",
            _wrong_side("b"),
            Text(
                en="Look at the brackets beside 7: the square one holds the day, the round one does not.",
                zh="看 7 旁边的括号：方括号含这一天，圆括号不含。",
            ),
        ),
        Trap(
            "day-30-on-the-wrong-side",
            _wrong_side("d"),
            Text(
                en="Day 30 stands in two intervals, once with a round and once with a square bracket. Which holds it?",
                zh="30 在两个区间里都出现：一处是圆括号，一处是方括号。哪一个包含它？",
            ),
        ),
        Trap(
            "day-90-on-the-wrong-side",
            _wrong_side("e"),
            Text(
                en="Day 90 is the last of one interval or the first of the next. Let the bracket decide.",
                zh="90 要么是前一个区间的最后一天，要么是后一个区间的第一天。由括号来定。",
            ),
        ),
        Trap(
            "overdue-is-past",
            always({"a": "slow"}),
            Text(
                en="Overdue is not over: somebody still waits. On which side of 7 does a negative number lie?",
                zh="逾期不等于结束：还有人在等。负数在 7 的哪一边？",
            ),
        ),
    ),
    hint=Text(
        en="Place each day on the line and read the brackets of the interval that holds it.",
        zh="把每个天数放到数轴上，再看它所在区间的括号。",
    ),
    why=lambda params: Text(
        en="In order from a to f: {found}. Mark what differs in the fourth tier: the notes say a deal *may* arise "
        "after three months, so it holds chances rather than deadlines.",
        zh="从 a 到 f 依次为：{found_zh}。注意第四类与其他各类不同：课程笔记说三个月以后*可能*成交，"
        "所以它说的是可能性，而不是期限。",
    ).format(
        found=", ".join(_TIERS[tier].en for tier in _tiers(params).values()),
        found_zh="、".join(_TIERS[tier].zh for tier in _tiers(params).values()),
    ),
    concepts=("classification.urgency", *(f"classification.urgency.{tier.replace('_', '-')}" for tier in Urgency)),
)

_NOTES = 50


def _cells(params: Params) -> tuple[int, int, int, int]:
    """Both yes, only the first, only the second, both no."""
    yes, first, second = params["both"], params["only_first"], params["only_second"]
    return yes, first, second, _NOTES - yes - first - second


def _agreement(params: Params) -> pd.DataFrame:
    yes, first, second, no = _cells(params)
    return pd.DataFrame({"second_yes": [yes, second], "second_no": [first, no]}, index=["first_yes", "first_no"])


@lru_cache(maxsize=256)
def _kappa(cells: tuple[int, int, int, int]) -> float:
    yes, first, second, no = cells
    return kappa(
        ["yes"] * (yes + first) + ["no"] * (second + no),
        ["yes"] * yes + ["no"] * first + ["yes"] * second + ["no"] * no,
    )


def _observed(params: Params) -> float:
    yes, _, _, no = _cells(params)
    return (yes + no) / _NOTES


def _expected(params: Params) -> float:
    """What chance gives, from the definition of kappa."""
    found = _kappa(_cells(params))
    return (_observed(params) - found) / (1 - found)


agreement: NumberItem = NumberItem(
    id="classification-p4",
    ask=Text(
        en="Two coders read 50 notes and say yes or no: does the note show an urgent need? The table counts their "
        "answers. What is Cohen's kappa (three decimals)?",
        zh="两位编码员阅读 50 条记录，判断其中是否显示出迫切的需求。表中是两人回答的条数。Cohen Kappa 系数是多少"
        "（三位小数）？",
    ),
    unit=Text(en="kappa, where 1 is full agreement", zh="Kappa 系数，1 表示完全一致"),
    decimals=3,
    abs_tol=0.002,
    choices={"both": (27, 28, 30, 32, 34), "only_first": (2, 3, 4, 5), "only_second": (4, 5, 6, 8)},
    example={"both": 30, "only_first": 4, "only_second": 6},
    reject=lambda params: _unclear(agreement, params),
    exhibit=_agreement,
    solve=lambda params: _kappa(_cells(params)),
    traps=(
        Trap(
            "raw-agreement",
            _observed,
            Text(
                en="That is the share on which they agree. Two people who guess would also agree sometimes: take that "
                "off.",
                zh="这是两人一致的比例。两个瞎猜的人有时也会一致：把这部分扣掉。",
            ),
        ),
        Trap(
            "chance-reported",
            _expected,
            Text(
                en="That is what chance alone would give. How far above it did they get?",
                zh="这是单凭偶然就能达到的一致比例。他们比它高出多少？",
            ),
        ),
        Trap(
            "not-rescaled",
            lambda params: _observed(params) - _expected(params),
            Text(
                en="You took chance off and stopped. Divide by what was left to win above chance.",
                zh="你扣掉了偶然的一致，就停住了。还要除以偶然之上所剩的余地。",
            ),
        ),
        Trap(
            "even-chance",
            lambda params: 2 * _observed(params) - 1,
            Text(
                en="You let guessers say yes half of the time. How often do these two coders say yes?",
                zh="你假定瞎猜的人有一半说“是”。这两位编码员说“是”的比例是多少？",
            ),
        ),
    ),
    hint=Text(
        en="Observed agreement, agreement by chance from the two shares of yes and no, then how far above chance.",
        zh="先求实际一致比例，再由两人说“是”和“否”的比例求偶然一致比例，最后看超出偶然多少。",
    ),
    why=lambda params: Text(
        en="They agree on {observed:.3f}; chance gives {expected:.3f}. ({observed:.3f} - {expected:.3f}) / (1 - "
        "{expected:.3f}) = {found:.3f}.",
        zh="实际一致比例为 {observed:.3f}，偶然一致比例为 {expected:.3f}。({observed:.3f} - {expected:.3f}) / (1 - "
        "{expected:.3f}) = {found:.3f}。",
    ).format(observed=_observed(params), expected=_expected(params), found=_kappa(_cells(params))),
    concepts=("ident.qualitative",),
)

_JOBS = {
    "P": Text(en="job P", zh="任务 P"),
    "Q": Text(en="job Q", zh="任务 Q"),
    "R": Text(en="job R", zh="任务 R"),
    "S": Text(en="job S", zh="任务 S"),
}
_ORDERS = tuple("".join(order) for order in itertools.permutations(_JOBS))


def _jobs(params: Params) -> pd.DataFrame:
    """Four jobs: the one due first, the shortest, the one of highest weight per day, the one of highest weight."""
    rows = {
        "due_first": (params["work_long"], params["due_first"], 2),
        "short": (1, 9, 1),
        "dense": (2, 12, params["weight_dense"]),
        "heavy": (6, 14, 8),
    }
    found = dict(zip(params["order"], rows.values(), strict=True))
    return pd.DataFrame.from_dict(
        {job: found[job] for job in _JOBS}, orient="index", columns=["work_days", "due_days", "weight"]
    )


@lru_cache(maxsize=2048)
def _firsts(key: Key) -> dict[str, str]:
    """The job that comes first under each rule, and by weight alone."""
    jobs = _jobs(dict(key))
    rules: tuple[DispatchRule, ...] = ("edd", "spt", "wspt")
    return {rule: str(schedule(jobs, rule).index[0]) for rule in rules} | {"weight": str(jobs["weight"].idxmax())}


def _first(rule: str) -> Callable[[Params], str]:
    return lambda params: _firsts(key_of(params))[rule]


def _order_part(rule: str, ask: Text, hint: Text, traps: Mapping[str, Text]) -> ChoiceItem:
    """Which job goes first under one rule; the traps are the firsts of the other rules."""
    return ChoiceItem(
        ask=ask,
        options=_JOBS,
        solve=_first(rule),
        traps=tuple(Trap(f"{other}-for-{rule}", _first(other), text) for other, text in traps.items()),
        hint=hint,
        why=Text(en="{answer}", zh="{answer}"),
    )


first_jobs = PartsItem(
    id="classification-p5",
    ask=Text(
        en="One account manager, four jobs. Which goes first if the rule is `edd` (earliest due), `spt` (shortest) or "
        "`wspt` (highest weight per day of work)? Give a dictionary with the keys `edd`, `spt` and `wspt`; "
        "each value is a job.",
        zh="一位客户经理，四项任务。按 `edd`（最早到期优先）、`spt`（最短工时优先）、`wspt`（单位工时权重高者优先），"
        "分别先做哪一项？请给出字典，键为 `edd`、`spt`、`wspt`，值为任务。",
    ),
    choices={
        "order": _ORDERS,
        "work_long": (4, 5),
        "due_first": (2, 3),
        "weight_dense": (4, 5),
    },
    example={
        "order": "RPSQ",
        "work_long": 5,
        "due_first": 3,
        "weight_dense": 4,
    },
    exhibit=_jobs,
    parts={
        "edd": _order_part(
            "edd",
            Text(en="First by earliest due date", zh="按最早到期优先，先做哪一项"),
            Text(en="This rule reads one column only. Which?", zh="这条规则只看一列。哪一列？"),
            {
                "spt": Text(
                    en="That job is the shortest. Does this rule look at the work at all?",
                    zh="这项任务最短。可这条规则看工作量吗？",
                ),
                "wspt": Text(
                    en="That job weighs most per day of work. Which column does this rule read?",
                    zh="这项任务每个工作日的权重最高。这条规则看的是哪一列？",
                ),
                "weight": Text(
                    en="That job is the weightiest. A due date knows no weight.",
                    zh="这项任务权重最大。到期日可不管权重。",
                ),
            },
        ),
        "spt": _order_part(
            "spt",
            Text(en="First by shortest work", zh="按最短工时优先，先做哪一项"),
            Text(en="Compare the days of work, nothing else.", zh="只比工作天数，不看别的。"),
            {
                "edd": Text(
                    en="That job is due first. How long does it take?",
                    zh="这项任务最早到期。它要做多久？",
                ),
                "wspt": Text(
                    en="You let the weight speak. This rule counts days of work only.",
                    zh="你考虑了权重。这条规则只看工作天数。",
                ),
                "weight": Text(
                    en="That job is the weightiest. How many days does it block the desk?",
                    zh="这项任务权重最大。它要占用几天？",
                ),
            },
        ),
        "wspt": _order_part(
            "wspt",
            Text(en="First by weight per day of work", zh="按每个工作日的权重，先做哪一项"),
            Text(en="Divide weight by days of work, job by job.", zh="逐项用权重除以工作天数。"),
            {
                "edd": Text(
                    en="That job is due first. This rule does not know due dates.",
                    zh="这项任务最早到期。这条规则不看到期日。",
                ),
                "spt": Text(
                    en="That job is the shortest. How much does it weigh for each of its days?",
                    zh="这项任务最短。它每个工作日的权重是多少？",
                ),
                "weight": Text(
                    en="That job is the weightiest as a whole. And per day of work?",
                    zh="这项任务的总权重最大。平均到每个工作日呢？",
                ),
            },
        ),
    },
    why=lambda params: Text(
        en="Earliest due: {edd}. Shortest: {spt}. Highest weight per day of work: {wspt}. By weight alone it would be "
        "{weight}, which blocks the desk for days.",
        zh="最早到期：{edd}。最短：{spt}。每个工作日权重最高：{wspt}。若只看权重，会是 {weight}，但它要占用好几天。",
    ).format(**_firsts(key_of(params))),
    concepts=("classification.urgency", "classification.importance"),
)


@lru_cache(maxsize=256)
def _pipeline(key: Key) -> pd.DataFrame:
    """What becomes of open deals within a month; the rest is lost."""
    chance = dict(key)
    rows = {
        "potential": (chance["stays"], chance["moves"], chance["signs_at_once"]),
        "negotiating": (0.0, chance["talks_on"], chance["signs"]),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["potential", "negotiating", "won"])
    return table.assign(lost=(1 - table.sum(axis=1)).round(6))


@lru_cache(maxsize=256)
def _wins(key: Key) -> tuple[float, float]:
    """The chance to end as won, starting as potential or in negotiation."""
    won = absorb(_pipeline(key))["won"]
    return float(won["potential"]), float(won["negotiating"])


def _within_two_months(params: Params) -> float:
    return float(params["signs_at_once"] + params["moves"] * params["signs"])


pipeline: NumberItem = NumberItem(
    id="classification-p6",
    ask=Text(
        en="Each row of the table says what becomes of an open deal within a month. Deals may stay where they are for "
        "many months. With which probability does a *potential* customer end as won (three decimals)?",
        zh="表中每一行是一笔未结的交易在一个月内的去向；一笔交易可能在同一状态停留好几个月。一位*潜在*客户最终成交的概率"
        "是多少（三位小数）？",
    ),
    unit=Text(en="a probability from 0 to 1", zh="概率，0 到 1 之间"),
    decimals=3,
    abs_tol=0.002,
    choices={
        "stays": (0.5, 0.6),
        "moves": (0.2, 0.25),
        "signs_at_once": (0.04, 0.05),
        "talks_on": (0.4, 0.5),
        "signs": (0.2, 0.25, 0.3),
    },
    example={"stays": 0.6, "moves": 0.2, "signs_at_once": 0.05, "talks_on": 0.5, "signs": 0.3},
    reject=lambda params: _unclear(pipeline, params),
    exhibit=lambda params: _pipeline(key_of(params)).copy(),
    solve=lambda params: _wins(key_of(params))[0],
    traps=(
        Trap(
            "one-step",
            lambda params: params["signs_at_once"],
            Text(
                en="That is the chance to sign within one month. What may still happen afterwards?",
                zh="这是一个月内签约的概率。以后还可能发生什么？",
            ),
        ),
        Trap(
            "nobody-waits",
            _within_two_months,
            Text(
                en="You followed the deal without a pause. Many stay where they are for a month and move later.",
                zh="你让每笔交易一步不停地往前走。许多交易会先停留一个月，以后再动。",
            ),
        ),
        Trap(
            "waits-in-talks-only",
            lambda params: params["signs_at_once"] + params["moves"] * _wins(key_of(params))[1],
            Text(
                en="You let deals wait in negotiation, but not before it. Those that stay potential get another month.",
                zh="你只考虑了谈判中的停留。仍是潜在客户的，下个月还有机会。",
            ),
        ),
        Trap(
            "starts-in-talks",
            lambda params: _wins(key_of(params))[1],
            Text(
                en="That is the chance of a deal already in negotiation. Where does this customer start?",
                zh="这是已在谈判的交易最终成交的概率。这位客户从哪里出发？",
            ),
        ),
    ),
    hint=Text(
        en="In a new cell: `absorb(item('classification-p6').table)`. By hand: first the chance from "
        "negotiation, then from potential, staying included.",
        zh="新建一个单元格：`absorb(item('classification-p6').table)`。手算时先求从谈判出发的概率，再求从潜在出发的概率，"
        "都要考虑停留。",
    ),
    why=lambda params: Text(
        en="From negotiation: {signs} / (1 - {talks_on}) = {later:.3f}. From potential: ({signs_at_once} + {moves} x "
        "{later:.3f}) / (1 - {stays}) = {found:.3f}.",
        zh="从谈判出发：{signs} / (1 - {talks_on}) = {later:.3f}。从潜在出发：({signs_at_once} + {moves} x "
        "{later:.3f}) / (1 - {stays}) = {found:.3f}。",
    ).format(**params, found=_wins(key_of(params))[0], later=_wins(key_of(params))[1]),
    concepts=("classification.status",),
)

# --- practice: contribution, codes, methods --------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _waterfall(key: Key) -> dict[str, float]:
    """Gross profit, cost to serve and contribution of one salon."""
    given = dict(key)
    rate = given.pop("rate")
    row = contribution(pd.DataFrame([given]), hour_rate=rate).iloc[0]
    return {str(name): float(value) for name, value in row.items()}


def _step(name: str) -> Callable[[Params], float]:
    return lambda params: _waterfall(key_of(params))[name]


left_by_salon: NumberItem = NumberItem(
    id="classification-p7",
    ask=Text(
        en="Last year a salon bought for {revenue:,} yuan. The goods cost Lanwan {product_cost:,}. Visits, calls and "
        "disputes took {service_hours} hours, and an hour costs {rate} yuan. What is the salon's contribution?",
        zh="去年，某店向蓝湾购买了 {revenue:,} 元的货，蓝湾的产品成本是 {product_cost:,} 元。拜访、电话和纠纷共占用 "
        "{service_hours} 小时，每小时成本 {rate} 元。这家店的贡献是多少？",
    ),
    unit=_PER_YEAR,
    choices={
        "revenue": (6000, 7500, 9000),
        "product_cost": (3600, 4200, 4800),
        "service_hours": (20, 30, 45, 90),
        "rate": (40, 50),
    },
    example={"revenue": 7500, "product_cost": 4800, "service_hours": 90, "rate": 40},
    reject=lambda params: abs(_step("contribution")(params)) < 100 or _unclear(left_by_salon, params),
    solve=_step("contribution"),
    traps=(
        Trap(
            "revenue-for-contribution",
            lambda params: params["revenue"],
            Text(
                en="That is what the salon pays. What do its goods and its hours cost Lanwan?",
                zh="这是该店付的钱。它要的货、占用的工时，各花了蓝湾多少？",
            ),
        ),
        Trap(
            "hours-forgotten",
            _step("gross_profit"),
            Text(
                en="That is gross profit: two salons with the same orders look alike in it. Who takes the hours?",
                zh="这是毛利：订单相同的两家店，毛利也一样。可谁占用了工时？",
            ),
        ),
        Trap(
            "hours-as-money",
            lambda params: _step("gross_profit")(params) - params["service_hours"],
            Text(
                en="You took hours from money. What does one hour cost?",
                zh="你直接从钱数里减掉了小时数。一小时的成本是多少？",
            ),
        ),
        Trap(
            "product-cost-forgotten",
            lambda params: params["revenue"] - _step("cost_to_serve")(params),
            Text(
                en="The hours are paid, the goods are not.",
                zh="工时的钱扣了，货的钱还没扣。",
            ),
        ),
        Trap(
            "cost-to-serve-reported",
            _step("cost_to_serve"),
            Text(
                en="That is the cost of serving the salon. What is left when it is paid?",
                zh="这是为该店服务的成本。付掉它之后还剩多少？",
            ),
        ),
    ),
    hint=Text(
        en="Revenue, less the goods, less the hours at their cost.",
        zh="收入减去产品成本，再减去工时的成本。",
    ),
    why=lambda params: Text(
        en="{revenue:,} - {product_cost:,} = {gross_profit:,g} gross profit. {service_hours} x {rate} = "
        "{cost_to_serve:,g} for service. {contribution:,g} is left.",
        zh="毛利：{revenue:,} - {product_cost:,} = {gross_profit:,g}。服务成本：{service_hours} x {rate} = "
        "{cost_to_serve:,g}。贡献为 {contribution:,g}。",
    ).format(**params, **_waterfall(key_of(params))),
    concepts=("ident.quantitative",),
)

_BEST, _PROMISING = 2, 2


def _screen(params: Params) -> pd.DataFrame:
    """Six customers; P is high on both axes."""
    return pd.DataFrame(
        {
            "value": [params["value_P"], 88, 79, params["value_S"], 24, 15],
            "headroom": [params["headroom_P"], 9, 12, 46, params["headroom_T"], 5],
        },
        index=list("PQRSTU"),
    )


@lru_cache(maxsize=256)
def _code_of_p(key: Key) -> tuple[str, str]:
    """The code of customer P by the rule, and when headroom is looked at first."""
    screen = _screen(dict(key))
    swapped = screen.rename(columns={"value": "headroom", "headroom": "value"})
    # With the axes swapped, the first class of the rule is the one of headroom.
    by_headroom = {"A": "B", "B": "A", "C": "C"}[str(service_code(swapped, _PROMISING, _BEST)["P"])]
    return str(service_code(screen, _BEST, _PROMISING)["P"]), by_headroom


def _place(column: pd.Series[Any]) -> int:
    """The place of customer P in a column, largest first."""
    return int(column.rank(ascending=False)["P"])


def _own_code(params: Params) -> str:
    return _code_of_p(key_of(params))[0]


both_high = ChoiceItem(
    id="classification-p8",
    ask=Text(
        en="Value and headroom are in thousands of yuan a year. Rule: the 2 customers of highest value get code A. Of "
        "the rest, the 2 with most headroom get B. All others get C. Which code does customer P get?",
        zh="表中价值与增长空间的单位是千元/年。规则：价值最高的 2 位客户为 A；其余客户中，增长空间最大的 2 位为 B；"
        "其他为 C。客户 P 的代码是什么？",
    ),
    options={
        "A": Text(en="code A", zh="代码 A"),
        "B": Text(en="code B", zh="代码 B"),
        "C": Text(en="code C", zh="代码 C"),
    },
    choices={
        "value_P": (74, 83, 91, 96),
        "value_S": (31, 38),
        "headroom_P": (58, 63),
        "headroom_T": (41, 67),
    },
    example={"value_P": 83, "value_S": 38, "headroom_P": 63, "headroom_T": 41},
    exhibit=_screen,
    solve=_own_code,
    traps=(
        Trap(
            "headroom-first",
            _unless(lambda params: _code_of_p(key_of(params))[1], _own_code),
            Text(
                en="You looked at headroom first. The rule has an order: which axis comes before the other?",
                zh="你先看了增长空间。规则有先后：哪一条轴在前？",
            ),
        ),
        Trap(
            "high-value-is-best",
            _unless(always("A"), _own_code),
            Text(
                en="The value is high, yes. Is it among the highest that the rule takes?",
                zh="价值确实高。可它排得进规则所取的前几名吗？",
            ),
        ),
        Trap(
            "two-codes-is-none",
            _unless(always("C"), _own_code),
            Text(
                en="High on both axes is no reason to be ordinary. Apply the rule step by step.",
                zh="两方面都高，怎么会是普通客户？请按规则一步一步来。",
            ),
        ),
    ),
    hint=Text(
        en="Step one: value only. Step two: headroom, among the rest.",
        zh="第一步只看价值；第二步在其余客户中看增长空间。",
    ),
    why=lambda params: Text(
        en="By value P is number {by_value} of 6, by headroom number {by_headroom}. Value comes first and takes 2; "
        "headroom decides among the rest. P gets {code}. In the notes A and B overlap; an order of the axes ends that.",
        zh="按价值，P 在 6 位客户中排第 {by_value}；按增长空间，排第 {by_headroom}。先看价值，取前 2 位；"
        "其余的再看增长空间。P 的代码是 {code}。课程笔记里 A 与 B 有重叠；给两条轴定出先后，就不再重叠。",
    ).format(
        by_value=_place(_screen(params)["value"]),
        by_headroom=_place(_screen(params)["headroom"]),
        code=_own_code(params),
    ),
    concepts=("classification.abc-code",),
)

methods = MappingItem(
    id="classification-p9",
    ask=Text(
        en='Which method answers each question? Use `"rule"` (an if-then with edges), `"qualitative"` (read and code '
        'words), `"quantitative"` (compute from the books) or `"model"` (learn from past cases).',
        zh='每个问题该用哪种方法？用 `"rule"`（带边界的规则）、`"qualitative"`（定性：阅读并编码文字）、'
        '`"quantitative"`（定量：根据账目计算）或 `"model"`（模型：从以往案例中学习）作答。',
    ),
    keys={
        "deadline": Text(en="Which matters are due within 7 days?", zh="哪些事务 7 天内到期？"),
        "words": Text(en='What do owners mean by "too much trouble"?', zh="店主说“太麻烦”，指的是什么？"),
        "visits": Text(
            en="Which traits show in the drivers' notes on a salon?",
            zh="从送货司机的记录中，能看出某店的哪些特征？",
        ),
        "profit": Text(
            en="Which salons brought a loss last year, hours included?",
            zh="算上工时，去年哪些店让我们亏了钱？",
        ),
        "strangers": Text(
            en="Which of 5,000 unknown salons resemble our loyal ones?",
            zh="5,000 家陌生的店中，哪些与我们的忠诚客户相像？",
        ),
        "chance": Text(
            en="How likely is a salon like this to order if prompted?",
            zh="这样的一家店，提示后下单的可能性有多大？",
        ),
    },
    labels={
        "rule": Text(en="rule", zh="规则"),
        "qualitative": Text(en="qualitative identification", zh="定性识别"),
        "quantitative": Text(en="quantitative identification", zh="定量识别"),
        "model": Text(en="model", zh="模型"),
    },
    solve=always(
        {
            "deadline": "rule",
            "words": "qualitative",
            "visits": "qualitative",
            "profit": "quantitative",
            "strangers": "model",
            "chance": "model",
        }
    ),
    traps=(
        Trap(
            "model-for-everything",
            always({"deadline": "model"}),
            Text(
                en="Due dates are known, and the edge is a decision. What is there to learn from past cases?",
                zh="到期日是已知的，边界由人来定。有什么需要从以往案例中学习？",
            ),
        ),
        Trap(
            "count-before-reading",
            always({"words": "quantitative"}),
            Text(
                en="No book holds the meaning of a remark. Somebody has to read before anything can be counted.",
                zh="账上查不到一句话的含义。先得有人去读，然后才谈得上数。",
            ),
        ),
        Trap(
            "predicts-the-known",
            always({"profit": "model"}),
            Text(
                en="Last year is over: revenue, costs and hours are on record. Is a prediction needed?",
                zh="去年已经过去：收入、成本和工时都有记录。还需要预测吗？",
            ),
        ),
        Trap(
            "books-on-strangers",
            always({"strangers": "quantitative"}),
            Text(
                en="These salons have never bought from us. Which books would you compute from?",
                zh="这些店从没向我们买过东西。你要根据哪本账来算？",
            ),
        ),
        Trap(
            "rule-without-a-column",
            always({"visits": "rule"}),
            Text(
                en="A rule needs a column to test. How does a driver's sentence become one?",
                zh="规则要有一列数据才能判断。司机写的一句话怎样变成数据？",
            ),
        ),
    ),
    hint=Text(
        en="Ask what lies before you: a known number and an edge, words, accounts, or past cases of the same kind?",
        zh="问一问手里有什么：已知的数和边界、文字、账目，还是以往的同类案例？",
    ),
    why=Text(
        en="Deadlines need a rule. Meanings and notes are read and coded. Losses are computed from the books. "
        "Strangers and chances need a model that has learned from known cases.",
        zh="期限用规则；含义和记录要阅读并编码；亏损根据账目计算；陌生客户和可能性，要用从已知案例中学来的模型。",
    ),
    concepts=(
        "ident.identification",
        "ident.qualitative",
        "ident.quantitative",
        "ident.target-customer",
        "ident.lookalike",
    ),
)

# Marks from 1 to 5 on the five traits. The second row is beaten by the first on every count; the third is low on
# average, the fourth has one very weak trait, and both stand out in another.
_PROFILES = ((4, 4, 3, 4, 5), (4, 4, 3, 4, 5), (2, 2, 4, 2, 2), (5, 5, 1, 3, 3))
_SALONS = {
    "P": Text(en="salon P", zh="店 P"),
    "Q": Text(en="salon Q", zh="店 Q"),
    "R": Text(en="salon R", zh="店 R"),
    "S": Text(en="salon S", zh="店 S"),
}


def _marks(params: Params) -> pd.DataFrame:
    """Four salons in the student's order, the traits moved along, some marks of the second profile lowered."""
    lowered = [mark - (str(place) in params["weaker"]) for place, mark in enumerate(_PROFILES[1])]
    profiles = (_PROFILES[0], tuple(lowered), *_PROFILES[2:])
    shift = params["shift"]
    rows = {
        salon: (*profile[shift:], *profile[:shift]) for salon, profile in zip(params["order"], profiles, strict=True)
    }
    return pd.DataFrame.from_dict({salon: rows[salon] for salon in _SALONS}, orient="index", columns=list(TRAITS))


@lru_cache(maxsize=2048)
def _judged(key: Key) -> dict[str, str]:
    """The dominated salon, and whom wrong models name: the best, the lowest on average, the one with the worst mark."""
    marks = _marks(dict(key))
    found = good_customer(marks)
    return {
        "dominated": str(found["dominated"].idxmax()),
        "best": str(found["score"].idxmax()),
        "lowest": str(found["score"].idxmin()),
        "worst_mark": str(marks.min(axis=1).idxmin()),
    }


def _named(name: str) -> Callable[[Params], str]:
    return lambda params: _judged(key_of(params))[name]


dominated = ChoiceItem(
    id="classification-p10",
    ask=Text(
        en="Four salons are marked on the five traits of a good customer; 5 is best. Which salon is *dominated*: some "
        "other salon is at least as good on all five, and better on one?",
        zh="四家店在好客户的五个特点上各有评分，5 分最好。哪一家店*被占优*，即另有一家店五项都不比它差，"
        "并且至少有一项更好？",
    ),
    options=_SALONS,
    choices={"order": _ORDERS, "shift": (0, 1, 2, 3, 4), "weaker": ("0", "04", "34", "014")},
    example={"order": "SQPR", "shift": 1, "weaker": "04"},
    exhibit=_marks,
    solve=_named("dominated"),
    traps=(
        Trap(
            "lowest-mean",
            _named("lowest"),
            Text(
                en="Its average is the lowest. But look at its best trait: who beats it there?",
                zh="它的平均分最低。可是看看它最好的一项：有谁在这一项上超过它？",
            ),
        ),
        Trap(
            "one-weak-trait",
            _named("worst_mark"),
            Text(
                en="It has one very weak trait. Dominated means beaten or equalled on all five by the same salon.",
                zh="它有一项很弱。被占优，是指五项都被同一家店超过或追平。",
            ),
        ),
        Trap(
            "winner-named",
            _named("best"),
            Text(
                en="Turn it round: you named the one that beats another. Who is beaten?",
                zh="反了：你选的是胜过别人的那一家。被胜过的是谁？",
            ),
        ),
    ),
    hint=Text(
        en="Compare two salons at a time, trait by trait.",
        zh="每次比较两家店，一项一项地比。",
    ),
    why=lambda params: Text(
        en="{best} is at least as good as {dominated} on every trait and better on one. No weights can put {dominated} "
        "first. {lowest} has the lowest average, but each of the others is weaker on one trait.",
        zh="{best} 在每一项上都不比 {dominated} 差，并且至少有一项更好。无论怎样加权，{dominated} 都排不到第一。"
        "{lowest} 的平均分最低，但其他各店都至少有一项不如它。",
    ).format(**_judged(key_of(params))),
    concepts=("ident.good-customer",),
)

# --- practice: lookalikes, service hours, a decision, status ---------------------------------------------------------


@lru_cache(maxsize=256)
def _lift(prospects: int, bought: int, top: int) -> float:
    """The lift of the best-scored tenth that holds ``top`` of the ``bought`` positives."""
    tenth = prospects // 10
    positive = [1] * top + [0] * (tenth - top) + [1] * (bought - top) + [0] * (prospects - tenth - bought + top)
    return lift(range(prospects, 0, -1), positive)


def _top_rate(params: Params) -> float:
    return float(params["top"] / (params["prospects"] // 10))


def _base_rate(params: Params) -> float:
    return float(params["bought"] / params["prospects"])


top_decile: NumberItem = NumberItem(
    id="classification-p11",
    ask=Text(
        en="Lanwan ranks {prospects} prospects by how much they resemble its loyal salons. A year later {bought} of "
        "all prospects have bought; {top} of them come from the best-ranked tenth. What is the lift of that tenth?",
        zh="蓝湾按照与忠诚客户的相似程度，给 {prospects} 位潜在客户排了序。一年后，其中共有 {bought} 位购买了，"
        "有 {top} 位出自排名最前的十分之一。这十分之一的提升度是多少？",
    ),
    unit=Text(en="times the rate of all prospects", zh="倍（相对于全体潜在客户的比例）"),
    choices={"prospects": (400, 500, 600, 800), "bought": (40, 48, 60), "top": (12, 15, 18, 20)},
    example={"prospects": 500, "bought": 40, "top": 15},
    reject=lambda params: _unclear(top_decile, params),
    solve=lambda params: _lift(params["prospects"], params["bought"], params["top"]),
    traps=(
        Trap(
            "share-for-ratio",
            _top_rate,
            Text(
                en="That is the rate within the tenth. A lift compares: how large is the rate of all prospects?",
                zh="这是那十分之一中的比例。提升度是比较出来的：全体潜在客户的比例是多少？",
            ),
        ),
        Trap(
            "upside-down",
            lambda params: _base_rate(params) / _top_rate(params),
            Text(
                en="Upside down: the tenth stands above, all prospects below.",
                zh="颠倒了：那十分之一的比例在上，全体的比例在下。",
            ),
        ),
        Trap(
            "share-of-buyers",
            lambda params: params["top"] / params["bought"],
            Text(
                en="That is the share of all buyers who are in the tenth. What would a random tenth have held?",
                zh="这是那十分之一占全部购买者的比例。随机抽十分之一，会占多少？",
            ),
        ),
        Trap(
            "difference-for-ratio",
            lambda params: _top_rate(params) - _base_rate(params),
            Text(
                en="You subtracted the two rates. How many *times* is the one as large as the other?",
                zh="你把两个比例相减了。一个是另一个的多少*倍*？",
            ),
        ),
    ),
    hint=Text(
        en="Rate within the best-ranked tenth, over the rate of all prospects.",
        zh="排名最前十分之一中的比例，除以全体的比例。",
    ),
    why=lambda params: Text(
        en="In the tenth {top} of {tenth} bought: {rate:.3f}. Of all {bought} of {prospects}: {base:.3f}. Buyers are "
        "{lift:.2f} times as frequent there as in a random tenth.",
        zh="那十分之一中，{tenth} 位里有 {top} 位购买，比例为 {rate:.3f}；全体 {prospects} 位里有 {bought} 位，"
        "比例为 {base:.3f}。提升度为 {lift:.2f}：这里的购买比例是随机抽取的 {lift:.2f} 倍。",
    ).format(
        **params,
        tenth=params["prospects"] // 10,
        rate=_top_rate(params),
        base=_base_rate(params),
        lift=_lift(params["prospects"], params["bought"], params["top"]),
    ),
    concepts=("ident.lookalike", "ident.target-customer"),
)

_HOURS = 30
_CLASSES = ("first", "second", "third")


def _service(params: Params) -> pd.DataFrame:
    rows = {name: [params[f"most_{name}"], params[f"rate_{name}"]] for name in _CLASSES}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["most", "rate"])


@lru_cache(maxsize=512)
def _hours(key: Key) -> tuple[float, ...]:
    given = dict(key)
    scale, rate = ([given[f"{column}_{name}"] for name in _CLASSES] for column in ("most", "rate"))
    return tuple(float(hours) for hours in allocate(_HOURS, scale, rate))


def _by_value(params: Params) -> float:
    return float(_HOURS * params["most_first"] / sum(params[f"most_{name}"] for name in _CLASSES))


service_hours: NumberItem = NumberItem(
    id="classification-p12",
    ask=Text(
        en="Lanwan has 30 service hours a week for three classes of customers. With x hours a class brings `most * (1 "
        "- exp(-rate * x))` yuan: each next hour brings less. The total shall be largest. How many hours go to the "
        "*first* class?",
        zh="蓝湾每周有 30 小时服务工时，分给三类客户。某类客户得到 x 小时，带来 `most * (1 - exp(-rate * x))` 元："
        "每多一小时，增加得就更少。要使总额最大，*第一类*（first）应得多少小时？",
    ),
    unit=Text(en="hours a week", zh="小时/周"),
    choices={
        "most_first": (6000, 7000, 8000),
        "rate_first": (0.4, 0.5),
        "most_second": (3000, 4000),
        "rate_second": (0.08, 0.1),
        "most_third": (1000, 1500),
        "rate_third": (0.15, 0.2),
    },
    example={
        "most_first": 8000,
        "rate_first": 0.4,
        "most_second": 4000,
        "rate_second": 0.1,
        "most_third": 1000,
        "rate_third": 0.2,
    },
    reject=lambda params: min(_hours(key_of(params))) < 0.5 or _unclear(service_hours, params),
    exhibit=_service,
    solve=lambda params: _hours(key_of(params))[0],
    traps=(
        Trap(
            "uniform-treatment",
            lambda params: _HOURS / len(_CLASSES),
            Text(
                en="You gave all classes the same hours. Does the last hour bring the same in each?",
                zh="你给各类一样的小时数。最后一小时在各类中带来的一样多吗？",
            ),
        ),
        Trap(
            "spend-by-value",
            _by_value,
            Text(
                en="You gave hours in proportion to value. A class that gives in fast needs fewer: compare what the "
                "*next* hour brings.",
                zh="你按价值分配小时。见效快的一类用不了那么多：请比较*下一小时*带来多少。",
            ),
        ),
        Trap(
            "best-first-hour",
            always(float(_HOURS)),  # the first class has the best first hour with all numbers
            Text(
                en="You let the best first hour decide about all hours. What does the tenth hour bring there?",
                zh="你让第一个小时的收获决定了所有小时。在这一类，第十个小时还能带来多少？",
            ),
        ),
    ),
    hint=Text(
        en="In a new cell: `table = item('classification-p12').table`, then `allocate(30, table['most'], "
        "table['rate'])`. It makes the next hour bring the same everywhere.",
        zh="新建一个单元格：`table = item('classification-p12').table`，再 "
        "`allocate(30, table['most'], table['rate'])`。"
        "它使下一小时在各类中带来的一样多。",
    ),
    why=lambda params: Text(
        en="{a:.2f}, {b:.2f} and {c:.2f} hours: then the next hour brings about {next:.0f} yuan an hour in each class. "
        "By value the first class would get {value:.2f} hours, more than pays off.",
        zh="三类各得 {a:.2f}、{b:.2f}、{c:.2f} 小时：这时各类的下一小时都带来约 {next:.0f} 元/小时。若按价值分配，"
        "第一类会得到 {value:.2f} 小时，多得不划算。",
    ).format(
        **dict(zip("abc", _hours(key_of(params)), strict=True)),
        next=params["most_first"] * params["rate_first"] * math.exp(-params["rate_first"] * _hours(key_of(params))[0]),
        value=_by_value(params),
    ),
    concepts=("classification.no-uniform-treatment",),
)

offer_in_complaint = TextItem(
    id="classification-p13",
    ask=Text(
        en="An owner calls: her dispenser leaks, for the second time. The service screen shows code B, much headroom. "
        "The sales manager wants the agent to offer her a larger dispenser in this very call. Allow, change or refuse? "
        "Name who gains and who may lose, the rule you apply, and the sentence the agent would say.",
        zh="一位店主来电：她的分液器又漏了，这是第二次。屏幕显示代码 B，增长空间大。"
        "销售经理要求话务员就在这通电话里向她推荐更大的分液器。同意、修改还是否决？写明谁得益、谁可能受损、依据什么规则，以及话务员会怎么说。",
    ),
    min_words=40,
    rubric=Text(
        en="Decision stated; both sides named (the owner, the agent, later sales); a rule that can be followed in the "
        "next call, such as: repair first, offer only after she says it is solved, never on a second complaint; a "
        "sentence one could say to an angry owner.",
        zh="有明确决定；说到双方（店主、话务员、以后的销售）；有一条下一通电话也能照办的规则，例如先解决问题，"
        "等她说已经解决再推荐，第二次投诉时绝不推销；有一句能对生气的店主说的话。",
    ),
    solve=always(""),
    hint=Text(
        en="Decide first, then name gain, loss, rule and sentence.",
        zh="先作决定，再写得益、受损、规则和那句话。",
    ),
    why=Text(
        en='A code says who might buy, not when it is right to ask. A rule such as "solved first, then ask whether an '
        'offer is welcome" keeps both.',
        zh="代码说明谁可能买，却不说明什么时候该开口。“先解决，再问愿不愿意听听推荐”这样的规则，两头都能顾到。",
    ),
    concepts=("classification.code-and-cross-sell", "classification.abc-code"),
)

_STATUSES = {
    "potential": Text(en="potential", zh="潜在"),
    "negotiating": Text(en="negotiating", zh="正在谈判"),
    "won": Text(en="won", zh="已成交"),
    "lost": Text(en="lost", zh="未谈成"),
    "lapsed": Text(en="lapsed", zh="已流失"),
}

statuses = MappingItem(
    id="classification-p14",
    ask=Text(
        en='Where does each *deal* stand? Use `"potential"` (no talks about it yet), `"negotiating"` (talks are under '
        'way), `"won"` (agreed), `"lost"` (talks ended with a no) or `"lapsed"` (bought before, no order for more than '
        "a year).",
        zh='每笔*交易*处于什么状态？用 `"potential"`（潜在：还没谈过）、`"negotiating"`（正在谈判）、'
        '`"won"`（已成交）、`"lost"`（未谈成：谈过，对方拒绝）或 `"lapsed"`（已流失：以前买过，一年多没有下单）作答。',
    ),
    keys={
        "fair": Text(
            en="An owner left her card at our stand; nobody has called yet", zh="店主在展位留了名片，还没人联系过她"
        ),
        "quote": Text(en="Our quote is out; the owner is comparing", zh="报价已发出，店主正在比较"),
        "signed": Text(
            en="Signed today; first delivery on Friday, payment later", zh="今天签约，周五首次送货，以后付款"
        ),
        "rival": Text(en="After two talks the salon chose a rival", zh="谈了两次，该店选了别家"),
        "silent": Text(en="A buyer of many years; last order 14 months ago", zh="多年的老客户，上一单是 14 个月前"),
        "second": Text(
            en="A regular buyer is haggling over a second dispenser",
            zh="老客户正为第二台分液器讨价还价",
        ),
    },
    labels=_STATUSES,
    solve=always(
        {
            "fair": "potential",
            "quote": "negotiating",
            "signed": "won",
            "rival": "lost",
            "silent": "lapsed",
            "second": "negotiating",
        }
    ),
    traps=(
        Trap(
            "customer-for-deal",
            always({"second": "won"}),
            Text(
                en="The salon is a customer, true. But where does *this* deal stand?",
                zh="这家店确实是客户。可*这一笔*交易到了哪一步？",
            ),
        ),
        Trap(
            "once-won-always-won",
            always({"silent": "won"}),
            Text(
                en="The notes have no class for it, so it hides among the closed deals. When was the last order?",
                zh="课程笔记没有给它留位置，它就藏在已成交里。上一单是多久以前？",
            ),
        ),
        Trap(
            "no-means-later",
            always({"rival": "potential"}),
            Text(
                en="There were talks, and they ended. Does that look like a deal nobody has talked about?",
                zh="谈过了，也谈完了。这像是还没谈过的交易吗？",
            ),
        ),
        Trap(
            "paid-is-won",
            always({"signed": "negotiating"}),
            Text(
                en="Delivery and payment are still to come. What is still to be talked about?",
                zh="送货和付款还在后面。可是还有什么要谈的吗？",
            ),
        ),
        Trap(
            "silence-is-a-no",
            always({"quote": "lost"}),
            Text(en="Nobody has said no. Is the owner still choosing?", zh="还没人说“不”。店主是不是还在选？"),
        ),
        Trap(
            "gone-is-lost",
            always({"silent": "lost"}),
            Text(
                en="No talks failed here: the salon bought for years. Which class is for those who simply stopped?",
                zh="这里并没有谈判破裂：这家店买了好多年。不声不响停下来的，属于哪一类？",
            ),
        ),
    ),
    hint=Text(
        en="Ask of the deal: have there been talks, are they over, and how did they end?",
        zh="对每笔交易问：谈过吗？谈完了吗？结果如何？",
    ),
    why=Text(
        en="Card: potential. Quote and second dispenser: negotiating. Signed: won. Rival: lost. Silent buyer: lapsed. "
        "The notes know the first three only, so the last two cases would have no class.",
        zh="名片：潜在。报价和第二台分液器：正在谈判。签约：已成交。选了别家：未谈成。沉默的老客户：已流失。"
        "课程笔记只有前三种，后两种情况就无处可归。",
    ),
    concepts=("classification.status",),
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
    faded_profit,
    own_targets,
    tiers,
    agreement,
    first_jobs,
    pipeline,
    left_by_salon,
    both_high,
    methods,
    dominated,
    top_decile,
    service_hours,
    offer_in_complaint,
    statuses,
)
