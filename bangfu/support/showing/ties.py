"""A tie in words: its target, its heading, its facts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.core.models import Region, RegionLevel
from bangfu.support.models import Tie
from bangfu.support.terms.tie_kinds import kind_label
from bangfu.ui.formats import iso_day


def region_words(region: Region) -> str:
    """A village with its township before it; any other region by its name."""
    above = region.parent if region.level == RegionLevel.VILLAGE else None
    return f"{above.name} {region.name}" if above else region.name


def target_name(tie: Tie) -> str:
    """The region or the unit that the tie is to."""
    return region_words(tie.region) if tie.region else str(tie.other)


def unit_name(tie: Tie) -> str:
    """The unit of the person who holds the tie; empty when a unit holds it."""
    user = tie.party.user
    return user.unit.name if user and user.unit else ""


def tie_heading(tie: Tie) -> str:
    """Such as 县财政局 · 单位包村 · 青石镇 上寨村."""
    return f"{tie.party.name} · {kind_label(tie.kind)} · {target_name(tie)}"


def party_url(tie: Tie) -> str:
    """The file of the unit or the person who holds the tie."""
    page = "support_unit_file" if tie.party.unit_id else "support_person_file"
    return reverse(page, args=[tie.party.uid])


def tie_facts(tie: Tie, *, sees_party: bool) -> list[dict[str, Any]]:
    """The facts of a tie's page, for ``ui/parts/facts.html``."""
    who = {"label": "谁", "value": tie.party.name, "url": party_url(tie) if sees_party else ""}
    found = [{"label": "种类", "value": kind_label(tie.kind)}, who]
    if unit_name(tie):
        found.append({"label": "单位", "value": unit_name(tie)})
    ended = {"label": "至", "value": iso_day(tie.valid_to)} if tie.valid_to else {}
    return [
        *found,
        {"label": "挂包哪里", "value": target_name(tie)},
        {"label": "自", "value": iso_day(tie.valid_from)},
        ended or {"label": "至", "value": "", "signal": {"kind": "ok", "word": "现在"}},
        {"label": "文件定的期限", "value": iso_day(tie.planned_to)},
        {"label": "文件", "value": tie.paper_number or "还没有填"},
        {"label": "说明", "value": tie.note or "—"},
        *([{"label": "结束原因", "value": tie.end_reason}] if tie.end_reason else []),
    ]
