"""The code on a printed paper leads its scan back to its step."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.documents.codes import return_code
from tests.cast import OTHER_TOWN, TOWN, VILLAGE, make_regions, make_user
from tests.notices.builders import a_posted

pytestmark = pytest.mark.django_db


def scanned(user: User, code: str) -> tuple[str, str]:
    """(address it leads to, page)."""
    client = Client()
    client.force_login(user)
    response = client.post(reverse("return_paper"), {"code": code})
    return response.headers.get("Location", ""), response.content.decode()


def test_a_scanned_code_leads_to_its_step_and_an_outsider_nowhere() -> None:
    regions = make_regions()
    notice = a_posted(make_user("village", VILLAGE), regions[VILLAGE])
    code = return_code(notice.uid, "notice")
    clerk, outsider = make_user("township", TOWN), make_user("township", OTHER_TOWN)
    address, _ = scanned(clerk, code)
    assert address.startswith(reverse("attach_evidence", args=[notice.subject.uid]))
    client = Client()
    client.force_login(clerk)
    assert notice.title in client.get(address).content.decode()
    address, page = scanned(outsider, code)
    assert address == "" and "不在您管的范围里" in page and notice.title not in page


def test_what_is_no_code_of_ours_is_said_so_and_stays_in_the_box() -> None:
    make_regions()
    clerk = make_user("township", TOWN)
    for wrong, said in (
        ("6901234567892", "不是本系统印出的"),
        (return_code(clerk.uid, "nothing"), "不在这里归档"),
        (return_code(clerk.uid, "notice")[:-1] + "x", "回执码"),
    ):
        address, page = scanned(clerk, wrong)
        assert address == "" and said in page and wrong in page
