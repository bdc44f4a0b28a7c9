"""Two counties with one of everything: one whose people ask, and one they must never hear of.

Whatever is made in the other county carries ``MARK`` in its words; no page of the first county may show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bangfu.access.models import RoleAssignment, Unit, User
from bangfu.access.roles import Reach, RoleBundle, role_bundles
from bangfu.access.versioned_texts import digest_of
from bangfu.assessment.models import Assessed, AssessmentRound, SchemeVersion
from bangfu.assessment.models import Objection as AssessmentObjection
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Job, Region, Subject, SubjectKind
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.duties.models import DueItem, DutyExcuse, DutyTemplate
from bangfu.evidence import store
from bangfu.evidence.models import EvidenceFile
from bangfu.exchange.models import Batch
from bangfu.forms.models import FormVersion, SheetBatch, Sweep, SweepTask
from bangfu.funds import models as fund_models
from bangfu.households import models as register
from bangfu.ledgers.models import LedgerExport, SavedView
from bangfu.matching.models import Listing, Match
from bangfu.monitoring import models as monitoring
from bangfu.monitoring.models import Clue, ScreeningRun
from bangfu.notices import models as notices
from bangfu.plans import models as plan_models
from bangfu.problems.models import Problem
from bangfu.projects import models as project_models
from bangfu.standards.models import StandardCheck, StandardVersion, SubsidyProposal
from bangfu.support import models as support
from bangfu.targets.models import Target
from bangfu.training import models as training_models
from bangfu.workflow.models import FlowDefinition, FlowRun
from bangfu.workflow.registry import room_of
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, TOWN, VILLAGE, make_regions, make_user
from tests.households.builders import make_household
from tests.web.cases import make_cases
from tests.web.clues import make_clues
from tests.web.duty_world import make_duties
from tests.web.fund_world import make_funds
from tests.web.ledger_world import make_ledger
from tests.web.list_world import make_lists
from tests.web.meeting_world import make_meetings
from tests.web.plan_world import make_plans
from tests.web.project_world import make_projects
from tests.web.standard_world import make_standards
from tests.web.sweep_world import make_sweep
from tests.web.ties_world import make_ties
from tests.web.training_world import make_training
from tests.web.visits_world import make_visits

MARK = "雾岚"
FOREIGN_WORDS = (MARK, "雾山县", "雾溪镇", "雾溪村")
PDF = b"%PDF-1.7 a paper"
_PLACES = {"county": COUNTY, "township": TOWN, "village": VILLAGE}


@dataclass(frozen=True)
class Side:
    """One of everything in one village."""

    village: str
    household: register.Household
    member: register.Member
    unit: Unit
    empty_unit: Unit
    user: User
    assignment: RoleAssignment
    grid: register.Grid
    duty: register.GridDuty
    pairing: register.Pairing
    officer: register.DutyOfficer
    natural_change: register.NaturalChange
    proposal: register.ProposedChange
    worksheet: register.IncomeWorksheet
    spell: register.WorkSpell
    referral: register.SafetyNetReferral
    relocation: register.Relocation
    round: register.Round
    entry: register.RoundEntry
    record: register.VillageRecord
    evidence: EvidenceFile
    sweep: Sweep
    sweep_task: SweepTask
    sheet_batch: SheetBatch
    form_version: FormVersion
    notice: notices.Notice
    objection: notices.Objection
    job: Job
    batch: Batch
    view: SavedView
    export: LedgerExport
    case: monitoring.Case
    check: monitoring.InformationCheck
    refusal: monitoring.Refusal
    case_objection: monitoring.CaseObjection
    plan: monitoring.AssistancePlan
    measure: monitoring.Measure
    clue: Clue
    unmatched: Clue
    screening: ScreeningRun
    definition: FlowDefinition
    meeting: support.Meeting
    resolution: support.Resolution
    inspection: support.Inspection
    drawn_household: support.DrawnHousehold
    finding: support.Finding
    order: support.SupervisionOrder
    report: support.Report
    duty_template: DutyTemplate
    due_item: DueItem
    excuse: DutyExcuse
    party: support.Party
    person: support.Party
    tie: support.Tie
    post: support.UnitPost
    year_plan: support.YearPlan
    brought: support.Brought
    ledger_version: LedgerVersion
    ledger_row: LedgerRow
    teacher: training_models.Teacher
    point: training_models.ObservationPoint
    course: training_models.Course
    session: training_models.TrainingSession
    participation: training_models.Participation
    forum: training_models.Forum
    future_leader: training_models.FutureLeader
    service: training_models.ServiceOrder
    visit: support.Visit
    team: support.Team
    team_member: support.TeamMember
    leave: support.Leave
    team_hand_over: support.TeamHandOver
    unit_support: support.UnitSupport
    assessment: support.Assessment
    fund_source: fund_models.FundSource
    allocation: fund_models.Allocation
    claim: fund_models.Claim
    payment: fund_models.Payment
    household_batch: fund_models.SubsidyBatch
    county_plan: plan_models.Plan
    passage: plan_models.Passage
    plan_task: plan_models.PlanTask
    plan_step: plan_models.PlanStep
    standard_check: StandardCheck
    standard_version: StandardVersion
    subsidy: SubsidyProposal
    problem: Problem
    county_target: Target
    listing: Listing
    offer: Listing
    match: Match
    unit_assessment: AssessmentRound
    assessed: Assessed
    assessment_objection: AssessmentObjection
    scheme_version: SchemeVersion
    project: project_models.Project
    project_run: FlowRun
    vote: project_models.Vote
    acceptance: project_models.Acceptance
    contract: project_models.Contract
    estimate: project_models.Estimate
    own_kind: project_models.OwnKind
    photo: EvidenceFile
    opinion: project_models.Opinion
    asset: project_models.Asset
    target: project_models.Target
    posting: project_models.Posting
    progress: project_models.Progress
    board: project_models.SignBoard
    watcher: project_models.Watcher
    complaint: project_models.Complaint


@dataclass(frozen=True)
class Person:
    """Somebody of the first county, with one role in one place (or none), signed in."""

    user: User
    bundle: RoleBundle | None
    place: str
    session: str

    @property
    def code(self) -> str:
        """The role's code."""
        return self.bundle.code if self.bundle else "nobody"

    @property
    def is_regional(self) -> bool:
        """Whether the role holds in the whole of its place."""
        return self.bundle is not None and self.bundle.reach is Reach.REGION

    def holds(self, *permissions: Any) -> bool:
        """Whether the role has one of the permissions."""
        return self.bundle is not None and not self.bundle.permissions.isdisjoint(permissions)

    def reaches(self, place: str, personal: bool) -> bool:
        """Whether the role reaches an object in ``place``; ``personal``: it hangs on the household."""
        if self.bundle is None or not place.startswith(self.place):
            return False
        return self.is_regional or personal


