"""Addresses of needs, courses, sessions and those who came."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.training.ledgers.courses import COURSES, FOLLOW_UPS, NEEDS, PARTICIPATIONS, SESSIONS
from bangfu.training.views import courses, home, papers, participation, sessions

urlpatterns = [
    path("training/", home.training, name="training"),
    path("training/summary/", papers.print_training_summary, name="print_training_summary"),
    path("training/needs/", ledger_view(NEEDS), name="training_need_list"),
    path("training/needs/record/", courses.record_training_need, name="record_training_need"),
    path("training/courses/", ledger_view(COURSES), name="course_list"),
    path("training/courses/plan/", courses.plan_course, name="plan_course"),
    path("training/courses/<uuid:uid>/", courses.course_file, name="course_file"),
    path("training/courses/<uuid:uid>/edit/", courses.edit_course, name="edit_course"),
    path("training/courses/<uuid:uid>/plan/", papers.print_course_plan, name="print_course_plan"),
    path("training/courses/<uuid:uid>/sessions/plan/", sessions.plan_session, name="plan_session"),
    path("training/sessions/", ledger_view(SESSIONS), name="session_list"),
    path("training/sessions/<uuid:uid>/", sessions.session_file, name="session_file"),
    path("training/sessions/<uuid:uid>/edit/", sessions.edit_session, name="edit_session"),
    path("training/sessions/<uuid:uid>/file/", sessions.file_session, name="file_session"),
    path("training/sessions/<uuid:uid>/hold/", sessions.hold_session, name="hold_session"),
    path("training/sessions/<uuid:uid>/cancel/", sessions.cancel_session, name="cancel_session"),
    path(
        "training/sessions/<uuid:uid>/people/",
        participation.record_participation,
        name="record_participation",
    ),
    path(
        "training/sessions/<uuid:uid>/sheet/",
        papers.print_participation_sheet,
        name="print_participation_sheet",
    ),
    path("training/participations/", ledger_view(PARTICIPATIONS), name="participation_list"),
    path(
        "training/participations/<uuid:uid>/edit/",
        participation.edit_participation,
        name="edit_participation",
    ),
    path(
        "training/participations/<uuid:uid>/remove/",
        participation.remove_participation,
        name="remove_participation",
    ),
    path(
        "training/participations/<uuid:uid>/follow-up/",
        participation.record_follow_up,
        name="record_follow_up",
    ),
    path("training/follow-ups/", ledger_view(FOLLOW_UPS), name="follow_up_list"),
]
