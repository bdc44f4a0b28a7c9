"""Addresses of visits."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.visits import VISITS
from bangfu.support.views import visit_changes, visits

urlpatterns = [
    path("visits/", ledger_view(VISITS), name="visit_list"),
    path("visits/mine/", visits.my_household_list, name="my_household_list"),
    path("visits/household/<uuid:uid>/", visits.record_visit, name="record_visit"),
    path("visits/village/<uuid:uid>/", visits.record_village_visit, name="record_village_visit"),
    path("visits/<uuid:uid>/", visits.visit_file, name="visit_file"),
    path("visits/<uuid:uid>/withdraw/", visits.withdraw_visit, name="withdraw_visit"),
    path("visits/<uuid:uid>/propose/", visit_changes.propose_visit_change, name="propose_visit_change"),
]
