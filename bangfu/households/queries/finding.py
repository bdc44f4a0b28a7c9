"""Finding a household by what somebody has of it: a name, initials, the end of a number, a phone, a code.

Only rows in the asker's scope are found. Every way in goes over an index; a part of a name is looked for
in the index of names alone, and only when no name begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from bangfu.access.crypto import TAIL, TAIL_LENGTH, WHOLE, index_of
from bangfu.access.models import Identity, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.models import RegionLevel
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.enums import MemberState
from bangfu.households.models import Household, Member
from bangfu.households.phones import phone_digits, phone_index
from bangfu.tabular.identity import repair_id
from bangfu.tabular.text import halfwidth

MOST = 30
_TAIL = re.compile(r"\d{3,5}[\dXx]")
_WHOLE = re.compile(r"\d{14,17}[\dXx]")
_LETTERS = re.compile(r"[A-Za-z]+")
_CODE = re.compile(r"[0-9A-Za-z-]{5,40}")
_PHONE_DIGITS = range(7, 14)


@dataclass(frozen=True)
class Hit:
    """A person of a household, and by what they were found."""

    member: Member
    by: str
    exact: bool


@dataclass(frozen=True)
class Found:
    """What a search found; ``cut`` says that there is more than is listed."""

    hits: list[Hit]
    cut: bool = False


def find(user: User, text: str) -> Found:
    """People and households that ``text`` leads to, exact matches and heads first; at most ``MOST``."""
    wanted = " ".join(halfwidth(text).split())
    if not wanted:
        return Found([])
    bare = wanted.replace(" ", "")
    hits = list(_by_number(user, bare))
    if _LETTERS.fullmatch(bare):
        hits += _named(
            _starting(user, "initials", bare.lower()), "拼音首字母", lambda m: m.initials == bare.lower()
        )
    elif not re.search(r"[0-9]", bare):
        hits += _by_name(user, bare)
    return _ranked(hits)


def _by_number(user: User, bare: str) -> Iterable[Hit]:
    if _WHOLE.fullmatch(bare):
        yield from _with_identity(user, Q(id_index=index_of(WHOLE, repair_id(bare)[0])), "证件号码", "")
    if _TAIL.fullmatch(bare):
        tail = bare.upper()
        index = index_of(TAIL, tail[-TAIL_LENGTH:])
        yield from _with_identity(user, Q(tail_index=index), f"证件末 {len(tail)} 位", tail)
    if len(phone_digits(bare)) in _PHONE_DIGITS and not _LETTERS.search(bare):
        yield from _by_phone(user, phone_index(bare))
    if _CODE.fullmatch(bare) and re.search(r"\d", bare):
        yield from _by_code(user, bare)


def _with_identity(user: User, condition: Q, by: str, tail: str) -> list[Hit]:
    """People with these numbers; of a tail beyond the indexed four, the bucket is opened and filtered."""
    identities = Identity.objects.filter(condition)
    keys = list(identities.values_list("pk", flat=True))
    if len(tail) > TAIL_LENGTH:
        keys = [found.pk for found in identities if found.id_number.endswith(tail)]
    return _named(_visible(user).filter(identity__in=keys), by, lambda _: True)


def _by_phone(user: User, index: str) -> list[Hit]:
    """People with the number, and heads of households with it; asked apart, so that each uses its index."""
    people = _visible(user).filter(phone_index=index)
    households = _visible_households(user).filter(phone_index=index)
    return [
        *_named(people, "电话", lambda _: True),
        *_named(_heads(households), "电话", lambda _: True),
    ]


def _by_code(user: User, code: str) -> list[Hit]:
    """Heads of the households whose code is, or begins with, ``code``."""
    households = _visible_households(user).filter(begins("code", code)).order_by("code")
    return _named(_heads(households), "户编号", lambda member: member.household.code == code)


def _heads(households: QuerySet[Household]) -> QuerySet[Member]:
    keys = list(households.values_list("pk", flat=True)[:MOST])
    return Member.objects.filter(household__in=keys, is_head=True)


def _visible_households(user: User) -> QuerySet[Household]:
    return Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)


def _by_name(user: User, name: str) -> list[Hit]:
    hits = _named(_starting(user, "name", name), "姓名", lambda member: member.name == name)
    if hits:
        return hits
    everybody = _visible(user) if _is_narrow(user) else Member.objects.all()
    inside = everybody.annotate(at=StrIndex("name", Value(name))).filter(at__gt=0)
    return _named(_visible(user).filter(pk__in=inside.values("pk")), "姓名里有", lambda _: False)


def _is_narrow(user: User) -> bool:
    """Whether the scope is so small that its rows are read sooner than the county's index of names."""
    places = places_of(user, Permission.HOUSEHOLD_VIEW)
    return all(len(place) >= CODE_LENGTHS[RegionLevel.VILLAGE] for place in places)


def _starting(user: User, field: str, start: str) -> QuerySet[Member]:
    """People whose ``field`` begins with ``start``, in the order of the field's index."""
    return _visible(user).filter(begins(field, start)).order_by(field, "place")


def begins(field: str, start: str) -> Q:
    """A range instead of LIKE, so that both databases use the index."""
    return Q(**{f"{field}__gte": start, f"{field}__lt": start[:-1] + chr(ord(start[-1]) + 1)})


def _visible(user: User) -> QuerySet[Member]:
    return Member.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)


def _named(people: QuerySet[Member], by: str, exact: Callable[[Member], bool]) -> list[Hit]:
    """First the keys, from the index alone, then these few rows."""
    keys = list(people.values_list("pk", flat=True)[: MOST + 1])
    rows = Member.objects.filter(pk__in=keys).select_related("household__village__parent", "identity")
    return [Hit(member, by, exact(member)) for member in rows] if keys else []


def _ranked(hits: list[Hit]) -> Found:
    """Each person once: exact first, then the present, then heads, then by place and name."""
    once: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: not hit.exact):
        once.setdefault(hit.member.pk, hit)
    ordered = sorted(once.values(), key=_rank)
    return Found(ordered[:MOST], cut=len(ordered) > MOST)


def _rank(hit: Hit) -> tuple:
    member = hit.member
    gone = member.state != MemberState.PRESENT
    return not hit.exact, gone, not member.is_head, member.place, member.name, member.pk
