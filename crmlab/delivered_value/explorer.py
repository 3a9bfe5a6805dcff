"""The four explorers of chapter 06."""

from __future__ import annotations

from functools import cache

import pandas as pd

from crmlab.core.data import load
from crmlab.core.explorers import Explorer, Pairs, Slider, Table
from crmlab.core.text import Text
from crmlab.delivered_value.chart import (
    COMPONENTS,
    CRITERIA,
    HOURS,
    MONEY,
    WAGE,
    PieView,
    TimeView,
    name,
    pair_weights,
    split_pie,
    value_stacks,
    whose_time_lines,
)
from crmlab.delivered_value.model import (
    AHP,
    COSTS,
    VALUES,
    ahp,
    best_price,
    deliver,
    delivered_by_wage,
    market,
    pairwise,
    wage_segments,
)

__all__ = ["value_scale", "whose_time", "compare_pairs", "split_the_pie"]  # noqa: RUF022 - in the order of the chapter

_TOP_WAGE = 60.0


def value_scale(offers: pd.DataFrame | None = None) -> Explorer[pd.DataFrame]:
    """Vary the eight components of two offers [currency per order] and see what difference and ratio prefer.

    Parameters
    ----------
    offers
        Two rows with the columns of ``VALUES`` and ``COSTS``, each from 0 to 200; the case of a large and a small offer
        if not given.
    """
    start = _LARGE_AND_SMALL if offers is None else offers

    def model(components: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([components.T, deliver(components.T)], axis=1)

    return Explorer(
        controls={
            "components": Table(
                label=Text(en="Two offers", zh="两种方案"),
                unit=MONEY,
                rows=COMPONENTS,
                columns={offer: _same(name(offer)) for offer in start.index},
                start=start[[*VALUES, *COSTS]].T,
                high=200,
            )
        },
        model=model,
        chart=value_stacks,
        task=Text(
            en="Difference and ratio name different winners here. Change one number so that they agree. "
            "Which of the two can a customer who buys once spend?",
            zh="这里按差额和按比率选出的赢家不同。改动一个数，使二者一致。只买一次的客户，能花的是差额还是比率？",
        ),
    )


def whose_time(offers: pd.DataFrame | None = None, offer: str = "Lanwan") -> Explorer[TimeView]:
    """Vary the value of an hour [currency per hour] and the hours one offer takes, and see who delivers most.

    Parameters
    ----------
    offers
        One to four rows as in :func:`~crmlab.delivered_value.delivered_by_wage`; the three bids if not given.
    offer
        Label of the offer whose hours vary from 0 to 4.
    """
    bids = load("delivered_value_offers").set_index("supplier") if offers is None else offers

    @cache
    def at(hours: float) -> tuple[pd.DataFrame, pd.DataFrame]:
        table = bids.assign(hours=bids["hours"].where(bids.index != offer, hours))
        return table, wage_segments(table)

    def model(wage: float, hours: float) -> TimeView:
        table, segments = at(hours)
        edges = [edge for edge in segments["from_wage"] if edge < _TOP_WAGE]
        lines = delivered_by_wage(table, sorted({0.0, *edges, wage, _TOP_WAGE}))
        return TimeView(lines, segments, wage)

    return Explorer(
        controls={
            "wage": Slider(
                Text(en="Value of an hour", zh="一小时的价值"), WAGE, low=0, high=_TOP_WAGE, step=1, start=12
            ),
            "hours": Slider(
                Text(en="Time that {name} takes", zh="{name}花费的时间").format(name=name(offer)),
                HOURS,
                low=0,
                high=4,
                step=0.25,
                start=float(bids["hours"][offer]),
            ),
        },
        model=model,
        chart=whose_time_lines,
        task=Text(
            en="The owner's hour is worth 12, her manager's 40. At which values of an hour does the best offer change?",
            zh="店主的一小时值 12 元，经理的值 40 元。找出最佳方案易主的时间价值。",
        ),
    )


def compare_pairs(judgements: dict[tuple[str, str], float] | None = None) -> Explorer[AHP]:
    """Vary six paired comparisons of the four values and see the weights and where the answers contradict each other.

    Parameters
    ----------
    judgements
        Start value of each pair, as in ``{("product", "service"): 3, ...}``: how many times the first counts as much
        as the second, 1/9 to 9; a contradictory buyer if not given.
    """
    return Explorer(
        controls={
            "judgements": Pairs(
                Text(en="Which matters more to you?", zh="哪一个对您更重要？"), CRITERIA, judgements or _CONTRADICTORY
            )
        },
        model=lambda judgements: ahp(pairwise(judgements)),
        chart=pair_weights,
        task=Text(
            en="This buyer contradicts herself. Change one answer only, to bring the consistency ratio below 0.10.",
            zh="这位买主自相矛盾。只改一个判断，使一致性比率降到 0.10 以下。",
        ),
    )


def split_the_pie(
    value: float = 174, unit_cost: float = 95, rival_value: float = 56, scale: float = 20
) -> Explorer[PieView]:
    """Vary price, worth and the rival's delivered value [currency per order] and see who gets how much of the value.

    Parameters
    ----------
    value
        Worth of the offer to the customer before the price [currency per order].
    unit_cost
        [currency per order].
    rival_value
        Delivered value of the rival's offer [currency per order].
    scale
        Spread of the tastes that the numbers leave out [currency per order].
    """
    low, high = unit_cost - 15, unit_cost + 85

    def model(price: float, worth: float, rival: float) -> PieView:
        prices = [low + step for step in range(round(high - low) + 1)]
        return PieView(
            curve=market(prices, worth, unit_cost, rival, scale),
            now=market(price, worth, unit_cost, rival, scale).iloc[0],
            best_price=best_price(worth, unit_cost, rival, scale),
            unit_cost=unit_cost,
        )

    return Explorer(
        controls={
            "price": Slider(Text(en="Price", zh="价格"), MONEY, low=low, high=high, step=1, start=unit_cost),
            "worth": Slider(
                Text(en="Quality: worth of the offer to the customer", zh="质量：方案对客户的价值"),
                MONEY,
                low=value - 50,
                high=value + 50,
                step=2,
                start=value,
            ),
            "rival": Slider(
                Text(en="Rival's delivered value", zh="对手的让渡价值"),
                MONEY,
                low=0,
                high=2 * rival_value,
                step=2,
                start=rival_value,
            ),
        },
        model=model,
        chart=split_pie,
        task=Text(
            en="At cost the customer gets the most, and the firm nothing. Raise the price until the firm earns most. "
            "Then raise the quality: who gains?",
            zh="按成本定价时客户得益最多，企业一无所得。提高价格，直到企业利润最大；再提高质量，看谁得益。",
        ),
    )


def _same(word: str) -> Text:
    return Text(en=word, zh=word)


_LARGE_AND_SMALL = pd.DataFrame(
    [[50.0, 20, 15, 15, 40, 8, 6, 6], [28.0, 10, 8, 4, 15, 5, 3, 2]],
    index=["large", "small"],
    columns=[*VALUES, *COSTS],
)
#: Product over service, service over image, image over product: a circle.
_CONTRADICTORY = {
    ("product", "service"): 3.0,
    ("product", "personnel"): 4.0,
    ("product", "image"): 1 / 2,
    ("service", "personnel"): 2.0,
    ("service", "image"): 2.0,
    ("personnel", "image"): 1 / 2,
}
