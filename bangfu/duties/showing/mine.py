"""The page of what a person owes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.duties.enums import DueState
from bangfu.duties.queries.mine import MyDuties, MyDuty, MyItem
from bangfu.duties.showing import words

_SIGNALS = {DueState.OVERDUE: "bad", DueState.SOON: "warn"}
_MADE_OF = {
    DueState.OVERDUE: "三个月内过了最迟日",
    DueState.SOON: "到了提醒的日子",
    DueState.DUE: "这一期还有时间",
    DueState.DONE: "这一期已经办了",
}


def cells(mine: MyDuties) -> list[dict[str, Any]]:
    """The numbers on top, each with its list."""
    address = reverse("my_due_item_list")
    late = {DueState.OVERDUE: "&f_late=recent"}
    return [
        {
            "icon": words.signal_of(state)["icon"],
            "word": state.label,
            "number": str(mine.counts[state]),
            "unit": "项",
            "made_of": made_of,
            "url": f"{address}?f_state={state}{late.get(state, '')}",
            "signal": _SIGNALS.get(state, "") if mine.counts[state] else "",
        }
        for state, made_of in _MADE_OF.items()
    ]


def shown(duties: list[MyDuty], ledger: str) -> list[dict[str, Any]]:
    """Duty after duty with its items; ``ledger`` is the list that has all of them."""
    return [
        {
            "template": duty.template,
            "how_often": words.how_often(duty.template),
            "items": [_item(one) for one in duty.items],
            "more": duty.more,
            "list_url": f"{reverse(ledger)}?f_duty={duty.template.code}",
        }
        for duty in duties
    ]


def _item(one: MyItem) -> dict[str, Any]:
    item: Any = one.item  # with the place's name that the query adds
    return {
        "url": reverse("due_item", args=[item.pk]),
        "target": item.target.label if item.target else item.place_name or item.holder.label,
        "place": item.place_name if item.target else "",
        "window": words.item_window(item),
        "due_on": item.due_on,
        "progress": words.progress_words(item),
        "signal": words.signal_of(one.state),
        "record_url": one.record_url if one.state not in (DueState.DONE, DueState.EXCUSED) else "",
        "verb": words.matcher_words(item.template),
    }
