"""The graded set of chapter 02 (E02.1 to E02.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers) or ``{None}`` (a set).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from crmlab.core.checks import Item, NumberItem, Params, PartsItem, SetItem, Trap, always, shown
from crmlab.core.text import Text, say
from crmlab.core.writing import PUBLISHED, chosen_by, hash_of, sample_names, traps_meet, unless_equal
from crmlab.value_tiers import simulate
from crmlab.value_tiers.model import (
    ParetoClass,
    Reading,
    RollOut,
    ValueTier,
    allocate,
    break_even_response,
    gini,
    let_go,
    pareto_class,
    roll_out,
    value_tier,
    whale_peak,
)
from crmlab.value_tiers.practice import PRACTICE

_MONEY = Text(en="yuan", zh="元")
_ACCOUNTS = Text(en="accounts", zh="家")
_SEE_PARTS = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

_One = TypeVar("_One")


# --- E02.1 the broken pyramid ----------------------------------------------------------------------------------------

_TIERS = {
    ValueTier.TOP: Text(en="top", zh="高端客户"),
    ValueTier.LARGE: Text(en="large", zh="大客户"),
    ValueTier.MEDIUM: Text(en="medium", zh="中等客户"),
    ValueTier.SMALL: Text(en="small", zh="小客户"),
}
_COLUMNS = ("customers", "revenue", "profit")
_LARGE, _MEDIUM = 1, 2  # where the tiers whose numbers were broken stand


def _percents(*upper: tuple[int, int, int]) -> tuple[list[int], ...]:
    """Columns of the pyramid; the small tier is what is left of 100."""
    return tuple([*tiers, 100 - sum(tiers)] for tiers in upper)


def _page(params: Params) -> pd.DataFrame:
    """The three lines as they arrive: one begins with the large tier, one with the second digit of the medium one."""
    top, large, medium, small = (
        "、".join(str(params[column][place]) for column in _COLUMNS) for place in range(len(_TIERS))
    )
    names = [say(en=words.en, zh=words.zh) for words in _TIERS.values()]
    left, right, between = say(en=" (", zh="（"), say(en=")", zh="）"), say(en=", ", zh="、")
    lines = [
        f"{names[0]}{left}{top}{right}{between}{names[1]}{left}".rstrip(),
        f"{large}{right}{between}{names[2]}{left}{medium[0]}",
        f"{medium[1:]}{right}{between}{names[3]}{left}{small}{right}",
    ]
    return pd.DataFrame({"text": lines}, index=pd.RangeIndex(1, 4, name="line"))


def _cell(column: str, place: int) -> Callable[[Params], float]:
    return lambda params: float(params[column][place])


def _digit(of: int) -> Callable[[Params], float]:
    """One of the two digits of the medium tier's customers."""
    return lambda params: float(str(params["customers"][_MEDIUM])[of])


def _rest_beside(medium: Callable[[Params], float]) -> Callable[[Params], float]:
    """What fills the customers up to 100 when the medium tier was misread."""
    return lambda params: 100 - params["customers"][0] - params["customers"][-1] - medium(params)


def _misread(params: Params) -> list[float]:
    """The customers when the number at the start of the third line is taken for a list number."""
    customers = [float(one) for one in params["customers"]]
    customers[_MEDIUM] = _digit(0)(params)
    return customers


def _unsorted_gini(size: ArrayLike, value: ArrayLike) -> float:
    """The formula applied in the order of the table."""
    x, y = (np.cumsum(np.r_[0.0, np.asarray(column, float)]) / np.sum(column) for column in (size, value))
    return float(1 - np.sum(np.diff(x) * (y[1:] + y[:-1])))


def _gini(params: Params) -> float:
    return gini(params["customers"], params["revenue"])


_LIST_NUMBER = Text(
    en="You took a number at the start of a line for a list number. Add up the columns: does each reach 100?",
    zh="你把行首的数当成了列表序号。把各列加起来：每列都是 100 吗？",
)
_LINE_LOST = Text(
    en="You read the third line alone. What stands at the end of the line before it?",
    zh="你只读了第三行。上一行的末尾是什么？",
)
_TWO_NUMBERS = Text(
    en="You made two numbers of one that was broken at the line's end. How many numbers does a tier have?",
    zh="你把行末断开的一个数当成了两个数。每一层有几个数？",
)


def _tier_part(place: int, column: str, zh: str, hint: Text, *traps: Trap) -> NumberItem:
    words = list(_TIERS.values())[place]
    return NumberItem(
        ask=Text(en=f"{column} of the {words.en} tier", zh=f"{words.zh}的{zh}占比"),
        unit=Text(en="percent of all", zh="占全部的百分数"),
        decimals=0,
        rel_tol=0.0,
        solve=_cell(column, place),
        traps=traps,
        hint=hint,
        why=_SEE_PARTS,
        points=0.5,
    )


_JOIN = Text(
    en="Join the three lines to one. Does each column reach 100? If not, which digit is a list number?",
    zh="把三行连成一行。每列都是 100 吗？如果不是，哪个数字被当成了序号？",
)
_PYRAMID_PARTS: dict[str, Item] = {
    "large customers": _tier_part(
        _LARGE,
        "customers",
        "客户数",
        _JOIN,
        Trap("list-number", _cell("revenue", _LARGE), _LIST_NUMBER),
        Trap("list-number", always(0.0), _LIST_NUMBER),
        Trap("list-number", _rest_beside(_digit(0)), _LIST_NUMBER),
        Trap("line-lost", _rest_beside(_digit(1)), _LINE_LOST),
    ),
    "large revenue": _tier_part(
        _LARGE, "revenue", "收入", _JOIN, Trap("list-number", _cell("profit", _LARGE), _LIST_NUMBER)
    ),
    "large profit": _tier_part(_LARGE, "profit", "利润", _JOIN, Trap("list-number", always(0.0), _LIST_NUMBER)),
    "medium customers": _tier_part(
        _MEDIUM,
        "customers",
        "客户数",
        _JOIN,
        Trap("list-number", _digit(0), _LIST_NUMBER),
        Trap("line-lost", _digit(1), _LINE_LOST),
    ),
    "medium revenue": _tier_part(_MEDIUM, "revenue", "收入", _JOIN, Trap("two-numbers", _digit(1), _TWO_NUMBERS)),
    "medium profit": _tier_part(
        _MEDIUM, "profit", "利润", _JOIN, Trap("two-numbers", _cell("revenue", _MEDIUM), _TWO_NUMBERS)
    ),
    "Gini of revenue": NumberItem(
        ask=Text(en="Gini coefficient of revenue", zh="收入的基尼系数"),
        unit=Text(en="decimals, not percent", zh="小数，不用百分数"),
        decimals=4,
        rel_tol=0.0,
        abs_tol=0.002,
        solve=_gini,
        traps=(
            Trap(
                "not-sorted",
                lambda params: _unsorted_gini(params["customers"], params["revenue"]),
                Text(
                    en="You added up from the top of the table. Who stands first when customers line up from poor to "
                    "rich?",
                    zh="你是从表的最上面开始累加的。客户按带来的收入从少到多排队，谁站在最前？",
                ),
            ),
            Trap(
                "profit-for-revenue",
                lambda params: gini(params["customers"], params["profit"]),
                Text(
                    en="This is the Gini of profit. Which of the three columns is revenue?",
                    zh="这是利润的基尼系数。三列之中，哪一列是收入？",
                ),
            ),
            Trap(
                "area-not-doubled",
                lambda params: _gini(params) / 2,
                Text(
                    en="This is the area between the curve and the diagonal. What is that area compared with?",
                    zh="这是曲线与对角线之间的面积。它要与什么面积相比？",
                ),
            ),
            Trap(
                "tiers-as-customers",
                lambda params: gini([1] * len(_TIERS), params["revenue"]),
                Text(
                    en="You gave every tier the same weight. How many customers are in each?",
                    zh="你给了每一层相同的权重。每一层各有多少客户？",
                ),
            ),
            Trap("list-number", lambda params: gini(_misread(params), params["revenue"]), _LIST_NUMBER),
        ),
        hint=Text(
            en="Sort the tiers by revenue per head, poorest first; `gini(customers, revenue)` does it.",
            zh="按人均收入从低到高排列各层；`gini(customers, revenue)` 会这样做。",
        ),
        why=_SEE_PARTS,
        points=1,
    ),
}


