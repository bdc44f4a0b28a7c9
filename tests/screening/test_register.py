"""From roster rows to members and households (C-184): overlapping rosters, first values, what blanks mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.screening.linking.intake import ORDER
from bangfu.screening.linking.register import build_register
from bangfu.tabular.marks import Flag
from bangfu.tabular.reading import FLAGS
from tests.screening.lists import register, table
from tests.tabular.books import make_id, wrong_check_digit

A, B, C = make_id(1), make_id(2), make_id(3)
Row = Mapping[str, Any]


def members(*rows: Row) -> list[tuple[str, str | None, str | None]]:
    """Each member's household code, member code and name, in order."""
    made = register(*rows)
    homes, people = made.directory.homes, made.directory.people
    return [
        (homes[m.household_key].household_code, people[m.key].member_code, people[m.key].name)
        for m in made.members
    ]


def household(*rows: Row) -> dict[str, Any]:
    """The facts of the one household."""
    [facts] = register(*rows).household.to_pylist()
    return dict(facts)


def member(*rows: Row) -> dict[str, Any]:
    [facts] = register(*rows).member.to_pylist()
    return dict(facts)


def contradicting(*rows: Row) -> list[int]:
    """The positions of the rows that are flagged."""
    _, flagged = build_register(table("household_roster", rows))
    return [
        order
        for order, bits in zip(flagged[ORDER].to_pylist(), flagged[FLAGS].to_pylist(), strict=True)
        if bits & Flag.CONTRADICTION
    ]


class TestWhoIsOneMember:
    """Rows with one member_code, else with one valid ID in one household_code, are one member."""

    @pytest.mark.parametrize(
        ("rows", "count"),
        [
            ([("H1", "M1", A), ("H1", "M1", None)], 1),
            ([("H1", "M1", A), ("H1", "M1", B)], 1),  # one code, two IDs: contradiction, one member
            ([("H1", None, A), ("H1", None, A)], 1),
            ([("H1", "M1", A), ("H1", None, A)], 1),
            ([("H1", None, A), ("H1", "M1", A)], 1),
            ([("H1", "M1", A), ("H1", "M2", A)], 2),
            ([("H1", "M1", A), ("H1", "M2", A), ("H1", None, A)], 2),
            ([("H1", None, A), ("H1", "M1", A), ("H1", "M2", A)], 2),
            ([("H1", "M1", None), ("H1", None, A), ("H1", "M1", A)], 1),  # the ID leads to the code
            ([("H1", None, A), ("H2", None, A)], 2),  # another household
            ([("H1", "M1", A), ("H2", None, A)], 2),
            ([("H1", None, None), ("H1", None, None)], 2),  # nothing tells them to be one
            ([("H1", None, wrong_check_digit(A)), ("H1", None, wrong_check_digit(A))], 2),  # no valid ID
            ([("H1", None, "无"), ("H1", None, "无")], 2),
            ([("H1", "M1", A), ("H1", "M2", B), ("H1", "M3", C)], 3),
        ],
    )
    def test_table(self, rows: Sequence[tuple[str, str | None, str | None]], count: int):
        made = [{"household_code": h, "member_code": m, "id_number": i, "name": "甲"} for h, m, i in rows]
        assert len(members(*made)) == count
        assert len(members(*reversed(made))) == count

    def test_registry_counts_households_and_persons_not_rows(self):
        rows = [{"household_code": h, "member_code": m} for h, m in ["1a", "1a", "1b", "2c", "2c", "2c"]]
        made = register(*rows)
        assert (len(made.household), len(made.member)) == (2, 3)
        assert made.household["members"].to_pylist() == [2, 1]

    def test_a_member_code_in_two_households_stays_in_the_first_and_is_flagged(self):
        rows = [{"household_code": h, "member_code": "M1", "name": "甲"} for h in ("H2", "H1")]
        assert members(*rows) == [("H2", "M1", "甲")]
        assert contradicting(*rows) == [1]


