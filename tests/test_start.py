"""The small model of the start page, and what its explorer shows first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.start import customer_base, leavers
from crmlab.start.explorer import regulars_or_newcomers

shares = st.floats(0, 0.99)
counts = st.floats(0, 1e5)


@given(stay=shares, newcomers=counts, start=counts)
def test_each_quarter_keeps_some_and_adds_some(stay: float, newcomers: float, start: float) -> None:
    size = customer_base(stay, newcomers, start, quarters=12).size
    for quarter in range(12):
        assert size[quarter + 1] == pytest.approx(stay * size[quarter] + newcomers, rel=1e-6, abs=1e-6)


@given(stay=shares, newcomers=counts)
def test_in_the_long_run_as_many_leave_as_join(stay: float, newcomers: float) -> None:
    base = customer_base(stay, newcomers)
    assert leavers(base.long_run, stay) == pytest.approx(newcomers, rel=1e-9, abs=1e-9)


@given(stay=shares, newcomers=counts, start=counts, other=counts)
def test_its_start_is_forgotten_in_the_long_run(stay: float, newcomers: float, start: float, other: float) -> None:
    one, two = (customer_base(stay, newcomers, begin).long_run for begin in (start, other))
    assert one == two


def test_five_points_from_ninety_double_the_base() -> None:
    assert customer_base(0.95, 120).long_run == pytest.approx(2 * customer_base(0.90, 120).long_run)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"stay": 1.0, "newcomers": 1}, "stay is 1"),
        ({"stay": -0.1, "newcomers": 1}, "stay is -0.1"),
        ({"stay": float("nan"), "newcomers": 1}, "stay"),
        ({"stay": 0.9, "newcomers": -1}, "newcomers is -1"),
        ({"stay": 0.9, "newcomers": "many"}, "newcomers"),
        ({"stay": 0.9, "newcomers": 1, "start": -1}, "start is -1"),
        ({"stay": 0.9, "newcomers": 1, "quarters": 1.5}, "quarters is 1.5"),
    ],
)
def test_bad_input_is_named(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        customer_base(**arguments)


def test_the_explorer_opens_with_the_base_doubling_and_its_task_has_an_answer() -> None:
    explorer = regulars_or_newcomers()
    assert explorer.result.long_run == pytest.approx(2400)
    explorer.controls["stay"].value = 90
    explorer.controls["newcomers"].value = 240
    assert explorer.result.long_run == pytest.approx(2400)