def _no_pyramid(params: Params) -> bool:
    """Whether a lower tier brings as much per head as a higher one, or two readings cannot be told apart."""
    heads = params["customers"]
    steep = all(
        params[column][place] / heads[place] > params[column][place + 1] / heads[place + 1]
        for column in _COLUMNS[1:]
        for place in range(len(_TIERS) - 1)
    )
    return not steep or traps_meet(_PYRAMID_PARTS, params)


def _why_pyramid(params: Params) -> Text:
    sums = [" + ".join(map(str, params[column])) + " = 100" for column in _COLUMNS]
    found = f"{_gini(params):.4f}"
    return Text(
        en=f"Joined to one line, every column reaches its total. Customers: {sums[0]}; revenue: {sums[1]}; profit: "
        f"{sums[2]}. With the tiers from poor to rich, the Gini of revenue is {found}.",
        zh=f"连成一行后，每列的合计都对了。客户：{sums[0]}；收入：{sums[1]}；利润：{sums[2]}。"
        f"各层按人均收入从低到高排列，收入的基尼系数是 {found}。",
    )


item_1 = PartsItem(
    id="value_tiers-1",
    ask=Text(
        en="A page of course notes gives the customer pyramid. For each of four tiers it states the share of "
        "customers, of revenue and of profit, in percent. The line breaks of the page cut through the numbers. (The "
        "sign 、 is the Chinese comma between items; it also follows a list number.) Each of the three columns adds up "
        "to 100. Repair the large and the medium tier, and give the Gini coefficient of revenue.",
        zh="课程笔记中有一页写着客户金字塔：四层客户各占客户数、收入和利润的百分之几。原文的换行把数字切断了。"
        "三列各自合计都是 100。请修复大客户（large）和中等客户（medium）两层，并求收入的基尼系数。",
    ),
    choices={
        "customers": _percents(
            (1, 4, 15), (2, 5, 14), (1, 6, 18), (2, 8, 16), (1, 3, 12), (3, 9, 23), (2, 6, 17), (1, 5, 19), (3, 8, 21)
        ),
        "revenue": _percents((50, 23, 20), (44, 27, 19), (40, 26, 22), (47, 24, 18), (38, 28, 23), (52, 22, 17)),
        "profit": _percents((49, 25, 21), (43, 29, 20), (37, 30, 25), (45, 27, 19), (35, 31, 24), (54, 21, 18)),
    },
    example={"customers": [1, 4, 15, 80], "revenue": [50, 23, 20, 7], "profit": [49, 25, 21, 5]},
    reject=_no_pyramid,
    exhibit=_page,
    parts=_PYRAMID_PARTS,
    why=_why_pyramid,
    concepts=("tiers.abc-pyramid",),
)

# --- E02.2 three A's -------------------------------------------------------------------------------------------------

_SIZE = 30  # accounts of a sample
_CODES = (9, 18)  # the desk gives A to the first nine by orders, B to the next nine
_MIDDLE = slice(120, 600)  # by revenue; among the giants one account would be the whole profit of a sample
_DRAWS = 1000


@cache
def _middle_accounts() -> pd.DataFrame:
    accounts = simulate.tables()["value_tiers_accounts"].set_index("salon_id")
    return accounts.sort_values("revenue", ascending=False, kind="stable").iloc[_MIDDLE]


def _draw_accounts(*fields: str) -> pd.DataFrame:
    """Thirty accounts, and the code that the service desk gives each by how often it orders."""
    pool = _middle_accounts()
    drawn = sorted(pool.index, key=lambda account: hash_of("value_tiers-2", *fields, account))[:_SIZE]
    accounts = pool.loc[sorted(drawn)]
    busy = accounts["orders_24m"].rank(method="first", ascending=False)
    codes = np.array(["A", "B", "C"])[np.searchsorted(_CODES, busy, side="left")]
    return accounts[["revenue", "contribution"]].assign(code=codes)


Classes = dict[str, frozenset[str]]


def _classes(accounts: pd.DataFrame) -> Classes:
    """Who is A by each reading; ``best`` is the top fifth by profit, which nobody asked for."""

    def taken(mask: pd.Series[bool]) -> frozenset[str]:
        return frozenset(accounts.index[mask])

    contribution = accounts["contribution"]
    return {
        "revenue": taken(value_tier(accounts["revenue"]) != ValueTier.SMALL),
        "profit": taken(pareto_class(contribution, "value") == ParetoClass.A),
        "code": taken(accounts["code"] == "A"),
        "best": taken(pareto_class(contribution) == ParetoClass.A),
    }


def _clear_classes(accounts: pd.DataFrame) -> bool:
    """Whether all overlaps tell the three readings apart; 0 and 3 would stand in "0 of 3 parts are right"."""
    profit = accounts["contribution"]
    if profit.sum() <= 0:
        return False
    found = _classes(accounts)
    pairs = [len(found["revenue"] & found["profit"]), len(found["profit"] & found["code"])]
    all_three = len(found["revenue"] & found["profit"] & found["code"])
    sizes = [{len(found[one]), len(found[two])} for one, two in (("revenue", "profit"), ("profit", "code"))]
    return (
        len(found["profit"]) >= len(found["revenue"])  # overlaps of a handful would be easy to guess
        and not {0, len(_OVERLAP_PARTS)} & {*pairs, all_three}
        and all(overlap not in size for overlap, size in zip(pairs, sizes, strict=True))
        and all_three not in {pairs[1], len(found["revenue"] & found["code"])}
    )


@cache
def _sample(sample: str) -> pd.DataFrame:
    """The first draw of a name that tells the readings apart."""
    draws = (_draw_accounts(sample, str(number)) for number in range(_DRAWS))
    return next(accounts for accounts in draws if _clear_classes(accounts))


