"""`bangfu screen` as its users run it: exit codes, outputs, refusals (contract section 1). C-185."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bangfu.cli.main import main

ROSTER = """户编号,人编号,户类型,姓名,证件号码,与户主关系,乡镇,村,人均纯收入
5309990001,530999000101,脱贫户,张三,530999198001011235,户主,青山镇,大河村,12000
5309990001,530999000102,脱贫户,李四,530999198202022325,配偶,青山镇,大河村,12000
5309990002,530999000201,一般农户,王五,530999197003033012,户主,白水乡,小溪村,9000
"""
BILLS = """姓名,证件号码,结算日期,医疗类别,个人自付
张三,530999198001011235,2026-03-05,住院,3000
张三,530999198001011235,2026-10-31,住院,2000
王五,530999197003033012,2026-05-01,住院,19999.99
"""


def id_of(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def valid(text: str) -> str:
    """The text with each 18-digit ID's check digit put right."""
    for number in {word for line in text.splitlines() for word in line.split(",") if len(word) == 18}:
        text = text.replace(number, id_of(number[:17]))
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    given = tmp_path / "名单"
    given.mkdir()
    (given / "名册.csv").write_text(valid(ROSTER), encoding="utf-8")
    (given / "医保.csv").write_text(valid(BILLS), encoding="gb18030")
    return given


def run(folder: Path, *more: str) -> tuple[int, dict]:
    out = folder.parent / "线索.xlsx"
    result = folder.parent / "result.json"
    arguments = [str(folder), *more, "--as-of", "2026-10-31", "--out", str(out), "--json", str(result)]
    code = main(["screen", *arguments])
    return code, json.loads(result.read_text(encoding="utf-8"))


def test_everything_accepted_is_exit_code_0(folder: Path) -> None:
    code, result = run(folder)
    assert code == 0
    assert result["registry"] == {"households": 2, "members": 3}
    found = [(f["rule"], f["household"], f["member"], f["values"]) for f in result["findings"]]
    assert (
        "medical_self_pay_registered",
        "5309990001",
        "530999000101",
        {"medical_self_pay_ytd": 5000.0, "line": 5000.0},
    ) in found
    assert not [f for f in found if f[0] == "medical_self_pay_general"]
    assert openpyxl.load_workbook(folder.parent / "线索.xlsx").sheetnames[0] == "汇总"


def test_rejected_rows_are_exit_code_1_and_come_back_in_a_receipt(folder: Path) -> None:
    with (folder / "医保.csv").open("a", encoding="gb18030") as file:
        file.write("张三,4.10602E+17,2026-03-05,住院,100\n")
    code, result = run(folder, "--receipts", str(folder.parent / "回执"))
    assert code == 1
    source = next(s for s in result["sources"] if s["dataset"] == "medical_expense")
    assert (source["rows"], source["accepted"], source["rejected"], source["duplicates"]) == (4, 3, 1, 0)
    assert source["rejections"][0]["row"] == 5
    receipt = openpyxl.load_workbook(folder.parent / "回执" / "医保.csv-回执.xlsx").active
    assert [cell.value for cell in receipt[1]] == [
        "姓名",
        "证件号码",
        "结算日期",
        "医疗类别",
        "个人自付",
        "行号",
        "原因",
    ]
    assert receipt.cell(2, 2).value == "4.10602E+17"
    assert receipt.cell(2, 6).value == 5


def test_a_mended_receipt_can_be_handed_in_itself(folder: Path) -> None:
    with (folder / "医保.csv").open("a", encoding="gb18030") as file:
        file.write("李四,4.10602E+17,2026-03-05,住院,100\n")
    run(folder, "--receipts", str(folder.parent / "回执"))
    mended = folder.parent / "回执" / "医保.csv-回执.xlsx"
    book = openpyxl.load_workbook(mended)
    book.active["B2"] = valid(ROSTER).splitlines()[2].split(",")[4]
    book.save(mended)
    code, result = run(folder, str(mended))
    source = next(s for s in result["sources"] if s["path"] == str(mended))
    assert code == 1  # the row in the first file is still ruined
    assert (source["dataset"], source["accepted"], source["unmatched"]) == ("medical_expense", 1, 0)


