"""What a county's parameters say of its notices."""

from __future__ import annotations

from datetime import date, timedelta

from bangfu.core import parameters
from bangfu.documents.deidentify import Rules
from bangfu.notices.models import Notice
from bangfu.workflow.calendars import calendar_now
from bangfu.workflow.definition.model import LimitUnit

_ONE = timedelta(days=1)


def rules_in(place: str, on: date) -> Rules:
    """How a place hides what it hides; raises ParameterMissing."""
    lines = parameters.value("notice_reason_classes", on=on, place=place)
    pairs = (line.partition("=") for line in lines if "=" in line)
    return Rules(
        mask_names=parameters.value("notice_masked_names", on=on, place=place),
        masked_ids=parameters.value("notice_masked_ids", on=on, place=place),
        reasons={reason.strip(): shown.strip() for reason, _, shown in pairs},
    )


def phones_in(place: str, on: date) -> list[dict[str, str]]:
    """The offices' phones as {unit, phone}; raises ParameterMissing."""
    return read_phones(parameters.value("notice_phones", on=on, place=place))


def read_phones(lines: tuple[str, ...] | list[str]) -> list[dict[str, str]]:
    """Lines such as 监督电话：12317 as {unit, phone}; a line without a colon is left out."""
    parts = (line.replace(":", "：").partition("：") for line in lines)
    return [{"unit": unit.strip(), "phone": phone.strip()} for unit, colon, phone in parts if colon]


def said_phones(notice: Notice) -> str:
    """The phones as lines to type over."""
    return "\n".join(f"{each['unit']}：{each['phone']}" for each in notice.phones)


def last_day_of(posted_on: date, days: int, working_days: bool) -> date:
    """The last day of a notice; the day of posting is the first one."""
    unit = LimitUnit.WORKING if working_days else LimitUnit.CALENDAR
    return calendar_now().add(posted_on - _ONE, days, unit)


def answer_due(received_on: date, place: str) -> date:
    """The last day to answer an objection; raises ParameterMissing."""
    days = parameters.value("objection_days", on=received_on, place=place)
    return calendar_now().add(received_on, days, LimitUnit.WORKING)
