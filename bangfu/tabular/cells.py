"""Reads one cell: what it says, what was mended, what is noted, or why the row cannot be used.

The listed forms are those of command_line.md section 3; anything else in a date, month or amount column
rejects the row, anything else in other columns is unknown and flagged.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from bangfu.tabular.error_cells import ERROR_TEXTS
from bangfu.tabular.identity import lost_digits, repair_id, repair_number
from bangfu.tabular.marks import Flag, Repair
from bangfu.tabular.spec import Blank, ColumnSpec, Kind
from bangfu.tabular.text import BLANKS, compact, halfwidth, is_blank, plain, strip_spaces, unify_dots
from bangfu.tabular.units import MONEY_UNITS, split_unit


class Read(NamedTuple):
    """A cell as read; ``expected`` says in Chinese what should stand there when it rejects the row."""

    value: Any = None
    repairs: int = 0
    flags: int = 0
    expected: str | None = None


Reader = Callable[[Any], Read]

NOTHING = Read()
UNREADABLE = Read(flags=int(Flag.UNREADABLE_VALUE))
OTHER = "other"  # the code of what an open list does not name
LOST = "文本格式的18位号码（Excel已把它变成数字，后几位丢失，不能猜）"

# Excel's serial days that can be a date of a living person's life or of a list: 1910-01-03 to 2099-12-31.
_SERIAL_FROM, _SERIAL_TO = 3656, 73050
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_YEARS = range(1900, 2201)

_TIME = r"(?:[T\s]*\d{1,2}[::时]\d{1,2}(?:[::分]\d{1,2}(?:\.\d+)?秒?|分)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YMD = re.compile(rf"^(\d{{4}})\s*(?:[-./年])\s*(\d{{1,2}})\s*(?:[-./月])\s*(\d{{1,2}})\s*[日号]?{_TIME}$")
_YMD_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
_YM = re.compile(r"^(\d{4})\s*(?:[-./]\s*(\d{1,2})|年\s*(\d{1,2})\s*月?)$")
_YM_DIGITS = re.compile(r"^(\d{4})(\d{2})$")
_MONEY = re.compile(r"^(?:([-−+]?)¥?|¥([-−]))(\d+|\d{1,3}(?:,\d{3})+|(?=\.\d))(\.\d*)?$", re.ASCII)
_NUMBER = re.compile(r"^[-−+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?$", re.ASCII)
LIMIT = 10**15  # of amounts (yuan) and measures: more is a slip

EXPECTED_DATE = "日期，如 2026-03-05、2026.3.5、20260305 或 2026年3月5日"
EXPECTED_MONTH = "月份，如 2026-09、202609 或 2026年9月"
EXPECTED_MONEY = "金额，如 1200.50、1,200.50、1200元 或 3.2万"


def reader_for(column: ColumnSpec, scale: Decimal = Decimal(1)) -> Reader:
    """The reader of a column's cells; ``scale`` is the factor of the unit in its header (万元: 10000)."""
    makers: dict[Kind, Callable[[], Reader]] = {
        Kind.TEXT: lambda: read_text,
        Kind.NAME: lambda: read_name,
        Kind.IDENTITY: lambda: read_identity,
        Kind.CERTIFICATE: lambda: read_certificate,
        Kind.CODE: lambda: _code_reader(column.required),
        Kind.DATE: lambda: read_date,
        Kind.MONTH: lambda: read_month,
        Kind.MONEY: lambda: _money_reader(scale),
        Kind.NUMBER: lambda: _number_reader(column, scale),
        Kind.PERCENT: lambda: read_percent,
        Kind.YES_NO: lambda: read_yes_no,
        Kind.CHOICE: lambda: _choice_reader(column),
    }
    read = makers[column.kind]()
    return _knowing_errors(read) if column.kind in _AS_WRITTEN else read


#: Any text may stand in these; a failed formula is none.
_AS_WRITTEN = (Kind.TEXT, Kind.NAME, Kind.IDENTITY, Kind.CERTIFICATE, Kind.CODE)


def _knowing_errors(reader: Reader) -> Reader:
    def read(cell: Any) -> Read:
        if isinstance(cell, str) and "#" in cell and cell.strip(BLANKS) in ERROR_TEXTS:
            return UNREADABLE
        return reader(cell)

    return read


def read_text(cell: Any) -> Read:
    """Text as written, trimmed; numbers without ``.0``; dates as 2026-03-05."""
    return Read(plain(cell) or None)


