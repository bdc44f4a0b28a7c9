"""To-dos, done, started, copied: who sees what, and that counts are lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.ledgers.workbench import cells_of
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.ledgers import WORK
from bangfu.workflow.models import FlowRun
from tests.cast import NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, make_user
from tests.workflow.room import make_run

pytestmark = pytest.mark.django_db


def started(by, label: str, days_ago: int, **more) -> FlowRun:
    day = TODAY - timedelta(days_ago)
    return make_run(by, label, discovered_on=day, on=day, **more)


def labels(answer) -> str:
    return answer.content.decode()


def test_a_to_do_is_everybodys_who_holds_the_permission_there(village, township, signed_in) -> None:
    make_run(village, "杨家户")
    other = make_user("village", SISTER_VILLAGE)
    make_run(other, "罗家户", place=SISTER_VILLAGE)
    assert "杨家户" in labels(signed_in(village).get(reverse("todo_list")))
    assert "罗家户" not in labels(signed_in(village).get(reverse("todo_list")))
    page = labels(signed_in(township).get(reverse("todo_list")))
    assert "杨家户" in page and "罗家户" in page


def test_soon_overdue_and_returned_are_what_the_words_say(village, signed_in) -> None:
    # 2026-11-22 是星期日；本环节 3 个工作日，临期是 2 个工作日以内
    overdue = started(village, "超期户", 5)
    on_friday = started(village, "到周三户", 2)
    later = started(village, "今天户", 0)
    assert [run.step_due_on for run in (overdue, on_friday, later)] == [
        date(2026, 11, 20),
        date(2026, 11, 25),
        date(2026, 11, 25),
    ]
    back = started(village, "退回户", 0)
    back = take_transition(by=village, at=NOW, run=back, transition="accept", version=back.version)
    take_transition(
        by=village, at=NOW, run=back, transition="send_back", version=back.version, data={"reason": "漏了"}
    )
    counts = {cell.label: cell for cell in cells_of(village, WORK)}
    assert {label: cell.count for label, cell in counts.items()} == {
        "待办": 4,
        "临期": 0,
        "超期": 1,
        "待补正": 1,
    }
    client = signed_in(village)
    assert "退回户" in labels(client.get(counts["待补正"].url))
    page = labels(client.get(counts["超期"].url))
    assert "超期户" in page and "已超1个工作日" in page and "今天户" not in page


def test_soon_counts_working_days(village) -> None:
    run = started(village, "临期户", 3)
    assert run.step_due_on == date(2026, 11, 24), "Thursday and three working days: Friday, Monday, Tuesday"
    assert {cell.label: cell.count for cell in cells_of(village, WORK)}["临期"] == 1


def test_done_started_and_copied(village, township, signed_in) -> None:
    run = make_run(village, "杨家户")
    take_transition(by=village, at=NOW, run=run, transition="accept", version=run.version, note="属实")
    client = signed_in(village)
    assert "通过研判" in labels(client.get(reverse("done_list")))
    assert "入户核查" in labels(client.get(reverse("started_list")))
    assert "杨家户" not in labels(client.get(reverse("copied_list")))
    assert "杨家户" in labels(signed_in(township).get(reverse("copied_list")))
    assert "杨家户" not in labels(signed_in(make_user("village", OTHER_VILLAGE)).get(reverse("copied_list")))


def test_the_list_narrows_to_a_flow_and_a_step(village, signed_in) -> None:
    make_run(village, "杨家户")
    client = signed_in(village)
    assert "杨家户" in labels(client.get(reverse("todo_list"), {"f_state": "test_flow.study"}))
    assert "杨家户" not in labels(client.get(reverse("todo_list"), {"f_state": "test_flow.verify"}))


def test_a_page_of_to_dos_asks_a_fixed_number_of_questions(
    village, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(village)
    client.get(reverse("todo_list"))
    for number in range(12):
        make_run(village, f"第{number}户")
    with django_assert_max_num_queries(24):
        client.get(reverse("todo_list"))


def test_the_workbench_shows_what_is_due_first(village, signed_in) -> None:
    started(village, "晚到期户", 0)
    started(village, "先到期户", 5)
    page = labels(signed_in(village).get(reverse("workbench")))
    assert page.index("先到期户") < page.index("晚到期户")
    assert "已超1个工作日" in page
