"""The pages of clues: the pool, a clue, its steps, registering and matching (C-185, C-071)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_dispatch import dispatch_clue
from bangfu.monitoring.enums.clues import ClueChannel, ClueState, Verdict
from bangfu.monitoring.models import Clue
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.monitoring.clue_builders import found, make_clue, make_unmatched, person, released, staged

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def town(regions: dict[str, Region], signed_in: SignIn) -> Client:
    return signed_in(person("township", TOWN))


@pytest.fixture
def village(regions: dict[str, Region], signed_in: SignIn) -> Client:
    return signed_in(person("village", VILLAGE))


def text_of(client: Client, name: str, *arguments: object, query: str = "") -> str:
    return client.get(reverse(name, args=arguments) + query).content.decode()


def due(clue: Clue, days: int) -> None:
    """Let the limit end so many days from today."""
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Clue.objects.filter(pk=clue.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def test_the_pool_by_what_is_to_be_done(
    town: Client, regions: dict[str, Region], household: Household
) -> None:
    late, near, far = (
        make_clue(make_household(regions, head_name=name)) for name in ("何山", "段文", "罗成")
    )
    for clue, days in ((late, -3), (near, 1), (far, 9)):
        due(clue, days)
    make_unmatched(regions[VILLAGE])
    assert "待派发，已超 3 天" in text_of(town, "clue_list") and "待派发，剩 1 天" in text_of(
        town, "clue_list"
    )
    for query, number in (
        ("?f_limit=overdue", 1),
        ("?f_limit=soon", 1),
        ("?f_state=new", 4),
        ("?f_limit=unmatched", 1),
        ("?f_limit=verified", 0),
        ("?f_channel=cadre_visit&q=何", 1),
    ):
        assert f"共 {number} 条" in text_of(town, "clue_list", query=query), query


def test_the_pool_by_rule_and_by_what_no_longer_holds(town: Client, household: Household) -> None:
    released([found(household)])
    assert "共 1 条" in text_of(town, "clue_list", query="?f_rule=medical_self_pay_general")
    assert "共 0 条" in text_of(town, "clue_list", query="?f_rule=unsafe_water")
    released([], as_of=date(2026, 12, 22))
    assert "共 1 条" in text_of(town, "clue_list", query="?f_limit=gone")


def test_a_clue_says_why(town: Client, household: Household) -> None:
    released([found(household)])
    page = text_of(town, "clue_file", Clue.objects.get().uid)
    for words in (
        "累计31206.40元",
        "一般农户住院自付过高",
        "第 1 版",
        "依据未核实",
        "批次 20261105-01",
        "杨志明",
    ):
        assert words in page, words


def test_a_clue_says_by_whose_line_it_was_found(town: Client, household: Household) -> None:
    released([found(household)])
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code="medical_self_pay_general_line",
        text="20000",
        place=COUNTY,
        valid_from=TODAY,
        basis="本县乡村振兴局示例通知",
        grade="官",
    )
    page = text_of(town, "clue_file", Clue.objects.get().uid)
    assert '<small class="m2">本县乡村振兴局示例通知' in page and '<small class="m2">某县' not in page


def test_from_the_pool_to_the_verdict(town: Client, village: Client, household: Household) -> None:
    clue = make_clue(household)
    town.post(reverse("dispatch_clue", args=[clue.uid]), {"version": 1, "note": "月底前"})
    clue.refresh_from_db()
    village.post(reverse("accept_clue", args=[clue.uid]), {"version": clue.version})
    clue.refresh_from_db()
    assert clue.state == ClueState.VERIFYING
    sent = {
        "version": clue.version,
        "truth": "true",
        "at_risk": "yes",
        "reason": "自付属实，没有别的收入。",
        "verified_on": timezone.localdate().isoformat(),
        "risks": ["因病"],
    }
    village.post(reverse("verify_clue", args=[clue.uid]), sent)
    clue.refresh_from_db()
    assert (clue.state, clue.verdict) == (ClueState.VERIFIED, Verdict.AT_RISK)
    assert "自付属实，没有别的收入。" in text_of(village, "clue_file", clue.uid)


def test_who_was_overtaken_is_told_and_loses_nothing(
    town: Client, village: Client, household: Household
) -> None:
    clue = make_clue(household)
    dispatch_clue(by=person("township", TOWN), at=NOW, clue=clue, version=1)
    answer = town.post(reverse("dispatch_clue", args=[clue.uid]), {"version": 1, "note": "周五以前去"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "办了“派发线索”" in page and 'value="周五以前去"' in page and 'name="version" value="2"' in page


def test_two_picks_that_contradict_come_back(village: Client, household: Household) -> None:
    clue = make_clue(household)
    sent = {
        "version": 1,
        "truth": "untrue",
        "at_risk": "yes",
        "reason": "不是他家。",
        "verified_on": "2026-11-22",
    }
    page = village.post(reverse("verify_clue", args=[clue.uid]), sent).content.decode()
    assert "不属实、已在帮扶或重复的，这里选“没有”" in page and "不是他家。" in page


def test_many_are_dispatched_from_the_ledger(
    town: Client, regions: dict[str, Region], household: Household
) -> None:
    clues = [make_clue(household), make_clue(make_household(regions, head_name="何山"))]
    rows = [str(clue.uid) for clue in clues]
    asked = town.post(reverse("dispatch_clues"), {"row": rows}).content.decode()
    assert "派发 2 条线索" in asked and Clue.objects.filter(state=ClueState.NEW).count() == 2
    town.post(reverse("dispatch_clues"), {"row": rows, "dispatch": "yes", "note": "本周"})
    assert set(Clue.objects.values_list("state", "dispatch_note")) == {(ClueState.DISPATCHED, "本周")}


def test_a_clue_of_a_known_household_asks_only_what_is_new(village: Client, household: Household) -> None:
    query = f"?household={household.uid}"
    page = text_of(village, "register_clue", query=query)
    assert 'name="text"' in page and 'name="id_number"' not in page and 'name="village"' not in page
    sent = {"channel": "petition", "told_on": "2026-11-20", "text": "来信反映没钱治病。"}
    village.post(reverse("register_clue") + query, sent)
    clue = Clue.objects.get()
    assert (clue.household, clue.channel) == (household, ClueChannel.PETITION)


def test_of_an_unknown_household_the_number_finds_it(
    village: Client, regions: dict[str, Region], household: Household
) -> None:
    number = household.members.get(is_head=True).identity.id_number
    sent = {
        "channel": "self_declared",
        "means": "12345",
        "reference": "GD-7",
        "told_on": "2026-11-20",
        "village": regions[VILLAGE].pk,
        "name": "杨志明",
        "id_number": number.lower(),
        "text": "来电反映住院欠债。",
    }
    village.post(reverse("register_clue"), sent)
    clue = Clue.objects.get()
    page = text_of(village, "match_clue", clue.uid)
    assert "证件号码相同" in page and number not in page
    village.post(reverse("match_clue", args=[clue.uid]), {"version": 1, "household": str(household.uid)})
    clue.refresh_from_db()
    assert clue.household == household


def test_a_typed_clue_that_is_refused_keeps_everything(village: Client, regions: dict[str, Region]) -> None:
    sent = {
        "channel": "self_declared",
        "told_on": "2026-11-20",
        "village": regions[VILLAGE].pk,
        "name": "杨志明",
        "text": "家里两个人住院。",
    }
    page = village.post(reverse("register_clue"), sent).content.decode()
    assert "请选申报方式" in page and "家里两个人住院。" in page and not Clue.objects.exists()


def test_phone_and_number_stay_hidden(town: Client, regions: dict[str, Region]) -> None:
    clue = make_unmatched(regions[VILLAGE], phone="13800002051", id_number="530999197405060018")
    page = text_of(town, "clue_file", clue.uid)
    assert "138****2051" in page and "13800002051" not in page and "197405060018" not in page


def test_a_clue_goes_through_the_pages_of_a_screening(
    signed_in: SignIn, regions: dict[str, Region], household: Household
) -> None:
    county = signed_in(person("county_office"))
    run = staged([found(household)], not_run=[("unsafe_water", "没有饮水安全名单")])
    page = text_of(county, "screening_file", run.uid)
    for words in ("会带来新线索", "一般农户住院自付过高", "上寨村", "没有饮水安全名单", "只提醒，不拦"):
        assert words in page, words
    county.post(reverse("release_screening", args=[run.uid]))
    assert "已放入线索池" in text_of(county, "screening_file", run.uid)
    assert Clue.objects.count() == 1
