"""What is printed: a template, a title and the data that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Paper:
    """One paper. ``data`` holds words, numbers, dates, and lists of mappings for tables.

    A value None is a gap to be filled by hand. ``code`` is the return code printed at the foot
    (:func:`bangfu.documents.codes.return_code`), ``number`` a document number that exists already, never one
    made up. ``parts`` follow on pages of their own: the papers of a case file.
    """

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    number: str = ""
    code: str = ""
    parts: tuple[Paper, ...] = ()
