"""How far a sweep is, as cells and rows whose numbers open their lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bangfu.forms.enums import LEFT, TaskState
from bangfu.forms.models import Sweep
from bangfu.forms.queries import Progress
from bangfu.ui.formats import counted


def cells_of(sweep: Sweep, place: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The strip on top: what is to be done in a place and what is left."""
    left = sum(counts.get(state, 0) for state in LEFT)
    total = sum(counts.get(state, 0) for state in TaskState.values)
    return [
        _cell(sweep, place, "要走的户", total, icon="home"),
        _cell(sweep, place, "还没办完", left, "f_left=yes", "warn" if left else "ok", "clock"),
        _cell(
            sweep, place, "待排查", counts.get(TaskState.IN_QUESTION, 0), "f_state=in_question", icon="flag"
        ),
        _cell(
            sweep,
            place,
            "没见到",
            counts.get(TaskState.UNREACHED, 0),
            "f_state=unreached",
            icon="user-question",
        ),
        _cell(sweep, place, "有风险", counts.get("risky", 0), "f_risk=yes", icon="alert-triangle"),
    ]


def _cell(
    sweep: Sweep, place: str, word: str, number: int, query: str = "", signal: str = "", icon: str = ""
) -> dict[str, Any]:
    shown = {"icon": icon, "word": word, "number": counted(number), "unit": "户", "signal": signal}
    return shown | {"url": _tasks_url(sweep, place, query)}


def region_row(sweep: Sweep, row: Progress) -> dict[str, Any]:
    """A township or village, with the page one step below."""
    address = reverse("sweep_page", args=[sweep.uid])
    return _row(sweep, row, row.code, "") | {"url": f"{address}?place={row.code}"}


def grid_row(sweep: Sweep, village: str, row: Progress) -> dict[str, Any]:
    """A grid of a village, with who looks after it, its list and its papers (C-189)."""
    papers = urlencode({"place": village, "grid": row.code}) if row.code else urlencode({"place": village})
    return _row(sweep, row, village, urlencode({"f_grid": row.name})) | {
        "workers": "、".join(row.workers),
        "papers_url": f"{reverse('sweep_papers', args=[sweep.uid])}?{papers}",
    }


def _row(sweep: Sweep, row: Progress, place: str, query: str) -> dict[str, Any]:
    done = row.total - row.left
    lists = {
        "left": "f_left=yes",
        "question": "f_state=in_question",
        "unreached": "f_state=unreached",
        "risky": "f_risk=yes",
    }
    urls = {
        f"{name}_url": _tasks_url(sweep, place, "&".join(filter(None, (query, more))))
        for name, more in lists.items()
    }
    return urls | {
        "name": row.name,
        "total": row.total,
        "left": row.left,
        "question": row.states.get(TaskState.IN_QUESTION, 0),
        "unreached": row.states.get(TaskState.UNREACHED, 0),
        "risky": row.risky,
        "percent": done * 100 // row.total if row.total else 0,
    }


def _tasks_url(sweep: Sweep, place: str, query: str = "") -> str:
    asked = urlencode({"f_sweep": str(sweep.uid), "place": place})
    return f"{reverse('sweep_task_list')}?{asked}{query and '&'}{query}"
