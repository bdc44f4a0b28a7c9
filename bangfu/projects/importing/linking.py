"""Each row of a linkage list against the projects and households that are known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.exchange.tables import NEW, SAME, Judged, Refused, Row
from bangfu.households.models import Household
from bangfu.projects.importing.judging import fen_of
from bangfu.projects.models import Linkage, Project

Key = tuple[int, int, str, int]


class LinkageRows:
    """Rows one after another: a later one sees what an earlier one would make."""

    def __init__(self, by: User, place: str, on: date) -> None:
        self._by, self._on, self._place = by, on, place
        self._projects = Project.objects.visible_to(by, Permission.PROJECT_RECORD)
        self._households = Household.objects.visible_to(by, Permission.HOUSEHOLD_VIEW)
        self._named: dict[tuple[str, str], list[Project]] = {}
        self._known: dict[int, set[Key]] = {}

    def judge(self, row: Row) -> Judged | Refused:
        """What the row makes, or that it is there; refused with the cell that cannot be."""
        project = self._project(row)
        if isinstance(project, Refused):
            return project
        household = self._household(row, project)
        if isinstance(household, Refused):
            return household
        fen = fen_of(row["amount"])
        if fen <= 0:
            return Refused("amount", str(row["amount"]), "大于 0 的收入")
        year = int(Decimal(str(row.get("year") or self._on.year)))
        key = (project.pk, household.pk, str(row["mode"]), year)
        known = self._known_of(project)
        if key in known:
            return Judged(SAME)
        known.add(key)
        linkage = Linkage(
            project=project,
            household=household,
            mode=row["mode"],
            year=year,
            amount=fen,
            recorded_by=self._by,
        )
        return Judged(NEW, linkage)

    def _project(self, row: Row) -> Project | Refused:
        """By its code, else by the one name within the place of the import."""
        code, name = str(row.get("project_code") or "").strip(), str(row.get("project") or "").strip()
        if (code, name) not in self._named:
            asked = {"code": code} if code else {"name": name}
            self._named[code, name] = list(self._projects.filter(within("place", self._place), **asked)[:2])
        found = self._named[code, name]
        if len(found) == 1:
            return found[0]
        wanted = "写明编码的项目（同名的不止一个）" if found else "您能登记的项目"
        return Refused("project_code" if code else "project", code or name, wanted)

    def _household(self, row: Row, project: Project) -> Household | Refused:
        """By its code, else by the head's name within the project's place, and the village if it is said."""
        code, name = str(row.get("household_code") or "").strip(), str(row.get("head_name") or "").strip()
        here = self._households.filter(within("place", project.place))
        here = here.filter(code=code) if code else here.filter(head_name=name)
        village = str(row.get("village") or "").strip()
        found = list((here.filter(village__name=village) if village and not code else here)[:2])
        if len(found) == 1:
            return found[0]
        wanted = "写户编号的户（同名的不止一户）" if found else "项目实施地点里的户"
        return Refused("household_code" if code else "head_name", code or name, wanted)

    def _known_of(self, project: Project) -> set[Key]:
        if project.pk not in self._known:
            rows = project.linkages.values_list("project", "household", "mode", "year")
            self._known[project.pk] = set(rows)
        return self._known[project.pk]
