"""Addresses of inspections, findings and orders."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.supervision import FINDINGS, INSPECTIONS, ORDERS
from bangfu.support.views import inspections, orders

urlpatterns = [
    path("inspections/", ledger_view(INSPECTIONS), name="inspection_list"),
    path("inspections/open/", inspections.open_inspection, name="open_inspection"),
    path("inspections/findings/", ledger_view(FINDINGS), name="finding_list"),
    path("inspections/findings/<uuid:uid>/", orders.finding_file, name="finding_file"),
    path("inspections/findings/<uuid:uid>/mend/", orders.mend_finding, name="mend_finding"),
    path("inspections/households/<int:pk>/see/", inspections.see_household, name="see_household"),
    path("inspections/<uuid:uid>/", inspections.inspection_file, name="inspection_file"),
    path("inspections/<uuid:uid>/team/", inspections.form_inspection_team, name="form_inspection_team"),
    path("inspections/<uuid:uid>/draw/", inspections.draw_sample, name="draw_sample"),
    path("inspections/<uuid:uid>/finding/", inspections.record_finding, name="record_finding"),
    path("inspections/<uuid:uid>/leaning/<slug:kind>/", inspections.name_leaning, name="name_leaning"),
    path("inspections/<uuid:uid>/close/", inspections.close_inspection, name="close_inspection"),
    path("inspections/<uuid:uid>/order/", orders.issue_order, name="issue_order"),
    path("orders/", ledger_view(ORDERS), name="order_list"),
    path("orders/<uuid:uid>/", orders.order_file, name="order_file"),
    path("orders/<uuid:uid>/print/", orders.print_order, name="print_order"),
    path("orders/<uuid:uid>/answer/", orders.answer_order, name="answer_order"),
    path("orders/<uuid:uid>/check/", orders.check_order, name="check_order"),
    path("orders/<uuid:uid>/void/", orders.void_order, name="void_order"),
]
