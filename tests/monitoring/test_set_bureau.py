"""Which unit answers for which bureau, and that a department sees only its own checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.monitoring.actions.bureaus import set_bureau
from bangfu.monitoring.actions.case_checks import answer_check
from bangfu.monitoring.enums.cases import CheckResult
from bangfu.monitoring.models import BureauUnit, InformationCheck
from bangfu.monitoring.queries.bureaus import bureaus, checks_for
from bangfu.monitoring.queries.cases import checks_of
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, make_user
from tests.monitoring.case_builders import begun
from tests.monitoring.clue_builders import person

pytestmark = pytest.mark.django_db
TAX, POLICE = "税务", "公安"


@pytest.fixture
def checks(regions: dict[str, Region]) -> dict[str, InformationCheck]:
    """The checks of a case, by bureau."""
    walk = begun(regions).carry("verify").ask_bureaus()
    return {check.bureau: check for check in checks_of(walk.here)}


@pytest.fixture
def tax(regions: dict[str, Region]) -> User:
    """Somebody of the tax office."""
    unit = Unit.objects.create(name="云岭县税务局", kind="department", place=COUNTY)
    return make_user("department", COUNTY, username="tax", unit=unit)


def put(bureau: str, *units: Unit, first=TODAY) -> list[BureauUnit]:
    by = person("county_office")
    return set_bureau(by=by, at=NOW, place=COUNTY, bureau=bureau, units=units, valid_from=first)


def seen(user: User, on=TODAY) -> set[str]:
    return set(checks_for(user, on).values_list("bureau", flat=True))


def test_a_department_sees_the_checks_of_its_own_bureau_only(checks, tax: User) -> None:
    assert seen(tax) == set()
    put(TAX, tax.unit)
    assert seen(tax) == {TAX}
    assert seen(person("county_office")) == set(checks)


def test_a_bureau_that_nobody_is_set_for_says_so_and_is_the_county_office_s(
    checks, tax: User, signed_in: Callable[[User], Client]
) -> None:
    put(TAX, tax.unit)
    by_bureau = {one.bureau: one.answered_by for one in checks_for(person("county_office"), TODAY)}
    assert by_bureau[TAX] == "云岭县税务局"
    assert by_bureau[POLICE] == "县帮扶办（还没有定单位）"
    page = signed_in(person("county_office")).get(reverse("bureau_list")).content.decode()
    assert "云岭县税务局" in page and "还没有定，由县帮扶办登记" in page


def test_one_bureau_may_have_two_units(checks, tax: User) -> None:
    other = Unit.objects.create(name="云岭县住建局", kind="department", place=COUNTY)
    put(TAX, tax.unit, other)
    (row,) = checks_for(tax, TODAY)
    assert row.answered_by == "云岭县税务局、云岭县住建局"


def test_only_the_bureau_s_unit_and_the_county_office_answer(checks, tax: User) -> None:
    put(TAX, tax.unit)
    answer(tax, checks[TAX])
    with pytest.raises(NotPermitted, match="公安的比对不归您的单位回"):
        answer(tax, checks[POLICE])
    answer(person("county_office"), checks[POLICE])
    assert InformationCheck.objects.filter(result=CheckResult.CLEAR).count() == 2


def answer(by: User, check: InformationCheck) -> None:
    day = check.asked_on
    at = NOW + (day - TODAY) if day > TODAY else NOW
    answer_check(by=by, at=at, check=check, version=check.version, answered_on=day, result=CheckResult.CLEAR)


def test_the_pages_of_another_bureau_are_not_there(
    checks, tax: User, signed_in: Callable[[User], Client]
) -> None:
    put(TAX, tax.unit)
    client = signed_in(tax)
    assert client.get(reverse("answer_check", args=[checks[TAX].uid])).status_code == 200
    assert client.get(reverse("answer_check", args=[checks[POLICE].uid])).status_code == 404
    listed = client.get(reverse("check_list")).content.decode()
    assert TAX in listed and POLICE not in listed
    both = {"row": [str(checks[TAX].uid), str(checks[POLICE].uid)]}
    client.post(reverse("clear_checks"), both)
    assert InformationCheck.objects.filter(result=CheckResult.WAITING, bureau=POLICE).exists()


def test_who_answers_changes_from_a_day_on_and_stays_on_record(checks, tax: User) -> None:
    other = Unit.objects.create(name="云岭县公安局", kind="department", place=COUNTY)
    put(TAX, tax.unit, first=TODAY - timedelta(days=10))
    put(TAX, other)
    assert seen(tax) == set() and seen(tax, TODAY - timedelta(days=1)) == {TAX}
    assert BureauUnit.objects.filter(bureau=TAX).count() == 2
    assert AuditEvent.objects.filter(verb="set_bureau").count() == 2
    put(TAX)
    assert next(one for one in bureaus(COUNTY, TODAY) if one.name == TAX).units == []


def test_a_unit_of_another_county_or_closed_is_refused(regions) -> None:
    foreign = Unit.objects.create(name="雾山县税务局", kind="department", place=OTHER_COUNTY)
    closed = Unit.objects.create(name="旧税务局", kind="department", place=COUNTY, is_active=False)
    for unit in (foreign, closed):
        with pytest.raises(SituationForbids, match="不是本县的单位"):
            put(TAX, unit)


def test_only_who_may_sets_it(checks, tax: User, signed_in: Callable[[User], Client]) -> None:
    with pytest.raises(NotPermitted):
        set_bureau(by=tax, at=NOW, place=COUNTY, bureau=TAX, units=[], valid_from=TODAY)
    client = signed_in(person("county_office"))
    address = reverse("set_bureau") + f"?bureau={TAX}"
    assert "税务由谁回" in client.get(address).content.decode()
    client.post(address, {"bureau": TAX, "units": [tax.unit_id], "valid_from": TODAY.isoformat()})
    assert seen(tax) == {TAX}
