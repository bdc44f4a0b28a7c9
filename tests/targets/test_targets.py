"""Targets are set, split, reached by records, corrected (C-028, C-091, C-147, C-170, C-233)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.county_ledgers.actions.rows import Whom, record_row
from bangfu.county_ledgers.versions import held_in
from bangfu.targets.actions import targets as actions
from bangfu.targets.actions.targets import TargetFacts
from bangfu.targets.models import RecordReading, Target
from bangfu.targets.queries import boards, targets_seen
from bangfu.targets.readings import records_seen
from tests.cast import (
    COUNTY,
    NOW,
    OTHER_COUNTY,
    OTHER_TOWN,
    TODAY,
    TOWN,
    make_user,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
D = Decimal


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)


def _facts(regions: dict[str, Region], **more: object) -> TargetFacts:
    facts = TargetFacts(
        region=regions[COUNTY],
        title="通宽带的行政村",
        source="五年指标表第 3 行",
        year=2022,
        years=4,
        cut="year",
        how="growth",
        side="at_least",
        measure="个",
        amount=D(1622),
        by_hand="通信公司报数",
    )
    return replace(facts, **more)  # type: ignore[arg-type]


def _set(by: User, regions: dict[str, Region], **more: object) -> Target:
    return actions.set_target(by=by, at=NOW, facts=_facts(regions, **more))


def _split(
    by: User,
    target: Target,
    parts: str = "",
    lines: dict[Region, tuple[Decimal, list[Decimal]]] | None = None,
) -> Target:
    target.refresh_from_db()
    numbers = [D(one) for one in parts.split()]
    return actions.split_target(
        by=by, at=NOW, target=target, version=target.version, parts=numbers, lines=lines
    )


def test_the_1622_villages_split_by_years_add_up(office: User, regions: dict[str, Region]) -> None:
    target = _set(office, regions)
    with pytest.raises(SituationForbids, match=r"各期合计 1,612，应为 1,622，少 10。没有保存"):
        _split(office, target, "400 490 500 222")
    with pytest.raises(SituationForbids, match="写了 3 期，应是 4 期"):
        _split(office, target, "400 500 722")
    target = _split(office, target, "400 500 500 222")
    own = boards(office, [target], TODAY)[0].own
    assert [cell.wanted for cell in own.cells] == [400, 500, 500, 222]
    assert own.whole.wanted == 1622


def test_places_add_up_in_all_and_in_every_period(office: User, regions: dict[str, Region]) -> None:
    target = _set(office, regions, year=2026, years=1, cut="quarter", amount=D(10))
    town, other = regions[TOWN], regions[OTHER_TOWN]
    with pytest.raises(SituationForbids, match="各地合计 9，应为 10，少 1"):
        _split(office, target, "1 3 3 3", {town: (D(6), []), other: (D(3), [])})
    uneven = {town: (D(6), [D(1), D(2), D(2), D(1)]), other: (D(4), [D(1), D(1), D(1), D(1)])}
    with pytest.raises(SituationForbids, match="一季度各地合计 2，应为 1，多 1"):
        _split(office, target, "1 3 3 3", uneven)
    with pytest.raises(SituationForbids, match="白水乡没有分期，别的地方分了"):
        _split(office, target, "1 3 3 3", {town: uneven[town], other: (D(4), [])})
    even = {town: uneven[town], other: (D(4), [D(0), D(1), D(1), D(2)])}
    board = boards(office, [_split(office, target, "1 3 3 3", even)], TODAY)[0]
    assert [row.line.name for row in board.rows] == ["云岭县", "青石镇", "白水乡"]


def test_what_stands_at_the_end_leads_to_the_target_and_never_back(
    office: User, regions: dict[str, Region]
) -> None:
    target = _set(office, regions, year=2026, years=1, cut="quarter", how="level", measure="%", amount=D(100))
    with pytest.raises(SituationForbids, match="四季度是 98，应是目标数 100"):
        _split(office, target, "90 95 97 98")
    with pytest.raises(SituationForbids, match="二季度 89，比一季度 90 退了"):
        _split(office, target, "90 89 97 100")
    target = _split(
        office, target, "90 95 97 100", {regions[TOWN]: (D(100), []), regions[OTHER_TOWN]: (D(95), [])}
    )
    assert target.lines.count() == 3


def test_a_limit_must_not_be_exceeded_at_any_time(office: User, regions: dict[str, Region]) -> None:
    target = _set(
        office,
        regions,
        year=2026,
        years=1,
        cut="month",
        how="level",
        side="at_most",
        measure="%",
        amount=D(3),
    )
    actions.record_actual(
        by=office,
        at=NOW,
        target=target,
        region=regions[COUNTY],
        month=date(2026, 11, 1),
        value=D("3.5"),
        proof="统计局函",
    )
    whole = boards(office, [target], TODAY)[0].own.whole
    assert (whole.is_met, whole.is_behind) == (False, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"source": " "}, "没有写目标名称或出处"),
        ({"by_hand": ""}, "写一样，也只写一样"),
        ({"reading": "problem_open"}, "写一样，也只写一样"),
        ({"reading": "no_such", "by_hand": ""}, "没有“no_such”这个口径"),
        ({"cut": "month"}, "4 年的目标按年分"),
        ({"years": 11}, "写了 11 年"),
        ({"measure": "%"}, "比例没有“期内新增”"),
    ],
)
def test_a_target_without_sense_is_refused(
    office: User, regions: dict[str, Region], more: dict[str, object], words: str
) -> None:
    with pytest.raises(SituationForbids, match=words):
        _set(office, regions, **more)
    assert not Target.objects.exists()


def _festival(by: User, region: Region, day: date, fen: int) -> None:
    held = held_in("festivals", COUNTY)
    assert held is not None
    values = {"name": f"{day}节", "held_on": day, "sales": fen}
    record_row(by=by, at=NOW, held=held, whom=Whom(region, region.name), values=values)


def test_what_was_reached_comes_from_a_ledger_by_its_dates(office: User, regions: dict[str, Region]) -> None:
    town, other = regions[TOWN], regions[OTHER_TOWN]
    for region, day, yuan in (
        (town, date(2025, 2, 3), 10),
        (town, date(2025, 11, 3), 100),
        (town, date(2026, 2, 5), 30),
        (other, date(2026, 2, 28), 7),
        (town, date(2026, 5, 1), 1),
    ):
        _festival(office, region, day, yuan * 100)
    facts = {"year": 2026, "years": 1, "cut": "quarter", "amount": D(100), "by_hand": ""}
    money = _set(office, regions, **facts, reading="ledger/festivals/held_on/sales", measure="元")
    count = _set(office, regions, **facts, reading="ledger/festivals/held_on")
    _split(office, money, "25 25 25 25", {town: (D(60), []), other: (D(40), [])})
    assert actions.read_targets(by=office, at=NOW, place=COUNTY).read == 2
    first, second = boards(office, [money, count], TODAY)
    assert [cell.reached for cell in first.own.cells] == [37, 1, 0, 0]
    assert [cell.before for cell in first.own.cells] == [10, 0, 0, 100]
    assert (first.own.whole.reached, first.own.whole.before) == (38, 110)
    assert [row.whole.reached for row in first.rows] == [38, 31, 7]
    assert [cell.reached for cell in second.own.cells] == [2, 1, 0, 0]
    seen = dict(records_seen(office))
    assert {one.id for one in seen["台账：节会和销售"]} >= {money.reading, count.reading}
    assert "ledger/festivals/held_on" not in {one.id for one in seen["概览与口径"]}


def test_records_are_read_once_for_all_regions_and_compared_with_last_year(
    office: User, regions: dict[str, Region]
) -> None:
    town, other = regions[TOWN], regions[OTHER_TOWN]
    target = _set(
        office, regions, year=2026, years=1, cut="quarter", amount=D(40), reading="problem_all", by_hand=""
    )
    _split(office, target, "10 10 10 10", {town: (D(30), []), other: (D(10), [])})
    of_county = {"2024-12": "1", "2025-03": "4", "2025-12": "5", "2026-03": "17", "2026-06": "20"}
    for place, numbers in ((COUNTY, of_county), (TOWN, {"2025-12": "5", "2026-06": "20"})):
        RecordReading.objects.create(reading="problem_all", place=place, numbers=numbers, taken_at=NOW)
    board = boards(office, [target], date(2026, 7, 20))[0]
    first, second, third, fourth = board.own.cells
    assert (first.reached, first.is_met, first.is_behind) == (12, True, False)
    assert (second.reached, second.is_behind) == (3, True)
    assert (third.reached, fourth.reached) == (None, None)
    assert (first.before, first.change) == (3, 9)
    assert board.own.whole.reached == 15
    assert board.own.whole.percent == D("37.5")
    # 数过的县里，没有一行的乡镇是 0，不是没有数
    assert [row.whole.reached for row in board.rows[1:]] == [15, 0]
    assert board.now == 2


def test_reading_counts_now_and_leaves_what_a_person_may_not_count(
    office: User, regions: dict[str, Region]
) -> None:
    _set(office, regions, year=2026, years=1, reading="problem_all", by_hand="", cut="month")
    taken = actions.read_targets(by=office, at=NOW, place=COUNTY)
    assert (taken.read, taken.left) == (1, [])
    assert list(RecordReading.objects.values_list("place", "numbers")) == [(COUNTY, {"2026-11": "0"})]
    again = actions.read_targets(by=office, at=NOW, place=COUNTY)
    assert again.read == 1 and RecordReading.objects.count() == 1
    later = NOW + timedelta(days=30)
    actions.read_targets(by=office, at=later, place=COUNTY)
    assert RecordReading.objects.get().numbers == {"2026-11": "0", "2026-12": "0"}
    with pytest.raises(NotPermitted):
        actions.read_targets(by=make_user("township", TOWN), at=NOW, place=COUNTY)


def test_numbers_are_typed_only_where_no_record_says_them(office: User, regions: dict[str, Region]) -> None:
    typed = _set(office, regions, year=2026, years=1, cut="month", amount=D(12))
    read = _set(
        office, regions, title="问题", year=2026, years=1, cut="month", reading="problem_all", by_hand=""
    )
    values = {"region": regions[COUNTY], "month": date(2026, 3, 1), "value": D(4), "proof": "公司来函"}
    with pytest.raises(SituationForbids, match="从记录取数，不手填"):
        actions.record_actual(by=office, at=NOW, target=read, **values)  # type: ignore[arg-type]
    with pytest.raises(SituationForbids, match="没有写凭什么"):
        actions.record_actual(by=office, at=NOW, target=typed, **{**values, "proof": " "})  # type: ignore[arg-type]
    with pytest.raises(SituationForbids, match="2026-12 还没有到"):
        actions.record_actual(by=office, at=NOW, target=typed, **{**values, "month": date(2026, 12, 1)})  # type: ignore[arg-type]
    actions.record_actual(by=office, at=NOW, target=typed, **values)  # type: ignore[arg-type]
    actions.record_actual(by=office, at=NOW, target=typed, **{**values, "value": D(5)})  # type: ignore[arg-type]
    actions.record_actual(
        by=office, at=NOW, target=typed, **{**values, "month": date(2026, 4, 1), "value": D(9)}
    )  # type: ignore[arg-type]
    cells = boards(office, [typed], TODAY)[0].own.cells
    assert [cells[2].reached, cells[3].reached, cells[4].reached] == [5, 4, None]
    assert typed.typed.count() == 2


def test_a_corrected_target_is_split_anew_and_a_withdrawn_one_rests(
    office: User, regions: dict[str, Region]
) -> None:
    target = _split(office, _set(office, regions), "400 500 500 222")
    with pytest.raises(StaleVersion):
        actions.correct_target(
            by=office, at=NOW, target=target, version=0, reason="笔误", facts=_facts(regions)
        )
    same = _facts(regions, title="通了宽带的行政村")
    target = actions.correct_target(
        by=office, at=NOW, target=target, version=target.version, reason="笔误", facts=same
    )
    assert target.lines.get().parts
    other = _facts(regions, amount=D(1600))
    target = actions.correct_target(
        by=office, at=NOW, target=target, version=target.version, reason="调整", facts=other
    )
    assert target.lines.get().parts == ""
    with pytest.raises(SituationForbids, match="请写为什么撤销"):
        actions.withdraw_target(by=office, at=NOW, target=target, version=target.version, reason="")
    target = actions.withdraw_target(by=office, at=NOW, target=target, version=target.version, reason="合并")
    with pytest.raises(SituationForbids, match="已经撤销"):
        _split(office, target, "400 400 400 400")


def test_who_sees_and_who_sets(office: User, regions: dict[str, Region]) -> None:
    target = _set(office, regions, year=2026, years=1, cut="quarter", amount=D(10))
    sides = {regions[TOWN]: (D(6), []), regions[OTHER_TOWN]: (D(4), [])}
    _split(office, target, "", sides)
    township = make_user("township", TOWN)
    assert list(targets_seen(township)) == [target]
    # 县里定的看得到，别的乡镇分到多少看不到
    assert [row.line.place for row in boards(township, [target], TODAY)[0].rows] == [COUNTY, TOWN]
    assert not targets_seen(make_user("county_office", OTHER_COUNTY)).exists()
    with pytest.raises(NotPermitted):
        _set(township, regions)
    with pytest.raises(NotPermitted):
        _set(office, regions, region=regions[OTHER_COUNTY])


def test_the_pages(
    office: User,
    regions: dict[str, Region],
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = signed_in(office)
    assert "还没有目标" in client.get(reverse("target_board")).content.decode()
    typed = {
        "title": "新增务工",
        "region": regions[COUNTY].pk,
        "source": "年度计划",
        "year": 2026,
        "years": 1,
        "cut": "quarter",
        "how": "growth",
        "side": "at_least",
        "amount": "100",
        "measure": "个",
        "reading": "problem_all",
    }
    page = client.post(reverse("set_county_target"), typed, follow=True).content.decode()
    assert "新增务工：定好了" in page and "还没有取数" in page
    target = Target.objects.get()
    split = reverse("split_county_target", args=[target.uid])
    wrong = {"version": target.version, "parts": "10/30/30/20%", "level": "4", "lines": ""}
    assert "比例合计 90%，应为 100%" in client.post(split, wrong).content.decode()
    wrong = {
        "version": target.version,
        "parts": "10/30/30/30%",
        "level": "4",
        "lines": "青石镇 60\n没有镇 40",
    }
    assert "第 2 行“没有镇”：这里没有这个地方" in client.post(split, wrong).content.decode()
    wrong["lines"] = "青石镇 60\n白水乡 39"
    page = client.post(split, wrong).content.decode()
    assert "各地合计 99，应为 100，少 1" in page and "白水乡 39" in page
    client.post(split, {**wrong, "lines": ""})
    even = {line.place: (line.amount, line.parts) for line in target.lines.all()}
    assert even[TOWN] == (50, "5 15 15 15")
    assert even[COUNTY] == (100, "10 30 30 30")
    read = client.post(reverse("read_targets"), {"county": regions[COUNTY].pk}, follow=True)
    assert "取了 1 个口径的数" in read.content.decode()
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        board = client.get(reverse("target_board"), {"year": 2026}).content.decode()
    assert "新增务工" in board and "一季度" in board
    file = client.get(reverse("county_target_file", args=[target.uid])).content.decode()
    assert reverse("problem_list") in file and "看名单" in file
    assert "白水乡" in file and "— / 50" in file  # 年初没有取过数，不猜
    book = client.get(reverse("export_target_board"), {"year": 2026}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert ["新增务工", "白水乡"] in [row[:2] for row in rows]
    paper = client.get(reverse("print_target_board"), {"year": 2026, "format": "pdf"})
    assert paper.status_code == 200
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"set_county_target", "split_county_target", "read_targets", "export_target_board"} <= verbs
    foreign = signed_in(make_user("county_office", OTHER_COUNTY))
    assert foreign.get(reverse("county_target_file", args=[target.uid])).status_code == 404


def test_places_behind_are_judged_by_all_that_was_due(office: User, regions: dict[str, Region]) -> None:
    town, other = regions[TOWN], regions[OTHER_TOWN]
    target = _set(office, regions, year=2026, years=1, cut="quarter", amount=D(20))
    parts = [D(1), D(4), D(3), D(2)]
    _split(office, target, "2 8 6 4", {town: (D(10), parts), other: (D(10), parts)})
    for region, month, value in ((town, 3, 0), (town, 6, 5), (other, 3, 3), (other, 6, 4)):
        actions.record_actual(
            by=office,
            at=NOW,
            target=target,
            region=region,
            month=date(2026, month, 1),
            value=D(value),
            proof="验收单",
        )

    def behind(today: date) -> list[str]:
        return [line.name for line in boards(office, [target], today)[0].behind]

    # 一季度底青石镇欠 1；二季度底它补上了，白水乡 4 少于 5
    assert behind(date(2026, 3, 31)) == []
    assert behind(date(2026, 4, 1)) == ["青石镇"]
    assert behind(date(2026, 7, 1)) == ["白水乡"]


def test_a_second_reading_takes_the_place_of_the_first(office: User, regions: dict[str, Region]) -> None:
    _festival(office, regions[TOWN], date(2026, 2, 5), 3000)
    facts = {"year": 2026, "years": 1, "cut": "quarter", "by_hand": ""}
    _set(office, regions, **facts, reading="ledger/festivals/held_on")
    actions.read_targets(by=office, at=NOW, place=COUNTY)
    before = {row.place: row.numbers for row in RecordReading.objects.all()}
    actions.read_targets(by=office, at=NOW, place=COUNTY)
    assert {row.place: row.numbers for row in RecordReading.objects.all()} == before
    assert set(before) == {COUNTY, TOWN}
    assert (before[TOWN]["2026-01"], before[TOWN]["2026-02"], before[TOWN]["2026-11"]) == ("0", "1", "1")


def test_a_list_is_opened_only_by_who_sees_it(
    office: User, regions: dict[str, Region], signed_in: SignIn
) -> None:
    facts = {"year": 2026, "years": 1, "cut": "quarter", "how": "level", "measure": "%", "by_hand": ""}
    target = _set(office, regions, **facts, amount=D(100), reading="members_insured")
    address = reverse("county_target_file", args=[target.uid])
    assert "看名单" in signed_in(office).get(address).content.decode()
    leader = signed_in(make_user("leader", COUNTY))
    assert "看名单" not in leader.get(address).content.decode()
