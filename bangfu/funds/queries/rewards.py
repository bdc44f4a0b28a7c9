"""What each township got in a year and paid (C-224)."""

from __future__ import annotations

from django.db.models import Sum
from django.db.models.functions import Substr

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.models import Region, RegionLevel
from bangfu.funds.models import Allocation
from bangfu.funds.terms.results import Result

_TOWNSHIP_CODE = 9


def results_of_townships(user: User, county: str, year: int) -> list[Result]:
    """Every township of the county, whether or not it got money of the year's notices."""
    rows = Allocation.objects.visible_to(user, Permission.FUND_ALLOCATE).filter(
        within("place", county), source__year=year
    )
    sums = {
        row["township"]: (row["got"], row["spent"])
        for row in rows.order_by()
        .annotate(township=Substr("place", 1, _TOWNSHIP_CODE))
        .values("township")
        .annotate(got=Sum("account__amount"), spent=Sum("account__used"))
    }
    townships = Region.objects.filter(within("code", county), level=RegionLevel.TOWNSHIP, valid_to=None)
    return [Result(each.code, each.name, *sums.get(each.code, (0, 0))) for each in townships.order_by("code")]
