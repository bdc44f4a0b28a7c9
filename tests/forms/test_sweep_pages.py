"""Pages of a sweep: numbers open their lists, sheets open filled, nothing typed is lost (C-183, C-184)."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.forms.enums import TaskState
from bangfu.forms.models import Sheet, SweepTask
from tests.cast import OTHER_VILLAGE, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.forms.test_sweeps import FINE, fill
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def posted(client: Client, task: SweepTask, **answers: list[str]) -> tuple[int, str]:
    """The sheet's page posted as the browser would; status and text."""
    address = reverse("record_sheet", args=[task.uid])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(\w+_version|kind)" value="([^"]*)"', page))
    answer = client.post(address, {"filled_on": "2026-11-20", "met": "户主"} | hidden | answers)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("query", ["f_left=yes", "f_state=in_question", "f_state=unreached", "f_risk=yes"])
def test_each_number_is_the_length_of_its_list(regions: dict[str, Region], query: str) -> None:
    for _ in range(2):
        make_household(regions)
    make_household(regions, OTHER_VILLAGE)
    sweep = sweep_of(regions)
    fill(sweep.tasks.filter(place=VILLAGE)[0], FINE | {"disaster": ["是"]})
    client = browser_of(sweep.opened_by)
    page = client.get(reverse("sweep_page", args=[sweep.uid]))
    cell = next(cell for cell in page.context["cells"] if query in cell["url"])
    listed = client.get(cell["url"])
    assert listed.context["page"].paginator.count == int(cell["number"])
    for row in page.context["rows"]:
        listed = client.get(row["left_url"])
        assert listed.context["page"].paginator.count == row["left"]


def test_a_sheet_opens_with_what_is_known_and_is_kept(regions: dict[str, Region]) -> None:
    make_household(regions, safe_water=True, dangerous_house=False)
    task = sweep_of(regions).tasks.get()
    client = browser_of(make_user("village", VILLAGE))
    page = client.get(reverse("record_sheet", args=[task.uid]))
    assert page.context["form"].initial["water_safe"] == "是"
    status, _ = posted(client, task, **FINE)
    assert status == 302
    assert Sheet.objects.get().met == "户主"
    task.refresh_from_db()
    assert task.state == TaskState.SCREENED


def test_what_was_typed_comes_back_with_the_reason(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    client = browser_of(make_user("village", VILLAGE))
    status, text = posted(client, task, **{**FINE, "no_labour": [], "words": ["听邻居说欠了债"]})
    assert status == 200
    assert "这一项要填" in text
    assert "听邻居说欠了债" in text
    assert not Sheet.objects.exists()


def test_of_two_open_sheets_the_second_is_told_and_keeps_its_words(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    client = browser_of(make_user("village", VILLAGE))
    page = client.get(reverse("record_sheet", args=[task.uid])).content.decode()
    hidden = dict(re.findall(r'name="(\w+_version|kind)" value="([^"]*)"', page))
    fill(task, FINE)
    typed = {"filled_on": "2026-11-20", "met": "户主"} | hidden | FINE | {"words": ["我也去过了"]}
    answer = client.post(reverse("record_sheet", args=[task.uid]), typed)
    assert "刚由别人办过" in answer.content.decode()
    assert "我也去过了" in answer.content.decode()
    assert Sheet.objects.count() == 1


def test_save_and_next_goes_to_the_next_household(regions: dict[str, Region]) -> None:
    make_household(regions)
    make_household(regions, head_name="李秀")
    first, second = sweep_of(regions).tasks.order_by("pk")
    client = browser_of(make_user("village", VILLAGE))
    address = reverse("record_sheet", args=[first.uid])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(\w+_version|kind)" value="([^"]*)"', page))
    answer = client.post(address, {"filled_on": "2026-11-20", "next": "1"} | hidden | FINE)
    assert answer["Location"] == reverse("record_sheet", args=[second.uid])


def test_the_flyer_names_no_household(regions: dict[str, Region]) -> None:
    make_household(regions, head_name="段罕见")
    sweep = sweep_of(regions)
    address = reverse("print_sweep_flyer", args=[sweep.uid])
    pdf = browser_of(sweep.opened_by).get(address, {"format": "pdf"}).content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "2026年11月1日至2026年11月30日" in "".join(text.split())
    assert "段罕见" not in text
