"""What the situation allows: ``check_x`` raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel
from bangfu.documents.leaks import scan_for_leaks
from bangfu.notices.elements import elements_of
from bangfu.notices.enums import NoticeState
from bangfu.notices.models import Notice, NoticeEntry, Objection


def check_village(village: Region) -> None:
    """A notice hangs in a village, once."""
    if village.level != RegionLevel.VILLAGE:
        raise SituationForbids("公示在村里张贴，请选一个行政村。")


def check_title(title: str) -> None:
    """The title also stands in lists and in the audit log, so it never tells anything."""
    if leaks := scan_for_leaks(title):
        raise SituationForbids(f"标题里有{leaks[0].kind.value}，没有保存。请改标题。")


def check_draft(notice: Notice) -> None:
    """Only a draft changes."""
    if notice.state != NoticeState.DRAFT:
        raise SituationForbids("这份公示已经张贴过，不能再改。要改，请作废以后重拟。")


def check_publishable(notice: Notice, entries: Sequence[NoticeEntry], posted_on: date, today: date) -> None:
    """Everything in place, and the day is neither to come nor before the draft was made."""
    check_draft(notice)
    if posted_on > today:
        raise SituationForbids(f"张贴日期最晚到今天（{today}），没有登记。贴出去以后再登记。")
    if posted_on < notice.composed_on:
        raise SituationForbids(
            f"这份公示 {notice.composed_on} 才拟好，不能写成 {posted_on} 张贴，没有登记。请写实际张贴的日期。"
        )
    wrong = [each for each in elements_of(notice, entries, posted_on) if not each.ok]
    if wrong:
        raise SituationForbids("没有张贴。" + "".join(f"{each.label}：{each.words}" for each in wrong))


def check_takeable(notice: Notice, taken_down_on: date, today: date) -> None:
    """Taken down when its period is over, not before."""
    if notice.is_announcement or notice.state != NoticeState.POSTED or notice.ends_on is None:
        raise SituationForbids("只有正在公示的才要撤下。")
    if taken_down_on > today:
        raise SituationForbids(f"撤下日期最晚到今天（{today}）。")
    if taken_down_on < notice.ends_on:
        raise SituationForbids(f"公示到 {notice.ends_on} 才期满，不能提前撤下。有错的，请作废以后重拟。")


def check_withdrawable(notice: Notice, reason: str) -> None:
    """A reason, and once only."""
    if notice.state == NoticeState.WITHDRAWN:
        raise SituationForbids("这份公示已经作废了。")
    if not reason.strip():
        raise SituationForbids("作废要写原因，没有作废。")


def check_replaceable(notice: Notice) -> None:
    """Only what was withdrawn is composed anew, once."""
    if notice.state != NoticeState.WITHDRAWN:
        raise SituationForbids("先作废，再重拟。")
    if Notice.objects.filter(replaces=notice).exists():
        raise SituationForbids("已经重拟过一份了。")


def check_objectable(notice: Notice, entry: NoticeEntry | None, received_on: date, today: date) -> None:
    """Against a notice that hangs or hung, also after its end; not against an announcement."""
    if notice.is_announcement or notice.posted_on is None:
        raise SituationForbids("没有张贴的公示和公告，不登记异议。")
    if not notice.posted_on <= received_on <= today:
        raise SituationForbids(f"收到日期要在张贴（{notice.posted_on}）到今天（{today}）之间。")
    if entry is not None and entry.notice_id != notice.pk:
        raise SituationForbids("这一户不在这份公示里。")


def check_answerable(objection: Objection, reply: str, answered_on: date, today: date) -> None:
    """Once, with words, on a day that was."""
    if objection.answered_on is not None:
        raise SituationForbids(f"这件异议已在 {objection.answered_on} 答复。")
    if not reply.strip():
        raise SituationForbids("请写核实的情况和怎样答复的。")
    if not objection.received_on <= answered_on <= today:
        raise SituationForbids(f"答复日期要在收到（{objection.received_on}）到今天（{today}）之间。")
