"""What the situation allows; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import Unit, User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.evidence.models import EvidenceFile
from bangfu.problems.enums import FROM_OUTSIDE, LIVING, OWED, Origin, ProblemState, StepKind
from bangfu.problems.models import Problem
from bangfu.problems.terms import needs_proof
from bangfu.support.models import Finding


def check_told(title: str, measure: str, origin: str, document: str) -> None:
    """A problem in words, what is done, and the document it came with."""
    if not title.strip():
        raise SituationForbids("没有写是什么问题，没有保存。请写清哪里、什么事。")
    if not measure.strip():
        raise SituationForbids("没有写整改措施，没有保存。还没定的，写“研究提出措施”和谁来提。")
    if origin in FROM_OUTSIDE and not document.strip():
        label = Origin(origin).label
        raise SituationForbids(f"来源是“{label}”，没有写来源文件，没有保存。请写文件名称或文号。")


def check_unlisted(finding: Finding) -> None:
    """Nobody has taken the finding over yet; one whose problem is void may be taken over again."""
    listed = finding.problems.exclude(state=ProblemState.VOID).first()
    if listed is not None:
        raise SituationForbids(f"这条督导问题已经在问题清单里（“{listed.title}”），没有再登记。")
    if finding.mended_on is not None:
        raise SituationForbids("这条督导问题当场改好了，不用进问题清单，没有登记。")


def check_days(found_on: date, due_on: date, today: date) -> None:
    """Found on a day that was; to be mended not before it."""
    if found_on > today:
        raise SituationForbids(f"发现日期 {found_on} 在今天（{today}）之后，没有保存。请改日期。")
    if due_on < found_on:
        raise SituationForbids(f"整改时限 {due_on} 早于发现日期 {found_on}，没有保存。请改日期。")


def check_unit(unit: Unit, region: Region) -> None:
    """A unit in being, of the same county."""
    if not unit.is_active:
        raise SituationForbids(f"{unit.name}已停用，没有保存。请另选责任单位。")
    if not unit.place.startswith(county_of(region.code)):
        raise SituationForbids(f"{unit.name}不是{region.name}所在县的单位，没有保存。请另选责任单位。")


def check_living(problem: Problem) -> None:
    """Not closed out, not void."""
    if problem.state not in LIVING:
        raise SituationForbids(f"这个问题{problem.get_state_display()}，不能再改。要再办，先重新打开。")


def check_answer(problem: Problem, words: str, proof: str, on: date, today: date) -> None:
    """The unit owes an answer and says what was done and what proves it."""
    if problem.state not in OWED:
        raise SituationForbids(f"这个问题{problem.get_state_display()}，现在不用报整改。没有保存。")
    if not words.strip() or not proof.strip():
        raise SituationForbids("整改情况和证明材料都要写，没有保存。材料写名称、文号，扫描件随后可传。")
    if not problem.found_on <= on <= today:
        raise SituationForbids(
            f"整改日期要在发现日期（{problem.found_on}）到今天（{today}）之间，写的是 {on}。没有保存。"
        )


def check_recheck(
    problem: Problem, by: User, accepted: bool, words: str, due_on: date | None, today: date
) -> None:
    """Another person than who answered; returned with words and a new day; closed with proof."""
    if problem.state != ProblemState.ANSWERED:
        raise SituationForbids(f"这个问题{problem.get_state_display()}，没有等复核的整改。没有保存。")
    last = problem.steps.filter(kind=StepKind.ANSWERED).last()
    if last is not None and last.by_id == by.pk:
        raise SituationForbids("整改是您自己报的，不能自己复核。请另一位同事复核。")
    if not words.strip():
        raise SituationForbids("没有写复核看到了什么，没有保存。")
    if not accepted and (due_on is None or due_on < today):
        raise SituationForbids(f"退回再改要写新的时限，不早于今天（{today}）。没有保存。")
    if accepted and needs_proof(problem.origin, problem.place, today) and not has_file(problem):
        raise SituationForbids(
            f"来源是“{problem.get_origin_display()}”的问题，要传了证明材料才能销号，现在一份也没有。"
            "没有销号。请先在“证明材料”里上传扫描件。"
        )


def has_file(problem: Problem) -> bool:
    """Whether a file that was not taken down proves the mending."""
    return EvidenceFile.objects.filter(subject=problem.subject_id, withdrawn=False).exists()


def check_reopen(problem: Problem, words: str, due_on: date, today: date) -> None:
    """Only what is closed out opens again, with a reason and a new day."""
    if problem.state != ProblemState.CLOSED:
        raise SituationForbids(f"这个问题{problem.get_state_display()}，只有已销号的能重新打开。没有保存。")
    if not words.strip():
        raise SituationForbids("没有写为什么重新打开，没有保存。")
    if due_on < today:
        raise SituationForbids(f"新的时限 {due_on} 在今天（{today}）之前，没有保存。请改日期。")


def check_void(problem: Problem, words: str) -> None:
    """What was recorded by mistake, with a reason."""
    check_living(problem)
    if not words.strip():
        raise SituationForbids("没有写为什么作废，没有保存。")
