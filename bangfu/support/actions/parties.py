"""The subjects behind units, people and regions: made once, when somebody first needs them."""

from __future__ import annotations

from django.db.models import Model, Q

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.support.models import Party


def party_of_unit(unit: Unit) -> Party:
    """The unit as one that helps or is helped; made when new, so inside ``recording`` only."""
    found = Party.objects.filter(unit=unit).first() or _again(Unit, unit.pk, Q(unit=unit))
    if found is not None:
        return found
    subject = Subject.objects.create(kind=SubjectKind.UNIT, place=unit.place, label=unit.name)
    return Party.objects.create(subject=subject, unit=unit, place=unit.place, name=unit.name)


def party_of_user(user: User) -> Party:
    """The same for a person, whose place is the unit's; made when new, so inside ``recording`` only."""
    found = Party.objects.filter(user=user).first() or _again(User, user.pk, Q(user=user))
    if found is not None:
        return found
    place = user.unit.place if user.unit else ""
    subject = Subject.objects.create(kind=SubjectKind.PERSON, place=place, label=user.name)
    return Party.objects.create(subject=subject, user=user, place=place, name=user.name)


def subject_of_region(region: Region) -> Subject:
    """A region's subject (a village has one from the start); made when new, so inside ``recording`` only."""
    held = Region.objects.select_for_update(of=("self",)).select_related("subject").get(pk=region.pk)
    if held.subject is not None:
        return held.subject
    held.subject = Subject.objects.create(kind=SubjectKind.REGION, place=held.code, label=held.name)
    held.save(update_fields=["subject"])
    return held.subject


def locked_target(party: Party, target: Region | Party) -> None:
    """Hold the two ends of a tie until the transaction ends: of two offices that tie them one comes first."""
    Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    type(target)._default_manager.select_for_update(of=("self",)).get(pk=target.pk)


def _again(model: type[Model], key: int, condition: Q) -> Party | None:
    # 两人同时第一次用到：后来的等前一个写完，再看一次
    model._default_manager.select_for_update().get(pk=key)
    return Party.objects.filter(condition).first()
