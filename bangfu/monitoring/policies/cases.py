"""What a case allows; each check raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.parameters import value
from bangfu.households.enums import HouseholdType, MonitoredCategory
from bangfu.households.models import Household
from bangfu.households.policies.households import check_household_present
from bangfu.monitoring.models import Case
from bangfu.monitoring.queries.cases import open_case_of
from bangfu.workflow.versions import state_of

LETTER_LENGTH = 120
"""A refusal is a plain letter of at most so many characters."""


def reaches_case(by: User, permission: Permission, case: Case) -> bool:
    """Whether ``permission`` of ``by`` reaches the case."""
    return Case.objects.visible_to(by, permission).filter(pk=case.pk).exists()


def check_reaches_case(by: User, permission: Permission, case: Case) -> None:
    """Raise NotPermitted unless ``permission`` of ``by`` reaches the case."""
    if not reaches_case(by, permission, case):
        raise NotPermitted(f"您对这个个案没有“{permission.label}”的权限，什么都没有改。要办，请找经办人。")


def check_no_open_case(household: Household) -> None:
    """One case at a time."""
    held = open_case_of(household)
    if held is not None:
        raise SituationForbids(
            f"这一户已有一个没办结的个案（{held.get_kind_display()}，{state_of(held.run).title}），不再另建。"
        )


def check_may_identify(household: Household) -> None:
    """Present, not monitored already, and no case under way."""
    check_household_present(household)
    check_no_open_case(household)
    if household.monitored_category and not household.risk_removed:
        raise SituationForbids("这一户已是监测对象、风险未消除，不用再识别。需要加措施的，请改帮扶方案。")


def check_may_release(household: Household) -> None:
    """Monitored, its risk not removed yet, and no case under way."""
    check_household_present(household)
    check_no_open_case(household)
    if not household.monitored_category:
        raise SituationForbids("这一户不是监测对象，没有风险可以消除。")
    if household.risk_removed:
        raise SituationForbids("这一户的风险已经消除。")


def check_category(household: Household, category: str) -> None:
    """The two categories that depend on the kind of household (facts.md 1.1)."""
    is_registered = household.household_type == HouseholdType.REGISTERED
    if category == MonitoredCategory.UNSTABLE and not is_registered:
        raise SituationForbids("脱贫不稳定户只能是脱贫户；一般农户请选边缘易致贫户或突发严重困难户。")
    if category == MonitoredCategory.MARGINAL and is_registered:
        raise SituationForbids("边缘易致贫户只能是一般农户；脱贫户请选脱贫不稳定户或突发严重困难户。")


def check_green_channel(category: str, green_channel: bool) -> None:
    """Help before papers is for sudden hardship only."""
    if green_channel and category != MonitoredCategory.SUDDEN:
        raise SituationForbids("绿色通道只用于突发严重困难户。别的类别按程序办完再帮扶。")


def check_in_state(case: Case, *states: str) -> None:
    """The case stands where the record belongs."""
    if case.run.has_ended or case.run.state not in states:
        raise SituationForbids(
            f"个案现在在“{state_of(case.run).title}”这一步，这里不能登记。请刷新页面，看看谁办到了哪里。"
        )


def check_day(label: str, day: date, not_before: date, today: date) -> None:
    """A day that is not to come, and not earlier than the step before it."""
    if day > today:
        raise SituationForbids(f"{label}最晚到今天（{today}）。")
    if day < not_before:
        raise SituationForbids(f"{label} {day} 早于上一步的日期 {not_before}，先后对不上。请核对纸上的日期。")


def check_letter(letter: str) -> None:
    """A letter that can be read out: something, and not more than it may be."""
    if not letter.strip():
        raise SituationForbids("请写给农户的告知书。")
    if len(letter) > LETTER_LENGTH:
        raise SituationForbids(f"告知书 {len(letter)} 个字，最多 {LETTER_LENGTH} 个字。请写短些、写明白。")


def appeal_way(place: str, on: date) -> str:
    """The way to object that stands under every refusal."""
    return str(value("refusal_appeal_way", on=on, place=place))