@cache
def _sampled_classes(sample: str) -> Classes:
    return _classes(_sample(sample))


def _overlap(*readings: str) -> Callable[[Params], float]:
    """How many are A by all the readings."""

    def size(params: Params) -> float:
        found = _sampled_classes(params["sample"])
        return float(len(frozenset.intersection(*(found[reading] for reading in readings))))

    return size


def _together(*readings: str) -> Callable[[Params], float]:
    """How many are A by at least one of the readings."""

    def size(params: Params) -> float:
        found = _sampled_classes(params["sample"])
        return float(len(frozenset.union(*(found[reading] for reading in readings))))

    return size


def _multiplied(*readings: str) -> Callable[[Params], float]:
    """The shares multiplied, as if the readings had nothing to do with each other."""

    def size(params: Params) -> float:
        found = _sampled_classes(params["sample"])
        return float(_SIZE * np.prod([len(found[reading]) / _SIZE for reading in readings]))

    return size


_ONE_SET = Text(
    en="You treated the A of sales and the A of profit as one set. Does every large buyer leave a profit?",
    zh="你把按收入的 A 和按利润的 A 当成了同一组。买得多的，都带来利润吗？",
)
_WHOLE_CLASS = Text(
    en="This is the size of one class. Who in it belongs to the other class, too?",
    zh="这是其中一类的大小。这一类里，谁也属于另一类？",
)
_MULTIPLIED = Text(
    en="You multiplied shares. That would hold if the classes had nothing to do with each other. Intersect the sets "
    "of ids.",
    zh="你把占比相乘了。只有各类互不相干时才能这样算。要求的是编号集合的交集。",
)
_TOGETHER = Text(
    en="You counted who is in at least one class. Asked is who is in all of them.",
    zh="你数的是至少属于一类的。题目问的是同时属于各类的。",
)
_BEST_FIFTH = Text(
    en="You took the best fifth by profit. Here A by profit ends where a share of the profit is reached, not a share "
    "of the accounts.",
    zh="你取的是利润最高的五分之一。这里按利润的 A 类，以累计利润达到某个份额为界，不是以客户数为界。",
)
_INTERSECT = Text(
    en="Intersect the sets of ids, not the percentages.",
    zh="要对编号的集合求交集，不是对百分数。",
)


def _overlap_part(ask: Text, readings: tuple[str, ...], *wrong: tuple[str, Callable[[Params], float], Text]) -> Item:
    right = _overlap(*readings)
    best = ["best" if reading == "profit" else reading for reading in readings]
    known = (
        *wrong,
        ("shares-multiplied", _multiplied(*readings), _MULTIPLIED),
        ("union", _together(*readings), _TOGETHER),
        ("best-fifth-by-profit", _overlap(*best), _BEST_FIFTH),
    )
    return NumberItem(
        ask=ask,
        unit=_ACCOUNTS,
        decimals=0,
        rel_tol=0.0,
        solve=right,
        traps=tuple(Trap(name, unless_equal(model, right), hint) for name, model, hint in known),
        hint=_INTERSECT,
        why=_SEE_PARTS,
    )


_OVERLAP_PARTS: dict[str, Item] = {
    "revenue and profit": _overlap_part(
        Text(en="accounts that are A by revenue and by profit", zh="按收入和按利润都属于 A 类的客户数"),
        ("revenue", "profit"),
        ("one-set", _overlap("revenue"), _ONE_SET),
        ("one-set", _overlap("profit"), _ONE_SET),
    ),
    "profit and code": _overlap_part(
        Text(en="accounts that are A by profit and by code", zh="按利润属于 A 类、代码也是 A 的客户数"),
        ("profit", "code"),
        ("one-set", _overlap("revenue", "code"), _ONE_SET),
        ("whole-class", _overlap("profit"), _WHOLE_CLASS),
        ("whole-class", _overlap("code"), _WHOLE_CLASS),
    ),
    "all three": _overlap_part(
        Text(en="accounts that are A by all three", zh="按三种口径都属于 A 类的客户数"),
        ("revenue", "profit", "code"),
        ("one-set", _overlap("revenue", "code"), _ONE_SET),
        ("one-set", _overlap("profit", "code"), _ONE_SET),
    ),
}


def _why_overlaps(params: Params) -> Text:
    found = _sampled_classes(params["sample"])
    en, zh = (
        {reading: comma.join(sorted(found[reading])) for reading in ("revenue", "profit", "code")}
        for comma in (", ", "、")
    )
    pairs = [f"{part(params):.0f}" for part in (_overlap("revenue", "profit"), _overlap("profit", "code"))]
    all_three = f"{_overlap('revenue', 'profit', 'code')(params):.0f}"
    return Text(
        en=f"A by revenue: {en['revenue']}. A by profit: {en['profit']}. A by code: {en['code']}. "
        f"{pairs[0]} accounts are in the first two, {pairs[1]} in the last two, {all_three} in all. One letter, "
        "three groups: say which one you mean.",
        zh=f"按收入的 A 类：{zh['revenue']}。按利润的 A 类：{zh['profit']}。代码为 A：{zh['code']}。"
        f"前两类共有 {pairs[0]} 家，后两类共有 {pairs[1]} 家，三类共有 {all_three} 家。"
        "同一个字母，三群客户：用之前先说清是哪一群。",
    )


item_2 = PartsItem(
    id="value_tiers-2",
    ask=Text(
        en="The table holds 30 of Lanwan's accounts from the middle of its list. Three departments call some of them "
        "A. Sales here means more than the top tier: the upper three tiers of the pyramid, the first 20% by revenue. "
        "Finance lines the accounts up from the most profitable and takes those who bring the first 80% of the total "
        "contribution; the one who crosses the line belongs to them. The service desk means its own code, which "
        "follows how often a salon orders. How many accounts are A for sales and finance, for finance and the desk, "
        "and for all three?",
        zh="表中是蓝湾中等规模的 30 家客户。三个部门都说“A 类”。"
        "销售部指的不只是最高一层，而是金字塔的上三层，即收入（revenue）排在前 20% 的。"
        "财务部按贡献（contribution）从高到低排队，取累计达到总额 80% 的那些客户，跨过界线的那一家也算在内。"
        "服务台指自己的代码（code），它看的是订货次数。同属销售部和财务部 A 类的有多少家？"
        "同属财务部和服务台 A 类的呢？三种都属于的呢？",
    ),
    choices={"sample": sample_names(200)},
    example={"sample": PUBLISHED},
    exhibit=lambda params: _sample(params["sample"]).copy(),
    parts=_OVERLAP_PARTS,
    why=_why_overlaps,
    concepts=("tiers.a-class", "tiers.pareto-profit", "tiers.pareto-sales"),
)

# --- E02.3 one sentence, three firms ---------------------------------------------------------------------------------


def _peak(reading: Reading) -> Callable[[Params], float]:
    return lambda params: 100 * whale_peak(params["share"] / 100, params["cancelled"] / 100, reading)


