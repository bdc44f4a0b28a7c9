"""A check of a thing by a standard, for one side of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region, Subject
from bangfu.standards.models import CheckItem, CheckSigner, StandardCheck
from bangfu.standards.versions import held_in, version_for
from tests.cast import NOW

_DAY = date(2026, 3, 3)


def make_standards(user: User, village: Region, word: str) -> dict[str, Any]:
    """A clinic that lacks square metres; inside an open recording."""
    held = held_in("clinic", village.code)
    assert held is not None
    thing = f"{word}卫生室"
    check = StandardCheck.objects.create(
        subject=Subject.objects.create(kind="check", place=village.code, label=thing),
        standard=version_for(at=NOW, held=held),
        code="clinic",
        region=village,
        place=village.code,
        thing=thing,
        on=_DAY,
        verdict="failed",
        score=2,
        recorded_by=user,
    )
    CheckItem.objects.create(
        check_of=check,
        position=1,
        item="area",
        title="面积",
        demand="不少于 60 平方米",
        value="52 平方米",
        number=52,
        met=False,
        veto=True,
        points=0,
        full=1,
        missing="差 8 平方米",
    )
    CheckSigner.objects.create(check_of=check, name=f"{word}验收人", unit=f"{word}单位")
    return {"standard_check": check}
