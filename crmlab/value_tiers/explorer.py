"""The four explorers of chapter 02."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.core.data import load, truth
from crmlab.core.explorers import Choice, Explorer, Slider, Table
from crmlab.core.text import Text
from crmlab.value_tiers.chart import (
    CODINGS,
    COLUMNS,
    READINGS,
    TIERS,
    LetGoView,
    MailView,
    PyramidView,
    WhaleView,
    let_go_curve,
    mail_cells,
    pyramid,
    whale,
)
from crmlab.value_tiers.model import Reading, break_even_response, claimed_whale, lorenz, whale_curve

__all__ = ["repair_pyramid", "whale_maker", "let_them_go", "mail_by_rfm"]  # noqa: RUF022 - in the order of the chapter

_PERCENT = Text(en="%", zh="%")
#: How the lines read when the 4 and the 5 are taken for list numbers.
_MISREAD = pd.DataFrame(
    [[1, 50, 49], [23, 25, 0], [1, 20, 21], [80, 7, 5]], index=list(TIERS), columns=list(COLUMNS), dtype=float
)


def repair_pyramid(table: pd.DataFrame | None = None) -> Explorer[PyramidView]:
    """Vary the twelve numbers of the customer pyramid [percent] until every column adds up to 100.

    Parameters
    ----------
    table
        Four tiers by ``customers``, ``revenue``, ``profit``; the pyramid of note 5, misread, if not given.
    """
    start = _MISREAD if table is None else table

    def model(shares: pd.DataFrame) -> PyramidView:
        try:
            curve = lorenz(shares["customers"], shares["revenue"])
        except ValueError:  # a tier without customers that brings something: a table half repaired
            curve = None
        return PyramidView(shares, curve)

    return Explorer(
        controls={
            "shares": Table(
                label=Text(en="The pyramid", zh="客户金字塔"),
                unit=_PERCENT,
                rows={tier: Text(en=name.en.capitalize(), zh=name.zh) for tier, name in TIERS.items()},
                columns=COLUMNS,
                start=start,
                high=100,
            )
        },
        model=model,
        chart=pyramid,
        task=Text(
            en="The notes print: top (1, 50, 49), large ( / 4, 23, 25), medium (1 / 5, 20, 21), small (80, 7, 5); / is "
            "a line break. Somebody took 4 and 5 for list numbers. Repair the table.",
            zh="笔记中写的是：高端（1、50、49）、大（/ 4、23、25）、中等（1 / 5、20、21）、小（80、7、5），/ 表示换行。"
            "有人把 4 和 5 当成了列表序号。请把表修好。",
        ),
    )


def whale_maker(accounts: pd.DataFrame | None = None) -> Explorer[WhaleView]:
    """Vary what "half" is half of, who loses how much, and how uneven the cost to serve is; see the whale rise.

    Parameters
    ----------
    accounts
        ``gross_margin``, ``contribution`` [currency per year]; Lanwan's 1,200 accounts if not given.
    """
    table = load("value_tiers_accounts") if accounts is None else accounts
    gross = table["gross_margin"].to_numpy(dtype=float)
    cost = gross - table["contribution"].to_numpy(dtype=float)
    even = cost.sum() * gross / gross.sum()  # what serving would cost if it went with the margin

    def model(reading: Reading, losers: float, cancelled: float, spread: float) -> WhaleView:
        left = gross - even - spread / 100 * (cost - even)
        return WhaleView(
            claimed=claimed_whale(0.2, 0.8, losers / 100, cancelled / 100, reading),
            own=whale_curve(left),
            reading=reading,
            losers=float((left < 0).mean()),
        )

    return Explorer(
        controls={
            "reading": Choice(Text(en='"Half of it" is', zh="“抵消一半”指"), READINGS, "net"),
            "losers": Slider(
                Text(en="Claim: customers that lose money", zh="说法：亏损客户占"),
                _PERCENT,
                low=5,
                high=60,
                step=5,
                start=30,
            ),
            "cancelled": Slider(
                Text(en="Claim: part that they cancel", zh="说法：抵消的部分"),
                _PERCENT,
                low=0,
                high=70,
                step=5,
                start=50,
            ),
            "spread": Slider(
                Text(en="Lanwan: unevenness of the cost to serve", zh="蓝湾：服务成本的不均程度"),
                Text(en="% of today's", zh="现状的 %"),
                low=0,
                high=120,
                step=5,
                start=100,
            ),
        },
        model=model,
        chart=whale,
        task=Text(
            en="Under which reading is Lanwan the firm of the sentence? Then serve everybody evenly: the profit stays. "
            "What becomes of the whale?",
            zh="按哪种读法，蓝湾就是这句话说的企业？再把服务成本摊匀：利润不变，鲸鱼会怎样？",
        ),
    )


def let_them_go(accounts: pd.DataFrame | None = None) -> Explorer[LetGoView]:
    """Vary how many accounts are let go, which part of their cost ends and what they take along; see the profit.

    Parameters
    ----------
    accounts
        ``gross_margin``, ``contribution`` [currency per year]; Lanwan's 1,200 accounts if not given.
    """
    table = (load("value_tiers_accounts") if accounts is None else accounts).sort_values("contribution")
    gross = table["gross_margin"].to_numpy(dtype=float)
    left = table["contribution"].to_numpy(dtype=float)
    losers = int((left < 0).sum())
    last = min(len(table), _round_to(losers * 1.25, 20))

    def model(dropped: float, avoidable: float, referral: float) -> LetGoView:
        keep = gross - avoidable / 100 * (gross - left) + referral / 100 * gross
        profit = left.sum() - np.r_[0.0, np.cumsum(keep[:last])]
        return LetGoView(profit, int(dropped), losers)

    return Explorer(
        controls={
            "dropped": Slider(
                Text(en="Let go", zh="放弃"),
                Text(en="accounts", zh="家客户"),
                low=0,
                high=last,
                step=1,
                start=losers,
            ),
            "avoidable": Slider(
                Text(en="Part of their cost that ends", zh="其成本中可以省下的部分"),
                _PERCENT,
                low=0,
                high=100,
                step=5,
                start=70,
            ),
            "referral": Slider(
                Text(en="Margin of friends who leave too, of their own", zh="带走的朋友的毛利，相当于自身毛利的"),
                _PERCENT,
                low=0,
                high=40,
                step=5,
                start=10,
            ),
        },
        model=model,
        chart=let_go_curve,
        task=Text(
            en="All accounts that lose money on paper are let go here. Which number is best? Under which "
            "settings should all of them go?",
            zh="现在放弃了全部账面亏损的客户。放弃多少家最好？在什么条件下应该全部放弃？",
        ),
    )


def _round_to(number: float, step: int) -> int:
    """Round up to a multiple of a step.

    >>> _round_to(493, 20)
    500
    """
    return int(-(-number // step) * step)


def mail_by_rfm(
    test: pd.DataFrame | None = None, response: pd.DataFrame | None = None, names: int = 300_000
) -> Explorer[MailView]:
    """Vary what a letter costs and an order earns [currency] and how finely customers are coded; see which cells pay.

    Parameters
    ----------
    test
        125 cells ``r``, ``f``, ``m``, ``mailed``, ``responded``; the chapter's test if not given.
    response
        The same cells with their true ``response``; the chapter's truth if not given.
    names
        Names on the whole list.
    """
    cells = load("value_tiers_mail_test") if test is None else test
    true = (truth("value_tiers_mail_test")["response"] if response is None else response)["response"].to_numpy()
    letters = names * (cells["mailed"] / cells["mailed"].sum()).to_numpy()
    # The response of a cell is that of its group: all cells of the same r, or r and f, or its own.
    rates = {
        coding: (
            cells.groupby(list(coding))["responded"].transform("sum")
            / cells.groupby(list(coding))["mailed"].transform("sum")
        ).to_numpy()
        for coding in CODINGS
    }

    def model(cost: float, margin: float, coding: str) -> MailView:
        rate = rates[coding]
        mail = rate > break_even_response(cost, margin)
        earned = rate * margin - cost
        return MailView(
            cells=cells[["r", "f", "m"]].assign(earned=earned, mail=mail),
            promised=float((letters * earned)[mail].sum()),
            real=float((letters * (true * margin - cost))[mail].sum()),
            everybody=float((letters * earned).sum()),
            names=float(letters[mail].sum()),
        )

    return Explorer(
        controls={
            "coding": Choice(Text(en="Customers are coded by", zh="客户按什么编码"), CODINGS, "rfm"),
            "cost": Slider(
                Text(en="A letter costs", zh="一封信的成本"),
                Text(en="yuan", zh="元"),
                low=0.1,
                high=1.5,
                step=0.05,
                start=0.55,
            ),
            "margin": Slider(
                Text(en="An order earns", zh="一单的毛利"), Text(en="yuan", zh="元"), low=10, high=100, step=5, start=40
            ),
        },
        model=model,
        chart=mail_cells,
        task=Text(
            en="Mailing everybody loses money here. Which letters earn? Then code more coarsely: the promise falls. "
            "What does the truth do?",
            zh="这里全部寄出是亏的。哪些信赚钱？再把编码放粗：预期利润下降，真实利润呢？",
        ),
    )
