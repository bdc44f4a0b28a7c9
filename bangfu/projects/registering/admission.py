"""What this room tells lower rooms."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_library() -> None:
    """The subject's model and its label, parameters, words, flows; called when the application starts."""
    from django.db.models import F

    from bangfu.access.permissions import Permission
    from bangfu.access.subjects import register_subject_model
    from bangfu.core.definitions import register_definitions
    from bangfu.core.models import SubjectKind
    from bangfu.core.subjects import label_subjects_by
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.showing.feeding import register_events
    from bangfu.exchange.datasets import register_committer
    from bangfu.ledgers.workbench import register_work
    from bangfu.projects.figures import register_project_metrics
    from bangfu.projects.importing.linkages import LinkageCommitter
    from bangfu.projects.importing.table import ProjectCommitter
    from bangfu.projects.ledgers.projects import WORK
    from bangfu.projects.models import Project
    from bangfu.projects.registering.flows import register_project_flows
    from bangfu.projects.showing.deadline_events import coming_events
    from bangfu.projects.showing.verbs import VERBS

    register_committer(ProjectCommitter(), Permission.PROJECT_VIEW)
    register_committer(LinkageCommitter(), Permission.PROJECT_VIEW)
    register_subject_model(SubjectKind.PROJECT, Project)
    label_subjects_by(Project, F("name"))
    register_work(WORK)
    register_definitions(_ROOM / "parameters.yaml")
    register_verbs(VERBS)
    register_project_flows()
    register_project_metrics()
    register_events(coming_events)
