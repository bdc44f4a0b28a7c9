"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from bangfu.ledgers.views import ledger_view
from bangfu.matching.ledgers import LISTINGS, MATCHES
from bangfu.matching.views import board, listings, matches

urlpatterns = [
    path("matching/", board.matching_board, name="matching_board"),
    path("matching/listings/", ledger_view(LISTINGS), name="listing_list"),
    path("matching/matches/", ledger_view(MATCHES), name="match_list"),
    path("matching/register/", listings.choose_listing, name="choose_listing"),
    path("matching/register/<slug:kind>/<slug:side>/", listings.register_listing, name="register_listing"),
    path("matching/listings/<uuid:uid>/", listings.listing_file, name="listing_file"),
    path("matching/listings/<uuid:uid>/change/", listings.change_listing, name="change_listing"),
    path("matching/listings/<uuid:uid>/review/", listings.review_listing, name="review_listing"),
    path("matching/listings/<uuid:uid>/close/", listings.close_listing, name="close_listing"),
    path("matching/listings/<uuid:uid>/with/<uuid:offer>/", matches.open_match, name="open_match"),
    path("matching/matches/<uuid:uid>/", matches.match_file, name="match_file"),
    path("matching/matches/<uuid:uid>/move/", matches.move_match, name="move_match"),
]
