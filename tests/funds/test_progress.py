"""Works and payments side by side; too far apart becomes a supervision order. C-030 C-032."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.funds.enums.figures import Lag
from bangfu.funds.models import Allocation
from bangfu.funds.queries.progress import finding_words, lag_of, lagging, projects_paced
from bangfu.projects.models import Progress, Project
from bangfu.support.models import SupervisionOrder
from tests.cast import COUNTY, NOW, TODAY
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(regions: dict[str, Region]) -> works.Cast:
    return works.make_cast()


@pytest.fixture
def money(cast: works.Cast, regions: dict[str, Region]) -> Allocation:
    """A contract of 90万 with 27万 paid: 30 %."""
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project)
    claim = reviewed(cast.office, claimed(cast.township, contract, fen=27 * WAN))
    paid(cast.finance, claim, allocation, 27 * WAN)
    return allocation


def built(cast: works.Cast, allocation: Allocation, percent: int) -> Project:
    """The project once so much is reported as built."""
    facts = {"on": TODAY, "percent": percent, "words": "路基完成", "recorded_by": cast.township}
    with recording(by=cast.township, at=NOW, verb="record_progress"):
        Progress.objects.create(project=allocation.project, **facts)
    return projects_paced(cast.office, TODAY).get(pk=allocation.project_id)


@pytest.mark.parametrize(
    ("percent", "lag"), [(30, None), (50, None), (51, Lag.BEHIND), (10, None), (9, Lag.AHEAD)]
)
def test_more_points_apart_than_the_county_allows_is_a_finding(
    cast: works.Cast, money: Allocation, percent: int, lag: Lag | None
) -> None:
    """Twenty points are allowed; exactly twenty is none."""
    project = built(cast, money, percent)
    assert lag_of(project) == lag
    rows = projects_paced(cast.office, TODAY)
    for each in Lag:
        assert lagging(rows, each).count() == int(each == lag)


def test_before_a_report_there_is_no_finding(cast: works.Cast, money: Allocation) -> None:
    project = projects_paced(cast.office, TODAY).get(pk=money.project_id)
    assert (project.percent, project.pay_percent, lag_of(project)) == (None, 30, None)


def test_the_county_changes_what_it_allows(cast: works.Cast, money: Allocation) -> None:
    supersede_parameter(
        by=cast.office,
        at=NOW,
        code="fund_lag_points",
        text="40",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="县定",
        grade="知",
    )
    assert lag_of(built(cast, money, 70)) is None
    assert lagging(projects_paced(cast.office, TODAY), Lag.BEHIND).count() == 0


def test_the_finding_becomes_an_order_to_the_responsible_unit(
    client: Client, cast: works.Cast, money: Allocation
) -> None:
    project = built(cast, money, 80)
    words = "形象进度 80%，支付进度 30%，支付落后于工程 50 个百分点。"
    assert finding_words(project, Lag.BEHIND) == words
    client.force_login(cast.office)
    assert words in client.get(reverse("fund_project_trace", args=[project.uid])).content.decode()
    page = client.get(reverse("order_lag", args=[project.uid]))
    form = page.context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items()}
    answer = client.post(reverse("order_lag", args=[project.uid]), data)
    order = SupervisionOrder.objects.get()
    assert answer.status_code == 302
    assert order.unit == project.responsible_unit
    assert order.findings.get().words == words


def test_the_ledger_shows_both_paces(client: Client, cast: works.Cast, money: Allocation) -> None:
    built(cast, money, 80)
    client.force_login(cast.finance)
    page = client.get(reverse("fund_progress_list") + "?f_lag=behind").content.decode()
    assert money.project.name in page and "支付落后于工程" in page
    trace = client.get(reverse("fund_project_trace", args=[money.project.uid])).content.decode()
    assert reverse("order_lag", args=[money.project.uid]) not in trace
