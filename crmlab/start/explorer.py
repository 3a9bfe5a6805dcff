"""What the start page lets a learner vary."""

from __future__ import annotations

from crmlab.core.explorers import Explorer, Slider
from crmlab.core.text import Text
from crmlab.start.chart import base_over_time
from crmlab.start.model import CustomerBase, customer_base

__all__ = ["regulars_or_newcomers"]


def regulars_or_newcomers() -> Explorer[CustomerBase]:
    """Vary the salons that stay [of 100 per quarter] and those that join [per quarter]; see where the base goes."""
    return Explorer(
        controls={
            "stay": Slider(
                label=Text(en="Salons that stay", zh="留下的美发店"),
                unit=Text(en="of 100 per quarter", zh="每季度每 100 家中的家数"),
                low=80,
                high=96,
                step=1,
                start=95,
            ),
            "newcomers": Slider(
                label=Text(en="Salons that join", zh="新增的美发店"),
                unit=Text(en="per quarter", zh="每季度家数"),
                low=60,
                high=300,
                step=10,
                start=120,
            ),
        },
        model=lambda stay, newcomers: customer_base(stay / 100, newcomers),
        chart=base_over_time,
        task=Text(
            en="Set staying back to 90. How many must join to reach the same long run?",
            zh="把留下的店调回 90 家。每季度要新增多少家，长期才能达到同样的客户数？",
        ),
    )
