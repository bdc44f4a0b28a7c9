"""How long helpers stay: where a county holds to it, nobody lets go of a village before its exit (C-177)."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import in_force
from bangfu.households.models import VillageRecord
from bangfu.support.models import Tie
from bangfu.support.terms.tie_kinds import tie_kinds

HOLD_UNTIL_EXIT, LEAST_YEARS = "tie_hold_until_exit", "tie_least_years"


def check_release(tie: Tie, valid_to: date) -> None:
    """Raise SituationForbids before the village's exit or the years that the county's rule asks for.

    Both rules are off until a county puts a value in; they hold for ties of a kind with years (包村).
    """
    kind = tie_kinds().get(tie.kind)
    if kind is None or kind.years is None or tie.region is None:
        return
    hold = in_force(HOLD_UNTIL_EXIT, valid_to, tie.place)
    if hold is not None and hold.typed and not _has_left_poverty(tie.region_id, valid_to):
        raise SituationForbids(
            f"本县的规定是不出列不脱钩，{tie.region.name}还没有出列的记录。村出列后再结束；"
            "换单位或换人请用“移交”。"
        )
    years = in_force(LEAST_YEARS, valid_to, tie.place)
    if years is not None and _anniversary(tie.valid_from, int(str(years.typed))) > valid_to:
        raise SituationForbids(
            f"本县的规定是至少帮扶 {years.text} 年，这一关系从 {tie.valid_from} 才开始。换人请用“移交”。"
        )


def _has_left_poverty(village: int | None, on: date) -> bool:
    known = VillageRecord.objects.filter(village=village, as_of__lte=on, out_of_poverty__isnull=False)
    latest = known.order_by("-as_of").first()
    return latest is not None and bool(latest.out_of_poverty)


def _anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February counts as 1 March."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)
