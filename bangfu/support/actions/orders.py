"""Supervision orders: issued, answered, re-checked, closed out (C-008, C-109)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.core.models.region import county_of
from bangfu.support.enums.meetings import TaskState
from bangfu.support.models import Finding, Inspection, OrderReply, SupervisionOrder
from bangfu.support.policies.meetings import check_verdict
from bangfu.support.policies.reaching import place_for, require_for
from bangfu.support.policies.supervision import (
    check_issue,
    check_order_answer,
    check_order_void,
    check_words,
)
from bangfu.support.terms.kinds import FINDINGS, kind_name

_LABEL = 100
"""A subject's label is no longer."""


def issue_order(
    *,
    by: User,
    at: datetime,
    inspection: Inspection,
    findings: Sequence[Finding],
    unit: Unit,
    demand: str,
    issued_on: date,
    due_on: date,
) -> SupervisionOrder:
    """A numbered order to a unit about some findings; numbers count within the county and the year.

    Raises NotPermitted; SituationForbids without findings or when one is on another order.
    """
    require(by, Permission.ORDER_ISSUE, inspection.place)
    with recording(by=by, at=at, verb="issue_order", effective_on=issued_on) as change:
        rows = Finding.objects.select_for_update(of=("self",)).select_related("order")
        chosen = list(rows.filter(pk__in=[finding.pk for finding in findings]))
        check_issue(chosen, unit, demand, issued_on, due_on)
        place = place_for(unit, inspection.place)
        order = _numbered(by, inspection, unit, place, demand, issued_on, due_on)
        Finding.objects.filter(pk__in=[finding.pk for finding in chosen]).update(order=order)
        _noted("issue_order", order, by, at, change, findings=len(chosen), due=due_on.isoformat())
    return order


def order_about(
    *,
    by: User,
    at: datetime,
    about: Subject,
    region: Region,
    kind: str,
    words: str,
    unit: Unit,
    demand: str,
    issued_on: date,
    due_on: date,
) -> SupervisionOrder:
    """A problem of a matter in a region, found outside an inspection, with the order that follows at once.

    ``kind`` is a code of the parameter ``finding_kinds``. Raises NotPermitted; SituationForbids without words
    or demand, for an unknown kind, a unit no longer in being, or a day that cannot be.
    """
    require(by, Permission.ORDER_ISSUE, region.code)
    check_words(words, issued_on, localdate(at))
    with recording(by=by, at=at, verb="issue_order", effective_on=issued_on) as change:
        finding = _found(by, about, region, kind, words, issued_on)
        check_issue([finding], unit, demand, issued_on, due_on)
        place = place_for(unit, region.code)
        finding.order = order = _numbered(by, None, unit, place, demand, issued_on, due_on)
        finding.save()
        _noted("issue_order", order, by, at, change, findings=1, due=due_on.isoformat())
    return order


def _found(by: User, about: Subject, region: Region, kind: str, words: str, on: date) -> Finding:
    name = kind_name(FINDINGS, kind, region.code, on)
    label = f"{about.label}：{name}"[:_LABEL]
    finding: Finding = Finding.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.FINDING, place=region.code, label=label),
        about=about,
        village=region,
        place=region.code,
        kind=kind,
        kind_name=name,
        words=words.strip(),
        found_on=on,
        found_by=by,
    )
    return finding


def _numbered(
    by: User,
    inspection: Inspection | None,
    unit: Unit,
    place: str,
    demand: str,
    issued_on: date,
    due_on: date,
) -> SupervisionOrder:
    number = _next_number(county_of(place), issued_on.year)
    order: SupervisionOrder = SupervisionOrder.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.ORDER, place=place, label=f"督办单 {number}"),
        inspection=inspection,
        county=county_of(place),
        number=number,
        unit=unit,
        place=place,
        demand=demand.strip(),
        issued_on=issued_on,
        issued_by=by,
        due_on=due_on,
    )
    return order


def _next_number(county: str, year: int) -> str:
    """The next number of the county and year; orders of one county wait for each other."""
    Region.objects.select_for_update(of=("self",)).get(code=county)
    taken = SupervisionOrder.objects.filter(county=county, number__startswith=f"{year}-")
    last = taken.aggregate(last=Max("number"))["last"]
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


def answer_order(
    *, by: User, at: datetime, order: SupervisionOrder, version: int, text: str, answered_on: date
) -> SupervisionOrder:
    """What the unit mended. Raises NotPermitted, StaleVersion; SituationForbids when none is waited for."""
    require_for(by, Permission.ORDER_ANSWER, order.place, order.unit)
    with recording(by=by, at=at, verb="answer_order", effective_on=answered_on) as change:
        row = _held(order, version)
        check_order_answer(row, text, answered_on, localdate(at))
        OrderReply.objects.create(order=row, text=text.strip(), answered_on=answered_on, answered_by=by)
        row.state = TaskState.ANSWERED
        row.save()
        _noted("answer_order", row, by, at, change)
    return row


def check_order(
    *, by: User, at: datetime, order: SupervisionOrder, version: int, accepted: bool, words: str
) -> SupervisionOrder:
    """Close out an order that was mended, or send it back with words.

    Raises NotPermitted, StaleVersion; SituationForbids without an answer, or sent back without words.
    """
    require(by, Permission.ORDER_ISSUE, order.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="check_order") as change:
        row = _held(order, version)
        check_verdict(row.state, accepted, words)
        reply = row.replies.get(accepted=None)
        reply.accepted, reply.check_words = accepted, words.strip()
        reply.checked_on, reply.checked_by = today, by
        reply.save()
        row.state = TaskState.CLOSED if accepted else TaskState.SENT_BACK
        row.closed_on = today if accepted else None
        row.save()
        _noted("check_order", row, by, at, change, accepted=accepted)
    return row


def void_order(
    *, by: User, at: datetime, order: SupervisionOrder, version: int, reason: str
) -> SupervisionOrder:
    """Make an order void, with a reason; what an inspection found may be put on another one.

    Raises NotPermitted, StaleVersion; SituationForbids when it is closed out.
    """
    require(by, Permission.ORDER_ISSUE, order.place)
    with recording(by=by, at=at, verb="void_order", reason=reason) as change:
        row = _held(order, version)
        check_order_void(row, reason)
        row.findings.exclude(inspection=None).update(order=None)
        row.state, row.void_reason = TaskState.VOID, reason.strip()
        row.save()
        _noted("void_order", row, by, at, change)
    return row


def print_order(*, by: User, at: datetime, order: SupervisionOrder, form: str, address: str | None) -> None:
    """Note that somebody took the order away as a file."""
    facts = {"order": str(order.uid), "form": form}
    audit.record(by=by, at=at, verb="print_order", subject=order.subject, data=facts, address=address)


def _held(order: SupervisionOrder, version: int) -> SupervisionOrder:
    rows = SupervisionOrder.objects.select_for_update(of=("self",))
    row: SupervisionOrder = rows.select_related("subject", "unit").get(pk=order.pk)
    if row.version != version:
        raise StaleVersion("这张督办单刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(verb: str, order: SupervisionOrder, by: User, at: datetime, change: Change, **data: Any) -> None:
    facts = {"order": str(order.uid), "number": order.number, **data}
    audit.record(by=by, at=at, verb=verb, subject=order.subject, data=facts, change=change)
