"""The statements of a release: what the pool does not know yet goes in, set by set, under the open change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from bangfu.access.scope import within
from bangfu.core.models import Change, Subject, SubjectKind
from bangfu.monitoring.enums.clues import ClueChannel, ClueState
from bangfu.monitoring.models import Clue, ClueFact, ScreeningRun, StagedFact
from bangfu.monitoring.rules import risk_of_rule
from bangfu.workflow.among import among

_CLUE, _FACT, _STAGED = Clue._meta.db_table, ClueFact._meta.db_table, StagedFact._meta.db_table
_SUBJECT = Subject._meta.db_table

_NO_OPEN_CLUE = (
    f"NOT EXISTS (SELECT 1 FROM {_CLUE} c"
    f" WHERE c.household_id = s.household_id AND c.state <> '{ClueState.CLOSED}')"
)
#: One staged row for each household that gets a clue: it has something unknown and no open clue.
_LEADS = f"SELECT MIN(s.id) FROM {_STAGED} s WHERE s.run_id = %s AND {_NO_OPEN_CLUE} GROUP BY s.household_id"
_ADD_SUBJECTS = (
    f"INSERT INTO {_SUBJECT} (uid, kind, place, label)"
    f" SELECT subject_uid, '{SubjectKind.CLUE}', place, label FROM {_STAGED} WHERE id IN ({_LEADS})"
)
_ADD_CLUES = (
    f"INSERT INTO {_CLUE} (change_id, version, uid, subject_id, household_id, place, village_id, channel,"
    " discovered_on, headline, risks, state, due_on, dispatch_note, return_reason, verdict, verdict_reason)"
    " SELECT %s, 1, s.clue_uid, b.id, s.household_id, s.place, s.village_id,"
    f" CASE WHEN s.dataset IN ('', 'household_roster') THEN '{ClueChannel.PLATFORM}'"
    f" ELSE '{ClueChannel.DEPARTMENT}' END,"
    f" %s, s.headline, s.risks, '{ClueState.NEW}', s.due_on, '', '', '', ''"
    f" FROM {_STAGED} s JOIN {_SUBJECT} b ON b.uid = s.subject_uid WHERE s.id IN ({_LEADS})"
)
_ADD_FACTS = (
    f"INSERT INTO {_FACT} (uid, clue_id, household_id, place, rule, rule_version, person_key, fact_key,"
    ' sentence, "values", sources, dataset, first_seen, last_seen, found_by_id, verdict)'
    " SELECT s.uid, c.id, s.household_id, s.place, s.rule, s.rule_version, s.person_key, s.fact_key,"
    " s.sentence, s.\"values\", s.sources, s.dataset, %s, %s, s.run_id, ''"
    f" FROM {_STAGED} s JOIN {_CLUE} c ON c.household_id = s.household_id AND c.state <> '{ClueState.CLOSED}'"
    " WHERE s.run_id = %s"
)


def write_release(run: ScreeningRun, change: Change) -> dict[str, int]:
    """Write what the run found; how many clues and facts are new, joined, seen again and gone."""
    again, gone = _seen_again(run), _gone(run)
    _drop_known(run)
    with connection.cursor() as cursor:
        cursor.execute(_ADD_SUBJECTS, [run.pk])
        cursor.execute(_ADD_CLUES, [change.pk, run.discovered_on, run.pk])
        clues = cursor.rowcount
        cursor.execute(_ADD_FACTS, [run.as_of, run.as_of, run.pk])
        facts = cursor.rowcount
    joined = list(
        ClueFact.objects.filter(found_by=run).exclude(clue__change=change).values_list("clue_id", "rule")
    )
    _join_risks(joined)
    run.staged.all().delete()
    return {"clues": clues, "facts": facts, "joined": len(joined), "again": again, "gone": gone}


def _join_risks(joined: Iterable[tuple[int, str]]) -> None:
    """Add to open clues the risks of the facts (clue, rule) that joined them: a statement for each union."""
    known = risk_of_rule()
    added: dict[int, set[str]] = defaultdict(set)
    for clue, rule in joined:
        added[clue] |= {known[rule]} if rule in known else set()
    # 先锁住再读：同时有人登记反映，他加的风险不能被盖掉
    held = Clue.objects.select_for_update().filter(pk__in=among(added)).order_by("pk")
    unions: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for clue, risks in held.values_list("pk", "risks"):
        if not added[clue] <= set(risks):
            unions[tuple(sorted(added[clue].union(risks)))].append(clue)
    for union, clues in unions.items():
        Clue.objects.filter(pk__in=among(clues)).update(risks=list(union))


def _seen_again(run: ScreeningRun) -> int:
    """Facts known before that still hold, or hold again and do not come back."""
    known = ClueFact.objects.known(run.as_of).filter(Exists(_same(run)), last_seen__lte=run.as_of)
    return known.exclude(gone_on__gt=run.as_of).update(last_seen=run.as_of, gone_on=None)


def _gone(run: ScreeningRun) -> int:
    """Facts of rules that ran and did not find them; of a rule that could not run nothing is known."""
    held = ClueFact.objects.filter(
        within("place", run.place), rule__in=run.report["ran"], gone_on=None, last_seen__lte=run.as_of
    )
    unsure = run.report.get("unsure", [])
    return held.exclude(pk__in=unsure).filter(~Exists(_same(run))).update(gone_on=run.as_of)


def _drop_known(run: ScreeningRun) -> None:
    """What stays laid ready is what the pool does not know; the statements write all of it."""
    same = ClueFact.objects.known(run.as_of).filter(
        household=OuterRef("household"), fact_key=OuterRef("fact_key")
    )
    run.staged.filter(Exists(same)).delete()


def _same(run: ScreeningRun) -> QuerySet[StagedFact]:
    return StagedFact.objects.filter(run=run, household=OuterRef("household"), fact_key=OuterRef("fact_key"))
