"""What came of the facts that a department's list brought, month by month, as the department may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits, within
from bangfu.monitoring.models import ClueFact
from bangfu.monitoring.queries.list_calendar import line_of


@dataclass(frozen=True)
class MonthOfResults:
    """How many verdicts of a month there are, and how many went back."""

    month: date
    judged: int
    returned: int


def may_see_results(user: User, place: str, dataset: str, on: date) -> bool:
    """Who sees clues there sees their results; of the others only the unit that sends the list."""
    if permits(user, Permission.CLUE_VIEW, place):
        return True
    line = line_of(place, dataset, on)
    return line is not None and line.unit is not None and line.unit.pk == user.unit_id


def judged_facts(place: str, dataset: str, month: date | None = None) -> QuerySet[ClueFact]:
    """The facts of a list that were verified, in a month or ever."""
    rows = ClueFact.objects.filter(within("place", place), dataset=dataset).exclude(verdict="")
    if month is not None:
        rows = rows.filter(judged_on__year=month.year, judged_on__month=month.month)
    return rows.select_related("household__village").order_by("place", "pk")


def months_of_results(place: str, dataset: str) -> list[MonthOfResults]:
    """The months with verdicts, the newest first."""
    rows = judged_facts(place, dataset).order_by().annotate(month=TruncMonth("judged_on")).values("month")
    counted = rows.annotate(judged=Count("pk"), returned=Count("pk", filter=Q(returned_on__isnull=False)))
    return [
        MonthOfResults(row["month"], row["judged"], row["returned"]) for row in counted.order_by("-month")
    ]
