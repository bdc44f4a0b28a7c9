"""Which columns of the register enter the lake: facts and derived flags only.

Names, identity, contact, bank, addresses and free text never do. ``check_columns`` holds the list against the
classes of the fields, so that a field that becomes sensitive later cannot slip through.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
from django.db import models

from bangfu.access.classification import FieldClass, class_of
from bangfu.households.models import Household, Member

ALLOWED = frozenset({FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.INCOME, FieldClass.HEALTH})

TEXT, DAY, FLAG, COUNT, FEN = pa.string(), pa.date32(), pa.bool_(), pa.int32(), pa.int64()
KEY, AMOUNT, WORDS = pa.int64(), pa.decimal128(11, 2), pa.list_(pa.string())


@dataclass(frozen=True)
class LakeColumn:
    """A column of a Parquet file: its name, its type, the database column it is read from."""

    name: str
    type: pa.DataType
    source: str = ""

    @property
    def field(self) -> str:
        """The model's field that it copies."""
        return self.source or self.name


HOUSEHOLD_COLUMNS = (
    LakeColumn("household_uid", TEXT, "uid"),
    LakeColumn("place", TEXT),
    LakeColumn("persons", COUNT, "member_count"),
    LakeColumn("state", TEXT),
    LakeColumn("household_type", TEXT),
    LakeColumn("monitored_category", TEXT),
    LakeColumn("identified_month", DAY),
    LakeColumn("risk_removed", FLAG),
    LakeColumn("removed_month", DAY),
    LakeColumn("main_cause", TEXT),
    LakeColumn("other_causes", WORDS),
    LakeColumn("risks", WORDS),
    LakeColumn("dangerous_house", FLAG),
    LakeColumn("safe_water", FLAG),
    LakeColumn("electricity", FLAG),
    LakeColumn("toilet", FLAG),
    LakeColumn("road_hardened", FLAG),
    LakeColumn("house_area", AMOUNT),
    LakeColumn("farmland", AMOUNT),
    LakeColumn("forest_land", AMOUNT),
    LakeColumn("net_income_fen", FEN, "net_income"),
    LakeColumn("per_capita_net_income_fen", FEN, "per_capita_net_income"),
    LakeColumn("no_labour_household", FLAG),
)

MEMBER_COLUMNS = (
    LakeColumn("person_key", KEY),
    LakeColumn("household_uid", TEXT),
    LakeColumn("place", TEXT),
    LakeColumn("sex", TEXT),
    LakeColumn("birth_date", DAY),
    LakeColumn("relation", TEXT),
    LakeColumn("is_head", FLAG),
    LakeColumn("state", TEXT),
    LakeColumn("joined_on", DAY),
    LakeColumn("left_on", DAY),
    LakeColumn("ethnicity", TEXT),
    LakeColumn("education", TEXT),
    LakeColumn("student_status", TEXT),
    LakeColumn("not_in_school_reason", TEXT),
    LakeColumn("health", TEXT),
    LakeColumn("labour", TEXT),
    LakeColumn("resident_insurance", FLAG),
    LakeColumn("employee_insurance", FLAG),
    LakeColumn("serious_illness_insurance", FLAG),
    LakeColumn("medical_aid", FLAG),
    LakeColumn("pension_insurance", FLAG),
    LakeColumn("employee_pension", FLAG),
    LakeColumn("minimum_living", TEXT),
    LakeColumn("extreme_poverty_support", TEXT),
    LakeColumn("public_post_months", COUNT),
    LakeColumn("work_months", COUNT),
)


@dataclass(frozen=True)
class Dataset:
    """A file of the lake: the model it is made of, its columns, and where some of them come from a join.

    ``joined`` maps a column to SQL over ``joins``, for both databases; the model's table is ``r``.
    """

    name: str
    model: type[models.Model]
    columns: tuple[LakeColumn, ...]
    joins: str = ""
    joined: tuple[tuple[str, str], ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The Parquet schema."""
        return pa.schema([(column.name, column.type) for column in self.columns])


DATASETS = (
    Dataset("households", Household, HOUSEHOLD_COLUMNS),
    Dataset(
        "members",
        Member,
        MEMBER_COLUMNS,
        joins="JOIN households_household h ON h.id = r.household_id",
        joined=(("person_key", "r.identity_id"), ("household_uid", "h.uid")),
    ),
)


_brought: dict[str, Dataset] = {one.name: one for one in DATASETS}


def register_dataset(dataset: Dataset) -> None:
    """A room above brings a dataset of its own; called when the application starts."""
    if _brought.setdefault(dataset.name, dataset) is not dataset:
        raise ValueError(f"two datasets of the lake are called {dataset.name}")


def all_datasets() -> tuple[Dataset, ...]:
    """The register's datasets, then those of the rooms above."""
    return tuple(_brought.values())


def check_columns(dataset: Dataset) -> None:
    """Raise ValueError for a column whose field's class may not enter the lake.

    The random key of a person is allowed by name: it is what the lake has in place of an identity.
    """
    for column in dataset.columns:
        if column.name in dict(dataset.joined):
            continue
        if class_of(dataset.model, column.field) not in ALLOWED:
            raise ValueError(f"{dataset.name}.{column.name} may not enter the lake")
