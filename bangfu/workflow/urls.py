"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.workflow.ledgers import COPIED, DONE, STARTED, TO_DO
from bangfu.workflow.views import definitions, holidays, runs

urlpatterns = [
    path("todo/", ledger_view(TO_DO), name="todo_list"),
    path("done/", ledger_view(DONE), name="done_list"),
    path("started/", ledger_view(STARTED), name="started_list"),
    path("copied/", ledger_view(COPIED), name="copied_list"),
    path("holidays/", holidays.holiday_list, name="holiday_list"),
    path("holidays/load/", holidays.load_holidays, name="load_holidays"),
    path("flows/", definitions.flow_list, name="flow_list"),
    path("flows/<slug:code>/", definitions.flow_page, name="flow_page"),
    path("flows/<slug:code>/draft/", definitions.draft_definition, name="draft_definition"),
    path("flows/<slug:code>/check/", definitions.check_definition, name="check_definition"),
    path("flows/versions/<uuid:uid>/", definitions.definition_file, name="definition_file"),
    path("flows/versions/<uuid:uid>/edit/", definitions.edit_definition, name="edit_definition"),
    path("flows/versions/<uuid:uid>/publish/", definitions.publish_definition, name="publish_definition"),
    path("flows/versions/<uuid:uid>/retire/", definitions.retire_definition, name="retire_definition"),
    path("flows/runs/<uuid:uid>/", runs.flow_file, name="flow_file"),
    path("flows/runs/<uuid:uid>/take/", runs.take_transition, name="take_transition"),
    path("flows/runs/<uuid:uid>/paper/", runs.attach_step_paper, name="attach_step_paper"),
    path("flows/runs/<uuid:uid>/pause/", runs.pause_flow, name="pause_flow"),
    path("flows/runs/<uuid:uid>/resume/", runs.resume_flow, name="resume_flow"),
]
