"""The register's figures: what each means, what it counts, which list it opens (C-092, C-141, C-207)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household, Member
from bangfu.households.queries.coverage import HOUSEHOLD_GROUPS, MEMBER_GROUPS, Group, in_group
from bangfu.metrics.registry import Metric, register

_UNKNOWN = "没有登记的不算覆盖，也在分母里。"


def _household_metric(
    code: str, label: str, definition: str, *, of: Metric | None = None, headline: bool = False, **more: str
) -> Metric:
    rows = _rows(Household, HOUSEHOLD_GROUPS[code])
    unit = "%" if of is not None else "户"
    return register(
        Metric(
            id=f"households_{code}",
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=rows,
            list_url=_list("household_list", code),
            ratio_of=of,
            headline=headline,
            **more,
        )
    )


def _member_metric(
    code: str, label: str, definition: str, *, of: Metric | None = None, headline: bool = False, **more: str
) -> Metric:
    unit = "%" if of is not None else "人"
    return register(
        Metric(
            id=f"members_{code}",
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=_rows(Member, MEMBER_GROUPS[code]),
            list_url=_list("member_list", code),
            ratio_of=of,
            group_of="人",
            headline=headline,
            **more,
        )
    )


def _rows(model: type, group: Group) -> Callable[[User, str, date | None], QuerySet]:
    def rows(user: User, place: str, on: date | None) -> QuerySet:
        visible = model.objects.visible_to(user, Permission.METRIC_VIEW)
        return in_group(visible, group, on or timezone.localdate())

    return rows


def _list(page: str, code: str) -> Callable[[str, date | None], str]:
    def address(place: str, on: date | None) -> str:
        asked = {"f_group": code} | ({"place": place} if place else {})
        return f"{reverse(page)}?{urlencode(asked)}"

    return address


def register_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    households = _household_metric("present", "在册户数", "状态为“在册”的户。")
    persons = _member_metric("present", "在册人数", "状态为“在册”的成员。")
    _household_metric(
        "register",
        "建档立卡和监测户数",
        "在册的脱贫户，加上风险还没有消除的监测对象；两者都是的算一户。",
        headline=True,
    )
    _member_metric("register", "建档立卡和监测人数", "上面这些户里在册的成员。", headline=True)
    _household_metric(
        "monitored", "监测对象户数", "在册、有监测对象类别、风险还没有消除的户。", headline=True
    )
    _register_coverage(households, persons)
    known = _household_metric("income_known", "收入已填的户", "建档立卡和监测户中填了人均纯收入的户。")
    _household_metric(
        "below_target",
        "人均纯收入低于目标的户",
        "建档立卡和监测户中，人均纯收入低于县参数“人均纯收入目标”的户，占填了收入的户。县里没有填目标，就没有一户算低于目标。",
        of=known,
        not_counted="没有填人均纯收入的户，分子分母都不算。",
    )


def _register_coverage(households: Metric, persons: Metric) -> None:
    _member_metric(
        "insured",
        "基本医保参保率",
        "在册成员中参加城乡居民或城镇职工基本医保的，占全部在册成员。",
        of=persons,
        headline=True,
        not_counted=_UNKNOWN,
    )
    _household_metric(
        "housed",
        "住房安全率",
        "在册户中登记为“不是危房户”的，占全部在册户。",
        of=households,
        headline=True,
        not_counted=_UNKNOWN,
    )
    _household_metric(
        "watered",
        "饮水安全率",
        "在册户中登记为“已解决安全饮用水”的，占全部在册户。",
        of=households,
        headline=True,
        not_counted=_UNKNOWN,
    )
    pupils = _member_metric(
        "school_age", "义务教育年龄人数", "今天的周岁在县参数的义务教育起止年龄之间（含两头）的在册成员。"
    )
    _member_metric(
        "schooled",
        "义务教育在校率",
        "义务教育年龄的在册成员中，在校生状况不是“非在校生”“学龄前儿童”也不空着的。",
        of=pupils,
        not_counted=f"因身体原因不能入学、送教上门的，在校生状况请照学籍登记。{_UNKNOWN}",
    )
