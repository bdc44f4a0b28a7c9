"""A county's own kinds of projects: a name, a category, a flow of its own in versions (C-010)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.projects.actions import admission
from bangfu.projects.actions.kinds import close_kind, make_kind
from bangfu.projects.models import OwnKind
from bangfu.workflow.actions.definitions import draft_definition, publish_definition
from bangfu.workflow.registry import room_of, rooms_at
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, TODAY
from tests.projects import builders as b


def tourism(cast: b.Cast, regions: dict[str, Region], name: str = "乡村旅游") -> OwnKind:
    return make_kind(
        by=cast.office,
        at=NOW - timedelta(days=60),
        region=regions[COUNTY],
        name=name,
        category="industry",
        base="industry",
    )


def test_project_of_an_own_kind_lives_by_its_own_flow(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    kind = tourism(cast, regions)
    said = {"kind": kind.code, "category": "industry.services"}
    project = b.planned(cast, regions, **said)
    run = b.run_of(project)
    assert (run.flow, run.definition.title) == (kind.flow, "乡村旅游项目")
    b.bring(cast.office, project, "approval_paper")
    b.take(cast.office, project, "approve_works", number="云发改〔2026〕12号", date=TODAY)
    text = room_of(kind.flow).text.replace("title: 立项批复\n", "title: 县里批复\n", 1)
    draft = draft_definition(by=cast.office, at=NOW, code=kind.flow, place=COUNTY, text=text, note="改名")
    publish_definition(by=cast.office, at=NOW, definition=draft, version=draft.version, valid_from=TODAY)
    later = b.admitted(cast, regions, **said, name="第二处", purpose="民宿")
    admission.plan_projects(by=cast.office, at=NOW, projects=[later], year=2026, number="9号", on=TODAY)
    assert b.run_of(later).definition == draft and b.run_of(project).definition != draft
    client.force_login(cast.office)
    assert "乡村旅游" in client.get(reverse("project_file", args=[project.uid])).content.decode()
    listed = client.get(reverse("project_wall"), {"f_kind": kind.code}).content.decode()
    assert project.name in listed and later.name in listed
    map = client.get(reverse("project_map"), {"kind": kind.code})
    assert map.context["totals"] == {"count": 2, "planned": 2 * project.planned, "kinds": [2]}
    assert "乡村旅游" in client.get(reverse("kind_list")).content.decode()
    flow = client.get(reverse("flow_page", args=[kind.flow]))
    assert flow.status_code == 200 and "县里批复" in flow.content.decode()


def test_kind_belongs_to_its_county_and_its_category(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    kind = tourism(cast, regions)
    with pytest.raises(SituationForbids, match="和选的项目类别对不上"):
        b.applied(cast, regions, kind=kind.code, category="employment.startup")
    with pytest.raises(SituationForbids, match="没有这个项目类型"):
        b.applied(cast, regions, kind="own_999999_1")
    codes = [room.code for room in rooms_at([FOREIGN_VILLAGE])]
    assert kind.flow not in codes and "project_industry" in codes
    assert kind.flow in [room.code for room in rooms_at([COUNTY])]


def test_closed_kind_takes_nothing_new_and_lets_the_old_go_on(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    kind = tourism(cast, regions)
    said = {"kind": kind.code, "category": "industry.services"}
    project = b.applied(cast, regions, **said)
    with pytest.raises(SituationForbids, match="为什么停用"):
        close_kind(by=cast.office, at=NOW, kind=kind, version=kind.version, reason=" ")
    close_kind(by=cast.office, at=NOW, kind=kind, version=kind.version, reason="并到产业")
    with pytest.raises(SituationForbids, match="已经停用"):
        b.applied(cast, regions, **said, name="另一处")
    unit = cast.transport.unit
    changed = b.facts(regions, unit, **said, content="改了内容")
    edited = admission.edit_project(
        by=cast.village, at=NOW, project=project, version=project.version, facts=changed
    )
    assert (edited.content, edited.kind_name) == ("改了内容", "乡村旅游")


def test_names_and_colours_are_not_taken_twice(client, regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    first = tourism(cast, regions)
    for name in ("乡村旅游", "产业发展"):
        with pytest.raises(SituationForbids, match="已经有"):
            tourism(cast, regions, name)
    with pytest.raises(NotPermitted):
        make_kind(
            by=cast.village, at=NOW, region=regions[COUNTY], name="光伏", category="industry", base="industry"
        )
    shades = [tourism(cast, regions, name).shade for name in ("光伏：电站", "冷链", "电商")]
    assert [first.shade, *shades] == [1, 2, 3, 4]
    with pytest.raises(SituationForbids, match="最多 4 种"):
        tourism(cast, regions, "康养")
    client.force_login(cast.office)
    page = reverse("close_kind", args=[first.uid])
    client.post(page, {"version": first.version, "reason": "并到产业"})
    given = {"region": regions[COUNTY].pk, "name": "康养", "category": "industry", "base": "donation"}
    assert client.post(reverse("make_kind"), given).status_code == 302
    made = OwnKind.objects.get(name="康养")
    assert (made.shade, made.code) == (1, f"own_{COUNTY}_5")
    assert room_of(made.flow).flow.title == "康养项目"
