"""The execution engine: a grader that knows, a zygote that is warm, and children that run what students wrote.

The grader (:mod:`pool`) holds keys and marks. The zygote is a fresh process that only imports, so what it forks has
nothing to find. Each submission runs in a child of its own, which reads its job from its own socket and sends back the
values of the answers as JSON (:mod:`values`). Nothing that a student's process sends is ever executed or unpickled.
"""

from crmlab.grading.engine.pool import CellJob, Job, Limits, Outcome, Pool
from crmlab.grading.engine.sandbox import Isolation, probe
from crmlab.grading.engine.values import Failed

__all__ = ["CellJob", "Failed", "Isolation", "Job", "Limits", "Outcome", "Pool", "probe"]
