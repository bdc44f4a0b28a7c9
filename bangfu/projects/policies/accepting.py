"""What the situation allows at and after acceptance; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bangfu.core import parameters
from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.projects.enums.works import AssetState
from bangfu.projects.models import Asset, Project
from bangfu.projects.policies.admission import check_past
from bangfu.projects.terms.checklists import score_items


def check_acceptance(
    project: Project, parties: Sequence[str], scores: Mapping[str, int], held_on: date, today: date
) -> None:
    """Enough parties, each item within its points, after the last report of progress."""
    check_past(held_on, today, "验收日期")
    least = parameters.value("project_accept_parties", on=held_on, place=project.place)
    if len(parties) < least:
        raise SituationForbids(f"参加验收的只有 {len(parties)} 方，不少于 {least} 方才能验收。没有登记。")
    for item in score_items():
        if not 0 <= scores.get(item.code, -1) <= item.points:
            raise SituationForbids(f"“{item.title}”要打 0 到 {item.points} 分。没有登记，请改。")
    last = project.progress.filter(withdrawn_on=None).order_by("-on", "-id").first()
    if last is not None and held_on < last.on:
        raise SituationForbids(f"验收日期 {held_on} 早于最后一次进度 {last.on}，没有登记。请改日期。")


def passes(total: int, place: str, on: date) -> bool:
    """Whether a total is enough in the place on the day."""
    return bool(total >= parameters.value("project_pass_score", on=on, place=place))


def check_settlement(project: Project, submitted: int, settled: int, audited_on: date, today: date) -> None:
    """Settled no higher than submitted and than planned."""
    check_past(audited_on, today, "审计日期")
    if settled > submitted:
        raise SituationForbids(
            f"审定 {yuan_text(settled)} 元，比送审 {yuan_text(submitted)} 元还多，没有登记。请核对。"
        )
    if settled > project.planned:
        raise SituationForbids(
            f"审定 {yuan_text(settled)} 元，超过项目资金 {yuan_text(project.planned)} 元。没有登记；"
            f"要加钱，先办调整。"
        )


def check_registration(project: Project, original: int, registered_on: date, today: date) -> None:
    """Of a project in the library, no more worth than was planned for it."""
    check_past(registered_on, today, "登记日期")
    others = sum(project.assets.values_list("original", flat=True))
    if others + original > project.planned:
        raise SituationForbids(
            f"资产原值合计 {yuan_text(others + original)} 元，超过项目资金 {yuan_text(project.planned)} 元。"
            f"没有登记，请核对。"
        )


def check_hand_over(asset: Asset, on: date, today: date) -> None:
    """Once, after it was registered."""
    if asset.state != AssetState.REGISTERED:
        raise SituationForbids(f"这项资产已经{asset.get_state_display()}，不用再移交。")
    if not asset.registered_on <= on <= today:
        raise SituationForbids(f"移交日期要在登记（{asset.registered_on}）到今天（{today}）之间。没有保存。")


def check_asset_event(asset: Asset, on: date, approval: str, disposes: bool, today: date) -> None:
    """Of an asset that was handed over; disposed of with an approval."""
    if asset.state == AssetState.DISPOSED:
        raise SituationForbids("这项资产已经处置，不能再登记。")
    if asset.handed_over_on is None or on < asset.handed_over_on:
        raise SituationForbids("移交以后才登记管护、收益和处置。没有保存，请先办移交。")
    check_past(on, today, "日期")
    if disposes and not approval.strip():
        raise SituationForbids("处置资产要先报批，写批准文号。没有保存。")
