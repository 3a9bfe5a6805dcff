"""The four explorers of chapter 01."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from crmlab.classification.chart import (
    DAYS,
    MONEY,
    PROMPT_RULES,
    RULES,
    SCORERS,
    DeskView,
    EdgesView,
    MatrixView,
    PromptView,
    due_days,
    gantt,
    matrix,
    prompt_profit,
)
from crmlab.classification.model import (
    CUTS,
    THRESHOLD,
    DispatchRule,
    PromptRule,
    calendar_cuts,
    desk,
    importance_score,
    prompt_targets,
    schedule,
    urgency,
)
from crmlab.core.data import load
from crmlab.core.explorers import Choice, Explorer, Slider
from crmlab.core.text import Text

__all__ = ["tier_edges", "triage_desk", "important_how", "whom_to_prompt"]  # noqa: RUF022 - in the order of the chapter

_DISPATCH: tuple[DispatchRule, ...] = ("fcfs", "spt", "lpt", "edd", "wspt")
_MONDAY = "2026-03-02"
_EDGE_RULES = {
    "right-30": Text(en="more urgent tier; 30 days", zh="归更急的一类；30 天"),
    "left-30": Text(en="less urgent tier; 30 days", zh="归较缓的一类；30 天"),
    "right-calendar": Text(en="more urgent tier; calendar month", zh="归更急的一类；日历月"),
    "left-calendar": Text(en="less urgent tier; calendar month", zh="归较缓的一类；日历月"),
}


def tier_edges(contacts: pd.DataFrame | None = None) -> Explorer[EdgesView]:
    """Vary the three edges between the tiers [days], their closed side and what a month is, and see who moves.

    Parameters
    ----------
    contacts
        ``due_in_days``, whole days; the chapter's 600 matters if not given.
    """
    days = (load("classification_contacts") if contacts is None else contacts)["due_in_days"].to_numpy(dtype=np.int64)
    usual = urgency(days).cat.codes.to_numpy()

    def model(rule: str, week: float, month: float, quarter: float) -> EdgesView:
        closed, months = rule.split("-")
        moves = np.subtract(calendar_cuts(_MONDAY), CUTS) if months == "calendar" else np.zeros(3)
        edges = tuple(float(cut) for cut in np.array([week, month, quarter]) + moves)
        tier = urgency(days, edges, "right" if closed == "right" else "left").cat.codes.to_numpy()
        return EdgesView(days, tier.astype(np.int64), tier != usual, edges, closed)

    return Explorer(
        controls={
            "rule": Choice(
                Text(en="A day on the edge, and a month", zh="边界上的日子归哪类；一个月几天"), _EDGE_RULES, "left-30"
            ),
            "week": Slider(Text(en="Urgent up to", zh="急，不超过"), DAYS, low=1, high=20, step=1, start=CUTS[0]),
            "month": Slider(
                Text(en="Moderately urgent up to", zh="缓急，不超过"), DAYS, low=21, high=60, step=1, start=CUTS[1]
            ),
            "quarter": Slider(
                Text(en="Non-urgent up to", zh="不紧急，不超过"), DAYS, low=61, high=118, step=1, start=CUTS[2]
            ),
        },
        model=model,
        chart=due_days,
        task=Text(
            en="No edge was moved here, only its closed side. Put it back, then count months by the calendar, from 2 "
            "March. How many matters change tier?",
            zh="这里边界没动，只改了边界归属。先改回去，再把一个月改成日历月：有多少件事务换了类别？",
        ),
    )


def triage_desk(contacts: pd.DataFrame | None = None) -> Explorer[DeskView]:
    """Vary the dispatch rule, the weight of important contacts and the number of managers; see what comes late.

    Parameters
    ----------
    contacts
        The columns that :func:`~crmlab.classification.desk` needs; the chapter's matters if not given.
    """
    matters = load("classification_contacts") if contacts is None else contacts
    important = desk(matters, weight=2)["weight"] == 2

    @cache
    def plan(rule: DispatchRule, managers: int, weight: float) -> pd.DataFrame:
        return schedule(desk(matters, weight), rule, managers)

    def model(rule: DispatchRule, weight: float, managers: float) -> DeskView:
        # Only one rule looks at the weight, so the other plans are made once for each number of managers.
        plans = {name: plan(name, int(managers), weight if name == "wspt" else 1.0) for name in _DISPATCH}
        stars = {name: important[found.index].to_numpy() for name, found in plans.items()}
        delay: dict[str, float] = {
            name: float(np.where(stars[name], weight, 1.0) @ found["tardiness_days"]) for name, found in plans.items()
        }
        return DeskView(plans[rule], stars[rule], rule, int(managers), delay)

    return Explorer(
        controls={
            "rule": Choice(Text(en="Which matter comes first?", zh="先办哪件？"), RULES, "edd"),
            "weight": Slider(
                Text(en="A day of delay for an important contact counts", zh="重要客户延误一天按几天算"),
                Text(en="ordinary days", zh="普通天"),
                low=1,
                high=20,
                step=1,
                start=5,
            ),
            "managers": Slider(
                Text(en="Account managers", zh="客户经理"), Text(en="persons", zh="人"), low=1, high=4, step=1, start=2
            ),
        },
        model=model,
        chart=gantt,
        task=Text(
            en="Earliest due first looks fair, and everything comes late. Compare it with the rule that delays least. "
            "What changes when you add a manager?",
            zh="最早到期优先看似公平，却件件延误。与延误最少的规则比一比。再加一位经理，有什么变化？",
        ),
    )


def important_how(contacts: pd.DataFrame | None = None) -> Explorer[MatrixView]:
    """Vary the reading of "important", its weight and the threshold [currency]; see whose label flips.

    Parameters
    ----------
    contacts
        ``due_in_days`` and the columns of :func:`~crmlab.classification.importance_score`; the chapter's 600 matters
        if not given.
    """
    matters = load("classification_contacts") if contacts is None else contacts
    days = matters["due_in_days"].to_numpy(dtype=np.int64)
    either, both = (importance_score(matters, scorer).to_numpy() for scorer in ("either", "sum"))
    deal, potential = (importance_score(matters, "weighted", weight).to_numpy() for weight in (1, 0))

    def model(scorer: str, weight: float, threshold: float) -> MatrixView:
        share = weight / 100
        score = {"either": either, "sum": both, "weighted": share * deal + (1 - share) * potential}[scorer]
        return MatrixView(days, score, (score >= threshold) != (either >= threshold), scorer, threshold)

    return Explorer(
        controls={
            "scorer": Choice(Text(en="Important is", zh="怎样算重要"), SCORERS, "sum"),
            "weight": Slider(
                Text(en="Weight of the deal, in the mean", zh="加权平均中交易额的权重"),
                Text(en="%", zh="%"),
                low=0,
                high=100,
                step=5,
                start=50,
            ),
            "threshold": Slider(
                Text(en="Important from", zh="重要的门槛"), MONEY, low=1000, high=30_000, step=500, start=THRESHOLD
            ),
        },
        model=model,
        chart=matrix,
        task=Text(
            en='"By deal or by potential" has three readings. Which one moves most contacts across the line?',
            zh="“按交易额或潜力”有三种读法。哪种读法使最多的客户换了标签？",
        ),
    )


def whom_to_prompt(codes: pd.DataFrame | None = None) -> Explorer[PromptView]:
    """Vary how many prompts there are, what a sale earns and a prompt costs [currency]; see which rule earns most.

    Parameters
    ----------
    codes
        ``size``, ``p_without``, ``p_with`` by code; the retailer's true values if not given.
    """
    table = _RETAILER if codes is None else codes

    def model(capacity: float, margin: float, cost: float, rule: str) -> PromptView:
        priced = table.assign(margin=margin)
        rules: tuple[PromptRule, ...] = ("value", "response", "uplift")
        return PromptView({name: prompt_targets(priced, int(capacity), name, cost) for name in rules}, rule)

    return Explorer(
        controls={
            "rule": Choice(Text(en="Whom to prompt first", zh="先提示谁"), PROMPT_RULES, "response"),
            "capacity": Slider(
                Text(en="Prompts there is time for", zh="来得及提示"),
                Text(en="customers", zh="位客户"),
                low=0,
                high=2000,
                step=50,
                start=500,
            ),
            "margin": Slider(
                Text(en="A sale earns", zh="每笔成交的毛利"),
                Text(en="yuan", zh="元"),
                low=10,
                high=120,
                step=5,
                start=60,
            ),
            "cost": Slider(
                Text(en="A prompt costs", zh="每次提示的成本"),
                Text(en="yuan", zh="元"),
                low=0,
                high=5,
                step=0.1,
                start=1,
            ),
        },
        model=model,
        chart=prompt_profit,
        task=Text(
            en="Those who buy most often are prompted first. At how many prompts does the uplift rule earn the same? "
            "Go further: whom does it leave out, and why?",
            zh="现在先提示买得最勤的客户。提示多少次时，按提升量与它的利润相同？再增加：按提升量不提示谁，为什么？",
        ),
    )


_RETAILER = pd.DataFrame(
    {"size": [200, 500, 1300], "p_without": [0.30, 0.10, 0.05], "p_with": [0.33, 0.22, 0.06]}, index=list("ABC")
)
