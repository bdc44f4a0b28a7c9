"""Whatever is posted, paid and taken back in whatever order: every account is the sum of its entries and
never overspent, and a refusal leaves nothing behind. C-031 C-128."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.funds.actions.payments import Voucher, pay_households, record_card_results, reverse_payment
from bangfu.funds.actions.sources import replan_balance
from bangfu.funds.models import Account, Allocation, Claim, Entry, Payment, SubsidyBatch
from bangfu.households.models import Household
from bangfu.projects.models import Project
from tests.cast import NOW, TODAY
from tests.funds.balance import unbalanced
from tests.funds.builders import WAN, claimed, give, make_source, paid, reviewed
from tests.projects import builders as works

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
_KINDS = (
    "allocate",
    "claim",
    "approve",
    "return",
    "pay",
    "reverse",
    "households",
    "bank",
    "finish",
    "replan",
)
_STEPS = st.tuples(st.sampled_from(_KINDS), st.integers(1, 60), st.integers(0, 7))


@dataclass
class Office:
    """One project with its contract and its sources, and the steps that people may take with its money."""

    cast: works.Cast
    project: Project
    contract: Any
    sources: list[Any]
    household: Household
    numbers: Any = field(default_factory=lambda: count(1))

    def step(self, kind: str, wan: int, which: int) -> None:
        """Take it; raises SituationForbids or LookupError when there is nothing to take it with."""
        getattr(self, f"_{kind}")(wan * WAN, which)

    def _of(self, rows: Any, which: int) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise LookupError
        return found[which % len(found)]

    def _voucher(self) -> Voucher:
        return Voucher(f"记-{next(self.numbers)}", TODAY)

    def _allocate(self, fen: int, which: int) -> None:
        give(self.cast.office, self.sources[which % 2], self.project, fen)

    def _claim(self, fen: int, which: int) -> None:
        claimed(self.cast.township, self.contract, fen=fen, invoice_fen=40 * WAN, invoice_number=f"{which}")

    def _approve(self, fen: int, which: int) -> None:
        reviewed(self.cast.office, self._of(Claim.objects, which))

    def _return(self, fen: int, which: int) -> None:
        reviewed(self.cast.office, self._of(Claim.objects, which), approve=False, words="重报")

    def _pay(self, fen: int, which: int) -> None:
        allocation = self._of(Allocation.objects.select_related("account", "source"), which)
        claim = self._of(Claim.objects.filter(state="reviewed"), which)
        paid(self.cast.finance, claim, allocation, fen, self._voucher().number)

    def _reverse(self, fen: int, which: int) -> None:
        payment = self._of(Payment.objects, which)
        reverse_payment(by=self.cast.finance, at=NOW, payment=payment, reason="错", on=TODAY)

    def _households(self, fen: int, which: int) -> None:
        pay_households(
            by=self.cast.finance,
            at=NOW,
            allocation=self._of(Allocation.objects.select_related("account", "source"), which),
            title="奖补",
            amounts={self.household: fen},
            voucher=self._voucher(),
        )

    def _bank(self, fen: int, which: int) -> None:
        batch = self._of(SubsidyBatch.objects, which)
        failed = [(line, "户名不符") for line in batch.lines.all()] if which % 2 else []
        record_card_results(by=self.cast.finance, at=NOW, batch=batch, failed=failed, on=TODAY)

    def _finish(self, fen: int, which: int) -> None:
        with recording(by=SYSTEM, at=NOW, verb="finish"):
            Project.objects.filter(pk=self.project.pk).update(state=("done", "underway")[which % 2])

    def _replan(self, fen: int, which: int) -> None:
        allocation = self._of(Allocation.objects.select_related("account", "source", "project"), which)
        replan_balance(by=self.cast.office, at=NOW, allocation=allocation, approval_number="批", on=TODAY)


@pytest.fixture
def office(regions: dict[str, Region], household: Household) -> Office:
    cast = works.make_cast()
    project = works.approved(cast, regions)
    sources = [
        make_source(cast.finance, regions, fen=fen * WAN, notice_number=f"{fen}号") for fen in (70, 50)
    ]
    return Office(cast, project, works.signed(cast, project), sources, household)


def _stood() -> tuple[Any, ...]:
    """What must not move on a refusal."""
    return Entry.objects.count(), list(Account.objects.order_by("pk").values_list("used", "amount"))


def _unmoved(step: Callable[[], None]) -> None:
    """Take a step; when it is refused, nothing has moved."""
    before = _stood()
    try:
        step()
    except (SituationForbids, LookupError):
        assert _stood() == before


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(_STEPS, min_size=8, max_size=25))
def test_any_sequence_of_steps_keeps_every_account_true(
    office: Office, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        for kind, wan, which in steps:
            _unmoved(partial(office.step, kind, wan, which))
            assert unbalanced() == []
        transaction.set_rollback(True)


def test_the_steps_of_this_test_do_move_money(office: Office) -> None:
    """Each kind of step succeeds at least once in the order of a project's life."""
    for kind, wan, which in (
        ("allocate", 40, 0),
        ("claim", 20, 0),
        ("approve", 1, 0),
        ("pay", 20, 0),
        ("reverse", 1, 0),
        ("households", 5, 0),
        ("bank", 1, 1),
        ("claim", 5, 1),
        ("return", 1, 1),
        ("finish", 1, 0),
        ("replan", 1, 0),
    ):
        office.step(kind, wan, which)
        assert unbalanced() == []
