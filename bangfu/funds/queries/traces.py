"""From a source to what became of its money (C-027, C-031)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.funds.models import Entry, FundSource

_VIEW = Permission.FUND_VIEW


def sources_seen(user: User) -> QuerySet[FundSource]:
    """Every source in reach with what is left of it."""
    rows: QuerySet[FundSource] = FundSource.objects.visible_to(user, _VIEW)
    return rows.select_related("account", "region").annotate(rest=F("account__amount") - F("account__used"))


def source_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> FundSource:
    """One source; raises Http404 outside the reach of the permission."""
    rows = FundSource.objects.select_related("account", "region", "registered_by")
    found: FundSource = get_visible(rows, user, permission, uid=uid)
    return found


def entries_seen(user: User) -> QuerySet[Entry]:
    """The entries that move money (not those that count against plans, contracts and invoices).

    ``opens_source`` says whether this person may open the source too: a county's is not its townships'.
    """
    rows: QuerySet[Entry] = Entry.objects.visible_to(user, _VIEW)
    opens = Exists(FundSource.objects.visible_to(user, _VIEW).filter(pk=OuterRef("source")))
    rows = rows.filter(source__isnull=False).annotate(opens_source=opens)
    return rows.select_related("source", "project")
