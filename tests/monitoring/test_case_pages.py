"""The pages of a case open for those it concerns, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.monitoring.case_builders import begun

pytestmark = pytest.mark.django_db

STEPS = (
    ("study", "record_study"),
    ("authorise", "record_authorisation"),
    ("verify", "record_verification"),
)


def test_every_page_of_the_way_opens(regions, signed_in) -> None:
    walk = begun(regions)
    village, county = signed_in(walk.people.village), signed_in(walk.people.county)
    township = signed_in(walk.people.township)

    def opens(client, name, *args, **query) -> str:
        answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, name
        return answer.content.decode()

    def file(client=village) -> str:
        return opens(client, "case_file", walk.here.uid)

    assert "风险研判" in file()
    opens(village, "record_study", walk.here.uid)
    walk.pass_days().study()
    opens(village, "record_authorisation", walk.here.uid)
    walk.pass_days().authorise()
    opens(village, "record_verification", walk.here.uid)
    opens(village, "request_checks", walk.here.uid)
    walk.pass_days().verify()
    assert "没有负面线索" in file(county)
    opens(village, "record_meeting", walk.here.uid)
    walk.pass_days().meet()
    opens(village, "compose_case_notice")
    walk.post().end_notice()
    opens(township, "record_review", walk.here.uid)
    walk.pass_days().review()
    assert "审定" in opens(county, "approve_cases")
    walk.approve("云岭巩固〔2026〕7号")
    assert "云岭巩固〔2026〕7号" in file()
    opens(village, "record_announcement", walk.here.uid)
    walk.announce()
    opens(township, "mark_nationally", walk.here.uid)
    walk.mark()
    opens(village, "household_help", walk.household.uid)
    opens(village, "draft_plan", walk.household.uid)
    opens(village, "add_measure", walk.household.uid)
    walk.plan().help()
    assert "已纳入" in file()
    for tab in ("help", "cases"):
        opens(village, "household_file", walk.household.uid, tab=tab)
    for name in ("case_list", "outside_case_list", "missed_household_list", "plan_list", "measure_list"):
        opens(village, name)
    opens(county, "check_list")
    assert "申请及承诺授权书" in opens(village, "case_papers", walk.here.uid)
