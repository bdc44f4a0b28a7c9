"""Initials of names: surnames with a reading of their own, two-character surnames, other scripts."""

from __future__ import annotations

import pytest

from bangfu.households.pinyin import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("杨志明", "yzm"),
        ("单雄信", "sxx"),
        ("仇英", "qy"),
        ("解珍", "xz"),
        ("查良镛", "zly"),
        ("曾国强", "zgq"),
        ("区小明", "oxm"),
        ("朴志", "pz"),
        ("盖大山", "gds"),
        ("翟明", "zm"),
        ("覃海", "qh"),
        ("乐玉珍", "yyz"),
        ("尉迟敬", "ycj"),
        ("万俟兰", "mql"),
        ("单于丹", "cyd"),
        ("单于", "sy"),  # 姓单名于
        ("长孙无忌", "zswj"),
        ("欧阳修", "oyx"),
        ("阿依·古丽", "aygl"),
        ("Ali 王", "aliw"),
        ("杨*明", "ym"),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_long_name_keeps_thirty_letters() -> None:
    assert len(initials("阿" * 60)) == 30
