"""A table of a defined ledger comes in once however often it comes, and is undone (C-147, C-210)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import retire_ledger
from bangfu.county_ledgers.actions.rows import Whom, edit_row, move_row, record_row
from bangfu.county_ledgers.importing.committer import LEDGERS
from bangfu.county_ledgers.models import LedgerRow, LedgerVersion
from bangfu.county_ledgers.queries import values_of
from bangfu.county_ledgers.versions import book_of, held_in
from bangfu.exchange import actions
from bangfu.exchange.actions.importing import import_file
from bangfu.exchange.models import Batch
from bangfu.exchange.storage import REJECTED, folder_of, read
from bangfu.households.models import Household, Member
from tests.cast import COUNTY, NOW, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE
from tests.county_ledgers.builders import CODE, SHOPS, published
from tests.households.builders import make_household
from tests.training.builders import person

pytestmark = pytest.mark.django_db
Bring = Callable[..., Batch]
HEAD = [
    "序号",
    "乡镇",
    "村",
    "店铺",
    "人数",
    "每人补助（元）",
    "补助合计",
    "种类",
    "开业日期",
    "起始月份",
    "有执照",
    "状态",
]
FIRST = [1, "青石镇", "上寨村", "山里人家", 3, 200, 600, "日用", "2026-03-05", "2026-03", "是", "在营"]
AID = """id: school_aid_own
title: 助学金
help: 一学期一行。
basis: 县里自定
grade: 知
about: member
key: [year, term]
states:
  - {name: 待发, then: [已发]}
  - {name: 已发}
columns:
  - {id: year, title: 学年, kind: number, unit: 年, required: true}
  - {id: term, title: 学期, kind: choice, options: [春季, 秋季], required: true}
  - {id: amount, title: 金额, kind: money, least: 0, total: true}
  - {id: school, title: 学校, kind: text}
"""
AID_HEAD = ["乡镇", "村", "户主", "姓名", "证件号码", "学年", "学期", "金额", "学校", "状态"]


def _changed(row: Sequence[object], head: Sequence[str] = HEAD, **changed: object) -> list[object]:
    return list({**dict(zip(head, row, strict=True)), **changed}.values())


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    user = person("county_office")
    published(user)
    return user


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with these rows."""

    def written(*rows: Sequence[object]) -> Path:
        path = tmp_path / f"表{len(list(tmp_path.iterdir()))}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    return written


@pytest.fixture
def bring(office: User, write: Callable[..., Path]) -> Bring:
    """Import rows under a header into a ledger for the county."""

    def brought(
        *rows: Sequence[object],
        head: Sequence[object] = HEAD,
        by: User | None = None,
        code: str = CODE,
        place: str = COUNTY,
    ) -> Batch:
        return import_file(
            write(head, *rows),
            by=by or office,
            at=timezone.now(),
            place=place,
            dataset=LEDGERS.id_of(code),
        )

    return brought


def _counts(batch: Batch) -> tuple[int, int, int, int]:
    counts = batch.receipt["counts"]
    return counts["new"], counts["changed"], counts["same"], counts["rejected"]


def _reasons(batch: Batch) -> str:
    return "；".join(one["expected"] for one in batch.preflight["rejections"])


def test_a_row_comes_in_typed_under_its_village(bring: Bring) -> None:
    batch = bring(FIRST)
    assert _counts(batch) == (1, 0, 0, 0)
    (row,) = LedgerRow.objects.all()
    assert (row.place, row.who, row.state) == (VILLAGE, "上寨村", "在营")
    values = values_of(row, book_of(row.definition))
    assert values["name"] == "山里人家"
    assert (values["people"], values["each"], values["paid"]) == (Decimal(3), 200_00, 600_00)
    assert (values["opened_on"], values["since"]) == (date(2026, 3, 5), date(2026, 3, 1))
    assert (values["sort"], values["licensed"]) == ("日用", True)


def test_the_same_table_again_changes_nothing(bring: Bring) -> None:
    bring(FIRST)
    assert _counts(bring(FIRST)) == (0, 0, 1, 0)
    assert LedgerRow.objects.count() == 1


