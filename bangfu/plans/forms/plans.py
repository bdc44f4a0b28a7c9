"""The forms of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.core import parameters
from bangfu.core.models import Region
from bangfu.households.forms.fields import YuanField
from bangfu.plans.enums import PlanKind, Verdict
from bangfu.plans.forms.lines import lines_in, money_text, read_money, read_steps, steps_text
from bangfu.plans.models import PlanTask
from bangfu.plans.queries.plans import regions_to_plan, units_to_name
from bangfu.plans.reading.files import UnreadablePlan, text_of
from bangfu.plans.terms.facts import TaskFacts
from bangfu.projects.forms.parts import CHOOSE, day_field, version_field, words_field, yes_no_field
from bangfu.support.terms.kinds import FINDINGS, kinds_in

_LONGEST_FILE = 5_000_000


class EnterForm(forms.Form):
    """A plan and its text, pasted or uploaded."""

    title = forms.CharField(label="名称", max_length=100, help_text="例如：云岭县 2026 年社会扶贫专项方案")
    kind = forms.ChoiceField(label="种类", choices=[CHOOSE, *PlanKind.choices])
    year = forms.IntegerField(
        label="年度", min_value=2000, max_value=2100, help_text="没写年份的日期都算这一年。"
    )
    region = forms.ModelChoiceField(Region.objects.none(), label="哪里的计划", empty_label="请选")
    text = words_field(
        "全文", "整篇粘贴进来，不用先整理；表格也可以。", longest=200_000, rows=12, required=False
    )
    file = forms.FileField(
        label="或者传文件", required=False, help_text="TXT 或 DOCX，不超过 5 MB。两样都给，以文件为准。"
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        region = cast(forms.ModelChoiceField, self.fields["region"])
        region.queryset = regions_to_plan(user)
        region.initial = region.queryset.first()
        self.fields["year"].initial = localdate().year

    def clean(self) -> dict[str, Any]:
        """The text, from the file when there is one."""
        data = super().clean() or {}
        file = data.pop("file", None)
        if file is not None:
            data["text"] = self._text_of(file)
        elif not data.get("text", "").strip():
            self.add_error("text", "请粘贴全文，或传一个文件。")
        return data

    def _text_of(self, file: Any) -> str:
        if file.size > _LONGEST_FILE:
            self.add_error("file", "文件超过 5 MB，没有读。请去掉图片再传，或粘贴文字。")
            return ""
        try:
            return text_of(file.name, file.read())
        except UnreadablePlan as refusal:
            self.add_error("file", str(refusal))
            return ""


class TaskForm(forms.Form):
    """A proposed task, to be confirmed or corrected."""

    version = version_field()
    title = forms.CharField(label="任务", max_length=100)
    leads = words_field("牵头单位", "一行一个。", rows=2, required=False)
    helps = words_field("责任单位", "一行一个；“各乡镇”这样的照写。", longest=2000, rows=3, required=False)
    amount = YuanField(label="资金（元）", required=False, help_text="可以写 50万。原文没有就空着。")
    money = words_field("资金来源", "一行一项：来源，空一格，金额（元）。", rows=2, required=False)
    figures = words_field("数量目标", "一行一个，照原文写。", longest=2000, rows=3, required=False)
    steps = words_field(
        "步骤和时限",
        "一行一步：2026-06-10 做什么；2026-03-01至2026-05-31 做什么；每3个月1次 做什么；每周1次 做什么；"
        "不定期 做什么。",
        longest=8000,
        rows=6,
        required=False,
    )

    def clean_money(self) -> tuple[tuple[str, int], ...]:
        """Sources with fen."""
        return read_money(self.cleaned_data["money"])

    def clean_steps(self) -> Any:
        """Steps with their days."""
        return read_steps(self.cleaned_data["steps"])

    def clean_figures(self) -> tuple[str, ...]:
        """One a line, none too long to keep."""
        found = lines_in(self.cleaned_data["figures"])
        if any(len(line) > 60 for line in found):
            raise ValidationError("每行不超过 60 个字，请写短一点。")
        return tuple(found)

    def facts(self) -> TaskFacts:
        """What was confirmed, once the form is valid."""
        data = self.cleaned_data
        return TaskFacts(
            data["title"],
            tuple(lines_in(data["leads"])),
            tuple(lines_in(data["helps"])),
            data["amount"],
            data["money"],
            data["figures"],
            data["steps"],
        )


def opening_task(facts: TaskFacts, version: int) -> dict[str, Any]:
    """What ``TaskForm`` opens with."""
    return {
        "version": version,
        "title": facts.title,
        "leads": "\n".join(facts.leads),
        "helps": "\n".join(facts.helps),
        "amount": facts.amount,
        "money": money_text(facts.money),
        "figures": "\n".join(facts.figures),
        "steps": steps_text(facts.steps),
    }


class LeaveOutForm(forms.Form):
    """Why a stretch is no task."""

    version = version_field()
    reason = words_field("为什么不列为任务", "例如：和第 3 项重复；只是说明。", longest=200)


class ReopenForm(forms.Form):
    """Think again."""

    version = version_field()


class StartForm(forms.Form):
    """The whole money of a plan."""

    planned = YuanField(
        label="计划总资金（元）", required=False, help_text="全文写的总额，可以写 2490.96万；没有写就空着。"
    )


class ReportForm(forms.Form):
    """What was done of a step."""

    on = day_field("日期")
    words = words_field("做了什么", "时间、地点、数量。文件和照片可传可不传，在任务页的“凭证”里。")
    done = yes_no_field("做完了吗", "做完了（反复的：这一次做完了）", "还在做")


class CheckForm(forms.Form):
    """What a check found."""

    on = day_field("检查日期")
    verdict = forms.ChoiceField(label="结果", choices=[CHOOSE, *Verdict.choices])
    words = words_field("检查情况", "对着时限和数量写；滞后的写差在哪里。")


class OrderForm(forms.Form):
    """What lags, who catches up until when."""

    kind = forms.ChoiceField(label="问题种类")
    words = words_field("问题", "哪一步、差多少。")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", empty_label="请选")
    demand = words_field("整改要求", "做到什么程度。", longest=1000)
    issued_on = day_field("下发日期")
    due_on = day_field("整改时限", initial=None)

    def __init__(self, task: PlanTask, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = localdate()
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [CHOOSE, *kinds_in(FINDINGS, task.place, today).items()]
        unit = cast(forms.ModelChoiceField, self.fields["unit"])
        unit.queryset = units_to_name(task.place)
        led = task.units.filter(leads=True).exclude(unit=None).first()
        unit.initial = led.unit_id if led else None
        days = parameters.value("order_days", on=today, place=task.place)
        self.fields["due_on"].initial = today + timedelta(days=days)
