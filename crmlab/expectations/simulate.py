"""The data of chapter 09 and their truth: encounters, ratings, Kano answers, late deliveries, two branches.

All are samples of Lanwan's salons, except the two branches' customers. A student id gives other samples.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crmlab.core.lanwan import stream
from crmlab.expectations.model import BASE, DIMENSIONS, GAIN, LOSS, satisfaction, stay_after_delay

N_ENCOUNTERS = 1500
PRIOR = {"mean": 62.0, "sd": 12.0}  # of a newcomer, before anything is seen or heard
EXPERIENCE_SD, REVIEW_SD, PROMISE_SD = 12.0, 24.0, 15.0  # of one own visit, one review, the promise, about the truth
QUALITY_SD = 10.0  # performance about its mean of 70
NEED_POINTS = 4.0  # added to the expectation by one unit of need
ZONE, NOISE = 4.0, 6.0
REPURCHASE = {"middle": 62.0, "slope": 0.12}  # logistic in satisfaction

N_RATERS = 300
#: Attribute: effect on overall of a bad and of an excellent rating, mean stated importance, mean performance.
EFFECTS: dict[str, tuple[float, float, float, float]] = {
    "on_time": (-0.60, 0.55, 4.4, 3.3),
    "complete": (-0.90, 0.05, 4.3, 3.7),
    "undamaged": (-0.80, 0.05, 4.2, 4.0),
    "quality": (-0.50, 0.60, 4.5, 4.1),
    "phone": (-0.35, 0.30, 3.6, 3.1),
    "invoice": (-0.50, 0.00, 4.0, 3.9),
    "price": (-0.25, 0.20, 4.4, 3.0),
    "fitter": (-0.30, 0.30, 3.8, 3.4),
    "training": (0.00, 0.70, 2.7, 2.9),
    "samples": (0.00, 0.45, 2.9, 3.4),
    "polite": (0.00, 0.00, 3.5, 3.6),
    "van": (0.00, 0.00, 2.1, 3.8),
    "newsletter": (0.00, 0.00, 1.9, 3.5),
    "app": (-0.20, 0.15, 3.2, 3.6),
}
#: The two attributes without any effect that move with a real driver, and how closely.
SHADOWS = {"polite": ("on_time", 0.9), "van": ("on_time", 0.8)}
COMMON, OWN = 0.35, 0.9  # standard deviations of a rater's mood and of each rating's own part
OVERALL = {"base": 6.6, "noise": 0.6}

N_KANO = 200
#: Feature: chances of the classes A, O, M, I, R, Q.
CHANCES: dict[str, tuple[float, ...]] = {
    "no_leak": (0.02, 0.20, 0.70, 0.07, 0.00, 0.01),
    "next_day": (0.20, 0.52, 0.15, 0.12, 0.00, 0.01),
    "app_stock": (0.25, 0.40, 0.10, 0.24, 0.00, 0.01),
    "colour_course": (0.62, 0.10, 0.02, 0.24, 0.01, 0.01),
    "birthday_card": (0.16, 0.02, 0.01, 0.68, 0.12, 0.01),
    "sms_ads": (0.03, 0.01, 0.00, 0.30, 0.64, 0.02),
    "paper_invoice": (0.05, 0.15, 0.35, 0.33, 0.11, 0.01),
    "night_hotline": (0.38, 0.12, 0.03, 0.45, 0.01, 0.01),
}
_PAIRS = {  # answers that give each class
    "A": (("like", "must-be"), ("like", "neutral"), ("like", "live-with")),
    "O": (("like", "dislike"),),
    "M": (("must-be", "dislike"), ("neutral", "dislike"), ("live-with", "dislike")),
    "I": (("must-be", "neutral"), ("neutral", "neutral"), ("neutral", "live-with"), ("live-with", "neutral")),
    "R": (("dislike", "like"), ("neutral", "like"), ("dislike", "neutral")),
    "Q": (("like", "like"), ("dislike", "dislike")),
}

N_DELAYS = 600
EXPECTED = {"tangibles": 5.2, "reliability": 6.4, "responsiveness": 6.0, "assurance": 5.9, "empathy": 5.4}
GAPS = {"tangibles": 0.2, "reliability": -1.1, "responsiveness": -0.6, "assurance": -0.1, "empathy": -0.2}
N_GAP_RATERS = 120

PER_BRANCH = 250
#: Mean and standard deviation of what lies behind the answers: Harbour pleases evenly, Station divides its customers.
BRANCHES = {"Harbour": (7.0, 1.0), "Station": (7.0, 2.3)}


def tables(student: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables of the chapter, ready to be written.

    Parameters
    ----------
    student
        Empty for the published tables; another id draws other samples.

    Returns
    -------
    ``expectations_encounters`` (1,500 rows), ``expectations_ratings`` (4,200), ``expectations_kano`` (1,600),
    ``expectations_delays`` (600), ``expectations_gaps`` (600), ``expectations_branches`` (500); columns and units in
    ``datasets/schema.toml``.

    Examples
    --------
    >>> [len(table) for table in tables().values()]
    [1500, 4200, 1600, 600, 600, 500]
    """
    return {
        "expectations_encounters": _encounters(student),
        "expectations_ratings": _ratings(student),
        "expectations_kano": _kano(student),
        "expectations_delays": _delays(student),
        "expectations_gaps": _gaps(student),
        "expectations_branches": _branches(student),
    }


