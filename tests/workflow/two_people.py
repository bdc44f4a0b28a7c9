"""Run as a program: two people act on one run in the same moment; prints what each was told."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402

from bangfu.access.models import User  # noqa: E402
from bangfu.core.errors import BangfuError  # noqa: E402
from bangfu.workflow.actions.running import take_transition  # noqa: E402
from bangfu.workflow.models import FlowRun  # noqa: E402
from tests.cast import NOW, TOWN, VILLAGE, make_regions, make_user  # noqa: E402
from tests.workflow.room import make_run, register  # noqa: E402

ROUNDS = int(sys.argv[1])


def act(user: User, run: FlowRun, transition: str, together: Barrier) -> str:
    """Take the run on; what the person is told."""
    together.wait()
    try:
        data = {"reason": "收入稳定"} if transition == "refuse" else {}
        take_transition(by=user, at=NOW, run=run, transition=transition, version=run.version, data=data)
    except BangfuError as refusal:
        return f"{type(refusal).__name__} {refusal.message}"
    finally:
        connection.close()
    return "won"


def main() -> None:
    """As many rounds as it takes to make a race likely, and what the database holds afterwards."""
    register()
    make_regions()
    people = [make_user("village", VILLAGE), make_user("township", TOWN)]
    for number in range(ROUNDS):
        run = make_run(people[0], f"第{number}户")
        together = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(act, people, [run, run], ["accept", "refuse"], [together, together]))
        run.refresh_from_db()
        print(run.state, run.steps.count(), run.version, *sorted(told), sep="\t")


if __name__ == "__main__":
    main()
