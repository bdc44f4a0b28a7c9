"""The ledger of a round's households: who has no outcome yet, what became of whom.

C-052, C-053, C-055, C-056.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import ExitType, RoundOutcome
from bangfu.households.models import RoundEntry
from bangfu.households.queries.rounds import PARTS, visible_rounds
from bangfu.households.queries.rounds import entries_of as visible_entries
from bangfu.households.reckoning.round_reasons import reason_choices, reasons
from bangfu.ledgers.definition import BatchAction, Choice, Column, Filter, Ledger

_WORDS = {
    RoundOutcome.EXCLUDED: ("off", "剔除"),
    RoundOutcome.NATURAL_DECREASE: ("off", "自然减少"),
    RoundOutcome.RETAINED: ("ok", "保留"),
    RoundOutcome.RETURNED: ("now", "回退"),
    RoundOutcome.NEW: ("now", "新纳入"),
    RoundOutcome.REMARKED: ("now", "重新标注"),
}


def _rows(user: User) -> QuerySet[RoundEntry]:
    """Entries that the person may see as part of the round and as households: they carry names."""
    households = RoundEntry.objects.visible_to(user, Permission.HOUSEHOLD_VIEW).values("pk")
    rows = visible_entries(user).filter(pk__in=households)
    return rows.select_related(
        "household__village", "round", "split_from__household", "merged_into__household"
    )


def _rounds(user: User) -> list[Choice]:
    return [(str(round.uid), round.title) for round in visible_rounds(user)]


def _part(rows: QuerySet[RoundEntry], value: str) -> QuerySet[RoundEntry]:
    return PARTS[value].entries(rows) if value in PARTS else rows


def _outcome(row: RoundEntry) -> tuple[str, str]:
    return _WORDS[RoundOutcome(row.outcome)] if row.outcome else ("warn", "待填")


def _reason(row: RoundEntry) -> str:
    reason = reasons().get(row.reason_code)
    if reason is None:
        return ""
    return f"{reason.label}：{row.reason_kind}" if row.reason_kind else reason.label


def _tie(row: RoundEntry) -> str:
    if row.split_from is not None:
        return f"由{row.split_from.household.head_name}户分出"
    return f"并入{row.merged_into.household.head_name}户" if row.merged_into is not None else ""


def _decide(row: RoundEntry) -> tuple[str, str]:
    return ("改结果" if row.outcome else "填结果", f"{reverse('decide_round')}?row={row.uid}")


ROUND_ENTRIES = Ledger(
    id="round_entry_list",
    title="再识别结果",
    lead="一行一户：期初几人、结果是什么、期末几人。勾选多户可以一次填。",
    permission=Permission.ROUND_VIEW,
    rows=_rows,
    columns=(
        Column("head", "户主", "household.head_name", sort="household__head_name"),
        Column("code", "户编号", "household.code", default=False),
        Column("village", "行政村", "household.village.name", sort="place"),
        Column("round", "批次", "round.title", default=False),
        Column("opening_persons", "期初人数", kind="number", sort="opening_persons", total=True),
        Column("outcome", "结果", _outcome, kind="signal", sort="outcome"),
        Column("natural_decrease", "自然减少", kind="number", total=True),
        Column("kept_persons", "期初留下", kind="number", total=True),
        Column("natural_increase", "自然增加", kind="number", total=True),
        Column("closing_persons", "期末人数", kind="number", total=True),
        Column("tie", "分户并户", _tie, default=False),
        Column("reason", "剔除原因", _reason),
        Column("exit_type", "脱贫类型", kind="tag"),
        Column("exit_year", "计划脱贫年度", "exit_year"),
        Column("decided_at", "填写时间", kind="date", default=False),
        Column("decide", "办理", _decide, kind="link", permission=Permission.ROUND_DECIDE),
    ),
    filters=(
        Filter("round", "批次", choices=_rounds, field="round__uid"),
        Filter("part", "变动表中的", choices=[(one.code, one.label) for one in PARTS.values()], apply=_part),
        Filter("outcome", "结果", choices=RoundOutcome, blank=True),
        Filter("reason_code", "剔除原因", choices=reason_choices()),
        Filter("exit_type", "脱贫类型", choices=ExitType),
        Filter("exit_year", "脱贫年度", "range"),
    ),
    default_sort="place",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]),
    row_label=lambda row: row.household.head_name,
    views=(
        ("undecided", "待填", "f_part=undecided"),
        ("unexplained", "人数对不上", "f_part=unexplained"),
        ("returned", "回退", "f_outcome=returned"),
        ("social_support", "社会兜底（转民政）", "f_exit_type=social_support"),
    ),
    batch_actions=(BatchAction("填结果", "decide_round", Permission.ROUND_DECIDE),),
    print_title="再识别结果名单",
    empty="这里没有再识别的户。批次由县帮扶办开启；设了条件的话，换个条件再看。",
)
