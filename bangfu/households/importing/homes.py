"""Which household of the register each household of a roster is, where it lives, and which cannot come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.households.enums import HouseholdState
from bangfu.households.importing.known import Row
from bangfu.households.importing.rows import Why
from bangfu.households.importing.villages import Village, Villages, place_words


@dataclass(frozen=True)
class Home:
    """A household of the roster: its number in the file, its code, its village, its row in the register.

    ``place``: the code of its group, else of its village, as it will be.
    """

    number: int
    code: str
    village: Village
    known: Row | None
    place: str


def place_homes(
    homes: Iterable[Mapping[str, Any]], known: Iterable[Row], villages: Villages
) -> tuple[dict[int, Home], dict[int, Why]]:
    """The households that may come in, and why the others may not."""
    by_code: dict[str, list[Row]] = {}
    for row in known:
        by_code.setdefault(row["code"], []).append(row)
    placed: dict[int, Home] = {}
    refused: dict[int, Why] = {}
    for home in homes:
        found = _place(home, by_code.get(home["household_code"], []), villages)
        if isinstance(found, Why):
            refused[home["_home"]] = found
        else:
            placed[home["_home"]] = found
    return placed, refused


def _place(home: Mapping[str, Any], rows: list[Row], villages: Villages) -> Home | Why:
    code = home["household_code"]
    known = _one_of(rows)
    if len(rows) > 1 and known is None:
        return Why("household_code", code, "册上唯一的户编号（册上有几户用这个编号，请先更正）")
    if known is not None and known["state"] != HouseholdState.PRESENT:
        state = HouseholdState(known["state"]).label
        return Why("household_code", code, f"在册的户（册上这户已“{state}”）")
    said = place_words(home)
    if not said and known is not None:
        found = villages.of_code(known["place"])
    else:
        found = villages.find(home.get("region_code"), home.get("township"), home.get("village"))
    if isinstance(found, str):
        return Why("village" if home.get("village") else "region_code", said, found)
    if known is not None and known["village_id"] != found.id:
        return Why("household_code", code, f"{found.name}的户（册上这户在别的村；搬迁请登记自然变更）")
    group = villages.group(found, home.get("region_code"), home.get("group_name"))
    return Home(home["_home"], code, found, known, group or _place_without_group(home, found, known))


def _place_without_group(home: Mapping[str, Any], village: Village, known: Row | None) -> str:
    """Where it was, unless it is now said to be in another group, which has no code."""
    said = home.get("group_name")
    if known is None or (said and said != known["group_name"]):
        return village.code
    place: str = known["place"]
    return place


def _one_of(rows: list[Row]) -> Row | None:
    """The one household of a code: the only one, or the only one that is still there."""
    present = [row for row in rows if row["state"] == HouseholdState.PRESENT]
    if len(present) == 1:
        return present[0]
    return rows[0] if len(rows) == 1 else None
