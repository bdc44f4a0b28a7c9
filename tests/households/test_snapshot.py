"""Month-end snapshots: what enters the lake, what never does, once and for all (issue 3, section 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Job
from bangfu.core.schedule import run_due
from bangfu.core.worker import run_next
from bangfu.households.models import Household, Snapshot
from bangfu.households.reckoning.standing import on_register
from bangfu.households.snapshots.columns import (
    DATASETS,
    MEMBER_COLUMNS,
    TEXT,
    LakeColumn,
    all_datasets,
    check_columns,
)
from bangfu.households.snapshots.jobs import enqueue_snapshot
from bangfu.households.snapshots.reading import kept_months, on_register_mask, read_snapshot
from bangfu.households.snapshots.taking import lake_path, month_end, take_snapshot
from tests.cast import COUNTY, NOW, OTHER_COUNTY, OTHER_VILLAGE, SISTER_VILLAGE, VILLAGE
from tests.households.builders import make_household
from tests.households.round_builders import make_households

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 30)
PHONE, ACCOUNT, ADDRESS = "13800004321", "6217001234567890123", "上寨村三组门牌八号"


@pytest.fixture(autouse=True)
def lake(tmp_path, monkeypatch):
    """A home of its own, so that files of one test do not meet another's."""
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, folder=tmp_path))
    return tmp_path / "lake"


def _take(month: date = NOVEMBER) -> dict[tuple[str, str], Snapshot]:
    made = take_snapshot(by=SYSTEM, at=NOW, month=month)
    return {(one.place, one.dataset): one for one in made}


def _rich(regions) -> Household:
    return make_household(
        regions,
        members=3,
        head_name="尉迟大山",
        household_type="registered",
        phone=PHONE,
        bank_name="云岭农商行",
        bank_account=ACCOUNT,
        address=ADDRESS,
        group_name="三组",
        main_cause="因病",
        other_causes=["因学"],
        risks=["因病", "因灾"],
        per_capita_net_income=812_345,
        house_area="90.50",
        dangerous_house=False,
        identified_month=date(2025, 6, 1),
    )


def test_each_county_has_its_files_and_each_file_its_row(regions, lake) -> None:
    make_households(regions, [2, 3])
    made = _take()
    assert set(made) == {(place, one.name) for place in (COUNTY, OTHER_COUNTY) for one in all_datasets()}
    assert (lake / COUNTY / "members" / "2026-11.parquet").exists()
    assert (made[COUNTY, "households"].rows, made[COUNTY, "members"].rows) == (2, 5)
    assert made[OTHER_COUNTY, "members"].rows == 0
    assert made[COUNTY, "members"].last_change_id == Change.objects.latest("id").pk


def test_facts_come_back_as_they_were(regions) -> None:
    household = _rich(regions)
    _take()
    row = read_snapshot("households", NOVEMBER, [COUNTY]).to_pylist()[0]
    assert row["household_uid"] == household.uid.hex
    assert (row["place"], row["persons"], row["household_type"]) == (VILLAGE, 3, "registered")
    assert (row["main_cause"], row["other_causes"], row["risks"]) == ("因病", ["因学"], ["因病", "因灾"])
    assert (row["per_capita_net_income_fen"], str(row["house_area"])) == (812_345, "90.50")
    assert (row["dangerous_house"], row["safe_water"], row["identified_month"]) == (
        False,
        None,
        date(2025, 6, 1),
    )
    people = read_snapshot("members", NOVEMBER, [COUNTY]).to_pylist()
    members = {member.identity_id: member for member in household.members.all()}
    assert {person["person_key"]: person["birth_date"] for person in people} == {
        key: member.birth_date for key, member in members.items()
    }


def test_nothing_that_says_who_it_is_enters_the_lake(regions, lake) -> None:
    """Read from the files: names, numbers, phones, accounts and addresses stand nowhere in them."""
    household = _rich(regions)
    numbers = [member.identity.id_number for member in household.members.select_related("identity")]
    names = [member.name for member in household.members.all()]
    _take()
    for path in lake.rglob("*.parquet"):
        table = pq.read_table(path)
        text = str(table.to_pylist())
        for secret in (*numbers, *names, PHONE, ACCOUNT, ADDRESS, "云岭农商行", "尉迟", "三组"):
            assert secret not in text, path
        for name in ("name", "phone", "id_number", "bank", "address", "note", "roster_facts"):
            assert not any(name in column for column in table.column_names)


@pytest.mark.parametrize(
    "field", ["name", "phone", "identity", "roster_facts", "initials", "work_place", "phone_index"]
)
def test_a_column_of_a_forbidden_class_is_refused(field: str) -> None:
    wrong = replace(DATASETS[1], columns=(*MEMBER_COLUMNS, LakeColumn("extra", TEXT, field)))
    with pytest.raises(ValueError, match="may not enter the lake"):
        check_columns(wrong)


