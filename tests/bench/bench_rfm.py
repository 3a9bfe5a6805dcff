"""RFM beside plain pandas, polars and duckdb: the same work from one pandas table to another; `make bench` runs this.

Each engine has a process of its own for each table. They take turns, so that a busy machine hits all alike. The numbers
go to RESULTS.md; nothing here fails because of a number, but a result that is not identical to crmlab's does.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = "2026-01-01"
DAYS = 731  # the two years before
ROUNDS = 11
LIMIT = 1.1
PACKAGES = ("numpy", "pandas", "polars", "duckdb")

# ---- the work, once for each engine ----------------------------------------------------------------------------------


def in_crmlab(orders: pd.DataFrame) -> pd.DataFrame:
    """The functions of chapter 02; they check the orders, too."""
    from crmlab.value_tiers import rfm, rfm_scores

    found = rfm(orders, AS_OF)
    return pd.concat([found, rfm_scores(found)], axis=1)


def in_pandas(orders: pd.DataFrame) -> pd.DataFrame:
    """One groupby, three ranks."""
    cents = (orders["amount"] * 100).round().astype("int64")
    grouped = orders.assign(cents=cents).groupby("customer_id")
    found = grouped.agg(last=("date", "max"), frequency=("date", "size"), cents=("cents", "sum"))
    found.insert(0, "recency_days", (pd.Timestamp(AS_OF) - found.pop("last")).dt.days)
    found["monetary"] = found.pop("cents") / 100
    for score, column in (("r", "recency_days"), ("f", "frequency"), ("m", "monetary")):
        worse = found[column].rank(method="min", ascending=score != "r").astype("int64") - 1
        found[score] = 1 + 5 * worse // len(found)
    found["score"] = 100 * found["r"] + 10 * found["f"] + found["m"]
    return found


def in_polars(orders: pd.DataFrame) -> pd.DataFrame:
    """One lazy query, to and from numpy's arrays: mostly the same memory, and no pyarrow, which would change pandas."""
    import polars as pl

    def score(column: str, descending: bool = False) -> pl.Expr:
        worse = pl.col(column).rank("min", descending=descending).cast(pl.Int64) - 1
        return 1 + 5 * worse // pl.len().cast(pl.Int64)

    found = (
        pl.LazyFrame({name: column.to_numpy() for name, column in orders.items()})
        .group_by("customer_id")
        .agg(
            recency_days=(pl.lit(pd.Timestamp(AS_OF)) - pl.col("date").max()).dt.total_days(),
            frequency=pl.len().cast(pl.Int64),
            cents=(pl.col("amount") * 100).round().cast(pl.Int64).sum(),
        )
        .sort("customer_id")
        .with_columns(r=score("recency_days", descending=True), f=score("frequency"), m=score("cents"))
        .with_columns(score=100 * pl.col("r") + 10 * pl.col("f") + pl.col("m"))
        .collect()
    )
    table = pd.DataFrame({column.name: column.to_numpy() for column in found}).set_index("customer_id")
    table.insert(2, "monetary", table.pop("cents") / 100)  # polars would multiply by 0.01, which is not the same
    return table


def in_duckdb(orders: pd.DataFrame) -> pd.DataFrame:
    """One query; duckdb finds the table by its name."""
    import duckdb

    with duckdb.connect() as connection:
        found = connection.sql(f"""
            WITH summary AS (
                SELECT customer_id, date_diff('day', max(date), TIMESTAMP '{AS_OF}') AS recency_days,
                    count(*) AS frequency, sum(round(amount * 100)::BIGINT)::BIGINT AS cents
                FROM orders GROUP BY customer_id
            )
            SELECT customer_id, recency_days, frequency, cents / 100 AS monetary,
                1 + 5 * (rank() OVER (ORDER BY recency_days DESC) - 1) // count(*) OVER () AS r,
                1 + 5 * (rank() OVER (ORDER BY frequency) - 1) // count(*) OVER () AS f,
                1 + 5 * (rank() OVER (ORDER BY cents) - 1) // count(*) OVER () AS m,
                100 * r + 10 * f + m AS score
            FROM summary ORDER BY customer_id
        """)
        return found.df().set_index("customer_id")


ENGINES = {"crmlab": in_crmlab, "pandas": in_pandas, "polars": in_polars, "duckdb": in_duckdb}


def threads() -> str:
    """How many threads each engine uses; none is told how many."""
    import duckdb
    import polars

    with duckdb.connect() as connection:
        [[of_duckdb]] = connection.sql("SELECT current_setting('threads')").fetchall()
    return f"crmlab 1, pandas 1, polars {polars.thread_pool_size()}, duckdb {of_duckdb}"