class TestTheFirstValueCounts:
    def test_of_a_member(self):
        rows = [
            {"household_code": "H1", "member_code": "M1", "name": None, "sex": None, "ethnicity": None},
            {"household_code": "H1", "member_code": "M1", "name": "甲", "sex": "female", "education": "小学"},
            {"household_code": "H1", "member_code": "M1", "name": "乙", "sex": "male", "education": None},
        ]
        assert members(*rows) == [("H1", "M1", "甲")]
        facts = member(*rows)
        assert (facts["sex"], facts["education"]) == ("female", "小学")
        assert contradicting(*rows) == [2]

    def test_of_a_household(self):
        rows = [
            {"household_code": "H1", "member_code": "M1", "village": None, "wage_income": None},
            {
                "household_code": "H1",
                "member_code": "M2",
                "village": "甲村",
                "wage_income": Decimal("100.00"),
            },
            {
                "household_code": "H1",
                "member_code": "M3",
                "village": "乙村",
                "wage_income": Decimal("100.00"),
            },
            {"household_code": "H1", "member_code": "M4", "village": "甲村", "wage_income": Decimal("99.99")},
        ]
        made = register(*rows)
        [home] = made.directory.homes.values()
        assert (home.village, made.household["wage_income"].to_pylist()) == ("甲村", [Decimal("100.00")])
        assert contradicting(*rows) == [2, 3]

    def test_a_blank_category_says_nothing_against_a_later_one(self):
        """The county roster leaves 监测对象类别 blank, the export of monitored households fills it."""
        rows = [
            {"household_code": "H1", "member_code": "M1", "monitored_category": None},
            {"household_code": "H1", "member_code": "M1", "monitored_category": "marginal"},
            {"household_code": "H1", "member_code": "M1", "monitored_category": "unstable"},
        ]
        assert household(*rows)["monitored_category"] == "marginal"
        assert contradicting(*rows) == [2]

    def test_agreeing_rows_are_no_contradiction(self):
        row = {"household_code": "H1", "member_code": "M1", "name": "甲", "village": "甲村", "sex": "male"}
        assert (
            contradicting(row, {**row, "sex": None}, {**row, "village": None}, {"household_code": "H1"}) == []
        )


class TestWhatBlanksMean:
    @pytest.mark.parametrize(
        ("category", "removed", "monitored"),
        [
            (None, None, False),
            ("none", None, False),
            ("marginal", None, True),
            ("marginal", False, True),
            ("marginal", True, False),
            ("sudden", None, True),
            ("unreadable", None, None),
            ("unreadable", False, None),
            (None, True, False),
        ],
    )
    def test_monitored(self, category: str | None, removed: bool | None, monitored: bool | None):
        """A category is set and the risk is not marked as removed; what cannot be read is unknown."""
        facts = household({"household_code": "H1", "monitored_category": category, "risk_removed": removed})
        assert facts["monitored"] is monitored

    @pytest.mark.parametrize(
        ("kind", "category", "removed", "registered"),
        [
            ("registered", None, None, True),
            ("general", None, None, False),
            (None, None, None, None),
            (None, "unstable", None, True),
            (None, "unstable", False, True),
            (None, "marginal", None, None),
            ("general", "unstable", None, False),
            ("registered", "marginal", True, True),
        ],
    )
    def test_registered_household(
        self, kind: str | None, category: str | None, removed: bool | None, registered: bool | None
    ):
        """户类型 blank and monitored as 脱贫不稳定户 is a registered household."""
        row = {"household_code": "H1", "household_type": kind, "monitored_category": category}
        assert household({**row, "risk_removed": removed})["registered_household"] is registered

    @pytest.mark.parametrize(
        ("said", "reason"),
        [(None, "none"), ("none", "none"), ("illness", "illness"), ("other", "other"), ("unreadable", None)],
    )
    def test_why_not_at_school(self, said: str | None, reason: str | None):
        facts = member({"household_code": "H1", "name": "甲", "not_in_school_reason": said})
        assert facts["not_in_school_reason"] == reason


class TestIncome:
    PARTS: Mapping[str, Decimal] = {
        "wage_income": Decimal("10000.00"),
        "business_income": Decimal("5000.50"),
        "property_income": Decimal("0.00"),
        "transfer_income": Decimal("1000.00"),
        "business_expense": Decimal("3000.25"),
    }

    def rows(self, **changes: Any) -> list[Row]:
        first = {"household_code": "H1", "member_code": "M1", **self.PARTS, **changes}
        return [first, {"household_code": "H1", "member_code": "M2"}]

    def test_per_head_is_computed_of_five_parts_and_the_members(self):
        assert household(*self.rows())["per_capita_net_income"] == pytest.approx(13000.25 / 2, abs=1e-9)

    @pytest.mark.parametrize("part", PARTS)
    def test_not_with_a_part_unknown(self, part: str):
        assert household(*self.rows(**{part: None}))["per_capita_net_income"] is None

    def test_the_stated_one_counts_first(self):
        stated = household(*self.rows(per_capita_net_income=Decimal("8500.00")))
        assert stated["per_capita_net_income"] == 8500.0

    def test_parts_may_stand_on_different_rows(self):
        first, second = self.rows(wage_income=None)
        assert household(first, {**second, "wage_income": Decimal("10000.00")})["per_capita_net_income"]


