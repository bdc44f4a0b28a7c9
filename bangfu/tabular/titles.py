"""Takes column titles apart: decorations off, units out, the forms a column may be known by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bangfu.tabular.spec import SheetSpec
from bangfu.tabular.text import strip_spaces
from bangfu.tabular.units import MONEY_UNITS

#: Stands between the two rows of a joined header; a line break inside a cell is no such thing.
ROW_BREAK = "\x1e"

_DECORATION = re.compile(r"是否已|是否有|是否|有无|^已")
_MARKS = re.compile(r"[*☆★#※]|[::]$|^\d{1,2}[.、)]")
_BRACKET = re.compile(r"[(\[【〔<《{]([^()\[\]【】〔〕<>《》{}]*)[)\]】〕>》}]")
_NOTE = re.compile(
    r"^(必填|选填|非必填|必填项|格式.*|yyyy.*|请.*|下拉.*|文本|可不填|是/否|有/无|男/女)$", re.IGNORECASE
)
_UNIT_TAIL = re.compile(r"[/:_\-]?(亿元|万元|千元|百元|元|亩|分钟|小时|%|升|[升l]/人.*)$")
_MEASURES = re.compile(
    r"^(亩|公顷|平方米|平米|m2|月|个月|个|分钟|分|小时|min|升|公升|l|升/.*|l/.*|毫升|公里|千米|km|米|m|里|%|人|户)$"
)
_SERIAL = frozenset(["序号", "编号", "no", "no.", "行号", "序"])
#: Under such a group stand the name and unit of somebody else than the row's person.
_OTHERS = re.compile("责任人|联系人|负责人|干部|书记|监护人|网格员|监测员|帮扶人|帮扶单位|联系单位")
_HEAD = re.compile("户主")


@dataclass(frozen=True)
class Title:
    """A column title taken apart: the forms it may be known by, best first, and its unit word.

    Each form has how loosely it is the title's: 0 the whole of it, 1 the lower row without its group, 2 the
    same under the household's head.
    """

    forms: tuple[tuple[str, int], ...]
    unit: str | None


def is_serial(title: str) -> bool:
    """Whether a column only numbers the rows."""
    return strip_spaces(title).lower() in _SERIAL


def shown(title: str) -> str:
    """A title as a person reads it: of two joined rows the lower."""
    return " ".join(title.rsplit(ROW_BREAK, 1)[-1].split()) or title


def shown_whole(title: str) -> str:
    """A title as a person reads it, both rows of a joined one."""
    return " ".join(title.replace(ROW_BREAK, " ").split())


def joined(upper: Sequence[str], lower: Sequence[str], merged: frozenset[int]) -> tuple[str, ...]:
    """The titles of a header of two rows, the group's title before the column's.

    A group that is not merged (columns not in ``merged``) reaches over the blanks behind it, as in a CSV.
    """
    titles = []
    group, reaches = "", False
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        if above:
            group, reaches = above, column not in merged
        elif not (reaches and below):
            group = ""
        titles.append(f"{group}{ROW_BREAK}{below}" if group and below else (below or above))
    return tuple(titles)


@lru_cache(maxsize=256)
def aliases(spec: SheetSpec) -> dict[str, list[tuple[str, int]]]:
    """The columns of a kind of sheet by the forms of their titles, each with the title's rank."""
    found: dict[str, list[tuple[str, int]]] = {}
    for column in spec.columns:
        seen = set()
        for rank, title in enumerate(column.titles):
            form = taken(title).forms[0][0]
            if form not in seen:
                seen.add(form)
                found.setdefault(form, []).append((column.id, rank))
    return found


@lru_cache(maxsize=4096)
def taken(title: str) -> Title:
    """A title's forms: joined and whole, then without brackets, without a unit word, the lower row alone."""
    group, _, lower = title.rpartition(ROW_BREAK)
    forms, unit = _forms(title)
    loose: tuple[str, ...] = ()
    if group and not _OTHERS.search(strip_spaces(group)):
        loose, _ = _forms(lower)
    looseness = 2 if _HEAD.search(strip_spaces(group)) else 1
    ranked = dict.fromkeys(loose, looseness) | dict.fromkeys(forms, 0)
    return Title(tuple((form, ranked[form]) for form in dict.fromkeys(forms + loose)), unit)


def _forms(text: str) -> tuple[tuple[str, ...], str | None]:
    bare = unicodedata.normalize("NFKC", text).replace(ROW_BREAK, "")
    folded = _MARKS.sub("", strip_spaces(bare).lower())
    kept, without, unit = _brackets(folded)
    forms = [_key(kept), _key(without)]
    tail = _UNIT_TAIL.search(without)
    if tail and without != tail.group(0):
        unit = unit or tail.group(1)
        forms.append(_key(without[: tail.start()]))
    return tuple(form for form in forms if form), unit


def _brackets(text: str) -> tuple[str, str, str | None]:
    """Text with brackets' contents kept, with them dropped, and the unit that stood in one."""
    unit: str | None = None

    def keep(match: re.Match[str]) -> str:
        nonlocal unit
        inside = re.sub(r"^(金额)?单位:?", "", match.group(1)).strip()
        if money_factor(inside) is not None or _MEASURES.match(inside):
            unit = inside
            return ""
        return "" if _NOTE.match(inside) or match.group(1) != inside else inside

    kept = without = text
    while _BRACKET.search(without):  # from the inside out: 水量(L/(人·d))
        kept, without = _BRACKET.sub(keep, kept), _BRACKET.sub("", without)
    return kept, without, unit


def money_factor(unit: str) -> Decimal | None:
    """The factor of a money unit to yuan, also of 元/人, 万元/年; None if it is none."""
    return MONEY_UNITS.get(unit.partition("/")[0])


def _key(text: str) -> str:
    bare = _DECORATION.sub("", text)
    return bare or text