@dataclass(frozen=True)
class World:
    """Inside, and, once added, outside."""

    regions: dict[str, Region]
    people: list[Person]
    inside: Side

    def person(self, code: str) -> Person:
        """The person with a role."""
        return next(person for person in self.people if person.code == code)


def make_world() -> World:
    """The first county and its people."""
    regions = make_regions()
    inside = make_side(regions, VILLAGE, "本地")
    people = [_person(bundle, inside) for bundle in role_bundles().values()]
    people.append(Person(make_user(username="nobody", unit=inside.unit), None, "", ""))
    people = [Person(p.user, p.bundle, p.place, _sign_in(p.user)) for p in people]
    return World(regions, people, inside)


def add_foreign(world: World) -> Side:
    """One of everything in the other county."""
    return make_side(world.regions, FOREIGN_VILLAGE, MARK)


def _person(bundle: RoleBundle, inside: Side) -> Person:
    place = _PLACES[bundle.levels[0]]
    user = make_user(bundle.code, place, username=bundle.code, unit=inside.unit)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        if bundle.reach is Reach.OWN:
            register.Pairing.objects.create(
                household=inside.household, helper=user, valid_from=date(2024, 1, 1)
            )
        if bundle.reach is Reach.GRID:
            register.GridDuty.objects.create(grid=inside.grid, user=user, valid_from=date(2024, 1, 1))
    return Person(user, bundle, place, "")


