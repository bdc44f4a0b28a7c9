"""A clue as it stands now, held while a step is taken; of two people who act at once the second is told."""

from __future__ import annotations

from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, StaleVersion
from bangfu.core.verbs import verb_label
from bangfu.monitoring.models import Clue


def check_reaches_clue(by: User, clue: Clue, *permissions: Permission) -> None:
    """Raise NotPermitted unless one of the permissions of ``by`` reaches the clue."""
    if not any(Clue.objects.visible_to(by, one).filter(pk=clue.pk).exists() for one in permissions):
        needed = "”或“".join(permission.label for permission in permissions)
        raise NotPermitted(f"您对这条线索没有“{needed}”的权限，没有改动。要办，请找乡镇或县帮扶办。")


def held(clue: Clue, version: int | None) -> Clue:
    """The clue's row, locked; inside a recording only.

    ``version`` is the one that the person saw, None for steps that no page precedes. Raises StaleVersion,
    which says who did what in between.
    """
    row = Clue.objects.select_for_update(of=("self",)).select_related("subject", "change").get(pk=clue.pk)
    if version is not None and row.version != version:
        when = timezone.localtime(row.change.at)
        raise StaleVersion(
            f"{row.change.actor_label}刚在 {when:%m-%d %H:%M} 办了“{verb_label(row.change.verb)}”，"
            f"这条线索现在是“{row.get_state_display()}”。您的没有存，写的还在；请看过再办。"
        )
    return row
