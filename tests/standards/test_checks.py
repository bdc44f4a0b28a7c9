"""A thing is checked, read, mended and checked again, on pages and in lists (C-148, C-149, C-152, C-167)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.demo.standards import make_standards
from bangfu.metrics.registry import metric_of
from bangfu.standards.actions import checks
from bangfu.standards.actions.checks import Found, What
from bangfu.standards.models import StandardCheck, SubsidyProposal
from bangfu.standards.queries import ranked_seen
from bangfu.standards.versions import Held, held_in
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SIGNED = (("甲某", "县卫健局"), ("乙某", "乡镇卫生院"))
SHORT = {"area": Decimal(52), "equipped": True, "money_paper": True}


def _held(code: str) -> Held:
    held = held_in(code, COUNTY)
    assert held is not None
    return held


def _checked(
    by: User, regions: dict[str, Region], code: str = "clinic", thing: str = "卫生室", **found: object
) -> StandardCheck:
    values = {"on": TODAY, "answers": SHORT, "signers": SIGNED, **found}
    what = What(regions[VILLAGE], thing)
    return checks.record_standard_check(by=by, at=NOW, held=_held(code), what=what, found=Found(**values))  # type: ignore[arg-type]


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)


def test_a_failed_thing_is_mended_and_passes_when_checked_again(
    office: User, regions: dict[str, Region]
) -> None:
    first = _checked(office, regions, due_on=TODAY + timedelta(days=30))
    assert (first.verdict, first.score, first.items.filter(met=False).get().item) == ("failed", 2, "area")
    assert [one.name for one in first.signers.all()] == ["甲某", "乙某"]
    found = Found(TODAY, {**SHORT, "area": Decimal(60)}, SIGNED)
    again = checks.repeat_standard_check(by=office, at=NOW, earlier=first, held=_held("clinic"), found=found)
    first.refresh_from_db()
    assert (again.verdict, again.earlier, first.verdict, first.is_latest) == (
        "passed",
        first,
        "failed",
        False,
    )
    with pytest.raises(SituationForbids, match="已经按这个标准验收过"):
        _checked(office, regions)
    with pytest.raises(SituationForbids, match="已经复查过"):
        checks.repeat_standard_check(by=office, at=NOW, earlier=first, held=_held("clinic"), found=found)
    rate = metric_of("standard_passed_rate")
    assert rate is not None and rate.ratio_of is not None
    assert list(rate.rows(office, "", None)) == [again] == list(rate.ratio_of.rows(office, "", None))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"signers": ()}, "没有人签字"),
        ({"on": TODAY + timedelta(days=1)}, "之后"),
        ({"due_on": date(2020, 1, 1)}, "整改时限"),
    ],
)
def test_a_check_without_sense_is_refused(
    office: User, regions: dict[str, Region], found: dict[str, object], said: str
) -> None:
    with pytest.raises(SituationForbids, match=said):
        _checked(office, regions, **found)
    assert not StandardCheck.objects.exists()


def test_only_who_checks_there_records(regions: dict[str, Region]) -> None:
    for user in (make_user("county_office", OTHER_COUNTY), make_user("village", VILLAGE)):
        with pytest.raises(NotPermitted):
            _checked(user, regions)


def test_shops_are_ranked_within_the_quota_of_their_group(office: User, regions: dict[str, Region]) -> None:
    base = {"group": "第二组", "reported": True, "sales_paper": True}
    for name, sales in (("甲店", 500), ("乙店", 900), ("丙店", 300), ("丁店", 300)):
        _checked(office, regions, "model_shop", name, answers={**base, "sales": Decimal(sales)})
    _checked(
        office, regions, "model_shop", "无材料", answers={**base, "sales": Decimal(999), "sales_paper": False}
    )
    first, second = ranked_seen(office, _held("model_shop").standard)
    assert first.things == ()
    marks = [(one.check.thing, one.chosen, one.tied) for one in second.things]
    assert marks[:2] == [("乙店", True, False), ("甲店", True, False)]
    assert [mark[1:] for mark in marks[2:]] == [(False, True), (False, True)]


def test_the_pages_say_what_is_missing_and_keep_what_was_typed(
    office: User, regions: dict[str, Region], signed_in: SignIn
) -> None:
    client = signed_in(office)
    address = reverse("record_standard_check", args=["clinic"])
    typed = {"region": regions[VILLAGE].pk, "thing": "上寨卫生室", "on": TODAY.isoformat(), "i_area": "52"}
    typed |= {"i_equipped": "yes", "i_money_paper": "yes"}
    refused = client.post(address, {**typed, "signers": "甲某"}).content.decode()
    assert "“甲某”没有写单位" in refused
    assert "上寨卫生室" in refused
    page = client.post(address, {**typed, "signers": "甲某 县卫健局"}, follow=True).content.decode()
    assert "52 平方米，要求不少于 60 平方米，差 8 平方米" in page
    check = StandardCheck.objects.get()
    for name in ("standard_list", "standard_check_list", "standard_missing_list"):
        assert client.get(reverse(name)).status_code == 200
    assert "差 8 平方米" in client.get(reverse("standard_missing_list")).content.decode()
    assert "上寨卫生室" in client.get(reverse("standard_check_list") + "?f_latest=yes").content.decode()
    for name, uid in (("print_standard_check", check.uid), ("evidence_list", check.subject.uid)):
        assert client.get(reverse(name, args=[uid])).status_code == 200
    village = signed_in(make_user("village", VILLAGE))
    seen = village.get(reverse("standard_check_file", args=[check.uid])).content.decode()
    assert "上寨卫生室" in seen
    assert "复查" not in seen
    assert village.get(reverse("evidence_list", args=[check.subject.uid])).status_code == 200
    assert village.get(address).status_code == 403


def test_the_made_up_county_has_a_thing_mended_and_a_tie_at_the_cut(
    office: User, regions: dict[str, Region], signed_in: SignIn
) -> None:
    make_standards({"xian": office}, {"village": regions[VILLAGE], "county": regions[COUNTY]}, at=NOW)
    verdicts = (
        StandardCheck.objects.filter(is_latest=True).values_list("code", "verdict").distinct().order_by()
    )
    assert set(verdicts) == {("clinic", "passed"), ("culture_centre", "failed"), ("model_shop", "passed")}
    page = signed_in(office).get(reverse("standard_page", args=["model_shop"])).content.decode()
    assert "并列，请县里定" in page
    assert "320,000" in page
    assert SubsidyProposal.objects.count() == 2
    _, shops = ranked_seen(office, _held("model_shop").standard)
    assert [(one.chosen, one.tied) for one in shops.things] == [(True, False)] * 2 + [(False, True)] * 2
