"""Addresses of sweeps."""

from __future__ import annotations

from django.urls import path

from bangfu.forms.ledgers import SWEEP_TASKS, SWEEPS
from bangfu.forms.views import papers, sheets, sweeps, versions, workbooks
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("sweeps/", ledger_view(SWEEPS), name="sweep_list"),
    path("sweeps/open/", sweeps.open_sweep, name="open_sweep"),
    path("sweeps/households/", ledger_view(SWEEP_TASKS), name="sweep_task_list"),
    path("sweeps/households/<uuid:uid>/", sheets.sweep_task, name="sweep_task"),
    path("sweeps/households/<uuid:uid>/sheet/", sheets.record_sheet, name="record_sheet"),
    path("sweeps/households/<uuid:uid>/unreached/", sheets.leave_unreached, name="leave_unreached"),
    path("sweeps/<uuid:uid>/", sweeps.sweep_page, name="sweep_page"),
    path("sweeps/<uuid:uid>/close/", sweeps.close_sweep, name="close_sweep"),
    path("sweeps/<uuid:uid>/flyer/", papers.print_sweep_flyer, name="print_sweep_flyer"),
    path("sweeps/<uuid:uid>/papers/", papers.sweep_papers, name="sweep_papers"),
    path("sweeps/<uuid:uid>/papers/<slug:kind>/", papers.print_sheets, name="print_sheets"),
    path("sweeps/<uuid:uid>/workbook/", workbooks.download_sheets, name="download_sheets"),
    path("sweeps/<uuid:uid>/workbook/upload/", workbooks.upload_sheets, name="upload_sheets"),
    path("sweeps/batches/<uuid:uid>/", workbooks.sheet_batch, name="sheet_batch"),
    path("sweeps/batches/<uuid:uid>/commit/", workbooks.commit_sheets, name="commit_sheets"),
    path("sweeps/batches/<uuid:uid>/discard/", workbooks.discard_sheets, name="discard_sheets"),
    path("sweeps/batches/<uuid:uid>/refused/", workbooks.refused_sheets, name="refused_sheets"),
    path("sweeps/forms/", versions.form_list, name="form_list"),
    path("sweeps/forms/<slug:code>/draft/", versions.draft_form, name="draft_form"),
    path("sweeps/forms/<slug:code>/check/", versions.check_form, name="check_form"),
    path("sweeps/forms/versions/<uuid:uid>/", versions.form_version, name="form_version"),
    path("sweeps/forms/versions/<uuid:uid>/edit/", versions.edit_form, name="edit_form"),
    path("sweeps/forms/versions/<uuid:uid>/publish/", versions.publish_form, name="publish_form"),
    path("sweeps/forms/versions/<uuid:uid>/retire/", versions.retire_form, name="retire_form"),
]
