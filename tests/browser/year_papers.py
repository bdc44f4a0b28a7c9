"""The steps of a village's year that end in papers: meeting, inspection, training, quarterly report."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.desks import Desks, put, refused, said, send
from tests.browser.year_steps import (
    Village,
    choose,
    numbers_open_their_lists,
    papers_of,
)

BANK = "云岭县农业银行"
MEETING = "年底挂包帮联席会议"
THING = "年底以前把三户的饮水管接到家"
WRONG = "门牌和台账不一致，收入没有扣生产支出。"
SEED = "三点五点一点"
COMING = "施佳，云岭县农业银行，4\n段文，村委会，3.5"


def day_after(day: str, days: int) -> str:
    """So many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def hold_a_meeting(desks: Desks) -> None:
    """A meeting that nobody attended is refused; with attendants it is kept, and so is what was typed."""
    page = desks("xian")
    page.goto("/meetings/record/")
    put(page, kind="joint", title=MEETING, held_at="县政府三楼", chair="刘县长")
    put(page, minutes="听取各单位情况，定了年底要办的事。", attendants=" ")
    send(page)
    refused(page, "您写的都还在")
    expect(page.locator("[name=minutes]")).to_have_value("听取各单位情况，定了年底要办的事。")
    put(page, attendants=f"{BANK} 赵明\n云岭县帮扶办 周亚")
    send(page)
    page.wait_for_url("**/meetings/*-*/")
    meeting = page.url
    page.get_by_role("link", name="分解一件").click()
    put(page, text=THING, due_on=day_after(desks.today, 20))
    page.locator("label", has_text=BANK).click()
    send(page)
    page.goto(meeting)
    expect(page.locator("main")).to_contain_text(THING)


def follow_the_resolution(desks: Desks) -> None:
    """The unit answers, the county looks whether it is so, and it is closed."""
    unit = desks("paichu")
    unit.goto("/meetings/resolutions/?f_due=unanswered")
    unit.locator("tbody tr", has_text=THING).locator("a").first.click()
    address = unit.url
    unit.get_by_role("link", name="回复").click()
    put(unit, text="三户都接通了，水质也测了。")
    send(unit)
    office = desks("xian")
    office.goto(address)
    office.get_by_role("link", name="核实").click()
    put(office, accepted="yes", words="打电话问过三户。")
    send(office)
    office.goto(address)
    expect(office.locator(".bf-head")).to_contain_text("销号")


def inspect(desks: Desks, village: Village) -> None:
    """Unannounced: the seed is shown and gives the same sample again; what was found becomes an order."""
    page = desks("ducha")
    page.goto("/inspections/open/")
    put(page, kind="unannounced", title="年底暗访", matter="收入测算", ends_on=day_after(desks.today, 10))
    send(page)
    page.wait_for_url("**/inspections/*-*/")
    inspection = page.url
    page.get_by_role("link", name="组一个组").click()
    choose(page, "region", "云岭县")
    choose(page, "leader", "高远")
    send(page)
    page.goto(inspection)
    page.get_by_role("link", name="抽样", exact=True).click()
    put(page, seed=SEED, villages=2, households=2)
    send(page)
    page.goto(inspection)
    expect(page.locator("main")).to_contain_text(SEED)
    expect(page.locator("main")).to_contain_text("重抽一遍，结果相同")
    _find(page, inspection, village)
    _order(page, inspection, desks, village)


def _find(page: Page, inspection: str, village: Village) -> None:
    page.goto(inspection)
    page.get_by_role("link", name="登记问题").first.click()
    choose(page, "village", village.name)
    page.locator("[name=kind]").select_option(index=1)
    put(page, words=WRONG)
    send(page)
    page.goto(inspection)
    expect(page.locator("main")).to_contain_text(WRONG)


def _order(page: Page, inspection: str, desks: Desks, village: Village) -> None:
    """Issued, printed, answered by the township, looked at again, closed."""
    page.get_by_role("link", name="下发督办单").click()
    page.locator("label", has_text=WRONG).click()
    choose(page, "unit", f"{village.township}人民政府")
    put(page, demand="逐户核对，错的改过来。")
    send(page)
    page.wait_for_url("**/orders/*-*/")
    order = page.url
    page.get_by_role("link", name="看印出来的样子").click()
    papers_of(page)
    township = desks("zhen")
    township.goto(order)
    township.get_by_role("link", name="回复").click()
    put(township, text="重新测算了，门牌也换了。")
    send(township)
    page.goto(order)
    page.get_by_role("link", name="复核").click()
    put(page, accepted="yes", words="抽两户看过，属实。")
    send(page)
    page.goto(order)
    expect(page.locator(".bf-head")).to_contain_text("销号")
    page.goto(inspection)
    page.get_by_role("button", name="结束检查").click()
    said(page, "结束")


