"""The audit log on the page: one's places only, conditions, a harmless export, the check."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.audit import record
from bangfu.core.changing import SYSTEM
from bangfu.core.models import AuditEvent, Job
from bangfu.core.worker import run_next
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TOWN, VILLAGE, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
SignIn = Callable[[User], Client]


@pytest.fixture
def auditor() -> User:
    return make_user("audit_administrator", username="shenji")


def event(summary: str, place: str = "", by: object = SYSTEM, **facts: object) -> AuditEvent:
    facts = {"verb": "export_ledger", "at": NOW, **facts}
    return record(by=by, place=place, summary=summary, **facts)  # type: ignore[arg-type]


def listed(client: Client, **conditions: str) -> set[str]:
    response = client.get(reverse("audit_list"), conditions)
    assert response.status_code == 200
    return {event.summary for event, _, _ in response.context["rows"]}


def test_an_auditor_sees_their_county_and_its_people(auditor: User, signed_in: SignIn) -> None:
    here = Unit.objects.create(name="本县", kind="county_office", place=COUNTY)
    there = Unit.objects.create(name="外县", kind="county_office", place=OTHER_COUNTY)
    event("本村", VILLAGE)
    event("外县的事", OTHER_COUNTY)
    event("本县人登录", by=make_user(username="a", unit=here))
    event("外县人登录", by=make_user(username="b", unit=there))
    event("系统做的")
    assert listed(signed_in(auditor)) == {"本村", "本县人登录", "系统做的"}


@pytest.mark.parametrize(
    "role", ["county_office", "system_administrator", "security_administrator", "leader"]
)
def test_nobody_else_sees_the_log(role: str, signed_in: SignIn) -> None:
    client = signed_in(make_user(role, TOWN if role == "leader" else COUNTY))
    for name in ("audit_list", "export_audit"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("verify_audit")).status_code == 403
    assert not Job.objects.exists()


def test_conditions(auditor: User, signed_in: SignIn) -> None:
    event("导出", VILLAGE)
    event("显示", TOWN, verb="unmask")
    event("早先", VILLAGE, at=NOW - timedelta(days=2))
    client = signed_in(auditor)
    assert listed(client, verb="unmask") == {"显示"}
    assert listed(client, person="系统") == {"导出", "显示", "早先"}
    assert listed(client, person="没有这个人") == set()
    assert listed(client, first="2026-11-22") == {"导出", "显示"}
    assert listed(client, last="2026-11-20") == {"早先"}
    assert listed(client, place=TOWN) == {"导出", "显示", "早先"}
    assert client.get(reverse("audit_list"), {"place": OTHER_COUNTY}).status_code == 404
    assert client.get(reverse("audit_list"), {"first": "昨天"}).status_code == 200


def test_a_day_begins_at_midnight_in_china(auditor: User, signed_in: SignIn) -> None:
    event("凌晨", VILLAGE, at=NOW.replace(day=21, hour=16, minute=0))
    event("前夜", VILLAGE, at=NOW.replace(day=21, hour=15, minute=59))
    assert listed(signed_in(auditor), first="2026-11-22", last="2026-11-22") == {"凌晨"}


def test_the_export_is_harmless_and_noted(auditor: User, signed_in: SignIn) -> None:
    event("=HYPERLINK(1)", VILLAGE)
    event("外县的事", OTHER_COUNTY)
    response = signed_in(auditor).get(reverse("export_audit"), {"verb": "export_ledger"})
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff编号")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert [row["说明"] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0]["动作"] == "导出台账"
    noted = AuditEvent.objects.get(verb="export_audit")
    assert (noted.actor_id, noted.data) == (auditor.pk, {"count": 1})


def test_the_check_runs_as_a_job_and_shows_on_the_page(auditor: User, signed_in: SignIn) -> None:
    client = signed_in(auditor)
    job_page = client.post(reverse("verify_audit")).headers["Location"]
    while run_next("worker", NOW) is not None:
        pass
    assert "审计记录完好" in client.get(job_page).content.decode()
    assert "完好" in client.get(reverse("audit_list")).content.decode()
    assert AuditEvent.objects.filter(verb="verify_audit", actor_id=auditor.pk).count() == 1
