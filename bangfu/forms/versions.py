"""Versions of forms: the one that holds in a place, and the parsed form of a version."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from bangfu.access.versioned_texts import keep_shipped, newest_own
from bangfu.core.errors import SituationForbids
from bangfu.forms.definition.model import FormSheet
from bangfu.forms.definition.reading import WrongForm, read_form
from bangfu.forms.enums import SheetKind
from bangfu.forms.models import FormVersion, Sweep
from bangfu.forms.terms import VOCABULARY
from bangfu.screening.catalogue.definitions import other_code

_SHIPPED = Path(__file__).parent / "shipped"
CODES = {SheetKind.SCREENING: "screening_sheet", SheetKind.INSPECTION: "inspection_sheet"}


def shipped_text(code: str) -> str:
    """The YAML that the software brings; raises OSError for a form it does not bring."""
    return (_SHIPPED / f"{code}.yaml").read_text("utf-8")


@lru_cache(maxsize=64)
def parsed(text: str) -> FormSheet:
    """The form that a text defines; raises WrongForm."""
    return read_form(text, VOCABULARY)


def checked_form(text: str, code: str) -> FormSheet:
    """The form that a text defines as a version of ``code``; raises WrongForm with every mistake by line."""
    form = read_form(text, VOCABULARY)
    if form.id != code:
        raise WrongForm([other_code(text, form.id, "这张表", code)])
    return form


def form_of(version: FormVersion) -> FormSheet:
    """The parsed form of a version."""
    return parsed(version.text)


def form_for(sweep: Sweep, kind: SheetKind) -> FormVersion:
    """The version that a sweep fills."""
    return sweep.screening_form if kind == SheetKind.SCREENING else sweep.inspection_form


def in_force(code: str, place: str) -> FormVersion | None:
    """The county's own published version for the place; of several the nearest and newest."""
    return newest_own(FormVersion, code, place)


def version_for(*, at: datetime, code: str, place: str) -> FormVersion:
    """The version to fill in a place; the shipped one is put down as a row when it is first used.

    Inside an open recording. Raises SituationForbids when somebody published in the same moment.
    """
    return in_force(code, place) or _shipped(at, code)


def _shipped(at: datetime, code: str) -> FormVersion:
    text = shipped_text(code)
    found = keep_shipped(FormVersion, at, code=code, title=parsed(text).title, text=text)
    if found is None:
        raise SituationForbids("这张表刚有人发布新版，什么都没有改动。请再试一次。")
    return found
