"""The classes of the fields of reports."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models.reports import Report, ReportCopy

classify(
    Report,
    {
        FieldClass.INTERNAL: "subject template template_name about place starts_on ends_on number"
        " signed_by author state drafted_on approved_on approved_by handed_on",
        FieldClass.NAME: "title",
        FieldClass.FREE_TEXT: "sections note",
    },
)
classify(
    ReportCopy,
    {
        FieldClass.INTERNAL: "report unit user responded_on responded_by",
        FieldClass.FREE_TEXT: "response",
    },
)
