"""Readers of excuses."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import scope_q
from bangfu.duties.enums import ExcuseState
from bangfu.duties.models import DueItem, DutyExcuse, DutyTemplate


def excuses_seen_by(user: User) -> QuerySet[DutyExcuse]:
    """The excuses in reach and the person's own, with the names that they show."""
    titles = DutyTemplate.objects.filter(code=OuterRef("code")).order_by("-number").values("title")[:1]
    reached = scope_q(DutyExcuse, user, Permission.DUTY_VIEW)
    mine = Q(asked_by=user) | Q(holder__duty_holder__user=user)
    rows = DutyExcuse.objects.filter(reached | mine)
    related = ("holder__duty_holder__unit", "target", "asked_by", "decided_by")
    return rows.select_related(*related).annotate(duty_title=Subquery(titles))


def excuse_seen_by(user: User, uid: UUID) -> DutyExcuse:
    """One of these; raises Http404 for any other."""
    found = excuses_seen_by(user).filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return found


def excuses_of(user: User, item: DueItem) -> list[tuple[DutyExcuse, bool]]:
    """The excuses, asked for or decided, that concern an item; each with whether the person may open it."""
    rows = DutyExcuse.objects.filter(
        Q(code="") | Q(code=item.template.code),
        Q(target=None) | Q(target=item.target_id),
        holder=item.holder_id,
        starts_on__lte=item.window_end,
        ends_on__gte=item.window_start,
    ).exclude(state=ExcuseState.WITHDRAWN)
    seen = set(excuses_seen_by(user).filter(pk__in=rows.values("pk")).values_list("pk", flat=True))
    return [(row, row.pk in seen) for row in rows]
