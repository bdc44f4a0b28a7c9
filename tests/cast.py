"""The cast of the tests: two made-up counties, and people of every role in them.

县 530999（云岭县）：乡 530999101（青石镇）、530999102；每乡村 …001、…002。县 530998 是"外县"。
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from bangfu.access.models import RoleAssignment, Unit, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, Subject, SubjectKind

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
COUNTY, OTHER_COUNTY = "530999", "530998"
TOWN, OTHER_TOWN = "530999101", "530999102"
VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE = "530999101001", "530999101002", "530999102001"
FOREIGN_VILLAGE = "530998101001"

_REGIONS = (
    ("53", "云南省"),
    ("5309", "演示市"),
    (COUNTY, "云岭县"),
    (TOWN, "青石镇"),
    (VILLAGE, "上寨村"),
    (SISTER_VILLAGE, "下河村"),
    (OTHER_TOWN, "白水乡"),
    (OTHER_VILLAGE, "大沟村"),
    (OTHER_COUNTY, "雾山县"),
    ("530998101", "雾溪镇"),
    (FOREIGN_VILLAGE, "雾溪村"),
)
_LEVELS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5, 15: 6}


def make_regions() -> dict[str, Region]:
    """The regions of the cast, by code."""
    made: dict[str, Region] = {}
    with recording(by=SYSTEM, at=NOW, verb="add_region"):
        for code, name in _REGIONS:
            parent = next((made[code[:n]] for n in (9, 6, 4, 2) if n < len(code) and code[:n] in made), None)
            subject = None
            if len(code) == 12:
                subject = Subject.objects.create(kind=SubjectKind.VILLAGE, place=code, label=name)
            made[code] = Region.objects.create(
                code=code, name=name, level=_LEVELS[len(code)], parent=parent, subject=subject
            )
    return made


def make_user(
    role: str | None = None, place: str = COUNTY, *, username: str | None = None, unit: Unit | None = None
) -> User:
    """A person who may sign in, with one role in one place (or none)."""
    username = username or f"{role or 'nobody'}-{place}"
    user = User.objects.create(
        username=username,
        name=f"测试{username[-4:]}",
        post=role or "",
        unit=unit,
        must_change_password=False,
        created_at=NOW,
        password_changed_at=NOW,
    )
    if role is not None:
        RoleAssignment.objects.create(
            user=user, role=role, place=place, valid_from=date(2020, 1, 1), granted_at=NOW
        )
    return user
