"""Who helps whom in the made-up county: units, leaders, advisers, plans, results, and some gaps to mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bangfu.access.actions.users import deactivate_user
from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of
from bangfu.core.parameters import supersede_parameter
from bangfu.support.actions import assistance
from bangfu.support.actions.assistance import Brings, Planned
from bangfu.support.actions.parties import party_of_unit
from bangfu.support.actions.people import register_person
from bangfu.support.actions.settling import settle_parties
from bangfu.support.actions.ties import Terms, register_tie
from bangfu.support.actions.units import UnitFacts, appoint_post, describe_unit, register_unit
from bangfu.support.enums.units import BroughtKind, PostKind, UnitLevel, UnitNature
from bangfu.support.models import Party

People = dict[str, User]
Places = dict[str, Region]
SINCE = date(2025, 3, 1)
PAPER = "演示县挂包帮工作安排"
_RULES = (
    ("leaders_county", 1),
    ("units_county", 3),
    ("enterprises_county", 1),
    ("units_village", 1),
    ("units_village_most", 2),
    ("group_leaders_township", 1),
    ("households_helper", 5),
    ("helper_household", 1),
)
_FORCE = "第一书记\n队员 2\n单位包村\n包村干部\n信息员\n法律顾问\n农技员"
"""What a village's force consists of in the county of the demonstration; no paper says so."""


@dataclass(frozen=True)
class _Known:
    """A unit of the demonstration: its name, whose it is, what it is, its principal leader."""

    name: str
    level: UnitLevel
    nature: UnitNature
    principal: str


_UNITS = (
    _Known("演示省林业厅", UnitLevel.PROVINCE, UnitNature.OFFICE, "郑国平"),
    _Known("演示省农业科学院", UnitLevel.PROVINCE, UnitNature.INSTITUTION, "苏文海"),
    _Known("演示省电力公司", UnitLevel.PROVINCE, UnitNature.STATE_ENTERPRISE, "丁卫东"),
    _Known("演示市水务局", UnitLevel.CITY, UnitNature.OFFICE, "施红"),
    _Known("云岭茶业公司", UnitLevel.COUNTY, UnitNature.PRIVATE_ENTERPRISE, "尹春"),
    _Known("云岭县卫生健康局", UnitLevel.COUNTY, UnitNature.OFFICE, "普建明"),
)


def make_ties(people: People, places: Places, *, at: datetime) -> None:
    """Units with their leaders, ties on every level, a year of one unit, and the county's rules."""
    office, county = people["zuzhi"], places["county"]
    settle_parties(by=SYSTEM, at=at)
    units = {known.name: _unit(office, county, known, at) for known in _UNITS}
    bank = _bank(people, at)
    villages = list(
        Region.objects.filter(
            code__startswith=county.code, level=RegionLevel.VILLAGE, valid_to=None
        ).order_by("code")
    )
    _county_ties(office, county, units, at)
    _township_ties(office, people, places, at)
    _village_ties(office, villages, [bank, *units.values()], at)
    _advisers(office, villages[:4], at)
    _year(people["paichu"], bank, places["village"], at)
    _who_left(office, units["云岭县卫生健康局"], villages[0], at)
    for code, number in _RULES:
        _write(f"tie_rule_{code}", str(number), county, at)
    _write("tie_force_five_two", _FORCE, county, at)


def _unit(office: User, county: Region, known: _Known, at: datetime) -> Party:
    facts = UnitFacts(known.level, known.nature, "驻村帮扶工作办公室")
    party = register_unit(by=office, at=at, name=known.name, region=county, facts=facts)
    _principal(office, party, known.principal, at)
    return party


def _bank(people: People, at: datetime) -> Party:
    """The bank of the practice accounts: its people and the former leader in charge, who was changed once."""
    with recording(by=SYSTEM, at=at, verb="settle_parties"):
        party = party_of_unit(people["paichu"].unit)  # type: ignore[arg-type]
    office = people["zuzhi"]
    facts = UnitFacts(UnitLevel.COUNTY, UnitNature.FINANCE, "三农部")
    describe_unit(by=office, at=at, party=party, version=party.version, facts=facts)
    _principal(office, party, "毕云峰", at)
    for name, begins in (("和丽", date(2024, 5, 1)), ("木建国", SINCE)):
        person = register_person(by=office, at=at, name=name, unit=_of(party), post="副行长")
        _appoint(office, party, person, PostKind.IN_CHARGE, "副行长", begins, at)
    _appoint(office, party, people["paichu"], PostKind.CONTACT, "办公室主任", SINCE, at)
    return party


