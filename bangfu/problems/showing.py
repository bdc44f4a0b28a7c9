"""A problem as its page and its paper show it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.documents.paper import Paper
from bangfu.problems.enums import LIVING, OWED, ProblemState
from bangfu.problems.models import Problem
from bangfu.support.policies.reaching import may_act_for

Words = dict[str, Any]
_LIGHTS = {
    ProblemState.OPEN: "now",
    ProblemState.ANSWERED: "warn",
    ProblemState.RETURNED: "warn",
    ProblemState.CLOSED: "ok",
    ProblemState.VOID: "off",
}
VERBS = {
    "record_problem": "登记问题",
    "change_problem": "改问题",
    "answer_problem": "报整改",
    "check_problem": "复核问题",
    "reopen_problem": "重新打开问题",
    "void_problem": "作废问题",
    "print_problem": "打印问题整改单",
}


def problem_signal(problem: Problem, today: date | None = None) -> tuple[str, str]:
    """Its state as light and word; overdue with the days."""
    today = today or timezone.localdate()
    if problem.state in OWED and problem.due_on < today:
        return "bad", f"逾期 {(today - problem.due_on).days} 天"
    return _LIGHTS[ProblemState(problem.state)], problem.get_state_display()


def again_signal(problem: Problem) -> tuple[str, str]:
    """Whether it came back."""
    return ("warn", "重复发生") if problem.earlier_id else ("off", "没有")


def origin_words(problem: Problem) -> str:
    """Where it came from, with its document and number."""
    item = f"第 {problem.origin_item} 条" if problem.origin_item else ""
    parts = (problem.get_origin_display(), problem.origin_document, item, problem.found_by)
    return " · ".join(part for part in parts if part)


def problem_subject(problem: Problem, user: User) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    kind, word = problem_signal(problem)
    tags = [problem.kind_name, problem.get_breadth_display()]
    return {
        "name": problem.title,
        "about": origin_words(problem),
        "signals": [{"kind": kind, "word": word}],
        "tags": [*tags, "重复发生"] if problem.earlier_id else tags,
        "facts": [
            {"label": "哪里", "value": problem.region.name},
            {"label": "责任单位", "value": problem.unit.name},
            {"label": "发现日期", "value": problem.found_on.isoformat()},
            {"label": "整改时限", "value": problem.due_on.isoformat()},
        ],
        "actions": _actions(problem, user),
    }


def _actions(problem: Problem, user: User) -> list[Words]:
    may_check = permits(user, Permission.PROBLEM_CHECK, problem.place)
    answers = may_act_for(user, Permission.PROBLEM_ANSWER, problem.place, problem.unit)
    may_record = permits(user, Permission.PROBLEM_RECORD, problem.region.code)
    living = problem.state in LIVING
    steps = (
        (problem.state in OWED and answers, "报整改", "answer_problem", "send"),
        (problem.state == ProblemState.ANSWERED and may_check, "复核", "check_problem", "clipboard-check"),
        (problem.state == ProblemState.CLOSED and may_check, "重新打开", "reopen_problem", "refresh"),
        (
            living and may_record,
            "改",
            "change_problem",
            "edit",
        ),
        (living and may_check, "作废", "void_problem", "circle-x"),
        (True, "打印", "print_problem", "printer"),
    )
    found = [
        {"label": label, "url": reverse(name, args=[problem.uid]), "icon": icon}
        for allowed, label, name, icon in steps
        if allowed
    ]
    if permits(user, Permission.EVIDENCE_VIEW, problem.place):
        url = reverse("evidence_list", args=[problem.subject.uid])
        found.append({"label": "证明材料", "url": url, "icon": "paperclip"})
    return found


def problem_paper(problem: Problem) -> Paper:
    """The sheet of a problem: what, why, what is done, every step."""
    steps = [
        {
            "on": step.on.isoformat(),
            "kind": step.get_kind_display(),
            "words": step.words,
            "proof": step.proof,
            "by": step.by.name,
        }
        for step in problem.steps.select_related("by")
    ]
    columns = [
        ["日期", "on", 2],
        ["步骤", "kind", 2],
        ["情况", "words", 5],
        ["证明材料", "proof", 3],
        ["经办", "by", 2],
    ]
    table = {"columns": columns, "rows": steps, "empty": "还没有", "total": ""}
    sections = [
        {"heading": "来源", "text": origin_words(problem), "tables": []},
        {"heading": "问题", "text": f"{problem.title}\n{problem.words}".strip(), "tables": []},
        {"heading": "原因", "text": problem.cause or "没有写。", "tables": []},
        {"heading": "整改措施、单位和时限", "text": _owed(problem), "tables": []},
        {"heading": "办理经过", "text": "", "tables": [table]},
    ]
    data = {"addressed": problem.unit.name, "sections": sections, "signed_by": "", "signed_on": None}
    return Paper("report", "问题整改单", data)


def _owed(problem: Problem) -> str:
    return (
        f"{problem.measure}\n责任单位：{problem.unit.name}。{problem.due_on} 以前整改。"
        f"现在：{problem_signal(problem)[1]}。"
    )
