"""A reward for good results: who reached the floor, in parts that add up, each explained. C-224."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bangfu.core.models import Region
from bangfu.funds.policies.rewards import divided, share_out
from bangfu.funds.terms.results import Result
from tests.cast import COUNTY, TODAY
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

TOWNS = (
    Result("530926101", "甲镇", 200 * WAN, 190 * WAN),
    Result("530926102", "乙镇", 100 * WAN, 92 * WAN),
    Result("530926103", "丙镇", 100 * WAN, 92 * WAN - 1),
    Result("530926104", "丁镇", 0, 0),
)


def test_by_what_they_got_and_the_floor_itself_counts() -> None:
    rows = share_out(TOWNS, 30 * WAN, Decimal(92), equally=False)
    assert [(row.result.name, row.fen) for row in rows] == [
        ("甲镇", 20 * WAN),
        ("乙镇", 10 * WAN),
        ("丙镇", 0),
        ("丁镇", 0),
    ]
    assert [row.why for row in rows] == [
        "支出进度 95.00%，不低于 92%；下达 2,000,000.00 元，占够格的 66.67%",
        "支出进度 92.00%，不低于 92%；下达 1,000,000.00 元，占够格的 33.33%",
        "支出进度 91.99%，不到 92%",
        "这一年没有下达资金",
    ]


def test_equally() -> None:
    rows = share_out(TOWNS, 30 * WAN, Decimal(92), equally=True)
    assert [row.fen for row in rows] == [15 * WAN, 15 * WAN, 0, 0]
    assert rows[0].why == "支出进度 95.00%，不低于 92%；占够格的 50.00%"


def test_nobody_reached_it() -> None:
    assert [row.fen for row in share_out(TOWNS, 30 * WAN, Decimal(96), equally=False)] == [0, 0, 0, 0]


@given(st.integers(1, 10**13), st.dictionaries(st.text(max_size=9), st.integers(1, 10**12), min_size=1))
def test_the_parts_add_up_to_the_fen(fen: int, weights: dict[str, int]) -> None:
    parts, whole = divided(fen, weights), sum(weights.values())
    assert sum(parts.values()) == fen
    assert all(abs(parts[key] * whole - fen * weights[key]) < whole for key in weights)


@pytest.mark.django_db
def test_the_page_works_it_out_and_books_nothing(client: Client, regions: dict[str, Region]) -> None:
    cast = works.make_cast()
    project = works.approved(cast, regions)
    contract = works.signed(cast, project)
    allocation = give(cast.office, make_source(cast.finance, regions), project, 30 * WAN)
    claim = reviewed(cast.office, claimed(cast.township, contract, fen=30 * WAN))
    paid(cast.finance, claim, allocation, 30 * WAN)
    client.force_login(cast.office)
    asked = {"region": regions[COUNTY].pk, "year": TODAY.year, "fen": "50万"}
    page = client.get(reverse("fund_reward"), asked).content.decode()
    assert "支出进度 100.00%，不低于 92%；下达 300,000.00 元，占够格的 100.00%" in page
    assert "500,000.00" in page
    assert "不是金额" in client.get(reverse("fund_reward"), {**asked, "fen": "很多"}).content.decode()
    assert reverse("fund_reward") in client.get(reverse("fund_allocation_list")).content.decode()
    client.force_login(cast.village)
    assert client.get(reverse("fund_reward"), asked).status_code == 403
