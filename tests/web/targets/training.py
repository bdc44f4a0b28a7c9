"""Trainings and experts."""

from __future__ import annotations

from tests.web.target import (
    Target,
    of,
    of_household,
)

# 培训与专家
TARGETS: dict[str, Target] = {
    name: Target(of(noun))
    for noun, names in {
        "course": "course_file edit_course plan_session print_course_plan",
        "session": "session_file edit_session file_session hold_session cancel_session record_participation"
        " print_participation_sheet",
        "participation": "edit_participation remove_participation record_follow_up",
        "teacher": "teacher_file end_teacher",
        "point": "observation_point_file end_observation_point",
        "forum": "forum_file hold_forum_issue",
        "future_leader": "future_leader_file end_future_leader",
        "service": "take_service solve_service visit_service decline_service",
    }.items()
    for name in names.split()
}
TARGETS["service_file"] = Target(of("service"), personal=True)
TARGETS["ask_household_service"] = of_household()
