"""Reading clues: the pool with its limits, one clue with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.history import Version, versions_of
from bangfu.core.models import RegionLevel
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Household, Member
from bangfu.monitoring.enums.clues import OPEN_STATES, UNVERIFIED_STATES, ClueState, Verdict
from bangfu.monitoring.models import Clue, ClueFact, ClueTelling
from bangfu.monitoring.policies.clue_limits import soon

PROPOSALS = 12
_UNVERIFIED = Q(state__in=UNVERIFIED_STATES)


def pool(user: User, today: date) -> QuerySet[Clue]:
    """The clues the person may see; ``today`` and ``soon_on`` go with each row."""
    rows = Clue.objects.visible_to(user, Permission.CLUE_VIEW)
    return rows.annotate(today=Value(today), soon_on=Value(soon(today, _place(user))))


def _place(user: User) -> str:
    """The place whose parameters hold for the person's list: the first that grants the view."""
    places = places_of(user, Permission.CLUE_VIEW)
    return places[0] if places else ""


def overdue(rows: QuerySet[Clue]) -> QuerySet[Clue]:
    """Without a verdict, and the limit is over."""
    return rows.filter(_UNVERIFIED, due_on__lt=F("today"))


def due_soon(rows: QuerySet[Clue]) -> QuerySet[Clue]:
    """Without a verdict, and the limit ends today or in the next days."""
    return rows.filter(_UNVERIFIED, due_on__gte=F("today"), due_on__lte=F("soon_on"))


def no_longer_holding(rows: QuerySet[Clue]) -> QuerySet[Clue]:
    """Open clues that rest on findings of screenings, none of which the last screening found again."""
    facts = ClueFact.objects.filter(clue=OuterRef("pk"))
    told = ClueTelling.objects.filter(clue=OuterRef("pk"))
    standing = facts.filter(gone_on=None)
    return rows.filter(Exists(facts), ~Exists(standing), ~Exists(told), state__in=OPEN_STATES)


def visible_clue(user: User, uid: Any, *permissions: Permission) -> Clue:
    """The clue, if one of the permissions reaches it; raises Http404."""
    rows = Clue.objects.select_related(
        "subject", "household__village", "village", "assigned_to", "verified_by"
    )
    for permission in permissions:
        found: Clue | None = rows.visible_to(user, permission).filter(uid=uid).first()
        if found is not None:
            return found
    raise Http404("这里没有这条线索，或者它不在您管的范围里。")


@dataclass(frozen=True)
class ClueFile:
    """What the page of a clue shows besides the clue itself."""

    facts: list[ClueFact]
    tellings: list[ClueTelling]
    persons: dict[int, str]
    earlier: list[Clue]
    versions: list[Version]


def clue_file(clue: Clue) -> ClueFile:
    """The facts, what was told, whom facts are about, the household's earlier clues, and every step."""
    facts = list(clue.facts.order_by("gone_on", "first_seen", "pk"))
    keys = [fact.person_key for fact in facts if fact.person_key is not None]
    members = Member.objects.filter(identity__in=keys, household=clue.household_id)
    earlier: list[Clue] = []
    if clue.household_id is not None:
        earlier = list(Clue.objects.filter(household=clue.household_id).exclude(pk=clue.pk).order_by("-pk"))
    return ClueFile(
        facts=facts,
        tellings=list(clue.tellings.select_related("registered_by")),
        persons=dict(members.values_list("identity", "name")),
        earlier=earlier,
        versions=versions_of(Clue, clue.pk)[::-1],
    )


@dataclass(frozen=True)
class Proposal:
    """A household that a clue may be about, and by what it was found."""

    household: Household
    by: str


def proposals(user: User, clue: Clue) -> list[Proposal]:
    """Households in the person's scope that what was told points to, the surest first."""
    found: dict[int, Proposal] = {}
    for telling in clue.tellings.all():
        for by, condition in _hints(telling, clue):
            for household in _present(user).filter(condition).distinct()[:PROPOSALS]:
                found.setdefault(household.pk, Proposal(household, by))
    return list(found.values())[:PROPOSALS]


def _present(user: User) -> QuerySet[Household]:
    rows = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    present: QuerySet[Household] = rows.filter(state=HouseholdState.PRESENT).select_related("village")
    return present


def _hints(telling: ClueTelling, clue: Clue) -> list[tuple[str, Q]]:
    """(by what, condition on households), the surest first."""
    here = Q(members__state=MemberState.PRESENT)
    hints: list[tuple[str, Q]] = []
    if telling.id_index:
        hints.append(("证件号码相同", here & Q(members__identity__id_index=telling.id_index)))
    if telling.phone_index:
        same = Q(phone_index=telling.phone_index) | Q(members__phone_index=telling.phone_index)
        hints.append(("电话相同", same))
    if telling.name:
        named = here & Q(members__name=telling.name)
        village = CODE_LENGTHS[RegionLevel.VILLAGE]
        if len(clue.place) >= village:
            hints.append(("本村同名", named & Q(place__startswith=clue.place[:village])))
        hints.append(("同名", named))
    return hints


def clue_for_case(household: Household) -> Clue | None:
    """The household's clue that was found true and at risk and waits for a case."""
    waiting = Clue.objects.filter(household=household, state=ClueState.VERIFIED, verdict=Verdict.AT_RISK)
    return waiting.first()
