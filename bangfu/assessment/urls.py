"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.assessment.ledgers import ASSESSMENTS
from bangfu.assessment.views import rounds, schemes
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("unit-assessments/", ledger_view(ASSESSMENTS), name="unit_assessment_list"),
    path("unit-assessments/open/", rounds.open_unit_assessment, name="open_unit_assessment"),
    path(
        "unit-assessments/open/<slug:code>/", rounds.open_unit_assessment_by, name="open_unit_assessment_by"
    ),
    path("unit-assessments/schemes/", schemes.scheme_list, name="scheme_list"),
    path("unit-assessments/schemes/<slug:code>/", schemes.scheme_page, name="scheme_page"),
    path("unit-assessments/schemes/<slug:code>/draft/", schemes.draft_scheme, name="draft_scheme"),
    path("unit-assessments/versions/<uuid:uid>/", schemes.edit_scheme, name="edit_scheme"),
    path("unit-assessments/versions/<uuid:uid>/publish/", schemes.publish_scheme, name="publish_scheme"),
    path("unit-assessments/versions/<uuid:uid>/retire/", schemes.retire_scheme, name="retire_scheme"),
    path("unit-assessments/of/<uuid:uid>/", rounds.assessed_file, name="assessed_file"),
    path(
        "unit-assessments/of/<uuid:uid>/object/", rounds.object_unit_assessment, name="object_unit_assessment"
    ),
    path("unit-assessments/of/<uuid:uid>/enter/<slug:indicator>/", rounds.enter_score, name="enter_score"),
    path(
        "unit-assessments/objections/<uuid:uid>/",
        rounds.answer_assessment_objection,
        name="answer_assessment_objection",
    ),
    path("unit-assessments/<uuid:uid>/", rounds.unit_assessment_file, name="unit_assessment_file"),
    path("unit-assessments/<uuid:uid>/read/", rounds.read_unit_assessment, name="read_unit_assessment"),
    path("unit-assessments/<uuid:uid>/tell/", rounds.tell_unit_assessment, name="tell_unit_assessment"),
    path(
        "unit-assessments/<uuid:uid>/finalise/",
        rounds.finalise_unit_assessment,
        name="finalise_unit_assessment",
    ),
    path(
        "unit-assessments/<uuid:uid>/publish/", rounds.publish_unit_assessment, name="publish_unit_assessment"
    ),
    path("unit-assessments/<uuid:uid>/print/", rounds.print_unit_assessment, name="print_unit_assessment"),
    path("unit-assessments/<uuid:uid>/export/", rounds.export_unit_assessment, name="export_unit_assessment"),
]
