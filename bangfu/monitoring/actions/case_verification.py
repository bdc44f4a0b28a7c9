"""入户核查: what two people saw, and what of it differs from the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.households.actions.proposing import propose_change
from bangfu.households.enums import ChangeSource, MemberState
from bangfu.households.facts import label_of, same
from bangfu.households.models import Household, Member
from bangfu.monitoring.actions.case_writing import Seen, step_of
from bangfu.monitoring.models import Authorisation, Case, HomeVerification
from bangfu.monitoring.policies.cases import check_category, check_day, reaches_case
from bangfu.monitoring.policies.standing import signed_worksheet
from bangfu.monitoring.queries.cases import last_day_before, latest

MEMBER_FACTS = ("health", "labour", "student_status", "not_in_school_reason", "resident_insurance")
"""Facts of each member that a verification looks at; the form opens with what is known."""
HOUSEHOLD_FACTS = ("dangerous_house", "safe_water")
"""Facts of the household that it looks at."""
NOTE = "监测对象入户核查"


@dataclass(frozen=True)
class Sighting:
    """What was seen: facts of the household and, by uid, of its members; risks; how the income stands.

    ``risks_gone``, ``new_risk`` and ``income_steady`` are asked when a risk is to be removed.
    """

    conclusion: str
    household: Mapping[str, Any] = field(default_factory=dict)
    members: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    risks: Sequence[str] = ()
    category: str = ""
    risks_gone: Sequence[str] = ()
    new_risk: bool = False
    income_steady: bool | None = None


def record_verification(
    *,
    by: User,
    at: datetime,
    case: Case,
    version: int,
    verified_on: date,
    first_verifier: User,
    second_verifier: User,
    sighting: Sighting,
) -> HomeVerification:
    """Write down the visit of two different people; what differs is proposed to the register.

    Raises NotPermitted, StaleVersion; SituationForbids for one person twice, for people who may not verify
    here, for a visit before the authorisation and a category that the household cannot have.
    """
    _check_people(case, first_verifier, second_verifier)
    if sighting.category:
        check_category(case.household, sighting.category)
    seen = Seen(by, at, case, version)
    with step_of(seen, "record_verification", Permission.CASE_VERIFY, "verify", on=verified_on) as (held, _):
        if held.identifies and latest(held, Authorisation) is None:
            raise SituationForbids("没有承诺授权书，不能入户核查。请先收签字。")
        check_day("入户日期", verified_on, last_day_before(held, HomeVerification), seen.today)
        record = HomeVerification.objects.create(
            case=held,
            recorded_by=by,
            verified_on=verified_on,
            first_verifier=first_verifier,
            second_verifier=second_verifier,
            facts=_kept(sighting),
            changed=_propose(held.household, sighting, by, at),
            risks=list(sighting.risks),
            risks_gone=list(sighting.risks_gone),
            new_risk=sighting.new_risk,
            income_steady=sighting.income_steady,
            worksheet=signed_worksheet(held.household),
            conclusion=sighting.conclusion,
        )
        if held.identifies:
            held.risks, held.category = list(sighting.risks), sighting.category
    return record


def _check_people(case: Case, first: User, second: User) -> None:
    if first.pk == second.pk:
        raise SituationForbids("入户核查要两名不同的核查人，现在两栏是同一个人。")
    for person in (first, second):
        if not reaches_case(person, Permission.CASE_VERIFY, case):
            raise SituationForbids(f"{person.name}没有在这里入户核查的权限，请另选核查人。")


def _kept(sighting: Sighting) -> dict[str, Any]:
    members = {str(uid): dict(facts) for uid, facts in sighting.members.items()}
    return {"household": dict(sighting.household), "members": members}


def _propose(household: Household, sighting: Sighting, by: User, at: datetime) -> list[str]:
    """What differs goes to the register as proposals, typed once; the labels of what differs."""
    changed = _differing(household, sighting.household)
    found = [label_of(Household, name) for name in changed]
    if changed:
        propose_change(
            by=by,
            at=at,
            household=household,
            values=changed,
            seen_version=household.version,
            source=ChangeSource.VISIT,
            source_note=NOTE,
        )
    for member in household.members.filter(state=MemberState.PRESENT, uid__in=sighting.members):
        found += _propose_member(household, member, sighting.members[member.uid], by, at)
    return found


def _propose_member(
    household: Household, member: Member, facts: Mapping[str, Any], by: User, at: datetime
) -> list[str]:
    changed = _differing(member, facts)
    if changed:
        propose_change(
            by=by,
            at=at,
            household=household,
            member=member,
            values=changed,
            seen_version=member.version,
            source=ChangeSource.VISIT,
            source_note=NOTE,
        )
    return [f"{member.name}：{label_of(Member, name)}" for name in changed]


def _differing(row: Household | Member, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if not same(getattr(row, name), value)}
