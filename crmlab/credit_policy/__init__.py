"""Credit policy (chapter 12)."""

from crmlab.credit_policy.model import (
    Ageing,
    AgeingOutcome,
    Limits,
    RelaxStandard,
    SwitchToCredit,
    Terms,
    ageing_chain,
    ageing_outcome,
    allocate_limits,
    cash_path,
    discount_cost,
    dso,
    payment_pattern,
    relax_standard,
    solvent_growth,
    switch_to_credit,
)

__all__ = [
    "Ageing",
    "AgeingOutcome",
    "Limits",
    "RelaxStandard",
    "SwitchToCredit",
    "Terms",
    "ageing_chain",
    "ageing_outcome",
    "allocate_limits",
    "cash_path",
    "discount_cost",
    "dso",
    "payment_pattern",
    "relax_standard",
    "solvent_growth",
    "switch_to_credit",
]