def test_what_the_table_says_otherwise_changes_the_row_and_a_blank_leaves_it(bring: Bring) -> None:
    bring(FIRST)
    batch = bring(_changed(FIRST, 人数=4, 补助合计=800, 种类="", 状态="关停"))
    assert _counts(batch) == (0, 1, 0, 0)
    (row,) = LedgerRow.objects.all()
    values = values_of(row, book_of(row.definition))
    assert (values["people"], values["paid"], values["sort"], row.state) == (4, 800_00, "日用", "关停")
    assert row.version == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"村": "月亮村"}, "行政村"),
        ({"人数": 51, "补助合计": 10200}, "最大 50"),
        ({"补助合计": 700}, "差 100"),
        ({"种类": "海鲜"}, "日用、农资"),
        ({"状态": "搬走"}, "在营、关停"),
        ({"人数": "几个"}, "读得出"),
        ({"开业日期": "2026-03"}, "日期要写到日"),
        ({"店铺": ""}, "必填"),
    ],
)
def test_what_cannot_be_stays_outside_with_its_reason(
    bring: Bring, changed: dict[str, object], said: str
) -> None:
    good = _changed(FIRST, 店铺="好店")
    batch = bring(good, _changed(FIRST, **changed))
    assert _counts(batch) == (1, 0, 0, 1)
    assert said in _reasons(batch)
    assert read(folder_of(batch.uid), REJECTED)
    assert LedgerRow.objects.count() == 1


def test_a_value_that_must_be_unique_comes_once_in_a_county(bring: Bring) -> None:
    bring(FIRST)
    batch = bring(_changed(FIRST, 乡镇="白水乡", 村="大沟村"), _changed(FIRST, 店铺="二店"), FIRST)
    assert _counts(batch) == (1, 0, 1, 1)
    assert "不能重复" in _reasons(batch)
    twice = bring(_changed(FIRST, 店铺="三店"), _changed(FIRST, 店铺="三店", 种类="农资"))
    assert _counts(twice) == (1, 0, 0, 1)
    assert "前面的行" in _reasons(twice)


def test_a_value_that_must_be_unique_comes_once_in_a_table_too(bring: Bring) -> None:
    batch = bring(FIRST, _changed(FIRST, 乡镇="白水乡", 村="大沟村"))
    assert _counts(batch) == (1, 0, 0, 1)
    assert "不能重复" in _reasons(batch)


class TestWithoutAKey:
    """Nothing says which row is which: only a row that is wholly alike is the same, and none is changed."""

    HEAD = ("单位名称", "项目", "金额", "日期")
    ROW = ("县农投公司", "烘干房", "12.5", "2026-03-05")

    @pytest.fixture
    def brought(self, bring: Bring, office: User) -> Bring:
        text = """id: own_deals
title: 往来
help: 一笔一行。
basis: 县里自定
grade: 知
about: unit
columns:
  - {id: item, title: 项目, kind: text, required: true}
  - {id: amount, title: 金额, kind: money}
  - {id: paid_on, title: 日期, kind: date}
"""
        published(office, text, "own_deals")
        return lambda *rows, head=self.HEAD: bring(*rows, head=head, code="own_deals")

    def test_alike_is_the_same_and_anything_else_is_new(self, brought: Bring) -> None:
        assert _counts(brought(self.ROW)) == (1, 0, 0, 0)
        assert _counts(brought(self.ROW)) == (0, 0, 1, 0)
        other = _changed(self.ROW, self.HEAD, 金额="13")
        assert _counts(brought(other)) == (1, 0, 0, 0)
        row = LedgerRow.objects.order_by("id")[0]
        assert (row.who, row.place, row.region.code) == ("县农投公司", COUNTY, COUNTY)

    def test_columns_that_the_table_lacks_are_not_compared(self, brought: Bring) -> None:
        brought(self.ROW)
        assert _counts(brought(self.ROW[:2], head=self.HEAD[:2])) == (0, 0, 1, 0)

    def test_a_row_about_nobody_stays_outside(self, brought: Bring) -> None:
        batch = brought(self.ROW, _changed(self.ROW, self.HEAD, 单位名称=""))
        assert _counts(batch) == (1, 0, 0, 1)


