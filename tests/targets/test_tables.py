"""The five-year indicator table: merged cells are written out, looked over, and set all at once (C-170)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.targets.models import Target
from tests.cast import COUNTY, make_user
from tests.tabular.books import xlsx

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

_ROWS = [
    ["五年指标表", "", "", "", "", "", "", "", ""],
    ["类别", "指标", "单位", "合计", "2021年", "2022年", "2023年", "2024年", "2025年"],
    ["基础设施", "通宽带的行政村", "个", 1622, 0, 400, 500, 500, 222],
    ["", "硬化路", "公里", 300, 60, 60, 60, 60, 60],
    ["公共服务", "参保率", "%", 100, 96, 97, 98, 99, 100],
]


@pytest.fixture
def typed(regions: dict[str, Region]) -> dict[str, object]:
    return {
        "region": regions[COUNTY].pk,
        "source": "五年指标表",
        "year": 2021,
        "years": 5,
        "cut": "year",
        "how": "growth",
        "by_hand": "各单位报数",
        "lines": "",
    }


def test_merged_cells_are_written_out_and_confirmed_before_anything_is_set(
    typed: dict[str, object], signed_in: SignIn, tmp_path: Path
) -> None:
    client = signed_in(make_user("county_office", COUNTY))
    address = reverse("set_county_targets")
    path = xlsx(tmp_path / "a.xlsx", _ROWS, merged=["A1:I1", "A3:A4"])
    upload = SimpleUploadedFile("指标.xlsx", path.read_bytes())
    page = client.post(address, {**typed, "file": upload}).content.decode()
    assert "读出来了，还没有保存" in page
    assert "第 4 行“硬化路”：有一格是从上面的合并单元格填下来的" in page
    assert "基础设施：硬化路\t公里\t300\t60\t60\t60\t60\t60" in page
    assert not Target.objects.exists()
    lines = page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0].strip("\n")
    client.post(address, {**typed, "lines": lines}, follow=True)
    found = {one.title: one for one in Target.objects.all()}
    assert set(found) == {"基础设施：通宽带的行政村", "基础设施：硬化路", "公共服务：参保率"}
    villages, rate = found["基础设施：通宽带的行政村"], found["公共服务：参保率"]
    assert (villages.amount, villages.how, villages.lines.get().parts) == (
        1622,
        "growth",
        "0 400 500 500 222",
    )
    assert (rate.amount, rate.how) == (Decimal(100), "level")
    assert villages.source == "五年指标表第 1 行"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("宽带\t个\t1622\t0\t400\t500\t500\t212", "第 1 行“宽带”：各期合计 1,612，应为 1,622，少 10"),
        ("宽带\t个\t1622\t400\t500", "第 1 行“宽带”写了 2 期，应是 5 期"),
        ("路\t公里\t3\n宽带\t\t5", "第 2 行没有写指标或单位"),
        ("路\t公里\t三十", "第 1 行的“三十”不是数"),
        ("路\t公里", "第 1 行“路”没有写数"),
        ("", "有 0 行"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_set(
    typed: dict[str, object], signed_in: SignIn, lines: str, words: str
) -> None:
    client = signed_in(make_user("county_office", COUNTY))
    page = client.post(reverse("set_county_targets"), {**typed, "lines": lines})
    assert words in page.content.decode()
    assert not Target.objects.exists()


def test_a_file_without_indicators_is_refused(
    typed: dict[str, object], signed_in: SignIn, tmp_path: Path
) -> None:
    client = signed_in(make_user("county_office", COUNTY))
    path = xlsx(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]])
    upload = SimpleUploadedFile("别的.xlsx", path.read_bytes())
    page = client.post(reverse("set_county_targets"), {**typed, "file": upload}).content.decode()
    assert "没有找到“指标”这一列" in page and "2021年" in page
