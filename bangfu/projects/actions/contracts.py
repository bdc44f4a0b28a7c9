"""Contracts: signed, changed with approval, made void (C-126)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.enums import PaperKind
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.models import Contract, ContractChange, Project
from bangfu.projects.policies.estimating import check_room
from bangfu.projects.policies.works import check_change, check_contract
from bangfu.projects.terms.contracting import ContractFacts


def sign_contract(
    *, by: User, at: datetime, project: Project, facts: ContractFacts, scan: bytes = b""
) -> Contract:
    """Note a contract that was signed; its ``scan``, if there is one, is kept among the project's papers.

    Raises NotPermitted; SituationForbids before the approval, outside the library or the plan, above the
    planned amount, in impossible order of days, without the tender that its amount asks for, or for a scan
    that cannot be kept; EvidenceLost when the disk does not take it.
    """
    require(by, Permission.PROJECT_MANAGE, project.place)
    with recording(by=by, at=at, verb="sign_contract", effective_on=facts.signed_on) as change:
        row = held(project)
        check_contract(row, facts, localdate(at))
        if row.contracts.filter(number=facts.number.strip()).exists():
            raise SituationForbids(f"这个项目已经有编号“{facts.number}”的合同，没有登记。")
        columns = {**asdict(facts), "number": facts.number.strip()}
        contract = Contract.objects.create(**columns, project=row, signed_amount=facts.amount, signed_by=by)
        _keep_scan(by, at, contract, scan)
        noted("sign_contract", row, by, at, change, contract=str(contract.uid), fen=facts.amount)
    return contract


def _keep_scan(by: User, at: datetime, contract: Contract, scan: bytes) -> None:
    if not scan:
        return
    contract.paper = attach_evidence(
        by=by,
        at=at,
        subject=contract.project.subject,
        kind=PaperKind.CONTRACT,
        title=f"合同 {contract.number}",
        content=scan,
        dated_on=contract.signed_on,
        permission=Permission.PROJECT_MANAGE,
    )
    contract.save()


def change_contract(
    *,
    by: User,
    at: datetime,
    contract: Contract,
    version: int,
    amount: int,
    ends_on: date,
    reason: str,
    approval_number: str,
    approved_on: date,
) -> ContractChange:
    """An approved change of amount or end. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, Permission.PROJECT_MANAGE, contract.project.place)
    with recording(by=by, at=at, verb="change_contract", reason=reason, effective_on=approved_on) as change:
        project = held(contract.project)
        row = _held_contract(contract, version)
        check_change(row, amount, ends_on, approved_on, localdate(at))
        check_room(project, amount, row)
        made = ContractChange.objects.create(
            contract=row,
            reason=reason.strip(),
            amount_before=row.amount,
            amount_after=amount,
            ends_on=ends_on,
            approval_number=approval_number.strip(),
            approved_on=approved_on,
            recorded_by=by,
        )
        row.amount, row.ends_on = amount, ends_on
        row.save()
        noted("change_contract", project, by, at, change, contract=str(row.uid), fen=amount)
    return made


def void_contract(*, by: User, at: datetime, contract: Contract, version: int, reason: str) -> Contract:
    """A contract that does not hold any more, with a reason.

    Raises NotPermitted, StaleVersion; SituationForbids when it is void already.
    """
    require(by, Permission.PROJECT_MANAGE, contract.project.place)
    with recording(by=by, at=at, verb="void_contract", reason=reason) as change:
        project = held(contract.project)
        row = _held_contract(contract, version)
        if row.void_reason or not reason.strip():
            raise SituationForbids("作废要写原因，已经作废的不用再作废。什么都没有改动。")
        row.void_reason = reason.strip()
        row.save()
        noted("void_contract", project, by, at, change, contract=str(row.uid))
    return row


def _held_contract(contract: Contract, version: int) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("project")
    row: Contract = rows.get(pk=contract.pk)
    if row.version != version:
        raise StaleVersion("这份合同刚被别人改过，没有保存。您填的还在，请核对后再提交。")
    return row
