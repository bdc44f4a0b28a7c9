"""Ledgers of teams: the teams, the roster, leave, assessments (C-087, C-108). No order among people."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.support.enums.teams import (
    TAKEN,
    WORK_AWAY,
    AssessmentResult,
    AssessmentStep,
    LeaveKind,
    LeaveState,
    TeamRole,
)
from bangfu.support.models import Assessment, Leave, Team, TeamMember
from bangfu.support.policies.leaves import days_of
from bangfu.support.queries.teams import leave_rows, member_rows, to_decide
from bangfu.support.showing.teams import Rules, leave_signal, rules_on, year_words

_OPEN = (("yes", "现在的"), ("no", "已结束"))


def _is_open(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(valid_to__isnull=answer == "yes")


def _team_rows(user: User) -> QuerySet[Team]:
    rows = Team.objects.visible_to(user, Permission.TEAM_VIEW)
    first = TeamMember.objects.filter(
        team=OuterRef("pk"), valid_to=None, role=TeamRole.FIRST_SECRETARY
    ).order_by("-valid_from")
    rows = rows.annotate(
        people=Count("members", filter=Q(members__valid_to=None)),
        secretary=Subquery(first.values("user__name")[:1]),
    )
    return rows.select_related("village__parent", "unit")


TEAMS = Ledger(
    id="team_list",
    title="驻村工作队",
    lead="哪个村、哪个单位派的、现在几个人。在村天数按请假和外出记录算，不签到、不定位。",
    permission=Permission.TEAM_VIEW,
    rows=_team_rows,
    columns=(
        Column("village", "村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", sort="place"),
        Column("unit", "派出单位", "unit.name", sort="unit__name"),
        Column("secretary", "第一书记", sort="secretary"),
        Column("people", "现有人数", kind="number", sort="people", total=True),
        Column("valid_from", "进驻", kind="date", sort="valid_from"),
        Column("valid_to", "撤队", kind="date", sort="valid_to"),
        Column("paper_number", "选派文件", default=False),
    ),
    filters=(
        Filter("open", "状态", choices=_OPEN, apply=_is_open),
        Filter("unit", "派出单位", "text", field="unit__name"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("team_file", args=[row.uid]),
    row_label=lambda row: f"{row.village.name}（{row.unit.name}）",
    views=(("open", "现在的", "f_open=yes"),),
    actions=(
        HeadAction("队员名册", "team_member_list", Permission.TEAM_VIEW, "users"),
        HeadAction("请假和外出", "leave_list", Permission.TEAM_VIEW, "calendar-event"),
        HeadAction("年度考核", "assessment_list", Permission.TEAM_ASSESS, "clipboard-check"),
        HeadAction("登记工作队", "form_team", Permission.TEAM_MANAGE, "plus", primary=True),
    ),
    print_title="驻村工作队名册",
    empty="还没有登记工作队。先定村，再登记队，再加人。",
)


def _member_rows(user: User) -> QuerySet[TeamMember]:
    today = timezone.localdate()
    places = places_of(user, Permission.TEAM_VIEW)
    rules = rules_on(today, places[0] if places else "")
    taken = Leave.objects.filter(state__in=TAKEN, ends_on__gte=today.replace(month=1, day=1))
    rows = member_rows(user, Permission.TEAM_VIEW)
    rows = rows.annotate(
        today=Value(today),
        asks_year=Value(rules.year),
        asks_month=Value(rules.month),
        says=Value(rules.leave),
    )
    return rows.prefetch_related(Prefetch("leaves", queryset=taken, to_attr="leaves_taken"))


def _days(row: TeamMember) -> tuple[str, str, str]:
    """This year's days by the papers, for who is still there."""
    if row.valid_to is not None:
        return "off", "已离村", "circle-x"
    rules = Rules(row.asks_year, row.asks_month, row.says)  # type: ignore[attr-defined]
    return year_words(row, row.leaves_taken, rules, row.today)  # type: ignore[attr-defined]


def _selection(row: TeamMember) -> str:
    if row.checked_on is None:
        return "未核对"
    unmet = [words for words, met in row.conditions if not met]
    return f"不符：{'、'.join(unmet)}" if unmet else "都符合"


