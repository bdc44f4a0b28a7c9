"""Definitions: mistakes with their place, the shipped ones, versions (C-210)."""

from __future__ import annotations

import pytest

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.definitions import draft_ledger, mistakes_in, publish_ledger
from bangfu.county_ledgers.definition.reading import read_book
from bangfu.county_ledgers.versions import held_in, shipped_texts
from tests.cast import COUNTY, NOW
from tests.county_ledgers.builders import CODE, SHOPS, published
from tests.training.builders import person


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: choice, options: [日用, 农资]", "kind: choice", "第 15 行：选择列至少要有两个选项"),
        ("title: 人数", "title: 店名", "第 12 行：列名“店名”用了两次"),
        ("least: 0, most: 50", "least: 60, most: 50", "第 12 行：最小 60 大于最大 50"),
        ("times: [people, each]", "times: [people, eech]", "第 21 行：times 不认识“eech”"),
        ("then: [关停]", "then: [倒闭]", "第 8 行：状态“倒闭”没有写"),
        ("kind: yes_no", "kind: tick", "第 18 行：kind 是“tick”"),
        ("filter: true, aliases", "fliter: true, aliases", "第 11 行：不认识的键“fliter”"),
        ("title: 店名, kind: text", "title: 店名, kind: text, class: identity", "第 11 行：证件号"),
        ("grade: 知", "grade: 好", "第 5 行：依据等级"),
    ],
)
def test_a_mistake_is_refused_with_its_place(db: None, old: str, new: str, says: str) -> None:
    assert old in SHOPS
    found = mistakes_in(CODE, SHOPS.replace(old, new, 1))
    assert any(problem.startswith(says) for problem in found), found


@pytest.mark.django_db
def test_a_wrong_draft_is_kept_and_not_published(regions: dict[str, Region]) -> None:
    office = person("county_office")
    published(office)
    wrong = SHOPS.replace("kind: yes_no", "kind: tick")
    draft = draft_ledger(by=office, at=NOW, code=CODE, place=COUNTY, text=wrong)
    with pytest.raises(SituationForbids, match="第 18 行"):
        publish_ledger(by=office, at=NOW, ledger=draft, version=draft.version)
    held = held_in(CODE, COUNTY)
    assert held is not None and held.text == SHOPS


@pytest.mark.django_db
def test_a_column_may_not_change_its_kind(regions: dict[str, Region]) -> None:
    published(person("county_office"))
    found = mistakes_in(
        CODE,
        SHOPS.replace(
            "{id: licensed, title: 有执照, kind: yes_no", "{id: licensed, title: 有执照, kind: text"
        ),
    )
    assert found == ["列“有执照”（licensed）原来是另一种值，不能改种类：请换一个列编号。"]


@pytest.mark.parametrize("code", sorted(shipped_texts()))
def test_a_shipped_definition_is_sound(code: str) -> None:
    book = read_book(shipped_texts()[code])
    assert book.id == code
    assert book.help and book.basis and len(book.columns) >= 4
    assert any(column.filter for column in book.columns)


def test_enough_definitions_are_shipped() -> None:
    assert len(shipped_texts()) >= 25
