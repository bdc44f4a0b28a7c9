"""What a notice shows of a household. C-044."""

from __future__ import annotations

import pytest

from bangfu.documents.deidentify import NoticeRow, Rules, deidentify, masked_name
from bangfu.documents.leaks import scan_for_leaks

ROW = NoticeRow("郑有福", "第2组", "突发严重困难户", "因病", 3, "110101199003077758")


def test_a_reason_of_illness_or_one_nobody_has_classed_becomes_a_class() -> None:
    rows = [
        ROW,
        NoticeRow("崔桂兰", "第4组", "边缘易致贫户", "因自然灾害"),
        NoticeRow("罗芬", "第1组", "其他", "新的风险"),
    ]
    shown = deidentify(rows, Rules(reasons={"因自然灾害": "受灾"}))
    assert [row.reason for row in shown] == ["家庭困难", "受灾", "家庭困难"]


def test_the_id_is_left_out_or_masked_over_the_birth_date() -> None:
    assert deidentify([ROW], Rules())[0].id_number == ""
    assert deidentify([ROW], Rules(masked_ids=True))[0].id_number == "110101********7758"
    assert (
        deidentify([NoticeRow("罗芬", "第1组", "其他", id_number="123")], Rules(masked_ids=True))[0].id_number
        == ""
    )


def test_a_minor_is_never_named() -> None:
    minor = NoticeRow("郑小花", "第2组", "突发严重困难户", "因学", 1, "110101201503077758", minor=True)
    (shown,) = deidentify([minor], Rules(masked_ids=True))
    assert (shown.name, shown.id_number) == ("郑某某", "")


@pytest.mark.parametrize(
    ("name", "masked"), [("郑有福", "郑*福"), ("罗芬", "罗*"), ("欧阳小花", "欧**花"), ("郑", "郑")]
)
def test_a_masked_name_keeps_its_ends(name: str, masked: str) -> None:
    assert masked_name(name) == masked
    row = NoticeRow(name, "第1组", "其他")
    assert deidentify([row], Rules(mask_names=True))[0].name == masked


def test_what_comes_out_passes_the_scanner() -> None:
    shown = deidentify([ROW], Rules(masked_ids=True))
    assert scan_for_leaks("\t".join(str(each) for each in shown[0].cells().values())) == []
