"""What the records say today against what a report says: sentences nobody touched, and those rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.access.models import User
from bangfu.support.models import Report
from bangfu.support.queries.drafting import Counted, Words, count_figures, draft_sections
from bangfu.support.queries.matters import Matter, matter_of
from bangfu.support.terms.periods import period_of
from bangfu.support.terms.report_templates import ReportTemplate, report_template
from bangfu.ui.formats import counted


@dataclass(frozen=True)
class Moved:
    """A figure that changed since the draft; ``rewritten``: its sentence is a person's, who has to look."""

    section: str
    label: str
    before: int | None
    now: int | None
    url: str
    rewritten: bool


def figures_now(user: User, report: Report) -> dict[str, Counted]:
    """The report's figures counted today, as this reader may count them."""
    template, matter = _matter(user, report)
    return count_figures(user, template, matter)


def moved_figures(report: Report, now: Mapping[str, Counted]) -> list[Moved]:
    """Every figure whose number changed since the draft and that the words do not follow yet."""
    return [
        Moved(section["heading"], now[name].label, before, now[name].number, now[name].url, rewritten)
        for section in report.sections
        for sentence in section["drafted"]
        for rewritten in [sentence["text"] not in section["text"]]
        for name, before in _in_order(sentence, now)
        if _moved(before, now[name].number, section["text"], rewritten)
    ]


def _in_order(sentence: Words, now: Mapping[str, Counted]) -> list[tuple[str, int | None]]:
    """The sentence's figures in the template's order; a database may keep them in another one."""
    kept = sentence["figures"]
    return [(name, kept[name]) for name in now if name in kept]


def _moved(before: int | None, now: int | None, text: str, rewritten: bool) -> bool:
    if now is None or before == now:
        return False
    return not (rewritten and counted(now) in text)


def refreshed(user: User, report: Report) -> list[Words]:
    """The sections with today's sentences where a drafted one still stands, and tables read anew."""
    template, matter = _matter(user, report)
    fresh = draft_sections(user, template, matter, count_figures(user, template, matter))
    by_id = {section["id"]: section for section in fresh}
    return [_merged(old, by_id.get(old["id"], old)) for old in report.sections]


def _merged(old: Words, new: Words) -> Words:
    """Typed words stay: only a sentence that stands as it was drafted is replaced."""
    if old["text"] == "".join(each["text"] for each in old["drafted"]):
        return new
    text, drafted = old["text"], []
    names = {_names(each): each for each in new["drafted"]}
    for each in old["drafted"]:
        now = names.get(_names(each), each)
        stands = each["text"] in text
        text = text.replace(each["text"], now["text"]) if stands else text
        drafted.append(now if stands else each)
    return {**new, "text": text, "drafted": drafted}


def _names(sentence: Words) -> Any:
    """What tells the sentences of a section apart: their figures, or their words when there are none."""
    return tuple(sorted(sentence["figures"])) or sentence["text"]


def _matter(user: User, report: Report) -> tuple[ReportTemplate, Matter]:
    template = report_template(report.template)
    if template is None:
        raise LookupError(f"no report template {report.template!r}")
    name = "" if template.period == "own" else period_of(template.period, report.starts_on).name
    return template, matter_of(user, report.about, report.starts_on, report.ends_on, name)
