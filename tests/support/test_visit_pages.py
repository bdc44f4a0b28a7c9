"""The pages of visits: my households, the note, the visit, the tab, the ledger; what counts for duties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.ids import uid7
from bangfu.core.models import Region
from bangfu.duties.sources import Done, matchers
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import Household, ProposedChange
from bangfu.support.actions.parties import subject_of_region
from bangfu.support.actions.visits import withdraw_visit
from bangfu.support.models import Visit
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, VILLAGE, make_user
from tests.evidence.pictures import phone_jpeg
from tests.support.visit_builders import a_helper, a_unit, tied, visited

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def helper(household: Household) -> User:
    return a_helper(household, a_unit())


@pytest.fixture
def browser(helper: User, signed_in: SignIn) -> Client:
    return signed_in(helper)


def typed(**given: Any) -> dict[str, Any]:
    """What the form sends for an ordinary visit today."""
    facts = {"uid": str(uid7()), "way": "home", "met": ["head"], "changed": "no", "new_risk": "no"}
    return {**facts, "on": timezone.localdate().isoformat(), **given}


def text_of(client: Client, name: str, *arguments: object) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


def test_the_note_opens_filled_and_demands_nothing_rare(browser: Client, household: Household) -> None:
    page = text_of(browser, "record_visit", household.uid)
    assert household.head_name in page and "不要求拍照，不要求定位" in page
    assert 'value="home"' in page and "<details" in page and "<details open" not in page


def test_a_note_is_kept_and_the_list_comes_back(browser: Client, household: Household) -> None:
    sent = typed()
    answer = browser.post(reverse("record_visit", args=[household.uid]), sent)
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("my_household_list")
    assert str(Visit.objects.get().uid) == sent["uid"]
    browser.post(reverse("record_visit", args=[household.uid]), sent)
    assert Visit.objects.count() == 1, "连点两次，只记一次"


def test_a_refused_note_comes_back_with_everything(browser: Client, household: Household) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = browser.post(
        reverse("record_visit", args=[household.uid]), typed(on=tomorrow, text="屋顶漏雨")
    ).content.decode()
    assert "还没存" in page and "最晚到今天" in page and "屋顶漏雨" in page and not Visit.objects.exists()


def test_a_photograph_is_drawn_anew_and_hangs_on_the_household(browser: Client, household: Household) -> None:
    photo = SimpleUploadedFile("a.jpg", phone_jpeg(), "image/jpeg")
    browser.post(reverse("record_visit", args=[household.uid]), typed(photo=photo))
    visit = Visit.objects.get()
    assert visit.photo == EvidenceFile.objects.get() and visit.photo.subject == household.subject


def test_what_changed_leads_on_to_a_proposal(browser: Client, household: Household) -> None:
    sent = typed(changed="yes", changed_what=["water"])
    answer = browser.post(reverse("record_visit", args=[household.uid]), sent)
    visit = Visit.objects.get()
    assert answer.headers["Location"] == reverse("visit_file", args=[visit.uid])
    propose = reverse("propose_visit_change", args=[visit.uid])
    assert propose in text_of(browser, "visit_file", visit.uid)
    values = {"version": household.version, "safe_water": "true"}
    browser.post(propose, values)
    assert ProposedChange.objects.get().visit_source.visit == visit
    assert "变更建议：户信息" in text_of(browser, "visit_file", visit.uid)


def test_a_village_of_ones_tie_has_a_note_of_its_own(
    browser: Client, helper: User, regions: dict[str, Region]
) -> None:
    village = regions[VILLAGE]
    assert village.subject is not None
    address = reverse("record_village_visit", args=[village.subject.uid])
    assert browser.get(address).status_code == 404
    tied(helper, village, "leader_village")
    assert address in text_of(browser, "my_household_list")
    browser.post(address, typed(way="village", met=["officials"]))
    assert Visit.objects.get().household is None


def test_a_withdrawn_visit_is_marked_everywhere(browser: Client, helper: User, household: Household) -> None:
    visit = visited(helper, household, on=TODAY)
    browser.post(
        reverse("withdraw_visit", args=[visit.uid]), {"version": visit.version, "reason": "记错户了"}
    )
    assert "已撤下" in text_of(browser, "visit_file", visit.uid)
    assert "已撤下" in text_of(browser, "visit_list")
    tab = browser.get(reverse("household_file", args=[household.uid]) + "?tab=visits").content.decode()
    assert "已撤下" in tab and reverse("visit_file", args=[visit.uid]) in tab


def test_only_the_visitor_finds_the_way_to_withdraw(
    helper: User, household: Household, signed_in: SignIn
) -> None:
    visit = visited(helper, household)
    way = reverse("withdraw_visit", args=[visit.uid])
    assert way in text_of(signed_in(helper), "visit_file", visit.uid)
    assert way not in text_of(signed_in(make_user("village", VILLAGE)), "visit_file", visit.uid)
    outsider = signed_in(make_user("township", OTHER_TOWN))
    assert outsider.get(reverse("visit_file", args=[visit.uid])).status_code == 404


def done(name: str, holders: list[int] | None = None) -> set[Done]:
    return set(matchers()[name].done(date(2026, 1, 1), date(2026, 12, 31), holders))


def test_a_visit_counts_for_the_visitor_and_the_unit(helper: User, household: Household) -> None:
    visit = visited(helper, household, way="phone")
    assert helper.unit is not None
    person, unit = helper.party.subject_id, helper.unit.party.subject_id
    record = f"visit:{visit.pk}"
    target = household.subject_id
    assert done("household_visit") == {Done(person, target, TODAY, record), Done(unit, target, TODAY, record)}
    assert done("household_visit", [unit]) == {Done(unit, target, TODAY, record)}
    assert done("village_visit") == set(), "打电话不算到村"


def test_going_to_the_village_counts_for_it_and_for_what_is_above(
    helper: User, household: Household, regions: dict[str, Region]
) -> None:
    tied(helper, regions[COUNTY], "leader_county")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        county = subject_of_region(regions[COUNTY])
    visited(helper, household)
    visited(helper, regions[VILLAGE])
    village = regions[VILLAGE].subject
    assert village is not None
    assert {one.target for one in done("village_visit")} == {village.pk, county.pk}
    assert len({one.record for one in done("village_visit")}) == 2


def test_who_was_not_met_and_what_was_withdrawn_do_not_count(helper: User, household: Household) -> None:
    visited(helper, household, met=["nobody"])
    visit = visited(helper, household)
    withdraw_visit(by=helper, at=NOW, visit=visit, version=visit.version, reason="记错户了")
    assert done("household_visit") == set()


def test_records_are_shown_in_words_with_a_page_for_who_may_see_it(
    helper: User, household: Household
) -> None:
    visit = visited(helper, household)
    record = f"visit:{visit.pk}"
    show = matchers()["household_visit"].show_records
    assert show is not None
    assert show(helper, [record])[record].url == reverse("visit_file", args=[visit.uid])
    assert show(make_user("township", OTHER_TOWN), [record])[record].url == ""


def test_a_duty_leads_to_the_note_of_its_household(helper: User, household: Household) -> None:
    ask = matchers()["household_visit"].record_url
    assert ask is not None
    assert ask(helper, household.subject_id) == reverse("record_visit", args=[household.uid])
    assert ask(a_helper(name="helper-2"), household.subject_id) == reverse("my_household_list")
    assert ask(make_user("supervisor", COUNTY), household.subject_id) == ""
