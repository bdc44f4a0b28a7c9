"""A whole folder as departments hand it in, screened by the command: counts, links, findings (C-184, C-185).

The folder holds two overlapping rosters and lists in every format, with titles, merged cells, totals,
footers, hidden parts, wrong extensions and broken files; what must come out was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from bangfu.cli.main import main
from tests.tabular import books
from tests.tabular.books import make_id, wrong_check_digit

FATHER, MOTHER, CHILD = make_id(1, "19800305"), make_id(2, "19810406"), make_id(3, "20150505")
LONE, MARGIN, UNCODED = make_id(5, "19600101"), make_id(7, "19720229"), make_id(8, "19650606")
OUTSIDER = make_id(9, "19900909")
H1, H2, H3, H4 = "41060200100101", "41060200100102", "41060200200103", "41070200100104"


def roster(path: Path) -> None:
    """The county's roster: title, a header of two rows, merged households, a hidden list of bills."""
    rows: list[list[Any]] = [
        ["某县2026年农户名册"],
        ["填报单位:某县帮扶办", None, None, None, None, None, None, None, "单位:元"],
        [
            "户编号",
            "人编号",
            "户类型",
            "姓 名",
            "*证件号码",
            "与户主\n关系",
            "乡镇",
            "行政村",
            "收入情况",
            None,
            "风险消除后",
        ],
        [None, None, None, None, None, None, None, None, "人均纯收入", "工资性收入", "工资性收入"],
        [H1, "M1", "脱贫户", "申屠 父", FATHER, "户主", "城关镇", "东庄村", 12000, 30000, 99],
        [None, "M2", None, "欧阳•母", f" {MOTHER}", "配偶", None, None, None, None, None],
        [None, "M3", None, "申屠子", CHILD, "长子", None, None, None, None, None],
        ["东庄村小计", None, None, "3人", None, None, None, None, 12000, None, None],
        [
            "户编号",
            "人编号",
            "户类型",
            "姓 名",
            "*证件号码",
            "与户主\n关系",
            "乡镇",
            "行政村",
            "收入情况",
            None,
            "风险消除后",
        ],
        [None, None, None, None, None, None, None, None, "人均纯收入", "工资性收入", "工资性收入"],
        [H2, "M4", "一般农户", "独居老人", LONE, "户主", "城关镇", "东庄村", "9,000.00", None, None],
        [H2, "M9", "一般农户", "号码坏了", 4.10602196e17, "配偶", "城关镇", "东庄村", None, None, None],
        [H4, None, "一般农户", "无编号", UNCODED, "户主", "北乡", "西庄村", None, None, None],
        [],
        [H4, None, "一般农户", "无编号", UNCODED, "户主", "北乡", "西庄村", None, None, None],
        ["合 计", None, None, "5人", None, None, None, None, None, None, None],
        ["填报人:某某", None, None, None, "审核人:某某", None, None, None, None, None, None],
    ]
    hidden = [["住院费用(单位:万元)"], ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]]
    hidden += [["申屠父", FATHER, dt.date(2026, 10, 31), "住院", 0.2]]
    merged = ["A1:K1", *(f"{c}3:{c}4" for c in "ABCDEFGH"), "I3:J3", "A5:A7", "C5:C7", "G5:G7", "H5:H7"]
    content = {"名册": rows, "封面": [["二〇二六年"], ["某县"]], "住院": hidden}
    books.xlsx(path, content, merged, rows=[6], columns=["B"], sheets=["住院"])


def monitored(path: Path) -> None:
    """The export of monitored households, as an old workbook."""
    header = [
        "户编号",
        "人编号",
        "姓名",
        "身份证号码",
        "与户主的关系",
        "监测对象类别",
        "风险是否已消除",
        "人均纯收入",
    ]
    rows = [
        header,
        [H3, "M5", "边缘户", MARGIN, "户主", "边缘易致贫户", "否", 7000],
        [H4, "", "无编号", UNCODED, "户主", "", "", 8000],
        [H1, "M1", "申屠父", FATHER, "户主", "", "", 11000],
    ]
    books.xls(path, rows)


