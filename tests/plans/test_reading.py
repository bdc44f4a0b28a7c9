"""A plan's text becomes tasks: what each style of plan must give (C-116, C-122, C-182)."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.plans.reading.files import UnreadablePlan, text_of
from bangfu.plans.reading.letters import evened
from bangfu.plans.reading.markers import find_marks
from bangfu.plans.reading.reader import read_plan
from bangfu.plans.reading.shapes import DueKind, PieceKind, PlanReading, ProposedTask, Span, StepFound
from bangfu.plans.reading.tables import find_tables
from tests.plans.samples import EXPECTED, TEXTS, UNITS, YEAR

_WAN = 1_000_000


def _read(name: str) -> PlanReading:
    return read_plan((TEXTS / f"{name}.txt").read_text(encoding="utf-8"), YEAR)


def _due(step: StepFound) -> Any:
    due = step.due
    if due.kind == DueKind.EVERY:
        return due.every, due.times
    if due.ends is None:
        return due.words
    return (due.starts.isoformat() if due.starts else ""), due.ends.isoformat()


def _told(task: ProposedTask) -> tuple[Any, ...]:
    return (
        task.title,
        [unit.name for unit in task.units if unit.leads],
        [unit.name for unit in task.units if not unit.leads],
        [(float(Decimal(a.low) / _WAN), a.role.value, a.source) for a in task.amounts],
        [(float(count.low), float(count.high), count.unit) for count in task.counts],
        [_due(step) for step in task.steps],
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_a_plan_of_each_style_gives_exactly_its_tasks(name: str) -> None:
    tasks = [_told(piece.task) for piece in _read(name).tasks if piece.task]
    assert [task[0] for task in tasks] == [each[0] for each in EXPECTED[name]]
    for told, expected in zip(tasks, EXPECTED[name], strict=True):
        assert told == expected


@pytest.mark.parametrize("name", UNITS)
def test_more_styles_give_their_tasks_with_their_units(name: str) -> None:
    assert [_told(piece.task)[:3] for piece in _read(name).tasks if piece.task] == UNITS[name]


def test_doubts_say_why_a_task_should_be_looked_at() -> None:
    doubts = [piece.task.doubts for piece in _read("g_above").tasks if piece.task]
    assert doubts[0] == ("单位写在上一级标题上",)
    assert "单位写在最后一条后面，可能管前面几条" in doubts[2]
    (merged,) = [p.task.doubts for p in _read("c_table").tasks if p.task and p.title.startswith("安装")]
    assert merged == ("单位写在上面一行（合并的格子）",)


def test_a_day_that_no_calendar_has_is_asked_for() -> None:
    text = "1.投保。2月30日前完成投保。（牵头单位：县金融办）"
    (piece,) = read_plan(text, YEAR).tasks
    assert piece.task is not None
    assert piece.task.doubts == ("“2月30日前”：定不到哪一天，请填日期",)


def test_without_a_year_dates_stay_open() -> None:
    (piece,) = read_plan("1.投保。3月底前完成投保。（牵头单位：县金融办）", None).tasks
    assert piece.task is not None
    assert piece.task.steps[0].due.ends is None
    assert piece.task.doubts == ("“3月底前”：没有写明是哪一年",)


def test_parts_that_do_not_add_up_are_told_with_the_sums() -> None:
    text = (
        "1.建路。总投资 90 万元，其中省级资金 60 万元、县级资金 20 万元，6月底前完成。（牵头单位：县交通局）"
    )
    (piece,) = read_plan(text, YEAR).tasks
    assert piece.task is not None
    assert piece.task.doubts == ("各项资金合计 80 万元，和总额 90 万元不一样",)


def test_placeholders_stay_open_questions_and_become_no_numbers() -> None:
    reading = _read("f_placeholders")
    words = [question.words for piece in reading.tasks if piece.task for question in piece.task.questions]
    assert len(words) == 6
    assert all(re.search("20xx|XX|××|____|待定", word) for word in words)


def test_money_of_the_whole_plan_stands_apart_from_that_of_tasks() -> None:
    text = (
        "一、任务\n1.修路。投入 50 万元。（牵头单位：县交通局）\n二、资金筹措\n计划投入各类资金 200 万元。\n"
    )
    reading = read_plan(text, YEAR)
    assert [amount.low for amount in reading.planned] == [200 * _WAN]
    assert len(reading.tasks) == 1


def test_a_person_named_is_no_unit_and_is_shown_as_not_taken() -> None:
    assert [(each.words, each.reason) for each in _read("j_wide").left] == [
        ("责任领导:某副县长", "写的是人，任务落到单位")
    ]


def test_goals_are_no_tasks_but_their_figures_are_shown() -> None:
    left = [each.words for each in _read("a_numbered").left]
    assert any("10%" in words for words in left)


def _spans(reading: PlanReading) -> list[Span]:
    found: list[Span] = [mention.span for mention in (*reading.left, *reading.questions)]
    for task in (piece.task for piece in reading.tasks if piece.task):
        found += [each.span for each in (*task.amounts, *task.counts)]
        found += [each.span for each in (*task.units, *task.questions)]
        found += [step.due.span for step in task.steps]
    return found


def _nothing_is_dropped(text: str) -> None:
    reading = read_plan(text, YEAR)
    assert "".join(text[piece.span.start : piece.span.end] for piece in reading.pieces) == text
    even = evened(text)
    held = _spans(reading) + [mark.span for mark in find_marks(even)]
    held += [c for t in find_tables(even) for row in t.rows for c in row.cells.get("number", [])]
    for digits in re.finditer(r"\d+", even):
        span = Span(*digits.span())
        assert any(each.meets(span) for each in held), even[max(0, span.start - 10) : span.end + 10]


_BITS = st.sampled_from(
    """一、|（一）|1.|（2）|①|\n|。|；|，|、|：|（|）|牵头单位：|责任单位：|县教育局|各乡镇|开展培训|完成|投入|其中|
    50|3—5|1,200|35.96|２０２６|20xx|××|万元|元|亿元|户|人次|个村|公里|%|6月10日前|三季度|3至5月|年底|每月一次|每季度|
    上半年|不少于两次|每户|\t|任务\t牵头单位\t时限\n|主要任务：|由|牵头|配合|工作目标|资金筹措|　| """.split(
        "|"
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_BITS, max_size=60).map("".join))
def test_no_letter_and_no_number_is_dropped_from_any_text(text: str) -> None:
    _nothing_is_dropped(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_letters_at_all_are_read(text: str) -> None:
    _nothing_is_dropped(text)


@pytest.mark.parametrize("name", [*EXPECTED, *UNITS])
def test_no_number_of_a_plan_is_dropped(name: str) -> None:
    _nothing_is_dropped((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_every_find_stands_in_the_text_where_it_says(name: str) -> None:
    reading = _read(name)
    even = evened(reading.text)
    for task in (piece.task for piece in reading.tasks if piece.task):
        for amount in task.amounts:
            assert re.search(r"\d|[一二两三四五六七八九十]", even[amount.span.start : amount.span.end])
        for unit in task.units:
            assert "".join(even[unit.span.start : unit.span.end].split()) == "".join(unit.name.split())


def test_a_text_without_anything_to_do_gives_no_task() -> None:
    reading = read_plan("今天天气晴。\n大家好。\n", YEAR)
    assert reading.tasks == []
    assert [piece.kind for piece in reading.pieces] == [PieceKind.OTHER, PieceKind.OTHER]


def _docx_of() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、任务")
    table = document.add_table(rows=3, cols=3)
    for column, words in enumerate(("工作任务", "牵头单位", "完成时限")):
        table.cell(0, column).text = words
    table.cell(1, 0).text, table.cell(1, 1).text, table.cell(1, 2).text = "修路 3 公里", "县交通局", "6月底"
    table.cell(2, 0).text, table.cell(2, 2).text = "修桥 1 座", "9月底"
    table.cell(1, 1).merge(table.cell(2, 1))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_word_file_is_read_with_its_tables_and_merged_cells() -> None:
    tasks = read_plan(text_of("计划.docx", _docx_of()), YEAR).tasks
    assert [piece.title for piece in tasks] == ["修路 3 公里", "修桥 1 座"]
    for piece in tasks:
        assert piece.task is not None
        assert [unit.name for unit in piece.task.units if unit.leads] == ["县交通局"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert text_of("计划.TXT", "一、任务：修路".encode(encoding)) == "一、任务：修路"


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF"), ("a.docx", b"no"), ("a.txt", b"\xff\xff\x81")]
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(UnreadablePlan, match="粘贴"):
        text_of(name, content)
