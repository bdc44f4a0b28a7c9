"""Papers as files: ``?format=pdf`` (default) or ``docx``."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.core.models import Subject
from bangfu.documents.paper import Paper
from bangfu.training.actions.papers import note_training_print
from bangfu.training.queries.calendar import year_of_training
from bangfu.training.queries.seen import sessions_seen
from bangfu.training.queries.totals import effects_in, hours_of, sessions_held, tables_of, times_in
from bangfu.training.showing import papers
from bangfu.training.views.courses import COURSES
from bangfu.training.views.home import asked_year
from bangfu.training.views.sessions import session_seen
from bangfu.ui.paper_files import answer_file

VIEW = Permission.TRAINING_VIEW


@require_GET
@permission_required(VIEW)
def print_participation_sheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Lines to sign by hand."""
    session = session_seen(request, VIEW, uid)
    made = papers.participation_sheet(session)
    return _file(request, made, "print_participation_sheet", session.place, session.course.subject)


@require_GET
@permission_required(VIEW)
def print_course_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What is taught, and when."""
    course = get_visible(COURSES, request.user, VIEW, uid=uid)
    sessions = sessions_seen(request.user).filter(course=course).order_by("starts_on", "pk")
    return _file(
        request, papers.course_plan(course, sessions), "print_course_plan", course.place, course.subject
    )


@require_GET
@permission_required(VIEW)
def print_training_summary(request: SignedInRequest) -> HttpResponse:
    """A draft of the year's summary of a place; ``?year=`` and ``?place=``."""
    places = choose_place(request.user, VIEW, request.GET.get("place", ""))
    if places.current is None:
        raise Http404("请先选一个区划，再出总结。")
    place, year, today = places.current.code, asked_year(request), timezone.localdate()
    rows = times_in(request.user, place, year)
    made = papers.summary(
        places.current,
        year,
        today,
        list(sessions_held(request.user, place, year)),
        year_of_training(request.user, places.current, year, today),
        tables_of(rows),
        hours_of(rows),
        effects_in(request.user, place, year),
    )
    return _file(request, made, "print_training_summary", place, None)


def _file(
    request: SignedInRequest, made: Paper, verb: str, place: str, subject: Subject | None
) -> HttpResponse:
    act = partial(note_training_print, by=request.user, at=timezone.now(), verb=verb)
    taken = partial(act, place=place, subject=subject, address=client_address(request))
    return answer_file(request, made, made.title, reverse("training"), lambda form: taken(form=form))
