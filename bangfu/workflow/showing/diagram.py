"""The diagram of a flow, drawn from the definition that runs: boxes are states, arrows are transitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.access.permissions import Permission
from bangfu.workflow.definition.model import Flow, State, Transition

BOX_WIDTH, BOX_HEIGHT = 208, 52
_LEFT, _TOP, _ROW, _GAP = 190, 16, 104, 280
_LANE, _FIRST_LANE = 13, 18
_MARGIN = 110

_SIDES: dict[tuple[int, int], tuple[str, str]] = {(0, 1): ("right", "left"), (1, 0): ("left", "right")}


@dataclass(frozen=True)
class Box:
    """A state in its cell: column 0 is the ordinary way, column 1 what branches off."""

    state: State
    column: int
    row: int
    is_present: bool

    @property
    def x(self) -> int:
        """Left edge."""
        return _LEFT + self.column * (BOX_WIDTH + _GAP)

    @property
    def y(self) -> int:
        """Upper edge."""
        return _TOP + self.row * _ROW

    @property
    def middle(self) -> int:
        """Half of its width from the left edge."""
        return self.x + BOX_WIDTH // 2

    @property
    def title_y(self) -> int:
        """Where the title stands."""
        return self.y + 22

    @property
    def owner_y(self) -> int:
        """Where the owner stands."""
        return self.y + 41

    @property
    def owner(self) -> str:
        """Who acts here, or how it ends."""
        return Permission(self.state.owner).label if self.state.owner else f"结束：{self.state.outcome}"

    def edge(self, side: str) -> int:
        """The x of its left or right edge."""
        return self.x if side == "left" else self.x + BOX_WIDTH


@dataclass(frozen=True)
class Arrow:
    """A transition: its path, its words and where they stand."""

    path: str
    title: str
    is_return: bool
    label_x: int
    label_y: int
    anchor: str


def diagram(flow: Flow, present: str = "", lengths: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What ``workflow/parts/diagram.html`` draws.

    ``present`` is the state to be marked, ``lengths`` the limits in words by their ids.
    """
    boxes = _boxes(flow, present)
    rows = max(box.row for box in boxes.values()) + 1
    columns = max(box.column for box in boxes.values()) + 1
    return {
        "flow": flow,
        "present": present,
        "width": _LEFT + columns * (BOX_WIDTH + _GAP) - _GAP + _MARGIN,
        "height": _TOP + (rows - 1) * _ROW + BOX_HEIGHT + _TOP,
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
        "boxes": list(boxes.values()),
        "arrows": list(_arrows(flow, boxes)),
        "steps": steps(flow, present, lengths or {}),
    }


def steps(flow: Flow, present: str, lengths: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same in words, for a narrow screen and for who reads aloud: a line for each state."""
    boxes = sorted(_boxes(flow, present).values(), key=lambda box: (box.column, box.row))
    return [
        {
            "state": state,
            "owner": Permission(state.owner).label if state.owner else "",
            "limit": lengths.get(state.limit, ""),
            "is_present": state.id == present,
            "ways": [{"way": way, "to": flow.states[way.to].title} for way in state.transitions],
        }
        for state in (box.state for box in boxes)
    ]


def _boxes(flow: Flow, present: str) -> dict[str, Box]:
    path = flow.main_path()
    boxes = {state.id: Box(state, 0, row, state.id == present) for row, state in enumerate(path)}
    taken: set[int] = set()
    for state in flow.states.values():
        if state.id not in boxes:
            row = _free_row(_first_source(flow, boxes, state), taken)
            boxes[state.id] = Box(state, 1, row, state.id == present)
    return boxes


def _first_source(flow: Flow, boxes: dict[str, Box], state: State) -> int:
    """The row of the first state that leads here."""
    rows = [
        boxes[each.id].row
        for each in flow.states.values()
        if each.id in boxes and any(way.to == state.id for way in each.transitions)
    ]
    return min(rows, default=0)


def _free_row(row: int, taken: set[int]) -> int:
    while row in taken:
        row += 1
    taken.add(row)
    return row


def _arrows(flow: Flow, boxes: dict[str, Box]) -> Iterator[Arrow]:
    """Each transition; those that run along the same side get lanes of their own."""
    lanes: Counter[str] = Counter()
    leaving: Counter[tuple[str, str]] = Counter()
    for state in flow.states.values():
        for way in state.transitions:
            source, target = boxes[state.id], boxes[way.to]
            if source.column == target.column == 0 and target.row == source.row + 1 and not way.is_return:
                yield _down(source, target, way, leaving)
                continue
            sides = _sides(source, target)
            leaving[state.id, sides[0]] += 1
            side = "between" if source.column != target.column else f"{source.column}{sides[0]}"
            lanes[side] += 1
            yield _around(source, target, way, sides, leaving[state.id, sides[0]], lanes[side])


def _down(source: Box, target: Box, way: Transition, leaving: Counter[tuple[str, str]]) -> Arrow:
    """Straight down to the next box; several side by side stand apart."""
    x = source.middle + 70 * leaving[source.state.id, "down"]
    leaving[source.state.id, "down"] += 1
    start = source.y + BOX_HEIGHT
    path = f"M{x} {start} V{target.y - 2}"
    return Arrow(path, way.title, False, x + 8, (start + target.y) // 2 + 4, "start")


def _sides(source: Box, target: Box) -> tuple[str, str]:
    """Where an arrow leaves and where it arrives: back along the left, ahead along the right."""
    if source.column != target.column:
        return _SIDES[source.column, target.column]
    backward = target.row <= source.row and source.column == 0
    return ("left", "left") if backward else ("right", "right")


def _around(source: Box, target: Box, way: Transition, sides: tuple[str, str], nth: int, lane: int) -> Arrow:
    """Out at the side, along a lane, in at the foot of the target: departures above, arrivals below."""
    out = -1 if sides[0] == "left" else 1
    y1 = source.y + min(1 + 13 * nth, BOX_HEIGHT - 22)
    y2 = target.y + BOX_HEIGHT - (4 if target.column < source.column else 13)
    x1, x2 = source.edge(sides[0]), target.edge(sides[1])
    turn = _lane_x(source, target, out, lane)
    path = f"M{x1} {y1} H{turn} V{y2} H{x2}"
    anchor = "end" if out < 0 else "start"
    return Arrow(path, way.title, way.is_return, x1 + out * 6, y1 - 3, anchor)


def _lane_x(source: Box, target: Box, out: int, lane: int) -> int:
    """Where an arrow runs up or down; between the columns near the first one, so that words have room."""
    away = _FIRST_LANE + _LANE * ((lane - 1) % 9)
    if source.column != target.column:
        return _LEFT + BOX_WIDTH + away
    return source.edge("left" if out < 0 else "right") + out * away
