"""What records say of every region: metrics as they stand now, defined ledgers month by month.

A reading is named by its metric, or ``ledger/CODE/DATE COLUMN`` for the rows of a ledger and
``ledger/CODE/DATE COLUMN/COLUMN`` for the sum of a column. It is always the number reached by the end of a
month; what came about within a period is the difference of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import CharField, Count, Sum
from django.db.models.functions import Cast, Substr

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.models import RegionLevel
from bangfu.core.models.region import CODE_LENGTHS, COUNTY_LENGTH
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.county_ledgers.policies import may_see, seen_columns
from bangfu.county_ledgers.queries import home_of, rows_of
from bangfu.county_ledgers.storage import slots_for
from bangfu.county_ledgers.versions import all_held, held_in
from bangfu.metrics.counting import rows_of as metric_rows
from bangfu.metrics.registry import Metric, list_of, metric_for, metrics_for
from bangfu.metrics.screen import list_address as metric_list

_VILLAGE = CODE_LENGTHS[RegionLevel.VILLAGE]
_CENT = Decimal("0.01")
_FEN = 100
_LEDGER = "ledger"
Numbers = dict[str, dict[str, Decimal]]
"""By region and by the month (2026-01) at whose end it was reached."""
_MONTH = len("2026-01")


@dataclass(frozen=True)
class Record:
    """A record that can be read; ``permission`` must hold in all of a target's region for a full count."""

    id: str
    label: str
    measure: str
    permission: Permission
    is_rate: bool = False
    has_past: bool = False


def records_seen(user: User) -> list[tuple[str, list[Record]]]:
    """Every record that the user can read, by where it stands."""
    metrics = [_of_metric(one) for one in metrics_for(user)]
    books = [held.book for held in all_held(home_of(user)) if may_see(user, held.book)]
    ledgers = [(f"台账：{book.title}", _of_book(user, book)) for book in books]
    return [("概览与口径", metrics), *(pair for pair in ledgers if pair[1])]


def record_of(user: User, id: str) -> Record | None:
    """One of them."""
    if not id.startswith(f"{_LEDGER}/"):
        metric = metric_for(user, id)
        return None if metric is None else _of_metric(metric)
    held = held_in(id.split("/")[1], home_of(user))
    found = _of_book(user, held.book) if held is not None and may_see(user, held.book) else []
    return next((one for one in found if one.id == id), None)


def list_address(user: User, record: Record, place: str) -> str:
    """Where the counted rows are listed today; empty for who would not see them there."""
    metric = metric_for(user, record.id)
    if metric is not None:
        return metric_list(metric, user, place, None)
    if not permits(user, record.permission, place):
        return ""
    return list_of("county_ledger_page", {}, record.id.split("/")[1])(place, None)


def _of_metric(metric: Metric) -> Record:
    measure = "元" if metric.sum_of and metric.ratio_of is None else metric.unit
    return Record(metric.id, metric.label, measure, metric.permission, is_rate=metric.ratio_of is not None)


def _of_book(user: User, book: Book) -> list[Record]:
    columns = seen_columns(user, book)
    days = [one for one in columns if one.kind.family == "day"]
    found = []
    for day in days:
        at, by = f"{_LEDGER}/{book.id}/{day.id}", f"按{day.title}"
        found.append(Record(at, f"{book.title}几条（{by}）", "条", Permission.LEDGER_VIEW, has_past=True))
        for one in columns:
            if one.kind.adds_up:
                measure = "元" if one.kind is ColumnKind.MONEY else one.unit
                label = f"{book.title}的{one.title}合计（{by}）"
                found.append(Record(f"{at}/{one.id}", label, measure, Permission.LEDGER_VIEW, has_past=True))
    return found


