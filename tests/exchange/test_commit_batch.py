"""Committing a roster: what comes into the register, and that the sums balance."""

from __future__ import annotations

import pytest

from bangfu.core.models import AuditEvent, Change, RowVersion
from bangfu.exchange.models import BatchState
from bangfu.households.models import Household, Member
from tests.cast import TOWN, VILLAGE, make_regions, make_user
from tests.exchange.rosters import committed, family, person

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
