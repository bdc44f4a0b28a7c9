"""The seven standards: conditions over what is recorded, the same on the page, the county and the list."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from bangfu.core.models import Region
from bangfu.projects.actions import results
from bangfu.projects.queries.admission import projects_seen
from bangfu.projects.queries.standards import checked, county_check, narrowed_by_standard, with_figures
from tests.cast import NOW, TODAY
from tests.projects import builders as b


def test_project_with_everything_meets_all_seven(regions: dict[str, Region]) -> None:
    """C-024."""
    project = b.admitted(b.make_cast(), regions)
    assert [each.code for each, met in checked(project) if not met] == []


def test_money_without_a_source_is_named(regions: dict[str, Region]) -> None:
    """C-027."""
    project = b.admitted(b.make_cast(), regions, sources={"central": 80 * b.WAN})
    assert [each.code for each, met in checked(project) if not met] == ["money"]


def test_target_that_was_missed_is_named(regions: dict[str, Region]) -> None:
    """C-028."""
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    results.record_actual(
        by=cast.office, at=NOW, target=project.targets.get(), actual=Decimal("2.4"), measured_on=TODAY
    )
    assert [each.code for each, met in checked(project) if not met] == ["benefit"]


def test_county_counts_what_the_list_shows(regions: dict[str, Region], signed_in) -> None:
    cast = b.make_cast()
    b.admitted(cast, regions)
    lacking = b.admitted(cast, regions, name="没有来源的路", purpose="别的路", sources={"county": b.WAN})
    total, counts = county_check(cast.office)
    met = {each.code: number for each, number in counts}
    assert (total, met["money"]) == (2, 1)
    rows = with_figures(projects_seen(cast.office))
    assert list(narrowed_by_standard(rows, "money")) == [lacking]
    page = signed_in(cast.office).get(reverse("project_list"), {"f_standard": "money"}).content.decode()
    assert "没有来源的路" in page
    assert "上寨村产业路硬化" not in page
