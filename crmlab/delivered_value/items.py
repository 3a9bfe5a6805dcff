"""The graded set of chapter 06 (E06.1 to E06.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers), None (one label) or ``{None}`` (a set).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.checks import (
    SILENT,
    ChoiceItem,
    Item,
    NumberItem,
    OrderItem,
    Params,
    PartsItem,
    SetItem,
    Trap,
    always,
    key_of,
    shown,
)
from crmlab.core.text import Text
from crmlab.core.writing import PUBLISHED, unless_equal
from crmlab.delivered_value import simulate
from crmlab.delivered_value.model import (
    AHP,
    COSTS,
    RANDOM_INDEX,
    VALUES,
    ChoiceFit,
    ahp,
    deliver,
    economic_value,
    fit_choices,
    pairwise,
    switch_wage,
)
from crmlab.delivered_value.practice import PRACTICE

_PER_ORDER = Text(en="yuan per order", zh="元/单")
_SEE_PARTS = Text(en="See each part below.", zh="请看下面各小题。")

Key = tuple[tuple[str, Any], ...]


def _unclear(parts: Mapping[str, Item], params: Params, *, apart: bool = True) -> bool:
    """Whether a trap meets the truth or, with ``apart``, the traps of two misconceptions meet each other."""
    for part in parts.values():
        truth = part.target(part.solve(params), params)
        pitfalls = part.pitfalls(params)
        if any(part.falls(truth, wrong) for _, wrong in pitfalls):
            return True
        pairs = combinations(pitfalls, 2) if apart else ()
        if any(one.name != two.name and part.falls(left, right) for (one, left), (two, right) in pairs):
            return True
    return False


# --- E06.1 delivered value -------------------------------------------------------------------------------------------

_SUPPLIERS = {
    "Granary": Text(en="Granary", zh="谷仓"),
    "Lanwan": Text(en="Lanwan", zh="蓝湾"),
    "Laurel": Text(en="Laurel", zh="月桂"),
}
_BID_COLUMNS = (*VALUES, "monetary_cost", "hours", "physical_cost", "psychic_cost")
_BIDS: dict[str, tuple[tuple[float, ...], ...]] = {  # per supplier, the teachable values of each column
    "Granary": (
        *((90, 100, 110, 120), (16, 20, 24, 30), (15, 18, 22, 26), (10, 15, 20)),
        *((50, 60, 70, 80), (2, 2.5, 3, 3.5), (10, 12, 14), (9, 12, 15)),
    ),
    "Lanwan": (
        *((90, 100, 110), (40, 45, 50, 60), (15, 20, 25), (10, 15, 20)),
        *((110, 120, 130, 140), (0.5, 1), (2, 4), (3, 6)),
    ),
    "Laurel": (
        *((120, 130, 140), (30, 34, 40), (25, 30, 35), (80, 90, 100)),
        *((190, 200, 210), (1.5, 1.2, 1.8), (4, 6), (9, 12, 15)),
    ),
}


def _bids(params: Params) -> pd.DataFrame:
    """The three bids as the student sees them: time in hours, everything else in money."""
    rows = {name: [params[f"{name}_{column}"] for column in _BID_COLUMNS] for name in _SUPPLIERS}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_BID_COLUMNS), dtype=float)


Lines = dict[str, float]
_READINGS: dict[str, Callable[[Lines], Lines]] = {  # what each changes in the eight lines of a bid
    "right": lambda bid: {},
    "image-twice": lambda bid: {"image_value": 2 * bid["image_value"]},
    "product-only": lambda bid: dict.fromkeys(VALUES[1:], 0.0),
    "price-only": lambda bid: dict.fromkeys(COSTS[1:], 0.0),
    "time-in-hours": lambda bid: {"time_cost": bid["hours"]},
    "body-only": lambda bid: {"psychic_cost": 0.0},
    "mind-only": lambda bid: {"physical_cost": 0.0},
    "mean-effort": lambda bid: dict.fromkeys(COSTS[2:], (bid["physical_cost"] + bid["psychic_cost"]) / 4),
}


def _lines(params: Params, supplier: str) -> Lines:
    """One bid with its hours brought to money."""
    bid: Lines = {column: params[f"{supplier}_{column}"] for column in _BID_COLUMNS}
    return {**bid, "time_cost": bid["hours"] * params["wage"]}


@lru_cache(maxsize=512)
def _readings(key: Key) -> dict[tuple[str, str], dict[str, float]]:
    """What each way of reading the bids, the right one and the wrong ones, gives for each supplier."""
    bids = {supplier: _lines(dict(key), supplier) for supplier in _SUPPLIERS}
    rows = {
        (reading, supplier): bid | change(bid)
        for reading, change in _READINGS.items()
        for supplier, bid in bids.items()
    }
    totals: Any = deliver(pd.DataFrame(list(rows.values()), dtype=float)).to_dict("records")
    return dict(zip(rows, totals, strict=True))


def _read(reading: str, supplier: str, column: str) -> Callable[[Params], float]:
    return lambda params: _readings(key_of(params))[reading, supplier][column]


_IMAGE_TWICE = Text(
    en="You counted the image line twice. A famous name stands in the table already: use each line once.",
    zh="你把形象价值算了两次。名气已经写在表里了：每一行只用一次。",
)
_PRODUCT_ONLY = Text(
    en="You counted the product alone. Which three other lines does the customer gain from?",
    zh="你只算了产品。客户还从哪三行得到价值？",
)
_PRICE_ONLY = Text(
    en="You counted the price alone. Which three other lines does the order cost the customer?",
    zh="你只算了价格。这一单还让客户付出了哪三项？",
)
_TIME_IN_HOURS = Text(
    en="You added hours to money. Bring every line to money: what is an hour worth to the owner?",
    zh="你把小时直接加到了钱上。每一行都要折成钱：店主的一小时值多少？",
)
_EFFORTS_MERGED = Text(
    en="You made one line of bodily and mental effort. Keep them apart: the order takes both.",
    zh="你把体力和精力合成了一项。两者要分开：这一单两样都要付出。",
)
_COST_TRAPS = (
    ("time-in-hours", "time-in-hours", _TIME_IN_HOURS),
    ("efforts-merged", "body-only", _EFFORTS_MERGED),
    ("efforts-merged", "mind-only", _EFFORTS_MERGED),
    ("efforts-merged", "mean-effort", _EFFORTS_MERGED),
    ("price-only", "price-only", _PRICE_ONLY),
)
_VALUE_TRAPS = (("image-twice", "image-twice", _IMAGE_TWICE), ("product-only", "product-only", _PRODUCT_ONLY))


def _traps(known: tuple[tuple[str, str, Text], ...], supplier: str, column: str) -> tuple[Trap, ...]:
    return tuple(Trap(name, _read(reading, supplier, column), hint) for name, reading, hint in known)


def _bid_parts(supplier: str) -> dict[str, Item]:
    """Total value, total cost and difference of one bid."""
    words = _SUPPLIERS[supplier]
    why = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

    def part(column: str, en: str, zh: str, hint: Text, traps: tuple[Trap, ...]) -> NumberItem:
        return NumberItem(
            ask=Text(en=f"{en} of {words.en}", zh=f"{words.zh}的{zh}"),
            unit=_PER_ORDER,
            solve=_read("right", supplier, column),
            traps=traps,
            hint=hint,
            why=why,
            points=0.5,
        )

    right = _read("right", supplier, "delivered_value")
    return {
        f"{supplier} value": part(
            "total_value",
            "total customer value",
            "总客户价值",
            Text(en="Add the four value lines, each once.", zh="把四行价值相加，每行一次。"),
            _traps(_VALUE_TRAPS, supplier, "total_value"),
        ),
        f"{supplier} cost": part(
            "total_cost",
            "total customer cost",
            "总客户成本",
            Text(
                en="Bring every line to money, use each line once, keep bodily and mental effort apart.",
                zh="每一行折成钱，每一行只用一次，体力和精力分开算。",
            ),
            _traps(_COST_TRAPS, supplier, "total_cost"),
        ),
        f"{supplier} difference": part(
            "delivered_value",
            "customer-delivered value (the difference)",
            "客户让渡价值（差额）",
            Text(en="Take the total cost away from the total value.", zh="用总客户价值减去总客户成本。"),
            (
                *_traps(_VALUE_TRAPS + _COST_TRAPS, supplier, "delivered_value"),
                Trap(
                    "cost-less-value",
                    lambda params: -right(params),
                    Text(
                        en="You took value away from cost. What the customer keeps is what she gains less what she "
                        "gives.",
                        zh="你用成本减了价值。客户留下的，是所得减所付。",
                    ),
                ),
                Trap(
                    "ratio-as-definition",
                    _read("right", supplier, "ratio"),
                    Text(
                        en="You divided. Kotler's delivered value is not a quotient: which number can the buyer spend?",
                        zh="你做了除法。科特勒的让渡价值不是商：买方能花的是哪个数？",
                    ),
                ),
            ),
        ),
    }


def _best(reading: str, column: str) -> Callable[[Params], str]:
    def best(params: Params) -> str:
        found = _readings(key_of(params))
        return max(_SUPPLIERS, key=lambda supplier: found[reading, supplier][column])

    return best


def _cheapest(params: Params) -> str:
    return min(_SUPPLIERS, key=lambda supplier: float(params[f"{supplier}_monetary_cost"]))


def _fastest(params: Params) -> str:
    return min(_SUPPLIERS, key=lambda supplier: float(params[f"{supplier}_hours"]))


_winner = _best("right", "delivered_value")


def _unless_winner(wrong: Callable[[Params], str]) -> Callable[[Params], str | None]:
    return lambda params: None if wrong(params) == _winner(params) else wrong(params)


_BID_PARTS: dict[str, Item] = {
    **_bid_parts("Granary"),
    **_bid_parts("Lanwan"),
    **_bid_parts("Laurel"),
    "winner": ChoiceItem(
        ask=Text(en="The offer that delivers most to the owner", zh="让渡价值最大的报价"),
        options=_SUPPLIERS,
        solve=_winner,
        traps=(
            Trap(
                "price-only",
                _unless_winner(_cheapest),
                Text(
                    en="You took the lowest price. Price is one of four costs, and costs are half of the story.",
                    zh="你选了最便宜的。价格只是四项成本之一，而成本只是一半。",
                ),
            ),
            Trap(
                "value-only",
                _unless_winner(_best("right", "total_value")),
                Text(
                    en="You took the highest total value. What does the owner have to give for it?",
                    zh="你选了总价值最高的。为了它，店主要付出多少？",
                ),
            ),
            Trap(
                "convenience-only",
                _unless_winner(_fastest),
                Text(
                    en="You took the offer that saves most time. Saved hours count at their worth in money, not alone.",
                    zh="你选了最省时间的。省下的时间要按它值的钱来算，而且不能只看时间。",
                ),
            ),
        ),
        hint=Text(en="Compare the three differences.", zh="比较三个差额。"),
        why=_SEE_PARTS,
        points=0.5,
    ),
}


def _close_race(params: Params) -> bool:
    bids = [_lines(params, supplier) for supplier in _SUPPLIERS]
    kept = sorted(sum(bid[line] for line in VALUES) - sum(bid[line] for line in COSTS) for bid in bids)
    return kept[0] < 5 or kept[2] - kept[1] < 3 or _unclear(_BID_PARTS, params)


def _why_bids(params: Params) -> Text:
    found = _readings(key_of(params))
    en, zh = [], []
    for supplier, words in _SUPPLIERS.items():
        row = {column: params[f"{supplier}_{column}"] for column in _BID_COLUMNS}
        gains = " + ".join(shown(row[column]) for column in VALUES)
        pains = [row["monetary_cost"], row["hours"] * params["wage"], row["physical_cost"], row["psychic_cost"]]
        costs = " + ".join(map(shown, pains))
        total = {column: shown(value) for column, value in found["right", supplier].items()}
        sums = (
            f"{gains} = {total['total_value']}; {costs} = {total['total_cost']}; "
            f"{total['total_value']} - {total['total_cost']} = {total['delivered_value']}"
        )
        en.append(f"{words.en}: {sums}.")
        zh.append(f"{words.zh}：{sums}。".replace("; ", "；"))
    winner = _SUPPLIERS[_winner(params)]
    wage = shown(params["wage"])
    return Text(
        en=f"Hours are brought to money at {wage} an hour. {' '.join(en)} {winner.en} leaves the owner most.",
        zh=f"每小时按 {wage} 元折成钱。{''.join(zh)}{winner.zh}给店主留下最多。",
    )


item_1 = PartsItem(
    id="delivered_value-1",
    ask=Text(
        en="Three suppliers bid for a salon chain. The table gives each bid's four values and its costs per order: all "
        "in money, only time in hours. The owner's hour is worth {wage} to her. For each bid give total customer "
        "value, total customer cost and their difference, and name the winner.",
        zh="谷仓（Granary）、蓝湾（Lanwan）、月桂（Laurel）三家供应商向一家连锁店报价。"
        "表中是每份报价每单的四项价值和各项成本：都以钱计，只有时间以小时计。"
        "店主的一小时对她来说值 {wage} 元。请给出每份报价的总客户价值、总客户成本和两者之差，并指出优胜者。",
    ),
    choices={
        **{
            f"{supplier}_{column}": values
            for supplier, bid in _BIDS.items()
            for column, values in zip(_BID_COLUMNS, bid, strict=True)
        },
        "wage": (10, 12, 15, 18, 20, 25),
    },
    example={
        **dict(zip([f"Granary_{column}" for column in _BID_COLUMNS], (110, 24, 22, 20, 60, 3, 12, 12), strict=True)),
        **dict(zip([f"Lanwan_{column}" for column in _BID_COLUMNS], (100, 50, 20, 15, 140, 0.5, 2, 3), strict=True)),
        **dict(zip([f"Laurel_{column}" for column in _BID_COLUMNS], (130, 34, 30, 90, 200, 1.5, 4, 12), strict=True)),
        "wage": 12,
    },
    reject=_close_race,
    exhibit=_bids,
    parts=_BID_PARTS,
    why=_why_bids,
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

# --- E06.2 two rankings ----------------------------------------------------------------------------------------------

_DEALS = {name: Text(en=name, zh=name) for name in "ABC"}
_SIZES = ("large", "small", "middle")


def _deals(params: Params) -> pd.DataFrame:
    """The totals of the three deals as the student sees them."""
    rows = {
        name: [params[f"{size}_value"], params[f"{size}_cost"]]
        for name, size in zip(params["names"], _SIZES, strict=True)
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["total_value", "total_cost"], dtype=float)
    return table.loc[list(_DEALS)]


@lru_cache(maxsize=512)
def _ranked(key: Key) -> dict[str, list[str]]:
    """The deals by difference and by ratio, best first, and in the orders that other readings give."""
    deals = _deals(dict(key))
    lines = pd.DataFrame(0.0, index=deals.index, columns=[*VALUES, *COSTS])
    lines[VALUES[0]], lines[COSTS[0]] = deals["total_value"], deals["total_cost"]
    totals: Any = deliver(lines).to_dict("index")

    def order(column: str, best_is_high: bool) -> list[str]:
        return sorted(_DEALS, key=lambda name: float(totals[name][column]), reverse=best_is_high)

    return {
        "difference": order("delivered_value", True),
        "difference-reversed": order("delivered_value", False),
        "ratio": order("ratio", True),
        "ratio-reversed": order("ratio", False),
        "value": order("total_value", True),
        "cost": order("total_cost", False),
    }


def _order(by: str) -> Callable[[Params], list[str]]:
    return lambda params: _ranked(key_of(params))[by]


def _order_unless(by: str, truth: str) -> Callable[[Params], list[str] | None]:
    """A wrong order, silent where it is the right one."""
    return lambda params: None if _order(by)(params) == _order(truth)(params) else _order(by)(params)


_WORST_FIRST = Text(
    en="Your list starts with the worst. Put the best first.", zh="你把最差的排在了前面。最好的排第一。"
)
_BY_VALUE = Text(
    en="You ranked by what the customer gets and left out what she gives.", zh="你只按客户得到的来排，漏掉了她付出的。"
)
_BY_COST = Text(
    en="You ranked by what the customer gives and left out what she gets.", zh="你只按客户付出的来排，漏掉了她得到的。"
)
_RANKING_PARTS: dict[str, Item] = {
    "by difference": OrderItem(
        ask=Text(en="The three offers by difference, best first", zh="按差额排列，最好的在前"),
        options=_DEALS,
        solve=_order("difference"),
        traps=(
            Trap(
                "ratio-as-definition",
                _order("ratio"),
                Text(
                    en="This is the order of value per unit of cost. A ratio forgets size. Which number can the buyer "
                    "spend?",
                    zh="这是按每一元成本所得价值排的顺序。比率不管大小。买方能花的是哪个数？",
                ),
            ),
            Trap("worst-first", _order("difference-reversed"), _WORST_FIRST),
            Trap("value-only", _order_unless("value", "difference"), _BY_VALUE),
            Trap("cost-only", _order_unless("cost", "difference"), _BY_COST),
        ),
        hint=Text(en="Subtract cost from value for each offer first.", zh="先算出每份报价的价值减成本。"),
        why=_SEE_PARTS,
    ),
    "by ratio": OrderItem(
        ask=Text(en="The three offers by ratio, best first", zh="按比率排列，最好的在前"),
        options=_DEALS,
        solve=_order("ratio"),
        traps=(
            Trap(
                "difference-for-ratio",
                _order("difference"),
                Text(
                    en="This is the order of the difference. Here each unit of cost is asked how much value it brings.",
                    zh="这是按差额排的顺序。这里要问的是：每一元成本带来多少价值。",
                ),
            ),
            Trap(
                "ratio-upside-down",
                _order("ratio-reversed"),
                Text(
                    en="Your list starts with the worst, or you divided cost by value. Value stands above the line.",
                    zh="你把最差的排在了前面，或者用成本除以价值。分子是价值。",
                ),
            ),
            Trap("cost-only", _order_unless("cost", "ratio"), _BY_COST),
        ),
        hint=Text(en="Divide value by cost for each offer first.", zh="先算出每份报价的价值除以成本。"),
        why=_SEE_PARTS,
    ),
    "one-off buyer": ChoiceItem(
        ask=Text(
            en="Which ranking does a buyer follow who buys once and can pay for any of the three?",
            zh="只买一次、三份都付得起的买方，应按哪个排名选？",
        ),
        options={
            "difference": Text(en="by difference", zh="按差额"),
            "ratio": Text(en="by ratio", zh="按比率"),
            "either": Text(en="either: both say the same", zh="都行：两者结论相同"),
        },
        solve=always("difference"),
        traps=(
            Trap(
                "ratio-as-definition",
                always("ratio"),
                Text(
                    en="A ratio forgets size. Which number can the buyer spend?",
                    zh="比率不管大小。买方能花的是哪个数？",
                ),
            ),
            Trap(
                "rankings-agree",
                always("either"),
                Text(en="Look at the first place of your two lists again.", zh="再看看你两个排名的第一名。"),
            ),
        ),
        hint=Text(en="What does she own after the purchase?", zh="买完之后，她手里多了什么？"),
        why=_SEE_PARTS,
    ),
}


def _rankings_agree(params: Params) -> bool:
    """Whether both readings name the same winner, or two offers are too close to rank by eye."""
    totals = [(params[f"{size}_value"], params[f"{size}_cost"]) for size in _SIZES]
    differences, ratios = [value - cost for value, cost in totals], [value / cost for value, cost in totals]
    return (
        differences.index(max(differences)) == ratios.index(max(ratios))
        or min(differences) < 5
        or np.diff(sorted(differences)).min() < 2
        or np.diff(sorted(ratios)).min() < 0.03
    )


def _why_rankings(params: Params) -> Text:
    deals = _deals(params)
    ranked = _ranked(key_of(params))
    lines = "; ".join(
        f"{name}: {shown(value)} - {shown(cost)} = {shown(value - cost)}, "
        f"{shown(value)} / {shown(cost)} = {value / cost:.2f}"
        for name, value, cost in deals.itertuples()
    )
    by_difference, by_ratio = (", ".join(ranked[by]) for by in ("difference", "ratio"))
    return Text(
        en=f"{lines}. By difference: {by_difference}; by ratio: {by_ratio}. A one-off buyer keeps the difference, and "
        "Kotler defines delivered value by it. The ratio helps when money is short and the deal can be repeated.",
        zh=f"{lines}。按差额：{by_difference}；按比率：{by_ratio}。一次性的买方留下的是差额，"
        "科特勒也以差额定义让渡价值。资金有限而交易可以重复时，比率才有用。",
    )


item_2 = PartsItem(
    id="delivered_value-2",
    ask=Text(
        en="The table gives total customer value and total customer cost of three offers. Rank them by difference and "
        "by ratio, best first. Which ranking does a one-off buyer use?",
        zh="表中是三份报价的总客户价值和总客户成本。请分别按差额和按比率排名，最好的在前。一次性的买方应看哪个排名？",
    ),
    choices={
        "large_value": (100, 110, 120, 130, 140),
        "large_cost": (60, 64, 70, 75, 80),
        "small_value": (40, 45, 50, 55, 60),
        "small_cost": (18, 20, 24, 25, 30),
        "middle_value": (70, 75, 80, 84, 90),
        "middle_cost": (40, 42, 45, 48, 54, 60),
        "names": tuple("".join(names) for names in permutations(_DEALS)),
    },
    example={
        "large_value": 100,
        "large_cost": 60,
        "small_value": 50,
        "small_cost": 25,
        "middle_value": 70,
        "middle_cost": 48,
        "names": "ABC",
    },
    reject=_rankings_agree,
    exhibit=_deals,
    parts=_RANKING_PARTS,
    why=_why_rankings,
    concepts=("value.delivered", "value.maximise-delivered"),
)

# --- E06.3 flip wage -------------------------------------------------------------------------------------------------


def _wage(params: Params) -> float:
    return float(switch_wage(params["price_1"], params["hours_1"], params["price_2"], params["hours_2"]))


def _price_gap(params: Params) -> float:
    return float(params["price_2"] - params["price_1"])


def _hours_saved(params: Params) -> float:
    return float(params["hours_1"] - params["hours_2"])


def _no_teachable_wage(params: Params) -> bool:
    if _price_gap(params) <= 0 or _hours_saved(params) < 0.5:
        return True
    wage = _wage(params)
    return not 5 <= wage <= 60 or wage % 0.5 != 0 or _unclear({"": item_3}, params)


item_3 = NumberItem(
    id="delivered_value-3",
    ask=Text(
        en="A chain pays its supplier {price_1} an order and spends {hours_1} h on each. Another supplier asks "
        "{price_2} and takes {hours_2} h; all else is equal. At what value of an hour does the chain switch?",
        zh="某连锁店现在的供应商每单收 {price_1} 元，每单要花 {hours_1} 小时。另一家收 {price_2} 元，"
        "只要 {hours_2} 小时，其余都相同。一小时值多少钱时，这家店会换供应商？",
    ),
    unit=Text(en="yuan per hour", zh="元/小时"),
    choices={
        "price_1": (60, 70, 80, 90, 100),
        "hours_1": (2, 2.5, 3, 3.5, 4),
        "price_2": (95, 100, 105, 110, 120, 125, 130, 140, 150),
        "hours_2": (0.5, 1, 1.5),
    },
    example={"price_1": 80, "hours_1": 3, "price_2": 110, "hours_2": 0.5},
    reject=_no_teachable_wage,
    solve=_wage,
    traps=(
        Trap(
            "total-hours",
            lambda params: _price_gap(params) / (params["hours_1"] + params["hours_2"]),
            Text(
                en="You divided by all the hours together. Which hours does the dearer supplier buy her?",
                zh="你除以的是全部小时数。多付的钱买回来的是哪些小时？",
            ),
        ),
        Trap(
            "gap-upside-down",
            lambda params: _hours_saved(params) / _price_gap(params),
            Text(
                en="You have hours per unit of money. The question asks for money per hour: turn it over.",
                zh="你得到的是每一元换多少小时。题目问的是每小时多少元：倒过来。",
            ),
        ),
        Trap(
            "minutes",
            lambda params: _wage(params) / 60,
            Text(en="This is the value of a minute. Answer for an hour.", zh="这是一分钟的价值。请按一小时作答。"),
        ),
        Trap(
            "sign",
            lambda params: -_wage(params),
            Text(
                en="The sign tells that you took one gap from first to second and the other from second to first. "
                "Money is paid more while hours are fewer.",
                zh="负号说明两个差的方向不一致。多付的是钱，少用的是时间。",
            ),
        ),
        Trap(
            "gap-not-divided",
            _price_gap,
            Text(
                en="This is what the dearer supplier costs more per order. How many hours does that buy?",
                zh="这是较贵的一家每单多收的钱。它买回了几个小时？",
            ),
        ),
        Trap(
            "price-not-gap",
            lambda params: params["price_2"] / _hours_saved(params),
            Text(
                en="You divided a whole price. The chain pays the lower one in any case: which part of the price "
                "decides?",
                zh="你用整个价格去除。较低的那部分反正要付：起决定作用的是价格的哪一部分？",
            ),
        ),
        Trap(
            "one-supplier-hours",
            lambda params: _price_gap(params) / params["hours_1"],
            Text(
                en="You divided by the first supplier's hours. The second one takes some, too.",
                zh="你除以了第一家的小时数。第二家也要花时间。",
            ),
        ),
        Trap(
            "one-supplier-hours",
            lambda params: _price_gap(params) / params["hours_2"],
            Text(
                en="You divided by the second supplier's hours. What matters is what changes.",
                zh="你除以了第二家的小时数。要看的是变化了多少。",
            ),
        ),
    ),
    hint=Text(en="Divide the price gap by the hours saved.", zh="用差价除以省下的小时数。"),
    why=lambda params: Text(
        en=f"The dearer supplier costs {shown(_price_gap(params))} more and saves {shown(_hours_saved(params))} "
        f"hours: {shown(_price_gap(params))} / {shown(_hours_saved(params))} = {shown(_wage(params))} per hour. "
        "Whoever values an hour more than that switches.",
        zh=f"较贵的一家多收 {shown(_price_gap(params))} 元，省 {shown(_hours_saved(params))} 小时："
        f"{shown(_price_gap(params))} / {shown(_hours_saved(params))} = {shown(_wage(params))} 元/小时。"
        "谁的一小时比这更值钱，谁就会换。",
    ),
    concepts=("value.time-cost", "value.monetary-cost"),
    points=2,
)

# --- E06.4 weights from paired comparisons ---------------------------------------------------------------------------

_CRITERIA = {
    "product": Text(en="product value", zh="产品价值"),
    "service": Text(en="service value", zh="服务价值"),
    "personnel": Text(en="personnel value", zh="人员价值"),
    "image": Text(en="image value", zh="形象价值"),
}
_PAIRS = tuple(combinations(_CRITERIA, 2))
_RI = RANDOM_INDEX[len(_CRITERIA) - 1]


def _judgements(params: Params) -> pd.DataFrame:
    """Paired comparisons on Saaty's scale that follow the true weights, with one judgement turned over."""
    judged: dict[Any, float] = {}
    for pair in _PAIRS:
        ratio = np.log(params[pair[0]] / params[pair[1]])
        nearest = simulate.SCALE_OF_SAATY[np.abs(np.log(simulate.SCALE_OF_SAATY) - ratio).argmin()]
        judged[pair] = float(1 / nearest if "-".join(pair) == params["flipped"] else nearest)
    return pairwise(judged)


