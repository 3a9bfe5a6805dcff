"""Tables by name: the course's simulated data, their truth, and five public data sets.

``datasets/schema.toml`` says what every column is. The loader, the tests and the data cards all read it.
"""

from __future__ import annotations

import hashlib
import importlib
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmlab.core.text import Text, say

RAW_CONTENT = "https://raw.githubusercontent.com"


class DataMissingError(RuntimeError):
    """A public data set is neither at hand nor to be had; the message says what to do, the notebook goes on."""


def course_root() -> Path:
    """Return the folder that holds ``notebooks``, ``exercises`` and ``datasets``.

    It is ``crmlab/_course`` in an installed wheel, else the checkout.

    >>> (course_root() / "datasets").is_dir()
    True
    """
    package = Path(__file__).resolve().parents[1]
    packed = package / "_course"
    return packed if packed.is_dir() else package.parent


def schema() -> dict[str, dict[str, Any]]:
    """Return ``datasets/schema.toml``: for each table its columns, key, foreign keys and the module that makes it.

    >>> schema()["delivered_value_offers"]["key"]
    ['supplier']
    """
    with (course_root() / "datasets" / "schema.toml").open("rb") as file:
        return tomllib.load(file)


def names() -> list[str]:
    """Return the names that :func:`load` knows, sorted.

    >>> "delivered_value_offers" in names()
    True
    """
    return sorted(schema())


def load(name: str) -> pd.DataFrame:
    """Read a table of the course.

    Parameters
    ----------
    name
        ``"<chapter>_<what>"``, ``"lanwan_salons"`` or ``"glossary"``; :func:`names` lists them.

    Returns
    -------
    A fresh table with the types and units of ``datasets/schema.toml``; changing it changes nothing else.

    Raises
    ------
    ValueError
        The name is unknown; the message lists the known ones.

    >>> load("delivered_value_offers").shape[0]
    3
    """
    columns = _described(name)["columns"]
    return pd.read_csv(
        course_root() / "datasets" / f"{name}.csv",
        dtype={column: about["type"] for column, about in columns.items()},
        keep_default_na=False,
        na_values={column: [""] for column, about in columns.items() if about.get("missing")},
        encoding="utf-8",
    )


def truth(name: str) -> dict[str, Any]:
    """Return the true parameters behind a simulated table.

    Raises
    ------
    ValueError
        The name is unknown, or the table is not simulated.

    >>> truth("delivered_value_choices")["weights"]["service"]
    0.25
    """
    about = _described(name)
    if "made_by" not in about:
        raise ValueError(f"truth got {name!r}, which is not simulated and so has no true parameters.")
    parameters: dict[str, Any] = importlib.import_module(about["made_by"]).truth()[name]
    return parameters


def write_datasets(folder: Path) -> list[Path]:
    """Write every simulated table of the course as CSV into ``folder`` and return the files written."""
    modules = dict.fromkeys(about["made_by"] for about in schema().values() if "made_by" in about)
    files = []
    for module in modules:
        for name, table in importlib.import_module(module).tables().items():
            file = folder / f"{name}.csv"
            table.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")
            files.append(file)
    return files


def _described(name: str) -> dict[str, Any]:
    tables = schema()
    if name not in tables:
        raise ValueError(f"There is no table {name!r}; known are {', '.join(sorted(tables))}.")
    return tables[name]


# --- public data -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    file: str
    repository: str
    commit: str
    path: str
    sha256: str
    read: Callable[[Path], pd.DataFrame]


def _read_cdnow(file: Path) -> pd.DataFrame:
    columns = ["master_id", "customer_id", "date", "quantity", "amount"]
    table = pd.read_csv(file, sep=r"\s+", header=None, names=columns, dtype={"date": "str"})
    table["date"] = pd.to_datetime(table["date"], format="%Y%m%d")
    return table.drop(columns="master_id")


def _read_cdnow_summary(file: Path) -> pd.DataFrame:
    return pd.read_csv(file).rename(columns={"ID": "customer_id", "T": "age"})


def _read_telco_churn(file: Path) -> pd.DataFrame:
    table = pd.read_csv(file, na_values={"TotalCharges": [" "]})
    table.columns = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower() for column in table.columns]
    return table.rename(columns={"tenure": "tenure_months"}).assign(churn=table["churn"] == "Yes")


