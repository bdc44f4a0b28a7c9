"""The dirty shapes of real files, each read back with the programs that people use."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.synthetic.conftest import Made

ROSTER = "红山镇农户名册"


def sheet(made: Made, name: str, title: str | None = None) -> Any:
    book = openpyxl.load_workbook(made.file(name))
    return book[title] if title else book.worksheets[0]


def rows(page: Any) -> list[list[Any]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def csv_rows(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def column(lines: list[list[Any]], title: str) -> list[Any]:
    header = next(index for index, line in enumerate(lines) if title in line)
    place = lines[header].index(title)
    return [line[place] for line in lines[header + 1 :] if len(line) > place]


def texts(cells: list[Any]) -> Iterator[str]:
    return (cell for cell in cells if isinstance(cell, str))


def some(cells: list[Any], pattern: str) -> bool:
    return any(re.search(pattern, cell) for cell in texts(cells))


def test_the_national_export_has_its_header_on_row_3_and_nothing_but_text(dirty: Made, tidy: Made) -> None:
    for made in (dirty, tidy):
        lines = rows(sheet(made, "监测对象信息"))
        assert lines[2][:5] == ["县(市、区、旗)", "乡(镇)", "行政村", "户编号", "人编号"]
        assert len(lines) > 3
        assert all(isinstance(cell, str) for line in lines[3:] for cell in line if cell is not None)


def test_a_roster_under_titles_with_a_header_of_two_rows(dirty: Made) -> None:
    page = sheet(dirty, ROSTER)
    lines = rows(page)
    assert "名册" in lines[0][0]
    assert {"基本情况", "收入情况"} <= set(lines[2])
    assert {"户编号", "人编号", "人均纯收入"} <= set(lines[3])
    assert len([title for title in lines[3] if title]) >= 35
    assert page.merged_cells.ranges
    assert page.column_dimensions["R"].hidden or any(d.hidden for d in page.column_dimensions.values())


def test_notes_totals_footers_and_blank_rows_stand_between(dirty: Made) -> None:
    lines = rows(sheet(dirty, ROSTER))
    assert lines[-3][0] == "合计"
    assert lines[-2][0].startswith("填报人")
    assert lines[-1][0].startswith("注")
    assert any(not any(line) for line in lines[4:-3])
    housing = rows(sheet(dirty, "住房安全鉴定"))
    assert any(line[0] == "小计" for line in housing)


def test_the_header_comes_again_further_down(dirty: Made) -> None:
    lines = rows(sheet(dirty, "义务教育学籍"))
    assert sum("学籍状态" in line for line in lines) > 1


def test_cells_are_merged_over_a_household(dirty: Made) -> None:
    page = sheet(dirty, "补充名册")
    upright = [area for area in page.merged_cells.ranges if area.max_row > area.min_row]
    assert upright
    assert {area.min_col for area in upright} == {rows(page)[1].index("户编号") + 1}


def test_one_workbook_with_two_datasets_one_of_them_hidden(dirty: Made) -> None:
    book = openpyxl.load_workbook(dirty.file("死亡注销与交通事故"))
    assert [(page.title, page.sheet_state) for page in book] == [
        ("死亡注销", "visible"),
        ("交通事故", "hidden"),
    ]


def test_a_sheet_that_is_no_list(dirty: Made) -> None:
    assert "填报说明" in openpyxl.load_workbook(dirty.file("门诊慢特病")).sheetnames
    (source,) = [s for s in dirty.truth["sources"] if s["sheet"] == "填报说明" and "门诊" in s["path"]]
    assert (source["dataset"], source["rows"]) == (None, 0)


def test_hidden_rows_and_columns(dirty: Made) -> None:
    page = sheet(dirty, "断保")
    assert any(dimension.hidden for dimension in page.row_dimensions.values())
    assert any(dimension.hidden for dimension in page.column_dimensions.values())


def test_csv_in_gbk_and_utf8_with_and_without_bom_gzipped_too(dirty: Made) -> None:
    gbk = dirty.file("饮水安全")
    assert "水质达标" in csv_rows(gbk, "gbk")[0]
    with pytest.raises(UnicodeDecodeError):
        gbk.read_text(encoding="utf-8")
    assert dirty.file("社会救助对象").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not dirty.file("经营主体").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "经营状态" in csv_rows(dirty.file("经营主体"), "utf-8")[0]
    with gzip.open(dirty.file("住院费用"), "rt", encoding="utf-8", newline="") as file:
        assert "个人自付" in next(csv.reader(file))


def test_parquet_with_real_dates(dirty: Made) -> None:
    table = pq.read_table(dirty.file("机动车"))
    assert table.column_names == ["所有人", "身份证号码", "车型", "登记日期"]
    assert isinstance(table["登记日期"][0].as_py(), dt.date)


def test_dates_in_every_spelling(dirty: Made) -> None:
    cells = column(rows(sheet(dirty, "义务教育学籍")), "出生日期")
    for pattern in (
        r"^\d{4}-\d\d-\d\d$",
        r"^\d{4}\.\d",
        r"^\d{4}/\d",
        r"^\d{8}$",
        r"年\d+月\d+日$",
        r" \d\d:\d\d",
    ):
        assert some(cells, pattern), pattern
    numbers = [cell for cell in cells if isinstance(cell, int)]
    assert any(cell > 19_000_000 for cell in numbers)
    assert any(cell < 60_000 for cell in numbers)
    assert any(isinstance(cell, dt.datetime) for cell in cells)


def test_months_in_every_spelling(dirty: Made) -> None:
    cells = column(rows(sheet(dirty, "断保")), "最近参保月份")
    for pattern in (r"^\d{4}-\d\d$", r"^\d{6}$", r"^\d{4}年\d+月$", r"^\d{4}-\d\d-15$"):
        assert some(cells, pattern), pattern


def test_amounts_in_every_spelling(dirty: Made) -> None:
    cells = column(rows(sheet(dirty, "门诊慢特病")), "医疗总费用")
    cells += column(rows(sheet(dirty, ROSTER)), "工资性收入")
    for pattern in (r"^\d{1,3},\d{3}\.\d\d$", r"\d元$", r"^\d+(\.\d+)?万$"):
        assert some(cells, pattern), pattern
    assert any(isinstance(cell, float) for cell in cells)
    with gzip.open(dirty.file("住院费用"), "rt", encoding="utf-8", newline="") as file:
        assert some(column(list(csv.reader(file)), "个人自付"), r"^-")


def test_a_unit_in_the_header_scales_the_column(dirty: Made) -> None:
    lines = rows(sheet(dirty, "大额自付"))
    cells = column(lines, "个人自付（万元）")
    assert 2 in cells or "20000元" in cells  # 20000.00 of the planted household


def test_yes_and_no_in_every_spelling(dirty: Made) -> None:
    cells = set(column(rows(sheet(dirty, ROSTER)), "是否有卫生厕所"))
    cells |= set(column(rows(sheet(dirty, ROSTER)), "是否危房户"))
    for pair in ("是否", "有无", "10", "YN", "√×", "✓✗", "对错", "已未"):
        assert cells & set(pair), pair


def test_ids_in_every_shape(dirty: Made) -> None:
    cells = column(rows(sheet(dirty, ROSTER)), "证件号码")
    cells += column(rows(sheet(dirty, "义务教育学籍")), "身份证件号码")
    cells += column(rows(sheet(dirty, "门诊慢特病")), "身份证号")
    patterns = {
        "plain": r"^\d{17}[\dX]$",
        "full width": r"^[０-９]{17}[０-９Ｘ]$",
        "spaces": r"^\d{6} \d{8} \d{3}[\dX]$",
        "lower x": r"^\d{17}x$",
        "15 digits": r"^\d{15}$",
        "20 characters": r"^\d{17}[\dX]\d{2}$",
        "22 characters": r"^\d{17}[\dX]\d{2}B1$",
        "17 digits": r"^\d{17}$",
    }
    for shape, pattern in patterns.items():
        assert some(cells, pattern), shape
    ruined = [cell for cell in cells if isinstance(cell, int | float) and cell > 10**17]
    assert ruined
    assert some(column(csv_rows(dirty.file("西山乡"), "utf-8-sig"), "证件号码"), r"^5\.\d{5}E\+17$")


def test_names_with_spaces_dots_and_rare_characters(dirty: Made) -> None:
    cells = column(rows(sheet(dirty, ROSTER)), "姓名") + column(rows(sheet(dirty, "大病专项")), "*患者姓名")
    for pattern in (r"^\w \w", r"^\w　\w", "·", "[•．]", "㛃", "𬱖", "䶮"):
        assert some(cells, pattern), pattern


def test_rows_without_id_still_name_birth_date_and_village(dirty: Made) -> None:
    lines = rows(sheet(dirty, "大病专项"))
    header = next(line for line in lines if "*患者姓名" in line or "*序号" in line)
    places = {title: header.index(title) for title in header if title}
    number = next(place for title, place in places.items() if "身" in title)
    village = next(place for title, place in places.items() if "行" in title)
    assert any(line[number] is None and line[village] for line in lines[2:])


def test_tidy_files_start_with_their_header(tidy: Made) -> None:
    for name in ("义务教育学籍", ROSTER, "住房安全鉴定"):
        page = sheet(tidy, name)
        assert rows(page)[0][0] == "序号"
        assert not page.merged_cells.ranges
