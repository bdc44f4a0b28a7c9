"""Standards are the same everywhere; checks of things."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import Target, county, of, same

TARGETS: dict[str, Target] = {
    **{
        name: Target(of("standard_check"))
        for name in "standard_check_file repeat_standard_check print_standard_check".split()
    },
    **{name: same(code="clinic") for name in "standard_page record_standard_check draft_standard".split()},
    "answer_subsidy": Target(of("subsidy")),
    "propose_subsidies": Target(
        lambda side: {"code": side.standard_version.code},
        seen_by=lambda person, side: (
            person.holds(Permission.STANDARD_CHECK_RECORD) and person.place[:6] == county(side)
        ),
    ),
    **{
        name: Target(of("standard_version"), county)
        for name in "edit_standard publish_standard retire_standard".split()
    },
}
