"""The pages where money is moved: from the notice to the voucher, with what is refused. C-027 C-128 C-129
C-130 C-145 C-224."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from xlsxwriter import Workbook

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.funds.enums.funds import CardResult, ClaimState
from bangfu.funds.importing.table import fund_table
from bangfu.funds.ledgers.table import FUND_TABLE
from bangfu.funds.models import Allocation, Claim, Entry, SubsidyBatch
from bangfu.households.actions.registering import MemberFacts, register_household
from bangfu.households.models import Household
from bangfu.ledgers.workbench import all_cells
from bangfu.projects.models import Project
from tests.cast import NOW, TODAY, VILLAGE
from tests.funds.balance import unbalanced
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.households.builders import registrar
from tests.projects import builders as works

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def project(cast: works.Cast, regions: dict[str, Region]) -> Project:
    return works.approved(cast, regions)


def send(browser: Client, name: str, about: object, /, **said: object) -> str:
    """The page that the form leads to."""
    answer = browser.post(reverse(name, args=[about.uid]), said, follow=True)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return answer.content.decode()


def test_money_goes_from_the_notice_to_the_voucher_page_by_page(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    contract, source = works.signed(cast, project), make_source(cast.finance, regions)
    finance, township, office = map(signed_in, (cast.finance, cast.township, cast.office))
    given = {"project": project.code, "fen": "80万", "paper_number": "云财农〔2026〕9号", "on": TODAY}
    assert "资金已下达" in send(finance, "allocate_fund", source, **given)
    billed = {
        "fen": "30万",
        "invoice_number": "0001",
        "invoice_fen": "30万",
        "words": "进度款",
        "claimed_on": TODAY,
    }
    assert "还没有支付" in send(township, "submit_claim", contract, **billed)
    claim = Claim.objects.get()
    send(office, "review_claim", claim, approve="yes", words="齐全", on=TODAY)
    allocation = Allocation.objects.get()
    pay = {"allocation": allocation.pk, "fen": "300000", "voucher": "记-1", "paid_on": TODAY}
    assert "支付记好了" in send(finance, "pay_claim", claim, **pay)
    claim.refresh_from_db()
    assert (claim.state, claim.account.used, unbalanced()) == (ClaimState.PAID, 30 * WAN, [])
    page = finance.get(reverse("project_file", args=[project.uid]) + "?tab=funds").content.decode()
    for shown in ("云财农〔2026〕1号", "800,000.00", "300,000.00", "500,000.00", "已付清"):
        assert shown in page
    traced = finance.get(reverse("fund_source_file", args=[source.uid])).content.decode()
    assert "记-1" in traced


def test_a_refusal_keeps_what_was_typed_and_says_the_numbers(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    source, entries = make_source(cast.finance, regions, fen=50 * WAN), Entry.objects.count
    before = entries()
    given = {"project": project.name, "fen": "60万", "paper_number": "某号文", "on": TODAY}
    page = send(signed_in(cast.office), "allocate_fund", source, **given)
    for shown in ("500,000.00", "600,000.00", "100,000.00", "60万", "某号文"):
        assert shown in page
    contract = works.signed(cast, project)
    billed = {
        "fen": "95万",
        "invoice_number": "7",
        "invoice_fen": "95万",
        "words": "进度款",
        "claimed_on": TODAY,
    }
    page = send(signed_in(cast.township), "submit_claim", contract, **billed)
    assert "873,000.00" in page
    assert "95万" in page
    assert entries() == before


def test_a_project_that_is_not_there_or_twice_is_asked_again(
    cast: works.Cast, regions: dict[str, Region], signed_in: LogIn
) -> None:
    source = make_source(cast.finance, regions)
    given = {"fen": "1万", "paper_number": "某号文", "on": TODAY}
    browser = signed_in(cast.finance)
    assert "没有“不存在的项目”" in send(browser, "allocate_fund", source, project="不存在的项目", **given)


def test_who_reviewed_a_claim_does_not_pay_it(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.finance, claimed(cast.township, works.signed(cast, project)))
    pay = {"allocation": allocation.pk, "fen": "1", "voucher": "记-1", "paid_on": TODAY}
    assert "您审核的，要别人支付" in send(signed_in(cast.finance), "pay_claim", claim, **pay)


def test_a_reversed_payment_waits_to_be_paid_again(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.office, claimed(cast.township, works.signed(cast, project)))
    payment = paid(cast.finance, claim, allocation, 30 * WAN)
    page = send(signed_in(cast.finance), "reverse_payment", payment, reason="账号错", on=TODAY)
    assert "已冲回" in page
    assert "账号错" in page
    claim.refresh_from_db()
    assert (claim.state, unbalanced()) == (ClaimState.REVIEWED, [])


def test_a_list_of_households_is_paid_and_the_bank_answers(
    cast: works.Cast, regions: dict[str, Region], household: Household, signed_in: LogIn
) -> None:
    project = works.planned(cast, regions)
    allocation = give(cast.office, make_source(cast.finance, regions), project, 10_000)
    browser = signed_in(cast.finance)
    said = {"title": "产业奖补", "voucher": "记-9", "paid_on": TODAY}
    wrong = send(browser, "pay_households", allocation, lines="没有这户，10\n又一户", **said)
    assert "第 2 行" in wrong
    assert "又一户" in wrong
    who = household.head_name
    twice = send(browser, "pay_households", allocation, lines=f"{who}，10\n{who}，20", **said)
    assert "写了两次" in twice
    send(browser, "pay_households", allocation, lines=f"{who}，100", **said)
    batch = SubsidyBatch.objects.get()
    page = send(browser, "record_card_results", batch, lines=f"{who}，户名不符", on=TODAY)
    assert "户名不符" in page
    allocation.account.refresh_from_db()
    assert (batch.lines.get().result, allocation.account.used) == (CardResult.FAILED, 0)  # type: ignore[attr-defined]
    assert unbalanced() == []


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    content = BytesIO()
    with Workbook(content) as book:
        page = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("名单.xlsx", content.getvalue())


def test_a_workbook_is_read_into_the_list_and_looked_over_first(
    cast: works.Cast, regions: dict[str, Region], household: Household, signed_in: LogIn
) -> None:
    project = works.planned(cast, regions)
    allocation = give(cast.office, make_source(cast.finance, regions), project, 10_000)
    said = {"title": "产业奖补", "voucher": "记-9", "paid_on": TODAY}
    file = sheet(("户主", "金额（元）"), (household.head_name, 88.5))
    page = send(signed_in(cast.finance), "pay_households", allocation, file=file, **said)
    assert f"{household.head_name}，88.5" in page
    assert "产业奖补" in page
    assert not SubsidyBatch.objects.exists()


def test_a_balance_is_told_from_a_carry_over_found_and_taken_back(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    source = make_source(cast.finance, regions)
    allocation = give(cast.office, source, project)
    browser = signed_in(cast.office)
    found = reverse("fund_allocation_list")
    assert project.name in browser.get(found + "?f_rest=carry_over").content.decode()
    assert project.name not in browser.get(found + "?f_rest=balance").content.decode()
    with recording(by=SYSTEM, at=NOW, verb="finish"):
        Project.objects.filter(pk=project.pk).update(state="done")
    assert project.name in browser.get(found + "?f_rest=balance").content.decode()
    said = {"approval_number": "云帮领〔2026〕20号", "on": TODAY}
    assert "结余收回来了" in send(browser, "replan_balance", allocation, **said)
    source.account.refresh_from_db()
    assert (source.account.rest, unbalanced()) == (200 * WAN, [])


def test_a_reward_names_what_it_rewards(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    source, browser = make_source(cast.finance, regions), signed_in(cast.finance)
    given = {"project": project.code, "fen": "5万", "paper_number": "某号文", "on": TODAY}
    send(browser, "allocate_fund", source, **given, reward_basis="2025 年度考核：好")
    give(cast.office, source, project, WAN)
    page = browser.get(reverse("fund_allocation_list") + "?f_reward=yes").content.decode()
    assert "50,000.00" in page
    assert "10,000.00" not in page


def test_the_workbench_counts_what_waits_for_each(
    cast: works.Cast, regions: dict[str, Region], project: Project
) -> None:
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = claimed(cast.township, works.signed(cast, project))

    def waits(user: User) -> dict[str, int]:
        return {cell.label: cell.count for cell in all_cells(User.objects.get(pk=user.pk))}

    assert waits(cast.office)["待审核的报账"] == 1
    assert waits(cast.finance)["待支付的报账"] == 0
    assert "待审核的报账" not in waits(cast.township)
    reviewed(cast.office, claim)
    assert waits(cast.finance)["待支付的报账"] == 1
    paid(cast.finance, claim, allocation, 30 * WAN)
    assert waits(cast.finance)["待支付的报账"] == 0


def test_the_sources_of_a_year_are_shown_with_their_shares(
    cast: works.Cast, regions: dict[str, Region], signed_in: LogIn
) -> None:
    """C-085."""
    make_source(cast.finance, regions, fen=300 * WAN, pooled=True)
    make_source(cast.finance, regions, notice_number="二号", kind="county", fen=100 * WAN, pooled=True)
    make_source(cast.finance, regions, notice_number="三号", kind="donated", fen=100 * WAN, donor="某企业")
    page = signed_in(cast.office).get(reverse("fund_pool")).content.decode()
    for shown in ("5,000,000.00", "4,000,000.00", "80.00", "60.00", "75.00", "20.00", "社会捐赠"):
        assert shown in page


def test_the_fund_table_is_exported_in_the_columns_that_it_is_read_in(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    give(cast.office, make_source(cast.finance, regions), project)
    page = signed_in(cast.finance).get(reverse("fund_table")).content.decode()
    for shown in ("云财农〔2026〕1号", project.code, "800,000.00", "2,000,000.00"):
        assert shown in page
    titles = {title for column in fund_table().sheet.columns for title in column.titles}
    assert {"资金文号", "资金来源", "到县日期", "指标金额", "下达金额"} <= {
        column.label for column in FUND_TABLE.columns if column.label in titles
    }


def test_a_claim_is_corrected_before_its_review_and_after_it_was_returned(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    contract = works.signed(cast, project)
    claim, township = claimed(cast.township, contract), signed_in(cast.township)
    billed = {"invoice_code": "5300", "invoice_number": "0002", "invoice_fen": "25万", "words": "进度款"}
    assert "0001" in township.get(reverse("correct_claim", args=[claim.uid])).content.decode()
    send(township, "correct_claim", claim, fen="20万", claimed_on=TODAY, **billed)
    claim.refresh_from_db()
    assert (claim.account.amount, str(claim.invoice), unbalanced()) == (20 * WAN, "发票 5300 0002", [])
    assert contract.fund_account.account.used == 20 * WAN
    reviewed(cast.office, claim, approve=False, words="发票抬头写错了")
    returned = township.get(reverse("correct_claim", args=[claim.uid])).context["form"]
    assert returned.initial["fen"] == 20 * WAN
    send(township, "correct_claim", claim, fen="25万", claimed_on=TODAY, **billed)
    claim.refresh_from_db()
    assert (claim.state, claim.account.amount, claim.reviewed_by) == (ClaimState.SUBMITTED, 25 * WAN, None)
    reviewed(cast.office, claim)
    assert "不能更正" in send(township, "correct_claim", claim, fen="1万", claimed_on=TODAY, **billed)
    assert unbalanced() == []


def test_a_correction_above_the_contract_leaves_the_claim_as_it_was(
    cast: works.Cast, project: Project, signed_in: LogIn
) -> None:
    claim = claimed(cast.township, works.signed(cast, project))
    before = Entry.objects.count()
    billed = {"invoice_number": "9", "invoice_fen": "95万", "words": "进度款", "claimed_on": TODAY}
    page = send(signed_in(cast.township), "correct_claim", claim, fen="95万", **billed)
    assert "873,000.00" in page
    claim.refresh_from_db()
    assert (Entry.objects.count(), claim.account.amount, claim.words) == (before, 30 * WAN, "进度款")


def test_a_claim_passed_on_by_mistake_is_returned_until_money_left(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.office, claimed(cast.township, works.signed(cast, project)))
    office = signed_in(cast.office)
    payment = paid(cast.finance, claim, allocation, 10 * WAN)
    page = send(office, "review_claim", claim, approve="no", words="发票不对", on=TODAY)
    assert "已经付了 100,000.00 元，不能退回" in page
    send(signed_in(cast.finance), "reverse_payment", payment, reason="退票", on=TODAY)
    send(office, "review_claim", claim, approve="no", words="发票不对", on=TODAY)
    claim.refresh_from_db()
    assert (claim.state, claim.account.amount, unbalanced()) == (ClaimState.RETURNED, 0, [])


def test_a_notice_registered_by_mistake_is_withdrawn_and_comes_again(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    source, finance = make_source(cast.finance, regions), signed_in(cast.finance)
    address = reverse("withdraw_source", args=[source.uid])
    assert address in finance.get(reverse("fund_source_file", args=[source.uid])).content.decode()
    early = source.received_on - timedelta(days=1)
    assert "早于到县日期" in send(finance, "withdraw_source", source, reason="金额错了", on=early)
    send(finance, "withdraw_source", source, reason="金额错了", on=TODAY)
    source.account.refresh_from_db()
    assert (source.account.amount, unbalanced()) == (0, [])
    assert "已经撤回了" in send(finance, "withdraw_source", source, reason="再来", on=TODAY)
    again = make_source(cast.finance, regions, fen=150 * WAN)
    assert (again.pk, again.account.amount) == (source.pk, 150 * WAN)
    give(cast.office, again, project)
    page = send(finance, "withdraw_source", again, reason="金额错了", on=TODAY)
    assert "已经下达 800,000.00 元，不能撤回" in page
    assert address not in finance.get(reverse("fund_source_file", args=[source.uid])).content.decode()


def _home(regions: dict[str, Region], code: str, name: str) -> Household:
    return register_household(
        by=registrar(VILLAGE), at=NOW, village=regions[VILLAGE], head=MemberFacts(name), code=code
    )


def test_whom_the_bank_refused_is_sent_the_money_once_more(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    allocation, finance = (
        give(cast.office, make_source(cast.finance, regions), project),
        signed_in(cast.finance),
    )
    homes = [_home(regions, code, name) for code, name in (("530901", "李甲"), ("530902", "李乙"))]
    lines = "\n".join(f"{home.code}，800" for home in homes)
    sent = {"title": "奖补", "voucher": "记-1", "paid_on": TODAY}
    send(finance, "pay_households", allocation, lines=lines, **sent)
    batch = SubsidyBatch.objects.get()
    send(finance, "record_card_results", batch, lines=f"{homes[1].code}，户名不符", on=TODAY)
    file = reverse("household_batch_file", args=[batch.uid])
    address = reverse("pay_households", args=[allocation.uid]) + f"?repeats={batch.uid}"
    assert address in finance.get(file).content.decode()
    offered = finance.get(address).context["form"].initial["lines"]
    assert offered == f"{homes[1].code}，800.00"
    more = {"title": "奖补（补发）", "voucher": "记-2", "paid_on": TODAY}
    wrong = finance.post(address, {"lines": lines, **more}).content.decode()
    assert f"{homes[0].code} {homes[0].head_name} 退回来 0.00 元，这次 800.00 元" in wrong
    finance.post(address, {"lines": offered, **more})
    again = SubsidyBatch.objects.get(repeats=batch)
    assert (again.payment.fen, unbalanced()) == (80_000, [])
    assert "已经补发" in finance.get(file).content.decode()
    twice = finance.post(address, {"lines": offered, **more, "voucher": "记-3"}).content.decode()
    assert "没有到账的已经补发" in twice
    assert SubsidyBatch.objects.count() == 2


def test_the_bank_answers_several_batches_in_one_list(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    allocation, finance = (
        give(cast.office, make_source(cast.finance, regions), project),
        signed_in(cast.finance),
    )
    homes = [_home(regions, code, name) for code, name in (("530901", "李甲"), ("530902", "李乙"))]
    for number in (1, 2, 3):
        lines = "\n".join(f"{home.code}，{number}00" for home in homes)
        sent = {"title": f"奖补{number}", "voucher": f"记-{number}", "paid_on": TODAY, "lines": lines}
        send(finance, "pay_households", allocation, **sent)
    address = reverse("record_answers")
    wrong = finance.post(address, {"lines": "记-1，530901，\n记-9，530901，x\n记-1，没有，x", "on": TODAY})
    for said in ("第 2 行：没有等回单的“记-9”这一批", "第 3 行：没有“没有”这一户"):
        assert said in wrong.content.decode()
    heads = ("凭证号", "户编号", "户主", "失败原因")
    file = sheet(heads, ("记-1", "530901", "李甲", ""), ("奖补2", "530902", "李乙", "户名不符"))
    read = finance.post(address, {"lines": "", "on": TODAY, "file": file}).context["form"]
    assert read.initial["lines"] == "记-1，530901，\n奖补2，530902，户名不符"
    finance.post(address, {"lines": read.initial["lines"], "on": TODAY})
    results = {
        batch.title: {line.result for line in batch.lines.all()} for batch in SubsidyBatch.objects.all()
    }
    assert results == {
        "奖补1": {CardResult.PAID},
        "奖补2": {CardResult.PAID, CardResult.FAILED},
        "奖补3": {CardResult.SENT},
    }
    assert unbalanced() == []


def test_a_second_grant_for_one_purpose_in_one_village_is_pointed_out_first(
    cast: works.Cast, regions: dict[str, Region], project: Project, signed_in: LogIn
) -> None:
    """C-216."""
    source, finance = make_source(cast.finance, regions), signed_in(cast.finance)
    give(cast.office, source, project, 30 * WAN)
    twin = works.planned(cast, regions, name="另一条产业路", purpose=project.purpose)
    asked = {"project": twin.code, "fen": "10万", "paper_number": "某号文", "on": TODAY}
    page = send(finance, "allocate_fund", source, **asked)
    assert f"同村同用途“{project.purpose}”的“{project.name}”" in page and "已经下达 300,000.00 元" in page
    assert Allocation.objects.count() == 1
    assert "资金已下达" in send(finance, "allocate_fund", source, looked="on", **asked)
    assert Allocation.objects.get(project=twin).account.amount == 10 * WAN
