"""What a round allows: ``check_x`` raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.scope import within
from bangfu.core.errors import SituationForbids
from bangfu.households.enums import (
    ExitType,
    HouseholdState,
    NaturalChangeKind,
    RoundOutcome,
    RoundState,
)
from bangfu.households.models import Household, NaturalChange, Round, RoundEntry
from bangfu.households.reckoning.round_reasons import reasons
from bangfu.households.reckoning.standing import on_register

LATEST_EXIT = 10
"""A planned exit lies at most this many years after the round."""
EARLIEST_YEAR = 2013
"""The year in which the register began (facts.md 0)."""


@dataclass(frozen=True)
class Decision:
    """What is written on a household in a round.

    An exclusion carries ``reason_code`` (and ``reason_kind``, an entry of the county's list, where the reason
    asks for it); retained, returned and new households carry ``exit_type`` and ``exit_year``.
    """

    outcome: str
    reason_code: str = ""
    reason_kind: str = ""
    exit_type: str = ""
    exit_year: int | None = None
    note: str = ""


def check_may_open(place: str, year: int, opened_on: date, today: date) -> None:
    """Refuse a future opening day, a second round of the place and year, and splits after the opening day."""
    if opened_on > today:
        raise SituationForbids("期初日在今天以后。请改成今天或更早的日子。")
    if not EARLIEST_YEAR <= year <= today.year + 1:
        raise SituationForbids(f"年度应在 {EARLIEST_YEAR} 到 {today.year + 1} 之间。")
    known = Round.objects.filter(year=year).filter(within("place", place) | _above(place)).first()
    if known is not None:
        raise SituationForbids(f"“{known.title}”已经包含这里，同一年度不能再开一批。可以在那一批里继续。")
    later = NaturalChange.objects.filter(
        within("household__place", place),
        kind__in=(NaturalChangeKind.SPLIT, NaturalChangeKind.MERGE),
        occurred_on__gt=opened_on,
    )
    if later.exists():
        raise SituationForbids(
            "期初日以后已经登记了分户或并户，期初人数算不准。请把期初日定在最后一次分户、并户当天或以后。"
        )


def _above(place: str) -> Q:
    """Rounds of a region that holds ``place``."""
    return Q(place__in=[place[:length] for length in (2, 4, 6, 9, 12) if length < len(place)])


def check_open(round: Round) -> None:
    """Refuse to change a closed round."""
    if round.state != RoundState.OPEN:
        raise SituationForbids(f"“{round.title}”已关闭，不能再改。确需更正，由县帮扶办重新打开。")


def check_closed(round: Round) -> None:
    """Refuse to reopen a round that is open."""
    if round.state != RoundState.CLOSED:
        raise SituationForbids(f"“{round.title}”还没有关闭，不用重新打开。")


def check_decision(round: Round, decision: Decision, excluded_kinds: Collection[str]) -> None:
    """Refuse a decision that lacks what its outcome asks for; ``excluded_kinds`` is the county's list."""
    if decision.outcome == RoundOutcome.NATURAL_DECREASE:
        raise SituationForbids(
            "自然减少由登记得出：先在户档案里登记死亡或迁出，再“按登记更新”，不用在这里填。"
        )
    if decision.outcome == RoundOutcome.EXCLUDED:
        _check_reason(decision, excluded_kinds)
    elif decision.outcome != RoundOutcome.REMARKED:
        _check_exit(round, decision)


def _check_reason(decision: Decision, excluded_kinds: Collection[str]) -> None:
    reason = reasons().get(decision.reason_code)
    if reason is None:
        raise SituationForbids("剔除要填原因。请从原因清单里选一项。")
    if reason.from_list and not excluded_kinds:
        raise SituationForbids(
            "县里还没有填“剔除情形清单”参数，不能用这个原因。请县帮扶办先在参数里填写并注明文件依据。"
        )
    if reason.from_list and decision.reason_kind not in excluded_kinds:
        raise SituationForbids("请从县定清单里选出属于哪一种情形。")
    if reason.needs_note and not decision.note.strip():
        raise SituationForbids("原因选了“其他”，请在说明里写清楚。")


def _check_exit(round: Round, decision: Decision) -> None:
    if decision.exit_type not in ExitType.values:
        raise SituationForbids("请选脱贫类型：社会兜底、有劳动能力或保留。")
    last = round.year + LATEST_EXIT
    if decision.exit_year is None or not round.year <= decision.exit_year <= last:
        raise SituationForbids(f"请填计划脱贫年度，在 {round.year} 到 {last} 之间。")


def check_fits(entries: Collection[RoundEntry], outcome: str) -> None:
    """Refuse an outcome of the opening for households from outside it, and the other way round."""
    of_opening = RoundOutcome(outcome).of_opening
    wrong = [entry for entry in entries if entry.of_opening != of_opening]
    if wrong:
        words = (
            "不在期初名单里，只能是新纳入或重新标注" if of_opening else "在期初名单里，不能是新纳入或重新标注"
        )
        raise SituationForbids(f"有 {len(wrong)} 户{words}（例如 {wrong[0].household}）。请分开选择。")


def check_may_join(round: Round, households: Collection[Household], outcome: str) -> None:
    """Refuse to add households that are elsewhere, gone, already in the round, or of the wrong standing."""
    if RoundOutcome(outcome).of_opening:
        raise SituationForbids("期初名单以外的户，结果只能是新纳入或重新标注。")
    chosen = Household.objects.filter(pk__in=[household.pk for household in households])
    refusals = (
        (chosen.exclude(within("place", round.place)), "不在这一批的区划里"),
        (chosen.exclude(state=HouseholdState.PRESENT), "已经不在册"),
        (chosen.filter(round_entries__round=round), "已经在这一批里"),
        (_wrong_standing(chosen, outcome), _STANDING_WORDS[RoundOutcome(outcome)]),
    )
    for refused, words in refusals:
        first = refused.first()
        if first is not None:
            raise SituationForbids(f"{first}{words}，没有加入。请去掉后再提交。")


_STANDING_WORDS = {
    RoundOutcome.NEW: "曾是监测对象且风险已消除，应选“重新标注”",
    RoundOutcome.REMARKED: "没有消除过风险，应选“新纳入”",
}


def _wrong_standing(chosen: QuerySet[Household], outcome: str) -> QuerySet[Household]:
    """Re-marked households stood as removed, new ones did not. Whom somebody registered by hand is new."""
    removed = ~Q(monitored_category="") & Q(risk_removed=True) & ~on_register()
    return chosen.filter(removed) if outcome == RoundOutcome.NEW else chosen.exclude(removed)
