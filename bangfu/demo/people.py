"""Practice accounts: a person of every role, with passwords that are new at each start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.actions.passwords import set_first_password
from bangfu.access.actions.roles import assign_role
from bangfu.access.actions.units import create_unit
from bangfu.access.actions.users import create_user
from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Region

FROM = date(2026, 1, 1)


@dataclass(frozen=True)
class Person:
    """A practice account: sign-in name, name, post, role, at which level of place, in which kind of unit."""

    username: str
    name: str
    post: str
    role: str
    level: str
    unit: str


PEOPLE = (
    Person("xian", "周亚", "县帮扶办业务员", "county_office", "county", "县帮扶办"),
    Person("zhen", "何静", "镇信息员", "township", "township", "镇人民政府"),
    Person("cun", "段文", "村信息员", "village", "village", "村民委员会"),
    Person("wangge", "段三妹", "网格员", "grid_worker", "village", "村民委员会"),
    Person("yibao", "李云", "医保局联络员", "department", "county", "县医保局"),
    Person("zuzhi", "杨敏", "组织部干部科", "organisation_department", "county", "县委组织部"),
    Person("caizheng", "王会", "财政局农业股", "finance_bureau", "county", "县财政局"),
    Person("paichu", "赵明", "派出单位管理人", "sending_unit", "county", "县农业银行"),
    Person("bangfu", "马强", "帮扶责任人", "helper", "county", "县农业银行"),
    Person("zhucun", "施佳", "驻村工作队员", "resident_member", "village", "县农业银行"),
    Person("zuzhang", "罗成", "责任组长", "team_leader", "township", "镇人民政府"),
    Person("ducha", "高远", "督导组", "supervisor", "county", "县委督查室"),
    Person("lingdao", "刘县长", "分管副县长", "leader", "county", "县人民政府"),
    Person("xitong", "陈工", "系统管理员", "system_administrator", "county", "县信息中心"),
    Person("anquan", "孙安", "安全管理员", "security_administrator", "county", "县信息中心"),
    Person("shenji", "吴审", "审计管理员", "audit_administrator", "county", "县审计局"),
)
_UNIT_KINDS = {
    "县帮扶办": UnitKind.COUNTY_OFFICE,
    "县医保局": UnitKind.DEPARTMENT,
    "县财政局": UnitKind.DEPARTMENT,
    "县委组织部": UnitKind.DEPARTMENT,
    "镇人民政府": UnitKind.TOWNSHIP,
    "村民委员会": UnitKind.VILLAGE,
    "县农业银行": UnitKind.SENDING,
}


def make_people(places: dict[str, Region], *, at: datetime) -> dict[str, User]:
    """Everybody of PEOPLE, by sign-in name; ``places`` has their county, township and village."""
    units: dict[str, Unit] = {}
    made: dict[str, User] = {}
    for person in PEOPLE:
        if person.unit not in units:
            units[person.unit] = _unit(person.unit, places, at)
        user, _ = create_user(
            by=SYSTEM,
            at=at,
            username=person.username,
            name=person.name,
            unit=units[person.unit],
            post=person.post,
        )
        region = places[person.level]
        assign_role(by=SYSTEM, at=at, user=user, role=person.role, region=region, valid_from=FROM)
        made[person.username] = user
    return made


def renew_passwords(*, at: datetime) -> list[tuple[str, str, str]]:
    """(sign-in name, new password, post) of every practice account; former sessions end."""
    accounts = []
    for person in PEOPLE:
        user = User.objects.get(username=person.username)
        password = set_first_password(user, at)
        user.must_change_password = False
        user.save()
        accounts.append((person.username, password, f"{person.name}（{person.post}）"))
    return accounts


def _unit(name: str, places: dict[str, Region], at: datetime) -> Unit:
    kind = _UNIT_KINDS.get(name, UnitKind.OTHER)
    region = places[kind] if kind in (UnitKind.TOWNSHIP, UnitKind.VILLAGE) else places["county"]
    return create_unit(by=SYSTEM, at=at, name=region.name + name[1:], kind=kind, region=region)
