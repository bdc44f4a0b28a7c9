"""Standing on the register: registered households, and monitored ones whose risk is not removed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bangfu.households.enums import HouseholdType, MemberState


def on_register(prefix: str = "") -> Q:
    """Households (at ``prefix``, such as ``household__``) on the register of poor or monitored ones."""
    registered = Q(**{f"{prefix}household_type": HouseholdType.REGISTERED})
    monitored = ~Q(**{f"{prefix}monitored_category": ""}) & ~Q(**{f"{prefix}risk_removed": True})
    return registered | monitored


def persons_on(day: date, prefix: str = "") -> Q:
    """Members (at ``prefix``, such as ``members__``) who belonged to their household on ``day``.

    Whoever has no day of joining was always there; whoever left without a day is counted as gone.
    """
    joined = Q(**{f"{prefix}joined_on__isnull": True}) | Q(**{f"{prefix}joined_on__lte": day})
    present = Q(**{f"{prefix}state": MemberState.PRESENT}) | Q(**{f"{prefix}left_on__gt": day})
    return joined & present
