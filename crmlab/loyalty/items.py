"""The graded set of chapter 04 (E04.1 to E04.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers) or a label None (mappings).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, permutations
from statistics import NormalDist
from typing import TypeVar, get_args

import pandas as pd

from crmlab.core.checks import (
    SILENT,
    Item,
    MappingItem,
    NumberItem,
    OrderItem,
    Params,
    PartsItem,
    Trap,
    always,
    shown,
)
from crmlab.core.text import Text, language
from crmlab.core.writing import (
    PUBLISHED,
    Labels,
    chosen_by,
    first_clear,
    hash_of,
    mixed_by,
    sample_names,
    traps_meet,
    unless_equal,
)
from crmlab.loyalty.model import (
    TERMS,
    TYPE_OF,
    WEIGHTS,
    LoyaltyClass,
    LoyaltyType,
    Offer,
    choice_probabilities,
    dick_basu,
    loyalty_variable,
    relative_attitude,
    repeat_rate,
    share_of_requirements,
    stress,
)
from crmlab.loyalty.practice import PRACTICE
from crmlab.loyalty.simulate import BRANDS

_OWN = "Lanwan"
_TYPES = {
    LoyaltyType.IMPULSE.value: Text(en="impulse", zh="冲动型"),
    LoyaltyType.AFFECTIVE.value: Text(en="affective", zh="情感型"),
    LoyaltyType.COGNITIVE.value: Text(en="cognitive", zh="认知型"),
    LoyaltyType.BEHAVIOURAL.value: Text(en="behavioural", zh="行为型"),
}
_DECIMALS = Text(en="decimals, not percent", zh="小数，不用百分数")
_SEE_PARTS = Text(en="See the worked solution of the whole item.", zh="见整题的解答。")

_One = TypeVar("_One")


def _normal(mean: float, sd: float, *fields: str) -> float:
    """A normal draw that is the same on every machine once it is rounded."""
    return NormalDist(mean, sd).inv_cdf((hash_of(*fields) % 1_000_000 + 0.5) / 1_000_000)


# --- E04.1 Oliver's order --------------------------------------------------------------------------------------------

#: Oliver's stages by the notes' names; his conative stage is what the notes call impulse.
_OLIVER = (LoyaltyType.COGNITIVE, LoyaltyType.AFFECTIVE, LoyaltyType.IMPULSE, LoyaltyType.BEHAVIOURAL)
_STAGES = {
    LoyaltyType.COGNITIVE: Text(en="she knows", zh="知道"),
    LoyaltyType.AFFECTIVE: Text(en="she likes", zh="喜欢"),
    LoyaltyType.IMPULSE: Text(en="she intends", zh="打算"),
    LoyaltyType.BEHAVIOURAL: Text(en="she acts", zh="行动"),
}
#: What the owner says, by the type that speaks.
REMARKS: Mapping[LoyaltyType, tuple[Text, ...]] = {
    LoyaltyType.COGNITIVE: (
        Text(
            en="I have gone through the data sheets of all four. Lanwan has the least salt and gives the most washes "
            "to the litre.",
            zh="四家的成分表我都看过。蓝湾含盐最少，一升能洗的次数也最多。",
        ),
        Text(
            en="I did the sums, bottle by bottle: per wash Lanwan comes to less than the others.",
            zh="我一瓶一瓶算过账：摊到每次洗发，蓝湾比别家便宜。",
        ),
        Text(
            en="From what I read, Lanwan is mild enough for dyed hair. The other makers do not even print the figure.",
            zh="我查到的资料说，蓝湾的酸碱度适合染过的头发，别家连这个数都不标。",
        ),
        Text(
            en="In the test report Lanwan rinses out best. I have not formed more of an opinion than that.",
            zh="检测报告上，蓝湾最容易冲洗干净。别的我还说不上来。",
        ),
        Text(
            en="The dispenser doses exactly, so a canister lasts longer than the others'. At least the figures say so.",
            zh="它的分液器出液准，一桶比别家的用得久。至少数据上是这样。",
        ),
        Text(
            en="Lanwan's papers are complete, and the price per litre is fair. On paper it is the better product.",
            zh="蓝湾的证书齐全，每升的价格也合理。从资料上看，它确实是更好的产品。",
        ),
    ),
    LoyaltyType.AFFECTIVE: (
        Text(
            en="I enjoy working with Lanwan. The scent alone puts me in a good mood in the morning.",
            zh="用蓝湾干活就是舒心。早上一闻到那股香味，心情就好。",
        ),
        Text(
            en="I have grown fond of Lanwan. When a guest praises it, I am as pleased as if she meant me.",
            zh="我对蓝湾有感情了。客人夸它，我就跟自己被夸了一样高兴。",
        ),
        Text(
            en="Without Lanwan the basins would look sad to me, like a shelf from which a dear picture is gone.",
            zh="要是没有蓝湾，我看着那排洗头池都冷清，像墙上少了一张心爱的照片。",
        ),
        Text(
            en="Lanwan's people are dear to me, and so is their shampoo. Both make my day brighter.",
            zh="蓝湾的人我喜欢，他们的洗发水我也喜欢，用着一天都亮堂。",
        ),
        Text(
            en="My girls and I have taken Lanwan to our hearts. The others leave us cold.",
            zh="我和店里的姑娘们都打心眼里喜欢蓝湾，别的牌子我们没感觉。",
        ),
        Text(
            en="It makes me happy every time I open a canister of Lanwan. I cannot say why, it is just a feeling.",
            zh="每次打开一桶蓝湾，我都觉得开心。说不出为什么，就是一种感觉。",
        ),
    ),
    LoyaltyType.IMPULSE: (
        Text(
            en="My next order goes to Lanwan, I want it so. I have not placed it yet.",
            zh="下一单我想订蓝湾，心里已经定了，只是还没下单。",
        ),
        Text(
            en="I mean to take Lanwan again. I meant to before, and then somebody came along with a gift set.",
            zh="我打算接着买蓝湾。上回也是这么打算的，结果有人送来一套礼盒。",
        ),
        Text(
            en="Next time Lanwan again, I have promised myself. A really good offer might still turn my head.",
            zh="下回还买蓝湾，我跟自己说好了。不过碰上特别划算的促销，没准又会动摇。",
        ),
        Text(
            en="For the new branch I plan to take Lanwan. The order form lies here, not filled in yet.",
            zh="新开的那家分店，我准备也用蓝湾。订货单就在这儿，还没填。",
        ),
        Text(
            en="As soon as the wholesaler opens I want to order Lanwan, if nobody waves a coupon at me on the way.",
            zh="等批发部一开门，我就想去订蓝湾，只要路上没人朝我挥优惠券。",
        ),
        Text(
            en="When this canister is empty I intend to buy Lanwan once more. So far it is half full.",
            zh="等这桶用完，我有意再买一回蓝湾。眼下还剩半桶。",
        ),
    ),
    LoyaltyType.BEHAVIOURAL: (
        Text(
            en="When our wholesaler was out of Lanwan, I drove to the next district for it. In spring I did the same.",
            zh="我们这片的批发部断了蓝湾，我就开车到邻区去拉。春天那回也是这样。",
        ),
        Text(
            en="I no longer look at the shelf. Every other Monday I carry Lanwan home, and have for years.",
            zh="货架我早就不看了。隔一周的周一，我就搬蓝湾回来，好些年都这样。",
        ),
        Text(
            en="My hand writes Lanwan on the order before I think. When the line was dead, I dialled on until it rang.",
            zh="还没想，手就在订单上写好了蓝湾。那天电话一直不通，我就一直拨到通为止。",
        ),
        Text(
            en="The van with the Lanwan broke down again, so I fetched it by bus, as I always do then.",
            zh="送蓝湾的车又坏在路上，我就坐公交去取，每回车坏了我都这么办。",
        ),
        Text(
            en="Every fortnight the same order for Lanwan goes out. A rival's free month lies unopened in the drawer.",
            zh="每两周照样发一张蓝湾的订单。别家送的免费试用一个月，我放在抽屉里，拆都没拆。",
        ),
        Text(
            en="Road closed, phone dead, and I still got my Lanwan. I have never been without it.",
            zh="路封了，电话也打不通，蓝湾我照样弄到了。店里从来没断过它。",
        ),
    ),
}
_CARDS = {f"r{number}": Text(en=f"r{number}", zh=f"r{number}") for number in range(1, 5)}
_DEALS = tuple(permutations(LoyaltyType))


def _kinds(params: Params) -> dict[str, LoyaltyType]:
    """Which type speaks in each remark."""
    return dict(zip(_CARDS, _DEALS[params["deal"]], strict=True))


def _remarks(params: Params) -> pd.DataFrame:
    """The four remarks in the language in use."""
    said = {card: REMARKS[kind][params[kind.value]] for card, kind in _kinds(params).items()}
    texts = [words.zh if language() == "zh" else words.en for words in said.values()]
    return pd.DataFrame({"text": texts}, index=pd.Index(list(said), name="remark"))


def _in_order(*kinds: LoyaltyType) -> Callable[[Params], list[str]]:
    """The remarks as these types come one after the other."""

    def order(params: Params) -> list[str]:
        card = {kind: name for name, kind in _kinds(params).items()}
        return [card[kind] for kind in kinds]

    return order


def _named(names: Mapping[LoyaltyType, LoyaltyType]) -> Callable[[Params], Labels]:
    """The labels of somebody who calls some types by another's name; the rest is left open."""
    return lambda params: {card: names[kind].value for card, kind in _kinds(params).items() if kind in names}


