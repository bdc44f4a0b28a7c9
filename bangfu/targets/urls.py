"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.targets.ledgers import TARGETS
from bangfu.targets.views import boards, tables, targets

urlpatterns = [
    path("county-targets/", boards.target_board, name="target_board"),
    path("county-targets/print/", boards.print_target_board, name="print_target_board"),
    path("county-targets/export/", boards.export_target_board, name="export_target_board"),
    path("county-targets/read/", boards.read_targets, name="read_targets"),
    path("county-targets/list/", ledger_view(TARGETS), name="county_target_list"),
    path("county-targets/set/", targets.set_target, name="set_county_target"),
    path("county-targets/table/", tables.set_targets, name="set_county_targets"),
    path("county-targets/<uuid:uid>/", targets.target_file, name="county_target_file"),
    path("county-targets/<uuid:uid>/correct/", targets.correct_target, name="correct_county_target"),
    path("county-targets/<uuid:uid>/split/", targets.split_target, name="split_county_target"),
    path(
        "county-targets/<uuid:uid>/actual/", targets.record_target_actual, name="record_county_target_actual"
    ),
    path("county-targets/<uuid:uid>/withdraw/", targets.withdraw_target, name="withdraw_county_target"),
]
