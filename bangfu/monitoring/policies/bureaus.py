"""Who may answer a check of the information check."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted
from bangfu.monitoring.models import InformationCheck
from bangfu.monitoring.queries.bureaus import may_answer


def check_answers(by: User, check: InformationCheck, on: date) -> None:
    """Raise NotPermitted unless the person's unit answers for the bureau, or the person sets the bureaus."""
    if not may_answer(by, check, on):
        raise NotPermitted(
            f"{check.bureau}的比对不归您的单位回，什么都没有改。归哪个单位，请县帮扶办在“比对由谁回”里定。"
        )
