"""New versions of a scheme: drafted, edited, published once sound, retired.

Assessments that were opened keep their version.
"""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind
from bangfu.assessment.definition.reading import WrongScheme, read_scheme
from bangfu.assessment.models import SchemeVersion
from bangfu.assessment.versions import mistakes_in


def _title(code: str, text: str) -> str:
    try:
        return read_scheme(text).title
    except WrongScheme:
        return code


SCHEMES = TextKind(SchemeVersion, Permission.ASSESSMENT_MANAGE, "scheme", _title, mistakes_in)
