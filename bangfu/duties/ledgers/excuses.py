"""The ledger of excuses."""

from __future__ import annotations

from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.duties.enums import ExcuseState
from bangfu.duties.models import DutyExcuse
from bangfu.duties.queries.excuses import excuses_seen_by
from bangfu.ledgers.definition import Column, Filter, Ledger

_TONES = {
    ExcuseState.ASKED: ("warn", "hourglass"),
    ExcuseState.APPROVED: ("ok", "circle-check"),
    ExcuseState.REFUSED: ("off", "x"),
    ExcuseState.WITHDRAWN: ("off", "arrow-back-up"),
}


def _state(row: DutyExcuse) -> tuple[str, str, str]:
    kind, icon = _TONES[ExcuseState(row.state)]
    return kind, row.get_state_display(), icon


def duty_words(row: DutyExcuse) -> str:
    """Which duty the excuse is for."""
    return getattr(row, "duty_title", None) or row.code or "全部责任"


EXCUSES = Ledger(
    id="duty_excuse_list",
    title="准免",
    lead="有正当原因、这一段时间办不成的，先申请；准了，这段时间不算欠，谁准的、为什么都留着。",
    permission=Permission.DUTY_VIEW,
    rows=excuses_seen_by,
    columns=(
        Column("holder", "责任人", "holder.label", sort="holder__label"),
        Column("unit", "单位", "holder.duty_holder.unit.name", sort="holder__duty_holder__unit__name"),
        Column("duty", "责任", duty_words, sort="code"),
        Column("target", "联系对象", "target.label", classified=FieldClass.NAME),
        Column("starts_on", "自", kind="date", sort="starts_on"),
        Column("ends_on", "至", kind="date", sort="ends_on"),
        Column("reason", "原因"),
        Column("state", "状态", _state, kind="signal", sort="state"),
        Column("asked_at", "申请", kind="date", sort="asked_at"),
        Column("decided_by", "审批人", "decided_by.name", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=ExcuseState),
        Filter("starts_on", "开始日期", kind="day"),
        Filter("holder", "责任人", kind="text", field="holder__label"),
    ),
    default_sort="-asked_at",
    row_url=lambda row: reverse("duty_excuse", args=[row.uid]),
    row_label=lambda row: f"{row.holder}：{row.reason}",
    views=(("asked", "待批", "f_state=asked"), ("approved", "已准", "f_state=approved")),
    empty="没有人申请。在“我的责任”里打开一项，可以申请准免。",
)