def lists(folder: Path) -> None:
    bills = ["姓名", "身份证号", "结算日期", "医疗类别", "合规自付"]
    inpatient = [
        ["申屠父", FATHER, "2026.1.1", "住院", "3,000.00"],
        ["欧阳母", MOTHER, "2026-03-05", "普通住院", "4999.99"],
        ["欧阳母", MOTHER, "2026-03-05", "住院", "4999.99元"],  # the same row, read
        ["独居老人", LONE, "2026年5月1日", "住院", "1.999999万"],
        ["独居老人", LONE, "20260501", "住院", "0.01"],
        ["独居老人", LONE, "2025-12-31", "住院", "9999"],  # last year
        ["外地人", OUTSIDER, "2026-05-01", "住院", "30000"],
        ["申屠父", "4.10602E+17", "2026-05-01", "住院", "30000"],
        ["申屠父", FATHER, "2026-02-30", "住院", "30000"],
        ["本页合计", "", "", "", "109999.99"],
        ["填报人:甲", "", "审核人:乙", "", ""],
    ]
    title = [["某县住院费用明细表"], [], bills]
    books.csv_file(folder / "医保/住院.csv", [*title, *inpatient], "gb18030", delimiter=";")
    outpatient = [
        [
            "边缘户",
            MARGIN.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            "2026-09-30",
            "门特",
            "500",
        ],
        ["无编号", UNCODED, "2026-09-01", "门诊", "499.99"],
        ["申屠父", FATHER, "2026-08-31", "门诊", "600"],
    ]
    books.csv_file(folder / "医保/门诊.csv.gz", [bills, *outpatient], "utf-8-sig")
    books.csv_file(
        folder / "学籍.xls", [["姓名", "身份证号", "学校", "学籍状态"], ["申屠子", CHILD, "某小学", "辍学"]]
    )
    books.parquet(
        folder / "残联.parquet",
        [["姓名", "残疾人证号", "发证日期"], ["无编号", UNCODED + "42", "2026-10-01"]],
    )
    houses = [["户主姓名", "身份证号", "鉴定等级", "鉴定日期", "是否已改造"]]
    houses += [
        ["独居老人", LONE, "Ｃ级危房", "2026-06-01", "未"],
        ["独居老人", LONE, "A级", "2026-01-01", ""],
    ]
    water = [
        ["户主姓名", "出生日期", "村", "水量(升)", "水质达标"],
        ["申屠父", "1980-03-05", "东庄", "19.9升", "√"],
    ]
    books.xlsx(folder / "住建水利.xlsx", {"住房": houses, "饮水": water})
    deaths = [["姓名", "身份证号", "死亡日期"], ["别名", MOTHER, "2026-10-01"]]
    books.csv_file(folder / "死亡.csv", deaths, "utf-16")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("县")
    made = root / "名单"
    (made / "医保").mkdir(parents=True)
    roster(made / "a名册.xlsx")
    monitored(made / "b监测.xls")
    lists(made)
    whole = books.xlsx(root / "whole.xlsx", [["姓名", "死亡日期"]] * 50).read_bytes()
    (made / "z断了.xlsx").write_bytes(whole[: len(whole) // 2])
    (made / "z空的.xlsx").touch()
    books.ole_with_stream(made / "z密码.xlsx", "EncryptedPackage")
    books.csv_file(made / "z网页.xls", "<html><table>")
    for name in ("~$a名册.xlsx", ".隐藏.csv", "说明.txt"):
        (made / name).write_text("x", encoding="utf-8")
    return made


def screened(folder: Path, to: Path, *more: str) -> tuple[int, dict[str, Any]]:
    arguments = ["screen", str(folder), *more, "--as-of", "2026-10-31", "--out", str(to / "线索.xlsx")]
    code = main([*arguments, "--json", str(to / "r.json")])
    return code, json.loads((to / "r.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def result(folder: Path) -> dict[str, Any]:
    code, found = screened(folder, folder.parent)
    assert code == 1
    return found


COUNTED = ("dataset", "header_row", "rows", "accepted", "repaired", "rejected", "unmatched", "duplicates")


def test_every_source_is_counted_exactly(folder: Path, result: dict[str, Any]) -> None:
    found = {
        (source["path"].removeprefix(f"{folder}/"), source["sheet"]): tuple(source[key] for key in COUNTED)
        for source in result["sources"]
    }
    assert found == {
        ("a名册.xlsx", "名册"): ("household_roster", 4, 7, 5, 3, 1, 0, 1),
        ("a名册.xlsx", "封面"): (None, None, 0, 0, 0, 0, 0, 0),
        ("a名册.xlsx", "住院"): ("medical_expense", 2, 1, 1, 0, 0, 0, 0),
        ("b监测.xls", "表1"): ("household_roster", 1, 3, 3, 0, 0, 0, 0),
        ("z断了.xlsx", None): (None, None, 0, 0, 0, 0, 0, 0),
        ("z密码.xlsx", None): (None, None, 0, 0, 0, 0, 0, 0),
        ("z空的.xlsx", None): (None, None, 0, 0, 0, 0, 0, 0),
        ("z网页.xls", None): (None, None, 0, 0, 0, 0, 0, 0),
        ("住建水利.xlsx", "住房"): ("housing_safety", 1, 2, 2, 0, 0, 0, 0),
        ("住建水利.xlsx", "饮水"): ("water_safety", 1, 1, 1, 0, 0, 0, 0),
        ("医保/住院.csv", None): ("medical_expense", 3, 9, 6, 0, 2, 1, 1),
        ("医保/门诊.csv.gz", None): ("medical_expense", 1, 3, 3, 1, 0, 0, 0),
        ("学籍.xls", None): ("school_enrolment", 1, 1, 1, 0, 0, 0, 0),
        ("死亡.csv", None): ("death", 1, 1, 1, 0, 0, 0, 0),
        ("残联.parquet", None): ("disability", None, 1, 1, 0, 0, 0, 0),
    }
    assert [s["path"] for s in result["sources"]] == sorted(s["path"] for s in result["sources"])
    for source in result["sources"]:
        assert source["rows"] == source["accepted"] + source["rejected"] + source["duplicates"]
        assert len(source["rejections"]) == source["rejected"]
        assert len(source["unmatched_rows"]) == source["unmatched"]
        assert (source["error"] is None) is ("/z" not in source["path"])


def source_of(result: dict[str, Any], ending: str, sheet: str | None = None) -> dict[str, Any]:
    [found] = [s for s in result["sources"] if s["path"].endswith(ending) and s["sheet"] == sheet]
    return dict(found)


def test_what_was_mended_noted_rejected_and_unmatched(result: dict[str, Any]) -> None:
    county = source_of(result, "a名册.xlsx", "名册")
    assert county["repairs"] == {
        "whitespace_id": 1,
        "name_whitespace": 1,
        "name_middle_dot": 1,
        "filled_down": 2,
    }
    assert county["flags"] == {}
    assert [(r["row"], r["column"], r["found"]) for r in county["rejections"]] == [
        (12, "*证件号码", "4.10602196e+17")
    ]
    assert source_of(result, "b监测.xls", "表1")["flags"] == {"contradiction": 1}
    bills = source_of(result, "住院.csv")
    assert [(r["row"], r["column"]) for r in bills["rejections"]] == [(11, "身份证号"), (12, "结算日期")]
    assert [u["row"] for u in bills["unmatched_rows"]] == [10]
    assert source_of(result, "门诊.csv.gz")["repairs"] == {"fullwidth_id": 1}
    assert source_of(result, "死亡.csv")["flags"] == {"name_differs": 1}


def test_the_registry_counts_households_and_persons(result: dict[str, Any]) -> None:
    assert result["registry"] == {"households": 4, "members": 6}


def test_what_is_found(result: dict[str, Any]) -> None:
    found = {(f["rule"], f["household"], f["member"]): f["values"] for f in result["findings"]}
    assert set(found) == {
        ("medical_self_pay_registered", H1, "M1"),
        ("medical_self_pay_general", H2, "M4"),
        ("outpatient_self_pay", H3, "M5"),
        ("compulsory_school_dropout", H1, "M3"),
        ("dangerous_house", H2, None),
        ("unsafe_water", H1, None),
        ("disability_new", H4, None),
        ("death_still_listed", H1, "M2"),
        ("income_below_line", H4, None),
    }
    assert found["medical_self_pay_registered", H1, "M1"]["medical_self_pay_ytd"] == 5000.0
    assert found["medical_self_pay_general", H2, "M4"]["medical_self_pay_ytd"] == 20000.0


@pytest.mark.parametrize(
    ("region", "households", "members"),
    [("41", 4, 6), ("4106", 3, 5), ("41060200200", 1, 1), ("4107", 1, 1), ("99", 0, 0)],
)
def test_a_region_filters_findings_and_registry_not_sources(
    folder: Path, result: dict[str, Any], tmp_path: Path, region: str, households: int, members: int
) -> None:
    _, cut = screened(folder, tmp_path, "--region", region)
    assert cut["registry"] == {"households": households, "members": members}
    assert cut["sources"] == result["sources"]
    for what in ("findings", "undecided"):
        assert cut[what] == [item for item in result[what] if item["household"].startswith(region)]


def test_the_same_input_gives_the_same_output(folder: Path, result: dict[str, Any], tmp_path: Path) -> None:
    """Whatever the order in which files were made, also named twice."""
    _, again = screened(folder, tmp_path, f"{folder}/医保", f"{folder}/死亡.csv")
    assert {**again, "timings": None} == {**result, "timings": None}
    copy = tmp_path / "名单"
    names = [path for path in folder.rglob("*") if path.is_file()]
    random.Random(1).shuffle(names)
    for path in names:
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    _, third = screened(copy, tmp_path)
    text = json.dumps({**third, "timings": None}, ensure_ascii=False).replace(str(copy), str(folder))
    assert text == json.dumps({**result, "timings": None}, ensure_ascii=False)


def test_receipts_mirror_the_folder_and_are_not_read_again(
    folder: Path, result: dict[str, Any], tmp_path: Path
) -> None:
    inside = tmp_path / "名单"
    for path in (p for p in folder.rglob("*") if p.is_file()):
        (inside / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
        (inside / path.relative_to(folder)).write_bytes(path.read_bytes())
    for _ in range(2):
        _, found = screened(inside, inside, "--receipts", str(inside / "回执"))
        assert len(found["sources"]) == len(result["sources"])
    receipts = sorted(str(p.relative_to(inside / "回执")) for p in (inside / "回执").rglob("*.xlsx"))
    assert receipts == ["a名册.xlsx-回执.xlsx", "医保/住院.csv-回执.xlsx"]


def test_a_path_that_is_no_utf_8_is_no_traceback(folder: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc3\xfb\xb2\xe1.csv"))
    odd.write_text(f"户编号,人编号,姓名,证件号码\n{H1},M1,某,4.1E+17\n{H1},M2,某,\n", encoding="utf-8")
    code, found = screened(tmp_path, tmp_path, "--receipts", str(tmp_path / "回执"))
    assert (code, found["registry"]) == (1, {"households": 1, "members": 1})


def test_wrong_check_digits_are_accepted_and_found(tmp_path: Path) -> None:
    bad = wrong_check_digit(FATHER)
    rows = [
        ["户编号", "人编号", "姓名", "证件号码"],
        [H1, "M1", "某", bad],
        [H1, "M2", "无", "无"],
        [H1, "M3", "空", ""],
    ]
    books.csv_file(tmp_path / "名册.csv", rows)
    code, found = screened(tmp_path, tmp_path)
    assert code == 0
    assert [f["member"] for f in found["findings"] if f["rule"] == "id_checksum"] == ["M1", "M2"]
