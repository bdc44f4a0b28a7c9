"""What this room tells the duties: a session that was held is a training of its audience (C-001, C-002)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from django.urls import reverse

from bangfu.access.models import UnitKind, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.duties.registry import Done, Proof, register_matcher
from bangfu.support.models import Party
from bangfu.training.enums.courses import SessionState
from bangfu.training.models import TrainingSession
from bangfu.training.terms import COUNTY_LENGTH

AUDIENCES = {
    "training_county_cadres": "县乡帮扶干部",
    "training_team_members": "驻村工作队员",
    "training_village_cadres": "村干部",
    "training_household_representatives": "户代表",
    "training_pioneers": "致富带头人",
}
"""Matchers and the audience that each looks for, called as the shipped parameter calls it."""
_PREFIX = "session:"


def register_training_matchers() -> None:
    """Tell the duties; called when the application starts."""
    for name, audience in AUDIENCES.items():
        register_matcher(
            name, f"{audience}的培训", partial(trainings_held, audience), session_url, shown_sessions
        )


def county_offices(place: str = "") -> dict[str, list[int]]:
    """The subjects of the counties' own offices, by county; of one county where a place is given."""
    found: dict[str, list[int]] = {}
    rows = Party.objects.filter(unit__kind=UnitKind.COUNTY_OFFICE, unit__is_active=True)
    rows = rows.filter(place__startswith=place[:COUNTY_LENGTH])
    for code, subject in rows.order_by("pk").values_list("place", "subject"):
        found.setdefault(code[:COUNTY_LENGTH], []).append(subject)
    return found


def trainings_held(audience: str, start: date, end: date, holders: Collection[int] | None) -> Iterable[Done]:
    """Sessions for an audience that began in these days and were held: the county's office did it."""
    offices = county_offices()
    rows = TrainingSession.objects.filter(
        state=SessionState.HELD, course__audience=audience, starts_on__range=(start, end)
    )
    for place, on, uid in rows.order_by("pk").values_list("place", "starts_on", "uid"):
        for office in offices.get(place[:COUNTY_LENGTH], ()):
            if holders is None or office in holders:
                yield Done(office, None, on, f"{_PREFIX}{uid}")


def session_url(user: User, target: int | None) -> str:
    """Where a session is arranged and noted as held."""
    return reverse("session_list") if has_permission(user, Permission.TRAINING_VIEW) else ""


def shown_sessions(user: User, records: Collection[str]) -> dict[str, Proof]:
    """The sessions behind records in words; their page for who may see them."""
    uids = [record.removeprefix(_PREFIX) for record in records]
    rows = TrainingSession.objects.filter(uid__in=uids).select_related("course")
    visible = TrainingSession.objects.visible_to(user, Permission.TRAINING_VIEW).filter(uid__in=uids)
    seen = set(visible.values_list("pk", flat=True))
    return {
        f"{_PREFIX}{row.uid}": Proof(
            f"{row.starts_on} {row.course.title}，{row.people} 人",
            reverse("session_file", args=[row.uid]) if row.pk in seen else "",
        )
        for row in rows
    }
