"""What a screening found, laid ready: who the households are, what their clues would say and when be due.

Written in small steps, so that nobody waits for the lock; begun again it begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db import transaction

from bangfu.access.scope import within
from bangfu.core.ids import uid7
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.households.naming import household_label
from bangfu.monitoring.models import ClueFact, ScreeningRun, StagedFact
from bangfu.monitoring.policies.clue_limits import verify_by
from bangfu.monitoring.rules import list_of, risk_of_rule, risk_rules, rule_title
from bangfu.monitoring.screening import Progress, Screening
from bangfu.monitoring.screening_facts import FoundFact
from bangfu.workflow.calendars import calendar_now

STEP = 2_000
HEADLINE = 200


@dataclass(frozen=True)
class _Home:
    """What a new clue needs of its household."""

    pk: int
    place: str
    village_id: int
    label: str


def stage(run: ScreeningRun, screening: Screening, progress: Progress) -> None:
    """Lay the findings about risks ready, and put what else the screening came to into ``run.report``.

    Findings of quality rules are counted only: doubts about data are no clues.
    """
    run.staged.all().delete()
    risks = [fact for fact in screening.found if fact.rule in risk_rules()]
    homes = _homes(run.place)
    present = [fact for fact in risks if fact.household in homes]
    rows = _rows(run, present, homes)
    done = 0
    while step := list(islice(rows, STEP)):
        with transaction.atomic():
            StagedFact.objects.bulk_create(step)
        done += len(step)
        progress(done, len(risks), "准备放入线索池")
    ran = sorted(set(risk_rules()) - {rule for rule, _ in screening.not_run})
    run.report = {
        "found": done,
        "left": len({fact.household for fact in risks} - homes.keys()),
        "doubts": len(screening.found) - len(risks),
        "undecided": dict(screening.undecided),
        "not_run": [list(pair) for pair in screening.not_run],
        "ran": ran,
        "unsure": _unsure(run, screening, ran),
    }


def _unsure(run: ScreeningRun, screening: Screening, ran: list[str]) -> list[int]:
    """Ids of facts that were not found again, but of whose households the rule could not tell this time."""
    found = {(fact.household, fact.fact_key) for fact in screening.found}
    held = ClueFact.objects.filter(within("place", run.place), rule__in=ran, gone_on=None).order_by("rule")
    values = held.values_list("rule", "pk", "household__uid", "fact_key")
    unsure: list[int] = []
    for rule, rows in groupby(values, lambda row: row[0]):
        missing = [(pk, uid) for _, pk, uid, key in rows if (uid, key) not in found]
        households = screening.unsure(rule) if missing else set()
        unsure += [pk for pk, uid in missing if uid in households]
    return unsure


def _homes(place: str) -> Mapping[UUID, _Home]:
    present = Household.objects.filter(within("place", place), state=HouseholdState.PRESENT)
    values = present.values_list("uid", "pk", "place", "village_id", "head_name", "village__name")
    return {
        uid: _Home(pk, at, village, household_label(head, name))
        for uid, pk, at, village, head, name in values.iterator(chunk_size=10_000)
    }


def _rows(run: ScreeningRun, facts: list[FoundFact], homes: Mapping[UUID, _Home]) -> Iterator[StagedFact]:
    """A row a fact; what a household's clue would say is the same on all of its rows.

    A new clue speaks of what is new: facts that the pool knows are only seen again.
    """
    due = _due_days(run.discovered_on)
    held = ClueFact.objects.known(run.as_of).filter(within("place", run.place))
    known = set(held.values_list("household__uid", "fact_key"))
    risk = risk_of_rule()
    for household, group in groupby(sorted(facts, key=lambda fact: fact.household), lambda f: f.household):
        found = {fact.fact_key: fact for fact in group}
        home = homes[household]
        news = [fact for fact in found.values() if (household, fact.fact_key) not in known]
        shared: dict[str, Any] = {
            "run": run,
            "household_id": home.pk,
            "place": home.place,
            "village_id": home.village_id,
            "label": home.label,
            "clue_uid": uid7(),
            "subject_uid": uid7(),
            "due_on": due(home.place),
            "headline": "、".join(dict.fromkeys(rule_title(one.rule) for one in news))[:HEADLINE],
            "risks": sorted({risk[fact.rule] for fact in news if fact.rule in risk}),
        }
        for fact in found.values():
            yield StagedFact(**shared, **_own(fact))


def _own(fact: FoundFact) -> dict[str, Any]:
    return {
        "rule": fact.rule,
        "rule_version": fact.rule_version,
        "person_key": fact.person_key,
        "fact_key": fact.fact_key,
        "sentence": fact.sentence,
        "values": dict(fact.values),
        "sources": list(fact.sources),
        "dataset": list_of(fact.sources),
    }


def _due_days(discovered_on: date) -> Callable[[str], date]:
    """A function from a place to the last day of verification there; each village is asked for once."""
    known: dict[str, date] = {}
    calendar = calendar_now()

    def due(place: str) -> date:
        village = place[:12]
        if village not in known:
            known[village] = verify_by(discovered_on, village, calendar)
        return known[village]

    return due
