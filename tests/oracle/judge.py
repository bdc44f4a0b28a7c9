"""Asks every rule of every subject of a county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.county import Case, Row
from tests.oracle.rules import RULES, Question, Rule

Keys = tuple[int, int | None]  # household_key, person_key


@dataclass(frozen=True)
class Judgement:
    """What a rule came to: hits with their values, and who stays undecided. Not run without its list."""

    run: bool
    hits: Mapping[Keys, Mapping[str, Any]]
    undecided: frozenset[Keys]


def judge(case: Case) -> dict[str, Judgement]:
    """Every rule's judgement."""
    return {rule_id: _judge_rule(rule, case) for rule_id, rule in RULES.items()}


def _judge_rule(rule: Rule, case: Case) -> Judgement:
    if rule.dataset is not None and rule.dataset not in case.county.lists:
        return Judgement(False, {}, frozenset())
    hits: dict[Keys, Mapping[str, Any]] = {}
    undecided = set()
    for keys, question in _questions(rule, case):
        answer = rule.decide(question)
        if answer.truth is True:
            hits[keys] = answer.values
        elif answer.truth is None:
            undecided.add(keys)
    return Judgement(True, hits, frozenset(undecided))


def _questions(rule: Rule, case: Case) -> list[tuple[Keys, Question]]:
    households = {row["household_key"]: row for row in case.county.households}
    key = "person_key" if rule.level == "member" else "household_key"
    rows = _rows_by(key, case.county.lists.get(rule.dataset or "", []))
    subjects = case.county.members if rule.level == "member" else case.county.households
    asked = []
    for subject in subjects:
        about = rows[subject[key]]
        if rule.dataset is None or rule.everybody or about:
            keys = (subject["household_key"], subject.get("person_key"))
            asked.append((keys, Question(case, households[subject["household_key"]], subject, about)))
    return asked


def _rows_by(key: str, rows: list[Row]) -> dict[int, list[Row]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped
