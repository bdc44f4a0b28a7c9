"""Who can give the plain values behind a mask: upper rooms register one provider a kind and class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.core.models import Subject, SubjectKind

UNMASKING = {
    FieldClass.IDENTITY: Permission.UNMASK_IDENTITY,
    FieldClass.CONTACT: Permission.UNMASK_CONTACT,
    FieldClass.BANK: Permission.UNMASK_BANK,
    FieldClass.HEALTH: Permission.UNMASK_HEALTH,
}
"""The classes that can be unmasked, and the permission each one needs."""


@dataclass(frozen=True)
class PlainValue:
    """A value in plain, with the words that say what it is (``户主张三的证件号码``)."""

    label: str
    value: str


Provider = Callable[[Subject], list[PlainValue]]
_providers: dict[tuple[SubjectKind, FieldClass], Provider] = {}


def register_plain_values(kind: SubjectKind, field_class: FieldClass, provider: Provider) -> None:
    """Say how the plain values of ``field_class`` of a subject of ``kind`` are read.

    Raises ValueError for a class that is never unmasked.
    """
    if field_class not in UNMASKING:
        raise ValueError(f"{field_class} is never unmasked")
    _providers[kind, field_class] = provider


def provider_of(kind: SubjectKind, field_class: FieldClass) -> Provider | None:
    """The registered provider, if there is one."""
    return _providers.get((kind, field_class))