def read_name(cell: Any) -> Read:
    """A person's name: white space out, middle dots as one, full-width letters halved; each a repair."""
    text = plain(cell) if not isinstance(cell, str) else cell
    if is_blank(text):
        return NOTHING
    repairs = 0
    bare = strip_spaces(text)
    if bare != text:
        repairs |= Repair.NAME_WHITESPACE
    dotted = unify_dots(bare)
    if dotted != bare:
        repairs |= Repair.NAME_MIDDLE_DOT
    half = halfwidth(dotted)
    if half != dotted:
        repairs |= Repair.NAME_FULLWIDTH
    return Read(half or None, int(repairs))


def read_identity(cell: Any) -> Read:
    """An ID or disability number, repaired; one that lost digits rejects the row and is never guessed."""
    if is_blank(cell):
        return NOTHING
    if lost_digits(cell):
        return Read(expected=LOST)
    number, repairs = repair_id(plain(cell) if not isinstance(cell, str) else cell)
    return Read(number or None, int(repairs))


def read_certificate(cell: Any) -> Read:
    """A disability number, repaired and whole; as an ID it is never guessed."""
    if is_blank(cell):
        return NOTHING
    if lost_digits(cell):
        return Read(expected=LOST)
    number, repairs = repair_number(plain(cell) if not isinstance(cell, str) else cell)
    return Read(number or None, int(repairs))


def _code_reader(required: bool) -> Reader:
    def read(cell: Any) -> Read:
        if is_blank(cell):
            return NOTHING
        if lost_digits(cell):
            return Read(expected=LOST) if required else Read(flags=int(Flag.CODE_LOST_DIGITS))
        text = strip_spaces(halfwidth(plain(cell))).lstrip("'‘’`").upper()
        return Read(text or None)

    return read


def read_date(cell: Any) -> Read:
    """A date; a month alone is unknown and flagged; anything else rejects the row."""
    kind, value = _date_or_month(cell)
    if kind == "date" or kind == "blank":
        return Read(value)
    if kind in ("month", "ambiguous month"):
        return Read(flags=int(Flag.MONTH_IN_DATE_COLUMN))
    return Read(expected=EXPECTED_DATE)


def read_month(cell: Any) -> Read:
    """A month as its first day; any date within it serves; anything else rejects the row."""
    kind, value = _date_or_month(cell)
    if kind == "blank":
        return NOTHING
    if kind in ("date", "month") and value is not None:
        return Read(value.replace(day=1))
    return Read(expected=EXPECTED_MONTH)


def _date_or_month(cell: Any) -> tuple[str, dt.date | None]:
    if is_blank(cell):
        return "blank", None
    if isinstance(cell, dt.datetime):
        return _in_years(cell.date())
    if isinstance(cell, dt.date):
        return _in_years(cell)
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _numeric_date(cell)
    if isinstance(cell, str):
        return _written_date(halfwidth(cell).strip(BLANKS).replace("\u3000", " "))
    return "bad", None


def _in_years(day: dt.date) -> tuple[str, dt.date | None]:
    return ("date", day) if day.year in _YEARS else ("bad", None)


def _numeric_date(number: float | Decimal) -> tuple[str, dt.date | None]:
    if not math.isfinite(number):
        return "bad", None
    if _SERIAL_FROM <= number < _SERIAL_TO + 1:
        return "date", _EXCEL_EPOCH + dt.timedelta(days=int(number))
    if number == int(number):
        return _written_date(str(int(number)))
    written = str(number)  # 2026.3 typed as a number; 2026.1 may have been 2026.10
    return ("ambiguous month", None) if written.endswith(".1") else _written_date(written)


def _written_date(text: str) -> tuple[str, dt.date | None]:
    full = _YMD.match(text) or _YMD_DIGITS.match(text)
    if full:
        return _made("date", full.group(1), full.group(2), full.group(3))
    month = _YM_DIGITS.match(text)
    if month:
        return _made("month", month.group(1), month.group(2), "1")
    month = _YM.match(text)
    if month:
        return _made("month", month.group(1), month.group(2) or month.group(3), "1")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and _SERIAL_FROM <= float(text) < _SERIAL_TO + 1:
        return "date", _EXCEL_EPOCH + dt.timedelta(days=int(float(text)))
    return "bad", None


def _made(kind: str, year: str, month: str, day: str) -> tuple[str, dt.date | None]:
    if int(year) not in _YEARS:
        return "bad", None
    try:
        return kind, dt.date(int(year), int(month), int(day))
    except ValueError:
        return "bad", None


def _money_reader(scale: Decimal) -> Reader:
    def read(cell: Any) -> Read:
        if is_blank(cell):
            return NOTHING
        amount = read_amount(cell, scale)
        if amount is None:
            return Read(expected=EXPECTED_MONEY)
        return Read(amount, 0, int(Flag.NEGATIVE_AMOUNT) if amount < 0 else 0)

    return read


