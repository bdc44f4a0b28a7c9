"""A problem is found, mended, re-checked, closed out, opened again, and noticed when it comes back.

C-045, C-078, C-088, C-180.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.metrics.counting import figure
from bangfu.metrics.registry import metric_of
from bangfu.problems.actions import problems as actions
from bangfu.problems.models import Problem
from bangfu.problems.queries import kinds_seen
from tests.cast import (
    FOREIGN_VILLAGE,
    NOW,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TODAY,
    VILLAGE,
    make_user,
)
from tests.problems.builders import Cast, days_ago, facts, make_cast, recorded

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def cast(regions: dict[str, Region]) -> Cast:
    return make_cast()


def _answer(by: User, problem: Problem, **given: Any) -> Problem:
    values = {"version": problem.version, "words": "补公开了", "proof": "公示栏扫描件", "on": TODAY, **given}
    return actions.answer_problem(by=by, at=NOW, problem=problem, **values)


def _check(by: User, problem: Problem, accepted: bool = True, **given: Any) -> Problem:
    values = {"version": problem.version, "words": "看了公示栏", **given}
    return actions.check_problem(by=by, at=NOW, problem=problem, accepted=accepted, **values)


def test_a_problem_is_returned_mended_closed_and_opened_again(cast: Cast, regions: dict[str, Region]) -> None:
    problem = recorded(cast, regions)
    assert (problem.state, problem.place, problem.kind_name) == ("open", VILLAGE, "财务公开")
    problem = _answer(cast.bureau, problem)
    problem = _check(cast.office, problem, accepted=False, due_on=TODAY)
    assert (problem.state, problem.due_on) == ("returned", TODAY)
    problem = _check(cast.office, _answer(cast.bureau, problem))
    assert (problem.state, problem.closed_on) == ("closed", TODAY)
    problem = actions.reopen_problem(
        by=cast.office, at=NOW, problem=problem, version=problem.version, words="又撤下来了", due_on=TODAY
    )
    assert (problem.state, problem.closed_on) == ("open", None)
    kinds = [step.kind for step in problem.steps.all()]
    assert kinds == ["answered", "returned", "answered", "closed", "reopened"]
    verbs = AuditEvent.objects.filter(subject=problem.subject).values_list("verb", flat=True)
    assert {"record_problem", "answer_problem", "check_problem", "reopen_problem"} == set(verbs)


def test_nobody_checks_the_own_answer_and_another_unit_answers_nothing(
    cast: Cast, regions: dict[str, Region]
) -> None:
    problem = recorded(cast, regions, cast.office.unit)
    with pytest.raises(NotPermitted, match="不能替"):
        _answer(cast.bureau, problem)
    problem = _answer(cast.office, problem)
    with pytest.raises(SituationForbids, match="不能自己复核"):
        _check(cast.office, problem)
    with pytest.raises(NotPermitted):
        _check(cast.town, problem)
    assert _check(cast.checker, problem).state == "closed"


def test_what_superiors_found_is_closed_out_with_a_file_only(cast: Cast, regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="没有写来源文件"):
        recorded(cast, regions, origin="superior")
    problem = recorded(cast, regions, origin="superior", origin_document="省反馈意见", origin_item="3")
    problem = _answer(cast.bureau, problem)
    with pytest.raises(SituationForbids, match="现在一份也没有"):
        _check(cast.checker, problem)
    attach_evidence(
        by=cast.office,
        at=NOW,
        subject=problem.subject,
        kind="other",
        title="公示栏",
        content=b"%PDF-1.7 a paper",
    )
    assert _check(cast.checker, problem).state == "closed"


def test_a_problem_that_comes_back_is_noticed(cast: Cast, regions: dict[str, Region]) -> None:
    old = recorded(cast, regions, found_on=days_ago(500), due_on=days_ago(400))
    first = recorded(cast, regions, found_on=days_ago(100), due_on=days_ago(90))
    assert first.earlier is None  # 400 天以前的那一次不算
    other_kind = recorded(cast, regions, kind="data")
    same_unit = recorded(cast, regions, region=regions[OTHER_VILLAGE])
    same_place = recorded(cast, regions, cast.office.unit)
    elsewhere = recorded(cast, regions, cast.town.unit, region=regions[SISTER_VILLAGE], kind="style")
    assert (other_kind.earlier, elsewhere.earlier) == (None, None)
    assert same_unit.earlier == first
    assert same_place.earlier == same_unit or same_place.earlier == first
    found, since, many = kinds_seen(cast.office, TODAY)
    finance = next(one for one in found if one.kind == "finance")
    assert (finance.found, finance.again, finance.regions, finance.units, finance.leaning) == (
        3,
        2,
        2,
        2,
        False,
    )
    assert old.found_on < since
    recorded(cast, regions, region=regions[SISTER_VILLAGE])
    found, _, _ = kinds_seen(cast.office, TODAY)
    assert next(one for one in found if one.kind == "finance").leaning
    assert many == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "没有写是什么问题"),
        ({"measure": ""}, "没有写整改措施"),
        ({"found_on": days_ago(-1)}, "在今天"),
        ({"due_on": days_ago(60)}, "早于发现日期"),
        ({"kind": "nothing"}, "没有这个种类"),
    ],
)
def test_a_problem_without_sense_is_refused(
    cast: Cast, regions: dict[str, Region], given: dict[str, Any], said: str
) -> None:
    with pytest.raises(SituationForbids, match=said):
        recorded(cast, regions, **given)
    assert not Problem.objects.exists()


def test_scope_versions_and_voids(cast: Cast, regions: dict[str, Region]) -> None:
    with pytest.raises(NotPermitted):
        recorded(cast, regions, region=regions[FOREIGN_VILLAGE])
    problem = recorded(cast, regions)
    with pytest.raises(StaleVersion):
        _answer(cast.bureau, problem, version=problem.version + 1)
    told = facts(regions, cast.town.unit, title="改过的")
    changed = actions.change_problem(
        by=cast.office, at=NOW, problem=problem, version=problem.version, facts=told, reason="责任单位写错了"
    )
    assert (changed.title, changed.unit, changed.subject.label) == ("改过的", cast.town.unit, problem.title)
    with pytest.raises(SituationForbids, match="没有写为什么作废"):
        actions.void_problem(by=cast.office, at=NOW, problem=changed, version=changed.version, words="")
    void = actions.void_problem(
        by=cast.office, at=NOW, problem=changed, version=changed.version, words="重复登记"
    )
    with pytest.raises(SituationForbids, match="不用报整改"):
        _answer(cast.office, void)


def test_metrics_open_their_lists(cast: Cast, regions: dict[str, Region], signed_in: SignIn) -> None:
    late, done = recorded(cast, regions), recorded(cast, regions, title="改完的", kind="data")
    recorded(cast, regions, cast.town.unit, title="还没到期", kind="style", due_on=days_ago(-400))
    _check(cast.office, _answer(cast.bureau, done))
    counted = {}
    for id in ("problem_open", "problem_overdue", "problem_closed_rate"):
        metric = metric_of(id)
        assert metric is not None
        counted[id] = figure(metric, cast.office, VILLAGE)
        page = signed_in(cast.office).get(metric.list_url(VILLAGE, None)).content.decode()
        assert page.count("/problems/0") == counted[id].count
    assert (counted["problem_open"].count, counted["problem_overdue"].count) == (2, 1)
    assert (counted["problem_closed_rate"].count, counted["problem_closed_rate"].of) == (1, 3)
    assert late.state == "open"


def test_the_pages(
    cast: Cast, regions: dict[str, Region], signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    office = signed_in(cast.office)
    for name in ("problem_list", "problem_kinds"):
        page = office.get(reverse(name)).content.decode()
        assert "还没有问题" in page
    told = facts(regions, cast.bureau.unit)
    typed = {
        name: getattr(told, name) for name in "origin found_on kind breadth title measure due_on".split()
    }
    typed |= {"region": regions[VILLAGE].pk, "unit": told.unit.pk, "origin": "superior"}
    refused = office.post(reverse("record_problem"), typed).content.decode()
    assert "没有写来源文件" in refused
    assert told.title in refused
    page = office.post(reverse("record_problem"), {**typed, "origin_document": "省反馈意见"}, follow=True)
    assert "省反馈意见" in page.content.decode()
    problem = Problem.objects.get()
    bureau = signed_in(cast.bureau)
    said = {"version": problem.version, "on": TODAY.isoformat(), "words": "公开了", "proof": "扫描件"}
    page = bureau.post(reverse("answer_problem", args=[problem.uid]), said, follow=True)
    assert "待复核" in page.content.decode()
    assert "复核</a>" not in page.content.decode()
    problem.refresh_from_db()
    back = {"version": problem.version, "accepted": "no", "words": "没看到", "due_on": TODAY.isoformat()}
    page = office.post(reverse("check_problem", args=[problem.uid]), back, follow=True)
    assert "退回再改" in page.content.decode()
    for name in ("change_problem", "void_problem", "reopen_problem", "print_problem"):
        assert office.get(reverse(name, args=[problem.uid])).status_code == 200
    assert office.get(reverse("print_problem", args=[problem.uid]) + "?format=docx").status_code == 200
    assert AuditEvent.objects.filter(verb="print_problem").count() == 1
    for number in range(8):
        recorded(cast, regions, title=f"又一个 {number}", kind="data")
    with django_assert_max_num_queries(16):
        assert "又一个 7" in office.get(reverse("problem_list")).content.decode()
    foreign = signed_in(make_user("county_office", OTHER_COUNTY))
    assert foreign.get(reverse("problem_file", args=[problem.uid])).status_code == 404
