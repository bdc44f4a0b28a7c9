"""The leak scanner, attacked with every way people write numbers. C-044, C-049."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from bangfu.documents.errors import UnreadableContent
from bangfu.documents.leaks import LeakKind, scan_for_leaks

ID = "110101199003077758"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


def kinds(content: str | bytes, **options: object) -> set[LeakKind]:
    return {leak.kind for leak in scan_for_leaks(content, **options)}  # type: ignore[arg-type]


def made_id(region: int, day: str, serial: int) -> str:
    body = f"{region:06d}{day}{serial:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


ids = st.builds(
    made_id,
    st.sampled_from([110101, 530921, 530999, 650102]),
    st.dates(date(1920, 1, 1), date(2026, 12, 31)).map(lambda day: f"{day:%Y%m%d}"),
    st.integers(0, 999),
)
words = st.text(alphabet="大沟村第组户主郑有福公示合计，。：（）\n", max_size=12)


@given(before=words, number=ids, after=words)
def test_an_id_number_is_found_between_any_words(before: str, number: str, after: str) -> None:
    assert LeakKind.ID in kinds(f"{before}{number}{after}")


@given(number=ids, cuts=st.sets(st.integers(1, 17), min_size=1, max_size=5), gap=st.sampled_from(" -\t\n·|"))
def test_an_id_number_in_pieces_is_found(number: str, cuts: set[int], gap: str) -> None:
    pieces = [number[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), 18], strict=True)]
    assert LeakKind.ID in kinds(f"户主\t{gap.join(pieces)}\t同意")


@given(number=ids)
def test_an_id_number_in_single_boxes_full_width_or_chinese_numerals_is_found(number: str) -> None:
    assert LeakKind.ID in kinds("\t".join(number))
    assert LeakKind.ID in kinds(number.translate(FULL_WIDTH))
    if number[17] != "X":
        assert LeakKind.ID in kinds(number.translate(CHINESE))
    assert LeakKind.ID in kinds(number[:6] + "\u200b" + number[6:])


@given(text=st.text(max_size=200))
def test_any_text_is_scanned_without_a_crash_and_the_list_names_lines_that_exist(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= leak.line <= lines for leak in scan_for_leaks(text))


@given(number=ids)
def test_a_finding_never_repeats_the_secret(number: str) -> None:
    assert all(number not in leak.sentence() for leak in scan_for_leaks(number))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ID[:17] + ("0" if ID[17] != "0" else "1"), LeakKind.ID),  # a mistyped check digit is a leak too
        ("110101900307775", LeakKind.ID),
        ("110101 900307 775", LeakKind.ID),
        (ID + "41", LeakKind.CERTIFICATE),
        (ID + "41B1"[:2] + "01", LeakKind.CERTIFICATE),
        ("6222021234567890128", LeakKind.BANK),
        ("6222 0212 3456 7890 128", LeakKind.BANK),
        ("123456789012345", LeakKind.NUMBER),
        ("电话13812345678", LeakKind.PHONE),
        ("138 1234 5678", LeakKind.PHONE),
        ("138-1234-5678", LeakKind.PHONE),
        ("+8613812345678", LeakKind.PHONE),
        ("0886-6620117", LeakKind.PHONE),
        ("(0886)6620117", LeakKind.PHONE),
        ("联系电话：6620117", LeakKind.PHONE),
        ("大沟村3组15号", LeakKind.ADDRESS),
        ("人民路12号", LeakKind.ADDRESS),
        ("5栋2单元", LeakKind.ADDRESS),
        ("家庭住址：大沟村委会旁", LeakKind.ADDRESS),
        ("因病", LeakKind.ILLNESS),
        ("因残", LeakKind.ILLNESS),
        ("肢体残疾二级", LeakKind.ILLNESS),
        ("尿毒症透析", LeakKind.ILLNESS),
    ],
)
def test_what_must_not_be_public_is_found(text: str, kind: LeakKind) -> None:
    assert kind in kinds(f"第1组\t郑有福\t{text}\t同意")


@pytest.mark.parametrize(
    "text",
    [
        "公示时间：2026年11月16日至11月20日，共5日。",
        "监督电话：12317",
        "大沟公示〔2026〕7号",
        "1\t第2组\t郑有福\t3\t突发严重困难户\t家庭困难\n2\t第4组\t崔桂兰\t5\t边缘易致贫户\t家庭困难",
        "110101********7758",
        "县残联和植保站（病虫害防治）参加。",
        "物流产业园招工，居住院落整治，清理残膜。",
        "张贴地点：村委会公告栏，第一会议室外",
        "二〇二六年十一月",
        "\n".join(f"{index}\t{index % 9 + 1}\t{index % 6 + 1}" for index in range(1, 400)),
    ],
)
def test_what_a_notice_says_is_let_through(text: str) -> None:
    assert scan_for_leaks(text) == []


def test_the_offices_own_phones_are_allowed_and_no_others() -> None:
    text = "村委会：0886-6620117，郑有福：13812345678"
    assert [leak.shown for leak in scan_for_leaks(text, allowed=["0886-6620117"])] == ["138***78"]


def test_what_the_caller_knows_is_found() -> None:
    assert kinds("户主郑有福，之女郑小花", known=["郑小花"]) == {LeakKind.KNOWN}


def test_a_general_text_may_name_illness_but_no_number() -> None:
    assert kinds(f"因病可以申报，{ID}", illness=False) == {LeakKind.ID}


def test_word_and_excel_are_searched_hidden_sheets_and_split_cells_too() -> None:
    assert kinds(_word()) == {LeakKind.ID, LeakKind.PHONE}
    assert kinds(_excel()) == {LeakKind.ID, LeakKind.PHONE}


def test_a_file_without_text_is_not_called_clean() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    with pytest.raises(UnreadableContent, match="人工"):
        scan_for_leaks(empty.getvalue())
    with pytest.raises(UnreadableContent):
        scan_for_leaks(b"%PDF-1.7 broken")
    with pytest.raises(UnreadableContent):
        scan_for_leaks(b"PK\x03\x04broken")
    with pytest.raises(UnreadableContent):
        scan_for_leaks(b"\xff\xfe\xff\xff")


def _word() -> bytes:
    document = docx.Document()
    row = document.add_table(1, 3).rows[0]
    for cell, text in zip(row.cells, (ID[:6], ID[6:14], ID[14:]), strict=True):
        cell.text = text
    document.sections[0].footer.paragraphs[0].text = "13812345678"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _excel() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("公示").write_row(0, 0, ["郑有福", 13812345678])
        hidden = book.add_worksheet("底稿")
        hidden.write_row(3, 1, [ID[:6], ID[6:14], ID[14:]])
        hidden.hide()
    return out.getvalue()
