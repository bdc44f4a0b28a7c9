"""Screening in the application: what the command line finds in the same files, and what the lake adds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import supersede_parameter
from bangfu.demo.people import make_people
from bangfu.demo.regions import make_regions as make_synthetic_regions
from bangfu.exchange import actions
from bangfu.exchange.lake.files import in_lake
from bangfu.exchange.models import ListBatch
from bangfu.households.actions.editing import correct_id_number
from bangfu.households.models import Household, Member
from bangfu.monitoring.screening import Screening, screen_county
from bangfu.monitoring.screening_facts import FoundFact
from bangfu.screening.screen import screen
from bangfu.synthetic import synthesize
from bangfu.tabular.discovery import find_files
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_regions, make_user
from tests.exchange.lists import DISEASES, bill, sent
from tests.exchange.rosters import committed, family, silent
from tests.households.builders import id_number

pytestmark = pytest.mark.django_db
MEDICAL = "medical_self_pay_registered"
AS_OF = date(2026, 10, 31)


@pytest.fixture
def office() -> User:
    make_regions()
    return make_user("county_office", COUNTY)


@pytest.fixture
def head(office: User) -> Member:
    committed(family("H1", "杨志明", "杨小军"), make_user("township", TOWN))
    return Member.objects.get(name="杨志明")


def screened(on: date = TODAY) -> Screening:
    return screen_county(COUNTY, on, silent)


def facts(rule: str = MEDICAL, on: date = TODAY) -> list[FoundFact]:
    return [one for one in screened(on).found if one.rule == rule]


def test_the_county_finds_what_the_command_line_finds_in_the_same_files(tmp_path: Path) -> None:
    """All but doubled numbers, which the register does not take in."""
    synthesize(households=150, seed=11, out=tmp_path, as_of=AS_OF, dirty=True, progress=lambda *_: None)
    regions = make_synthetic_regions(tmp_path, at=NOW)
    county = next(region for region in regions if len(region.code) == 6)
    town = next(region for region in regions if len(region.code) == 9)
    places = {"county": county, "township": town, "village": regions[-1]}
    by = make_people(places, at=NOW)["xian"]
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.name != "truth.json")
    for file in sorted(files, key=lambda path: path.relative_to(tmp_path).parts[0] not in ("户籍名册",)):
        actions.import_whole_file(file, by=by, at=NOW, place=county.code)
    told = screen(find_files([str(tmp_path)]), as_of=AS_OF).result
    codes = dict(Household.objects.values_list("uid", "code"))
    members = dict(Member.objects.filter(state="present").values_list("identity_id", "code"))
    found = screen_county(county.code, AS_OF, silent)
    here = Counter(
        (one.rule, codes[one.household], members.get(one.person_key), str(dict(one.values)))
        for one in found.found
    )
    there = Counter(
        (one.rule, one.household, one.member, str(one.values))
        for one in told.findings
        if one.rule != "duplicate_id_number"
    )
    assert here == there
    assert len({rule for rule, *_ in here}) >= 15
    assert not found.not_run


def test_a_fact_says_why_without_names_and_where_from(office: User, head: Member) -> None:
    batch = sent([bill("杨志明", head.identity.id_number, 5200)], office)
    (fact,) = facts()
    assert (fact.household, fact.person_key) == (head.household.uid, head.identity_id)
    assert fact.sentence.startswith("该成员2026年1月1日至2026-11-22住院个人自付累计5200元")
    assert "杨志明" not in fact.sentence
    assert fact.values == {"medical_self_pay_ytd": 5200.0, "line": 5000.0}
    assert fact.sources == (f"medical_expense:{batch.number}",)


def test_a_rule_on_the_register_alone_names_the_roster(office: User, head: Member) -> None:
    (fact,) = _with_dangerous_house(head)
    assert (fact.person_key, fact.sources) == (None, ("household_roster",))
    assert fact.sentence.startswith("该户")


def _with_dangerous_house(head: Member) -> list[FoundFact]:
    with recording(by=SYSTEM, at=NOW, verb="edit_household"):
        Household.objects.filter(pk=head.household_id).update(dangerous_house=True)
    return facts("dangerous_house_roster")


def test_the_same_fact_has_the_same_key_while_its_sum_grows(office: User, head: Member) -> None:
    sent([bill("杨志明", head.identity.id_number, 5200)], office, name="住院.csv")
    (first,) = facts()
    sent([bill("杨志明", head.identity.id_number, 700)], office, name="住院二.csv")
    (second,) = facts()
    assert first.fact_key == second.fact_key
    assert (first.values["medical_self_pay_ytd"], second.values["medical_self_pay_ytd"]) == (5200, 5900)
    assert len(second.sources) == 2


def test_another_diagnosis_is_another_fact(office: User, head: Member) -> None:
    row = {"姓名": "杨志明", "证件号码": head.identity.id_number, "病种": "肺癌", "确诊日期": "2026-11-01"}
    sent([row], office, header=DISEASES, name="大病.csv")
    (first,) = facts("major_disease_new")
    again = [row | {"病种": "尿毒症", "确诊日期": "2026-11-20"}]
    sent(again, office, header=DISEASES, name="大病.csv")
    (second,) = facts("major_disease_new")
    assert first.fact_key != second.fact_key


def test_equal_rows_of_two_lists_count_once(office: User, head: Member) -> None:
    row = bill("杨志明", head.identity.id_number, 3000)
    sent([row], office, name="住院.csv")
    sent([row], office, name="大额.csv")
    assert facts() == []
    sent([row | {"备注": "另一笔"}], office, name="又一份.csv")
    assert [one.values["medical_self_pay_ytd"] for one in facts()] == [6000]


def test_a_withdrawn_or_replaced_list_does_not_count(office: User, head: Member) -> None:
    first = sent([bill("杨志明", head.identity.id_number, 9000)], office)
    second = sent([bill("杨志明", head.identity.id_number, 10)], office)
    assert facts() == []
    actions.run_undo(second, by=office, at=NOW, reason="传错了", progress=silent)
    assert len(facts()) == 1
    actions.run_undo(first, by=office, at=NOW, reason="也传错了", progress=silent)
    assert MEDICAL in dict(screened().not_run)


def test_a_list_that_came_before_the_household_finds_it(office: User) -> None:
    row = family("H1", "杨志明")[0]
    sent([bill("杨志明", row["证件号码"], 5200)], office)
    assert facts() == []
    committed([row], make_user("township", TOWN))
    assert len(facts()) == 1


def test_a_corrected_number_links_by_itself(office: User, head: Member) -> None:
    """The list has the right number; the register's was wrong and is corrected."""
    right = id_number()
    sent([bill("杨志明", right, 5200)], office)
    assert facts() == []
    correct(head, right)
    assert [one.household for one in facts()] == [head.household.uid]


