"""The steps of a case, from the authorisation on: who does each, and what the person sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.desks import Desks, bring_paper, closed_way, go_on, put, said, send, stands_at

NOTICE = re.compile(r"/notices/[0-9a-f-]{36}/$")


@dataclass(frozen=True)
class CaseFile:
    """A case's address, and the household's head and address."""

    url: str
    head: str
    household: str

    @property
    def uid(self) -> str:
        """As it stands in the address."""
        return self.url.strip("/").split("/")[-1]


def write(page: Page, card: str) -> None:
    """Open the form of a step's card."""
    here = page.locator(".step-cards section", has=page.get_by_role("heading", name=card, exact=True))
    here.locator(".card-header a").click()


def study(desks: Desks, file: CaseFile) -> None:
    """Without a record the way on is closed and says why."""
    page = desks("cun")
    page.goto(file.url)
    assert "研判" in closed_way(page, "列入核查名单")
    write(page, "风险研判")
    put(page, participants="段文、驻村工作队李队长", conclusion="住院花费大，列入核查。")
    send(page)
    go_on(page, "列入核查名单")
    stands_at(page, "申请和授权")


def authorise(desks: Desks, file: CaseFile) -> None:
    """The paper comes out of the printer with its code, and back signed."""
    page = desks("cun")
    page.goto(file.url)
    page.get_by_role("link", name="材料和打印").click()
    row = page.locator("tbody tr", has_text="承诺授权")
    with page.expect_download() as printed:
        row.get_by_role("link", name="PDF").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    page.goto(file.url)
    write(page, "申请和授权")
    put(page, adults_signed=page.locator("[name=adults]").input_value())
    send(page)
    bring_paper(page, "承诺授权书扫描件", desks.today)
    go_on(page, "开始核查")
    stands_at(page, "入户核查和信息比对")


def verify_at_home(desks: Desks, file: CaseFile, **seen: object) -> None:
    """Two different people; one name twice is refused, and nothing typed is lost."""
    page = desks("cun")
    page.goto(file.url)
    write(page, "入户核查")
    first = page.locator("[name=first_verifier]").input_value()
    put(page, second_verifier=first, conclusion="票据看过，情况属实。", **seen)
    send(page)
    expect(page.locator("[role=alert]").first).to_contain_text("您写的都还在")
    expect(page.locator("[name=conclusion]")).to_have_value("票据看过，情况属实。")
    choices = page.locator("[name=second_verifier] option")
    other = next(
        value
        for value in choices.evaluate_all("all => all.map(one => one.value)")
        if value not in ("", first)
    )
    put(page, second_verifier=other)
    send(page)
    said(page, "入户核查已登记")
    bring_paper(page, "信息采集表", desks.today)


def check_with_bureaus(desks: Desks, file: CaseFile) -> None:
    """The village asks, the county's office brings one answer with a clue and the others without."""
    page = desks("cun")
    page.goto(file.url)
    page.get_by_role("link", name="提请比对").click()
    send(page)
    said(page, "已提请比对")
    office = desks("xian")
    office.goto(file.url)
    office.get_by_role("link", name="登记结果").first.click()
    put(office, result="negative", clue_kind="vehicle", detail="2016 年购面包车一辆。")
    send(office)
    expect(office.locator("#checks")).to_contain_text("面包车")
    clear_the_rest(desks, file)


def clear_the_rest(desks: Desks, file: CaseFile) -> None:
    """The bureaus that found nothing are ticked and answered at once."""
    office = desks("xian")
    office.goto("/checks/?f_result=waiting")
    rows = office.locator("tbody tr", has_text=file.head)
    for row in rows.all():
        row.locator("input[name=row]").check()
    office.get_by_role("button", name="没有负面线索").click()
    said(office, "没有负面线索")
    expect(office.locator("tbody tr", has_text=file.head)).to_have_count(0)


