"""Turns what the rules found into findings that people can act on: who, why, on what basis, by when.

The only place where names meet findings, at the very end and by key (C-185).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bangfu.screening.catalogue.columns import Column
from bangfu.screening.catalogue.model import Catalogue, Grade, Rule
from bangfu.screening.catalogue.resolving import choice_in, choices_on
from bangfu.screening.compiling.windows import add_days
from bangfu.screening.county import Directory, Outcome
from bangfu.screening.explaining.phrasing import shown_columns, spoken, stored
from bangfu.screening.result import Finding, RuleReport, Undecided

UNVERIFIED = "依据未核实"
"""Said wherever something decides that no official or second-hand source bears out."""

_STATED_AS = {
    "registered_household": "household_type",
    "monitored": "monitored_category",
    "stated_birth_date": "birth_date",
}
"""What is derived of a column is told as that column: it is what somebody has to fill in."""

_Place = tuple[int, int, int]  # order of the household, of the member (household first), of the rule


def explain(
    outcomes: Sequence[Outcome], directory: Directory, catalogue: Catalogue, as_of: dt.date
) -> tuple[list[Finding], list[Undecided], list[RuleReport]]:
    """Findings and undecided in the order of households, members and rules, and each rule's report."""
    places = _Places(directory, {rule_id: i for i, rule_id in enumerate(catalogue.rules)})
    findings: list[tuple[_Place, Finding]] = []
    undecided: list[tuple[_Place, Undecided]] = []
    reports = []
    for outcome in outcomes:
        rule = catalogue.rules[outcome.rule_id]
        reports.append(RuleReport(rule.id, rule.version, outcome.status, outcome.reason))
        teller = _Teller(rule, catalogue, directory, as_of)
        for hit in _rows(outcome.hits):
            findings.append((places.of(rule, hit), teller.finding(hit)))
        for case in _rows(outcome.undecided):
            undecided.append((places.of(rule, case), teller.undecided(case)))
    return _sorted(findings), _sorted(undecided), reports


def _rows(table: Any) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches():
        yield from batch.to_pylist()


def _sorted(placed: list[tuple[_Place, Any]]) -> list[Any]:
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


@dataclass(frozen=True)
class _Places:
    """Where in the result a finding stands."""

    directory: Directory
    rules: Mapping[str, int]

    def of(self, rule: Rule, row: Mapping[str, Any]) -> _Place:
        home = self.directory.homes[row["household_key"]]
        person = row["person_key"]
        member = -1 if person is None else self.directory.person_order[person]
        return home.order, member, self.rules[rule.id]


@dataclass(frozen=True)
class _Handling:
    """What depends on the place only: the basis with its grades, and by when to act."""

    basis: str
    due: dt.date | None


@dataclass(frozen=True)
class Wording:
    """How a rule's hits are told."""

    rule: Rule
    catalogue: Catalogue
    as_of: dt.date

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        return shown_columns(self.catalogue, self.rule)

    def reason(self, hit: Mapping[str, Any], name: str | None = None, head_name: str | None = None) -> str:
        """Why, in Chinese, with the values; about "该成员" or "该户" where no name is given."""
        words = {key: spoken(hit[key], column) for key, column in self._columns.items()}
        words |= {
            "name": name or "该成员",
            "head_name": head_name or "该",
            "year": str(self.as_of.year),
            "month": str(self.as_of.month),
            "as_of": self.as_of.isoformat(),
        }
        said = [part.say.format_map(words) for part in self.rule.parts if _applies(hit[part.when])]
        return self.rule.reason.format_map({**words, "because": "、".join(said)})

    def values(self, hit: Mapping[str, Any]) -> dict[str, Any]:
        """What decided, for programs."""
        return {key: stored(hit[key], self._columns[key]) for key in self.rule.values}

    def fact(self, hit: Mapping[str, Any]) -> list[Any]:
        """What makes the fact this one and no other; equal on every day on which it is found again."""
        days = {"year": self.as_of.year, "month": f"{self.as_of:%Y-%m}"}
        return [
            days[name] if name in days else stored(hit[name], self._columns[name]) for name in self.rule.fact
        ]


@dataclass
class _Teller:
    """Tells the findings of one rule."""

    rule: Rule
    catalogue: Catalogue
    directory: Directory
    as_of: dt.date
    _handlings: dict[str | None, _Handling] = field(default_factory=dict)

    def finding(self, hit: Mapping[str, Any]) -> Finding:
        rule, home = self.rule, self.directory.homes[hit["household_key"]]
        person = None if hit["person_key"] is None else self.directory.people[hit["person_key"]]
        name = person.name if person else None
        handling = self._handling(home.region_code or home.household_code)
        return Finding(
            rule=rule.id,
            rule_title=rule.title,
            kind=rule.kind.value,
            household=home.household_code,
            member=person.member_code if person else None,
            severity=rule.severity.value,
            reason=self._wording.reason(hit, name, home.head_name),
            values=self._wording.values(hit),
            basis=handling.basis,
            county=home.county,
            township=home.township,
            village=home.village,
            head_name=home.head_name,
            member_name=name,
            helper=home.helper,
            owner=rule.owner,
            due=handling.due,
        )

    def undecided(self, case: Mapping[str, Any]) -> Undecided:
        home = self.directory.homes[case["household_key"]]
        person = None if case["person_key"] is None else self.directory.people[case["person_key"]]
        return Undecided(
            self.rule.id,
            home.household_code,
            person.member_code if person else None,
            list(dict.fromkeys(_STATED_AS.get(name, name) for name in case["missing"])),
            home.township,
            home.village,
            home.head_name,
            person.name if person else None,
        )

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.rule, self.catalogue, self.as_of)

    def _handling(self, region_code: str | None) -> _Handling:
        if region_code not in self._handlings:
            self._handlings[region_code] = _Handling(
                "；".join(dict.fromkeys(self._bases(region_code))), self._due(region_code)
            )
        return self._handlings[region_code]

    def _bases(self, region_code: str | None) -> Iterator[str]:
        rule = self.rule
        yield cited(rule.basis, rule.grade, rule.verified)
        for parameter_id in self._deciding_parameters():
            choice = choice_in(choices_on(self.catalogue, parameter_id, self.as_of), region_code)
            if choice is not None:
                yield cited(choice.basis, choice.grade, choice.verified)

    def _deciding_parameters(self) -> Iterable[str]:
        indicators = [self.catalogue.indicators.get(name) for name in self.rule.names_in_condition]
        ids = [name for indicator in indicators if indicator for name in indicator.parameters]
        return dict.fromkeys([*self.rule.parameters.values(), *ids])

    def _due(self, region_code: str | None) -> dt.date | None:
        choice = choice_in(choices_on(self.catalogue, self.rule.due, self.as_of), region_code)
        return None if choice is None else add_days(self.as_of, int(str(choice.value)))


def cited(basis: str, grade: Grade, verified: bool) -> str:
    """A basis with its grade of evidence, and whether it is unverified."""
    return f"{basis}[{grade}]" if verified else f"{basis}[{grade}，{UNVERIFIED}]"


def _applies(value: Any) -> bool:
    """A part is said when its value is true or known."""
    return value is not None and value is not False and value != []
