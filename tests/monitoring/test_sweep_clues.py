"""A sheet that shows a risk becomes a clue of its channel; a second one joins it (C-184)."""

from __future__ import annotations

import pytest

from bangfu.core.models import Region
from bangfu.forms.enums import SheetKind
from bangfu.forms.terms import RISKS
from bangfu.monitoring.enums.clues import ClueChannel, RiskKind
from bangfu.monitoring.models import Clue
from tests.cast import TODAY
from tests.forms.conftest import sweep_of
from tests.forms.test_sweeps import FINE, INSPECTED, fill
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def test_the_risks_of_sheets_are_the_risks_of_clues() -> None:
    assert set(RISKS) == {kind.label for kind in RiskKind}


def test_a_risky_sheet_makes_one_clue_of_the_household(regions: dict[str, Region]) -> None:
    household = make_household(regions)
    task = sweep_of(regions).tasks.get()
    fill(task, FINE | {"illness_heavy": ["是"]})
    clue = Clue.objects.get()
    assert (clue.household, clue.channel) == (household, ClueChannel.SWEEP)
    assert clue.risks == [RiskKind.ILLNESS]
    assert clue.discovered_on == TODAY
    fill(task, INSPECTED | {"water": ["没有保障"]}, SheetKind.INSPECTION)
    clue = Clue.objects.get()
    assert set(clue.risks) == {RiskKind.ILLNESS, RiskKind.WATER}
    assert clue.tellings.count() == 2


def test_a_sheet_without_risk_makes_none(regions: dict[str, Region]) -> None:
    make_household(regions)
    fill(sweep_of(regions).tasks.get(), FINE)
    assert not Clue.objects.exists()
