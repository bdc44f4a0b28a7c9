"""How clues read on pages: their light with its words, why a fact is one, where it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.core.verbs import verb_label
from bangfu.monitoring.enums.clues import UNVERIFIED_STATES, ClueState, RiskKind
from bangfu.monitoring.models import Clue, ClueFact
from bangfu.monitoring.queries.clues import ClueFile
from bangfu.monitoring.rules import ROSTER, dataset_title, rule_title
from bangfu.screening.catalogue.model import Catalogue, Grade, Rule
from bangfu.screening.catalogue.resolving import choice_in, choices_on
from bangfu.ui.formats import minute

Signal = tuple[str, str, str]
_STATES: dict[str, tuple[str, str]] = {
    ClueState.NEW: ("off", "clock"),
    ClueState.DISPATCHED: ("now", "send"),
    ClueState.VERIFYING: ("now", "walk"),
    ClueState.VERIFIED: ("warn", "clipboard-check"),
    ClueState.IN_CASE: ("ok", "circle-check"),
    ClueState.CLOSED: ("off", "circle-x"),
}


def state_signal(clue: Clue) -> Signal:
    """The light of a row of the pool: its state, or that its limit is over or near."""
    late = late_words(clue)
    if late is not None:
        return late
    kind, icon = _STATES[clue.state]
    if clue.state == ClueState.CLOSED and clue.verdict:
        return kind, clue.get_verdict_display(), icon
    return kind, clue.get_state_display(), icon


def late_words(clue: Any) -> Signal | None:
    """That the limit of a row of the pool is over or near, with the days; None otherwise."""
    today: date = clue.today
    if clue.state not in UNVERIFIED_STATES or clue.due_on > clue.soon_on:
        return None
    days = (clue.due_on - today).days
    state = clue.get_state_display()
    if days < 0:
        return "bad", f"{state}，已超 {-days} 天", "alert-triangle"
    return "warn", f"{state}，{'今天到期' if days == 0 else f'剩 {days} 天'}", "hourglass"


def risk_words(codes: list[str]) -> list[str]:
    """The labels of risk codes; a word that is no code stays as it is."""
    known = dict(RiskKind.choices)
    return [str(known.get(code, code)) for code in codes]


def whose(clue: Clue) -> str:
    """The household's head, else that nobody knows yet."""
    return clue.household.head_name if clue.household else clue.subject.label


def fact_card(fact: ClueFact, persons: dict[int, str], catalogue: Catalogue) -> dict[str, Any]:
    """A fact with everything that says why: rule, parameter with its basis, list and batch, days, verdict.

    ``catalogue`` is the county's, whose parameters decided.
    """
    rule = catalogue.rules.get(fact.rule)
    return {
        "fact": fact,
        "title": rule_title(fact.rule),
        "person": persons.get(fact.person_key or 0, ""),
        "basis": rule.basis if rule else "目录里已没有这条规则",
        "parameters": _parameters(rule, fact, catalogue) if rule else [],
        "unverified": rule is None or rule.grade is not Grade.OFFICIAL,
        "sources": [_source(source) for source in fact.sources],
    }


def _parameters(rule: Rule, fact: ClueFact, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The lines that decided, as they were on the day of the finding, each with where it comes from."""
    found = []
    for alias, parameter in rule.parameters.items():
        value = choice_in(choices_on(catalogue, parameter, fact.last_seen), fact.place)
        found.append(
            {
                "title": catalogue.parameters[parameter].title,
                "value": _plain(fact.values.get(alias, "")),
                "unit": catalogue.parameters[parameter].unit,
                "basis": value.basis if value else "",
                "unverified": value is None or value.grade is not Grade.OFFICIAL,
            }
        )
    return found


def _plain(value: Any) -> str:
    """A line as people write it: 5000, not 5000.0; yes and no in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _source(source: str) -> str:
    dataset, _, batch = source.partition(":")
    title = "本县登记的户和成员" if dataset == ROSTER else dataset_title(dataset)
    return f"{title}，批次 {batch}" if batch else title


def timeline(file: ClueFile) -> list[dict[str, Any]]:
    """Every step of the clue, newest first, as ``ui/parts/timeline.html`` wants it."""
    return [
        {
            "when": minute(version.change.at),
            "what": verb_label(version.change.verb),
            "who": version.change.actor_label,
            "key": version.change.verb in ("verify_clue", "close_clue"),
        }
        for version in file.versions
    ]
