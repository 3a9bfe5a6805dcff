"""Warm-ups, predictions and practice of chapter 11; every answer is computed by the chapter's model.

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
    shown,
)
from crmlab.core.data import load
from crmlab.core.text import Text
from crmlab.core.writing import nearest_option, other_label, too_close, unless_close
from crmlab.credit.model import (
    ITEM_NAMES,
    PointsScale,
    Zone,
    altman_z,
    auc,
    break_even_default,
    cohen_kappa,
    cutoff,
    expected_loss,
    fit_logit,
    information_value,
    item_marks,
    one_shot_value,
    optimal_bins,
    points_scale,
    rater_bias,
    report_value,
    woe_table,
)

_YUAN = Text(en="yuan", zh="元")
_HUNDREDS = Text(en="hundreds of yuan", zh="百元")
_POINTS = Text(en="points", zh="分")
_SHARE = Text(en="a share, 0 to 1", zh="比例（0 至 1）")
_SEE_WHOLE = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")


# --- warm-ups: earlier chapters in one line each ---------------------------------------------------------------------

warm_1 = ChoiceItem(
    id="credit-w1",
    ask=Text(
        en="*From chapter 02.* Class A holds 20% of the salons and brings 60% of the sales. How does the average salon "
        "of class A compare with the average of all salons?",
        zh="*出自第 02 章。* A 类占客户数的 20%，占销售额的 60%。A 类每家店的平均销售额，与全部店的平均相比如何？",
    ),
    options={
        "all": Text(en="three times as much: 60% over 20%", zh="是三倍：60% 除以 20%"),
        "rest": Text(en="one and a half times as much: 60% over 40%", zh="是一倍半：60% 除以 40%"),
        "share": Text(en="60% more", zh="多 60%"),
    },
    solve=always("all"),
    traps=(
        Trap(
            "one-whole-split",
            always("rest"),
            Text(
                en="Reminder: you split the sales in two. Which share has not been used yet?",
                zh="提示：你只是把销售额分成了两份。还有哪个比例没有用上？",
            ),
        ),
        Trap(
            "share-as-difference",
            always("share"),
            Text(
                en="Reminder: this is a share of all sales. How many salons bring it?",
                zh="提示：这是占全部销售额的比例。它是由多少家店带来的？",
            ),
        ),
    ),
    hint=Text(en="Share of all sales, over share of all salons.", zh="占全部销售额的比例，除以占全部店数的比例。"),
    why=Text(
        en="Two shares, each of its own whole: 60% of the sales over 20% of the salons is 3. This chapter divides the "
        "same way, goods by bads, and then takes the logarithm.",
        zh="两个比例，各有各的总体：销售额的 60%，除以店数的 20%，等于 3。本章照样相除，好客户比坏客户，再取对数。",
    ),
)

warm_2 = ChoiceItem(
    id="credit-w2",
    ask=Text(
        en="*From chapter 01.* Two colleagues each call 90 of 100 salons good, without looking. On how many do they "
        "agree by chance?",
        zh="*出自第 01 章。* 两位同事看都不看，各把 100 家店中的 90 家评为“好”。仅凭偶然，会有多少家一致？",
    ),
    options={
        "50": Text(en="50: there are two labels", zh="50 家：标签只有两种"),
        "81": Text(en="81: both say good", zh="81 家：两人都评为好"),
        "82": Text(en="82: both say good, or both say bad", zh="82 家：两人都评为好，或者都评为坏"),
    },
    solve=always("82"),
    traps=(
        Trap(
            "chance-is-half",
            always("50"),
            Text(
                en="Reminder: that holds for two fair coins. How often does each of these two say good?",
                zh="提示：抛两枚均匀的硬币才是这样。这两位各有多少次评为好？",
            ),
        ),
        Trap(
            "one-kind-of-agreement",
            always("81"),
            Text(
                en="Reminder: nearly. In which other way can two people agree?",
                zh="提示：差一点。两个人还可以怎样一致？",
            ),
        ),
    ),
    hint=Text(en="Multiply the two shares, for each label; then add.", zh="每种标签，把两人的比例相乘；再相加。"),
    why=Text(
        en="0.9 × 0.9 + 0.1 × 0.1 = 0.82. Where nearly everybody is good, agreeing is easy, and so is being right. In "
        "credit nearly everybody is good.",
        zh="0.9 × 0.9 + 0.1 × 0.1 = 0.82。几乎人人都好的时候，一致很容易，猜对也很容易。赊销的客户就几乎都是好客户。",
    ),
)

warm_3 = ChoiceItem(
    id="credit-w3",
    ask=Text(
        en="*From chapter 09.* In spring a branch has a net promoter score of 25, in autumn of 31. Each comes with a "
        "half width of 11. Has it improved?",
        zh="*出自第 09 章。* 一家分店春季的净推荐值为 25，秋季为 31，两次的半宽都是 11。它进步了吗？",
    ),
    options={
        "better": Text(en="yes, by 6 points", zh="进步了 6 点"),
        "unknown": Text(en="these answers cannot tell", zh="凭这些回答看不出来"),
        "same": Text(en="no, it has stayed the same", zh="没有，还是原来的水平"),
    },
    solve=always("unknown"),
    traps=(
        Trap(
            "index-without-width",
            always("better"),
            Text(
                en="Reminder: other customers of the same branch would have given another score. By how much?",
                zh="提示：换一批顾客来答，分数也会不同。会差多少？",
            ),
        ),
        Trap(
            "not-shown-means-not-there",
            always("same"),
            Text(
                en="Reminder: not shown is not the same as shown to be nothing. Could it have risen by 15?",
                zh="提示：没有证实有变化，不等于证实没有变化。会不会其实升了 15 点？",
            ),
        ),
    ),
    hint=Text(
        en="The half width of a difference is the root of both squares added.",
        zh="差的半宽，等于两个半宽的平方和再开方。",
    ),
    why=lambda params: Text(
        en="The half width of the difference is √(11² + 11²) = {width:.1f}, and 6 is well inside. The AUC of "
        "a scorecard swings with the sample in the same way: compare two on one hold-out.",
        zh="差的半宽为 √(11² + 11²) = {width:.1f}，而 6 远在其内。评分卡的 AUC 也这样随样本波动："
        "比较两张评分卡，要用同一个留出样本。",
    ).format(width=math.hypot(11, 11)),
)


# --- predictions: pick, commit, run ----------------------------------------------------------------------------------

_FIVE = ("character", "capacity", "capital", "collateral", "conditions")
_SALE = (100.0, 88.0, 0.01)  # price, variable cost, monthly rate: the sale of the chapter
_LGD = 0.54
_HALF = 2000  # applicants seen by the model; the rest are held out


@cache
def _evidence() -> dict[str, float]:
    """Information value of the five Cs, in the half of the file that the model sees."""
    table = load("credit_applicants")[:_HALF]
    bad = table["default_12m"]
    return {
        "character": optimal_bins(table["late_ratio"], bad, "ascending").iv,
        "capacity": optimal_bins(table["cash_cover"], bad, "descending").iv,
        "capital": optimal_bins(table["leverage"], bad, "ascending").iv,
        "collateral": optimal_bins(table["collateral_cover"], bad, "descending").iv,
        "conditions": optimal_bins(table["sector_outlook"], bad, "descending").iv,
    }


predict_1 = ChoiceItem(
    id="credit-q1",
    ask=Text(
        en="Which C tells most about who defaults among these salons? One figure stands for each.",
        zh="在这些店里，哪个 C 最能说明谁会违约？每个 C 用一个数字来代表。",
    ),
    options={
        "character": Text(en="character: how often she paid late", zh="品质：逾期付款的比例"),
        "capacity": Text(en="capacity: cash over debt due", zh="能力：经营现金对到期债务的倍数"),
        "capital": Text(en="capital: debt over assets", zh="资本：资产负债率"),
        "collateral": Text(en="collateral: what is pledged", zh="抵押：抵押了多少"),
        "conditions": Text(en="conditions: trade and district", zh="条件：行业与地段的行情"),
    },
    solve=lambda params: max(_evidence(), key=lambda name: _evidence()[name]),
    traps=(
        Trap(
            "will-is-all",
            always("character"),
            Text(
                en="Late payments do tell. Can somebody want to pay and still not pay?",
                zh="逾期记录确实说明问题。想付钱的人，会不会仍然付不出？",
            ),
        ),
        Trap(
            "cushion-pays-bills",
            always("capital"),
            Text(
                en="A cushion matters once things go wrong. Which figure shows whether they go wrong?",
                zh="出了事，才用得着这层垫子。哪个数字能看出会不会出事？",
            ),
        ),
        Trap(
            "pledge-means-payment",
            always("collateral"),
            Text(
                en="A pledge is called after the default. Does it say whether one comes?",
                zh="抵押物要到违约之后才派上用场。它能说明会不会违约吗？",
            ),
        ),
        Trap(
            "trade-decides",
            always("conditions"),
            Text(
                en="Slow trade meets all salons of a district. Which figure tells one of them from her neighbour?",
                zh="生意清淡，一个地段的店都会碰到。哪个数字能把同一地段的两家店区分开？",
            ),
        ),
    ),
    hint=Text(
        en="Run the next cells and compare the information values.", zh="运行后面的单元格，比较各项的信息值（IV）。"
    ),
    why=lambda params: Text(
        en="Information values in the first half: " + ", ".join(f"{k} {iv:.2f}" for k, iv in _evidence().items()) + ". "
        "That is a finding about these salons. In another trade the order may be another.",
        zh="前一半样本的信息值：" + "、".join(f"{ITEM_NAMES[k].zh} {iv:.2f}" for k, iv in _evidence().items()) + "。"
        "这是这批店的结果。换一个行业，次序可能不同。",
    ),
    concepts=("credit.five-c", "credit.character", "credit.capacity"),
)


@cache
def _held_out_auc(names: tuple[str, ...]) -> float:
    """AUC on the hold-out of a logistic regression on some items, fitted to the first half."""
    table = load("credit_applicants")
    marks, bad = item_marks(table)[list(names)].to_numpy(), table["default_12m"].to_numpy()
    _, weights = fit_logit(marks[:_HALF], bad[:_HALF])
    return auc(-(marks[_HALF:] @ weights), bad[_HALF:])


_WITH_SIXTH = {
    "0.83": Text(en="about 0.83: what it tells alone adds up", zh="大约 0.83：它单独说明的那一点加了进来"),
    "0.79": Text(en="about 0.79: it says nothing new", zh="大约 0.79：它没有带来新的信息"),
    "0.74": Text(en="about 0.74: its noise does harm", zh="大约 0.74：它的噪声有害"),
}

predict_2 = ChoiceItem(
    id="credit-q2",
    ask=Text(
        en="On the hold-out the five Cs reach an AUC of 0.79, business philosophy alone one of 0.58. A logistic "
        "regression weighs all six. Which AUC does it reach on the hold-out?",
        zh="在留出样本上，五个 C 的 AUC 为 0.79，单看经营理念为 0.58。用逻辑回归给全部六项定权重，留出样本上的 AUC "
        "是多少？",
    ),
    options=_WITH_SIXTH,
    solve=lambda params: nearest_option(_WITH_SIXTH, _held_out_auc((*_FIVE, "philosophy"))),
    traps=(
        Trap(
            "solo-power-adds-up",
            always("0.83"),
            Text(
                en="Alone it tells something. Which of the five has told the same already?",
                zh="单看它，确实说明一点问题。可是五个 C 里，哪一个已经说过同样的话？",
            ),
        ),
        Trap(
            "noise-must-hurt",
            always("0.74"),
            Text(
                en="The regression chooses the weight. What does it give to an item that does not help?",
                zh="权重由回归来定。对一项没有帮助的变量，它会给多大的权重？",
            ),
        ),
    ),
    hint=Text(
        en="What counts is what an item says beyond the others.",
        zh="要看的是：除了其他各项已经说明的，它还多说了什么。",
    ),
    why=lambda params: Text(
        en="{five:.3f} without it, {six:.3f} with it, {alone:.2f} alone. It follows character, and character is there "
        "already. Judge an item beside the others, not alone.",
        zh="不加它是 {five:.3f}，加上它是 {six:.3f}，单看它是 {alone:.2f}。它跟着品质走，而品质已经在里面。评判一项变"
        "量，要放在其他各项旁边看，不要单独看。",
    ).format(
        five=_held_out_auc(_FIVE), six=_held_out_auc((*_FIVE, "philosophy")), alone=_held_out_auc(("philosophy",))
    ),
    concepts=("credit.philosophy", "credit.five-c"),
)

_LIMITS = {number: Text(en=f"about {number}%", zh=f"大约 {number}%") for number in ("5", "11", "19", "50")}

predict_3 = ChoiceItem(
    id="credit-q3",
    ask=Text(
        en="A sale of 100 costs 88 and is paid a month later, at 1% a month: paid, it leaves 11. In a default 54% of "
        "the cost is lost. Up to which chance of default does credit pay?",
        zh="一笔 100 元的销售成本为 88 元，一个月后收款，月利率 1%：收到款，净赚 11 元；违约，损失成本的 54%。违约概率"
        "不超过多少，赊销才划算？",
    ),
    options=_LIMITS,
    solve=lambda params: nearest_option(_LIMITS, 100 * cutoff(*_SALE, _LGD)),
    traps=(
        Trap(
            "prudence",
            always("5"),
            Text(
                en="That feels safe. How many good sales would this rule turn away?",
                zh="这样确实让人放心。可是这条规矩会挡掉多少好生意？",
            ),
        ),
        Trap(
            "margin-is-the-limit",
            always("11"),
            Text(
                en="That is the margin. It would be the limit if a default took the whole cost. Does it?",
                zh="这是毛利。只有违约时成本全部损失，它才是上限。真是这样吗？",
            ),
        ),
        Trap(
            "more-likely-than-not",
            always("50"),
            Text(
                en="She more likely pays than not. Does one who pays make up for one who does not?",
                zh="她多半会付。可是一位付款的客户，补得回一位不付的客户吗？",
            ),
        ),
    ),
    hint=Text(
        en="Gain times chance of it, against loss times chance of it.", zh="赚的乘以赚的概率，亏的乘以亏的概率。"
    ),
    why=lambda params: Text(
        en="A default costs 88 × 0.54 = {loss:.1f}. At the limit both sides are equal: {margin:.2f} / ({margin:.2f} + "
        "{loss:.2f}) = {limit:.1%}.",
        zh="一次违约损失 88 × 0.54 = {loss:.1f}。在临界点上两边相等：{margin:.2f} / ({margin:.2f} + {loss:.2f}) = "
        "{limit:.1%}。",
    ).format(loss=_SALE[1] * _LGD, margin=one_shot_value(*_SALE, 0), limit=cutoff(*_SALE, _LGD)),
    concepts=("credit.management",),
)

_AFTER = {number: Text(en=f"about {number}%", zh=f"大约 {number}%") for number in ("15", "45", "70", "85")}
_REPORT = (0.15, 0.70, 0.85)  # share of bad applicants, sensitivity, specificity


@cache
def _after_a_bad_report() -> float:
    """Share of bad customers among those with a bad report; gain and loss play no part in it."""
    return report_value(*_REPORT, gain=one_shot_value(*_SALE, 0), loss=_SALE[1] * _LGD).posterior_bad


predict_4 = ChoiceItem(
    id="credit-q4",
    ask=Text(
        en="A credit report finds 70% of the bad customers and clears 85% of the good ones. 15% of the applicants are "
        "bad. Of the salons with a bad report, how many are bad?",
        zh="征信报告能认出 70% 的坏客户；好客户中有 85% 被报为好。申请人中有 15% 是坏客户。报告为坏的店里，"
        "有多少真是坏客户？",
    ),
    options=_AFTER,
    solve=lambda params: nearest_option(_AFTER, 100 * _after_a_bad_report()),
    traps=(
        Trap(
            "report-says-nothing",
            always("15"),
            Text(
                en="That is the share before the report. Does the report tell nothing?",
                zh="这是看报告之前的比例。报告什么也没说明吗？",
            ),
        ),
        Trap(
            "turned-round",
            always("70"),
            Text(
                en="That is the share of bad reports among the bad customers. The question goes the other way.",
                zh="这是坏客户中报告为坏的比例。题目问的正好反过来。",
            ),
        ),
        Trap(
            "accuracy-is-belief",
            always("85"),
            Text(
                en="That is how often a good customer is cleared. How many good ones are there to be accused wrongly?",
                zh="这是好客户被报为好的比例。好客户那么多，会有多少被错报？",
            ),
        ),
    ),
    hint=Text(
        en="Take 1,000 applicants. Count the bad reports, first on bad customers, then on good ones.",
        zh="设有 1,000 位申请人。数一数坏报告：先数坏客户的，再数好客户的。",
    ),
    why=lambda params: Text(
        en="Of 1,000 applicants {hit:.0f} bad and {wronged:.1f} good ones get a bad report: {after:.0%} of these "
        "reports are right. Few applicants are bad, so many accusations are false.",
        zh="1,000 位申请人中，得到坏报告的有 {hit:.0f} 位坏客户和 {wronged:.1f} 位好客户：这些报告只有 {after:.0%} "
        "说对了。坏客户本来就少，所以错报的多。",
    ).format(
        hit=1000 * _REPORT[0] * _REPORT[1],
        wronged=1000 * (1 - _REPORT[0]) * (1 - _REPORT[2]),
        after=_after_a_bad_report(),
    ),
    concepts=("credit.contact-and-bureau",),
)

# --- practice: from a chance to a decision ---------------------------------------------------------------------------


def _gain(params: Params, rate: float | None = None) -> float:
    """What a paid sale leaves, after discounting."""
    return one_shot_value(params["price"], params["variable_cost"], params["rate"] if rate is None else rate, 0)


def _worth(params: Params, chance: float, lgd: float | None = None, rate: float | None = None) -> float:
    """Expected profit of granting credit at a chance of default."""
    lost = expected_loss(chance, params["lgd"] if lgd is None else lgd, params["variable_cost"])
    return float((1 - chance) * _gain(params, rate) - lost)


def _granted(params: Params) -> float:
    return _worth(params, params["pd"])


def _decision(params: Params) -> str:
    return "grant" if _granted(params) > 0 else "refuse"


_RECOVERED = Text(
    en="You took the share lost for the share that comes back. Which of the two is given?",
    zh="你把损失的比例当成了收回的比例。题目给出的是哪一个？",
)
_GRANT_PARTS: dict[str, Item] = {
    "profit": NumberItem(
        ask=Text(en="Expected profit of granting it", zh="赊给她的预期利润"),
        unit=_HUNDREDS,
        abs_tol=0.03,
        solve=_granted,
        traps=(
            Trap(
                "recovered",
                unless_close(_granted, lambda params: _worth(params, params["pd"], lgd=1 - params["lgd"])),
                _RECOVERED,
            ),
            Trap(
                "all-is-lost",
                lambda params: _worth(params, params["pd"], lgd=1),
                Text(
                    en="You let a default cost everything. What comes back from the collateral?",
                    zh="你让违约损失了全部成本。抵押能收回多少？",
                ),
            ),
            Trap(
                "not-discounted",
                lambda params: _worth(params, params["pd"], rate=0),
                Text(
                    en="You counted next month's money as today's. What does the month cost?",
                    zh="你把下个月的钱当作今天的钱。等一个月的代价是多少？",
                ),
            ),
            Trap(
                "gain-for-sure",
                lambda params: _gain(params) - expected_loss(params["pd"], params["lgd"], params["variable_cost"]),
                Text(
                    en="The loss is weighted by its chance, the gain is not. When does the gain come?",
                    zh="损失乘了概率，赚的却没有。什么时候才赚得到？",
                ),
            ),
            Trap(
                "loss-of-price",
                lambda params: (
                    (1 - params["pd"]) * _gain(params) - expected_loss(params["pd"], params["lgd"], params["price"])
                ),
                Text(
                    en="You let a default cost a part of the price. What has Lanwan itself put into the kit?",
                    zh="你按售价计算了违约的损失。蓝湾自己为这套货投入了多少？",
                ),
            ),
        ),
        hint=Text(
            en="Chance of payment times the discounted margin, less the expected loss on the cost.",
            zh="付款概率乘以贴现后的毛利，减去成本的预期损失。",
        ),
        why=_SEE_WHOLE,
    ),
    "decision": ChoiceItem(
        ask=Text(en="Decision", zh="决定"),
        options={"grant": Text(en="grant", zh="赊给她"), "refuse": Text(en="refuse", zh="拒绝")},
        solve=_decision,
        traps=(
            Trap(
                "fear-of-default",
                other_label(_decision, always("refuse")),
                Text(
                    en="She may default, and you may lose. What does it come to on average? Look at the sign.",
                    zh="她可能违约，你可能亏钱。平均下来呢？看看利润的正负号。",
                ),
            ),
            Trap(
                "most-of-them-pay",
                other_label(_decision, always("grant")),
                Text(
                    en="Most such customers pay. Does what they leave cover the few who do not? Look at the sign.",
                    zh="这样的客户多半会付。她们带来的毛利，补得上少数不付的吗？看看利润的正负号。",
                ),
            ),
        ),
        hint=Text(en="Compare the expected profit with nothing.", zh="拿预期利润与零相比。"),
        why=_SEE_WHOLE,
    ),
}

grant_or_refuse = PartsItem(
    id="credit-p1",
    ask=Text(
        en="A salon's chance of default is {pd}. A first order is sold to her for {price} and costs {variable_cost} "
        "(hundreds of yuan). She pays a month later, at a rate of {rate} a month. In a default a share of {lgd} of the "
        "cost is lost. Give a dictionary with `profit` (expected profit of granting it, to two decimals) and "
        '`decision` (`"grant"` or `"refuse"`).',
        zh="一家店的违约概率为 {pd}。首批货售价 {price}，成本 {variable_cost}（单位：百元）；一个月后付款，月利率为 "
        "{rate}。如果违约，成本中有 {lgd} 收不回来。请给出字典：`profit`（赊给她的预期利润，取两位小数）和 "
        '`decision`（`"grant"` 赊给她，或 `"refuse"` 拒绝）。',
    ),
    choices={
        "pd": (0.05, 0.08, 0.12, 0.16, 0.21, 0.26, 0.32),
        "lgd": (0.3, 0.4, 0.5, 0.7, 0.8),
        "price": (100, 110, 120),
        "variable_cost": (80, 84, 90, 96),
        "rate": (0.01, 0.015, 0.02),
    },
    example={"pd": 0.26, "lgd": 0.7, "price": 110, "variable_cost": 96, "rate": 0.01},
    reject=lambda params: (
        not 4 <= _gain(params) <= 26
        or abs(_granted(params)) < 0.5
        or too_close(_GRANT_PARTS["profit"], params, least=0.15)
    ),
    parts=_GRANT_PARTS,
    why=lambda params: Text(
        en="Paid, the kit leaves {price} / {growth:g} - {variable_cost} = {gain:.3f}. Expected loss: {pd} × {lgd} × "
        "{variable_cost} = {lost:.3f}. Profit {paid:g} × {gain:.3f} - {lost:.3f} = {profit:.2f}, so `{way}`.",
        zh="收到款，净赚 {price} / {growth:g} - {variable_cost} = {gain:.3f}。预期损失：{pd} × {lgd} × "
        "{variable_cost} = {lost:.3f}。利润 {paid:g} × {gain:.3f} - {lost:.3f} = {profit:.2f}，所以选 `{way}`。",
    ).format(
        **params,
        growth=1 + params["rate"],
        gain=_gain(params),
        lost=expected_loss(params["pd"], params["lgd"], params["variable_cost"]),
        paid=1 - params["pd"],
        profit=_granted(params),
        way=_decision(params),
    ),
    concepts=("credit.management", "credit.collateral"),
)


def _scale(params: Params) -> PointsScale:
    return points_scale(params["base_score"], params["base_odds"], params["pdo"])


def _chance(params: Params) -> float:
    return float(1 / (1 + _scale(params).odds(params["score"])))


def _chance_by_log10(params: Params) -> float:
    """Factor and offset from decimal logarithms, odds from the natural exponential."""
    factor = params["pdo"] / math.log10(2)
    scale = PointsScale(factor, params["base_score"] - factor * math.log10(params["base_odds"]))
    return float(1 / (1 + scale.odds(params["score"])))


def _limit(params: Params, lgd: float | None = None, rate: float | None = None) -> float:
    """The cut-off, with the LGD and rate of the question or others."""
    given = (params["rate"] if rate is None else rate, params["lgd"] if lgd is None else lgd)
    return float(cutoff(params["price"], params["variable_cost"], *given))


def _scored_worth(params: Params) -> float:
    return _worth(params, _chance(params))


_SCORE_PARTS: dict[str, Item] = {
    "pd": NumberItem(
        ask=Text(en="Chance of default", zh="违约概率"),
        unit=_SHARE,
        decimals=3,
        rel_tol=0.01,
        abs_tol=0.0015,
        solve=_chance,
        traps=(
            Trap(
                "bad-to-good",
                lambda params: 1 - _chance(params),
                Text(
                    en="You read the odds as bad to good. Which customers does a high score stand for?",
                    zh="你把好坏比读成了坏客户比好客户。分数高，代表哪种客户？",
                ),
            ),
            Trap(
                "decimal-logarithm",
                _chance_by_log10,
                Text(
                    en="Decimal logarithms got into the factor. Which logarithm belongs to the scale?",
                    zh="因子里混进了常用对数。这个刻度用的是哪种对数？",
                ),
            ),
            Trap(
                "odds-are-not-chances",
                lambda params: 1 / _scale(params).odds(params["score"]),
                Text(
                    en="That is bads over goods. A chance is bads over whom?",
                    zh="这是坏客户除以好客户。概率应该是坏客户除以什么？",
                ),
            ),
        ),
        hint=Text(
            en="Points to odds good to bad; then one bad customer among all of them.",
            zh="先由分值求好坏比；再看一位坏客户占其中多少。",
        ),
        why=_SEE_WHOLE,
    ),
    "cutoff": NumberItem(
        ask=Text(en="Highest chance of default that still pays", zh="还划算的最高违约概率"),
        unit=_SHARE,
        decimals=3,
        rel_tol=0.01,
        abs_tol=0.0015,
        solve=_limit,
        traps=(
            Trap("recovered", unless_close(_limit, lambda params: _limit(params, lgd=1 - params["lgd"])), _RECOVERED),
            Trap(
                "more-likely-than-not",
                always(0.5),
                Text(
                    en="She more likely pays than not. Is a payment worth as much as a default costs?",
                    zh="她多半会付。可是一次付款赚的，有一次违约亏的那么多吗？",
                ),
            ),
            Trap(
                "all-is-lost",
                lambda params: _limit(params, lgd=1),
                Text(
                    en="You let a default cost everything. Which share is lost?",
                    zh="你让违约损失了全部成本。损失的比例是多少？",
                ),
            ),
            Trap(
                "not-discounted",
                lambda params: _limit(params, rate=0),
                Text(
                    en="She pays a month later. What is that money worth today?",
                    zh="她一个月后才付款。这笔钱今天值多少？",
                ),
            ),
        ),
        hint=Text(en="Margin, over margin plus what a default costs.", zh="毛利，除以毛利与违约损失之和。"),
        why=_SEE_WHOLE,
    ),
    "profit": NumberItem(
        ask=Text(en="Expected profit of granting it", zh="赊给她的预期利润"),
        unit=_HUNDREDS,
        abs_tol=0.05,
        solve=_scored_worth,
        traps=(
            Trap(
                "recovered",
                unless_close(_scored_worth, lambda params: _worth(params, _chance(params), lgd=1 - params["lgd"])),
                _RECOVERED,
            ),
            Trap(
                "bad-to-good",
                lambda params: _worth(params, 1 - _chance(params)),
                Text(
                    en="The step from chance to profit is right. But is she as likely to default as you say?",
                    zh="从概率到利润这一步是对的。可是，她违约的可能真有这么大吗？",
                ),
            ),
            Trap(
                "all-is-lost",
                lambda params: _worth(params, _chance(params), lgd=1),
                Text(
                    en="You let a default cost everything. Which share is lost?",
                    zh="你让违约损失了全部成本。损失的比例是多少？",
                ),
            ),
            Trap(
                "not-discounted",
                lambda params: _worth(params, _chance(params), rate=0),
                Text(
                    en="You counted next month's money as today's. What does the month cost?",
                    zh="你把下个月的钱当作今天的钱。等一个月的代价是多少？",
                ),
            ),
            Trap(
                "gain-for-sure",
                lambda params: _gain(params) - expected_loss(_chance(params), params["lgd"], params["variable_cost"]),
                Text(
                    en="The loss is weighted by its chance, the gain is not. When does the gain come?",
                    zh="损失乘了概率，赚的却没有。什么时候才赚得到？",
                ),
            ),
        ),
        hint=Text(
            en="As in the worked example: chance of payment times margin, less the expected loss.",
            zh="与例题相同：付款概率乘以毛利，减去预期损失。",
        ),
        why=_SEE_WHOLE,
    ),
}

from_score_to_profit = PartsItem(
    id="credit-p2",
    ask=Text(
        en="On a scale {base_score} points stand for odds of {base_odds}:1, good to bad, and {pdo} points double the "
        "odds. A salon scores {score}. The order is sold for {price} and costs {variable_cost} (hundreds of yuan); she "
        "pays a month later, at a rate of {rate} a month. In a default a share of {lgd} of the cost is lost. Give a "
        "dictionary with `pd` (her chance of default, three decimals), `cutoff` (the highest chance that still pays, "
        "three decimals) and `profit` (expected profit of granting it, two decimals). Round only at the end.",
        zh="某评分刻度上，{base_score} 分对应的好坏比为 {base_odds}:1（好客户比坏客户），每高 {pdo} 分好坏比翻倍。"
        "一家店得 {score} 分。货款 {price}，成本 {variable_cost}（单位：百元）；一个月后付款，资金成本每月 {rate}。"
        "如果违约，成本中有 {lgd} 收不回来。请给出字典：`pd`（违约概率，取三位小数）、`cutoff`（还划算的最高违约概率，"
        "取三位小数）和 `profit`（赊给她的预期利润，取两位小数）。算到最后再取整。",
    ),
    choices={
        "base_score": (500, 600, 660),
        "base_odds": (20, 30, 40),
        "pdo": (20, 25, 30, 40),
        "score": (440, 450, 460, 475, 550, 565, 580, 610, 625),
        "price": (100, 105, 112),
        "variable_cost": (80, 85, 90),
        "rate": (0.01, 0.015, 0.02),
        "lgd": (0.3, 0.4, 0.5, 0.7),
    },
    example={
        "base_score": 500,
        "base_odds": 20,
        "pdo": 25,
        "score": 475,
        "price": 112,
        "variable_cost": 90,
        "rate": 0.015,
        "lgd": 0.5,
    },
    reject=lambda params: (
        not 0.06 <= _chance(params) <= 0.4
        or not 4 <= _gain(params) <= 32
        or abs(_scored_worth(params)) < 0.5
        or too_close(_SCORE_PARTS["pd"], params, gap=0.04, least=0.004)
        or too_close(_SCORE_PARTS["cutoff"], params, gap=0.04, least=0.004)
        or too_close(_SCORE_PARTS["profit"], params, least=0.15)
    ),
    parts=_SCORE_PARTS,
    why=lambda params: Text(
        en="Factor {pdo} / ln 2 = {factor:.2f}, offset {offset:.1f}. Odds e^(({score} - {offset:.1f}) / {factor:.2f}) "
        "= {odds:.2f}, so PD = 1 / (1 + {odds:.2f}) = {chance:.3f}. Margin {gain:.3f}, loss {variable_cost} × {lgd} = "
        "{lost:.2f}: cut-off {limit:.3f}. Profit {paid:.4f} × {gain:.3f} - {chance:.4f} × {lost:.2f} = {profit:.2f}.",
        zh="因子 {pdo} / ln 2 = {factor:.2f}，偏移量 {offset:.1f}。好坏比 e^(({score} - {offset:.1f}) / {factor:.2f}) "
        "= {odds:.2f}，所以 PD = 1 / (1 + {odds:.2f}) = {chance:.3f}。毛利 {gain:.3f}，损失 {variable_cost} × {lgd} = "
        "{lost:.2f}：临界点 {limit:.3f}。利润 {paid:.4f} × {gain:.3f} - {chance:.4f} × {lost:.2f} = {profit:.2f}。",
    ).format(
        **params,
        factor=_scale(params).factor,
        offset=_scale(params).offset,
        odds=_scale(params).odds(params["score"]),
        chance=_chance(params),
        paid=1 - _chance(params),
        gain=_gain(params),
        lost=params["variable_cost"] * params["lgd"],
        limit=_limit(params),
        profit=_scored_worth(params),
    ),
    concepts=("credit.five-c", "credit.management", "credit.collateral"),
)

# --- practice: what is looked at -------------------------------------------------------------------------------------

_REMARKS: Mapping[str, Text] = {
    "r1": Text(
        en="Two thirds of all that stands in my salon was bought with my own savings.",
        zh="店里的东西，三分之二是用我自己的积蓄买的。",
    ),
    "r2": Text(
        en="They are building the metro in front of the door. Nobody in our street sells much this year.",
        zh="门口正在修地铁。今年整条街的生意都不好。",
    ),
    "r3": Text(
        en="I believe that a salon should grow slowly and train its own people.",
        zh="我认为，店要慢慢做大，人要自己培养。",
    ),
    "r4": Text(
        en="If I cannot pay, you may have the six washing basins. It says so in the contract.",
        zh="我要是付不出，六个洗头盆就归你们。合同里写着。",
    ),
    "r5": Text(
        en="In nine years not one of my suppliers has had to send a reminder.",
        zh="九年来，没有一家供应商需要催过我的款。",
    ),
    "r6": Text(
        en="Month after month the till takes in twice what falls due.",
        zh="每个月收银台进的钱，都是到期账款的两倍。",
    ),
}

six_remarks = MappingItem(
    id="credit-p3",
    ask=Text(
        en="Six applicants talk about themselves. Which item of the survey does each remark belong to? Use "
        '`"character"`, `"capacity"`, `"philosophy"`, `"capital"`, `"collateral"` and `"conditions"`, each once.',
        zh='六位申请人谈到自己。每句话属于调查的哪一项？用 `"character"`（品质）、`"capacity"`（能力）、'
        '`"philosophy"`（经营理念）、`"capital"`（资本）、`"collateral"`（抵押）和 `"conditions"`（条件）作答，'
        "每项一次。",
    ),
    keys={key: Text(en=key, zh=key) for key in _REMARKS},
    labels=ITEM_NAMES,
    exhibit=lambda params: pd.DataFrame({"remark": [str(words) for words in _REMARKS.values()]}, index=list(_REMARKS)),
    solve=always(
        {
            "r1": "capital",
            "r2": "conditions",
            "r3": "philosophy",
            "r4": "collateral",
            "r5": "character",
            "r6": "capacity",
        }
    ),
    traps=(
        Trap(
            "own-means-pledged",
            always({"r1": "collateral"}),
            Text(
                en="What she paid for herself is pledged to nobody. May Lanwan take it?",
                zh="用自己的钱买的东西，并没有抵押给谁。蓝湾可以拿走吗？",
            ),
        ),
        Trap(
            "stock-as-stream",
            always({"r1": "capacity"}),
            Text(
                en="Savings spent long ago are a stock. Which remark speaks of money that comes in month by month?",
                zh="早已投进去的积蓄是存量。哪句话说的是每个月进来的钱？",
            ),
        ),
        Trap(
            "pledge-as-cushion",
            always({"r4": "capital"}),
            Text(
                en="Here it does not matter who paid for the basins. What may the lender do with them?",
                zh="洗头盆是用谁的钱买的，在这里不要紧。债权人可以拿它们怎么办？",
            ),
        ),
        Trap(
            "stream-as-stock",
            always({"r6": "capital"}),
            Text(
                en="That is money that comes and goes each month. Which item is about what stands on the balance "
                "sheet?",
                zh="这是每个月进进出出的钱。资产负债表上的家底属于哪一项？",
            ),
        ),
        Trap(
            "taking-as-trade",
            always({"r6": "conditions"}),
            Text(
                en="This is her own till. Does the remark say anything about the trade or the street?",
                zh="这说的是她自己的收银台。这句话提到行业或街道了吗？",
            ),
        ),
        Trap(
            "street-as-weakness",
            always({"r2": "capacity"}),
            Text(
                en="It will hurt her takings. But is it about her, or about all her neighbours, too?",
                zh="她的收入会受影响。可这说的是她一个人，还是左邻右舍都一样？",
            ),
        ),
        Trap(
            "belief-as-record",
            always({"r3": "character"}),
            Text(
                en="It sounds like a reliable person. Which remark shows what she has done about bills?",
                zh="听起来很可靠。可是哪句话说的是她以往怎样付账？",
            ),
        ),
        Trap(
            "record-as-belief",
            always({"r5": "philosophy"}),
            Text(
                en="This is no idea about running a salon. What did she do, year after year?",
                zh="这不是怎样开店的想法。年复一年，她做了什么？",
            ),
        ),
        Trap(
            "paid-means-able",
            always({"r5": "capacity"}),
            Text(
                en="She was able to, no doubt. But some who can pay wait for a reminder. What does she not do?",
                zh="她当然付得起。可是有些人付得起，也要等人来催。她与这些人有什么不同？",
            ),
        ),
    ),
    hint=Text(
        en="Ask of each remark: her will, her means, her ideas, her own money, a pledge, or what she cannot help?",
        zh="每句话问一问：说的是意愿、财力、想法、自有资金、抵押物，还是她左右不了的事？",
    ),
    why=Text(
        en="r1 capital, r2 conditions, r3 business philosophy, r4 collateral, r5 character, r6 capacity. Five of the "
        "words begin with C. The remark about slow growth stands for the sixth, and no figure in her books will "
        "confirm it.",
        zh="r1 资本，r2 条件，r3 经营理念，r4 抵押，r5 品质，r6 能力。其中五项的英文以 C 开头；"
        "“慢慢做大”那句属于第六项，账簿里没有哪个数字能证实它。",
    ),
    concepts=(
        "credit.five-c",
        "credit.character",
        "credit.capacity",
        "credit.philosophy",
        "credit.capital",
        "credit.collateral",
        "credit.conditions",
    ),
)

_TILES = {"A": "cost", "B": "turnover", "C": "none", "D": "risk"}


def _goal(params: Params) -> str:
    return _TILES[params["tile"]]


which_goal = ChoiceItem(
    id="credit-p4",
    ask=Text(
        en="Lanwan's credit dashboard has four tiles. A: yuan spent on each credit decision. B: days from invoice to "
        "payment. C: growth of credit sales, %. D: share of credit sales written off, %. Which of the three goals in "
        "note 5 does tile {tile} serve?",
        zh="蓝湾的信用看板上有四个数字。A：每作一次赊销决定花多少元。B：从开票到收款的天数。C：赊销额的增长率（%）。"
        "D：赊销额中核销为坏账的比例（%）。数字 {tile} 对应笔记 5 三个目标中的哪一个？",
    ),
    options={
        "risk": Text(en="fewer bad debts", zh="减少坏账损失"),
        "turnover": Text(en="faster turnover", zh="加快周转"),
        "cost": Text(en="lower transaction cost", zh="降低交易成本"),
        "none": Text(en="none of the three", zh="三个都不是"),
    },
    choices={"tile": tuple(_TILES)},
    example={"tile": "A"},
    solve=_goal,
    traps=(
        Trap(
            "all-is-risk",
            other_label(_goal, always("risk")),
            Text(
                en="Does this tile move when a debt is given up? Read once more what it counts.",
                zh="一笔账收不回来的时候，这个数字会变吗？再看一遍它统计的是什么。",
            ),
        ),
        Trap(
            "all-is-speed",
            other_label(_goal, always("turnover")),
            Text(
                en="Turnover is about how soon money is back. Does this tile measure time?",
                zh="周转讲的是钱多快回来。这个数字量的是时间吗？",
            ),
        ),
        Trap(
            "all-is-cost",
            other_label(_goal, always("cost")),
            Text(
                en="Transaction cost is what checking, billing and chasing take. Does this tile count that?",
                zh="交易成本是审查、开票、催收花掉的钱。这个数字统计的是它吗？",
            ),
        ),
        Trap(
            "no-goal-at-all",
            other_label(_goal, always("none")),
            Text(
                en="The note names bad debts, turnover and transaction cost. What would have to change for this tile "
                "to fall?",
                zh="笔记说的是坏账、周转和交易成本。这个数字要下降，必须有什么改变？",
            ),
        ),
    ),
    hint=Text(
        en="Three goals: what is lost, how soon money is back, what the handling costs.",
        zh="三个目标：损失多少、钱多快回来、办理要花多少。",
    ),
    why=Text(
        en="A serves lower transaction cost, B faster turnover, D fewer bad debts. C serves none: growth is not among "
        "the three goals, and loose credit makes it easy to have.",
        zh="A 对应降低交易成本，B 对应加快周转，D 对应减少坏账。C 都不对应：增长不在三个目标之中，而放松赊销，增长很容"
        "易。",
    ),
    concepts=("credit.goals",),
)


def _book(params: Params) -> tuple[list[int], list[float], list[float], list[int]]:
    """Number of salons, chance of default, share lost and open amount of both groups."""
    counts = [params["small"], params["large"]]
    chances = [params["pd_small"] / 100, params["pd_large"] / 100]
    return counts, chances, [params["lgd_small"] / 100, params["lgd_large"] / 100], [params["owes_small"], 20_000]


def _book_loss(params: Params, lgd: float | None = None, one_each: bool = False) -> float:
    counts, chances, lost, owes = _book(params)
    open_ = [amount * (1 if one_each else count) for amount, count in zip(owes, counts, strict=True)]
    return float(sum(expected_loss(chances, lost if lgd is None else [lgd, lgd], open_)))


def _loss_at_plain_means(params: Params) -> float:
    counts, chances, lost, owes = _book(params)
    total = sum(amount * count for amount, count in zip(owes, counts, strict=True))
    return float(expected_loss(sum(chances) / 2, sum(lost) / 2, total))


def _recovered(params: Params) -> float:
    counts, chances, lost, owes = _book(params)
    open_ = [amount * count for amount, count in zip(owes, counts, strict=True)]
    return float(sum(expected_loss(chances, [1 - share for share in lost], open_)))


loss_of_a_book: NumberItem = NumberItem(
    id="credit-p5",
    ask=Text(
        en="Lanwan's book: {small} small salons owe {owes_small:,} yuan each, with a chance of default of {pd_small}% "
        "and {lgd_small}% lost then. {large} large ones owe 20,000 yuan each, with {pd_large}% and {lgd_large}%. What "
        "is the expected loss of the whole book (whole yuan)?",
        zh="蓝湾的账上：{small} 家小店各欠 {owes_small:,} 元，违约概率 {pd_small}%，违约损失率 {lgd_small}%；{large} "
        "家大店各欠 20,000 元，违约概率 {pd_large}%，违约损失率 {lgd_large}%。全部欠款的预期损失是多少（取整到元）？",
    ),
    unit=_YUAN,
    decimals=0,
    rel_tol=0.002,
    abs_tol=1,
    choices={
        "small": (60, 80, 120),
        "owes_small": (3_000, 4_000, 6_000),
        "pd_small": (8, 10, 15),
        "lgd_small": (70, 80, 90),
        "large": (10, 15, 25),
        "pd_large": (2, 4, 5),
        "lgd_large": (20, 40),
    },
    example={
        "small": 80,
        "owes_small": 4_000,
        "pd_small": 10,
        "lgd_small": 80,
        "large": 15,
        "pd_large": 4,
        "lgd_large": 40,
    },
    reject=lambda params: too_close(loss_of_a_book, params),
    solve=_book_loss,
    traps=(
        Trap(
            "all-is-lost",
            lambda params: _book_loss(params, lgd=1),
            Text(
                en="That is what may fall due unpaid. Does all of it stay unpaid for good?",
                zh="这是可能收不到的欠款。其中的每一元都永远收不回来吗？",
            ),
        ),
        Trap(
            "plain-means",
            _loss_at_plain_means,
            Text(
                en="You averaged the two groups first. Do both owe the same? Take each group by itself.",
                zh="你先把两组的比率作了平均。两组欠得一样多吗？请一组一组地算。",
            ),
        ),
        Trap(
            "one-salon-of-each",
            lambda params: _book_loss(params, one_each=True),
            Text(
                en="That is one salon of each kind. How many are there?",
                zh="这只算了每种一家店。一共有多少家？",
            ),
        ),
        Trap(
            "what-comes-back",
            _recovered,
            Text(
                en="You counted what comes back in a default. The question is what does not.",
                zh="你算的是违约之后还能收回的部分。题目问的是收不回的部分。",
            ),
        ),
    ),
    hint=Text(
        en="For each group: number, times chance, times share lost, times what one owes. Then add.",
        zh="每一组：家数乘以违约概率，乘以损失率，再乘以每家的欠款。然后相加。",
    ),
    why=lambda params: Text(
        en="{small} × {pd_small}% × {lgd_small}% × {owes_small:,} + {large} × {pd_large}% × {lgd_large}% × 20,000 = "
        "{found} yuan. Expected losses add up, group by group; averages of rates do not.",
        zh="{small} × {pd_small}% × {lgd_small}% × {owes_small:,} + {large} × {pd_large}% × {lgd_large}% × 20,000 = "
        "{found} 元。预期损失可以一组一组地相加，比率的平均却不可以。",
    ).format(**params, found=shown(_book_loss(params))),
    concepts=("credit.management",),
)

# --- practice: evidence and points -----------------------------------------------------------------------------------


def _points(params: Params) -> float:
    return float(_scale(params).score(params["odds"]))


score_at_odds: NumberItem = NumberItem(
    id="credit-p6",
    ask=Text(
        en="A scale gives {base_score} points to odds of {base_odds}:1, good to bad; {pdo} points double the odds. How "
        "many points do odds of {odds}:1 get (one decimal)?",
        zh="某评分刻度上，好坏比 {base_odds}:1 对应 {base_score} 分，每高 {pdo} 分好坏比翻倍。好坏比 {odds}:1 "
        "应得多少分（取一位小数）？",
    ),
    unit=_POINTS,
    decimals=1,
    rel_tol=0.0002,
    abs_tol=0.12,
    choices={
        "base_score": (500, 600, 660),
        "base_odds": (20, 30, 40, 50),
        "pdo": (15, 20, 25, 40),
        "odds": (6, 9, 12, 18, 70, 90, 130),
    },
    example={"base_score": 600, "base_odds": 30, "pdo": 20, "odds": 9},
    reject=lambda params: too_close(score_at_odds, params, gap=0, least=1),
    solve=_points,
    traps=(
        Trap(
            "decimal-logarithm",
            lambda params: (
                params["base_score"] + _scale(params).factor * math.log10(params["odds"] / params["base_odds"])
            ),
            Text(
                en="You took the decimal logarithm of the odds. Which one stands in the factor?",
                zh="你对好坏比取了常用对数。因子里用的是哪种对数？",
            ),
        ),
        Trap(
            "bad-to-good",
            lambda params: float(_scale(params).score(params["base_odds"] ** 2 / params["odds"])),
            Text(
                en="You went the wrong way from the anchor. Do higher odds of good to bad deserve more points, or "
                "fewer?",
                zh="你从基准分往相反的方向走了。好坏比越高，分数该越高，还是越低？",
            ),
        ),
        Trap(
            "without-ln-2",
            lambda params: params["base_score"] + params["pdo"] * math.log(params["odds"] / params["base_odds"]),
            Text(
                en="You used the points to double the odds as the factor. What do they have to be divided by?",
                zh="你把好坏比翻倍的分数直接当作因子。还要除以什么？",
            ),
        ),
        Trap(
            "straight-line",
            lambda params: params["base_score"] + params["pdo"] * (params["odds"] / params["base_odds"] - 1),
            Text(
                en="You moved along a straight line. Each doubling adds the same points: what grows like that?",
                zh="你按直线来推算。好坏比每翻一番加同样的分：这是哪种函数？",
            ),
        ),
    ),
    hint=Text(
        en="Factor from the points to double, offset from the anchor, then the natural logarithm of the odds.",
        zh="由翻倍的分数求因子，由基准分求偏移量，再用好坏比的自然对数。",
    ),
    why=lambda params: Text(
        en="Factor {pdo} / ln 2 = {factor:.3f}; offset {base_score} - {factor:.3f} × ln {base_odds} = {offset:.2f}; "
        "score {offset:.2f} + {factor:.3f} × ln {odds} = {found:.1f}.",
        zh="因子 {pdo} / ln 2 = {factor:.3f}；偏移量 {base_score} - {factor:.3f} × ln {base_odds} = {offset:.2f}；分值 "
        "{offset:.2f} + {factor:.3f} × ln {odds} = {found:.1f}。",
    ).format(**params, factor=_scale(params).factor, offset=_scale(params).offset, found=_points(params)),
    concepts=("credit.five-c",),
)


@lru_cache(maxsize=256)
def _evidence_of_rates(inside: int, overall: int) -> float:
    """Weight of evidence of a bin of 100 in a file of 1,000, from shares of bad customers in percent."""
    goods = [100 - inside, 10 * (100 - overall) - (100 - inside)]
    return float(woe_table(goods, [inside, 10 * overall - inside])["woe"].iloc[0])


def _sign(params: Params) -> str:
    return "positive" if _evidence_of_rates(params["inside"], params["overall"]) > 0 else "negative"


sign_of_evidence = ChoiceItem(
    id="credit-p7",
    ask=Text(
        en="In a bin of cash cover {inside}% of the customers are bad. In the whole file {overall}% are. Which sign "
        "does the bin's weight of evidence have, and why?",
        zh="按经营现金对到期债务的倍数分箱。某一箱里，坏客户占 {inside}%；整个样本里，坏客户占 {overall}%。"
        "这一箱的证据权重（WOE）是正还是负，为什么？",
    ),
    options={
        "positive": Text(
            en="positive: it holds more of all goods than of all bads",
            zh="正：它占全部好客户的比例，高于占全部坏客户的比例",
        ),
        "negative": Text(
            en="negative: it holds more of all bads than of all goods",
            zh="负：它占全部坏客户的比例，高于占全部好客户的比例",
        ),
        "majority": Text(en="positive: most customers in it are good", zh="正：箱里的客户大多数是好的"),
        "counts": Text(en="nobody knows before the bin's customers have been counted", zh="没有箱里的客户数，无法知道"),
    },
    choices={"inside": (4, 7, 10, 15, 24, 30, 36), "overall": (6, 10, 12, 18, 20)},
    example={"inside": 10, "overall": 20},
    reject=lambda params: abs(_evidence_of_rates(params["inside"], params["overall"])) < 0.2,
    solve=_sign,
    traps=(
        Trap(
            "comparison-turned-round",
            lambda params: "negative" if _sign(params) == "positive" else "positive",
            Text(
                en="Compare the bin with the file once more. Is it richer in bad customers than the file, or poorer?",
                zh="再比较一次这一箱与整个样本：箱里的坏客户比整体多，还是比整体少？",
            ),
        ),
        Trap(
            "more-good-than-bad",
            always("majority"),
            Text(
                en="That is true of nearly every bin. With what does the weight of evidence compare?",
                zh="几乎每一箱都是这样。证据权重是与什么相比？",
            ),
        ),
        Trap(
            "size-matters",
            always("counts"),
            Text(
                en="Put the two shares over each other and write them with rates. Does the size of the bin stay?",
                zh="把两个比例相除，再用比率写出来。箱的大小还留在式子里吗？",
            ),
        ),
    ),
    hint=Text(
        en="Share of all goods over share of all bads: above one or below?",
        zh="占全部好客户的比例，除以占全部坏客户的比例：大于一，还是小于一？",
    ),
    why=lambda params: Text(
        en="WOE = ln of the odds in the bin over the odds in the file: ln(({good} / {inside}) / ({rest} / {overall})) "
        "= {found:+.2f}. A bin is measured against the file; how many customers it holds cancels out.",
        zh="WOE 等于箱内好坏比除以整体好坏比的对数：ln(({good} / {inside}) / ({rest} / {overall})) = {found:+.2f}。"
        "一箱要与整个样本相比；箱里有多少客户，会约掉。",
    ).format(
        **params,
        good=100 - params["inside"],
        rest=100 - params["overall"],
        found=_evidence_of_rates(params["inside"], params["overall"]),
    ),
    concepts=("credit.capacity", "credit.five-c"),
)


@lru_cache(maxsize=4096)
def _evidence_of_counts(goods: int, bads: int, all_goods: int, all_bads: int) -> float:
    return float(woe_table([goods, all_goods - goods], [bads, all_bads - bads])["woe"].iloc[0])


_COUNTS = ("goods", "bads", "all_goods", "all_bads")


def _weight_of_bin(params: Params) -> float:
    return _evidence_of_counts(*(params[name] for name in _COUNTS))


weight_of_a_bin: NumberItem = NumberItem(
    id="credit-p8",
    ask=Text(
        en="A file holds {all_goods} good and {all_bads} bad customers. In the bin of those who pay late most often "
        "there are {goods} good and {bads} bad ones. What is the bin's weight of evidence (two decimals)?",
        zh="样本中有 {all_goods} 位好客户、{all_bads} 位坏客户。逾期最多的那一箱里，有 {goods} 位好客户、{bads} 位坏客"
        "户。这一箱的证据权重（WOE）是多少（取两位小数）？",
    ),
    unit=Text(en="natural logarithm, with its sign", zh="自然对数（带正负号）"),
    choices={
        "goods": (60, 90, 130, 170),
        "bads": (24, 36, 45, 52),
        "all_goods": (800, 900, 1_100),
        "all_bads": (90, 110, 140),
    },
    example={"goods": 130, "bads": 36, "all_goods": 900, "all_bads": 110},
    reject=lambda params: _weight_of_bin(params) > -0.3 or too_close(weight_of_a_bin, params, least=0.06),
    solve=_weight_of_bin,
    traps=(
        Trap(
            "odds-inside-the-bin",
            lambda params: math.log(params["goods"] / params["bads"]),
            Text(
                en="That is the logarithm of goods over bads inside the bin. Shares of which wholes are needed?",
                zh="这是箱内好客户与坏客户之比的对数。需要的是占哪个总体的比例？",
            ),
        ),
        Trap(
            "bads-over-goods",
            lambda params: -_weight_of_bin(params),
            Text(
                en="The size is right. Which share stands on top?",
                zh="大小对了。哪个比例应该在分子上？",
            ),
        ),
        Trap(
            "decimal-logarithm",
            lambda params: _weight_of_bin(params) / math.log(10),
            Text(en="Which logarithm is it? Ten is not the base.", zh="用的是哪种对数？底数不是十。"),
        ),
        Trap(
            "without-logarithm",
            lambda params: math.exp(_weight_of_bin(params)),
            Text(
                en="That is the ratio of the two shares. Which step is left?",
                zh="这是两个比例之比。还差哪一步？",
            ),
        ),
    ),
    hint=Text(
        en="Share of all goods that are in the bin, over the share of all bads; then the natural logarithm.",
        zh="箱内好客户占全部好客户的比例，除以箱内坏客户占全部坏客户的比例；再取自然对数。",
    ),
    why=lambda params: Text(
        en="ln(({goods} / {all_goods}) / ({bads} / {all_bads})) = ln({share:.4f} / {share_bad:.4f}) = {found:.2f}. "
        "Below zero: paying late is evidence against her, though many in this bin are good.",
        zh="ln(({goods} / {all_goods}) / ({bads} / {all_bads})) = ln({share:.4f} / {share_bad:.4f}) = {found:.2f}。"
        "小于零：经常逾期是不利的证据，尽管箱里有不少好客户。",
    ).format(
        **params,
        share=params["goods"] / params["all_goods"],
        share_bad=params["bads"] / params["all_bads"],
        found=_weight_of_bin(params),
    ),
    concepts=("credit.character", "credit.five-c"),
)

_GOODS, _BADS = ("g1", "g2", "g3", "g4"), ("b1", "b2", "b3")


@lru_cache(maxsize=4096)
def _auc(goods: tuple[int, ...], bads: tuple[int, ...]) -> float:
    return auc([*goods, *bads], [0] * len(goods) + [1] * len(bads))


def _scores(params: Params) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(params[name] for name in _GOODS), tuple(params[name] for name in _BADS)


def _auc_by_hand(params: Params) -> float:
    return _auc(*_scores(params))


def _pairs(params: Params, tie: float) -> float:
    """Share of pairs in which the good customer is ahead, with another value for a tie."""
    goods, bads = _scores(params)
    won = sum((good > bad) + tie * (good == bad) for good, bad in itertools.product(goods, bads))
    return won / (len(goods) * len(bads))


def _above_the_best_bad(params: Params) -> float:
    goods, bads = _scores(params)
    return sum(good > max(bads) for good in goods) / len(goods)


auc_by_hand: NumberItem = NumberItem(
    id="credit-p9",
    ask=Text(
        en="Four good customers score {g1}, {g2}, {g3} and {g4}; three bad ones {b1}, {b2} and {b3}. What is the AUC "
        "(three decimals)? A tie counts half.",
        zh="四位好客户的分值为 {g1}、{g2}、{g3} 和 {g4}，三位坏客户为 {b1}、{b2} 和 {b3}。AUC 是多少（取三位小数）？"
        "分值相等时算一半。",
    ),
    unit=_SHARE,
    decimals=3,
    abs_tol=0.002,
    choices={
        "g1": (520, 540, 560),
        "g2": (580, 590, 610),
        "g3": (620, 640, 660),
        "g4": (680, 700, 720),
        "b1": (480, 500, 530),
        "b2": (540, 570, 590),
        "b3": (600, 620, 650, 690),
    },
    example={"g1": 560, "g2": 590, "g3": 640, "g4": 700, "b1": 500, "b2": 590, "b3": 620},
    reject=lambda params: _auc_by_hand(params) > 0.95 or too_close(auc_by_hand, params, least=0.02),
    solve=_auc_by_hand,
    traps=(
        Trap(
            "gini",
            lambda params: 2 * _auc_by_hand(params) - 1,
            Text(
                en="That is the Gini coefficient. The AUC is a share of pairs.",
                zh="这是基尼系数。AUC 是所有配对中的一个比例。",
            ),
        ),
        Trap(
            "bads-ahead",
            lambda params: 1 - _auc_by_hand(params),
            Text(
                en="You counted the pairs in which the bad customer is ahead. Who should score higher?",
                zh="你数的是坏客户在前的配对。谁的分应该更高？",
            ),
        ),
        Trap(
            "above-the-best-bad",
            _above_the_best_bad,
            Text(
                en="You asked how many goods lie above all bads. Compare each good one with each bad one.",
                zh="你数的是有多少好客户高于所有坏客户。应当让每一位好客户与每一位坏客户相比。",
            ),
        ),
        Trap(
            "tie-counts-nothing",
            unless_close(_auc_by_hand, lambda params: _pairs(params, 0)),
            Text(
                en="Two of them have the same score. What does such a pair count?",
                zh="有一好一坏两位分值相等。这样的一对怎么算？",
            ),
        ),
        Trap(
            "tie-counts-full",
            unless_close(_auc_by_hand, lambda params: _pairs(params, 1)),
            Text(
                en="You let a tie count in full. Is the good customer ahead there?",
                zh="你把分值相等的配对算足了一对。在那里，好客户真的在前吗？",
            ),
        ),
    ),
    hint=Text(
        en="Pair every good customer with every bad one. In which share of the pairs is the good one ahead?",
        zh="每一位好客户与每一位坏客户配对。好客户在前的，占全部配对的多大比例？",
    ),
    why=lambda params: Text(
        en="There are 4 × 3 = 12 pairs. The good customer is ahead in {ahead:g} of them, ties counted half: {ahead:g} "
        "/ 12 = {found:.3f}.",
        zh="共有 4 × 3 = 12 对。好客户在前的有 {ahead:g} 对（相等的算一半）：{ahead:g} / 12 = {found:.3f}。",
    ).format(ahead=round(12 * _auc_by_hand(params), 6), found=_auc_by_hand(params)),
    concepts=("credit.five-c",),
)

# --- practice: where to cut ------------------------------------------------------------------------------------------


def _terms(params: Params) -> tuple[float, float, float]:
    return params["price"], params["cost"], params["rate"] / 100


def _once(params: Params) -> float:
    """Break-even chance of default of a single sale, in percent."""
    return 100 * break_even_default(*_terms(params), "one_shot")


def _for_ever(params: Params) -> float:
    return 100 * break_even_default(*_terms(params), "perpetuity")


sold_once: NumberItem = NumberItem(
    id="credit-p10",
    ask=Text(
        en="A pop-up salon will close in two months and buys once. Price {price} yuan, variable cost {cost} yuan, paid "
        "a month later at {rate}% a month; in a default nothing comes back. At which chance of default does the "
        "sale just break even (percent, one decimal)?",
        zh="一家快闪店两个月后关门，只买一次。售价 {price} 元，变动成本 {cost} 元，一个月后付款，月利率 {rate}%；违约时"
        "分文不回。违约概率为多少时，这笔交易正好不赚不亏（用百分数，取一位小数）？",
    ),
    unit=Text(en="percent", zh="百分数"),
    decimals=1,
    abs_tol=0.1,
    choices={
        "price": (250, 300, 400, 480),
        "cost": (120, 160, 210, 270, 330),
        "rate": (1, 1.5, 2),
    },
    example={"price": 300, "cost": 210, "rate": 1},
    reject=lambda params: not 10 <= _once(params) <= 65 or too_close(sold_once, params, gap=0.01, least=0.4),
    solve=_once,
    traps=(
        Trap(
            "not-discounted",
            lambda params: 100 * break_even_default(params["price"], params["cost"], 0, "one_shot"),
            Text(
                en="You compared today's cost with next month's price. What is the price worth today?",
                zh="你拿今天的成本与下个月的售价相比。这笔售价今天值多少？",
            ),
        ),
        Trap(
            "chance-of-payment",
            lambda params: 100 - _once(params),
            Text(
                en="That is how likely she must be to pay. The question asks for the other chance.",
                zh="这是她至少要有多大可能付款。题目问的是另一个概率。",
            ),
        ),
        Trap(
            "comes-back-for-ever",
            _for_ever,
            Text(
                en="That holds if one who pays comes back for ever. How often does this salon buy?",
                zh="付款的客户永远回头，才会是这个数。这家店会买几次？",
            ),
        ),
        Trap(
            "more-likely-than-not",
            always(50.0),
            Text(
                en="An even chance would do if a payment left as much as a default takes. Does it?",
                zh="如果一次付款赚的与一次违约亏的一样多，那就是一半对一半。真是这样吗？",
            ),
        ),
    ),
    hint=Text(
        en="Chance of payment times the discounted price equals the cost.",
        zh="付款的概率乘以贴现后的售价，等于成本。",
    ),
    why=lambda params: Text(
        en="{cost} = (1 - p) × {price} / {growth:g}, so p = {found:.1f}%. If one who pays the first time came back and "
        "paid every month, it would be {ever:.1f}%. The first kit is then the price of getting to know her.",
        zh="{cost} = (1 - p) × {price} / {growth:g}，所以 p = {found:.1f}%。如果第一次付了款的店以后月月再来、"
        "每次都付，就是 {ever:.1f}%：第一套货等于是认识她的代价。",
    ).format(**params, growth=1 + params["rate"] / 100, found=_once(params), ever=_for_ever(params)),
    concepts=("credit.management",),
)

reason_to_give = ChoiceItem(
    id="credit-p11",
    ask=Text(
        en="Lanwan turns an applicant down. She asks why. Which reason may it give?",
        zh="蓝湾拒绝了一位申请人，她问为什么。可以告诉她哪个理由？",
    ),
    options={
        "late": Text(
            en="She paid four of her last ten invoices late.",
            zh="她最近十张账单中，有四张逾期。",
        ),
        "province": Text(
            en="Owners from her home province default more often.",
            zh="来自她那个省的店主，违约比较多。",
        ),
        "impression": Text(
            en="The salesperson could hardly follow her accent and had a bad feeling.",
            zh="销售人员听不大懂她的口音，感觉不好。",
        ),
        "model": Text(en="The model says so.", zh="模型就是这样算的。"),
    },
    solve=always("late"),
    traps=(
        Trap(
            "origin-as-reason",
            always("province"),
            Text(
                en="It may be true of others. What has she herself done?",
                zh="别人也许确实如此。可是她自己做过什么？",
            ),
        ),
        Trap(
            "feeling-as-reason",
            always("impression"),
            Text(
                en="How one speaks does not pay bills. Would two salespeople agree on this feeling?",
                zh="说话的口音与付账无关。换一位销售人员，也会有同样的感觉吗？",
            ),
        ),
        Trap(
            "model-as-reason",
            always("model"),
            Text(
                en="A scorecard is a table that adds up. What did it take points off for?",
                zh="评分卡不过是一张相加的表。它在哪一项上扣了分？",
            ),
        ),
    ),
    hint=Text(
        en="Look for something about herself that she can check, dispute and change.",
        zh="找一条关于她自己的、她可以核对、可以申辩、也可以改变的理由。",
    ),
    why=Text(
        en="Her own late payments: she can check them, dispute them and do better. A reason code names what cost most "
        "points, and a scorecard can always say it.",
        zh="她自己的逾期记录：她可以核对，可以申辩，也可以改进。拒绝理由指明哪一项扣分最多，而评分卡总能说得出来。",
    ),
    concepts=("credit.five-c", "credit.character"),
)

# --- practice: where information comes from --------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _leniency(mean: float, overall: float, reports: int, prior: float) -> float:
    """Shrunk bias of one rater among as many reports of others, with both means as given."""
    grades = [mean] * reports + [2 * overall - mean] * reports
    return float(rater_bias(grades, ["she"] * reports + ["others"] * reports, prior)["she"])


def _bias(params: Params) -> float:
    return _leniency(params["mean"], params["overall"], params["reports"], params["prior"])


def _raw_bias(params: Params) -> float:
    return _leniency(params["mean"], params["overall"], params["reports"], 0)


def _corrected(params: Params) -> float:
    return float(params["grade"] - _bias(params))


_BIAS_PARTS: dict[str, Item] = {
    "bias": NumberItem(
        ask=Text(en="Her bias, shrunk", zh="她的偏差（收缩之后）"),
        unit=Text(en="grades, lenient positive", zh="分，手松为正"),
        abs_tol=0.011,
        solve=_bias,
        traps=(
            Trap(
                "not-shrunk",
                _raw_bias,
                Text(
                    en="You believe all of the difference. How many reports does it rest on?",
                    zh="你把差别全信了。它是根据多少份报告得出的？",
                ),
            ),
            Trap(
                "sign-turned",
                lambda params: -_bias(params),
                Text(
                    en="The size is right. Does a lenient rater have a positive bias or a negative one?",
                    zh="大小对了。手松的人，偏差是正的还是负的？",
                ),
            ),
            Trap(
                "weights-swapped",
                lambda params: _raw_bias(params) - _bias(params),
                Text(
                    en="That is the part which is not believed. Should more reports make it larger or smaller?",
                    zh="这是不信的那一部分。报告越多，信的部分应该越大还是越小？",
                ),
            ),
        ),
        hint=Text(
            en="Her mean less the mean of all, times n / (n + prior).",
            zh="她的平均分减去总平均分，再乘以 n / (n + prior)。",
        ),
        why=_SEE_WHOLE,
    ),
    "corrected": NumberItem(
        ask=Text(en="Grade after correction", zh="校正后的分数"),
        unit=Text(en="grades", zh="分"),
        rel_tol=0.001,
        abs_tol=0.015,
        solve=_corrected,
        traps=(
            Trap(
                "bias-added",
                lambda params: params["grade"] + _bias(params),
                Text(
                    en="You added her bias. What should happen to a grade from a lenient hand?",
                    zh="你加上了她的偏差。手松的人打的分，应该怎样调整？",
                ),
            ),
            Trap(
                "not-shrunk",
                lambda params: params["grade"] - _raw_bias(params),
                Text(
                    en="You took off all of the difference. Is so much known about her after these few reports?",
                    zh="你把差别全部扣掉了。凭这些报告，对她真的已经这么了解了吗？",
                ),
            ),
            Trap(
                "weights-swapped",
                lambda params: params["grade"] - (_raw_bias(params) - _bias(params)),
                Text(
                    en="You took off the part which is not believed. Which part is it that counts?",
                    zh="你扣掉的是不信的那一部分。该算的是哪一部分？",
                ),
            ),
        ),
        hint=Text(en="Take her shrunk bias off the grade.", zh="从这个分数中减去她收缩之后的偏差。"),
        why=_SEE_WHOLE,
    ),
}

correct_a_grade = PartsItem(
    id="credit-p12",
    ask=Text(
        en="Gao is new. Her {reports} reports have a mean grade of {mean}; the mean of all reports is {overall}. "
        "Shrink her difference by n / (n + prior), with a prior of {prior} reports. She has given a salon a grade of "
        "{grade}. Give a dictionary with `bias` (shrunk, positive if she is lenient) and `corrected` (the grade after "
        "correction), to two decimals.",
        zh="小高是新来的。她的 {reports} 份报告平均 {mean} 分；全部报告平均 {overall} 分。请把她的差别按 n / (n + "
        "prior) 收缩，其中 prior 为 {prior} 份报告。她给一家店打了 {grade} 分。请给出字典：`bias`（收缩之后的偏差，"
        "手松为正）和 `corrected`（校正后的分数），取两位小数。",
    ),
    choices={
        "mean": (4.9, 5.2, 5.6, 7.6, 7.9, 8.3),
        "overall": (6.4, 6.6, 6.9),
        "reports": (4, 6, 9, 14, 25),
        "prior": (8, 10, 15),
        "grade": (5, 6, 7, 8, 9),
    },
    example={"mean": 7.9, "overall": 6.6, "reports": 6, "prior": 10, "grade": 8},
    reject=lambda params: any(too_close(part, params, gap=0, least=0.06) for part in _BIAS_PARTS.values()),
    parts=_BIAS_PARTS,
    why=lambda params: Text(
        en="({mean} - {overall}) × {reports} / ({reports} + {prior}) = {bias:.2f}; {grade} - ({bias:.2f}) = "
        "{corrected:.2f}. With more reports more of her difference would count.",
        zh="({mean} - {overall}) × {reports} / ({reports} + {prior}) = {bias:.2f}；{grade} - ({bias:.2f}) = "
        "{corrected:.2f}。报告越多，她的差别就信得越多。",
    ).format(**params, bias=_bias(params), corrected=_corrected(params)),
    concepts=("credit.visit-reports",),
)


@lru_cache(maxsize=4096)
def _kappa(both: int, first: int, second: int, neither: int) -> float:
    one = ["yes"] * (both + first) + ["no"] * (second + neither)
    two = ["yes"] * both + ["no"] * first + ["yes"] * second + ["no"] * neither
    return cohen_kappa(one, two)


def _table(params: Params) -> tuple[int, int, int, int]:
    return params["both"], params["first"], params["second"], params["neither"]


def _agreement(params: Params) -> float:
    """Kappa of the two raters' table."""
    return _kappa(*_table(params))


def _agreed(params: Params) -> float:
    return float((params["both"] + params["neither"]) / sum(_table(params)))


def _by_chance(params: Params) -> float:
    both, first, second, neither = _table(params)
    yes = (both + first) * (both + second)
    no = (second + neither) * (first + neither)
    return float((yes + no) / sum(_table(params)) ** 2)


kappa_of_two: NumberItem = NumberItem(
    id="credit-p13",
    ask=Text(
        en='Ada and Chen have filled in the form for the same salons. Both say "7 or more" for {both} of them, only '
        "Ada for {first}, only Chen for {second}, neither for {neither}. What is Cohen's kappa (two decimals)?",
        zh="Ada 和 Chen 给同一批店填了表。两人都打“7 分以上”的有 {both} 家，只有 Ada 打的有 {first} 家，只有 Chen "
        "打的有 {second} 家，两人都没有打的有 {neither} 家。Cohen 的 Kappa 系数是多少（取两位小数）？",
    ),
    unit=Text(en="1 for full agreement, 0 for chance", zh="完全一致为 1，与偶然相同为 0"),
    abs_tol=0.008,
    choices={
        "both": (24, 30, 42, 51),
        "first": (6, 9, 14),
        "second": (5, 8, 12),
        "neither": (16, 22, 33),
    },
    example={"both": 42, "first": 9, "second": 12, "neither": 22},
    reject=lambda params: too_close(kappa_of_two, params, least=0.025),
    solve=_agreement,
    traps=(
        Trap(
            "agreement-as-kappa",
            _agreed,
            Text(
                en="That is how often they agree. How often would they by chance?",
                zh="这是两人一致的比例。仅凭偶然，会有多少一致？",
            ),
        ),
        Trap(
            "kappa-without-scaling",
            lambda params: _agreed(params) - _by_chance(params),
            Text(
                en="You took chance off. Over what does this gain have to be set?",
                zh="你扣掉了偶然的部分。超出的这一点还要除以什么？",
            ),
        ),
        Trap(
            "chance-is-half",
            lambda params: 2 * _agreed(params) - 1,
            Text(
                en="You took an even chance for granted. How often does each of them say yes?",
                zh="你默认偶然一致的比例是一半。两人各有多大比例打“是”？",
            ),
        ),
    ),
    hint=Text(
        en="Agreement, then agreement by chance from the shares of each; then the gain over what was left to gain.",
        zh="先求一致的比例，再由各人的比例求偶然的一致；然后用超出的部分除以最多能超出的部分。",
    ),
    why=lambda params: Text(
        en="They agree on {agreed:.3f}, by chance on {chance:.3f}: ({agreed:.3f} - {chance:.3f}) / (1 - {chance:.3f}) "
        "= {found:.2f}.",
        zh="实际一致 {agreed:.3f}，偶然一致 {chance:.3f}：({agreed:.3f} - {chance:.3f}) / (1 - {chance:.3f}) = "
        "{found:.2f}。",
    ).format(agreed=_agreed(params), chance=_by_chance(params), found=_agreement(params)),
    concepts=("credit.report-forms",),
)


