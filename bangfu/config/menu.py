"""The side menu: by job, and only what the person may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import resolve, reverse

from bangfu.access.decorators import Declaration, declaration_of
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permissions_of


@dataclass(frozen=True)
class Item:
    """A line of the menu: its page, label and icon.

    It is the current one on its page, on every page whose address continues the page's, and below ``also``
    (beginnings of addresses).
    """

    page: str
    label: str
    icon: str
    also: tuple[str, ...] = ()


MENU: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "",
        (
            Item("workbench", "工作台", "home"),
            Item("todo_list", "待办", "list-check", ("done_list", "started_list", "copied_list")),
            Item("find", "找户", "search"),
        ),
    ),
    (
        "户与人口",
        (
            Item("household_list", "户", "users", ("/houses/",)),
            Item("member_list", "成员", "user"),
            Item("village_list", "村", "building-community", ("/grids/",)),
            Item("work_list", "务工", "briefcase"),
            Item("worksheet_list", "收入测算", "wallet"),
            Item("pairing_list", "结对与网格", "heart-handshake", ("/officers/",)),
            Item("natural_change_list", "自然变更", "user-edit"),
            Item("referral_list", "兜底转民政", "scale"),
            Item("relocation_list", "易地搬迁", "map-pin"),
            Item("proposal_list", "变更建议", "pencil-exclamation"),
        ),
    ),
    (
        "动态调整",
        (
            Item("round_list", "再识别与变动表", "git-compare"),
            Item("cause_matrix", "致贫原因与风险", "layout-grid", ("/incidence/",)),
            Item("metric_list", "概览与口径", "chart-bar"),
        ),
    ),
    (
        "监测帮扶",
        (
            Item("clue_list", "线索池", "inbox"),
            Item("screening_list", "筛查", "filter"),
            Item("list_calendar", "名单报送日历", "calendar-event"),
            Item("rule_precision", "规则准不准", "target"),
            Item("idle_labour_list", "有劳力没人就业", "user-question"),
            Item("sweep_list", "排查", "clipboard-list", ("/sweeps/",)),
            Item("case_list", "核查与认定", "clipboard-check", ("/refusals/",)),
            Item("check_list", "信息比对", "checkbox"),
            Item("notice_list", "公示与公告", "clipboard-text", ("/objections/",)),
            Item("plan_list", "一户一策", "home-edit"),
            Item("measure_list", "帮扶措施", "plant"),
            Item("timeliness", "时效", "clock"),
            Item("circular", "月通报", "report"),
        ),
    ),
    (
        "挂包帮",
        (
            Item("my_household_list", "我的户", "home-check"),
            Item("tie_list", "挂包关系", "sitemap"),
            Item("support_unit_list", "帮扶单位", "building", ("/support-people/",)),
            Item("visit_list", "走访", "walk"),
            Item("team_list", "驻村工作队", "flag"),
            Item("meeting_list", "会议与议定事项", "users-group", ("/resolutions/",)),
            Item("inspection_list", "督导检查", "eye"),
            Item("order_list", "督办单", "gavel"),
            Item("report_list", "报告", "writing"),
            Item("due_item_list", "责任事项", "list-details", ("/duties/",)),
            Item("training", "培训与专家", "school", ("/services/",)),
        ),
    ),
    (
        "项目与资金",
        (
            Item("project_list", "项目库", "road", ("/projects/",)),
            Item("county_plan_list", "计划和任务", "checks", ("/county-plans/",)),
            Item("fund_source_list", "资金去向", "coin", ("/funds/",)),
        ),
    ),
    (
        "台账与计划",
        (
            Item("county_ledger_list", "自定台账", "table", ("/ledgers/",)),
            Item("target_board", "目标", "progress", ("/county-targets/",)),
            Item("standard_list", "标准和验收", "certificate", ("/standards/",)),
            Item("matching_board", "供需对接", "arrows-exchange", ("/matching/",)),
            Item("unit_duty_list", "责任清单", "signature", ("/duty-lists/",)),
            Item("problem_list", "问题清单", "alert-triangle", ("/problems/",)),
            Item("unit_assessment_list", "考核", "sum", ("/unit-assessments/", "/sample-surveys/")),
        ),
    ),
    (
        "数据进出",
        (
            Item("batch_list", "导入", "upload"),
            Item("return_paper", "扫码归档", "qrcode"),
            Item("list_batch_list", "部门名单", "database"),
            Item("job_list", "任务", "hourglass"),
        ),
    ),
    (
        "设置与安全",
        (
            Item("parameter_list", "参数", "adjustments"),
            Item("flow_list", "流程与期限", "route", ("flow_page", "definition_file", "holiday_list")),
            Item("region_list", "区划", "map"),
            Item("user_list", "用户", "user-cog", ("/units/",)),
            Item("role_list", "角色", "key"),
            Item("audit_list", "审计", "shield-check"),
            Item("compliance", "合规说明", "file-text"),
        ),
    ),
)


def menu_of(user: User, path: str) -> list[dict[str, Any]]:
    """The groups and items that this person may open, that of the page at ``path`` marked.

    Empty groups are left out.
    """
    held, current = permissions_of(user), _current(path)
    groups = []
    for title, items in MENU:
        lines = [_line(item, item is current) for item in items if _may_open(held, item)]
        if lines:
            groups.append({"title": title, "items": lines})
    return groups


WAYS_IN = (
    Item("find", "找一户", "search"),
    Item("my_duties", "我的责任", "list-check"),
    Item("my_household_list", "记走访", "walk"),
    Item("household_list", "看我管的户", "users"),
    Item("upload_batch", "导入名册", "upload"),
    Item("register_household", "登记一户", "plus"),
    Item("clue_list", "看线索池", "inbox"),
    Item("register_clue", "登记线索", "plus"),
    Item("proposal_list", "看变更建议", "inbox"),
    Item("pairing_list", "看结对", "heart-handshake"),
    Item("round_list", "再识别与变动表", "git-compare"),
    Item("metric_list", "看概览", "chart-bar"),
    Item("create_user", "建用户", "user"),
    Item("user_list", "看用户和角色", "key"),
    Item("audit_list", "看审计", "shield-check"),
)
"""Where work begins, on the workbench."""


def ways_in(user: User) -> list[dict[str, Any]]:
    """The beginnings of work that this person may open."""
    held = permissions_of(user)
    return [_line(item, False) for item in WAYS_IN if _may_open(held, item)]


def _current(path: str) -> Item | None:
    """The item with the longest beginning of ``path``; the workbench is no beginning of other pages."""
    fitting = [(len(b), item) for b, item in _beginnings() if path == b or (b != "/" and path.startswith(b))]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


@cache
def _beginnings() -> list[tuple[str, Item]]:
    """What the addresses below each item begin with."""
    items = [item for _, items in MENU for item in items]
    return [(beginning, item) for item in items for beginning in (_url(item.page), *item.also)]


def _line(item: Item, current: bool) -> dict[str, Any]:
    return {"label": item.label, "url": _url(item.page), "icon": item.icon, "current": current, "count": None}


def _may_open(held: frozenset[Permission], item: Item) -> bool:
    declared = _declared(item.page)
    return declared is not None and declared.opens_to(held)


@cache
def _declared(page: str) -> Declaration | None:
    """Who may open a page: asked for every line of every page's menu, and fixed with the program."""
    return declaration_of(resolve(_url(page)).func)


@cache
def _url(page: str) -> str:
    """A page's address, as often asked for and as fixed."""
    return reverse(page)
