"""The sample ledger again, where any row at all is too many for a request."""

from __future__ import annotations

from dataclasses import replace

from django.urls import include, path

from bangfu.ledgers.views import ledger_view
from tests.ledgers.sample import SAMPLE

LARGE = replace(SAMPLE, id="large_list", export_at_once=0)

urlpatterns = [
    path("", include("bangfu.config.urls")),
    path("large/", ledger_view(LARGE), name="large_list"),
]
