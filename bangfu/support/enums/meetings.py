"""The words of meetings and of what they resolved."""

from __future__ import annotations

from django.db import models


class MeetingState(models.TextChoices):
    """A meeting is called, then held; one called off or noted down wrongly is void."""

    CALLED = "called", "待开"
    HELD = "held", "已开"
    VOID = "void", "作废"


class Presence(models.TextChoices):
    """Whether who was asked came."""

    PRESENT = "present", "到会"
    STAND_IN = "stand_in", "代会"
    ABSENT = "absent", "缺席"


class TaskState(models.TextChoices):
    """Where a task of a unit stands: a resolution of a meeting, or a supervision order."""

    OPEN = "open", "待办"
    ANSWERED = "answered", "待核"
    SENT_BACK = "sent_back", "退回"
    CLOSED = "closed", "销号"
    VOID = "void", "作废"


UNANSWERED = (TaskState.OPEN, TaskState.SENT_BACK)
"""The unit owes an answer."""
UNDONE = (*UNANSWERED, TaskState.ANSWERED)
"""Not over yet."""
