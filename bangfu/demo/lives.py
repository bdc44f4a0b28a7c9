"""What happens in the practice village: work, income, guarantees, births and moves, proposals, a round."""

from __future__ import annotations

import random
from datetime import date, datetime
from decimal import Decimal

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.actions.grids import add_grid, assign_grid, start_grid_duty
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.actions.income import (
    WorksheetFacts,
    dispute_income_worksheet,
    record_income_worksheet,
    sign_income_worksheet,
)
from bangfu.households.actions.natural import record_natural_change
from bangfu.households.actions.pairing import pair_household
from bangfu.households.actions.proposing import propose_change
from bangfu.households.actions.registering import MemberFacts
from bangfu.households.actions.rounds import decide_round, open_round
from bangfu.households.actions.work import WorkFacts, record_work_spell
from bangfu.households.enums import (
    ChangeSource,
    ExitType,
    GuaranteeKind,
    GuaranteeResult,
    NaturalChangeKind,
    RoundOutcome,
    UnrepairedReason,
    WorkArea,
)
from bangfu.households.models import Household, Member, RoundEntry
from bangfu.households.policies.rounds import Decision
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import annual_period

People = dict[str, User]
SHOWN = 24
_VISIT, _SIGNED = date(2026, 10, 15), date(2026, 10, 20)
_WORK_PLACES = ((WorkArea.COUNTY, "县城"), (WorkArea.PROVINCE, "昆明"), (WorkArea.OUTSIDE, "东莞"))
_EMPLOYERS = (
    ("电子厂", "制造业"),
    ("建筑公司", "建筑业"),
    ("家政公司", "居民服务业"),
    ("蔬菜合作社", "农业"),
)


def make_lives(people: People, village: Region, *, at: datetime) -> None:
    """Fill the practice village's first households with everything a file can show."""
    homes = list(Household.objects.filter(village=village).order_by("id")[:SHOWN])
    chance = random.Random(11)
    _grids(people, village, homes, at)
    _pairings(people, homes, at)
    for index, home in enumerate(homes):
        _work(people["cun"], home, chance, at)
        _guarantees(people["cun"], home, index, at)
        _income(people["cun"], home, index, chance, at)
    _births(people["cun"], homes, at)
    _proposals(people, homes, at)
    _round(people, village, at)


def _grids(people: People, village: Region, homes: list[Household], at: datetime) -> None:
    for name, part in (("第一网格", homes[::2]), ("第二网格", homes[1::2])):
        grid = add_grid(by=people["cun"], at=at, village=village, name=name)
        assign_grid(by=people["cun"], at=at, grid=grid, households=part)
        if name == "第一网格":
            worker = people["wangge"]
            start_grid_duty(by=people["cun"], at=at, grid=grid, worker=worker, valid_from=date(2026, 1, 1))


def _pairings(people: People, homes: list[Household], at: datetime) -> None:
    for home in homes[:8]:
        pair_household(
            by=people["xian"], at=at, household=home, helper=people["bangfu"], valid_from=date(2026, 1, 1)
        )


def _work(by: User, home: Household, chance: random.Random, at: datetime) -> None:
    for member in _adults(home)[:1]:
        employer, industry = chance.choice(_EMPLOYERS)
        area, place = chance.choice(_WORK_PLACES)
        facts = WorkFacts(
            from_month=date(2026, chance.randint(1, 6), 1),
            area=area,
            place_name=place,
            employer=employer,
            industry=industry,
            monthly_wage_fen=chance.randint(25, 52) * 10_000,
            channel=chance.choice(("自己找的", "亲友介绍", "劳务公司")),
        )
        record_work_spell(by=by, at=at, member=member, facts=facts)


def _adults(home: Household) -> list[Member]:
    day = date(2026, 10, 1)
    members = home.members.filter(state="present").order_by("id")
    return [member for member in members if 18 <= (member.age_on(day) or 0) < 60]


