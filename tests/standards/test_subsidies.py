"""What passed is proposed for its subsidy, within cap and quota; nothing for a failed one (C-148, C-152)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.standards.actions import checks
from bangfu.standards.actions.checks import Found, What
from bangfu.standards.actions.definitions import STANDARDS
from bangfu.standards.actions.subsidies import arrange_subsidy, decline_subsidy, propose_subsidies
from bangfu.standards.definition.granting import grant_of
from bangfu.standards.definition.reading import WrongStandard, read_standard
from bangfu.standards.granting import Due
from bangfu.standards.models import StandardCheck, SubsidyProposal
from bangfu.standards.queries import dues_seen
from bangfu.standards.versions import Held, held_in
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user
from tests.funds.builders import WAN, make_source

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HEAD = """id: own_station
title: 服务站
basis: 县里自定
grade: 知
about: named
noun: 站
items:
  - {id: sign, title: 有牌子, kind: yes_no}
  - {id: cost, title: 投入, kind: number, unit: 元}
"""
HALF = "subsidy: {share: 50, of: cost, most: 20000}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subsidy: {most: 5}", "只写一样"),
        ("subsidy: {each: 5, share: 5, of: cost}", "只写一样"),
        ("subsidy: {share: 50}", "share 和 of"),
        ("subsidy: {each: 5, of: cost}", "share 和 of"),
        ("subsidy: {share: 50, of: sign}", "单位写元"),
        ("subsidy: {share: 101, of: cost}", "最多 100"),
        ("subsidy: {each: 0}", "要大于 0"),
        ("subsidy: {each: 5, colour: red}", "colour"),
    ],
)
def test_a_mistake_in_a_subsidy_is_named(text: str, said: str) -> None:
    with pytest.raises(WrongStandard, match=said):
        read_standard(f"{HEAD}{text}\n")


@pytest.mark.parametrize(
    ("subsidy", "cost", "yuan", "said"),
    [
        ("{each: 3000}", None, "3000", "每个站 3,000 元"),
        ("{share: 50, of: cost}", "30000.5", "15000.25", "投入 30,000.5 元 × 50% = 15,000.25 元"),
        ("{share: 50, of: cost, most: 20000}", "60000", "20000", "最多补 20,000 元"),
        ("{share: 50, of: cost, most: 20000}", "40000", "20000", "= 20,000 元"),
        ("{share: 50, of: cost}", None, "0", "“投入”没有填"),
    ],
)
def test_what_is_granted_and_how_it_was_reckoned(
    subsidy: str, cost: str | None, yuan: str, said: str
) -> None:
    standard = read_standard(f"{HEAD}subsidy: {subsidy}\n")
    grant = grant_of(standard, {"cost": None if cost is None else Decimal(cost)})
    assert grant.yuan == Decimal(yuan)
    assert said in grant.words


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def bureau(regions: dict[str, Region]) -> User:
    return make_user("finance_bureau", COUNTY)


@pytest.fixture
def held(office: User) -> Held:
    draft = STANDARDS.draft(
        by=office, at=NOW, verb="draft_standard", code="own_station", place=COUNTY, text=HEAD + HALF, note=""
    )
    STANDARDS.publish(draft, by=office, at=NOW, verb="publish_standard", version=draft.version)
    found = held_in("own_station", COUNTY)
    assert found is not None
    return found


def _checked(
    by: User, regions: dict[str, Region], held: Held, thing: str, cost: int, *, sign: bool = True
) -> StandardCheck:
    found = Found(TODAY, {"sign": sign, "cost": Decimal(cost)}, (("甲某", "县商务局"),))
    what = What(regions[VILLAGE], thing)
    return checks.record_standard_check(by=by, at=NOW, held=held, what=what, found=found)


def _proposed(by: User, held: Held) -> list[SubsidyProposal]:
    dues = [one for one in dues_seen(by, held.standard) if one.fen]
    return propose_subsidies(by=by, at=NOW, dues=dues)


def test_what_passed_is_proposed_once_and_what_failed_gets_nothing(
    office: User, regions: dict[str, Region], held: Held
) -> None:
    _checked(office, regions, held, "甲站", 30_000)
    _checked(office, regions, held, "乙站", 90_000)
    _checked(office, regions, held, "丙站", 90_000, sign=False)
    dues = {one.check.thing: (one.fen, one.words) for one in dues_seen(office, held.standard)}
    assert (dues["甲站"][0], dues["乙站"][0], dues["丙站"][0]) == (15_000_00, 20_000_00, 0)
    assert "不达标，不补" in dues["丙站"][1]
    made = _proposed(office, held)
    assert [(one.check_of.thing, one.amount) for one in made] == [("甲站", 15_000_00), ("乙站", 20_000_00)]
    with pytest.raises(SituationForbids, match="没有可提的"):
        _proposed(office, held)
    with pytest.raises(SituationForbids, match="刚有人提过"):
        propose_subsidies(by=office, at=NOW, dues=[Due(made[0].check_of, 100, "再提")])
    assert SubsidyProposal.objects.count() == 2


def test_it_is_arranged_from_a_source_that_has_as_much_left(
    office: User, bureau: User, regions: dict[str, Region], held: Held
) -> None:
    _checked(office, regions, held, "甲站", 30_000)
    _checked(office, regions, held, "乙站", 90_000)
    first, second = _proposed(office, held)
    source = make_source(bureau, regions, fen=3 * WAN)
    with pytest.raises(StaleVersion):
        arrange_subsidy(by=bureau, at=NOW, proposal=first, version=9, source=source)
    done = arrange_subsidy(by=bureau, at=NOW, proposal=first, version=first.version, source=source)
    assert (done.state, done.source, done.answered_by) == ("arranged", source, bureau)
    with pytest.raises(SituationForbids, match="不够 20,000"):
        arrange_subsidy(by=bureau, at=NOW, proposal=second, version=second.version, source=source)
    with pytest.raises(SituationForbids, match="不能再答复"):
        decline_subsidy(by=bureau, at=NOW, proposal=done, version=done.version, words="没有钱")
    with pytest.raises(SituationForbids, match="为什么"):
        decline_subsidy(by=bureau, at=NOW, proposal=second, version=second.version, words=" ")
    no = decline_subsidy(by=bureau, at=NOW, proposal=second, version=second.version, words="明年再补")
    assert no.state == "declined"
    assert [one.check.thing for one in dues_seen(office, held.standard)] == ["乙站"]


def test_what_fails_when_it_is_checked_again_is_not_arranged(
    office: User, bureau: User, regions: dict[str, Region], held: Held
) -> None:
    check = _checked(office, regions, held, "甲站", 30_000)
    (proposal,) = _proposed(office, held)
    found = Found(TODAY, {"sign": False, "cost": Decimal(30_000)}, (("甲某", "县商务局"),))
    checks.repeat_standard_check(by=office, at=NOW, earlier=check, held=held, found=found)
    source = make_source(bureau, regions)
    with pytest.raises(SituationForbids, match="复查不达标"):
        arrange_subsidy(by=bureau, at=NOW, proposal=proposal, version=proposal.version, source=source)
    assert dues_seen(office, held.standard) == []


def test_only_who_checks_proposes_and_only_who_allocates_answers(
    office: User, bureau: User, regions: dict[str, Region], held: Held
) -> None:
    _checked(office, regions, held, "甲站", 30_000)
    dues = dues_seen(office, held.standard)
    stranger = make_user("county_office", OTHER_COUNTY)
    with pytest.raises(NotPermitted):
        propose_subsidies(by=stranger, at=NOW, dues=dues)
    (proposal,) = propose_subsidies(by=office, at=NOW, dues=dues)
    source = make_source(bureau, regions)
    clerk = make_user("township", "530999101")
    with pytest.raises(NotPermitted):
        arrange_subsidy(by=clerk, at=NOW, proposal=proposal, version=proposal.version, source=source)
    done = arrange_subsidy(by=bureau, at=NOW, proposal=proposal, version=proposal.version, source=source)
    assert done.answered_by == bureau


def test_within_a_quota_only_the_chosen_are_proposed(office: User, regions: dict[str, Region]) -> None:
    text = (
        HEAD.replace("own_station", "own_shop")
        + "  - {id: group, title: 组, kind: choice, options: [甲组, 乙组]}\n"
        + "ranked_by: cost\ngrouped_by: group\n"
        + "quotas:\n  - {option: 甲组, places: 1}\n  - {option: 乙组, places: 0}\nsubsidy: {each: 1000}\n"
    )
    draft = STANDARDS.draft(
        by=office, at=NOW, verb="draft_standard", code="own_shop", place=COUNTY, text=text, note=""
    )
    STANDARDS.publish(draft, by=office, at=NOW, verb="publish_standard", version=draft.version)
    held = held_in("own_shop", COUNTY)
    assert held is not None
    for thing, cost in (("大店", 900), ("小店", 300)):
        found = Found(TODAY, {"sign": True, "cost": Decimal(cost), "group": "甲组"}, (("甲某", "县商务局"),))
        checks.record_standard_check(
            by=office, at=NOW, held=held, what=What(regions[VILLAGE], thing), found=found
        )
    dues = {one.check.thing: one for one in dues_seen(office, held.standard)}
    assert (dues["大店"].fen, dues["小店"].fen) == (1000_00, 0)
    assert "名额" in dues["小店"].words


def test_from_the_standard_to_the_answer_on_pages(
    office: User, bureau: User, regions: dict[str, Region], held: Held, signed_in: SignIn
) -> None:
    _checked(office, regions, held, "甲站", 30_000)
    _checked(office, regions, held, "丙站", 90_000, sign=False)
    page = signed_in(office)
    address = reverse("propose_subsidies", args=["own_station"])
    assert address in page.get(reverse("standard_page", args=["own_station"])).content.decode()
    shown = page.get(address).content.decode()
    assert "1 个，合计 15,000.00 元" in shown
    assert "不达标，不补" in shown
    listed = page.post(address, follow=True).content.decode()
    assert "甲站" in listed
    again = page.post(address).content.decode()
    assert "没有可提的" in again
    proposal = SubsidyProposal.objects.get()
    desk = signed_in(bureau)
    source = make_source(bureau, regions, received_on=TODAY - timedelta(days=1))
    answer = reverse("answer_subsidy", args=[proposal.uid])
    assert source.notice_number in desk.get(answer).content.decode()
    said = {"version": proposal.version, "arranged": "no", "source": "", "words": ""}
    assert "没有保存" in desk.post(answer, said).content.decode()
    assert "要选从哪份指标出" in desk.post(answer, said | {"arranged": "yes"}).content.decode()
    desk.post(answer, said | {"arranged": "yes", "source": source.pk, "words": "一起下达"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.source) == ("arranged", source)
    assert page.get(reverse("propose_subsidies", args=["clinic"])).status_code == 404
