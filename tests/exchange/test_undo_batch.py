"""Undoing a batch: the register as before, or nothing at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.exchange import actions
from bangfu.exchange.models import Batch, BatchState
from bangfu.households.models import Household, Member
from tests.cast import NOW, TOWN, make_regions, make_user
from tests.exchange.rosters import committed, family, person, silent

pytestmark = pytest.mark.django_db
_BOOKKEEPING = {"version", "change_id"}


@pytest.fixture
def clerk() -> User:
    make_regions()
    return make_user("township", TOWN)


def undo(batch: Batch, by: User, **more: object) -> None:
    actions.run_undo(batch, by=by, at=more.get("at", NOW), reason="传错了", progress=silent)


def register() -> list[dict[str, object]]:
    """Everything the register says, without versions and changes."""
    rows = [*Household.objects.order_by("pk").values(), *Member.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name not in _BOOKKEEPING} for row in rows]


def test_the_register_is_as_before(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军") + family("H2", "李秀兰")
    committed(rows, clerk)
    before = register()
    rows[0] |= {"健康状况": "残疾", "户类型": "一般农户"}
    batch = committed([*rows, person("H1", "杨丽", "之女"), *family("H3", "王大山")], clerk)
    assert register() != before
    undo(batch, clerk)
    assert register() == before
    assert batch.state == BatchState.UNDONE
    assert Change.objects.get(pk=batch.undo_change_id).undoes_id == batch.change_id


def test_what_was_undone_can_be_imported_again(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军")
    undo(committed(rows, clerk), clerk)
    assert committed(rows, clerk).receipt["counts"]["new"] == 2


def test_somebody_elses_later_change_forbids_it_and_is_named(clerk: User) -> None:
    batch = committed(family("H1", "杨志明"), clerk)
    with recording(by=clerk, at=NOW, verb="edit_household"):
        Household.objects.update(address="路边")
    with pytest.raises(SituationForbids, match=f"有 1 条后来被 {clerk.name}"):
        undo(batch, clerk)
    assert Household.objects.get().address == "路边"
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED


def test_after_its_time_it_is_refused(clerk: User) -> None:
    batch = committed(family("H1", "杨志明"), clerk)
    with pytest.raises(SituationForbids, match="撤回的时限"):
        undo(batch, clerk, at=NOW + timedelta(hours=24, seconds=1))
    assert Household.objects.exists()


def test_undone_twice_is_undone_once(clerk: User) -> None:
    batch = committed(family("H1", "杨志明"), clerk)
    undo(batch, clerk)
    undo(batch, clerk)
    assert Change.objects.filter(undoes=batch.change_id).count() == 1
