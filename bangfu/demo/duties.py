"""Who owes what in the made-up county: computed from its ties and records; a county's own duty; excuses."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.duties.actions.duties import change_duty
from bangfu.duties.actions.excuses import approve_excuse, request_excuse
from bangfu.duties.actions.recomputing import recompute_duties
from bangfu.duties.definition.model import Definition
from bangfu.duties.enums import Each, WindowKind
from bangfu.duties.models import DueItem

_OWN = Definition(
    code="village_evening",
    title="夜访群众会",
    what="包村单位每季度到村里开一次晚上的群众会，把政策讲明白",
    who="unit_village",
    window=WindowKind.QUARTER,
    days=None,
    at_least=1,
    matcher="village_visit",
    each=Each.TARGET,
    distinct=False,
    proof="走访记录，写明来了多少人、问了什么",
    tolerance_days=0,
    reminder_days=15,
    valid_from=date(2026, 1, 1),
    valid_to=None,
    basis="演示县挂包帮工作安排",
    grade="知",
)


def make_duties(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Compute everything; one helper's excuse waits, one is granted; the county sets a duty of its own."""
    county = places["county"].code
    change_duty(by=people["xian"], at=at, place=county, duty=_OWN, note="县里的做法写成规定")
    recompute_duties(at=at)
    _excuse(people, at)


def _excuse(people: dict[str, User], at: datetime) -> None:
    today = timezone.localdate(at)
    running = DueItem.objects.filter(window_start__lte=today, window_end__gte=today, done=0)
    mine = running.filter(holder__duty_holder__user=people["bangfu"]).order_by("due_on", "pk")
    for number, item in enumerate(mine[:2]):
        span = {"starts_on": item.window_start, "ends_on": item.window_end}
        reason = ("参加省里的脱产培训，委托同事走访", "抽调到县防汛指挥部值守")[number]
        excuse = request_excuse(by=people["bangfu"], at=at, item=item, reason=reason, **span)
        if number == 0:
            approve_excuse(by=people["xian"], at=at, excuse=excuse, version=excuse.version, answer="同意")
