"""The codes of clues, with their Chinese labels (facts.md 1.4, 1.10)."""

from __future__ import annotations

from django.db import models


class ClueChannel(models.TextChoices):
    """How a clue came to be known (线索来源)."""

    SELF_DECLARED = "self_declared", "农户自主申报"
    CADRE_VISIT = "cadre_visit", "干部走访"
    SWEEP = "sweep", "集中排查"
    DEPARTMENT = "department", "部门筛查"
    PETITION = "petition", "信访舆情"
    PLATFORM = "platform", "平台比对"
    LOOK_BACK = "look_back", "回头看"


class DeclarationMeans(models.TextChoices):
    """By which means a household, or somebody for it, told its difficulty."""

    WRITTEN = "written", "书面"
    CADRE_TYPED = "cadre_typed", "村干部代办"
    ON_BEHALF = "on_behalf", "他人代报"
    SCANNED = "scanned", "扫码"
    HOTLINE_12345 = "12345", "12345 热线"
    HOTLINE_12317 = "12317", "12317 热线"


class ClueState(models.TextChoices):
    """Where a clue stands."""

    NEW = "new", "待派发"
    DISPATCHED = "dispatched", "待核实"
    VERIFYING = "verifying", "核实中"
    VERIFIED = "verified", "属实待研判"
    IN_CASE = "in_case", "已转个案"
    CLOSED = "closed", "已办结"


OPEN_STATES = tuple(state for state in ClueState if state is not ClueState.CLOSED)
"""A household has at most one clue in these states."""
UNVERIFIED_STATES = (ClueState.NEW, ClueState.DISPATCHED, ClueState.VERIFYING)
"""States in which the limit of verification runs."""


UNKNOWN_HOUSEHOLD = "未对上户的线索"
"""What a clue is called while nobody knows whose it is."""


class Verdict(models.TextChoices):
    """What verification came to; kept for the precision of rules and lists."""

    AT_RISK = "at_risk", "属实有风险"
    NO_RISK = "no_risk", "属实无风险"
    UNTRUE = "untrue", "不属实"
    HELPED = "helped", "已帮扶"
    DUPLICATE = "duplicate", "重复"


SETTLED_VERDICTS = (Verdict.NO_RISK, Verdict.UNTRUE, Verdict.DUPLICATE)
"""A fact judged so does not come back until the fact itself is another, even when it was gone meanwhile."""


class RiskKind(models.TextChoices):
    """Poverty risks; the national system's present words are the codes (facts.md 1.10)."""

    ILLNESS = "因病", "因病"
    SCHOOLING = "因学", "因学"
    DISABILITY = "因残", "因残"
    DISASTER = "因自然灾害", "因自然灾害"
    ACCIDENT = "因意外事故", "因意外事故"
    INDUSTRY_FAILURE = "因产业项目失败", "因产业项目失败"
    UNSTABLE_WORK = "因务工就业不稳", "因务工就业不稳"
    NO_LABOUR = "缺劳动力", "缺劳动力"
    HOUSING = "因安全住房", "因安全住房"
    WATER = "因安全饮水", "因安全饮水"
    OTHER = "其他", "其他"


class ScreeningState(models.TextChoices):
    """Where a screening of a county stands."""

    WAITING = "waiting", "排队或筛查中"
    PREVIEWED = "previewed", "已筛出，待放入"
    RELEASED = "released", "已放入线索池"
    DISCARDED = "discarded", "已放弃"


class ListFrequency(models.TextChoices):
    """How often a department sends a list."""

    MONTHLY = "monthly", "每月"
    TERMLY = "termly", "每学期"
    YEARLY = "yearly", "每年"
    EVENT = "event", "发生后及时"
