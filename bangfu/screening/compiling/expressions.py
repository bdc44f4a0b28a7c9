"""Translates a rule's expression into a typed tree of whitelisted nodes, or refuses it.

The language: ``and or not``, comparisons, ``in`` with a list of literals, ``between``, ``+ - * /``, numbers,
texts, ``true``/``false``, names, and ``years(from, to)`` for completed years. NULL always means unknown and
spreads as in SQL (Kleene's logic), so there is no ``is null`` and no ``coalesce``. See ADR 0003.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bangfu.screening.catalogue.columns import Type
from bangfu.screening.compiling.years import Age, completed_years

_LONGEST = 4000  # characters
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?\Z")  # fits every engine's exact decimals
_FAMILIES = {
    Type.BOOLEAN: "是否",
    Type.INTEGER: "数字",
    Type.NUMBER: "数字",
    Type.MONEY: "数字",
    Type.DATE: "日期",
    Type.TEXT: "文字",
    Type.CODE: "文字",
    Type.TEXTS: "多个文字",
}
_ORDERED = (exp.LT, exp.LTE, exp.GT, exp.GTE)
_LANGUAGE = "可用的只有：and、or、not、比较、in、between、加减乘除和 years(起, 止)"


class RefusedError(ValueError):
    """An expression that cannot be compiled; the message is one Chinese sentence without its place."""


@dataclass(frozen=True)
class Typed:
    """A tree with its type.

    ``codes``: the codes a CODE may have. ``constant``: the value of a literal text, date or whole number.
    ``age``: set where the tree is completed years up to a fixed day.
    """

    tree: exp.Expr
    type: Type
    codes: frozenset[str] = field(default_factory=frozenset)
    constant: str | int | dt.date | None = None
    age: Age | None = None


Lookup = Callable[[str], Typed]
"""Gives the meaning of a name; raises RefusedError if it has none, or more than one."""


def translate(text: str, lookup: Lookup) -> Typed:
    """The typed tree of an expression. Raises RefusedError with what is wrong and where in the text."""
    if len(text) > _LONGEST:
        raise RefusedError(f"表达式太长（超过 {_LONGEST} 个字符）。")
    try:
        parsed = sqlglot.parse_one(text, dialect="duckdb")
        return _Translator(lookup).translate(parsed)
    except SqlglotError as error:
        raise RefusedError(f"表达式“{_short(text)}”写法不对{_position(error)}。") from error
    except RecursionError as error:
        raise RefusedError("表达式嵌套太深。") from error


def translate_boolean(text: str, lookup: Lookup) -> exp.Expr:
    """The tree of a condition. Raises RefusedError if it cannot be compiled or is no condition."""
    typed = translate(text, lookup)
    if typed.type is not Type.BOOLEAN:
        raise RefusedError(f"“{_short(text)}”是{_FAMILIES[typed.type]}，不是真假条件。")
    return typed.tree


class _Translator:
    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def translate(self, node: exp.Expr) -> Typed:
        match node:
            case exp.Paren():
                return self.translate(node.this)
            case exp.And() | exp.Or():
                return self._connect(node)
            case exp.Not():
                return Typed(exp.not_(_wrap(self._boolean(node.this))), Type.BOOLEAN)
            case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
                return self._compare(node)
            case exp.In():
                return self._in(node)
            case exp.Between():
                return self._between(node)
            case exp.Add() | exp.Sub() | exp.Mul() | exp.Div() | exp.Neg():
                return self._reckon(node)
            case exp.Literal() | exp.Boolean():
                return _literal(node)
            case exp.Column():
                return self._name(node)
            case exp.Anonymous():
                return self._function(node)
        raise RefusedError(f"不支持“{_show(node)}”。{_LANGUAGE}。")

    def _boolean(self, node: exp.Expr) -> exp.Expr:
        typed = self.translate(node)
        if typed.type is not Type.BOOLEAN:
            raise RefusedError(f"“{_show(node)}”是{_FAMILIES[typed.type]}，不是真假条件。")
        return typed.tree

    def _number(self, node: exp.Expr) -> Typed:
        typed = self.translate(node)
        if not typed.type.numeric:
            raise RefusedError(f"“{_show(node)}”是{_FAMILIES[typed.type]}，不能加减乘除。")
        return typed

    def _connect(self, node: exp.And | exp.Or) -> Typed:
        left, right = self._boolean(node.this), self._boolean(node.expression)
        return Typed(type(node)(this=_wrap(left), expression=_wrap(right)), Type.BOOLEAN)

    def _compare(self, node: exp.Binary) -> Typed:
        left, right = self.translate(node.this), self.translate(node.expression)
        _check_comparable(node, left, right)
        return Typed(_compared(type(node), left, right), Type.BOOLEAN)

    def _in(self, node: exp.In) -> Typed:
        subject = self.translate(node.this)
        items = node.expressions
        if not items or any(not isinstance(item, exp.Literal) for item in items):
            raise RefusedError(f"“{_show(node)}”的 in 后面应是写明的值，如 ('a', 'b')。")
        options = [_literal(item) for item in items]
        for option in options:
            _check_comparable(node, subject, option)
        return Typed(
            exp.In(this=_wrap(subject.tree), expressions=[option.tree for option in options]), Type.BOOLEAN
        )

    def _between(self, node: exp.Between) -> Typed:
        subject = self.translate(node.this)
        low, high = self.translate(node.args["low"]), self.translate(node.args["high"])
        for limit in (low, high):
            _check_comparable(node, subject, limit, ordered=True)
        at_least, at_most = _compared(exp.GTE, subject, low), _compared(exp.LTE, subject, high)
        return Typed(exp.And(this=_wrap(at_least), expression=_wrap(at_most)), Type.BOOLEAN)

    def _reckon(self, node: exp.Expr) -> Typed:
        left = self._number(node.this)
        if isinstance(node, exp.Neg):
            return Typed(exp.Neg(this=_wrap(left.tree)), left.type)
        right = self._number(node.expression)
        if isinstance(node, exp.Add | exp.Sub):
            tree = type(node)(this=_wrap(left.tree), expression=_wrap(right.tree))
            return Typed(tree, _wider(left.type, right.type))
        divisor = _double(right.tree)
        if isinstance(node, exp.Div):  # engines differ on x/0: here it is unknown
            divisor = exp.Nullif(this=divisor, expression=exp.Literal.number(0))
        return Typed(type(node)(this=_double(left.tree), expression=divisor), Type.NUMBER)

    def _name(self, node: exp.Column) -> Typed:
        if node.table:
            raise RefusedError(f"“{_show(node)}”：名字前不写表名。")
        return self._lookup(node.name)

    def _function(self, node: exp.Anonymous) -> Typed:
        if node.name.lower() != "years" or len(node.expressions) != 2:
            raise RefusedError(f"不支持“{_show(node)}”。{_LANGUAGE}。")
        start, end = (self.translate(argument) for argument in node.expressions)
        if start.type is not Type.DATE or end.type is not Type.DATE:
            raise RefusedError(f"“{_show(node)}”的两个值都应是日期。")
        on = end.constant if isinstance(end.constant, dt.date) else None
        age = Age(start.tree, on) if on else None
        return Typed(completed_years(start.tree, on or end.tree), Type.INTEGER, age=age)


def _compared(operator: type[exp.Binary], left: Typed, right: Typed) -> exp.Expr:
    """A comparison; of an age with a whole number as one of dates, which is the same and much cheaper."""
    if left.age and isinstance(right.constant, int):
        tree = left.age.compared(operator, right.constant)
        if tree is not None:
            return tree
    return operator(this=_wrap(left.tree.copy()), expression=_wrap(right.tree.copy()))


def _literal(node: exp.Expr) -> Typed:
    if isinstance(node, exp.Boolean):
        return Typed(exp.Boolean(this=node.this), Type.BOOLEAN)
    if node.is_string:
        return Typed(exp.Literal.string(node.name), Type.TEXT, constant=node.name)
    if not _NUMBER.match(node.name):
        raise RefusedError(f"数字“{node.name}”要写成普通小数，整数部分最多15位。")
    if "." in node.name:
        return Typed(exp.Literal.number(node.name), Type.NUMBER)
    return Typed(exp.Literal.number(node.name), Type.INTEGER, constant=int(node.name))


def _check_comparable(node: exp.Expr, left: Typed, right: Typed, ordered: bool = False) -> None:
    ordered = ordered or isinstance(node, _ORDERED)
    families = (_FAMILIES[left.type], _FAMILIES[right.type])
    if families[0] != families[1] or Type.TEXTS in (left.type, right.type):
        raise RefusedError(f"“{_show(node)}”：{families[0]}和{families[1]}不能比较。")
    if ordered and not (left.type.numeric or left.type is Type.DATE):
        raise RefusedError(f"“{_show(node)}”：{families[0]}不能比较大小。")
    if Type.CODE in (left.type, right.type):
        _check_codes(node, left, right)


def _check_codes(node: exp.Expr, left: Typed, right: Typed) -> None:
    """A code is compared with one of its own codes, or with a column of the same codes."""
    for coded, other in ((left, right), (right, left)):
        if coded.type is Type.CODE and isinstance(other.constant, str) and other.constant not in coded.codes:
            allowed = "、".join(sorted(coded.codes))
            raise RefusedError(f"“{_show(node)}”：没有代码“{other.constant}”，可用：{allowed}。")
    if left.codes != right.codes and left.constant is None and right.constant is None:
        raise RefusedError(f"“{_show(node)}”：两边的代码不是同一套，不能比较。")


def _wider(left: Type, right: Type) -> Type:
    for wide in (Type.NUMBER, Type.MONEY):
        if wide in (left, right):
            return wide
    return Type.INTEGER


def _double(tree: exp.Expr) -> exp.Expr:
    """Products and quotients are reckoned in floating point, alike on every engine, and cannot overflow."""
    return exp.cast(_wrap(tree), exp.DataType.Type.DOUBLE)


def _wrap(tree: exp.Expr) -> exp.Expr:
    return exp.Paren(this=tree) if isinstance(tree, exp.Binary | exp.Not | exp.Neg | exp.In) else tree


def _show(node: exp.Expr) -> str:
    return _short(node.sql(dialect="duckdb", comments=False))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"


def _position(error: SqlglotError) -> str:
    details = getattr(error, "errors", None) or [{}]
    line, column = details[0].get("line"), details[0].get("col")
    return f"(第 {line} 行第 {column} 个字符附近)" if line else ""
