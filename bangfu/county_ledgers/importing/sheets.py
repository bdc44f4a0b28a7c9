"""What a workbook of a defined ledger looks like: whom a row is about, its state, the ledger's columns."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bangfu.access.classification import FieldClass
from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.enums import About, ColumnKind
from bangfu.screening.catalogue.datasets import Dataset, PersonalClass
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec

SHELF = "ledger"
"""On which shelf of datasets the ledgers stand: ``ledger-<code>``."""

_TOWNSHIP = ColumnSpec(
    "township",
    ("乡镇", "乡", "乡(镇)", "镇", "街道", "所在乡镇", "乡镇街道"),
    Kind.TEXT,
    help="有同名的村才要写",
)
_VILLAGE = ColumnSpec(
    "village", ("村", "行政村", "村名", "行政村名称", "所在村", "地方"), Kind.TEXT, help="村名"
)
_REGION = ColumnSpec(
    "region_code", ("行政区划代码", "区划代码", "行政村代码"), Kind.CODE, help="写了代码，村名可以空着"
)
_HOUSEHOLD = ColumnSpec(
    "household_code", ("户编号", "户编码"), Kind.CODE, help="文本格式；没有就写户主，户主不能重名"
)
_HEAD = ColumnSpec("head_name", ("户主", "户主姓名", "户"), Kind.NAME, help="册上的户主")
_PERSON = ColumnSpec("person_name", ("姓名", "人", "人员姓名"), Kind.NAME, help="册上的姓名")
_NUMBER = ColumnSpec(
    "person_number",
    ("证件号码", "身份证号", "身份证号码", "公民身份号码"),
    Kind.IDENTITY,
    help="只用来认人，不存进台账；没有就按姓名、户、村认",
)
_STATE = ColumnSpec("state", ("状态", "办理状态"), Kind.TEXT, help="空着就是登记时的状态")
_IDENTITY = frozenset(["head_name", "person_name", "person_number", "household_code"])
_KINDS = {
    ColumnKind.NUMBER: Kind.NUMBER,
    ColumnKind.MONEY: Kind.MONEY,
    ColumnKind.DATE: Kind.DATE,
    ColumnKind.MONTH: Kind.MONTH,
    ColumnKind.YES_NO: Kind.YES_NO,
}
_WORDS = {
    ColumnKind.NUMBER: "数字",
    ColumnKind.MONEY: "金额，单位元",
    ColumnKind.DATE: "日期，如 2026-03-05",
    ColumnKind.MONTH: "年月，如 2026-03",
    ColumnKind.YES_NO: "是 或 否",
}
_WHO = {
    About.PROJECT: ("项目名称",),
    About.UNIT: ("单位名称", "名称", "企业名称"),
    About.PERSON: ("姓名", "人员姓名"),
    About.NONE: ("名称",),
}


def column_id(id: str) -> str:
    """How the sheet calls a ledger's column: never like one of those that say whom a row is about."""
    return f"c_{id}"


@lru_cache(maxsize=256)
def ledger_table(book: Book) -> Dataset:
    """The dataset of a ledger; a column is known by its title, the title with its unit, and its aliases."""
    own = tuple(_own(one) for one in book.columns)
    taken = {title for one in own for title in one.titles}
    whom = [_without(one, taken) for one in _whom(book)]
    columns = (*(one for one in whom if one.titles), *own)
    classes = {one.id: PersonalClass.IDENTITY if one.id in _IDENTITY else PersonalClass.TEXT for one in whom}
    for one in book.columns:
        if one.classified is FieldClass.HEALTH:
            classes[column_id(one.id)] = PersonalClass.HEALTH
        elif one.classified is FieldClass.NAME:
            classes[column_id(one.id)] = PersonalClass.IDENTITY
        else:
            classes[column_id(one.id)] = PersonalClass.TEXT
    id = f"{SHELF}-{book.id}"
    needs = (*_needed(book.about), *((column_id(one.id),) for one in book.columns if one.required))
    sheet = SheetSpec(id, book.title, columns, needs)
    return Dataset(id, book.title, "县里自定的台账", "household", sheet, classes)


def _own(column: BookColumn) -> ColumnSpec:
    titles = dict.fromkeys((column.title, column.heading, *column.aliases))
    units = {column.unit: 1.0} if column.unit and column.kind is ColumnKind.NUMBER else {}
    kind = _KINDS.get(column.kind, Kind.TEXT)
    return ColumnSpec(column_id(column.id), tuple(titles), kind, units=units, help=_help(column))


def _help(column: BookColumn) -> str:
    """What goes in, in a few words."""
    what = f"填：{'、'.join(column.options)}" if column.options else _WORDS.get(column.kind, "文字")
    if column.unit:
        what += f"，单位{column.unit}"
    return f"{what}；{'必填' if column.required else '可以空着'}"


def _whom(book: Book) -> tuple[ColumnSpec, ...]:
    about = book.about
    states = (_STATE,) if book.states else ()
    if about is About.HOUSEHOLD:
        return _TOWNSHIP, _VILLAGE, _HOUSEHOLD, _HEAD, *states
    if about is About.MEMBER:
        return _TOWNSHIP, _VILLAGE, _HOUSEHOLD, _HEAD, _PERSON, _NUMBER, *states
    if about is About.TOWNSHIP:
        return _TOWNSHIP, *states
    if about is About.VILLAGE:
        return _TOWNSHIP, _VILLAGE, _REGION, *states
    who = ColumnSpec("who", tuple(dict.fromkeys((about.label, *_WHO[about]))), Kind.TEXT, help="必填")
    return who, _TOWNSHIP, _VILLAGE, _REGION, *states


def _needed(about: About) -> tuple[tuple[str, ...], ...]:
    """Whom a row is about must be in the header, in one way or another."""
    needed = {
        About.HOUSEHOLD: ("household_code", "head_name"),
        About.MEMBER: ("person_name", "person_number"),
        About.TOWNSHIP: ("township",),
        About.VILLAGE: ("village", "region_code"),
    }
    return (needed.get(about, ("who",)),)


def _without(column: ColumnSpec, taken: set[str]) -> ColumnSpec:
    """The column without the titles that the ledger's own columns have."""
    titles = tuple(title for title in column.titles if title not in taken)
    return replace(column, titles=titles)
