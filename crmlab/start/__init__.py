"""The start page and the primer: one small model, so that the first minutes already show something."""

from crmlab.start.model import CustomerBase, customer_base, leavers

__all__ = ["CustomerBase", "customer_base", "leavers"]
