"""The forms of this room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.region_field import RegionField
from bangfu.core.models import Region, RegionLevel
from bangfu.targets.actions.targets import Line, TargetFacts, is_rate, periods
from bangfu.targets.enums import Cut, How, Side
from bangfu.targets.models import Target, TargetLine
from bangfu.targets.periods import Period, periods_of
from bangfu.targets.policies import check_time
from bangfu.targets.queries import regions_below, regions_to_set, units_to_charge
from bangfu.targets.readings import months_between, records_seen
from bangfu.targets.splitting import by_shares, spread
from bangfu.targets.tables import TableLine, read_lines
from bangfu.ui.formats import exact

_BETWEEN = re.compile(r"[\s/、，]+")
_LEVELS = (
    ("", "不分到下面"),
    (str(RegionLevel.TOWNSHIP.value), "分到乡镇"),
    (str(RegionLevel.VILLAGE.value), "分到村"),
)


class TargetForm(forms.Form):
    """What a target says."""

    title = forms.CharField(label="目标", max_length=100, help_text="例如：通宽带的行政村")
    region = RegionField(Region.objects.none(), label="哪里的目标", empty_label=None)
    source = forms.CharField(label="出处", max_length=200, help_text="写在哪个文件、哪张表、第几行。")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", required=False, empty_label="没有写")
    year = forms.IntegerField(label="从哪年起", min_value=2000, max_value=2100)
    years = forms.IntegerField(label="几年", min_value=1, max_value=10, initial=1)
    cut = forms.ChoiceField(label="分期", choices=Cut, help_text="几年的目标按年分。")
    how = forms.ChoiceField(
        label="怎样算", choices=How, help_text="新增多少的，各期加起来；达到多少的，看期末。"
    )
    side = forms.ChoiceField(label="方向", choices=Side)
    amount = forms.DecimalField(label="目标数", min_value=0, max_digits=16, decimal_places=2)
    measure = forms.CharField(label="单位", max_length=10, help_text="户、人、个、元、%……金额写元。")
    reading = forms.ChoiceField(
        label="从哪里取数", required=False, help_text="有记录的从记录取，数点开就是名单。"
    )
    by_hand = forms.CharField(
        label="为什么手填", max_length=200, required=False, help_text="没有记录可取的才写。"
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions_to_set(user)
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = units_to_charge(user)
        groups = [
            (group, [(one.id, f"{one.label}（{one.measure}）") for one in records])
            for group, records in records_seen(user)
        ]
        cast(forms.ChoiceField, self.fields["reading"]).choices = [("", "没有，手填"), *groups]
        self.fields["year"].initial = localdate().year

    def facts(self) -> TargetFacts:
        """What was typed."""
        names = TargetFacts.__dataclass_fields__
        return TargetFacts(**{name: self.cleaned_data[name] for name in names})


class CorrectForm(TargetForm):
    """What it should have said, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么改", min_length=2, max_length=300)

    def __init__(self, user: User, target: Target, *args: Any, **options: Any) -> None:
        names = TargetFacts.__dataclass_fields__
        first = {name: getattr(target, name) for name in names} | {"version": target.version}
        super().__init__(user, *args, initial=first, **options)
        self.fields["year"].initial = target.year


