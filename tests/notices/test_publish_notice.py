"""On the wall: long enough, not back-dated, without a leak; then unchangeable. C-044, C-049."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.notices.actions.composing import edit_notice
from bangfu.notices.actions.posting import end_notice, print_notice, publish_notice, withdraw_notice
from bangfu.notices.elements import elements_of, wall_elements
from bangfu.notices.enums import NoticeKind, NoticeMatter
from bangfu.notices.models import Notice
from bangfu.notices.queries import due_to_take_down, notice_state_of
from tests.cast import NOW, OTHER_TOWN, TODAY, TOWN, make_user
from tests.notices.builders import a_draft, a_posted, a_subject, facts

pytestmark = pytest.mark.django_db
ENROL = NoticeMatter.ENROL
DAY = timedelta(days=1)


def edited(clerk: User, notice: Notice, **values: Any) -> Notice:
    return edit_notice(by=clerk, at=NOW, notice=notice, version=notice.version, values=values)


def publish(clerk: User, notice: Notice, posted_on: date = TODAY) -> Notice:
    return publish_notice(by=clerk, at=NOW, notice=notice, version=notice.version, posted_on=posted_on)


def test_five_days_count_from_the_day_of_posting(clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    assert (notice.posted_on, notice.ends_on, notice.state) == (TODAY, date(2026, 11, 26), "posted")


def test_working_days_leave_the_weekend_out(clerk: User, village: Region) -> None:
    """2026-11-22 is a Sunday: five working days end on Friday."""
    notice = publish(clerk, edited(clerk, a_draft(clerk, village), working_days=True))
    assert notice.ends_on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": 4}, "公示天数：4 日，不够"),
        ({"phones": []}, "反映办法和电话"),
        ({"opening": "罗芬因病，身份证 110101199003077758"}, "没有敏感信息.*健康状况.*身份证号"),
        ({"signed_by": "村委会 13812345678"}, "没有敏感信息.*电话号码"),
        ({"posted_at": ""}, "张贴地点"),
    ],
)
def test_what_is_short_missing_or_leaks_is_refused(
    clerk: User, village: Region, change: dict[str, Any], said: str
) -> None:
    notice = edited(clerk, a_draft(clerk, village), **change)
    with pytest.raises(SituationForbids, match=f"没有张贴。.*{said}"):
        publish(clerk, notice)
    notice.refresh_from_db()
    assert (notice.state, notice.posted_on) == ("draft", None)


def test_a_leak_in_a_row_and_an_empty_list_are_refused(clerk: User, village: Region) -> None:
    with pytest.raises(SituationForbids, match="住址"):
        publish(clerk, a_draft(clerk, village, entries=[facts(group="3组15号")]))
    with pytest.raises(SituationForbids, match="名单是空的"):
        publish(clerk, a_draft(clerk, village, entries=[]))


def test_it_is_neither_back_dated_nor_posted_tomorrow(clerk: User, village: Region) -> None:
    notice = a_draft(clerk, village)
    with pytest.raises(SituationForbids, match="才拟好"):
        publish(clerk, notice, TODAY - DAY)
    with pytest.raises(SituationForbids, match="最晚到今天"):
        publish(clerk, notice, TODAY + DAY)


def test_it_is_posted_once_and_by_who_may(clerk: User, village: Region) -> None:
    notice = a_draft(clerk, village)
    with pytest.raises(NotPermitted):
        publish(make_user("township", OTHER_TOWN), notice)
    publish(clerk, notice)
    with pytest.raises(StaleVersion):
        publish(clerk, notice)


def test_a_change_behind_the_actions_shows_on_the_page(clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    rows = list(notice.entries.all())
    assert wall_elements(notice, rows, 1, 0)[0].ok
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        notice.entries.update(name="崔桂兰")
    assert not wall_elements(notice, list(notice.entries.all()), 1, 0)[0].ok


def test_it_comes_down_on_its_last_day_and_not_before(clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    ended = NOW + 4 * DAY
    assert list(due_to_take_down(clerk, TODAY)) == []
    assert list(due_to_take_down(clerk, ended.date())) == [notice]
    with pytest.raises(SituationForbids, match="不能提前撤下"):
        end_notice(by=clerk, at=ended, notice=notice, version=notice.version, taken_down_on=TODAY + 3 * DAY)
    with pytest.raises(SituationForbids, match="最晚到今天"):
        end_notice(by=clerk, at=NOW, notice=notice, version=notice.version, taken_down_on=TODAY + 4 * DAY)
    done = end_notice(
        by=clerk, at=ended, notice=notice, version=notice.version, taken_down_on=TODAY + 4 * DAY
    )
    assert (done.state, list(due_to_take_down(clerk, ended.date()))) == ("ended", [])


def test_the_flow_is_told_how_a_household_stands_on_the_wall(clerk: User, village: Region) -> None:
    subject = a_subject()
    assert notice_state_of(subject, ENROL, TODAY).words == "还没有张贴公示。"
    draft = a_draft(clerk, village, entries=[facts(subject)])
    assert notice_state_of(subject, ENROL, TODAY).notice is None
    notice = publish(clerk, draft)
    last = notice_state_of(subject, ENROL, date(2026, 11, 26))
    assert (last.over, last.clear, last.notice) == (False, False, notice)
    assert notice_state_of(subject, ENROL, date(2026, 11, 27)).clear
    assert not notice_state_of(subject, NoticeMatter.REMOVE_RISK, date(2026, 11, 27)).over
    withdraw_notice(by=clerk, at=NOW, notice=notice, version=notice.version, reason="贴错村")
    assert notice_state_of(subject, ENROL, date(2026, 11, 27)).notice is None


def test_an_announcement_has_no_end_and_no_period(clerk: User, village: Region) -> None:
    subject = a_subject()
    notice = a_posted(clerk, village, kind=NoticeKind.ANNOUNCEMENT, entries=[facts(subject)])
    assert notice.ends_on is None
    assert "公示天数" not in [each.label for each in elements_of(notice, list(notice.entries.all()), TODAY)]
    assert notice_state_of(subject, ENROL, TODAY, NoticeKind.ANNOUNCEMENT).clear
    with pytest.raises(SituationForbids, match="正在公示"):
        end_notice(by=clerk, at=NOW, notice=notice, version=notice.version, taken_down_on=TODAY)


def test_withdrawing_needs_a_reason_and_happens_once(clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    with pytest.raises(SituationForbids, match="原因"):
        withdraw_notice(by=clerk, at=NOW, notice=notice, version=notice.version, reason=" ")
    gone = withdraw_notice(by=clerk, at=NOW, notice=notice, version=notice.version, reason="名单有误")
    assert (gone.state, gone.withdrawn_reason) == ("withdrawn", "名单有误")
    with pytest.raises(SituationForbids, match="已经作废"):
        withdraw_notice(by=clerk, at=NOW, notice=gone, version=gone.version, reason="再来")


def test_taking_the_paper_away_is_audited_and_permitted(clerk: User, village: Region) -> None:
    notice = a_draft(clerk, village)
    print_notice(by=make_user("township", TOWN), at=NOW, notice=notice, form="pdf")
    assert AuditEvent.objects.get(verb="print_notice", subject=notice.subject).data["form"] == "pdf"
    with pytest.raises(NotPermitted):
        print_notice(by=make_user("township", OTHER_TOWN), at=NOW, notice=notice, form="pdf")
