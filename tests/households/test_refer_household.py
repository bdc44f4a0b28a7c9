"""Handing households to civil affairs and following the result (C-057)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.households.actions.referring import (
    Decision,
    accept_referral,
    decide_referral,
    refer_household,
)
from bangfu.households.enums import ReferralResult, ReferralState
from bangfu.households.models import Household, Member, SafetyNetReferral
from bangfu.households.queries.following import to_be_referred
from bangfu.households.workbench import cells
from tests.cast import NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db
HANDED, TAKEN, DECIDED = date(2026, 10, 8), date(2026, 10, 20), date(2026, 11, 10)


@pytest.fixture
def household(regions) -> Household:
    return make_household(regions, members=2, no_labour_household=True)


def _refer(household: Household, **given) -> SafetyNetReferral:
    facts = {"reason": "整户没有劳动能力", "handed_on": HANDED, "handed_by": "李干部"} | given
    return refer_household(by=registrar(), at=NOW, household=household, **facts)


def _accept(referral: SafetyNetReferral, on: date = TAKEN) -> SafetyNetReferral:
    return accept_referral(
        by=registrar(), at=NOW, referral=referral, version=referral.version, accepted_on=on
    )


def _decide(referral: SafetyNetReferral, **given) -> SafetyNetReferral:
    facts = {"decided_on": DECIDED, "result": ReferralResult.MINIMUM_LIVING, "from_month": date(2026, 11, 1)}
    decision = Decision(**(facts | given))
    return decide_referral(
        by=registrar(), at=NOW, referral=referral, version=referral.version, decision=decision
    )


def test_from_the_hand_over_to_the_allowance(household) -> None:
    referral = _refer(household)
    assert (referral.state, referral.handed_on, referral.handed_by) == ("handed_on", HANDED, "李干部")
    referral = _accept(referral)
    assert (referral.state, referral.accepted_on) == (ReferralState.ACCEPTED, TAKEN)
    referral = _decide(referral, standard_fen=62_000)
    assert (referral.state, referral.result, referral.standard_fen) == ("decided", "minimum_living", 62_000)
    verbs = AuditEvent.objects.filter(subject=household.subject).values_list("verb", flat=True)
    assert {"refer_household", "accept_referral", "decide_referral"} <= set(verbs)


def test_a_refusal_says_why_and_gives_nothing(household) -> None:
    referral = _accept(_refer(household))
    with pytest.raises(SituationForbids, match="写民政给的理由"):
        _decide(referral, result=ReferralResult.INELIGIBLE)
    refused = _decide(
        referral, result=ReferralResult.INELIGIBLE, result_reason="有法定赡养人", standard_fen=62_000
    )
    assert (refused.result, refused.from_month, refused.standard_fen) == ("ineligible", None, None)


def test_an_allowance_begins_some_month(household) -> None:
    with pytest.raises(SituationForbids, match="从哪个月起"):
        _decide(_accept(_refer(household)), from_month=None)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda one: _accept(one, date(2026, 10, 1)), "早于移交"),
        (lambda one: _accept(one, date(2026, 12, 1)), "最晚到今天"),
        (lambda one: _decide(one, decided_on=date(2026, 10, 1)), "早于移交"),
        (lambda one: _refer(one.household), "还没有结果"),
        (lambda one: _accept(_accept(one)), "不用再登记受理"),
    ],
)
def test_days_are_in_order_and_one_is_open_at_a_time(step, words, household) -> None:
    with pytest.raises(SituationForbids, match=words):
        step(_refer(household))


def test_after_a_result_it_may_be_handed_on_again(household) -> None:
    _decide(_refer(household), result=ReferralResult.TEMPORARY_AID)
    _refer(household, handed_on=date(2026, 11, 15))
    assert household.referrals.count() == 2


def test_who_comes_second_is_told(household) -> None:
    referral = _refer(household)
    _accept(referral)
    with pytest.raises(StaleVersion):
        _accept(referral)


def test_another_village_is_refused(household) -> None:
    with pytest.raises(NotPermitted):
        refer_household(
            by=make_user("village", SISTER_VILLAGE),
            at=NOW,
            household=household,
            reason="无",
            handed_on=HANDED,
            handed_by="某人",
        )


def test_what_is_left_are_households_nobody_told_civil_affairs_of(regions, household) -> None:
    ordinary = make_household(regions, head_name="李大山")
    receives = make_household(regions, head_name="段玉珍", no_labour_household=True)
    member = receives.members.get(is_head=True)
    _set(member, minimum_living="农村低保")
    assert list(to_be_referred(Household.objects.all())) == [household]
    _refer(household)
    assert not to_be_referred(Household.objects.all()).exists()
    assert ordinary.state == "present"


def _set(member: Member, **values) -> None:
    from bangfu.households.actions.editing import edit_member

    edit_member(by=registrar(), at=NOW, member=member, version=member.version, values=values)


def test_the_workbench_counts_what_is_left_and_what_waits(household) -> None:
    clerk = make_user("village", VILLAGE)
    assert {"兜底户还没转民政": 1, "转民政还没有结果": 0}.items() <= _counts(clerk).items()
    _refer(household)
    assert {"兜底户还没转民政": 0, "转民政还没有结果": 1}.items() <= _counts(clerk).items()


def _counts(user) -> dict[str, int]:
    return {cell.label: cell.count for cell in cells(user)}


def test_the_pages_lead_through_it(household, signed_in) -> None:
    client = signed_in(make_user("village", VILLAGE))
    typed = {"reason": "整户没有劳动能力", "handed_on": "2026-10-08", "handed_by": "李干部"}
    assert client.post(reverse("refer_household", args=[household.uid]), typed).status_code == 302
    referral = household.referrals.get()
    answer = client.post(
        reverse("accept_referral", args=[referral.uid]), {"version": 1, "accepted_on": "2026-10-20"}
    )
    assert answer.status_code == 302
    decision = {
        "version": 2,
        "decided_on": "2026-11-10",
        "result": "minimum_living",
        "from_month": "2026-11",
        "standard_fen": "620",
    }
    assert client.post(reverse("decide_referral", args=[referral.uid]), decision).status_code == 302
    tab = client.get(reverse("household_file", args=[household.uid], query={"tab": "following"}))
    ledger = client.get(reverse("referral_list", query={"f_result": "minimum_living"}))
    for page in (tab.content.decode(), ledger.content.decode()):
        assert "纳入低保" in page and "620.00" in page and "2026-11" in page


def test_a_refused_step_keeps_what_was_typed(household, signed_in) -> None:
    typed = {"reason": "重病重残", "handed_on": "2999-01-01", "handed_by": "李干部"}
    client = signed_in(make_user("village", VILLAGE))
    page = client.post(reverse("refer_household", args=[household.uid]), typed).content.decode()
    assert "最晚到今天" in page and "重病重残" in page and "2999-01-01" in page


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_the_tab_shows_every_stage(steps, household, signed_in) -> None:
    referral = _refer(household)
    for step in (_accept, _decide)[:steps]:
        referral = step(referral)
    address = reverse("household_file", args=[household.uid], query={"tab": "following"})
    page = signed_in(make_user("village", VILLAGE)).get(address).content.decode()
    assert referral.get_state_display() in page and "整户没有劳动能力" in page