def read_amount(cell: Any, scale: Decimal = Decimal(1)) -> int | None:
    """An amount in fen, or None if it is in no listed form. The cell's own unit beats ``scale``."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        return None
    if isinstance(cell, str):
        number, factor = split_unit(compact(cell), MONEY_UNITS)
        match = _MONEY.match(number)
        if not match:
            return None
        before, after, whole, fraction = match.groups()
        value = Decimal((whole or "0").replace(",", "") + (fraction or ""))
        if (before or after) in ("-", "−"):
            value = -value
        return _fen(value * (factor if factor is not None else scale))
    return _fen(_exact(cell) * scale)


def _exact(number: float | Decimal) -> Decimal:
    """A number as it prints: 0.1 is a tenth."""
    return Decimal(repr(number) if isinstance(number, float) else number)


def _fen(yuan: Decimal) -> int | None:
    if not yuan.is_finite() or abs(yuan) > LIMIT:
        return None
    return int((yuan * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _number_reader(column: ColumnSpec, scale: Decimal) -> Reader:
    units = {unit: Decimal(repr(factor)) for unit, factor in column.units.items()}

    def read(cell: Any) -> Read:
        if is_blank(cell):
            return NOTHING
        if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
            return UNREADABLE
        if not isinstance(cell, str):
            return _measure(_exact(cell) * scale)
        number, factor = split_unit(compact(cell).lower(), units)
        if not _NUMBER.match(number):
            return UNREADABLE
        value = Decimal(number.replace(",", "").replace("−", "-"))
        return _measure(value * (factor if factor is not None else scale))

    return read


def _measure(value: Decimal) -> Read:
    return Read(float(value)) if value.is_finite() and abs(value) < LIMIT else UNREADABLE


def read_percent(cell: Any) -> Read:
    """A percentage as 0–100: 95, 95% and 0.95 are the same; without a sign, 1 and less is a fraction."""
    if is_blank(cell):
        return NOTHING
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        return UNREADABLE
    if not isinstance(cell, str):
        return _measure(_percent(_exact(cell)))
    text = compact(cell)
    number = text.removesuffix("%")
    if not _NUMBER.match(number):
        return UNREADABLE
    value = Decimal(number.replace(",", "").replace("−", "-"))
    return _measure(value if text.endswith("%") else _percent(value))


def _percent(value: Decimal) -> Decimal:
    """A value without a sign: 1 and less is a fraction."""
    return value * 100 if value.is_finite() and value <= 1 else value


_YES = frozenset("是 有 1 1.0 y yes t true √ ✓ ✔ ☑ 对 已".split())
_NO = frozenset("否 无 0 0.0 n no f false × ✗ ✘ x ☒ 错 未 没有 不是".split())
# 不详, 未知, 未检测, 有待核实: nobody knows, whatever the first character says.
_UNSURE = re.compile("详|清|明|知|确定|确认|核实|鉴定|检|评|测|填|待|是否|有无")


def read_yes_no(cell: Any) -> Read:
    """Yes or no in any listed spelling, also 已改造/未改造; anything else is unknown and flagged."""
    if is_blank(cell):
        return NOTHING
    text = _BRACKETS.sub("", compact(plain(cell)).lower())
    if text in _YES:
        return Read(True)
    if text in _NO:
        return Read(False)
    if _UNSURE.search(text):
        return UNREADABLE
    if text[:1] in ("未", "不", "无", "没", "否"):
        return Read(False)
    if text[:1] in ("已", "是", "有") or text in ("达标", "合格", "参加", "享受"):
        return Read(True)
    return UNREADABLE


_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")


def _choice_reader(column: ColumnSpec) -> Reader:
    spellings = {compact(s).upper(): code for code, listed in column.choices.items() for s in listed}

    def read(cell: Any) -> Read:
        if is_blank(cell):
            return Read("none") if column.blank is Blank.NONE else NOTHING
        text = compact(plain(cell)).upper()
        code = spellings.get(text) or spellings.get(_BRACKETS.sub("", text))
        if code is None and column.contains:
            code = next((found for spelling, found in spellings.items() if spelling in text), None)
        if code is None and column.open_choice:
            parts = [spellings.get(part) for part in re.split(r"[、,;/]", text)]
            code = next((part for part in parts if part is not None), OTHER)
        if code is None:
            # Unreadable is not blank: where blank means none, it must stay apart from it.
            return Read("unreadable" if column.blank is Blank.NONE else None, 0, int(Flag.UNREADABLE_VALUE))
        return Read(code)

    return read
