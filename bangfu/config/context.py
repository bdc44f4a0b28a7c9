"""What every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Menu, person, county, preferences."""
    return {"menu": [], "crumbs": [], "county_name": "", "person": None, "unread": 0, "unit": "yuan"}
