"""The form of a payment schedule: one part a line."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bangfu.core.money import to_fen, yuan_text
from bangfu.funds.models import Instalment
from bangfu.funds.policies.schedule import Due
from bangfu.projects.models import Contract

_PARTS = re.compile(r"[\t，;；]|,(?!\d{3}\b)")
_MOST = 60
_LONGEST = 20_000
_EXAMPLE = "\n".join(
    (
        "2026-05-01，0，27万，预付款",
        "2026-08-01，60，36万，进度款",
        "2026-12-01，100，22.5万，完工款",
        "2027-12-01，100，4.5万，质保金",
    )
)


def schedule_text(contract: Contract) -> str:
    """The contract's schedule as the form takes it; empty when there is none."""
    rows = Instalment.objects.filter(contract=contract)
    return "\n".join(f"{row.due_on}，{row.percent}，{yuan_text(row.fen)}，{row.words}" for row in rows)


class ScheduleForm(forms.Form):
    """When how much is to be paid."""

    parts = forms.CharField(
        label="各笔",
        help_text="一行一笔：应付日期，形象进度至少（%），金额（元），名目。可以从 Excel 复制几列贴进来；"
        "各笔合计等于合同金额，质保金也列一笔。",
        widget=forms.Textarea({"rows": 8, "placeholder": _EXAMPLE}),
        max_length=_LONGEST,
    )

    def clean_parts(self) -> list[Due]:
        """The parts in order; raises ValidationError that names each wrong line."""
        typed = [(number, line) for number, line in enumerate(self.cleaned_data["parts"].splitlines(), 1)]
        typed = [(number, line) for number, line in typed if line.strip()]
        if len(typed) > _MOST:
            raise ValidationError(f"付款计划有 {len(typed)} 笔，最多 {_MOST} 笔。什么都没有记。")
        found, wrong = [], []
        for number, line in typed:
            try:
                found.append(_due(line))
            except ValidationError as problem:
                wrong.append(f"第 {number} 行：{problem.messages[0]}")
        if wrong:
            raise ValidationError(wrong)
        return found


def _due(line: str) -> Due:
    cells = [cell.strip() for cell in _PARTS.split(line.strip())]
    if len(cells) != 4 or not all(cells):
        raise ValidationError(f"“{line.strip()}”要写四项：日期，进度，金额，名目。")
    on, percent, money, words = cells
    return Due(_day(on), _percent(percent), to_fen(money), words[:100])


def _day(text: str) -> date:
    found: Any = forms.DateField(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"])
    try:
        day: date = found.clean(text)
    except ValidationError as error:
        raise ValidationError(f"“{text}”不是日期，例如 2026-05-01。") from error
    return day


def _percent(text: str) -> int:
    said = text.removesuffix("%").removesuffix("％").strip()
    if not said.isdecimal() or int(said) > 100:
        raise ValidationError(f"“{text}”不是 0 到 100 的进度。")
    return int(said)
