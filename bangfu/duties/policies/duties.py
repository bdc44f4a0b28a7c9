"""Whether a duty may be written down, changed or ended."""

from __future__ import annotations

import re

from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.duties.computing.schedules import COUNTY_DIGITS
from bangfu.duties.definition.model import Definition, problems_of
from bangfu.duties.models import DutyTemplate
from bangfu.duties.sources import matchers, sources

_CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")


def wrong_with(duty: Definition) -> dict[str, str]:
    """What is wrong with a duty, by field: in itself, and in the names that it uses; empty for nothing."""
    found = problems_of(duty)
    if not _CODE.fullmatch(duty.code):
        found["code"] = "代码用小写英文字母、数字、下划线，字母开头，2 到 60 个字。"
    if duty.who not in sources():
        found["who"] = f"没有登记“{duty.who}”这样的责任人。"
    if duty.matcher not in matchers():
        found["matcher"] = f"没有登记“{duty.matcher}”这样的记录。"
    return found


def can_change(duty: Definition, place: str, seen: int, now: int) -> None:
    """Raise SituationForbids for a duty that is wrong, StaleVersion when somebody was quicker.

    ``seen`` is the number of the newest version that the person had before them, ``now`` the one there is.
    """
    is_of_a_county(place)
    is_unchanged(seen, now)
    found = wrong_with(duty)
    if found:
        raise SituationForbids("没有保存。" + "".join(found.values()))


def can_end(version: DutyTemplate | None, seen: int, now: int, note: str) -> None:
    """Raise SituationForbids for a duty that is not in force or without a reason, StaleVersion as above."""
    is_unchanged(seen, now)
    if version is None or version.is_off:
        raise SituationForbids("这一条在那一天没有生效的规定，不用停用。")
    if len(note.strip()) < 2:
        raise SituationForbids("请写为什么停用。没有停用。")


def is_of_a_county(place: str) -> None:
    """Raise SituationForbids for another level: townships do not set duties of their own."""
    if len(place) != COUNTY_DIGITS:
        raise SituationForbids("责任规定由县一级定。没有保存。")


def is_unchanged(seen: int, now: int) -> None:
    """Raise StaleVersion when there is a version that the person has not seen."""
    if seen != now:
        raise StaleVersion("这一条刚由别人改过。您写的没有存，还在这一页上；请打开最新一版核对后再存。")
