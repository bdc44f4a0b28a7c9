"""The first tab: members, income, guarantees, risks with the measures on record, time line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import GuaranteeResult, MemberState
from bangfu.households.models import Household
from bangfu.households.queries.guarantees import latest_guarantees
from bangfu.households.queries.households import household_at, members_of
from bangfu.households.queries.income import latest_worksheet
from bangfu.households.queries.work import current_jobs
from bangfu.households.reckoning.days import local_day
from bangfu.households.showing.timeline import LATEST, timeline_shown
from bangfu.households.tabs import FileTab

_MEASURES = {
    "measures_industry": "产业帮扶",
    "measures_employment": "就业帮扶",
    "measures_public_post": "公益性岗位帮扶",
    "measures_finance": "金融帮扶",
    "measures_housing": "住房安全保障",
    "measures_relocation": "搬迁",
    "measures_compulsory_education": "义务教育保障",
    "measures_education": "教育帮扶",
    "measures_health": "健康帮扶",
    "measures_water": "饮水安全保障",
    "measures_social_security": "综合保障",
    "measures_social": "社会帮扶",
    "measures_living_conditions": "生产生活条件改善",
    "measures_infrastructure": "基础设施建设",
}
"""Columns of the roster that say what help the household has (facts.md 2.2)."""
_SIGNALS = {GuaranteeResult.MET: "ok", GuaranteeResult.UNMET: "bad", GuaranteeResult.UNKNOWN: "off"}


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Everything at a glance."""
    past = household_at(household, recorded_at) or household
    members = members_of(household, recorded_at)
    present = [member for member in members if member.state == MemberState.PRESENT]
    jobs = {pk: spell.where for pk, spell in current_jobs(household, recorded_at).items()}
    return {
        "members": [
            {"member": one, "doing": jobs.get(one.pk) or one.work_place or one.student_status}
            for one in present
        ],
        "working": sum(1 for member in present if member.pk in jobs or member.work_place),
        "worksheet": latest_worksheet(household, recorded_at),
        "guarantees": [_guarantee(one) for one in latest_guarantees(household, recorded_at).values()],
        "causes": [cause for cause in (past.main_cause, *past.other_causes) if cause],
        "risks": past.risks,
        "measures": _measures(past),
        **timeline_shown(household, user, recorded_at, at_most=LATEST, on=_day(recorded_at)),
    }


def _day(recorded_at: datetime | None) -> str:
    return local_day(recorded_at).isoformat() if recorded_at else ""


def _measures(household: Household) -> list[dict[str, str]]:
    facts = household.roster_facts
    return [{"label": label, "value": facts[name]} for name, label in _MEASURES.items() if facts.get(name)]


def _guarantee(assessment: Any) -> dict[str, str | date]:
    level = f" {assessment.get_housing_level_display()}" if assessment.housing_level else ""
    return {
        "signal": _SIGNALS[assessment.result],
        "word": f"{assessment.get_kind_display()}{level}：{assessment.get_result_display()}",
        "on": assessment.assessed_on,
    }


OVERVIEW = FileTab("overview", "概况", "households/tabs/overview.html", Permission.HOUSEHOLD_VIEW, load)
