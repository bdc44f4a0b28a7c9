"""The installation's own regions: additions, names, codes and mergers are dated and take their rows along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.access.models import RoleAssignment
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.history import row_at
from bangfu.core.models import AuditEvent, Parameter, Region, RegionCode, Subject
from bangfu.core.parameters import supersede_parameter
from bangfu.core.places import keep_on_merge
from bangfu.core.regions import (
    add_region,
    level_of,
    merge_region,
    next_group_code,
    recode_region,
    rename_region,
)
from tests.cast import (
    COUNTY,
    NOW,
    OTHER_TOWN,
    SISTER_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    make_user,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def add(code: str, name: str = "新村") -> Region:
    return add_region(by=SYSTEM, at=NOW, code=code, name=name, on=TODAY, basis="批复")


def test_a_real_county_brings_its_ancestors() -> None:
    county = add("530326", "会泽县")
    assert list(Region.objects.values_list("code", "name")) == [
        ("53", "云南省"),
        ("5303", "曲靖市"),
        ("530326", "会泽县"),
    ]
    assert county.parent is not None and county.parent.code == "5303"
    assert RegionCode.objects.get(region=county).valid_from == TODAY
    assert AuditEvent.objects.get(verb="add_region").place == "530326"


def test_a_village_becomes_a_subject(regions: dict[str, Region]) -> None:
    village = add(f"{TOWN}003")
    assert village.subject is not None
    assert (village.subject.place, village.subject.label) == (f"{TOWN}003", "新村")


@pytest.mark.parametrize("code", ["5", "530", "53099910", "5309991010011", "ab", "５３", ""])
def test_a_text_that_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(SituationForbids, match="不是区划代码"):
        level_of(code)


def test_an_unknown_parent_and_a_taken_code_are_refused(regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="999999"):
        add("999999001")
    with pytest.raises(SituationForbids, match="用过"):
        add(VILLAGE)


def test_groups_are_numbered_on(regions: dict[str, Region]) -> None:
    village = regions[VILLAGE]
    assert next_group_code(village) == f"{VILLAGE}001"
    add(f"{VILLAGE}001", "一组")
    add(f"{VILLAGE}007", "七组")
    assert next_group_code(village) == f"{VILLAGE}008"


def test_a_new_name_keeps_the_former_in_history(regions: dict[str, Region]) -> None:
    village = regions[VILLAGE]
    rename_region(
        by=SYSTEM, at=LATER, region=village, version=village.version, name="上寨社区", on=TODAY, basis="批复"
    )
    village.refresh_from_db()
    assert village.name == "上寨社区" and village.subject.label == "上寨社区"
    before = row_at(Region, village.pk, NOW)
    assert before is not None and before["name"] == "上寨村"


def test_a_stale_form_changes_nothing(regions: dict[str, Region]) -> None:
    village = regions[VILLAGE]
    with pytest.raises(StaleVersion):
        rename_region(by=SYSTEM, at=LATER, region=village, version=9, name="x", on=TODAY, basis="批复")
    with pytest.raises(SituationForbids, match="依据"):
        rename_region(by=SYSTEM, at=LATER, region=village, version=1, name="x", on=TODAY, basis=" ")
    village.refresh_from_db()
    assert village.name == "上寨村"


def test_a_new_code_takes_everything_along(regions: dict[str, Region]) -> None:
    add(f"{VILLAGE}001", "一组")
    user = make_user("village", VILLAGE)
    town = regions[TOWN]
    new = f"{COUNTY}105"
    before = {(r.name, r.code) for r in Region.objects.all()}
    recode_region(
        by=SYSTEM, at=LATER, region=town, version=town.version, code=new, on=date(2027, 1, 1), basis="批复"
    )
    moved = {(name, code.replace(TOWN, new, 1) if code.startswith(TOWN) else code) for name, code in before}
    assert {(r.name, r.code) for r in Region.objects.all()} == moved
    assert Subject.objects.get(pk=regions[VILLAGE].subject_id).place == f"{new}001"
    assert RoleAssignment.objects.get(user=user).place == f"{new}001"
    codes = RegionCode.objects.filter(region__name="一组").order_by("valid_from")
    assert [(c.code, c.valid_from, c.valid_to) for c in codes] == [
        (f"{VILLAGE}001", TODAY, date(2026, 12, 31)),
        (f"{new}001001", date(2027, 1, 1), None),
    ]


def test_a_new_code_may_lie_under_another_parent(regions: dict[str, Region]) -> None:
    village = regions[VILLAGE]
    recode_region(
        by=SYSTEM, at=LATER, region=village, version=1, code=f"{OTHER_TOWN}009", on=TODAY, basis="批复"
    )
    village.refresh_from_db()
    assert village.parent == regions[OTHER_TOWN]


@pytest.mark.parametrize("code", [SISTER_VILLAGE, COUNTY, "530997101001", VILLAGE])
def test_a_new_code_must_be_free_and_fit(regions: dict[str, Region], code: str) -> None:
    with pytest.raises(SituationForbids):
        recode_region(
            by=SYSTEM, at=LATER, region=regions[VILLAGE], version=1, code=code, on=TODAY, basis="批复"
        )
    assert Region.objects.get(code=VILLAGE).version == 1


def test_a_merger_moves_what_lies_in_the_village(
    regions: dict[str, Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    village, into = regions[VILLAGE], regions[SISTER_VILLAGE]
    user = make_user("village", VILLAGE)
    add_parameter(VILLAGE)
    monkeypatch.setattr("bangfu.core.places._kept_on_merge", set())
    keep_on_merge(Parameter)
    merge_region(by=SYSTEM, at=LATER, region=village, version=1, into=into, on=TODAY, basis="批复")
    village.refresh_from_db()
    assert (village.successor, village.valid_to) == (into, TODAY - timedelta(days=1))
    assert RoleAssignment.objects.get(user=user).place == SISTER_VILLAGE
    assert Parameter.objects.get().place == VILLAGE
    with pytest.raises(SituationForbids, match="停用"):
        rename_region(
            by=SYSTEM, at=LATER, region=village, version=village.version, name="x", on=TODAY, basis="批复"
        )


def add_parameter(place: str) -> None:
    supersede_parameter(
        by=SYSTEM, at=NOW, code="income_year_first_month", text="10", place=place, valid_from=TODAY,
        basis="县文件", grade="官",
    )  # fmt: skip


def test_a_town_with_open_villages_does_not_merge(regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="2 个在用的区划"):
        merge_region(
            by=SYSTEM,
            at=LATER,
            region=regions[TOWN],
            version=1,
            into=regions[OTHER_TOWN],
            on=TODAY,
            basis="x",
        )
    with pytest.raises(SituationForbids, match="同级"):
        merge_region(
            by=SYSTEM, at=LATER, region=regions[VILLAGE], version=1, into=regions[TOWN], on=TODAY, basis="x"
        )
