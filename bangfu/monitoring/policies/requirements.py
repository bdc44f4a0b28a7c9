"""What the steps of identification need: each check says what is missing, as a sentence."""

from __future__ import annotations

from bangfu.core.errors import SituationForbids
from bangfu.monitoring.enums.cases import CheckResult, MeetingResult, ReviewResult
from bangfu.monitoring.models import (
    Announcement,
    Authorisation,
    Case,
    HomeVerification,
    ReviewMeeting,
    RiskStudy,
    TownshipReview,
)
from bangfu.monitoring.policies.cases import check_category
from bangfu.monitoring.policies.standing import income_after_own_costs, line_of, signed_worksheet
from bangfu.monitoring.queries.cases import case_of, checks_of, latest
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check

MET = Check(True)
INCOME_BOUND = ("unstable", "marginal")
"""Categories whose income must lie below the monitoring line (facts.md 1.1)."""


def studied(run: FlowRun) -> Check:
    """The village committee and the team have studied the risk."""
    study = latest(case_of(run), RiskStudy)
    return MET if study else Check(False, "还没有研判记录：村两委和工作队研判后登记。")


def authorised(run: FlowRun) -> Check:
    """Every adult has signed application and authorisation."""
    signed = latest(case_of(run), Authorisation)
    if signed is None:
        return Check(False, "还没有登记申请和承诺授权。没有授权，不得查询这一户的信息。")
    if signed.adults_signed < signed.adults:
        missing = signed.adults - signed.adults_signed
        return Check(False, f"还有 {missing} 名成年家庭成员没有签字。")
    return MET


def verified_at_home(run: FlowRun) -> Check:
    """Two people have been there."""
    visit = latest(case_of(run), HomeVerification)
    return MET if visit else Check(False, "还没有入户核查记录：两名核查人一起入户。")


def income_counted(run: FlowRun) -> Check:
    """The household has signed an income worksheet."""
    sheet = signed_worksheet(case_of(run).household)
    return MET if sheet else Check(False, "收入测算表还没有，或最新一版户主没签字。")


def category_fits(run: FlowRun) -> Check:
    """The category is chosen and agrees with the household's kind and income."""
    case = case_of(run)
    if not case.category:
        return Check(False, "还没有定拟认定的类别。在入户核查里选。")
    try:
        check_category(case.household, case.category)
    except SituationForbids as refusal:
        return Check(False, refusal.message)
    return _income_fits(case)


def _income_fits(case: Case) -> Check:
    sheet = signed_worksheet(case.household)
    if case.category not in INCOME_BOUND or sheet is None:
        return MET
    line = line_of(case.place, case.discovered_on)
    if income_after_own_costs(sheet) < line.fen:
        return MET
    return Check(
        False,
        f"扣除合规自付后的人均纯收入不低于监测线 {line.words}，不符合"
        f"“{case.get_category_display()}”。支出骤增、收入骤减造成严重困难的，改为突发严重困难户。",
    )


def bureaus_answered(run: FlowRun) -> Check:
    """Every bureau that was asked has answered."""
    checks = checks_of(case_of(run))
    if not checks:
        return Check(False, "还没有提请信息比对。")
    waiting = [check.bureau for check in checks if check.result == CheckResult.WAITING]
    if waiting:
        return Check(False, f"还有 {len(waiting)} 个部门没有回函：{'、'.join(waiting)}。")
    return MET


def negatives_judged(run: FlowRun) -> Check:
    """Every negative clue has the written judgement of people."""
    negative = [one for one in checks_of(case_of(run)) if one.result == CheckResult.NEGATIVE]
    open_ = [one.bureau for one in negative if not one.judgements.all()]
    if open_:
        return Check(False, f"{'、'.join(open_)}比对出的负面线索还没有人研判。逐条写明理由，不能一票否决。")
    return MET


def meeting_held(run: FlowRun) -> Check:
    """The village has met."""
    meeting = latest(case_of(run), ReviewMeeting)
    return MET if meeting else Check(False, "还没有登记评议结果。")


def township_reviewed(run: FlowRun) -> Check:
    """The township has said what it thinks."""
    review = latest(case_of(run), TownshipReview)
    return MET if review else Check(False, "还没有登记乡镇审核意见。")


def meeting_has_agreed(case: Case) -> bool:
    """Whether the last meeting agreed."""
    meeting = latest(case, ReviewMeeting)
    return meeting is not None and meeting.result == MeetingResult.AGREED


def review_has_passed(case: Case) -> bool:
    """Whether the township's last review passed the case."""
    review = latest(case, TownshipReview)
    return review is not None and review.result == ReviewResult.PASSED


def approved(run: FlowRun) -> Check:
    """The county's paper, with number and day."""
    case = case_of(run)
    return MET if case.approval_id else Check(False, "还没有批复文号。在“县级审定”里勾选、填文号。")


def announced(run: FlowRun) -> Check:
    """The result hangs in the village."""
    notice = latest(case_of(run), Announcement)
    return MET if notice else Check(False, "还没有登记公告。")


def nationally_marked(run: FlowRun) -> Check:
    """Entered in the national system."""
    done = case_of(run).national_marked_on
    return MET if done else Check(False, "还没有登记录入或标注全国系统的日期。")
