"""Who came, and what came of it (C-004, C-006, C-200, C-201)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.training.actions.participation import (
    Answer,
    Attendant,
    edit_participation,
    record_follow_up,
    record_participation,
    remove_participation,
)
from bangfu.training.enums.people import Effect, Means
from bangfu.training.importing.participation_list import lines_of_workbook, read_lines
from bangfu.training.models import FollowUp, Participation, TrainingSession
from bangfu.training.queries.recognising import recognised
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.training.builders import came, course_of, held_of, person, session_of

pytestmark = pytest.mark.django_db
FOUR = Decimal(4)


@pytest.fixture
def session(regions: dict[str, Region]) -> TrainingSession:
    return session_of(regions, course_of(regions))


def put(session: TrainingSession, *people: Attendant) -> None:
    record_participation(by=person("county_office"), at=NOW, session=session, attendants=people)


def test_hours_above_the_courses_are_refused_and_nobody_is_kept(session: TrainingSession) -> None:
    people = [Attendant("杨志明", "上寨村", FOUR), Attendant("罗秀兰", "上寨村", Decimal("4.1"))]
    with pytest.raises(SituationForbids, match=r"罗秀兰：学时 4\.1 不对"):
        put(session, *people)
    with pytest.raises(SituationForbids, match="学时 0 不对"):
        put(session, Attendant("杨志明", "上寨村", Decimal(0)))
    assert not Participation.objects.exists()


def test_an_empty_list_is_refused(session: TrainingSession) -> None:
    with pytest.raises(SituationForbids, match="名单里没有人"):
        put(session)


def test_a_person_stands_there_once(session: TrainingSession, regions: dict[str, Region]) -> None:
    member = make_household(regions).members.get(is_head=True)
    user = person("helper")
    put(session, Attendant("杨志明", "上寨村", FOUR, member=member), Attendant("马强", "", FOUR, user=user))
    for again in (
        Attendant("杨志明", "别的写法", FOUR, member=member),
        Attendant("马同志", "县农行", FOUR, user=user),
    ):
        with pytest.raises(SituationForbids, match="登记了两次"):
            put(session, again)
    with pytest.raises(SituationForbids, match="李小军在这个班次里登记了两次"):
        put(session, Attendant("李小军", "上寨村", FOUR), Attendant("李小军", "上寨村", FOUR))
    put(session, Attendant("李小军", "上寨村", FOUR), Attendant("李小军", "下河村", FOUR))
    assert session.participations.count() == 4, "同名、不同村的是两个人"


def test_only_who_records_here_records(session: TrainingSession) -> None:
    attendants = [Attendant("杨志明", "上寨村", FOUR)]
    for role, place in (("department", COUNTY), ("leader", COUNTY)):
        with pytest.raises(NotPermitted):
            record_participation(by=person(role, place), at=NOW, session=session, attendants=attendants)
    record_participation(by=person("village", VILLAGE), at=NOW, session=session, attendants=attendants)


def test_hours_are_corrected_by_who_saw_them_last(session: TrainingSession) -> None:
    came(session, "杨志明")
    row, by = Participation.objects.get(), person("county_office")
    edit_participation(by=by, at=NOW, participation=row, version=1, hours=Decimal("2.5"), reflection="学会了")
    with pytest.raises(StaleVersion):
        edit_participation(by=by, at=NOW, participation=row, version=1, hours=Decimal(3), reflection="")
    row.refresh_from_db()
    assert (row.hours, row.reflection) == (Decimal("2.5"), "学会了")


def test_who_was_listed_by_mistake_goes_and_the_cost_follows(regions: dict[str, Region]) -> None:
    held = held_of(regions, course_of(regions), TODAY, "杨志明", "罗秀兰")
    first, second = held.participations.order_by("pk")
    by = person("county_office")
    after = remove_participation(by=by, at=NOW, participation=first, version=1, reason="没有来")
    assert (after.people, after.cost_fen) == (1, 550_00)
    with pytest.raises(SituationForbids, match="至少留一个人"):
        remove_participation(by=by, at=NOW, participation=second, version=1, reason="没有来")


def test_what_people_say_after_the_return(regions: dict[str, Region]) -> None:
    held = held_of(regions, course_of(regions), TODAY - timedelta(days=30))
    row, by = held.participations.get(), person("village", VILLAGE)

    def ask(days: int) -> FollowUp:
        answer = Answer(TODAY + timedelta(days=days), Means.VISIT, Effect.SPREAD, "带动了邻居")
        return record_follow_up(by=by, at=NOW, participation=row, answer=answer)

    with pytest.raises(SituationForbids, match="回访在结束以后"):
        ask(-31)
    with pytest.raises(SituationForbids, match="还没到"):
        ask(1)
    assert ask(-30).asked_by == by
    with pytest.raises(SituationForbids, match="已有训后回访"):
        remove_participation(by=by, at=NOW, participation=row, version=1, reason="没有来")


def test_a_list_is_read_from_lines() -> None:
    lines = read_lines("杨志明，上寨村，3.5\n\n罗秀兰\t县农业农村局\t4学时\t学会了\n李小军")
    assert [(one.number, one.name, one.coming_from, one.hours) for one in lines] == [
        (1, "杨志明", "上寨村", Decimal("3.5")),
        (3, "罗秀兰", "县农业农村局", FOUR),
        (4, "李小军", "", None),
    ]
    assert lines[1].reflection == "学会了"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("杨志明，上寨村，半天", "第 1 行：学时“半天”不是数字"),
        ("杨志明\n，上寨村，4", "第 2 行：没有姓名"),
        ("杨志明，上寨村，1.25", "最多写一位小数"),
        ("杨志明，上寨村，nan", "最多写一位小数"),
    ],
)
def test_a_line_that_is_wrong_is_named(text: str, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        read_lines(text)


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_becomes_lines_to_look_over() -> None:
    content = workbook(
        ("县级培训参训名单",),
        ("序号", "学员姓名", "工作单位", "学时"),
        (1, "杨志明", "上寨村", 3.5),
        (2, "罗秀兰", "县医保局", 4),
    )
    text, passed_over = lines_of_workbook(content, "名单.xlsx")
    assert [(one.name, one.coming_from, one.hours) for one in read_lines(text)] == [
        ("杨志明", "上寨村", Decimal("3.5")),
        ("罗秀兰", "县医保局", FOUR),
    ]
    assert passed_over == []


@pytest.mark.parametrize("content", [b"nothing of the kind", workbook(("品名", "数量"), ("化肥", 3))])
def test_a_file_that_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(SituationForbids):
        lines_of_workbook(content, "名单.xlsx")


def test_nobody_is_recognised_by_the_name_alone(regions: dict[str, Region]) -> None:
    head = make_household(regions).members.get(is_head=True)
    unit = Unit.objects.create(name="县农业银行", kind="sending", place=COUNTY)
    helper = person("helper")
    helper.unit = unit
    helper.save()
    asker = person("county_office")
    known = recognised(
        asker, [(head.name, "上寨村"), (head.name, ""), (helper.name, "县农业银行"), ("谁", "上寨村")], COUNTY
    )
    assert known[head.name, "上寨村"].member == head
    assert known[helper.name, "县农业银行"].user == helper
    assert (known[head.name, ""].member, known["谁", "上寨村"].words) == (None, "只记姓名")
    blind = recognised(person("organisation_department"), [(head.name, "上寨村")], COUNTY)
    assert blind[head.name, "上寨村"].member is None, "组织部门不看户，也认不出户里的人"


def test_two_of_one_name_in_a_village_are_not_guessed(regions: dict[str, Region]) -> None:
    make_household(regions)
    make_household(regions)
    known = recognised(person("county_office"), [("杨志明", "上寨村")], COUNTY)
    assert known["杨志明", "上寨村"].words == "同名的不止一个，只记姓名"


def test_the_list_is_looked_over_then_kept(
    session: TrainingSession, regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    make_household(regions)
    browser = signed_in(person("township", TOWN))
    address = reverse("record_participation", args=[session.uid])
    page = browser.post(address, {"people": "杨志明，上寨村\n周客人，外县，2"}).content.decode()
    assert "认作农户成员" in page and "存下 2 人" in page
    assert not Participation.objects.exists(), "核对还没有存"
    browser.post(address, {"people": "杨志明，上寨村\n周客人，外县，2", "keep": "1"})
    first, second = Participation.objects.order_by("pk")
    assert (first.member.name, first.hours, second.member, second.hours) == ("杨志明", FOUR, None, Decimal(2))


def test_what_was_typed_stays_when_a_line_is_wrong(
    session: TrainingSession, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(person("township", TOWN))
    page = browser.post(
        reverse("record_participation", args=[session.uid]), {"people": "杨志明，上寨村，9", "keep": "1"}
    ).content.decode()
    assert "杨志明，上寨村，9" in page and "每人最多 4" in page


def test_a_file_goes_into_the_box_below_what_is_there(
    session: TrainingSession, signed_in: Callable[[User], Client]
) -> None:
    upload = SimpleUploadedFile("名单.xlsx", workbook(("姓名", "村"), ("罗秀兰", "上寨村")))
    browser = signed_in(person("township", TOWN))
    address = reverse("record_participation", args=[session.uid])
    page = browser.post(address, {"people": "杨志明，上寨村", "file": upload}).content.decode()
    assert "杨志明，上寨村\n罗秀兰，上寨村" in page
    assert not Participation.objects.exists()
    broken = SimpleUploadedFile("名单.xlsx", b"broken")
    page = browser.post(address, {"people": "杨志明，上寨村", "file": broken}).content.decode()
    assert "杨志明，上寨村" in page and "有的没有读入" in page
