"""Somebody without an account declares a difficulty on the public page; it becomes a clue of the village."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bangfu.core import audit, parameters
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.households.phones import phone_digits
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clues import Told, take_down
from bangfu.monitoring.enums.clues import ClueChannel, DeclarationMeans
from bangfu.monitoring.models import ClueTelling

VERB = "declare_difficulty"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_PHONE = range(7, 13)
_TRIES = 60
"""Questions for a state from one address in an hour: a code is not found by guessing."""


@dataclass(frozen=True)
class Declaration:
    """The six fields of the page; ``agreed``: the staff may look at income and bills to verify."""

    name: str
    phone: str
    village: Region
    risks: Sequence[str]
    text: str
    agreed: bool


def declare_difficulty(*, at: datetime, declaration: Declaration, address: str | None) -> str:
    """Take the declaration down as a clue of an unknown household of the village; its receipt code.

    Raises SituationForbids when the page is closed in the county, for too many from one address, and for
    what is missing.
    """
    check_open(declaration.village.code, at)
    check_rate(address, declaration.village.code, at)
    _check(declaration)
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    told = Told(
        channel=ClueChannel.SELF_DECLARED,
        means=DeclarationMeans.SCANNED,
        told_on=local_day(at),
        text=declaration.text.strip() or "网页自主申报，没有写情况。",
        risks=declaration.risks,
        name=declaration.name,
        phone=declaration.phone,
        receipt_code=code,
    )
    with recording(by=SYSTEM, at=at, verb=VERB):
        take_down(
            by=SYSTEM,
            at=at,
            told=told,
            household=None,
            region=declaration.village,
            verb=VERB,
            address=address,
        )
    return code


def _check(declaration: Declaration) -> None:
    if not declaration.agreed:
        raise SituationForbids("请先勾上“同意”，工作人员才能上门核实。您写的都还在。")
    if len(phone_digits(declaration.phone)) not in _PHONE:
        raise SituationForbids("电话号码好像不对，请再看看。您写的都还在。")
    if not declaration.risks and not declaration.text.strip():
        raise SituationForbids("请选一样难处，或者说两句。您写的都还在。")


def is_open(place: str, at: datetime) -> bool:
    """Whether a county has opened the page."""
    return bool(parameters.value("declare_open", on=local_day(at), place=place))


def check_open(place: str, at: datetime) -> None:
    """Raise SituationForbids when the county has not opened the page."""
    if not is_open(place, at):
        raise SituationForbids("这里还没有开通网上申报。请找村干部，或打电话。")


def check_rate(address: str | None, place: str, at: datetime) -> None:
    """Raise SituationForbids when more came from one address in an hour than the county allows."""
    most = parameters.value("declare_per_hour", on=local_day(at), place=place)
    if address is not None and _within_the_hour(VERB, address, at) >= most:
        raise SituationForbids("这个网络上一小时交的太多了，请过一会儿再交，或请村干部代填。您写的都还在。")


def ask_declaration(*, at: datetime, code: str, address: str | None) -> ClueTelling | None:
    """The telling of a receipt code; None for a code nobody got.

    Raises SituationForbids after too many questions from one address in an hour.
    """
    if address is not None and _within_the_hour("ask_declaration", address, at) >= _TRIES:
        raise SituationForbids("查的次数太多了，请过一小时再查，或打电话问。")
    audit.record(by=SYSTEM, at=at, verb="ask_declaration", address=address)
    cleaned = "".join(code.upper().split())
    tellings = ClueTelling.objects.select_related("clue__merged_into")
    return tellings.filter(receipt_code=cleaned).first() if cleaned else None


def _within_the_hour(verb: str, address: str, at: datetime) -> int:
    events = AuditEvent.objects.filter(verb=verb, address=address, at__gt=at - timedelta(hours=1))
    return events.count()
