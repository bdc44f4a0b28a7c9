"""A project with its contract, asset, target and complaint, for one side of the world."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from PIL import Image

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.evidence import store
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import Household
from bangfu.projects import models
from bangfu.workflow.actions.running import start_flow
from bangfu.workflow.registry import room_of
from tests.cast import NOW

DAY = date(2026, 10, 12)


def make_projects(household: Household, unit: Unit, user: User, region: Region, word: str) -> dict[str, Any]:
    """One of everything in the village; inside an open recording."""
    project = _project(unit, user, region, word)
    about = {"project": project, "recorded_by": user}
    vote = models.Vote.objects.create(
        **about,
        kind="committees",
        held_on=DAY,
        held_at=f"{word}活动室",
        chair=f"{word}支书",
        entitled=9,
        present=8,
        agreed=8,
        words=f"{word}议定",
    )
    models.Linkage.objects.create(**about, household=household, mode="labour", year=2026, amount=100_00)
    run = start_flow(
        by=user,
        at=NOW,
        code="project_library",
        subject=project.subject,
        place=region.code,
        discovered_on=DAY,
        label=project.name,
    )
    opinion = models.Opinion.objects.create(
        **about, stage="township", unit_name=unit.name, given_on=DAY, points={}, passed=True
    )
    made = {
        "opinion": opinion,
        "photo": _photo(project, user, word),
        "own_kind": _own_kind(user, region, word),
        "project": project,
        "project_run": run,
        "vote": vote,
    }
    return {**made, "acceptance": _acceptance(about, word), **_following(project, user, word)}


def _acceptance(about: dict[str, Any], word: str) -> models.Acceptance:
    return models.Acceptance.objects.create(
        **about,
        held_on=DAY,
        parties=[f"{word}代表"],
        scores={"content": 25},
        total=90,
        passed=True,
        village_person=f"{word}支书",
        township_person=f"{word}镇长",
        county_person=f"{word}局长",
    )


def _project(unit: Unit, user: User, region: Region, word: str) -> models.Project:
    name = f"{word}产业路"
    return models.Project.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.PROJECT, place=region.code, label=name),
        region=region,
        place=region.code,
        code=f"{region.code}-1",
        name=name,
        kind="infrastructure",
        category="construction.infrastructure",
        category_name="乡村建设行动·农村基础设施",
        nature="new",
        content=f"{word}硬化 2 公里",
        purpose=f"{word}路",
        applicant="village",
        responsible_unit=unit,
        implementing_unit=f"{word}合作社",
        person_in_charge=f"{word}干部",
        starts_on=DAY,
        ends_on=date(2026, 12, 20),
        planned=1_000_000_00,
        admission_year=2026,
        plan_year=2026,
        approved_on=DAY,
        approval_number=f"{word}发〔2026〕1号",
        state="underway",
        applied_on=DAY,
        applied_by=user,
    )


def _own_kind(user: User, region: Region, word: str) -> models.OwnKind:
    county = Region.objects.get(code=region.code[:6])
    code = f"own_{county.code}_1"
    text = room_of("project_industry").text.replace("id: project_industry", f"id: project_{code}")
    return models.OwnKind.objects.create(
        region=county,
        place=county.code,
        code=code,
        name=f"{word}旅游",
        category="industry",
        base="industry",
        shade=1,
        text=text.replace("title: 产业", f"title: {word}旅游"),
        made_on=DAY,
        made_by=user,
    )


def _photo(project: models.Project, user: User, word: str) -> EvidenceFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 6)).save(out, "JPEG")
    return EvidenceFile.objects.create(
        subject=project.subject,
        kind="progress",
        title=f"{word}路基",
        digest=store.put(settings.HOME.evidence, out.getvalue()),
        media_type="image/jpeg",
        size=len(out.getvalue()),
        uploaded_by=user,
        uploaded_at=NOW,
    )


def _following(project: models.Project, user: User, word: str) -> dict[str, Any]:
    return {
        "contract": models.Contract.objects.create(
            project=project,
            number=f"{word}HT-1",
            contractor=f"{word}公司",
            matter=f"{word}修路",
            object="works",
            way="negotiated",
            selected_on=DAY,
            signed_amount=900_000_00,
            amount=900_000_00,
            signed_on=DAY,
            starts_on=DAY,
            ends_on=date(2026, 12, 20),
            signed_by=user,
        ),
        "estimate": models.Estimate.objects.create(
            project=project, recorded_by=user, number=1, drawn_on=DAY, total=800_000_00
        ),
        "asset": models.Asset.objects.create(
            project=project,
            name=f"{word}路",
            kind="public",
            original=900_000_00,
            spot=f"{word}村",
            owner=f"{word}集体",
            registered_on=DAY,
            registered_by=user,
        ),
        "target": models.Target.objects.create(
            project=project, kind="output", name=f"{word}里程", unit="公里", target=Decimal(2)
        ),
        "posting": models.Posting.objects.create(
            project=project,
            recorded_by=user,
            stage="before_work",
            level="village",
            spot=f"{word}公示栏",
            posted_on=DAY,
            days=10,
            ends_on=date(2026, 10, 21),
        ),
        "progress": models.Progress.objects.create(
            project=project, recorded_by=user, on=DAY, percent=30, value=300_000_00, words=f"{word}开工"
        ),
        "board": models.SignBoard.objects.create(
            project=project, recorded_by=user, spot=f"{word}村口", put_up_on=DAY, words=f"{word}公示"
        ),
        "watcher": models.Watcher.objects.create(
            project=project,
            recorded_by=user,
            name=f"{word}监督员",
            chosen_by="村民代表会议",
            valid_from=DAY,
        ),
        "complaint": models.Complaint.objects.create(
            project=project, recorded_by=user, channel="phone", received_on=DAY, words=f"{word}占地"
        ),
    }
