"""Dictionaries of the register; codes and labels from facts.md 2.1 [码] unless a comment says otherwise."""

from __future__ import annotations

from django.db import models


class HouseholdType(models.TextChoices):
    """户类型."""

    REGISTERED = "registered", "脱贫户"
    GENERAL = "general", "一般农户"


class MonitoredCategory(models.TextChoices):
    """监测对象类别."""

    UNSTABLE = "unstable", "脱贫不稳定户"
    MARGINAL = "marginal", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"


class HouseholdState(models.TextChoices):
    """Whether the household still exists here."""

    PRESENT = "present", "在册"
    MOVED_OUT = "moved_out", "整户迁出"
    EXTINCT = "extinct", "整户消亡"
    MERGED = "merged", "并入他户"


class MemberState(models.TextChoices):
    """Whether the member still belongs to the household."""

    PRESENT = "present", "在册"
    DIED = "died", "死亡"
    MARRIED_OUT = "married_out", "嫁出"
    EMIGRATED = "emigrated", "出国定居"
    IMPRISONED = "imprisoned", "判刑收监"
    MOVED_OUT = "moved_out", "其他转出"


class Sex(models.TextChoices):
    """性别."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "未说明"


class NaturalChangeKind(models.TextChoices):
    """成员和户的自然变更."""

    BIRTH = "birth", "新生儿"
    MARRIED_IN = "married_in", "嫁入（入赘）"
    OTHER_IN = "other_in", "其他转入"
    DEATH = "death", "死亡"
    MARRIED_OUT = "married_out", "嫁出"
    EMIGRATED = "emigrated", "出国定居"
    IMPRISONED = "imprisoned", "判刑收监"
    OTHER_OUT = "other_out", "其他转出"
    HOUSEHOLD_OUT = "household_out", "整户迁出"
    HOUSEHOLD_IN = "household_in", "整户迁入"
    SPLIT = "split", "分户"
    MERGE = "merge", "并户"

    @property
    def adds(self) -> bool:
        """Whether it brings a person into a household."""
        return self in (NaturalChangeKind.BIRTH, NaturalChangeKind.MARRIED_IN, NaturalChangeKind.OTHER_IN)

    @property
    def removes(self) -> bool:
        """Whether it takes one person out of a household."""
        return self in LEAVING_STATES


LEAVING_STATES = {
    NaturalChangeKind.DEATH: MemberState.DIED,
    NaturalChangeKind.MARRIED_OUT: MemberState.MARRIED_OUT,
    NaturalChangeKind.EMIGRATED: MemberState.EMIGRATED,
    NaturalChangeKind.IMPRISONED: MemberState.IMPRISONED,
    NaturalChangeKind.OTHER_OUT: MemberState.MOVED_OUT,
}


class ChangeSource(models.TextChoices):
    """Where a proposed change comes from."""

    VISIT = "visit", "入户走访"
    LIST = "list", "部门名单"
    FORM = "form", "表格"
    HOUSEHOLD = "household", "农户反映"
    OTHER_PLATFORM = "other_platform", "其他系统"


class ProposalState(models.TextChoices):
    """Where a proposed change stands."""

    WAITING = "waiting", "待审核"
    ACCEPTED = "accepted", "已采纳"
    REFUSED = "refused", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class GuaranteeKind(models.TextChoices):
    """两不愁三保障及饮水."""

    FOOD = "food", "不愁吃"
    CLOTHING = "clothing", "不愁穿"
    EDUCATION = "education", "义务教育"
    MEDICAL = "medical", "基本医疗"
    HOUSING = "housing", "住房安全"
    WATER = "water", "饮水安全"


class GuaranteeResult(models.TextChoices):
    """The result of an assessment."""

    MET = "met", "达标"
    UNMET = "unmet", "未达标"
    UNKNOWN = "unknown", "未核实"


class HousingLevel(models.TextChoices):
    """住房鉴定等级."""

    A = "A", "A 级"
    B = "B", "B 级"
    C = "C", "C 级"
    D = "D", "D 级"


class UnrepairedReason(models.TextChoices):
    """Why a C or D house is not repaired (interview of the town, source S2)."""

    CANNOT_ADVANCE = "cannot_advance", "先建后补，垫不起钱"
    UNWILLING = "unwilling", "没有改造意愿"
    OLD = "old", "年老或丧失劳动能力，不愿改造"
    OTHER = "other", "其他"


class IncomeCategory(models.TextChoices):
    """Four kinds of income and the one expense that is deducted."""

    WAGE = "wage", "工资性收入"
    BUSINESS = "business", "生产经营性收入"
    PROPERTY = "property", "财产性收入"
    TRANSFER = "transfer", "转移性收入"
    BUSINESS_EXPENSE = "business_expense", "生产经营性支出"


class WorksheetState(models.TextChoices):
    """Where an income worksheet stands."""

    DRAFT = "draft", "待签字"
    SIGNED = "signed", "农户已签字"
    DISPUTED = "disputed", "农户有异议"
    RECOUNTED = "recounted", "已重新核算"
    REPLACED = "replaced", "已由新版代替"


class PeriodKind(models.TextChoices):
    """Which twelve months a worksheet counts (facts.md 2.3)."""

    IDENTIFICATION = "identification", "新识别：往前推 12 个完整月"
    ANNUAL = "annual", "年度更新：上年 10 月 1 日至当年 9 月 30 日"
    RECENT = "recent", "最近 12 个月：风险消除、随时复核"
    OTHER = "other", "其他 12 个月"


class WorkArea(models.TextChoices):
    """务工区域."""

    TOWNSHIP = "township", "乡镇内"
    COUNTY = "county", "乡镇外县内"
    PROVINCE = "province", "县外省内"
    OUTSIDE = "outside", "省外"
    OTHER = "other", "其他"


class RoundState(models.TextChoices):
    """Where a re-identification round stands."""

    OPEN = "open", "进行中"
    CLOSED = "closed", "已关闭"


class RoundOutcome(models.TextChoices):
    """动态调整的结果."""

    EXCLUDED = "excluded", "剔除"
    NATURAL_DECREASE = "natural_decrease", "自然减少"
    RETAINED = "retained", "保留"
    RETURNED = "returned", "回退"
    NEW = "new", "新纳入"
    REMARKED = "remarked", "重新标注"

    @property
    def of_opening(self) -> bool:
        """Whether the household was on the register at the opening of the round."""
        return self not in (RoundOutcome.NEW, RoundOutcome.REMARKED)

    @property
    def in_closing(self) -> bool:
        """Whether the household is on the register at the end of the round."""
        return self not in (RoundOutcome.EXCLUDED, RoundOutcome.NATURAL_DECREASE)


class ExitType(models.TextChoices):
    """How a household on the register is planned to leave it (source S2, the town's three kinds)."""

    SOCIAL_SUPPORT = "social_support", "社会兜底"
    WITH_LABOUR = "with_labour", "有劳动能力"
    RETAINED = "retained", "保留"


class CheckVerdict(models.TextChoices):
    """What a sample check found about a household's outcome in a round."""

    CORRECT = "correct", "准确"
    WRONGLY_INCLUDED = "wrongly_included", "错评"
    MISSED = "missed", "漏评"
    WRONGLY_EXITED = "wrongly_exited", "错退"


class OfficerKind(models.TextChoices):
    """Duty officers of a township or a village."""

    INFORMATION_OFFICER = "information_officer", "信息员"
    FULL_TIME_OFFICER = "full_time_officer", "专干"
    VILLAGE_DUTY_CADRE = "village_duty_cadre", "包村干部"


class ReferralState(models.TextChoices):
    """Where the hand-over of a household to civil affairs stands (C-057)."""

    HANDED_ON = "handed_on", "已转，民政未受理"
    ACCEPTED = "accepted", "民政已受理"
    DECIDED = "decided", "已有结果"


class ReferralResult(models.TextChoices):
    """What civil affairs decided."""

    MINIMUM_LIVING = "minimum_living", "纳入低保"
    EXTREME_POVERTY = "extreme_poverty", "纳入特困供养"
    TEMPORARY_AID = "temporary_aid", "给予临时救助"
    INELIGIBLE = "ineligible", "不符合条件"


class RelocationScope(models.TextChoices):
    """搬迁方式."""

    WHOLE_VILLAGE = "whole_village", "行政村整体"
    WHOLE_HAMLET = "whole_hamlet", "自然村整体"
    SINGLE = "single", "个别"


class Resettlement(models.TextChoices):
    """安置方式; with the first, keys handed over count as moved in, with the second, living there (2.4)."""

    CONCENTRATED = "concentrated", "集中安置"
    SCATTERED = "scattered", "分散安置"


class ResettlementPlace(models.TextChoices):
    """安置地."""

    COUNTY_TOWN = "county_town", "县城"
    TOWNSHIP = "township", "乡镇"
    OUTSIDE_COUNTY = "outside_county", "县外"
    OUTSIDE_VILLAGE = "outside_village", "村外"
    IN_VILLAGE = "in_village", "村内"


class RelocationState(models.TextChoices):
    """Where a household's relocation stands (C-083)."""

    PLANNED = "planned", "计划搬迁"
    MOVED_IN = "moved_in", "已入住"
    NOT_MOVED_IN = "not_moved_in", "未入住"


class UnsettledReason(models.TextChoices):
    """Why a household has not moved in; [知], no official list."""

    UNFINISHED = "unfinished", "房子没交付"
    CANNOT_FIT_OUT = "cannot_fit_out", "装修垫不起钱"
    NO_LIVELIHOOD = "no_livelihood", "新地方没有就业门路"
    ATTACHED = "attached", "年老或不愿离开旧房"
    OTHER = "other", "其他"
