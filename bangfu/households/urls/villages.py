"""Addresses of the village register and of grids."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.villages import VILLAGES
from bangfu.households.views import grids, villages
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("villages/", ledger_view(VILLAGES), name="village_list"),
    path("villages/<uuid:uid>/", villages.village_file, name="village_file"),
    path("villages/<uuid:uid>/record/", villages.record_village, name="record_village"),
    path("villages/<uuid:uid>/compare/", villages.compare_village_records, name="compare_village_records"),
    path(
        "villages/records/<uuid:uid>/correct/", villages.correct_village_record, name="correct_village_record"
    ),
    path("villages/<uuid:uid>/grids/", grids.grid_list, name="grid_list"),
    path("villages/<uuid:uid>/grids/add/", grids.add_grid, name="add_grid"),
    path("grids/<uuid:uid>/close/", grids.close_grid, name="close_grid"),
    path("grids/<uuid:uid>/assign/", grids.assign_grid, name="assign_grid"),
    path("grids/<uuid:uid>/duty/", grids.start_grid_duty, name="start_grid_duty"),
    path("grids/duties/<uuid:uid>/end/", grids.end_grid_duty, name="end_grid_duty"),
]
