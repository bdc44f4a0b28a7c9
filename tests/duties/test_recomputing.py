"""What is owed, what counts, what a new record changes (C-019, C-041, C-102…C-104)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.access.models import User
from bangfu.core.parameters import supersede_parameter
from bangfu.duties.actions.recomputing import recompute_duties
from bangfu.duties.enums import Each, WindowKind
from bangfu.duties.models import DueItem, DutyHolder
from bangfu.duties.registry import Holder, note_record
from tests.cast import COUNTY, NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.duties.room import computed, did, people, records, set_duty, subject, tie

pytestmark = pytest.mark.django_db


def windows(items: list[DueItem]) -> list[tuple[int, int, int]]:
    """(month, needed, done) of each item."""
    return [(item.window_start.month, item.needed, item.done) for item in items]


def test_a_tie_of_the_whole_year_owes_every_window_so_far(office: User) -> None:
    set_duty(office)
    tie(subject(), subject())
    items = computed()
    assert windows(items) == [(month, 1, 0) for month in range(1, 12)]
    assert items[-1].window_end == date(2026, 11, 30)


def test_the_last_day_counts_and_the_day_after_does_not(office: User) -> None:
    set_duty(office)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, target, date(2026, 1, 31))
    did(holder, target, date(2026, 3, 1))
    assert [item.done for item in computed()][:3] == [1, 0, 1]


def test_a_day_of_tolerance_counts_for_the_window_before_and_not_twice(office: User) -> None:
    set_duty(office, tolerance_days=5)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, target, date(2026, 2, 5))
    did(holder, target, date(2026, 4, 6))
    items = computed()
    assert [item.done for item in items][:4] == [1, 0, 0, 1]
    assert items[0].due_on == date(2026, 2, 5)
    assert items[0].last_done_on == date(2026, 2, 5)


def test_a_day_of_tolerance_counts_for_its_own_window_when_the_one_before_lacks_nothing(office: User) -> None:
    set_duty(office, tolerance_days=5)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, target, date(2026, 1, 20))
    did(holder, target, date(2026, 2, 3))
    assert [item.done for item in computed()][:2] == [1, 1]


def test_one_record_satisfies_several_duties(office: User) -> None:
    set_duty(office)
    set_duty(office, code="test_research", window=WindowKind.YEAR, at_least=2, each=Each.HOLDER)
    holder, target, other = subject(), subject(), subject()
    tie(holder, target)
    tie(holder, other, place=SISTER_VILLAGE)
    did(holder, target, date(2026, 5, 6))
    did(holder, other, date(2026, 5, 6))
    items = computed()
    assert sum(item.done for item in items) == 2
    (research,) = computed("test_research")
    assert (research.owed, research.done, research.target_id) == (2, 2, None)
    assert research.place == VILLAGE[:9], "the township that holds both villages"


def test_a_record_told_twice_counts_once(office: User) -> None:
    set_duty(office, at_least=2)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, target, date(2026, 5, 6), "visit:a")
    did(holder, target, date(2026, 5, 6), "visit:a")
    assert computed()[4].done == 1


def test_several_visits_to_one_target_count_once_where_targets_are_counted(office: User) -> None:
    set_duty(office, window=WindowKind.YEAR, at_least=2, each=Each.HOLDER, distinct=True)
    holder, target, other = subject(), subject(), subject()
    tie(holder, target)
    tie(holder, other)
    did(holder, target, date(2026, 3, 1))
    did(holder, target, date(2026, 4, 1))
    assert [item.done for item in computed()] == [1]
    did(holder, other, date(2026, 4, 2))
    assert [item.done for item in computed()] == [2]


def test_a_visit_outside_a_tie_does_not_count(office: User) -> None:
    set_duty(office)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, subject("别人家"), date(2026, 5, 6))
    assert not any(item.done for item in computed())


def test_a_tie_that_begins_in_the_middle_owes_from_the_next_window_on(office: User) -> None:
    set_duty(office)
    tie(subject(), subject(), date(2026, 9, 2))
    assert windows(computed()) == [(10, 1, 0), (11, 1, 0)]


def test_a_tie_that_ends_in_the_middle_does_not_owe_that_window(office: User) -> None:
    set_duty(office)
    tie(subject(), subject(), date(2025, 1, 1), date(2026, 2, 27))
    assert windows(computed()) == [(1, 1, 0)]


def test_a_tie_renewed_without_a_gap_goes_on(office: User) -> None:
    set_duty(office)
    holder, target = subject(), subject()
    tie(holder, target, date(2026, 1, 1), date(2026, 1, 15))
    tie(holder, target, date(2026, 1, 16), date(2026, 2, 28))
    assert windows(computed()) == [(1, 1, 0), (2, 1, 0)]


def test_a_county_may_count_by_the_day(office: User) -> None:
    supersede_parameter(
        by=office,
        at=NOW,
        code="duty_by_the_day",
        text="是",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="测试",
        grade="知",
    )
    set_duty(office, window=WindowKind.QUARTER, at_least=2)
    tie(subject(), subject(), date(2026, 8, 16))
    assert [(item.window_start.month, item.owed) for item in computed()] == [(7, 1), (10, 2)]


def test_a_new_version_decides_on_windows_that_begin_from_its_day_on(office: User) -> None:
    first = set_duty(office, valid_from=date(2026, 1, 1))
    second = set_duty(office, valid_from=date(2026, 9, 15), at_least=2, seen=1)
    tie(subject(), subject())
    items = computed()
    assert [(item.window_start.month, item.owed) for item in items][-3:] == [(9, 1), (10, 2), (11, 2)]
    assert {item.template_id for item in items} == {first.pk, second.pk}


def test_a_back_dated_record_counts_in_the_window_of_its_day(office: User) -> None:
    set_duty(office)
    holder, target = subject(), subject()
    tie(holder, target)
    computed()
    did(holder, target, date(2026, 3, 9))
    note_record([holder])
    item = DueItem.objects.get(window_start=date(2026, 3, 1))
    assert (item.done, item.first_done_on, item.last_done_on) == (1, date(2026, 3, 9), date(2026, 3, 9))


def test_a_withdrawn_record_no_longer_counts(office: User) -> None:
    set_duty(office)
    holder, target = subject(), subject()
    tie(holder, target)
    did(holder, target, date(2026, 3, 9))
    assert computed()[2].done == 1
    records.clear()
    note_record([holder])
    item = DueItem.objects.get(window_start=date(2026, 3, 1))
    assert (item.done, item.first_done_on, item.last_done_on) == (0, None, None)


def test_what_a_record_changes_is_what_computing_everything_gives(office: User) -> None:
    set_duty(office, tolerance_days=4, at_least=2)
    holders = [subject(f"人{n}") for n in range(3)]
    target = subject()
    for holder in holders:
        tie(holder, target)
    computed()
    for number in range(40):
        did(holders[number % 3], target, date(2026, 1 + number % 11, 1 + number * 7 % 28))
    note_record(holders)
    fields = ("holder", "window_start", "needed", "done", "first_done_on", "last_done_on")
    counted = list(DueItem.objects.order_by(*fields[:2]).values_list(*fields))
    assert sum(row[3] for row in counted) == 40
    assert recompute_duties(at=NOW).changed == 0
    assert list(DueItem.objects.order_by(*fields[:2]).values_list(*fields)) == counted


def test_computing_again_keeps_the_rows_that_stay_and_drops_what_is_owed_no_more(office: User) -> None:
    set_duty(office)
    holder = subject()
    kept = tie(holder, subject())
    tie(holder, subject())
    before = {item.pk for item in computed() if item.target_id == kept.target}
    from tests.duties.room import ties

    ties[:] = [kept]
    after = computed()
    assert {item.pk for item in after} == before
    assert len(after) == 11


def test_who_stands_behind_a_holder_is_written_down_and_follows_them(office: User) -> None:
    set_duty(office)
    holder = subject()
    tie(holder, subject())
    user = make_user("helper")
    people.append(Holder(holder, user.pk, None))
    computed()
    assert DutyHolder.objects.get(user=user).subject_id == holder
