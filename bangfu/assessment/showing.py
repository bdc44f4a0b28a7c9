"""An assessment as its pages, its table on paper and its workbook show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.assessment.definition.judging import said
from bangfu.assessment.definition.model import Band, Indicator
from bangfu.assessment.duty_lists import Part
from bangfu.assessment.enums import IndicatorKind, RoundState, RuleKind
from bangfu.assessment.models import Assessed, AssessmentRound, Score
from bangfu.assessment.samples import SAMPLE_MEANING, SampleResult
from bangfu.documents.paper import Paper
from bangfu.support.models import DrawnHousehold, DrawnVillage, Inspection

Words = dict[str, Any]
VERBS = {
    "draft_scheme": "起草考核方案",
    "edit_scheme": "改考核方案",
    "publish_scheme": "发布考核方案",
    "retire_scheme": "停用考核方案",
    "open_unit_assessment": "组织考核",
    "read_unit_assessment": "考核取数算分",
    "enter_score": "填考核得分",
    "tell_unit_assessment": "告知考核对象",
    "object_unit_assessment": "提出考核异议",
    "answer_assessment_objection": "答复考核异议",
    "finalise_unit_assessment": "审定考核",
    "publish_unit_assessment": "公布考核结果",
    "print_unit_assessment": "打印考核表",
    "export_unit_assessment": "导出考核表",
    "record_sample_answer": "登记抽样调查",
    "print_sample_sheet": "打印抽样调查表",
    "print_sample_survey": "打印抽样调查结果",
    "print_unit_duties": "打印单位责任清单",
    "print_grid_duties": "打印网格责任清单",
}
_LIGHTS = {
    RoundState.DRAFT: "now",
    RoundState.TOLD: "warn",
    RoundState.FINAL: "ok",
    RoundState.PUBLISHED: "ok",
}
_NO_RANK = "按区划和名称排，不排名次。"


def round_signal(round: AssessmentRound) -> tuple[str, str]:
    """Its state as light and word."""
    return _LIGHTS[RoundState(round.state)], round.get_state_display()


def points_text(row: Score) -> str:
    """The points as they count: signed for bonus and deduction, a dash while missing."""
    if row.points is None:
        return "—"
    if row.kind == IndicatorKind.VETO:
        return "否决" if "总分最多" in row.words else "没有"
    signed = row.kind != IndicatorKind.SCORED and row.points
    return f"{row.points:+.2f}" if signed else f"{abs(row.points):.2f}"


def full_text(row: Score) -> str:
    """What it can give: its weight; nothing for a veto, a bonus or a deduction."""
    return said(row.weight) if row.kind == IndicatorKind.SCORED else row.get_kind_display()


def rule_words(one: Indicator) -> str:
    """The rule of an indicator in a sentence."""
    if one.kind is IndicatorKind.VETO and one.side is not None and one.threshold is not None:
        return f"{one.side.word} {said(one.threshold)} {one.unit}".rstrip() + f"，总分最多 {said(one.cap)} 分"
    if one.kind in (IndicatorKind.BONUS, IndicatorKind.DEDUCTION):
        return f"每个{one.kind.label} {said(one.each)} 分，最多 {said(one.most)} 分"
    rule = one.rule
    if rule is None:
        return f"满分 {said(one.full)}，按证据评定"
    if rule.kind is RuleKind.LINEAR:
        return f"{said(rule.low)} 得 0 分，{said(rule.high)} 得满分，中间按比例"
    if rule.kind is RuleKind.PER_POINT and rule.side is not None and rule.threshold is not None:
        part = {"whole": "不足一步不扣", "begun": "不足一步按一步扣", "share": "不足一步按比例扣"}[rule.part]
        lost = f"每差 {said(rule.step)} 扣 {said(rule.marks)} 分，{part}"
        return f"{rule.side.word} {said(rule.threshold)} 得满分，{lost}"
    return "；".join(f"{band_words(band)}得 {said(band.marks)} 分" for band in rule.bands)


def band_words(band: Band) -> str:
    """From where to where."""
    end = "以上" if band.high is None else f"到不满 {said(band.high)}"
    return f"{said(band.low)} {end}"


def round_subject(round: AssessmentRound, user: User, *, waiting: int) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    kind, word = round_signal(round)
    facts = [
        {"label": "考核期", "value": f"{round.starts_on} 至 {round.ends_on}"},
        {"label": "方案", "value": str(round.scheme)},
        {"label": "取数", "value": f"{round.read_at:%Y-%m-%d}" if round.read_at else "还没有取"},
    ]
    if round.objections_until:
        facts.append({"label": "异议截止", "value": round.objections_until.isoformat()})
    return {
        "name": round.title,
        "about": round.region.name,
        "signals": [{"kind": kind, "word": word}],
        "tags": [f"{waiting} 条异议没有答复"] if waiting else [],
        "facts": facts,
        "actions": _actions(round, user),
    }


def _actions(round: AssessmentRound, user: User) -> list[Words]:
    manages = permits(user, Permission.ASSESSMENT_MANAGE, round.place)
    decides = permits(user, Permission.ASSESSMENT_FINAL, round.place)
    state, open_ = round.state, round.state in (RoundState.DRAFT, RoundState.TOLD)
    steps = (
        (
            manages and open_,
            "取数算分",
            "read_unit_assessment",
            "refresh",
        ),
        (manages and state == RoundState.DRAFT, "告知考核对象", "tell_unit_assessment", "send"),
        (decides and state == RoundState.TOLD, "审定", "finalise_unit_assessment", "checks"),
        (decides and state == RoundState.FINAL, "公布", "publish_unit_assessment", "speakerphone"),
        (True, "打印", "print_unit_assessment", "printer"),
        (has_permission(user, Permission.EXPORT), "导出", "export_unit_assessment", "file-spreadsheet"),
    )
    return [
        {"label": label, "url": reverse(name, args=[round.uid]), "icon": icon}
        for allowed, label, name, icon in steps
        if allowed
    ]


def assessment_paper(round: AssessmentRound, rows: Sequence[Assessed]) -> Paper:
    """The table, then every point explained."""
    sums = [
        {
            "name": one.name,
            "total": "—" if one.total is None else f"{one.total:.2f}",
            "grade": one.grade or "—",
            "words": one.words,
        }
        for one in rows
    ]
    columns = [
        ["考核对象", "name", 3],
        ["总分", "total", 1, "right"],
        ["等次", "grade", 1],
        ["怎样来的", "words", 5],
    ]
    table = {"columns": columns, "rows": sums, "empty": "没有", "total": ""}
    about = f"考核期 {round.starts_on} 至 {round.ends_on}；方案：{round.scheme}；{round_signal(round)[1]}。"
    sections = [{"heading": "总分", "text": f"{about}\n{_NO_RANK}", "tables": [table]}]
    sections += [{"heading": one.name, "text": "", "tables": [_points(one)]} for one in rows]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": round.final_on}
    return Paper("report", f"{round.title}考核表", data)


def _points(one: Assessed) -> Words:
    rows = [
        {"title": row.title, "full": full_text(row), "points": points_text(row), "words": _how(row)}
        for row in one.scores.all()
    ]
    columns = [
        ["指标", "title", 3],
        ["权重", "full", 1],
        ["得分", "points", 1, "right"],
        ["怎样算的", "words", 6],
    ]
    return {"columns": columns, "rows": rows, "empty": "没有", "total": ""}


def _how(row: Score) -> str:
    return f"{row.words}（证据：{row.proof}）" if row.proof else row.words or "还没有分"


def assessment_workbook(round: AssessmentRound, rows: Sequence[Assessed], stamp: str) -> bytes:
    """A sheet with everybody's points, and one with how each came about."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True})
    points = book.add_format({"num_format": "0.00"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    _totals(book.add_worksheet("得分"), round, rows, stamp, head, points)
    _explained(book.add_worksheet("怎样算的"), rows, head, points, wrap)
    book.close()
    return content.getvalue()


def _totals(
    sheet: Any, round: AssessmentRound, rows: Sequence[Assessed], stamp: str, head: Any, points: Any
) -> None:
    sheet.write_string(
        0, 0, f"{round.title}（{round.starts_on} 至 {round.ends_on}，{round_signal(round)[1]}）"
    )
    sheet.write_string(1, 0, f"{stamp}。{_NO_RANK}")
    lines = list(rows[0].scores.all()) if rows else []
    heads = ["考核对象", *(f"{row.title}（{full_text(row)}）" for row in lines), "总分", "等次"]
    for at, text in enumerate(heads):
        sheet.write_string(2, at, text, head)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, len(heads) - 1, 12)
    sheet.freeze_panes(3, 1)
    for number, one in enumerate(rows, start=3):
        sheet.write_string(number, 0, one.name)
        for at, row in enumerate(one.scores.all(), start=1):
            if row.kind == IndicatorKind.VETO or row.points is None:
                sheet.write_string(number, at, points_text(row))
            else:
                sheet.write_number(number, at, float(row.points), points)
        if one.total is not None:
            sheet.write_number(number, len(heads) - 2, float(one.total), points)
        sheet.write_string(number, len(heads) - 1, one.grade)


def _explained(sheet: Any, rows: Sequence[Assessed], head: Any, points: Any, wrap: Any) -> None:
    for at, (text, width) in enumerate(
        (
            ("考核对象", 20),
            ("类别", 12),
            ("指标", 24),
            ("权重", 8),
            ("得分", 10),
            ("怎样算的", 80),
            ("证据", 30),
        )
    ):
        sheet.write_string(0, at, text, head)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    number = 0
    for one in rows:
        for row in one.scores.all():
            number += 1
            for at, text in ((0, one.name), (1, row.group), (2, row.title), (3, full_text(row))):
                sheet.write_string(number, at, text)
            if row.kind == IndicatorKind.VETO or row.points is None:
                sheet.write_string(number, 4, points_text(row))
            else:
                sheet.write_number(number, 4, float(row.points), points)
            sheet.write_string(number, 5, row.words, wrap)
            sheet.write_string(number, 6, row.proof, wrap)


def duty_paper(title: str, parts: Sequence[Part], today: date) -> Paper:
    """A duty list, source by source."""
    columns = [["做什么", "what", 5], ["对谁", "whom", 3], ["期限", "when", 2], ["现在", "stands", 3]]
    sections = [
        {
            "heading": part.title,
            "text": "",
            "tables": [
                {
                    "columns": columns,
                    "rows": [vars(one) for one in part.lines],
                    "empty": part.empty,
                    "total": "",
                }
            ],
        }
        for part in parts
    ]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": today}
    return Paper("report", title, data)


def sample_sheet(inspection: Inspection, village: DrawnVillage, drawn: Sequence[DrawnHousehold]) -> Paper:
    """The sheet of a village to be filled by hand; what is known is there already."""
    rows = [
        {
            "number": str(one.position),
            "code": one.household.code,
            "name": one.household.head_name,
            "verdict": "□准确 □错评 □漏评 □错退",
            "satisfied": "□满意 □不满意",
            "aware": "□知道 □不知道",
            "signed": "",
        }
        for one in drawn
    ]
    columns = [
        ["序", "number", 1],
        ["户编号", "code", 3],
        ["户主", "name", 2],
        ["识别", "verdict", 4],
        ["满意吗", "satisfied", 3],
        ["政策知道吗", "aware", 3],
        ["签字", "signed", 2],
    ]
    about = (
        f"{inspection.title}，抽样种子“{inspection.seed}”，{inspection.starts_on} 至 {inspection.ends_on}。"
    )
    table = {"columns": columns, "rows": rows, "empty": "没有抽到户", "total": ""}
    sections = [{"heading": village.village.name, "text": about, "tables": [table]}]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": None}
    return Paper("report", f"{village.village.name}抽样调查表", data)


def sample_paper(inspection: Inspection, results: Sequence[SampleResult]) -> Paper:
    """The rates by village and in all; no household is named."""
    rows = [
        {
            "name": one.name,
            "asked": f"{one.asked} / {one.drawn}",
            "wrong": one.wrong.words,
            "missed": one.missed.words,
            "exited": one.exited.words,
            "satisfied": one.satisfied.words,
            "aware": one.aware.words,
        }
        for one in results
    ]
    heads = (("村", "name"), ("问了", "asked"), ("错评率", "wrong"), ("漏评率", "missed"))
    more = (("错退率", "exited"), ("满意度", "satisfied"), ("知晓率", "aware"))
    table = {"columns": [[*one, 2] for one in (*heads, *more)], "rows": rows, "empty": "没有", "total": ""}
    text = f"抽样种子“{inspection.seed}”，{inspection.starts_on} 至 {inspection.ends_on}。{SAMPLE_MEANING}"
    sections = [{"heading": "按村", "text": text, "tables": [table]}]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": None}
    return Paper("report", f"{inspection.title}抽样调查结果", data)
