"""A round, step by step: who may, what is refused, what is written.

C-048, C-052, C-053, C-054, C-055, C-056, C-058, C-072.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.core.parameters import supersede_parameter
from bangfu.households.actions.rounds import (
    add_to_round,
    check_round,
    close_round,
    decide_round,
    open_round,
    remove_from_round,
    reopen_round,
)
from bangfu.households.enums import HouseholdType, RoundOutcome, RoundState
from bangfu.households.models import Household, Round, RoundCheck
from bangfu.households.policies.rounds import Decision
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.households.round_builders import make_households

pytestmark = pytest.mark.django_db

OPENED = date(2026, 10, 1)
KEEP = Decision(RoundOutcome.RETAINED, exit_type="retained", exit_year=2026)
NEW = Decision(RoundOutcome.NEW, exit_type="with_labour", exit_year=2027)
DROP = Decision(RoundOutcome.EXCLUDED, reason_code="income_stable_above")


@pytest.fixture
def office():
    return make_user("county_office")


def _open(regions, office, place: str = TOWN, **more) -> Round:
    wanted = {"year": 2026, "opened_on": OPENED, **more}
    return open_round(by=office, at=NOW, region=regions[place], **wanted)


def _decide(office, round: Round, decision: Decision, *households: Household) -> int:
    chosen = round.entries.filter(household__in=households) if households else round.entries.all()
    pks = list(chosen.values_list("pk", flat=True))
    return decide_round(by=office, at=NOW, round=round, entries=pks, decision=decision)


def test_the_opening_holds_who_is_on_the_register_of_the_place(regions, office) -> None:
    registered = make_households(regions, [2])[0]
    watched = {"household_type": "general", "monitored_category": "sudden"}
    monitored = make_households(regions, [3], **watched)[0]
    make_households(regions, [4], **watched, risk_removed=True)
    make_households(regions, [5], household_type="general")
    make_households(regions, [6], place=OTHER_VILLAGE)
    round = _open(regions, office)
    found = set(round.entries.values_list("household", "opening_persons"))
    assert found == {(registered.pk, 2), (monitored.pk, 3)}


def test_persons_are_those_of_the_opening_day(regions, office) -> None:
    household = make_households(regions, [3])[0]
    first, second, _ = household.members.all()
    with recording(by=SYSTEM, at=NOW, verb="build"):
        first.joined_on = OPENED + timedelta(1)
        first.save()
        second.state, second.left_on = "died", OPENED
        second.save()
    assert _open(regions, office).entries.get().opening_persons == 1


def test_a_township_may_not_open_a_round(regions) -> None:
    with pytest.raises(NotPermitted):
        _open(regions, make_user("township", TOWN))


@pytest.mark.parametrize(("first", "second"), [(TOWN, TOWN), (COUNTY, TOWN), (TOWN, COUNTY)])
def test_a_place_has_one_round_a_year(regions, office, first: str, second: str) -> None:
    _open(regions, office, first)
    with pytest.raises(SituationForbids, match="同一年度不能再开"):
        _open(regions, office, second)


def test_the_opening_day_is_not_in_the_future(regions, office) -> None:
    with pytest.raises(SituationForbids, match="今天以后"):
        _open(regions, office, opened_on=TODAY + timedelta(1))


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision(RoundOutcome.NATURAL_DECREASE), "自然减少由登记得出"),
        (Decision(RoundOutcome.EXCLUDED), "剔除要填原因"),
        (Decision(RoundOutcome.EXCLUDED, reason_code="other"), "说明里写清楚"),
        (Decision(RoundOutcome.EXCLUDED, reason_code="county_list"), "县里还没有填"),
        (Decision(RoundOutcome.RETAINED, exit_year=2026), "请选脱贫类型"),
        (Decision(RoundOutcome.RETURNED, exit_type="with_labour"), "请填计划脱贫年度"),
        (Decision(RoundOutcome.RETURNED, exit_type="with_labour", exit_year=2025), "请填计划脱贫年度"),
        (NEW, "不能是新纳入"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(regions, office, decision, words: str) -> None:
    make_households(regions, [2])
    round = _open(regions, office)
    with pytest.raises(SituationForbids, match=words):
        _decide(office, round, decision)
    assert round.entries.get().outcome == ""


def test_the_countys_list_gives_the_kinds_of_exclusion(regions, office) -> None:
    """C-058: the list is the county's own, with its basis; nothing is shipped."""
    make_households(regions, [2])
    round = _open(regions, office)
    supersede_parameter(
        by=office,
        at=NOW,
        code="round_excluded_kinds",
        text="情形甲\n情形乙",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="测试文件",
        grade="知",
    )
    kind = Decision(RoundOutcome.EXCLUDED, reason_code="county_list", reason_kind="情形乙")
    assert _decide(office, round, kind) == 1
    assert round.entries.get().reason_kind == "情形乙"
    with pytest.raises(SituationForbids, match="哪一种情形"):
        _decide(office, round, Decision(RoundOutcome.EXCLUDED, reason_code="county_list", reason_kind="丙"))


