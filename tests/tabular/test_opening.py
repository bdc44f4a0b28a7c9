"""Content decides what a file is; what cannot be read to its end gives no rows and a sentence (C-185)."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.opening import UnreadableError, open_sheets
from bangfu.tabular.reading import ROW, SheetReading, read_file
from tests.tabular import books
from tests.tabular.books import make_id

BILLS = ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]
DATA = ["申屠甲", make_id(1), "2026-03-05", "住院", "300"]
ROWS = [["某县住院费用明细,2026年"], BILLS, DATA, ["欧阳㐂", make_id(2), "2026-03-06", "门诊", "1,200.50"]]


def read(path: Path) -> SheetReading:
    [reading] = read_file(path, sheet_specs())
    return reading


def values(reading: SheetReading, name: str) -> list[Any]:
    assert reading.table is not None
    return list(reading.table[name].to_pylist())


def error(path: Path) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_file(path, sheet_specs())
    sentence = str(raised.value)
    assert sentence.endswith("。") and "没有读入任何行" in sentence
    return sentence


class TestText:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-be"]
    )
    @pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
    def test_encodings(self, tmp_path: Path, encoding: str, name: str):
        rows = [[str(c).replace("㐂", "某") for c in row] for row in ROWS]
        text = books.csv_text(rows)
        path = books.csv_file(tmp_path / name, ("\ufeff" if encoding == "utf-16-be" else "") + text, encoding)
        reading = read(path)
        assert (reading.sheet, reading.header_row, reading.rows) == (None, 2, 2)
        assert values(reading, "name") == ["申屠甲", "欧阳某"]
        assert values(reading, "self_pay") == [Decimal("300.00"), Decimal("1200.50")]

    @pytest.mark.parametrize("name", ["𠀀𪚥", "𰻝某", "㐂某", "买买提·阿凡提"])
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_rare_characters(self, tmp_path: Path, encoding: str, name: str):
        reading = read(books.csv_file(tmp_path / "a.csv", [BILLS, [name, *DATA[1:]]], encoding))
        assert values(reading, "name") == [name]

    @pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_separators_and_line_ends(self, tmp_path: Path, delimiter: str, end: str):
        """A note with many commas above a table separated otherwise does not mislead."""
        text = "甲,乙,丙,丁,戊,己,庚,辛" + end + books.csv_text([BILLS, DATA, DATA, DATA], delimiter, end)
        reading = read(books.csv_file(tmp_path / "a.csv", text))
        assert (reading.spec_id, reading.rows) == ("medical_expense", 3)

    def test_full_width_commas(self, tmp_path: Path):
        reading = read(books.csv_file(tmp_path / "a.csv", "，".join(BILLS) + "\n" + "，".join(DATA)))
        assert (reading.spec_id, reading.rows) == ("medical_expense", 1)

    def test_separators_inside_remarks(self, tmp_path: Path):
        rows = [
            [*BILLS, "备注"],
            *[[*DATA, "，，，，，，，，，，;;;;;;;;;||||||||||"]] * 3,
            [*DATA, '";";";";";";'],
        ]
        assert read(books.csv_file(tmp_path / "a.csv", rows)).rows == 4
        unquoted = "\n".join(",".join([*DATA, "一；二;三;四;五;六;七;八"]) for _ in range(3))
        text = ",".join([*BILLS, "备注"]) + "\n" + unquoted
        assert read(books.csv_file(tmp_path / "b.csv", text)).rows == 3

    def test_quoted_line_breaks_and_quotes(self, tmp_path: Path):
        rows = [
            ["身份证\n号码", *BILLS[:1], *BILLS[2:], "备注"],
            [DATA[1], "甲", *DATA[2:], '他说"好",\r\n第二行'],
        ]
        reading = read(books.csv_file(tmp_path / "a.csv", rows))
        assert values(reading, "id_number") == [DATA[1]]
        assert values(reading, "remark") == ['他说"好",\r\n第二行']
        assert values(reading, ROW) == [2]

    def test_ids_kept_as_text_by_excels_users(self, tmp_path: Path):
        text = (
            ",".join(BILLS) + f'\n甲,\'{DATA[1]},2026-03-05,住院,1\n乙,"=""{DATA[1]}""",2026-03-05,住院,1\n'
        )
        text += f"丙,{DATA[1]}\t,2026-03-05,住院,1\n丁,4.10602E+17,2026-03-05,住院,1\n"
        reading = read(books.csv_file(tmp_path / "a.csv", text))
        assert values(reading, "id_number") == [DATA[1]] * 3
        assert [row.cells[0] for row in reading.rejected] == ["丁"]

    def test_a_last_line_without_an_end_counts(self, tmp_path: Path):
        text = books.csv_text([BILLS, DATA, DATA]).rstrip("\r\n")
        assert read(books.csv_file(tmp_path / "a.csv", text)).rows == 2

    @pytest.mark.parametrize("text", ["\ufeff", "\n\n\n", " ", "标题\n", "a" * 200_000][:4])
    def test_text_without_a_table_is_no_list(self, tmp_path: Path, text: str):
        reading = read(books.csv_file(tmp_path / "a.csv", text))
        assert (reading.spec_id, reading.rows, reading.error) == (None, 0, None)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_cut_in_the_middle_of_a_character(self, tmp_path: Path, encoding: str):
        """Also where the rest happens to make sense in another encoding."""
        data = books.csv_text([BILLS, DATA, ["末"]]).rstrip("\r\n").encode(encoding)
        path = tmp_path / "a.csv"
        path.write_bytes(data[:-1])
        assert "中间断开" in error(path)

    def test_cut_in_the_middle_of_a_quote(self, tmp_path: Path):
        text = books.csv_text([BILLS, DATA]) + '甲,"4106'
        assert "引号" in error(books.csv_file(tmp_path / "a.csv", text))

    def test_wrong_bytes_inside_utf_8_are_not_read_as_another_encoding(self, tmp_path: Path):
        data = bytearray(books.csv_text([BILLS, *[DATA] * 20]).encode())
        data[len(data) // 2] = 0xFF
        (tmp_path / "a.csv").write_bytes(data)
        assert "坏字节" in error(tmp_path / "a.csv")

    def test_a_wrong_byte_after_a_mark_of_utf_8_is_no_other_encoding(self, tmp_path: Path):
        path = tmp_path / "a.csv"
        path.write_bytes(books.csv_text(ROWS).encode("utf-8-sig") + b"\xd6\xd0\n")
        assert "认不出" in error(path)

    @pytest.mark.parametrize(
        "data", [b"a,b\x00c\n", b"\x00" * 100, bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00\x00"]
    )
    def test_what_is_no_text(self, tmp_path: Path, data: bytes):
        path = tmp_path / "a.csv"
        path.write_bytes(data)
        error(path)

    def test_a_field_without_end(self, tmp_path: Path):
        error(books.csv_file(tmp_path / "a.csv", [BILLS, ["甲" * 200_000]]))


class TestPacked:
    def test_cut_at_any_place(self, tmp_path: Path):
        data = gzip.compress(books.csv_text([BILLS, *[DATA] * 50]).encode(), mtime=0)
        for end in range(3, len(data), 7):
            path = tmp_path / "a.csv.gz"
            path.write_bytes(data[:end])
            error(path)

    def test_broken_inside_and_followed_by_rubbish(self, tmp_path: Path):
        data = bytearray(gzip.compress(books.csv_text([BILLS, *[DATA] * 50]).encode(), mtime=0))
        for index in (12, len(data) // 2, len(data) - 5):
            broken = bytearray(data)
            broken[index] ^= 0xFF
            path = tmp_path / "a.csv.gz"
            path.write_bytes(broken)
            error(path)

    def test_one_after_the_other_is_one_text(self, tmp_path: Path):
        path = tmp_path / "a.csv.gz"
        parts = [books.csv_text([BILLS, DATA]), books.csv_text([DATA])]
        path.write_bytes(b"".join(gzip.compress(part.encode(), mtime=0) for part in parts))
        assert read(path).rows == 2

    def test_a_workbook_in_gzip_is_no_text(self, tmp_path: Path):
        book = books.xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
        (tmp_path / "a.csv.gz").write_bytes(gzip.compress(book))
        error(tmp_path / "a.csv.gz")

    def test_a_csv_that_says_it_is_packed(self, tmp_path: Path):
        path = tmp_path / "a.csv.gz"
        path.write_bytes(books.csv_text(ROWS).encode())
        assert read(path).rows == 2


class TestWrongExtensions:
    @pytest.mark.parametrize(
        ("make", "name"),
        [
            (books.xlsx, "a.xls"),
            (books.xlsx, "a.csv"),
            (books.csv_file, "a.xlsx"),
            (books.csv_file, "a.xls"),
            (books.xls, "a.xlsx"),
            (books.xls, "a.csv"),
            (books.parquet, "a.csv"),
            (books.csv_file, "a.parquet"),
        ],
    )
    def test_content_decides(self, tmp_path: Path, make: Callable[..., Path], name: str):
        reading = read(make(tmp_path / name, [BILLS, DATA]))
        assert (reading.spec_id, reading.rows) == ("medical_expense", 1)

    @pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
    @pytest.mark.parametrize(
        "text",
        [
            "<html><body><table><tr><td>姓名</td></tr></table></body></html>",
            "  \r\n<!DOCTYPE html>\n<html>",
            "<table border=1><tr><td>姓名",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
            "{\\rtf1\\ansi 姓名}",
            "MIME-Version: 1.0\nX-Document-Type: Workbook\n",
        ],
    )
    def test_other_kinds_of_text_are_refused(self, tmp_path: Path, name: str, text: str):
        error(books.csv_file(tmp_path / name, text))

    def test_other_kinds_of_zip_are_refused(self, tmp_path: Path):
        path = tmp_path / "a.xlsx"
        for entry in ("word/document.xml", "a.txt"):
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(entry, "<a/>")
            assert "不是工作簿" in error(path)

    def test_other_kinds_of_compound_files_are_refused(self, tmp_path: Path):
        error(books.ole_with_stream(tmp_path / "a.xls", "WordDocument"))

    def test_a_pdf_is_refused(self, tmp_path: Path):
        (tmp_path / "a.xlsx").write_bytes(
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\x00\x01\xff\nendstream"
        )
        error(tmp_path / "a.xlsx")


class TestBrokenWorkbooks:
    def test_nothing_at_all(self, tmp_path: Path):
        (tmp_path / "a.xlsx").touch()
        assert "0字节" in error(tmp_path / "a.xlsx")

    @pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
    def test_with_a_password(self, tmp_path: Path, name: str):
        assert "密码" in error(books.ole_with_stream(tmp_path / name, "EncryptedPackage"))

    def test_an_old_workbook_with_a_password(self, tmp_path: Path):
        assert "密码" in error(books.xls_with_password(tmp_path / "a.xls"))

    @pytest.mark.parametrize("make", [books.xlsx, books.parquet])
    def test_cut_at_many_places(self, tmp_path: Path, make: Callable[..., Path]):
        data = make(tmp_path / "whole", [BILLS, *[DATA] * 30]).read_bytes()
        cut = tmp_path / "a.bin"
        for end in [1, 2, 3, 4, 8, *range(100, len(data), max(1, len(data) // 40)), len(data) - 1]:
            cut.write_bytes(data[:end])
            if end > 3:
                error(cut)

    def test_an_old_workbook_cut_at_many_places(self, tmp_path: Path):
        data = books.xls(tmp_path / "whole", [BILLS, *[DATA] * 30]).read_bytes()
        cut = tmp_path / "a.xls"
        for end in [8, 100, 511, 512, 513, *range(600, len(data) - 600, 501)]:
            cut.write_bytes(data[:end])
            error(cut)

    def test_a_sheet_with_broken_xml(self, tmp_path: Path):
        whole = books.xlsx(tmp_path / "whole.xlsx", ROWS)
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.namelist():
                data = old.read(entry)
                new.writestr(entry, data[: len(data) // 2] if "sheet1" in entry else data)
        error(path)

    def test_a_workbook_whose_sheet_is_missing(self, tmp_path: Path):
        whole = books.xlsx(tmp_path / "whole.xlsx", ROWS)
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.namelist():
                if "sheet1" not in entry:
                    new.writestr(entry, old.read(entry))
        error(path)

    def test_a_packed_bomb_is_not_unpacked(self, tmp_path: Path):
        """The sizes the archive states are added up before anything is unpacked."""
        path = tmp_path / "a.xlsx"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (1 << 20))
        data = buffer.getvalue()
        true, claimed = (1 << 20).to_bytes(4, "little"), (0xFFFFFFF0).to_bytes(4, "little")
        path.write_bytes(data.replace(true, claimed) + b"")
        error(path)

    def test_one_broken_sheet_leaves_nothing_of_the_file(self, tmp_path: Path):
        whole = books.xlsx(tmp_path / "whole.xlsx", {"甲": ROWS, "乙": ROWS})
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.namelist():
                data = old.read(entry)
                new.writestr(entry, data[: len(data) // 2] if "sheet2" in entry else data)
        error(path)


class TestWorkbooks:
    def test_chart_sheets_are_no_tables(self, tmp_path: Path):
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (BILLS, DATA):
            sheet.append(row)
        book.create_chartsheet("图").add_chart(BarChart())
        book.save(tmp_path / "a.xlsx")
        assert [r.sheet for r in read_file(tmp_path / "a.xlsx", sheet_specs())] == ["Sheet"]

    @pytest.mark.parametrize(
        "epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH]
    )
    def test_dates_count_from_the_workbooks_own_epoch(self, tmp_path: Path, epoch: dt.datetime):
        book = openpyxl.Workbook()
        book.epoch = epoch
        book.active.append(BILLS)
        book.active.append(["甲", "", dt.date(2026, 3, 5), "", 1])
        book.active.append(["乙", "", dt.datetime(2026, 3, 5, 13, 30), "", 1])
        book.save(tmp_path / "a.xlsx")
        assert values(read(tmp_path / "a.xlsx"), "settled_on") == [dt.date(2026, 3, 5)] * 2

    def test_serials_without_a_date_format_are_dates(self, tmp_path: Path):
        reading = read(books.xlsx(tmp_path / "a.xlsx", [BILLS, ["甲", "", 46086, "", 1]]))
        assert values(reading, "settled_on") == [dt.date(2026, 3, 5)]

    def test_formulas_that_failed_are_not_blank(self, tmp_path: Path):
        """In an amount column they reject the row; openpyxl writes such texts as errors, as Excel does."""
        rows = [
            ["标题"],
            BILLS,
            ["甲", "", "", "住院", "#N/A"],
            ["乙", "#REF!", "#VALUE!", "", 1],
            ["丙", "#N/A", "", "", 1],
        ]
        for make in (books.xlsx, books.xlsx_by_writer):
            reading = read(make(tmp_path / "a.xlsx", rows))
            assert [(row.row, row.problems[0].found) for row in reading.rejected] == [
                (3, "#N/A"),
                (4, "#VALUE!"),
            ]
            assert (values(reading, "name"), values(reading, "id_number")) == (["丙"], [None])

    def test_failed_formulas_far_to_the_right_of_a_large_sheet(self, tmp_path: Path):
        rows = [[*[f"列{n}" for n in range(30)], *BILLS], *([""] * 30 + DATA for _ in range(3000))]
        rows[2500][34] = "#DIV/0!"
        path = books.xlsx(tmp_path / "a.xlsx", {"甲": [["x"]], "乙": rows})
        reading = read_file(path, sheet_specs())[1]
        assert [row.row for row in reading.rejected] == [2501]

    def test_rich_text_and_formulas_give_what_is_shown(self, tmp_path: Path):
        import xlsxwriter

        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
            sheet.write_row(0, 0, BILLS)
            sheet.write_rich_string(1, 0, "申", bold, "屠", "甲")
            sheet.write_formula(1, 4, "=100+200", None, 300)
        reading = read(tmp_path / "a.xlsx")
        assert (values(reading, "name"), values(reading, "self_pay")) == (["申屠甲"], [Decimal("300.00")])


class TestParquet:
    def make(self, path: Path, **columns: pa.Array) -> SheetReading:
        pq.write_table(pa.table({"姓名": pa.array(["甲", "乙"]), **columns}), path)
        return read(path)

    def test_titles_are_the_header_and_rows_are_counted_from_one(self, tmp_path: Path):
        reading = self.make(tmp_path / "a.parquet", 死亡日期=pa.array(["2026-03-05", None]))
        assert (reading.spec_id, reading.sheet, reading.header_row) == ("death", None, None)
        assert values(reading, ROW) == [1, 2]

    @pytest.mark.parametrize(
        "days",
        [
            pa.array([dt.date(2026, 3, 5), None]),
            pa.array([dt.datetime(2026, 3, 5, 1), None], pa.timestamp("us")),
            pa.array([1772668800000000001, None], pa.timestamp("ns")),
            pa.array([dt.datetime(2026, 3, 5, 1), None], pa.timestamp("ms", "Asia/Shanghai")),
            pa.array(["2026年3月5日", ""], pa.large_string()),
            pa.array(["2026-03-05", None]).dictionary_encode(),
            pa.array([b"2026-03-05", None], pa.binary()),
            pa.array([20260305, None], pa.int64()),
            pa.array([Decimal(20260305), None], pa.decimal128(10, 0)),
        ],
    )
    def test_types(self, tmp_path: Path, days: pa.Array):
        reading = self.make(tmp_path / "a.parquet", 死亡日期=days)
        assert values(reading, "died_on") == [dt.date(2026, 3, 5), None]

    def test_nested_columns_are_text(self, tmp_path: Path):
        nested = pa.array([["a"], None])
        reading = self.make(tmp_path / "a.parquet", 死亡日期=pa.nulls(2), 备注=nested, 机构=nested)
        assert (reading.rows, reading.unknown_columns) == (2, ("机构",))

    @pytest.mark.parametrize("number", [int(DATA[1]), 10**15])
    def test_ids_as_numbers_of_more_than_fifteen_digits_are_rejected(self, tmp_path: Path, number: int):
        """Whatever the reader: who stored them as numbers may have lost digits before."""
        for kind in (pa.int64(), pa.float64(), pa.decimal128(20, 0)):
            ids = pa.array([float(number) if kind == pa.float64() else number, None]).cast(kind)
            reading = self.make(tmp_path / "a.parquet", 身份证号=ids, 死亡日期=pa.nulls(2))
            assert len(reading.rejected) == 1

    def test_amounts_of_decimals_and_floats(self, tmp_path: Path):
        for amounts in (pa.array([Decimal("1200.50"), None]), pa.array([1200.5, float("nan")])):
            reading = self.make(tmp_path / "a.parquet", 结算日期=pa.nulls(2), 个人自付=amounts)
            assert values(reading, "self_pay")[:1] == [Decimal("1200.50")]

    def test_no_rows_and_no_columns(self, tmp_path: Path):
        pq.write_table(pa.table({}), tmp_path / "a.parquet")
        assert read(tmp_path / "a.parquet").spec_id is None
        pq.write_table(pa.table({"姓名": pa.nulls(0), "死亡日期": pa.nulls(0)}), tmp_path / "b.parquet")
        assert read(tmp_path / "b.parquet").rows == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe"]
    ),
    rest=st.binary(max_size=600) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, head: bytes, rest: bytes):
    path = tmp_path / "a.csv"
    path.write_bytes(head + rest)
    try:
        for sheet in open_sheets(path):
            list(sheet.rows)
    except UnreadableError as refused:
        assert str(refused).endswith("。")
