"""What every page needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from bangfu import __version__
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.config.menu import menu_of
from bangfu.core.models import Job, Region, RegionLevel

SEEN = "jobs_seen_at"
_COUNTY_DIGITS = 6


def page(request: HttpRequest) -> dict[str, Any]:
    """Version and preferences; for a person signed in also menu, county, name and watermark."""
    user = getattr(request, "user", None)
    preferences = user.preferences if isinstance(user, User) else {}
    shared = {
        "version": __version__,
        "is_demo": settings.HOME.is_demo,
        "unit": preferences.get("unit", "yuan"),
        "type_size": preferences.get("type", "normal"),
        "today": timezone.localdate(),
    }
    return shared | (_of_person(request, user) if isinstance(user, User) else {})


def _of_person(request: HttpRequest, user: User) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "menu": menu_of(user, request.path),
        "county_name": county_name(user),
        "place_label": user.unit.name if user.unit else "",
        "unread": unread(user),
        "may_find": has_permission(user, Permission.HOUSEHOLD_VIEW),
        "person": {"name": user.name, "post": user.post},
        "watermark": f"{user.name} {user.username} {now:%Y-%m-%d %H:%M}",
    }


def county_name(user: User) -> str:
    """The county that the person's unit is in."""
    place = user.unit.place if user.unit else ""
    county = Region.objects.filter(code=place[:_COUNTY_DIGITS], level=RegionLevel.COUNTY).first()
    return county.name if county else ""


def unread(user: User) -> int:
    """How many of the person's jobs have ended since they last looked."""
    ended = Job.objects.filter(created_by_id=user.pk, finished_at__isnull=False)
    seen = user.preferences.get(SEEN)
    return (ended.filter(finished_at__gt=datetime.fromisoformat(seen)) if seen else ended).count()