def train(desks: Desks) -> None:
    """A course, a session of it, who came with their hours; more hours than the course has are refused."""
    page = desks("zuzhi")
    page.goto("/training/courses/plan/")
    put(page, title="年底走访怎么记", organiser="县委组织部", audience="驻村工作队员", hours="4")
    put(page, classroom="集中课堂", content="走访记录、线索、季度报告。")
    _in_county(page)
    send(page)
    page.locator("tbody tr", has_text="年底走访怎么记").locator("a").first.click()
    page.get_by_role("link", name="安排班次").click()
    put(page, mode="lecture", starts_on=desks.today, ends_on=desks.today, location="县委党校", expected=20)
    _in_county(page)
    send(page)
    page.locator("main tbody tr a").first.click()
    page.wait_for_url("**/training/sessions/*-*/")
    session = page.url
    page.get_by_role("link", name="登记参训名单").click()
    _list(page, COMING.replace("，4", "，40"))
    refused(page, "学时 40")
    _list(page, COMING)
    said(page, "登记了 2 人")
    page.goto(session)
    page.get_by_role("button", name="登记办班").click()
    page.goto(session)
    expect(page.locator("main")).to_contain_text("已办班")
    expect(page.locator("main tr", has_text="段文")).to_contain_text("3.5")


def _list(page: Page, people: str) -> None:
    """Look the list over, and keep it."""
    page.locator("textarea[name=people]").fill(people)
    page.get_by_role("button", name=re.compile("核对")).click()
    page.locator("button[name=keep]").click()


def _in_county(page: Page) -> None:
    if page.locator("main select[name=region]").count():
        choose(page, "region", "云岭县")


def send_out(desks: Desks, page: Page, approver: str) -> None:
    """A finished report: somebody else approves it, it goes out, and prints as PDF and as Word."""
    report = page.url
    page.get_by_role("button", name="提交审定").click()
    other = desks(approver)
    other.goto(report)
    other.get_by_role("link", name="审定", exact=True).click()
    put(other, accepted="yes")
    send(other)
    said(other, "已审定")
    page.goto(report)
    page.get_by_role("button", name="送出").click()
    said(page, "已送出")
    page.get_by_role("link", name="看印出来的样子").click()
    papers_of(page)


def draft(page: Page, link: str) -> None:
    """From a page that leads there: the draft, looked at and kept as it is."""
    page.get_by_role("link", name=link).click()
    send(page)
    page.wait_for_url("**/edit/")
    send(page)
    page.wait_for_url("**/reports/*-*/")


def write_the_minutes(desks: Desks) -> None:
    """The minutes of the meeting, approved by the county's leader."""
    page = desks("xian")
    page.goto("/meetings/?f_kind=joint")
    page.locator("tbody tr", has_text=MEETING).locator("a").first.click()
    draft(page, "起草纪要")
    expect(page.locator("main")).to_contain_text(THING)
    send_out(desks, page, "lingdao")


def list_what_was_handed_over(desks: Desks) -> None:
    """From the printed list of the hand-over: drafted, every number its list, approved."""
    page = desks("xian")
    draft(page, "起草成文")
    report = page.url
    assert numbers_open_their_lists(page, page.locator("main p.sm a")) == 2
    page.goto(report)
    send_out(desks, page, "lingdao")


def report_the_quarter(desks: Desks) -> None:
    """Drafted from records, every number its list; edited, approved by another, sent, answered."""
    page = desks("zhucun")
    page.goto("/reports/new/quarterly_report/")
    send(page)
    page.wait_for_url("**/edit/")
    put(page, text_problems="村口的路要修，请单位帮助联系。")
    send(page)
    report = page.url
    assert numbers_open_their_lists(page, page.locator("main p.sm a")) >= 4
    page.goto(report)
    expect(page.locator("main")).to_contain_text("村口的路要修")
    send_out(desks, page, "zhen")
    unit = desks("paichu")
    unit.goto(report)
    unit.get_by_role("link", name="反馈").click()
    put(unit, response="路的事已报交通局，年后开工。")
    send(unit)
    page.goto(report)
    expect(page.locator("main")).to_contain_text("路的事已报交通局")
