"""What the part of the room that knows units and ties tells lower rooms."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parents[1]


def register_ties() -> None:
    """Subjects, scopes, words and parameters; called when the application starts."""
    from django.db.models import F

    from bangfu.access.subjects import register_subject_model
    from bangfu.core.definitions import register_definitions
    from bangfu.core.models import SubjectKind
    from bangfu.core.subjects import label_subjects_by
    from bangfu.core.verbs import register_verbs
    from bangfu.duties.registry import register_holders, register_source
    from bangfu.exchange.datasets import register_after_undo, register_committer
    from bangfu.households.pairing_news import register_pairing_listener
    from bangfu.ledgers.workbench import register_work
    from bangfu.support.actions.touching import note_pairings
    from bangfu.support.importing.newcomers import remove_newcomers
    from bangfu.support.importing.registering import support_committers
    from bangfu.support.jobs.ties import register_tie_jobs
    from bangfu.support.models import Party
    from bangfu.support.scope.ties import register_tie_scopes
    from bangfu.support.showing.verbs_ties import VERBS
    from bangfu.support.sources.ties import SOURCES, holders
    from bangfu.support.terms.compositions import register_compositions
    from bangfu.support.terms.configuration import register_rules
    from bangfu.support.work.ties import WORK

    label_subjects_by(Party, F("name"))
    register_subject_model(SubjectKind.UNIT, Party)
    register_subject_model(SubjectKind.PERSON, Party)
    register_tie_scopes()
    register_verbs(VERBS)
    register_definitions(_ROOM / "parameters_ties.yaml")
    register_rules()
    register_compositions()
    register_tie_jobs()
    register_work(WORK)
    register_holders(holders)
    register_pairing_listener(note_pairings)
    for committer in support_committers():
        register_committer(committer, committer.kind.seen_with)
        register_after_undo(committer.dataset.id, remove_newcomers)
    for name, label, source in SOURCES:
        register_source(name, label, source)
