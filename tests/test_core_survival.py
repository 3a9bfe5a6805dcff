"""How long relations last: agreement with an independent Kaplan-Meier, with ties and with relations still running."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.core.data import real
from crmlab.core.survival import survival

#: Whole months, so that many are equal, or any durations; and whether each relation ended.
relations = st.lists(
    st.tuples(st.integers(1, 8) | st.floats(0.01, 99), st.sampled_from([0, 1])), min_size=1, max_size=25
)


def kaplan_meier(seen: list[tuple[float, int]]) -> dict[float, float]:
    alive, curve = 1.0, {0.0: 1.0}
    for time in sorted({time for time, ended in seen if ended}):
        at_risk = sum(other >= time for other, _ in seen)
        alive *= 1 - seen.count((time, 1)) / at_risk
        curve[time] = alive
    return curve


@given(relations)
def test_it_agrees_with_kaplan_and_meier_relation_by_relation(seen: list[tuple[float, int]]) -> None:
    found = survival(*zip(*seen, strict=True))
    expected = kaplan_meier(seen)
    assert found.index.tolist() == list(expected)
    np.testing.assert_allclose(found, list(expected.values()), atol=1e-12)


@given(relations)
def test_without_censoring_it_is_the_share_that_lasted_longer(seen: list[tuple[float, int]]) -> None:
    months = np.array([time for time, _ in seen], dtype=float)
    found = survival(months, np.ones(len(months)))
    assert found.index.tolist() == [0, *np.unique(months)]
    np.testing.assert_allclose(found, [(months > month).mean() for month in found.index], atol=1e-12)


def test_a_curve_begins_with_all_and_is_labelled() -> None:
    found = survival(pd.Series([3, 1, 2], index=["x", "y", "z"]), pd.Series([1, 1, 0], index=["x", "y", "z"]))
    assert (found.index.name, found.name) == ("duration", "alive")
    assert found.to_dict() == {0: 1, 1: pytest.approx(2 / 3), 3: 0}


def test_who_still_runs_at_the_moment_another_ends_was_at_risk() -> None:
    assert survival([2, 2, 4], [1, 0, 1]).to_dict() == {0: 1, 2: pytest.approx(2 / 3), 4: 0}


def test_if_nothing_ended_all_are_alive() -> None:
    assert survival([5, 7], [0, 0]).to_dict() == {0: 1}


def test_relations_that_still_run_are_counted_as_far_as_they_go() -> None:
    all_ended, dropped = survival([1, 2, 3], [1, 1, 1]), survival([1, 3], [1, 1])
    found = survival([1, 2, 3], [1, 0, 1])
    assert found[1] == pytest.approx(all_ended[1]) and found[1] > dropped[1]  # at 1 all three are still seen
    assert found[1] > all_ended[2]  # and the one that still ran at 2 has not ended there


@pytest.mark.parametrize(
    ("duration", "left", "message"),
    [
        ([1, 2], [1], "left has 1 marks for 2 durations; needed is one for each."),
        ([], [], "left has 0 marks for 0 durations; needed is one for each."),
        ([1, 2], [1, 0.5], "left holds 0.5; allowed are 0 and 1."),
        ([1, 2], [1, 2], "left 1 is 2; allowed are numbers of at least 0 and of at most 1."),
        ([1, 2], [1, -1], "left 1 is -1; allowed are numbers of at least 0 and of at most 1."),
        ([1, 2], [1, np.nan], "left 1 is nan; allowed are numbers of at least 0 and of at most 1."),
        ([1, 0], [1, 1], "duration 1 is 0; allowed are numbers above 0."),
        ([np.nan, 1], [1, 1], "duration 0 is nan; allowed are numbers above 0."),
        ([np.inf, 1], [1, 1], "duration 0 is inf; allowed are numbers above 0."),
        (pd.Series([4, -2], index=["R1", "R2"]), [1, 1], "duration 'R2' is -2; allowed are numbers above 0."),
    ],
)
def test_what_is_wrong_is_named(duration: object, left: object, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        survival(duration, left)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_true_and_false_count_as_1_and_0() -> None:
    pd.testing.assert_series_equal(survival([2, 3, 5], [True, False, True]), survival([2, 3, 5], [1, 0, 1]))


# --- real data ---


@pytest.mark.real_data("telco_churn.csv")
def test_of_the_telephone_customers_59_percent_outlast_six_years() -> None:
    churn = real("telco_churn")
    months, left = churn["tenure_months"], churn["churn"].astype(int)
    new = months == 0  # not yet seen for a month
    assert (new.sum(), left[new].sum()) == (11, 0)
    with pytest.raises(ValueError) as caught:
        survival(months, left)
    assert str(caught.value) == "duration 488 is 0; allowed are numbers above 0."
    found = survival(months[~new], left[~new])
    assert found[[12, 24, 48, 72]].round(4).to_dict() == {12: 0.8432, 24: 0.7887, 48: 0.7088, 72: 0.5928}
    seen_briefly = survival(months.where(~new, 0.5), left)  # gone from sight before anybody left
    pd.testing.assert_series_equal(seen_briefly, found)
