"""Addresses of clues."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.monitoring.ledgers.clues import CLUE_FACTS, CLUES
from bangfu.monitoring.views import clue_steps, clues

urlpatterns = [
    path("clues/", ledger_view(CLUES), name="clue_list"),
    path("clues/register/", clues.register_clue, name="register_clue"),
    path("clues/dispatch/", clues.dispatch_clues, name="dispatch_clues"),
    path("clues/facts/", ledger_view(CLUE_FACTS), name="clue_fact_list"),
    path("clues/<uuid:uid>/", clues.clue_file, name="clue_file"),
    path("clues/<uuid:uid>/match/", clue_steps.match_clue, name="match_clue"),
    path("clues/<uuid:uid>/dispatch/", clue_steps.dispatch_clue, name="dispatch_clue"),
    path("clues/<uuid:uid>/accept/", clue_steps.accept_clue, name="accept_clue"),
    path("clues/<uuid:uid>/return/", clue_steps.return_clue, name="return_clue"),
    path("clues/<uuid:uid>/verify/", clue_steps.verify_clue, name="verify_clue"),
    path("clues/<uuid:uid>/close/", clue_steps.close_clue, name="close_clue"),
]