def test_an_unreadable_file_is_exit_code_1_and_named(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    code, result = run(folder)
    assert code == 1
    assert [s["path"] for s in result["sources"] if s["error"]] == [f"{folder}/坏.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "缺少"),
        (["没有这个文件夹", "--as-of", "2026-10-31"], "找不到"),
        ([".", "--as-of", "2026-02-30"], "不是日期"),
        ([".", "--as-of", "2026-10-31", "--kinds", "danger"], "不是类别"),
        ([".", "--as-of", "2026-10-31", "--region", "河南"], "不是行政区划代码"),
        ([".", "--as-of", "2026-10-31", "--engine", "spark"], "Spark"),
        ([".", "--as-of", "2026-10-31", "--no-such"], "不认识 --no-such"),
        ([".", "--as-of", "2026-10-31", "--out", "没有/这个/夹.xlsx"], "文件夹"),
        ([".", "--as-of", "2026-10-31", "--params", "没有.yaml"], "没有.yaml"),
        ([".", "--as-of", "2026-10-31"], "名册"),
    ],
)
def test_nothing_usable_is_exit_code_2_with_a_sentence(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["screen", *arguments])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_was_handed_in_is_never_overwritten(folder: Path) -> None:
    before = (folder / "名册.csv").read_bytes()
    assert main(["screen", str(folder), "--as-of", "2026-10-31", "--out", str(folder / "名册.csv")]) == 2
    assert (folder / "名册.csv").read_bytes() == before


def test_inputs_may_stand_before_and_after_the_options(folder: Path) -> None:
    out = ["--out", str(folder.parent / "线索.xlsx"), "--json", str(folder.parent / "a.json")]
    assert (
        main(["screen", str(folder / "名册.csv"), "--as-of", "2026-10-31", *out, str(folder / "医保.csv")])
        == 0
    )
    result = json.loads((folder.parent / "a.json").read_text(encoding="utf-8"))
    assert [Path(s["path"]).name for s in result["sources"]] == ["医保.csv", "名册.csv"]


def test_own_outputs_inside_the_input_are_skipped(folder: Path) -> None:
    with (folder / "医保.csv").open("a", encoding="gb18030") as file:
        file.write("张三,4.10602E+17,2026-03-05,住院,100\n")
    arguments = ["screen", str(folder), "--as-of", "2026-10-31", "--out", str(folder / "clues.xlsx")]
    arguments += ["--receipts", str(folder / "回执"), "--json", str(folder.parent / "a.json")]
    assert main(arguments) == 1
    first = json.loads((folder.parent / "a.json").read_text(encoding="utf-8"))
    assert main(arguments) == 1
    second = json.loads((folder.parent / "a.json").read_text(encoding="utf-8"))
    assert [s["path"] for s in second["sources"]] == [f"{folder}/医保.csv", f"{folder}/名册.csv"]
    assert second["findings"] == first["findings"]


def test_the_same_input_gives_the_same_output(folder: Path) -> None:
    _, first = run(folder)
    workbook = (folder.parent / "线索.xlsx").read_bytes()
    _, second = run(folder)
    first.pop("timings"), second.pop("timings")
    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)
    assert (folder.parent / "线索.xlsx").read_bytes() == workbook


def test_region_filters_findings_and_registry_but_not_source_counts(folder: Path) -> None:
    _, everybody = run(folder)
    _, nobody = run(folder, "--region", "41")
    assert nobody["registry"] == {"households": 0, "members": 0}
    assert nobody["findings"] == []
    assert nobody["sources"] == everybody["sources"]


def test_kinds_keeps_one_kind(folder: Path) -> None:
    _, result = run(folder, "--kinds", "quality")
    assert {f["kind"] for f in result["findings"]} <= {"quality"}
    assert "medical_self_pay_registered" not in {r["id"] for r in result["rules"] if r["status"] == "run"}


def test_a_full_disk_leaves_the_old_workbook(folder: Path) -> None:
    """A file-size limit stands in for the full disk: the write fails midway."""
    run(folder)
    old = (folder.parent / "线索.xlsx").read_bytes()
    command = [sys.executable, "-m", "bangfu.cli.main", "screen", str(folder), "--as-of", "2026-10-31"]
    command += ["--out", str(folder.parent / "线索.xlsx")]
    limited = f"ulimit -f 2; exec {' '.join(command)}"
    done = subprocess.run(
        ["bash", "-c", limited], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "线索.xlsx" in done.stderr
    assert (folder.parent / "线索.xlsx").read_bytes() == old
    assert sorted(p.name for p in folder.parent.iterdir()) == ["result.json", "名单", "线索.xlsx"]
