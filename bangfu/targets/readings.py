"""What records say of every region: metrics as they stand now, defined ledgers month by month.

A reading is named by its metric, or ``ledger/CODE/DATE COLUMN`` for the rows of a ledger and
``ledger/CODE/DATE COLUMN/COLUMN`` for the sum of a column. It is always the number reached by the end of a
month; what came about within a period is the difference of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum
from django.db.models.functions import Substr, TruncMonth

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.county_ledgers.policies import may_see, seen_columns
from bangfu.county_ledgers.queries import home_of, rows_of
from bangfu.county_ledgers.storage import slots_for
from bangfu.county_ledgers.versions import all_held, held_in
from bangfu.metrics.counting import rows_of as metric_rows
from bangfu.metrics.registry import Metric, all_metrics, metric_of

_VILLAGE = 12
_CENT = Decimal("0.01")
_FEN = 100
_LEDGER = "ledger"
Numbers = dict[tuple[str, date], Decimal]
"""By region and by the first day of the month at whose end it was reached."""


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
    metrics = [_of_metric(one) for one in all_metrics().values()]
    books = [held.book for held in all_held(home_of(user)) if may_see(user, held.book)]
    ledgers = [(f"台账：{book.title}", _of_book(user, book)) for book in books]
    return [("概览与口径", metrics), *(pair for pair in ledgers if pair[1])]


def record_of(user: User, id: str) -> Record | None:
    """One of them."""
    if not id.startswith(f"{_LEDGER}/"):
        metric = metric_of(id)
        return None if metric is None else _of_metric(metric)
    held = held_in(id.split("/")[1], home_of(user))
    found = _of_book(user, held.book) if held is not None and may_see(user, held.book) else []
    return next((one for one in found if one.id == id), None)


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


def read_record(user: User, record: Record, county: str, since: date, month: date) -> Numbers:
    """What a record says of each region of a county that has any of it, from a month to this one.

    A metric says it of this month only: it knows no other day.
    """
    if record.has_past:
        return _ledger_numbers(user, record.id, county, since, month)
    metric = metric_of(record.id)
    assert metric is not None
    return {(place, month): value for place, value in _metric_numbers(user, metric, county).items()}


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
    named = rows.annotate(bangfu_village=Substr(metric.place_field, 1, _VILLAGE)).values("bangfu_village")
    found = named.annotate(bangfu_number=number).values_list("bangfu_village", "bangfu_number")
    return {place: n or 0 for place, n in found}


def _summed(numbers: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for place, number in numbers.items():
        for code in _around(place):
            found[code] += number
    return found


def _around(place: str) -> Iterable[str]:
    return {place[:length] for length in CODE_LENGTHS.values() if length <= len(place)} | {place}


def _ledger_numbers(user: User, id: str, county: str, since: date, month: date) -> Numbers:
    code, day, *column = id.split("/")[1:]
    slots = slots_for(code)
    if day not in slots:
        return {}
    rows = rows_of(user, code).filter(place__startswith=county, **{f"{slots[day]}__isnull": False}).order_by()
    number = Sum(slots[column[0]]) if column else Count("pk")
    named = rows.annotate(bangfu_village=Substr("place", 1, _VILLAGE), bangfu_month=TruncMonth(slots[day]))
    found = named.values("bangfu_village", "bangfu_month").annotate(bangfu_number=number)
    grown: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    is_money = bool(column) and slots[column[0]].startswith("amount")
    for one in found.values_list("bangfu_village", "bangfu_month", "bangfu_number"):
        value = Decimal(one[2] or 0) / (_FEN if is_money else 1)
        for place in _around(one[0]):
            grown[place][one[1]] += value
    return _added_up(grown, since, month)


def _added_up(grown: Mapping[str, Mapping[date, Decimal]], since: date, month: date) -> Numbers:
    found: Numbers = {}
    for place, months in grown.items():
        total = sum((value for one, value in months.items() if one < since), Decimal(0))
        for one in months_between(since, month):
            total += months.get(one, Decimal(0))
            found[place, one] = total
    return found


def months_between(since: date, month: date) -> list[date]:
    """The first days of the months from one to another, both included."""
    count = (month.year - since.year) * 12 + month.month - since.month
    return [
        date(since.year + (since.month - 1 + at) // 12, (since.month - 1 + at) % 12 + 1, 1)
        for at in range(count + 1)
    ]
