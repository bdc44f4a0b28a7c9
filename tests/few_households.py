"""Fixtures: three households in one township, one in another, one in another county."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.core.models import Region
from tests.cast import FOREIGN_VILLAGE, OTHER_VILLAGE, SISTER_VILLAGE, VILLAGE
from tests.households.builders import make_household


@pytest.fixture
def households(regions: dict[str, Region]) -> None:
    make_household(
        regions,
        VILLAGE,
        5,
        head_name="杨一",
        household_type="registered",
        net_income=1_234_500,
        safe_water=True,
        identified_month=date(2026, 3, 1),
    )
    make_household(
        regions, VILLAGE, 2, head_name="李二", household_type="general", net_income=800_000, safe_water=False
    )
    make_household(
        regions, SISTER_VILLAGE, 1, head_name="王三", phone="13800002051", bank_account="6217000012345678"
    )
    make_household(
        regions, OTHER_VILLAGE, 3, head_name="赵四", household_type="registered", dangerous_house=True
    )
    make_household(regions, FOREIGN_VILLAGE, 2, head_name="外县", household_type="registered")
