"""Reports that write themselves: figures are their lists, typed words stay, what is refused. C-034, C-022."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from bangfu.access.models import UnitKind, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.duties.sources import matchers
from bangfu.households.models import Pairing
from bangfu.ledgers.workbench import all_cells
from bangfu.support.actions import reports as actions
from bangfu.support.actions.hand_over import hand_over_ties
from bangfu.support.actions.inspections import open_inspection
from bangfu.support.actions.ties import Terms, register_tie
from bangfu.support.actions.visits import Note, record_visit
from bangfu.support.enums.meetings import Presence
from bangfu.support.enums.reports import ReportState
from bangfu.support.enums.supervision import InspectionKind
from bangfu.support.models import Report, ReportCopy
from bangfu.support.queries.drafting import count_figures, draft_sections
from bangfu.support.queries.matters import Matter
from bangfu.support.queries.refreshing import figures_now, moved_figures
from bangfu.support.terms.periods import period_of, periods_over
from bangfu.support.terms.report_templates import report_templates
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.meeting_builders import a_unit, assigned, called, held, the_office, the_township
from tests.support.test_meetings import signed_in

pytestmark = pytest.mark.django_db
QUARTER = period_of("quarter", date(2026, 8, 1))


@pytest.fixture
def member(regions: dict[str, Region]) -> User:
    """A resident member: sent by a unit, writes in the village."""
    return make_user("village", VILLAGE, username="member", unit=a_unit("省文化厅", UnitKind.OTHER, "53"))


def quarterly(by: User, regions: dict[str, Region], **given: object) -> Report:
    facts = {"about": regions[VILLAGE], "starts_on": QUARTER.starts_on, "ends_on": QUARTER.ends_on}
    template = report_templates()["quarterly_report"]
    return actions.draft_report(by=by, at=NOW, template=template, **{**facts, **given})


def text_of(report: Report, section: str) -> str:
    return next(each["text"] for each in report.sections if each["id"] == section)


def edited(report: Report, by: User, **texts: str) -> Report:
    return actions.edit_report(
        by=by,
        at=NOW,
        report=report,
        version=report.version,
        title=report.title,
        number=report.number,
        signed_by=report.signed_by,
        texts=texts,
    )


def step(name: str, report: Report, by: User, **given: object) -> Report:
    return getattr(actions, name)(by=by, at=NOW, report=report, version=report.version, **given)


def sent(report: Report, by: User) -> Report:
    """Laid before the township, approved there, and sent."""
    chief = make_user("township", TOWN, username="chief")
    report = step("submit_report", report, by)
    report = step("approve_report", report, chief, accepted=True, note="")
    return step("hand_in_report", report, by)


def test_quarters_and_months_that_are_over_are_offered() -> None:
    assert period_of("quarter", date(2026, 12, 31)).ends_on == date(2026, 12, 31)
    assert [one.name for one in periods_over("quarter", TODAY)][:2] == ["2026年第三季度", "2026年第二季度"]
    assert [one.name for one in periods_over("month", date(2026, 1, 5))][:2] == ["2025年12月", "2025年11月"]


def test_every_number_is_the_count_of_the_list_it_opens(member, regions) -> None:
    for number in range(3):
        make_household(regions, VILLAGE, head_name=f"罗{number}", members=1)
    report = quarterly(member, regions)
    assert report.title == "上寨村2026年第三季度驻村帮扶工作报告"
    assert "上寨村在册农户 3 户" in text_of(report, "people")
    client, now = signed_in(member), figures_now(member, report)
    listed = [figure for figure in now.values() if figure.url]
    assert len(listed) >= 6
    for figure in listed:
        page = client.get(figure.url)
        assert page.status_code == 200 and f"共 {figure.number} 条" in page.content.decode(), figure
    page = client.get(reverse("report_file", args=[report.uid])).content.decode()
    assert "在册农户 3" in page


def test_a_quarter_that_has_not_ended_half_a_quarter_and_a_second_draft_are_refused(member, regions) -> None:
    now = period_of("quarter", TODAY)
    with pytest.raises(SituationForbids, match="还没有结束"):
        quarterly(member, regions, starts_on=now.starts_on, ends_on=now.ends_on)
    with pytest.raises(SituationForbids, match="整季度"):
        quarterly(member, regions, ends_on=QUARTER.ends_on - timedelta(days=1))
    with pytest.raises(SituationForbids, match="不写区划"):
        quarterly(the_office(), regions, about=regions[TOWN])
    first = quarterly(member, regions)
    with pytest.raises(SituationForbids, match="已经起草过"):
        quarterly(member, regions)
    with pytest.raises(SituationForbids, match="要写原因"):
        step("void_report", first, member, reason=" ")
    step("void_report", first, member, reason="重写")
    assert quarterly(member, regions).pk != first.pk


def test_typed_words_stay_and_what_moved_is_pointed_out(member, regions) -> None:
    report = quarterly(member, regions)
    people, work = text_of(report, "people"), text_of(report, "work")
    rewritten = "全村 0 户，都走到了。"
    report = edited(report, member, people=f"{people}我补的话。", work=rewritten)
    make_household(regions, VILLAGE, members=1)
    moved = moved_figures(report, figures_now(member, report))
    assert [(one.label, one.before, one.now, one.rewritten) for one in moved] == [("在册农户", 0, 1, False)]
    report = step("refresh_report", report, member)
    assert "在册农户 1 户" in text_of(report, "people") and text_of(report, "people").endswith("我补的话。")
    assert text_of(report, "work") == rewritten != work
    assert moved_figures(report, figures_now(member, report)) == []


def test_a_rewritten_sentence_is_pointed_out_until_it_says_the_new_number(member, regions) -> None:
    report = edited(quarterly(member, regions), member, people="咱们村没有几户。")
    make_household(regions, VILLAGE, members=1)
    report = step("refresh_report", report, member)
    moved = moved_figures(report, figures_now(member, report))
    assert [(one.label, one.rewritten) for one in moved] == [("在册农户", True)]
    assert "您改写过" in signed_in(member).get(reverse("report_file", args=[report.uid])).content.decode()
    report = edited(report, member, people="咱们村有 1 户。")
    assert moved_figures(report, figures_now(member, report)) == []


def test_it_goes_to_the_unit_and_the_helpers_who_answer_once(member, regions) -> None:
    helper = make_user("helper", COUNTY, username="helper", unit=a_unit("云岭县水务局"))
    household = make_household(regions, VILLAGE)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=household, helper=helper, valid_from=date(2024, 1, 1))
    report = quarterly(member, regions)
    with pytest.raises(SituationForbids, match="审定以后才能送出"):
        step("hand_in_report", report, member)
    report = sent(report, member)
    assert report.state == ReportState.HANDED_IN
    assert {copy.user or copy.unit for copy in report.copies.all()} == {member.unit, helper}
    with pytest.raises(SituationForbids, match="已送出"):
        step("hand_in_report", report, member)
    with pytest.raises(SituationForbids, match="不能再改"):
        edited(report, member, people="晚了")
    with pytest.raises(SituationForbids, match="不能作废"):
        step("void_report", report, member, reason="错")
    cell = next(cell for cell in all_cells(helper) if cell.label == "报告等我反馈")
    assert cell.count == 1
    client = signed_in(helper)
    told = {"response": "请把产业奖补的事报给我们。"}
    assert client.post(reverse("respond_report", args=[report.uid]), told).status_code == 302
    copy = ReportCopy.objects.get(user=helper)
    assert copy.responded_on is not None
    with pytest.raises(SituationForbids, match="已经反馈过"):
        actions.respond_report(by=helper, at=NOW, copy=copy, response="再说一遍")
    other = ReportCopy.objects.get(unit=member.unit)
    with pytest.raises(NotPermitted, match="不是送给您"):
        actions.respond_report(by=helper, at=NOW, copy=other, response="替人答")
    with pytest.raises(SituationForbids, match="打算怎么支持"):
        actions.respond_report(by=member, at=NOW, copy=other, response=" ")
    assert "1 / 2" in signed_in(member).get(reverse("report_list")).content.decode()


def test_reports_and_answers_count_for_duties_on_the_last_day_they_cover(member, regions) -> None:
    report = quarterly(member, regions)
    days = (QUARTER.starts_on, QUARTER.ends_on)
    assert list(matchers()["quarterly_report"].done(*days, None)) == []
    report = sent(report, member)
    done = list(matchers()["quarterly_report"].done(*days, None))
    assert {each.holder for each in done} == {member.party.subject_id, member.unit.party.subject_id}
    assert {each.on for each in done} == {QUARTER.ends_on}
    mate = make_user("sending_unit", "53", username="mate", unit=member.unit)
    actions.respond_report(by=mate, at=NOW, copy=report.copies.get(unit=member.unit), response="尽快安排")
    responded = list(matchers()["report_response"].done(*days, [member.unit.party.subject_id]))
    assert [each.holder for each in responded] == [member.unit.party.subject_id]


def test_who_did_not_get_it_and_is_not_of_the_place_does_not_see_it(member, regions) -> None:
    report = quarterly(member, regions)
    stranger = make_user("sending_unit", COUNTY, username="stranger", unit=a_unit("云岭县教育局"))
    leader = make_user("leader", COUNTY)
    for person in (stranger, leader):
        assert signed_in(person).get(reverse("report_file", args=[report.uid])).status_code == 404
    sent(report, member)
    assert signed_in(leader).get(reverse("report_file", args=[report.uid])).status_code == 200
    assert signed_in(stranger).get(reverse("report_file", args=[report.uid])).status_code == 404


def minutes(by: User, regions: dict[str, Region]) -> Report:
    bureau = a_unit("云岭县水务局")
    meeting = held(by, regions, [bureau])
    assigned(by, meeting, bureau)
    template = report_templates()["minutes"]
    return actions.draft_report(
        by=by,
        at=NOW,
        template=template,
        about=meeting.subject,
        starts_on=meeting.held_on,
        ends_on=meeting.held_on,
    )


def test_minutes_are_drafted_submitted_given_back_approved_by_another_and_sent(regions) -> None:
    office = the_office()
    report = minutes(office, regions)
    assert "会议议定 1 件事" in text_of(report, "resolutions")
    assert "会议听取了汇报。" in text_of(report, "minutes")
    with pytest.raises(SituationForbids, match="审定以后才能送出"):
        step("hand_in_report", report, office)
    report = step("submit_report", report, office)
    with pytest.raises(SituationForbids, match="由别人审定"):
        step("approve_report", report, office, accepted=True, note="")
    chief = make_user("county_office", COUNTY, username="chief")
    assert {cell.label: cell.count for cell in all_cells(chief)}["报告待审定"] == 1
    with pytest.raises(SituationForbids, match="改哪里"):
        step("approve_report", report, chief, accepted=False, note=" ")
    report = step("approve_report", report, chief, accepted=False, note="补上时限")
    assert (report.state, report.note) == (ReportState.DRAFT, "补上时限")
    report = step("submit_report", report, office)
    report = step("approve_report", report, chief, accepted=True, note="")
    report = step("hand_in_report", report, office)
    assert [copy.unit.name for copy in report.copies.all()] == ["云岭县水务局"]
    with pytest.raises(SituationForbids, match="不在待审定"):
        step("approve_report", report, chief, accepted=True, note="")


def test_who_was_asked_and_who_came_open_their_lists(regions) -> None:
    office = the_office()
    meeting = held(
        office, regions, [a_unit("云岭县水务局"), a_unit("云岭县交通局"), a_unit("云岭县电力公司")]
    )
    absent = meeting.attendances.get(unit__name="云岭县电力公司")
    with recording(by=SYSTEM, at=NOW, verb="test"):
        meeting.attendances.filter(pk=absent.pk).update(presence=Presence.ABSENT)
    template = report_templates()["minutes"]
    report = actions.draft_report(
        by=office,
        at=NOW,
        template=template,
        about=meeting.subject,
        starts_on=meeting.held_on,
        ends_on=meeting.held_on,
    )
    assert "会议应到 3 个单位（人），实到 2。" in text_of(report, "opening")
    now = figures_now(office, report)
    for name, number in (("asked", 3), ("came", 2)):
        page = signed_in(office).get(now[name].url).content.decode()
        assert now[name].number == number and f"共 {number} 条" in page


def test_a_called_meeting_has_no_minutes_and_somebody_elses_draft_is_theirs(regions, member) -> None:
    office = the_office()
    meeting = called(office, regions, [a_unit("云岭县教育局")])
    with pytest.raises(SituationForbids, match="还没有登记开过"):
        actions.draft_report(
            by=office,
            at=NOW,
            template=report_templates()["minutes"],
            about=meeting.subject,
            starts_on=TODAY,
            ends_on=TODAY,
        )
    report = quarterly(member, regions)
    clerk = make_user("village", VILLAGE, username="clerk")
    with pytest.raises(NotPermitted, match="执笔人"):
        edited(report, clerk, people="别人改的")
    with pytest.raises(StaleVersion):
        actions.refresh_report(by=member, at=NOW, report=report, version=report.version - 1)


def test_an_empty_report_and_one_with_a_gap_are_not_sent(member, regions) -> None:
    report = quarterly(member, regions)
    blank = edited(report, member, **{each["id"]: "" for each in report.sections})
    with pytest.raises(SituationForbids, match="空的"):
        step("submit_report", blank, member)
    with pytest.raises(SituationForbids, match="没有填"):
        step("submit_report", edited(blank, member, people="农户 ____ 户"), member)


def test_a_number_that_the_writer_may_not_count_is_a_gap(regions) -> None:
    leader, template = make_user("leader", COUNTY), report_templates()["quarterly_report"]
    words = {"place_name": "上寨村"}
    keys = {"code": VILLAGE, "about": "", "from": "2026-07-01", "to": "2026-09-30"}
    matter = Matter(regions[VILLAGE].subject, VILLAGE, *period_of_quarter(), words, keys)
    figures = count_figures(leader, template, matter)
    assert (figures["households"].number, figures["households"].url) == (None, "")
    sections = draft_sections(leader, template, matter, figures)
    assert "上寨村在册农户 ____ 户" in sections[0]["text"]
    assert sections[1]["tables"] == []


def period_of_quarter() -> tuple[date, date]:
    return QUARTER.starts_on, QUARTER.ends_on


def test_the_paper_is_official_and_complete_in_pdf_and_word(regions) -> None:
    office = the_office()
    report = minutes(office, regions)
    client, address = signed_in(office), reverse("print_report", args=[report.uid])
    assert "草稿，还没有定稿" in client.get(address).content.decode()
    pdf = PdfReader(io.BytesIO(client.get(address, {"format": "pdf"}).content))
    words = "".join(page.extract_text() for page in pdf.pages)
    for told in (
        "第四季度联席会议纪要",
        "议定事项",
        "云岭县水务局",
        "十二月底以前接通饮水管道",
        "云岭县帮扶办",
    ):
        assert told in words.replace("\n", "")
    document = docx.Document(io.BytesIO(client.get(address, {"format": "docx"}).content))
    assert "第四季度联席会议纪要" in "".join(one.text for one in document.paragraphs)
    assert "接通饮水管道" in "".join(cell.text for table in document.tables for cell in table._cells)
    assert AuditEvent.objects.filter(verb="print_report").count() == 2


def test_the_pages_carry_a_report_from_the_kind_to_the_unit(member, regions) -> None:
    client = signed_in(member)
    assert "驻村季度报告" in client.get(reverse("new_report")).content.decode()
    address = reverse("draft_report", args=["quarterly_report"])
    assert client.get(reverse("draft_report", args=["minutes"])).status_code == 404
    assert client.get(reverse("draft_report", args=["novel"])).status_code == 404
    asked = {"region": regions[VILLAGE].pk, "starts_on": QUARTER.starts_on.isoformat()}
    assert client.post(address, asked).status_code == 302
    report = Report.objects.get()
    typed = {
        "version": report.version,
        "title": report.title,
        "number": "",
        "signed_by": "驻上寨村工作队",
        **{f"text_{each['id']}": each["text"] + "补充。" for each in report.sections},
    }
    edit = reverse("edit_report", args=[report.uid])
    lost = client.post(edit, {**typed, "title": ""}).content.decode()
    assert "您写的都还在" in lost and "补充。" in lost
    assert client.post(edit, typed).status_code == 302
    assert "hand-in" not in client.get(reverse("report_file", args=[report.uid])).content.decode()
    client.post(reverse("submit_report", args=[report.uid]))
    chief = make_user("township", TOWN, username="chief")
    report.refresh_from_db()
    agreed = {"version": report.version, "accepted": "yes", "note": ""}
    address = reverse("approve_report", args=[report.uid])
    assert signed_in(chief).post(address, agreed).status_code == 302
    client.post(reverse("hand_in_report", args=[report.uid]))
    report.refresh_from_db()
    assert report.state == ReportState.HANDED_IN and text_of(report, "people").endswith("补充。")


def test_visits_of_a_household_are_told_to_who_sees_households(regions) -> None:
    """C-107: the history of visits on paper; a leader who sees no households does not see it."""
    clerk = make_user(
        "village", VILLAGE, username="clerk", unit=a_unit("上寨村委会", UnitKind.VILLAGE, VILLAGE)
    )
    household = make_household(regions, VILLAGE, head_name="罗大山")
    note = Note(TODAY, "home", ("head",), False, False, text="屋顶补过了。")
    record_visit(by=clerk, at=NOW, target=household, note=note)
    report = actions.draft_report(
        by=clerk,
        at=NOW,
        template=report_templates()["visit_history"],
        about=household.subject,
        starts_on=date(2026, 1, 1),
        ends_on=TODAY,
    )
    assert "走访罗大山户 1 次" in text_of(report, "visits")
    figure = figures_now(clerk, report)["visits"]
    assert f"共 {figure.number} 条" in signed_in(clerk).get(figure.url).content.decode()
    report = sent(report, clerk)
    assert report.sections[0]["tables"][0]["rows"][0]["text"] == "屋顶补过了。"
    address = reverse("report_file", args=[report.uid])
    assert signed_in(make_user("leader", COUNTY)).get(address).status_code == 404
    assert signed_in(make_user("county_office", COUNTY)).get(address).status_code == 200


def test_a_hand_over_list_and_a_roster_are_drafted_from_records_approved_and_printed(regions) -> None:
    """C-020: every number is its list; somebody else approves; Word and PDF as printed."""
    bureau = a_unit("云岭县水务局")
    giver, taker = (make_user("helper", COUNTY, username=name, unit=bureau) for name in ("giver", "taker"))
    office, leader = the_office(), make_user("leader", COUNTY)
    township = make_user("township", TOWN)
    households = [make_household(regions, VILLAGE, head_name=f"罗{number}") for number in range(3)]
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        for household in households:
            Pairing.objects.create(household=household, helper=giver, valid_from=date(2024, 1, 1))
    handed = list(Pairing.objects.filter(household__in=households[:2]))
    hand_over_ties(by=township, at=NOW, giver=giver, taker=taker, on=TODAY, pairings=handed)
    asked = {"giver": giver.uid, "taker": taker.uid, "on": TODAY.isoformat()}
    page = signed_in(office).get(reverse("print_hand_over_ties"), asked).content.decode()
    address = f"{reverse('draft_report', args=['hand_over_list'])}?about={giver.party.subject.uid}&on={TODAY}"
    assert address.replace("&", "&amp;") in page
    signed_in(office).get(reverse("print_hand_over_ties"), {**asked, "format": "pdf"})
    assert AuditEvent.objects.get(verb="print_hand_over_ties").data["form"] == "pdf"
    days = {"starts_on": TODAY, "ends_on": TODAY}
    assert signed_in(office).post(address, days).status_code == 302
    report = Report.objects.get()
    assert f"{giver.name}移交 2 户、0 条挂包关系" in text_of(report, "handed")
    assert [row["helper"] for row in report.sections[1]["tables"][0]["rows"]] == [taker.name] * 2
    figure = figures_now(office, report)["households"]
    assert f"共 {figure.number} 条" in signed_in(office).get(figure.url).content.decode()
    paper = reverse("print_report", args=[report.uid])
    assert "罗1" in words_of_pdf(signed_in(office).get(paper, {"format": "pdf"}).content)
    assert signed_in(leader).get(paper).status_code == 404
    report = step("submit_report", report, office)
    with pytest.raises(SituationForbids, match="由别人审定"):
        step("approve_report", report, office, accepted=True, note="")
    file = signed_in(leader).get(reverse("report_file", args=[report.uid])).content.decode()
    assert "审定</a>" in file and "作废" not in file and figure.url.replace("&", "&amp;") not in file
    report = step("approve_report", report, leader, accepted=True, note="")
    assert step("hand_in_report", report, office).state == ReportState.HANDED_IN


def words_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_roster_of_forces_is_what_holds_now(regions) -> None:
    """C-037: the roster of a place, as the ledger of ties has it today."""
    office = the_office()
    bureau = a_unit("云岭县水务局")
    register_tie(
        by=office,
        at=NOW,
        kind="unit_village",
        holder=bureau,
        target=regions[VILLAGE],
        terms=Terms(TODAY, paper_number="挂包安排"),
    )
    report = actions.draft_report(
        by=office,
        at=NOW,
        template=report_templates()["roster"],
        about=regions[TOWN],
        starts_on=TODAY,
        ends_on=TODAY,
    )
    assert "有效的挂包关系 1 条" in text_of(report, "ties")
    assert report.sections[0]["tables"][0]["rows"][0]["paper_number"] == "挂包安排"


def test_a_draft_about_an_inspection_is_not_for_the_township_it_looks_at(regions) -> None:
    leader = make_user("supervisor", COUNTY)
    inspection = open_inspection(
        by=leader,
        at=NOW,
        region=regions[TOWN],
        kind=InspectionKind.UNANNOUNCED,
        title="暗访",
        matter="收入",
        leader=leader,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    template = report_templates()["supervision_report"]
    facts = {"about": inspection.subject, "starts_on": TODAY, "ends_on": TODAY}
    report = actions.draft_report(by=leader, at=NOW, template=template, **facts)
    assert "这次检查没有抽样" in text_of(report, "done")
    address = reverse("report_file", args=[report.uid])
    assert signed_in(make_user("township", TOWN)).get(address).status_code == 404
    assert signed_in(leader).get(address).status_code == 200


def test_a_circular_that_says_a_number_of_a_person_is_not_printed(regions) -> None:
    """What goes out passes the leak scanner."""
    office = the_office()
    report = minutes(office, regions)
    report = edited(report, office, minutes="请李某 13800001111 办理。")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Report.objects.filter(pk=report.pk).update(template="circular")
    answer = signed_in(office).get(reverse("print_report", args=[report.uid]), {"format": "pdf"}, follow=True)
    assert "不能公开的内容" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="print_report").exists()


def test_a_township_monitors_but_the_circular_needs_its_snapshot(regions) -> None:
    clerk = make_user("township", TOWN, unit=the_township())
    month = period_of("month", date(2026, 10, 1))
    with pytest.raises(SituationForbids, match="还没有月末快照"):
        actions.draft_report(
            by=clerk,
            at=NOW,
            template=report_templates()["circular"],
            about=regions[TOWN],
            starts_on=month.starts_on,
            ends_on=month.ends_on,
        )
    assert not Report.objects.exists()
