"""A quarter of meetings, an unannounced inspection with its orders, and reports in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject
from bangfu.households.reckoning.days import local_day
from bangfu.support.actions import inspections, meetings, orders, reports, resolutions
from bangfu.support.actions.findings import mend_finding
from bangfu.support.enums.meetings import Presence
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind
from bangfu.support.models import Finding, Inspection, Meeting, Report
from bangfu.support.policies.meetings import Attendant
from bangfu.support.terms.periods import periods_over
from bangfu.support.terms.report_templates import report_templates

People = dict[str, User]
Places = dict[str, Region]
_MINUTES = (
    "会议听取了各乡镇第三季度监测帮扶情况，研究了饮水、收入测算和驻村力量三件事。\n"
    "会议要求，各单位把群众反映的事当自己的事办，能马上办的不过夜，要时间的说清什么时候办好。"
)
_RESOLVED = (
    ("接通两个自然村的饮水管道，枯水期送水不断。", "yibao", 20),
    ("逐户复核收入测算，生产支出没有扣的重算。", "zhen", -6),
    ("补齐驻村工作队空缺，交接清楚。", "paichu", 12),
)
_FOUND = (
    ("income", "收入测算没有扣养猪的饲料支出，人均多算了两千多元。"),
    ("income", "务工收入按全年算，实际只出去了五个月。"),
    ("measure", "产业奖补写了，钱还没有到户。"),
    ("papers", "公示栏里的名单被撕掉一半。"),
    ("income", "转移性收入少算了养老金。"),
)


def make_meetings(people: People, places: Places, *, at: datetime) -> None:
    """Everything of this part that a demonstration needs."""
    county, township = places["county"], places["township"]
    joint = _joint_meeting(people, county, at)
    _follow(people, joint, at)
    _smaller_meetings(people, county, township, at)
    inspection = _inspect(people, county, at)
    _order(people, inspection, at)
    _write(people, places, joint, inspection, at)


def _unit(user: User) -> Unit:
    if user.unit is None:
        raise ValueError(f"{user.username} has no unit")
    return user.unit


def _seats(people: People) -> list[Attendant]:
    seats = [
        Attendant(_unit(people[name]), people[name], people[name].name, Presence.PRESENT)
        for name in ("xian", "zhen", "yibao", "paichu", "zuzhi")
    ]
    return [*seats, Attendant(_unit(people["caizheng"]), None, "王会", Presence.STAND_IN)]


def _joint_meeting(people: People, county: Region, at: datetime) -> Meeting:
    day = local_day(at)
    return meetings.record_work_meeting(
        by=people["xian"],
        at=at,
        region=county,
        kind="joint",
        title=f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度挂包帮联席会议",
        convener=_unit(people["xian"]),
        held_on=day - timedelta(days=30),
        held_at="县政府三楼会议室",
        chair="刘县长",
        recorder=people["xian"].name,
        agenda="一、通报第三季度情况\n二、研究饮水、收入测算、驻村力量\n三、部署年底走访",
        minutes=_MINUTES,
        attendants=_seats(people),
    )


def _follow(people: People, meeting: Meeting, at: datetime) -> None:
    """One resolution waits for its check, one is overdue, one is open."""
    day, office = local_day(at), people["xian"]
    for text, name, days in _RESOLVED:
        meeting.refresh_from_db()
        [row] = resolutions.assign_resolution(
            by=office,
            at=at,
            meeting=meeting,
            version=meeting.version,
            text=text,
            units=[_unit(people[name])],
            due_on=day + timedelta(days=days),
        )
        if name == "yibao":
            resolutions.answer_resolution(
                by=people[name],
                at=at,
                resolution=row,
                version=row.version,
                text="主管道已接通，入户还差 11 户，十二月上旬接完。",
                answered_on=day,
            )


def _smaller_meetings(people: People, county: Region, township: Region, at: datetime) -> None:
    day = local_day(at)
    bank, clerk = people["paichu"], people["zhen"]
    meetings.record_work_meeting(
        by=bank,
        at=at,
        region=county,
        kind="unit_study",
        title="研究包村帮扶工作",
        convener=_unit(bank),
        held_on=day - timedelta(days=21),
        held_at="行里会议室",
        chair="行长",
        recorder=bank.name,
        agenda="",
        minutes="研究年底走访和消费帮扶，定了入村日子。",
        attendants=[Attendant(_unit(bank), bank, bank.name, Presence.PRESENT)],
    )
    meetings.call_meeting(
        by=clerk,
        at=at,
        region=township,
        kind="township_monthly",
        title=f"{day.month}月驻村工作例会",
        convener=_unit(clerk),
        held_on=day + timedelta(days=3),
        held_at="镇政府二楼",
        chair="镇长",
        agenda="一、各村本月走访\n二、年底请假",
        attendants=[Attendant(_unit(people["cun"]), people["cun"], people["cun"].name, "")],
    )


def _inspect(people: People, county: Region, at: datetime) -> Inspection:
    day, leader = local_day(at), people["ducha"]
    inspection = inspections.open_inspection(
        by=leader,
        at=at,
        region=county,
        kind=InspectionKind.UNANNOUNCED,
        title=f"{day.year}年第四季度暗访",
        matter="收入测算、措施落实、帮扶人走访",
        leader=leader,
        starts_on=day - timedelta(days=12),
        ends_on=day + timedelta(days=5),
    )
    inspections.form_inspection_team(
        by=leader,
        at=at,
        inspection=inspection,
        version=inspection.version,
        region=county,
        members=[leader, people["zuzhi"]],
    )
    drawn = inspections.draw_sample(
        by=leader,
        at=at,
        inspection=inspection,
        version=inspection.version,
        seed=f"{day:%Y%m%d}-三点五点",
        villages=4,
        households=3,
        group=HouseholdGroup.ALL,
        by_township=True,
    )
    _find(leader, drawn, day, at)
    return drawn


def _find(leader: User, inspection: Inspection, day: date, at: datetime) -> None:
    villages = list(inspection.villages.select_related("village"))
    for number, (kind, words) in enumerate(_FOUND):
        drawn = villages[number % len(villages)]
        seen = drawn.households.select_related("household").first()
        inspections.record_finding(
            by=leader,
            at=at,
            inspection=inspection,
            village=drawn.village,
            household=seen.household if seen else None,
            kind=kind,
            words=words,
            found_on=day - timedelta(days=4),
        )


def _order(people: People, inspection: Inspection, at: datetime) -> None:
    """One order answered, one overdue; a problem mended on the spot; the last one waits."""
    day, leader = local_day(at), people["ducha"]
    found = list(Finding.objects.filter(inspection=inspection).order_by("pk"))
    town, bureau = _unit(people["zhen"]), _unit(people["yibao"])
    for findings, unit, ago, days in ((found[:2], town, 3, 12), (found[2:3], bureau, 4, 2)):
        order = orders.issue_order(
            by=leader,
            at=at,
            inspection=inspection,
            findings=findings,
            unit=unit,
            demand="逐户核对，错的改过来，同类的全镇查一遍，报结果。",
            issued_on=day - timedelta(days=ago),
            due_on=day - timedelta(days=ago) + timedelta(days=days),
        )
        if unit == town:
            orders.answer_order(
                by=people["zhen"],
                at=at,
                order=order,
                version=order.version,
                text="两户重算了，全镇又查出 5 户，一并改了。",
                answered_on=day,
            )
    mended = {"mended_how": "村里当场补贴了名单。", "mended_on": found[3].found_on}
    mend_finding(by=leader, at=at, finding=found[3], **mended)


def _write(people: People, places: Places, meeting: Meeting, inspection: Inspection, at: datetime) -> None:
    """A quarterly report that was sent, minutes that wait for approval, drafts of the others."""
    quarter = periods_over("quarter", local_day(at))[0]
    month = periods_over("month", local_day(at))[0]
    quarterly = _draft(
        people["cun"], "quarterly_report", places["village"], quarter.starts_on, quarter.ends_on, at
    )
    quarterly = reports.submit_report(by=people["cun"], at=at, report=quarterly, version=quarterly.version)
    quarterly = reports.approve_report(
        by=people["zhen"], at=at, report=quarterly, version=quarterly.version, accepted=True, note=""
    )
    reports.hand_in_report(by=people["cun"], at=at, report=quarterly, version=quarterly.version)
    minutes = _draft(people["xian"], "minutes", meeting.subject, meeting.held_on, meeting.held_on, at)
    reports.submit_report(by=people["xian"], at=at, report=minutes, version=minutes.version)
    _draft(people["xian"], "circular", places["county"], month.starts_on, month.ends_on, at)
    _draft(
        people["ducha"],
        "supervision_report",
        inspection.subject,
        inspection.starts_on,
        inspection.ends_on,
        at,
    )


def _draft(
    by: User, template: str, about: Subject | Region, starts_on: date, ends_on: date, at: datetime
) -> Report:
    return reports.draft_report(
        by=by,
        at=at,
        template=report_templates()[template],
        about=about,
        starts_on=starts_on,
        ends_on=ends_on,
    )
