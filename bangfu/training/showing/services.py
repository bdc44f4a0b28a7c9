"""What the page of a service order shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.training.enums.services import OrderState
from bangfu.training.models import ServiceOrder

_WAYS = {
    OrderState.ASKED: (("take_service", "接单"), ("decline_service", "不能办")),
    OrderState.TAKEN: (("solve_service", "登记怎样解决"), ("decline_service", "不能办")),
    OrderState.DONE: (("visit_service", "登记回访"),),
    OrderState.CLOSED: (),
    OrderState.DECLINED: (),
}


def ways_of(order: ServiceOrder) -> list[dict[str, Any]]:
    """The steps that can be taken now; the first is the usual one."""
    ways = _WAYS[OrderState(order.state)]
    return [
        {"label": label, "url": reverse(name, args=[order.uid]), "primary": number == 0}
        for number, (name, label) in enumerate(ways)
    ]


def steps_of(order: ServiceOrder) -> list[dict[str, Any]]:
    """The order's way, step by step: what, when, by whom, in which words."""
    expert = order.expert.name if order.expert else ""
    steps: list[dict[str, Any]] = [
        {"label": "提出", "on": order.asked_on, "who": order.asked_by.name, "words": order.problem},
        {"label": "接单", "on": order.taken_on, "who": expert, "words": ""},
        {"label": "办理", "on": order.done_on, "who": expert, "words": order.solution},
        {
            "label": "回访",
            "on": order.visited_on,
            "who": order.visited_by.name if order.visited_by else "",
            "words": "，".join(filter(None, [order.get_verdict_display(), order.visit_words])),
        },
    ]
    if order.state == OrderState.DECLINED:
        declined = {"label": "不能办", "on": None, "who": "", "words": order.decline_reason, "done": True}
        return [one for one in steps if one["on"]] + [declined]
    return steps
