"""Models of this room, one module a part of it."""

from bangfu.projects.models.accepting import Acceptance, Asset, AssetEvent, Settlement
from bangfu.projects.models.admission import PlannedSource, Project
from bangfu.projects.models.boundaries import Boundary
from bangfu.projects.models.contracts import Contract, ContractChange
from bangfu.projects.models.deciding import Adjustment, Opinion, Posting, Vote
from bangfu.projects.models.estimates import Estimate, EstimateItem
from bangfu.projects.models.kinds import OwnKind
from bangfu.projects.models.results import Linkage, Target
from bangfu.projects.models.works import Complaint, Progress, SignBoard, Watcher

__all__ = [
    "Acceptance",
    "Adjustment",
    "Asset",
    "AssetEvent",
    "Boundary",
    "Complaint",
    "Contract",
    "ContractChange",
    "Estimate",
    "EstimateItem",
    "Linkage",
    "Opinion",
    "OwnKind",
    "PlannedSource",
    "Posting",
    "Progress",
    "Project",
    "Settlement",
    "SignBoard",
    "Target",
    "Vote",
    "Watcher",
]
