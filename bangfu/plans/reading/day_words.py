"""The words for days and periods, each with what it means in a given year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bangfu.plans.reading.calendar import day, month_end, months, quarters
from bangfu.plans.reading.shapes import DueKind

Meaning = tuple[DueKind, date | None, date | None]
Maker = Callable[[re.Match[str], int], Meaning]

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
CHINESE_MONTHS = {name: n for n, name in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}
_FEASTS = {"国庆": (9, 30), "五一": (4, 30), "七一": (6, 30), "八一": (7, 31)}
_YEAR = (
    r"(?:(?P<year>20\d\d)\s*年?\s*|(?P<rel>今年|本年|当年|明年|次年)\s*|"
    r"(?P<open>20[xX×*]{1,2}|[xX×]{2,4})\s*年\s*)?"
)
_NAMED_YEAR = r"(?P<year>20\d\d)(?P<rel>)(?P<open>)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_CN_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
_BEFORE = r"(?:之?前|以前)"
_TAIL = r"\s*(?P<tail>之?前|以前|底前|底以前|末前|底之?前|底|末|初|上旬|中旬|下旬)?"
_NO_DIGIT = r"(?<![\d一二三四五六七八九十两])(?<!\d )"
_DOING = r"(?=[^,;。]{0,6}(?:完成|实现|开展|组织|培训|举办|新增|发放|开发|拨付|建成))"


def _month(words: str) -> int:
    return CHINESE_MONTHS[words] if words in CHINESE_MONTHS else int(words)


def _on_day(found: re.Match[str], year: int) -> Meaning:
    return DueKind.BY, None, day(year, int(found["m"]), int(found["d"]))


def _in_month(found: re.Match[str], year: int) -> Meaning:
    month, tail = _month(found["m"]), found["tail"] or ""
    if tail in ("前", "之前", "以前"):
        return DueKind.BY, None, date(year, month, 1) - timedelta(days=1)
    if "旬" in tail or tail == "初":
        return _third(year, month, tail)
    if tail:
        return DueKind.BY, None, month_end(year, month)
    return (DueKind.BETWEEN, *months(year, month, month))


def _third(year: int, month: int, tail: str) -> Meaning:
    starts, ends = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, None)}[tail]
    last = date(year, month, ends) if ends else month_end(year, month)
    return DueKind.BETWEEN, date(year, month, starts), last


def _from_month(found: re.Match[str], year: int) -> Meaning:
    return (DueKind.BETWEEN, *months(year, _month(found["m"]), _month(found["n"])))


def _in_quarter(found: re.Match[str], year: int) -> Meaning:
    first = _QUARTERS[found["m"]]
    last = _QUARTERS[found["n"]] if found["n"] else first
    return (DueKind.BETWEEN, *quarters(year, first, max(first, last)))


def _in_half(found: re.Match[str], year: int) -> Meaning:
    if found["tail"]:
        return DueKind.BY, None, month_end(year, _HALVES[found["m"]][1])
    return (DueKind.BETWEEN, *months(year, *_HALVES[found["m"]]))


def _in_year(found: re.Match[str], year: int) -> Meaning:
    return DueKind.BY, None, month_end(year, 6 if found["m"] == "年中" else 12)


def _before_feast(found: re.Match[str], year: int) -> Meaning:
    """The day before a feast; those of the moon, and New Year of which year, a person fills in."""
    if found["m"] not in _FEASTS:
        return DueKind.BY, None, None
    return DueKind.BY, None, date(year, *_FEASTS[found["m"]])


_WORDS: tuple[tuple[str, Maker], ...] = (
    (
        rf"(?<!\d){_YEAR}(?P<m>{_MONTH})\s*月\s*(?P<d>[0-3]?\d)\s*(?:日|号|(?=前|底|之前|以前))"
        r"(?:之?前|以前|止|起)?",
        _on_day,
    ),
    (
        rf"(?<![\d.-]){_NAMED_YEAR}[-./](?P<m>1[0-2]|0?[1-9])[-./](?P<d>[0-3]?\d)(?!\d)\s*{_BEFORE}?",
        _on_day,
    ),
    (
        rf"(?<!\d){_YEAR}(?P<m>{_MONTH})\s*月?份?\s*(?:-|至|到|、)\s*(?P<n>{_MONTH})\s*月份?底?前?",
        _from_month,
    ),
    (
        rf"{_YEAR}第?(?P<m>[一二三四1-4])\s*(?:季度)?(?:\s*[、至到和-]?\s*第?(?P<n>[二三四2-4]))?\s*"
        r"季度(?:末|底)?前?",
        _in_quarter,
    ),
    (rf"{_YEAR}(?P<m>{_CN_MONTH})月?(?:至|到|-)(?P<n>{_CN_MONTH})月份?", _from_month),
    (rf"(?<!\d){_YEAR}(?P<m>{_MONTH})\s*月份?{_TAIL}", _in_month),
    (rf"(?<![一二三四五六七八九十个每]){_YEAR}(?P<m>{_CN_MONTH})月份?{_TAIL}(?!嫂|饼)", _in_month),
    (rf"{_YEAR}(?P<m>上半年|下半年)\s*(?P<tail>前|底前|末前|结束前)?", _in_half),
    (rf"{_NO_DIGIT}{_YEAR}(?P<m>年底|年末|年终|年内|岁末|年中)\s*{_BEFORE}?", _in_year),
    (rf"{_YEAR}(?P<m>全年){_DOING}", _in_year),
    (rf"{_YEAR}(?P<m>国庆|五一|七一|八一|元旦|春节|中秋|端午|清明)节?\s*(?:之?前夕?|以前)", _before_feast),
    (rf"{_NAMED_YEAR}\s*(?P<m>年)\s*(?:底|末|内|终|年底)\s*{_BEFORE}?", _in_year),
)
PATTERNS: tuple[tuple[re.Pattern[str], Maker], ...] = tuple((re.compile(p), make) for p, make in _WORDS)
"""The words, the most telling first: where two meet, the first keeps its letters."""
