"""Addresses of what is followed: the safety net and relocations."""

from __future__ import annotations

from django.urls import path

from bangfu.households.ledgers.referrals import REFERRALS, UNREFERRED
from bangfu.households.ledgers.relocations import RELOCATIONS
from bangfu.households.views import following
from bangfu.ledgers.views import ledger_view

urlpatterns = [
    path("referrals/", ledger_view(REFERRALS), name="referral_list"),
    path("referrals/missing/", ledger_view(UNREFERRED), name="unreferred_list"),
    path("households/<uuid:uid>/refer/", following.refer_household, name="refer_household"),
    path("referrals/<uuid:uid>/accept/", following.accept_referral, name="accept_referral"),
    path("referrals/<uuid:uid>/decide/", following.decide_referral, name="decide_referral"),
    path("relocations/", ledger_view(RELOCATIONS), name="relocation_list"),
    path("relocations/totals/", following.relocation_totals_page, name="relocation_totals"),
    path("households/<uuid:uid>/relocation/", following.plan_relocation, name="plan_relocation"),
    path("relocations/<uuid:uid>/settle/", following.settle_relocation, name="settle_relocation"),
    path("relocations/<uuid:uid>/hold/", following.hold_relocation, name="hold_relocation"),
]
