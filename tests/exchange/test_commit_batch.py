"""Committing a roster: what comes into the register, and that the sums balance."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.jobs import JobCancelled
from bangfu.core.models import AuditEvent, Change, RowVersion
from bangfu.exchange import actions
from bangfu.exchange.models import BatchState
from bangfu.exchange.storage import REJECTED, folder_of, read
from bangfu.households.actions.registering import MemberFacts, add_member
from bangfu.households.models import Household, Member
from tests.cast import NOW, TOWN, VILLAGE, make_regions, make_user
from tests.exchange.rosters import committed, family, person, preflighted, silent
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def test_a_roster_comes_into_the_register() -> None:
    make_regions()
    rows = family("H1", "杨志明", "杨小军") + family("H2", "单于丹")
    rows[1] |= {"健康状况": "长期慢性病", "联系电话": "13800002051", "人编号": "M2"}
    batch = committed(rows, make_user("township", TOWN))
    home = Household.objects.get(code="H1")
    assert (home.head_name, home.member_count, home.place) == ("杨志明", 2, VILLAGE)
    assert (home.household_type, home.subject.label) == ("registered", "杨志明户（上寨村）")
    child = Member.objects.get(code="M2")
    assert (child.name, child.health, child.phone, child.is_head) == (
        "杨小军",
        "长期慢性病",
        "13800002051",
        False,
    )
    assert child.identity.id_number == rows[1]["证件号码"]
    assert (child.sex, child.birth_date.year) == ("male", 1974)
    assert Household.objects.get(code="H2").head_initials == "cyd"
    assert batch.state == BatchState.COMMITTED
    assert batch.receipt["counts"] == {
        "read": 3,
        "accepted": 3,
        "new": 3,
        "changed": 0,
        "same": 0,
        "duplicates": 0,
        "rejected": 0,
    }


def test_everything_is_one_change_and_one_event_with_the_digest() -> None:
    make_regions()
    batch = committed(family("H1", "杨志明", "杨小军"), make_user("township", TOWN))
    change = Change.objects.get(batch=batch.number)
    assert set(Member.objects.values_list("change_id", flat=True)) == {change.pk}
    event = AuditEvent.objects.get(verb="commit_batch")
    assert (event.change_id, event.data["digest"], event.place) == (change.pk, batch.digest, TOWN)


def test_the_same_file_again_changes_nothing() -> None:
    make_regions()
    by, rows = make_user("township", TOWN), family("H1", "杨志明", "杨小军")
    committed(rows, by)
    before = list(Member.objects.values_list("pk", "version"))
    batch = committed(rows, by)
    assert batch.receipt["counts"]["same"] == 2
    assert list(Member.objects.values_list("pk", "version")) == before
    assert not RowVersion.objects.exists()


def test_what_changed_is_written_and_the_rest_stays() -> None:
    make_regions()
    by, rows = make_user("township", TOWN), family("H1", "杨志明", "杨小军")
    committed(rows, by)
    rows[1]["健康状况"] = "残疾"
    rows.append(person("H1", "杨丽", "之女"))
    batch = committed(rows, by)
    counts = batch.receipt["counts"]
    assert (counts["new"], counts["changed"], counts["same"]) == (1, 2, 0)
    assert Household.objects.get(code="H1").member_count == 3
    assert Member.objects.get(name="杨小军").health == "残疾"
    assert Member.objects.get(name="杨志明").version == 1


def test_a_blank_cell_leaves_what_is_known() -> None:
    make_regions()
    by, rows = make_user("township", TOWN), family("H1", "杨志明")
    committed(rows, by)
    rows[0]["健康状况"] = ""
    assert committed(rows, by).receipt["counts"]["same"] == 1
    assert Member.objects.get().health == "健康"


def touched(code: str, by: User) -> None:
    """Somebody edits the household."""
    with recording(by=by, at=NOW, verb="edit_household"):
        Household.objects.filter(code=code).update(address="路边")


def test_a_household_changed_since_the_preflight_is_not_overwritten() -> None:
    make_regions()
    by = make_user("township", TOWN)
    rows = family("H1", "杨志明", "杨小军") + family("H2", "李秀兰")
    committed(rows, by)
    for row in rows:
        row["户类型"] = "一般农户"
    batch = preflighted(rows, by)
    touched("H1", by)
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    first, second = Household.objects.order_by("code")
    assert (first.household_type, first.address) == ("registered", "路边")
    assert second.household_type == "general"
    counts = batch.receipt["counts"]
    assert (counts["read"], counts["accepted"], counts["rejected"], batch.receipt["late"]) == (3, 1, 2, 2)
    sheet = openpyxl.load_workbook(io.BytesIO(read(folder_of(batch.uid), REJECTED) or b"")).active
    told = [[cell.value for cell in row][-2:] for row in sheet.iter_rows(min_row=2)]
    assert [number for number, _ in told] == [2, 3]
    assert all("预检以后没有被别人改过的户" in reason for _, reason in told)


def test_a_household_registered_since_the_preflight_is_not_doubled() -> None:
    regions = make_regions()
    by = make_user("township", TOWN)
    batch = preflighted(family("H1", "杨志明") + family("H2", "李秀兰"), by)
    make_household(regions, VILLAGE, code="H1")
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    assert Household.objects.filter(code="H1").count() == 1
    assert batch.receipt["late"] == 1


def test_a_person_registered_since_the_preflight_is_not_doubled() -> None:
    regions = make_regions()
    by, rows = make_user("township", TOWN), family("H1", "杨志明", "杨小军")
    batch = preflighted(rows, by)
    other = make_household(regions, VILLAGE, code="H9")
    add_member(by=by, at=NOW, household=other, person=MemberFacts("杨小军", rows[1]["证件号码"]))
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    assert not Household.objects.filter(code="H1").exists()
    assert batch.receipt["counts"]["rejected"] == 2


def test_of_two_imports_of_one_file_the_second_is_told() -> None:
    make_regions()
    by, rows = make_user("township", TOWN), family("H1", "杨志明")
    first, second = preflighted(rows, by), preflighted(rows, by)
    actions.run_commit(first, by=by, at=NOW + timedelta(minutes=1), progress=silent)
    with pytest.raises(SituationForbids, match=f"由批次 {first.number} 提交了"):
        actions.run_commit(second, by=by, at=NOW + timedelta(minutes=2), progress=silent)
    assert Member.objects.count() == 1


def test_committed_twice_is_committed_once() -> None:
    make_regions()
    by = make_user("township", TOWN)
    batch = committed(family("H1", "杨志明"), by)
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    assert Change.objects.filter(batch=batch.number).count() == 1


def test_keys_go_on_after_an_import() -> None:
    regions = make_regions()
    committed(family("H1", "杨志明", "杨小军"), make_user("township", TOWN))
    make_household(regions, VILLAGE, members=3)
    assert Household.objects.count() == 2 and Member.objects.count() == 5


def test_a_cancelled_commit_writes_nothing() -> None:
    make_regions()
    by = make_user("township", TOWN)
    batch = preflighted(family("H1", "杨志明"), by)

    def stopped(done: int, total: int | None, step: str) -> None:
        if done:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        actions.run_commit(batch, by=by, at=NOW, progress=stopped)
    batch.refresh_from_db()
    assert batch.state == BatchState.PREFLIGHTED and not Household.objects.exists()
