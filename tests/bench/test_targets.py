"""The measured targets are split over every village and month, and all of them are judged."""

from __future__ import annotations

import pytest

from bangfu.bench.filling import COUNTY, fill
from bangfu.bench.filling_ledgers import LEDGERS, fill_ledgers
from bangfu.bench.measure import BenchError
from bangfu.bench.pages import asker
from bangfu.bench.targets import VILLAGES, bare, fill_targets, judge, pages, read, records
from bangfu.targets.models import TargetLine

pytestmark = pytest.mark.django_db


def test_targets_are_read_and_judged_in_every_village() -> None:
    fill(1)
    fill_ledgers(300)
    fill_targets(30, LEDGERS[0])
    assert TargetLine.objects.count() == 30 * (VILLAGES + 1)
    assert all(len(parts.split()) == 12 for parts in TargetLine.objects.values_list("parts", flat=True))
    with pytest.raises(BenchError):
        judge()
    read(COUNTY)
    assert records() == 24
    assert 0 < judge() <= 30 * VILLAGES
    bare(LEDGERS[0])
    ask = asker("county")
    for address in [one for found in pages().values() for one in found]:
        assert ask(address)[1] <= 14, address
