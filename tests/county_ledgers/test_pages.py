"""The pages of a defined ledger: it works as soon as it is saved (C-210)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import draft_ledger, retire_ledger
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.county_ledgers.versions import shipped_texts
from bangfu.households.models import Household
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, VILLAGE
from tests.county_ledgers.builders import CODE, SHOPS, published, recorded
from tests.training.builders import person

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def test_from_a_new_definition_to_its_first_row(regions: dict[str, Region], signed_in: Browser) -> None:
    office = signed_in(person("county_office"))
    draft = {"place": COUNTY, "note": "新的", "text": SHOPS}
    assert office.post(reverse("draft_new_ledger"), draft).status_code == 302
    version = LedgerVersion.objects.get()
    assert office.post(reverse("publish_ledger", args=[version.uid]), {"version": 1}).status_code == 302
    village = signed_in(person("village", VILLAGE))
    assert "村级小店" in village.get(reverse("county_ledger_list")).content.decode()
    typed = {
        "region": regions[VILLAGE].pk,
        "c_name": "山里人家",
        "c_people": "3",
        "c_each": "200",
        "c_paid": "600",
        "c_since": "2026-03",
        "c_licensed": "yes",
    }
    answer = village.post(reverse("record_row", args=[CODE]), typed)
    row = LedgerRow.objects.get()
    assert answer["Location"] == reverse("ledger_row", args=[row.uid])
    page = village.get(reverse("county_ledger_page", args=[CODE]), {"f_people_from": "3"}).content.decode()
    assert "山里人家" in page and "600.00" in page
    assert "山里人家" not in village.get(f"/ledgers/{CODE}/?f_people_from=4").content.decode()


def test_what_was_typed_comes_back_with_the_reason(regions: dict[str, Region], signed_in: Browser) -> None:
    published(person("county_office"))
    typed = {"region": regions[VILLAGE].pk, "c_name": "甲店", "c_people": "2", "c_each": "5", "c_paid": "11"}
    page = signed_in(person("village", VILLAGE)).post(reverse("record_row", args=[CODE]), typed)
    assert "差 1" in page.content.decode() and 'value="甲店"' in page.content.decode()


def test_preview_draws_the_form_or_names_the_line(regions: dict[str, Region], signed_in: Browser) -> None:
    office = signed_in(person("county_office"))
    assert "店名" in office.post(reverse("check_ledger"), {"text": SHOPS, "code": ""}).content.decode()
    wrong = SHOPS.replace("kind: yes_no", "kind: tick")
    assert "第 18 行" in office.post(reverse("check_ledger"), {"text": wrong, "code": ""}).content.decode()


def test_export_holds_the_rows_and_their_sum(regions: dict[str, Region], signed_in: Browser) -> None:
    published(person("county_office"))
    recorded(person("village", VILLAGE), regions)
    answer = signed_in(person("county_office")).get(f"/ledgers/{CODE}/?format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("山里人家" in row and 600 in row for row in cells)


def test_a_number_is_shown_without_the_zeros_its_column_pads_it_with(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    published(person("county_office"))
    recorded(person("village", VILLAGE), regions)
    page = signed_in(person("county_office")).get(f"/ledgers/{CODE}/").content.decode()
    assert ">3</td>" in page


def test_a_saved_view_of_a_defined_ledger(regions: dict[str, Region], signed_in: Browser) -> None:
    published(person("county_office"))
    browser = signed_in(person("village", VILLAGE))
    asked = {"ledger": f"county_ledger:{CODE}", "name": "大店", "query": "f_people_from=3"}
    assert browser.post(reverse("save_view"), asked)["Location"] == f"/ledgers/{CODE}/?f_people_from=3"
    assert "大店" in browser.get(f"/ledgers/{CODE}/").content.decode()


def test_a_retired_ledger_is_read_and_not_entered(regions: dict[str, Region], signed_in: Browser) -> None:
    office, village = person("county_office"), person("village", VILLAGE)
    version = published(office)
    row = recorded(village, regions)
    retire_ledger(by=office, at=NOW, ledger=version, version=version.version, reason="不用了")
    browser = signed_in(village)
    page = browser.get(reverse("county_ledger_page", args=[CODE])).content.decode()
    assert "山里人家" in page and "已经停用" in page and "登记一行" not in page
    assert "已停用" in browser.get(reverse("county_ledger_list")).content.decode()
    assert "山里人家" in browser.get(reverse("ledger_row", args=[row.uid])).content.decode()
    assert browser.get(f"/ledgers/{CODE}/?format=xlsx").status_code == 200
    assert browser.get(reverse("record_row", args=[CODE])).status_code == 404
    for step in ("edit_row", "move_row", "remove_row"):
        assert browser.get(reverse(step, args=[row.uid])).status_code == 404


def test_a_retired_ledger_is_drafted_anew_by_its_county_only(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    office = person("county_office")
    version = published(office)
    retire_ledger(by=office, at=NOW, ledger=version, version=version.version, reason="不用了")
    browser = signed_in(office)
    assert "最后用第 1 版" in browser.get(reverse("ledger_definition", args=[CODE])).content.decode()
    assert "村级小店" in browser.get(reverse("draft_ledger", args=[CODE])).content.decode()
    stranger = signed_in(person("village", FOREIGN_VILLAGE))
    assert stranger.get(reverse("county_ledger_page", args=[CODE])).status_code == 404


def test_a_draft_that_was_dropped_is_no_retired_ledger(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    office = person("county_office")
    draft = draft_ledger(by=office, at=NOW, code=CODE, place=COUNTY, text=SHOPS, note="试")
    retire_ledger(by=office, at=NOW, ledger=draft, version=draft.version, reason="不要了")
    assert signed_in(office).get(reverse("county_ledger_page", args=[CODE])).status_code == 404


def test_another_county_does_not_see_it(regions: dict[str, Region], signed_in: Browser) -> None:
    published(person("county_office"))
    row = recorded(person("village", VILLAGE), regions)
    stranger = signed_in(person("village", FOREIGN_VILLAGE))
    assert stranger.get(reverse("ledger_row", args=[row.uid])).status_code == 404
    assert stranger.get(reverse("county_ledger_page", args=[CODE])).status_code == 404


def test_a_wardens_row_stands_on_the_household_file(household: Household, signed_in: Browser) -> None:
    browser = signed_in(person("village", household.village.code))
    member = household.members.get(is_head=True)
    typed = {
        "code": household.head_name,
        "who": member.name,
        "c_begins_on": "2026-01-01",
        "c_contract": "林1",
    }
    assert browser.post(reverse("record_row", args=["forest_wardens"]), typed).status_code == 302
    tab = browser.get(reverse("household_file", args=[household.uid]), {"tab": "ledgers"}).content.decode()
    assert "生态护林员" in tab and "林1" in tab


@pytest.mark.parametrize("code", sorted(shipped_texts()))
def test_every_shipped_ledger_opens_and_can_be_entered(
    regions: dict[str, Region], signed_in: Browser, code: str
) -> None:
    browser = signed_in(person("county_office"))
    assert browser.get(reverse("county_ledger_page", args=[code])).status_code == 200
    assert browser.get(reverse("record_row", args=[code])).status_code == 200
    assert browser.get(reverse("ledger_definition", args=[code])).status_code == 200


def test_a_definition_that_can_no_longer_be_read_breaks_no_other(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    office = person("county_office")
    version = published(office)
    with recording(by=office, at=NOW, verb="edit_ledger"):
        LedgerVersion.objects.filter(pk=version.pk).update(text=SHOPS.replace("kind: month", "kind: season"))
    page = signed_in(office).get(reverse("county_ledger_list")).content.decode()
    assert "读不了，先不用" in page and "kind 是“season”" in page and "村级小店" in page
    assert "代缴参保费用" in page
    begun = signed_in(office).get(reverse("draft_ledger", args=[CODE])).content.decode()
    assert "kind: season" in begun
    assert signed_in(office).get(reverse("county_ledger_page", args=[CODE])).status_code == 404
    village = signed_in(person("village", VILLAGE))
    listed = village.get(reverse("county_ledger_list")).content.decode()
    assert "代缴参保费用" in listed and "村级小店" not in listed


def test_a_village_shows_its_rows_and_those_of_its_households(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    published(person("county_office"))
    clerk = person("village", VILLAGE)
    recorded(clerk, regions)
    recorded(clerk, regions, name="二店")
    address = reverse("village_file", args=[regions[VILLAGE].subject.uid])
    page = signed_in(clerk).get(address).content.decode()
    assert "村级小店 2" in page
    assert f"{reverse('county_ledger_page', args=[CODE])}?place={VILLAGE}" in page
    assert reverse("record_row", args=[CODE]) in page
    other = reverse("village_file", args=[regions["530999101002"].subject.uid])
    assert "村级小店 2" not in signed_in(person("county_office")).get(other).content.decode()
