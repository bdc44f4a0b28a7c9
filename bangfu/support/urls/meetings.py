"""Addresses of meetings and resolutions."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.meetings import ATTENDANCES, MEETINGS, RESOLUTIONS
from bangfu.support.views import meetings, resolutions

urlpatterns = [
    path("meetings/", ledger_view(MEETINGS), name="meeting_list"),
    path("meetings/call/", meetings.call_meeting, name="call_meeting"),
    path("meetings/record/", meetings.record_work_meeting, name="record_work_meeting"),
    path("meetings/units/", ledger_view(ATTENDANCES), name="meeting_unit_list"),
    path("meetings/resolutions/", ledger_view(RESOLUTIONS), name="resolution_list"),
    path("meetings/<uuid:uid>/", meetings.meeting_file, name="meeting_file"),
    path("meetings/<uuid:uid>/hold/", meetings.hold_meeting, name="hold_meeting"),
    path("meetings/<uuid:uid>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<uuid:uid>/void/", meetings.void_meeting, name="void_meeting"),
    path("meetings/<uuid:uid>/assign/", resolutions.assign_resolution, name="assign_resolution"),
    path("resolutions/<uuid:uid>/", resolutions.resolution_file, name="resolution_file"),
    path("resolutions/<uuid:uid>/answer/", resolutions.answer_resolution, name="answer_resolution"),
    path("resolutions/<uuid:uid>/check/", resolutions.check_resolution, name="check_resolution"),
]
