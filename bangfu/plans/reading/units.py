"""Who leads and who is responsible: in brackets, on lines of their own, and in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.plans.reading.shapes import Span, UnitName

_WHO = r"(?:单位|部门|责任单位|责任部门|科室|股室|地区|机关)?"
_LEADS = rf"(?:牵头(?:责任)?|主责|主办|主管|总牵头){_WHO}"
_HELPS = rf"(?:(?:责任|配合|协办|协同|承办|实施|落实|参与|参加|协助|负责|完成|执行){_WHO}|成员单位)"
_ROLES = rf"(?:{_LEADS}(?:及|和|、|/){_HELPS}|{_LEADS}|{_HELPS})"
LABEL = re.compile(rf"(?P<role>{_ROLES})\s*(?::|是(?=[一-龥]{{2,}})|为(?=[一-龥]{{2,}}))\s*")
_BRACKET = re.compile(r"\((?P<in>(?:[^()]|\([^()]*\))*)\)")
_END = (
    r"(?:局|委|委员会|办|办公室|部|政府|街道|办事处|中心|工会|妇联|团委|科协|工商联|残联|侨联|文联|红十字会|公司|银行|行|学校|"
    r"医院|大队|支队|所|站|处|院|协会|联社|党委|党工委|组织|机关|法院|检察院|乡镇|镇|乡|\)|单位|部门|村委会|工作队|工委|企业|社|"
    r"各县|领导小组|总队|集团|园区|管委会|村|社区|专班|指挥部)"
)
_LETTER = "(?:(?!由)[一-龥“”A-Za-z])"
NAME = rf"(?:{_LETTER}{{1,24}}?(?:\([^()]{{1,8}}\))?{_LETTER}{{0,8}}?{_END})"
_NAMES = rf"{NAME}(?:\s*(?:、|和|及|与|,|会同)\s*{NAME})*"
_BARE = re.compile(rf"{_NAMES}(?:等)?")
_LED = re.compile(
    rf"(?:^|(?<=[,。;:\s(]))(?P<names>{_NAMES})(?:等(?:单位|部门)?)?\s*(?:负责)?(?P<how>牵头|主办)"
)
_BY_LED = re.compile(
    rf"由\s*(?P<names>{_NAMES})\s*(?:等(?:单位|部门)?)?\s*(?P<how>牵头|主办|负责|组织实施|具体实施)"
)
_BY_HELD = re.compile(
    rf"(?:,|;|会同|,\s*由)\s*(?P<names>{_NAMES})\s*(?:等(?:单位|部门)?)?\s*(?P<how>配合|协助|协同)"
)

_LABELLED = re.compile(r"(?:^|(?<=[\n。;\s]))[ \t\u3000]*" + LABEL.pattern)
_LABEL_ENDS = re.compile(
    rf"\n(?!\s*{_NAMES}\s*(?:\n|$))|[。;]|\s(?=完成时[限间]|时限|进度|工作要求|备注)|"
    r"[,。;、]?\s*(?:完成时[限间]|时限|责任人|责任领导)\s*:"
)
"""A label's units end with the line, unless the next line holds nothing but more units."""
_BLANK_LABEL = re.compile(
    rf"(?:^|(?<=\n))[ \t\u3000]*(?P<role>{_ROLES})[ \t\u3000]+(?P<names>{_NAMES})(?=\s|$)"
)


@dataclass(frozen=True)
class UnitMention:
    """One place that names units: its whole stretch, and the units."""

    span: Span
    units: tuple[UnitName, ...]
    sure: bool = True


def find_units(even: str, span: Span) -> list[UnitMention]:
    """The places of a stretch that say who leads and who is responsible, in order."""
    found = list(_brackets(even, span))
    for mention in (*_labelled(even, span), *_spoken(even, span)):
        held = [other.span for other in found]
        if not any(mention.span.meets(other) for other in held):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.span)


