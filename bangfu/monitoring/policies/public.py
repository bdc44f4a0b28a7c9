"""Whether a case hangs on the village's wall, long enough, without an open or upheld objection."""

from __future__ import annotations

from datetime import date

from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.monitoring.models import Case
from bangfu.monitoring.policies.requirements import MET
from bangfu.monitoring.queries.cases import case_of
from bangfu.notices.enums import NoticeMatter
from bangfu.notices.queries import NoticeStanding, notice_state_of
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check


def standing_of(case: Case, on: date) -> NoticeStanding:
    """How the case's notice stands on a day."""
    matter = NoticeMatter.ENROL if case.identifies else NoticeMatter.REMOVE_RISK
    return notice_state_of(case.subject, matter, on)


def notice_posted(run: FlowRun) -> Check:
    """A notice hangs or hung, and every objection to it is answered."""
    # 期满没有由下一条规定按办理日期看，这里只看贴了没有、异议答复了没有
    standing = standing_of(case_of(run), date.max)
    if standing.notice is None or standing.open_objections:
        return Check(False, standing.words)
    return MET


def notice_over(run: FlowRun, by: Actor, on: date) -> None:
    """Its last day has passed and no objection was upheld; raises SituationForbids."""
    standing = standing_of(case_of(run), on)
    if not standing.clear:
        raise SituationForbids(standing.words)
