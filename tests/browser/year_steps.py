"""The steps of a village's year: its ties, visits, what is owed, leave, and who takes over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.desks import PDF, Desks, put, refused, said, send
from tests.browser.test_sweep import PHONE, Finger
from tests.browser.test_visit import MOST_TAPS, pick

BUREAU, HELPER, MEMBER = "卫生健康局", "马强", "施佳"
LOOKS = 60
"""How often one looks whether the worker has done something, a second and a half apart."""


@dataclass(frozen=True)
class Village:
    """The practice village: its name, and how lists of regions name it."""

    name: str
    option: str

    @property
    def township(self) -> str:
        """Its township's name."""
        return self.option.split()[0]


def practice_village(desks: Desks) -> Village:
    """Where the village's clerk works; the county's office names it with its township."""
    page = desks("cun")
    page.goto("/reports/new/quarterly_report/")
    name = page.locator("[name=region] option:checked").inner_text()
    page = desks("xian")
    page.goto(f"/ties/register/?kind=unit_village&who={BUREAU}")
    return Village(name, page.locator("[name=target] option", has_text=name).first.inner_text())


def days_before(day: str, days: int) -> str:
    """So many days before."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def quarter_of(day: str) -> str:
    """The first day of its quarter; a tie owes in the windows that it covers."""
    year, month = int(day[:4]), int(day[5:7])
    return date(year, month - (month - 1) % 3, 1).isoformat()


def count_of(page: Page, address: str) -> int:
    """How many rows a list says it has."""
    page.goto(address)
    found = re.search(r"共 ([\d,]+) 条", page.locator("main").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def until(page: Page, address: str, words: str) -> None:
    """Look at a list until the worker has made a row with these words."""
    page.goto(address)
    for _ in range(LOOKS):
        if page.locator("main tbody", has_text=words).count():
            return
        page.wait_for_timeout(1500)
        page.reload()
    expect(page.locator("main tbody")).to_contain_text(words)


def tie_a_unit(desks: Desks, village: Village) -> None:
    """A unit stands for the village, with the paper that says so; a second time is refused."""
    page = desks("xian")
    for _ in range(2):
        page.goto(f"/ties/register/?kind=unit_village&who={BUREAU}")
        page.locator("[name=holder]").first.check()
        page.locator("[name=target]").select_option(label=village.option)
        put(page, paper_number="演示县挂包帮工作安排", valid_from=quarter_of(desks.today))
        scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator("[name=scan]").set_input_files(scan)
        send(page)
        if page.locator("[role=alert]").count():
            break
        said(page, "关系已登记")
        expect(page.locator("main")).to_contain_text("演示县挂包帮工作安排")
    refused(page, "您写的都还在")
    expect(page.locator("[name=paper_number]")).to_have_value("演示县挂包帮工作安排")


def see_what_it_owes(desks: Desks) -> None:
    """On the next day the unit's duties stand there, each with its last day."""
    page = desks("xian")
    until(page, f"/duties/?f_unit={BUREAU}", "单位专题研究")
    expect(page.locator("tbody")).to_contain_text(re.compile("在期内|快到期"))


def visit_on_phone(desks: Desks) -> None:
    """From what is owed to the kept note in eight taps at the most; then one thing less is owed."""
    page = desks("bangfu")
    done = count_of(page, "/duties/mine/all/?f_state=done")
    held = desks.browser.new_context(
        base_url=desks.county.address,
        storage_state=desks.contexts["bangfu"].storage_state(),
        locale="zh-CN",
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
    )
    held.set_default_timeout(desks.patience)
    phone, finger = held.new_page(), Finger()
    phone.goto("/")
    finger.tap(phone.get_by_role("link", name="我的责任", exact=True).first)
    owed = phone.locator("li", has_text=re.compile("走访|户")).filter(has_text=re.compile("快到期|在期内"))
    finger.tap(owed.get_by_role("link", name="去记录").first)
    for name, value in (("met", "head"), ("changed", "no"), ("new_risk", "no")):
        pick(finger, phone, name, value)
    finger.tap(phone.get_by_role("button", name="存下"))
    said(phone, "走访已存")
    assert finger.taps <= MOST_TAPS
    held.close()
    assert count_of(page, "/duties/mine/all/?f_state=done") == done + 1


def visit_noted_late(desks: Desks) -> None:
    """A visit of long ago wants its reason; what was picked and written stays."""
    page = desks("bangfu")
    page.goto("/visits/mine/")
    page.get_by_role("link", name="记走访", exact=True).first.click()
    page.locator("details.visit-more summary").click()
    for name, value in (("met", "head"), ("changed", "no"), ("new_risk", "no")):
        page.locator("label", has=page.locator(f"[name={name}][value='{value}']")).click()
    put(page, text="月初去的，家里都好。", on=days_before(desks.today, 25))
    page.get_by_role("button", name="存下").click()
    refused(page, "还没存")
    expect(page.locator("[name=text]")).to_have_value("月初去的，家里都好。")
    put(page, back_dating_reason="村里没有信号")
    page.get_by_role("button", name="存下").click()
    said(page, "走访已存")


