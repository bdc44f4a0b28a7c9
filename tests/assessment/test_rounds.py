"""An assessment is reckoned, told, objected to, made final, published in a circle (C-089, C-179)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, UnitKind, User
from bangfu.assessment.actions import rounds as actions
from bangfu.assessment.actions.schemes import SCHEMES
from bangfu.assessment.models import Assessed, AssessmentRound, Objection, SchemeVersion
from bangfu.assessment.queries import assessed_seen, rounds_seen
from bangfu.assessment.versions import Held, held_in
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region, Subject
from bangfu.demo.lists import make_lists
from bangfu.problems.models import Problem
from tests.cast import COUNTY, NOW, OTHER_COUNTY, OTHER_TOWN, TODAY, TOWN, VILLAGE, make_user
from tests.problems.builders import Cast, days_ago, make_cast, recorded

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
UNTIL = TODAY + timedelta(days=7)
AFTER = NOW + timedelta(days=8)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def cast(regions: dict[str, Region]) -> Cast:
    return make_cast()


def _held(code: str) -> Held:
    held = held_in(code, COUNTY)
    assert held is not None
    return held


def _reply(by: User, objection: Objection, **given: Any) -> None:
    actions.answer_assessment_objection(by=by, at=NOW, objection=objection, **given)


def _units(cast: Cast, regions: dict[str, Region]) -> AssessmentRound:
    assert cast.bureau.unit is not None
    assert cast.town.unit is not None
    return actions.open_unit_assessment(
        by=cast.office,
        at=NOW,
        held=_held("unit_yearly"),
        region=regions[COUNTY],
        title="2026 年度单位考核",
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        units=[cast.bureau.unit, cast.town.unit],
    )


def _act(action: Any, by: User, round: AssessmentRound, at: Any = NOW, **given: Any) -> AssessmentRound:
    round.refresh_from_db()
    done: AssessmentRound = action(by=by, at=at, round=round, version=round.version, **given)
    return done


def _typed(by: User, round: AssessmentRound, number: str = "8") -> None:
    for one in Assessed.objects.filter(round=round):
        for row in one.scores.filter(typed=True):
            _act(actions.enter_score, by, round, score_id=row.pk, number=Decimal(number), proof="责任状 3 号")


def _late_problem(by: User, unit: Unit | None, county: Region) -> None:
    with recording(by=by, at=NOW, verb="record_problem"):
        Problem.objects.create(
            subject=Subject.objects.create(kind="problem", place=COUNTY, label="没有公开"),
            region=county,
            place=COUNTY,
            unit=unit,
            origin="own",
            found_on=YEAR[0],
            kind="finance",
            kind_name="财务公开",
            breadth="own",
            title="没有公开",
            measure="公开",
            due_on=YEAR[0],
            recorded_by=by,
        )


def _told(cast: Cast, regions: dict[str, Region]) -> AssessmentRound:
    round = _units(cast, regions)
    _act(actions.read_unit_assessment, cast.office, round)
    _typed(cast.office, round)
    return _act(actions.tell_unit_assessment, cast.office, round, objections_until=UNTIL)


def _of(round: AssessmentRound, unit: Unit | None) -> Assessed:
    return Assessed.objects.get(round=round, unit=unit)


def test_points_come_from_records_of_the_period_and_are_explained(
    cast: Cast, regions: dict[str, Region]
) -> None:
    recorded(cast, regions)
    recorded(cast, regions, found_on=days_ago(700), due_on=days_ago(690))  # 考核期以外的不算
    round = _units(cast, regions)
    assert _of(round, cast.bureau.unit).total is None
    _act(actions.read_unit_assessment, cast.office, round)
    bureau = _of(round, cast.bureau.unit)
    points = {row.indicator: row.points for row in bureau.scores.all()}
    assert points == {"closed": 0, "late": 15, "orders": 10, "steps": 20, "letter": None, "again": 0}
    words = bureau.scores.get(indicator="closed").words
    assert "0 / 1 = 0%；50 得 0 分、100 得满分 40 分，中间按比例，得 0 分" in words
    assert "没有可算的，按规定得满分" in _of(round, cast.town.unit).scores.get(indicator="closed").words
    _typed(cast.office, round)
    bureau.refresh_from_db()
    assert (bureau.total, bureau.grade) == (Decimal("53.00"), "差")
    assert bureau.words == "计分 53，加分 0，扣分 0；总分 53"


def test_only_what_no_record_says_is_typed_with_proof(cast: Cast, regions: dict[str, Region]) -> None:
    round = _units(cast, regions)
    _act(actions.read_unit_assessment, cast.office, round)
    rows = _of(round, cast.bureau.unit).scores
    given = {"number": Decimal(3), "proof": "文件"}
    with pytest.raises(SituationForbids, match="从台账算，不能手填"):
        _act(actions.enter_score, cast.office, round, score_id=rows.get(indicator="closed").pk, **given)
    letter = rows.get(indicator="letter").pk
    with pytest.raises(SituationForbids, match="没有写证据"):
        _act(actions.enter_score, cast.office, round, score_id=letter, number=Decimal(3), proof=" ")
    with pytest.raises(SituationForbids, match="填的是 11，应是 0 到 10"):
        _act(actions.enter_score, cast.office, round, score_id=letter, number=Decimal(11), proof="文件")
    with pytest.raises(SituationForbids, match="还有 2 项没有分"):
        _act(actions.tell_unit_assessment, cast.office, round, objections_until=UNTIL)
    with pytest.raises(NotPermitted):
        _act(actions.enter_score, cast.bureau, round, score_id=letter, **given)
    with pytest.raises(StaleVersion):
        actions.read_unit_assessment(by=cast.office, at=NOW, round=round, version=99)


def test_who_is_assessed_sees_the_own_points_objects_and_is_answered(
    cast: Cast, regions: dict[str, Region]
) -> None:
    round = _told(cast, regions)
    bureau, town = _of(round, cast.bureau.unit), _of(round, cast.town.unit)
    assert list(assessed_seen(cast.bureau)) == [bureau]
    assert list(rounds_seen(cast.bureau)) == [round]
    with pytest.raises(NotPermitted, match="只有"):
        actions.object_unit_assessment(by=cast.bureau, at=NOW, assessed=town, words="不对")
    with pytest.raises(SituationForbids, match="没有成立的异议"):
        _act(actions.read_unit_assessment, cast.office, round)
    with pytest.raises(SituationForbids, match="截止"):
        actions.object_unit_assessment(by=cast.bureau, at=AFTER, assessed=bureau, words="迟了")
    letter = bureau.scores.get(indicator="letter")
    objection = actions.object_unit_assessment(
        by=cast.bureau, at=NOW, assessed=bureau, words="少算一项", score_row=letter
    )
    with pytest.raises(SituationForbids, match="还不能审定"):
        _act(actions.finalise_unit_assessment, cast.office, round)
    with pytest.raises(SituationForbids, match="1 条异议没有答复"):
        _act(actions.finalise_unit_assessment, cast.office, round, at=AFTER)
    with pytest.raises(SituationForbids, match="没有写答复的理由"):
        actions.answer_assessment_objection(
            by=cast.office, at=NOW, objection=objection, upheld=True, answer=""
        )
    actions.answer_assessment_objection(
        by=cast.office, at=NOW, objection=objection, upheld=True, answer="有文件，补"
    )
    with pytest.raises(SituationForbids, match="已经答复过"):
        actions.answer_assessment_objection(
            by=cast.office, at=NOW, objection=objection, upheld=False, answer="又改"
        )
    other = town.scores.get(indicator="letter")
    typed = {"number": Decimal(10), "proof": "责任状 4 号"}
    with pytest.raises(SituationForbids, match=f"{town.name}没有成立的异议"):
        _act(actions.enter_score, cast.office, round, score_id=other.pk, **typed)
    _act(actions.enter_score, cast.office, round, score_id=letter.pk, **typed)
    bureau.refresh_from_db()
    assert bureau.total == 100
    # 别人的分，取数也不动
    before = [row.points for row in town.scores.order_by("pk")]
    for unit in (cast.town.unit, cast.bureau.unit):
        _late_problem(cast.office, unit, regions[COUNTY])
    _act(actions.read_unit_assessment, cast.office, round)
    assert [row.points for row in town.scores.order_by("pk")] == before
    bureau.refresh_from_db()
    assert bureau.total is not None and bureau.total < 100


def test_a_final_is_changed_by_nobody_and_published_once_in_its_circle(
    cast: Cast, regions: dict[str, Region]
) -> None:
    round = _told(cast, regions)
    reader = Unit.objects.create(name="云岭县纪委", kind=UnitKind.DEPARTMENT, place=COUNTY)
    outsider = make_user("department", COUNTY, username="outsider", unit=reader)
    assert cast.checker.unit is not None
    seen_version = AssessmentRound.objects.get(pk=round.pk).version
    final = _act(actions.finalise_unit_assessment, cast.office, round, at=AFTER)
    assert (final.state, final.final_by) == ("final", cast.office)
    with pytest.raises(StaleVersion):  # 另一位同事同时点了审定
        actions.finalise_unit_assessment(by=cast.office, at=AFTER, round=round, version=seen_version)
    letter = _of(round, cast.bureau.unit).scores.get(indicator="letter")
    changes: list[tuple[Any, dict[str, Any]]] = [
        (actions.read_unit_assessment, {}),
        (actions.enter_score, {"score_id": letter.pk, "number": Decimal(1), "proof": "文件"}),
        (actions.tell_unit_assessment, {"objections_until": UNTIL}),
        (actions.finalise_unit_assessment, {}),
    ]
    for action, given in changes:
        with pytest.raises(SituationForbids):
            _act(action, cast.office, round, at=AFTER, **given)
    assert list(rounds_seen(outsider)) == []
    with pytest.raises(SituationForbids, match="没有选公布给哪些单位"):
        _act(actions.publish_unit_assessment, cast.office, round, at=AFTER, circle=[])
    published = _act(actions.publish_unit_assessment, cast.office, round, at=AFTER, circle=[reader])
    assert published.state == "published"
    assert assessed_seen(outsider).count() == 2
    assert list(assessed_seen(cast.bureau)) == [_of(round, cast.bureau.unit)]  # 不在范围里，只看自己的
    assert list(rounds_seen(cast.checker)) == []
    with pytest.raises(SituationForbids, match="只公布一次"):
        _act(actions.publish_unit_assessment, cast.office, round, at=AFTER, circle=[reader])
    event = AuditEvent.objects.filter(verb="publish_unit_assessment").get()
    assert "云岭县纪委" in str(event.data)


def test_townships_are_assessed_by_metrics(cast: Cast, regions: dict[str, Region]) -> None:
    recorded(cast, regions)
    towns = [regions[TOWN], regions[OTHER_TOWN]]
    round = actions.open_unit_assessment(
        by=cast.office,
        at=NOW,
        held=_held("township_yearly"),
        region=regions[COUNTY],
        title="2026 年度乡镇考核",
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        townships=towns,
    )
    _act(actions.read_unit_assessment, cast.office, round)
    scores = {
        one.name: {row.indicator: row.points for row in one.scores.all()}
        for one in Assessed.objects.filter(round=round)
    }
    assert (scores["青石镇"]["problems_closed"], scores["白水乡"]["problems_closed"]) == (0, 15)
    assert (scores["青石镇"]["problems_late"], scores["白水乡"]["problems_late"]) == (8, 10)
    _typed(cast.office, round, "1")
    town = Assessed.objects.get(round=round, region=regions[TOWN])
    assert town.total is not None
    _act(actions.tell_unit_assessment, cast.office, round, objections_until=UNTIL)
    assert list(assessed_seen(cast.town)) == [town]
    actions.object_unit_assessment(by=cast.town, at=NOW, assessed=town, words="有一个已经改了")


def test_what_cannot_be_assessed_is_refused(cast: Cast, regions: dict[str, Region]) -> None:
    given: dict[str, Any] = {
        "by": cast.office,
        "at": NOW,
        "held": _held("unit_yearly"),
        "region": regions[COUNTY],
        "title": "考核",
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
    }
    with pytest.raises(SituationForbids, match="没有选单位"):
        actions.open_unit_assessment(**given, townships=[regions[TOWN]])
    with pytest.raises(SituationForbids, match="到要晚于从"):
        actions.open_unit_assessment(**{**given, "ends_on": days_ago(1000)}, units=[cast.bureau.unit])
    foreign = Unit.objects.create(name="雾山县财政局", kind=UnitKind.DEPARTMENT, place=OTHER_COUNTY)
    with pytest.raises(SituationForbids, match="雾山县财政局不在云岭县"):
        actions.open_unit_assessment(**given, units=[foreign])
    with pytest.raises(NotPermitted):
        actions.open_unit_assessment(**{**given, "by": cast.town}, units=[cast.bureau.unit])
    assert not AssessmentRound.objects.exists()


def test_a_county_publishes_its_own_version_and_a_running_one_keeps_its_own(
    cast: Cast, regions: dict[str, Region]
) -> None:
    before = _units(cast, regions)
    wrong = _held("unit_yearly").text.replace("weight: 40", "weight: 30")
    row = SCHEMES.draft(
        by=cast.office,
        at=NOW,
        verb="draft_scheme",
        code="unit_yearly",
        place=COUNTY,
        text=wrong,
        note="按县文件改",
    )
    with pytest.raises(SituationForbids, match="权重合计 90，应为 100，少 10"):
        SCHEMES.publish(row, by=cast.office, at=NOW, verb="publish_scheme", version=row.version)
    right = wrong.replace("weight: 20", "weight: 30", 1)
    row = SCHEMES.edit(
        row, by=cast.office, at=NOW, verb="edit_scheme", version=row.version, text=right, note="改好"
    )
    SCHEMES.publish(row, by=cast.office, at=NOW, verb="publish_scheme", version=row.version)
    assert _units(cast, regions).scheme == row
    before.refresh_from_db()
    assert before.scheme.is_shipped
    foreign = held_in("unit_yearly", OTHER_COUNTY)
    assert foreign is not None
    assert foreign.version is None
    assert SchemeVersion.objects.count() == 2


def test_the_pages(
    cast: Cast, regions: dict[str, Region], signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    office = signed_in(cast.office)
    assert "还没有告知或公布" in office.get(reverse("unit_assessment_list")).content.decode()
    page = office.get(reverse("scheme_page", args=["township_yearly"])).content.decode()
    assert "依据未核实" in page
    assert "大于 0" not in page
    assert "多于 0" in page
    chosen = office.post(reverse("open_unit_assessment"), {"scheme": "unit_yearly"})
    assert chosen.status_code == 302
    assert cast.bureau.unit is not None
    typed = {"title": "年度考核", "region": regions[COUNTY].pk, "starts_on": "2026-01-01"}
    typed |= {"ends_on": "2025-01-01", "units": [cast.bureau.unit.pk]}
    refused = office.post(chosen.headers["Location"], typed).content.decode()
    assert "到要晚于从" in refused
    assert "年度考核" in refused
    page = office.post(chosen.headers["Location"], {**typed, "ends_on": "2026-12-31"}, follow=True)
    round = AssessmentRound.objects.get()
    assert "算分中" in page.content.decode()

    def post(client: Client, name: str, *arguments: Any, **data: Any) -> str:
        round.refresh_from_db()
        sent = {"version": round.version, **data}
        return client.post(reverse(name, args=arguments or [round.uid]), sent, follow=True).content.decode()

    assert "算好了" in post(office, "read_unit_assessment")
    one = Assessed.objects.get()
    assert "记下了" in post(office, "enter_score", one.uid, "letter", number="9.5", proof="责任状")
    page = office.get(reverse("assessed_file", args=[one.uid])).content.decode()
    assert "99.50" in page
    assert "看名单" in page
    assert "告知了" in post(office, "tell_unit_assessment", objections_until=UNTIL.isoformat())
    bureau = signed_in(cast.bureau)
    letter = one.scores.get(indicator="letter").pk
    assert "异议提交了" in post(bureau, "object_unit_assessment", one.uid, words="少半分", score=letter)
    objection = Objection.objects.get()
    assert "答复了" in post(
        office, "answer_assessment_objection", objection.uid, upheld="no", answer="文件只给 9.5"
    )
    assert "才截止" in post(office, "finalise_unit_assessment")
    _act(actions.finalise_unit_assessment, cast.office, round, at=AFTER)
    assert "公布给 1 个单位" in post(office, "publish_unit_assessment", circle=[cast.bureau.unit.pk])
    for client in (office, bureau):
        for name in ("unit_assessment_file", "print_unit_assessment"):
            assert client.get(reverse(name, args=[round.uid])).status_code == 200
    content = office.get(reverse("export_unit_assessment", args=[round.uid])).content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["得分"]["A4"].value == "云岭县水务局"
    assert {"print_unit_assessment", "export_unit_assessment"} & set(
        AuditEvent.objects.values_list("verb", flat=True)
    )
    with django_assert_max_num_queries(20):
        office.get(reverse("unit_assessment_file", args=[round.uid]))
    foreign = signed_in(make_user("county_office", OTHER_COUNTY))
    assert foreign.get(reverse("unit_assessment_file", args=[round.uid])).status_code == 404
    assert foreign.get(reverse("assessed_file", args=[one.uid])).status_code == 404


def test_the_pages_of_versions(cast: Cast, regions: dict[str, Region], signed_in: SignIn) -> None:
    office = signed_in(cast.office)
    address = reverse("draft_scheme", args=["unit_yearly"])
    text = _held("unit_yearly").text.replace("weight: 40", "weight: 35")
    page = office.post(address, {"place": COUNTY, "note": "改", "text": text}, follow=True).content.decode()
    assert "权重合计 95，应为 100，少 5" in page
    row = SchemeVersion.objects.get(is_shipped=False)
    sound = {"version": row.version, "note": "改好", "text": text.replace("weight: 35", "weight: 40")}
    page = office.post(reverse("edit_scheme", args=[row.uid]), sound, follow=True).content.decode()
    assert "没有发现错误，可以发布" in page
    row.refresh_from_db()
    page = office.post(reverse("publish_scheme", args=[row.uid]), {"version": row.version}, follow=True)
    assert f"{row}：已发布" in page.content.decode()
    row.refresh_from_db()
    gone = {"version": row.version, "reason": "换方案"}
    assert (
        f"{row}：已停用"
        in office.post(reverse("retire_scheme", args=[row.uid]), gone, follow=True).content.decode()
    )
    foreign = signed_in(make_user("county_office", OTHER_COUNTY))
    assert foreign.get(reverse("edit_scheme", args=[row.uid])).status_code == 404


def test_the_made_up_county_has_problems_and_assessments(regions: dict[str, Region]) -> None:
    cast = make_cast()
    bureau = make_user(
        "finance_bureau",
        COUNTY,
        username="caizheng",
        unit=Unit.objects.create(name="县财政局", kind=UnitKind.DEPARTMENT, place=COUNTY),
    )
    people = {"xian": cast.office, "zhen": cast.town, "yibao": cast.bureau, "caizheng": bureau}
    make_lists(people, {"county": regions[COUNTY], "village": regions[VILLAGE]}, at=NOW)
    assert set(Problem.objects.values_list("state", flat=True)) == {"open", "answered", "closed"}
    assert Problem.objects.filter(earlier__isnull=False).exists()
    assert AssessmentRound.objects.filter(state="told", code="unit_yearly").count() == 1
    assert Objection.objects.filter(upheld=None).count() == 1
