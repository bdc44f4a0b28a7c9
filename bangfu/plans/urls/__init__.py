"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.plans.ledgers.plans import PLANS, STEPS, TASKS, WALL
from bangfu.plans.views import confirming, plans, tasks

urlpatterns = [
    path("county-plans/", ledger_view(PLANS), name="county_plan_list"),
    path("county-plans/enter/", plans.enter_county_plan, name="enter_county_plan"),
    path("county-plans/tasks/", ledger_view(TASKS), name="plan_task_list"),
    path("county-plans/steps/", ledger_view(STEPS), name="plan_step_list"),
    path("county-plans/wall/", ledger_view(WALL), name="plan_wall"),
    path("county-plans/passages/<uuid:uid>/accept/", confirming.accept_plan_task, name="accept_plan_task"),
    path(
        "county-plans/passages/<uuid:uid>/leave-out/", confirming.leave_out_passage, name="leave_out_passage"
    ),
    path("county-plans/passages/<uuid:uid>/reopen/", confirming.reopen_passage, name="reopen_passage"),
    path("county-plans/tasks/<uuid:uid>/", tasks.plan_task_file, name="plan_task_file"),
    path("county-plans/tasks/<uuid:uid>/check/", tasks.check_plan_task, name="check_plan_task"),
    path("county-plans/tasks/<uuid:uid>/order/", tasks.order_plan_task, name="order_plan_task"),
    path("county-plans/steps/<uuid:uid>/report/", tasks.report_plan_step, name="report_plan_step"),
    path("county-plans/<uuid:uid>/", plans.county_plan_file, name="county_plan_file"),
    path("county-plans/<uuid:uid>/confirm/", confirming.confirm_county_plan, name="confirm_county_plan"),
    path("county-plans/<uuid:uid>/start/", plans.start_county_plan, name="start_county_plan"),
    path("county-plans/<uuid:uid>/print/<slug:occasion>/", plans.print_county_plan, name="print_county_plan"),
]
