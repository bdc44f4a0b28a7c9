"""Addresses of teachers, places to look at, forums and people brought up to lead."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.training.ledgers.people import FORUMS, LEADERS, POINTS, TEACHERS
from bangfu.training.views import forums, people

urlpatterns = [
    path("training/teachers/", ledger_view(TEACHERS), name="teacher_list"),
    path("training/teachers/register/", people.register_teacher, name="register_teacher"),
    path("training/teachers/<uuid:uid>/", people.teacher_file, name="teacher_file"),
    path("training/teachers/<uuid:uid>/end/", people.end_teacher, name="end_teacher"),
    path("training/points/", ledger_view(POINTS), name="observation_point_list"),
    path("training/points/register/", people.register_observation_point, name="register_observation_point"),
    path("training/points/<uuid:uid>/", people.observation_point_file, name="observation_point_file"),
    path("training/points/<uuid:uid>/end/", people.end_observation_point, name="end_observation_point"),
    path("training/forums/", ledger_view(FORUMS), name="forum_list"),
    path("training/forums/plan/", forums.plan_forum, name="plan_forum"),
    path("training/forums/<uuid:uid>/", forums.forum_file, name="forum_file"),
    path("training/forums/<uuid:uid>/issues/hold/", forums.hold_forum_issue, name="hold_forum_issue"),
    path("training/leaders/", ledger_view(LEADERS), name="future_leader_list"),
    path("training/leaders/register/", forums.register_future_leader, name="register_future_leader"),
    path("training/leaders/<uuid:uid>/", forums.future_leader_file, name="future_leader_file"),
    path("training/leaders/<uuid:uid>/end/", forums.end_future_leader, name="end_future_leader"),
]
