"""A check of a thing by a standard, for one side of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.access.versioned_texts import digest_of
from bangfu.core.models import Region, Subject
from bangfu.standards.models import CheckItem, CheckSigner, StandardCheck, StandardVersion, SubsidyProposal
from bangfu.standards.versions import held_in, version_for
from tests.cast import NOW

_DAY = date(2026, 3, 3)
_TEXT = """id: own_{code}
title: {word}标准
basis: {word}文件
grade: 知
about: named
noun: 站
items:
  - {{id: sign, title: 有牌子, kind: yes_no}}
subsidy: {{each: 1000}}
"""


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
    subsidy = SubsidyProposal.objects.create(
        check_of=check,
        place=village.code,
        amount=1000_00,
        words=f"{word}每个 1,000 元",
        proposed_on=_DAY,
        proposed_by=user,
    )
    return {
        "standard_check": check,
        "standard_version": _own(user, village, word),
        "subsidy": subsidy,
    }


def _own(user: User, village: Region, word: str) -> StandardVersion:
    county = village.code[:6]
    text = _TEXT.format(code=county, word=word)
    return StandardVersion.objects.create(
        code=f"own_{county}",
        number=1,
        title=f"{word}标准",
        place=county,
        text=text,
        digest=digest_of(text),
        state="published",
        made_by=user,
        made_at=NOW,
        published_at=NOW,
    )
