"""A sweep from its opening to its closing (C-183, C-184)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.forms import receivers
from bangfu.forms.actions.sheets import leave_unreached, record_sheet
from bangfu.forms.actions.sweeps import close_sweep, open_sweep, prepare_sweep
from bangfu.forms.answers import opening
from bangfu.forms.enums import SheetKind, SweepState, TaskState, UnreachedReason
from bangfu.forms.models import Sheet, Sweep, SweepTask
from bangfu.forms.policies import AnswersRefused
from bangfu.forms.queries import progress_of, sweeps_for, tasks_of
from bangfu.forms.versions import form_of
from bangfu.households.models import Household, ProposedChange
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.forms.conftest import silent, sweep_of
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
FINE = {
    "members_same": ["是"],
    "house_dangerous": ["否"],
    "water_safe": ["是"],
    "child_out_of_school": ["否"],
    "all_insured": ["是"],
    "illness_heavy": ["否"],
    "new_disability": ["否"],
    "income_trend": ["差不多或更多"],
    "disaster": ["否"],
    "accident": ["否"],
    "no_labour": ["是"],
    "opinion": ["没有发现风险"],
}
INSPECTED = {
    "wage": ["20000"],
    "business": ["0"],
    "property": ["0"],
    "transfer": ["800"],
    "expense": ["0"],
    "hardship": ["过得去"],
    "schooling": ["没有适龄的"],
    "medical": ["有保障"],
    "housing": ["A 级或 B 级"],
    "water": ["有保障"],
    "opinion": ["没有返贫致贫风险"],
    "words": ["看过了"],
}


def fill(
    task: SweepTask,
    typed: Mapping[str, Sequence[str]],
    kind: SheetKind = SheetKind.SCREENING,
    **more: Any,
) -> Sheet:
    """Fill a sheet as the village's clerk, as the page would."""
    task = SweepTask.objects.select_related("sweep", "household").get(pk=task.pk)
    given = {
        "by": make_user("village", task.place, username=f"filler-{Sheet.objects.count()}"),
        "at": NOW,
        "task": task,
        "kind": kind,
        "typed": typed,
        "filled_on": TODAY,
        "met": "户主",
        "household_version": task.household.version,
        "task_version": task.version,
    }
    return record_sheet(**(given | more))


def test_every_present_household_of_the_place_gets_one_task(regions: dict[str, Region]) -> None:
    inside = {make_household(regions, place).pk for place in (VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE)}
    make_household(regions, "530998101001")
    sweep = sweep_of(regions)
    assert set(sweep.tasks.values_list("household", flat=True)) == inside
    assert sweep.state == SweepState.OPEN


def test_preparing_again_doubles_nothing_and_adds_who_came_late(regions: dict[str, Region]) -> None:
    make_household(regions)
    sweep = sweep_of(regions)
    make_household(regions, head_name="李秀")
    assert prepare_sweep(sweep, at=NOW, progress=silent) == 2
    assert prepare_sweep(sweep, at=NOW, progress=silent) == 2


def test_a_group_holds_each_household_once(regions: dict[str, Region]) -> None:
    ill = make_household(regions, members=3)
    make_household(regions, head_name="李秀")
    with recording(by=make_user(username="hand"), at=NOW, verb="edit_member"):
        ill.members.update(health="长期慢性病")
    sweep = sweep_of(regions, group="chronic_illness")
    assert list(sweep.tasks.values_list("household", flat=True)) == [ill.pk]


def test_only_who_may_opens_a_sweep_and_only_a_period_that_can_be(regions: dict[str, Region]) -> None:
    township = make_user("township", TOWN)
    asked = {"at": NOW, "title": "排查", "starts_on": TODAY, "ends_on": TODAY}
    with pytest.raises(NotPermitted):
        open_sweep(by=township, region=regions[COUNTY], **asked)
    with pytest.raises(SituationForbids, match="早于开始日期"):
        open_sweep(by=township, region=regions[TOWN], **(asked | {"ends_on": TODAY.replace(day=1)}))
    assert not Sweep.objects.exists()


