"""Forms of this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bangfu.evidence.actions.attaching import MAX_BYTES
from bangfu.ui.controls import DayInput
from bangfu.workflow.definition.model import Ask, AskKind, Requirement

_NOTE_LENGTH, _NUMBER_LENGTH = 500, 60


def _field(ask: Ask) -> forms.Field:
    match ask.kind:
        case AskKind.DATE:
            return forms.DateField(label=ask.title, widget=DayInput)
        case AskKind.NUMBER:
            return forms.CharField(label=ask.title, max_length=_NUMBER_LENGTH)
        case _:
            area = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(
                label=ask.title, required=ask.required, max_length=_NOTE_LENGTH, widget=area
            )


class TransitionForm(forms.Form):
    """What a way out of a step asks for, and the version that the person saw."""

    transition = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, asks: Sequence[Ask], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for ask in asks:
            self.fields[ask.kind.value] = _field(ask)

    def answers(self) -> dict[str, Any]:
        """What ``take_transition`` takes as ``note`` and ``data``."""
        hidden = {"transition", "version", AskKind.NOTE.value}
        data = {name: value for name, value in self.cleaned_data.items() if name not in hidden}
        return {"note": self.cleaned_data.get(AskKind.NOTE.value, ""), "data": data}


class StepPaperForm(forms.Form):
    """A paper for one requirement: its file, and what stands on it."""

    requirement = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(
        label="文件", help_text=f"PDF、图片、Word、Excel，不超过 {MAX_BYTES // 1024 // 1024} MB。"
    )
    dated_on = forms.DateField(label="落款日期", required=False, widget=DayInput)
    signed = forms.BooleanField(label="纸上有签字", required=False)
    sealed = forms.BooleanField(label="纸上有盖章", required=False)

    def __init__(self, wanted: Requirement, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dated_on"].required = bool(wanted.not_before)
        for name, needed in (("signed", wanted.signed), ("sealed", wanted.sealed)):
            if not needed:
                del self.fields[name]

    def attachment(self) -> dict[str, Any]:
        """What ``attach_step_paper`` takes, with the file's content read."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return {**given, "content": self.cleaned_data["file"].read()}


class PauseForm(forms.Form):
    """Why the limits stand still."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么暂停", min_length=2, max_length=300, help_text="例如等农户补材料。")


class ResumeForm(forms.Form):
    """The version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