def judge(desks: Desks, file: CaseFile) -> None:
    """A negative clue is judged by people, with reasons; until then the case does not go on."""
    page = desks("cun")
    page.goto(file.url)
    assert "负面线索" in closed_way(page, "提交评议")
    township = desks("zhen")
    township.goto(file.url)
    township.get_by_role("link", name="研判", exact=True).click()
    put(township, judges="何静、段文", verdict="explained", reasoning="跑客运谋生，现值约一万元。")
    send(township)
    page.goto(file.url)
    go_on(page, "提交评议")
    stands_at(page, "民主评议")


def meet(desks: Desks, file: CaseFile) -> None:
    """民主评议."""
    page = desks("cun")
    page.goto(file.url)
    write(page, "民主评议")
    put(page, location="村委会会议室", chair="段文", called=21, attended=17, agreed=17, result="agreed")
    if page.locator("[name=needs]").input_value() == "":
        put(page, needs="医疗费用负担重，需要稳定收入。")
    send(page)
    bring_paper(page, "评议记录和签到", desks.today)
    go_on(page, "评议通过，去公示")
    stands_at(page, "村内公示")


def post_notice(desks: Desks, file: CaseFile) -> None:
    """Composed without anything sensitive, printed, hung on the wall; before five days nothing goes on."""
    page = desks("cun")
    page.goto(f"/cases/notice/?row={file.uid}")
    send(page)
    page.wait_for_url(NOTICE)
    body = page.locator("main").inner_text()
    assert "因病" not in body and not re.search(r"\d{15}", body)
    notice = page.url
    page.get_by_role("link", name="看印出来的样子").click()
    expect(page.locator("main img").first).to_be_visible()
    page.goto(notice)
    page.get_by_role("link", name="登记张贴").click()
    send(page)
    expect(page.locator("main")).to_contain_text("没有收到异议")
    page.goto(file.url)
    bring_paper(page, "公示材料", desks.today)
    assert closed_way(page, "期满，报乡镇") != ""


def end_notice(desks: Desks, file: CaseFile) -> None:
    """Six days later it may come down."""
    desks.days_later(6)
    page = desks("cun")
    page.goto(file.url)
    go_on(page, "期满，报乡镇")
    stands_at(page, "乡镇审核")


def review(desks: Desks, file: CaseFile) -> None:
    """The township finds it in its to-dos."""
    page = desks("zhen")
    page.goto(file.url)
    write(page, "乡镇审核")
    put(page, visited=True, result="passed", opinion="材料齐全，情况属实，同意上报。")
    send(page)
    bring_paper(page, "乡镇审核表", desks.today, sealed=True)
    go_on(page, "审核通过，报县")
    stands_at(page, "县级审定")


def approve(desks: Desks, file: CaseFile, number: str) -> None:
    """By batch, with the paper's number."""
    page = desks("xian")
    page.goto(file.url)
    page.get_by_role("link", name="审定", exact=True).click()
    put(page, number=number)
    send(page)
    said(page, f"文号 {number}")
    page.goto(file.url)
    stands_at(page, "公告")


def announce(desks: Desks, file: CaseFile) -> None:
    """公告."""
    page = desks("cun")
    page.goto(file.url)
    write(page, "公告")
    put(page, location="村委会公示栏")
    send(page)
    go_on(page, "已公告")


def mark(desks: Desks, file: CaseFile, way: str) -> None:
    """The township has entered it in the national system."""
    page = desks("zhen")
    page.goto(file.url)
    page.get_by_role("link", name="登记日期").click()
    send(page)
    go_on(page, way)


def plan(desks: Desks, file: CaseFile) -> None:
    """A helper, a measure that develops, a plan agreed with the household."""
    page = desks("cun")
    page.goto(f"{file.household}pair/")
    page.locator("[name=person]").select_option(index=1)
    send(page)
    page.goto(f"{file.household}measure/")
    put(page, what="public_post:公益性岗位", risk="因病", content="村里保洁岗，每月 800 元。")
    send(page)
    said(page, "措施已加")
    page.goto(f"{file.household}plan/")
    put(page, goal="一年内收入稳定超过监测线。")
    send(page)
    page.get_by_role("link", name="定下").click()
    send(page)
    said(page, "方案已定")
    page.goto(file.url)
    go_on(page, "方案已定")
    stands_at(page, "落实措施")