MEMBERS = Ledger(
    id="team_member_list",
    title="驻村队员名册",
    lead="谁在哪个村、什么职务、从哪天到哪天，今年在村几天。天数只按派驻日期、请假和外出记录算。",
    permission=Permission.TEAM_VIEW,
    rows=_member_rows,
    columns=(
        Column("name", "姓名", "user.name", sort="user__name"),
        Column("role", "职务", kind="tag", sort="role"),
        Column("village", "村", "team.village.name", sort="team__place"),
        Column("township", "乡镇", "team.village.parent.name", sort="team__place"),
        Column("unit", "派出单位", "unit.name", sort="unit__name"),
        Column("valid_from", "到村", kind="date", sort="valid_from"),
        Column("planned_to", "期满", kind="date", sort="planned_to"),
        Column("valid_to", "离村", kind="date", sort="valid_to"),
        Column("days", "今年在村", _days, kind="signal"),
        Column("selection", "选派条件", _selection, default=False),
        Column("paper_number", "选派文件", default=False),
        Column("end_reason", "离村原因", default=False),
    ),
    filters=(
        Filter("open", "状态", choices=_OPEN, apply=_is_open),
        Filter("role", "职务", choices=TeamRole),
        Filter("unit", "派出单位", "text", field="unit__name"),
        Filter("planned_to", "期满", "day"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("member_file", args=[row.uid]),
    row_label=lambda row: row.user.name,
    place_field="team__place",
    views=(("open", "现任", "f_open=yes"), ("secretary", "第一书记", "f_open=yes&f_role=first_secretary")),
    print_title="驻村队员名册",
    empty="还没有登记队员。",
)


def _leave_rows(user: User) -> QuerySet[Leave]:
    return leave_rows(user, Permission.TEAM_VIEW)


def _counts(row: Leave) -> str:
    return "算在村" if row.kind in WORK_AWAY else "不算"


def _by_count(rows: QuerySet[Leave], value: str) -> QuerySet[Leave]:
    return rows.filter(kind__in=WORK_AWAY) if value == "yes" else rows.exclude(kind__in=WORK_AWAY)


LEAVES = Ledger(
    id="leave_list",
    title="请假和外出",
    lead="请假按天数由乡镇或县委组织部批；外出培训、跑项目报备了算在村。",
    permission=Permission.TEAM_VIEW,
    rows=_leave_rows,
    columns=(
        Column("who", "姓名", "member.user.name", sort="member__user__name"),
        Column("village", "村", "member.team.village.name", sort="member__team__place"),
        Column("starts_on", "第一天", kind="date", sort="starts_on"),
        Column("ends_on", "最后一天", kind="date", sort="ends_on"),
        Column("days", "天数", lambda row: days_of(row.starts_on, row.ends_on), kind="number"),
        Column("counts", "算不算在村", _counts, kind="tag"),
        Column("state", "状态", leave_signal, kind="signal", sort="state"),
        Column("level", "谁批", kind="tag", sort="level"),
        Column("back_on", "提前返岗", kind="date", default=False),
        Column("kind", "种类", kind="tag", sort="kind", permission=Permission.LEAVE_APPROVE),
        Column("reason", "事由", permission=Permission.LEAVE_APPROVE),
        Column("decided_by", "批准人", "decided_by.name", default=False),
        Column("decision_reason", "意见", default=False, permission=Permission.LEAVE_APPROVE),
    ),
    filters=(
        Filter("state", "状态", choices=LeaveState),
        Filter("counts", "算不算在村", choices=(("yes", "算在村"), ("no", "不算")), apply=_by_count),
        Filter("starts_on", "日期", "day"),
        Filter("who", "姓名", "text", field="member__user__name"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("member_file", args=[row.member.uid]),
    row_label=lambda row: row.member.user.name,
    place_field="member__team__place",
    views=(
        ("asked", "待批", "f_state=asked"),
        ("away", "外出办事", "f_counts=yes"),
    ),
    print_title="驻村队员请假和外出台账",
    empty="没有请假和外出记录。",
)


def _to_decide_rows(user: User) -> QuerySet[Leave]:
    return to_decide(user, leave_rows(user, Permission.LEAVE_APPROVE))


LEAVES_TO_DECIDE = Ledger(
    id="leave_to_decide_list",
    title="等我批的请假",
    lead="按天数轮到您这一级批的。自己提的由别人批。",
    permission=Permission.LEAVE_APPROVE,
    rows=_to_decide_rows,
    columns=(
        Column("who", "姓名", "member.user.name", sort="member__user__name"),
        Column("village", "村", "member.team.village.name", sort="member__team__place"),
        Column("kind", "种类", kind="tag", sort="kind"),
        Column("starts_on", "第一天", kind="date", sort="starts_on"),
        Column("ends_on", "最后一天", kind="date", sort="ends_on"),
        Column("days", "天数", lambda row: days_of(row.starts_on, row.ends_on), kind="number"),
        Column("reason", "事由"),
        Column("cover", "离村时谁顶着"),
    ),
    filters=(Filter("kind", "种类", choices=LeaveKind),),
    default_sort="starts_on",
    row_url=lambda row: reverse("decide_leave", args=[row.uid]),
    row_label=lambda row: row.member.user.name,
    place_field="member__team__place",
    empty="没有等您批的请假。",
)


def _assessment_rows(user: User) -> QuerySet[Assessment]:
    rows = Assessment.objects.visible_to(user, Permission.TEAM_ASSESS)
    rows = rows.select_related("member__team__village__parent", "member__user", "member__unit")
    # 队友的考核表不给看：按区划有权的看全部，别人只看自己的
    regional = Q(pk__in=())
    for place in places_of(user, Permission.TEAM_ASSESS):
        regional |= Q(member__team__place__startswith=place)
    mates = TeamMember.objects.filter(user=user, valid_to=None).values("team__village")
    return rows.filter((regional & ~Q(member__team__village__in=mates)) | Q(member__user=user))


ASSESSMENTS = Ledger(
    id="assessment_list",
    title="驻村年度考核",
    lead="自评、村、乡镇、组织部门逐级写意见，结果用词，不打分、不排名。",
    permission=Permission.TEAM_ASSESS,
    rows=_assessment_rows,
    columns=(
        Column("name", "姓名", "member.user.name", sort="member__user__name"),
        Column("year", "年度", lambda row: str(row.year), sort="year"),
        Column("village", "村", "member.team.village.name", sort="member__team__place"),
        Column("unit", "派出单位", "member.unit.name", sort="member__unit__name"),
        Column("step", "办到哪一步", kind="tag", sort="step"),
        Column("counted", "在村天数", lambda row: row.figures.get("counted"), kind="number"),
        Column("result", "结果", kind="tag", sort="result"),
    ),
    filters=(
        Filter("step", "办到哪一步", choices=AssessmentStep),
        Filter("result", "结果", choices=AssessmentResult, blank=True),
        Filter("year", "年度", "range"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("assessment_file", args=[row.uid]),
    row_label=lambda row: f"{row.member.user.name} {row.year}",
    place_field="member__team__place",
    views=tuple((step.value, step.label, f"f_step={step.value}") for step in AssessmentStep)[1:4],
    print_title="驻村干部年度考核结果",
    empty="还没有人交自评。",
)
