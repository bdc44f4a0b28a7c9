"""Papers that go out and come back."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.errors import SituationForbids
from bangfu.documents.codes import read_code
from bangfu.documents.errors import UnreadableCode
from bangfu.monitoring.models import Case
from bangfu.workflow.actions.papers import attach_step_paper
from bangfu.workflow.models import FlowRun, StepPaper
from bangfu.workflow.reach import takes_part

NOT_HERE = "这个回执码不属于您管的个案。请核对纸上的码，或在个案页里上传。"


def note_print(
    *, by: User, at: datetime, case: Case, paper: str, form: str, address: str | None = None
) -> None:
    """Note that somebody took a paper away as a file."""
    audit.record(
        by=by,
        at=at,
        verb="print_case_paper",
        subject=case.subject,
        data={"paper": paper, "form": form},
        address=address,
    )


def return_scan(
    *,
    by: User,
    at: datetime,
    code: str,
    content: bytes,
    dated_on: date | None = None,
    signed: bool | None = None,
    sealed: bool | None = None,
) -> StepPaper:
    """Bring a scan to the run and requirement that its code names.

    Raises SituationForbids for a code that is misread or names nothing in reach, else as
    :func:`bangfu.workflow.actions.papers.attach_step_paper`.
    """
    try:
        returned = read_code(code)
    except UnreadableCode as problem:
        raise SituationForbids(problem.message) from problem
    run = FlowRun.objects.select_related("definition", "subject").filter(uid=returned.uid).first()
    if run is None or not takes_part(by, run):
        raise SituationForbids(NOT_HERE)
    return attach_step_paper(
        by=by,
        at=at,
        run=run,
        requirement=returned.step,
        content=content,
        dated_on=dated_on,
        signed=signed,
        sealed=sealed,
    )
