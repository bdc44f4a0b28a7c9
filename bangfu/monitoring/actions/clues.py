"""Registering what somebody told, and finding the household it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bangfu.access.crypto import WHOLE, index_of
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.households.naming import household_label
from bangfu.households.phones import phone_index
from bangfu.households.policies.reach import check_in_place, check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clue_locking import check_reaches_clue, held
from bangfu.monitoring.enums.clues import (
    OPEN_STATES,
    UNKNOWN_HOUSEHOLD,
    ClueChannel,
    ClueState,
    DeclarationMeans,
    Verdict,
)
from bangfu.monitoring.models import Clue, ClueTelling
from bangfu.monitoring.policies import clues as policies
from bangfu.monitoring.policies.clue_limits import verify_by
from bangfu.tabular.identity import repair_id

HOTLINES = (DeclarationMeans.HOTLINE_12345, DeclarationMeans.HOTLINE_12317)
MATCHERS = (Permission.CLUE_VERIFY, Permission.CLUE_DISPATCH)
HEADLINE = 200


@dataclass(frozen=True)
class Told:
    """What was told, by which channel, about whom; ``name`` and the rest serve to find the household."""

    channel: ClueChannel
    told_on: date
    text: str
    means: DeclarationMeans | str = ""
    reference: str = ""
    risks: Sequence[str] = ()
    name: str = ""
    group_name: str = ""
    phone: str = ""
    id_number: str = ""
    teller_name: str = ""
    teller_phone: str = ""
    receipt_code: str | None = None


@dataclass(frozen=True)
class Registered:
    """The clue under which something told now stands; ``joined``: it was there already."""

    clue: Clue
    joined: bool


def register_clue(
    *, by: User, at: datetime, told: Told, household: Household | None = None, region: Region | None = None
) -> Registered:
    """Take down what was told of a household, or, not knowing which, of somebody in ``region``.

    It joins the household's open clue if there is one. Raises NotPermitted outside the reach of ``by``,
    SituationForbids for what is missing.
    """
    if household is not None:
        check_reaches(by, Permission.CLUE_REGISTER, household)
    elif region is not None:
        check_in_place(by, Permission.CLUE_REGISTER, region.code)
    else:
        raise SituationForbids("请选户；不知道是哪一户的，请选村。")
    check_told(told, household, local_day(at))
    return take_down(by=by, at=at, told=told, household=household, region=region)


def check_told(told: Told, household: Household | None, today: date) -> None:
    """What each channel asks for."""
    policies.check_day(told.told_on, today, "反映日期")
    policies.check_reason(told.text, "反映的情况")
    if household is None and not (told.name.strip() or told.id_number.strip()):
        raise SituationForbids("不知道是哪一户的，请至少写下姓名或证件号码，好去对户。")
    if told.channel == ClueChannel.LOOK_BACK and household is None:
        raise SituationForbids("回头看的是登记里的户，请先选户。")
    if told.channel != ClueChannel.SELF_DECLARED:
        return
    if told.means not in DeclarationMeans.values:
        raise SituationForbids("农户自主申报请选申报方式。")
    if told.means in HOTLINES and not told.reference.strip():
        raise SituationForbids("热线转来的请写工单号，办完好回复。")
    if told.means == DeclarationMeans.ON_BEHALF and not told.teller_name.strip():
        raise SituationForbids("他人代报的请写代报人姓名。")


def take_down(
    *,
    by: Actor,
    at: datetime,
    told: Told,
    household: Household | None,
    region: Region | None,
    verb: str = "register_clue",
    address: str | None = None,
) -> Registered:
    """Write it, under the household's open clue or a new one; who may was asked before."""
    with recording(by=by, at=at, verb=verb) as change:
        clue = open_clue_of(household)
        joined = clue is not None
        if clue is None:
            clue = _new_clue(told, household, region, local_day(at))
        else:
            clue.risks = sorted({*clue.risks, *told.risks})
            clue.save()
        _tell(clue, told, by, at)
        data = {"channel": told.channel, "means": str(told.means), "joined": joined}
        audit.record(by=by, at=at, verb=verb, subject=clue.subject, data=data, change=change, address=address)
    return Registered(clue, joined)


