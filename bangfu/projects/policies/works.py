"""What the situation allows while a project is built; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.enums.works import ContractObject, ContractWay
from bangfu.projects.models import Complaint, Contract, Opinion, Project
from bangfu.projects.models.deciding import Withdrawable
from bangfu.projects.policies.admission import check_past
from bangfu.projects.terms.contracting import ContractFacts
from bangfu.workflow.models import FlowStep

_OPEN = (ProjectState.PLANNED, ProjectState.UNDERWAY)


def check_fundable(project: Project) -> None:
    """In the library and in a year's plan; what is not gets no contract and no money."""
    if not project.is_admitted:
        raise SituationForbids(
            f"“{project.name}”不在项目库里（{project.get_state_display()}），不能签合同、不能安排资金。"
        )
    if not project.is_fundable:
        raise SituationForbids(f"“{project.name}”在库，还没有列入年度计划，不能签合同。")


def check_contract(project: Project, facts: ContractFacts, today: date) -> None:
    """After approval, in order of days, within the planned amount, by the way that the amount asks for."""
    check_fundable(project)
    _check_days(project, facts, today)
    _check_amount(project, facts.amount)
    _check_way(project, facts)


def _check_days(project: Project, facts: ContractFacts, today: date) -> None:
    if project.approved_on is None:
        raise SituationForbids("这个项目还没有立项批复，不能先签合同。请先办“立项”，写批复文号。")
    if facts.signed_on < project.approved_on:
        raise SituationForbids(
            f"合同签订 {facts.signed_on} 早于立项批复 {project.approved_on}，没有登记。请核对日期。"
        )
    if not facts.selected_on <= facts.signed_on <= facts.starts_on <= facts.ends_on:
        raise SituationForbids(
            f"日期要依次是：中标 {facts.selected_on}、签订 {facts.signed_on}、开工 {facts.starts_on}、"
            f"竣工 {facts.ends_on}。没有登记，请改日期。"
        )
    check_past(facts.signed_on, today, "签订日期")


def _check_amount(project: Project, amount: int, but: int | None = None) -> None:
    others = project.contracts.filter(void_reason="").exclude(pk=but)
    signed = sum(others.values_list("amount", flat=True))
    if amount <= 0:
        raise SituationForbids("合同金额要大于 0，没有登记。")
    if signed + amount > project.planned:
        raise SituationForbids(
            f"合同合计 {yuan_text(signed + amount)} 元，超过项目资金 {yuan_text(project.planned)} 元，"
            f"多 {yuan_text(signed + amount - project.planned)} 元。没有登记；要加钱，先办调整。"
        )


def needs_tender(object_: ContractObject, amount: int, place: str, on: date) -> bool:
    """Whether a contract of this size is to be put out to tender; the parameter owns the exact value."""
    threshold = parameters.value(f"project_tender_{object_}", on=on, place=place)
    inclusive = parameters.value("project_tender_inclusive", on=on, place=place)
    return bool(amount >= threshold if inclusive else amount > threshold)


def _check_way(project: Project, facts: ContractFacts) -> None:
    object_ = ContractObject(facts.object)
    if facts.way in (ContractWay.TENDER, ContractWay.WORK_RELIEF):
        return
    if needs_tender(object_, facts.amount, project.place, facts.signed_on):
        threshold = parameters.value(f"project_tender_{object_}", on=facts.signed_on, place=project.place)
        raise SituationForbids(
            f"{object_.label}合同 {yuan_text(facts.amount)} 元，到了招标限额 {yuan_text(threshold)} 元，"
            f"不能用“{ContractWay(facts.way).label}”。没有登记，请招标。"
        )


def check_change(contract: Contract, amount: int, ends_on: date, approved_on: date, today: date) -> None:
    """A change of a contract that counts, approved after it was signed, within the planned amount."""
    if contract.void_reason:
        raise SituationForbids("这份合同已经作废，不能变更。")
    check_past(approved_on, today, "批准日期")
    if approved_on < contract.signed_on:
        raise SituationForbids(f"批准日期 {approved_on} 早于合同签订 {contract.signed_on}，没有登记。")
    if ends_on < contract.starts_on:
        raise SituationForbids(f"变更后竣工 {ends_on} 早于约定开工 {contract.starts_on}，没有登记。")
    _check_amount(contract.project, amount, contract.pk)


def check_progress(project: Project, on: date, percent: int, value: int, today: date) -> None:
    """Of works that run, not before the last report, never going back."""
    if project.state not in _OPEN:
        raise SituationForbids(f"这个项目现在“{project.get_state_display()}”，不用再报进度。")
    check_past(on, today, "进度日期")
    last = project.progress.filter(withdrawn_on=None).order_by("-on", "-id").first()
    if last is not None and (on < last.on or percent < last.percent):
        raise SituationForbids(
            f"上一次 {last.on} 报的是 {last.percent}%，这一次 {on} 报 {percent}%，倒退了。没有登记，请核对。"
        )
    if value > project.planned:
        raise SituationForbids(
            f"完成工作量 {yuan_text(value)} 元，超过项目资金 {yuan_text(project.planned)} 元。没有登记。"
        )


def check_withdrawal(project: Project, withdrawn: date | None, reason: str) -> None:
    """Once, with a reason, while the works run: what an acceptance rests on stays."""
    if withdrawn is not None:
        raise SituationForbids(f"这一条已在 {withdrawn} 撤回。什么都没有改动。")
    if not reason.strip():
        raise SituationForbids("请写撤回的原因：哪里登记错了。没有撤回。")
    if project.state not in _OPEN or project.acceptances.filter(passed=True).exists():
        raise SituationForbids("这个项目已经验收、完工或不在实施，登记的进度、标志牌、监督员不能再撤回。")


def check_undecided(project: Project, record: Withdrawable, reason: str) -> None:
    """Once, with a reason, until the flow went a step on: what a step rests on stays.

    A complaint that was answered stays too.
    """
    if record.withdrawn_on is not None:
        raise SituationForbids(f"这一条已在 {record.withdrawn_on} 撤回。什么都没有改动。")
    if not reason.strip():
        raise SituationForbids("请写撤回的原因：哪里登记错了。没有撤回。")
    if isinstance(record, Complaint) and record.answered_on is not None:
        raise SituationForbids(f"这件投诉已在 {record.answered_on} 答复，不能撤回。什么都没有改动。")
    if record.change_id < last_step_change(project):
        raise SituationForbids("登记以后流程已经往下办了一步，不能撤回。登记错了的，再登记一条对的。")


def check_own_opinion(record: Withdrawable, unit_name: str) -> None:
    """An opinion belongs to the unit that gave it."""
    if isinstance(record, Opinion) and record.unit_name != unit_name:
        raise SituationForbids(f"这份意见是{record.unit_name}填的，由他们撤回。什么都没有改动。")


def last_step_change(project: Project) -> int:
    """The change by which the project's flows last went a step on, not back; 0 before the first step."""
    steps = FlowStep.objects.filter(run__subject=project.subject_id, returned=False, left_on__isnull=False)
    last: int | None = steps.aggregate(last=Max("change_id"))["last"]
    return last or 0


def check_answer(answered: date | None, words: str, received_on: date, on: date, today: date) -> None:
    """Once, with words, on a day that was."""
    if answered is not None:
        raise SituationForbids(f"这件投诉已在 {answered} 答复或撤回。")
    if not words.strip():
        raise SituationForbids("请写核实的情况和怎样答复的。没有保存。")
    if not received_on <= on <= today:
        raise SituationForbids(f"答复日期要在收到（{received_on}）到今天（{today}）之间。没有保存。")
