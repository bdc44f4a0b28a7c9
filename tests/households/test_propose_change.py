"""Proposed changes: source, side by side, decision by somebody else, stale values, batches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.households.actions.editing import edit_household
from bangfu.households.actions.proposing import (
    accept_changes,
    decide_change,
    propose_change,
    withdraw_change,
)
from bangfu.households.enums import ChangeSource
from bangfu.households.models import ProposedChange
from bangfu.households.queries.proposals import compared
from tests.cast import FOREIGN_VILLAGE, NOW, SISTER_VILLAGE, TOWN, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposer(db):
    return make_user("village", VILLAGE)


@pytest.fixture
def decider(db):
    return make_user("township", TOWN)


@pytest.fixture
def household(regions):
    made = make_household(regions, members=2, main_cause="因病")
    made.refresh_from_db()
    return made


def _propose(household, by, member=None, **values) -> ProposedChange:
    return propose_change(
        by=by,
        at=NOW,
        household=household,
        member=member,
        values=values or {"main_cause": "因灾", "phone": "13900007766"},
        seen_version=(member or household).version,
        source=ChangeSource.VISIT,
        source_note="11 月 12 日入户",
    )


def test_an_accepted_proposal_edits_the_register(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    decide_change(by=decider, at=NOW, proposal=proposal, accept=True)
    household.refresh_from_db()
    proposal.refresh_from_db()
    assert (household.main_cause, household.phone) == ("因灾", "13900007766")
    assert (proposal.state, proposal.decided_by) == ("accepted", decider)
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {
        "propose_change",
        "decide_change",
        "edit_household",
    }


def test_a_refused_one_changes_nothing_and_says_why(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    with pytest.raises(SituationForbids, match="写理由"):
        decide_change(by=decider, at=NOW, proposal=proposal, accept=False, reason=" ")
    decide_change(by=decider, at=NOW, proposal=proposal, accept=False, reason="电话打不通")
    household.refresh_from_db()
    proposal.refresh_from_db()
    assert household.main_cause == "因病"
    assert (proposal.state, proposal.decision_reason) == ("refused", "电话打不通")


def test_nobody_decides_their_own(household, decider) -> None:
    proposal = _propose(household, decider)
    with pytest.raises(SituationForbids, match="不能自己审"):
        decide_change(by=decider, at=NOW, proposal=proposal, accept=True)


def test_nobody_decides_twice(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    decide_change(by=decider, at=NOW, proposal=proposal, accept=True)
    with pytest.raises(SituationForbids, match="已采纳"):
        decide_change(by=registrar(), at=NOW, proposal=proposal, accept=False, reason="重复")


def test_who_may_not_decide_does_not(household, proposer) -> None:
    proposal = _propose(household, proposer)
    for role, place in (("village", VILLAGE), ("township", "530999102"), ("supervisor", "530999")):
        someone = make_user(role, place, username=f"other-{role}")
        with pytest.raises(NotPermitted):
            decide_change(by=someone, at=NOW, proposal=proposal, accept=True)


def test_values_changed_since_are_flagged_and_need_a_second_yes(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    edit_household(
        by=registrar(),
        at=NOW,
        household=household,
        version=household.version,
        values={"main_cause": "因学"},
    )
    proposal = ProposedChange.objects.get(pk=proposal.pk)
    assert [(row.label, row.stale) for row in compared(proposal)] == [
        ("主要致贫原因", True),
        ("联系电话", False),
    ]
    with pytest.raises(StaleVersion, match="主要致贫原因"):
        decide_change(by=decider, at=NOW, proposal=proposal, accept=True)
    decide_change(by=decider, at=NOW, proposal=proposal, accept=True, despite_changes=True)
    household.refresh_from_db()
    assert household.main_cause == "因灾"


def test_other_fields_changed_since_do_not_matter(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    edit_household(
        by=registrar(),
        at=NOW,
        household=household,
        version=household.version,
        values={"address": "下寨 9 号"},
    )
    decide_change(by=decider, at=NOW, proposal=proposal, accept=True)
    household.refresh_from_db()
    assert (household.main_cause, household.address) == ("因灾", "下寨 9 号")


def test_what_is_encrypted_stays_encrypted_in_the_proposal(household, proposer) -> None:
    proposal = _propose(household, proposer)
    raw = str(ProposedChange.objects.filter(pk=proposal.pk).values_list("values", flat=True).get())
    assert "13900007766" not in raw
    assert [row.proposed for row in compared(proposal)] == ["因灾", "139****7766"]


def test_a_member_is_proposed_and_changed(household, proposer, decider) -> None:
    member = household.members.get(is_head=False)
    proposal = _propose(household, proposer, member=member, education="高中", birth_date=member.birth_date)
    assert list(proposal.values) == ["education"]
    decide_change(by=decider, at=NOW, proposal=proposal, accept=True)
    member.refresh_from_db()
    assert member.education == "高中"


def test_only_the_proposer_withdraws_and_only_while_it_waits(household, proposer, decider) -> None:
    proposal = _propose(household, proposer)
    with pytest.raises(SituationForbids):
        withdraw_change(by=decider, at=NOW, proposal=proposal)
    assert withdraw_change(by=proposer, at=NOW, proposal=proposal).state == "withdrawn"
    with pytest.raises(SituationForbids):
        withdraw_change(by=proposer, at=NOW, proposal=proposal)


def test_a_batch_accepts_what_it_can(regions, proposer, decider) -> None:
    homes = [make_household(regions, head_name=name) for name in ("杨志明", "段玉珍", "李大山")]
    for home in homes:
        home.refresh_from_db()
    proposals = [_propose(home, proposer) for home in homes[:2]] + [_propose(homes[2], decider)]
    outcome = accept_changes(by=decider, at=NOW, proposals=proposals)
    assert outcome.accepted == 2
    assert [(proposal, reason) for proposal, reason in outcome.refused] == [
        (proposals[2], "自己提的建议不能自己审，请别的经办人审核。")
    ]


def test_the_whole_way_on_pages(household, proposer, decider, signed_in) -> None:
    client = signed_in(proposer)
    address = reverse("propose_change", args=[household.uid])
    form = client.get(address).context["form"]
    typed = {
        "version": form["version"].value(),
        "main_cause": "因灾",
        "source": "visit",
        "source_note": "入户",
    }
    typed["other_causes"] = typed["risks"] = ""
    assert client.post(address, typed).status_code == 302
    proposal = ProposedChange.objects.get()
    page = reverse("decide_change", args=[proposal.uid])
    assert "撤回建议" in client.get(page).content.decode()

    office = signed_in(decider)
    listed = office.get(reverse("proposal_list")).content.decode()
    assert household.head_name in listed and page in listed
    assert [row.proposed for row in office.get(page).context["rows"]] == ["因灾"]
    refused = office.post(page, {"decision": "refuse", "reason": ""})
    assert refused.status_code == 200 and "写理由" in refused.content.decode()
    assert office.post(page, {"decision": "accept"}).status_code == 302
    household.refresh_from_db()
    assert household.main_cause == "因灾"


def test_ticked_rows_are_accepted(household, proposer, decider, signed_in) -> None:
    proposal = _propose(household, proposer)
    client = signed_in(decider)
    assert client.post(reverse("accept_changes"), {"row": [str(proposal.uid)]}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_outside_the_scope_there_is_no_proposal(regions, decider, signed_in) -> None:
    foreign = make_household(regions, place=FOREIGN_VILLAGE)
    foreign.refresh_from_db()
    proposal = _propose(foreign, registrar(FOREIGN_VILLAGE))
    client = signed_in(decider)
    assert client.get(reverse("decide_change", args=[proposal.uid])).status_code == 404
    client.post(reverse("accept_changes"), {"row": [str(proposal.uid)]})
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    assert (
        signed_in(make_user("village", SISTER_VILLAGE))
        .get(reverse("propose_change", args=[foreign.uid]))
        .status_code
        == 404
    )
