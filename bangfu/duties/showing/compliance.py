"""The tables of how much is done: regions by their codes, units by place and name, never by score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import Unit
from bangfu.access.places import PlaceChoice
from bangfu.duties.enums import DueState
from bangfu.duties.queries.compliance import Asked, Tally
from bangfu.ui.formats import counted

_STATES = (DueState.DONE, DueState.OVERDUE, DueState.SOON, DueState.DUE, DueState.EXCUSED)
_NOTHING = Tally(dict.fromkeys(DueState, 0))


@dataclass(frozen=True)
class Table:
    """Lines with a number for each state, each opening exactly the items it counts."""

    asked: Asked

    @property
    def heads(self) -> list[str]:
        """The heads of the columns after the first."""
        return ["共", *(state.label for state in _STATES), "完成 %"]

    def regions(
        self, places: PlaceChoice, tallies: Mapping[str, Tally], whole: Tally
    ) -> list[dict[str, Any]]:
        """The regions right below the place, then all together."""
        lines = [
            self._line(
                region.name,
                tallies.get(region.code, _NOTHING),
                {"place": region.code},
                "?" + urlencode(self._question() | {"place": region.code}),
            )
            for region in sorted(places.children, key=lambda one: one.code)
        ]
        return [*lines, self._line(f"{places.label}合计", whole, self._here(), "")]

    def units(self, tallies: Sequence[tuple[Unit | None, Tally]]) -> list[dict[str, Any]]:
        """The units; those of no unit open no list of their own."""
        return [
            self._line(unit.name, tally, self._here() | {"f_unit": unit.name}, "")
            if unit
            else self._line("没有登记单位的", tally, None, "")
            for unit, tally in tallies
        ]

    def _line(self, name: str, tally: Tally, conditions: dict[str, str] | None, url: str) -> dict[str, Any]:
        rate = "—" if tally.rate is None else str(tally.rate)
        address = "" if conditions is None else self._address(conditions)
        numbers = [self._cell(tally.total, address, None)]
        numbers += [self._cell(tally.counts[state], address, state) for state in _STATES]
        return {"name": name, "url": url, "cells": [*numbers, {"text": rate, "url": ""}]}

    def _address(self, conditions: dict[str, str]) -> str:
        """The list of a line's items, in whatever state."""
        first, last = self.asked.days
        asked = {"f_start_from": first.isoformat(), "f_start_to": last.isoformat(), **conditions}
        if self.asked.duty:
            asked["f_duty"] = self.asked.duty
        return f"{reverse('due_item_list')}?{urlencode(asked)}"

    def _cell(self, number: int, address: str, state: DueState | None) -> dict[str, Any]:
        if not address or number == 0:
            return {"text": counted(number), "url": ""}
        url = address if state is None else f"{address}&f_state={state.value}"
        return {"text": counted(number), "url": url, "bad": state is DueState.OVERDUE}

    def _question(self) -> dict[str, str]:
        question = {"year": str(self.asked.year)}
        return question | ({"duty": self.asked.duty} if self.asked.duty else {})

    def _here(self) -> dict[str, str]:
        return {"place": self.asked.place} if self.asked.place else {}
