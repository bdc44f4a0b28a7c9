"""Addresses of defined ledgers."""

from __future__ import annotations

from django.urls import path

from bangfu.county_ledgers.views import definitions, rows

urlpatterns = [
    path("ledgers/", rows.county_ledger_list, name="county_ledger_list"),
    path("ledgers/new/", definitions.draft_new_ledger, name="draft_new_ledger"),
    path("ledgers/check/", definitions.check_ledger, name="check_ledger"),
    path("ledgers/rows/<uuid:uid>/", rows.ledger_row, name="ledger_row"),
    path("ledgers/rows/<uuid:uid>/edit/", rows.edit_row, name="edit_row"),
    path("ledgers/rows/<uuid:uid>/move/", rows.move_row, name="move_row"),
    path("ledgers/rows/<uuid:uid>/remove/", rows.remove_row, name="remove_row"),
    path("ledgers/versions/<uuid:uid>/", definitions.ledger_version, name="ledger_version"),
    path("ledgers/versions/<uuid:uid>/edit/", definitions.edit_ledger, name="edit_ledger"),
    path("ledgers/versions/<uuid:uid>/publish/", definitions.publish_ledger, name="publish_ledger"),
    path("ledgers/versions/<uuid:uid>/retire/", definitions.retire_ledger, name="retire_ledger"),
    path("ledgers/<slug:code>/", rows.county_ledger_page, name="county_ledger_page"),
    path("ledgers/<slug:code>/record/", rows.record_row, name="record_row"),
    path("ledgers/<slug:code>/definition/", definitions.ledger_definition, name="ledger_definition"),
    path("ledgers/<slug:code>/draft/", definitions.draft_ledger, name="draft_ledger"),
]