# ---- the tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """Orders of two years, ten for each customer."""

    orders: int
    ids: str

    def make(self) -> pd.DataFrame:
        """Draw the orders: any customer, any day, any amount; always the same ones."""
        rng = np.random.default_rng(2)
        customers = np.arange(1, self.orders // 10 + 1)
        if self.ids == "scattered numbers":
            customers = rng.permutation(10**12 // customers.size * customers)
        drawn = rng.choice(customers, self.orders)
        day = np.datetime64(AS_OF, "D") - rng.integers(1, DAYS, self.orders, endpoint=True)
        amount = np.round(rng.gamma(2, 40, self.orders), 2)
        orders = pd.DataFrame({"customer_id": drawn, "date": day.astype("datetime64[us]"), "amount": amount})
        if self.ids == "texts":
            names = np.array([f"C{number:07d}" for number in range(customers.size + 1)], dtype=object)
            orders["customer_id"] = pd.Series(names[drawn], dtype=pd.StringDtype("python", na_value=np.nan))
        return orders


TABLES = [
    Table(10**5, "numbers"),
    Table(10**6, "numbers"),
    Table(10**7, "numbers"),
    Table(10**7, "scattered numbers"),
    Table(10**6, "texts"),
]

# ---- measuring -------------------------------------------------------------------------------------------------------


def megabytes(what: str) -> float:
    """Memory of this process: VmRSS now, VmHWM its peak (getrusage's would begin with the parent's); NaN off Linux."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else [f"{what} nan"]
    return next(float(line.split()[1]) for line in lines if line.startswith(what)) * 1024 / 1e6


def serve(engine: str, folder: Path) -> None:
    """Be an engine's process: do the work once for its memory and its result, then once for each line that comes in."""
    work = ENGINES[engine]
    orders = pd.read_pickle(folder / "orders")
    work(orders.head(1000))  # imports the engine, starts its threads
    forget_peak = Path("/proc/self/clear_refs")
    if forget_peak.exists():
        forget_peak.write_text("5")
    before = megabytes("VmRSS")
    found = work(orders)
    print(megabytes("VmHWM") - before, flush=True)
    found.to_pickle(folder / engine)
    del found
    for _ in sys.stdin:
        start = time.perf_counter()
        work(orders)
        print(time.perf_counter() - start, flush=True)


@dataclass
class Found:
    """What one engine took for one table."""

    seconds: list[float]
    megabytes: float


def measure(table: Table, rounds: int) -> dict[str, Found]:
    """Let the engines take turns on one table."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        table.make().to_pickle(folder / "orders")
        lines = {}
        found = {}
        for engine in ENGINES:
            command = [sys.executable, __file__, "--serve", engine, "--folder", name]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            lines[engine] = running.enter_context(process)
            found[engine] = Found([], float(process.stdout.readline()))
        for _ in range(rounds):
            for engine, process in lines.items():
                print(file=process.stdin, flush=True)
                found[engine].seconds.append(float(process.stdout.readline()))
        wanted = pd.read_pickle(folder / "crmlab")
        for engine in ENGINES:
            given = pd.read_pickle(folder / engine)
            given.index = given.index.astype(wanted.index.dtype)
            pd.testing.assert_frame_equal(given.astype(wanted.dtypes), wanted, check_exact=True)
    return found


# ---- reporting -------------------------------------------------------------------------------------------------------


def row(orders: Table, found: dict[str, Found]) -> list[str]:
    """One line of the table."""
    median = {engine: statistics.median(one.seconds) * 1000 for engine, one in found.items()}
    others = [engine for engine in found if engine != "crmlab"]
    fastest = min(others, key=median.__getitem__)
    ratio = median["crmlab"] / median[fastest]
    verdict = f"{ratio:.2f} of {fastest} held" if ratio <= LIMIT else f"**{ratio:.2f} of {fastest} missed**"
    times = [f"{median[engine]:,.1f} ({min(one.seconds) * 1000:,.1f})" for engine, one in found.items()]
    memory = [f"{one.megabytes:.0f}" for one in found.values()]
    return [f"{orders.orders:,} {orders.ids}", *times, verdict, *memory]


def report(rows: list[list[str]], rounds: int) -> str:
    """This part of RESULTS.md."""
    from bench_browser import machine, table

    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = [f"{engine} [ms]" for engine in ENGINES], [f"{engine} [MB]" for engine in ENGINES]
    return f"""# Timings: RFM

Written by `make bench` on {date.today()}. Do not edit.

- Machine: {machine()}.
- Versions: Python {platform.python_version()}, {versions}.
- Work: recency, orders and money of each customer and the four scores, from a pandas table of orders to a pandas table,
  conversions included. Ten orders for each customer, two years, money in whole cents. All four give identical tables.
- Customers' ids: numbers from 1 on, numbers scattered up to 10 to the 12th, or texts such as C0001234.
- Threads: {threads()}.
- ms: the median of {rounds} rounds, and the best one. Each engine has its own process; they take turns. Imports and a
  first run are not counted.
- MB: peak memory of the first run, above what the process held before it.
- Bar: at most {LIMIT:g} times the fastest of the other three, by the medians.

{table(["orders, ids", *head[0], "crmlab's time", *head[1]], rows)}
"""


def main(arguments: list[str]) -> None:
    """Measure, print, and after a full run write RESULTS.md."""
    parser = argparse.ArgumentParser(description="Timings of RFM beside pandas, polars and duckdb.")
    parser.add_argument("--quick", action="store_true", help="three rounds, no large table; RESULTS.md stays as it is")
    parser.add_argument("--serve", choices=list(ENGINES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.serve, options.folder)
        return
    from bench_browser import write_part

    rounds = 3 if options.quick else ROUNDS
    rows = []
    for orders in TABLES:
        if orders.orders < 10**7 or not options.quick:
            rows.append(row(orders, measure(orders, rounds)))
            print(" | ".join(rows[-1]), flush=True)
    text = report(rows, rounds)
    print(f"\n{text}")
    if not options.quick:
        write_part(text)


if __name__ == "__main__":
    main(sys.argv[1:])
