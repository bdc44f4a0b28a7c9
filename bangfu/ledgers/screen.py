"""The context of a ledger page, made of ready values for the parts of ``ui``."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.ledgers.asking import COUNTS, Asked, kept, rewritten
from bangfu.ledgers.cells import heading_of, row_cells, text_of
from bangfu.ledgers.definition import EVERYTHING
from bangfu.ledgers.models import SavedView
from bangfu.ledgers.queries import LAST_PAGE, PAGE_SIZE, LedgerPage
from bangfu.ui.formats import counted


def context(asked: Asked, found: LedgerPage, views: list[SavedView]) -> dict[str, Any]:
    """Everything ``ledgers/ledger.html`` and ``ledgers/list.html`` show."""
    ledger = asked.ledger
    return {
        "ledger": ledger,
        "heading": ledger.title,
        "sentence": ledger.lead,
        "actions": _head_actions(asked),
        "crumbs": crumbs(asked),
        "filters": asked.form,
        "keep": kept(asked.params, *asked.form.fields),
        "set_count": len(asked.names_of_conditions()),
        "table_columns": _heads(asked),
        "sort": asked.sort,
        "table_rows": [_row(asked, row) for row in found.rows],
        "totals": _totals(asked, found.totals),
        "page": found.page,
        "foot_note": _foot_note(found),
        "batch_actions": [one for one in ledger.batch_actions if has_permission(asked.user, one.permission)],
        "nothing": _nothing(asked),
        **views_bar(asked, views),
    }


def crumbs(asked: Asked) -> list[dict[str, str]]:
    """The way through the regions to this page's one."""
    here = [*asked.places.ancestors, *([asked.places.current] if asked.places.current else [])]
    return [{"label": one.name, "url": rewritten(asked.params, place=one.code)} for one in here]


def _heads(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": heading_of(column, asked.unit),
            "number": column.numeric,
            "sort": column.id if column.sort else "",
            "help": column.help,
        }
        for column in asked.columns
    ]


def _row(asked: Asked, row: Any) -> dict[str, Any]:
    leads = asked.ledger.row_url if asked.leads_on else None
    url = leads(row) if leads else ""
    return {
        "id": getattr(row, "uid", row.pk),
        "label": asked.ledger.row_label(row) if asked.ledger.batch_actions else "",
        "cells": row_cells(asked.columns, row, asked.unit, url),
    }


def _totals(asked: Asked, totals: dict[str, Any]) -> list[SafeString]:
    if not totals:
        return []
    cells = [mark_safe('<th scope="row">合计</th>')]
    for column in asked.columns[1:]:
        text = text_of(column, totals[column.id], asked.unit) if column.id in totals else ""
        label = heading_of(column, asked.unit) if text else ""
        cells.append(format_html('<td class="n" data-label="{}">{}</td>', label, text))
    return cells


def _foot_note(found: LedgerPage) -> str:
    if not found.is_cut:
        return ""
    return f"翻页到第 {counted(LAST_PAGE * PAGE_SIZE)} 条为止：加条件缩小范围，或者导出。"


def _nothing(asked: Asked) -> dict[str, Any]:
    if not asked.form.is_valid():
        return {
            "heading": "有的条件没看懂",
            "words": "改好上面标出的条件再查；别的条件都还在。",
            "actions": [],
        }
    actions = (
        [{"label": "清除条件", "url": "?", "primary": False}] if kept(asked.params, "sort", "cols") else []
    )
    return {"heading": f"{asked.ledger.title}里没有", "words": asked.ledger.empty, "actions": actions}


def _head_actions(asked: Asked) -> list[dict[str, Any]]:
    """Export and print, for who may, then the ledger's own."""
    found: list[dict[str, Any]] = []
    if has_permission(asked.user, Permission.EXPORT):
        found = [
            {"label": "导出", "url": rewritten(asked.params, format="xlsx"), "icon": "download"},
            {"label": "打印", "url": rewritten(asked.params, print="1"), "icon": "printer"},
        ]
    return found + [
        {
            "label": one.label,
            "url": reverse(one.url_name, args=one.arguments),
            "icon": one.icon,
            "primary": one.primary,
        }
        for one in asked.ledger.actions
        if has_permission(asked.user, one.permission)
    ]


def views_bar(asked: Asked, views: list[SavedView], counts: dict[str, int] | None = None) -> dict[str, Any]:
    """What ``ledgers/views_bar.html`` shows: preset views, the reader's own, and the column picker.

    Without ``counts`` of the presets the page fetches them when it is there.
    """
    bar = _views(asked, views, counts or {})
    fetch = "" if counts is not None or not asked.ledger.views else rewritten(asked.params, **{COUNTS: "1"})
    return {"ledger": asked.ledger, "counts_url": fetch, **bar, **_picker(asked)}


def _views(asked: Asked, views: list[SavedView], counts: dict[str, int]) -> dict[str, Any]:
    here = _normal(asked.params)
    presets: list[dict[str, Any]] = [
        {"label": label, "query": query, "count": counts.get(id)}
        for id, label, query in (("", EVERYTHING, ""), *asked.ledger.views)
    ]
    own: list[dict[str, Any]] = [
        {"label": view.name, "query": view.query, "own": True, "pk": view.pk} for view in views
    ]
    bar = [
        {**view, "url": f"?{view['query']}", "current": _normal(QueryDict(view["query"])) == here}
        for view in (*presets, *own)
    ]
    return {"saved_views": bar, "own_views": own, "query_now": rewritten(asked.params).removeprefix("?")}


def _normal(params: QueryDict) -> list[tuple[str, str]]:
    return sorted((pair["name"], pair["value"]) for pair in kept(params, "sort", "cols"))


def _picker(asked: Asked) -> dict[str, Any]:
    return {
        "columns": [
            {"key": c.id, "label": c.label, "shown": c in asked.columns, "fixed": at == 0}
            for at, c in enumerate(asked.offered)
        ],
        "columns_shown": len(asked.columns),
        "columns_all": len(asked.offered),
        "keep_for_columns": kept(asked.params, "cols"),
    }
