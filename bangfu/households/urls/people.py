"""Addresses of pairings and duty officers."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.pairings import OFFICERS, PAIRINGS, UNPAIRED
from bangfu.households.views import officers, pairing
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("pairings/", ledger_view(PAIRINGS), name="pairing_list"),
    path("pairings/missing/", ledger_view(UNPAIRED), name="household_without_helper_list"),
    path("pairings/pair/", pairing.pair_households, name="pair_households"),
    path("pairings/hand-over/", pairing.hand_over_households, name="hand_over_households"),
    path("pairings/hand-over/print/", pairing.print_hand_over, name="print_hand_over"),
    path("pairings/<uuid:uid>/end/", pairing.unpair_household, name="unpair_household"),
    path("households/<uuid:uid>/pairings/", pairing.household_pairings, name="household_pairings"),
    path("households/<uuid:uid>/pair/", pairing.pair_household, name="pair_household"),
    path("officers/", ledger_view(OFFICERS), name="officer_list"),
    path("officers/appoint/", officers.appoint_officer, name="appoint_officer"),
    path("officers/<uuid:uid>/", officers.officer_file, name="officer_file"),
    path("officers/<uuid:uid>/end/", officers.end_officer, name="end_officer"),
]
