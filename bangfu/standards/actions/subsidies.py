"""What passed is proposed for its subsidy, and answered by who allocates the money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.funds.models import FundSource
from bangfu.standards.enums import SubsidyState
from bangfu.standards.granting import Due
from bangfu.standards.models import StandardCheck, SubsidyProposal
from bangfu.standards.policies import check_arranged, check_declined, check_due, check_open

_PROPOSE, _ANSWER = Permission.STANDARD_CHECK_RECORD, Permission.FUND_ALLOCATE


def propose_subsidies(*, by: User, at: datetime, dues: Sequence[Due]) -> list[SubsidyProposal]:
    """Propose what is due, all of it or nothing.

    Raises NotPermitted; SituationForbids when there is nothing, or somebody proposed it meanwhile.
    """
    for due in dues:
        require(by, _PROPOSE, due.check.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="propose_subsidies") as change:
        held = StandardCheck.objects.select_for_update(of=("self",)).select_related("subject")
        checks = {one.pk: one for one in held.filter(pk__in=[due.check.pk for due in dues])}
        check_due(dues)
        made = []
        for due in dues:
            row = SubsidyProposal.objects.create(
                check_of=checks[due.check.pk],
                place=due.check.place,
                amount=due.fen,
                words=due.words,
                proposed_on=today,
                proposed_by=by,
            )
            _noted("propose_subsidies", row, by, at, change)
            made.append(row)
    return made


def arrange_subsidy(
    *, by: User, at: datetime, proposal: SubsidyProposal, version: int, source: FundSource, words: str = ""
) -> SubsidyProposal:
    """Say from which source it will be paid.

    Raises NotPermitted, StaleVersion; SituationForbids for a thing that failed since, for a source of
    another county or with less left than is promised of it.
    """
    require(by, _ANSWER, proposal.place)
    with recording(by=by, at=at, verb="arrange_subsidy") as change:
        row = _held(proposal, version)
        check_open(row)
        found = FundSource.objects.select_for_update(of=("self",)).select_related("account").get(pk=source.pk)
        check_arranged(row, found, _promised(found))
        row.source = found
        _answered(row, SubsidyState.ARRANGED, words, by, at)
        _noted("arrange_subsidy", row, by, at, change)
    return row


def decline_subsidy(
    *, by: User, at: datetime, proposal: SubsidyProposal, version: int, words: str
) -> SubsidyProposal:
    """Say why nothing is given. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, _ANSWER, proposal.place)
    with recording(by=by, at=at, verb="decline_subsidy", reason=words) as change:
        row = _held(proposal, version)
        check_open(row)
        check_declined(words)
        _answered(row, SubsidyState.DECLINED, words, by, at)
        _noted("decline_subsidy", row, by, at, change)
    return row


def _promised(source: FundSource) -> int:
    """What was promised of a source already, in fen."""
    rows = SubsidyProposal.objects.filter(source=source, state=SubsidyState.ARRANGED)
    return rows.aggregate(total=Sum("amount"))["total"] or 0


def _answered(row: SubsidyProposal, state: SubsidyState, words: str, by: User, at: datetime) -> None:
    row.state, row.answer = state, words.strip()
    row.answered_on, row.answered_by = localdate(at), by
    row.save()


def _held(proposal: SubsidyProposal, version: int) -> SubsidyProposal:
    rows = SubsidyProposal.objects.select_for_update(of=("self",)).select_related("check_of__subject")
    row: SubsidyProposal = rows.get(pk=proposal.pk)
    if row.version != version:
        raise StaleVersion("这条建议刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(verb: str, row: SubsidyProposal, by: User, at: datetime, change: Change) -> None:
    data: dict[str, Any] = {"subsidy": str(row.uid), "state": row.state}
    audit.record(by=by, at=at, verb=verb, subject=row.check_of.subject, data=data, change=change)