class TestPeople:
    @pytest.mark.parametrize(
        ("number", "stated", "expected", "status"),
        [
            (make_id(1, "19900101"), dt.date(1991, 1, 1), dt.date(1990, 1, 1), "valid"),
            (make_id(1, "19900101"), None, dt.date(1990, 1, 1), "valid"),
            (wrong_check_digit(A), dt.date(1991, 1, 1), dt.date(1991, 1, 1), "invalid"),
            (wrong_check_digit(A), None, None, "invalid"),
            (None, dt.date(1991, 1, 1), dt.date(1991, 1, 1), "missing"),
        ],
    )
    def test_the_birth_date_is_the_ids_if_valid_else_the_columns(
        self, number: str | None, stated: dt.date | None, expected: dt.date | None, status: str
    ):
        facts = member({"household_code": "H1", "id_number": number, "birth_date": stated})
        assert (facts["birth_date"], facts["stated_birth_date"]) == (expected, stated)
        assert facts["id_status"] == status

    def test_an_id_held_by_two_members_is_shared(self):
        rows = [{"household_code": h, "id_number": i} for h, i in [("H1", A), ("H2", A), ("H3", B)]]
        assert register(*rows).member["id_shared"].to_pylist() == [True, True, False]
        bad = wrong_check_digit(A)
        rows = [{"household_code": h, "id_number": bad} for h in ("H1", "H2")]
        assert register(*rows).member["id_shared"].to_pylist() == [False, False]

    def test_the_head_of_household(self):
        rows = [
            {"household_code": "H1", "name": "甲", "relation": "配偶"},
            {"household_code": "H1", "name": "乙", "relation": "户主"},
            {"household_code": "H2", "name": "丙", "relation": "本人或户主"},
            {"household_code": "H3", "name": "丁", "relation": "长子"},
        ]
        made = register(*rows)
        assert [home.head_name for home in made.directory.homes.values()] == ["乙", "丙", None]

    def test_no_name_and_no_id_number_enters_the_facts(self):
        """What the engine reads has keys and facts only."""
        row = {
            "household_code": "H1",
            "member_code": "M1",
            "name": "申屠甲",
            "id_number": A,
            "phone": "13900000000",
        }
        made = register({**row, "household_phone": "13900000001", "helper": "欧阳乙", "village": "某村"})
        spoken = str(made.household.drop_columns(["region_code"]).to_pylist()) + str(made.member.to_pylist())
        for secret in ("申屠甲", A, "M1", "H1", "1390000000", "欧阳乙", "某村"):
            assert secret not in spoken

    @pytest.mark.parametrize(
        ("region", "code", "found"),
        [("410602001001", "H1", "410602001001"), (None, "41060200100100001", "4106")],
    )
    def test_the_region_is_the_column_else_the_household_code(
        self, region: str | None, code: str, found: str
    ):
        facts = household({"household_code": code, "region_code": region})
        assert facts["region_code"].startswith(found)


PEOPLE = st.sampled_from(
    [("H1", "M1", A), ("H1", "M2", B), ("H2", "M3", C), ("H2", None, make_id(4)), ("H3", None, make_id(5))]
)


def told(rows: Sequence[Row]) -> list[tuple[str, str | None, frozenset[str]]]:
    """Each member's household and code, in no order."""
    made = register(*rows)
    homes, people = made.directory.homes, made.directory.people
    found = [
        (homes[m.household_key].household_code, people[m.key].member_code, frozenset([m.id_number or ""]))
        for m in made.members
    ]
    return sorted(found, key=str)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_roster_split_over_several_files_makes_the_same_register(data: st.DataObject):
    """Whatever the order of files, and whether a row leaves out the code or the ID of a coded member."""
    people = data.draw(st.lists(PEOPLE, min_size=1, unique=True))
    rows = []
    for home, code, number in people:
        whole = {"household_code": home, "member_code": code, "id_number": number}
        rows.append(whole)
        if code:
            without = data.draw(st.sampled_from([{}, {"member_code": None}, {"id_number": None}]))
            rows.append({**whole, **without})
        if data.draw(st.booleans()):
            rows.append(whole)
    shuffled = data.draw(st.permutations(rows))
    assert told(shuffled) == told(rows)
    assert len(told(rows)) == len(people)
