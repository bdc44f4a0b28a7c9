"""What a tie must be: a holder and a target of its kind, one where one is allowed, days in order."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.support.models import Party, Tie
from bangfu.support.terms.tie_kinds import TieKind, tie_kinds


def known_kind(code: str) -> TieKind:
    """The kind of a code; raises SituationForbids for one that the file does not have."""
    kind = tie_kinds().get(code)
    if kind is None:
        raise SituationForbids(f"没有“{code}”这种关系。请从列出的种类里选。")
    return kind


def check_holder(kind: TieKind, holder: Unit | User, nature: str = "") -> None:
    """A person or a unit as the kind says, still in office; ``nature`` is the unit's."""
    if isinstance(holder, User) != kind.by_person:
        raise SituationForbids(f"“{kind.label}”由{'人' if kind.by_person else '单位'}来结。请改选。")
    if not holder.is_active:
        left = "已停用，可能已调离" if kind.by_person else "已停用"
        raise SituationForbids(f"{holder.name}{left}，不能再结新的关系。请选现在在任的。")
    if kind.natures and nature not in kind.natures:
        allowed = "、".join(str(one.label) for one in kind.natures)
        raise SituationForbids(
            f"“{kind.label}”的单位，性质应是{allowed}；{holder.name}不是，或还没有填。请先在单位页上核对。"
        )


def check_target(kind: TieKind, target: Region | Party) -> None:
    """A region of a level that the kind allows and that still exists, or a unit."""
    if isinstance(target, Party):
        if not kind.to_unit or target.unit is None:
            raise SituationForbids(f"“{kind.label}”的对象应是区划，不是单位。请改选。")
        return
    if target.level not in kind.levels:
        levels = "、".join(str(one.label) for one in kind.levels) or "单位"
        raise SituationForbids(f"“{kind.label}”的对象应是{levels}，{target.name}不是。请改选。")
    if target.valid_to is not None:
        raise SituationForbids(f"{target.name}已在 {target.valid_to} 停用。请选现在的区划。")


def check_planned(valid_from: date, planned_to: date | None) -> None:
    """The end that the paper says is not before the beginning; it may lie in the future."""
    if planned_to is not None and planned_to < valid_from:
        raise SituationForbids(f"文件定的期限（{planned_to}）早于开始日期（{valid_from}），请核对。")


def check_free(kind: TieKind, party: Party, target: Region | Party, valid_from: date, tie: int = 0) -> None:
    """No tie of the kind stands in the way from ``valid_from`` on; ``tie`` is the one being mended.

    Raises SituationForbids with who has it since when, and what to do.
    """
    others = Tie.objects.exclude(valid_to__lt=valid_from).filter(kind=kind.code).exclude(pk=tie)
    there = others.filter(region=target) if isinstance(target, Region) else others.filter(other=target)
    _check_none(there.filter(party=party), "{party}从 {since} 起已有这一“{kind}”关系，不用再登记。", kind)
    if kind.one_holder:
        words = "{target}的“{kind}”现在是{party}（{since} 起），只能有一个。换人请用“移交”，或先结束原来的。"
        _check_none(there, words, kind)
    if kind.one_target:
        words = "{party}从 {since} 起已是{target}的“{kind}”，一人只一处。换地方请先结束原来的。"
        _check_none(others.filter(party=party), words, kind)


def _check_none(rows: QuerySet[Tie], words: str, kind: TieKind) -> None:
    held = rows.select_related("party", "region", "other").order_by("valid_from").first()
    if held is not None:
        target = held.region or held.other
        raise SituationForbids(
            words.format(party=held.party.name, target=target, kind=kind.label, since=held.valid_from)
        )
