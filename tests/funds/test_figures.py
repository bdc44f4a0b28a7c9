"""The figures of money: sums of entries, shares against the rules, days. C-032 C-086 C-099 C-145."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.funds.actions.payments import Voucher, pay_households, record_card_results
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.models import Allocation
from bangfu.funds.queries.dashboard import dashboard
from bangfu.funds.queries.flows import flow_sums
from bangfu.funds.queries.timing import Scale
from bangfu.funds.showing.dashboard import Rule, rules
from bangfu.households.models import Household
from bangfu.metrics.counting import measured
from bangfu.metrics.registry import all_metrics
from bangfu.metrics.screen import list_address
from bangfu.projects.models import Project
from bangfu.ui.formats import money as money_text
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_user
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def money(cast: works.Cast, regions: dict[str, Region], household: Household) -> Allocation:
    """100万 central came 50 days ago; 80万 given to a works project: 30万 paid, 1万 sent to a household."""
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions, fen=100 * WAN), project)
    paid(cast.finance, reviewed(cast.office, claimed(cast.township, contract)), allocation, 30 * WAN)
    pay_households(
        by=cast.finance,
        at=NOW,
        allocation=allocation,
        title="产业奖补",
        amounts={household: WAN},
        voucher=Voucher("记-2", TODAY),
    )
    return allocation


def rule(cast: works.Cast, title: str, on: date = TODAY) -> Rule:
    found = rules(dashboard(cast.office, "", on, TODAY), now=True)
    return next(each for each in found if each.title == title)


def turn(allocation: Allocation, category: str) -> None:
    """Make the project one of another category."""
    with recording(by=SYSTEM, at=NOW, verb="fill"):
        Project.objects.filter(pk=allocation.project_id).update(category=category)


def test_sums_are_those_of_the_entries(cast: works.Cast, money: Allocation) -> None:
    sums = flow_sums(cast.office, "", TODAY)
    assert sums[FlowKind.RECEIVED] == sums[FlowKind.MANAGEMENT_BASE] == 100 * WAN
    assert sums[FlowKind.ALLOCATED] == sums[FlowKind.INDUSTRY_BASE] == 80 * WAN
    assert (sums[FlowKind.PAID], sums[FlowKind.HOUSEHOLD]) == (31 * WAN, WAN)
    assert sums[FlowKind.INDUSTRY] == sums[FlowKind.MANAGEMENT] == sums[FlowKind.COUNTY] == 0
    assert set(flow_sums(cast.office, "", TODAY - timedelta(days=51)).values()) == {0}


def test_what_the_bank_sends_back_did_not_reach_a_household(cast: works.Cast, money: Allocation) -> None:
    batch = money.batches.get()
    record_card_results(by=cast.finance, at=NOW, batch=batch, failed=[(batch.lines.get(), "销户")], on=TODAY)
    sums = flow_sums(cast.office, "", TODAY)
    assert (sums[FlowKind.PAID], sums[FlowKind.HOUSEHOLD]) == (30 * WAN, 0)


def test_every_figure_of_money_is_the_sum_of_its_list(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    turn(money, "industry.production")
    client.force_login(cast.office)
    sums = {metric.id: metric for metric in all_metrics().values() if metric.sum_of}
    for metric in sums.values():
        page = client.get(list_address(metric, cast.office, "", TODAY))
        total = money_text(measured(metric, cast.office, "", TODAY))
        assert total in "".join(page.context["totals"]) or total == "0.00", metric.id
    assert len(sums) == 11


def test_a_month_after_the_notice_points_fall_by_the_working_day() -> None:
    scale = Scale(25, 50, Decimal(6))
    assert [scale.points_of(days) for days in (0, 25, 26, 50, 51)] == [
        Decimal(6),
        Decimal(6),
        Decimal("5.76"),
        Decimal(0),
        Decimal(0),
    ]
    assert [scale.timing_of(days) for days in (25, 26, 50, 51)] == [
        Timing.FULL,
        Timing.PARTLY,
        Timing.PARTLY,
        Timing.ZERO,
    ]


def test_a_notice_not_allocated_yet_counts_working_days_to_today(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    """From 3 October on: 5 to 8 are holiday, 10 October is worked, as are the days until 20 November."""
    board = dashboard(cast.office, "", TODAY, TODAY)
    assert board.by_timing == {Timing.FULL: 0, Timing.PARTLY: 1, Timing.ZERO: 0}
    client.force_login(cast.office)
    page = client.get(reverse("fund_check_list") + "?f_timing=partly").content.decode()
    assert str(board.points) in page
    assert "没有符合条件" in client.get(reverse("fund_check_list") + "?f_timing=full").content.decode()


def test_shares_stand_against_what_is_laid_down(cast: works.Cast, money: Allocation) -> None:
    assert rule(cast, "到户资金占比").signal == ("warn", "差 69.0 个百分点")
    assert rule(cast, "支出进度").signal == ("now", "年底再判")
    assert rule(cast, "支出进度", YEAR_END).signal == ("warn", "差 61.0 个百分点")
    turn(money, "industry.production")
    assert rule(cast, "产业资金占比").signal == ("ok", "达到")


def test_management_above_its_share_names_the_notice(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    assert rule(cast, "项目管理费占比").signal == ("ok", "没有超过")
    turn(money, "management.fee")
    found = rule(cast, "项目管理费占比")
    assert found.signal == ("bad", "超过 79.0 个百分点")
    client.force_login(cast.office)
    assert money.source.notice_number in client.get(found.listed).content.decode()


def test_a_county_that_counts_all_money_says_so_by_its_parameter(
    cast: works.Cast, regions: dict[str, Region], money: Allocation
) -> None:
    make_source(cast.finance, regions, kind="county", notice_number="县一号", fen=50 * WAN)
    assert flow_sums(cast.office, "", TODAY)[FlowKind.MANAGEMENT_BASE] == 100 * WAN
    supersede_parameter(
        by=cast.office,
        at=NOW,
        code="fund_management_central",
        text="否",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="县定",
        grade="知",
    )
    assert flow_sums(cast.office, "", TODAY)[FlowKind.MANAGEMENT_BASE] == 150 * WAN


def test_the_share_of_revenue_waits_for_the_county_to_fill_it_in(
    cast: works.Cast, regions: dict[str, Region]
) -> None:
    make_source(cast.finance, regions, kind="county", fen=50 * WAN)
    assert rule(cast, "县级投入占财政收入").signal == ("off", "还没有填财政收入")
    supersede_parameter(
        by=cast.office,
        at=NOW,
        code="county_fiscal_revenue",
        text="100000000",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="决算",
        grade="知",
    )
    assert rule(cast, "县级投入占财政收入").now.startswith("0.5%")


def test_the_dashboard_shows_a_year_and_no_other(client: Client, cast: works.Cast, money: Allocation) -> None:
    client.force_login(cast.office)
    page = client.get(reverse("fund_dashboard"))
    assert "100.00" in page.content.decode() and "支出进度" in page.content.decode()
    assert client.get(reverse("fund_dashboard") + "?year=1999").status_code == 404
    client.force_login(make_user("township", TOWN))
    assert "指标登记在县里" in client.get(reverse("fund_dashboard")).content.decode()
