"""result.json: the contract's keys in the contract's order, exact, atomic."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bangfu.screening.output.outputs import write_json
from bangfu.screening.result import Result, SourceReport
from bangfu.tabular.writing import OutputError
from tests.screening.samples import finding, result


def written(given: Result, folder: Path) -> dict[str, Any]:
    write_json(given, folder / "r.json")
    content: dict[str, Any] = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    return content


class TestContent:
    def test_the_keys_are_the_contracts_in_its_order(self, tmp_path: Path):
        content = written(result(), tmp_path)
        assert list(content) == [
            "format", "as_of", "catalogue", "engine", "registry", "sources", "rules", "findings", "undecided",
            "timings",
        ]  # fmt: skip
        assert list(content["findings"][0]) == [
            "rule", "kind", "household", "member", "severity", "reason", "values", "basis",
        ]  # fmt: skip
        assert list(content["sources"][0]) == [
            "path", "sheet", "dataset", "header_row", "rows", "accepted", "repaired", "rejected", "unmatched",
            "duplicates", "repairs", "unknown_columns", "flags", "rejections", "unmatched_rows", "error",
        ]  # fmt: skip
        assert content["registry"] == {"households": 412, "members": 1_239}

    def test_everything_is_there(self, tmp_path: Path):
        given = result()
        content = written(given, tmp_path)
        assert len(content["findings"]) == len(given.findings)
        assert len(content["undecided"]) == len(given.undecided)
        assert content["sources"][1]["rejections"][0] == {
            "row": 9,
            "column": "证件号码",
            "found": "4.10602E+17",
            "expected": "文本格式的18位号码",
        }

    def test_an_empty_result_is_valid(self, tmp_path: Path):
        content = written(result(sources=[], rules=[], findings=[], undecided=[], timings={}), tmp_path)
        assert (content["findings"], content["timings"]) == ([], {})

    def test_chinese_stays_readable(self, tmp_path: Path):
        written(result(), tmp_path)
        assert "证件号码" in (tmp_path / "r.json").read_text(encoding="utf-8")

    def test_amounts_are_numbers_and_dates_iso(self, tmp_path: Path):
        values = {"self_pay": Decimal("15300.10"), "on": dt.date(2026, 3, 5), "kinds": ["低保"], "none": None}
        content = written(result(findings=[finding(values=values)]), tmp_path)
        assert content["findings"][0]["values"] == {
            "self_pay": 15300.10,
            "on": "2026-03-05",
            "kinds": ["低保"],
            "none": None,
        }

    def test_a_file_name_that_is_no_valid_text_comes_back_exactly(self, tmp_path: Path):
        name = "县/\udcd2\udcbd.csv"
        content = written(result(sources=[SourceReport(name, None, None, error="坏了")]), tmp_path)
        assert content["sources"][0]["path"] == name

    def test_each_finding_is_one_line(self, tmp_path: Path):
        given = result()
        write_json(given, tmp_path / "r.json")
        text = (tmp_path / "r.json").read_text(encoding="utf-8").splitlines()
        assert sum(line.startswith('{"rule": "') and '"reason"' in line for line in text) >= len(
            given.findings
        )


class TestWriting:
    def test_the_same_result_is_the_same_bytes(self, tmp_path: Path):
        write_json(result(), tmp_path / "a.json")
        write_json(result(), tmp_path / "b.json")
        assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()

    def test_a_failing_write_leaves_the_old_file(self, tmp_path: Path):
        target = tmp_path / "r.json"
        target.write_text("旧", encoding="utf-8")
        with pytest.raises(TypeError):
            write_json(result(findings=[finding(values={"x": object()})]), target)
        assert target.read_text(encoding="utf-8") == "旧"
        assert [path.name for path in tmp_path.iterdir()] == ["r.json"]

    def test_where_it_cannot_be_written_is_a_sentence(self, tmp_path: Path):
        with pytest.raises(OutputError, match="所在的文件夹不存在"):
            write_json(result(), tmp_path / "没有" / "r.json")
