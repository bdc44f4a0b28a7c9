"""Every yuan can be followed both ways: source, project, household. C-027 C-031 C-125."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.models import AuditEvent, Region
from bangfu.funds.actions.payments import Voucher, pay_households, record_card_results
from bangfu.funds.enums.tracing import Stage
from bangfu.funds.models import Allocation
from bangfu.funds.queries.household_trace import trace_household
from bangfu.funds.queries.knots import uncovered_sentence
from bangfu.funds.queries.project_trace import trace_project
from bangfu.funds.queries.source_trace import trace_source
from bangfu.funds.terms.steps import Trace
from bangfu.households.models import Household
from tests.cast import NOW, TODAY, TOWN, make_user
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def money(cast: works.Cast, regions: dict[str, Region], household: Household) -> Allocation:
    """80万 given to a project: 30万 paid on its contract, 0.6万 sent to a household."""
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    paid(cast.finance, reviewed(cast.office, claimed(cast.township, contract)), allocation, 30 * WAN)
    pay_households(
        by=cast.finance,
        at=NOW,
        allocation=allocation,
        title="产业奖补",
        amounts={household: 600_000},
        voucher=Voucher("记-2", TODAY),
    )
    allocation.refresh_from_db()
    return allocation


def part_of(trace: Trace, stage: Stage) -> list[tuple[str, str, str, int]]:
    """(from, to, paper, fen) of the steps of a stage."""
    part = next(each for each in trace.parts if each.stage == stage)
    return [(step.giver.name, step.taker.name, step.paper, step.fen) for step in part.steps]


def flows_of(trace: Trace) -> dict[tuple[str, str], int]:
    return {(flow.giver.name, flow.taker.name): flow.fen for flow in trace.flows}


def test_a_source_leads_down_to_vouchers_and_households(cast: works.Cast, money: Allocation) -> None:
    name = money.project.name
    trace = trace_source(cast.office, money.source, None)
    assert part_of(trace, Stage.ALLOCATED) == [("云财农〔2026〕1号", name, "云财农〔2026〕9号", 80 * WAN)]
    assert {(paper, fen) for _, _, paper, fen in part_of(trace, Stage.PAID)} == {
        ("记-1", 30 * WAN),
        ("记-2", 600_000),
    }
    assert [fen for _, _, _, fen in part_of(trace, Stage.REACHED)] == [600_000]
    assert flows_of(trace) == {
        ("云财农〔2026〕1号", "未下达"): 120 * WAN,
        ("云财农〔2026〕1号", name): 80 * WAN,
        (name, "支付合同款"): 30 * WAN,
        (name, "发放到户"): 600_000,
        (name, "未支付"): 50 * WAN - 600_000,
    }


def test_a_project_leads_back_to_its_sources_and_on_to_its_vouchers(
    cast: works.Cast, money: Allocation
) -> None:
    trace = trace_project(cast.office, money.project, None)
    name = money.project.name
    assert part_of(trace, Stage.CONTRACTED) == [(name, "合同 HT-1（云岭路桥公司）", "HT-1", 90 * WAN)]
    assert [fen for _, _, _, fen in part_of(trace, Stage.CLAIMED)] == [30 * WAN]
    given = sum(fen for (giver, _), fen in flows_of(trace).items() if giver == name)
    assert given == flows_of(trace)["云财农〔2026〕1号", name] == 80 * WAN
    assert trace.lacking == 0


def test_a_household_leads_back_to_every_yuan(
    cast: works.Cast, money: Allocation, household: Household
) -> None:
    trace = trace_household(household, None)
    assert [fen for _, _, _, fen in part_of(trace, Stage.REACHED)] == [600_000]
    assert flows_of(trace)["云财农〔2026〕1号", money.project.name] == 600_000
    assert part_of(trace, Stage.ALLOCATED)[0][0] == "云财农〔2026〕1号"
    batch = money.batches.get()
    record_card_results(
        by=cast.finance, at=NOW, batch=batch, failed=[(batch.lines.get(), "账户已注销")], on=TODAY
    )
    after = trace_household(household, None)
    assert after.flows == ()
    assert ("没有到账", 600_000, "1 笔") in after.sums


@pytest.mark.parametrize(
    ("planned", "itemised", "sentence"),
    [
        (249_096 * 10_000, 13_096 * 10_000, "计划 2490.96，已列明 130.96，未列明 2360.00（万元）"),
        (100 * WAN + 1, 100 * WAN, "计划 1,000,000.01，已列明 1,000,000.00，未列明 0.01（元）"),
    ],
)
def test_what_a_plan_leaves_open_is_named(planned: int, itemised: int, sentence: str) -> None:
    assert uncovered_sentence(planned, itemised) == sentence


def test_a_long_trace_lists_some_and_counts_all(cast: works.Cast, money: Allocation) -> None:
    trace = trace_source(cast.office, money.source, 1)
    part = next(each for each in trace.parts if each.stage == Stage.PAID)
    assert (len(part.steps), part.count, part.fen, part.left_off) == (1, 2, 30 * WAN + 600_000, 1)


def test_the_workbook_holds_every_step_and_is_noted(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    client.force_login(cast.office)
    response = client.get(reverse("fund_project_trace", args=[money.project.uid]) + "?format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    totals = {row[0]: row[5] for row in sheet.iter_rows(values_only=True)}
    assert (totals["支付凭证合计"], totals["到户合计"], totals["报账合计"]) == (306_000, 6_000, 300_000)
    assert AuditEvent.objects.filter(verb="print_trace", data__form="xlsx").count() == 1


def test_who_may_not_export_gets_no_workbook_and_sees_no_button(client: Client, money: Allocation) -> None:
    client.force_login(make_user("team_leader", TOWN))
    page = reverse("fund_project_trace", args=[money.project.uid])
    assert "导出 Excel" not in client.get(page).content.decode()
    assert client.get(f"{page}?format=xlsx").status_code == 403


def test_the_household_file_shows_the_money_to_who_sees_the_household(
    client: Client, money: Allocation, household: Household
) -> None:
    client.force_login(make_user("village"))
    page = client.get(reverse("household_file", args=[household.uid]) + "?tab=funds").content.decode()
    assert "产业奖补" in page and "6,000.00" in page
    assert reverse("fund_source_file", args=[money.source.uid]) not in page


def test_a_trace_is_printed(client: Client, cast: works.Cast, money: Allocation) -> None:
    client.force_login(cast.office)
    for name, uid in (("source", money.source.uid), ("project", money.project.uid)):
        paper = client.get(reverse(f"print_{name}_trace", args=[uid]) + "?format=pdf")
        assert paper.content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="print_trace", data__form="pdf").count() == 2
