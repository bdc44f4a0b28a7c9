"""The side menu: by job, and only what the person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import resolve, reverse

from bangfu.access.decorators import declaration_of
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission


@dataclass(frozen=True)
class Item:
    """A line of the menu: its page, label and icon; it is the current one on ``with_pages`` too."""

    page: str
    label: str
    icon: str
    with_pages: tuple[str, ...] = ()


_ROUND_PAGES = (
    "movement_report",
    "round_entry_list",
    "decide_round",
    "open_round",
    "add_to_round",
    "check_round",
)

MENU: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "",
        (
            Item("workbench", "工作台", "home"),
            Item("find", "找户", "search"),
        ),
    ),
    (
        "户与人口",
        (
            Item("household_list", "户", "users", ("household_file",)),
            Item("member_list", "成员", "user"),
            Item("village_list", "村", "building-community", ("village_file",)),
            Item("work_list", "务工", "briefcase"),
            Item("worksheet_list", "收入测算", "wallet"),
            Item("pairing_list", "结对与网格", "heart-handshake"),
            Item("natural_change_list", "自然变更", "user-edit"),
            Item("proposal_list", "变更建议", "inbox"),
        ),
    ),
    (
        "动态调整",
        (
            Item("round_list", "再识别与变动表", "git-compare", _ROUND_PAGES),
            Item("cause_matrix", "致贫原因与风险", "chart-bar"),
            Item("metric_list", "概览与口径", "chart-bar"),
        ),
    ),
    ("数据进出", (Item("batch_list", "导入", "upload"), Item("job_list", "任务", "hourglass"))),
    (
        "设置与安全",
        (
            Item("parameter_list", "参数", "adjustments"),
            Item("region_list", "区划", "map"),
            Item("user_list", "用户", "user"),
            Item("role_list", "角色", "key"),
            Item("audit_list", "审计", "shield-check"),
            Item("compliance", "合规说明", "file-text"),
        ),
    ),
)


def menu_of(user: User, here: str) -> list[dict[str, Any]]:
    """The groups and items that this person may open, the page ``here`` marked; empty groups are left out."""
    held = _held(user)
    groups = []
    for title, items in MENU:
        lines = [_line(item, here) for item in items if _may_open(held, item)]
        if lines:
            groups.append({"title": title, "items": lines})
    return groups


WAYS_IN = (
    Item("find", "找一户", "search"),
    Item("upload_batch", "导入名册", "upload"),
    Item("register_household", "登记一户", "plus"),
    Item("proposal_list", "看变更建议", "inbox"),
    Item("round_list", "再识别与变动表", "git-compare", _ROUND_PAGES),
    Item("metric_list", "看概览", "chart-bar"),
    Item("create_user", "建用户", "user"),
    Item("user_list", "看用户和角色", "key"),
    Item("audit_list", "看审计", "shield-check"),
)
"""Where work begins, on the workbench."""


def ways_in(user: User) -> list[dict[str, Any]]:
    """The beginnings of work that this person may open."""
    held = _held(user)
    return [_line(item, "") for item in WAYS_IN if _may_open(held, item)]


def _line(item: Item, here: str) -> dict[str, Any]:
    current = here == item.page or here in item.with_pages
    url = reverse(item.page)
    return {"label": item.label, "url": url, "icon": item.icon, "current": current, "count": None}


def _held(user: User) -> set[Permission]:
    return {permission for permission in Permission if has_permission(user, permission)}


def _may_open(held: set[Permission], item: Item) -> bool:
    declared = declaration_of(resolve(reverse(item.page)).func)
    return declared is not None and declared.opens_to(held)
