"""{% load register %}: what templates of the register ask of its rows."""

from __future__ import annotations

from datetime import date

from django import template

from bangfu.households.models import Member

register = template.Library()


@register.filter
def age_on(member: Member, day: date) -> int | None:
    """Full years of a member on a day: {{ member|age_on:today }}."""
    return member.age_on(day)
