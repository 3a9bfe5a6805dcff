"""Chapter 01: the models against sources, properties and independent implementations; the data against their truth."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlab.classification import (
    CAPTURE,
    CUTS,
    THRESHOLD,
    TRAITS,
    DealStatus,
    Importance,
    ServiceCode,
    Urgency,
    absorb,
    calendar_cuts,
    contribution,
    desk,
    good_customer,
    importance,
    importance_score,
    kappa,
    lift,
    measure,
    prompt_targets,
    schedule,
    service_code,
    similarity,
    uplift,
    urgency,
)
from crmlab.classification.model import Closed, DispatchRule, PromptRule, Scorer
from crmlab.classification.simulate import (
    CALLS,
    CODER_ACCURACY,
    CODES,
    DUE_DAYS,
    ON_AN_EDGE,
    PER_TIER,
    STATUS_SHARES,
    tables,
    truth,
)
from crmlab.core.data import load

STUDENTS = ["", "s1", "s2", "s3", "s4"]
SIDES: tuple[Closed, ...] = get_args(Closed)
SCORERS: tuple[Scorer, ...] = get_args(Scorer)
RULES: tuple[DispatchRule, ...] = get_args(DispatchRule)
PROMPT_RULES: tuple[PromptRule, ...] = get_args(PromptRule)

few = settings(max_examples=30)  # most work is done by pandas, which takes its time
both_sides = pytest.mark.parametrize("closed", SIDES)
whole_days = st.integers(-(10**6), 10**6)
rising_cuts = st.lists(st.integers(-500, 500), min_size=3, max_size=3, unique=True).map(sorted)


@pytest.fixture(scope="module")
def contacts() -> pd.DataFrame:
    return load("classification_contacts")


# --- urgency ---


def tier_by_hand(day: float, cuts: tuple[float, ...], closed: str) -> str:
    for name, cut in zip(("urgent", "moderate", "non_urgent"), cuts, strict=True):
        if day < cut or (day == cut and closed == "right"):
            return name
    return "slow"


@both_sides
def test_every_day_from_1000_before_to_1000_after_has_its_one_tier(closed: Closed) -> None:
    days = np.arange(-1000, 1001)
    found = urgency(days, closed=closed)
    assert list(found) == [tier_by_hand(day, CUTS, closed) for day in days]
    assert set(found) == set(Urgency)


@both_sides
@few
@given(days=st.lists(whole_days | st.floats(-1e6, 1e6), min_size=1, max_size=20), cuts=rising_cuts)
def test_a_later_day_is_never_more_urgent_whatever_the_cuts(closed: Closed, days: list[float], cuts: list[int]) -> None:
    found = urgency(sorted(days), cuts, closed)
    assert not found.isna().any()
    assert found.is_monotonic_increasing
    assert list(found) == [tier_by_hand(day, tuple(cuts), closed) for day in sorted(days)]


@both_sides
@few
@given(days=st.lists(st.integers(-600, 600), min_size=1, max_size=20), cuts=rising_cuts)
def test_urgency_agrees_with_cut_of_pandas(closed: Closed, days: list[int], cuts: list[int]) -> None:
    peer = pd.cut(pd.Series(days), [-np.inf, *cuts, np.inf], right=closed == "right", labels=list(Urgency))
    assert list(urgency(days, cuts, closed)) == list(peer)


@few
@given(rising_cuts)
def test_the_closed_side_matters_on_the_cuts_and_nowhere_else(cuts: list[int]) -> None:
    days = np.arange(cuts[0] - 3, cuts[-1] + 4)
    right, left = urgency(days, cuts, "right"), urgency(days, cuts, "left")
    assert days[(right != left).to_numpy()].tolist() == cuts
    assert (left.cat.codes - right.cat.codes).loc[lambda step: step != 0].tolist() == [1, 1, 1]


def test_overdue_is_urgent_and_an_edge_day_belongs_to_the_more_urgent_tier() -> None:
    assert list(urgency([-400, 0, 7, 30, 90])) == ["urgent", "urgent", "urgent", "moderate", "non_urgent"]
    assert list(urgency(7)) == ["urgent"]


def test_tiers_are_ordered_most_urgent_first() -> None:
    found = urgency(pd.Series([91, 5], index=["x", "y"]))
    assert found.cat.categories.tolist() == ["urgent", "moderate", "non_urgent", "slow"]
    assert (found <= "moderate").tolist() == [False, True]


def same_day_months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


@few
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_calendar_cuts_agree_with_the_calendar(today: date) -> None:
    week, one, three = calendar_cuts(today)
    assert week == 7
    assert today + timedelta(days=one) == same_day_months_later(today, 1)
    assert today + timedelta(days=three) == same_day_months_later(today, 3)
    assert (week, one, three) == calendar_cuts(today.isoformat())


def test_a_calendar_month_has_28_to_31_days_and_three_have_89_to_92() -> None:
    found = [calendar_cuts(day) for day in pd.date_range("2024-01-01", "2027-12-31")]
    assert {one for _, one, _ in found} == {28, 29, 30, 31}
    assert {three for _, _, three in found} == {89, 90, 91, 92}


# --- importance ---

a_contact = st.tuples(st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1e6))
some_contacts = st.lists(a_contact, min_size=1, max_size=12)


def as_contacts(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["win_prob", "deal_value", "potential_annual"], dtype=float)


TWO = as_contacts([(0.5, 8000, 5000), (0.1, 9000, 40000)])


def test_importance_scores_by_hand() -> None:
    assert importance_score(TWO).tolist() == [4000, 12000]
    assert importance_score(TWO, "sum").tolist() == [5500, 12900]
    assert importance_score(TWO, "weighted").tolist() == [2750, 6450]
    assert importance_score(TWO, "weighted", weight=0.8, capture=0.5).tolist() == pytest.approx([3700, 4720])


@pytest.mark.parametrize("scorer", SCORERS)
@few
@given(row=a_contact, more=a_contact, weight=st.floats(0, 1), capture=st.floats(0, 1))
def test_more_of_anything_never_lowers_the_score(
    scorer: Scorer, row: tuple[float, ...], more: tuple[float, ...], weight: float, capture: float
) -> None:
    rows = [row, *((*row[:k], max(row[k], more[k]), *row[k + 1 :]) for k in range(3))]
    score = importance_score(as_contacts(rows), scorer, weight, capture)
    assert (score >= score[0]).all()


@few
@given(some_contacts, st.floats(0, 1))
def test_sum_is_never_below_either_nor_either_below_a_weighted_mean(
    rows: list[tuple[float, ...]], weight: float
) -> None:
    table = as_contacts(rows)
    both, either, mean = (importance_score(table, scorer, weight) for scorer in ("sum", "either", "weighted"))
    assert (both >= either).all()
    assert (mean <= either * (1 + 1e-12)).all()
    np.testing.assert_array_equal(importance_score(table, "weighted", 1), table["win_prob"] * table["deal_value"])
    np.testing.assert_array_equal(importance_score(table, "weighted", 0), CAPTURE * table["potential_annual"])


def test_a_score_on_the_threshold_is_important_and_the_threshold_is_10_000() -> None:
    edge = as_contacts([(1, 9_999.99, 0), (1, 10_000, 0), (0, 50_000, 0)])
    assert list(importance(edge)) == ["not_important", "important", "not_important"]
    assert THRESHOLD == 10_000
    assert list(importance(edge, threshold=9_000)) == ["important", "important", "not_important"]
    assert importance(edge).cat.categories.tolist() == list(Importance)


@few
@given(st.lists(st.integers(0, 6), min_size=1, max_size=15), st.integers(0, 20))
def test_the_top_so_many_are_important_and_all_that_tie_with_the_last(values: list[int], top: int) -> None:
    found = importance(as_contacts([(1, value, 0) for value in values]), top=top)
    least = sorted(values, reverse=True)[:top]
    assert list(found == "important") == [bool(least) and value >= least[-1] for value in values]
    assert (found == "important").sum() >= min(top, len(values))


def test_nobody_is_important_among_nobody() -> None:
    assert importance(TWO.iloc[:0], top=2).empty
    assert importance(TWO.iloc[:0]).empty


# --- the order of work ---

ARCHITECTS = pd.DataFrame({"work_days": [6, 2, 8, 3, 9], "due_days": [8, 6, 18, 15, 23]}, index=list("ABCDE"))


@pytest.mark.parametrize(
    ("rule", "completion", "lateness", "utilisation", "jobs"),
    [
        ("fcfs", 15.4, 2.2, 0.364, 2.75),
        ("spt", 13.0, 1.8, 0.431, 2.32),
        ("edd", 13.6, 1.2, 0.412, 2.43),
        ("lpt", 20.6, 9.6, 0.272, 3.68),
    ],
)
def test_architects_jobs_heizer_render_no_negative_lateness(
    rule: DispatchRule, completion: float, lateness: float, utilisation: float, jobs: float
) -> None:
    found = measure(schedule(ARCHITECTS, rule))
    assert found.mean_completion_days == pytest.approx(completion)
    assert found.mean_tardiness_days == pytest.approx(lateness)
    assert round(found.utilisation, 3) == utilisation
    assert round(found.mean_jobs, 2) == jobs


def test_architects_jobs_heizer_render_in_order_of_due_date() -> None:
    found = schedule(ARCHITECTS, "edd")
    assert "".join(found.index) == "BADCE"
    assert found["completion_days"].tolist() == [2, 8, 11, 19, 28]
    assert found["lateness_days"].tolist() == [-4, 0, -4, 1, 5]
    assert found["tardiness_days"].tolist() == [0, 0, 0, 1, 5]
    assert measure(found).max_lateness_days == 5


def test_weighted_tardiness_is_a_sum_and_the_largest_lateness_may_be_early() -> None:
    found = schedule(ARCHITECTS.assign(weight=[1, 2, 3, 4, 10]), "edd")
    assert measure(found).weighted_tardiness_days == 3 * 1 + 10 * 5
    assert measure(schedule(ARCHITECTS.assign(due_days=40))).max_lateness_days == -12


a_job = st.tuples(st.integers(1, 9), st.integers(-3, 25), st.integers(0, 5))
some_jobs = st.lists(a_job, min_size=1, max_size=12)


def as_jobs(rows: list[tuple[int, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["work_days", "due_days", "weight"], index=[f"J{k}" for k in range(len(rows))])


def in_order(rows: tuple[tuple[int, ...], ...]) -> tuple[float, float, float]:
    """Largest lateness, mean completion and weighted completion of one order, worked out without the package."""
    work, due, weight = np.array(rows).T
    done = np.cumsum(work)
    return (done - due).max(), done.mean(), (weight * done).sum()


@few
@given(st.lists(a_job, min_size=1, max_size=5))
def test_of_all_orders_edd_spt_and_wspt_are_each_the_best_at_one_thing(rows: list[tuple[int, ...]]) -> None:
    lateness, mean, weighted = np.array([in_order(order) for order in permutations(rows)]).min(axis=0)
    edd, spt, wspt = (schedule(as_jobs(rows), rule) for rule in ("edd", "spt", "wspt"))
    assert measure(edd).max_lateness_days == lateness
    assert measure(spt).mean_completion_days == pytest.approx(mean)
    assert (wspt["weight"] * wspt["completion_days"]).sum() == weighted
    longest = measure(schedule(as_jobs(rows), "lpt")).mean_completion_days
    assert longest == pytest.approx(max(in_order(order)[1] for order in permutations(rows)))


@few
@given(some_jobs, st.sampled_from(RULES), st.integers(1, 5))
def test_each_job_is_done_once_and_no_manager_idles_while_work_waits(
    rows: list[tuple[int, ...]], rule: DispatchRule, managers: int
) -> None:
    jobs = as_jobs(rows)
    found = schedule(jobs, rule, managers)
    assert sorted(found.index) == sorted(jobs.index)
    pd.testing.assert_frame_equal(found[["work_days", "due_days", "weight"]], jobs.loc[found.index].astype(float))
    assert found["start_days"].is_monotonic_increasing
    assert set(found["manager"]) == set(range(1, min(managers, len(rows)) + 1))
    for _, own in found.groupby("manager"):  # one job after the other, from the first moment on
        assert own["start_days"].tolist() == [0, *own["completion_days"].iloc[:-1]]
        assert own["completion_days"].iloc[-1] >= found["start_days"].max()
    np.testing.assert_array_equal(found["completion_days"], found["start_days"] + found["work_days"])
    np.testing.assert_array_equal(found["tardiness_days"], np.maximum(0, found["completion_days"] - found["due_days"]))


@few
@given(some_jobs, st.sampled_from(RULES), st.integers(1, 4))
def test_one_more_manager_makes_no_job_start_later(
    rows: list[tuple[int, ...]], rule: DispatchRule, managers: int
) -> None:
    few, more = (schedule(as_jobs(rows), rule, desks) for desks in (managers, managers + 1))
    assert few.index.tolist() == more.index.tolist()
    assert (more["start_days"] <= few["start_days"]).all()


def test_ties_keep_the_order_of_the_table_and_the_first_free_manager_is_the_lower_number() -> None:
    equal = pd.DataFrame({"work_days": [2, 2, 2], "due_days": [5, 5, 5]}, index=["x", "y", "z"])
    for rule in RULES:
        found = schedule(equal, rule, managers=2)
        assert found.index.tolist() == ["x", "y", "z"]
        assert found["manager"].tolist() == [1, 2, 1]


def test_without_weights_highest_weight_per_day_is_shortest_first() -> None:
    pd.testing.assert_frame_equal(schedule(ARCHITECTS, "wspt"), schedule(ARCHITECTS, "spt"))


@few
@given(some_jobs, st.sampled_from(RULES))
def test_one_manager_is_always_busy_so_utilisation_is_one_over_mean_jobs(
    rows: list[tuple[int, ...]], rule: DispatchRule
) -> None:
    found = measure(schedule(as_jobs(rows), rule))
    assert found.utilisation * found.mean_jobs == pytest.approx(1)
    assert 0 < found.utilisation <= 1
    assert found.mean_tardiness_days >= max(0, found.max_lateness_days) / len(rows)


def test_no_job_makes_an_empty_plan() -> None:
    empty = schedule(ARCHITECTS.iloc[:0], "edd", managers=3)
    assert empty.empty
    assert empty.columns.tolist() == schedule(ARCHITECTS).columns.tolist()


def test_desk_holds_the_matters_of_the_week_in_days_of_work(contacts: pd.DataFrame) -> None:
    found = desk(contacts)
    due = contacts[contacts["due_in_days"] <= 7]
    assert found.index.tolist() == due.index.tolist()
    np.testing.assert_array_equal(found["work_days"], due["effort_hours"] / 8)
    np.testing.assert_array_equal(found["due_days"], due["due_in_days"])
    np.testing.assert_array_equal(found["weight"] == 5, importance(contacts)[due.index] == "important")
    assert set(found["weight"]) == {1, 5}


def test_desk_takes_another_weight_horizon_and_length_of_day(contacts: pd.DataFrame) -> None:
    found = desk(contacts, weight=12, within_days=30, hours_per_day=6)
    assert len(found) == 240
    assert set(found["weight"]) == {1, 12}
    assert found["work_days"].sum() == pytest.approx(contacts.loc[found.index, "effort_hours"].sum() / 6)


# --- the pipeline ---

PIPELINE = pd.DataFrame(
    {"potential": [0.6, 0.0], "negotiating": [0.2, 0.5], "won": [0.0, 0.3], "lost": [0.2, 0.2]},
    index=["potential", "negotiating"],
)


def test_absorb_by_hand() -> None:
    # from potential: half of those who move on talk, and of the talks 0.3 of 0.5 are won
    assert absorb(PIPELINE).to_numpy() == pytest.approx(np.array([[0.3, 0.7], [0.6, 0.4]]))
    assert absorb(PIPELINE).columns.tolist() == ["won", "lost"]


def test_absorb_agrees_with_deals_followed_one_by_one() -> None:
    random = np.random.default_rng(1)
    states = [*PIPELINE.index, "won", "lost"]
    table = pd.concat([PIPELINE[states], pd.DataFrame(np.eye(2, 4, k=2), ["won", "lost"], states)]).to_numpy()
    deals = np.zeros(40_000, dtype=int)
    for _ in range(100):
        deals = (random.random(len(deals))[:, None] > table[deals].cumsum(axis=1)).sum(axis=1)
    error = np.sqrt(0.3 * 0.7 / len(deals))
    assert (deals == 2).mean() == pytest.approx(absorb(PIPELINE).loc["potential", "won"], abs=3 * error)


# --- agreement of coders ---

YES, NO = ["yes"], ["no"]
labels = st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=1, max_size=30)


def varied(pairs: list[tuple[str, str]]) -> bool:
    return len({label for pair in pairs for label in pair}) > 1


def test_kappa_of_50_cases_20_both_yes_15_both_no_is_0_40_cohen() -> None:
    one = YES * 20 + YES * 5 + NO * 10 + NO * 15
    other = YES * 20 + NO * 5 + YES * 10 + NO * 15
    assert np.mean(np.array(one) == np.array(other)) == 0.70
    assert kappa(one, other) == 0.40


@few
@given(labels.filter(varied))
def test_kappa_agrees_with_statsmodels(pairs: list[tuple[str, str]]) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    table = np.array([[pairs.count((one, other)) for other in "abc"] for one in "abc"])
    one, other = zip(*pairs, strict=True)
    assert kappa(one, other) == pytest.approx(cohens_kappa(table, return_results=False), abs=1e-9)


@few
@given(labels.filter(varied), st.permutations("abc"))
def test_kappa_is_symmetric_and_blind_to_names_and_order(pairs: list[tuple[str, str]], names: list[str]) -> None:
    one, other = zip(*pairs, strict=True)
    called = dict(zip("abc", names, strict=True))
    assert kappa(other, one) == kappa(one, other) <= 1
    assert kappa([called[label] for label in one], [called[label] for label in other]) == kappa(one, other)
    assert kappa(one[::-1], other[::-1]) == kappa(one, other)


@few
@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30).filter(lambda labels: len(set(labels)) > 1))
def test_kappa_of_equal_labels_is_1(labels: list[str]) -> None:
    assert kappa(labels, labels) == 1
    assert kappa(pd.Series(labels, index=range(5, 5 + len(labels))), labels) == 1


def test_kappa_below_0_is_worse_than_guessing() -> None:
    assert kappa(["yes", "no"], ["no", "yes"]) == -1
    assert kappa(["yes", "yes"], ["no", "no"]) == 0


# --- identifying customers ---


def test_contribution_by_hand() -> None:
    shop = pd.DataFrame({"revenue": [900], "product_cost": [500], "service_hours": [12]})
    assert contribution(shop, 35).to_numpy().tolist() == [[400, 420, -20]]
    assert contribution(shop, 0)["contribution"].tolist() == [400]


@few
@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=1, max_size=6), st.integers(0, 100))
def test_an_hour_that_costs_1_more_takes_the_hours_from_the_contribution(
    rows: list[tuple[int, ...]], rate: int
) -> None:
    table = pd.DataFrame(rows, columns=["revenue", "product_cost", "service_hours"])
    before, after = contribution(table, rate), contribution(table, rate + 1)
    assert (before["contribution"] - after["contribution"] == table["service_hours"]).all()
    assert (before["gross_profit"] == after["gross_profit"]).all()
    assert (after["gross_profit"] - after["cost_to_serve"] == after["contribution"]).all()


SALONS = pd.DataFrame([[5, 4, 3, 4, 4], [2, 4, 2, 3, 4], [1, 5, 5, 5, 5]], list("PQR"), list(TRAITS))
some_scores = st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=8)


def shares(parts: list[int]) -> dict[str, float]:
    return {trait: part / sum(parts) for trait, part in zip(TRAITS, parts, strict=True)}


def test_a_good_customer_by_hand() -> None:
    found = good_customer(SALONS)
    assert found["score"].tolist() == pytest.approx([4, 3, 4.2])
    assert found["rank"].tolist() == [2, 3, 1]
    assert found["dominated"].tolist() == [False, True, False]
    assert good_customer(SALONS, shares([1, 0, 0, 0, 0]))["score"].tolist() == [5, 2, 1]


@few
@given(some_scores)
def test_dominated_is_who_is_beaten_on_every_count(rows: list[list[int]]) -> None:
    def beaten(row: list[int]) -> bool:
        return any(other != row and all(x >= y for x, y in zip(other, row, strict=True)) for other in rows)

    found = good_customer(pd.DataFrame(rows, columns=list(TRAITS)))
    assert found["dominated"].tolist() == [beaten(row) for row in rows]
    assert not found["dominated"].all()


@few
@given(some_scores, st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any))
def test_no_weights_put_the_dominated_first(rows: list[list[int]], parts: list[int]) -> None:
    found = good_customer(pd.DataFrame(rows, columns=list(TRAITS)), shares(parts))
    first = found[found["rank"] == 1]
    assert not first["dominated"].all()  # with a weight of 0 it may share the first place, never hold it alone
    if all(parts):
        assert not first["dominated"].any()


def test_equal_customers_share_the_better_rank_and_none_dominates() -> None:
    found = good_customer(pd.DataFrame([[3] * 5, [1] * 5, [3] * 5], columns=list(TRAITS)))
    assert found["rank"].tolist() == [1, 3, 1]
    assert found["dominated"].tolist() == [False, True, False]


some_customers = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=15)


@few
@given(some_customers, st.data())
def test_each_customer_has_one_code_and_each_code_its_size(rows: list[tuple[int, int]], more: st.DataObject) -> None:
    best = more.draw(st.integers(0, len(rows)))
    promising = more.draw(st.integers(0, len(rows) - best))
    table = pd.DataFrame(rows, columns=["value", "headroom"])
    code = service_code(table, best, promising)
    a, b, c = (table[code == name] for name in ServiceCode)
    assert (len(a), len(b), len(c)) == (best, promising, len(rows) - best - promising)
    others = pd.concat([b, c])
    if best and len(others):
        assert a["value"].min() >= others["value"].max()
        assert a.index[a["value"] == a["value"].min()].max() < min(
            others.index[others["value"] == a["value"].min()], default=np.inf
        )
    if promising and len(c):
        assert b["headroom"].min() >= c["headroom"].max()
        assert b.index[b["headroom"] == b["headroom"].min()].max() < min(
            c.index[c["headroom"] == b["headroom"].min()], default=np.inf
        )


def test_who_is_best_on_both_axes_is_a_and_takes_no_place_of_b() -> None:
    four = pd.DataFrame({"value": [9, 8, 2, 1], "headroom": [9, 7, 8, 2]}, index=list("wxyz"))
    assert service_code(four, best=1, promising=2).to_dict() == {"w": "A", "x": "B", "y": "B", "z": "C"}


LOYAL = pd.DataFrame({"chairs": [6, 8, 10], "members": [300, 400, 500]})
some_prospects = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 900)), min_size=1, max_size=6)


def test_similarity_by_hand() -> None:
    near = pd.DataFrame({"chairs": [8, 10, 14, 8], "members": [400, 400, 800, 300]}, index=list("abcd"))
    assert similarity(near, LOYAL).tolist() == pytest.approx([1, 1 / 2, 1 / 6, 1 / 2])


@few
@given(some_prospects, st.floats(0.01, 100), st.floats(-50, 50))
def test_similarity_does_not_depend_on_units(rows: list[tuple[int, int]], times: float, plus: float) -> None:
    table = pd.DataFrame(rows, columns=["chairs", "members"])
    before = similarity(table, LOYAL)
    other = [each.assign(chairs=each["chairs"] * times + plus) for each in (table, LOYAL)]
    np.testing.assert_allclose(similarity(*other), before, rtol=1e-6)
    assert ((before > 0) & (before <= 1)).all()


@few
@given(some_prospects)
def test_similarity_is_1_at_the_centre_and_falls_on_the_way_out(rows: list[tuple[int, int]]) -> None:
    centre = LOYAL.mean()
    for row in rows:
        steps = pd.DataFrame([centre + k * (np.array(row) - centre) for k in (0, 0.5, 1)])
        found = similarity(steps, LOYAL)
        assert found[0] == 1
        assert found.is_monotonic_decreasing


cases = st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=25).filter(
    lambda rows: any(hit for _, hit in rows)
)
parts = st.sampled_from([0.05, 0.1, 0.2, 0.25, 0.5, 0.8, 1.0])


def test_lift_by_hand_with_the_share_rounded_to_whole_cases() -> None:
    hits = [1, 0, 1, 0, 0, 0, 0, 0]
    assert lift(range(8, 0, -1), hits, 0.25) == 2
    assert lift(range(8, 0, -1), hits, 0.35) == pytest.approx(8 / 3)  # 2.8 cases are 3
    assert lift(range(8, 0, -1), hits, 0.01) == 4  # at least one


@few
@given(cases, parts)
def test_lift_agrees_with_sorting_a_table(rows: list[tuple[int, bool]], share: float) -> None:
    table = pd.DataFrame(rows, columns=["score", "positive"])
    best = table.sort_values("score", ascending=False, kind="stable").head(max(1, round(share * len(rows))))
    found = lift(table["score"], table["positive"], share)
    assert found == pytest.approx(best["positive"].mean() / table["positive"].mean())
    assert lift(np.exp(table["score"]), table["positive"].astype(int), share) == pytest.approx(found)


@few
@given(cases, parts)
def test_a_perfect_score_lifts_by_one_over_the_base_rate_as_far_as_the_positives_go(
    rows: list[tuple[int, bool]], share: float
) -> None:
    hits = np.array([hit for _, hit in rows])
    taken = max(1, round(share * len(hits)))
    assert lift(hits.astype(int), hits, share) == pytest.approx(min(1 / hits.mean(), len(hits) / taken))
    if taken <= (~hits).sum():
        assert lift(-hits.astype(int), hits, share) == 0


@few
@given(cases, parts)
def test_a_score_that_tells_nothing_lifts_by_1_on_average(rows: list[tuple[int, bool]], share: float) -> None:
    hits = [hit for _, hit in rows]
    turned = [lift(np.zeros(len(hits)), hits[k:] + hits[:k], share) for k in range(len(hits))]
    assert np.mean(turned) == pytest.approx(1)
    assert lift([score for score, _ in rows], hits, 1.0) == pytest.approx(1)


# --- whom to prompt ---

RETAILER = pd.DataFrame(
    {"size": [200, 500, 1300], "p_without": [0.30, 0.10, 0.05], "p_with": [0.33, 0.22, 0.06]}, index=list("ABC")
)


@pytest.mark.parametrize(("rule", "extra"), [("value", 42), ("response", 42), ("uplift", 60)])
def test_retailer_code_500_prompts_bring_42_extra_sales_by_response_and_60_by_uplift(
    rule: PromptRule, extra: float
) -> None:
    assert prompt_targets(RETAILER, 500, rule).extra_sales == pytest.approx(extra)


def test_retailer_code_most_sales_among_the_prompted_are_not_its_extra_sales() -> None:
    response, uplifted = (prompt_targets(RETAILER, 500, rule) for rule in ("response", "uplift"))
    assert response.allocation.to_dict() == {"A": 200, "B": 300, "C": 0}
    assert uplifted.allocation.to_dict() == {"A": 0, "B": 500, "C": 0}
    assert response.sales == pytest.approx(132)
    assert uplifted.sales == pytest.approx(110)


def test_a_prompt_that_costs_more_than_it_adds_is_left_out() -> None:
    priced = RETAILER.assign(margin=60)
    found = prompt_targets(priced, 2000, "uplift", cost_per_prompt=1)
    assert found.allocation.tolist() == [200, 500, 0]  # C would add 0.6 a prompt
    assert found.profit == pytest.approx(60 * 66 - 700)
    assert prompt_targets(priced, 2000, "uplift").allocation.sum() == 2000
    assert prompt_targets(priced, 2000, "response", 1).allocation.sum() == 2000


def test_uplift_counts_in_money_response_in_purchases_and_value_in_money_without_a_prompt() -> None:
    codes = pd.DataFrame(
        {"size": 10, "p_without": [0.1, 0.2, 0.5], "p_with": [0.3, 0.3, 0.55], "margin": [10, 50, 15]}, list("xyz")
    )
    firsts = {rule: prompt_targets(codes, 10, rule).allocation.idxmax() for rule in PROMPT_RULES}
    assert firsts == {"value": "y", "response": "z", "uplift": "y"}
    without_margin = codes.drop(columns="margin")
    firsts = {rule: prompt_targets(without_margin, 10, rule).allocation.idxmax() for rule in PROMPT_RULES}
    assert firsts == {"value": "z", "response": "z", "uplift": "x"}


chance = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
some_codes = st.lists(st.tuples(st.integers(0, 4), chance, chance, st.integers(0, 9)), min_size=1, max_size=3)


def as_codes(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["size", "p_without", "p_with", "margin"])


@few
@given(some_codes, st.integers(0, 15), st.floats(0, 3))
def test_no_way_to_spend_the_prompts_earns_more_than_uplift(
    rows: list[tuple[float, ...]], capacity: int, cost: float
) -> None:
    codes = as_codes(rows)
    size, p_without, p_with, margin = np.array(rows).T
    gain = (p_with - p_without) * margin - cost
    ways = product(*(range(int(most) + 1) for most in size))
    best = max(np.array(way) @ gain for way in ways if sum(way) <= capacity)
    profit = {rule: prompt_targets(codes, capacity, rule, cost).profit for rule in PROMPT_RULES}
    assert profit["uplift"] == pytest.approx(best, abs=1e-9)
    assert profit["uplift"] >= max(profit.values()) - 1e-9


@few
@given(some_codes, st.integers(0, 15), st.floats(0, 3), st.sampled_from(PROMPT_RULES))
def test_prompts_keep_to_capacity_and_sizes_and_the_sums_add_up(
    rows: list[tuple[float, ...]], capacity: int, cost: float, rule: PromptRule
) -> None:
    codes = as_codes(rows)
    found = prompt_targets(codes, capacity, rule, cost)
    given = found.allocation
    assert given.between(0, codes["size"]).all()
    assert given.sum() <= capacity
    if rule == "uplift":
        assert (given[codes["p_with"] <= codes["p_without"]] == 0).all()
    else:
        assert given.sum() == min(capacity, codes["size"].sum())
    added = given * (codes["p_with"] - codes["p_without"])
    assert found.extra_sales == pytest.approx(added.sum(), abs=1e-12)
    assert found.sales == pytest.approx((given * codes["p_with"]).sum())
    assert found.profit == pytest.approx((added * codes["margin"]).sum() - cost * given.sum(), abs=1e-9)


def test_uplift_by_hand() -> None:
    calls = pd.DataFrame(
        {"code": ["B"] * 4, "prompted": [0, 0, 1, 1], "bought": [0, 0, 1, 0], "margin": [40, 50, 60, 50]}
    )
    row = uplift(calls).loc["B"]
    assert row[["size", "p_without", "p_with", "uplift", "margin"]].tolist() == [4, 0, 0.5, 0.5, 50]
    assert row["std_error"] == pytest.approx(np.sqrt(0.5 * 0.5 / 2))


some_calls = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 1), st.integers(0, 1), st.integers(1, 90)), max_size=30
).map(lambda rows: [*rows, *((code, way, 0, 50) for code in "AB" for way in (0, 1))])


@few
@given(some_calls)
def test_uplift_agrees_with_a_cross_table_and_with_statsmodels(rows: list[tuple[Any, ...]]) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    calls = pd.DataFrame(rows, columns=["code", "prompted", "bought", "margin"])
    found = uplift(calls)
    rates = pd.crosstab(calls["code"], calls["prompted"], calls["bought"], aggfunc="mean")
    np.testing.assert_allclose(found[["p_without", "p_with"]], rates)
    np.testing.assert_allclose(found["uplift"], rates[1] - rates[0])
    assert found["size"].to_dict() == calls["code"].value_counts().to_dict()
    np.testing.assert_allclose(found["margin"], calls.groupby("code")["margin"].mean())
    sums, n = (calls.pivot_table("bought", "code", "prompted", aggfunc=how) for how in ("sum", "count"))
    for code in found.index:
        low, high = confint_proportions_2indep(
            sums.loc[code, 1], n.loc[code, 1], sums.loc[code, 0], n.loc[code, 0], method="wald", alpha=0.3173105
        )
        assert found.loc[code, "std_error"] == pytest.approx((high - low) / 2, rel=1e-5, abs=1e-12)


def test_uplift_feeds_the_prompts() -> None:
    estimates = uplift(load("classification_prompts"))
    assert estimates.index.tolist() == list("ABC")
    assert estimates["size"].to_dict() == CALLS
    assert prompt_targets(estimates, 500, "uplift", 1).allocation.idxmax() == "B"
    assert prompt_targets(estimates, 500, "value", 1).allocation["A"] == 200


# --- simulated tables ---


def test_a_student_gets_other_matters_calls_and_codings_of_the_same_notes() -> None:
    published, private = tables(), tables("s1")
    for name, column in (("contacts", "salon_id"), ("contacts", "due_in_days"), ("prompts", "bought")):
        assert (published[f"classification_{name}"][column] != private[f"classification_{name}"][column]).any()
    for name, table in tables("s1").items():
        pd.testing.assert_frame_equal(private[name], table)
    notes, own = published["classification_vignettes"], private["classification_vignettes"]
    pd.testing.assert_frame_equal(notes[["vignette_id", "text", "text_zh"]], own[["vignette_id", "text", "text_zh"]])
    assert (notes["coder_a"] != own["coder_a"]).any() and (notes["coder_b"] != own["coder_b"]).any()
    samples = [set(tables(student)["classification_contacts"]["salon_id"]) for student in STUDENTS]
    assert all(one != other for one, other in permutations(samples, 2))


@pytest.mark.parametrize("student", STUDENTS)
def test_tiers_have_fixed_sizes_and_many_matters_lie_on_an_edge(student: str) -> None:
    table = tables(student)["classification_contacts"]
    tier, due = urgency(table["due_in_days"]), table["due_in_days"]
    assert tier.value_counts().to_dict() == PER_TIER == {"urgent": 60, "moderate": 180, "non_urgent": 210, "slow": 150}
    for name, (first, last) in DUE_DAYS.items():
        assert due[tier == name].between(first, last).all()
        assert due[tier == name].nunique() > 8
    assert due.isin([7, 8, 30, 31, 90, 91]).mean() > ON_AN_EDGE - 0.02
    assert all(due.isin([day]).sum() >= 10 for day in CUTS)
    assert ((urgency(due) != urgency(due, closed="left")) == due.isin(CUTS)).all()


@pytest.mark.parametrize("student", STUDENTS)
def test_codes_and_potential_of_the_matters_follow_the_hidden_traits(student: str) -> None:
    table, true = tables(student)["classification_contacts"], truth(student)["classification_contacts"]
    salons = true["salons"]
    assert table["salon_id"].tolist() == salons.index.tolist()
    assert table["salon_id"].is_unique
    axes = pd.DataFrame({"value": salons["revenue"], "headroom": salons["headroom"]})
    assert table["code_true"].tolist() == list(service_code(axes, CODES["A"], CODES["B"]))
    error = np.log(table["potential_annual"].clip(lower=50)) - np.log(salons["headroom"].to_numpy())
    assert error.mean() == pytest.approx(0, abs=3 * true["potential_log_sd"] / np.sqrt(len(table)))
    assert error.std() == pytest.approx(true["potential_log_sd"], rel=0.1)


@pytest.mark.parametrize("student", STUDENTS)
def test_statuses_and_chances_to_win_follow_their_laws(student: str) -> None:
    table, true = tables(student)["classification_contacts"], truth(student)["classification_contacts"]
    share = table["status"].value_counts(normalize=True)
    assert set(share.index) == set(DealStatus)
    for status, expected in STATUS_SHARES.items():
        assert share[status] == pytest.approx(expected, abs=3 * np.sqrt(expected * (1 - expected) / len(table)))
    chances = table.groupby("status")["win_prob"]
    assert (chances.get_group("won") == 1).all() and (chances.get_group("lost") == 0).all()
    for status, (wins, losses) in true["win_prob"].items():
        law, own = wins / (wins + losses), chances.get_group(status)
        sd = np.sqrt(law * (1 - law) / (wins + losses + 1))
        assert own.mean() == pytest.approx(law, abs=3 * sd / np.sqrt(len(own)) + 0.005)  # 0.05 is the step of the table


@pytest.mark.parametrize("student", STUDENTS)
def test_calls_prompt_half_of_each_code_and_buy_at_the_true_rates(student: str) -> None:
    calls, true = tables(student)["classification_prompts"], truth(student)["classification_prompts"]
    found = uplift(calls)
    assert found["size"].to_dict() == true["size"] == {"A": 200, "B": 500, "C": 1300}
    assert calls.groupby("code")["prompted"].mean().tolist() == [0.5, 0.5, 0.5]
    for column in ("p_without", "p_with"):
        for code, chance in true[column].items():
            error = np.sqrt(chance * (1 - chance) / (true["size"][code] / 2))
            assert found.loc[code, column] == pytest.approx(chance, abs=3 * error)
    assert calls["margin"].between(40, 80).all()


@pytest.mark.parametrize("student", STUDENTS)
def test_coders_are_as_accurate_as_stated_and_agree_beyond_chance(student: str) -> None:
    notes, true = tables(student)["classification_vignettes"], truth(student)["classification_vignettes"]
    assert pd.Series(true["trait"]).value_counts().to_dict() == dict.fromkeys(TRAITS, 24)
    for coder, accuracy in CODER_ACCURACY.items():
        right = (notes[coder] == true["trait"]).mean()
        assert right == pytest.approx(accuracy, abs=3 * np.sqrt(accuracy * (1 - accuracy) / len(notes)))
        # 24 notes a trait: who guesses is right once in five times
        assert kappa(notes[coder], true["trait"]) == pytest.approx((right - 0.2) / 0.8, abs=0.02)
    assert kappa(notes["coder_a"], notes["coder_b"]) > (0.6 if not student else 0.45)


def test_a_slip_of_a_coder_is_never_right_by_chance() -> None:
    classes = [tables(f"c{number}")["classification_vignettes"] for number in range(40)]
    trait = truth()["classification_vignettes"]["trait"]
    for coder, accuracy in CODER_ACCURACY.items():
        right = np.mean([notes[coder] == trait for notes in classes])
        error = np.sqrt(accuracy * (1 - accuracy) / (120 * len(classes)))
        assert right == pytest.approx(accuracy, abs=3 * error)


def test_the_truth_cannot_be_changed_from_outside() -> None:
    spoilt = truth()
    spoilt["classification_contacts"]["salons"].loc[:, "revenue"] = 0
    spoilt["classification_contacts"]["win_prob"]["potential"][0] = 99
    spoilt["classification_prompts"]["p_with"]["B"] = 0.9
    spoilt["classification_prompts"]["size"].clear()
    spoilt["classification_vignettes"]["trait"].clear()
    spoilt["classification_vignettes"]["coder_accuracy"]["coder_a"] = 0
    again = truth()
    assert (again["classification_contacts"]["salons"]["revenue"] > 0).all()
    assert again["classification_contacts"]["win_prob"]["potential"] == [2, 6]
    assert again["classification_prompts"]["p_with"] == {"A": 0.33, "B": 0.22, "C": 0.06}
    assert again["classification_prompts"]["size"] == {"A": 200, "B": 500, "C": 1300}
    assert len(again["classification_vignettes"]["trait"]) == 120
    assert again["classification_vignettes"]["coder_accuracy"] == {"coder_a": 0.85, "coder_b": 0.80}


# --- bad input, and what stays as it was ---

CONTACTS = TWO.assign(due_in_days=[1, 8], effort_hours=[2.0, 3.0]).set_axis(["North", "South"])
JOBS = as_jobs([(6, 8, 1), (2, 6, 3)])
SHOPS = pd.DataFrame({"revenue": [900], "product_cost": [500], "service_hours": [12]}, index=["North"])
FOUR = pd.DataFrame({"value": [9, 8, 2, 1], "headroom": [1, 7, 9, 2]}, index=list("wxyz"))
CALLED = pd.DataFrame({"code": list("AABB"), "prompted": [0, 1, 0, 1], "bought": [0, 1, 0, 0], "margin": 50})
EQUAL = dict.fromkeys(TRAITS, 0.2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: urgency([1, np.nan]), "due_in_days 1 is nan; allowed are finite numbers."),
        (lambda: urgency(pd.Series([1, None], ["North", "South"])), "due_in_days 'South' is nan"),
        (lambda: urgency(["soon"]), "due_in_days 0 is 'soon'"),
        (lambda: urgency([1], (7, 7, 90)), "cuts is (7, 7, 90); allowed are three rising numbers of days."),
        (lambda: urgency([1], (30, 7, 90)), "cuts is (30, 7, 90)"),
        (lambda: urgency([1], (7, 30)), "cuts is (7, 30)"),
        (lambda: urgency([1], (7, np.nan, 90)), "cuts 1 is nan"),
        (lambda: urgency([1], closed="both"), "closed is 'both'; allowed are 'right', 'left'."),  # type: ignore[arg-type]
        (lambda: calendar_cuts("soon"), "today is 'soon'; allowed is a date such as '2026-03-02'."),
        (lambda: calendar_cuts("2026-02-30"), "today is '2026-02-30'"),
        (lambda: calendar_cuts(None), "today is None"),  # type: ignore[arg-type]
        (lambda: calendar_cuts(""), "today is ''"),
        (lambda: calendar_cuts(3), "today is 3; allowed is a date"),  # type: ignore[arg-type]
        (lambda: calendar_cuts("9999-12-01"), "today is '9999-12-01'; allowed is a date"),
        (lambda: urgency([[1, 2], [3, 4]]), "due_in_days has rows and columns; allowed is one list or column of days."),
        (lambda: urgency([1], None), "cuts is None"),  # type: ignore[arg-type]
        (lambda: importance_score(TWO.drop(columns="win_prob")), "contacts: column 'win_prob' is missing"),
        (
            lambda: importance_score(CONTACTS.assign(win_prob=1.2)),
            "contacts: column 'win_prob', row 'North' is 1.2; allowed are numbers of at least 0 and of at most 1.",
        ),
        (lambda: importance_score(CONTACTS.assign(deal_value=-1)), "column 'deal_value', row 'North' is -1"),
        (lambda: importance_score(CONTACTS.assign(potential_annual=[1, np.nan])), "row 'South' is nan"),
        (lambda: importance_score(TWO, "both"), "scorer is 'both'; allowed are 'either', 'sum', 'weighted'."),  # type: ignore[arg-type]
        (lambda: importance_score(TWO, "weighted", weight=1.5), "weight is 1.5; allowed are numbers of at least 0 and"),
        (lambda: importance_score(TWO, capture=-0.1), "capture is -0.1"),
        (lambda: importance(TWO, threshold=1, top=1), "importance got both threshold and top; allowed is one of them."),
        (lambda: importance(TWO, top=1.5), "top is 1.5; allowed are whole numbers from 0."),  # type: ignore[arg-type]
        (lambda: importance(TWO, top=-1), "top is -1"),
        (lambda: importance(TWO, top=[1, 2]), "top is [1, 2]; allowed is one whole number."),  # type: ignore[arg-type]
        (lambda: importance(TWO, threshold=np.nan), "threshold is nan"),
        (lambda: schedule(JOBS.drop(columns="due_days")), "jobs: column 'due_days' is missing"),
        (
            lambda: schedule(JOBS.assign(work_days=0)),
            "jobs: column 'work_days', row 'J0' is 0; allowed are numbers above 0.",
        ),
        (lambda: schedule(JOBS.assign(due_days=[1, np.nan])), "jobs: column 'due_days', row 'J1' is nan"),
        (lambda: schedule(JOBS.assign(weight=-1)), "jobs: column 'weight', row 'J0' is -1"),
        (lambda: schedule(JOBS, "fifo"), "rule is 'fifo'; allowed are 'fcfs', 'spt', 'lpt', 'edd', 'wspt'."),  # type: ignore[arg-type]
        (lambda: schedule(JOBS, managers=0), "managers is 0; allowed are whole numbers from 1."),
        (lambda: schedule(JOBS, managers=1.5), "managers is 1.5; allowed are whole numbers from 1."),  # type: ignore[arg-type]
        (lambda: schedule(JOBS, managers=None), "managers is None"),  # type: ignore[arg-type]
        (lambda: measure(schedule(JOBS.iloc[:0])), "schedule: there is no job; needed is at least one."),
        (lambda: measure(JOBS), "schedule: column 'completion_days' is missing"),
        (lambda: desk(CONTACTS.drop(columns="effort_hours")), "contacts: column 'effort_hours' is missing"),
        (lambda: desk(CONTACTS.assign(due_in_days=np.nan)), "contacts: column 'due_in_days', row 'North' is nan"),
        (lambda: desk(CONTACTS, weight=-1), "weight is -1"),
        (lambda: desk(CONTACTS.assign(effort_hours=[2, 0])), "column 'effort_hours', row 'South' is 0; allowed are"),
        (lambda: desk(CONTACTS, within_days=np.nan), "within_days is nan; allowed are finite numbers."),
        (lambda: desk(CONTACTS, hours_per_day=0), "hours_per_day is 0; allowed are numbers above 0."),
        (lambda: absorb(PIPELINE.assign(won=0.4)), "transitions: row 'potential' sums to 1.4"),
        (lambda: kappa(["a"], ["a", "b"]), "kappa got 1 and 2 labels; needed is the same number, at least one."),
        (lambda: kappa([], []), "kappa got 0 and 0 labels"),
        (lambda: kappa(["a", "b"], ["a", None]), "kappa: case 1 has no label; every case needs one."),
        (lambda: kappa([np.nan, "b"], ["a", "b"]), "kappa: case 0 has no label"),
        (lambda: kappa(["a", "a"], ["a", "a"]), "kappa: both coders say 'a' to every case; kappa needs at least two"),
        (lambda: contribution(SHOPS.drop(columns="revenue"), 1), "customers: column 'revenue' is missing"),
        (lambda: contribution(SHOPS.assign(service_hours=-2), 1), "column 'service_hours', row 'North' is -2"),
        (lambda: contribution(SHOPS, -1), "hour_rate is -1"),
        (lambda: good_customer(SALONS.drop(columns="small_risk")), "scores: column 'small_risk' is missing"),
        (lambda: good_customer(SALONS.assign(small_risk=-1)), "scores: column 'small_risk', row 'P' is -1"),
        (lambda: good_customer(SALONS.assign(small_risk=np.nan)), "scores: column 'small_risk', row 'P' is nan"),
        (lambda: good_customer(SALONS, dict.fromkeys(TRAITS, 0.3)), "weights sum to 1.5; allowed is a sum of 1."),
        (lambda: good_customer(SALONS, {"small_risk": 1}), "weights has small_risk; needed are urgent_need, "),
        (lambda: good_customer(SALONS, EQUAL | {"luck": 0}), "lasting_relation, luck; needed are"),
        (
            lambda: good_customer(SALONS, EQUAL | {"urgent_need": -0.2, "small_risk": 0.6}),
            "weights 'urgent_need' is -0.2; allowed are numbers",
        ),
        (lambda: service_code(FOUR, 3, 2), "best and promising are 3 and 2, but there are only 4 customers."),
        (lambda: service_code(FOUR, 1.5, 1), "best is 1.5; allowed are whole numbers from 0."),  # type: ignore[arg-type]
        (lambda: service_code(FOUR, 1, -1), "promising is -1"),
        (lambda: service_code(FOUR.assign(value=np.nan), 1, 1), "customers: column 'value', row 'w' is nan"),
        (lambda: service_code(FOUR.drop(columns="headroom"), 1, 1), "customers: column 'headroom' is missing"),
        (lambda: similarity(LOYAL, LOYAL.assign(chairs=3)), "loyal: column 'chairs' is the same for all; a trait must"),
        (lambda: similarity(LOYAL, LOYAL.assign(chairs=0.1)), "loyal: column 'chairs' is the same for all"),
        (lambda: similarity(LOYAL[[]], LOYAL[[]]), "loyal: there is no column"),
        (lambda: similarity(LOYAL, LOYAL.iloc[:1]), "loyal has 1 rows; needed are at least two."),
        (lambda: similarity(LOYAL.drop(columns="chairs"), LOYAL), "prospects: column 'chairs' is missing"),
        (lambda: similarity(LOYAL.assign(chairs=[1, 2, np.nan]), LOYAL), "prospects: column 'chairs', row 2 is nan"),
        (lambda: lift([1, 2], [1]), "score has 2 cases and positive has 1; needed is the same number."),
        (lambda: lift([[1, 2]], [[0, 1]]), "needed is the same number"),
        (lambda: lift([1, 2], [0, 0]), "positive must hold 0 and 1 only, and at least one 1."),
        (lambda: lift([1, 2], [0, 2]), "positive must hold 0 and 1 only"),
        (lambda: lift([], []), "at least one 1"),
        (lambda: lift([1, np.nan], [0, 1]), "score 1 is nan"),
        (lambda: lift([1, 2], ["no", "yes"]), "positive 0 is 'no'"),
        (lambda: lift([1, 2], [0, 1], 0), "share is 0; allowed are numbers above 0 and of at most 1."),
        (lambda: lift([1, 2], [0, 1], 1.1), "share is 1.1"),
        (lambda: uplift(CALLED.drop(columns="code")), "prompts: column 'code' is missing"),
        (lambda: uplift(CALLED.drop(columns="margin")), "prompts: column 'margin' is missing"),
        (
            lambda: uplift(CALLED.assign(prompted=[0, 1, 0, 2])),
            "prompts: column 'prompted', row 3 is 2; allowed are 0 and 1.",
        ),
        (lambda: uplift(CALLED.assign(bought=0.5)), "prompts: column 'bought', row 0 is 0.5; allowed are 0 and 1."),
        (lambda: uplift(CALLED.assign(bought=np.nan)), "prompts: column 'bought', row 0 is nan"),
        (lambda: uplift(CALLED.assign(margin=-1)), "prompts: column 'margin', row 0 is -1"),
        (
            lambda: uplift(CALLED.assign(code=["A", "A", None, "B"])),
            "prompts: row 2 has no code; every call needs one.",
        ),
        (lambda: uplift(CALLED.assign(prompted=[0, 1, 0, 2]).set_axis([7] * 4)), "row 7 is 2; allowed are 0 and 1."),
        (lambda: uplift({"prompted": [0], "bought": [0], "margin": [1]}), "column 'code' is missing"),  # type: ignore[arg-type]
        (lambda: uplift(CALLED.iloc[:3]), "prompts: every code needs calls with a prompt and calls without."),
        (lambda: uplift(CALLED.assign(prompted=1)), "prompts: every code needs calls with a prompt and calls without."),
        (lambda: uplift(CALLED.iloc[:0]), "prompts: every code needs calls"),
        (lambda: prompt_targets(RETAILER.drop(columns="size"), 5), "codes: column 'size' is missing"),
        (
            lambda: prompt_targets(RETAILER.assign(p_with=1.2), 5),
            "codes: column 'p_with', row 'A' is 1.2; allowed are numbers of at least 0 and of at most 1.",
        ),
        (lambda: prompt_targets(RETAILER.assign(p_without=-0.1), 5), "codes: column 'p_without', row 'A' is -0.1"),
        (
            lambda: prompt_targets(RETAILER.assign(size=[200, 2.5, 1]), 5),
            "codes: column 'size', row 'B' is 2.5; allowed are whole numbers from 0.",
        ),
        (lambda: prompt_targets(RETAILER.assign(size=np.nan), 5), "codes: column 'size', row 'A' is nan"),
        (lambda: prompt_targets(RETAILER.assign(margin=np.nan), 5), "codes: column 'margin', row 'A' is nan"),
        (lambda: prompt_targets(RETAILER, 1.5), "capacity is 1.5; allowed are whole numbers from 0."),  # type: ignore[arg-type]
        (lambda: prompt_targets(RETAILER, -1), "capacity is -1"),
        (lambda: prompt_targets(RETAILER, 5, "luck"), "rule is 'luck'; allowed are 'value', 'response', 'uplift'."),  # type: ignore[arg-type]
        (lambda: prompt_targets(RETAILER, 5, cost_per_prompt=-1), "cost_per_prompt is -1"),
    ],
)
def test_bad_input_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


ODD_INDEX = ["South", "South", 3]
BY_ROW: list[tuple[pd.DataFrame, Callable[[pd.DataFrame], Any]]] = [
    (pd.DataFrame({"due_in_days": [5, 50, 500]}), lambda table: urgency(table["due_in_days"])),
    (as_contacts([(0.5, 8000, 5000), (0.1, 9000, 4), (1, 1, 1)]), importance_score),
    (as_contacts([(0.5, 8000, 5000), (0.1, 9000, 4), (1, 1, 1)]), importance),
    (ARCHITECTS.iloc[:3], schedule),
    (SHOPS.iloc[[0, 0, 0]], lambda table: contribution(table, 35)),
    (SALONS, good_customer),
    (FOUR.iloc[:3], lambda table: service_code(table, 1, 1)),
    (LOYAL, lambda table: similarity(table, LOYAL)),
    (RETAILER, lambda table: prompt_targets(table, 500).allocation),
]


@pytest.mark.parametrize(("table", "model"), BY_ROW)
def test_results_keep_the_index_even_one_with_equal_labels(
    table: pd.DataFrame, model: Callable[[pd.DataFrame], Any]
) -> None:
    before = table.set_axis(ODD_INDEX)
    after = before.copy()
    assert model(after).index.tolist() == ODD_INDEX
    pd.testing.assert_frame_equal(after, before)


def test_inputs_are_never_changed(contacts: pd.DataFrame) -> None:
    inputs: list[tuple[pd.DataFrame, Callable[[pd.DataFrame], Any]]] = [
        *BY_ROW,
        (contacts, desk),
        (PIPELINE, absorb),
        (LOYAL, lambda table: similarity(FOUR.set_axis(["chairs", "members"], axis=1), table)),
        (CALLED, uplift),
        (schedule(JOBS, "edd"), measure),
    ]
    for table, model in inputs:
        before = table.copy()
        found = model(table)
        if isinstance(found, pd.DataFrame):
            found[found.columns[0]] = -1
        pd.testing.assert_frame_equal(table, before)
    weights = dict(EQUAL)
    good_customer(SALONS, weights)
    assert weights == EQUAL
