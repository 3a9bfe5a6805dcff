"""The four explorers of chapter 04."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.data import load
from crmlab.core.explorers import Choice, Explorer, Slider, Sliders
from crmlab.core.text import Text
from crmlab.loyalty.chart import (
    SHOCKS,
    TERM_NAMES,
    TYPES,
    BreakView,
    StayView,
    StripsView,
    WatchView,
    break_bars,
    stay_curve,
    strips,
    watch_matrix,
)
from crmlab.loyalty.model import MARKET, TERMS, WEIGHTS, Shock, buy, satisfaction_to_loyalty, scenes, stress

__all__ = ["four_people", "break_loyalty", "how_long", "satisfied_and_gone"]  # noqa: RUF022 - in the order of the chapter

_BRANDS = ("Lanwan", "Granary", "Laurel", "Meadow")
_BRAND_NAMES = (
    Text(en="Lanwan", zh="蓝湾"),
    Text(en="Granary", zh="谷仓"),
    Text(en="Laurel", zh="月桂"),
    Text(en="Meadow", zh="青禾"),
)
_YEAR = 26  # fortnights
_CROWD = 150  # salons behind a repeat rate


def four_people() -> Explorer[StripsView]:
    """Vary the five weights of one salon's choices and see how often it repeats, beside the four types."""
    draw = np.random.default_rng(55)
    scene = scenes(draw, _CROWD, _YEAR)
    gumbel = draw.gumbel(size=scene.price.shape)
    liking = draw.standard_normal((_CROWD, MARKET.brands))
    liking[0] = (0.9, -0.4, 0.4, -0.9)  # the salon whose year is shown likes Lanwan best

    def year(weights: Mapping[str, float]) -> tuple[np.ndarray, float]:
        many = np.broadcast_to(np.array([weights[term] for term in TERMS]), (_CROWD, len(TERMS)))
        bought, _ = buy(many, liking, scene, gumbel)
        return bought[0], float((bought[:, 1:] == bought[:, :-1]).mean())

    four = [year(weights) for weights in WEIGHTS.values()]
    presets = {
        kind: (name, {term: abs(weight) for term, weight in WEIGHTS[kind].items()}) for kind, name in TYPES.items()
    }

    def model(weights: Mapping[str, float]) -> StripsView:
        people = [*four, year({**weights, "price": -weights["price"]})]
        return StripsView(
            brands=tuple(str(name) for name in _BRAND_NAMES),
            strips=np.array([row for row, _ in people]),
            repeat=np.array([rate for _, rate in people]),
        )

    return Explorer(
        controls={
            "weights": Sliders(
                Text(en="Start from the salon that is", zh="先选一种类型"),
                Text(en="weight", zh="权重"),
                items=TERM_NAMES,
                presets=presets,
                start="behavioural",
                low=0,
                high=5,
                step=0.1,
            )
        },
        model=model,
        chart=strips,
        task=Text(
            en="Now yours is the behavioural salon. Put its habit to 0. Can you bring the repeat rate back with "
            "another weight alone?",
            zh="现在你的店是行为型。把习惯调到 0。只靠另一个权重，能把重复购买率调回来吗？",
        ),
    )


def break_loyalty() -> Explorer[BreakView]:
    """Vary what happens and how strong it is; see which type of loyalty breaks."""

    def model(shock: Shock, size: float) -> BreakView:
        return BreakView(
            before=np.array([stress(kind) for kind in TYPES]),
            after=np.array([stress(kind, shock, size) for kind in TYPES]),
            shock=shock,
            size=size,
        )

    return Explorer(
        controls={
            "shock": Choice(Text(en="What happens", zh="发生了什么"), SHOCKS, "promotion"),
            "size": Slider(
                Text(en="Strength", zh="强度"),
                Text(en="times the usual", zh="通常的几倍"),
                low=0,
                high=2,
                step=0.1,
                start=1,
            ),
        },
        model=model,
        chart=break_bars,
        task=Text(
            en="Go through the four events. Which type fears which most? And which type does a scandal halve first, at "
            "which strength?",
            zh="把四种事件都试一遍：哪类客户最怕哪一种？丑闻最先使哪类客户留下的比例减半，强度要多大？",
        ),
    )


