"""Models of the register, one module a part of it."""

from bangfu.households.models.events import NaturalChange, ProposedChange
from bangfu.households.models.following import Relocation, SafetyNetReferral
from bangfu.households.models.guarantee import GuaranteeAssessment
from bangfu.households.models.household import Household, Member
from bangfu.households.models.income import IncomeLine, IncomeWorksheet
from bangfu.households.models.people import DutyOfficer, Grid, GridDuty, Pairing
from bangfu.households.models.rounds import Round, RoundCheck, RoundEntry, RoundPerson
from bangfu.households.models.snapshot import Snapshot
from bangfu.households.models.village import VillageRecord
from bangfu.households.models.work import WorkSpell

__all__ = [
    "DutyOfficer",
    "Grid",
    "GridDuty",
    "GuaranteeAssessment",
    "Household",
    "IncomeLine",
    "IncomeWorksheet",
    "Member",
    "NaturalChange",
    "Pairing",
    "ProposedChange",
    "Relocation",
    "Round",
    "RoundCheck",
    "RoundEntry",
    "RoundPerson",
    "SafetyNetReferral",
    "Snapshot",
    "VillageRecord",
    "WorkSpell",
]