@lru_cache(maxsize=2048)
def _weighed(key: Key) -> tuple[pd.DataFrame, AHP]:
    """The comparisons, and what the eigenvector makes of them."""
    table = _judgements(dict(key))
    return table, ahp(table)


@lru_cache(maxsize=512)
def _weighed_otherwise(key: Key) -> dict[str, pd.Series[float]]:
    """The weights that other ways give."""
    table, _ = _weighed(key)
    sums = table.sum(axis=1)
    products = table.prod(axis=1) ** (1 / len(table))
    return {
        "row-sums": sums / sums.sum(),
        "transposed": ahp(table.T).weights,
        "column-means": (table / table.sum()).mean(axis=1),
        "geometric-mean": products / products.sum(),
    }


def _judged(table: pd.DataFrame, pair: tuple[str, str]) -> float:
    cell: Any = table.at[pair]
    return float(cell)


def _weight(criterion: str) -> Callable[[Params], float]:
    return lambda params: float(_weighed(key_of(params))[1].weights[criterion])


def _if_it_shows(way: str, criterion: str) -> Callable[[Params], float]:
    """Another convention, silent where it gives the right weight within the tolerance."""

    def wrong(params: Params) -> float:
        other = float(_weighed_otherwise(key_of(params))[way][criterion])
        return SILENT if abs(other - _weight(criterion)(params)) <= 0.0035 else other

    return wrong


