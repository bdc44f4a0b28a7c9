"""Estimates by items: what they add up to against what is planned, changed with approval (C-166, C-172)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.documents.pdf import render_pdf
from bangfu.projects.actions import admission, contracts
from bangfu.projects.actions.estimating import set_estimate
from bangfu.projects.models import Contract, Project
from bangfu.projects.showing.estimates import estimate_paper
from bangfu.projects.terms.estimating import EstimateFacts, Item, line_of, read_items
from tests.cast import NOW, TODAY
from tests.projects import builders as b

PLANNED = 249096 * b.WAN // 100
"""2490.96 万元."""
LINES = "路基 整平\t平方米\t11200\t12.5\n涵洞 道 3 40,000\n水池 立方米 1.333 3.33"


@pytest.mark.parametrize(
    ("quantity", "price", "fen"),
    [("1.333", 333, 444), ("0.5", 1, 1), ("2.5", 333, 833), ("3", 4_000_000, 12_000_000)],
)
def test_amount_is_the_product_in_whole_fen(quantity: str, price: int, fen: int) -> None:
    """Half a fen and more is rounded up."""
    assert Item("项", "个", Decimal(quantity), price).amount == fen


def test_lines_come_from_a_spreadsheet_and_wrong_ones_are_named() -> None:
    items = read_items(LINES)
    assert [(item.name, item.unit, item.amount) for item in items] == [
        ("路基 整平", "平方米", 14_000_000),
        ("涵洞", "道", 12_000_000),
        ("水池", "立方米", 444),
    ]
    assert read_items("\n".join(map(line_of, items))) == items
    for line, said in {
        "只有名称 米": "不够四栏",
        "路 米 -3 5": "不是合理的数量",
        "路 米 三 5": "不是数量",
        "路 米 1.2345 5": "小数太长",
        "路 米 3 0": "都要大于 0",
        "路 米 3 贵": "不是金额",
        "路 米 0.001 0.01": "都要大于 0",
        "路 米 NaN 5": "不是合理的数量",
    }.items():
        with pytest.raises(ValidationError, match=f"第 2 行.*{said}"):
            read_items(f"好的 米 1 1\n{line}")


def draw(
    by,
    project: Project,
    wan: Decimal | str,
    *,
    version: int = 0,
    contract: Contract | None = None,
    approval: str = "",
):
    facts = EstimateFacts(
        items=[Item("土建", "项", Decimal(1), int(Decimal(wan) * b.WAN))],
        drawn_on=TODAY,
        reason="按设计" if approval else "",
        approval_number=approval,
        approved_on=TODAY if approval else None,
    )
    return set_estimate(by=by, at=NOW, project=project, version=version, facts=facts, contract=contract)


def test_project_names_what_is_not_itemised_and_refuses_more(client, regions: dict[str, Region]) -> None:
    """2490.96 planned, 130.96 itemised, 2360.00 not itemised; the page, the sheet and the table say so."""
    cast = b.make_cast()
    project = b.applied(cast, regions, planned=PLANNED, sources={"central": PLANNED})
    with pytest.raises(SituationForbids, match=r"分项合计 24,909,700\.00 元.*多 100\.00 元"):
        draw(cast.village, project, "2490.97")
    with pytest.raises(NotPermitted):
        draw(cast.finance, project, "1")
    first = draw(cast.village, project, "130.96")
    with pytest.raises(StaleVersion):
        draw(cast.village, project, "140")
    with pytest.raises(SituationForbids, match="少于已定的分项合计"):
        unit = cast.transport.unit
        low = b.facts(regions, unit, planned=100 * b.WAN)
        admission.edit_project(by=cast.village, at=NOW, project=project, version=project.version, facts=low)
    client.force_login(cast.village)
    page = client.get(reverse("project_file", args=[project.uid]), {"tab": "estimate"}).content.decode()
    assert "24,909,600" in page and "1,309,600" in page and "23,600,000" in page
    words = estimate_paper(first).data
    assert (words["total"], words["rest"]) == ("1,309,600.00", "23,600,000.00")
    assert render_pdf(estimate_paper(first)).startswith(b"%PDF")
    form = client.get(reverse("set_estimate", args=[project.uid])).content.decode()
    assert "批准文号" not in form
    answer = client.post(
        reverse("set_estimate", args=[project.uid]),
        {"version": 1, "items": LINES, "drawn_on": TODAY.isoformat()},
    )
    assert answer.status_code == 302
    held = project.estimates.get(superseded_on=None)
    assert (held.number, held.total, held.items.count()) == (2, 26_000_444, 3)
    assert client.get(reverse("estimate_list")).content.decode().count("水池") == 1


def test_after_the_admission_a_change_needs_its_approval(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    draw(cast.village, project, "80")
    with pytest.raises(SituationForbids, match="再改要先批准"):
        draw(cast.village, project, "90", version=1)
    moved = draw(cast.village, project, "90", version=1, approval="云帮〔2026〕31号")
    assert project.estimates.get(superseded_on=None) == moved
    early = EstimateFacts(
        items=[Item("土建", "项", Decimal(1), b.WAN)],
        drawn_on=TODAY,
        reason="改",
        approval_number="云帮〔2026〕32号",
        approved_on=TODAY - timedelta(days=1),
    )
    with pytest.raises(SituationForbids, match="早于原来分项的编制日期"):
        set_estimate(by=cast.village, at=NOW, project=project, version=2, facts=early)
    with pytest.raises(SituationForbids, match="在今天"):
        later = replace(early, drawn_on=TODAY + timedelta(days=1))
        set_estimate(by=cast.village, at=NOW, project=project, version=2, facts=later)


def test_items_of_a_contract_stay_within_it(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.approved(cast, regions)
    contract = b.signed(cast, project)
    with pytest.raises(SituationForbids, match=r"超过合同金额 900,000\.00 元，多 100,000\.00 元"):
        draw(cast.township, project, "100", contract=contract)
    draw(cast.township, project, "90", contract=contract)
    with pytest.raises(SituationForbids, match="请先改概算分项"):
        contracts.change_contract(
            by=cast.township,
            at=NOW,
            contract=contract,
            version=contract.version,
            amount=80 * b.WAN,
            ends_on=contract.ends_on,
            reason="少做一段",
            approval_number="云帮〔2026〕33号",
            approved_on=TODAY,
        )
    draw(cast.township, project, "80", contract=contract, version=1, approval="云帮〔2026〕33号")
    client.force_login(cast.township)
    page = client.get(reverse("project_file", args=[project.uid]), {"tab": "estimate"}).content.decode()
    assert "HT-1" in page and "云帮〔2026〕33号" in page and "以前的" in page
    assert "批准文号" in client.get(reverse("set_contract_estimate", args=[contract.uid])).content.decode()
