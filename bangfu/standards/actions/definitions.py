"""New versions of a standard: drafted, edited, published once sound, retired. A check keeps its version."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind, for_anybody
from bangfu.standards.definition.reading import WrongStandard, read_standard
from bangfu.standards.models import StandardVersion
from bangfu.standards.versions import mistakes_in


def _title(code: str, text: str) -> str:
    try:
        return read_standard(text).title
    except WrongStandard:
        return code


STANDARDS = TextKind(
    StandardVersion, Permission.STANDARD_DEFINE, "standard", _title, for_anybody(mistakes_in)
)
