"""Proposed changes: somebody who knows better proposes, somebody else who answers for it decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import BangfuError, SituationForbids, StaleVersion
from bangfu.households.actions.editing import check_version, edit_household, edit_member
from bangfu.households.enums import ChangeSource, ProposalState
from bangfu.households.facts import facts_of, in_order, kept, label_of, opened, same
from bangfu.households.models import Household, Member, ProposedChange
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_reaches


def propose_change(
    *,
    by: User,
    at: datetime,
    household: Household,
    values: Mapping[str, Any],
    seen_version: int,
    source: ChangeSource,
    member: Member | None = None,
    source_note: str = "",
) -> ProposedChange:
    """Propose new values for a household, or for one of its members, that was seen at ``seen_version``.

    Raises NotPermitted, StaleVersion, SituationForbids when nothing differs, ValueError for a foreign
    field.
    """
    check_reaches(by, Permission.CHANGE_PROPOSE, household)
    check_household_present(household)
    target = member or household
    check_version(target, seen_version)
    with recording(by=by, at=at, verb="propose_change", reason=source_note) as change:
        proposal = ProposedChange.objects.create(
            household=household,
            member=member,
            values=_differences(target, values),
            seen_version=seen_version,
            source=source,
            source_note=source_note,
            proposed_by=by,
            proposed_at=at,
        )
        audit.record(
            by=by,
            at=at,
            verb="propose_change",
            subject=target.subject,
            data={"fields": sorted(proposal.values), "source": source},
            change=change,
        )
    return proposal


def _differences(target: Household | Member, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    model = type(target)
    foreign = values.keys() - set(facts_of(model))
    if foreign:
        raise ValueError(f"not proposed here: {sorted(foreign)}")
    found = {
        name: {"from": kept(model, name, getattr(target, name)), "to": kept(model, name, value)}
        for name, value in values.items()
        if not same(getattr(target, name), value)
    }
    if not found:
        raise SituationForbids("和现在登记的一样，没有要建议的改动。")
    return found


def decide_change(
    *,
    by: User,
    at: datetime,
    proposal: ProposedChange,
    accept: bool,
    reason: str = "",
    despite_changes: bool = False,
) -> ProposedChange:
    """Accept a proposal, which edits the register, or refuse it with a reason.

    Raises NotPermitted, SituationForbids for one's own or a decided proposal or a refusal without a
    reason, and StaleVersion when a proposed field was changed since, unless ``despite_changes``.
    """
    check_reaches(by, Permission.CHANGE_DECIDE, proposal.household)
    with recording(by=by, at=at, verb="decide_change", reason=reason) as change:
        waiting = ProposedChange.objects.select_for_update().get(pk=proposal.pk)
        _check_decidable(waiting, by, accept, reason)
        if accept:
            _apply(waiting, by, at, despite_changes)
        waiting.state = ProposalState.ACCEPTED if accept else ProposalState.REFUSED
        waiting.decided_by, waiting.decided_at, waiting.decision_reason = by, at, reason
        waiting.save()
        audit.record(
            by=by,
            at=at,
            verb="decide_change",
            subject=waiting.household.subject,
            summary=waiting.get_state_display(),
            data={"fields": sorted(waiting.values)},
            change=change,
        )
    return waiting


def _check_decidable(proposal: ProposedChange, by: User, accept: bool, reason: str) -> None:
    if proposal.state != ProposalState.WAITING:
        raise SituationForbids(f"这条建议{proposal.get_state_display()}，不用再审。")
    if proposal.proposed_by_id == by.pk:
        raise SituationForbids("自己提的建议不能自己审，请别的经办人审核。")
    if not accept and not reason.strip():
        raise SituationForbids("退回要写理由，提建议的人会看到。")


def stale_fields(proposal: ProposedChange) -> list[str]:
    """The proposed fields whose value was changed in the register since the proposal was made."""
    target = proposal.member or proposal.household
    model = type(target)
    return [
        name
        for name in in_order(model, proposal.values)
        if not same(getattr(target, name), opened(model, name, proposal.values[name]["from"]))
    ]


def _apply(proposal: ProposedChange, by: User, at: datetime, despite_changes: bool) -> None:
    """Edit the register as anybody would; values that are there already are left."""
    target = proposal.member or proposal.household
    model = type(target)
    stale = stale_fields(proposal)
    if stale and not despite_changes:
        labels = "、".join(label_of(model, name) for name in stale)
        raise StaleVersion(f"提出建议以后，{labels}又改过。请对照现在的值，确认仍要采纳再点一次。")
    wanted = {name: opened(model, name, value["to"]) for name, value in proposal.values.items()}
    values = {name: value for name, value in wanted.items() if not same(getattr(target, name), value)}
    reason = f"采纳建议（{proposal.get_source_display()}）"
    if not values:
        return
    if isinstance(target, Member):
        edit_member(by=by, at=at, member=target, version=target.version, values=values, reason=reason)
    else:
        edit_household(by=by, at=at, household=target, version=target.version, values=values, reason=reason)


def withdraw_change(*, by: User, at: datetime, proposal: ProposedChange) -> ProposedChange:
    """Take back one's own waiting proposal; raises SituationForbids for another's or a decided one."""
    with recording(by=by, at=at, verb="withdraw_change") as change:
        waiting = ProposedChange.objects.select_for_update().get(pk=proposal.pk)
        if waiting.proposed_by_id != by.pk or waiting.state != ProposalState.WAITING:
            raise SituationForbids("只能撤回自己提的、还没审的建议。")
        waiting.state = ProposalState.WITHDRAWN
        waiting.save()
        audit.record(by=by, at=at, verb="withdraw_change", subject=waiting.household.subject, change=change)
    return waiting


@dataclass(frozen=True)
class BatchDecision:
    """What came of accepting several proposals: how many were accepted, and why the others were not."""

    accepted: int
    refused: list[tuple[ProposedChange, str]]


def accept_changes(*, by: User, at: datetime, proposals: Iterable[ProposedChange]) -> BatchDecision:
    """Accept each proposal in a step of its own; one that cannot be accepted stays waiting and says why."""
    accepted, refused = 0, []
    for proposal in proposals:
        try:
            decide_change(by=by, at=at, proposal=proposal, accept=True)
        except BangfuError as reason:
            refused.append((proposal, reason.message))
        else:
            accepted += 1
    return BatchDecision(accepted, refused)