_BASES: dict[Reading, tuple[Text, Text, Text]] = {  # what a reading says, its hint, and the hint for its peak elsewhere
    "net": (
        Text(
            en="net: the {share}% are a share of the final profit; the losses are {cancelled}% of what the top makes",
            zh="net：{share}% 以最终利润为基数；亏损是头部客户所创利润的 {cancelled}%",
        ),
        Text(
            en="The final profit is the 100%. How much does the top make, and which part of that is lost?",
            zh="最终利润是 100%。头部客户创造了多少？其中多少被抵消？",
        ),
        Text(
            en="Right idea, other base: in that reading the first share takes the final profit as 100%.",
            zh="思路对，口径不同：那一种读法里，前一个份额以最终利润为 100%。",
        ),
    ),
    "top": (
        Text(
            en="top: the {share}% are a share of what all profitable customers make; the losses are {cancelled}% of "
            "what the top makes",
            zh="top：{share}% 以全部盈利客户所创的利润为基数；亏损是头部客户所创利润的 {cancelled}%",
        ),
        Text(
            en="Call what all profitable customers make 100%. What is left of it after the losses? Divide.",
            zh="以全部盈利客户所创的利润为 100%。扣掉亏损还剩多少？再相除。",
        ),
        Text(
            en="Right idea, other base: in that reading the losses are a part of what the top customers make.",
            zh="思路对，口径不同：那一种读法里，亏损是头部客户所创利润的一部分。",
        ),
    ),
    "gross": (
        Text(
            en="gross: the losses are {cancelled}% of what all profitable customers make",
            zh="gross：亏损是全部盈利客户所创利润的 {cancelled}%",
        ),
        Text(
            en="Call what all profitable customers make 100%. The losses are a part of all of it. Divide by what is "
            "left.",
            zh="以全部盈利客户所创的利润为 100%。亏损是其中的一部分。除以剩下的。",
        ),
        Text(
            en="Right idea, other base: in that reading the losses are a part of what all profitable customers make.",
            zh="思路对，口径不同：那一种读法里，亏损是全部盈利客户所创利润的一部分。",
        ),
    ),
}
_CUSTOMERS_SUBTRACTED = Text(
    en="You reckoned with a percentage of customers. How many lose money does not tell how much they lose.",
    zh="你用客户的百分比来加减了。有多少客户亏损，并不说明亏了多少钱。",
)
_LEFT_OVER = Text(
    en="This is what is left after the losses. The peak is what there was before them, as a share of what is left.",
    zh="这是亏损之后剩下的。峰值是亏损之前的利润，要除以剩下的利润。",
)
_WHERE = Text(
    en="This is where the curve turns, counted in customers. How high is it there?",
    zh="这是曲线转折处的客户比例。它在那里有多高？",
)
_LOSS_OF_FINAL = Text(
    en="You took the losses as a part of the final profit. What are they a part of in this reading?",
    zh="你把亏损当成了最终利润的一部分。在这种读法里，亏损是什么的一部分？",
)


def _left_of(reading: Reading) -> Callable[[Params], float]:
    """What is left of 100 after the losses."""
    return lambda params: 100 - params["cancelled"] * (1 if reading == "gross" else params["share"] / 100)


def _peak_part(reading: Reading) -> NumberItem:
    ask, hint, _ = _BASES[reading]
    # 80 less 30 looks like an answer only where 80 is a share of the final profit.
    subtracted = (lambda params: float(params["share"] - params["losers"]),) if reading == "net" else ()
    added: tuple[Callable[[Params], float], ...] = (*subtracted, lambda params: 100.0 + params["losers"])
    return NumberItem(
        ask=ask,
        unit=Text(en="percent of the final profit", zh="最终利润的百分数"),
        decimals=1,
        solve=_peak(reading),
        traps=(
            *(Trap("other-base", _peak(other), _BASES[other][2]) for other in _BASES if other != reading),
            *(Trap("customers-subtracted", wrong, _CUSTOMERS_SUBTRACTED) for wrong in added),
            Trap("where-for-how-high", lambda params: 100.0 - params["losers"], _WHERE),
            Trap("what-is-left", _left_of(reading), _LEFT_OVER),
            Trap("losses-of-final-profit", lambda params: 100.0 + params["cancelled"], _LOSS_OF_FINAL),
        ),
        hint=hint,
        why=_SEE_PARTS,
    )


_PEAK_PARTS: dict[str, Item] = {str(reading): _peak_part(reading) for reading in _BASES}


def _why_peaks(params: Params) -> Text:
    share, part = params["share"], params["cancelled"]
    lost = shown(share * part / 100)
    net, top, gross = (f"{_peak(reading)(params):.1f}" for reading in _BASES)
    kept, rest = shown(100 - share * part / 100), 100 - part
    return Text(
        en=f"The loss is {share} * {part}% = {lost}. Net: 100 + {lost} = {net}. Top: 100 / {kept} = {top} percent. "
        f"Gross: 100 / {rest} = {gross} percent. A sentence without its base is three different firms.",
        zh=f"亏损是 {share} * {part}% = {lost}。net：100 + {lost} = {net}；top：100 / {kept} = {top}%；"
        f"gross：100 / {rest} = {gross}%。一句话不说明以什么为 100%，说的就是三家不同的企业。",
    )


item_3 = PartsItem(
    id="value_tiers-3",
    ask=Text(
        en='A consultant says: "{top}% of your customers make {share}% of the profit, but the {losers}% who are '
        'unprofitable cancel {cancelled}% of it." How high does the whale curve rise, in percent of the final profit? '
        "It depends on the reading:\n\n" + "\n".join(f"- {ask.en}" for ask, _, _ in _BASES.values()),
        zh="一位顾问说：“你们 {top}% 的客户创造了 {share}% 的利润，可是 {losers}% 的亏损客户又把其中的 {cancelled}% "
        "抵消掉了。”鲸鱼曲线的峰值是最终利润的百分之几？这取决于怎么读：\n\n"
        + "\n".join(f"- {ask.zh}" for ask, _, _ in _BASES.values()),
    ),
    choices={
        "top": (10, 15, 20, 25),
        "share": (60, 65, 70, 75, 80, 85, 90),
        "losers": (15, 20, 25, 30, 35),
        "cancelled": (20, 25, 30, 40, 50, 60),
    },
    example={"top": 20, "share": 80, "losers": 30, "cancelled": 50},
    reject=lambda params: traps_meet(_PEAK_PARTS, params),
    parts=_PEAK_PARTS,
    why=_why_peaks,
    concepts=("tiers.80-20-30",),
)

# --- E02.4 the mailing -----------------------------------------------------------------------------------------------


@cache
def _mail_test(sample: str) -> pd.DataFrame:
    """A mail test by recency and frequency, money left aside."""
    seed = "" if sample == PUBLISHED else f"value_tiers-4 {sample}"
    cells = simulate.tables(seed)["value_tiers_mail_test"]
    return cells.groupby(["r", "f"], as_index=False)[["mailed", "responded"]].sum()


