"""Addresses of money allocated, claimed and paid."""

from __future__ import annotations

from django.urls import path

from bangfu.funds.ledgers.schedule import SCHEDULES
from bangfu.funds.ledgers.spending import ALLOCATIONS, BATCHES, CLAIMS, PAYMENTS
from bangfu.funds.ledgers.table import FUND_TABLE
from bangfu.funds.views import allocating, claims, households, rewards, schedule, sources
from bangfu.funds.views.pooling import fund_pool
from bangfu.ledgers.views import ledger_view

SPENDING = [
    path("funds/table/", ledger_view(FUND_TABLE), name="fund_table"),
    path("funds/pool/", fund_pool, name="fund_pool"),
    path("funds/allocations/", ledger_view(ALLOCATIONS), name="fund_allocation_list"),
    path("funds/reward/", rewards.fund_reward, name="fund_reward"),
    path("funds/claims/", ledger_view(CLAIMS), name="claim_list"),
    path("funds/payments/", ledger_view(PAYMENTS), name="payment_list"),
    path("funds/batches/", ledger_view(BATCHES), name="household_batch_list"),
    path("funds/<uuid:uid>/allocate/", allocating.allocate_fund, name="allocate_fund"),
    path("funds/allocations/<uuid:uid>/replan/", allocating.replan_balance, name="replan_balance"),
    path("funds/allocations/<uuid:uid>/households/", households.pay_households, name="pay_households"),
    path("funds/contracts/<uuid:uid>/claim/", claims.submit_claim, name="submit_claim"),
    path("funds/claims/<uuid:uid>/", claims.claim_file, name="claim_file"),
    path("funds/schedules/", ledger_view(SCHEDULES), name="fund_schedule_list"),
    path("funds/contracts/<uuid:uid>/schedule/", schedule.set_schedule, name="set_schedule"),
    path("funds/<uuid:uid>/withdraw/", sources.withdraw_source, name="withdraw_source"),
    path("funds/claims/<uuid:uid>/correct/", claims.correct_claim, name="correct_claim"),
    path("funds/claims/<uuid:uid>/review/", claims.review_claim, name="review_claim"),
    path("funds/claims/<uuid:uid>/pay/", claims.pay_claim, name="pay_claim"),
    path("funds/payments/<uuid:uid>/reverse/", claims.reverse_payment, name="reverse_payment"),
    path("funds/batches/answers/", households.record_answers, name="record_answers"),
    path("funds/batches/<uuid:uid>/", households.household_batch_file, name="household_batch_file"),
    path("funds/batches/<uuid:uid>/results/", households.record_card_results, name="record_card_results"),
]
