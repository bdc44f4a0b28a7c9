"""What each tab of a project's page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.projects.actions.deciding import STAGE_PERMISSIONS
from bangfu.projects.actions.works import permission_of
from bangfu.projects.enums.deciding import OpinionStage
from bangfu.projects.models import Asset, Opinion, Project
from bangfu.projects.policies.estimating import estimate_in_force
from bangfu.projects.policies.works import last_step_change
from bangfu.projects.queries.admission import runs_of, warnings_of
from bangfu.projects.queries.orders import orders_of
from bangfu.projects.queries.standards import checked
from bangfu.projects.showing.estimates import estimate_words
from bangfu.projects.showing.photos import photos_by_stage
from bangfu.projects.terms.checklists import points_of, score_items
from bangfu.support.ledgers.meetings import task_signal
from bangfu.workflow.queries import history_of

Words = dict[str, Any]


@dataclass(frozen=True)
class Tab:
    """A tab: its label, its template, what fills it, and the permission to see it."""

    label: str
    template: str
    words: Callable[[Project, User], Words]
    permission: Permission = Permission.PROJECT_VIEW


def _overview(project: Project, user: User) -> Words:
    sources = list(project.sources.all())
    itemised = sum(each.amount for each in sources)
    page = reverse("project_file", args=[project.uid])
    return {
        "warnings": warnings_of(project),
        "sources": sources,
        "itemised": itemised,
        "open_amount": project.planned - itemised,
        "estimate": estimate_in_force(project),
        "standards": [
            {"standard": each, "met": met, "url": f"{page}?tab={each.tab}" if each.tab else page}
            for each, met in checked(project)
        ],
        "photos": photos_by_stage(project, user),
        "histories": [history_of(run) for run in runs_of(project)],
    }


def _deciding(project: Project, user: User) -> Words:
    stages = [
        {"stage": stage, "url": reverse("give_opinion", args=[project.uid, stage.value])}
        for stage in OpinionStage
        if permits(user, STAGE_PERMISSIONS[stage], project.place)
    ]
    may_withdraw = _withdrawing(project, user)
    return {
        "votes": _with_ways(project.votes.all(), may_withdraw),
        "opinions": [
            _opinion(each) | {"may_withdraw": may_withdraw(each)} for each in project.opinions.all()
        ],
        "stages": stages,
        "postings": _with_ways(project.postings.all(), may_withdraw),
        "adjustments": list(project.adjustments.all()),
        "may_apply": permits(user, Permission.PROJECT_APPLY, project.place),
        "may_record": permits(user, Permission.PROJECT_RECORD, project.place),
    }


def _withdrawing(project: Project, user: User) -> Callable[[Any], bool]:
    """Whether the person may still withdraw a vote, an opinion, a notice or a complaint of the project."""
    last = last_step_change(project)
    unit = user.unit.name if user.unit else user.name

    def may(record: Any) -> bool:
        return (
            record.withdrawn_on is None
            and record.change_id > last
            and getattr(record, "answered_on", None) is None
            and getattr(record, "unit_name", unit) == unit
            and permits(user, permission_of(record), project.place)
        )

    return may


def _with_ways(rows: Iterable[Any], may_withdraw: Callable[[Any], bool]) -> list[Words]:
    return [{"row": row, "may_withdraw": may_withdraw(row)} for row in rows]


def _opinion(opinion: Opinion) -> Words:
    points = [
        {"title": point.title, "met": opinion.points.get(point.code)}
        for point in points_of(OpinionStage(opinion.stage))
    ]
    return {"opinion": opinion, "points": points}


def _works(project: Project, user: User) -> Words:
    contracts = list(project.contracts.select_related("paper").prefetch_related("changes"))
    return {
        "contracts": contracts,
        "may_see_papers": permits(user, Permission.EVIDENCE_VIEW, project.place),
        "contracted": sum(each.amount for each in contracts if not each.void_reason),
        "progress": list(project.progress.order_by("-on", "-id")),
        "boards": list(project.boards.all()),
        "watchers": list(project.watchers.all()),
        "complaints": _with_ways(project.complaints.all(), _withdrawing(project, user)),
        "orders": [(each, task_signal(each)) for each in orders_of(project, user)],
        "may_order": permits(user, Permission.ORDER_ISSUE, project.place),
        "may_manage": permits(user, Permission.PROJECT_MANAGE, project.place),
        "may_record": permits(user, Permission.PROJECT_RECORD, project.place),
    }


def _assets(project: Project, user: User) -> Words:
    return {
        "acceptances": [
            {
                "acceptance": each,
                "scores": [(item, each.scores.get(item.code)) for item in score_items()],
            }
            for each in project.acceptances.all()
        ],
        "settlements": list(project.settlements.all()),
        "assets": [_asset(each) for each in project.assets.prefetch_related("events")],
        "may_accept": permits(user, Permission.PROJECT_ACCEPT, project.place),
        "may_manage": permits(user, Permission.PROJECT_MANAGE, project.place),
    }


def _asset(asset: Asset) -> Words:
    return {"asset": asset, "events": list(asset.events.all())}


def _results(project: Project, user: User) -> Words:
    linkages = project.linkages.select_related("household__village")
    households = linkages.order_by().values("household").distinct().count()
    return {
        "targets": list(project.targets.all()),
        "linkages": list(linkages) if permits(user, Permission.HOUSEHOLD_VIEW, project.place) else [],
        "linked_households": households,
        "linked_amount": linkages.aggregate(sum=Sum("amount"))["sum"] or 0,
        "lacking": max(project.household_count - households, 0),
        "may_apply": permits(user, Permission.PROJECT_APPLY, project.place),
        "may_record": permits(user, Permission.PROJECT_RECORD, project.place),
    }


_TABS = {
    "": Tab("流程和概况", "projects/project_file.html", _overview),
    "deciding": Tab("议事和公示", "projects/deciding.html", _deciding),
    "works": Tab("合同和进度", "projects/works.html", _works),
    "estimate": Tab("概算分项", "projects/estimate.html", estimate_words),
    "assets": Tab("验收和资产", "projects/assets.html", _assets),
    "results": Tab("绩效和带动", "projects/results.html", _results),
}


def register_project_tab(id: str, tab: Tab) -> None:
    """A room above adds a tab to the page of a project; called when the application starts."""
    _TABS[id] = tab


def tabs_seen(project: Project, user: User) -> dict[str, Tab]:
    """The tabs that this person sees of the project, by id."""
    return {id: tab for id, tab in _TABS.items() if permits(user, tab.permission, project.place)}
