"""Screening sheets by workbook: prefilled, judged row by row, kept all or none (C-184)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.exchange.storage import REJECTED, folder_of, read
from bangfu.forms import receivers
from bangfu.forms.actions import workbooks as actions
from bangfu.forms.enums import SheetKind, TaskState
from bangfu.forms.models import Sheet, SheetBatch, Sweep
from bangfu.forms.queries_tasks import tasks_to_fill
from bangfu.forms.versions import form_of
from bangfu.forms.workbook.layout import DAY, KEY, MET, REASON
from bangfu.forms.workbook.writing import sheets_workbook
from bangfu.households.models import Household
from tests.cast import NOW, OTHER_VILLAGE, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.forms.test_sweeps import FINE
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
TITLES = {
    "members_same": "家里的人和登记的一样吗",
    "house_dangerous": "现在住的是危房吗",
    "water_safe": "饮水有保障吗",
    "child_out_of_school": "有没有该上学没上学的孩子",
    "all_insured": "全家人都参加基本医保了吗",
    "illness_heavy": "近 12 个月有没有人得大病、慢病，自己花了很多钱",
    "new_disability": "有没有人新近残疾或残疾加重",
    "income_trend": "今年的收入和去年比",
    "disaster": "近 12 个月有没有遭灾",
    "accident": "近 12 个月有没有出意外事故",
    "no_labour": "家里有没有能干活的人",
    "opinion": "要不要转排查",
}
ANSWERS = {TITLES[name]: answers[0] for name, answers in FINE.items()} | {DAY: "2026-11-20", MET: "户主"}


@pytest.fixture
def clerk(regions: dict[str, Region]) -> User:
    return make_user("village", VILLAGE)


@pytest.fixture
def sweep(regions: dict[str, Region]) -> Sweep:
    for name in ("段一", "段二", "段三"):
        make_household(regions, head_name=name, safe_water=True)
    return sweep_of(regions)


def workbook(user: User, sweep: Sweep, place: str = VILLAGE) -> bytes:
    tasks = tasks_to_fill(user, sweep, SheetKind.SCREENING, place, "")
    return sheets_workbook(form_of(sweep.screening_form), tasks)


def rows_of(content: bytes) -> Iterator[dict[str, str]]:
    heads, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values
    for row in rows:
        yield {str(head): str(cell or "") for head, cell in zip(heads, row, strict=True)}


def filled(content: bytes, answers: Mapping[str, Mapping[str, str]]) -> bytes:
    """The workbook with the answers written in by somebody, by head of household."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        head = row[column["户主"] - 1].value
        for title, answer in answers.get(head, {}).items():
            sheet.cell(row[0].row, column[title], answer)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(user: User, sweep: Sweep, content: bytes) -> SheetBatch:
    return actions.upload_sheets(by=user, at=NOW, sweep=sweep, file_name="筛查表.xlsx", content=content)


def test_a_row_a_household_prefilled_with_choices_and_a_hidden_key(clerk: User, sweep: Sweep) -> None:
    content = workbook(clerk, sweep)
    rows = list(rows_of(content))
    assert [row["户主"] for row in rows] == ["段一", "段三", "段二"]
    assert {row[TITLES["water_safe"]] for row in rows} == {"是"}
    assert {row[KEY] for row in rows} == {
        f"{task.uid}/{task.version}/{task.household.version}" for task in sweep.tasks.all()
    }
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.column_dimensions["A"].hidden
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(bool(one.options) for _, one in form_of(sweep.screening_form).questions())


def test_rows_are_judged_first_and_kept_in_one_step(clerk: User, sweep: Sweep) -> None:
    risky = ANSWERS | {TITLES["disaster"]: "是"}
    batch = upload(clerk, sweep, filled(workbook(clerk, sweep), {"段一": ANSWERS, "段二": risky}))
    counts = (batch.rows_read, batch.rows_accepted, batch.rows_risky, batch.rows_empty, batch.rows_rejected)
    assert counts == (3, 2, 1, 1, 0)
    assert not Sheet.objects.exists()
    actions.commit_sheets(by=clerk, at=NOW, batch=batch)
    states = {task.household.head_name: task.state for task in sweep.tasks.select_related("household")}
    assert states == {"段一": TaskState.SCREENED, "段二": TaskState.IN_QUESTION, "段三": TaskState.WAITING}
    assert {sheet.met for sheet in Sheet.objects.all()} == {"户主"}


def test_the_same_file_twice_changes_nothing(clerk: User, sweep: Sweep) -> None:
    content = filled(workbook(clerk, sweep), {"段一": ANSWERS})
    actions.commit_sheets(by=clerk, at=NOW, batch=upload(clerk, sweep, content))
    again = upload(clerk, sweep, content)
    assert (again.rows_accepted, again.rows_known, again.rows_rejected) == (0, 1, 0)
    with pytest.raises(SituationForbids, match="没有能收的行"):
        actions.commit_sheets(by=clerk, at=NOW, batch=again)
    assert Sheet.objects.count() == 1


