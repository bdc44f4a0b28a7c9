"""Made-up definitions and rows through the real actions."""

from __future__ import annotations

from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import draft_ledger, publish_ledger
from bangfu.county_ledgers.actions.rows import Whom, record_row
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.county_ledgers.versions import held_in
from tests.cast import COUNTY, NOW, VILLAGE

CODE = "own_shops"
SHOPS = """id: own_shops
title: 村级小店
help: 店和销售额。
basis: 县里自定
grade: 知
about: village
states:
  - {name: 在营, then: [关停]}
  - {name: 关停}
columns:
  - {id: name, title: 店名, kind: text, required: true, unique: true, filter: true, aliases: [店铺]}
  - {id: people, title: 人数, kind: number, unit: 人, least: 0, most: 50, total: true, filter: true}
  - {id: each, title: 每人补助, kind: money}
  - {id: paid, title: 补助合计, kind: money, total: true, filter: true}
  - {id: sort, title: 种类, kind: choice, options: [日用, 农资], filter: true}
  - {id: opened_on, title: 开业日期, kind: date, filter: true}
  - {id: since, title: 起始月份, kind: month, filter: true}
  - {id: licensed, title: 有执照, kind: yes_no, filter: true}
  - {id: secret, title: 内部说明, kind: text, sees: [county_office]}
checks:
  - {result: paid, times: [people, each]}
"""


def published(by: User, text: str = SHOPS, code: str = CODE) -> LedgerVersion:
    draft = draft_ledger(by=by, at=NOW, code=code, place=COUNTY, text=text, note="试")
    return publish_ledger(by=by, at=NOW, ledger=draft, version=draft.version)


def recorded(by: User, regions: dict[str, Region], **values: Any) -> LedgerRow:
    held = held_in(CODE, COUNTY)
    assert held is not None
    facts: dict[str, Any] = {"name": "山里人家", "people": 3, "each": 200_00, "paid": 600_00}
    whom = Whom(regions[VILLAGE], regions[VILLAGE].name)
    return record_row(by=by, at=NOW, held=held, whom=whom, values=facts | values)
