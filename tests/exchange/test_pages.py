"""The pages of a batch, from upload to undo, as a township's clerk opens them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.worker import run_next
from bangfu.exchange.models import Batch, BatchState
from bangfu.households.models import Household
from tests.cast import NOW, OTHER_TOWN, TOWN, make_regions, make_user
from tests.exchange.rosters import HEADER, committed, csv_bytes, family, person, preflighted

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session.save()
    user.session_key = session.session_key or ""
    user.save()
    return client


@pytest.fixture
def clerk() -> User:
    make_regions()
    return make_user("township", TOWN)


def work() -> None:
    assert run_next("test", NOW, clock=lambda: NOW) is not None


def test_from_upload_to_receipt_and_undo(clerk: User) -> None:
    client = signed_in(clerk)
    file = SimpleUploadedFile("名册.csv", csv_bytes(family("H1", "杨志明", "杨小军")))
    answer = client.post(reverse("upload_batch"), {"file": file, "place": TOWN})
    batch = Batch.objects.get()
    page = reverse("batch_file", args=[batch.uid])
    assert answer.headers["Location"] == page
    assert "排队等着" in client.get(page).content.decode()
    work()
    text = client.get(page).content.decode()
    assert "提交 2 行" in text and "每一列认作什么" in text
    client.post(reverse("commit_batch", args=[batch.uid]))
    work()
    text = client.get(page).content.decode()
    assert "导入回执" in text and "读入 = 接收 + 退回" in text and "撤回这批" in text
    assert "导入回执" in client.get(reverse("batch_receipt", args=[batch.uid])).content.decode()
    batch.refresh_from_db()
    batch.undo_until = NOW.replace(year=2099)
    batch.save()
    assert "撤回批次" in client.get(reverse("undo_batch", args=[batch.uid])).content.decode()
    client.post(reverse("undo_batch", args=[batch.uid]), {"reason": "传错了文件"})
    work()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert not Household.objects.exists()
    assert "撤回。" in client.get(page).content.decode()


def test_a_file_of_an_unknown_kind_is_told_in_a_sentence(clerk: User) -> None:
    client = signed_in(clerk)
    file = SimpleUploadedFile("值班表.csv", "值班人,星期\n张三,一\n李四,二\n".encode())
    client.post(reverse("upload_batch"), {"file": file, "place": TOWN})
    work()
    batch = Batch.objects.get()
    assert batch.state == BatchState.FAILED
    text = client.get(reverse("batch_file", args=[batch.uid])).content.decode()
    assert "认不出这是什么名单，没有读入任何行" in text


def test_an_empty_file_is_refused_and_nothing_is_kept(clerk: User) -> None:
    answer = signed_in(clerk).post(
        reverse("upload_batch"), {"file": SimpleUploadedFile("空.csv", b""), "place": TOWN}
    )
    assert "这个文件是空的" in answer.content.decode()
    assert not Batch.objects.exists()


def test_numbers_are_masked_on_the_page(clerk: User) -> None:
    rows = [person("H1", "杨志明", 联系电话="13800002051")]
    batch = preflighted(rows, clerk)
    text = signed_in(clerk).get(reverse("batch_file", args=[batch.uid])).content.decode()
    assert rows[0]["证件号码"] not in text
    assert "13800002051" not in text
    assert "138****2051" in text


def test_the_same_file_is_said_with_a_link(clerk: User) -> None:
    rows = family("H1", "杨志明")
    first = committed(rows, clerk)
    second = preflighted(rows, clerk)
    text = signed_in(clerk).get(reverse("batch_file", args=[second.uid])).content.decode()
    assert f'批次 <a href="{reverse("batch_file", args=[first.uid])}">{first.number}</a> 提交过' in text


def test_rejected_rows_come_back_with_their_reason_and_can_be_sent_again(clerk: User) -> None:
    import openpyxl

    rows = [*family("H1", "杨志明"), person("H2", "李秀兰", 行政村="没有的村")]
    batch = preflighted(rows, clerk)
    content = b"".join(signed_in(clerk).get(reverse("batch_rejected", args=[batch.uid])))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [*HEADER, "行号", "原因"] == lines[0]
    assert (lines[1][4], lines[1][-2]) == ("李秀兰", 3)
    assert "没有的村" in lines[1][-1] and "不在您的管辖范围" in lines[1][-1]


def test_the_template_is_read_as_the_dataset_it_is_for(clerk: User) -> None:
    answer = signed_in(clerk).get(reverse("batch_template", args=["household_roster"]))
    assert answer.status_code == 200
    file = SimpleUploadedFile("模板.xlsx", answer.content)
    signed_in(clerk).post(reverse("upload_batch"), {"file": file, "place": TOWN})
    work()
    assert Batch.objects.get().dataset == "household_roster"


def test_a_batch_of_another_township_is_not_there(clerk: User) -> None:
    batch = preflighted(family("H1", "杨志明"), clerk)
    other = signed_in(make_user("township", OTHER_TOWN))
    for name in ("batch_file", "batch_rejected", "batch_receipt", "batch_job"):
        assert other.get(reverse(name, args=[batch.uid])).status_code == 404
    for name in ("preflight_batch", "commit_batch", "discard_batch"):
        assert other.post(reverse(name, args=[batch.uid])).status_code == 404


def test_the_ledger_lists_the_batches(clerk: User) -> None:
    batch = preflighted(family("H1", "杨志明"), clerk)
    assert batch.number in signed_in(clerk).get(reverse("batch_list")).content.decode()
