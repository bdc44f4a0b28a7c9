"""How good rules, lists and channels are: every count is the length of the list it opens (C-188, C-206)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.households.models import Household, Member, WorkSpell
from bangfu.monitoring.actions.clue_verifying import Judgement, verify_clue
from bangfu.monitoring.enums.clues import Verdict
from bangfu.monitoring.ledgers.idle_labour import idle_households
from bangfu.monitoring.models import Clue
from bangfu.monitoring.queries.precision import of_channels, of_lists, of_rules
from tests.cast import NOW, TODAY, VILLAGE
from tests.households.builders import make_household
from tests.monitoring.clue_builders import found, make_clue, person, released

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def judged(regions: dict[str, Region], *verdicts: Verdict) -> None:
    homes = [make_household(regions, head_name=f"户{n}") for n in range(len(verdicts))]
    released([found(home) for home in homes])
    for home, verdict in zip(homes, verdicts, strict=True):
        judge(Clue.objects.get(household=home), verdict)


def judge(clue: Clue, verdict: Verdict) -> None:
    judgement = Judgement(verdict, TODAY, "已入户看过。")
    verify_clue(by=person("village", VILLAGE), at=NOW, clue=clue, version=clue.version, judgement=judgement)


def test_shares_leave_duplicates_out(regions: dict[str, Region]) -> None:
    judged(regions, Verdict.AT_RISK, Verdict.NO_RISK, Verdict.UNTRUE, Verdict.UNTRUE, Verdict.DUPLICATE)
    (rule,) = of_rules(person("county_office"), "", NOVEMBER)
    assert (rule.label, rule.judged) == ("一般农户住院自付过高", 5)
    assert [number for number, _ in rule.cells] == [1, 1, 2, 0, 1]
    assert (rule.true_share, rule.risk_share) == (50, 25)
    (dataset,) = of_lists(person("county_office"), "", None)
    assert (dataset.label, dataset.judged) == ("医疗费用结算", 5)
    assert of_rules(person("county_office"), "", date(2026, 10, 1)) == []


def test_every_count_opens_its_list(regions: dict[str, Region], signed_in: Callable[[User], Client]) -> None:
    judged(regions, Verdict.AT_RISK, Verdict.AT_RISK, Verdict.HELPED, Verdict.DUPLICATE)
    judge(make_clue(make_household(regions, head_name="何山")), Verdict.NO_RISK)
    county = person("county_office")
    browser = signed_in(county)
    rows = [*of_rules(county, "", NOVEMBER), *of_lists(county, VILLAGE, None), *of_channels(county, "")]
    for row in rows:
        for number, url in [(row.judged, row.url), *row.cells]:
            page = browser.get(url).content.decode()
            assert re.search(rf"共 {number} 条", page), (row.label, number, url)


def test_the_page_of_a_month(regions: dict[str, Region], signed_in: Callable[[User], Client]) -> None:
    judged(regions, Verdict.AT_RISK)
    browser = signed_in(person("county_office"))
    assert (
        "一般农户住院自付过高" in browser.get(reverse("rule_precision") + "?month=2026-11").content.decode()
    )
    assert "还没有核实结论" in browser.get(reverse("rule_precision") + "?month=2026-10").content.decode()


def with_labour(household: Household) -> Member:
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        member: Member = household.members.get(is_head=True)
        member.labour = "普通劳动力"
        member.save()
    return member


def test_households_with_labour_of_which_nobody_works(regions: dict[str, Region]) -> None:
    idle, works, on_roster, _no_labour = (make_household(regions, head_name=name) for name in "甲乙丙丁")
    with_labour(idle)
    worker, listed = with_labour(works), with_labour(on_roster)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        WorkSpell.objects.create(member=worker, from_month=date(2026, 3, 1), area="county")
        listed.work_months = 5
        listed.save()
    assert list(idle_households(Household.objects.all(), TODAY)) == [idle]
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        WorkSpell.objects.update(to_month=date(2026, 9, 1))
    assert set(idle_households(Household.objects.all(), TODAY)) == {idle, works}
