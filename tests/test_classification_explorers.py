"""What the explorers of chapter 01 show before anybody moves them, and that their tasks can be done."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from crmlab.classification import uplift
from crmlab.classification.chart import uplift_bars
from crmlab.classification.explorer import important_how, tier_edges, triage_desk, whom_to_prompt
from crmlab.core.data import load
from crmlab.core.explorers import Explorer
from crmlab.core.text import use_language

RULES = ("fcfs", "spt", "lpt", "edd", "wspt")


def seen(explorer: Explorer[Any], control: str, values: Any) -> dict[Any, Any]:
    """What the model returns at each of some values of one control."""
    found = {}
    for value in values:
        explorer.controls[control].value = value
        found[value] = explorer.result
    return found


# --- tier_edges ---


def test_at_first_the_closed_side_alone_has_moved_many_matters() -> None:
    view = tier_edges().result
    assert (view.cuts, view.closed) == ((7, 30, 90), "left")
    assert view.moved.sum() > 50
    assert set(view.days[view.moved]) == {7, 30, 90}
    assert sum(view.sizes) == 600


def test_put_back_no_matter_moves_and_a_calendar_month_moves_others() -> None:
    explorer = tier_edges()
    explorer.controls["rule"].value = "right-30"
    assert explorer.result.moved.sum() == 0
    assert explorer.result.sizes == [60, 180, 210, 150]
    assert "No matter has moved" in explorer.caption
    explorer.controls["rule"].value = "right-calendar"
    assert explorer.result.cuts == (7, 31, 92)
    assert set(explorer.result.days[explorer.result.moved]) == {31, 91, 92}
    assert 50 < explorer.result.moved.sum() < 600


@pytest.mark.parametrize(("control", "usual", "other"), [("week", 7, 12), ("month", 30, 25), ("quarter", 90, 100)])
def test_an_edge_moves_what_lies_between_and_nothing_else(control: str, usual: int, other: int) -> None:
    explorer = tier_edges()
    explorer.controls["rule"].value = "right-30"
    explorer.controls[control].value = other
    days = explorer.result.days
    between = (days > min(usual, other)) & (days <= max(usual, other))
    assert explorer.result.moved.tolist() == between.tolist()
    assert between.any()


# --- triage_desk ---


def test_at_first_earliest_due_first_has_every_matter_late_and_is_not_the_best() -> None:
    view = triage_desk().result
    assert (view.rule, view.managers) == ("edd", 2)
    assert len(view.scheduled) == len(view.important) == 60
    assert (view.scheduled["tardiness_days"] > 0).all()
    assert view.delay["edd"] > view.delay[view.best] == min(view.delay.values())


def test_a_rule_that_weighs_delays_least_and_keeps_more_matters_in_time() -> None:
    explorer = triage_desk()
    views = seen(explorer, "rule", RULES)
    assert {view.best for view in views.values()} == {"wspt"}
    late = {rule: int((view.scheduled["tardiness_days"] > 0).sum()) for rule, view in views.items()}
    assert late["wspt"] < late["fcfs"] < late["edd"]
    assert "the least of the five" in explorer.caption


def test_with_enough_managers_earliest_due_first_wins() -> None:
    views = seen(triage_desk(), "managers", (1, 2, 3, 4))
    assert [view.best for view in views.values()] == ["wspt", "wspt", "edd", "edd"]
    assert all(view.managers == view.scheduled["manager"].max() == count for count, view in views.items())
    delays = [view.delay["edd"] for view in views.values()]
    assert delays == sorted(delays, reverse=True)


def test_the_delay_shown_is_the_one_that_the_plan_makes_whatever_the_weight() -> None:
    explorer = triage_desk()
    for rule in RULES:
        explorer.controls["rule"].value = rule
        for weight, view in seen(explorer, "weight", (1, 12)).items():
            days = view.scheduled["tardiness_days"].to_numpy()
            assert view.important.sum() == 9
            assert view.delay[rule] == pytest.approx(days.sum() + (weight - 1) * days[view.important].sum())


def test_of_equal_weights_highest_weight_per_hour_is_shortest_first() -> None:
    explorer = triage_desk()
    explorer.controls["weight"].value = 1
    assert explorer.result.delay["wspt"] == explorer.result.delay["spt"]


# --- important_how ---


def test_at_first_the_sum_has_changed_labels_all_to_important() -> None:
    view = important_how().result
    assert (view.scorer, view.threshold) == ("sum", 10_000)
    assert view.flips.sum() > 0
    assert view.important[view.flips].all()


def test_the_weighted_mean_moves_most_contacts_across_the_line() -> None:
    views = seen(important_how(), "scorer", ("either", "sum", "weighted"))
    flips = {scorer: int(view.flips.sum()) for scorer, view in views.items()}
    assert flips["either"] == 0 < flips["sum"] < flips["weighted"]
    assert not views["weighted"].important[views["weighted"].flips].any()


def test_a_higher_threshold_leaves_fewer_important_and_a_weight_matters_to_the_mean_alone() -> None:
    explorer = important_how()
    explorer.controls["scorer"].value = "either"
    either = explorer.result.score
    views = seen(explorer, "threshold", (1000, 10_000, 30_000))
    assert all(view.flips.sum() == 0 and view.threshold == threshold for threshold, view in views.items())
    counts = [view.important.sum() for view in views.values()]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[2]
    explorer.reset()
    before = explorer.result.score
    assert all((view.score == before).all() for view in seen(explorer, "weight", (0, 100)).values())
    explorer.controls["scorer"].value = "weighted"
    deal, potential = (seen(explorer, "weight", (weight,))[weight].score for weight in (100, 0))
    np.testing.assert_allclose(deal + potential, before)
    np.testing.assert_allclose(np.maximum(deal, potential), either)


# --- whom_to_prompt ---


def test_at_first_response_earns_less_than_uplift() -> None:
    view = whom_to_prompt().result
    assert view.rule == "response"
    assert view.best == "uplift"
    assert view.found["response"].profit == pytest.approx(60 * 42 - 500)
    assert view.found["uplift"].profit == pytest.approx(60 * 60 - 500)


def test_with_700_prompts_response_earns_the_same_and_before_and_after_it_earns_less() -> None:
    gaps = {
        prompts: view.found["uplift"].profit - view.found["response"].profit
        for prompts, view in seen(whom_to_prompt(), "capacity", range(0, 2001, 100)).items()
    }
    assert [prompts for prompts, gap in gaps.items() if gap == pytest.approx(0, abs=1e-9)] == [0, 700]
    assert min(gaps.values()) > -1e-9


def test_with_prompts_for_all_uplift_leaves_out_c_where_a_prompt_costs_more_than_it_adds() -> None:
    explorer = whom_to_prompt()
    explorer.controls["rule"].value = "uplift"
    assert "the most that any rule earns" in explorer.caption
    view = seen(explorer, "capacity", (2000,))[2000]
    assert view.found["uplift"].allocation.to_dict() == {"A": 200, "B": 500, "C": 0}
    assert view.found["response"].allocation["C"] == 1300
    assert view.found["uplift"].profit > view.found["response"].profit
    cheap = seen(explorer, "cost", (0.5,))[0.5]  # a prompt in C adds 1% of 60
    assert cheap.found["uplift"].allocation["C"] == 1300


def test_uplift_is_the_best_rule_wherever_the_controls_stand() -> None:
    explorer = whom_to_prompt()
    for capacity in (0, 500, 2000):
        explorer.controls["capacity"].value = capacity
        for margin in (10, 120):
            explorer.controls["margin"].value = margin
            for cost, view in seen(explorer, "cost", (0, 5)).items():
                profits = {rule: found.profit for rule, found in view.found.items()}
                for found in view.found.values():
                    assert found.profit == pytest.approx(margin * found.extra_sales - cost * found.allocation.sum())
                assert profits["uplift"] >= max(profits.values()) - 1e-9


# --- sentences ---

FINDINGS = [
    (tier_edges, "98 of 600 matters (16%) have another tier", "600 件事务中有 98 件（16%）"),
    (triage_desk, "Earliest due first: 60 of 60 matters are late", "最早到期优先：60 件中有 60 件延误"),
    (triage_desk, "least is most weight per hour first with 215", "最少的是单位工时权重高者优先，215 天"),
    (important_how, "54 have another label", "54 位的标签变了"),
    (whom_to_prompt, "prompt A 200, B 300; 42.0 extra sales of 132.0", "提示 A 200、B 300；132.0 笔成交中"),
    (whom_to_prompt, "by uplift it would be 3,100", "则为 3,100"),
]


@pytest.mark.parametrize(("made", "en", "zh"), FINDINGS)
def test_both_languages_name_the_finding_with_the_same_numbers(made: Any, en: str, zh: str) -> None:
    numbers = []
    for lang, words in (("en", en), ("zh", zh)):
        use_language(lang)
        caption = made().caption
        assert words in caption
        numbers.append(sorted(re.findall(r"[\d,]*\d", caption)))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(("lang", "words"), [("en", "A prompt adds most in code B: "), ("zh", "提示对 B 类作用最大：")])
def test_uplift_bars_name_the_code_and_stand_on_zero(lang: str, words: str) -> None:
    use_language(lang)
    estimates = uplift(load("classification_prompts"))
    ax = uplift_bars(estimates, Figure().add_subplot())
    assert words in uplift_bars.caption(estimates) and "14.8" in uplift_bars.caption(estimates)
    assert ax.get_ylim()[0] == 0
    assert [bar.get_height() for bar in ax.patches] == pytest.approx(
        estimates[["p_without", "p_with"]].to_numpy().ravel().tolist()
    )