def _sign_in(user: User) -> str:
    """A session, as the sign-in page would make it; its key."""
    now = timezone.now().timestamp()
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND] = settings.AUTHENTICATION_BACKENDS[0]
    session["signed_in_at"] = session["seen_at"] = now
    session.save()
    User.objects.filter(pk=user.pk).update(session_key=session.session_key)
    return str(session.session_key)


def make_side(regions: dict[str, Region], village: str, word: str) -> Side:
    """One of everything in ``village``, with ``word`` in every text."""
    household = make_household(regions, village, members=2, head_name=f"{word}山")
    unit = Unit.objects.create(name=f"{word}帮扶办", kind="county_office", place=village[:6])
    user = make_user("township", village[:9], username=f"clerk-{word}", unit=unit)
    user.name = f"{word}干部"
    user.save()
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        people = _people(regions, household, user, village, word)
        papers = _papers(household, user, village, word)
        rounds = _rounds(household, village, word)
        notices_on_the_wall = _notices(regions, user, village, word)
        cases = make_cases(household, user, word)
        sweeps = make_sweep(household, user, regions[village], word)
        duties = make_duties(user, village, word)
        ties = make_ties(unit, user, regions[village], word)
        training = make_training(household, user, regions[village], word)
        meetings = make_meetings(household, unit, user, regions[village], word)
        visits = make_visits(household, user, unit, word)
        plans = make_plans(unit, user, regions[village[:6]], word)
        standards = make_standards(user, regions[village], word)
        lists = make_lists(unit, user, regions[village], regions[village[:6]], word)
        projects = make_projects(household, unit, user, regions[village], word)
        funds = make_funds(
            user, regions[village[:6]], household, projects["project"], projects["contract"], word
        )
    return Side(
        village=village,
        household=household,
        member=household.members.get(is_head=False),
        unit=unit,
        empty_unit=Unit.objects.create(name=f"{word}空单位", kind="other", place=village[:6]),
        user=user,
        assignment=user.assignments.get(),
        **people,
        **papers,
        **rounds,
        **notices_on_the_wall,
        **cases,
        **sweeps,
        **duties,
        **ties,
        **training,
        **make_ledger(regions, village, word),
        **meetings,
        **visits,
        **plans,
        **standards,
        **lists,
        **projects,
        **funds,
        **_work_of(user, village, word),
        **make_clues(household, user, regions[village], word),
        definition=_definition(user, village, word),
    )


def _people(
    regions: dict[str, Region], household: register.Household, user: User, village: str, word: str
) -> dict[str, Any]:
    grid = register.Grid.objects.create(village=regions[village], place=village, name=f"{word}网格")
    household.grid = grid
    household.save()
    return {
        "grid": grid,
        "duty": register.GridDuty.objects.create(grid=grid, user=user, valid_from=date(2024, 1, 1)),
        "pairing": register.Pairing.objects.create(
            household=household, helper=user, valid_from=date(2024, 1, 1)
        ),
        "officer": register.DutyOfficer.objects.create(
            region=regions[village],
            place=village,
            kind="information_officer",
            name=f"{word}员",
            valid_from=date(2024, 1, 1),
        ),
        "record": register.VillageRecord.objects.create(
            village=regions[village], place=village, as_of=date(2025, 12, 31), note=f"{word}村情"
        ),
    }