def _still_open(params: Params, growth: str) -> float:
    """Percent of last month's orders that are still open, from the ledger and this month's growth in percent."""
    return float(params["old"] * (1 + params[growth] / 100))


def _payment(params: Params) -> str:
    return "later" if _still_open(params, "now") > _still_open(params, "then") else "earlier"


same_ageing = ChoiceItem(
    id="credit-p14",
    ask=Text(
        en="A salon's ageing report has not changed for a year. At each month's end the book holds {old} yuan of last "
        "month's orders for every 100 yuan ordered this month. All orders stay open until their month has ended. A "
        "year ago orders grew by {then}% a month, now by {now}%. What follows?",
        zh="一年来，一家店的账龄表没有变：每到月底，本月每订货 100 元，账上就有上月的订货 {old} 元。"
        "当月的订货，到月底都还没有付。一年前订货每月增长 {then}%，现在每月增长 {now}%。由此可知什么？",
    ),
    options={
        "later": Text(en="it pays later than a year ago", zh="它付款比一年前晚"),
        "same": Text(en="it pays as it did a year ago", zh="它付款与一年前一样"),
        "earlier": Text(en="it pays earlier than a year ago", zh="它付款比一年前早"),
    },
    choices={"old": (30, 40, 50, 60), "then": (0, 5, 10, 20), "now": (5, 15, 20, 25)},
    example={"old": 50, "then": 0, "now": 20},
    reject=lambda params: abs(params["then"] - params["now"]) < 5,
    solve=_payment,
    traps=(
        Trap(
            "same-report-same-customer",
            always("same"),
            Text(
                en="The report compares old debt with new debt. What do last month's debts have to be compared with?",
                zh="账龄表拿旧账与新账相比。上个月的欠款，应该与什么相比？",
            ),
        ),
        Trap(
            "dilution-turned-round",
            lambda params: "earlier" if _payment(params) == "later" else "later",
            Text(
                en="Growth makes last month's orders small beside this month's. How much of them is then still open?",
                zh="订货增长时，上月的订货比本月少。那么其中还有多大比例没有付？",
            ),
        ),
    ),
    hint=Text(
        en="How much did it order last month, for 100 yuan this month? Set the open amount over that, then and now.",
        zh="本月订 100 元，上个月订了多少？拿没有付的除以它，一年前与现在各算一次。",
    ),
    why=lambda params: Text(
        en="With growth of {then}% last month's orders were 100 / {before:g}, so {open_then:.1f}% of them were open; "
        "now it is {old} × {after:g} = {open_now:.1f}%. Only while growth stays the same does an unchanged ageing "
        "report mean unchanged payment.",
        zh="增长 {then}% 时，上月的订货是 100 / {before:g}，其中 {open_then:.1f}% 没有付；现在是 {old} × {after:g} = "
        "{open_now:.1f}%。只有增长率不变，账龄表不变才表示付款没有变。",
    ).format(
        **params,
        before=1 + params["then"] / 100,
        after=1 + params["now"] / 100,
        open_then=_still_open(params, "then"),
        open_now=_still_open(params, "now"),
    ),
    concepts=("credit.sales-and-payment-trend",),
)

