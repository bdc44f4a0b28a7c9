"""Existing lists of units, people, ties, pairings and teams: preflight, receipt, undo (issue 5.8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted
from bangfu.core.undoing import undo
from bangfu.exchange.actions.importing import import_file
from bangfu.exchange.actions.preflighting import run_preflight
from bangfu.exchange.actions.undoing import run_undo
from bangfu.exchange.actions.uploading import upload_batch
from bangfu.exchange.datasets import committers
from bangfu.exchange.models import Batch
from bangfu.exchange.queries import batches_seen_by
from bangfu.households.models import Pairing
from bangfu.support.importing.lists import lists
from bangfu.support.models import Party, Team, TeamMember, Tie, UnitPost
from tests.cast import COUNTY, NOW, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.tie_builders import START, make_party, make_person, make_tie

UNITS = [["单位名称", "级别", "性质", "工作机构"], ["省林业局", "省级", "机关", "乡村处"]]
TIES = ["种类", "单位名称", "姓名", "乡镇", "村", "开始日期", "文件"]
PAIRINGS = ["户编号", "户主姓名", "帮扶责任人", "帮扶单位", "结对日期"]


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def bring(office, tmp_path):
    """Import rows as a workbook for the county."""

    def bring_in(rows: list[list[object]]) -> Batch:
        return import_file(_workbook(tmp_path, rows), by=office, at=timezone.now(), place=COUNTY)

    return bring_in


def _workbook(folder: Path, rows: list[list[object]]) -> Path:
    path = folder / f"名单{len(list(folder.iterdir()))}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_units_come_in_with_their_facts_and_again_as_the_same(bring) -> None:
    first = bring(UNITS)
    assert (first.dataset, first.receipt["counts"]["new"]) == ("support_units", 1)
    party = Party.objects.get(unit__name="省林业局")
    assert (party.level, party.nature, party.working_body) == ("province", "office", "乡村处")
    again = bring([*UNITS, ["县医院", "县级", "医院", ""]])
    assert {name: again.receipt["counts"][name] for name in ("new", "changed", "same")} == {
        "new": 1,
        "changed": 0,
        "same": 1,
    }
    changed = bring([UNITS[0], ["省林业局", "省级", "机关", "帮扶办"]])
    assert changed.receipt["counts"]["changed"] == 1


def test_people_come_in_with_posts_and_a_new_leader_ends_the_former(bring) -> None:
    bring(UNITS)
    head = ["姓名", "单位名称", "职务", "职务类别", "任职日期"]
    bring([head, ["李明", "省林业局", "局长", "主要负责人", "2025-01-01"]])
    batch = bring(
        [head, ["王芳", "省林业局", "局长", "主要负责人", "2026-02-01"], ["谁", "没有的单位", "科员", "", ""]]
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 1)
    posts = {post.user.name: post.valid_to for post in UnitPost.objects.select_related("user")}
    assert posts == {"李明": date(2026, 1, 31), "王芳": None}
    assert not User.objects.filter(name="谁").exists()


def test_ties_come_in_once_and_what_is_refused_says_why(bring, office, regions) -> None:
    unit = make_party(office, regions).unit
    make_tie(office, "team_leader", make_person(office, unit, "罗成"), regions["530999101"])
    rows = [
        TIES,
        ["单位包村", "省林业局", "", "青石镇", "上寨村", "2025-03-01", "某办发"],
        ["单位包村", "省林业局", "", "青石镇", "没有这村", "2025-03-01", ""],
        ["责任组长", "省林业局", "王芳", "青石镇", "", "2025-03-01", ""],
        ["领导联系乡镇", "省林业局", "赵云", "白水乡", "", "2025-03-01", ""],
        ["单位包村", "省林业局", "", "青石镇", "下河村", "2031-03-01", ""],
    ]
    batch = bring(rows)
    assert (batch.rows_accepted, batch.rows_rejected) == (2, 3), batch.preflight["rejections"]
    reasons = " ".join(one["expected"] for one in batch.preflight["rejections"])
    assert "只能有一个" in reasons and "不晚于今天" in reasons
    tie = Tie.objects.get(kind="unit_village")
    assert (tie.place, tie.valid_from, tie.paper_number) == (VILLAGE, date(2025, 3, 1), "某办发")
    assert Tie.objects.filter(kind="leader_township", party__user__name="赵云").count() == 1
    again = bring(rows[:2])
    assert again.receipt["counts"]["same"] == 1 and Tie.objects.count() == 3


def test_pairings_come_in_and_a_household_with_a_helper_stays_outside(bring, office, regions) -> None:
    make_party(office, regions)
    free = make_household(regions, head_name="杨一", code="H1")
    held = make_household(regions, head_name="杨二", code="H2")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=held, helper=office, valid_from=START)
    batch = bring(
        [
            PAIRINGS,
            ["H1", "杨一", "李明", "省林业局", "2026-01-01"],
            ["H2", "杨二", "李明", "省林业局", "2026-01-01"],
            ["H9", "无此户", "李明", "省林业局", "2026-01-01"],
        ]
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 2)
    pairing = Pairing.objects.get(household=free)
    assert (pairing.helper.name, pairing.valid_from) == ("李明", date(2026, 1, 1))
    assert Party.objects.filter(user=pairing.helper).exists()
    assert "换人请用移交" in " ".join(one["expected"] for one in batch.preflight["rejections"])


def test_an_import_is_undone_as_a_whole(bring, office, regions) -> None:
    make_party(office, regions)
    batch = bring([TIES, ["单位包村", "省林业局", "", "青石镇", "上寨村", "2025-03-01", ""]])
    assert batch.change is not None
    undo(batch.change, by=office, at=timezone.now(), reason="导错了")
    assert not Tie.objects.exists()


TEAMS = ["姓名", "派出单位", "乡镇", "村", "驻村职务", "到村日期", "期满日期", "离村日期", "选派文件"]
SHANG = ["青石镇", "上寨村"]


def test_resident_teams_come_in_with_people_and_terms_and_again_as_the_same(bring, regions) -> None:
    bring(UNITS)
    rows = [
        TEAMS,
        ["李明", "省林业局", *SHANG, "第一书记", "2025-05-10", "2027-05-10", "", "选派通知"],
        ["王芳", "省林业局", *SHANG, "队员", "2025-03-01", "", "2025-12-31", ""],
        ["赵云", "省林业局", "青石镇", "下河村", "工作队长", "2025-05-10", "", "", ""],
    ]
    batch = bring(rows)
    assert (batch.dataset, batch.rows_accepted, batch.rows_rejected) == ("support_teams", 3, 0)
    assert batch.receipt["made"] == {"people": 3, "teams": 2, "members": 3}
    team = Team.objects.get(place=VILLAGE)
    assert (team.valid_from, team.unit.name) == (date(2025, 3, 1), "省林业局")
    first = TeamMember.objects.get(user__name="李明")
    assert (first.role, first.valid_from, first.planned_to, first.paper_number) == (
        "first_secretary",
        date(2025, 5, 10),
        date(2027, 5, 10),
        "选派通知",
    )
    assert TeamMember.objects.get(user__name="王芳").valid_to == date(2025, 12, 31)
    again = bring([*rows, ["孙强", "省林业局", *SHANG, "队员", "2026-02-01", "", "", ""]])
    assert (again.receipt["counts"]["same"], again.receipt["made"]["teams"]) == (3, 0)
    assert team.members.count() == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["周强", "省林业局", *SHANG, "第一书记", "2026-01-01", "", "", ""], "换人请办移交"),
        (["李明", "省林业局", "青石镇", "下河村", "队员", "2026-01-01", "", "", ""], "不在别的队里"),
        (["周强", "省林业局", *SHANG, "队员", "2031-01-01", "", "", ""], "不晚于今天"),
        (["周强", "省林业局", *SHANG, "队员", "2026-01-01", "2025-01-01", "", ""], "不早于到村日期"),
        (["周强", "省林业局", *SHANG, "队员", "2026-01-01", "", "2025-01-01", ""], "之间的日期"),
        (["周强", "省林业局", *SHANG, "队员", "2024-01-01", "", "", ""], "工作队进驻"),
        (["周强", "没有的单位", *SHANG, "队员", "2026-01-01", "", "", ""], "已登记的单位"),
        (["周强", "省林业局", "青石镇", "", "队员", "2026-01-01", "", "", ""], "驻在哪个村"),
    ],
)
def test_a_member_who_cannot_be_stays_outside_with_the_reason(bring, regions, row, why) -> None:
    bring(UNITS)
    bring([TEAMS, ["李明", "省林业局", *SHANG, "第一书记", "2025-05-10", "", "", ""]])
    batch = bring([TEAMS, row, ["孙强", "省林业局", *SHANG, "队员", "2026-02-01", "", "", ""]])
    assert batch.rows_rejected == 1
    assert why in batch.preflight["rejections"][0]["expected"]
    assert not User.objects.filter(name="周强").exists()


def _undone(batch: Batch, office: User) -> Batch:
    run_undo(batch, by=office, at=timezone.now(), reason="导错了", progress=lambda *_: None)
    return batch


def test_an_undo_takes_back_teams_and_the_people_that_the_list_made(bring, office, regions) -> None:
    units = bring(UNITS)
    row = ["李明", "省林业局", *SHANG, "第一书记", "2025-05-10", "", "", ""]
    teams = _undone(bring([TEAMS, row]), office)
    assert not TeamMember.objects.exists() and not Team.objects.exists()
    assert not User.objects.filter(name="李明").exists() and "stayed" not in teams.receipt
    _undone(units, office)
    assert not Unit.objects.filter(name="省林业局").exists()
    assert bring(UNITS).receipt["made"] == {"units": 1}


def test_who_was_used_meanwhile_stays_and_the_receipt_says_why(bring, office, regions, signed_in) -> None:
    units = bring(UNITS)
    head = ["姓名", "单位名称", "职务"]
    people = bring([head, ["李明", "省林业局", "干部"], ["王芳", "省林业局", "干部"]])
    home = make_household(regions)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=home, helper=User.objects.get(name="李明"), valid_from=START)
    _undone(people, office)
    assert people.receipt["stayed"] == ["李明：后来有了结对"]
    assert not User.objects.filter(name="王芳").exists()
    _undone(units, office)
    assert units.receipt["stayed"] == ["省林业局：后来有了用户"]
    page = signed_in(office).get(reverse("batch_file", args=[people.uid])).content.decode()
    assert "撤回以后留着" in page and "李明：后来有了结对" in page


def test_the_organisation_department_brings_its_lists_and_sees_no_rosters(office, regions, tmp_path) -> None:
    org = make_user("organisation_department", COUNTY)
    make_party(office, regions)
    at, row = timezone.now(), ["李明", "省林业局", *SHANG, "第一书记", "2025-05-10", "", "", ""]
    batch = import_file(_workbook(tmp_path, [TEAMS, row]), by=org, at=at, place=COUNTY)
    assert TeamMember.objects.count() == 1
    others = {"uploaded_by": office, "uploaded_at": at, "file_bytes": 1, "place": COUNTY, "file_name": "名册"}
    made = {
        dataset: Batch.objects.create(number=dataset, dataset=dataset, digest="1" * 64, **others)
        for dataset in ("household_roster", "support_units", "")
    }
    seen = set(batches_seen_by(org).values_list("number", flat=True))
    assert seen == {batch.number, "support_units"}
    assert batches_seen_by(office).filter(pk=made["household_roster"].pk).exists()
    for committer in committers():
        if committer.dataset.id not in lists():
            with pytest.raises(NotPermitted):
                committer.check_permitted(org, COUNTY)


def test_who_was_first_is_kept_and_the_row_comes_back(office, regions, tmp_path) -> None:
    """Between preflight and commit somebody else ties: the row stays outside, with its reason."""
    from bangfu.exchange.actions.committing import run_commit

    unit = make_party(office, regions).unit
    at = timezone.now()
    path = _workbook(tmp_path, [TIES, ["责任组长", "省林业局", "王芳", "青石镇", "", "2025-03-01", ""]])
    batch = upload_batch(by=office, at=at, file_name=path.name, content=path.read_bytes(), place=COUNTY)
    run_preflight(batch, by=office, at=at, progress=lambda *_: None)
    make_tie(office, "team_leader", make_person(office, unit, "罗成"), regions["530999101"])
    run_commit(batch, by=office, at=at, progress=lambda *_: None)
    assert batch.receipt["late"] == 1
    assert [tie.party.name for tie in Tie.objects.select_related("party")] == ["罗成"]


def test_the_number_of_statements_does_not_grow_with_the_list(bring, office, regions) -> None:
    make_party(office, regions)
    head = ["姓名", "单位名称", "职务", "职务类别", "任职日期"]

    def statements(people: int, first: str) -> int:
        rows = [[f"{first}{n}", "省林业局", "干部", "工作人员", "2026-01-01"] for n in range(people)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            bring([head, *rows])
        return len(asked)

    few, many = statements(3, "甲"), statements(300, "乙")
    assert UnitPost.objects.count() == 303
    assert many < few + 30  # 大的一批分几次写，不是一行一次
