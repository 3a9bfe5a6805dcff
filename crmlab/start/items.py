"""The first questions a learner meets: one prediction, one check, and the primer's small steps in Python."""

from __future__ import annotations

from crmlab.core.checks import ChoiceItem, MappingItem, NumberItem, Params, Trap, always
from crmlab.core.data import load
from crmlab.core.text import Text
from crmlab.start.model import customer_base, leavers

_SALONS = Text(en="salons", zh="家")

predict_1 = ChoiceItem(
    id="start-q1",
    ask=Text(
        en="Of Lanwan's salons, {stay} in 100 stay each quarter, and {newcomers} new ones join. Then {better} in 100 "
        "stay. What happens to the number of salons in the long run?",
        zh="蓝湾的客户店，每季度每 100 家留下 {stay} 家，另有 {newcomers} 家新店加入。"
        "后来每 100 家留下 {better} 家。长期来看，客户店的数量会怎样？",
    ),
    options={
        "five": Text(en="About 5% more", zh="约增加 5%"),
        "half": Text(en="About half as many again", zh="约增加一半"),
        "double": Text(en="It doubles", zh="翻一番"),
    },
    choices={"stay": (90,), "better": (95,), "newcomers": (120,)},
    example={"stay": 90, "better": 95, "newcomers": 120},
    solve=lambda params: _growth(params),
    traps=(
        Trap(
            "points-read-as-growth",
            always("five"),
            Text(
                en="Five points more stay in one quarter. What do they do in the next one, and the one after?",
                zh="一个季度多留下五个百分点。到下个季度、再下个季度呢？",
            ),
        ),
        Trap(
            "few-quarters-only",
            always("half"),
            Text(
                en="You stopped the film too early. Who leaves each quarter now, compared with before?",
                zh="你停得太早，后面还在变。和以前相比，现在每季度流失多少？",
            ),
        ),
    ),
    hint=Text(en="Look at those who leave, not at those who stay.", zh="要看流失的，不是看留下的。"),
    why=Text(
        en="Before, 10 in 100 left; now 5 do. Half the leak, the same inflow: the bucket fills to twice the level "
        "(Blattberg & Deighton 1996).",
        zh="以前每 100 家流失 10 家，现在流失 5 家。漏出减半，流入不变，"
        "水桶的水位就升到原来的两倍（Blattberg & Deighton 1996）。",
    ),
)


def _growth(params: Params) -> str:
    before, after = (customer_base(params[name] / 100, params["newcomers"]).long_run for name in ("stay", "better"))
    return "double" if abs(after / before - 2) < 0.1 else "half" if after / before > 1.3 else "five"


practice_1 = NumberItem(
    id="start-p1",
    unit=_SALONS,
    decimals=0,
    abs_tol=0.5,
    ask=Text(
        en="Lanwan serves {customers} salons, and {stay} in 100 stay each quarter. How many must join each quarter so "
        "that their number stays the same?",
        zh="蓝湾服务 {customers} 家店，每季度每 100 家留下 {stay} 家。每季度要新增多少家，总数才保持不变？",
    ),
    choices={"customers": (600, 800, 1000, 1200, 1500, 2000), "stay": (75, 80, 85, 90, 95)},
    example={"customers": 1200, "stay": 90},
    solve=lambda params: leavers(params["customers"], params["stay"] / 100),
    traps=(
        Trap(
            "those-who-stay",
            lambda params: params["customers"] * params["stay"] / 100,
            Text(
                en="That is how many stay. Newcomers replace the others.",
                zh="这是留下的数量。新增要补上的是另一部分。",
            ),
        ),
        Trap(
            "share-for-number",
            lambda params: 100 - params["stay"],
            Text(
                en="That is how many leave of every 100. How many hundreds are there?",
                zh="这是每 100 家中流失的数量。总共有多少个 100 家？",
            ),
        ),
    ),
    hint=Text(en="How many leave each quarter? As many must join.", zh="每季度流失多少家？就要新增多少家。"),
    why=Text(
        en="{customers} salons, of which {stay} in 100 stay: {answer:.0f} leave, so {answer:.0f} must join.",
        zh="{customers} 家中每 100 家留下 {stay} 家，流失 {answer:.0f} 家，所以要新增 {answer:.0f} 家。",
    ),
)

