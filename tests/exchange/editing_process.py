"""A process of somebody who edits a member and then the household, slowly, while an import is committed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import django

django.setup()

from bangfu.core.changing import SYSTEM, recording  # noqa: E402 - models need Django set up
from bangfu.households.models import Household, Member  # noqa: E402

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def edit(code: str) -> None:
    """Change the household's head; when told to go on, in the same transaction, the household."""
    household = Household.objects.get(code=code)
    with recording(by=SYSTEM, at=AT, verb="edit_household"):
        Member.objects.filter(household=household, is_head=True).update(health="残疾")
        print("holding", flush=True)
        sys.stdin.readline()
        Household.objects.filter(pk=household.pk).update(address="路边")
    print("end", flush=True)


if __name__ == "__main__":
    edit(sys.argv[1])
