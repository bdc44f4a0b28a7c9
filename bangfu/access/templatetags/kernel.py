"""How a parameter's value reads."""

from __future__ import annotations

from django import template

from bangfu.core.definitions import Definition, read_value
from bangfu.core.models import Parameter
from bangfu.core.money import yuan_text

register = template.Library()


@register.simple_tag
def parameter_value(definition: Definition, text: str) -> str:
    """A value as people read it: money with separators, a list on one line."""
    value = read_value(definition.kind, text)
    if definition.kind is Parameter.Kind.MONEY and isinstance(value, int):
        return yuan_text(value)
    return "、".join(value) if isinstance(value, tuple) else text
