"""The form of one meeting about several households: the meeting once, a part for each household."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from bangfu.monitoring.actions.case_meetings import Reviewed, Sitting
from bangfu.monitoring.forms.cases import ReviewedForm, SittingForm
from bangfu.monitoring.models import Case


class MeetingOnceForm(SittingForm):
    """The meeting, and the scan of its minutes."""

    minutes = forms.FileField(
        label="评议记录和签到的扫描件",
        required=False,
        help_text="一份，每户的材料里都放上。现在没有，以后在各户的个案页上传也行。",
    )
    signed = forms.BooleanField(label="纸上有签字", required=False)

    def sitting(self) -> Sitting:
        """What was typed, with the file's content read."""
        file = self.cleaned_data["minutes"]
        return Sitting(**self.cleaned_data | {"minutes": file.read() if file else b""})


class MeetingsForm:
    """The meeting and its households, typed on one page."""

    def __init__(
        self,
        cases: Sequence[Case],
        opening: Callable[[Case], Mapping[str, Any]],
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        held_on: date | None = None,
    ) -> None:
        self.once = MeetingOnceForm(data, files, initial={"held_on": held_on})
        self.parts = [(case, _part(case, opening(case), data)) for case in cases]

    def is_valid(self) -> bool:
        """Whether the meeting and every household's part are filled in."""
        # 每张都要看过，一次说出所有要改的
        answers = [form.is_valid() for form in (self.once, *(part for _, part in self.parts))]
        return all(answers)

    @property
    def failed(self) -> bool:
        """Whether something typed about a household has to be mended."""
        return any(part.errors for _, part in self.parts)

    def reviewed(self) -> list[Reviewed]:
        """What the meeting said of each household."""
        return [Reviewed(case=case, **part.cleaned_data) for case, part in self.parts]

    def see_again(self) -> None:
        """Let the page carry the versions of now, so that who was overtaken may send again."""
        for case, part in self.parts:
            assert isinstance(part.data, QueryDict)
            typed = part.data.copy()
            typed[part.add_prefix("version")] = str(case.version)
            part.data = typed


def _part(case: Case, opening: Mapping[str, Any], data: QueryDict | None) -> ReviewedForm:
    """What is asked about a household; needs and measures belong to an identification only."""
    part = ReviewedForm(data, prefix=f"case{case.pk}", initial={**opening, "version": case.version})
    if not case.identifies:
        del part.fields["needs"], part.fields["proposed_measures"]
    return part
