"""What a preflight finds: who is who, what is refused and why, what would change. C-104."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangfu.access.models import Identity, User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.exchange import actions
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_commit
from bangfu.households.models import Household, Member
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_regions, make_user
from tests.exchange.rosters import HEADER, committed, family, person, preflighted, silent, upload
from tests.households.builders import id_number, make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    make_regions()
    return make_user("township", TOWN)


def reasons(batch: Batch) -> dict[int, str]:
    """What should have stood in each rejected row, by row number."""
    return {
        row["row"]: f"{group['column']}：{group['expected']}"
        for group in batch.preflight["rejections"]
        for row in group["rows"]
    }


def the_reason(batch: Batch) -> str:
    (reason,) = reasons(batch).values()
    return reason


def test_nothing_is_written_before_the_commit(clerk: User) -> None:
    changes = Change.objects.count()
    batch = preflighted(family("H1", "杨志明"), clerk)
    assert batch.state == BatchState.PREFLIGHTED
    assert not Household.objects.exists() and not Identity.objects.exists()
    assert Change.objects.count() == changes


def test_the_sums_balance(clerk: User) -> None:
    rows = [
        *family("H1", "杨志明", "杨小军"),
        person("H2", "李秀兰", 行政村="没有的村"),
        person("", "王大山"),
    ]
    batch = preflighted([*rows, rows[0]], clerk)
    counts = batch.preflight["counts"]
    assert counts == {
        "read": 5,
        "accepted": 3,
        "new": 2,
        "changed": 0,
        "same": 1,
        "duplicates": 1,
        "rejected": 2,
    }
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected) == (5, 3, 2)


def test_places_outside_the_scope_are_refused(clerk: User) -> None:
    rows = [*family("H1", "杨志明"), person("H2", "李秀兰", 乡镇="白水乡", 行政村="大沟村")]
    batch = preflighted(rows, clerk)
    assert "不在您的管辖范围" in the_reason(batch)
    assert batch.rows_accepted == 1


def test_only_who_may_register_may_bring_a_roster() -> None:
    make_regions()
    batch = preflighted(family("H1", "杨志明"), make_user("department", COUNTY), place=COUNTY)
    assert batch.state == BatchState.FAILED
    assert "登记户、成员和自然变更" in batch.error


def test_a_number_used_twice_in_the_file_is_refused_the_second_time(clerk: User) -> None:
    rows = [*family("H1", "杨志明"), *family("H2", "李秀兰")]
    rows[1]["证件号码"] = rows[0]["证件号码"]
    batch = preflighted(rows, clerk)
    assert reasons(batch) == {
        3: "证件号码：没有别人用的证件号码（前面的行里另一个人用了同一个号码）",
    }


def test_a_member_code_in_two_households_stays_with_the_first(clerk: User) -> None:
    rows = [person("H1", "杨志明", 人编号="M1"), person("H2", "杨志明", 人编号="M1")]
    rows[1]["证件号码"] = rows[0]["证件号码"]
    assert "前面的行把这个人写在另一户" in the_reason(preflighted(rows, clerk))


def test_somebody_registered_in_another_household_is_not_moved(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军")
    committed(rows, clerk)
    moved = person("H2", "杨小军", 证件号码=rows[1]["证件号码"])
    batch = preflighted([moved], clerk)
    assert "册上这个人在另一户" in the_reason(batch)


def test_somebody_registered_out_of_the_scope_is_not_told_of(clerk: User) -> None:
    county = make_user("county_office", COUNTY)
    rows = [person("H1", "杨志明", 乡镇="白水乡", 行政村="大沟村")]
    committed(rows, county, place=COUNTY)
    batch = preflighted([person("H1", "杨志明", 证件号码=rows[0]["证件号码"])], clerk)
    assert batch.preflight["differences"]["missing"] == []
    assert "白水乡" not in str(batch.preflight) and "大沟村" not in str(batch.preflight)


def test_nobody_is_merged_by_name_alone(clerk: User) -> None:
    committed(family("H1", "杨志明"), clerk)
    batch = committed([person("H1", "杨志明", "配偶", 证件号码=id_number(date(1975, 1, 1)))], clerk)
    assert batch.receipt["counts"]["new"] == 1
    assert Member.objects.filter(name="杨志明").count() == 2


def test_a_namesake_without_any_number_is_refused(clerk: User) -> None:
    committed(family("H1", "杨志明"), clerk)
    batch = preflighted([person("H1", "杨志明", 证件号码="")], clerk)
    assert "分不清" in the_reason(batch)


def test_a_person_without_number_is_found_again_by_name_and_birth_date(clerk: User) -> None:
    header = (*HEADER, "出生日期")
    rows = [person("H1", "杨志明", 证件号码="", 出生日期="1950-02-03")]
    committed(rows, clerk, header=header)
    batch = preflighted(rows, clerk, header=header)
    assert batch.preflight["counts"]["same"] == 1


def test_a_missing_number_is_filled_in_and_a_different_one_is_not(clerk: User) -> None:
    rows = [person("H1", "杨志明", 证件号码="", 人编号="M1"), person("H1", "杨丽", "之女", 人编号="M2")]
    committed(rows, clerk)
    known = rows[1]["证件号码"]
    rows[0]["证件号码"] = id_number()
    rows[1]["证件号码"] = id_number()
    batch = committed(rows, clerk)
    assert Member.objects.get(code="M1").identity.id_number == rows[0]["证件号码"]
    assert Member.objects.get(code="M2").identity.id_number == known
    assert "册上这个人的号码不同" in the_reason(batch)


def test_somebody_known_who_belongs_to_nobody_keeps_the_identity(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军")
    committed(rows, clerk)
    from bangfu.households.actions.natural import record_natural_change
    from bangfu.households.enums import NaturalChangeKind

    left = Member.objects.get(name="杨小军")
    record_natural_change(
        by=clerk,
        at=NOW,
        household=left.household,
        kind=NaturalChangeKind.OTHER_OUT,
        occurred_on=TODAY,
        member=left,
    )
    committed([*family("H2", "李秀兰"), person("H2", "杨小军", "配偶", 证件号码=rows[1]["证件号码"])], clerk)
    here = Member.objects.get(name="杨小军", household__code="H2")
    assert here.identity_id == left.identity_id


def test_members_whom_the_file_does_not_name_stay_and_are_listed(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军")
    committed(rows, clerk)
    batch = committed(rows[:1], clerk)
    assert batch.preflight["differences"]["missing"] == [{"household": "H1", "name": "杨小军"}]
    assert Household.objects.get().member_count == 2


def test_changed_fields_are_counted(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军")
    committed(rows, clerk)
    for row in rows:
        row |= {"健康状况": "残疾", "户类型": "一般农户"}
    fields = preflighted(rows, clerk).preflight["differences"]["fields"]
    assert {(one["kind"], one["title"], one["count"]) for one in fields} == {
        ("户", "户类型", 1),
        ("成员", "健康状况", 2),
    }


def test_a_household_of_another_village_is_not_moved(clerk: User) -> None:
    committed(family("H1", "杨志明"), clerk)
    batch = preflighted([person("H1", "杨志明", 行政村="下河村")], clerk)
    assert "搬迁请登记自然变更" in the_reason(batch)


def test_a_value_that_its_field_cannot_hold_is_refused(clerk: User) -> None:
    batch = preflighted([person("H1", "杨志明", 健康状况="很" * 61)], clerk)
    assert "不超过 60 个字" in the_reason(batch)


def test_a_birth_date_that_is_yet_to_come_is_refused(clerk: User) -> None:
    rows = [person("H1", "杨志明", 证件号码="", 出生日期="2031-05-06")]
    batch = preflighted(rows, clerk, header=(*HEADER, "出生日期"))
    assert f"不晚于今天（{TODAY}）的日期" in the_reason(batch)


def test_a_number_with_a_birth_date_that_is_yet_to_come_is_refused(clerk: User) -> None:
    batch = preflighted([person("H1", "杨志明", 证件号码=id_number(date(2031, 5, 6)))], clerk)
    assert f"出生日期不晚于今天（{TODAY}）的号码" in the_reason(batch)


def test_a_wrong_number_comes_in_as_it_is(clerk: User) -> None:
    committed([person("H1", "杨志明", 证件号码="530999197405060000")], clerk)
    assert Member.objects.get().identity.id_number == "530999197405060000"
    again = preflighted([person("H1", "杨志明", 证件号码="530999197405060000", 人编号="")], clerk)
    assert again.preflight["counts"]["rejected"] == 1


def test_guessed_columns_are_confirmed_before_the_commit(clerk: User) -> None:
    header = tuple("其他电话" if title == "联系电话" else title for title in HEADER)
    rows = [{key: value for key, value in row.items() if key != "联系电话"} for row in family("H1", "杨志明")]
    batch = preflighted([row | {"其他电话": "13800002051"} for row in rows], clerk, header=header)
    batch.preflight["guessed"] = ["其他电话"]
    with pytest.raises(SituationForbids, match="还有 1 列是猜的"):
        check_commit(batch)


def test_a_person_says_what_a_column_is(clerk: User) -> None:
    header = tuple("打哪个号" if title == "联系电话" else title for title in HEADER)
    rows: list[dict[str, Any]] = [row | {"打哪个号": "13800002051"} for row in family("H1", "杨志明")]
    batch = upload(rows, clerk, header=header)
    actions.preflight_batch(by=clerk, at=NOW, batch=batch, chosen={"打哪个号": "phone", "健康状况": ""})
    actions.run_preflight(batch, by=clerk, at=NOW, progress=silent)
    actions.run_commit(batch, by=clerk, at=NOW, progress=silent)
    member = Member.objects.get()
    assert (member.phone, member.health) == ("13800002051", "")


def test_households_registered_by_hand_are_met_by_their_code() -> None:
    regions = make_regions()
    home = make_household(regions, VILLAGE, code="H1", members=1)
    batch = preflighted([person("H1", "杨小军", "之子")], make_user("township", TOWN))
    assert batch.preflight["differences"]["households"] == {"new": 0, "changed": 1, "same": 0}
    assert batch.preflight["differences"]["missing"] == [{"household": "H1", "name": home.head_name}]


def test_another_townships_clerk_cannot_take_the_batch_on(clerk: User) -> None:
    from bangfu.core.errors import NotPermitted

    batch = preflighted(family("H1", "杨志明"), clerk)
    with pytest.raises(NotPermitted):
        actions.commit_batch(by=make_user("township", OTHER_TOWN), at=NOW, batch=batch)
