"""What subjects are called and where they are: a room says how its rows name theirs, here it is kept true."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable

from bangfu.core.models import Subject, TrackedModel
from bangfu.core.models.region import range_end

_labels: dict[type[TrackedModel], Combinable] = {}


def label_subjects_by(model: type[TrackedModel], label: Combinable) -> None:
    """Rows of ``model`` give their subjects this label, an expression over their fields."""
    _labels[model] = label


def settle_subjects(rows: models.QuerySet[Any]) -> None:
    """Give the subjects of these rows the place, and the label, that the rows have today; one statement.

    Subjects are not tracked, so this follows every write that may change either. Rows of a model without
    subjects of their own are left alone; where no label was named, labels stay.
    """
    if not _has_subjects(rows.model):
        return
    own = rows.model._base_manager.filter(subject=OuterRef("pk"))
    values = {"place": Subquery(own.values("place")[:1])}
    if rows.model in _labels:
        named = own.annotate(subject_label=_labels[rows.model])
        values["label"] = Subquery(named.values("subject_label")[:1])
    Subject.objects.filter(pk__in=rows.order_by().values("subject")).update(**values)


def settle_subjects_in(code: str) -> None:
    """The same for all labelled rows in the region of a code, when the region is called otherwise."""
    for model in _labels:
        rows: models.Manager[Any] = model._base_manager
        settle_subjects(rows.filter(place__gte=code, place__lt=range_end(code)))


def _has_subjects(model: type[models.Model]) -> bool:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return "place" in fields and "subject" in fields and bool(fields["subject"].one_to_one)
