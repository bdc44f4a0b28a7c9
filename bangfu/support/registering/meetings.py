"""What the part of the room that knows meetings, supervision and reports tells lower rooms."""

from __future__ import annotations

from functools import partial
from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_meetings() -> None:
    """Words, scopes, parameters, work, and the meetings that satisfy duties."""
    from django.db.models import F

    from bangfu.access.subjects import register_subject_model
    from bangfu.core.definitions import register_definitions
    from bangfu.core.models import SubjectKind
    from bangfu.core.subjects import label_subjects_by
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.registry import register_matcher
    from bangfu.ledgers.workbench import register_work
    from bangfu.support.ledgers import meetings, reports, supervision
    from bangfu.support.models import Finding, Inspection, Meeting, Report, SupervisionOrder
    from bangfu.support.queries.meetings import meetings_done
    from bangfu.support.queries.reports import reports_done, responses_done
    from bangfu.support.scope.meetings import register_meeting_scopes
    from bangfu.support.showing import meeting_proofs as proofs
    from bangfu.support.showing.verbs_meetings import VERBS
    from bangfu.support.terms.kinds import MEETINGS, shipped_kinds
    from bangfu.support.terms.report_templates import report_templates

    register_definitions(_ROOM / "parameters_meetings.yaml")
    register_verbs(VERBS)
    register_work(meetings.WORK)
    register_work(supervision.WORK)
    register_work(reports.WORK)
    register_meeting_scopes()
    register_subject_model(SubjectKind.MEETING, Meeting)
    register_subject_model(SubjectKind.INSPECTION, Inspection)
    register_subject_model(SubjectKind.FINDING, Finding)
    register_subject_model(SubjectKind.ORDER, SupervisionOrder)
    label_subjects_by(Meeting, F("title"))
    label_subjects_by(Inspection, F("title"))
    register_subject_model(SubjectKind.REPORT, Report)
    label_subjects_by(Report, F("title"))
    for kind, name in shipped_kinds(MEETINGS).items():
        register_matcher(
            f"meeting_{kind}", name, partial(meetings_done, kind), proofs.meeting_url, proofs.shown_meetings
        )
    for template in report_templates().values():
        done = partial(reports_done, template.id)
        register_matcher(template.id, template.name, done, proofs.report_url, proofs.shown_reports)
    register_matcher(
        "report_response", "反馈驻村报告", responses_done, proofs.response_url, proofs.shown_responses
    )
