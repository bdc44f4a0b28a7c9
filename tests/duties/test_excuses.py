"""Excuses: asked for, decided by another, counted by the day (C-041)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.duties.actions.excuses import approve_excuse, refuse_excuse, request_excuse, withdraw_excuse
from bangfu.duties.computing.excusing import left_to_do
from bangfu.duties.definition.windows import Window
from bangfu.duties.enums import DueState, ExcuseState, WindowKind
from bangfu.duties.models import DueItem, DutyExcuse
from bangfu.duties.queries.items import in_state, state_on
from bangfu.duties.registry import Holder
from tests.cast import NOW, OTHER_TOWN, TODAY, TOWN, make_user
from tests.duties.room import computed, did, people, set_duty, subject, tie


@pytest.fixture
def helper(office: User) -> User:
    user = make_user("helper")
    holder = subject("王干部")
    people.append(Holder(holder, user.pk, None))
    tie(holder, subject("甲户"))
    tie(holder, subject("乙户"))
    return user


def items(office: User, **more: object) -> list[DueItem]:
    set_duty(office, **more)
    return computed()


def asked(helper: User, item: DueItem, start: date, end: date, **more: bool) -> DutyExcuse:
    return request_excuse(
        by=helper, at=NOW, item=item, starts_on=start, ends_on=end, reason="脱产培训", **more
    )


def approved(office: User, excuse: DutyExcuse) -> None:
    approve_excuse(by=office, at=NOW, excuse=excuse, version=excuse.version)


@pytest.mark.django_db
def test_a_window_excused_as_a_whole_is_excused(office: User, helper: User) -> None:
    item = items(office)[-1]
    approved(office, asked(helper, item, item.window_start, item.window_end))
    item.refresh_from_db()
    assert (item.needed, item.owed, state_on(item, TODAY)) == (0, 1, DueState.EXCUSED)
    assert DueItem.objects.filter(needed=0).count() == 1, "the other household is still to be visited"


@pytest.mark.django_db
def test_a_part_of_a_window_takes_its_share_rounded_up(office: User, helper: User) -> None:
    item = items(office, window=WindowKind.YEAR, at_least=4)[0]
    approved(office, asked(helper, item, date(2026, 1, 1), date(2026, 6, 30)))
    item.refresh_from_db()
    assert item.needed == 3, "184 of 365 days are left: more than two of four"


@pytest.mark.django_db
def test_a_part_of_a_month_leaves_a_duty_of_once(office: User, helper: User) -> None:
    item = items(office)[-1]
    approved(office, asked(helper, item, date(2026, 11, 2), date(2026, 11, 30)))
    item.refresh_from_db()
    assert item.needed == 1


@pytest.mark.django_db
def test_all_targets_and_all_duties(office: User, helper: User) -> None:
    set_duty(office, code="test_other", title="另一条")
    item = items(office)[-1]
    approved(office, asked(helper, item, item.window_start, item.window_end, all_targets=True))
    assert DueItem.objects.filter(needed=0).count() == 2
    approved(office, asked(helper, item, item.window_start, item.window_end, all_duties=True))
    assert DueItem.objects.filter(needed=0).count() == 4


@pytest.mark.django_db
def test_an_approved_excuse_stays_when_everything_is_computed_again(office: User, helper: User) -> None:
    item = items(office)[-1]
    approved(office, asked(helper, item, item.window_start, item.window_end))
    assert sum(one.needed == 0 for one in computed()) == 1


@pytest.mark.django_db
def test_what_is_only_asked_for_or_refused_counts(office: User, helper: User) -> None:
    item = items(office)[-1]
    excuse = asked(helper, item, item.window_start, item.window_end)
    assert not DueItem.objects.filter(needed=0).exists()
    with pytest.raises(SituationForbids, match="原因"):
        refuse_excuse(by=office, at=NOW, excuse=excuse, version=excuse.version, answer="")
    refuse_excuse(by=office, at=NOW, excuse=excuse, version=excuse.version, answer="可以打电话")
    computed()
    assert not DueItem.objects.filter(needed=0).exists()


@pytest.mark.django_db
def test_every_step_is_in_the_audit_log(office: User, helper: User) -> None:
    item = items(office)[-1]
    first = asked(helper, item, item.window_start, item.window_end)
    withdraw_excuse(by=helper, at=NOW, excuse=first, version=first.version)
    approved(office, asked(helper, item, item.window_start, item.window_end))
    verbs = list(
        AuditEvent.objects.filter(verb__endswith="_excuse").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["request_excuse", "withdraw_excuse", "request_excuse", "approve_excuse"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "reason", "told"),
    [
        (date(2026, 11, 30), date(2026, 11, 1), "脱产培训", "早于"),
        (date(2026, 10, 1), date(2026, 10, 31), "脱产培训", "不在里面"),
        (date(2026, 11, 1), date(2027, 11, 2), "脱产培训", "最多申请一年"),
        (date(2026, 11, 1), date(2026, 11, 30), "忙", "写明原因"),
    ],
)
def test_a_wrong_request_is_refused_with_a_sentence(
    office: User, helper: User, start, end, reason, told
) -> None:
    item = items(office)[-1]
    with pytest.raises(SituationForbids, match=told):
        request_excuse(by=helper, at=NOW, item=item, starts_on=start, ends_on=end, reason=reason)
    assert not DutyExcuse.objects.exists()


@pytest.mark.django_db
def test_nobody_asks_for_another_unless_they_approve_there(office: User, helper: User) -> None:
    item = items(office)[-1]
    span = (item.window_start, item.window_end)
    with pytest.raises(NotPermitted):
        asked(make_user("helper", username="another"), item, *span)
    with pytest.raises(NotPermitted):
        asked(make_user("township", OTHER_TOWN), item, *span)
    excuse = asked(make_user("township", TOWN), item, *span)
    with pytest.raises(SituationForbids, match="别的同事"):
        approve_excuse(by=excuse.asked_by, at=NOW, excuse=excuse, version=excuse.version)


@pytest.mark.django_db
def test_of_two_who_decide_one_wins_and_the_other_is_told(office: User, helper: User) -> None:
    item = items(office)[-1]
    excuse = asked(helper, item, item.window_start, item.window_end)
    approved(office, excuse)
    township = make_user("township", TOWN)
    with pytest.raises(StaleVersion, match="已准"):
        refuse_excuse(by=township, at=NOW, excuse=excuse, version=excuse.version, answer="不行")
    excuse.refresh_from_db()
    assert excuse.state == ExcuseState.APPROVED


@pytest.mark.django_db
def test_states_in_words_follow_the_day(office: User, helper: User) -> None:
    item = items(office, tolerance_days=5)[-3]
    days = {
        DueState.DUE: date(2026, 10, 28),
        DueState.SOON: date(2026, 10, 29),
        DueState.OVERDUE: date(2026, 11, 6),
    }
    for state, day in days.items():
        assert state_on(item, day) == state
        assert DueItem.objects.filter(in_state(state, day), pk=item.pk).exists()
    assert state_on(item, date(2026, 11, 5)) == DueState.SOON, "the last day of tolerance"


@pytest.mark.django_db
def test_the_state_asked_of_the_database_is_that_of_the_row(office: User, helper: User) -> None:
    found = items(office, at_least=2)
    did(found[0].holder_id, found[0].target_id, date(2026, 1, 5))
    did(found[0].holder_id, found[0].target_id, date(2026, 1, 6))
    approved(office, asked(helper, found[-1], found[-1].window_start, found[-1].window_end))
    for item in computed():
        held = [state for state in DueState if DueItem.objects.filter(in_state(state, TODAY), pk=item.pk)]
        assert held == [state_on(item, TODAY)]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(deadline=None)
@given(
    days, st.integers(0, 365), st.lists(st.tuples(days, st.integers(0, 60)), max_size=4), st.integers(1, 12)
)
def test_the_share_left_is_between_nothing_and_all(start, length, excused, times) -> None:
    window = Window(start, start + timedelta(days=length))
    spans = [(first, first + timedelta(days=more)) for first, more in excused]
    left = left_to_do(times, window, spans)
    free = sum(
        not any(first <= start + timedelta(days=n) <= last for first, last in spans)
        for n in range(window.days)
    )
    assert 0 <= left <= times
    assert (left == 0) == (free == 0)
    assert (left - 1) * window.days < times * free <= left * window.days
