"""Problems lie in places; an assessment is seen by who runs it, and once told by who is assessed.

Everybody who walks here belongs to the unit that is assessed.
"""

from __future__ import annotations

from bangfu.access.permissions import Permission
from tests.web.target import Target, county, of, same

_NAMES = "problem_file change_problem answer_problem check_problem reopen_problem void_problem print_problem"

TARGETS: dict[str, Target] = {
    **{name: Target(of("problem")) for name in _NAMES.split()},
    "record_found_problem": Target(of("finding")),
    **{name: same(code="unit_yearly") for name in "scheme_page draft_scheme open_unit_assessment_by".split()},
    **{
        name: Target(of("scheme_version"), county)
        for name in "edit_scheme publish_scheme retire_scheme".split()
    },
    **{
        name: Target(
            of("unit_assessment"), seen_by=lambda person, side: person.holds(Permission.ASSESSMENT_VIEW)
        )
        for name in "unit_assessment_file print_unit_assessment export_unit_assessment".split()
    },
    **{
        name: Target(of("assessed"), seen_by=lambda person, side: True)
        for name in "assessed_file object_unit_assessment".split()
    },
    **{
        f"{verb}_unit_assessment": Target(of("unit_assessment"), county)
        for verb in "read tell finalise publish".split()
    },
    **{name: Target(of("grid")) for name in "grid_duties print_grid_duties".split()},
    **{
        name: Target(of("unit"), seen_by=lambda person, side: True)
        for name in "unit_duties print_unit_duties".split()
    },
    **{name: Target(of("inspection"), county) for name in "sample_survey print_sample_survey".split()},
    **{
        name: Target(
            lambda side: {"uid": side.inspection.uid, "code": side.village},
            county,
            permissions=(Permission.SUPERVISION_VIEW,),
        )
        for name in "sample_village print_sample_sheet".split()
    },
    "record_sample_answer": Target(
        lambda side: {"uid": side.inspection.uid, "household": side.household.uid}, county
    ),
    "enter_score": Target(lambda side: {"uid": side.assessed.uid, "indicator": "letter"}, county),
    **{
        f"{verb}_county_target{rest}": Target(of("county_target"))
        for verb, rest in [
            ("correct", ""),
            ("split", ""),
            ("record", "_actual"),
            ("withdraw", ""),
        ]
    },
    "county_target_file": Target(of("county_target")),
    **{f"{verb}_listing": Target(of("listing")) for verb in ("change", "review", "close")},
    "listing_file": Target(of("listing")),
    "register_listing": same(kind="goods", side="need"),
    "open_match": Target(lambda side: {"uid": side.listing.uid, "offer": side.offer.uid}),
    "match_file": Target(of("match")),
    "move_match": Target(of("match")),
    "answer_assessment_objection": Target(of("assessment_objection"), county),
}
