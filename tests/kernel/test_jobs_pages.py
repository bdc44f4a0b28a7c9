"""Long work on the page: one's own, the people's of one's places, progress, stopping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.kernel.progress import progress_of, remaining
from bangfu.access.models import Unit, User
from bangfu.core import jobs
from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.jobs import JobContext, enqueue, register
from bangfu.core.models import Job, JobState
from bangfu.core.worker import run_next
from tests.cast import COUNTY, NOW, OTHER_COUNTY, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(jobs, "_handlers", {})
    register("count", count)
    yield


def count(context: JobContext) -> dict[str, str]:
    return {"url": "/somewhere/", "url_label": "看回执"}


def put(by: Actor, label: str = "数数") -> Job:
    return enqueue(kind="count", label=label, payload={}, by=by, at=NOW)


def person(role: str, place: str, name: str) -> User:
    unit, _ = Unit.objects.get_or_create(
        name=f"单位{place}", defaults={"kind": "county_office", "place": place}
    )
    return make_user(role, place, username=name, unit=unit)


def test_everybody_sees_their_own_jobs_only(signed_in: SignIn) -> None:
    clerk, colleague = person("department", COUNTY, "a"), person("department", COUNTY, "b")
    own, other = put(clerk, "我的导入"), put(colleague, "别人的导入")
    page = signed_in(clerk).get(reverse("job_list")).content.decode()
    assert "我的导入" in page and "别人的导入" not in page
    assert "全部任务" not in page
    for name in ("job_page", "job_progress"):
        assert signed_in(clerk).get(reverse(name, args=[own.uid])).status_code == 200
        assert signed_in(clerk).get(reverse(name, args=[other.uid])).status_code == 404
    assert signed_in(clerk).post(reverse("cancel_job", args=[other.uid])).status_code == 404


def test_who_sees_all_sees_the_people_of_their_places(signed_in: SignIn) -> None:
    office = person("county_office", COUNTY, "office")
    put(person("department", COUNTY, "a"), "本县的")
    foreign = put(person("department", OTHER_COUNTY, "b"), "外县的")
    put(SYSTEM, "系统的")
    client = signed_in(office)
    assert "本县的" not in client.get(reverse("job_list")).content.decode()
    page = client.get(reverse("job_list") + "?all=1").content.decode()
    assert "本县的" in page and "系统的" in page and "外县的" not in page
    assert client.get(reverse("job_page", args=[foreign.uid])).status_code == 404


def test_a_job_is_stopped_from_its_page(signed_in: SignIn) -> None:
    clerk = person("department", COUNTY, "a")
    job = put(clerk)
    client = signed_in(clerk)
    assert client.get(reverse("cancel_job", args=[job.uid])).status_code == 405
    client.post(reverse("cancel_job", args=[job.uid]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    page = client.post(reverse("cancel_job", args=[job.uid]), follow=True).content.decode()
    assert "已经结束" in page


def test_a_finished_job_leads_on_to_its_result(signed_in: SignIn) -> None:
    clerk = person("department", COUNTY, "a")
    job = put(clerk)
    before = signed_in(clerk).get(reverse("job_progress", args=[job.uid]))
    assert "看回执" not in before.content.decode()
    assert "HX-Refresh" not in before.headers
    run_next("worker", NOW)
    after = signed_in(clerk).get(reverse("job_progress", args=[job.uid]))
    part = after.content.decode()
    assert 'href="/somewhere/"' in part and "看回执" in part
    assert "hx-get" not in part
    assert after.headers["HX-Refresh"] == "true", "the rest of the page still says 等待"


def running(done: int, total: int | None, seconds: float) -> Job:
    return Job(
        state=JobState.RUNNING, label="x", done=done, total=total, started_at=NOW - timedelta(seconds=seconds)
    )


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (running(50, 100, 10), "还要约 10 秒"),
        (running(1, 100, 6), "还要约 10 分钟"),
        (running(1, 100, 120), "还要约 3.3 小时"),
        (running(0, 100, 10), ""),
        (running(50, None, 10), ""),
        (running(50, 100, 2), ""),
    ],
)
def test_how_long_it_may_still_take(job: Job, words: str) -> None:
    assert remaining(job, NOW) == words


def test_a_job_asked_to_stop_says_so() -> None:
    job = running(1, 2, 10)
    job.cancel_requested = True
    assert progress_of(job, NOW)["cancel_url"] == ""
    assert "已要求停下" in progress_of(job, NOW)["message"]
