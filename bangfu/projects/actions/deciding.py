"""Votes, opinions by checklist, notices (C-025, C-029, C-134, C-139, C-153)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.enums.deciding import OpinionStage, PostingLevel, PostingStage, VoteKind
from bangfu.projects.models import Opinion, Posting, Project, Vote
from bangfu.projects.policies.deciding import check_opinion, check_posting, check_vote

STAGE_PERMISSIONS = {
    OpinionStage.TOWNSHIP: Permission.PROJECT_REVIEW,
    OpinionStage.ARGUMENT: Permission.PROJECT_ARGUE,
    OpinionStage.PRECHECK: Permission.PROJECT_ACCEPT,
    OpinionStage.PAPERS: Permission.PROJECT_MANAGE,
}
"""Who gives which opinion."""


def record_vote(
    *,
    by: User,
    at: datetime,
    project: Project,
    kind: VoteKind,
    held_on: date,
    held_at: str,
    chair: str,
    entitled: int,
    present: int,
    agreed: int,
    words: str,
    labour_days: int = 0,
    raised: int = 0,
) -> Vote:
    """Note how a meeting decided; ``raised`` in fen is what people themselves give.

    Raises NotPermitted; SituationForbids for numbers or a day that cannot be.
    """
    require(by, Permission.PROJECT_APPLY, project.place)
    check_vote(entitled, present, agreed, held_on, localdate(at))
    with recording(by=by, at=at, verb="record_vote", effective_on=held_on) as change:
        row = held(project)
        vote = Vote.objects.create(
            project=row,
            kind=kind,
            held_on=held_on,
            held_at=held_at.strip(),
            chair=chair.strip(),
            entitled=entitled,
            present=present,
            agreed=agreed,
            words=words.strip(),
            labour_days=labour_days,
            raised=raised,
            recorded_by=by,
        )
        noted("record_vote", row, by, at, change, carried=vote.carried)
    return vote


def give_opinion(
    *,
    by: User,
    at: datetime,
    project: Project,
    stage: OpinionStage,
    points: Mapping[str, bool],
    passed: bool,
    words: str,
    given_on: date,
) -> Opinion:
    """What the person's unit found, point by point; a later opinion of the same unit takes its place.

    Raises NotPermitted; SituationForbids when a point is open or the whole contradicts the points.
    """
    require(by, STAGE_PERMISSIONS[stage], project.place)
    check_opinion(stage, points, passed, words, given_on, localdate(at))
    with recording(by=by, at=at, verb="give_opinion", effective_on=given_on) as change:
        row = held(project)
        opinion = Opinion.objects.create(
            project=row,
            stage=stage,
            unit_name=by.unit.name if by.unit else by.name,
            given_on=given_on,
            points=dict(points),
            passed=passed,
            words=words.strip(),
            recorded_by=by,
        )
        noted("give_opinion", row, by, at, change, stage=stage, passed=passed)
    return opinion


def post_project(
    *,
    by: User,
    at: datetime,
    project: Project,
    stage: PostingStage,
    level: PostingLevel,
    spot: str,
    posted_on: date,
    days: int,
) -> Posting:
    """Note that a notice of the project hangs at one level; the day of posting is the first.

    Raises NotPermitted; SituationForbids when it is too short or dated impossibly.
    """
    require(by, Permission.PROJECT_RECORD, project.place)
    with recording(by=by, at=at, verb="post_project", effective_on=posted_on) as change:
        row = held(project)
        check_posting(row, posted_on, days, localdate(at))
        posting = Posting.objects.create(
            project=row,
            stage=stage,
            level=level,
            spot=spot.strip(),
            posted_on=posted_on,
            days=days,
            ends_on=posted_on + timedelta(days=days - 1),
            recorded_by=by,
        )
        noted("post_project", row, by, at, change, stage=stage, level=level)
    return posting