@cache
def _rolled(sample: str, names: float, cost: float, per_order: float) -> RollOut:
    return roll_out(_mail_test(sample), names, cost, per_order)


def _plan(params: Params, per_order: str = "margin") -> RollOut:
    return _rolled(params["sample"], params["names"], params["cost"], params[per_order])


@cache
def _counts(sample: str) -> dict[str, NDArray[np.int64]]:
    """The columns of the test; tables are slow where a thousand students ask."""
    test = _mail_test(sample)
    return {str(name): test[name].to_numpy() for name in test.columns}


def _cell_profits(params: Params, per_order: str = "margin", *, postage: bool = True) -> NDArray[np.float64]:
    """What mailing the list's share of each cell leaves."""
    test = _counts(params["sample"])
    listed = params["names"] * test["mailed"] / test["mailed"].sum()
    earned: NDArray[np.float64] = listed * (test["responded"] / test["mailed"] * params[per_order])
    return earned - listed * params["cost"] if postage else earned


def _chosen_profit(per_order: str = "margin", *, postage: bool = True) -> Callable[[Params], float]:
    """What the cells that pay would leave, reckoned otherwise."""
    return lambda params: float(_cell_profits(params, per_order, postage=postage)[_plan(params).mail.to_numpy()].sum())


def _all_profit(params: Params) -> float:
    return _plan(params).profit_all


def _best_profit(params: Params) -> float:
    return _plan(params).profit


def _mail_cells(params: Params) -> float:
    return float(_plan(params).cells)


def _cells_left_out(params: Params) -> float:
    return float(len(_plan(params).mail) - _plan(params).cells)


def _cells_above_mean(params: Params) -> float:
    test = _counts(params["sample"])
    usual = test["responded"].sum() / test["mailed"].sum()
    return float(np.sum(test["responded"] / test["mailed"] > usual))


def _recency_reversed(params: Params) -> float:
    """The profit when the cells are sought at the wrong end of recency."""
    test = _counts(params["sample"])
    recency, often = test["r"], test["f"]
    turned = recency.max() + recency.min() - recency
    place = {cell: number for number, cell in enumerate(zip(recency.tolist(), often.tolist(), strict=True))}
    mirror = [place[cell] for cell in zip(turned.tolist(), often.tolist(), strict=True)]
    return float(_cell_profits(params)[_plan(params).mail.to_numpy()[mirror]].sum())


def _of_the_test(profit: Callable[[Params], float]) -> Callable[[Params], float]:
    return lambda params: profit(params) * float(_counts(params["sample"])["mailed"].sum()) / params["names"]


_PRICE_FOR_MARGIN = Text(
    en="You let an order earn its price. What is left of the price when the goods are paid?",
    zh="你让一单挣到了整个售价。付掉货款之后，售价还剩多少？",
)
_POSTAGE_FORGOTTEN = Text(
    en="You left out the letters. Who pays for those that nobody answers?",
    zh="你漏掉了邮费。没人回应的那些信由谁付钱？",
)
_TEST_NOT_LIST = Text(
    en="This is what the test itself left. The list has more names: they fall on the cells as the test did.",
    zh="这是测试本身的结果。名单上的人更多：各格所占的比例与测试相同。",
)
_MAIL_PARTS: dict[str, Item] = {
    "cells": NumberItem(
        ask=Text(en="cells to mail", zh="应寄送的格数"),
        unit=Text(en="cells", zh="格"),
        decimals=0,
        rel_tol=0.0,
        solve=_mail_cells,
        traps=(
            Trap("price-for-margin", lambda params: float(_plan(params, "price").cells), _PRICE_FOR_MARGIN),
            Trap(
                "above-average",
                unless_equal(_cells_above_mean, _mail_cells),
                Text(
                    en="You mailed the cells above the average response. An average pays no postage: which response "
                    "does?",
                    zh="你选了响应率高于平均的格。高于平均不等于不亏：响应率要多高才够付邮费？",
                ),
            ),
            Trap(
                "cells-left-out",
                _cells_left_out,
                Text(
                    en="These are the cells that do not pay. Which ones would you rather mail?",
                    zh="这是不划算的格数。该寄的是哪些？",
                ),
            ),
            Trap(
                "any-answer",
                lambda params: float(np.sum(_counts(params["sample"])["responded"] > 0)),
                Text(
                    en="You mailed every cell that answered at all. Does one order pay for all the letters of a cell?",
                    zh="只要有人回应，你就选了。一单能抵得上整格的邮费吗？",
                ),
            ),
        ),
        hint=Text(
            en="A cell pays when orders per letter are above cost per letter over margin per order.",
            zh="每封信的订单数高于“每封成本 / 每单毛利”，这一格才划算。",
        ),
        why=_SEE_PARTS,
    ),
    "profit": NumberItem(
        ask=Text(en="expected profit of mailing them", zh="只寄这些格的预期利润"),
        unit=_MONEY,
        decimals=0,
        solve=_best_profit,
        traps=(
            Trap("price-for-margin", lambda params: _plan(params, "price").profit, _PRICE_FOR_MARGIN),
            Trap("price-for-margin", _chosen_profit("price"), _PRICE_FOR_MARGIN),
            Trap(
                "recency-reversed",
                _recency_reversed,
                Text(
                    en="You reversed recency. The newest buyers have the highest score, not the lowest.",
                    zh="你把“最近一次购买”弄反了。最近买过的分数最高，不是最低。",
                ),
            ),
            Trap("postage-forgotten", _chosen_profit(postage=False), _POSTAGE_FORGOTTEN),
            Trap("test-not-list", _of_the_test(_best_profit), _TEST_NOT_LIST),
            Trap(
                "everybody-mailed",
                _all_profit,
                Text(
                    en="You mailed the whole list. Which cells lose money, and who makes you write to them?",
                    zh="你寄给了整个名单。哪些格在亏钱？有必要寄给他们吗？",
                ),
            ),
        ),
        hint=Text(
            en="A sale earns its margin, each letter costs its postage, and only the cells that pay are mailed.",
            zh="一单挣的是毛利，每封信都要花钱，而且只寄划算的格。",
        ),
        why=_SEE_PARTS,
        points=2,
    ),
    "profit of all": NumberItem(
        ask=Text(en="expected profit of mailing the whole list", zh="寄给整个名单的预期利润"),
        unit=_MONEY,
        decimals=0,
        solve=_all_profit,
        traps=(
            Trap("price-for-margin", lambda params: _plan(params, "price").profit_all, _PRICE_FOR_MARGIN),
            Trap(
                "postage-forgotten",
                lambda params: float(_cell_profits(params, postage=False).sum()),
                _POSTAGE_FORGOTTEN,
            ),
            Trap("test-not-list", _of_the_test(_all_profit), _TEST_NOT_LIST),
            Trap(
                "chosen-cells-only",
                _best_profit,
                Text(
                    en="This is what the chosen cells leave. Add those that do not pay.",
                    zh="这只是选中的格的利润。把不划算的格也加上。",
                ),
            ),
            Trap(
                "sign",
                lambda params: -_all_profit(params),
                Text(
                    en="Take the postage from the margin, not the margin from the postage.",
                    zh="用毛利减邮费，不要反过来。",
                ),
            ),
        ),
        hint=Text(
            en="All orders times margin, less all letters times cost per letter.",
            zh="全部订单乘毛利，减去全部信件乘每封成本。",
        ),
        why=_SEE_PARTS,
    ),
}


