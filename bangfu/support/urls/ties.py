"""Addresses of ties, units, people and what units bring."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.support.ledgers.assistance import BROUGHT, SUMMARIES, YEAR_PLANS
from bangfu.support.ledgers.ties import POSTS, TIES, UNITS
from bangfu.support.views import assistance, hand_over, people, tie_gaps, tie_tree, ties, units

urlpatterns = [
    path("ties/", ledger_view(TIES), name="tie_list"),
    path("ties/gaps/", tie_gaps.tie_gaps, name="tie_gaps"),
    path("ties/proposal/", tie_gaps.assign_villages, name="assign_villages"),
    path("ties/tree/", tie_tree.tie_tree, name="tie_tree"),
    path("ties/hand-over/", hand_over.hand_over_ties, name="hand_over_ties"),
    path("ties/hand-over/paper/", hand_over.print_hand_over_ties, name="print_hand_over_ties"),
    path("ties/register/", ties.register_tie, name="register_tie"),
    path("ties/<uuid:uid>/", ties.tie_file, name="tie_file"),
    path("ties/<uuid:uid>/paper/", ties.tie_paper, name="tie_paper"),
    path("ties/<uuid:uid>/edit/", ties.edit_tie, name="edit_tie"),
    path("ties/<uuid:uid>/end/", ties.end_tie, name="end_tie"),
    path("support-units/", ledger_view(UNITS), name="support_unit_list"),
    path("support-units/posts/", ledger_view(POSTS), name="post_list"),
    path("support-units/plans/", ledger_view(YEAR_PLANS), name="year_plan_list"),
    path("support-units/brought/", ledger_view(BROUGHT), name="brought_list"),
    path("support-units/summaries/", ledger_view(SUMMARIES), name="year_summary_list"),
    path("support-units/register/", units.register_unit, name="register_unit"),
    path("support-units/<uuid:uid>/", units.support_unit_file, name="support_unit_file"),
    path("support-units/<uuid:uid>/describe/", units.describe_unit, name="describe_unit"),
    path("support-units/<uuid:uid>/appoint/", units.appoint_post, name="appoint_post"),
    path("support-units/posts/<uuid:uid>/end/", units.end_post, name="end_post"),
    path("support-units/<uuid:uid>/plan/", assistance.plan_year, name="plan_year"),
    path("support-units/<uuid:uid>/brought/", assistance.record_brought, name="record_brought"),
    path("support-units/<uuid:uid>/summary/", assistance.hand_in_summary, name="hand_in_summary"),
    path("support-units/plans/<uuid:uid>/", assistance.year_plan_file, name="year_plan_file"),
    path("support-units/plans/<uuid:uid>/adopt/", assistance.adopt_year_plan, name="adopt_year_plan"),
    path("support-units/plans/<uuid:uid>/finish/", assistance.finish_year_plan, name="finish_year_plan"),
    path("support-units/brought/<uuid:uid>/withdraw/", assistance.withdraw_brought, name="withdraw_brought"),
    path("support-people/register/", people.register_person, name="register_person"),
    path("support-people/<uuid:uid>/", people.support_person_file, name="support_person_file"),
    path("support-people/<uuid:uid>/retire/", people.retire_person, name="retire_person"),
]