def help_begins(desks: Desks, file: CaseFile) -> None:
    """The helper records that the measure has begun; the village ends the identification."""
    helper = desks("bangfu")
    helper.goto(f"{file.household}help/")
    helper.get_by_role("link", name="登记进展").click()
    send(helper)
    said(helper, "进展已登记")
    page = desks("cun")
    page.goto(file.url)
    go_on(page, "办结，转入帮扶")


def count_income(desks: Desks, file: CaseFile, yuan: str, period: str) -> None:
    """A worksheet of twelve months, signed by the household."""
    page = desks("cun")
    page.goto(f"{file.household}income/")
    put(page, period_kind=period)
    if period == "other":
        year, month = desks.today.split("-")[:2]
        put(page, first_month=f"{int(year) - 1}-{month}")
    amounts: Sequence[str] = page.locator("[name^=lines-][name$=-amount_fen]").evaluate_all(
        "all => all.map(one => one.name)"
    )
    put(page, **{amounts[0]: yuan})
    send(page)
    page.get_by_role("link", name="登记签字").click()
    send(page)
    said(page, "签字已登记")


def open_removal(desks: Desks, file: CaseFile) -> str:
    """The township begins the removal from the household's file; returns the case's address."""
    page = desks("zhen")
    page.goto(f"{file.household}?tab=cases")
    page.get_by_role("link", name="发起风险消除").click()
    send(page)
    said(page, "个案建好了")
    stands_at(page, "入户核查")
    return page.url


def go_to_meeting(desks: Desks, file: CaseFile) -> None:
    """Nothing is lacking for the removal."""
    page = desks("cun")
    page.goto(file.url)
    go_on(page, "提交评议")
    stands_at(page, "民主评议")


LETTER = "您家的住院费已报销大半，儿子在外务工收入稳定，这次不纳入。"


def refuse(desks: Desks, file: CaseFile) -> None:
    """The way on asks for the letter first; a letter too long is refused and stays on the page."""
    page = desks("cun")
    page.goto(file.url)
    assert "告知书" in closed_way(page, "不列入")
    page.get_by_role("link", name="不予纳入", exact=True).click()
    page.locator("[name=letter]").evaluate("one => one.removeAttribute('maxlength')")
    put(page, reason="研判没有返贫风险。", letter=LETTER * 6)
    send(page)
    expect(page.locator("[role=alert]").first).to_contain_text("您写的都还在")
    expect(page.locator("[name=reason]")).to_have_value("研判没有返贫风险。")
    put(page, letter=LETTER)
    send(page)
    said(page, "请打印告知书")
    stands_at(page, "不予纳入，等异议")


def deliver_letter(desks: Desks, file: CaseFile) -> None:
    """Printed in large type, brought to the household, and noted."""
    page = desks("cun")
    page.goto(f"{file.url}papers/")
    with page.expect_download() as printed:
        page.locator("tbody tr", has_text="告知书").get_by_role("link", name="PDF").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    page.goto(file.url)
    page.get_by_role("link", name="登记送达").click()
    send(page)
    said(page, "送达已登记")


def object_to_refusal(desks: Desks, file: CaseFile) -> None:
    """The household does not agree."""
    page = desks("cun")
    page.goto(file.url)
    page.get_by_role("link", name="登记异议").click()
    put(page, words="儿子上个月失业了，没有收入。")
    send(page)
    said(page, "异议已登记")


def uphold_objection(desks: Desks, file: CaseFile) -> None:
    """Somebody else decides, and the case begins again."""
    page = desks("zhen")
    page.goto(file.url)
    page.get_by_role("link", name="处理异议").click()
    put(page, upheld="yes", decision="儿子失业属实，重新研判。")
    send(page)
    said(page, "异议已处理")
    stands_at(page, "风险研判")
