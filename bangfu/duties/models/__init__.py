"""Models of this room."""

from bangfu.duties.models.calendars import CalendarKey
from bangfu.duties.models.excuses import DutyExcuse
from bangfu.duties.models.items import DueItem, DutyHolder, Recomputation
from bangfu.duties.models.templates import DutyTemplate

__all__ = ["CalendarKey", "DueItem", "DutyExcuse", "DutyHolder", "DutyTemplate", "Recomputation"]