def test_a_sheet_without_risk_ends_the_household(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    sheet = fill(task, FINE)
    task.refresh_from_db()
    assert task.state == TaskState.SCREENED
    assert (sheet.risks, task.has_risk) == ([], False)


def test_a_risk_asks_for_an_inspection_and_is_told(
    regions: dict[str, Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(receivers, "_receivers", [lambda **told: heard.append(told)])
    household = make_household(regions)
    task = sweep_of(regions).tasks.get()
    sheet = fill(task, FINE | {"illness_heavy": ["是"], "disaster": ["是"]})
    task.refresh_from_db()
    assert task.state == TaskState.IN_QUESTION
    (told,) = heard
    assert told["household"] == household
    assert told["sheet"] == sheet
    assert told["risks"] == ["因病", "因自然灾害"]
    fill(task, INSPECTED, SheetKind.INSPECTION)
    task.refresh_from_db()
    assert task.state == TaskState.INSPECTED
    assert task.has_risk
    assert len(heard) == 1


def test_nobody_inspects_a_household_that_is_in_no_question(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    with pytest.raises(SituationForbids, match="不用再填排查表"):
        fill(task, INSPECTED, SheetKind.INSPECTION)


def test_a_fact_that_the_sheet_says_otherwise_is_proposed_with_its_source(regions: dict[str, Region]) -> None:
    household = make_household(regions, safe_water=True, dangerous_house=False)
    task = sweep_of(regions).tasks.get()
    sheet = fill(task, FINE | {"water_safe": ["否"]})
    proposal = ProposedChange.objects.get()
    assert proposal.household == household
    assert proposal.values == {"safe_water": {"from": True, "to": False}}
    assert proposal.source == "form"
    assert "筛查表" in proposal.source_note
    assert sheet.reused == 1
    household.refresh_from_db()
    assert household.safe_water is True


def test_missing_answers_keep_nothing(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    with pytest.raises(AnswersRefused) as caught:
        fill(task, {"members_same": ["是"]})
    assert "water_safe" in caught.value.errors
    assert not Sheet.objects.exists()
    task.refresh_from_db()
    assert task.state == TaskState.WAITING


def test_of_two_people_the_second_is_told(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    fill(task, FINE)
    with pytest.raises(StaleVersion, match="已筛查"):
        fill(task, FINE, task_version=1)
    assert Sheet.objects.count() == 1


def test_a_household_that_changed_meanwhile_is_noticed(regions: dict[str, Region]) -> None:
    household = make_household(regions)
    task = sweep_of(regions).tasks.get()
    seen = household.version
    with recording(by=make_user(username="hand"), at=NOW, verb="edit_household"):
        Household.objects.filter(pk=household.pk).update(address="路边")
    with pytest.raises(StaleVersion, match="登记改过"):
        fill(task, FINE, household_version=seen)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(("day", "words"), [("2026-11-23", "最晚到今天"), ("2026-10-31", "早于这次排查")])
def test_a_day_outside_is_refused(regions: dict[str, Region], day: str, words: str) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    with pytest.raises(SituationForbids, match=words):
        fill(task, FINE, filled_on=TODAY.fromisoformat(day))


def test_who_was_not_seen_gets_a_reason_and_may_be_seen_later(regions: dict[str, Region]) -> None:
    make_household(regions)
    task = sweep_of(regions).tasks.get()
    by = make_user("village", VILLAGE)
    said = {"by": by, "at": NOW, "task": task, "version": task.version, "on": TODAY}
    with pytest.raises(SituationForbids, match="请写明原因"):
        leave_unreached(reason=UnreachedReason.OTHER, note=" ", **said)
    left = leave_unreached(reason=UnreachedReason.AWAY, note="", **said)
    assert left.state == TaskState.UNREACHED
    fill(left, FINE)
    left.refresh_from_db()
    assert (left.state, left.unreached_reason) == (TaskState.SCREENED, "")


def test_a_sweep_closes_when_nobody_is_left(regions: dict[str, Region]) -> None:
    make_household(regions)
    sweep = sweep_of(regions)
    by = make_user("county_office", COUNTY, username="closer")
    given = {"by": by, "at": NOW, "sweep": sweep, "version": sweep.version, "closed_on": TODAY}
    with pytest.raises(SituationForbids, match="还有 1 户"):
        close_sweep(summary="好了", **given)
    fill(sweep.tasks.get(), FINE)
    with pytest.raises(SituationForbids, match="要写小结"):
        close_sweep(summary=" ", **given)
    assert close_sweep(summary="没有发现", **given).state == SweepState.CLOSED
    with pytest.raises(StaleVersion):
        close_sweep(summary="又一次", **given)


def test_people_of_a_village_see_the_countys_sweep_and_their_own_households(
    regions: dict[str, Region],
) -> None:
    make_household(regions)
    make_household(regions, OTHER_VILLAGE)
    sweep = sweep_of(regions)
    village = make_user("village", VILLAGE)
    assert list(sweeps_for(village)) == [sweep]
    assert tasks_of(village).count() == 1
    outsider = make_user("village", "530998101001")
    assert not sweeps_for(outsider).exists()


def test_progress_counts_households_by_region(regions: dict[str, Region]) -> None:
    make_household(regions)
    make_household(regions, head_name="李秀")
    make_household(regions, OTHER_VILLAGE)
    sweep = sweep_of(regions)
    fill(sweep.tasks.filter(place=VILLAGE)[0], FINE)
    counted = progress_of(tasks_of(sweep.opened_by), 9)
    assert [(one.code, one.total, one.left) for one in counted] == [(TOWN, 2, 1), ("530999102", 1, 1)]


def test_the_sheet_opens_with_the_register(regions: dict[str, Region]) -> None:
    household = make_household(regions, safe_water=True)
    sweep = sweep_of(regions)
    assert opening(form_of(sweep.screening_form), household, []) == {"water_safe": "是"}
