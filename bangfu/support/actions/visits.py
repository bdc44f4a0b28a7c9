"""Noting a visit, which may become a clue; taking a note down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.ids import uid7
from bangfu.core.models import Region
from bangfu.duties.registry import note_record
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.enums import PaperKind
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import Household
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clues import Told, take_down
from bangfu.monitoring.enums.clues import ClueChannel, RiskKind
from bangfu.monitoring.models import Clue
from bangfu.support.actions.parties import party_of_unit, party_of_user
from bangfu.support.enums.visits import (
    HOUSEHOLD_MET,
    HOUSEHOLD_WAYS,
    VILLAGE_MET,
    VILLAGE_WAYS,
    VisitMet,
    VisitWay,
)
from bangfu.support.models import Visit
from bangfu.support.policies import visits as policies
from bangfu.support.queries.villages import villages_reached


@dataclass(frozen=True)
class Note:
    """What somebody notes of a visit; codes of VisitWay, VisitMet, VisitChanged and RiskKind.

    ``risk_of`` is the person whom a new risk is about, asked only of visits to a village.
    """

    on: date
    way: str
    met: Sequence[str]
    changed: bool
    new_risk: bool
    changed_what: Sequence[str] = ()
    risks: Sequence[str] = ()
    text: str = ""
    risk_of: str = ""
    back_dating_reason: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None


def record_visit(
    *,
    by: User,
    at: datetime,
    target: Household | Region,
    note: Note,
    visitor: User | None = None,
    uid: UUID | None = None,
    photo: bytes | None = None,
) -> Visit:
    """Keep a visit to a household or a village, also outside any tie; a new risk is a clue at once (C-107).

    ``visitor`` is ``by`` unless they write it down for a colleague. The same ``uid`` sent again gives the
    visit that is kept. Raises NotPermitted, SituationForbids.
    """
    visitor = visitor or by
    check_reaches_target(by, target)
    policies.check_visitor(by, visitor)
    _check_note(note, target, local_day(at))
    with recording(by=by, at=at, verb="record_visit", effective_on=note.on) as change:
        held = User.objects.select_for_update(of=("self",)).select_related("unit").get(pk=visitor.pk)
        kept = _kept(uid, held, target)
        if kept is not None:
            return kept
        visit = _keep(by, at, held, target, note, uid or uid7(), photo)
        data = {"way": visit.way, "risk": note.new_risk, "changed": note.changed}
        audit.record(by=by, at=at, verb="record_visit", subject=visit.subject, data=data, change=change)
        note_record(_holders(held))
    return visit


def check_reaches_target(by: User, target: Household | Region) -> None:
    """The household in reach of ``by``, or the village by place, by a tie or by a resident team."""
    if isinstance(target, Household):
        check_reaches(by, Permission.VISIT_RECORD, target)
    elif not villages_reached(by, Permission.VISIT_RECORD).filter(pk=target.pk).exists():
        raise NotPermitted(f"{target.name}不在您管的、挂包的或驻的村里，没有记。如有需要，请村里或乡镇记。")


def _check_note(note: Note, target: Household | Region, today: date) -> None:
    household = isinstance(target, Household)
    if isinstance(target, Household):
        check_household_present(target)
    free_days = parameters.value("visit_back_dating_days", on=today, place=_place(target))
    policies.check_day(note.on, today, free_days, note.back_dating_reason)
    ways, people = (HOUSEHOLD_WAYS, HOUSEHOLD_MET) if household else (VILLAGE_WAYS, VILLAGE_MET)
    policies.check_way(note.way, note.met, ways, people)
    policies.check_findings(note.changed, note.changed_what, note.new_risk, note.risks)
    if note.new_risk and not household and not note.risk_of.strip():
        raise SituationForbids("有新风险的，请写是哪一家（姓名），好去对户核实。")
    policies.check_text(note.text)
    policies.check_point(note.longitude, note.latitude)


def _kept(uid: UUID | None, visitor: User, target: Household | Region) -> Visit | None:
    """The visit that was sent before under this uid; raises SituationForbids for another's."""
    found = Visit.objects.filter(uid=uid).first() if uid else None
    if found is not None and (found.visitor_id, found.subject_id) != (visitor.pk, target.subject_id):
        raise SituationForbids("这条走访的编号已被另一条用了，没有存。请退回名单，重新打开再记。")
    return found


