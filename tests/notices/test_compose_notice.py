"""A notice is composed de-identified and changed until it hangs. C-044."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.core.parameters import supersede_parameter
from bangfu.notices.actions.composing import edit_notice, recompose_notice
from bangfu.notices.actions.posting import withdraw_notice
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TOWN, make_user
from tests.notices.builders import a_draft, a_posted, a_subject, facts

pytestmark = pytest.mark.django_db


def set_parameter(code: str, text: str, place: str = COUNTY) -> None:
    supersede_parameter(
        by=make_user("county_office", COUNTY, username=f"setter-{code}"),
        at=NOW,
        code=code,
        text=text,
        place=place,
        valid_from=date(2026, 1, 1),
        basis="本县规定",
        grade="知",
    )


def test_the_rows_are_deidentified_and_point_at_their_subject(clerk: User, village: Region) -> None:
    subject = a_subject()
    entries = [facts(subject, id_number="110101199003077758"), facts(None, name="郑小花", minor=True)]
    first, second = a_draft(clerk, village, entries=entries).entries.all()
    assert (first.name, first.reason, first.id_number, first.subject) == ("郑有福", "家庭困难", "", subject)
    assert (second.position, second.name) == (2, "郑某某")


def test_the_countys_parameters_say_what_is_shown(clerk: User, village: Region) -> None:
    set_parameter("notice_masked_names", "是")
    set_parameter("notice_masked_ids", "是")
    set_parameter("notice_reason_classes", "因自然灾害=受灾")
    set_parameter("notice_phones", "青石镇人民政府：0886-6620021", TOWN)
    set_parameter("notice_days", "7")
    notice = a_draft(clerk, village, entries=[facts(reason="因自然灾害", id_number="110101199003077758")])
    row = notice.entries.get()
    assert (row.name, row.reason, row.id_number) == ("郑*福", "受灾", "110101********7758")
    assert notice.phones == [{"unit": "青石镇人民政府", "phone": "0886-6620021"}]
    assert notice.days == 7


def test_composing_needs_the_reach_and_a_village(clerk: User, regions: dict[str, Region]) -> None:
    with pytest.raises(NotPermitted):
        a_draft(clerk, regions[OTHER_VILLAGE])
    with pytest.raises(SituationForbids, match="行政村"):
        a_draft(make_user("township", TOWN), regions[TOWN])


def test_a_title_that_tells_too_much_is_refused_and_not_logged(clerk: User, village: Region) -> None:
    with pytest.raises(SituationForbids, match="标题里有身份证号"):
        a_draft(clerk, village, title="关于110101199003077758的公示")
    assert not AuditEvent.objects.filter(verb="compose_notice").exists()


def test_a_draft_changes_and_the_audit_names_fields_only(clerk: User, village: Region) -> None:
    notice = a_draft(clerk, village)
    changed = edit_notice(
        by=clerk, at=NOW, notice=notice, version=notice.version, values={"title": "新标题", "days": 6}
    )
    changed.subject.refresh_from_db()
    assert (changed.title, changed.days, changed.subject.label) == ("新标题", 6, "新标题")
    event = AuditEvent.objects.get(verb="edit_notice")
    assert event.data["fields"] == ["days", "title"]
    with pytest.raises(StaleVersion):
        edit_notice(by=clerk, at=NOW, notice=notice, version=notice.version, values={"days": 5})
    with pytest.raises(ValueError, match="state"):
        edit_notice(by=clerk, at=NOW, notice=changed, version=changed.version, values={"state": "posted"})


def test_a_posted_one_does_not_change(clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    with pytest.raises(SituationForbids, match="作废"):
        edit_notice(by=clerk, at=NOW, notice=notice, version=notice.version, values={"title": "别的"})


def test_what_was_withdrawn_is_composed_anew_once(clerk: User, village: Region) -> None:
    subject = a_subject()
    notice = a_posted(clerk, village, entries=[facts(subject)])
    with pytest.raises(SituationForbids, match="先作废"):
        recompose_notice(by=clerk, at=NOW, notice=notice)
    withdraw_notice(by=clerk, at=NOW, notice=notice, version=notice.version, reason="类别写错")
    new = recompose_notice(by=clerk, at=NOW, notice=notice)
    assert (new.state, new.posted_on, new.replaces, new.title) == ("draft", None, notice, notice.title)
    assert [row.subject for row in new.entries.all()] == [subject]
    assert notice.entries.count() == 1
    with pytest.raises(SituationForbids, match="已经重拟"):
        recompose_notice(by=clerk, at=NOW, notice=notice)