def _ratio(of: Callable[[AHP], float]) -> Callable[[Params], float]:
    return lambda params: of(_weighed(key_of(params))[1])


def _pair(pick: Callable[[pd.DataFrame, AHP], tuple[str, str]]) -> Callable[[Params], set[str | None]]:
    """A wrong pair, silent where it is the right one."""

    def wrong(params: Params) -> set[str | None]:
        table, found = _weighed(key_of(params))
        pair: set[str | None] = set(pick(table, found))
        return {None} if pair == set(found.worst_pair or ()) else pair

    return wrong


def _strongest(table: pd.DataFrame, found: AHP) -> tuple[str, str]:
    return max(_PAIRS, key=lambda pair: abs(np.log(_judged(table, pair))))


def _heaviest(table: pd.DataFrame, found: AHP) -> tuple[str, str]:
    first, second = found.weights.sort_values(ascending=False).index[:2]
    return str(first), str(second)


def _farthest(table: pd.DataFrame, found: AHP) -> tuple[str, str]:
    ordered = found.weights.sort_values(ascending=False).index
    return str(ordered[0]), str(ordered[-1])


def _lightest(table: pd.DataFrame, found: AHP) -> tuple[str, str]:
    first, second = found.weights.sort_values().index[:2]
    return str(first), str(second)


