"""Whose row it is (C-185): command_line.md section 4, "Linking", sentence by sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.linking.linker import Linker, linked_rows
from bangfu.tabular.marks import Flag
from tests.screening.lists import link, register, table
from tests.tabular.books import make_id, wrong_check_digit

BORN = dt.date(1980, 1, 1)
MINE, OTHERS, THIRD = make_id(1), make_id(2), make_id(3)
BAD, WORSE = wrong_check_digit(MINE), wrong_check_digit(OTHERS)
Row = Mapping[str, Any]

ME: Row = {
    "household_code": "H1",
    "member_code": "M1",
    "name": "申屠甲",
    "id_number": MINE,
    "birth_date": BORN,
    "relation": "户主",
    "township": "城关镇",
    "village": "某庄村",
}
NAMESAKE: Row = {**ME, "household_code": "H2", "member_code": "M2", "id_number": OTHERS}
ROW: Row = {"name": "申屠甲", "birth_date": BORN, "village": "某庄村", "head_name": "申屠甲"}


def codes(members: list[Row], row: Row, dataset: str = "death") -> list[str | None]:
    """The member codes that the row is linked to."""
    return [member.code for _, member in link(members, row, dataset).pairs]


def reason(members: list[Row], row: Row, dataset: str = "death") -> str:
    links = link(members, row, dataset)
    assert links.pairs == []
    [(order, text)] = links.unmatched
    assert order == 0
    return text


class TestByExactId:
    def test_whatever_the_rest_says(self):
        """Exact ID after repair: name, birth date and village need not fit."""
        assert codes([ME], {"id_number": MINE}) == ["M1"]
        elsewhere = {
            "id_number": MINE,
            "name": "欧阳乙",
            "birth_date": dt.date(1999, 9, 9),
            "village": "别村",
        }
        assert codes([ME], elsewhere) == ["M1"]

    @pytest.mark.parametrize("number", [MINE + "43", MINE + "43B1", MINE])
    def test_the_first_18_of_a_disability_number(self, number: str):
        assert codes([ME], {"disability_number": number}, "disability") == ["M1"]

    @pytest.mark.parametrize("own", [None, "无", BAD])
    def test_a_disability_number_speaks_where_the_id_column_does_not(self, own: str | None):
        assert codes([ME], {"id_number": own, "disability_number": MINE + "43"}, "disability") == ["M1"]

    def test_the_id_column_speaks_first(self):
        row = {"id_number": MINE, "disability_number": OTHERS + "43"}
        assert codes([ME, {**ME, "member_code": "M2", "id_number": OTHERS}], row, "disability") == ["M1"]

    def test_a_valid_id_under_another_name_is_linked_and_noted(self):
        links = link([ME], {**ROW, "id_number": MINE, "name": "欧阳乙"})
        assert (len(links.pairs), dict(links.flags)) == (1, {0: Flag.NAME_DIFFERS})

    @pytest.mark.parametrize("name", ["申屠甲", None])
    def test_the_same_or_no_name_is_not_noted(self, name: str | None):
        assert dict(link([ME], {"id_number": MINE, "name": name}).flags) == {}

    def test_an_id_held_by_two_members_links_to_both_and_is_flagged(self):
        twin = {**ME, "household_code": "H2", "member_code": "M2", "name": "欧阳乙"}
        links = link([ME, twin], {**ROW, "id_number": MINE})
        assert [member.code for _, member in links.pairs] == ["M1", "M2"]
        assert dict(links.flags) == {0: Flag.ID_SHARED}

    def test_an_id_that_fails_its_check_on_both_sides_links_with_the_same_name_only(self):
        """People copy a wrong number from each other's list; the same wrong number may be two people's."""
        member = {**ME, "id_number": BAD, "birth_date": None}
        assert codes([member], {"id_number": BAD, "name": "申屠甲"}) == ["M1"]
        assert codes([member], {"id_number": BAD, "name": "欧阳乙"}) == []

    @pytest.mark.parametrize("placeholder", ["无", "0", "不详", "1", "XXX"])
    def test_placeholders_identify_nobody(self, placeholder: str):
        member = {**ME, "id_number": placeholder}
        row = {"id_number": placeholder, "name": "申屠甲"}
        assert "不能只凭姓名认人" in reason([member], row)

    @pytest.mark.parametrize(("number", "flag"), [(BAD, True), ("无", True), (MINE, False), (None, False)])
    def test_an_id_that_fails_its_check_is_noted(self, number: str | None, flag: bool):
        flags = link([ME], {**ROW, "id_number": number}).flags
        assert bool(flags.get(0, Flag(0)) & Flag.ID_INVALID) is flag


class TestByCircumstances:
    """Name + birth date + village, or name + birth date + head, when exactly one person fits."""

    @pytest.mark.parametrize("number", [None, BAD, "无", MINE[:17]])
    @pytest.mark.parametrize(
        ("row", "linked"),
        [
            (ROW, True),
            ({**ROW, "head_name": None}, True),
            ({**ROW, "village": None}, True),
            ({**ROW, "village": "别村"}, True),  # the head fits
            ({**ROW, "head_name": "别人"}, True),  # the village fits
            ({**ROW, "village": "别村", "head_name": "别人"}, False),
            ({**ROW, "village": None, "head_name": None}, False),
            ({**ROW, "birth_date": None}, False),
            ({**ROW, "birth_date": BORN + dt.timedelta(days=1)}, False),
            ({**ROW, "name": None}, False),
            ({**ROW, "name": "申屠乙"}, False),
            ({"name": "申屠甲"}, False),
        ],
    )
    def test_where_the_rows_id_is_missing_or_fails(self, number: str | None, row: Row, linked: bool):
        assert codes([ME], {**row, "id_number": number}) == (["M1"] if linked else [])

    @pytest.mark.parametrize("number", [None, BAD, "无"])
    def test_where_the_members_id_is_missing_or_fails(self, number: str | None):
        """The row's ID is valid and nobody holds it; the one who fits has no valid ID of his own."""
        assert codes([{**ME, "id_number": number}], {**ROW, "id_number": THIRD}) == ["M1"]

    def test_where_both_are_missing(self):
        assert codes([{**ME, "id_number": None}], ROW) == ["M1"]

    def test_a_member_with_another_valid_id_is_another_person(self):
        """A valid ID that is not in the roster stays unmatched, whatever else fits."""
        assert "名册里没有这个号码" in reason([ME], {**ROW, "id_number": THIRD})

    @pytest.mark.parametrize("born", [BORN + dt.timedelta(days=9), None])
    def test_a_valid_ids_birth_date_counts(self, born: dt.date | None):
        assert codes([{**ME, "birth_date": born}], ROW) == ["M1"]
        assert codes([{**ME, "id_number": None}], {**ROW, "birth_date": born, "id_number": THIRD}) == ["M1"]

    @pytest.mark.parametrize(
        ("mine", "theirs", "same"),
        [
            ("某庄村", "某庄村", True),
            ("某庄村", "某庄", True),
            ("某庄村", "某庄村委会", True),
            ("某庄村", "某庄行政村", True),
            ("某庄村", "某庄村民委员会", True),
            ("某庄 村", "某庄村", True),
            ("某庄村", "某庄社区", False),
            ("某庄", "某庄社区", True),
            ("某庄社区", "某庄居委会", True),
            ("某庄社区", "某庄社区居民委员会", True),
            ("某庄村", "东某庄村", False),
            ("村", "村", True),
            ("某庄村", "", False),
        ],
    )
    def test_the_same_village(self, mine: str, theirs: str, same: bool):
        row = {**ROW, "head_name": None, "village": theirs or None}
        assert codes([{**ME, "village": mine}], row) == (["M1"] if same else [])

    @pytest.mark.parametrize(
        ("mine", "theirs", "same"),
        [
            ("城关镇", "城关镇", True),
            ("城关镇", "城关", True),
            ("城关镇", "城关镇人民政府", True),
            ("城关街道", "城关街道办事处", True),
            ("城关镇", None, True),
            (None, "城关镇", True),
            ("城关镇", "城关乡", False),
            ("城关镇", "北关镇", False),
        ],
    )
    def test_villages_of_one_name_in_two_townships_are_two(
        self, mine: str | None, theirs: str | None, same: bool
    ):
        row = {**ROW, "head_name": None, "township": theirs}
        assert codes([{**ME, "township": mine}], row) == (["M1"] if same else [])