def _no_mailing(params: Params) -> bool:
    """Whether a cell is at break-even, nearly none or nearly all pay, or two readings cannot be told apart.

    A number of cells equal to the number of parts would stand in "0 of 3 parts are right".
    """
    plan = _plan(params)
    return (
        plan.cells in {0, 1, len(_MAIL_PARTS)}
        or _cells_left_out(params) < 2
        or bool(np.abs(_cell_profits(params)).min() < 1)
        or abs(plan.profit_all) < 0.02 * plan.profit
        or traps_meet(_MAIL_PARTS, params)
    )


def _why_mailing(params: Params) -> Text:
    plan = _plan(params)
    edge = break_even_response(params["cost"], params["margin"])
    rest = plan.profit_all - plan.profit
    names, profit, whole, lost = (f"{value:,.0f}" for value in (plan.names, plan.profit, plan.profit_all, rest))
    steps = f"{params['cost']} / {params['margin']} = {edge:.3%}"
    return Text(
        en=f"Break-even is {steps}. {plan.cells} cells are above it; {names} names of the list are in them and answer "
        f"at {plan.response:.3%}. They leave {profit}. The other cells add {lost}, so that all together leave {whole}. "
        "The list will do a little worse than the test: some of the best cells were lucky.",
        zh=f"盈亏平衡的响应率是 {steps}。高于它的有 {plan.cells} 格，名单中有 {names} 人在这些格里，响应率 "
        f"{plan.response:.3%}，利润 {profit} 元。其余各格合计 {lost} 元，所以全部寄出的利润是 {whole} 元。"
        "实际寄送会比测试略差：成绩最好的格里，有些只是运气好。",
    )


item_4 = PartsItem(
    id="value_tiers-4",
    ask=Text(
        en="A club of salon members got a test mailing. The table counts letters (mailed) and orders (responded) by "
        "recency r and frequency f, scored from 1 to 5; the newest and the most frequent have 5. A letter costs "
        "{cost}. An order is worth {price}, and {margin} of it is margin. The whole list has {names:,} names, and "
        "they fall on the cells as the test did. Mail a cell if its response is above break-even. Give the number of "
        "cells to mail, the expected profit, and the profit of mailing the whole list.",
        zh="某美发会员俱乐部的会员收到了测试信。表中按最近一次购买（r）和购买频率（f）列出寄出的信件数（mailed）和订单数"
        "（responded）；r、f 从 1 到 5 计分，最近、最常购买的为 5。每封信花 {cost} 元。每单售价 {price} 元，"
        "其中毛利 {margin} 元。整个名单有 {names:,} 人，各格所占比例与测试相同。响应率高于盈亏平衡的格才寄。"
        "请给出应寄送的格数、预期利润，以及寄给整个名单的利润。",
    ),
    choices={
        "sample": sample_names(20),
        "cost": (0.45, 0.5, 0.55, 0.6, 0.7),
        "margin": (36, 40, 45, 50),
        "price": (90, 100, 120),
        "names": (200_000, 500_000, 1_000_000, 2_000_000),
    },
    example={"sample": PUBLISHED, "cost": 0.55, "margin": 40, "price": 100, "names": 2_000_000},
    reject=_no_mailing,
    exhibit=lambda params: _mail_test(params["sample"]).copy(),
    parts=_MAIL_PARTS,
    why=_why_mailing,
    concepts=("tiers.rfm",),
)

# --- E02.5 a hundred hours -------------------------------------------------------------------------------------------

_HOURS = 100
_SERVED = (ValueTier.LARGE, ValueTier.MEDIUM, ValueTier.SMALL)


def _response(params: Params) -> pd.DataFrame:
    """The most that visits can bring from each tier, and how fast it gives in."""
    rows = {str(tier): [params[f"{tier}_scale"], params[f"{tier}_rate"]] for tier in _SERVED}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["scale", "rate"], dtype=float)


def _terms(params: Params) -> tuple[list[float], list[float]]:
    scale, rate = ([float(params[f"{tier}_{name}"]) for tier in _SERVED] for name in ("scale", "rate"))
    return scale, rate


def _split(params: Params) -> list[float]:
    scale, rate = _terms(params)
    return [float(hours) for hours in allocate(_HOURS, scale, rate)]


def _by_weight(params: Params, *, first_hour: bool) -> list[float]:
    """Hours in proportion to what the tiers are worth, or to what their first hour brings."""
    scale, rate = _terms(params)
    weight = [most * speed if first_hour else most for most, speed in zip(scale, rate, strict=True)]
    return [_HOURS * one / sum(weight) for one in weight]


def _by_slowness(params: Params) -> list[float]:
    """Hours in proportion to how slowly the tiers give in."""
    slack = [1 / speed for speed in _terms(params)[1]]
    return [_HOURS * one / sum(slack) for one in slack]


def _hours_part(tier: ValueTier) -> NumberItem:
    words, place = _TIERS[tier], _SERVED.index(tier)
    return NumberItem(
        ask=Text(en=f"hours for the {words.en} tier", zh=f"给{words.zh}的小时数"),
        unit=Text(en="hours", zh="小时"),
        decimals=1,
        rel_tol=0.0,
        abs_tol=1.0,
        solve=lambda params: _split(params)[place],
        traps=(
            Trap(
                "by-value",
                lambda params: _by_weight(params, first_hour=False)[place],
                Text(
                    en="You shared the hours out by what the tiers are worth. Compare the next hour, not the whole "
                    "tier.",
                    zh="你按各层的价值来分。要比较的是再加一小时，不是整层的价值。",
                ),
            ),
            Trap(
                "all-to-a",
                always(0.0 if place else float(_HOURS)),
                Text(
                    en="You gave everything to the best tier. What does its second hour bring, and its last?",
                    zh="你把时间全给了最好的一层。给它的第二个小时带来多少？最后一个小时呢？",
                ),
            ),
            Trap(
                "equal",
                always(_HOURS / len(_SERVED)),
                Text(
                    en="You gave every tier the same. Does the last hour bring the same everywhere, too?",
                    zh="你给各层分的一样多。最后一小时在各层带来的也一样多吗？",
                ),
            ),
            Trap(
                "by-first-hour",
                lambda params: _by_weight(params, first_hour=True)[place],
                Text(
                    en="You shared the hours out by what the first one brings. It tells who is served first, not how "
                    "long.",
                    zh="你按第一个小时带来多少来分。它只说明先给谁，不说明给多少。",
                ),
            ),
            Trap(
                "by-slowness",
                lambda params: _by_slowness(params)[place],
                Text(
                    en="You looked only at how fast the tiers give in. How much is there to get from each?",
                    zh="你只看了各层见效的快慢。每一层一共能带来多少？",
                ),
            ),
        ),
        hint=Text(
            en="Compare the next hour, not the average hour: at the end it brings the same in every tier. `allocate` "
            "solves for it.",
            zh="比较再加的一小时，不是平均每小时：最后，它在各层带来的都一样多。可用 `allocate` 求解。",
        ),
        why=_SEE_PARTS,
    )