def _weight_part(criterion: str) -> NumberItem:
    words = _CRITERIA[criterion]
    eigenvector = Text(
        en="The weights are the principal eigenvector of the table. `ahp(table).weights` finds it.",
        zh="权重是判断矩阵的主特征向量，可用 `ahp(table).weights` 求得。",
    )
    return NumberItem(
        ask=Text(en=f"weight of {words.en}", zh=f"{words.zh}的权重"),
        unit=Text(en="decimals, not percent", zh="小数，不用百分数"),
        decimals=3,
        abs_tol=0.002,
        solve=_weight(criterion),
        traps=(
            Trap(
                "row-sums",
                _if_it_shows("row-sums", criterion),
                Text(
                    en="You added up the rows. A row sum lets one extreme judgement drown the others: the weights are "
                    "the principal eigenvector.",
                    zh="你把各行相加了。行和会让一个极端的判断淹没其余判断：权重是主特征向量。",
                ),
            ),
            Trap(
                "table-turned",
                _if_it_shows("transposed", criterion),
                Text(
                    en="You read the table by columns. A number above 1 speaks for the row, not for the column.",
                    zh="你按列来读了。大于 1 的数表示行的那一项更重要，而不是列的那一项。",
                ),
            ),
            Trap(
                "column-means",
                _if_it_shows("column-means", criterion),
                Text(
                    en="Right idea, other convention: averaging the scaled columns agrees with the principal "
                    "eigenvector only when nobody contradicts herself.",
                    zh="思路对，口径不同：列归一化后取平均，只有在判断完全一致时才等于主特征向量。",
                ),
            ),
            Trap(
                "geometric-mean",
                _if_it_shows("geometric-mean", criterion),
                Text(
                    en="Right idea, other convention: the geometric mean of a row is another estimator. This kit uses "
                    "the principal eigenvector.",
                    zh="思路对，口径不同：行的几何平均是另一种估计。本课程用主特征向量。",
                ),
            ),
        ),
        hint=eigenvector,
        why=_SEE_PARTS,
        points=0.5,
    )


