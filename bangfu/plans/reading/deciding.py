"""Which sections are tasks, which hold tasks, and which are neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bangfu.plans.reading.markers import ITEM
from bangfu.plans.reading.outline import Section
from bangfu.plans.reading.shapes import Span
from bangfu.plans.reading.units import UnitMention

_FROM_ABOVE = "单位写在上一级标题上"
_FROM_LAST = "单位写在最后一条后面，可能管前面几条"


@dataclass
class Named:
    """The units named in a text, and for a section those that it takes from elsewhere, with the doubt."""

    mentions: Sequence[UnitMention]
    lent: dict[int, tuple[tuple[UnitMention, ...], str]] = field(default_factory=dict)

    def within(self, span: Span) -> list[UnitMention]:
        """The mentions in a stretch."""
        return [mention for mention in self.mentions if span.holds(mention.span)]

    def for_section(self, section: Section, span: Span) -> tuple[list[UnitMention], tuple[str, ...]]:
        """The units of a stretch of a section: its own, else those lent to it with the doubt."""
        own = self.within(span)
        if own or section.start not in self.lent:
            return own, ()
        mentions, doubt = self.lent[section.start]
        return list(mentions), (doubt,)


def is_one_task(section: Section, named: Named) -> bool:
    """Whether a section with points is one task: they are small and name no units of their own."""
    if not section.children or not named.within(section.own):
        return False
    return all(child.level > ITEM and not named.within(child.span) for child in section.children)


def lend(sections: Sequence[Section], named: Named) -> None:
    """Give sections without units those of the heading above, or those after the last of their siblings."""
    for section in sections:
        if not section.children or is_one_task(section, named):
            continue
        own = tuple(named.within(section.own)) or named.lent.get(section.start, ((), ""))[0]
        after = _after_last(section, named)
        for child in section.children:
            if own and not named.within(child.span):
                named.lent[child.start] = (own, _FROM_ABOVE)
            elif after and child is not section.children[-1]:
                named.lent[child.start] = (after, _FROM_LAST)


def _after_last(section: Section, named: Named) -> tuple[UnitMention, ...]:
    """Units that stand on lines at the very end, when no other child names any."""
    *others, last = section.children
    if not others or any(named.within(child.span) for child in others) or last.children:
        return ()
    found = named.within(last.span)
    return tuple(found) if found and found[0].span.start > last.title.end + 1 else ()
