"""Standards are the same everywhere; checks of things."""

from __future__ import annotations

from tests.web.target import Target, county, of, same

TARGETS: dict[str, Target] = {
    **{
        name: Target(of("standard_check"))
        for name in "standard_check_file repeat_standard_check print_standard_check".split()
    },
    **{name: same(code="clinic") for name in "standard_page record_standard_check draft_standard".split()},
    **{
        name: Target(of("standard_version"), county)
        for name in "edit_standard publish_standard retire_standard".split()
    },
}
