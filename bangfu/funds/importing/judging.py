"""Each row of the fund table against what is known: money that comes in, that is there, or why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.core.money import FEN_PER_YUAN, yuan_text
from bangfu.exchange.tables import NEW, SAME, Refused, Row
from bangfu.funds.actions.sources import Notice
from bangfu.funds.models import Allocation, FundSource
from bangfu.funds.policies.spending import check_allocation
from bangfu.projects.models import Project

_NOT_SAID = "表里没有写"


@dataclass(frozen=True)
class Grant:
    """Money that the row gives to a project."""

    project: Project
    fen: int
    paper_number: str
    on: date


@dataclass(frozen=True)
class Line:
    """What a row brings: a notice where it is the first of it, an allocation where it names a project."""

    verdict: str
    key: tuple[str, str]
    notice: Notice | None = None
    grant: Grant | None = None


@dataclass
class _Source:
    """A notice as it stands after the rows before; ``row`` carries what the policy asks for."""

    row: FundSource
    fen: int
    rest: int


class TableRows:
    """Rows one after another: a later one sees what an earlier one would bring."""

    def __init__(self, by: User, place: str) -> None:
        self._place = place
        known = FundSource.objects.filter(place=place, account__amount__gt=0).select_related(
            "account", "region"
        )
        self._sources = {
            (row.notice_number, row.purpose): _Source(row, row.account.amount, row.account.rest)
            for row in known
        }
        self._projects: Mapping[str, list[Project]] = self._named(by, place)
        self._planned: dict[int, int] = {}
        rows = Allocation.objects.filter(source__place=place, account__amount__gt=0)
        self._given = set(rows.values_list("source__notice_number", "project", "paper_number"))

    def _named(self, by: User, place: str) -> dict[str, list[Project]]:
        found: dict[str, list[Project]] = defaultdict(list)
        rows = Project.objects.visible_to(by, Permission.FUND_ALLOCATE).filter(place__startswith=place)
        for project in rows.select_related("plan_account__account", "region"):
            for name in {project.code, project.name} - {None}:
                found[name].append(project)
        return found

    def judge(self, row: Row) -> Line | Refused:
        """New, there already, or the cell that cannot be."""
        key = (str(row["notice_number"]).strip(), str(row.get("purpose") or _NOT_SAID).strip())
        notice = _notice(row, key)
        if notice.received_on < notice.noticed_on:
            return Refused("received_on", str(notice.received_on), f"不早于文件日期 {notice.noticed_on}")
        held = self._sources.get(key)
        if held is not None and held.fen != notice.fen:
            return Refused("amount", yuan_text(notice.fen), f"{yuan_text(held.fen)} 元（同一文号前面写的）")
        if notice.fen <= 0:
            return Refused("amount", yuan_text(notice.fen), "大于零")
        here = held or _Source(_unsaved(notice, self._place), notice.fen, notice.fen)
        grant = self._grant(row, here)
        if isinstance(grant, Refused):
            return grant
        return self._taken(key, here, None if held else notice, grant)

    def _taken(self, key: tuple[str, str], here: _Source, notice: Notice | None, grant: Grant | None) -> Line:
        """Remember what the row brings, so that the next one sees it."""
        self._sources[key] = here
        again = grant is not None and (key[0], grant.project.pk, grant.paper_number) in self._given
        if again:
            return Line(SAME, key, notice)
        if grant is not None:
            here.rest -= grant.fen
            self._planned[grant.project.pk] = self._room(grant.project) - grant.fen
            self._given.add((key[0], grant.project.pk, grant.paper_number))
        return Line(NEW if notice or grant else SAME, key, notice, grant)

    def _grant(self, row: Row, source: _Source) -> Grant | Refused | None:
        name = str(row.get("project_code") or row.get("project") or "").strip()
        column = "project_code" if row.get("project_code") else "project"
        if not name:
            return None
        if not row.get("allocated") or not row.get("allocated_on"):
            return Refused("allocated", str(row.get("allocated") or ""), "写明下达金额和下达日期")
        found = self._projects.get(name, [])
        if len(found) != 1:
            return Refused(column, name, "项目编码（同名的不止一个）" if found else "项目库里有的项目")
        paper = str(row.get("paper_number") or row["notice_number"]).strip()[:100]
        grant = Grant(found[0], _fen(row["allocated"]), paper, row["allocated_on"])
        return self._checked(grant, source, column)

    def _checked(self, grant: Grant, source: _Source, column: str) -> Grant | Refused:
        """The grant, unless it is too much or the project may not get it."""
        if (source.row.notice_number, grant.project.pk, grant.paper_number) in self._given:
            return grant
        try:
            check_allocation(source.row, grant.project, grant.on, brought=True)
        except SituationForbids as refusal:
            return Refused(column, grant.project.name, f"可以下达的项目：{refusal.message}")
        for room, what in ((source.rest, "这份指标"), (self._room(grant.project), "项目计划")):
            if not 0 < grant.fen <= room:
                return Refused(
                    "allocated", yuan_text(grant.fen), f"不超过{what}还没有下达的 {yuan_text(room)} 元"
                )
        return grant

    def _room(self, project: Project) -> int:
        """What the project's plan has not been given yet, in fen."""
        if project.pk not in self._planned:
            held = getattr(project, "plan_account", None)
            self._planned[project.pk] = project.planned - (held.account.used if held else 0)
        return self._planned[project.pk]


def _notice(row: Row, key: tuple[str, str]) -> Notice:
    received_on = row["received_on"]
    return Notice(
        kind=row["kind"],
        notice_number=key[0][:100],
        noticed_on=row.get("noticed_on") or received_on,
        received_on=received_on,
        fen=_fen(row["amount"]),
        purpose=key[1][:100],
        book=str(row.get("book") or _NOT_SAID)[:60],
        pooled=bool(row.get("pooled")),
        donor=str(row.get("donor") or "")[:100],
    )


def _unsaved(notice: Notice, place: str) -> FundSource:
    """What the policy asks of a notice that the same table brings."""
    return FundSource(notice_number=notice.notice_number, received_on=notice.received_on, place=place)


def _fen(yuan: Any) -> int:
    return int((Decimal(str(yuan)) * FEN_PER_YUAN).to_integral_value())
