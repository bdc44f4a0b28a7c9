"""People, roles, regions, parameters, jobs, papers, imports: what every room stands on."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.core.definitions import definitions
from bangfu.metrics.registry import all_metrics
from bangfu.ui.views import PAGES, PARTS
from tests.web.target import (
    Arguments,
    Target,
    county,
    nobody,
    of,
    of_household,
    of_subject,
    same,
    town,
)
from tests.web.world import Person, Side


def _unmask(side: Side) -> Arguments:
    return {**of_subject(side), "field_class": "contact"}


def _assignment(side: Side) -> Arguments:
    return {"uid": side.user.uid, "assignment": side.assignment.pk}


def _sees_job(person: Person, side: Side) -> bool:
    return person.holds(Permission.JOB_VIEW_ALL)


def _sees_batch(person: Person, side: Side) -> bool:
    """A household roster of somebody else's: who imports here and sees households."""
    imports = person.holds(Permission.IMPORT) and person.reaches(town(side), False)
    return imports and person.holds(Permission.HOUSEHOLD_VIEW)


def _region(side: Side) -> Arguments:
    return {"code": side.village[:9]}


def _first_parameter(side: Side) -> Arguments:
    return {"code": sorted(definition.code for definition in definitions())[0]}


def _first_metric(side: Side) -> Arguments:
    return {"id": next(iter(all_metrics()))}


_USER = Target(of("user"), county)
_JOB = Target(of("job"), seen_by=_sees_job)
_BATCH_PAGES = (
    "batch_file batch_job batch_rejected batch_receipt preflight_batch commit_batch split_batch undo_batch"
    " discard_batch"
)

TARGETS: dict[str, Target] = {
    # 用户、角色、单位
    "user_file": _USER,
    "deactivate_user": _USER,
    "reactivate_user": _USER,
    "reset_password": _USER,
    "reset_totp": _USER,
    "unlock_user": _USER,
    "assign_role": _USER,
    "withdraw_role": Target(_assignment, county),
    "deactivate_unit": Target(of("empty_unit"), county),
    "unmask": Target(_unmask, personal=True, permissions=(Permission.UNMASK_CONTACT,)),
    # 任务、参数、区划、视图
    "job_page": _JOB,
    "job_progress": _JOB,
    "cancel_job": _JOB,
    "download_export": Target(of("export"), seen_by=nobody),
    "delete_view": Target(lambda side: {"pk": side.view.pk}, seen_by=nobody),
    # 凭证
    "evidence_list": Target(of_subject, personal=True),
    "attach_evidence": Target(of_subject, personal=True),
    "open_evidence": of_household("evidence"),
    "withdraw_evidence": of_household("evidence"),
}

TARGETS |= {
    name: Target(_region, town)
    for name in ("region_file", "add_region", "rename_region", "recode_region", "merge_region")
}

TARGETS |= {
    "gallery_page": same(name=sorted(PAGES)[0]),
    "gallery_part": same(name=sorted(PARTS)[0]),
    "parameter_file": Target(_first_parameter, bounded=False),
    "supersede_parameter": Target(_first_parameter, bounded=False),
    "metric_why": Target(_first_metric, bounded=False),
}

# 导入批次
TARGETS |= {name: Target(of("batch"), town, seen_by=_sees_batch) for name in _BATCH_PAGES.split()}
TARGETS["batch_template"] = same(dataset="household_roster")
TARGETS["upload_into"] = same(dataset="household_roster")
