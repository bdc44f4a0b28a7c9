"""Many runs at once: all or none, and a number of statements that does not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, RowVersion, Subject, SubjectKind
from bangfu.workflow.actions.running import take_many, take_transition
from bangfu.workflow.models import FlowCopy, FlowRun, FlowStep
from tests.cast import NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE, make_user
from tests.workflow.room import WITHOUT_OPINION, make_run

pytestmark = pytest.mark.django_db
STATEMENTS = 16
"""What one batch costs, whatever its size."""


def copies_of(run: FlowRun, count: int) -> list[FlowRun]:
    """So many more runs like one that begins, each with a subject and a first step."""
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        subjects = Subject.objects.bulk_create(
            Subject(kind=SubjectKind.VILLAGE, place=run.place, label=f"第{n}户") for n in range(count)
        )
        kept = {field.attname: getattr(run, field.attname) for field in FlowRun._meta.concrete_fields}
        for name in ("id", "uid", "subject_id", "change_id", "version"):
            del kept[name]
        runs = FlowRun.objects.bulk_create(
            FlowRun(**{**kept, "place": (VILLAGE, SISTER_VILLAGE)[n % 2]}, subject=subject)
            for n, subject in enumerate(subjects)
        )
        FlowStep.objects.bulk_create(
            FlowStep(run=each, number=1, state="study", entered_on=TODAY, entered_at=NOW) for each in runs
        )
    return list(FlowRun.objects.filter(pk__in=FlowRun.objects.exclude(pk=run.pk).values("pk")))


@pytest.mark.parametrize("count", [2, 4_423])
def test_a_batch_costs_the_same_whatever_its_size(township, count) -> None:
    runs = copies_of(make_run(township), count)
    with CaptureQueriesContext(connection) as asked:
        done = take_many(by=township, at=NOW, runs=runs, transition="accept", note="一批")
    assert len(asked) <= STATEMENTS, "\n".join(query["sql"][:200] for query in asked)
    assert len(done) == count
    assert {(run.state, run.step_number, run.owner_permission) for run in done} == {
        ("verify", 2, "case_verify")
    }
    steps = FlowStep.objects.filter(run__in=FlowRun.objects.filter(state="verify"))
    assert steps.filter(number=1, left_by=township, transition="accept").count() == count
    assert steps.filter(number=2, state="verify", left_at=None, entered_on=TODAY).count() == count
    assert FlowCopy.objects.count() == count
    event = AuditEvent.objects.get(verb="take_transition")
    assert (event.data["count"], len(event.data["digest"]), event.place) == (count, 64, VILLAGE[:9])
    assert RowVersion.objects.filter(table="workflow_flowrun").count() == count, "history keeps what was"


def test_one_and_many_give_the_same(township) -> None:
    one, many = make_run(township, "一个"), make_run(township, "一批")
    alone = take_transition(
        by=township, at=NOW, run=one, transition="accept", version=one.version, note="属实"
    )
    together = take_many(by=township, at=NOW, runs=[many], transition="accept", note="属实")[0]
    for field in ("state", "step_number", "step_due_on", "total_due_on", "due_on", "note", "version"):
        assert getattr(alone, field) == getattr(together, field)


def test_one_that_lacks_something_stops_the_whole_batch(township) -> None:
    good, bad = make_run(township, "好的"), make_run(township, WITHOUT_OPINION)
    with pytest.raises(SituationForbids, match="整批都没有办"):
        take_many(by=township, at=NOW, runs=[good, bad], transition="accept")
    assert set(FlowRun.objects.values_list("state", flat=True)) == {"study"}


def test_one_out_of_reach_stops_the_whole_batch(township) -> None:
    inside = make_run(township)
    outside = make_run(make_user("village", OTHER_VILLAGE), place=OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        take_many(by=township, at=NOW, runs=[inside, outside], transition="accept")
    assert set(FlowRun.objects.values_list("state", flat=True)) == {"study"}


def test_one_that_somebody_moved_stops_the_whole_batch(township, village) -> None:
    runs = [make_run(township, "甲"), make_run(township, "乙")]
    take_transition(by=village, at=NOW, run=runs[0], transition="accept", version=runs[0].version)
    with pytest.raises(StaleVersion, match=village.name):
        take_many(by=township, at=NOW, runs=runs, transition="accept")
    runs[1].refresh_from_db()
    assert runs[1].state == "study"


def test_nothing_ticked_is_said(township) -> None:
    with pytest.raises(SituationForbids, match="没有选中"):
        take_many(by=township, at=NOW, runs=[], transition="accept")
