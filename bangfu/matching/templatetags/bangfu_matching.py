"""Quantities on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template

from bangfu.matching.policies import shown

register = template.Library()


@register.filter
def quantity(number: Decimal | None) -> str:
    """A quantity with its thousands, a dash for none."""
    return "—" if number is None else shown(number)
