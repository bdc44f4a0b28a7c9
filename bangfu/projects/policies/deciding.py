"""What the situation allows of votes, opinions and notices; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids
from bangfu.projects.enums.deciding import OpinionStage
from bangfu.projects.models import Project
from bangfu.projects.policies.admission import check_past
from bangfu.projects.terms.checklists import points_of


def check_vote(entitled: int, present: int, agreed: int, held_on: date, today: date) -> None:
    """Numbers that can be, on a day that was."""
    if not 0 < present <= entitled or agreed > present:
        raise SituationForbids(
            f"应到 {entitled} 人、实到 {present} 人、同意 {agreed} 人，人数对不上，没有保存。请核对。"
        )
    check_past(held_on, today, "开会日期")


def check_opinion(
    stage: OpinionStage, points: Mapping[str, bool], passed: bool, words: str, given_on: date, today: date
) -> None:
    """Every point answered; passed only when all are met; refused only with words."""
    check_past(given_on, today, "意见日期")
    open_points = [point.title for point in points_of(stage) if point.code not in points]
    if open_points:
        raise SituationForbids(f"还有没看的：{'、'.join(open_points)}。没有保存，请逐项选。")
    unmet = [point.title for point in points_of(stage) if not points[point.code]]
    if passed and unmet:
        raise SituationForbids(f"“{'、'.join(unmet)}”没有通过，不能写总体通过。没有保存。")
    if not passed and not words.strip():
        raise SituationForbids("不通过要写清原因，没有保存。")


def check_posting(project: Project, posted_on: date, days: int, today: date) -> None:
    """Long enough by the place's rule, begun on a day that was, after the application."""
    check_past(posted_on, today, "公示开始日期")
    least = parameters.value("project_notice_days", on=posted_on, place=project.place)
    if days < least:
        raise SituationForbids(
            f"公示 {days} 天，本地规定不少于 {least} 天，差 {least - days} 天。没有登记，请按实际天数填。"
        )
    if posted_on < project.applied_on:
        raise SituationForbids(
            f"公示日期 {posted_on} 早于申报日期 {project.applied_on}，没有登记。请改日期。"
        )