class TestSeveralFit:
    def test_two_in_one_village_are_nobody(self):
        row = {**ROW, "head_name": None}
        assert "2人符合" in reason([ME, {**NAMESAKE, "relation": "长子"}], row)

    def test_the_head_tells_them_apart(self):
        members = [{**ME, "relation": "长子"}, {**NAMESAKE, "relation": "长子"}]
        members += [{"household_code": f"H{n}", "name": f"户主{n}", "relation": "户主"} for n in (1, 2)]
        assert codes(members, {**ROW, "head_name": "户主2"}) == ["M2"]

    def test_the_village_tells_them_apart(self):
        assert codes([ME, {**NAMESAKE, "village": "别村"}], {**ROW, "village": "别村"}) == ["M2"]

    def test_village_and_head_that_point_to_two_people_point_to_nobody(self):
        other = {**NAMESAKE, "village": "别村", "relation": "长子"}
        members = [ME, other, {"household_code": "H2", "name": "户主2", "relation": "户主"}]
        assert "2人符合" in reason(members, {**ROW, "head_name": "户主2"})

    def test_a_namesake_with_a_valid_id_is_no_rival_where_the_rows_id_is_valid(self):
        members = [{**ME, "id_number": None}, NAMESAKE]
        assert codes(members, {**ROW, "head_name": None, "id_number": THIRD}) == ["M1"]


