"""A problem of a project becomes a supervision order (C-109)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.projects.actions.supervising import order_project
from bangfu.projects.models import Project
from bangfu.support.actions import orders
from bangfu.support.enums.meetings import TaskState
from bangfu.support.models import Finding, SupervisionOrder
from tests.cast import NOW, TODAY
from tests.projects import builders as b


def issue(cast: b.Cast, project: Project, **given) -> SupervisionOrder:
    said = {
        "words": "工期过半，形象进度只有 20%。",
        "demand": "增加人手，两周内赶上进度。",
        "issued_on": TODAY,
        "due_on": TODAY + timedelta(days=14),
    }
    return order_project(**{"by": cast.office, "at": NOW, "project": project, **said, **given})


def test_order_goes_to_the_unit_that_answers_for_the_project(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    order = issue(cast, project)
    assert (order.unit, order.inspection, order.place) == (cast.transport.unit, None, project.place)
    finding = Finding.objects.get(order=order)
    assert (finding.about, finding.village) == (project.subject, project.region)


def test_order_about_a_project_is_answered_and_closed_out(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    order = issue(cast, b.applied(cast, regions))
    answered = orders.answer_order(
        by=cast.transport, at=NOW, order=order, version=order.version, text="加了人。", answered_on=TODAY
    )
    closed = orders.check_order(
        by=cast.office, at=NOW, order=answered, version=answered.version, accepted=True, words=""
    )
    assert closed.state == TaskState.CLOSED


def test_void_order_keeps_what_it_was_about(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    order = issue(cast, b.applied(cast, regions))
    orders.void_order(by=cast.office, at=NOW, order=order, version=order.version, reason="发错单位")
    assert Finding.objects.get().order == order


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"words": " "}, "请写清问题"),
        ({"demand": ""}, "请写整改要求"),
        ({"issued_on": TODAY + timedelta(days=1)}, "之后"),
        ({"due_on": TODAY - timedelta(days=1)}, "早于下发"),
        ({"kind": "weather"}, "没有这个种类"),
    ],
)
def test_order_that_says_too_little_is_refused(regions: dict[str, Region], given, reason: str) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    with pytest.raises(SituationForbids, match=reason):
        issue(cast, project, **given)
    assert not Finding.objects.exists()


def test_only_who_issues_orders_may(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    with pytest.raises(NotPermitted):
        issue(cast, project, by=cast.township)


def test_project_page_issues_and_shows_the_order(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    client.force_login(cast.office)
    page = client.get(reverse("order_project", args=[project.uid]))
    form = page.context["form"]
    given = {
        "kind": form["kind"].value(),
        "unit": form["unit"].value(),
        "words": "厚度不够",
        "demand": "返工",
        "issued_on": TODAY,
        "due_on": TODAY + timedelta(days=15),
    }
    answer = client.post(reverse("order_project", args=[project.uid]), given)
    order = SupervisionOrder.objects.get()
    assert answer.url == reverse("order_file", args=[order.uid])
    works = client.get(reverse("project_file", args=[project.uid]) + "?tab=works").content.decode()
    assert order.number in works and "厚度不够" in works
    assert project.name in client.get(answer.url).content.decode()
    finding = Finding.objects.get()
    assert client.get(reverse("finding_file", args=[finding.uid])).status_code == 200
    assert client.get(reverse("print_order", args=[order.uid])).status_code == 200
