"""From the YAML text to a standard, with every mistake named by its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.catalogue.yamlfile import Cursor, decimal_of, read_text
from bangfu.standards.definition.model import Band, Item, Quota, Standard
from bangfu.standards.enums import ItemKind, Thing, Threshold

_ID = re.compile(r"[a-z][a-z0-9_]{1,25}")
_GRADES = "官次码知"


class WrongStandard(ValueError):
    """A definition that cannot be used; ``problems`` are sentences with their lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@lru_cache(maxsize=256)
def read_standard(text: str) -> Standard:
    """The standard that a text defines; raises WrongStandard with every mistake."""
    try:
        document = read_text(text, "standard")
    except CatalogueError as error:
        raise WrongStandard([_shown(str(error))]) from error
    standard = _standard(Cursor(document))
    if document.problems:
        raise WrongStandard([_shown(problem) for problem in document.problems])
    return standard


def _shown(problem: str) -> str:
    _, line, sentence = problem.split(":", 2)
    return f"第 {line} 行：{sentence.strip()}"


def _standard(at: Cursor) -> Standard:
    grade = at.text("grade")
    if grade and grade not in _GRADES:
        at.problem(f"依据等级 grade 是“{grade}”，只能是：{'、'.join(_GRADES)}。", "grade")
    items = _items(at)
    standard = Standard(
        id=_identifier(at),
        title=at.text("title"),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade,
        about=at.code("about", Thing),
        noun=at.text("noun"),
        items=items,
        ledger=at.text("ledger", ""),
        pass_mark=at.whole("pass_mark", 0) if at.has("pass_mark") else None,
        ranked_by=at.text("ranked_by", ""),
        grouped_by=at.text("grouped_by", ""),
        quotas=tuple(_quota(one) for one in at.children("quotas")),
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


def _quota(at: Cursor) -> Quota:
    quota = Quota(at.text("option"), at.whole("places", 0))
    at.finish()
    return quota


def _identifier(at: Cursor) -> str:
    id = at.text("id")
    if id and not _ID.fullmatch(id):
        at.problem(f"编号 id 是“{id}”：用小写英文字母开头，2 到 26 个字母、数字、下划线。", "id")
    return id


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
        id=_identifier(at),
        title=at.text("title"),
        kind=at.code("kind", ItemKind),
        points=at.whole("points", 1),
        veto=_flag(at, "veto"),
        unit=at.text("unit", ""),
        side=at.code("side", Threshold) if at.has("side") else None,
        threshold=_number(at, "threshold"),
        bands=_bands(at),
        options=_texts(at, "options"),
        accepted=_texts(at, "accepted"),
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
        low = _number(one, "from")
        if low is None:
            one.problem("每一段要写 from：从多少起。")
        bands.append(Band(low or Decimal(0), _number(one, "to"), one.whole("points", 0)))
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


def _texts(at: Cursor, key: str) -> tuple[str, ...]:
    found = at.items(key)
    for one in found:
        if not isinstance(one, str):
            at.problem(f"{key} 里的“{one}”要写成文字（是、否要加引号）。", key)
    return tuple(str(one) for one in found)


def _flag(at: Cursor, key: str) -> bool:
    value = at.raw(key)
    if value is not None and not isinstance(value, bool):
        at.problem(f"{key} 只能是 true 或 false。", key)
    return value is True


def _number(at: Cursor, key: str) -> Decimal | None:
    value = at.raw(key)
    number = decimal_of(value)
    if value is not None and number is None:
        at.problem(f"{key} 应是数字，现在是“{value}”。", key)
    return number
