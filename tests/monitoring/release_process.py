"""A process that stages or releases a screening; it says when it begins, and may be killed at any moment."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, date, datetime

import django

django.setup()

from bangfu.access.models import RoleAssignment, User  # noqa: E402 - models need Django set up
from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.core.models import Subject, SubjectKind  # noqa: E402
from bangfu.households.models import Household  # noqa: E402
from bangfu.monitoring.actions.screening_staging import stage  # noqa: E402
from bangfu.monitoring.actions.screenings import release_screening  # noqa: E402
from bangfu.monitoring.enums.clues import ScreeningState  # noqa: E402
from bangfu.monitoring.models import ScreeningRun  # noqa: E402
from bangfu.monitoring.screening import Screening  # noqa: E402
from bangfu.monitoring.screening_facts import FoundFact  # noqa: E402
from tests.cast import COUNTY, VILLAGE, make_regions  # noqa: E402

AT, ON = datetime(2026, 11, 22, 2, 0, tzinfo=UTC), date(2026, 11, 22)


def put(households: int) -> None:
    """Regions, the county's office, households without members, and a screening begun."""
    village = make_regions()[VILLAGE]
    by = User.objects.create(username="county", name="测试", created_at=AT)
    RoleAssignment.objects.create(
        user=by, role="county_office", place=COUNTY, valid_from=date(2020, 1, 1), granted_at=AT
    )
    subjects = Subject.objects.bulk_create(
        Subject(kind=SubjectKind.HOUSEHOLD, place=VILLAGE, label=f"户{n}") for n in range(households)
    )
    with recording(by=SYSTEM, at=AT, verb="set_up"):
        Household.objects.bulk_create(
            Household(subject=subject, place=VILLAGE, village=village, head_name=subject.label)
            for subject in subjects
        )
    ScreeningRun.objects.create(place=COUNTY, as_of=ON, discovered_on=ON, started_by=by, started_at=AT)


def facts() -> list[FoundFact]:
    """Two findings a household."""
    uids = Household.objects.order_by("id").values_list("uid", flat=True)
    return [
        FoundFact(
            rule, "1", uid, None, f"{rule}-{uid}", "住院自付31206.40元。", {"paid": "31206.40"}, (source,)
        )
        for uid in uids
        for rule, source in (
            ("medical_self_pay_general", "medical_expense:B1"),
            ("major_disease_new", "major_disease:B2"),
        )
    ]


def work(step: str) -> None:
    """Take the screening one step on."""
    run, by = ScreeningRun.objects.get(), User.objects.get()
    found = facts() if step == "stage" else []
    print("begin", flush=True)
    if step == "stage":
        stage(run, Screening(found, Counter(), [], ON, "d"), lambda *_: None)
        run.state = ScreeningState.PREVIEWED
        run.save()
    else:
        release_screening(by=by, at=AT, run=run)
    print("end", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "put":
        put(int(sys.argv[2]))
    else:
        work(sys.argv[1])
