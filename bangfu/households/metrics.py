"""The register's figures: what each means, what it counts, which list it opens (C-092, C-141, C-207)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household, Member
from bangfu.households.queries.coverage import HOUSEHOLD_GROUPS, MEMBER_GROUPS, Group, in_group
from bangfu.metrics.registry import Metric, Rows, list_of, register

_UNKNOWN = "没有登记的不算覆盖，也在分母里。"


@dataclass(frozen=True)
class _Kind:
    """What is counted: households or members, their groups, the ledger that lists them."""

    name: str
    unit: str
    model: type[Household] | type[Member]
    groups: dict[str, Group]
    page: str


_HOUSEHOLDS = _Kind("households", "户", Household, HOUSEHOLD_GROUPS, "household_list")
_MEMBERS = _Kind("members", "人", Member, MEMBER_GROUPS, "member_list")


def _metric(
    kind: _Kind,
    code: str,
    label: str,
    definition: str,
    *,
    of: Metric | None = None,
    headline: bool = False,
    not_counted: str = "",
) -> Metric:
    """Register the group ``code`` of a kind, as a count or as a share ``of`` another metric."""
    return register(
        Metric(
            id=f"{kind.name}_{code}",
            label=label,
            unit=kind.unit if of is None else "%",
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=_rows(kind, kind.groups[code]),
            list_url=list_of(kind.page, {"f_group": code}),
            ratio_of=of,
            group_of=kind.unit,
            headline=headline,
            not_counted=not_counted,
        )
    )


def _rows(kind: _Kind, group: Group) -> Rows:
    def rows(user: User, place: str, on: date | None) -> QuerySet:
        visible = kind.model.objects.visible_to(user, Permission.METRIC_VIEW)
        return in_group(visible, group, on or timezone.localdate())

    return rows


def register_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    households = _metric(_HOUSEHOLDS, "present", "在册户数", "状态为“在册”的户。")
    persons = _metric(_MEMBERS, "present", "在册人数", "状态为“在册”的成员。")
    _metric(
        _HOUSEHOLDS,
        "register",
        "建档立卡和监测户数",
        "在册的脱贫户，加上风险还没有消除的监测对象；两者都是的算一户。",
        headline=True,
    )
    _metric(_MEMBERS, "register", "建档立卡和监测人数", "上面这些户里在册的成员。", headline=True)
    _metric(
        _HOUSEHOLDS, "monitored", "监测对象户数", "在册、有监测对象类别、风险还没有消除的户。", headline=True
    )
    _register_coverage(households, persons)
    known = _metric(_HOUSEHOLDS, "income_known", "收入已填的户", "建档立卡和监测户中填了人均纯收入的户。")
    _metric(
        _HOUSEHOLDS,
        "below_target",
        "人均纯收入低于目标的户",
        "建档立卡和监测户中，人均纯收入低于县参数“人均纯收入目标”的户，占填了收入的户。县里没有填目标，就没有一户算低于目标。",
        of=known,
        not_counted="没有填人均纯收入的户，分子分母都不算。",
    )


def _register_coverage(households: Metric, persons: Metric) -> None:
    _metric(
        _MEMBERS,
        "insured",
        "基本医保参保率",
        "在册成员中参加城乡居民或城镇职工基本医保的，占全部在册成员。",
        of=persons,
        headline=True,
        not_counted=_UNKNOWN,
    )
    _metric(
        _HOUSEHOLDS,
        "housed",
        "住房安全率",
        "在册户中登记为“不是危房户”的，占全部在册户。",
        of=households,
        headline=True,
        not_counted=_UNKNOWN,
    )
    _metric(
        _HOUSEHOLDS,
        "watered",
        "饮水安全率",
        "在册户中登记为“已解决安全饮用水”的，占全部在册户。",
        of=households,
        headline=True,
        not_counted=_UNKNOWN,
    )
    pupils = _metric(
        _MEMBERS,
        "school_age",
        "义务教育年龄人数",
        "今天的周岁在县参数的义务教育起止年龄之间（含两头）的在册成员。",
    )
    _metric(
        _MEMBERS,
        "schooled",
        "义务教育在校率",
        "义务教育年龄的在册成员中，在校生状况不是“非在校生”“学龄前儿童”也不空着的。",
        of=pupils,
        not_counted=f"因身体原因不能入学、送教上门的，在校生状况请照学籍登记。{_UNKNOWN}",
    )
