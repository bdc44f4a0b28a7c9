"""A household's time line: events, proposals, worksheets, assessments, papers and imports, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import Change, RowVersion
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.queries import papers_of
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.models import Household, NaturalChange
from bangfu.households.queries.following import referrals_of, relocation_of
from bangfu.households.queries.guarantees import assessments_of
from bangfu.households.queries.income import worksheets_of
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.reckoning.days import local_day


class HappeningKind(models.TextChoices):
    """What the time line can be narrowed to."""

    NATURAL = "natural", "自然变更"
    PROPOSAL = "proposal", "变更建议"
    INCOME = "income", "收入测算"
    GUARANTEE = "guarantee", "核查"
    FOLLOWING = "following", "兜底与搬迁"
    PAPER = "paper", "凭证"
    IMPORT = "import", "导入"


@dataclass(frozen=True)
class Happening:
    """Something that happened to the household: of which kind, on which day, at which instant if known.

    ``other`` is the household that a split made or a merge went into, if the asker may see it.
    """

    kind: HappeningKind
    on: date
    what: str
    who: str = ""
    note: str = ""
    at: datetime | None = None
    key: bool = False
    other: Household | None = None

    def order(self) -> tuple:
        """Later first when reversed: by day, then by instant."""
        return self.on, self.at or timezone.make_aware(datetime.combine(self.on, time.min))


def happenings_of(household: Household, asker: User, recorded_at: datetime | None = None) -> list[Happening]:
    """What happened, the newest first, as recorded then; papers only where ``asker`` may see them."""
    sources = (_proposed, _worksheets, _guarantees, _referrals, _relocation, _imports)
    found = [happening for source in sources for happening in source(household, recorded_at)]
    found += _natural(household, asker, recorded_at)
    found += _papers(household, asker, recorded_at)
    return sorted(found, key=Happening.order, reverse=True)


def _natural(household: Household, asker: User, recorded_at: datetime | None) -> Iterator[Happening]:
    booked = NaturalChange.objects.filter(Q(household=household) | Q(other_household=household))
    gone = {"household_id": household.pk}
    changes = rows_recorded(booked.select_related("member"), recorded_at, gone)
    others = _others(household, asker, changes)
    for change in changes:
        whose = f"{change.member.name}，" if change.member else ""
        what = f"{change.get_kind_display()}：{whose}{change.persons} 人"
        other = others.get(_other_id(household, change))
        if other is not None:
            what = (
                f"{what}，{_DIRECTIONS[change.kind, change.household_id == household.pk]}{other.head_name}户"
            )
        kind, day = HappeningKind.NATURAL, change.occurred_on
        yield Happening(kind, day, what, note=change.note, key=True, other=other)


_DIRECTIONS = {
    (NaturalChangeKind.SPLIT, True): "分出",
    (NaturalChangeKind.SPLIT, False): "分自",
    (NaturalChangeKind.MERGE, True): "并入",
    (NaturalChangeKind.MERGE, False): "并来",
}
"""How a split or merge is told in the household it is booked in, and in the other."""


def _other_id(household: Household, change: NaturalChange) -> int | None:
    booked_here = change.household_id == household.pk
    return change.other_household_id if booked_here else change.household_id


def _others(household: Household, asker: User, changes: list[NaturalChange]) -> dict[int | None, Household]:
    """The other households of splits and merges that ``asker`` may see, by key."""
    keys = {key for change in changes if (key := _other_id(household, change)) is not None}
    if not keys:
        return {}
    seen = Household.objects.visible_to(asker, Permission.HOUSEHOLD_VIEW).filter(pk__in=keys)
    return {other.pk: other for other in seen}


def _proposed(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    proposals = household.proposed_changes.select_related("proposed_by")
    for proposal in rows_recorded(proposals, recorded_at, {"household_id": household.pk}):
        what = f"变更建议 {len(proposal.values)} 处，{proposal.get_state_display()}"
        yield Happening(
            HappeningKind.PROPOSAL,
            local_day(proposal.proposed_at),
            what,
            who=f"{proposal.proposed_by.name} · {proposal.get_source_display()}",
            at=proposal.proposed_at,
        )


def _worksheets(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    for sheet in worksheets_of(household, recorded_at):
        what = f"收入测算表第 {sheet.number} 版，{sheet.get_state_display()}"
        yield Happening(
            HappeningKind.INCOME, sheet.signed_on or sheet.period_to, what, who=sheet.collected_by, key=True
        )


def _guarantees(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    """Assessments of one day are one visit."""
    visits: dict[date, list] = {}
    for assessment in assessments_of(household, recorded_at):
        visits.setdefault(assessment.assessed_on, []).append(assessment)
    for day, assessments in visits.items():
        what = "三保障和饮水核查：" + "、".join(
            f"{one.get_kind_display()}{one.get_result_display()}" for one in assessments
        )
        yield Happening(HappeningKind.GUARANTEE, day, what, who=assessments[0].assessed_by)


def _papers(household: Household, asker: User, recorded_at: datetime | None) -> Iterator[Happening]:
    for paper in papers_recorded(household, asker, recorded_at):
        if paper.withdrawn:
            continue
        yield Happening(
            HappeningKind.PAPER,
            local_day(paper.uploaded_at),
            f"凭证：{paper.title}",
            who=paper.uploaded_by.name,
            at=paper.uploaded_at,
        )


def _referrals(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    kind = HappeningKind.FOLLOWING
    for referral in referrals_of(household, recorded_at):
        yield Happening(kind, referral.handed_on, "转民政兜底", referral.handed_by, referral.reason, key=True)
        if referral.decided_on:
            what = f"民政结果：{referral.get_result_display()}"
            yield Happening(kind, referral.decided_on, what, note=referral.result_reason, key=True)


def _relocation(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    relocation = relocation_of(household, recorded_at)
    if relocation is not None and relocation.settled_on:
        what = f"易地搬迁入住：{relocation.get_resettlement_display()}"
        yield Happening(HappeningKind.FOLLOWING, relocation.settled_on, what, key=True)


def papers_recorded(household: Household, asker: User, recorded_at: datetime | None) -> list[EvidenceFile]:
    """The papers that ``asker`` may see, as they stood then: the latest first, those taken down last."""
    papers = rows_recorded(papers_of(household.subject, asker), recorded_at)
    return sorted(papers, key=lambda paper: (not paper.withdrawn, paper.uploaded_at, paper.pk), reverse=True)


def _imports(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    kept = RowVersion.objects.filter(table=Household._meta.db_table, row_id=household.pk).values("change_id")
    changes = Change.objects.exclude(batch="").filter(Q(pk=household.change_id) | Q(pk__in=kept))
    for change in changes:
        if recorded_at is None or change.at <= recorded_at:
            kind, day = HappeningKind.IMPORT, local_day(change.at)
            yield Happening(kind, day, "名册导入", note=f"批次 {change.batch}", at=change.at)
