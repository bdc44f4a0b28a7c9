"""The payment schedule of a contract: it adds up, and what is due and not paid is found. C-032 C-099."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.funds.actions.schedule import set_schedule
from bangfu.funds.enums.figures import Due as Standing
from bangfu.funds.models import Allocation, Instalment
from bangfu.funds.policies.schedule import Due
from bangfu.funds.queries.schedule import contracts_scheduled, due_of, due_words, standing
from bangfu.ledgers.workbench import all_cells
from bangfu.projects.models import Contract, Progress
from bangfu.support.models import SupervisionOrder
from tests.cast import NOW, TODAY
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db
SIGNED = TODAY - timedelta(days=3)


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def money(cast: works.Cast, regions: dict[str, Region]) -> Allocation:
    """A contract of 90万 with 27万 paid."""
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.office, claimed(cast.township, contract, fen=27 * WAN))
    paid(cast.finance, claim, allocation, 27 * WAN)
    return allocation


def three(second: int = 60) -> list[Due]:
    """27万 at once, 36万 today once so much is built, 27万 in a month."""
    return [
        Due(SIGNED, 0, 27 * WAN, "预付款"),
        Due(TODAY, second, 36 * WAN, "进度款"),
        Due(TODAY + timedelta(days=30), 100, 27 * WAN, "完工款和质保金"),
    ]


def schedule(cast: works.Cast, allocation: Allocation, dues: list[Due]) -> Contract:
    contract = Contract.objects.get(project=allocation.project)
    set_schedule(by=cast.township, at=NOW, contract=contract, dues=dues)
    return contract


def built(cast: works.Cast, allocation: Allocation, percent: int) -> None:
    facts = {"on": TODAY, "percent": percent, "words": "路基完成", "recorded_by": cast.township}
    with recording(by=cast.township, at=NOW, verb="record_progress"):
        Progress.objects.create(project=allocation.project, **facts)


@pytest.mark.parametrize(
    ("dues", "said"),
    [
        ([Due(TODAY, 0, 89 * WAN, "全款")], "各笔合计 890,000.00 元，合同 900,000.00 元，少 10,000.00 元"),
        ([Due(TODAY, 0, 91 * WAN, "全款")], "多 10,000.00 元"),
        ([], "少 900,000.00 元"),
        ([Due(SIGNED - timedelta(days=1), 0, 90 * WAN, "全款")], "早于合同签订日期"),
        ([Due(TODAY, 101, 90 * WAN, "全款")], "在 0 到 100 之间"),
        ([Due(TODAY, 0, 0, "无"), Due(TODAY, 0, 90 * WAN, "全款")], "金额要大于零"),
        ([Due(TODAY, 60, 45 * WAN, "一"), Due(TODAY, 50, 45 * WAN, "二")], "日期和进度要一笔比一笔靠后"),
        ([Due(TODAY, 0, 45 * WAN, "一"), Due(SIGNED, 50, 45 * WAN, "二")], "日期和进度要一笔比一笔靠后"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_the_numbers(
    cast: works.Cast, money: Allocation, dues: list[Due], said: str
) -> None:
    with pytest.raises(SituationForbids) as refused:
        schedule(cast, money, dues)
    assert said in refused.value.message
    assert Instalment.objects.count() == 0


def test_only_who_claims_for_the_project_makes_it(cast: works.Cast, money: Allocation) -> None:
    contract = Contract.objects.get()
    with pytest.raises(NotPermitted):
        set_schedule(by=cast.village, at=NOW, contract=contract, dues=three())


def test_a_shorter_schedule_replaces_the_longer(cast: works.Cast, money: Allocation) -> None:
    schedule(cast, money, three())
    schedule(cast, money, [Due(TODAY, 100, 90 * WAN, "一次付清")])
    assert [(row.number, row.fen, row.words) for row in Instalment.objects.all()] == [
        (1, 90 * WAN, "一次付清")
    ]


@pytest.mark.parametrize(
    ("second", "percent", "state"),
    [(60, 60, Standing.UNPAID), (60, 59, Standing.UNBUILT), (0, None, Standing.UNPAID)],
)
def test_what_is_due_and_not_paid_is_found(
    cast: works.Cast, money: Allocation, second: int, percent: int | None, state: Standing
) -> None:
    schedule(cast, money, three(second))
    if percent is not None:
        built(cast, money, percent)
    (row,) = contracts_scheduled(cast.finance, TODAY)
    assert due_of(row) == state
    for each in Standing:
        assert [*standing(contracts_scheduled(cast.finance, TODAY), each)] == ([row] if each == state else [])


def test_before_the_day_nothing_is_due(cast: works.Cast, money: Allocation) -> None:
    schedule(cast, money, three())
    built(cast, money, 100)
    before = TODAY - timedelta(days=1)
    (row,) = contracts_scheduled(cast.finance, before)
    assert (due_of(row), row.next_due) == (Standing.KEPT, TODAY)
    assert due_words(money.project, before) == ""


def test_the_finding_becomes_an_order_with_the_numbers(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    schedule(cast, money, three())
    built(cast, money, 45)
    words = "合同 HT-1：另有 360,000.00 元到期，形象进度 45% 还不够。"
    assert due_words(money.project, TODAY) == words
    client.force_login(cast.office)
    page = client.get(reverse("order_lag", args=[money.project.uid]))
    form = page.context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items()}
    client.post(reverse("order_lag", args=[money.project.uid]), data)
    assert SupervisionOrder.objects.get().findings.get().words == words


def test_the_pages_take_the_schedule_and_show_how_it_stands(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    contract = Contract.objects.get()
    client.force_login(cast.township)
    address = reverse("set_schedule", args=[contract.uid])
    wrong = client.post(
        address, {"parts": "明年，0，27万，预付款\n2026-1-1，x，1，y\n三项，0，1"}
    ).content.decode()
    for said in (
        "第 1 行：“明年”不是日期",
        "第 2 行：“x”不是",
        "第 3 行：“三项，0，1”要写四项",
        "明年，0，27万",
    ):
        assert said in wrong
    day = TODAY + timedelta(days=30)
    today = f"{TODAY.year}年{TODAY.month}月{TODAY.day}日"
    parts = f"{SIGNED}，0，27万，预付款\n{today}\t60%\t360,000.00\t进度款\n{day}，100，27万，完工款"
    saved = client.post(address, {"parts": parts}, follow=True).content.decode()
    assert "付款计划存好了" in saved
    built(cast, money, 80)
    client.force_login(cast.finance)
    page = client.get(reverse("project_file", args=[money.project.uid]) + "?tab=funds").content.decode()
    for shown in ("付款计划：HT-1", "预付款", "已付", "该付未付", "没有到期"):
        assert shown in page
    listed = client.get(reverse("fund_schedule_list") + "?f_due=unpaid").content.decode()
    assert money.project.name in listed and "360,000.00" in listed
    work = {cell.label: cell.count for cell in all_cells(cast.finance)}
    assert work["到期该付没有付的合同"] == 1
    client.force_login(cast.township)
    again = client.get(address).content.decode()
    assert f"{SIGNED}，0，270,000.00，预付款" in again


def test_a_day_is_read_as_people_write_it() -> None:
    from bangfu.funds.forms.schedule import ScheduleForm

    for said in ("2026-05-01", "2026/5/1", "2026.5.1", "2026年5月1日"):
        form = ScheduleForm({"parts": f"{said}，0，1,200.50，预付款"})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["parts"] == [Due(date(2026, 5, 1), 0, 120_050, "预付款")]
