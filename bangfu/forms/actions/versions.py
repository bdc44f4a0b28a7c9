"""New versions of the two sheets: drafted, edited, published once they can be read, retired (C-184)."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind, for_anybody
from bangfu.forms.definition.reading import WrongForm
from bangfu.forms.models import FormVersion
from bangfu.forms.versions import checked_form, parsed, shipped_text


def draft_form(*, by: User, at: datetime, code: str, place: str, text: str, note: str = "") -> FormVersion:
    """Begin a new version for a place; its text may still be wrong. Raises NotPermitted."""
    return _SHEETS.draft(by=by, at=at, verb="draft_form", code=code, place=place, text=text, note=note)


def edit_form(
    *, by: User, at: datetime, form: FormVersion, version: int, text: str, note: str = ""
) -> FormVersion:
    """Change the text of a draft; raises NotPermitted, StaleVersion, SituationForbids for one in use."""
    return _SHEETS.edit(form, by=by, at=at, verb="edit_form", version=version, text=text, note=note)


def publish_form(*, by: User, at: datetime, form: FormVersion, version: int) -> FormVersion:
    """Let sweeps that are opened from now on fill a draft; running sweeps keep theirs.

    Raises NotPermitted, StaleVersion, SituationForbids with every mistake by line.
    """
    return _SHEETS.publish(form, by=by, at=at, verb="publish_form", version=version)


def retire_form(*, by: User, at: datetime, form: FormVersion, version: int, reason: str) -> FormVersion:
    """Let no further sweep fill a version, or let a draft go; what runs with it goes on.

    Raises NotPermitted, StaleVersion, SituationForbids for the software's own version or without a reason.
    """
    return _SHEETS.retire(form, by=by, at=at, verb="retire_form", version=version, reason=reason)


def _title(code: str, text: str) -> str:
    """The title that a text gives; that of the shipped form while the text is wrong."""
    try:
        return checked_form(text, code).title[:100]
    except WrongForm:
        return parsed(shipped_text(code)).title[:100]


def _mistakes(code: str, text: str) -> list[str]:
    try:
        checked_form(text, code)
    except WrongForm as wrong:
        return list(wrong.problems)
    return []


_SHEETS = TextKind(FormVersion, Permission.SWEEP_MANAGE, "form", _title, for_anybody(_mistakes))
