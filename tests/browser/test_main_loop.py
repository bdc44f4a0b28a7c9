"""The main loop in the browser: from a department's list to a released household, and a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import case_steps as step
from tests.browser import main_loop as loop
from tests.browser.conftest import PATIENCE, _sign_in, _wait_for
from tests.browser.county import serve
from tests.browser.desks import Desks

HALF_A_YEAR = 210


@pytest.fixture(scope="module")
def desks(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """A county of its own, because its clock is moved."""
    with serve(tmp_path_factory.mktemp("loop"), households=400) as county:
        _wait_for(county.address)
        desks = Desks(browser, county, _sign_in, PATIENCE)
        yield desks
        desks.leave()


def test_from_a_medical_list_to_a_released_household(desks: Desks) -> None:
    """Six accounts: the medical bureau, county, township, village, grid worker, helper."""
    file = loop.a_plain_household(desks)
    number = loop.number_of_head(desks, file)
    loop.send_medical_list(desks, loop.medical_list(file.head, number, desks.today))
    loop.screen_county(desks)
    loop.dispatch(desks, file)
    loop.verify_clue(desks, file)
    file = loop.open_case(desks, file)
    _identify(desks, file)
    _help(desks, file)
    desks.days_later(HALF_A_YEAR)
    _release(desks, file)


def _identify(desks: Desks, file: step.CaseFile) -> None:
    step.study(desks, file)
    step.authorise(desks, file)
    step.count_income(desks, file, "24000", "identification")
    step.verify_at_home(desks, file, category="marginal")
    step.check_with_bureaus(desks, file)
    step.judge(desks, file)
    _decide(desks, file, "演示〔2026〕8号")
    step.mark(desks, file, "已录入")


def _help(desks: Desks, file: step.CaseFile) -> None:
    step.plan(desks, file)
    step.help_begins(desks, file)
    page = desks("cun")
    page.goto(file.household)
    expect(page.locator("main")).to_contain_text("边缘易致贫户")


def _release(desks: Desks, file: step.CaseFile) -> None:
    file = replace(file, url=step.open_removal(desks, file))
    step.count_income(desks, file, "90000", "other")
    step.verify_at_home(desks, file, risks_gone=["因病"], income_steady="是")
    step.go_to_meeting(desks, file)
    _decide(desks, file, "演示〔2027〕3号")
    step.mark(desks, file, "已标注")
    page = desks("cun")
    page.goto(file.household)
    expect(page.locator("main")).to_contain_text("风险已消除")


def _decide(desks: Desks, file: step.CaseFile, number: str) -> None:
    """From the village's meeting to the announcement."""
    step.meet(desks, file)
    step.post_notice(desks, file)
    step.end_notice(desks, file)
    step.review(desks, file)
    step.approve(desks, file, number)
    step.announce(desks, file)


def test_a_refusal_is_told_objected_to_and_taken_back(desks: Desks) -> None:
    file = loop.a_plain_household(desks)
    file = loop.open_case_at_household(desks, file)
    step.refuse(desks, file)
    step.deliver_letter(desks, file)
    step.object_to_refusal(desks, file)
    step.uphold_objection(desks, file)
