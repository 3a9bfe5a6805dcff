"""The 1,200 salons: stable, whole, and with traits that do not depend on each other's draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlab.core import lanwan
from crmlab.core.lanwan import VALUE_WEIGHTS, salons, stream, tables, traits, truth


def test_there_are_1200_salons_with_consecutive_ids() -> None:
    ids = salons()["salon_id"]
    assert list(ids) == [f"S{number:04d}" for number in range(1, 1201)]
    assert list(traits().index) == list(ids)


def test_salons_and_traits_are_the_same_every_time_and_never_shared() -> None:
    first, again = salons(), salons()
    pd.testing.assert_frame_equal(first, again)
    first.loc[0, "chairs"] = 99
    assert salons().loc[0, "chairs"] == again.loc[0, "chairs"]
    pd.testing.assert_frame_equal(traits(), traits())


def test_a_stream_belongs_to_its_whole_name() -> None:
    draws = [tuple(stream(*name).random(3)) for name in (("a", "bc"), ("ab", "c"), ("a", "b", "c"), ("abc",))]
    assert len(set(draws)) == 4
    assert tuple(stream("a", "bc").random(3)) == draws[0]


@pytest.mark.parametrize("name", ["value_of_time", "effort_dislike"])
def test_a_trait_comes_from_its_own_stream_alone(name: str) -> None:
    law = {"value_of_time": lanwan.VALUE_OF_TIME, "effort_dislike": lanwan.EFFORT_DISLIKE}[name]
    expected = law["median"] * np.exp(law["log_sd"] * stream("trait", name).standard_normal(1200))
    np.testing.assert_array_equal(traits()[name], expected)


def test_changing_one_trait_changes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    before = traits()
    monkeypatch.setattr(lanwan, "VALUE_OF_TIME", {"median": 50.0, "log_sd": 0.1})
    after = traits()
    assert (after["value_of_time"] != before["value_of_time"]).all()
    pd.testing.assert_frame_equal(after.drop(columns="value_of_time"), before.drop(columns="value_of_time"))


def test_traits_follow_their_stated_distributions() -> None:
    table, true = traits(), truth()["lanwan_salons"]
    for name in ("value_of_time", "effort_dislike"):
        logs = np.log(table[name] / true[name]["median"])
        assert abs(logs.mean()) < 3 * true[name]["log_sd"] / np.sqrt(1200)
        assert logs.std() == pytest.approx(true[name]["log_sd"], rel=0.07)
    weights = table[list(VALUE_WEIGHTS)]
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    for name, mean in VALUE_WEIGHTS.items():
        sd = np.sqrt(mean * (1 - mean) / (true["concentration"] + 1))  # of a Dirichlet component
        assert weights[name].mean() == pytest.approx(mean, abs=3 * sd / np.sqrt(1200))
        assert weights[name].std() == pytest.approx(sd, rel=0.07)


def test_hidden_traits_are_not_among_the_visible_columns() -> None:
    assert not set(traits().columns) & set(tables()["lanwan_salons"].columns)


def test_truth_cannot_be_changed_from_outside() -> None:
    true = truth()["lanwan_salons"]
    true["weights"]["product"] = 1.0
    true["salons"].iloc[0, 0] = -1.0
    assert truth()["lanwan_salons"]["weights"]["product"] == 0.40
    assert truth()["lanwan_salons"]["salons"].iloc[0, 0] > 0


def test_district_has_one_chinese_name() -> None:
    assert (salons().groupby("district")["district_zh"].nunique() == 1).all()