def test_after_a_correction_the_old_number_is_nobody_s(office: User, head: Member) -> None:
    """Bills of the number that the register had by mistake are somebody else's."""
    sent([bill("别人", head.identity.id_number, 5200)], office)
    assert len(facts()) == 1
    correct(head, id_number())
    assert facts() == []


def correct(member: Member, number: str) -> None:
    by = make_user("village", "530999101001")
    correct_id_number(
        by=by,
        at=NOW + timedelta(hours=1),
        member=member,
        id_number=number,
        id_type="居民身份证",
        reason="登记时写错",
    )


def test_the_county_s_own_line_decides_from_its_day_on(office: User, head: Member) -> None:
    sent([bill("杨志明", head.identity.id_number, 4200)], office)
    assert facts() == []
    put_line("4000", COUNTY, TODAY)
    assert [one.values["line"] for one in facts()] == [4000]
    assert facts(on=TODAY - timedelta(days=1)) == []
    put_line("4300", COUNTY, TODAY)
    assert facts() == [], "the last put in counts"
    put_line("4100", TOWN, TODAY)
    assert [one.values["line"] for one in facts()] == [4100]


def put_line(yuan: str, place: str, first: date) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code="medical_self_pay_registered_line",
        text=yuan,
        place=place,
        valid_from=first,
        basis="本县示例",
        grade="知",
    )


def test_a_missing_file_is_told_and_nothing_is_found(office: User, head: Member) -> None:
    sent([bill("杨志明", head.identity.id_number, 5200)], office)
    in_lake(ListBatch.objects.get().path).unlink()
    with pytest.raises(SituationForbids, match="不在了"):
        screened()


def test_the_digest_tells_whether_anything_changed(office: User, head: Member) -> None:
    first = screened().data_digest
    assert screened().data_digest == first
    sent([bill("杨志明", head.identity.id_number, 1)], office)
    second = screened().data_digest
    _with_dangerous_house(head)
    assert len({first, second, screened().data_digest, screened(AS_OF).data_digest}) == 4