def excuse_what_is_late(desks: Desks) -> None:
    """What was not done says by its words that it is late; the county grants the excuse."""
    page = desks("bangfu")
    page.goto("/duties/mine/all/?f_state=overdue&f_late=recent&sort=-due_on")
    page.locator("tbody tr td a").first.click()
    expect(page.locator(".bf-head")).to_contain_text("逾期")
    item = page.url
    page.get_by_role("link", name="申请准免").click()
    put(page, reason="抽调到县防汛指挥部值守一个月")
    send(page)
    office = desks("xian")
    office.goto("/duties/excuses/?f_state=asked")
    office.locator("tbody tr", has_text="防汛指挥部值守一个月").locator("a").first.click()
    office.get_by_role("link", name="准免", exact=True).click()
    put(office, answer="同意")
    send(office)
    page.goto(item)
    expect(page.locator("main")).to_contain_text("已准免")


def ask_for_leave(desks: Desks) -> None:
    """The resident member asks, the township answers, the days in the village follow the paper."""
    page = desks("zhucun")
    page.goto("/teams/members/")
    page.locator("tbody tr", has_text=MEMBER).locator("a").first.click()
    file = page.url
    page.get_by_role("link", name="请假、报外出").click()
    put(page, kind="personal", starts_on=desks.today, ends_on=desks.today, reason="送孩子住院")
    send(page)
    township = desks("zhen")
    township.goto("/teams/leaves/to-decide/")
    township.locator("tbody tr", has_text=MEMBER).locator("a").first.click()
    put(township, decision="yes")
    send(township)
    page.goto(file)
    expect(page.locator("main tr", has_text="送孩子住院")).to_contain_text("已批")


def hand_over(desks: Desks) -> None:
    """All that the helper has goes to another in one step; the list is printed, no household is without."""
    page = desks("xian")
    left_over = count_of(page, "/households/without-helper/")
    had = count_of(page, f"/pairings/?f_open=yes&f_helper={HELPER}")
    assert had > 0
    page.goto(f"/ties/hand-over/?who={HELPER}")
    page.locator("tbody").get_by_role("link", name=HELPER, exact=True).click()
    page.locator("[name=taker]").select_option(label=_option(page, "taker", MEMBER))
    page.get_by_role("button", name="移交", exact=True).click()
    said(page, "没有一处空着")
    printed = page.url
    papers_of(page)
    assert count_of(page, f"/pairings/?f_open=yes&f_helper={HELPER}") == 0
    assert count_of(page, f"/pairings/?f_open=yes&f_handed_from={HELPER}") == had
    assert count_of(page, "/households/without-helper/") == left_over
    page.goto(printed)


def _option(page: Page, name: str, words: str) -> str:
    return page.locator(f"[name={name}] option", has_text=words).first.inner_text()


def choose(page: Page, name: str, words: str) -> None:
    """The choice of a field that has these words in it."""
    page.locator(f"main [name={name}]").select_option(label=_option(page, name, words))


def papers_of(page: Page) -> None:
    """The page of a paper gives it as PDF and as Word."""
    for kind, begins in (("PDF", b"%PDF"), ("Word", b"PK")):
        with page.expect_download() as kept:
            page.get_by_role("link", name=re.compile(f"^{kind}")).first.click()
        assert kept.value.path().read_bytes().startswith(begins)


def numbers_open_their_lists(page: Page, links: Locator) -> int:
    """Every link that ends in a number opens a list of as many; says how many links there were."""
    asked = [(link.inner_text().strip(), str(link.get_attribute("href"))) for link in links.all()]
    for text, address in asked:
        found = re.search(r"[\d,]+$", text)
        assert found is not None, text
        assert count_of(page, address) == int(found[0].replace(",", "")), text
    return len(asked)


def see_compliance(desks: Desks, village: Village, year: int) -> None:
    """The village's year in numbers, each of them its list."""
    page = desks("xian")
    page.goto(f"/duties/compliance/?year={year}")
    _go_down_to(page, village)
    row = page.locator("tbody tr", has_text=village.name).first
    assert numbers_open_their_lists(page, row.locator("td a")) >= 2


def _go_down_to(page: Page, village: Village) -> None:
    """From the county's line of the township to those of its villages."""
    page.locator("tbody th").get_by_role("link", name=village.township).click()
    expect(page.locator("tbody").first).to_contain_text(village.name)
