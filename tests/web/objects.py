"""For each address with an object in it: the object inside, the one outside, and who reaches the one inside.

A new address with a parameter needs a line here, else the contract test fails and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bangfu.access.permissions import Permission
from bangfu.core.definitions import definitions
from bangfu.metrics.registry import all_metrics
from bangfu.ui.views import PAGES, PARTS
from tests.web.world import Person, Side

Arguments = dict[str, Any]
Of = Callable[[Side], Arguments]


@dataclass(frozen=True)
class Target:
    """How the address is filled from a side.

    ``place`` gives where the object lies, for the expectation; ``personal``: it hangs on a household, so
    helpers, units and grid workers reach it. ``permissions`` replaces the view's when one address asks for
    different ones. ``seen_by`` replaces the rule for objects that do not lie in places; ``bounded`` is False
    where there is no outside (a catalogue that is the same everywhere).
    """

    arguments: Of
    place: Callable[[Side], str] = lambda side: side.village
    personal: bool = False
    permissions: tuple[Permission, ...] = ()
    seen_by: Callable[[Person, Side], bool] | None = None
    bounded: bool = True


def _uid(name: str) -> Of:
    return lambda side: {"uid": getattr(side, name).uid}


def _county(side: Side) -> str:
    return side.village[:6]


def _town(side: Side) -> str:
    return side.village[:9]


def _of_household(name: str = "household", **more: Any) -> Target:
    return Target(_uid(name), personal=True, **more)


def _subject(side: Side) -> Arguments:
    return {"uid": side.household.subject.uid}


def _unmask(side: Side) -> Arguments:
    return {**_subject(side), "field_class": "contact"}


def _assignment(side: Side) -> Arguments:
    return {"uid": side.user.uid, "assignment": side.assignment.pk}


def _sees_job(person: Person, side: Side) -> bool:
    return person.holds(Permission.JOB_VIEW_ALL)


def _sees_round(person: Person, side: Side) -> bool:
    """A round shows to who is above it, and its part to who is below."""
    round_place = _town(side)
    overlaps = round_place.startswith(person.place) or person.place.startswith(round_place)
    return person.is_regional and overlaps


def _nobody(person: Person, side: Side) -> bool:
    return False


_USER = Target(_uid("user"), _county)
_JOB = Target(_uid("job"), seen_by=_sees_job)
_BATCH_PAGES = (
    "batch_file batch_job batch_rejected batch_receipt preflight_batch commit_batch undo_batch discard_batch"
)

NEED_A_QUERY = {"print_hand_over", "cause_households"}
"""Pages that show something for a certain query or with a second permission only, and are no page without."""

TARGETS: dict[str, Target] = {
    # 用户、角色、单位
    "user_file": _USER,
    "deactivate_user": _USER,
    "reactivate_user": _USER,
    "reset_password": _USER,
    "reset_totp": _USER,
    "unlock_user": _USER,
    "assign_role": _USER,
    "withdraw_role": Target(_assignment, _county),
    "deactivate_unit": Target(_uid("empty_unit"), _county),
    "unmask": Target(_unmask, personal=True, permissions=(Permission.UNMASK_CONTACT,)),
    # 任务、参数、区划、视图
    "job_page": _JOB,
    "job_progress": _JOB,
    "cancel_job": _JOB,
    "delete_view": Target(lambda side: {"pk": side.view.pk}, seen_by=_nobody),
    # 凭证
    "evidence_list": Target(_subject, personal=True),
    "attach_evidence": Target(_subject, personal=True),
    "open_evidence": _of_household("evidence"),
    "withdraw_evidence": _of_household("evidence"),
    # 户、成员
    **{
        name: _of_household()
        for name in (
            "household_file",
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
    **{name: _of_household("member") for name in ("edit_member", "correct_id_number", "record_work_spell")},
    "undo_natural_change": _of_household("natural_change"),
    "decide_change": _of_household("proposal"),
    "withdraw_change": _of_household("proposal"),
    **{
        name: _of_household("worksheet")
        for name in (
            "income_worksheet",
            "revise_income_worksheet",
            "recount_income_worksheet",
            "sign_income_worksheet",
            "dispute_income_worksheet",
            "print_income_worksheet",
        )
    },
    "correct_work_spell": _of_household("spell"),
    "close_work_spell": _of_household("spell"),
}


def _region(side: Side) -> Arguments:
    return {"code": side.village[:9]}


TARGETS |= {
    name: Target(_region, _town)
    for name in ("region_file", "add_region", "rename_region", "recode_region", "merge_region")
}


def _same(**arguments: str) -> Target:
    """A catalogue that is the same everywhere: no outside."""
    return Target(lambda side: arguments, bounded=False)


def _first_parameter(side: Side) -> Arguments:
    return {"code": sorted(definition.code for definition in definitions())[0]}


def _first_metric(side: Side) -> Arguments:
    return {"id": next(iter(all_metrics()))}


TARGETS |= {
    "gallery_page": _same(name=sorted(PAGES)[0]),
    "gallery_part": _same(name=sorted(PARTS)[0]),
    "parameter_file": Target(_first_parameter, bounded=False),
    "supersede_parameter": Target(_first_parameter, bounded=False),
    "metric_why": Target(_first_metric, bounded=False),
}

TARGETS |= {
    name: Target(_uid("round"), seen_by=_sees_round)
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
TARGETS["remove_from_round"] = Target(_uid("entry"))


def _village(side: Side) -> Arguments:
    return {"uid": side.grid.village.subject.uid}


# 村、网格、结对、信息员
TARGETS |= {
    name: Target(_village)
    for name in ("village_file", "record_village", "compare_village_records", "grid_list", "add_grid")
}
TARGETS["correct_village_record"] = Target(_uid("record"))
TARGETS |= {name: Target(_uid("grid")) for name in ("assign_grid", "close_grid", "start_grid_duty")}
TARGETS["end_grid_duty"] = Target(_uid("duty"))
TARGETS["unpair_household"] = _of_household("pairing")
TARGETS |= {name: _of_household() for name in ("household_pairings", "pair_household")}
TARGETS |= {name: Target(_uid("officer")) for name in ("officer_file", "end_officer")}

# 导入批次
TARGETS |= {name: Target(_uid("batch"), _town) for name in _BATCH_PAGES.split()}
TARGETS["batch_template"] = _same(dataset="household_roster")
