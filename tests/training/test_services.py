"""Service orders: asked, taken, solved, looked at again (C-018, C-106, C-107, C-221)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.households.models import Household, Pairing
from bangfu.training.actions.services import (
    Asked,
    Looked,
    Solved,
    ask_service,
    decline_service,
    solve_service,
    take_service,
    visit_service,
)
from bangfu.training.enums.people import TeacherKind
from bangfu.training.enums.services import OrderState, ReturnVerdict
from bangfu.training.models import ServiceOrder
from bangfu.training.queries.seen import orders_seen
from tests.cast import NOW, OTHER_TOWN, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.training.builders import person, teacher_of

pytestmark = pytest.mark.django_db


def asked_for(household: Household, **more: Any) -> ServiceOrder:
    facts: dict[str, Any] = {"kind": "expert_visit", "problem": "核桃落果", "asked_on": TODAY}
    by = more.pop("by", None) or person("village", VILLAGE)
    at = more.pop("at", NOW)
    return ask_service(
        by=by, at=at, region=household.village, household=household, asked=Asked(**facts | more)
    )


def taken(order: ServiceOrder, regions: dict[str, Region], on: date = TODAY) -> ServiceOrder:
    return take_service(
        by=person("township", TOWN),
        at=NOW,
        order=order,
        version=order.version,
        expert=teacher_of(regions),
        taken_on=on,
    )


def solved(order: ServiceOrder, on: date = TODAY) -> ServiceOrder:
    facts = Solved(on, "开沟排水，剪病枝")
    return solve_service(
        by=person("township", TOWN), at=NOW, order=order, version=order.version, solved=facts
    )


def looked(order: ServiceOrder, verdict: ReturnVerdict, words: str = "", on: date = TODAY) -> ServiceOrder:
    return visit_service(
        by=person("township", TOWN),
        at=NOW,
        order=order,
        version=order.version,
        looked=Looked(on, verdict, words),
    )


def test_from_the_problem_to_the_return_visit(household: Household, regions: dict[str, Region]) -> None:
    order = asked_for(household)
    assert (order.state, order.for_whom, order.due_on) == (
        OrderState.ASKED,
        "杨志明户",
        TODAY + timedelta(days=15),
    )
    order = taken(order, regions)
    assert order.state == OrderState.TAKEN
    order = solved(order)
    assert (order.state, order.solution) == (OrderState.DONE, "开沟排水，剪病枝")
    order = looked(order, ReturnVerdict.SOLVED)
    assert (order.state, order.visited_by) == (OrderState.CLOSED, person("township", TOWN))


def test_what_is_not_solved_goes_back_with_a_new_term(
    household: Household, regions: dict[str, Region]
) -> None:
    order = solved(taken(asked_for(household, asked_on=date(2026, 10, 1)), regions, TODAY))
    assert order.due_on == date(2026, 10, 16)
    with pytest.raises(SituationForbids, match="还差什么"):
        looked(order, ReturnVerdict.UNSOLVED)
    order = looked(order, ReturnVerdict.PARTLY, "果还在落")
    assert (order.state, order.due_on) == (OrderState.TAKEN, TODAY + timedelta(days=15))
    assert looked(solved(order), ReturnVerdict.SOLVED).state == OrderState.CLOSED


def test_an_order_does_not_skip_a_step(household: Household, regions: dict[str, Region]) -> None:
    order = asked_for(household)
    with pytest.raises(SituationForbids, match="待接单"):
        solved(order)
    order = taken(order, regions)
    with pytest.raises(SituationForbids, match="办理中"):
        looked(order, ReturnVerdict.SOLVED)
    closed = looked(solved(order), ReturnVerdict.SOLVED)
    with pytest.raises(SituationForbids, match="已办结"):
        decline_service(
            by=person("township", TOWN), at=NOW, order=closed, version=closed.version, reason="不办了"
        )


def test_days_are_in_order(household: Household, regions: dict[str, Region]) -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    with pytest.raises(SituationForbids, match="还没到"):
        asked_for(household, asked_on=tomorrow)
    order = asked_for(household)
    with pytest.raises(SituationForbids, match="早于提出"):
        taken(order, regions, yesterday)
    order = take_service(
        by=person("township", TOWN),
        at=NOW,
        order=order,
        version=order.version,
        expert=teacher_of(regions, name="另一位"),
        taken_on=TODAY,
    )
    with pytest.raises(SituationForbids, match="早于接单"):
        solved(order, yesterday)
    order = solved(order)
    with pytest.raises(SituationForbids, match="早于办理"):
        looked(order, ReturnVerdict.SOLVED, on=yesterday)


def test_the_problem_goes_to_who_solves_such_problems(
    household: Household, regions: dict[str, Region]
) -> None:
    order = asked_for(household, kind="legal_service")
    with pytest.raises(SituationForbids, match="由法律顾问来办"):
        taken(order, regions)
    lawyer = teacher_of(regions, TeacherKind.LEGAL_ADVISER)
    order = take_service(
        by=person("township", TOWN), at=NOW, order=order, version=1, expert=lawyer, taken_on=TODAY
    )
    assert order.expert == lawyer


def test_a_credit_need_has_an_amount_and_nothing_else_has(
    household: Household, regions: dict[str, Region]
) -> None:
    with pytest.raises(SituationForbids, match="贷款金额"):
        asked_for(household, kind="credit_need")
    with pytest.raises(SituationForbids, match="贷款金额"):
        asked_for(household, wanted_fen=100)
    order = asked_for(household, kind="credit_need", wanted_fen=50_000_00)
    officer = teacher_of(regions, TeacherKind.CREDIT_OFFICER)
    by = person("township", TOWN)
    order = take_service(by=by, at=NOW, order=order, version=1, expert=officer, taken_on=TODAY)
    facts = Solved(TODAY, "放了三年期小额信贷", 30_000_00)
    order = solve_service(by=by, at=NOW, order=order, version=order.version, solved=facts)
    assert (order.wanted_fen, order.granted_fen) == (50_000_00, 30_000_00)


def test_of_two_who_take_an_order_one_wins(household: Household, regions: dict[str, Region]) -> None:
    order = asked_for(household)
    taken(order, regions)
    with pytest.raises(StaleVersion):
        decline_service(by=person("township", TOWN), at=NOW, order=order, version=1, reason="没有专家")


def test_a_helper_asks_for_the_own_household_only(household: Household, regions: dict[str, Region]) -> None:
    helper, other = person("helper"), make_household(regions, head_name="罗大山")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=household, helper=helper, valid_from=date(2024, 1, 1))
    mine = asked_for(household, by=helper)
    asked_for(other)
    assert list(orders_seen(helper)) == [mine]
    with pytest.raises(NotPermitted):
        asked_for(other, by=helper)
    with pytest.raises(NotPermitted):
        decline_service(by=helper, at=NOW, order=mine, version=1, reason="不办")


def test_another_township_sees_nothing(household: Household) -> None:
    order = asked_for(household)
    assert list(orders_seen(person("township", TOWN))) == [order]
    assert not orders_seen(person("township", OTHER_TOWN)).exists()


def test_somebody_without_a_household_is_named(regions: dict[str, Region]) -> None:
    by, region = person("village", VILLAGE), regions[VILLAGE]
    asked = Asked("farming_tour", "合作社的药材地积水", TODAY)
    with pytest.raises(SituationForbids, match="给谁办"):
        ask_service(by=by, at=NOW, region=region, asked=asked)
    named = Asked("farming_tour", "合作社的药材地积水", TODAY, "上寨合作社")
    assert ask_service(by=by, at=NOW, region=region, asked=named).for_whom == "上寨合作社"


def test_the_list_says_what_is_late(household: Household, signed_in: Callable[[User], Client]) -> None:
    now = timezone.now()  # 页面照今天算超期
    today = timezone.localdate(now)
    asked_for(household, at=now, asked_on=today - timedelta(days=15))
    late = asked_for(household, at=now, asked_on=today - timedelta(days=16), problem="猪不吃食")
    browser = signed_in(person("county_office"))
    page = browser.get(reverse("service_list") + "?f_limit=overdue").content.decode()
    assert "猪不吃食" in page and "核桃落果" not in page
    assert str(late.uid) in page


def test_a_helper_asks_on_the_page(
    household: Household, signed_in: Callable[[User], Client], regions: dict[str, Region]
) -> None:
    helper = person("helper")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=household, helper=helper, valid_from=date(2024, 1, 1))
    browser = signed_in(helper)
    page = browser.get(reverse("ask_service")).content.decode()
    assert "杨志明（上寨村" in page and "给谁办" not in page
    browser.post(
        reverse("ask_service"),
        {"household": household.pk, "kind": "expert_visit", "problem": "落果", "asked_on": str(TODAY)},
    )
    order = ServiceOrder.objects.get()
    assert (order.household, order.asked_by) == (household, helper)
    page = browser.get(reverse("service_file", args=[order.uid])).content.decode()
    assert "落果" in page and "take" not in page