def read_records(
    user: User, records: Sequence[Record], county: str, since: date, month: date
) -> dict[str, Numbers]:
    """What each record says of every region of a county that has any of it, from a month to this one.

    A metric says it of this month only: it knows no other day. A ledger is read once for each of its dates.
    """
    found: dict[str, Numbers] = {}
    dated: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records:
        if record.has_past:
            _, code, day, *column = record.id.split("/")
            dated[code, day].append(column[0] if column else "")
            continue
        metric = metric_for(user, record.id)
        assert metric is not None
        numbers = _metric_numbers(user, metric, county)
        found[record.id] = {place: {named(month): value} for place, value in numbers.items()}
    for (code, day), columns in dated.items():
        found |= _ledger_numbers(user, code, day, columns, county, since, month)
    return found


def _metric_numbers(user: User, metric: Metric, county: str) -> dict[str, Decimal]:
    counts = _summed(_by_village(user, metric, county))
    if metric.ratio_of is None:
        return {place: Decimal(n) / _FEN if metric.sum_of else Decimal(n) for place, n in counts.items()}
    of = _summed(_by_village(user, metric.ratio_of, county))
    rates = {place: Decimal(counts.get(place, 0)) * 100 / n for place, n in of.items() if n}
    return {place: rate.quantize(_CENT, ROUND_HALF_UP) for place, rate in rates.items()}


def _by_village(user: User, metric: Metric, county: str) -> Mapping[str, int]:
    rows = metric_rows(metric, user, county).order_by()
    number = Sum(metric.sum_of) if metric.sum_of else Count("pk")
    grouped = rows.annotate(bangfu_village=Substr(metric.place_field, 1, _VILLAGE)).values("bangfu_village")
    found = grouped.annotate(bangfu_number=number).values_list("bangfu_village", "bangfu_number")
    return {place: n or 0 for place, n in found}


def _summed(numbers: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for place, number in numbers.items():
        for code in _around(place):
            found[code] += number
    return found


def _around(place: str) -> Iterable[str]:
    return {place[:length] for length in CODE_LENGTHS.values() if COUNTY_LENGTH <= length <= len(place)}


def _ledger_numbers(
    user: User, code: str, day: str, columns: Sequence[str], county: str, since: date, month: date
) -> dict[str, Numbers]:
    slots = slots_for(code)
    if day not in slots:
        return {}
    rows = rows_of(user, code).filter(place__startswith=county, **{f"{slots[day]}__isnull": False}).order_by()
    # 日期在两种库里写成文字都是 年-月-日；SQLite 的 TruncMonth 一行一行地回到 Python
    by_month = Substr(Cast(slots[day], CharField()), 1, _MONTH)
    grouped = rows.annotate(bangfu_village=Substr("place", 1, _VILLAGE), bangfu_month=by_month)
    known = [column for column in columns if not column or column in slots]
    sums = {f"bangfu_{at}": Sum(slots[one]) if one else Count("pk") for at, one in enumerate(known)}
    found = grouped.values_list("bangfu_village", "bangfu_month").annotate(**sums)
    grown: list[Numbers] = [defaultdict(dict) for _ in known]
    fen = [bool(one) and slots[one].startswith("amount") for one in known]
    for place, text, *values in found:
        for at, value in enumerate(values):
            number = Decimal(value or 0) / (_FEN if fen[at] else 1)
            for around in _around(place):
                months = grown[at][around]
                months[text] = months.get(text, Decimal(0)) + number
    path = f"{_LEDGER}/{code}/{day}"
    return {
        f"{path}/{one}" if one else path: _added_up(grown[at], since, month) for at, one in enumerate(known)
    }


def _added_up(grown: Numbers, since: date, month: date) -> Numbers:
    found: Numbers = {}
    between = [named(one) for one in months_between(since, month)]
    for place, months in grown.items():
        total = sum((value for one, value in months.items() if one < between[0]), Decimal(0))
        reached = found[place] = {}
        for one in between:
            total += months.get(one, 0)
            reached[one] = total
    return found


def named(month: date) -> str:
    """The name of a month, such as 2026-01."""
    return f"{month:%Y-%m}"


def months_between(since: date, month: date) -> list[date]:
    """The first days of the months from one to another, both included."""
    count = (month.year - since.year) * 12 + month.month - since.month
    return [
        date(since.year + (since.month - 1 + at) // 12, (since.month - 1 + at) % 12 + 1, 1)
        for at in range(count + 1)
    ]
