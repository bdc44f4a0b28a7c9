"""Addresses of the ledgers of imports and of lists."""

from django.urls import path

from bangfu.households.importing.ledger import BATCHES
from bangfu.households.importing.list_ledger import LISTS
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("imports/", ledger_view(BATCHES), name="batch_list"),
    path("lists/", ledger_view(LISTS), name="list_batch_list"),
]