def _papers(household: register.Household, user: User, village: str, word: str) -> dict[str, Any]:
    member = household.members.get(is_head=False)
    worksheet = register.IncomeWorksheet.objects.create(
        household=household,
        number=1,
        period_from=date(2024, 10, 1),
        period_to=date(2025, 9, 30),
        period_kind="annual",
        persons=2,
        net_fen=2_000_00,
        per_capita_fen=1_000_00,
        collected_by=f"{word}干部",
    )
    return {
        "worksheet": worksheet,
        "natural_change": register.NaturalChange.objects.create(
            household=household, kind="death", occurred_on=date(2026, 3, 1), note=f"{word}说明"
        ),
        "proposal": register.ProposedChange.objects.create(
            household=household,
            values={"address": {"from": "", "to": f"{word}路1号"}},
            seen_version=household.version,
            source="visit",
            source_note=f"{word}走访",
            proposed_by=user,
            proposed_at=NOW,
        ),
        "spell": register.WorkSpell.objects.create(
            member=member, from_month=date(2026, 2, 1), area="province", employer=f"{word}电子厂"
        ),
        "referral": register.SafetyNetReferral.objects.create(
            household=household, reason=f"{word}理由", handed_on=date(2026, 3, 1), handed_by=f"{word}干部"
        ),
        "relocation": register.Relocation.objects.create(
            household=household,
            scope="single",
            resettlement="scattered",
            place_kind="township",
            place_name=f"{word}安置点",
            planned_on=date(2026, 5, 1),
        ),
        "evidence": EvidenceFile.objects.create(
            subject=household.subject,
            kind="worksheet",
            title=f"{word}收入测算表",
            digest=store.put(settings.HOME.evidence, PDF),
            media_type="application/pdf",
            size=len(PDF),
            uploaded_by=user,
            uploaded_at=NOW,
        ),
    }


def _rounds(household: register.Household, village: str, word: str) -> dict[str, Any]:
    round_ = register.Round.objects.create(
        place=village[:9], title=f"{word}再识别", year=2026, opened_on=date(2026, 1, 1)
    )
    entry = register.RoundEntry.objects.create(
        round=round_, household=household, place=village, opening_persons=2, note=f"{word}备注"
    )
    return {"round": round_, "entry": entry}


def _notices(regions: dict[str, Region], user: User, village: str, word: str) -> dict[str, Any]:
    notice = notices.Notice.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.NOTICE, place=village, label=f"{word}公示"),
        village=regions[village],
        place=village,
        kind="notice",
        matter="enrol",
        title=f"{word}公示",
        opening="经村民代表会议评议，现予公示。",
        posted_at="村委会公告栏",
        phones=[{"unit": "监督电话", "phone": "12317"}],
        objection_way="请向村民委员会反映。",
        signed_by=f"{word}村民委员会",
        days=5,
        working_days=False,
        composed_on=date(2026, 11, 2),
        composed_by=user,
        posted_on=date(2026, 11, 2),
        ends_on=date(2026, 11, 6),
        state="posted",
    )
    notices.NoticeEntry.objects.create(
        notice=notice, position=1, group="第2组", name=f"{word}福", category="突发严重困难户"
    )
    objection = notices.Objection.objects.create(
        notice=notice,
        objector=f"{word}群众",
        channel="phone",
        received_on=date(2026, 11, 3),
        text=f"{word}有商铺",
        due_on=date(2026, 11, 10),
        recorded_by=user,
    )
    return {"notice": notice, "objection": objection}


def _definition(user: User, village: str, word: str) -> FlowDefinition:
    """A county's own version of a flow, for a day that is far off."""
    text = room_of("identification").text
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        return FlowDefinition.objects.create(
            code="identification",
            number=int(village[:6]),
            title=f"{word}流程",
            place=village[:6],
            text=text,
            digest=digest_of(text),
            state="published",
            valid_from=date(2099, 1, 1),
            note=f"{word}说明",
            made_by=user,
            made_at=NOW,
        )


def _work_of(user: User, village: str, word: str) -> dict[str, Any]:
    file_name = f"{word}名册.xlsx"
    return {
        "job": Job.objects.create(
            kind="contract_test", label=f"{word}任务", key=word, created_by_id=user.pk, created_at=NOW
        ),
        "batch": Batch.objects.create(
            number=f"B-{village[:6]}",
            dataset="household_roster",
            file_name=file_name,
            file_bytes=10,
            digest="0" * 64,
            place=village[:9],
            uploaded_by=user,
            uploaded_at=NOW,
        ),
        "export": LedgerExport.objects.create(user=user, ledger="household_list", asked_at=NOW),
        "view": SavedView.objects.create(
            user=user, ledger="households", name=f"{word}视图", query="sort=code"
        ),
    }
