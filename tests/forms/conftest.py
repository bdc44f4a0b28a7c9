"""What tests of sweeps begin with."""

from __future__ import annotations

from bangfu.core.models import Region
from bangfu.forms.actions.sweeps import open_sweep, prepare_sweep
from bangfu.forms.models import Sweep
from tests.cast import COUNTY, NOW, TODAY, make_user


def silent(done: int, total: int | None, step: str = "") -> None:
    """Nobody watches."""


def sweep_of(regions: dict[str, Region], group: str = "all", place: str = COUNTY) -> Sweep:
    """An open sweep with its tasks."""
    by = make_user("county_office", place, username=f"opener-{place}-{group}")
    sweep = open_sweep(
        by=by,
        at=NOW,
        region=regions[place],
        title="年底集中排查",
        starts_on=TODAY.replace(day=1),
        ends_on=TODAY.replace(day=30),
        group=group,
    )
    prepare_sweep(sweep, at=NOW, progress=silent)
    sweep.refresh_from_db()
    return sweep
