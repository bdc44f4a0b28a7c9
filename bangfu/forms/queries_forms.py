"""Readers of the versions of the two sheets: what holds for a person, its versions, what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, scope_q, within
from bangfu.core.models import Region
from bangfu.forms.definition.model import FormSheet
from bangfu.forms.enums import FormState, SheetKind, SweepState
from bangfu.forms.models import FormVersion, Sweep
from bangfu.forms.versions import CODES, form_of, in_force, parsed, shipped_text


@dataclass(frozen=True)
class FormLine:
    """A sheet as it holds where a person works: the county's version, or the software's (None).

    ``versions`` come with how many running sweeps of the person's places fill each.
    """

    kind: SheetKind
    code: str
    form: FormSheet
    text: str
    version: FormVersion | None
    versions: list[tuple[FormVersion, int]]


def form_lines(user: User) -> list[FormLine]:
    """The two sheets."""
    return [form_line(user, code) for code in CODES.values()]


def form_line(user: User, code: str) -> FormLine:
    """One of them; raises Http404 for an unknown one."""
    kind = next((kind for kind, known in CODES.items() if known == code), None)
    if kind is None:
        raise Http404("没有这张表。")
    home = next(iter(places_of(user, Permission.SWEEP_VIEW)), "")
    version = in_force(code, home)
    text = version.text if version else shipped_text(code)
    form = form_of(version) if version else parsed(text)
    running = _running(user)
    versions = [(row, running[row.pk]) for row in forms_seen_by(user).filter(code=code)]
    return FormLine(kind, code, form, text, version, versions)


def forms_seen_by(user: User) -> QuerySet[FormVersion]:
    """The versions for the person's places and for what lies around them; drafts only for who manages."""
    reached = Q(place="")
    for grant in places_of(user, Permission.SWEEP_VIEW):
        around = [grant[:length] for length in range(1, len(grant))]
        reached |= within("place", grant) | Q(place__in=around)
    named = Region.objects.filter(code=OuterRef("place")).values("name")[:1]
    managed = scope_q(FormVersion, user, Permission.SWEEP_MANAGE)
    rows: QuerySet[FormVersion] = FormVersion.objects.filter(reached).filter(
        managed | ~Q(state=FormState.DRAFT)
    )
    return rows.select_related("made_by").annotate(place_name=Subquery(named))


def _running(user: User) -> Counter[int]:
    """How many sweeps that the person sees and that are not closed fill a version, by its pk."""
    sweeps = Sweep.objects.visible_to(user, Permission.SWEEP_VIEW).exclude(state=SweepState.CLOSED)
    return Counter(chain.from_iterable(sweeps.values_list("screening_form", "inspection_form")))


def form_seen_by(user: User, permission: Permission, uid: UUID) -> FormVersion:
    """A version that the permission reaches; raises Http404 for any other."""
    rows = forms_seen_by(user)
    if permission is not Permission.SWEEP_VIEW:
        rows = rows.filter(scope_q(FormVersion, user, permission))
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return found


def managed_places(user: User) -> list[tuple[str, str]]:
    """The person's places for new versions, as choices."""
    codes = places_of(user, Permission.SWEEP_MANAGE)
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
