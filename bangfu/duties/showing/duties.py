"""The list of duties, and the preview of one that is being written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.duties.definition.model import Definition
from bangfu.duties.queries.duties import DutyLine, Preview
from bangfu.duties.showing import words
from bangfu.duties.sources import matchers, sources


def line_of(line: DutyLine) -> dict[str, Any]:
    """A duty as a row: what holds today, or that nothing does."""
    row = line.now if line.now is not None else line.versions[0]
    return {
        "code": line.code,
        "row": row,
        "url": reverse("duty_version", args=[row.uid]),
        "who": words.who_words(row),
        "how_often": words.how_often(row),
        "matcher": words.matcher_words(row),
        "signal": _signal(line),
        "basis": words.basis_words(row),
        "whose": "随软件带来" if row.is_shipped else "本县",
        "versions": len(line.versions),
        "ended": line.now is not None and line.now.is_off,
    }


def _signal(line: DutyLine) -> dict[str, str]:
    if line.now is None:
        return {"kind": "off", "word": f"从 {line.versions[0].valid_from} 起", "icon": "hourglass"}
    if line.now.is_off:
        return {"kind": "off", "word": "已停用", "icon": "player-stop"}
    if line.now.who not in sources() or line.now.matcher not in matchers():
        return {"kind": "warn", "word": "算不了：没有登记来源或核对办法", "icon": "alert-triangle"}
    return {"kind": "ok", "word": "在用", "icon": "circle-check"}


def preview_words(duty: Definition, seen: Preview) -> list[str]:
    """What the duty would make, in sentences."""
    first = words.window_words(duty.window, *seen.first)
    return [
        f"第一期是{first}（{seen.first.start} 至 {seen.first.end}）。",
        f"照现在的关系，{seen.first.start.year} 年会有 {seen.items:,} 项，"
        f"落在 {seen.holders:,} 个责任人、{seen.ties:,} 对关系上。",
    ]
