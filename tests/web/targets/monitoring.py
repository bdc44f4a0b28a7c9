"""Clues, screenings, lists of departments, cases, plans."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import (
    Arguments,
    Target,
    county,
    of,
    of_household,
    of_run,
    same,
)
from tests.web.targets.flows import takes_part
from tests.web.world import Person, Side


def _sees_results(person: Person, side: Side) -> bool:
    """Who sees the county's clues; of departments the unit that sends the list."""
    county = side.village[:6]
    return person.holds(Permission.CLUE_VIEW) and person.reaches(county, personal=False)


def _case_paper(side: Side) -> Arguments:
    return {"uid": side.case.uid, "paper": "minutes"}


def _prints_plain(person: Person, side: Side) -> bool:
    """Who sees the case and may see the household's ID numbers."""
    may = person.holds(Permission.CASE_VIEW) and person.holds(Permission.UNMASK_IDENTITY)
    return may and person.reaches(side.village, personal=True)


# 线索、筛查、部门名单
TARGETS: dict[str, Target] = {
    name: of_household("clue")
    for name in ("clue_file", "dispatch_clue", "accept_clue", "return_clue", "verify_clue", "close_clue")
}
TARGETS["match_clue"] = Target(of("unmatched"))
TARGETS |= {
    name: Target(of("screening"), county)
    for name in ("screening_file", "release_screening", "discard_screening")
}
TARGETS |= {name: same(dataset="medical_expense") for name in ("set_list_requirement", "remind_list")}


TARGETS |= {
    name: Target(lambda side: {"dataset": "medical_expense"}, seen_by=_sees_results, bounded=False)
    for name in ("list_results", "export_results", "return_results")
}

# 个案、方案、措施
TARGETS |= {
    name: of_household("case")
    for name in (
        "case_file",
        "case_papers",
        "record_study",
        "record_authorisation",
        "record_verification",
        "request_checks",
        "record_meeting",
        "print_meeting_minutes",
        "record_review",
        "record_announcement",
        "mark_nationally",
        "refuse_case",
        "object_refusal",
    )
}
TARGETS["case_file_of_run"] = Target(of_run, seen_by=takes_part)
TARGETS["print_plain_paper"] = Target(
    lambda side: {"uid": side.case.uid, "paper": "application"}, personal=True, seen_by=_prints_plain
)
TARGETS["print_case_paper"] = Target(_case_paper, personal=True)
TARGETS |= {name: of_household("check") for name in ("answer_check", "judge_clue")}
TARGETS["deliver_letter"] = of_household("refusal")
TARGETS["decide_objection"] = of_household("case_objection")
TARGETS |= {
    name: of_household()
    for name in ("open_case", "open_removal", "household_help", "draft_plan", "add_measure")
}
TARGETS["adopt_plan"] = of_household("plan")
TARGETS |= {name: of_household("measure") for name in ("carry_out_measure", "stop_measure")}
