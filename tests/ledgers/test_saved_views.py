"""Saved views: a name of one's own for an address."""

from __future__ import annotations

import pytest
from django.test import Client

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent
from bangfu.ledgers import actions
from bangfu.ledgers.models import SavedView
from tests.cast import NOW, make_user
from tests.ledgers.sample import SAMPLE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.ledgers.sample"),
    pytest.mark.usefixtures("regions"),
]


def test_a_view_is_kept_under_its_name_and_offered(client: Client) -> None:
    client.force_login(make_user("county_office"))
    query = "f_type=registered&sort=-persons&cols=persons"
    answer = client.post("/views/save/", {"ledger": "sample_list", "name": " 脱贫大户 ", "query": query})
    assert answer["Location"] == f"/sample/?{query}"
    page = client.get(f"/sample/?{query}")
    assert [(v["label"], v["current"]) for v in page.context["saved_views"]] == [
        ("全部", False),
        ("脱贫户", True),
        ("脱贫大户", True),
    ]
    assert AuditEvent.objects.filter(verb="save_view").count() == 1


def test_page_number_and_export_are_no_part_of_a_view() -> None:
    view = save("一", "f_type=registered&page=3&format=xlsx&print=1")
    assert view.query == "f_type=registered"


@pytest.mark.parametrize("name", ["脱贫户", " 脱贫户 ", "全部"])
def test_the_name_of_a_view_that_the_ledger_brings_is_refused(name: str) -> None:
    with pytest.raises(SituationForbids, match=f"“{name.strip()}”是这本台账自带的视图，视图没有存"):
        save(name)
    assert not SavedView.objects.exists()


def save(name: str, query: str = "f_type=registered", by: str = "county_office") -> SavedView:
    user = make_user(by, username=f"{by}-{name[:10]}")
    return actions.save_view(by=user, at=NOW, ledger=SAMPLE, name=name, query=query)


def test_the_same_name_is_written_over() -> None:
    user = make_user("county_office")
    for query in ("q=a", "q=b"):
        actions.save_view(by=user, at=NOW, ledger=SAMPLE, name="一", query=query)
    assert SavedView.objects.get(user=user).query == "q=b"


@pytest.mark.parametrize(
    ("name", "query"), [("", "q=a"), ("   ", "q=a"), ("长" * 41, "q=a"), ("一", "q=" + "长" * 2000)]
)
def test_what_cannot_be_kept_is_refused_with_a_reason(name: str, query: str) -> None:
    with pytest.raises(SituationForbids):
        save(name, query)
    assert not SavedView.objects.exists()


def test_views_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "VIEWS_AT_MOST", 2)
    user = make_user("county_office")
    for name in ("一", "二", "二"):
        actions.save_view(by=user, at=NOW, ledger=SAMPLE, name=name, query="q=a")
    with pytest.raises(SituationForbids, match="最多存 2 个"):
        actions.save_view(by=user, at=NOW, ledger=SAMPLE, name="三", query="q=a")


def test_without_the_permission_of_the_ledger_nothing_is_kept() -> None:
    with pytest.raises(NotPermitted):
        save("一", by="leader")


def test_a_refused_name_is_said_and_the_conditions_stay(client: Client) -> None:
    client.force_login(make_user("county_office"))
    data = {"ledger": "sample_list", "name": "", "query": "f_type=registered"}
    answer = client.post("/views/save/", data, follow=True)
    assert answer.request["QUERY_STRING"] == "f_type=registered"
    assert "视图名称要填" in answer.content.decode()


def test_one_forgets_own_views_only(client: Client) -> None:
    theirs = save("一")
    client.force_login(make_user("county_office"))
    assert client.post(f"/views/{theirs.pk}/delete/").status_code == 404
    mine = actions.save_view(
        by=make_user("village", "530999101001"), at=NOW, ledger=SAMPLE, name="二", query="q=a"
    )
    client.force_login(mine.user)
    assert client.post(f"/views/{mine.pk}/delete/")["Location"] == "/sample/"
    assert list(SavedView.objects.all()) == [theirs]
    with pytest.raises(NotPermitted):
        actions.delete_view(by=mine.user, at=NOW, view=theirs)


def test_a_view_of_no_ledger_is_not_there(client: Client) -> None:
    client.force_login(make_user("county_office"))
    assert client.post("/views/save/", {"ledger": "nothing", "name": "一", "query": ""}).status_code == 404
