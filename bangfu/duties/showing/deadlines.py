"""A deadline as an event of a phone's calendar."""

from __future__ import annotations

from bangfu.duties.queries.calendars import Deadline
from bangfu.duties.showing.ical import AllDay


def event_of(deadline: Deadline, owner: str, page: str) -> AllDay:
    """How many of one duty fall due on the day, in which township: counts and places only.

    ``owner`` is the person's uid, which makes the event's uid theirs; ``page`` is where they look it up.
    """
    where = deadline.place_name or "各地"
    return AllDay(
        uid=f"{deadline.code}-{deadline.place}-{deadline.due_on:%Y%m%d}-{owner}@bangfu",
        on=deadline.due_on,
        summary=f"{deadline.title}：{where} 还有 {deadline.count} 项",
        description="今天是最迟的一天。办完在帮扶工作台里记一笔；名单登录后看。",
        url=page,
        remind_days=(deadline.due_on - deadline.remind_on).days,
    )
