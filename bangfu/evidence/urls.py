"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.evidence import views

urlpatterns = [
    path("subjects/<uuid:uid>/evidence/", views.evidence_list, name="evidence_list"),
    path("subjects/<uuid:uid>/evidence/attach/", views.attach_evidence, name="attach_evidence"),
    path("evidence/return/", views.return_paper, name="return_paper"),
    path("evidence/<uuid:uid>/", views.open_evidence, name="open_evidence"),
    path("evidence/<uuid:uid>/withdraw/", views.withdraw_evidence, name="withdraw_evidence"),
]
