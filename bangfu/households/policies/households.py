"""What the register allows; each check raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from bangfu.access.models import Identity
from bangfu.core.errors import SituationForbids
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Household, Member
from bangfu.tabular.identity import check_id

RESIDENT_ID = "居民身份证"
_ID_PROBLEMS = {
    "length": "应为 18 位",
    "province": "前两位不是省份代码",
    "birth_date": "第 7 至 14 位不是日期",
    "check_digit": "校验位对不上",
}


def check_id_number(number: str, id_type: str) -> None:
    """Raise SituationForbids for a resident's number that cannot be right. Others are not checked."""
    if not number or id_type != RESIDENT_ID:
        return
    problem = check_id(number).problem
    if problem is not None:
        raise SituationForbids(f"证件号码不对：{_ID_PROBLEMS[problem]}。请对照证件重新填写，其他内容都还在。")


def check_not_present_elsewhere(identity: Identity) -> None:
    """Raise SituationForbids when the person still is a present member somewhere."""
    if Member.objects.filter(identity=identity, state=MemberState.PRESENT).exists():
        raise SituationForbids(
            "这个证件号码已经在册。请先“找户”核对：若是同一人换了户，先在原户登记转出，再在这里登记转入。"
        )


def check_household_present(household: Household) -> None:
    """Raise SituationForbids when the household moved out, died out or was merged."""
    if household.state != HouseholdState.PRESENT:
        raise SituationForbids(
            f"这户已经“{household.get_state_display()}”，不能再改。要看过去的情况，请换个日子看。"
        )
