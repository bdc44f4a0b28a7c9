"""What the situation allows about inspections, findings and orders; ``check_x`` raises SituationForbids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from bangfu.access.models import Unit, User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import COUNTY_LENGTH
from bangfu.households.models import Household, Pairing
from bangfu.support.enums.meetings import UNANSWERED
from bangfu.support.enums.supervision import InspectionState
from bangfu.support.models import Finding, Inspection, SupervisionOrder, Tie
from bangfu.support.policies.meetings import check_reply

SEED_LONGEST = 40
_NAMED = 3
"""So many problems are named in a refusal; the page has all of them."""


def check_days(starts_on: date, ends_on: date) -> None:
    """An inspection ends after it began."""
    if ends_on < starts_on:
        raise SituationForbids("结束日期早于开始日期，没有保存。请改正日期。")


def check_open(inspection: Inspection) -> None:
    """Only an open inspection changes."""
    if inspection.state != InspectionState.OPEN:
        raise SituationForbids("这次检查已经结束，不能再改。")


def check_team(inspection: Inspection, region: Region, members: Sequence[User], on: date) -> None:
    """A team looks at a part of the inspection's region, with people who are not from there."""
    check_open(inspection)
    if not region.code.startswith(inspection.place):
        raise SituationForbids(f"{region.name}不在检查范围里，没有保存。请另选。")
    if not members:
        raise SituationForbids("检查组还没有人，没有保存。请选上组员。")
    wrong = [words for member in members if (words := conflict_of(member, region, on))]
    if wrong:
        raise SituationForbids("；".join(wrong) + "。没有保存，请换人或换检查的地方。")


def conflict_of(member: User, region: Region, on: date) -> str:
    """Why a person may not inspect a region: works in it, helps a household or stands for a place there.

    A unit of the whole county is not "from" a township. Empty when nothing is against it.
    """
    unit = member.unit
    if unit is not None and unit.place.startswith(region.code) and len(unit.place) > COUNTY_LENGTH:
        return f"{member.name}的单位（{unit.name}）就在{region.name}"
    now = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    if Pairing.objects.filter(now, helper=member, household__place__startswith=region.code).exists():
        return f"{member.name}在{region.name}结对帮扶，不能查自己帮的地方"
    if Tie.objects.filter(now, party__user=member, place__startswith=region.code).exists():
        return f"{member.name}挂包{region.name}，不能查自己包的地方"
    return ""


def check_drawable(inspection: Inspection, seed: str, villages: int, frame: Sequence[str]) -> None:
    """Drawn once, by a seed, from villages that are there."""
    check_open(inspection)
    if inspection.drawn_at is not None:
        raise SituationForbids("已经抽过样了，不能重抽。要重抽，请另建一次检查，写明原因。")
    if not seed.strip() or len(seed) > SEED_LONGEST:
        raise SituationForbids(f"抽样种子要写 1 到 {SEED_LONGEST} 个字，没有抽。请填上当众定的种子。")
    if villages < 1 or not frame:
        raise SituationForbids("没有可抽的村，或者抽几个村没有填。没有抽。")


def check_finding(inspection: Inspection, village: Region, words: str, found_on: date, today: date) -> None:
    """In the inspection's region, within its days, in words."""
    check_open(inspection)
    if village.level != RegionLevel.VILLAGE or not village.code.startswith(inspection.place):
        raise SituationForbids("请选检查范围里的行政村。没有保存。")
    if not words.strip():
        raise SituationForbids("请写清看到的问题：哪里、什么事。没有保存。")
    if not inspection.starts_on <= found_on <= today:
        raise SituationForbids(
            f"发现日期要在检查开始（{inspection.starts_on}）到今天（{today}）之间。没有保存。"
        )


def check_words(words: str, found_on: date, today: date) -> None:
    """A problem in words, found on a day that was."""
    if not words.strip():
        raise SituationForbids("请写清问题：哪里、什么事。没有下发。")
    if found_on > today:
        raise SituationForbids(f"下发日期 {found_on} 在今天（{today}）之后，没有下发。请改日期。")


