"""A meeting, an inspection with its order, and a report of one village, for the contract tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.support import models
from tests.cast import NOW

_DAY = date(2026, 11, 3)


def make_meetings(household: Household, unit: Unit, user: User, region: Region, word: str) -> dict[str, Any]:
    """One of each, all of them about ``unit``; inside an open recording."""
    meeting = models.Meeting.objects.create(
        subject=_subject(SubjectKind.MEETING, region, word),
        region=region,
        place=region.code,
        kind="joint",
        kind_name=f"{word}联席会议",
        title=f"{word}联席会议",
        convener=unit,
        held_on=_DAY,
        held_at=f"{word}会议室",
        chair=f"{word}主任",
        minutes=f"{word}纪要",
        state="held",
        recorded_by=user,
    )
    models.Attendance.objects.create(meeting=meeting, position=1, unit=unit, name=f"{word}到会人")
    resolution = models.Resolution.objects.create(
        meeting=meeting, number=1, text=f"{word}事项", unit=unit, place=region.code, due_on=_DAY
    )
    supervision = _supervision(household, unit, user, region, word)
    report = _report(unit, user, region, word)
    return {"meeting": meeting, "resolution": resolution, "report": report, **supervision}


def _subject(kind: SubjectKind, region: Region, word: str) -> Subject:
    return Subject.objects.create(kind=kind, place=region.code, label=f"{word}{kind.label}")


def _supervision(household: Household, unit: Unit, user: User, region: Region, word: str) -> dict[str, Any]:
    inspection = models.Inspection.objects.create(
        subject=_subject(SubjectKind.INSPECTION, region, word),
        region=region,
        place=region.code,
        kind="cross",
        title=f"{word}检查",
        matter=f"{word}查什么",
        leader=user,
        starts_on=_DAY,
        ends_on=_DAY,
        opened_by=user,
        seed=word,
        drawn_at=NOW,
        frame=[region.code],
        village_count=1,
        household_count=1,
    )
    village = models.DrawnVillage.objects.create(
        inspection=inspection,
        village=region,
        place=region.code,
        position=1,
        frame=[str(household.uid)],
    )
    drawn = models.DrawnHousehold.objects.create(drawn_village=village, household=household, position=1)
    order = models.SupervisionOrder.objects.create(
        subject=_subject(SubjectKind.ORDER, region, word),
        inspection=inspection,
        county=region.code[:6],
        number="2026-0001",
        unit=unit,
        place=region.code,
        demand=f"{word}要求",
        issued_on=_DAY,
        issued_by=user,
        due_on=_DAY,
    )
    finding = models.Finding.objects.create(
        subject=_subject(SubjectKind.FINDING, region, word),
        inspection=inspection,
        about=household.subject,
        village=region,
        place=region.code,
        kind="income",
        kind_name=f"{word}收入",
        words=f"{word}问题",
        found_on=_DAY,
        found_by=user,
        order=order,
    )
    return {"inspection": inspection, "drawn_household": drawn, "order": order, "finding": finding}


def _report(unit: Unit, user: User, region: Region, word: str) -> models.Report:
    report = models.Report.objects.create(
        subject=_subject(SubjectKind.REPORT, region, word),
        template="quarterly_report",
        template_name=f"{word}季度报告",
        about=Subject.objects.get(region=region),
        place=region.code,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        title=f"{word}季度报告",
        author=user,
        sections=[
            {"id": "people", "heading": word, "hint": "", "drafted": [], "text": f"{word}话", "tables": []}
        ],
        state="handed_in",
        drafted_on=_DAY,
        handed_on=_DAY,
    )
    models.ReportCopy.objects.create(report=report, unit=unit)
    return report
