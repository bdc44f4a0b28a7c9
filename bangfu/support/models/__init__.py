"""Models of this room, one module a part of it."""

from bangfu.support.models.meetings import Attendance, Meeting, Resolution, ResolutionAnswer
from bangfu.support.models.reports import Report, ReportCopy
from bangfu.support.models.supervision import (
    DrawnHousehold,
    DrawnVillage,
    Finding,
    Inspection,
    InspectionTeam,
    Inspector,
    LeaningProblem,
    OrderReply,
    SupervisionOrder,
)
from bangfu.support.models.teams import (
    Assessment,
    Leave,
    Team,
    TeamHandOver,
    TeamMember,
    UnitSupport,
)
from bangfu.support.models.ties import Tie
from bangfu.support.models.units import Brought, Party, UnitPost, YearPlan, YearSummary
from bangfu.support.models.visits import Visit, VisitProposal

__all__ = [
    "Assessment",
    "Attendance",
    "Brought",
    "DrawnHousehold",
    "DrawnVillage",
    "Finding",
    "Inspection",
    "InspectionTeam",
    "Inspector",
    "LeaningProblem",
    "Leave",
    "Meeting",
    "OrderReply",
    "Party",
    "Report",
    "ReportCopy",
    "Resolution",
    "ResolutionAnswer",
    "SupervisionOrder",
    "Team",
    "TeamHandOver",
    "TeamMember",
    "Tie",
    "UnitPost",
    "UnitSupport",
    "Visit",
    "VisitProposal",
    "YearPlan",
    "YearSummary",
]
