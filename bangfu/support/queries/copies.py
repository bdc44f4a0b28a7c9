"""Who gets a report: the units and people of its matter."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from bangfu.access.models import Unit, UnitKind, User
from bangfu.access.scope import within
from bangfu.households.models import Pairing
from bangfu.support.models import Attendance, Report, SupervisionOrder, Team, Tie

Recipients = tuple[list[Unit], list[User]]
_OF_THE_PLACE = (UnitKind.VILLAGE, UnitKind.TOWNSHIP, UnitKind.COUNTY_OFFICE)
"""The village, township and county write the reports; they do not answer them."""


def recipients_of(copies: str, report: Report) -> Recipients:
    """The units and people of a kind of copies (empty: nobody); raises LookupError for an unknown kind."""
    return _WAYS[copies](report) if copies else ([], [])


def _village(report: Report) -> Recipients:
    """The units that sent the team or the author, those that stand for the village, and the helpers."""
    ties = Tie.objects.filter(_holds(report), place=report.place, party__unit__isnull=False)
    teams = Team.objects.filter(_holds(report), place=report.place)
    near = Q(pk=report.author.unit_id) | Q(pk__in=ties.values("party__unit")) | Q(pk__in=teams.values("unit"))
    units = near & ~Q(kind__in=_OF_THE_PLACE)
    pairings = Pairing.objects.filter(_holds(report), within("household__place", report.place))
    helpers = User.objects.filter(pk__in=pairings.values("helper"), is_active=True)
    return _units(units), list(helpers.exclude(pk=report.author_id))


def _holds(report: Report) -> Q:
    """Rows that hold on the last day of the report's period."""
    on = report.ends_on
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _region(report: Report) -> Recipients:
    """The townships' units and the county's departments below the region."""
    wanted = Q(kind__in=(UnitKind.TOWNSHIP, UnitKind.DEPARTMENT))
    return _units(wanted & within("place", report.place)), []


def _meeting(report: Report) -> Recipients:
    """Who was asked to the meeting."""
    asked = Attendance.objects.filter(meeting__subject=report.about)
    return _units(Q(pk__in=asked.values("unit"))), []


def _inspection(report: Report) -> Recipients:
    """The units that have an order of the inspection."""
    orders = SupervisionOrder.objects.filter(inspection__subject=report.about)
    return _units(Q(pk__in=orders.values("unit"))), []


def _units(wanted: Q) -> list[Unit]:
    return list(Unit.objects.filter(wanted, is_active=True))


_WAYS: dict[str, Callable[[Report], Recipients]] = {
    "village": _village,
    "region": _region,
    "meeting": _meeting,
    "inspection": _inspection,
}
