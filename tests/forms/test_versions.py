"""A county's own sheets: drafted, checked by line, published for the sweeps to come, retired (C-184)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.forms.actions.versions import draft_form, edit_form, publish_form, retire_form
from bangfu.forms.enums import FormState
from bangfu.forms.models import FormVersion
from bangfu.forms.versions import form_of, shipped_text
from tests.cast import COUNTY, NOW, TOWN, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
CODE = "screening_sheet"
OWN = shipped_text(CODE).replace("家里的人和登记的一样吗", "家里几口人，和登记的一样吗")


def draft(text: str = OWN) -> FormVersion:
    by = make_user("county_office", COUNTY, username=f"writer-{FormVersion.objects.count()}")
    return draft_form(by=by, at=NOW, code=CODE, place=COUNTY, text=text, note="换一句话")


def published() -> FormVersion:
    row = draft()
    return publish_form(by=row.made_by, at=NOW, form=row, version=row.version)


def test_sweeps_to_come_fill_the_new_version_and_running_ones_keep_theirs(
    regions: dict[str, Region],
) -> None:
    make_household(regions)
    before = sweep_of(regions)
    version = published()
    after = sweep_of(regions, group="minimum_living")
    assert after.screening_form == version
    before.refresh_from_db()
    titles = [question.title for _, question in form_of(before.screening_form).questions()]
    assert "家里的人和登记的一样吗" in titles


def test_a_retired_version_gives_way_to_the_softwares_own(regions: dict[str, Region]) -> None:
    row = published()
    with pytest.raises(SituationForbids, match="为什么停用"):
        retire_form(by=row.made_by, at=NOW, form=row, version=row.version, reason=" ")
    row = retire_form(by=row.made_by, at=NOW, form=row, version=row.version, reason="题目太多")
    assert row.state == FormState.RETIRED
    assert sweep_of(regions).screening_form.is_shipped


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kind: yes_no, required: true}", "kind: photo, required: true}", "kind 是“photo”"),
        ("id: screening_sheet", "id: another", "编号 id 是“another”"),
    ],
)
def test_a_wrong_text_may_be_drafted_but_not_published(
    regions: dict[str, Region], old: str, new: str, sentence: str
) -> None:
    row = draft(OWN.replace(old, new, 1))
    with pytest.raises(SituationForbids, match=sentence) as refused:
        publish_form(by=row.made_by, at=NOW, form=row, version=row.version)
    assert "第 " in refused.value.message
    row.refresh_from_db()
    assert row.state == FormState.DRAFT


def test_a_published_text_never_changes(regions: dict[str, Region]) -> None:
    row = published()
    with pytest.raises(SituationForbids, match="只有草稿能改"):
        edit_form(by=row.made_by, at=NOW, form=row, version=row.version, text=OWN)


def test_of_two_writers_the_second_is_told(regions: dict[str, Region]) -> None:
    row = draft()
    edit_form(by=row.made_by, at=NOW, form=row, version=row.version, text=OWN + "\n", note="再改")
    with pytest.raises(StaleVersion):
        edit_form(by=row.made_by, at=NOW, form=row, version=row.version, text=OWN)


def test_a_township_does_not_write_for_the_county(regions: dict[str, Region]) -> None:
    row = draft()
    township = make_user("township", TOWN)
    with pytest.raises(NotPermitted):
        publish_form(by=township, at=NOW, form=row, version=row.version)
    with pytest.raises(NotPermitted):
        draft_form(by=township, at=NOW, code=CODE, place=COUNTY, text=OWN)


def test_the_pages_check_while_one_writes_and_show_the_sheet(regions: dict[str, Region]) -> None:
    client = Client()
    client.force_login(make_user("county_office", COUNTY, username="pages"))
    check = reverse("check_form", args=[CODE])
    wrong = client.post(check, {"text": OWN.replace("kind: yes_no", "kind: photo", 1)}).content.decode()
    assert "第 11 行" in wrong
    right = client.post(check, {"text": OWN}).content.decode()
    assert "家里几口人，和登记的一样吗" in right
    typed = {"place": COUNTY, "note": "换一句话", "text": OWN}
    made = client.post(reverse("draft_form", args=[CODE]), typed)
    row = FormVersion.objects.get(place=COUNTY)
    assert made["Location"] == reverse("form_version", args=[row.uid])
    client.post(reverse("publish_form", args=[row.uid]), {"version": row.version})
    assert "这里用第 1 版" in client.get(reverse("form_list")).content.decode()


def test_drafts_are_seen_by_who_may_change_them_only(regions: dict[str, Region]) -> None:
    row = draft()
    client = Client()
    client.force_login(make_user("village", VILLAGE))
    assert client.get(reverse("form_version", args=[row.uid])).status_code == 404
    publish_form(by=row.made_by, at=NOW, form=row, version=row.version)
    assert client.get(reverse("form_version", args=[row.uid])).status_code == 200
