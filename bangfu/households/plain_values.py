"""What stands behind the masks of households and members; shown by ``access`` for a reason only."""

from __future__ import annotations

from bangfu.access.classification import FieldClass
from bangfu.access.plain_values import PlainValue, register_plain_values
from bangfu.core.models import Subject, SubjectKind
from bangfu.households.enums import MemberState
from bangfu.households.models import Household, Member


def register_providers() -> None:
    """Tell ``access`` where the register's plain values come from."""
    for field_class, provider in (
        (FieldClass.IDENTITY, _identities),
        (FieldClass.CONTACT, _contacts),
        (FieldClass.BANK, _bank),
        (FieldClass.HEALTH, _health),
    ):
        register_plain_values(SubjectKind.HOUSEHOLD, field_class, provider)
        if field_class is not FieldClass.BANK:
            register_plain_values(SubjectKind.MEMBER, field_class, provider)


def _people(subject: Subject) -> list[Member]:
    """The member, or all present members of the household."""
    rows = Member.objects.select_related("identity").order_by("-is_head", "pk")
    if subject.kind == SubjectKind.MEMBER:
        return list(rows.filter(subject=subject))
    return list(rows.filter(household__subject=subject, state=MemberState.PRESENT))


def _identities(subject: Subject) -> list[PlainValue]:
    return [
        PlainValue(
            f"{member.name}的{member.identity.id_type or '证件号码'}", member.identity.id_number or "没有登记"
        )
        for member in _people(subject)
    ]


def _contacts(subject: Subject) -> list[PlainValue]:
    values = [PlainValue("户联系电话", home.phone) for home in _households(subject) if home.phone]
    people = [member for member in _people(subject) if member.phone]
    return [*values, *(PlainValue(f"{member.name}的电话", member.phone) for member in people)] or [
        PlainValue("电话", "没有登记")
    ]


def _bank(subject: Subject) -> list[PlainValue]:
    return [
        PlainValue(home.bank_name or "银行账号", home.bank_account or "没有登记")
        for home in _households(subject)
    ]


def _households(subject: Subject) -> list[Household]:
    return list(Household.objects.filter(subject=subject))


def _health(subject: Subject) -> list[PlainValue]:
    return [
        PlainValue(f"{member.name}的健康状况", member.health or "没有登记") for member in _people(subject)
    ]
