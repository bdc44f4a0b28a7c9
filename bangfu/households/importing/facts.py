"""Which roster column becomes which field, and what a blank cell does to it.

A blank cell leaves the field as it is, unless the catalogue says that a blank means *none* or *not
applicable*: then it empties the field. A column that the file has not leaves the field as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from bangfu.core.money import FEN_PER_YUAN, MoneyField
from bangfu.households.models import Household, Member
from bangfu.screening.catalogue.datasets import ROSTER, Dataset, load_datasets
from bangfu.tabular.spec import Blank, ColumnSpec, Kind

_HOUSEHOLD = (
    "group_name household_type monitored_category identified_month risk_removed removed_month"
    " dangerous_house safe_water electricity toilet road_hardened main_road_distance house_area farmland"
    " forest_land net_income per_capita_net_income no_labour_household"
)
_MEMBER = (
    "name sex birth_date relation ethnicity education student_status not_in_school_reason health labour"
    " resident_insurance employee_insurance serious_illness_insurance medical_aid pension_insurance"
    " employee_pension minimum_living extreme_poverty_support public_post public_post_months work_place"
    " work_months"
)
_SMALL = 32_767
#: Columns that the import reads for itself; everything else of a household goes to ``roster_facts``.
READ_OTHERWISE = frozenset("household_code region_code county township village household_phone".split())
RISKS = ("risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
#: Choices that the register keeps as text show their Chinese word.
_AS_WORDS = frozenset(["not_in_school_reason"])
UNREADABLE = "unreadable"


def roster() -> Dataset:
    """The roster's definition."""
    return load_datasets()[ROSTER]


@dataclass(frozen=True)
class Fact:
    """A field that a roster column fills; column and field have one name."""

    spec: ColumnSpec
    field: models.Field

    @property
    def name(self) -> str:
        """Name of column and field."""
        return self.spec.id

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.field.verbose_name)

    @property
    def type(self) -> str:
        """The field's type in DuckDB."""
        if isinstance(self.field, models.DecimalField):
            return f"DECIMAL({self.field.max_digits},{self.field.decimal_places})"
        kinds: dict[type[models.Field], str] = {
            models.BooleanField: "BOOLEAN",
            models.DateField: "DATE",
            MoneyField: "BIGINT",
            models.PositiveSmallIntegerField: "INTEGER",
        }
        return kinds.get(type(self.field), "VARCHAR")

    @property
    def clears(self) -> bool:
        """Whether a blank cell empties the field."""
        return self.spec.blank is not Blank.UNKNOWN

    @property
    def is_text(self) -> bool:
        """Whether nothing is kept as an empty text, not as null."""
        return self.type == "VARCHAR"

    def said(self) -> str:
        """SQL: what the merged rows say, in the field's type; NULL where they say nothing."""
        column = f'"{self.name}"'
        if self.name in _AS_WORDS:
            whens = " ".join(f"WHEN '{code}' THEN '{words[0]}'" for code, words in self.spec.choices.items())
            return f"CASE {column} {whens} WHEN 'other' THEN '其他' END"
        if self.spec.kind is Kind.CHOICE:
            return f"nullif({column}, '{UNREADABLE}')"
        if self.spec.kind is Kind.MONEY:
            return f"CAST({column} * {FEN_PER_YUAN} AS BIGINT)"
        return column if self.is_text else f"CAST({column} AS {self.type})"

    def unfit(self, today: date) -> tuple[str, str] | None:
        """SQL that tells values the field cannot hold, and what it should have been; None if it holds all."""
        column = f'"{self.name}"'
        if self.name == "birth_date":
            return f"{column} > DATE '{today}'", f"不晚于今天（{today}）的日期"
        if isinstance(self.field, models.CharField) and self.spec.kind is not Kind.CHOICE:
            length = self.field.max_length
            return f"(length({column}) > {length} OR contains({column}, chr(0)))", f"不超过 {length} 个字"
        if isinstance(self.field, models.DecimalField):
            limit = 10 ** (self.field.max_digits - self.field.decimal_places)
            return f"abs({column}) >= {limit} - 1", f"小于 {limit - 1:,} 的数"
        if isinstance(self.field, models.PositiveSmallIntegerField):
            return f"NOT ({column} BETWEEN 0 AND {_SMALL} AND {column} = round({column}))", "不小于 0 的整数"
        return None


def household_facts(columns: Iterable[str]) -> list[Fact]:
    """The household's fields that these roster columns fill."""
    return _facts(Household, _HOUSEHOLD, columns)


def member_facts(columns: Iterable[str]) -> list[Fact]:
    """The member's fields that these roster columns fill."""
    return _facts(Member, _MEMBER, columns)


def other_columns(columns: Iterable[str]) -> list[ColumnSpec]:
    """The household's columns without a field of their own: they go to ``roster_facts``."""
    own = {*_HOUSEHOLD.split(), *READ_OTHERWISE, *RISKS}
    present = set(columns)
    sheet = roster().sheet.columns
    return [c for c in sheet if c.id in present & roster().household_columns and c.id not in own]


def titles_of(model: type[models.Model], names: Iterable[str]) -> Mapping[str, str]:
    """What people call the fields."""
    own = {field.attname: field for field in model._meta.concrete_fields}
    return {name: str(own[name].verbose_name) for name in names}


def _facts(model: type[models.Model], names: str, columns: Iterable[str]) -> list[Fact]:
    present = set(columns)
    sheet = roster().sheet
    own = {field.attname: field for field in model._meta.concrete_fields}
    return [Fact(sheet.column(name), own[name]) for name in names.split() if name in present]
