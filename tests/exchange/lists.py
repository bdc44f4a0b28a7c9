"""Made-up departments' lists, and the whole path of one for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.access.models import User
from bangfu.exchange import actions
from bangfu.exchange.models import Batch
from tests.cast import COUNTY, NOW
from tests.exchange.rosters import csv_bytes, silent

BILLS = ("姓名", "证件号码", "出生日期", "行政村", "户主姓名", "备注", "结算日期", "医疗类别", "个人自付")
DISEASES = ("姓名", "证件号码", "出生日期", "行政村", "户主姓名", "病种", "确诊日期")


def bill(name: str, number: str, amount: int, **cells: Any) -> dict[str, Any]:
    """A row of the medical list: an inpatient bill of October 2026."""
    row = {
        "姓名": name,
        "证件号码": number,
        "结算日期": "2026-10-08",
        "医疗类别": "住院",
        "个人自付": amount,
    }
    return row | cells


def sent(
    rows: Sequence[Mapping[str, Any]],
    by: User,
    *,
    header: Sequence[str] = BILLS,
    name: str = "医保.csv",
    place: str = COUNTY,
    answers: Mapping[str, str] | None = None,
) -> Batch:
    """The rows as a list that is in the lake."""
    batch = judged(rows, by, header=header, name=name, place=place)
    if answers is not None:
        batch.answers = dict(answers)
        batch.save()
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    return batch


def judged(
    rows: Sequence[Mapping[str, Any]],
    by: User,
    *,
    header: Sequence[str] = BILLS,
    name: str = "医保.csv",
    place: str = COUNTY,
) -> Batch:
    """The rows as a list whose preflight is done."""
    content = csv_bytes(rows, header)
    batch = actions.upload_batch(by=by, at=NOW, file_name=name, content=content, place=place)
    actions.run_preflight(batch, by=by, at=NOW, progress=silent)
    return batch
