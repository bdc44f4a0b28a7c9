"""Ties: made, mended, ended. Dated at both ends, with the paper that says so (C-020, C-101, C-213)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, Subject
from bangfu.duties.registry import note_ties
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.enums import PaperKind
from bangfu.households.actions.locking import current
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.households.terms import check_ends, check_start
from bangfu.support.actions.parties import locked_target, party_of_unit, party_of_user, subject_of_region
from bangfu.support.actions.touching import touched_by
from bangfu.support.models import Party, Tie
from bangfu.support.policies.releasing import check_release
from bangfu.support.policies.ties import check_free, check_holder, check_planned, check_target, known_kind


@dataclass(frozen=True)
class Terms:
    """Since when, until when by the paper, and the paper: its number and, if there is one, its scan."""

    valid_from: date
    planned_to: date | None = None
    paper_number: str = ""
    scan: bytes = b""
    note: str = ""


def register_tie(
    *, by: User, at: datetime, kind: str, holder: Unit | User, target: Region | Unit, terms: Terms
) -> Tie:
    """A unit or a person begins to stand for a region or a unit.

    Raises NotPermitted outside the places of ``by``; SituationForbids for a holder that left, a target that
    does not fit, a day to come, and while somebody has it where one is allowed.
    """
    place = target.code if isinstance(target, Region) else target.place
    check_in_place(by, Permission.TIE_MANAGE, place)
    wanted = known_kind(kind)
    check_start(terms.valid_from, local_day(at))
    check_planned(terms.valid_from, terms.planned_to)
    with recording(by=by, at=at, verb="register_tie", effective_on=terms.valid_from) as change:
        party = party_of_unit(holder) if isinstance(holder, Unit) else party_of_user(holder)
        end = party_of_unit(target) if isinstance(target, Unit) else target
        check_holder(wanted, holder, party.nature)
        check_target(wanted, end)
        # 先占住两头：两处同时登记，后来的看得到先登记的
        locked_target(party, end)
        check_free(wanted, party, end, terms.valid_from)
        tie = Tie.objects.create(
            kind=kind,
            party=party,
            region=end if isinstance(end, Region) else None,
            other=end if isinstance(end, Party) else None,
            place=place,
            valid_from=terms.valid_from,
            planned_to=terms.planned_to,
            paper_number=terms.paper_number.strip(),
            note=terms.note.strip(),
        )
        note_tie(by, at, "register_tie", tie, change)
        _keep_scan(by, at, tie, terms)
    return tie


def edit_tie(*, by: User, at: datetime, tie: Tie, version: int, terms: Terms) -> Tie:
    """Mend days, paper and note of a tie; a scan that is not given stays.

    Raises NotPermitted, StaleVersion when somebody was first, SituationForbids as ``register_tie``.
    """
    check_in_place(by, Permission.TIE_MANAGE, tie.place)
    check_start(terms.valid_from, local_day(at))
    check_planned(terms.valid_from, terms.planned_to)
    with recording(by=by, at=at, verb="edit_tie", effective_on=terms.valid_from) as change:
        held = current(tie, version, "这一关系")
        if held.valid_to is not None and held.valid_to < terms.valid_from:
            raise SituationForbids(f"这一关系已在 {held.valid_to} 结束，开始日期不能晚于这一天。")
        if held.valid_to is None:
            check_free(known_kind(held.kind), held.party, target_of(held), terms.valid_from, tie=held.pk)
        held.valid_from, held.planned_to = terms.valid_from, terms.planned_to
        held.paper_number, held.note = terms.paper_number.strip(), terms.note.strip()
        held.save()
        _keep_scan(by, at, held, terms)
        note_tie(by, at, "edit_tie", held, change)
    return held


def end_tie(*, by: User, at: datetime, tie: Tie, version: int, valid_to: date, end_reason: str) -> Tie:
    """End a tie on its last day. Raises NotPermitted, StaleVersion; SituationForbids without a reason, for
    a day that cannot be, and before the village's exit where the county holds to that (C-177).
    """
    check_in_place(by, Permission.TIE_MANAGE, tie.place)
    if not end_reason.strip():
        raise SituationForbids("请写结束的原因，例如：工作调整、期满轮换、整村出列。")
    with recording(by=by, at=at, verb="end_tie", effective_on=valid_to) as change:
        held = current(tie, version, "这一关系")
        check_ends(held.valid_from, held.valid_to, valid_to, local_day(at), "这一关系")
        check_release(held, valid_to)
        held.valid_to, held.end_reason = valid_to, end_reason.strip()
        held.save()
        note_tie(by, at, "end_tie", held, change)
    return held


def _keep_scan(by: User, at: datetime, tie: Tie, terms: Terms) -> None:
    """Put the scan among the papers of the region or unit that the tie is to; raises as attach_evidence."""
    if not terms.scan:
        return
    subject, title = _subject_of(tie), terms.paper_number.strip() or "挂包关系文件"
    tie.paper = attach_evidence(
        by=by,
        at=at,
        subject=subject,
        kind=PaperKind.OTHER,
        title=title,
        content=terms.scan,
        permission=Permission.TIE_MANAGE,
    )
    tie.save()


def _subject_of(tie: Tie) -> Subject:
    target = target_of(tie)
    return subject_of_region(target) if isinstance(target, Region) else target.subject


def note_tie(by: User, at: datetime, verb: str, tie: Tie, change: Change) -> None:
    """The audit event of a step with a tie, at the region or unit it is to; duties are computed again."""
    subject = _subject_of(tie)
    data = {"tie": str(tie.uid), "kind": tie.kind, "party": str(tie.party.uid)}
    audit.record(by=by, at=at, verb=verb, subject=subject, place=tie.place, data=data, change=change)
    note_ties(at=at, holders=touched_by(tie))


def target_of(tie: Tie) -> Region | Party:
    """The region or the unit that the tie is to; the database keeps exactly one of them."""
    target = tie.region or tie.other
    assert target is not None
    return target