_SOUTH_GERMAN_CREDIT = {  # Groemping 2019
    "laufkont": "status",
    "laufzeit": "duration_months",
    "moral": "credit_history",
    "verw": "purpose",
    "hoehe": "amount",
    "sparkont": "savings",
    "beszeit": "employment_duration",
    "rate": "installment_rate",
    "famges": "personal_status_sex",
    "buerge": "other_debtors",
    "wohnzeit": "present_residence",
    "verm": "property",
    "alter": "age_years",
    "weitkred": "other_installment_plans",
    "wohn": "housing",
    "bishkred": "number_credits",
    "beruf": "job",
    "pers": "people_liable",
    "telef": "telephone",
    "gastarb": "foreign_worker",
    "kredit": "credit_risk",
}


def _read_south_german_credit(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, sep=" ").rename(columns=_SOUTH_GERMAN_CREDIT)


def _read_sfo_survey(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, na_values={"Q7ALL": ["Blank"]}, low_memory=False)


_LIFETIMES = ("CamDavidsonPilon/lifetimes", "4f2833f4518621343bb6983eb3e540c11f66ec6a")
_SOURCES = {
    "cdnow": _Source(
        "cdnow_sample.txt",
        *_LIFETIMES,
        "lifetimes/datasets/CDNOW_sample.txt",
        "6fae10155c0b0ba363c2c386e30f77990d22328220efd862a5edd1443420d94a",
        _read_cdnow,
    ),
    "cdnow_summary": _Source(
        "cdnow_summary.csv",
        *_LIFETIMES,
        "lifetimes/datasets/cdnow_customers_summary.csv",
        "09d92ca80daaabe8be0f997d4c539f9c9606106baa5b199081fe01cbce5fa9f6",
        _read_cdnow_summary,
    ),
    "telco_churn": _Source(
        "telco_churn.csv",
        "IBM/telco-customer-churn-on-icp4d",
        "d5371f5d83a446ad5673cbcca3b814b926491f8a",
        "data/Telco-Customer-Churn.csv",
        "16320c9c1ec72448db59aa0a26a0b95401046bef5d02fd3aeb906448e3055e91",
        _read_telco_churn,
    ),
    "south_german_credit": _Source(
        "south_german_credit.asc",
        "SarthakPhatate/Ineuron_Internship",
        "a63338e1163c997fc11e3c18143176f0ed5b1c5f",
        "data/SouthGermanCredit.asc",
        "f0caee5ff54c4a4e9689bc10d5b23ccf5088862a846ab603f9536f135aae30d3",
        _read_south_german_credit,
    ),
    "sfo_survey": _Source(
        "sfo_survey_2017.csv",
        "ronyarmon/SFO",
        "8f50307b45911b26b01159d824bdbe13ac9be24c",
        "data/raw/2017_SFO_Customer_Survey_20250817.csv",
        "171423b74247f1c0144a93104ef19265975be6a78c6665a7319d8efbc7d1493e",
        _read_sfo_survey,
    ),
}


def real(name: str, *, address: str = RAW_CONTENT) -> pd.DataFrame:
    """Read one of five public data sets, checked by its SHA-256.

    The file is looked for in the folder named by the environment variable ``CRMLAB_DATA``, then in the user's cache,
    and is otherwise downloaded into that cache. Licences and citations stand in ``datasets/README.md``.

    Parameters
    ----------
    name
        ``"cdnow"`` (customer_id, date, quantity, amount [US dollars]), ``"cdnow_summary"`` (customer_id, frequency
        [repeat orders], recency, age [weeks]), ``"telco_churn"`` (snake_case columns, ``churn`` as True/False),
        ``"south_german_credit"`` (English column names of Groemping 2019, coded values, ``credit_risk`` 1 = good) or
        ``"sfo_survey"`` (columns as published, a blank ``Q7ALL`` is missing).
    address
        Where to download from, without the repository.

    Raises
    ------
    ValueError
        The name is unknown; the message lists the known ones.
    DataMissingError
        There is no copy and the download failed, or the copy is another edition.

    >>> real("iris")
    Traceback (most recent call last):
    ...
    ValueError: There is no public data set 'iris'; known are cdnow, cdnow_summary, telco_churn, ...
    """
    if name not in _SOURCES:
        raise ValueError(f"There is no public data set {name!r}; known are {', '.join(_SOURCES)}.")
    source = _SOURCES[name]
    folder = os.environ.get("CRMLAB_DATA")
    if folder and (copy := Path(folder, source.file)).is_file():
        if hashlib.sha256(copy.read_bytes()).hexdigest() != source.sha256:
            raise DataMissingError(
                say(
                    en=f"The copy {copy} of {name!r} is another edition: its SHA-256 is not {source.sha256}.",
                    zh=f"{name!r} 的副本 {copy} 是另一个版本：其 SHA-256 不是 {source.sha256}。",
                )
            )
        return source.read(copy)
    return source.read(_fetched(name, source, address))


