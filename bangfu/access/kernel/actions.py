"""What a person may do to the kernel's own things: the permission first, then the kernel's step."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.kernel.queries import visible_jobs
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import has_permission
from bangfu.core import audit, jobs, parameters, regions, upkeep
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Job, Parameter, Region


def supersede_parameter(
    *,
    by: User,
    at: datetime,
    code: str,
    text: str,
    region: Region,
    valid_from: date,
    valid_to: date | None = None,
    basis: str,
    grade: str,
    note: str = "",
) -> Parameter:
    """Put in a value for a region from a day on; raises NotPermitted, else like the kernel's step."""
    require(by, Permission.PARAMETER_MANAGE, region.code)
    return parameters.supersede_parameter(
        by=by,
        at=at,
        code=code,
        text=text,
        place=region.code,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        grade=grade,
        note=note,
    )


def add_region(
    *, by: User, at: datetime, code: str, name: str, on: date | None = None, basis: str = ""
) -> Region:
    """Add a region in one's places; raises NotPermitted, else like the kernel's step."""
    require(by, Permission.REGION_MANAGE, code)
    return regions.add_region(by=by, at=at, code=code, name=name, on=on, basis=basis)


def rename_region(
    *, by: User, at: datetime, region: Region, version: int, name: str, on: date, basis: str
) -> Region:
    """Give a region another name; raises NotPermitted, else like the kernel's step."""
    require(by, Permission.REGION_MANAGE, region.code)
    return regions.rename_region(by=by, at=at, region=region, version=version, name=name, on=on, basis=basis)


def recode_region(
    *, by: User, at: datetime, region: Region, version: int, code: str, on: date, basis: str
) -> Region:
    """Give a region another code; both codes lie in one's places.

    Raises NotPermitted, else like the kernel.
    """
    require(by, Permission.REGION_MANAGE, region.code)
    require(by, Permission.REGION_MANAGE, code)
    return regions.recode_region(by=by, at=at, region=region, version=version, code=code, on=on, basis=basis)


def merge_region(
    *, by: User, at: datetime, region: Region, version: int, into: Region, on: date, basis: str
) -> Region:
    """Put a region into another; both lie in one's places.

    Raises NotPermitted, else like the kernel's step.
    """
    require(by, Permission.REGION_MANAGE, region.code)
    require(by, Permission.REGION_MANAGE, into.code)
    return regions.merge_region(by=by, at=at, region=region, version=version, into=into, on=on, basis=basis)


def cancel_job(*, by: User, at: datetime, job: Job) -> None:
    """Ask one's own job, or with JOB_VIEW_ALL another's, to stop; raises NotPermitted, SituationForbids."""
    if not visible_jobs(by).filter(pk=job.pk).exists():
        raise NotPermitted("这项任务不是您提交的，不能取消。")
    jobs.cancel_job(by=by, at=at, job=job)


def verify_audit(*, by: User, at: datetime) -> Job:
    """Have the worker check the sealed log; raises NotPermitted."""
    _require_auditor(by)
    audit.record(by=by, at=at, verb="verify_audit")
    return upkeep.enqueue_verification(by=by, at=at)


def export_audit(*, by: User, at: datetime, count: int) -> None:
    """Note that somebody takes ``count`` events out as a file; raises NotPermitted."""
    _require_auditor(by)
    audit.record(by=by, at=at, verb="export_audit", summary=f"{count} 条", data={"count": count})


def _require_auditor(by: User) -> None:
    if not has_permission(by, Permission.AUDIT_VIEW):
        raise NotPermitted("只有审计管理员能看、能核对审计记录。")
