"""The list of a hand-over as a paper, to be signed by who gives and who takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.documents.paper import Paper
from bangfu.support.models import Party
from bangfu.support.queries.handing import HandedOver
from bangfu.support.showing.ties import target_name
from bangfu.support.terms.tie_kinds import kind_label
from bangfu.ui.formats import chinese_day


def hand_over_paper(giver: User, taker: User, on: date, handed: HandedOver) -> Paper:
    """The paper; its tables are left out where nothing of the kind went over."""
    data: dict[str, Any] = {
        "day": chinese_day(on),
        "giver": _named(giver),
        "taker": _named(taker),
        "households_count": len(handed.pairings),
        "ties_count": len(handed.ties),
        "households": [
            {
                "name": row.household.head_name,
                "village": f"{row.household.village.name} {row.household.group_name}".strip(),
                "people": row.household.member_count,
                "code": row.household.code or "",
                "note": "",
            }
            for row in handed.pairings
        ],
        "ties": [
            {"kind": kind_label(tie.kind), "target": target_name(tie), "paper": tie.paper_number, "note": ""}
            for tie in handed.ties
        ],
    }
    return Paper("hand_over", "帮扶责任移交清单", data)


def draft_url(user: User, giver: User, on: date) -> str:
    """Where the list is drafted as a report, to be completed and approved; "" for who may not."""
    party = Party.objects.filter(user=giver).select_related("subject").first()
    if party is None or not has_permission(user, Permission.REPORT_WRITE):
        return ""
    asked = urlencode({"about": party.subject.uid, "on": on.isoformat()})
    return f"{reverse('draft_report', args=['hand_over_list'])}?{asked}"


def _named(person: User) -> str:
    return f"{person.name}（{person.unit.name}）" if person.unit else person.name
