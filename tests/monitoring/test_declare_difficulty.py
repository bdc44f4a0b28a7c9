"""The public page of self-declaration: closed until opened, six fields, nothing told (C-185)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Household
from bangfu.monitoring.enums.clues import ClueChannel, ClueState, DeclarationMeans
from bangfu.monitoring.models import Clue, ClueTelling
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, VILLAGE
from tests.monitoring.clue_builders import person

pytestmark = pytest.mark.django_db
DECLARE, STATE = reverse("declare_difficulty"), reverse("ask_declaration")


def set_parameter(code: str, text: str) -> None:
    supersede_parameter(
        by=person("county_office"),
        at=NOW,
        code=code,
        text=text,
        place=COUNTY,
        valid_from=timezone.localdate() - timedelta(days=1),
        basis="县里定的",
        grade="知",
    )


@pytest.fixture
def open_county(regions: dict[str, Region]) -> dict[str, Region]:
    set_parameter("declare_open", "是")
    return regions


def sent(regions: dict[str, Region], **more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": "杨志明",
        "phone": "139 0000 4402",
        "village": regions[VILLAGE].pk,
        "risks": ["因病"],
        "text": "丈夫摔伤，两个月没上工。",
        "agreed": "on",
    }
    return facts | more


def test_closed_until_the_county_opens_it(client: Client, regions: dict[str, Region]) -> None:
    assert "没有开通网上申报" in client.get(DECLARE).content.decode()
    client.post(DECLARE, sent(regions))
    assert not Clue.objects.exists()


def test_six_fields_and_the_villages_of_open_counties_only(
    client: Client, open_county: dict[str, Region]
) -> None:
    answer = client.get(DECLARE)
    page = answer.content.decode()
    assert len(answer.context["form"].visible_fields()) == 6
    assert "上寨村" in page and "雾溪村" not in page and "15 天内给您答复" in page


def test_what_was_declared_becomes_a_clue_of_an_unknown_household(
    client: Client, open_county: dict[str, Region], household: Household
) -> None:
    page = client.post(DECLARE, sent(open_county), follow=True).content.decode()
    clue, telling = Clue.objects.get(), ClueTelling.objects.get()
    assert (clue.household, clue.place, clue.channel) == (None, VILLAGE, ClueChannel.SELF_DECLARED)
    assert (telling.means, telling.registered_by, telling.name) == (DeclarationMeans.SCANNED, None, "杨志明")
    assert telling.receipt_code in page and "杨志明" not in page, "页面不透露任何一户"


def test_the_receipt_code_tells_the_state_and_nothing_else(
    client: Client, open_county: dict[str, Region]
) -> None:
    client.post(DECLARE, sent(open_county))
    code = ClueTelling.objects.get().receipt_code
    for state, words in (
        (ClueState.NEW, "已收到"),
        (ClueState.VERIFYING, "正在核实"),
        (ClueState.IN_CASE, "正在核实"),
        (ClueState.CLOSED, "已有结果，请联系村里"),
    ):
        with recording(by=SYSTEM, at=NOW, verb="set_up"):
            Clue.objects.update(state=state)
        page = Client().post(STATE, {"code": f" {code.lower()} "}).content.decode()
        assert words in page and "上寨村" not in page and "杨志明" not in page
    assert "没有这个回执号" in client.post(STATE, {"code": "AAAAAAAAAA"}).content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"agreed": ""}, "请先勾上“同意”"),
        ({"phone": "12"}, "电话号码好像不对"),
        ({"risks": [], "text": ""}, "请选一样难处"),
        ({"name": ""}, "请写姓名"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    client: Client, open_county: dict[str, Region], more: dict[str, object], words: str
) -> None:
    page = client.post(DECLARE, sent(open_county, **more)).content.decode()
    assert words in page and not Clue.objects.exists()
    assert ("丈夫摔伤" in page) == ("text" not in more)


def test_a_village_of_a_closed_county_is_none(client: Client, open_county: dict[str, Region]) -> None:
    client.post(DECLARE, sent(open_county, village=open_county[FOREIGN_VILLAGE].pk))
    assert not Clue.objects.exists()


def test_one_address_sends_only_so_many_an_hour(client: Client, open_county: dict[str, Region]) -> None:
    set_parameter("declare_per_hour", "2")
    for _ in range(3):
        page = client.post(DECLARE, sent(open_county), follow=True).content.decode()
    assert "一小时交的太多了" in page and Clue.objects.count() == 2
    Client(REMOTE_ADDR="10.0.0.9").post(DECLARE, sent(open_county))
    assert Clue.objects.count() == 3


def test_codes_are_not_found_by_guessing(client: Client, open_county: dict[str, Region]) -> None:
    for number in range(61):
        page = client.post(STATE, {"code": f"AAAAAAAA{number:02d}"}).content.decode()
    assert "查的次数太多了" in page
