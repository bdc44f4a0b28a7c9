"""One-time codes: set up and confirmed once by the person, reset by an administrator (``reset_totp``)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bangfu.access.models import User
from bangfu.access.totp import matching_step, new_secret
from bangfu.core import audit
from bangfu.core.errors import SituationForbids


def begin_totp(*, by: User, at: datetime) -> None:
    """Make a new secret; codes are asked for only after ``confirm_totp``.

    Raises SituationForbids when codes are in use already: then only an administrator resets them.
    """
    if by.totp_confirmed:
        raise SituationForbids("动态口令已经启用。换手机或丢了手机，请找本单位的系统管理员重置。")
    with transaction.atomic():
        by.totp_secret = new_secret()
        by.save(update_fields=["totp_secret"])
        audit.record(by=by, at=at, verb="begin_totp")


def confirm_totp(*, by: User, at: datetime, code: str) -> None:
    """Take codes into use after the first right one; raises SituationForbids for a wrong one."""
    if not by.totp_secret or by.totp_confirmed:
        raise SituationForbids("现在没有等待确认的动态口令。请先点“启用动态口令”。")
    step = matching_step(by.totp_secret, code, at, by.totp_last_step)
    if step is None:
        raise SituationForbids("这个动态口令不对，还没有启用。请核对手机时间，等下一个口令再输。")
    with transaction.atomic():
        by.totp_confirmed, by.totp_last_step = True, step
        by.save(update_fields=["totp_confirmed", "totp_last_step"])
        audit.record(by=by, at=at, verb="confirm_totp")
