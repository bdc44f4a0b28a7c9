"""Run as a program: people register clues of households while a screening releases what it found of them.

Prints, for each round, what the release and the people were told, and what the pool holds afterwards.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from bangfu.access.models import User  # noqa: E402
from bangfu.core.errors import BangfuError  # noqa: E402
from bangfu.households.models import Household  # noqa: E402
from bangfu.monitoring.actions.clues import register_clue  # noqa: E402
from bangfu.monitoring.actions.screenings import release_screening  # noqa: E402
from bangfu.monitoring.enums.clues import ClueState  # noqa: E402
from bangfu.monitoring.models import Clue, ClueFact, ClueTelling, ScreeningRun  # noqa: E402
from tests.cast import NOW, VILLAGE, make_regions, make_user  # noqa: E402
from tests.households.builders import make_household  # noqa: E402
from tests.monitoring.clue_builders import found, staged, told  # noqa: E402

ROUNDS, HOMES = int(sys.argv[1]), 12


def release(by: User, run: ScreeningRun, together: Barrier) -> str:
    """Release; once more when somebody came in between, as the page asks."""
    together.wait()
    try:
        for _ in range(HOMES):
            try:
                release_screening(by=by, at=NOW, run=run)
            except BangfuError as refusal:
                if "再点一次" not in refusal.message:
                    return refusal.message
            else:
                return "released"
        return "never"
    finally:
        connection.close()


def tell(by: User, homes: list[Household], together: Barrier) -> str:
    """Register a clue of every household, one after another."""
    together.wait()
    try:
        for home in homes:
            register_clue(by=by, at=NOW, told=told(), household=home)
    except BangfuError as refusal:
        return refusal.message
    finally:
        connection.close()
    return "told"


def main() -> None:
    """As many rounds as it takes to make a clash likely."""
    regions = make_regions()
    office = make_user("county_office", username="office")
    people = [make_user("village", VILLAGE, username=f"village{number}") for number in range(2)]
    for number in range(ROUNDS):
        homes = [make_household(regions, head_name=f"段{number}") for _ in range(HOMES)]
        run = staged([found(home, f"{number}") for home in homes])
        together = Barrier(3)
        with ThreadPoolExecutor(3) as pool:
            tasks = [pool.submit(release, office, run, together)]
            tasks += [
                pool.submit(tell, by, order, together)
                for by, order in zip(people, (homes, homes[::-1]), strict=True)
            ]
            answers = [task.result() for task in tasks]
        open_clues = Clue.objects.filter(household__in=homes).exclude(state=ClueState.CLOSED)
        most = open_clues.values("household").annotate(n=Count("pk")).order_by("-n")[0]["n"]
        facts = ClueFact.objects.filter(household__in=homes)
        tellings = ClueTelling.objects.filter(clue__household__in=homes)
        print(open_clues.count(), most, facts.count(), tellings.count(), *answers, sep="\t")


if __name__ == "__main__":
    main()