def open_clue_of(household: Household | None) -> Clue | None:
    """The household's clue that is not closed, locked; inside a recording only."""
    if household is None:
        return None
    rows = Clue.objects.select_for_update(of=("self",)).filter(household=household, state__in=OPEN_STATES)
    return rows.select_related("subject").first()


def _new_clue(told: Told, household: Household | None, region: Region | None, today: date) -> Clue:
    if household is not None:
        village: Region | None = household.village
        place = household.place
    elif region is not None:
        village = region if region.level >= RegionLevel.VILLAGE else None
        place = region.code
    else:
        raise ValueError("a clue needs a household or a region")
    return Clue.objects.create(
        subject=_subject(place, household, village),
        household=household,
        place=place,
        village=village,
        channel=told.channel,
        discovered_on=today,
        headline=told.text.strip()[:HEADLINE],
        risks=sorted(told.risks),
        due_on=verify_by(today, place),
    )


def _subject(place: str, household: Household | None, village: Region | None) -> Subject:
    where = village.name if village else ""
    label = household_label(household.head_name, where) if household else f"{UNKNOWN_HOUSEHOLD}（{where}）"
    return Subject.objects.create(kind=SubjectKind.CLUE, place=place, label=label)


def _tell(clue: Clue, told: Told, by: Actor, at: datetime) -> ClueTelling:
    number, _ = repair_id(told.id_number)
    return ClueTelling.objects.create(
        clue=clue,
        channel=told.channel,
        means=told.means,
        reference=told.reference.strip(),
        told_on=told.told_on,
        text=told.text.strip(),
        risks=sorted(told.risks),
        name=told.name.strip(),
        group_name=told.group_name.strip(),
        phone=told.phone.strip(),
        phone_index=phone_index(told.phone),
        id_number=number,
        id_index=index_of(WHOLE, number) if number else "",
        teller_name=told.teller_name.strip(),
        teller_phone=told.teller_phone.strip(),
        receipt_code=told.receipt_code,
        registered_by_id=by.pk,
        registered_at=at,
    )


def match_clue(*, by: User, at: datetime, clue: Clue, household: Household, version: int) -> Clue:
    """Say which household an unmatched clue is about; gives the clue that goes on.

    Has the household an open clue already, what was told joins that one, and this one is closed as a
    duplicate. Raises NotPermitted, SituationForbids, StaleVersion.
    """
    check_reaches_clue(by, clue, *MATCHERS)
    check_reaches(by, Permission.HOUSEHOLD_VIEW, household)
    with recording(by=by, at=at, verb="match_clue") as change:
        row = held(clue, version)
        policies.check_matchable(row)
        other = open_clue_of(household)
        if other is None:
            goes_on = _put_household(row, household)
        else:
            goes_on = _merge(row, other, at)
        data: dict[str, Any] = {"merged": other is not None}
        audit.record(by=by, at=at, verb="match_clue", subject=row.subject, data=data, change=change)
    return goes_on


def _put_household(row: Clue, household: Household) -> Clue:
    row.household, row.village, row.place = household, household.village, household.place
    row.save()
    Subject.objects.filter(pk=row.subject_id).update(
        place=household.place, label=household_label(household.head_name, household.village.name)
    )
    return row


def _merge(row: Clue, into: Clue, at: datetime) -> Clue:
    row.tellings.update(clue=into)
    into.risks = sorted({*into.risks, *row.risks})
    into.save()
    row.state, row.verdict, row.closed_at, row.merged_into = ClueState.CLOSED, Verdict.DUPLICATE, at, into
    row.verdict_reason = "对上户时并入这一户已有的线索。"
    row.save()
    return into