def _of(party: Party) -> Unit:
    assert party.unit is not None  # 这里的都是单位
    return party.unit


def _principal(office: User, party: Party, name: str, at: datetime) -> None:
    person = register_person(by=office, at=at, name=name, unit=_of(party), post="主要负责人")
    _appoint(office, party, person, PostKind.PRINCIPAL, "主要负责人", SINCE, at)


def _appoint(
    office: User, party: Party, person: User, kind: PostKind, title: str, on: date, at: datetime
) -> None:
    appoint_post(by=office, at=at, unit=_of(party), user=person, kind=kind, title=title, valid_from=on)


def _tie(office: User, kind: str, holder: Unit | User, target: Region | Unit, at: datetime) -> None:
    terms = Terms(SINCE, paper_number=PAPER)
    register_tie(by=office, at=at, kind=kind, holder=holder, target=target, terms=terms)


def _county_ties(office: User, county: Region, units: dict[str, Party], at: datetime) -> None:
    """Two provincial units, one short of the rule; an enterprise; a leader."""
    for name in ("演示省林业厅", "演示省农业科学院"):
        _tie(office, "unit_county", _of(units[name]), county, at)
    _tie(office, "enterprise_county", _of(units["演示省电力公司"]), county, at)
    leader = register_person(
        by=office, at=at, name="郭永安", unit=_of(units["演示省林业厅"]), post="省级领导"
    )
    _tie(office, "leader_county", leader, county, at)


def _township_ties(office: User, people: People, places: Places, at: datetime) -> None:
    _tie(office, "leader_township", people["lingdao"], places["township"], at)
    _tie(office, "team_leader", people["zuzhang"], places["township"], at)


def _village_ties(office: User, villages: list[Region], parties: list[Party], at: datetime) -> None:
    """Every third village is still without a unit; the first has three, more than the rule allows."""
    for number, village in enumerate(villages[:24]):
        if number % 3 != 2:
            _tie(office, "unit_village", _of(parties[number % len(parties)]), village, at)
    for party in parties[1:3]:
        _tie(office, "unit_village", _of(party), villages[0], at)


def _advisers(office: User, villages: list[Region], at: datetime) -> None:
    facts = UnitFacts(UnitLevel.COUNTY, UnitNature.SOCIAL)
    county = Region.objects.get(code=county_of(villages[0].code))
    firm = register_unit(by=office, at=at, name="云岭律师事务所", region=county, facts=facts)
    for name, village in zip(("秦正", "孟宁", "鲁直", "文慧"), villages, strict=False):
        lawyer = register_person(by=office, at=at, name=name, unit=_of(firm), post="律师")
        _tie(office, "legal_adviser", lawyer, village, at)


def _year(manager: User, bank: Party, village: Region, at: datetime) -> None:
    """The bank's plan for its village, what it brought so far, and last year's summary."""
    planned = Planned(
        "村里到茶园 3 公里土路，雨天不通车。", "出资硬化 3 公里；帮联系茶厂收鲜叶。", 36_000_000
    )
    plan = assistance.plan_year(by=manager, at=at, party=bank, region=village, year=at.year, planned=planned)
    assistance.adopt_year_plan(
        by=manager, at=at, plan=plan, version=plan.version, adopted_on=date(at.year, 1, 15)
    )
    things = (
        Brings(BroughtKind.MONEY, date(at.year, 4, 10), "茶园道路硬化款", 20_000_000),
        Brings(BroughtKind.FIRM, date(at.year, 5, 6), "引来茶厂设鲜叶收购点", count=1),
        Brings(BroughtKind.SALES, date(at.year, 9, 20), "职工食堂采购茶叶、核桃", 4_860_000),
    )
    for brings in things:
        assistance.record_brought(by=manager, at=at, party=bank, region=village, brings=brings)
    text = "全年到村 14 次，道路硬化 1.2 公里，收购鲜叶 6 吨。没做成的：核桃加工点选址没有定下来。"
    assistance.hand_in_summary(by=manager, at=at, party=bank, year=at.year - 1, text=text)


def _who_left(office: User, party: Party, village: Region, at: datetime) -> None:
    """Somebody who moved away and still stands for a village: the page of conflicts shows it."""
    person = register_person(by=office, at=at, name="段志强", unit=_of(party), post="股长")
    _tie(office, "leader_village", person, village, at)
    deactivate_user(by=SYSTEM, at=at + timedelta(seconds=1), user=person, reason="调离")


def _write(code: str, text: str, county: Region, at: datetime) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=at,
        code=code,
        text=text,
        place=county.code,
        valid_from=SINCE,
        basis="演示县的数，不是任何文件",
        grade="知",
    )
