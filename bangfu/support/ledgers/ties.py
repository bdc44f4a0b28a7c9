"""Ledgers of ties, units, posts, plans and what units brought (C-020, C-037, C-101, C-212…C-215)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import RegionLevel
from bangfu.households.terms import in_term
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.support.enums.units import PostKind, UnitLevel, UnitNature
from bangfu.support.models import Party, Tie, UnitPost
from bangfu.support.queries.scopes import parties_seen_by
from bangfu.support.showing.ties import target_name, unit_name
from bangfu.support.terms.tie_kinds import kind_choices, kind_label, tie_kinds

OPEN = (("yes", "现在"), ("no", "已结束"))


def is_open(rows: QuerySet, answer: str) -> QuerySet:
    """Rows that go on, or that have ended."""
    return rows.filter(valid_to__isnull=answer == "yes")


def _tie_rows(user: User) -> QuerySet[Tie]:
    rows: QuerySet[Tie] = Tie.objects.visible_to(user, Permission.TIE_VIEW)
    return rows.select_related("party__unit", "party__user__unit", "region__parent", "other")


def _group(rows: QuerySet[Tie], value: str) -> QuerySet[Tie]:
    codes = [kind.code for kind in tie_kinds().values() if kind.group == value]
    return rows.filter(kind__in=codes)


def _groups(user: User) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys(kind.group for kind in tie_kinds().values())]


def _term(tie: Tie) -> tuple[str, str]:
    if tie.valid_to is not None:
        return "off", "已结束"
    if tie.planned_to is None:
        return "ok", "现在"
    days = (tie.planned_to - timezone.localdate()).days
    return ("bad", "过了期限") if days < 0 else ("warn", "快到期") if days <= 30 else ("ok", "现在")


def _due(rows: QuerySet[Tie], value: str) -> QuerySet[Tie]:
    today = timezone.localdate()
    running = rows.filter(valid_to=None)
    soon = today + timedelta(days=30)
    return {
        "over": running.filter(planned_to__lt=today),
        "soon": running.filter(planned_to__gte=today, planned_to__lte=soon),
    }.get(value, rows)


def _left(rows: QuerySet[Tie], value: str) -> QuerySet[Tie]:
    gone = Q(party__user__is_active=False) | Q(party__unit__is_active=False)
    return rows.filter(gone) if value == "yes" else rows.exclude(gone)


def _handed_from(rows: QuerySet[Tie], name: str) -> QuerySet[Tie]:
    """The same tie that somebody of that name had until the day before."""
    before = ExpressionWrapper(OuterRef("valid_from") - timedelta(days=1), DateField())
    former = Tie.objects.filter(kind=OuterRef("kind"), party__name=name, valid_to=before)
    same_target = Q(region=OuterRef("region")) | Q(other=OuterRef("other"))
    return rows.filter(Exists(former.filter(same_target)))


TIES = Ledger(
    id="tie_list",
    title="挂包关系",
    lead="谁挂哪里、谁包哪村、谁和谁对口，从哪天到哪天，凭哪份文件。户由谁帮在“结对”。",
    permission=Permission.TIE_VIEW,
    rows=_tie_rows,
    columns=(
        Column("party", "谁", "party.name", sort="party__name", classified=FieldClass.NAME),
        Column("kind", "种类", lambda tie: kind_label(tie.kind), kind="tag", sort="kind"),
        Column("unit", "单位", unit_name),
        Column("target", "挂包哪里", target_name, sort="place"),
        Column("valid_from", "自", kind="date", sort="valid_from"),
        Column("valid_to", "至", kind="date", sort="valid_to"),
        Column("planned_to", "文件定的期限", kind="date", sort="planned_to", default=False),
        Column("paper_number", "文件"),
        Column("state", "状态", _term, kind="signal", sort="valid_to"),
        Column("end_reason", "结束原因", default=False),
    ),
    filters=(
        Filter("open", "状态", choices=OPEN, apply=is_open),
        Filter("kind", "种类", choices=lambda user: kind_choices()),
        Filter("group", "类别", choices=_groups, apply=_group),
        Filter("party", "谁", kind="text", field="party__name"),
        Filter("due", "期限", choices=(("over", "过了期限"), ("soon", "30 天内到期")), apply=_due),
        Filter("left", "人或单位", choices=(("yes", "已离任、停用"), ("no", "在任")), apply=_left),
        Filter("handed_from", "从谁接来", kind="text", apply=_handed_from),
        Filter("valid_from", "开始日期", kind="day"),
    ),
    default_sort="target",
    row_url=lambda tie: reverse("tie_file", args=[tie.uid]),
    row_label=lambda tie: f"{tie.party.name} {kind_label(tie.kind)}",
    views=(("open", "现在", "f_open=yes"), ("over", "过了期限", "f_due=over")),
    actions=(
        HeadAction("空缺与冲突", "tie_gaps", Permission.TIE_VIEW, "alert-triangle"),
        HeadAction("谁在哪里", "tie_tree", Permission.TIE_VIEW, "sitemap"),
        HeadAction("导入名单", "upload_batch", Permission.IMPORT, "upload"),
        HeadAction("移交", "hand_over_ties", Permission.TIE_MANAGE, "arrows-exchange"),
        HeadAction("登记关系", "register_tie", Permission.TIE_MANAGE, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(party__name__icontains=text),
    search_label="查单位或人",
    empty="还没有登记挂包关系。先登记单位和人，再登记关系；也可以导入现成的名单。",
)


def _unit_rows(user: User) -> QuerySet[Party]:
    today = timezone.localdate()
    villages = Count("ties", filter=in_villages(today), distinct=True)
    changes = Count(
        "unit__posts",
        filter=Q(unit__posts__kind__in=(PostKind.PRINCIPAL, PostKind.IN_CHARGE))
        & Q(unit__posts__valid_to__isnull=False),
        distinct=True,
    )
    rows = parties_seen_by(user).filter(unit__isnull=False)
    return rows.annotate(village_count=villages, leader_changes=changes).select_related("unit")


def in_villages(today: Any) -> Q:
    """Ties to villages that hold today, asked from the party."""
    return Q(ties__region__level=RegionLevel.VILLAGE, ties__valid_from__lte=today) & (
        Q(ties__valid_to__isnull=True) | Q(ties__valid_to__gte=today)
    )


UNITS = Ledger(
    id="support_unit_list",
    title="帮扶单位",
    lead="中央到村的单位、部队、企业、社会组织：谁负责、谁联系、包哪些村、带来了什么。",
    permission=Permission.UNIT_VIEW,
    rows=_unit_rows,
    columns=(
        Column("name", "单位", sort="name"),
        Column("level", "级别", kind="tag", sort="level"),
        Column("nature", "性质", kind="tag", sort="nature"),
        Column("working_body", "工作机构"),
        Column("region_name", "所在地", default=False),
        Column("village_count", "包村", kind="number", sort="village_count"),
        Column("leader_changes", "领导换过", kind="number", sort="leader_changes", help="主要和分管领导"),
    ),
    filters=(
        Filter("level", "级别", choices=UnitLevel, blank=True),
        Filter("nature", "性质", choices=UnitNature, blank=True),
        Filter("name", "单位", kind="text"),
    ),
    default_sort="name",
    row_url=lambda party: reverse("support_unit_file", args=[party.uid]),
    actions=(
        HeadAction("任职", "post_list", Permission.UNIT_VIEW, "user-check"),
        HeadAction("年度计划", "year_plan_list", Permission.UNIT_VIEW, "clipboard-list"),
        HeadAction("带来了什么", "brought_list", Permission.UNIT_VIEW, "transfer"),
        HeadAction("导入名单", "upload_batch", Permission.IMPORT, "upload"),
        HeadAction("登记单位", "register_unit", Permission.TIE_MANAGE, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(name__icontains=text),
    search_label="查单位",
    empty="还没有登记帮扶单位。可以一个一个登记，也可以导入现成的名单。",
)


def _post_rows(user: User) -> QuerySet[UnitPost]:
    parties = parties_seen_by(user).filter(unit__isnull=False)
    return UnitPost.objects.filter(unit__in=parties.values("unit")).select_related("unit__party", "user")


def _post_now(rows: QuerySet[UnitPost], value: str) -> QuerySet[UnitPost]:
    now = in_term(timezone.localdate())
    return rows.filter(now) if value == "yes" else rows.exclude(now)


POSTS = Ledger(
    id="post_list",
    title="任职",
    lead="各单位主要负责人、分管领导、班子成员、联系人，从哪天到哪天。换过几次，数得出来。",
    permission=Permission.UNIT_VIEW,
    rows=_post_rows,
    columns=(
        Column("unit", "单位", "unit.name", sort="unit__name"),
        Column("kind", "职务类别", kind="tag", sort="kind"),
        Column("user", "姓名", "user.name", sort="user__name", classified=FieldClass.NAME),
        Column("title", "职务"),
        Column("valid_from", "自", kind="date", sort="valid_from"),
        Column("valid_to", "至", kind="date", sort="valid_to"),
        Column("paper_number", "任职文件", default=False),
    ),
    filters=(
        Filter("open", "状态", choices=OPEN, apply=_post_now),
        Filter("kind", "职务类别", choices=PostKind),
        Filter("unit", "单位", kind="text", field="unit__name"),
        Filter("name", "姓名", kind="text", field="user__name"),
    ),
    default_sort="unit",
    row_url=lambda post: reverse("support_unit_file", args=[post.unit.party.uid]),
    views=(("open", "现任", "f_open=yes"),),
    empty="还没有登记任职。在单位页上登记。",
)
