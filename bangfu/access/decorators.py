"""What a view says about who may open it. A view that says nothing opens to nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission

View = Callable[..., HttpResponseBase]


class Door(Enum):
    """How a page opens."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    PERMISSION = "permission"


@dataclass(frozen=True)
class Declaration:
    """Who may open a view: anybody, everybody signed in, or who holds one of the permissions somewhere."""

    door: Door
    permissions: tuple[Permission, ...] = ()

    def opens_to(self, held: frozenset[Permission] | set[Permission]) -> bool:
        """Whether somebody signed in with these permissions may open the view."""
        return self.door is not Door.PERMISSION or not held.isdisjoint(self.permissions)


def permission_required(*permissions: Permission) -> Callable[[View], View]:
    """Refuse the view (403, in Chinese) to a person who has none of ``permissions`` anywhere.

    *Where* the permission holds is asked afterwards: by ``visible_to`` for rows, by the action for places.
    """
    if not permissions:
        raise ValueError("name at least one permission")

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(has_permission(request.user, permission) for permission in permissions):
                raise PermissionDenied(f"需要的权限：{'、'.join(p.label for p in permissions)}。")
            return view(request, *args, **kwargs)

        return _declared(checked, Declaration(Door.PERMISSION, permissions))

    return decorate


def signed_in_page(view: View) -> View:
    """A page for everybody who has signed in."""
    return _declared(view, Declaration(Door.SIGNED_IN))


def public_page(view: View) -> View:
    """A page without sign-in."""
    return _declared(view, Declaration(Door.PUBLIC))


def declaration_of(view: Any) -> Declaration | None:
    """What the view declared; None when it said nothing, and then nobody gets in."""
    found: Declaration | None = getattr(view, "access", None)
    return found


def _declared(view: View, declaration: Declaration) -> View:
    view.access = declaration  # type: ignore[attr-defined]
    return view
