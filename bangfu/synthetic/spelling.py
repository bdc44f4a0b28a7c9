"""How a value is spelt in a cell: one usual way a file, and every other way that offices use.

A date of 5 March 2026 comes as a real date, ``2026-03-05``, ``2026.3.5``, ``20260305`` …; command_line.md
section 3 lists the forms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bangfu.synthetic import identity
from bangfu.tabular.spec import Kind

Spell = Callable[[Any], Any]
_EXCEL_EPOCH = dt.date(1899, 12, 30)

CHOICES: dict[str, tuple[str, ...]] = {
    "male": ("男", "1", "男性"),
    "female": ("女", "2", "女性"),
    "registered": ("脱贫户",),
    "general": ("一般农户",),
    "unstable": ("脱贫不稳定户",),
    "marginal": ("边缘易致贫户",),
    "sudden": ("突发严重困难户",),
    **{letter: (letter, f"{letter}级", chr(ord(letter) + 0xFEE0)) for letter in "AB"},
    **{letter: (letter, f"{letter}级", chr(ord(letter) + 0xFEE0), f"{letter}级危房") for letter in "CD"},
    "1": ("一级", "壹级", "1级", "1"),
    "2": ("二级", "贰级", "2级", "2"),
    "3": ("三级", "叁级", "3级", "3"),
    "4": ("四级", "肆级", "4级", "4"),
    "inpatient": ("住院", "普通住院"),
    "outpatient": ("门诊", "门诊慢特病", "普通门诊", "门特"),
    "attending": ("在读",),
    "suspended": ("休学",),
    "dropped_out": ("辍学",),
    "transferred": ("转出",),
    "graduated": ("毕业",),
    "minimum_living": ("低保", "农村低保"),
    "extreme_poverty": ("特困",),
    "low_income_margin": ("低保边缘",),
    "expense_hardship": ("支出型困难",),
    "temporary": ("临时救助",),
    "death": ("死亡",),
    "serious": ("重伤",),
    "minor": ("轻伤",),
}
_YES_NO = ("是否", "有无", "10", "YN", "√×", "✓✗", "对错", "已未")
_TICKS = "✓✗"  # not in GBK


@dataclass(frozen=True)
class Spelling:
    """The usual spelling of a column in a file, and all that may take its place."""

    usual: Spell
    others: tuple[Spell, ...]


def spelling(kind: Kind, column: str, medium: str, unit: str | None, gbk: bool) -> Spelling:
    """How a column is spelt. ``medium``: workbook, text, typed; ``unit``: 万元 in the title, or None."""
    if kind is Kind.DATE:
        return _dates(medium)
    if kind is Kind.MONTH:
        return Spelling(_month_digits, _MONTHS + ((lambda day: int(f"{day:%Y%m}")),) * (medium == "workbook"))
    if kind is Kind.MONEY:
        return _money(medium, unit)
    if kind is Kind.YES_NO:
        pairs = [pair for pair in _YES_NO if not (gbk and pair == _TICKS)]
        return Spelling(_marks(pairs[0]), tuple(_marks(pair) for pair in pairs))
    if kind is Kind.CHOICE:
        return Spelling(_choice(0), tuple(_choice(nth) for nth in range(4)))
    if kind is Kind.PERCENT:
        return Spelling(_plain_number(medium), (_plain_number(medium), _percent, _fraction))
    if kind is Kind.NUMBER:
        unit_words = {"litres_per_person_day": "升", "minutes_to_fetch": "分钟"}
        worded = ((lambda value: f"{value}{unit_words[column]}"),) if column in unit_words else ()
        return Spelling(_plain_number(medium), (_plain_number(medium), *worded))
    return Spelling(_same, (_same,))


def _same(value: Any) -> Any:
    return value


def _plain_number(medium: str) -> Spell:
    return str if medium == "text" else _same


def _dates(medium: str) -> Spelling:
    if medium == "typed":
        return Spelling(_same, (_same,))
    if medium == "text":
        return Spelling(dt.date.isoformat, _WRITTEN_DATES)
    return Spelling(_same, (_same, *_WRITTEN_DATES, _date_number, _serial_day))


def _date_number(day: dt.date) -> int:
    return int(f"{day:%Y%m%d}")


def _serial_day(day: dt.date) -> int:
    return (day - _EXCEL_EPOCH).days


_WRITTEN_DATES: tuple[Spell, ...] = (
    dt.date.isoformat,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.isoformat()} 09:30:00",
)


def _month_digits(day: dt.date) -> str:
    return f"{day:%Y%m}"


_MONTHS: tuple[Spell, ...] = (
    lambda day: f"{day:%Y-%m}",
    _month_digits,
    lambda day: f"{day.year}年{day.month}月",
    lambda day: f"{day:%Y-%m}-15",
)


def _money(medium: str, unit: str | None) -> Spelling:
    if medium == "typed":
        return Spelling(_exact_yuan, (_exact_yuan,))
    if unit == "万元":
        usual = _ten_thousands if medium == "workbook" else lambda fen: str(_ten_thousands(fen))
        return Spelling(usual, (usual, _with_unit))
    usual = (lambda fen: fen / 100) if medium == "workbook" else _two_decimals
    return Spelling(usual, (usual, _grouped, _with_unit, _round_ten_thousands))


def _exact_yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _ten_thousands(fen: int) -> float:
    return float(Decimal(fen) / 1_000_000)


def _two_decimals(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


def _grouped(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}"


def _with_unit(fen: int) -> str:
    return f"{Decimal(fen) / 100}元"


def _round_ten_thousands(fen: int) -> str:
    """3.2万 for whole yuan, else plain."""
    return f"{Decimal(fen) / 1_000_000}万" if fen % 100 == 0 else _two_decimals(fen)


def _marks(pair: str) -> Spell:
    return lambda value: pair[0] if value else pair[1]


def _choice(nth: int) -> Spell:
    def spell(code: str) -> str:
        spellings = CHOICES.get(code, (code,))
        return spellings[nth % len(spellings)]

    return spell


def _percent(value: int) -> str:
    return f"{value}%"


def _fraction(value: int) -> str:
    return f"{value / 100:.2f}"


def spelt_number(number: str, nth: int, workbook: bool) -> tuple[str | int, bool]:
    """An ID in one of the ways it gets typed, and whether that has to be repaired.

    Fifteen digits are still exact where a workbook took them for a number.
    """
    old = identity.fifteen_digits(number)
    forms: tuple[str | int, ...] = (
        number.lower(),
        "".join(chr(ord(letter) + 0xFEE0) for letter in number),
        f"{number[:6]} {number[6:14]} {number[14:]}",
        old or number,
        identity.disability_number(number, 4, 3),
        identity.disability_number(number, 1, 2, 1),
        f"{number}　",
        int(old) if old and workbook else number,
    )
    form = forms[nth % len(forms)]
    return form, form != number


def spelt_name(name: str, nth: int, gbk: bool) -> tuple[str, bool]:
    """A name in one of the ways it gets typed, and whether that has to be repaired; every other one is plain.

    Middle dots come in every shape that the encoding has.
    """
    if "·" in name and not gbk:
        form = name.replace("·", "•．·"[nth % 3])
    else:
        form = (name, f"{name[0]} {name[1:]}", name, f"{name[0]}　{name[1:]}")[nth % 4]
    return form, form != name
