"""Addresses of the basic guarantees and water, and of the exits checked against them."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.guarantees import UNREPAIRED
from bangfu.households.views import exits, guarantees
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("households/<uuid:uid>/guarantees/", guarantees.record_guarantees, name="record_guarantees"),
    path("households/<uuid:uid>/exit/", exits.check_household_exit, name="check_household_exit"),
    path("villages/<uuid:uid>/exit/", exits.check_village_exit, name="check_village_exit"),
    path("houses/unrepaired/", ledger_view(UNREPAIRED), name="unrepaired_house_list"),
]