practice_2 = NumberItem(
    id="start-p2",
    unit=Text(en="yuan", zh="元"),
    ask=Text(
        en="A salon orders {bottles} refills at {price} yuan each and pays {delivery} yuan for delivery, once. What "
        "does it pay?",
        zh="一家店订 {bottles} 瓶补充装，每瓶 {price} 元，另付一次运费 {delivery} 元。共付多少？",
    ),
    choices={"bottles": (6, 8, 12, 15), "price": (18, 24, 35), "delivery": (10, 15, 20)},
    example={"bottles": 12, "price": 35, "delivery": 20},
    solve=lambda params: params["bottles"] * params["price"] + params["delivery"],
    traps=(
        Trap(
            "delivery-each",
            lambda params: params["bottles"] * (params["price"] + params["delivery"]),
            Text(
                en="You paid delivery for every bottle. Python multiplies before it adds; brackets change that.",
                zh="你给每瓶都付了运费。Python 先乘后加，括号会改变顺序。",
            ),
        ),
        Trap(
            "no-delivery",
            lambda params: params["bottles"] * params["price"],
            Text(en="The bottles are paid. The van is not.", zh="货款付了，运费还没付。"),
        ),
    ),
    hint=Text(en="Multiply bottles by price, then add the delivery.", zh="瓶数乘单价，再加运费。"),
    why=Text(
        en="`{bottles} * {price} + {delivery}` gives {answer}.", zh="`{bottles} * {price} + {delivery}` 得 {answer}。"
    ),
)

practice_3 = MappingItem(
    id="start-p3",
    ask=Text(
        en="Sort three cells: what would Python say to each? Labels: `number`, `text`, `error`.",
        zh="给三个单元格分类：Python 会显示什么？标签：`number`（数）、`text`（文字）、`error`（出错）。",
    ),
    keys={
        "plain": Text(en="plain", zh="plain"),
        "quoted": Text(en="quoted", zh="quoted"),
        "mixed": Text(en="mixed", zh="mixed"),
    },
    labels={
        "number": Text(en="number", zh="数"),
        "text": Text(en="text", zh="文字"),
        "error": Text(en="error", zh="出错"),
    },
    solve=always({"plain": "number", "quoted": "text", "mixed": "error"}),
    traps=(
        Trap(
            "quotes-ignored",
            always({"quoted": "number"}),
            Text(en="Quotes make text, even around digits.", zh="加了引号就是文字，里面是数字也一样。"),
        ),
        Trap(
            "silent-conversion",
            always({"mixed": "number"}),
            Text(
                en="Python does not guess: it will not add a number to a text.",
                zh="Python 不会猜：数和文字不能直接相加。",
            ),
        ),
    ),
    hint=Text(en="Which of the three have quotes?", zh="三个里面哪些带引号？"),
    why=Text(
        en="Digits alone are a number, digits in quotes are text, and the two cannot be added.",
        zh="不带引号的数字是数，带引号的是文字，两者不能相加。",
    ),
)

practice_4 = NumberItem(
    id="start-p4",
    unit=_SALONS,
    decimals=0,
    abs_tol=0.5,
    ask=Text(
        en="How many of Lanwan's 1,200 salons have more than {chairs} chairs?",
        zh="蓝湾的 1,200 家店中，有多少家的座位多于 {chairs} 个？",
    ),
    choices={"chairs": (3, 4, 5, 6)},
    example={"chairs": 5},
    solve=lambda params: int((load("lanwan_salons")["chairs"] > params["chairs"]).sum()),
    traps=(
        Trap(
            "at-least",
            lambda params: int((load("lanwan_salons")["chairs"] >= params["chairs"]).sum()),
            Text(
                en="`>=` also lets in those with exactly that many. The question says *more than*.",
                zh="`>=` 把恰好相等的也算进来了。题目说的是“多于”。",
            ),
        ),
        Trap(
            "all-chairs",
            lambda params: int(load("lanwan_salons").query(f"chairs > {params['chairs']}")["chairs"].sum()),
            Text(en="That counts chairs. Count salons: `len(...)`.", zh="这数的是座位。请数店：`len(...)`。"),
        ),
    ),
    hint=Text(en="Keep the rows that fit, then count them with `len`.", zh="留下符合条件的行，再用 `len` 数一数。"),
    why=Text(
        en='`len(salons[salons["chairs"] > {chairs}])` gives {answer}.',
        zh='`len(salons[salons["chairs"] > {chairs}])` 得 {answer}。',
    ),
)

ITEMS = (predict_1, practice_1, practice_2, practice_3, practice_4)
