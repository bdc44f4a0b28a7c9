"""Facts of households and members that people edit: which they are, how they are kept and shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db import models

from bangfu.access.classification import class_of
from bangfu.access.crypto import decrypt, encrypt
from bangfu.access.fields import EncryptedTextField
from bangfu.access.masking import is_masked, mask
from bangfu.core.money import MoneyField, yuan_text
from bangfu.households.models import Household, Member
from bangfu.households.phones import phone_index

NOTHING = "—"
CLEAR = "无"
"""What people type to empty a masked field: an empty box leaves it as it is."""

HOUSEHOLD_FACTS = tuple(
    "code group_name household_type monitored_category identified_month risk_removed removed_month main_cause"
    " other_causes risks phone address bank_name bank_account dangerous_house safe_water electricity toilet"
    " road_hardened main_road_distance house_area farmland forest_land no_labour_household".split()
)
MEMBER_FACTS = tuple(
    "code name relation sex birth_date ethnicity education student_status not_in_school_reason health labour"
    " phone resident_insurance employee_insurance serious_illness_insurance medical_aid pension_insurance"
    " employee_pension minimum_living extreme_poverty_support public_post public_post_months".split()
)
Subject = Household | Member


def facts_of(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that people edit; everything else follows from events or from other pages."""
    return HOUSEHOLD_FACTS if model is Household else MEMBER_FACTS


def in_order(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The named facts in the order of the form; PostgreSQL keeps the keys of JSON in an order of its own."""
    named = set(names)
    return [name for name in facts_of(model) if name in named]


def is_hidden(model: type[models.Model], field: str) -> bool:
    """Whether the field's value is masked on pages."""
    return is_masked(class_of(model, field))


def _field(model: type[models.Model], name: str) -> models.Field:
    return cast(models.Field, model._meta.get_field(name))


def label_of(model: type[models.Model], field: str) -> str:
    """The field's Chinese name."""
    return str(_field(model, field).verbose_name)


def shown(model: type[models.Model], field: str, value: Any) -> str:
    """A value as pages show it: labels of codes, yes and no, yuan, masked where its class demands."""
    if value in (None, "", []):
        return NOTHING
    definition = _field(model, field)
    if isinstance(definition, MoneyField):
        return yuan_text(value)
    if definition.choices:
        return str(dict(definition.flatchoices).get(value, value))
    if is_hidden(model, field):
        return mask(class_of(model, field), str(value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def kept(model: type[models.Model], field: str, value: Any) -> Any:
    """A value as JSON keeps it; what the register encrypts stays encrypted here too."""
    if isinstance(_field(model, field), EncryptedTextField):
        return encrypt(value)
    return str(value) if isinstance(value, date | datetime | Decimal) else value


def opened(model: type[models.Model], field: str, value: Any) -> Any:
    """The value that :func:`kept` wrote down."""
    definition = _field(model, field)
    if isinstance(definition, EncryptedTextField):
        return decrypt(value)
    return definition.to_python(value)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; nothing written is nothing written, whichever way."""
    return one == other or (one in (None, "", []) and other in (None, "", []))


def put(subject: Subject, field: str, value: Any) -> None:
    """Set a fact and what is derived from it (the phone's index)."""
    setattr(subject, field, value)
    if field == "phone":
        subject.phone_index = phone_index(value)
