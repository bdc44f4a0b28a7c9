"""Moving everything that lies in a region when the region's code changes or the region goes into another.

By convention every column called ``place`` holds a region code and follows; so does a foreign key to the
region beside it when regions merge.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from bangfu.core.models import AuditEvent, Region, TrackedModel, TrackedQuerySet
from bangfu.core.models.region import range_end

PLACE = "place"
# Audit is append-only: an event keeps the code of its day.
_never: set[type[models.Model]] = {AuditEvent}
_kept_on_merge: set[type[models.Model]] = set()


def keep_on_merge(*kinds: type[models.Model]) -> None:
    """Rows of these models speak of the region as it was, and stay with it when it goes into another."""
    _kept_on_merge.update(kinds)


def move_codes(old: str, new: str) -> None:
    """Give every place within ``old`` the same place within ``new``, inside an open recording."""
    for model in _models_with_place():
        _move(model, old, new)


def merge_places(region: Region, into: Region) -> None:
    """Put what lies in ``region`` into ``into``, inside an open recording.

    Rows that speak of it as it was stay.
    """
    for model in _models_with_place():
        if model in _kept_on_merge:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Region:
                _rows(model).filter(**{field.name: region}).update(**{field.name: into})
        _move(model, region.code, into.code)


def _move(model: type[models.Model], old: str, new: str) -> None:
    within = _rows(model).filter(place__gte=old, place__lt=range_end(old))
    within.update(place=Concat(Value(new), Substr(PLACE, len(old) + 1)))


def _models_with_place() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model not in _never and any(field.name == PLACE for field in model._meta.concrete_fields):
            yield model


def _rows(model: type[models.Model]) -> models.QuerySet:
    """All rows, whatever a manager of the model would hide."""
    return (TrackedQuerySet if issubclass(model, TrackedModel) else models.QuerySet)(model)
