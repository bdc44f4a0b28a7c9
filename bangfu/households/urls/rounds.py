"""Addresses of re-identification, the movement report, causes and incidence."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.rounds import ROUND_ENTRIES
from bangfu.households.views import causes, deciding, movement, rounds
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/open/", rounds.open_round, name="open_round"),
    path("rounds/entries/", ledger_view(ROUND_ENTRIES), name="round_entry_list"),
    path("rounds/entries/decide/", deciding.decide_round, name="decide_round"),
    path("rounds/entries/<uuid:uid>/remove/", rounds.remove_from_round, name="remove_from_round"),
    path("rounds/<uuid:uid>/", movement.movement_report, name="movement_report"),
    path("rounds/<uuid:uid>/print/", movement.print_movement_report, name="print_movement_report"),
    path("rounds/<uuid:uid>/workbook/", movement.export_movement_report, name="export_movement_report"),
    path("rounds/<uuid:uid>/add/", rounds.add_to_round, name="add_to_round"),
    path("rounds/<uuid:uid>/count/", rounds.count_round, name="count_round"),
    path("rounds/<uuid:uid>/close/", rounds.close_round, name="close_round"),
    path("rounds/<uuid:uid>/reopen/", rounds.reopen_round, name="reopen_round"),
    path("rounds/<uuid:uid>/checks/", rounds.check_round, name="check_round"),
    path("causes/", causes.cause_matrix, name="cause_matrix"),
    path("causes/households/", causes.cause_households, name="cause_households"),
    path("incidence/", causes.incidence_rate, name="incidence_rate"),
]
