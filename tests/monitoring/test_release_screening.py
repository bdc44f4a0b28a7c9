"""A screening's findings on their way into the pool: merged, once, explained, and gone when they are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.history import versions_of
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_verifying import Judgement, close_with_case, put_in_case, verify_clue
from bangfu.monitoring.actions.screenings import discard_screening, release_screening, run_screening
from bangfu.monitoring.enums.clues import ClueChannel, ClueState, ScreeningState, Verdict
from bangfu.monitoring.models import Clue, ClueFact, ScreeningRun, StagedFact
from bangfu.monitoring.rules import rule_title
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.monitoring.clue_builders import found, make_clue, person, released, staged

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)
MUCH_LATER = TODAY + timedelta(days=60)


def close(clue: Clue, verdict: Verdict = Verdict.NO_RISK) -> None:
    judgement = Judgement(verdict, TODAY, "已入户看过。")
    by = person("village", VILLAGE)
    verify_clue(by=by, at=NOW, clue=clue, version=clue.version, judgement=judgement)


def close_as(clue: Clue, verdict: Verdict) -> None:
    """Close a clue for good: one at risk through the end of its case."""
    close(clue, verdict)
    if verdict == Verdict.AT_RISK:
        with recording(by=person("county_office"), at=NOW, verb="close_case"):
            close_with_case(put_in_case(clue), NOW)


def test_findings_of_one_household_are_one_clue(regions: dict[str, Region], household: Household) -> None:
    other = make_household(regions, head_name="何山")
    done = released([found(household, "a"), found(household, "b"), found(other, "a")])
    assert (done["clues"], done["facts"], done["joined"]) == (2, 3, 0)
    clue = Clue.objects.get(household=household)
    assert (clue.state, clue.channel, clue.risks) == (ClueState.NEW, ClueChannel.DEPARTMENT, ["因病"])
    assert clue.subject.label == "杨志明户（上寨村）" and clue.headline == "一般农户住院自付过高"
    assert clue.due_on == TODAY + timedelta(days=5)
    fact = clue.facts.get(fact_key="a")
    assert (fact.rule, fact.rule_version, fact.dataset) == (
        "medical_self_pay_general",
        "1",
        "medical_expense",
    )
    assert fact.values == {"medical_self_pay_ytd": "31206.40", "line": "20000"}
    assert fact.sources == ["medical_expense:20261105-01"]
    assert (fact.first_seen, fact.last_seen, fact.gone_on) == (TODAY, TODAY, None)
    assert not StagedFact.objects.exists()


def test_found_again_nothing_is_doubled(household: Household) -> None:
    released([found(household)])
    done = released([found(household)], as_of=LATER)
    assert (done["clues"], done["facts"], done["again"], done["gone"]) == (0, 0, 1, 0)
    fact = ClueFact.objects.get()
    assert (fact.first_seen, fact.last_seen) == (TODAY, LATER)


def test_a_new_fact_joins_the_open_clue(household: Household) -> None:
    clue = make_clue(household)
    done = released([found(household)])
    assert (done["clues"], done["facts"], done["joined"]) == (0, 1, 1)
    assert clue.facts.count() == 1 and clue.channel == ClueChannel.CADRE_VISIT


def test_what_joins_an_open_clue_brings_its_risks_and_raises_its_version(household: Household) -> None:
    clue = make_clue(household, risks=["因残"])
    released([found(household)])
    joined = Clue.objects.get()
    assert joined.risks == ["因残", "因病"] and joined.version == clue.version + 1
    assert joined.change.verb == "release_screening" and joined.headline == clue.headline
    assert [one.data["risks"] for one in versions_of(Clue, clue.pk)] == [["因残"], ["因残", "因病"]]


def test_a_risk_that_the_open_clue_has_already_leaves_it_as_it_is(household: Household) -> None:
    clue = make_clue(household, risks=["因病"])
    released([found(household)])
    again = Clue.objects.get()
    assert (again.risks, again.version, again.change_id) == (["因病"], clue.version, clue.change_id)


def test_risks_join_the_clue_of_their_own_household(regions: dict[str, Region], household: Household) -> None:
    make_clue(household, risks=["因残"])
    other, apart = make_household(regions, head_name="何山"), make_household(regions, head_name="段秀")
    make_clue(other, risks=["因学"])
    make_clue(apart, risks=["因学"])
    released([found(household), found(other, rule="dangerous_house")])
    risks = {clue.household_id: clue.risks for clue in Clue.objects.all()}
    assert risks[household.pk] == ["因残", "因病"] and risks[apart.pk] == ["因学"]
    assert risks[other.pk] == ["因学", "因安全住房"]


def test_a_fact_found_harmless_does_not_come_back_until_it_changes(household: Household) -> None:
    released([found(household, "20000-40000")])
    close(Clue.objects.get())
    assert released([found(household, "20000-40000")], as_of=LATER)["clues"] == 0
    done = released([found(household, "40000-80000")], as_of=LATER)
    assert (done["clues"], done["facts"]) == (1, 1)
    assert Clue.objects.filter(household=household).count() == 2


def test_a_new_clue_speaks_of_what_is_new(household: Household) -> None:
    """Not of the bills that were found harmless before."""
    released([found(household)])
    close(Clue.objects.get())
    house = found(household, "b", rule="dangerous_house")
    assert released([found(household), house], as_of=LATER)["facts"] == 1
    clue = Clue.objects.get(state=ClueState.NEW)
    assert clue.risks == ["因安全住房"] and clue.headline == rule_title("dangerous_house")


def test_what_no_longer_holds_says_so_and_may_hold_again(household: Household) -> None:
    released([found(household)])
    assert released([], as_of=LATER)["gone"] == 1
    assert ClueFact.objects.get().gone_on == LATER
    assert released([found(household)], as_of=LATER)["again"] == 1
    assert ClueFact.objects.get().gone_on is None


@pytest.mark.parametrize("verdict", [Verdict.AT_RISK, Verdict.HELPED])
def test_what_was_gone_and_holds_again_after_the_clue_is_closed_opens_a_new_one(
    household: Household, verdict: Verdict
) -> None:
    released([found(household)])
    first = Clue.objects.get()
    close_as(first, verdict)
    assert released([], as_of=LATER)["gone"] == 1
    done = released([found(household)], as_of=MUCH_LATER)
    assert (done["clues"], done["facts"], done["again"]) == (1, 1, 0)
    new = Clue.objects.get(state=ClueState.NEW)
    assert (new.facts.get().first_seen, new.facts.get().verdict) == (MUCH_LATER, "")
    old = first.facts.get()
    assert (old.gone_on, old.last_seen, old.verdict) == (LATER, TODAY, verdict)
    assert released([found(household)], as_of=MUCH_LATER)["again"] == 1
    assert Clue.objects.count() == 2 and ClueFact.objects.count() == 2


def test_what_holds_again_joins_the_clue_that_is_open_by_then(household: Household) -> None:
    released([found(household)])
    close_as(Clue.objects.get(), Verdict.HELPED)
    released([], as_of=LATER)
    clue = make_clue(household)
    done = released([found(household)], as_of=MUCH_LATER)
    assert (done["clues"], done["joined"]) == (0, 1) and clue.facts.get().first_seen == MUCH_LATER


@pytest.mark.parametrize("verdict", [Verdict.NO_RISK, Verdict.UNTRUE, Verdict.DUPLICATE])
def test_what_was_settled_does_not_come_back_though_it_was_gone(
    household: Household, verdict: Verdict
) -> None:
    released([found(household)])
    close(Clue.objects.get(), verdict)
    released([], as_of=LATER)
    done = released([found(household)], as_of=MUCH_LATER)
    assert (done["clues"], done["facts"], done["again"]) == (0, 0, 1)
    assert ClueFact.objects.get().gone_on is None


def test_what_holds_all_along_does_not_come_back_after_its_case(household: Household) -> None:
    released([found(household)])
    close_as(Clue.objects.get(), Verdict.AT_RISK)
    assert released([found(household)], as_of=LATER)["clues"] == 0


def test_a_screening_of_an_earlier_day_brings_nothing_back(household: Household) -> None:
    released([found(household)])
    close_as(Clue.objects.get(), Verdict.HELPED)
    released([], as_of=MUCH_LATER)
    done = released([found(household)], as_of=LATER)
    assert (done["clues"], done["again"]) == (0, 0) and ClueFact.objects.get().gone_on == MUCH_LATER


def test_of_a_rule_that_could_not_run_nothing_is_gone(household: Household) -> None:
    released([found(household)])
    done = released([], as_of=LATER, not_run=[("medical_self_pay_general", "没有医疗费用名单")])
    assert done["gone"] == 0 and ClueFact.objects.get().gone_on is None


def test_of_a_household_that_could_not_be_judged_nothing_is_gone(
    regions: dict[str, Region], household: Household
) -> None:
    other = make_household(regions, head_name="何山")
    released([found(household), found(other)])
    assert released([], as_of=LATER, unsure=[household])["gone"] == 1
    assert ClueFact.objects.get(gone_on=None).household == household


def test_doubts_about_data_are_no_clues(household: Household) -> None:
    run = staged([found(household, rule="id_checksum", sources=("household_roster",))])
    assert (run.report["found"], run.report["doubts"]) == (0, 1)
    assert run.report["undecided"] == {"unsafe_water": 3}


def test_findings_of_another_county_stay_out(regions: dict[str, Region]) -> None:
    foreign = make_household(regions, FOREIGN_VILLAGE, head_name="雾山")
    assert released([found(foreign)])["facts"] == 0


def test_released_once(household: Household) -> None:
    run = staged([found(household)])
    by = person("county_office")
    release_screening(by=by, at=NOW, run=run)
    with pytest.raises(SituationForbids, match="已放入线索池"):
        release_screening(by=by, at=NOW, run=run)
    assert Clue.objects.count() == 1


def test_an_older_screening_does_not_follow_a_later_one(household: Household) -> None:
    older = staged([found(household, "a")])
    later = staged([found(household, "b")])
    ScreeningRun.objects.filter(pk=later.pk).update(started_at=NOW + timedelta(hours=1))
    by = person("county_office")
    release_screening(by=by, at=NOW, run=later)
    with pytest.raises(SituationForbids, match="更晚的一次筛查"):
        release_screening(by=by, at=NOW, run=older)
    discarded = discard_screening(by=by, at=NOW, run=older)
    assert discarded.state == ScreeningState.DISCARDED and not StagedFact.objects.exists()


def test_only_the_county_screens(regions: dict[str, Region], household: Household) -> None:
    town = person("township", TOWN)
    with pytest.raises(NotPermitted):
        run_screening(by=town, at=NOW, region=regions[COUNTY], as_of=TODAY)
    with pytest.raises(NotPermitted):
        release_screening(by=town, at=NOW, run=staged([found(household)]))


def test_while_one_is_under_way_no_second_begins(regions: dict[str, Region]) -> None:
    by = person("county_office")
    first = run_screening(by=by, at=NOW, region=regions[COUNTY], as_of=TODAY)
    assert run_screening(by=by, at=NOW, region=regions[COUNTY], as_of=TODAY) == first
    with pytest.raises(SituationForbids, match="最晚到今天"):
        run_screening(by=by, at=NOW, region=regions[COUNTY], as_of=LATER)


def test_as_many_statements_for_one_household_as_for_many(regions: dict[str, Region]) -> None:
    homes = [make_household(regions, head_name=f"户{n}") for n in "甲乙丙丁"]
    counted = []
    for part in (homes[:1], homes[1:]):
        run, by = staged([found(home) for home in part]), User.objects.get(pk=person("county_office").pk)
        with CaptureQueriesContext(connection) as asked:
            release_screening(by=by, at=NOW, run=run)
        counted.append(len(asked))
    assert counted[0] == counted[1]
