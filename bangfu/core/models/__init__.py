"""Models of the kernel, one module an idea."""

from bangfu.core.models.audit import AuditBlock, AuditEvent
from bangfu.core.models.change import (
    Change,
    CurrentChange,
    RowVersion,
    TrackedModel,
    TrackedQuerySet,
    unchecked_change,
)
from bangfu.core.models.job import Job, JobState
from bangfu.core.models.parameter import Parameter
from bangfu.core.models.region import Region, RegionCode, RegionLevel
from bangfu.core.models.subject import Subject, SubjectKind

__all__ = [
    "AuditBlock",
    "AuditEvent",
    "Change",
    "CurrentChange",
    "Job",
    "JobState",
    "Parameter",
    "Region",
    "RegionCode",
    "RegionLevel",
    "RowVersion",
    "Subject",
    "SubjectKind",
    "TrackedModel",
    "TrackedQuerySet",
    "unchecked_change",
]