def truth(student: str = "") -> dict[str, dict[str, Any]]:
    """Return the true parameters behind :func:`tables`, by table name; they are the same for every student.

    Examples
    --------
    >>> truth()["expectations_encounters"]["loss"]
    2.0
    """
    del student
    chances = pd.DataFrame({key: list(odds) for key, odds in CHANCES.items()}, index=list("AOMIRQ")).T
    effects = pd.DataFrame({key: {"penalty": bad, "reward": good} for key, (bad, good, *_) in EFFECTS.items()}).T
    return {
        "expectations_encounters": {
            "prior": dict(PRIOR),
            "sd": {"experience": EXPERIENCE_SD, "review": REVIEW_SD, "promise": PROMISE_SD},
            "need": NEED_POINTS,
            "base": BASE,
            "gain": GAIN,
            "loss": LOSS,
            "zone": ZONE,
            "noise": NOISE,
            "repurchase": dict(REPURCHASE),
        },
        "expectations_ratings": {"effects": effects, "shadows": dict(SHADOWS)},
        "expectations_kano": {"chances": chances},
        "expectations_delays": {"law": "crmlab.expectations.stay_after_delay"},
        "expectations_gaps": {"gap": dict(GAPS)},
        "expectations_branches": dict(BRANCHES),
    }


def _encounters(student: str) -> pd.DataFrame:
    draw = stream("expectations", "encounters", student)
    n_past = draw.poisson(np.where(draw.random(N_ENCOUNTERS) < 0.4, 0.5, 8.0))
    wom_n = draw.poisson(6.0, N_ENCOUNTERS)
    quality = 70.0
    past_mean = quality + EXPERIENCE_SD * draw.standard_normal(N_ENCOUNTERS) / np.sqrt(np.maximum(n_past, 1))
    wom_mean = 66 + REVIEW_SD * draw.standard_normal(N_ENCOUNTERS) / np.sqrt(np.maximum(wom_n, 1))
    promise = draw.choice([70.0, 80.0, 90.0], N_ENCOUNTERS)
    need = np.rint(draw.standard_normal(N_ENCOUNTERS) * 10) / 10
    weights = np.array(
        [
            np.full(N_ENCOUNTERS, PRIOR["sd"] ** -2),
            n_past * EXPERIENCE_SD**-2,
            wom_n * REVIEW_SD**-2,
            np.full(N_ENCOUNTERS, PROMISE_SD**-2),
        ]
    )
    levels = np.array([np.full(N_ENCOUNTERS, PRIOR["mean"]), past_mean, wom_mean, promise])
    expectation = (weights * levels).sum(axis=0) / weights.sum(axis=0) + NEED_POINTS * need
    performance = quality + QUALITY_SD * draw.standard_normal(N_ENCOUNTERS)
    felt = satisfaction(expectation, performance, zone=ZONE) + NOISE * draw.standard_normal(N_ENCOUNTERS)
    again = 1 / (1 + np.exp(-REPURCHASE["slope"] * (felt - REPURCHASE["middle"])))
    return pd.DataFrame(
        {
            "encounter_id": [f"E{number:04d}" for number in range(1, N_ENCOUNTERS + 1)],
            "n_past": n_past,
            "past_mean": np.where(n_past > 0, past_mean.round(1), np.nan),
            "promise": promise.astype("int64"),
            "wom_mean": np.where(wom_n > 0, wom_mean.round(1), np.nan),
            "wom_n": wom_n,
            "need": need,
            "expectation": expectation.round(1),
            "performance": performance.round(1),
            "satisfaction": np.clip(felt, 0, 100).round(1),
            "repurchase": (draw.random(N_ENCOUNTERS) < again).astype("int64"),
        }
    )