@pytest.mark.parametrize("dataset", all_datasets(), ids=lambda one: one.name)
def test_the_columns_we_ship_are_allowed(dataset) -> None:
    check_columns(dataset)


def test_a_second_run_changes_nothing_though_the_register_went_on(regions) -> None:
    make_households(regions, [2])
    first = _take()
    before = {key: one.digest for key, one in first.items()}
    make_households(regions, [4])
    assert {key: one.digest for key, one in _take().items()} == before
    assert Snapshot.objects.count() == 2 * len(all_datasets())
    assert read_snapshot("households", NOVEMBER, [COUNTY]).num_rows == 1


def test_a_file_that_somebody_changed_is_named(regions) -> None:
    make_households(regions, [2])
    _take()
    lake_path(COUNTY, "members", NOVEMBER).write_bytes(b"PAR1")
    with pytest.raises(SituationForbids, match=r"530999/members/2026-11\.parquet"):
        _take()


def test_a_file_that_is_gone_is_named_when_it_is_read(regions) -> None:
    _take()
    lake_path(COUNTY, "members", NOVEMBER).unlink()
    with pytest.raises(SituationForbids, match="从备份恢复"):
        read_snapshot("members", NOVEMBER, [COUNTY])


def test_one_reads_only_what_lies_in_ones_places(regions) -> None:
    for place, size in ((VILLAGE, 1), (SISTER_VILLAGE, 2), (OTHER_VILLAGE, 3)):
        make_households(regions, [size], place=place)
    _take()

    def persons(*places: str) -> list[int]:
        return sorted(read_snapshot("households", NOVEMBER, places, ["persons"])["persons"].to_pylist())

    assert persons(COUNTY) == persons("") == [1, 2, 3]
    assert persons("530999101") == [1, 2]
    assert persons(SISTER_VILLAGE, OTHER_VILLAGE) == [2, 3]
    assert persons(OTHER_COUNTY) == persons() == []


def test_the_lake_knows_the_register_as_the_database_does(regions) -> None:
    make_households(regions, [1, 1])
    make_households(regions, [1], household_type="general")
    for removed in (True, False, None):
        make_households(
            regions, [1], household_type="general", monitored_category="sudden", risk_removed=removed
        )
    make_households(regions, [1], state="moved_out")
    _take()
    households = read_snapshot("households", NOVEMBER, [COUNTY])
    standing = Household.objects.filter(on_register(), state="present")
    assert households.filter(on_register_mask(households)).num_rows == standing.count() == 4


def test_the_months_that_are_kept(regions) -> None:
    for month in (date(2026, 9, 30), date(2026, 11, 1)):
        _take(month)
    assert kept_months() == [NOVEMBER, date(2026, 9, 30)]


def test_a_month_that_has_not_begun_has_no_snapshot(regions) -> None:
    with pytest.raises(SituationForbids, match="还没有到"):
        _take(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "end"), [(date(2026, 2, 1), 28), (date(2028, 2, 10), 29), (date(2026, 12, 31), 31)]
)
def test_the_last_day_of_a_month(day: date, end: int) -> None:
    assert month_end(day) == day.replace(day=end)


def test_the_first_of_a_month_puts_the_last_one_in_the_queue_once(regions) -> None:
    first = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)  # 北京时间 12 月 1 日 0 时 30 分
    run_due(first)
    assert Job.objects.filter(kind="snapshot").count() == 1
    assert Job.objects.get(kind="snapshot").payload == {"month": "2026-11-30"}


def test_the_worker_takes_it(regions) -> None:
    make_households(regions, [2])
    job = enqueue_snapshot(by=SYSTEM, at=NOW, month=NOVEMBER)
    assert enqueue_snapshot(by=SYSTEM, at=NOW, month=NOVEMBER) == job
    done = run_next("test", NOW)
    assert done is not None
    assert done.result["rows"] == 3


def test_the_command_says_what_there_is(regions, capsys) -> None:
    make_households(regions, [2])
    call_command("snapshot", month=date(2026, 11, 1))
    assert "530999/households/2026-11.parquet：1 行" in capsys.readouterr().out
    with pytest.raises(CommandError, match="还没有到"):
        call_command("snapshot", month=date(2999, 1, 1))


def test_a_household_that_changes_afterwards_stays_in_the_past_as_it_was(regions) -> None:
    household = make_households(regions, [2], main_cause="因病")[0]
    _take()
    with recording(by=SYSTEM, at=NOW, verb="build"):
        household.main_cause = "因学"
        household.save()
    assert read_snapshot("households", NOVEMBER, [VILLAGE])["main_cause"].to_pylist() == ["因病"]