def test_a_refused_row_says_why_and_can_be_mended_in_the_same_layout(clerk: User, sweep: Sweep) -> None:
    wrong = ANSWERS | {TITLES["disaster"]: "也许", DAY: "昨天"}
    missing = {TITLES["disaster"]: "否", DAY: "2026-11-20"}
    batch = upload(
        clerk, sweep, filled(workbook(clerk, sweep), {"段一": wrong, "段二": missing, "段三": ANSWERS})
    )
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 2)
    assert {"row": 2, "column": DAY, "reason": "写上门的日期，如 2026-11-22。"} in batch.refusals
    assert {"row": 4, "column": TITLES["accident"], "reason": "这一项要填。"} in batch.refusals
    batch = actions.commit_sheets(by=clerk, at=NOW, batch=batch)
    content = read(folder_of(batch.uid), REJECTED)
    assert content is not None
    refused = list(rows_of(content))
    assert [row["户主"] for row in refused] == ["段一", "段二"]
    assert refused[0][TITLES["disaster"]] == "也许"
    assert "写上门的日期" in refused[0][REASON]
    mended = upload(clerk, sweep, filled(content, {"段一": ANSWERS, "段二": ANSWERS}))
    assert (mended.rows_accepted, mended.rows_rejected) == (2, 0)


def test_rows_of_other_villages_and_of_nobody_are_refused(
    regions: dict[str, Region], clerk: User, sweep: Sweep
) -> None:
    make_household(regions, OTHER_VILLAGE, head_name="外村人")
    far = sweep_of(regions, group="all", place="530999102")
    theirs = workbook(make_user("village", OTHER_VILLAGE), far, OTHER_VILLAGE)
    batch = upload(clerk, sweep, filled(theirs, {"外村人": ANSWERS}))
    assert (batch.rows_accepted, batch.rows_rejected) == (0, 1)
    assert "不是您管的户" in batch.refusals[0]["reason"]
    assert "外村人" not in str(batch.refusals)


def test_what_changed_in_between_stays_outside(clerk: User, sweep: Sweep) -> None:
    content = filled(workbook(clerk, sweep), {"段一": ANSWERS, "段二": ANSWERS})
    batch = upload(clerk, sweep, content)
    with recording(by=clerk, at=NOW, verb="edit_household"):
        Household.objects.filter(head_name="段一").update(address="路边")
    batch = actions.commit_sheets(by=clerk, at=NOW, batch=batch)
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 1)
    assert "登记改过" in batch.refusals[0]["reason"]


def test_what_breaks_off_in_the_middle_leaves_nothing(
    clerk: User, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**told: object) -> None:
        raise ConnectionError

    risky = ANSWERS | {TITLES["disaster"]: "是"}
    content = filled(workbook(clerk, sweep), {"段一": ANSWERS, "段二": risky})
    batch = upload(clerk, sweep, content)
    with monkeypatch.context() as patch, pytest.raises(ConnectionError):
        patch.setattr(receivers, "_receivers", [breaks])
        actions.commit_sheets(by=clerk, at=NOW, batch=batch)
    assert not Sheet.objects.exists()
    assert not sweep.tasks.exclude(state=TaskState.WAITING).exists()
    batch.refresh_from_db()
    assert actions.commit_sheets(by=clerk, at=NOW, batch=batch).rows_accepted == 2


def test_one_household_twice_in_a_file_is_kept_once(clerk: User, sweep: Sweep) -> None:
    content = filled(workbook(clerk, sweep), {"段一": ANSWERS})
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for cell in sheet[2]:
        sheet.cell(6, cell.column, cell.value)
    out = io.BytesIO()
    book.save(out)
    batch = upload(clerk, sweep, out.getvalue())
    assert (batch.rows_accepted, batch.rows_rejected) == (1, 1)
    assert "两行是这一户" in batch.refusals[0]["reason"]


@pytest.mark.parametrize("content", [b"", b"nothing that is a workbook"])
def test_a_foreign_file_is_refused_and_not_kept(clerk: User, sweep: Sweep, content: bytes) -> None:
    with pytest.raises(SituationForbids):
        upload(clerk, sweep, content)
    assert not SheetBatch.objects.exists()


def test_nobody_commits_anothers_file(clerk: User, sweep: Sweep) -> None:
    batch = upload(clerk, sweep, filled(workbook(clerk, sweep), {"段一": ANSWERS}))
    with pytest.raises(NotPermitted):
        actions.commit_sheets(by=make_user("village", VILLAGE, username="other"), at=NOW, batch=batch)
    actions.discard_sheets(by=clerk, at=NOW, batch=batch)
    with pytest.raises(SituationForbids, match="已放弃"):
        actions.commit_sheets(by=clerk, at=NOW, batch=batch)


def test_the_pages_lead_from_the_download_to_the_receipt(clerk: User, sweep: Sweep) -> None:
    client = Client()
    client.force_login(clerk)
    content = client.get(reverse("download_sheets", args=[sweep.uid]), {"place": VILLAGE}).content
    file = io.BytesIO(filled(content, {"段一": ANSWERS, "段二": {DAY: "2026-11-20"}}))
    file.name = "筛查表.xlsx"
    answer = client.post(reverse("upload_sheets", args=[sweep.uid]), {"file": file})
    page = client.get(answer["Location"])
    assert "提交 1 户" in page.content.decode()
    batch = page.context["batch"]
    done = client.post(reverse("commit_sheets", args=[batch.uid]), follow=True).content.decode()
    assert "各项合计与读入相符" in done
    refused = client.get(reverse("refused_sheets", args=[batch.uid])).content
    assert [row["户主"] for row in rows_of(refused)] == ["段二"]