_PERSISTENCE = {
    "0.3": Text(en="is soon forgotten (0.3 lasts)", zh="很快被遗忘（下次还剩 0.3）"),
    "0.9": Text(en="fades slowly (0.9 lasts)", zh="慢慢淡去（下次还剩 0.9）"),
    "1": Text(en="never fades", zh="永不消退"),
}


_YARDSTICKS = {
    "watched": Text(en="the spread while watching", zh="观察期间的变动幅度"),
    "quiet": Text(en="the spread of a quiet market", zh="平静市场的变动幅度"),
}


def how_long(watching: pd.DataFrame | None = None) -> Explorer[WatchView]:
    """Vary how many orders are watched, how long news lasts, stock-outs and the yardstick; see who is misjudged.

    Parameters
    ----------
    watching
        ``yardstick``, ``stock_out``, ``persistence``, ``occasions``, ``type``, ``diagnosed``, ``customers``; the
        chapter's simulated grid if not given.
    """
    grid = load("loyalty_watching") if watching is None else watching
    settings = ["yardstick", "stock_out", "persistence", "occasions"]
    order = pd.MultiIndex.from_product([TYPES, TYPES])
    matrices: dict[Any, Any] = {
        setting: rows.set_index(["type", "diagnosed"])["customers"][order].to_numpy(np.int64).reshape(len(TYPES), -1)
        for setting, rows in grid.groupby(settings)
    }

    def model(occasions: float, news: str, stock_out: float, yardstick: str) -> WatchView:
        setting = (yardstick, round(stock_out / 100, 2), float(news), int(occasions))
        return WatchView(matrices[setting], int(occasions))

    return Explorer(
        controls={
            "occasions": Slider(
                Text(en="Orders watched", zh="观察的订货次数"),
                Text(en="per salon", zh="每家店"),
                low=20,
                high=120,
                step=20,
                start=20,
            ),
            "news": Choice(Text(en="News on quality", zh="质量信息"), _PERSISTENCE, "0.3"),
            "stock_out": Slider(
                Text(en="Brand out of stock", zh="断货"),
                Text(en="% of orders", zh="占订货次数的 %"),
                low=0,
                high=16,
                step=8,
                start=8,
            ),
            "yardstick": Choice(Text(en="Importance is weight times", zh="重要度 = 权重 ×"), _YARDSTICKS, "watched"),
        },
        model=model,
        chart=watch_matrix,
        task=Text(
            en="How many orders does it take to be right nine times in ten? Then let news never fade: do more orders "
            "still help?",
            zh="要观察多少次，才能十次诊断对九次？然后让质量信息永不消退：多观察还有用吗？",
        ),
    )


def satisfied_and_gone() -> Explorer[StayView]:
    """Vary competition and switching cost; see who stays at each level of satisfaction."""
    levels = np.linspace(1, 5, 81)

    def model(competition: float, switching_cost: float) -> StayView:
        return StayView(
            satisfaction=levels,
            stay=satisfaction_to_loyalty(levels, competition, switching_cost),
            marks=satisfaction_to_loyalty([3, 4, 5], competition, switching_cost),
        )

    return Explorer(
        controls={
            "competition": Slider(
                Text(en="Competition", zh="竞争强度"),
                Text(en="0 = nobody competes for her", zh="0 = 无人竞争"),
                low=0,
                high=4,
                step=0.1,
                start=2.5,
            ),
            "switching_cost": Slider(
                Text(en="Switching cost", zh="转换成本"),
                Text(en="utility", zh="效用"),
                low=0,
                high=6,
                step=0.1,
                start=0,
            ),
        },
        model=model,
        chart=stay_curve,
        task=Text(
            en="Here a 4 is not enough. Find a market in which nearly everybody stays, whatever they answer. Would you "
            "call them loyal?",
            zh="在这里，打 4 分还不够。请找出一个市场，客户无论打几分，几乎人人都留下。他们算得上忠诚吗？",
        ),
    )
