"""Run as a program: two people issue orders and answer one in the same moment; prints what each is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402

from bangfu.access.models import User  # noqa: E402
from bangfu.core.errors import BangfuError  # noqa: E402
from bangfu.core.models import Region  # noqa: E402
from bangfu.support.actions.inspections import open_inspection, record_finding  # noqa: E402
from bangfu.support.actions.orders import answer_order, issue_order  # noqa: E402
from bangfu.support.enums.supervision import InspectionKind  # noqa: E402
from bangfu.support.models import SupervisionOrder  # noqa: E402
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_regions, make_user  # noqa: E402
from tests.support.meeting_builders import a_unit  # noqa: E402

ROUNDS = int(sys.argv[1])


def together(steps: list[Callable[[], object]]) -> list[str]:
    """Take the steps in the same moment; what each person is told, sorted."""
    barrier = Barrier(len(steps))

    def take(step: Callable[[], object]) -> str:
        barrier.wait()
        try:
            return f"won {step()}"
        except BangfuError as refusal:
            return f"{type(refusal).__name__} {refusal.message}"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(take, steps))


def issuing(by: User, regions: dict[str, Region]) -> Callable[[], str]:
    """A step that issues an order about a finding of its own."""
    inspection = open_inspection(
        by=by,
        at=NOW,
        region=regions[COUNTY],
        kind=InspectionKind.ROUTINE,
        title="督导",
        matter="收入",
        leader=by,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    finding = record_finding(
        by=by,
        at=NOW,
        inspection=inspection,
        village=regions[VILLAGE],
        household=None,
        kind="income",
        words="没有扣支出",
        found_on=TODAY,
    )
    unit = by.unit
    assert unit is not None
    return lambda: (
        issue_order(
            by=by,
            at=NOW,
            inspection=inspection,
            findings=[finding],
            unit=unit,
            demand="重算",
            issued_on=TODAY,
            due_on=TODAY + timedelta(days=9),
        ).number
    )


def answering(by: User, order: SupervisionOrder, text: str) -> Callable[[], str]:
    """A step that answers an order as it was seen."""
    facts = {"order": order, "version": order.version, "text": text, "answered_on": TODAY}
    return lambda: answer_order(by=by, at=NOW, **facts).state


def main() -> None:
    """As many rounds as it takes to make a race likely."""
    regions = make_regions()
    unit = a_unit("云岭县帮扶办", "county_office")
    people = [make_user("county_office", COUNTY, username=name, unit=unit) for name in ("one", "two")]
    for number in range(ROUNDS):
        print("issued", *together([issuing(by, regions) for by in people]), sep="\t")
        order = SupervisionOrder.objects.order_by("number")[number]
        words = [answering(by, order, by.username) for by in people]
        print("answered", *together(words), order.replies.count(), sep="\t")


if __name__ == "__main__":
    main()
