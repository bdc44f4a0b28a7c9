"""Addresses of service orders."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.training.ledgers.services import ORDERS
from bangfu.training.views import services

urlpatterns = [
    path("services/", ledger_view(ORDERS), name="service_list"),
    path("services/ask/", services.ask_service, name="ask_service"),
    path("services/<uuid:uid>/", services.service_file, name="service_file"),
    path("services/<uuid:uid>/take/", services.take_service, name="take_service"),
    path("services/<uuid:uid>/solve/", services.solve_service, name="solve_service"),
    path("services/<uuid:uid>/visit/", services.visit_service, name="visit_service"),
    path("services/<uuid:uid>/decline/", services.decline_service, name="decline_service"),
    path("households/<uuid:uid>/service/", services.ask_household_service, name="ask_household_service"),
]
