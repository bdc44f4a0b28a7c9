"""The way of money, and what is refused with the numbers. C-027 C-031 C-128 C-129 C-130 C-145."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.funds.actions.payments import Voucher, pay_households, record_card_results, reverse_payment
from bangfu.funds.actions.sources import replan_balance
from bangfu.funds.enums.funds import CardResult, ClaimState
from bangfu.funds.models import Account, Entry
from bangfu.households.models import Household
from bangfu.projects.models import Project
from tests.cast import NOW, TODAY
from tests.funds.balance import unbalanced
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


def refused(call: object, *words: str) -> None:
    """The call is refused with the words, and no entry is left behind."""
    before = Entry.objects.count()
    with pytest.raises(SituationForbids) as refusal:
        call()  # type: ignore[operator]
    assert [word for word in words if word not in refusal.value.message] == []
    assert Entry.objects.count() == before
    assert unbalanced() == []


def test_money_goes_from_the_notice_to_the_voucher(cast: works.Cast, regions: dict[str, Region]) -> None:
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    source = make_source(cast.finance, regions)
    allocation = give(cast.office, source, project)
    claim = reviewed(cast.office, claimed(cast.township, contract))
    paid(cast.finance, claim, allocation, 20 * WAN)
    paid(cast.finance, claim, allocation, 10 * WAN, "记-2")
    claim.refresh_from_db()
    source.account.refresh_from_db()
    allocation.account.refresh_from_db()
    assert claim.state == ClaimState.PAID
    assert (source.account.used, source.account.rest) == (80 * WAN, 120 * WAN)
    assert (allocation.account.used, allocation.account.rest) == (30 * WAN, 50 * WAN)
    assert unbalanced() == []


def test_an_allocation_above_its_source_or_plan_is_refused(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    project = works.planned(cast, regions)
    small = make_source(cast.finance, regions, fen=50 * WAN)
    large = make_source(cast.finance, regions, notice_number="二号", fen=200 * WAN)
    refused(lambda: give(cast.office, small, project, 60 * WAN), "500,000.00", "600,000.00", "100,000.00")
    refused(lambda: give(cast.office, large, project, 101 * WAN), "1,000,000.00", "1,010,000.00", "10,000.00")


def test_what_is_not_in_the_library_or_not_in_the_plan_gets_no_money(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    source = make_source(cast.finance, regions)
    refused(lambda: give(cast.office, source, works.applied(cast, regions)), "不在项目库")
    inside = works.admitted(cast, regions, name="入库没列计划")
    refused(lambda: give(cast.office, source, inside), "年度计划")


def test_a_notice_that_is_too_short_holds_the_money_back(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    project = works.planned(cast, regions)
    source = make_source(cast.finance, regions, received_on=TODAY - timedelta(days=50))
    with recording(by=SYSTEM, at=NOW, verb="post_project"):
        project.postings.update(days=7)
    refused(lambda: give(cast.office, source, project), "满了 7 天", "至少 10 天")


def test_a_claim_stays_within_the_contract_without_what_is_kept_back(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    contract = works.signed(cast, works.approved(cast, regions))
    most = contract.amount - contract.retention_fen
    refused(
        lambda: claimed(cast.township, contract, fen=most + 1, invoice_fen=most + 1),
        "900,000.00",
        "27,000.00",
        "873,000.01",
    )
    claimed(cast.township, contract, fen=most, invoice_fen=contract.amount)
    more = {"fen": contract.retention_fen, "invoice_fen": contract.amount, "releases_retention": True}
    refused(lambda: claimed(cast.township, contract, **more), "质保期")


def test_claims_on_an_invoice_never_exceed_it(cast: works.Cast, regions: dict[str, Region]) -> None:
    contract = works.signed(cast, works.approved(cast, regions))
    claimed(cast.township, contract, fen=20 * WAN)
    refused(lambda: claimed(cast.township, contract, fen=11 * WAN), "300,000.00", "10,000.00")
    refused(lambda: claimed(cast.township, contract, fen=WAN, invoice_fen=40 * WAN), "400,000.00")
    claimed(cast.township, contract, fen=10 * WAN)


def test_a_contract_before_the_approval_pays_nothing(cast: works.Cast, regions: dict[str, Region]) -> None:
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    with recording(by=SYSTEM, at=NOW, verb="adjust_project"):
        Project.objects.filter(pk=project.pk).update(approved_on=TODAY)
    refused(lambda: claimed(cast.township, contract), "先批复、后签合同", str(TODAY))


def test_a_payment_above_its_claim_and_a_voucher_used_twice_are_refused(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = claimed(cast.township, contract)
    refused(lambda: paid(cast.finance, claim, allocation, WAN), "审核")
    reviewed(cast.office, claim)
    refused(lambda: paid(cast.finance, claim, allocation, 31 * WAN), "300,000.00", "310,000.00")
    paid(cast.finance, claim, allocation, WAN)
    refused(lambda: paid(cast.finance, claim, allocation, WAN), "记-1", "第二次", "10,000.00")


def test_a_returned_claim_gives_contract_and_invoice_back(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    contract = works.signed(cast, works.approved(cast, regions))
    claim = claimed(cast.township, contract)
    refused(lambda: reviewed(cast.office, claim, approve=False), "原因")
    reviewed(cast.office, claim, approve=False, words="发票不清")
    assert Account.objects.filter(used__gt=0).count() == 0
    assert unbalanced() == []
    claimed(cast.township, contract)


def test_a_reversal_is_an_entry_of_its_own(cast: works.Cast, regions: dict[str, Region]) -> None:
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.office, claimed(cast.township, contract))
    payment = paid(cast.finance, claim, allocation, 30 * WAN)
    reverse_payment(by=cast.finance, at=NOW, payment=payment, reason="账号错", on=TODAY)
    refused(
        lambda: reverse_payment(by=cast.finance, at=NOW, payment=payment, reason="再冲", on=TODAY), "一次"
    )
    claim.refresh_from_db()
    assert claim.state == ClaimState.REVIEWED
    assert payment.entry.reversals.get().fen == -30 * WAN
    assert unbalanced() == []
    paid(cast.finance, claim, allocation, 30 * WAN, "记-2")


def test_money_to_households_comes_back_where_the_bank_refused(
    cast: works.Cast, regions: dict[str, Region], household: Household
) -> None:
    project = works.planned(cast, regions)
    allocation = give(cast.office, make_source(cast.finance, regions), project, 10_000)

    def pay(fen: int) -> object:
        return pay_households(
            by=cast.finance,
            at=NOW,
            allocation=allocation,
            title="产业奖补",
            amounts={household: fen},
            voucher=Voucher("记-9", TODAY),
        )

    refused(lambda: pay(10_001), "100.00", "100.01", "0.01")
    batch = pay(10_000)
    line = batch.lines.get()  # type: ignore[attr-defined]
    record_card_results(by=cast.finance, at=NOW, batch=batch, failed=[(line, "户名不符")], on=TODAY)  # type: ignore[arg-type]
    line.refresh_from_db()
    allocation.account.refresh_from_db()
    assert (line.result, line.reason) == (CardResult.FAILED, "户名不符")
    assert (allocation.account.used, unbalanced()) == (0, [])


def test_a_carry_over_stays_and_a_balance_goes_back_by_approval(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    project = works.approved(cast, regions)
    source = make_source(cast.finance, regions)
    allocation = give(cast.office, source, project)

    def replan(number: str = "云帮领〔2026〕20号") -> object:
        return replan_balance(by=cast.office, at=NOW, allocation=allocation, approval_number=number, on=TODAY)

    refused(replan, "结转")
    with recording(by=SYSTEM, at=NOW, verb="finish"):
        Project.objects.filter(pk=project.pk).update(state="done")
    allocation.project.refresh_from_db()
    refused(lambda: replan(" "), "批准文号")
    replan()
    source.account.refresh_from_db()
    assert (source.account.rest, unbalanced()) == (200 * WAN, [])


def test_the_database_itself_refuses_to_overspend_and_to_change_an_entry(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    source = make_source(cast.finance, regions)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=source.account_id).update(used=F("amount") + 1)
    for write in (lambda: Entry.objects.update(fen=1), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            write()


def test_who_has_not_the_permission_moves_nothing(cast: works.Cast, regions: dict[str, Region]) -> None:
    with pytest.raises(NotPermitted):
        make_source(cast.office, regions)
    source = make_source(cast.finance, regions)
    project = works.planned(cast, regions)
    with pytest.raises(NotPermitted):
        give(cast.township, source, project)
