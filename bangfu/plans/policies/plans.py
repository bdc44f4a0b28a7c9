"""What the situation allows with a plan and its tasks; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.plans.enums import PassageState, PlanState, StepRhythm
from bangfu.plans.models import Passage, Plan, PlanStep
from bangfu.plans.terms.facts import TaskFacts

_LONGEST_TEXT = 200_000


def check_text(text: str) -> None:
    """Something to read, and not a whole library."""
    if not text.strip():
        raise SituationForbids("没有文字，没有录入。请粘贴全文，或传一个 TXT、DOCX 文件。")
    if len(text) > _LONGEST_TEXT:
        raise SituationForbids(
            f"全文 {len(text)} 字，超过 {_LONGEST_TEXT} 字，没有录入。请按章节分成几个计划。"
        )


def check_confirming(plan: Plan) -> None:
    """While the tasks are being confirmed."""
    if plan.state != PlanState.CONFIRMING:
        raise SituationForbids(f"“{plan.title}”已经开始执行，任务不再改。要加任务，请另录一个补充计划。")


def check_acceptable(passage: Passage) -> None:
    """Not accepted yet."""
    check_confirming(passage.plan)
    if passage.state == PassageState.ACCEPTED:
        raise SituationForbids("这一段已经列为任务了。要改，先点“重新确认”。")


def check_facts(facts: TaskFacts) -> None:
    """A name, units, money that adds up, days in order."""
    if not facts.title.strip():
        raise SituationForbids("任务没有名称，没有保存。请写一句做什么。")
    if not facts.leads and not facts.helps:
        raise SituationForbids("没有写哪个单位负责，没有保存。请写牵头单位或责任单位。")
    itemised = sum(fen for _, fen in facts.money)
    if facts.amount is not None and itemised > facts.amount:
        raise SituationForbids(
            f"各项来源合计 {yuan_text(itemised)} 元，超过资金 {yuan_text(facts.amount)} 元。没有保存。"
        )
    for step in facts.steps:
        if step.starts_on and step.due_on and step.due_on < step.starts_on:
            raise SituationForbids(f"“{step.words}”的时限早于开始，没有保存。请改日期。")


def check_reason(reason: str) -> None:
    """Why a proposed task is none."""
    if not reason.strip():
        raise SituationForbids("请写为什么不列为任务，别人好核对。没有保存。")


def check_reopenable(passage: Passage) -> None:
    """Something was decided, and the plan does not run yet."""
    check_confirming(passage.plan)
    if passage.state not in (PassageState.ACCEPTED, PassageState.LEFT_OUT):
        raise SituationForbids("这一段还没有确认过，不用重新确认。")


def check_startable(plan: Plan) -> None:
    """Nothing waits, and there is something to do."""
    check_confirming(plan)
    waiting = plan.passages.filter(state=PassageState.WAITING).count()
    if waiting:
        raise SituationForbids(f"还有 {waiting} 段没有确认，不能开始执行。每段列为任务，或写明为什么不列。")
    if not plan.tasks.exists():
        raise SituationForbids("一项任务也没有，不能开始执行。")


def check_report(step: PlanStep, on: date, words: str, today: date) -> None:
    """A running plan, a day that was, and something said."""
    if step.task.plan.state != PlanState.RUNNING:
        raise SituationForbids("计划还没有开始执行，不能报进度。")
    if step.rhythm != StepRhythm.EVERY and step.done_on is not None:
        raise SituationForbids(f"这一步 {step.done_on} 已经报完成了，没有再记。")
    check_past(on, today)
    if not words.strip():
        raise SituationForbids("请写做了什么，没有保存。")


def check_past(on: date, today: date) -> None:
    """Not a day to come."""
    if on > today:
        raise SituationForbids(f"日期 {on} 在今天（{today}）之后，没有保存。请改日期。")


def check_check(plan: Plan, on: date, words: str, today: date) -> None:
    """What a check says of a running plan's task."""
    if plan.state != PlanState.RUNNING:
        raise SituationForbids("计划还没有开始执行，不用检查。")
    check_past(on, today)
    if not words.strip():
        raise SituationForbids("请写检查看到了什么，没有保存。")
