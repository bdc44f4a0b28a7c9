"""Pages of definitions and holidays: live check, drafts kept, publishing, comparing, loading."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bangfu.workflow.models import FlowDefinition, Holiday
from tests.cast import COUNTY, TODAY
from tests.workflow.room import ROOM, make_run

pytestmark = pytest.mark.django_db
WRONG = ROOM.text.replace("to: enrolled", "to: nowhere")


def words(answer) -> str:
    return answer.content.decode()


def test_the_diagram_is_drawn_from_what_runs_and_marks_where_a_run_stands(village, signed_in) -> None:
    client = signed_in(village)
    page = words(client.get(reverse("flow_page", args=["test_flow"])))
    for title in (
        "研判",
        "入户核查",
        "县级审定",
        "已纳入",
        "未纳入",
        "退回研判",
        "限3个工作日（依据未核实）",
    ):
        assert title in page
    assert "<svg" in page and "way back" in page and "● " not in page
    assert "● 研判" in words(client.get(reverse("flow_file", args=[make_run(village).uid])))


def test_a_text_is_checked_while_it_is_written(county, signed_in) -> None:
    client = signed_in(county)
    address = reverse("check_definition", args=["test_flow"])
    assert "没有“nowhere”这个环节" in words(client.post(address, {"text": WRONG}))
    assert "<svg" in words(client.post(address, {"text": ROOM.text}))


def test_from_draft_to_publication(county, village, signed_in) -> None:
    client, today = signed_in(county), timezone.localdate().isoformat()
    form = {"place": COUNTY, "note": "试改", "text": WRONG}
    client.post(reverse("draft_definition", args=["test_flow"]), form)
    row = FlowDefinition.objects.get(place=COUNTY)
    assert "没有“nowhere”这个环节" in words(client.get(reverse("definition_file", args=[row.uid])))
    publish = reverse("publish_definition", args=[row.uid])
    refused = words(client.post(publish, {"version": row.version, "valid_from": today}))
    assert "没有发布" in refused and "nowhere" in refused

    text = ROOM.text.replace("入户核查", "上门核查")
    form = {"version": row.version, "note": "改好", "text": text}
    client.post(reverse("edit_definition", args=[row.uid]), form)
    row.refresh_from_db()
    page = words(client.get(reverse("definition_file", args=[row.uid])))
    assert "上门核查" in page and "<del>" in page and "<ins>" in page
    assert client.post(publish, {"version": row.version, "valid_from": today}).status_code == 302
    assert "上门核查" in words(signed_in(village).get(reverse("flow_page", args=["test_flow"])))
    row.refresh_from_db()
    client.post(reverse("retire_definition", args=[row.uid]), {"version": row.version, "reason": "不用了"})
    row.refresh_from_db()
    assert row.state == "retired"


def test_a_stale_draft_keeps_what_was_typed(county, signed_in) -> None:
    client = signed_in(county)
    form = {"place": COUNTY, "note": "试改", "text": ROOM.text}
    client.post(reverse("draft_definition", args=["test_flow"]), form)
    row = FlowDefinition.objects.get(place=COUNTY)
    edit = reverse("edit_definition", args=[row.uid])
    client.post(edit, {"version": row.version, "note": "先存的", "text": ROOM.text})
    page = words(
        client.post(edit, {"version": row.version, "note": "后存的", "text": ROOM.text + "# 我写的"})
    )
    assert "刚被别人改过" in page and "# 我写的" in page and "后存的" in page


def test_a_year_is_loaded_by_pasting(county, signed_in) -> None:
    client = signed_in(county)
    assert f"{TODAY.year + 1} 年还没有节假日表" in words(client.get(reverse("holiday_list")))
    form = {"year": TODAY.year + 1, "text": "2027-01-01 放假", "basis": "国办通知", "grade": "知"}
    page = words(client.get(reverse("holiday_list")))
    assert "［次］" in page and "依据未核实" in page
    assert f"{TODAY.year} 年现在的表，依据：" in words(client.get(reverse("load_holidays")))
    bad = words(client.post(reverse("load_holidays"), {**form, "text": "2027-01-01 元旦"}))
    assert "没有写“放假”还是“上班”" in bad and "2027-01-01 元旦" in bad
    assert client.post(reverse("load_holidays"), form).status_code == 302
    assert Holiday.objects.get().day.isoformat() == "2027-01-01"
    assert "还没有节假日表" not in words(client.get(reverse("holiday_list")))


def test_a_year_is_loaded_from_a_file_of_excel(county, signed_in) -> None:
    file = SimpleUploadedFile("2027.csv", "日期,安排,节日\n2027/1/1,放假,元旦\n".encode("gb18030"))
    form = {"year": 2027, "file": file, "basis": "国办通知", "grade": "知"}
    assert signed_in(county).post(reverse("load_holidays"), form).status_code == 302
    assert Holiday.objects.get().name == "元旦"
