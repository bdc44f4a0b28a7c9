"""Rolling a year's rest, runs of what left the library, hints at what should not be built (C-026, C-216)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.households.actions.relocating import RelocationPlan, plan_relocation
from bangfu.projects.actions import admission, results
from bangfu.projects.enums.deciding import AdjustmentKind, LinkMode
from bangfu.projects.ledgers.results import linked_households, targets_seen
from bangfu.projects.models import Adjustment
from bangfu.projects.queries.admission import warnings_of
from tests.cast import NOW, TODAY
from tests.households.builders import make_household
from tests.projects import builders as b

APPROVED = {"approval_number": "云帮领〔2026〕9号", "approved_on": TODAY}


def test_year_rolls_as_a_batch_all_or_none(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    waiting = b.admitted(cast, regions)
    client.force_login(cast.office)
    page = reverse("roll_projects")
    assert waiting.name in client.get(page).content.decode()
    given = {"confirmed": "1", "row": [waiting.uid], "year": 2027, "reason": "资金不够", **APPROVED}
    assert client.post(page, given).status_code == 302
    waiting.refresh_from_db()
    assert waiting.admission_year == 2027
    planned = b.planned(cast, regions, name="上寨村沟渠")
    said = {"by": cast.office, "at": NOW, "year": 2028, "reason": "资金不够", **APPROVED}
    with pytest.raises(SituationForbids, match="只有在库没安排的才滚动"):
        admission.roll_projects(projects=[waiting, planned], **said)
    assert Adjustment.objects.count() == 1


def test_nobody_owes_a_step_of_what_left_the_library(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.planned(cast, regions)
    admission.adjust_project(
        by=cast.office,
        at=NOW,
        project=project,
        version=project.version,
        kind=AdjustmentKind.REMOVE,
        reason="用地批不下来",
        **APPROVED,
    )
    run = b.run_of(project)
    assert (run.ended_on, run.owner_permission, run.outcome) == (TODAY, "", "调出项目库")
    client.force_login(cast.office)
    page = client.get(reverse("project_file", args=[project.uid])).content.decode()
    assert "用地批不下来" in page


def test_building_where_a_village_will_move_is_pointed_out(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    project = b.applied(cast, regions)
    assert not warnings_of(project)
    plan = RelocationPlan("whole_village", "concentrated", "township", planned_on=TODAY)
    plan_relocation(by=cast.village, at=NOW, household=make_household(regions), plan=plan)
    assert any("整村" in words for words in warnings_of(project))


def test_household_of_two_projects_counts_once(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    household = make_household(regions)
    for number, mode in enumerate((LinkMode.LABOUR, LinkMode.ORDER)):
        project = b.admitted(cast, regions, name=f"上寨村项目{number}", purpose=f"用途{number}")
        results.link_household(
            by=cast.village,
            at=NOW,
            project=project,
            household=household,
            mode=mode,
            year=2026,
            amount=900_00,
        )
    assert linked_households(cast.office).count() == 1
    assert targets_seen(cast.office).count() == 2
