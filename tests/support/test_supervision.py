"""Inspections, samples, findings, orders: what is refused, what is drawn again, what is closed out.

C-008, C-022, C-109.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from bangfu.access.models import UnitKind, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.households.models import Pairing
from bangfu.ledgers.workbench import all_cells
from bangfu.support.actions import inspections as actions
from bangfu.support.actions.findings import mend_finding
from bangfu.support.actions.orders import answer_order, check_order, issue_order, void_order
from bangfu.support.enums.meetings import TaskState
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind, InspectionState
from bangfu.support.models import DrawnHousehold, Finding, Inspection, SupervisionOrder
from bangfu.support.queries.supervision import drawn_of, leaning_villages, redrawn_same
from tests.cast import (
    COUNTY,
    FOREIGN_VILLAGE,
    NOW,
    OTHER_TOWN,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    make_user,
)
from tests.households.builders import make_household
from tests.support.meeting_builders import a_unit, of_unit, the_office, the_township
from tests.support.test_meetings import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return the_office()


@pytest.fixture
def inspection(office: User, regions: dict[str, Region]) -> Inspection:
    return opened(office, regions)


def opened(by: User, regions: dict[str, Region]) -> Inspection:
    return actions.open_inspection(
        by=by,
        at=NOW,
        region=regions[COUNTY],
        kind=InspectionKind.UNANNOUNCED,
        title="第四季度暗访",
        matter="应纳未纳、措施落实",
        leader=by,
        starts_on=TODAY - timedelta(days=10),
        ends_on=TODAY + timedelta(days=5),
    )


def sampled(inspection: Inspection, by: User, seed: str = "七号开会", **given: object) -> Inspection:
    facts = {
        "version": inspection.version,
        "villages": 2,
        "households": 1,
        "group": HouseholdGroup.ALL,
        "by_township": True,
    }
    return actions.draw_sample(by=by, at=NOW, inspection=inspection, seed=seed, **{**facts, **given})


def found(
    inspection: Inspection, by: User, village: Region, kind: str = "income", **given: object
) -> Finding:
    facts = {"household": None, "words": "收入测算没有扣支出", "found_on": TODAY}
    return actions.record_finding(
        by=by, at=NOW, inspection=inspection, village=village, kind=kind, **{**facts, **given}
    )


def issued(inspection: Inspection, by: User, findings: list[Finding], unit, **given) -> SupervisionOrder:
    facts = {"demand": "逐户重算收入", "issued_on": TODAY, "due_on": TODAY + timedelta(days=15)}
    return issue_order(
        by=by, at=NOW, inspection=inspection, findings=findings, unit=unit, **{**facts, **given}
    )


def team(inspection: Inspection, by: User, region: Region, members: list[User]) -> object:
    return actions.form_inspection_team(
        by=by, at=NOW, inspection=inspection, version=inspection.version, region=region, members=members
    )


def test_nobody_inspects_the_place_they_come_from_help_or_stand_for(inspection, office, regions) -> None:
    own = make_user("township", TOWN, unit=the_township())
    other = make_user("township", OTHER_TOWN, unit=a_unit("白水乡人民政府", UnitKind.TOWNSHIP, OTHER_TOWN))
    with pytest.raises(SituationForbids, match="就在青石镇"):
        team(inspection, office, regions[TOWN], [office, own])
    made = team(inspection, office, regions[TOWN], [other, office])
    assert [(each.user, each.leads) for each in made.inspectors.all()] == [(other, True), (office, False)]
    household = make_household(regions, VILLAGE)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=household, helper=other, valid_from=date(2024, 1, 1))
    with pytest.raises(SituationForbids, match="结对帮扶"):
        team(inspection, office, regions[TOWN], [other])
    with pytest.raises(SituationForbids, match="还没有人"):
        team(inspection, office, regions[TOWN], [])
    with pytest.raises(SituationForbids, match="不在检查范围"):
        team(inspection, office, regions["530998101"], [office])


def test_a_sample_can_be_drawn_again_from_what_is_kept(inspection, office, regions) -> None:
    for village in (VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE):
        for number in range(3):
            make_household(regions, village, head_name=f"罗{number}")
    drawn = sampled(inspection, office)
    assert (drawn.frame, drawn.seed) == ([VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE], "七号开会")
    kept = drawn_of(drawn)
    assert [(len(each.frame), each.households.count()) for each in kept] == [(3, 1), (3, 1)]
    assert redrawn_same(drawn)
    make_household(regions, VILLAGE, head_name="后来的")
    assert redrawn_same(drawn), "the list of that day is kept"
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Inspection.objects.filter(pk=drawn.pk).update(seed="换过的种子")
        drawn.villages.filter(position=1).update(frame=[])
    drawn.refresh_from_db()
    assert not redrawn_same(drawn)


def test_it_is_drawn_once_with_a_seed_from_villages_that_are_there(inspection, office, regions) -> None:
    for seed in (" ", "长" * 41):
        with pytest.raises(SituationForbids, match="抽样种子"):
            sampled(inspection, office, seed)
    with pytest.raises(SituationForbids, match="没有可抽的村"):
        sampled(inspection, office, villages=0)
    drawn = sampled(inspection, office)
    with pytest.raises(SituationForbids, match="不能重抽"):
        sampled(drawn, office)
    with pytest.raises(StaleVersion):
        sampled(drawn, office, version=drawn.version - 1)


def test_only_the_asked_group_is_drawn(inspection, office, regions) -> None:
    make_household(regions, VILLAGE)
    monitored = make_household(regions, VILLAGE, monitored_category="marginal", risk_removed=False)
    removed = make_household(regions, VILLAGE, monitored_category="marginal", risk_removed=True)
    sampled(inspection, office, villages=9, households=9, group=HouseholdGroup.MONITORED)
    drawn = {each.household for each in DrawnHousehold.objects.all()}
    assert drawn == {monitored} and removed not in drawn


def test_a_finding_lies_in_the_region_and_the_days_and_marks_the_household_seen(
    inspection, office, regions
) -> None:
    household = make_household(regions, VILLAGE)
    sampled(inspection, office, villages=9)
    inspection.refresh_from_db()
    with pytest.raises(SituationForbids, match="检查范围"):
        found(inspection, office, regions[FOREIGN_VILLAGE])
    for day in (TODAY + timedelta(days=1), inspection.starts_on - timedelta(days=1)):
        with pytest.raises(SituationForbids, match="发现日期"):
            found(inspection, office, regions[VILLAGE], found_on=day)
    with pytest.raises(SituationForbids, match="写清看到的问题"):
        found(inspection, office, regions[VILLAGE], words=" ")
    with pytest.raises(SituationForbids, match="不在下河村"):
        found(inspection, office, regions[SISTER_VILLAGE], household=household)
    with pytest.raises(SituationForbids, match="没有这个种类"):
        found(inspection, office, regions[VILLAGE], kind="gossip")
    finding = found(inspection, office, regions[VILLAGE], household=household)
    assert finding.about == household.subject and finding.kind_name == "收入测算不实"
    assert DrawnHousehold.objects.get(household=household).seen_on == TODAY


def test_a_household_without_problems_is_noted_as_seen(inspection, office, regions) -> None:
    make_household(regions, VILLAGE)
    sampled(inspection, office, villages=9)
    drawn = DrawnHousehold.objects.get()
    with pytest.raises(SituationForbids, match="查看日期"):
        actions.see_household(by=office, at=NOW, drawn=drawn, seen_on=TODAY + timedelta(days=1))
    client = signed_in(office)
    client.post(reverse("see_household", args=[drawn.pk]), {"seen_on": TODAY.isoformat()})
    assert DrawnHousehold.objects.get().seen_on == TODAY


def test_an_order_goes_to_the_unit_and_back_until_it_is_closed_out(inspection, office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    findings = [
        found(inspection, office, regions[VILLAGE]),
        found(inspection, office, regions[SISTER_VILLAGE]),
    ]
    order = issued(inspection, office, findings, bureau)
    assert order.number == "2026-0001" and order.findings.count() == 2
    person = of_unit(bureau)
    facts = {"by": person, "at": NOW, "text": "重算了", "answered_on": TODAY}
    order = answer_order(order=order, version=order.version, **facts)
    with pytest.raises(SituationForbids, match="不用回复"):
        answer_order(order=order, version=order.version, **facts)
    check = {"by": office, "at": NOW}
    with pytest.raises(SituationForbids, match="哪里没有办好"):
        check_order(order=order, version=order.version, accepted=False, words="", **check)
    with pytest.raises(NotPermitted):
        check_order(order=order, version=order.version, accepted=True, words="", by=person, at=NOW)
    order = check_order(order=order, version=order.version, accepted=False, words="漏了两户", **check)
    assert order.state == TaskState.SENT_BACK
    order = answer_order(order=order, version=order.version, **facts)
    order = check_order(order=order, version=order.version, accepted=True, words="", **check)
    assert (order.state, order.closed_on) == (TaskState.CLOSED, TODAY)
    with pytest.raises(SituationForbids, match="已经销号或作废"):
        void_order(order=order, version=order.version, reason="错了", **check)


def test_numbers_count_within_the_year_and_a_void_number_is_not_used_again(
    inspection, office, regions
) -> None:
    bureau = a_unit("云岭县水务局")
    finding = found(inspection, office, regions[VILLAGE])
    first = issued(inspection, office, [finding], bureau)
    with pytest.raises(SituationForbids, match="要写原因"):
        void_order(by=office, at=NOW, order=first, version=first.version, reason="")
    void_order(by=office, at=NOW, order=first, version=first.version, reason="单位写错")
    finding.refresh_from_db()
    second = issued(inspection, office, [finding], bureau)
    assert second.number == "2026-0002"
    with pytest.raises(SituationForbids, match="已经在督办单 2026-0002"):
        issued(inspection, office, [Finding.objects.get()], bureau)


def test_an_order_needs_findings_words_a_living_unit_and_a_day(inspection, office, regions) -> None:
    bureau = a_unit("云岭县水务局")
    finding = found(inspection, office, regions[VILLAGE])
    with pytest.raises(SituationForbids, match="没有选问题"):
        issued(inspection, office, [], bureau)
    with pytest.raises(SituationForbids, match="整改要求"):
        issued(inspection, office, [finding], bureau, demand=" ")
    with pytest.raises(SituationForbids, match="早于下发"):
        issued(inspection, office, [finding], bureau, due_on=TODAY - timedelta(days=1))
    with pytest.raises(SituationForbids, match="不能结束"):
        actions.close_inspection(by=office, at=NOW, inspection=inspection, version=inspection.version)
    bureau.is_active = False
    bureau.save()
    with pytest.raises(SituationForbids, match="已停用"):
        issued(inspection, office, [finding], bureau)
    assert not SupervisionOrder.objects.exists()


def test_an_inspection_ends_when_every_problem_is_on_an_order(inspection, office, regions) -> None:
    finding = found(inspection, office, regions[VILLAGE])
    issued(inspection, office, [finding], a_unit("云岭县水务局"))
    row = actions.close_inspection(by=office, at=NOW, inspection=inspection, version=inspection.version)
    assert row.state == InspectionState.CLOSED
    with pytest.raises(SituationForbids, match="已经结束"):
        found(row, office, regions[VILLAGE])


def test_what_was_mended_on_the_spot_needs_no_order(inspection, office, regions) -> None:
    finding = found(inspection, office, regions[VILLAGE])
    mend = {"by": office, "at": NOW, "finding": finding}
    with pytest.raises(SituationForbids, match="没有下发督办单，也没有登记当场整改") as refused:
        actions.close_inspection(by=office, at=NOW, inspection=inspection, version=inspection.version)
    assert finding.village.name in refused.value.message
    with pytest.raises(SituationForbids, match="怎么改的"):
        mend_finding(**mend, mended_how=" ", mended_on=TODAY)
    for day in (TODAY + timedelta(days=1), finding.found_on - timedelta(days=1)):
        with pytest.raises(SituationForbids, match="整改日期"):
            mend_finding(**mend, mended_how="补贴了名单", mended_on=day)
    mended = mend_finding(**mend, mended_how="补贴了名单", mended_on=TODAY)
    with pytest.raises(SituationForbids, match="已经当场整改"):
        issued(inspection, office, [mended], a_unit("云岭县水务局"))
    row = actions.close_inspection(by=office, at=NOW, inspection=inspection, version=inspection.version)
    assert row.state == InspectionState.CLOSED
    with pytest.raises(SituationForbids, match="已经结束"):
        mend_finding(**mend, mended_how="又改了", mended_on=TODAY)


def test_what_is_on_an_order_is_not_mended_on_the_spot(inspection, office, regions) -> None:
    finding = found(inspection, office, regions[VILLAGE])
    issued(inspection, office, [finding], a_unit("云岭县水务局"))
    with pytest.raises(SituationForbids, match="督办单"):
        mend_finding(by=office, at=NOW, finding=finding, mended_how="改了", mended_on=TODAY)
    with pytest.raises(NotPermitted):
        mend_finding(by=the_township(), at=NOW, finding=finding, mended_how="改了", mended_on=TODAY)


def test_mending_on_the_spot_by_the_pages(inspection, office, regions) -> None:
    finding = found(inspection, office, regions[VILLAGE])
    client = signed_in(office)
    address = reverse("mend_finding", args=[finding.uid])
    assert address in client.get(reverse("finding_file", args=[finding.uid])).content.decode()
    said = {"mended_how": "当场补贴了公示名单", "mended_on": TODAY.isoformat()}
    assert client.post(address, said).status_code == 302
    page = client.get(reverse("inspection_file", args=[inspection.uid])).content.decode()
    assert "当场整改" in page and "当场补贴了公示名单" in page
    offered = client.get(reverse("issue_order", args=[inspection.uid])).content.decode()
    assert finding.words not in offered


def test_a_leaning_problem_needs_enough_villages_and_a_name(inspection, office, regions) -> None:
    for village in (VILLAGE, VILLAGE, SISTER_VILLAGE):
        found(inspection, office, regions[village])
    assert leaning_villages(inspection) == {"income": 2}

    def name(words: str) -> object:
        return actions.name_leaning(by=office, at=NOW, inspection=inspection, kind="income", name=words)

    with pytest.raises(SituationForbids, match="只在 2 个村"):
        name("收入测算不扣支出")
    found(inspection, office, regions[OTHER_VILLAGE])
    with pytest.raises(SituationForbids, match="怎么概括"):
        name(" ")
    name("收入测算不扣支出")
    page = signed_in(office).get(reverse("inspection_file", args=[inspection.uid])).content.decode()
    assert "收入测算不扣支出" in page and "3 个村" in page
    assert name("改了说法").name == "改了说法" and inspection.leanings.count() == 1


def test_those_who_are_looked_at_see_neither_sample_nor_problems_but_their_order(
    inspection, office, regions
) -> None:
    town = the_township()
    clerk = make_user("township", TOWN, unit=town)
    order = issued(inspection, office, [found(inspection, office, regions[VILLAGE])], town)
    client = signed_in(clerk)
    assert client.get(reverse("inspection_file", args=[inspection.uid])).status_code == 403
    text = client.get(reverse("order_file", args=[order.uid])).content.decode()
    assert reverse("inspection_file", args=[inspection.uid]) not in text and "收入测算没有扣支出" in text
    told = {"version": order.version, "text": "重算了", "answered_on": TODAY.isoformat()}
    assert client.post(reverse("answer_order", args=[order.uid]), told).status_code == 302
    bureau = of_unit(a_unit("云岭县教育局"))
    assert signed_in(bureau).get(reverse("order_file", args=[order.uid])).status_code == 404


def test_a_supervisor_of_any_office_sees_every_order_and_a_resident_member_the_villages(
    inspection, office, regions
) -> None:
    council = make_user("supervisor", COUNTY, unit=a_unit("云岭县督查室", UnitKind.OTHER))
    sent = make_user("village", VILLAGE, unit=a_unit("云岭县农行", UnitKind.SENDING))
    village = a_unit("上寨村民委员会", UnitKind.VILLAGE, VILLAGE)
    order = issued(inspection, office, [found(inspection, office, regions[VILLAGE])], village)
    for person in (council, sent):
        assert signed_in(person).get(reverse("order_file", args=[order.uid])).status_code == 200
    told = {"by": sent, "at": NOW, "order": order, "version": order.version, "text": "重算了"}
    assert answer_order(answered_on=TODAY, **told).state == TaskState.ANSWERED


def test_the_order_prints_with_its_number_and_problems_and_the_print_is_noted(
    inspection, office, regions
) -> None:
    order = issued(inspection, office, [found(inspection, office, regions[VILLAGE])], a_unit("云岭县水务局"))
    client = signed_in(office)
    address = reverse("print_order", args=[order.uid])
    assert client.get(address, {"page": "1"})["Content-Type"] == "image/svg+xml"
    words = PdfReader(io.BytesIO(client.get(address, {"format": "pdf"}).content)).pages[0].extract_text()
    assert "2026-0001" in words and "云岭县水务局" in words and "逐户重算收入" in words
    assert client.get(address, {"format": "docx"}).content.startswith(b"PK")
    assert AuditEvent.objects.filter(verb="print_order").count() == 2


def test_what_waits_is_counted_on_the_list_it_opens(inspection, office, regions) -> None:
    found(inspection, office, regions[VILLAGE])
    cells = {cell.label: cell for cell in all_cells(office)}
    assert cells["问题没有下发"].count == 1
    page = signed_in(office).get(cells["问题没有下发"].url).content.decode()
    assert "共 1 条" in page


def test_the_pages_carry_an_inspection_from_opening_to_the_order(office, regions) -> None:
    household = make_household(regions, VILLAGE, head_name="罗大山")
    bureau = a_unit("云岭县水务局")
    client = signed_in(office)
    opened = {
        "region": regions[COUNTY].pk,
        "kind": "cross",
        "title": "交叉检查",
        "matter": "收入",
        "leader": office.pk,
        "starts_on": TODAY.isoformat(),
        "ends_on": TODAY.isoformat(),
    }
    assert client.post(reverse("open_inspection"), opened).status_code == 302
    row = Inspection.objects.get()
    uid = [row.uid]
    formed = {"version": row.version, "region": regions[TOWN].pk, "leader": office.pk}
    assert client.post(reverse("form_inspection_team", args=uid), formed).status_code == 302
    opening = client.get(reverse("draw_sample", args=uid)).content.decode()
    assert 'name="seed" value="' in opening
    draw = {"version": row.version, "seed": "三点", "villages": 3, "households": 1, "group": "all"}
    assert client.post(reverse("draw_sample", args=uid), draw).status_code == 302
    problem = {
        "village": regions[VILLAGE].pk,
        "household": household.pk,
        "kind": "income",
        "words": "没有扣支出",
        "found_on": TODAY.isoformat(),
    }
    assert client.post(reverse("record_finding", args=uid), problem).status_code == 302
    finding = Finding.objects.get()
    order = {
        "findings": [finding.pk],
        "unit": bureau.pk,
        "demand": "重算",
        "issued_on": TODAY.isoformat(),
        "due_on": (TODAY + timedelta(days=9)).isoformat(),
    }
    assert client.post(reverse("issue_order", args=uid), order).status_code == 302
    page = client.get(reverse("inspection_file", args=uid)).content.decode()
    assert "重抽一遍，结果相同" in page and "三点" in page and "罗大山" in page
    assert "2026-0001" in client.get(reverse("finding_file", args=[finding.uid])).content.decode()
    client.post(reverse("close_inspection", args=uid))
    assert Inspection.objects.get().state == InspectionState.CLOSED
