"""Cuts a section without sub-sections at the places that name units: each closes (or opens) a task."""

from __future__ import annotations

import re
from itertools import pairwise

from bangfu.plans.reading.markers import lines
from bangfu.plans.reading.shapes import Span
from bangfu.plans.reading.units import UnitMention

_OPENING_LONGEST = 30
_REST_LEAST = 4
_LABEL_LINE = re.compile(r"\s*(?:完成时[限间]|时限|完成期限|责任人|责任领导|备注|工作要求|目标)\s*:")


def clusters(even: str, mentions: list[UnitMention]) -> list[Span]:
    """Mentions that follow each other with next to nothing between, as one: 牵头单位…；责任单位…；时限…."""
    made: list[Span] = []
    for mention in mentions:
        if made and len(even[made[-1].end : mention.span.start].strip(" \n\r\t。;,、\u3000")) == 0:
            made[-1] = Span(made[-1].start, mention.span.end)
        else:
            made.append(mention.span)
    return made


def cut(even: str, body: Span, found: list[Span]) -> list[Span]:
    """The tasks of a stretch that names units several times; they lie end to end and cover it."""
    if len(found) < 2:
        return [body]
    if _begin_lines(even, body, found):
        ends = [max(even.rfind("\n", 0, each.start) + 1, body.start) for each in found]
    elif _opens(even, body, found[0]):
        ends = [_before(even, body, each) for each in found]
    else:
        ends = [_after(even, body, each) for each in found]
    edges = sorted({body.start, *ends, body.end})
    return [Span(a, b) for a, b in pairwise(edges)]


def _begin_lines(even: str, body: Span, found: list[Span]) -> bool:
    """Whether every cluster stands on a line of its own and something to be done follows on that line."""
    starts = [even.rfind("\n", 0, each.start) for each in found]
    rests = [re.match(r"[^\n]*", even[each.end : body.end]) for each in found]
    follows = all(rest and len(rest[0].strip(" 。;,.)")) >= _REST_LEAST for rest in rests)
    return follows and len(set(starts)) == len(starts)


def _opens(even: str, body: Span, first: Span) -> bool:
    """Whether the units stand under a short title, before what is to be done."""
    head = even[body.start : first.start].strip()
    return 0 < len(head) <= _OPENING_LONGEST and re.search("[。;,]", head) is None


def _before(even: str, body: Span, cluster: Span) -> int:
    """Where the title above a cluster begins."""
    line = even.rfind("\n", body.start, cluster.start)
    above = even[body.start : max(line, body.start)].rstrip()
    if even[line + 1 : cluster.start].strip():
        return line + 1 if line >= 0 else cluster.start
    return body.start + above.rfind("\n") + 1


def _after(even: str, body: Span, cluster: Span) -> int:
    """Where a task ends that closes with a cluster: after its full stop and its lines such as 完成时限：."""
    end = cluster.end
    tail = re.compile(r"[ \t\u3000]*[。;,.)]?").match(even, end)
    end = tail.end() if tail else end
    for line in list(lines(even, Span(end, body.end))):
        words = even[line.start : line.end]
        if words.strip() and not _LABEL_LINE.match(words):
            break
        end = line.end if words.strip() else end
    return min(end, body.end)
