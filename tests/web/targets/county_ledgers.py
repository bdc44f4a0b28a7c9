"""Ledgers that a county defines."""

from __future__ import annotations

from tests.web.target import Arguments, Target, county, of
from tests.web.world import Person, Side


def _code(side: Side) -> Arguments:
    return {"code": side.ledger_version.code}


def _works_there(person: Person, side: Side) -> bool:
    """A definition holds for everybody who works in its county."""
    return person.place[:6] == side.village[:6]


TARGETS: dict[str, Target] = {
    **{name: Target(of("ledger_row")) for name in "ledger_row edit_row move_row remove_row".split()},
    **{
        name: Target(of("ledger_version"), county)
        for name in "ledger_version edit_ledger publish_ledger retire_ledger".split()
    },
    "county_ledger_page": Target(_code, county, seen_by=_works_there),
    **{
        name: Target(_code, county, seen_by=_works_there)
        for name in "record_row ledger_definition draft_ledger".split()
    },
}