_WRONG_INDEX = Text(
    en="You used the random index of another size of table. It depends on n: how many things are compared here?",
    zh="你用了别的阶数的随机一致性指标。它取决于 n：这里比较的是几项？",
)
_AHP_PARTS: dict[str, Item] = {
    **{criterion: _weight_part(criterion) for criterion in _CRITERIA},
    "consistency ratio": NumberItem(
        ask=Text(en="consistency ratio", zh="一致性比率 CR"),
        unit=Text(en="decimals, not percent", zh="小数，不用百分数"),
        decimals=3,
        abs_tol=0.002,
        solve=_ratio(lambda found: found.consistency_ratio),
        traps=(
            Trap("wrong-random-index", _ratio(lambda found: found.consistency_index / RANDOM_INDEX[2]), _WRONG_INDEX),
            Trap("wrong-random-index", _ratio(lambda found: found.consistency_index / RANDOM_INDEX[4]), _WRONG_INDEX),
            Trap("wrong-random-index", _ratio(lambda found: found.consistency_index / RANDOM_INDEX[5]), _WRONG_INDEX),
            Trap(
                "index-not-ratio",
                _ratio(lambda found: found.consistency_index),
                Text(
                    en="This is the consistency index. What would people who judge at random get?",
                    zh="这是一致性指标 CI。随机作出的判断，平均会得到多少？",
                ),
            ),
            Trap(
                "divided-by-n",
                _ratio(lambda found: (found.lambda_max - len(_CRITERIA)) / len(_CRITERIA) / _RI),
                Text(en="The index divides by n - 1, not by n.", zh="计算 CI 时除以 n - 1，而不是 n。"),
            ),
        ),
        hint=Text(
            en="Index: (largest eigenvalue - n) / (n - 1). Ratio: index over the random index, which depends on n.",
            zh="CI =（最大特征值 - n）/（n - 1）；CR = CI / RI，而 RI 取决于 n。",
        ),
        why=_SEE_PARTS,
    ),
    "revisit": SetItem(
        ask=Text(en="the two values whose comparison to ask again", zh="应重新判断的是哪两项之间的比较"),
        options=_CRITERIA,
        solve=lambda params: set(_weighed(key_of(params))[1].worst_pair or ()),
        traps=(
            Trap(
                "strongest-judgement",
                _pair(_strongest),
                Text(
                    en="You took the strongest judgement. Strong is not wrong: which judgement contradicts the ratio "
                    "of its two weights most?",
                    zh="你选了最强烈的判断。强烈不等于矛盾：哪个判断与两项权重之比差得最远？",
                ),
            ),
            Trap(
                "two-heaviest",
                _pair(_heaviest),
                Text(
                    en="You took the two that weigh most. Look for contradiction, not for weight.",
                    zh="你选了权重最大的两项。要找的是矛盾，不是权重。",
                ),
            ),
            Trap(
                "widest-apart",
                _pair(_farthest),
                Text(
                    en="You took the heaviest against the lightest. A wide gap may be quite consistent: compare "
                    "judgement and ratio of the weights.",
                    zh="你选了最重的与最轻的。差距大也可以很一致：请比较判断与权重之比。",
                ),
            ),
            Trap(
                "two-lightest",
                _pair(_lightest),
                Text(
                    en="You took the two that weigh least. Look for contradiction, not for weight.",
                    zh="你选了权重最小的两项。要找的是矛盾，不是权重。",
                ),
            ),
        ),
        hint=Text(
            en="Name two values. For each pair divide the judgement by the ratio of its two weights: where is it "
            "farthest from 1?",
            zh="写出两项。对每一对，用判断除以两项权重之比：哪一对离 1 最远？",
        ),
        why=_SEE_PARTS,
    ),
}


