"""Models of access: users and units, roles in places, the identity vault."""

from bangfu.access.models.identity import FormerNumber, Identity
from bangfu.access.models.role import RoleAssignment
from bangfu.access.models.user import Unit, UnitKind, User

__all__ = ["FormerNumber", "Identity", "RoleAssignment", "Unit", "UnitKind", "User"]