def _brackets(even: str, span: Span) -> Iterator[UnitMention]:
    for found in _BRACKET.finditer(even, span.start, span.end):
        inner = Span(found.start("in"), found.end("in"))
        if LABEL.search(even, inner.start, inner.end):
            yield UnitMention(Span(*found.span()), tuple(_by_labels(even, inner)))
        elif re.search("牵头|配合|负责|协办", found["in"]):
            units = tuple(_by_verbs(even, inner))
            if units:
                yield UnitMention(Span(*found.span()), units)
        elif (
            len(found["in"]) > 3
            and _BARE.fullmatch(even, inner.start, inner.end)
            and _ends_sentence(even, found.end())
        ):
            yield UnitMention(Span(*found.span()), tuple(split_names(even, inner, False)), sure=False)


def _ends_sentence(even: str, end: int) -> bool:
    return re.match(r"\s*([。;\n]|$)", even[end : end + 3]) is not None


def _labelled(even: str, span: Span) -> Iterator[UnitMention]:
    """Labels at the start of a line or sentence, up to the line's end or the full stop."""
    for found in _LABELLED.finditer(even, span.start, span.end):
        ended = _LABEL_ENDS.search(even, found.end(), span.end)
        inner = Span(found.start("role"), ended.start() if ended else span.end)
        yield UnitMention(inner, tuple(_by_labels(even, inner)))
    for found in _BLANK_LABEL.finditer(even, span.start, span.end):
        names = Span(found.start("names"), found.end("names"))
        leads = re.match(_LEADS, found["role"]) is not None
        yield UnitMention(Span(found.start("role"), names.end), tuple(split_names(even, names, leads)))


def _by_labels(even: str, span: Span) -> Iterator[UnitName]:
    labels = list(LABEL.finditer(even, span.start, span.end))
    for label, following in zip(labels, [*labels, None][1:], strict=True):
        end = following.start() if following else span.end
        both = re.match(rf"{_LEADS}(?:及|和|、|/)", label["role"]) is not None
        leads = re.match(_LEADS, label["role"]) is not None
        names = list(split_names(even, Span(label.end(), end), leads))
        yield from (UnitName(n.span, n.name, leads and (not both or i == 0)) for i, n in enumerate(names))


def _by_verbs(even: str, span: Span) -> Iterator[UnitName]:
    start = span.start
    for found in re.finditer(
        "牵头负责|牵头|主办|分工负责|按职责分工负责|配合|协办|负责", even[span.start : span.end]
    ):
        inner = Span(start, span.start + found.start())
        yield from split_names(even, inner, found[0].startswith(("牵头", "主办")))
        start = span.start + found.end()


def _spoken(even: str, span: Span) -> Iterator[UnitMention]:
    for pattern, leads in ((_BY_LED, True), (_LED, True), (_BY_HELD, False)):
        for found in pattern.finditer(even, span.start, span.end):
            names = Span(found.start("names"), found.end("names"))
            leading = leads and found["how"] in ("牵头", "主办")
            yield UnitMention(
                Span(*found.span()), tuple(split_names(even, names, leading)), sure=leading or not leads
            )


def split_names(even: str, span: Span, leads: bool) -> Iterator[UnitName]:
    """The units of a list; commas inside brackets do not part them."""
    depth, start = 0, span.start
    for place in range(span.start, span.end + 1):
        letter = even[place] if place < span.end else "、"
        depth += (letter == "(") - (letter == ")")
        if letter in "、,;和及\n\t" and depth <= 0 and not _inside_name(even, place, letter, span):
            yield from _name(even, Span(start, place), leads)
            start = place + 1


def _inside_name(even: str, place: int, letter: str, span: Span) -> bool:
    """Whether 和 or 及 belongs to a name, as in 人力资源和社会保障局."""
    if letter not in "和及":
        return False
    return place >= span.end or re.search(rf"{_END}\s*$", even[span.start : place]) is None


def _name(even: str, span: Span, leads: bool) -> Iterator[UnitName]:
    words = even[span.start : span.end]
    bare = words.strip(" \t\u3000\n\r。.;,、:由")
    bare = re.sub(r"等?(?:有关|相关)?$", "", bare) if bare.endswith("等") else bare
    if not bare:
        return
    start = span.start + words.find(bare)
    yield UnitName(Span(start, start + len(bare)), " ".join(bare.split()), leads)
