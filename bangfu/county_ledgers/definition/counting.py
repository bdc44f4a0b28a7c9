"""Reading the numbers that a definition asks for, with every mistake named by its line."""

from __future__ import annotations

from collections.abc import Collection

from bangfu.county_ledgers.definition.model import BookColumn, BookMetric, Condition
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.screening.catalogue.definitions import identifier_of
from bangfu.screening.catalogue.yamlfile import Cursor

STATE = "state"
_YES_NO = ("是", "否")
_LONGEST = 40


def read_metrics(
    at: Cursor, columns: Collection[BookColumn], states: Collection[str]
) -> tuple[BookMetric, ...]:
    """The metrics of a definition, whose columns and states are known."""
    found: list[BookMetric] = []
    for one in at.children("metrics"):
        metric = _metric(one, columns, states)
        if metric.id in {known.id for known in found}:
            one.problem(f"口径编号“{metric.id}”用了两次。", "id")
        found.append(metric)
    return tuple(found)


def _metric(at: Cursor, columns: Collection[BookColumn], states: Collection[str]) -> BookMetric:
    title, sum_of, is_rate = at.text("title"), at.text("sum", ""), at.has("of")
    if len(title) > _LONGEST:
        at.problem(f"title 有 {len(title)} 个字，最多 {_LONGEST} 个。", "title")
    if sum_of and sum_of not in {one.id for one in columns if one.kind is ColumnKind.MONEY}:
        at.problem(f"sum 不认识“{sum_of}”：要是一列金额（数字的合计在台账页和目标里看）。", "sum")
    metric = BookMetric(
        id=identifier_of(at),
        title=title,
        help=at.text("help"),
        unit="%" if is_rate else "元" if sum_of else at.text("unit", "条"),
        where=_conditions(at, "where", columns, states),
        sum=sum_of,
        of=_conditions(at, "of", columns, states) if is_rate else None,
    )
    for name, value in metric.of or ():
        if dict(metric.where).get(name, value) != value:
            at.problem(f"分子要在分母里面：where 和 of 写的“{name}”不一样。", "of")
    if is_rate and set(metric.where) <= set(metric.of or ()):
        at.problem("where 没有写比 of 多的条件，比例总是 100%。", "where")
    at.finish()
    return metric


def _conditions(
    at: Cursor, key: str, columns: Collection[BookColumn], states: Collection[str]
) -> tuple[Condition, ...]:
    asked = at.child(key)
    if asked is None:
        return ()
    found = []
    for name in asked.all_keys():
        value = asked.text(name)
        if name == STATE:
            _check_word(asked, name, value, tuple(states))
        else:
            _check_condition(asked, name, value, columns)
        found.append((name, value))
    return tuple(found)


def _check_condition(at: Cursor, name: str, value: str, columns: Collection[BookColumn]) -> None:
    column = next((one for one in columns if one.id == name), None)
    if column is None or column.kind not in (ColumnKind.CHOICE, ColumnKind.YES_NO):
        at.problem(f"“{name}”要是 state，或者一列选择、是否：这样才数得准、列得出名单。", name)
        return
    if not column.filter:
        at.problem(f"“{column.title}”要写 filter: true，不然打开的名单筛不成这些行。", name)
    _check_word(at, name, value, column.options or _YES_NO)


def _check_word(at: Cursor, name: str, value: str, words: tuple[str, ...]) -> None:
    if value not in words:
        at.problem(f"“{name}”没有“{value}”，可用：{'、'.join(words) or '这本台账没有状态'}。", name)
