"""Reading rounds: which ones a person may see, the parts of a round, its sample checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.enums import CheckVerdict, RoundOutcome
from bangfu.households.models import Round, RoundCheck, RoundEntry
from bangfu.households.queries.movement import (
    IN_CLOSING,
    STAYING,
    emptied,
    percent_of,
    undecided,
    unexplained,
)

Entries = QuerySet[RoundEntry]


def visible_rounds(user: User) -> QuerySet[Round]:
    """Rounds of the user's places, and rounds of a larger region that has a part in them."""
    above = {
        place[:length]
        for place in places_of(user, Permission.ROUND_VIEW)
        for length in CODE_LENGTHS.values()
        if length < len(place)
    }
    inside = Round.objects.visible_to(user, Permission.ROUND_VIEW).values("pk")
    return Round.objects.filter(Q(pk__in=inside) | Q(place__in=above))


def visible_round(user: User, uid: UUID) -> Round:
    """One of them; raises Http404 for any other."""
    round = visible_rounds(user).filter(uid=uid).first()
    if round is None:
        raise Http404("没有这一批再识别，或者它不在您管的范围里。")
    return round


def entries_of(user: User) -> Entries:
    """Entries of all rounds in the user's places."""
    return RoundEntry.objects.visible_to(user, Permission.ROUND_VIEW)


_OPENING = Q(opening_persons__isnull=False)
_SPLIT = Q(opening_persons__isnull=True, split_from__isnull=False)
_STAYS = Q(outcome__in=STAYING)
_MERGED = Q(merged_into__isnull=False)


@dataclass(frozen=True)
class Part:
    """A part of a round that the movement report counts: its label and its entries."""

    code: str
    label: str
    entries: Callable[[Entries], Entries]


def _where(code: str, label: str, condition: Q) -> Part:
    return Part(code, label, lambda entries: entries.filter(condition))


def _became(outcome: RoundOutcome) -> Part:
    return _where(outcome.value, f"期初名单中{outcome.label}的", _OPENING & Q(outcome=outcome))


PARTS = {
    part.code: part
    for part in (
        _where("opening", "期初名单", _OPENING),
        *(_became(outcome) for outcome in RoundOutcome if outcome.of_opening),
        _where("decreased", "有人自然减少的", Q(natural_decrease__gt=0)),
        _where("increased", "留下的户中有人自然增加的", _STAYS & Q(natural_increase__gt=0)),
        _where("split", "分户分出来的", _STAYS & _SPLIT & ~_MERGED),
        _where("merged", "并入他户的", _STAYS & _OPENING & _MERGED),
        _where("closing", "期末名单", Q(outcome__in=IN_CLOSING) & ~_MERGED),
        Part("undecided", "没有填结果的", undecided),
        Part("unexplained", "人数对不上的", unexplained),
        Part("emptied", "纳入后已不在册的", emptied),
    )
}


@dataclass(frozen=True)
class SampleCheck:
    """A sample check of a round: how many households, and the share of each error in percent (C-079)."""

    checked: int
    found: tuple[tuple[str, int, Decimal | None], ...]


def sample_check(checks: QuerySet[RoundCheck]) -> SampleCheck:
    """Counts by verdict; a rate is the verdict's households ÷ all households checked."""
    counts = dict(checks.order_by().values_list("verdict").annotate(n=Count("id")))
    checked = sum(counts.values())
    wrong = [verdict for verdict in CheckVerdict if verdict is not CheckVerdict.CORRECT]
    found = tuple((v.label, counts.get(v, 0), percent_of(counts.get(v, 0), checked)) for v in wrong)
    return SampleCheck(checked, found)
