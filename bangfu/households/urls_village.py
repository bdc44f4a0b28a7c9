"""Addresses of the village register and of grids."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.villages import VILLAGES
from bangfu.households.views import grids, villages
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("villages/", ledger_view(VILLAGES), name="village_list"),
    path("village/<uuid:uid>/", villages.village_file, name="village_file"),
    path("village/<uuid:uid>/record/", villages.record_village, name="record_village"),
    path("village/<uuid:uid>/compare/", villages.compare_village_records, name="compare_village_records"),
    path(
        "village/record/<uuid:uid>/correct/", villages.correct_village_record, name="correct_village_record"
    ),
    path("village/<uuid:uid>/grids/", grids.grid_list, name="grid_list"),
    path("village/<uuid:uid>/grids/add/", grids.add_grid, name="add_grid"),
    path("grid/<uuid:uid>/close/", grids.close_grid, name="close_grid"),
    path("grid/<uuid:uid>/assign/", grids.assign_grid, name="assign_grid"),
    path("grid/<uuid:uid>/duty/", grids.start_grid_duty, name="start_grid_duty"),
    path("grid/duty/<uuid:uid>/end/", grids.end_grid_duty, name="end_grid_duty"),
]
