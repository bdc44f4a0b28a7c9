"""From the YAML text to a standard, with every mistake named by its line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bangfu.screening.catalogue.definitions import WrongText, grade_of, identifier_of, read_definition
from bangfu.screening.catalogue.yamlfile import Cursor
from bangfu.standards.definition.model import Band, Item, Quota, Standard, Subsidy
from bangfu.standards.enums import ItemKind, Thing, Threshold


class WrongStandard(WrongText):
    """A definition that cannot be used; ``problems`` are sentences with their lines."""


@lru_cache(maxsize=256)
def read_standard(text: str) -> Standard:
    """The standard that a text defines; raises WrongStandard with every mistake."""
    return read_definition(text, _standard, WrongStandard)


def _standard(at: Cursor) -> Standard:
    items = _items(at)
    standard = Standard(
        id=identifier_of(at),
        title=at.text("title"),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade_of(at),
        about=at.code("about", Thing),
        noun=at.text("noun"),
        items=items,
        ledger=at.text("ledger", ""),
        pass_mark=at.whole("pass_mark", 0) if at.has("pass_mark") else None,
        ranked_by=at.text("ranked_by", ""),
        grouped_by=at.text("grouped_by", ""),
        quotas=tuple(_quota(one) for one in at.children("quotas")),
        subsidy=_subsidy(at, items),
    )
    _check(at, standard)
    at.finish()
    return standard


def _check(at: Cursor, standard: Standard) -> None:
    mark = standard.pass_mark
    if mark is not None and not 0 < mark <= standard.full:
        at.problem(f"及格分是 {mark}，各项满分合计 {standard.full}：要大于 0，不能多于合计。", "pass_mark")
    if (standard.about is Thing.LEDGER) != bool(standard.ledger):
        at.problem("验收台账里的对象（about: ledger），要写 ledger：哪一本台账；别的不写。")
    _check_ranking(at, standard)


def _check_ranking(at: Cursor, standard: Standard) -> None:
    if bool(standard.ranked_by) != bool(standard.quotas) or bool(standard.quotas) != bool(
        standard.grouped_by
    ):
        at.problem("择优要三样都写：ranked_by 按哪个数，grouped_by 按哪项分组，quotas 每组几个。")
        return
    number, group = standard.item(standard.ranked_by), standard.item(standard.grouped_by)
    if standard.ranked_by and (number is None or number.kind is not ItemKind.NUMBER):
        at.problem(f"ranked_by 不认识“{standard.ranked_by}”：要是一项数字。", "ranked_by")
    if standard.grouped_by and (group is None or group.kind is not ItemKind.CHOICE):
        at.problem(f"grouped_by 不认识“{standard.grouped_by}”：要是一项选择。", "grouped_by")
    elif group is not None and {one.option for one in standard.quotas} != set(group.options):
        at.problem(f"quotas 要和“{group.title}”的选项一一对应：{'、'.join(group.options)}。", "quotas")


def _subsidy(at: Cursor, items: Sequence[Item]) -> Subsidy | None:
    """What a thing that passed is given; None where nothing is said of it."""
    one = at.child("subsidy")
    if one is None:
        return None
    found = Subsidy(one.number("each"), one.number("share"), one.text("of", ""), one.number("most"))
    for name, number in (("each", found.each), ("share", found.share), ("most", found.most)):
        if number is not None and number <= 0:
            one.problem(f"{name} 是 {number}，要大于 0。", name)
    if (found.each is None) == (found.share is None):
        one.problem("补助写 each（每个多少元）或 share（按投入的百分之几），只写一样。")
    if (found.share is None) != (not found.of):
        one.problem("按比例补的，share 和 of（按哪一项数）都要写；按个补的都不写。")
    of = next((item for item in items if item.id == found.of), None)
    if found.of and (of is None or of.kind is not ItemKind.NUMBER or of.unit != "元"):
        one.problem(f"of 不认识“{found.of}”：要是一项数字，单位写元。", "of")
    if found.share is not None and found.share > 100:
        one.problem(f"share 是 {found.share}，最多 100。", "share")
    one.finish()
    return found


def _quota(at: Cursor) -> Quota:
    quota = Quota(at.text("option"), at.whole("places", 0))
    at.finish()
    return quota


def _items(at: Cursor) -> tuple[Item, ...]:
    items: list[Item] = []
    for one in at.children("items"):
        item = _item(one)
        if item.id in {known.id for known in items}:
            one.problem(f"项目编号“{item.id}”用了两次。", "id")
        items.append(item)
    if not items:
        at.problem("一个标准至少要有一项（items）。")
    return tuple(items)


def _item(at: Cursor) -> Item:
    item = Item(
        id=identifier_of(at),
        title=at.text("title"),
        kind=at.code("kind", ItemKind),
        points=at.whole("points", 1),
        veto=at.flag("veto"),
        unit=at.text("unit", ""),
        side=at.code("side", Threshold) if at.has("side") else None,
        threshold=at.number("threshold"),
        bands=_bands(at),
        options=at.texts("options"),
        accepted=at.texts("accepted"),
        source=at.text("source", ""),
    )
    _check_item(at, item)
    at.finish()
    return item


def _check_item(at: Cursor, item: Item) -> None:
    if item.threshold is not None and item.side is None:
        sides = "、".join(f"{side.value}（{side.word}）" for side in Threshold)
        at.problem(f"“{item.title}”的门槛 {item.threshold} 没有写方向 side，只能是：{sides}。", "threshold")
    if item.side is not None and item.threshold is None:
        at.problem(f"“{item.title}”写了方向，没有写门槛 threshold 是多少。", "side")
    if item.kind is ItemKind.NUMBER and not item.unit:
        at.problem(f"“{item.title}”是数字，要写单位 unit。")
    if item.kind is not ItemKind.NUMBER and (item.side or item.bands or item.threshold is not None):
        at.problem(f"“{item.title}”不是数字，不能有门槛或分段给分。")
    if item.bands and item.side:
        at.problem(f"“{item.title}”的门槛和分段给分只能写一样。", "scale")
    if item.kind is ItemKind.CHOICE and len(item.options) < 2:
        at.problem(f"“{item.title}”是选择，至少要有两个选项 options。")
    for unknown in [word for word in item.accepted if word not in item.options]:
        at.problem(f"“{item.title}”算达标的“{unknown}”不在选项里。", "accepted")


def _bands(at: Cursor) -> tuple[Band, ...]:
    bands = []
    for one in at.children("scale"):
        low = one.number("from")
        if low is None:
            one.problem("每一段要写 from：从多少起。")
        bands.append(Band(low or Decimal(0), one.number("to"), one.whole("points", 0)))
        one.finish()
    _check_bands(at, bands)
    return tuple(bands)


def _check_bands(at: Cursor, bands: Sequence[Band]) -> None:
    """Each band begins where the one before ends; only the last may have no end."""
    for band, after in pairwise(bands):
        if band.high is None or after.low < band.high:
            high = "以上" if band.high is None else f"到 {band.high}"
            at.problem(f"给分重叠：{band.low} {high} 和从 {after.low} 起的一段有共同的数。", "scale")
        elif after.low > band.high:
            at.problem(f"给分有缺口：{band.high} 到 {after.low} 之间没有分。", "scale")
    for band in bands:
        if band.high is not None and band.high <= band.low:
            at.problem(f"给分的一段从 {band.low} 到 {band.high}，到要大于从。", "scale")
