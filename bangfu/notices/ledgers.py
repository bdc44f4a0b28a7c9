"""The two ledgers: notices, and who has been on one (C-044, C-049)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.notices.enums import NoticeKind, NoticeMatter, NoticeState
from bangfu.notices.models import Notice
from bangfu.notices.queries import entries_seen_by, notices_seen_by

_SIGNALS = {"draft": "off", "posted": "now", "ended": "ok", "withdrawn": "off"}


def signal_of(notice: Notice) -> tuple[str, str]:
    """The state in a word; what should have come down today says so, an announcement has no end."""
    if notice.state == NoticeState.POSTED and notice.is_announcement:
        return "ok", "已公告"
    if notice.state == NoticeState.POSTED and notice.ends_on and notice.ends_on <= localdate():
        return "warn", "期满待撤下"
    return _SIGNALS[notice.state], notice.get_state_display()


def _due(rows: QuerySet, value: str) -> QuerySet:
    """Still hanging on or after the last day."""
    return rows.filter(state=NoticeState.POSTED, ends_on__lte=localdate()) if value == "today" else rows


def _objected(rows: QuerySet, value: str) -> QuerySet:
    waiting = Q(objection_count__gt=0) if value == "any" else Q(waiting_count__gt=0)
    return rows.filter(waiting) if value in ("any", "waiting") else rows


NOTICES = Ledger(
    id="notice_list",
    title="公示与公告",
    lead="村里只公示一次；内容脱敏，张贴后不能改；期满当天列入待撤下。",
    permission=Permission.NOTICE_VIEW,
    rows=notices_seen_by,
    columns=(
        Column("title", "标题"),
        Column("village", "行政村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", default=False),
        Column("kind", "种类", kind="tag"),
        Column("matter", "事项", default=False),
        Column("row_count", "户数", kind="number"),
        Column("posted_on", "张贴", kind="date", sort="posted_on"),
        Column("ends_on", "期满", kind="date", sort="ends_on"),
        Column("taken_down_on", "撤下", kind="date", default=False),
        Column("state", "状态", signal_of, kind="signal", sort="state"),
        Column("objection_count", "异议", kind="number"),
        Column("waiting_count", "未答复", kind="number", default=False),
    ),
    filters=(
        Filter("kind", "种类", choices=NoticeKind),
        Filter("matter", "事项", choices=NoticeMatter),
        Filter("state", "状态", choices=NoticeState),
        Filter("due", "撤下", choices=(("today", "期满待撤下"),), apply=_due),
        Filter("objections", "异议", choices=(("any", "有异议"), ("waiting", "未答复")), apply=_objected),
        Filter("posted_on", "张贴日期", "day"),
    ),
    default_sort="-composed_on",
    row_url=lambda row: reverse("notice_file", args=[row.uid]),
    views=(
        ("draft", "草稿", "f_state=draft"),
        ("posted", "公示中", "f_state=posted"),
        ("due", "期满待撤下", "f_due=today"),
        ("waiting", "异议未答复", "f_objections=waiting"),
    ),
    actions=(
        HeadAction("公示核查", "notice_entry_list", Permission.NOTICE_VIEW, "list-check"),
        HeadAction("拟一份公示", "compose_notice", Permission.NOTICE_PUBLISH, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(number__icontains=text)),
    search_label="标题、编号",
    print_title="公示与公告台账",
    empty="还没有公示。评议过的个案在流程里张贴，其他事项点“拟一份公示”。",
)

ENTRIES = Ledger(
    id="notice_entry_list",
    title="公示核查",
    lead="哪一户、在哪个村、什么时候公示过，一户一次一行。",
    permission=Permission.NOTICE_VIEW,
    rows=entries_seen_by,
    columns=(
        Column("name", "户主"),
        Column("village", "行政村", "notice.village.name", sort="notice__place"),
        Column("group", "村民小组"),
        Column("category", "类别", kind="tag"),
        Column("title", "公示", "notice.title"),
        Column("matter", "事项", "notice.matter", default=False),
        Column("posted_on", "张贴", "notice.posted_on", kind="date", sort="notice__posted_on"),
        Column("ends_on", "期满", "notice.ends_on", kind="date", sort="notice__ends_on"),
        Column("taken_down_on", "撤下", "notice.taken_down_on", kind="date", default=False),
        Column("state", "状态", lambda row: signal_of(row.notice), kind="signal", sort="notice__state"),
    ),
    filters=(
        Filter("matter", "事项", field="notice__matter", choices=NoticeMatter),
        Filter("kind", "种类", field="notice__kind", choices=NoticeKind),
        Filter("state", "状态", field="notice__state", choices=NoticeState),
        Filter("posted_on", "张贴日期", "day", field="notice__posted_on"),
    ),
    default_sort="-notice__posted_on",
    place_field="notice__place",
    row_url=lambda row: reverse("notice_file", args=[row.notice.uid]),
    row_label=lambda row: str(row.name),
    search=lambda rows, text: rows.filter(name__icontains=text),
    search_label="户主",
    print_title="公示核查表",
    empty="没有公示过的户。",
)

WORK = (
    Work(
        Permission.NOTICE_PUBLISH,
        NOTICES,
        "f_due=today",
        "公示期满待撤下",
        "取下收好，登记撤下日期。",
        reminds=True,
    ),
    Work(
        Permission.NOTICE_OBJECT,
        NOTICES,
        "f_objections=waiting",
        "公示有异议没答复",
        "核实清楚，按期答复。",
        reminds=True,
    ),
)
"""What waits on the workbench."""
