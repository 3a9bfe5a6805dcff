"""The graded set of chapter 01 (E01.1 to E01.6 of the curriculum); practice items join at the end.

Every answer comes from the chapter's model. A trap that cannot show with a student's numbers, because the wrong way
happens to lead to the right answer, gives :data:`SILENT` (numbers) or a label None (mappings).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from crmlab.classification import simulate
from crmlab.classification.model import (
    CAPTURE,
    CUTS,
    TRAITS,
    Closed,
    DealStatus,
    DispatchRule,
    PromptRule,
    PromptTargets,
    Scorer,
    Urgency,
    importance,
    importance_score,
    kappa,
    measure,
    prompt_targets,
    schedule,
    urgency,
)
from crmlab.classification.practice import PRACTICE
from crmlab.core.checks import SILENT, ChoiceItem, Item, MappingItem, NumberItem, Params, PartsItem, Trap, key_of, shown
from crmlab.core.text import Text, language

_SEE_PARTS = Text(en="See each part below.", zh="请看下面各小题。")
_DAYS = Text(en="days", zh="天")

Key = tuple[tuple[str, Any], ...]
Labels = dict[str, str | None]


def _on_the_truth(parts: Mapping[str, Item], params: Params) -> bool:
    """Whether a trap meets the truth."""
    return any(
        part.falls(part.target(part.solve(params), params), wrong)
        for part in parts.values()
        for _, wrong in part.pitfalls(params)
    )


def _on_each_other(parts: Mapping[str, Item], params: Params) -> bool:
    """Whether the traps of two misconceptions meet."""
    return any(
        one.name != two.name and part.falls(left, right)
        for part in parts.values()
        for (one, left), (two, right) in combinations(part.pitfalls(params), 2)
    )


def _dealt(things: Sequence[Any], start: int, step: int) -> list[Any]:
    """Deal things out in another order: every ``step``-th from ``start`` on, round and round."""
    return [things[(start + step * place) % len(things)] for place in range(len(things))]


def _drawn(table: pd.DataFrame, names: str, sample: str, count: int) -> pd.DataFrame:
    """A student's rows of a table: those whose names have the lowest hashes, in the order of the table."""
    ranks = [hashlib.sha256(f"{sample}\x1f{name}".encode()).hexdigest() for name in table[names]]
    return table.iloc[sorted(sorted(range(len(table)), key=ranks.__getitem__)[:count])]


@cache
def _table(name: str) -> pd.DataFrame:
    """A published table of the chapter."""
    return simulate.tables()[name]


# --- E01.1 edges -----------------------------------------------------------------------------------------------------

_TIERS = {
    Urgency.URGENT.value: Text(en="urgent", zh="急"),
    Urgency.MODERATE.value: Text(en="moderately urgent", zh="缓急"),
    Urgency.NON_URGENT.value: Text(en="non-urgent", zh="不紧急"),
    Urgency.SLOW.value: Text(en="slow-response", zh="可慢反应"),
}
_DUE = {f"d{number}": Text(en=f"d{number}", zh=f"d{number}") for number in range(1, 13)}
_BRACKETS = {
    "right": "(-∞, {}], ({}, {}], ({}, {}], ({}, ∞)",
    "left": "(-∞, {}), [{}, {}), [{}, {}), [{}, ∞)",
}


def _due(params: Params) -> dict[str, int]:
    """The twelve days by key: the three edges, the days after them, and one or two inside each tier."""
    inside = {name: params[name] for name in ("overdue", "soon", "near", "weeks", "months", "far")}
    first, second, third = CUTS
    days = [
        *(second, inside["overdue"], third + 1, inside["weeks"], first, inside["far"]),
        *(second + 1, inside["soon"], third, inside["near"], first + 1, inside["months"]),
    ]
    return dict(zip(_DUE, _dealt(days, params["start"], params["step"]), strict=True))


def _due_table(params: Params) -> pd.DataFrame:
    return pd.Series(_due(params), name="due_in_days").to_frame()


@lru_cache(maxsize=2048)
def _sorted_days(days: tuple[int, ...], closed: Closed) -> tuple[str, ...]:
    return tuple(urgency(days, closed=closed))


def _tiers(params: Params, closed: Closed | None = None) -> dict[str, str]:
    days = _due(params)
    return dict(zip(days, _sorted_days(tuple(days.values()), closed or params["closed"]), strict=True))


def _on(days: Iterable[int], of: Callable[[Params], Mapping[str, str]]) -> Callable[[Params], Labels]:
    """The labels that a wrong reading gives some days; the others are left open."""
    wanted = set(days)
    return lambda params: {key: of(params)[key] for key, day in _due(params).items() if day in wanted}


def _other_side(params: Params) -> dict[str, str]:
    return _tiers(params, "left" if params["closed"] == "right" else "right")


def _late_edge(params: Params) -> dict[str, str]:
    """The labels of somebody whose edges lie a day too late."""
    days = _due(params)
    return dict(zip(days, _sorted_days(tuple(day - 1 for day in days.values()), "right"), strict=True))


def _overdue_as(label: str) -> Callable[[Params], Labels]:
    return lambda params: {key: label for key, day in _due(params).items() if day < 0}


def _middle_swapped(params: Params) -> Labels:
    swapped: Labels = {Urgency.MODERATE: Urgency.NON_URGENT.value, Urgency.NON_URGENT: Urgency.MODERATE.value}
    return {key: swapped[tier] for key, tier in _tiers(params).items() if tier in swapped}


_EDGE_DAY = Text(
    en="A day on an edge stands in the wrong tier. Write the two intervals that meet there with their brackets: which "
    "of them includes the edge?",
    zh="有一个正好在边界上的日子归错了类。把在此相接的两个区间连同括号写出来：哪一个包含边界？",
)
_DAY_AFTER = Text(
    en="A day stands one tier too early. It lies past an edge, not on it: does any closed side reach that far?",
    zh="有一个日子归到了前一类。它已经过了边界，并不在边界上：不管哪一侧闭合，够得着它吗？",
)


def _why_tiers(params: Params) -> Text:
    intervals = _BRACKETS[params["closed"]].format(*np.repeat(CUTS, 2))
    days, tiers = _due(params), _tiers(params)
    en, zh = (
        comma.join(f"{key} ({days[key]}) {getattr(_TIERS[tier], lang)}" for key, tier in tiers.items())
        for lang, comma in (("en", ", "), ("zh", "、"))
    )
    return Text(
        en=f"The intervals are {intervals}. So: {en}. What is overdue lies in the first interval.",
        zh=f"四个区间是 {intervals}。因此：{zh}。逾期的落在第一个区间里。",
    )


