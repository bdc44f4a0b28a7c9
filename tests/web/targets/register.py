"""Households, members, villages, grids, rounds."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import (
    Target,
    of,
    of_household,
    of_village,
    town,
)
from tests.web.world import Person, Side


def _sees_round(person: Person, side: Side) -> bool:
    """A round shows to who is above it, and its part to who is below."""
    round_place = town(side)
    overlaps = round_place.startswith(person.place) or person.place.startswith(round_place)
    return person.holds(Permission.ROUND_VIEW) and person.is_regional and overlaps


TARGETS: dict[str, Target] = {
    # 户、成员
    **{
        name: of_household()
        for name in (
            "household_file",
            "household_timeline",
            "check_household_exit",
            "print_household_file",
            "edit_household",
            "add_member",
            "record_natural_change",
            "split_household",
            "merge_households",
            "propose_change",
            "record_income_worksheet",
            "record_guarantees",
        )
    },
    **{name: of_household("member") for name in ("edit_member", "correct_id_number", "record_work_spell")},
    "undo_natural_change": of_household("natural_change"),
    "decide_change": of_household("proposal"),
    "withdraw_change": of_household("proposal"),
    **{
        name: of_household("worksheet")
        for name in (
            "income_worksheet",
            "revise_income_worksheet",
            "recount_income_worksheet",
            "sign_income_worksheet",
            "dispute_income_worksheet",
            "print_income_worksheet",
        )
    },
    **{name: of_household() for name in ("refer_household", "plan_relocation")},
    **{name: of_household("referral") for name in ("accept_referral", "decide_referral")},
    **{name: of_household("relocation") for name in ("settle_relocation", "hold_relocation")},
    "correct_work_spell": of_household("spell"),
    "close_work_spell": of_household("spell"),
}

TARGETS |= {
    name: Target(of("round"), seen_by=_sees_round)
    for name in (
        "movement_report",
        "print_movement_report",
        "export_movement_report",
        "add_to_round",
        "count_round",
        "close_round",
        "reopen_round",
        "check_round",
    )
}
TARGETS["remove_from_round"] = Target(of("entry"))


# 村、网格、结对、信息员
TARGETS |= {
    name: Target(of_village)
    for name in (
        "village_file",
        "check_village_exit",
        "record_village",
        "compare_village_records",
        "grid_list",
        "add_grid",
    )
}
TARGETS["correct_village_record"] = Target(of("record"))
TARGETS |= {name: Target(of("grid")) for name in ("assign_grid", "close_grid", "start_grid_duty")}
TARGETS["end_grid_duty"] = Target(of("duty"))
TARGETS["unpair_household"] = of_household("pairing")
TARGETS |= {name: of_household() for name in ("household_pairings", "pair_household")}
TARGETS |= {name: Target(of("officer")) for name in ("officer_file", "end_officer")}
