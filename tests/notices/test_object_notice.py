"""Objections: with or without a name, answered in time, and heard by the flow. C-044."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.notices.actions.objecting import answer_objection, object_notice
from bangfu.notices.enums import NoticeKind, NoticeMatter, ObjectionChannel
from bangfu.notices.models import Notice, Objection
from bangfu.notices.queries import notice_state_of
from tests.cast import NOW, OTHER_TOWN, TODAY, make_user
from tests.notices.builders import a_draft, a_posted, a_subject, facts

pytestmark = pytest.mark.django_db
ENROL, LATER = NoticeMatter.ENROL, date(2026, 12, 1)


def objected(clerk: User, notice: Notice, **given: Any) -> Objection:
    words = {
        "entry": None,
        "objector": "",
        "channel": ObjectionChannel.PHONE,
        "received_on": TODAY,
        "text": "他家有商铺",
    }
    return object_notice(by=clerk, at=NOW, notice=notice, **{**words, **given})


def answered(clerk: User, objection: Objection, upheld: bool = False, at: datetime = NOW) -> Objection:
    return answer_objection(
        by=clerk,
        at=at,
        objection=objection,
        version=objection.version,
        reply="到户核实，商铺是租的，已当面说明。",
        upheld=upheld,
        answered_on=at.date(),
    )


def test_an_objection_needs_no_name_and_has_a_last_day_in_working_days(clerk: User, village: Region) -> None:
    objection = objected(clerk, a_posted(clerk, village))
    assert (objection.objector, objection.due_on) == ("", date(2026, 11, 27))


def test_the_flow_waits_for_the_answer_and_stops_when_it_is_upheld(clerk: User, village: Region) -> None:
    subject, neighbour = a_subject(), a_subject("崔桂兰户（上寨村）")
    notice = a_posted(clerk, village, entries=[facts(subject), facts(neighbour, name="崔桂兰")])
    objection = objected(clerk, notice, entry=notice.entries.get(subject=subject))
    assert notice_state_of(subject, ENROL, LATER).open_objections == 1
    assert notice_state_of(neighbour, ENROL, LATER).clear
    answered(clerk, objection, upheld=True)
    standing = notice_state_of(subject, ENROL, LATER)
    assert (standing.over, standing.clear, standing.upheld_objections) == (True, False, 1)


def test_an_objection_to_the_whole_notice_stops_every_household_until_answered(
    clerk: User, village: Region
) -> None:
    subject = a_subject()
    objection = objected(clerk, a_posted(clerk, village, entries=[facts(subject)]))
    assert not notice_state_of(subject, ENROL, LATER).clear
    answered(clerk, objection)
    assert notice_state_of(subject, ENROL, LATER).clear


def test_only_what_hung_can_be_objected_to(clerk: User, village: Region) -> None:
    with pytest.raises(SituationForbids, match="没有张贴"):
        objected(clerk, a_draft(clerk, village))
    with pytest.raises(SituationForbids, match="公告"):
        objected(clerk, a_posted(clerk, village, kind=NoticeKind.ANNOUNCEMENT))
    notice, other = a_posted(clerk, village), a_posted(clerk, village)
    with pytest.raises(SituationForbids, match="不在这份公示里"):
        objected(clerk, notice, entry=other.entries.get())
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(SituationForbids, match="收到日期"):
            objected(clerk, notice, received_on=day)


def test_an_answer_needs_words_and_comes_once(clerk: User, village: Region) -> None:
    objection = objected(clerk, a_posted(clerk, village))
    with pytest.raises(SituationForbids, match="核实"):
        answer_objection(
            by=clerk,
            at=NOW,
            objection=objection,
            version=objection.version,
            reply=" ",
            upheld=False,
            answered_on=TODAY,
        )
    done = answered(clerk, objection)
    with pytest.raises(SituationForbids, match="已在 2026-11-22 答复"):
        answered(clerk, done)
    with pytest.raises(StaleVersion):
        answered(clerk, objection)


def test_outsiders_neither_object_nor_answer_and_no_words_reach_the_audit_log(
    clerk: User, village: Region
) -> None:
    notice = a_posted(clerk, village)
    outsider = make_user("township", OTHER_TOWN)
    with pytest.raises(NotPermitted):
        objected(outsider, notice)
    objection = objected(clerk, notice, objector="李某", text="有商铺")
    with pytest.raises(NotPermitted):
        answered(outsider, objection)
    event = AuditEvent.objects.get(verb="object_notice")
    assert "李某" not in f"{event.summary}{event.data}" and "商铺" not in f"{event.summary}{event.data}"
