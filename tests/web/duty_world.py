"""A duty of the county, a due item of its clerk, a request to be excused, a calendar: for contract tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Subject, SubjectKind
from bangfu.duties.models import CalendarKey, DueItem, DutyExcuse, DutyHolder, DutyTemplate
from bangfu.duties.queries.calendars import digest_of
from tests.cast import NOW


def calendar_secret(village: str) -> str:
    """The secret of the clerk's calendar."""
    return f"secret-{village}"


def make_duties(user: User, village: str, word: str) -> dict[str, Any]:
    """One of each; inside an open recording."""
    template = DutyTemplate.objects.create(
        code=f"duty_{village}",
        number=1,
        place=village[:6],
        title=f"{word}走访",
        what=f"{word}每月走访",
        who=f"who_{village}",
        window="month",
        at_least=1,
        matcher=f"visit_{village}",
        valid_from=date(2020, 1, 1),
        basis=f"{word}文件",
        grade="知",
        made_by=user,
        made_at=NOW,
    )
    holder = Subject.objects.create(kind=SubjectKind.PERSON, place=village, label=f"{word}干部")
    DutyHolder.objects.create(subject=holder, user=user, unit=user.unit)
    item = DueItem.objects.create(
        template=template,
        holder=holder,
        target=Subject.objects.create(kind=SubjectKind.HOUSEHOLD, place=village, label=f"{word}山户"),
        place=village,
        window_start=date(2026, 11, 1),
        window_end=date(2026, 11, 30),
        remind_on=date(2026, 11, 20),
        due_on=date(2026, 11, 30),
        owed=1,
        needed=1,
        done=0,
    )
    excuse = DutyExcuse.objects.create(
        holder=holder,
        code=template.code,
        place=village,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
        reason=f"{word}住院",
        asked_by=user,
        asked_at=NOW,
    )
    CalendarKey.objects.create(user=user, digest=digest_of(calendar_secret(village)), made_at=NOW)
    return {"duty_template": template, "due_item": item, "excuse": excuse}
