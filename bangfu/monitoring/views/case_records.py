"""The pages on which the steps of a case are written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.households.enums import MemberState
from bangfu.monitoring.actions import case_records as actions
from bangfu.monitoring.actions.case_checks import request_checks as ask_bureaus
from bangfu.monitoring.actions.case_verification import record_verification as write_verification
from bangfu.monitoring.forms import cases as forms
from bangfu.monitoring.forms.verification import VerificationForm
from bangfu.monitoring.models import Authorisation, Case, ReviewMeeting, RiskStudy
from bangfu.monitoring.queries.case_people import people_with
from bangfu.monitoring.queries.cases import latest
from bangfu.monitoring.terms import proposed_for
from bangfu.monitoring.views.case_stepping import CASES, CaseStep, answer, case_step

ADULT = 18


def _known_risks(case: Case) -> dict[str, Any]:
    study = latest(case, RiskStudy)
    return {"risks": study.risks if study else case.risks}


def _adults(case: Case) -> dict[str, Any]:
    """Who has to sign: the present members of full age, as far as birth dates are known."""
    members = case.household.members.filter(state=MemberState.PRESENT)
    today = timezone.localdate()
    count = sum(1 for member in members if (member.age_on(today) or ADULT) >= ADULT)
    signed = latest(case, Authorisation)
    return {"applicant": case.household.head_name, "adults": count} | (
        {"adults": signed.adults, "adults_signed": signed.adults_signed} if signed else {}
    )


def proposed(case: Case) -> dict[str, Any]:
    """The measures that the meeting may start from: those proposed before, else those of the risks."""
    kinds = sorted({kind.value for risk in case.risks for kind in proposed_for(risk)})
    meeting = latest(case, ReviewMeeting)
    return {"proposed_measures": meeting.proposed_measures if meeting else kinds}


record_study = case_step(
    CaseStep(
        Permission.CASE_STUDY,
        "风险研判",
        "村两委和驻村工作队一起看线索，写下研判出的风险。",
        forms.StudyForm,
        actions.record_study,
        "研判已登记。",
        opening=_known_risks,
    )
)
record_authorisation = case_step(
    CaseStep(
        Permission.CASE_AUTHORISE,
        "申请和承诺授权",
        "成年家庭成员都签了字，才能查询这一户的信息。",
        forms.AuthorisationForm,
        actions.record_authorisation,
        "申请和授权已登记。签好的纸请在个案页上传。",
        opening=_adults,
    )
)
request_checks = case_step(
    CaseStep(
        Permission.CASE_VERIFY,
        "提请信息比对",
        "按本县参数里的部门名单，向各部门提请比对这一户。",
        forms.RequestChecksForm,
        ask_bureaus,
        "已提请比对，等各部门回函。",
        submit="提请",
    )
)
record_meeting = case_step(
    CaseStep(
        Permission.CASE_MEET,
        "民主评议",
        "应到、实到、同意人数照签到表填；同时议帮扶需求和拟帮扶措施。",
        forms.MeetingForm,
        actions.record_meeting,
        "评议结果已登记。评议记录和签到请在个案页上传。",
        opening=proposed,
    )
)
record_review = case_step(
    CaseStep(
        Permission.CASE_REVIEW,
        "乡镇审核",
        "看材料，抽查入户，写明意见。",
        forms.ReviewForm,
        actions.record_review,
        "审核意见已登记。签字盖章的审核表请在个案页上传。",
    )
)
record_announcement = case_step(
    CaseStep(
        Permission.CASE_ANNOUNCE,
        "公告",
        "审定结果在村里公告，一样不得有证件号、电话、账号、健康状况。",
        forms.AnnouncementForm,
        actions.record_announcement,
        "公告已登记。",
    )
)
mark_nationally = case_step(
    CaseStep(
        Permission.CASE_MARK,
        "标注全国系统",
        "在全国系统录入或标注以后，登记那一天。帮了没录，就是体外循环。",
        forms.MarkForm,
        actions.mark_nationally,
        "已登记。",
    )
)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_VERIFY)
def record_verification(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Household and members as they were found; opens with what is known."""
    case = get_visible(CASES, request.user, Permission.CASE_VERIFY, uid=uid)
    today = timezone.localdate()
    members = list(case.household.members.filter(state=MemberState.PRESENT).order_by("-is_head", "pk"))
    form = VerificationForm(
        request.POST or None,
        case=case,
        members=members,
        initial={"version": case.version, "verified_on": today, "first_verifier": request.user},
    )
    people = people_with(Permission.CASE_VERIFY, case.place, today)
    forms.offer_people(form, ("first_verifier", "second_verifier"), people)
    step = CaseStep(
        Permission.CASE_VERIFY,
        "入户核查",
        "已带出登记里的情况：对的不用动，不对的改成看到的。不一样的地方会作为变更建议送去审核。",
        VerificationForm,
        write_verification,
        "入户核查已登记。签好的信息采集表请在个案页上传。",
        submit="保存这次核查",
    )

    def act() -> Any:
        names = ("version", "verified_on", "first_verifier", "second_verifier")
        given = {name: form.cleaned_data[name] for name in names}
        return write_verification(
            by=request.user, at=timezone.now(), case=case, sighting=form.sighting(), **given
        )

    return answer(request, case, step, form, act, template="monitoring/cases/verification.html")
