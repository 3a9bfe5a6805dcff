"""Chapter 02, RFM: against a plain groupby and the definition of the scores; what orders may not look like."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.value_tiers import rfm, rfm_scores

AS_OF = "2026-03-01"
SCORES = ["r", "f", "m", "score"]

# Ids as shops have them: from 0 or 1 on, from some number on, below 0, scattered, with few customers in a wide range.
WAYS_TO_NAME = {
    "numbers": lambda number: number,
    "offset": lambda number: 100_000 + number,
    "around zero": lambda number: number - 5,
    "scattered": lambda number: (number * 7919 % 31) * 10**9,
    "gaps": lambda number: number * 3,
    "texts": lambda number: f"C{number * 7 % 11:03d}",
    "chinese texts": lambda number: "蓝湾美发店"[number % 5] * (1 + number // 5),
}


def some_orders(customers: list[Any], days: list[str] | None = None, amounts: list[Any] | None = None) -> pd.DataFrame:
    """Orders of given customers; by default each of 10.00 on 2026-02-01."""
    dates = pd.to_datetime(days or ["2026-02-01"] * len(customers))
    return pd.DataFrame({"customer_id": customers, "date": dates, "amount": amounts or [10.0] * len(customers)})


@st.composite
def random_orders(draw: st.DrawFn) -> pd.DataFrame:
    """Few customers, days and prices, so that there are ties; in any order."""
    name = WAYS_TO_NAME[draw(st.sampled_from(list(WAYS_TO_NAME)))]
    unit = draw(st.sampled_from(["s", "ms", "us", "ns"]))
    rows = draw(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 40), st.integers(0, 30_000)), min_size=1))
    latest = pd.Timestamp(AS_OF) + pd.Timedelta(hours=draw(st.integers(0, 23)))
    return pd.DataFrame(
        {
            "customer_id": [name(customer) for customer, _, _ in rows],
            "date": (latest - pd.to_timedelta([day for _, day, _ in rows], "D")).as_unit(unit),
            "amount": [cents / 100 for _, _, cents in rows],
        }
    )


def plain(orders: pd.DataFrame) -> pd.DataFrame:
    """The same with groupby, in whole cents."""
    orders = orders.assign(cents=(orders["amount"] * 100).round().astype("int64"), day=orders["date"].dt.normalize())
    found = orders.groupby("customer_id").agg(day=("day", "max"), frequency=("day", "size"), cents=("cents", "sum"))
    return pd.DataFrame(
        {
            "recency_days": (pd.Timestamp(AS_OF) - found["day"]).dt.days,
            "frequency": found["frequency"],
            "monetary": found["cents"] / 100,
        }
    )


def by_definition(worse_first: pd.Series[Any], bins: int) -> list[int]:
    """Score 1 plus bins times the share of the customers who are strictly worse, rounded down."""
    values = worse_first.tolist()
    return [1 + bins * sum(other < value for other in values) // len(values) for value in values]


# --- rfm ---


@given(random_orders())
def test_rfm_is_what_a_plain_groupby_finds(orders: pd.DataFrame) -> None:
    before = orders.copy()
    pd.testing.assert_frame_equal(rfm(orders, AS_OF), plain(orders), check_exact=True)
    pd.testing.assert_frame_equal(orders, before)  # the orders are left alone


@given(random_orders(), st.randoms())
def test_the_order_of_the_rows_and_their_labels_do_not_matter(orders: pd.DataFrame, random: Any) -> None:
    rows = list(range(len(orders)))
    random.shuffle(rows)
    mixed = orders.iloc[rows].set_axis([f"row {row}" for row in rows])
    pd.testing.assert_frame_equal(rfm(mixed, AS_OF), rfm(orders, AS_OF))


def test_recency_counts_days_on_the_calendar_not_hours() -> None:
    orders = some_orders([1, 2, 3], ["2026-02-28 23:59", "2026-03-01 00:00", "2026-03-01 23:59"])
    assert rfm(orders, AS_OF)["recency_days"].tolist() == [1, 0, 0]
    assert rfm(orders, "2026-03-01 08:00")["recency_days"].tolist() == [1, 0, 0]


def test_dates_before_1970_and_dates_as_text_are_dates() -> None:
    assert rfm(some_orders([1], ["1960-01-01"]), "1960-01-11")["recency_days"].tolist() == [10]
    written = some_orders([1, 1]).assign(date=["2026-02-01", "2026-02-20"])
    assert rfm(written, AS_OF)["recency_days"].tolist() == [9]


@pytest.mark.parametrize("kind", ["int32", "uint64", "Int64", "float64", "object", "category"])
def test_ids_of_other_kinds_keep_their_kind(kind: str) -> None:
    found = rfm(some_orders([3, 1, 3]).astype({"customer_id": kind}), AS_OF)
    assert found.index.dtype.name == kind
    assert (found.index.tolist(), found["frequency"].tolist()) == ([1, 3], [1, 2])


def test_money_is_summed_in_whole_cents() -> None:
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    found = rfm(some_orders(["up"] * 3 + ["down"] * 3, amounts=[0.1, 0.2, 0.3, 0.3, 0.2, 0.1]), AS_OF)
    assert found["monetary"].tolist() == [0.6, 0.6]
    assert rfm_scores(found, bins=2)["m"].tolist() == [1, 1]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=50))
def test_sums_of_money_are_exact(cents: list[int]) -> None:
    found = rfm(some_orders([1] * len(cents), amounts=[one / 100 for one in cents]), AS_OF)
    assert found["monetary"].tolist() == [sum(cents) / 100]


def test_no_orders_give_an_empty_table() -> None:
    for customers in ([1], ["Ann"]):
        found = rfm(some_orders(customers).iloc[:0], AS_OF)
        assert found.empty and found.index.name == "customer_id"
        assert list(found.columns) == ["recency_days", "frequency", "monetary"]
        assert list(rfm_scores(found).columns) == SCORES
    assert rfm(pd.DataFrame({"customer_id": [], "date": [], "amount": []}), AS_OF).empty


# --- orders that are refused ---

GOOD = some_orders(["Ann", "Bo", "Ann"])
BAD = {
    "a missing column": (
        GOOD.drop(columns="date"),
        "orders: column 'date' is missing; needed are customer_id, date, amount.",
    ),
    "a column twice": (
        pd.concat([GOOD, GOOD[["amount"]]], axis=1),
        "orders: column 'amount' is there more than once; needed are customer_id, date, amount.",
    ),
    "a missing customer": (some_orders(["Ann", None, "Bo"]), "orders: row 1 has no customer_id."),
    "a missing number of a customer": (some_orders([1, 2, np.nan]), "orders: row 2 has no customer_id."),
    "customers of two kinds": (
        some_orders([1, "Ann", 1]),
        "orders: column 'customer_id' mixes numbers and text; allowed is one of them.",
    ),
    "a missing date": (
        GOOD.assign(date=pd.to_datetime(["2026-01-01", None, "2026-01-02"])),
        "orders: column 'date', row 1 is NaT; allowed are dates such as '2026-03-01'.",
    ),
    "a date in words": (
        GOOD.assign(date=["2026-01-01", "2026-01-02", "last May"]),
        "orders: column 'date', row 2 is 'last May'; allowed are dates such as '2026-03-01'.",
    ),
    "a date that is read in two ways": (
        GOOD.assign(date=["2026-01-01", "03/04/2025", "2026-01-01"]),
        "orders: column 'date', row 1 is '03/04/2025'; allowed are dates such as '2026-03-01'.",
    ),
    "dates as numbers": (GOOD.assign(date=20260101), "orders: column 'date' holds int64; allowed are dates."),
    "dates with a time zone": (
        GOOD.assign(date=GOOD["date"].dt.tz_localize("UTC")),
        "orders: column 'date' has a time zone (UTC); allowed are dates without.",
    ),
    "dates with several": (
        GOOD.assign(date=["2026-01-05T00:00+08:00", "2026-01-05T00:00+01:00", "2026-01-05T00:00+08:00"]),
        "orders: column 'date' has a time zone (several); allowed are dates without.",
    ),
    "a date after as_of": (
        some_orders([1, 2], ["2026-03-01 23:59", "2026-03-02 00:00"]),
        "orders: row 1 is of 2026-03-02, after as_of, 2026-03-01.",
    ),
    "a missing amount": (
        GOOD.assign(amount=[1.0, np.nan, 2.0]),
        "orders: column 'amount', row 1 is nan; allowed are numbers of at least 0.",
    ),
    "an endless amount": (
        GOOD.assign(amount=[1.0, 2.0, np.inf]),
        "orders: column 'amount', row 2 is inf; allowed are numbers of at least 0.",
    ),
    "a negative amount": (
        GOOD.assign(amount=[1, -5, 2]),
        "orders: column 'amount', row 1 is -5; allowed are numbers of at least 0.",
    ),
    "a negative fraction": (
        GOOD.assign(amount=[1, 5, -0.5]),
        "orders: column 'amount', row 2 is -0.5; allowed are numbers of at least 0.",
    ),
    "amounts as text": (
        GOOD.assign(amount=["1.00", "5.00", "2.00"]),
        "orders: column 'amount', row 0 is '1.00'; allowed are numbers of at least 0.",
    ),
    "too much money to be exact": (
        GOOD.assign(amount=[5e13, 1, 5e13]),
        "orders: customer 'Ann' comes to 1e+14; allowed are sums below 9.0072e+13.",
    ),
    "more than a float holds": (
        GOOD.assign(amount=[1, 1e308, 1]),
        "orders: customer 'Bo' comes to inf; allowed are sums below 9.0072e+13.",
    ),
    "an order listed twice": (
        GOOD.assign(order_id=[501, 502, 501]),
        "orders: order_id 501 is listed more than once; allowed is one row per order.",
    ),
    "an order listed twice by name": (
        GOOD.assign(order_id=["a", "b", "b"]),
        "orders: order_id 'b' is listed more than once; allowed is one row per order.",
    ),
    "an order without its number": (GOOD.assign(order_id=["a", "b", None]), "orders: row 2 has no order_id."),
}


@pytest.mark.parametrize(("orders", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_orders_are_refused_in_one_sentence(orders: pd.DataFrame, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        rfm(orders, AS_OF)


def test_the_row_is_named_by_its_label() -> None:
    labelled = GOOD.assign(amount=[1, 2, -3]).set_axis([10, 20, 30])
    with pytest.raises(ValueError, match=r"row 30 is -3;"):
        rfm(labelled, AS_OF)
    with pytest.raises(ValueError, match=r"^orders: row 20 has no customer_id\.$"):
        rfm(some_orders(["Ann", None, "Bo"]).set_axis([10, 20, 30]), AS_OF)


@pytest.mark.parametrize("as_of", ["soon", "2026-02-30", "", None, pd.NaT, np.nan, 20260301, ["2026-03-01"]])
def test_an_as_of_that_is_no_day_is_refused(as_of: Any) -> None:
    with pytest.raises(ValueError, match=re.escape(f"as_of is {as_of!r}; allowed is a date such as '2026-03-01'.")):
        rfm(GOOD, as_of)


def test_order_ids_that_differ_are_fine() -> None:
    for numbers in ([1, 2, 3], [10**9, 7, 3], ["a", "b", "c"]):
        assert rfm(GOOD.assign(order_id=numbers), AS_OF)["frequency"].tolist() == [2, 1]


# --- scores ---


@given(random_orders(), st.integers(2, 9))
def test_scores_by_value_are_those_of_the_definition(orders: pd.DataFrame, bins: int) -> None:
    found = rfm(orders, AS_OF)
    scores = rfm_scores(found, bins=bins)
    assert scores["r"].tolist() == by_definition(-found["recency_days"], bins)
    assert scores["f"].tolist() == by_definition(found["frequency"], bins)
    assert scores["m"].tolist() == by_definition(found["monetary"], bins)
    assert scores["score"].tolist() == (100 * scores["r"] + 10 * scores["f"] + scores["m"]).tolist()
    assert scores.index.equals(found.index)


@given(random_orders(), st.randoms())
def test_scores_by_value_do_not_depend_on_the_order_of_the_rows(orders: pd.DataFrame, random: Any) -> None:
    found = rfm(orders, AS_OF)
    rows = list(range(len(found)))
    random.shuffle(rows)
    pd.testing.assert_frame_equal(rfm_scores(found.iloc[rows]), rfm_scores(found).iloc[rows])


def ten(frequency: list[int]) -> pd.DataFrame:
    """Customers who differ in frequency only."""
    return pd.DataFrame({"recency_days": 5, "frequency": frequency, "monetary": 80.0})


def test_ties_under_the_three_rules() -> None:
    tied = ten([1, 1, 1, 1, 1, 1, 2, 2, 3, 4])
    assert rfm_scores(tied, rule="value")["f"].tolist() == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]
    assert rfm_scores(tied, rule="rank")["f"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    nested = rfm_scores(tied, rule="nested")
    assert nested["r"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]  # equal recency: the order of the table
    assert nested["f"].tolist() == [1, 3] * 5  # pairs within each recency: the first is worse, or stands first


@given(st.integers(2, 9), st.integers(1, 4), st.randoms())
def test_bins_by_rank_are_of_equal_size(bins: int, each: int, random: Any) -> None:
    table = ten([random.randint(1, 3) for _ in range(bins * each)])
    assert rfm_scores(table, bins=bins, rule="rank")["f"].value_counts().tolist() == [each] * bins


@given(st.integers(2, 4), st.integers(1, 2), st.randoms())
def test_nested_bins_are_of_equal_size_within_each_cell(bins: int, each: int, random: Any) -> None:
    customers = each * bins**3
    table = pd.DataFrame(
        {
            "recency_days": [random.randint(0, 5) for _ in range(customers)],
            "frequency": [random.randint(1, 5) for _ in range(customers)],
            "monetary": [random.randint(1, 5) for _ in range(customers)],
        }
    )
    found = rfm_scores(table, bins=bins, rule="nested")
    assert found["score"].value_counts().tolist() == [each] * bins**3
    joined = table.join(found)
    for column, score, cell in (("frequency", "f", ["r"]), ("monetary", "m", ["r", "f"])):
        for _, group in joined.groupby(cell):
            ends = group.groupby(score)[column].agg(["min", "max"])
            assert np.all(np.diff(ends.to_numpy().ravel()) >= 0)  # no better one in a worse bin


def test_rank_breaks_ties_by_the_order_of_the_table_and_value_never() -> None:
    tied = ten([1, 1]).set_axis(["Ann", "Bo"])
    for names in (["Ann", "Bo"], ["Bo", "Ann"]):
        assert rfm_scores(tied.loc[names], bins=2, rule="rank")["f"].tolist() == [1, 2]
        assert rfm_scores(tied.loc[names], bins=2, rule="value")["f"].tolist() == [1, 1]


@pytest.mark.parametrize("rule", ["value", "rank", "nested"])
def test_a_customer_alone_scores_one(rule: Any) -> None:
    found = rfm_scores(rfm(some_orders(["Ann", "Ann"]), AS_OF), rule=rule)
    assert found.loc["Ann"].tolist() == [1, 1, 1, 111]


@pytest.mark.parametrize("rule", ["value", "rank", "nested"])
def test_nobody_has_no_score(rule: Any) -> None:
    assert rfm_scores(ten([]), rule=rule).shape == (0, 4)


@pytest.mark.parametrize("rule", ["value", "rank", "nested"])
def test_the_newest_the_most_frequent_and_the_largest_are_best(rule: Any) -> None:
    table = pd.DataFrame({"recency_days": [90, 3], "frequency": [1, 9], "monetary": [5, 70]})
    scores = rfm_scores(table, bins=2, rule=rule)
    assert scores["r"].tolist() == [1, 2]
    if rule != "nested":  # there each is alone in its recency
        assert scores["score"].tolist() == [111, 222]


@pytest.mark.parametrize("bins", [1, 10, 0, -5, 2.5])
def test_bins_out_of_range_are_refused(bins: Any) -> None:
    with pytest.raises(ValueError, match=rf"^bins is {bins:g}; allowed are whole numbers from 2 to 9\.$"):
        rfm_scores(ten([1, 2]), bins=bins)


def test_bins_that_are_no_number_and_unknown_rules_are_refused() -> None:
    for bins in (np.nan, "5", None, True):
        with pytest.raises(ValueError, match=f"^bins is {bins!r}; allowed are "):
            rfm_scores(ten([1, 2]), bins=bins)
    with pytest.raises(ValueError, match=r"^rule is 'share'; allowed are 'value', 'rank', 'nested'\.$"):
        rfm_scores(ten([1, 2]), rule="share")


def test_a_missing_number_has_no_score() -> None:
    with pytest.raises(ValueError, match=r"^rfm: column 'frequency', row 1 is nan; allowed are finite numbers\.$"):
        rfm_scores(ten([1, 2]).astype(float).assign(frequency=[1, np.nan]))