_KNOWS, _LIKES, _INTENDS, _ACTS = _OLIVER
_ORDER_PARTS: dict[str, Item] = {
    "order": OrderItem(
        ask=Text(en="the remarks in Oliver's order, first stage first", zh="按奥利弗的顺序排列，最先的阶段在前"),
        options=_CARDS,
        solve=_in_order(*_OLIVER),
        traps=(
            Trap(
                "notes-order",
                _in_order(*LoyaltyType),
                Text(
                    en="This is the order in which the notes list the types. Oliver's stages build on one another: can "
                    "she intend to buy what she knows nothing about?",
                    zh="这是笔记列出四种类型的顺序。奥利弗的各阶段前后相承：一无所知的东西，她会打算买吗？",
                ),
            ),
            Trap(
                "deepest-first",
                _in_order(*reversed(_OLIVER)),
                Text(
                    en="You began with the deepest loyalty. With what does it begin to grow?",
                    zh="你从最深的忠诚排起。忠诚是从哪里开始形成的？",
                ),
            ),
            Trap(
                "liking-first",
                _in_order(_LIKES, _KNOWS, _INTENDS, _ACTS),
                Text(
                    en="You put liking before belief. What does she like it for, at the start?",
                    zh="你把喜欢排在了相信之前。最初，她凭什么喜欢它？",
                ),
            ),
            Trap(
                "action-before-intention",
                _in_order(_KNOWS, _LIKES, _ACTS, _INTENDS),
                Text(
                    en="You put the deed before the plan. Which of the two overcomes obstacles, and which only means "
                    "well?",
                    zh="你把行动排在了打算之前。哪一个能克服障碍，哪一个还只是有心？",
                ),
            ),
            Trap(
                "intention-lowest",
                _in_order(_INTENDS, _KNOWS, _LIKES, _ACTS),
                Text(
                    en="You put intention at the bottom, because it is easily swayed. The notes make it sound shallow: "
                    "what has Oliver's customer gone through before she intends to buy?",
                    zh="你把打算排在最底层，因为它容易动摇。笔记把它说得很浅：在奥利弗那里，"
                    "客户打算买之前已经历了什么？",
                ),
            ),
        ),
        hint=Text(
            en="What must she have before she can like, before she can intend, before she acts?",
            zh="她要先有什么，才谈得上喜欢？先有什么，才会打算？先有什么，才会去做？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
    "labels": MappingItem(
        ask=Text(en="the notes' name of each remark's type", zh="每句话在笔记中属于哪一类型"),
        keys=_CARDS,
        labels=_TYPES,
        solve=lambda params: {card: kind.value for card, kind in _kinds(params).items()},
        traps=(
            Trap(
                "by-position",
                _named(dict(zip(_OLIVER, LoyaltyType, strict=True))),
                Text(
                    en="You laid the notes' list beside Oliver's, first beside first. The two lists run differently: "
                    "read what each remark rests on.",
                    zh="你把笔记的清单与奥利弗的一一对齐了。两份清单的顺序不同：请看每句话的依据是什么。",
                ),
            ),
            Trap(
                "facts-and-feelings",
                _named({_KNOWS: _LIKES, _LIKES: _KNOWS}),
                Text(
                    en="You swapped facts and feelings. In which remark could she show you a figure?",
                    zh="你把事实和感受弄反了。哪一句话，她能拿出数据给你看？",
                ),
            ),
            Trap(
                "plan-for-deed",
                _named({_INTENDS: _ACTS}),
                Text(
                    en="In one remark she has done nothing yet. What do the notes call a loyalty that leans towards "
                    "buying?",
                    zh="有一句话里她还什么都没做。倾向于购买的忠诚，笔记叫什么？",
                ),
            ),
            Trap(
                "deed-for-plan",
                _named({_ACTS: _INTENDS}),
                Text(
                    en="In one remark she does more than lean towards buying. What did she overcome, or no longer "
                    "think about?",
                    zh="有一句话里她不只是倾向于购买。她克服了什么，或者不再考虑什么？",
                ),
            ),
            Trap(
                "wanting-for-liking",
                _named({_INTENDS: _LIKES}),
                Text(
                    en="To want to buy is more than to like, and not the same. Which remark speaks of the next order?",
                    zh="想买不等于喜欢，比喜欢更进一步。哪一句说的是下一单？",
                ),
            ),
            Trap(
                "thought-for-knowledge",
                _named({_INTENDS: _KNOWS}),
                Text(
                    en="A plan is a thought, but does this one rest on information about the product?",
                    zh="打算也是一种想法，可这一句是以产品信息为依据的吗？",
                ),
            ),
            Trap(
                "habit-for-liking",
                _named({_ACTS: _LIKES}),
                Text(
                    en="One who always buys the same need not be fond of it. Does she speak of a feeling, or of what "
                    "she does?",
                    zh="总买同一种，不一定就喜欢它。她说的是感受，还是行动？",
                ),
            ),
        ),
        hint=Text(
            en="Ask of each remark what it rests on: information, a preference, an intention, or action.",
            zh="对每句话都问一问：它以什么为基础？信息、偏好、意向，还是行动？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _dealt_in_order(params: Params) -> bool:
    """Whether the remarks already lie in Oliver's order or in that of the notes."""
    return _DEALS[params["deal"]] in (_OLIVER, tuple(LoyaltyType))


def _why_order(params: Params) -> Text:
    order = _in_order(*_OLIVER)(params)
    en, zh = (
        comma.join(
            f"{card}{left}{getattr(_STAGES[kind], lang)}{between}{getattr(_TYPES[kind.value], lang)}{right}"
            for card, kind in zip(order, _OLIVER, strict=True)
        )
        for lang, comma, left, between, right in (("en", ", then ", " (", ": ", ")"), ("zh", "、", "（", "：", "）"))
    )
    return Text(
        en=f"Oliver: {en}. The notes list impulse, affective, cognitive, behavioural and call them degrees; "
        "what they name impulse is Oliver's intention, the third stage and not the first.",
        zh=f"奥利弗的顺序是：{zh}。笔记按冲动型、情感型、认知型、行为型列出，并称之为不同程度；"
        "其中的“冲动型”就是奥利弗的意动阶段，排在第三，不是第一。",
    )


item_1 = PartsItem(
    id="loyalty-1",
    ask=Text(
        en="A salon owner speaks about her shampoo on four days, years apart. Each remark belongs to another stage of "
        "Oliver's loyalty. Put the four remarks in Oliver's order, from the stage that comes first to the deepest. "
        "Then give each remark the name that the notes have for its type.",
        zh="一位店主在相隔几年的四天里，各说了一句关于洗发水的话。每句话属于奥利弗忠诚理论的一个阶段。"
        "请按奥利弗的顺序排列四句话，从最先的阶段到最深的阶段；再写出每句话在笔记中属于哪一类型。",
    ),
    choices={**{kind.value: tuple(range(len(said))) for kind, said in REMARKS.items()}, "deal": tuple(range(24))},
    example={"cognitive": 0, "affective": 1, "impulse": 2, "behavioural": 0, "deal": 13},
    reject=_dealt_in_order,
    exhibit=_remarks,
    parts=_ORDER_PARTS,
    why=_why_order,
    concepts=(
        "loyalty.four-degrees",
        "loyalty.oliver-definition",
        "loyalty.impulse",
        "loyalty.affective",
        "loyalty.cognitive",
        "loyalty.behavioural",
    ),
)

# --- E04.2 three measures, three salons ------------------------------------------------------------------------------

_SALONS = ("K1", "K2", "K3")
_RATE_TOL, _ATTITUDE_TOL = 0.002, 0.01


@dataclass(frozen=True)
class Buyer:
    """The last orders of one salon.

    Attributes
    ----------
    strip
        Brand of each order, oldest first.
    bottles
        Bottles in these orders, by brand.
    liking
        Attitude by brand, 1 to 7.
    """

    strip: tuple[str, ...]
    bottles: dict[str, int]
    liking: dict[str, float]

    @property
    def repeats(self) -> list[str]:
        """Brands that were bought again."""
        return [new for old, new in zip(self.strip, self.strip[1:], strict=False) if old == new]

    def share_of_orders(self) -> float:
        """Which part of the orders went to Lanwan."""
        return self.strip.count(_OWN) / len(self.strip)

    def rivals(self, of: Mapping[str, float]) -> dict[str, float]:
        """A column without Lanwan's line."""
        return {brand: value for brand, value in of.items() if brand != _OWN}


# How a buyer was made: whether she likes Lanwan best, and buys it most; of ten, the orders that repeat the last brand,
# and those that otherwise go to Lanwan; bottles of an order of Lanwan, and of another brand; liking of Lanwan, and of a
# rival.
_Profile = tuple[bool, bool, int, int, tuple[int, ...], tuple[int, ...], tuple[float, ...], tuple[float, ...]]
_PROFILES: tuple[_Profile, ...] = (
    (True, True, 6, 7, (6, 8, 10, 12), (2, 3, 4, 6), (5.5, 6, 6.5), (2.5, 3, 3.5, 4, 4.5, 5)),
    (False, True, 6, 6, (4, 6, 8), (2, 4, 6, 8), (3.5, 4, 4.5), (2.5, 3, 4, 5, 5.5, 6)),
    (True, False, 3, 4, (2, 4, 6), (4, 6, 8, 10), (5, 5.5, 6, 6.5), (2, 3, 3.5, 4, 4.5, 5, 5.5)),
)


def _drawn_buyer(profile: _Profile, *fields: str) -> Buyer:
    *_, again, own, own_bottles, other_bottles, own_liking, other_liking = profile
    strip: list[str] = []
    bottles = dict.fromkeys(BRANDS, 0)
    for number in range(chosen_by((9, 10, 11, 12), *fields, "orders")):
        place = (*fields, "order", str(number))
        fresh = _OWN if hash_of(*place, "own") % 10 < own else chosen_by(BRANDS[1:], *place, "brand")
        strip.append(strip[-1] if strip and hash_of(*place, "again") % 10 < again else fresh)
        bottles[strip[-1]] += chosen_by(own_bottles if strip[-1] == _OWN else other_bottles, *place, "bottles")
    liking = {brand: chosen_by(own_liking if brand == _OWN else other_liking, *fields, brand) for brand in BRANDS}
    return Buyer(tuple(strip), bottles, liking)


Readings = dict[str, dict[str, float]]


def _read_buyer(buyer: Buyer, sold: float = SILENT) -> Readings:
    """The three measures of one buyer, each as it is meant ("right") and as it is misread.

    ``sold`` is what Lanwan sells to all three.
    """
    orders, repeats, bottles, liking = len(buyer.strip), buyer.repeats, buyer.bottles, buyer.liking
    rivals, rivals_bought = buyer.rivals(liking), buyer.rivals(bottles)
    bought, needed, own = bottles[_OWN], sum(bottles.values()), liking[_OWN]
    rate, ahead = repeat_rate(buyer.strip), relative_attitude(liking, _OWN)
    most_bought = own - rivals[max(rivals_bought, key=rivals_bought.__getitem__)]
    return {
        "repeat": {
            "right": rate,
            "first-purchase-counted": len(repeats) / orders,
            "share-of-orders": buyer.share_of_orders(),
            "own-repeats-only": SILENT if set(repeats) <= {_OWN} else repeats.count(_OWN) / (orders - 1),
            "switches": 1 - rate,
        },
        "share": {
            "right": share_of_requirements(bought, needed),
            "rivals-only": bought / (needed - bought),
            "own-sales": bought / sold,
            "orders-for-bottles": buyer.share_of_orders(),
            "rivals-share": 1 - bought / needed,
        },
        "attitude": {
            "right": ahead,
            "own-alone": own,
            "mean-of-rivals": own - sum(rivals.values()) / len(rivals),
            "mean-of-all": own - sum(liking.values()) / len(liking),
            "most-bought-rival": SILENT if most_bought == ahead else most_bought,
            "sign": -ahead,
        },
    }


def _clear_measures(found: Readings) -> bool:
    """Whether all readings can be told apart; 0 and 9 would stand in "0 of 9 parts are right"."""
    for measure, readings in found.items():
        tol = 2 * (_ATTITUDE_TOL if measure == "attitude" else _RATE_TOL)
        right = readings["right"]
        if min(abs(right), abs(right - len(_SALONS) * len(found))) <= tol:
            return False
        if any(abs(one - other) <= tol for one, other in combinations(readings.values(), 2)):
            return False
    return True


def _clear_buyer(profile: _Profile) -> Callable[[Buyer], bool]:
    """Whether a buyer is of the kind that was meant, and measures right."""
    likes, buys, *_ = profile

    def clear(buyer: Buyer) -> bool:
        bought, needed = buyer.bottles[_OWN], sum(buyer.bottles.values())
        if not 0 < bought < needed or (2 * bought > needed) != buys:
            return False
        found = _read_buyer(buyer)
        return (found["attitude"]["right"] > 0) == likes and _clear_measures(found)

    return clear


def _found_buyer(profile: _Profile, *fields: str) -> Buyer:
    return first_clear(lambda number: _drawn_buyer(profile, *fields, number), _clear_buyer(profile))


@cache
def _buyers(sample: str) -> tuple[Buyer, ...]:
    """Three salons: one likes and buys Lanwan, one buys it and likes another better, one likes it and buys around."""

    def draw(number: str) -> tuple[Buyer, ...]:
        fields = ("loyalty-2", sample, number)
        profiles = zip(_SALONS, mixed_by(_PROFILES, *fields, "who"), strict=True)
        return tuple(_found_buyer(profile, *fields, name) for name, profile in profiles)

    return first_clear(draw, lambda buyers: all(map(_clear_measures, _all_read(buyers))))


def _all_read(buyers: Sequence[Buyer]) -> list[Readings]:
    sold = sum(buyer.bottles[_OWN] for buyer in buyers)
    return [_read_buyer(buyer, sold) for buyer in buyers]


@cache
def _buyer_readings(sample: str) -> dict[str, Readings]:
    return dict(zip(_SALONS, _all_read(_buyers(sample)), strict=True))


def _measure(salon: str, measure: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: _buyer_readings(params["sample"])[salon][measure][reading]


def _buyer_table(params: Params) -> pd.DataFrame:
    rows = [
        {
            "strip": " ".join(buyer.strip),
            **{f"bottles_{brand}": count for brand, count in buyer.bottles.items()},
            **buyer.liking,
        }
        for buyer in _buyers(params["sample"])
    ]
    return pd.DataFrame(rows, index=pd.Index(_SALONS, name="salon"))


_MEAN_RIVAL = Text(
    en="You compared with an average brand. To which one would she go if she left?",
    zh="你拿平均水平来比。她若离开，会去哪一家？",
)
_MISREADINGS: dict[str, dict[str, Text]] = {  # measure -> wrong reading -> hint
    "repeat": {
        "first-purchase-counted": Text(
            en="You divided by all orders. Could the very first one repeat anything?",
            zh="你除以了全部订单。第一单能重复什么？",
        ),
        "share-of-orders": Text(
            en="This is how many of her orders went to Lanwan. Asked is how often she bought again what she bought "
            "last.",
            zh="这是她的订单中蓝湾所占的比例。题目问的是她有多少次又买了上一次的品牌。",
        ),
        "own-repeats-only": Text(
            en="You counted only the repeats of Lanwan. Here a repeat is a repeat, whatever the brand.",
            zh="你只数了蓝湾的重复。这里不论哪个品牌，重复就是重复。",
        ),
        "switches": Text(
            en="You counted the times she switched. What is left when she did not?",
            zh="你数的是她转换品牌的次数。没有转换的是哪些？",
        ),
    },
    "share": {
        "rivals-only": Text(
            en="You divided by what she bought of the rivals. Her requirements are all she needed, Lanwan's bottles "
            "among it.",
            zh="你除以了她从对手那里买的。她的需求是她用的全部，蓝湾的也在内。",
        ),
        "own-sales": Text(
            en="You divided by what Lanwan sold to the salons. The share is a part of what this salon needs.",
            zh="你除以了蓝湾卖给这几家店的总量。品类份额要与这家店自己的全部需求相比。",
        ),
        "orders-for-bottles": Text(
            en="You counted orders. Are they all of one size? Requirements are met in bottles.",
            zh="你数的是订单。每一单都一样多吗？需求要按瓶来算。",
        ),
        "rivals-share": Text(
            en="This is what she needs and buys elsewhere. Which part does she buy of Lanwan?",
            zh="这是她在别家买的部分。蓝湾占了多少？",
        ),
    },
    "attitude": {
        "own-alone": Text(
            en="This is her attitude to Lanwan alone. How much does she like the best of the others?",
            zh="这只是她对蓝湾的态度。她最喜欢的那个对手，她有多喜欢？",
        ),
        "mean-of-rivals": _MEAN_RIVAL,
        "mean-of-all": _MEAN_RIVAL,
        "most-bought-rival": Text(
            en="You compared with the rival she buys most. Is it also the one she likes best?",
            zh="你比的是她买得最多的对手。它也是她最喜欢的吗？",
        ),
        "sign": Text(
            en="You took Lanwan away from the rival. A brand that is ahead has a positive number.",
            zh="你用对手减了蓝湾。领先的品牌应当得正数。",
        ),
    },
}
_MEASURES = {
    "repeat": (
        Text(en="repeat rate of {salon}", zh="{salon} 的重复购买率"),
        Text(en="The first purchase repeats nothing.", zh="第一次购买没有重复任何东西。"),
    ),
    "share": (
        Text(en="Lanwan's share of requirements of {salon}", zh="蓝湾在 {salon} 的品类份额"),
        Text(
            en="Which part of all the bottles this salon bought is Lanwan's?",
            zh="这家店买的全部瓶数中，蓝湾占多少？",
        ),
    ),
    "attitude": (
        Text(en="relative attitude of {salon} to Lanwan", zh="{salon} 对蓝湾的相对态度"),
        Text(en="An attitude is relative to the best rival.", zh="态度是相对于最强的对手而言的。"),
    ),
}


def _measure_part(salon: str, measure: str) -> NumberItem:
    ask, hint = _MEASURES[measure]
    is_rate = measure != "attitude"
    return NumberItem(
        ask=ask.format(salon=salon),
        unit=_DECIMALS if is_rate else Text(en="points of the scale", zh="量表的分"),
        decimals=3 if is_rate else 1,
        rel_tol=0.0,
        abs_tol=_RATE_TOL if is_rate else _ATTITUDE_TOL,
        solve=_measure(salon, measure),
        traps=tuple(
            Trap("mean-for-best" if words is _MEAN_RIVAL else name, _measure(salon, measure, name), words)
            for name, words in _MISREADINGS[measure].items()
        ),
        hint=hint,
        why=_SEE_PARTS,
        points=0.5,
    )


_BUYER_PARTS: dict[str, Item] = {
    f"{salon} {measure}": _measure_part(salon, measure) for salon in _SALONS for measure in _MEASURES
}


def _why_measures(params: Params) -> Text:
    en, zh = [], []
    for salon, buyer in zip(_SALONS, _buyers(params["sample"]), strict=True):
        found = _buyer_readings(params["sample"])[salon]
        rate, share, ahead = (found[measure]["right"] for measure in _MEASURES)
        bottles, best = sum(buyer.bottles.values()), max(buyer.rivals(buyer.liking).values())
        steps = (
            f"{len(buyer.repeats)} / {len(buyer.strip) - 1} = {rate:.3f}; "
            f"{buyer.bottles[_OWN]} / {bottles} = {share:.3f}; {buyer.liking[_OWN]} - {best} = {shown(ahead)}"
        )
        en.append(f"{salon}: {steps}.")
        zh.append(f"{salon}：{steps}。".replace("; ", "；"))
    return Text(
        en=f"Repeats over orders less the first, Lanwan's bottles over all bottles, own attitude less the best "
        f"rival's. {' '.join(en)} No two of the measures say the same.",
        zh="重复的次数除以第一单之后的订单数；蓝湾的瓶数除以全部瓶数；对蓝湾的态度减去对最强对手的态度。"
        f"{''.join(zh)}三个指标说的不是一回事。",
    )


item_2 = PartsItem(
    id="loyalty-2",
    ask=Text(
        en="Three salons and their last orders. `strip` gives the brand of each order, oldest first; `bottles_...` "
        "count the bottles of each brand in them. Lines with a brand's name alone hold the owner's attitude to it, "
        "from 1 to 7. Give the repeat rate of each salon: how often she bought again what she bought last, whatever "
        "the brand. Give Lanwan's share of requirements (in bottles) and the relative attitude to Lanwan, too.",
        zh="三家店最近的订单。`strip` 是每一单的品牌，从最早到最近：蓝湾（Lanwan）、谷仓（Granary）、月桂（Laurel）、"
        "青禾（Meadow）。`bottles_` 开头的是这些订单中各品牌的瓶数；只写品牌名的是店主对它的态度，从 1 分到 7 分。"
        "请给出每家店的重复购买率：有多大比例的订货又买了上一次的品牌，不论哪个品牌。再给出蓝湾的品类份额"
        "（share of requirements，蓝湾在这家店品类需求中所占的比例，按瓶计）和对蓝湾的相对态度。",
    ),
    choices={"sample": sample_names(80)},
    example={"sample": PUBLISHED},
    exhibit=_buyer_table,
    parts=_BUYER_PARTS,
    why=_why_measures,
    concepts=("loyalty.measure-repeat", "loyalty.measure-emotion"),
)

# --- E04.3 a habit, and two weeks without it -------------------------------------------------------------------------

_STOCK_OUTS = 2
_INITIAL = {"L": "Lanwan", "G": "Granary", "A": "Laurel", "M": "Meadow"}
_STRIPS = tuple(
    [_INITIAL[letter] for letter in strip]
    for strip in (
        *("LLGLLA", "GLLALL", "LALLLG", "LLLMLL", "MLLGLL", "LGLLML", "ALLLGL", "LLAGLL", "GLALLL", "LLMLAL"),
        *("LLLGLAL", "LGLLLAL", "MLLLALL", "LLALGLL", "GGLLLML", "ALLMLLL", "LLGALLL", "LMLLGLL", "LAALLLL", "GLLLLAL"),
    )
)


@lru_cache(maxsize=4096)
def _habits_after(orders: tuple[str, ...], carry_over: float) -> tuple[float, ...]:
    """The loyalty variable of each brand after these orders."""
    return tuple(loyalty_variable(orders, BRANDS, carry_over).iloc[-1].tolist())


def _habit(params: Params, missed: int = 0, *, keeps: float | None = None) -> tuple[float, ...]:
    """The habit after the strip and so many forced orders of the rival."""
    orders = (*params["strip"], *[params["rival"]] * missed)
    return _habits_after(orders, params["carry_over"] if keeps is None else keeps)


def _keeps_the_newest(params: Params) -> float:
    """Lambda given to the newest order, and the rest to the past."""
    return round(1 - float(params["carry_over"]), 6)


def _stays(params: Params, habit: Sequence[float], *, liking: bool = True) -> float:
    """The chance of Lanwan with this habit."""
    liked = [params["attitude_weight"] * one if liking else 0.0 for one in params["attitudes"]]
    worth = [like + params["habit_weight"] * own for like, own in zip(liked, habit, strict=True)]
    return float(choice_probabilities(worth)[0])


def _own_habit(params: Params) -> float:
    return _habit(params)[0]


def _right_chance(params: Params) -> float:
    return _stays(params, _habit(params, _STOCK_OUTS))


def _nobody_gains(params: Params) -> float:
    """The chance when Lanwan's habit fades and the rival's does not grow."""
    own, *others = _habit(params)
    return _stays(params, [params["carry_over"] ** _STOCK_OUTS * own, *others])


_NEWEST_BY_LAMBDA = Text(
    en="You gave lambda to the newest order. Lambda keeps the past: how much is left for the newest choice?",
    zh="你把 λ 给了最新的一单。λ 留住的是过去：留给最新一次选择的有多少？",
)
_HABIT_PARTS: dict[str, Item] = {
    "loyalty": NumberItem(
        ask=Text(en="Lanwan's loyalty variable after the orders", zh="这些订单之后，蓝湾的忠诚变量"),
        unit=_DECIMALS,
        decimals=3,
        rel_tol=0.0,
        abs_tol=_RATE_TOL,
        solve=_own_habit,
        traps=(
            Trap(
                "newest-by-lambda", lambda params: _habit(params, keeps=_keeps_the_newest(params))[0], _NEWEST_BY_LAMBDA
            ),
            Trap(
                "share-of-orders",
                lambda params: params["strip"].count(_OWN) / len(params["strip"]),
                Text(
                    en="This is Lanwan's share of the orders. In a habit, does an old order weigh as much as a new "
                    "one?",
                    zh="这是蓝湾在订单中的份额。在习惯里，旧订单和新订单一样重吗？",
                ),
            ),
            Trap(
                "empty-start",
                lambda params: _own_habit(params) - params["carry_over"] ** len(params["strip"]) / len(BRANDS),
                Text(
                    en="You started from nothing. Which values before the first order does the question give?",
                    zh="你从零开始算了。题目给出的、第一单之前的值是多少？",
                ),
            ),
            Trap(
                "newest-first",
                lambda params: _habits_after(tuple(reversed(params["strip"])), params["carry_over"])[0],
                Text(
                    en="You read the orders from the wrong end. Which of them is the newest?",
                    zh="你把订单的先后读反了。哪一单是最新的？",
                ),
            ),
            Trap(
                "stock-outs-included",
                lambda params: _habit(params, _STOCK_OUTS)[0],
                Text(
                    en="This is the value after the stock-outs. Asked is the one before them.",
                    zh="这是断货之后的值。题目问的是断货之前。",
                ),
            ),
        ),
        hint=Text(
            en="Lambda keeps the past. How much is left for the newest choice?",
            zh="λ 留住的是过去。留给最新一次选择的有多少？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
    "staying": NumberItem(
        ask=Text(
            en="chance that she orders Lanwan when it is back after the two stock-outs",
            zh="两次断货之后蓝湾恢复供货，她订蓝湾的概率",
        ),
        unit=_DECIMALS,
        decimals=3,
        rel_tol=0.0,
        abs_tol=_RATE_TOL,
        solve=_right_chance,
        traps=(
            Trap(
                "newest-by-lambda",
                lambda params: _stays(params, _habit(params, _STOCK_OUTS, keeps=_keeps_the_newest(params))),
                _NEWEST_BY_LAMBDA,
            ),
            Trap(
                "stock-outs-forgotten",
                lambda params: _stays(params, _habit(params)),
                Text(
                    en="This is her chance before the stock-outs. What did two orders elsewhere do to her habit?",
                    zh="这是断货之前的概率。在别家订了两次，她的习惯有什么变化？",
                ),
            ),
            Trap(
                "one-stock-out",
                lambda params: _stays(params, _habit(params, 1)),
                Text(
                    en="You let one order go elsewhere. How many times was Lanwan missing?",
                    zh="你只算了一次在别家的订货。蓝湾断了几次货？",
                ),
            ),
            Trap(
                "nobody-gains",
                _nobody_gains,
                Text(
                    en="Lanwan's habit fades in your sum and no other grows. To what do the four add up now?",
                    zh="你让对蓝湾的习惯淡了，却没有让对别家的习惯增长。四个值现在加起来是多少？",
                ),
            ),
            Trap(
                "habit-for-chance",
                lambda params: _habit(params, _STOCK_OUTS)[0],
                Text(
                    en="This is her habit after the stock-outs, not her chance. What turns utilities into chances?",
                    zh="这是断货之后的习惯，不是概率。效用怎样变成概率？",
                ),
            ),
            Trap(
                "liking-left-out",
                lambda params: _stays(params, _habit(params, _STOCK_OUTS), liking=False),
                Text(
                    en="You let her choose by habit alone. What else is in the utility of a brand?",
                    zh="你让她只凭习惯选择。品牌的效用里还有什么？",
                ),
            ),
        ),
        hint=Text(
            en="Carry the habit of all four brands through both stock-outs, add attitude and habit with their weights, "
            "then take the logit.",
            zh="先把对四个品牌的习惯推算到两次断货之后，再把态度和习惯各乘权重相加，最后代入 logit 公式。",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _no_habit(params: Params) -> bool:
    """Whether a number is next to nothing, or two readings cannot be told apart."""
    return min(_own_habit(params), _right_chance(params)) < 0.05 or traps_meet(_HABIT_PARTS, params)


def _why_habit(params: Params) -> Text:
    keep, left = shown(params["carry_over"]), shown(1 - params["carry_over"])
    before, after = _habit(params), _habit(params, _STOCK_OUTS)
    rows = [
        f"{brand} {shown(params['attitude_weight'])} * {shown(liked)} + {shown(params['habit_weight'])} * {own:.4f}"
        for brand, liked, own in zip(BRANDS, params["attitudes"], after, strict=True)
    ]
    own, chance, calm = f"{before[0]:.4f}", f"{_right_chance(params):.3f}", f"{_stays(params, before):.3f}"
    faded = f"{own} * {keep} * {keep} = {after[0]:.4f}"
    return Text(
        en=f"Each order keeps {keep} of the past and gives {left} to the brand bought: after the strip Lanwan has "
        f"{own}. Two orders elsewhere leave {faded}. The utilities are {', '.join(rows)}; the logit gives Lanwan "
        f"{chance}. Without the stock-outs it would be {calm}.",
        zh=f"每一单保留过去的 {keep}，把 {left} 给所买的品牌：这些订单之后，蓝湾的忠诚变量是 {own}。"
        f"在别家订两次之后剩下 {faded}。各品牌的效用为：{'，'.join(rows)}；"
        f"代入 logit 公式，选蓝湾的概率是 {chance}。如果没有断货，会是 {calm}。",
    )


item_3 = PartsItem(
    id="loyalty-3",
    ask=Text(
        en="A salon has ordered, oldest first: `{strip}`. Before the first order the loyalty variable of each of the "
        "four brands was the same. Lambda is {carry_over}. Then Lanwan is out of stock twice, and both times the salon "
        "orders {rival}. After that all four are there, with equal prices and news. The utility of a brand is "
        "{attitude_weight} times the attitude in the table plus {habit_weight} times its loyalty variable. Give "
        "Lanwan's loyalty variable after the listed orders, and the chance that the salon then orders Lanwan again.",
        zh="一家店的订单从最早到最近为：`{strip}`"
        "（蓝湾 Lanwan、谷仓 Granary、月桂 Laurel、青禾 Meadow）。"
        "第一单之前，四个品牌的忠诚变量相同。λ 为 {carry_over}。随后蓝湾断货两次，这家店两次都订了 {rival}。"
        "此后四个品牌都有货，价格和质量信息没有差别。"
        "品牌的效用等于 {attitude_weight} 乘表中的态度，加 {habit_weight} 乘它的忠诚变量。"
        "请给出所列订单之后蓝湾的忠诚变量，以及断货结束后这家店再订蓝湾的概率。",
    ),
    choices={
        "strip": _STRIPS,
        "rival": BRANDS[1:],
        "carry_over": (0.6, 0.7, 0.75, 0.8, 0.85, 0.9),
        "attitudes": tuple(
            [float(one) for one in liked]
            for liked in (
                *((0.8, 0.2, 0.5, -0.4), (0.5, -0.2, 0.9, 0.1), (1.2, 0.4, -0.3, 0.6), (0.3, 0.6, -0.5, -0.1)),
                *((0.9, -0.6, 0.4, 0.2), (0.4, 0.1, -0.2, 0.7), (1.0, 0.8, 0.3, -0.5), (-0.2, 0.5, 0.1, -0.7)),
            )
        ),
        "attitude_weight": (0.3, 0.5, 0.8, 1.2),
        "habit_weight": (2, 2.5, 3, 3.5, 4),
    },
    example={
        "strip": _STRIPS[0],
        "rival": "Granary",
        "carry_over": 0.8,
        "attitudes": [0.8, 0.2, 0.5, -0.4],
        "attitude_weight": 0.3,
        "habit_weight": 4,
    },
    reject=_no_habit,
    exhibit=lambda params: pd.DataFrame({"attitude": params["attitudes"]}, index=pd.Index(BRANDS, name="brand")),
    parts=_HABIT_PARTS,
    why=_why_habit,
    concepts=("loyalty.behavioural",),
)

# --- E04.4 six customers, diagnosed ----------------------------------------------------------------------------------

_PANEL = tuple(f"c{number}" for number in range(1, 7))
# What `diagnose` finds after 60 orders, by type of loyalty: mean and standard deviation of each coefficient.
_FITTED: dict[str, tuple[tuple[float, float], ...]] = {
    "impulse": ((-0.7, 0.4), (1.9, 0.5), (0.3, 0.2), (0.3, 0.3), (0.8, 0.9)),
    "affective": ((-0.3, 0.4), (0.25, 0.5), (0.3, 0.3), (1.7, 0.5), (1.6, 0.9)),
    "cognitive": ((-0.6, 0.4), (0.3, 0.5), (1.9, 0.4), (0.3, 0.35), (0.9, 1.0)),
    "behavioural": ((-0.3, 0.4), (0.2, 0.5), (0.25, 0.25), (0.4, 0.4), (3.4, 0.6)),
}
_PRICE_MINDED = (-1.6, 0.2)  # one customer whom the price moves more than what names her type
# The same of the spreads within a choice; a habit spreads the more, the more often one brand is bought.
_SPREADS = {"price": (0.54, 0.02), "promo": (0.35, 0.02), "info": (0.78, 0.03), "attitude": (0.8, 0.12)}
_HABIT_SPREAD = {"impulse": (0.15, 0.02), "affective": (0.25, 0.03), "cognitive": (0.15, 0.02)}
_HABIT_SPREAD |= {"behavioural": (0.26, 0.03)}


@dataclass(frozen=True)
class Fit:
    """What a panel tells about one customer: coefficient and spread by term, and what a colleague calls her."""

    coefficient: dict[str, float]
    spread: dict[str, float]
    colleague: str

    def importance(self) -> dict[str, float]:
        """Size of each coefficient times its spread within a choice, as in ``diagnose``."""
        return {term: abs(self.coefficient[term]) * self.spread[term] for term in TERMS}


def _type_by(strength: Mapping[str, float]) -> str:
    """The type whose term is strongest; the price names none."""
    return TYPE_OF[max(TYPE_OF, key=lambda term: strength[term])]


def _kappa(labels: Sequence[str], others: Sequence[str]) -> float:
    """Cohen's kappa: agreement beyond chance, of what is possible beyond chance."""
    observed, expected = _agreements(labels, others)
    return (observed - expected) / (1 - expected)


def _agreements(labels: Sequence[str], others: Sequence[str]) -> tuple[float, float]:
    """Observed agreement, and the agreement that chance alone would bring."""
    size = len(labels)
    one, two = Counter(labels), Counter(others)
    same = sum(a == b for a, b in zip(labels, others, strict=True))
    return same / size, sum(one[label] * two[label] for label in _TYPES) / size**2


def _drawn_fit(kind: str, price_minded: bool, *fields: str) -> Fit:
    fitted = dict(zip(TERMS, _FITTED[kind], strict=True)) | ({"price": _PRICE_MINDED} if price_minded else {})
    coefficient = {term: round(_normal(mean, sd, *fields, term), 2) for term, (mean, sd) in fitted.items()}
    spreads = {**_SPREADS, "habit": _HABIT_SPREAD[kind]}
    spread = {term: round(_normal(*spreads[term], *fields, term, "spread"), 2) for term in TERMS}
    mistakes = [other for other in _TYPES if other != kind]
    wrong = hash_of(*fields, "mistake") % 10 < 3
    return Fit(coefficient, spread, chosen_by(mistakes, *fields, "colleague") if wrong else kind)


Diagnoses = dict[str, list[str]]


def _diagnoses(fits: Sequence[Fit]) -> Diagnoses:
    """The types of the six, as they are meant ("right") and as they are misread."""
    return {
        "right": [_type_by(fit.importance()) for fit in fits],
        "raw": [_type_by({term: abs(one) for term, one in fit.coefficient.items()}) for fit in fits],
        "spread": [_type_by(fit.spread) for fit in fits],
        "divided": [_type_by({term: abs(fit.coefficient[term]) / fit.spread[term] for term in TERMS}) for fit in fits],
        "colleague": [fit.colleague for fit in fits],
    }


def _kappa_readings(found: Diagnoses) -> dict[str, float]:
    labels, others = found["right"], found["colleague"]
    observed, expected = _agreements(labels, others)
    guess = 1 / len(_TYPES)
    return {
        "right": _kappa(labels, others),
        "raw": _kappa(found["raw"], others),
        "observed": observed,
        "expected": expected,
        "beyond": observed - expected,
        "even-chance": (observed - guess) / (1 - guess),
    }


def _price_first(fit: Fit) -> bool:
    """Whether the price moves her more than anything that names a type."""
    importance = fit.importance()
    return max(importance, key=importance.__getitem__) == "price"


def _clear_fit(kind: str, price_minded: bool) -> Callable[[Fit], bool]:
    """Whether a customer is plainly of the type that was meant, and the price comes first where it was meant to."""
    term = next(name for name, other in TYPE_OF.items() if other == kind)

    def clear(fit: Fit) -> bool:
        importance = fit.importance()
        others = [importance[name] for name in TYPE_OF if name != term]
        plain = fit.coefficient[term] > 0 and importance[term] >= 1.12 * max(others)
        return plain and _price_first(fit) == price_minded

    return clear


def _clear_fits(fits: Sequence[Fit]) -> bool:
    """Whether raw coefficients mislead at least twice, the colleague errs, and all misreadings can be told apart."""
    found = _diagnoses(fits)
    misled, mistaken = (
        sum(one != two for one, two in zip(found["right"], found[other], strict=True)) for other in ("raw", "colleague")
    )
    values = list(_kappa_readings(found).values())
    return (
        misled >= 2
        and mistaken in (1, 2, 3)
        and len({tuple(labels) for labels in found.values()}) == len(found)
        and abs(values[0]) > 0.1
        and all(abs(one - two) > 0.012 for one, two in combinations(values, 2))
    )


def _found_fit(kind: str, price_minded: bool, *fields: str) -> Fit:
    return first_clear(lambda number: _drawn_fit(kind, price_minded, *fields, number), _clear_fit(kind, price_minded))


@cache
def _fits(sample: str) -> tuple[Fit, ...]:
    """Six customers, every type among them and one whom the price moves most, in an order that tells nothing."""

    def draw(number: str) -> tuple[Fit, ...]:
        fields = ("loyalty-4", sample, number)
        sixth = chosen_by(list(_TYPES), *fields, "sixth")
        kinds = [(kind, False) for kind in (*_TYPES, sixth)]
        kinds.append((chosen_by(("impulse", "behavioural"), *fields, "price-minded"), True))
        people = zip(_PANEL, mixed_by(kinds, *fields, "who"), strict=True)
        return tuple(_found_fit(kind, priced, *fields, name) for name, (kind, priced) in people)

    return first_clear(draw, _clear_fits)


@cache
def _diagnosed(sample: str) -> Diagnoses:
    return _diagnoses(_fits(sample))


@cache
def _kappas(sample: str) -> dict[str, float]:
    return _kappa_readings(_diagnosed(sample))


def _typed(reading: str) -> Callable[[Params], dict[str, str]]:
    return lambda params: dict(zip(_PANEL, _diagnosed(params["sample"])[reading], strict=True))


def _one_raw(customer: str) -> Callable[[Params], Labels]:
    """The label of the largest raw coefficient of one customer, or none where it is right."""

    def labelled(params: Params) -> Labels:
        raw, right = _typed("raw")(params)[customer], _typed("right")(params)[customer]
        return {customer: None if raw == right else raw}

    return labelled


def _priced_as(label: str) -> Callable[[Params], Labels]:
    """The customers whom the price moves most, called by this label."""

    def labelled(params: Params) -> Labels:
        right = _typed("right")(params)
        fits = zip(_PANEL, _fits(params["sample"]), strict=True)
        wrong: Labels = {name: label for name, fit in fits if _price_first(fit) and right[name] != label}
        return wrong or {_PANEL[0]: None}

    return labelled


def _kappa_of(reading: str) -> Callable[[Params], float]:
    return lambda params: _kappas(params["sample"])[reading]


def _fit_table(params: Params) -> pd.DataFrame:
    rows = [
        {
            **fit.coefficient,
            **{f"{term}_spread": fit.spread[term] for term in TERMS},
            "colleague": fit.colleague,
        }
        for fit in _fits(params["sample"])
    ]
    return pd.DataFrame(rows, index=pd.Index(_PANEL, name="customer"))


_RAW = Text(
    en="You compared raw coefficients. Price is in currency, promotion is 0 or 1, habit lies between 0 and 1: by how "
    "much does each really move?",
    zh="你直接比较了系数。价格以元计，促销取 0 或 1，习惯在 0 和 1 之间：每一项实际变动多大？",
)
_DIAGNOSIS_PARTS: dict[str, Item] = {
    "types": MappingItem(
        ask=Text(en="the type of each customer", zh="每位客户的类型"),
        keys={name: Text(en=name, zh=name) for name in _PANEL},
        labels=_TYPES,
        solve=_typed("right"),
        traps=(
            Trap("raw-coefficients", _typed("raw"), _RAW),
            Trap(
                "divided",
                _typed("divided"),
                Text(
                    en="You divided by the spread. A term that hardly moves can move no choice: what should its small "
                    "spread do to its weight?",
                    zh="你除以了变动幅度。几乎不变动的项影响不了选择：变动幅度小，应当使它的作用变大还是变小？",
                ),
            ),
            Trap(
                "spread-alone",
                _typed("spread"),
                Text(
                    en="You looked only at how much the terms move. Does every customer care about what moves?",
                    zh="你只看了各项变动多大。变动大的，客户就都在意吗？",
                ),
            ),
            Trap(
                "colleague-copied",
                _typed("colleague"),
                Text(
                    en="These are your colleague's labels. Make your own diagnosis before you compare.",
                    zh="这是同事的标签。请先自己诊断，再作比较。",
                ),
            ),
            *(
                Trap(
                    "price-named-a-type",
                    _priced_as(label),
                    Text(
                        en="The price moves this customer most, and you let it name her type. Two types watch the "
                        "price: what tells them apart?",
                        zh="价格对这位客户影响最大，你就用它定了类型。有两类客户都在意价格：靠什么区分？",
                    ),
                )
                for label in ("cognitive", "impulse")
            ),
            *(Trap("raw-coefficients", _one_raw(name), _RAW) for name in _PANEL),
        ),
        hint=Text(
            en="Multiply each weight by how much its variable really moves within a choice. The price names no type.",
            zh="把每个权重乘以该变量在一次选择中的实际变动幅度。价格不决定类型。",
        ),
        why=_SEE_PARTS,
        points=2,
    ),
    "kappa": NumberItem(
        ask=Text(en="Cohen's kappa of your labels and your colleague's", zh="你的标签与同事标签的 Kappa 系数"),
        unit=_DECIMALS,
        decimals=3,
        rel_tol=0.0,
        abs_tol=0.005,
        solve=_kappa_of("right"),
        traps=(
            Trap("raw-coefficients", _kappa_of("raw"), _RAW),
            Trap(
                "agreement",
                _kappa_of("observed"),
                Text(
                    en="This is how often you two agree. How often would you agree by chance?",
                    zh="这是你们实际一致的比例。仅凭偶然，会有多大比例一致？",
                ),
            ),
            Trap(
                "chance",
                _kappa_of("expected"),
                Text(
                    en="This is how often chance alone makes you agree. What did you reach beyond it?",
                    zh="这是仅凭偶然也会一致的比例。你们的一致比它多出多少？",
                ),
            ),
            Trap(
                "not-divided",
                _kappa_of("beyond"),
                Text(
                    en="This is the agreement beyond chance. Of how much that was possible?",
                    zh="这是超出偶然的那部分一致。最多可能超出多少？",
                ),
            ),
            Trap(
                "even-chance",
                _kappa_of("even-chance"),
                Text(
                    en="You let chance use the four labels alike. How often does each of you two use them?",
                    zh="你假定偶然用到四个标签的机会均等。你们两人各自用每个标签的比例是多少？",
                ),
            ),
        ),
        hint=Text(
            en="Agreement less chance agreement, divided by one less chance agreement. Are all your types right?",
            zh="实际一致减去偶然一致，再除以一与偶然一致之差。六位客户的类型都诊断对了吗？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _why_diagnosis(params: Params) -> Text:
    found = _diagnosed(params["sample"])
    terms = {kind: term for term, kind in TYPE_OF.items()}
    en, zh = [], []
    for name, fit, kind in zip(_PANEL, _fits(params["sample"]), found["right"], strict=True):
        term = terms[kind]
        product = f"{shown(fit.coefficient[term])} * {shown(fit.spread[term])} = {fit.importance()[term]:.3f}"
        en.append(f"{name} {_TYPES[kind].en} ({term}: {product})")
        zh.append(f"{name} {_TYPES[kind].zh}（{term}：{product}）")
    observed, expected, kappa = (f"{_kappas(params['sample'])[name]:.3f}" for name in ("observed", "expected", "right"))
    steps = f"({observed} - {expected}) / (1 - {expected}) = {kappa}"
    return Text(
        en=f"Coefficient times spread, the largest of the four that name a type: {', '.join(en)}. You agree in "
        f"{observed} of the cases, by chance {expected}: {steps}. Six customers are few for a kappa; it only "
        "illustrates.",
        zh=f"系数乘变动幅度，取决定类型的四项中最大的：{'、'.join(zh)}。实际一致 {observed}，偶然一致 {expected}："
        f"{steps}。六位客户太少，这里的 Kappa 系数只作示意。",
    )


item_4 = PartsItem(
    id="loyalty-4",
    ask=Text(
        en="A logit was fitted to the orders of each of six customers. The table gives the coefficients of price, "
        "promotion (`promo`), news on quality (`info`), `attitude` and `habit`. What ends in `_spread` says how much "
        "that term varies within a choice; `colleague` holds another's diagnosis. Name the type of each customer by "
        "the term that moves her choices most; the price names no type. Then give Cohen's kappa of your six labels and "
        "your colleague's.",
        zh="对六位客户的订单分别拟合了 logit 模型。表中给出价格（price）、促销（promo）、质量信息（info）、"
        "态度（attitude）、习惯（habit）的系数；名称以 `_spread` 结尾的，是该项在一次选择中的变动幅度。"
        "`colleague` 是同事的诊断。"
        "请按对选择影响最大的一项，诊断每位客户的类型；价格不决定类型。再求你的六个标签与同事标签的 Kappa 系数。",
    ),
    choices={"sample": sample_names(80)},
    example={"sample": PUBLISHED},
    exhibit=_fit_table,
    parts=_DIAGNOSIS_PARTS,
    why=_why_diagnosis,
    concepts=("loyalty.four-degrees", "loyalty.measure-price-sensitivity"),
)

# --- E04.5 match the offer -------------------------------------------------------------------------------------------

_OFFERS = {
    "discount": Text(en="discount", zh="折扣"),
    "facts": Text(en="facts", zh="质量资料"),
    "care": Text(en="care", zh="关怀"),
    "standing_order": Text(en="standing order", zh="定期送货"),
}
Chances = Mapping[str, Mapping[str, float]]


@cache
def _chances() -> Chances:
    """The chance that a customer of each type stays with each offer, and with none."""
    return {kind: {offer: stress(kind, offer=offer) for offer in get_args(Offer)} for kind in WEIGHTS}


def _gains() -> Chances:
    return {kind: {offer: row[offer] - row["none"] for offer in _OFFERS} for kind, row in _chances().items()}


def _per_cost(of: Chances, params: Params) -> dict[str, dict[str, float]]:
    return {kind: {offer: row[offer] / params[offer] for offer in _OFFERS} for kind, row in of.items()}


def _best(of: Chances) -> dict[str, str]:
    """The offer with the largest number, for each type."""
    return {kind: max(_OFFERS, key=lambda offer: row[offer]) for kind, row in of.items()}


def _matched(params: Params) -> dict[str, str]:
    return _best(_per_cost(_gains(), params))


def _largest_gain(params: Params) -> dict[str, str]:
    return _best(_gains())


def _cheapest(params: Params) -> str:
    return min(_OFFERS, key=lambda offer: float(params[offer]))


def _same_for_all(offer: Callable[[Params], str]) -> Callable[[Params], dict[str, str]]:
    return lambda params: dict.fromkeys(_TYPES, offer(params))


def _level_per_cost(params: Params) -> Labels:
    """The offers by chance per cost, silent where that is simply the cheapest one."""
    found = _best(_per_cost(_chances(), params))
    return {next(iter(_TYPES)): None} if set(found.values()) == {_cheapest(params)} else {**found}


def _upside_down(params: Params) -> dict[str, str]:
    """The offers by cost per gain, the highest taken for the best."""
    return {kind: min(_OFFERS, key=lambda offer: row[offer]) for kind, row in _per_cost(_gains(), params).items()}


def _one_type(kind: str, wrong: Callable[[Params], Mapping[str, str]]) -> Callable[[Params], Labels]:
    """A wrong offer for one type, or none where it is right."""
    return lambda params: {kind: None if wrong(params)[kind] == _matched(params)[kind] else wrong(params)[kind]}


def _worth_by_rank(params: Params) -> list[list[float]]:
    return [sorted(row.values(), reverse=True) for row in _per_cost(_gains(), params).values()]


def _no_match(params: Params) -> bool:
    """Whether two offers are as good, the cost changes nothing, or a misconception is right for all types."""
    truth = _matched(params)
    return (
        any(first < 1.1 * second for first, second, *_ in _worth_by_rank(params))
        or len({params[offer] for offer in _OFFERS}) < len(_OFFERS)
        or truth in (_largest_gain(params), _same_for_all(_cheapest)(params), _level_per_cost(params))
        or len(set(truth.values())) < 2
    )


_DISCOUNT_FOR_ALL = Text(
    en="Whom does a discount persuade who was not already staying? Look at what it adds to each type's chance.",
    zh="折扣能说服哪些本来不会留下的人？看看它让每类客户留下的概率增加了多少。",
)


def _why_match(params: Params) -> Text:
    gains, truth = _gains(), _matched(params)
    en, zh = [], []
    for kind, offer in truth.items():
        gain, cost = gains[kind][offer], params[offer]
        steps = f"{gain:.4f} / {cost} = {gain / cost:.5f}"
        en.append(f"{_TYPES[kind].en}: {_OFFERS[offer].en}, {steps}")
        zh.append(f"{_TYPES[kind].zh}：{_OFFERS[offer].zh}，{steps}")
    moved = [kind for kind, offer in _largest_gain(params).items() if offer != truth[kind]]
    return Text(
        en=f"Chance with the offer less chance without, divided by the cost. {'; '.join(en)}. For "
        f"{', '.join(_TYPES[kind].en for kind in moved)} another offer gains more in all and less for its money.",
        zh=f"采取这项措施时留下的概率，减去不采取措施时的概率，再除以成本。{'；'.join(zh)}。对"
        f"{'、'.join(_TYPES[kind].zh for kind in moved)}客户，另有一项措施增加得更多，但每花一元的效果不如所选的。",
    )


item_5 = MappingItem(
    id="loyalty-5",
    ask=Text(
        en="Lanwan can make four offers. Each costs, in yuan per salon: `discount` {discount}; `facts`, a data sheet "
        "with figures, {facts}; `care`, a personal visit, {care}; `standing_order`, deliveries that come by "
        "themselves, {standing_order}. The table holds the chance that a customer of each type stays with her brand, "
        "with each offer and without one (`none`). For each type pick the offer that gains most chance to stay per "
        "yuan.",
        zh="蓝湾有四项措施可选，每家店的成本（元）如下：`discount`（折扣）{discount}，`facts`（附数据的质量资料）"
        "{facts}，"
        "`care`（上门关怀）{care}，`standing_order`（此后的货定期自动送到）{standing_order}。"
        "表中是各类客户留在原品牌的概率，分不采取措施（none）和采取各项措施两种情形。"
        "请为每类客户选出每花一元、使留下的概率增加最多的措施。",
    ),
    keys=_TYPES,
    labels=_OFFERS,
    choices={
        "discount": (8, 10, 15, 20, 50, 90),
        "facts": (3, 6, 12, 15, 30, 40),
        "care": (8, 12, 15, 20, 30, 60),
        "standing_order": (4, 5, 10, 12, 22, 36),
    },
    example={"discount": 20, "facts": 6, "care": 60, "standing_order": 10},
    reject=_no_match,
    solve=_matched,
    exhibit=lambda params: pd.DataFrame(list(_chances().values()), index=pd.Index(list(_TYPES), name="type")),
    traps=(
        Trap("discount-for-all", _same_for_all(always("discount")), _DISCOUNT_FOR_ALL),
        Trap(
            "cheapest-for-all",
            _same_for_all(_cheapest),
            Text(
                en="You gave everybody the cheapest offer. What does the yuan buy with each type?",
                zh="你给所有客户都选了最便宜的措施。花在每类客户身上的一元，各换来什么？",
            ),
        ),
        Trap(
            "level-for-gain",
            _level_per_cost,
            Text(
                en="You divided the whole chance by the cost. Many would have stayed anyway: what did the offer add?",
                zh="你用整个概率除以成本。很多人本来就会留下：这项措施增加了多少？",
            ),
        ),
        Trap(
            "upside-down",
            _upside_down,
            Text(
                en="You picked the dearest gain. With cost over gain the best offer has the smallest number.",
                zh="你选了代价最高的措施。用成本除以增加量，数最小的才最好。",
            ),
        ),
        *(
            Trap(
                "cost-ignored",
                _one_type(kind, _largest_gain),
                Text(
                    en="For one type you took the largest gain, whatever it costs. What does a yuan bring there?",
                    zh="对其中一类，你只看增加多少，没看花费多少。花在那里的一元带来多少？",
                ),
            )
            for kind in _TYPES
        ),
        *(
            Trap("discount-for-all", _one_type(kind, _same_for_all(always("discount"))), _DISCOUNT_FOR_ALL)
            for kind in _TYPES
        ),
    ),
    hint=Text(
        en="For each type take the chance without an offer away from each chance, divide by the cost, and compare.",
        zh="对每一类：用采取各项措施时的概率减去不采取措施时的概率，除以成本，再比较。",
    ),
    why=_why_match,
    concepts=("loyalty.impulse", "loyalty.affective", "loyalty.cognitive", "loyalty.behavioural"),
    points=3,
)

# --- E04.6 spurious loyals -------------------------------------------------------------------------------------------

_STREET = tuple(f"S{number:02d}" for number in range(1, 37))
_MIDDLE = 4.0  # of the scale from 1 to 7
_STEP = 0.25  # of an attitude, the mean of four answers
_COLUMNS = ("attitude", "best_rival", "repeat_rate", "revenue", "margin")


@dataclass(frozen=True)
class Salon:
    """One salon's attitudes (1 to 7), repeat rate (0..1), and yearly revenue and margin [yuan]."""

    attitude: float
    best_rival: float
    repeat_rate: float
    revenue: int
    margin: int


def _drawn_salon(likes: bool, stays: bool, edge: str, cuts: tuple[float, float], *fields: str) -> Salon:
    """One salon whose class is known; ``edge`` says which of its values lies exactly on the cut."""
    attitude_cut, repeat_cut = cuts
    steps = chosen_by((1, 1, 2, 2, 3, 4, 5, 6), *fields, "ahead")
    ahead = attitude_cut + (0 if edge == "attitude" else _STEP * (steps if likes else -steps))
    # Own customers rarely dislike Lanwan; both attitudes have to fit between 1 and 7.
    low, high = round((3.5 + max(ahead, 0)) / _STEP), round((7 + min(ahead, 0)) / _STEP)
    own = _STEP * chosen_by(range(low, high + 1), *fields, "attitude")
    points = chosen_by(range(2, 24), *fields, "repeat") if stays else -chosen_by(range(2, 38), *fields, "repeat")
    repeat = round(100 * repeat_cut) + (0 if edge == "repeat" else points)
    revenue = chosen_by(range(3_000, 24_001, 500), *fields, "revenue")
    margin = revenue * chosen_by(range(20, 42, 2), *fields, "margin") // 100
    return Salon(own, own - ahead, repeat / 100, revenue, margin)


@cache
def _street(sample: str, attitude_cut: float, repeat_cut: float) -> tuple[Salon, ...]:
    """The salons near the new rival, two of them exactly on a cut, in an order that tells nothing."""
    fields = ("loyalty-6", sample, str(attitude_cut), str(repeat_cut))
    loyal, spurious, latent = (
        chosen_by(counts, *fields, name)
        for name, counts in (("loyal", (10, 11)), ("spurious", (5, 6, 7, 8)), ("latent", (11, 12)))
    )
    kinds = [
        *[(True, True, "")] * loyal,
        *[(False, True, "")] * spurious,
        *[(True, False, "")] * latent,
        *[(False, True, "attitude"), (False, True, "repeat")],
    ]
    kinds += [(False, False, "")] * (len(_STREET) - len(kinds))
    drawn = [_drawn_salon(*kind, (attitude_cut, repeat_cut), *fields, str(place)) for place, kind in enumerate(kinds)]
    return tuple(mixed_by(drawn, *fields, "order"))


def _classed(attitudes: Sequence[float], repeats: Sequence[float], *cuts: float) -> tuple[str, ...]:
    return tuple(map(str, dick_basu(list(attitudes), list(repeats), *cuts)))


@cache
def _classes(sample: str, attitude_cut: float, repeat_cut: float) -> dict[str, tuple[str, ...]]:
    """The class of each salon, as it is meant ("right") and as it is misread."""
    salons = _street(sample, attitude_cut, repeat_cut)
    ahead = relative_attitude(pd.DataFrame([(one.attitude, one.best_rival) for one in salons]), 0).tolist()
    own, again = [one.attitude for one in salons], [one.repeat_rate for one in salons]
    # A value on a cut goes to the other side when the cut is moved by less than any difference in the table.
    lower, higher = attitude_cut - _STEP / 2, repeat_cut + 0.005
    return {
        "right": _classed(ahead, again, attitude_cut, repeat_cut),
        "own-from-middle": _classed([one - _MIDDLE for one in own], again, 0.0, repeat_cut),
        "own": _classed(own, again, attitude_cut, repeat_cut),
        "usual-cuts": _classed(ahead, again),
        "edges": _classed(ahead, again, lower, higher),
        "attitude-edge": _classed(ahead, again, lower, repeat_cut),
        "repeat-edge": _classed(ahead, again, attitude_cut, higher),
    }


def _class_of(params: Params, reading: str = "right") -> tuple[str, ...]:
    return _classes(params["sample"], params["attitude_cut"], params["repeat_cut"])[reading]


def _counted(*classes: str, reading: str = "right") -> Callable[[Params], float]:
    return lambda params: float(sum(_class_of(params, reading).count(name) for name in classes))


def _money(params: Params, *classes: str, reading: str = "right", column: str = "margin") -> float:
    salons = _street(params["sample"], params["attitude_cut"], params["repeat_cut"])
    named = zip(salons, _class_of(params, reading), strict=True)
    return float(sum(getattr(salon, column) for salon, name in named if name in classes))


_LOYAL, _LATENT, _SPURIOUS, _NONE = (
    one.value for one in (LoyaltyClass.LOYALTY, LoyaltyClass.LATENT, LoyaltyClass.SPURIOUS, LoyaltyClass.NONE)
)


def _lost(reading: str = "right", *, leaves: str = _SPURIOUS, column: str = "margin") -> Callable[[Params], float]:
    """What is expected to go: the classes that leave easily, and the loyal."""

    def lost(params: Params) -> float:
        easy = _money(params, leaves, reading=reading, column=column)
        loyal = _money(params, _LOYAL, reading=reading, column=column)
        return float(params["leave_spurious"] * easy + params["leave_loyal"] * loyal)

    return lost


_EDGE_READINGS = ("edges", "attitude-edge", "repeat-edge")
_how_many, _at_risk = _counted(_SPURIOUS), _lost()
_BEHAVIOUR_ONLY = Text(
    en="You took all who come back often. High repeat with low relative attitude has a name; high repeat alone has "
    "two.",
    zh="你把常来的都算进去了。重复购买率高而相对态度低的，有一个名称；光是重复购买率高的，里面有两类。",
)
_OWN_ATTITUDE = Text(
    en="You judged by the attitude to Lanwan alone. One may like it well and another brand better: what is it relative "
    "to?",
    zh="你只看了对蓝湾的态度。她可能喜欢蓝湾，却更喜欢另一家：相对态度是相对于谁？",
)
_USUAL_CUTS = Text(
    en="You used the cuts that the function has of its own. Which cuts does your question state?",
    zh="你用了函数自带的分界值。你的题目给出的分界值是多少？",
)
_EDGES = Text(
    en="You put a salon that lies exactly on a cut on the wrong side. Read which cut says above and which at least.",
    zh="有一家店正好落在分界值上，你把它归错了一侧。请看清哪个是“高于”，哪个是“不低于”。",
)
_LATENT_FOR_SPURIOUS = Text(
    en="You took those who like Lanwan and seldom buy it. Are they the ones who stay for no good reason?",
    zh="你取的是喜欢蓝湾却很少买的店。没有像样的理由却一直买的，是它们吗？",
)
_SPURIOUS_PARTS: dict[str, Item] = {
    "spurious": NumberItem(
        ask=Text(en="salons whose loyalty is spurious", zh="虚假忠诚的店数"),
        unit=Text(en="salons", zh="家"),
        decimals=0,
        rel_tol=0.0,
        solve=_how_many,
        traps=tuple(
            Trap(name, unless_equal(wrong, _how_many), hint)
            for name, wrong, hint in (
                ("behaviour-only", _counted(_LOYAL, _SPURIOUS), _BEHAVIOUR_ONLY),
                (
                    "attitude-only",
                    _counted(_SPURIOUS, _NONE),
                    Text(
                        en="You took all who like another brand as well or better. Do they all keep buying Lanwan?",
                        zh="你把对别家至少同样喜欢的都算进去了。它们都还一直买蓝湾吗？",
                    ),
                ),
                ("latent-for-spurious", _counted(_LATENT), _LATENT_FOR_SPURIOUS),
                ("own-attitude", _counted(_SPURIOUS, reading="own-from-middle"), _OWN_ATTITUDE),
                ("own-attitude", _counted(_SPURIOUS, reading="own"), _OWN_ATTITUDE),
                ("usual-cuts", _counted(_SPURIOUS, reading="usual-cuts"), _USUAL_CUTS),
                *(("edges", _counted(_SPURIOUS, reading=reading), _EDGES) for reading in _EDGE_READINGS),
            )
        ),
        hint=Text(
            en="High repeat with low relative attitude has a name. Take the best rival off the attitude first.",
            zh="重复购买率高而相对态度低的，有一个名称。先从态度里减去对最强对手的态度。",
        ),
        why=_SEE_PARTS,
        points=1,
    ),
    "at risk": NumberItem(
        ask=Text(en="expected margin lost in a year", zh="一年预期损失的毛利"),
        unit=Text(en="yuan per year", zh="元/年"),
        decimals=0,
        solve=_at_risk,
        traps=(
            Trap(
                "behaviour-only",
                lambda params: params["leave_spurious"] * _money(params, _LOYAL, _SPURIOUS),
                _BEHAVIOUR_ONLY,
            ),
            Trap(
                "loyal-forgotten",
                lambda params: params["leave_spurious"] * _money(params, _SPURIOUS),
                Text(
                    en="You let only the spurious ones leave. Do all of the loyal stay?",
                    zh="你只让虚假忠诚的店离开。真正忠诚的店，一家也不会走吗？",
                ),
            ),
            Trap(
                "certain-loss",
                lambda params: _money(params, _SPURIOUS),
                Text(
                    en="You let every spurious one leave. With what chance do they, and the loyal ones?",
                    zh="你让虚假忠诚的店全都离开了。它们离开的概率是多少？真正忠诚的呢？",
                ),
            ),
            Trap(
                "chances-swapped",
                lambda params: (
                    params["leave_loyal"] * _money(params, _SPURIOUS)
                    + params["leave_spurious"] * _money(params, _LOYAL)
                ),
                Text(
                    en="You swapped the two chances. Who is held by nothing but habit or convenience?",
                    zh="你把两个概率弄反了。谁只是因为习惯或方便才留着？",
                ),
            ),
            Trap(
                "revenue-for-margin",
                _lost(column="revenue"),
                Text(
                    en="This is revenue. When a salon leaves, do its goods still have to be paid for?",
                    zh="这是收入。店走了，供给它的那些货，蓝湾还要花钱去进吗？",
                ),
            ),
            Trap("latent-for-spurious", _lost(leaves=_LATENT), _LATENT_FOR_SPURIOUS),
            Trap("own-attitude", _lost("own-from-middle"), _OWN_ATTITUDE),
            Trap("own-attitude", _lost("own"), _OWN_ATTITUDE),
            Trap("usual-cuts", _lost("usual-cuts"), _USUAL_CUTS),
            *(Trap("edges", _lost(reading), _EDGES) for reading in _EDGE_READINGS),
        ),
        hint=Text(
            en="Add up the margin of the spurious ones and of the loyal ones, each times the chance to leave.",
            zh="把虚假忠诚的店和真正忠诚的店的毛利分别加总，各乘以离开的概率，再相加。",
        ),
        why=_SEE_PARTS,
        points=2,
    ),
}


def _why_spurious(params: Params) -> Text:
    found = zip(_STREET, _class_of(params), strict=True)
    names = [salon for salon, name in found if name == _SPURIOUS]
    count, regulars = len(names), round(_counted(_LOYAL, _SPURIOUS)(params))
    easy, loyal = (f"{_money(params, name):,.0f}" for name in (_SPURIOUS, _LOYAL))
    steps = f"{params['leave_spurious']} * {easy} + {params['leave_loyal']} * {loyal} = {_at_risk(params):,.0f}"
    return Text(
        en=f"{regulars} salons come back often enough; {count} of them do not like Lanwan by more than the cut: "
        f"{', '.join(names)}. Their margin is {easy}, that of the loyal {loyal}. Expected loss: {steps} yuan a year.",
        zh=f"重复购买率够高的店有 {regulars} 家，其中 {count} 家对蓝湾的相对态度没有超过分界值：{'、'.join(names)}。"
        f"这些店的毛利合计 {easy} 元，真正忠诚的店合计 {loyal} 元。预期损失：{steps} 元/年。",
    )


item_6 = PartsItem(
    id="loyalty-6",
    ask=Text(
        en="A rival opens next door to 36 salons that buy from Lanwan. The table gives each owner's attitude to Lanwan "
        "and to its best rival, from 1 to 7, and her repeat rate. Revenue and margin are Lanwan's with her, in yuan a "
        "year. "
        "Relative attitude is high above {attitude_cut}, repeat rate is high at {repeat_cut} or more. The spurious "
        "ones leave with a chance of {leave_spurious}, the loyal ones with {leave_loyal}; leave the other two groups "
        "aside. How many salons are spuriously loyal, and which margin a year does Lanwan expect to lose?",
        zh="有对手要在蓝湾的 36 家客户店旁边开业。表中是每位店主对蓝湾的态度（attitude）和对最强对手的态度"
        "（best_rival，都是 1 至 7 分）、重复购买率（repeat_rate），"
        "以及蓝湾每年从该店得到的收入（revenue）和毛利（margin），单位为元。"
        "相对态度高于 {attitude_cut} 为高，重复购买率不低于 {repeat_cut} 为高。"
        "虚假忠诚的店以 {leave_spurious} 的概率离开，真正忠诚的店以 {leave_loyal} 的概率离开；另外两类不计入。"
        "虚假忠诚的店有几家？蓝湾预期每年损失多少毛利？",
    ),
    choices={
        "sample": sample_names(20),
        "attitude_cut": (0.25, 0.5, 0.75, 1.0),
        "repeat_cut": (0.6, 0.65, 0.7, 0.75),
        "leave_spurious": (0.3, 0.35, 0.4, 0.45, 0.5),
        "leave_loyal": (0.04, 0.05, 0.06, 0.08, 0.1),
    },
    example={
        "sample": PUBLISHED,
        "attitude_cut": 0.5,
        "repeat_cut": 0.6,
        "leave_spurious": 0.4,
        "leave_loyal": 0.05,
    },
    reject=lambda params: traps_meet(_SPURIOUS_PARTS, params),
    exhibit=lambda params: pd.DataFrame(
        [
            [getattr(salon, column) for column in _COLUMNS]
            for salon in _street(params["sample"], params["attitude_cut"], params["repeat_cut"])
        ],
        index=pd.Index(_STREET, name="salon"),
        columns=list(_COLUMNS),
    ),
    parts=_SPURIOUS_PARTS,
    why=_why_spurious,
    concepts=("loyalty.attitude-and-behaviour", "loyalty.measure-emotion", "loyalty.measure-repeat"),
)

GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
