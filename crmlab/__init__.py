"""crmlab: the customer-relationship course that runs.

``import crmlab`` is light: charts, widgets and tables are imported when a verb first needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crmlab.core.text import use_language

if TYPE_CHECKING:
    from crmlab.core.charts import draw
    from crmlab.core.data import load, real_data, truth
    from crmlab.core.quiz import check, item, new_numbers, practise, predict, progress, recall, student

__version__ = "0.1.0"

__all__ = [
    "check",
    "draw",
    "item",
    "load",
    "new_numbers",
    "practise",
    "predict",
    "progress",
    "real_data",
    "recall",
    "student",
    "truth",
    "use_language",
]

_HOMES = {"draw": "charts", "load": "data", "real_data": "data", "truth": "data"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'crmlab' has no attribute {name!r}")
    return getattr(import_module(f"crmlab.core.{_HOMES.get(name, 'quiz')}"), name)
