"""A household's time line: events, proposals, worksheets, assessments, papers and imports, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.models import Change, RowVersion
from bangfu.evidence.queries import papers_of
from bangfu.households.models import Household, NaturalChange
from bangfu.households.queries.income import worksheets_of
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.reckoning.days import local_day


@dataclass(frozen=True)
class Happening:
    """Something that happened to the household: on which day, at which instant if that is known."""

    on: date
    what: str
    who: str = ""
    note: str = ""
    at: datetime | None = None
    key: bool = False

    def order(self) -> tuple:
        """Later first when reversed: by day, then by instant."""
        return self.on, self.at or timezone.make_aware(datetime.combine(self.on, time.min))


def happenings_of(household: Household, asker: User, recorded_at: datetime | None = None) -> list[Happening]:
    """What happened, the newest first, as recorded then; papers only where ``asker`` may see them."""
    sources = (_natural, _proposed, _worksheets, _guarantees, _imports)
    found = [happening for source in sources for happening in source(household, recorded_at)]
    found += _papers(household, asker, recorded_at)
    return sorted(found, key=Happening.order, reverse=True)


def _natural(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    booked = NaturalChange.objects.filter(Q(household=household) | Q(other_household=household))
    for change in rows_recorded(booked.select_related("member"), recorded_at):
        whose = f"{change.member.name}，" if change.member else ""
        what = f"{change.get_kind_display()}：{whose}{change.persons} 人"
        yield Happening(change.occurred_on, what, note=change.note, key=True)


def _proposed(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    proposals = household.proposed_changes.select_related("proposed_by")
    for proposal in rows_recorded(proposals, recorded_at):
        what = f"变更建议 {len(proposal.values)} 处，{proposal.get_state_display()}"
        yield Happening(
            local_day(proposal.proposed_at),
            what,
            who=f"{proposal.proposed_by.name} · {proposal.get_source_display()}",
            at=proposal.proposed_at,
        )


def _worksheets(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    for sheet in worksheets_of(household, recorded_at):
        what = f"收入测算表第 {sheet.number} 版，{sheet.get_state_display()}"
        yield Happening(sheet.signed_on or sheet.period_to, what, who=sheet.collected_by, key=True)


def _guarantees(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    """Assessments of one day are one visit."""
    visits: dict[date, list] = {}
    for assessment in rows_recorded(household.guarantees.all(), recorded_at):
        visits.setdefault(assessment.assessed_on, []).append(assessment)
    for day, assessments in visits.items():
        what = "三保障和饮水核查：" + "、".join(
            f"{one.get_kind_display()}{one.get_result_display()}" for one in assessments
        )
        yield Happening(day, what, who=assessments[0].assessed_by)


def _papers(household: Household, asker: User, recorded_at: datetime | None) -> Iterator[Happening]:
    papers = papers_of(household.subject, asker).filter(withdrawn=False)
    for paper in rows_recorded(papers, recorded_at):
        yield Happening(
            local_day(paper.uploaded_at),
            f"凭证：{paper.title}",
            who=paper.uploaded_by.name,
            at=paper.uploaded_at,
        )


def _imports(household: Household, recorded_at: datetime | None) -> Iterator[Happening]:
    kept = RowVersion.objects.filter(table=Household._meta.db_table, row_id=household.pk).values("change_id")
    changes = Change.objects.exclude(batch="").filter(Q(pk=household.change_id) | Q(pk__in=kept))
    for change in changes:
        if recorded_at is None or change.at <= recorded_at:
            yield Happening(local_day(change.at), "名册导入", note=f"批次 {change.batch}", at=change.at)
