"""Models of monitoring, one module a part of it."""

from bangfu.monitoring.models.cases import ApprovalBatch, Case
from bangfu.monitoring.models.clues import Clue, ClueFact, ClueTelling
from bangfu.monitoring.models.help import AssistancePlan, Measure
from bangfu.monitoring.models.lists import BureauUnit, ListReminder, ListRequirement
from bangfu.monitoring.models.records import (
    Announcement,
    Authorisation,
    CaseObjection,
    HomeVerification,
    InformationCheck,
    Judgement,
    Refusal,
    ReviewMeeting,
    RiskStudy,
    TownshipReview,
)
from bangfu.monitoring.models.screenings import ScreeningRun, StagedFact

__all__ = [
    "Announcement",
    "ApprovalBatch",
    "AssistancePlan",
    "Authorisation",
    "BureauUnit",
    "Case",
    "CaseObjection",
    "Clue",
    "ClueFact",
    "ClueTelling",
    "HomeVerification",
    "InformationCheck",
    "Judgement",
    "ListReminder",
    "ListRequirement",
    "Measure",
    "Refusal",
    "ReviewMeeting",
    "RiskStudy",
    "ScreeningRun",
    "StagedFact",
    "TownshipReview",
]
