"""A subject is called as its household or member is called today; an old audit line keeps what it said."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bangfu.core.changing import SYSTEM
from bangfu.core.models import AuditEvent, Subject
from bangfu.core.regions import rename_region
from bangfu.core.sealing import seal_all, verify
from bangfu.exchange import actions as exchange
from bangfu.households.actions.editing import edit_member
from bangfu.households.actions.natural import record_natural_change, undo_natural_change
from bangfu.households.actions.proposing import decide_change, propose_change
from bangfu.households.actions.regrouping import merge_households, split_household
from bangfu.households.enums import ChangeSource, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange
from tests.cast import COUNTY, NOW, TOWN, VILLAGE, make_user
from tests.core.tampering import without_guard
from tests.exchange.rosters import committed, family, silent
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


def _label(row: Household | Member) -> str:
    return Subject.objects.get(pk=row.subject_id).label


def _head_dies(household: Household) -> NaturalChange:
    head, second = household.members.order_by("pk")[:2]
    return record_natural_change(
        by=registrar(),
        at=NOW,
        household=household,
        kind=NaturalChangeKind.DEATH,
        member=head,
        new_head=second,
        occurred_on=DAY,
    )


def test_the_new_head_names_the_household_and_an_undo_gives_the_old_name_back(regions) -> None:
    household = make_household(regions, members=3)
    assert _label(household) == "杨志明户（上寨村）"
    change = _head_dies(household)
    second = household.members.get(is_head=True)
    assert _label(household) == f"{second.name}户（上寨村）"
    undo_natural_change(by=registrar(), at=NOW, natural_change=change)
    assert _label(household) == "杨志明户（上寨村）"


def test_a_corrected_name_is_the_subjects_too(regions) -> None:
    household = make_household(regions, members=2)
    head, other = household.members.order_by("pk")
    for member, name in ((head, "杨志民"), (other, "李改名")):
        edit_member(by=registrar(), at=NOW, member=member, version=member.version, values={"name": name})
    assert (_label(household), _label(head), _label(other)) == ("杨志民户（上寨村）", "杨志民", "李改名")


def test_an_accepted_proposal_renames_as_well(regions) -> None:
    household = make_household(regions, members=2)
    head = household.members.get(is_head=True)
    proposal = propose_change(
        by=make_user("village", VILLAGE, username="proposer"),
        at=NOW,
        household=household,
        member=head,
        seen_version=head.version,
        values={"name": "杨志鸣"},
        source=ChangeSource.VISIT,
    )
    decide_change(by=registrar(), at=NOW, proposal=proposal, accept=True)
    assert (_label(household), _label(head)) == ("杨志鸣户（上寨村）", "杨志鸣")


def test_a_split_and_a_merge_leave_each_household_its_own_name(regions) -> None:
    household = make_household(regions, members=4)
    head, second, third, _ = household.members.order_by("pk")
    apart = split_household(
        by=registrar(),
        at=NOW,
        household=household,
        members=[head, third],
        new_head=third,
        remaining_head=second,
        occurred_on=DAY,
    )
    assert _label(household) == f"{second.name}户（上寨村）" and _label(apart) == f"{third.name}户（上寨村）"
    household.refresh_from_db()
    merge_households(by=registrar(), at=NOW, household=apart, into=household, occurred_on=DAY)
    assert _label(household) == f"{second.name}户（上寨村）"


def test_a_roster_renames_sets_and_its_undo_gives_the_names_back(regions) -> None:
    clerk = make_user("township", TOWN)
    rows = family("H1", "杨志明", "杨小军") + family("H2", "李秀兰")
    committed(rows, clerk)
    rows[0]["姓名"], rows[1]["姓名"] = "杨志民", "杨小俊"
    batch = committed(rows, clerk)
    household, kept = Household.objects.order_by("code")
    assert _label(household) == "杨志民户（上寨村）" and _label(kept) == "李秀兰户（上寨村）"
    assert {_label(member) for member in household.members.all()} == {"杨志民", "杨小俊"}
    exchange.run_undo(batch, by=clerk, at=NOW, reason="传错了", progress=silent)
    assert _label(household) == "杨志明户（上寨村）"
    assert {_label(member) for member in household.members.all()} == {"杨志明", "杨小军"}


def test_a_renamed_village_is_in_the_name(regions) -> None:
    household = make_household(regions)
    village = regions[VILLAGE]
    rename_region(
        by=SYSTEM, at=NOW, region=village, version=village.version, name="新寨村", on=DAY, basis="县政府批复"
    )
    assert _label(household) == "杨志明户（新寨村）"
    assert _label(household.members.get(is_head=True)) == "杨志明"


def test_an_old_audit_line_keeps_what_it_said(regions, signed_in) -> None:
    household = make_household(regions, members=3)
    _head_dies(household)
    household.refresh_from_db()
    assert set(
        AuditEvent.objects.filter(verb="register_household").values_list("subject_label", flat=True)
    ) == {"杨志明户（上寨村）"}
    page = signed_in(make_user("audit_administrator", COUNTY)).get(reverse("audit_list")).content.decode()
    assert "杨志明户（上寨村）" in page


def test_the_name_of_that_day_is_sealed_and_lines_from_before_read_as_they_were_sealed(regions) -> None:
    make_household(regions)
    events = AuditEvent.objects.filter(verb="register_household")
    without_guard("core_auditevent", "UPDATE core_auditevent SET subject_label = NULL")
    assert events.get().subject_then() == "杨志明户（上寨村）"
    seal_all(NOW)
    assert verify().ok
    without_guard("core_auditevent", "UPDATE core_auditevent SET subject_label = '别人'")
    assert not verify().ok
