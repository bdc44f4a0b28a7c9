"""What a screening found, told: whose it is, why, on which lists, income and register it rests (C-185)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from bangfu.households.screening_income import SignedIncome
from bangfu.screening.catalogue.datasets import ROSTER
from bangfu.screening.catalogue.model import Catalogue, Level
from bangfu.screening.compiling.plan import Plan, PlannedRule
from bangfu.screening.county import Outcome
from bangfu.screening.explaining.explain import Wording

_INCOME = "per_capita_net_income"


@dataclass(frozen=True)
class FoundFact:
    """One finding, de-identified.

    ``person_key`` is the member's key in the identity vault, None for a rule about the household.
    ``fact_key`` is the same whenever the same fact is found again. ``sentence`` says why, in Chinese, with
    values and without names; ``values`` is plain JSON. ``sources`` are ``dataset:batch number``; a rule that
    reads the register alone has ``household_roster``.
    """

    rule: str
    rule_version: str
    household: UUID
    person_key: int | None
    fact_key: str
    sentence: str
    values: Mapping[str, Any]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """The linked rows of the lists, and the lists they come from."""

    tables: Mapping[str, pa.Table]
    numbers: Mapping[int, str]  # list → batch number


@dataclass(frozen=True)
class Teller:
    """Makes facts of what the rules found; ``session`` is open while it does."""

    catalogue: Catalogue
    plan: Plan
    on: date
    uids: Mapping[int, UUID]
    linked: Linked
    incomes: Mapping[int, SignedIncome]
    month: date | None
    session: duckdb.DuckDBPyConnection

    def facts(self, outcome: Outcome) -> Iterator[FoundFact]:
        """The findings of one rule."""
        if not len(outcome.hits):
            return
        rule = self.catalogue.rules[outcome.rule_id]
        planned = next(one for one in self.plan.runnable(rule.level) if one.id == rule.id)
        wording = Wording(rule, self.catalogue, self.on)
        sources = self._sources(planned, outcome.hits)
        for hit in outcome.hits.to_pylist():
            household, person = self.uids[hit["household_key"]], hit["person_key"]
            about, subject = (household, hit["household_key"]) if person is None else (person, person)
            yield FoundFact(
                rule=rule.id,
                rule_version=str(rule.version),
                household=household,
                person_key=person,
                fact_key=_fact_key(rule.id, str(about), wording.fact(hit)),
                sentence=wording.reason(hit) + self._rests_on(planned, hit),
                values=wording.values(hit),
                sources=tuple(sources.get(subject, (ROSTER,))),
            )

    def _rests_on(self, rule: PlannedRule, hit: Mapping[str, Any]) -> str:
        """Which income it is, where the rule reads one, and which day's register, where it is not today's."""
        said = []
        if _INCOME in rule.reads:
            signed = self.incomes.get(hit["household_key"])
            said.append(signed.words if signed else "收入取自名册")
        if self.month:
            said.append(f"按 {self.month} 的名册快照筛到")
        return f"（{'；'.join(said)}。）" if said else ""

    def _sources(self, rule: PlannedRule, hits: pa.Table) -> dict[int, list[str]]:
        """The lists in which each person or household that was found has rows."""
        key = "person_key" if rule.level is Level.MEMBER else "household_key"
        reads = {*rule.reads, *rule.value_reads}
        used = {one.dataset for name, one in self.plan.indicators.items() if name in reads}
        found: dict[int, list[str]] = {}
        self.session.register("hits", hits)
        for dataset in sorted(used):
            self.session.register("listed", self.linked.tables[dataset])
            rows = self.session.execute(
                f"SELECT DISTINCT {key}, list_id FROM listed SEMI JOIN hits USING ({key}) ORDER BY ALL"
            ).fetchall()
            for subject, list_id in rows:
                found.setdefault(subject, []).append(f"{dataset}:{self.linked.numbers[list_id]}")
        return found


def _fact_key(rule: str, about: str, fact: list[Any]) -> str:
    text = json.dumps([rule, about, fact], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
