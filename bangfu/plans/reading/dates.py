"""When things are due, as plans say it: 6 月 10 日前, 3—5 月, 三季度, 年底, 每季度至少一次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.plans.reading.day_words import CHINESE_MONTHS, PATTERNS, Maker
from bangfu.plans.reading.shapes import Due, DueKind, Span

_TIMES = r"(?P<times>\d+|[一二两三四五六七八九十]+)\s*(?:次|轮|场|期|回)"
_PERIOD = r"(?<!每.)每\s*(?P<n>\d+|[两二三四六半])?\s*个?\s*(?P<p>年|月|季度|季|周|旬)"
_EVERY = re.compile(
    rf"(?:{_PERIOD}|(?P<once>年内|全年|一年|半年内?)(?=[^,;。]{{0,12}}?(?:次|轮|场|期)))"
    rf"[^,;。、:(]{{0,36}}?{_TIMES}(?:以上)?"
)
_EVERY_BARE = re.compile(
    rf"(?:{_PERIOD}(?!每|人|户|\s*约?[\d,.]+\s*[万亿]?元)(?:\s*[0-3]?\d\s*日(?:之?前)?)?|"
    r"按(?P<q>月|季|周|年)度?(?=[^,;。]{0,4}(?:报|调度|通报|研判|开展|推进|汇总)))"
)
_STANDING = re.compile(
    "长期坚持|常态化?(?=开展|推进|坚持|化)|持续推进|长期推进|贯穿全年|常年|全年推进|全年持续|随时"
)
_MONTHS_EACH = {"年": 12, "月": 1, "季度": 3, "季": 3, "周": 0, "旬": 0}
_FACTORS = {"两": 2, "二": 2, "三": 3, "四": 4, "六": 6}


@dataclass(frozen=True)
class _Year:
    """The year that words mean: the one they name, else the plan's; None where it is left open."""

    named: int | None
    problem: str = ""


def find_dues(even: str, span: Span, year: int | None) -> Iterator[Due]:
    """The days, periods and recurrences in a stretch of evened text, longest reading first."""
    taken: list[Span] = []
    for due in (*_recurring(even, span), *_dated(even, span, year)):
        if not any(due.span.meets(other) for other in taken):
            taken.append(due.span)
            yield due


def _dated(even: str, span: Span, year: int | None) -> Iterator[Due]:
    for pattern, make in PATTERNS:
        for found in pattern.finditer(even, span.start, span.end):
            yield _due(found, make, _year_of(found, year))


def _year_of(found: re.Match[str], plan_year: int | None) -> _Year:
    if found["open"]:
        return _Year(None, f"“{found['open']}年”没有写明是哪一年")
    if found["year"]:
        return _Year(int(found["year"]))
    if plan_year is None:
        return _Year(None, "没有写明是哪一年")
    return _Year(plan_year + 1 if found["rel"] in ("明年", "次年") else plan_year)


def _due(found: re.Match[str], make: Maker, year: _Year) -> Due:
    words = found[0].strip()
    start = found.start() + found[0].find(words)
    place = Span(start, start + len(words))
    kind, starts, ends = make(found, year.named or 2000)
    if ends is None:
        return Due(place, words, kind, problem=f"“{words}”：定不到哪一天，请填日期")
    if year.named is None:
        return Due(place, words, kind, problem=f"“{words}”：{year.problem}")
    return Due(place, words, kind, starts, ends)


def _recurring(even: str, span: Span) -> Iterator[Due]:
    for pattern in (_EVERY, _EVERY_BARE):
        for found in pattern.finditer(even, span.start, span.end):
            groups = found.groupdict()
            every, times = _months_between(groups), _times(groups.get("times"))
            yield Due(Span(*found.span()), found[0], DueKind.EVERY, every=every, times=times)
    for found in _STANDING.finditer(even, span.start, span.end):
        yield Due(Span(*found.span()), found[0], DueKind.STANDING)


def _months_between(groups: dict[str, str | None]) -> int:
    period, factor = groups["p"] or groups.get("q") or "", groups["n"] or ""
    if factor == "半" or (groups.get("once") or "").startswith("半年"):
        return 6
    each = _MONTHS_EACH.get(period, 12)
    return each * (int(factor) if factor.isdigit() else _FACTORS.get(factor, 1))


def _times(words: str | None) -> int:
    """How often; once where the text only says 每月."""
    if not words:
        return 1
    return int(words) if words.isdigit() else CHINESE_MONTHS.get(words, _FACTORS.get(words, 1))