def _keep(
    by: User,
    at: datetime,
    visitor: User,
    target: Household | Region,
    note: Note,
    uid: UUID,
    photo: bytes | None,
) -> Visit:
    household, village = (target, target.village) if isinstance(target, Household) else (None, target)
    if village.subject is None:
        raise ValueError(f"region {village.code} is no village")
    subject = household.subject if household else village.subject
    values: dict[str, Any] = {name: value for name, value in asdict(note).items() if name != "risk_of"}
    for name in ("met", "changed_what", "risks"):
        values[name] = sorted(set(values[name]))
    values |= {"text": note.text.strip(), "back_dating_reason": note.back_dating_reason.strip()}
    return Visit.objects.create(
        uid=uid,
        subject=subject,
        household=household,
        village=village,
        place=_place(target),
        visitor=visitor,
        unit=visitor.unit,
        met_somebody=VisitMet.NOBODY not in note.met,
        clue=_clue(by, at, target, note) if note.new_risk else None,
        photo=_photo(by, at, target, note.on, photo) if photo else None,
        recorded_at=at,
        recorded_by=by,
        **values,
    )


def _place(target: Household | Region) -> str:
    return target.place if isinstance(target, Household) else target.code


def _clue(by: User, at: datetime, target: Household | Region, note: Note) -> Clue:
    """The clue of a new risk: a new one, or the household's open one."""
    risks = "、".join(RiskKind(one).label for one in note.risks)
    text = f"走访（{VisitWay(note.way).label}）：{risks}。{note.text.strip()}"
    told = Told(ClueChannel.CADRE_VISIT, note.on, text, risks=note.risks, name=note.risk_of)
    household, region = (target, None) if isinstance(target, Household) else (None, target)
    return take_down(by=by, at=at, told=told, household=household, region=region).clue


def _photo(by: User, at: datetime, target: Household | Region, on: date, content: bytes) -> EvidenceFile:
    subject = target.subject
    if subject is None:
        raise ValueError("what is visited has a subject")
    title = f"走访照片 {on}"
    return attach_evidence(
        by=by, at=at, subject=subject, kind=PaperKind.OTHER, title=title, content=content, dated_on=on
    )


def _holders(visitor: User) -> list[int]:
    """Whose duties a visit may satisfy: the visitor's and their unit's."""
    found = [party_of_user(visitor).subject_id]
    if visitor.unit is not None:
        found.append(party_of_unit(visitor.unit).subject_id)
    return found


def withdraw_visit(*, by: User, at: datetime, visit: Visit, version: int, reason: str) -> Visit:
    """Take a visit down: it stays readable with the reason and counts nowhere; its clue goes its own way.

    Raises NotPermitted, SituationForbids, StaleVersion.
    """
    if not Visit.objects.visible_to(by, Permission.VISIT_RECORD).filter(pk=visit.pk).exists():
        raise NotPermitted("您没有撤下这次走访的权限，什么都没有改动。")
    with recording(by=by, at=at, verb="withdraw_visit", reason=reason) as change:
        held = Visit.objects.select_for_update(of=("self",)).select_related("subject", "visitor__unit")
        row: Visit = held.get(pk=visit.pk)
        policies.check_withdrawable(row, by, reason)
        if row.version != version:
            raise StaleVersion("这次走访刚被改过，没有撤下。请看过现在的样子再办。")
        row.withdrawn_at, row.withdrawn_reason = at, reason.strip()
        row.save()
        audit.record(by=by, at=at, verb="withdraw_visit", subject=row.subject, change=change)
        note_record(_holders(row.visitor))
    return row
