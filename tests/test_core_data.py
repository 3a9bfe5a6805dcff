"""Tables by name: types, copies, truth, public data from a folder, a cache or a server, and plain error sentences."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pandas as pd
import pooch
import pytest

from crmlab.core import data
from crmlab.core.data import (
    DataMissingError,
    categorical,
    course_root,
    load,
    names,
    real,
    real_data,
    require,
    require_numbers,
    require_one_of,
    require_whole,
    schema,
    truth,
)
from crmlab.core.text import use_language

SAMPLE = b"ID,frequency,recency,T\n1,2,30.43,38.86\n"

# --- tables of the course ---


@pytest.mark.parametrize("name", names())
def test_load_gives_the_types_of_the_schema(name: str) -> None:
    types = {column: str(kind) for column, kind in load(name).dtypes.items()}
    assert types == {column: about["type"] for column, about in schema()[name]["columns"].items()}


def test_load_believes_the_schema_not_the_look_of_the_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "course_root", lambda: tmp_path)
    (tmp_path / "datasets").mkdir()
    columns = '[codes.columns]\ncode = { type = "str" }\nrate = { type = "float64" }\n'
    (tmp_path / "datasets" / "schema.toml").write_text(columns, encoding="utf-8")
    (tmp_path / "datasets" / "codes.csv").write_text("code,rate\n007,1\n", encoding="utf-8")
    assert load("codes").to_dict("records") == [{"code": "007", "rate": 1.0}]
    assert load("codes")["rate"].dtype == np.float64


def test_load_gives_a_copy_each_time() -> None:
    offers = load("delivered_value_offers")
    offers.loc[0, "product_value"] = -1
    assert load("delivered_value_offers").loc[0, "product_value"] > 0


def test_an_empty_note_is_empty_text_not_a_missing_number() -> None:
    assert load("glossary")["note"].isin([""]).any()


@pytest.mark.parametrize("verb", [load, truth])
def test_an_unknown_name_lists_the_known_ones(verb: object) -> None:
    with pytest.raises(ValueError, match=r"no table 'offers'; known are .*delivered_value_choices, .*lanwan_salons"):
        verb("offers")  # type: ignore[operator]


def test_truth_of_a_table_that_is_not_simulated_is_refused() -> None:
    with pytest.raises(ValueError, match="'glossary', which is not simulated"):
        truth("glossary")


def test_course_root_is_the_packed_course_of_a_wheel_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "__file__", str(tmp_path / "crmlab" / "core" / "data.py"))
    assert course_root() == tmp_path.resolve()
    (tmp_path / "crmlab" / "_course").mkdir(parents=True)
    assert course_root() == tmp_path.resolve() / "crmlab" / "_course"


# --- public data: where it comes from ---


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, no local copies, and ``SAMPLE`` in place of the CDNOW summary."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(pooch, "os_cache", lambda project: folder)
    monkeypatch.delenv("CRMLAB_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    small = replace(data._SOURCES["cdnow_summary"], sha256=hashlib.sha256(SAMPLE).hexdigest())
    monkeypatch.setitem(data._SOURCES, "cdnow_summary", small)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path, cache: Path) -> Iterator[ThreadingHTTPServer]:
    source = data._SOURCES["cdnow_summary"]
    file = tmp_path / "web" / source.repository / source.commit / source.path
    file.parent.mkdir(parents=True)
    file.write_bytes(SAMPLE)
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "web")))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web
    web.shutdown()
    web.server_close()


def test_public_data_is_downloaded_once_into_the_cache(server: ThreadingHTTPServer, cache: Path) -> None:
    address = f"http://127.0.0.1:{server.server_port}"
    assert list(real("cdnow_summary", address=address)) == ["customer_id", "frequency", "recency", "age"]
    assert (cache / "cdnow_summary.csv").read_bytes() == SAMPLE
    server.shutdown()
    server.server_close()
    assert len(real("cdnow_summary", address=address)) == 1


def test_download_of_another_edition_is_refused(
    server: ThreadingHTTPServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(data._SOURCES["cdnow_summary"], sha256="0" * 64)
    monkeypatch.setitem(data._SOURCES, "cdnow_summary", other)
    with pytest.raises(DataMissingError, match="'cdnow_summary' is not on this machine and could not be downloaded"):
        real("cdnow_summary", address=f"http://127.0.0.1:{server.server_port}")
    assert not (cache / "cdnow_summary.csv").exists()


def test_without_copy_and_network_one_sentence_says_what_to_do(cache: Path) -> None:
    with pytest.raises(
        DataMissingError, match=r"put cdnow_summary\.csv into a folder and name that folder in CRMLAB_DATA"
    ):
        real("cdnow_summary", address="http://127.0.0.1:1")  # nobody listens on port 1


def test_a_folder_of_copies_goes_before_the_cache(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cdnow_summary.csv").write_bytes(SAMPLE)
    monkeypatch.setenv("CRMLAB_DATA", str(tmp_path))
    assert len(real("cdnow_summary", address="http://127.0.0.1:1")) == 1
    assert not cache.exists()


def test_a_changed_copy_is_refused(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cdnow_summary.csv").write_bytes(SAMPLE + b"2,0,0.0,38.86\n")
    monkeypatch.setenv("CRMLAB_DATA", str(tmp_path))
    with pytest.raises(DataMissingError, match="another edition"):
        real("cdnow_summary")


def test_unknown_public_data_lists_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match="known are cdnow, cdnow_summary, telco_churn, south_german_credit, sfo_survey"
    ):
        real("iris")


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", r"The public data set .* in CRMLAB_DATA\. This section is left out; the chapter goes on\.\n"),
        ("zh", r"公开数据集 .*用环境变量 CRMLAB_DATA 指明该文件夹。本节略过，继续往下读即可。\n"),
    ],
)
def test_a_notebook_goes_on_without_public_data_and_says_so_in_one_line(
    lang: str, says: str, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_language(lang)
    monkeypatch.setattr(data, "real", partial(real, address="http://127.0.0.1:1"))  # nobody listens on port 1
    assert real_data("cdnow_summary") is None
    assert re.fullmatch(says, capsys.readouterr().out)


@pytest.mark.parametrize(("lang", "says"), [("en", "is another edition"), ("zh", "是另一个版本")])
def test_a_notebook_goes_on_beside_a_changed_copy(
    lang: str,
    says: str,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_language(lang)
    (tmp_path / "cdnow_summary.csv").write_bytes(SAMPLE + b"2,0,0.0,38.86\n")
    monkeypatch.setenv("CRMLAB_DATA", str(tmp_path))
    assert real_data("cdnow_summary") is None
    assert says in capsys.readouterr().out


def test_public_data_at_hand_is_read_without_a_word(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cdnow_summary.csv").write_bytes(SAMPLE)
    monkeypatch.setenv("CRMLAB_DATA", str(tmp_path))
    found = real_data("cdnow_summary")
    assert found is not None and found["customer_id"].tolist() == [1]
    assert capsys.readouterr().out == ""


def test_a_misspelt_name_stops_the_notebook() -> None:
    with pytest.raises(ValueError, match="known are cdnow, "):
        real_data("iris")


# --- public data: what is in it (figures of known_answers.md 2.8 and SOURCES.md) ---


@pytest.mark.real_data("cdnow_sample.txt", "cdnow_summary.csv")
def test_cdnow_sample_and_summary_are_the_same_2357_customers() -> None:
    orders, summary = real("cdnow"), real("cdnow_summary")
    assert list(orders) == ["customer_id", "date", "quantity", "amount"]
    assert len(orders) == 6919
    assert orders["date"].min() == pd.Timestamp("1997-01-01")
    assert orders["date"].max() == pd.Timestamp("1998-06-30")
    assert set(orders["customer_id"]) == set(summary["customer_id"]) == set(range(1, 2358))
    calibration = orders[orders["date"] <= "1997-09-30"].drop_duplicates(["customer_id", "date"])
    repeats = calibration.groupby("customer_id").size() - 1
    assert (repeats.sum(), (repeats == 0).sum(), repeats.max()) == (2457, 1411, 29)
    assert (repeats.to_numpy() == summary["frequency"].to_numpy()).all()
    assert summary["age"].max() == 38.86


@pytest.mark.real_data("telco_churn.csv")
def test_telco_has_7043_customers_and_1869_left() -> None:
    churn = real("telco_churn")
    assert (len(churn), churn["churn"].sum()) == (7043, 1869)
    assert churn["churn"].dtype == bool
    assert churn["total_charges"].isna().sum() == 11  # new customers, not billed yet
    assert churn["tenure_months"].max() == 72
    assert all(re.fullmatch(r"[a-z_]+", column) for column in churn)


@pytest.mark.real_data("south_german_credit.asc")
def test_south_german_credit_has_1000_loans_and_300_bad_ones() -> None:
    loans = real("south_german_credit")
    assert loans.shape == (1000, 21)
    assert (loans["credit_risk"] == 0).sum() == 300
    assert loans["status"].isin([1, 2, 3, 4]).all()
    assert loans["duration_months"].between(4, 72).all()


@pytest.mark.real_data("sfo_survey_2017.csv")
def test_airport_survey_has_2831_passengers_and_143_blank_totals() -> None:
    survey = real("sfo_survey")
    assert survey.shape == (2831, 97)
    assert survey["Q7ALL"].isna().sum() == 143
    assert round(survey["Q7ALL"].mean(), 2) == 4.06


# --- validators ---


def test_require_gives_floats_with_the_index_and_leaves_the_input_alone() -> None:
    offers = pd.DataFrame({"price": [80, 110], "name": ["a", "b"]}, index=["North", "South"])
    before = offers.copy()
    checked = require(offers, ["price"])
    checked.loc["North", "price"] = -1
    pd.testing.assert_frame_equal(offers, before)
    assert checked["price"].dtype == np.float64
    assert list(checked.index) == ["North", "South"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"hours": [1]}, "offers: column 'price' is missing; needed are price."),
        (pd.DataFrame([[1, 2]], columns=["price", "price"]), "offers: column 'price' is there more than once"),
        (pd.DataFrame({"price": [1, -3]}, index=["North", "South"]), "column 'price', row 'South' is -3; allowed"),
        ({"price": [1, float("nan")]}, "row 1 is nan; allowed are numbers of at least 0."),
        ({"price": [float("inf")]}, "row 0 is inf"),
        ({"price": ["80"]}, "row 0 is '80'"),
        ({"price": [True]}, "row 0 is True"),
        ({"price": [None, 1]}, "row 0 is nan"),
        ({"price": [None]}, "row 0 is None"),
        ({"price": pd.array([1, None], dtype="Int64")}, "row 1 is nan"),
    ],
)
def test_require_names_column_row_and_value(table: object, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        require(table, ["price"])


def test_require_allows_any_number_without_a_limit() -> None:
    assert require({"gap": [-3]}, ["gap"], at_least=None).iloc[0, 0] == -3


@pytest.mark.parametrize(
    ("values", "limits", "message"),
    [
        (-1, {"at_least": 0}, "x is -1; allowed are numbers of at least 0."),
        ([1, 0], {"above": 0}, "x 1 is 0; allowed are numbers above 0."),
        ([[1, 2], [3, 9]], {"at_most": 5}, "x 3 is 9; allowed are numbers of at most 5."),
        (pd.Series([1.5], index=["North"]), {"at_least": 0, "at_most": 1}, "x 'North' is 1.5"),
        ("12", {}, "x is '12'; allowed are finite numbers."),
        (None, {}, "x is None"),
        (..., {}, "x is Ellipsis"),
        (True, {}, "x is True"),
        (np.True_, {}, "True_; allowed"),
        (2 + 1j, {}, "x is (2+1j)"),
    ],
)
def test_require_numbers_names_place_and_value(values: object, limits: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        require_numbers("x", values, **limits)


@pytest.mark.parametrize("values", [3, 3.0, np.float32(3), np.int8(3), [3, 3], ((3,), (3,)), pd.Series([3])])
def test_require_numbers_keeps_the_shape(values: object) -> None:
    numbers = require_numbers("x", values, above=0)
    assert numbers.shape == np.shape(values)  # type: ignore[arg-type]
    assert numbers.dtype == np.float64
    assert (numbers == 3).all()


def test_require_one_of_lists_the_words() -> None:
    require_one_of("closed", "left", ("right", "left"))
    for word in ("lef", "Left", "", None, 3):
        with pytest.raises(ValueError, match=re.escape(f"closed is {word!r}; allowed are 'right', 'left'.")):
            require_one_of("closed", word, ("right", "left"))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [3, 3.0, np.int64(3), np.float32(3)])
def test_require_whole_takes_any_kind_of_whole_number(number: object) -> None:
    found = require_whole("managers", number, at_least=3, at_most=3)
    assert (found, type(found)) == (3, int)


@pytest.mark.parametrize(
    ("number", "limits", "message"),
    [
        (2.5, {}, "managers is 2.5; allowed are whole numbers from 0."),
        (-1, {}, "managers is -1; allowed are whole numbers from 0."),
        (0, {"at_least": 1}, "managers is 0; allowed are whole numbers from 1."),
        (5, {"at_least": 1, "at_most": 4}, "managers is 5; allowed are whole numbers from 1 to 4."),
        (float("nan"), {}, "managers is nan"),
        (float("inf"), {}, "managers is inf"),
        (True, {}, "managers is True"),
        ("2", {}, "managers is '2'"),
        ([1, 2], {}, "managers is [1, 2]; allowed is one whole number."),
        (None, {}, "managers is None"),
    ],
)
def test_require_whole_names_the_number_and_its_limits(number: object, limits: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        require_whole("managers", number, **limits)


def test_categorical_keeps_index_name_labels_and_their_order() -> None:
    like = pd.Series([5, 50], index=["North", "South"])
    found = categorical([2, 0], ["few", "some", "many"], like=like, name="size", ordered=True)
    assert found.to_dict() == {"North": "many", "South": "few"}
    assert found.name == "size"
    assert found.cat.categories.tolist() == ["few", "some", "many"]
    assert (found > "some").tolist() == [True, False]
    assert not categorical([2, 0], ["few", "some", "many"], like=like.to_frame(), name="size").cat.ordered
    assert categorical(np.array([0.0]), ["few"], like=[7], name="size").index.tolist() == [0]
