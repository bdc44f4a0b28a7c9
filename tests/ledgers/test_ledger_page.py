"""A ledger page (interface.md, pattern 2): the address is the view, the count is the list."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.core.models import AuditEvent, Region
from bangfu.households.models import Household
from tests.cast import COUNTY, FOREIGN_VILLAGE, OTHER_TOWN, TOWN, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.ledgers.sample"),
    pytest.mark.usefixtures("households"),
]
PAGE = "/sample/"


def signed_in(client: Client, role: str = "county_office", place: str = COUNTY) -> Client:
    client.force_login(make_user(role, place))
    return client


def heads(response: Any) -> list[str]:
    """The heads of the households on the page, in their order."""
    return re.findall(
        r'<tr>(?:<td class="tick">.*?</td>)?<td[^>]*><a href="/h/[^"]+">([^<]+)</a>',
        response.content.decode(),
    )


def test_lists_what_the_scope_holds_and_no_more(client: Client) -> None:
    response = signed_in(client).get(PAGE)
    assert heads(response) == ["杨一", "李二", "王三", "赵四"]
    assert "共 4 条" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"place={TOWN}", ["杨一", "李二", "王三"]),
        (f"place={OTHER_TOWN}", ["赵四"]),
        (f"place={VILLAGE}", ["杨一", "李二"]),
        ("f_type=registered", ["杨一", "赵四"]),
        ("f_type=-", ["王三"]),
        ("f_head=二", ["李二"]),
        ("f_water=yes", ["杨一"]),
        ("f_water=no", ["李二"]),
        ("f_water=-", ["王三", "赵四"]),
        ("f_persons_from=2&f_persons_to=3", ["李二", "赵四"]),
        ("f_income_from=8000&f_income_to=8000.00", ["李二"]),
        ("f_identified=2026-03", ["杨一"]),
        ("f_identified=2026-04", []),
        ("f_big=5", ["杨一"]),
        ("q=杨", ["杨一"]),
        (f"place={TOWN}&f_type=registered", ["杨一"]),
        ("sort=-persons", ["杨一", "赵四", "李二", "王三"]),
        ("sort=persons", ["王三", "李二", "赵四", "杨一"]),
        ("sort=phone", ["杨一", "李二", "王三", "赵四"]),
        ("sort=-change__at", ["杨一", "李二", "王三", "赵四"]),
    ],
)
def test_the_address_is_the_view(client: Client, query: str, expected: list[str]) -> None:
    response = signed_in(client).get(f"{PAGE}?{query}")
    assert heads(response) == expected
    assert response.context["page"].paginator.count == len(expected)


@pytest.mark.parametrize(
    "query", ["f_type=rich", "f_persons_from=many", "f_identified=March", "f_water=perhaps"]
)
def test_a_condition_nobody_understands_is_named_and_lists_nothing(client: Client, query: str) -> None:
    response = signed_in(client).get(f"{PAGE}?{query}&q=杨")
    page = response.content.decode()
    assert heads(response) == []
    assert "有的条件没看懂" in page
    assert 'value="杨"' in page


@pytest.mark.parametrize("place", [FOREIGN_VILLAGE, "530998", "53", "530999777", "abc"])
def test_a_region_out_of_reach_is_not_there(client: Client, place: str) -> None:
    assert signed_in(client).get(f"{PAGE}?place={place}").status_code == 404


def test_the_region_select_offers_the_scope_only(client: Client) -> None:
    response = signed_in(client, "township", TOWN).get(PAGE)
    options = response.context["filters"].fields["place"].choices
    assert options == [("", "青石镇：全部 2 个村"), ("530999101001", "上寨村"), ("530999101002", "下河村")]
    assert [crumb["label"] for crumb in response.context["crumbs"]] == ["青石镇"]


def test_the_path_through_the_regions_leads_back_up(client: Client) -> None:
    response = signed_in(client).get(f"{PAGE}?place={VILLAGE}&f_type=registered")
    crumbs = response.context["crumbs"]
    assert [crumb["label"] for crumb in crumbs] == ["云岭县", "青石镇", "上寨村"]
    assert crumbs[1]["url"] == f"?f_type=registered&place={TOWN}"


def test_masked_classes_stay_masked_on_screen_paper_and_workbook(client: Client) -> None:
    signed_in(client)
    query = "q=王&cols=head_name,phone,bank"
    shown = client.get(f"{PAGE}?{query}").content.decode()
    printed = client.get(f"{PAGE}?{query}&print=1").content.decode()
    exported = str(rows_of(client.get(f"{PAGE}?{query}&format=xlsx")))
    for text in (shown, printed, exported):
        assert "138****2051" in text
        assert "13800002051" not in text
        assert "5678" in text
        assert "6217000012345678" not in text


def test_picked_columns_stand_in_the_address(client: Client) -> None:
    signed_in(client)
    comma = client.get(f"{PAGE}?cols=persons,type")
    repeated = client.get(f"{PAGE}?cols=persons&cols=type")
    labels = [column["label"] for column in comma.context["table_columns"]]
    assert labels == ["户主", "户类型", "人数"]
    assert [column["label"] for column in repeated.context["table_columns"]] == labels
    assert client.get(f"{PAGE}?cols=nonsense").context["columns_shown"] == 9


def test_totals_cover_the_list_and_not_the_page(client: Client, regions: dict[str, Region]) -> None:
    for _ in range(50):
        make_household(regions, VILLAGE, 1)
    response = signed_in(client).get(f"{PAGE}?cols=persons,income")
    assert len(heads(response)) == 50
    assert "第 1–50 条，共 54 条" in response.content.decode()
    assert "".join(response.context["totals"]) == (
        '<th scope="row">合计</th><td class="n" data-label="人数">61</td>'
        '<td class="n" data-label="纯收入（元）">20,345.00</td>'
    )
    second = client.get(f"{PAGE}?page=2")
    assert "第 51–54 条，共 54 条" in second.content.decode()
    assert client.get(f"{PAGE}?page=99").context["page"].number == 2


def test_amounts_follow_the_unit_and_the_head_names_it(client: Client) -> None:
    user = make_user("county_office")
    user.preferences = {"unit": "wan"}
    user.save()
    client.force_login(user)
    page = client.get(f"{PAGE}?q=杨&cols=income").content.decode()
    assert "纯收入（万元）" in page
    assert ">1.23<" in page


def test_a_changed_condition_fetches_the_list_alone(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "ledger"}
    response = signed_in(client).get(f"{PAGE}?place=&q=杨&f_type=&page=2", headers=headers)
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="ledger"' in page
    assert 'id="ledger-crumb" hx-swap-oob="true"' in page
    assert response["HX-Push-Url"] == f"{PAGE}?q=%E6%9D%A8&page=2"
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}


def test_without_the_permission_there_is_no_page_and_no_export(client: Client) -> None:
    assert signed_in(client, "leader").get(PAGE).status_code == 403


def test_who_may_not_export_sees_no_button_and_gets_no_file(client: Client) -> None:
    signed_in(client, "department")
    assert "format=xlsx" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}?format=xlsx").status_code == 403
    assert client.get(f"{PAGE}?print=1").status_code == 403
    assert not AuditEvent.objects.filter(verb__in=["export_ledger", "print_ledger"]).exists()


def test_actions_of_the_head_follow_permissions(client: Client) -> None:
    labels = {action["label"] for action in signed_in(client).get(PAGE).context["actions"]}
    assert labels == {"导出", "打印", "画廊"}
    client.logout()
    labels = {action["label"] for action in signed_in(client, "department").get(PAGE).context["actions"]}
    assert labels == set()


def rows_of(response: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


def test_the_workbook_holds_conditions_rows_and_totals(client: Client) -> None:
    response = signed_in(client).get(
        f"{PAGE}?f_type=registered&cols=persons,income,identified,house&format=xlsx"
    )
    rows = rows_of(response)
    assert rows[0][0] == "样本台账"
    assert rows[1][0] == "区划：云岭县；户类型：脱贫户"
    assert "county_office" in rows[2][0]
    assert "共 2 行" in rows[2][0]
    assert rows[3] == ("户主", "人数", "纯收入（元）", "识别", "住房")
    assert rows[4] == ("杨一", 5, 12345, "2026-03", None)
    assert rows[5] == ("赵四", 3, None, None, "危房")
    assert rows[6][:3] == ("合计", 8, 12345)


def test_a_name_that_looks_like_a_formula_stays_text(client: Client, regions: dict[str, Region]) -> None:
    make_household(regions, VILLAGE, 1, head_name="=1+1")
    rows = rows_of(signed_in(client).get(f"{PAGE}?f_head==1&format=xlsx"))
    assert rows[4][0] == "=1+1"


def test_the_audit_names_conditions_but_not_what_was_typed(client: Client) -> None:
    signed_in(client).get(f"{PAGE}?q=杨&f_type=registered&place={TOWN}&format=xlsx")
    event = AuditEvent.objects.get(verb="export_ledger")
    assert event.place == TOWN
    assert event.data["rows"] == 1
    assert event.data["conditions"] == ["f_type", "place", "q"]
    assert "杨" not in f"{event.data}{event.summary}"


def test_the_paper_carries_conditions_and_is_audited(client: Client) -> None:
    page = signed_in(client).get(f"{PAGE}?f_type=registered&print=1").content.decode()
    assert "区划：云岭县；户类型：脱贫户" in page
    assert "共 2 行" in page
    assert AuditEvent.objects.get(verb="print_ledger").data["rows"] == 2


def test_too_long_a_list_is_not_printed_and_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.ledgers.views.PAPER_ROWS", 3)
    response = signed_in(client).get(f"{PAGE}?sort=persons&print=1", follow=True)
    assert response.redirect_chain == [(f"{PAGE}?sort=persons", 302)]
    assert "有 4 行，一次最多打印 3 行，没有打印" in response.content.decode()
    assert not AuditEvent.objects.filter(verb="print_ledger").exists()


def test_an_empty_list_says_so_and_offers_the_way_back(client: Client) -> None:
    page = signed_in(client).get(f"{PAGE}?f_head=没有这个人").content.decode()
    assert "没有符合条件的" in page
    assert "清除条件" in page


@pytest.mark.parametrize(
    "query", ["", "?f_type=registered&sort=-income&cols=persons,income", f"?place={VILLAGE}"]
)
def test_a_page_takes_five_queries_more_than_an_empty_one(
    client: Client, query: str, regions: dict[str, Region]
) -> None:
    """Regions; count with totals; keys; rows; saved views: however many rows there are."""
    signed_in(client)
    for _ in range(5):
        make_household(regions, VILLAGE, 2)
    assert queries_of(client, f"{PAGE}{query}") - queries_of(client, "/gallery/") == 5


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_steps_and_pages_are_offered_to_who_may_take_them(client: Client) -> None:
    page = signed_in(client, "supervisor").get(f"{PAGE}?cols=persons,step")
    assert [column["label"] for column in page.context["table_columns"]] == ["户主", "人数"]
    assert "step" not in [column["key"] for column in page.context["columns"]]
    assert "杨一" in page.content.decode()
    assert 'href="/h/' not in page.content.decode()
    client.force_login(make_user("county_office"))
    page = client.get(f"{PAGE}?cols=persons,step")
    assert [column["label"] for column in page.context["table_columns"]] == ["户主", "人数", "办理"]
    assert 'href="/h/' in page.content.decode()


def test_every_row_leads_to_its_own_page(client: Client) -> None:
    page = signed_in(client).get(f"{PAGE}?q=杨").content.decode()
    assert f'<a href="/h/{Household.objects.get(head_name="杨一").uid}/">杨一</a>' in page
