"""What a service order allows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.training.models import ServiceOrder, Teacher
from bangfu.training.terms import service_kinds


def check_state(order: ServiceOrder, states: Collection[str]) -> None:
    """The order stands where the step begins."""
    if order.state not in states:
        raise SituationForbids(f"这个工单现在“{order.get_state_display()}”，这一步办不了。请刷新后再看。")


def check_expert(order: ServiceOrder, expert: Teacher, on: date) -> None:
    """The expert is of the kind that solves such problems, and there on the day; it follows the asking."""
    kind = service_kinds()[order.kind]
    if expert.kind not in kind.solved_by:
        known = "、".join(str(one.label) for one in kind.solved_by)
        raise SituationForbids(
            f"{kind.label}由{known}来办，{expert.name}是{expert.get_kind_display()}。请另选。"
        )
    if expert.valid_to is not None and expert.valid_to < on:
        raise SituationForbids(f"{expert.name}已在 {expert.valid_to} 出库。请另选。")
    if on < order.asked_on:
        raise SituationForbids(f"接单日期早于提出 {order.asked_on}。请改日期。")