class WithdrawForm(forms.Form):
    """Why a target is withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么撤销", min_length=2, max_length=300)


class CountyForm(forms.Form):
    """Of which county."""

    county = forms.ModelChoiceField(Region.objects.none(), label="哪个县", empty_label=None)

    def __init__(self, counties: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["county"]).queryset = counties


class SplitForm(forms.Form):
    """A split over time and over places: typed, pasted from a sheet, by shares, or evenly."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parts = forms.CharField(label="各期", required=False, max_length=400)
    level = forms.ChoiceField(label="分到哪一级", choices=_LEVELS, required=False)
    lines = forms.CharField(
        label="各地",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "bf-definition", "spellcheck": "false"}),
        help_text="从 Excel 粘贴，一行一个地方：地名（或区划代码）、数，要分期的后面接着写各期。"
        "空着就平均分，各期按上面的比例。",
    )

    def __init__(self, user: User, target: Target, lines: Sequence[TargetLine], *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.target, self.labels = target, [one.label for one in periods(target)]
        self.is_rate = is_rate(user, target)
        rest = [line for line in lines if line.region_id != target.region_id]
        own = next(line for line in lines if line.region_id == target.region_id)
        self.fields["version"].initial = target.version
        self.fields["parts"].initial = " ".join(
            exact(Decimal(part)).replace(",", "") for part in own.parts.split()
        )
        self.fields["parts"].help_text = (
            f"{len(self.labels)} 期（{self.labels[0]}到{self.labels[-1]}），用空格分开；比例在最后加 %，"
            "如 10/30/30/30%；写“平均”就平均分；不按时间分就空着。"
        )
        self.fields["level"].initial = str(rest[0].region.level) if rest else ""
        self.fields["lines"].initial = "\n".join(_as_text(line) for line in rest)

    def clean(self) -> dict[str, Any]:
        """The numbers of what was typed; whether they add up the action says."""
        cleaned = super().clean() or {}
        try:
            self.numbers = self._parts(cleaned.get("parts", "").strip())
            self.places = self._places(cleaned.get("level", ""), cleaned.get("lines", ""))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return cleaned

    def _parts(self, text: str) -> list[Decimal]:
        if not text:
            return []
        if text == "平均":
            return self._over_time([Decimal(1)] * len(self.labels))
        shares = text.endswith(("%", "％"))
        numbers = [_number(word) for word in _BETWEEN.split(text.rstrip("%％ ")) if word]
        if not shares:
            return numbers
        if len(numbers) != len(self.labels):
            raise ValueError(f"写了 {len(numbers)} 个比例，应是 {len(self.labels)} 个。没有保存。")
        if sum(numbers) != 100:
            raise ValueError(f"比例合计 {exact(sum(numbers, Decimal(0)))}%，应为 100%。没有保存。")
        return self._over_time(numbers)

    def _over_time(self, shares: Sequence[Decimal]) -> list[Decimal]:
        parts = by_shares(self.target.amount, shares)
        if self.target.how == How.GROWTH:
            return parts
        return [sum(parts[: at + 1], Decimal(0)) for at in range(len(parts))]

    def _places(self, level: str, text: str) -> dict[Region, Line]:
        if not level:
            if text.strip():
                raise ValueError("写了各地，没有选“分到哪一级”。没有保存。")
            return {}
        regions = regions_below(self.target, int(level))
        if not regions:
            raise ValueError("下面没有这一级的地方，分不了。没有保存。")
        if text.strip():
            return _pasted(text, regions)
        if self.is_rate:
            return dict.fromkeys(regions, (self.target.amount, self.numbers))
        amounts = by_shares(self.target.amount, [Decimal(1)] * len(regions))
        if self.numbers and self.target.how == How.GROWTH:
            spreads = spread(amounts, self.numbers)
            return {one: (amounts[at], spreads[at]) for at, one in enumerate(regions)}
        return {region: (amounts[at], ()) for at, region in enumerate(regions)}


def _as_text(line: TargetLine) -> str:
    numbers = [line.amount, *map(Decimal, line.parts.split())]
    return "\t".join([line.region.name, *(exact(one).replace(",", "") for one in numbers)])


def _pasted(text: str, regions: Sequence[Region]) -> dict[Region, Line]:
    by_word: dict[str, list[Region]] = {}
    for region in regions:
        for word in (region.name, region.code):
            by_word.setdefault(word, []).append(region)
    found: dict[Region, Line] = {}
    for at, row in enumerate(text.splitlines(), start=1):
        words = row.split()
        if not words:
            continue
        named = by_word.get(words[0], [])
        if len(named) != 1:
            why = "有两个同名的，请写区划代码" if named else "这里没有这个地方"
            raise ValueError(f"第 {at} 行“{words[0]}”：{why}。没有保存。")
        if named[0] in found:
            raise ValueError(f"第 {at} 行“{words[0]}”写了两次。没有保存。")
        if len(words) < 2:
            raise ValueError(f"第 {at} 行“{words[0]}”没有写数。没有保存。")
        amount, *parts = (_number(word, f"第 {at} 行") for word in words[1:])
        found[named[0]] = (amount, parts)
    return found


def _number(word: str, where: str = "各期") -> Decimal:
    try:
        number = Decimal(word.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{where}的“{word}”不是数。没有保存。") from None
    if not number.is_finite() or number < 0 or number != number.quantize(Decimal("0.01")):
        raise ValueError(f"{where}的“{word}”：要不小于 0，最多两位小数。没有保存。")
    return number


class ActualForm(forms.Form):
    """What was reached, where no record says it."""

    region = RegionField(Region.objects.none(), label="哪里", empty_label=None)
    month = forms.ChoiceField(label="到哪个月底")
    value = forms.DecimalField(label="达到", min_value=0, max_digits=16, decimal_places=2)
    proof = forms.CharField(label="凭什么", max_length=300, help_text="文件名称、文号，或者记录在哪里。")

    def __init__(self, target: Target, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = Region.objects.filter(pk__in=target.lines.values("region")).select_related("parent")
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions.order_by("code")
        since, today = date(target.year, 1, 1), localdate()
        until = min(date(target.year + target.years - 1, 12, 1), today.replace(day=1))
        months = months_between(since, until) if until >= since else []
        choices = [(month.isoformat(), f"{month:%Y 年 %m 月}") for month in reversed(months)]
        cast(forms.ChoiceField, self.fields["month"]).choices = choices
        said = "从目标开始累计新增" if target.how == How.GROWTH else "月底达到"
        self.fields["value"].help_text = f"{said}多少，单位：{target.measure}。"

    def clean_month(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


class TableForm(forms.Form):
    """The targets of an indicator table: a file to read, or its lines to confirm."""

    region = RegionField(Region.objects.none(), label="哪里的目标", empty_label=None)
    source = forms.CharField(label="出处", max_length=180, help_text="哪个文件的哪张表。")
    year = forms.IntegerField(label="从哪年起", min_value=2000, max_value=2100)
    years = forms.IntegerField(label="几年", min_value=1, max_value=10, initial=5)
    cut = forms.ChoiceField(label="分期", choices=Cut, help_text="几年的目标按年分。")
    how = forms.ChoiceField(label="怎样算", choices=How)
    by_hand = forms.CharField(
        label="为什么手填",
        max_length=200,
        initial="还没有定从哪里取数",
        help_text="定好以后，一个一个改成取数。",
    )
    file = forms.FileField(
        label="指标表（Excel）",
        required=False,
        help_text="选了文件，先读出来给您看，不保存；合并的单元格填好并说明。",
    )
    lines = forms.CharField(
        label="一行一个目标",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "bf-definition", "spellcheck": "false"}),
        help_text="指标、单位、合计、各期，用制表符隔开（从 Excel 粘贴就是）。合计空着，按各期算。",
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions_to_set(user)
        self.fields["year"].initial = localdate().year

    def periods(self) -> Sequence[Period]:
        """The periods of every target of the table; raises SituationForbids for months of several years."""
        cleaned = self.cleaned_data
        check_time(cleaned["years"], cleaned["cut"])
        return periods_of(cleaned["year"], cleaned["years"], Cut(cleaned["cut"]))

    def rows(self) -> list[tuple[int, TargetFacts, Sequence[Decimal]]]:
        """What each line says; raises SituationForbids that names the lines that are wrong."""
        return [self._row(line) for line in read_lines(self.cleaned_data["lines"], self.periods())]

    def _row(self, line: TableLine) -> tuple[int, TargetFacts, Sequence[Decimal]]:
        cleaned = self.cleaned_data
        how = How.LEVEL if line.measure == "%" else How(cleaned["how"])
        reached = sum(line.parts, Decimal(0)) if how is How.GROWTH else (line.parts or [Decimal(0)])[-1]
        facts = TargetFacts(
            region=cleaned["region"],
            title=line.title,
            source=f"{cleaned['source']}第 {line.number} 行",
            year=cleaned["year"],
            years=cleaned["years"],
            cut=cleaned["cut"],
            how=how,
            side=Side.AT_LEAST,
            measure=line.measure,
            amount=reached if line.amount is None else line.amount,
            by_hand=cleaned["by_hand"],
        )
        return line.number, facts, line.parts
