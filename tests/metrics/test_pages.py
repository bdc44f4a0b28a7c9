"""The overview: each number opens exactly its list, small groups stay unseen where they must."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from bangfu.metrics import registry
from tests.cast import COUNTY, OTHER_COUNTY, TOWN, VILLAGE, make_user
from tests.metrics.sample import ALL, SHARE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.ledgers.sample"),
    pytest.mark.usefixtures("households"),
]


@pytest.fixture(autouse=True)
def metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_metrics", {})
    monkeypatch.setattr(registry, "_shelves", [])
    registry.register(ALL)
    registry.register(SHARE)


def signed_in(client: Client, role: str = "county_office", place: str = COUNTY) -> Client:
    client.force_login(make_user(role, place))
    return client


def test_the_overview_shows_each_number_with_its_list(client: Client) -> None:
    cells = signed_in(client).get("/metrics/").context["cells"]
    assert [(cell["word"], cell["number"], cell["made_of"]) for cell in cells] == [
        ("全部户", "4", ""),
        ("脱贫户占比", "50.0", "4 中 2"),
    ]
    for cell, expected in zip(cells, (4, 2), strict=True):
        assert client.get(cell["url"]).context["page"].paginator.count == expected


def test_map_and_table_lead_down_to_the_list_of_a_village(client: Client) -> None:
    signed_in(client)
    towns = client.get("/metrics/?metric=all_households").context["twin"].tiles
    assert [(tile.name, tile.text) for tile in towns] == [("青石镇", "3"), ("白水乡", "1")]
    villages = client.get(f"/metrics/{towns[0].url}").context["twin"].tiles
    assert [(tile.name, tile.text) for tile in villages] == [("上寨村", "2"), ("下河村", "1")]
    assert client.get(villages[0].url).context["page"].paginator.count == 2


def test_who_may_not_see_households_gets_numbers_without_lists_and_without_small_groups(
    client: Client,
) -> None:
    response = signed_in(client, "leader").get("/metrics/")
    assert [cell["url"] for cell in response.context["cells"]] == ["", ""]
    assert [cell["number"] for cell in response.context["cells"]] == ["不足 5", "不足 5"]
    assert all(tile.withheld for tile in response.context["twin"].tiles)
    page = client.get("/metrics/registered_share/").content.decode()
    assert "50.0" not in page
    assert "/sample/" not in page


def test_a_shared_screen_withholds_small_groups(client: Client) -> None:
    signed_in(client)
    assert not any(tile.withheld for tile in client.get("/metrics/").context["twin"].tiles)
    shared = client.get("/metrics/?shared=1")
    assert all(tile.withheld for tile in shared.context["twin"].tiles)
    assert "显示小数目" in shared.content.decode()


def test_the_list_is_offered_only_where_it_shows_the_same_rows(client: Client) -> None:
    """Someone who counts a county but lists one township must not be sent to a shorter list."""
    from datetime import date

    from bangfu.access.models import RoleAssignment
    from tests.cast import NOW

    user = make_user("leader")
    RoleAssignment.objects.create(
        user=user, role="team_leader", place=TOWN, valid_from=date(2020, 1, 1), granted_at=NOW
    )
    client.force_login(user)
    assert client.get("/metrics/").context["cells"][0]["url"] == ""
    cell = client.get(f"/metrics/?place={TOWN}").context["cells"][0]
    assert (cell["number"], client.get(cell["url"]).context["page"].paginator.count) == ("3", 3)


def test_why_says_what_is_counted_and_opens_both_lists(client: Client) -> None:
    page = signed_in(client).get(f"/metrics/registered_share/?place={TOWN}").content.decode()
    assert "脱贫户占全部户的比例。" in page
    assert "33.3 %" in page
    links = [unescape(link) for link in re.findall(r'href="(/sample/[^"]*)"', page)]
    counts = [client.get(link).context["page"].paginator.count for link in links]
    assert counts == [1, 3]


def test_the_panel_is_the_part_alone(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "panel"}
    page = signed_in(client).get("/metrics/all_households/", headers=headers).content.decode()
    assert page.lstrip().startswith("<aside") and "<html" not in page


@pytest.mark.parametrize(
    "address", ["/metrics/nothing/", "/metrics/?metric=nothing", f"/metrics/?place={OTHER_COUNTY}"]
)
def test_what_is_not_there_is_not_there(client: Client, address: str) -> None:
    assert signed_in(client).get(address).status_code == 404


def test_a_village_has_numbers_and_no_map(client: Client) -> None:
    response = signed_in(client, "village", VILLAGE).get("/metrics/")
    assert response.context["twin"] is None
    assert response.context["cells"][0]["number"] == "2"


def test_without_metrics_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_metrics", {})
    monkeypatch.setattr(registry, "_shelves", [])
    assert "还没有口径" in signed_in(client).get("/metrics/").content.decode()
