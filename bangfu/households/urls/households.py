"""Addresses of households and members: finding, the file, registering, natural and proposed changes."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.households import HOUSEHOLDS
from bangfu.households.ledgers.members import MEMBERS
from bangfu.households.ledgers.natural import NATURAL_CHANGES
from bangfu.households.ledgers.proposals import PROPOSALS
from bangfu.households.views import (
    editing,
    finding,
    households,
    members,
    natural,
    proposing,
    timeline,
)
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("find/", finding.find_page, name="find"),
    path("households/", ledger_view(HOUSEHOLDS), name="household_list"),
    path("households/register/", members.register_household, name="register_household"),
    path("households/<uuid:uid>/", households.household_file, name="household_file"),
    path("households/<uuid:uid>/timeline/", timeline.household_timeline, name="household_timeline"),
    path("households/<uuid:uid>/print/", households.print_household_file, name="print_household_file"),
    path("households/<uuid:uid>/edit/", editing.edit_household, name="edit_household"),
    path("households/<uuid:uid>/members/add/", members.add_member, name="add_member"),
    path("households/<uuid:uid>/natural/", natural.record_natural_change, name="record_natural_change"),
    path("households/<uuid:uid>/split/", natural.split_household, name="split_household"),
    path("households/<uuid:uid>/merge/", natural.merge_households, name="merge_households"),
    path("natural/", ledger_view(NATURAL_CHANGES), name="natural_change_list"),
    path("natural/<uuid:uid>/undo/", natural.undo_natural_change, name="undo_natural_change"),
    path("households/<uuid:uid>/propose/", proposing.propose_change, name="propose_change"),
    path("proposals/", ledger_view(PROPOSALS), name="proposal_list"),
    path("proposals/accept/", proposing.accept_changes, name="accept_changes"),
    path("proposals/<uuid:uid>/", proposing.decide_change, name="decide_change"),
    path("proposals/<uuid:uid>/withdraw/", proposing.withdraw_change, name="withdraw_change"),
    path("members/", ledger_view(MEMBERS), name="member_list"),
    path("members/<uuid:uid>/edit/", editing.edit_member, name="edit_member"),
    path("members/<uuid:uid>/id-number/", editing.correct_id_number, name="correct_id_number"),
]
