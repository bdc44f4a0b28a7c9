"""What an inspection found is put on the list once, with what is known of it (C-180)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.problems.actions.problems import record_problem, void_problem
from bangfu.problems.models import Problem
from bangfu.problems.queries import findings_to_list
from bangfu.support.actions.findings import mend_finding
from bangfu.support.models import Finding, Inspection
from tests.cast import NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user
from tests.problems.builders import Cast, facts, make_cast
from tests.support.test_supervision import found, issued, opened

pytestmark = pytest.mark.django_db
DEMAND, DUE = "逐户重算收入", TODAY + timedelta(days=15)


@pytest.fixture
def cast(regions: dict[str, Region]) -> Cast:
    return make_cast()


@pytest.fixture
def inspection(cast: Cast, regions: dict[str, Region]) -> Inspection:
    return opened(cast.office, regions)


@pytest.fixture
def finding(cast: Cast, regions: dict[str, Region], inspection: Inspection) -> Finding:
    return found(inspection, cast.office, regions[VILLAGE])


def _page(finding: Finding) -> str:
    return reverse("record_found_problem", args=[finding.uid])


def test_what_is_known_is_filled_in_and_the_finding_leaves_the_waiting_list(
    client: Client, cast: Cast, regions: dict[str, Region], inspection: Inspection, finding: Finding
) -> None:
    assert cast.bureau.unit is not None
    issued(inspection, cast.office, [finding], cast.bureau.unit)
    client.force_login(cast.office)
    listed = client.get(reverse("finding_problem_list")).content.decode()
    assert _page(finding) in listed and "收入测算没有扣支出" in listed
    form = client.get(_page(finding)).context["form"]
    known = {name: form[name].value() for name in form.fields}
    assert known["words"] == "收入测算没有扣支出" and known["origin"] == "inspection"
    assert (known["origin_document"], known["measure"]) == ("第四季度暗访", DEMAND)
    assert (known["found_on"], known["due_on"]) == (TODAY, DUE)
    typed = {name: "" if value is None else value for name, value in known.items()}
    typed |= {"unit": cast.bureau.unit.pk, "region": regions[VILLAGE].pk, "kind": "finance", "breadth": "own"}
    answer = client.post(_page(finding), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    problem = Problem.objects.get(finding=finding)
    assert (problem.unit, problem.measure, problem.due_on) == (cast.bureau.unit, DEMAND, DUE)
    assert not findings_to_list(cast.office).exists()
    assert client.get(_page(finding)).status_code == 404
    page = client.get(reverse("problem_file", args=[problem.uid])).content.decode()
    assert reverse("finding_file", args=[finding.uid]) in page


def test_it_is_listed_once_unless_the_problem_is_void(
    cast: Cast, regions: dict[str, Region], finding: Finding
) -> None:
    told = facts(regions, cast.bureau.unit)
    problem = record_problem(by=cast.office, at=NOW, facts=told, finding=finding)
    with pytest.raises(SituationForbids, match="已经在问题清单里"):
        record_problem(by=cast.office, at=NOW, facts=replace(told, title="另一件"), finding=finding)
    assert Problem.objects.count() == 1
    void_problem(by=cast.office, at=NOW, problem=problem, version=problem.version, words="登记错了")
    assert list(findings_to_list(cast.office)) == [finding]
    record_problem(by=cast.office, at=NOW, facts=told, finding=finding)


def test_what_was_mended_at_once_is_not_listed(
    cast: Cast, regions: dict[str, Region], finding: Finding
) -> None:
    mend_finding(by=cast.office, at=NOW, finding=finding, mended_how="当场重算了", mended_on=TODAY)
    assert not findings_to_list(cast.office).exists()
    with pytest.raises(SituationForbids, match="当场改好了"):
        record_problem(by=cast.office, at=NOW, facts=facts(regions, cast.bureau.unit), finding=finding)


def test_another_county_neither_sees_nor_lists_it(
    client: Client, cast: Cast, regions: dict[str, Region], finding: Finding
) -> None:
    other = make_user("county_office", OTHER_COUNTY)
    assert not findings_to_list(other).exists()
    client.force_login(other)
    assert client.get(_page(finding)).status_code == 404
    with pytest.raises(NotPermitted):
        record_problem(by=other, at=NOW, facts=facts(regions, cast.bureau.unit), finding=finding)
