"""A county writes standards of its own in the browser (C-087, issue 7 part 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.versioned_texts import digest_of
from bangfu.core.changing import recording
from bangfu.core.models import AuditEvent, Region
from bangfu.standards.models import StandardVersion
from bangfu.standards.versions import all_held, held_in
from tests.cast import COUNTY, NOW, OTHER_COUNTY, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

_NEW = """id: food_store
title: 放心粮店
basis: 县里自定
grade: 知
about: named
noun: 粮店
items:
  - {id: area, title: 面积, kind: number, unit: 平方米, side: at_least, threshold: 20}
  - {id: sign, title: 有牌子, kind: yes_no}
"""


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)


def test_a_new_standard_is_written_published_and_holds_in_its_county_only(
    office: User, signed_in: SignIn
) -> None:
    client = signed_in(office)
    assert "新建标准" in client.get(reverse("standard_list")).content.decode()
    typed = {"place": COUNTY, "note": "新建", "text": _NEW.replace("side: at_least, ", "")}
    refused = client.post(reverse("draft_new_standard"), typed).content.decode()
    assert "“面积”的门槛 20 没有写方向 side" in refused and "side: at_least" not in refused
    assert not StandardVersion.objects.exists()
    client.post(reverse("draft_new_standard"), {**typed, "text": _NEW})
    row = StandardVersion.objects.get()
    assert (row.code, row.title, row.state, held_in("food_store", COUNTY)) == (
        "food_store",
        "放心粮店",
        "draft",
        None,
    )
    page = client.get(reverse("edit_standard", args=[row.uid])).content.decode()
    assert "没有发现错误，可以发布" in page and "不少于 20 平方米" in page
    done = client.post(reverse("publish_standard", args=[row.uid]), {"version": row.version}, follow=True)
    assert "放心粮店 第 1 版：已发布" in done.content.decode()
    assert held_in("food_store", COUNTY) is not None
    assert held_in("food_store", OTHER_COUNTY) is None
    assert "food_store" not in {held.standard.id for held in all_held(OTHER_COUNTY)}
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"draft_standard", "publish_standard"} <= verbs


def test_a_code_in_use_is_not_begun_anew(office: User, signed_in: SignIn) -> None:
    taken = _NEW.replace("food_store", "clinic")
    page = signed_in(office).post(
        reverse("draft_new_standard"), {"place": COUNTY, "note": "新建", "text": taken}
    )
    assert "编号“clinic”已经有一个标准" in page.content.decode()
    assert not StandardVersion.objects.exists()


def test_a_draft_with_mistakes_is_kept_checked_while_writing_and_not_published(
    office: User, signed_in: SignIn
) -> None:
    client = signed_in(office)
    held = held_in("clinic", COUNTY)
    assert held is not None
    wrong = held.text.replace("id: clinic", "id: hospital")
    checked = client.post(reverse("check_standard"), {"code": "clinic", "text": wrong}).content.decode()
    assert "编号 id 是“hospital”，这个标准的编号是“clinic”，不能改" in checked
    sound = client.post(reverse("check_standard"), {"code": "clinic", "text": held.text}).content.decode()
    assert "没有发现错误" in sound and "面积" in sound
    client.post(
        reverse("draft_standard", args=["clinic"]),
        {"place": COUNTY, "note": "改", "text": wrong},
        follow=True,
    )
    row = StandardVersion.objects.get(is_shipped=False)
    refused = client.post(reverse("publish_standard", args=[row.uid]), {"version": row.version})
    assert "没有发布，有 1 处要改" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == "draft"
    gone = client.post(
        reverse("retire_standard", args=[row.uid]), {"version": row.version, "reason": "写错了"}, follow=True
    )
    assert "已停用" in gone.content.decode()


def test_a_standard_of_a_ledger_that_is_not_there_is_not_published(office: User, signed_in: SignIn) -> None:
    text = _NEW.replace("about: named", "about: ledger\nledger: no_such_ledger")
    page = signed_in(office).post(reverse("check_standard"), {"code": "", "text": text}).content.decode()
    assert "没有编号是“no_such_ledger”的台账" in page


def test_only_the_county_defines_and_only_its_own(office: User, signed_in: SignIn) -> None:
    township = signed_in(make_user("township", f"{COUNTY}001"))
    assert "新建标准" not in township.get(reverse("standard_list")).content.decode()
    assert township.get(reverse("draft_standard", args=["clinic"])).status_code == 403
    client = signed_in(office)
    client.post(reverse("draft_new_standard"), {"place": COUNTY, "note": "新建", "text": _NEW})
    row = StandardVersion.objects.get()
    other = signed_in(make_user("county_office", OTHER_COUNTY))
    assert other.get(reverse("edit_standard", args=[row.uid])).status_code == 404
    elsewhere = client.post(
        reverse("draft_new_standard"),
        {"place": OTHER_COUNTY, "note": "新建", "text": _NEW.replace("food_store", "other_store")},
    )
    assert "选择一个有效的选项" in elsewhere.content.decode()
    assert StandardVersion.objects.count() == 1


def test_a_text_that_can_no_longer_be_read_is_told_and_breaks_no_other(
    office: User, signed_in: SignIn
) -> None:
    held = held_in("clinic", COUNTY)
    assert held is not None
    wrong = held.text.replace("side: at_least, ", "")
    with recording(by=office, at=NOW, verb="publish_standard"):
        StandardVersion.objects.create(
            code="clinic",
            number=7,
            title=held.standard.title,
            place=COUNTY,
            text=wrong,
            digest=digest_of(wrong),
            state="published",
            made_by=office,
            made_at=NOW,
            published_at=NOW,
        )
    assert held_in("clinic", COUNTY) is None
    others = {one.standard.id for one in all_held(COUNTY)}
    assert others == {one.standard.id for one in all_held(OTHER_COUNTY)} - {"clinic"}
    client = signed_in(office)
    page = client.get(reverse("standard_list")).content.decode()
    assert "读不了，先不用" in page and "的门槛 60 没有写方向 side" in page
    begun = client.get(reverse("draft_standard", args=["clinic"])).content.decode()
    assert "threshold: 60" in begun
    township = signed_in(make_user("township", f"{COUNTY}101"))
    assert "读不了" not in township.get(reverse("standard_list")).content.decode()
