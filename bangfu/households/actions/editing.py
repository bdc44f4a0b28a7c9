"""Correcting what the register says, with optimistic locking: who comes second is told, and loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bangfu.access.crypto import WHOLE, index_of
from bangfu.access.models import FormerNumber, Identity, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.subjects import settle_subjects
from bangfu.households.actions.registering import refresh_household
from bangfu.households.facts import facts_of, put, same
from bangfu.households.models import Household, Member
from bangfu.households.pinyin import initials
from bangfu.households.policies.households import (
    check_household_present,
    check_id_number,
    check_not_present_elsewhere,
)
from bangfu.households.policies.reach import check_in_place
from bangfu.tabular.identity import repair_id


def edit_household(
    *, by: User, at: datetime, household: Household, version: int, values: Mapping[str, Any], reason: str = ""
) -> Household:
    """Set facts of a household (names of ``HOUSEHOLD_FACTS``) that was seen at ``version``.

    Raises NotPermitted, StaleVersion when somebody saved in between, SituationForbids when the household
    is gone or nothing differs, ValueError for a field that is not edited.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    with recording(by=by, at=at, verb="edit_household", reason=reason) as change:
        current = Household.objects.select_for_update().get(pk=household.pk)
        check_household_present(current)
        check_version(current, version)
        names = _apply(current, values)
        current.save()
        audit.record(
            by=by,
            at=at,
            verb="edit_household",
            subject=current.subject,
            data={"fields": names},
            change=change,
        )
    return current


def edit_member(
    *, by: User, at: datetime, member: Member, version: int, values: Mapping[str, Any], reason: str = ""
) -> Member:
    """Set facts of a member (names of ``MEMBER_FACTS``); raises like :func:`edit_household`."""
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, member.place)
    with recording(by=by, at=at, verb="edit_member", reason=reason) as change:
        current = Member.objects.select_for_update().select_related("household").get(pk=member.pk)
        check_household_present(current.household)
        check_version(current, version)
        names = _apply(current, values)
        current.initials = initials(current.name)
        current.save()
        settle_subjects(Member.objects.filter(pk=current.pk))
        if current.is_head and "name" in names:
            refresh_household(current.household)
        audit.record(
            by=by, at=at, verb="edit_member", subject=current.subject, data={"fields": names}, change=change
        )
    return current


def correct_id_number(
    *, by: User, at: datetime, member: Member, id_number: str, id_type: str, reason: str
) -> Identity:
    """Put the right number into a person's row of the vault; the key, and all that hangs on it, stays.

    Raises NotPermitted, SituationForbids for a number that cannot be right or belongs to a present member.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, member.place)
    number, _ = repair_id(id_number)
    check_id_number(number, id_type)
    with recording(by=by, at=at, verb="correct_id_number", reason=reason) as change:
        known = Identity.objects.filter(id_index=index_of(WHOLE, number)).exclude(pk=member.identity_id)
        for identity in known:
            check_not_present_elsewhere(identity)
        identity = member.identity
        if identity.id_index:
            FormerNumber.objects.create(identity=identity, id_index=identity.id_index, until=at)
        identity.id_type = id_type
        identity.set_number(number)
        identity.save()
        audit.record(
            by=by, at=at, verb="correct_id_number", subject=member.subject, summary=reason, change=change
        )
    return identity


def check_version(row: Household | Member, version: int) -> None:
    """Raise StaleVersion when somebody saved the row since ``version`` was shown."""
    if row.version != version:
        raise StaleVersion("您打开以后，别人先存了一次。您写的都还在：请对照“别人先改的地方”，改好再存。")


def _apply(row: Household | Member, values: Mapping[str, Any]) -> list[str]:
    """Set what differs; returns the names of the fields."""
    foreign = values.keys() - set(facts_of(type(row)))
    if foreign:
        raise ValueError(f"not edited here: {sorted(foreign)}")
    names = [name for name, value in values.items() if not same(getattr(row, name), value)]
    if not names:
        raise SituationForbids("和现在登记的一样，没有要存的改动。")
    for name in names:
        put(row, name, values[name])
    return names
