"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.assessment.ledgers import ASSESSMENTS, GRID_DUTIES, SAMPLES, UNIT_DUTIES
from bangfu.assessment.views import duty_lists, rounds, samples, schemes
from bangfu.ledgers.views import ledger_view

_AT = "unit-assessments"

urlpatterns = [
    path("sample-surveys/", ledger_view(SAMPLES), name="sample_survey_list"),
    path("sample-surveys/<uuid:uid>/", samples.sample_survey, name="sample_survey"),
    path("sample-surveys/<uuid:uid>/print/", samples.print_sample_survey, name="print_sample_survey"),
    path("sample-surveys/<uuid:uid>/<slug:code>/", samples.sample_village, name="sample_village"),
    path(
        "sample-surveys/<uuid:uid>/<slug:code>/print/", samples.print_sample_sheet, name="print_sample_sheet"
    ),
    path(
        "sample-surveys/<uuid:uid>/ask/<uuid:household>/",
        samples.record_sample_answer,
        name="record_sample_answer",
    ),
    path("duty-lists/", ledger_view(UNIT_DUTIES), name="unit_duty_list"),
    path("duty-lists/grids/", ledger_view(GRID_DUTIES), name="grid_duty_list"),
    path("duty-lists/units/<uuid:uid>/", duty_lists.unit_duties, name="unit_duties"),
    path("duty-lists/units/<uuid:uid>/print/", duty_lists.print_unit_duties, name="print_unit_duties"),
    path("duty-lists/grids/<uuid:uid>/", duty_lists.grid_duties, name="grid_duties"),
    path("duty-lists/grids/<uuid:uid>/print/", duty_lists.print_grid_duties, name="print_grid_duties"),
    path("unit-assessments/", ledger_view(ASSESSMENTS), name="unit_assessment_list"),
    path(f"{_AT}/open/", rounds.open_unit_assessment, name="open_unit_assessment"),
    path(f"{_AT}/open/<slug:code>/", rounds.open_unit_assessment_by, name="open_unit_assessment_by"),
    path(f"{_AT}/schemes/", schemes.scheme_list, name="scheme_list"),
    path(f"{_AT}/schemes/<slug:code>/", schemes.scheme_page, name="scheme_page"),
    *schemes.PAGES.urls(f"{_AT}/versions"),
    path(f"{_AT}/of/<uuid:uid>/", rounds.assessed_file, name="assessed_file"),
    path(f"{_AT}/of/<uuid:uid>/object/", rounds.object_unit_assessment, name="object_unit_assessment"),
    path(f"{_AT}/of/<uuid:uid>/enter/<slug:indicator>/", rounds.enter_score, name="enter_score"),
    path(
        f"{_AT}/objections/<uuid:uid>/",
        rounds.answer_assessment_objection,
        name="answer_assessment_objection",
    ),
    path(f"{_AT}/<uuid:uid>/", rounds.unit_assessment_file, name="unit_assessment_file"),
    path(f"{_AT}/<uuid:uid>/read/", rounds.read_unit_assessment, name="read_unit_assessment"),
    path(f"{_AT}/<uuid:uid>/tell/", rounds.tell_unit_assessment, name="tell_unit_assessment"),
    path(
        f"{_AT}/<uuid:uid>/finalise/",
        rounds.finalise_unit_assessment,
        name="finalise_unit_assessment",
    ),
    path(f"{_AT}/<uuid:uid>/publish/", rounds.publish_unit_assessment, name="publish_unit_assessment"),
    path(f"{_AT}/<uuid:uid>/print/", rounds.print_unit_assessment, name="print_unit_assessment"),
    path(f"{_AT}/<uuid:uid>/export/", rounds.export_unit_assessment, name="export_unit_assessment"),
]
