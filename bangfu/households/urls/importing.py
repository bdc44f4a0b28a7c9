"""Addresses of the import ledger."""

from django.urls import path

from bangfu.households.importing.ledger import BATCHES
from bangfu.ledgers.views import ledger_view

urlpatterns = [path("imports/", ledger_view(BATCHES), name="batch_list")]
