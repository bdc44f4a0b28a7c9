"""Households that the other parts of the demo have left alone."""

from __future__ import annotations

from django.db.models import QuerySet

from bangfu.core.models import Region
from bangfu.households.models import Household


def untouched_homes(village: Region) -> QuerySet[Household]:
    """Households present in the village of which nobody told a clue, opened a case or counted income."""
    return Household.objects.filter(village=village, state="present", clues=None, cases=None, worksheets=None)


def plain_homes(village: Region) -> QuerySet[Household]:
    """Those of them that are not monitored and in which somebody can work."""
    rows = untouched_homes(village).filter(monitored_category="")
    return rows.filter(members__labour__in=("普通劳动力", "技能劳动力")).distinct().order_by("-id")
