"""Windows, states and counts in words."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bangfu.duties.enums import DueState, WindowKind
from bangfu.duties.models import DueItem, DutyTemplate
from bangfu.duties.queries.items import state_on
from bangfu.duties.sources import matchers, sources

_TONES = {
    DueState.DONE: ("ok", "circle-check"),
    DueState.DUE: ("now", "hourglass"),
    DueState.SOON: ("warn", "clock"),
    DueState.OVERDUE: ("bad", "alert-triangle"),
    DueState.EXCUSED: ("off", "circle-dashed"),
}
_HALVES = {1: "上半年", 7: "下半年"}
OFFICIAL = "官"


def signal_of(state: DueState) -> dict[str, str]:
    """The signal of a state: kind, word, icon."""
    kind, icon = _TONES[state]
    return {"kind": kind, "word": state.label, "icon": icon}


def state_cell(item: DueItem) -> tuple[str, str, str]:
    """The state today, as a ledger's cell."""
    state = state_on(item, timezone.localdate())
    kind, icon = _TONES[state]
    return kind, state.label, icon


def window_words(kind: str, start: date, end: date) -> str:
    """A window as people say it: 2026年11月, 2026年第4季度, 2026年上半年."""
    match WindowKind(kind):
        case WindowKind.MONTH:
            return f"{start.year}年{start.month}月"
        case WindowKind.TWO_MONTHS:
            return f"{start.year}年{start.month}—{end.month}月"
        case WindowKind.QUARTER:
            return f"{start.year}年第{(start.month + 2) // 3}季度"
        case WindowKind.HALF_YEAR:
            return f"{start.year}年{_HALVES[start.month]}"
        case WindowKind.YEAR:
            return f"{start.year}年"
        case WindowKind.DAYS:
            return f"{start} 至 {end}"


def item_window(item: DueItem) -> str:
    """The window of an item in words."""
    return window_words(item.template.window, item.window_start, item.window_end)


def due_words(item: DueItem) -> str:
    """The last day, and how many days of tolerance are in it."""
    days = item.template.tolerance_days
    return f"{item.due_on}（已含宽限 {days} 天）" if days else f"{item.due_on}"


def progress_words(item: DueItem) -> str:
    """How much is done: 已办 1 次，要 2 次；and what an excuse took off."""
    words = f"已办 {item.done} 次，要 {item.needed} 次"
    return words if item.needed == item.owed else f"{words}（原要 {item.owed} 次，准免后）"


def how_often(template: DutyTemplate) -> str:
    """每季度至少 1 次."""
    every = f"每 {template.days} 天" if template.window == WindowKind.DAYS else template.get_window_display()
    words = f"{every}至少 {template.at_least} 次"
    return f"{words}，宽限 {template.tolerance_days} 天" if template.tolerance_days else words


def who_words(template: DutyTemplate) -> str:
    """Who owes; says so when no room knows the name."""
    source = sources().get(template.who)
    return source.label if source else f"没有登记来源（{template.who}）"


def matcher_words(template: DutyTemplate) -> str:
    """Which records count; says so when no room knows the name."""
    matcher = matchers().get(template.matcher)
    return matcher.label if matcher else f"没有登记核对办法（{template.matcher}）"


def basis_words(template: DutyTemplate) -> str:
    """The basis with its grade; not an official text: 依据未核实."""
    words = f"{template.basis}［{template.grade}］"
    return words if template.grade == OFFICIAL else f"{words}，依据未核实"
