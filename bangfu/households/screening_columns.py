"""Where the register keeps each column of the roster, and how it reads in the engine's types (in SQL)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bangfu.households.importing.facts import RISKS, household_facts, member_facts, roster
from bangfu.screening.catalogue.model import Level
from bangfu.tabular.spec import Blank, ColumnSpec, Kind

#: Columns of a household that are read whatever the rules ask: what is derived comes from them.
HOUSEHOLD_SOURCE = {
    name: name
    for name in (
        "household_type",
        "monitored_category",
        "risk_removed",
        "per_capita_net_income",
        "roster_facts",
        "risks",
    )
}
_DERIVED = frozenset(["region_code", "per_capita_net_income", "birth_date"])
_WORDS_AS_CODES = frozenset(["not_in_school_reason"])
_FEN = 100


@dataclass(frozen=True)
class _Kept:
    """A column of the roster: the text that the register keeps of it, and whether money is in fen there."""

    spec: ColumnSpec
    text: str
    in_fen: bool = False

    def value(self) -> str:
        """The text in the type that the engine reads."""
        if self.spec.kind is Kind.CHOICE:
            return self._code()
        if self.spec.kind is Kind.MONEY:
            whole = f"CAST({self.text} AS DECIMAL(18,2))"
            return f"CAST({whole} / {_FEN} AS DECIMAL(18,2))" if self.in_fen else whole
        types = {Kind.YES_NO: "BOOLEAN", Kind.DATE: "DATE", Kind.MONTH: "DATE"}
        types |= {Kind.NUMBER: "DOUBLE", Kind.PERCENT: "DOUBLE"}
        return f"CAST(nullif({self.text}, '') AS {types.get(self.spec.kind, 'VARCHAR')})"

    def _code(self) -> str:
        """A choice's code; where a blank means none, nothing kept is none."""
        code = f"nullif({self.text}, '')"
        if self.spec.id in _WORDS_AS_CODES:
            known = {word: name for name, words in self.spec.choices.items() for word in words}
            whens = " ".join(f"WHEN {self.text} = '{word}' THEN '{name}'" for word, name in known.items())
            code = f"CASE {whens} WHEN {self.text} <> '' THEN 'other' END"
        return f"coalesce({code}, 'none')" if self.spec.blank is Blank.NONE else code


def sources_of(level: Level, columns: Collection[str]) -> dict[str, str]:
    """The database's columns that hold these columns of the roster, by name."""
    facts = household_facts if level is Level.HOUSEHOLD else member_facts
    return {fact.name: str(fact.field.column) for fact in facts(_bases(columns)) if fact.name not in _DERIVED}


def columns_sql(level: Level, columns: Collection[str]) -> str:
    """The rest of a SELECT: each of the columns that the register has of a level, in the engine's type."""
    listed = []
    for kept in _kept(level, _bases(columns)):
        if kept.spec.id in columns:
            listed.append(f', {kept.value()} AS "{kept.spec.id}"')
        if f"{kept.spec.id}_given" in columns:
            listed.append(f", coalesce({kept.text}, '') <> '' AS \"{kept.spec.id}_given\"")
    return "".join(listed)


def kept_where(columns: Collection[str]) -> Iterator[tuple[str, str]]:
    """Title and database column of each of ``columns`` that is the roster's; what is derived is left out."""
    names = _bases(columns)
    own = sources_of(Level.HOUSEHOLD, names) | sources_of(Level.MEMBER, names)
    for spec in roster().fact_columns:
        if spec.id in names and spec.id not in _DERIVED:
            yield spec.titles[0], own.get(spec.id) or ("risks" if spec.id in RISKS else "roster_facts")


def _bases(columns: Collection[str]) -> list[str]:
    return sorted({column.removesuffix("_given") for column in columns})


def _kept(level: Level, names: Collection[str]) -> Iterator[_Kept]:
    dataset = roster()
    own = sources_of(level, names)
    for spec in dataset.fact_columns:
        if spec.id not in names or spec.id in _DERIVED:
            continue
        if (spec.id in dataset.household_columns) is not (level is Level.HOUSEHOLD):
            continue
        if spec.id in own:
            yield _Kept(spec, f'"{spec.id}"', in_fen=True)
        elif spec.id in RISKS:
            yield _Kept(spec, f"json_extract_string(risks, '$[{RISKS.index(spec.id)}]')")
        elif level is Level.HOUSEHOLD:
            yield _Kept(spec, f"json_extract_string(roster_facts, '$.{spec.id}')")
