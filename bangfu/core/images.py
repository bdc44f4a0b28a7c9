"""Reading the images of rows that the triggers keep: a database's JSON back into Python values."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models

Row = dict[str, Any]


def read_image(model: type[models.Model], image: Row) -> Row:
    """A row's values by attribute name (``village_id``), equal to what the model would have given.

    A column that came to the model later is missing in older images and is left out; one that is gone is
    skipped.
    """
    return {
        field.attname: _value(field, image[field.column])
        for field in model._meta.concrete_fields
        if field.column in image
    }


def _value(field: models.Field, kept: Any) -> Any:
    """One value; SQLite keeps booleans as 0 and 1, instants without zone in UTC, decimals as floats."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if kept is None or isinstance(target, models.JSONField):
        return kept
    if isinstance(target, models.DateTimeField):
        instant = datetime.fromisoformat(kept)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    if isinstance(target, models.DecimalField):
        return Decimal(str(kept)).quantize(Decimal(1).scaleb(-target.decimal_places))
    if isinstance(target, models.BooleanField):
        return bool(kept)
    opened = getattr(target, "from_db_value", None)
    return opened(kept, None, connection) if opened else target.to_python(kept)
