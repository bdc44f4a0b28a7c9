"""Tags and filters in every template: icons, signals, amounts, dates, form controls, links of a list."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bangfu.ui import controls, formats
from bangfu.ui.icons import drawn, signal_icon

register = template.Library()

register.filter("yuan", formats.money)
register.filter("minus", formats.with_minus)
register.filter("count", formats.counted)
register.filter("exact", formats.exact)
register.filter("day", formats.iso_day)
register.filter("day_cn", formats.chinese_day)
register.filter("short_day", formats.short_day)
register.filter("minute", formats.minute)
register.filter("marked_against", formats.marked_against)


@register.filter
def fen_wan(fen: int | None) -> str:
    """An amount in fen as 10,000 yuan."""
    return formats.money(fen, "wan")


@register.filter
def unit_name(unit: str) -> str:
    """What the reader calls the unit: yuan → 元, wan → 万元."""
    return {"yuan": "元", "wan": "万元"}[unit]


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """{% icon "home" %}, {% icon "bell" "i-lg" %}: decoration beside a word, hidden from screen readers."""
    return drawn(name, classes)


@register.simple_tag
def signal(kind: str, word: str, icon: str = "", fill: bool = False) -> SafeString:
    """{% signal "warn" "临期" %}: icon, word and colour together; `fill=True` as a label outside tables."""
    classes = f"sig {kind} fill" if fill else f"sig {kind}"
    return format_html('<span class="{}">{}{}</span>', classes, drawn(icon or signal_icon(kind)), word)


@register.simple_tag
def tag(words: str) -> SafeString:
    """{% tag "一般农户" %}: a fact without urgency."""
    return format_html('<span class="tag">{}</span>', words)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """{% query page=2 sort=None %}: the address of this list with other conditions; None takes one away."""
    conditions = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            conditions.pop(name, None)
        else:
            conditions[name] = str(value)
    return f"?{conditions.urlencode()}"


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a form field in our look, tied to its help and its error."""
    return controls.control(field)


@register.filter
def set_fields(form: Form) -> list[BoundField]:
    """The conditions of a filter form that somebody has set."""
    return controls.set_fields(form)
