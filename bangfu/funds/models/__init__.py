"""Models of this room, one module a part of it."""

from bangfu.funds.models.kernel import Account, Entry
from bangfu.funds.models.schedule import Instalment
from bangfu.funds.models.sources import Allocation, ContractAccount, FundSource, PlanAccount
from bangfu.funds.models.spending import Claim, Invoice, Payment, SubsidyBatch, SubsidyLine

__all__ = [
    "Account",
    "Allocation",
    "Claim",
    "ContractAccount",
    "Entry",
    "FundSource",
    "Instalment",
    "Invoice",
    "Payment",
    "PlanAccount",
    "SubsidyBatch",
    "SubsidyLine",
]
