"""Addresses of teams."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.teams import ASSESSMENTS, LEAVES, LEAVES_TO_DECIDE, MEMBERS, TEAMS
from bangfu.support.views import assessments, leaves, members, teams

urlpatterns = [
    path("teams/", ledger_view(TEAMS), name="team_list"),
    path("teams/form/", teams.form_team, name="form_team"),
    path("teams/members/", ledger_view(MEMBERS), name="team_member_list"),
    path("teams/leaves/", ledger_view(LEAVES), name="leave_list"),
    path("teams/leaves/to-decide/", ledger_view(LEAVES_TO_DECIDE), name="leave_to_decide_list"),
    path("teams/assessments/", ledger_view(ASSESSMENTS), name="assessment_list"),
    path("teams/<uuid:uid>/", teams.team_file, name="team_file"),
    path("teams/<uuid:uid>/disband/", teams.disband_team, name="disband_team"),
    path("teams/<uuid:uid>/join/", teams.join_team, name="join_team"),
    path("teams/<uuid:uid>/support/", teams.record_unit_support, name="record_unit_support"),
    path("teams/support/<uuid:uid>/withdraw/", teams.withdraw_unit_support, name="withdraw_unit_support"),
    path("teams/members/<uuid:uid>/", members.member_file, name="member_file"),
    path("teams/members/<uuid:uid>/leave/", members.leave_team, name="leave_team"),
    path("teams/members/<uuid:uid>/conditions/", members.check_selection, name="check_selection"),
    path("teams/members/<uuid:uid>/hand-over/", members.hand_over_post, name="hand_over_post"),
    path("teams/hand-overs/<uuid:uid>/", members.print_hand_over_post, name="print_hand_over_post"),
    path("teams/members/<uuid:uid>/away/", leaves.request_leave, name="request_leave"),
    path("teams/leaves/<uuid:uid>/decide/", leaves.decide_leave, name="decide_leave"),
    path("teams/leaves/<uuid:uid>/withdraw/", leaves.withdraw_leave, name="withdraw_leave"),
    path("teams/leaves/<uuid:uid>/back/", leaves.return_from_leave, name="return_from_leave"),
    path("teams/members/<uuid:uid>/assess/", assessments.hand_in_assessment, name="hand_in_assessment"),
    path("teams/assessments/<uuid:uid>/", assessments.assessment_file, name="assessment_file"),
    path("teams/assessments/<uuid:uid>/print/", assessments.print_assessment, name="print_assessment"),
]
