"""How good rules, lists and channels are: the verdicts of what they brought, each count with its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.monitoring.enums.clues import ClueChannel, Verdict
from bangfu.monitoring.models import Clue, ClueFact
from bangfu.monitoring.rules import dataset_title, rule_title

TRUE = (Verdict.AT_RISK, Verdict.NO_RISK, Verdict.HELPED)


@dataclass(frozen=True)
class Precision:
    """The verdicts of one rule, list or channel; ``cells`` are (count, address) in the order of Verdict."""

    label: str
    judged: int
    url: str
    cells: list[tuple[int, str]]
    true_share: int | None
    risk_share: int | None


def of_rules(user: User, place: str, month: date | None) -> list[Precision]:
    """By rule."""
    return _precisions(_facts(user, place, month), "rule", "clue_fact_list", rule_title, place, month)


def of_lists(user: User, place: str, month: date | None) -> list[Precision]:
    """By department's list."""
    return _precisions(_facts(user, place, month), "dataset", "clue_fact_list", dataset_title, place, month)


def of_channels(user: User, place: str) -> list[Precision]:
    """By the channel that brought the clue."""
    rows = (
        Clue.objects.visible_to(user, Permission.CLUE_VIEW).exclude(verdict="").filter(within("place", place))
    )
    labels = dict(ClueChannel.choices)
    return _precisions(rows, "channel", "clue_list", lambda code: str(labels.get(code, code)), place, None)


def _facts(user: User, place: str, month: date | None) -> QuerySet[ClueFact]:
    rows = ClueFact.objects.visible_to(user, Permission.CLUE_VIEW).exclude(verdict="")
    rows = rows.filter(within("place", place))
    if month is not None:
        rows = rows.filter(judged_on__year=month.year, judged_on__month=month.month)
    found: QuerySet[ClueFact] = rows
    return found


def _precisions(
    rows: QuerySet[Any],
    field: str,
    page: str,
    label: Callable[[str], str],
    place: str,
    month: date | None,
) -> list[Precision]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows.order_by().values(field, "verdict").annotate(number=Count("pk")):
        counts.setdefault(row[field], {})[row["verdict"]] = row["number"]
    asked = ({"place": place} if place else {}) | ({"f_month": f"{month:%Y-%m}"} if month else {})
    found = [
        _precision(label(code), number, page, {f"f_{field}": code, **asked})
        for code, number in counts.items()
    ]
    return sorted(found, key=lambda one: one.label)


def _precision(label: str, numbers: dict[str, int], page: str, asked: dict[str, str]) -> Precision:
    """Duplicates say nothing of the rule: they are in no share."""
    address = reverse(page)
    judged = sum(numbers.values())
    of = judged - numbers.get(Verdict.DUPLICATE, 0)
    whole = {"f_standing": "judged"} if page == "clue_fact_list" else {"f_limit": "verified"}
    return Precision(
        label=label,
        judged=judged,
        url=f"{address}?{urlencode(asked | whole)}",
        cells=[
            (numbers.get(verdict, 0), f"{address}?{urlencode(asked | {'f_verdict': verdict.value})}")
            for verdict in Verdict
        ],
        true_share=_share(sum(numbers.get(verdict, 0) for verdict in TRUE), of),
        risk_share=_share(numbers.get(Verdict.AT_RISK, 0), of),
    )


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
