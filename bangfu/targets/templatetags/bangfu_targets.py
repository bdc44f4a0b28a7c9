"""Numbers and cells of targets on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bangfu.targets.models import TargetActual
from bangfu.targets.periods import Period
from bangfu.targets.queries import Board, Cell
from bangfu.targets.showing import cell_signal, change_words, percent_words
from bangfu.ui.formats import exact

register = template.Library()
_MOST = Decimal(100)


@register.filter
def target_change(cell: Cell) -> str:
    """More or less than a year before."""
    return change_words(cell)


@register.filter
def target_place(row: TargetActual, names: Mapping[str, str]) -> str:
    """The name of the region for which a number was typed."""
    return names.get(row.place, row.place)


@register.simple_tag
def target_cell(cell: Cell) -> SafeString:
    """What was reached of what was wanted, with a bar and a word."""
    if cell.wanted is None and cell.reached is None:
        return format_html('<span class="m2">{}</span>', "—")
    numbers = f"{exact(cell.reached)} / {exact(cell.wanted)}"
    kind, word = cell_signal(cell)
    width = min(cell.percent or Decimal(0), _MOST)
    bar = format_html('<span class="bar" aria-hidden="true"><i style="width:{}%"></i></span>', width)
    tone = {"ok": "ok", "bad": "num-bad"}.get(kind, "m2")
    share = percent_words(cell) if cell.percent is not None else ""
    return format_html(
        '<span class="nw">{}</span>{}<span class="sm {}">{} {}</span>', numbers, bar, tone, word, share
    )


@register.simple_tag
def target_cells(cells: Sequence[tuple[Period, Cell]], board: Board) -> SafeString:
    """The periods of a year in one line: which were reached."""
    if all(cell.wanted is None for _, cell in cells):
        return format_html('<span class="m2">{}</span>', "没有分期")
    return format_html_join(
        " ",
        '<span class="tag" title="{}">{} {}</span>',
        (
            (
                f"{exact(cell.reached)} / {exact(cell.wanted)}",
                period.label,
                cell_signal(cell)[1],
            )
            for period, cell in cells
        ),
    )
