"""Who is asked to a meeting and who came, one line each.

Such as ``县医保局 李敏``, ``县住建局 王强 代会``, ``县水务局 缺席``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from bangfu.access.models import Unit, User
from bangfu.support.enums.meetings import Presence
from bangfu.support.models import Attendance
from bangfu.support.policies.meetings import Attendant

_PARTS = re.compile(r"[\s,，、]+")
_MARKS = {str(each.label): each for each in Presence}


def read_attendants(text: str, *, held: bool) -> list[Attendant]:
    """Each line as an attendant; of a meeting that was ``held`` every line says who came or 缺席.

    Raises ValidationError that names every wrong line.
    """
    lines = [_PARTS.split(line.strip()) for line in text.splitlines() if line.strip()]
    units = {unit.name: unit for unit in Unit.objects.filter(name__in=[line[0] for line in lines])}
    wrong = [_wrong(number, line, units, held) for number, line in enumerate(lines, 1)]
    if any(wrong):
        raise ValidationError([words for words in wrong if words])
    return [_attendant(line, units[line[0]], held) for line in lines]


def _wrong(number: int, line: list[str], units: dict[str, Unit], held: bool) -> str:
    if line[0] not in units:
        near = list(Unit.objects.filter(name__contains=line[0]).values_list("name", flat=True)[:3])
        hint = (
            f"是不是“{'”“'.join(near)}”？" if near else "请写单位的全称；没有登记的单位，先到“单位”里登记。"
        )
        return f"第 {number} 行：没有登记过“{line[0]}”这个单位。{hint}"
    if held and len(line) == 1:
        return f"第 {number} 行：{line[0]}后面请写到会人的姓名，没来的写“缺席”。"
    return ""


def _attendant(line: list[str], unit: Unit, held: bool) -> Attendant:
    rest = line[1:]
    mark = _MARKS.get(rest[-1]) if rest else None
    name = "".join(rest[:-1] if mark else rest)
    users = list(User.objects.filter(unit=unit, name=name)[:2]) if name else []
    presence = mark or (Presence.PRESENT if held else "")
    return Attendant(unit, users[0] if len(users) == 1 else None, name, presence)


def said_attendants(attendances: Iterable[Attendance], *, names: bool = True) -> str:
    """The lines as one would type them; without ``names`` the units only, for the next meeting."""
    if not names:
        return "\n".join(dict.fromkeys(each.unit.name for each in attendances))
    return "\n".join(
        " ".join(filter(None, [each.unit.name, each.name, _mark(each.presence)])) for each in attendances
    )


def _mark(presence: str) -> str:
    return "" if presence in ("", Presence.PRESENT) else str(Presence(presence).label)
