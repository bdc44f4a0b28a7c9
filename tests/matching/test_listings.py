"""Needs and offers: what others may read gives nobody away; another person reviews (C-013, C-123)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.matching.actions.listings import (
    change_listing,
    close_listing,
    register_listing,
    review_listing,
)
from bangfu.matching.kinds import Check, matching_kinds
from bangfu.matching.models import Listing
from bangfu.matching.policies import doubts
from bangfu.matching.proposing import _CHECKS
from tests.cast import NOW, OTHER_VILLAGE, TODAY, VILLAGE
from tests.households.builders import make_household
from tests.matching.builders import facts, listed, matched, reviewer
from tests.training.builders import person

pytestmark = pytest.mark.django_db


def test_every_kind_has_its_words_its_sorts_and_rules_that_are_known() -> None:
    assert set(matching_kinds()) == {"jobs", "goods", "money", "resources", "wishes"}
    assert set(_CHECKS) == set(Check)
    for kind in matching_kinds().values():
        assert any(rule.must for rule in kind.rules)
        assert all(rule.must != bool(rule.points) for rule in kind.rules), kind.id


def test_it_is_registered_and_waits_for_its_review(regions: dict[str, Region]) -> None:
    by = person("village", VILLAGE)
    listing = register_listing(by=by, at=NOW, facts=facts(regions, "need"))
    assert (listing.state, listing.sort_name, listing.place) == ("submitted", "坚果", VILLAGE)
    assert AuditEvent.objects.filter(verb="register_listing", place=VILLAGE).exists()
    done = review_listing(by=reviewer(), at=NOW, listing=listing, version=listing.version, accepted=True)
    assert done.state == "published"
    assert [one.kind for one in done.events.all()] == ["registered", "published"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " "}, "没有写内容"),
        ({"title": "卖核桃 13800002051"}, "像证件号、电话"),
        ({"words": "打 8765432"}, "像证件号、电话"),
        ({"quantity": Decimal(0)}, "要大于 0"),
        ({"valid_to": TODAY - timedelta(days=1), "valid_from": TODAY - timedelta(days=9)}, "已经过了"),
        ({"valid_from": TODAY + timedelta(days=101)}, "早于"),
        ({"sort": "moon"}, "没有这个种类"),
        ({"kind": "moon"}, "没有这一种"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    regions: dict[str, Region], changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(SituationForbids, match=said):
        register_listing(by=person("village", VILLAGE), at=NOW, facts=facts(regions, "need", **changed))
    assert not Listing.objects.exists()


def test_the_name_of_a_household_does_not_stand_in_what_others_read(regions: dict[str, Region]) -> None:
    home = make_household(regions, VILLAGE, head_name="杨一")
    with pytest.raises(SituationForbids, match="户主的姓名"):
        register_listing(
            by=person("village", VILLAGE),
            at=NOW,
            facts=facts(regions, "need", household=home, title="杨一家要卖核桃"),
        )
    said = facts(regions, "need", household=home, who="")
    assert register_listing(by=person("village", VILLAGE), at=NOW, facts=said).who == "杨一"


def test_nobody_reviews_what_they_registered(regions: dict[str, Region]) -> None:
    by = person("county_office")
    listing = register_listing(by=by, at=NOW, facts=facts(regions, "offer"))
    with pytest.raises(SituationForbids, match="不能自己审核"):
        review_listing(by=by, at=NOW, listing=listing, version=listing.version, accepted=True)
    with pytest.raises(NotPermitted):
        review_listing(
            by=person("village", VILLAGE), at=NOW, listing=listing, version=listing.version, accepted=True
        )
    with pytest.raises(NotPermitted):
        review_listing(
            by=person("township", "530999102"),
            at=NOW,
            listing=listing,
            version=listing.version,
            accepted=True,
        )


def test_a_return_says_why_and_the_changed_one_waits_again(regions: dict[str, Region]) -> None:
    by = person("village", VILLAGE)
    listing = register_listing(by=by, at=NOW, facts=facts(regions, "need"))
    with pytest.raises(SituationForbids, match="哪里不合理"):
        review_listing(by=reviewer(), at=NOW, listing=listing, version=listing.version, accepted=False)
    back = review_listing(
        by=reviewer(), at=NOW, listing=listing, version=listing.version, accepted=False, words="数量太大"
    )
    assert back.state == "returned"
    said = facts(regions, "need", quantity=Decimal(800))
    with pytest.raises(StaleVersion):
        change_listing(by=by, at=NOW, listing=back, version=1, facts=said, reason="改少")
    again = change_listing(by=by, at=NOW, listing=back, version=back.version, facts=said, reason="改少")
    assert (again.state, again.quantity) == ("submitted", Decimal(800))


def test_what_is_published_is_closed_and_not_changed(regions: dict[str, Region]) -> None:
    by = person("village", VILLAGE)
    need = listed(by, regions, "need")
    with pytest.raises(SituationForbids, match="不能改内容"):
        change_listing(
            by=by, at=NOW, listing=need, version=need.version, facts=facts(regions, "need"), reason="改"
        )
    offer = listed(person("county_office"), regions, "offer")
    matched(by, need, offer)
    with pytest.raises(SituationForbids, match="1 个对接没有办完"):
        close_listing(by=by, at=NOW, listing=need, version=need.version, words="卖完了")
    other = listed(by, regions, "need", title="花椒要卖")
    with pytest.raises(SituationForbids, match="为什么结束"):
        close_listing(by=by, at=NOW, listing=other, version=other.version, words=" ")
    assert (
        close_listing(by=by, at=NOW, listing=other, version=other.version, words="卖完了").state == "closed"
    )


def test_the_reviewer_is_told_what_to_look_at(regions: dict[str, Region]) -> None:
    by = person("village", VILLAGE)
    first = register_listing(by=by, at=NOW, facts=facts(regions, "need"))
    assert doubts(first, TODAY) == []
    long = facts(regions, "need", valid_to=TODAY + timedelta(days=700), title="又一批核桃")
    found = doubts(register_listing(by=by, at=NOW, facts=long), TODAY)
    assert "701 天" in found[0]
    assert "核桃要卖" in found[1]


def test_of_nobody_in_particular_there_may_be_several(regions: dict[str, Region]) -> None:
    by = person("village", VILLAGE)
    for title in ("核桃要卖", "又一批核桃"):
        last = register_listing(by=by, at=NOW, facts=facts(regions, "need", title=title, who=""))
    assert doubts(last, TODAY) == []


def test_nobody_registers_elsewhere(regions: dict[str, Region]) -> None:
    with pytest.raises(NotPermitted):
        register_listing(
            by=person("village", VILLAGE), at=NOW, facts=facts(regions, "need", place=OTHER_VILLAGE)
        )
