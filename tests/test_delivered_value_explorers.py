"""What the explorers of chapter 06 show before anybody moves them, and that their tasks can be done."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from crmlab.core.data import load
from crmlab.core.text import use_language
from crmlab.delivered_value import best_price, deliver
from crmlab.delivered_value.chart import gain_and_pain
from crmlab.delivered_value.explorer import compare_pairs, split_the_pie, value_scale, whose_time


def test_difference_and_ratio_disagree_at_first_100_60_against_50_25() -> None:
    explorer = value_scale()
    large, small = (explorer.result.iloc[k] for k in (0, 1))
    assert (large["total_value"], large["total_cost"]) == (100, 60)
    assert (small["total_value"], small["total_cost"]) == (50, 25)
    assert large["delivered_value"] > small["delivered_value"] and large["ratio"] < small["ratio"]
    assert "ratio prefers Small" in explorer.caption


def test_the_task_of_the_value_scale_has_its_turn_at_30() -> None:
    explorer = value_scale()
    (table,) = explorer.controls.values()
    price = next(cell for (row, _), cell in table.cells.items() if row == "monetary_cost")
    price.value = 30
    assert explorer.result["ratio"].iloc[0] == pytest.approx(explorer.result["ratio"].iloc[1])
    price.value = 29
    assert explorer.result["ratio"].iloc[0] > explorer.result["ratio"].iloc[1]
    assert "prefers" not in explorer.caption


def test_the_winner_changes_with_the_value_of_an_hour() -> None:
    explorer = whose_time()
    wage = explorer.controls["wage"]
    found = []
    for value in (12, 22, 40):
        wage.value = value
        found.append(explorer.result.now.idxmax())
    assert found == ["Granary", "Laurel", "Lanwan"]
    assert list(explorer.result.segments["from_wage"]) == [0, 16, 28]


def test_no_saved_hour_wins_the_owner() -> None:
    explorer = whose_time()
    explorer.controls["hours"].value = 0
    assert explorer.result.wage == 12
    assert explorer.result.now.idxmax() == "Granary"


def test_one_changed_answer_makes_the_buyer_consistent_and_another_does_not() -> None:
    explorer = compare_pairs()
    assert explorer.result.consistency_ratio > 0.10
    cells = explorer.controls["judgements"].cells
    mended = []
    for pair, cell in cells.items():
        start = cell.value
        for _, ratio in cell.options:
            cell.value = ratio
            if explorer.result.consistency_ratio < 0.10:
                mended.append(pair)
                break
        cell.value = start
    assert 0 < len(mended) < len(cells)


def test_at_cost_the_firm_earns_nothing_and_a_higher_price_earns_most() -> None:
    explorer = split_the_pie()
    assert explorer.result.now["firm_profit"] == pytest.approx(0)
    price = explorer.controls["price"]
    profits = []
    for value in range(int(price.min), int(price.max) + 1):
        price.value = value
        profits.append(explorer.result.now["firm_profit"])
    best = price.min + profits.index(max(profits))
    assert best == pytest.approx(explorer.result.best_price, abs=1)
    assert explorer.result.best_price == pytest.approx(float(best_price(174, 95, 56, 20)))


def test_a_better_rival_lowers_the_best_price() -> None:
    explorer = split_the_pie()
    before = explorer.result.best_price
    explorer.controls["rival"].value += 10
    assert explorer.result.best_price < before


@pytest.mark.parametrize(("lang", "winner"), [("en", "Granary"), ("zh", "谷仓")])
def test_gain_and_pain_names_the_winner_and_starts_at_zero(lang: str, winner: str) -> None:
    use_language(lang)
    delivered = deliver(load("delivered_value_offers").set_index("supplier"))
    ax = gain_and_pain(delivered, Figure().add_subplot())
    bottom, top = ax.get_ylim()
    assert bottom < 0 < top
    assert all(min(abs(bar.get_y()), abs(bar.get_y() + bar.get_height())) < 1e-9 for bar in ax.patches)
    assert winner in gain_and_pain.caption(delivered) and "56" in gain_and_pain.caption(delivered)
