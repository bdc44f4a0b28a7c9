"""What this room takes from the county's parameters."""

from __future__ import annotations

from datetime import date

from bangfu.core import parameters
from bangfu.support.terms.kinds import kind_name, kinds_in, shipped_kinds

KINDS = "problem_kinds"


def problem_kinds(place: str, on: date) -> dict[str, str]:
    """The names of the kinds by code; raises ParameterMissing."""
    return kinds_in(KINDS, place, on)


def all_kinds() -> dict[str, str]:
    """The kinds that the software brings."""
    return shipped_kinds(KINDS)


def problem_kind_name(code: str, place: str, on: date) -> str:
    """What a kind is called; raises SituationForbids for an unknown one."""
    return kind_name(KINDS, code, place, on)


def recurrence_days(place: str, on: date) -> int:
    """Within how many days a problem of the same kind counts as having come back."""
    return int(parameters.value("problem_recurrence_days", on=on, place=place))


def leaning_places(place: str, on: date) -> int:
    """In how many places a kind must be found to be pointed out."""
    return int(parameters.value("problem_leaning_places", on=on, place=place))


def needs_proof(origin: str, place: str, on: date) -> bool:
    """Whether a problem of that origin is closed out with a file only."""
    return origin in parameters.value("problem_proof_origins", on=on, place=place)
