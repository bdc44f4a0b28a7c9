"""The figures of clues: what each means, what it counts, which list it opens (C-188, C-206)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.monitoring.enums.clues import OPEN_STATES, Verdict
from bangfu.monitoring.ledgers.idle_labour import idle_households
from bangfu.monitoring.models import Clue, ClueFact
from bangfu.monitoring.queries import clues as queries
from bangfu.monitoring.queries.precision import TRUE

Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


def register_clue_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    _clues("open", "在办线索", "还没有办结的线索，一户一条。", {"f_limit": "open"}, _open, headline=True)
    _clues(
        "overdue",
        "核实超期的线索",
        "没有核实结论、期限已过的线索；期限按县参数“线索核实时限”从发现那天算。",
        {"f_limit": "overdue"},
        queries.overdue,
    )
    judged = _clues(
        "verified",
        "已核实的线索",
        "有核实结论的线索。",
        {"f_limit": "verified"},
        lambda rows: rows.exclude(verdict=""),
    )
    _clues(
        "at_risk",
        "属实有风险的比例",
        "核实为“属实有风险”的线索，占已核实的。",
        {"f_verdict": "at_risk"},
        lambda rows: rows.filter(verdict=Verdict.AT_RISK),
        of=judged,
    )
    _facts()
    _idle()


def _open(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state__in=OPEN_STATES)


def _clues(
    code: str,
    label: str,
    definition: str,
    asked: dict[str, str],
    narrow: Narrow,
    *,
    of: Metric | None = None,
    headline: bool = False,
) -> Metric:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        visible = Clue.objects.visible_to(user, Permission.METRIC_VIEW)
        return narrow(visible.annotate(today=Value(on or timezone.localdate())))

    return register(
        Metric(
            id=f"clues_{code}",
            label=label,
            unit="条" if of is None else "%",
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=rows,
            list_url=list_of("clue_list", asked),
            ratio_of=of,
            group_of="条",
            headline=headline,
        )
    )


def _facts() -> None:
    """Of what rules found and people verified, how much was true."""

    def judged(user: User, place: str, on: date | None) -> QuerySet[Any]:
        rows = ClueFact.objects.visible_to(user, Permission.METRIC_VIEW)
        return rows.exclude(verdict__in=("", Verdict.DUPLICATE))

    def at_risk(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return judged(user, place, on).filter(verdict=Verdict.AT_RISK)

    def true(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return judged(user, place, on).filter(verdict__in=TRUE)

    whole = _fact_metric(
        "judged", "规则筛出、已核实的", "规则筛出、有核实结论的情况，“重复”不算。", judged, "counted"
    )
    _fact_metric(
        "true",
        "规则筛得准的比例",
        "核实属实（有风险、无风险或已帮扶）的，占已核实的。",
        true,
        "true",
        of=whole,
    )
    _fact_metric(
        "at_risk", "规则筛出真有风险的比例", "核实属实有风险的，占已核实的。", at_risk, "at_risk", of=whole
    )


def _fact_metric(
    code: str, label: str, definition: str, rows: Any, standing: str, *, of: Metric | None = None
) -> Metric:
    return register(
        Metric(
            id=f"clue_facts_{code}",
            label=label,
            unit="件" if of is None else "%",
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=rows,
            list_url=list_of("clue_fact_list", {"f_standing": standing}),
            ratio_of=of,
            group_of="件",
        )
    )


def _idle() -> None:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return idle_households(
            Household.objects.visible_to(user, Permission.METRIC_VIEW), on or timezone.localdate()
        )

    register(
        Metric(
            id="households_idle_labour",
            label="有劳力没人就业的户",
            unit="户",
            definition="在册户里有能干活的人，本月没有一个人在务工，名册上今年也没有务工月数和公益性岗位。",
            permission=Permission.METRIC_VIEW,
            rows=rows,
            list_url=list_of("idle_labour_list", {}),
            not_counted="劳动技能没有登记的人不算能干活的。",
        )
    )
