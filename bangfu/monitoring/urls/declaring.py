"""Addresses of the public self-declaration page, and of households with idle labour."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.monitoring.ledgers.idle_labour import IDLE_LABOUR
from bangfu.monitoring.views import declaring

urlpatterns = [
    path("declare/", declaring.declare_difficulty, name="declare_difficulty"),
    path("declare/sent/", declaring.difficulty_declared, name="difficulty_declared"),
    path("declare/state/", declaring.ask_declaration, name="ask_declaration"),
    path("clues/idle-labour/", ledger_view(IDLE_LABOUR), name="idle_labour_list"),
]
