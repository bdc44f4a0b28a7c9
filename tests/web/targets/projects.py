"""Projects."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import (
    Target,
    of,
)
from tests.web.world import Person, Side


def _takes_part_in_project(person: Person, side: Side) -> bool:
    """Who has a step on the way into the library, and who sees flows."""
    steps = "project_apply project_review project_record project_argue project_approve".split()
    may = person.holds(Permission.FLOW_VIEW, *(Permission(each) for each in steps))
    return may and person.reaches(side.village, personal=False)


# 项目
TARGETS: dict[str, Target] = {
    name: Target(of(noun))
    for noun, names in {
        "project": "project_file edit_project adjust_project link_household record_vote post_project"
        " sign_contract record_progress put_up_board appoint_watcher record_complaint accept_project"
        " settle_project register_asset set_target set_estimate order_project print_volume",
        "contract": "change_contract void_contract set_contract_estimate",
        "asset": "hand_over_asset record_asset_event",
        "target": "record_actual",
        "vote": "print_vote withdraw_vote",
        "estimate": "print_estimate",
        "posting": "print_posting withdraw_posting",
        "acceptance": "print_acceptance",
        "own_kind": "close_kind",
        "complaint": "answer_complaint withdraw_complaint",
        "progress": "withdraw_progress",
        "board": "withdraw_board",
        "watcher": "withdraw_watcher",
    }.items()
    for name in names.split()
}
TARGETS["withdraw_opinion"] = Target(of("opinion"), permissions=(Permission.PROJECT_REVIEW,))
TARGETS["print_wall"] = Target(lambda side: {"place": side.village, "year": 2026})
TARGETS["project_photo"] = Target(of("photo"))
TARGETS["give_opinion"] = Target(
    lambda side: {"uid": side.project.uid, "stage": "township"}, permissions=(Permission.PROJECT_REVIEW,)
)
TARGETS["project_file_of_run"] = Target(of("project_run"), seen_by=_takes_part_in_project)