def _guarantees(by: User, home: Household, index: int, at: datetime) -> None:
    met = GuaranteeResult.MET
    housing = Finding(GuaranteeKind.HOUSING, met, housing_level="B")
    if index % 11 == 3:
        housing = Finding(
            GuaranteeKind.HOUSING,
            GuaranteeResult.UNMET,
            housing_level="C",
            unrepaired_reason=UnrepairedReason.CANNOT_ADVANCE,
            way_out="先由施工队垫付，验收后补助直接付给施工队",
        )
    water = Finding(
        GuaranteeKind.WATER,
        litres_per_person_day=Decimal(55 if index % 7 else 15),
        water_quality_ok=True,
        fetch_minutes=Decimal(5),
        reliability=Decimal(95),
    )
    plain = [
        Finding(kind, met) for kind in (GuaranteeKind.FOOD, GuaranteeKind.CLOTHING, GuaranteeKind.MEDICAL)
    ]
    findings = [*plain, Finding(GuaranteeKind.EDUCATION, met), housing, water]
    record_guarantees(
        by=by, at=at, household=home, assessed_on=_VISIT, assessed_by="段文、何静", findings=findings
    )


def _income(by: User, home: Household, index: int, chance: random.Random, at: datetime) -> None:
    """Two in three have a worksheet; most are signed, some disputed."""
    if index % 3 == 2:
        return
    lines = (
        LineFacts("wage_outside_county", chance.randint(120, 400) * 10_000, "外出务工工资", "工资流水"),
        LineFacts("crops", chance.randint(30, 90) * 10_000, "玉米、烤烟", "采集表"),
        LineFacts("land_rent", 120_000, "林地流转", "合同"),
        LineFacts("farm_subsidy", 48_600, "耕地地力补贴", "一卡通"),
        LineFacts("fertiliser_expense", chance.randint(10, 30) * 10_000, "化肥、农药", "采集表"),
    )
    facts = WorksheetFacts(annual_period(_SIGNED), home.member_count, lines, collected_by="段文")
    sheet = record_income_worksheet(by=by, at=at, household=home, facts=facts)
    if index % 6 == 1:
        dispute_income_worksheet(
            by=by,
            at=at,
            worksheet=sheet,
            version=sheet.version,
            disputed_on=_SIGNED,
            reason="说玉米价格算高了，要求重新核算",
        )
    elif index % 6:
        sign_income_worksheet(
            by=by,
            at=at,
            worksheet=sheet,
            version=sheet.version,
            signed_on=_SIGNED,
            signed_name=home.head_name,
        )


def _births(by: User, homes: list[Household], at: datetime) -> None:
    for index, home in enumerate(homes[4:7]):
        baby = MemberFacts(
            name=home.head_name[0] + "宝", relation="之孙子", birth_date=date(2026, 9, 3 + index)
        )
        record_natural_change(
            by=by,
            at=at,
            household=home,
            kind=NaturalChangeKind.BIRTH,
            occurred_on=date(2026, 9, 3 + index),
            person=baby,
            note="出生医学证明",
        )


def _proposals(people: People, homes: list[Household], at: datetime) -> None:
    wishes = (
        ("wangge", homes[0], {"road_hardened": not homes[0].road_hardened}, ChangeSource.VISIT, "入户看到的"),
        ("wangge", homes[2], {"toilet": not homes[2].toilet}, ChangeSource.VISIT, "入户看到的"),
        ("bangfu", homes[1], {"phone": "14000001234"}, ChangeSource.HOUSEHOLD, "户主说换了号码"),
        ("yibao", homes[3], {"safe_water": not homes[3].safe_water}, ChangeSource.LIST, "水利局通报"),
    )
    for username, home, values, source, note in wishes:
        home.refresh_from_db()
        propose_change(
            by=people[username],
            at=at,
            household=home,
            values=values,
            seen_version=home.version,
            source=source,
            source_note=note,
        )


def _round(people: People, village: Region, at: datetime) -> None:
    """A round in the practice township, half of it decided."""
    township = Region.objects.get(code=village.code[:9])
    made = open_round(by=people["xian"], at=at, region=township, year=2026, opened_on=date(2026, 10, 31))
    entries = list(RoundEntry.objects.filter(round=made).order_by("id").values_list("id", flat=True))
    half = entries[: len(entries) // 2]
    if half:
        retained = Decision(RoundOutcome.RETAINED, exit_type=ExitType.WITH_LABOUR, exit_year=2027)
        decide_round(by=people["zhen"], at=at, round=made, entries=half, decision=retained)
