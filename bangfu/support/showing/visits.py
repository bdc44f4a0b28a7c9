"""A visit as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import BangfuError
from bangfu.evidence.models import EvidenceFile
from bangfu.households.enums import HouseholdState
from bangfu.households.policies.reach import reaches
from bangfu.monitoring.enums.clues import RiskKind
from bangfu.monitoring.models import Clue
from bangfu.monitoring.showing.clue_sources import ClueSource
from bangfu.support.enums.visits import VisitChanged, VisitMet
from bangfu.support.models import Visit
from bangfu.support.policies.visits import SHORTEST_REASON, check_withdrawable

Words = dict[str, Any]
_A_REASON = "原" * SHORTEST_REASON


def met_words(visit: Visit) -> str:
    """Who was met."""
    return _words(visit.met, VisitMet)


def changed_words(visit: Visit) -> str:
    """What changed; 没有变化 when nothing did."""
    if not visit.changed:
        return "没有变化"
    return _words(visit.changed_what, VisitChanged) or "有变化"


def risk_words(visit: Visit) -> str:
    """The new risks; 没有 when there are none."""
    return _words(visit.risks, RiskKind) if visit.new_risk else "没有"


def _words(codes: Iterable[str], choices: Any) -> str:
    return "、".join(str(choices(code).label) for code in codes)


def visit_signal(visit: Visit) -> tuple[str, str, str]:
    """Where the note stands: kind, word, icon."""
    if visit.withdrawn_at is not None:
        return "off", "已撤下", "circle-x"
    if visit.new_risk:
        return "warn", "有新风险", "alert-triangle"
    if visit.changed:
        return "now", "有变化", "refresh"
    return "ok", "没有变化", "circle-check"


def visit_card(visit: Visit, user: User) -> Words:
    """Facts, text, what followed, and what the person may do."""
    kind, word, icon = visit_signal(visit)
    return {
        "visit": visit,
        "light": {"kind": kind, "word": word, "icon": icon},
        "facts": _facts(visit),
        "clue_url": _clue_url(visit, user),
        "photo_url": _photo_url(visit, user),
        "household_url": _household_url(visit, user),
        "proposals": _proposals(visit, user),
        "propose_url": _propose_url(visit, user),
        "withdraw_url": _withdraw_url(visit, user),
    }


def _facts(visit: Visit) -> list[Words]:
    written = f"（{visit.recorded_by.name}代记）" if visit.recorded_by_id != visit.visitor_id else ""
    pairs = [
        ("日期", visit.on.isoformat()),
        ("走访人", f"{visit.visitor.name}{written}"),
        ("单位", visit.unit.name if visit.unit else "—"),
        ("怎么见的", visit.get_way_display()),
        ("见到谁", met_words(visit)),
        ("和上次比", changed_words(visit)),
        ("新风险", risk_words(visit)),
    ]
    if visit.back_dating_reason:
        pairs.append(("补记原因", visit.back_dating_reason))
    if visit.withdrawn_at is not None:
        pairs.append(("撤下原因", visit.withdrawn_reason))
    return [{"label": label, "value": value} for label, value in pairs]


def _clue_url(visit: Visit, user: User) -> str:
    sees = Clue.objects.visible_to(user, Permission.CLUE_VIEW).filter(pk=visit.clue_id).exists()
    return reverse("clue_file", args=[visit.clue.uid]) if visit.clue and sees else ""


def _photo_url(visit: Visit, user: User) -> str:
    if visit.photo is None or visit.photo.withdrawn:
        return ""
    sees = EvidenceFile.objects.visible_to(user, Permission.EVIDENCE_VIEW).filter(pk=visit.photo_id).exists()
    return reverse("open_evidence", args=[visit.photo.uid]) if sees else ""


def _household_url(visit: Visit, user: User) -> str:
    household = visit.household
    if household is None or not reaches(user, Permission.HOUSEHOLD_VIEW, household):
        return ""
    return f"{reverse('household_file', args=[household.uid])}?tab=visits"


def _proposals(visit: Visit, user: User) -> list[Words]:
    if visit.household is None or not reaches(user, Permission.HOUSEHOLD_VIEW, visit.household):
        return []
    opens = has_permission(user, Permission.CHANGE_DECIDE) or has_permission(user, Permission.CHANGE_PROPOSE)
    rows = visit.proposals.select_related("proposal__member").order_by("pk")
    return [
        {
            "of": row.proposal.member.name if row.proposal.member else "户信息",
            "state": row.proposal.get_state_display(),
            "url": reverse("decide_change", args=[row.proposal.uid]) if opens else "",
        }
        for row in rows
    ]


def _propose_url(visit: Visit, user: User) -> str:
    household = visit.household
    may = (
        household is not None
        and visit.withdrawn_at is None
        and household.state == HouseholdState.PRESENT
        and reaches(user, Permission.CHANGE_PROPOSE, household)
    )
    return reverse("propose_visit_change", args=[visit.uid]) if may else ""


def _withdraw_url(visit: Visit, user: User) -> str:
    try:
        check_withdrawable(visit, user, _A_REASON)
    except BangfuError:
        return ""
    may = Visit.objects.visible_to(user, Permission.VISIT_RECORD).filter(pk=visit.pk).exists()
    return reverse("withdraw_visit", args=[visit.uid]) if may else ""


def visits_of_clue(clue: Clue, user: User) -> list[ClueSource]:
    """The visits on which a clue's risks were seen, for the clue's page."""
    rows = list(clue.visits.select_related("visitor").order_by("on", "pk"))
    if not rows:
        return []
    seen = set(
        Visit.objects.visible_to(user, Permission.VISIT_VIEW).filter(clue=clue).values_list("pk", flat=True)
    )
    return [
        ClueSource(
            f"走访 {row.on} {row.visitor.name}",
            reverse("visit_file", args=[row.uid]) if row.pk in seen else "",
        )
        for row in rows
    ]
