"""Units, their people and posts (C-214), what they plan and bring (C-037, C-212, C-215)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.households.models import Pairing
from bangfu.support.actions import assistance
from bangfu.support.actions.assistance import Brings, Planned
from bangfu.support.actions.people import retire_person
from bangfu.support.actions.teams import leave_team
from bangfu.support.actions.ties import end_tie
from bangfu.support.actions.units import UnitFacts, appoint_post, describe_unit, end_post
from bangfu.support.enums.units import PlanStanding, PostKind
from bangfu.support.models import Brought, Party, YearPlan, YearSummary
from bangfu.support.showing.units import unit_page
from tests.cast import COUNTY, NOW, SISTER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.team_builders import a_member, a_team
from tests.support.tie_builders import START, make_party, make_person, make_tie

PLANNED = Planned("路不通", "修 3 公里路", 30_000_000)


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def party(office, regions) -> Party:
    return make_party(office, regions)


@pytest.fixture
def tied(office, party, regions) -> Party:
    """The unit stands for the village."""
    make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    return party


@pytest.fixture
def manager(party) -> User:
    """The unit's own manager."""
    return make_user("sending_unit", COUNTY, unit=party.unit)


def test_a_person_is_registered_once_and_cannot_sign_in(office, party) -> None:
    person = make_person(office, party.unit)
    assert not person.has_usable_password() and not person.assignments.exists()
    with pytest.raises(SituationForbids, match="省林业局已有“李明”"):
        make_person(office, party.unit)


def test_a_unit_is_registered_once(office, party, regions) -> None:
    with pytest.raises(SituationForbids, match="已有“省林业局”"):
        make_party(office, regions)
    with pytest.raises(SituationForbids, match="请填单位名称"):
        make_party(office, regions, "  ")
    with pytest.raises(NotPermitted):
        make_party(make_user("township", TOWN), regions, "市水务局")


def test_of_two_who_describe_a_unit_one_is_told(office, party) -> None:
    seen = party.version
    describe_unit(by=office, at=NOW, party=party, version=seen, facts=UnitFacts("city", "office", "乡村科"))
    with pytest.raises(StaleVersion):
        describe_unit(by=office, at=NOW, party=party, version=seen, facts=UnitFacts("county"))
    party.refresh_from_db()
    assert (party.level, party.working_body) == ("city", "乡村科")


def test_a_new_leader_in_charge_ends_the_former_and_is_counted(office, party) -> None:
    first, second = make_person(office, party.unit), make_person(office, party.unit, "王芳")
    post = _appoint(office, party, first, START)
    _appoint(office, party, second, TODAY)
    post.refresh_from_db()
    assert (post.valid_to, post.end_reason) == (TODAY - timedelta(days=1), "换人")
    changes = unit_page(party, office)["changes"]
    assert {one["label"]: one["count"] for one in changes} == {"主要负责人": 0, "分管领导": 1}


def test_posts_that_cannot_be_are_refused(office, party) -> None:
    person = make_person(office, party.unit)
    post = _appoint(office, party, person, START)
    with pytest.raises(SituationForbids, match="已任这一职"):
        _appoint(office, party, person, TODAY)
    with pytest.raises(SituationForbids, match="接任日期要晚于这一天"):
        _appoint(office, party, make_person(office, party.unit, "王芳"), START)
    with pytest.raises(SituationForbids, match="最晚到今天"):
        _appoint(office, party, make_person(office, party.unit, "赵云"), TODAY + timedelta(days=1))
    end_post(by=office, at=NOW, post=post, version=post.version, valid_to=TODAY, end_reason="退休")
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()
    with pytest.raises(SituationForbids, match="已停用"):
        _appoint(office, party, person, TODAY)


def _appoint(by: User, party: Party, user: User, on: date):
    return appoint_post(by=by, at=NOW, unit=party.unit, user=user, kind=PostKind.IN_CHARGE, valid_from=on)


def test_nobody_leaves_with_ties_households_a_team_or_an_account(office, party, manager, regions) -> None:
    person = make_person(office, party.unit)
    tie = make_tie(office, "leader_village", person, regions[VILLAGE])
    retire = {"by": office, "at": NOW, "party": person.party, "reason": "退休"}
    with pytest.raises(SituationForbids, match=r"1 条挂包关系（领导包村（上寨村））.*移交全部责任"):
        retire_person(**retire)
    end_tie(by=office, at=NOW, tie=tie, version=tie.version, valid_to=TODAY, end_reason="退休")
    team = a_team(regions, party.unit)
    member = a_member(team, user=person)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        pairing = Pairing.objects.create(
            household=make_household(regions, head_name="何大山"), helper=person, valid_from=START
        )
    with pytest.raises(
        SituationForbids, match=r"1 户结对（上寨村）.*1 支工作队（上寨村驻村工作队"
    ) as refused:
        retire_person(**retire)
    assert "何大山" not in refused.value.message and "离村" in refused.value.message
    leave_team(by=office, at=NOW, member=member, version=member.version, on=TODAY, reason="期满")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        pairing.valid_to = TODAY
        pairing.save()
    assert not retire_person(**retire).is_active


