"""Which member of the register each person of a roster is. Nobody is taken for another by name alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bangfu.access.crypto import decrypt
from bangfu.households.enums import MemberState
from bangfu.households.importing.homes import Home
from bangfu.households.importing.known import Known, Row
from bangfu.households.importing.rows import Why
from bangfu.tabular.identity import check_id


class Person(NamedTuple):
    """A person of the roster. ``raw_index`` is the number's keyed index, ``valid_index`` a valid number's."""

    number: int
    home: Home
    code: str
    name: str
    birth_date: date | None
    id_number: str
    raw_index: str
    valid_index: str


class Match(NamedTuple):
    """Who a person is: a member, a known identity who is nobody's member now, or somebody new.

    ``keeps_identity``: the register's number stays, whatever the roster says of it.
    """

    member: Row | None = None
    identity: int | None = None
    keeps_identity: bool = False


@dataclass
class Matching:
    """The people who may come in, each with who it is, and why the others may not."""

    found: dict[int, Match] = field(default_factory=dict)
    refused: dict[int, Why] = field(default_factory=dict)
    taken_members: set[int] = field(default_factory=set)
    taken_numbers: dict[str, int] = field(default_factory=dict)


class Matcher:
    """Compares the people of a roster with the register."""

    def __init__(self, known: Known) -> None:
        self._identities = known.identities
        self._by_code: dict[str, Row] = {}
        self._by_index: dict[str, Row] = {}
        self._by_name: dict[tuple[int, str], list[Row]] = {}
        for row in sorted(known.members, key=lambda row: row["state"] != MemberState.PRESENT):
            if row["code"]:
                self._by_code.setdefault(row["code"], row)
            if row["state"] == MemberState.PRESENT:
                self._by_index.setdefault(row["id_index"], row)
                self._by_name.setdefault((row["household_id"], row["name"]), []).append(row)

    def match(self, people: Sequence[Person]) -> Matching:
        """Everybody, in reading order: the first of two who claim one number or member gets it."""
        matching = Matching()
        for person in people:
            found = self._match(person, matching)
            if isinstance(found, Why):
                matching.refused[person.number] = found
                continue
            matching.found[person.number] = found
            if person.valid_index:
                matching.taken_numbers[person.valid_index] = person.number
            if found.member is not None:
                matching.taken_members.add(found.member["id"])
        return matching

    def _match(self, person: Person, matching: Matching) -> Match | Why:
        if person.valid_index in matching.taken_numbers:
            return _id("没有别人用的证件号码（前面的行里另一个人用了同一个号码）", person)
        coded = self._by_code.get(person.code) if person.code else None
        numbered = self._by_index.get(person.valid_index) if person.valid_index else None
        if coded and numbered and coded["id"] != numbered["id"]:
            return Why("member_code", person.code, "与证件号码同一个人的人编号（册上这是两个人）")
        member = coded or numbered
        if member is None and person.home.known is None:
            return Match(identity=self._identities.get(person.valid_index) if person.valid_index else None)
        if member is None:
            return self._by_name_and_birth(person, matching)
        if member["id"] in matching.taken_members:
            return Why("member_code", person.code, "册上没有被前面的行认走的人（两行说的是册上同一个人）")
        return self._check_member(person, member)

    def _by_name_and_birth(self, person: Person, matching: Matching) -> Match | Why:
        """Somebody of the same name and birth date in the household, where a number is missing or wrong."""
        row = person.home.known
        namesakes = self._by_name.get((row["id"], person.name), []) if row else []
        alike = [
            one
            for one in namesakes
            if one["id"] not in matching.taken_members
            and person.birth_date is not None
            and str(one["birth_date"]) == person.birth_date.isoformat()
            and not (person.code and one["code"])
            and not (person.valid_index and _has_valid_number(one))
        ]
        if len(alike) == 1:
            return self._check_member(person, alike[0])
        if namesakes and not person.code and not person.valid_index:
            return _id("能认出是谁的证件号码（同户册上已有同名的人，又没有人编号，分不清）", person)
        return Match(identity=self._identities.get(person.valid_index) if person.valid_index else None)

    def _check_member(self, person: Person, member: Row) -> Match | Why:
        if member["state"] != MemberState.PRESENT:
            state = MemberState(member["state"]).label
            return Why("member_code", person.code, f"在册的人（册上这个人已“{state}”）")
        home = person.home.known
        if home is None or member["household_id"] != home["id"]:
            expected = "这一户的人（册上这个人在另一户；换户请先在原户登记转出）"
            return _id(expected, person) if person.valid_index else Why("member_code", person.code, expected)
        unchanged = not person.id_number or person.raw_index == member["id_index"]
        if unchanged or (not person.valid_index and member["id_index"]):
            return Match(member, keeps_identity=True)
        if person.valid_index and _has_valid_number(member):
            return _id("与册上相同的证件号码（册上这个人的号码不同；要更正请提变更建议）", person)
        return Match(member, identity=self._identities.get(person.valid_index))


def _has_valid_number(member: Row) -> bool:
    return bool(member["id_index"]) and check_id(decrypt(member["id_number"])).valid


def _id(expected: str, person: Person) -> Why:
    return Why("id_number", person.id_number, expected)


def missing_members(known: Known, homes: Mapping[int, Home], matching: Matching) -> list[Row]:
    """Present members of the roster's households whom the roster does not name. They stay as they are."""
    ids = {home.known["id"] for home in homes.values() if home.known}
    return [
        row
        for row in known.members
        if row["household_id"] in ids
        and row["state"] == MemberState.PRESENT
        and row["id"] not in matching.taken_members
    ]