def _no_clear_contradiction(params: Params) -> bool:
    table, found = _weighed(key_of(params))
    weights = found.weights
    if np.diff(np.sort(weights)).min() < 0.002 or not 0.12 <= found.consistency_ratio <= 0.9:
        return True
    gaps = {pair: abs(np.log(_judged(table, pair) * weights[pair[1]] / weights[pair[0]])) for pair in _PAIRS}
    first, second = sorted(gaps.values(), reverse=True)[:2]
    return (
        first - second < 0.2
        or found.worst_pair != tuple(params["flipped"].split("-"))
        or _unclear(_AHP_PARTS, params, apart=False)
    )


def _why_weights(params: Params) -> Text:
    table, found = _weighed(key_of(params))
    pair = found.worst_pair or _PAIRS[0]
    judged, weighed = _judged(table, pair), float(found.weights[pair[0]] / found.weights[pair[1]])
    en, zh = (
        comma.join(f"{getattr(words, lang)} {found.weights[name]:.3f}" for name, words in _CRITERIA.items())
        for lang, comma in (("en", ", "), ("zh", "，"))
    )
    first, second = (_CRITERIA[name] for name in pair)
    steps = (
        f"({found.lambda_max:.3f} - {len(table)}) / {len(table) - 1} = {found.consistency_index:.3f}; "
        f"{found.consistency_index:.3f} / {_RI} = {found.consistency_ratio:.3f}"
    )
    return Text(
        en=f"Principal eigenvector: {en}. {steps}, above 0.10. The judgement of {first.en} against {second.en} is "
        f"{judged:.2f}, the ratio of the weights {weighed:.2f}: ask that one again.",
        zh=f"主特征向量：{zh}。{steps.replace('; ', '；')}，超过 0.10。{first.zh}对{second.zh}的判断是 "
        f"{judged:.2f}，而权重之比是 {weighed:.2f}：这一个应重新判断。",
    )


