"""New versions of a ledger's definition: drafted, edited, published once sound, retired."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind, for_anybody
from bangfu.county_ledgers.definition.reading import WrongBook
from bangfu.county_ledgers.models import LedgerVersion
from bangfu.county_ledgers.storage import NoRoom, slots_for
from bangfu.county_ledgers.versions import checked_book


def draft_ledger(
    *, by: User, at: datetime, code: str, place: str, text: str, note: str = ""
) -> LedgerVersion:
    """Begin a new version for a place; its text may still be wrong. Raises NotPermitted."""
    return _TEXTS.draft(by=by, at=at, verb="draft_ledger", code=code, place=place, text=text, note=note)


def edit_ledger(
    *, by: User, at: datetime, ledger: LedgerVersion, version: int, text: str, note: str = ""
) -> LedgerVersion:
    """Change the text of a draft; raises NotPermitted, StaleVersion, SituationForbids for one in use."""
    return _TEXTS.edit(ledger, by=by, at=at, verb="edit_ledger", version=version, text=text, note=note)


def publish_ledger(*, by: User, at: datetime, ledger: LedgerVersion, version: int) -> LedgerVersion:
    """Let a draft hold from now on; rows stay, each with the version it was written under.

    Raises NotPermitted, StaleVersion, SituationForbids with every mistake by line.
    """
    return _TEXTS.publish(ledger, by=by, at=at, verb="publish_ledger", version=version)


def retire_ledger(
    *, by: User, at: datetime, ledger: LedgerVersion, version: int, reason: str
) -> LedgerVersion:
    """Let a version hold no longer, or a draft go; its rows stay. Raises NotPermitted, SituationForbids."""
    return _TEXTS.retire(ledger, by=by, at=at, verb="retire_ledger", version=version, reason=reason)


def mistakes_in(code: str, text: str) -> list[str]:
    """What keeps a text from being published as a version of a ledger; ``code`` empty: of any."""
    try:
        book = checked_book(text, code)
        slots_for(book.id, text)
    except WrongBook as wrong:
        return list(wrong.problems)
    except NoRoom as full:
        return [str(full)]
    return []


def _title(code: str, text: str) -> str:
    try:
        return checked_book(text, code).title
    except WrongBook:
        return code


_TEXTS = TextKind(LedgerVersion, Permission.LEDGER_DEFINE, "ledger", _title, for_anybody(mistakes_in))
