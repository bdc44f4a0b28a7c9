"""An export too large for a request: a worker makes it, only who asked gets it, it leaves after some days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.models import AuditEvent, Job, JobState
from bangfu.core.worker import run_next
from bangfu.ledgers import definition
from bangfu.ledgers.actions import EXPORTS_KEPT, discard_exports
from bangfu.ledgers.models import LedgerExport
from tests.cast import TOWN, make_user
from tests.ledgers.sample import SAMPLE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ledgers.large_sample")]
PAGE = "/large/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    from bangfu.access.crypto import encrypt

    encrypt("")  # 先读好钥匙，再换文件夹
    settings.HOME = replace(settings.HOME, folder=tmp_path)
    return settings.HOME.exports


@pytest.fixture
def clerk(households) -> User:
    return make_user("township", TOWN)


@pytest.fixture
def client(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def _exported(client: Client, query: str = "") -> LedgerExport:
    answer = client.get(f"{PAGE}?format=xlsx{query}")
    export = LedgerExport.objects.latest("pk")
    job = Job.objects.get(kind="export_ledger", payload__export=str(export.uid))
    assert answer.url == reverse("job_page", args=[job.uid])
    return export


def test_it_is_made_by_a_worker_and_downloaded(client) -> None:
    export = _exported(client, "&f_type=registered")
    assert not AuditEvent.objects.filter(verb="export_ledger").exists()
    run_next("worker-1", timezone.now())
    job = Job.objects.get(kind="export_ledger")
    assert job.state == JobState.DONE, job.message
    assert job.result["url"] == reverse("download_export", args=[export.uid])
    page = client.get(reverse("job_page", args=[job.uid])).content.decode()
    assert "下载" in page and job.result["url"] in page
    answer = client.get(job.result["url"])
    sheet = openpyxl.load_workbook(_file(answer)).active
    names = [row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert "杨一" in names and "李二" not in names
    events = AuditEvent.objects.filter(verb__in=("export_ledger", "download_export")).order_by("pk")
    assert [(event.verb, event.data["rows"]) for event in events] == [
        ("export_ledger", 1),
        ("download_export", 1),
    ]


def _file(answer):
    from io import BytesIO

    return BytesIO(b"".join(answer.streaming_content))


def test_what_was_typed_is_not_in_the_job(client) -> None:
    _exported(client, "&f_head=杨")
    assert "杨" not in str(Job.objects.get(kind="export_ledger").payload)


def test_a_few_rows_come_at_once(client) -> None:
    small = client.get(f"{PAGE}?format=xlsx&f_head=没有这个人")
    assert small.status_code == 200 and not LedgerExport.objects.exists()


def test_nobody_else_gets_it(client) -> None:
    export = _exported(client)
    run_next("worker-1", timezone.now())
    other = Client()
    other.force_login(make_user("county_office"))
    assert other.get(reverse("download_export", args=[export.uid])).status_code == 404


def test_it_waits_until_it_is_made(client) -> None:
    export = _exported(client)
    answer = client.get(reverse("download_export", args=[export.uid]))
    assert answer.status_code == 409 and "还没有做好" in answer.content.decode()


def test_who_lost_the_permission_meanwhile_gets_nothing(client, clerk) -> None:
    export = _exported(client)
    clerk.assignments.all().delete()
    run_next("worker-1", timezone.now())
    assert Job.objects.get(kind="export_ledger").state != JobState.DONE
    export.refresh_from_db()
    assert export.digest == ""


def test_a_second_worker_finds_it_made(client) -> None:
    export = _exported(client)
    run_next("worker-1", timezone.now())
    made = Job.objects.get(kind="export_ledger")
    Job.objects.filter(pk=made.pk).update(state=JobState.WAITING, lease_until=None)
    run_next("worker-2", timezone.now())
    assert AuditEvent.objects.filter(verb="export_ledger").count() == 1
    export.refresh_from_db()
    assert export.digest


def test_it_is_deleted_after_some_days(client, folder) -> None:
    _exported(client)
    run_next("worker-1", timezone.now())
    assert any(path.is_file() for path in folder.rglob("*"))
    assert discard_exports(at=timezone.now() + EXPORTS_KEPT - timedelta(minutes=1)) == 0
    assert discard_exports(at=timezone.now() + EXPORTS_KEPT + timedelta(minutes=1)) == 1
    assert not any(path.is_file() for path in folder.rglob("*"))
    assert not LedgerExport.objects.exists()


def test_its_ledger_is_the_sample_with_a_low_limit() -> None:
    assert definition.all_ledgers()["large_list"].columns == SAMPLE.columns
