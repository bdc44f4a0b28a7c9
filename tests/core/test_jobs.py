"""Jobs: one truth a job, leases, take-over, attempts, idempotency keys, cancelling, what people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bangfu.core import jobs, leases, schedule
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import SituationForbids
from bangfu.core.jobs import JobContext, LeaseLost, cancel_job, enqueue, register
from bangfu.core.leases import LEASE, Heartbeat, Lease, claim
from bangfu.core.models import AuditEvent, Job, JobState
from bangfu.core.schedule import each_minute, each_month, register_schedule, run_due
from bangfu.core.worker import run_next
from tests.cast import NOW

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(schedule, "_entries", {})
    monkeypatch.setattr(leases, "REPORT_EVERY", 0.0)
    register("count", count)
    register("wrong", wrong)
    register("impossible", impossible)
    yield


def count(context: JobContext) -> dict[str, int]:
    for done in range(context.payload["to"]):
        context.progress(done, context.payload["to"], "数数")
    return {"counted": context.payload["to"]}


def wrong(context: JobContext) -> dict[str, int]:
    raise KeyError("身份证 533224199001011234")


def impossible(context: JobContext) -> dict[str, int]:
    raise SituationForbids("文件里没有户主。什么都没有导入；请补上再传。")


def put(kind: str = "count", key: str | None = None, **more: object) -> Job:
    return enqueue(kind=kind, label="数数", payload={"to": 3}, by=SYSTEM, at=NOW, key=key, **more)  # type: ignore[arg-type]


def run(at: datetime = NOW) -> Job | None:
    clock = Clock()
    clock.now = at
    return run_next("worker-1", at, clock=clock)


def test_a_job_runs_once_and_keeps_its_result() -> None:
    put()
    done = run()
    assert done is not None
    assert (done.state, done.result, done.done, done.total, done.step) == (
        JobState.DONE, {"counted": 3}, 2, 3, "数数",
    )  # fmt: skip
    assert (done.attempt, done.holder, done.lease_until, done.finished_at) == (1, "", None, NOW)
    assert run() is None


def test_the_oldest_goes_first_and_none_before_its_time() -> None:
    first, later, last = put(), put(run_after=NOW + timedelta(minutes=1)), put()
    assert [job and job.pk for job in (run(), run(), run())] == [first.pk, last.pk, None]
    done = run(NOW + timedelta(minutes=1))
    assert done is not None and done.pk == later.pk


def test_one_key_is_one_job() -> None:
    assert put(key="roster:7").pk == put(key="roster:7").pk
    run()
    assert put(key="roster:7").state == JobState.DONE
    assert put().pk != put().pk
    assert Job.objects.count() == 3


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(LookupError):
        put("dance")


def test_what_the_situation_forbids_is_said_in_its_words() -> None:
    put("impossible")
    failed = run()
    assert failed is not None
    assert (failed.state, failed.attempt) == (JobState.FAILED, 1)
    assert failed.message == "文件里没有户主。什么都没有导入；请补上再传。"


def test_a_defect_is_tried_again_and_then_told_without_personal_data() -> None:
    put("wrong")
    at = NOW
    seen = []
    for _ in range(3):
        job = run(at)
        assert job is not None
        seen.append(job.state)
        at = job.run_after or at
    assert seen == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    failed = Job.objects.get()
    assert "KeyError" in failed.message and "试了 3 次" in failed.message
    assert "5332" not in failed.message and "身份证" not in failed.message
    assert run(at + timedelta(days=1)) is None


def test_a_held_job_is_nobody_elses_until_its_lease_ends() -> None:
    job = put()
    taken = claim("worker-1", NOW)
    assert taken is not None and taken.pk == job.pk
    assert claim("worker-2", NOW + LEASE) is None
    again = claim("worker-2", NOW + LEASE + timedelta(seconds=1))
    assert again is not None
    assert (again.holder, again.attempt) == ("worker-2", 2)


def test_who_lost_the_lease_writes_nothing_more() -> None:
    put()
    taken = claim("worker-1", NOW)
    assert taken is not None
    claim("worker-2", NOW + LEASE + timedelta(seconds=1))
    lease = Lease(taken, Clock())
    with pytest.raises(LeaseLost):
        lease.renew(jobs.Progress(1, 2))
    assert not lease.end(JobState.DONE, result={"counted": 99})
    now = Job.objects.get()
    assert (now.state, now.holder, now.done, now.result) == (JobState.RUNNING, "worker-2", 0, {})


def test_a_job_whose_workers_keep_dying_is_given_up() -> None:
    put()
    at = NOW
    for attempt in (1, 2, 3):
        taken = claim(f"worker-{attempt}", at)
        assert taken is not None and taken.attempt == attempt
        at += LEASE + timedelta(seconds=1)
    assert claim("worker-4", at) is None
    given_up = Job.objects.get()
    assert given_up.state == JobState.FAILED
    assert "中断了 3 次" in given_up.message


def test_progress_renews_the_lease() -> None:
    put()
    taken = claim("worker-1", NOW)
    assert taken is not None
    clock = Clock()
    clock.now = NOW + timedelta(seconds=50)
    Lease(taken, clock).renew(jobs.Progress(5, 9, "核对"))
    now = Job.objects.get()
    assert (now.done, now.total, now.step, now.lease_until) == (5, 9, "核对", clock.now + LEASE)


def test_a_waiting_job_is_cancelled_at_once() -> None:
    job = put()
    cancel_job(by=SYSTEM, at=NOW, job=job)
    assert run() is None
    assert Job.objects.get().state == JobState.CANCELLED
    assert AuditEvent.objects.get().verb == "cancel_job"
    with pytest.raises(SituationForbids):
        cancel_job(by=SYSTEM, at=NOW, job=job)


def test_a_running_job_stops_at_its_next_progress() -> None:
    steps = []

    def interrupted(context: JobContext) -> dict[str, int]:
        for done in range(5):
            steps.append(done)
            if done == 2:
                cancel_job(by=SYSTEM, at=NOW, job=context.job)
            context.progress(done, 5)
        return {}

    register("interrupted", interrupted)
    put("interrupted")
    stopped = run()
    assert stopped is not None and stopped.state == JobState.CANCELLED
    assert steps == [0, 1, 2]


def test_a_job_cancelled_when_its_worker_died_does_not_begin_again() -> None:
    job = put()
    claim("worker-1", NOW)
    cancel_job(by=SYSTEM, at=NOW, job=job)
    assert claim("worker-2", NOW + LEASE + timedelta(seconds=1)) is None
    assert Job.objects.get().state == JobState.CANCELLED


def test_progress_is_not_written_more_often_than_every_half_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "REPORT_EVERY", 3_600.0)
    job = put()
    run()
    job.refresh_from_db()
    assert job.done == 0


def test_the_heartbeat_passes_the_refusal_on() -> None:
    heartbeat = Heartbeat(Lease(put(), Clock()))
    heartbeat.report(jobs.Progress(1, 2))
    heartbeat._refusal = LeaseLost
    with pytest.raises(LeaseLost):
        heartbeat.report(jobs.Progress(2, 2))


def test_the_schedule_puts_each_slot_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def each(at: datetime, key: str) -> Job:
        return put(key=key)

    register_schedule("tick", each_minute, each)
    run_due(NOW)
    run_due(NOW + timedelta(seconds=30))
    # a second worker has its own memory and the same table of jobs
    monkeypatch.setattr(schedule, "_entries", {})
    register_schedule("tick", each_minute, each)
    run_due(NOW + timedelta(seconds=31))
    assert Job.objects.count() == 1
    run_due(NOW + timedelta(seconds=60))
    assert list(Job.objects.order_by("id").values_list("key", flat=True)) == [
        "tick:202611221000",
        "tick:202611221001",
    ]


def test_slots_follow_the_calendar_of_china() -> None:
    assert each_month(datetime.fromisoformat("2026-11-30T15:59:59+00:00")) == "202611"
    assert each_month(datetime.fromisoformat("2026-11-30T16:00:00+00:00")) == "202612"
