"""What a number means: registered once by the room whose rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission

Rows = Callable[[User, str, date | None], QuerySet]
ListUrl = Callable[[str, date | None], str]


class MetricError(ValueError):
    """A metric is registered wrongly; raised at start, not when somebody looks at the number."""


@dataclass(frozen=True)
class Metric:
    """A number that opens its list.

    ``rows(user, place, on)`` are the counted rows within the user's scope and, if ``place`` (a region code)
    is not empty, in that place; ``on`` is the business day, None for metrics that know today only.
    ``list_url(place, on)`` is the address of exactly these rows. With ``ratio_of`` the rows are the numerator
    and that metric's the denominator. ``dimensions`` names the fields by which it may be broken down,
    ``group_of`` what a small group consists of. ``headline`` metrics stand on the overview. With ``sum_of``,
    a field in fen, the number is the sum of that field over the rows, and so is that of the denominator.
    """

    id: str
    label: str
    unit: str
    definition: str
    permission: Permission
    rows: Rows
    list_url: ListUrl
    dimensions: tuple[str, ...] = ()
    ratio_of: Metric | None = None
    place_field: str = "place"
    group_of: str = "户"
    headline: bool = False
    not_counted: str = ""
    sum_of: str = ""


@dataclass(frozen=True)
class MetricShelf:
    """Metrics that counties define, so that not everybody has them; their ids begin with ``prefix``."""

    prefix: str
    metrics_for: Callable[[User], Iterable[Metric]]


def list_of(page: str, asked: Mapping[str, str], *arguments: str) -> ListUrl:
    """Where a list page shows the counted rows: these conditions (empty ones are left out), in the place."""

    def address(place: str, on: date | None) -> str:
        said = {name: word for name, word in {**asked, "place": place}.items() if word}
        return f"{reverse(page, args=arguments)}{'?' if said else ''}{urlencode(said)}"

    return address


_metrics: dict[str, Metric] = {}
_shelves: list[MetricShelf] = []


def register(metric: Metric) -> Metric:
    """Make a metric known; raises MetricError for an id taken or a denominator nobody knows."""
    if metric.ratio_of is not None and metric.ratio_of.id not in _metrics:
        raise MetricError(f"metric {metric.id}: register its denominator first")
    if _metrics.setdefault(metric.id, metric) is not metric:
        raise MetricError(f"two metrics have the id {metric.id}")
    return metric


def register_shelf(shelf: MetricShelf) -> None:
    """Make a shelf known; raises MetricError for a prefix that is taken."""
    if any(known.prefix == shelf.prefix for known in _shelves):
        raise MetricError(f"two shelves of metrics have the prefix {shelf.prefix}")
    _shelves.append(shelf)


def all_metrics() -> dict[str, Metric]:
    """Every metric that the software brings by id, in the order of registration."""
    return dict(_metrics)


def metric_of(id: str) -> Metric | None:
    """The metric of that id, of those that the software brings."""
    return _metrics.get(id)


def metrics_for(user: User) -> list[Metric]:
    """Every metric that is there for the user: what the software brings, then what the county defines."""
    return [*_metrics.values(), *(metric for shelf in _shelves for metric in shelf.metrics_for(user))]


def metric_for(user: User, id: str) -> Metric | None:
    """One of them."""
    shelves = [shelf for shelf in _shelves if id.startswith(shelf.prefix)]
    defined = (metric for shelf in shelves for metric in shelf.metrics_for(user) if metric.id == id)
    return metric_of(id) or next(defined, None)