def _ratings(student: str) -> pd.DataFrame:
    draw = stream("expectations", "ratings", student)
    names = list(EFFECTS)
    mood = COMMON * draw.standard_normal(N_RATERS)
    own = {name: OWN * draw.standard_normal(N_RATERS) for name in names}
    for shadow, (driver, rho) in SHADOWS.items():
        own[shadow] = rho * own[driver] + np.sqrt(1 - rho**2) * own[shadow]
    performance = pd.DataFrame({name: np.clip(np.rint(EFFECTS[name][3] + mood + own[name]), 1, 5) for name in names})
    overall = np.full(N_RATERS, OVERALL["base"]) + OVERALL["noise"] * draw.standard_normal(N_RATERS)
    for name, (penalty, reward, *_) in EFFECTS.items():
        overall = overall + penalty * (performance[name] <= 2) + reward * (performance[name] >= 5)
    rows = []
    for name in names:
        stated = np.clip(np.rint(EFFECTS[name][2] + 0.8 * draw.standard_normal(N_RATERS)), 1, 5)
        rows.append(
            pd.DataFrame(
                {
                    "rater_id": [f"P{number:03d}" for number in range(1, N_RATERS + 1)],
                    "attribute": name,
                    "importance": stated.astype("int64"),
                    "performance": performance[name].astype("int64"),
                    "overall": np.clip(np.rint(overall), 1, 10).astype("int64"),
                }
            )
        )
    return pd.concat(rows).sort_values(["rater_id"], kind="stable").reset_index(drop=True)


def _kano(student: str) -> pd.DataFrame:
    draw = stream("expectations", "kano", student)
    rows = []
    for rater in range(1, N_KANO + 1):
        for feature, chances in CHANCES.items():
            pairs = _PAIRS["AOMIRQ"[draw.choice(6, p=np.array(chances) / sum(chances))]]
            with_it, without = pairs[draw.integers(len(pairs))]
            rows.append((f"K{rater:03d}", feature, with_it, without))
    return pd.DataFrame(rows, columns=["rater_id", "feature", "functional", "dysfunctional"])


def _delays(student: str) -> pd.DataFrame:
    draw = stream("expectations", "delays", student)
    notice = draw.choice([0, 4, 12, 24, 48, 72], N_DELAYS)
    late = draw.choice([6, 12, 24, 48], N_DELAYS, p=[0.3, 0.3, 0.25, 0.15])
    stays = stay_after_delay(late, notice)
    return pd.DataFrame(
        {
            "delay_id": [f"D{number:03d}" for number in range(1, N_DELAYS + 1)],
            "notice_h": notice,
            "delay_h": late,
            "stayed": (draw.random(N_DELAYS) < stays).astype("int64"),
        }
    )


def _gaps(student: str) -> pd.DataFrame:
    draw = stream("expectations", "gaps", student)
    rows = []
    for rater in range(1, N_GAP_RATERS + 1):
        mood = 0.5 * draw.standard_normal()
        for dimension in DIMENSIONS:
            hoped = EXPECTED[dimension] + 0.6 * draw.standard_normal()
            seen = EXPECTED[dimension] + GAPS[dimension] + mood + 0.8 * draw.standard_normal()
            answers = [int(np.clip(np.rint(level), 1, 7)) for level in (hoped, seen)]
            rows.append((f"G{rater:03d}", dimension, *answers))
    return pd.DataFrame(rows, columns=["rater_id", "dimension", "expected", "perceived"])


def _branches(student: str) -> pd.DataFrame:
    draw = stream("expectations", "branches", student)
    parts = []
    for branch, (mean, sd) in BRANCHES.items():
        felt = mean + sd * draw.standard_normal(PER_BRANCH)
        answers = {"branch": branch, "customer": np.arange(1, PER_BRANCH + 1)}
        for name, shift, low in (
            ("overall", 0.2, 1),
            ("against_expectation", -0.3, 1),
            ("against_ideal", -0.6, 1),
            ("recommend", 0.0, 0),
        ):
            said = np.rint(felt + shift + 0.6 * draw.standard_normal(PER_BRANCH))
            answers[name] = np.clip(said, low, 10).astype("int64")
        parts.append(pd.DataFrame(answers))
    return pd.concat(parts, ignore_index=True)
