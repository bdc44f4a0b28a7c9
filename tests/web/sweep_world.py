"""A sweep of a township with one household in it, for the contract tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.access.versioned_texts import digest_of
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.forms.enums import SweepState
from bangfu.forms.models import FormVersion, Sheet, SheetBatch, Sweep, SweepTask
from bangfu.forms.versions import shipped_text, version_for
from bangfu.households.models import Household
from tests.cast import NOW


def make_sweep(household: Household, user: User, region: Region, word: str) -> dict[str, Any]:
    """An open sweep of the township, its task, and the sheet filled; inside an open recording."""
    place = region.code[:9]
    screening = version_for(at=NOW, code="screening_sheet", place=place)
    sweep = Sweep.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.SWEEP, place=place, label=f"{word}排查"),
        place=place,
        region=Region.objects.get(code=place),
        title=f"{word}排查",
        basis=f"{word}文件",
        group="all",
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
        screening_form=screening,
        inspection_form=version_for(at=NOW, code="inspection_sheet", place=place),
        state=SweepState.OPEN,
        opened_by=user,
        opened_at=NOW,
    )
    task = SweepTask.objects.create(
        sweep=sweep, household=household, place=household.place, state="in_question", has_risk=True
    )
    Sheet.objects.create(
        task=task,
        household=household,
        kind="screening",
        form=screening,
        filled_on=date(2026, 11, 3),
        filled_by=user,
        met=f"{word}山",
        answers={"opinion": "要进一步排查", "words": f"{word}听说"},
        household_version=household.version,
    )
    batch = SheetBatch.objects.create(
        sweep=sweep, place=place, file_name=f"{word}.xlsx", digest=word, uploaded_by=user, uploaded_at=NOW
    )
    version = _own_form(user, place[:6], word)
    return {"sweep": sweep, "sweep_task": task, "sheet_batch": batch, "form_version": version}


def _own_form(user: User, county: str, word: str) -> FormVersion:
    """A county's own version of the screening sheet."""
    text = shipped_text("screening_sheet")
    return FormVersion.objects.create(
        code="screening_sheet",
        number=int(county),
        title=f"{word}筛查表",
        place=county,
        text=text,
        digest=digest_of(text),
        state="published",
        note=f"{word}说明",
        made_by=user,
        made_at=NOW,
        published_at=NOW,
    )
