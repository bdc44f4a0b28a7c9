"""Made-up clues and screenings, through the real actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.monitoring.actions.clues import Registered, Told, register_clue
from bangfu.monitoring.actions.screening_staging import stage
from bangfu.monitoring.actions.screenings import release_screening
from bangfu.monitoring.enums.clues import ClueChannel, ScreeningState
from bangfu.monitoring.models import Clue, ScreeningRun
from bangfu.monitoring.screening import Screening
from bangfu.monitoring.screening_facts import FoundFact
from tests.cast import COUNTY, NOW, TODAY, make_user

TEXT = "丈夫摔伤，两个月没上工。"


def told(**more: Any) -> Told:
    """What a cadre heard on a visit, unless ``more`` says otherwise."""
    facts: dict[str, Any] = {
        "channel": ClueChannel.CADRE_VISIT,
        "told_on": TODAY,
        "text": TEXT,
        "name": "杨志明",
    }
    return Told(**facts | more)


def person(role: str, place: str = COUNTY) -> User:
    """Somebody with a role, made once."""
    name = f"{role}-{place}"
    return User.objects.filter(username=name).first() or make_user(role, place, username=name)


def make_clue(household: Household, **more: Any) -> Clue:
    """A clue of a household, registered by its village."""
    return registered(household, **more).clue


def registered(household: Household, **more: Any) -> Registered:
    by = person("village", household.place[:12])
    return register_clue(by=by, at=NOW, told=told(**more), household=household)


def make_unmatched(region: Region, **more: Any) -> Clue:
    """A clue of a household that nobody knows yet."""
    return register_clue(
        by=person("township", region.code[:9]), at=NOW, told=told(**more), region=region
    ).clue


def found(household: Household, fact_key: str = "a", **more: Any) -> FoundFact:
    """A finding of the rule about hospital bills."""
    facts: dict[str, Any] = {
        "rule": "medical_self_pay_general",
        "rule_version": "1",
        "household": household.uid,
        "person_key": household.members.get(is_head=True).identity_id,
        "fact_key": fact_key,
        "sentence": "2026年1月1日至10月31日住院个人自付累计31206.40元，达到一般农户的预警线20000元。",
        "values": {"medical_self_pay_ytd": "31206.40", "line": "20000"},
        "sources": ("medical_expense:20261105-01",),
    }
    return FoundFact(**facts | more)


def screening(
    facts: Iterable[FoundFact] = (),
    *,
    not_run: Iterable[tuple[str, str]] = (),
    unsure: Iterable[Household] = (),
    as_of: date = TODAY,
) -> Screening:
    uids = {household.uid for household in unsure}
    undecided = Counter({"unsafe_water": 3})
    return Screening(list(facts), undecided, list(not_run), as_of, "d" * 64, lambda rule: uids)


def staged(facts: Iterable[FoundFact] = (), *, as_of: date = TODAY, **more: Any) -> ScreeningRun:
    """A screening of the county with these findings, laid ready."""
    run = ScreeningRun.objects.create(
        place=COUNTY, as_of=as_of, discovered_on=as_of, started_by=person("county_office"), started_at=NOW
    )
    stage(run, screening(facts, as_of=as_of, **more), lambda *_: None)
    run.state, run.previewed_at = ScreeningState.PREVIEWED, NOW
    run.save()
    return run


def released(facts: Iterable[FoundFact] = (), **more: Any) -> dict[str, int]:
    """The same, put into the pool; what it did."""
    run = release_screening(by=person("county_office"), at=NOW, run=staged(facts, **more))
    counts: dict[str, int] = run.report["released"]
    return counts
