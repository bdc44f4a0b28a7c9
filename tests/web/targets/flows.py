"""Notices, sweeps and their sheets, flows."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import (
    Target,
    county,
    nobody,
    of,
    of_household,
    of_run,
    same,
    town,
)
from tests.web.world import Person, Side


def _sees_sweep(person: Person, side: Side) -> bool:
    """A sweep shows to who is above it, and to who has households in it."""
    return person.reaches(town(side), personal=False) or person.reaches(side.village, personal=True)


def takes_part(person: Person, side: Side) -> bool:
    """Who has a step in the flow of cases, and who sees flows, where the household is theirs."""
    beside = {Permission.CASE_VIEW, Permission.CASE_CHECK, Permission.CASE_JUDGE, Permission.PLAN_STEP_REPORT}
    steps = {one for one in Permission if one.value.startswith(("case_", "plan_", "measure_"))} - beside
    may = person.holds(Permission.FLOW_VIEW, Permission.NOTICE_PUBLISH, *steps)
    return may and person.reaches(side.village, personal=True)


def _sees_version(person: Person, side: Side) -> bool:
    """A county's version of a flow shows to who is above it and to who works by it."""
    place = county(side)
    overlaps = place.startswith(person.place) or person.place.startswith(place)
    return person.holds(Permission.FLOW_VIEW) and person.is_regional and overlaps


def _sees_form(person: Person, side: Side) -> bool:
    """A county's version of a sheet shows to who is above it and to who fills it."""
    place = county(side)
    overlaps = place.startswith(person.place) or person.place.startswith(place)
    return person.holds(Permission.SWEEP_VIEW) and person.is_regional and overlaps


# 公示与公告
TARGETS: dict[str, Target] = {
    name: Target(of("notice"))
    for name in (
        "notice_file",
        "print_notice",
        "edit_notice",
        "publish_notice",
        "end_notice",
        "withdraw_notice",
        "recompose_notice",
        "object_notice",
    )
}
TARGETS["answer_objection"] = Target(of("objection"))


# 排查
TARGETS |= {
    name: Target(of("sweep"), seen_by=_sees_sweep)
    for name in ("sweep_page", "print_sweep_flyer", "sweep_papers", "download_sheets", "upload_sheets")
}
TARGETS["print_sheets"] = Target(
    lambda side: {"uid": side.sweep.uid, "kind": "inspection"}, seen_by=_sees_sweep
)
TARGETS |= {
    name: Target(of("sheet_batch"), seen_by=nobody)
    for name in ("sheet_batch", "commit_sheets", "discard_sheets", "refused_sheets")
}
TARGETS |= {name: same(code="screening_sheet") for name in ("draft_form", "check_form")}
TARGETS["close_sweep"] = Target(of("sweep"), town)
TARGETS |= {name: of_household("sweep_task") for name in ("sweep_task", "record_sheet", "leave_unreached")}


TARGETS["form_version"] = Target(of("form_version"), seen_by=_sees_form)
TARGETS |= {name: Target(of("form_version"), county) for name in ("edit_form", "publish_form", "retire_form")}


# 流程
TARGETS |= {
    name: Target(of_run, seen_by=takes_part)
    for name in ("flow_file", "take_transition", "attach_step_paper", "pause_flow", "resume_flow")
}
TARGETS |= {
    name: same(code="identification") for name in ("flow_page", "draft_definition", "check_definition")
}
TARGETS["definition_file"] = Target(of("definition"), seen_by=_sees_version)
TARGETS |= {
    name: Target(of("definition"), county)
    for name in ("edit_definition", "publish_definition", "retire_definition")
}
