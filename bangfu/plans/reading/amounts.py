"""Money in the text: how much, whether whole, part or rate, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.plans.reading.numbers import CHINESE, DIGITS, number
from bangfu.plans.reading.shapes import Amount, AmountRole, Span

_FEN = {"亿元": 10_000_000_000, "亿": 10_000_000_000, "万元": 1_000_000, "万": 1_000_000, "元": 100}
_ONE = rf"(?:{DIGITS}|{CHINESE})"
_AMOUNT = re.compile(
    rf"(?:(?P<about>大约|约|近)\s*)?(?P<low>{_ONE})(?P<odd>余|多)?\s*(?P<first>亿元|万元|元)?"
    rf"(?:\s*(?:-|至|到)\s*(?P<high>{_ONE}))?(?P<odd2>余|多)?\s*(?P<unit>亿\s*元|万\s*元|元)"
    r"(?P<per>\s*/\s*[^\s,;。、)(]{1,6})?(?P<around>左右|上下)?"
)
_RATE_BEFORE = re.compile(r"(每[^,;。、]{0,8}|按[^,;。]{0,8}|标准[为是:]?|人均[^,;。]{0,12})$")
_FIGURE_BEFORE = re.compile(
    r"(?:销售|产值|收入|授信|信贷|放贷|营业|交易|成交|(?:发放|新增)[^,;。]{0,6}贷款)[^,;。、\d]{0,8}$"
)
_RATE_AFTER = re.compile(r"\s*(补助标准|的?标准|[的]?奖补标准|每[人户亩生年月])")
_PART = re.compile(r"(其中|分别|包括)[^。;]*$")
_SOURCES = (
    r"中央预算内(?:投资|资金)?|中央(?:、?省(?:、?市)?级?)?(?:财政)?(?:专项|衔接|补助)?(?:资金)?|省级?(?:财政)?(?:衔接|补助)?资金|"
    r"[市州]级?(?:财政)?(?:衔接|补助)?资金|[县区]级?(?:本级|财政|配套)*资金|省级|市级|州级|县级|区级|乡级|镇级|"
    r"财政(?:专项|补助|衔接|涉农|整合)*资金|涉农整合资金|整合资金|衔接资金|专项资金|东西部协作资金|协作资金|"
    r"定点帮扶资金|帮扶资金|社会(?:扶贫|帮扶|捐赠)?资金|捐赠资金|捐款|捐赠|银行贷款|信贷资金|贷款|企业自筹|"
    r"群众自筹|自筹资金|自筹|债券资金|专项债券?|彩票公益金|福彩公益金|慈善资金"
)
_SOURCE_BEFORE = re.compile(rf"(?P<source>{_SOURCES})[^,;。、\d]{{0,8}}$")
_SOURCE_AFTER = re.compile(rf"\s*(?:的)?(?P<source>{_SOURCES})")


def find_amounts(even: str, span: Span) -> Iterator[Amount]:
    """The sums of money in a stretch of evened text."""
    for found in _AMOUNT.finditer(even, span.start, span.end):
        low = _fen(found["low"], found["first"] or found["unit"])
        high = _fen(found["high"] or found["low"], found["unit"])
        if low is None or high is None:
            continue
        before, after = (
            even[max(span.start, found.start() - 40) : found.start()],
            even[found.end() : span.end],
        )
        yield Amount(
            Span(found.start(), found.end()),
            found[0],
            low,
            max(low, high),
            _role(before, after, bool(found["per"])),
            _source(before, after),
            any(found[name] for name in ("about", "odd", "odd2", "around")),
        )


def _fen(words: str, unit: str) -> int | None:
    """Fen, or None for letters that make no number or less than a fen."""
    try:
        value = number(words) * _FEN[re.sub(r"\s", "", unit)]
    except ValueError:
        return None
    return int(value) if value == value.to_integral_value() and value > Decimal(0) else None


def _role(before: str, after: str, per: bool) -> AmountRole:
    if per or _RATE_BEFORE.search(before) or _RATE_AFTER.match(after):
        return AmountRole.RATE
    if _FIGURE_BEFORE.search(before):
        return AmountRole.FIGURE
    return AmountRole.PART if _PART.search(before) else AmountRole.TOTAL


def _source(before: str, after: str) -> str:
    """The source named right before the sum, else right after it; empty when neither."""
    named = _SOURCE_BEFORE.search(before) or _SOURCE_AFTER.match(after[:16])
    return re.sub(r"\s", "", named["source"]) if named else ""
