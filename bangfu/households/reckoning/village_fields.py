"""The fields of a village record, in the order and groups of the paper form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import models

from bangfu.core.money import MoneyField
from bangfu.households.models import VillageRecord

Kind = Literal["count", "area", "money", "bool", "year", "text"]

GROUPS: tuple[tuple[str, str], ...] = (
    ("人口", "households persons natural_villages groups out_of_poverty out_of_poverty_year"),
    (
        "兜底和保障",
        "minimum_living_households minimum_living_persons extreme_poverty_persons disabled_persons"
        " pension_persons dangerous_house_households unsafe_water_households",
    ),
    ("路、水、电", "paved_road bus tap_water power"),
    ("教育、医疗、文化", "primary_schools clinics doctors culture_rooms public_toilets waste_points"),
    ("收入和资源", "collective_income_fen farmland_mu forest_mu resources note"),
)


@dataclass(frozen=True)
class VillageField:
    """One field: its name, its label from the model, its group, how it is shown."""

    name: str
    label: str
    group: str
    kind: Kind

    @property
    def is_number(self) -> bool:
        """Whether after − before means something."""
        return self.kind in ("count", "area", "money")


_COLUMNS = {field.name: field for field in VillageRecord._meta.concrete_fields}


def _kind(name: str) -> Kind:
    field = _COLUMNS[name]
    kinds: tuple[tuple[type[models.Field], Kind], ...] = (
        (MoneyField, "money"),
        (models.BooleanField, "bool"),
        (models.PositiveSmallIntegerField, "year"),
        (models.PositiveIntegerField, "count"),
        (models.DecimalField, "area"),
    )
    return next((kind for cls, kind in kinds if isinstance(field, cls)), "text")


FIELDS: tuple[VillageField, ...] = tuple(
    VillageField(name, str(_COLUMNS[name].verbose_name), group, _kind(name))
    for group, names in GROUPS
    for name in names.split()
)