class TestReasons:
    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ({"name": "申屠甲"}, ["没有证件号码", "出生日期", "村或户主姓名"]),
            ({"name": "申屠甲", "birth_date": BORN}, ["没有证件号码", "村或户主姓名"]),
            ({"id_number": BAD}, ["证件号码有误", "姓名"]),
            ({**ROW, "name": "别人"}, ["没有证件号码", "找不到"]),
            ({"id_number": THIRD}, ["名册里没有这个号码"]),
        ],
    )
    def test_every_unmatched_row_says_why(self, row: Row, words: list[str]):
        said = reason([ME], row)
        assert all(word in said for word in words), said

    def test_nothing_is_linked_by_name_alone(self):
        assert (
            codes([{**ME, "id_number": None, "birth_date": None, "village": None}], {"name": "申屠甲"}) == []
        )


class TestLinkedRows:
    def test_one_row_for_each_member_facts_only_in_reading_order(self):
        twin = {**ME, "household_code": "H2", "member_code": "M2"}
        rows = table("death", [{"id_number": THIRD}, {"id_number": MINE, "died_on": BORN}, ROW])
        dataset = load_datasets()["death"]
        made = register(ME, twin)
        links = Linker(made.members).link(rows, dataset)
        facts = linked_rows(rows, links, dataset)
        assert facts.column_names == ["person_key", "household_key", "died_on"]
        assert facts["died_on"].to_pylist() == [BORN, BORN]
        assert [order for order, _ in links.unmatched] == [0, 2]

    def test_without_a_link_the_table_is_there_and_empty(self):
        rows = table("disability", [{"id_number": THIRD}])
        dataset = load_datasets()["disability"]
        facts = linked_rows(rows, Linker(register(ME).members).link(rows, dataset), dataset)
        assert (len(facts), "level" in facts.column_names) == (0, True)
