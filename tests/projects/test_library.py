"""The library: applied for, reviewed, public, argued, admitted with a code, planned (C-025, C-026)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.projects.actions import admission
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.enums.deciding import AdjustmentKind, OpinionStage, PostingLevel, PostingStage
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import warnings_of
from bangfu.projects.terms.coding import code_stem
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, OTHER_VILLAGE, TODAY
from tests.projects import builders as b


def test_project_goes_all_the_way_into_the_library_and_gets_its_code(regions: dict[str, Region]) -> None:
    """C-025, C-131."""
    project = b.admitted(b.make_cast(), regions)
    assert project.state == ProjectState.LIBRARY
    assert project.code == "530999-2026-03-0001"
    assert project.admission_number == "云帮领〔2026〕3号"


def test_codes_of_one_county_and_year_do_not_repeat(regions: dict[str, Region]) -> None:
    """C-131."""
    cast = b.make_cast()
    first = b.admitted(cast, regions)
    second = b.admitted(cast, regions, name="上寨村蓄水池", purpose="饮水")
    assert (first.code, second.code) == ("530999-2026-03-0001", "530999-2026-03-0002")


def test_code_rule_without_a_serial_number_is_refused() -> None:
    with pytest.raises(SituationForbids, match="序"):
        code_stem("{县}-{年}", county="530999", year=2026, category="industry.production", on=TODAY)


def test_code_rule_of_the_county_is_followed() -> None:
    parts = code_stem("{年}号{序3}库", county="530999", year=2026, category="other.other", on=TODAY)
    assert parts == ("2026号", "库", 3)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ends_on": TODAY - timedelta(days=900)}, "早于计划开工"),
        ({"planned": 0}, "大于 0"),
        ({"sources": {"central": 101 * b.WAN}}, "多 10,000.00 元"),
        ({"targeted_count": 61}, "比受益户还多"),
        ({"applicant": "nobody-such"}, None),
    ],
)
def test_impossible_application_is_refused_with_the_numbers(
    regions: dict[str, Region], given: dict, words: str | None
) -> None:
    cast = b.make_cast()
    with pytest.raises(SituationForbids if words else ValueError, match=words):
        b.applied(cast, regions, **given)
    assert not Project.objects.exists()


def test_village_applies_for_its_own_place_only(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    for place in (OTHER_VILLAGE, FOREIGN_VILLAGE):
        with pytest.raises(NotPermitted):
            b.applied(cast, regions, region=regions[place])


def test_application_waits_for_vote_sources_linkage_and_targets(regions: dict[str, Region]) -> None:
    """C-134: the meeting comes first."""
    cast = b.make_cast()
    project = b.applied(cast, regions, sources={}, linkage="")
    with pytest.raises(SituationForbids) as refusal:
        b.take(cast.village, project, "submit_project")
    for word in ("民主议事", "资金来源", "联农带农", "绩效目标", "会议记录"):
        assert word in refusal.value.message


def test_vote_without_majority_does_not_carry(regions: dict[str, Region]) -> None:
    """C-134, C-153."""
    cast = b.make_cast()
    project = b.applied(cast, regions)
    b.vote(cast, project, agreed=17)
    b.aim(cast, project)
    b.bring(cast.village, project, "vote_paper")
    with pytest.raises(SituationForbids, match="没有通过"):
        b.take(cast.village, project, "submit_project")


def test_notice_shorter_than_the_rule_is_refused_with_the_numbers(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    with pytest.raises(SituationForbids, match="公示 9 天，本地规定不少于 10 天，差 1 天"):
        b.post(cast, project, PostingStage.APPLY, PostingLevel.VILLAGE, days=9)
    assert not project.postings.exists()


def test_notice_of_ten_days_is_over_on_the_eleventh(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    b.post(cast, project, PostingStage.APPLY, PostingLevel.VILLAGE)
    assert project.postings.get().ends_on == TODAY + timedelta(days=9)


def test_argument_needs_as_many_departments_as_the_parameter_says(regions: dict[str, Region]) -> None:
    """C-025: one opinion is not enough, and one against stops it."""
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    opinions = project.opinions.filter(stage=OpinionStage.ARGUMENT)
    assert set(opinions.values_list("unit_name", flat=True)) == {"云岭县交通运输局", "云岭县财政局"}


def test_opinion_cannot_pass_with_a_point_unmet(regions: dict[str, Region]) -> None:
    from bangfu.projects.actions.deciding import give_opinion
    from bangfu.projects.terms.checklists import points_of

    cast = b.make_cast()
    project = b.applied(cast, regions)
    points = {point.code: point.code != "cost" for point in points_of(OpinionStage.TOWNSHIP)}
    with pytest.raises(SituationForbids, match="概算"):
        give_opinion(
            by=cast.township,
            at=NOW,
            project=project,
            stage=OpinionStage.TOWNSHIP,
            points=points,
            passed=True,
            words="",
            given_on=TODAY,
        )


def test_only_projects_of_the_library_enter_a_plan(regions: dict[str, Region]) -> None:
    """What is not in the library gets no money."""
    cast = b.make_cast()
    inside = b.admitted(cast, regions)
    outside = b.applied(cast, regions, name="还没审的路", purpose="别的路")
    with pytest.raises(SituationForbids, match="不在项目库里等着安排"):
        admission.plan_projects(
            by=cast.office,
            at=NOW,
            projects=[inside, outside],
            year=2026,
            number="云财农〔2026〕8号",
            on=TODAY,
        )
    inside.refresh_from_db()
    assert inside.state == ProjectState.LIBRARY  # 一个不列


def test_plan_begins_the_life_of_the_kind(regions: dict[str, Region]) -> None:
    """C-010."""
    project = b.planned(b.make_cast(), regions, kind="industry", category="industry.production")
    assert (b.run_of(project).flow, project.plan_year) == ("project_industry", 2026)


def test_what_got_no_money_rolls_to_a_later_year_with_approval(regions: dict[str, Region]) -> None:
    """C-026."""
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    rolled = admission.adjust_project(
        by=cast.office,
        at=NOW,
        project=project,
        version=project.version,
        kind=AdjustmentKind.ROLL,
        reason="今年没有安排资金",
        approval_number="云帮领〔2026〕9号",
        approved_on=TODAY,
        year=2027,
    )
    project.refresh_from_db()
    assert (project.admission_year, rolled.before, rolled.after) == (2027, "2026 年度", "2027 年度")


def test_amount_is_not_adjusted_below_what_has_a_source(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    with pytest.raises(SituationForbids, match=r"少于已定来源 1,000,000\.00 元"):
        admission.adjust_project(
            by=cast.office,
            at=NOW,
            project=project,
            version=project.version,
            kind=AdjustmentKind.AMOUNT,
            reason="压减",
            approval_number="云帮领〔2026〕9号",
            approved_on=TODAY,
            planned=99 * b.WAN,
        )


def test_same_purpose_in_the_same_village_is_pointed_out(regions: dict[str, Region]) -> None:
    """C-216."""
    cast = b.make_cast()
    b.admitted(cast, regions)
    again = b.applied(cast, regions, name="上寨村产业路二期")
    assert "上寨村产业路硬化" in warnings_of(again)[0]
    other = b.applied(cast, regions, name="上寨村水池", purpose="饮水")
    assert warnings_of(other) == []


def test_departments_project_of_the_county_finds_its_reviewer(regions: dict[str, Region]) -> None:
    """A project of the whole county lies above every township: the county office reviews it."""
    cast = b.make_cast()
    unit = cast.transport.unit
    assert unit is not None
    said = b.facts(regions, unit, region=regions[COUNTY], applicant="department", name="县乡公路标线")
    project = admission.apply_project(by=cast.transport, at=NOW, facts=said)
    b.opine(cast.office, project, OpinionStage.TOWNSHIP)
    with pytest.raises(NotPermitted):
        b.opine(cast.township, project, OpinionStage.TOWNSHIP)