# --- practice: an old score ------------------------------------------------------------------------------------------

_ACCOUNTS = ("working", "retained", "ebit", "equity", "sales", "assets", "debts")
_ZONES = {
    Zone.DISTRESS: Text(en="distress", zh="危险区"),
    Zone.GREY: Text(en="grey", zh="灰色区"),
    Zone.SAFE: Text(en="safe", zh="安全区"),
}


def _altman(params: Params, **changes: float) -> float:
    """Altman's Z of the accounts as given, or with some of them changed."""
    return altman_z(*({**params, **changes}[name] for name in _ACCOUNTS))[0]


def _ratios(params: Params) -> tuple[float, ...]:
    """X1 to X5."""
    x1, x2, x3, x5 = (params[name] / params["assets"] for name in ("working", "retained", "ebit", "sales"))
    return x1, x2, x3, params["equity"] / params["debts"], x5


def _z_worked(params: Params) -> Text:
    z, zone = altman_z(*(params[name] for name in _ACCOUNTS))
    weights = (1.2, 1.4, 3.3, 0.6, 0.999)
    total = " + ".join(f"{weight} × {ratio:.3f}" for weight, ratio in zip(weights, _ratios(params), strict=True))
    return Text(
        en=f"{total} = {z:.2f}: {_ZONES[zone].en}. Below 1.81 is distress, above 2.99 is safe, and grey lies between. "
        "The zones were fitted to listed manufacturers, not to salons.",
        zh=f"{total} = {z:.2f}：{_ZONES[zone].zh}。低于 1.81 为危险区，高于 2.99 为安全区，中间为灰色区。这些区是按上市"
        "制造企业定的，不适用于美发店。",
    )


