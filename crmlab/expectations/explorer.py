"""The four explorers of chapter 09."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.data import load
from crmlab.core.explorers import Choice, Explorer, Slider
from crmlab.core.text import Text
from crmlab.expectations.chart import (
    CROSSHAIRS,
    POINTS,
    GridView,
    MemoryView,
    NoticeView,
    PromiseView,
    grid,
    memory_curves,
    notice_curve,
    promise_curves,
)
from crmlab.expectations.model import (
    ATTRIBUTES,
    GARAGE_1977,
    Crosshair,
    best_promise,
    importance_performance,
    lines_of,
    promise_outcome,
    stay_after_delay,
    update_expectation,
)

__all__ = ["the_promise", "memory_of_service", "other_crosshair", "tell_them_early"]  # noqa: RUF022 - as in the chapter

_TRIAL, _REPEAT = (0.05, 0.004), (0.5, 0.012)
_EXPECTED_BEFORE = 60.0
_HOURS = Text(en="hours", zh="小时")
_PERCENT = Text(en="%", zh="%")


def the_promise() -> Explorer[PromiseView]:
    """Vary the promise, how far customers rely on it, the true quality and the horizon; see what it earns."""
    range_ = np.arange(40.0, 100.5, 1.0)

    def model(promise: float, reliance: float, quality: float, horizon: float) -> PromiseView:
        given: Any = {"reliance": reliance / 100, "horizon": horizon, "trial": _TRIAL, "repeat": _REPEAT}
        outcomes = promise_outcome(range_, quality, _EXPECTED_BEFORE, **given)
        now = promise_outcome(promise, quality, _EXPECTED_BEFORE, **given).iloc[0]
        return PromiseView(outcomes, now, best_promise(quality, _EXPECTED_BEFORE, **given), quality)

    return Explorer(
        controls={
            "promise": Slider(Text(en="Promise", zh="承诺"), POINTS, low=40, high=100, step=1, start=70),
            "reliance": Slider(
                Text(en="Customers rely on it", zh="客户对承诺的相信程度"), _PERCENT, low=10, high=100, step=5, start=50
            ),
            "quality": Slider(Text(en="True quality", zh="真实质量"), POINTS, low=60, high=80, step=1, start=70),
            "horizon": Slider(
                Text(en="Horizon", zh="期限"),
                Text(en="repeat purchases possible", zh="可能的再购次数"),
                low=0,
                high=4,
                step=0.1,
                start=2,
            ),
        },
        model=model,
        chart=promise_curves,
        task=Text(
            en="You deliver 70. At which horizon does honesty pay best: a promise of 70? What do a shorter and a "
            "longer one reward?",
            zh="你的真实质量是 70 分。期限多长时，如实承诺 70 分最划算？期限更短或更长时，又各鼓励怎样的承诺？",
        ),
    )


def memory_of_service() -> Explorer[MemoryView]:
    """Vary how many visits came before, how the next one goes and how much visits vary; see the expectation move."""

    def model(visits: float, visit: float, variation: float, sureness: float) -> MemoryView:
        before = update_expectation(70, sureness, 70, variation, visits)
        after = update_expectation(*before, visit, variation, 1)
        return MemoryView(before, after, visit, int(visits))

    return Explorer(
        controls={
            "visits": Slider(
                Text(en="Visits before", zh="此前的到访"), Text(en="visits", zh="次"), low=0, high=20, step=1, start=0
            ),
            "visit": Slider(Text(en="The next visit", zh="下一次到访"), POINTS, low=30, high=90, step=1, start=45),
            "variation": Slider(
                Text(en="Visits vary by", zh="每次到访的波动"), POINTS, low=5, high=30, step=1, start=12
            ),
            "sureness": Slider(
                Text(en="First idea is vague by", zh="最初印象的不确定程度"), POINTS, low=5, high=20, step=1, start=12
            ),
        },
        model=model,
        chart=memory_curves,
        task=Text(
            en="A newcomer has a bad day with you. How many good visits must she have had for the same day to move her "
            "by less than 3 points?",
            zh="一位新客户正赶上你糟糕的一天。她此前要有多少次好的到访，这样的一天才会让她的期望移动不到 3 分？",
        ),
    )


_DATA = {
    "stated": Text(en="Lanwan, importance as stated", zh="蓝湾，陈述重要度"),
    "derived": Text(en="Lanwan, importance derived", zh="蓝湾，推导重要度"),
    "garage": Text(en="Martilla & James 1977, from memory", zh="Martilla 与 James 1977（凭记忆引述）"),
}


def other_crosshair(ratings: pd.DataFrame | None = None) -> Explorer[GridView]:
    """Vary whose data, which importance and where the lines cross; see which attributes change quadrant.

    Parameters
    ----------
    ratings
        ``rater_id``, ``attribute``, ``importance``, ``performance``, ``overall``; the chapter's if not given.
    """
    raters = load("expectations_ratings") if ratings is None else ratings
    names = {key: str(name) for key, name in ATTRIBUTES.items()}
    lanwan = raters.assign(attribute=raters["attribute"].map(names))
    columns = ["attribute", "importance", "performance"]
    garage = pd.DataFrame([(str(name), *means) for name, *means in GARAGE_1977], columns=columns)
    sources: Any = {
        "stated": (lanwan, "stated", (1, 5), (1.5, 5.0, 2.4, 4.4)),
        "derived": (lanwan, "derived", (1, 5), (0.0, 20.0, 2.4, 4.4)),
        "garage": (garage, "stated", (1, 4), (1.8, 4.0, 1.8, 3.6)),
    }
    grids = {
        (source, rule): importance_performance(table, rule, importance, scale)
        for source, (table, importance, scale, _) in sources.items()
        for rule in ("mean", "median", "midpoint")
    }

    def model(source: str, crosshair: Crosshair) -> GridView:
        _, importance, scale, limits = sources[source]
        found = grids[source, crosshair]
        across, up = lines_of(found, crosshair, scale, importance)
        usual = grids["garage" if source == "garage" else "stated", "mean"]["quadrant"].astype(str)
        if importance == "derived":
            found, across = found.assign(importance=100 * found["importance"]), 100 * across
        return GridView(found, usual, (across, up), limits, importance == "stated")

    return Explorer(
        controls={
            "source": Choice(Text(en="Data", zh="数据"), _DATA, "stated"),
            "crosshair": Choice(Text(en="The lines cross", zh="十字线位于"), CROSSHAIRS, "median"),
        },
        model=model,
        chart=grid,
        task=Text(
            en="Put the lines at the mean, then elsewhere: who changes quadrant? Find an attribute that stays in "
            "'concentrate here' under all three rules.",
            zh="先把十字线放在均值，再换别处：哪些属性换了象限？找出三种规则下都排在“重点改进”的属性。",
        ),
    )


def tell_them_early() -> Explorer[NoticeView]:
    """Vary how early a delay is announced and how long it is; see how many customers stay."""
    hours = np.arange(0.0, 97.0, 2.0)

    def model(notice: float, delay: float, leave: float) -> NoticeView:
        share = leave / 100
        return NoticeView(
            notice=hours,
            stay=stay_after_delay(delay, hours, leave_per_day=share),
            now=(notice, float(stay_after_delay(delay, notice, leave_per_day=share))),
            delay=delay,
        )

    return Explorer(
        controls={
            "notice": Slider(
                Text(en="Notice before it is due", zh="提前告知"), _HOURS, low=0, high=96, step=2, start=0
            ),
            "delay": Slider(
                Text(en="The delivery is late by", zh="送货晚到"), _HOURS, low=0, high=72, step=2, start=24
            ),
            "leave": Slider(
                Text(en="Use a day of notice to order elsewhere", zh="每提前一天，转向别家的比例"),
                _PERCENT,
                low=0,
                high=30,
                step=1,
                start=5,
            ),
        },
        model=model,
        chart=notice_curve,
        task=Text(
            en="The van is 24 hours late and nobody was told. How early should they hear of it? And how early if the "
            "delay is only 6 hours?",
            zh="货晚到 24 小时，谁也没有通知。该提前多久告知？如果只晚 6 小时呢？",
        ),
    )