_HOURS_PARTS: dict[str, Item] = {str(tier): _hours_part(tier) for tier in _SERVED}


def _no_split(params: Params) -> bool:
    """Whether a tier gets hardly anything, or two readings are an hour apart.

    Hours within one of 0 or of the number of parts would stand in "0 of 3 parts are right".
    """
    return min(_split(params)) < len(_SERVED) + 1.5 or traps_meet(_HOURS_PARTS, params)


def _why_split(params: Params) -> Text:
    scale, rate = _terms(params)
    hours = _split(params)
    en, zh = (
        comma.join(f"{getattr(_TIERS[tier], lang)} {given:.1f}" for tier, given in zip(_SERVED, hours, strict=True))
        for lang, comma in (("en", ", "), ("zh", "，"))
    )
    last = scale[0] * rate[0] * float(np.exp(-rate[0] * hours[0]))
    gain, equal = (
        sum(most * (1 - float(np.exp(-speed * given))) for most, speed, given in zip(scale, rate, split, strict=True))
        for split in (hours, [_HOURS / len(_SERVED)] * len(_SERVED))
    )
    return Text(
        en=f"Hours: {en}. The last hour then brings {last:.1f} in each tier, so no hour is better spent elsewhere. "
        f"In all that is {gain:,.0f}; equal hours would bring {equal:,.0f}.",
        zh=f"小时数：{zh}。这时最后一小时在各层都带来 {last:.1f} 元，挪到哪里都不会更好。合计 {gain:,.0f} 元；"
        f"平均分配只有 {equal:,.0f} 元。",
    )


item_5 = PartsItem(
    id="value_tiers-5",
    ask=Text(
        en="You have 100 hours of visits for three tiers. Extra margin from x hours in a tier is "
        "`scale * (1 - exp(-rate * x))`: each next hour brings less. The table gives scale (yuan) and rate (per hour). "
        "How many hours does each tier get, so that the total is largest? (One hour either way counts.)",
        zh="你有 100 小时的拜访时间，要分给大客户（large）、中等客户（medium）、小客户（small）三层。"
        "在某一层投入 x 小时，增加的毛利为 `scale * (1 - exp(-rate * x))`，每多一小时，带来的都更少。"
        "表中给出 scale（元）和 rate（每小时）。各层分多少小时，总和才最大？（误差在一小时以内都算对。）",
    ),
    choices={
        "large_scale": (9_000, 12_000, 15_000, 18_000),
        "large_rate": (0.03, 0.05, 0.08, 0.12),
        "medium_scale": (6_000, 8_000, 10_000),
        "medium_rate": (0.02, 0.03, 0.04, 0.06),
        "small_scale": (3_000, 4_000, 5_000, 7_000),
        "small_rate": (0.03, 0.05, 0.08, 0.1),
    },
    example={
        "large_scale": 12_000,
        "large_rate": 0.12,
        "medium_scale": 8_000,
        "medium_rate": 0.04,
        "small_scale": 5_000,
        "small_rate": 0.05,
    },
    reject=_no_split,
    exhibit=_response,
    parts=_HOURS_PARTS,
    why=_why_split,
    concepts=("tiers.focus-resources",),
)

# --- E02.6 whom to let go --------------------------------------------------------------------------------------------

_NAMES = tuple(f"K{number}" for number in range(1, 9))
_BOOK = ("revenue", "product_cost", "service_cost", "allocated_cost", "referral_value")

# What an account looks like, in percent of its gross margin: service cost, allocated cost, referral value. Whatever
# part of the service cost is avoidable (60% to 80%), an account keeps the fate its kind says.
_KINDS: dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = {
    "healthy": ((30, 35, 40, 45), (15, 20, 25), (0, 0, 10)),
    "carries-overhead": ((60, 65, 70, 75), (50, 55, 60), (0, 0, 5)),  # a loss only by allocated cost
    "half-avoidable": ((105, 110, 115), (10, 15, 20), (0,)),  # its service cost would not all end
    "recommends": ((200, 210, 220), (10, 15, 20), (130, 140, 150)),  # others would leave with it
    "loser": ((200, 220, 240, 260), (20, 25, 30), (0, 0, 5)),
}
_MIXES = (
    ("healthy", "healthy", "healthy", "carries-overhead", "half-avoidable", "recommends", "loser", "loser"),
    ("healthy", "healthy", "carries-overhead", "carries-overhead", "half-avoidable", "recommends", "loser", "loser"),
    ("healthy", "healthy", "carries-overhead", "half-avoidable", "recommends", "loser", "loser", "loser"),
)
_REVENUES = (4_000, 6_000, 8_000, 9_000, 12_000, 15_000, 18_000, 24_000)
_GIANT = (60_000, 80_000, 90_000)  # a loser or one that carries overhead: the largest account is not the best


@cache
def _book(sample: str) -> pd.DataFrame:
    """Eight accounts with their costs, in an order that tells nothing."""

    def pick(values: Sequence[_One], *what: str) -> _One:
        return chosen_by(values, "value_tiers-6", sample, *what)

    kinds = list(enumerate(pick(_MIXES, "mix")))
    giant = pick([place for place, kind in kinds if kind in ("carries-overhead", "loser")], "giant")
    rows = []
    for place, kind in sorted(kinds, key=lambda pair: hash_of("value_tiers-6", sample, "order", str(pair[0]))):
        revenue = pick(_GIANT if place == giant else _REVENUES, "revenue", str(place))
        gross = round(revenue * pick((20, 25, 30, 35), "margin", str(place)) / 100)
        shares = (pick(values, "cost", str(place), str(line)) for line, values in enumerate(_KINDS[kind]))
        rows.append([revenue, revenue - gross, *(round(gross * share / 1000) * 10 for share in shares)])
    return pd.DataFrame(rows, index=pd.Index(_NAMES, name="account"), columns=list(_BOOK), dtype=float)


Fates = dict[str, dict[str, float]]


@cache
def _judged(sample: str, avoidable: float, referrals: bool) -> Fates:
    book = _book(sample)
    return _rows(let_go(book if referrals else book.drop(columns="referral_value"), avoidable))


def _rows(table: pd.DataFrame) -> Fates:
    """The numbers of each account; a table is slow where a thousand students ask."""
    return {str(name): dict(zip(table.columns, row, strict=True)) for name, *row in table.itertuples()}


def _fates(params: Params) -> Fates:
    return _judged(params["sample"], params["avoidable"], True)


def _without_referrals(params: Params) -> Fates:
    return _judged(params["sample"], params["avoidable"], False)


def _all_ends(params: Params) -> Fates:
    return _judged(params["sample"], 1.0, True)