old_score: NumberItem = NumberItem(
    id="credit-p15",
    ask=Text(
        en="A listed maker of hair dryers reports, in millions of yuan: working capital {working}, retained earnings "
        "{retained}, earnings before interest and taxes {ebit}, market value of the shares {equity}, sales {sales}, "
        "total assets {assets}, total liabilities {debts}. Altman's Z = 1.2 X1 + 1.4 X2 + 3.3 X3 + 0.6 X4 + 0.999 X5. "
        "X4 is the market value of the shares over total liabilities; X1, X2, X3 and X5 are working capital, retained "
        "earnings, earnings and sales over total assets. What is Z (two decimals)?",
        zh="一家上市的吹风机厂公布（单位：百万元）：营运资本 {working}，留存收益 {retained}，息税前利润 {ebit}，"
        "股票市值 {equity}，销售收入 {sales}，总资产 {assets}，总负债 {debts}。阿特曼的 Z = 1.2 X1 + 1.4 X2 + 3.3 X3 + "
        "0.6 X4 + 0.999 X5。X4 为股票市值除以总负债；X1、X2、X3、X5 分别为营运资本、留存收益、息税前利润、"
        "销售收入除以总资产。Z 值是多少（取两位小数）？",
    ),
    unit=Text(en="Z, no unit", zh="Z 值，无单位"),
    abs_tol=0.011,
    choices={
        "working": (15, 30, 60),
        "retained": (20, 50, 90),
        "ebit": (10, 25, 45),
        "equity": (80, 150, 260),
        "sales": (180, 260, 350),
        "assets": (200, 250, 320),
        "debts": (90, 120, 160),
    },
    example={
        "working": 30,
        "retained": 50,
        "ebit": 25,
        "equity": 150,
        "sales": 260,
        "assets": 250,
        "debts": 120,
    },
    reject=lambda params: too_close(old_score, params, gap=0.03),
    solve=_altman,
    traps=(
        Trap(
            "shares-over-assets",
            lambda params: _altman(params, debts=params["assets"]),
            Text(
                en="Four of the ratios are over total assets. What does the market value stand over?",
                zh="有四个比率以总资产为分母。股票市值的分母是什么？",
            ),
        ),
        Trap(
            "debts-over-shares",
            lambda params: _altman(params, equity=params["debts"], debts=params["equity"]),
            Text(
                en="X4 stands on its head. Should more debt raise the score?",
                zh="X4 的分子分母颠倒了。负债越多，Z 值应该越高吗？",
            ),
        ),
        Trap(
            "all-over-debts",
            lambda params: _altman(params, assets=params["debts"]),
            Text(
                en="You divided everything by the liabilities. Only one ratio stands over them.",
                zh="你全都除以了总负债。只有一个比率以它为分母。",
            ),
        ),
        Trap(
            "without-weights",
            lambda params: sum(_ratios(params)),
            Text(
                en="You added the ratios as they are. What do the coefficients do?",
                zh="你把五个比率直接相加了。系数起什么作用？",
            ),
        ),
    ),
    hint=Text(
        en="Work out the five ratios first, then weigh and add. Mind the one that is not over total assets.",
        zh="先算五个比率，再加权相加。注意有一个不以总资产为分母。",
    ),
    why=_z_worked,
    concepts=("credit.capital", "credit.capacity"),
)