item_1 = MappingItem(
    id="classification-1",
    ask=Text(
        en="Edges at 7, 30 and 90 days divide what is to be done into four tiers: urgent, moderately urgent, "
        "non-urgent, slow response. What is overdue (a negative number) is urgent. Your rule closes each interval on "
        'its "{closed}" side. With "right", a day on an edge belongs to the more urgent tier; with "left", to the less '
        "urgent one. Give the tier of each of the twelve days.",
        zh="7 天、30 天、90 天三条边界把待办的事务分成四类：急、缓急、不紧急、可慢反应。逾期的（负数）算急。"
        "你的规则取“{closed}”：“right”是右闭，边界上的日子归较急的一类；“left”是左闭，归较缓的一类。"
        "请写出十二个日子各属哪一类。",
    ),
    keys=_DUE,
    labels=_TIERS,
    choices={
        "closed": ("right", "left"),
        "overdue": (-9, -6, -5, -4, -3, -2, -1),
        "soon": (0, 1, 2, 3, 4, 5),
        "near": (6, 29, 89),
        "weeks": (12, 14, 17, 20, 24, 27),
        "months": (35, 42, 50, 60, 75, 85),
        "far": (95, 100, 120, 150, 180, 240),
        "start": tuple(range(12)),
        "step": (1, 5, 7, 11),
    },
    example={
        "closed": "right",
        "overdue": -2,
        "soon": 3,
        "near": 29,
        "weeks": 14,
        "months": 60,
        "far": 120,
        "start": 4,
        "step": 5,
    },
    solve=_tiers,
    exhibit=_due_table,
    traps=(
        Trap(
            "other-closed-side",
            _on(CUTS, _other_side),
            Text(
                en="All your edge days follow the other closed side. Write each interval with its brackets: which "
                "bracket takes its number in?",
                zh="你的边界日都按另一侧闭合归了类。把每个区间连同括号写出来：哪个括号把那个数包括进去？",
            ),
        ),
        *(Trap("edge-day", _on([cut], _other_side), _EDGE_DAY) for cut in CUTS),
        *(Trap("day-after-the-edge", _on([cut + 1], _late_edge), _DAY_AFTER) for cut in CUTS),
        Trap(
            "overdue-as-slow",
            _overdue_as(Urgency.SLOW.value),
            Text(
                en="You put what is overdue at the end, as if it were a case of its own. Read what the rule says about "
                "a negative number.",
                zh="你把逾期的排到了最后，好像它另成一类。请再读一遍规则对负数的规定。",
            ),
        ),
        Trap(
            "middle-tiers-swapped",
            _middle_swapped,
            Text(
                en="You swapped the two tiers in the middle. Which of their names says that the matter can wait "
                "longer?",
                zh="你把中间两类对调了。两个名称中，哪一个表示可以等得更久？",
            ),
        ),
    ),
    hint=Text(
        en="Write the interval with its brackets before you classify the day.",
        zh="先把区间连同括号写出来，再给日子归类。",
    ),
    why=_why_tiers,
    concepts=(
        "classification.urgency",
        "classification.urgency.urgent",
        "classification.urgency.moderate",
        "classification.urgency.non-urgent",
        "classification.urgency.slow",
    ),
    points=3,
)

# --- E01.2 gaps and overlaps -----------------------------------------------------------------------------------------

_CONTACTS = {f"K{number}": Text(en=f"K{number}", zh=f"K{number}") for number in range(1, 9)}
_NEVER = "never"
#: The status list as it is stated, word for word: who belongs where, by months since the last order and by offer.
_STATUS_LIST: dict[DealStatus, Callable[[Any, str], bool]] = {
    DealStatus.WON: lambda months, offer: months != _NEVER,
    DealStatus.NEGOTIATING: lambda months, offer: months == _NEVER and offer == "open",
    DealStatus.POTENTIAL: lambda months, offer: months == _NEVER and offer == "none",
}
_FACTS = ("open", "bought", "none-1", "lapsed", "none-2", "refused", "bought-lately", "none-3")
_DUE_FACTS = ("soon", "edge", "months", "beside-first", "overdue", "weeks", "beside-second", "far")


def _status_facts(params: Params) -> dict[str, tuple[str, Any, str]]:
    """Contact -> which of the eight cases, months since the last order or never, and the offer."""
    months = {"bought": params["order_months"], "bought-lately": 1, "lapsed": params["lapsed_months"]}
    offers = {"open": "open", "refused": params["refused"]}
    cases = _dealt(_FACTS, params["status_start"], params["status_step"])
    return {
        contact: (case, months.get(case, _NEVER), "accepted" if case in months else offers.get(case, "none"))
        for contact, case in zip(_CONTACTS, cases, strict=True)
    }


def _due_facts(params: Params) -> dict[str, tuple[str, int]]:
    """Contact -> which of the eight cases, and the day on which it is due."""
    cases = _dealt(_DUE_FACTS, params["due_start"], params["due_step"])
    return {contact: (case, params[case]) for contact, case in zip(_CONTACTS, cases, strict=True)}


def _contact_facts(params: Params) -> pd.DataFrame:
    facts, due = _status_facts(params), _due_facts(params)
    return pd.DataFrame(
        {
            "last_order_months": pd.Series([facts[name][1] for name in _CONTACTS], list(_CONTACTS), dtype=object),
            "offer": [facts[name][2] for name in _CONTACTS],
            "due_in_days": [due[name][1] for name in _CONTACTS],
        }
    )


def _gap(params: Params) -> str:
    """The contact that no line of the status list holds."""
    facts = _status_facts(params).items()
    (found,) = (name for name, (_, *case) in facts if not any(holds(*case) for holds in _STATUS_LIST.values()))
    return found


def _overlap(params: Params) -> str:
    """The contact whose tier depends on the closed side: the stated rule closes both, so two tiers claim the day."""
    due = _due_facts(params)
    days = tuple(day for _, day in due.values())
    both = zip(due, _sorted_days(days, "right"), _sorted_days(days, "left"), strict=True)
    (found,) = (name for name, right, left in both if right != left)
    return found


def _who(of: Callable[[Params], Mapping[str, tuple[Any, ...]]], case: str) -> Callable[[Params], str]:
    return lambda params: next(name for name, facts in of(params).items() if facts[0] == case)


