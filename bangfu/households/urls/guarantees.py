"""Addresses of the basic guarantees and water."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.guarantees import UNREPAIRED
from bangfu.households.views import guarantees
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("households/<uuid:uid>/guarantees/", guarantees.record_guarantees, name="record_guarantees"),
    path("houses/unrepaired/", ledger_view(UNREPAIRED), name="unrepaired_house_list"),
]
