"""Whether somebody may act on a household (own ones count too) or in a place."""

from __future__ import annotations

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.errors import NotPermitted
from bangfu.households.models import Household


def reaches(by: User, permission: Permission, household: Household) -> bool:
    """Whether ``permission`` of ``by`` reaches the household, by region or because it is one of their own."""
    return Household.objects.visible_to(by, permission).filter(pk=household.pk).exists()


def check_reaches(by: User, permission: Permission, household: Household) -> None:
    """Raise NotPermitted unless ``permission`` of ``by`` reaches the household."""
    if not reaches(by, permission, household):
        raise NotPermitted(f"您对这一户没有“{permission.label}”的权限。如需办理，请找本村或乡镇经办。")


def check_in_place(by: User, permission: Permission, place: str) -> None:
    """Raise NotPermitted unless ``by`` has the permission in the region ``place``."""
    if not permits(by, permission, place):
        raise NotPermitted(f"您在这里没有“{permission.label}”的权限。如需办理，请找本乡镇或县帮扶办。")