def test_rows_about_households_go_by_code_or_by_a_head_that_is_the_only_one(
    bring: Bring, office: User, regions: dict[str, Region]
) -> None:
    published(office, AID.replace("about: member", "about: household"), "school_aid_own")
    home = make_household(regions, VILLAGE, 1, head_name="杨一", code="YL001")
    make_household(regions, VILLAGE, 1, head_name="李二")
    make_household(regions, OTHER_VILLAGE, 1, head_name="李二")
    head = ["乡镇", "村", "户编号", "户主", "学年", "学期"]
    batch = bring(
        ["", "", "YL001", "", 2026, "春季"],
        ["", "", "", "杨一", 2026, "秋季"],
        ["", "上寨村", "", "李二", 2026, "春季"],
        ["", "", "", "李二", 2026, "秋季"],
        ["", "", "YL001", "王三", 2026, "春季"],
        ["", "", "YL999", "", 2026, "春季"],
        head=head,
        code="school_aid_own",
    )
    assert _counts(batch) == (3, 0, 0, 3)
    assert LedgerRow.objects.filter(household=home).count() == 2
    said = _reasons(batch)
    assert "同名的户主不止一个" in said
    assert "户编号和户主对不上" in said
    assert "册上有的户" in said


def test_a_state_moves_only_where_the_definition_leads(bring: Bring) -> None:
    bring(_changed(FIRST, 状态="关停"))
    batch = bring(FIRST, _changed(FIRST, 店铺="好店"))
    assert _counts(batch) == (1, 0, 0, 1)
    assert LedgerRow.objects.get(state="关停")


def test_a_township_brings_its_own_villages(bring: Bring) -> None:
    clerk = person("township", OTHER_TOWN)
    other = _changed(FIRST, 乡镇="白水乡", 村="大沟村")
    batch = bring(FIRST, other, by=clerk, place=OTHER_TOWN)
    assert _counts(batch) == (1, 0, 0, 1)
    assert LedgerRow.objects.get().place.startswith(OTHER_TOWN)


def test_a_column_of_another_post_is_left_to_it(bring: Bring) -> None:
    head, row = [*HEAD, "内部说明"], [*FIRST, "先别说"]
    blank = [*_changed(FIRST, 店铺="二店"), ""]
    batch = bring(row, blank, head=head, by=person("township", TOWN), place=TOWN)
    assert _counts(batch) == (1, 0, 0, 1)
    assert "别的岗位" in _reasons(batch)


def test_a_file_without_the_needed_columns_says_which(bring: Bring) -> None:
    with pytest.raises(SituationForbids, match="“村”或“行政区划代码”；“店名”"):
        bring(["上寨村", 3], head=["村", "人数"])


def test_a_batch_is_undone_as_a_whole(bring: Bring, office: User) -> None:
    bring(FIRST)
    batch = bring(_changed(FIRST, 人数=4, 补助合计=800), _changed(FIRST, 店铺="二店"))
    assert _counts(batch) == (1, 1, 0, 0)
    actions.run_undo(
        batch, by=office, at=timezone.now(), reason="导错了", progress=lambda done, total, step: None
    )
    (row,) = LedgerRow.objects.all()
    assert values_of(row, book_of(row.definition))["people"] == 3


def test_a_definition_that_changed_meanwhile_writes_nothing(
    office: User, write: Callable[..., Path], regions: dict[str, Region]
) -> None:
    now = timezone.now()
    content = write(HEAD, FIRST).read_bytes()
    batch = actions.upload_batch(
        by=office, at=now, file_name="店.xlsx", content=content, place=COUNTY, dataset=LEDGERS.id_of(CODE)
    )
    actions.run_preflight(batch, by=office, at=now, progress=lambda done, total, step: None)
    published(office, SHOPS.replace("title: 店名", "title: 店的名字"))
    with pytest.raises(SituationForbids, match="定义改过"):
        actions.run_commit(batch, by=office, at=now, progress=lambda done, total, step: None)
    assert not LedgerRow.objects.exists()


