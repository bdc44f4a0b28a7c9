"""From the YAML text to a ledger, with every mistake named by its line."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from bangfu.access.classification import FieldClass
from bangfu.access.roles import role_bundles
from bangfu.county_ledgers.definition.counting import read_metrics
from bangfu.county_ledgers.definition.model import Book, BookColumn, Roles, SumCheck
from bangfu.county_ledgers.enums import About, ColumnKind
from bangfu.screening.catalogue.definitions import WrongText, grade_of, identifier_of, read_definition
from bangfu.screening.catalogue.yamlfile import Cursor

_CLASSES = {
    "public": FieldClass.PUBLIC,
    "internal": FieldClass.INTERNAL,
    "name": FieldClass.NAME,
    "health": FieldClass.HEALTH,
    "income": FieldClass.INCOME,
    "free_text": FieldClass.FREE_TEXT,
}
_SEALED = ("identity", "contact", "bank")
ROOM = {"word": 24, "number": 12, "amount": 8, "day": 8, "flag": 8}
"""How many columns of a family one ledger can have, of all its versions together."""
_TAKEN = ("place", "who", "state")
_TAKEN_TITLES = ("村", "乡镇", "区划", "户编号", "户主", "状态")


class WrongBook(WrongText):
    """A definition that cannot be used; ``problems`` are sentences with their lines."""


@lru_cache(maxsize=256)
def read_book(text: str) -> Book:
    """The ledger that a text defines; raises WrongBook with every mistake."""
    return read_definition(text, _book, WrongBook)


def _book(at: Cursor) -> Book:
    columns, states = _columns(at), _states(at)
    book = Book(
        id=identifier_of(at),
        title=_short(at, "title", 60),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade_of(at),
        about=About(at.code("about", About)),
        columns=columns,
        states=states,
        checks=tuple(_check(one, columns) for one in at.children("checks")),
        metrics=read_metrics(at, columns, [name for name, _ in states]),
        key=_key(at, columns),
        sees=_roles(at, "sees"),
        enters=_roles(at, "enters"),
        sort=_sort(at, columns),
        print_title=at.text("print_title", ""),
    )
    at.finish()
    return book


def _key(at: Cursor, columns: tuple[BookColumn, ...]) -> tuple[str, ...] | None:
    """The columns that tell a row from the others about the same; None where nothing is said of it."""
    if not at.has("key"):
        return None
    key = at.texts("key")
    known = {column.id: column for column in columns}
    for id in key:
        if id not in known:
            at.problem(f"key 里的“{id}”不是这本台账的列。", "key")
        elif not known[id].required:
            at.problem(f"key 里的“{known[id].title}”要必填（required: true），不然认不出是哪一行。", "key")
    return key


def _short(at: Cursor, key: str, most: int) -> str:
    text = at.text(key)
    if len(text) > most:
        at.problem(f"{key} 有 {len(text)} 个字，最多 {most} 个。", key)
    return text


def _columns(at: Cursor) -> tuple[BookColumn, ...]:
    columns: list[BookColumn] = []
    for one in at.children("columns"):
        column = _column(one)
        if column.id in {*_TAKEN, *(known.id for known in columns)}:
            one.problem(f"列编号“{column.id}”用了两次，或者是留用的（{'、'.join(_TAKEN)}）。", "id")
        if column.title in {*_TAKEN_TITLES, *(known.title for known in columns)}:
            one.problem(f"列名“{column.title}”用了两次，或者是每本台账自带的。", "title")
        columns.append(column)
    if not columns:
        at.problem("一本台账至少要有一列（columns）。")
    for family, most in ROOM.items():
        count = sum(one.kind.family == family for one in columns)
        if count > most:
            at.problem(f"{family} 一类的列有 {count} 列，最多 {most} 列。", "columns")
    return tuple(columns)


def _column(at: Cursor) -> BookColumn:
    kind = ColumnKind(at.code("kind", ColumnKind))
    column = BookColumn(
        id=identifier_of(at),
        title=_short(at, "title", 30),
        kind=kind,
        required=at.flag("required"),
        unique=at.flag("unique"),
        unit=at.text("unit", ""),
        help=at.text("help", ""),
        least=at.number("least"),
        most=at.number("most"),
        options=at.texts("options"),
        aliases=at.texts("aliases"),
        classified=_class(at),
        sees=_roles(at, "sees"),
        writes=_roles(at, "writes"),
        ledger=at.text("ledger", ""),
        total=at.flag("total"),
        filter=at.flag("filter"),
        shown=not at.flag("hidden"),
    )
    _check_column(at, column)
    at.finish()
    return column


def _check_column(at: Cursor, column: BookColumn) -> None:
    kind = column.kind
    if kind is ColumnKind.CHOICE and len(column.options) < 2:
        at.problem("选择列至少要有两个选项（options）。")
    if column.options and kind is not ColumnKind.CHOICE:
        at.problem(f"只有选择列（choice）写选项，这一列是 {kind}。", "options")
    if column.total and not kind.adds_up:
        at.problem("只有数字和金额能合计（total）。", "total")
    bounded = column.least is not None or column.most is not None
    if bounded and not kind.adds_up:
        at.problem("只有数字和金额写最小、最大（least、most）。")
    if column.least is not None and column.most is not None and column.least > column.most:
        at.problem(f"最小 {column.least} 大于最大 {column.most}。", "least")
    if (kind is ColumnKind.REFERENCE) != bool(column.ledger):
        at.problem("引用别的台账的列（reference）要写 ledger：哪一本；别的列不写。")


def _class(at: Cursor) -> FieldClass:
    name = at.text("class", "internal")
    if name in _SEALED:
        at.problem("证件号、电话、银行账号不进台账：它们加密存在登记里，把行挂到户或人上就行。", "class")
    elif name not in _CLASSES:
        at.problem(f"个人信息类别 class 是“{name}”，只能是：{'、'.join(_CLASSES)}。", "class")
    return _CLASSES.get(name, FieldClass.INTERNAL)


def _states(at: Cursor) -> tuple[tuple[str, tuple[str, ...]], ...]:
    children = at.children("states")
    found = []
    names = set()
    for one in children:
        name, following = _short(one, "name", 20), one.texts("then")
        one.finish()
        names.add(name)
        found.append((name, following))
    for one, (_, following) in zip(children, found, strict=True):
        for missing in [word for word in following if word not in names]:
            one.problem(f"状态“{missing}”没有写。", "then")
    return tuple(found)


def _check(at: Cursor, columns: Collection[BookColumn]) -> SumCheck:
    known = {one.id for one in columns if one.kind.adds_up}
    factors = _known(at, "times", known) or _known(at, "plus", known)
    result = at.text("result")
    if result not in known:
        at.problem(f"result 不认识“{result}”：要是一列数字或金额。", "result")
    if len(factors) != 2:
        at.problem("核对要写两列：times: [人数, 标准] 或 plus: [甲, 乙]。")
        factors = (result, result)
    check = SumCheck(result, factors[0], factors[1], adds=at.has("plus"))
    at.finish()
    return check


def _sort(at: Cursor, columns: Collection[BookColumn]) -> str:
    key = at.text("sort", "")
    if key and key.removeprefix("-") not in {one.id for one in columns}:
        at.problem(f"排序 sort 不认识“{key}”，要是一列的编号。", "sort")
        return ""
    return key


def _known(at: Cursor, key: str, known: Collection[str]) -> tuple[str, ...]:
    found = at.texts(key)
    for name in found:
        if name not in known:
            at.problem(f"{key} 不认识“{name}”，可用：{'、'.join(sorted(known))}。", key)
    return found


def _roles(at: Cursor, key: str) -> Roles:
    return frozenset(_known(at, key, role_bundles()))
