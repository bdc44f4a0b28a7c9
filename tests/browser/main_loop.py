"""The steps from a department's list to a released household, each done and seen by whom it belongs to."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.case_steps import CaseFile
from tests.browser.desks import Desks, put, said, send, stands_at

CASE = re.compile(r"/cases/[0-9a-f-]{36}/$")
CLUE = re.compile(r"/clues/[0-9a-f-]{36}/$")


def a_plain_household(desks: Desks) -> CaseFile:
    """A household of the grid worker, never poor nor monitored, of which nobody was sent out for a clue.

    One without any clue if there is one, else the last of the list.
    """
    page = desks("wangge")
    page.goto("/households/?f_household_type=general")
    rows = [row for row in page.locator("tbody tr").all() if "突发严重困难" not in row.inner_text()]
    links = [row.locator("td a").first for row in reversed(rows)]
    homes = [CaseFile("", link.inner_text(), str(link.get_attribute("href"))) for link in links]
    clues = {home.household: _clues_of(desks, home) for home in homes}
    free = [home for home in homes if all("待派发" in clue for clue in clues[home.household])]
    return min(free, key=lambda home: len(clues[home.household]))


def _clues_of(desks: Desks, home: CaseFile) -> list[str]:
    """The pool's lines about the household."""
    page = desks("zhen")
    page.goto(f"/clues/?q={home.head}")
    return [row.inner_text() for row in page.locator("tbody tr", has=page.locator("td a")).all()]


def number_of_head(desks: Desks, home: CaseFile) -> str:
    """The head's identity number, shown to the village's clerk for a reason."""
    page = desks("cun")
    page.goto(home.household)
    page.get_by_role("link", name="证件号", exact=True).first.click()
    page.locator("#panel input[type=text], #panel textarea").first.fill("核对医保名单")
    page.locator("#panel button[type=submit]").click()
    shown = page.locator("#panel")
    expect(shown.locator("h2")).to_have_text(re.compile("^[^看]+原文$"))
    found = re.search(r"\d{17}[\dXx]", re.sub(r"\s", "", shown.inner_text()))
    assert found is not None
    return found[0]


def medical_list(name: str, number: str, day: str) -> bytes:
    """A workbook as the medical bureau sends it: one stay in hospital, 26,000 yuan borne by oneself."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["住院费用结算明细"])
    sheet.append(["姓名", "身份证号", "结算日期", "医疗类别", "医疗总费用", "统筹支付合计", "个人自付"])
    sheet.append([name, number, day, "住院", 61000, 35000, 26000])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send_medical_list(desks: Desks, content: bytes) -> None:
    """The bureau's liaison uploads the list, sees whom it is about, and hands it in."""
    page = desks("yibao")
    page.goto("/imports/upload/")
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "11月住院结算.xlsx", "mimeType": media, "buffer": content}
    page.locator("[name=file]").set_input_files(file)
    send(page)
    expect(page.locator("main")).to_contain_text("认到册上的人", timeout=60_000)
    expect(page.locator("main")).to_contain_text("在册，共 1 人")
    page.get_by_role("button", name="提交这份名单").click()
    expect(page.locator("main")).to_contain_text("读入 = 接收 + 退回", timeout=60_000)


def screen_county(desks: Desks) -> None:
    """The county's office screens, looks at what would come, and releases it into the pool."""
    page = desks("xian")
    page.goto("/screenings/run/")
    send(page)
    button = page.get_by_role("button", name="放入线索池")
    for _ in range(40):
        if button.count():
            break
        page.wait_for_timeout(1500)
        page.reload()
    expect(page.locator("main")).to_contain_text("一般农户住院自付过高")
    button.click()
    expect(page.locator("main")).to_contain_text("已放入线索池", timeout=60_000)


def clue_of(page: Page, home: CaseFile) -> None:
    """Open the household's clue from the pool."""
    page.goto(f"/clues/?q={home.head}")
    page.locator("tbody tr td a").first.click()
    page.wait_for_url(CLUE)


def dispatch(desks: Desks, home: CaseFile) -> None:
    """The township sends the clue to the grid worker of the village."""
    page = desks("zhen")
    clue_of(page, home)
    expect(page.locator("main")).to_contain_text("住院个人自付累计26000元")
    page.get_by_role("link", name="派发").click()
    worker = page.locator("[name=assigned_to] option", has_text="段三妹")
    page.locator("[name=assigned_to]").select_option(value=worker.get_attribute("value"))
    put(page, note="请先问清报销了多少")
    send(page)
    said(page, "已派发")


def verify_clue(desks: Desks, home: CaseFile) -> None:
    """On a phone: from the workbench to the clue, two picks and a few words."""
    page = desks("wangge")
    page.goto("/")
    page.get_by_role("link", name="线索待核实").first.click()
    page.locator("tbody tr", has_text=home.head).locator("a").first.click()
    page.wait_for_url(CLUE)
    page.get_by_role("link", name="核实", exact=True).click()
    put(page, truth="true", reason="住院花了六万多，自付两万六，借了钱，今年没法出门做工。")
    send(page)
    expect(page.locator("[role=alert]")).to_contain_text("您写的都还在")
    expect(page.locator("[name=reason]")).to_have_value(re.compile("借了钱"))
    put(page, at_risk="yes")
    send(page)
    said(page, "核实结论已记下")


def open_case(desks: Desks, home: CaseFile) -> CaseFile:
    """The village opens the case from the clue."""
    page = desks("cun")
    clue_of(page, home)
    page.get_by_role("link", name="开个案").click()
    expect(page.locator("[name=risks][value='因病']")).to_be_checked()
    send(page)
    said(page, "个案建好了")
    page.wait_for_url(CASE)
    stands_at(page, "风险研判")
    return replace(home, url=page.url)


def open_case_at_household(desks: Desks, home: CaseFile) -> CaseFile:
    """The village opens a case from the household's file."""
    page = desks("cun")
    page.goto(f"{home.household}?tab=cases")
    page.get_by_role("link", name="建个案").click()
    put(page, risks=["因病"])
    send(page)
    said(page, "个案建好了")
    return replace(home, url=page.url)
