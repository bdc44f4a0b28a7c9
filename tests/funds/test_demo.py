"""The demo's money adds up. C-031."""

from __future__ import annotations

import pytest

from bangfu.core.models import Region
from bangfu.demo.funds import make_funds
from bangfu.funds.models import FundSource, Payment
from tests.cast import COUNTY, NOW
from tests.funds.balance import unbalanced
from tests.projects import builders as works


@pytest.mark.django_db
def test_the_demo_pays_a_part_of_each_contract(regions: dict[str, Region]) -> None:
    cast = works.make_cast()
    contract = works.signed(cast, works.approved(cast, regions))
    people = {"caizheng": cast.finance, "xian": cast.office, "zhen": cast.township}
    make_funds(people, {"county": regions[COUNTY]}, at=NOW)
    assert FundSource.objects.count() == 3
    assert Payment.objects.get().fen == contract.amount * 3 // 10
    assert unbalanced() == []
