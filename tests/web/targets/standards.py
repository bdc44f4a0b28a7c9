"""Standards are the same everywhere; checks of things."""

from __future__ import annotations

from tests.web.target import Target, of, same

TARGETS: dict[str, Target] = {
    **{
        name: Target(of("standard_check"))
        for name in "standard_check_file repeat_standard_check print_standard_check".split()
    },
    **{name: same(code="clinic") for name in "standard_page record_standard_check".split()},
}
