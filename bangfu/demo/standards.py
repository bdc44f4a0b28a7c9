"""Things of the made-up county that were checked: one passes later, one lacks two, shops are ranked."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.reckoning.days import local_day
from bangfu.standards.actions.checks import Found, What, record_standard_check, repeat_standard_check
from bangfu.standards.actions.definitions import STANDARDS
from bangfu.standards.actions.subsidies import propose_subsidies
from bangfu.standards.models import StandardCheck
from bangfu.standards.queries import dues_seen
from bangfu.standards.versions import Held, held_in, shipped_texts

_SIGNED = (("周某", "县帮扶办"), ("杨某", "乡镇"))
_CENTRE = "square stage hall library radio equipment board staff"
_SHOPS = (("山货铺", 320_000), ("菌子店", 286_000), ("蜂蜜坊", 94_000), ("核桃社", 94_000))


def make_standards(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Through the same actions that people use."""
    by, village, today = people["xian"], places["village"], local_day(at)
    clinic: dict[str, Any] = {"area": Decimal(52), "equipped": True, "money_paper": True}
    earlier, due = today - timedelta(days=60), today - timedelta(days=10)
    first = _check(by, at, "clinic", village, "卫生室", Found(earlier, clinic, _SIGNED, "隔一间出来。", due))
    mended = Found(today - timedelta(days=5), {**clinic, "area": Decimal(64)}, _SIGNED)
    repeat_standard_check(by=by, at=at, earlier=first, held=_held("clinic", village), found=mended)
    have = {one: one not in ("stage", "radio") for one in _CENTRE.split()}
    found = Found(today - timedelta(days=20), have, _SIGNED, "", today + timedelta(days=40))
    _check(by, at, "culture_centre", village, "文化服务中心", found)
    for name, sales in _SHOPS:
        answers = {"group": "第二组", "sales": Decimal(sales), "reported": True, "sales_paper": True}
        _check(by, at, "model_shop", village, name, Found(today, answers, _SIGNED))
    _propose(by, at, places["county"])


def _propose(by: User, at: datetime, county: Region) -> None:
    """The county's own version says what shops within the quota are given."""
    text = shipped_texts()["model_shop"].replace("两组怎样分由县里核定", "分组和奖补（演示）由县里核定")
    told = {"code": "model_shop", "place": county.code, "text": f"{text}\nsubsidy: {{each: 10000}}\n"}
    draft = STANDARDS.draft(by=by, at=at, verb="draft_standard", note="写明奖补（演示）", **told)
    STANDARDS.publish(draft, by=by, at=at, verb="publish_standard", version=draft.version)
    due = [one for one in dues_seen(by, _held("model_shop", county).standard) if one.fen]
    propose_subsidies(by=by, at=at, dues=due)


def _check(by: User, at: datetime, code: str, region: Region, name: str, found: Found) -> StandardCheck:
    what = What(region, f"{region.name}{name}")
    return record_standard_check(by=by, at=at, held=_held(code, region), what=what, found=found)


def _held(code: str, region: Region) -> Held:
    held = held_in(code, region.code)
    assert held is not None  # 随软件带来
    return held