# --- practice: deciding ----------------------------------------------------------------------------------------------

street_without_credit = TextItem(
    id="credit-p16",
    ask=Text(
        en="A clerk proposes a new variable: the street. Salons in three streets near the station default twice as "
        "often, and the AUC rises by 0.02. Most of their owners came from the same province. Use it, drop it, or do "
        "something else? Say who is affected, what the street stands for, which rule you apply, and what you would "
        "tell the owner of a sound salon there.",
        zh="一位职员提议增加一个变量：街道。车站附近三条街上的店，违约率是别处的两倍，用上它，AUC 提高 0.02。这些店的"
        "店主大多来自同一个省份。是用，是不用，还是另想办法？写明谁会受影响、街道代表了什么、依据什么规则，以及你会怎样"
        "对那里一家可靠的店的店主说。",
    ),
    min_words=40,
    rubric=Text(
        en="A clear decision; sound owners in these streets, their neighbours and Lanwan named; the street seen as a "
        "stand-in for origin, or for the trade of the district, and the two told apart; a rule (a reason must be about "
        "the applicant herself, or a fact about trade that holds for every salon there, whoever owns it; no stand-in "
        "for origin; the gain weighed against what fairness costs) applied to the facts; a sentence that one could say "
        "to the owner.",
        zh="决定明确；指出这些街上的可靠店主、邻居和蓝湾都受影响；看出街道可能是籍贯的替身，也可能反映地段的景气，"
        "并把两者分开；把一条规则（理由要么关于申请人自己，要么是对那里每家店都成立的行情，不论店主是谁；"
        "不得用籍贯的替身；权衡准确度的提高与公平的代价）"
        "用到事实上；有一句能当面对店主说的话。",
    ),
    solve=always(""),
    hint=Text(
        en="Would the street still tell anything if her own late payments and her cash were known?",
        zh="如果已经知道她自己的逾期记录和现金，街道还能说明什么吗？",
    ),
    why=Text(
        en="First see whether the street adds anything beside her own figures, on a hold-out. What remains may be the "
        "district's trade or the owners' origin. A reason must be about the applicant herself, or a fact about trade "
        "that holds for every salon there, whoever owns it. Slow trade is such a fact: it belongs to conditions and "
        "may lower every limit there. Origin is none, and must not count. An AUC that is higher by 0.02 is a small "
        "price for judging each owner by her own record.",
        zh="先在留出样本上看：有了她自己的各项数字，街道还有没有用。剩下的作用，可能来自地段的景气，"
        "也可能来自店主的籍贯。理由要么关于申请人自己，要么是对那里每家店都成立的行情，不论店主是谁。"
        "地段生意清淡属于后一种：它归入条件，可以降低那里每家店的额度。籍贯两样都不是，不能算。为了让每位店主都凭自己的记录受评判，"
        "AUC 少 0.02，代价很小。",
    ),
    concepts=("credit.five-c", "credit.conditions"),
)

