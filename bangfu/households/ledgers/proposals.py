"""The ledger of proposed changes: what waits for a decision, and what became of the others."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import ChangeSource, ProposalState
from bangfu.households.facts import in_order, label_of
from bangfu.households.models import Household, Member, ProposedChange
from bangfu.ledgers.definition import BatchAction, Column, Filter, Ledger

_SIGNALS = {
    ProposalState.WAITING: "warn",
    ProposalState.ACCEPTED: "ok",
    ProposalState.REFUSED: "off",
    ProposalState.WITHDRAWN: "off",
}


def _rows(user: User) -> QuerySet[ProposedChange]:
    rows = ProposedChange.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("household__village", "member", "proposed_by", "decided_by")


def _fields(proposal: ProposedChange) -> str:
    """Which facts; the values are on the proposal's own page."""
    model = Member if proposal.member_id else Household
    return "、".join(label_of(model, name) for name in in_order(model, proposal.values))


PROPOSALS = Ledger(
    id="proposal_list",
    title="变更建议",
    lead="入户、名单、表格和农户反映里来的改动，审了才进登记；自己提的不能自己审。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=_rows,
    columns=(
        Column("household", "户主", lambda row: row.household.head_name, sort="household__head_name"),
        Column("member", "成员", "member.name"),
        Column("village", "行政村", "household.village.name", sort="household__place"),
        Column("fields", "改什么", _fields),
        Column("source", "来源", kind="tag"),
        Column("source_note", "来源说明", default=False),
        Column("proposed_by", "提出人", "proposed_by.name"),
        Column("proposed_at", "提出时间", kind="date"),
        Column(
            "state",
            "状态",
            lambda row: (_SIGNALS[ProposalState(row.state)], row.get_state_display()),
            kind="signal",
            sort="state",
        ),
        Column("decided_by", "审核人", "decided_by.name", default=False),
        Column("decided_at", "审核时间", kind="date", default=False),
        Column("decision_reason", "审核意见", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=ProposalState),
        Filter("source", "来源", choices=ChangeSource),
        Filter("proposed_at", "提出日期", "day", field="proposed_at__date"),
    ),
    default_sort="-proposed_at",
    place_field="household__place",
    row_url=lambda row: reverse("decide_change", args=[row.uid]),
    row_permissions=(Permission.CHANGE_DECIDE, Permission.CHANGE_PROPOSE),
    row_label=lambda row: row.household.head_name,
    views=(
        ("waiting", "待审核", "f_state=waiting"),
        ("accepted", "已采纳", "f_state=accepted"),
        ("refused", "已退回", "f_state=refused"),
    ),
    batch_actions=(BatchAction("采纳选中的", "accept_changes", Permission.CHANGE_DECIDE, value="accept"),),
    print_title="变更建议台账",
    empty="没有变更建议。入户或收到名单后发现登记不对，到那一户里“提变更建议”。",
)
