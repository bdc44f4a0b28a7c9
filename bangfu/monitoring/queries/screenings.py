"""Reading screenings: the runs in scope, and what releasing one would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import parameters
from bangfu.monitoring.enums.clues import ClueState
from bangfu.monitoring.models import Clue, ClueFact, ScreeningRun, StagedFact
from bangfu.monitoring.rules import rule_title


def runs(user: User) -> QuerySet[ScreeningRun]:
    """The screenings the person may see, the latest first."""
    rows: QuerySet[ScreeningRun] = ScreeningRun.objects.visible_to(user, Permission.SCREENING_RUN)
    return rows.select_related("job", "started_by", "released_by")


@dataclass(frozen=True)
class RulePreview:
    """What one rule would bring: findings, those known already, those that join an open clue, households
    that would get a clue."""

    rule: str
    title: str
    found: int
    known: int
    joins: int
    clues: int


@dataclass(frozen=True)
class VillagePreview:
    """How many clues a village would get, and whether that is more than the county wants to hear of."""

    code: str
    name: str
    township: str
    clues: int
    over: bool


@dataclass(frozen=True)
class Preview:
    """What releasing a screening would bring now; a household found by two rules counts once in ``clues``."""

    clues: int
    joins: int
    known: int
    by_rule: list[RulePreview]
    by_village: list[VillagePreview]
    budget: int


def preview(run: ScreeningRun, on: date) -> Preview:
    """By rule and by village, against the pool as it stands."""
    staged = _judged(run)
    by_rule = [
        RulePreview(
            row["rule"], rule_title(row["rule"]), row["found"], row["known"], row["joins"], row["clues"]
        )
        for row in staged.values("rule").annotate(**_COUNTS).order_by("-clues", "rule")
    ]
    (whole,) = staged.values("run").annotate(**_COUNTS) or [{"clues": 0, "joins": 0, "known": 0}]
    budget: int = parameters.value("clue_budget_per_village", on=on, place=run.place)
    return Preview(
        whole["clues"], whole["joins"], whole["known"], by_rule, _by_village(staged, budget), budget
    )


def _by_village(staged: QuerySet[StagedFact], budget: int) -> list[VillagePreview]:
    rows = staged.values("village__code", "village__name", "village__parent__name").annotate(
        clues=_COUNTS["clues"]
    )
    return [
        VillagePreview(
            row["village__code"],
            row["village__name"],
            row["village__parent__name"] or "",
            row["clues"],
            row["clues"] > budget,
        )
        for row in rows.order_by("village__code")
        if row["clues"]
    ]


_COUNTS = {
    "found": Count("pk"),
    "known": Count("pk", filter=Q(is_known=True)),
    "joins": Count("pk", filter=Q(is_known=False, has_clue=True)),
    "clues": Count("household", distinct=True, filter=Q(is_known=False, has_clue=False)),
}


def _judged(run: ScreeningRun) -> QuerySet[StagedFact]:
    """The staged findings, with whether the fact is known and whether the household has an open clue."""
    same = ClueFact.objects.known(run.as_of).filter(
        household=OuterRef("household"), fact_key=OuterRef("fact_key")
    )
    open_clue = Clue.objects.filter(household=OuterRef("household")).exclude(state=ClueState.CLOSED)
    return StagedFact.objects.filter(run=run).annotate(is_known=Exists(same), has_clue=Exists(open_clue))