_HAS_A_CLASS = Text(
    en="One line of the list holds this contact. Try the three lines on every contact: whom does none of them hold?",
    zh="有一种状态符合这位客户。拿三种状态逐一对照每位客户：谁哪一种都不符合？",
)
_BESIDE = Text(
    en="This day lies beside an edge, not on it. Read the two lines that meet there: do both hold this day?",
    zh="这一天在边界旁边，不在边界上。读一读在此相接的两条：两条都包括这一天吗？",
)
_ONE_TIER = Text(
    en="Only one line of the rule holds this day. Which days do two neighbouring lines both name?",
    zh="规则中只有一条包括这一天。相邻的两条同时提到了哪些天？",
)
_GAP_PARTS: dict[str, Item] = {
    "gap": ChoiceItem(
        ask=Text(en="The contact that has no status", zh="没有任何状态的客户"),
        options=_CONTACTS,
        solve=_gap,
        traps=(
            Trap(
                "rare-class",
                _who(_status_facts, "open"),
                Text(
                    en="This class has a single member. A gap is a customer with no class, and a rare class is no gap.",
                    zh="这一类只有一个成员。遗漏是指没有类可归的客户；成员少不等于遗漏。",
                ),
            ),
            Trap(
                "lapsed",
                _who(_status_facts, "lapsed"),
                Text(
                    en="This customer has gone quiet and may deserve a class of her own. Read the list word for word, "
                    "though: does no line hold her?",
                    zh="这位客户很久没有动静，也许该另设一类。但请逐字读三种状态：真的没有一种符合她吗？",
                ),
            ),
            *(
                Trap("has-a-class", _who(_status_facts, case), _HAS_A_CLASS)
                for case in _FACTS
                if case not in ("open", "lapsed", "refused")
            ),
        ),
        hint=Text(
            en="A gap is a customer with no class; an overlap is a customer with two. A rare class is neither.",
            zh="遗漏是指没有类可归的客户，重叠是指同时归入两类的客户。成员少的类两者都不是。",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
    "overlap": ChoiceItem(
        ask=Text(en="The contact whose day belongs to two tiers", zh="到期日同时属于两类的客户"),
        options=_CONTACTS,
        solve=_overlap,
        traps=(
            Trap("beside-an-edge", _who(_due_facts, "beside-first"), _BESIDE),
            Trap("beside-an-edge", _who(_due_facts, "beside-second"), _BESIDE),
            Trap(
                "overdue",
                _who(_due_facts, "overdue"),
                Text(
                    en="Overdue is early on the scale, not double. How many lines of the rule hold a negative number?",
                    zh="逾期只是排在最前，并不属于两类。规则中有几条包括负数？",
                ),
            ),
            Trap(
                "rare-class",
                _who(_due_facts, "far"),
                Text(
                    en="Few contacts are due so late. That makes a tier rare; an overlap is a day that two lines hold.",
                    zh="这么晚到期的客户很少，这一类只是成员少；重叠是指两条同时包括的日子。",
                ),
            ),
            *(Trap("one-tier", _who(_due_facts, case), _ONE_TIER) for case in ("soon", "weeks", "months")),
        ),
        hint=Text(
            en="Where one line of the rule ends and the next begins: which number stands in both?",
            zh="规则中上一条结束、下一条开始的地方：哪个数两条里都有？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _why_gap(params: Params) -> Text:
    gap, overlap = _gap(params), _overlap(params)
    day = _due_facts(params)[overlap][1]
    return Text(
        en=f"{gap} never ordered and did get an offer, which is no longer open: no line holds that. {overlap} is due "
        f"on day {day}, where one tier ends and the next begins: both claim it.",
        zh=f"{gap} 从未下单，也收到过报价，而报价已不再有效：没有一种状态符合。{overlap} 第 {day} 天到期，"
        "上一类在这一天结束，下一类在这一天开始：两类都包括它。",
    )


item_2 = PartsItem(
    id="classification-2",
    ask=Text(
        en="A colleague sorts contacts twice. By status: won (has ordered at least once), negotiating (has never "
        "ordered, our offer is open), potential (has never ordered and never got an offer). By due day: urgent (up to "
        "7 days), moderate (7 to 30 days), non-urgent (30 to 90 days), slow (90 days or more). In the table "
        "`last_order_months` counts months since the last order, `never` means none yet, and `offer` says what "
        "became of ours. One contact has no status, and the day of one belongs to two tiers. Give both ids, such as "
        "K1.",
        zh="一位同事给客户分了两次类。按状态：已成交（至少下过一次单）、正在谈判（从未下单，我们的报价仍有效）、"
        "潜在客户（从未下单，也从未收到过报价）。按到期日：急（7 天以内）、缓急（7 至 30 天）、不紧急（30 至 90 天）、"
        "可慢反应（90 天及以上）。表中 last_order_months 是距上次下单的月数，never 表示从未下单；"
        "offer 是报价：none 没有报价，open 仍有效，accepted 已接受，declined 已拒绝，expired 已过期。"
        "有一位客户没有任何状态，有一位客户的到期日同时属于两类。请写出两者的编号，例如 K1。",
    ),
    choices={
        "refused": ("declined", "expired"),
        "order_months": (2, 3, 4),
        "lapsed_months": (14, 16, 18, 20, 24),
        "status_start": tuple(range(8)),
        "status_step": (1, 3, 5, 7),
        "edge": CUTS,
        "beside-first": (6, 8),
        "beside-second": (29, 31),
        "overdue": (-5, -4, -3, -2, -1),
        "soon": (1, 2, 3, 4, 5),
        "weeks": (12, 15, 18, 21, 25),
        "months": (40, 45, 50, 60, 75),
        "far": (110, 120, 150, 180),
        "due_start": tuple(range(8)),
        "due_step": (1, 3, 5, 7),
    },
    example={
        "refused": "declined",
        "order_months": 3,
        "lapsed_months": 16,
        "status_start": 3,
        "status_step": 5,
        "edge": 30,
        "beside-first": 8,
        "beside-second": 31,
        "overdue": -2,
        "soon": 3,
        "weeks": 15,
        "months": 60,
        "far": 120,
        "due_start": 2,
        "due_step": 3,
    },
    reject=lambda params: _gap(params) == _overlap(params),
    exhibit=_contact_facts,
    parts=_GAP_PARTS,
    why=_why_gap,
    concepts=("classification.status", "classification.urgency"),
)

# --- E01.3 sequencing ------------------------------------------------------------------------------------------------

_JOBS = "ABCDE"
_WORK_DAYS = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
_DUE_DAYS = ((5, 6, 7), (8, 9, 10), (12, 13, 14, 15), (17, 18, 19, 20), (22, 23, 24, 25))
_RULES = {
    "EDD": Text(en="earliest due date first (EDD)", zh="最早到期优先（EDD）"),
    "SPT": Text(en="shortest job first (SPT)", zh="最短工时优先（SPT）"),
}
_Sequence = dict[str, list[float]]


def _job_numbers(params: Params) -> dict[str, dict[str, int]]:
    """Work and due day by job: the numbers rise, and two orders of the letters say whose they are."""
    return {
        f"{column}_days": {job: params[f"{column}_{place}"] for place, job in enumerate(params[f"{column}_order"], 1)}
        for column in ("work", "due")
    }


def _jobs(params: Params) -> pd.DataFrame:
    return pd.DataFrame(_job_numbers(params)).loc[list(_JOBS)]


@lru_cache(maxsize=4096)
def _measures(key: Key, rule: DispatchRule) -> dict[str, float]:
    """Both measures of a rule, by the chapter's model."""
    found = measure(schedule(_jobs(dict(key)), rule))
    return {"completion": found.mean_completion_days, "tardiness": found.mean_tardiness_days}


def _measured(rule: DispatchRule, what: str) -> Callable[[Params], float]:
    return lambda params: _measures(key_of(params), rule)[what]


def _order(rule: DispatchRule, params: Params) -> str:
    """The jobs in the order of a rule; the parameters hold the numbers in rising order."""
    by_work = params["work_order"]
    orders = {"fcfs": _JOBS, "spt": by_work, "lpt": by_work[::-1], "edd": params["due_order"]}
    return str(orders[rule])


def _sequence(rule: DispatchRule, params: Params) -> _Sequence:
    """Work, start and end, days late (negative when early) and delay of each job under a rule, in its order."""
    numbers, order = _job_numbers(params), _order(rule, params)
    work, due = ([float(numbers[column][job]) for job in order] for column in ("work_days", "due_days"))
    end = list(accumulate(work))
    late = [done - wanted for done, wanted in zip(end, due, strict=True)]
    start = [done - days for done, days in zip(end, work, strict=True)]
    begun_late = [max(0.0, begun - wanted) for begun, wanted in zip(start, due, strict=True)]
    delay = [max(0.0, days) for days in late]
    return {"work": work, "start": start, "end": end, "late": late, "delay": delay, "begun late": begun_late}


def _mean(numbers: Iterable[float]) -> float:
    return float(np.mean(list(numbers)))


def _by_hand(rule: DispatchRule, what: str) -> Callable[[Params], float]:
    """A measure of an order in plain numbers, for the wrong answers; the right ones come from the model."""
    return lambda params: _mean(_sequence(rule, params)["end" if what == "completion" else "delay"])


def _from(rule: DispatchRule, way: Callable[[_Sequence], float], what: str) -> Callable[[Params], float]:
    """Another reading of an order of work, silent where it gives the right number."""
    return _unless(lambda params: way(_sequence(rule, params)), _by_hand(rule, what))


def _unless(wrong: Callable[[Params], float], right: Callable[[Params], float]) -> Callable[[Params], float]:
    """A wrong number, silent where it cannot be told from the right one."""

    def found(params: Params) -> float:
        number, truth = wrong(params), right(params)
        return SILENT if abs(number - truth) <= max(0.01 * abs(truth), 0.01) else number

    return found


_ORDER_TRAPS: tuple[tuple[str, DispatchRule | None, Text], ...] = (
    (
        "other-rule",
        None,
        Text(
            en="This is what the other rule gives. Which column do you sort by?",
            zh="这是另一条规则的结果。应按哪一列排序？",
        ),
    ),
    (
        "order-of-the-table",
        "fcfs",
        Text(
            en="You worked down the table as it stands. Sort the jobs by the rule first.",
            zh="你按表中原来的顺序做了。先按规则给任务排序。",
        ),
    ),
    (
        "turned-round",
        "lpt",
        Text(
            en="You took the longest jobs first. Who waits while a long job is done?",
            zh="你先做了工时最长的任务。做一项长任务时，谁在等？",
        ),
    ),
)
_COMPLETION_TRAPS: tuple[tuple[str, Callable[[_Sequence], float], Text], ...] = (
    (
        "clock-restarted",
        lambda found: _mean(found["work"]),
        Text(
            en="You counted each job from the end of the one before. The clock does not restart between jobs: how long "
            "has each salon waited?",
            zh="你让每项任务都从上一项结束时算起。时钟不会在任务之间归零：每家店总共等了多久？",
        ),
    ),
    (
        "start-for-end",
        lambda found: _mean(found["start"]),
        Text(
            en="This is the time until work begins. A job is done only after its own work, too.",
            zh="这是开工之前的时间。一项任务要等自己的工作也做完，才算完成。",
        ),
    ),
    (
        "sum-for-mean",
        lambda found: float(sum(found["end"])),
        Text(en="This is the sum. What is it per job?", zh="这是总和。平均每项任务是多少？"),
    ),
    (
        "last-for-mean",
        lambda found: max(found["end"]),
        Text(
            en="This is when the last job is done. When is a job done on average?",
            zh="这是最后一项任务完成的时间。平均而言，任务何时完成？",
        ),
    ),
)
_TARDINESS_TRAPS: tuple[tuple[str, Callable[[_Sequence], float], Text], ...] = (
    (
        "early-repays-late",
        lambda found: _mean(found["late"]),
        Text(
            en="You let early jobs count below zero. Early work does not repay late work: what does a job count that "
            "is early?",
            zh="你让提前的任务算成了负数。提前不能抵消延误：提前完成的任务应算多少？",
        ),
    ),
    (
        "start-for-end",
        lambda found: _mean(found["begun late"]),
        Text(
            en="You compared the start of the work with the due day. When is the job done?",
            zh="你拿开工时间与到期日相比。任务是什么时候完成的？",
        ),
    ),
    (
        "sum-for-mean",
        lambda found: float(sum(found["delay"])),
        Text(en="This is the sum. What is it per job?", zh="这是总和。平均每项任务是多少？"),
    ),
    (
        "late-jobs-only",
        lambda found: _mean(late for late in found["delay"] if late),
        Text(
            en="You divided by the late jobs alone. The mean goes over all of them, the punctual ones too.",
            zh="你只除以延误的任务数。平均要除以全部任务，按时的也算。",
        ),
    ),
    (
        "worst-for-mean",
        lambda found: max(found["delay"]),
        Text(
            en="This is how late the worst job is. What is it per job?",
            zh="这是延误最久的那项任务。平均每项任务是多少？",
        ),
    ),
)


def _sequence_parts(label: str, rule: DispatchRule, other: DispatchRule) -> dict[str, Item]:
    """Mean completion and mean tardiness of one rule."""
    words = _RULES[label]

    def part(
        what: str, en: str, zh: str, hint: Text, own: tuple[tuple[str, Callable[[_Sequence], float], Text], ...]
    ) -> NumberItem:
        orders = [known for known in _ORDER_TRAPS if known[1] != "lpt" or rule == "spt"]
        return NumberItem(
            ask=Text(en=f"{en}, {words.en}", zh=f"{words.zh}的{zh}"),
            unit=_DAYS,
            decimals=1,
            solve=_measured(rule, what),
            traps=(
                *(Trap(name, _from(rule, way, what), text) for name, way, text in own),
                *(
                    Trap(name, _unless(_by_hand(order or other, what), _by_hand(rule, what)), text)
                    for name, order, text in orders
                ),
            ),
            hint=hint,
            why=_SEE_PARTS,
        )

    return {
        f"{label} completion": part(
            "completion",
            "mean completion time",
            "平均完成时间",
            Text(
                en="Write down the day on which each job is done, waiting included, and take the mean.",
                zh="写出每项任务在哪一天完成（含等待），再求平均。",
            ),
            _COMPLETION_TRAPS,
        ),
        f"{label} tardiness": part(
            "tardiness",
            "mean tardiness",
            "平均延误",
            Text(
                en="An early job does not pay back a late one, and the clock does not restart between jobs.",
                zh="提前的任务抵消不了延误的任务，时钟也不会在任务之间归零。",
            ),
            _TARDINESS_TRAPS,
        ),
    }


_SEQUENCE_PARTS = {**_sequence_parts("EDD", "edd", "spt"), **_sequence_parts("SPT", "spt", "edd")}


def _plain_sequence(params: Params) -> bool:
    """Whether the rules agree, one keeps the order of the table, or a measure says little."""
    if _JOBS in (params["work_order"], params["due_order"]) or params["work_order"] == params["due_order"]:
        return True
    late = [_by_hand(rule, "tardiness")(params) for rule in ("edd", "spt")]
    # A mean of exactly 4 would stand in the sentence that counts the right parts.
    return (
        min(late) < 0.5 or max(late) > 12 or late[0] == late[1] or 4 in late or _on_each_other(_SEQUENCE_PARTS, params)
    )


def _why_sequence(params: Params) -> Text:
    en, zh = [], []
    for label in _RULES:
        rule: DispatchRule = "edd" if label == "EDD" else "spt"
        order, found = _order(rule, params), _sequence(rule, params)
        ends, late = (" + ".join(map(shown, found[column])) for column in ("end", "delay"))
        completion, tardiness = (f"{_measured(rule, what)(params):.1f}" for what in ("completion", "tardiness"))
        jobs = len(_JOBS)
        en.append(
            f"{label}: {', '.join(order)}; completion ({ends}) / {jobs} = {completion}, tardiness ({late}) / {jobs} "
            f"= {tardiness}."
        )
        zh.append(
            f"{label}：{'、'.join(order)}；完成时间 ({ends}) / {jobs} = {completion}，延误 ({late}) / {jobs} "
            f"= {tardiness}。"
        )
    return Text(
        en=f"{' '.join(en)} Shortest first finishes jobs sooner on average; earliest due date first keeps the worst "
        "delay smallest.",
        zh=f"{''.join(zh)}最短工时优先使平均完成时间最短；最早到期优先使最长的延误最短。",
    )


item_3 = PartsItem(
    id="classification-3",
    ask=Text(
        en="Five salons, A to E, wait for one fitter. The table gives the days of work at each and the day on which it "
        "is due, both counted from now. She works without a break, one salon after the other. Give mean completion "
        "time (from now until a job is done) and mean tardiness (days late; an early job counts zero). Do so for two "
        "rules: earliest due date first (EDD) and shortest job first (SPT).",
        zh="A 至 E 五家店都在等同一位安装师傅。表中是每家的工时（天）和到期日，都从现在算起。"
        "师傅做完一家接着做下一家，中间不停。请按两条规则，即最早到期优先（EDD）和最短工时优先（SPT），"
        "分别给出平均完成时间（从现在到任务完成）和平均延误（延误的天数，提前完成算零）。",
    ),
    choices={
        **{f"work_{place}": values for place, values in enumerate(_WORK_DAYS, 1)},
        **{f"due_{place}": values for place, values in enumerate(_DUE_DAYS, 1)},
        **{f"{column}_order": tuple("".join(jobs) for jobs in permutations(_JOBS)) for column in ("work", "due")},
    },
    example={
        **{f"work_{place}": value for place, value in enumerate((2, 3, 6, 8, 9), 1)},
        **{f"due_{place}": value for place, value in enumerate((6, 8, 15, 18, 23), 1)},
        **{"work_order": "BDACE", "due_order": "BADCE"},
    },
    reject=_plain_sequence,
    exhibit=_jobs,
    parts=_SEQUENCE_PARTS,
    why=_why_sequence,
    concepts=("classification.urgency",),
)

# --- E01.4 who flips -------------------------------------------------------------------------------------------------

_CONTACTS_SHOWN = 40
_MEASURES = ("win_prob", "deal_value", "potential_annual")


@cache
def _candidates(sample: str) -> pd.DataFrame:
    drawn = _drawn(_table("classification_contacts"), "contact_id", sample, _CONTACTS_SHOWN)
    return drawn.set_index("contact_id")[list(_MEASURES)]


@cache
def _scores(sample: str) -> dict[str, Any]:
    """The scores by reading, and those of somebody who forgets the capture or the chance to win."""
    contacts = _candidates(sample)
    variants: dict[str, tuple[pd.DataFrame, float]] = {
        "": (contacts, CAPTURE),
        " whole potential": (contacts, 1.0),
        " deals as won": (contacts.assign(win_prob=1.0), CAPTURE),
    }
    scorers: tuple[Scorer, ...] = ("either", "sum")
    return {
        f"{scorer}{variant}": importance_score(table, scorer, capture=capture).to_numpy()
        for variant, (table, capture) in variants.items()
        for scorer in scorers
    }


@lru_cache(maxsize=2048)
def _readings(sample: str, threshold: float) -> dict[str, int]:
    """How many contacts flip, and what other ways of counting give."""
    contacts, scores = _candidates(sample), _scores(sample)
    either, total = (
        importance(contacts, scorer, threshold=threshold).to_numpy() == "important" for scorer in ("either", "sum")
    )
    flips = int((either != total).sum())

    def flips_with(variant: str) -> int:
        return int(((scores[f"either {variant}"] >= threshold) != (scores[f"sum {variant}"] >= threshold)).sum())

    return {
        "flips": flips,
        "pairs": int((either[:, None] != total[None, :]).sum()),
        "twice": 2 * flips,
        "either": int(either.sum()),
        "sum": int(total.sum()),
        "unchanged": int((either == total).sum()),
        "scores": int((scores["either"] != scores["sum"]).sum()),
        "whole-potential": flips_with("whole potential"),
        "deals-as-won": flips_with("deals as won"),
    }


def _count(way: str) -> Callable[[Params], float]:
    return lambda params: float(_readings(params["sample"], params["threshold"])[way])


def _miscount(way: str) -> Callable[[Params], float]:
    return _unless(_count(way), _count("flips"))


_ONE_READING = Text(
    en="You counted the important ones under one reading. Who changes when you take the other?",
    zh="你数的是一种读法下的重要客户。换成另一种读法，谁的标签变了？",
)


def _few_flips(params: Params) -> bool:
    """Whether too few labels change to tell anything, or a score lies so near the threshold that rounding decides."""
    scores, threshold = _scores(params["sample"]), params["threshold"]
    near = any(np.abs(scores[scorer] - threshold).min() < 0.5 for scorer in ("either", "sum"))
    return near or _count("flips")(params) < 3 or _on_each_other({"": item_4}, params)


def _why_flips(params: Params) -> Text:
    found, threshold = _readings(params["sample"], params["threshold"]), shown(params["threshold"])
    either, total, flips = found["either"], found["sum"], found["flips"]
    return Text(
        en=f"From {threshold} yuan on, {either} contacts are important by the larger amount and {total} by the sum. "
        f"The sum is never smaller, so nobody drops out: {total} - {either} = {flips} change their label.",
        zh=f"以 {threshold} 元为界，取较大者有 {either} 位重要客户，取两者之和有 {total} 位。和不会更小，"
        f"没有人被剔除：{total} - {either} = {flips} 位换了标签。",
    )


item_4 = NumberItem(
    id="classification-4",
    ask=Text(
        en="The table holds 40 contacts. A deal counts `win_prob` times `deal_value`, the potential counts 0.3 times "
        "`potential_annual`. One manager scores a contact by the larger of the two (`either`), the other by both "
        "together (`sum`). Each calls a contact important when the score is at least {threshold:,} yuan. How many "
        "contacts get one label from the one manager and another from the other?",
        zh="表中有 40 位客户。交易按 `win_prob` 乘 `deal_value` 计，潜力按 0.3 乘 `potential_annual` 计。"
        "一位经理取两者中较大的作为得分（`either`），另一位取两者之和（`sum`）。"
        "得分不低于 {threshold:,} 元的，就是重要客户。有多少位客户在两位经理那里得到的标签不同？",
    ),
    unit=Text(en="contacts", zh="位客户"),
    decimals=0,
    rel_tol=0.0,
    abs_tol=0.001,
    choices={
        "sample": tuple(str(number) for number in range(120)),
        "threshold": (4_000, 5_000, 6_000, 8_000, 10_000, 12_000),
    },
    example={"sample": "3", "threshold": 10_000},
    reject=_few_flips,
    solve=_count("flips"),
    exhibit=lambda params: _candidates(params["sample"]).copy(),
    traps=(
        Trap(
            "pairs",
            _miscount("pairs"),
            Text(
                en="You compared every contact with every other one. Compare each contact's label with its own label "
                "under the other reading.",
                zh="你拿每位客户与所有客户相比了。应拿每位客户的标签与他自己在另一种读法下的标签相比。",
            ),
        ),
        Trap(
            "both-directions",
            _miscount("twice"),
            Text(
                en="You counted each change twice, once from each side. Count customers, once each.",
                zh="每个变化你从两边各数了一次。数的是客户，每位只数一次。",
            ),
        ),
        Trap("one-reading", _miscount("either"), _ONE_READING),
        Trap("one-reading", _miscount("sum"), _ONE_READING),
        Trap(
            "those-who-stay",
            _miscount("unchanged"),
            Text(en="These keep their label. Who changes it?", zh="这些客户的标签没有变。变了的是谁？"),
        ),
        Trap(
            "score-for-label",
            _miscount("scores"),
            Text(
                en="These get two different scores. A label changes only where the threshold lies between them.",
                zh="这些客户的两个得分不同。只有门槛落在两个得分之间，标签才会变。",
            ),
        ),
        Trap(
            "whole-potential",
            _miscount("whole-potential"),
            Text(
                en="You counted the whole potential. Which share of it can a good year win over?",
                zh="你把潜力全算进去了。好的一年能争取到其中的多大一部分？",
            ),
        ),
        Trap(
            "deals-as-won",
            _miscount("deals-as-won"),
            Text(
                en="You counted every deal as if it were won. How likely is it?",
                zh="你把每笔交易都当成了已成交。成交的可能有多大？",
            ),
        ),
    ),
    hint=Text(en="Count customers whose label differs, once each.", zh="数标签不同的客户，每位只数一次。"),
    why=_why_flips,
    concepts=("classification.importance", "ident.quantitative"),
    points=3,
)

# --- E01.5 whom to prompt --------------------------------------------------------------------------------------------

_CODES = {code: Text(en=code, zh=code) for code in "ABC"}
_PORTIONS = {
    "all": Text(en="all of them", zh="全部"),
    "some": Text(en="some, not all", zh="一部分"),
    "none": Text(en="none", zh="一个也不"),
}


def _codes(params: Params) -> pd.DataFrame:
    """Calls and chances per code as the student sees them; the parameters are in percent."""
    return pd.DataFrame(
        {
            "size": [params[f"size_{code}"] for code in _CODES],
            "p_without": [params[f"without_{code}"] / 100 for code in _CODES],
            "p_with": [(params[f"without_{code}"] + params[f"uplift_{code}"]) / 100 for code in _CODES],
        },
        index=list(_CODES),
    )


@lru_cache(maxsize=8192)
def _targets(key: Key, rule: PromptRule) -> PromptTargets:
    params = dict(key)
    return prompt_targets(_codes(params), params["capacity"], rule)


def _given(params: Params, rule: PromptRule) -> dict[str, int]:
    """Prompts per code."""
    return dict(zip(_CODES, _targets(key_of(params), rule).allocation.tolist(), strict=True))


def _portions(given: Mapping[str, int], params: Params) -> dict[str, str]:
    return {
        code: "none" if not given[code] else "all" if given[code] == params[f"size_{code}"] else "some"
        for code in _CODES
    }


def _ranked_by(rule: PromptRule) -> Callable[[Params], dict[str, str]]:
    return lambda params: _portions(_given(params, rule), params)


def _relative(params: Params) -> dict[str, int]:
    """Prompts per code when the codes are ranked by how many times as often a prompted customer buys."""
    left, given = params["capacity"], dict.fromkeys(_CODES, 0)
    for code in sorted(_CODES, key=lambda code: -params[f"uplift_{code}"] / params[f"without_{code}"]):
        given[code] = min(left, params[f"size_{code}"])
        left -= given[code]
    return given


def _unless_same(wrong: Callable[[Params], Mapping[str, str]]) -> Callable[[Params], Labels]:
    """Wrong portions, silent where they are the right ones."""

    def found(params: Params) -> Labels:
        portions = wrong(params)
        return {"A": None} if portions == _ranked_by("uplift")(params) else dict(portions)

    return found


def _extra(rule: PromptRule) -> Callable[[Params], float]:
    return lambda params: _targets(key_of(params), rule).extra_sales


def _sales(rule: PromptRule) -> Callable[[Params], float]:
    return lambda params: _targets(key_of(params), rule).sales


def _added(params: Params, given: Mapping[str, float]) -> float:
    return float(sum(given[code] * params[f"uplift_{code}"] for code in _CODES)) / 100


def _extra_evenly(params: Params) -> float:
    sizes = {code: params[f"size_{code}"] for code in _CODES}
    return _added(params, {code: params["capacity"] * size / sum(sizes.values()) for code, size in sizes.items()})


def _extra_of_all(params: Params) -> float:
    return _added(params, {code: params[f"size_{code}"] for code in _CODES})


def _extra_of_best(params: Params) -> float:
    return float(params["capacity"] * max(params[f"uplift_{code}"] for code in _CODES)) / 100


def _other_extra(wrong: Callable[[Params], float]) -> Callable[[Params], float]:
    return _unless(wrong, _extra("uplift"))


def _extra_by_value(params: Params) -> float:
    """Silent where the ranking by response gives the same, which speaks then."""
    return _unless(_extra("value"), _extra("response"))(params)


_SALES_RULES: tuple[PromptRule, ...] = ("uplift", "response")
_BY_RESPONSE = Text(
    en="You ranked by how often prompted customers buy. How many of these would have bought with no prompt?",
    zh="你按提示后的购买率排了序。其中有多少人没有提示也会买？",
)
_BY_VALUE = Text(
    en="You started with those who buy most without a prompt. The best customers need not be the most persuadable: "
    "whose mind does a prompt change?",
    zh="你从不提示也买得最多的客户开始。最好的客户不一定最容易被打动：提示能改变谁的决定？",
)
_EVENLY = Text(
    en="You prompted every code at the same rate. Does a prompt add as much in each?",
    zh="你对各类客户一视同仁。一次提示在每一类中的提升量都一样吗？",
)
_BEYOND_CAPACITY = Text(
    en="You prompted more often than the capacity allows. Who must go without?",
    zh="你的提示超过了名额。谁只好不提示？",
)
_IN_RATIOS = Text(
    en="You ranked by how many times as often they buy. A sale is a sale: count the points that a prompt adds, not the "
    "ratio.",
    zh="你按购买率变成几倍来排序。一笔成交就是一笔：看提示增加几个百分点，不看倍数。",
)
_TARGET_PARTS: dict[str, Item] = {
    "prompts": MappingItem(
        ask=Text(
            en="For each code: how many of its customers to prompt (`all`, `some`, `none`)",
            zh="每一类：提示其中多少客户（`all` 全部、`some` 一部分、`none` 不提示）",
        ),
        keys=_CODES,
        labels=_PORTIONS,
        solve=_ranked_by("uplift"),
        traps=(
            Trap("ranks-by-response", _unless_same(_ranked_by("response")), _BY_RESPONSE),
            Trap("ranks-by-value", _unless_same(_ranked_by("value")), _BY_VALUE),
            Trap("evenly", lambda params: dict.fromkeys(_CODES, "some"), _EVENLY),
            Trap("capacity-ignored", lambda params: dict.fromkeys(_CODES, "all"), _BEYOND_CAPACITY),
            Trap("ratio-for-uplift", _unless_same(lambda params: _portions(_relative(params), params)), _IN_RATIOS),
        ),
        hint=Text(
            en="Rank the codes by what one prompt adds. How many of these would have bought with no prompt?",
            zh="按一次提示的提升量给各类排序。其中有多少人没有提示也会买？",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
    "extra sales": NumberItem(
        ask=Text(en="Expected extra sales: those that the prompts cause", zh="预期的额外成交：由提示带来的笔数"),
        unit=Text(en="sales", zh="笔"),
        decimals=1,
        solve=_extra("uplift"),
        traps=(
            Trap("ranks-by-response", _extra("response"), _BY_RESPONSE),
            Trap("ranks-by-value", _other_extra(_extra_by_value), _BY_VALUE),
            *(
                Trap(
                    "base-rate-forgotten",
                    _sales(rule),
                    Text(
                        en="These are all sales to prompted customers. How many of these would have bought with no "
                        "prompt?",
                        zh="这是被提示客户的全部成交。其中有多少人没有提示也会买？",
                    ),
                )
                for rule in _SALES_RULES
            ),
            Trap("evenly", _extra_evenly, _EVENLY),
            Trap("capacity-ignored", _extra_of_all, _BEYOND_CAPACITY),
            Trap(
                "size-ignored",
                _other_extra(_extra_of_best),
                Text(
                    en="You spent every prompt on one code. Does it have so many customers?",
                    zh="你把提示全用在一类客户上了。这一类有那么多客户吗？",
                ),
            ),
            Trap("ratio-for-uplift", _other_extra(lambda params: _added(params, _relative(params))), _IN_RATIOS),
        ),
        hint=Text(
            en="For each code: prompts times what one prompt adds to the chance to buy. Add them up.",
            zh="每一类：提示次数乘以一次提示增加的购买概率，再相加。",
        ),
        why=_SEE_PARTS,
        points=1.5,
    ),
}


def _no_conflict(params: Params) -> bool:
    """Whether ranking by uplift and by response come to much the same, or two codes tie."""
    uplifts = [params[f"uplift_{code}"] for code in _CODES]
    if len(set(uplifts)) < len(uplifts) or uplifts[0] == max(uplifts):
        return True
    if _ranked_by("response")(params) == _ranked_by("uplift")(params):
        return True
    best, second = _extra("uplift")(params), _extra("response")(params)
    return second > 0.95 * best or best < 6 or _on_the_truth(_TARGET_PARTS, params)


def _why_targets(params: Params) -> Text:
    given = _given(params, "uplift")
    order = sorted(_CODES, key=lambda code: -params[f"uplift_{code}"])
    steps = ", ".join(
        f"{code} {params[f'without_{code}'] + params[f'uplift_{code}']}% - {params[f'without_{code}']}% = "
        f"{params[f'uplift_{code}']}%"
        for code in order
    )
    sums = " + ".join(f"{given[code]} x {params[f'uplift_{code}'] / 100:.2f}" for code in order if given[code])
    extra, less = (shown(_extra(rule)(params)) for rule in _SALES_RULES)
    return Text(
        en=f"What a prompt adds: {steps}. In this order: {sums} = {extra} extra sales. Ranked by response it would be "
        f"{less}.",
        zh=f"一次提示的提升量：{steps.replace(', ', '；')}。按此顺序：{sums} = {extra} 笔额外成交。"
        f"若按响应率（提示后的购买率）排序，只有 {less} 笔。",
    )


item_5 = PartsItem(
    id="classification-5",
    ask=Text(
        en="A retailer's agents can prompt {capacity} customers to buy something more. The table gives, for codes A, B "
        "and C, how many customers there are and which share of them buys without and with a prompt. Every sale earns "
        "the same, and a prompt costs nothing. Spend the prompts so that they cause the most extra sales. For each "
        "code, do you prompt all of its customers, some of them, or none? How many extra sales do you expect?",
        zh="某零售商的话务员最多能向 {capacity} 位客户提示加购。表中是 A、B、C 三类代码的客户数，"
        "以及不提示和提示时的购买比例。每笔成交赚得一样多，提示不花钱。请分配提示，使带来的额外成交最多。"
        "每一类提示全部客户、一部分，还是一个也不提示？预期额外成交多少笔？",
    ),
    choices={
        "capacity": (300, 400, 500, 600, 700, 800),
        "size_A": (150, 200, 250),
        "size_B": (400, 450, 500, 550, 600),
        "size_C": (1_200, 1_300, 1_400),
        "without_A": (25, 28, 30, 32, 35),
        "without_B": (8, 10, 12, 15),
        "without_C": (3, 4, 5, 6),
        "uplift_A": (-2, 1, 2, 3, 4),
        "uplift_B": (2, 3, 8, 10, 12, 15),
        "uplift_C": (1, 2, 5, 7, 9),
    },
    example={
        "capacity": 500,
        "size_A": 200,
        "size_B": 500,
        "size_C": 1_300,
        "without_A": 30,
        "without_B": 10,
        "without_C": 5,
        "uplift_A": 3,
        "uplift_B": 12,
        "uplift_C": 1,
    },
    reject=_no_conflict,
    exhibit=_codes,
    parts=_TARGET_PARTS,
    why=_why_targets,
    concepts=("classification.abc-code", "classification.code-and-cross-sell", "classification.no-uniform-treatment"),
)

# --- E01.6 coding ----------------------------------------------------------------------------------------------------

_NOTES, _TOGETHER = 20, 5  # the notes to code, and how many of them are checked together
_TRAITS = {
    "urgent_need": Text(en="urgent need", zh="需求迫切"),
    "buying_power": Text(en="buying power", zh="购买力"),
    "low_cost_to_serve": Text(en="low cost to serve", zh="服务成本低"),
    "small_risk": Text(en="small risk", zh="风险小"),
    "lasting_relation": Text(en="lasting relation", zh="长期关系"),
}
_CODERS = ("coder_a", "coder_b")
_TOO_WIDE = {
    "urgent_need": Text(
        en="A note that you filed under urgent need is not about time. Busy is not urgent: does it say how soon the "
        "salon needs something?",
        zh="你归入“需求迫切”的记录中，有一条说的不是时间。生意忙不等于需求急：它说了这家店多快就需要什么吗？",
    ),
    "buying_power": Text(
        en="A note that you filed under buying power is not about the purse. Paying is not yet power: does it say how "
        "much the owner can spend, or how little a price matters?",
        zh="你归入“购买力”的记录中，有一条说的不是钱包。付钱不等于购买力：它说了店主花得起多少、对价格在不在乎吗？",
    ),
    "low_cost_to_serve": Text(
        en="A note that you filed under low cost to serve is not about our effort. A pleasant owner may be much work: "
        "does it say how many hours and trips the salon takes?",
        zh="你归入“服务成本低”的记录中，有一条说的不是我们的投入。客气的店主也可能很费事：它说了这家店要我们花多少时间、跑多少趟吗？",
    ),
    "small_risk": Text(
        en="A note that you filed under small risk is not about what we could lose. Cautious is not safe: does it say "
        "whether our money comes back?",
        zh="你归入“风险小”的记录中，有一条说的不是我们可能受的损失。谨慎不等于安全：它说了我们的钱收不收得回来吗？",
    ),
    "lasting_relation": Text(
        en="A note that you filed under lasting relation is not about a common future. Friendly is not lasting: does "
        "it say whether the owner means to stay with us?",
        zh="你归入“长期关系”的记录中，有一条说的不是共同的将来。友好不等于长久：它说了店主打不打算一直跟着我们吗？",
    ),
}
_COPIED = Text(
    en="These are a colleague's labels, slips included. Code the notes yourself before you look at others.",
    zh="这是一位同事的标签，错的也抄来了。先自己编码，再看别人的。",
)


@cache
def _notes(sample: str) -> pd.DataFrame:
    """A student's notes in both languages, with the trait each is about."""
    table = _table("classification_vignettes").assign(
        trait=simulate.truth()["classification_vignettes"]["trait"],
    )
    drawn = _drawn(table, "vignette_id", sample, _NOTES)
    return drawn.set_index(pd.Index([f"v{number}" for number in range(1, _NOTES + 1)]))


def _shown_notes(params: Params) -> pd.DataFrame:
    """The notes in the language in use, with the labels of two colleagues."""
    notes = _notes(params["sample"])
    text = notes["text_zh"] if language() == "zh" else notes["text"]
    return pd.DataFrame({"text": text, **{coder: notes[coder] for coder in _CODERS}})


@cache
def _coded(sample: str, by: str) -> dict[str, str]:
    notes = _notes(sample)
    return dict(zip(notes.index, notes[by].tolist(), strict=True))


@cache
def _agreements(sample: str) -> dict[str, float]:
    """Cohen's kappa of the two colleagues, and the measures that are mistaken for it."""
    one, other = (list(_coded(sample, coder).values()) for coder in _CODERS)
    observed = _mean(a == b for a, b in zip(one, other, strict=True))
    shares = [(one.count(trait) / len(one), other.count(trait) / len(other)) for trait in TRAITS]
    expected = sum(a * b for a, b in shares)
    pooled = sum(((a + b) / 2) ** 2 for a, b in shares)
    guess = 1 / len(TRAITS)
    return {
        "kappa": kappa(one, other),
        "observed": observed,
        "expected": expected,
        "beyond": observed - expected,
        "equal-shares": (observed - guess) / (1 - guess),
        "pooled": (observed - pooled) / (1 - pooled),
    }


def _agreement(way: str) -> Callable[[Params], float]:
    return lambda params: _agreements(params["sample"])[way]


def _other_agreement(way: str) -> Callable[[Params], float]:
    """Another measure, silent where it cannot be told from kappa."""

    def wrong(params: Params) -> float:
        number = _agreement(way)(params)
        return SILENT if abs(number - _agreement("kappa")(params)) <= 0.003 else number

    return wrong


def _coding_part(keys: Sequence[str]) -> MappingItem:
    """The labels of some of the notes; every wrong label has its hint."""

    def truth(params: Params) -> dict[str, str]:
        coded = _coded(params["sample"], "trait")
        return {key: coded[key] for key in keys}

    def copied(coder: str) -> Callable[[Params], Labels]:
        def wrong(params: Params) -> Labels:
            labels = {key: _coded(params["sample"], coder)[key] for key in keys}
            return {keys[0]: None} if labels == truth(params) else dict(labels)

        return wrong

    def filed(key: str, trait: str) -> Callable[[Params], Labels]:
        return lambda params: {key: None if truth(params)[key] == trait else trait}

    return MappingItem(
        ask=Text(
            en=f"The trait that each of {keys[0]} to {keys[-1]} is about",
            zh=f"{keys[0]} 至 {keys[-1]} 各说的是哪个特点",
        ),
        keys={key: Text(en=key, zh=key) for key in keys},
        labels=_TRAITS,
        solve=truth,
        traps=(
            *(Trap("copied", copied(coder), _COPIED) for coder in _CODERS),
            *(Trap(f"{trait}-too-wide", filed(key, trait), _TOO_WIDE[trait]) for trait in TRAITS for key in keys),
        ),
        hint=Text(
            en="Ask which question a note answers: how soon, how much money, how much work for us, how safe, how long?",
            zh="问一问每条记录回答的是什么：多急？多少钱？要我们花多少功夫？多安全？多长久？",
        ),
        why=_SEE_PARTS,
        points=0.75,
    )


_CODING_PARTS: dict[str, Item] = {
    **{
        f"v{first}-v{first + _TOGETHER - 1}": _coding_part([f"v{first + place}" for place in range(_TOGETHER)])
        for first in range(1, _NOTES + 1, _TOGETHER)
    },
    "kappa": NumberItem(
        ask=Text(en="Cohen's kappa of the two colleagues", zh="两位同事标签的 Cohen Kappa 系数"),
        unit=Text(en="decimals, not percent", zh="小数，不用百分数"),
        decimals=3,
        rel_tol=0.0,
        abs_tol=0.002,
        solve=_agreement("kappa"),
        traps=(
            Trap(
                "raw-agreement",
                _agreement("observed"),
                Text(
                    en="This is how often they agree. Two coders who guess would also agree sometimes. Subtract that.",
                    zh="这是他们一致的比例。两个人瞎猜，有时也会一致。要把这部分扣掉。",
                ),
            ),
            Trap(
                "chance-for-kappa",
                _other_agreement("expected"),
                Text(
                    en="This is how often they would agree by chance. How much of the room above it did they reach?",
                    zh="这是偶然一致的比例。在偶然之上所剩的余地里，他们达到了多少？",
                ),
            ),
            Trap(
                "not-divided",
                _other_agreement("beyond"),
                Text(
                    en="You took chance away and stopped there. Compare the rest with the most it could have been.",
                    zh="你扣掉了偶然的部分就停下了。还要与它最多能达到的相比。",
                ),
            ),
            Trap(
                "equal-shares",
                _other_agreement("equal-shares"),
                Text(
                    en="You took one fifth for chance. That holds if a coder gives every label equally often: do these "
                    "two?",
                    zh="你把偶然一致当成五分之一。只有每个标签用得一样多时才对：这两位是这样吗？",
                ),
            ),
            Trap(
                "pooled-shares",
                _other_agreement("pooled"),
                Text(
                    en="Right idea, other convention: you pooled the labels of both (Scott's pi). Cohen gives each "
                    "coder shares of their own.",
                    zh="思路对，口径不同：你把两人的标签合在一起算比例（Scott 的 pi）。"
                    "Cohen 的做法是每人各用自己的比例。",
                ),
            ),
        ),
        hint=Text(
            en="Two coders who guess would also agree sometimes: subtract that, and divide by what is left above it.",
            zh="两个人瞎猜，有时也会一致：先扣掉这部分，再除以偶然之上所剩的余地。",
        ),
        why=_SEE_PARTS,
    ),
}


def _poor_notes(params: Params) -> bool:
    """Whether a trait hardly occurs among the notes, or the two colleagues' agreement teaches little."""
    traits = list(_coded(params["sample"], "trait").values())
    found = _agreements(params["sample"])
    return (
        min(map(traits.count, TRAITS)) < 2 or not 0.3 <= found["kappa"] <= 0.9 or _on_the_truth(_CODING_PARTS, params)
    )


def _why_coding(params: Params) -> Text:
    labels, found = _coded(params["sample"], "trait"), _agreements(params["sample"])
    en, zh = (
        comma.join(f"{key} {getattr(_TRAITS[trait], lang)}" for key, trait in labels.items())
        for lang, comma in (("en", ", "), ("zh", "，"))
    )
    observed, expected, result = (f"{found[name]:.3f}" for name in ("observed", "expected", "kappa"))
    steps = f"({observed} - {expected}) / (1 - {expected}) = {result}"
    return Text(
        en=f"The writer of the notes had in mind: {en}. The two colleagues agree on {observed} of the notes, and "
        f"chance alone would give {expected}: {steps}.",
        zh=f"写记录的人想说的是：{zh}。两位同事在 {observed} 的记录上一致，偶然一致的比例是 {expected}：{steps}。",
    )


item_6 = PartsItem(
    id="classification-6",
    ask=Text(
        en="The account managers' notes on 20 salon owners. Each note is about one trait of a good customer, and says "
        "that it is there or that it is missing: urgent need (`urgent_need`), buying power (`buying_power`), low cost "
        "to serve (`low_cost_to_serve`), small risk (`small_risk`), lasting relation (`lasting_relation`). Which trait "
        "is each note about? Two colleagues coded the same notes: give Cohen's kappa of their labels, with three "
        "decimals.",
        zh="客户经理写的 20 条店主记录。每条说的是好客户的某一个特点，可能说有，也可能说没有：需求迫切"
        "（`urgent_need`）、购买力（`buying_power`）、服务成本低（`low_cost_to_serve`）、风险小（`small_risk`）、"
        "长期关系（`lasting_relation`）。每条记录说的是哪个特点？两位同事也给这些记录编了码，"
        "请给出两人标签的 Cohen Kappa 系数，保留三位小数。",
    ),
    choices={"sample": tuple(str(number) for number in range(400))},
    example={"sample": "0"},
    reject=_poor_notes,
    exhibit=_shown_notes,
    parts=_CODING_PARTS,
    why=_why_coding,
    concepts=("ident.good-customer", "ident.identification", "ident.qualitative"),
)

GRADED: tuple[Item, ...] = (item_1, item_2, item_3, item_4, item_5, item_6)
ITEMS: tuple[Item, ...] = GRADED + PRACTICE
