"""A session that ends while somebody types takes nothing away: the form waits for the same person."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.limits import IDLE_LIMIT
from bangfu.access.models import Unit
from bangfu.access.sessions import Ending
from tests.cast import make_user

pytestmark = pytest.mark.django_db
TYPED = {"name": "县水利局 <新>", "kind": "department"}


@pytest.fixture
def administrator(unit, regions):
    user = make_user("system_administrator", username="xitong", unit=unit)
    user.set_password("Qingshan-2026")
    user.save()
    return user


def idle(client: Client) -> None:
    session = client.session
    session["seen_at"] -= (IDLE_LIMIT + timedelta(minutes=1)).total_seconds()
    session.save()


def kept_in(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', page)
    return unescape(found.group(1)) if found else ""


def sign_in(client: Client, username: str, kept: str):
    form = {"username": username, "password": "Qingshan-2026", "kept": kept}
    return client.post(reverse("login"), form)


def ended(client: Client, user, typed: dict[str, str]):
    client.force_login(user)
    idle(client)
    return client.post(reverse("create_unit"), typed)


def test_the_form_comes_back_after_sign_in_and_can_be_sent(client, administrator, regions) -> None:
    answer = ended(client, administrator, {**TYPED, "region": str(regions["530999"].pk)})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert Ending.IDLE.sentence in page
    resumed = sign_in(client, "xitong", kept_in(page)).content.decode()
    fields = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', resumed)
    }
    assert fields["name"] == TYPED["name"]
    assert f'action="{reverse("create_unit")}"' in resumed
    assert client.post(reverse("create_unit"), fields).status_code == 302
    assert Unit.objects.filter(name=TYPED["name"]).exists()


def test_the_sign_in_page_does_not_show_what_waits(client, administrator) -> None:
    assert "水利局" not in ended(client, administrator, TYPED).content.decode()


def test_nobody_else_gets_it(client, administrator, clerk) -> None:
    kept = kept_in(ended(client, administrator, TYPED).content.decode())
    answer = sign_in(client, "hejing", kept)
    assert (answer.status_code, answer.url) == (302, reverse("workbench"))


@pytest.mark.parametrize("kept", ["", "v1:rubbish", "rubbish"])
def test_what_does_not_open_is_nothing(client, clerk, kept) -> None:
    assert sign_in(client, "hejing", kept).status_code == 302


def test_a_wrong_password_does_not_lose_it(client, administrator) -> None:
    kept = kept_in(ended(client, administrator, TYPED).content.decode())
    page = client.post(reverse("login"), {"username": "xitong", "password": "wrong", "kept": kept}).content
    assert kept_in(page.decode()) == kept


def test_passwords_do_not_wait(client, administrator) -> None:
    client.force_login(administrator)
    idle(client)
    form = {"old": "Qingshan-2026", "new": "Baishui-2027", "again": "Baishui-2027"}
    assert kept_in(client.post(reverse("change_password"), form).content.decode()) == ""


def signed_in(client: Client, username: str) -> None:
    assert sign_in(client, username, "").status_code == 302


def test_a_session_that_is_gone_altogether_takes_nothing_away(client, administrator, regions) -> None:
    signed_in(client, "xitong")
    client.session.flush()
    answer = client.post(reverse("create_unit"), {**TYPED, "region": str(regions["530999"].pk)})
    assert answer.status_code == 401
    resumed = sign_in(client, "xitong", kept_in(answer.content.decode())).content.decode()
    assert "您填的都在" in resumed and "县水利局 &lt;新&gt;" in resumed


def test_without_a_former_sign_in_here_there_is_nobody_to_keep_it_for(client) -> None:
    answer = client.post(reverse("create_unit"), TYPED)
    assert answer.status_code == 302 and answer.url.startswith(reverse("login"))


def test_htmx_gets_the_sign_in_page_in_place_of_the_whole(client, administrator, regions) -> None:
    client.force_login(administrator)
    idle(client)
    answer = client.post(reverse("create_unit"), TYPED, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (200, "body", "innerHTML")
    assert "您填的都在" in sign_in(client, "xitong", kept_in(answer.content.decode())).content.decode()


def test_a_form_of_an_earlier_sign_in_is_offered_again(administrator, regions) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    answer = strict.post(reverse("create_unit"), {**TYPED, "csrfmiddlewaretoken": "of an earlier sign-in"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "您填的都在" in page and "县水利局 &lt;新&gt;" in page
    assert "of an earlier sign-in" not in page
    assert not Unit.objects.filter(name=TYPED["name"]).exists()


def test_a_form_from_another_site_brings_nothing_back(administrator) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(reverse("create_unit"), TYPED).content.decode()
    assert kept_in(page) == "" and "水利局" not in page


def test_a_sign_in_page_left_open_leads_on(administrator) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert "请再登录一次" in strict.post(reverse("login"), {"username": "xitong"}).content.decode()
    strict.force_login(administrator)
    assert strict.post(reverse("login"), {"username": "xitong"}).url == reverse("workbench")
