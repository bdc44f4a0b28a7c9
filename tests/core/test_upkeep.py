"""What the kernel does by itself: sealing, checking, forgetting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bangfu.core import schedule
from bangfu.core.audit import record
from bangfu.core.changing import SYSTEM
from bangfu.core.models import AuditBlock, Job, JobState
from bangfu.core.upkeep import enqueue_verification
from bangfu.core.worker import run_next
from tests.cast import NOW
from tests.core.tampering import without_guard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for entry in schedule._entries.values():
        monkeypatch.setattr(entry, "last", "")


def kinds() -> list[str]:
    return sorted(Job.objects.values_list("kind", flat=True))


def work() -> None:
    while run_next("worker", timezone.now()) is not None:
        pass


def test_the_schedule_seals_what_is_unsealed() -> None:
    schedule.run_due(NOW)
    assert "seal_audit" not in kinds()
    record(by=SYSTEM, at=NOW, verb="look")
    schedule.run_due(NOW + timedelta(minutes=1))
    work()
    assert AuditBlock.objects.get().count == 1


def test_checking_reports_in_sentences() -> None:
    record(by=SYSTEM, at=NOW, verb="look")
    schedule.run_due(NOW)
    work()
    job = enqueue_verification(by=SYSTEM, at=NOW)
    work()
    job.refresh_from_db()
    assert job.result["ok"] and "完好" in job.result["sentences"][0]
    without_guard("core_auditblock", "UPDATE core_auditblock SET count = 2")
    job = enqueue_verification(by=SYSTEM, at=NOW)
    work()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert not job.result["ok"] and "封块本身被改过" in job.result["sentences"][1]


def test_old_chores_are_forgotten_and_peoples_jobs_are_not() -> None:
    long_ago = timezone.now() - timedelta(days=31)
    for key, creator, state in (
        ("chore", None, JobState.DONE),
        ("failed", None, JobState.FAILED),
        ("import", 7, JobState.DONE),
    ):
        Job.objects.create(
            kind="seal_audit", label="x", key=key, state=state, created_by_id=creator,
            created_at=long_ago, finished_at=long_ago,
        )  # fmt: skip
    schedule.run_due(NOW)
    work()
    assert set(Job.objects.values_list("key", flat=True)) >= {"failed", "import"}
    assert not Job.objects.filter(key="chore").exists()
