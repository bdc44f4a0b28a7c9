"""The frame around every page: menu, preferences, bell, health check."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, UnitKind, User
from bangfu.access.roles import role_bundles
from bangfu.config.menu import MENU
from bangfu.core.models import Job, JobState
from tests.cast import COUNTY, NOW, TOWN, VILLAGE, make_regions, make_user

pytestmark = pytest.mark.django_db
_PLACES = {"county": COUNTY, "township": TOWN, "village": VILLAGE}


@pytest.fixture
def regions() -> None:
    make_regions()


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def menu_pages() -> list[str]:
    return [item.page for _, items in MENU for item in items]


@pytest.mark.parametrize("page", menu_pages())
def test_every_line_of_the_menu_has_its_page(page: str) -> None:
    assert reverse(page)


@pytest.mark.parametrize("role", role_bundles())
def test_every_line_a_person_sees_opens(role: str, regions: None) -> None:
    place = _PLACES[role_bundles()[role].levels[0]]
    client = signed_in(make_user(role, place))
    menu = client.get(reverse("workbench")).context["menu"]
    lines = [item["url"] for group in menu for item in group["items"]]
    assert reverse("workbench") in lines
    assert {url: client.get(url).status_code for url in lines} == dict.fromkeys(lines, 200)


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        ("county_office", "/", "工作台"),
        ("county_office", "/households/register/", "户"),
        ("county_office", "/houses/unrepaired/", "户"),
        ("county_office", "/pairings/hand-over/", "结对与网格"),
        ("county_office", "/rounds/entries/", "再识别与变动表"),
        ("system_administrator", "/users/create/", "用户"),
        ("system_administrator", "/units/", "用户"),
        ("county_office", "/account/permissions/", None),
    ],
)
def test_the_menu_marks_where_one_is(role: str, path: str, label: str | None, regions: None) -> None:
    menu = signed_in(make_user(role, COUNTY)).get(path).context["menu"]
    marked = [item["label"] for group in menu for item in group["items"] if item["current"]]
    assert marked == ([label] if label else [])


def test_only_the_page_itself_is_called_the_current_page(regions: None) -> None:
    client = signed_in(make_user("county_office", COUNTY))
    line = f'href="{reverse("household_list")}" aria-current='
    assert f'{line}"page"' in client.get(reverse("household_list")).content.decode()
    assert f'{line}"true"' in client.get(reverse("register_household")).content.decode()


def test_a_person_without_roles_sees_no_register(regions: None) -> None:
    menu = signed_in(make_user()).get(reverse("workbench")).context["menu"]
    pages = {item["url"] for group in menu for item in group["items"]}
    assert reverse("household_list") not in pages
    assert reverse("audit_list") not in pages


def test_unit_and_type_size_are_kept(regions: None) -> None:
    user = make_user("village", VILLAGE)
    client = signed_in(user)
    answer = client.get(reverse("preference"), {"unit": "wan", "next": reverse("find")})
    assert answer.url == reverse("find")
    client.get(reverse("preference"), {"type": "large"})
    page = client.get(reverse("find"))
    assert page.context["unit"] == "wan"
    assert 'data-type="large"' in page.content.decode()


@pytest.mark.parametrize("away", ["https://example.com/", "//example.com/x", "javascript:alert(1)"])
def test_preferences_lead_to_no_other_site(away: str, regions: None) -> None:
    answer = signed_in(make_user("village", VILLAGE)).get(
        reverse("preference"), {"unit": "wan", "next": away}
    )
    assert answer.url == reverse("workbench")


def test_an_unknown_choice_is_not_kept(regions: None) -> None:
    user = make_user("village", VILLAGE)
    signed_in(user).get(reverse("preference"), {"unit": "dollar"})
    user.refresh_from_db()
    assert user.preferences == {}


def test_the_bell_counts_what_ended_since_one_looked(regions: None) -> None:
    user = make_user("county_office", COUNTY)
    other = make_user("county_office", COUNTY, username="other")
    for number, (author, finished) in enumerate([(user, NOW), (user, None), (other, NOW)]):
        Job.objects.create(
            kind="x",
            label="导入",
            key=str(number),
            state=JobState.DONE if finished else JobState.RUNNING,
            created_at=NOW - timedelta(hours=1),
            created_by_id=author.pk,
            finished_at=finished,
        )
    client = signed_in(user)
    assert client.get(reverse("workbench")).context["unread"] == 1
    shown = client.get(reverse("notifications"))
    assert [job.created_by_id for job in shown.context["jobs"]] == [user.pk, user.pk]
    assert client.get(reverse("workbench")).context["unread"] == 0


def test_health_answers_without_sign_in_and_says_nothing_else() -> None:
    answer = Client(SERVER_NAME="127.0.0.1").get(reverse("health"))
    assert answer.json() == {"ok": True}


def test_the_county_named_is_that_of_ones_unit(regions: None) -> None:
    unit = Unit.objects.create(name="云岭县帮扶办", kind=UnitKind.COUNTY_OFFICE, place=COUNTY)
    page = signed_in(make_user("county_office", COUNTY, unit=unit)).get(reverse("workbench"))
    assert page.context["county_name"] == "云岭县"


@pytest.mark.parametrize(
    ("role", "shown"), [("township", True), ("leader", False), ("audit_administrator", False)]
)
def test_the_find_box_is_for_those_who_may_see_households(role: str, shown: bool, regions: None) -> None:
    place = TOWN if role == "township" else COUNTY
    page = signed_in(make_user(role, place)).get(reverse("workbench")).content.decode()
    assert ('id="find"' in page) == shown


@pytest.mark.parametrize("name", ["pair_households", "accept_changes", "logout", "save_view", "verify_audit"])
def test_a_step_that_is_opened_like_a_page_says_that_it_is_none(name: str, regions: None) -> None:
    role = "audit_administrator" if name == "verify_audit" else "county_office"
    client = Client()
    client.force_login(make_user(role))
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这一步要从页面上办" in answer.content.decode() and "什么都没有改" in answer.content.decode()


def test_no_two_lines_of_the_menu_look_alike() -> None:
    icons = [item.icon for _, items in MENU for item in items]
    assert sorted(icons) == sorted(set(icons))