def check_about(household: Household | None, village: Region) -> None:
    """The household lies in the village."""
    if household is not None and household.village_id != village.pk:
        raise SituationForbids(f"这一户不在{village.name}，没有保存。请改村或改户。")


def check_issue(findings: Sequence[Finding], unit: Unit, demand: str, issued_on: date, due_on: date) -> None:
    """Findings of one inspection that no order names yet, to a unit in being, with a day to come."""
    if not findings:
        raise SituationForbids("没有选问题，没有下发。请勾选要这个单位整改的问题。")
    if len({finding.inspection_id for finding in findings}) > 1:
        raise SituationForbids("一张督办单只写一次检查的问题，没有下发。")
    taken = next((finding.order for finding in findings if finding.order is not None), None)
    if taken is not None:
        raise SituationForbids(f"有的问题已经在{taken}里，没有下发。请去掉再下发。")
    if any(finding.mended_on is not None for finding in findings):
        raise SituationForbids("有的问题已经当场整改，不用督办，没有下发。请去掉再下发。")
    if not demand.strip():
        raise SituationForbids("请写整改要求：做到什么程度。没有下发。")
    if not unit.is_active:
        raise SituationForbids(f"{unit.name}已停用，不能下发给它。请选承接的单位。")
    if due_on < issued_on:
        raise SituationForbids("整改时限早于下发日期，没有下发。请改时限。")


def check_order_answer(order: SupervisionOrder, text: str, answered_on: date, today: date) -> None:
    """What waits is answered, with words, on a day that was."""
    if order.state not in UNANSWERED:
        raise SituationForbids(f"这张督办单现在是“{order.get_state_display()}”，不用回复。")
    check_reply(text, answered_on, order.issued_on, today)


def check_order_void(order: SupervisionOrder, reason: str) -> None:
    """With a reason, and not when it is closed."""
    if order.closed_on is not None or order.void_reason:
        raise SituationForbids("这张督办单已经销号或作废。")
    if not reason.strip():
        raise SituationForbids("作废要写原因，没有作废。")


def check_closable(inspection: Inspection) -> None:
    """Every finding is on an order, or was mended on the spot, before the inspection ends."""
    check_open(inspection)
    left = list(inspection.findings.filter(order=None, mended_on=None).select_related("village"))
    if left:
        named = "、".join(f"{one.village.name}“{one.kind_name}”" for one in left[:_NAMED])
        more = " 等" if len(left) > _NAMED else ""
        raise SituationForbids(
            f"还有 {len(left)} 个问题（{named}{more}）没有下发督办单，也没有登记当场整改，不能结束。"
        )


def check_mend(finding: Finding, how: str, mended_on: date, today: date) -> None:
    """While the inspection goes on, on no order, in words, not before it was found."""
    if finding.order is not None or finding.inspection is None:
        raise SituationForbids(f"这个问题已经在{finding.order}里，请在督办单上回复、复核。没有保存。")
    check_open(finding.inspection)
    if not how.strip():
        raise SituationForbids("请写当场怎么改的。没有保存。")
    if not finding.found_on <= mended_on <= today:
        raise SituationForbids(f"整改日期要在发现（{finding.found_on}）到今天（{today}）之间。没有保存。")


def check_leaning(inspection: Inspection, villages: int, least: int, name: str) -> None:
    """Named once there are enough villages, with words; also after the inspection ended."""
    if villages < least:
        raise SituationForbids(f"只在 {villages} 个村发现，不到 {least} 个，不算倾向性问题。没有保存。")
    if not name.strip():
        raise SituationForbids("请写这个倾向性问题怎么概括。没有保存。")


def check_seen(inspection: Inspection, seen_on: date, today: date) -> None:
    """Seen on a day of the inspection that was."""
    check_open(inspection)
    if not inspection.starts_on <= seen_on <= today:
        raise SituationForbids(
            f"查看日期要在检查开始（{inspection.starts_on}）到今天（{today}）之间。没有保存。"
        )
