"""Which value of a parameter holds: on a day, and in a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from bangfu.screening.catalogue.model import Catalogue, Parameter, ParameterValue

Choices = tuple[ParameterValue, ...]
"""Values in the order they are looked up: the first whose region begins the household's code holds."""


def choices_on(catalogue: Catalogue, parameter_id: str, as_of: dt.date) -> Choices:
    """A parameter's values valid on ``as_of``, the user's before the built-in ones, longest region first.

    Empty if none is valid anywhere. Raises KeyError for an unknown parameter.
    """
    own = catalogue.overrides.get(parameter_id)
    found = (_valid(own, as_of) if own else []) + _valid(catalogue.parameters[parameter_id], as_of)
    everywhere = next((i for i, value in enumerate(found) if value.region is None), len(found) - 1)
    return tuple(found[: everywhere + 1])


def _valid(parameter: Parameter, as_of: dt.date) -> list[ParameterValue]:
    valid = [value for value in parameter.values if value.valid.holds(as_of)]
    return sorted(valid, key=lambda value: -len(value.region or ""))


def choice_in(choices: Choices, region_code: str | None) -> ParameterValue | None:
    """The value for one household; None if none holds there, or its unknown region would decide."""
    for value in choices:
        if value.region is None:
            return value
        if region_code is None:
            return None
        if region_code.startswith(value.region):
            return value
    return None


def in_regions(choices: Choices, region_codes: Collection[str | None] | None) -> Choices:
    """Only the choices that hold for some household (``None``: the county's codes are not known)."""
    if not region_codes or None in region_codes:
        return choices
    held = {id(choice_in(choices, code)) for code in region_codes}
    return tuple(value for value in choices if id(value) in held)


def single(choices: Choices, region_codes: Collection[str | None] | None) -> ParameterValue | None:
    """The one value that holds for every household, None if it differs or is missing somewhere."""
    if not choices:
        return None
    if choices[0].region is None:
        return choices[0]
    if not region_codes:
        return None
    held = [choice_in(choices, code) for code in region_codes]
    first = held[0]
    return first if all(value is first for value in held) else None