#: What a notebook prints where its public data cannot be had.
LEFT_OUT = Text(en="This section is left out; the chapter goes on.", zh="本节略过，继续往下读即可。")


def real_data(name: str) -> pd.DataFrame | None:
    """Read a public data set for a notebook, or say in one sentence what is missing and return None.

    So a chapter runs to its end without a network; its cells ask ``if orders is not None``. Otherwise as :func:`real`.
    """
    try:
        return real(name)
    except DataMissingError as missing:
        print(missing, LEFT_OUT, sep=say(en=" ", zh=""))
        return None


def _fetched(name: str, source: _Source, address: str) -> Path:
    import pooch  # type: ignore[import-untyped]

    url = "/".join((address, source.repository, source.commit, source.path))
    pooch.get_logger().setLevel("WARNING")  # no "Downloading data from ..." lines in a notebook
    try:
        file = pooch.retrieve(
            url,
            known_hash=f"sha256:{source.sha256}",
            fname=source.file,
            path=pooch.os_cache("crmlab"),
            downloader=pooch.HTTPDownloader(timeout=10),
        )
    except (OSError, ValueError) as problem:  # no network, no such address; another edition
        fault = type(problem).__name__
        raise DataMissingError(
            say(
                en=f"The public data set {name!r} is not on this machine and could not be downloaded ({fault}); "
                f"put {source.file} into a folder and name that folder in CRMLAB_DATA.",
                zh=f"公开数据集 {name!r} 不在本机，也无法下载（{fault}）；请把 {source.file} 放入一个文件夹，"
                "并用环境变量 CRMLAB_DATA 指明该文件夹。",
            )
        ) from problem
    return Path(file)


# --- validators for models -------------------------------------------------------------------------------------------


def require(
    table: object, columns: Sequence[str], *, at_least: float | None = 0.0, what: str = "offers"
) -> pd.DataFrame:
    """Return ``columns`` of a table as numbers, or say in one sentence what is wrong.

    Parameters
    ----------
    table
        DataFrame, or anything ``pandas.DataFrame`` accepts (mapping of columns, list of records).
    columns
        The columns that must be there and hold finite numbers.
    at_least
        The smallest number allowed; ``None`` allows all.
    what
        What the rows are; begins the message.

    Returns
    -------
    A new float table with the index of the input.

    Raises
    ------
    ValueError
        A column is missing or there twice, or a cell is no finite number or too small; the message names the column,
        the row and what was found.

    >>> require({"price": [80, -3]}, ["price"])
    Traceback (most recent call last):
    ...
    ValueError: offers: column 'price', row 1 is -3; allowed are numbers of at least 0.
    """
    frame = pd.DataFrame(table)  # type: ignore[call-overload]
    present = list(frame.columns)
    for column in columns:
        if present.count(column) != 1:
            fault = "missing" if column not in present else "there more than once"
            raise ValueError(f"{what}: column {column!r} is {fault}; needed are {', '.join(columns)}.")
    return pd.DataFrame(
        {
            column: require_numbers(f"{what}: column {column!r}, row", frame[column], at_least=at_least)
            for column in columns
        },
        index=frame.index,
    )


