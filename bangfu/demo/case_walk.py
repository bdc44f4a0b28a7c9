"""Made-up cases, carried through the real actions up to a step: for the demo county and for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bangfu.access.models import User
from bangfu.households.actions.income import (
    WorksheetFacts,
    record_income_worksheet,
    sign_income_worksheet,
)
from bangfu.households.actions.pairing import pair_household
from bangfu.households.models import Household
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import identification_period
from bangfu.monitoring.actions.case_checks import answer_check, request_checks
from bangfu.monitoring.actions.case_deciding import approve_cases
from bangfu.monitoring.actions.case_notices import compose_case_notice
from bangfu.monitoring.actions.case_records import (
    mark_nationally,
    record_announcement,
    record_authorisation,
    record_meeting,
    record_review,
    record_study,
)
from bangfu.monitoring.actions.case_verification import Sighting, record_verification
from bangfu.monitoring.actions.cases import open_case
from bangfu.monitoring.actions.measures import Planned, Progress, add_measure, carry_out_measure
from bangfu.monitoring.actions.plans import adopt_plan, draft_plan
from bangfu.monitoring.enums.cases import CheckResult, MeetingResult, ReviewResult
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.models import Case
from bangfu.monitoring.queries.cases import checks_of
from bangfu.monitoring.terms import proposed_for
from bangfu.notices.actions.posting import publish_notice
from bangfu.workflow.actions.papers import attach_step_paper
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.models import FlowRun

PAPER = b"%PDF-1.7 \xe6\xbc\x94\xe7\xa4\xba"
NOON = time(4, 0)
LOCATION = "村委会公示栏"


@dataclass(frozen=True)
class People:
    """Who carries a case: village, a second verifier, township, county, helper."""

    village: User
    second: User
    township: User
    county: User
    helper: User


class Walk:
    """One household's way from the clue on; each step is done by whom it belongs to, on a day of its own."""

    def __init__(
        self, people: People, household: Household, found_on: date, risks: tuple[str, ...] = ("因病",)
    ) -> None:
        self.people, self.household, self.risks, self.day = people, household, risks, found_on
        self.case: Case | None = None

    @property
    def at(self) -> datetime:
        """Noon of the day on which the walk stands."""
        return datetime.combine(self.day, NOON, UTC)

    @property
    def here(self) -> Case:
        """The case as it stands now."""
        assert self.case is not None
        rows = Case.objects.select_related("run__definition", "run__subject", "household__village")
        return rows.get(pk=self.case.pk)

    @property
    def state(self) -> str:
        """The step where the case stands."""
        assert self.case is not None
        state: str = FlowRun.objects.values_list("state", flat=True).get(pk=self.case.run_id)
        return state

    def pass_days(self, days: int = 1) -> Walk:
        """Some days go by."""
        self.day += timedelta(days=days)
        return self

    def open(self, *, category: str = "", green_channel: bool = False) -> Walk:
        """The village opens the case."""
        self.case = open_case(
            by=self.people.village,
            at=self.at,
            household=self.household,
            discovered_on=self.day,
            risks=self.risks,
            category=category,
            green_channel=green_channel,
        )
        return self

    def take(self, by: User, transition: str, **more: str) -> Walk:
        """Somebody takes the case on by a way."""
        run = self.here.run
        take_transition(
            by=by, at=self.at, run=run, transition=transition, version=run.version, data=more, on=self.day
        )
        return self

    def hand_in(self, by: User, requirement: str, *, sealed: bool = False) -> Walk:
        """A signed paper of the day."""
        attach_step_paper(
            by=by,
            at=self.at,
            run=self.here.run,
            requirement=requirement,
            content=PAPER,
            dated_on=self.day,
            signed=True,
            sealed=sealed or None,
        )
        return self

    def study(self) -> Walk:
        """风险研判."""
        village, case = self.people.village, self.here
        record_study(
            by=village,
            at=self.at,
            case=case,
            version=case.version,
            studied_on=self.day,
            participants="村两委、驻村工作队",
            risks=self.risks,
            conclusion="列入拟核查名单，全部家庭成员一并核查。",
        )
        return self.take(village, "study_case")

    def authorise(self) -> Walk:
        """申请和授权."""
        village, case = self.people.village, self.here
        adults = case.household.member_count
        record_authorisation(
            by=village,
            at=self.at,
            case=case,
            version=case.version,
            signed_on=self.day,
            applicant=case.household.head_name,
            adults=adults,
            adults_signed=adults,
        )
        self.hand_in(village, "authorisation_paper")
        return self.take(village, "authorise_case")

    def count_income(self, fen: int = 300_000) -> Walk:
        """A worksheet of ``fen`` net income, signed."""
        facts = WorksheetFacts(
            identification_period(self.day), self.household.member_count, [LineFacts("crops", fen)]
        )
        village = self.people.village
        sheet = record_income_worksheet(by=village, at=self.at, household=self.household, facts=facts)
        sign_income_worksheet(
            by=village,
            at=self.at,
            worksheet=sheet,
            version=sheet.version,
            signed_on=self.day,
            signed_name=self.household.head_name,
        )
        return self

    def visit(self, category: str = "sudden", **more: object) -> Walk:
        """Two people at the household's home."""
        case = self.here
        sighting = Sighting(
            conclusion="情况属实，家庭支出骤增，自己应付不了。",
            risks=self.risks,
            category=category,
            **more,  # type: ignore[arg-type]
        )
        record_verification(
            by=self.people.village,
            at=self.at,
            case=case,
            version=case.version,
            verified_on=self.day,
            first_verifier=self.people.village,
            second_verifier=self.people.second,
            sighting=sighting,
        )
        return self.hand_in(self.people.village, "verification_sheet")

    def ask_bureaus(self) -> Walk:
        """The bureaus are asked."""
        case = self.here
        request_checks(by=self.people.village, at=self.at, case=case, version=case.version, asked_on=self.day)
        return self

    def bureaus_answer(self) -> Walk:
        """None of the bureaus found anything."""
        for check in checks_of(self.here):
            if check.result == CheckResult.WAITING:
                answer_check(
                    by=self.people.county,
                    at=self.at,
                    check=check,
                    version=check.version,
                    answered_on=self.day,
                    result=CheckResult.CLEAR,
                )
        return self

    def verify(self, category: str = "sudden") -> Walk:
        """Both parts of the verification, and on to the meeting."""
        self.visit(category).count_income().ask_bureaus().pass_days().bureaus_answer()
        return self.take(self.people.village, "verify_case")

    def meet(self) -> Walk:
        """民主评议."""
        village, case = self.people.village, self.here
        record_meeting(
            by=village,
            at=self.at,
            case=case,
            version=case.version,
            held_on=self.day,
            location="村委会会议室",
            chair="村支部书记",
            called=21,
            attended=17,
            agreed=17,
            result=MeetingResult.AGREED,
            needs="医疗费用负担重，需要稳定收入。",
            proposed_measures=[kind.value for kind in proposed_for(self.risks[0])],
        )
        self.hand_in(village, "minutes")
        return self.take(village, "meet_case")

    def review(self) -> Walk:
        """乡镇审核."""
        township, case = self.people.township, self.here
        record_review(
            by=township,
            at=self.at,
            case=case,
            version=case.version,
            reviewed_on=self.day,
            visited=True,
            result=ReviewResult.PASSED,
            opinion="材料齐全，情况属实，同意上报。",
        )
        self.hand_in(township, "review_form", sealed=True)
        return self.take(township, "review_case")

    def approve(self, number: str) -> Walk:
        """The county's paper."""
        approve_cases(
            by=self.people.county, at=self.at, cases=[self.here], number=number, approved_on=self.day
        )
        return self

    def announce(self) -> Walk:
        """公告."""
        case = self.here
        record_announcement(
            by=self.people.village,
            at=self.at,
            case=case,
            version=case.version,
            announced_on=self.day,
            location=LOCATION,
        )
        return self.take(self.people.village, "announce_case")

    def mark(self) -> Walk:
        """录入全国系统."""
        case = self.here
        mark_nationally(
            by=self.people.township, at=self.at, case=case, version=case.version, marked_on=self.day
        )
        return self.take(self.people.township, "mark_case")

    def plan(self) -> Walk:
        """Helper, plan and its measures."""
        village, people = self.people.village, self.people
        household = self.here.household
        if not household.pairings.filter(valid_to=None).exists():
            pair_household(
                by=village, at=self.at, household=household, helper=people.helper, valid_from=self.day
            )
        for kind in (MeasureKind.HEALTH, MeasureKind.PUBLIC_POST):
            planned = Planned(
                kind=kind, content=f"{kind.label}一项", planned_from=self.day, risk=self.risks[0]
            )
            add_measure(by=village, at=self.at, household=household, planned=planned)
        plan = draft_plan(
            by=village, at=self.at, household=household, needs="减轻支出，稳定收入。", goal="一年内消除风险。"
        )
        adopt_plan(by=village, at=self.at, plan=plan, version=plan.version, adopted_on=self.day)
        return self.take(village, "adopt_plan")

    def help(self) -> Walk:
        """The first measure begins."""
        village = self.people.village
        measure = self.here.household.measures.order_by("pk")[0]
        carry_out_measure(
            by=village,
            at=self.at,
            measure=measure,
            version=measure.version,
            progress=Progress(started_on=self.day),
        )
        return self.take(village, "enrol_case")

    def post(self) -> Walk:
        """The village composes the notice and hangs it on the wall."""
        village = self.people.village
        notice = compose_case_notice(by=village, at=self.at, cases=[self.here], posted_at=LOCATION)
        publish_notice(by=village, at=self.at, notice=notice, version=notice.version, posted_on=self.day)
        return self

    def end_notice(self) -> Walk:
        """After five days and the next one, the notice's proof, and on to the township."""
        self.pass_days(5).hand_in(self.people.village, "notice_paper")
        return self.take(self.people.village, "end_public_notice")

    def carry(self, until: str, number: str = "演示〔2026〕1号") -> Walk:
        """Go on, a day a step, until the case stands at ``until``."""
        while self.state != until:
            self.pass_days()
            self._step(self.state, number)
        return self

    def _step(self, state: str, number: str) -> None:
        match state:
            case "notice":
                self.post().end_notice()
            case "approve":
                self.approve(number)
            case _:
                getattr(self, state)()
