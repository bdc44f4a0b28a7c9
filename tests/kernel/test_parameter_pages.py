"""Parameters on the page: what holds with its basis, a new value from a day on, within one's places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Parameter, Region
from bangfu.core.parameters import supersede_parameter, value
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, TOWN, VILLAGE, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CODE = "income_year_first_month"


def typed(regions: dict[str, Region], **changed: object) -> dict[str, object]:
    return {
        "text": "9",
        "region": regions[COUNTY].pk,
        "valid_from": "2026-12-01",
        "basis": "县动态管理工作安排",
        "grade": "官",
    } | changed


def put(place: str, text: str = "8", **facts: object) -> Parameter:
    facts = {"valid_from": TODAY, "basis": "文件", "grade": "官", **facts}
    return supersede_parameter(by=SYSTEM, at=NOW, code=CODE, text=text, place=place, **facts)  # type: ignore[arg-type]


def test_the_list_shows_what_holds_with_its_basis(regions: dict[str, Region], signed_in: SignIn) -> None:
    put(TOWN, basis="镇里的文件", grade="知")
    client = signed_in(make_user("county_office"))
    page = client.get(reverse("parameter_list")).content.decode()
    assert "镇里的文件" not in page
    page = client.get(reverse("parameter_list"), {"place": TOWN}).content.decode()
    assert "镇里的文件" in page and "依据未核实" in page
    before = client.get(reverse("parameter_list"), {"place": TOWN, "on": "2026-11-21"}).content.decode()
    assert "镇里的文件" not in before
    assert client.get(reverse("parameter_list"), {"place": OTHER_COUNTY}).status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_many_values(
    regions: dict[str, Region], signed_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for month in range(1, 10):
        put(COUNTY, str(month))
    client = signed_in(make_user("county_office"))
    client.get(reverse("parameter_list"))
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(reverse("parameter_list"))


def test_a_new_value_holds_from_its_day_and_keeps_the_former(
    regions: dict[str, Region], signed_in: SignIn
) -> None:
    put(COUNTY)
    client = signed_in(make_user("county_office"))
    answer = client.post(reverse("supersede_parameter", args=[CODE]), typed(regions))
    assert answer.status_code == 302
    assert value(CODE, on=TODAY, place=VILLAGE) == 8
    assert value(CODE, on=TODAY.replace(month=12, day=1), place=VILLAGE) == 9
    page = client.get(reverse("parameter_file", args=[CODE])).content.decode()
    assert "县动态管理工作安排" in page and "起另有新值" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": "九"}, "不是数字"),
        ({"text": "1.5"}, "不是整数"),
        ({"basis": ""}, "文件依据"),
        ({"grade": ""}, "依据等级"),
        ({"valid_to": "2026-11-01"}, "早于"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    regions: dict[str, Region], signed_in: SignIn, changed: dict[str, str], words: str
) -> None:
    client = signed_in(make_user("county_office"))
    answer = client.post(
        reverse("supersede_parameter", args=[CODE]), typed(regions, note="我写的说明", **changed)
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page and "我写的说明" in page
    assert not Parameter.objects.exists()


def test_nobody_puts_in_values_for_other_places(regions: dict[str, Region], signed_in: SignIn) -> None:
    office = signed_in(make_user("county_office"))
    foreign = typed(regions, region=regions[OTHER_COUNTY].pk)
    assert office.post(reverse("supersede_parameter", args=[CODE]), foreign).status_code == 200
    reader = signed_in(make_user("township", TOWN))
    assert reader.get(reverse("parameter_list")).status_code == 200
    assert reader.post(reverse("supersede_parameter", args=[CODE]), typed(regions)).status_code == 403
    assert signed_in(make_user("helper")).get(reverse("parameter_list")).status_code == 403
    assert not Parameter.objects.exists()


def test_values_of_other_counties_are_not_shown(regions: dict[str, Region], signed_in: SignIn) -> None:
    put(OTHER_COUNTY, basis="外县的文件")
    put(TOWN, basis="镇里的文件")
    put("53", basis="省里的文件")
    page = signed_in(make_user("county_office")).get(reverse("parameter_file", args=[CODE])).content.decode()
    assert "镇里的文件" in page and "省里的文件" in page and "外县的文件" not in page


def test_an_unknown_parameter_is_not_found(regions: dict[str, Region], signed_in: SignIn) -> None:
    client = signed_in(make_user("county_office"))
    for name in ("parameter_file", "supersede_parameter"):
        assert client.get(reverse(name, args=["no_such"])).status_code == 404
