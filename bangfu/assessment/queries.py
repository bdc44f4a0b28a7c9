"""Readers: assessments as far as they are told or published to a person, schemes, whom one may choose."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bangfu.access.models import Unit, UnitKind, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, has_permission, places_of, scope_q, within, within_any
from bangfu.assessment.enums import RoundState
from bangfu.assessment.models import Assessed, AssessmentRound, Objection, SchemeVersion
from bangfu.assessment.versions import Held, all_held, held_in, unreadable_in
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of

_VIEW, _MANAGE = Permission.ASSESSMENT_VIEW, Permission.ASSESSMENT_MANAGE
_OBJECT, _FINAL = Permission.ASSESSMENT_OBJECT, Permission.ASSESSMENT_FINAL
_TOWNSHIP = 9
_TOLD = (RoundState.TOLD, RoundState.FINAL, RoundState.PUBLISHED)


def home_of(user: User) -> str:
    """The county whose schemes the user works with."""
    return county_of(next(iter(places_of(user, _MANAGE) or places_of(user, _VIEW)), ""))


def _runs(user: User, prefix: str = "") -> Q:
    """Assessments that the person organises or makes final: seen from the first."""
    field = f"{prefix}place"
    return scope_q(AssessmentRound, user, _MANAGE, field) | scope_q(AssessmentRound, user, _FINAL, field)


def _own(user: User) -> Q:
    """Of the assessed: the person's unit, and the township in which the person may object."""
    if not has_permission(user, _VIEW):
        return Q(pk__in=())
    townships = [place for place in places_of(user, _OBJECT) if len(place) >= _TOWNSHIP]
    mine = Q(region__isnull=False) & within_any("place", townships)
    return mine | Q(unit=user.unit_id) if user.unit_id is not None else mine


def _in_circle(user: User, prefix: str = "") -> Q:
    if user.unit_id is None or not has_permission(user, _VIEW):
        return Q(pk__in=())
    return Q(**{f"{prefix}state": RoundState.PUBLISHED, f"{prefix}circle__unit": user.unit_id})


def assessed_seen(user: User) -> QuerySet[Assessed]:
    """Who is assessed: everybody for who organises or reads what is published, the own once told."""
    told = _own(user) & Q(round__state__in=_TOLD)
    reach = _runs(user, "round__") | told | _in_circle(user, "round__")
    return Assessed.objects.filter(reach).distinct()


def rounds_seen(user: User) -> QuerySet[AssessmentRound]:
    """Assessments of which the person sees something."""
    mine = Assessed.objects.filter(_own(user), round__state__in=_TOLD).values("round")
    reach = _runs(user) | Q(pk__in=mine) | _in_circle(user)
    found = AssessmentRound.objects.filter(pk__in=AssessmentRound.objects.filter(reach).values("pk"))
    waiting = Count("assessed__objections", filter=Q(assessed__objections__upheld=None), distinct=True)
    return found.select_related("region", "scheme").annotate(
        assessed_count=Count("assessed", distinct=True), objection_count=waiting
    )


def round_seen(user: User, uid: UUID) -> AssessmentRound:
    """One of them; raises Http404 for any other."""
    found = rounds_seen(user).filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的考核，或者它没有告知、没有公布给您的单位。")
    return found


def round_run(user: User, uid: UUID, permission: Permission = _MANAGE) -> AssessmentRound:
    """One that the person organises (or makes final); raises Http404 for any other."""
    rows = AssessmentRound.objects.select_related("region", "scheme")
    found: AssessmentRound = get_visible(rows, user, permission, uid=uid)
    return found


def assessed_one(user: User, uid: UUID) -> Assessed:
    """One of the assessed; raises Http404 outside what the person sees."""
    rows = assessed_seen(user).select_related("round__scheme", "round__region", "unit", "region", "subject")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的考核，或者它没有告知、没有公布给您的单位。")
    return found


def assessed_own(user: User, uid: UUID) -> Assessed:
    """One that the person may object for; raises Http404 for any other."""
    rows = Assessed.objects.filter(_own(user), round__state__in=_TOLD)
    found = rows.select_related("round__scheme", "unit", "region", "subject").filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的考核，或者它不是您单位的。")
    return found


def objection_run(user: User, uid: UUID) -> Objection:
    """An objection in an assessment that the person organises; raises Http404 for any other."""
    rows = Objection.objects.select_related("assessed__round", "assessed__subject", "score", "raised_by")
    found = rows.filter(scope_q(AssessmentRound, user, _MANAGE, "assessed__round__place"), uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的异议，或者它不在您管的范围里。")
    return found


def schemes_seen(user: User) -> list[Held]:
    """Every scheme that holds for the user's county."""
    return all_held(home_of(user))


def schemes_unreadable(user: User) -> list[tuple[SchemeVersion, list[str]]]:
    """The schemes that can no longer be read, for who writes them."""
    return unreadable_in(home_of(user)) if places_of(user, _MANAGE) else []


def scheme_seen(user: User, code: str) -> Held:
    """The scheme of a code; raises Http404 for one that is not there."""
    held = held_in(code, home_of(user))
    if held is None:
        raise Http404("没有这个方案。")
    return held


def counties_of(user: User) -> QuerySet[Region]:
    """Where the user organises assessments."""
    reach = within_any("code", places_of(user, _MANAGE))
    return Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")


def townships_of(user: User) -> QuerySet[Region]:
    """Townships that the user may assess."""
    reach = within_any("code", places_of(user, _MANAGE))
    return Region.objects.filter(reach, level=RegionLevel.TOWNSHIP, valid_to=None).order_by("code")


def units_of(user: User) -> QuerySet[Unit]:
    """Units that the user may assess: no village committees, none out of use."""
    reach = within_any("place", places_of(user, _MANAGE))
    return Unit.objects.filter(reach, is_active=True).exclude(kind=UnitKind.VILLAGE).order_by("kind", "name")


def units_in(place: str) -> QuerySet[Unit]:
    """The active units of a county, for the circle."""
    return Unit.objects.filter(within("place", place), is_active=True).order_by("kind", "name")


def table_of(user: User, round: AssessmentRound) -> Sequence[Assessed]:
    """Those of an assessment whom the person sees, in the order of their codes, with all points."""
    rows = assessed_seen(user).filter(round=round).order_by("place", "name")
    return list(rows.prefetch_related("scores"))
