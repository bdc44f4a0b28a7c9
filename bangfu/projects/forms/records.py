"""The forms of what is noted about a project; what was typed comes back on an error."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.households.forms.fields import YuanField
from bangfu.projects.enums.deciding import (
    OpinionStage,
    PostingLevel,
    PostingStage,
    TargetKind,
    VoteKind,
)
from bangfu.projects.enums.works import (
    AssetEventKind,
    AssetKind,
    ComplaintChannel,
    ContractObject,
    ContractWay,
)
from bangfu.projects.forms.parts import (
    CHOOSE,
    count_field,
    day_field,
    version_field,
    words_field,
    yes_no_field,
)
from bangfu.projects.terms.checklists import points_of, score_items
from bangfu.projects.terms.contracting import ContractFacts

_PROMILLE_OF_PERCENT = 10


class VoteForm(forms.Form):
    """How a meeting decided."""

    kind = forms.ChoiceField(label="会议", choices=[CHOOSE, *VoteKind.choices])
    held_on = day_field("日期")
    held_at = forms.CharField(label="地点", max_length=100)
    chair = forms.CharField(label="主持人", max_length=60)
    entitled = count_field("应到人数")
    present = count_field("实到人数")
    agreed = count_field("同意人数")
    words = words_field("议了什么", "做什么、在哪里、怎么出钱出力。", longest=1000)
    labour_days = count_field("筹劳（工日）", "一事一议的才填。", initial=0)
    raised = YuanField(label="筹资（元）", initial=0, help_text="一事一议的才填；没有填 0。")


class OpinionForm(forms.Form):
    """What was found, point by point."""

    def __init__(self, stage: OpinionStage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._stage = stage
        for point in points_of(stage):
            field = yes_no_field(point.title, "符合", "不符合")
            field.help_text = point.help
            self.fields[f"point_{point.code}"] = field
        self.fields["passed"] = yes_no_field("总的意见", "通过", "不通过")
        self.fields["words"] = words_field("意见", "不通过的写清原因。", longest=1000, required=False)
        self.fields["given_on"] = day_field("日期")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        points = {point.code: self.cleaned_data[f"point_{point.code}"] for point in points_of(self._stage)}
        rest = {name: self.cleaned_data[name] for name in ("passed", "words", "given_on")}
        return {"stage": self._stage, "points": points, **rest}


class PostingForm(forms.Form):
    """A notice that hangs."""

    stage = forms.ChoiceField(label="公示什么", choices=[CHOOSE, *PostingStage.choices])
    level = forms.ChoiceField(label="哪一级", choices=[CHOOSE, *PostingLevel.choices])
    spot = forms.CharField(label="张贴地点（网址）", max_length=200)
    posted_on = day_field("开始日期")
    days = forms.IntegerField(label="公示几天", min_value=1, max_value=365, help_text="张贴当天算第一天。")


class ContractForm(forms.Form):
    """A contract as signed."""

    number = forms.CharField(label="合同编号", max_length=60)
    contractor = forms.CharField(label="承包（供应）单位", max_length=100)
    matter = forms.CharField(label="合同内容", max_length=300)
    object = forms.ChoiceField(label="买什么", choices=[CHOOSE, *ContractObject.choices])
    way = forms.ChoiceField(label="怎样选定", choices=[CHOOSE, *ContractWay.choices])
    selected_on = day_field("中标（选定）日期")
    amount = YuanField(label="合同金额（元）", at_least=1)
    retention = forms.DecimalField(
        label="质保金（%）", min_value=0, max_value=100, max_digits=4, decimal_places=1, initial=0
    )
    warranty_until = day_field("质保期至", required=False, initial=None)
    signed_on = day_field("签订日期")
    starts_on = day_field("约定开工")
    ends_on = day_field("约定竣工", initial=None)
    scan = forms.FileField(
        label="合同扫描件", required=False, help_text="有就传，没有先空着，以后在“凭证”里补。"
    )

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        scan = given.pop("scan")
        given["retention"] = int(given["retention"] * _PROMILLE_OF_PERCENT)
        return {"facts": ContractFacts(**given), "scan": scan.read() if scan else b""}


class ChangeContractForm(forms.Form):
    """An approved change."""

    version = version_field()
    amount = YuanField(label="变更后金额（元）", at_least=1)
    ends_on = day_field("变更后竣工", initial=None)
    reason = words_field("变更原因")
    approval_number = forms.CharField(label="批准文号", max_length=100)
    approved_on = day_field("批准日期")


class VoidForm(forms.Form):
    """Why something becomes void."""

    version = version_field()
    reason = words_field("原因", "作废的留在清单里，不再算数。", longest=200)


class ProgressForm(forms.Form):
    """How far it is."""

    on = day_field("日期")
    percent = forms.IntegerField(label="形象进度（%）", min_value=0, max_value=100)
    value = YuanField(label="已完成的工作量（元）", help_text="到现在一共完成多少。")
    words = words_field("进展", "做到哪里、有什么困难。")


class BoardForm(forms.Form):
    """A sign board."""

    spot = forms.CharField(label="立在哪里", max_length=100)
    put_up_on = day_field("立牌日期")
    words = words_field("牌上写什么", "内容、资金、单位、工期、监督电话。")


class WatcherForm(forms.Form):
    """A villager who watches."""

    name = forms.CharField(label="姓名", max_length=60)
    chosen_by = forms.CharField(label="怎样推选", max_length=100, help_text="例如：10 月 8 日村民代表会议。")
    valid_from = day_field("自")


class WithdrawForm(forms.Form):
    """Why something noted by mistake counts no more."""

    reason = words_field("原因", "哪里登记错了。撤回的留着可以看，不再算数。", longest=200)


class ComplaintForm(forms.Form):
    """What somebody said."""

    channel = forms.ChoiceField(label="怎样反映的", choices=[CHOOSE, *ComplaintChannel.choices])
    complainant = forms.CharField(label="反映人", max_length=60, required=False, help_text="可以不留名。")
    received_on = day_field("收到日期")
    words = words_field("反映内容", longest=1000)


class AnswerForm(forms.Form):
    """What was found out."""

    answer = words_field("核实情况和答复", longest=1000)
    upheld = yes_no_field("属实吗", "属实", "不属实")
    answered_on = day_field("答复日期")


class AcceptForm(forms.Form):
    """The 100-point sheet."""

    held_on = day_field("验收日期")
    parties = words_field(
        "参加验收的各方", "一行一方：单位或身份、姓名。县帮扶、财政、技术、群众都要有。", longest=1000, rows=5
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for item in score_items():
            self.fields[f"score_{item.code}"] = forms.IntegerField(
                label=f"{item.title}（{item.points} 分）", min_value=0, max_value=item.points
            )
        for level, word in (("village", "村级"), ("township", "乡镇"), ("county", "县级")):
            self.fields[f"{level}_person"] = forms.CharField(label=f"{word}质量责任人", max_length=60)
        self.fields["words"] = words_field("验收意见", longest=1000, required=False)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        lines = [line.strip() for line in given["parties"].splitlines() if line.strip()]
        scores = {item.code: given[f"score_{item.code}"] for item in score_items()}
        names = ("held_on", "village_person", "township_person", "county_person", "words")
        return {"parties": lines, "scores": scores, **{name: given[name] for name in names}}


class SettleForm(forms.Form):
    """The audited final amount."""

    audited_on = day_field("审计日期")
    auditor = forms.CharField(label="审计单位", max_length=100)
    report_number = forms.CharField(label="报告文号", max_length=100)
    submitted = YuanField(label="送审金额（元）")
    settled = YuanField(label="审定金额（元）")


class AssetForm(forms.Form):
    """An asset on the books."""

    name = forms.CharField(label="资产名称", max_length=100)
    kind = forms.ChoiceField(label="资产类别", choices=[CHOOSE, *AssetKind.choices])
    original = YuanField(label="原值（元）")
    spot = forms.CharField(label="坐落", max_length=100)
    owner = forms.CharField(label="产权归属", max_length=100, help_text="例如：上寨村股份经济合作社。")
    registered_on = day_field("确权登记日期")


class HandOverForm(forms.Form):
    """To whom an asset goes."""

    on = day_field("移交日期")
    maintainer = forms.CharField(label="管护责任人（单位）", max_length=100)
    maintenance = words_field("管护要求和经费")


class AssetEventForm(forms.Form):
    """What becomes of an asset."""

    kind = forms.ChoiceField(label="什么事", choices=[CHOOSE, *AssetEventKind.choices])
    on = day_field("日期")
    amount = YuanField(label="金额（元）", initial=0, help_text="管护花费、分配的收益，或处置收入。")
    household_count = count_field("受益户数", initial=0)
    words = words_field("情况", "收益分给谁、怎么公示的；怎样管护；为什么处置。")
    approval_number = forms.CharField(
        label="批准文号", max_length=100, required=False, help_text="处置要填。"
    )


class TargetForm(forms.Form):
    """A performance target."""

    kind = forms.ChoiceField(label="类别", choices=[CHOOSE, *TargetKind.choices])
    name = forms.CharField(label="指标", max_length=100, help_text="例如：硬化里程、受益户满意度。")
    unit = forms.CharField(label="单位", max_length=20)
    target = forms.DecimalField(label="目标值", min_value=0, max_digits=14, decimal_places=2)


class ActualForm(forms.Form):
    """What a target came to."""

    actual = forms.DecimalField(label="实际值", min_value=0, max_digits=14, decimal_places=2)
    measured_on = day_field("核定日期")
