"""New versions of a scheme: drafted, edited, published once sound, retired."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind
from bangfu.assessment.definition.reading import WrongScheme, read_scheme
from bangfu.assessment.models import SchemeVersion
from bangfu.assessment.versions import mistakes_in


def draft_scheme(
    *, by: User, at: datetime, code: str, place: str, text: str, note: str = ""
) -> SchemeVersion:
    """Begin a new version for a place; its text may still be wrong. Raises NotPermitted."""
    return _TEXTS.draft(by=by, at=at, verb="draft_scheme", code=code, place=place, text=text, note=note)


def edit_scheme(
    *, by: User, at: datetime, scheme: SchemeVersion, version: int, text: str, note: str = ""
) -> SchemeVersion:
    """Change the text of a draft; raises NotPermitted, StaleVersion, SituationForbids for one in use."""
    return _TEXTS.edit(scheme, by=by, at=at, verb="edit_scheme", version=version, text=text, note=note)


def publish_scheme(*, by: User, at: datetime, scheme: SchemeVersion, version: int) -> SchemeVersion:
    """Let a draft hold from now on; assessments that were opened keep their version.

    Raises NotPermitted, StaleVersion, SituationForbids with every mistake by line.
    """
    return _TEXTS.publish(scheme, by=by, at=at, verb="publish_scheme", version=version)


def retire_scheme(
    *, by: User, at: datetime, scheme: SchemeVersion, version: int, reason: str
) -> SchemeVersion:
    """Let a version hold no longer, or a draft go. Raises NotPermitted, SituationForbids."""
    return _TEXTS.retire(scheme, by=by, at=at, verb="retire_scheme", version=version, reason=reason)


def _title(code: str, text: str) -> str:
    try:
        return read_scheme(text).title
    except WrongScheme:
        return code


_TEXTS = TextKind(SchemeVersion, Permission.ASSESSMENT_MANAGE, "scheme", _title, mistakes_in)
