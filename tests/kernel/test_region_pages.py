"""Regions on the page: the tree of one's places, additions from the national table, dated corrections."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Region, RegionCode
from bangfu.core.regions import add_region, rename_region
from tests.cast import COUNTY, NOW, OTHER_TOWN, SISTER_VILLAGE, TODAY, TOWN, VILLAGE, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
REAL_COUNTY = "530326"


def post(client: Client, page: str, region: str, /, **typed: object) -> tuple[int, str]:
    answer = client.post(reverse(page, args=[region]), typed)
    return answer.status_code, answer.content.decode()


def test_the_tree_opens_at_ones_own_place(regions: dict[str, Region], signed_in: SignIn) -> None:
    client = signed_in(make_user("county_office"))
    page = client.get(reverse("region_list")).content.decode()
    assert "云岭县" in page and "青石镇" in page and "雾山县" not in page
    assert "上寨村" in client.get(reverse("region_file", args=[TOWN])).content.decode()
    for name in ("region_file", "add_region", "rename_region", "recode_region", "merge_region"):
        assert client.get(reverse(name, args=["530998"])).status_code == 404
        assert client.get(reverse(name, args=["5309"])).status_code == 404


@pytest.mark.parametrize("role", ["audit_administrator", "security_administrator", "leader"])
def test_others_have_nothing_to_do_here(regions: dict[str, Region], signed_in: SignIn, role: str) -> None:
    client = signed_in(make_user(role))
    assert client.get(reverse("region_list")).status_code == 403
    assert post(client, "rename_region", TOWN, version=1, name="x", on=TODAY, basis="x")[0] == 403


def test_a_township_comes_from_the_national_table(signed_in: SignIn) -> None:
    add_region(by=SYSTEM, at=NOW, code=REAL_COUNTY, name="会泽县")
    client = signed_in(make_user("county_office", REAL_COUNTY))
    address = reverse("add_region", args=[REAL_COUNTY])
    found = client.get(address, {"q": "娜姑"}).context["found"]
    assert [each.name for each in found][:1] == ["娜姑镇"]
    post(
        client, "add_region", REAL_COUNTY, code=found[0].code, name=found[0].name, basis="国家统计用区划代码"
    )
    assert Region.objects.get(code=found[0].code).parent == Region.objects.get(code=REAL_COUNTY)
    assert found[0] not in client.get(address, {"q": "娜姑"}).context["found"]


def test_a_group_gets_the_next_number(regions: dict[str, Region], signed_in: SignIn) -> None:
    client = signed_in(make_user("county_office"))
    form = client.get(reverse("add_region", args=[VILLAGE])).context["form"]
    assert form["code"].value() == f"{VILLAGE}001"
    status, _ = post(client, "add_region", VILLAGE, code=f"{VILLAGE}001", name="一组", on="2026-01-01")
    assert status == 302
    status, page = post(client, "add_region", VILLAGE, code=f"{VILLAGE}001", name="又一组")
    assert status == 200 and "用过" in page and "又一组" in page
    status, page = post(client, "add_region", VILLAGE, code="530998101009", name="外县村")
    assert status == 200 and "没有“管理区划”的权限" in page


def test_a_name_and_a_code_are_corrected_with_date_and_basis(
    regions: dict[str, Region], signed_in: SignIn
) -> None:
    client = signed_in(make_user("county_office"))
    status, _ = post(client, "rename_region", TOWN, version=1, name="青石街道", on=TODAY, basis="批复")
    assert status == 302
    status, _ = post(client, "recode_region", TOWN, version=2, code=f"{COUNTY}001", on=TODAY, basis="批复")
    assert status == 302
    page = client.get(reverse("region_file", args=[f"{COUNTY}001"])).content.decode()
    assert "青石街道" in page and "青石镇" in page and TOWN in page
    assert RegionCode.objects.filter(code=TOWN).exists()
    status, page = post(client, "recode_region", OTHER_TOWN, version=1, code="530998009", on=TODAY, basis="x")
    assert status == 200 and Region.objects.filter(code=OTHER_TOWN).exists()


def test_a_stale_form_keeps_what_was_typed_and_says_what_is_there(
    regions: dict[str, Region], signed_in: SignIn
) -> None:
    town = regions[TOWN]
    client = signed_in(make_user("county_office"))
    rename_region(by=SYSTEM, at=NOW, region=town, version=1, name="别人改的镇", on=TODAY, basis="批复")
    typed = {"version": 1, "name": "我改的镇", "on": TODAY, "basis": "批复"}
    status, page = post(client, "rename_region", TOWN, **typed)
    assert status == 200
    assert "我改的镇" in page and "现在是：别人改的镇" in page and 'name="version" value="2"' in page
    assert Region.objects.get(code=TOWN).name == "别人改的镇"
    assert post(client, "rename_region", TOWN, **{**typed, "version": 2})[0] == 302


def test_a_village_goes_into_another(regions: dict[str, Region], signed_in: SignIn) -> None:
    client = signed_in(make_user("county_office"))
    targets = client.get(reverse("merge_region", args=[VILLAGE])).context["form"].fields["into"].queryset
    assert {region.code for region in targets} == {SISTER_VILLAGE, "530999102001"}
    into = regions[SISTER_VILLAGE].pk
    status, _ = post(client, "merge_region", VILLAGE, version=1, into=into, on=TODAY, basis="合村批复")
    assert status == 302
    page = client.get(reverse("region_file", args=[VILLAGE])).content.decode()
    assert "停用" in page and "并入下河村" in page
    status, page = post(
        client, "merge_region", TOWN, version=1, into=regions[OTHER_TOWN].pk, on=TODAY, basis="x"
    )
    assert status == 200 and "在用的区划" in page
