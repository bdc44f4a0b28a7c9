"""A folder of two small lists that a screening fits."""

from pathlib import Path

import pytest
from stdnum.cn import ric


def _id_number(first_17: str) -> str:
    return first_17 + ric.calc_check_digit(first_17 + "0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two households and three bills: 4,999.99 yuan is below the line of 5,000, 3,000 + 2,000 is on it."""
    below, on_line = _id_number("41060219700101001"), _id_number("41060219750202002")
    (tmp_path / "名单").mkdir()
    (tmp_path / "名单" / "roster.csv").write_text(
        "户编号,人编号,姓名,证件号码,与户主关系,户类型\n"
        f"H1,P1,甲一,{below},户主,脱贫户\n"
        f"H2,P2,乙二,{on_line},户主,脱贫户\n",
        encoding="utf-8",
    )
    (tmp_path / "名单" / "医保.csv").write_text(
        "姓名,证件号码,结算日期,医疗类别,个人自付\n"
        f"甲一,{below},2026-03-01,住院,4999.99\n"
        f"乙二,{on_line},2026-03-01,住院,3000\n"
        f"乙二,{on_line},2026-10-31,住院,2000\n",
        encoding="utf-8",
    )
    return tmp_path