def test_a_unit_plans_adopts_and_reports_a_year(manager, tied, regions) -> None:
    plan = _plan(manager, tied, regions[VILLAGE])
    again = _plan(manager, tied, regions[VILLAGE])
    assert again.pk == plan.pk and YearPlan.objects.count() == 1
    act = {"by": manager, "at": NOW, "plan": again}
    with pytest.raises(SituationForbids, match="计划还没有定下"):
        assistance.finish_year_plan(**act, version=again.version, result="修好了")
    adopted = assistance.adopt_year_plan(**act, version=again.version, adopted_on=TODAY)
    with pytest.raises(SituationForbids, match="不能再改"):
        _plan(manager, tied, regions[VILLAGE])
    done = assistance.finish_year_plan(**act, version=adopted.version, result="修好了")
    assert (done.standing, done.finished_on) == (PlanStanding.FINISHED, TODAY)


def test_a_plan_needs_a_tie_and_the_right_to_write(manager, tied, regions) -> None:
    with pytest.raises(SituationForbids, match="没有和下河村的挂包关系"):
        _plan(manager, tied, regions[SISTER_VILLAGE])
    other = Unit.objects.create(name="别的单位", place=COUNTY)
    stranger = make_user("sending_unit", COUNTY, unit=other, username="stranger")
    with pytest.raises(NotPermitted, match="没有替省林业局"):
        _plan(stranger, tied, regions[VILLAGE])
    assert _plan(make_user("township", TOWN), tied, regions[VILLAGE]).party == tied


def _plan(by: User, party: Party, region) -> YearPlan:
    return assistance.plan_year(by=by, at=NOW, party=party, region=region, year=2026, planned=PLANNED)


@pytest.mark.parametrize(
    ("brings", "words"),
    [
        (Brings("money", TODAY, "修路款"), "要写金额"),
        (Brings("people", TODAY, "技术员"), "要写数量"),
        (Brings("policy", TODAY + timedelta(days=1), "政策"), "最晚到今天"),
    ],
)
def test_what_was_brought_has_its_figure_and_its_day(manager, tied, regions, brings, words) -> None:
    with pytest.raises(SituationForbids, match=words):
        _bring(manager, tied, regions[VILLAGE], brings)
    assert not Brought.objects.exists()


def test_what_was_typed_wrongly_is_taken_down_and_stays(manager, tied, regions) -> None:
    row = _bring(manager, tied, regions[VILLAGE], Brings("money", TODAY, "修路款", 1_000_00))
    act = {"by": manager, "at": NOW, "brought": row}
    with pytest.raises(SituationForbids, match="请写撤下的原因"):
        assistance.withdraw_brought(**act, version=row.version, reason=" ")
    held = assistance.withdraw_brought(**act, version=row.version, reason="填错")
    with pytest.raises(SituationForbids, match="已经撤下"):
        assistance.withdraw_brought(**act, version=held.version, reason="再撤")
    assert Brought.objects.get().withdrawn_reason == "填错"


def _bring(by: User, party: Party, region, brings: Brings) -> Brought:
    return assistance.record_brought(by=by, at=NOW, party=party, region=region, brings=brings)


def test_a_summary_comes_at_the_end_of_the_year(manager, tied) -> None:
    act = {"by": manager, "at": NOW, "party": tied}
    with pytest.raises(SituationForbids, match="还没到第四季度"):
        assistance.hand_in_summary(**act, year=2027, text="总结")
    with pytest.raises(SituationForbids, match="请写总结"):
        assistance.hand_in_summary(**act, year=2026, text=" ")
    assistance.hand_in_summary(**act, year=2026, text="初稿")
    assistance.hand_in_summary(**act, year=2026, text="定稿")
    assert YearSummary.objects.get().text == "定稿"


def test_links_lead_only_where_the_reader_may_go(office, tied, signed_in) -> None:
    """A township sees the unit for its tie, not the file of a person of it who stands for nothing there."""
    person = make_person(office, tied.unit)
    _appoint(office, tied, person, START)
    address = reverse("support_unit_file", args=[tied.uid])
    link = reverse("support_person_file", args=[person.party.uid])
    assert link in signed_in(office).get(address).content.decode()
    clerk = signed_in(make_user("township", TOWN))
    page = clerk.get(address).content.decode()
    assert "李明" in page and link not in page
    assert clerk.get(link).status_code == 404
