"""Addresses of members' work."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.work import WORK
from bangfu.households.views import work
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("work/", ledger_view(WORK), name="work_list"),
    path("members/<uuid:uid>/work/", work.record_work_spell, name="record_work_spell"),
    path("work/<uuid:uid>/correct/", work.correct_work_spell, name="correct_work_spell"),
    path("work/<uuid:uid>/close/", work.close_work_spell, name="close_work_spell"),
]
