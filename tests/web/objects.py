"""For each address with an object in it: the object inside, the one outside, and who reaches the one inside.

A new address with a parameter needs a line in its room's module of ``tests/web/targets``, else the contract
test fails and says so.
"""

from __future__ import annotations

from tests.web.target import Target
from tests.web.targets import (
    county_ledgers,
    flows,
    funds,
    lists,
    monitoring,
    plans,
    projects,
    register,
    settings,
    standards,
    support,
    training,
)

TARGETS: dict[str, Target] = {
    **settings.TARGETS,
    **register.TARGETS,
    **monitoring.TARGETS,
    **flows.TARGETS,
    **support.TARGETS,
    **training.TARGETS,
    **county_ledgers.TARGETS,
    **funds.TARGETS,
    **projects.TARGETS,
    **plans.TARGETS,
    **standards.TARGETS,
    **lists.TARGETS,
}

NEED_A_QUERY = {
    "print_hand_over_ties",
    "print_hand_over",
    "cause_households",
    "circular_list",
    "print_circular",
    "export_circular",
}
"""Pages that show something for a certain query or with a second permission only, and are no page without."""