item_4 = PartsItem(
    id="delivered_value-4",
    ask=Text(
        en="A salon owner compared the four values in pairs. Each number says how many times the row counts as much as "
        "the column. Give the four weights, the consistency ratio, and the two values whose comparison she should "
        "revisit.",
        zh="一位店主对产品（product）、服务（service）、人员（personnel）、形象（image）四项价值做了两两比较。"
        "每个数表示行的重要性是列的几倍。请给出四项权重、一致性比率，"
        "以及她应重新判断的是哪两项之间的比较。",
    ),
    choices={
        "product": (5, 6, 8, 9),
        "service": (3, 4, 5, 6),
        "personnel": (1, 2, 3),
        "image": (1, 2, 3, 4),
        "flipped": tuple("-".join(pair) for pair in _PAIRS),
    },
    example={"product": 8, "service": 4, "personnel": 1, "image": 2, "flipped": "product-image"},
    reject=_no_clear_contradiction,
    exhibit=_judgements,
    parts=_AHP_PARTS,
    why=_why_weights,
    concepts=("value.product", "value.service", "value.personnel", "value.image"),
)

# --- E06.5 economic value to the customer ----------------------------------------------------------------------------

_EXTRAS = ("durability", "reliability", "service", "warranty")
_MONEY = Text(en="currency", zh="元")


def _economic(params: Params) -> float:
    return economic_value(params["reference"], [params[name] for name in _EXTRAS])


def _extra(params: Params) -> float:
    return _economic(params) - float(params["reference"])


def _price(params: Params) -> float:
    return _economic(params) - float(params["discount"])


def _premium(params: Params) -> float:
    return _price(params) - float(params["reference"])


def _left(params: Params) -> float:
    return _economic(params) - _price(params)


_EVC_PARTS: dict[str, Item] = {
    "economic value": NumberItem(
        ask=Text(en="economic value to the customer", zh="客户经济价值（EVC）"),
        unit=_MONEY,
        solve=_economic,
        traps=(
            Trap(
                "discount-added",
                lambda params: _economic(params) + params["discount"],
                Text(
                    en="You added the discount to the value. Value is created before the discount is given.",
                    zh="你把折扣加进了价值。价值在给折扣之前就已经创造出来了。",
                ),
            ),
            Trap(
                "price-for-value",
                _price,
                Text(
                    en="This is what the customer pays. What is the machine worth to her before any discount?",
                    zh="这是客户付的价格。打折之前，这台机器对她值多少？",
                ),
            ),
            Trap(
                "reference-forgotten",
                _extra,
                Text(
                    en="These are the differences alone. From which price does the customer start counting?",
                    zh="这只是差异部分。客户从哪个价格开始往上算？",
                ),
            ),
            Trap(
                "reference-less-extras",
                lambda params: params["reference"] - _extra(params),
                Text(
                    en="You subtracted the differences. They speak for this machine, not against it.",
                    zh="你把差异减掉了。这些差异是这台机器的优点。",
                ),
            ),
        ),
        hint=Text(
            en="Start from the rival's price and add what each difference is worth.",
            zh="从对手的价格出发，加上每项差异所值。",
        ),
        why=_SEE_PARTS,
    ),
    "premium": NumberItem(
        ask=Text(en="price premium over the rival", zh="比对手高出的价格（溢价）"),
        unit=_MONEY,
        solve=_premium,
        traps=(
            Trap(
                "premium-before-discount",
                _extra,
                Text(
                    en="This is what the machine is worth more. The premium is what the customer pays more.",
                    zh="这是这台机器多值的钱。溢价是客户多付的钱。",
                ),
            ),
            Trap(
                "discount-as-premium",
                unless_equal(lambda params: float(params["discount"]), _premium),
                Text(
                    en="This is the discount. Compare the two prices the customer can pay.",
                    zh="这是折扣。请比较客户面前的两个价格。",
                ),
            ),
            Trap(
                "price-for-premium",
                _price,
                Text(
                    en="This is the whole price. How much of it would she not pay to the rival?",
                    zh="这是整个价格。其中有多少是买对手的机器不用付的？",
                ),
            ),
            Trap(
                "sign",
                lambda params: -_premium(params),
                Text(en="Take the rival's price away from this one's.", zh="用这台的价格减去对手的价格。"),
            ),
        ),
        hint=Text(en="Price after discount, less the rival's price.", zh="折后价减去对手的价格。"),
        why=_SEE_PARTS,
    ),
    "value left": NumberItem(
        ask=Text(en="value left to the customer: economic value less price", zh="留给客户的价值：经济价值减价格"),
        unit=_MONEY,
        solve=_left,
        traps=(
            Trap(
                "discount-added",
                lambda params: _left(params) + params["discount"],
                Text(
                    en="You counted the discount twice, once in the value and once in the price. Value is created "
                    "before the discount is given.",
                    zh="你把折扣算了两次：价值里一次，价格里一次。价值在给折扣之前就已经创造出来了。",
                ),
            ),
            Trap(
                "over-the-rival",
                _extra,
                Text(
                    en="This is how much more the machine is worth than the rival's. She does not pay the rival's "
                    "price for it.",
                    zh="这是它比对手多值的钱。可她付的并不是对手的价格。",
                ),
            ),
            Trap(
                "premium-for-value-left",
                unless_equal(_premium, _left),
                Text(
                    en="This is the part of the extra value that the maker takes. Which part stays with the customer?",
                    zh="这是厂家拿走的那部分额外价值。留给客户的是哪部分？",
                ),
            ),
            Trap(
                "nothing-left",
                always(0.0),
                Text(
                    en="Nothing would be left at the full price. Which price does she pay?",
                    zh="按全价付，的确什么都不剩。她付的是什么价？",
                ),
            ),
        ),
        hint=Text(en="What it is worth to her, less what she pays.", zh="对她所值，减去她所付。"),
        why=_SEE_PARTS,
    ),
}


