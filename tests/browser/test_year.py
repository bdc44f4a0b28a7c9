"""A year of one village played through in the browser, with a clock that is moved on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import year_papers as papers
from tests.browser import year_steps as year
from tests.browser.conftest import PATIENCE, _sign_in, _wait_for
from tests.browser.county import serve
from tests.browser.desks import Desks


@pytest.fixture(scope="module")
def desks(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """A county of its own, because its clock is moved."""
    with serve(tmp_path_factory.mktemp("year")) as county:
        _wait_for(county.address)
        desks = Desks(browser, county, _sign_in, PATIENCE)
        yield desks
        desks.leave()


def test_a_year_of_a_village(desks: Desks) -> None:
    """County, township, village, sending unit, helper, resident member and two more at work."""
    village = year.practice_village(desks)
    first = int(desks.today[:4])
    year.tie_a_unit(desks, village)
    desks.days_later(1)
    year.see_what_it_owes(desks)
    year.visit_on_phone(desks)
    papers.hold_a_meeting(desks)
    desks.days_later(14)
    papers.follow_the_resolution(desks)
    papers.write_the_minutes(desks)
    year.ask_for_leave(desks)
    desks.days_later(32)
    year.visit_noted_late(desks)
    year.excuse_what_is_late(desks)
    papers.train(desks)
    desks.days_later(92)
    papers.report_the_quarter(desks)
    papers.inspect(desks, village)
    desks.days_later(120)
    year.hand_over(desks)
    papers.list_what_was_handed_over(desks)
    desks.days_later(106)
    year.see_compliance(desks, village, first)
    year.see_compliance(desks, village, first + 1)
