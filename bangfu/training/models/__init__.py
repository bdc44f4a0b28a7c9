"""Models of this room, one module a part of it."""

from bangfu.training.models.courses import Appearance, Course, TrainingNeed, TrainingSession
from bangfu.training.models.forums import Forum, ForumIssue
from bangfu.training.models.leaders import FutureLeader
from bangfu.training.models.participation import FollowUp, Participation
from bangfu.training.models.services import ServiceOrder
from bangfu.training.models.teachers import ObservationPoint, Teacher

__all__ = [
    "Appearance",
    "Course",
    "FollowUp",
    "Forum",
    "ForumIssue",
    "FutureLeader",
    "ObservationPoint",
    "Participation",
    "ServiceOrder",
    "Teacher",
    "TrainingNeed",
    "TrainingSession",
]
