"""Django's entry for this room."""

from pathlib import Path

from django.apps import AppConfig

_ROOM = Path(__file__).parent


class HouseholdsConfig(AppConfig):
    """The register: households, members, villages and how they change."""

    name = "bangfu.households"
    label = "households"
    verbose_name = "户与人口"

    def ready(self) -> None:
        """Tell lower rooms which parameters this room reads and what stands behind its masks."""
        from bangfu.core.definitions import register_definitions
        from bangfu.core.places import keep_on_merge
        from bangfu.core.verbs import register_verbs
        from bangfu.exchange.datasets import register_committer
        from bangfu.exchange.lake.population import register_population
        from bangfu.exchange.words import register_words
        from bangfu.households.importing.committer import RosterCommitter
        from bangfu.households.importing.words import ROSTER_WORDS
        from bangfu.households.metrics import register_metrics
        from bangfu.households.models import (
            Round,
            RoundCheck,
            RoundEntry,
            RoundPerson,
            Snapshot,
            VillageRecord,
        )
        from bangfu.households.naming import register_labels
        from bangfu.households.plain_values import register_providers
        from bangfu.households.scope import register_scopes
        from bangfu.households.screening import population
        from bangfu.households.showing.verbs import VERBS
        from bangfu.households.snapshots.jobs import register_jobs
        from bangfu.households.workbench import WORK
        from bangfu.ledgers.workbench import register_work

        register_verbs(VERBS)
        register_work(WORK)
        register_labels()
        keep_on_merge(Round, RoundCheck, RoundEntry, RoundPerson, Snapshot, VillageRecord)
        register_jobs()
        register_metrics()
        register_committer(RosterCommitter())
        register_words(RosterCommitter.dataset.id, ROSTER_WORDS)
        register_population(population)
        register_scopes()
        register_providers()
        register_definitions(_ROOM / "parameters.yaml")
        register_definitions(_ROOM / "parameters_round.yaml")
