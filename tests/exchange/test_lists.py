"""Departments' lists in the lake: what lies there, what counts, what an undo takes away (C-185)."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pyarrow.parquet as pq
import pytest

from bangfu.access.crypto import WHOLE, index_of
from bangfu.access.models import Identity, User
from bangfu.core.errors import SituationForbids
from bangfu.exchange import actions
from bangfu.exchange.lake.batches import valid_lists
from bangfu.exchange.lake.files import draft_path, in_lake
from bangfu.exchange.lake.sweeping import sweep_lake
from bangfu.exchange.models import Batch, BatchState, ListBatch, ListState
from bangfu.households.models import Household
from tests.cast import COUNTY, NOW, OTHER_TOWN, TOWN, make_regions, make_user
from tests.exchange.lists import BILLS, bill, judged, sent
from tests.exchange.rosters import HEADER, committed, family, silent
from tests.households.builders import id_number

pytestmark = pytest.mark.django_db
STRANGER = id_number()


@pytest.fixture
def office() -> User:
    make_regions()
    return make_user("county_office", COUNTY)


def valid() -> list[str]:
    return [one.batch.number for one in valid_lists(COUNTY)]


def test_the_lake_holds_facts_and_no_word_that_tells_who(office: User) -> None:
    secret = (
        "欧阳知远",
        STRANGER,
        "13800002051",
        "夜郎村",
        "欧阳老太",
        "悄悄话",
        STRANGER[6:14],
        "1974-05-06",
    )
    row = bill("欧阳知远", STRANGER, 5200, 出生日期="1974-05-06", 行政村="夜郎村", 户主姓名="欧阳老太")
    batch = sent([row | {"备注": "悄悄话 13800002051"}], office)
    kept = ListBatch.objects.get()
    content = in_lake(kept.path).read_bytes()
    assert not [word for word in secret if word.encode() in content]
    table = pq.read_table(in_lake(kept.path))
    assert table["self_pay"].to_pylist()[0] == 5200
    assert not {"name", "id_number", "birth_date", "village", "head_name", "remark"} & set(table.column_names)
    assert table["name_mark"].to_pylist() == [None], "kept only beside a number that fails its check"
    texts = [str(value) for column in table.columns for value in column.to_pylist()]
    assert not [word for word in secret if any(word in text for text in texts)]
    assert kept.path == f"{COUNTY}/medical_expense/{batch.number}.parquet"


def test_long_numbers_are_taken_out_of_what_somebody_typed(office: User) -> None:
    header = ("姓名", "证件号码", "病种", "确诊日期")
    row = {
        "姓名": "张三",
        "证件号码": STRANGER,
        "病种": f"肺癌（{STRANGER}，电13800002051）",
        "确诊日期": "2026-10-01",
    }
    sent([row], office, header=header, name="大病.csv")
    table = pq.read_table(in_lake(ListBatch.objects.get().path))
    assert table["disease"].to_pylist() == ["肺癌（…，电…）"]


def test_numbers_go_to_the_vault_also_of_people_in_no_register(office: User) -> None:
    sent([bill("张三", STRANGER, 1), bill("张三", STRANGER, 2), bill("李四", "", 3)], office)
    identity = Identity.objects.get(id_index=index_of(WHOLE, STRANGER))
    assert identity.id_number == STRANGER
    table = pq.read_table(in_lake(ListBatch.objects.get().path))
    assert table["person_key"].to_pylist() == [identity.pk, identity.pk, None]
    sent([bill("张三", STRANGER, 4)], office, name="门诊.csv")
    assert Identity.objects.count() == 1


def test_a_member_has_the_same_key_in_the_list(office: User) -> None:
    rows = family("H1", "杨志明")
    committed(rows, make_user("township", TOWN))
    batch = sent([bill("杨志明", rows[0]["证件号码"], 5200)], office)
    member = Household.objects.get().members.get()
    table = pq.read_table(in_lake(ListBatch.objects.get().path))
    assert table["person_key"].to_pylist() == [member.identity_id]
    assert (batch.listed.linked_rows, batch.listed.linked_people) == (1, 1)


def test_the_receipt_balances_and_the_row_says_what_it_is(office: User) -> None:
    rows = [bill("张三", STRANGER, 1), bill("张三", STRANGER, 1), bill("李四", "", 3), bill("", "", 4)]
    batch = sent(rows, office)
    counts = batch.receipt["counts"]
    assert (counts["read"], counts["accepted"], counts["duplicates"], counts["rejected"]) == (4, 3, 1, 1)
    kept = batch.listed
    assert (kept.dataset, kept.place, kept.rows, str(kept.month)) == (
        "medical_expense",
        COUNTY,
        2,
        "2026-10-01",
    )
    assert Household.objects.count() == 0, "a list changes nobody in the register"


def test_equal_rows_of_two_lists_are_told_and_count_once(office: User) -> None:
    sent([bill("张三", STRANGER, 1), bill("张三", STRANGER, 2)], office)
    second = judged([bill("张三", STRANGER, 2), bill("张三", STRANGER, 3)], office, name="门诊.csv")
    counts = second.preflight["counts"]
    assert (counts["new"], counts["same"]) == (1, 1)


def test_the_same_list_sent_again_replaces_the_first(office: User) -> None:
    first = sent([bill("张三", STRANGER, 1)], office, name="医保10月.csv")
    second = sent([bill("张三", STRANGER, 9)], office, name="医保10月（更正）.csv")
    assert valid() == [second.number]
    states = dict(ListBatch.objects.with_state().values_list("batch__number", "state"))
    assert states == {first.number: ListState.REPLACED, second.number: ListState.VALID}


def test_another_list_of_the_month_stands_beside_the_first(office: User) -> None:
    first = sent([bill("张三", STRANGER, 1)], office, name="住院.csv")
    second = sent([bill("张三", STRANGER, 9)], office, name="门诊.csv")
    assert valid() == [first.number, second.number]


def test_what_a_person_says_decides(office: User) -> None:
    first = sent([bill("张三", STRANGER, 1)], office, name="住院.csv")
    answers = {"month": "2026-09", "replaces": first.number}
    second = sent([bill("张三", STRANGER, 9)], office, name="门诊.csv", answers=answers)
    assert valid() == [second.number]
    assert str(second.listed.month) == "2026-09-01"
    third = sent([bill("张三", STRANGER, 8)], office, name="门诊.csv", answers={"replaces": ""})
    assert valid() == [second.number, third.number]


def test_a_list_cannot_replace_one_that_counts_no_more(office: User) -> None:
    first = sent([bill("张三", STRANGER, 1)], office, name="住院.csv")
    sent([bill("张三", STRANGER, 2)], office, name="住院.csv")
    with pytest.raises(SituationForbids, match="已经撤回或被替代"):
        sent([bill("张三", STRANGER, 3)], office, name="别的.csv", answers={"replaces": first.number})
    assert Batch.objects.order_by("-id")[0].state == BatchState.PREFLIGHTED


def test_undo_withdraws_a_list_and_gives_the_replaced_one_back(office: User) -> None:
    first = sent([bill("张三", STRANGER, 1)], office, name="住院.csv")
    second = sent([bill("张三", STRANGER, 2)], office, name="住院.csv")
    actions.run_undo(second, by=office, at=NOW, reason="传错了", progress=silent)
    assert valid() == [first.number]
    state = ListBatch.objects.with_state().get(batch=second).state
    assert state == ListState.WITHDRAWN


def test_sweeping_takes_what_no_row_knows_and_what_was_withdrawn(office: User) -> None:
    kept = sent([bill("张三", STRANGER, 1)], office, name="住院.csv")
    undone = sent([bill("张三", STRANGER, 2)], office, name="门诊.csv")
    actions.run_undo(undone, by=office, at=NOW, reason="传错了", progress=silent)
    here, snapshot = in_lake(kept.listed.path), in_lake(f"{COUNTY}/members/2026-10.parquet")
    orphans = [here.with_name("IM-X.parquet"), draft_path("x.1")]
    snapshot.parent.mkdir(parents=True)
    for path in (*orphans, snapshot):
        path.write_bytes(b"half")
    later = datetime.now(UTC) + timedelta(hours=25)
    assert sweep_lake(later - timedelta(hours=2)) == 0, "somebody may still be at work on them"
    assert sweep_lake(later) >= 3
    gone = [*orphans, in_lake(undone.listed.path)]
    assert here.exists() and snapshot.exists() and not any(path.exists() for path in gone)


def test_a_list_counts_for_the_places_within_and_around(office: User) -> None:
    own = sent([bill("张三", STRANGER, 1)], make_user("township", TOWN), place=TOWN)
    county = sent([bill("张三", STRANGER, 2)], office, name="全县.csv")
    assert valid() == [own.number, county.number]
    assert [one.batch.number for one in valid_lists(TOWN)] == [own.number, county.number]
    assert [one.batch.number for one in valid_lists(OTHER_TOWN)] == [county.number]


def test_whom_a_list_is_about_is_said_before_the_commit(office: User) -> None:
    """By number; by name, birth date and village where the number is wrong; nobody by name alone."""
    rows = family("H1", "杨志明", "杨小军")
    rows[1] |= {"证件号码": ""}
    rows = [row | {"出生日期": "2001-02-03"} if not row["证件号码"] else row for row in rows]
    committed(rows, make_user("township", TOWN), header=(*HEADER, "出生日期"))
    batch = judged(
        [
            bill("杨志明", rows[0]["证件号码"], 1),
            bill("杨小军", "", 2, 出生日期="2001-02-03", 行政村="上寨"),
            bill("杨小军", "", 3, 出生日期="2001-02-03", 行政村="下河村"),
            bill("杨小军", "", 4, 出生日期="2001-02-03", 户主姓名="杨志明"),
            bill("杨小军", "", 5),
            bill("生人", STRANGER, 6),
        ],
        office,
    )
    said = batch.preflight["differences"]
    assert (said["linked_rows"], said["linked_people"], said["by_circumstances"]) == (3, 2, 2)
    assert {one["reason"]: one["count"] for one in said["unmatched"]} == {
        "没有证件号码；按姓名、出生日期和村（或户主）在名册里找不到这个人": 1,
        "没有证件号码；又缺出生日期、村或户主姓名，不能只凭姓名认人": 1,
        "证件号码有效，但名册里没有这个号码": 1,
    }


def test_a_file_with_two_lists_gives_two_batches(office: User) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(BILLS))
    book.active.append(["张三", STRANGER, "", "", "", "", "2026-10-08", "住院", 5])
    second = book.create_sheet("死亡")
    second.append(["姓名", "证件号码", "死亡日期"])
    second.append(["李四", STRANGER, "2026-09-01"])
    content = io.BytesIO()
    book.save(content)
    first = actions.upload_batch(
        by=office, at=NOW, file_name="两份.xlsx", content=content.getvalue(), place=COUNTY
    )
    actions.run_preflight(first, by=office, at=NOW, progress=silent)
    assert (first.dataset, first.preflight["others"]) == ("medical_expense", ["death"])
    other = actions.split_batch(by=office, at=NOW, batch=first, dataset="death")
    for batch in (first, other):
        actions.run_preflight(batch, by=office, at=NOW, progress=silent)
        actions.run_commit(batch, by=office, at=NOW, progress=silent)
    assert {one.dataset for one in valid_lists(COUNTY)} == {"medical_expense", "death"}
    with pytest.raises(SituationForbids, match="没有这种名单"):
        actions.split_batch(by=office, at=NOW, batch=first, dataset="vehicle")
