"""Funds."""

from __future__ import annotations

from tests.web.target import Target, county, of, of_household

TARGETS: dict[str, Target] = {
    "fund_source_file": Target(of("fund_source"), county),
    "print_source_trace": Target(of("fund_source"), county),
    "fund_project_trace": Target(of("project")),
    "print_project_trace": Target(of("project")),
    "order_lag": Target(of("project")),
    "fund_household_trace": of_household(),
    "print_household_trace": of_household(),
    "allocate_fund": Target(of("fund_source"), county),
    "replan_balance": Target(of("allocation")),
    "pay_households": Target(of("allocation")),
    "submit_claim": Target(of("contract")),
    "set_schedule": Target(of("contract")),
    "withdraw_source": Target(of("fund_source"), county),
    "correct_claim": Target(of("claim")),
    "claim_file": Target(of("claim")),
    "review_claim": Target(of("claim")),
    "pay_claim": Target(of("claim")),
    "reverse_payment": Target(of("payment")),
    "household_batch_file": Target(of("household_batch")),
    "record_card_results": Target(of("household_batch")),
}
