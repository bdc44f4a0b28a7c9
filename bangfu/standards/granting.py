"""Which things a standard's subsidy is due to, and which get none, with the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from bangfu.core.money import FEN_PER_YUAN
from bangfu.standards.definition.granting import grant_of
from bangfu.standards.definition.model import Standard
from bangfu.standards.enums import CheckVerdict, SubsidyState
from bangfu.standards.models import CheckItem, StandardCheck, SubsidyProposal


@dataclass(frozen=True)
class Due:
    """A thing, what it is due in fen (0: nothing), and how that was reckoned or why it is nothing."""

    check: StandardCheck
    fen: int
    words: str


def dues_of(standard: Standard, checks: QuerySet[StandardCheck], chosen: Collection[int] | None) -> list[Due]:
    """What is due to the latest checks of a standard that were not proposed yet.

    ``chosen`` are the checks within the quota, None for a standard without one.
    """
    latest = checks.filter(code=standard.id, is_latest=True).select_related("region").order_by("place", "pk")
    given = _given(standard.id)
    numbers: dict[int, dict[str, object]] = {}
    wanted = CheckItem.objects.filter(
        check_of__in=latest, item=standard.subsidy.of if standard.subsidy else ""
    )
    for check, item, number in wanted.values_list("check_of", "item", "number"):
        numbers.setdefault(check, {})[item] = number
    return [
        _due(standard, one, numbers.get(one.pk, {}), chosen)
        for one in latest
        if (one.place, one.thing) not in given
    ]


def _given(code: str) -> set[tuple[str, str]]:
    """The things for which a subsidy was proposed or arranged, at whichever check."""
    rows = SubsidyProposal.objects.filter(check_of__code=code).exclude(state=SubsidyState.DECLINED)
    return set(rows.values_list("check_of__place", "check_of__thing"))


def _due(
    standard: Standard, check: StandardCheck, numbers: dict[str, object], chosen: Collection[int] | None
) -> Due:
    if check.verdict != CheckVerdict.PASSED:
        return Due(check, 0, f"{check.get_verdict_display()}，不补。")
    if chosen is not None and check.pk not in chosen:
        return Due(check, 0, "不在名额内（或者并列还没有定），不补。")
    grant = grant_of(standard, numbers)  # type: ignore[arg-type]
    return Due(check, int(grant.yuan * FEN_PER_YUAN), grant.words)
