"""The four explorers of chapter 11."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlab.core.data import load
from crmlab.core.explorers import Explorer, Slider, Sliders
from crmlab.core.text import Text
from crmlab.credit.chart import (
    YUAN,
    CollateralView,
    CutoffView,
    ReportView,
    RocView,
    default_and_loss,
    profit_by_acceptance,
    report_tent,
    roc_curve,
)
from crmlab.credit.model import (
    ITEM_NAMES,
    TRUE_LOGIT,
    auc,
    cutoff,
    expected_loss,
    fit_logit,
    item_marks,
    ks,
    loss_given_default,
    report_value,
    roc,
)

__all__ = ["weigh_the_cs", "where_to_cut", "what_collateral_does", "buy_the_report"]  # noqa: RUF022 - as in the chapter

_FIVE = ["character", "capacity", "capital", "collateral", "conditions"]
_PRICE, _COST, _RATE, _LGD = 100.0, 88.0, 0.01, 0.54
_PERCENT = Text(en="%", zh="%")


def _halves(applicants: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.Series[int], int]:
    table = load("credit_applicants") if applicants is None else applicants
    return item_marks(table), table["default_12m"], len(table) // 2


def weigh_the_cs(applicants: pd.DataFrame | None = None) -> Explorer[RocView]:
    """Vary the weights of the five Cs and of the sixth item; see how well the score tells goods from bads.

    Parameters
    ----------
    applicants
        As in ``load("credit_applicants")``, which is taken if not given. Ready-made weights are fitted to the first
        half; quality is measured on the second.
    """
    marks, bad, half = _halves(applicants)
    held, truth = marks[half:], bad[half:].to_numpy()
    items = list(ITEM_NAMES)

    def fitted(names: list[str]) -> dict[str, float]:
        _, weights = fit_logit(marks[names][:half], bad[:half])
        found = dict(zip(names, np.maximum(-weights, 0).round(2).tolist(), strict=True))
        return {name: found.get(name, 0.0) for name in items}

    five = fitted(_FIVE)
    best = auc(held @ np.array(list(five.values())), truth)
    without = [name if name != "character" else "philosophy" for name in _FIVE]

    def model(weights: Mapping[str, float]) -> RocView:
        score = held.to_numpy() @ np.array([weights[name] for name in items])
        goods, bads = roc(score, truth)
        return RocView(dict(weights), goods, bads, auc(score, truth), ks(score, truth), best)

    return Explorer(
        controls={
            "weights": Sliders(
                Text(en="Start from", zh="先选一组权重"),
                Text(en="weight", zh="权重"),
                items=ITEM_NAMES,
                presets={
                    "equal": (
                        Text(en="the five Cs, equal", zh="五个 C，同等权重"),
                        {**dict.fromkeys(items, 1.0), "philosophy": 0.0},
                    ),
                    "five": (Text(en="the five Cs, fitted", zh="五个 C，拟合的权重"), five),
                    "six": (Text(en="all six, fitted", zh="六项全用，拟合的权重"), fitted(items)),
                    "instead": (
                        Text(en="philosophy instead of character, fitted", zh="用经营理念代替品质，拟合的权重"),
                        fitted(without),
                    ),
                },
                start="equal",
                low=0,
                high=2,
                step=0.05,
            )
        },
        model=model,
        chart=roc_curve,
        task=Text(
            en="Beat the equal weights by hand. Then take the fitted five and add weight to the sixth item: does "
            "the AUC rise?",
            zh="先手动调整权重，胜过同等权重。再选拟合的五个 C，给第六项加权重：AUC 会升高吗？",
        ),
    )


def where_to_cut(applicants: pd.DataFrame | None = None) -> Explorer[CutoffView]:
    """Vary the cut-off, the margin, what a default costs and what a payer brings later; see the profit.

    Parameters
    ----------
    applicants
        As in :func:`weigh_the_cs`; chances of default are fitted to the first half and used for the second.
    """
    marks, bad, half = _halves(applicants)
    intercept, weights = fit_logit(marks[_FIVE][:half], bad[:half])
    logit = intercept + marks[_FIVE][half:].to_numpy() @ weights
    default = np.sort(1 / (1 + np.exp(-logit)))
    accepted = np.arange(default.size + 1) / default.size
    shown = np.r_[np.arange(0, default.size, 20), default.size]  # a smooth curve needs no more points

    def model(limit: float, margin: float, lgd: float, later: float) -> CutoffView:
        gain, loss = _PRICE / (1 + _RATE) - (_PRICE - margin) + later, (_PRICE - margin) * lgd / 100
        each = (1 - default) * gain - expected_loss(default, 1, loss)
        profit = np.r_[0.0, np.cumsum(each)] / default.size
        best = cutoff((_PRICE - margin + gain) * (1 + _RATE), _PRICE - margin, _RATE, lgd / 100)

        def at(cut: float) -> tuple[float, float, float]:
            place = int(np.searchsorted(default, cut, side="right"))
            return cut, float(accepted[place]), float(profit[place])

        return CutoffView(accepted[shown], profit[shown], at(limit / 100), at(best))

    return Explorer(
        controls={
            "limit": Slider(
                Text(en="Accept up to a chance of default of", zh="接受的违约概率上限"),
                _PERCENT,
                low=1,
                high=80,
                step=1,
                start=50,
            ),
            "margin": Slider(
                Text(en="Margin on a sale of 100", zh="每 100 元销售的毛利"), YUAN, low=2, high=40, step=1, start=12
            ),
            "lgd": Slider(Text(en="Lost in a default", zh="违约损失率"), _PERCENT, low=5, high=95, step=1, start=54),
            "later": Slider(
                Text(en="Later business of a payer, today's value", zh="守信客户日后生意的现值"),
                YUAN,
                low=0,
                high=100,
                step=2,
                start=0,
            ),
        },
        model=model,
        chart=profit_by_acceptance,
        task=Text(
            en="Find the best cut-off for these salons. Then let each payer bring 40 yuan of later business: what "
            "happens to the best cut-off?",
            zh="为这些店找出最优的临界点。然后设每位守信的客户日后还会带来 40 元：最优的临界点怎样变？",
        ),
    )


def what_collateral_does() -> Explorer[CollateralView]:
    """Vary the collateral, the customer's character and the outlook; see the chance of default and the loss."""
    cover = np.linspace(0, 1.5, 61)

    def model(collateral: float, character: float, outlook: float) -> CollateralView:
        def at(covered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            logit = (
                TRUE_LOGIT["intercept"]
                + TRUE_LOGIT["character"] * character
                + TRUE_LOGIT["conditions"] * outlook
                + TRUE_LOGIT["collateral"] * (covered - 0.5) / 0.35
            )
            default = 1 / (1 + np.exp(-logit))
            return default, expected_loss(default, loss_given_default(covered), 1)

        default, loss = at(cover)
        now, lost = at(np.array([collateral / 100]))
        return CollateralView(cover, default, loss, (collateral / 100, float(now[0]), float(lost[0])))

    steps = Text(en="steps from the average", zh="与平均水平相差的级数")
    return Explorer(
        controls={
            "collateral": Slider(
                Text(en="Collateral", zh="抵押"),
                Text(en="% of the credit", zh="占赊销额的 %"),
                low=0,
                high=150,
                step=5,
                start=50,
            ),
            "character": Slider(Text(en="Character", zh="品质"), steps, low=-2, high=2, step=0.1, start=0),
            "outlook": Slider(Text(en="Conditions", zh="条件"), steps, low=-2, high=2, step=0.1, start=0),
        },
        model=model,
        chart=default_and_loss,
        task=Text(
            en="A customer of average character has collateral for half the credit. How much collateral makes up, in "
            "loss, for a character one step worse? And what happens to default meanwhile? Then let conditions fall.",
            zh="一位品质中等的客户，抵押为赊销额的一半。品质差一级，要多少抵押才能使损失与原来相同？这时违约概率又"
            "怎样？然后再让条件变差。",
        ),
    )


def buy_the_report() -> Explorer[ReportView]:
    """Vary how good a credit report is, its price and how many applicants are bad; see what it is worth."""
    prior = np.linspace(0, 0.6, 121)
    gain, loss = _PRICE / (1 + _RATE) - _COST, _COST * _LGD
    threshold = cutoff(_PRICE, _COST, _RATE, _LGD)

    def model(bad: float, sensitivity: float, specificity: float, price: float) -> ReportView:
        rates = sensitivity / 100, specificity / 100
        value = np.array([report_value(one, *rates, gain, loss).value for one in prior])
        now = report_value(bad / 100, *rates, gain, loss)
        return ReportView(prior, value, (bad / 100, now), price, threshold)

    return Explorer(
        controls={
            "bad": Slider(Text(en="Bad customers", zh="坏客户"), _PERCENT, low=1, high=60, step=1, start=15),
            "sensitivity": Slider(
                Text(en="Bad ones it reports as bad", zh="坏客户中被报为坏的（灵敏度）"),
                _PERCENT,
                low=0,
                high=100,
                step=1,
                start=70,
            ),
            "specificity": Slider(
                Text(en="Good ones it reports as good", zh="好客户中被报为好的（特异度）"),
                _PERCENT,
                low=0,
                high=100,
                step=1,
                start=85,
            ),
            "price": Slider(Text(en="Price of a report", zh="报告的价格"), YUAN, low=0, high=10, step=0.1, start=2),
        },
        model=model,
        chart=report_tent,
        task=Text(
            en="The report costs 2 yuan. For which shares of bad customers is it worth buying? Where is it worth "
            "most, and why there?",
            zh="报告的价格是 2 元。坏客户的比例在什么范围内，才值得买？在哪里价值最高，为什么？",
        ),
    )