def _why_economic(params: Params) -> Text:
    total = " + ".join(shown(params[name]) for name in ("reference", *_EXTRAS))
    value, price, premium, left = (shown(one(params)) for one in (_economic, _price, _premium, _left))
    reference, discount, extra = shown(params["reference"]), shown(params["discount"]), shown(_extra(params))
    return Text(
        en=f"Economic value: {total} = {value}. Price: {value} - {discount} = {price}. Premium: {price} - {reference} "
        f"= {premium}, for {extra} of extra value. Value left: {value} - {price} = {left}, which is the discount: it "
        "shares value, it creates none.",
        zh=f"经济价值：{total} = {value}。价格：{value} - {discount} = {price}。溢价：{price} - {reference} = "
        f"{premium}，换来 {extra} 的额外价值。留给客户：{value} - {price} = {left}，正是折扣：折扣分享价值，"
        "并不创造价值。",
    )


item_5 = PartsItem(
    id="delivered_value-5",
    ask=Text(
        en="A rival's tractor costs {reference:,}. Compared with it, this one is worth {durability:,} more for lasting "
        "longer, {reliability:,} for breaking down less, {service:,} for better service and {warranty:,} for the "
        "longer warranty on parts. The maker asks the full value less a discount of {discount:,}. Give the economic "
        "value to the customer, the price premium over the rival, and the value left to the customer.",
        zh="对手的拖拉机价格为 {reference:,} 元。与它相比，这一台更耐用，多值 {durability:,} 元；故障更少，多值 "
        "{reliability:,} 元；服务更好，多值 {service:,} 元；零件保修期更长，多值 {warranty:,} 元。厂家按全部价值要价，"
        "再给 {discount:,} 元折扣。请给出客户经济价值（EVC）、比对手高出的价格，以及留给客户的价值。",
    ),
    choices={
        "reference": (60_000, 70_000, 80_000, 90_000),
        "durability": (5_000, 6_000, 7_000, 8_000),
        "reliability": (4_000, 5_000, 6_000, 9_000),
        "service": (3_000, 4_000, 5_000),
        "warranty": (1_000, 2_000, 3_000),
        "discount": (4_000, 6_000, 8_000, 10_000, 12_000),
    },
    example={
        "reference": 90_000,
        "durability": 7_000,
        "reliability": 6_000,
        "service": 5_000,
        "warranty": 2_000,
        "discount": 10_000,
    },
    parts=_EVC_PARTS,
    why=_why_economic,
    concepts=("value.seller-material", "value.delivered"),
)

# --- E06.6 money weights from choices --------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _sample(sample: str) -> pd.DataFrame:
    seed = "" if sample == PUBLISHED else f"delivered_value-6 {sample}"
    return simulate.tables(seed)["delivered_value_choices"]


def _choices(params: Params) -> pd.DataFrame:
    """The student's own sample, prices in her region's money."""
    choices = _sample(params["sample"])
    return choices.assign(price=choices["price"] * params["price_level"])


@cache
def _fitted(sample: str, price_level: float) -> ChoiceFit:
    return fit_choices(_choices({"sample": sample, "price_level": price_level}))


def _fit(params: Params) -> ChoiceFit:
    return _fitted(params["sample"], params["price_level"])


def _service(params: Params) -> float:
    return float(_fit(params).weights["service"])


def _why_choices(params: Params) -> Text:
    fit = _fit(params)
    service, price = float(fit.coefficients["service"]), float(fit.coefficients["price"])
    steps = f"{service:.5f} / {-price:.5f} = {_service(params):.3f}"
    return Text(
        en=f"The logit gives utility units: one point of service {service:.5f}, one unit of money {price:.5f}. {steps} "
        "money per point, the same as `fit_choices(choices).weights['service']`.",
        zh=f"logit 模型的系数以效用为单位：服务每一分 {service:.5f}，每一单位货币 {price:.5f}。每分值 {steps}，"
        "与 `fit_choices(choices).weights['service']` 相同。",
    )


item_6 = NumberItem(
    id="delivered_value-6",
    ask=Text(
        en="240 salons each chose eight times between described offers. Prices are in the money of their region. The "
        "table is your own sample. What is one point of service worth to them in that money? (10% either "
        "way counts.)",
        zh="240 家店各做了八次选择，每次在几份写明内容的报价中选一份。价格以当地货币计。"
        "表格是你自己的样本。服务每一分对它们值多少当地货币？（误差在 10% 以内都算对。）",
    ),
    unit=Text(en="money per point of service", zh="当地货币/分"),
    decimals=3,
    rel_tol=0.10,
    abs_tol=0.0,
    choices={"sample": (PUBLISHED, *(str(number) for number in range(1, 20))), "price_level": (1, 1.6, 2.5, 6)},
    example={"sample": PUBLISHED, "price_level": 1},
    solve=_service,
    exhibit=_choices,
    traps=(
        Trap(
            "raw-coefficient",
            lambda params: float(_fit(params).coefficients["service"]),
            Text(
                en="This is the raw coefficient. Divide by the price coefficient to leave utility units.",
                zh="这是原始系数。除以价格系数，才能从效用换算成钱。",
            ),
        ),
        Trap(
            "sign",
            lambda params: -_service(params),
            Text(
                en="A point of service is good for the salon. The price coefficient is negative: divide by its size.",
                zh="服务多一分对店里是好事。价格系数是负数：除以它的绝对值。",
            ),
        ),
        Trap(
            "ratio-upside-down",
            lambda params: 1 / _service(params),
            Text(
                en="These are points per unit of money. The question asks for money per point.",
                zh="这是每一单位货币换多少分。题目问的是每一分值多少钱。",
            ),
        ),
        Trap(
            "price-coefficient",
            lambda params: -float(_fit(params).coefficients["price"]),
            Text(
                en="This is what a unit of money is worth in utility. Use it to turn the service coefficient into "
                "money.",
                zh="这是一单位货币的效用。用它把服务的系数换算成钱。",
            ),
        ),
    ),
    hint=Text(
        en="Divide by the price coefficient to leave utility units; `fit_choices` does it in `.weights`.",
        zh="除以价格系数，把效用换算成钱；`fit_choices` 的 `.weights` 已经做了这一步。",
    ),
    why=_why_choices,
    concepts=("value.service", "value.delivered"),
    points=3,
)

GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
