"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.projects.ledgers.estimates import ESTIMATE_ITEMS
from bangfu.projects.ledgers.following import ASSETS, LINKAGES
from bangfu.projects.ledgers.projects import PROJECTS, TABLE, WALL
from bangfu.projects.ledgers.results import LINKED, TARGETS
from bangfu.projects.views import (
    calendar,
    estimating,
    following,
    kinds,
    mapping,
    papers,
    photos,
    projects,
    wall,
    withdrawing,
)
from bangfu.projects.views.records import PAGES, record_page

_RECORDS = {
    "record_vote": "vote",
    "post_project": "posting",
    "sign_contract": "contract",
    "record_progress": "progress",
    "put_up_board": "board",
    "appoint_watcher": "watcher",
    "record_complaint": "complaint",
    "accept_project": "acceptance",
    "settle_project": "settlement",
    "register_asset": "asset",
    "set_target": "target",
}
"""The last part of the address of each step in ``views.records.PAGES``."""

urlpatterns = [
    path("projects/", ledger_view(PROJECTS), name="project_list"),
    path("projects/wall/", ledger_view(WALL), name="project_wall"),
    path("projects/table/", ledger_view(TABLE), name="project_table"),
    path("projects/estimates/", ledger_view(ESTIMATE_ITEMS), name="estimate_list"),
    path("projects/estimates/<uuid:uid>/print/", estimating.print_estimate, name="print_estimate"),
    path("projects/<uuid:uid>/estimate/", estimating.set_estimate, name="set_estimate"),
    path(
        "projects/contracts/<uuid:uid>/estimate/",
        estimating.set_contract_estimate,
        name="set_contract_estimate",
    ),
    path("projects/kinds/", kinds.kind_list, name="kind_list"),
    path("projects/kinds/make/", kinds.make_kind, name="make_kind"),
    path("projects/kinds/<uuid:uid>/close/", kinds.close_kind, name="close_kind"),
    path("projects/photos/<uuid:uid>/", photos.project_photo, name="project_photo"),
    path("projects/wall/sheet/", wall.wall_sheet, name="wall_sheet"),
    path("projects/wall/sheet/<slug:place>/<int:year>/", wall.print_wall, name="print_wall"),
    path("projects/assets/", ledger_view(ASSETS), name="asset_list"),
    path("projects/linkages/", ledger_view(LINKAGES), name="linkage_list"),
    path("projects/standards/", projects.standard_check, name="standard_check"),
    path("projects/map/", mapping.project_map, name="project_map"),
    path("projects/map/boundary/", mapping.set_boundary, name="set_boundary"),
    path("projects/apply/", projects.apply_project, name="apply_project"),
    path("projects/roll/", projects.roll_projects, name="roll_projects"),
    path("projects/calendar/", calendar.project_calendar, name="project_calendar"),
    path("projects/targets/", ledger_view(TARGETS), name="target_list"),
    path("projects/linked-households/", ledger_view(LINKED), name="linked_household_list"),
    path("projects/postings/<uuid:uid>/print/", papers.print_posting, name="print_posting"),
    path("projects/<uuid:uid>/volume/", papers.print_volume, name="print_volume"),
    path("projects/plan/", projects.plan_projects, name="plan_projects"),
    path("projects/runs/<uuid:uid>/", projects.project_file_of_run, name="project_file_of_run"),
    path("projects/votes/<uuid:uid>/print/", papers.print_vote, name="print_vote"),
    path("projects/acceptances/<uuid:uid>/print/", papers.print_acceptance, name="print_acceptance"),
    path("projects/contracts/<uuid:uid>/change/", following.change_contract, name="change_contract"),
    path("projects/contracts/<uuid:uid>/void/", following.void_contract, name="void_contract"),
    path("projects/assets/<uuid:uid>/hand-over/", following.hand_over_asset, name="hand_over_asset"),
    path("projects/assets/<uuid:uid>/event/", following.record_asset_event, name="record_asset_event"),
    path("projects/targets/<uuid:uid>/actual/", following.record_actual, name="record_actual"),
    path("projects/progress/<uuid:uid>/withdraw/", withdrawing.withdraw_progress, name="withdraw_progress"),
    path("projects/boards/<uuid:uid>/withdraw/", withdrawing.withdraw_board, name="withdraw_board"),
    path("projects/watchers/<uuid:uid>/withdraw/", withdrawing.withdraw_watcher, name="withdraw_watcher"),
    path("projects/votes/<uuid:uid>/withdraw/", withdrawing.withdraw_vote, name="withdraw_vote"),
    path("projects/opinions/<uuid:uid>/withdraw/", withdrawing.withdraw_opinion, name="withdraw_opinion"),
    path("projects/postings/<uuid:uid>/withdraw/", withdrawing.withdraw_posting, name="withdraw_posting"),
    path(
        "projects/complaints/<uuid:uid>/withdraw/",
        withdrawing.withdraw_complaint,
        name="withdraw_complaint",
    ),
    path("projects/complaints/<uuid:uid>/answer/", following.answer_complaint, name="answer_complaint"),
    path("projects/<uuid:uid>/", projects.project_file, name="project_file"),
    path("projects/<uuid:uid>/edit/", projects.edit_project, name="edit_project"),
    path("projects/<uuid:uid>/adjust/", projects.adjust_project, name="adjust_project"),
    path("projects/<uuid:uid>/order/", following.order_project, name="order_project"),
    path("projects/<uuid:uid>/linkage/", following.link_household, name="link_household"),
    path("projects/<uuid:uid>/opinion/<slug:stage>/", following.give_opinion, name="give_opinion"),
    *(path(f"projects/<uuid:uid>/{_RECORDS[verb]}/", record_page(verb), name=verb) for verb in PAGES),
]
