"""Who helps whom, visits, teams, meetings, supervision, reports, duties."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.access.roles import Reach
from tests.web.duty_world import calendar_secret
from tests.web.target import (
    Target,
    county,
    nobody,
    of,
    of_household,
    of_village,
)
from tests.web.world import Person, Side


def _sees_unit(person: Person, side: Side) -> bool:
    """A unit shows to its own people, to its county, and wherever it stands for a place."""
    return True


def _proposes(person: Person, side: Side) -> bool:
    """Who sees the visit and may propose changes of its household."""
    may = person.holds(Permission.CHANGE_PROPOSE) and person.holds(Permission.VISIT_VIEW)
    return may and person.reaches(side.village, personal=True)


def _sees_team(person: Person, side: Side) -> bool:
    """The people of the place, of the unit that sent it, and of the village's grids."""
    near = person.bundle is not None and person.bundle.reach in (Reach.UNIT, Reach.GRID)
    return person.holds(Permission.TEAM_VIEW) and person.reaches(side.village, personal=near)


def _sees_duties(person: Person, side: Side) -> bool:
    """The people of the place; the sending unit, since the one who owes is its own."""
    here = person.reaches(side.village, personal=False)
    of_unit = person.bundle is not None and person.bundle.reach is Reach.UNIT
    return person.holds(Permission.DUTY_VIEW) and (here or of_unit)


def _asks_for_others(person: Person, side: Side) -> bool:
    return person.holds(Permission.DUTY_EXCUSE) and person.reaches(side.village, personal=False)


TARGETS: dict[str, Target] = {
    # 谁帮谁：单位、人、关系
    "tie_file": Target(of("tie"), personal=True),
    "tie_paper": Target(of("tie"), personal=True),
    "edit_tie": Target(of("tie")),
    "end_tie": Target(of("tie")),
    "support_unit_file": Target(of("party"), seen_by=_sees_unit),
    "support_person_file": Target(of("person"), seen_by=_sees_unit),
    "describe_unit": Target(of("party"), county),
    "appoint_post": Target(of("party"), county),
    "end_post": Target(of("post"), county),
    "retire_person": Target(of("person"), county),
    "plan_year": Target(of("party"), seen_by=_sees_unit),
    "record_brought": Target(of("party"), seen_by=_sees_unit),
    "hand_in_summary": Target(of("party"), county, personal=True),
    "year_plan_file": Target(of("year_plan"), personal=True),
    "adopt_year_plan": Target(of("year_plan"), personal=True),
    "finish_year_plan": Target(of("year_plan"), personal=True),
    "withdraw_brought": Target(of("brought"), personal=True),
}

# 责任事项
TARGETS |= {
    "due_item": Target(lambda side: {"pk": side.due_item.pk}, seen_by=_sees_duties),
    "request_excuse": Target(lambda side: {"pk": side.due_item.pk}, seen_by=_asks_for_others),
    "duty_excuse": Target(of("excuse"), seen_by=_sees_duties),
    "approve_excuse": Target(of("excuse")),
    "refuse_excuse": Target(of("excuse")),
    "withdraw_excuse": Target(of("excuse"), seen_by=nobody),
    "duty_version": Target(
        of("duty_template"), seen_by=lambda person, side: person.holds(Permission.DUTY_VIEW)
    ),
    "end_duty": Target(lambda side: {"code": side.duty_template.code}, county),
    "calendar_feed": Target(lambda side: {"secret": calendar_secret(side.village)}, bounded=False),
}


# 走访、驻村
TARGETS["record_visit"] = of_household()
TARGETS["record_village_visit"] = Target(of_village, personal=True)
TARGETS |= {name: of_household("visit") for name in ("visit_file", "withdraw_visit")}
TARGETS["propose_visit_change"] = Target(of("visit"), seen_by=_proposes)
TARGETS |= {
    "team_file": Target(of("team"), seen_by=_sees_team),
    "record_unit_support": Target(of("team"), seen_by=_sees_team),
    "withdraw_unit_support": Target(of("unit_support"), seen_by=_sees_team),
    "member_file": Target(of("team_member"), seen_by=_sees_team),
    "print_hand_over_post": Target(of("team_hand_over"), seen_by=_sees_team),
}
TARGETS |= {
    name: Target(of(noun))
    for noun, names in {
        "team": "disband_team join_team",
        "team_member": "leave_team check_selection hand_over_post request_leave hand_in_assessment",
        "leave": "decide_leave withdraw_leave return_from_leave",
        "assessment": "assessment_file print_assessment",
    }.items()
    for name in names.split()
}


# 会议、督导、报告
TARGETS |= {
    name: Target(of("meeting"), personal=True)
    for name in ("meeting_file", "hold_meeting", "edit_meeting", "void_meeting", "assign_resolution")
}
TARGETS |= {
    name: Target(of("resolution"), personal=True)
    for name in ("resolution_file", "answer_resolution", "check_resolution")
}
TARGETS |= {
    name: Target(of("inspection"))
    for name in (
        "inspection_file",
        "form_inspection_team",
        "draw_sample",
        "record_finding",
        "close_inspection",
        "issue_order",
    )
}
TARGETS["name_leaning"] = Target(lambda side: {"uid": side.inspection.uid, "kind": "income"})
TARGETS["mend_finding"] = Target(of("finding"))
TARGETS["see_household"] = Target(lambda side: {"pk": side.drawn_household.pk})
TARGETS["finding_file"] = Target(of("finding"))
TARGETS |= {
    name: Target(of("order"), personal=True)
    for name in ("order_file", "print_order", "answer_order", "check_order", "void_order")
}
TARGETS |= {
    name: Target(of("report"), personal=True)
    for name in (
        "report_file",
        "edit_report",
        "refresh_report",
        "submit_report",
        "approve_report",
        "hand_in_report",
        "respond_report",
        "void_report",
        "print_report",
    )
}
TARGETS["draft_report"] = Target(lambda side: {"template": "quarterly_report"}, bounded=False)
