"""Townships assessed by a number that the county's own ledger gives (C-179, C-210)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.assessment.definition.model import Indicator
from bangfu.assessment.definition.reading import read_scheme
from bangfu.assessment.enums import Whom
from bangfu.assessment.records import Period, list_address, read_townships
from bangfu.assessment.versions import mistakes_in
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import retire_ledger
from bangfu.county_ledgers.actions.rows import Whom as About
from bangfu.county_ledgers.actions.rows import record_row
from bangfu.county_ledgers.versions import held_in
from tests.cast import COUNTY, NOW, OTHER_COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_user
from tests.county_ledgers.builders import CODE, SHOPS, published
from tests.training.builders import person

pytestmark = pytest.mark.django_db
READING = f"ledger-{CODE}-open"
LEDGER = (
    SHOPS
    + """metrics:
  - {id: open, title: 在营小店, unit: 家, where: {state: 在营}, help: 状态是在营的店。}
"""
)
SCHEME = f"""id: shops_yearly
title: 乡镇小店考核
help: 看小店。
basis: 县里自定
grade: 知
about: township
indicators:
  - {{id: open, title: 在营小店, group: 小店, weight: 100, source: 台账, assessed_by: 商务,
     reading: {READING}, rule: {{kind: linear, from: 0, to: 4}}}}
"""
PERIOD = Period(date(2026, 1, 1), date(2026, 12, 31), NOW.date())


def _indicator() -> Indicator:
    (indicator,) = read_scheme(SCHEME).indicators
    return indicator


def test_a_township_is_read_from_its_rows(regions: dict[str, Region]) -> None:
    office = person("county_office")
    assert any("不认识" in one for one in mistakes_in(office, "", SCHEME))
    ledger = published(office, LEDGER)
    assert mistakes_in(office, "", SCHEME) == []
    assert any("不认识" in one for one in mistakes_in(make_user("county_office", OTHER_COUNTY), "", SCHEME))
    held = held_in(CODE, COUNTY)
    assert held is not None
    for name in ("甲", "乙"):
        about = About(regions[VILLAGE], regions[VILLAGE].name)
        record_row(by=office, at=NOW, held=held, whom=about, values={"name": name})
    towns = [regions[TOWN], regions[OTHER_TOWN]]
    numbers = read_townships(office, _indicator(), towns, PERIOD, COUNTY)
    assert [numbers[one.pk].value for one in towns] == [2, 0]
    address = list_address(office, Whom.TOWNSHIP, READING, None, regions[TOWN])
    assert address.startswith(f"/ledgers/{CODE}/") and f"place={TOWN}" in address
    retire_ledger(by=office, at=NOW, ledger=ledger, version=ledger.version, reason="不用了")
    with pytest.raises(SituationForbids, match="现在没有了"):
        read_townships(office, _indicator(), towns, PERIOD, COUNTY)
