"""A workbook with many sheets is kept by the worker: once, however often it is asked or begun again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Job, JobState, Region
from bangfu.core.worker import run_next
from bangfu.forms.actions import sheet_jobs, workbooks
from bangfu.forms.actions.sheet_jobs import job_of, queue_sheets
from bangfu.forms.enums import SheetBatchState
from bangfu.forms.models import Sheet, SheetBatch, Sweep
from tests.cast import NOW, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.forms.test_workbooks import ANSWERS, filled, upload, workbook
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(regions: dict[str, Region]) -> User:
    return make_user("village", VILLAGE)


@pytest.fixture
def batch(regions: dict[str, Region], clerk: User) -> SheetBatch:
    for name in ("段一", "段二", "段三"):
        make_household(regions, head_name=name, safe_water=True)
    sweep: Sweep = sweep_of(regions)
    content = filled(workbook(clerk, sweep), {"段一": ANSWERS, "段二": ANSWERS})
    return upload(clerk, sweep, content)


def work() -> None:
    """Whatever waits in the queue."""
    while run_next("worker", NOW):
        pass


def set_state(batch: SheetBatch, state: str) -> None:
    with recording(by=SYSTEM, at=NOW, verb="close_sweep"):
        Sweep.objects.filter(pk=batch.sweep_id).update(state=state)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_worker_keeps_it_once(clerk: User, batch: SheetBatch) -> None:
    first = queue_sheets(by=clerk, at=NOW, batch=batch)
    assert queue_sheets(by=clerk, at=NOW, batch=batch) == first
    assert not Sheet.objects.exists()
    work()
    batch.refresh_from_db()
    assert (batch.state, Sheet.objects.count()) == (SheetBatchState.COMMITTED, 2)
    with pytest.raises(SituationForbids, match="不能再改"):
        queue_sheets(by=clerk, at=NOW, batch=batch)


def test_begun_again_after_it_was_done_it_changes_nothing(clerk: User, batch: SheetBatch) -> None:
    job = queue_sheets(by=clerk, at=NOW, batch=batch)
    workbooks.commit_sheets(by=clerk, at=NOW, batch=batch)
    work()
    job.refresh_from_db()
    assert (job.state, Sheet.objects.count()) == (JobState.DONE, 2)


def test_what_was_refused_may_be_sent_again(clerk: User, batch: SheetBatch) -> None:
    queue_sheets(by=clerk, at=NOW, batch=batch)
    set_state(batch, "closed")
    work()
    failed = job_of(batch)
    assert failed is not None and failed.state == JobState.FAILED and "不能再交表" in failed.message
    set_state(batch, "open")
    batch = SheetBatch.objects.select_related("sweep").get(pk=batch.pk)
    assert queue_sheets(by=clerk, at=NOW, batch=batch) != failed


def test_only_who_brought_it_puts_it_in_the_queue(batch: SheetBatch) -> None:
    with pytest.raises(NotPermitted):
        queue_sheets(by=make_user("township", VILLAGE[:9]), at=NOW, batch=batch)
    assert not Job.objects.filter(kind=sheet_jobs.KIND).exists()


def test_the_page_of_a_large_one_shows_the_job_and_then_the_receipt(
    clerk: User, batch: SheetBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.forms.views.workbooks.ROWS_AT_ONCE", 1)
    client, page = signed_in(clerk), reverse("sheet_batch", args=[batch.uid])
    client.post(reverse("commit_sheets", args=[batch.uid]))
    assert "提交筛查表 2 户" in client.get(page).content.decode()
    told = client.post(reverse("discard_sheets", args=[batch.uid]), follow=True).content.decode()
    assert "正在提交，不能放弃" in told
    work()
    assert "筛查表交表回执" in client.get(page).content.decode()