def test_a_township_decides_its_own_households_only(regions, office) -> None:
    make_households(regions, [2])
    make_households(regions, [2], place=OTHER_VILLAGE)
    round = _open(regions, office, COUNTY)
    township = make_user("township", TOWN)
    own = round.entries.get(place=VILLAGE)
    assert decide_round(by=township, at=NOW, round=round, entries=[own.pk], decision=KEEP) == 1
    with pytest.raises(NotPermitted, match="一户也没有改"):
        _decide(township, round, KEEP)


def test_who_decides_second_is_told(regions, office) -> None:
    make_households(regions, [2])
    round = _open(regions, office)
    entry = round.entries.get()
    _decide(office, round, KEEP)
    with pytest.raises(StaleVersion):
        decide_round(by=office, at=NOW, round=round, entries=[entry.pk], decision=DROP, version=entry.version)
    assert round.entries.get().outcome == RoundOutcome.RETAINED


def test_a_new_household_joins_from_outside_and_may_be_taken_out(regions, office) -> None:
    outside = make_households(regions, [4], household_type="general")[0]
    round = _open(regions, office)
    add_to_round(by=office, at=NOW, round=round, households=[outside], decision=NEW)
    entry = round.entries.get()
    assert (entry.opening_persons, entry.outcome, entry.exit_year) == (None, "new", 2027)
    remove_from_round(by=office, at=NOW, round=round, entry=entry)
    assert not round.entries.exists()


def test_who_was_removed_is_marked_again_not_new(regions, office) -> None:
    removed = make_households(
        regions, [4], household_type="general", monitored_category="marginal", risk_removed=True
    )[0]
    round = _open(regions, office)
    with pytest.raises(SituationForbids, match="重新标注"):
        add_to_round(by=office, at=NOW, round=round, households=[removed], decision=NEW)
    remark = Decision(RoundOutcome.REMARKED)
    add_to_round(by=office, at=NOW, round=round, households=[removed], decision=remark)
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    removed.refresh_from_db()
    assert removed.risk_removed is False


def test_a_household_of_the_opening_is_not_taken_out(regions, office) -> None:
    make_households(regions, [2])
    round = _open(regions, office)
    with pytest.raises(SituationForbids, match="不能移出"):
        remove_from_round(by=office, at=NOW, round=round, entry=round.entries.get())


def test_closing_writes_the_standing_and_reopening_gives_it_back(regions, office) -> None:
    excluded, kept = make_households(regions, [2, 3], monitored_category="unstable")
    outside = make_households(regions, [1], household_type="general")[0]
    round = _open(regions, office)
    _decide(office, round, DROP, excluded)
    _decide(office, round, KEEP, kept)
    add_to_round(by=office, at=NOW, round=round, households=[outside], decision=NEW)
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    assert _standing(excluded) == ("general", "")
    assert _standing(kept) == ("registered", "unstable")
    assert _standing(outside) == ("registered", "")
    with pytest.raises(SituationForbids, match="已关闭"):
        _decide(office, round, KEEP)
    with pytest.raises(SituationForbids, match="写明原因"):
        reopen_round(by=office, at=NOW, round=round, reason=" ")
    reopen_round(by=office, at=NOW, round=round, reason="更正一户")
    assert _standing(excluded) == ("registered", "unstable")
    assert _standing(outside) == ("general", "")
    round.refresh_from_db()
    assert (round.state, round.closed_on) == (RoundState.OPEN, None)


def _standing(household: Household) -> tuple[str, str]:
    household.refresh_from_db()
    return household.household_type, household.monitored_category


def test_closing_names_the_gap_and_the_households(regions, office) -> None:
    first, second = make_households(regions, [2, 3])
    round = _open(regions, office)
    _decide(office, round, KEEP, first)
    with pytest.raises(SituationForbids, match=r"1 户没有填结果（.*" + second.code):
        close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    round.refresh_from_db()
    assert round.state == RoundState.OPEN


def test_a_household_put_on_the_register_by_hand_keeps_the_round_open(regions, office) -> None:
    round = _open(regions, office)
    make_households(regions, [2], household_type=HouseholdType.REGISTERED)
    with pytest.raises(SituationForbids, match="没有进入这一批"):
        close_round(by=office, at=NOW, round=round, closed_on=TODAY)


def test_a_sample_check_is_noted_once_a_household(regions, office) -> None:
    """C-079."""
    household = make_households(regions, [2])[0]
    round = _open(regions, office)
    for verdict in ("correct", "wrongly_included"):
        check_round(by=office, at=NOW, round=round, household=household, verdict=verdict, checked_on=TODAY)
    assert RoundCheck.objects.get().verdict == "wrongly_included"


def test_each_step_stands_in_the_audit_log_without_names(regions, office) -> None:
    make_households(regions, [2])
    round = _open(regions, office)
    _decide(office, round, KEEP)
    close_round(by=office, at=NOW, round=round, closed_on=TODAY)
    events = AuditEvent.objects.filter(data__round=str(round.uid)).order_by("pk")
    assert list(events.values_list("verb", flat=True)) == ["open_round", "decide_round", "close_round"]
    assert all("杨志明" not in event.summary and event.place == TOWN for event in events)