def require_numbers(
    name: str,
    values: object,
    *,
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
) -> NDArray[np.float64]:
    """Return one argument (a number, list, array or Series) as a float array of its shape, or say what is wrong.

    Parameters
    ----------
    name
        The argument's name; begins the message.
    values
        Finite numbers; True and False are none.
    at_least, above, at_most
        Limits; ``above`` is a lower limit that is itself not allowed.

    Raises
    ------
    ValueError
        A value is no finite number or outside the limits; the message names the argument, the place and the value.

    >>> require_numbers("customer_share", 1.5, at_least=0, at_most=1)
    Traceback (most recent call last):
    ...
    ValueError: customer_share is 1.5; allowed are numbers of at least 0 and of at most 1.
    """
    given = np.asarray(values)
    if given.dtype.kind in "iuf":
        numbers = given.astype(np.float64).ravel()
    else:
        given = np.asarray(values, dtype=object)
        numbers = np.array([_as_float(value) for value in given.ravel()], dtype=np.float64)
    wrong = ~np.isfinite(numbers)
    limits = []
    if at_least is not None:
        wrong |= numbers < at_least
        limits.append(f"of at least {at_least:g}")
    if above is not None:
        wrong |= numbers <= above
        limits.append(f"above {above:g}")
    if at_most is not None:
        wrong |= numbers > at_most
        limits.append(f"of at most {at_most:g}")
    if wrong.any():
        first = int(wrong.argmax())
        labels = values.index.tolist() if isinstance(values, pd.Series) else range(numbers.size)
        place = f" {labels[first]!r}" if given.ndim else ""
        allowed = f"numbers {' and '.join(limits)}" if limits else "finite numbers"
        raise ValueError(f"{name}{place} is {_shown(given.ravel()[first])}; allowed are {allowed}.")
    return numbers.reshape(given.shape)


def require_number(
    name: str,
    value: object,
    *,
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
) -> float:
    """Return one argument as a float, or say what is wrong; limits as in :func:`require_numbers`.

    >>> require_number("cut", [0.2, 0.5])
    Traceback (most recent call last):
    ...
    ValueError: cut is [0.2, 0.5]; allowed is one number.
    """
    if np.ndim(value):  # type: ignore[arg-type]
        raise ValueError(f"{name} is {value!r}; allowed is one number.")
    return float(require_numbers(name, value, at_least=at_least, above=above, at_most=at_most))


def _as_float(value: object) -> float:
    return float(value) if isinstance(value, Real) and not isinstance(value, bool | np.bool_) else math.nan


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, Real) and not isinstance(value, bool | np.bool_) else repr(value)


def require_one_of(name: str, word: str, allowed: Sequence[str]) -> None:
    """Check that an argument is one of several words, or say which are allowed.

    >>> require_one_of("closed", "both", ("right", "left"))
    Traceback (most recent call last):
    ...
    ValueError: closed is 'both'; allowed are 'right', 'left'.
    """
    if word not in allowed:
        raise ValueError(f"{name} is {word!r}; allowed are {', '.join(map(repr, allowed))}.")


def require_whole(name: str, number: object, *, at_least: int = 0, at_most: int | None = None) -> int:
    """Return one argument as a whole number, or say what is wrong.

    >>> require_whole("managers", 2.5, at_least=1)
    Traceback (most recent call last):
    ...
    ValueError: managers is 2.5; allowed are whole numbers from 1.
    """
    if np.ndim(number):  # type: ignore[arg-type]
        raise ValueError(f"{name} is {number!r}; allowed is one whole number.")
    found = require_number(name, number)
    if found != int(found) or found < at_least or (at_most is not None and found > at_most):
        limits = f"from {at_least}" + ("" if at_most is None else f" to {at_most}")
        raise ValueError(f"{name} is {found:g}; allowed are whole numbers {limits}.")
    return int(found)


def categorical(
    places: object, labels: Iterable[str], *, like: object, name: str, ordered: bool = False
) -> pd.Series[Any]:
    """Return labels by their number as a categorical Series with the index of ``like``, if that has one.

    >>> list(categorical([1, 0], ["few", "many"], like=None, name="size"))
    ['many', 'few']
    """
    names: Any = [str(label) for label in labels]
    values = pd.Categorical.from_codes(np.asarray(places, dtype=np.int64), names, ordered=ordered)
    return pd.Series(values, index=like.index if isinstance(like, pd.Series | pd.DataFrame) else None, name=name)
