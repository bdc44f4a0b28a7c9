"""Plans, tasks and steps. Everybody who walks here belongs to the unit of the task, so all may report."""

from __future__ import annotations

from tests.web.target import Target, county, of

TARGETS: dict[str, Target] = {
    name: Target(of(noun), county)
    for noun, names in {
        "county_plan": "county_plan_file confirm_county_plan start_county_plan",
        "passage": "accept_plan_task leave_out_passage reopen_passage",
        "plan_task": "plan_task_file check_plan_task order_plan_task",
        "plan_step": "report_plan_step",
    }.items()
    for name in names.split()
}
TARGETS["print_county_plan"] = Target(
    lambda side: {"uid": side.county_plan.uid, "occasion": "quarter"}, county
)