# --- practice: once more ---------------------------------------------------------------------------------------------

_BUREAU = ("prior", "sensitivity", "specificity", "gain", "loss")


@lru_cache(maxsize=4096)
def _report(prior: int, sensitivity: int, specificity: int, gain: float, loss: float) -> dict[str, float]:
    """What a report is worth by each reading, from shares in percent."""
    bad, hit, clear = prior / 100, sensitivity / 100, specificity / 100
    blind = (1 - bad) * gain - bad * loss  # from accepting without a report
    read = (1 - bad) * clear * gain - bad * (1 - hit) * loss  # from accepting after a good report
    accused = bad * hit + (1 - bad) * (1 - clear)  # share of bad reports
    turned = (
        accused * (hit * loss - (1 - hit) * gain)  # no sale after a bad report
        if blind > 0
        else (1 - accused) * (clear * gain - (1 - clear) * loss)  # a sale after a good one
    )
    return {
        "right": report_value(bad, hit, clear, gain, loss).value,
        "blind": blind,
        "read": read,
        "times-loss": hit * loss,
        "whole-profit": SILENT if blind <= 0 else read,
        "blindly": SILENT if blind >= 0 else read - blind,
        "turned": turned if turned > 0 else SILENT,
    }


def _of_report(reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _report(*(params[name] for name in _BUREAU))[reading]


def _report_worked(params: Params) -> Text:
    bad, hit, clear = (params[name] / 100 for name in ("prior", "sensitivity", "specificity"))
    blind, read = _of_report("blind")(params), _of_report("read")(params)
    before = max(blind, 0.0)
    alone = f"{1 - bad:g} × {params['gain']} - {bad:g} × {params['loss']} = {blind:.2f}"
    after = f"{1 - bad:g} × {clear:g} × {params['gain']} - {bad:g} × {1 - hit:g} × {params['loss']} = {read:.2f}"
    worth = f"{read:.2f} - {before:.2f} = {_of_report()(params):.1f}"
    would_en, would_zh = ("accept", "接受") if blind > 0 else ("decline and earn nothing", "拒绝，不赚不亏")
    return Text(
        en=f"Accepting her without a report brings {alone}, so Lanwan would {would_en}. With it, Lanwan accepts after "
        f"a good report only: {after}. The report is worth {worth} yuan.",
        zh=f"没有报告就接受，预期利润为 {alone}，因此蓝湾会{would_zh}。有了报告，只在报告为好时接受：{after}。"
        f"报告值 {worth} 元。",
    )


price_of_a_report: NumberItem = NumberItem(
    id="credit-p17",
    ask=Text(
        en="A new salon asks for credit on its first order. Of such salons {prior}% turn out bad. A good one brings "
        "{gain} yuan, a bad one costs {loss} yuan; declining brings nothing. A bureau's report says bad of "
        "{sensitivity}% of the bad customers and good of {specificity}% of the good ones. What is the highest price "
        "worth paying for one report (yuan, one decimal)?",
        zh="一家新店申请赊购第一批货。这样的店有 {prior}% 会成为坏客户。好客户带来 {gain} 元，坏客户造成 {loss} 元的损"
        "失；拒绝则不赚不亏。征信公司的报告把 {sensitivity}% 的坏客户报为坏，把 {specificity}% 的好客户报为好。"
        "一份报告最多值多少钱（单位：元，取一位小数）？",
    ),
    unit=_YUAN,
    decimals=1,
    rel_tol=0.002,
    abs_tol=0.1,
    choices={
        "prior": (10, 15, 18, 22, 25, 30),
        "sensitivity": (65, 75, 80, 90),
        "specificity": (80, 85, 90, 95),
        "gain": (110, 130, 160, 180),
        "loss": (420, 510, 640, 700),
    },
    example={"prior": 25, "sensitivity": 80, "specificity": 90, "gain": 130, "loss": 510},
    reject=lambda params: (
        _of_report()(params) < 4
        or abs(_of_report("blind")(params)) < 4
        or too_close(price_of_a_report, params, least=0.5)
    ),
    solve=_of_report(),
    traps=(
        Trap(
            "sensitivity-times-loss",
            _of_report("times-loss"),
            Text(
                en="That is what it saves if she is bad. How often is one bad, and what happens to good ones?",
                zh="这是她为坏客户时省下的损失。坏客户有多少？好客户又会怎样？",
            ),
        ),
        Trap(
            "whole-profit",
            _of_report("whole-profit"),
            Text(
                en="That is all Lanwan earns with the report. What could it earn without one?",
                zh="这是有了报告之后的全部利润。没有报告，蓝湾能赚多少？",
            ),
        ),
        Trap(
            "accepting-blindly",
            _of_report("blindly"),
            Text(
                en="You compared with accepting everybody blindly. Would Lanwan do that with these numbers?",
                zh="你是与“不看报告、人人都接受”相比。照这些数字，蓝湾会这样做吗？",
            ),
        ),
        Trap(
            "report-turned-round",
            _of_report("turned"),
            Text(
                en="You used the two qualities as chances about the customer once the report is known. Do they lead "
                "from the customer to the report, or back?",
                zh="你把这两个指标当成了看到报告之后客户是好是坏的概率。它们是从客户到报告，还是从报告到客户？",
            ),
        ),
    ),
    hint=Text(
        en="First the best decision without a report, then the decision after each kind of report.",
        zh="先求没有报告时的最好决定，再看得到每一种报告之后怎样决定。",
    ),
    why=_report_worked,
    concepts=("credit.contact-and-bureau",),
)

_TWO_BINS = ("goods_low", "bads_low", "goods_high", "bads_high")


@lru_cache(maxsize=4096)
def _value_of_bins(goods_low: int, bads_low: int, goods_high: int, bads_high: int) -> dict[str, float]:
    """Information value of two bins by each reading."""
    goods, bads = (goods_low, goods_high), (bads_low, bads_high)
    table = woe_table(goods, bads)
    low, high = (float(value) for value in table["iv"])
    woe_low, woe_high = (float(value) for value in table["woe"])
    return {
        "right": information_value(goods, bads),
        "low": low,
        "high": high,
        "woe-low": woe_low,
        "woe-high": woe_high,
        "rates": sum((good - bad) / (good + bad) * math.log(good / bad) for good, bad in zip(goods, bads, strict=True)),
        "sum": woe_low + woe_high,
        "sizes": abs(woe_low) + abs(woe_high),
    }


def _of_bins(reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _value_of_bins(*(params[name] for name in _TWO_BINS))[reading]


def _bins_worked(params: Params) -> Text:
    goods = (params["goods_low"], params["goods_high"])
    bads = (params["bads_low"], params["bads_high"])
    lines, terms = [], []
    for good, bad, reading in zip(goods, bads, ("woe-low", "woe-high"), strict=True):
        share, share_bad, woe = good / sum(goods), bad / sum(bads), _of_bins(reading)(params)
        lines.append(f"ln({share:.4f} / {share_bad:.4f}) = {woe:.4f}")
        terms.append(f"({share:.4f} - {share_bad:.4f}) × ({woe:.4f})")
    counts = f"{sum(goods)}", f"{sum(bads)}"
    total = f"{' + '.join(terms)} = {_of_bins()(params):.3f}"
    return Text(
        en=f"Shares of {counts[0]} goods and {counts[1]} bads give the weights of evidence: {'; '.join(lines)}. Each "
        f"is weighted with the difference of the shares: {total}. Both terms are positive.",
        zh=f"用占 {counts[0]} 位好客户和占 {counts[1]} 位坏客户的比例求证据权重：{'；'.join(lines)}。"
        f"再各乘以两个比例之差：{total}。两项都是正的。",
    )


value_of_two_bins: NumberItem = NumberItem(
    id="credit-p18",
    ask=Text(
        en="Leverage cuts a file of applicants into two bins. Of those with little debt {goods_low} are good and "
        "{bads_low} bad; of those with much debt {goods_high} are good and {bads_high} bad. What is the information "
        "value of leverage (three decimals)?",
        zh="按资产负债率把申请人分成两箱。负债少的一箱有 {goods_low} 位好客户、{bads_low} 位坏客户；"
        "负债多的一箱有 {goods_high} 位好客户、{bads_high} 位坏客户。资产负债率的信息值（IV）是多少（取三位小数）？",
    ),
    unit=Text(en="a plain number, not percent", zh="小数，不用百分数"),
    decimals=3,
    abs_tol=0.002,
    choices={
        "goods_low": (420, 510, 560, 640),
        "bads_low": (20, 25, 32, 40),
        "goods_high": (220, 280, 350, 410),
        "bads_high": (48, 60, 75, 90),
    },
    example={"goods_low": 560, "bads_low": 32, "goods_high": 350, "bads_high": 60},
    reject=lambda params: _of_bins()(params) < 0.1 or too_close(value_of_two_bins, params, gap=0.03, least=0.01),
    solve=_of_bins(),
    traps=(
        Trap(
            "rates-in-the-bins",
            _of_bins("rates"),
            Text(
                en="You used rates inside each bin. What part of all goods, and of all bads, does a bin hold?",
                zh="你用的是箱内的比率。每一箱占全部好客户的多少，又占全部坏客户的多少？",
            ),
        ),
        Trap(
            "sum-of-evidence",
            _of_bins("sum"),
            Text(
                en="You added the weights of evidence as they are. Should evidence for and against cancel out?",
                zh="你把两箱的证据权重直接相加了。正面与反面的证据应该互相抵消吗？",
            ),
        ),
        Trap(
            "sizes-of-evidence",
            _of_bins("sizes"),
            Text(
                en="You added the sizes of the weights of evidence. With what has each to be weighted first?",
                zh="你把证据权重的绝对值直接相加了。相加之前，各要乘以什么？",
            ),
        ),
        *(
            Trap(
                "one-bin",
                _of_bins(which),
                Text(
                    en="That is what one bin adds. Is there a bin that does not count?",
                    zh="这只是其中一箱的贡献。有哪一箱可以不算吗？",
                ),
            )
            for which in ("low", "high")
        ),
    ),
    hint=Text(
        en="In each bin: share of all goods less share of all bads, times the weight of evidence. Then add.",
        zh="每一箱：占全部好客户的比例减去占全部坏客户的比例，再乘以证据权重。然后相加。",
    ),
    why=_bins_worked,
    concepts=("credit.capital", "credit.five-c"),
)

PRACTICE: tuple[Item, ...] = (
    warm_1,
    warm_2,
    warm_3,
    predict_1,
    predict_2,
    predict_3,
    predict_4,
    grant_or_refuse,
    from_score_to_profit,
    six_remarks,
    which_goal,
    loss_of_a_book,
    score_at_odds,
    sign_of_evidence,
    weight_of_a_bin,
    auc_by_hand,
    sold_once,
    reason_to_give,
    correct_a_grade,
    kappa_of_two,
    same_ageing,
    old_score,
    street_without_credit,
    price_of_a_report,
    value_of_two_bins,
)