def test_a_row_that_somebody_changed_after_the_preflight_is_judged_as_it_is_then(
    bring: Bring, office: User, write: Callable[..., Path]
) -> None:
    bring(FIRST)
    now = timezone.now()
    content = write(HEAD, _changed(FIRST, 状态="在营", 种类="农资")).read_bytes()
    batch = actions.upload_batch(
        by=office, at=now, file_name="店.xlsx", content=content, place=COUNTY, dataset=LEDGERS.id_of(CODE)
    )
    actions.run_preflight(batch, by=office, at=now, progress=lambda done, total, step: None)
    row = LedgerRow.objects.get()
    move_row(by=office, at=now, row=row, version=row.version, state="关停")
    actions.run_commit(batch, by=office, at=now, progress=lambda done, total, step: None)
    batch.refresh_from_db()
    assert (batch.receipt["late"], LedgerRow.objects.get().state) == (1, "关停")


class TestAboutPeople:
    """Rows about members: by their number, else by name, household and village."""

    @pytest.fixture
    def home(self, regions: dict[str, Region], office: User) -> Household:
        published(office, AID, "school_aid_own")
        return make_household(regions, VILLAGE, 3, head_name="杨一")

    @pytest.fixture
    def child(self, home: Household) -> Member:
        return home.members.exclude(is_head=True).select_related("identity").order_by("id")[0]

    def _row(self, child: Member, **changed: object) -> list[object]:
        first = [
            "青石镇",
            "上寨村",
            "杨一",
            child.name,
            child.identity.id_number,
            2026,
            "春季",
            1500,
            "一中",
            "待发",
        ]
        return _changed(first, AID_HEAD, **changed)

    def test_by_number_or_by_name_it_is_the_same_person(self, bring: Bring, child: Member) -> None:
        batch = bring(self._row(child), head=AID_HEAD, code="school_aid_own")
        assert _counts(batch) == (1, 0, 0, 0)
        row = LedgerRow.objects.get()
        assert (row.member, row.household, row.who, row.subject_id) == (
            child,
            child.household,
            child.name,
            child.subject_id,
        )
        again = bring(self._row(child, 证件号码="", 金额=1800), head=AID_HEAD, code="school_aid_own")
        assert _counts(again) == (0, 1, 0, 0)
        autumn = bring(self._row(child, 学期="秋季"), head=AID_HEAD, code="school_aid_own")
        assert _counts(autumn) == (1, 0, 0, 0)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"姓名": "杨不对"}, "对不上"),
            ({"证件号码": "", "姓名": "杨不在"}, "册上有的人"),
            ({"证件号码": "", "村": "下河村"}, "册上有的人"),
            ({"证件号码": "53099919990101001X"}, "册上在册的人"),
        ],
    )
    def test_who_is_not_the_one_stays_outside(
        self, bring: Bring, child: Member, changed: dict[str, object], said: str
    ) -> None:
        good = self._row(child, 学年=2025)
        batch = bring(good, self._row(child, **changed), head=AID_HEAD, code="school_aid_own")
        assert _counts(batch) == (1, 0, 0, 1)
        assert said in _reasons(batch)

    def test_the_key_holds_at_the_entry_form_too(self, bring: Bring, child: Member, office: User) -> None:
        bring(self._row(child), head=AID_HEAD, code="school_aid_own")
        held = held_in("school_aid_own", COUNTY)
        assert held is not None
        home = child.household
        whom = Whom(home.village, child.name, home, child)
        with pytest.raises(SituationForbids, match="已经有一行"):
            record_row(
                by=office, at=NOW, held=held, whom=whom, values={"year": Decimal(2026), "term": "春季"}
            )
        row = record_row(
            by=office, at=NOW, held=held, whom=whom, values={"year": Decimal(2026), "term": "秋季"}
        )
        with pytest.raises(SituationForbids, match="已经有一行"):
            edit_row(
                by=office,
                at=NOW,
                held=held,
                row=row,
                version=row.version,
                values={"year": Decimal(2026), "term": "春季"},
            )

    def test_numbers_are_masked_on_the_page_of_the_batch(self, bring: Bring, child: Member) -> None:
        batch = bring(self._row(child), head=AID_HEAD, code="school_aid_own")
        assert child.identity.id_number not in str(batch.preflight)


def test_a_retired_ledger_takes_nothing_in(bring: Bring, office: User) -> None:
    bring(FIRST)
    version = LedgerVersion.objects.get(code=CODE)
    retire_ledger(by=office, at=NOW, ledger=version, version=version.version, reason="不用了")
    with pytest.raises(SituationForbids, match="停用"):
        bring(FIRST)
