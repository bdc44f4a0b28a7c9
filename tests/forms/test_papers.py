"""Sheets on paper, household by household; the code on the scan leads back to the task (C-183, C-184)."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bangfu.core.errors import SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.evidence.returning import address_of
from bangfu.forms.enums import SheetKind
from bangfu.forms.papers import preview_paper, sheet_paper
from bangfu.forms.queries_tasks import tasks_to_fill
from bangfu.forms.versions import parsed, shipped_text
from bangfu.forms.views import papers
from tests.cast import OTHER_VILLAGE, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.forms.test_sweeps import FINE, fill
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_village_is_printed_in_one_file_with_what_is_known(regions: dict[str, Region]) -> None:
    for name in ("段一", "段二"):
        make_household(regions, head_name=name, safe_water=False)
    make_household(regions, OTHER_VILLAGE, head_name="外村人")
    sweep = sweep_of(regions)
    client = Client()
    client.force_login(make_user("village", VILLAGE))
    address = reverse("print_sheets", args=[sweep.uid, "screening"])
    pages = text_of(client.get(address, {"place": VILLAGE, "format": "pdf"}).content)
    assert ["段一" in pages[0], "段二" in pages[-1]] == [True, True]
    assert "外村人" not in "".join(pages)
    assert "□是■否" in pages[0]
    assert AuditEvent.objects.get(verb="print_sheets").data["households"] == 2
    word = client.get(address, {"place": VILLAGE, "format": "docx"}).content
    assert word.startswith(b"PK")


def test_only_households_in_question_get_an_inspection_sheet(regions: dict[str, Region]) -> None:
    asked = make_household(regions, members=2, head_name="段一")
    make_household(regions, head_name="段二")
    sweep = sweep_of(regions)
    fill(sweep.tasks.get(household=asked), FINE | {"disaster": ["是"]})
    tasks = tasks_to_fill(make_user("village", VILLAGE), sweep, SheetKind.INSPECTION, VILLAGE, "")
    (task,) = tasks
    data = sheet_paper(task, SheetKind.INSPECTION).data
    assert data["head"] == "段一"
    assert [row["name"] for row in data["members"]] == [
        member.name for member in asked.members.order_by("pk")
    ]


def test_the_code_of_a_sheet_leads_to_its_task_and_nobody_elses(regions: dict[str, Region]) -> None:
    household = make_household(regions)
    (task,) = tasks_to_fill(
        make_user("village", VILLAGE), sweep_of(regions), SheetKind.SCREENING, VILLAGE, ""
    )
    code = sheet_paper(task, SheetKind.SCREENING).code
    address = address_of(code, make_user("village", VILLAGE, username="scanner"))
    assert str(household.subject.uid) in address
    assert str(task.uid) in address
    with pytest.raises(SituationForbids, match="不在您管的范围"):
        address_of(code, make_user("village", OTHER_VILLAGE, username="stranger"))


@pytest.mark.parametrize(
    ("code", "kind"), [("screening_sheet", "screening"), ("inspection_sheet", "inspection")]
)
def test_an_empty_sheet_asks_every_question(code: str, kind: str) -> None:
    form = parsed(shipped_text(code))
    data = preview_paper(form, SheetKind(kind)).data
    asked = len(data["questions"]) + len(data["member_columns"]) - 1
    assert asked == len(list(form.questions()))


def test_too_many_households_are_not_printed_at_once(
    regions: dict[str, Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_PRINTED", 1)
    make_household(regions)
    make_household(regions, head_name="李秀")
    sweep = sweep_of(regions)
    client = Client()
    client.force_login(make_user("village", VILLAGE))
    address = reverse("print_sheets", args=[sweep.uid, "screening"])
    page = client.get(address, {"place": VILLAGE}, follow=True).content.decode()
    assert "一次最多印 1 户" in page