@cache
def _costs(sample: str) -> Fates:
    return _rows(_book(sample))


Readings = Callable[[Params], Fates]
Leavers = Callable[[Params], set[str]]


def _dropped(fates: Readings) -> Leavers:
    """Who goes when the accounts are judged so."""
    return lambda params: {name for name, row in fates(params).items() if row["let_go"]}


_gone = _dropped(_fates)


def _full_cost_losers(params: Params) -> set[str]:
    return {name for name, row in _fates(params).items() if row["full_cost_profit"] < 0}


def _change(fates: Readings, column: str, who: Leavers) -> Callable[[Params], float]:
    """What profit gains when the accounts leave and take the column's money with them."""
    return lambda params: -sum(fates(params)[name][column] for name in sorted(who(params)))


def _cost_of_the_gone(column: str) -> Callable[[Params], float]:
    return lambda params: sum(_costs(params["sample"])[name][column] for name in sorted(_gone(params)))


_gain = _change(_fates, "keep_value", _gone)


def _unless_gone(wrong: Leavers) -> Callable[[Params], set[str | None]]:
    """A wrong set, silent where it is the right one."""
    return lambda params: {None} if wrong(params) == _gone(params) else set(wrong(params))


_ALLOCATED = Text(
    en="You counted allocated cost. If this account left tomorrow, would the rent and the head office leave with it?",
    zh="你把分摊成本算进去了。这家客户明天离开，房租和总部的费用会跟着消失吗？",
)
_REFERRALS = Text(
    en="You left out the referrals. Who else would leave with this account?",
    zh="你漏掉了推荐价值。这家客户离开，还有谁会跟着走？",
)
_ALL_SERVICE = Text(
    en="You let all of the service cost end. Which part of it stays with the firm?",
    zh="你让服务成本全部消失了。其中哪一部分会留在企业里？",
)
_LET_GO_PARTS: dict[str, Item] = {
    "let go": SetItem(
        ask=Text(en="the accounts to let go", zh="应放弃的客户"),
        options={name: Text(en=name, zh=name) for name in _NAMES},
        solve=_gone,
        traps=(
            Trap("allocated-cost", _unless_gone(_full_cost_losers), _ALLOCATED),
            Trap("referrals-ignored", _unless_gone(_dropped(_without_referrals)), _REFERRALS),
            Trap("all-service-cost-ends", _unless_gone(_dropped(_all_ends)), _ALL_SERVICE),
        ),
        hint=Text(
            en="If this account left tomorrow, which cost lines would disappear?",
            zh="这家客户明天离开，哪些成本会随之消失？",
        ),
        why=_SEE_PARTS,
        points=2,
    ),
    "profit change": NumberItem(
        ask=Text(en="change of the firm's yearly profit", zh="企业年利润的变化"),
        unit=_MONEY,
        decimals=0,
        solve=_gain,
        traps=(
            Trap("allocated-cost", _change(_fates, "full_cost_profit", _full_cost_losers), _ALLOCATED),
            Trap("allocated-cost", _change(_fates, "full_cost_profit", _gone), _ALLOCATED),
            Trap(
                "allocated-cost",
                lambda params: _gain(params) + _cost_of_the_gone("allocated_cost")(params),
                _ALLOCATED,
            ),
            Trap(
                "referrals-ignored",
                _change(_without_referrals, "keep_value", _dropped(_without_referrals)),
                _REFERRALS,
            ),
            Trap("all-service-cost-ends", _change(_all_ends, "keep_value", _dropped(_all_ends)), _ALL_SERVICE),
            Trap("all-service-cost-ends", _change(_all_ends, "keep_value", _gone), _ALL_SERVICE),
            Trap(
                "margin-forgotten",
                lambda params: params["avoidable"] * _cost_of_the_gone("service_cost")(params),
                Text(
                    en="This is the cost that ends. What did these accounts bring, and will bring no more?",
                    zh="这是省下的成本。这些客户原来带来的、以后不再有的是什么？",
                ),
            ),
            Trap(
                "sign",
                lambda params: -_gain(params),
                Text(
                    en="This is what these accounts left. What does the firm gain when they leave?",
                    zh="这是这些客户留下的。他们离开后，企业的利润怎样变化？",
                ),
            ),
        ),
        hint=Text(
            en="Add up what those who go leave when only avoidable cost counts. Profit changes by minus that.",
            zh="只算可避免的成本，把放弃的客户各自留下多少加起来。利润的变化是它的相反数。",
        ),
        why=_SEE_PARTS,
    ),
}


def _why_let_go(params: Params) -> Text:
    fates, gone = _fates(params), sorted(_gone(params))
    kept = " + ".join(f"({value:,.0f})" for value in (fates[name]["keep_value"] for name in gone))
    gain, part = f"{_gain(params):,.0f}", f"{params['avoidable']:.0%}"
    spared = sorted(_full_cost_losers(params) - _gone(params))
    return Text(
        en=f"Revenue less product cost, less {part} of service cost, plus referrals is below zero for "
        f"{', '.join(gone)}: {kept}, so profit rises by {gain}. With all costs counted {', '.join(spared)} lose money, "
        "too, but Lanwan would be poorer without them: what stays behind, or who leaves with them, outweighs what is "
        "saved.",
        zh=f"收入减产品成本，减 {part} 的服务成本，再加推荐价值，小于零的是 {'、'.join(gone)}：{kept}，"
        f"所以利润增加 {gain} 元。算上全部成本，{'、'.join(spared)} 也亏损，但放弃他们只会更糟："
        "留下的成本，或者跟着走的客户，超过了省下的钱。",
    )


item_6 = PartsItem(
    id="value_tiers-6",
    ask=Text(
        en="Somebody proposes to let the worst customers go. The table gives eight accounts, in yuan per year. Service "
        "cost is spent because of the account, and {avoidable:.0%} of it would end with it. Allocated cost is its "
        "share of rent and head office. Referral value is the margin of those who would leave with it. Which accounts "
        "is Lanwan better off without, and by how much does profit change?",
        zh="有人提议剔除最差的客户。表中是 8 家客户每年的数字（元）：收入（revenue）、产品成本（product_cost）、"
        "服务成本（service_cost）、分摊成本（allocated_cost）和推荐价值（referral_value）。服务成本因该客户而发生，"
        "客户离开后其中 {avoidable:.0%} 会消失。分摊成本是它分到的房租和总部费用。推荐价值是会跟着它离开的客户的毛利。"
        "放弃哪些客户对蓝湾更好？利润变化多少？",
    ),
    choices={"sample": sample_names(60), "avoidable": (0.6, 0.65, 0.7, 0.75, 0.8)},
    example={"sample": PUBLISHED, "avoidable": 0.7},
    reject=lambda params: traps_meet(_LET_GO_PARTS, params),
    exhibit=lambda params: _book(params["sample"]).copy(),
    parts=_LET_GO_PARTS,
    why=_why_let_go,
    concepts=("tiers.cull-worst", "tiers.largest-not-best", "tiers.customer-is-god"),
)

GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
