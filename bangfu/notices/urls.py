"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.notices.ledgers import ENTRIES, NOTICES
from bangfu.notices.views import files, objections, steps

urlpatterns = [
    path("notices/", ledger_view(NOTICES), name="notice_list"),
    path("notices/entries/", ledger_view(ENTRIES), name="notice_entry_list"),
    path("notices/compose/", steps.compose_notice, name="compose_notice"),
    path("notices/<uuid:uid>/", files.notice_file, name="notice_file"),
    path("notices/<uuid:uid>/print/", files.print_notice, name="print_notice"),
    path("notices/<uuid:uid>/edit/", steps.edit_notice, name="edit_notice"),
    path("notices/<uuid:uid>/publish/", steps.publish_notice, name="publish_notice"),
    path("notices/<uuid:uid>/end/", steps.end_notice, name="end_notice"),
    path("notices/<uuid:uid>/withdraw/", steps.withdraw_notice, name="withdraw_notice"),
    path("notices/<uuid:uid>/recompose/", steps.recompose_notice, name="recompose_notice"),
    path("notices/<uuid:uid>/object/", objections.object_notice, name="object_notice"),
    path("objections/<uuid:uid>/answer/", objections.answer_objection, name="answer_objection"),
]
