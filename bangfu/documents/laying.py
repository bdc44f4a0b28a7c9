"""A paper laid out: its template's blocks with the data in them, the same for PDF and Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bangfu.documents.codes import qr_svg, readable
from bangfu.documents.errors import LeaksFound, TooLong
from bangfu.documents.filling import filled, in_cell, needed, said
from bangfu.documents.leaks import scan_for_leaks
from bangfu.documents.paper import Paper
from bangfu.documents.template import Template, template

Block = dict[str, Any]
Sheet = dict[str, Any]
Data = Mapping[str, Any]
_PARTS = {
    "title": "标题",
    "number": "编号",
    "opening": "开头",
    "posted_at": "张贴地点",
    "objection_way": "反映办法",
    "signed_by": "落款",
}


def laid(paper: Paper) -> list[Sheet]:
    """The paper and its parts, each a sheet of blocks in plain words.

    Raises PaperIncomplete, TooLong; LeaksFound for a public paper with something that must not be public.
    """
    form = template(paper.template)
    data = {**(form.wording or {}), **paper.data}
    _refuse_long(form, data)
    if form.public:
        refuse_leaks(form, paper, data)
    sheet = {
        "style": form.style,
        "landscape": form.landscape,
        "size": form.size,
        "number": paper.number,
        "title": paper.title,
        "blocks": [one for block in form.blocks if _wanted(block, data) for one in _laid(block, data)],
        "code": paper.code,
        "qr": qr_svg(paper.code) if paper.code else "",
        "readable": readable(paper.code),
        "strip": form.strip,
    }
    return [sheet, *(each for part in paper.parts for each in laid(part))]


def _refuse_long(form: Template, data: Data) -> None:
    for name, most in (form.longest or {}).items():
        words = said(needed(data, name))
        if len(words) > most:
            raise TooLong(f"“{form.name}”的正文最多 {most} 个字，现在 {len(words)} 个，没有印出。请写短些。")


def refuse_leaks(form: Template, paper: Paper, data: Data) -> None:
    """The scanner before anything public; the offices' own phones (``phones``) may stand there.

    Raises LeaksFound.
    """
    allowed = [said(each.get("phone")) for each in data.get("phones") or ()]
    lines = list(_lines({"title": paper.title, "number": paper.number, **data, "phones": ()}))
    text = "\n".join(" ".join(words.split("\n")) for _, words in lines)
    leaks = scan_for_leaks(text, allowed=allowed, illness=not form.names_illness)
    if leaks:
        raise LeaksFound([replace(leak, where=lines[leak.line - 1][0]) for leak in leaks])


def _lines(data: Data) -> Iterator[tuple[str, str]]:
    """Everything in the data, with the part of the paper it stands in; a row's cells as one line."""
    for name, value in data.items():
        if isinstance(value, list | tuple):
            for count, row in enumerate(value, 1):
                cells = row.values() if isinstance(row, Mapping) else [row]
                yield f"名单第 {count} 行", "\t".join(map(said, cells))
        else:
            yield _PARTS.get(name, "正文"), said(value)


def _laid(block: Data, data: Data) -> Iterator[Block]:
    """A block; with ``sections`` a heading, paragraphs and tables for each row of that list."""
    if "sections" not in block:
        yield _BLOCKS[_kind(block)](block, data)
        return
    for section in needed(data, block["sections"]):
        if section["heading"]:
            yield _heading(section, {})
        if section["text"]:
            yield {"kind": "text", "lead": "", "text": section["text"], "indent": True, "align": "justify"}
        for each in section["tables"]:
            yield _table({"table": "rows", **each}, each)


def _kind(block: Data) -> str:
    return next(kind for kind in _BLOCKS if kind in block)


def _wanted(block: Data, data: Data) -> bool:
    return "if" not in block or bool(data.get(block["if"]))


def _text(block: Data, data: Data) -> Block:
    """A paragraph; with ``each`` one line a row of that list."""
    rows = [{**data, **row} for row in needed(data, block["each"])] if "each" in block else [data]
    return {
        "kind": "text",
        "lead": filled(block.get("lead", ""), data),
        "text": "\n".join(filled(block["text"], row) for row in rows),
        "indent": block.get("indent", True),
        "align": block.get("align", "justify"),
    }


def _heading(block: Data, data: Data) -> Block:
    return {"kind": "heading", "text": filled(block["heading"], data)}


def _facts(block: Data, data: Data) -> Block:
    """Boxes with a label and a value; a template may take the pairs themselves from the data."""
    named = block["facts"]
    if isinstance(named, str):
        cells = [[label, said(value)] for label, value in needed(data, named)]
    else:
        cells = [[filled(label, data), said(needed(data, name))] for label, name in named]
    across = block.get("across", 2)
    while len(cells) % across:
        cells.append(["", ""])
    return {"kind": "facts", "across": across, "cells": cells}


def _table(block: Data, data: Data) -> Block:
    """Rows below heads; ``at_least`` adds empty rows to write in, the columns may come from the data."""
    rows = needed(data, block["table"])
    every = block["columns"] if isinstance(block["columns"], list) else needed(data, block["columns"])
    columns = [column for column in every if _shown(column, rows)]
    blank: list[Data] = [{}] * (block.get("at_least", 0) - len(rows))
    return {
        "kind": "table",
        "heads": [filled(column[0], data) for column in columns],
        "widths": [column[2] if len(column) > 2 else 1 for column in columns],
        "aligns": [column[3] if len(column) > 3 else "center" for column in columns],
        "rows": [_row(columns, row, count) for count, row in enumerate([*rows, *blank], 1)],
        "total": filled(block.get("total", ""), data),
        "empty": "" if rows or blank else block.get("empty", "无"),
    }


def _shown(column: Any, rows: Any) -> bool:
    """A column whose name ends with ``?`` is left out when no row has a value."""
    return not column[1].endswith("?") or any(said(row.get(column[1][:-1])) for row in rows)


def _row(columns: Any, row: Data, count: int) -> list[str]:
    """The cells of a row; ``#`` counts the rows."""
    return [str(count) if column[1] == "#" else in_cell(row.get(column[1].rstrip("?"))) for column in columns]


def _box(block: Data, data: Data) -> Block:
    return {
        "kind": "box",
        "label": filled(block["box"], data),
        "text": filled(block.get("text", ""), data, gap=""),
        "height": block.get("height", 30),
        "signs": [filled(each, data) for each in block.get("signs", ())],
    }


def _signatures(block: Data, data: Data) -> Block:
    return {"kind": "signatures", "lines": [filled(each, data) for each in block["signatures"]]}


def _seal(block: Data, data: Data) -> Block:
    return {
        "kind": "seal",
        "unit": filled(block["seal"], data),
        "date": filled(block.get("date", ""), data, gap="　　　　年　　月　　日"),
        "circle": block.get("circle", True),
    }


def _ticks(block: Data, data: Data) -> Block:
    chosen = needed(data, block["ticks"]) or ()
    options = [[each, each in chosen] for each in block["options"]]
    return {"kind": "ticks", "label": filled(block.get("label", ""), data), "options": options}


_BLOCKS: dict[str, Callable[[Data, Data], Block]] = {
    "facts": _facts,
    "table": _table,
    "box": _box,
    "signatures": _signatures,
    "seal": _seal,
    "ticks": _ticks,
    "heading": _heading,
    "text": _text,
}
"""In this order: a box has a text of its own, a seal a date."""
